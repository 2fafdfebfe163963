//! `headwater names`: who and what the reports name, one line each.

use crate::inputs::Inputs;
use crate::progress::print;
use crate::{Outcome, output};
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use headwater::{Analysis, Named};
use serde_json::json;
use std::fmt::Write as _;
use std::path::PathBuf;

/// List the persons, organisations, places and governments that reports name.
#[derive(Args)]
#[command(after_help = HELP)]
pub(crate) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    /// Only these kinds; give it again for several
    #[arg(long, value_name = "KIND")]
    kind: Vec<Kind>,
    /// Say for each why its forms were brought together
    #[arg(long)]
    explain: bool,
    /// Write JSON lines, one name a line; - for standard output
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

const HELP: &str = "\
Spellings, short forms, acronyms and role phrases of one are one line: “Putin”, “the Russian leader”; “the coast
guard” and the coast guard that it is. What is not known to be the same stays apart. A file for --overrides says
what you know better:
  rule,a,b
  same,J. Terrin,Jane Terrin
  not same,The Herald,Evening Herald

OUTPUT
  (default)   how often it is named, in how many reports, its kind, its name, its other forms
  --json      one object a line: `id` (as in the account), `kind`, `sub_kind`, `name`, `country` (ISO 3166-1;
              `x-…` for a state that only the reports tell of), `role`, `wikidata`, `mentions`, `forms`
              (`form`, `count`), `articles`, `because`

EXIT CODES
  0  done    1  no report was found    2  something failed; what failed is named

EXAMPLES
  headwater names reports/
  headwater names reports/ --kind person --explain
  headwater names dump.jsonl --json names.jsonl
  headwater names reports/ --overrides mine.csv";

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Person,
    Organisation,
    Place,
    Government,
    Event,
    Nationality,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Organisation => "organisation",
            Kind::Place => "place",
            Kind::Government => "government",
            Kind::Event => "event",
            Kind::Nationality => "nationality",
        }
    }
}

/// Other forms printed of one name; the data has all.
const MOST_FORMS: usize = 8;

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    output::check(arguments.json.as_deref().as_slice(), &arguments.inputs.paths)?;
    let analysed = match arguments.inputs.analyse("names")? {
        Ok(analysed) => analysed,
        Err(outcome) => return Ok(outcome),
    };
    let wanted = |n: &Named<'_>| {
        arguments.kind.is_empty() || arguments.kind.iter().any(|k| k.name() == n.entity.kind.name())
    };
    let list: Vec<Named<'_>> = headwater::names(&analysed.analysis).into_iter().filter(wanted).collect();
    if let Some(path) = &arguments.json {
        output::write(path, &lines(&analysed.analysis, &list)?)?;
    } else {
        print(&table(&list, arguments.explain)).context("cannot write to standard output")?;
    }
    analysed.name_problems();
    Ok(analysed.outcome())
}

fn lines(analysis: &Analysis, list: &[Named<'_>]) -> Result<String> {
    let mut out = String::new();
    for n in list {
        let e = n.entity;
        let forms: Vec<_> = n.forms.iter().map(|(f, c)| json!({"form": f, "count": c})).collect();
        let articles: Vec<&str> = n.articles.iter().map(|a| analysis.articles[a.at()].id.as_str()).collect();
        let because: Vec<&str> = e.because.iter().map(|r| r.text.as_str()).collect();
        let row = json!({
            "id": headwater::entity_id(n.index as u32), "kind": e.kind.name(),
            "sub_kind": e.organisation.map(|k| k.name()), "name": e.name, "country": e.country, "role": e.role,
            "wikidata": e.wikidata, "mentions": n.mentions, "forms": forms, "articles": articles,
            "because": because,
        });
        let _ = writeln!(out, "{}", serde_json::to_string(&row).context("a name could not be written")?);
    }
    Ok(out)
}

fn table(list: &[Named<'_>], explain: bool) -> String {
    let mut out = String::from("named  reports  kind             name\n");
    for n in list {
        let e = n.entity;
        let kind = e.organisation.map_or(e.kind.name(), |k| k.name());
        let id = e.wikidata.as_deref().map(|q| format!("  {q}")).unwrap_or_default();
        let _ =
            writeln!(out, "{:>5}  {:>7}  {kind:<15}  {}{id}", n.mentions, n.articles.len(), clean(&e.name));
        let others = || n.forms.iter().filter(|f| f.0 != e.name);
        if others().next().is_some() {
            let mut forms: Vec<String> =
                others().take(MOST_FORMS).map(|(f, c)| format!("{} {c}", clean(f))).collect();
            let more = others().count() - forms.len();
            if more > 0 {
                forms.push(format!("and {more} more"));
            }
            let _ = writeln!(out, "{:33}also {}", "", forms.join(", "));
        }
        if explain {
            for reason in &e.because {
                let _ = writeln!(out, "{:33}because: {}", "", clean(&reason.text));
            }
        }
    }
    out
}

/// Without what a terminal would take for a command.
fn clean(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
