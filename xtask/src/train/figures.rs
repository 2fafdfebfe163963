//! The model that tells whether two figures of people harmed are of one thing: `crates/headwater-account/data/figures.model`.
//!
//! Softmax regression over typed features, trained on the incidents of the FAKES pairs that are not held out.

use super::softmax;
use crate::eval::figures::{Gold, gold};
use crate::predict::{self, figures::MODEL_FILE};
use anyhow::Result;
use headwater_account::{FEATURES, PairModel};
use rayon::prelude::*;
use std::fmt::Write as _;
use std::path::Path;

/// Weight of a pair that its annotator was not sure of.
const UNSURE: f32 = 0.4;

/// What a pair is, as far as kinship goes: same, scope, apart.
fn class(g: &Gold) -> usize {
    match g.label.as_str() {
        "scope" => 1,
        "other incident" => 2,
        _ => 0,
    }
}

/// Trains on the developed half, prints both.
pub(super) fn run(bench: &Path) -> Result<()> {
    let gold = gold(bench)?;
    let blank = PairModel::parse("");
    let read: Vec<Option<Vec<f32>>> = gold
        .par_iter()
        .map(|g| Ok(predict::figures::judge_with(&g.row, &blank)?.map(|b| b.features)))
        .collect::<Result<_>>()?;
    let rows: Vec<(&Gold, Vec<f32>)> = gold.iter().zip(read).filter_map(|(g, f)| Some((g, f?))).collect();
    let train: Vec<softmax::Row> = rows
        .iter()
        .filter(|(g, _)| !g.held_out)
        .map(|(g, f)| softmax::Row {
            x: f.clone(),
            class: class(g),
            weight: if g.sure { 1.0 } else { UNSURE },
        })
        .collect();
    let weights = softmax::train(&train, 3, softmax::Options::default());
    let mut out = String::from(
        "# Whether two figures of people harmed are of one thing: weights of same, scope, apart for each feature.\n\
         # Trained by `cargo xtask train figures` on half of the incidents of the FAKES pairs.\n",
    );
    for (name, w) in FEATURES.iter().zip(&weights) {
        writeln!(out, "{name}\t{:.4}\t{:.4}\t{:.4}", w[0], w[1], w[2])?;
    }
    std::fs::write(MODEL_FILE, &out)?;
    let model = PairModel::parse(&out);
    for held in [false, true] {
        let part: Vec<_> = rows.iter().filter(|(g, _)| g.held_out == held && g.sure).collect();
        let right = part
            .iter()
            .filter(|(g, f)| {
                let s = model.weigh(f);
                let best = (0..3).max_by(|&a, &b| s[a].total_cmp(&s[b])).unwrap_or(0);
                best == class(g)
            })
            .count();
        println!("{}: kinship {right} of {}", if held { "held out" } else { "trained on" }, part.len());
    }
    println!("wrote {MODEL_FILE}");
    Ok(())
}
