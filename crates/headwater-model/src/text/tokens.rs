//! Words, numbers and marks.
//!
//! Tokens are fine: clitics ("'s", "n't") and the parts of hyphenated words stand alone, as in the
//! Universal Dependencies treebanks of English, so that taggers trained on those fit. A number keeps its
//! separators ("2,000", "3.5"); digits with letters stay together ("80th", "5bn", "1990s").

use super::fold::ascii_digit;
use crate::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// Letters.
    Word,
    /// Digits, with separators inside.
    Number,
    /// Digits and letters together.
    Mixed,
    /// A mark: quotation mark, comma, currency sign, ….
    Mark,
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// Whether white space (or the start of the paragraph) stands before it.
    pub spaced: bool,
    /// The paragraph it stands in.
    pub paragraph: u32,
    /// The sentence it stands in.
    pub sentence: u32,
}

impl Token {
    /// Its words.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        self.span.of(text)
    }
}

pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// Appends the tokens of `paragraph` to `out`.
pub(crate) fn tokenize(text: &str, paragraph: Span, index: u32, out: &mut Vec<Token>) {
    let base = paragraph.start as usize;
    let body = paragraph.of(text);
    let mut spaced = true;
    let mut at = 0;
    while let Some(c) = body[at..].chars().next() {
        if c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}' {
            spaced = true;
            at += c.len_utf8();
            continue;
        }
        let (end, kind) =
            if c.is_alphanumeric() { word(body, at) } else { (at + c.len_utf8(), TokenKind::Mark) };
        let push = |a: usize, b: usize, kind, spaced, out: &mut Vec<Token>| {
            out.push(Token {
                span: Span::new(base + a, base + b),
                kind,
                spaced,
                paragraph: index,
                sentence: 0,
            });
        };
        if kind == TokenKind::Word && (body[at..end].ends_with("n't") || body[at..end].ends_with("n’t")) {
            let cut = end - body[at..end].char_indices().rev().nth(2).map_or(0, |(i, _)| end - at - i);
            if cut > at {
                push(at, cut, kind, spaced, out);
                push(cut, end, kind, false, out);
            } else {
                push(at, end, kind, spaced, out);
            }
        } else {
            push(at, end, kind, spaced, out);
        }
        at = end;
        spaced = false;
        // A clitic after a word: "'s", "’ll", "’re", ….
        if kind != TokenKind::Mark
            && let Some(len) = clitic(&body[at..])
        {
            push(at, at + len, TokenKind::Word, false, out);
            at += len;
        }
    }
}

/// Length of a clitic that begins `rest`, if one does.
fn clitic(rest: &str) -> Option<usize> {
    let first = rest.chars().next().filter(|c| is_apostrophe(*c))?;
    let tail = &rest[first.len_utf8()..];
    let letters = tail
        .char_indices()
        .take_while(|(_, c)| c.is_alphabetic())
        .last()
        .map_or(0, |(i, c)| i + c.len_utf8());
    match tail[..letters].to_ascii_lowercase().as_str() {
        "s" | "ll" | "re" | "ve" | "d" | "m" => Some(first.len_utf8() + letters),
        _ => None,
    }
}

/// End and kind of the word or number that begins at `start`.
fn word(body: &str, start: usize) -> (usize, TokenKind) {
    let (mut letters, mut digits) = (false, false);
    let mut end = start;
    let mut chars = body[start..].char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map(|(_, n)| *n);
        if c.is_numeric() {
            digits = true;
        } else if c.is_alphanumeric() {
            letters = true;
        } else if is_combining(c) {
            // a combining mark belongs to the letter before it
        } else if digits
            && !letters
            && matches!(c, ',' | '.')
            && next.is_some_and(|n| ascii_digit(n).is_some())
        {
            // a separator inside a number
        } else if is_apostrophe(c)
            && letters
            && next.is_some_and(|n| n.is_alphabetic())
            && !ends_word(&body[start + i..])
        {
            // O'Brien, n't, l'homme
        } else {
            break;
        }
        end = start + i + c.len_utf8();
    }
    let kind = match (letters, digits) {
        (true, true) => TokenKind::Mixed,
        (false, true) => TokenKind::Number,
        _ => TokenKind::Word,
    };
    (end, kind)
}

/// Whether an apostrophe begins a clitic that ends the word here.
fn ends_word(rest: &str) -> bool {
    clitic(rest).is_some_and(|len| !rest[len..].chars().next().is_some_and(char::is_alphanumeric))
}

/// Combining marks of the common blocks.
fn is_combining(c: char) -> bool {
    matches!(c as u32, 0x300..=0x36f | 0x483..=0x489 | 0x591..=0x5bd | 0x610..=0x61a | 0x64b..=0x65f | 0x93c | 0x93e..=0x94d | 0x1ab0..=0x1aff | 0x20d0..=0x20f0 | 0xfe20..=0xfe2f)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        tokenize(text, Span::new(0, text.len()), 0, &mut out);
        out.iter().map(|t| t.of(text)).collect()
    }

    #[test]
    fn clitics_and_hyphens_stand_alone() {
        assert_eq!(
            words("Putin’s well-known letter didn't"),
            ["Putin", "’s", "well", "-", "known", "letter", "did", "n't"]
        );
        assert_eq!(
            words("O'Brien said: “We’ll go.”"),
            ["O'Brien", "said", ":", "“", "We", "’ll", "go", ".", "”"]
        );
    }

    #[test]
    fn numbers_keep_their_separators() {
        assert_eq!(
            words("2,000 in 1990s, 3.5% on the 80th."),
            ["2,000", "in", "1990s", ",", "3.5", "%", "on", "the", "80th", "."]
        );
    }
}
