//! How well likeness tells related claims from others (`claims/claimdiff_strength_train.json`): 1,857 ordered pairs of
//! claims on one event by two outlets, of which an annotator said whether the one bears on the other.
//!
//! Nothing is trained on them: the likeliest pair of clauses of the two claims, by itself, is the pair's score.

use super::Figures;
use super::commitment::auc;
use crate::predict::accounts::{article, models};
use anyhow::Result;
use headwater_account::LikenessModel;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::path::Path;

/// The likeliest pair of clauses of two claims.
fn likeness(row: &Value, model: &LikenessModel) -> f64 {
    let side = |id: &str, k: &str| article(&json!({"id": id, "text": row[k], "published": row["date"]}));
    let articles = vec![side("a", "claim_a"), side("b", "claim_b")];
    let analysis = headwater::analyse_articles(articles, models(), &mut |_, _, _| {});
    let pairs = analysis.compared(models());
    pairs.pairs.iter().map(|p| f64::from(model.alone(&p.features))).fold(0.0, f64::max)
}

/// All pairs.
pub(super) fn run(bench: &Path) -> Result<Figures> {
    let data = super::json(&bench.join("claims/claimdiff_strength_train.json"))?;
    let rows = data["data"].as_array().cloned().unwrap_or_default();
    let model = LikenessModel::bundled();
    let scores: Vec<f64> = rows.par_iter().map(|row| likeness(row, &model)).collect();
    let related: Vec<bool> = rows.iter().map(|row| row["relation"] == 1).collect();
    println!("  {} pairs, {} related", rows.len(), related.iter().filter(|r| **r).count());
    Ok(Figures::from([("auc".to_owned(), auc(&scores, &related))]))
}
