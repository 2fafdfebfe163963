//! Metadata: what the page and its carrier say of the article, checked against each other.
//!
//! Nothing is invented: what no sign supports stays open.

mod authors;
mod credits;
pub(crate) mod dates;
mod declared;
mod evidence;
pub(crate) mod facts;
mod outlet;
mod people;
pub(crate) mod title;
mod visible;

pub(crate) use visible::Visible;

use crate::input::PageInput;
use facts::Facts;
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
    derive(page, article);
    credits::find(article);
    evidence::of_text(page, article);
}

/// What the carrier says the page was taken from; agencies among it are credits.
fn derive(page: &PageInput, article: &mut Article) {
    for source in page.declared.derived_from {
        let source = crate::block::folded(source);
        if !source.is_empty() && !article.derived_from.contains(&source) {
            article.derived_from.push(source);
        }
    }
    credits::derived(page.declared.derived_from, article);
}

/// Metadata of a web page.
pub(crate) fn of_page(page: &PageInput, facts: &Facts, visible: &Visible, article: &mut Article) {
    declared::apply(page, article);
    if article.url.is_none() {
        article.url = outlet::address(facts);
    }
    if article.outlet.is_none() {
        article.outlet = outlet::of(facts, article.url.as_deref());
    }
    let told = declared::detect_language(&article.text);
    if article.language.is_none() {
        article.language = told.clone().or_else(|| declared::language_code(facts.language.as_deref()?));
    }
    let mut chosen = authors::Chosen::default();
    if article.authors.is_empty() {
        chosen = authors::choose(facts, visible, article.outlet.as_deref());
        article.authors.clone_from(&chosen.names);
    }
    let found = dates::candidates(facts, visible, article.url.as_deref(), article.language.as_deref());
    if article.published.value.is_none() {
        let (published, warning) = dates::choose(&found);
        article.published = published;
        article.warnings.extend(warning);
    }
    article.derived_from = outlet::derived_from(facts, article.url.as_deref());
    derive(page, article);
    credits::stated(&authors::stated(facts), article);
    credits::find(article);
    let found = evidence::Found { authors: &chosen, dates: &found, language: told.as_deref() };
    evidence::of_page(page, facts, &found, article);
}

/// Whether a line is nothing but an agency's name.
pub(crate) fn is_agency(line: &str) -> bool {
    credits::agency(line).is_some()
}
