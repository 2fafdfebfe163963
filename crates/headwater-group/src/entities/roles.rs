//! What joins a body known by its role only ("the coast guard", "prosecutors") to the body it is: the only one of
//! that role in reports of the same matter.

use super::{Member, Merger};
use headwater_model::{NameKind, OrganisationKind};
use std::collections::{BTreeMap, BTreeSet};

/// Names other than countries that two articles must share before what one calls by its role only is looked for in
/// the other. By judgement: reports of one happening share its place and its people. Outlets and agencies do not count.
const LEAST_SHARED: usize = 3;

/// Members of one role that are compared; more are left apart.
const MOST_OF_A_ROLE: usize = 400;

/// Whether a member is named by its role only: its name is a common noun.
pub(super) fn unnamed(m: &Member) -> bool {
    m.kind == NameKind::Organisation
        && m.local.role.is_some()
        && m.local.country.is_none()
        && m.local.name.starts_with(char::is_lowercase)
}

/// Joins what is known by its role only.
pub(super) fn join(members: &[Member], order: &[usize], merger: &mut Merger) {
    let mut by_role: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &i in order {
        if let Some(role) =
            members[i].local.role.as_deref().filter(|_| members[i].kind == NameKind::Organisation)
        {
            by_role.entry(role).or_default().push(i);
        }
    }
    by_role.retain(|_, all| all.iter().any(|&i| unnamed(&members[i])));
    if by_role.is_empty() {
        return;
    }
    let mut company: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    for m in members {
        let country = m.local.country.is_some() && m.kind != NameKind::Organisation;
        let names =
            matches!(m.kind, NameKind::Person | NameKind::Organisation | NameKind::Place | NameKind::Event);
        let carrier =
            matches!(m.local.organisation, Some(OrganisationKind::Outlet | OrganisationKind::Agency));
        if names && !country && !carrier && !unnamed(m) {
            company.entry(m.article.0).or_default().insert(&m.folded);
        }
    }
    let together = |a: usize, b: usize| {
        let (x, y) = (members[a].article.0, members[b].article.0);
        x == y
            || company
                .get(&x)
                .zip(company.get(&y))
                .is_some_and(|(p, q)| p.intersection(q).take(LEAST_SHARED).count() == LEAST_SHARED)
    };
    for all in by_role.values().filter(|all| all.len() <= MOST_OF_A_ROLE) {
        let (bare, named): (Vec<usize>, Vec<usize>) = all.iter().partition(|&&i| unnamed(&members[i]));
        let mut left = Vec::new();
        for &i in &bare {
            let near: Vec<usize> = named.iter().copied().filter(|&n| together(i, n)).collect();
            let roots: BTreeSet<usize> = near.iter().map(|&n| merger.root(n)).collect();
            match (roots.len(), near.first()) {
                (1, Some(&n)) => {
                    let because = format!(
                        "“{}”: “{}” is the only one that reports of the same matter name",
                        members[i].local.name, members[n].local.name
                    );
                    merger.join(n, i, &because);
                }
                (0, _) => left.push(i),
                _ => {}
            }
        }
        for (k, &a) in left.iter().enumerate() {
            for &b in &left[k + 1..] {
                if members[a].local.name == members[b].local.name && together(a, b) {
                    merger.join(a, b, &format!("“{}” in reports of the same matter", members[a].local.name));
                }
            }
        }
    }
}
