//! Whether a cue with the source and content found for it is an attribution at all.
//!
//! The cue taggers see words; this sees the whole relation. Its threshold trades recall for precision.

use super::cues::f;
use super::model::Relation;
use super::words::Words;
use crate::perceptron::Rows;
use headwater_model::text::Outline;

/// Labels: no, yes.
pub(super) const LABELS: [&str; 2] = ["N", "Y"];

/// A cue that may be one, and what the cue taggers hold of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidate {
    /// What was found for it.
    pub relation: Relation,
    /// Whether the tagger of the reporter's level has it.
    pub strict: bool,
    /// Whether the tagger of all levels has it.
    pub loose: bool,
    /// Score of "begins a cue" over "does not" in the two taggers.
    pub margins: [i32; 2],
    /// Whether it stands inside the content of a cue of the strict tagger.
    pub inside: bool,
    /// How many cues of the strict tagger its content holds.
    pub holds: u32,
    /// Score of this stage.
    pub score: i32,
}

/// Adds the candidate's one row.
pub(super) fn row(words: &Words, outline: &Outline, candidate: &Candidate, rows: &mut Rows) {
    let r = &candidate.relation;
    let n = words.len();
    let at = r.cue.start.min(n.saturating_sub(1));
    let last_cue = r.cue.end.max(at + 1) - 1;
    let mut phrase = 0;
    for i in r.cue.clone() {
        phrase = f(62, phrase, words.lower[i], 0);
    }
    let taggers = u32::from(candidate.strict) << 1 | u32::from(candidate.loose);
    let bucket = |m: i32| (m / 256).clamp(-12, 12) as u32;
    let (strict, loose) = (bucket(candidate.margins[0]), bucket(candidate.margins[1]));
    let (source_class, source_word, source_side, source_len) = match &r.source {
        Some(s) => {
            let d = if s.start < at {
                1 + (at - s.end.min(at)).min(5) as u32
            } else {
                10 + (s.start - at).min(5) as u32
            };
            (words.class[s.start] as u32, words.lower[s.end - 1], d, s.len().min(6) as u32)
        }
        None => (63, 0, 0, 0),
    };
    let first = r.content.first().map_or(at, |c| c.start);
    let end = r.content.last().map_or(at, |c| c.end - 1);
    let length: usize = r.content.iter().map(|c| c.len()).sum();
    let length = (usize::BITS - length.leading_zeros()).min(8);
    let side = u32::from(first > at) << 1 | u32::from(end > at);
    let gap = if first > at {
        (first - last_cue).min(6) as u32
    } else {
        7 + (at - r.content.iter().rfind(|c| c.end <= at).map_or(0, |c| c.end)).min(6) as u32
    };
    let q = |i: usize| u32::from(words.quote[i]);
    let quotes = q(first) << 4 | q(end) << 2 | q(at);
    let pieces = r.content.len().min(3) as u32;
    let k = |o: isize| words.class_near(at, o, 0, n);
    let same_sentence = u32::from(outline.tokens[first].sentence == outline.tokens[at].sentence);
    let nesting = u32::from(candidate.inside) << 3 | candidate.holds.min(3);
    let mut p = |h: u32| rows.push(h);
    p(f(1, 0, 0, 0));
    p(f(2, taggers, 0, 0));
    p(f(3, strict, 0, 0));
    p(f(4, loose, 0, 0));
    p(f(5, strict, loose, taggers));
    p(f(6, words.lower[at], 0, 0));
    p(f(7, phrase, 0, 0));
    p(f(8, source_class, k(0), 0));
    p(f(9, source_word, 0, 0));
    p(f(10, source_side, source_class, 0));
    p(f(11, words.class[first] as u32, words.class[end] as u32, side));
    p(f(12, words.lower[first], side, 0));
    p(f(13, length, side, source_side));
    p(f(14, quotes, side, 0));
    p(f(15, gap, k(0), 0));
    p(f(16, pieces, quotes, 0));
    p(f(17, same_sentence, side, quotes));
    p(f(18, nesting, quotes, 0));
    p(f(19, nesting, taggers, source_class));
    p(f(20, nesting, strict, 0));
    p(f(21, k(-1), k(0), k(1)));
    p(f(22, words.lower[at], length, 0));
    p(f(23, words.lower[at], source_class, 0));
    p(f(24, words.lower[at], quotes, 0));
    p(f(25, words.lower[at], words.class[first] as u32, 0));
    p(f(26, source_len, source_class, quotes));
    p(f(27, taggers, gap, source_side));
    p(f(28, taggers, quotes, length));
    p(f(29, u32::from(words.shape[at]), words.suffix[at], source_side));
    p(f(30, words.lower[first], words.lower[at], 0));
    p(f(31, words.near(first, -1, 0, n), words.class[first] as u32, side));
    p(f(32, words.near(end, 1, 0, n), words.class[end] as u32, side));
    rows.end_row();
}
