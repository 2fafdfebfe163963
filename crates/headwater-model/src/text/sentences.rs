//! Paragraphs and sentences.
//!
//! UAX 29 breaks at "Mr. Smith" and at `"Stop!" he said`; this pass knows abbreviations, initials and
//! closing quotation marks. Sentences never cross paragraphs.

use super::tokens::{Token, TokenKind};
use crate::Span;
use std::ops::Range;

/// Lines are joined when the text is hard-wrapped: a line that goes on in lower case after a line
/// without final punctuation. A blank line always ends a paragraph.
pub(crate) fn paragraphs(text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut open: Option<Span> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        if trimmed.is_empty() {
            out.extend(open.take());
            continue;
        }
        let span = Span::new(start, start + trimmed.len());
        match open {
            Some(previous) if wraps(previous.of(text), trimmed) => open = Some(previous.cover(span)),
            _ => {
                out.extend(open.take());
                open = Some(span);
            }
        }
    }
    out.extend(open);
    out
}

fn wraps(previous: &str, next: &str) -> bool {
    let ends = previous.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == ',' || c == '-');
    ends && next.chars().next().is_some_and(char::is_lowercase)
}

/// Words before which a full stop does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "sgt", "capt", "cpl", "maj", "cmdr", "adm", "sen",
    "rep", "gov", "rev", "hon", "pres", "st", "jr", "sr", "messrs", "mme", "mlle", "vs", "v", "cf", "al",
    "approx", "dept", "est", "fig", "ft", "mt", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept",
    "sep", "oct", "nov", "dec", "e.g", "i.e", "ca", "bzw", "z.b", "u.a", "d.h", "usw", "nr", "bros", "supt",
    "insp", "det", "sec", "asst", "atty", "brig", "spc",
];

/// Abbreviations that may also end a sentence: a break follows only before a word that opens one.
const MAY_END: &[&str] = &[
    "inc", "co", "corp", "ltd", "plc", "u.s", "u.k", "u.n", "e.u", "d.c", "a.m", "p.m", "etc", "jr", "sr",
    "no",
];

/// Words that open a sentence far more often than they follow an abbreviation.
const OPENERS: &[&str] = &[
    "The",
    "A",
    "An",
    "In",
    "On",
    "At",
    "It",
    "He",
    "She",
    "They",
    "We",
    "But",
    "And",
    "This",
    "That",
    "These",
    "Those",
    "There",
    "His",
    "Her",
    "Its",
    "Their",
    "As",
    "After",
    "Before",
    "However",
    "Meanwhile",
    "If",
    "When",
    "While",
    "For",
    "With",
    "Some",
    "Many",
    "Most",
    "Last",
    "Earlier",
    "I",
    "You",
    "What",
    "Who",
    "No",
    "Not",
    "So",
    "Now",
    "Then",
    "Since",
];

pub(crate) fn sentences(text: &str, tokens: &[Token], spans: &mut Vec<Span>, ranges: &mut Vec<Range<usize>>) {
    let mut start = 0;
    for i in 0..tokens.len() {
        let last_of_paragraph = tokens.get(i + 1).is_none_or(|next| next.paragraph != tokens[i].paragraph);
        if last_of_paragraph || breaks_after(text, tokens, start, i) {
            spans.push(tokens[start].span.cover(tokens[i].span));
            ranges.push(start..i + 1);
            start = i + 1;
        }
    }
}

fn is_terminal(word: &str) -> bool {
    matches!(word, "." | "!" | "?" | "…" | "。" | "！" | "？" | "۔" | "।")
}

fn is_closer(word: &str) -> bool {
    matches!(word, "”" | "\"" | "’" | "'" | ")" | "]" | "»" | "“" | "›" | "‘")
}

/// Whether a sentence ends after token `i`; `start` is the first token of the open sentence.
fn breaks_after(text: &str, tokens: &[Token], start: usize, i: usize) -> bool {
    let next = &tokens[i + 1];
    if !next.spaced && !is_wide(tokens[i].of(text)) {
        return false;
    }
    // Walk back over closing marks to the terminal mark.
    let mut end = i;
    while end > start && is_closer(tokens[end].of(text)) && !tokens[end].spaced {
        end -= 1;
    }
    if !is_terminal(tokens[end].of(text)) {
        return false;
    }
    let following = next.of(text);
    let opener = following.chars().next().unwrap_or(' ');
    if opener.is_lowercase() || matches!(opener, ',' | ';' | ':' | '.' | ')' | ']' | '?' | '!') {
        return false;
    }
    if next.kind == TokenKind::Mark && matches!(opener, '-' | '–' | '—') {
        return false;
    }
    // A mark that opens the next sentence: look at the word behind it.
    if matches!(opener, '“' | '"' | '‘' | '\'' | '(' | '[' | '„' | '«')
        && tokens.get(i + 2).is_some_and(|t| t.of(text).starts_with(char::is_lowercase) && !t.spaced)
        && tokens[end].of(text) == "."
        && end == i
        && abbreviation(text, tokens, start, end).is_some()
    {
        return false;
    }
    if tokens[end].of(text) != "." || end != i {
        return true;
    }
    match abbreviation(text, tokens, start, end) {
        None => true,
        Some(Abbreviation::Never) => false,
        Some(Abbreviation::MayEnd) => {
            OPENERS.contains(&following) || next.kind == TokenKind::Mark && opener != '('
        }
        Some(Abbreviation::BeforeNumber) => next.kind != TokenKind::Number,
    }
}

fn is_wide(word: &str) -> bool {
    matches!(word, "。" | "！" | "？")
}

enum Abbreviation {
    Never,
    MayEnd,
    BeforeNumber,
}

/// What the full stop at token `dot` closes, if an abbreviation.
fn abbreviation(text: &str, tokens: &[Token], start: usize, dot: usize) -> Option<Abbreviation> {
    if dot == start || tokens[dot].spaced {
        return None;
    }
    // Join what stands without space before the stop: "U", ".", "S".
    let mut first = dot - 1;
    while first > start
        && !tokens[first].spaced
        && (tokens[first - 1].of(text) == "." || tokens[first].of(text) == ".")
    {
        first -= 1;
    }
    let word = Span::new(tokens[first].span.start as usize, tokens[dot - 1].span.end as usize).of(text);
    let lower = word.to_ascii_lowercase();
    if lower == "no" || lower == "nos" {
        return Some(Abbreviation::BeforeNumber);
    }
    if MAY_END.contains(&lower.as_str()) {
        return Some(Abbreviation::MayEnd);
    }
    if ABBREVIATIONS.contains(&lower.as_str()) && tokens[first].spaced {
        // "the 15 March." ends; "mar" in lower case is hardly a month
        return word.starts_with(char::is_uppercase).then_some(Abbreviation::Never).or(matches!(
            lower.as_str(),
            "vs" | "v" | "e.g" | "i.e" | "cf" | "ca" | "bzw" | "z.b" | "u.a" | "d.h" | "approx"
        )
        .then_some(Abbreviation::Never));
    }
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        // One letter: an initial, unless it is the pronoun.
        (Some(c), None) if c.is_uppercase() && c != 'I' => Some(Abbreviation::Never),
        (Some(c), Some('.')) if c.is_alphabetic() => Some(Abbreviation::MayEnd),
        _ if word.chars().all(|c| c.is_ascii_digit()) && word.len() <= 2 => {
            // German ordinals: "am 3. September"
            let next_is_month = tokens.get(dot + 1).is_some_and(|t| GERMAN_MONTHS.contains(&t.of(text)));
            next_is_month.then_some(Abbreviation::Never)
        }
        _ => None,
    }
}

const GERMAN_MONTHS: &[&str] = &[
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
    "Jahrhundert",
    "Jahrestag",
    "Geburtstag",
];

#[cfg(test)]
mod tests {
    use crate::text::Outline;

    fn check(text: &str, expect: &[&str]) {
        let outline = Outline::new(text);
        let got: Vec<&str> = outline.sentences.iter().map(|s| s.of(text)).collect();
        assert_eq!(got, expect);
    }

    #[test]
    fn abbreviations_do_not_break() {
        check("Mr. Smith met Sen. J. Doe. They spoke.", &["Mr. Smith met Sen. J. Doe.", "They spoke."]);
        check("He left the U.S. The talks failed.", &["He left the U.S.", "The talks failed."]);
        check("The U.S. Senate voted at 5 p.m. Tuesday.", &["The U.S. Senate voted at 5 p.m. Tuesday."]);
        check("Acme Corp. Chairman Lee spoke.", &["Acme Corp. Chairman Lee spoke."]);
    }

    #[test]
    fn quotations_keep_their_tag() {
        check("“Stop!” he said. “Now.” She left.", &["“Stop!” he said.", "“Now.”", "She left."]);
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let outline = Outline::new("The first line goes\non here.\n\nNew.");
        assert_eq!(outline.paragraphs.len(), 2);
    }
}
