//! The tree of one family: who has the text from whom, which of them began, and whether an absent agency did.
//!
//! A minimum-cost arborescence. Costs are in words: what a child has and its parent has not was written anew; what it
//! lacks was left out, which is cheap at the end and dear in the middle, dearest where the parent alone differs from
//! all others: for nobody repairs what he does not know to be changed. When an agency that is not at hand is
//! credited, it stands beside the root as a parent that has what several members have in common.

use crate::align::{Aligner, Alignment};
use crate::digest::{Digest, flag};
use crate::evidence::{self, CITED, FORBIDDEN};
use crate::family::Pair;
use crate::graph::{Edge, arborescence};
use crate::shingle::Index;
use crate::supplier::Part;
use std::collections::BTreeMap;

/// A word that the child has and the parent has not (words). More than a beginning costs: texts grow less than they
/// are cut. These costs were chosen on the first hundred generated lineages.
const NEW: f64 = 1.5;
/// A word that the child lacks (words).
const DROPPED: f64 = 0.2;
/// A word that the child lacks and that only this parent, or it and one other, has: a singular reading (words).
const REPAIRED: f64 = 0.6;
/// A beginning of its own, beside its words (words).
const BEGINNING: f64 = 15.0;
/// A copy from the absent agency (words), and the same without a credit.
const ABSENT: f64 = -4.0;
const ABSENT_UNCREDITED: f64 = 4.0;
/// What one unit of evidence is worth (words).
const WORTH: f64 = 12.0;
/// Evidence counts up to this (log odds).
const MOST: f64 = 4.0;
/// Members up to which singular readings are looked for (members).
const READINGS: usize = 96;
/// Members up to which cycles are looked for (members); beyond, parents are earlier in the order of work.
const LARGEST: usize = 4096;

/// One family with its tree.
pub(crate) struct Tree {
    /// Positions in the order of work, sorted.
    pub(crate) members: Vec<u32>,
    /// Positions among the members; `None` for what begins here or comes from the absent agency.
    pub(crate) parents: Vec<Option<usize>>,
    /// The supplier that is credited.
    pub(crate) upstream: Option<String>,
    /// Whether the supplier's own article is a member.
    pub(crate) supplier_inside: bool,
}

/// What the work has at hand.
pub(crate) struct Bench<'a> {
    pub(crate) digests: &'a [&'a Digest],
    pub(crate) flags: &'a [Vec<u8>],
    pub(crate) index: &'a Index,
}

/// A pair in words: shared, and of either side all, singular, singular and shared, singular and lost in the middle.
#[derive(Clone, Copy, Debug, Default)]
struct Words {
    shared: u32,
    all: [u32; 2],
    lost: [u32; 2],
}

/// The tree of one family; `pairs` are those within it.
pub(crate) fn tree(bench: &Bench<'_>, aligner: &mut Aligner, members: &[u32], pairs: &[&Pair]) -> Tree {
    let digest = |m: usize| bench.digests[members[m] as usize];
    let credits =
        |m: usize, name: &str| digest(m).suppliers.iter().any(|s| s.part == Part::Whole && s.name == name);
    let mut credited: BTreeMap<&str, usize> = BTreeMap::new();
    for m in 0..members.len() {
        for supplier in digest(m).suppliers.iter().filter(|s| s.part == Part::Whole) {
            *credited.entry(&supplier.name).or_default() += 1;
        }
    }
    let inside = |name: &str| (0..members.len()).any(|m| digest(m).outlet_name == crate::cite::squeeze(name));
    let upstream = credited
        .iter()
        .max_by(|x, y| x.1.cmp(y.1).then(inside(y.0).cmp(&inside(x.0))).then(y.0.cmp(x.0)))
        .map(|(name, _)| (*name).to_string());
    let supplier_inside = upstream.as_deref().is_some_and(inside);
    // By date, then by the order of work, where nothing else tells.
    let mut by_date: Vec<usize> = (0..members.len()).collect();
    by_date.sort_by_key(|m| (digest(*m).when.map_or(i64::MAX, |w| w.earliest), *m));
    let mut order = vec![0u32; members.len()];
    for (n, m) in by_date.into_iter().enumerate() {
        order[m] = n as u32;
    }

    let (words, singular) = readings(bench, aligner, members, pairs);
    let place = |node: u32| members.binary_search(&node).ok();
    let root = members.len();
    let mut edges = Vec::new();
    // What speaks for any member as the parent, but for a link or a name, speaks for the absent agency as well.
    let mut best = vec![0.0f64; members.len()];
    for (pair, words) in pairs.iter().zip(&words) {
        let (Some(a), Some(b)) = (place(pair.a), place(pair.b)) else { continue };
        let score = evidence::sum(&pair.signs);
        for (from, to, side, score) in [(a, b, 0, score), (b, a, 1, -score)] {
            let new = words.all[1 - side].saturating_sub(words.shared);
            let dropped = words.all[side].saturating_sub(words.shared + words.lost[side]);
            let undeclared: f64 =
                pair.signs.iter().filter(|s| s.weight.abs() < CITED).map(|s| s.weight).sum();
            best[to] = best[to].max(if side == 0 { undeclared } else { -undeclared });
            let mut cost =
                NEW * f64::from(new) + DROPPED * f64::from(dropped) + REPAIRED * f64::from(words.lost[side]);
            cost -= WORTH * score.clamp(-MOST, MOST);
            if score <= -FORBIDDEN {
                cost += 1e6;
            }
            edges.push(Edge {
                from: from as u32,
                to: to as u32,
                cost: whole(cost) + i64::from(order[from] > order[to]),
            });
        }
    }
    edges.sort_by_key(|e| (order[e.from as usize], order[e.to as usize]));
    for m in 0..members.len() {
        let length = bench.flags[members[m] as usize].iter().filter(|f| **f & flag::SITE == 0).count();
        let mut cost = length as f64 + BEGINNING;
        if let (Some(name), false) = (upstream.as_deref(), supplier_inside) {
            let base = if credits(m, name) { ABSENT } else { ABSENT_UNCREDITED };
            cost = cost.min(base + NEW * f64::from(singular[m]) - WORTH * best[m].min(MOST));
        }
        edges.push(Edge { from: root as u32, to: m as u32, cost: whole(cost) });
    }
    if members.len() > LARGEST {
        edges.retain(|e| e.from as usize == root || order[e.from as usize] < order[e.to as usize]);
    }
    let mut parents = arborescence(root + 1, root, &edges);
    parents.truncate(root);
    let parents = parents.into_iter().map(|p| p.map(|p| p as usize).filter(|p| *p != root)).collect();
    Tree { members: members.to_vec(), parents, upstream, supplier_inside }
}

/// Costs in sixteenths, with room for ties.
fn whole(cost: f64) -> i64 {
    (cost * 16.0).round() as i64 * 16
}

/// Aligns the pairs once more, to see which words each member has to itself or with one other only.
fn readings(
    bench: &Bench<'_>,
    aligner: &mut Aligner,
    members: &[u32],
    pairs: &[&Pair],
) -> (Vec<Words>, Vec<u32>) {
    let plain = |pair: &&Pair| Words {
        shared: pair.shared.words,
        all: [pair.shared.words_a, pair.shared.words_b],
        lost: [0, 0],
    };
    if members.len() > READINGS || members.len() < 2 {
        return (pairs.iter().map(plain).collect(), vec![0; members.len()]);
    }
    let place = |node: u32| members.binary_search(&node).ok();
    let mut held: Vec<Vec<u8>> = members.iter().map(|m| vec![0; bench.flags[*m as usize].len()]).collect();
    let spelling: Vec<Vec<u32>> = members.iter().map(|m| bench.digests[*m as usize].spelling()).collect();
    let mut alignments: Vec<Alignment> = Vec::with_capacity(pairs.len());
    for pair in pairs {
        let (x, y) = (pair.a as usize, pair.b as usize);
        aligner.load(x, &bench.index.ids[x]);
        let alignment = aligner.align(&bench.digests[x].words, &bench.digests[y].words, &bench.index.ids[y]);
        if let (Some(a), Some(b)) = (place(pair.a), place(pair.b)) {
            for run in &alignment.runs {
                for k in 0..run.len {
                    let (i, j) = ((run.a + k) as usize, (run.b + k) as usize);
                    if spelling[a][i] != spelling[b][j] {
                        continue;
                    }
                    held[a][i] = held[a][i].saturating_add(1);
                    held[b][j] = held[b][j].saturating_add(1);
                }
            }
        }
        alignments.push(alignment);
    }
    // In a family of three, what two have is common, for the third may have dropped it; in a larger one, what three have.
    let common = if members.len() <= 3 { 1 } else { 2 };
    let counts =
        |m: usize, i: usize| bench.flags[members[m] as usize][i] & flag::SITE == 0 && held[m][i] < common;
    let singular: Vec<u32> =
        (0..members.len()).map(|m| (0..held[m].len()).filter(|i| counts(m, *i)).count() as u32).collect();
    let words = pairs
        .iter()
        .zip(&alignments)
        .map(|(pair, alignment)| {
            let mut words = plain(pair);
            let (Some(a), Some(b)) = (place(pair.a), place(pair.b)) else { return words };
            let respelt = alignment
                .runs
                .iter()
                .flat_map(|r| (0..r.len).map(move |k| ((r.a + k) as usize, (r.b + k) as usize)));
            let respelt = respelt.filter(|(i, j)| spelling[a][*i] != spelling[b][*j]).count() as u32;
            words.shared = words.shared.saturating_sub(respelt);
            for (side, m) in [(0, a), (1, b)] {
                let range = |run: &crate::align::Run| {
                    if side == 0 { run.a..run.a + run.len } else { run.b..run.b + run.len }
                };
                let end = alignment.runs.iter().map(|r| range(r).end).max().unwrap_or(0) as usize;
                let before = (0..end).filter(|i| counts(m, *i)).count() as u32;
                let kept =
                    alignment.runs.iter().flat_map(range).filter(|i| counts(m, *i as usize)).count() as u32;
                words.lost[side] = before.saturating_sub(kept);
            }
            words
        })
        .collect();
    (words, singular)
}
