//! Datelines: the place and day at the head of a report, "TAVENNA, May 6 (Morrow News) -".

use super::reading::{Point, Reading, TimePhrase, What};
use headwater_model::text::Outline;

/// A dateline ends within so many tokens of its paragraph …
const DATELINE_TOKENS: u32 = 10;
/// … in one of the first paragraphs: lines of a page's head, headline, deck, text.
const DATELINE_PARAGRAPHS: u32 = 8;

/// A month and day behind a place in capitals and before a bracket or dash: "TAVENNA, May 6 (Morrow News) -".
pub(super) fn stands_in_dateline(text: &str, outline: &Outline, phrase: &TimePhrase) -> bool {
    let Reading::Point(Point { what: What::Fields(f), .. }) = phrase.reading else { return false };
    let (start, end) = (phrase.tokens.0 as usize, phrase.tokens.1 as usize);
    let Some(token) = outline.tokens.get(start) else { return false };
    if f.month == 0 || f.day == 0 || token.paragraph >= DATELINE_PARAGRAPHS {
        return false;
    }
    let opens = outline.tokens.partition_point(|t| t.paragraph < token.paragraph);
    let word = |i: usize| outline.tokens.get(i).map_or("", |t| t.of(text));
    let place = word(opens);
    start > opens
        && phrase.tokens.0 - opens as u32 <= DATELINE_TOKENS
        && place.chars().count() > 2
        && place.chars().all(|c| c.is_uppercase())
        && matches!(word(end + usize::from(word(end) == ".")), "(" | "/" | "-" | "–" | "—" | "--")
}

/// Whether the text has a dateline, with or without its day: "TAVENNA, Velia (Morrow News) -".
pub(super) fn has_dateline(text: &str, outline: &Outline) -> bool {
    let word = |i: usize| outline.tokens.get(i).map_or("", |t| t.of(text));
    (0..DATELINE_PARAGRAPHS).any(|paragraph| {
        let opens = outline.tokens.partition_point(|t| t.paragraph < paragraph);
        let same = |i: &usize| outline.tokens.get(*i).is_some_and(|t| t.paragraph == paragraph);
        let place = word(opens);
        same(&opens)
            && place.chars().count() > 2
            && place.chars().all(char::is_uppercase)
            && (opens + 1..=opens + DATELINE_TOKENS as usize)
                .take_while(same)
                .any(|i| matches!(word(i), ")" | "/") && matches!(word(i + 1), "-" | "–" | "—" | "--" | "_"))
    })
}
