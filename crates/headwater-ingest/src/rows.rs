//! One row of JSONL, CSV or Parquet: which fields are the page, which describe it. The names are those of
//! news-please, fundus, passim, JSON Feed and common dumps.

use crate::{Declared, Item, Options, PageBody, Problem, RawPage};
use serde_json::{Map, Value};
use std::collections::VecDeque;

/// Names under which rows keep their text.
const TEXT: &[&str] = &[
    "text",
    "body",
    "content",
    "maintext",
    "main_text",
    "articleBody",
    "article",
    "raw_text",
    "plain_text",
    "plaintext",
    "content_text",
    "article_text",
    "full_text",
    "fulltext",
    "story_text",
];
const HTML: &[&str] = &["html", "raw_html", "page", "content_html"];
const PARAGRAPHS: &[&str] = &["paragraphs", "lines", "sentences"];
const ID: &[&str] = &["id", "_id", "uuid", "doc_id", "docid", "article_id"];
const URL: &[&str] = &[
    "url",
    "link",
    "uri",
    "canonical_url",
    "responded_url",
    "requested_url",
    "source_url",
    "href",
    "address",
];
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
    "date_published",
    "publishing_date",
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
    "series",
];
const LANGUAGE: &[&str] = &["language", "lang"];
const FETCHED: &[&str] =
    &["fetched", "fetched_at", "date_download", "downloaded", "crawled", "crawl_date", "retrieved"];
const AUTHORS: &[&str] = &["authors", "author", "byline", "creator"];
const DERIVED_FROM: &[&str] = &["derived_from", "derivedfrom", "isBasedOn", "original_source"];

/// What describes a page in an object.
pub(crate) fn declared(row: &Map<String, Value>) -> Declared {
    let mut declared = Declared {
        url: string(row, URL),
        title: string(row, TITLE),
        published: string(row, PUBLISHED),
        outlet: string(row, OUTLET),
        language: string(row, LANGUAGE),
        fetched: string(row, FETCHED),
        authors: strings(row, AUTHORS),
        derived_from: strings(row, DERIVED_FROM),
    };
    // fundus keeps the page with its addresses and the day of the crawl in one object.
    if let Some(page) = row.get("html").and_then(Value::as_object) {
        declared.fill_from(&Declared {
            url: string(page, URL),
            fetched: string(page, FETCHED),
            outlet: page.get("source_info").and_then(Value::as_object).and_then(|s| string(s, OUTLET)),
            ..Declared::default()
        });
    }
    declared
}

/// Whether one of these columns can hold a page.
pub(crate) fn holds_pages<'a>(mut columns: impl Iterator<Item = &'a str>) -> bool {
    columns.any(|c| TEXT.contains(&c) || HTML.contains(&c) || PARAGRAPHS.contains(&c))
}

/// Brings one row forward: its page, or what is wrong with it.
pub(crate) fn take(
    place: (&str, u32),
    value: Value,
    bytes: u64,
    file_meta: Option<&Declared>,
    options: &Options,
    out: &mut VecDeque<Item>,
) {
    let (path, n) = place;
    let Value::Object(row) = value else {
        return out.push_back(Problem::skipped(
            path,
            Some(n),
            "broken-row",
            format!("{path}, row {}: not an object", n + 1),
            "each row must be one JSON object with a field text or html",
        ));
    };
    let Some(body) = body(&row) else {
        if [HTML, TEXT].concat().iter().any(|n| row.get(*n).is_some_and(|v| v.as_str().is_some())) {
            return out.push_back(Problem::skipped(
                path,
                Some(n),
                "empty-row",
                format!("{path}, row {}: its text is empty", n + 1),
                "nothing needs to be done if that is how it is",
            ));
        }
        return out.push_back(Problem::skipped(
            path,
            Some(n),
            "no-text",
            format!("{path}, row {}: no field text, html, body, content or paragraphs holds words", n + 1),
            "give the page in a field text or html",
        ));
    };
    let id = id(&row);
    let mut declared = declared(&row);
    if let Some(more) = id.as_deref().and_then(|id| options.meta.find(path, Some(id))).or(file_meta) {
        declared.fill_from(more);
    }
    out.push_back(Item::Page(RawPage {
        path: path.to_owned(),
        record: Some(n),
        id,
        body,
        declared,
        encoding: "UTF-8",
        bytes,
    }));
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
    let inside = row.get("html").and_then(Value::as_object).and_then(|page| page.get("content")?.as_str());
    if let Some(html) = text(HTML).or(inside.filter(|s| !s.trim().is_empty())) {
        return Some(PageBody::Html(html.to_owned()));
    }
    if let Some(text) = text(TEXT) {
        return Some(if looks_like_html(text) {
            PageBody::Html(text.to_owned())
        } else {
            PageBody::Text(text.to_owned())
        });
    }
    joined(PARAGRAPHS)
        .or_else(|| joined(TEXT))
        .or_else(|| TEXT.iter().find_map(|n| sections(row.get(*n)?.as_object()?)))
        .map(PageBody::Text)
}

/// A body as fundus gives it: a summary, and sections of a headline and paragraphs.
fn sections(body: &Map<String, Value>) -> Option<String> {
    let mut parts: Vec<String> = body.get("summary").and_then(paragraphs).into_iter().collect();
    for section in body.get("sections")?.as_array()? {
        for key in ["headline", "paragraphs"] {
            parts.extend(section.get(key).and_then(paragraphs));
        }
    }
    (!parts.is_empty()).then(|| parts.join("\n\n"))
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
    fn rows_of_fundus_and_passim() {
        let r = row(
            r#"{"title":"T","publishing_date":"2024-05-01","publisher":"Herald","body":{"summary":["S."],"sections":[{"headline":["H"],"paragraphs":["A.","B."]}]},"html":{"requested_url":"https://herald.example/1","crawl_date":"2024-05-02"}}"#,
        );
        let d = declared(&r);
        assert_eq!(body(&r), Some(PageBody::Text("S.\n\nH\n\nA.\n\nB.".to_owned())));
        assert_eq!(
            (d.url.as_deref(), d.published.as_deref(), d.fetched.as_deref()),
            (Some("https://herald.example/1"), Some("2024-05-01"), Some("2024-05-02"))
        );
        let r = row(r#"{"id":"p1","series":"weirpost","date":"1851-05-01","text":"Ships in the harbour."}"#);
        assert_eq!(declared(&r).outlet.as_deref(), Some("weirpost"));
        let r = row(r#"{"html":{"content":"<p>A</p>"}}"#);
        assert!(matches!(body(&r), Some(PageBody::Html(_))));
    }

    #[test]
    fn paragraphs_and_html() {
        assert_eq!(body(&row(r#"{"paragraphs":["A.","B."]}"#)), Some(PageBody::Text("A.\n\nB.".to_owned())));
        assert!(matches!(body(&row(r#"{"text":" <html><p>A</p>"}"#)), Some(PageBody::Html(_))));
        assert_eq!(body(&row(r#"{"title":"A"}"#)), None);
    }
}
