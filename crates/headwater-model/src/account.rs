//! Statements lined up across reports, and the account made of them.

use crate::{ArticleIndex, EntityIndex, Reason, Span};

/// How a number is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Bound {
    /// No bound word.
    #[default]
    Exactly,
    /// "about", "some", "roughly"
    About,
    /// "at least"
    AtLeast,
    /// "more than", "over"
    MoreThan,
    /// "at most", "up to", "as many as"
    AtMost,
    /// "fewer than", "under"
    LessThan,
    /// "nearly", "almost"
    Nearly,
    /// "dozens", "hundreds", "several": an order of size
    Vague,
}

impl Bound {
    /// As written in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Bound::Exactly => "exactly",
            Bound::About => "about",
            Bound::AtLeast => "at least",
            Bound::MoreThan => "more than",
            Bound::AtMost => "at most",
            Bound::LessThan => "less than",
            Bound::Nearly => "nearly",
            Bound::Vague => "vague",
        }
    }
}

/// The thing compared in a statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number or range of numbers.
    Quantity {
        /// Least value.
        low: f64,
        /// Greatest value.
        high: f64,
        /// Its bound.
        bound: Bound,
        /// Unit, as in `Quantity`.
        unit: String,
        /// What is counted.
        counted: String,
    },
    /// A TIMEX3 value.
    Date(String),
    /// A word or phrase: a place, an actor.
    Text(String),
}

/// How the reports of one statement agree. How many origins there are is another dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agreement {
    /// The same thing, the same value.
    Agrees,
    /// Same source or chain, a later figure or date.
    Update,
    /// Not the same extent: a part, another place, killed against killed and wounded.
    Scope,
    /// Exact against rounded, bounded or vague; neither excludes the other.
    Rounding,
    /// Same thing, other value, and nothing explains it yet.
    Differs,
    /// Two origins, same thing, same time, values that exclude each other.
    Conflict,
    /// One utterance, translated, trimmed or told in other words.
    QuoteVariant,
    /// One report tells it.
    SingleReport,
}

impl Agreement {
    /// As written in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Agreement::Agrees => "agrees",
            Agreement::Update => "update",
            Agreement::Scope => "scope",
            Agreement::Rounding => "rounding",
            Agreement::Differs => "differs",
            Agreement::Conflict => "conflict",
            Agreement::QuoteVariant => "quote variant",
            Agreement::SingleReport => "single report",
        }
    }
}

/// One level of a source chain, outermost first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainLevel {
    /// The words, as they stand.
    pub text: String,
    /// Where they stand, when they do.
    pub span: Option<Span>,
    /// Who it is.
    pub entity: Option<EntityIndex>,
    /// Kind of source.
    pub kind: crate::SourceKind,
}

/// One report's wording of a statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The article.
    pub article: ArticleIndex,
    /// The words that carry the statement.
    pub span: Span,
    /// The value compared, where there is one.
    pub value: Option<Value>,
    /// Where the value stands.
    pub value_span: Option<Span>,
    /// As of when the value holds (TIMEX3 value), where that is told.
    pub as_of: Option<String>,
    /// Its source chain, outermost first; empty for the outlet's own voice.
    pub source: Vec<ChainLevel>,
}

/// An independent beginning.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// Shown to people.
    pub label: String,
    /// Who it is, where it is an entity.
    pub entity: Option<EntityIndex>,
    /// Kind of origin; `None` for an outlet's own observation.
    pub kind: Option<crate::SourceKind>,
    /// Whether it is proved by words; an unproved one only raises `most`.
    pub certain: bool,
    /// The reports that lead back to it.
    pub articles: Vec<ArticleIndex>,
    /// What it rests on.
    pub because: Vec<Reason>,
}

/// How many origins stand behind a statement.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct OriginRange {
    /// Least number that the evidence allows.
    pub least: u32,
    /// Greatest number that the evidence allows.
    pub most: u32,
    /// The origins.
    pub list: Vec<Origin>,
}

/// One thing said about the world, lined up across reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What it is about, in the words of one report.
    pub gist: String,
    /// Its wordings.
    pub reports: Vec<Report>,
    /// How they agree.
    pub agreement: Agreement,
    /// Why that is so, with the spans that carry it.
    pub because: Vec<Reason>,
    /// Whether the agreement is doubtful.
    pub doubtful: bool,
    /// Its origins.
    pub origins: OriginRange,
    /// Reports of the same event that are long enough to have told it and do not.
    pub left_out_by: Vec<ArticleIndex>,
    /// The event it belongs to: an index into the account's events.
    pub event: Option<u32>,
}

/// An utterance and its renderings in several reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Utterance {
    /// The speaker.
    pub speaker: Option<EntityIndex>,
    /// The quotations: (article, index into its `quotations`).
    pub renderings: Vec<(ArticleIndex, u32)>,
}

/// What a line of the account in words is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// It tells what happened.
    Happened,
    /// Several origins tell it.
    SeveralOrigins,
    /// It gives one of several values that differ.
    Differs,
    /// Several reports tell it, from one origin.
    OneOrigin,
}

impl Part {
    /// As written in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Part::Happened => "happened",
            Part::SeveralOrigins => "several origins",
            Part::Differs => "differs",
            Part::OneOrigin => "one origin",
        }
    }
}

/// One line of the account in words: a stretch of a report, to the letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The report it is taken from.
    pub article: ArticleIndex,
    /// The words.
    pub span: Span,
    /// What it is there for.
    pub part: Part,
    /// Who tells it, counted; nothing about the world.
    pub why: String,
    /// The happening it tells or belongs to: an index into the list of events.
    pub event: Option<u32>,
    /// The statement it stands for: an index into the list of statements.
    pub statement: Option<u32>,
}

/// A set of reports told from its statements.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Account {
    /// Statements, the most widely told first.
    pub statements: Vec<Statement>,
    /// Utterances told by more than one report.
    pub utterances: Vec<Utterance>,
    /// Reports that cite one source for the same things and share no text.
    pub upstream: Vec<crate::Copy>,
    /// Events that are only looked back on, found while lining up.
    pub background: Vec<crate::Event>,
    /// Mentions of told events in reports that do not tell them: (event, article, words).
    pub mentions: Vec<(u32, ArticleIndex, Span)>,
}
