//! The pages of the bench, decoded; and a generated one of any size.

use anyhow::{Context, Result};
use base64::prelude::{BASE64_STANDARD, Engine};
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
            (None, Some(packed)) => headwater_ingest::decode_html(&BASE64_STANDARD.decode(packed)?).text,
            (None, None) => continue,
        };
        let gold = gold[&id]["articleBody"].as_str().unwrap_or_default().to_owned();
        pages.push(Page { id, url: text("url").map(str::to_owned), html, gold });
    }
    Ok(pages)
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

/// A page of about this many bytes that is nearly all elements: lists of short links, as archives and forums have.
pub(crate) fn generated_small(bytes: usize) -> Page {
    let mut html = String::from(
        "<!DOCTYPE html><html lang=en><head><title>All reports of the year</title></head><body><main><h1>All reports of the year</h1><ul>",
    );
    let mut n = 0;
    while html.len() < bytes {
        n += 1;
        html.push_str(&format!(
            "<li class=\"item i{}\"><a href=\"/n/{n}\"><b>Ward {n}</b></a> <span class=d>{} May</span></li>",
            n % 9,
            n % 31 + 1
        ));
    }
    html.push_str("</ul></main></body></html>");
    Page { id: "generated-small".to_owned(), url: None, html, gold: String::new() }
}
