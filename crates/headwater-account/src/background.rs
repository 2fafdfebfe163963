//! Happenings that no report tells as news and several look back on; and mentions of told ones elsewhere.

use crate::align::Aligner;
use crate::governing::{Reach, governing};
use crate::lexicon::{Concept, ENTITY_BASE, Lexicon};
use crate::material::{Clause, Input};
use headwater_model::{
    ArticleIndex, DateRange, EntityIndex, Event, EventKind, Interval, Reason, Span, Statement,
};
use rustc_hash::FxHashMap;

/// Days before publication from which a dated clause looks back rather than tells news.
/// A monthly word ("in April") counts as background whatever the day.
const BACKGROUND_DAYS: i32 = 14;

/// Long words (by their first six letters) that two labels of one happening share. Chosen on the invented corpus.
const LEAST_LIKE_WORDS: usize = 3;

/// Longest stretch that dates a happening: a year.
const MOST_DAYS: i32 = 366;

/// Events looked back on by two reports or more, made from shared statements that carry a past date.
pub(crate) fn events(
    input: &Input<'_>,
    clauses: &[Clause],
    statements: &[(usize, &Statement, Vec<usize>)],
) -> Vec<(usize, Event)> {
    let mut out = Vec::new();
    for (index, _statement, members) in statements {
        let mut dated: Vec<(ArticleIndex, Span, Interval, String, Reason)> = Vec::new();
        for &m in members {
            let clause = &clauses[m];
            let notes = &input.annotations[clause.article.at()];
            let (times, reach) = governing(input, clause);
            for (t, interval) in times {
                if looks_back(input, clause.article, &interval) && days(&interval) <= MOST_DAYS {
                    let mention = &notes.times[t];
                    // the words that date it, when they stand outside the clause
                    let place = if reach == Reach::Discourse { mention.span } else { clause.span };
                    let words = format!("dated {}{}", mention.value, reach.words());
                    let reason = Reason::at(words, clause.article, place);
                    dated.push((clause.article, clause.span, interval, mention.value.clone(), reason));
                }
            }
        }
        if dated.is_empty() {
            continue;
        }
        // The finest date that most of the others allow. Reports that give one date agree with the same others.
        let mut agree: FxHashMap<Interval, usize> = FxHashMap::default();
        for (_, _, interval, ..) in &dated {
            agree.entry(*interval).or_insert_with(|| {
                let meeting = dated.iter().filter(|o| o.2.start < interval.end && interval.start < o.2.end);
                meeting.map(|o| o.0).collect::<std::collections::BTreeSet<_>>().len()
            });
        }
        let worth = |d: &(ArticleIndex, Span, Interval, String, Reason)| {
            (agree.get(&d.2).copied(), -days(&d.2), std::cmp::Reverse((d.0, d.1)))
        };
        let Some(best) = dated.iter().max_by_key(|d| worth(d)) else {
            continue;
        };
        let holders: std::collections::BTreeSet<ArticleIndex> =
            dated.iter().filter(|o| o.2.start < best.2.end && best.2.start < o.2.end).map(|o| o.0).collect();
        let reports: std::collections::BTreeSet<ArticleIndex> =
            members.iter().map(|&m| clauses[m].article).collect();
        if reports.len() < 2 || holders.len() * 2 < reports.len() || days(&best.2) > 93 {
            continue;
        }
        let last = best.2.end.date().yesterday().unwrap_or(best.2.end.date()).max(best.2.start.date());
        let mut mentioned: Vec<(ArticleIndex, Span)> =
            members.iter().map(|&m| (clauses[m].article, clauses[m].span)).collect();
        mentioned.sort_unstable();
        mentioned.dedup_by_key(|m| m.0);
        out.push((
            *index,
            Event {
                label: best.1.of(&input.articles[best.0.at()].text).to_owned(),
                label_place: Some((best.0, best.1)),
                kind: EventKind::Background,
                date: DateRange::between(best.2.start.date(), last),
                date_value: Some(best.3.clone()),
                told_by: Vec::new(),
                mentioned_by: mentioned,
                because: dated
                    .iter()
                    .filter(|o| holders.contains(&o.0))
                    .map(|o| o.4.clone())
                    .take(6)
                    .collect(),
            },
        ));
    }
    merge(out)
}

/// Events whose dates can be one and that reports put in like words or mention in the same sentence are one.
fn merge(events: Vec<(usize, Event)>) -> Vec<(usize, Event)> {
    let mut out: Vec<(usize, Event)> = Vec::new();
    for (index, event) in events {
        let same = out.iter_mut().find(|(_, e)| {
            let dates = e.date.intersect(&event.date).is_some_and(|d| d == e.date || d == event.date);
            let words = |e: &Event| -> std::collections::BTreeSet<String> {
                e.label
                    .split(|c: char| !c.is_alphanumeric())
                    .filter(|w| w.len() > 5)
                    .map(|w| w.chars().take(6).collect::<String>().to_lowercase())
                    .collect()
            };
            dates && words(e).intersection(&words(&event)).count() >= LEAST_LIKE_WORDS
        });
        match same {
            Some((_, e)) => {
                let width =
                    |d: &DateRange| d.earliest.zip(d.latest).map_or(i32::MAX, |(a, b)| (b - a).get_days());
                if width(&event.date) < width(&e.date) {
                    (e.date, e.date_value) = (event.date, event.date_value);
                    (e.label, e.label_place) = (event.label, event.label_place);
                }
                e.mentioned_by.extend(event.mentioned_by);
                e.mentioned_by.sort_unstable();
                e.mentioned_by.dedup_by_key(|m| m.0);
                e.because.extend(event.because);
            }
            None => out.push((index, event)),
        }
    }
    out
}

fn days(interval: &Interval) -> i32 {
    (interval.end.date() - interval.start.date()).get_days()
}

/// Whether an interval lies behind the article's news.
fn looks_back(input: &Input<'_>, article: ArticleIndex, interval: &Interval) -> bool {
    let range = input.articles[article.at()].published.range;
    match range.earliest.or(range.latest) {
        Some(day) => {
            let gap = (day - interval.end.date()).get_days();
            gap >= BACKGROUND_DAYS || gap >= -1 && days(interval) >= 28
        }
        None => true,
    }
}

/// Classes (first words of lines in the synonym list) that name a happening.
const HAPPENINGS: &[&str] = &[
    "call",
    "letter",
    "meet",
    "visit",
    "attack",
    "explode",
    "crash",
    "sink",
    "arrest",
    "resign",
    "fire",
    "vote",
    "trial",
    "convict",
    "sentence",
    "test",
    "parade",
    "protest",
    "storm",
    "earthquake",
    "flood",
    "sign",
    "announce",
    "strike",
    "collision",
    "inspection",
    "search",
    "rescue",
    "memorial",
    "ceremony",
    "speech",
    "hearing",
    "wedding",
    "funeral",
    "launch",
    "summit",
    "kill",
    "suspend",
    "halt",
    "report",
    "investigate",
];

/// Similarity with a telling report's clause that a mention needs. Chosen on the invented corpus.
const LEAST_MENTION: f32 = 0.2;

/// Mentions of told events in reports that do not tell them: (event, article, words).
pub(crate) fn mentions(
    input: &Input<'_>,
    lexicon: &Lexicon,
    aligner: &Aligner<'_>,
) -> Vec<(u32, ArticleIndex, Span)> {
    let mut scratch = String::new();
    let happenings: Vec<Concept> =
        HAPPENINGS.iter().filter_map(|w| lexicon.concept(w, &mut scratch)).collect();
    let clauses = aligner.clauses;
    let mut out = Vec::new();
    for (e, event) in input.events.iter().enumerate().filter(|(_, e)| e.kind == EventKind::Told) {
        // One clause a wording stands for all of it.
        let tells = |clause: &Clause| aligner.event_of(clause.article) == Some(e as u32);
        let mut seen: std::collections::BTreeSet<u32> = Default::default();
        let told: Vec<usize> = (0..clauses.len())
            .filter(|&i| tells(&clauses[i]) && seen.insert(aligner.wordings.of[i]))
            .collect();
        seen.clear();
        let leads: Vec<usize> = (0..clauses.len())
            .filter(|&i| clauses[i].sentence < 3 && tells(&clauses[i]) && seen.insert(aligner.wordings.of[i]))
            .collect();
        let mut keys: Vec<Concept> = leads
            .iter()
            .flat_map(|&i| clauses[i].concepts.iter().copied())
            .filter(|c| happenings.contains(c))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        if keys.is_empty() {
            continue;
        }
        let mut actors: Vec<EntityIndex> =
            leads.iter().flat_map(|&i| clauses[i].entities.iter().copied()).collect();
        actors.sort_unstable();
        actors.dedup();
        let mut best: std::collections::BTreeMap<ArticleIndex, (f32, Span)> = Default::default();
        let mut keep = |clause: &Clause, score: f32| {
            let entry = best.entry(clause.article).or_insert((0.0, clause.span));
            if score > entry.0 {
                *entry = (score, clause.span);
            }
        };
        for clause in clauses.iter().enumerate().filter(|(_, c)| !tells(c)) {
            let (j, clause) = clause;
            if on_its_day(input, clause, event, &actors) {
                keep(clause, SAME_DAY);
            }
            if !clause.concepts.iter().any(|c| keys.contains(c)) || clause.entities.is_empty() {
                continue;
            }
            // It names the happening as the lead does, with somebody of the lead …
            let names = leads.iter().any(|&i| {
                clause
                    .concepts
                    .iter()
                    .any(|c| *c >= ENTITY_BASE && clauses[i].concepts.binary_search(c).is_ok())
            });
            if !names {
                continue;
            }
            if is_point_in_time(input, lexicon, clause, &keys) && !is_older(input, clause, event) {
                keep(clause, POINT_IN_TIME);
            }
            // … and says something of what its reports say.
            let near = told
                .iter()
                .map(|&i| aligner.pair(i, j))
                .filter(|p| !p.dates_exclude)
                .map(|p| p.similarity)
                .max_by(f32::total_cmp);
            let Some(score) = near else { continue };
            if score < LEAST_MENTION || !dates_allow(input, clause, event) {
                continue;
            }
            keep(clause, score);
        }
        out.extend(best.into_iter().map(|(article, (_, span))| (e as u32, article, span)));
    }
    out
}

/// Entities of the leads that a clause names which mentions an event by its day alone. By judgement.
const LEAST_ACTORS: usize = 2;
/// What a mention by the day, and one by "after the …", count against one by like words: the words of a plainer
/// mention are shown first.
const SAME_DAY: f32 = 0.15;
const POINT_IN_TIME: f32 = 0.1;
/// Words between "after" and the happening that it names: "after the ferry with 300 on board sank".
const MOST_BETWEEN: usize = 6;

/// Whether a clause tells something of the event's very day about two or more of those who are in its leads.
fn on_its_day(input: &Input<'_>, clause: &Clause, event: &Event, actors: &[EntityIndex]) -> bool {
    let Some(day) = event.date.single() else { return false };
    if clause.entities.iter().filter(|e| actors.binary_search(e).is_ok()).count() < LEAST_ACTORS {
        return false;
    }
    let weekday = format!("XXXX-WXX-{}", day.weekday().to_monday_one_offset());
    clause.times.iter().map(|&t| &input.annotations[clause.article.at()].times[t]).any(|mention| {
        let within = mention.interval.is_some_and(|i| i.start.date() <= day && day < i.end.date());
        within && (mention.value == day.to_string() || mention.value == weekday)
    }) && !is_older(input, clause, event)
}

/// Whether a clause uses one of the happenings to say when something else was: "after the ferry sank".
fn is_point_in_time(input: &Input<'_>, lexicon: &Lexicon, clause: &Clause, keys: &[Concept]) -> bool {
    let text = input.articles[clause.article.at()].text.as_str();
    let outline = &input.outlines[clause.article.at()];
    let mut scratch = String::new();
    let mut since = None;
    outline.tokens[outline.tokens_in(clause.span)].iter().enumerate().any(|(at, token)| {
        let word = token.of(text);
        if ["after", "before", "since", "following"].iter().any(|w| word.eq_ignore_ascii_case(w)) {
            since = Some(at);
            return false;
        }
        since.is_some_and(|from| at - from <= MOST_BETWEEN)
            && lexicon.concept(word, &mut scratch).is_some_and(|c| keys.contains(&c))
    })
}

/// Whether a clause's article came out before the event, and the clause does not look ahead to it.
fn is_older(input: &Input<'_>, clause: &Clause, event: &Event) -> bool {
    let latest = input.articles[clause.article.at()].published.range.latest;
    latest.zip(event.date.earliest).is_some_and(|(out, first)| out < first) && !clause.ahead
}

/// Whether a clause's own dates allow it to speak of the event, and its article is not older than the event.
fn dates_allow(input: &Input<'_>, clause: &Clause, event: &Event) -> bool {
    let (Some(first), Some(last)) = (event.date.earliest, event.date.latest) else { return true };
    if is_older(input, clause, event) {
        return false;
    }
    let notes = &input.annotations[clause.article.at()];
    let mut dated = clause.times.iter().filter_map(|&t| notes.times[t].interval).peekable();
    dated.peek().is_none()
        || dated.any(|i| i.start.date() <= last && first < i.end.date().max(i.start.date()))
}
