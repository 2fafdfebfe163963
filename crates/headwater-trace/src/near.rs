//! Which of very many articles are nearly the same: exact while that fits into memory, by MinHash beyond, and every
//! pair counted out in either way.
//!
//! Keeps nothing of an article but its words as numbers, four bytes each, so that a million fits where the tracer's
//! digests would not. Says how much two texts have in common; whose words they are is the tracer's business.

use crate::alike::alike;
use crate::overlap::{Hashes, Overlap, counted_out, pair};
use crate::shingle::for_shingles;
use crate::style::{hash, key_into, mix};
use crate::threads::{each, threads};
use headwater_model::text::{Outline, TokenKind};
use rustc_hash::FxHashSet;

/// Words up to which the pairs are found exactly (words): the work on so many takes about a gigabyte beside them.
pub const EXACT_WORDS: usize = 200_000_000;

/// Bands of a signature, and minima in each. A pair at Jaccard .5 meets in none of them once in six hundred times, a
/// pair at .6 once in a hundred thousand; a pair at .05 meets by chance six times in a thousand.
const BANDS: usize = 48;
const ROWS: usize = 3;
const WIDE: usize = BANDS * ROWS;
/// Minima that two signatures must share to be counted out, beside `least` of them (minima): four standard
/// deviations at Jaccard .5.
const SLACK: usize = 24;
/// Articles that may meet in one band before they are compared with leaders only (articles).
const MEETING: usize = 128;
const LEADERS: usize = 4;
/// Pairs that a thread counts out at a time (pairs).
const PIECE: usize = 16_384;

/// The words of articles, ready to be compared.
#[derive(Clone, Debug, Default)]
pub struct Near {
    words: Vec<u32>,
    ends: Vec<usize>,
}

impl Near {
    /// With no articles.
    pub fn new() -> Self {
        Near::default()
    }

    /// Adds an article's text; its number is how many were added before.
    pub fn add(&mut self, text: &str, outline: &Outline) {
        let mut key = String::new();
        for token in outline.tokens.iter().filter(|t| t.kind != TokenKind::Mark) {
            key_into(token.of(text), &mut key);
            self.words.push(hash(key.as_bytes()) as u32);
        }
        self.ends.push(self.words.len());
    }

    /// How many articles there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Whether [`Near::alike`] finds every pair, or one now and then is missed.
    pub fn is_exact(&self) -> bool {
        self.words.len() <= EXACT_WORDS
    }

    fn of(&self, article: usize) -> &[u32] {
        let start = article.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.words[start..self.ends[article]]
    }

    /// All pairs whose word 5-gram sets have at least this Jaccard similarity (0–1), in order, each counted out.
    ///
    /// Beyond [`EXACT_WORDS`] pairs are proposed by [`Near::by_minhash`].
    pub fn alike(&self, least: f64) -> Vec<Overlap> {
        if !self.is_exact() {
            return self.by_minhash(least);
        }
        alike(&self.texts(), least)
    }

    fn texts(&self) -> Vec<&[u32]> {
        (0..self.len()).map(|n| self.of(n)).collect()
    }

    /// The same, proposed by MinHash signatures in bands and counted out: no pair is wrong, at the very bound one in some
    /// hundreds is missed. Of more than a hundred articles that meet in one band, each is compared with a few only,
    /// which ties them together without all their pairs.
    pub fn by_minhash(&self, least: f64) -> Vec<Overlap> {
        let words = self.texts();
        let (signatures, sizes) = self.signatures();
        let of = |article: usize| &signatures[article * WIDE..(article + 1) * WIDE];
        let needed = ((least * WIDE as f64) as usize).saturating_sub(SLACK);
        let mut seen: FxHashSet<u64> = FxHashSet::default();
        let mut keys: Vec<(u64, u32)> = Vec::with_capacity(self.len());
        for band in 0..BANDS {
            keys.clear();
            keys.extend((0..self.len()).filter(|n| sizes[*n] > 0).map(|n| {
                let rows = &of(n)[band * ROWS..(band + 1) * ROWS];
                (rows.iter().fold(band as u64 + 1, |h, row| mix(h ^ u64::from(*row))), n as u32)
            }));
            keys.sort_unstable();
            for group in keys.chunk_by(|x, y| x.0 == y.0).filter(|g| g.len() > 1) {
                for (at, (_, a)) in group.iter().enumerate() {
                    let few = group.len() > MEETING && at >= LEADERS;
                    for (_, b) in group.iter().skip(at + 1).take(if few { 1 } else { usize::MAX }) {
                        let pair = pair(*a, *b);
                        let same = || {
                            let (x, y) = (of(*a as usize), of(*b as usize));
                            x.iter().zip(y).filter(|(p, q)| p == q).count()
                        };
                        if !seen.contains(&pair) && same() >= needed {
                            seen.insert(pair);
                        }
                    }
                }
            }
        }
        drop(signatures);
        let mut pairs: Vec<u64> = seen.into_iter().collect();
        pairs.sort_unstable();
        let pieces = pairs.chunks(PIECE).collect();
        each(pieces, |pairs| counted_out(&words, pairs, |text| sizes[text as usize], least)).concat()
    }

    /// The least values of all shingles of each article under [`WIDE`] orders, and how many different shingles it has.
    fn signatures(&self) -> (Vec<u32>, Vec<u32>) {
        let orders: Vec<(u32, u32)> = (0..WIDE as u64)
            .map(|n| {
                let h = mix(n.wrapping_add(0x51ed_270b));
                (h as u32 | 1, (h >> 32) as u32 | 1)
            })
            .collect();
        let mut out = vec![u32::MAX; self.len() * WIDE];
        let mut sizes = vec![0; self.len()];
        let share = self.len().div_ceil(threads()).max(1);
        let pieces = out.chunks_mut(share * WIDE).zip(sizes.chunks_mut(share)).enumerate().collect();
        each(pieces, |(part, (slots, sizes))| {
            let mut different = Hashes::default();
            for (n, (least, size)) in slots.chunks_mut(WIDE).zip(sizes).enumerate() {
                let words = self.of(part * share + n);
                *size = different.fill(words) as u32;
                for_shingles(words, |shingle| {
                    let (low, high) = (shingle as u32, (shingle >> 32) as u32);
                    for (slot, (x, y)) in least.iter_mut().zip(&orders) {
                        let value = low.wrapping_mul(*x) ^ high.wrapping_mul(*y).rotate_left(16);
                        *slot = (*slot).min(value);
                    }
                });
            }
        });
        (out, sizes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reports of invented words, three in four worn from an earlier one.
    fn generated(n: usize) -> Near {
        let mut state = 3u64;
        let mut next = move |below: usize| {
            state = mix(state.wrapping_add(0x9e37));
            (state % below as u64) as usize
        };
        let mut near = Near::new();
        for _ in 0..n {
            let mut text: Vec<u32> = if near.is_empty() || next(4) == 0 {
                (0..60 + next(200)).map(|_| next(4000) as u32).collect()
            } else {
                near.of(next(near.len())).to_vec()
            };
            for _ in 0..next(12) {
                let at = next(text.len());
                text[at] = next(4000) as u32;
            }
            let keep = text.len() - next(text.len() / 3);
            near.words.extend(&text[..keep]);
            near.ends.push(near.words.len());
        }
        near
    }

    #[test]
    fn what_minhash_proposes_is_right_and_nearly_all() {
        let near = generated(1200);
        let (exact, proposed) = (near.alike(0.5), near.by_minhash(0.5));
        let pairs = |list: &[Overlap]| list.iter().map(|o| (o.a, o.b)).collect::<Vec<_>>();
        let (exact, proposed) = (pairs(&exact), pairs(&proposed));
        assert!(exact.len() > 500, "{}", exact.len());
        assert!(proposed.iter().all(|p| exact.binary_search(p).is_ok()));
        assert!(proposed.len() as f64 >= 0.995 * exact.len() as f64, "{} of {}", proposed.len(), exact.len());
    }

    #[test]
    fn thousands_of_one_text_are_tied_and_not_all_paired() {
        let mut near = Near::new();
        for _ in 0..5000 {
            near.words.extend(0..80u32);
            near.ends.push(near.words.len());
        }
        near.ends.push(near.words.len());
        let pairs = near.by_minhash(0.5);
        let mut reached = vec![false; 5001];
        for pair in &pairs {
            (reached[pair.a as usize], reached[pair.b as usize]) = (true, true);
        }
        assert!(pairs.len() < 40_000 && reached[..5000].iter().all(|r| *r) && !reached[5000]);
    }

    #[test]
    fn nothing_and_next_to_nothing() {
        let mut near = Near::new();
        assert!(near.alike(0.5).is_empty() && near.by_minhash(0.5).is_empty());
        for text in ["", "one", "one two three four", "“”"] {
            near.add(text, &Outline::new(text));
        }
        assert!(near.alike(0.5).is_empty() && near.by_minhash(0.5).is_empty());
        assert!(near.is_exact() && near.len() == 4);
    }
}
