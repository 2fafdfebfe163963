//! Walks paths in order and reads them one page at a time, within limits.
//!
//! Files are sorted by name inside each folder, hidden ones are passed over, and links to folders are
//! not followed. A file of rows is streamed; any other is read whole, up to a limit.

use crate::{Declared, Item, MetaTable, PageBody, Problem, RawPage, decode_html, decode_text, rows};
use serde_json::{Map, Value};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Bytes of a file that is read whole. The largest news pages of the benches are below 5 MB.
pub const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;

/// Bytes of one line of JSONL.
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
}

impl Default for Options {
    fn default() -> Self {
        Options { max_file_bytes: MAX_FILE_BYTES, max_line_bytes: MAX_LINE_BYTES, meta: MetaTable::default() }
    }
}

/// Reads `paths` in the order given; `-` is standard input.
pub fn read(paths: &[String], options: Options) -> Reader {
    Reader::new(paths, options, Box::new(std::io::stdin()))
}

enum Todo {
    Given(String),
    File(PathBuf, String),
}

/// The pages and problems, in order.
pub struct Reader {
    options: Options,
    todo: VecDeque<Todo>,
    walk: Option<Walk>,
    rows: Option<RowStream>,
    ready: VecDeque<Item>,
    stdin: Option<Box<dyn Read + Send>>,
}

struct Walk {
    shown: String,
    entries: walkdir::IntoIter,
    found: usize,
    passed_over: usize,
}

struct RowStream {
    path: String,
    lines: Box<dyn BufRead + Send>,
    line: u32,
    file_meta: Option<Declared>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Html,
    Rows,
    Json,
}

/// Who chose a file: what a folder merely holds need not be a report.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    ByUser,
    ByFolder,
}

fn form_of(path: &Path) -> Option<Form> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "txt" | "text" | "md" => Some(Form::Text),
        "html" | "htm" | "xhtml" => Some(Form::Html),
        "jsonl" | "ndjson" => Some(Form::Rows),
        "json" => Some(Form::Json),
        _ => None,
    }
}

/// Whether a file of a folder is read: `.md` is as a rule a note about the folder.
fn in_folders(path: &Path) -> bool {
    form_of(path).is_some() && !path.extension().is_some_and(|e| e.eq_ignore_ascii_case("md"))
}

impl Reader {
    /// A reader with another stream for `-`.
    pub fn new(paths: &[String], options: Options, stdin: Box<dyn Read + Send>) -> Self {
        let todo = paths.iter().cloned().map(Todo::Given).collect();
        Reader { options, todo, walk: None, rows: None, ready: VecDeque::new(), stdin: Some(stdin) }
    }

    fn problem(
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
        let path = PathBuf::from(&shown);
        let meta = match std::fs::metadata(&path) {
            Ok(meta) => meta,
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
                            "{}: none of the {n} files in the folder is .txt, .html, .htm, .json or .jsonl",
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
        let form = form_of(path);
        if form == Some(Form::Rows) {
            let file_meta = self.options.meta.find(&shown, None).cloned();
            self.rows =
                Some(RowStream { path: shown, lines: Box::new(BufReader::new(file)), line: 0, file_meta });
            return;
        }
        if size > self.options.max_file_bytes {
            return self.too_large(&shown, Some(size));
        }
        let mut bytes = Vec::with_capacity(size as usize);
        // The file may grow while it is read.
        if let Err(e) = file.take(self.options.max_file_bytes + 1).read_to_end(&mut bytes) {
            return self.unreadable(&shown, &e);
        }
        self.take_bytes(shown, bytes, form, named);
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
        let starts_a_row = match reader.fill_buf() {
            Ok(head) => head.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'{'),
            Err(e) => return self.unreadable(&shown, &e),
        };
        if starts_a_row {
            self.rows = Some(RowStream { path: shown, lines: Box::new(reader), line: 0, file_meta: None });
            return;
        }
        let mut bytes = Vec::new();
        if let Err(e) = reader.take(self.options.max_file_bytes + 1).read_to_end(&mut bytes) {
            return self.unreadable(&shown, &e);
        }
        self.take_bytes(shown, bytes, None, Named::ByUser);
    }

    fn empty(&mut self, shown: &str) {
        self.problem(
            shown,
            None,
            "empty-file",
            format!("{shown}: the file is empty"),
            "save the page again, or leave it out",
            true,
        );
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
    fn take_json(&mut self, shown: String, bytes: Vec<u8>, named: Named) {
        let file_meta = self.options.meta.find(&shown, None).cloned();
        let list = match serde_json::from_slice::<Value>(&bytes) {
            Ok(Value::Array(list)) => list,
            Ok(value) => vec![value],
            Err(_) if starts_with_a_row(&bytes) => {
                let lines = Box::new(std::io::Cursor::new(bytes));
                self.rows = Some(RowStream { path: shown, lines, line: 0, file_meta });
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
            self.take_row(&shown, n as u32, value, size, file_meta.as_ref());
        }
    }

    fn step_rows(&mut self) {
        let Some(mut stream) = self.rows.take() else { return };
        let n = stream.line;
        stream.line += 1;
        let mut line = Vec::new();
        let limit = self.options.max_line_bytes;
        let read = (&mut stream.lines).take(limit + 1).read_until(b'\n', &mut line);
        let (path, shown_line) = (stream.path.clone(), n + 1);
        match read {
            Err(e) => {
                let message = format!(
                    "{path}, line {shown_line}: cannot be read ({e}); what stands behind it is left out"
                );
                return self.problem(&path, Some(n), "unreadable", message, "check the file", true);
            }
            Ok(0) if n == 0 => return self.empty(&path),
            Ok(0) => return,
            Ok(_) => {}
        }
        if line.len() as u64 > limit && !line.ends_with(b"\n") {
            let message = format!("{path}, line {shown_line}: longer than {} MB", limit / (1024 * 1024));
            self.problem(&path, Some(n), "too-large", message, "split the row", true);
            if skip_line(&mut stream.lines).is_ok() {
                self.rows = Some(stream);
            }
            return;
        }
        let trimmed = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line).trim_ascii();
        if !trimmed.is_empty() {
            match serde_json::from_slice::<Value>(trimmed) {
                Ok(value) => self.take_row(&path, n, value, line.len() as u64, stream.file_meta.as_ref()),
                Err(e) => {
                    let message = format!("{path}, line {shown_line}: not a row of JSON ({e})");
                    self.problem(
                        &path,
                        Some(n),
                        "broken-row",
                        message,
                        "each line must be one JSON object with a field text or html",
                        true,
                    );
                }
            }
        }
        self.rows = Some(stream);
    }

    fn take_row(&mut self, path: &str, n: u32, value: Value, bytes: u64, file_meta: Option<&Declared>) {
        let row: Map<String, Value> = match value {
            Value::Object(row) => row,
            _ => {
                let message = format!("{path}, row {}: not an object", n + 1);
                return self.problem(
                    path,
                    Some(n),
                    "broken-row",
                    message,
                    "each row must be one JSON object with a field text or html",
                    true,
                );
            }
        };
        let Some(body) = rows::body(&row) else {
            let message = format!(
                "{path}, row {}: no field text, html, body, content or paragraphs holds words",
                n + 1
            );
            return self.problem(
                path,
                Some(n),
                "no-text",
                message,
                "give the page in a field text or html",
                true,
            );
        };
        let id = rows::id(&row);
        let mut declared = rows::declared(&row);
        if let Some(more) = id.as_deref().and_then(|id| self.options.meta.find(path, Some(id))).or(file_meta)
        {
            declared.fill_from(more);
        }
        self.ready.push_back(Item::Page(RawPage {
            path: path.to_owned(),
            record: Some(n),
            id,
            body,
            declared,
            encoding: "UTF-8",
            bytes,
        }));
    }
}

impl Iterator for Reader {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            if self.rows.is_some() {
                self.step_rows();
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

/// Reads on to the end of a line without keeping it.
fn skip_line(lines: &mut dyn BufRead) -> std::io::Result<()> {
    loop {
        let buffer = lines.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        match buffer.iter().position(|b| *b == b'\n') {
            Some(i) => {
                lines.consume(i + 1);
                return Ok(());
            }
            None => {
                let n = buffer.len();
                lines.consume(n);
            }
        }
    }
}

/// Whether bytes are no text in any encoding: control bytes that no text has. UTF-16 is text.
fn is_binary(bytes: &[u8]) -> bool {
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
