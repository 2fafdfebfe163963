//! The pages of the bench, decoded; and a generated one of any size.

use anyhow::{Context, Result};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;

/// One page.
pub(crate) struct Page {
    pub(crate) id: String,
    pub(crate) url: Option<String>,
    pub(crate) html: String,
    /// The article's text, where the set has one.
    pub(crate) gold: String,
}

/// Where the bench lies: beside the checkout.
fn bench() -> PathBuf {
    std::env::var_os("HEADWATER_BENCH").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/bench")),
        PathBuf::from,
    )
}

/// The pages of a set of `extraction`.
pub(crate) fn read(set: &str) -> Result<Vec<Page>> {
    let dir = bench().join("extraction");
    let gold: Value = serde_json::from_slice(&std::fs::read(dir.join(format!("{set}.gold.json")))?)?;
    let path = dir.join(format!("{set}.jsonl.xz"));
    let file = std::fs::File::open(&path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut pages = Vec::new();
    for line in BufReader::new(liblzma::read::XzDecoder::new(file)).lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = |k: &str| row.get(k).and_then(Value::as_str);
        let id = text("id").unwrap_or_default().to_owned();
        let html = match (text("html"), text("bytes_base64")) {
            (Some(html), _) => html.to_owned(),
            (None, Some(packed)) => headwater_ingest::decode_html(&base64(packed)).text,
            (None, None) => continue,
        };
        let gold = gold[&id]["articleBody"].as_str().unwrap_or_default().to_owned();
        pages.push(Page { id, url: text("url").map(str::to_owned), html, gold });
    }
    Ok(pages)
}

/// Base 64 to bytes; what is no digit is passed over.
fn base64(packed: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(packed.len() / 4 * 3);
    let (mut bits, mut held) = (0u32, 0);
    for b in packed.bytes() {
        let value = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
        }
    }
    out
}

/// A page of about this many bytes, with the mix of markup and words that large news pages have.
pub(crate) fn generated(bytes: usize) -> Page {
    let mut html = String::from(
        "<!DOCTYPE html><html lang=en><head><title>Long night at the weir</title></head><body><main><article class=story-body><h1>Long night at the weir</h1>",
    );
    let mut n = 0;
    while html.len() < bytes {
        n += 1;
        html.push_str(&format!(
            "<div class=\"card teaser-{}\" data-id=\"{n}\"><a href=\"/news/2024/05/{n}\"><span class=kicker>Harbour</span> Bridge {n} opens</a></div>\
             <p class=paragraph>The council of ward {n} said on Monday that the gate would be raised by {} metres, and that \
             <a href=\"/t/{n}\">the boats</a> could pass again before the weekend.</p><script>var a{n} = \"{}\";</script>",
            n % 7,
            n % 13,
            "x".repeat(120)
        ));
    }
    html.push_str("</article></main></body></html>");
    Page { id: "generated".to_owned(), url: None, html, gold: String::new() }
}
