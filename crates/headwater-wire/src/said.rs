//! Rows of `headwater quotes`: who said what, through whom, one attribution a row (`headwater.quotes/1`).
//!
//! Ids of articles and entities are those of `account.json` of the same input; spans are bytes into the
//! same clean texts. So rows join with an account by `article` and `start`, `end`.

use crate::account::Source;
use serde::{Deserialize, Serialize};

/// Words of an article and where they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// As they stand.
    pub text: String,
    /// First byte.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// One level of who said what; or words in quotation marks that nobody is told to have said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// Article.
    pub article: String,
    /// Where the article was read from.
    pub path: String,
    /// Its outlet, where one is known.
    pub outlet: Option<String>,
    /// Number of the row among those of its article, from 0.
    pub row: usize,
    /// The row further out in the chain: its source passes on what this one's says.
    pub parent: Option<usize>,
    /// Who said it; null when the text does not tell.
    pub source: Option<Source>,
    /// What the source's words stand for ("he": "Maud Terrin"), where that is known.
    pub resolved: Option<String>,
    /// Sources between the outlet and this one, outermost first.
    pub via: Vec<Source>,
    /// The attributing words.
    pub cue: Vec<Words>,
    /// What was said; more than one stretch when it is broken by the cue.
    pub content: Vec<Words>,
    /// `direct`, `indirect` or `mixed`.
    pub kind: String,
    /// `neutral`, `distancing`, `revealing`, `factive`, `forecasting`, `denying`, `asking`; null without a cue.
    pub manner: Option<String>,
    /// Hedges in the content.
    pub hedges: Vec<Words>,
    /// Whether the content is negated at its head.
    pub negated: bool,
}
