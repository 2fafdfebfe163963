//! Orders the links between reports as trees: each report under the one its words most likely come from.
//!
//! Within a family the tree is the family's own; an absent supplier stands above those of its members that have the
//! text from nobody here. Nothing is judged again. Where a report outside of families has several links, the
//! picture keeps one: a known direction before a common upstream before an unknown direction, then the larger
//! shared part.

use crate::account::{Account, Copy};
use std::collections::{BTreeMap, BTreeSet};

/// Steps up a tree that are followed to keep it free of rings.
const STEPS: usize = 20_000;

/// A node of the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    /// A report: its position among the articles.
    Report(usize),
    /// A supplier outside of the reports: its position in `Forest::upstreams`.
    Upstream(usize),
}

/// Why a node stands under another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) parent: Node,
    /// Position among the account's copies.
    pub(super) copy: usize,
    /// Whether the parent is known to be the earlier.
    pub(super) directed: bool,
}

/// A node in its place: depth from its root, and its parent's row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) node: Node,
    pub(super) depth: usize,
    /// Row of the parent within the same tree.
    pub(super) parent: Option<usize>,
    pub(super) edge: Option<Edge>,
}

/// The trees, the largest first, each as rows from top to bottom.
pub(super) struct Forest {
    pub(super) trees: Vec<Vec<Row>>,
    pub(super) upstreams: Vec<String>,
    /// Positions of the links that the trees show.
    pub(super) drawn: BTreeSet<usize>,
}

/// How good a link is as the reason to stand under another: smaller is better.
type Rank = (u8, i64, usize);

fn rank(copy: &Copy, at: usize) -> Rank {
    let kind = match (copy.direction.as_str(), copy.state.as_str()) {
        ("from-to", "copied") => 0,
        ("from-to", _) => 1,
        (_, "copied" | "declared") if copy.upstream.is_some() => 2,
        (_, _) if copy.upstream.is_some() => 3,
        _ => 4,
    };
    let shared = if copy.containment.is_finite() { copy.containment } else { 0.0 };
    (kind, -((shared * 1e6) as i64), at)
}

impl Forest {
    /// `article` finds an article's position; `order` sorts siblings (by day of publication).
    pub(super) fn new(
        account: &Account,
        article: &dyn Fn(&str) -> Option<usize>,
        order: &dyn Fn(usize) -> i32,
    ) -> Forest {
        let mut upstreams: Vec<String> = Vec::new();
        let mut upstream_at: BTreeMap<&str, usize> = BTreeMap::new();
        let mut parents: BTreeMap<usize, Edge> = BTreeMap::new();
        let family = families(account, article, &mut upstreams, &mut parents);
        let mut wishes: Vec<(Rank, usize, Edge)> = Vec::new();
        for (at, copy) in account.copies.iter().enumerate() {
            let (Some(from), Some(to)) = (article(&copy.from), article(&copy.to)) else { continue };
            let siblings = family.get(&from).is_some_and(|f| family.get(&to) == Some(f));
            if from == to || siblings {
                continue;
            }
            let rank = rank(copy, at);
            match copy.upstream.as_deref().filter(|_| copy.direction != "from-to") {
                Some(upstream) => {
                    let slot = *upstream_at.entry(upstream).or_insert_with(|| {
                        upstreams.push(upstream.to_owned());
                        upstreams.len() - 1
                    });
                    let edge = Edge { parent: Node::Upstream(slot), copy: at, directed: true };
                    wishes.push((rank, from, edge));
                    wishes.push((rank, to, edge));
                }
                None => {
                    let directed = copy.direction == "from-to";
                    wishes.push((rank, to, Edge { parent: Node::Report(from), copy: at, directed }));
                }
            }
        }
        wishes.sort_by_key(|(rank, child, _)| (*rank, *child));
        for (_, child, edge) in wishes {
            if !parents.contains_key(&child) && !leads_to(&parents, edge.parent, child) {
                parents.insert(child, edge);
            }
        }
        let drawn = parents.values().map(|edge| edge.copy).collect();
        Forest { trees: trees(&parents, order), upstreams, drawn }
    }
}

/// Hangs the members of families where their trees have them; gives the family of each report.
fn families(
    account: &Account,
    article: &dyn Fn(&str) -> Option<usize>,
    upstreams: &mut Vec<String>,
    parents: &mut BTreeMap<usize, Edge>,
) -> BTreeMap<usize, usize> {
    let mut family_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (n, family) in account.families.iter().enumerate() {
        for member in family.members.iter().filter_map(|m| article(m)) {
            family_of.entry(member).or_insert(n);
        }
    }
    // The links within families by their two ends, and the best of each member.
    let mut links: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut best: BTreeMap<usize, (Rank, usize)> = BTreeMap::new();
    for (at, copy) in account.copies.iter().enumerate() {
        let (Some(from), Some(to)) = (article(&copy.from), article(&copy.to)) else { continue };
        if from != to && family_of.contains_key(&from) && family_of.get(&from) == family_of.get(&to) {
            links.entry((from.min(to), from.max(to))).or_insert(at);
            for end in [from, to] {
                let kept = best.entry(end).or_insert((rank(copy, at), at));
                *kept = (*kept).min((rank(copy, at), at));
            }
        }
    }
    for (n, family) in account.families.iter().enumerate() {
        let outside = family.upstream.as_ref().filter(|_| family.root.is_none()).map(|name| {
            upstreams.push(name.clone());
            Node::Upstream(upstreams.len() - 1)
        });
        for (member, parent) in family.members.iter().zip(&family.parents) {
            let Some(child) = article(member).filter(|m| family_of.get(m) == Some(&n)) else { continue };
            let edge = match parent {
                Some(parent) => article(parent).and_then(|parent| {
                    let copy = *links.get(&(child.min(parent), child.max(parent)))?;
                    let known = account.copies.get(copy)?;
                    let directed = known.direction == "from-to" && article(&known.from) == Some(parent);
                    Some(Edge { parent: Node::Report(parent), copy, directed })
                }),
                None => outside.zip(best.get(&child)).map(|(parent, (_, copy))| Edge {
                    parent,
                    copy: *copy,
                    directed: true,
                }),
            };
            if let Some(edge) = edge.filter(|e| !leads_to(parents, e.parent, child)) {
                parents.insert(child, edge);
            }
        }
    }
    family_of
}

/// Whether `start` stands somewhere under `child`, so that hanging `child` under it would make a ring.
fn leads_to(parents: &BTreeMap<usize, Edge>, start: Node, child: usize) -> bool {
    let mut node = start;
    for _ in 0..STEPS {
        let Node::Report(at) = node else { return false };
        if at == child {
            return true;
        }
        match parents.get(&at) {
            Some(edge) => node = edge.parent,
            None => return false,
        }
    }
    true
}

fn trees(parents: &BTreeMap<usize, Edge>, order: &dyn Fn(usize) -> i32) -> Vec<Vec<Row>> {
    let mut children: BTreeMap<Node, Vec<usize>> = BTreeMap::new();
    for (&child, edge) in parents {
        children.entry(edge.parent).or_default().push(child);
    }
    for list in children.values_mut() {
        list.sort_by_key(|&child| (order(child), child));
    }
    let roots = children.keys().copied().filter(|node| match node {
        Node::Report(at) => !parents.contains_key(at),
        Node::Upstream(_) => true,
    });
    let mut trees: Vec<Vec<Row>> = roots
        .map(|root| {
            let mut rows: Vec<Row> = Vec::new();
            // (node, depth, parent's row), the next one last.
            let mut open = vec![(root, 0, None)];
            while let Some((node, depth, parent)) = open.pop() {
                let edge = match node {
                    Node::Report(at) if parent.is_some() => parents.get(&at).copied(),
                    _ => None,
                };
                let row = rows.len();
                rows.push(Row { node, depth, parent, edge });
                for &child in children.get(&node).into_iter().flatten().rev() {
                    open.push((Node::Report(child), depth + 1, Some(row)));
                }
            }
            rows
        })
        .collect();
    trees.sort_by_key(|rows| std::cmp::Reverse(rows.len()));
    trees
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(from: &str, to: &str, direction: &str, containment: f64, upstream: Option<&str>) -> Copy {
        Copy {
            from: from.into(),
            to: to.into(),
            state: "copied".into(),
            direction: direction.into(),
            containment,
            upstream: upstream.map(str::to_owned),
            ..Copy::default()
        }
    }

    fn check(copies: Vec<Copy>, expect: &str) {
        let account = Account { copies, ..Account::default() };
        let article = |id: &str| id.bytes().next().map(|b| usize::from(b - b'a'));
        let forest = Forest::new(&account, &article, &|_| 0);
        let told: Vec<String> = forest
            .trees
            .iter()
            .map(|rows| {
                rows.iter()
                    .map(|row| match row.node {
                        Node::Report(at) => format!("{}{}", (b'a' + at as u8) as char, row.depth),
                        Node::Upstream(at) => format!("{}{}", forest.upstreams[at], row.depth),
                    })
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect();
        assert_eq!(told.join(" | "), expect);
    }

    #[test]
    fn each_report_stands_under_its_best_link() {
        check(vec![link("a", "b", "from-to", 0.9, None), link("b", "c", "from-to", 0.8, None)], "a0 b1 c2");
        check(
            vec![
                link("a", "c", "from-to", 0.4, None),
                link("b", "c", "from-to", 0.8, None),
                link("a", "b", "from-to", 0.9, None),
            ],
            "a0 b1 c2",
        );
        check(vec![link("a", "b", "via upstream", 0.9, Some("NP"))], "NP0 a1 b1");
        check(
            vec![link("a", "b", "unknown", 0.9, None), link("c", "d", "from-to", 0.5, None)],
            "a0 b1 | c0 d1",
        );
    }

    #[test]
    fn a_family_is_drawn_as_its_own_tree() {
        let account = |root: Option<&str>, upstream: Option<&str>| Account {
            copies: vec![
                link("a", "b", "unknown", 0.9, None),
                link("a", "c", "from-to", 0.4, None),
                link("b", "c", "from-to", 0.9, None),
                link("c", "d", "from-to", 0.2, None),
            ],
            families: vec![crate::account::Family {
                id: "f1".into(),
                members: vec!["a".into(), "b".into(), "c".into()],
                root: root.map(str::to_owned),
                upstream: upstream.map(str::to_owned),
                parents: vec![None, root.map(str::to_owned), Some("a".into())],
                ..crate::account::Family::default()
            }],
            ..Account::default()
        };
        let drawn = |account: &Account| {
            let article = |id: &str| "abcd".find(id);
            let forest = Forest::new(account, &article, &|_| 0);
            let row = |r: &Row| match r.node {
                Node::Report(at) => format!("{}{}", &"abcd"[at..at + 1], r.depth),
                Node::Upstream(at) => format!("{}{}", forest.upstreams[at], r.depth),
            };
            let trees: Vec<String> =
                forest.trees.iter().map(|t| t.iter().map(row).collect::<Vec<_>>().join(" ")).collect();
            trees.join(" | ")
        };
        assert_eq!(drawn(&account(Some("a"), None)), "a0 b1 c1 d2");
        assert_eq!(drawn(&account(None, Some("NP"))), "NP0 a1 c2 d3 b1");
    }

    #[test]
    fn rings_are_cut() {
        check(
            vec![
                link("a", "b", "from-to", 0.9, None),
                link("b", "c", "from-to", 0.8, None),
                link("c", "a", "from-to", 0.7, None),
                link("d", "d", "from-to", 1.0, None),
            ],
            "a0 b1 c2",
        );
    }
}
