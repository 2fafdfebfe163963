//! One row of JSONL: which fields are the page, which describe it.

use crate::{Declared, PageBody};
use serde_json::{Map, Value};

/// Names under which rows keep their text.
const TEXT: &[&str] =
    &["text", "body", "content", "maintext", "main_text", "articleBody", "article", "raw_text", "plain_text"];
const HTML: &[&str] = &["html", "raw_html", "page"];
const PARAGRAPHS: &[&str] = &["paragraphs", "lines", "sentences"];
const ID: &[&str] = &["id", "_id", "uuid", "doc_id", "docid", "article_id"];
const URL: &[&str] = &["url", "link", "uri", "canonical_url", "source_url", "href", "address"];
const TITLE: &[&str] = &["title", "headline", "name"];
const PUBLISHED: &[&str] = &[
    "published",
    "date",
    "date_publish",
    "published_at",
    "publish_date",
    "published_date",
    "pub_date",
    "pubdate",
    "datePublished",
    "timestamp",
];
const OUTLET: &[&str] = &[
    "outlet",
    "publisher",
    "source",
    "source_name",
    "site",
    "site_name",
    "source_domain",
    "domain",
    "newspaper",
];
const LANGUAGE: &[&str] = &["language", "lang"];
const FETCHED: &[&str] =
    &["fetched", "fetched_at", "date_download", "downloaded", "crawled", "crawl_date", "retrieved"];
const AUTHORS: &[&str] = &["authors", "author", "byline", "creator"];

/// What describes a page in an object.
pub(crate) fn declared(row: &Map<String, Value>) -> Declared {
    Declared {
        url: string(row, URL),
        title: string(row, TITLE),
        published: string(row, PUBLISHED),
        outlet: string(row, OUTLET),
        language: string(row, LANGUAGE),
        fetched: string(row, FETCHED),
        authors: strings(row, AUTHORS),
    }
}

/// The id of a row.
pub(crate) fn id(row: &Map<String, Value>) -> Option<String> {
    string(row, ID)
}

/// The page of a row; `None` when no field holds one.
pub(crate) fn body(row: &Map<String, Value>) -> Option<PageBody> {
    let joined = |names: &[&str]| names.iter().find_map(|n| row.get(*n).and_then(paragraphs));
    let text = |names: &[&str]| {
        names.iter().find_map(|n| row.get(*n).and_then(Value::as_str)).filter(|s| !s.trim().is_empty())
    };
    if let Some(html) = text(HTML) {
        return Some(PageBody::Html(html.to_owned()));
    }
    if let Some(text) = text(TEXT) {
        return Some(if looks_like_html(text) {
            PageBody::Html(text.to_owned())
        } else {
            PageBody::Text(text.to_owned())
        });
    }
    joined(PARAGRAPHS).or_else(|| joined(TEXT)).map(PageBody::Text)
}

/// A list of strings, or of objects with a text, as paragraphs.
fn paragraphs(value: &Value) -> Option<String> {
    let parts: Vec<&str> =
        value.as_array()?.iter().filter_map(|v| v.as_str().or_else(|| v.get("text")?.as_str())).collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

/// Whether a text begins as a web page does.
pub(crate) fn looks_like_html(text: &str) -> bool {
    let head = text.trim_start().get(..200.min(text.trim_start().len())).unwrap_or("").to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|start| head.starts_with(start))
        || head.starts_with("<?xml") && head.contains("<html")
}

fn string(row: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match row.get(*name)? {
        Value::String(s) => Some(s.trim().to_owned()).filter(|s| !s.is_empty()),
        Value::Number(n) => Some(n.to_string()),
        Value::Object(o) => {
            ["name", "title", "text", "uri", "url"].iter().find_map(|k| Some(o.get(*k)?.as_str()?.to_owned()))
        }
        _ => None,
    })
}

fn strings(row: &Map<String, Value>, names: &[&str]) -> Vec<String> {
    names
        .iter()
        .find_map(|name| match row.get(*name)? {
            Value::String(s) if !s.trim().is_empty() => Some(vec![s.trim().to_owned()]),
            Value::Array(list) if !list.is_empty() => Some(
                list.iter()
                    .filter_map(|v| Some(v.as_str().or_else(|| v.get("name")?.as_str())?.trim().to_owned()))
                    .collect(),
            ),
            _ => None,
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(json: &str) -> Map<String, Value> {
        match serde_json::from_str(json) {
            Ok(Value::Object(o)) => o,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn fields_have_aliases() {
        let r = row(
            r#"{"maintext":"One.","source_domain":"herald.example","date_publish":"2024-05-01","authors":["A B"],"id":7}"#,
        );
        let d = declared(&r);
        assert_eq!(
            (d.outlet.as_deref(), d.published.as_deref()),
            (Some("herald.example"), Some("2024-05-01"))
        );
        assert_eq!(
            (d.authors, id(&r), body(&r)),
            (vec!["A B".to_owned()], Some("7".to_owned()), Some(PageBody::Text("One.".to_owned())))
        );
    }

    #[test]
    fn paragraphs_and_html() {
        assert_eq!(body(&row(r#"{"paragraphs":["A.","B."]}"#)), Some(PageBody::Text("A.\n\nB.".to_owned())));
        assert!(matches!(body(&row(r#"{"text":" <html><p>A</p>"}"#)), Some(PageBody::Html(_))));
        assert_eq!(body(&row(r#"{"title":"A"}"#)), None);
    }
}
