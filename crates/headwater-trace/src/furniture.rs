//! Lines that belong to a site, not to a story: they stand on pages that have nothing else in common.
//!
//! A line seen on many pages of one outlet may be a subscription box, or a story fetched twelve times. So pages
//! are counted only when they are different pages: beyond the line, they share little. A line that stands on very
//! many different pages of whatever outlet (a disclaimer) is nobody's report either.

use crate::digest::{Digest, flag};
use crate::style::{hash, mix};
use rustc_hash::FxHashMap;

/// Two pages that share less than this of the shorter one's shingles, the line aside, are different pages
/// (share). Chosen on half of the Helsinki pages: versions of one story share a fifth or more.
const DIFFERENT: f64 = 0.15;
/// Different pages of one outlet that must carry a line (pages).
const PAGES_OF_OUTLET: usize = 3;
/// The same for a short line, or for one at the head or the foot of all of them (pages).
const PAGES_SHORT: usize = 2;
/// A line that is short (words): a box's heading, a notice.
const SHORT: u32 = 40;
/// Lines at either end of a page where the site's own stand (lines).
const EDGE: usize = 3;
/// Different pages of any outlets that must carry a line (pages).
const PAGES_ANYWHERE: usize = 12;
/// Pages looked at for one line (pages); bounds the work for a line that stands everywhere.
const LOOKED_AT: usize = 48;

/// Marks the words of such lines in every digest's own copy of its flags.
pub(crate) fn mark(digests: &[&Digest], shared: &[Vec<u32>], flags: &mut [Vec<u8>]) {
    let mut lines: Vec<(u64, u64, u32, u32)> = Vec::new();
    for (document, digest) in digests.iter().enumerate() {
        let outlet = digest.outlet.as_deref().map_or(0, |o| hash(o.as_bytes()));
        for (at, range) in Digest::ranges(&digest.paragraphs).enumerate() {
            let words = &digest.words[range.start as usize..range.end as usize];
            if !words.is_empty() {
                let line = words.iter().fold(1, |h: u64, w| mix(h ^ u64::from(*w)));
                lines.push((line, outlet, document as u32, at as u32));
            }
        }
    }
    lines.sort_unstable();
    let rank: Vec<u64> = digests.iter().map(|d| mix(d.rank.1 ^ hash(d.rank.0.as_bytes()))).collect();
    let mut memo: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    for group in lines.chunk_by(|x, y| x.0 == y.0) {
        let Some(&(_, _, document, at)) = group.first() else { continue };
        let digest = digests[document as usize];
        let words = digest.paragraphs[at as usize + 1] - digest.paragraphs[at as usize];
        let boxlike = digest.boxlike.get(at as usize).copied().unwrap_or(false)
            && different(group, &rank, digests, shared, words, &mut memo) >= PAGES_SHORT;
        let everywhere = boxlike
            || group.len() >= PAGES_ANYWHERE
                && different(group, &rank, digests, shared, words, &mut memo) >= PAGES_ANYWHERE;
        for of_outlet in group.chunk_by(|x, y| x.1 == y.1) {
            let known = of_outlet.first().is_some_and(|l| l.1 != 0);
            let edge = of_outlet.iter().all(|l| {
                let lines = digests[l.2 as usize].paragraphs.len() - 1;
                (l.3 as usize) < EDGE || l.3 as usize + EDGE >= lines
            });
            let needed = if words <= SHORT || edge { PAGES_SHORT } else { PAGES_OF_OUTLET };
            if everywhere
                || known
                    && of_outlet.len() >= needed
                    && different(of_outlet, &rank, digests, shared, words, &mut memo) >= needed
            {
                for &(_, _, document, at) in of_outlet {
                    let marks = &digests[document as usize].paragraphs;
                    for f in &mut flags[document as usize]
                        [marks[at as usize] as usize..marks[at as usize + 1] as usize]
                    {
                        *f |= flag::FURNITURE;
                    }
                }
            }
        }
    }
}

/// How many different pages carry the line, up to `PAGES_ANYWHERE`.
fn different(
    group: &[(u64, u64, u32, u32)],
    rank: &[u64],
    digests: &[&Digest],
    shared: &[Vec<u32>],
    line: u32,
    memo: &mut FxHashMap<(u32, u32), u32>,
) -> usize {
    let mut pages: Vec<u32> = group.iter().map(|l| l.2).collect();
    pages.dedup();
    // Which pages are looked at must not hang on their order.
    pages.sort_unstable_by_key(|d| (rank[*d as usize], *d));
    pages.truncate(LOOKED_AT);
    let mut kinds: Vec<u32> = Vec::new();
    for page in pages {
        let other = kinds.iter().all(|kind| {
            let (a, b) = (page.min(*kind), page.max(*kind));
            let common =
                *memo.entry((a, b)).or_insert_with(|| common(&shared[a as usize], &shared[b as usize]));
            let least =
                digests[a as usize].words.len().min(digests[b as usize].words.len()) as f64 - f64::from(line);
            let beyond = f64::from(common) - f64::from(line);
            least >= 20.0 && beyond < DIFFERENT * least
        });
        if other {
            kinds.push(page);
            if kinds.len() >= PAGES_ANYWHERE {
                break;
            }
        }
    }
    kinds.len()
}

fn common(x: &[u32], y: &[u32]) -> u32 {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while let (Some(a), Some(b)) = (x.get(i), y.get(j)) {
        i += usize::from(a <= b);
        j += usize::from(b <= a);
        n += u32::from(a == b);
    }
    n
}
