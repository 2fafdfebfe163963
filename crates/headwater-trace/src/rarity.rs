//! How often each shingle stands in all texts: at least, and by chance more.
//!
//! A table with a counter for every shingle of an archive is far larger than a processor's caches, and nearly every
//! look into it waits for memory. So the range of hashes is cut into parts, each shingle is written to the stream of
//! its part, and each part is counted with a small table of its own. The answers come out in the order in which the
//! shingles went in: who reads the same texts again reads the answers along, stream by stream, and never looks one up.

use crate::shingle::{count, for_shingles};
use crate::threads::{each, turned};

/// Shingles of a part, about (shingles): its counters take a megabyte, half of the nearest cache that is large enough
/// on processors of the day. A million articles of 170 words make 630 parts, and so many streams can be written at
/// once without waiting for the translation of their addresses.
const PART: usize = 1 << 18;

/// Counters for each shingle of a part (slots). A shingle that no other text has is alone in its slot with a chance of
/// `exp(-1 / SLOTS)`: seven in nine; more slots find more of them and cost memory.
const SLOTS: usize = 4;

/// Bits of a hash by which shingles are told apart here: beside them there is room for a counter in 64 bits.
pub(crate) const BITS: u32 = 56;

/// The range of hashes, cut into parts of equal width.
#[derive(Clone, Copy)]
pub(crate) struct Parts {
    count: u64,
}

impl Parts {
    /// So many that each has about [`PART`] of these texts' shingles.
    pub(crate) fn new(words: &[&[u32]]) -> Self {
        let total: usize = words.iter().map(|text| count(text)).sum();
        Parts { count: total.div_ceil(PART).max(1) as u64 }
    }

    /// How many there are.
    pub(crate) fn count(self) -> usize {
        self.count as usize
    }

    /// The part of a hash: the upper 32 of its last [`BITS`] bits as a share of all.
    pub(crate) fn of(self, hash: u64) -> usize {
        ((u64::from((hash >> (BITS - 32)) as u32) * self.count) >> 32) as usize
    }

    /// A stream for each part, with room for its share of so many shingles and what may come to it by chance.
    pub(crate) fn streams<T>(self, shingles: usize) -> Vec<Vec<T>> {
        let room = shingles / self.count();
        (0..self.count()).map(|_| Vec::with_capacity(room + room / 16 + 16)).collect()
    }
}

/// What tells shingles of one part apart: the last 32 bits of the hash.
pub(crate) fn rest(hash: u64) -> u32 {
    hash as u32
}

/// How often the shingles of one chunk of texts stand in the texts of all chunks, in the order of the chunk.
pub(crate) struct Rarity {
    parts: Parts,
    streams: Vec<std::vec::IntoIter<u8>>,
}

impl Rarity {
    /// Counts the shingles of all chunks.
    pub(crate) fn new(chunks: &[&[&[u32]]], parts: Parts) -> Vec<Rarity> {
        let streams = each(chunks.to_vec(), |texts| {
            let mut streams: Vec<Vec<u32>> = parts.streams(texts.iter().map(|text| count(text)).sum());
            for text in texts {
                for_shingles(text, |hash| streams[parts.of(hash)].push(rest(hash)));
            }
            streams
        });
        let counted = each(turned(streams), |streams| counted(&streams));
        let rarity = |streams: Vec<Vec<u8>>| Rarity {
            parts,
            streams: streams.into_iter().map(Vec::into_iter).collect(),
        };
        turned(counted).into_iter().map(rarity).collect()
    }

    /// How often the next shingle of the chunk stands in all texts, whose hash this must be: 1 when nowhere else.
    pub(crate) fn next(&mut self, hash: u64) -> u8 {
        self.streams[self.parts.of(hash)].next().unwrap_or(u8::MAX)
    }
}

/// For each shingle of the streams of one part, how often it stands in all of them.
fn counted(streams: &[Vec<u32>]) -> Vec<Vec<u8>> {
    let total: usize = streams.iter().map(Vec::len).sum();
    let mut slots = vec![0u8; (total * SLOTS).max(1)];
    let size = slots.len() as u64;
    let slot = |rest: u32| ((u64::from(rest) * size) >> 32) as usize;
    for rest in streams.iter().flatten() {
        let count = &mut slots[slot(*rest)];
        *count = count.saturating_add(1);
    }
    streams.iter().map(|stream| stream.iter().map(|rest| slots[slot(*rest)]).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alike::tests::generated;
    use crate::shingle::shingles;
    use std::collections::BTreeMap;

    #[test]
    fn nothing_is_counted_too_seldom_whatever_the_chunks() {
        let texts = generated(300);
        let words: Vec<&[u32]> = texts.iter().map(Vec::as_slice).collect();
        let mut times: BTreeMap<u64, u32> = BTreeMap::new();
        for hash in words.iter().flat_map(|text| shingles(text)) {
            *times.entry(hash).or_default() += 1;
        }
        let told = |chunk: usize, parts: u64| {
            let chunks: Vec<&[&[u32]]> = words.chunks(chunk).collect();
            let rarity = Rarity::new(&chunks, Parts { count: parts });
            let mut out = Vec::new();
            for (texts, mut rarity) in chunks.iter().zip(rarity) {
                for hash in texts.iter().flat_map(|text| shingles(text)) {
                    out.push((hash, rarity.next(hash)));
                }
            }
            out
        };
        let whole = told(300, 7);
        assert_eq!(whole, told(11, 7));
        assert!(whole.iter().all(|(hash, n)| u32::from(*n) >= times[hash].min(255)));
        let alone = |list: &[(u64, u8)]| list.iter().filter(|(_, n)| *n == 1).count();
        let truly = times.values().filter(|n| **n == 1).count();
        assert!(truly > 1000 && alone(&whole) * 10 > truly * 7 && alone(&told(40, 1)) <= truly);
    }
}
