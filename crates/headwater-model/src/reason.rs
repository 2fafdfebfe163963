//! Why something is held: a sentence for people, and the words it rests on.

use crate::{ArticleIndex, Span};

/// One reason behind a judgement, in words, with the span that carries it where there is one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reason {
    /// A short plain sentence or phrase, without a final full stop.
    pub text: String,
    /// Where the words stand, if the reason rests on words.
    pub place: Option<(ArticleIndex, Span)>,
}

impl Reason {
    /// A reason that rests on no particular words.
    pub fn plain(text: impl Into<String>) -> Self {
        Reason { text: text.into(), place: None }
    }

    /// A reason that rests on words of one article.
    pub fn at(text: impl Into<String>, article: ArticleIndex, span: Span) -> Self {
        Reason { text: text.into(), place: Some((article, span)) }
    }
}
