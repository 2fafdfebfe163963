//! Walks paths in order and reads them one page at a time, within limits.
//!
//! Files are sorted by name inside each folder, hidden ones are passed over, and links to folders are
//! not followed. Carriers of many pages are streamed; any other file is read whole, up to a limit.

mod files;
mod folder;
mod form;
mod whole;

pub(crate) use form::is_binary;

use crate::jsonl::Rows;
use crate::source::Source;
use crate::table::Table;
use crate::wacz::Wacz;
use crate::warc::{self, Warc};
use crate::{Declared, Item, MetaTable, Problem};
use folder::Walk;
use form::{inside_wacz, is_address, packs_warc};
use std::collections::VecDeque;
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

/// Who chose a file: what a folder merely holds need not be a report.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    ByUser,
    ByFolder,
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
