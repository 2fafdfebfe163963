//! `headwater times`: a text with its times and their values.

use crate::inputs::with_hint;
use crate::progress::{Progress, print, say};
use crate::{Outcome, output};
use anyhow::{Context, Result, bail};
use clap::builder::styling::{AnsiColor, Style};
use clap::{Args, ValueEnum};
use headwater::{TimedText, granularity};
use serde_json::json;
use std::fmt::Write as _;
use std::io::IsTerminal;
use std::path::PathBuf;

/// Show the times that a text tells, with their values.
#[derive(Args)]
#[command(after_help = "\
Finds dates, times of day, lengths and recurrences in English and German texts and gives their TIMEX3
values: 2024-05-07 for “on Tuesday”, P3D for “three days”. A text without a day of publication gets the
days that its own times allow; what still cannot be placed keeps its open fields (XXXX-WXX-2), and says
why.

OUTPUT
  (default)   the text, each time with its value behind it, in colours on a terminal
  --json      one JSON object a text and line: `id`, `published`, `times` (byte offsets `start` and `end`
              into `text`, `words`, `type`, `value`, `mod`, half-open `interval` with `granularity`,
              `open` with the reason where a time has no exact place), `warnings`
  --timeml    a TimeML document of one text

EXIT CODES
  0  done    1  no text was found    2  something failed; what failed is named

EXAMPLES
  headwater times report.txt --published 2024-05-08
  headwater times page.html                       the page's own day of publication counts
  headwater times archive.jsonl --json times.jsonl
  headwater times report.txt --published 2024-05-08 --timeml -
  echo 'Sie kam am Dienstag.' | headwater times - --language de --published 2024-05-08")]
pub(crate) struct Arguments {
    /// Files and folders of texts, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,
    /// Day of publication: 2024-05-08; or only its month 2024-05, or its year 2024
    #[arg(long, value_name = "DATE")]
    published: Option<String>,
    /// Language of the texts: en or de [default: as the page says, or guessed]
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
    /// Table (CSV or JSONL) of outlet, url, date for files that carry none
    #[arg(long, value_name = "FILE")]
    meta: Option<PathBuf>,
    /// Write JSON lines; - for standard output
    #[arg(long, value_name = "FILE", conflicts_with = "timeml")]
    json: Option<PathBuf>,
    /// Write TimeML; - for standard output
    #[arg(long, value_name = "FILE")]
    timeml: Option<PathBuf>,
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: Colors,
    /// Say nothing but errors
    #[arg(short, long)]
    quiet: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colors {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Most remarks about one text that are printed; the JSON has all.
const MOST_NAMED: usize = 10;

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let published = match &arguments.published {
        Some(words) => Some(headwater::published_on(words).with_context(|| {
            format!("“{words}” is no date: give a day (2024-05-08), a month (2024-05) or a year (2024)")
        })?),
        None => None,
    };
    let language = arguments.language.as_deref();
    if let Some(code) = language.filter(|c| !matches!(*c, "en" | "de")) {
        bail!("times of “{code}” are not read: --language is en or de");
    }
    let place = arguments.json.as_deref().or(arguments.timeml.as_deref());
    output::check(place.as_slice(), &arguments.paths)?;
    let meta = match &arguments.meta {
        Some(path) => headwater::MetaTable::load(path)?,
        None => headwater::MetaTable::default(),
    };
    let progress = Progress::new(arguments.quiet);
    let read = headwater::times(&arguments.paths, meta, published, language, &mut |n| {
        progress.show("reading", n, 0);
    });
    progress.finish();
    for (path, message, hint) in &read.problems {
        let message = if message.contains(path) { message.clone() } else { format!("{path}: {message}") };
        say(&format!("failed: {}", with_hint(&message, hint)));
    }
    if read.texts.is_empty() {
        say("headwater: no text was found in what was given; see `headwater times --help`");
        return Ok(if read.problems.is_empty() { Outcome::Nothing } else { Outcome::Failed });
    }
    if let Some(path) = &arguments.timeml {
        let [text] = read.texts.as_slice() else {
            bail!("TimeML holds one text and {} were read; name one file, or use --json", read.texts.len());
        };
        output::write(path, &timeml(text))?;
    } else if let Some(path) = &arguments.json {
        output::write(path, &lines(&read.texts)?)?;
    } else {
        let paint = match arguments.color {
            Colors::Always => true,
            Colors::Never => false,
            Colors::Auto => std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
        };
        for (n, text) in read.texts.iter().enumerate() {
            let gap = if n > 0 { "\n" } else { "" };
            print(&format!("{gap}{}", shown(text, paint))).context("cannot write to standard output")?;
        }
    }
    if !arguments.quiet {
        read.texts.iter().for_each(remarks);
    }
    Ok(if read.problems.is_empty() { Outcome::Done } else { Outcome::Failed })
}

/// What is doubtful about a text, and what could not be placed.
fn remarks(text: &TimedText) {
    let warnings = text.warnings.iter().map(|w| with_hint(&w.message, &w.hint));
    let open = text.times.iter().filter_map(|(t, why)| {
        let words = clean(t.span.of(&text.article.text));
        why.filter(|w| t.value.contains('X') || *w == headwater::Open::NotOnCalendar)
            .map(|w| format!("“{words}” is not placed: {}", w.words()))
    });
    let hint = if text.article.published.range.is_open() {
        Some("hint: no day of publication is known; give it with --published".to_owned())
    } else {
        None
    };
    let mut all = warnings.chain(open).peekable();
    let any = all.peek().is_some();
    let mut named = 0;
    for line in all.by_ref().take(MOST_NAMED) {
        say(&format!("{}: {line}", text.article.id));
        named += 1;
    }
    let more = all.count();
    if more > 0 {
        say(&format!("{}: and {more} more after {named}", text.article.id));
    }
    if let Some(hint) = hint.filter(|_| any) {
        say(&hint);
    }
}

/// Control characters would move the terminal's cursor; they are shown as one mark.
fn clean(words: &str) -> String {
    words.chars().map(|c| if c.is_control() && c != '\n' && c != '\t' { '\u{fffd}' } else { c }).collect()
}

fn or_open(day: Option<impl ToString>) -> String {
    day.map_or("…".to_owned(), |d| d.to_string())
}

/// When a text was published, as far as is known.
fn published(text: &TimedText) -> String {
    let p = &text.article.published;
    let range = match p.day() {
        Some(d) => d.to_string(),
        None if p.range.is_open() => return "no day of publication".to_owned(),
        None => format!("{}–{}", or_open(p.range.earliest), or_open(p.range.latest)),
    };
    let because: Vec<&str> = p.because.iter().map(|r| r.text.as_str()).take(3).collect();
    if because.is_empty() { range } else { format!("{range} ({})", because.join("; ")) }
}

/// The text with values behind the phrases.
fn shown(text: &TimedText, paint: bool) -> String {
    let body = &text.article.text;
    let (dim, mark, value) = if paint {
        (Style::new().dimmed(), Style::new().underline(), Style::new().fg_color(Some(AnsiColor::Cyan.into())))
    } else {
        (Style::new(), Style::new(), Style::new())
    };
    let mut out = String::with_capacity(body.len() + text.times.len() * 16);
    let head = format!("{} · published {}", clean(&text.article.id), clean(&published(text)));
    let _ = writeln!(out, "{dim}{head}{dim:#}\n");
    let mut at = 0;
    for (time, _) in &text.times {
        let (start, end) = (time.span.start as usize, time.span.end as usize);
        out.push_str(&clean(body.get(at..start).unwrap_or("")));
        let modifier = time.modifier.map_or(String::new(), |m| format!(" {}", m.name()));
        let _ = write!(
            out,
            "{mark}{}{mark:#} {value}[{}{modifier}]{value:#}",
            clean(time.span.of(body)),
            time.value
        );
        at = end;
    }
    out.push_str(clean(body.get(at..).unwrap_or("")).trim_end());
    out.push('\n');
    out
}

/// One JSON object a text and line.
fn lines(texts: &[TimedText]) -> Result<String> {
    let mut out = String::new();
    for text in texts {
        let body = &text.article.text;
        let times: Vec<serde_json::Value> = text
            .times
            .iter()
            .map(|(t, why)| {
                let anchor = t.anchor.and_then(|a| text.times.get(a as usize));
                json!({
                    "start": t.span.start,
                    "end": t.span.end,
                    "words": t.span.of(body),
                    "type": t.kind.name(),
                    "value": t.value,
                    "mod": t.modifier.map(|m| m.name()),
                    "interval": t.interval.map(|i| json!({
                        "start": i.start.to_string(),
                        "end": i.end.to_string(),
                        "granularity": granularity(&t.value),
                    })),
                    "counts_from": anchor.map(|(a, _)| json!({"start": a.span.start, "end": a.span.end})),
                    "open": why.map(|w| w.words()),
                })
            })
            .collect();
        let p = &text.article.published;
        let warnings: Vec<serde_json::Value> = text
            .warnings
            .iter()
            .map(|w| {
                json!({
                    "code": w.code,
                    "start": w.span.map(|s| s.start),
                    "end": w.span.map(|s| s.end),
                    "message": w.message,
                    "hint": w.hint,
                })
            })
            .collect();
        let row = json!({
            "id": text.article.id,
            "path": text.article.path,
            "language": text.article.language,
            "published": {
                "earliest": p.range.earliest.map(|d| d.to_string()),
                "latest": p.range.latest.map(|d| d.to_string()),
                "because": p.because.iter().map(|r| r.text.as_str()).collect::<Vec<_>>(),
            },
            "text": body,
            "times": times,
            "warnings": warnings,
        });
        out.push_str(&serde_json::to_string(&row).context("the times could not be written as JSON")?);
        out.push('\n');
    }
    Ok(out)
}

/// Words as XML 1.0 may hold them: what it cannot hold is one mark.
fn xml(words: &str, out: &mut String) {
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

/// A TimeML 1.2.1 document.
fn timeml(text: &TimedText) -> String {
    let body = &text.article.text;
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeML>\n<DOCID>");
    xml(&text.article.id, &mut out);
    out.push_str("</DOCID>\n");
    let day = text.article.published.day();
    if let Some(day) = day {
        let _ = writeln!(
            out,
            "<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"{day}\" temporalFunction=\"false\" \
             functionInDocument=\"CREATION_TIME\">{day}</TIMEX3></DCT>"
        );
    }
    out.push_str("<TEXT>");
    let mut at = 0;
    for (n, (time, _)) in text.times.iter().enumerate() {
        xml(body.get(at..time.span.start as usize).unwrap_or(""), &mut out);
        let _ =
            write!(out, "<TIMEX3 tid=\"t{}\" type=\"{}\" value=\"{}\"", n + 1, time.kind.name(), time.value);
        if let Some(m) = time.modifier {
            let _ = write!(out, " mod=\"{}\"", m.name());
        }
        if let Some(anchor) = time.anchor {
            let _ = write!(out, " anchorTimeID=\"t{}\"", anchor + 1);
        }
        out.push('>');
        xml(time.span.of(body), &mut out);
        out.push_str("</TIMEX3>");
        at = time.span.end as usize;
    }
    xml(body.get(at..).unwrap_or(""), &mut out);
    out.push_str("</TEXT>\n</TimeML>\n");
    out
}
