//! Which time governs what a clause tells: its own, its sentence's, or the one told last before it in the
//! paragraph.
//!
//! Sees one article's clauses and times; judges no dates.

use crate::material::{Clause, Input};
use headwater_model::{Interval, TimeKind};

/// A time told in the paragraph governs the sentences after it, at most so many. By judgement: paragraphs
/// of news have two or three sentences.
const SENTENCES: usize = 2;
/// … when it is as exact as a month: "in 1961" in passing dates only its own sentence. Days.
const EXACT: i32 = 31;

/// From how far a time governs a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// It stands in the clause.
    Clause,
    /// It stands in the sentence.
    Sentence,
    /// It stands before, in the paragraph.
    Discourse,
}

impl Reach {
    /// In words, behind "dated 2025-03-13".
    pub(crate) fn words(self) -> &'static str {
        match self {
            Reach::Clause => "",
            Reach::Sentence => " in its sentence",
            Reach::Discourse => " in the sentences before",
        }
    }
}

/// The times that govern a clause: indexes into the article's times, with their stretches.
pub(crate) fn governing(input: &Input<'_>, clause: &Clause) -> (Vec<(usize, Interval)>, Reach) {
    let notes = &input.annotations[clause.article.at()];
    let stretch = |t: usize| {
        let mention = notes.times.get(t)?;
        mention.interval.filter(|_| mention.kind != TimeKind::Duration).map(|i| (t, i))
    };
    for (times, reach) in [(&clause.times, Reach::Clause), (&clause.sentence_times, Reach::Sentence)] {
        // a time that only repeats or lasts still keeps those further off away
        if !times.is_empty() {
            return (times.iter().filter_map(|&t| stretch(t)).collect(), reach);
        }
    }
    let before = || {
        let outline = &input.outlines[clause.article.at()];
        let sentence = outline.sentences.get(clause.sentence)?;
        let paragraph = *outline.paragraphs.get(outline.paragraph_at(sentence.start)?)?;
        let first =
            outline.sentences.get(clause.sentence.saturating_sub(SENTENCES))?.start.max(paragraph.start);
        let end = notes.times.partition_point(|t| t.span.start < sentence.start);
        let told =
            notes.times.get(..end)?.iter().enumerate().rev().take_while(|(_, t)| t.span.start >= first);
        told.filter(|(_, t)| t.ahead != Some(true))
            .find_map(|(n, _)| stretch(n))
            .filter(|(_, i)| (i.end.date() - i.start.date()).get_days() <= EXACT)
    };
    (if clause.ahead { None } else { before() }.into_iter().collect(), Reach::Discourse)
}
