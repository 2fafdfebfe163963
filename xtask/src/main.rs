//! Automation in Rust: `predict`, `eval`, `train`, `tidy`.

// Automation speaks to a terminal.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod eval;
mod fixtures;
mod lineage;
mod predict;
mod tidy;
mod traced;
mod train;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Headwater's automation")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answer a task of the bench: INPUT lines in, OUTPUT lines out.
    Predict {
        /// extract, dates, times, attribution, names, copies, stories, accounts, figures
        task: String,
        /// JSONL, or JSONL packed with xz
        input: PathBuf,
        /// JSONL
        output: PathBuf,
    },
    /// Train a model from the bench and write its weights.
    Train {
        /// names, attributions, stories, figures, extract
        model: String,
        /// folder of the bench
        #[arg(long, default_value = "../shared/bench")]
        bench: PathBuf,
    },
    /// Measure tasks on the bench and hold the floors of eval/floors.toml.
    Eval {
        /// one task; all when none is given
        task: Option<String>,
        /// only what takes a minute
        #[arg(long)]
        quick: bool,
        /// write the figures as the new floors
        #[arg(long)]
        write: bool,
        /// folder of the bench
        #[arg(long, default_value = "../shared/bench")]
        bench: PathBuf,
        /// the floors
        #[arg(long, default_value = "eval/floors.toml")]
        floors: PathBuf,
    },
    /// Generate invented articles for the benchmark: articles.jsonl, html/*.html, truth.jsonl.
    Fixtures {
        /// how many
        #[arg(long, default_value_t = 2_000)]
        articles: usize,
        /// the same seed gives the same articles
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// folder to write to
        out: PathBuf,
    },
    /// Check the walls between the rooms.
    Tidy,
    /// Generate lineages of invented articles with a known graph; write them, or measure the tracer on them.
    Lineage {
        /// first seed; 100 to 399 were not used in tuning
        #[arg(long, default_value_t = lineage::HELD_OUT)]
        first: u64,
        /// how many lineages
        #[arg(long, default_value_t = 300)]
        count: u64,
        /// write JSONL here instead of measuring
        #[arg(long)]
        out: Option<PathBuf>,
        /// name what is missed instead of counting it
        #[arg(long)]
        missed: bool,
        /// with --missed: without dates of publication
        #[arg(long)]
        undated: bool,
    },
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Predict { task, input, output } => predict::run(&task, &input, &output),
        Command::Train { model, bench } => train::run(&model, &bench),
        Command::Eval { task, quick, write, bench, floors } => {
            eval::run(task.as_deref(), quick, write, &bench, &floors)
        }
        Command::Fixtures { articles, seed, out } => {
            fixtures::write(articles, seed, &out)?;
            Ok(())
        }
        Command::Tidy => tidy::run(Path::new(".")),
        Command::Lineage { first, count, out: Some(out), .. } => lineage::write(first, count, &out),
        Command::Lineage { first, count, missed: true, undated, .. } => {
            lineage::missed(first, count, !undated)
        }
        Command::Lineage { first, count, .. } => lineage::measure(first, count),
    }
}
