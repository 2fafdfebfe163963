//! What is made to break or to fill a reader: each ends soon, is named with its record, and the rest is read.

use crate::carriers::{codes, gzip, put, record, run, run_with, texts};
use headwater_ingest::{Options, PageBody};
use std::time::{Duration, Instant};

/// More than any of these takes, on a machine with other work.
const SOON: Duration = Duration::from_secs(20);

fn response(headers: &str, body: &[u8]) -> Vec<u8> {
    let mut out = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html{headers}\r\n\r\n").into_bytes();
    out.extend(body);
    out
}

#[test]
fn charsets_mixed_in_one_archive_and_in_one_page() {
    let dir = tempfile::tempdir().unwrap();
    let words = "<html><p>Größe, Übermut, Äpfel, Öfen, süß, für, müde, schön</p></html>";
    let latin: Vec<u8> = words.chars().map(|c| c as u8).collect();
    // A page of UTF-8 into which a piece in Latin-1 was pasted.
    let mut mixed = words.as_bytes().to_vec();
    mixed.extend(b"<p>caf\xe9</p>");
    let records = [
        record("response", "https://a.example/1", &response("; charset=utf-8", words.as_bytes())),
        record("response", "https://a.example/2", &response("; charset=iso-8859-1", &latin)),
        record("response", "https://a.example/3", &response("; charset=utf-8", &mixed)),
        // The header says one thing, the page another, and the bytes are of neither.
        record(
            "response",
            "https://a.example/4",
            &response("; charset=koi8-r", &[b"<meta charset=windows-1251>", words.as_bytes()].concat()),
        ),
    ];
    let (pages, problems) = run(&put(&dir, "a.warc", records.concat()));
    assert_eq!(
        pages.iter().map(|p| p.encoding).collect::<Vec<_>>(),
        ["UTF-8", "windows-1252", "UTF-8", "UTF-8"]
    );
    for page in &pages {
        assert!(page.body.source().contains("Größe, Übermut"), "{}", page.body.source());
    }
    // The stray byte is told, with its record; nothing else is.
    assert_eq!(codes(&problems), ["invalid-utf8"]);
    assert!(problems[0].record == Some(2) && problems[0].message.contains("record 3"), "{problems:?}");
    let (pages, problems) = run(&put(&dir, "mixed.html", &mixed));
    assert_eq!((pages.len(), codes(&problems)), (1, vec!["invalid-utf8"]));
    assert!(pages[0].body.source().contains("caf\u{fffd}") && pages[0].body.source().contains("schön"));
}

#[test]
fn zero_bytes_in_pages_rows_and_feeds() {
    let dir = tempfile::tempdir().unwrap();
    let stray = format!("<html><p>One\0 two\0{}</p></html>", " and more words".repeat(40));
    let records = [
        record("response", "https://a.example/1", &response("", stray.as_bytes())),
        record("response", "https://a.example/2", &response("", &[b"<html>", &[0u8; 4_000][..]].concat())),
        record("response", "https://a.example/3", &response("", b"<html><p>After</p></html>")),
    ];
    let (pages, problems) = run(&put(&dir, "a.warc", records.concat()));
    assert_eq!(pages.len(), 2, "{problems:?}");
    assert!(texts(&pages)[0].starts_with("One\0 two") && texts(&pages)[1] == "After");
    assert!(
        problems.iter().any(|p| p.code == "records-passed-over" && p.message.contains("binary 1")),
        "{problems:?}"
    );
    let (pages, _) = run(&put(&dir, "a.jsonl", b"{\"text\":\"A\\u0000b.\"}\n\0\n{\"text\":\"After.\"}\n"));
    assert_eq!(texts(&pages).last(), Some(&"After."));
    let feed = "<rss><channel><item><title>A\0</title><description>Words\0 here</description></item>\
                <item><description>After</description></item></channel></rss>";
    let (pages, problems) = run(&put(&dir, "feed.xml", feed));
    assert!(pages.len() == 2 || !problems.is_empty(), "{pages:?}");
}

#[test]
fn chunked_bodies_that_never_end() {
    let dir = tempfile::tempdir().unwrap();
    let start = Instant::now();
    // A million chunks of one byte, and no last one.
    let endless = response("\r\nTransfer-Encoding: chunked", "1\r\nx\r\n".repeat(1_000_000).as_bytes());
    // A length that no memory holds.
    let vast = response("\r\nTransfer-Encoding: chunked", b"ffffffffffffffff\r\n<html><p>Cut");
    let after = record("response", "https://a.example/3", &response("", b"<html><p>After</p></html>"));
    let records = [record("response", "u", &endless), record("response", "u", &vast), after.clone()].concat();
    let (pages, problems) = run(&put(&dir, "a.warc", &records));
    assert_eq!(pages.last().map(|p| p.body.source()), Some("<html><p>After</p></html>"));
    assert_eq!(codes(&problems), ["damaged-record", "damaged-record"]);
    assert!(problems[0].message.contains("record 1") && problems[0].message.contains("breaks off"));
    assert!(problems[1].message.contains("record 2"), "{problems:?}");
    assert!(start.elapsed() < SOON);
}

#[test]
fn archives_cut_anywhere_give_what_they_have() {
    let dir = tempfile::tempdir().unwrap();
    let page = |n: u32| {
        record(
            "response",
            &format!("https://a.example/{n}"),
            &response("", format!("<html><p>{n}</p></html>").as_bytes()),
        )
    };
    let whole: Vec<u8> = (0..4).flat_map(|n| gzip(&page(n))).collect();
    let second = gzip(&page(0)).len();
    for cut in (second + 1..whole.len()).step_by(7) {
        let (pages, problems) = run(&put(&dir, "cut.warc.gz", &whole[..cut]));
        assert!(texts(&pages).first() == Some(&"0"), "{cut}");
        let members = (1..4).filter(|n| cut >= (0..=*n).map(|n| gzip(&page(n)).len()).sum::<usize>()).count();
        assert!(pages.len() > members, "{cut}: {problems:?}");
        let ends_between = (1..4).any(|n| cut == (0..n).map(|n| gzip(&page(n)).len()).sum::<usize>());
        assert!(ends_between || problems.iter().any(|p| p.record.is_some()), "{cut}: {problems:?}");
    }
}

#[test]
fn feeds_with_entities_that_grow() {
    let dir = tempfile::tempdir().unwrap();
    let start = Instant::now();
    let mut laughs = String::from("<!DOCTYPE rss [<!ENTITY a0 \"ha\">");
    for n in 1..40 {
        laughs += &format!("<!ENTITY a{n} \"&a{0};&a{0};&a{0};&a{0};&a{0};&a{0};&a{0};&a{0};\">", n - 1);
    }
    laughs += "<!ENTITY file SYSTEM \"file:///etc/passwd\">]>";
    let feed = format!(
        "<?xml version='1.0'?>{laughs}<rss><channel><item><title>&a39;&file;</title><description>One &a39; word &file;</description></item>\
         <item><title>B</title><description>After</description></item></channel></rss>"
    );
    let (pages, problems) = run(&put(&dir, "bomb.xml", feed));
    assert_eq!(pages.len(), 2, "{problems:?}");
    assert!(
        pages.iter().all(|p| p.body.source().len() < 200 && !p.body.source().contains("root:")),
        "{pages:?}"
    );
    assert_eq!(pages[1].body.source(), "After");
    // Nested beyond any bound, and entries without end.
    let deep = format!("<rss><channel><item><description>{}", "<b>".repeat(200_000));
    let many = format!("<rss><channel>{}", "<item><description>A</description></item>".repeat(120_000));
    for (name, feed) in [("deep.xml", deep), ("many.xml", many)] {
        let (pages, problems) = run(&put(&dir, name, feed));
        assert!(pages.len() <= 100_000 && !problems.is_empty(), "{name}: {} {problems:?}", pages.len());
        assert!(problems.iter().all(|p| p.path.ends_with(name)));
    }
    assert!(start.elapsed() < SOON * 2);
}

#[test]
fn bombs_inside_bombs_are_left_at_the_bound() {
    let dir = tempfile::tempdir().unwrap();
    let start = Instant::now();
    let inner = gzip(&vec![b'a'; 60 << 20]);
    let body = [response("\r\nContent-Encoding: gzip, gzip", b""), gzip(&inner)].concat();
    let records = [
        gzip(&record("response", "https://a.example/1", &body)),
        gzip(&record("response", "https://a.example/2", &response("", b"<html><p>After</p></html>"))),
    ];
    let (pages, problems) = run(&put(&dir, "a.warc.gz", records.concat()));
    assert_eq!((texts(&pages), codes(&problems)), (vec!["After"], vec!["damaged-record"]));
    assert!(problems[0].record == Some(0) && problems[0].message.contains("record 1"), "{problems:?}");
    assert!(start.elapsed() < SOON);
}

#[test]
fn pages_past_the_bound_are_named_and_left() {
    let dir = tempfile::tempdir().unwrap();
    let rows = format!("{{\"html\":\"{}\"}}\n{{\"text\":\"After.\"}}\n", "<p>a".repeat(20_000));
    let options = Options { max_line_bytes: 50_000, max_file_bytes: 50_000, ..Options::default() };
    let (pages, problems) = run_with(&put(&dir, "a.jsonl", rows), options.clone());
    assert!(
        matches!(pages.last().map(|p| &p.body), Some(PageBody::Text(t)) if t == "After."),
        "{problems:?}"
    );
    assert!(problems.iter().any(|p| p.record == Some(0)), "{problems:?}");
    let (pages, problems) = run_with(&put(&dir, "large.html", "<p>a".repeat(20_000)), options);
    assert_eq!((pages.len(), codes(&problems)), (0, vec!["too-large"]));
}
