//! One kind for one full name across reports: where nearly all reports take "Morrow Line" for an organisation, the one
//! that takes it for a person is wrong.
//!
//! Sees names of two words and more only: a single word is a person here and a town there. Names that tell a country or
//! role are left as they are.

use super::{Member, Merger};
use headwater_model::{ArticleIndex, NameKind};
use std::collections::{BTreeMap, BTreeSet};

/// A kind that this many reports give a name wins over one that at most a third as many give it. By judgement, as within
/// an article (`names::mentions`), where the held-out documents of the names' training data set the same shares.
const LEAST_REPORTS: usize = 3;
const TIMES: usize = 3;

/// Gives every member the kind that the reports agree on.
pub(super) fn agree(members: &mut [Member<'_>], merger: &mut Merger) {
    let mut told: BTreeMap<&str, BTreeMap<NameKind, BTreeSet<ArticleIndex>>> = BTreeMap::new();
    for m in members.iter().filter(|m| votes(m)) {
        told.entry(&m.folded).or_default().entry(m.kind).or_default().insert(m.article);
    }
    told.retain(|_, kinds| kinds.len() > 1);
    let mut wins: BTreeMap<String, (NameKind, usize)> = BTreeMap::new();
    for (name, kinds) in told {
        let most = kinds.iter().max_by_key(|(kind, reports)| (reports.len(), std::cmp::Reverse(**kind)));
        if let Some((kind, reports)) = most.filter(|(_, reports)| reports.len() >= LEAST_REPORTS) {
            let rest = kinds.iter().filter(|(other, _)| *other != kind);
            if rest.map(|(_, r)| r.len()).max().is_some_and(|r| r * TIMES <= reports.len()) {
                wins.insert(name.to_owned(), (*kind, reports.len()));
            }
        }
    }
    for (i, m) in members.iter_mut().enumerate() {
        let Some((kind, reports)) = wins.get(&m.folded).filter(|w| votes(m) && w.0 != m.kind) else {
            continue;
        };
        merger.because(i, &format!("{reports} reports take “{}” for {}", m.local.name, words(*kind)));
        m.kind = *kind;
    }
}

fn votes(m: &Member<'_>) -> bool {
    let named =
        matches!(m.kind, NameKind::Person | NameKind::Organisation | NameKind::Place | NameKind::Event);
    named && m.folded.contains(' ') && m.local.country.is_none() && m.local.role.is_none()
}

fn words(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "a person",
        NameKind::Organisation => "an organisation",
        NameKind::Place => "a place",
        NameKind::Event => "an event",
        NameKind::Government => "a government",
        NameKind::Nationality => "a people",
    }
}
