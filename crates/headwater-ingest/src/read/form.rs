//! What a file holds, by its name and its first bytes.

use super::SNIFF_BYTES;
use crate::{decode_text, warc};
use serde_json::{Map, Value, json};
use std::io::Read;
use std::path::Path;

/// The forms there are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Text,
    Html,
    Rows,
    Json,
    Table,
    Xml,
    Warc,
    Wacz,
    Parquet,
}

pub(super) fn form_of(path: &Path) -> Option<Form> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "txt" | "text" | "md" => Some(Form::Text),
        "html" | "htm" | "xhtml" => Some(Form::Html),
        "jsonl" | "ndjson" => Some(Form::Rows),
        "json" => Some(Form::Json),
        "csv" | "tsv" => Some(Form::Table),
        "xml" | "rss" | "atom" | "rdf" | "opml" => Some(Form::Xml),
        "warc" | "wet" => Some(Form::Warc),
        "wacz" => Some(Form::Wacz),
        "parquet" => Some(Form::Parquet),
        "gz" => form_of(Path::new(path.file_stem()?)).filter(|f| !matches!(f, Form::Wacz | Form::Parquet)),
        _ => None,
    }
}

pub(super) fn is_packed(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz"))
}

/// Whether a file of a folder is read: `.md` is as a rule a note about the folder.
pub(super) fn in_folders(path: &Path) -> bool {
    form_of(path).is_some() && !path.extension().is_some_and(|e| e.eq_ignore_ascii_case("md"))
}

/// Whether the first line is a whole JSON object.
pub(super) fn starts_with_a_row(bytes: &[u8]) -> bool {
    let first = bytes.trim_ascii_start().split(|b| *b == b'\n').next().unwrap_or_default();
    serde_json::from_slice::<Map<String, Value>>(first).is_ok()
}

/// Whether a page is an account that Headwater wrote: it may lie in the folder that is read.
pub(super) fn is_own_page(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(SNIFF_BYTES)];
    let mark = b"<meta name=\"generator\" content=\"headwater ";
    head.windows(mark.len()).any(|w| w == mark)
}

/// "a.wacz/archive/b.warc.gz" as the zip and the file in it, where there is such a zip.
pub(super) fn inside_wacz(path: &str) -> Option<(&str, &str)> {
    let at = path.find(".wacz/")? + ".wacz".len();
    Path::new(&path[..at]).is_file().then(|| (&path[..at], &path[at + 1..]))
}

/// Whether a path is an address of the web.
pub(super) fn is_address(path: &str) -> bool {
    let lower = path.get(..8).unwrap_or(path).to_ascii_lowercase();
    lower.starts_with("http://") || lower.starts_with("https://")
}

/// Whether bytes begin a gzip file that holds a WARC.
pub(super) fn packs_warc(head: &[u8]) -> bool {
    let mut first = [0u8; 5];
    head.starts_with(b"\x1f\x8b")
        && flate2::read::GzDecoder::new(head).read_exact(&mut first).is_ok()
        && warc::begins(&first)
}

/// The items of a JSON Feed as rows, each with what the feed says of all.
pub(super) fn json_feed(value: &Value) -> Option<Vec<Value>> {
    let feed = value.as_object()?;
    let version = feed.get("version")?.as_str()?;
    let items = feed.get("items")?.as_array()?;
    if !version.contains("jsonfeed.org") {
        return None;
    }
    let rows = items.iter().map(|item| {
        let Value::Object(mut row) = item.clone() else { return item.clone() };
        for (key, name) in [("title", "outlet"), ("language", "language")] {
            if let Some(v) = feed.get(key).filter(|_| !row.contains_key(name)) {
                row.insert(name.to_owned(), v.clone());
            }
        }
        // The id is most often the address again; it makes no readable name.
        if row.get("id").and_then(Value::as_str).is_some_and(is_address) {
            let id = row.shift_remove("id");
            row.entry("url").or_insert(json!(id));
        }
        Value::Object(row)
    });
    Some(rows.collect())
}

/// Whether bytes are no text in any encoding: control bytes that no text has. UTF-16 is text.
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xff\xfe")
        || bytes.starts_with(b"\xfe\xff")
        || kind_of(bytes).is_none()
            && decode_text(&bytes[..bytes.len().min(2_048)]).encoding.starts_with("UTF-16")
    {
        return false;
    }
    let head = &bytes[..bytes.len().min(SNIFF_BYTES)];
    let control = head.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31)).count();
    // One in a hundred: stray control bytes occur in saved pages, and compressed data has one in ten.
    kind_of(bytes).is_some() || control * 100 > head.len()
}

/// Common kinds of file by their first bytes.
pub(super) fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    let kinds: [(&[u8], &str); 9] = [
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "a zip archive or office document"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"\x7fELF", "a program"),
        (b"\xfd7zXZ", "an xz archive"),
        (b"\xd0\xcf\x11\xe0", "an old office document"),
    ];
    kinds.into_iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, name)| name)
}
