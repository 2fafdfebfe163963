//! The way in for text: lines to blocks, residue taken out, metadata read from what was taken out.
//!
//! A line is a block of its own, unless the text is wrapped: then the lines of a paragraph are joined.

use crate::block::{Draft, Piece, assemble};
use crate::input::PageInput;
use crate::{meta, residue};
use headwater_model::{Article, Span};

/// Longest line, in characters, of a text that is wrapped at a margin.
const WRAP_MARGIN: usize = 100;

/// Reads a page of plain text.
pub(crate) fn article(page: &PageInput, source: &str) -> Article {
    let mut drafts = blocks(source);
    let found = residue::clean(&mut drafts, &page.declared);
    let mut article = Article {
        id: page.readable_id(),
        path: page.path.to_owned(),
        record: page.record,
        ..Article::default()
    };
    article.title = page.declared.title.map(crate::block::folded).filter(|t| !t.is_empty()).or(found.title);
    assemble(&mut article, drafts);
    article.outlet = found.outlet;
    meta::of_text(page, &mut article);
    article
}

/// The lines or, in wrapped text, the paragraphs.
fn blocks(source: &str) -> Vec<Draft> {
    let wrapped = is_wrapped(source);
    let mut out: Vec<Draft> = Vec::new();
    let mut open = false;
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let words = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0');
        let start = at
            + (line.len()
                - line.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0').len());
        at += line.len();
        if words.is_empty() {
            open = false;
            continue;
        }
        let source = Span::new(start, start + words.len());
        let joins = open && out.last().is_some_and(|last| goes_on(&last.text, words, wrapped));
        match out.last_mut() {
            Some(last) if joins => {
                last.text.push(' ');
                let from = last.text.len();
                last.text.push_str(words);
                last.pieces.push(Piece { words: Span::new(from, last.text.len()), source, exact: true });
            }
            _ => {
                let piece = Piece { words: Span::new(0, words.len()), source, exact: true };
                out.push(Draft::new(words.to_owned(), vec![piece]));
            }
        }
        open = true;
    }
    out
}

/// Whether a line goes on in the next one.
fn goes_on(before: &str, next: &str, wrapped: bool) -> bool {
    let lower = next.chars().next().is_some_and(char::is_lowercase);
    let unfinished = before
        .chars()
        .next_back()
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | '-' | '–' | '—' | ';'));
    (lower && unfinished && before.split_whitespace().nth(4).is_some())
        || (wrapped && !next.starts_with(['•', '-', '*', '·']))
}

/// Whether the text is wrapped at a margin: blank lines divide it, no line passes the margin, and in paragraphs
/// of several lines all but the last are nearly full.
fn is_wrapped(source: &str) -> bool {
    let mut inner = 0usize;
    let mut full = 0usize;
    let mut longest = 0usize;
    let mut lines = source.lines().peekable();
    let mut blank = false;
    while let Some(line) = lines.next() {
        let length = line.trim_end().chars().take(WRAP_MARGIN + 1).count();
        longest = longest.max(length);
        if longest > WRAP_MARGIN {
            return false;
        }
        blank |= length == 0;
        if length > 0 && lines.peek().is_some_and(|next| !next.trim().is_empty()) {
            inner += 1;
            let next_word =
                lines.peek().and_then(|n| n.split_whitespace().next()).map_or(0, |w| w.chars().count());
            full += usize::from(length + next_word + 1 >= 60 && !line.trim_end().ends_with(':'));
        }
    }
    blank && inner >= 6 && full * 10 >= inner * 8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expect: &[&str]) {
        let drafts = blocks(source);
        let got: Vec<&str> = drafts.iter().map(|d| d.text.as_str()).collect();
        assert_eq!(got, expect);
        for draft in &drafts {
            for piece in &draft.pieces {
                assert_eq!(piece.words.of(&draft.text), piece.source.of(source));
            }
        }
    }

    #[test]
    fn lines_are_blocks() {
        check("One two.\r\nThree four.\n\n  Five. \n", &["One two.", "Three four.", "Five."]);
    }

    #[test]
    fn a_line_goes_on_in_lower_case() {
        check(
            "The minister spoke for an hour about\nwater and bread.\nThen he left.",
            &["The minister spoke for an hour about water and bread.", "Then he left."],
        );
    }

    #[test]
    fn wrapped_paragraphs_are_joined() {
        let line = "The council of the small harbour town met on Monday evening and Mayor";
        let source = format!(
            "{line}\n{line}\n{line}\n{line}\nended it.\n\n{line}\n{line}\n{line}\n{line}\nended it.\n"
        );
        assert_eq!(blocks(&source).len(), 2);
    }
}
