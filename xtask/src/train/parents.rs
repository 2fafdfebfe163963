//! Trains who is the parent of whom: a conditional logit over the candidates of every member of generated families.
//!
//! Lineages from `FIRST` on, each with and without dates; those that are measured are never among them. The
//! objective is convex and is walked down with L-BFGS in a fixed order of sums, so the same bytes come out on every run.

use crate::lineage;
use anyhow::{Context, Result};
use headwater_trace::learn::{Bins, Choice, OF_PAIR, SETTINGS, Weights, feature_names, setting};
use rayon::prelude::*;
use std::path::Path;

/// The first lineage that is trained on, and how many.
const FIRST: u64 = 10_000;
const COUNT: u64 = 8_000;
/// Bins of a feature at the most (bins).
const BINS: usize = 12;
/// Pull towards zero (per squared weight).
const RIDGE: f64 = 3.0;
/// Steps of L-BFGS (steps), and how many of the last are remembered.
const STEPS: usize = 300;
const MEMORY: usize = 10;

/// Where the weights go: those of copies and those of articles that are made of two texts.
const FILES: [(bool, &str); 2] = [
    (false, "crates/headwater-trace/data/parents.tsv"),
    (true, "crates/headwater-trace/data/parents-merged.tsv"),
];

#[derive(Clone)]
/// One choice with the right answer: a place among the rows.
pub(crate) struct Example {
    pub(crate) choice: Choice,
    pub(crate) right: usize,
}

/// Trains and writes the weights.
pub(crate) fn run() -> Result<()> {
    let (examples, held_out) =
        (lineage::examples(FIRST, COUNT), lineage::examples(FIRST + COUNT, COUNT / 16));
    for (merged, file) in FILES {
        let of = |all: &[Example]| -> Vec<Example> {
            all.iter().filter(|e| e.choice.merged == merged).cloned().collect()
        };
        let (examples, held_out) = (of(&examples), of(&held_out));
        let weights = train(&examples);
        println!(
            "{file}: {} choices, right on them {:.4}, on {} of lineages not trained on {:.4}",
            examples.len(),
            right(&weights, &examples),
            held_out.len(),
            right(&weights, &held_out)
        );
        let card = format!(
            "# Who is the parent of whom {}: feature, last values of the bins, weights for a\n\
             # parent, for nobody. Trained by `cargo xtask train parents` on generated lineages {FIRST}-{}, with and\n\
             # without dates.\n",
            if merged { "when an article is made of two texts" } else { "in a family of copies" },
            FIRST + COUNT - 1
        );
        std::fs::write(Path::new(file), card + &weights.write())
            .with_context(|| format!("cannot write {file}"))?;
    }
    Ok(())
}

/// Where each weight stands: by feature and by whether the row is nobody's.
struct Layout {
    edges: Vec<Vec<i32>>,
    starts: Vec<usize>,
    width: usize,
}

impl Layout {
    fn new(examples: &[Example]) -> Self {
        let mut layout = Layout { edges: Vec::new(), starts: Vec::new(), width: 0 };
        for feature in 0..feature_names().len() {
            let mut values: Vec<i32> =
                examples.iter().flat_map(|e| e.choice.rows.iter().map(|r| r[feature])).collect();
            values.sort_unstable();
            let mut edges = values.clone();
            edges.dedup();
            edges.pop();
            if edges.len() >= BINS {
                edges = (1..BINS).map(|n| values[n * values.len() / BINS]).collect();
                edges.dedup();
            }
            layout.starts.push(layout.width);
            layout.width += 2 * (edges.len() + 1);
            layout.edges.push(edges);
        }
        layout
    }

    /// The weights that a row adds up: of every feature one for all settings and one for its own.
    fn of(&self, row: &[i32], nobody: bool) -> Vec<u32> {
        let own = (1 + setting(row)) * self.width;
        let mut out = Vec::with_capacity(2 * row.len());
        for (feature, value) in row.iter().enumerate() {
            // What is the child's own is the same for all who may be the parent, and tells for nobody alone.
            if feature < OF_PAIR || nobody {
                let edges = &self.edges[feature];
                let bin = edges.partition_point(|e| e < value);
                let side = if nobody { edges.len() + 1 } else { 0 };
                let at = self.starts[feature] + side + bin;
                out.extend([at as u32, (own + at) as u32]);
            }
        }
        out
    }

    fn weights(&self, w: &[f64]) -> Weights {
        let sum = |at: usize, setting: usize| w[at] + w[(1 + setting) * self.width + at];
        let bins = self.edges.iter().zip(&self.starts).map(|(edges, start)| {
            let n = edges.len() + 1;
            let of = |setting: usize, from: usize| (from..from + n).map(|at| sum(at, setting)).collect();
            Bins {
                edges: edges.clone(),
                weights: std::array::from_fn(|setting| [of(setting, *start), of(setting, start + n)]),
            }
        });
        Weights(bins.collect())
    }
}

/// Trains on some examples.
fn train(examples: &[Example]) -> Weights {
    let layout = Layout::new(examples);
    let width = (1 + SETTINGS) * layout.width;
    let rows: Vec<(Vec<Vec<u32>>, usize)> = examples
        .iter()
        .map(|e| {
            let last = e.choice.rows.len() - 1;
            let rows = e.choice.rows.iter().enumerate().map(|(n, row)| layout.of(row, n == last)).collect();
            (rows, e.right)
        })
        .collect();
    let slope = |w: &[f64]| -> (f64, Vec<f64>) {
        // Parts of one size, added in their order: the same sum on any number of threads.
        let parts: Vec<(f64, Vec<f64>)> = rows.par_chunks(PART).map(|part| part_slope(part, w)).collect();
        let mut loss = 0.5 * RIDGE * w.iter().map(|w| w * w).sum::<f64>();
        let mut slope: Vec<f64> = w.iter().map(|w| RIDGE * w).collect();
        for (part_loss, part) in parts {
            loss += part_loss;
            slope.iter_mut().zip(part).for_each(|(sum, s)| *sum += s);
        }
        (loss, slope)
    };
    layout.weights(&descend(width, slope))
}

/// Choices that are added up in one go (choices).
const PART: usize = 4096;

/// Negative log likelihood of some choices, and its slope.
fn part_slope(choices: &[(Vec<Vec<u32>>, usize)], w: &[f64]) -> (f64, Vec<f64>) {
    let (mut loss, mut slope, mut sums) = (0.0, vec![0.0; w.len()], Vec::new());
    for (rows, right) in choices {
        sums.clear();
        sums.extend(rows.iter().map(|row| row.iter().map(|at| w[*at as usize]).sum::<f64>()));
        let most = sums.iter().copied().fold(f64::MIN, f64::max);
        let all: f64 = sums.iter().map(|s| (s - most).exp()).sum();
        loss -= sums[*right] - most - all.ln();
        for (n, row) in rows.iter().enumerate() {
            let step = (sums[n] - most).exp() / all - f64::from(u8::from(n == *right));
            for at in row {
                slope[*at as usize] += step;
            }
        }
    }
    (loss, slope)
}

/// Walks down a convex function with L-BFGS (Nocedal and Wright, Numerical Optimization, algorithm 7.5).
fn descend(width: usize, of: impl Fn(&[f64]) -> (f64, Vec<f64>)) -> Vec<f64> {
    let dot = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>();
    let mut at = vec![0.0; width];
    let (mut loss, mut slope) = of(&at);
    let mut past: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
    for _ in 0..STEPS {
        let mut step = slope.clone();
        let mut kept = Vec::new();
        for (s, y) in past.iter().rev() {
            let share = dot(s, &step) / dot(s, y);
            step.iter_mut().zip(y).for_each(|(d, y)| *d -= share * y);
            kept.push(share);
        }
        let scale =
            past.last().map_or(1.0 / dot(&slope, &slope).sqrt().max(1.0), |(s, y)| dot(s, y) / dot(y, y));
        step.iter_mut().for_each(|d| *d *= scale);
        for ((s, y), share) in past.iter().zip(kept.into_iter().rev()) {
            let back = share - dot(y, &step) / dot(s, y);
            step.iter_mut().zip(s).for_each(|(d, s)| *d += back * s);
        }
        let down = dot(&slope, &step);
        let mut length = 1.0;
        let next = loop {
            let tried: Vec<f64> = at.iter().zip(&step).map(|(w, d)| w - length * d).collect();
            let (new_loss, new_slope) = of(&tried);
            if new_loss <= loss - 1e-4 * length * down {
                break Some((tried, new_loss, new_slope));
            }
            length /= 2.0;
            if length < 1e-6 {
                break None;
            }
        };
        let Some((tried, new_loss, new_slope)) = next else { break };
        let s: Vec<f64> = tried.iter().zip(&at).map(|(x, y)| x - y).collect();
        let y: Vec<f64> = new_slope.iter().zip(&slope).map(|(x, y)| x - y).collect();
        if dot(&s, &y) > 1e-12 {
            past.push((s, y));
            if past.len() > MEMORY {
                past.remove(0);
            }
        }
        let gained = loss - new_loss;
        (at, loss, slope) = (tried, new_loss, new_slope);
        if gained < 1e-6 * loss.abs() {
            break;
        }
    }
    at
}

/// Share of choices whose likeliest candidate is the right one.
fn right(weights: &Weights, examples: &[Example]) -> f64 {
    let right = examples.iter().filter(|e| {
        let last = e.choice.rows.len() - 1;
        let sum = |n: usize| weights.sum(&e.choice.rows[n], n == last);
        (0..=last).max_by(|x, y| sum(*x).total_cmp(&sum(*y))) == Some(e.right)
    });
    right.count() as f64 / examples.len().max(1) as f64
}
