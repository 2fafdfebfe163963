//! Names by exact span and kind (`names_score.py`) on the documents that training holds out.

use super::Figures;
use crate::{predict, train};
use anyhow::Result;
use serde_json::Value;
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

/// Held-out parts of the open sets, each and the news-like ones together.
pub(super) fn run(bench: &Path) -> Result<Figures> {
    let rows = train::names::held_out(bench)?;
    let bare: Vec<Value> =
        rows.iter().map(|(_, r)| serde_json::json!({"id": r["id"], "text": r["text"]})).collect();
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
