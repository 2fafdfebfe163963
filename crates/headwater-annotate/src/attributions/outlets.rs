//! Names of outlets and of those who speak for them, where a phrase may be one.

use super::known::{AGENCIES, HOSTS, OUTLET_ENDS, OUTLET_NOUNS, OUTLETS};
use super::reading::{Body, Reading};
use super::words::Class;
use crate::names::Pos;
use aho_corasick::AhoCorasick;
use headwater_model::Span;
use headwater_model::text::{Outline, calendar};
use std::ops::Range;
use std::sync::LazyLock;

/// Most tokens of a noun phrase.
pub(super) const MOST_PHRASE: usize = 14;
/// Tokens on each side of a name in which it may be told that its bearer is a host: more than most articles have.
const HOST_REACH: usize = 3000;
/// Whether a noun phrase is a host or presenter, as the article says somewhere.
pub(super) fn is_host(r: &Reading<'_>, noun: &Range<usize>) -> bool {
    let is = |i: usize| HOSTS.contains(&r.lower(i).as_str());
    if noun.clone().any(is) {
        return true;
    }
    let last = noun.end - 1;
    let name = r.word(last);
    if r.part(last) != Some(Pos::ProperNoun) || name.len() < 3 {
        return false;
    }
    let near = last.saturating_sub(HOST_REACH)..r.len().min(last + HOST_REACH);
    near.filter(|&i| r.word(i) == name).any(|i| {
        let Some(sentence) = r.sentence(i) else { return false };
        // "CNN's Ann Dorn", "CNN anchor Ann Dorn"
        let first = i.saturating_sub(2).max(sentence.start);
        let outlets = first > sentence.start
            && matches!(r.word(first), "'s" | "’s")
            && is_outlet(r, &(first - 1..first));
        outlets
            || matches!(r.word(i + 1), "Show" | "Hour" | "Factor" | "Report")
            || (sentence.start.max(i.saturating_sub(4))..i).any(is)
            || r.word(i + 1) == "," && (i + 2..sentence.end.min(i + 6)).any(is)
    })
}

/// The noun phrase that begins at `start`.
pub(super) fn noun_phrase(r: &Reading<'_>, start: usize, to: usize) -> Option<Range<usize>> {
    let words = r.words;
    let mut end = start;
    while end < to && end < start + MOST_PHRASE {
        let class = words.class[end];
        let word = r.word(end);
        let next_capital = end + 1 < to
            && matches!(words.class[end + 1], Class::Capitalised | Class::Upper | Class::Determiner);
        let day = calendar::WEEKDAYS.contains(&word);
        let other = r.part(end).is_some_and(|p| {
            matches!(
                p,
                Pos::Adverb
                    | Pos::Adposition
                    | Pos::VerbPast
                    | Pos::VerbPresent
                    | Pos::VerbGerund
                    | Pos::Subordinator
                    | Pos::Auxiliary
            )
        });
        let part = match class {
            Class::Capitalised
            | Class::Upper
            | Class::CapitalisedFirst
            | Class::Possessive
            | Class::Title
            | Class::Number => !day || end + 1 < to && words.class[end + 1] == Class::Possessive,
            // "one such e-mail"
            Class::Determiner if word == "such" => true,
            Class::Determiner | Class::Object | Class::To => end == start || words.quote[start] == 1,
            Class::Other
            | Class::Plural
            | Class::Dash
            | Class::People
            | Class::SayNoun
            | Class::Ed
            | Class::Ing
            | Class::Ly => !(other && end > start) && word != "last",
            // "state media", "the MSNBC show"
            Class::Say => r.part(end).is_some_and(Pos::is_noun) || word.eq_ignore_ascii_case("state"),
            Class::QuoteMark => {
                end > start
                    && (matches!(words.class[end - 1], Class::Possessive | Class::Capitalised | Class::Upper)
                        || r.part(end - 1) == Some(Pos::Noun))
                    || end == start
                    || words.quote[start] != 0 && words.quote[end] != 0
                    || words.quote[end] == super::words::CLOSES
            }
            Class::Comma => words.quote[start] == 1 && words.quote[end] == 2,
            _ => {
                words.quote[end] == super::words::INSIDE && end > start
                    || (word == "of" || word == "&" || word == "and") && end > start && next_capital
            }
        };
        // a title in quotation marks ends with them
        let closed = end > start
            && words.quote[start] == super::words::OPENS
            && words.quote[end - 1] == super::words::CLOSES;
        if !part
            || closed
            || end > start && r.outline.tokens[end].sentence != r.outline.tokens[start].sentence
        {
            break;
        }
        end += 1;
    }
    (end > start).then_some(start..end)
}

/// All names of agencies and outlets, looked for at once.
static NAMED: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::new(AGENCIES.iter().chain(OUTLETS)).expect("the lists are short enough for any automaton")
});

/// Whether a noun phrase names an outlet, an agency or a programme.
pub(super) fn is_outlet(r: &Reading<'_>, range: &Range<usize>) -> bool {
    names_outlet(r.text, r.outline, range) || range.clone().any(|i| r.bodies.get(i) == Some(&Body::Outlet))
}

/// As [`is_outlet`], by the words alone.
pub(super) fn names_outlet(text: &str, outline: &Outline, range: &Range<usize>) -> bool {
    let tokens = &outline.tokens[range.clone()];
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return false };
    let span: Span = first.span.cover(last.span);
    let lower: String =
        span.of(text).chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }).collect();
    let original = tokens.iter().any(|t| t.of(text).starts_with(char::is_uppercase));
    let whole = |start: usize, end: usize| {
        let before = lower[..start].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        before && lower[end..].chars().next().is_none_or(|c| !c.is_alphanumeric())
    };
    // "this week" is no programme: names begin with a capital; where lower case has other lengths that is not seen
    let words = span.of(text);
    let capital = |at: usize| {
        let word = words.get(at..).map(|w| w.strip_prefix("the ").unwrap_or(w));
        lower.len() != words.len() || word.is_none_or(|w| w.starts_with(|c: char| !c.is_lowercase()))
    };
    let named = |start: usize, end: usize| whole(start, end) && capital(start);
    if original && NAMED.find_overlapping_iter(&lower).any(|m| named(m.start(), m.end())) {
        return true;
    }
    tokens.iter().any(|t| {
        let word = t.of(text);
        let small = word.to_ascii_lowercase();
        word.starts_with(char::is_uppercase) && OUTLET_ENDS.contains(&small.as_str()) && tokens.len() > 1
            || OUTLET_NOUNS.contains(&small.as_str())
    })
}
