//! `headwater report`: files in, account out.

use crate::inputs::{self, Inputs};
use crate::progress::{print, say};
use crate::{Outcome, output};
use anyhow::{Context, Result};
use clap::Args;
use headwater::wire::account::Account;
use headwater::wire::page;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const EXITS: &str = "\
EXIT CODES
  0  done    1  no report was found    2  something failed, in part or whole; what failed is named

EXAMPLES
  headwater report reports/                          writes account.html
  headwater report a.html b.txt --json account.json  data only
  headwater report dump.jsonl -o story.html --json story.json --full-text
  headwater report reports/ --meta table.csv         outlets and dates for files that carry none
  curl -s … | headwater report - --json -            one page from standard input, data to standard output";

/// Read reports and write an account.
#[derive(Args)]
#[command(after_help = format!("{}\n\n{EXITS}", inputs::HELP))]
pub(crate) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    /// Write the account as a page; - for standard output [default: account.html, unless --json is given]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write the account as JSON (schema headwater.account/1); - for standard output
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Embed every report whole, not only the sentences cited and their neighbours
    #[arg(long)]
    full_text: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let output =
        arguments.output.clone().or_else(|| arguments.json.is_none().then(|| PathBuf::from("account.html")));
    let places: Vec<&Path> = [output.as_deref(), arguments.json.as_deref()].into_iter().flatten().collect();
    output::check(&places, &arguments.inputs.paths)?;
    let analysed = match arguments.inputs.analyse("report")? {
        Ok(analysed) => analysed,
        Err(outcome) => return Ok(outcome),
    };
    let show = headwater::Show { full_text: arguments.full_text };
    let mut account = headwater::account(&analysed.analysis, show);
    let shown = |path: &Option<PathBuf>| path.as_ref().map(|p| p.to_string_lossy().into_owned());
    account.inputs.paths = arguments.inputs.paths.clone();
    account.inputs.meta = shown(&arguments.inputs.meta);
    account.inputs.overrides = shown(&arguments.inputs.overrides);

    if let Some(path) = &output {
        output::write(path, &page::render(&account, &page::PageOptions::default()))?;
    }
    if let Some(path) = &arguments.json {
        let mut text =
            serde_json::to_string_pretty(&account).context("the account could not be written as JSON")?;
        text.push('\n');
        output::write(path, &text)?;
    }
    analysed.name_problems();
    if !arguments.inputs.quiet {
        let text = summary(&account, &places);
        if places.iter().any(|p| output::is_stdout(p)) {
            say(text.trim_end());
        } else {
            print(&text).context("cannot write to standard output")?;
        }
    }
    Ok(analysed.outcome())
}

/// What was done, for people.
fn summary(account: &Account, places: &[&Path]) -> String {
    let s = &account.summary;
    let mut out = String::new();
    let plural = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let _ = writeln!(
        out,
        "{} · {} · {} · {} told by more than one{} · {} on a single origin",
        plural(s.reports, "report", "reports"),
        plural(s.happenings, "happening", "happenings"),
        plural(s.stories, "story", "stories"),
        plural(s.shared_statements, "statement", "statements"),
        if s.doubtful == 0 { String::new() } else { format!(", {} of them doubtful", s.doubtful) },
        if s.single_origin == 1 { "1 rests".to_owned() } else { format!("{} rest", s.single_origin) },
    );
    let _ = writeln!(out, "  read        {}", s.reports + account.set_aside.len());
    let _ = writeln!(out, "  kept        {}", s.reports);
    let mut codes: std::collections::BTreeMap<&str, usize> = Default::default();
    for a in &account.set_aside {
        *codes.entry(&a.code).or_default() += 1;
    }
    let set_aside: Vec<String> = codes.iter().map(|(c, n)| format!("{c} {n}")).collect();
    let _ = writeln!(
        out,
        "  set aside   {}",
        if set_aside.is_empty() { "none".to_owned() } else { set_aside.join(", ") }
    );
    let statuses: Vec<String> = s.by_agreement.iter().map(|(k, n)| format!("{k} {n}")).collect();
    let _ = writeln!(
        out,
        "  statements  {}",
        if statuses.is_empty() { "none".to_owned() } else { statuses.join(", ") }
    );
    let _ = writeln!(out, "  copies      {}", s.copies);
    let [least, most] = s.text_origins;
    let _ = writeln!(
        out,
        "  origins     {} behind {}",
        if least == most { least.to_string() } else { format!("{least}–{most}") },
        plural(s.reports, "report", "reports")
    );
    for place in places.iter().filter(|p| !output::is_stdout(p)) {
        let _ = writeln!(out, "see {}", place.display());
    }
    out
}
