//! Shared passages, and which article has its words from which.

use crate::{ArticleIndex, Reason, Span};

/// A stretch of text that two articles share, aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    /// Where it stands in the first article.
    pub a: Span,
    /// Where it stands in the second.
    pub b: Span,
    /// Words aligned.
    pub words: u32,
    /// Whether it is only quotation or an official statement: a shared speaker, not a shared text.
    pub quoted: bool,
}

/// How two reports hang together. There is a fourth state, *none found*: no `Copy` at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CopyState {
    /// Aligned text of the reporter's own words.
    Copied,
    /// A credit line, a byline, a link.
    Declared,
    /// The same speaker, document or agency stands behind both.
    CommonUpstream,
}

impl CopyState {
    /// As written in JSON.
    pub fn name(self) -> &'static str {
        match self {
            CopyState::Copied => "copied",
            CopyState::Declared => "declared",
            CopyState::CommonUpstream => "common upstream",
        }
    }
}

/// Which way a text went between `from` and `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// `from` is the earlier; evidence is given.
    Known,
    /// Both have it from a third that is not at hand.
    ViaUpstream,
    /// The evidence does not suffice.
    Unknown,
}

impl Direction {
    /// As written in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Direction::Known => "from-to",
            Direction::ViaUpstream => "via upstream",
            Direction::Unknown => "unknown",
        }
    }
}

/// An evidenced link between two articles.
#[derive(Clone, Debug, PartialEq)]
pub struct Copy {
    /// The earlier article, when the direction is known; else the one that sorts first.
    pub from: ArticleIndex,
    /// The other.
    pub to: ArticleIndex,
    /// How they hang together.
    pub state: CopyState,
    /// Which way.
    pub direction: Direction,
    /// Share of the shorter article's words (0–1) that lie in shared passages of own words.
    pub containment: f64,
    /// Name of the third that both rest on, when one is named ("AP").
    pub upstream: Option<String>,
    /// Shared passages, in order of `from`.
    pub passages: Vec<Passage>,
    /// What it rests on.
    pub because: Vec<Reason>,
}

/// Articles that carry versions of one text.
#[derive(Clone, Debug, PartialEq)]
pub struct Family {
    /// The members, sorted.
    pub members: Vec<ArticleIndex>,
    /// Where the text begins: a member; `None` when that is not known or lies outside.
    pub root: Option<ArticleIndex>,
    /// The agency or document outside that the family rests on, when one is credited.
    pub upstream: Option<String>,
    /// The parent of each member (same order as `members`), where one is known.
    pub parents: Vec<Option<ArticleIndex>>,
}
