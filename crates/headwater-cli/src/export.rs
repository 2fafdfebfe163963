//! `headwater export`: an account in a format that other programs read.

use crate::inputs::Inputs;
use crate::progress::say;
use crate::{Outcome, output, verify};
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use headwater::wire::account::SCHEMA;
use headwater::wire::export::{Format, Texts, export};
use std::path::{Path, PathBuf};

/// Write an account in another format.
#[derive(Args)]
#[command(after_help = "\
FORMATS
  jsonld       schema.org: NewsArticle, Claim with its appearances, Quotation, Event, Person …; no ratings
  annotation   W3C Web Annotation: every cited stretch, by quote and by position in code points
  prov         W3C PROV-O as JSON-LD: what was derived, quoted and drawn from what
  ninjs        IPTC ninjs 2.1: one item a report, with what it was derived from
  graphml      reports, statements, origins and their links, for Gephi, yEd, Cytoscape, networkx
  timelinejs   the happenings, for TimelineJS
  csv          one row for each wording of each statement, for spreadsheets and data frames

A PATH is an account.json, or reports as `headwater report` reads them: then the account is made first.
Positions in code points need the whole texts: `annotation` reads the sources of an account again, unless the account
was made with --full-text; where a source is gone or has changed, only the quote is given.

EXIT CODES
  0  done    1  no report was found    2  something failed, in part or whole; what failed is named

EXAMPLES
  headwater export account.json --format csv -o statements.csv
  headwater export account.json --format graphml -o account.graphml
  headwater export reports/ --meta table.csv --format jsonld | jq .
  headwater export account.json --format annotation -o annotations.jsonld")]
pub(crate) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    /// The format to write
    #[arg(short, long, value_name = "FORMAT")]
    format: Name,
    /// Where to write it; - for standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
    /// Put the reports' whole texts into the formats that have a place for them (jsonld, ninjs)
    #[arg(long)]
    full_text: bool,
}

/// A format's word.
#[derive(Clone, Copy)]
struct Name(Format);

impl ValueEnum for Name {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [Name; Format::ALL.len()] = {
            let mut all = [Name(Format::Csv); Format::ALL.len()];
            let mut i = 0;
            while i < all.len() {
                all[i] = Name(Format::ALL[i]);
                i += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.0.name()))
    }
}

/// Most problems that are named on the terminal.
const MOST_NAMED: usize = 10;

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let inputs = &arguments.inputs;
    output::check(&[&arguments.output], &inputs.paths)?;
    let file = account_file(&inputs.paths)?;
    let (mut account, mut outcome) = match file {
        Some(path) => {
            if inputs.meta.is_some() || inputs.overrides.is_some() {
                bail!(
                    "--meta and --overrides are for reports; {} is an account already and has them in it",
                    path.display()
                );
            }
            let account = verify::load(path)?;
            if account.schema != SCHEMA {
                bail!("{} is of schema {:?}; this program reads {SCHEMA}", path.display(), account.schema);
            }
            (account, Outcome::Done)
        }
        None => {
            let analysed = match inputs.analyse("export")? {
                Ok(analysed) => analysed,
                Err(outcome) => return Ok(outcome),
            };
            analysed.name_problems();
            let account = headwater::account(&analysed.analysis, headwater::Show { full_text: true });
            (account, analysed.outcome())
        }
    };
    let Name(format) = arguments.format;
    let mut texts = Texts::new();
    if format.needs_texts() || arguments.full_text {
        let beside = file.and_then(Path::parent).unwrap_or(Path::new("."));
        let (found, problems) = headwater::texts(&account, beside);
        texts = found;
        for problem in problems.iter().take(MOST_NAMED) {
            say(&format!("failed: {problem}"));
        }
        if !problems.is_empty() {
            say(
                "headwater: without these texts, words are given without their positions; put the sources back, or make the account with --full-text",
            );
            outcome = Outcome::Failed;
        }
    }
    for article in &mut account.articles {
        article.text = texts.get(&article.id).filter(|_| arguments.full_text).cloned();
    }
    output::write(&arguments.output, &export(&account, &texts, format))?;
    if !inputs.quiet && !output::is_stdout(&arguments.output) {
        say(&format!("see {}", arguments.output.display()));
    }
    Ok(outcome)
}

/// The account, when one is named rather than reports.
fn account_file(paths: &[String]) -> Result<Option<&Path>> {
    let is_account = |p: &&String| {
        let path = Path::new(p);
        path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json")) && opens_as_account(path)
    };
    match (paths.iter().find(is_account), paths) {
        (None, _) => Ok(None),
        (Some(_), [one]) => Ok(Some(Path::new(one))),
        (Some(one), _) => {
            bail!(
                "{one} is an account: export it alone; to join reports, name the reports instead of accounts"
            )
        }
    }
}

/// Whether a file begins as an account does. A list of reports is JSON too.
fn opens_as_account(path: &Path) -> bool {
    use std::io::Read as _;
    /// Bytes within which an account names its schema.
    const HEAD: u64 = 4096;
    let mut head = Vec::new();
    let read = std::fs::File::open(path).and_then(|f| f.take(HEAD).read_to_end(&mut head));
    let text = String::from_utf8_lossy(&head);
    let schema = |t: &str| t.find("\"schema\"").is_some_and(|at| t[at..].contains("\"headwater.account/"));
    read.is_ok() && text.trim_start().starts_with('{') && schema(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_explained_in_the_help() {
        let help = <Arguments as clap::Args>::augment_args(clap::Command::new("export"))
            .get_after_help()
            .map(ToString::to_string);
        let help = help.unwrap_or_default();
        for format in Format::ALL {
            assert!(help.contains(&format!("\n  {} ", format.name())), "{}", format.name());
        }
    }
}
