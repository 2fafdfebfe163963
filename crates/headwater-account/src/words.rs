//! The account of a story in words: a few sentences of the reports, chosen and put in order.
//!
//! Purely extractive: every line is a stretch of one report, to the letter, and what is said about it (`why`)
//! counts reports and origins and asserts nothing about the world. Sees a story's happenings and statements;
//! makes no statement of its own and changes none. Where no sentence can stand by itself, no line is given.

use crate::compare::severity;
use crate::material::Input;
use headwater_model::text::{TokenKind, fold::fold};
use headwater_model::{Agreement, ArticleIndex, EventKind, Line, Part, Report, Span, Statement, Value};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Most happenings told, those first that most reports tell. By judgement: what fits on a screen.
const MOST_HAPPENINGS: usize = 6;
/// Most statements told as resting on several origins. By judgement.
const MOST_SHARED: usize = 4;
/// Most statements whose reports differ. By judgement.
const MOST_DIFFERING: usize = 3;
/// Fewest reports that tell figures of which it is not sure how they agree, to be told at all. By judgement: the toll
/// of an accident is what readers ask for first, and its many versions are seldom sure.
const LEAST_DOUBTFUL_TELLERS: usize = 3;
/// Most wordings of one statement whose reports differ, each with another value. By judgement.
const MOST_VALUES: usize = 3;
/// Most statements told by several reports and resting on one origin. By judgement.
const MOST_ONE_ORIGIN: usize = 3;
/// Origins named in a line's reason before "and others". By judgement.
const MOST_NAMED: usize = 3;
/// Wordings of a statement that are compared with each other; further ones are like these.
const MOST_COMPARED: usize = 400;
/// Fewest and most words of a sentence that is quoted whole. By judgement: shorter ones lean on their
/// neighbours, longer ones are no short account.
const WORDS: std::ops::RangeInclusive<usize> = 7..=60;
/// Words past which a sentence is given up for a shorter one that says as much. By judgement.
const COMFORTABLE_WORDS: usize = 34;
/// Sentences of a report that may tell what happened: news opens with it. By judgement.
const LEAD_SENTENCES: usize = 4;
/// How much less an opening that begins with a quotation tells what happened. By judgement.
const QUOTED_DISCOUNT: usize = 4;
/// Steps into which the nearness of a wording to the others is cut, so that small differences do not outweigh
/// who is named and how long it is. By judgement.
const NEARNESS_STEPS: f64 = 5.0;
/// Share of folded words (Jaccard) from which two lines say the same. By judgement: copies and light rewrites.
const LIKE: f64 = 0.6;

/// Marks that may stand after the end of a sentence.
const CLOSING: [char; 8] = ['”', '"', '’', '\'', '»', '«', '“', ')'];

/// Words that open a sentence which leans on the one before it.
const LEANING: &[&str] = &[
    "he",
    "she",
    "it",
    "they",
    "his",
    "her",
    "its",
    "their",
    "this",
    "that",
    "these",
    "those",
    "such",
    "but",
    "and",
    "so",
    "yet",
    "however",
    "meanwhile",
    "also",
    "instead",
    "then",
    "there",
    "here",
    "er",
    "sie",
    "es",
    "dies",
    "diese",
    "dieser",
    "dieses",
    "aber",
    "und",
    "doch",
    "dort",
    "dabei",
    "dazu",
    "damit",
    "auch",
];

/// The account in words of the story whose reports are `input.members`. `events` are its happenings, by date;
/// `statements` its statements with their numbers in the whole list, the most widely told first.
///
/// The lines stand in reading order: what happened (by date), what several origins tell, where the reports
/// differ, what several tell from one origin.
pub fn in_words(input: &Input<'_>, events: &[u32], statements: &[(u32, &Statement)]) -> Vec<Line> {
    let mut writer = Writer {
        input,
        support: support(statements),
        used: BTreeSet::new(),
        told: Vec::new(),
        values: Vec::new(),
    };
    let happened = writer.happenings(events);
    let differs = writer.differing(statements);
    let shared = writer.shared(statements);
    let one = writer.one_origin(statements);
    happened.into_iter().chain(shared).chain(differs).chain(one).collect()
}

/// For each article, the stretches that carry a statement and how many other reports tell it.
fn support(statements: &[(u32, &Statement)]) -> BTreeMap<ArticleIndex, Vec<(Span, usize)>> {
    let mut out: BTreeMap<ArticleIndex, Vec<(Span, usize)>> = BTreeMap::new();
    for (_, statement) in statements {
        let others = tellers(statement).saturating_sub(1);
        for report in statement.reports.iter().filter(|_| others > 0) {
            out.entry(report.article).or_default().push((report.span, others));
        }
    }
    out
}

fn tellers(statement: &Statement) -> usize {
    statement.reports.iter().map(|r| r.article).collect::<BTreeSet<_>>().len()
}

struct Writer<'a> {
    input: &'a Input<'a>,
    support: BTreeMap<ArticleIndex, Vec<(Span, usize)>>,
    /// Sentences that stand in a line.
    used: BTreeSet<(ArticleIndex, Span)>,
    /// Folded words of the lines.
    told: Vec<BTreeSet<String>>,
    /// Numbers set side by side already.
    values: Vec<BTreeSet<String>>,
}

impl Writer<'_> {
    /// What happened, when: one sentence of a report's opening for each told happening.
    fn happenings(&mut self, events: &[u32]) -> Vec<Line> {
        let input = self.input;
        let mut told: Vec<u32> =
            events.iter().copied().filter(|&e| input.events[e as usize].kind == EventKind::Told).collect();
        told.sort_by_key(|&e| (Reverse(input.events[e as usize].told_by.len()), e));
        told.truncate(MOST_HAPPENINGS);
        told.sort_unstable();
        let mut out = Vec::new();
        for e in told {
            let event = &input.events[e as usize];
            let leads = event.told_by.iter().flat_map(|&article| {
                let sentences = input.outlines[article.at()].sentences.iter().take(LEAD_SENTENCES);
                sentences.enumerate().map(move |(k, &span)| (article, span, k))
            });
            let best = leads
                .filter(|&(article, span, _)| self.stands_alone(article, span))
                .max_by_key(|&(article, span, k)| {
                    // Reported speech tells what was said; the telling of it comes before.
                    let plain = if self.opens_quoted(article, span) { 1 } else { QUOTED_DISCOUNT };
                    let weight = self.weight(article, span) * (LEAD_SENTENCES - k) * plain;
                    (weight, Reverse((k, self.day(article), article, span)))
                })
                .map(|(article, span, _)| (article, span))
                .or_else(|| event.label_place.filter(|&(article, span)| self.fits(article, span)));
            let Some((article, span)) = best.filter(|&(article, span)| self.is_new(article, span)) else {
                continue;
            };
            let mut why = format!("told by {}", reports(event.told_by.len()));
            let mentions: BTreeSet<ArticleIndex> = event.mentioned_by.iter().map(|m| m.0).collect();
            if !mentions.is_empty() {
                why.push_str(&format!(", mentioned by {}", mentions.len()));
            }
            self.take(article, span);
            out.push(Line { article, span, part: Part::Happened, why, event: Some(e), statement: None });
        }
        out
    }

    /// What several origins tell alike.
    fn shared(&mut self, statements: &[(u32, &Statement)]) -> Vec<Line> {
        let alike = |s: &Statement| {
            matches!(s.agreement, Agreement::Agrees | Agreement::Rounding | Agreement::Scope) && !s.doubtful
        };
        // Copies of one text are one telling, however many sources without a name each seems to have.
        let mut list: Vec<(usize, &(u32, &Statement))> = statements
            .iter()
            .filter(|(_, s)| alike(s) && s.origins.least >= 2)
            .map(|entry| (self.texts(entry.1), entry))
            .filter(|(texts, _)| *texts >= 2)
            .collect();
        list.sort_by_key(|(texts, (n, s))| {
            (Reverse(*texts), Reverse(tellers(s)), Reverse(s.origins.least), *n)
        });
        let mut out = Vec::new();
        for (_, (n, statement)) in list {
            if out.len() == MOST_SHARED {
                break;
            }
            let Some((article, span)) = self.best(&statement.reports) else { continue };
            self.take(article, span);
            let why = format!("told by {}, from {}", reports(tellers(statement)), origins(statement));
            out.push(self.line(article, span, Part::SeveralOrigins, why, *n, statement));
        }
        out
    }

    /// How many texts tell a statement: reports of one family of copies are one.
    fn texts(&self, statement: &Statement) -> usize {
        let mut alone = 0;
        let mut families = BTreeSet::new();
        for article in statement.reports.iter().map(|r| r.article).collect::<BTreeSet<_>>() {
            match self.input.families.iter().position(|f| f.members.contains(&article)) {
                Some(family) => {
                    families.insert(family);
                }
                None => alone += 1,
            }
        }
        families.len() + alone
    }

    /// Where the reports differ: one sentence for each value, as they differ.
    fn differing(&mut self, statements: &[(u32, &Statement)]) -> Vec<Line> {
        let figures =
            |s: &Statement| s.reports.iter().all(|r| matches!(r.value, Some(Value::Quantity { .. })));
        let mut list: Vec<&(u32, &Statement)> = statements
            .iter()
            .filter(|(_, s)| severity(s.agreement) >= severity(Agreement::Update))
            .filter(|(_, s)| !s.doubtful || figures(s) && tellers(s) >= LEAST_DOUBTFUL_TELLERS)
            .collect();
        // What is told most matters most; what is not sure counts half.
        let weight = |s: &Statement| tellers(s) * if s.doubtful { 1 } else { 2 };
        list.sort_by_key(|(n, s)| (Reverse(weight(s)), Reverse(severity(s.agreement)), *n));
        let mut out = Vec::new();
        let mut count = 0;
        for (n, statement) in list {
            if count == MOST_DIFFERING {
                break;
            }
            let lines = self.sides(*n, statement);
            if lines.len() >= 2 {
                count += 1;
                out.extend(lines);
            }
        }
        out
    }

    /// One line for each value of a statement; nothing when fewer than two can be told.
    fn sides(&mut self, number: u32, statement: &Statement) -> Vec<Line> {
        let mut sides: Vec<(String, Vec<Report>)> = Vec::new();
        for report in &statement.reports {
            let Some(place) = report.value_span else { continue };
            let words = place.of(&self.input.articles[report.article.at()].text);
            let key = value_key(report);
            match sides.iter_mut().find(|(k, _)| *k == key) {
                Some((_, of)) => of.push(report.clone()),
                None if !words.is_empty() => sides.push((key, vec![report.clone()])),
                None => {}
            }
        }
        // The most widely told values, in the order of the statement.
        let mut order: Vec<usize> = (0..sides.len()).collect();
        order.sort_by_key(|&i| (Reverse(sides[i].1.len()), i));
        order.truncate(MOST_VALUES);
        order.sort_unstable();
        // The same numbers once more, by other reports or as of another hour, tell a reader nothing new here.
        let values: BTreeSet<String> = order.iter().filter_map(|&i| numeral(sides[i].1.first()?)).collect();
        if self.values.iter().any(|shown| !values.is_empty() && values.is_subset(shown)) {
            return Vec::new();
        }
        let mut out = Vec::new();
        let kept = self.used.clone();
        for i in order {
            let of = &sides[i].1;
            // Two values belong side by side even where a sentence leans on the one before it.
            let free = |article, span| !self.used.contains(&(article, span));
            let alone =
                self.best_of(of, |article, span| free(article, span) && self.stands_alone(article, span));
            let Some((article, span)) = alone.or_else(|| {
                self.best_of(of, |article, span| free(article, span) && self.fits(article, span))
            }) else {
                continue;
            };
            let tellers = of.iter().map(|r| r.article).collect::<BTreeSet<_>>().len();
            let doubt = if statement.doubtful { " (doubtful)" } else { "" };
            let why = format!("{}{doubt}: told so by {}", statement.agreement.name(), reports(tellers));
            self.used.insert((article, span));
            out.push(self.line(article, span, Part::Differs, why, number, statement));
        }
        if out.len() < 2 {
            self.used = kept;
            return Vec::new();
        }
        for line in &out {
            self.take(line.article, line.span);
        }
        self.values.push(values);
        out
    }

    /// What several reports have from one origin.
    fn one_origin(&mut self, statements: &[(u32, &Statement)]) -> Vec<Line> {
        let mut list: Vec<&(u32, &Statement)> =
            statements.iter().filter(|(_, s)| s.origins.most == 1 && tellers(s) > 1).collect();
        list.sort_by_key(|(n, s)| (Reverse(tellers(s)), *n));
        let mut out = Vec::new();
        for (n, statement) in list {
            if out.len() == MOST_ONE_ORIGIN {
                break;
            }
            let Some((article, span)) = self.best(&statement.reports) else { continue };
            self.take(article, span);
            let why = format!("told by {}, from {}", reports(tellers(statement)), origins(statement));
            out.push(self.line(article, span, Part::OneOrigin, why, *n, statement));
        }
        out
    }

    fn line(
        &self,
        article: ArticleIndex,
        span: Span,
        part: Part,
        why: String,
        number: u32,
        statement: &Statement,
    ) -> Line {
        Line { article, span, part, why, event: statement.event, statement: Some(number) }
    }

    /// The sentence that puts a statement best; `None` when a line says that already: what is left of the statement
    /// then are its odd wordings.
    fn best(&self, reports: &[Report]) -> Option<(ArticleIndex, Span)> {
        self.best_of(reports, |article, span| self.stands_alone(article, span))
            .filter(|(article, span)| self.is_new(*article, *span))
    }

    /// Of the sentences that pass: the one whose wording is nearest to the others; then one that names who says
    /// it, is not long, and is the earliest.
    fn best_of(
        &self,
        reports: &[Report],
        passes: impl Fn(ArticleIndex, Span) -> bool,
    ) -> Option<(ArticleIndex, Span)> {
        let words: Vec<BTreeSet<String>> =
            reports.iter().take(MOST_COMPARED).map(|r| self.folded(r.article, r.span)).collect();
        let mut common: BTreeMap<&str, usize> = BTreeMap::new();
        for word in words.iter().flatten() {
            *common.entry(word).or_default() += 1;
        }
        let nearness = |words: &BTreeSet<String>| {
            let sum: usize = words.iter().map(|w| common.get(w.as_str()).copied().unwrap_or(0)).sum();
            let most = (words.len() * reports.len().min(MOST_COMPARED)).max(1);
            (sum as f64 / most as f64 * NEARNESS_STEPS).round() as u32
        };
        let candidates = reports.iter().zip(&words).filter_map(|(report, words)| {
            let span = self.sentence_of(report)?;
            passes(report.article, span).then_some((report, span, nearness(words)))
        });
        candidates
            .min_by_key(|(report, span, near)| {
                let named = report.source.iter().any(|l| l.span.is_some_and(|s| span.contains(s)));
                let over = self.words(report.article, *span).saturating_sub(COMFORTABLE_WORDS);
                let unnamed = !named && !report.source.is_empty();
                (Reverse(*near), unnamed, over, self.day(report.article), report.article, *span)
            })
            .map(|(report, span, _)| (report.article, span))
    }

    /// The sentence that holds a wording, whole; a quotation over several sentences with all of them.
    fn sentence_of(&self, report: &Report) -> Option<Span> {
        let sentences = &self.input.outlines[report.article.at()].sentences;
        let first = sentences.partition_point(|s| s.end <= report.span.start);
        let after = sentences.partition_point(|s| s.start < report.span.end);
        let whole = sentences.get(first..after)?;
        let (first, last) = (whole.first()?, whole.last()?);
        Some(first.cover(*last))
    }

    /// Whether the words make sense without those before them, as far as their form tells.
    fn stands_alone(&self, article: ArticleIndex, span: Span) -> bool {
        let outline = &self.input.outlines[article.at()];
        let text = &self.input.articles[article.at()].text;
        let words = span.of(text);
        let mut tokens = outline.tokens[outline.tokens_in(span)].iter().filter(|t| t.kind != TokenKind::Mark);
        let Some(first) = tokens.next() else { return false };
        let opens = first.of(text);
        let ends = words.trim_end();
        // A sentence that opens inside of a longer quotation, or asks, or announces what follows.
        let cut = outline.quoted.iter().any(|q| {
            let q = q.outer;
            q.overlaps(span) && !(span.contains(q) || q.contains(span))
        });
        self.fits(article, span)
            && opens.chars().next().is_some_and(|c| !c.is_lowercase())
            && !LEANING.contains(&fold(opens).as_str())
            && !ends.ends_with("..")
            && ends.trim_end_matches(CLOSING).ends_with(['.', '!', '。'])
            && !cut
    }

    /// Whether a stretch is neither too short nor too long, and of one paragraph or two.
    fn fits(&self, article: ArticleIndex, span: Span) -> bool {
        WORDS.contains(&self.words(article, span))
    }

    fn words(&self, article: ArticleIndex, span: Span) -> usize {
        let outline = &self.input.outlines[article.at()];
        outline.tokens[outline.tokens_in(span)].iter().filter(|t| t.kind != TokenKind::Mark).count()
    }

    /// Whether a sentence begins with a quotation.
    fn opens_quoted(&self, article: ArticleIndex, span: Span) -> bool {
        let words = span.of(&self.input.articles[article.at()].text);
        words.starts_with(['"', '“', '„', '«', '»', '‘', '\''])
    }

    /// How much of what other reports tell too stands in a sentence; at least 1.
    fn weight(&self, article: ArticleIndex, span: Span) -> usize {
        let list = self.support.get(&article).map_or(&[][..], Vec::as_slice);
        1 + list.iter().filter(|(s, _)| s.overlaps(span)).map(|(_, others)| others).sum::<usize>()
    }

    /// Whether no line says the same in like words.
    fn is_new(&self, article: ArticleIndex, span: Span) -> bool {
        if self.used.contains(&(article, span)) {
            return false;
        }
        let words = self.folded(article, span);
        !self.told.iter().any(|told| {
            let common = told.intersection(&words).count();
            common as f64 >= LIKE * (told.len() + words.len() - common) as f64
        })
    }

    fn take(&mut self, article: ArticleIndex, span: Span) {
        self.used.insert((article, span));
        self.told.push(self.folded(article, span));
    }

    fn folded(&self, article: ArticleIndex, span: Span) -> BTreeSet<String> {
        let outline = &self.input.outlines[article.at()];
        let text = &self.input.articles[article.at()].text;
        let tokens = outline.tokens[outline.tokens_in(span)].iter();
        tokens.filter(|t| t.kind != TokenKind::Mark).map(|t| fold(t.of(text))).collect()
    }

    /// First possible day of publication, for the order of like sentences; unknown ones last.
    fn day(&self, article: ArticleIndex) -> jiff::civil::Date {
        let range = self.input.articles[article.at()].published.range;
        range.earliest.or(range.latest).unwrap_or(jiff::civil::Date::MAX)
    }
}

/// What tells two values apart.
fn value_key(report: &Report) -> String {
    format!("{:?}", report.value)
}

/// The number of a report's value.
fn numeral(report: &Report) -> Option<String> {
    match &report.value {
        Some(Value::Quantity { low, high, .. }) => Some(format!("{low}–{high}")),
        _ => None,
    }
}

fn reports(n: usize) -> String {
    if n == 1 { "1 report".to_owned() } else { format!("{n} reports") }
}

/// "2–3 origins: the port authority, Norrland Press".
fn origins(statement: &Statement) -> String {
    let range = &statement.origins;
    let mut out = match (range.least, range.most) {
        (1, 1) => "1 origin".to_owned(),
        (least, most) if least == most => format!("{most} origins"),
        (least, most) => format!("{least}–{most} origins"),
    };
    let named: Vec<&str> = range.list.iter().take(MOST_NAMED).map(|o| o.label.as_str()).collect();
    if !named.is_empty() {
        out.push_str(": ");
        out.push_str(&named.join(", "));
        if range.list.len() > named.len() {
            out.push_str(" and others");
        }
    }
    out
}
