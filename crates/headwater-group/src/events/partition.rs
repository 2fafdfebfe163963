//! From scored pairs to groups: best-first joining on the graph of candidates, then local repair.
//!
//! The result depends on the scores alone, not on the order in which articles came. Two groups are joined
//! when what lies between them looks like what lies within them ([`Between::features`]): two happenings of one
//! kind are each tighter than the pair of them, one happening in two wordings is not. Then single articles
//! move and groups join again until nothing changes. Pairs that were never candidates count as nothing shared.

use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Rounds of moving single articles; in practice two or three suffice.
const MOVE_ROUNDS: usize = 12;
/// How much better another group must be before an article moves, in mean probability.
const MOVE_MARGIN: f32 = 0.02;
/// Groups whose pairs have a lesser mean probability are never looked at.
const FLOOR: f32 = 0.08;

/// What is kept of a pair: probability, log-odds, shared words, names, words of the head, pairs of words, and
/// whether one is a headline, and 1 for being known at all.
pub(crate) type Tie = [f32; TIES];
/// How many numbers that is.
pub(crate) const TIES: usize = 8;
/// Where a tie counts itself.
const KNOWN: usize = 7;

/// Numbers by which joining two groups is judged.
pub(crate) const JOIN_NAMES: [&str; JOINS] = [
    "bias",
    "probability",
    "probability squared",
    "log-odds",
    "words",
    "names",
    "head words",
    "pairs",
    "greatest probability",
    "within probability",
    "within words",
    "within names",
    "within head words",
    "within pairs",
    "gap in probability",
    "gap in words",
    "gap in names",
    "gap in head words",
    "gap in pairs",
    "words against within",
    "head words against within",
    "pairs against within",
    "gap in log-odds",
    "one is alone",
    "both are alone",
    "smaller size",
    "greater size",
    "smaller size and gap in words",
    "smaller size and gap in log-odds",
    "centroid words",
    "centroid names",
    "centroid head words",
    "centroid pairs",
    "centroid words squared",
    "smaller size and centroid words",
];
/// How many there are.
pub(crate) const JOINS: usize = 35;

/// The numbers of one possible joining.
pub(crate) type JoinFeatures = [f32; JOINS];

/// The scored pairs of one set of nodes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Graph {
    /// For each node its neighbours, sorted.
    pub(crate) near: Vec<Vec<Near>>,
    /// Nodes whose list of candidates was cut off among likely ones: what is not on it is unknown.
    pub(crate) cut: Vec<bool>,
    /// Sums over pairs within a starting group that are not among the neighbours: a node of it, and the sums.
    pub(crate) within: Vec<(u32, Tie)>,
}

/// A neighbour and the pair's tie, in sixteen bytes: shares of one in steps, and log-odds with the kind of pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Near {
    pub(crate) id: u32,
    probability: u16,
    odds: u16,
    shares: [u16; 4],
}

/// Steps of a stored share of one; steps of stored log-odds, which reach from 0 to 12; the pair is with a headline.
const SHARE_STEPS: f32 = 65_535.0;
const ODDS_STEPS: f32 = 2_048.0;
const WITH_HEADLINE: u16 = 1 << 15;

impl Near {
    /// Stores a tie.
    pub(crate) fn new(id: u32, tie: &Tie) -> Self {
        let share = |v: f32| (v.clamp(0.0, 1.0) * SHARE_STEPS + 0.5) as u16;
        let odds = ((tie[1] * ODDS_STEPS) as u16).min(WITH_HEADLINE - 1);
        Near {
            id,
            probability: share(tie[0]),
            odds: odds | if tie[6] > 0.5 { WITH_HEADLINE } else { 0 },
            shares: [share(tie[2]), share(tie[3]), share(tie[4]), share(tie[5])],
        }
    }

    /// The same tie with another neighbour.
    pub(crate) fn with(self, id: u32) -> Self {
        Near { id, ..self }
    }

    /// The stored tie.
    pub(crate) fn tie(&self) -> Tie {
        let [words, names, head, pairs] = self.shares.map(|v| f32::from(v) / SHARE_STEPS);
        let odds = f32::from(self.odds & !WITH_HEADLINE) / ODDS_STEPS;
        let short = if self.odds & WITH_HEADLINE != 0 { 1.0 } else { 0.0 };
        [self.probability(), odds, words, names, head, pairs, short, 1.0]
    }

    /// The probability that both tell the same happening.
    pub(crate) fn probability(&self) -> f32 {
        f32::from(self.probability) / SHARE_STEPS
    }
}

/// Two groups that might be joined.
pub(crate) struct Between<'g> {
    /// Sums over the pairs between them.
    pub(crate) cross: &'g Tie,
    /// Greatest probability between them.
    pub(crate) best: f32,
    /// Sums over the pairs within each.
    pub(crate) within: [&'g Tie; 2],
    /// Sizes.
    pub(crate) size: [u32; 2],
    /// Members whose lists of candidates were cut off.
    pub(crate) cut: [u32; 2],
    /// Their members' least nodes.
    pub(crate) names: [u32; 2],
}

impl Between<'_> {
    /// Whether the pairs between them are mostly with headlines.
    pub(crate) fn is_short(&self) -> bool {
        self.cross[6] > 0.5 * self.cross[KNOWN]
    }

    /// The numbers by which joining them is judged.
    pub(crate) fn features(&self) -> JoinFeatures {
        let [n, m] = self.size.map(|s| s as f32);
        let count = pairs_known(self.cross[KNOWN], n * m, self.cut, self.size);
        let cross = self.cross.map(|v| v / count);
        // Mean of the means within, weighted by size, of those groups that have pairs.
        let inside = |k: usize, n: f32| {
            let (size, cut) = ([self.size[k]; 2], [self.cut[k]; 2]);
            pairs_known(self.within[k][KNOWN], n * (n - 1.0) / 2.0, cut, size)
        };
        let (pairs_a, pairs_b) = (inside(0, n), inside(1, m));
        let mut within = [0.0f32; TIES];
        let weight = (if pairs_a > 0.0 { n } else { 0.0 }) + (if pairs_b > 0.0 { m } else { 0.0 });
        for (k, mean) in within.iter_mut().enumerate() {
            let a = if pairs_a > 0.0 { self.within[0][k] / pairs_a * n } else { 0.0 };
            let b = if pairs_b > 0.0 { self.within[1][k] / pairs_b * m } else { 0.0 };
            *mean = if weight > 0.0 { (a + b) / weight } else { 0.0 };
        }
        let any = weight > 0.0;
        let gap = |k: usize| if any { within[k] - cross[k] } else { 0.0 };
        let against = |k: usize| if any && within[k] > 0.0 { (cross[k] / within[k]).min(2.0) } else { 0.0 };
        let flag = |yes: bool| f32::from(u8::from(yes));
        let small = n.min(m).ln();
        // Cosine between the mean vectors of the groups, from the means of their pairs' cosines.
        let own = |side: usize, k: usize, n: f32, pairs: f32| {
            let mean = if pairs > 0.0 { self.within[side][k] / pairs } else { 0.0 };
            (1.0 + (n - 1.0) * mean) / n
        };
        let centroid = |k: usize| cross[k] / (own(0, k, n, pairs_a) * own(1, k, m, pairs_b)).sqrt().max(0.05);
        [
            1.0,
            cross[0],
            cross[0] * cross[0],
            cross[1] / 6.0,
            cross[2],
            cross[3],
            cross[4],
            cross[5],
            self.best,
            within[0],
            within[2],
            within[3],
            within[4],
            within[5],
            gap(0),
            gap(2),
            gap(3),
            gap(4),
            gap(5),
            against(2),
            against(4),
            against(5),
            gap(1) / 6.0,
            flag(n.min(m) == 1.0 && any),
            flag(!any),
            small,
            n.max(m).ln(),
            small * gap(2),
            small * gap(1) / 6.0,
            centroid(2),
            centroid(3),
            centroid(4),
            centroid(5),
            centroid(2) * centroid(2),
            small * centroid(2),
        ]
    }
}

/// The graph among some of the nodes, sorted, which become 0, 1, 2, …; `place` tells which of them a node becomes.
pub(crate) fn restrict(near: &[Vec<Near>], nodes: &[u32], place: impl Fn(u32) -> Option<u32>) -> Graph {
    let near = nodes
        .iter()
        .map(|a| {
            let all = &near[*a as usize];
            // Most neighbours are among the nodes: room for all is made at once.
            let mut among = Vec::with_capacity(all.len());
            among.extend(all.iter().filter_map(|near| Some(near.with(place(near.id)?))));
            among
        })
        .collect();
    Graph { near, cut: vec![false; nodes.len()], within: Vec::new() }
}

/// How many of `all` pairs count: the known ones, and of the others those that would be known if they were likely.
fn pairs_known(known: f32, all: f32, cut: [u32; 2], size: [u32; 2]) -> f32 {
    let open = |k: usize| 1.0 - cut[k] as f32 / size[k].max(1) as f32;
    known + (all - known).max(0.0) * open(0) * open(1)
}

#[derive(PartialEq)]
struct Candidate {
    score: f32,
    a: u32,
    b: u32,
    stamp: (u32, u32),
}

impl Eq for Candidate {}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then(other.a.cmp(&self.a)).then(other.b.cmp(&self.b))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Who decides.
pub(crate) trait Judge {
    /// Told before each round of joining how the nodes are grouped.
    fn begin(&mut self, _groups: &[u32]) {}
    /// Whether two groups become one; when it says yes they do.
    fn joins(&mut self, between: &Between<'_>) -> bool;
    /// Whether a node may leave its group.
    fn movable(&self, _node: u32) -> bool {
        true
    }
}

/// Groups nodes, starting from `groups`; each node gets the number of its group, which is the least node in it.
pub(crate) fn partition(graph: &Graph, mut groups: Vec<u32>, judge: &mut dyn Judge) -> Vec<u32> {
    name(&mut groups);
    link(graph, &mut groups, judge);
    for _ in 0..MOVE_ROUNDS {
        let before = groups.clone();
        if !shift(graph, &mut groups, judge) {
            break;
        }
        link(graph, &mut groups, judge);
        if groups == before {
            break;
        }
    }
    groups
}

/// Adds a tie to sums.
pub(crate) fn add(to: &mut Tie, tie: &Tie) {
    for (a, b) in to.iter_mut().zip(tie) {
        *a += b;
    }
}

/// A group while it grows.
#[derive(Clone, Default)]
struct Open {
    /// What lies between it and others, sorted by their numbers.
    near: Vec<Side>,
    within: Tie,
    size: u32,
    cut: u32,
    /// Counts its changes, so that stale candidates are known.
    stamp: u32,
}

/// What lies between a group and another one: sums over the pairs, and the greatest probability.
#[derive(Clone, Copy)]
struct Side {
    other: u32,
    sum: Tie,
    best: f32,
}

impl Side {
    fn take_in(&mut self, more: &Side) {
        add(&mut self.sum, &more.sum);
        self.best = self.best.max(more.best);
    }
}

impl Open {
    /// Sorts what was pushed, one entry for each other group.
    fn sum_up(&mut self) {
        self.near.sort_by_key(|side| side.other);
        self.near.dedup_by(|next, kept| {
            let same = next.other == kept.other;
            if same {
                kept.take_in(next);
            }
            same
        });
    }

    fn at(&self, other: u32) -> Result<usize, usize> {
        self.near.binary_search_by_key(&other, |side| side.other)
    }

    /// What lay between it and `gone` lies now between it and `to`, which is less.
    fn renamed(&mut self, gone: u32, to: u32) {
        let Ok(from) = self.at(gone) else { return };
        match self.at(to) {
            Ok(at) => {
                let more = self.near.remove(from);
                self.near[at].take_in(&more);
            }
            Err(at) => {
                self.near[from].other = to;
                self.near[at..=from].rotate_right(1);
            }
        }
    }
}

/// Two sorted lists as one, without those between the two groups themselves.
fn merged(a: &[Side], b: &[Side], without: [u32; 2]) -> Vec<Side> {
    let mut out: Vec<Side> = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        let side = match (a.get(i), b.get(j)) {
            (Some(x), Some(y)) if x.other == y.other => {
                (i, j) = (i + 1, j + 1);
                let mut side = *x;
                side.take_in(y);
                side
            }
            (Some(x), y) if y.is_none_or(|y| x.other < y.other) => {
                i += 1;
                *x
            }
            (_, Some(y)) => {
                j += 1;
                *y
            }
            _ => break,
        };
        if !without.contains(&side.other) {
            out.push(side);
        }
    }
    out
}

/// Joins groups, best mean first, while the judge says so.
pub(crate) fn link(graph: &Graph, groups: &mut [u32], judge: &mut dyn Judge) {
    judge.begin(groups);
    let n = groups.len();
    let mut open = vec![Open::default(); n];
    let mut parent: Vec<u32> = (0..n as u32).collect();
    for (i, group) in groups.iter().enumerate() {
        let own = &mut open[*group as usize];
        own.near.reserve(graph.near[i].len());
        own.size += 1;
        own.cut += u32::from(graph.cut.get(i) == Some(&true));
        for near in &graph.near[i] {
            let other = groups[near.id as usize];
            let tie = near.tie();
            if other != *group {
                own.near.push(Side { other, sum: tie, best: tie[0] });
            } else if i < near.id as usize {
                add(&mut own.within, &tie);
            }
        }
    }
    for (node, within) in &graph.within {
        add(&mut open[groups[*node as usize] as usize].within, within);
    }
    let mut heap = BinaryHeap::new();
    for own in &mut open {
        own.sum_up();
    }
    for a in 0..n as u32 {
        offer(&open, a, &mut heap, true);
    }
    while let Some(Candidate { a, b, stamp, .. }) = heap.pop() {
        if parent[a as usize] != a
            || parent[b as usize] != b
            || stamp != (open[a as usize].stamp, open[b as usize].stamp)
        {
            continue;
        }
        let Ok(at) = open[a as usize].at(b) else { continue };
        let Side { sum: cross, best, .. } = open[a as usize].near[at];
        let (x, y) = (&open[a as usize], &open[b as usize]);
        let between = Between {
            cross: &cross,
            best,
            within: [&x.within, &y.within],
            size: [x.size, y.size],
            cut: [x.cut, y.cut],
            names: [a, b],
        };
        if !judge.joins(&between) {
            continue;
        }
        // The lesser number stays.
        let gone = std::mem::take(&mut open[b as usize]);
        parent[b as usize] = a;
        let own = &mut open[a as usize];
        own.stamp += 1;
        own.size += gone.size;
        own.cut += gone.cut;
        add(&mut own.within, &gone.within);
        add(&mut own.within, &cross);
        own.near = merged(&own.near, &gone.near, [a, b]);
        for side in gone.near.iter().filter(|side| side.other != a) {
            open[side.other as usize].renamed(b, a);
        }
        offer(&open, a, &mut heap, false);
    }
    for group in groups.iter_mut() {
        let mut root = *group;
        while parent[root as usize] != root {
            root = parent[root as usize];
        }
        *group = root;
    }
    name(groups);
}

/// Puts the neighbours of a group on the heap.
fn offer(open: &[Open], a: u32, heap: &mut BinaryHeap<Candidate>, later_only: bool) {
    let own = &open[a as usize];
    let near = own.near.iter().filter(|side| !later_only || a < side.other);
    heap.extend(near.filter_map(|Side { other: c, sum, .. }| {
        let other = &open[*c as usize];
        let all = own.size as f32 * other.size as f32;
        let score = sum[0] / pairs_known(sum[KNOWN], all, [own.cut, other.cut], [own.size, other.size]);
        let (x, y) = (a.min(*c), a.max(*c));
        (score >= FLOOR).then(|| Candidate {
            score,
            a: x,
            b: y,
            stamp: (open[x as usize].stamp, open[y as usize].stamp),
        })
    }));
}

/// Moves single nodes to the group they fit best; says whether any moved.
fn shift(graph: &Graph, groups: &mut [u32], judge: &dyn Judge) -> bool {
    let n = groups.len();
    let mut size = vec![0u32; n];
    for g in groups.iter() {
        size[*g as usize] += 1;
    }
    let mut moved = false;
    let mut sums: Vec<(u32, f32)> = Vec::new();
    for i in 0..n {
        let own = groups[i];
        if size[own as usize] < 2 || !judge.movable(i as u32) {
            continue;
        }
        sums.clear();
        sums.extend(graph.near[i].iter().map(|near| (groups[near.id as usize], near.probability())));
        sums.sort_by_key(|e| e.0);
        sums.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        let others = (size[own as usize] - 1) as f32;
        let here = sums.iter().find(|e| e.0 == own).map_or(0.0, |e| e.1 / others);
        let best = sums
            .iter()
            .filter(|e| e.0 != own && size[e.0 as usize] > 1)
            .map(|e| (e.0, e.1 / size[e.0 as usize] as f32))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        let Some((group, there)) = best else { continue };
        if there > here + MOVE_MARGIN {
            size[own as usize] -= 1;
            size[group as usize] += 1;
            groups[i] = group;
            moved = true;
        }
    }
    if moved {
        name(groups);
    }
    moved
}

/// Names each group by its least node.
fn name(groups: &mut [u32]) {
    let mut names: FxHashMap<u32, u32> = FxHashMap::default();
    for (i, group) in groups.iter_mut().enumerate() {
        *group = *names.entry(*group).or_insert(i as u32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(n: usize, pairs: &[(u32, u32, f32)]) -> Graph {
        let mut near = vec![Vec::new(); n];
        for (a, b, p) in pairs {
            let mut tie = [0.0; TIES];
            tie[0] = *p;
            near[*a as usize].push(Near::new(*b, &tie));
            near[*b as usize].push(Near::new(*a, &tie));
        }
        Graph { near, cut: vec![false; n], within: Vec::new() }
    }

    struct Mean;

    impl Judge for Mean {
        fn joins(&mut self, b: &Between<'_>) -> bool {
            b.cross[0] / (b.size[0] * b.size[1]) as f32 >= 0.4
        }
    }

    fn by_mean(graph: &Graph) -> Vec<u32> {
        partition(graph, (0..graph.near.len() as u32).collect(), &mut Mean)
    }

    #[test]
    fn a_single_bridge_does_not_join() {
        let g = graph(
            6,
            &[(0, 1, 0.9), (1, 2, 0.9), (0, 2, 0.9), (3, 4, 0.9), (4, 5, 0.9), (3, 5, 0.9), (2, 3, 0.8)],
        );
        assert_eq!(by_mean(&g), [0, 0, 0, 3, 3, 3]);
    }

    #[test]
    fn nothing_alone_is_lost() {
        assert_eq!(by_mean(&graph(3, &[])), [0, 1, 2]);
    }
}
