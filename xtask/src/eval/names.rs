//! Names by exact span and kind (`names_score.py`): on the documents that training holds out, and on foreign news of
//! the bench whose names were labelled for this project (`eval/foreign-names.json`: 44 passages, 860 names, CoNLL's
//! rules, one reading before any tagger was run on them).

use super::Figures;
use crate::{predict, train};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const KINDS: &[&str] = &["person", "organisation", "place"];

/// The sets whose news-like parts the goal is about.
const TOGETHER: &[&str] = &["wikigold", "politics", "gum news"];

fn names(row: &Value) -> BTreeSet<(i64, i64, String)> {
    let list = row["names"].as_array().into_iter().flatten();
    let read = |n: &Value| Some((n["start"].as_i64()?, n["end"].as_i64()?, n["kind"].as_str()?.to_owned()));
    list.filter_map(read).filter(|n| KINDS.contains(&n.2.as_str())).collect()
}

/// Where the labels of foreign news are, from the repository's root.
const FOREIGN: &str = "eval/foreign-names.json";

/// The set that the foreign passages count as.
const FOREIGN_NEWS: &str = "foreign news";

/// The beginnings of articles of the bench whose names are labelled, with these names.
fn foreign(bench: &Path) -> Result<Vec<(&'static str, Value)>> {
    let labels = super::json(Path::new(FOREIGN))?;
    let mut sets: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let mut out = Vec::new();
    for (n, label) in labels.as_array().into_iter().flatten().enumerate() {
        let set = label["set"].as_str().context("a passage without a set")?;
        if !sets.contains_key(set) {
            sets.insert(set.to_owned(), predict::read(&bench.join(format!("{set}.jsonl")))?);
        }
        let rows = &sets[set];
        let id = |r: &&Value| r["id"] == label["id"] || r["unit_id"] == label["id"];
        let row = match label["line"].as_u64() {
            Some(line) => rows.get(line as usize),
            None => rows.iter().find(id),
        };
        let row = row.with_context(|| format!("{set} has no row {}", label["id"]))?;
        let end = label["end"].as_u64().unwrap_or(0) as usize;
        let text: String = text_of(row).chars().take(end).collect();
        let names: Vec<Value> = label["names"].as_array().into_iter().flatten().map(name).collect();
        out.push((FOREIGN_NEWS, json!({"id": format!("foreign-{n}"), "text": text, "names": names})));
    }
    Ok(out)
}

/// The text of a row as its set holds it.
fn text_of(row: &Value) -> String {
    if let Some(text) = row["text"].as_str().or_else(|| row["article_content"].as_str()) {
        return text.to_owned();
    }
    let paragraphs = row["paragraphs"].as_array().into_iter().flatten();
    paragraphs.filter_map(Value::as_str).collect::<Vec<_>>().join("\n")
}

fn name(label: &Value) -> Value {
    json!({"start": label[0], "end": label[1], "kind": label[2]})
}

/// Held-out parts of the open sets, each and the news-like ones together; and foreign news.
pub(super) fn run(bench: &Path) -> Result<Figures> {
    let mut rows = train::names::held_out(bench)?;
    rows.extend(foreign(bench)?);
    let bare: Vec<Value> = rows.iter().map(|(_, r)| json!({"id": r["id"], "text": r["text"]})).collect();
    let answers = predict::answer("names", &bare)?;
    let mut counts: BTreeMap<String, [f64; 3]> = BTreeMap::new();
    for ((set, row), answer) in rows.iter().zip(&answers) {
        let (gold, found) = (names(row), names(answer));
        let hits = gold.intersection(&found).count() as f64;
        let mut labels = vec![set.replace(' ', "_")];
        if TOGETHER.iter().any(|t| t.eq_ignore_ascii_case(set)) {
            labels.push("together".to_owned());
        }
        for label in labels {
            let c = counts.entry(label).or_default();
            c[0] += hits;
            c[1] += found.len() as f64;
            c[2] += gold.len() as f64;
        }
    }
    Ok(counts
        .into_iter()
        .map(|(set, [hits, found, gold])| (format!("{set}.f1"), super::prf(hits, found, gold).2))
        .collect())
}
