//! Reports of the same happening, and happenings of the same story.
//!
//! Sees articles (title, text, and what the annotators found, if anything) and gives a partition into
//! events, stories over them, and the reasons. A pair of articles is compared by learned weights over
//! features that keep kinds apart ([`learn`]); candidates come from an inverted index; groups are joined
//! by mean probability and repaired until nothing changes. Never reads a file or a clock, and never says
//! that a report is true.

mod acts;
mod days;
mod explain;
mod features;
mod frequencies;
mod graph;
mod grouping;
mod happenings;
mod held;
mod index;
pub mod learn;
mod overrides;
mod partition;
mod read;
mod sketch;
mod stories;
mod stream;
mod terms;
#[cfg(test)]
mod tests;
mod titles;
mod weights;

use headwater_model::text::Outline;
use headwater_model::{
    Annotations, Article, ArticleIndex, DateRange, EntityIndex, Overrides, Reason, Warning,
};
use sketch::Sketch;

pub use explain::{Feature, Why};
pub use stream::{Footprint, Stream};
pub use titles::Title;

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

/// Events that belong together over time.
#[derive(Clone, Debug, PartialEq)]
pub struct StoryGroup {
    /// Its events: indexes into [`Grouping::events`], sorted.
    pub events: Vec<u32>,
    /// Its articles, sorted.
    pub articles: Vec<ArticleIndex>,
    /// What holds it together.
    pub because: Vec<Reason>,
}

/// Articles grouped into events, and events into stories.
pub struct Grouping {
    /// Events: reports that tell one happening, each list sorted, in order of their first article. A partition.
    pub events: Vec<Vec<ArticleIndex>>,
    /// The event of each article.
    pub event_of: Vec<u32>,
    /// Stories, in order of their first article. A partition of the events.
    pub stories: Vec<StoryGroup>,
    /// The story of each event.
    pub story_of: Vec<u32>,
    /// For each article, why it is in its event and not in a near one.
    pub reasons: Vec<Vec<Reason>>,
    /// Decisions of the user's that could not be followed.
    pub warnings: Vec<Warning>,
    /// Pairs of articles that the user has put together.
    together: Vec<(ArticleIndex, ArticleIndex)>,
    sketches: Vec<Sketch>,
}

/// Groups articles by what they tell.
pub fn group(inputs: &[GroupInput<'_>]) -> Grouping {
    group_with(inputs, &Overrides::default())
}

/// Groups articles under a user's decisions: those about reports and events; names are not its matter.
pub fn group_with(inputs: &[GroupInput<'_>], overrides: &Overrides) -> Grouping {
    let mut decided = overrides::resolve(overrides, inputs);
    let mut grouped = grouping::group(inputs, &decided);
    if decided.waits() {
        decided.place(inputs, &grouped);
        grouped = grouping::group(inputs, &decided);
    }
    let reasons = explain::memberships(inputs, &grouped, &decided);
    let (stories, story_of) = stories::stories(inputs, &grouped);
    Grouping {
        events: grouped.events,
        event_of: grouped.event_of,
        stories,
        story_of,
        reasons,
        warnings: decided.warnings,
        together: decided.together,
        sketches: grouped.sketches,
    }
}

impl Grouping {
    /// Why two articles are grouped or not, in numbers and in words; `None` when one of them is not there.
    /// `inputs` are those that were grouped.
    pub fn why(&self, inputs: &[GroupInput<'_>], a: ArticleIndex, b: ArticleIndex) -> Option<Why> {
        let (x, y) = (self.sketches.get(a.at())?, self.sketches.get(b.at())?);
        let (e, f) = (*self.event_of.get(a.at())?, *self.event_of.get(b.at())?);
        let same_story = self.story_of.get(e as usize) == self.story_of.get(f as usize);
        let mut why = Why { same_event: e == f, same_story, ..explain::why(inputs, a, b, x, y) };
        let empty = Vec::new();
        let event = self.events.get(e as usize).unwrap_or(&empty);
        let about = [a, b].map(|x| (x, self.reasons.get(x.at()).map_or(&[][..], Vec::as_slice)));
        explain::place(&mut why, inputs, &self.sketches, event, about);
        Some(why)
    }

    /// A title for some of the articles (an event's, a story's), in the words of the most central of them.
    pub fn title_of(&self, inputs: &[GroupInput<'_>], members: &[ArticleIndex]) -> Title {
        titles::title_of(inputs, &self.sketches, members)
    }
}
