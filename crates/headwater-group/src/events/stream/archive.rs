//! Quiet events are archived: a bounded rest of each article stays, by which late reports find it.

use super::super::index::{Index, leading_words};
use super::super::partition::{Near, Tie, add};
use super::{Group, Slot, Stream};
use headwater_model::ArticleIndex;
use jiff::civil::Date;
use std::mem::size_of;

/// Neighbours within its event that an archived article keeps.
const KEPT_NEIGHBOURS: usize = 6;

/// Memory that a stream holds, in bytes, without what the allocator adds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Footprint {
    /// Of open articles, with their share of the index.
    pub open: usize,
    /// Of archived articles, with their share of the index.
    pub archived: usize,
    /// Of what all share: the counts of words, and the groups.
    pub counts: usize,
}

impl Stream {
    /// Archives the events that have been longest without a report until at most `keep` articles are open;
    /// gives how many articles were archived. An event is archived as a whole.
    pub fn archive(&mut self, keep: usize) -> usize {
        if self.open <= keep {
            return 0;
        }
        let mut quiet: Vec<(u32, u32)> = Vec::new();
        self.members.iter().for_each(|(name, group)| {
            if let Some(last) = group.members.iter().copied().filter(|m| self.is_open(*m)).max() {
                quiet.push((last, *name));
            }
        });
        quiet.sort_unstable();
        let before = self.open;
        for (_, name) in quiet {
            if self.open <= keep {
                break;
            }
            self.close(name);
        }
        before - self.open
    }

    /// Archives the events all of whose reports are known to have been published before a day.
    pub fn archive_before(&mut self, day: Date) -> usize {
        let mut old: Vec<u32> = Vec::new();
        self.members.iter().for_each(|(name, group)| {
            let past = |m: &u32| self.sketches[*m as usize].published.latest.is_some_and(|d| d < day);
            if group.members.iter().all(past) {
                old.push(*name);
            }
        });
        old.sort_unstable();
        let before = self.open;
        for name in old {
            self.close(name);
        }
        before - self.open
    }

    /// Whether an article is archived.
    pub fn is_archived(&self, article: ArticleIndex) -> bool {
        matches!(self.slots.get(article.at()), Some(Slot::Archived))
    }

    /// Archives the open articles of one group.
    fn close(&mut self, name: u32) {
        let members = self.members.get(&name).map_or(Vec::new(), |g| g.members.clone());
        let mut lost: Vec<Tie> = Vec::new();
        for id in &members {
            let at = *id as usize;
            if !self.is_open(*id) {
                continue;
            }
            self.slots[at] = Slot::Archived;
            self.open -= 1;
            let sketch = std::mem::take(&mut self.sketches[at]);
            self.frequencies.forget(sketch.terms());
            self.index.remove(*id);
            let rest = sketch.rest();
            self.frequencies.count(rest.terms());
            self.index.add_archived(*id, &leading_words(&rest));
            self.sketches[at] = rest;
        }
        for id in &members {
            let mut near = std::mem::take(&mut self.near[*id as usize]);
            near.sort_by(|a, b| b.probability().total_cmp(&a.probability()).then(a.id.cmp(&b.id)));
            let mut kept = Vec::with_capacity(KEPT_NEIGHBOURS);
            for near in near {
                if self.groups[near.id as usize] == name && kept.len() < KEPT_NEIGHBOURS {
                    kept.push(near);
                } else {
                    if self.groups[near.id as usize] == name {
                        lost.push(near.tie());
                    }
                    self.forget_near(near.id, *id);
                }
            }
            kept.sort_unstable_by_key(|t| t.id);
            kept.shrink_to_fit();
            self.near[*id as usize] = kept;
        }
        for id in &members {
            self.near[*id as usize].shrink_to_fit();
        }
        // What lies between the reports stays known, summed up, when the single ties are let go.
        if let Some(group) = self.members.get_mut(&name) {
            for tie in &lost {
                add(&mut group.kept, tie);
            }
        }
        self.sum_up(name);
    }

    /// What the stream holds in memory.
    pub fn footprint(&self) -> Footprint {
        let mut out = Footprint::default();
        for (i, slot) in self.slots.iter().enumerate() {
            let fixed = size_of::<Slot>()
                + size_of::<Vec<u8>>()
                + 3 * size_of::<u32>()
                + self.near[i].capacity() * size_of::<Near>()
                + self.sketches[i].bytes();
            match slot {
                Slot::Open { .. } => out.open += fixed + Index::bytes(false),
                Slot::Archived => out.archived += fixed + Index::bytes(true),
                Slot::Removed => {}
            }
        }
        let members: usize = self.members.values().map(|g| g.members.capacity() * size_of::<u32>()).sum();
        out.counts =
            self.frequencies.bytes() + self.members.capacity() * (size_of::<(u32, Group)>() + 1) + members;
        out
    }
}
