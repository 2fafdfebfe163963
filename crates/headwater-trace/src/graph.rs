//! Minimum-cost arborescence (Chu–Liu/Edmonds) over a few nodes with given edges.
//!
//! Node `root` is virtual: "an independent origin". Costs are whole numbers and ties go to the edge that was given
//! first, so the answer hangs on nothing but the edges and their order.

/// A directed edge with its cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Edge {
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) cost: i64,
}

/// The parent of every node but the root, which must reach all of them. Iterative; every round removes all
/// cycles there are, so that few rounds are needed.
pub(crate) fn arborescence(nodes: usize, root: usize, edges: &[Edge]) -> Vec<Option<u32>> {
    // Every level keeps its edges with the number of the given edge each came from.
    struct Level {
        edges: Vec<(Edge, usize)>,
        best: Vec<Option<usize>>,
        group: Vec<u32>,
        cyclic: Vec<bool>,
    }
    let mut levels: Vec<Level> = Vec::new();
    let mut current: Vec<(Edge, usize)> = edges.iter().copied().enumerate().map(|(n, e)| (e, n)).collect();
    let (mut count, mut top) = (nodes, root);
    loop {
        let mut best: Vec<Option<usize>> = vec![None; count];
        for (at, (edge, _)) in current.iter().enumerate() {
            let to = edge.to as usize;
            if edge.from != edge.to && to != top && best[to].is_none_or(|b| edge.cost < current[b].0.cost) {
                best[to] = Some(at);
            }
        }
        // Walk back from every node; a walk that meets itself is a cycle.
        let mut mark = vec![u32::MAX; count];
        let mut group = vec![u32::MAX; count];
        let mut cyclic = vec![false; count];
        let mut groups = 0u32;
        for node in 0..count {
            let mut at = node;
            while mark[at] == u32::MAX {
                mark[at] = node as u32;
                match best[at] {
                    Some(edge) => at = current[edge].0.from as usize,
                    None => break,
                }
            }
            if mark[at] == node as u32 && best[at].is_some() && group[at] == u32::MAX {
                let start = at;
                let mut cycle = vec![at];
                while let Some(edge) = best[at] {
                    at = current[edge].0.from as usize;
                    if at == start || cycle.len() > count {
                        break;
                    }
                    cycle.push(at);
                }
                if at == start && cycle.len() > 1 {
                    for n in cycle {
                        group[n] = groups;
                        cyclic[n] = true;
                    }
                    groups += 1;
                }
            }
        }
        let any = groups > 0;
        for g in group.iter_mut().filter(|g| **g == u32::MAX) {
            *g = groups;
            groups += 1;
        }
        let next: Vec<(Edge, usize)> = current
            .iter()
            .enumerate()
            .filter(|(_, (e, _))| group[e.from as usize] != group[e.to as usize])
            .map(|(at, (e, _))| {
                let to = e.to as usize;
                let off = if cyclic[to] { best[to].map_or(0, |b| current[b].0.cost) } else { 0 };
                (Edge { from: group[e.from as usize], to: group[to], cost: e.cost - off }, at)
            })
            .collect();
        levels.push(Level { edges: current, best, group: group.clone(), cyclic });
        if !any {
            break;
        }
        top = group[top] as usize;
        count = groups as usize;
        current = next;
    }
    // Unfold: what enters a contracted cycle breaks it at the node it enters.
    let mut chosen: Vec<usize> = Vec::new();
    for depth in (0..levels.len()).rev() {
        let level = &levels[depth];
        let mut parent: Vec<Option<usize>> = level.best.clone();
        if depth + 1 < levels.len() {
            // `chosen` are edges of the deeper level, each named by its number here.
            let mut entered: Vec<Option<usize>> = vec![None; level.best.len()];
            for &at in &chosen {
                entered[level.edges[at].0.to as usize] = Some(at);
            }
            for (node, slot) in parent.iter_mut().enumerate() {
                if let Some(at) = entered[node] {
                    *slot = Some(at);
                } else if !level.cyclic[node] {
                    *slot = None;
                }
            }
            debug_assert!(level.group.len() == parent.len());
        }
        let here: Vec<usize> = parent.iter().flatten().copied().collect();
        if depth == 0 {
            let mut out = vec![None; nodes];
            for at in here {
                let (edge, _) = level.edges[at];
                out[edge.to as usize] = Some(edge.from);
            }
            return out;
        }
        chosen = here.iter().map(|at| level.edges[*at].1).collect();
    }
    vec![None; nodes]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All parents for all nodes, tried out.
    fn by_trial(nodes: usize, root: usize, edges: &[Edge]) -> Option<i64> {
        let mut best = None;
        let others: Vec<usize> = (0..nodes).filter(|n| *n != root).collect();
        let mut choice = vec![0; others.len()];
        loop {
            let parents: Vec<usize> = choice.clone();
            let cost: Option<i64> = others.iter().zip(&parents).try_fold(0, |sum, (to, from)| {
                edges
                    .iter()
                    .filter(|e| e.from as usize == *from && e.to as usize == *to)
                    .map(|e| e.cost)
                    .min()
                    .map(|c| sum + c)
            });
            let reaches = others.iter().all(|n| {
                let (mut at, mut steps) = (*n, 0);
                while at != root && steps <= nodes {
                    at = parents[others.iter().position(|o| *o == at).unwrap_or(0)];
                    steps += 1;
                }
                at == root
            });
            if let (Some(cost), true) = (cost, reaches) {
                best = Some(best.map_or(cost, |b: i64| b.min(cost)));
            }
            let mut k = 0;
            while k < choice.len() && choice[k] + 1 == nodes {
                choice[k] = 0;
                k += 1;
            }
            if k == choice.len() {
                return best;
            }
            choice[k] += 1;
        }
    }

    #[test]
    fn as_cheap_as_trying_all() {
        let mut state = 1u64;
        let mut next = || {
            state = crate::style::mix(state + 0x9e37_79b9);
            state
        };
        for _ in 0..300 {
            let nodes = 2 + (next() % 4) as usize;
            let root = nodes - 1;
            let mut edges: Vec<Edge> = (0..root)
                .map(|n| Edge { from: root as u32, to: n as u32, cost: (next() % 60) as i64 + 20 })
                .collect();
            for a in 0..root as u32 {
                for b in 0..root as u32 {
                    if a != b && next() % 4 > 0 {
                        edges.push(Edge { from: a, to: b, cost: (next() % 40) as i64 });
                    }
                }
            }
            let parents = arborescence(nodes, root, &edges);
            let cost: i64 = (0..nodes)
                .filter(|n| *n != root)
                .map(|n| {
                    let from = parents[n].expect("every node has a parent");
                    edges
                        .iter()
                        .filter(|e| e.from == from && e.to as usize == n)
                        .map(|e| e.cost)
                        .min()
                        .expect("an edge")
                })
                .sum();
            for n in 0..root {
                let (mut at, mut steps) = (n, 0);
                while at != root {
                    at = parents[at].expect("a parent") as usize;
                    steps += 1;
                    assert!(steps <= nodes, "a cycle");
                }
            }
            assert_eq!(Some(cost), by_trial(nodes, root, &edges));
        }
    }
}
