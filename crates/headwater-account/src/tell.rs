//! The account of one story: all its statements, in the order in which a reader wants them.

use crate::align::{Aligner, Cluster, JOIN, SURE, counted};
use crate::altered::altered;
use crate::compare::{Fit, fit, severity};
use crate::figures;
use crate::frame::{self, Number};
use crate::kinds::Kinds;
use crate::lexicon::Lexicon;
use crate::likeness::LikenessModel;
use crate::material::{Clause, Input, clauses, shared};
use crate::verdict::figure;
use crate::{background, come_about, origins, sources, upstream, utterances};
use headwater_model::{Account, Agreement, ArticleIndex, Reason, Report, Statement, TimeKind, Value};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Fewest concepts of a clause that one report alone tells, to be worth a line.
const LEAST_SINGLE_CONCEPTS: usize = 5;

/// Fewest words of a report that could have told a thing and did not.
const LEAST_WORDS_TO_LEAVE_OUT: usize = 120;

/// Similarity from which a planned and a done thing, or a thing and its negation, are compared.
/// Set by judgement on the seeds and the invented corpus, 2026-11; not tuned on a bench yet.
const LEAST_TO_COMPARE: f32 = 0.42;

/// Most renderings of one utterance that are compared with its first.
const MOST_COMPARED: usize = 12;

/// Makes the account of `input.members`.
pub fn tell(input: &Input<'_>, lexicon: &Lexicon, likeness: &LikenessModel) -> Account {
    let clauses: Vec<Clause> = input.members.iter().flat_map(|&a| clauses(input, lexicon, a)).collect();
    let aligner = Aligner::new(input, &clauses);
    let numbers = frame::collect(input, lexicon, &clauses);
    let kinds = Kinds::new(&aligner, &numbers);
    let mut drafts: Vec<(Statement, Vec<usize>)> = Vec::new();

    // Figures.
    for group in figures::group(&aligner, &kinds) {
        let members: Vec<usize> = group.numbers.iter().map(|&n| numbers[n].clause).collect();
        let reports: Vec<Report> =
            group.numbers.iter().map(|&n| figure_report(input, &clauses, &numbers[n])).collect();
        let gist = gist(input, &aligner, &members);
        drafts.push((draft(input, reports, gist, group.agreement, group.because, group.doubtful), members));
    }
    // For each clause, the shared figures that it tells.
    let mut figures_of: Vec<Vec<usize>> = vec![Vec::new(); clauses.len()];
    for (d, (_, members)) in
        drafts.iter().enumerate().filter(|(_, (s, _))| s.agreement != Agreement::SingleReport)
    {
        members.iter().for_each(|m| figures_of[*m].push(d));
    }

    // Utterances.
    let renderings = utterances::find(input, lexicon, &aligner);
    let mut spoken: BTreeSet<usize> = BTreeSet::new();
    for utterance in &renderings {
        let mut members = Vec::new();
        let mut reports = Vec::new();
        let mut wordings = BTreeSet::new();
        for &(article, q) in &utterance.renderings {
            let quotation = &input.annotations[article.at()].quotations[q as usize];
            let text = &input.articles[article.at()].text;
            wordings.insert(plain_words(quotation.span.of(text)));
            let first = clauses.partition_point(|c| c.article < article);
            let own = clauses[first..].iter().take_while(|c| c.article == article);
            let clause =
                own.enumerate().find(|(_, c)| c.span.overlaps(quotation.span)).map(|(k, _)| first + k);
            members.extend(clause);
            let source = quotation
                .attribution
                .map(|a| sources::chain_of(input, article, a as usize))
                .unwrap_or_default();
            reports.push(Report {
                article,
                span: quotation.outer,
                value: None,
                value_span: None,
                as_of: None,
                source,
            });
        }
        spoken.extend(members.iter().copied());
        let (agreement, because) = if wordings.len() == 1 {
            (Agreement::Agrees, "the same words of the same speaker")
        } else {
            (Agreement::QuoteVariant, "the same speaker, the same thing said, in other words")
        };
        let mut because = vec![Reason::plain(because)];
        let inner = |(article, q): (ArticleIndex, u32)| {
            (article, input.annotations[article.at()].quotations[q as usize].span)
        };
        if let Some((first, rest)) = utterance.renderings.split_first() {
            for r in rest.iter().take(MOST_COMPARED) {
                let changes = altered(input, inner(*first), inner(*r));
                if !changes.is_empty() {
                    let what: Vec<&str> = changes.iter().map(|c| c.words()).collect();
                    let text = format!("altered: {}", what.join(", "));
                    because.push(Reason { text, place: Some(inner(*r)) });
                }
            }
        }
        let gist = reports
            .iter()
            .max_by_key(|r| (r.span.len(), std::cmp::Reverse(r.article)))
            .map(|r| r.span.of(&input.articles[r.article.at()].text).to_owned());
        drafts.push((draft(input, reports, gist.unwrap_or_default(), agreement, because, false), members));
    }

    // What is said in words.
    let mut by_clause: Vec<Vec<usize>> = vec![Vec::new(); clauses.len()];
    for (n, number) in numbers.iter().enumerate() {
        by_clause[number.clause].push(n);
    }
    let counted = counted(clauses.len(), &numbers);
    let mut lined_up: BTreeSet<usize> = BTreeSet::new();
    // Drafts of wordings that are alike in part only.
    let mut weak: BTreeSet<usize> = BTreeSet::new();
    for Cluster { clauses: cluster, likely } in aligner.clusters(likeness, &counted) {
        let articles: BTreeSet<ArticleIndex> = cluster.iter().map(|&c| clauses[c].article).collect();
        if articles.len() < 2 {
            continue;
        }
        let (first, rest) =
            cluster.split_first().map_or((&[][..], &[][..]), |(f, r)| (&figures_of[*f][..], r));
        // The figures' own line says it already.
        let told = first.iter().any(|d| rest.iter().all(|c| figures_of[*c].contains(d)));
        if told || cluster.iter().all(|c| spoken.contains(c)) {
            lined_up.extend(cluster);
            continue;
        }
        let mut reports: Vec<Report> = cluster.iter().map(|&c| word_report(input, &clauses[c])).collect();
        let valued = common_measure(&kinds, &by_clause, &cluster);
        for (report, number) in reports.iter_mut().zip(&valued) {
            if let Some(n) = number.map(|n| &numbers[n]) {
                let told = figure_report(input, &clauses, n);
                (report.value, report.value_span, report.as_of) = (told.value, told.value_span, told.as_of);
            }
        }
        let (agreement, mut because, mut doubtful) =
            judge_words(input, lexicon, &aligner, &cluster, &reports, &kinds, &valued);
        if likely < SURE {
            weak.insert(drafts.len());
            doubtful = true;
            because.push(Reason::plain("the wordings are alike in part only: they may tell two things"));
        }
        lined_up.extend(cluster.iter().copied());
        let gist = gist(input, &aligner, &cluster);
        drafts.push((draft(input, reports, gist, agreement, because, doubtful), cluster));
    }

    // Told by one only.
    let used: BTreeSet<usize> = drafts.iter().flat_map(|(_, m)| m.iter().copied()).chain(lined_up).collect();
    for (i, clause) in clauses.iter().enumerate() {
        if used.contains(&i) || clause.concepts.len() < LEAST_SINGLE_CONCEPTS {
            continue;
        }
        let report = word_report(input, clause);
        let checkable = !clause.times.is_empty()
            || !clause.quantities.is_empty()
            || !clause.entities.is_empty()
            || !report.source.is_empty();
        if checkable {
            let gist = clause.span.of(&input.articles[clause.article.at()].text).to_owned();
            drafts.push((
                draft(input, vec![report], gist, Agreement::SingleReport, Vec::new(), false),
                vec![i],
            ));
        }
    }

    let mut account = Account { utterances: renderings, ..Account::default() };
    let shared: Vec<(usize, &Statement, Vec<usize>)> = drafts
        .iter()
        .enumerate()
        .filter(|(_, (s, _))| s.agreement != Agreement::SingleReport)
        .map(|(i, (s, m))| (i, s, m.clone()))
        .collect();
    account.background = background::events(input, &clauses, &shared).into_iter().map(|(_, e)| e).collect();
    account.mentions = background::mentions(input, lexicon, &aligner);
    for (mut statement, members) in drafts {
        let tells: BTreeSet<Option<u32>> =
            members.iter().map(|&m| aligner.event_of(clauses[m].article)).collect();
        if tells.len() == 1 {
            statement.event = tells.into_iter().next().flatten();
        }
        statement.left_out_by = left_out(input, &statement);
        account.statements.push(statement);
    }
    account.upstream = upstream::links(input, &account.statements);
    let mut ranked: Vec<(bool, Statement)> = std::mem::take(&mut account.statements)
        .into_iter()
        .enumerate()
        .map(|(n, s)| (weak.contains(&n), s))
        .collect();
    ranked.sort_by(|a, b| {
        let rank = |(weak, s): &(bool, Statement)| {
            let first = s.reports.first().map(|r| (r.article, r.span));
            (
                s.agreement == Agreement::SingleReport,
                *weak,
                std::cmp::Reverse(origins::articles(&s.reports).len()),
                std::cmp::Reverse(severity(s.agreement)),
                first,
            )
        };
        rank(a).cmp(&rank(b))
    });
    account.statements = ranked.into_iter().map(|(_, s)| s).collect();
    account
}

fn plain_words(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric() || *c == ' ')
        .collect::<String>()
        .to_lowercase()
        .trim()
        .to_owned()
}

fn draft(
    input: &Input<'_>,
    mut reports: Vec<Report>,
    gist: String,
    agreement: Agreement,
    because: Vec<Reason>,
    doubtful: bool,
) -> Statement {
    reports.sort_by_key(|r| (r.article, r.span, r.value_span));
    reports.dedup_by(|a, b| a.article == b.article && a.span == b.span && a.value == b.value);
    let origins = origins::count(input, &reports);
    let several = origins::articles(&reports).len() > 1;
    let agreement = match (several, agreement) {
        (false, _) => Agreement::SingleReport,
        (true, Agreement::Conflict) if origins.most == 1 => Agreement::Differs,
        (true, Agreement::SingleReport) => Agreement::Agrees,
        (true, a) => a,
    };
    Statement { gist, reports, agreement, because, doubtful, origins, left_out_by: Vec::new(), event: None }
}

/// The wording that is nearest to all the others; one that opens its sentence reads better.
fn gist(input: &Input<'_>, aligner: &Aligner<'_>, members: &[usize]) -> String {
    let opens = |i: usize| {
        let c = &aligner.clauses[i];
        input.outlines[c.article.at()].sentences.get(c.sentence).is_some_and(|s| s.start == c.span.start)
    };
    // Clauses of one wording are as near to all others as one another.
    let wordings = aligner.wordings.group(members);
    let near = |x: u32| -> f32 {
        let to = |(y, clauses): &(u32, Vec<usize>)| {
            let others = clauses.len() - usize::from(x == *y);
            if others == 0 { 0.0 } else { aligner.pair_of(x, *y).similarity * others as f32 }
        };
        wordings.iter().map(to).sum()
    };
    let scored = wordings.iter().filter_map(|(x, clauses)| {
        let first = *clauses.first()?;
        Some((near(*x) * if opens(first) { 1.6 } else { 1.0 }, first))
    });
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    best.map(|(_, i)| {
        let c = &aligner.clauses[i];
        c.span.of(&input.articles[c.article.at()].text).to_owned()
    })
    .unwrap_or_default()
}

fn figure_report(input: &Input<'_>, clauses: &[Clause], n: &Number) -> Report {
    let _ = input;
    let q = &n.quantity;
    Report {
        article: n.article,
        span: clauses[n.clause].span.cover(q.span),
        value: Some(Value::Quantity {
            low: q.low,
            high: q.high,
            bound: q.bound,
            unit: q.unit.clone(),
            counted: q.counted.clone(),
        }),
        value_span: Some(q.span),
        as_of: n.as_of.as_ref().map(|(_, _, v)| v.clone()),
        source: n.chain.clone(),
    }
}

fn word_report(input: &Input<'_>, clause: &Clause) -> Report {
    let notes = &input.annotations[clause.article.at()];
    let time = clause
        .times
        .iter()
        .map(|&t| &notes.times[t])
        .find(|t| t.kind != TimeKind::Duration && t.interval.is_some());
    Report {
        article: clause.article,
        span: clause.span,
        value: time.map(|t| Value::Date(t.value.clone())),
        value_span: time.map(|t| t.span),
        as_of: None,
        source: origins::chain(input, clause.article, clause.span),
    }
}

/// For each clause of a cluster the number that the others give too: one unit, the same or no words counted.
/// "alone for 11 minutes" and "for more than ten minutes" are compared, the rest of their numbers is not.
fn common_measure(kinds: &Kinds<'_>, by_clause: &[Vec<usize>], cluster: &[usize]) -> Vec<Option<usize>> {
    let numbers = kinds.all;
    // The numbers of the cluster by kind, in order of the first of each, with the reports that have them.
    let mut all: Vec<(usize, Vec<ArticleIndex>)> = Vec::new();
    let mut place: FxHashMap<usize, usize> = FxHashMap::default();
    for &n in cluster.iter().flat_map(|&c| &by_clause[c]) {
        let at = *place.entry(kinds.of[n]).or_insert(all.len());
        if at == all.len() {
            all.push((n, Vec::new()));
        }
        all[at].1.push(numbers[n].article);
    }
    let alike = |x: usize, y: usize| {
        let (a, b) = (&numbers[x], &numbers[y]);
        a.quantity.unit == b.quantity.unit
            && a.measure.additional == b.measure.additional
            && (a.counted.is_empty()
                || b.counted.is_empty()
                || shared(&a.counted, &b.counted).next().is_some())
    };
    let holders = |x: usize| {
        let with = all.iter().filter(|(y, _)| alike(x, *y)).flat_map(|(_, articles)| articles);
        with.collect::<BTreeSet<_>>().len()
    };
    let best = all.iter().map(|(x, _)| (holders(*x), std::cmp::Reverse(*x))).max();
    let Some((_, std::cmp::Reverse(key))) = best.filter(|(reports, _)| *reports > 1) else {
        return vec![None; cluster.len()];
    };
    let near = |x: usize| {
        let (a, b) = (figures_value(&numbers[key]), figures_value(&numbers[x]));
        (a.max(1.0) / b.max(1.0)).ln().abs()
    };
    cluster
        .iter()
        .map(|&c| {
            let own = by_clause[c].iter().copied().filter(|&x| alike(key, x));
            own.min_by(|&x, &y| near(x).total_cmp(&near(y)).then(x.cmp(&y)))
        })
        .collect()
}

fn figures_value(n: &Number) -> f64 {
    (n.quantity.low + n.quantity.high) / 2.0
}

/// Places of clauses of one wording that are tried for two in two reports: a wording stands once in a report.
const MOST_TRIED: usize = 4;

/// Places in a cluster of clauses that are one to the letter and have one kind of value, the first of each in order.
fn alike(
    aligner: &Aligner<'_>,
    cluster: &[usize],
    value: impl Fn(usize) -> Option<usize>,
) -> Vec<Vec<usize>> {
    let mut place: FxHashMap<(u32, Option<usize>), usize> = FxHashMap::default();
    let mut out: Vec<Vec<usize>> = Vec::new();
    for (k, &clause) in cluster.iter().enumerate() {
        let at = *place.entry((aligner.wordings.of[clause], value(k))).or_insert(out.len());
        match out.get_mut(at) {
            Some(list) => list.push(k),
            None => out.push(vec![k]),
        }
    }
    out
}

/// How wordings agree.
fn judge_words(
    input: &Input<'_>,
    lexicon: &Lexicon,
    aligner: &Aligner<'_>,
    cluster: &[usize],
    reports: &[Report],
    kinds: &Kinds<'_>,
    valued: &[Option<usize>],
) -> (Agreement, Vec<Reason>, bool) {
    let clauses = aligner.clauses;
    // One speaker, quoted by at least one report and told otherwise by another.
    // What a report says again in its own voice rests on the source that it names once.
    let spring = |r: &Report| r.source.last().and_then(|l| l.entity);
    let sourced: Vec<&Report> = reports.iter().filter(|r| !r.source.is_empty()).collect();
    let one_spring = sourced.first().is_some_and(|f| spring(f).is_some())
        && sourced.windows(2).all(|w| spring(w[0]) == spring(w[1]))
        && {
            let named: BTreeSet<ArticleIndex> = sourced.iter().map(|r| r.article).collect();
            reports.iter().all(|r| named.contains(&r.article))
        };
    if one_spring && cluster.iter().any(|&c| clauses[c].quoted > 0.25) {
        return (
            Agreement::QuoteVariant,
            vec![Reason::plain("one speaker, quoted by one report and told in other words by another")],
            false,
        );
    }
    let mut result: (Agreement, Vec<Reason>, bool) = (Agreement::Agrees, Vec::new(), false);
    let mut raise = |agreement, reason: Reason, doubtful| {
        if severity(agreement) > severity(result.0) {
            result = (agreement, vec![reason], doubtful);
        } else if agreement == result.0 && result.1.len() < 4 {
            result.1.push(reason);
        }
    };
    let alike = alike(aligner, cluster, |k| valued[k].map(|n| kinds.of[n]));
    for (n, first) in alike.iter().enumerate() {
        for second in &alike[n..] {
            // Any two of two reports stand for all.
            let two =
                |k: &usize, l: &usize| k != l && clauses[cluster[*k]].article != clauses[cluster[*l]].article;
            let pairs = first.iter().flat_map(|k| second.iter().map(move |l| (*k, *l)));
            let Some((k, l)) = pairs.take(MOST_TRIED).find(|(k, l)| two(k, l)) else { continue };
            let (i, j) = (cluster[k], cluster[l]);
            let (a, b) = (&clauses[i], &clauses[j]);
            let pair = aligner.pair(i, j);
            if let (Some(x), Some(y)) = (valued[k], valued[l]) {
                let (x, y) = (&kinds.all[x], &kinds.all[y]);
                let place = Some((y.article, y.quantity.span));
                match fit(&figure(&x.quantity), &figure(&y.quantity)) {
                    Fit::Same => {}
                    Fit::Compatible | Fit::Strained => raise(
                        Agreement::Rounding,
                        Reason { text: "the wordings of the figures allow one another".into(), place },
                        false,
                    ),
                    Fit::Exclusive => raise(
                        Agreement::Differs,
                        Reason { text: "other figures beside like words".into(), place },
                        true,
                    ),
                }
            }
            let place = Some((b.article, b.span));
            if pair.similarity < LEAST_TO_COMPARE.max(JOIN) {
                continue;
            }
            if !a.negated && !b.negated && come_about::come_about(input, lexicon, a, b) {
                raise(
                    Agreement::Update,
                    Reason { text: "one report has it still to come, the other as done".into(), place },
                    true,
                );
            }
            if let Some(words) = coarser_day(input, a, b) {
                raise(Agreement::Rounding, Reason { text: words.into(), place }, true);
            }
            if pair.dates_exclude && day_fine(input, a) && day_fine(input, b) {
                raise(
                    Agreement::Differs,
                    Reason { text: "the days told for it are not the same".into(), place },
                    true,
                );
            }
            if a.negated != b.negated && pair.similarity >= 0.6 && pair.words >= 4 {
                raise(
                    Agreement::Differs,
                    Reason { text: "one report negates what the other tells".into(), place },
                    true,
                );
            }
        }
    }
    if result.0 == Agreement::Agrees && one_spring {
        let plain: BTreeSet<String> =
            reports.iter().map(|r| plain_words(r.span.of(&input.articles[r.article.at()].text))).collect();
        if plain.len() > 1 {
            return (
                Agreement::QuoteVariant,
                vec![Reason::plain("one source, whose words are told in different ways")],
                false,
            );
        }
    }
    if result.1.is_empty() {
        result.1.push(Reason::plain("the same thing in like words"));
    }
    result
}

/// Longest stretch, in days, that still says when a thing happened: a month. By judgement, 2026-11.
const MOST_DAYS_OF_A_DATE: i32 = 31;

/// Whether two clauses tell one date each, and one of these holds the other: "in late April" and "on Friday".
fn coarser_day(input: &Input<'_>, a: &Clause, b: &Clause) -> Option<&'static str> {
    let date = |c: &Clause| {
        let notes = &input.annotations[c.article.at()];
        let mut dates = c.times.iter().map(|&t| &notes.times[t]).filter(|t| t.kind == TimeKind::Date);
        let only = dates.next().filter(|_| dates.next().is_none())?.interval?;
        let (first, last) = (only.start.date(), only.end.date());
        ((last - first).get_days() <= MOST_DAYS_OF_A_DATE).then_some((first, last))
    };
    let (x, y) = (date(a)?, date(b)?);
    let holds = |p: (_, _), q: (_, _)| p.0 <= q.0 && q.1 <= p.1;
    (x != y && (holds(x, y) || holds(y, x))).then_some("one report tells the day more exactly than the other")
}

/// Whether a clause tells a day.
fn day_fine(input: &Input<'_>, clause: &Clause) -> bool {
    let notes = &input.annotations[clause.article.at()];
    clause
        .times
        .iter()
        .any(|&t| notes.times[t].interval.is_some_and(|i| (i.end.date() - i.start.date()).get_days() <= 1))
}

/// Reports of the same told event that are long enough to have told a shared statement and do not.
fn left_out(input: &Input<'_>, statement: &Statement) -> Vec<ArticleIndex> {
    let Some(event) = statement.event.filter(|_| statement.agreement != Agreement::SingleReport) else {
        return Vec::new();
    };
    let tellers = origins::articles(&statement.reports);
    input.events[event as usize]
        .told_by
        .iter()
        .copied()
        .filter(|a| tellers.binary_search(a).is_err())
        .filter(|a| input.outlines[a.at()].tokens.len() >= LEAST_WORDS_TO_LEAVE_OUT)
        .collect()
}
