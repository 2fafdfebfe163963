//! `headwater report`: files in, account out.

use crate::fetching::Fetching;
use crate::progress::{Progress, print, say};
use crate::{Outcome, output};
use anyhow::{Context, Result};
use clap::Args;
use headwater::wire::account::{Account, SetAside};
use headwater::wire::page;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Read reports and write an account.
#[derive(Args)]
#[command(after_help = "\
INPUT
  .txt            one report each, as saved or as a crawl left it; residue is taken out and shown
  .html, .htm     one page each
  .jsonl, .ndjson one report a line: `text` or `html`, and where known
                  `id`, `url`, `title`, `published`, `outlet`, `language`
  .json           one such object, or a list of them
  folders         read with all their folders, in the order of their names; hidden files and other
                  kinds of file are passed over
  .csv, .tsv      a table with a column text, html or body; columns as in .jsonl
  .warc, .wacz    archives of the web, also .warc.gz; damaged records are named and passed over
  .xml, .rss      RSS, Atom and JSON feeds with whole texts; OPML and sitemaps with --fetch
  .gz             any of these, packed
  https://…       with --fetch: a page, a feed, a sitemap or a list of them; robots.txt is heeded
  -               standard input: JSONL, HTML, text or WARC

A table for --meta has a column (or field) `file`, and any of `outlet`, `url`, `title`, `published`, `language`:
  file,outlet,published
  b.txt,The Lantern,2025-03-13

A file may have 64 MB, a line of JSONL too; what is larger is named and left out.

EXIT CODES
  0  done    1  no report was found    2  something failed, in part or whole; what failed is named

EXAMPLES
  headwater report reports/                          writes account.html
  headwater report a.html b.txt --json account.json  data only
  headwater report dump.jsonl -o story.html --json story.json --full-text
  headwater report reports/ --meta table.csv         outlets and dates for files that carry none
  curl -s … | headwater report - --json -            one page from standard input, data to standard output")]
pub(crate) struct Arguments {
    /// Files and folders of reports, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,
    /// Write the account as a page; - for standard output [default: account.html, unless --json is given]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write the account as JSON (schema headwater.account/1); - for standard output
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Table (CSV or JSONL) of outlet, url, date for files that carry none
    #[arg(long, value_name = "FILE")]
    meta: Option<PathBuf>,
    #[command(flatten)]
    fetching: Fetching,
    /// Embed every report whole, not only the sentences cited and their neighbours
    #[arg(long)]
    full_text: bool,
    /// Say nothing but errors
    #[arg(short, long)]
    quiet: bool,
}

/// Most inputs of one kind that are named on the terminal; the account names all.
const MOST_NAMED: usize = 10;

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let output =
        arguments.output.clone().or_else(|| arguments.json.is_none().then(|| PathBuf::from("account.html")));
    let places: Vec<&Path> = [output.as_deref(), arguments.json.as_deref()].into_iter().flatten().collect();
    output::check(&places, &arguments.paths)?;
    let meta = match &arguments.meta {
        Some(path) => headwater::MetaTable::load(path)?,
        None => headwater::MetaTable::default(),
    };
    let progress = Progress::new(arguments.quiet);
    let read = headwater::read_with(&arguments.paths, arguments.fetching.options(meta), &mut |n| {
        progress.show("reading", n, 0)
    });
    let failed = read.set_aside.iter().any(|s| is_failure(&s.code));
    let remarks: Vec<(String, String)> =
        read.warnings.iter().map(|w| (w.message.clone(), w.hint.clone())).collect();
    if read.articles.is_empty() {
        progress.finish();
        name_problems(&read.set_aside, &remarks, arguments.quiet);
        say(
            "headwater: no report was found in what was given; see `headwater report --help` for what it reads",
        );
        return Ok(if failed { Outcome::Failed } else { Outcome::Nothing });
    }
    let models = headwater::Models::bundled();
    let analysis =
        headwater::analyse(read, &models, &mut |stage, done, of| progress.show(stage.name(), done, of));
    let mut account = headwater::account(&analysis, headwater::Show { full_text: arguments.full_text });
    account.inputs.paths = arguments.paths.clone();
    account.inputs.meta = arguments.meta.as_ref().map(|p| p.to_string_lossy().into_owned());
    progress.finish();

    if let Some(path) = &output {
        output::write(path, &page::render(&account, &page::PageOptions::default()))?;
    }
    if let Some(path) = &arguments.json {
        let mut text =
            serde_json::to_string_pretty(&account).context("the account could not be written as JSON")?;
        text.push('\n');
        output::write(path, &text)?;
    }
    name_problems(&account.set_aside, &remarks, arguments.quiet);
    if !arguments.quiet {
        let text = summary(&account, &places);
        if places.iter().any(|p| output::is_stdout(p)) {
            say(text.trim_end());
        } else {
            print(&text).context("cannot write to standard output")?;
        }
    }
    Ok(if failed { Outcome::Failed } else { Outcome::Done })
}

/// Codes of inputs that failed, as against inputs that simply hold no report.
pub(crate) fn is_failure(code: &str) -> bool {
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
pub(crate) fn name_problems(set_aside: &[SetAside], remarks: &[(String, String)], quiet: bool) {
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

fn with_hint(message: &str, hint: &str) -> String {
    if hint.is_empty() { message.to_owned() } else { format!("{message}\n  hint: {hint}") }
}

/// What was done, for people.
fn summary(account: &Account, places: &[&Path]) -> String {
    let s = &account.summary;
    let mut out = String::new();
    let plural = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let _ = writeln!(
        out,
        "{} · {} · {} · {} told by more than one · {} on a single origin",
        plural(s.reports, "report", "reports"),
        plural(s.happenings, "happening", "happenings"),
        plural(s.stories, "story", "stories"),
        plural(s.shared_statements, "statement", "statements"),
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
