//! `account.json`, schema `headwater.account/1`: the account as data.
//!
//! Every span is `[start, end)` in bytes of the named article's clean text, whose BLAKE3 hash stands in
//! `articles[].text_hash`. Dates are ISO 8601, TIMEX3 values where a value may be partial.

use serde::{Deserialize, Serialize};

/// The schema's name and version.
pub const SCHEMA: &str = "headwater.account/1";

/// The whole account.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// `headwater.account/1`.
    pub schema: String,
    /// Name and version of the program that wrote it.
    pub generator: String,
    /// What the account was made from, so that it can be checked again.
    #[serde(default)]
    pub inputs: Inputs,
    /// Counts for the head line.
    pub summary: Summary,
    /// The reports that were kept.
    pub articles: Vec<Article>,
    /// Inputs that were set aside.
    pub set_aside: Vec<SetAside>,
    /// Dated happenings: told ones first, by date.
    pub events: Vec<Event>,
    /// Storylines.
    pub stories: Vec<Story>,
    /// Persons, organisations, places, governments.
    pub entities: Vec<Entity>,
    /// Time expressions with their values.
    #[serde(default)]
    pub times: Vec<Time>,
    /// Words in quotation marks, with speaker and chain.
    pub quotes: Vec<Quote>,
    /// Utterances given by more than one report: groups of indexes into `quotes`.
    pub utterances: Vec<Utterance>,
    /// Things said about the world, lined up across reports.
    pub statements: Vec<Statement>,
    /// Links between reports.
    pub copies: Vec<Copy>,
    /// Reports that carry versions of one text, and who has it from whom.
    #[serde(default)]
    pub families: Vec<Family>,
    /// Warnings about the whole.
    pub warnings: Vec<Warning>,
}

/// What the program was given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Inputs {
    /// Paths as the user wrote them.
    pub paths: Vec<String>,
    /// The table of metadata, where one was given.
    pub meta: Option<String>,
    /// The file of the user's decisions, where one was given.
    #[serde(default)]
    pub overrides: Option<String>,
}

/// Counts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Reports kept.
    pub reports: usize,
    /// Happenings that at least one report tells.
    pub happenings: usize,
    /// Storylines.
    pub stories: usize,
    /// Statements told by more than one report.
    pub shared_statements: usize,
    /// Of these, how many are doubtful: they may tell two things, or agree otherwise than said.
    #[serde(default)]
    pub doubtful: usize,
    /// Of these, how many rest on a single origin.
    pub single_origin: usize,
    /// Statements by agreement.
    pub by_agreement: std::collections::BTreeMap<String, usize>,
    /// Copied or declared links.
    pub copies: usize,
    /// Independent origins behind the reports as texts, least and most.
    pub text_origins: [usize; 2],
}

/// A report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Unique in the file.
    pub id: String,
    /// The source as given.
    pub path: String,
    /// Number of the record within the source, from 0.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub record: Option<u32>,
    /// Headline.
    pub title: Option<String>,
    /// People.
    pub authors: Vec<String>,
    /// Outlet.
    pub outlet: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// When it was published.
    pub published: Published,
    /// ISO 639-1.
    pub language: Option<String>,
    /// Agencies or other suppliers the report names as its own origin.
    pub credits: Vec<Credit>,
    /// Where each piece of metadata comes from, and how sure it is.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// Bytes of the clean text.
    pub text_bytes: usize,
    /// Words of the clean text.
    pub words: usize,
    /// BLAKE3 of the clean text, hex.
    pub text_hash: String,
    /// BLAKE3 of the source file or record as read, hex.
    pub source_hash: String,
    /// The clean text where it is embedded (`--full-text`, or always in `account.json` on request).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<String>,
    /// Sentences the account cites, with one on each side.
    pub sentences: Vec<Sentence>,
    /// `[clean start, clean end, source start, source end, exact]`: the way back to the decoded source.
    pub segments: Vec<(u32, u32, u32, u32, bool)>,
    /// What was taken out.
    pub removed: Vec<Removed>,
    /// Warnings.
    pub warnings: Vec<Warning>,
}

/// An embedded sentence.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sentence {
    /// First byte in the clean text.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Its words.
    pub text: String,
    /// Whether it opens a paragraph.
    pub opens: bool,
}

/// Publication time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Published {
    /// ISO date or date-time; null when only a range is known, or nothing.
    pub value: Option<String>,
    /// First possible day.
    pub earliest: Option<String>,
    /// Last possible day.
    pub latest: Option<String>,
    /// `given`, `page`, `inferred` or `unknown`.
    pub how: String,
    /// Why.
    pub because: Vec<Reason>,
}

/// A piece of metadata with its source.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// What it tells of.
    pub fact: String,
    /// What it says; several values are parted by "; ".
    pub value: String,
    /// Who says so, in plain words.
    pub from: Vec<String>,
    /// `sure`, `likely` or `doubtful`.
    pub sureness: String,
}

/// A declared supplier.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Credit {
    /// Its name.
    pub name: String,
    /// `byline`, `dateline`, `footer` or `metadata`.
    pub place: String,
}

/// A reason, with its words where there are some.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// In words.
    pub text: String,
    /// Article.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub article: Option<String>,
    /// First byte.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub start: Option<u32>,
    /// One past the last byte.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub end: Option<u32>,
}

/// Something taken out of an article.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Removed {
    /// Block class.
    pub class: String,
    /// Its words.
    pub text: String,
    /// Why.
    pub reason: String,
    /// Range in the decoded source.
    pub source: (u32, u32),
}

/// A warning.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Warning {
    /// Stable code.
    pub code: String,
    /// In words.
    pub message: String,
    /// Next step.
    pub hint: String,
    /// Words concerned, in the article's clean text.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub span: Option<(u32, u32)>,
}

/// An input that gave no report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SetAside {
    /// The source as given.
    pub path: String,
    /// Record within it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub record: Option<u32>,
    /// Stable code.
    pub code: String,
    /// In words.
    pub message: String,
    /// Next step.
    pub hint: String,
}

/// A range of days.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DateRange {
    /// TIMEX3 value, where one can be given: `2025-08-12`, `2024-06`, `2025`.
    pub value: Option<String>,
    /// First possible day.
    pub earliest: Option<String>,
    /// Last possible day.
    pub latest: Option<String>,
}

/// Words of one article.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Article.
    pub article: String,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The words.
    pub text: String,
}

/// A happening.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Id, `e1`….
    pub id: String,
    /// In a report's own words.
    pub label: String,
    /// Where the label was taken from.
    pub label_from: Option<Place>,
    /// `told` or `background`.
    pub kind: String,
    /// When.
    pub date: DateRange,
    /// Articles that tell it.
    pub told_by: Vec<String>,
    /// Articles that mention it.
    pub mentioned_by: Vec<String>,
    /// The words of the mentions.
    pub mentions: Vec<Place>,
    /// Why.
    pub because: Vec<Reason>,
}

/// A storyline.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// Id, `s1`….
    pub id: String,
    /// In the reports' own words.
    pub title: String,
    /// Articles.
    pub articles: Vec<String>,
    /// Events.
    pub events: Vec<String>,
    /// The account in words: sentences of the reports, in reading order.
    #[serde(default)]
    pub account: Vec<Line>,
    /// Why.
    pub because: Vec<Reason>,
}

/// One line of the account in words: a stretch of one report, to the letter.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Article.
    pub article: String,
    /// First byte.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The words, to the letter.
    pub text: String,
    /// What the line is there for: `happened`, `several origins`, `differs`, `one origin`.
    pub part: String,
    /// Who tells it, counted, in words of the program.
    pub why: String,
    /// Event id: the happening it tells or belongs to.
    pub event: Option<String>,
    /// Statement id: the statement it stands for.
    pub statement: Option<String>,
}

/// An entity.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Id, `n1`….
    pub id: String,
    /// Kind.
    pub kind: String,
    /// Name shown.
    pub name: String,
    /// Every form.
    pub forms: Vec<String>,
    /// Articles it is named in.
    pub articles: Vec<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Wikidata id.
    pub wikidata: Option<String>,
    /// Why the forms are one.
    pub because: Vec<Reason>,
}

/// A time expression.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Time {
    /// Article.
    pub article: String,
    /// First byte.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The words.
    pub text: String,
    /// TIMEX3 type: `DATE`, `TIME`, `DURATION`, `SET`.
    #[serde(rename = "type")]
    pub kind: String,
    /// TIMEX3 value.
    pub value: String,
    /// First moment of the stretch meant, where it lies on the calendar.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub from: Option<String>,
    /// First moment after it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub to: Option<String>,
}

/// A source in a chain.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// As it stands.
    pub text: String,
    /// Entity id.
    pub entity: Option<String>,
    /// `person`, `organisation`, `government`, `agency`, `outlet`, `document`, `officials`, `anonymous`, `missing`.
    pub kind: String,
    /// Whether these are people whose names are not told.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub unnamed: bool,
    /// The body that unnamed people are said to belong to: an entity's id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub institution: Option<String>,
    /// Its country, where the words or the entity tell it (ISO 3166-1 alpha-2).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub country: Option<String>,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub span: Option<(u32, u32)>,
}

/// Words in quotation marks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// Article.
    pub article: String,
    /// The words, without marks.
    pub text: String,
    /// First byte of the words.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// `direct` (a clause or more) or `fragment`.
    pub kind: String,
    /// Who said it; null when the text does not tell.
    pub speaker: Option<Source>,
    /// Sources between the outlet and the speaker, outermost first.
    pub via: Vec<Source>,
}

/// One utterance in several renderings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Utterance {
    /// Id, `u1`….
    pub id: String,
    /// Speaker's entity.
    pub speaker: Option<String>,
    /// Indexes into `quotes`.
    pub quotes: Vec<usize>,
}

/// A statement lined up across reports.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Id, `c1`….
    pub id: String,
    /// What it is about, in the words of a report.
    pub gist: String,
    /// `agrees`, `update`, `scope`, `rounding`, `differs`, `conflict`, `quote variant`, `single report`.
    pub agreement: String,
    /// Whether the agreement is doubtful.
    pub doubtful: bool,
    /// Why.
    pub because: Vec<Reason>,
    /// The wordings.
    pub reports: Vec<Report>,
    /// Origins.
    pub origins: Origins,
    /// Reports of the same event that could have told it and do not.
    pub left_out_by: Vec<String>,
    /// Event id.
    pub event: Option<String>,
}

/// One report's wording.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Article.
    pub article: String,
    /// First byte of the clause.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// The clause, to the letter.
    pub text: String,
    /// The value compared: a number, `[low, high]`, a TIMEX3 value or words.
    pub value: Option<serde_json::Value>,
    /// Where the value stands, in bytes of the article's clean text.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub value_span: Option<(u32, u32)>,
    /// Bound of a number: `exactly`, `about`, `at least`, `more than`, `at most`, `less than`, `nearly`, `vague`.
    pub bound: Option<String>,
    /// Unit of a number.
    pub unit: Option<String>,
    /// What is counted.
    pub counted: Option<String>,
    /// As of when (TIMEX3 value).
    pub as_of: Option<String>,
    /// Source chain, outermost first; empty for the outlet's own voice.
    pub source: Vec<Source>,
}

/// How many independent origins.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Origins {
    /// Least.
    pub least: u32,
    /// Most.
    pub most: u32,
    /// Which.
    pub list: Vec<Origin>,
}

/// One origin.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// For people.
    pub label: String,
    /// Entity id.
    pub entity: Option<String>,
    /// Kind of source, or `own observation`.
    pub kind: String,
    /// Proved by words; otherwise it only raises `most`.
    pub certain: bool,
    /// Articles that lead back to it.
    pub articles: Vec<String>,
    /// Why.
    pub because: Vec<Reason>,
}

/// A link between two reports.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Copy {
    /// Earlier article, when the direction is known.
    pub from: String,
    /// The other.
    pub to: String,
    /// `copied`, `declared`, `common upstream`.
    pub state: String,
    /// `from-to`, `via upstream`, `unknown`.
    pub direction: String,
    /// Share of the shorter article's words in shared passages.
    pub containment: f64,
    /// The third that both rest on.
    pub upstream: Option<String>,
    /// Why.
    pub because: Vec<Reason>,
    /// Shared passages.
    pub passages: Vec<Passage>,
}

/// Reports that carry versions of one text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Family {
    /// `f1`, `f2`, …, in order of the first member.
    pub id: String,
    /// The members, in order of the reports.
    pub members: Vec<String>,
    /// Where the text begins, when that is a member.
    pub root: Option<String>,
    /// The agency or document outside that is credited for it.
    pub upstream: Option<String>,
    /// Whom each member has the text from; `None` for those that begin it or have it from outside.
    pub parents: Vec<Option<String>>,
    /// Reports merged from this text and another: `[child, the parent in the other text]`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub second_parents: Vec<(String, String)>,
}

/// A shared passage.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Passage {
    /// Range in `from`.
    pub from: (u32, u32),
    /// Range in `to`.
    pub to: (u32, u32),
    /// Words aligned.
    pub words: u32,
    /// Only quotation or official statement.
    pub quoted: bool,
    /// The words as they stand in `to`, where they are given; they may be cut after some words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<String>,
}
