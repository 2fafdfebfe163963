//! Automation in Rust: `predict`, `eval`, `train`, `tidy`, `fixtures`.

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
        /// names, attributions, extract, extract-half
        model: String,
        /// folder of the bench
        #[arg(long, default_value = "../shared/bench")]
        bench: PathBuf,
    },
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Predict { task, input, output } => predict::run(&task, &input, &output),
        Command::Train { model, bench } => train::run(&model, &bench),
    }
}
