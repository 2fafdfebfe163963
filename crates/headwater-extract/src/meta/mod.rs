//! Metadata: what the page and its carrier say of the article, checked against each other.
//!
//! Nothing is invented: what no sign supports stays open.

mod credits;
mod declared;
mod people;

use crate::input::PageInput;
use headwater_model::{Article, BlockClass};

/// Metadata of text that was taken out of a page: the carrier's word, and what the removed lines say.
pub(crate) fn of_text(page: &PageInput, article: &mut Article) {
    declared::apply(page, article);
    if article.authors.is_empty() {
        let lines =
            article.removed.iter().filter(|r| matches!(r.class, BlockClass::Byline | BlockClass::Biography));
        article.authors = people::from_lines(lines.map(|r| r.text.as_str()));
    }
    if article.language.is_none() {
        article.language = declared::detect_language(&article.text);
    }
    credits::find(article);
}
