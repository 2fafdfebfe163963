//! A text as chains read it: its words with their parts of speech, and the phrases that stand around a place.

use super::lexicon::Lexicon;
use super::phrases::{NOBODY, TIMES, among};
use super::words::{Class, Words};
use crate::names::Pos;
use headwater_model::text::{Outline, TokenKind};
use std::ops::Range;

/// What chains see of a text.
pub(super) struct Reading<'a> {
    pub text: &'a str,
    pub outline: &'a Outline,
    pub words: &'a Words,
    pub lexicon: &'a Lexicon,
    /// What each token is part of the name of.
    pub bodies: &'a [Body],
}

/// Whether a name is that of a body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Body {
    /// Of none.
    #[default]
    None,
    /// Of an outlet or agency.
    Outlet,
    /// Of some other organisation.
    Other,
}

impl<'a> Reading<'a> {
    pub(super) fn len(&self) -> usize {
        self.outline.tokens.len()
    }

    /// Whether parts of speech are known.
    pub(super) fn has_parts(&self) -> bool {
        self.words.tag.iter().any(|t| t >> 6 != 0)
    }

    pub(super) fn word(&self, i: usize) -> &'a str {
        self.outline.tokens.get(i).map_or("", |t| t.of(self.text))
    }

    /// The word in lower case with a plain apostrophe.
    pub(super) fn lower(&self, i: usize) -> String {
        let word = self.word(i);
        if word.is_ascii() {
            return word.to_ascii_lowercase();
        }
        word.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }).collect()
    }

    /// The part of speech of a token, when there is one.
    pub(super) fn part(&self, i: usize) -> Option<Pos> {
        let number = self.words.tag.get(i)? >> 6;
        number.checked_sub(1).map(|n| Pos::from_number(n as u8))
    }

    /// Whether a token is a noun, as far as parts of speech are known.
    pub(super) fn is_noun(&self, i: usize) -> bool {
        self.part(i).is_some_and(Pos::is_noun)
    }

    /// The tokens of the sentence that token `i` stands in.
    pub(super) fn sentence(&self, i: usize) -> Option<Range<usize>> {
        self.outline.sentence_tokens.get(self.outline.tokens.get(i)?.sentence as usize).cloned()
    }

    /// The words of a range that are no marks.
    pub(super) fn count_words(&self, range: &Range<usize>) -> usize {
        range.clone().filter(|&i| self.outline.tokens[i].kind != TokenKind::Mark).count()
    }

    /// The tokens of a quoted region that begins at token `at`, unless it holds token `without`.
    pub(super) fn region_opening(&self, at: usize, without: usize) -> Option<Range<usize>> {
        let start = self.outline.tokens.get(at)?.span.start;
        let first = self.outline.quoted.partition_point(|r| r.outer.start < start);
        let region = self.outline.quoted.get(first).filter(|r| r.outer.start == start)?;
        Some(self.outline.tokens_in(region.outer)).filter(|r| !r.contains(&without))
    }

    /// The noun phrase that ends before token `end`, not before `from`. Pronouns that nobody stands behind are none.
    pub(super) fn noun_phrase_before(&self, end: usize, from: usize) -> Option<Range<usize>> {
        let mut end = end;
        while end > from && matches!(self.word(end - 1), "]" | ")") {
            end -= 1;
        }
        if end == from {
            return None;
        }
        let last = end - 1;
        let lower = self.lower(last);
        let pronoun = self.part(last) == Some(Pos::Pronoun) || self.words.class[last] == Class::Subject;
        if pronoun {
            return (!among(NOBODY, &lower)).then_some(last..end);
        }
        if among(TIMES, &lower) && !matches!(self.word(last.wrapping_sub(1)), "'s" | "’s") {
            // "the common wisdom this year says"
            let mut before = last;
            while before > from
                && matches!(self.lower(before - 1).as_str(), "this" | "last" | "on" | "next" | "that")
            {
                before -= 1;
            }
            return if before < last || before > from { self.noun_phrase_before(before, from) } else { None };
        }
        let mut start = end;
        // "those surveyed", "voters polled in the state"
        if self.part(last) == Some(Pos::VerbParticiple) && self.nouny(last, from) {
            start = last;
            if self.part(last - 1) == Some(Pos::Pronoun) || self.part(last - 1) == Some(Pos::Determiner) {
                return Some(last - 1..end);
            }
        }
        while start > from {
            let i = start - 1;
            let part = match self.part(i) {
                Some(Pos::Noun | Pos::ProperNoun | Pos::Adjective | Pos::Number) => true,
                Some(Pos::Determiner) => {
                    start -= 1;
                    // "all the men" and "some of the men" go on
                    if start > from && self.part(start - 1) == Some(Pos::Determiner) {
                        continue;
                    }
                    if start > from + 1 && self.lower(start - 1) == "of" && start < end {
                        continue;
                    }
                    break;
                }
                Some(Pos::Pronoun) => {
                    // "his aides", "both he and Dorn"
                    let joined =
                        self.words.class[i] == Class::Subject && start < end && self.lower(start) == "and";
                    if self.words.class[i] == Class::Object || joined {
                        start -= 1;
                    }
                    break;
                }
                Some(Pos::Particle) => matches!(self.word(i), "'s" | "’s" | "'" | "’") && start < end,
                Some(Pos::Adposition) => {
                    matches!(self.lower(i).as_str(), "of" | "in" | "for" | "from" | "at" | "with")
                        && start < end
                        && self.nouny(i, from)
                }
                Some(Pos::Coordinator) => self.lower(i) == "and" && start < end && self.nouny(i, from),
                Some(Pos::VerbParticiple | Pos::VerbGerund) => {
                    start < end && i > from && self.part(i - 1) == Some(Pos::Determiner)
                }
                Some(Pos::Punctuation) => {
                    matches!(self.word(i), "-" | "." | "&") && start < end && self.nouny(i, from)
                }
                _ => false,
            };
            if !part {
                break;
            }
            start = i;
        }
        let nouns = (start..end).any(|i| {
            self.part(i).is_some_and(Pos::is_noun)
                || matches!(
                    self.lower(i).as_str(),
                    "some" | "many" | "others" | "both" | "most" | "several" | "few"
                )
        });
        (start < end && nouns).then_some(start..end)
    }

    fn nouny(&self, i: usize, from: usize) -> bool {
        i > from
            && self
                .part(i - 1)
                .is_some_and(|p| p.is_noun() || p == Pos::Pronoun && self.words.class[i - 1] != Class::Object)
    }
}
