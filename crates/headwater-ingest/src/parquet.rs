//! Tables of pages in Parquet, read row by row through the record interface.
//!
//! The library that reads them stops by a panic on some damaged columns; that is caught here and becomes the end of
//! the table, with its problem. Nothing of a reader that stopped so is used again.

use crate::source::Source;
use crate::{Declared, Item, Options, Problem, rows};
use ::parquet::file::reader::SerializedFileReader;
use ::parquet::record::reader::RowIter;
use serde_json::Value;
use std::collections::VecDeque;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What is said where the library gives no reason.
const DAMAGED: &str = "its columns are damaged";

/// A table that is being read.
pub(crate) struct Parquet {
    path: String,
    rows: RowIter<'static>,
    record: u32,
    file_meta: Option<Declared>,
}

impl Parquet {
    pub(crate) fn open(path: String, file: File, file_meta: Option<Declared>) -> Result<Parquet, String> {
        let rows = catch_unwind(AssertUnwindSafe(|| {
            let reader = SerializedFileReader::new(file).map_err(|e| e.to_string())?;
            Ok(RowIter::from_file_into(Box::new(reader)))
        }));
        let rows = rows.unwrap_or_else(|_| Err(DAMAGED.to_owned()))?;
        Ok(Parquet { path, rows, record: 0, file_meta })
    }
}

impl Source for Parquet {
    fn step(&mut self, options: &Options, out: &mut VecDeque<Item>) -> bool {
        let n = self.record;
        self.record += 1;
        let next = catch_unwind(AssertUnwindSafe(|| self.rows.next()))
            .unwrap_or_else(|_| Some(Err(::parquet::errors::ParquetError::General(DAMAGED.to_owned()))));
        match next {
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
                let value = catch_unwind(AssertUnwindSafe(|| row.to_json_value()));
                let mut value = value.unwrap_or_else(|_| Value::Object(serde_json::Map::new()));
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
