//! Archives, feeds and tables, whole and damaged.

use crate::split;
use headwater_ingest::{Options, PageBody, Problem, RawPage, Reader, fuzz_carriers, read};
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

pub(crate) fn run(path: &Path) -> (Vec<RawPage>, Vec<Problem>) {
    run_with(path, Options::default())
}

pub(crate) fn run_with(path: &Path, options: Options) -> (Vec<RawPage>, Vec<Problem>) {
    split(read(&[path.display().to_string()], options))
}

pub(crate) fn put(dir: &tempfile::TempDir, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = dir.path().join(name);
    fs::write(&path, bytes).unwrap();
    path
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

pub(crate) fn record(kind: &str, url: &str, block: &[u8]) -> Vec<u8> {
    let mut out = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-05-01T10:00:00Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        block.len()
    )
    .into_bytes();
    out.extend(block);
    out.extend(b"\r\n\r\n");
    out
}

fn page(words: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><p>{words}</p></html>")
        .into_bytes()
}

pub(crate) fn texts(pages: &[RawPage]) -> Vec<&str> {
    pages
        .iter()
        .map(|p| p.body.source().trim_start_matches("<html><p>").trim_end_matches("</p></html>"))
        .collect()
}

pub(crate) fn codes(problems: &[Problem]) -> Vec<&str> {
    problems.iter().map(|p| p.code).collect()
}

#[test]
fn warc_plain_and_packed() {
    let dir = tempfile::tempdir().unwrap();
    let mut packed_body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    let inner = gzip("<html><p>Zwei Boote</p></html>".as_bytes());
    packed_body.extend(format!("{:x}\r\n", inner.len()).into_bytes());
    packed_body.extend(&inner);
    packed_body.extend(b"\r\n0\r\n\r\n");
    let records = [
        record("warcinfo", "", b"software: x\r\n"),
        record("request", "https://a.example/1", b"GET / HTTP/1.1\r\n\r\n"),
        record("response", "https://a.example/1", &page("One")),
        record("response", "<https://a.example/2>", &packed_body),
        record("response", "https://a.example/3", b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>no"),
        record("response", "https://a.example/4", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"),
        record("response", "https://a.example/5", b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1252\r\n\r\n<html><p>caf\xe9</p></html>"),
    ];
    let plain = put(&dir, "a.warc", records.concat());
    let by_record = put(&dir, "b.warc.gz", records.iter().flat_map(|r| gzip(r)).collect::<Vec<u8>>());
    let by_file = put(&dir, "c.warc.gz", gzip(&records.concat()));
    let unnamed = put(&dir, "archive", records.iter().flat_map(|r| gzip(r)).collect::<Vec<u8>>());
    for path in [plain, by_record, by_file, unnamed] {
        let (pages, problems) = run(&path);
        assert_eq!(texts(&pages), ["One", "Zwei Boote", "café"], "{path:?}: {problems:?}");
        assert_eq!(pages[0].declared.url.as_deref(), Some("https://a.example/1"));
        assert_eq!(pages[1].declared.url.as_deref(), Some("https://a.example/2"));
        assert_eq!(pages[0].declared.fetched.as_deref(), Some("2024-05-01T10:00:00Z"));
        assert_eq!(pages.iter().map(|p| p.record).collect::<Vec<_>>(), [Some(2), Some(3), Some(6)]);
        assert_eq!(codes(&problems), ["records-passed-over"]);
        assert!(
            problems[0].message.contains("3 records") && problems[0].message.contains("status 404 1"),
            "{problems:?}"
        );
    }
}

#[test]
fn warc_damaged() {
    let dir = tempfile::tempdir().unwrap();
    let good = |n: u32| record("response", &format!("https://a.example/{n}"), &page(&format!("Page {n}")));
    // A length too great swallows the next record, which is given back.
    let long = String::from_utf8(good(1)).unwrap().replace("Content-Length: ", "Content-Length: 9");
    let path = put(&dir, "long.warc", [long.as_bytes(), &good(2), &good(3)].concat());
    let (pages, problems) = run(&path);
    assert_eq!(
        (texts(&pages), codes(&problems)),
        (vec!["Page 1", "Page 2", "Page 3"], vec!["damaged-record"])
    );
    // A length too small leaves bytes that are no record.
    let short = String::from_utf8(good(1)).unwrap();
    let at = short.find("Content-Length: ").unwrap() + 16;
    let short = format!("{}4{}", &short[..at], &short[short[at..].find('\r').unwrap() + at..]);
    let (pages, problems) = run(&put(&dir, "short.warc", [short.as_bytes(), &good(2)].concat()));
    assert_eq!(texts(&pages), ["Page 2"], "{problems:?}");
    assert!(codes(&problems).contains(&"damaged-record"));
    // No length, a negative one, a made-up one.
    for bad in ["x", "-5", "99999999999999999999999"] {
        let text = String::from_utf8(good(1)).unwrap();
        let at = text.find("Content-Length: ").unwrap() + 16;
        let text = format!("{}{bad}{}", &text[..at], &text[text[at..].find('\r').unwrap() + at..]);
        let (pages, problems) = run(&put(&dir, "bad.warc", [text.as_bytes(), &good(2)].concat()));
        assert_eq!((texts(&pages), codes(&problems)), (vec!["Page 2"], vec!["damaged-record"]), "{bad}");
    }
    // A cut file gives what it has.
    let cut = good(2);
    let (pages, problems) = run(&put(&dir, "cut.warc", [&good(1)[..], &cut[..cut.len() - 20]].concat()));
    assert_eq!((pages.len(), codes(&problems)), (2, vec!["damaged-record"]), "{problems:?}");
    // A broken member between two good ones.
    let mut broken = gzip(&good(2));
    let middle = broken.len() / 2;
    broken[middle..middle + 8].fill(0xff);
    let (pages, problems) = run(&put(&dir, "m.warc.gz", [gzip(&good(1)), broken, gzip(&good(3))].concat()));
    assert!(texts(&pages).contains(&"Page 1") && texts(&pages).contains(&"Page 3"), "{problems:?}");
    assert!(codes(&problems).contains(&"damaged-record"));
    // Bytes between members.
    let path = put(&dir, "n.warc.gz", [gzip(&good(1)), b"rubbish".to_vec(), gzip(&good(3))].concat());
    let (pages, problems) = run(&path);
    assert_eq!((texts(&pages), codes(&problems)), (vec!["Page 1", "Page 3"], vec!["damaged-record"]));
}

#[test]
fn warc_bombs_and_limits() {
    let dir = tempfile::tempdir().unwrap();
    let zeros = gzip(&vec![b' '; 40 << 20]);
    let mut bomb = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
    bomb.extend(&zeros);
    let records = [
        record("response", "https://a.example/1", &bomb),
        record("response", "https://a.example/2", &page("After")),
    ];
    let (pages, problems) = run(&put(&dir, "bomb.warc", records.concat()));
    assert_eq!((texts(&pages), codes(&problems)), (vec!["After"], vec!["damaged-record"]));
    assert!(problems[0].message.contains("record 1"), "{problems:?}");
    let large = [
        record("response", "https://a.example/1", &page(&"x".repeat(5_000))),
        record("response", "u", &page("After")),
    ];
    let options = Options { max_file_bytes: 1_000, ..Options::default() };
    let (pages, problems) = run_with(&put(&dir, "large.warc", large.concat()), options);
    assert_eq!((texts(&pages), codes(&problems)), (vec!["After"], vec!["too-large"]));
    // A member that is a bomb itself.
    let member = gzip(&[&record("response", "u", &page("In"))[..], &vec![0u8; 90 << 20]].concat());
    let (pages, _) =
        run(&put(&dir, "member.warc.gz", [member, gzip(&record("response", "u", &page("After")))].concat()));
    assert_eq!(texts(&pages), ["In", "After"]);
}

#[test]
fn wacz_is_a_zip_of_archives() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.wacz");
    let mut zip = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, n) in [("archive/b.warc.gz", 2), ("archive/a.warc.gz", 1)] {
        zip.start_file(name, stored).unwrap();
        zip.write_all(&gzip(&record("response", "https://a.example/", &page(&format!("Page {n}"))))).unwrap();
    }
    zip.start_file("pages/pages.jsonl", stored).unwrap();
    zip.write_all(b"{}").unwrap();
    zip.finish().unwrap();
    let (pages, problems) = run(&path);
    assert_eq!((texts(&pages), problems), (vec!["Page 1", "Page 2"], vec![]));
    assert!(pages[0].path.ends_with("a.wacz/archive/a.warc.gz"), "{}", pages[0].path);
    // A page's own path leads back to it.
    let (again, _) = split(read(&[pages[1].path.clone()], Options::default()));
    assert_eq!(texts(&again), ["Page 2"]);
    // Cut off, the list at its end is gone.
    let bytes = fs::read(&path).unwrap();
    let (pages, problems) = run(&put(&dir, "cut.wacz", &bytes[..bytes.len() / 2]));
    assert_eq!((pages.len(), codes(&problems)), (0, vec!["broken-archive"]));
    // A deflated archive in it that unpacks without end is left at the bound; what came before it stays.
    let path = dir.path().join("bomb.wacz");
    let mut zip = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    let packed =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file("archive/a.warc", packed).unwrap();
    zip.write_all(&record("response", "https://a.example/", &page("Before"))).unwrap();
    for _ in 0..90 {
        zip.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    zip.finish().unwrap();
    let (pages, problems) = run(&path);
    assert_eq!((texts(&pages), problems.len()), (vec!["Before"], 1), "{problems:?}");
    let (_, problems) = run(&put(&dir, "no.wacz", "no zip"));
    assert_eq!(codes(&problems), ["broken-archive"]);
}

#[test]
fn feeds_and_lists() {
    let dir = tempfile::tempdir().unwrap();
    let rss = "<?xml version='1.0' encoding='ISO-8859-1'?><rss><channel><title>Weir Post</title>\
               <item><title>Caf\u{e9}</title><link>https://w.example/1</link><pubDate>Wed, 01 May 2024 10:00:00 GMT</pubDate>\
               <description>&lt;p&gt;Whole text.&lt;/p&gt;</description></item>\
               <item><title>No text</title><link>https://w.example/2</link></item></channel></rss>";
    let latin: Vec<u8> = rss.chars().map(|c| c as u8).collect();
    let (pages, problems) = run(&put(&dir, "feed.xml", latin));
    assert_eq!(pages.len(), 1);
    assert_eq!(pages[0].declared.title.as_deref(), Some("Café"));
    assert_eq!(pages[0].declared.outlet.as_deref(), Some("Weir Post"));
    assert!(matches!(&pages[0].body, PageBody::Html(s) if s == "<p>Whole text.</p>"));
    assert_eq!(codes(&problems), ["needs-fetch"]);
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Weir Post","items":[
        {"id":"https://w.example/1","title":"T","content_html":"<p>A</p>","date_published":"2024-05-01T10:00:00Z","authors":[{"name":"Ana Lima"}]}]}"#;
    let (pages, problems) = run(&put(&dir, "feed.json", json));
    let d = &pages[0].declared;
    assert_eq!(
        (d.outlet.as_deref(), d.url.as_deref()),
        (Some("Weir Post"), Some("https://w.example/1")),
        "{problems:?}"
    );
    assert_eq!((d.published.as_deref(), d.authors.len()), (Some("2024-05-01T10:00:00Z"), 1));
    let (_, problems) =
        run(&put(&dir, "l.opml", "<opml><body><outline xmlUrl='https://w.example/f'/></body></opml>"));
    assert_eq!(codes(&problems), ["needs-fetch"]);
    let map = gzip(b"<urlset><url><loc>https://w.example/1</loc></url></urlset>");
    let (_, problems) = run(&put(&dir, "sitemap.xml.gz", map));
    assert_eq!(codes(&problems), ["needs-fetch"]);
    let (_, problems) = run(&put(&dir, "other.xml", "<invoice><sum>3</sum></invoice>"));
    assert_eq!(codes(&problems), ["not-a-report"]);
    let (_, problems) = split(read(&["https://w.example/1".to_owned()], Options::default()));
    assert_eq!(codes(&problems), ["needs-fetch"]);
}

#[test]
fn tables() {
    let dir = tempfile::tempdir().unwrap();
    let (pages, problems) = run(&put(
        &dir,
        "a.csv",
        "id;title;text;date\n1;T;\"One; two\nthree.\";2024-05-01\n2;U;;\n3;V;Four.;\n",
    ));
    assert_eq!(texts(&pages), ["One; two\nthree.", "Four."]);
    assert_eq!(
        (pages[0].id.as_deref(), pages[0].declared.published.as_deref()),
        (Some("1"), Some("2024-05-01"))
    );
    assert_eq!(codes(&problems), ["no-text"]);
    let latin = b"title,text\nT,caf\xe9 am See und die gr\xfcne T\xfcr der K\xfcche\n".to_vec();
    assert_eq!(texts(&run(&put(&dir, "l.csv", latin)).0), ["café am See und die grüne Tür der Küche"]);
    let packed = put(&dir, "r.jsonl.gz", gzip(b"{\"text\":\"A.\"}\n{\"text\":\"B.\"}\n"));
    assert_eq!(texts(&run(&packed).0), ["A.", "B."]);
    let (_, problems) = run(&put(&dir, "meta.csv", "file,outlet\na.txt,Herald\n"));
    assert_eq!(codes(&problems), ["not-a-report"]);
    // A quotation mark that is never closed is bounded.
    let open = format!("title,text\nT,\"{}", "word ".repeat(20_000));
    let options = Options { max_line_bytes: 10_000, ..Options::default() };
    let (pages, problems) = run_with(&put(&dir, "open.csv", open), options);
    assert_eq!((pages.len(), codes(&problems)), (0, vec!["unreadable"]));
    // In a folder, a table that only describes files is passed over.
    put(&dir, "z.txt", "A report.");
    let (_, problems) = run(dir.path());
    assert!(!problems.iter().any(|p| p.path.ends_with("meta.csv")), "{problems:?}");
}

#[test]
fn an_archive_on_standard_input() {
    let bytes = gzip(&record("response", "https://a.example/1", &page("One")));
    let reader = Reader::new(&["-".to_owned()], Options::default(), Box::new(Cursor::new(bytes)));
    assert_eq!(texts(&split(reader).0), ["One"]);
}

#[test]
fn made_up_bytes_never_panic() {
    // Pieces of all carriers in seeded disorder.
    let pieces: [&[u8]; 16] = [
        b"WARC/1.0\r\n",
        b"WARC-Type: response\r\n",
        b"Content-Length: 40\r\n",
        b"\r\n",
        b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"5\r\nabcde\r\n",
        b"Content-Encoding: gzip\r\n",
        b"\x1f\x8b\x08\0",
        b"<rss><item>",
        b"<title>&x;&#x110000;</title>",
        b"</item>",
        b"<![CDATA[",
        b"text,title\n\"a",
        b"{\"text\":[{}]}\n",
    ];
    let mut state = 7u64;
    for _ in 0..3_000 {
        let mut bytes = Vec::new();
        for _ in 0..12 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            bytes.extend(pieces[(state >> 40) as usize % pieces.len()]);
        }
        fuzz_carriers(&bytes);
        fuzz_carriers(&gzip(&bytes));
    }
}
