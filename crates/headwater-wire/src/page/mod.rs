//! The account page: one self-contained HTML file for people who would rather look than read.
//!
//! Sees an `Account` and nothing else: no file, network or clock. Everything is written on this side, so
//! the page reads without script; the script only filters, searches and opens a report beside the text.
//! It needs nothing from the network, and a policy in its head forbids it: styles and script are admitted
//! by a nonce made from the page's own words, so that no word of an article can ever run.
//!
//! The page never says what is true. Words in a serif type are a report's own; all else is Headwater's.

mod agreement;
mod brief;
mod dates;
mod forest;
mod head;
mod html;
mod lineage;
mod names;
mod picture;
mod quotes;
mod reports;
mod statements;
mod timeline;
mod values;
mod view;
mod why;

use crate::account::Account;
use html::Html;
use view::View;

pub use picture::picture;
pub use why::why;

/// The page's look.
const STYLE: &str = include_str!("page.css");
/// The page's script.
const SCRIPT: &str = include_str!("page.js");

/// How the page is laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageOptions {
    /// Heading of the page; without one it is the storyline's title.
    pub title: Option<String>,
    /// Reports that fit side by side: with more, statements show their origins with the reports under them.
    /// The default was chosen by looking at tables of 4 to 14 reports at 1280 pixels.
    pub table_columns: usize,
}

impl Default for PageOptions {
    fn default() -> Self {
        PageOptions { title: None, table_columns: 8 }
    }
}

/// The account as one HTML file.
///
/// ```
/// use headwater_wire::{account::Account, page::{PageOptions, render}};
/// let page = render(&Account::default(), &PageOptions::default());
/// assert!(page.starts_with("<!DOCTYPE html>"));
/// ```
pub fn render(account: &Account, options: &PageOptions) -> String {
    let view = View::new(account, options);
    let mut body = Html::default();
    agreement::icons(&mut body);
    head::top(&mut body, &view);
    body.raw("<main id=\"main\">");
    brief::section(&mut body, &view);
    timeline::section(&mut body, &view);
    statements::section(&mut body, &view);
    quotes::section(&mut body, &view);
    lineage::section(&mut body, &view);
    reports::section(&mut body, &view);
    reports::asides_of_all(&mut body, &view);
    body.raw("</main>");
    head::foot(&mut body, &view);

    // An article cannot name this nonce in advance: it is a hash of a page that holds the article.
    let nonce = blake3::hash(body.as_str().as_bytes()).to_hex();
    let nonce = nonce.get(..32).unwrap_or_default();
    let mut page = Html::default();
    page.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
    page.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'nonce-");
    page.text(nonce).raw("'; script-src 'nonce-").text(nonce).raw("'\">");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\"><meta name=\"referrer\" content=\"no-referrer\"><meta name=\"generator\" content=\"");
    page.text(&account.generator).raw("\"><title>").text(&head::title(&view)).raw("</title><style nonce=\"");
    page.text(nonce).raw("\">").raw(STYLE).raw("</style></head><body>");
    page.append(&body);
    page.raw("<script nonce=\"").text(nonce).raw("\">").raw(SCRIPT).raw("</script></body></html>\n");
    page.into_string()
}
