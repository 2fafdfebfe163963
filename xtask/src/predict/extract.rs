//! The `extract` and `dates` tasks.

use anyhow::Result;
use base64::prelude::{BASE64_STANDARD, Engine};
use headwater_extract::{Body, Declared, PageInput, extract as read_page};
use headwater_model::Article;
use serde_json::{Value, json};

/// The page of a row, decoded: `html`, `text`, or `bytes_base64` by mark, declaration or detection; and whether
/// it is a web page.
pub(crate) fn page(row: &Value) -> (String, bool) {
    if let Some(html) = row.get("html").and_then(Value::as_str) {
        return (html.to_owned(), true);
    }
    if let Some(packed) = row.get("bytes_base64").and_then(Value::as_str) {
        let bytes = BASE64_STANDARD.decode(packed).unwrap_or_default();
        return (headwater_ingest::decode_html(&bytes).text, true);
    }
    (row.get("text").and_then(Value::as_str).unwrap_or("").to_owned(), false)
}

fn article(row: &Value) -> Article {
    let (text, html) = page(row);
    let body = if html { Body::Html(&text) } else { Body::Text(&text) };
    let declared = Declared { url: row.get("url").and_then(Value::as_str), ..Declared::default() };
    read_page(&PageInput { declared, id: row.get("id").and_then(Value::as_str), ..PageInput::new("", body) })
}

/// One page in, its article out.
pub(crate) fn extract(row: &Value) -> Result<Value> {
    let a = article(row);
    let day = a.published.value.map(|v| v.date().to_string());
    Ok(
        json!({"id": row["id"], "text": a.text, "title": a.title, "authors": a.authors, "published": day, "outlet": a.outlet, "language": a.language}),
    )
}

/// One page in, its day of publication out.
pub(crate) fn dates(row: &Value) -> Result<Value> {
    extract(row)
}
