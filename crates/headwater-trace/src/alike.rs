//! All pairs of texts that share at least so much of their shingles: exact, every pair counted out.
//!
//! The shingles of all texts are sorted once, in buckets that fit a cache; what only one text has is counted and
//! forgotten, what several have gets a number. Then a prefix filter (Bayardo, Ma and Srikant, *Scaling up all pairs
//! similarity search*, 2007): with the rarest first, two texts that are this alike share one of their first few.

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

/// Shingles that are sorted in one go, about (shingles): they fit into a cache, and ten times the texts take ten
/// times the time; buckets at the most (bits of the hash).
const BUCKET: usize = 2048;
const BUCKET_BITS: u32 = 14;

/// What each text shares with others.
struct Shared {
    /// For each text, the numbers of its shingles that another has too, the rarest first.
    ids: Vec<Vec<u32>>,
    /// For each text, how many different shingles it has.
    sizes: Vec<usize>,
    /// How many numbers there are.
    count: usize,
}

impl Shared {
    fn new(words: &[&[u32]]) -> Self {
        let total: usize = words.iter().map(|w| w.len()).sum();
        let bits = (total / BUCKET).max(2).ilog2().min(BUCKET_BITS);
        let bucket_of = |hash: u64| (hash >> (64 - bits)) as usize;
        let mut starts = vec![0usize; (1 << bits) + 1];
        for text in words {
            for hash in shingles(text) {
                starts[bucket_of(hash) + 1] += 1;
            }
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut all = vec![(0u64, 0u32); starts.last().copied().unwrap_or(0)];
        let mut next = starts.clone();
        for (text, words) in words.iter().enumerate() {
            for hash in shingles(words) {
                let at = &mut next[bucket_of(hash)];
                all[*at] = (hash, text as u32);
                *at += 1;
            }
        }
        sort_parts(&mut all, &starts);
        let mut shared = Shared { ids: vec![Vec::new(); words.len()], sizes: vec![0; words.len()], count: 0 };
        let mut frequency: Vec<u32> = Vec::new();
        for group in all.chunk_by(|x, y| x.0 == y.0) {
            let texts = || group.chunk_by(|x, y| x.1 == y.1).filter_map(|g| g.first()).map(|g| g.1 as usize);
            texts().for_each(|text| shared.sizes[text] += 1);
            let several = texts().count();
            if several > 1 {
                texts().for_each(|text| shared.ids[text].push(frequency.len() as u32));
                frequency.push(several as u32);
            }
        }
        drop(all);
        for ids in &mut shared.ids {
            ids.sort_unstable_by_key(|id| (frequency[*id as usize], *id));
        }
        shared.count = frequency.len();
        shared
    }
}

/// Sorts every bucket, on as many threads as there are.
fn sort_parts(all: &mut [(u64, u32)], starts: &[usize]) {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = all.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let (mut rest, mut bucket, mut done) = (all, 0, 0);
        while bucket + 1 < starts.len() {
            let first = bucket;
            while bucket + 1 < starts.len() && (bucket == first || starts[bucket] - done < share) {
                bucket += 1;
            }
            let (part, after) = std::mem::take(&mut rest).split_at_mut(starts[bucket] - done);
            let (from, ends) = (done, &starts[first + 1..=bucket]);
            scope.spawn(move || {
                let (mut part, mut at) = (part, from);
                for end in ends {
                    let (bucket, others) = part.split_at_mut(end - at);
                    bucket.sort_unstable();
                    (part, at) = (others, *end);
                }
            });
            (rest, done) = (after, starts[bucket]);
        }
    });
}

/// All pairs whose shingle sets have at least this Jaccard similarity, exactly, in order.
pub(crate) fn alike(words: &[&[u32]], least: f64) -> Vec<Overlap> {
    let Shared { ids, sizes, count } = Shared::new(words);
    let sorted: Vec<Vec<u32>> = ids
        .iter()
        .map(|ids| {
            let mut ids = ids.clone();
            ids.sort_unstable();
            ids
        })
        .collect();
    let mut postings: Vec<Vec<u32>> = vec![Vec::new(); count];
    let mut order: Vec<u32> = (0..words.len() as u32).collect();
    order.sort_by_key(|text| (sizes[*text as usize], *text));
    let mut out = Vec::new();
    let mut seen: Vec<u32> = vec![u32::MAX; words.len()];
    for &text in &order {
        let (ids, size) = (&ids[text as usize], sizes[text as usize]);
        let needed = (least * size as f64).ceil() as usize;
        // What no other text has is the rarest of all and stands in front.
        let alone = size - ids.len();
        let prefix = (size + 1).saturating_sub(needed.max(1)).min(size).saturating_sub(alone);
        for id in &ids[..prefix] {
            let list = &mut postings[*id as usize];
            for &other in list.iter() {
                let other_size = sizes[other as usize];
                if seen[other as usize] == text || (other_size as f64) < least * size as f64 {
                    continue;
                }
                seen[other as usize] = text;
                let (a, b) = (text.min(other), text.max(other));
                let shared = common(&sorted[a as usize], &sorted[b as usize]);
                let jaccard = shared as f64 / (size + other_size - shared) as f64;
                if jaccard >= least {
                    let of = |text: u32| shared as f64 / sizes[text as usize] as f64;
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

    #[test]
    fn buckets_are_sorted_whatever_their_sizes() {
        for starts in [vec![0, 0], vec![0, 5, 5, 5], vec![0, 1, 2, 1000, 1001], vec![0; 40]] {
            let n = starts.last().copied().unwrap_or(0);
            let mut all: Vec<(u64, u32)> = (0..n as u64).map(|i| (mix(i) % 64, i as u32)).collect();
            let mut expect = all.clone();
            for part in starts.windows(2) {
                expect[part[0]..part[1]].sort_unstable();
            }
            sort_parts(&mut all, &starts);
            assert_eq!(all, expect);
        }
    }
}
