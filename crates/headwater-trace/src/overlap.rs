//! How much two texts have in common: proposed pairs, counted out.
//!
//! Keeps no sets of shingles: a text's are made from its words again each time, which takes less time than fetching
//! them from memory would, and no memory. Which pairs are worth it is said elsewhere.

use crate::shingle::{count, for_shingles};

/// Two texts with the shingles they share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overlap {
    /// Position of the first text.
    pub a: u32,
    /// Position of the second text.
    pub b: u32,
    /// Shared shingles over all different shingles of both (0–1).
    pub jaccard: f64,
    /// Shared shingles over those of the first (0–1).
    pub of_a: f64,
    /// Shared shingles over those of the second (0–1).
    pub of_b: f64,
}

/// A pair of texts as one number, in the order of pairs; the lesser text comes first.
pub(crate) fn pair(a: u32, b: u32) -> u64 {
    u64::from(a.min(b)) << 32 | u64::from(a.max(b))
}

/// The pairs, sorted, that have at least this Jaccard similarity; `size` says how many different shingles a text has.
pub(crate) fn counted_out(
    words: &[&[u32]],
    pairs: &[u64],
    size: impl Fn(u32) -> u32,
    least: f64,
) -> Vec<Overlap> {
    let mut out = Vec::new();
    let mut own = Hashes::default();
    for pairs in pairs.chunk_by(|x, y| x >> 32 == y >> 32) {
        let Some(a) = pairs.first().map(|pair| (pair >> 32) as u32) else { continue };
        own.fill(words[a as usize]);
        for b in pairs.iter().map(|pair| *pair as u32) {
            let shared = own.common(words[b as usize]) as f64;
            let (of_a, of_b) = (f64::from(size(a)), f64::from(size(b)));
            let jaccard = shared / (of_a + of_b - shared).max(1.0);
            if jaccard >= least {
                out.push(Overlap {
                    a,
                    b,
                    jaccard,
                    of_a: shared / of_a.max(1.0),
                    of_b: shared / of_b.max(1.0),
                });
            }
        }
    }
    out
}

/// A set of hashes that is emptied in a step.
#[derive(Default)]
pub(crate) struct Hashes {
    slots: Vec<Slot>,
    /// Slots that are in use now, less one: a power of two, less one.
    mask: usize,
    /// Which slots belong to the set as it is now, and which were met by the text that is compared with it.
    filled: u32,
    met: u32,
}

#[derive(Clone, Copy, Default)]
struct Slot {
    hash: u64,
    filled: u32,
    met: u32,
}

/// Slots of the smallest set (slots).
const SMALLEST: usize = 64;

impl Hashes {
    /// Empties the set, for at most so many.
    pub(crate) fn empty(&mut self, most: usize) {
        let wanted = (most * 2).next_power_of_two().max(SMALLEST);
        if self.slots.len() < wanted || self.filled == u32::MAX {
            self.slots = vec![Slot::default(); wanted.max(self.slots.len())];
            (self.filled, self.met) = (0, 0);
        }
        self.mask = wanted - 1;
        self.filled += 1;
    }

    /// Puts a hash in; whether it was not there. There must be room.
    pub(crate) fn insert(&mut self, hash: u64) -> bool {
        let at = self.place(hash);
        let slot = &mut self.slots[at];
        let new = slot.filled != self.filled;
        if new {
            *slot = Slot { hash, filled: self.filled, met: 0 };
        }
        new
    }

    /// The slot where a hash stands or would.
    fn place(&self, hash: u64) -> usize {
        let mut at = hash as usize & self.mask;
        while self.slots[at].filled == self.filled && self.slots[at].hash != hash {
            at = (at + 1) & self.mask;
        }
        at
    }

    /// Makes it the set of a text's shingles; how many different ones there are.
    pub(crate) fn fill(&mut self, words: &[u32]) -> usize {
        self.empty(count(words));
        let mut different = 0;
        for_shingles(words, |hash| different += usize::from(self.insert(hash)));
        different
    }

    /// How many different shingles of a text are in the set.
    fn common(&mut self, words: &[u32]) -> usize {
        if self.met == u32::MAX {
            self.slots.iter_mut().for_each(|slot| slot.met = 0);
            self.met = 0;
        }
        self.met += 1;
        let mut shared = 0;
        for_shingles(words, |hash| {
            let at = self.place(hash);
            let slot = &mut self.slots[at];
            let counts = slot.filled == self.filled && slot.met != self.met;
            slot.met = if counts { self.met } else { slot.met };
            shared += usize::from(counts);
        });
        shared
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alike::tests::generated;
    use crate::shingle::shingles;
    use std::collections::BTreeSet;

    #[test]
    fn counts_as_sets_do_whatever_came_before() {
        let texts = generated(60);
        let mut hashes = Hashes::default();
        for a in &texts {
            let own: BTreeSet<u64> = shingles(a).into_iter().collect();
            assert_eq!(hashes.fill(a), own.len());
            for b in &texts {
                let other: BTreeSet<u64> = shingles(b).into_iter().collect();
                assert_eq!(hashes.common(b), own.intersection(&other).count());
            }
        }
    }

    #[test]
    fn what_repeats_counts_once() {
        let often: Vec<u32> = (0..60).map(|n| n % 6).collect();
        let once: Vec<u32> = (0..10).map(|n| n % 6).collect();
        let mut hashes = Hashes::default();
        assert_eq!(hashes.fill(&often), 6);
        assert_eq!((hashes.common(&once), hashes.common(&often), hashes.common(&often[..4])), (6, 6, 0));
    }
}
