//! The order of the rooms: annotate, bring entities together, group, date, trace, account.
//!
//! This is the only place that knows the order. Each step is one call into a room; what a room needs of
//! another goes through the nouns.

use crate::read::Read;
use headwater_account::{Input, Lexicon, tell};
use headwater_annotate::times::{self, Anchor, TimePhrase};
use headwater_annotate::quantities;
use headwater_model::account::ChainLevel;
use headwater_model::text::Outline;
use headwater_model::{
    Annotations, Article, ArticleIndex, Copy, CopyState, Entity, EntityIndex, Event, Family, Statement, Story, Utterance, Warning,
};
use headwater_wire::account::SetAside;
use rayon::prelude::*;

/// Models and lexicons, read once.
pub struct Models {
    lexicon: Lexicon,
}

impl Models {
    /// What ships with the program.
    pub fn bundled() -> Self {
        Models { lexicon: Lexicon::bundled() }
    }
}

/// A step, for progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Times, names, quantities, attributions of each article.
    Annotating,
    /// Entities, events, stories, dates.
    Grouping,
    /// Shared passages and copies.
    Tracing,
    /// Statements of each story.
    LiningUp,
}

impl Stage {
    /// The step in words.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Annotating => "annotating",
            Stage::Grouping => "grouping",
            Stage::Tracing => "tracing copies",
            Stage::LiningUp => "lining up statements",
        }
    }
}

/// All that is known of a set of reports.
pub struct Analysis {
    /// The articles, sorted; `ArticleIndex` counts in this list.
    pub articles: Vec<Article>,
    /// BLAKE3 of each article's source.
    pub source_hashes: Vec<String>,
    /// One outline an article.
    pub outlines: Vec<Outline>,
    /// One set of annotations an article.
    pub annotations: Vec<Annotations>,
    /// Entities across articles.
    pub entities: Vec<Entity>,
    /// The entity of each local entity.
    pub entity_of: Vec<Vec<Option<EntityIndex>>>,
    /// Told events by date, then background ones.
    pub events: Vec<Event>,
    /// Storylines.
    pub stories: Vec<Story>,
    /// Links between reports.
    pub copies: Vec<Copy>,
    /// Families of copies.
    pub families: Vec<Family>,
    /// Statements of all stories.
    pub statements: Vec<Statement>,
    /// Utterances in several renderings.
    pub utterances: Vec<Utterance>,
    /// Inputs that gave no article.
    pub set_aside: Vec<SetAside>,
    /// Remarks about the whole.
    pub warnings: Vec<Warning>,
    /// Least and most independent texts among the reports.
    pub text_origins: [usize; 2],
}
