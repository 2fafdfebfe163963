//! Which members of a family have which words: the readings of a tradition.
//!
//! Words that are aligned and spelt alike are one reading, however many members have it. What one edit did to a
//! text is told in runs: a run that only one side has was written or left out at one go.

use crate::align::{Aligner, Alignment};
use crate::digest::flag;
use crate::family::Pair;
use crate::tree::Bench;
use std::collections::BTreeMap;

/// Members up to which readings are told apart (members); their sets are masks of 128 bits.
pub(crate) const READINGS: usize = 96;

/// What it takes to make one text out of another, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Edits {
    /// Words that the second has and the first has not, in runs of some words, and these runs.
    pub(crate) new: u32,
    pub(crate) new_runs: u32,
    /// The same in runs of a word or two: a figure, a name.
    pub(crate) new_small: u32,
    /// Words that the second lacks, but for its end; runs; single words.
    pub(crate) dropped: u32,
    pub(crate) dropped_runs: u32,
    pub(crate) dropped_small: u32,
    /// Words that the first goes on with where the second ends.
    pub(crate) tail: u32,
    /// Words that are the same and spelt otherwise.
    pub(crate) respelt: u32,
}

/// Words of a run from which on it is an edit of its own and no touch (words).
const RUN: u32 = 4;

/// The readings of a family.
pub(crate) struct Readings {
    /// For each of the given pairs: what it takes from the first to the second, and back.
    pub(crate) edits: Vec<[Edits; 2]>,
    /// What it takes from what most have in common to each member; none when readings are not told apart.
    pub(crate) from_common: Vec<Edits>,
    /// The part of that which no other member has.
    pub(crate) alone: Vec<Edits>,
    /// Words that two or more members have.
    pub(crate) groups: Vec<Group>,
    /// Members that end at one word behind which others go on (masks of two members or more).
    pub(crate) ends: Vec<u128>,
}

/// Words that the same members have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Group {
    /// Those that have them (a mask).
    pub(crate) holders: u128,
    /// Those that end before them (a mask).
    pub(crate) ended: u128,
    /// How many words, in how many runs.
    pub(crate) words: u32,
    pub(crate) runs: u32,
}

/// One member of a family against one text of reference.
struct Side<'a> {
    flags: &'a [u8],
    hit: Vec<bool>,
}

/// Finds the readings of a family; `pairs` are those within it.
pub(crate) fn readings(
    bench: &Bench<'_>,
    aligner: &mut Aligner,
    members: &[u32],
    pairs: &[&Pair],
) -> Readings {
    if members.len() > READINGS || members.len() < 2 {
        return Readings {
            edits: pairs.iter().map(|p| plain(p)).collect(),
            from_common: Vec::new(),
            alone: Vec::new(),
            groups: Vec::new(),
            ends: Vec::new(),
        };
    }
    let place = |node: u32| members.binary_search(&node).ok();
    let spelling: Vec<Vec<u32>> = members.iter().map(|m| bench.digests[*m as usize].spelling()).collect();
    let mut starts = vec![0u32];
    for words in &spelling {
        starts.push(starts.last().copied().unwrap_or(0) + words.len() as u32);
    }
    let total = starts.last().copied().unwrap_or(0);
    let mut same: Vec<u32> = (0..total).collect();
    // Words behind which some members have ended.
    let mut ends: Vec<(u32, usize)> = Vec::new();
    let mut edits = Vec::with_capacity(pairs.len());
    for pair in pairs {
        let (x, y) = (pair.a as usize, pair.b as usize);
        aligner.load(x, &bench.index.ids[x]);
        let alignment = aligner.align(&bench.digests[x].words, &bench.digests[y].words, &bench.index.ids[y]);
        let (Some(a), Some(b)) = (place(pair.a), place(pair.b)) else {
            edits.push(plain(pair));
            continue;
        };
        let mut respelt = 0;
        for (i, j) in hits(&alignment) {
            if spelling[a][i] == spelling[b][j] {
                let (p, q) = (root(&mut same, starts[a] + i as u32), root(&mut same, starts[b] + j as u32));
                same[p.max(q) as usize] = p.min(q);
            } else if (bench.flags[x][i] | bench.flags[y][j]) & flag::SITE == 0 {
                respelt += 1;
            }
        }
        let side = |node: usize, second: bool| {
            let mut hit = vec![false; bench.flags[node].len()];
            for (i, j) in hits(&alignment) {
                hit[if second { j } else { i }] = true;
            }
            Side { flags: &bench.flags[node], hit }
        };
        let (sa, sb) = (side(x, false), side(y, true));
        let after = |side: &Side<'_>| side.hit.iter().rposition(|h| *h).map_or(0, |p| p + 1) as u32;
        ends.extend((starts[a] + after(&sa)..starts[a + 1]).map(|word| (word, b)));
        ends.extend((starts[b] + after(&sb)..starts[b + 1]).map(|word| (word, a)));
        edits.push([between(&sa, &sb, respelt), between(&sb, &sa, respelt)]);
    }
    let mut holders: Vec<u128> = vec![0; total as usize];
    for (m, start) in starts.windows(2).enumerate() {
        for word in start[0]..start[1] {
            if bench.flags[members[m] as usize][(word - start[0]) as usize] & flag::SITE == 0 {
                let root = root(&mut same, word);
                holders[root as usize] |= 1 << m;
            }
        }
    }
    let mut ended: Vec<u128> = vec![0; total as usize];
    for (word, member) in ends {
        ended[root(&mut same, word) as usize] |= 1 << member;
    }
    let roots: Vec<u32> = (0..total).map(|word| root(&mut same, word)).collect();
    let groups = groups(&starts, &roots, &holders, &ended);
    let ends = common_ends(&starts, &roots, &holders);
    let mask_of = |m: usize, i: usize, same: &mut Vec<u32>| {
        let root = root(same, starts[m] + i as u32);
        holders[root as usize]
    };
    // What is common: the words of two others, in the member that has most of them.
    let masks: Vec<Vec<u128>> = (0..members.len())
        .map(|m| (0..spelling[m].len()).map(|i| mask_of(m, i, &mut same)).collect())
        .collect();
    let (from_common, alone) = (0..members.len())
        .map(|m| {
            let others = |mask: u128| (mask & !(1u128 << m)).count_ones();
            let (mut fullest, mut most) = (None, 0);
            for (n, masks) in masks.iter().enumerate().filter(|(n, _)| *n != m) {
                let words = masks.iter().filter(|mask| others(**mask) >= 2).count();
                if words > most {
                    (fullest, most) = (Some(n), words);
                }
            }
            let own = bench.flags[members[m] as usize].as_slice();
            let has = masks[m].iter().map(|mask| others(*mask) >= 1).collect();
            let mine = Side { flags: own, hit: has };
            let empty = Side { flags: &[], hit: Vec::new() };
            let gained = between(&empty, &mine, 0);
            let Some(n) = fullest else { return (gained, gained) };
            // Of the fullest, only what a second other has is common.
            let flags: Vec<u8> = masks[n]
                .iter()
                .zip(&bench.flags[members[n] as usize])
                .map(|(mask, f)| if others(*mask) >= 2 { *f } else { flag::LABEL })
                .collect();
            let hit = masks[n].iter().map(|mask| mask & (1 << m) != 0).collect();
            let lost = between(&Side { flags: &flags, hit }, &empty, 0);
            let common =
                Edits { new: gained.new, new_runs: gained.new_runs, new_small: gained.new_small, ..lost };
            (common, gained)
        })
        .unzip();
    Readings { edits, from_common, alone, groups, ends }
}

/// Words that the same members have, gathered; their runs are counted in the first of these members.
fn groups(starts: &[u32], roots: &[u32], holders: &[u128], ended: &[u128]) -> Vec<Group> {
    let mut groups: BTreeMap<(u128, u128), (u32, u32)> = BTreeMap::new();
    for (m, start) in starts.windows(2).enumerate() {
        let mut before = None;
        for root in &roots[start[0] as usize..start[1] as usize] {
            let mask = holders[*root as usize];
            let key = (mask, ended[*root as usize] & !mask);
            if mask.count_ones() > 1 && mask.trailing_zeros() as usize == m {
                let (words, runs) = groups.entry(key).or_default();
                *words += 1;
                *runs += u32::from(before != Some(key));
            }
            if mask != 0 {
                before = Some(key);
            }
        }
    }
    groups
        .into_iter()
        .map(|((holders, ended), (words, runs))| Group { holders, ended, words, runs })
        .collect()
}

/// Members whose last words in common with others are the same, while somebody goes on behind these.
fn common_ends(starts: &[u32], roots: &[u32], holders: &[u128]) -> Vec<u128> {
    let mut last: BTreeMap<u32, u128> = BTreeMap::new();
    for (m, start) in starts.windows(2).enumerate() {
        let own = &roots[start[0] as usize..start[1] as usize];
        if let Some(end) = own.iter().rev().find(|root| holders[**root as usize].count_ones() > 1) {
            *last.entry(*end).or_default() |= 1 << m;
        }
    }
    last.into_iter()
        .filter(|(end, members)| members.count_ones() > 1 && holders[*end as usize] & !members != 0)
        .map(|(_, members)| members)
        .collect()
}

fn hits(alignment: &Alignment) -> impl Iterator<Item = (usize, usize)> + '_ {
    alignment.runs.iter().flat_map(|r| (0..r.len).map(move |k| ((r.a + k) as usize, (r.b + k) as usize)))
}

fn root(same: &mut [u32], of: u32) -> u32 {
    let mut at = of;
    while same[at as usize] != at {
        same[at as usize] = same[same[at as usize] as usize];
        at = same[at as usize];
    }
    at
}

/// Counts the runs that only one side has.
fn between(from: &Side<'_>, to: &Side<'_>, respelt: u32) -> Edits {
    let mut out = Edits { respelt, ..Edits::default() };
    let mut run = 0;
    let close = |run: &mut u32, words: &mut u32, runs: &mut u32, small: &mut u32| {
        if *run >= RUN {
            *words += *run;
            *runs += 1;
        } else {
            *small += *run;
        }
        *run = 0;
    };
    let own = |side: &Side<'_>| -> Vec<bool> {
        side.flags.iter().zip(&side.hit).filter(|(f, _)| **f & flag::SITE == 0).map(|(_, h)| *h).collect()
    };
    for hit in own(to) {
        if hit {
            close(&mut run, &mut out.new, &mut out.new_runs, &mut out.new_small);
        } else {
            run += 1;
        }
    }
    close(&mut run, &mut out.new, &mut out.new_runs, &mut out.new_small);
    for hit in own(from) {
        if hit {
            close(&mut run, &mut out.dropped, &mut out.dropped_runs, &mut out.dropped_small);
        } else {
            run += 1;
        }
    }
    if run < RUN {
        out.dropped_small += run;
    } else {
        out.tail = run;
    }
    out
}

/// The same from the counts of a pair, for families too large to be looked at word by word.
fn plain(pair: &Pair) -> [Edits; 2] {
    let s = &pair.shared;
    let (a, b) = (s.words_a.saturating_sub(s.words), s.words_b.saturating_sub(s.words));
    let edits = |new: u32, tail: u32| Edits { new, new_runs: u32::from(new > 0), tail, ..Edits::default() };
    [edits(b, a), edits(a, b)]
}
