//! Trains the two looks at a page's blocks, and writes their tables into `crates/headwater-extract/model`.
//!
//! A block's label is whether its words stand in the gold text; its weight is its share of the gold's words, so
//! that what is learned is the pages' mean F1. The second look learns from judgements of the first on pages
//! that the first was not trained on.

#![expect(clippy::print_stderr, reason = "training tells how far it is")]

mod forest;
mod labels;

use anyhow::Result;
use forest::{Forest, Settings};
use headwater_extract::learning::{self, Measured};
use rayon::prelude::*;
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;

/// Which pages are trained on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Share {
    /// All: for what ships.
    All,
    /// Those whose id falls into the first half: for measuring on the other.
    Half,
}

/// The sets, and how much a page of each counts. The pages of `segments_dev` have labels on a few blocks only.
const SETS: &[(&str, f32)] =
    &[("aeb", 1.5), ("news_a", 1.5), ("wcxb_dev_articles", 0.7), ("segments_dev", 0.6)];

/// A page, measured and labelled.
struct Sample {
    id: String,
    measured: Measured,
    labels: Vec<labels::Label>,
}

/// The half a page belongs to: 0 is trained on, 1 is held out.
pub(crate) fn half(id: &str) -> u64 {
    id.bytes().fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)) >> 17
        & 1
}

/// Trains and writes both tables.
pub(crate) fn run(bench: &Path, share: Share) -> Result<()> {
    let mut samples = Vec::new();
    for (set, weight) in SETS {
        let folder = bench.join("extraction");
        let rows = crate::predict::read(&folder.join(format!("{set}.jsonl.xz")))?;
        let gold: HashMap<String, Value> =
            serde_json::from_slice(&std::fs::read(folder.join(format!("{set}.gold.json")))?)?;
        let rows: Vec<&Value> = rows.iter().filter(|r| share == Share::All || half(id(r)) == 0).collect();
        let more: Vec<Sample> = rows
            .par_iter()
            .filter_map(|row| {
                let measured = learning::measure(&crate::predict::page(row).0);
                let labels = labels::of(&measured.texts, gold.get(id(row))?, *weight);
                Some(Sample { id: id(row).to_owned(), measured, labels })
            })
            .collect();
        eprintln!(
            "{set}: {} pages, {} blocks, {} of them the article's",
            more.len(),
            more.iter().map(|s| s.labels.len()).sum::<usize>(),
            more.iter().flat_map(|s| &s.labels).filter(|l| l.weight > 0.0 && l.article).count()
        );
        samples.extend(more);
    }
    let settings = Settings { trees: 220, rate: 0.12, ridge: 4.0, rows: 0.5, columns: 0.4 };
    let train = |samples: &[&Sample], rows: &[&Vec<Vec<f32>>], seed: u64| {
        let (mut xs, mut ys) = (Vec::new(), Vec::new());
        for (sample, rows) in samples.iter().zip(rows) {
            for (label, row) in sample.labels.iter().zip(rows.iter()) {
                if label.weight > 0.0 {
                    xs.push(row.as_slice());
                    ys.push(*label);
                }
            }
        }
        Forest::train(&xs, &ys, &settings, seed)
    };
    // The first look, on halves, so that each page gets a judgement from a forest that never saw it.
    let fold = |s: &Sample| usize::from(half(&format!("{}+", s.id)) == 1);
    let mut judged: Vec<Vec<f32>> = vec![Vec::new(); samples.len()];
    for k in 0..2 {
        let part: Vec<&Sample> = samples.iter().filter(|s| fold(s) != k).collect();
        let rows: Vec<&Vec<Vec<f32>>> = part.iter().map(|s| &s.measured.rows).collect();
        let forest = train(&part, &rows, 7 + k as u64);
        let answers: Vec<(usize, Vec<f32>)> = samples
            .par_iter()
            .enumerate()
            .filter(|(_, s)| fold(s) == k)
            .map(|(i, s)| (i, forest.judge(&s.measured.rows)))
            .collect();
        for (i, answer) in answers {
            judged[i] = answer;
        }
        eprintln!("first look, fold {k}: done");
    }
    let all: Vec<&Sample> = samples.iter().collect();
    let first = train(&all, &samples.iter().map(|s| &s.measured.rows).collect::<Vec<_>>(), 3);
    let second_rows: Vec<Vec<Vec<f32>>> =
        samples.par_iter().zip(&judged).map(|(s, j)| s.measured.second(j)).collect();
    let second = train(&all, &second_rows.iter().collect::<Vec<_>>(), 5);
    let folder = Path::new("crates/headwater-extract/model");
    std::fs::write(folder.join("blocks-first.bin"), first.table())?;
    std::fs::write(folder.join("blocks-second.bin"), second.table())?;
    Ok(())
}

fn id(row: &Value) -> &str {
    row.get("id").and_then(Value::as_str).unwrap_or("")
}
