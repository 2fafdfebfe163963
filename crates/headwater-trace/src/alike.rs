//! All pairs of texts that share at least so much of their shingles: exact, every pair counted out.
//!
//! A prefix filter (Bayardo, Ma and Srikant, *Scaling up all pairs similarity search*, 2007): with the rarest first, two
//! texts that are this alike share one of their first few shingles. How rare each is need not be known exactly, as long
//! as all texts agree on the order: a table of small counters says it, without sorting the shingles of all texts. What
//! stands alone in its counter is in one text only, and most texts of a day have too much of that to be like another.

use crate::shingle::shingles;

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

/// Counters for each shingle (slots). A shingle that no other text has is alone in its slot with a chance of
/// `exp(-1 / SLOTS)`: seven in nine; more slots find more of them and cost memory.
const SLOTS: usize = 4;
/// Most counters: a gigabyte.
const MOST_SLOTS: usize = 1 << 30;

/// How often each shingle stands in all texts, at least and by chance more: enough to put the rare ones first.
struct Counters {
    slots: Vec<u8>,
}

impl Counters {
    /// Every thread reads all texts and fills its own part of the table, so that nothing depends on who is first.
    fn new(words: &[&[u32]]) -> Self {
        let total: usize = words.iter().map(|w| w.len()).sum();
        let count = (total * SLOTS).clamp(1, MOST_SLOTS);
        let mut slots = vec![0u8; count];
        let part = count.div_ceil(threads());
        std::thread::scope(|scope| {
            for (n, slots) in slots.chunks_mut(part).enumerate() {
                scope.spawn(move || {
                    for text in words {
                        for hash in shingles(text) {
                            let slot = slot(hash, count).wrapping_sub(n * part);
                            if let Some(count) = slots.get_mut(slot) {
                                *count = count.saturating_add(1);
                            }
                        }
                    }
                });
            }
        });
        Counters { slots }
    }

    fn of(&self, hash: u64) -> u8 {
        self.slots[slot(hash, self.slots.len())]
    }
}

/// The slot of a hash among so many: its upper half as a share of them.
fn slot(hash: u64, count: usize) -> usize {
    (((hash >> 32) * count as u64) >> 32) as usize
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// What of a text can meet another.
#[derive(Default)]
struct Digest {
    /// How many different shingles it has; none where it can meet nothing.
    size: usize,
    /// Those that another text may have too, sorted.
    shared: Vec<u64>,
    /// The rarest of these: a text that is enough like this one has one of them among its own.
    prefix: Vec<u64>,
}

impl Digest {
    fn new(words: &[u32], counters: &Counters, least: f64) -> Self {
        let mut shared = shingles(words);
        let all = shared.len();
        shared.retain(|hash| counters.of(*hash) > 1);
        let alone = all - shared.len();
        // What no other text has is the rarest of all and stands in front.
        let length = |size: usize| {
            let needed = (least * size as f64).ceil() as usize;
            (size + 1).saturating_sub(needed.max(1)).min(size).saturating_sub(alone)
        };
        if length(all) == 0 {
            return Digest::default();
        }
        shared.sort_unstable();
        shared.dedup();
        let size = alone + shared.len();
        let length = length(size);
        let mut ranked: Vec<(u8, u64)> = shared.iter().map(|hash| (counters.of(*hash), *hash)).collect();
        if length < ranked.len() {
            ranked.select_nth_unstable(length);
            ranked.truncate(length);
        }
        Digest { size, shared, prefix: ranked.into_iter().map(|(_, hash)| hash).collect() }
    }
}

/// The digests of all texts, on as many threads as there are.
fn digests(words: &[&[u32]], least: f64) -> Vec<Digest> {
    let counters = Counters::new(words);
    let share = words.len().div_ceil(threads()).max(1);
    let mut out: Vec<Digest> = Vec::new();
    out.resize_with(words.len(), Digest::default);
    std::thread::scope(|scope| {
        for (slots, texts) in out.chunks_mut(share).zip(words.chunks(share)) {
            let counters = &counters;
            scope.spawn(move || {
                for (slot, text) in slots.iter_mut().zip(texts) {
                    *slot = Digest::new(text, counters, least);
                }
            });
        }
    });
    out
}

/// For each text the numbers of those of its prefix that stand in another's too, in order; and how many there are.
fn numbered(digests: &[Digest]) -> (Vec<Vec<u32>>, usize) {
    let mut all: Vec<(u64, u32)> = Vec::with_capacity(digests.iter().map(|d| d.prefix.len()).sum());
    for (text, digest) in digests.iter().enumerate() {
        all.extend(digest.prefix.iter().map(|hash| (*hash, text as u32)));
    }
    all.sort_unstable();
    let mut ids: Vec<Vec<u32>> = vec![Vec::new(); digests.len()];
    let mut count = 0;
    for group in all.chunk_by(|x, y| x.0 == y.0).filter(|group| group.len() > 1) {
        group.iter().for_each(|(_, text)| ids[*text as usize].push(count));
        count += 1;
    }
    (ids, count as usize)
}

/// All pairs whose shingle sets have at least this Jaccard similarity, exactly, in order.
pub(crate) fn alike(words: &[&[u32]], least: f64) -> Vec<Overlap> {
    let digests = digests(words, least);
    let (ids, count) = numbered(&digests);
    let mut postings: Vec<Vec<u32>> = vec![Vec::new(); count];
    let mut order: Vec<u32> =
        (0..words.len() as u32).filter(|text| !ids[*text as usize].is_empty()).collect();
    order.sort_by_key(|text| (digests[*text as usize].size, *text));
    let mut out = Vec::new();
    let mut seen: Vec<u32> = vec![u32::MAX; words.len()];
    for &text in &order {
        let size = digests[text as usize].size;
        for id in &ids[text as usize] {
            let list = &mut postings[*id as usize];
            for &other in list.iter() {
                let other_size = digests[other as usize].size;
                if seen[other as usize] == text || (other_size as f64) < least * size as f64 {
                    continue;
                }
                seen[other as usize] = text;
                let (a, b) = (text.min(other), text.max(other));
                let (x, y) = (&digests[a as usize].shared, &digests[b as usize].shared);
                // Of so many in both together this many must be shared; a hair less, for what is lost in rounding.
                let needed = least / (1.0 + least) * (size + other_size) as f64 - 0.001;
                if (x.len().min(y.len()) as f64) < needed {
                    continue;
                }
                let shared = common(x, y);
                let jaccard = shared as f64 / (size + other_size - shared) as f64;
                if jaccard >= least {
                    let of = |text: u32| shared as f64 / digests[text as usize].size as f64;
                    out.push(Overlap { a, b, jaccard, of_a: of(a), of_b: of(b) });
                }
            }
            list.push(text);
        }
    }
    out.sort_by_key(|o| (o.a, o.b));
    out
}

/// How many values two sorted lists share.
pub(crate) fn common<T: Ord>(x: &[T], y: &[T]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while let (Some(a), Some(b)) = (x.get(i), y.get(j)) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                n += 1;
                i += 1;
                j += 1;
            }
        }
    }
    n
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::style::mix;
    use std::collections::BTreeSet;

    /// Texts that are cut, spliced and worn from each other, by a fixed generator.
    pub(crate) fn generated(n: usize) -> Vec<Vec<u32>> {
        let mut state = 7u64;
        let mut next = move |below: usize| {
            state = mix(state.wrapping_add(0x9e37));
            (state % below as u64) as usize
        };
        let mut texts: Vec<Vec<u32>> = Vec::new();
        for _ in 0..n {
            let mut text = if texts.is_empty() || next(3) == 0 {
                (0..40 + next(160)).map(|_| next(500) as u32).collect::<Vec<_>>()
            } else {
                texts[next(texts.len())].clone()
            };
            for _ in 0..next(8) {
                let at = next(text.len());
                text[at] = next(500) as u32;
            }
            let keep = text.len() - next(text.len() / 2);
            text.truncate(keep);
            texts.push(text);
        }
        texts
    }

    #[test]
    fn alike_is_what_brute_force_finds() {
        let texts = generated(300);
        let sets: Vec<BTreeSet<u64>> = texts.iter().map(|t| shingles(t).into_iter().collect()).collect();
        let mut expect = BTreeSet::new();
        for a in 0..sets.len() {
            for b in a + 1..sets.len() {
                let shared = sets[a].intersection(&sets[b]).count();
                let all = sets[a].union(&sets[b]).count();
                if all > 0 && shared * 2 >= all {
                    expect.insert((a as u32, b as u32));
                }
            }
        }
        let words: Vec<&[u32]> = texts.iter().map(Vec::as_slice).collect();
        let got: BTreeSet<(u32, u32)> = alike(&words, 0.5).iter().map(|o| (o.a, o.b)).collect();
        assert!(expect.len() > 100, "the test needs pairs: {}", expect.len());
        assert_eq!(got, expect);
    }
}
