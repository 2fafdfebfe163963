//! Documents that somebody other than their author brought out: "in a letter obtained by the Herald".
//!
//! A person's own statement, post or book is none of these, as long as nobody else is told to have brought it out.

use super::known::{AIRED, DOCUMENTS, RECORDED, RELEASES, TAKEN};
use super::outlets::noun_phrase;
use super::phrases::{CORRESPONDENCE, among};
use super::reading::Reading;
use super::subjects::plain as subject;
use super::words::Class;
use crate::names::Pos;
use headwater_model::text::calendar;
use std::ops::Range;

/// One carrier beside a cue.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub source: Range<usize>,
    pub link: Option<Range<usize>>,
    /// Who brought the document out.
    pub further: Option<(Range<usize>, Range<usize>)>,
    /// Whether it holds for what the same speaker says next.
    pub frame: bool,
}

/// Tokens behind a document in which somebody may be told to have brought it out. By judgement.
const MOST_BEHIND: usize = 9;

/// "released by", "obtained by": whether the preposition at `i` names who brought a document out.
pub(super) fn names_release(r: &Reading<'_>, i: usize) -> bool {
    let release = i > 0 && RELEASES.contains(&r.lower(i - 1).as_str());
    release && (i.saturating_sub(6)..i).any(|j| DOCUMENTS.contains(&r.lower(j).as_str()))
}

/// Nouns of the documents that somebody other than their author brought out, as this article tells.
pub(super) fn released(r: &Reading<'_>) -> Vec<&'static str> {
    let mut out = Vec::new();
    for i in 0..r.len() {
        let lower = r.lower(i);
        let Some(noun) = AIRED.iter().find(|d| **d == lower).filter(|d| !out.contains(*d)) else { continue };
        let Some(sentence) = r.sentence(i) else { continue };
        let near = sentence.start.max(i.saturating_sub(9))..sentence.end.min(i + 10);
        if near.clone().any(|j| {
            let lower = r.lower(j);
            j != i
                && (RELEASES.contains(&lower.as_str()) && lower != "reported"
                    || ["leak", "hack", "wikileaks"].iter().any(|stem| lower.starts_with(stem)))
        }) {
            out.push(*noun);
        }
    }
    // what was brought out as "e-mails" is told of as "a message", "the exchange"
    let letters = |noun: &&&'static str| among(CORRESPONDENCE, noun);
    if out.iter().any(|noun| among(CORRESPONDENCE, noun)) {
        let further: Vec<&'static str> =
            DOCUMENTS.iter().filter(letters).filter(|d| !out.contains(*d)).copied().collect();
        out.extend(further);
    }
    out
}

/// "in a letter released by X", "in the leaked e-mail": a document that somebody else brought out.
pub(super) fn document(
    r: &Reading<'_>,
    i: usize,
    reach: Range<usize>,
    released: &[&'static str],
) -> Option<Found> {
    if !matches!(r.lower(i).as_str(), "in" | "on") {
        return None;
    }
    // "in one such e-mail", "in one of the letters"
    let noun = noun_phrase(r, i + 1 + usize::from(r.lower(i + 1) == "one"), reach.end)?;
    let paper = noun.clone().rev().find(|&j| DOCUMENTS.contains(&r.lower(j).as_str()))?;
    let lower = r.lower(paper);
    let inside = (noun.start..paper).any(|j| TAKEN.contains(&r.lower(j).as_str()));
    let release = |j: &usize| {
        RELEASES.contains(&r.lower(*j).as_str()) || r.word(*j) == "put" && r.word(*j + 1) == "out"
    };
    let noun = noun.start..(paper + 1..noun.end).find(release).unwrap_or(noun.end);
    // "to a friend that was later released by the court", "published Friday"
    let behind = (noun.end..reach.end.min(noun.end + MOST_BEHIND))
        .take_while(|&j| !matches!(r.words.class[j], Class::Say | Class::Terminal) || release(&j))
        .find(|&j| {
            let lower = r.lower(j);
            let dated =
                calendar::WEEKDAYS.contains(&r.word(j + 1)) || matches!(r.word(j + 1), "last" | "this");
            release(&j)
                && lower != "reported"
                && (r.word(j + 1) == "by"
                    || r.word(j + 2) == "by"
                    || dated
                    || TAKEN.contains(&lower.as_str()))
                || lower.starts_with("leak")
        });
    let known = released.contains(&lower.as_str())
        || released.contains(&format!("{lower}s").as_str())
        || lower.strip_suffix('s').is_some_and(|one| released.contains(&one))
        || RECORDED.contains(&lower.as_str());
    if !inside && behind.is_none() && !known {
        return None;
    }
    let by = behind.and_then(|j| (j + 1..j + 3).find(|&k| r.word(k) == "by").map(|k| (j, k)));
    let named = by.and_then(|(j, k)| Some((noun_phrase(r, k + 1, reach.end)?, j..k + 1)));
    let further = named.or_else(|| releaser(r, i, &noun));
    Some(Found { source: noun, link: Some(i..i + 1), frame: further.is_some(), further })
}

/// Ways of passing on what others found out: a poll "released by" a body is that body's own.
const PASSED: &[&str] = &[
    "broadcast",
    "aired",
    "obtained",
    "reviewed",
    "leaked",
    "reported",
    "seen",
    "shared",
    "cited",
    "carried",
];

/// Tokens of a document's description in which it may be told who brought it out. By judgement.
const MOST_DESCRIBED: usize = 24;

/// "according to court papers obtained by the Herald": who brought out the document that a level's source is.
pub(super) fn brought_out(r: &Reading<'_>, source: &Range<usize>) -> Option<(Range<usize>, usize)> {
    let sentence = r.sentence(source.start)?;
    let to = sentence.end.min(source.start + MOST_DESCRIBED);
    let paper = source.clone().find(|&i| DOCUMENTS.contains(&r.lower(i).as_str()))?;
    let way = (paper + 1..to)
        .take_while(|&i| i <= source.end)
        .find(|&i| RELEASES.contains(&r.lower(i).as_str()))?;
    let link = (way + 1..to.min(way + 4)).find(|&i| matches!(r.word(i), "by" | "on"))?;
    if (way + 1..link).any(|i| r.part(i) != Some(Pos::Adverb)) {
        return None;
    }
    let aired = AIRED.contains(&r.lower(paper).as_str());
    if !aired && !PASSED.contains(&r.lower(way).as_str()) {
        return None;
    }
    let who = noun_phrase(r, link + 1, to)?;
    who.clone().any(|k| r.part(k) == Some(Pos::ProperNoun)).then_some((who, way))
}

/// Who brought a document out, as the sentence or the one before says: "The Herald obtained the letters."
pub(super) fn releaser(
    r: &Reading<'_>,
    at: usize,
    noun: &Range<usize>,
) -> Option<(Range<usize>, Range<usize>)> {
    let here = r.outline.tokens[at].sentence as usize;
    (here.saturating_sub(1)..=here).rev().find_map(|s| {
        let sentence = r.outline.sentence_tokens.get(s)?.clone();
        sentence.clone().filter(|j| !noun.contains(j)).find_map(|j| {
            if !RELEASES.contains(&r.lower(j).as_str()) || r.lower(j) == "reported" {
                return None;
            }
            let paper = (sentence.start.max(j.saturating_sub(8))..sentence.end.min(j + 9))
                .any(|k| k != j && AIRED.contains(&r.lower(k).as_str()));
            if !paper {
                return None;
            }
            let who = if r.word(j + 1) == "by" {
                noun_phrase(r, j + 2, sentence.end)
            } else if r.part(j) == Some(Pos::VerbPast) {
                subject(r, j, &sentence)
            } else {
                None
            }?;
            who.clone().any(|k| r.is_noun(k)).then_some((who, j..j + 1))
        })
    })
}
