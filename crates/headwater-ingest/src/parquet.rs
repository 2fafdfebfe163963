//! Tables of pages in Parquet, read row by row through the record interface.

use crate::source::Source;
use crate::{Declared, Item, Options, Problem, rows};
use ::parquet::file::reader::SerializedFileReader;
use ::parquet::record::reader::RowIter;
use serde_json::Value;
use std::collections::VecDeque;
use std::fs::File;

/// A table that is being read.
pub(crate) struct Parquet {
    path: String,
    rows: RowIter<'static>,
    record: u32,
    file_meta: Option<Declared>,
}

impl Parquet {
    pub(crate) fn open(path: String, file: File, file_meta: Option<Declared>) -> Result<Parquet, String> {
        let reader = SerializedFileReader::new(file).map_err(|e| e.to_string())?;
        Ok(Parquet { path, rows: RowIter::from_file_into(Box::new(reader)), record: 0, file_meta })
    }
}

impl Source for Parquet {
    fn step(&mut self, options: &Options, out: &mut VecDeque<Item>) -> bool {
        let n = self.record;
        self.record += 1;
        match self.rows.next() {
            None => {
                if n == 0 {
                    out.push_back(crate::read::empty(&self.path));
                }
                false
            }
            Some(Err(e)) => {
                let message = format!(
                    "{}, row {}: cannot be read ({e}); what stands behind it is left out",
                    self.path,
                    n + 1
                );
                out.push_back(Problem::skipped(&self.path, Some(n), "unreadable", message, "check the file"));
                false
            }
            Some(Ok(row)) => {
                let mut value = row.to_json_value();
                if let Value::Object(row) = &mut value {
                    row.retain(|_, v| !v.is_null());
                }
                let bytes = value.as_object().map_or(0, |o| o.values().map(size).sum());
                rows::take((&self.path, n), value, bytes, self.file_meta.as_ref(), options, out);
                true
            }
        }
    }
}

fn size(value: &Value) -> u64 {
    value.as_str().map_or(8, str::len) as u64
}
