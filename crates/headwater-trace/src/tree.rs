//! The tree of one family: who has the text from whom, which of them began, and which supplier is credited.
//!
//! Every member has its likely parents and the likelihood of having none here (`parents`, `choice`); the tree is the
//! likeliest one that has no circle: a minimum-cost arborescence. What the articles declare outweighs their texts.

use crate::choice::Weights;
use crate::cite::same_house;
use crate::digest::Digest;
use crate::evidence::FORBIDDEN;
use crate::graph::{Edge, arborescence};
use crate::parents::{Choices, whole_suppliers};
use crate::shingle::Index;
use std::collections::BTreeMap;

/// Added to an edge that evidence forbids (log odds).
const NEVER: f64 = 1e6;
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

impl Tree {
    fn parent(&self, member: u32) -> Option<u32> {
        let place = self.members.binary_search(&member).ok()?;
        self.parents[place].map(|parent| self.members[parent])
    }

    /// Whether one of two members has the text from the other.
    pub(crate) fn joins(&self, a: u32, b: u32) -> bool {
        self.parent(a) == Some(b) || self.parent(b) == Some(a)
    }

    /// Those of some members that have no parent.
    pub(crate) fn orphans(&self, of: [u32; 2]) -> impl Iterator<Item = u32> + '_ {
        of.into_iter().filter(|member| self.parent(*member).is_none())
    }
}

/// What the work has at hand.
pub(crate) struct Bench<'a> {
    pub(crate) digests: &'a [&'a Digest],
    pub(crate) flags: &'a [Vec<u8>],
    pub(crate) index: &'a Index,
}

/// The supplier that most members credit, one that is not a member first.
pub(crate) fn upstream(bench: &Bench<'_>, members: &[u32]) -> Option<String> {
    let mut credited: BTreeMap<&str, usize> = BTreeMap::new();
    for member in members {
        for supplier in whole_suppliers(bench.digests[*member as usize]) {
            *credited.entry(&supplier.name).or_default() += 1;
        }
    }
    credited
        .iter()
        .max_by(|x, y| {
            let inside = |name: &str| is_inside(bench, members, name);
            x.1.cmp(y.1).then(inside(y.0).cmp(&inside(x.0))).then(y.0.cmp(x.0))
        })
        .map(|(name, _)| (*name).to_string())
}

/// Whether the supplier's own article is a member.
fn is_inside(bench: &Bench<'_>, members: &[u32], name: &str) -> bool {
    members.iter().any(|m| bench.digests[*m as usize].outlet.as_deref().is_some_and(|o| same_house(name, o)))
}

/// The tree of one family from what may be the parent of each member.
pub(crate) fn tree(
    bench: &Bench<'_>,
    members: &[u32],
    upstream: Option<String>,
    choices: &[Choices],
) -> Tree {
    let order = by_date(bench, members);
    let root = members.len();
    let mut edges = Vec::new();
    for (child, choices) in choices.iter().enumerate() {
        let costs = costs(choices);
        for (candidate, cost) in choices.candidates.iter().zip(&costs) {
            let tie = i64::from(order[candidate.parent] > order[child]);
            edges.push(Edge { from: candidate.parent as u32, to: child as u32, cost: whole(*cost) + tie });
        }
        let nobody = costs.last().copied().unwrap_or(0.0);
        edges.push(Edge { from: root as u32, to: child as u32, cost: whole(nobody) });
    }
    let place = |from: u32| order.get(from as usize).copied().unwrap_or(u32::MAX);
    edges.sort_by_key(|e| (place(e.from), place(e.to)));
    if members.len() > LARGEST {
        edges.retain(|e| e.from as usize == root || place(e.from) < place(e.to));
    }
    let parents = arborescence(root + 1, root, &edges)
        .into_iter()
        .take(root)
        .map(|p| p.map(|p| p as usize).filter(|p| *p != root))
        .collect();
    let supplier_inside = upstream.as_deref().is_some_and(|name| is_inside(bench, members, name));
    Tree { members: members.to_vec(), parents, upstream, supplier_inside }
}

/// What every candidate costs and, at the end, nobody: less is likelier (log odds).
pub(crate) fn costs(choices: &Choices) -> Vec<f64> {
    let weights = Weights::shipped(choices.merged);
    let mut costs: Vec<f64> = weights.log_probabilities(choices).into_iter().map(|p| -p).collect();
    for (candidate, cost) in choices.candidates.iter().zip(&mut costs) {
        *cost -= candidate.declared;
        if candidate.evidence <= -FORBIDDEN {
            *cost += NEVER;
        }
    }
    costs
}

/// The rank of every member by date, then by the order of work.
fn by_date(bench: &Bench<'_>, members: &[u32]) -> Vec<u32> {
    let mut by_date: Vec<usize> = (0..members.len()).collect();
    by_date.sort_by_key(|m| (bench.digests[members[*m] as usize].when.map_or(i64::MAX, |w| w.earliest), *m));
    let mut order = vec![0u32; members.len()];
    for (rank, member) in by_date.into_iter().enumerate() {
        order[member] = rank as u32;
    }
    order
}

/// Costs in thousandths, with room for ties.
fn whole(cost: f64) -> i64 {
    (cost * 1000.0).round() as i64 * 2
}
