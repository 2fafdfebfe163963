//! Which members of a family have which words: the readings of a tradition.
//!
//! Words that are aligned are one reading, however many members have it; spelt alike they are one spelling. Says
//! nothing of who has them from whom.

use crate::align::{Aligner, Run};
use crate::digest::flag;
use crate::family::Pair;
use crate::tree::Bench;

/// The members that have a word, by their place; beyond 128 members two share a bit, and "somebody else has it" may
/// then be missed, never invented.
pub(crate) type Holders = u128;

/// The bit of a member.
pub(crate) fn bit(member: usize) -> Holders {
    1 << (member % Holders::BITS as usize)
}

/// What is known of one member's words.
pub(crate) struct Member {
    /// Whether each word is the article's and of this text: no line of the site, nothing of a second text.
    pub(crate) own: Vec<bool>,
    /// How each word is spelt.
    pub(crate) spelling: Vec<u32>,
    /// Who has each word, in whatever spelling.
    pub(crate) holders: Vec<Holders>,
    /// Who has it spelt alike.
    pub(crate) spelt: Vec<Holders>,
    /// The reading of each word: a number that is the same for all who have it.
    pub(crate) reading: Vec<u32>,
}

/// The readings of a family.
pub(crate) struct Readings {
    /// One for each member.
    pub(crate) members: Vec<Member>,
    /// The aligned runs of each of the given pairs.
    pub(crate) runs: Vec<Vec<Run>>,
}

/// Finds the readings of a family; `pairs` are those within it, `own` says which words of an article count.
pub(crate) fn readings(
    bench: &Bench<'_>,
    aligner: &mut Aligner,
    members: &[u32],
    pairs: &[&Pair],
    own: impl Fn(u32) -> Vec<bool>,
) -> Readings {
    let place = |node: u32| members.binary_search(&node).ok();
    let own: Vec<Vec<bool>> = members.iter().map(|m| own(*m)).collect();
    let spelling: Vec<Vec<u32>> = members.iter().map(|m| bench.digests[*m as usize].spelling()).collect();
    let mut starts = vec![0u32];
    for words in &spelling {
        starts.push(starts.last().copied().unwrap_or(0) + words.len() as u32);
    }
    let total = starts.last().copied().unwrap_or(0) as usize;
    let (mut alike, mut spelt_alike) = (Sets::new(total), Sets::new(total));
    let mut runs = Vec::with_capacity(pairs.len());
    for pair in pairs {
        let (x, y) = (pair.a as usize, pair.b as usize);
        let (Some(a), Some(b)) = (place(pair.a), place(pair.b)) else {
            runs.push(Vec::new());
            continue;
        };
        aligner.load(x, &bench.index.ids[x]);
        let alignment = aligner.align(&bench.digests[x].words, &bench.digests[y].words, &bench.index.ids[y]);
        for (i, j) in hits(&alignment.runs) {
            let (p, q) = (starts[a] + i as u32, starts[b] + j as u32);
            alike.join(p, q);
            if spelling[a][i] == spelling[b][j] {
                spelt_alike.join(p, q);
            }
        }
        runs.push(alignment.runs);
    }
    let holders = |sets: &mut Sets| -> Vec<Holders> {
        let mut of: Vec<Holders> = vec![0; total];
        for (m, start) in starts.windows(2).enumerate() {
            for word in start[0]..start[1] {
                if own[m][(word - start[0]) as usize] {
                    of[sets.root(word) as usize] |= bit(m);
                }
            }
        }
        (0..total as u32).map(|word| of[sets.root(word) as usize]).collect()
    };
    let (held, held_alike) = (holders(&mut alike), holders(&mut spelt_alike));
    let members = own
        .into_iter()
        .zip(spelling)
        .zip(starts.windows(2))
        .map(|((own, spelling), start)| {
            let range = start[0] as usize..start[1] as usize;
            Member {
                own,
                spelling,
                holders: held[range.clone()].to_vec(),
                spelt: held_alike[range].to_vec(),
                reading: (start[0]..start[1]).map(|word| alike.root(word)).collect(),
            }
        })
        .collect();
    Readings { members, runs }
}

/// Words that are not the site's.
pub(crate) fn of_article(flags: &[u8]) -> Vec<bool> {
    flags.iter().map(|f| f & flag::SITE == 0).collect()
}

/// The pairs of word positions in some runs.
pub(crate) fn hits(runs: &[Run]) -> impl Iterator<Item = (usize, usize)> + '_ {
    runs.iter().flat_map(|r| (0..r.len).map(move |k| ((r.a + k) as usize, (r.b + k) as usize)))
}

/// Disjoint sets of words; the lowest number stands for a set.
struct Sets(Vec<u32>);

impl Sets {
    fn new(words: usize) -> Self {
        Sets((0..words as u32).collect())
    }

    fn root(&mut self, of: u32) -> u32 {
        let mut at = of;
        while self.0[at as usize] != at {
            self.0[at as usize] = self.0[self.0[at as usize] as usize];
            at = self.0[at as usize];
        }
        at
    }

    fn join(&mut self, x: u32, y: u32) {
        let (p, q) = (self.root(x), self.root(y));
        self.0[p.max(q) as usize] = p.min(q);
    }
}
