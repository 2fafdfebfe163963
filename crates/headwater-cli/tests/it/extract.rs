//! `headwater extract`: articles out of pages, archives and feeds, and why.

use crate::{BRIDGE, Desk};
use serde_json::Value;

const PAGE: &str = "<!doctype html><html lang=en><head><title>Bridge over the Orl closed | Morrow Post</title>\
<meta property=og:site_name content='Morrow Post'><meta name=author content='Ana Lima'>\
<meta property=article:published_time content='2024-05-07T10:00:00+02:00'></head><body>\
<nav><a href=/>Home</a> <a href=/sport>Sport</a></nav><article><h1>Bridge over the Orl closed</h1>\
<p>The road bridge over the Orl was closed on Tuesday after inspectors found a crack in its eastern pier, the city \
engineer said.</p><h2>Weeks of work</h2><p>About 12,000 vehicles use the bridge each day. Repairs will take at least six \
weeks, engineer Maud Terrin told reporters at the site.</p><p>The bridge was built in 1961 and was last inspected in \
2019, according to the transport ministry, which pays for it.</p></article>\
<div class=related><h3>Related stories</h3><a href=/1>Ferry fares to rise again</a></div>\
<footer>Copyright 2024 Morrow Post. All rights reserved.</footer></body></html>";

#[test]
fn forms() {
    let desk = Desk::new();
    desk.put("a.html", PAGE);
    let text = desk.run(&["extract", "a.html"]).exits(0).stdout;
    assert!(text.starts_with("The road bridge over the Orl was closed"), "{text}");
    assert!(!text.contains("Ferry fares") && !text.contains("rights reserved"), "{text}");
    let markdown = desk.run(&["extract", "a.html", "--format", "markdown"]).exits(0).stdout;
    assert!(
        markdown.starts_with(
            "# Bridge over the Orl closed\n\n*Ana Lima · Morrow Post · 2024-05-07T10:00:00+02:00*"
        ),
        "{markdown}"
    );
    desk.run(&["extract", "a.html", "--format", "json", "-o", "a.json"]).exits(0);
    let article = &desk.json("a.json")[0];
    assert_eq!(article["schema"], "headwater.article/1");
    assert_eq!(
        (&article["authors"][0], &article["published_from"]),
        (&Value::from("Ana Lima"), &Value::from("page"))
    );
    // Where each piece of metadata comes from, and how sure it is.
    let evidence = |fact: &str| {
        let found = article["evidence"].as_array().unwrap().iter().find(|e| e["fact"] == fact);
        found.unwrap_or_else(|| panic!("no evidence of {fact}")).clone()
    };
    assert_eq!(evidence("outlet")["value"], "Morrow Post");
    assert_eq!(
        (&evidence("authors")["sureness"], &evidence("authors")["from"][0]),
        (&Value::from("likely"), &Value::from("the page's metadata"))
    );
    assert_eq!(evidence("title")["sureness"], "sure");
    assert_eq!(evidence("published")["value"], "2024-05-07T10:00:00");
    // Every block's place in the page holds its first word.
    for block in article["blocks"].as_array().unwrap() {
        let (text, at) =
            (article["text"].as_str().unwrap(), |k: &str, i: usize| block[k][i].as_u64().unwrap() as usize);
        let word = text[at("span", 0)..at("span", 1)].split(' ').next().unwrap();
        assert!(PAGE[at("source", 0)..at("source", 1)].contains(word), "{block}");
        assert!(block["score"].as_u64().is_some_and(|s| (50..=100).contains(&s)), "{block}");
    }
}

#[test]
fn explain_shows_every_block_with_its_reason() {
    let desk = Desk::new();
    desk.put("a.html", PAGE).put("wall.html", "<html><body><p>Subscribe to read.</p></body></html>");
    let shown = desk.run(&["extract", "a.html", "wall.html", "--explain"]).exits(0).stdout;
    for words in [
        "likely: the page's metadata",
        "kept",
        "Ferry fares to rise again",
        "All rights reserved",
        "wall.html",
        "Subscribe to read",
        "%",
    ] {
        assert!(shown.contains(words), "{words} is not in\n{shown}");
    }
}

#[test]
fn archives_feeds_and_tables() {
    let desk = Desk::new();
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}");
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://morrow.example/1\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
        http.len()
    );
    desk.put("a.warc", &record);
    desk.put("feed.xml", format!("<rss><channel><title>Morrow Post</title><item><title>T</title><link>https://morrow.example/2</link><description><![CDATA[{PAGE}]]></description></item></channel></rss>"));
    let mut csv = String::from("id,title,text\nrow1,T,\"");
    csv.push_str(&BRIDGE.replace('"', "\"\""));
    csv.push_str("\"\n");
    desk.put("t.csv", csv);
    let ran = desk.run(&["extract", "a.warc", "feed.xml", "t.csv", "--format", "jsonl"]).exits(0);
    let rows: Vec<Value> = ran.stdout.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(rows.len(), 3, "{}", ran.stderr);
    assert_eq!(rows[0]["url"], "https://morrow.example/1");
    // The same carriers lead into an account.
    desk.run(&["report", "a.warc", "t.csv", "--json", "-"]).exits(0);
}

#[test]
fn bad_input() {
    let desk = Desk::new();
    desk.put("cut.warc", "WARC/1.0\r\nContent-Le").put("b.wacz", "no zip").put("x.xml", "<invoice/>");
    desk.run(&["extract", "cut.warc"]).exits(2).says(&["cut.warc, record 1", "hint:"]);
    desk.run(&["extract", "b.wacz"]).exits(2).says(&["b.wacz", "WACZ", "hint:"]);
    desk.run(&["extract", "x.xml"]).exits(1).says(&["x.xml", "no feed"]);
    desk.run(&["extract", "gone.html"]).exits(2).says(&["gone.html", "there is no such file"]);
    desk.run(&["extract", "https://paper.example/1"]).exits(2).says(&["--fetch"]);
    desk.run(&["extract", "ftp://paper.example/1"]).exits(2).says(&["there is no such file"]);
    desk.run(&["extract"]).exits(2);
    desk.run(&["extract", "a.html", "--allow-private"]).exits(2).says(&["--fetch"]);
}
