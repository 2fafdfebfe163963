//! Features by which the source and the content of one cue are found in its paragraph.
//!
//! Every cue is read for itself: the tagger sees each token of the paragraph as it stands to the cue
//! (side, distance, marks and other cues between), so that contents may nest and need no linking step.

use super::cues::{MOST_FEATURES, f};
use super::words::{Class, OUTSIDE, Words};
use crate::perceptron::Rows;
use headwater_model::text::Outline;
use std::ops::Range;

/// Labels: outside, source (first, further), content (first, further), the cue and its other parts.
pub(super) const LABELS: [&str; 6] = ["O", "SB", "SI", "CB", "CI", "Q"];
pub(super) const O: u8 = 0;
pub(super) const SB: u8 = 1;
pub(super) const SI: u8 = 2;
pub(super) const CB: u8 = 3;
pub(super) const CI: u8 = 4;
pub(super) const Q: u8 = 5;
/// Label pairs that cannot be.
pub(super) const FORBIDDEN: [(Option<u8>, u8); 10] = [
    (None, SI),
    (None, CI),
    (Some(O), SI),
    (Some(O), CI),
    (Some(Q), SI),
    (Some(Q), CI),
    (Some(SB), CI),
    (Some(SI), CI),
    (Some(CB), SI),
    (Some(CI), SI),
];

/// Tokens looked at on each side of a cue, within its paragraph. A bound on time, not tuned;
/// 99 % of the gold contents of PolNeAR's training part lie in the cue's own paragraph.
pub(super) const REACH: usize = 220;

/// The tokens that are read for a cue: its block, bounded.
pub(super) fn window(cue: &Range<usize>, block: &Range<usize>) -> Range<usize> {
    let start = block.start.max(cue.start.saturating_sub(REACH));
    let end = block.end.min(cue.end + REACH);
    start.min(cue.start)..end.max(cue.end)
}

fn bucket(d: usize) -> u32 {
    match d {
        0..=6 => d as u32,
        7..=9 => 7,
        10..=14 => 8,
        15..=21 => 9,
        22..=34 => 10,
        35..=60 => 11,
        _ => 12,
    }
}

/// What a token adds to the path between the cue and the tokens behind it; 0 adds nothing.
fn step(class: Class) -> u32 {
    match class {
        Class::Comma => 1,
        Class::Terminal => 2,
        Class::Colon | Class::Dash => 3,
        Class::QuoteMark => 4,
        Class::That => 5,
        Class::Coordinator => 6,
        Class::Subordinator | Class::Wh => 7,
        Class::Modal | Class::Auxiliary => 8,
        Class::Say => 9,
        Class::Subject => 10,
        Class::Capitalised | Class::Upper | Class::CapitalisedFirst | Class::Title => 11,
        Class::Preposition => 12,
        Class::Bracket => 13,
        Class::To => 14,
        Class::Ing | Class::Ed => 15,
        _ => 0,
    }
}

/// What lies between the cue and a token.
#[derive(Clone, Copy, Default)]
struct Between {
    /// First steps from the cue, four bits each.
    first: u32,
    count: u32,
    /// Last steps.
    last: u32,
    commas: u32,
    cues: u32,
    /// Verbs that can head a clause.
    verbs: u32,
}

impl Between {
    fn pass(&mut self, class: Class, other_cue: bool, finite: bool) {
        self.verbs += u32::from(finite && self.verbs < 3);
        let code = step(class);
        if code != 0 && self.last & 15 != code {
            if self.count < 6 {
                self.first = self.first << 4 | code;
                self.count += 1;
            }
            self.last = (self.last << 4 | code) & 0xfff;
        }
        self.commas += u32::from(class == Class::Comma && self.commas < 4);
        self.cues += u32::from(other_cue && self.cues < 3);
    }
}

/// Adds one row for each token of the window.
pub(super) fn rows(
    words: &Words,
    outline: &Outline,
    cue: &Range<usize>,
    window: &Range<usize>,
    is_cue: &[bool],
    rows: &mut Rows,
) {
    let (s, e) = (window.start, window.end);
    let head = cue.clone().find(|&i| words.class[i] == Class::Say).unwrap_or(cue.start);
    let cue_word = words.lower[head];
    let cue_cluster = u32::from(words.cluster[head]);
    let mut phrase = 0u32;
    for i in cue.clone() {
        phrase = f(62, phrase, words.lower[i], 0);
    }
    let cue_sentence = i64::from(outline.tokens[cue.start].sentence);
    let cue_quote = u32::from(words.quote[cue.start] != OUTSIDE);
    let cue_region = i32::from(words.region[cue.start]);
    let before_cue = words.class_near(cue.start, -1, s, e);
    let after_cue = words.class_near(cue.end, 0, s, e);
    let around = before_cue << 6 | after_cue;
    // what lies between, outward from the cue on both sides
    let mut paths = vec![Between::default(); e - s];
    let mut between = Between::default();
    for i in cue.end..e {
        paths[i - s] = between;
        between.pass(words.class[i], is_cue[i], words.finite[i]);
    }
    between = Between::default();
    for i in (s..cue.start).rev() {
        paths[i - s] = between;
        between.pass(words.class[i], is_cue[i], words.finite[i]);
    }
    for i in s..e {
        let w = |o: isize| words.near(i, o, s, e);
        let (side, d) = if i < cue.start {
            (0, cue.start - i)
        } else if i < cue.end {
            (1, 0)
        } else {
            (2, i + 1 - cue.end)
        };
        if side == 1 {
            rows.push(f(63, 0, 0, 0));
            rows.end_row();
            continue;
        }
        let path = paths[i - s];
        let sentence_index = outline.tokens[i].sentence;
        let sentence = (i64::from(sentence_index) - cue_sentence).clamp(-2, 2) + 2;
        let place = side << 3 | sentence as u32;
        let distance = bucket(d);
        let quote = u32::from(words.quote[i]);
        let regions = (i32::from(words.region[i]) - cue_region).clamp(-3, 3) + 3;
        let state = quote << 4 | cue_quote << 3 | regions as u32;
        let range = outline.sentence_tokens.get(sentence_index as usize).cloned().unwrap_or(s..e);
        let opening = words.near(range.start, 0, s, e);
        let at_start = u32::from(i == range.start);
        let cues = path.cues;
        let t = |o: isize| words.tag_near(i, o, s, e);
        let c = |o: isize| words.cluster_near(i, o, s, e);
        let (t0, w0) = (t(0), w(0));
        // built apart, where every feature has its place beforehand
        let (mut row, mut len) = ([0; MOST_FEATURES], 0);
        let mut p = |h: u32| {
            row[len % MOST_FEATURES] = h;
            len += 1;
        };
        p(f(1, place, distance, 0));
        p(f(2, place, distance, cue_word));
        p(f(3, place, state, 0));
        p(f(4, place, w0, 0));
        p(f(5, place, w(-1), 0));
        p(f(6, place, w(1), 0));
        p(f(7, side, w(-1), w0));
        p(f(8, side, w0, w(1)));
        p(f(9, place << 16 | t(-1), t0, t(1)));
        p(f(10, place << 16 | t(-2), t(-1), t0));
        p(f(11, place << 16 | t0, t(1), t(2)));
        p(f(12, side, cue_word, w0));
        p(f(13, place << 8 | distance, cue_word, t0));
        p(f(14, place, path.first, path.count));
        p(f(15, side, path.first, cue_word));
        p(f(16, side << 16 | t0, path.first, t(-1)));
        p(f(17, side << 16 | t0, path.last, t(-1)));
        p(f(18, place << 8 | state, cues, 0));
        p(f(19, place << 8 | state, t(-1), t0));
        p(f(20, side, words.suffix[i], 0));
        p(f(21, place, u32::from(words.shape[i]), path.commas));
        p(f(22, side << 4 | cues, path.last, state));
        p(f(23, around, place, distance));
        p(f(24, around, place << 16 | t0, at_start));
        p(f(25, around, state, place));
        p(f(26, place, opening, cue_word));
        p(f(27, phrase, side, t0));
        p(f(28, phrase, path.first, side));
        p(f(29, side << 8 | distance, w(-1), t0));
        p(f(30, side << 8 | path.commas << 4 | cues, t(-1), t0));
        p(f(31, place << 8 | state, around, cue_word));
        p(f(32, state, w0, side));
        p(f(33, at_start, place << 8 | state, t0));
        p(f(34, side << 8 | path.verbs << 4 | path.commas, t(-1), t0));
        p(f(35, side, path.verbs << 16 | t0, cue_word));
        p(f(36, side, c(-1), c(0)));
        p(f(37, place, c(0), cue_cluster));
        p(f(38, side << 16 | t0, path.last << 8 | path.verbs, cue_cluster));
        rows.add(&row[..len]);
    }
}
