//! Grouping a set of articles into events: the same result whatever the order of the articles.

use super::GroupInput;
use super::acts;
use super::graph;
use super::overrides::Resolved;
use super::partition::{Between, Judge, Near, partition};
use super::read::Counts;
use super::sketch::Sketch;
use super::terms::Background;
use super::weights::Weights;
use headwater_model::ArticleIndex;
use rustc_hash::{FxHashMap, FxHashSet};

/// Articles with their groups, by position in the caller's list.
pub(crate) struct Grouped {
    /// One sketch an article.
    pub(crate) sketches: Vec<Sketch>,
    /// Events, each sorted, in order of their first article.
    pub(crate) events: Vec<Vec<ArticleIndex>>,
    /// The event of each article.
    pub(crate) event_of: Vec<u32>,
    /// For each event, the group of like reports it was split off from, numbered from 0.
    pub(crate) topic_of: Vec<u32>,
    /// For each article, the first other one of the same title and text.
    pub(crate) copy_of: Vec<Option<ArticleIndex>>,
    /// For each article, those that share most with it, with the probability, best first.
    pub(crate) nearest: Vec<Vec<(ArticleIndex, f32)>>,
}

/// Neighbours remembered of each article.
const NEAREST: usize = 12;

/// Groups articles.
pub(crate) fn group(inputs: &[GroupInput<'_>], overrides: &Resolved) -> Grouped {
    // Equal texts are one node, so that ten thousand copies cost as much as one; nodes are ordered by their
    // content, so that the order of arrival cannot show.
    let mut nodes: FxHashMap<(&str, &str), u32> = FxHashMap::default();
    let mut first: Vec<usize> = Vec::new();
    let mut node_of: Vec<u32> = Vec::with_capacity(inputs.len());
    for (i, input) in inputs.iter().enumerate() {
        let empty = input.article.text.is_empty() && input.article.title.is_none();
        let key = (input.article.title.as_deref().unwrap_or(""), input.article.text.as_str());
        let next = first.len() as u32;
        let node = if empty { next } else { *nodes.entry(key).or_insert(next) };
        if node == next {
            first.push(i);
        }
        node_of.push(node);
    }
    let content = |node: &u32| {
        let article = inputs[first[*node as usize]].article;
        (article.text.as_str(), article.title.as_deref().unwrap_or(""))
    };
    let mut order: Vec<u32> = (0..first.len() as u32).collect();
    order.sort_by(|a, b| content(a).cmp(&content(b)).then(a.cmp(b)));
    let mut rank = vec![0u32; first.len()];
    for (r, node) in order.iter().enumerate() {
        rank[*node as usize] = r as u32;
    }
    for node in &mut node_of {
        *node = rank[*node as usize];
    }
    let first: Vec<usize> = order.iter().map(|node| first[*node as usize]).collect();

    let counts: Vec<Counts> = first.iter().map(|i| Counts::new(&inputs[*i])).collect();
    let sketches = graph::weigh(&counts, Background::shipped());
    drop(counts);
    let paired = graph::pair_up(&sketches);
    let weights = Weights::shipped();
    let graph = graph::graph(&sketches, &paired, weights, |_| true);
    let mut judge = Overruled::new(weights, overrides, &node_of, first.len());
    let mut groups = partition(&graph, judge.together.clone(), &mut judge);
    let topics = groups.clone();
    acts::split(&sketches, &graph.near, &mut groups, &|a, b| {
        judge.together[a as usize] != judge.together[b as usize]
    });
    let nearest = nearest(&graph.near, &first);
    collect(sketches, groups, &topics, nearest, &node_of, overrides)
}

/// For each node, the nearest others, as positions in the caller's list.
fn nearest(near: &[Vec<Near>], first: &[usize]) -> Vec<Vec<(ArticleIndex, f32)>> {
    near.iter()
        .map(|list| {
            let mut out: Vec<(u32, f32)> = list.iter().map(|near| (near.id, near.probability())).collect();
            out.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            out.truncate(NEAREST);
            out.into_iter().map(|(j, p)| (ArticleIndex(first[j as usize] as u32), p)).collect()
        })
        .collect()
}

/// From groups of nodes to events of articles. Copies that the user sets apart leave their node's event.
fn collect(
    sketches: Vec<Sketch>,
    groups: Vec<u32>,
    topics: &[u32],
    nearest: Vec<Vec<(ArticleIndex, f32)>>,
    node_of: &[u32],
    overrides: &Resolved,
) -> Grouped {
    let mut alone: FxHashSet<u32> = FxHashSet::default();
    for (a, b) in &overrides.apart {
        if let (Some(x), Some(y)) = (node_of.get(a.at()), node_of.get(b.at()))
            && x == y
        {
            alone.insert(a.0.max(b.0));
        }
    }
    let mut events: Vec<Vec<ArticleIndex>> = Vec::new();
    let mut event_of = Vec::with_capacity(node_of.len());
    let mut names: FxHashMap<u32, u32> = FxHashMap::default();
    for (i, node) in node_of.iter().enumerate() {
        let next = events.len() as u32;
        let event = match alone.contains(&(i as u32)) {
            true => next,
            false => *names.entry(groups[*node as usize]).or_insert(next),
        };
        if event == next {
            events.push(Vec::new());
        }
        events[event as usize].push(ArticleIndex(i as u32));
        event_of.push(event);
    }
    // A topic's name is only a number; it is given anew in order of its first event.
    let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
    let topic_of = events
        .iter()
        .filter_map(|members| members.first().and_then(|a| node_of.get(a.at())))
        .map(|node| {
            let next = numbers.len() as u32;
            *numbers.entry(topics[*node as usize]).or_insert(next)
        })
        .collect();
    let sketches = node_of.iter().map(|n| sketches[*n as usize].clone()).collect();
    let mut firsts: FxHashMap<u32, (ArticleIndex, Option<ArticleIndex>)> = FxHashMap::default();
    for (i, node) in node_of.iter().enumerate() {
        let a = ArticleIndex(i as u32);
        let entry = firsts.entry(*node).or_insert((a, None));
        if entry.0 != a && entry.1.is_none() {
            entry.1 = Some(a);
        }
    }
    let copy_of = node_of
        .iter()
        .enumerate()
        .map(|(i, node)| firsts.get(node).and_then(|f| if f.0.at() == i { f.1 } else { Some(f.0) }))
        .collect();
    let nearest = node_of.iter().map(|n| nearest[*n as usize].clone()).collect();
    Grouped { sketches, events, event_of, topic_of, copy_of, nearest }
}

/// The learned judge under a user's overrides.
struct Overruled<'w> {
    weights: &'w Weights,
    /// Starting groups: nodes that belong together.
    together: Vec<u32>,
    /// Nodes that must not meet, in both directions, sorted.
    apart: Vec<(u32, u32)>,
    pinned: FxHashSet<u32>,
    /// Members of each group that have something to be kept apart from.
    members: FxHashMap<u32, Vec<u32>>,
}

impl<'w> Overruled<'w> {
    fn new(weights: &'w Weights, overrides: &Resolved, node_of: &[u32], nodes: usize) -> Self {
        let pairs = |list: &[(ArticleIndex, ArticleIndex)]| -> Vec<(u32, u32)> {
            list.iter()
                .filter_map(|(a, b)| Some((*node_of.get(a.at())?, *node_of.get(b.at())?)))
                .filter(|(a, b)| a != b)
                .collect()
        };
        let mut apart = pairs(&overrides.apart);
        apart.extend(apart.clone().into_iter().map(|(a, b)| (b, a)));
        apart.sort_unstable();
        apart.dedup();
        let mut pinned: FxHashSet<u32> = apart.iter().map(|p| p.0).collect();
        let mut parent: Vec<u32> = (0..nodes as u32).collect();
        let mut wanted = pairs(&overrides.together);
        wanted.sort_unstable();
        // What each group has to be kept apart from.
        let mut foes: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for (x, y) in &apart {
            foes.entry(*x).or_default().push(*y);
        }
        for (a, b) in wanted {
            let (x, y) = (root(&mut parent, a), root(&mut parent, b));
            let (to, from) = (x.min(y), x.max(y));
            // "Apart" overrules "together".
            let mut list = foes.remove(&from).unwrap_or_default();
            let clash = list.iter().any(|foe| root(&mut parent, *foe) == to);
            if from == to || clash {
                if !list.is_empty() {
                    foes.insert(from, list);
                }
                continue;
            }
            parent[from as usize] = to;
            foes.entry(to).or_default().append(&mut list);
            pinned.extend([a, b]);
        }
        let together = (0..nodes as u32).map(|node| root(&mut parent, node)).collect();
        Overruled { weights, together, apart, pinned, members: FxHashMap::default() }
    }
}

/// The first of a set of nodes that were brought together, in a forest of them.
pub(crate) fn root(parent: &mut [u32], mut at: u32) -> u32 {
    while parent[at as usize] != at {
        parent[at as usize] = parent[parent[at as usize] as usize];
        at = parent[at as usize];
    }
    at
}

impl Judge for Overruled<'_> {
    fn begin(&mut self, groups: &[u32]) {
        self.members.clear();
        let mut last = None;
        for (node, _) in &self.apart {
            if last != Some(node) {
                self.members.entry(groups[*node as usize]).or_default().push(*node);
            }
            last = Some(node);
        }
    }

    fn joins(&mut self, between: &Between<'_>) -> bool {
        let [a, b] = between.names;
        if let (Some(x), Some(y)) = (self.members.get(&a), self.members.get(&b))
            && x.iter().any(|x| y.iter().any(|y| self.apart.binary_search(&(*x, *y)).is_ok()))
        {
            return false;
        }
        let joins = self.weights.join(between) > 0.0;
        if joins && let Some(moved) = self.members.remove(&b) {
            self.members.entry(a).or_default().extend(moved);
        }
        joins
    }

    fn movable(&self, node: u32) -> bool {
        !self.pinned.contains(&node)
    }
}
