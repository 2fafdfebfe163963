//! The file that `--overrides` names: what a user has decided about reports and names.
//!
//! A table with the columns `rule`, `a`, `b` and, if wanted, `note`; CSV with or without a header, or one
//! JSON object a line. What a decision comes to is the business of the rooms that group and name; here a
//! line is only read, and a line that cannot be read is an error: a decision must not be lost in silence.

use crate::meta::{delimiter, is_lines, read_within};
use headwater_model::{Decision, Overrides, Verb};
use serde_json::{Map, Value};
use std::path::Path;

/// Decisions that one file may hold; far more than anyone writes by hand.
const MAX_DECISIONS: usize = 100_000;

/// Why a file of decisions could not be used.
#[derive(Debug, thiserror::Error)]
pub enum OverridesError {
    /// The file could not be read.
    #[error("cannot read the overrides file {path}: {source}; give a .csv or .jsonl file")]
    Read {
        /// The file.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// A row is broken.
    #[error(
        "{path}, line {line}: {message}; each row is `rule,a,b,note`, with the rule one of together, apart, \
         not in event, same, not same"
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

/// Reads a file of decisions; `.jsonl`, `.ndjson` and `.json` hold one object a line, all else is CSV.
///
/// # Errors
/// When the file cannot be read, or a row is no decision; the error names the line.
pub fn load_overrides(path: &Path) -> Result<Overrides, OverridesError> {
    let shown = path.display().to_string();
    let bytes = read_within(path).map_err(|source| OverridesError::Read { path: shown.clone(), source })?;
    let text = crate::decode_text(&bytes).text;
    if is_lines(path) { from_lines(&shown, &text) } else { from_csv(&shown, &text) }
}

fn from_lines(path: &str, text: &str) -> Result<Overrides, OverridesError> {
    let mut out = Overrides::default();
    for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let broken = |message: String| OverridesError::Row { path: path.to_owned(), line: n + 1, message };
        let row: Map<String, Value> =
            serde_json::from_str(line).map_err(|e| broken(format!("not a JSON object ({e})")))?;
        let cell = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or("");
        push(&mut out, n + 1, [cell("rule"), cell("a"), cell("b"), cell("note")]).map_err(broken)?;
    }
    Ok(out)
}

fn from_csv(path: &str, text: &str) -> Result<Overrides, OverridesError> {
    let text = text.trim_start_matches('\u{feff}');
    let broken = |line: usize, message: String| OverridesError::Row { path: path.to_owned(), line, message };
    let first = text.lines().find(|l| !l.trim().is_empty() && !l.starts_with('#')).unwrap_or("");
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(first))
        .flexible(true)
        .has_headers(false)
        .comment(Some(b'#'))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut out = Overrides::default();
    let mut columns = [0, 1, 2, 3];
    for (n, record) in reader.records().enumerate() {
        let record =
            record.map_err(|e| broken(e.position().map_or(0, |p| p.line() as usize), e.to_string()))?;
        let line = record.position().map_or(0, |p| line_of(text, p));
        if record.iter().all(str::is_empty) {
            continue;
        }
        let at = |name: &str| record.iter().position(|c| c.eq_ignore_ascii_case(name));
        if n == 0
            && let (Some(rule), Some(a), Some(b)) = (at("rule"), at("a"), at("b"))
        {
            columns = [rule, a, b, at("note").unwrap_or(usize::MAX)];
            continue;
        }
        push(&mut out, line, columns.map(|c| record.get(c).unwrap_or(""))).map_err(|m| broken(line, m))?;
    }
    Ok(out)
}

/// The line on which the record stands that is read from a position on: blank lines and remarks come before it.
fn line_of(text: &str, position: &csv::Position) -> usize {
    let rest = usize::try_from(position.byte()).ok().and_then(|at| text.get(at..)).unwrap_or("");
    let passed = rest.lines().take_while(|l| l.trim().is_empty() || l.starts_with('#'));
    position.line() as usize + passed.count()
}

/// Adds one row; the message says what is wrong with it.
fn push(out: &mut Overrides, line: usize, [rule, a, b, note]: [&str; 4]) -> Result<(), String> {
    let written = rule.trim().to_lowercase().replace(['-', '_'], " ");
    let verb = Verb::ALL.into_iter().find(|v| v.name() == written);
    let verb = verb.ok_or_else(|| format!("“{}” is no rule", rule.trim()))?;
    let (a, b) = (a.trim(), b.trim());
    if a.is_empty() || b.is_empty() {
        return Err(format!("the rule “{}” needs two names", verb.name()));
    }
    if out.list.len() == MAX_DECISIONS {
        return Err(format!("a file may hold {MAX_DECISIONS} decisions"));
    }
    let line = u32::try_from(line).unwrap_or(u32::MAX);
    out.list.push(Decision { line, verb, a: a.to_owned(), b: b.to_owned(), note: note.trim().to_owned() });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_with_and_without_a_header() {
        let plain =
            from_csv("o.csv", "# of the strait\ntogether,a.txt,b.txt,same press release\nnot in event;a\nx");
        assert!(plain.unwrap_err().to_string().contains("o.csv, line 3"));
        let plain =
            from_csv("o.csv", "together,a,b,\"one, the same\"\nNot-In-Event,a,The collision\n").unwrap();
        assert_eq!(plain.list[0].note, "one, the same");
        assert_eq!((plain.list[1].verb, plain.list[1].line), (Verb::NotInEvent, 2));
        let headed = from_csv("o.csv", "\u{feff}note;b;a;rule\nwhy;y;x;not same\n").unwrap();
        let decision =
            Decision { line: 2, verb: Verb::NotSame, a: "x".into(), b: "y".into(), note: "why".into() };
        assert_eq!(headed.list, [decision]);
        let lines = from_lines("o.jsonl", "\n{\"rule\":\"apart\",\"a\":\"x\",\"b\":\"y\"}\n").unwrap();
        assert_eq!((lines.list[0].verb, lines.list[0].line), (Verb::Apart, 2));
    }

    #[test]
    fn what_is_no_decision_names_its_line() {
        for (text, line) in [("togehter,a,b", 1), ("apart,a,b\napart,a,", 2), ("apart,a,b\n\n\nsame,,b", 4)] {
            let error = from_csv("o.csv", text).unwrap_err().to_string();
            assert!(error.contains(&format!("o.csv, line {line}:")), "{error}");
        }
        assert!(from_lines("o.jsonl", "[1]").is_err());
        assert!(from_csv("o.csv", "").unwrap().is_empty());
    }
}
