//! The table that `--meta` names: outlet, address, title, day and language for files that have none.
//!
//! A row is matched by the path as the reader gives it, then by its end (`b/c.txt` for `a/b/c.txt`),
//! its file name, its stem, and for rows of JSONL by the id.

use crate::{Declared, rows};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::Path;

/// Columns that name the file a row is about.
const FILE: &[&str] = &["file", "path", "filename", "file_name", "id", "name"];

/// Bytes of a table: some hundred thousand rows, which are all held in memory.
const MAX_TABLE_BYTES: u64 = 256 * 1024 * 1024;

/// Why a table could not be used.
#[derive(Debug, thiserror::Error)]
pub enum MetaError {
    /// The file could not be read.
    #[error("cannot read the metadata file {path}: {source}; give a .csv or .jsonl file")]
    Read {
        /// The file.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// A row is broken.
    #[error(
        "{path}, line {line}: {message}; each row needs a column `file` and some of outlet, url, title, published, language"
    )]
    Row {
        /// The file.
        path: String,
        /// Line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
}

/// What is declared for files, by name.
#[derive(Clone, Debug, Default)]
pub struct MetaTable {
    rows: BTreeMap<String, Declared>,
}

impl MetaTable {
    /// Reads a table; `.jsonl`, `.ndjson` and `.json` hold one object a line, all else is CSV with a header.
    pub fn load(path: &Path) -> Result<Self, MetaError> {
        let shown = path.display().to_string();
        let bytes = read_within(path).map_err(|source| MetaError::Read { path: shown.clone(), source })?;
        let text = crate::decode_text(&bytes).text;
        if is_lines(path) { Self::from_lines(&shown, &text) } else { Self::from_csv(&shown, &text) }
    }

    fn from_lines(path: &str, text: &str) -> Result<Self, MetaError> {
        let mut table = MetaTable::default();
        for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            let broken = |message: String| MetaError::Row { path: path.to_owned(), line: n + 1, message };
            let row: Map<String, Value> =
                serde_json::from_str(line).map_err(|e| broken(format!("not a JSON object ({e})")))?;
            table.insert(&row).ok_or_else(|| broken("no column names the file".to_owned()))?;
        }
        Ok(table)
    }

    fn from_csv(path: &str, text: &str) -> Result<Self, MetaError> {
        let broken = |line: usize, message: String| MetaError::Row { path: path.to_owned(), line, message };
        let delimiter = delimiter(text.lines().next().unwrap_or(""));
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
        let header: Vec<String> = reader
            .headers()
            .map_err(|e| broken(1, e.to_string()))?
            .iter()
            .map(|h| h.trim().trim_start_matches('\u{feff}').to_ascii_lowercase())
            .collect();
        let mut table = MetaTable::default();
        for record in reader.records() {
            let record =
                record.map_err(|e| broken(e.position().map_or(0, |p| p.line() as usize), e.to_string()))?;
            let cells = header.iter().zip(record.iter()).filter(|(_, v)| !v.trim().is_empty());
            let row: Map<String, Value> =
                cells.map(|(k, v)| (k.clone(), Value::String(v.to_owned()))).collect();
            if row.is_empty() {
                continue;
            }
            let line = record.position().map_or(0, |p| p.line() as usize);
            table.insert(&row).ok_or_else(|| broken(line, "no column names the file".to_owned()))?;
        }
        Ok(table)
    }

    fn insert(&mut self, row: &Map<String, Value>) -> Option<()> {
        let key = FILE.iter().find_map(|f| row.get(*f)?.as_str())?.trim().trim_start_matches("./").to_owned();
        let mut rest = row.clone();
        for column in FILE {
            rest.shift_remove(*column);
        }
        self.rows.insert(key, rows::declared(&rest));
        Some(())
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What is declared for a page, if anything.
    pub fn find(&self, path: &str, id: Option<&str>) -> Option<&Declared> {
        let path = path.trim_start_matches("./");
        if let Some(row) = id.and_then(|id| self.rows.get(id)) {
            return Some(row);
        }
        let mut rest = path;
        loop {
            if let Some(row) = self.rows.get(rest) {
                return Some(row);
            }
            match rest.split_once('/') {
                Some((_, tail)) => rest = tail,
                None => break,
            }
        }
        self.rows.get(rest.rsplit_once('.')?.0)
    }
}

/// Whether a file's name says that it holds one JSON object a line.
pub(crate) fn is_lines(path: &Path) -> bool {
    let kinds = ["jsonl", "ndjson", "json"];
    path.extension().is_some_and(|e| kinds.iter().any(|kind| e.eq_ignore_ascii_case(kind)))
}

/// What stands between the cells of a table, by its first line.
pub(crate) fn delimiter(head: &str) -> u8 {
    let count = |d: &u8| head.bytes().filter(|b| b == d).count();
    // the comma wins a draw
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

/// Reads a regular file of bounded size; a device or a pipe may never end.
pub(crate) fn read_within(path: &Path) -> std::io::Result<Vec<u8>> {
    let meta = std::fs::metadata(path)?;
    let refuse = |what: String| Err(std::io::Error::other(what));
    if !meta.is_file() {
        return refuse("it is not a file".to_owned());
    }
    if meta.len() > MAX_TABLE_BYTES {
        return refuse(format!(
            "it has {} MB, and a table may have {} MB",
            meta.len() / (1024 * 1024),
            MAX_TABLE_BYTES / (1024 * 1024)
        ));
    }
    std::fs::read(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_name() {
        let table =
            MetaTable::from_csv("m.csv", "file;Outlet;date\na.txt;Herald;2024-05-01\nsub/b.txt;Post;\n")
                .unwrap();
        assert_eq!(table.find("./in/a.txt", None).unwrap().outlet.as_deref(), Some("Herald"));
        assert_eq!(table.find("x/sub/b.txt", None).unwrap().outlet.as_deref(), Some("Post"));
        assert!(table.find("x/c.txt", None).is_none());
        let lines = MetaTable::from_lines("m.jsonl", "{\"file\":\"r7\",\"publisher\":\"Echo\"}\n").unwrap();
        assert_eq!(lines.find("rows.jsonl", Some("r7")).unwrap().outlet.as_deref(), Some("Echo"));
    }

    #[test]
    fn a_broken_row_names_its_line() {
        let error = MetaTable::from_lines("m.jsonl", "{\"file\":\"a\"}\n{oops\n").unwrap_err();
        assert!(error.to_string().contains("m.jsonl, line 2"), "{error}");
    }
}
