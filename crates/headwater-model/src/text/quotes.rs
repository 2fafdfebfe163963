//! Quotation marks of every style, paired within a paragraph.
//!
//! A quotation that runs on opens every paragraph again and closes only in the last one: such a paragraph
//! gives a region that is open at its end. Apostrophes and inch marks are told apart by what stands
//! around them; a mark without a partner gives a region to the paragraph's end only for the
//! directed marks, and only when the next paragraph opens with the same mark. Two straight single marks
//! side by side are a double one. A closing mark that stands where only an opening one can, at the head of
//! a paragraph or behind a space and before a word, opens when another one closes it.

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

/// A mark as it is paired: one token, or the two of a double mark typed as two single ones.
#[derive(Clone, Copy)]
struct Mark {
    mark: char,
    first: usize,
    last: usize,
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

/// The mark at token `i` of a paragraph that ends at `end`.
fn mark_at(text: &str, tokens: &[Token], i: usize, end: usize) -> Option<Mark> {
    let c = mark(text, &tokens[i])?;
    let single = |j: usize| j < end && !tokens[j].spaced && tokens[j].of(text) == "'";
    // of three that close, the single one comes first
    let double = c == '\'' && single(i + 1) && (tokens[i].spaced || !single(i + 2));
    if double {
        return Some(Mark { mark: '"', first: i, last: i + 1 });
    }
    Some(Mark { mark: c, first: i, last: i })
}

fn paragraph_regions(
    text: &str,
    tokens: &[Token],
    range: std::ops::Range<usize>,
    out: &mut Vec<QuotedRegion>,
) {
    let mut stack: Vec<Mark> = Vec::new();
    let mut next = range.start;
    while next < range.end {
        let i = next;
        next += 1;
        let Some(mut found) = mark_at(text, tokens, i, range.end) else { continue };
        // inside a double mark of one sign, two single ones side by side end two quotations and not that one
        let of_one_sign = |open: &Mark| open.mark == '"' && open.first == open.last;
        if found.last > i && stack.iter().rev().find(|open| open.mark == '"').is_some_and(of_one_sign) {
            found = Mark { mark: '\'', first: i, last: i };
        }
        next = found.last + 1;
        let c = found.mark;
        let next_joined = next < range.end && !tokens[next].spaced;
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
            '”' => {
                stack.is_empty() && spaced && next_joined && reversed_close(text, tokens, next, range.end)
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
            stack.push(found);
        } else if let Some(at) = closes {
            // an apostrophe inside a single-quoted stretch is no closing mark
            if matches!(c, '’' | '\'')
                && next_joined
                && tokens[next].of(text).starts_with(char::is_alphanumeric)
            {
                continue;
            }
            let open = stack[at];
            stack.truncate(at);
            push(tokens, open, found, stack.len(), out);
        }
    }
    // What is still open at the end of the paragraph goes on when the next one opens with the same mark.
    let again = tokens.get(range.end).and_then(|_| mark_at(text, tokens, range.end, tokens.len()));
    for (depth, open) in stack.iter().enumerate() {
        let next_opens = again.is_some_and(|m| m.mark == open.mark);
        if next_opens && matches!(open.mark, '“' | '"' | '„' | '«' | '»') && range.end > open.last + 1 {
            push_open(tokens, *open, range.end - 1, depth, out);
        }
    }
}

/// Whether a mark that points the wrong way has its closing one before another quotation opens.
fn reversed_close(text: &str, tokens: &[Token], from: usize, end: usize) -> bool {
    let other = (from..end).find(|&j| matches!(mark(text, &tokens[j]), Some('”' | '“' | '"' | '„')));
    other.is_some_and(|j| matches!(tokens[j].of(text), "”" | "\"") && !tokens[j].spaced)
}

fn pairs(open: char, close: char) -> bool {
    matches!(
        (open, close),
        ('"', '"')
            | ('“', '”')
            | ('“', '"')
            | ('"', '”')
            | ('“', '“')
            | ('”', '”')
            | ('”', '"')
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
/// Two together are a double mark, and close nothing single.
fn has_close(text: &str, tokens: &[Token], open: usize, end: usize) -> bool {
    let single = |j: usize| j < end && tokens[j].of(text) == "'";
    let joined = |j: usize| single(j) && !tokens[j].spaced;
    (open + 2..end).any(|j| {
        joined(j)
            && !single(j - 1)
            && (!joined(j + 1) || joined(j + 2))
            && (j + 1 >= end || tokens[j + 1].spaced || tokens[j + 1].kind == super::TokenKind::Mark)
    })
}

/// Adds the region between two marks.
fn push(tokens: &[Token], open: Mark, close: Mark, depth: usize, out: &mut Vec<QuotedRegion>) {
    let outer = tokens[open.first].span.cover(tokens[close.last].span);
    let end = tokens[(close.first - 1).max(open.last)].span.end;
    let inner = Span { start: inner_start(tokens, open).min(end), end };
    out.push(QuotedRegion { outer, inner, depth: depth as u8, continues: false });
}

/// Adds the region from a mark to the last token of its paragraph.
fn push_open(tokens: &[Token], open: Mark, last: usize, depth: usize, out: &mut Vec<QuotedRegion>) {
    let outer = tokens[open.first].span.cover(tokens[last].span);
    let end = tokens[last].span.end;
    let inner = Span { start: inner_start(tokens, open).min(end), end };
    out.push(QuotedRegion { outer, inner, depth: depth as u8, continues: true });
}

fn inner_start(tokens: &[Token], open: Mark) -> u32 {
    tokens.get(open.last + 1).map_or(tokens[open.last].span.end, |t| t.span.start)
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
    fn typed_double_marks() {
        check("''It rains,'' she said. ''It's cold.''", &["It rains,", "It's cold."]);
        check("''They say, 'No, never,''' he said.", &["They say, 'No, never,'", "No, never,"]);
        check("''First part.\n\n''Second part.''", &["First part.", "Second part."]);
        check(
            "\"It was 'made for, in her words, 'the few of us,'' and he knew,\" they wrote.",
            &["It was 'made for, in her words, 'the few of us,'' and he knew,"],
        );
    }

    #[test]
    fn marks_that_point_the_wrong_way() {
        check("”We stay,” he said.", &["We stay,"]);
        check("He said ”no way” and left.", &["no way"]);
        check("A stray ” mark, then “a quotation”.", &["a quotation"]);
        check("It measured 5” by 7” in all.", &[]);
    }

    #[test]
    fn runs_over_paragraphs() {
        check("“First part.\n\n“Second part.”", &["First part.", "Second part."]);
        check("A stray “ mark here.\n\nNothing.", &[]);
    }
}
