//! Over which extent a count runs, as of when it holds, and whether it moves: places, days and words around it.

use crate::material::{Clause, Input};
use headwater_model::text::{Outline, TokenKind, calendar};
use headwater_model::{NameKind, SourceKind, Span, TimeKind};
use jiff::civil::Date;

/// Over which extent a count runs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extent {
    /// Places named in the sentence (no countries), sorted.
    pub(crate) places: Vec<u32>,
    /// Words that make it the whole: "in all", "on the two ships", "across the country".
    pub(crate) whole: bool,
    /// Words that make it a sum over time: "since Saturday", "so far this year".
    pub(crate) since: bool,
    /// Days of the happening told in the sentence; the time of the saying is none of them.
    pub(crate) days: Vec<(Date, Date)>,
    /// Folded names after words of place near the number: "in Raqqa", "the town of Salma"; sorted.
    pub(crate) spots: Vec<String>,
    /// Words near the number that point to another happening: "elsewhere", "an earlier attack".
    pub(crate) aside: bool,
    /// First numbered sentence of the report: 0 for the title or lead.
    pub(crate) sentence: usize,
}

/// Phrases (lower case) that make a count the whole of something.
const WHOLE: &[&[&str]] = &[
    &["in", "all"],
    &["in", "total"],
    &["altogether"],
    &["overall"],
    &["combined"],
    &["both"],
    &["a", "total", "of"],
    &["on", "the", "two"],
    &["on", "two"],
    &["across"],
    &["nationwide"],
    &["countrywide"],
    &["throughout"],
];

/// Phrases that make a count a sum over time.
const SINCE: &[&[&str]] = &[
    &["since"],
    &["so", "far", "this"],
    &["over", "the", "past"],
    &["over", "the", "last"],
    &["in", "the", "past"],
    &["in", "recent"],
    &["during", "the", "past"],
    &["to", "date"],
];

/// Tokens around a number that are read for its extent; by judgement.
const EXTENT_REACH: usize = 16;

/// The extent of the count that stands at `number`.
pub(super) fn extent(input: &Input<'_>, clause: &Clause, number: Span) -> Extent {
    let at = clause.article.at();
    let (text, outline, notes) =
        (input.articles[at].text.as_str(), &input.outlines[at], &input.annotations[at]);
    let mut out = Extent { sentence: clause.sentence, ..Extent::default() };
    let token = outline.token_at(number.start);
    let own = outline.tokens.get(token).map_or(clause.sentence, |t| t.sentence as usize);
    let range = outline.sentence_tokens.get(own).cloned().unwrap_or(token..token);
    let from = token.saturating_sub(EXTENT_REACH).max(range.start).min(token);
    let to = (token + EXTENT_REACH).min(range.end).max(from);
    let words: Vec<String> =
        outline.tokens[from..to].iter().map(|t| t.of(text).to_ascii_lowercase()).collect();
    let has = |list: &[&[&str]]| {
        list.iter().any(|p| words.windows(p.len()).any(|w| w.iter().zip(*p).all(|(a, b)| a == b)))
    };
    out.whole = has(WHOLE);
    out.since = has(SINCE);
    out.spots = spots(text, outline, from..to);
    let start = token.saturating_sub(ASIDE_REACH).max(from);
    let near = words.get(start - from..(token + 4 - from).min(words.len())).unwrap_or_default();
    out.aside = near.iter().any(|w| ASIDE.contains(&w.as_str()));
    let sentence = outline.sentences.get(clause.sentence).copied().unwrap_or(clause.span);
    let first = notes.names.partition_point(|n| n.span.end <= sentence.start);
    for name in notes.names[first..].iter().take_while(|n| n.span.start < sentence.end) {
        if name.kind != NameKind::Place {
            continue;
        }
        if let Some(e) = input.entity_of[at].get(name.entity as usize).copied().flatten() {
            out.places.push(e.0);
        }
    }
    out.places.sort_unstable();
    out.places.dedup();
    for &t in &clause.sentence_times {
        let mention = &notes.times[t];
        if mention.kind == TimeKind::Duration || is_of_saying(input, clause, mention.span) {
            continue;
        }
        if let Some(i) = mention.interval {
            let last = i.end.date().yesterday().unwrap_or(i.end.date()).max(i.start.date());
            // a year long gone dates as well: "in 2019, 31 people died"
            let published = input.articles[at].published.range.earliest;
            let gone = mention.value.len() == 4 && published.is_some_and(|p| last.year() < p.year());
            if gone || (last - i.start.date()).get_days() <= LONGEST_DAY {
                out.days.push((i.start.date(), last));
            }
        }
    }
    out
}

/// Words that turn to another happening.
const ASIDE: &[&str] = &[
    "elsewhere",
    "another",
    "separately",
    "meanwhile",
    "second",
    "separate",
    "also",
    "previous",
    "ago",
    "last",
    "when",
    "comes",
    "followed",
    "earlier",
    "other",
    "similar",
];

/// Tokens before a number that are read for such words; by judgement.
const ASIDE_REACH: usize = 14;

/// Names after words of place in a range of tokens, folded and sorted.
pub(crate) fn spots(text: &str, outline: &Outline, range: std::ops::Range<usize>) -> Vec<String> {
    let mut out = Vec::new();
    let tokens = &outline.tokens;
    let mut i = range.start;
    while i < range.end {
        let word = tokens[i].of(text);
        i += 1;
        if !matches!(
            word,
            "in" | "near"
                | "at"
                | "on"
                | "around"
                | "outside"
                | "inside"
                | "of"
                | "towards"
                | "from"
                | "hit"
                | "near-by"
        ) {
            continue;
        }
        // a few plain words may stand between: "in the central city of"
        let end = (i + 4).min(range.end);
        let Some(k) = (i..end).find(|&k| tokens[k].of(text).starts_with(char::is_uppercase)) else {
            continue;
        };
        if (i..k).any(|x| tokens[x].kind != TokenKind::Word) {
            continue;
        }
        for t in &tokens[k..range.end.min(k + 3)] {
            let w = t.of(text);
            if !w.starts_with(char::is_uppercase) || names_a_date(w) {
                break;
            }
            out.push(headwater_model::text::fold::fold(w));
        }
    }
    out.sort();
    out.dedup();
    out
}

/// Whether a capitalised word after "in" or "on" names a day or month and no place.
fn names_a_date(word: &str) -> bool {
    calendar::month_of(word).is_some() || calendar::weekday_of(word).is_some()
}

/// Longest stretch, in days, that still dates a happening: a week; by judgement.
const LONGEST_DAY: i32 = 7;

/// Whether a time tells when something was said rather than when it happened.
fn is_of_saying(input: &Input<'_>, clause: &Clause, span: Span) -> bool {
    let at = clause.article.at();
    let (text, outline, notes) =
        (input.articles[at].text.as_str(), &input.outlines[at], &input.annotations[at]);
    let sentence = outline.sentences.get(clause.sentence).copied().unwrap_or(clause.span);
    let before = outline.token_at(span.start).checked_sub(1).map_or("", |i| outline.tokens[i].of(text));
    if matches!(before.to_ascii_lowercase().as_str(), "of" | "by" | "until" | "since") {
        return true;
    }
    let mut outside = notes
        .attributions
        .iter()
        .filter(|a| a.source.kind != SourceKind::Missing)
        .filter(|a| a.cue.iter().any(|c| sentence.contains(*c)))
        .map(|a| !a.content.iter().any(|c| c.overlaps(span)))
        .peekable();
    outside.peek().is_some() && outside.all(|o| o)
}

/// As of when a clause speaks: the time of the saying ("on Tuesday officials said …", "as of Friday"), else the day
/// of publication. When the thing happened ("the blast on Monday killed 12") is no as-of.
pub(super) fn as_of(input: &Input<'_>, clause: &Clause) -> Option<(Date, Date, String)> {
    let at = clause.article.at();
    let notes = &input.annotations[at];
    let told = clause.sentence_times.iter().chain(&clause.times).filter_map(|&t| {
        let m = &notes.times[t];
        let i = m.interval?;
        let days = (i.end.date() - i.start.date()).get_days();
        (days <= 31 && m.kind != TimeKind::Duration && is_of_saying(input, clause, m.span)).then(|| {
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
pub(super) fn moves(text: &str, outline: &Outline, number: Span) -> Option<Span> {
    let at = outline.token_at(number.start);
    let sentence = outline.tokens.get(at)?.sentence;
    let lower = |i: usize| outline.tokens.get(i).map_or("", |t| t.of(text)).to_ascii_lowercase();
    let tells = |i: usize| {
        let (word, next) = (lower(i), lower(i + 1));
        MOVES.contains(&word.as_str()) && i < at + 4
            || matches!(word.as_str(), "new" | "updated" | "latest" | "previous") && next == "toll"
            || word == "later" && matches!(next.as_str(), "said" | "put" | "gave")
    };
    let near = at.saturating_sub(8)..(at + 9).min(outline.tokens.len());
    near.filter(|&i| outline.tokens[i].sentence == sentence && tells(i))
        .min_by_key(|&i| (i.abs_diff(at), i))
        .map(|i| outline.tokens[i].span)
}

/// Words that say so by themselves.
const MOVES: &[&str] = &[
    "rose",
    "risen",
    "rises",
    "climbed",
    "climbs",
    "revised",
    "updated",
    "earlier",
    "initially",
    "initial",
    "previously",
    "increased",
    "jumped",
    "lowered",
    "raised",
    "preliminary",
];
