//! `headwater quotes`: who said what, and through whom.

use crate::inputs::{self, Inputs};
use crate::progress::{print, say};
use crate::{Outcome, output};
use anyhow::{Context, Result};
use clap::Args;
use headwater::wire::said::Said;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const MORE: &str = "\
THE LIST
  Each attribution of each report, in the order of its text: who said it, through whom, and the words as they stand.
  Maud Terrin ← Morrow News      Maud Terrin said it; the report has it from Morrow News
  Words that stand in quotation marks in the report keep them; what it tells in its own words has none. How it was
  said (claimed, denied, hedged) is told, and never whether it is so.

DATA
  --jsonl writes one object a line: `article`, `row`, `parent` (the row that passes this one on), `source` and `via`
  with their kind and entity, `cue`, `content` with byte spans, `kind`, `manner`, `hedges`, `negated`. Articles,
  entities and spans are those of `headwater report … --json` of the same input, so that rows join with the account.

EXIT CODES
  0  done    1  no report was found, or nothing of what was asked for is said    2  something failed; it is named

EXAMPLES
  headwater quotes reports/                          everything that somebody is told to have said
  headwater quotes a.html b.txt --by Terrin          what one source said, also as \"she\" or \"the engineer\"
  headwater quotes reports/ --direct                 only what stands in quotation marks
  headwater quotes dump.jsonl --jsonl - | jq .source data, one attribution a line
  curl -s … | headwater quotes -                     one page from standard input";

/// List who said what, and through whom.
#[derive(Args)]
#[command(after_help = format!("{}\n\n{MORE}", inputs::HELP))]
pub(crate) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    /// Write data, one attribution a line (headwater.quotes/1), in place of the list; - for standard output
    #[arg(long, value_name = "FILE")]
    jsonl: Option<PathBuf>,
    /// Only sources whose words or name hold WORDS (capitals do not matter)
    #[arg(long, value_name = "WORDS")]
    by: Option<String>,
    /// Only what stands in quotation marks, in whole or in part
    #[arg(long)]
    direct: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let places: Vec<&Path> = arguments.jsonl.as_deref().into_iter().collect();
    output::check(&places, &arguments.inputs.paths)?;
    let analysed = match arguments.inputs.analyse("quotes")? {
        Ok(analysed) => analysed,
        Err(outcome) => return Ok(outcome),
    };
    let rows: Vec<Said> =
        headwater::said(&analysed.analysis).into_iter().filter(|row| is_asked_for(row, arguments)).collect();
    match &arguments.jsonl {
        Some(path) => {
            let mut text = String::new();
            for row in &rows {
                text += &serde_json::to_string(row).context("a row could not be written as JSON")?;
                text.push('\n');
            }
            output::write(path, &text)?;
        }
        None => print(&list(&rows)).context("cannot write to standard output")?,
    }
    analysed.name_problems();
    if !rows.is_empty() {
        return Ok(analysed.outcome());
    }
    if !arguments.inputs.quiet {
        let hint = match (&arguments.by, arguments.direct) {
            (None, false) => "",
            _ => "\n  hint: without --by and --direct everything is listed",
        };
        say(&format!("headwater: nothing of what was asked for is said in the reports{hint}"));
    }
    Ok(if analysed.failed { Outcome::Failed } else { Outcome::Nothing })
}

fn is_asked_for(row: &Said, arguments: &Arguments) -> bool {
    let by = arguments.by.as_deref().is_none_or(|words| {
        let words = words.to_lowercase();
        let holds = |s: &str| s.to_lowercase().contains(&words);
        row.source.as_ref().is_some_and(|s| holds(&s.text)) || row.resolved.as_deref().is_some_and(holds)
    });
    by && (!arguments.direct || row.kind != "indirect")
}

/// The rows for people: a head line for each report, then each attribution in two lines.
fn list(rows: &[Said]) -> String {
    let mut out = String::new();
    let mut article = None;
    for row in rows {
        if article != Some(&row.article) {
            if article.is_some() {
                out.push('\n');
            }
            article = Some(&row.article);
            let outlet = row.outlet.as_deref().map_or(String::new(), |o| format!(" · {o}"));
            let _ = writeln!(out, "{}{outlet}", row.article);
        }
        let speaker = match (&row.source, &row.resolved) {
            (Some(s), Some(name)) if *name != s.text && !s.text.contains(name.as_str()) => {
                format!("{} ({name})", one_line(&s.text))
            }
            (Some(s), _) if !s.text.is_empty() => one_line(&s.text),
            (_, Some(name)) => name.clone(),
            _ => "nobody is named".to_owned(),
        };
        let via: String = row.via.iter().rev().map(|s| format!(" ← {}", one_line(&s.text))).collect();
        let mut notes: Vec<String> = vec![row.kind.clone()];
        notes.extend(row.source.as_ref().map(|s| s.kind.clone()));
        notes.extend(row.manner.clone().filter(|m| m != "neutral"));
        if !row.hedges.is_empty() {
            let hedges: Vec<String> = row.hedges.iter().map(|h| one_line(&h.text)).collect();
            notes.push(format!("hedged: {}", hedges.join(", ")));
        }
        if row.negated {
            notes.push("negated".to_owned());
        }
        let _ = writeln!(out, "  {speaker}{via}  [{}]", notes.join(" · "));
        let content: Vec<String> = row.content.iter().map(|c| one_line(&c.text)).collect();
        let _ = writeln!(out, "    {}", content.join(" … "));
    }
    out
}

/// Words with every run of white space as one space, so that a stretch over paragraphs stays one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
