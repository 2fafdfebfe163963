//! Reports of the same happening, and happenings of the same story.
//!
//! Sees articles (title, text, and what the annotators found, if anything) and gives a partition into
//! events, stories over them, and the reasons. A pair of articles is compared by learned weights over
//! features that keep kinds apart ([`learn`]); candidates come from an inverted index; groups are joined
//! by mean probability and repaired until nothing changes. Never reads a file or a clock, and never says
//! that a report is true.

mod features;
mod graph;
mod happenings;
mod index;
pub mod learn;
mod partition;
mod sketch;
mod terms;
mod weights;

use headwater_model::text::Outline;
use headwater_model::{Annotations, Article, DateRange, EntityIndex};

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
