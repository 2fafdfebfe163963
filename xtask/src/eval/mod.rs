//! Measures every task on the bench and holds the floors of `eval/floors.toml`.
//!
//! The scorers here follow those beside the bench, figure by figure, so that nothing but the Rust toolchain
//! is needed. A figure may rise and never drops silently.

pub(crate) mod accounts;
mod attribution;
mod chains;
mod clusters;
mod commitment;
mod entities;
pub(crate) mod extraction;
pub(crate) mod figures;
mod injected;
mod names;
mod related;
mod stories;
mod times;
mod undated;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Figures by name, such as `timebank.value_f1`.
pub(crate) type Figures = BTreeMap<String, f64>;

/// A task: its name, whether `--quick` runs it, and how it is measured.
struct Task {
    name: &'static str,
    quick: bool,
    run: fn(&Path) -> Result<Figures>,
}

const TASKS: &[Task] = &[
    Task { name: "times", quick: true, run: times::run },
    Task { name: "undated", quick: true, run: undated::run },
    Task { name: "attribution", quick: true, run: attribution::run },
    Task { name: "chains", quick: true, run: chains::run },
    Task { name: "commitment", quick: true, run: commitment::run },
    Task { name: "names", quick: true, run: names::run },
    Task { name: "entities", quick: true, run: entities::run },
    Task { name: "copies", quick: true, run: clusters::copies },
    Task { name: "lineage", quick: true, run: |_| Ok(crate::lineage::figures()) },
    Task { name: "stories", quick: true, run: clusters::stories },
    Task { name: "stories-large", quick: false, run: clusters::stories_large },
    Task { name: "stories-order", quick: false, run: stories::run },
    Task { name: "accounts", quick: true, run: accounts::run },
    Task { name: "related", quick: true, run: related::run },
    Task { name: "figures", quick: true, run: figures::run },
    Task { name: "injected", quick: true, run: injected::run },
    Task { name: "extract", quick: true, run: extraction::extract },
    Task { name: "extract-large", quick: false, run: extraction::extract_large },
    Task { name: "dates", quick: false, run: extraction::dates },
];

/// How far a figure may lie below its floor: rounding of the printed figure, nothing more.
const TOLERANCE: f64 = 0.0005;

/// Runs tasks and compares with the floors.
pub(crate) fn run(only: Option<&str>, quick: bool, write: bool, bench: &Path, floors: &Path) -> Result<()> {
    if !bench.is_dir() {
        bail!("the bench is not at {}: it lies beside the checkout (or give --bench)", bench.display());
    }
    let mut held: BTreeMap<String, BTreeMap<String, f64>> = match std::fs::read_to_string(floors) {
        Ok(text) => {
            toml::from_str(&text).with_context(|| format!("{} is no table of floors", floors.display()))?
        }
        Err(_) => BTreeMap::new(),
    };
    let mut below = Vec::new();
    let mut ran = 0;
    for task in TASKS.iter().filter(|t| only.map_or(!quick || t.quick, |o| o == t.name)) {
        ran += 1;
        let figures = (task.run)(bench).with_context(|| format!("task {}", task.name))?;
        println!("{}", task.name);
        for (name, value) in &figures {
            let floor = held.get(task.name).and_then(|f| f.get(name));
            let mark = match floor {
                Some(f) if *value < f - TOLERANCE => {
                    below.push(format!("{} {name}: {value:.4} is below its floor {f:.4}", task.name));
                    "  BELOW ITS FLOOR"
                }
                Some(f) if *value > f + 0.005 => "  above its floor: raise it",
                _ => "",
            };
            let floor = floor.map_or_else(|| "none".to_owned(), |f| format!("{f:.4}"));
            println!("  {name:<34} {value:>9.4}   floor {floor:>8}{mark}");
        }
        if write {
            let rounded =
                figures.iter().map(|(k, v)| (k.clone(), (v * 10_000.0).floor() / 10_000.0)).collect();
            held.insert(task.name.to_owned(), rounded);
        }
    }
    if ran == 0 {
        let names: Vec<&str> = TASKS.iter().map(|t| t.name).collect();
        bail!("no such task; there are {}", names.join(", "));
    }
    if write {
        let head = "# Floors of the figures that `cargo xtask eval` measures on the bench. A figure may rise and never drops silently.\n\
                    # Written by `cargo xtask eval --write`; raise them in the commit that raises the figure.\n\n";
        std::fs::write(floors, head.to_owned() + &toml::to_string(&held)?)?;
        println!("wrote {}", floors.display());
        return Ok(());
    }
    if !below.is_empty() {
        bail!("figures dropped:\n  {}", below.join("\n  "));
    }
    Ok(())
}

/// Reads a JSON file.
pub(crate) fn json(path: &Path) -> Result<Value> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(serde_json::from_str(&text)?)
}

/// Precision, recall and F1 in percent.
fn prf(hits: f64, system: f64, gold: f64) -> (f64, f64, f64) {
    let (p, r) = (100.0 * hits / system.max(1.0), 100.0 * hits / gold.max(1.0));
    (p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
}
