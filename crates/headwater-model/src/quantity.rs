//! Numbers with what they count.

use crate::{Bound, Span};

/// A number in the text, normalised.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The whole phrase, from the bound to what is counted: "approximately 2,000 North Korean soldiers".
    pub span: Span,
    /// The number's own words: "2,000".
    pub number: Span,
    /// Least value.
    pub low: f64,
    /// Greatest value; the same as `low` when the phrase gives one number.
    pub high: f64,
    /// How the number is bounded.
    pub bound: Bound,
    /// The unit in lower case and singular: `person`, `percent`, `usd`, `kilometre`; empty when none is told.
    pub unit: String,
    /// What is counted, in the article's words, or empty: "North Korean soldiers".
    pub counted: String,
    /// Where `counted` stands.
    pub counted_span: Option<Span>,
    /// Whether the number only identifies: an ordinal, an age, a score, a calibre, a telephone number.
    pub identifies: bool,
}
