//! WACZ: a zip of WARC files under `archive/`. Each is streamed; nothing is unpacked to disk.

use crate::source::{Replay, Source, Unpacked};
use crate::warc::Warc;
use crate::{Declared, Item, Options, Problem};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use zip::{CompressionMethod, ZipArchive};

/// Entries of a zip that are looked at.
const MAX_ENTRIES: usize = 100_000;

/// One WARC within the zip.
struct Entry {
    name: String,
    start: u64,
    size: u64,
    deflated: bool,
}

/// A zip that is being read.
pub(crate) struct Wacz {
    path: String,
    file: PathBuf,
    entries: VecDeque<Entry>,
    open: Option<Warc>,
    file_meta: Option<Declared>,
}

impl Wacz {
    /// Lists the archives of a zip, or the one that is named; what cannot be read goes to `out`.
    pub(crate) fn open(
        shown: String,
        file: &Path,
        only: Option<&str>,
        file_meta: Option<Declared>,
        out: &mut VecDeque<Item>,
    ) -> Option<Wacz> {
        let problem = |code, message: String| {
            Problem::skipped(&shown, None, code, message, "save the archive again, or leave it out")
        };
        let opened = File::open(file).map_err(zip::result::ZipError::Io).and_then(ZipArchive::new);
        let mut zip = match opened {
            Ok(zip) => zip,
            Err(e) => {
                out.push_back(problem("broken-archive", format!("{shown}: cannot be read as WACZ ({e})")));
                return None;
            }
        };
        if zip.len() > MAX_ENTRIES {
            out.push_back(problem(
                "too-large",
                format!("{shown}: holds {} files, and an archive may hold {MAX_ENTRIES}", zip.len()),
            ));
            return None;
        }
        let mut entries = Vec::new();
        for i in 0..zip.len() {
            let entry = match zip.by_index_raw(i) {
                Ok(entry) => entry,
                Err(e) => {
                    out.push_back(problem(
                        "broken-archive",
                        format!("{shown}, file {}: cannot be read ({e})", i + 1),
                    ));
                    continue;
                }
            };
            // A name in no known letters is that of no archive.
            let Ok(name) = entry.name().map(|n| n.into_owned()) else { continue };
            let lower = name.to_ascii_lowercase();
            if !lower.ends_with(".warc") && !lower.ends_with(".warc.gz") || only.is_some_and(|o| o != name) {
                continue;
            }
            let deflated = match entry.compression() {
                CompressionMethod::Stored => false,
                CompressionMethod::Deflated => true,
                other => {
                    out.push_back(problem("broken-archive", format!("{shown}/{name}: is packed by {other}")));
                    continue;
                }
            };
            let Some(start) = entry.data_start().filter(|_| !entry.encrypted()) else {
                out.push_back(problem(
                    "broken-archive",
                    format!("{shown}/{name}: is encrypted or has no place"),
                ));
                continue;
            };
            entries.push(Entry { name, start, size: entry.compressed_size(), deflated });
        }
        if entries.is_empty() && out.is_empty() {
            out.push_back(Problem::skipped(
                &shown,
                None,
                "not-a-report",
                format!("{shown}: is a zip without WARC files"),
                "unpack it, and name the files it holds",
            ));
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Some(Wacz { path: shown, file: file.to_owned(), entries: entries.into(), open: None, file_meta })
    }
}

impl Source for Wacz {
    fn step(&mut self, options: &Options, out: &mut VecDeque<Item>) -> bool {
        if let Some(warc) = &mut self.open {
            if !warc.step(options, out) {
                self.open = None;
            }
            return true;
        }
        let Some(entry) = self.entries.pop_front() else { return false };
        let shown = format!("{}/{}", self.path, entry.name);
        let opened = File::open(&self.file).and_then(|mut f| f.seek(SeekFrom::Start(entry.start)).map(|_| f));
        match opened {
            Ok(file) => {
                let taken = file.take(entry.size);
                let stream: Box<dyn Read + Send> = if entry.deflated {
                    let replay = Replay::new(Box::new(BufReader::new(taken)));
                    let packed = replay.count();
                    Box::new(Unpacked::new(flate2::bufread::DeflateDecoder::new(replay), packed))
                } else {
                    Box::new(taken)
                };
                self.open = Some(Warc::new(shown, Box::new(BufReader::new(stream)), self.file_meta.clone()));
            }
            Err(e) => out.push_back(Problem::skipped(
                &shown,
                None,
                "unreadable",
                format!("{shown}: cannot be read ({e})"),
                "check the file or leave it out",
            )),
        }
        true
    }
}
