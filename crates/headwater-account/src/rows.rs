//! The rows of a moving count: cells of one time each, one source's figures over time, a part and its whole.
//!
//! A cell holds kinds of figures of one class, set of people, extent and time. Each cell meets at most one other in each
//! way, the one nearest in time, so that rows stay as few as the cells.

use crate::compare::{Fit, fit};
use crate::figures::{Group, Kin, judged};
use crate::kinds::Kinds;
use crate::kinship::Kinship;
use crate::measure::{Relation, relate};
use crate::verdict::{days_apart, figure, spring};
use headwater_model::{Agreement, EntityIndex};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// The best link between two cells.
#[derive(Clone, Copy)]
struct Link {
    /// Days between the two nearest as-of dates; unknown ones last.
    days: i32,
    /// How far the values of the best pair lie apart, as a logarithm of their ratio.
    ratio: f64,
    /// Rank of the best pair.
    rank: f32,
}

/// The rows made of `cells` of kinds of number; `edges` are the pairs of kin: rank, and two kinds.
pub(crate) fn of(
    kinds: &Kinds<'_>,
    edges: &[(f32, usize, usize)],
    cells: Vec<Vec<usize>>,
    kinship: &impl Fn(usize, usize) -> Kin,
) -> Vec<Group> {
    let mut cell_of: FxHashMap<usize, usize> = FxHashMap::default();
    for (c, list) in cells.iter().enumerate() {
        cell_of.extend(list.iter().map(|&n| (n, c)));
    }
    // Links between cells: other values of one thing, and a part with its whole.
    let mut same: BTreeMap<(usize, usize), Link> = BTreeMap::new();
    // A count of a wider class at the same time ("dead" and "dead or missing"), and one of another extent or time.
    let mut wider: BTreeMap<(usize, usize), Link> = BTreeMap::new();
    let mut scope: BTreeMap<(usize, usize), Link> = BTreeMap::new();
    let mut by_source: BTreeMap<EntityIndex, Vec<(usize, usize)>> = BTreeMap::new();
    for &(rank, i, j) in edges {
        let (Some(&c), Some(&d)) = (cell_of.get(&i), cell_of.get(&j)) else { continue };
        if c == d {
            continue;
        }
        let key = (c.min(d), c.max(d));
        let (a, b) = (kinds.number(i), kinds.number(j));
        let kin = kinship(i, j).any();
        let fits = matches!(fit(&figure(&a.quantity), &figure(&b.quantity)), Fit::Same | Fit::Compatible);
        let into = match kin {
            Kinship::Same if !fits => &mut same,
            Kinship::Scope
                if relate(a.measure.class, b.measure.class) == Relation::Wider
                    && days_apart(a, b) == Some(0) =>
            {
                &mut wider
            }
            Kinship::Scope => &mut scope,
            _ => continue,
        };
        let days = days_apart(a, b).unwrap_or(i32::MAX);
        let ratio = (a.quantity.high.max(1.0) / b.quantity.high.max(1.0)).ln().abs();
        let link = into.entry(key).or_insert(Link { days, ratio, rank });
        link.days = link.days.min(days);
        link.ratio = link.ratio.min(ratio);
        link.rank = link.rank.max(rank);
        if kin == Kinship::Same
            && let (Some(x), Some(y)) = (spring(&a.chain), spring(&b.chain))
            && x == y
        {
            by_source.entry(x).or_default().push(key);
        }
    }
    let mut rows: Vec<Vec<usize>> = Vec::new();
    // One source's figures over time.
    let mut in_time: BTreeSet<usize> = BTreeSet::new();
    for (source, links) in by_source {
        for component in components(&links) {
            let list: Vec<usize> = component
                .iter()
                .flat_map(|&c| cells[c].iter().copied())
                .filter(|&n| spring(&kinds.number(n).chain) == Some(source))
                .collect();
            if kinds.several(&list) {
                in_time.extend(component);
                rows.push(list);
            }
        }
    }
    let timed = rows.len();
    // Other values without one source: each cell with the one nearest in time.
    for key in nearest(cells.len(), &same) {
        if !(in_time.contains(&key.0) && in_time.contains(&key.1)) {
            rows.push([cells[key.0].as_slice(), cells[key.1].as_slice()].concat());
        }
    }
    for key in nearest(cells.len(), &wider).into_iter().chain(nearest(cells.len(), &scope)) {
        rows.push([cells[key.0].as_slice(), cells[key.1].as_slice()].concat());
    }
    let over_time: BTreeSet<usize> = rows[..timed].iter().flatten().copied().collect();
    rows.retain(|r| kinds.several(r));
    for row in &mut rows {
        row.sort_unstable();
        row.dedup();
    }
    rows.sort();
    rows.dedup();
    let mut out: Vec<Group> = rows.iter().map(|r| judged(kinds, r, kinship)).collect();
    // A cell stands by itself unless a row over time tells it already.
    let shown: BTreeSet<usize> = rows.into_iter().flatten().collect();
    for cell in &cells {
        let several = kinds.several(cell);
        let group = judged(kinds, cell, kinship);
        let known = if several && group.agreement != Agreement::Agrees {
            false
        } else if several {
            cell.iter().all(|n| over_time.contains(n))
        } else {
            cell.iter().all(|n| shown.contains(n))
        };
        if !known {
            out.push(group);
        }
    }
    out
}

/// For each cell its nearest link; each link once.
fn nearest(cells: usize, links: &BTreeMap<(usize, usize), Link>) -> BTreeSet<(usize, usize)> {
    let mut best: Vec<Option<((usize, usize), Link)>> = vec![None; cells];
    for (&key, &link) in links {
        for c in [key.0, key.1] {
            let nearer = best[c].is_none_or(|(_, b)| {
                let order = link.days.cmp(&b.days).then(link.ratio.total_cmp(&b.ratio));
                order.then(b.rank.total_cmp(&link.rank)).is_lt()
            });
            if nearer {
                best[c] = Some((key, link));
            }
        }
    }
    best.into_iter().flatten().map(|(key, _)| key).collect()
}

/// Connected components of links, each sorted.
fn components(links: &[(usize, usize)]) -> Vec<BTreeSet<usize>> {
    let mut out: Vec<BTreeSet<usize>> = Vec::new();
    for &(a, b) in links {
        let (with, rest): (Vec<_>, Vec<_>) =
            out.into_iter().partition(|c: &BTreeSet<usize>| c.contains(&a) || c.contains(&b));
        let mut one: BTreeSet<usize> = with.into_iter().flatten().collect();
        one.extend([a, b]);
        out = rest;
        out.push(one);
    }
    out
}
