//! Rows of JSON, one a line.

use crate::source::Source;
use crate::{Declared, Item, Options, Problem, rows};
use serde_json::Value;
use std::collections::VecDeque;
use std::io::{BufRead, Read};

/// A stream of rows.
pub(crate) struct Rows {
    path: String,
    lines: Box<dyn BufRead + Send>,
    line: u32,
    file_meta: Option<Declared>,
}

impl Rows {
    pub(crate) fn new(path: String, lines: Box<dyn BufRead + Send>, file_meta: Option<Declared>) -> Self {
        Rows { path, lines, line: 0, file_meta }
    }
}

impl Source for Rows {
    fn step(&mut self, options: &Options, out: &mut VecDeque<Item>) -> bool {
        let n = self.line;
        self.line += 1;
        let mut line = Vec::new();
        let limit = options.max_line_bytes;
        let read = (&mut self.lines).take(limit + 1).read_until(b'\n', &mut line);
        let (path, shown_line) = (self.path.as_str(), n + 1);
        match read {
            Err(e) => {
                let message = format!(
                    "{path}, line {shown_line}: cannot be read ({e}); what stands behind it is left out"
                );
                out.push_back(Problem::skipped(path, Some(n), "unreadable", message, "check the file"));
                return false;
            }
            Ok(0) => {
                if n == 0 {
                    out.push_back(crate::read::empty(path));
                }
                return false;
            }
            Ok(_) => {}
        }
        if line.len() as u64 > limit && !line.ends_with(b"\n") {
            let message = format!("{path}, line {shown_line}: longer than {} MB", limit / (1024 * 1024));
            out.push_back(Problem::skipped(path, Some(n), "too-large", message, "split the row"));
            return skip_line(&mut self.lines).is_ok();
        }
        let trimmed = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line).trim_ascii();
        if !trimmed.is_empty() {
            match serde_json::from_slice::<Value>(trimmed) {
                Ok(value) => {
                    rows::take((path, n), value, line.len() as u64, self.file_meta.as_ref(), options, out)
                }
                Err(e) => out.push_back(Problem::skipped(
                    path,
                    Some(n),
                    "broken-row",
                    format!("{path}, line {shown_line}: not a row of JSON ({e})"),
                    "each line must be one JSON object with a field text or html",
                )),
            }
        }
        true
    }
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
