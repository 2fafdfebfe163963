//! The `headwater` program: words in, exit code out. All work is in the engine.

mod copies;
mod export;
mod extract;
mod fetching;
mod inputs;
mod names;
mod output;
mod progress;
mod quotes;
mod report;
mod stories;
mod times;
mod verify;
mod why;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Many reports of the same happenings in, one sourced account out.
#[derive(Parser)]
#[command(name = "headwater", version, about, long_about = LONG, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const LONG: &str = "Headwater reads many reports of the same happenings and gives back one sourced account: what happened \
when, who said what and through whom, which reports copy which, how many independent origins stand behind each statement, \
where the reports agree, where they differ, and what only one of them tells. Every line is tied to the exact words it came \
from. It works offline, and it never says what is true.";

const EXAMPLES: &str = "\
EXAMPLES
  headwater report reports/                       reads a folder of saved pages, writes account.html
  headwater report dump.jsonl --json account.json writes data instead
  headwater extract page.html --explain           the clean article of a page, and what was taken out
  headwater copies reports/                       shows who has it from whom
  headwater why a.html b.html                     says why the two hang together, passage by passage
  headwater quotes reports/                       lists who said what, and through whom
  headwater stories reports/                      lists the events and stories they tell
  headwater names reports/                        lists who and what is named
  headwater verify account.json                   checks every line of it against the reports again
  headwater export account.json --format csv      the same for a spreadsheet, and for other programs

Each command says more: headwater report --help";

#[derive(Subcommand)]
enum Command {
    /// Read reports and write an account: a page to read and data to join.
    Report(report::Arguments),
    /// Print the clean articles of pages, and why each block was kept or taken out.
    Extract(extract::Arguments),
    /// Show which reports are copies of which: families, who has it from whom, a picture, a graph.
    Copies(copies::Arguments),
    /// Say why two reports are copies, grouped, or neither, with their passages side by side.
    Why(why::Arguments),
    /// List who said what, and through whom.
    Quotes(quotes::Arguments),
    /// Write an account in a format that other programs read.
    Export(export::Arguments),
    /// List the events and stories that reports tell.
    Stories(stories::Arguments),
    /// Show the times that a text tells, with their values.
    Times(times::Arguments),
    /// List the persons, organisations, places and governments that reports name.
    Names(names::Arguments),
    /// Check every hash and span of an account against its sources again.
    Verify(verify::Arguments),
}

/// What a command ends with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Done.
    Done = 0,
    /// Nothing was found to work on.
    Nothing = 1,
    /// Failed, in part or whole.
    Failed = 2,
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Report(arguments) => report::run(&arguments),
        Command::Extract(arguments) => extract::run(&arguments),
        Command::Copies(arguments) => copies::run(&arguments),
        Command::Why(arguments) => why::run(&arguments),
        Command::Quotes(arguments) => quotes::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Stories(arguments) => stories::run(&arguments),
        Command::Times(arguments) => times::run(&arguments),
        Command::Names(arguments) => names::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
    };
    match result {
        Ok(outcome) => ExitCode::from(outcome as u8),
        Err(error) => {
            progress::say(&format!("headwater: {error:#}"));
            ExitCode::from(Outcome::Failed as u8)
        }
    }
}
