//! Generated lineages: families of invented articles with a known graph, and how well the tracer finds it.
//!
//! `grammar` invents reports, `copying` does to them what desks do, `measure` compares. Everything comes from a seed;
//! the same seed gives the same bytes. Lineages below `HELD_OUT`, and 1000–2299, were looked at while the tracer was tuned; the
//! figures that count are those of the three hundred from `HELD_OUT` on.

mod copying;
mod grammar;
mod measure;

use anyhow::{Context, Result};
use rayon::prelude::*;
use serde_json::json;
use std::io::Write;
use std::path::Path;

/// The first lineage that was not used in tuning.
pub(crate) const HELD_OUT: u64 = 100;

/// Writes the articles of some lineages with their true parents.
pub(crate) fn write(first: u64, count: u64, out: &Path) -> Result<()> {
    let file = std::fs::File::create(out).with_context(|| format!("cannot write {}", out.display()))?;
    let mut file = std::io::BufWriter::new(file);
    for seed in first..first + count {
        let lineage = copying::lineage(seed);
        for report in &lineage.reports {
            let row = json!({
                "id": report.id,
                "lineage": seed,
                "text": report.text(),
                "publisher": report.outlet,
                "published": report.published(),
                "parents": report.parents.iter().map(|p| lineage.name_of(*p)).collect::<Vec<_>>(),
                "declared": report.declares.map(|p| lineage.reports[p].id.clone()),
                "ops": report.done,
            });
            serde_json::to_writer(&mut file, &row)?;
            file.write_all(b"\n")?;
        }
    }
    file.flush()?;
    Ok(())
}

/// Measures the tracer on some lineages, with and without dates, and prints one JSON line for each.
pub(crate) fn measure(first: u64, count: u64) -> Result<()> {
    let mut out = std::io::stdout().lock();
    for dates in [true, false] {
        let figures = measure::figures(first, count, dates);
        writeln!(out, "{figures}")?;
    }
    Ok(())
}

/// Names every edge that the tracer misses or gives wrongly on some lineages, with what was done to the child.
pub(crate) fn missed(first: u64, count: u64, dates: bool) -> Result<()> {
    let mut out = std::io::stdout().lock();
    for seed in first..first + count {
        for line in measure::missed(&copying::lineage(seed), dates) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// The figures of the lineages that were not used in tuning, by name.
pub(crate) fn figures() -> crate::eval::Figures {
    const COUNT: u64 = 300;
    let mut out = crate::eval::Figures::new();
    for (name, dates) in [("dated", true), ("undated", false)] {
        let figures = measure::figures(HELD_OUT, COUNT, dates);
        for figure in ["edges_found", "direction_right", "hidden_found", "origins_exact", "origins_within"] {
            out.insert(format!("{name}.{figure}"), figures[figure].as_f64().unwrap_or(0.0));
        }
    }
    out
}

/// The choices of the members of some lineages, each with and without dates.
pub(crate) fn examples(first: u64, count: u64) -> Vec<crate::train::parents::Example> {
    let of = |seed: u64| {
        let lineage = copying::lineage(seed);
        [true, false]
            .into_iter()
            .flat_map(move |dates| measure::examples(&lineage, dates))
            .collect::<Vec<_>>()
    };
    (first..first + count).into_par_iter().flat_map_iter(of).collect()
}

/// A small generator of numbers: splitmix64.
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    /// From a seed.
    pub(crate) fn new(seed: u64) -> Self {
        // Seeds that follow each other must not give streams that follow each other.
        let mut dice = Dice(seed.wrapping_mul(0xd134_2543_de82_ef95) ^ 0x1234_5678_9abc_def1);
        Dice(dice.next() ^ seed.rotate_left(32))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`, which is at least 1.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// One time in `n`.
    pub(crate) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// One of some.
    pub(crate) fn pick<'p, T: ?Sized>(&mut self, from: &[&'p T]) -> &'p T {
        from[self.below(from.len())]
    }
}
