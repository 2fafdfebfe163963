//! What was changed between two renderings of one sentence: a number, a date, a name, a negation.
//!
//! For sentences known to be of one text (copies, renderings of one utterance). Words are lined up first; only
//! where they part is a change looked for, and only one that both sides show: what one side leaves out is trimmed,
//! not altered.

use crate::compare::{Fit, fit};
use crate::material::Input;
use crate::verdict::figure;
use headwater_model::text::fold::fold;
use headwater_model::text::{TokenKind, calendar};
use headwater_model::{ArticleIndex, Name, Quantity, Span, TimeKind, TimeMention};
use std::ops::Range;

/// Kinds of change that alter what is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Another number.
    Number,
    /// Another day.
    Date,
    /// Another name.
    Name,
    /// A negation more or less.
    Polarity,
}

impl Change {
    /// In words, for reasons.
    pub fn words(self) -> &'static str {
        match self {
            Change::Number => "another number",
            Change::Date => "another day",
            Change::Name => "another name",
            Change::Polarity => "a negation",
        }
    }
}

/// Longest stretch, in tokens, that is compared; a longer one is cut.
const MOST_TOKENS: usize = 200;

/// Share of the shorter side's words that must be the other's too, for the two to be renderings of one sentence.
/// By judgement; checked by `xtask eval injected`.
const LEAST_SHARED: f32 = 0.4;

/// Longest parting, in words of both sides, in which a negation more or less is a change of its own. By judgement.
const MOST_POLAR: usize = 6;

/// Negations.
const NEGATIONS: &[&str] = &[
    "not", "n't", "never", "no", "nobody", "none", "neither", "nor", "without", "cannot", "denied", "denies",
];

struct Side<'a> {
    text: &'a str,
    words: Vec<String>,
    spans: Vec<Span>,
    kinds: Vec<TokenKind>,
    quantities: Vec<&'a Quantity>,
    times: Vec<&'a TimeMention>,
    names: Vec<&'a Name>,
    at: usize,
}

fn side<'a>(input: &Input<'a>, place: (ArticleIndex, Span)) -> Side<'a> {
    let at = place.0.at();
    let (text, outline, notes): (&'a str, _, &'a headwater_model::Annotations) =
        (input.articles[at].text.as_str(), &input.outlines[at], &input.annotations[at]);
    let range = outline.tokens_in(place.1);
    let tokens = &outline.tokens[range.start..range.end.min(range.start + MOST_TOKENS)];
    let inside = |s: Span| place.1.overlaps(s);
    Side {
        text,
        words: tokens.iter().map(|t| fold(t.of(text))).collect(),
        spans: tokens.iter().map(|t| t.span).collect(),
        kinds: tokens.iter().map(|t| t.kind).collect(),
        quantities: notes.quantities.iter().filter(|q| inside(q.number)).collect(),
        times: notes.times.iter().filter(|t| inside(t.span) && t.kind != TimeKind::Duration).collect(),
        names: notes.names.iter().filter(|n| inside(n.span)).collect(),
        at,
    }
}

impl Side<'_> {
    fn span(&self, r: &Range<usize>) -> Option<Span> {
        (r.start < r.end).then(|| self.spans[r.start].cover(self.spans[r.end - 1]))
    }

    fn negations(&self, r: &Range<usize>) -> usize {
        self.words[r.clone()].iter().filter(|w| NEGATIONS.contains(&w.as_str())).count()
    }
}

/// The changes between two renderings, each kind once; empty when the two are no renderings of one sentence.
pub fn altered(input: &Input<'_>, a: (ArticleIndex, Span), b: (ArticleIndex, Span)) -> Vec<Change> {
    let (a, b) = (side(input, a), side(input, b));
    let (hunks, same) = part(&a.words, &b.words);
    if (same as f32) < LEAST_SHARED * a.words.len().min(b.words.len()) as f32 {
        return Vec::new();
    }
    let mut out = Vec::new();
    for (x, y) in &hunks {
        // a long stretch that one side leaves out is trimmed, negations and all
        if x.len() + y.len() <= MOST_POLAR && a.negations(x) % 2 != b.negations(y) % 2 {
            out.push(Change::Polarity);
        }
        let (Some(s), Some(t)) = (a.span(x), b.span(y)) else { continue };
        if numbers(&a, &b, x, y, s, t) {
            out.push(Change::Number);
        }
        if dates(&a, &b, s, t) || day_words(&a, &b, x, y) {
            out.push(Change::Date);
        }
        if names(input, &a, &b, s, t) {
            out.push(Change::Name);
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// A stretch of words in one text and the one that stands for it in the other.
type Pair = (Range<usize>, Range<usize>);

/// Stretches where two lists of words part, and how many words they share in order.
fn part(a: &[String], b: &[String]) -> (Vec<Pair>, usize) {
    let width = b.len() + 1;
    let mut best = vec![0u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            best[i * width + j] = if a[i] == b[j] {
                best[(i + 1) * width + j + 1] + 1
            } else {
                best[(i + 1) * width + j].max(best[i * width + j + 1])
            };
        }
    }
    let mut out = Vec::new();
    let (mut i, mut j, mut from) = (0, 0, (0, 0));
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            if from != (i, j) {
                out.push((from.0..i, from.1..j));
            }
            (i, j) = (i + 1, j + 1);
            from = (i, j);
        } else if j >= b.len() || i < a.len() && best[(i + 1) * width + j] >= best[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    if from != (i, j) {
        out.push((from.0..i, from.1..j));
    }
    (out, best[0] as usize)
}

/// Numbers on both sides of a parting that exclude each other, and that the other side gives nowhere.
fn numbers(a: &Side<'_>, b: &Side<'_>, x: &Range<usize>, y: &Range<usize>, s: Span, t: Span) -> bool {
    let own = |side: &Side<'_>, span: Span| -> Vec<Quantity> {
        side.quantities.iter().filter(|q| q.number.overlaps(span)).map(|q| (*q).clone()).collect()
    };
    let known = |q: &Quantity, side: &Side<'_>| {
        side.quantities.iter().any(|o| match fit(&figure(q), &figure(o)) {
            Fit::Same => true,
            // "more than 10,000" and "more than 20,000" allow one another, and are two numbers
            Fit::Compatible => q.bound != o.bound || q.low == o.low,
            Fit::Strained | Fit::Exclusive => false,
        })
    };
    let (p, q) = (own(a, s), own(b, t));
    let lone = |list: &[Quantity], other: &Side<'_>| list.iter().any(|n| !known(n, other));
    if lone(&p, b) && lone(&q, a) {
        return true;
    }
    // digits that count nothing: years, scores, flights
    let digits = |side: &Side<'_>, r: &Range<usize>, other: &Side<'_>| {
        r.clone().any(|i| {
            side.kinds[i] == TokenKind::Number
                && !other.words.contains(&side.words[i])
                && !side.times.iter().any(|t| t.span.overlaps(side.spans[i]))
                && !side.quantities.iter().any(|q| q.number.overlaps(side.spans[i]))
        })
    };
    digits(a, x, b) && digits(b, y, a)
}

/// Days on both sides of a parting that cannot be one, and that the other side tells nowhere.
fn dates(a: &Side<'_>, b: &Side<'_>, s: Span, t: Span) -> bool {
    let one = |m: &TimeMention, o: &TimeMention| {
        m.value == o.value
            || matches!((m.interval, o.interval), (Some(p), Some(q)) if p.start < q.end && q.start < p.end)
            || fold(m.span.of(a.text)) == fold(o.span.of(b.text))
    };
    a.times.iter().any(|m| m.span.overlaps(s) && !b.times.iter().any(|o| one(m, o)))
        && b.times.iter().any(|o| o.span.overlaps(t) && !a.times.iter().any(|m| one(m, o)))
}

/// Whether a folded word names a weekday or a month in full. "may" is a verb far more often.
fn names_a_day(word: &str) -> bool {
    let month = calendar::month_of(word).and_then(calendar::month);
    calendar::weekday_of(word).is_some() || month.is_some_and(|m| m.len() == word.len() && m != "May")
}

/// Weekdays or months on both sides of a parting that the other side has nowhere: "Monday, July 16" and "Thursday,
/// July 16" have one value and cannot both be meant.
fn day_words(a: &Side<'_>, b: &Side<'_>, x: &Range<usize>, y: &Range<usize>) -> bool {
    let lone = |side: &Side<'_>, r: &Range<usize>, other: &Side<'_>| {
        side.words[r.clone()].iter().any(|w| names_a_day(w) && !other.words.contains(w))
    };
    lone(a, x, b) && lone(b, y, a)
}

/// Names on both sides of a parting that share no word and no entity with any of the other side.
fn names(input: &Input<'_>, a: &Side<'_>, b: &Side<'_>, s: Span, t: Span) -> bool {
    let entity =
        |side: &Side<'_>, n: &Name| input.entity_of[side.at].get(n.entity as usize).copied().flatten();
    let strange = |side: &Side<'_>, n: &Name, other: &Side<'_>| {
        let e = entity(side, n);
        let words: Vec<String> = n.span.of(side.text).split_whitespace().map(fold).collect();
        !other.names.iter().any(|o| e.is_some() && entity(other, o) == e)
            && !words.iter().any(|w| w.len() > 2 && other.words.contains(w))
    };
    a.names.iter().any(|n| n.span.overlaps(s) && strange(a, n, b))
        && b.names.iter().any(|n| n.span.overlaps(t) && strange(b, n, a))
}
