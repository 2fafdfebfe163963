//! WARC 1.0 and 1.1, plain or with gzip by record (or by file): responses, resources and conversions are pages.
//!
//! A damaged record is named and passed over; reading goes on at the next one that can be found. Records that hold
//! no page (requests, pictures, redirects) are counted, and told once at the end.

use crate::source::{Replay, Source, Unpacked, block, line};
use crate::{Declared, Item, Options, PageBody, Problem, RawPage, decode, http, rows};
use flate2::bufread::GzDecoder;
use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader};

/// Bytes of one header line, and of all of a record.
const MAX_LINE: usize = 16 * 1024;
const MAX_HEADER: usize = 128 * 1024;

/// Blank lines between two records that are passed over.
const MAX_BLANK: usize = 64;

/// Damaged records of one file that are named one by one.
const MAX_NAMED: usize = 100;

/// Bytes of one file that are read again because a record's length was too great: it had swallowed those behind it.
const MAX_AGAIN: u64 = 512 * 1024 * 1024;

/// How a gzip member begins.
const MAGIC: [u8; 3] = [0x1f, 0x8b, 0x08];

type Member = BufReader<Unpacked<GzDecoder<Replay>>>;

enum Input {
    Plain(Replay),
    /// Between two members.
    Packed(Replay),
    Member(Box<Member>),
    Done(std::io::Empty),
}

/// An archive that is being read.
pub(crate) struct Warc {
    path: String,
    input: Input,
    record: u32,
    passed_over: BTreeMap<String, u32>,
    damaged: usize,
    pages: usize,
    again: u64,
    file_meta: Option<Declared>,
}

/// What reading one record came to.
enum Step {
    Record,
    Damaged(String),
    End,
}

/// Whether bytes begin as an archive does, plain.
pub(crate) fn begins(head: &[u8]) -> bool {
    head.starts_with(b"WARC/")
}

impl Warc {
    pub(crate) fn new(
        path: String,
        mut stream: Box<dyn BufRead + Send>,
        file_meta: Option<Declared>,
    ) -> Warc {
        let packed = stream.fill_buf().is_ok_and(|head| head.starts_with(b"\x1f\x8b"));
        let stream = Replay::new(stream);
        let input = if packed { Input::Packed(stream) } else { Input::Plain(stream) };
        Warc {
            path,
            input,
            record: 0,
            passed_over: BTreeMap::new(),
            damaged: 0,
            pages: 0,
            again: 0,
            file_meta,
        }
    }

    /// Opens the next member of a packed file. A member that does not begin as one is looked for further on.
    fn open(&mut self) -> Result<(), Step> {
        loop {
            match std::mem::replace(&mut self.input, Input::Done(std::io::empty())) {
                Input::Packed(mut stream) => {
                    match stream.fill_buf() {
                        Ok([]) => return Err(Step::End),
                        Ok(_) => {}
                        Err(e) => return Err(Step::Damaged(format!("cannot be read ({e})"))),
                    }
                    let lost = find_member(&mut stream);
                    match lost {
                        None => return Err(Step::End),
                        Some(0) => {}
                        Some(n) => {
                            self.input = Input::Packed(stream);
                            return Err(Step::Damaged(format!("{n} bytes before it are no gzip member")));
                        }
                    }
                    let packed = stream.count();
                    let unpacked = Unpacked::new(GzDecoder::new(stream), packed);
                    self.input = Input::Member(Box::new(BufReader::new(unpacked)));
                    return Ok(());
                }
                Input::Member(mut member) => match member.fill_buf() {
                    Ok([]) => self.input = Input::Packed(member.into_inner().into_inner().into_inner()),
                    Ok(_) => {
                        self.input = Input::Member(member);
                        return Ok(());
                    }
                    Err(e) => {
                        self.input = Input::Packed(member.into_inner().into_inner().into_inner());
                        return Err(Step::Damaged(format!("its gzip member is broken ({e})")));
                    }
                },
                Input::Done(_) => return Err(Step::End),
                plain => {
                    self.input = plain;
                    return Ok(());
                }
            }
        }
    }

    /// Leaves the rest of a broken record behind: to the next member, or the next line that begins a record.
    fn leave(&mut self) {
        match std::mem::replace(&mut self.input, Input::Done(std::io::empty())) {
            Input::Member(mut member) => {
                // What is left of the member is read through, within the bounds of its growth; a break ends it too.
                let _ = std::io::copy(&mut member, &mut std::io::sink());
                self.input = Input::Packed(member.into_inner().into_inner().into_inner());
            }
            Input::Plain(mut stream) => {
                while let Ok(Some(found)) = line(&mut stream, MAX_LINE) {
                    if begins(&found) {
                        let mut again = found;
                        again.extend_from_slice(b"\r\n");
                        stream.put_back(again);
                        self.input = Input::Plain(stream);
                        return;
                    }
                }
            }
            other => self.input = other,
        }
    }

    fn reader(&mut self) -> &mut dyn BufRead {
        match &mut self.input {
            Input::Plain(s) | Input::Packed(s) => s,
            Input::Member(m) => m,
            Input::Done(nothing) => nothing,
        }
    }

    /// The header of a record: its version line and fields.
    fn header(&mut self) -> Result<Vec<(String, String)>, Step> {
        let mut blank = 0;
        let version = loop {
            match line(self.reader(), MAX_LINE) {
                Ok(None) if matches!(self.input, Input::Member(_)) => self.open()?,
                Ok(None) => return Err(Step::End),
                Ok(Some(l)) if l.is_empty() && blank < MAX_BLANK => blank += 1,
                Ok(Some(l)) => break l,
                Err(e) => return Err(Step::Damaged(format!("cannot be read ({e})"))),
            }
        };
        if !begins(&version) {
            return Err(Step::Damaged("does not begin with WARC/1.0 or WARC/1.1".to_owned()));
        }
        let mut lines = Vec::new();
        loop {
            match line(self.reader(), MAX_LINE) {
                Ok(None) => return Err(Step::Damaged("its header breaks off".to_owned())),
                Ok(Some(l)) if l.is_empty() => break,
                Ok(Some(l)) => {
                    lines.extend_from_slice(&l);
                    lines.push(b'\n');
                }
                Err(e) => return Err(Step::Damaged(format!("its header cannot be read ({e})"))),
            }
            if lines.len() > MAX_HEADER {
                return Err(Step::Damaged(format!("its header has more than {} KB", MAX_HEADER / 1024)));
            }
        }
        Ok(http::headers(&lines))
    }

    fn pass_over(&mut self, why: impl Into<String>) {
        let key = why.into();
        // Made-up types cannot fill the memory.
        let key = if self.passed_over.len() < 40 || self.passed_over.contains_key(&key) {
            key
        } else {
            "other".to_owned()
        };
        *self.passed_over.entry(key).or_default() += 1;
    }

    fn record(&mut self, options: &Options, out: &mut VecDeque<Item>) -> Step {
        if let Err(step) = self.open() {
            return step;
        }
        let fields = match self.header() {
            Ok(fields) => fields,
            Err(step) => return step,
        };
        let field = |name: &str| fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
        let Some(length) = field("content-length").and_then(|l| l.parse::<u64>().ok()) else {
            return Step::Damaged("has no length".to_owned());
        };
        let kind = field("warc-type").unwrap_or("").to_ascii_lowercase();
        let page = matches!(kind.as_str(), "response" | "resource" | "conversion");
        // In a plain file even a request is held: its length may be wrong, and what it swallowed is given back.
        let held = page || matches!(self.input, Input::Plain(_));
        let limit = if held { options.max_file_bytes } else { 0 };
        let (bytes, seen, failed) = block(self.reader(), length, limit);
        let n = self.record;
        if let Some(e) = failed {
            return Step::Damaged(format!("its block cannot be read ({e})"));
        }
        let mut cut = None;
        if seen < length {
            let message = format!("its block has {seen} bytes and should have {length}");
            // A length that is too great has swallowed what follows; in a plain file it can be given back.
            let swallowed =
                || bytes.windows(9).position(|w| w == b"\r\n\r\nWARC/" || &w[..7] == b"\n\nWARC/");
            let again = match &mut self.input {
                Input::Plain(stream) if self.again <= MAX_AGAIN => swallowed().inspect(|at| {
                    self.again += (bytes.len() - at) as u64;
                    stream.put_back(bytes[*at..].to_vec());
                }),
                _ => None,
            };
            match again {
                Some(at) => cut = Some((message, at)),
                None if !page || bytes.is_empty() => return Step::Damaged(message),
                None => cut = Some((message, bytes.len())),
            }
        }
        if !page {
            if kind != "warcinfo" {
                self.pass_over(if kind.is_empty() {
                    "of no type".to_owned()
                } else {
                    kind.chars().take(20).collect()
                });
            }
            return Step::Record;
        }
        if length > limit {
            out.push_back(Problem::skipped(
                &self.path,
                Some(n),
                "too-large",
                format!(
                    "{}, record {}: {} MB, and a page may have {} MB",
                    self.path,
                    n + 1,
                    length >> 20,
                    limit >> 20
                ),
                "take the page out of the archive and look at it",
            ));
            return Step::Record;
        }
        let bytes = &bytes[..cut.as_ref().map_or(bytes.len(), |c| c.1)];
        if let Some((message, _)) = &cut {
            self.remark(n, "damaged-record", message, out);
        }
        let url = field("warc-target-uri").map(|u| u.trim_matches(['<', '>']).to_owned());
        let fetched = field("warc-date").map(str::to_owned);
        self.page(&kind, field("content-type").unwrap_or(""), bytes, (url, fetched), options, out);
        Step::Record
    }

    fn remark(&self, n: u32, code: &'static str, message: &str, out: &mut VecDeque<Item>) {
        let message = format!("{}, record {}: {message}", self.path, n + 1);
        out.push_back(Problem::remark(
            &self.path,
            Some(n),
            code,
            message,
            "the page was read as far as it goes",
        ));
    }

    fn page(
        &mut self,
        kind: &str,
        content_type: &str,
        bytes: &[u8],
        (url, fetched): (Option<String>, Option<String>),
        options: &Options,
        out: &mut VecDeque<Item>,
    ) {
        let n = self.record;
        let size = bytes.len() as u64;
        let limit = usize::try_from(options.max_file_bytes).unwrap_or(usize::MAX);
        let (media, charset, body) = match http::split(bytes) {
            Some((head, body)) => {
                if !(200..300).contains(&head.status) {
                    return self.pass_over(format!("status {}", head.status));
                }
                let media = head.media_type();
                if !is_page(&media, body) {
                    return self.pass_over(short(&media));
                }
                match http::unwrap(&head, body, limit) {
                    Ok(body) => {
                        if let Some(remark) = &body.remark {
                            self.remark(n, "damaged-record", remark, out);
                        }
                        (media, head.charset().map(str::to_owned), body.bytes)
                    }
                    Err(why) => {
                        return out.push_back(Problem::skipped(
                            &self.path,
                            Some(n),
                            "damaged-record",
                            format!("{}, record {}: {why}", self.path, n + 1),
                            "look at the record, or leave it out",
                        ));
                    }
                }
            }
            None => {
                let media = http::media_type(content_type);
                if kind == "response" && !bytes.trim_ascii_start().starts_with(b"<")
                    || !is_page(&media, bytes)
                {
                    return self.pass_over(if kind == "response" {
                        "no HTTP".to_owned()
                    } else {
                        short(&media)
                    });
                }
                (media, http::charset(content_type).map(str::to_owned), bytes.to_vec())
            }
        };
        if body.trim_ascii().is_empty() {
            return self.pass_over("empty");
        }
        if crate::read::is_binary(&body) {
            return self.pass_over("binary");
        }
        let decoded = decode::decode_response(&body, charset.as_deref());
        let html = media != "text/plain" || rows::looks_like_html(&decoded.text);
        let mut declared = Declared { url, fetched, ..Declared::default() };
        if let Some(more) =
            self.file_meta.as_ref().or_else(|| options.meta.find(declared.url.as_deref()?, None))
        {
            declared.fill_from(more);
        }
        if decoded.damaged {
            let message = format!("some bytes fit no character; read as {}", decoded.encoding);
            self.remark(n, "invalid-utf8", &message, out);
        }
        self.pages += 1;
        out.push_back(Item::Page(RawPage {
            path: self.path.clone(),
            record: Some(n),
            id: None,
            body: if html { PageBody::Html(decoded.text) } else { PageBody::Text(decoded.text) },
            declared,
            encoding: decoded.encoding,
            bytes: size,
        }));
    }

    /// The last word on a file.
    fn close(&mut self, out: &mut VecDeque<Item>) {
        let total: u32 = self.passed_over.values().sum();
        if total > 0 {
            let kinds: Vec<String> = self.passed_over.iter().map(|(k, n)| format!("{k} {n}")).collect();
            let message = format!("{}: {total} records hold no page ({})", self.path, kinds.join(", "));
            out.push_back(Problem::remark(&self.path, None, "records-passed-over", message, ""));
        }
        if self.damaged > MAX_NAMED {
            let message =
                format!("{}: {} damaged records in all; {MAX_NAMED} are named", self.path, self.damaged);
            out.push_back(Problem::remark(&self.path, None, "damaged-record", message, ""));
        }
        if self.pages == 0 && total == 0 && self.damaged == 0 {
            out.push_back(crate::read::empty(&self.path));
        }
    }
}

impl Source for Warc {
    fn step(&mut self, options: &Options, out: &mut VecDeque<Item>) -> bool {
        let step = self.record(options, out);
        let n = self.record;
        self.record = self.record.saturating_add(1);
        match step {
            Step::Record => true,
            Step::Damaged(why) => {
                self.damaged += 1;
                if self.damaged <= MAX_NAMED {
                    out.push_back(Problem::skipped(
                        &self.path,
                        Some(n),
                        "damaged-record",
                        format!("{}, record {}: {why}", self.path, n + 1),
                        "the archive may be cut off or broken here; the rest is read",
                    ));
                }
                self.leave();
                true
            }
            Step::End => {
                self.close(out);
                false
            }
        }
    }
}

fn short(media: &str) -> String {
    if media.is_empty() { "of no media type".to_owned() } else { media.chars().take(40).collect() }
}

/// Whether a media type is that of a page; without one, the body decides.
fn is_page(media: &str, body: &[u8]) -> bool {
    match media {
        "text/html" | "application/xhtml+xml" | "text/plain" => true,
        "" | "application/octet-stream" | "unknown" | "unk" => {
            rows::looks_like_html(&String::from_utf8_lossy(&body[..body.len().min(2_048)]))
        }
        _ => false,
    }
}

/// Goes on to the next bytes that begin a gzip member; gives how many were left behind, or
/// `None` at the end.
fn find_member(stream: &mut Replay) -> Option<u64> {
    let mut lost = 0u64;
    let mut matched = 0;
    loop {
        let buffer = stream.fill_buf().ok()?;
        if buffer.is_empty() {
            // A member that is cut off in its first bytes.
            return (lost > 0).then_some(lost);
        }
        let mut taken = 0;
        for byte in buffer {
            taken += 1;
            matched = match *byte {
                b if b == MAGIC[matched] => matched + 1,
                b if b == MAGIC[0] => 1,
                _ => 0,
            };
            if matched == MAGIC.len() {
                break;
            }
        }
        stream.consume(taken);
        lost += taken as u64;
        if matched == MAGIC.len() {
            stream.put_back(MAGIC.to_vec());
            return Some(lost - MAGIC.len() as u64);
        }
    }
}
