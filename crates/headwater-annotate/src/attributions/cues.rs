//! Features by which cue words are found.

use super::weights::HASH_BITS;
use super::words::{Class, Words};
use crate::perceptron::Rows;
use headwater_model::text::Outline;

/// Labels of the cue taggers: outside, first word of a cue, further word, first word of a content that has no cue.
pub(super) const LABELS: [&str; 4] = ["O", "B", "I", "K"];
pub(super) const O: u8 = 0;
pub(super) const B: u8 = 1;
pub(super) const I: u8 = 2;
pub(super) const K: u8 = 3;
/// Label pairs that cannot be.
pub(super) const FORBIDDEN: [(Option<u8>, u8); 3] = [(None, I), (Some(O), I), (Some(K), I)];

/// Room for the features of one token: more than any of the taggers has.
pub(super) const MOST_FEATURES: usize = 64;

/// A feature of up to three values: six bits of template, which keeps like features together in the tables,
/// and a hash.
#[inline]
pub(super) fn f(template: u32, a: u32, b: u32, c: u32) -> u32 {
    let left = (u64::from(a) << 32 | u64::from(b)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let right = (u64::from(c) << 8 ^ u64::from(template)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    let h = left ^ right;
    template << HASH_BITS | ((h ^ h >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> (64 - HASH_BITS)) as u32
}

/// Adds one row for each token of `[start, end)`, a paragraph.
pub(super) fn rows(words: &Words, outline: &Outline, start: usize, end: usize, rows: &mut Rows) {
    let (s, e) = (start, end);
    let first_paragraph = u32::from(outline.tokens.get(start).is_some_and(|t| t.paragraph == 0));
    for i in start..end {
        let sentence =
            outline.sentence_tokens.get(outline.tokens[i].sentence as usize).cloned().unwrap_or(start..end);
        let w = |o: isize| words.near(i, o, s, e);
        let k = |o: isize| words.class_near(i, o, s, e);
        let q = |o: isize| words.quote_near(i, o, s, e);
        let mark_before = (1..=8)
            .find(|d| i >= s + d && matches!(words.quote[i - d], 1 | 3))
            .map_or(9, |d| d as u32 * 4 + u32::from(words.quote[i - d]));
        let mark_after = (1..=8)
            .find(|d| i + d < e && matches!(words.quote[i + d], 1 | 3))
            .map_or(9, |d| d as u32 * 4 + u32::from(words.quote[i + d]));
        let quote = q(0);
        let quoted_sentence = u32::from(
            words.region[sentence.end.min(e).max(s + 1) - 1] > words.region[sentence.start.max(s)]
                || words.quote[sentence.start.max(s)] != 0,
        );
        let from_start = (i.saturating_sub(sentence.start)).min(6) as u32;
        let to_end = sentence.end.saturating_sub(i).min(6) as u32;
        let that_after = (1..=4).find(|d| i + d < e && words.class[i + d] == Class::That).unwrap_or(0) as u32;
        let shape = u32::from(words.shape[i]);
        let t = |o: isize| words.tag_near(i, o, s, e);
        let c = |o: isize| words.cluster_near(i, o, s, e);
        let coarse = |o: isize| match i.checked_add_signed(o) {
            Some(j) if j >= s && j < e => u32::from(words.coarse[j]),
            _ => 0xff,
        };
        let (t0, w0) = (t(0), w(0));
        // built apart, where every feature has its place beforehand
        let (mut row, mut len) = ([0; MOST_FEATURES], 0);
        let mut p = |h: u32| {
            row[len % MOST_FEATURES] = h;
            len += 1;
        };
        p(f(1, w0, 0, 0));
        p(f(2, w(-1), 0, 0));
        p(f(3, w(1), 0, 0));
        p(f(4, w(-2), 0, 0));
        p(f(5, w(2), 0, 0));
        p(f(6, w(-1), w0, 0));
        p(f(7, w0, w(1), 0));
        p(f(10, w(-1), w(1), 0));
        p(f(11, words.suffix[i], 0, 0));
        p(f(12, words.prefix[i], 0, 0));
        p(f(13, shape, t0, 0));
        p(f(14, t(-1), t0, t(1)));
        p(f(15, t(-2), t(-1), t0));
        p(f(16, t0, t(1), t(2)));
        p(f(17, t(-1), w0, t(1)));
        p(f(18, w0, t(1), t(2)));
        p(f(19, t(-2), t(-1), w0));
        p(f(20, quote, w0, 0));
        p(f(21, quote, q(-1), q(1)));
        p(f(22, mark_before, quote, t0));
        p(f(23, mark_after, quote, t0));
        p(f(24, mark_before, mark_after, k(0)));
        p(f(25, w0, mark_before.min(20), 0));
        p(f(26, w0, mark_after.min(20), 0));
        p(f(27, w0, quoted_sentence, 0));
        p(f(28, from_start, to_end, t0));
        p(f(29, that_after, w0, 0));
        p(f(30, that_after, t0, t(-1)));
        p(f(31, first_paragraph, t0, k(-1)));
        p(f(33, t(-3), t(-2), t(-1)));
        p(f(34, t(1), t(2), t(3)));
        p(f(35, w(-1), t0, t(1)));
        p(f(36, quote, t(-1), t0));
        p(f(37, c(0), 0, 0));
        p(f(38, c(0), t(-1), t(1)));
        p(f(39, coarse(-1), c(0), 0));
        p(f(40, c(0), coarse(1), 0));
        p(f(41, coarse(-2), coarse(-1), coarse(0)));
        p(f(42, c(0), that_after, quoted_sentence));
        rows.add(&row[..len]);
    }
}
