//! Statements about numbers: which figures of several reports are of one thing, and how they agree.
//!
//! Keeps unlike things apart (killed / wounded / sent / planned) before it compares any value. What a
//! number measures is `measure`; how two values fit is `compare`.

use crate::align::{Aligner, Pair};
use crate::compare::{Figure, Fit, fit, severity};
use crate::lexicon::Lexicon;
use crate::material::{Clause, Input};
use crate::measure::{Class, Measure, Relation, measure, relate};
use crate::sources;
use headwater_model::account::ChainLevel;
use headwater_model::text::fold::fold;
use headwater_model::{Agreement, ArticleIndex, Bound, EntityIndex, Quantity, Reason, SourceKind, Span};

/// One number of one report.
#[derive(Clone, Debug)]
pub(crate) struct Number {
    pub(crate) article: ArticleIndex,
    /// Index into the story's clauses.
    pub(crate) clause: usize,
    pub(crate) quantity: Quantity,
    pub(crate) measure: Measure,
    /// Head of the counted phrase, and all its concepts.
    pub(crate) counted: Vec<u32>,
    pub(crate) chain: Vec<ChainLevel>,
    /// When the value holds: the first and last day, and the TIMEX3 value.
    pub(crate) as_of: Option<(jiff::civil::Date, jiff::civil::Date, String)>,
    /// "rose to", "new toll", "earlier": words that say the count moves.
    pub(crate) moves: Option<Span>,
}

/// Similarity of two clauses below which figures of one class are not taken for one thing, when nothing
/// else (same value, same event) speaks for it. Set by judgement on the seeds and the invented corpus, 2026-11; not tuned on a bench yet.
const LEAST_CONTEXT: f32 = 0.10;

/// The same, for numbers whose class is not known.
const LEAST_CONTEXT_PLAIN: f32 = 0.28;

/// The same, for bare measures ("11 minutes") even of one value. Chosen on the invented corpus.
const LEAST_CONTEXT_UNCOUNTED: f32 = 0.22;

/// Longest as-of, in days, that still says when a moving count held.
const VAGUE_DAYS: i32 = 3;

/// Collects the numbers of the story's clauses.
pub(crate) fn collect(input: &Input<'_>, lexicon: &Lexicon, clauses: &[Clause]) -> Vec<Number> {
    let mut out = Vec::new();
    let mut scratch = String::new();
    for (index, clause) in clauses.iter().enumerate() {
        let at = clause.article.at();
        let (text, outline, notes) =
            (input.articles[at].text.as_str(), &input.outlines[at], &input.annotations[at]);
        for &q in &clause.quantities {
            let quantity = &notes.quantities[q];
            if quantity.identifies || quantity.counted.is_empty() && quantity.unit.is_empty() {
                continue;
            }
            let m = measure(text, outline, quantity);
            // A bare small count of nothing known says little: "two leaders", "three days".
            if m.class == Class::Other && quantity.high < 4.0 && quantity.bound == Bound::Exactly {
                continue;
            }
            let mut counted: Vec<u32> = quantity
                .counted_span
                .map(|s| outline.tokens_in(s))
                .unwrap_or(0..0)
                .filter_map(|i| lexicon.concept(outline.tokens[i].of(text), &mut scratch))
                .collect();
            counted.sort_unstable();
            counted.dedup();
            let chain = sources::chain(input, clause.article, quantity.number);
            let as_of = as_of(input, clause);
            let moves = moves(text, outline, quantity.number);
            out.push(Number {
                article: clause.article,
                clause: index,
                quantity: quantity.clone(),
                measure: m,
                counted,
                chain,
                as_of,
                moves,
            });
        }
    }
    out
}

/// As of when a clause speaks: the time of the saying ("on Tuesday officials said …", "as of Friday"), else the day
/// of publication. When the thing happened ("the blast on Monday killed 12") is no as-of.
fn as_of(input: &Input<'_>, clause: &Clause) -> Option<(jiff::civil::Date, jiff::civil::Date, String)> {
    let at = clause.article.at();
    let (text, outline, notes) =
        (input.articles[at].text.as_str(), &input.outlines[at], &input.annotations[at]);
    let sentence = outline.sentences.get(clause.sentence).copied().unwrap_or(clause.span);
    let said = |span: Span| {
        let before = outline.token_at(span.start).checked_sub(1).map_or("", |i| outline.tokens[i].of(text));
        let marked = matches!(before.to_ascii_lowercase().as_str(), "of" | "by" | "until" | "since");
        let named = |a: &&headwater_model::Attribution| a.source.kind != headwater_model::SourceKind::Missing;
        let here =
            notes.attributions.iter().filter(named).filter(|a| a.cue.iter().any(|c| sentence.contains(*c)));
        let mut outside = here.map(|a| !a.content.iter().any(|c| c.overlaps(span))).peekable();
        marked || outside.peek().is_some() && outside.all(|o| o)
    };
    let told = clause.sentence_times.iter().chain(&clause.times).filter_map(|&t| {
        let m = &notes.times[t];
        let i = m.interval?;
        let days = (i.end.date() - i.start.date()).get_days();
        (days <= 31 && m.kind != headwater_model::TimeKind::Duration && said(m.span)).then(|| {
            let last = i.end.date().yesterday().unwrap_or(i.end.date()).max(i.start.date());
            (i.start.date(), last, m.value.clone())
        })
    });
    if let Some(best) = told.max_by_key(|(_, last, _)| *last) {
        return Some(best);
    }
    let range = input.articles[at].published.range;
    let (a, b) = (range.earliest?, range.latest?);
    let value = if a == b { a.to_string() } else { format!("{a}/{b}") };
    Some((a, b, value))
}

/// Words near a number that say the count moves.
fn moves(text: &str, outline: &headwater_model::text::Outline, number: Span) -> Option<Span> {
    let at = outline.token_at(number.start);
    let from = at.saturating_sub(8);
    (from..(at + 4).min(outline.tokens.len())).rev().map(|i| outline.tokens[i]).find_map(|t| {
        let w = t.of(text).to_ascii_lowercase();
        matches!(
            w.as_str(),
            "rose"
                | "risen"
                | "rises"
                | "climbed"
                | "climbs"
                | "revised"
                | "updated"
                | "earlier"
                | "initially"
                | "previously"
                | "increased"
                | "jumped"
                | "lowered"
                | "raised"
        )
        .then_some(t.span)
    })
}

/// Whether two numbers of two reports are of one thing; `Err(Scope)` when of one thing at another extent.
pub(crate) fn one_thing(aligner: &Aligner<'_>, a: &Number, b: &Number) -> Option<Kinship> {
    if a.article == b.article || a.quantity.unit != b.quantity.unit {
        return None;
    }
    if a.measure.planned != b.measure.planned
        && a.measure.class == b.measure.class
        && a.measure.additional != b.measure.additional
    {
        return None;
    }
    let relation = relate(a.measure.class, b.measure.class);
    if relation == Relation::Other || a.measure.additional != b.measure.additional {
        return None;
    }
    let pair: Pair = aligner.pair(a.clause, b.clause);
    let value = fit(&figure(&a.quantity), &figure(&b.quantity));
    let heads = crate::material::shared(&a.counted, &b.counted).count();
    let people = a.quantity.unit == "person";
    let share =
        heads > 0 || a.counted.is_empty() || b.counted.is_empty() || people && (generic(a) || generic(b));
    let plain = matches!(
        a.measure.class,
        Class::Other | Class::Share | Class::Change | Class::Worth | Class::Present
    );
    let needed = match (plain, value) {
        (true, Fit::Same) => LEAST_CONTEXT,
        (true, _) => LEAST_CONTEXT_PLAIN,
        (false, Fit::Same | Fit::Compatible) if pair.same_event => 0.02,
        (false, Fit::Same) => 0.05,
        (false, _) if pair.same_event => 0.06,
        (false, _) => LEAST_CONTEXT,
    };
    let nothing_counted = plain && a.counted.is_empty() && b.counted.is_empty();
    let needed = if nothing_counted { needed.max(LEAST_CONTEXT_UNCOUNTED) } else { needed };
    if pair.similarity < needed || plain && !share {
        return None;
    }
    // A figure of another time told as background is another incident.
    if pair.dates_exclude {
        return None;
    }
    // Passengers and crew are two things; dead fighters and dead civilians are parts of one toll.
    if people
        && !share
        && !matches!(
            a.measure.class,
            Class::Dead | Class::Hurt | Class::DeadAndHurt | Class::Missing | Class::DeadAndMissing
        )
    {
        return None;
    }
    let part = a.measure.part != b.measure.part;
    let scope = relation == Relation::Wider || part || people && !share;
    Some(if scope { Kinship::Scope } else { Kinship::Same })
}

/// Whether the counted noun is "people" and nothing more.
fn generic(n: &Number) -> bool {
    matches!(
        n.quantity.counted.to_ascii_lowercase().as_str(),
        "people"
            | "persons"
            | "dead"
            | "deaths"
            | "killed"
            | "lives"
            | "fatalities"
            | "victims"
            | "missing"
            | "wounded"
            | "injured"
    )
}

/// How two numbers belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kinship {
    /// One thing, one extent.
    Same,
    /// One thing, another extent.
    Scope,
}

/// The value part of a quantity.
pub(crate) fn figure(q: &Quantity) -> Figure {
    Figure { low: q.low, high: q.high, bound: q.bound }
}

/// The origin at the end of a chain, as an entity where it is one.
fn spring(chain: &[ChainLevel]) -> Option<EntityIndex> {
    chain.last().and_then(|l| l.entity)
}

/// Whether two chains end in two named sources: entities, or bodies known by other words.
fn others(a: &[ChainLevel], b: &[ChainLevel]) -> bool {
    let (Some(x), Some(y)) = (a.last(), b.last()) else { return false };
    let body = |l: &ChainLevel| {
        matches!(
            l.kind,
            SourceKind::Organisation
                | SourceKind::Government
                | SourceKind::Agency
                | SourceKind::Outlet
                | SourceKind::Document
        ) || l.entity.is_some()
            || l.kind == SourceKind::Anonymous && l.text.split_whitespace().count() > 2
    };
    match (x.entity, y.entity) {
        (Some(e), Some(f)) => e != f,
        _ => body(x) && body(y) && fold(&x.text) != fold(&y.text),
    }
}

/// Judges two numbers of one thing, with the reason in words.
pub(crate) fn judge(a: &Number, b: &Number, kinship: Kinship) -> (Agreement, Reason, bool) {
    let at = |n: &Number| Some((n.article, n.quantity.span));
    let reason = |text: String, n: &Number| Reason { text, place: at(n) };
    if kinship == Kinship::Scope {
        let words = |n: &Number| {
            if n.quantity.counted.is_empty() {
                "what is counted there".to_owned()
            } else {
                format!("“{}”", n.quantity.counted)
            }
        };
        return (
            Agreement::Scope,
            reason(format!("not the same extent: {} and {}", words(a), words(b)), b),
            false,
        );
    }
    match fit(&figure(&a.quantity), &figure(&b.quantity)) {
        Fit::Same => (Agreement::Agrees, reason("the same figure".into(), b), false),
        Fit::Compatible => (
            Agreement::Rounding,
            reason("the wordings allow one another: one is rounded or bounded".into(), b),
            false,
        ),
        fit => {
            let same_source = match (spring(&a.chain), spring(&b.chain)) {
                (Some(x), Some(y)) => x == y,
                _ => false,
            };
            let apart = match (&a.as_of, &b.as_of) {
                (Some(x), Some(y)) => x.1 < y.0 || y.1 < x.0,
                _ => false,
            };
            let moving = a.moves.or(b.moves);
            if same_source && apart {
                return (Agreement::Update, reason("the same source, at two times".into(), b), false);
            }
            if let Some(span) = moving
                && (apart || same_source)
            {
                let place = if a.moves.is_some() { a.article } else { b.article };
                return (
                    Agreement::Update,
                    Reason::at("the text says that the count has moved", place, span),
                    !same_source,
                );
            }
            if apart && grows(a, b) {
                return (Agreement::Update, reason("a later report with a higher figure".into(), b), true);
            }
            let vague_time = |n: &Number| {
                n.as_of.as_ref().is_none_or(|(first, last, _)| (*last - *first).get_days() > VAGUE_DAYS)
            };
            if moves_with_time(a.measure.class) && (vague_time(a) || vague_time(b)) && !same_source {
                return (
                    Agreement::Update,
                    reason("such counts move, and as of when one of them holds is not told".into(), b),
                    true,
                );
            }
            let two_sources = others(&a.chain, &b.chain);
            if fit == Fit::Strained {
                return (
                    Agreement::Rounding,
                    reason("lower bounds far apart: both can be true, and the gap is wide".into(), b),
                    true,
                );
            }
            // A count that grows by the hour conflicts only as of one and the same day.
            let one_day = match (&a.as_of, &b.as_of) {
                (Some(x), Some(y)) => x.0 == x.1 && y.0 == y.1 && x.0 == y.0,
                _ => false,
            };
            if two_sources && (one_day || !moves_with_time(a.measure.class)) {
                return (
                    Agreement::Conflict,
                    reason("two sources, the same thing and time, figures that exclude each other".into(), b),
                    false,
                );
            }
            (
                Agreement::Differs,
                reason(
                    if same_source {
                        "one source, two figures, and no word on why"
                    } else {
                        "other figures, and nothing in the texts explains it"
                    }
                    .into(),
                    b,
                ),
                false,
            )
        }
    }
}

/// Whether counts of a class change as an event goes on.
fn moves_with_time(class: Class) -> bool {
    matches!(
        class,
        Class::Dead
            | Class::Hurt
            | Class::DeadAndHurt
            | Class::Missing
            | Class::DeadAndMissing
            | Class::Held
            | Class::Saved
            | Class::Displaced
            | Class::Ill
            | Class::Gathered
    )
}

/// Whether the later of two figures is the higher: how first tolls grow.
fn grows(a: &Number, b: &Number) -> bool {
    let (Some(x), Some(y)) = (&a.as_of, &b.as_of) else { return false };
    let (first, second) = if x.1 < y.0 { (a, b) } else { (b, a) };
    // who is missing gets fewer as people are found
    let rises = first.quantity.low < second.quantity.low;
    (rises || a.measure.class == Class::Missing) && moves_with_time(a.measure.class)
}

/// A statement's numbers and how they agree.
pub(crate) struct Group {
    pub(crate) numbers: Vec<usize>,
    pub(crate) agreement: Agreement,
    pub(crate) because: Vec<Reason>,
    pub(crate) doubtful: bool,
}

/// Groups numbers of one thing (single link between reports, measures kept apart), and judges each group.
pub(crate) fn group(aligner: &Aligner<'_>, numbers: &[Number]) -> Vec<Group> {
    let mut parent: Vec<usize> = (0..numbers.len()).collect();
    fn root(parent: &mut [usize], mut i: usize) -> usize {
        while parent[i] != i {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        i
    }
    let mut edges = Vec::new();
    // Only numbers of one unit can meet; a unit's numbers are few.
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    order.sort_by(|&x, &y| numbers[x].quantity.unit.cmp(&numbers[y].quantity.unit).then(x.cmp(&y)));
    for (k, &i) in order.iter().enumerate() {
        for &j in order[k + 1..]
            .iter()
            .take_while(|&&j| numbers[j].quantity.unit == numbers[i].quantity.unit)
            .take(MOST_NEIGHBOURS)
        {
            if let Some(kinship) = one_thing(aligner, &numbers[i], &numbers[j]) {
                let similarity = aligner.pair(numbers[i].clause, numbers[j].clause).similarity;
                let value = fit(&figure(&numbers[i].quantity), &figure(&numbers[j].quantity));
                let rank = similarity
                    + if value == Fit::Same {
                        0.5
                    } else if value == Fit::Compatible {
                        0.2
                    } else {
                        0.0
                    };
                edges.push((rank, i.min(j), i.max(j), kinship));
            }
        }
    }
    edges.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut members: Vec<Vec<usize>> = (0..numbers.len()).map(|i| vec![i]).collect();
    for &(_, i, j, kinship) in &edges {
        let (a, b) = (root(&mut parent, i), root(&mut parent, j));
        if a == b {
            continue;
        }
        // One report may give a thing twice, yet not two unlike values of a fitting class in one sentence.
        let clash = members[a].iter().any(|&x| members[b].iter().any(|&y| unlike(&numbers[x], &numbers[y])));
        // A merge must hold for most pairs, not only for the one that proposed it.
        let (mut good, mut all) = (0, 0);
        for &x in &members[a] {
            for &y in &members[b] {
                if numbers[x].article != numbers[y].article {
                    all += 1;
                    good += usize::from(one_thing(aligner, &numbers[x], &numbers[y]).is_some());
                }
            }
        }
        if clash || good * 2 < all || kinship == Kinship::Scope && all > 1 && good < all {
            continue;
        }
        parent[b] = a;
        let moved = std::mem::take(&mut members[b]);
        members[a].extend(moved);
    }
    let mut out = Vec::new();
    for list in members.into_iter().filter(|m| !m.is_empty()) {
        let mut list = list;
        list.sort_unstable();
        let mut result = (Agreement::SingleReport, false);
        let mut because: Vec<Reason> = Vec::new();
        for (k, &x) in list.iter().enumerate() {
            for &y in &list[k + 1..] {
                if let Some(kinship) = one_thing(aligner, &numbers[x], &numbers[y]) {
                    let (agreement, reason, doubtful) = judge(&numbers[x], &numbers[y], kinship);
                    if severity(agreement) > severity(result.0) {
                        result = (agreement, doubtful);
                        because.clear();
                    }
                    if agreement == result.0 && because.len() < 4 && !because.contains(&reason) {
                        because.push(reason);
                    }
                }
            }
        }
        let articles =
            list.iter().map(|&n| numbers[n].article).collect::<std::collections::BTreeSet<_>>().len();
        if articles > 1 && result.0 == Agreement::SingleReport {
            result.0 = Agreement::Agrees;
        }
        out.push(Group { numbers: list, agreement: result.0, because, doubtful: result.1 });
    }
    out
}

/// Most numbers of one unit that one number is compared with; beyond, a story is too big to be one.
const MOST_NEIGHBOURS: usize = 4_000;

/// Two numbers of one report and one sentence with other values are two things.
fn unlike(a: &Number, b: &Number) -> bool {
    a.article == b.article
        && fit(&figure(&a.quantity), &figure(&b.quantity)) == Fit::Exclusive
        && a.moves.is_none()
        && b.moves.is_none()
}
