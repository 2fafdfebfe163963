//! Quotation marks of every style, paired within a paragraph.
//!
//! A quotation that runs on opens every paragraph again and closes only in the last one: such a paragraph
//! gives a region that is open at its end. Apostrophes and inch marks are told apart by what stands
//! around them; a mark without a partner gives a region to the paragraph's end only for the
//! directed marks, and only when the next paragraph opens with the same mark.

use super::tokens::Token;
use crate::Span;

/// A stretch between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuotedRegion {
    /// With the marks.
    pub outer: Span,
    /// Without.
    pub inner: Span,
    /// How many other regions it lies in.
    pub depth: u8,
    /// Whether the closing mark is missing because the quotation goes on in the next paragraph.
    pub continues: bool,
}

const MAX_DEPTH: usize = 8;

#[derive(Clone, Copy)]
struct Open {
    mark: char,
    token: usize,
}

/// The quoted regions of a text, in order of their start.
pub(crate) fn regions(text: &str, tokens: &[Token]) -> Vec<QuotedRegion> {
    let mut out = Vec::new();
    let mut start = 0;
    while start < tokens.len() {
        let paragraph = tokens[start].paragraph;
        let end = start + tokens[start..].partition_point(|t| t.paragraph == paragraph);
        paragraph_regions(text, tokens, start..end, &mut out);
        start = end;
    }
    out.sort_by_key(|r| (r.outer.start, std::cmp::Reverse(r.outer.end)));
    out
}

fn mark(text: &str, token: &Token) -> Option<char> {
    let word = token.of(text);
    let c = word.chars().next()?;
    (c.len_utf8() == word.len()
        && matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '‘' | '’' | '‚' | '\''))
    .then_some(c)
}

fn paragraph_regions(
    text: &str,
    tokens: &[Token],
    range: std::ops::Range<usize>,
    out: &mut Vec<QuotedRegion>,
) {
    let mut stack: Vec<Open> = Vec::new();
    let first = out.len();
    for i in range.clone() {
        let Some(c) = mark(text, &tokens[i]) else { continue };
        let next_joined = tokens.get(i + 1).is_some_and(|t| i + 1 < range.end && !t.spaced);
        let spaced = tokens[i].spaced || i == range.start;
        let after_opener = i > range.start
            && matches!(
                tokens[i - 1].of(text),
                "(" | "[" | "—" | "–" | "-" | "“" | "\"" | "‘" | "„" | "«" | "'"
            );
        let closes = stack.iter().rposition(|o| pairs(o.mark, c));
        let opens = match c {
            '„' | '‚' => true,
            '“' => {
                stack.last().is_none_or(|o| o.mark != '„')
                    && (spaced || after_opener || next_joined && closes.is_none())
            }
            '«' | '‹' => closes.is_none(),
            '»' | '›' => closes.is_none() && (spaced || after_opener),
            '‘' => stack.last().is_none_or(|o| o.mark != '‚') && next_joined && (spaced || after_opener),
            '"' => {
                closes.is_none() && next_joined
                    || (closes.is_some()
                        && spaced
                        && next_joined
                        && i > range.start
                        && stack.last().is_some_and(|o| o.mark != '"'))
            }
            '\'' => {
                closes.is_none()
                    && (spaced || after_opener)
                    && next_joined
                    && has_close(text, tokens, i, range.end)
            }
            _ => false,
        };
        if opens && stack.len() < MAX_DEPTH {
            stack.push(Open { mark: c, token: i });
        } else if let Some(at) = closes {
            // an apostrophe inside a single-quoted stretch is no closing mark
            if matches!(c, '’' | '\'')
                && next_joined
                && tokens[i + 1].of(text).starts_with(char::is_alphanumeric)
            {
                continue;
            }
            let open = stack[at];
            stack.truncate(at);
            push(tokens, open.token, i, stack.len(), false, out);
        }
    }
    // What is still open at the end of the paragraph goes on when the next one opens with the same mark.
    for (depth, open) in stack.iter().enumerate() {
        let next_opens = tokens.get(range.end).is_some_and(|t| mark(text, t) == Some(open.mark));
        if next_opens && matches!(open.mark, '“' | '"' | '„' | '«' | '»') && range.end > open.token + 1
        {
            push(tokens, open.token, range.end - 1, depth, true, out);
        }
    }
    debug_assert!(out.len() >= first);
}

fn pairs(open: char, close: char) -> bool {
    matches!(
        (open, close),
        ('"', '"')
            | ('“', '”')
            | ('“', '"')
            | ('"', '”')
            | ('“', '“')
            | ('„', '“')
            | ('„', '”')
            | ('„', '"')
            | ('«', '»')
            | ('»', '«')
            | ('»', '»')
            | ('‹', '›')
            | ('›', '‹')
            | ('‘', '’')
            | ('‚', '‘')
            | ('‚', '’')
            | ('\'', '\'')
            | ('‘', '\'')
    )
}

/// Whether a straight single mark has a closing one later in the paragraph: after a word, before space or a mark.
fn has_close(text: &str, tokens: &[Token], open: usize, end: usize) -> bool {
    (open + 2..end).any(|j| {
        tokens[j].of(text) == "'"
            && !tokens[j].spaced
            && (j + 1 >= end || tokens[j + 1].spaced || tokens[j + 1].kind == super::TokenKind::Mark)
    })
}

fn push(
    tokens: &[Token],
    open: usize,
    close: usize,
    depth: usize,
    continues: bool,
    out: &mut Vec<QuotedRegion>,
) {
    let outer = tokens[open].span.cover(tokens[close].span);
    let inner_end = if continues { tokens[close].span.end } else { tokens[close].span.start };
    let inner_start = tokens.get(open + 1).map_or(tokens[open].span.end, |t| t.span.start);
    let last = if continues { close } else { close.saturating_sub(1).max(open) };
    let inner = Span {
        start: inner_start.min(inner_end),
        end: tokens[last].span.end.min(inner_end).max(inner_start.min(inner_end)),
    };
    out.push(QuotedRegion { outer, inner, depth: depth as u8, continues });
}

#[cfg(test)]
mod tests {
    use crate::text::Outline;

    fn check(text: &str, expect: &[&str]) {
        let outline = Outline::new(text);
        let got: Vec<&str> = outline.quoted.iter().map(|r| r.inner.of(text)).collect();
        assert_eq!(got, expect, "in {text}");
    }

    #[test]
    fn styles() {
        check("He said “no way” and 'it's over' too.", &["no way", "it's over"]);
        check("\"I came,\" he said, \"I saw.\"", &["I came,", "I saw."]);
        check("Er sagte: „Das ist gut“, und ging.", &["Das ist gut"]);
        check("Il dit «oui» et »nein«.", &["oui", "nein"]);
        check("The boys’ dog and the ’90s", &[]);
        check("“He said ‘no’ to me,” she said.", &["He said ‘no’ to me,", "no"]);
    }

    #[test]
    fn runs_over_paragraphs() {
        check("“First part.\n\n“Second part.”", &["First part.", "Second part."]);
        check("A stray “ mark here.\n\nNothing.", &[]);
    }
}
