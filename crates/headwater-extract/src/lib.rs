//! One page in, one clean article out, with what was removed and why.
//!
//! Two ways lead in: a web page (`html`), whose blocks are scored by where they stand and what they hold,
//! and text that was taken out of a page already, from which residue is removed (`residue`). Both give
//! blocks with a class; those of the body make up the clean text, the others are kept as `removed`.
//! Metadata (`meta`) is read from the page and from what the carrier declares.
//!
//! Cannot fail: a page with no article gives an empty text and a warning. Sees one page, never another, but for
//! [`recurring`]; reads no file, no network and no clock.

mod block;
mod html;
mod input;
mod lines;
mod meta;
pub mod recurring;
mod residue;

pub use html::learning;
pub use input::{Body, Declared, PageInput};

use headwater_model::{Article, Warning};

/// Bytes of a page that are read; the rest is left out, with a warning. Pages of the benches are below 5 MB.
pub const MAX_PAGE_BYTES: usize = 16 * 1024 * 1024;

/// Reads one page.
pub fn extract(page: &PageInput) -> Article {
    let mut article = match page.body {
        Body::Text(text) => lines::article(page, within(text)),
        Body::Html(html) => html::article(page, within(html)),
    };
    let source = page.body.source();
    if source.len() > MAX_PAGE_BYTES {
        let message = format!(
            "the page has {} MB; only the first {} MB were read",
            source.len() >> 20,
            MAX_PAGE_BYTES >> 20
        );
        article.warnings.push(Warning::new("page-too-large", message, "split it into one file a report"));
    }
    if article.text.is_empty() {
        article.warnings.push(Warning::new(
            "no-article",
            "no article was found on the page",
            "see what was removed, or leave the page out",
        ));
    }
    article
}

/// The part of a source that is read.
fn within(source: &str) -> &str {
    let mut end = source.len().min(MAX_PAGE_BYTES);
    while !source.is_char_boundary(end) {
        end -= 1;
    }
    &source[..end]
}
