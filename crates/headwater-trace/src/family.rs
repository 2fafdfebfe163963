//! Families: articles that carry versions of one text. Who in a family has it from whom is `tree`'s business.
//!
//! Links are taken strongest first. A page that collects from many others joins nobody it does not nearly equal, and
//! an article merged from two texts joins the one it has more from: two texts that have nothing in common
//! but such an article stay two families, and the second is a second parent.

use crate::evidence::{self, Sign};
use crate::judge::{Shared, kinship};
use crate::work::QUOTED_AS_PART;
use std::collections::BTreeMap;

/// A pair as `work` keeps it: positions in the order of work, `a < b`.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) shared: Shared,
    pub(crate) signs: Vec<Sign>,
}

/// Partners in different families that make a page a collection (families), each of which gives less than this.
const COLLECTED: usize = 4;
const COLLECTED_SHARE: f64 = 0.2;
/// Partners looked at for one page (partners).
const COLLECTED_LOOKED_AT: usize = 64;
/// Own words in an excerpt (words).
const EXCERPT: u32 = 12;

/// A pair that would have joined two families.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Second {
    /// Position in the list of pairs.
    pub(crate) pair: usize,
    /// The merged article.
    pub(crate) bridge: u32,
}

/// Which articles belong together.
pub(crate) struct Families {
    /// Members of each family with more than one member, sorted.
    pub(crate) members: Vec<Vec<u32>>,
    /// Pages that collect from others.
    pub(crate) collects: Vec<bool>,
    /// Pairs that would join two families through a merged article: positions in the list of pairs.
    pub(crate) second: Vec<Second>,
}

/// Sorts articles into families. `listed` are pages that look like lists by themselves.
pub(crate) fn families(nodes: usize, pairs: &[Pair], listed: &[bool]) -> Families {
    let mut near: Vec<Vec<(u32, usize)>> = vec![Vec::new(); nodes];
    for (at, pair) in pairs.iter().enumerate() {
        near[pair.a as usize].push((pair.b, at));
        near[pair.b as usize].push((pair.a, at));
    }
    let none = vec![false; nodes];
    let mut first = Union::new(nodes);
    for pair in pairs {
        if pair.shared.of_longer() >= 0.5 && kinship(&pair.shared, false).is_some() {
            first.join(pair.a, pair.b);
        }
    }
    let mut collects = none;
    for node in 0..nodes as u32 {
        let mut from: Vec<u32> = Vec::new();
        let mut regions: Vec<(u32, u32, u32)> = Vec::new();
        for &(other, at) in &near[node as usize] {
            let shared = &pairs[at].shared;
            let of_node = f64::from(shared.own)
                / f64::from(if pairs[at].a == node { shared.own_a } else { shared.own_b }.max(1));
            let excerpt = shared.own >= EXCERPT && shared.sentences >= 1 && of_node < COLLECTED_SHARE;
            let root = first.root(other);
            if excerpt
                && root != first.root(node)
                && !from.contains(&root)
                && from.len() < COLLECTED_LOOKED_AT
            {
                from.push(root);
                let longest = pairs[at].shared.passages.iter().filter(|p| !p.quoted).max_by_key(|p| p.words);
                if let Some(passage) = longest {
                    let span = if pairs[at].a == node { passage.a } else { passage.b };
                    regions.push((span.end, span.start, root));
                }
            }
        }
        // The most places on the page that do not overlap, each with other partners.
        regions.sort_unstable();
        let (mut places, mut end) = (0, 0);
        for (to, start, _) in regions {
            if start >= end {
                places += 1;
                end = to;
            }
        }
        collects[node as usize] = places >= if listed[node as usize] { COLLECTED } else { 2 * COLLECTED };
    }
    let mut links: Vec<(i64, u32, u32, usize)> = pairs
        .iter()
        .enumerate()
        .filter_map(|(at, pair)| {
            let collects = collects[pair.a as usize] || collects[pair.b as usize];
            let part = pair.shared.quoted_of_a.max(pair.shared.quoted_of_b) >= QUOTED_AS_PART
                && pair.signs.iter().any(|s| s.weight.abs() >= evidence::CITED);
            kinship(&pair.shared, collects)
                .or((part && !collects).then_some(0.05))
                .map(|s| (-(s * 1e6) as i64, pair.a, pair.b, at))
        })
        .collect();
    links.sort_unstable();
    let mut union = Union::new(nodes);
    let mut second = Vec::new();
    for (_, a, b, at) in links {
        if union.root(a) == union.root(b) {
            continue;
        }
        let bridge = [(a, b), (b, a)].into_iter().find(|(x, y)| bridges(*x, *y, pairs, &near, &mut union));
        match bridge {
            Some((bridge, _)) => second.push(Second { pair: at, bridge }),
            None => union.join(a, b),
        }
    }
    let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for node in 0..nodes as u32 {
        groups.entry(union.root(node)).or_default().push(node);
    }
    let mut members: Vec<Vec<u32>> = groups.into_values().filter(|g| g.len() > 1).collect();
    members.sort();
    Families { members, collects, second }
}

/// Whether `bridge` alone would tie its family to that of `other`, being made of both.
fn bridges(bridge: u32, other: u32, pairs: &[Pair], near: &[Vec<(u32, usize)>], union: &mut Union) -> bool {
    let (mine, theirs) = (union.root(bridge), union.root(other));
    if union.size(mine) < 2 {
        return false;
    }
    // What came before all of a family is its source and no merger of it.
    let source = near[bridge as usize].iter().filter(|(n, _)| union.root(*n) == theirs).all(|(_, at)| {
        let score = evidence::sum(&pairs[*at].signs);
        score * if pairs[*at].a == bridge { 1.0 } else { -1.0 } >= evidence::FORBIDDEN
    });
    if source {
        return false;
    }
    // Any words in common between the two families, but for the bridge?
    let small = if union.size(mine) <= union.size(theirs) { mine } else { theirs };
    let large = if small == mine { theirs } else { mine };
    for member in union.members(small) {
        if member == bridge {
            continue;
        }
        for &(neighbour, at) in &near[member as usize] {
            if neighbour != bridge
                && union.root(neighbour) == large
                && (!pairs[at].shared.strangers() || kinship(&pairs[at].shared, false).is_some())
            {
                return false;
            }
        }
    }
    true
}

/// Disjoint sets that know their members.
struct Union {
    parent: Vec<u32>,
    members: Vec<Vec<u32>>,
}

impl Union {
    fn new(nodes: usize) -> Self {
        Union { parent: (0..nodes as u32).collect(), members: (0..nodes as u32).map(|n| vec![n]).collect() }
    }

    fn root(&mut self, node: u32) -> u32 {
        let mut at = node;
        while self.parent[at as usize] != at {
            let up = self.parent[self.parent[at as usize] as usize];
            self.parent[at as usize] = up;
            at = up;
        }
        at
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return;
        }
        let (keep, drop) =
            if self.members[a as usize].len() >= self.members[b as usize].len() { (a, b) } else { (b, a) };
        self.parent[drop as usize] = keep;
        let moved = std::mem::take(&mut self.members[drop as usize]);
        self.members[keep as usize].extend(moved);
    }

    fn size(&self, root: u32) -> usize {
        self.members[root as usize].len()
    }

    fn members(&self, root: u32) -> Vec<u32> {
        self.members[root as usize].clone()
    }
}
