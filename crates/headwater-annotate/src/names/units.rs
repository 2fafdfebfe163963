//! The words that the taggers read: outline tokens, with abbreviations and initials made whole.
//!
//! The outline's tokens are fine; treebanks write "U.S.", "Mr." and "J." as one word. A unit joins such
//! tokens again and remembers which tokens it covers. It never crosses a sentence.

use headwater_model::Span;
use headwater_model::text::{Outline, Token, TokenKind};
use std::ops::Range;

/// One word as the taggers see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// First outline token.
    pub first: u32,
    /// Last outline token, inclusive.
    pub last: u32,
    /// Its place in the text.
    pub span: Span,
}

/// Abbreviations (folded, without the stop) that keep their full stop.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "sgt", "capt", "cpl", "maj", "cmdr", "adm", "sen",
    "rep", "gov", "rev", "hon", "pres", "st", "jr", "sr", "mt", "ft", "inc", "co", "corp", "ltd", "bros",
    "vs", "jan", "feb", "mar", "apr", "aug", "sept", "sep", "oct", "nov", "dec", "no", "messrs", "brig",
    "supt", "insp", "det",
];

/// Longest run of tokens that makes one unit: "U", ".", "S", ".", "S", ".", "R", ".".
const MAX_TOKENS: usize = 10;

/// The units of one sentence, appended to `out`.
pub fn units(text: &str, outline: &Outline, sentence: Range<usize>, out: &mut Vec<Unit>) {
    let tokens = outline.tokens.get(sentence.clone()).unwrap_or(&[]);
    let mut i = 0;
    while i < tokens.len() {
        let len = joined(text, &tokens[i..]);
        let (a, b) = (tokens[i], tokens[i + len - 1]);
        out.push(Unit {
            first: (sentence.start + i) as u32,
            last: (sentence.start + i + len - 1) as u32,
            span: a.span.cover(b.span),
        });
        i += len;
    }
}

/// How many of the first tokens make one unit, at least one.
fn joined(text: &str, tokens: &[Token]) -> usize {
    let Some(first) = tokens.first() else { return 1 };
    let stop = |i: usize| tokens.get(i).is_some_and(|t| !t.spaced && t.of(text) == ".");
    if first.kind != TokenKind::Word || !stop(1) {
        return 1;
    }
    let letter = |t: &Token| t.kind == TokenKind::Word && t.of(text).chars().count() == 1;
    if letter(first) {
        let mut end = 2;
        while end + 1 < MAX_TOKENS && tokens.get(end).is_some_and(|t| letter(t) && !t.spaced) && stop(end + 1)
        {
            end += 2;
        }
        // "U.S.": more than one letter; "J.": an initial in upper case, which does not end the sentence.
        if end > 2
            || (first.of(text).chars().all(char::is_uppercase) && first.of(text) != "I" && tokens.len() > 2)
        {
            return end;
        }
        return 1;
    }
    let word = first.of(text);
    if word.len() <= 6
        && tokens.len() > 2
        && ABBREVIATIONS.contains(&word.to_ascii_lowercase().as_str())
        && word.starts_with(char::is_uppercase)
    {
        return 2;
    }
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let outline = Outline::new(text);
        let mut got = Vec::new();
        for range in &outline.sentence_tokens {
            units(text, &outline, range.clone(), &mut got);
        }
        let got: Vec<&str> = got.iter().map(|u| u.span.of(text)).collect();
        assert_eq!(got, expect);
    }

    #[test]
    fn abbreviations_are_one_unit() {
        check(
            "Mr. J. Doe left the U.S. Senate.",
            &["Mr.", "J.", "Doe", "left", "the", "U.S.", "Senate", "."],
        );
        check("It was a no. He said no.", &["It", "was", "a", "no", ".", "He", "said", "no", "."]);
    }
}
