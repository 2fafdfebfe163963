//! What every command that reads reports is given, how it is read, and what is said of what could not be.

use crate::Outcome;
use crate::progress::{Progress, say};
use anyhow::Result;
use clap::Args;
use headwater::wire::account::SetAside;
use headwater::{Analysis, Models};
use std::path::PathBuf;

/// Reports, and what is known of them beside their texts.
#[derive(Args)]
pub(crate) struct Inputs {
    /// Files and folders of reports, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    /// Table (CSV or JSONL) of outlet, url, date for files that carry none
    #[arg(long, value_name = "FILE")]
    pub(crate) meta: Option<PathBuf>,
    /// Your decisions (CSV or JSONL): reports together or apart, names that are the same or not
    #[arg(long, value_name = "FILE")]
    pub(crate) overrides: Option<PathBuf>,
    /// Say nothing but errors
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// What is read, for a command's help.
pub(crate) const HELP: &str = "\
INPUT
  .txt            one report each, as saved or as a crawl left it; residue is taken out and shown
  .html, .htm     one page each
  .jsonl, .ndjson one report a line: `text` or `html`, and where known
                  `id`, `url`, `title`, `published`, `outlet`, `language`
  .json           one such object, or a list of them
  folders         read with all their folders, in the order of their names; hidden files and other
                  kinds of file are passed over
  -               standard input: JSONL, HTML or text

A table for --meta has a column (or field) `file`, and any of `outlet`, `url`, `title`, `published`, `language`:
  file,outlet,published
  b.txt,The Lantern,2025-03-13

A table for --overrides has the columns rule, a, b and, if you like, note. Reports are named by id, file or
address, events by their title. What you decide there overrules what is worked out, and is shown as yours:
  rule,a,b,note
  together,a.txt,b.txt,one press release
  apart,a.txt,c.txt,
  not in event,c.txt,Ferry hits the pier,it looks back
  same,J. Terrin,Jane Terrin,
  not same,The Herald,Evening Herald,

A file may have 64 MB, a line of JSONL too; what is larger is named and left out.";

/// What was made of the inputs.
pub(crate) struct Analysed {
    /// All that is known of the reports.
    pub(crate) analysis: Analysis,
    /// Whether some input failed.
    pub(crate) failed: bool,
    remarks: Vec<(String, String)>,
    quiet: bool,
}

impl Inputs {
    /// Reads the inputs and runs the engine over them; the outcome instead when there is no report.
    ///
    /// # Errors
    /// When the table of metadata or the file of decisions cannot be used.
    pub(crate) fn analyse(&self, command: &str) -> Result<Result<Analysed, Outcome>> {
        let meta = match &self.meta {
            Some(path) => headwater::MetaTable::load(path)?,
            None => headwater::MetaTable::default(),
        };
        let overrides = match &self.overrides {
            Some(path) => headwater::load_overrides(path)?,
            None => headwater::Overrides::default(),
        };
        let progress = Progress::new(self.quiet);
        let mut read = headwater::read(&self.paths, meta, &mut |n| progress.show("reading", n, 0));
        read.overrides = overrides;
        let failed = read.set_aside.iter().any(|s| is_failure(&s.code));
        let mut remarks: Vec<(String, String)> =
            read.warnings.iter().map(|w| (w.message.clone(), w.hint.clone())).collect();
        if read.articles.is_empty() {
            progress.finish();
            name_problems(&read.set_aside, &remarks, self.quiet);
            say(&format!(
                "headwater: no report was found in what was given; see `headwater {command} --help` for what it reads"
            ));
            return Ok(Err(if failed { Outcome::Failed } else { Outcome::Nothing }));
        }
        let show = &mut |stage: headwater::Stage, done, of| progress.show(stage.name(), done, of);
        let analysis = headwater::analyse(read, &Models::bundled(), show);
        progress.finish();
        let unfollowed = analysis.warnings.iter().filter(|w| w.code == "override-not-followed");
        remarks.extend(unfollowed.map(|w| (w.message.clone(), w.hint.clone())));
        Ok(Ok(Analysed { analysis, failed, remarks, quiet: self.quiet }))
    }
}

impl Analysed {
    /// Names what failed, what was set aside and what was read with a remark; under `--quiet` failures only.
    pub(crate) fn name_problems(&self) {
        name_problems(&self.analysis.set_aside, &self.remarks, self.quiet);
    }

    /// What the command ends with when its own work went well.
    pub(crate) fn outcome(&self) -> Outcome {
        if self.failed { Outcome::Failed } else { Outcome::Done }
    }
}

/// Most inputs of one kind that are named on the terminal; the account names all.
const MOST_NAMED: usize = 10;

/// Codes of inputs that failed, as against inputs that simply hold no report.
fn is_failure(code: &str) -> bool {
    !matches!(
        code,
        "no-article"
            | "too-short"
            | "empty-file"
            | "empty-row"
            | "empty-folder"
            | "not-a-report"
            | "empty-input"
    )
}

/// Names what failed, what was set aside and what was read with a remark; `quiet` names failures only.
fn name_problems(set_aside: &[SetAside], remarks: &[(String, String)], quiet: bool) {
    let lines = |failures: bool| {
        let some = set_aside.iter().filter(move |s| is_failure(&s.code) == failures);
        some.map(|s| problem(&s.path, s.record, &s.message, &s.hint))
    };
    name_some("failed", lines(true));
    if !quiet {
        name_some("set aside", lines(false));
        name_some("note", remarks.iter().map(|(message, hint)| with_hint(message, hint)));
    }
}

fn name_some(kind: &str, mut lines: impl Iterator<Item = String>) {
    for line in lines.by_ref().take(MOST_NAMED) {
        say(&format!("{kind}: {line}"));
    }
    let more = lines.count();
    if more > 0 {
        say(&format!("{kind}: and {more} more"));
    }
}

fn problem(path: &str, record: Option<u32>, message: &str, hint: &str) -> String {
    let place = match record {
        Some(n) => format!("{path} (row {})", n + 1),
        None => path.to_owned(),
    };
    let message = if message.contains(path) { message.to_owned() } else { format!("{place}: {message}") };
    with_hint(&message, hint)
}

pub(crate) fn with_hint(message: &str, hint: &str) -> String {
    if hint.is_empty() { message.to_owned() } else { format!("{message}\n  hint: {hint}") }
}
