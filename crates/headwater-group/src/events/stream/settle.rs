//! All open articles weighed anew and grouped as if they had come at once.
//!
//! They are looked at in the order of their contents, so that the order in which they came does not show.
//! What is archived stays grouped as it is; open articles may join it.

use super::super::graph::{CUT, LEAST, log_odds};
use super::super::index::{CANDIDATES, Index, leading_words};
use super::super::partition::{Between, Graph, Judge, Near, partition};
use super::super::weights::{Weights, probability, tie};
use super::{NEIGHBOURS, Slot, Stream};
use rustc_hash::FxHashMap;

/// The learned judge, by whom nothing that is fixed is moved out of its group.
pub(super) struct Fixed<'w> {
    pub(super) weights: &'w Weights,
    pub(super) fixed: &'w [bool],
}

impl Judge for Fixed<'_> {
    fn joins(&mut self, between: &Between<'_>) -> bool {
        self.weights.join(between) > 0.0
    }

    fn movable(&self, node: u32) -> bool {
        !self.fixed[node as usize]
    }
}

impl Stream {
    /// Weighs all open articles anew and groups them as if they had come at once.
    pub fn settle(&mut self) {
        let mut order: Vec<(u64, u32)> = Vec::with_capacity(self.open);
        for (i, slot) in self.slots.iter().enumerate() {
            if let Slot::Open { key, .. } = slot {
                order.push((*key, i as u32));
            }
        }
        order.sort_unstable();
        // The index anew: the archived first, then the open ones in their order.
        self.index = Index::default();
        let archived: Vec<u32> = (0..self.slots.len() as u32)
            .filter(|i| matches!(self.slots[*i as usize], Slot::Archived))
            .collect();
        for id in &archived {
            self.index.add_archived(*id, &leading_words(&self.sketches[*id as usize]));
            let mut near = std::mem::take(&mut self.near[*id as usize]);
            near.retain(|near| !self.is_open(near.id));
            self.near[*id as usize] = near;
        }
        let (background, measure) = (self.frequencies.background, self.frequencies.measure());
        let mut words = Vec::with_capacity(order.len());
        for (_, id) in &order {
            let sketch = &mut self.sketches[*id as usize];
            sketch.weigh(background, measure, |term| self.frequencies.others(term));
            let leading = leading_words(sketch);
            self.index.add(*id, &leading);
            words.push(leading);
        }
        // Nodes are numbered in the order of looking, and after them what is archived near them.
        let mut node_of: FxHashMap<u32, u32> = FxHashMap::default();
        let mut nodes: Vec<u32> = order.iter().map(|o| o.1).collect();
        for (at, id) in nodes.iter().enumerate() {
            node_of.insert(*id, at as u32);
        }
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        let mut last: Vec<Option<u32>> = vec![None; nodes.len()];
        for (at, words) in words.iter().enumerate() {
            let candidates = self.index.candidates(nodes[at], words);
            let full = candidates.len() == CANDIDATES;
            for j in candidates {
                let other = *node_of.entry(j).or_insert_with(|| {
                    nodes.push(j);
                    nodes.len() as u32 - 1
                });
                pairs.push((other.min(at as u32), other.max(at as u32)));
                if full {
                    last[at] = Some(other);
                }
            }
        }
        // What is archived comes with all of its event, whichever member was met.
        let mut whole: Vec<u32> = nodes.iter().map(|id| self.groups[*id as usize]).collect();
        whole.sort_unstable();
        whole.dedup();
        for name in whole {
            for id in self.members.get(&name).map_or(&[][..], |g| g.members.as_slice()) {
                if !node_of.contains_key(id) {
                    node_of.insert(*id, nodes.len() as u32);
                    nodes.push(*id);
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        let open = order.len();
        let mut graph =
            Graph { near: vec![Vec::new(); nodes.len()], cut: vec![true; nodes.len()], within: Vec::new() };
        graph.cut[..open].fill(false);
        let mut laid = None;
        for (x, y) in pairs {
            let (a, b) =
                (&self.sketches[nodes[x as usize] as usize], &self.sketches[nodes[y as usize] as usize]);
            if laid != Some(x) {
                self.probe.lay(a);
                laid = Some(x);
            }
            let features = self.probe.features(a, b);
            let log_odds = log_odds(&self.weights, a, b, &features);
            let p = probability(log_odds);
            if p >= LEAST {
                let tie = tie(log_odds, a, b, &features);
                graph.near[x as usize].push(Near::new(y, &tie));
                graph.near[y as usize].push(Near::new(x, &tie));
            }
            for (node, other) in [(x, y), (y, x)] {
                if p >= CUT && last.get(node as usize) == Some(&Some(other)) {
                    graph.cut[node as usize] = true;
                }
            }
        }
        for (at, id) in nodes.iter().enumerate().skip(open) {
            let near = self.near[*id as usize].iter();
            graph.near[at].extend(near.filter_map(|n| Some(n.with(*node_of.get(&n.id)?))));
        }
        let (start, fixed) = self.standing(&nodes, &mut graph);
        let parts = partition(&graph, start, &mut Fixed { weights: &self.weights, fixed: &fixed });
        self.take_over(&nodes, &graph, &parts);
    }

    /// Leaves an article its likeliest neighbours only: one that thousands are like would else hold them all.
    fn trim_near(&mut self, id: u32) {
        if self.near[id as usize].len() <= NEIGHBOURS {
            return;
        }
        let mut list = std::mem::take(&mut self.near[id as usize]);
        list.sort_unstable_by(|a, b| b.probability().total_cmp(&a.probability()).then(a.id.cmp(&b.id)));
        for gone in list.split_off(NEIGHBOURS) {
            self.forget_near(gone.id, id);
            self.mark_cut(gone.id);
        }
        self.mark_cut(id);
        list.sort_unstable_by_key(|near| near.id);
        self.near[id as usize] = list;
    }

    /// Takes a partition of nodes over as the groups of the stream.
    fn take_over(&mut self, nodes: &[u32], graph: &Graph, parts: &[u32]) {
        // A group is called after the least number in it, whatever the order of looking was.
        let mut names: FxHashMap<u32, u32> = FxHashMap::default();
        for (id, part) in nodes.iter().zip(parts) {
            let name = names.entry(*part).or_insert(*id);
            *name = (*name).min(*id);
        }
        for (at, id) in nodes.iter().enumerate() {
            let mut near: Vec<Near> =
                graph.near[at].iter().map(|near| near.with(nodes[near.id as usize])).collect();
            near.sort_unstable_by_key(|t| t.id);
            self.near[*id as usize] = near;
            if let Slot::Open { cut, .. } = &mut self.slots[*id as usize] {
                *cut = graph.cut[at];
            }
        }
        for id in nodes {
            self.trim_near(*id);
        }
        self.regrouped(nodes, parts, &graph.within, |part| names[&part]);
    }
}
