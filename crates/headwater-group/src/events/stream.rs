//! Articles one by one: each finds its place when it comes, and its neighbourhood is repaired.
//!
//! An article is compared with the candidates of the inverted index only. The groups it might belong to are taken
//! apart and put together again with it, so that a late article can join, split or move what stands there.
//! How common words were when an article came decides its weights; [`Stream::settle`] weighs all anew and
//! groups all as if they had come at once, whatever the order was.

use super::GroupInput;
use super::acts;
use super::features::features;
use super::graph::{self, LEAST, log_odds};
use super::index::Index;
use super::partition::{Graph, Tie, partition, restrict};
use super::sketch::{Counts, Frequencies, Sketch};
use super::terms::Background;
use super::weights::{Weights, probability, tie};
use headwater_model::ArticleIndex;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

/// Groups are looked at again when an article is this likely to belong with one of their members.
const NEAR: f32 = 0.2;
/// Articles that are grouped anew at most when one comes.
const LOCAL: usize = 160;

/// Articles grouped as they come.
pub struct Stream {
    frequencies: Frequencies<'static>,
    weights: Weights,
    counts: Vec<Counts>,
    sketches: Vec<Sketch>,
    /// Hash of each article's words: the order in which settling looks at them.
    keys: Vec<u64>,
    index: Index,
    near: Vec<Vec<(u32, Tie)>>,
    groups: Vec<u32>,
    members: FxHashMap<u32, Vec<u32>>,
}

impl Default for Stream {
    fn default() -> Self {
        Stream::new()
    }
}

impl Stream {
    /// An empty stream.
    pub fn new() -> Self {
        Stream {
            frequencies: Frequencies {
                background: Background::shipped(),
                seen: FxHashMap::default(),
                articles: 0,
            },
            weights: Weights::shipped().clone(),
            counts: Vec::new(),
            sketches: Vec::new(),
            keys: Vec::new(),
            index: Index::default(),
            near: Vec::new(),
            groups: Vec::new(),
            members: FxHashMap::default(),
        }
    }

    /// Takes in an article and repairs the groups about it.
    pub fn add(&mut self, input: &GroupInput<'_>) -> ArticleIndex {
        let id = self.sketches.len() as u32;
        let counts = Counts::new(input);
        for term in counts.terms() {
            *self.frequencies.seen.entry(term).or_insert(0) += 1;
        }
        self.frequencies.articles += 1;
        let sketch = counts.weigh(&self.frequencies);
        let mut ties = Vec::new();
        for j in self.index.candidates(id, &sketch) {
            let other = &self.sketches[j as usize];
            let features = features(&sketch, other);
            let log_odds = log_odds(&self.weights, &sketch, other, &features);
            if probability(log_odds) >= LEAST {
                let tie = tie(log_odds, &sketch, other, &features);
                ties.push((j, tie));
                self.near[j as usize].push((id, tie));
            }
        }
        ties.sort_unstable_by_key(|t| t.0);
        let mut hasher = FxHasher::default();
        (input.article.text.as_str(), input.article.title.as_deref()).hash(&mut hasher);
        self.keys.push(hasher.finish());
        self.index.add(id, &sketch);
        self.near.push(ties);
        self.counts.push(counts);
        self.sketches.push(sketch);
        self.groups.push(id);
        self.members.insert(id, vec![id]);
        self.repair(id);
        ArticleIndex(id)
    }

    /// Groups an article and the groups near it anew.
    fn repair(&mut self, id: u32) {
        let mut sums: Vec<(u32, f32)> = self.near[id as usize]
            .iter()
            .map(|(j, tie)| (self.groups[*j as usize], tie[0]))
            .filter(|g| g.1 >= NEAR)
            .collect();
        sums.sort_by_key(|g| g.0);
        sums.dedup_by(|next, kept| {
            next.0 == kept.0 && {
                kept.1 += next.1;
                true
            }
        });
        sums.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut nodes = vec![id];
        for (group, _) in sums {
            let members = self.members.get(&group).map_or(&[][..], Vec::as_slice);
            if nodes.len() + members.len() <= LOCAL {
                nodes.extend(members);
            } else if nodes.len() == 1 {
                // A group too large to be taken apart takes the article in as it stands.
                self.groups[id as usize] = group;
                self.members.remove(&id);
                self.members.entry(group).or_default().push(id);
                return;
            }
        }
        nodes.sort_unstable();
        nodes.dedup();
        let parts =
            partition(&restrict(&self.near, &nodes), (0..nodes.len() as u32).collect(), &mut self.weights);
        for node in &nodes {
            self.members.remove(&self.groups[*node as usize]);
        }
        for (node, part) in nodes.iter().zip(&parts) {
            let group = nodes[*part as usize];
            self.groups[*node as usize] = group;
            self.members.entry(group).or_default().push(*node);
        }
    }

    /// Weighs all articles anew and groups them as if they had come at once.
    pub fn settle(&mut self) {
        let n = self.counts.len();
        let mut order: Vec<u32> = (0..n as u32).collect();
        order.sort_by_key(|i| (self.keys[*i as usize], *i));
        let counts: Vec<Counts> =
            order.iter().map(|i| std::mem::take(&mut self.counts[*i as usize])).collect();
        let sketches = graph::weigh(&counts, Background::shipped());
        let paired = graph::pair_up(&sketches);
        let graph = graph::graph(&sketches, &paired, &self.weights, |_| true);
        let groups = partition(&graph, (0..n as u32).collect(), &mut self.weights);
        let mut arrival = vec![0u32; n];
        for (at, i) in order.iter().enumerate() {
            arrival[*i as usize] = at as u32;
        }
        let mut parts: Vec<Option<(Sketch, Counts)>> = sketches.into_iter().zip(counts).map(Some).collect();
        self.sketches.clear();
        self.index = Index::default();
        self.near = vec![Vec::new(); n];
        self.members.clear();
        for (i, at) in arrival.iter().enumerate() {
            if let Some((sketch, counts)) = parts[*at as usize].take() {
                self.index.add(i as u32, &sketch);
                self.sketches.push(sketch);
                self.counts[i] = counts;
            }
            let mut near: Vec<(u32, Tie)> =
                graph.near[*at as usize].iter().map(|(j, tie)| (order[*j as usize], *tie)).collect();
            near.sort_unstable_by_key(|t| t.0);
            self.near[i] = near;
            let group = order[groups[*at as usize] as usize];
            self.groups[i] = group;
            self.members.entry(group).or_default().push(i as u32);
        }
    }

    /// The events as they stand: each sorted, in order of their first article.
    pub fn events(&self) -> Vec<Vec<ArticleIndex>> {
        let mut groups = self.groups.clone();
        let graph = Graph { near: self.near.clone(), cut: vec![false; groups.len()] };
        acts::split(&self.sketches, &graph, &mut groups, &|_, _| true);
        let mut names: FxHashMap<u32, usize> = FxHashMap::default();
        let mut events: Vec<Vec<ArticleIndex>> = Vec::new();
        for (i, group) in groups.iter().enumerate() {
            let next = events.len();
            let event = *names.entry(*group).or_insert(next);
            if event == next {
                events.push(Vec::new());
            }
            events[event].push(ArticleIndex(i as u32));
        }
        events
    }
}
