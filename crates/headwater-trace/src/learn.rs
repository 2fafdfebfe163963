//! What `cargo xtask train parents` needs: the choices of every member of a family, as rows of features, and the form
//! of the weights. Not used when articles are traced.

use crate::digest::Digest;
use crate::parents::{NAMES, PAIR};
use crate::{TraceInput, work};
use headwater_model::ArticleIndex;

pub use crate::choice::{Bins, SETTINGS, Weights, setting};

/// Who of a family may be the parent of one member.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The member.
    pub child: ArticleIndex,
    /// Those who may be its parent.
    pub parents: Vec<ArticleIndex>,
    /// Features of each of these and, at the end, of nobody.
    pub rows: Vec<Vec<i32>>,
    /// Whether the member is made of two texts, of which this choice is about one.
    pub merged: bool,
}

/// Names of the features, in their order in a row.
pub fn feature_names() -> &'static [&'static str] {
    &NAMES
}

/// How many of these are of a pair; the others are the child's own.
pub const OF_PAIR: usize = PAIR;

/// All choices in a set of articles.
pub fn choices(inputs: &[TraceInput<'_>]) -> Vec<Choice> {
    let digests: Vec<Digest> = inputs.iter().map(Digest::new).collect();
    let mut order: Vec<usize> = (0..digests.len()).collect();
    order.sort_by(|x, y| digests[*x].rank.cmp(&digests[*y].rank).then(x.cmp(y)));
    let keys: Vec<ArticleIndex> = order.iter().map(|n| ArticleIndex(*n as u32)).collect();
    let digests: Vec<&Digest> = order.iter().map(|n| &digests[*n]).collect();
    work::choices(&keys, &digests)
}
