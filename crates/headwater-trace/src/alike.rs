//! All pairs of texts that share at least so much of their shingles: exact, every pair counted out.
//!
//! A prefix filter (Bayardo, Ma and Srikant, *Scaling up all pairs similarity search*, 2007): with the rarest first, two
//! texts that are this alike share one of their first few shingles. How rare each is need not be known exactly, as long
//! as all texts agree on the order: `rarity` says it. What is alone in its counter is in one text only, and most texts
//! of a day have too much of that to be like another.
//!
//! Nothing is looked up in a table of all shingles, and nothing is kept of a text but its sizes and its prefix: every
//! step writes streams, by part of the range of hashes or by block of texts, and then works on one stream at a time,
//! which fits into a cache. So a shingle costs about the same among a million articles as among a thousand.

use crate::overlap::{Hashes, Overlap, counted_out, pair};
use crate::rarity::{BITS, Parts, Rarity, rest};
use crate::shingle::{count, for_shingles};
use crate::threads::{each, threads, turned};

/// Pieces of work for each thread (pieces): enough that none waits long for the last.
const PIECES: usize = 4;
/// Texts whose proposals are sorted and counted out together (texts).
const BLOCK: usize = 4_096;
/// Proposals of one block that a thread holds before those told twice are thrown out (proposals): half a megabyte.
/// Texts that are alike meet in dozens of their shingles, and among thousands that are alike nothing else bounds that.
const HELD: usize = 1 << 16;
/// What may be lost in rounding (shingles).
const HAIR: f64 = 0.001;

/// All pairs whose shingle sets have at least this Jaccard similarity, exactly, in order.
pub(crate) fn alike(words: &[&[u32]], least: f64) -> Vec<Overlap> {
    let parts = Parts::new(words);
    let chunk = words.len().div_ceil(threads() * PIECES).max(1);
    let chunks: Vec<&[&[u32]]> = words.chunks(chunk).collect();
    let rarity = Rarity::new(&chunks, parts);
    let work = chunks.into_iter().zip(rarity).enumerate().collect();
    let digested =
        each(work, |(n, (texts, rarity))| Digests::new(texts, (n * chunk) as u32, rarity, parts, least));
    let (mut sizes, mut prefixes) = (Vec::with_capacity(words.len()), Vec::new());
    for digests in digested {
        sizes.extend(digests.sizes);
        prefixes.push(digests.prefixes);
    }
    let blocks = proposed(turned(prefixes), &sizes, least);
    each(blocks, |pairs| counted_out(words, &pairs, |text| sizes[text as usize].all, least)).concat()
}

/// How many different shingles a text has, and how many of them another may have too; none where it can meet nothing.
#[derive(Clone, Copy, Default)]
struct Size {
    all: u32,
    shared: u32,
}

impl Size {
    /// Whether two texts of these sizes can be so much alike.
    fn may_be_like(self, other: Size, least: f64) -> bool {
        let (smaller, greater) = (self.all.min(other.all), self.all.max(other.all));
        if f64::from(smaller) < least * f64::from(greater) {
            return false;
        }
        // Of so many in both together this many must be shared.
        let needed = least / (1.0 + least) * (f64::from(smaller) + f64::from(greater)) - HAIR;
        f64::from(self.shared.min(other.shared)) >= needed
    }
}

/// A shingle in the prefix of a text, in 64 bits: what tells it from others of its part, the text, and whether the text
/// meets greater ones by it. Of two that are alike the smaller one shares the more of its own: its prefix is the shorter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct First(u64);

impl First {
    fn new(rest: u32, text: u32, meets_greater: bool) -> Self {
        First(u64::from(rest) << 32 | u64::from(text) << 1 | u64::from(meets_greater))
    }

    fn rest(self) -> u32 {
        (self.0 >> 32) as u32
    }

    fn text(self) -> u32 {
        self.0 as u32 >> 1
    }

    fn meets_greater(self) -> bool {
        self.0 & 1 == 1
    }
}

/// What some texts, one after the other, can meet others by.
struct Digests {
    sizes: Vec<Size>,
    /// By part of the range of hashes.
    prefixes: Vec<Vec<First>>,
}

impl Digests {
    fn new(texts: &[&[u32]], first: u32, mut rarity: Rarity, parts: Parts, least: f64) -> Self {
        // Half of a text's shingles are in its prefix at .5 when others have them all; of most texts none is.
        let room = texts.iter().map(|text| count(text)).sum::<usize>() / 4;
        let mut out = Digests { sizes: Vec::with_capacity(texts.len()), prefixes: parts.streams(room) };
        let mut found: Vec<(u8, u64)> = Vec::new();
        let mut order: Vec<u64> = Vec::new();
        let mut different = Hashes::default();
        for (text, words) in (first..).zip(texts) {
            // Each is written down, and stays when it counts: nothing is guessed ahead, so that one wait for memory
            // overlaps the next.
            found.resize(found.len().max(count(words)), (0, 0));
            let mut others = 0;
            for_shingles(words, |hash| {
                let times = rarity.next(hash);
                found[others] = (times, hash);
                others += usize::from(times > 1);
            });
            let alone = count(words) - others;
            // What no other text has is the rarest of all and stands in front.
            let length = |size: usize, share: f64| {
                let needed = ((share * size as f64 - HAIR).ceil() as usize).max(1);
                (size + 1).saturating_sub(needed).min(size).saturating_sub(alone)
            };
            if length(count(words), least) == 0 {
                out.sizes.push(Size::default());
                continue;
            }
            different.empty(others);
            order.clear();
            for (times, hash) in &found[..others] {
                if different.insert(*hash) {
                    order.push(u64::from(*times) << BITS | hash & ((1 << BITS) - 1));
                }
            }
            let size = alone + order.len();
            out.sizes.push(Size { all: size as u32, shared: order.len() as u32 });
            let longer = cut(&mut order, length(size, least));
            let shorter = cut(longer, length(size, 2.0 * least / (1.0 + least))).len();
            for (at, hash) in longer.iter().enumerate() {
                out.prefixes[parts.of(*hash)].push(First::new(rest(*hash), text, at < shorter));
            }
        }
        out
    }
}

/// The least so many, moved to the front.
fn cut(list: &mut [u64], length: usize) -> &mut [u64] {
    if length < list.len() {
        list.select_nth_unstable(length);
    }
    let length = length.min(list.len());
    &mut list[..length]
}

/// Pairs of texts that meet in their prefixes, by block of the first text, each once and in order.
fn proposed(prefixes: Vec<Vec<Vec<First>>>, sizes: &[Size], least: f64) -> Vec<Vec<u64>> {
    let share = prefixes.len().div_ceil(threads()).max(1);
    let mut prefixes = prefixes.into_iter();
    let work = (0..threads()).map(|_| prefixes.by_ref().take(share).collect()).collect();
    let blocks = each(work, |parts: Vec<Vec<Vec<First>>>| {
        let mut blocks: Vec<Proposals> = Vec::new();
        blocks.resize_with(sizes.len().div_ceil(BLOCK), Proposals::default);
        for part in parts {
            let mut part = part.concat();
            part.sort_unstable();
            for group in part.chunk_by(|x, y| x.rest() == y.rest()) {
                propose(group, &mut blocks);
            }
        }
        blocks
    });
    each(turned(blocks), |shares| {
        let mut pairs: Vec<u64> = Vec::with_capacity(shares.iter().map(|share| share.pairs.len()).sum());
        shares.into_iter().for_each(|share| pairs.extend(share.pairs));
        pairs.sort_unstable();
        pairs.dedup();
        pairs.retain(|pair| {
            let [a, b] = [pair >> 32, *pair & u64::from(u32::MAX)].map(|text| sizes[text as usize]);
            a.may_be_like(b, least)
        });
        pairs
    })
}

/// Proposes the pairs of texts that meet in one shingle. Which of two is the smaller is not asked for here: that would
/// be a look into the memory for every pair of every shingle, and few are proposed in vain.
fn propose(group: &[First], blocks: &mut [Proposals]) {
    for (at, x) in group.iter().enumerate() {
        for y in &group[at + 1..] {
            if (x.meets_greater() || y.meets_greater()) && x.text() != y.text() {
                blocks[x.text() as usize / BLOCK].push(pair(x.text(), y.text()));
            }
        }
    }
}

/// Proposals of one block of texts.
struct Proposals {
    pairs: Vec<u64>,
    most: usize,
}

impl Default for Proposals {
    fn default() -> Self {
        Proposals { pairs: Vec::new(), most: HELD }
    }
}

impl Proposals {
    fn push(&mut self, pair: u64) {
        if self.pairs.len() == self.most {
            self.pairs.sort_unstable();
            self.pairs.dedup();
            self.most = HELD.max(2 * self.pairs.len());
        }
        self.pairs.push(pair);
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::shingle::shingles;
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
        // A text that repeats itself, and one that is too short, among the others.
        let mut texts = generated(300);
        texts.push((0..200).map(|n| n % 9).collect());
        texts.push((0..90).map(|n| n % 9).collect());
        texts.push(vec![1, 2, 3]);
        let sets: Vec<BTreeSet<u64>> = texts.iter().map(|t| shingles(t).into_iter().collect()).collect();
        let words: Vec<&[u32]> = texts.iter().map(Vec::as_slice).collect();
        for least in [0.1, 0.5, 0.8, 1.0] {
            let mut expect = Vec::new();
            for a in 0..sets.len() {
                for b in a + 1..sets.len() {
                    let shared = sets[a].intersection(&sets[b]).count() as f64;
                    let [x, y] = [a, b].map(|text| sets[text].len() as f64);
                    let jaccard = shared / (x + y - shared);
                    if jaccard >= least {
                        let (a, b) = (a as u32, b as u32);
                        expect.push(Overlap { a, b, jaccard, of_a: shared / x, of_b: shared / y });
                    }
                }
            }
            assert!(expect.len() > if least > 0.5 { 0 } else { 100 }, "the test needs pairs at {least}");
            assert_eq!(alike(&words, least), expect);
        }
    }

    #[test]
    fn a_text_carried_by_hundreds_gives_all_their_pairs() {
        let text: Vec<u32> = (0..50).collect();
        let texts: Vec<Vec<u32>> =
            (0..500u32).map(|i| text.iter().copied().chain([1000 + i]).collect()).collect();
        let words: Vec<&[u32]> = texts.iter().map(Vec::as_slice).collect();
        assert_eq!(alike(&words, 0.5).len(), 500 * 499 / 2);
    }
}
