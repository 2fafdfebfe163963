//! The tree of one family: who has the text from whom, which of them began, and whether an absent agency did.
//!
//! A minimum-cost arborescence, then moves that make it cheaper. Costs are those of the edits that make a child out of
//! its parent: what is written anew is dear, what is left out cheaper, and cheapest at the end. To these comes what
//! an arborescence cannot see: words that two branches would have to come by independently, for nobody repairs
//! what he does not know to be changed. When an agency that is not at hand is credited, it stands beside the root as
//! a parent that has what several members have in common.

use crate::cite::same_house;
use crate::digest::{Digest, flag};
use crate::evidence::{self, CITED, FORBIDDEN};
use crate::family::Pair;
use crate::graph::{Edge, arborescence};
use crate::judge::is_revision;
use crate::readings::{Edits, Readings};
use crate::shingle::Index;
use crate::supplier::{Part, Supplier};
use std::collections::BTreeMap;

/// Costs of edits, in words written anew. Chosen by random search on generated lineages 0–99 and 1000–1249, the
/// credits and the lone branch with bounds on the reports of an absent agency.
#[derive(Clone, Copy, Debug)]
struct Costs {
    /// A word that the child has and the parent has not, and a run of such words.
    new: f64,
    new_run: f64,
    /// A word that the child lacks, and a run of them.
    dropped: f64,
    dropped_run: f64,
    /// A word or two that were put in, taken out or replaced (each word).
    touched: f64,
    /// The end cut off, however much of it.
    cut: f64,
    /// A word in another spelling, after the first.
    respelt: f64,
    /// A text that has another desk's spelling.
    restyled: f64,
    /// A word that two branches come by independently, and a run of them.
    regained: f64,
    regained_run: f64,
    /// A word that one branch of the absent agency's text lacks, one that only one branch has, and runs of them.
    agency_lost: f64,
    agency_new: f64,
    agency_lost_run: f64,
    agency_new_run: f64,
    /// Two branches that end at one place where others go on.
    same_end: f64,
    /// An absent agency of which only one report has the text.
    lone: f64,
    /// A credit that the parent has at another place, that it has not, and that it has at the same place.
    credit_moved: f64,
    credit_gained: f64,
    credit_kept: f64,
    /// A beginning of its own, beside its words.
    beginning: f64,
    /// A copy from the absent agency, and the same without a credit.
    absent: f64,
    absent_uncredited: f64,
    /// The same for a report that is merged from two texts.
    absent_merged: f64,
    /// A copy of a copy: what began is copied more often than what was copied.
    chain: f64,
    /// Saved when child and parent are versions of one article by one outlet: they are folded into one branch.
    revision: f64,
    /// What one unit of evidence is worth.
    worth: f64,
}

const COSTS: Costs = Costs {
    new: 1.2,
    new_run: 4.0,
    dropped: 0.3,
    dropped_run: 8.0,
    touched: 1.0,
    cut: 8.0,
    respelt: 1.0,
    restyled: 8.0,
    regained: 0.3,
    regained_run: 17.0,
    agency_lost: 0.8,
    agency_new: 0.2,
    agency_lost_run: 2.0,
    agency_new_run: 2.0,
    same_end: 20.0,
    lone: 20.0,
    credit_moved: 40.0,
    credit_gained: 80.0,
    credit_kept: -4.0,
    beginning: 13.0,
    absent: -3.0,
    absent_uncredited: 6.0,
    absent_merged: 100.0,
    chain: 1.7,
    revision: 20.0,
    worth: 7.0,
};

/// Evidence counts up to this (log odds).
const MOST: f64 = 4.0;
/// Added to an edge that evidence forbids (words).
const NEVER: f64 = 1e6;
/// Members up to which cheaper trees are looked for (members), rounds of that (rounds), and groups of words that are
/// looked at, the largest first (groups): some ten million steps at the most for a family.
const IMPROVED: usize = 32;
const ROUNDS: usize = 4;
const LOOKED_AT: usize = 512;
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

impl Costs {
    fn of(&self, e: &Edits) -> f64 {
        let n = |count: u32| f64::from(count);
        let mut cost = self.new * n(e.new) + self.new_run * n(e.new_runs);
        cost += self.dropped * n(e.dropped) + self.dropped_run * n(e.dropped_runs);
        cost += self.touched * n(e.new_small + e.dropped_small);
        if e.tail > 0 {
            cost += self.cut;
        }
        if e.respelt > 0 {
            cost += self.restyled + self.respelt * n(e.respelt - 1);
        }
        cost
    }
}

/// Those that an article has its whole text from, as it says.
fn whole_suppliers(of: &Digest) -> impl Iterator<Item = &Supplier> {
    of.suppliers.iter().filter(|s| s.part == Part::Whole)
}

impl Costs {
    /// What the child's credits say against the parent.
    fn credit(&self, parent: &Digest, child: &Digest) -> f64 {
        let mut cost = 0.0;
        for credit in whole_suppliers(child) {
            let own = |d: &Digest| d.outlet.as_deref().is_some_and(|o| same_house(&credit.name, o));
            if own(parent) || own(child) {
                continue;
            }
            cost += match whole_suppliers(parent).find(|s| same_house(&s.name, &credit.name)) {
                Some(s) if s.place == credit.place => self.credit_kept,
                Some(_) => self.credit_moved,
                None => self.credit_gained,
            };
        }
        cost
    }
}

/// The tree of one family; `pairs` are those within it, `found` what they read, `merged`
/// the articles that are made of two texts.
pub(crate) fn tree(
    bench: &Bench<'_>,
    found: &Readings,
    members: &[u32],
    pairs: &[&Pair],
    merged: &[u32],
) -> Tree {
    let costs = COSTS;
    let digest = |m: usize| bench.digests[members[m] as usize];
    let credits = |m: usize, name: &str| {
        digest(m).suppliers.iter().any(|s| s.part == Part::Whole && same_house(&s.name, name))
    };
    let mut credited: BTreeMap<&str, usize> = BTreeMap::new();
    for m in 0..members.len() {
        for supplier in digest(m).suppliers.iter().filter(|s| s.part == Part::Whole) {
            *credited.entry(&supplier.name).or_default() += 1;
        }
    }
    let of = |m: usize, name: &str| digest(m).outlet.as_deref().is_some_and(|o| same_house(name, o));
    let inside = |name: &str| (0..members.len()).any(|m| of(m, name));
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

    let place = |node: u32| members.binary_search(&node).ok();
    let root = members.len();
    let mut edges = Vec::new();
    // What speaks for any member as the parent, but for a link or a name, speaks for the absent agency as well.
    let mut best = vec![0.0f64; members.len()];
    for (pair, edits) in pairs.iter().zip(&found.edits) {
        let (Some(a), Some(b)) = (place(pair.a), place(pair.b)) else { continue };
        let score = evidence::sum(&pair.signs);
        let undeclared: f64 = pair.signs.iter().filter(|s| s.weight.abs() < CITED).map(|s| s.weight).sum();
        for (from, to, side, sign) in [(a, b, 0, 1.0), (b, a, 1, -1.0)] {
            best[to] = best[to].max(sign * undeclared);
            let mut cost = costs.of(&edits[side]) - costs.worth * (sign * score).clamp(-MOST, MOST);
            if is_revision(&pair.shared, digest(a), digest(b)) {
                cost -= costs.revision;
            }
            cost += costs.credit(digest(from), digest(to));
            if sign * score <= -FORBIDDEN {
                cost += NEVER;
            }
            let tie = i64::from(order[from] > order[to]);
            edges.push(Edge { from: from as u32, to: to as u32, cost: whole(cost) + tie });
        }
    }
    edges.sort_by_key(|e| (order[e.from as usize], order[e.to as usize]));
    let mut absent = vec![false; members.len()];
    let mut outside = vec![0i64; members.len()];
    for m in 0..members.len() {
        let length = bench.flags[members[m] as usize].iter().filter(|f| **f & flag::SITE == 0).count();
        let mut cost = length as f64 + costs.beginning;
        if let (Some(name), false) = (upstream.as_deref(), supplier_inside) {
            let base = if credits(m, name) { costs.absent } else { costs.absent_uncredited };
            let base = base + if merged.contains(&members[m]) { costs.absent_merged } else { 0.0 };
            let edits = found.from_common.get(m).map_or(0.0, |e| costs.of(e));
            let alone = found.alone.get(m).map_or(0.0, |e| costs.of(e));
            let from_outside = base + edits - costs.worth * best[m].min(MOST);
            absent[m] = from_outside < cost;
            outside[m] = whole(from_outside - edits + alone);
            cost = cost.min(from_outside);
        }
        edges.push(Edge { from: root as u32, to: m as u32, cost: whole(cost) });
    }
    if members.len() > LARGEST {
        edges.retain(|e| e.from as usize == root || order[e.from as usize] < order[e.to as usize]);
    }
    let mut parents = arborescence(root + 1, root, &edges);
    parents.truncate(root);
    let mut parents: Vec<Option<usize>> =
        parents.into_iter().map(|p| p.map(|p| p as usize).filter(|p| *p != root)).collect();
    if members.len() > 1 && members.len() <= IMPROVED {
        improve(&costs, found, &edges, &Outside { absent: &absent, costs: &outside }, &mut parents);
    }
    Tree { members: members.to_vec(), parents, upstream, supplier_inside }
}

/// Sixteenths of a word, with room for ties.
const UNIT: f64 = 16.0 * 16.0;

/// Costs in sixteenths, with room for ties.
fn whole(cost: f64) -> i64 {
    (cost * 16.0).round() as i64 * 16
}

/// Which members would have the text from the absent agency if they have it from nobody here, and what that costs
/// beside the words that other branches have as well.
struct Outside<'a> {
    absent: &'a [bool],
    costs: &'a [i64],
}

/// Moves reports under other parents while that makes the whole cheaper.
fn improve(
    costs: &Costs,
    found: &Readings,
    edges: &[Edge],
    outside: &Outside<'_>,
    parents: &mut [Option<usize>],
) {
    let n = parents.len();
    let absent = outside.absent;
    // Costs by child and parent; the last column is a beginning or the absent agency.
    let mut table = vec![vec![i64::MAX; n + 1]; n];
    for edge in edges {
        let kept = &mut table[edge.to as usize][edge.from as usize];
        *kept = (*kept).min(edge.cost);
    }
    for child in (0..n).filter(|c| absent[*c]) {
        table[child][n] = outside.costs[child];
    }
    let chain = (costs.chain * UNIT) as i64;
    let [regained, agency_lost, agency_new] =
        [costs.regained, costs.agency_lost, costs.agency_new].map(|c| (c * UNIT) as i64);
    let [regained_run, lost_run, new_run, same_end, lone] =
        [costs.regained_run, costs.agency_lost_run, costs.agency_new_run, costs.same_end, costs.lone]
            .map(|c| (c * UNIT) as i64);
    let mut groups = found.groups.clone();
    groups.sort_by_key(|g| (std::cmp::Reverse(g.words), g.holders, g.ended));
    groups.truncate(LOOKED_AT);
    let whole = |parents: &[Option<usize>]| -> i64 {
        let mut sum = 0i64;
        for (child, parent) in parents.iter().enumerate() {
            sum = sum.saturating_add(table[child][parent.unwrap_or(n)]);
            // A parent that has the text from somebody itself.
            if parent.is_some_and(|p| parents[p].is_some() || absent[p]) {
                sum += chain;
            }
        }
        for group in &groups {
            let has = |m: usize| group.holders & (1u128 << m) != 0;
            let (mut gains, mut branches) = (0i64, 0i64);
            let mut left = group.holders;
            while left != 0 {
                let child = left.trailing_zeros() as usize;
                left &= left - 1;
                match parents[child] {
                    Some(p) => gains += i64::from(!has(p)),
                    None if absent[child] => branches += 1,
                    None => gains += 1,
                }
            }
            let (words, runs) = (i64::from(group.words), i64::from(group.runs));
            let regained = regained * words + regained_run * runs;
            let agency_lost = agency_lost * words + lost_run * runs;
            let agency_new = agency_new * words + new_run * runs;
            sum += if branches > 0 {
                // Either the agency had them and some branches lost them, or these branches have them anew.
                let lacks = |c: &usize| {
                    absent[*c] && parents[*c].is_none() && (group.holders | group.ended) & (1u128 << *c) == 0
                };
                let lost = (0..n).filter(lacks).count() as i64;
                (lost * agency_lost + gains * regained)
                    .min(branches * agency_new + (branches + gains - 1) * regained)
            } else {
                (gains - 1).max(0) * regained
            };
        }
        let branches = (0..n).filter(|c| absent[*c] && parents[*c].is_none()).count();
        sum += if branches == 1 { lone } else { 0 };
        for end in &found.ends {
            let has = |m: usize| end & (1u128 << m) != 0;
            let branches = (0..n).filter(|c| has(*c) && !parents[*c].is_some_and(has)).count() as i64;
            sum += (branches - 1).max(0) * same_end;
        }
        sum
    };
    let below = |parents: &[Option<usize>], node: usize, under: usize| {
        let mut at = Some(node);
        for _ in 0..=n {
            match at {
                Some(a) if a == under => return true,
                Some(a) => at = parents[a],
                None => return false,
            }
        }
        true
    };
    let mut cost = whole(parents);
    for _ in 0..ROUNDS {
        let before = cost;
        for child in 0..n {
            for other in 0..=n {
                let now = parents[child].unwrap_or(n);
                if other == now || other == child || table[child][other] >= whole_of_never() {
                    continue;
                }
                let mut tried = parents.to_vec();
                if other < n && below(parents, other, child) {
                    // The other way round: what stood under the child takes its place above it.
                    if parents[other] != Some(child) || table[other][now] >= whole_of_never() {
                        continue;
                    }
                    tried[other] = parents[child];
                }
                tried[child] = (other < n).then_some(other);
                let new = whole(&tried);
                if new < cost {
                    cost = new;
                    parents.copy_from_slice(&tried);
                }
            }
        }
        if cost == before {
            break;
        }
    }
}

/// The cost from which on an edge is forbidden.
fn whole_of_never() -> i64 {
    whole(NEVER / 2.0)
}
