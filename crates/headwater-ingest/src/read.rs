//! Walks paths in order and reads them one page at a time, within limits.
//!
//! Files are sorted by name inside each folder, hidden ones are passed over, and links to folders are
//! not followed. Carriers of many pages are streamed; any other file is read whole, up to a limit.

use crate::feed;
use crate::jsonl::Rows;
use crate::source::{self, Source};
use crate::table::Table;
use crate::wacz::Wacz;
use crate::warc::{self, Warc};
use crate::{Declared, Item, MetaTable, PageBody, Problem, RawPage, decode_html, decode_text, rows};
use serde_json::{Map, Value, json};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Bytes of a file that is read whole, and of a page in an archive. The largest news pages of the benches are
/// below 5 MB.
pub const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;

/// Bytes of one line of JSONL, or one record of CSV.
pub const MAX_LINE_BYTES: u64 = 64 * 1024 * 1024;

/// Bytes at the start of a file that are looked at to tell text from something else.
const SNIFF_BYTES: usize = 8 * 1024;

/// How to read.
#[derive(Clone, Debug)]
pub struct Options {
    /// Largest file that is read whole, in bytes.
    pub max_file_bytes: u64,
    /// Longest line of JSONL, in bytes.
    pub max_line_bytes: u64,
    /// What is declared for files from outside.
    pub meta: MetaTable,
    /// How to read addresses; `None`: nothing is fetched.
    pub fetch: Option<crate::FetchOptions>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            max_file_bytes: MAX_FILE_BYTES,
            max_line_bytes: MAX_LINE_BYTES,
            meta: MetaTable::default(),
            fetch: None,
        }
    }
}

/// Reads `paths` in the order given; `-` is standard input.
pub fn read(paths: &[String], options: Options) -> Reader {
    Reader::new(paths, options, Box::new(std::io::stdin()))
}

pub(crate) enum Todo {
    Given(String),
    File(PathBuf, String),
    Address(Address),
}

/// An address to fetch, with what the list that named it knows of it.
#[cfg_attr(not(feature = "fetch"), allow(dead_code, reason = "only fetching follows them"))]
pub(crate) struct Address {
    pub(crate) url: String,
    pub(crate) declared: Declared,
    pub(crate) hops: u8,
}

/// The pages and problems, in order.
pub struct Reader {
    pub(crate) options: Options,
    pub(crate) todo: VecDeque<Todo>,
    walk: Option<Walk>,
    source: Option<Box<dyn Source>>,
    pub(crate) ready: VecDeque<Item>,
    stdin: Option<Box<dyn Read + Send>>,
    #[cfg(feature = "fetch")]
    pub(crate) fetcher: Option<crate::fetch::Fetcher>,
}

struct Walk {
    shown: String,
    entries: walkdir::IntoIter,
    found: usize,
    passed_over: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
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

/// Who chose a file: what a folder merely holds need not be a report.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    ByUser,
    ByFolder,
}

fn form_of(path: &Path) -> Option<Form> {
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

fn is_packed(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz"))
}

/// Whether a file of a folder is read: `.md` is as a rule a note about the folder.
fn in_folders(path: &Path) -> bool {
    form_of(path).is_some() && !path.extension().is_some_and(|e| e.eq_ignore_ascii_case("md"))
}

impl Reader {
    /// A reader with another stream for `-`.
    pub fn new(paths: &[String], options: Options, stdin: Box<dyn Read + Send>) -> Self {
        let todo = paths.iter().cloned().map(Todo::Given).collect();
        Reader {
            options,
            todo,
            walk: None,
            source: None,
            ready: VecDeque::new(),
            stdin: Some(stdin),
            #[cfg(feature = "fetch")]
            fetcher: None,
        }
    }

    pub(crate) fn problem(
        &mut self,
        path: &str,
        record: Option<u32>,
        code: &'static str,
        message: String,
        hint: &str,
        skipped: bool,
    ) {
        self.ready.push_back(Item::Problem(Problem {
            path: path.to_owned(),
            record,
            code,
            message,
            hint: hint.to_owned(),
            skipped,
        }));
    }

    fn open_given(&mut self, shown: String) {
        if shown == "-" {
            return self.open_stdin();
        }
        if is_address(&shown) {
            return self.fetch(Address { url: shown, declared: Declared::default(), hops: 0 });
        }
        let path = PathBuf::from(&shown);
        let meta = match std::fs::metadata(&path) {
            Ok(meta) => meta,
            // The name of an archive inside a zip, as pages from there carry it.
            Err(_) if inside_wacz(&shown).is_some() => {
                let Some((zip, inner)) = inside_wacz(&shown) else { return };
                let file_meta = self.options.meta.find(&shown, None).cloned();
                let opened =
                    Wacz::open(zip.to_owned(), Path::new(zip), Some(inner), file_meta, &mut self.ready);
                if let Some(wacz) = opened {
                    self.source = Some(Box::new(wacz));
                }
                return;
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                return self.problem(
                    &shown,
                    None,
                    "missing-path",
                    format!("{shown}: there is no such file or folder"),
                    "check the path",
                    true,
                );
            }
            Err(e) => return self.unreadable(&shown, &e),
        };
        if meta.is_dir() {
            // A dot at the start hides entries of the folder, not the folder that was asked for.
            let entries = WalkDir::new(&path).sort_by_file_name().max_open(64).into_iter();
            self.walk = Some(Walk { shown, entries, found: 0, passed_over: 0 });
        } else if meta.is_file() {
            self.open_file(&path, shown, Named::ByUser);
        } else {
            // Opening a pipe or a device may wait for ever.
            let message = format!("{shown}: is neither a file nor a folder");
            self.problem(
                &shown,
                None,
                "not-a-file",
                message,
                "name a file or a folder; for a pipe, give -",
                true,
            );
        }
    }

    fn unreadable(&mut self, shown: &str, error: &std::io::Error) {
        let hint = match error.kind() {
            std::io::ErrorKind::PermissionDenied => "ask for the right to read it, or leave it out",
            _ => "check the file or leave it out",
        };
        self.problem(shown, None, "unreadable", format!("{shown}: cannot be read ({error})"), hint, true);
    }

    fn step_walk(&mut self) {
        let Some(walk) = self.walk.as_mut() else { return };
        match walk.entries.next() {
            None => {
                if let Some(walk) = self.walk.take()
                    && walk.found == 0
                {
                    let message = match walk.passed_over {
                        0 => format!("{}: the folder is empty", walk.shown),
                        n => format!(
                            "{}: none of the {n} files in the folder is .txt, .html, .htm, .json, .jsonl, a table, a feed or an archive",
                            walk.shown
                        ),
                    };
                    self.problem(
                        &walk.shown,
                        None,
                        "empty-folder",
                        message,
                        "name a folder that holds reports, or the files themselves",
                        true,
                    );
                }
            }
            Some(Err(e)) => {
                let shown = e.path().map_or_else(|| walk.shown.clone(), |p| p.display().to_string());
                let message = format!("{shown}: cannot be read ({e})");
                self.problem(
                    &shown,
                    None,
                    "unreadable",
                    message,
                    "check the rights of the folder, or leave it out",
                    true,
                );
            }
            Some(Ok(entry)) => {
                let hidden =
                    entry.depth() > 0 && entry.file_name().to_str().is_some_and(|n| n.starts_with('.'));
                if entry.file_type().is_dir() {
                    if hidden {
                        walk.entries.skip_current_dir();
                    }
                } else if hidden || !in_folders(entry.path()) {
                    walk.passed_over += usize::from(!hidden);
                } else if let Err(e) = std::fs::metadata(entry.path()) {
                    walk.found += 1;
                    let shown = entry.path().display().to_string();
                    self.unreadable(&shown, &e);
                } else if !entry.path().is_file() {
                    walk.passed_over += 1;
                } else {
                    walk.found += 1;
                    let shown = entry.path().display().to_string();
                    self.todo.push_front(Todo::File(entry.into_path(), shown));
                }
            }
        }
    }

    fn open_file(&mut self, path: &Path, shown: String, named: Named) {
        let file = match File::open(path) {
            Ok(file) => file,
            Err(e) => return self.unreadable(&shown, &e),
        };
        let size = match file.metadata() {
            Ok(meta) => meta.len(),
            Err(e) => return self.unreadable(&shown, &e),
        };
        if size == 0 {
            return self.empty(&shown);
        }
        let (form, packed) = (form_of(path), is_packed(path));
        let file_meta = self.options.meta.find(&shown, None).cloned();
        let buffered = |file: File| BufReader::with_capacity(64 * 1024, file);
        match form {
            Some(Form::Rows) if packed => {
                let lines = Box::new(BufReader::new(source::gunzip(file)));
                self.source = Some(Box::new(Rows::new(shown, lines, file_meta)));
            }
            Some(Form::Rows) => {
                self.source = Some(Box::new(Rows::new(shown, Box::new(buffered(file)), file_meta)))
            }
            Some(Form::Warc) => {
                self.source = Some(Box::new(Warc::new(shown, Box::new(buffered(file)), file_meta)))
            }
            Some(Form::Wacz) => self.open_wacz(path, shown, file_meta),
            Some(Form::Table) => {
                let stream: Box<dyn Read + Send> = if packed { source::gunzip(file) } else { Box::new(file) };
                self.open_table(shown, stream, file_meta, named);
            }
            Some(Form::Parquet) => self.open_parquet(shown, file, file_meta),
            _ if packed => {
                let mut bytes = Vec::new();
                let read = source::gunzip(file).take(self.options.max_file_bytes + 1).read_to_end(&mut bytes);
                match read {
                    Ok(_) => self.take_bytes(shown, bytes, form, named),
                    Err(e) => self.unreadable(&shown, &e),
                }
            }
            _ => self.open_other(path, shown, (file, size), form, named),
        }
    }

    /// A file that is read whole, unless its first bytes say that it is an archive.
    fn open_other(
        &mut self,
        path: &Path,
        shown: String,
        (file, size): (File, u64),
        form: Option<Form>,
        named: Named,
    ) {
        let file_meta = || self.options.meta.find(&shown, None).cloned();
        let mut stream = BufReader::with_capacity(SNIFF_BYTES, file);
        let head = match stream.fill_buf() {
            Ok(head) => head,
            Err(e) => return self.unreadable(&shown, &e),
        };
        if form.is_none() {
            if warc::begins(head) || packs_warc(head) {
                self.source = Some(Box::new(Warc::new(shown.clone(), Box::new(stream), file_meta())));
                return;
            }
            if head.starts_with(b"PAR1") {
                let meta = file_meta();
                return self.open_parquet(shown, stream.into_inner(), meta);
            }
            if head.starts_with(b"PK\x03\x04")
                && path.extension().is_some_and(|e| e.eq_ignore_ascii_case("zip"))
            {
                let meta = file_meta();
                return self.open_wacz(path, shown, meta);
            }
        }
        if size > self.options.max_file_bytes {
            return self.too_large(&shown, Some(size));
        }
        let mut bytes = Vec::with_capacity(size as usize);
        // The file may grow while it is read.
        if let Err(e) = stream.take(self.options.max_file_bytes + 1).read_to_end(&mut bytes) {
            return self.unreadable(&shown, &e);
        }
        self.take_bytes(shown, bytes, form, named);
    }

    fn open_wacz(&mut self, path: &Path, shown: String, file_meta: Option<Declared>) {
        if let Some(wacz) = Wacz::open(shown, path, None, file_meta, &mut self.ready) {
            self.source = Some(Box::new(wacz));
        }
    }

    fn open_table(
        &mut self,
        shown: String,
        stream: Box<dyn Read + Send>,
        file_meta: Option<Declared>,
        named: Named,
    ) {
        match Table::open(shown.clone(), stream, file_meta, &self.options) {
            Ok(Some(table)) => self.source = Some(Box::new(table)),
            // A folder may hold the table that describes its files, and other data.
            Ok(None) if named == Named::ByFolder => {}
            Ok(None) => {
                let message = format!("{shown}: no column text, html, body or content");
                let hint =
                    "give the page in a column text or html; a table that describes files goes to --meta";
                self.problem(&shown, None, "not-a-report", message, hint, true);
            }
            Err(e) => {
                let message = format!("{shown}: cannot be read as a table ({e})");
                self.problem(&shown, None, "broken-table", message, "check the file or leave it out", true);
            }
        }
    }

    #[cfg(feature = "parquet")]
    fn open_parquet(&mut self, shown: String, file: File, file_meta: Option<Declared>) {
        match crate::parquet::Parquet::open(shown.clone(), file, file_meta) {
            Ok(table) => self.source = Some(Box::new(table)),
            Err(e) => {
                let message = format!("{shown}: cannot be read as Parquet ({e})");
                self.problem(&shown, None, "broken-table", message, "check the file or leave it out", true);
            }
        }
    }

    #[cfg(not(feature = "parquet"))]
    fn open_parquet(&mut self, shown: String, _: File, _: Option<Declared>) {
        let message = format!("{shown}: this build does not read Parquet");
        self.problem(
            &shown,
            None,
            "no-parquet",
            message,
            "build with the feature parquet, or convert it to JSONL",
            true,
        );
    }

    fn open_stdin(&mut self) {
        let shown = "-".to_owned();
        let Some(stdin) = self.stdin.take() else {
            return self.problem(
                "-",
                None,
                "missing-path",
                "-: standard input can be read only once".to_owned(),
                "name - once",
                true,
            );
        };
        let mut reader = BufReader::with_capacity(SNIFF_BYTES, stdin);
        let head = match reader.fill_buf() {
            Ok(head) => head,
            Err(e) => return self.unreadable(&shown, &e),
        };
        if head.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'{') {
            self.source = Some(Box::new(Rows::new(shown, Box::new(reader), None)));
            return;
        }
        if warc::begins(head) || packs_warc(head) {
            self.source = Some(Box::new(Warc::new(shown, Box::new(reader), None)));
            return;
        }
        let mut bytes = Vec::new();
        if let Err(e) = reader.take(self.options.max_file_bytes + 1).read_to_end(&mut bytes) {
            return self.unreadable(&shown, &e);
        }
        self.take_bytes(shown, bytes, None, Named::ByUser);
    }

    pub(crate) fn empty(&mut self, shown: &str) {
        self.ready.push_back(empty(shown));
    }

    /// `size` is unknown for a stream, which is left as soon as it is past the limit.
    fn too_large(&mut self, shown: &str, size: Option<u64>) {
        let limit = self.options.max_file_bytes / (1024 * 1024);
        let size = size.map_or_else(|| format!("more than {limit}"), |s| (s / (1024 * 1024)).to_string());
        let message = format!("{shown}: {size} MB, and a page may have {limit} MB");
        self.problem(
            shown,
            None,
            "too-large",
            message,
            "split it into one file a report, or into rows of JSONL",
            true,
        );
    }

    /// A whole file or stream.
    fn take_bytes(&mut self, shown: String, bytes: Vec<u8>, form: Option<Form>, named: Named) {
        if bytes.len() as u64 > self.options.max_file_bytes {
            return self.too_large(&shown, None);
        }
        if bytes.trim_ascii().is_empty() {
            return self.empty(&shown);
        }
        if is_binary(&bytes) {
            let message = format!(
                "{shown}: holds binary data, not text{}",
                kind_of(&bytes).map(|k| format!(" (it looks like {k})")).unwrap_or_default()
            );
            return self.problem(
                &shown,
                None,
                "binary-file",
                message,
                "convert it to .txt or .html, or leave it out",
                true,
            );
        }
        let html = match form {
            Some(Form::Html) => true,
            Some(Form::Json) => return self.take_json(shown, bytes, named),
            None | Some(Form::Xml) => {
                // XML names its encoding as pages do.
                let decoded = decode_html(&bytes);
                match feed::kind_of(&decoded.text) {
                    Some(kind) => return self.take_feed(&shown, &decoded.text, kind, 0),
                    None if form.is_some() && !rows::looks_like_html(&decoded.text) => {
                        let message = format!("{shown}: is XML, and no feed, sitemap or OPML");
                        let hint = "convert it to .txt or .html, or leave it out";
                        return self.problem(&shown, None, "not-a-report", message, hint, true);
                    }
                    None => rows::looks_like_html(&decoded.text),
                }
            }
            _ => rows::looks_like_html(&String::from_utf8_lossy(&bytes[..bytes.len().min(SNIFF_BYTES)])),
        };
        if html && is_own_page(&bytes) {
            let message = format!("{shown}: is an account that Headwater wrote, not a report");
            return self.problem(
                &shown,
                None,
                "not-a-report",
                message,
                "write accounts to another folder",
                true,
            );
        }
        let decoded = if html { decode_html(&bytes) } else { decode_text(&bytes) };
        if decoded.damaged || decoded.guessed && !html {
            let what = if decoded.damaged { "some bytes fit no character" } else { "is not UTF-8" };
            let message = format!("{shown}: {what}; read as {}", decoded.encoding);
            self.problem(
                &shown,
                None,
                "invalid-utf8",
                message,
                "save it as UTF-8 if letters look wrong",
                false,
            );
        }
        let declared = self.options.meta.find(&shown, None).cloned().unwrap_or_default();
        let body = if html { PageBody::Html(decoded.text) } else { PageBody::Text(decoded.text) };
        let bytes = bytes.len() as u64;
        self.ready.push_back(Item::Page(RawPage {
            path: shown,
            record: None,
            id: None,
            body,
            declared,
            encoding: decoded.encoding,
            bytes,
        }));
    }

    /// `.json`: one object, a list of objects, or rows after all.
    pub(crate) fn take_json(&mut self, shown: String, bytes: Vec<u8>, named: Named) {
        let file_meta = self.options.meta.find(&shown, None).cloned();
        let list = match serde_json::from_slice::<Value>(&bytes) {
            Ok(Value::Array(list)) => list,
            Ok(value) => json_feed(&value).unwrap_or_else(|| vec![value]),
            Err(_) if starts_with_a_row(&bytes) => {
                let lines = Box::new(std::io::Cursor::new(bytes));
                self.source = Some(Box::new(Rows::new(shown, lines, file_meta)));
                return;
            }
            Err(e) => {
                let message = format!("{shown}: not JSON ({e})");
                return self.problem(
                    &shown,
                    None,
                    "broken-json",
                    message,
                    "save it again, or leave it out",
                    true,
                );
            }
        };
        // A folder may hold data beside its reports; what was named by the user is meant to be a report.
        let holds_one = list.iter().any(|v| v.as_object().is_some_and(|row| rows::body(row).is_some()));
        if named == Named::ByFolder && !holds_one {
            let message = format!("{shown}: holds data, and no field text or html");
            return self.problem(
                &shown,
                None,
                "not-a-report",
                message,
                "give the page in a field text or html",
                true,
            );
        }
        for (n, value) in list.into_iter().enumerate() {
            let size = if n == 0 { bytes.len() as u64 } else { 0 };
            rows::take((&shown, n as u32), value, size, file_meta.as_ref(), &self.options, &mut self.ready);
        }
    }
}

impl Iterator for Reader {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            if let Some(source) = &mut self.source {
                if !source.step(&self.options, &mut self.ready) {
                    self.source = None;
                }
            } else if let Some(Todo::File(..)) = self.todo.front() {
                if let Some(Todo::File(path, shown)) = self.todo.pop_front() {
                    self.open_file(&path, shown, Named::ByFolder);
                }
            } else if self.walk.is_some() {
                self.step_walk();
            } else {
                match self.todo.pop_front()? {
                    Todo::Given(shown) => self.open_given(shown),
                    Todo::File(path, shown) => self.open_file(&path, shown, Named::ByFolder),
                    Todo::Address(address) => self.fetch(address),
                }
            }
        }
    }
}

/// Whether the first line is a whole JSON object.
fn starts_with_a_row(bytes: &[u8]) -> bool {
    let first = bytes.trim_ascii_start().split(|b| *b == b'\n').next().unwrap_or_default();
    serde_json::from_slice::<Map<String, Value>>(first).is_ok()
}

/// Whether a page is an account that Headwater wrote: it may lie in the folder that is read.
fn is_own_page(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(SNIFF_BYTES)];
    let mark = b"<meta name=\"generator\" content=\"headwater ";
    head.windows(mark.len()).any(|w| w == mark)
}

/// Reads bytes as each carrier that is streamed; gives how many items came out.
pub(crate) fn read_bytes(bytes: &[u8], options: &Options) -> usize {
    let stream = || Box::new(BufReader::new(std::io::Cursor::new(bytes.to_vec())));
    let mut out = VecDeque::new();
    let table = Table::open("-".to_owned(), stream(), None, options).ok().flatten();
    let sources: [Option<Box<dyn Source>>; 3] = [
        Some(Box::new(Warc::new("-".to_owned(), stream(), None))),
        Some(Box::new(Rows::new("-".to_owned(), stream(), None))),
        table.map(|t| Box::new(t) as Box<dyn Source>),
    ];
    for mut source in sources.into_iter().flatten() {
        while source.step(options, &mut out) {}
    }
    out.len()
}

/// What an empty file comes to.
pub(crate) fn empty(shown: &str) -> Item {
    let message = format!("{shown}: the file is empty");
    Problem::skipped(shown, None, "empty-file", message, "save the page again, or leave it out")
}

/// "a.wacz/archive/b.warc.gz" as the zip and the file in it, where there is such a zip.
fn inside_wacz(path: &str) -> Option<(&str, &str)> {
    let at = path.find(".wacz/")? + ".wacz".len();
    Path::new(&path[..at]).is_file().then(|| (&path[..at], &path[at + 1..]))
}

/// Whether a path is an address of the web.
fn is_address(path: &str) -> bool {
    let lower = path.get(..8).unwrap_or(path).to_ascii_lowercase();
    lower.starts_with("http://") || lower.starts_with("https://")
}

/// Whether bytes begin a gzip file that holds a WARC.
fn packs_warc(head: &[u8]) -> bool {
    let mut first = [0u8; 5];
    head.starts_with(b"\x1f\x8b")
        && flate2::read::GzDecoder::new(head).read_exact(&mut first).is_ok()
        && warc::begins(&first)
}

/// The items of a JSON Feed as rows, each with what the feed says of all.
fn json_feed(value: &Value) -> Option<Vec<Value>> {
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
fn kind_of(bytes: &[u8]) -> Option<&'static str> {
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
