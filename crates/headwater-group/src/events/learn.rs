//! What `cargo xtask train stories` needs: sketches, candidate pairs and their features, and grouping with
//! weights that are still being learned. Not used when articles are grouped.

use super::GroupInput;
use super::features::{self, COUNT, Features};
use super::graph::{self, Paired};
use super::partition::{Between, JOINS, Judge, link, partition};
use super::read::Counts;
use super::sketch::Sketch;
use super::terms::{Background, Term};
use super::weights::{self, Weights};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Number of features of a pair.
pub const FEATURES: usize = COUNT;
/// Number of features of a joining.
pub const JOIN_FEATURES: usize = JOINS;

/// Names of the features of a pair.
pub fn feature_names() -> &'static [&'static str] {
    &features::NAMES
}

/// Counts in how many texts each term stands.
#[derive(Default)]
pub struct BackgroundBuilder {
    words: FxHashMap<Term, u32>,
    pairs: FxHashMap<Term, u32>,
    texts: u32,
}

impl BackgroundBuilder {
    /// Adds a text.
    pub fn add(&mut self, input: &GroupInput<'_>) {
        let (words, pairs) = Counts::new(input).background_terms();
        self.texts += 1;
        for term in words {
            *self.words.entry(term).or_insert(0) += 1;
        }
        for term in pairs {
            *self.pairs.entry(term).or_insert(0) += 1;
        }
    }

    /// Packs the table; words in fewer than `words` texts and pairs in fewer than `pairs` are left out.
    pub fn pack(self, words: u32, pairs: u32) -> Vec<u8> {
        let mut counts: Vec<(Term, u32)> = self.words.into_iter().filter(|(_, n)| *n >= words).collect();
        counts.extend(self.pairs.into_iter().filter(|(_, n)| *n >= pairs));
        counts.sort_unstable();
        counts.dedup_by_key(|c| c.0);
        Background::pack(self.texts, counts)
    }
}

/// A set of sketched articles with its candidate pairs.
pub struct Set {
    sketches: Vec<Sketch>,
    paired: Paired,
}

impl Set {
    /// Sketches articles against a packed background table; `None` when the table does not read.
    pub fn new(inputs: &[GroupInput<'_>], background: &[u8]) -> Option<Self> {
        let background = Background::read(background)?;
        let counts: Vec<Counts> = inputs.iter().map(Counts::new).collect();
        let sketches = graph::weigh(&counts, &background);
        let paired = graph::pair_up(&sketches);
        Some(Set { sketches, paired })
    }

    /// Number of articles.
    pub fn len(&self) -> usize {
        self.sketches.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.sketches.is_empty()
    }

    /// Candidate pairs: articles, features, and whether the weights for headlines apply.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize, &Features, bool)> + '_ {
        self.paired.pairs.iter().map(|(i, j, f)| {
            let short = weights::is_short(&self.sketches[*i as usize], &self.sketches[*j as usize]);
            (*i as usize, *j as usize, f, short)
        })
    }

    /// Groups the articles for which `within` holds; gives each the number of its group.
    pub fn partition(&self, learned: &Learned, within: impl Fn(usize) -> bool) -> Vec<u32> {
        let graph = graph::graph(&self.sketches, &self.paired, &learned.0, within);
        partition(&graph, (0..self.len() as u32).collect(), &mut learned.0.clone())
    }

    /// Walks through joining by the gold events, and tells of every possible joining that comes up its
    /// features, the share of its pairs that are of one event, and the sizes. With `policy`, what the learned
    /// weights would join is joined, right or wrong.
    pub fn walk(
        &self,
        learned: &Learned,
        within: impl Fn(usize) -> bool,
        events: &[String],
        policy: bool,
        tell: impl FnMut(&[f32; JOIN_FEATURES], f32, [u32; 2], bool),
    ) {
        let graph = graph::graph(&self.sketches, &self.paired, &learned.0, within);
        let mut groups: Vec<u32> = (0..self.len() as u32).collect();
        let members = events.iter().map(|e| BTreeMap::from([(e.as_str(), 1)])).collect();
        link(&graph, &mut groups, &mut Walk { members, learned: policy.then_some(&learned.0), tell });
    }
}

struct Walk<'e, F> {
    /// Members of each group, by event.
    members: Vec<BTreeMap<&'e str, u32>>,
    learned: Option<&'e Weights>,
    tell: F,
}

impl<F: FnMut(&[f32; JOIN_FEATURES], f32, [u32; 2], bool)> Judge for Walk<'_, F> {
    fn joins(&mut self, between: &Between<'_>) -> bool {
        let [a, b] = between.names.map(|n| n as usize);
        let same: u32 =
            self.members[a].iter().map(|(e, n)| n * self.members[b].get(e).copied().unwrap_or(0)).sum();
        let share = same as f32 / (between.size[0] * between.size[1]) as f32;
        (self.tell)(&between.features(), share, between.size, between.is_short());
        let join = self.learned.map_or(share >= 0.5, |weights| weights.join(between) > 0.0);
        if join {
            for (e, n) in std::mem::take(&mut self.members[b]) {
                *self.members[a].entry(e).or_insert(0) += n;
            }
        }
        join
    }
}

/// Weights that are being learned.
#[derive(Clone)]
pub struct Learned(Weights);

impl Learned {
    /// From weights for full reports and for headlines.
    pub fn new(long: [f32; FEATURES], short: [f32; FEATURES]) -> Self {
        Learned(Weights { long, short, join_long: [0.0; JOIN_FEATURES], join_short: [0.0; JOIN_FEATURES] })
    }

    /// The same with other weights for joining.
    pub fn with_join(&self, [join_long, join_short]: [[f32; JOIN_FEATURES]; 2]) -> Self {
        Learned(Weights { join_long, join_short, ..self.0.clone() })
    }

    /// The table as it ships.
    pub fn write(&self) -> String {
        self.0.write()
    }
}
