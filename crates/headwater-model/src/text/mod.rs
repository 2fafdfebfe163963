//! What several rooms need to know about a text: its tokens, sentences, paragraphs and quotation marks.
//!
//! [`Outline`] is made once for an article and shared by all annotators. It holds positions only;
//! what the words mean is the business of `headwater-annotate`.

pub mod calendar;
pub mod fold;
pub mod offsets;
mod quotes;
mod sentences;
mod tokens;

pub use quotes::QuotedRegion;
pub use tokens::{Token, TokenKind};

use crate::Span;

/// Tokens, sentences, paragraphs and quoted regions of one text.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// Words, numbers and marks, in order.
    pub tokens: Vec<Token>,
    /// Sentences, in order; they do not cross paragraphs. Spans are trimmed of white space.
    pub sentences: Vec<Span>,
    /// Range of token indexes of each sentence.
    pub sentence_tokens: Vec<std::ops::Range<usize>>,
    /// Paragraphs, trimmed.
    pub paragraphs: Vec<Span>,
    /// What stands between quotation marks, outer before inner.
    pub quoted: Vec<QuotedRegion>,
}

impl Outline {
    /// Reads a text once.
    pub fn new(text: &str) -> Self {
        let paragraphs = sentences::paragraphs(text);
        let mut outline = Outline { paragraphs, ..Outline::default() };
        for (index, paragraph) in outline.paragraphs.iter().enumerate() {
            tokens::tokenize(text, *paragraph, index as u32, &mut outline.tokens);
        }
        outline.quoted = quotes::regions(text, &outline.tokens);
        sentences::sentences(text, &outline.tokens, &mut outline.sentences, &mut outline.sentence_tokens);
        for (index, range) in outline.sentence_tokens.iter().enumerate() {
            for token in &mut outline.tokens[range.clone()] {
                token.sentence = index as u32;
            }
        }
        outline
    }

    /// The index of the first token that ends after `byte`.
    pub fn token_at(&self, byte: u32) -> usize {
        self.tokens.partition_point(|t| t.span.end <= byte)
    }

    /// The range of tokens that a span touches.
    pub fn tokens_in(&self, span: Span) -> std::ops::Range<usize> {
        let start = self.token_at(span.start);
        let end = self.tokens.partition_point(|t| t.span.start < span.end);
        start..end.max(start)
    }

    /// The index of the sentence that holds `byte`, or the one before it.
    pub fn sentence_at(&self, byte: u32) -> Option<usize> {
        let after = self.sentences.partition_point(|s| s.start <= byte);
        after.checked_sub(1)
    }

    /// The index of the paragraph that holds `byte`, or the one before it.
    pub fn paragraph_at(&self, byte: u32) -> Option<usize> {
        let after = self.paragraphs.partition_point(|s| s.start <= byte);
        after.checked_sub(1)
    }
}
