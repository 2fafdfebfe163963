//! Entities across articles, events and stories.

use crate::{ArticleIndex, DateRange, NameKind, OrganisationKind, Reason, Span};

/// Position of an entity in the engine's list; stable within one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityIndex(pub u32);

impl EntityIndex {
    /// As an index into a slice of entities.
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

/// One person, organisation, place or government across all reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// The name shown: the longest common one.
    pub name: String,
    /// What it is.
    pub kind: NameKind,
    /// Its sub-kind, for organisations.
    pub organisation: Option<OrganisationKind>,
    /// ISO 3166-1 alpha-2 code, where known.
    pub country: Option<String>,
    /// What a body of a state does, where known.
    pub role: Option<String>,
    /// Wikidata id, where known.
    pub wikidata: Option<String>,
    /// Every form it appears in, sorted by count then text.
    pub forms: Vec<String>,
    /// The articles' local entities it stands for: (article, index into its `entities`).
    pub members: Vec<(ArticleIndex, u32)>,
    /// Why they were brought together.
    pub because: Vec<Reason>,
}

/// Whether an event is told as news by a report at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// At least one report tells it.
    Told,
    /// It is only looked back on or ahead to.
    Background,
}

/// One dated happening.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// A label in the reports' own words, with the place it was taken from where it is one span.
    pub label: String,
    /// Where the label stands.
    pub label_place: Option<(ArticleIndex, Span)>,
    /// Told or background.
    pub kind: EventKind,
    /// When it happened, as far as is known.
    pub date: DateRange,
    /// The date as a TIMEX3 value (`2025-08-12`, `2024-06`), where one can be given.
    pub date_value: Option<String>,
    /// Reports that tell it.
    pub told_by: Vec<ArticleIndex>,
    /// Reports that mention it, with the words.
    pub mentioned_by: Vec<(ArticleIndex, Span)>,
    /// What it rests on.
    pub because: Vec<Reason>,
}

/// Events and articles that belong together over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// A title in the reports' own words.
    pub title: String,
    /// Its articles, sorted.
    pub articles: Vec<ArticleIndex>,
    /// Its events: indexes into the list of events.
    pub events: Vec<u32>,
    /// What holds it together.
    pub because: Vec<Reason>,
}
