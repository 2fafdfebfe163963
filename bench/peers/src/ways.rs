//! The ways to read a page that are compared.

use crate::pages::Page;
use headwater_extract::{Body, Declared, PageInput};
use serde_json::{Value, json};

/// One way: its name, and what it does; text where it gives any.
pub(crate) struct Way {
    pub(crate) name: &'static str,
    pub(crate) read: fn(&Page) -> Option<String>,
}

/// All ways; the first is what the others' time is measured against.
pub(crate) fn all() -> Vec<Way> {
    let mut ways = Vec::new();
    ways.push(Way { name: "html5ever parse alone", read: parse_alone });
    ways.push(Way { name: "headwater's parse alone", read: own_parse });
    ways.push(Way { name: "headwater", read: headwater });
    #[cfg(feature = "peers")]
    {
        ways.push(Way { name: "dom_smoothie", read: dom_smoothie });
        ways.push(Way { name: "trafilatura", read: trafilatura });
        ways.push(Way { name: "trafilatura with fallback and precision", read: trafilatura_precise });
    }
    ways
}

fn article(page: &Page) -> headwater_model::Article {
    let declared = Declared { url: page.url.as_deref(), ..Declared::default() };
    headwater_extract::extract(&PageInput {
        declared,
        id: Some(&page.id),
        ..PageInput::new("", Body::Html(&page.html))
    })
}

/// Ours: text and metadata, as everywhere.
pub(crate) fn headwater(page: &Page) -> Option<String> {
    Some(article(page).text)
}

fn own_parse(page: &Page) -> Option<String> {
    std::hint::black_box(headwater_extract::learning::parse_only(&page.html));
    None
}

/// The answer of a page as `cargo xtask predict extract` writes it, and all that was removed.
pub(crate) fn answer(page: &Page) -> Value {
    let a = article(page);
    let removed: Vec<Value> = a
        .removed
        .iter()
        .map(|r| json!([r.class.name(), r.text, r.source.start, r.source.end, r.score]))
        .collect();
    let warnings: Vec<&str> = a.warnings.iter().map(|w| w.code.as_ref()).collect();
    json!({
        "id": page.id, "url": page.url, "text": a.text, "title": a.title, "authors": a.authors,
        "published": a.published.value.map(|v| v.date().to_string()), "outlet": a.outlet, "language": a.language,
        "because": a.published.because.iter().map(|r| format!("{r:?}")).collect::<Vec<_>>(),
        "candidates": headwater_extract::learning::dates(&page.html, page.url.as_deref()).iter().map(|c| format!("{c:?}")).collect::<Vec<_>>(),
        "segments": a.segments.iter().map(|s| [s.clean.start, s.clean.end, s.source.start, s.source.end]).collect::<Vec<_>>(),
        "removed": removed, "warnings": warnings,
    })
}

fn parse_alone(page: &Page) -> Option<String> {
    use html5ever::tendril::TendrilSink;
    use markup5ever_rcdom::RcDom;
    let dom =
        html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(page.html.as_str());
    std::hint::black_box(&dom);
    None
}

#[cfg(feature = "peers")]
fn dom_smoothie(page: &Page) -> Option<String> {
    let mut reader = dom_smoothie::Readability::new(page.html.as_str(), page.url.as_deref(), None).ok()?;
    Some(reader.parse().map(|a| a.text_content.to_string()).unwrap_or_default())
}

#[cfg(feature = "peers")]
fn trafilatura(page: &Page) -> Option<String> {
    by_trafilatura(page, &trafilatura::Options::default())
}

#[cfg(feature = "peers")]
fn trafilatura_precise(page: &Page) -> Option<String> {
    let options = trafilatura::Options::default()
        .with_fallback(true)
        .with_focus(trafilatura::ExtractionFocus::FavorPrecision);
    by_trafilatura(page, &options)
}

#[cfg(feature = "peers")]
fn by_trafilatura(page: &Page, options: &trafilatura::Options) -> Option<String> {
    Some(trafilatura::extract(&page.html, options).map(|r| r.content_text).unwrap_or_default())
}
