//! Answers the bench's tasks, one JSON line a row, in the order of the input.
//!
//! One file a task; offsets that come in and go out are Unicode code points.

pub(crate) mod accounts;
pub(crate) mod attribution;
pub(crate) mod copies;
pub(crate) mod extract;
pub(crate) mod figures;
mod names;
mod stories;
mod times;

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

/// Runs one task.
pub(crate) fn run(task: &str, input: &Path, output: &Path) -> Result<()> {
    let answers = answer(task, &read(input)?)?;
    let mut out =
        BufWriter::new(File::create(output).with_context(|| format!("cannot write {}", output.display()))?);
    for answer in answers {
        serde_json::to_writer(&mut out, &answer)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}

/// The answers of one task.
pub(crate) fn answer(task: &str, rows: &[Value]) -> Result<Vec<Value>> {
    match task {
        "extract" => each(rows, extract::extract),
        "dates" => each(rows, extract::dates),
        "times" => each(rows, times::answer),
        "attribution" => each(rows, attribution::answer),
        "names" => each(rows, names::answer),
        "copies" => copies::answer(rows),
        "stories" => stories::answer(rows),
        "figures" => each(rows, figures::answer),
        "accounts" => rows.iter().map(accounts::answer).collect(),
        other => bail!(
            "no task {other:?}; there are extract, dates, times, attribution, names, copies, stories, accounts, figures"
        ),
    }
}

/// Answers rows one by one, on all cores, in order.
fn each(rows: &[Value], answer: impl Fn(&Value) -> Result<Value> + Sync + Send) -> Result<Vec<Value>> {
    rows.par_iter().map(answer).collect()
}

/// Reads JSONL, packed with xz or not.
pub(crate) fn read(path: &Path) -> Result<Vec<Value>> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let reader: Box<dyn Read> = if path.extension().is_some_and(|e| e == "xz") {
        Box::new(liblzma::read::XzDecoder::new(file))
    } else {
        Box::new(file)
    };
    let mut rows = Vec::new();
    for (n, line) in BufReader::new(reader).lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        rows.push(serde_json::from_str(&line).with_context(|| format!("{} line {}", path.display(), n + 1))?);
    }
    Ok(rows)
}

pub(crate) use extract::page;

/// A text field, or "".
fn text<'v>(row: &'v Value, field: &str) -> &'v str {
    row.get(field).and_then(Value::as_str).unwrap_or("")
}
