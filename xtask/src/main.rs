//! Automation in Rust: `predict`, `eval`, `train`, `tidy`, `fixtures`.

mod lineage;
mod predict;
mod train;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::PathBuf;

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
        /// extract, dates, times, attribution, names, copies, stories
        task: String,
        /// JSONL, or JSONL packed with xz
        input: PathBuf,
        /// JSONL
        output: PathBuf,
    },
    /// Train a model from the bench and write its weights.
    Train {
        /// names, attributions
        model: String,
        /// folder of the bench
        #[arg(long, default_value = "../shared/bench")]
        bench: PathBuf,
    },
    /// Generate lineages of invented articles with a known graph; write them, or measure the tracer on them.
    Lineage {
        /// first seed; those from 100 on were not used in tuning
        #[arg(long, default_value_t = lineage::HELD_OUT)]
        first: u64,
        /// how many lineages
        #[arg(long, default_value_t = 300)]
        count: u64,
        /// write JSONL here instead of measuring
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Predict { task, input, output } => predict::run(&task, &input, &output),
        Command::Train { model, bench } => train::run(&model, &bench),
        Command::Lineage { first, count, out: Some(out) } => lineage::write(first, count, &out),
        Command::Lineage { first, count, out: None } => lineage::measure(first, count),
    }
}
