//! Word shingles by a rolling hash, and the index of those that several articles share.
//!
//! Exact up to memory: a shingle of `WIDTH` words becomes 64 bits, the whole set is sorted once, and only what
//! stands in two articles or more gets a number. Which pairs are worth aligning is said here; whether they are
//! copies is not.

use crate::style::mix;
use rustc_hash::FxHashMap;

/// Words in a shingle: the width that the bench's figures for peers are given in.
pub(crate) const WIDTH: usize = 5;

/// Articles that may hold a shingle before it stops making pairs of all of them (articles). A story carried by
/// more outlets than this is tied together through leaders instead; chosen so that one shingle costs at
/// most some eight thousand pair counts.
pub(crate) const DOCUMENT_CAP: usize = 128;

/// A shingle held by more articles than this is a stock phrase or somebody's well-known words (articles); a pair that
/// shares nothing rarer needs `STOCK` of them. A sentence or two of such words says nothing of the pair.
const COMMON: usize = 24;
/// Shingles in a run of twelve words (shingles).
const STOCK: u32 = 8;

/// Leaders to which every holder of a capped shingle is tied.
const LEADERS: usize = 4;

/// Set in a count when a rare shingle is among the shared.
const RARE: u32 = 1 << 31;

/// The shingle has no partner in another article.
pub(crate) const ALONE: u32 = u32::MAX;

const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// The rolling hashes of all shingles of a text, in order.
pub(crate) fn shingles(words: &[u32]) -> Vec<u64> {
    let mut out = Vec::with_capacity(count(words));
    for_shingles(words, |hash| out.push(hash));
    out
}

/// How many shingles a text has.
pub(crate) fn count(words: &[u32]) -> usize {
    (words.len() + 1).saturating_sub(WIDTH)
}

/// Visits the rolling hashes of all shingles of a text, in order.
pub(crate) fn for_shingles(words: &[u32], mut visit: impl FnMut(u64)) {
    const TOP: u64 = BASE.wrapping_pow(WIDTH as u32);
    // The words that the rolling hash is made of: each is spread once.
    let mut held = [0u64; WIDTH];
    let mut rolling: u64 = 0;
    for (i, &word) in words.iter().enumerate() {
        let come = spread(word);
        let gone = std::mem::replace(&mut held[i % WIDTH], come);
        rolling = rolling.wrapping_mul(BASE).wrapping_add(come).wrapping_sub(gone.wrapping_mul(TOP));
        if i + 1 >= WIDTH {
            visit(mix(rolling));
        }
    }
}

fn spread(word: u32) -> u64 {
    mix(u64::from(word) + 1)
}

/// The numbered shingles of a set of articles.
pub(crate) struct Index {
    /// For each article, the number of the shingle that begins at each word, or `ALONE`.
    pub(crate) ids: Vec<Vec<u32>>,
    /// How many numbers there are.
    pub(crate) count: usize,
    /// The articles that hold each numbered shingle, sorted: ranges into `holders`.
    starts: Vec<u32>,
    holders: Vec<u32>,
}

impl Index {
    /// Numbers what several articles share.
    pub(crate) fn new(words: &[&[u32]]) -> Self {
        let mut all: Vec<(u64, u32, u32)> = Vec::with_capacity(words.iter().map(|w| w.len()).sum());
        for (document, words) in words.iter().enumerate() {
            all.extend(
                shingles(words).into_iter().enumerate().map(|(at, hash)| (hash, document as u32, at as u32)),
            );
        }
        all.sort_unstable();
        let mut ids: Vec<Vec<u32>> = words.iter().map(|w| vec![ALONE; count(w)]).collect();
        let mut index = Index { ids: Vec::new(), count: 0, starts: vec![0], holders: Vec::new() };
        for group in all.chunk_by(|x, y| x.0 == y.0) {
            let several = group.first().map(|x| x.1) != group.last().map(|x| x.1);
            if !several {
                continue;
            }
            let id = index.count as u32;
            index.count += 1;
            let mut last = ALONE;
            for &(_, document, at) in group {
                ids[document as usize][at as usize] = id;
                if document != last {
                    index.holders.push(document);
                    last = document;
                }
            }
            index.starts.push(index.holders.len() as u32);
        }
        index.ids = ids;
        index
    }

    /// Shingles of an article that are not to be aligned.
    pub(crate) fn pass_over(&mut self, document: usize, at: impl Fn(usize) -> bool) {
        for (place, id) in self.ids[document].iter_mut().enumerate() {
            if at(place) {
                *id = ALONE;
            }
        }
    }

    /// The articles that hold a shingle.
    pub(crate) fn holders(&self, id: u32) -> &[u32] {
        let id = id as usize;
        &self.holders[self.starts[id] as usize..self.starts[id + 1] as usize]
    }

    /// Pairs `(a, b)`, `a < b`, that share at least `least` different shingles, in order.
    ///
    /// `rank` gives the order in which leaders are chosen; it must not hang on the order of the articles.
    /// `skip` names shingles that say nothing.
    pub(crate) fn pairs(&self, least: u32, rank: &[u64], skip: impl Fn(u32) -> bool) -> Vec<(u32, u32)> {
        let mut leaders: Vec<Vec<u32>> = Vec::new();
        let mut led_by: FxHashMap<u32, u32> = FxHashMap::default();
        for id in 0..self.count as u32 {
            let holders = self.holders(id);
            if holders.len() > DOCUMENT_CAP && !skip(id) {
                let mut first = holders.to_vec();
                first.select_nth_unstable_by_key(LEADERS, |d| rank[*d as usize]);
                first.truncate(LEADERS);
                first.sort_unstable();
                led_by.insert(id, leaders.len() as u32);
                leaders.push(first);
            }
        }
        let mut pairs = Vec::new();
        let mut counts: Vec<u32> = vec![0; self.ids.len()];
        let mut touched: Vec<u32> = Vec::new();
        let mut own: Vec<u32> = Vec::new();
        for (document, ids) in self.ids.iter().enumerate() {
            own.clear();
            own.extend(ids.iter().copied().filter(|id| *id != ALONE));
            own.sort_unstable();
            own.dedup();
            for &id in &own {
                if skip(id) {
                    continue;
                }
                let rare = if self.holders(id).len() <= COMMON { RARE } else { 0 };
                let partners = match led_by.get(&id) {
                    Some(&at) => leaders[at as usize].as_slice(),
                    None => {
                        let holders = self.holders(id);
                        &holders[holders.partition_point(|d| *d as usize <= document)..]
                    }
                };
                for &other in partners {
                    if counts[other as usize] == 0 {
                        touched.push(other);
                    }
                    counts[other as usize] = (counts[other as usize] + 1) | rare;
                }
            }
            for other in touched.drain(..) {
                let shared = std::mem::take(&mut counts[other as usize]);
                let (rare, shared) = (shared >= RARE, shared % RARE);
                if shared >= least && (rare || shared >= STOCK) && other as usize != document {
                    pairs.push((other.min(document as u32), other.max(document as u32)));
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn rolls() {
        let words: Vec<u32> = (0..40).map(|i| i % 7).collect();
        let all = shingles(&words);
        for (at, hash) in all.iter().enumerate() {
            assert_eq!(*hash, shingles(&words[at..at + WIDTH])[0]);
        }
        assert!(shingles(&words[..4]).is_empty());
    }

    #[test]
    fn the_index_proposes_all_that_are_alike() {
        let texts = crate::alike::tests::generated(300);
        let words: Vec<&[u32]> = texts.iter().map(Vec::as_slice).collect();
        let index = Index::new(&words);
        let rank: Vec<u64> = (0..texts.len() as u64).map(mix).collect();
        let proposed: BTreeSet<(u32, u32)> = index.pairs(1, &rank, |_| false).into_iter().collect();
        let alike: BTreeSet<(u32, u32)> =
            crate::alike::alike(&words, 0.5).iter().map(|o| (o.a, o.b)).collect();
        assert!(alike.len() > 100 && alike.is_subset(&proposed));
    }

    #[test]
    fn a_text_carried_by_thousands_is_tied_by_its_leaders() {
        let text: Vec<u32> = (0..50).collect();
        let texts: Vec<Vec<u32>> =
            (0..3000u32).map(|i| text.iter().copied().chain([1000 + i]).collect()).collect();
        let words: Vec<&[u32]> = texts.iter().map(Vec::as_slice).collect();
        let rank: Vec<u64> = (0..texts.len() as u64).map(mix).collect();
        let pairs = Index::new(&words).pairs(3, &rank, |_| false);
        assert!(pairs.len() >= 2999 && pairs.len() <= LEADERS * 3000, "{}", pairs.len());
    }
}
