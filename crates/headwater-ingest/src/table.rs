//! Tables of pages: CSV with a header. The encoding is judged on the beginning; one record is bounded.

use crate::source::Source;
use crate::{Declared, Item, Options, Problem, rows};
use encoding_rs::Encoding;
use serde_json::{Map, Value};
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes at the start of a table on which delimiter and encoding are judged.
const HEAD_BYTES: usize = 64 * 1024;

/// A table that is being read.
pub(crate) struct Table {
    path: String,
    reader: csv::Reader<Guarded>,
    columns: Vec<String>,
    encoding: &'static Encoding,
    since: Arc<AtomicU64>,
    record: u32,
    file_meta: Option<Declared>,
}

/// Fails when too many bytes went by since the last record: a quotation mark that is never closed.
struct Guarded {
    inner: Box<dyn Read + Send>,
    since: Arc<AtomicU64>,
    limit: u64,
}

impl Read for Guarded {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buffer)?;
        if self.since.fetch_add(n as u64, Ordering::Relaxed) > self.limit {
            return Err(std::io::Error::other(format!(
                "one record has more than {} MB; a quotation mark may be open",
                self.limit / (1024 * 1024)
            )));
        }
        Ok(n)
    }
}

impl Table {
    /// Opens a table; `None` when its header names no column for a page.
    pub(crate) fn open(
        path: String,
        file: Box<dyn Read + Send>,
        file_meta: Option<Declared>,
        options: &Options,
    ) -> std::io::Result<Option<Table>> {
        let mut buffered = BufReader::with_capacity(HEAD_BYTES, file);
        let head = buffered.fill_buf()?;
        let decoded = crate::decode_text(head);
        let encoding = Encoding::for_label(decoded.encoding.as_bytes()).unwrap_or(encoding_rs::UTF_8);
        let delimiter = crate::meta::delimiter(decoded.text.lines().next().unwrap_or(""));
        let since = Arc::new(AtomicU64::new(0));
        let limit = options.max_line_bytes;
        let guarded = Guarded { inner: Box::new(buffered), since: Arc::clone(&since), limit };
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(guarded);
        let header = reader.byte_headers().map_err(std::io::Error::other)?;
        let columns: Vec<String> = header
            .iter()
            .map(|h| text(h, encoding).trim().trim_start_matches('\u{feff}').trim_matches('"').to_owned())
            .collect();
        let pages = rows::holds_pages(columns.iter().map(String::as_str));
        Ok(pages.then_some(Table { path, reader, columns, encoding, since, record: 0, file_meta }))
    }
}

fn text(cell: &[u8], encoding: &'static Encoding) -> String {
    match std::str::from_utf8(cell) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding.decode_without_bom_handling(cell).0.into_owned(),
    }
}

impl Source for Table {
    fn step(&mut self, options: &Options, out: &mut VecDeque<Item>) -> bool {
        let n = self.record;
        self.record += 1;
        let mut record = csv::ByteRecord::new();
        self.since.store(0, Ordering::Relaxed);
        match self.reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => {
                if n == 0 {
                    out.push_back(crate::read::empty(&self.path));
                }
                return false;
            }
            Err(e) => {
                let message = format!(
                    "{}, record {}: cannot be read ({e}); what stands behind it is left out",
                    self.path,
                    n + 1
                );
                out.push_back(Problem::skipped(&self.path, Some(n), "unreadable", message, "check the file"));
                return false;
            }
        }
        let row: Map<String, Value> = self
            .columns
            .iter()
            .zip(&record)
            .filter(|(_, cell)| !cell.trim_ascii().is_empty())
            .map(|(column, cell)| (column.clone(), Value::String(text(cell, self.encoding))))
            .collect();
        if !row.is_empty() {
            let bytes = record.as_slice().len() as u64;
            rows::take((&self.path, n), Value::Object(row), bytes, self.file_meta.as_ref(), options, out);
        }
        true
    }
}
