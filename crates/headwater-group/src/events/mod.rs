//! Reports of the same happening, and happenings of the same story.
//!
//! Sees articles (title, text, and what the annotators found, if anything) and gives a partition into
//! events, stories over them, and the reasons. A pair of articles is compared by learned weights over
//! features that keep kinds apart ([`learn`]); candidates come from an inverted index; groups are joined
//! by mean probability and repaired until nothing changes. Never reads a file or a clock, and never says
//! that a report is true.

mod acts;
mod features;
mod graph;
mod grouping;
mod happenings;
mod index;
pub mod learn;
mod partition;
mod sketch;
mod terms;
mod weights;

use headwater_model::text::Outline;
use headwater_model::{Annotations, Article, ArticleIndex, DateRange, EntityIndex};

/// One article with what is known of it. Annotations may be empty: the words alone suffice.
#[derive(Clone, Copy, Debug)]
pub struct GroupInput<'a> {
    /// The article.
    pub article: &'a Article,
    /// The outline of its text.
    pub outline: &'a Outline,
    /// What `annotate` found.
    pub annotations: &'a Annotations,
    /// For each local entity of the article, what it is across articles; may be shorter or empty.
    pub entities: &'a [Option<EntityIndex>],
    /// The days on which it may have been published.
    pub published: DateRange,
}

/// What a user has decided: it overrules what is worked out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// Pairs that tell the same happening.
    pub together: Vec<(ArticleIndex, ArticleIndex)>,
    /// Pairs that do not; stronger than `together`.
    pub apart: Vec<(ArticleIndex, ArticleIndex)>,
}

/// Articles grouped into events.
pub struct Grouping {
    /// Events: reports of one happening, each list sorted, in order of their first article. A partition.
    pub events: Vec<Vec<ArticleIndex>>,
    /// The event of each article.
    pub event_of: Vec<u32>,
}

/// Groups articles by what they tell.
pub fn group(inputs: &[GroupInput<'_>]) -> Grouping {
    group_with(inputs, &Overrides::default())
}

/// Groups articles, with a user's overrides.
pub fn group_with(inputs: &[GroupInput<'_>], overrides: &Overrides) -> Grouping {
    let grouped = grouping::group(inputs, overrides);
    Grouping { events: grouped.events, event_of: grouped.event_of }
}
