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
use super::features::Probe;
use super::frequencies::Frequencies;
use super::graph::{CUT, LEAST, log_odds};
use super::index::{CANDIDATES, Index, leading_words};
use super::partition::{Between, Graph, Near, Tie, add, partition, restrict};
use super::read::Counts;
use super::sketch::Sketch;
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
/// Part of its size by which a group grows before it is put together anew in a stream that is no longer young: repair
/// costs then a bounded number of comparisons an article. In a young stream every growth is repaired.
const GROWN: f32 = 0.25;
/// While few articles have come, how common words are is not known well, and what came first was weighed wrongly:
/// a young stream settles by itself, at so many articles and then each time that it has grown by a quarter. Without
/// that, articles grouped as they came lose .02 of B³ on the FNC-1 bodies and .03 on the headlines (settled at each half).
/// The quarter was chosen on ECB+, where five orders then differ by .008 of B³ and not by .014. Later on the
/// counts hardly change weights any more, and it would cost as much as all the rest.
const SETTLE_FIRST: usize = 16;
const SETTLE_GROWTH: f32 = 0.25;
const YOUNG: usize = 8_000;
/// Candidates come best first: after so many in a row that have nothing to do with an article, the others are let be.
/// As they come, five shuffles of ECB+ have a mean B³ of .940 with this as without, of the FNC-1 bodies .965 and .964.
const IN_VAIN: usize = 16;
/// Scored neighbours kept of one article; likelier ones stay.
const NEIGHBOURS: usize = CANDIDATES;

/// Articles grouped as they come.
pub struct Stream {
    frequencies: Frequencies<'static>,
    weights: Weights,
    slots: Vec<Slot>,
    /// Sketches, neighbours and groups by slot; those of what was removed are empty.
    sketches: Vec<Sketch>,
    near: Vec<Vec<Near>>,
    groups: Vec<u32>,
    index: Index,
    members: FxHashMap<u32, Group>,
    open: usize,
    /// The article that is compared with its candidates.
    probe: Box<Probe>,
    /// Places of the nodes that are being grouped anew, [`NOWHERE`] otherwise.
    places: Vec<u32>,
    /// Articles held at which all are weighed and grouped anew by itself.
    settle_at: usize,
}

/// In [`Stream::places`]: the node is not among them.
const NOWHERE: u32 = u32::MAX;

/// What one arrival is now.
enum Slot {
    /// May still gather others; `cut` when its list of candidates was cut off among likely ones.
    Open { key: u64, cut: bool },
    /// In an event that is quiet.
    Archived,
    /// As if it had never been.
    Removed,
}

/// One group of like reports.
#[derive(Clone, Debug, Default)]
struct Group {
    members: Vec<u32>,
    /// Sums over the pairs within, and over those of them that are no longer held: of the archived.
    within: Tie,
    kept: Tie,
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

impl Stream {
    /// An empty stream.
    pub fn new() -> Self {
        Stream {
            frequencies: Frequencies::new(Background::shipped()),
            weights: Weights::shipped().clone(),
            slots: Vec::new(),
            sketches: Vec::new(),
            near: Vec::new(),
            groups: Vec::new(),
            index: Index::default(),
            members: FxHashMap::default(),
            open: 0,
            probe: Box::default(),
            places: Vec::new(),
            settle_at: SETTLE_FIRST,
        }
    }

    /// Articles held: those that came and were not removed.
    pub fn len(&self) -> usize {
        self.frequencies.articles() as usize
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
        let background = self.frequencies.background;
        let mut sketch = Sketch::new(&counts, background);
        self.frequencies.begin();
        // All are counted before any is weighed, so that one waiting for memory overlaps the next. They are weighed in
        // the order in which the sketch tells them.
        self.frequencies.fetch(sketch.terms());
        let others: Vec<u32> = sketch.terms().map(|term| self.frequencies.take_in(term)).collect();
        let mut others = others.into_iter();
        sketch.weigh(background, self.frequencies.measure(), |_| others.next().unwrap_or_default());
        let mut hasher = FxHasher::default();
        (input.article.text.as_str(), input.article.title.as_deref()).hash(&mut hasher);
        self.groups.push(id);
        self.near.push(Vec::new());
        self.sketches.push(sketch);
        self.slots.push(Slot::Open { key: hasher.finish(), cut: false });
        self.open += 1;
        self.find_near(id);
        self.place(id);
        if self.len() >= self.settle_at && self.len() <= YOUNG {
            self.settle();
            self.settle_at = self.len() + (self.len() as f32 * SETTLE_GROWTH) as usize;
        }
        ArticleIndex(id)
    }

    /// Takes an article out, and repairs the event it was in; says whether it was there. After
    /// [`Stream::settle`] everything is as if it had never come.
    pub fn remove(&mut self, article: ArticleIndex) -> bool {
        let id = article.0;
        let archived = match self.slots.get_mut(article.at()) {
            Some(slot @ (Slot::Open { .. } | Slot::Archived)) => {
                matches!(std::mem::replace(slot, Slot::Removed), Slot::Archived)
            }
            _ => return false,
        };
        self.open -= usize::from(!archived);
        self.frequencies.forget(std::mem::take(&mut self.sketches[article.at()]).terms());
        self.index.remove(id);
        for near in std::mem::take(&mut self.near[article.at()]) {
            self.forget_near(near.id, id);
        }
        let group = std::mem::replace(&mut self.groups[article.at()], id);
        if let Some(mut left) = self.members.remove(&group) {
            left.members.retain(|m| *m != id);
            if archived {
                // Its share of the sums is not known by itself; what stays is as much as the others hold.
                let others = left.members.iter().filter(|m| !self.is_open(**m)).count() as f32;
                left.kept = left.kept.map(|v| v * (others - 1.0).max(0.0) / (others + 1.0));
            }
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

    /// Notes that an article has lost a neighbour.
    fn mark_cut(&mut self, id: u32) {
        if let Some(Slot::Open { cut, .. }) = self.slots.get_mut(id as usize) {
            *cut = true;
        }
    }

    /// Compares an article with its candidates, and tells both sides.
    fn find_near(&mut self, id: u32) {
        let sketch = &self.sketches[id as usize];
        let words = leading_words(sketch);
        let candidates = self.index.candidates(id, &words);
        self.index.add(id, &words);
        let full = candidates.len() == CANDIDATES;
        let mut ties: Vec<Near> = Vec::with_capacity(candidates.len());
        let (mut last, mut in_vain) = (0.0, 0);
        self.probe.lay(sketch);
        // Where the candidates' words stand is looked up for all at once, and the words of each while the one before it is
        // compared: waiting for memory is most of what comparing costs in a large archive.
        std::hint::black_box(candidates.iter().fold(0, |sum, j| sum ^ self.sketches[*j as usize].reach()));
        for (at, j) in candidates.iter().copied().enumerate() {
            if in_vain == IN_VAIN {
                break;
            }
            if let Some(next) = candidates.get(at + 1) {
                self.sketches[*next as usize].fetch();
            }
            let other = &self.sketches[j as usize];
            let features = self.probe.features(sketch, other);
            let log_odds = log_odds(&self.weights, sketch, other, &features);
            last = probability(log_odds);
            in_vain += 1;
            if last >= LEAST {
                in_vain = 0;
                ties.push(Near::new(j, &tie(log_odds, sketch, other, &features)));
            }
        }
        if let Some(Slot::Open { cut, .. }) = self.slots.get_mut(id as usize) {
            *cut = full && last >= CUT;
        }
        ties.sort_unstable_by_key(|t| t.id);
        ties.shrink_to_fit();
        self.near[id as usize] = ties.clone();
        for tie in ties {
            let j = tie.id;
            let list = &mut self.near[j as usize];
            // ids only grow, so the list stays sorted
            list.push(tie.with(id));
            if list.len() > NEIGHBOURS {
                let least =
                    (0..list.len()).min_by(|a, b| list[*a].probability().total_cmp(&list[*b].probability()));
                let other = list.remove(least.unwrap_or(0)).id;
                self.forget_near(other, j);
                self.mark_cut(j);
                self.mark_cut(other);
            }
        }
    }

    /// Takes a neighbour off a list: neighbours are told from both sides or not at all.
    fn forget_near(&mut self, of: u32, gone: u32) {
        let list = &mut self.near[of as usize];
        if let Ok(at) = list.binary_search_by_key(&gone, |t| t.id) {
            list.remove(at);
        }
    }

    /// Puts a new article where it belongs: into the group that it most belongs to. When there are several, or when
    /// the group has grown by a part of its size, they are grouped anew.
    fn place(&mut self, id: u32) {
        let cut = u32::from(self.is_cut(id));
        let alone = Group { members: vec![id], cut, repaired: 1, ..Group::default() };
        // What lies between the article and each group near it.
        let mut sums: Vec<(u32, Tie, f32)> = self.near[id as usize]
            .iter()
            .map(|near| (self.groups[near.id as usize], near.tie(), near.probability()))
            .collect();
        sums.sort_by_key(|g| g.0);
        sums.dedup_by(|next, kept| {
            next.0 == kept.0 && {
                add(&mut kept.1, &next.1);
                kept.2 = kept.2.max(next.2);
                true
            }
        });
        sums.retain(|g| g.1[0] >= NEAR);
        let mut wanted: Vec<(f32, u32, Tie)> = sums
            .iter()
            .filter_map(|(name, cross, best)| {
                let score = self.judge(cross, *best, &alone, self.members.get(name)?, [id, *name]);
                (score > 0.0).then_some((score, *name, *cross))
            })
            .collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        self.members.insert(id, alone);
        let Some((_, name, cross)) = wanted.first().copied() else { return };
        self.join(id, name, &cross);
        // When its group has grown, or, in a young stream, when the article might belong to several, these and the likely
        // ones are taken apart whole, as many as may be at once.
        let size_of = |name: &u32| self.members.get(name).map_or(0, |g| g.members.len());
        let young = self.len() <= YOUNG;
        let growth = if young { 0.0 } else { GROWN };
        let size = size_of(&name);
        let grown =
            self.members.get(&name).is_some_and(|g| size as f32 >= g.repaired as f32 * (1.0 + growth) + 1.0);
        let others = wanted.iter().skip(1).map(|w| w.1);
        let all = size + others.clone().map(|g| size_of(&g)).sum::<usize>();
        if size <= LOCAL && (grown || (young && wanted.len() > 1 && all <= LOCAL)) {
            let likely =
                sums.iter().filter(|g| g.2 >= LIKELY && wanted.iter().all(|w| w.1 != g.0)).map(|g| g.0);
            let mut nodes = self.members.get(&name).map_or_else(Vec::new, |g| g.members.clone());
            for other in others.chain(likely) {
                let members = self.members.get(&other).map_or(&[][..], |g| g.members.as_slice());
                if nodes.len() + members.len() <= LOCAL {
                    nodes.extend(members);
                }
            }
            self.regroup(nodes);
            return;
        }
        // Else whole groups between which the article stands are looked at: are they one?
        for other in others {
            let Some(cross) = self.alike(name, other) else { continue };
            let all = size + size_of(&other);
            if all > LOCAL {
                self.merge(name, other, &cross);
            } else {
                let members = [name, other].into_iter().filter_map(|g| self.members.get(&g));
                let nodes = members.flat_map(|g| g.members.iter().copied()).collect();
                self.regroup(nodes);
            }
            return;
        }
    }

    /// Makes one group of two as they stand; `cross` is what lies between them.
    fn merge(&mut self, a: u32, b: u32, cross: &Tie) {
        let Some(gone) = self.members.remove(&a.max(b)) else { return };
        for member in &gone.members {
            self.groups[*member as usize] = a.min(b);
        }
        if let Some(group) = self.members.get_mut(&a.min(b)) {
            group.members.extend(gone.members);
            group.members.sort_unstable();
            add(&mut group.within, &gone.within);
            add(&mut group.within, cross);
            add(&mut group.kept, &gone.kept);
            group.cut += gone.cut;
            group.repaired = group.members.len();
        }
    }

    /// What lies between two groups when they look like one.
    fn alike(&self, a: u32, b: u32) -> Option<Tie> {
        let (x, y) = (self.members.get(&a)?, self.members.get(&b)?);
        let (from, to) = if x.members.len() <= y.members.len() { (x, b) } else { (y, a) };
        let mut cross = Tie::default();
        let mut best = 0.0f32;
        for member in &from.members {
            for near in self.near[*member as usize].iter().filter(|n| self.groups[n.id as usize] == to) {
                add(&mut cross, &near.tie());
                best = best.max(near.probability());
            }
        }
        (self.judge(&cross, best, x, y, [a, b]) > 0.0).then_some(cross)
    }

    /// Log-odds that two groups are one.
    fn judge(&self, cross: &Tie, best: f32, a: &Group, b: &Group, names: [u32; 2]) -> f32 {
        self.weights.join(&Between {
            cross,
            best,
            within: [&a.within, &b.within],
            size: [a.members.len() as u32, b.members.len() as u32],
            cut: [a.cut, b.cut],
            names,
        })
    }

    /// Puts an article that is alone into a group as it stands.
    fn join(&mut self, id: u32, name: u32, cross: &Tie) {
        self.members.remove(&id);
        let cut = u32::from(self.is_cut(id));
        if let Some(group) = self.members.get_mut(&name) {
            group.members.push(id);
            group.cut += cut;
            add(&mut group.within, cross);
            self.groups[id as usize] = name;
        }
    }

    /// Groups the members of some whole groups anew. Archived articles stay with those they were archived with.
    fn regroup(&mut self, mut nodes: Vec<u32>) {
        nodes.sort_unstable();
        nodes.dedup();
        self.places.resize(self.slots.len(), NOWHERE);
        for (at, node) in nodes.iter().enumerate() {
            self.places[*node as usize] = at as u32;
        }
        let place = |node: u32| self.places.get(node as usize).copied().filter(|at| *at != NOWHERE);
        let mut graph = restrict(&self.near, &nodes, place);
        for node in &nodes {
            self.places[*node as usize] = NOWHERE;
        }
        graph.cut = nodes.iter().map(|n| self.is_cut(*n)).collect();
        let (start, fixed) = self.standing(&nodes, &mut graph);
        let mut judge = settle::Fixed { weights: &self.weights, fixed: &fixed };
        let parts = partition(&graph, start, &mut judge);
        self.regrouped(&nodes, &parts, &graph.within, |part| nodes[part as usize]);
    }

    /// How nodes are grouped before they are grouped anew: the open ones alone, the archived as they were archived,
    /// with the sums that were kept of them; and which are archived.
    fn standing(&self, nodes: &[u32], graph: &mut Graph) -> (Vec<u32>, Vec<bool>) {
        let mut firsts: FxHashMap<u32, u32> = FxHashMap::default();
        let mut start = Vec::with_capacity(nodes.len());
        for (at, node) in nodes.iter().enumerate() {
            let at = at as u32;
            if self.is_open(*node) {
                start.push(at);
                continue;
            }
            let name = self.groups[*node as usize];
            let first = *firsts.entry(name).or_insert(at);
            if first == at
                && let Some(group) = self.members.get(&name)
            {
                graph.within.push((at, group.kept));
            }
            start.push(first);
        }
        let fixed = nodes.iter().map(|n| !self.is_open(*n)).collect();
        (start, fixed)
    }

    /// Takes a partition of nodes over; `kept` are the sums kept of what is archived among them, by node.
    fn regrouped(&mut self, nodes: &[u32], parts: &[u32], kept: &[(u32, Tie)], name: impl Fn(u32) -> u32) {
        for node in nodes {
            self.members.remove(&self.groups[*node as usize]);
        }
        for (node, part) in nodes.iter().zip(parts) {
            let name = name(*part);
            self.groups[*node as usize] = name;
            self.members.entry(name).or_default().members.push(*node);
        }
        for (at, sums) in kept {
            if let Some(group) = self.members.get_mut(&name(parts[*at as usize])) {
                add(&mut group.kept, sums);
            }
        }
        let mut names: Vec<u32> = parts.iter().map(|p| name(*p)).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            self.sum_up(name);
        }
    }

    /// Works out what is kept of a group beside its members.
    fn sum_up(&mut self, name: u32) {
        let Some(mut group) = self.members.remove(&name) else { return };
        group.within = group.kept;
        group.members.sort_unstable();
        group.repaired = group.members.len();
        group.cut = 0;
        for m in &group.members {
            group.cut += u32::from(self.is_cut(*m));
            let near = self.near[*m as usize].iter();
            for near in near.filter(|n| n.id > *m && self.groups[n.id as usize] == name) {
                add(&mut group.within, &near.tie());
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
