//! Reading from a server of the test's own on loopback.

use headwater_ingest::{FetchOptions, Item, Options, Problem, RawPage, read};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Requests that were seen: path and headers.
type Log = Arc<Mutex<Vec<(String, String)>>>;

/// Serves each connection by `answer` of path and headers, until the test ends.
fn serve(answer: impl Fn(&str, &str, &mut TcpStream) + Send + Sync + 'static) -> (String, Log) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let log: Log = Arc::default();
    let seen = Arc::clone(&log);
    let answer = Arc::new(answer);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (answer, seen) = (Arc::clone(&answer), Arc::clone(&seen));
            std::thread::spawn(move || {
                let mut stream = stream;
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let mut first = String::new();
                if reader.read_line(&mut first).is_err() {
                    return;
                }
                let mut headers = String::new();
                let mut line = String::new();
                while reader.read_line(&mut line).is_ok_and(|n| n > 2) {
                    headers.push_str(&line.to_ascii_lowercase());
                    line.clear();
                }
                let path = first.split(' ').nth(1).unwrap_or("").to_owned();
                seen.lock().unwrap().push((path.clone(), headers.clone()));
                answer(&path, &headers, &mut stream);
            });
        }
    });
    (address, log)
}

fn reply(stream: &mut TcpStream, status: &str, headers: &str, body: &str) {
    let _ = write!(
        stream,
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
}

fn options() -> FetchOptions {
    FetchOptions {
        allow_private: true,
        delay: Duration::ZERO,
        timeout: Duration::from_secs(2),
        ..FetchOptions::default()
    }
}

fn run(address: &str, fetch: FetchOptions, max_file_bytes: u64) -> (Vec<RawPage>, Vec<Problem>) {
    let (mut pages, mut problems) = (Vec::new(), Vec::new());
    let options = Options { fetch: Some(fetch), max_file_bytes, ..Options::default() };
    for item in read(&[address.to_owned()], options) {
        match item {
            Item::Page(p) => pages.push(p),
            Item::Problem(p) => problems.push(p),
        }
    }
    (pages, problems)
}

fn codes(problems: &[Problem]) -> Vec<&str> {
    problems.iter().map(|p| p.code).collect()
}

const HTML: &str = "Content-Type: text/html; charset=utf-8\r\n";

#[test]
fn pages_redirects_and_rules() {
    let (base, log) = serve(|path, _, stream| match path {
        "/robots.txt" => reply(stream, "200 OK", "", "User-agent: *\nDisallow: /private\n"),
        "/old" => reply(stream, "301 Moved", "Location: /new\r\n", ""),
        "/new" => reply(stream, "200 OK", HTML, "<html><p>New"),
        "/loop" => reply(stream, "302 Found", "Location: /loop2\r\n", ""),
        "/loop2" => reply(stream, "302 Found", "Location: /loop\r\n", ""),
        "/out" => reply(stream, "302 Found", "Location: file:///etc/passwd\r\n", ""),
        "/picture" => reply(stream, "200 OK", "Content-Type: image/png\r\n", "\u{89}PNG\0\0\0\0\0\0\0\0"),
        _ => reply(stream, "404 Not Found", HTML, "no"),
    });
    let (pages, problems) = run(&format!("{base}/old"), options(), 1 << 20);
    assert_eq!((pages.len(), problems), (1, vec![]));
    assert_eq!(pages[0].declared.url.as_deref(), Some(format!("{base}/new").as_str()));
    assert!(log.lock().unwrap().iter().all(|(_, h)| h.contains("user-agent: headwater/")));
    for (path, code) in [
        ("/private/x", "robots"),
        ("/loop", "redirect-loop"),
        ("/out", "broken-address"),
        ("/gone", "http-status"),
        ("/picture", "binary-file"),
    ] {
        let (pages, problems) = run(&format!("{base}{path}"), options(), 1 << 20);
        assert_eq!((pages.len(), codes(&problems)), (0, vec![code]), "{path}");
    }
    assert!(!log.lock().unwrap().iter().any(|(p, _)| p.starts_with("/private")));
    // Private addresses are refused unless allowed.
    let (_, problems) =
        run(&format!("{base}/new"), FetchOptions { allow_private: false, ..options() }, 1 << 20);
    assert_eq!(codes(&problems), ["private-address"]);
}

#[test]
fn a_feed_leads_to_its_pages_one_at_a_time() {
    let (base, log) = serve(|path, headers, stream| {
        let host =
            headers.split("host: ").nth(1).and_then(|h| h.split("\r\n").next()).unwrap_or("").to_owned();
        match path {
            "/robots.txt" => reply(stream, "404 Not Found", "", ""),
            "/feed" => reply(
                stream,
                "200 OK",
                "Content-Type: application/rss+xml\r\n",
                &format!(
                    "<rss><channel><title>Weir</title><item><title>A</title><link>http://{host}/a</link></item>\
                     <item><title>B</title><link>http://{host}/b</link><pubDate>Wed, 01 May 2024 10:00:00 GMT</pubDate></item></channel></rss>"
                ),
            ),
            p => reply(stream, "200 OK", HTML, &format!("<html><p>{p}")),
        }
    });
    let start = Instant::now();
    let fetch = FetchOptions { delay: Duration::from_millis(150), ..options() };
    let (pages, problems) = run(&format!("{base}/feed"), fetch, 1 << 20);
    assert_eq!((pages.len(), problems), (2, vec![]));
    assert_eq!(pages[1].declared.title.as_deref(), Some("B"));
    assert_eq!(pages[1].declared.published.as_deref(), Some("Wed, 01 May 2024 10:00:00 GMT"));
    // Four requests, three delays between them.
    assert_eq!(log.lock().unwrap().len(), 4);
    assert!(start.elapsed() >= Duration::from_millis(450), "{:?}", start.elapsed());
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let (base, log) = serve(|path, headers, stream| match path {
        "/robots.txt" => reply(stream, "404 Not Found", "", ""),
        _ if headers.contains("if-none-match: \"v1\"") => reply(stream, "304 Not Modified", "", ""),
        _ => reply(stream, "200 OK", &format!("{HTML}ETag: \"v1\"\r\n"), "<html><p>Kept"),
    });
    let dir = tempfile::tempdir().unwrap();
    let fetch = || FetchOptions { cache: Some(dir.path().join("kept")), ..options() };
    for _ in 0..2 {
        let (pages, problems) = run(&format!("{base}/a"), fetch(), 1 << 20);
        assert_eq!((pages.len(), problems), (1, vec![]));
        assert_eq!(pages[0].body.source(), "<html><p>Kept");
    }
    assert!(log.lock().unwrap().iter().any(|(_, h)| h.contains("if-none-match")));
}

#[test]
fn hosts_that_never_end_or_never_answer() {
    let (base, _) = serve(|path, _, stream| match path {
        "/robots.txt" => reply(stream, "404 Not Found", "", ""),
        "/endless" => {
            let _ = write!(stream, "HTTP/1.1 200 OK\r\n{HTML}Transfer-Encoding: chunked\r\n\r\n");
            while stream
                .write_all(b"400\r\n")
                .and_then(|()| stream.write_all(&[b'x'; 1024]))
                .and_then(|()| stream.write_all(b"\r\n"))
                .is_ok()
            {}
        }
        _ => {
            // Holds the line open and says nothing, until the other side hangs up.
            let _ = stream.read(&mut [0u8; 1]);
        }
    });
    let (_, problems) = run(&format!("{base}/endless"), options(), 100_000);
    assert_eq!(codes(&problems), ["too-large"]);
    let start = Instant::now();
    let fetch = FetchOptions { timeout: Duration::from_millis(300), ..options() };
    let (_, problems) = run(&format!("{base}/silent"), fetch, 1 << 20);
    assert_eq!(codes(&problems), ["host-silent"]);
    assert!(start.elapsed() < Duration::from_secs(10));
}
