//! Links that articles declare themselves: an outlet named as the source, an address, a `derivedfrom`.
//!
//! Decides whose article is meant when an outlet is named: of that outlet's articles the one that tells the same,
//! and none if none does or the dates forbid. Finds circles: articles that name each other.

use crate::cite::{Citation, Manner};
use crate::digest::Digest;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// One article names another's outlet, or links to it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Link {
    /// The article that names.
    pub(crate) late: u32,
    /// The article that is meant.
    pub(crate) early: u32,
    pub(crate) citation: Citation,
}

/// Share of the shorter article's telling words that two reports of one thing have in common, at the least, so that
/// the one can be meant by the other's naming its outlet (share). Chosen on the FNC bodies of the bench: pairs of one
/// event reach .15 in nine of ten cases, pairs of different events in one of a hundred.
const SAME_THING: f64 = 0.15;
/// Articles of one outlet that are looked at for one citation (articles).
const LOOKED_AT: usize = 256;
/// A citation cannot mean an article that is later than this (minutes): a day, for outlets' clocks and updates.
const LATER: i64 = 24 * 60;
/// Nor one that is older than this (minutes): two weeks.
const OLDER: i64 = 14 * 24 * 60;

/// Resolves citations to articles. `worded` are the pairs that have a passage in common (sorted, the lower first):
/// who names an outlet and has its words means the article that these stand in.
pub(crate) fn resolve(digests: &[&Digest], worded: &[(u32, u32)]) -> Vec<Link> {
    let mut by_outlet: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for (at, digest) in digests.iter().enumerate() {
        if digest.outlet_name != 0 {
            by_outlet.entry(digest.outlet_name).or_default().push(at as u32);
        }
    }
    let wanted = digests.iter().any(|d| d.citations.iter().any(|c| by_outlet.contains_key(&c.name)));
    if !wanted {
        return Vec::new();
    }
    let telling = Telling::new(digests);
    let mut out: Vec<Link> = Vec::new();
    for (late, digest) in digests.iter().enumerate() {
        let mut names: BTreeMap<u64, &Citation> = BTreeMap::new();
        for citation in &digest.citations {
            if citation.name != digest.outlet_name {
                let kept = names.entry(citation.name).or_insert(citation);
                if citation.manner < kept.manner {
                    *kept = citation;
                }
            }
        }
        for citation in names.into_values() {
            let Some(candidates) = by_outlet.get(&citation.name) else { continue };
            let possible = candidates
                .iter()
                .copied()
                .filter(|early| *early as usize != late && can_be(digests[*early as usize], digest));
            let best = possible
                .take(LOOKED_AT)
                .map(|early| {
                    let pair = (early.min(late as u32), early.max(late as u32));
                    let worded = worded.binary_search(&pair).is_ok();
                    (telling.alike(early, late as u32), worded, early)
                })
                .max_by(|x, y| x.0.total_cmp(&y.0).then(y.2.cmp(&x.2)));
            if let Some((alike, worded, early)) = best
                && (alike >= SAME_THING || worded)
            {
                out.push(Link { late: late as u32, early, citation: citation.clone() });
            }
        }
    }
    out
}

/// Whether the dates allow that `late` names `early`.
fn can_be(early: &Digest, late: &Digest) -> bool {
    match (early.when, late.when) {
        (Some(x), Some(y)) => {
            x.earliest <= y.latest.saturating_add(LATER) && x.latest >= y.earliest.saturating_sub(OLDER)
        }
        _ => true,
    }
}

/// The words of every article that tell what it is about, with how rare they are.
struct Telling {
    words: Vec<Vec<u32>>,
    weight: FxHashMap<u32, f64>,
}

impl Telling {
    fn new(digests: &[&Digest]) -> Self {
        let words: Vec<Vec<u32>> = digests
            .iter()
            .map(|d| {
                let mut words = d.words.clone();
                words.sort_unstable();
                words.dedup();
                words
            })
            .collect();
        let mut frequency: FxHashMap<u32, u32> = FxHashMap::default();
        for word in words.iter().flatten() {
            *frequency.entry(*word).or_default() += 1;
        }
        let n = digests.len() as f64;
        // In a handful of articles everything is frequent; then words are weighed as in a hundred.
        let weight =
            frequency.into_iter().map(|(w, f)| (w, ((n + 100.0) / (f64::from(f) + 1.0)).ln())).collect();
        Telling { words, weight }
    }

    fn alike(&self, a: u32, b: u32) -> f64 {
        let (x, y) = (&self.words[a as usize], &self.words[b as usize]);
        let sum = |v: &[u32]| v.iter().map(|w| self.weight(*w)).sum::<f64>();
        let (mut i, mut j, mut shared) = (0, 0, 0.0);
        while let (Some(p), Some(q)) = (x.get(i), y.get(j)) {
            if p == q {
                shared += self.weight(*p);
            }
            i += usize::from(p <= q);
            j += usize::from(q <= p);
        }
        shared / sum(x).min(sum(y)).max(1.0)
    }

    fn weight(&self, word: u32) -> f64 {
        // Squared: that two reports share a rare name tells more than that they share ten common words.
        self.weight.get(&word).map_or(0.0, |w| w * w)
    }
}

/// The groups of articles that name each other in a circle, each sorted.
pub(crate) fn circles(nodes: usize, links: &[Link]) -> Vec<Vec<u32>> {
    let mut next: Vec<Vec<u32>> = vec![Vec::new(); nodes];
    for link in links.iter().filter(|l| l.citation.manner != Manner::Told) {
        next[link.late as usize].push(link.early);
    }
    // Tarjan's strongly connected components, without recursion.
    let (mut index, mut low) = (vec![u32::MAX; nodes], vec![0u32; nodes]);
    let mut on_stack = vec![false; nodes];
    let (mut stack, mut out, mut counter) = (Vec::new(), Vec::new(), 0u32);
    for start in 0..nodes {
        if index[start] != u32::MAX || next[start].is_empty() {
            continue;
        }
        let mut work: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some(&mut (node, ref mut edge)) = work.last_mut() {
            if *edge == 0 {
                index[node] = counter;
                low[node] = counter;
                counter += 1;
                stack.push(node);
                on_stack[node] = true;
            }
            if let Some(&to) = next[node].get(*edge) {
                *edge += 1;
                let to = to as usize;
                if index[to] == u32::MAX {
                    work.push((to, 0));
                } else if on_stack[to] {
                    low[node] = low[node].min(index[to]);
                }
                continue;
            }
            if low[node] == index[node] {
                let mut group = Vec::new();
                while let Some(member) = stack.pop() {
                    on_stack[member] = false;
                    group.push(member as u32);
                    if member == node {
                        break;
                    }
                }
                if group.len() > 1 {
                    group.sort_unstable();
                    out.push(group);
                }
            }
            work.pop();
            if let Some(&mut (parent, _)) = work.last_mut() {
                low[parent] = low[parent].min(low[node]);
            }
        }
    }
    out.sort();
    out
}

/// The manner in words.
pub(crate) fn manner(manner: Manner) -> &'static str {
    match manner {
        Manner::First => "names as the first to report",
        Manner::Reported => "cites",
        Manner::Told => "cites words told to",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use headwater_model::Span;

    #[test]
    fn finds_circles() {
        let link = |late, early| Link {
            late,
            early,
            citation: Citation {
                name: 1,
                manner: Manner::Reported,
                span: Span::new(0, 1),
                text: String::new(),
            },
        };
        let links = [link(0, 1), link(1, 2), link(2, 0), link(3, 0), link(4, 5), link(5, 4)];
        assert_eq!(circles(6, &links), vec![vec![0, 1, 2], vec![4, 5]]);
        assert!(circles(4, &[link(0, 1), link(1, 2), link(0, 2)]).is_empty());
    }
}
