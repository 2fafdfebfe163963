//! Blocks on their way from the source to the article: words, where they came from, what they are.

use headwater_model::{Article, Block, BlockClass, Removed, Segment, Span};
use std::borrow::Cow;

/// A stretch of a block's words and the stretch of the source it was read from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    /// Range in the block's words.
    pub(crate) words: Span,
    /// Range in the decoded source.
    pub(crate) source: Span,
    /// Whether both hold the same bytes.
    pub(crate) exact: bool,
}

/// One block.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// Its words, trimmed and without empty stretches.
    pub(crate) text: String,
    /// The way back to the source.
    pub(crate) pieces: Vec<Piece>,
    /// What it is held to be.
    pub(crate) class: BlockClass,
    /// Why, in plain words; needed only for classes that are no body.
    pub(crate) reason: Cow<'static, str>,
    /// How likely it is held to be the article's, in percent, where that was judged.
    pub(crate) score: Option<u8>,
    /// The time of the live blog's entry it belongs to, as the page writes it.
    pub(crate) time: Option<String>,
}

impl Draft {
    /// A block that is body until something says otherwise.
    pub(crate) fn new(text: String, pieces: Vec<Piece>) -> Self {
        Draft { text, pieces, class: BlockClass::Body, reason: Cow::Borrowed(""), score: None, time: None }
    }

    /// Gives the block another class.
    pub(crate) fn mark(&mut self, class: BlockClass, reason: impl Into<Cow<'static, str>>) {
        self.class = class;
        self.reason = reason.into();
    }

    /// The stretch of the source that covers the block.
    pub(crate) fn source(&self) -> Span {
        match (self.pieces.first(), self.pieces.last()) {
            (Some(a), Some(b)) => {
                Span { start: a.source.start.min(b.source.start), end: a.source.end.max(b.source.end) }
            }
            _ => Span::default(),
        }
    }
}

/// Puts the blocks of the body together as the clean text, and keeps the others as removed.
pub(crate) fn assemble(article: &mut Article, drafts: Vec<Draft>) {
    for draft in drafts {
        if draft.text.is_empty() {
            continue;
        }
        if !draft.class.is_body() {
            let source = draft.source();
            article.removed.push(Removed {
                class: draft.class,
                text: if is_folded(&draft.text) { draft.text } else { folded(&draft.text) },
                reason: draft.reason.into_owned(),
                source,
                score: draft.score,
            });
            continue;
        }
        if !article.text.is_empty() {
            article.text.push_str("\n\n");
        }
        let start = article.text.len();
        article.text.push_str(&draft.text);
        article.blocks.push(Block {
            class: draft.class,
            span: Span::new(start, article.text.len()),
            source: draft.source(),
            score: draft.score,
            time: draft.time,
        });
        article.segments.extend(draft.pieces.iter().filter(|p| !p.words.is_empty()).map(|piece| Segment {
            clean: Span::new(piece.words.start as usize + start, piece.words.end as usize + start),
            source: piece.source,
            exact: piece.exact,
        }));
    }
}

/// Whether white space is single spaces inside already.
fn is_folded(text: &str) -> bool {
    let mut before = b' ';
    for b in text.bytes() {
        // Other scripts have white space of their own.
        if b == b' ' && before == b' ' || b != b' ' && (b.is_ascii_whitespace() || b == 0x0b) || !b.is_ascii()
        {
            return false;
        }
        before = b;
    }
    before != b' ' || text.is_empty()
}

/// White space folded to single spaces.
pub(crate) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
