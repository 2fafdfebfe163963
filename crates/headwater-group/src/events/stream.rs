//! Articles one by one: each finds its place when it comes, and its neighbourhood is repaired.
//!
//! An article is compared with the candidates of the inverted index only. When it plainly belongs to one event
//! it joins that; when it might belong to several, or an event has grown by a part of its size, the events near
//! it are taken apart and put together anew, so that a late article can join, split or move what stands there.
//! How common words were when an article came decides its weights; [`Stream::settle`] weighs all anew and
//! groups all as if they had come at once: what it gives depends on the articles held, not on their order nor
//! on articles that were removed. Quiet events are archived: their articles keep little more than what makes
//! late reports find them.

mod archive;
mod settle;
#[cfg(test)]
mod tests;

use super::GroupInput;
use super::acts;
use super::features::features;
use super::graph::{CUT, LEAST, log_odds};
use super::index::{CANDIDATES, Index};
use super::partition::{Between, TIES, Tie, partition, restrict};
use super::sketch::{Counts, Frequencies, Sketch};
use super::terms::Background;
use super::weights::{Weights, probability, tie};
use headwater_model::ArticleIndex;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

pub use archive::Footprint;

/// Groups are looked at again when an article is this likely to belong with one of their members.
const NEAR: f32 = 0.2;
/// Articles that are grouped anew at most when one comes.
const LOCAL: usize = 120;
/// A group that a new article does not join is put together anew with it when a member is this likely to belong
/// with the article.
const LIKELY: f32 = 0.5;
/// Part of its size by which a group grows before it is put together anew: repair costs then a bounded number
/// of comparisons an article. Chosen on ECB+ and the FNC-1 bodies, where ¼ is as good as every time.
const GROWN: f32 = 0.25;
/// Scored neighbours kept of one article; likelier ones stay.
const NEIGHBOURS: usize = CANDIDATES;

/// Articles grouped as they come.
pub struct Stream {
    frequencies: Frequencies<'static>,
    weights: Weights,
    slots: Vec<Slot>,
    /// Sketches, neighbours and groups by slot; those of what was removed are empty.
    sketches: Vec<Sketch>,
    near: Vec<Vec<(u32, Tie)>>,
    groups: Vec<u32>,
    index: Index,
    members: FxHashMap<u32, Group>,
    open: usize,
}

/// What one arrival is now.
enum Slot {
    /// May still gather others; `cut` when its list of candidates was cut off among likely ones.
    Open { counts: Box<Counts>, key: u64, cut: bool },
    /// In an event that is quiet.
    Archived,
    /// As if it had never been.
    Removed,
}

/// One group of like reports.
#[derive(Clone, Debug, Default)]
struct Group {
    members: Vec<u32>,
    /// Sums over the pairs within.
    within: Tie,
    /// Members whose lists of candidates were cut off.
    cut: u32,
    /// Its size when it was last put together anew.
    repaired: usize,
}

impl Default for Stream {
    fn default() -> Self {
        Stream::new()
    }
}

fn add_tie(to: &mut Tie, tie: &Tie) {
    for (a, b) in to.iter_mut().zip(tie) {
        *a += b;
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
            slots: Vec::new(),
            sketches: Vec::new(),
            near: Vec::new(),
            groups: Vec::new(),
            index: Index::default(),
            members: FxHashMap::default(),
            open: 0,
        }
    }

    /// Articles held: those that came and were not removed.
    pub fn len(&self) -> usize {
        self.frequencies.articles as usize
    }

    /// Whether none is held.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Articles held that are not archived.
    pub fn open(&self) -> usize {
        self.open
    }

    /// Takes in an article and repairs the groups about it. Gives its number, which no other ever gets.
    pub fn add(&mut self, input: &GroupInput<'_>) -> ArticleIndex {
        let id = self.slots.len() as u32;
        let counts = Counts::new(input);
        self.frequencies.count(counts.terms());
        let mut sketch = counts.weigh(&self.frequencies);
        sketch.surfaces = Vec::new();
        let mut hasher = FxHasher::default();
        (input.article.text.as_str(), input.article.title.as_deref()).hash(&mut hasher);
        self.groups.push(id);
        self.near.push(Vec::new());
        self.sketches.push(sketch);
        self.slots.push(Slot::Open { counts: Box::new(counts), key: hasher.finish(), cut: false });
        self.open += 1;
        self.find_near(id);
        self.index.add(id, &self.sketches[id as usize]);
        self.place(id);
        ArticleIndex(id)
    }

    /// Takes an article out, and repairs the event it was in; says whether it was there. After
    /// [`Stream::settle`] everything is as if it had never come.
    pub fn remove(&mut self, article: ArticleIndex) -> bool {
        let id = article.0;
        match self.slots.get_mut(article.at()) {
            Some(slot @ (Slot::Open { .. } | Slot::Archived)) => {
                if let Slot::Open { counts, .. } = std::mem::replace(slot, Slot::Removed) {
                    self.frequencies.forget(counts.terms());
                    self.open -= 1;
                } else {
                    self.frequencies.forget(self.sketches[article.at()].terms());
                }
            }
            _ => return false,
        }
        let sketch = std::mem::take(&mut self.sketches[article.at()]);
        self.index.remove(id, &sketch);
        for (other, _) in std::mem::take(&mut self.near[article.at()]) {
            let list = &mut self.near[other as usize];
            if let Ok(at) = list.binary_search_by_key(&id, |t| t.0) {
                list.remove(at);
            }
        }
        let group = std::mem::replace(&mut self.groups[article.at()], id);
        if let Some(mut left) = self.members.remove(&group) {
            left.members.retain(|m| *m != id);
            if let Some(first) = left.members.first().copied() {
                for m in &left.members {
                    self.groups[*m as usize] = first;
                }
                let open = left.members.len() <= LOCAL && left.members.iter().all(|m| self.is_open(*m));
                let members = left.members.clone();
                self.members.insert(first, left);
                if open {
                    self.regroup(members);
                } else {
                    self.sum_up(first);
                }
            }
        }
        true
    }

    /// Puts another form of an article in the place of the old one, as if that had never been.
    pub fn change(&mut self, article: ArticleIndex, input: &GroupInput<'_>) -> ArticleIndex {
        self.remove(article);
        self.add(input)
    }

    fn is_open(&self, id: u32) -> bool {
        matches!(self.slots.get(id as usize), Some(Slot::Open { .. }))
    }

    /// Whether what is not among an article's neighbours is unknown.
    fn is_cut(&self, id: u32) -> bool {
        match self.slots.get(id as usize) {
            Some(Slot::Open { cut, .. }) => *cut,
            _ => true,
        }
    }

    /// Compares an article with its candidates, and tells both sides.
    fn find_near(&mut self, id: u32) {
        let sketch = &self.sketches[id as usize];
        let candidates = self.index.candidates(id, sketch);
        let full = candidates.len() == CANDIDATES;
        let mut ties: Vec<(u32, Tie)> = Vec::with_capacity(candidates.len());
        let mut last = 0.0;
        for j in candidates {
            let other = &self.sketches[j as usize];
            let features = features(sketch, other);
            let log_odds = log_odds(&self.weights, sketch, other, &features);
            last = probability(log_odds);
            if last >= LEAST {
                ties.push((j, tie(log_odds, sketch, other, &features)));
            }
        }
        if let Some(Slot::Open { cut, .. }) = self.slots.get_mut(id as usize) {
            *cut = full && last >= CUT;
        }
        ties.sort_unstable_by_key(|t| t.0);
        self.near[id as usize] = ties.clone();
        for (j, tie) in ties {
            let list = &mut self.near[j as usize];
            // ids only grow, so the list stays sorted
            list.push((id, tie));
            if list.len() > NEIGHBOURS {
                let least = (0..list.len()).min_by(|a, b| list[*a].1[0].total_cmp(&list[*b].1[0]));
                let (other, _) = list.remove(least.unwrap_or(0));
                // Neighbours are told from both sides or not at all.
                if let Ok(at) = self.near[other as usize].binary_search_by_key(&j, |t| t.0) {
                    self.near[other as usize].remove(at);
                }
                for side in [j, other] {
                    if let Some(Slot::Open { cut, .. }) = self.slots.get_mut(side as usize) {
                        *cut = true;
                    }
                }
            }
        }
    }

    /// Puts a new article where it belongs.
    fn place(&mut self, id: u32) {
        let cut = u32::from(self.is_cut(id));
        let alone = Group { members: vec![id], within: [0.0; TIES], cut, repaired: 1 };
        // What lies between the article and each group near it.
        let mut sums: Vec<(u32, Tie, f32)> =
            self.near[id as usize].iter().map(|(j, tie)| (self.groups[*j as usize], *tie, tie[0])).collect();
        sums.sort_by_key(|g| g.0);
        sums.dedup_by(|next, kept| {
            next.0 == kept.0 && {
                add_tie(&mut kept.1, &next.1);
                kept.2 = kept.2.max(next.2);
                true
            }
        });
        sums.retain(|g| g.1[0] >= NEAR);
        sums.sort_by(|a, b| b.1[0].total_cmp(&a.1[0]).then(a.0.cmp(&b.0)));
        let wanted: Vec<u32> = sums
            .iter()
            .filter(|(name, cross, best)| {
                self.members.get(name).is_some_and(|group| {
                    let between = Between {
                        cross,
                        best: *best,
                        within: [&alone.within, &group.within],
                        size: [1, group.members.len() as u32],
                        cut: [cut, group.cut],
                        names: [id, *name],
                    };
                    self.weights.join(&between) > 0.0
                })
            })
            .map(|g| g.0)
            .collect();
        self.members.insert(id, alone);
        let size = |name: &u32| self.members.get(name).map_or(0, |g| g.members.len());
        let grown = |name: &u32| {
            self.members
                .get(name)
                .is_some_and(|g| (g.members.len() + 1) as f32 >= g.repaired as f32 * (1.0 + GROWN) + 1.0)
        };
        match wanted.as_slice() {
            [] => {}
            [only] if size(only) >= LOCAL || !grown(only) => {
                let cross = sums.iter().find(|g| g.0 == *only).map_or([0.0; TIES], |g| g.1);
                self.join(id, *only, &cross);
            }
            [first, ..] => {
                // The likeliest groups whole, as many as may be taken apart at once.
                let mut nodes = vec![id];
                let likely = sums.iter().filter(|g| g.2 >= LIKELY && !wanted.contains(&g.0)).map(|g| &g.0);
                for name in wanted.iter().chain(likely) {
                    let members = self.members.get(name).map_or(&[][..], |g| g.members.as_slice());
                    if nodes.len() + members.len() <= LOCAL {
                        nodes.extend(members);
                    }
                }
                if nodes.len() == 1 {
                    let cross = sums.iter().find(|g| g.0 == *first).map_or([0.0; TIES], |g| g.1);
                    self.join(id, *first, &cross);
                } else {
                    self.regroup(nodes);
                }
            }
        }
    }

    /// Puts an article that is alone into a group as it stands.
    fn join(&mut self, id: u32, name: u32, cross: &Tie) {
        self.members.remove(&id);
        let cut = u32::from(self.is_cut(id));
        if let Some(group) = self.members.get_mut(&name) {
            group.members.push(id);
            group.cut += cut;
            add_tie(&mut group.within, cross);
            self.groups[id as usize] = name;
        }
    }

    /// Groups the members of some whole groups anew. Archived articles stay with those they were archived with.
    fn regroup(&mut self, mut nodes: Vec<u32>) {
        nodes.sort_unstable();
        nodes.dedup();
        let mut graph = restrict(&self.near, &nodes);
        graph.cut = nodes.iter().map(|n| self.is_cut(*n)).collect();
        let mut firsts: FxHashMap<u32, u32> = FxHashMap::default();
        let start: Vec<u32> = nodes
            .iter()
            .enumerate()
            .map(|(at, node)| match self.is_open(*node) {
                true => at as u32,
                false => *firsts.entry(self.groups[*node as usize]).or_insert(at as u32),
            })
            .collect();
        let fixed: Vec<bool> = nodes.iter().map(|n| !self.is_open(*n)).collect();
        let mut judge = settle::Fixed { weights: &self.weights, fixed: &fixed };
        let parts = partition(&graph, start, &mut judge);
        for node in &nodes {
            self.members.remove(&self.groups[*node as usize]);
        }
        for (node, part) in nodes.iter().zip(&parts) {
            let name = nodes[*part as usize];
            self.groups[*node as usize] = name;
            self.members.entry(name).or_default().members.push(*node);
        }
        let mut names: Vec<u32> = parts.iter().map(|p| nodes[*p as usize]).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            self.sum_up(name);
        }
    }

    /// Works out what is kept of a group beside its members.
    fn sum_up(&mut self, name: u32) {
        let Some(mut group) = self.members.remove(&name) else { return };
        group.within = [0.0; TIES];
        group.repaired = group.members.len();
        group.cut = 0;
        for m in &group.members {
            group.cut += u32::from(self.is_cut(*m));
            for (_, tie) in
                self.near[*m as usize].iter().filter(|(j, _)| *j > *m && self.groups[*j as usize] == name)
            {
                add_tie(&mut group.within, tie);
            }
        }
        self.members.insert(name, group);
    }

    /// The events as they stand: each sorted, in order of their first article.
    pub fn events(&self) -> Vec<Vec<ArticleIndex>> {
        let mut groups = self.groups.clone();
        acts::split(&self.sketches, &self.near, &mut groups, &|_, _| true);
        let mut names: FxHashMap<u32, usize> = FxHashMap::default();
        let mut events: Vec<Vec<ArticleIndex>> = Vec::new();
        for (i, group) in groups.iter().enumerate() {
            if matches!(self.slots[i], Slot::Removed) {
                continue;
            }
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
