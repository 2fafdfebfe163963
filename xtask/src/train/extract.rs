//! Trains the two looks at a page's blocks, and writes their tables into `crates/headwater-extract/model`.
//!
//! A block's label is whether its words stand in the gold text; its weight is its share of the gold's words, so
//! that what is learned is the pages' mean F1. The second look learns from judgements of the first on pages
//! that the first was not trained on. `across` trains on the sites of each half and measures on the other: what
//! the chooser is worth on sites it never saw.

#![expect(clippy::print_stderr, clippy::print_stdout, reason = "training tells how far it is")]

mod forest;
mod labels;

use crate::eval::{Figures, extraction};
use anyhow::Result;
use forest::{Forest, Settings};
use headwater_extract::learning::{self, Measured, Tables};
use headwater_extract::{Body, PageInput};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::path::Path;

/// The sets, and how much a page of each counts. The pages of `segments_dev` have labels on a few blocks only.
const SETS: &[(&str, f32)] =
    &[("aeb", 1.5), ("news_a", 1.5), ("wcxb_dev_articles", 0.7), ("segments_dev", 0.6)];

/// A page, measured and labelled.
struct Sample {
    id: String,
    measured: Measured,
    labels: Vec<labels::Label>,
}

/// A set with its gold answers.
struct Set {
    name: &'static str,
    weight: f32,
    rows: Vec<Value>,
    gold: Value,
}

fn sets(bench: &Path) -> Result<Vec<Set>> {
    let folder = bench.join("extraction");
    SETS.iter()
        .map(|(name, weight)| {
            let rows = crate::predict::read(&folder.join(format!("{name}.jsonl.xz")))?;
            let gold = serde_json::from_slice(&std::fs::read(folder.join(format!("{name}.gold.json")))?)?;
            Ok(Set { name, weight: *weight, rows, gold })
        })
        .collect()
}

/// One of two halves that a name falls into.
fn half(name: &str) -> usize {
    let hash =
        name.bytes().fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    (hash >> 17 & 1) as usize
}

/// The site of a page, so that no site is on both sides; its id where no address is known.
fn site(row: &Value) -> &str {
    match row.get("url").and_then(Value::as_str).and_then(|u| Some(u.split_once("://")?.1)) {
        Some(rest) => rest.split(['/', ':', '?']).next().unwrap_or(rest).trim_start_matches("www."),
        None => id(row),
    }
}

/// Trains on all pages and writes both tables.
pub(crate) fn run(bench: &Path) -> Result<()> {
    let sets = sets(bench)?;
    let (first, second) = train(&samples(&sets, |_| true));
    let folder = Path::new("crates/headwater-extract/model");
    std::fs::write(folder.join("blocks-first.bin"), first)?;
    std::fs::write(folder.join("blocks-second.bin"), second)?;
    Ok(())
}

/// Trains on the sites of each half, reads the pages of the other half by that, and prints the figures of all.
pub(crate) fn across(bench: &Path) -> Result<()> {
    let sets = sets(bench)?;
    let mut answers: Vec<Vec<Value>> = sets.iter().map(|_| Vec::new()).collect();
    for held_out in 0..2 {
        let (first, second) = train(&samples(&sets, |row| half(site(row)) != held_out));
        let tables = Tables::read(&first, &second);
        for (set, answers) in sets.iter().zip(&mut answers) {
            let rows: Vec<&Value> = set.rows.iter().filter(|r| half(site(r)) == held_out).collect();
            answers.par_extend(rows.par_iter().map(|row| {
                let html = crate::predict::page(row).0;
                let article = tables.article(&PageInput::new("", Body::Html(&html)), &html);
                json!({"id": row["id"], "text": article.text})
            }));
        }
    }
    let mut figures = Figures::new();
    for (set, answers) in sets.iter().zip(&answers) {
        if set.name == "segments_dev" {
            extraction::score_segments(&set.gold, answers, &mut figures);
        } else {
            extraction::score_text(&set.gold, answers, set.name, &mut figures);
        }
    }
    println!("on sites that were not trained on:");
    for (name, value) in figures {
        if [".f1", ".precision", ".recall"].iter().any(|end| name.ends_with(end)) {
            println!("{name:<32} {value:.4}");
        }
    }
    Ok(())
}

fn samples(sets: &[Set], wanted: impl Fn(&Value) -> bool) -> Vec<Sample> {
    let mut samples = Vec::new();
    for set in sets {
        let rows: Vec<&Value> = set.rows.iter().filter(|r| wanted(r)).collect();
        let more: Vec<Sample> = rows
            .par_iter()
            .filter_map(|row| {
                let measured = learning::measure(&crate::predict::page(row).0);
                let labels = labels::of(&measured.texts, set.gold.get(id(row))?, set.weight);
                Some(Sample { id: id(row).to_owned(), measured, labels })
            })
            .collect();
        eprintln!(
            "{}: {} pages, {} blocks, {} of them the article's",
            set.name,
            more.len(),
            more.iter().map(|s| s.labels.len()).sum::<usize>(),
            more.iter().flat_map(|s| &s.labels).filter(|l| l.weight > 0.0 && l.article).count()
        );
        samples.extend(more);
    }
    samples
}

/// Trains both looks; gives their tables.
fn train(samples: &[Sample]) -> (Vec<u8>, Vec<u8>) {
    let settings = Settings { trees: 220, rate: 0.12, ridge: 4.0, rows: 0.5, columns: 0.4 };
    let look = |samples: &[&Sample], rows: &[&Vec<Vec<f32>>], seed: u64| {
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
    let fold = |s: &Sample| half(&format!("{}+", s.id));
    let mut judged: Vec<Vec<f32>> = vec![Vec::new(); samples.len()];
    for k in 0..2 {
        let part: Vec<&Sample> = samples.iter().filter(|s| fold(s) != k).collect();
        let rows: Vec<&Vec<Vec<f32>>> = part.iter().map(|s| &s.measured.rows).collect();
        let forest = look(&part, &rows, 7 + k as u64);
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
    let first = look(&all, &samples.iter().map(|s| &s.measured.rows).collect::<Vec<_>>(), 3);
    let second_rows: Vec<Vec<Vec<f32>>> =
        samples.par_iter().zip(&judged).map(|(s, j)| s.measured.second(j)).collect();
    let second = look(&all, &second_rows.iter().collect::<Vec<_>>(), 5);
    (first.table(), second.table())
}

fn id(row: &Value) -> &str {
    row.get("id").and_then(Value::as_str).unwrap_or("")
}
