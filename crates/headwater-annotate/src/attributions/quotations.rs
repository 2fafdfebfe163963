//! Every stretch between quotation marks: whether it is somebody's words, and whose.

use super::chains::Level;
use super::words::{Class, Words};
use headwater_model::attribution::Quotation;
use headwater_model::text::{Outline, QuotedRegion};
use std::ops::Range;

/// Words from which on a quoted stretch is somebody's words whatever it looks like.
const LONG: usize = 6;

/// The quotations of a text; `levels` hold who said what.
pub(super) fn quotations(text: &str, outline: &Outline, words: &Words, levels: &[Level]) -> Vec<Quotation> {
    outline
        .quoted
        .iter()
        .map(|region| {
            let range = outline.tokens_in(region.inner);
            let level = innermost(levels, &range);
            let utterance = !is_title(text, outline, words, region, &range)
                && (level.is_some() || looks_spoken(outline, words, &range));
            Quotation {
                span: region.inner,
                outer: region.outer,
                attribution: level.filter(|_| utterance).map(|l| l as u32),
                utterance,
            }
        })
        .collect()
}

/// The attribution whose content holds a stretch and which no other such attribution lies in. One that the stretch
/// itself tells of ("They think that …," she said) is not its speaker's.
fn innermost(levels: &[Level], range: &Range<usize>) -> Option<usize> {
    let holds = |level: &Level| {
        let held: usize =
            level.content.iter().map(|c| c.end.min(range.end).saturating_sub(c.start.max(range.start))).sum();
        let tells = level.inner && level.cue.iter().any(|c| range.contains(&c.start));
        held * 2 > range.len() && !tells
    };
    let depth = |mut l: usize| {
        let mut d = 0;
        while let Some(p) = levels[l].parent {
            d += 1;
            l = p;
            if d > levels.len() {
                break;
            }
        }
        d
    };
    let size = |l: usize| levels[l].content.iter().map(|c| c.len()).sum::<usize>();
    (0..levels.len())
        .filter(|&l| holds(&levels[l]))
        .max_by_key(|&l| (depth(l), std::cmp::Reverse(size(l)), std::cmp::Reverse(l)))
}

fn looks_spoken(outline: &Outline, words: &Words, range: &Range<usize>) -> bool {
    let count =
        range.clone().filter(|&i| outline.tokens[i].kind != headwater_model::text::TokenKind::Mark).count();
    let lower = range
        .clone()
        .filter(|&i| matches!(words.class[i], Class::Auxiliary | Class::Modal | Class::Subject | Class::Say))
        .count();
    count >= LONG || lower > 0 && count >= 3
}

/// Titles of works and nicknames: capitals throughout, short, and no sentence.
fn is_title(
    text: &str,
    outline: &Outline,
    words: &Words,
    region: &QuotedRegion,
    range: &Range<usize>,
) -> bool {
    let mut capital = 0;
    let mut small = 0;
    for i in range.clone() {
        match words.class[i] {
            Class::Determiner
            | Class::Preposition
            | Class::Coordinator
            | Class::To
            | Class::That
            | Class::Possessive => {}
            _ if outline.tokens[i].kind == headwater_model::text::TokenKind::Mark => {}
            _ if outline.tokens[i].of(text).starts_with(char::is_uppercase)
                || words.class[i] == Class::Number =>
            {
                capital += 1
            }
            _ => small += 1,
        }
    }
    let before = text.get(..region.outer.start as usize).and_then(|t| t.trim_end().chars().next_back());
    let starts_sentence = before.is_none_or(|c| matches!(c, '.' | ':' | ',' | '!' | '?' | '”' | '"'));
    // one capitalised word after a comma or colon may be an utterance ("Savage," she said)
    small == 0 && capital > 0 && capital + small < LONG && !(starts_sentence && capital == 1)
}

/// Quoted stretches that no content holds and that look spoken: (tokens with marks, whether the whole sentence).
pub(super) fn loose_ends(
    text: &str,
    outline: &Outline,
    words: &Words,
    levels: &[Level],
) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for region in outline.quoted.iter().filter(|r| r.depth == 0) {
        let inner = outline.tokens_in(region.inner);
        if inner.is_empty() || innermost(levels, &inner).is_some() {
            continue;
        }
        if is_title(text, outline, words, region, &inner) {
            continue;
        }
        out.push(outline.tokens_in(region.outer));
    }
    out
}
