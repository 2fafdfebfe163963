//! `headwater extract`: pages in, clean articles out; with `--explain`, each block and why it was kept or taken out.

use crate::fetching::Fetching;
use crate::progress::{Progress, say};
use crate::{Outcome, inputs, output};
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use headwater::model::{Article, BlockClass, Fact, Published, PublishedHow, Span};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::PathBuf;

/// Print the clean articles of pages.
#[derive(Args)]
#[command(after_help = after_help())]
pub(crate) struct Arguments {
    /// Files and folders of pages, addresses with --fetch, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,
    /// What to write
    #[arg(short, long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Show every block of each page: its class, its score, the reason, and where it stands in the page
    #[arg(long)]
    explain: bool,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Table (CSV or JSONL) of outlet, url, date for files that carry none
    #[arg(long, value_name = "FILE")]
    meta: Option<PathBuf>,
    #[command(flatten)]
    fetching: Fetching,
    /// Say nothing but errors
    #[arg(short, long)]
    quiet: bool,
}

fn after_help() -> String {
    format!("INPUT\n  as for `headwater report`: see headwater report --help\n\n{EXAMPLES}")
}

const EXAMPLES: &str = "\
EXIT CODES
  0  done    1  no article was found    2  something failed, in part or whole; what failed is named

EXAMPLES
  headwater extract page.html                       the article as text
  headwater extract page.html --format markdown     with headline, byline, date and crossheads
  headwater extract pages/ --format jsonl -o a.jsonl  one article a line, with metadata and places
  headwater extract page.html --explain             why each paragraph was kept or taken out
  headwater extract crawl.warc.gz --format jsonl | headwater report - -o account.html
  headwater extract --fetch https://paper.example/rss --format json";

/// The forms of an article.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The text alone, articles parted by a line of dashes
    Text,
    /// Headline, byline and date, then the text with crossheads
    Markdown,
    /// A list of articles with metadata, blocks and what was removed
    Json,
    /// The same, one article a line
    Jsonl,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let places: Vec<_> = arguments.output.as_deref().into_iter().collect();
    output::check(&places, &arguments.paths)?;
    let meta = match &arguments.meta {
        Some(path) => headwater::MetaTable::load(path)?,
        None => headwater::MetaTable::default(),
    };
    let progress = Progress::new(arguments.quiet);
    let options = arguments.fetching.options(meta);
    let read = headwater::read_with(&arguments.paths, options, &mut |n| progress.show("reading", n, 0));
    progress.finish();
    let failed = read.set_aside.iter().any(|s| inputs::is_failure(&s.code));
    let remarks: Vec<(String, String)> =
        read.warnings.iter().map(|w| (w.message.clone(), w.hint.clone())).collect();
    inputs::name_problems(&read.set_aside, &remarks, arguments.quiet);
    // Who asks why wants to see above all the pages on which nothing was found.
    let mut articles: Vec<&Article> = read.articles.iter().collect();
    if arguments.explain {
        articles.extend(&read.too_short);
        articles.sort_by(|a, b| (&a.path, a.record).cmp(&(&b.path, b.record)));
    }
    if !articles.is_empty() {
        let text = written(&articles, arguments.format, arguments.explain)?;
        output::write(arguments.output.as_deref().unwrap_or("-".as_ref()), &text)?;
    }
    if read.articles.is_empty() {
        say("headwater: no article was found in what was given; --explain shows what the pages hold");
    }
    Ok(match (failed, read.articles.is_empty()) {
        (true, _) => Outcome::Failed,
        (false, true) => Outcome::Nothing,
        (false, false) => Outcome::Done,
    })
}

fn written(articles: &[&Article], format: Format, explain: bool) -> Result<String> {
    let mut out = String::new();
    match (format, explain) {
        (Format::Json, _) => {
            let list: Vec<Value> = articles.iter().map(|a| data(a)).collect();
            out = serde_json::to_string_pretty(&list).context("an article could not be written as JSON")?;
            out.push('\n');
        }
        (Format::Jsonl, _) => {
            for article in articles {
                out.push_str(&data(article).to_string());
                out.push('\n');
            }
        }
        (_, true) => articles.iter().for_each(|a| explained(a, &mut out)),
        (Format::Text, _) => {
            for (n, article) in articles.iter().enumerate() {
                if n > 0 {
                    out.push_str("\n----------\n\n");
                }
                out.push_str(&article.text);
                out.push('\n');
            }
        }
        (Format::Markdown, _) => {
            for (n, article) in articles.iter().enumerate() {
                if n > 0 {
                    out.push_str("\n---\n\n");
                }
                markdown(article, &mut out);
            }
        }
    }
    Ok(out)
}

/// A day, or a moment with its zone.
fn day(published: &Published) -> Option<String> {
    let value = published.value?;
    if !published.has_time {
        return Some(value.date().to_string());
    }
    let zone = match published.offset_minutes {
        Some(0) => "Z".to_owned(),
        Some(m) => format!("{}{:02}:{:02}", if m < 0 { '-' } else { '+' }, m.abs() / 60, m.abs() % 60),
        None => String::new(),
    };
    Some(format!("{value}{zone}"))
}

fn how(published: &Published) -> &'static str {
    match published.how {
        PublishedHow::Given => "given",
        PublishedHow::Page => "page",
        PublishedHow::Inferred => "inferred",
        PublishedHow::Unknown => "unknown",
    }
}

fn span(span: Span) -> Value {
    json!([span.start, span.end])
}

/// An article as data, schema `headwater.article/1`.
fn data(a: &Article) -> Value {
    json!({
        "schema": "headwater.article/1",
        "id": a.id,
        "path": a.path,
        "record": a.record,
        "url": a.url,
        "title": a.title,
        "authors": a.authors,
        "outlet": a.outlet,
        "language": a.language,
        "published": day(&a.published),
        "published_from": how(&a.published),
        "published_because": a.published.because.iter().map(|r| r.text.as_str()).collect::<Vec<_>>(),
        "evidence": a.evidence.iter().map(|e| json!({
            "fact": e.fact.name(),
            "value": e.value,
            "from": e.from,
            "sureness": e.sureness.name(),
        })).collect::<Vec<_>>(),
        "credits": a.credits.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(),
        "derived_from": a.derived_from,
        "text": a.text,
        "blocks": a.blocks.iter().map(|b| json!({
            "class": b.class.name(),
            "score": b.score,
            "time": b.time,
            "span": span(b.span),
            "source": span(b.source),
        })).collect::<Vec<_>>(),
        "removed": a.removed.iter().map(|r| json!({
            "class": r.class.name(),
            "score": r.score,
            "reason": r.reason,
            "text": r.text,
            "source": span(r.source),
        })).collect::<Vec<_>>(),
        "warnings": a.warnings.iter().map(|w| json!({"code": w.code, "message": w.message})).collect::<Vec<_>>(),
    })
}

fn markdown(a: &Article, out: &mut String) {
    if let Some(title) = &a.title {
        let _ = writeln!(out, "# {}\n", escaped(title));
    }
    let facts: Vec<String> = [
        (!a.authors.is_empty()).then(|| a.authors.join(", ")),
        a.outlet.clone(),
        day(&a.published),
        a.url.clone().map(|u| format!("<{u}>")),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !facts.is_empty() {
        let _ = writeln!(out, "*{}*\n", facts.join(" · "));
    }
    for (n, block) in a.blocks.iter().enumerate() {
        let words = escaped(block.span.of(&a.text));
        let end = if n + 1 < a.blocks.len() { "\n\n" } else { "\n" };
        let _ = match block.class {
            BlockClass::Crosshead => write!(out, "## {words}{end}"),
            BlockClass::Standfirst => write!(out, "**{words}**{end}"),
            _ => write!(out, "{words}{end}"),
        };
    }
}

/// Words that mean only themselves in Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (i, c) in text.char_indices() {
        let marks = matches!(c, '\\' | '*' | '_' | '`' | '[' | ']' | '<');
        let starts = i == 0 && matches!(c, '#' | '>' | '+' | '-');
        if marks || starts {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Every block of a page in its order, with class, score, reason and place.
fn explained(a: &Article, out: &mut String) {
    let place = a.record.map_or_else(|| a.path.clone(), |n| format!("{} (row {})", a.path, n + 1));
    let _ = writeln!(out, "{place}");
    for fact in [Fact::Title, Fact::Authors, Fact::Outlet, Fact::Published, Fact::Language] {
        if !a.evidence.iter().any(|e| e.fact == fact) {
            let _ = writeln!(out, "  {:<13} not known", fact.name());
        }
    }
    for e in &a.evidence {
        let value = if e.fact == Fact::Published { day(&a.published) } else { None };
        let value = value.unwrap_or_else(|| shown(&e.value));
        let _ = writeln!(out, "  {:<13} {value}", e.fact.name());
        let from = if e.from.is_empty() { "worked out".to_owned() } else { e.from.join("; ") };
        let _ = writeln!(out, "                {}: {from}", e.sureness.name());
    }
    for warning in &a.warnings {
        let _ = writeln!(out, "  warning       {}", warning.message);
    }
    let kept = a.blocks.iter().map(|b| (b.source, true, b.class, b.score, "", b.span.of(&a.text)));
    let gone =
        a.removed.iter().map(|r| (r.source, false, r.class, r.score, r.reason.as_str(), r.text.as_str()));
    let mut all: Vec<_> = kept.chain(gone).collect();
    all.sort_by_key(|b| (b.0.start, b.0.end));
    for (source, stays, class, score, reason, text) in all {
        let score = score.map_or_else(|| "   –".to_owned(), |s| format!("{s:>3}%"));
        let sign = if stays { "kept" } else { "out " };
        let _ = writeln!(
            out,
            "  {sign} {score} {:<26} {:>7}–{:<7} {}",
            class.name(),
            source.start,
            source.end,
            shown(text)
        );
        if !reason.is_empty() {
            let _ = writeln!(out, "            {reason}");
        }
    }
    out.push('\n');
}

/// The beginning of a block.
fn shown(text: &str) -> String {
    const CHARS: usize = 90;
    let mut out: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(CHARS).collect();
    if text.chars().nth(CHARS).is_some() {
        out.push('…');
    }
    out
}
