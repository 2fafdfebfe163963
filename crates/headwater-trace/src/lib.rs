//! Who has its words from whom: shared passages, copies, families and origins over a stream of articles.
//!
//! Sees articles with their outlines and annotations, all at once or one after the other. Gives the passages that
//! two articles share, the links that these and the articles' own words support, and the families of articles that
//! carry one text. It does not judge what a text means or whether it is so, reads no file and no clock.
//!
//! The work, in order: `digest` (one article as numbers, with `style`, `residue`, `supplier`, `cite`), `shingle`
//! (candidates), `furniture` (lines of a site), `align` (passages), `judge` (whose words they are), `evidence`
//! (which way), `links` (what is declared), `family`, `tree` and `graph` (who has it from whom). `work` holds the order.

mod align;
mod alike;
mod choice;
mod cite;
mod digest;
mod evidence;
mod family;
mod furniture;
mod graph;
mod judge;
pub mod learn;
mod links;
mod merged;
mod near;
mod overlap;
mod parents;
mod rarity;
mod readings;
mod residue;
mod shingle;
mod style;
mod supplier;
mod threads;
mod tree;
mod work;

pub use near::{EXACT_WORDS, Near};
pub use overlap::Overlap;

use digest::Digest;
use headwater_model::text::Outline;
use headwater_model::{Annotations, Article, ArticleIndex, Copy, CopyState, Family, Warning};
use std::collections::{BTreeMap, BTreeSet};

/// One article with what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct TraceInput<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its outline.
    pub outline: &'a Outline,
    /// Its annotations; may be empty.
    pub annotations: &'a Annotations,
}

/// What was found over all articles.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Tracing {
    /// Every pair with evidence, in order of `from` and `to`; a pair that is not here is *none found*. Of families
    /// with some hundreds of members only the links of the tree are given.
    pub copies: Vec<Copy>,
    /// Articles that carry versions of one text, in order of their members.
    pub families: Vec<Family>,
    /// Articles that are merged from several texts, with their parents beside the one in their family: (child, parent).
    pub second_parents: Vec<(ArticleIndex, ArticleIndex)>,
    /// Pages that collect from other articles or are lists: they add no origin.
    pub collections: Vec<ArticleIndex>,
    /// What a user should know, by article: circular reporting.
    pub warnings: Vec<(ArticleIndex, Warning)>,
}

impl Tracing {
    /// How many independent beginnings stand behind these articles: the fewest and the most that the links allow.
    ///
    /// Copied and declared links make two articles one origin, also through a third; a common upstream makes them one
    /// only at the least.
    pub fn origins(&self, articles: &[ArticleIndex]) -> (u32, u32) {
        let mut proved: BTreeMap<ArticleIndex, ArticleIndex> = articles.iter().map(|a| (*a, *a)).collect();
        for family in &self.families {
            for pair in family.members.windows(2) {
                join(&mut proved, pair[0], pair[1]);
            }
        }
        for copy in self.copies.iter().filter(|c| c.state == CopyState::Declared) {
            join(&mut proved, copy.from, copy.to);
        }
        let count = |joined: &mut BTreeMap<ArticleIndex, ArticleIndex>| {
            articles.iter().map(|a| root(joined, *a)).collect::<BTreeSet<_>>().len() as u32
        };
        let most = count(&mut proved);
        for copy in self.copies.iter().filter(|c| c.state != CopyState::Declared) {
            join(&mut proved, copy.from, copy.to);
        }
        (count(&mut proved), most)
    }
}

fn root(joined: &mut BTreeMap<ArticleIndex, ArticleIndex>, of: ArticleIndex) -> ArticleIndex {
    let mut at = of;
    while let Some(next) = joined.get(&at).copied().filter(|n| *n != at) {
        at = next;
    }
    joined.insert(of, at);
    at
}

fn join(joined: &mut BTreeMap<ArticleIndex, ArticleIndex>, a: ArticleIndex, b: ArticleIndex) {
    let (a, b) = (root(joined, a), root(joined, b));
    joined.insert(a.max(b), a.min(b));
}

/// Traces a set of articles; each is known by its position in the slice.
pub fn trace(inputs: &[TraceInput<'_>]) -> Tracing {
    let mut tracer = Tracer::new();
    for (at, input) in inputs.iter().enumerate() {
        tracer.add(ArticleIndex(at as u32), input);
    }
    tracer.result()
}

/// Traces a stream: articles may come, change and go, and the result is that of a fresh start.
#[derive(Clone, Debug, Default)]
pub struct Tracer {
    digests: BTreeMap<ArticleIndex, Digest>,
}

impl Tracer {
    /// With no articles.
    pub fn new() -> Self {
        Tracer::default()
    }

    /// Adds an article under the caller's number, or puts it in the place of the one that had it.
    pub fn add(&mut self, key: ArticleIndex, input: &TraceInput<'_>) {
        self.digests.insert(key, Digest::new(input));
    }

    /// Takes an article out; whether it was there.
    pub fn remove(&mut self, key: ArticleIndex) -> bool {
        self.digests.remove(&key).is_some()
    }

    /// How many articles there are.
    pub fn len(&self) -> usize {
        self.digests.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.digests.is_empty()
    }

    /// What is found over the articles as they are now.
    pub fn result(&self) -> Tracing {
        let (keys, digests) = self.in_order();
        work::trace(&keys, &digests)
    }

    /// All pairs whose word 5-gram sets have at least this Jaccard similarity (0–1), exactly, with their articles.
    pub fn alike(&self, least: f64) -> Vec<(ArticleIndex, ArticleIndex, Overlap)> {
        let (keys, digests) = self.in_order();
        let words: Vec<&[u32]> = digests.iter().map(|d| d.words.as_slice()).collect();
        alike::alike(&words, least).into_iter().map(|o| (keys[o.a as usize], keys[o.b as usize], o)).collect()
    }

    /// The articles in an order that does not hang on their numbers.
    fn in_order(&self) -> (Vec<ArticleIndex>, Vec<&Digest>) {
        let mut all: Vec<(ArticleIndex, &Digest)> = self.digests.iter().map(|(k, d)| (*k, d)).collect();
        all.sort_by(|x, y| x.1.rank.cmp(&y.1.rank).then(x.0.cmp(&y.0)));
        all.into_iter().unzip()
    }
}
