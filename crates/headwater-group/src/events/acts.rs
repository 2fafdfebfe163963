//! Within a group of like reports: do they tell of different acts of the same people?
//!
//! A call, a letter and a meeting between the same two people share almost all their words, and so do the
//! 12th and the 13th package of sanctions. What tells them apart is named in the opening: the medium, the
//! occasion, the number. Two reports that name different ones are told apart although their words agree.
//! Reports that name none go with those they share most with.

use super::features::for_shared;
use super::happenings::Happenings;
use super::partition::{Between, Judge, Near, partition, restrict};
use super::sketch::{NAME, Sketch};
use super::terms::Term;
use headwater_model::Span;

/// What two reports name that cannot be one happening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Conflict {
    /// Different media: "letter" and "meeting".
    Media((u8, Option<Span>), (u8, Option<Span>)),
    /// Different occasions of the same medium.
    Occasions((u8, Option<Span>), (u8, Option<Span>)),
    /// The same thing with different numbers.
    Numbers(Term, Option<Span>, Option<Span>),
}

/// Names that two openings must share before their media are compared: the parties.
const PARTIES: usize = 2;

/// The reason why two like reports tell of different acts, if there is one.
pub(crate) fn conflict(a: &Sketch, b: &Sketch) -> Option<Conflict> {
    if let Some(found) = numbers(&a.numbered, &b.numbered) {
        return Some(found);
    }
    if a.media.is_empty() || b.media.is_empty() {
        return None;
    }
    let mut parties = 0;
    for_shared(a, b, |_, x, y| {
        parties += usize::from(x.bits & y.bits & NAME != 0 && x.head > 0 && y.head > 0);
    });
    if parties < PARTIES {
        return None;
    }
    if let Some((x, y)) = disjoint(&a.media, &b.media) {
        return Some(Conflict::Media(x, y));
    }
    disjoint(&a.occasions, &b.occasions).map(|(x, y)| Conflict::Occasions(x, y))
}

type Named = (u8, Option<Span>);

/// The first of each, when both lists name something and share nothing.
fn disjoint(a: &[Named], b: &[Named]) -> Option<(Named, Named)> {
    let shares = a.iter().any(|(x, _)| b.iter().any(|(y, _)| x == y));
    Some((*a.first()?, *b.first()?)).filter(|_| !shares)
}

fn numbers(a: &[(Term, Term, Option<Span>)], b: &[(Term, Term, Option<Span>)]) -> Option<Conflict> {
    let mut found = None;
    for (noun, number, place) in a {
        for (other_noun, other_number, other_place) in b {
            if noun == other_noun {
                if number == other_number {
                    return None;
                }
                found.get_or_insert(Conflict::Numbers(*noun, *place, *other_place));
            }
        }
    }
    found
}

/// In words.
pub(crate) fn name(class: u8) -> &'static str {
    Happenings::shipped().class(class).map_or("happening", |c| c.name)
}

/// Share of a group that must name a medium, or number the thing, before the group is split by it; chosen on
/// the bench's story sets, whose events name media in passing.
const NAMED_BY: f32 = 0.6;
/// Largest group that is looked into; beyond it the reports are too many for one act between a few people.
const LARGEST: usize = 400;

/// Splits groups whose reports tell of different acts. `groups` gives the group of each node.
pub(crate) fn split(
    sketches: &[Sketch],
    near: &[Vec<Near>],
    groups: &mut [u32],
    free: &dyn Fn(u32, u32) -> bool,
) {
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); groups.len()];
    for (i, group) in groups.iter().enumerate() {
        members[*group as usize].push(i as u32);
    }
    for members in members.iter().filter(|m| (2..=LARGEST).contains(&m.len())) {
        // What only a few of the group name is a detail of their telling, not the happening.
        let naming = |test: &dyn Fn(&Sketch) -> bool| {
            let n = members.iter().filter(|m| test(&sketches[**m as usize])).count();
            n as f32 >= NAMED_BY * members.len() as f32
        };
        let media = naming(&|s| !s.media.is_empty());
        let mut apart = Vec::new();
        for (x, a) in members.iter().enumerate() {
            for (y, b) in members.iter().enumerate().skip(x + 1) {
                if !free(*a, *b) {
                    continue;
                }
                let counts = match conflict(&sketches[*a as usize], &sketches[*b as usize]) {
                    Some(Conflict::Numbers(noun, ..)) => naming(&|s| s.numbered.iter().any(|n| n.0 == noun)),
                    Some(_) => media,
                    None => false,
                };
                if counts {
                    apart.push((x as u32, y as u32));
                }
            }
        }
        if apart.is_empty() {
            continue;
        }
        let part = restrict(near, members, |node| members.binary_search(&node).ok().map(|at| at as u32));
        let mut judge = Acts { apart, members: Vec::new() };
        let parts = partition(&part, (0..members.len() as u32).collect(), &mut judge);
        for (x, part) in parts.iter().enumerate() {
            groups[members[x] as usize] = members[*part as usize];
        }
    }
}

struct Acts {
    apart: Vec<(u32, u32)>,
    members: Vec<Vec<u32>>,
}

impl Judge for Acts {
    fn begin(&mut self, groups: &[u32]) {
        self.members = vec![Vec::new(); groups.len()];
        for (i, group) in groups.iter().enumerate() {
            self.members[*group as usize].push(i as u32);
        }
    }

    fn joins(&mut self, between: &Between<'_>) -> bool {
        let [a, b] = between.names.map(|n| n as usize);
        let clash = self.members[a].iter().any(|x| {
            self.members[b].iter().any(|y| self.apart.binary_search(&(*x.min(y), *x.max(y))).is_ok())
        });
        if !clash {
            let moved = std::mem::take(&mut self.members[b]);
            self.members[a].extend(moved);
        }
        !clash
    }

    fn movable(&self, _node: u32) -> bool {
        false
    }
}
