//! Who said what, and through whom.

use crate::Span;

/// How the content is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Directness {
    /// Wholly in quotation marks.
    Direct,
    /// Wholly in the reporter's words.
    Indirect,
    /// Partly in quotation marks.
    Mixed,
}

impl Directness {
    /// As written in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Directness::Direct => "direct",
            Directness::Indirect => "indirect",
            Directness::Mixed => "mixed",
        }
    }
}

/// What kind of source it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceKind {
    /// A named person.
    Person,
    /// A named organisation or body.
    Organisation,
    /// A government, by its country, capital or seat.
    Government,
    /// A news agency.
    Agency,
    /// Another outlet.
    Outlet,
    /// A letter, filing, study, post or other document.
    Document,
    /// Officials or a delegation of a named body or country, without names.
    Officials,
    /// People whose names are withheld or not told.
    Anonymous,
    /// Somebody, but the text does not say who ("it was reported").
    Missing,
}

impl SourceKind {
    /// As written in JSON.
    pub fn name(self) -> &'static str {
        match self {
            SourceKind::Person => "person",
            SourceKind::Organisation => "organisation",
            SourceKind::Government => "government",
            SourceKind::Agency => "agency",
            SourceKind::Outlet => "outlet",
            SourceKind::Document => "document",
            SourceKind::Officials => "officials",
            SourceKind::Anonymous => "anonymous",
            SourceKind::Missing => "missing",
        }
    }
}

/// What the cue says about the reporter's distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CueClass {
    /// said, told, according to
    Neutral,
    /// claimed, alleged
    Distancing,
    /// admitted, revealed
    Revealing,
    /// acknowledged, noted
    Factive,
    /// will, may, expects, predicts
    Forecasting,
    /// denied
    Denying,
    /// asked, demanded, urged
    Asking,
}

impl CueClass {
    /// As written in JSON.
    pub fn name(self) -> &'static str {
        match self {
            CueClass::Neutral => "neutral",
            CueClass::Distancing => "distancing",
            CueClass::Revealing => "revealing",
            CueClass::Factive => "factive",
            CueClass::Forecasting => "forecasting",
            CueClass::Denying => "denying",
            CueClass::Asking => "asking",
        }
    }
}

/// A source of an attribution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its words; empty when the source is not told.
    pub spans: Vec<Span>,
    /// What kind it is.
    pub kind: SourceKind,
    /// Index into the article's `LocalEntity` list, after resolving pronouns and titles.
    pub entity: Option<u32>,
    /// The head form that stands for it: "Putin" for "he". Empty when unknown.
    pub resolved: String,
}

/// One level of who said what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// Who.
    pub source: Source,
    /// The words that attribute.
    pub cue: Vec<Span>,
    /// What was said; more than one span when it is broken by the cue.
    pub content: Vec<Span>,
    /// Direct, indirect or mixed.
    pub directness: Directness,
    /// Distance of the cue.
    pub class: CueClass,
    /// Index of the attribution that encloses this one: its source is one level further out.
    pub parent: Option<u32>,
    /// Hedges in the content ("is believed to", "approximately", "may").
    pub hedges: Vec<Span>,
    /// Whether the content is negated at its head.
    pub negated: bool,
}

impl Attribution {
    /// From the first to the last byte of the content.
    pub fn content_cover(&self) -> Option<Span> {
        self.content.iter().copied().reduce(Span::cover)
    }
}

/// Words between quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The words, without the marks.
    pub span: Span,
    /// The words with the marks (the closing one may be missing).
    pub outer: Span,
    /// Index of the innermost attribution whose content holds the words.
    pub attribution: Option<u32>,
    /// Whether these are somebody's words, rather than a title, a nickname or a scare quote.
    pub utterance: bool,
}
