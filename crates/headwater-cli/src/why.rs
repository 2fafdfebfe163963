//! `headwater why A B`: what ties two reports, with their shared passages side by side.

use crate::fetching::Fetching;
use crate::inputs::{self, Inputs};
use crate::progress::{print, say};
use crate::{Outcome, output};
use anyhow::{Context, Result, bail};
use clap::Args;
use headwater::wire::account::Reason;
use headwater::wire::page;
use headwater::wire::why::{Piece, Side, Why, pieces};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const EXITS: &str = "\
A and B are reports among PATH…: an id, a file's name or path, an address, or the beginning of an id. Without PATH…
they are files that hold one report each. More reports make the answer better: what a site repeats on every page
and what everybody quotes is seen only in company.

EXIT CODES
  0  done, whether a link was found or not    1  no report was found
  2  something failed, or A or B leads to no one report

EXAMPLES
  headwater why a.html b.html                       two files
  headwater why 03 01 reports/                      two reports of a folder, by the beginning of their ids
  headwater why a.html b.html reports/ --html why.html
  headwater why a.html b.html --json - | jq .link.state";

/// Say why two reports are copies, grouped, or neither.
#[derive(Args)]
#[command(after_help = format!("{}\n\n{EXITS}", inputs::HELP))]
pub(crate) struct Arguments {
    /// A report: its id, file or address
    a: String,
    /// The other
    b: String,
    /// Files and folders in which the two are looked for, and judged in company
    #[arg(value_name = "PATH")]
    paths: Vec<String>,
    /// Write the answer as a page; - for standard output
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Write the answer as JSON (schema headwater.why/1); - for standard output
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Columns of the terminal [default: as wide as it is, or 100]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=400))]
    width: Option<u16>,
    /// Table (CSV or JSONL) of outlet, url, date for files that carry none
    #[arg(long, value_name = "FILE")]
    meta: Option<PathBuf>,
    /// Your decisions (CSV or JSONL): reports together or apart, names that are the same or not
    #[arg(long, value_name = "FILE")]
    overrides: Option<PathBuf>,
    /// Say nothing but errors
    #[arg(short, long)]
    quiet: bool,
}

/// Columns when the terminal does not tell.
const WIDTH: usize = 100;
/// Passages shown on a terminal; the page and the data have all.
const PASSAGES: usize = 12;
/// Features shown on a terminal.
const FEATURES: usize = 5;
/// Statements shown on a terminal.
const STATEMENTS: usize = 8;

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let inputs = Inputs {
        paths: paths(arguments)?,
        meta: arguments.meta.clone(),
        overrides: arguments.overrides.clone(),
        fetching: Fetching::default(),
        quiet: arguments.quiet,
    };
    let places: Vec<&Path> =
        [arguments.html.as_deref(), arguments.json.as_deref()].into_iter().flatten().collect();
    output::check(&places, &inputs.paths)?;
    let analysed = match inputs.analyse("why")? {
        Ok(analysed) => analysed,
        Err(outcome) => return Ok(outcome),
    };
    analysed.name_problems();
    let a = headwater::report_named(&analysed.analysis, &arguments.a)?;
    let b = headwater::report_named(&analysed.analysis, &arguments.b)?;
    if a == b {
        bail!("{} and {} are the same report; name two", arguments.a, arguments.b);
    }
    let why = headwater::why(&analysed.analysis, a, b);
    if let Some(path) = &arguments.html {
        output::write(path, &page::why(&why))?;
    }
    if let Some(path) = &arguments.json {
        let mut text =
            serde_json::to_string_pretty(&why).context("the answer could not be written as JSON")?;
        text.push('\n');
        output::write(path, &text)?;
    }
    if places.is_empty() {
        let width = arguments.width.map(usize::from).or_else(columns).unwrap_or(WIDTH);
        print(&words(&why, width)).context("cannot write to standard output")?;
    } else if !arguments.quiet {
        for place in places.iter().filter(|p| !output::is_stdout(p)) {
            say(&format!("see {}", place.display()));
        }
    }
    Ok(analysed.outcome())
}

/// What is read: the paths given, and A and B where they are files outside of them.
fn paths(arguments: &Arguments) -> Result<Vec<String>> {
    let mut paths = arguments.paths.clone();
    for name in [&arguments.a, &arguments.b] {
        let file = Path::new(name);
        let inside = paths.iter().any(|p| file.starts_with(p) || (p == "-" && name == "-"));
        if !inside && (file.is_file() || (paths.is_empty() && name == "-")) {
            paths.push(name.clone());
        } else if arguments.paths.is_empty() && !file.is_file() && name != "-" {
            bail!(
                "there is no file {name}; to name a report by its id, say where it is: headwater why {} {} PATH…",
                arguments.a,
                arguments.b
            );
        }
    }
    Ok(paths)
}

/// The terminal's columns, where the shell tells.
fn columns() -> Option<usize> {
    std::env::var("COLUMNS").ok()?.parse().ok().filter(|n| (40..=400).contains(n))
}

/// The answer for a terminal.
fn words(why: &Why, width: usize) -> String {
    let mut out = String::new();
    side(&mut out, "A", &why.a);
    side(&mut out, "B", &why.b);
    out.push('\n');
    link(&mut out, why);
    statements(&mut out, why, width);
    grouped(&mut out, why);
    passages(&mut out, why, width);
    out
}

fn side(out: &mut String, letter: &str, side: &Side) {
    let mut line = format!("{letter}  {}", side.id);
    for part in [&side.outlet, &side.published].into_iter().flatten() {
        let _ = write!(line, " · {part}");
    }
    let _ = writeln!(out, "{line} · {} words", side.words);
    if let Some(title) = &side.title {
        let _ = writeln!(out, "   {title}");
    }
}

fn link(out: &mut String, why: &Why) {
    let Some(link) = &why.link else {
        if let Some(family) = &why.family {
            out.push_str("ONE FAMILY  both carry versions of one text, and no link between the two themselves is listed\n");
            let _ = writeln!(out, "FAMILY  one of {} reports: {}", family.members.len(), why.way.join(" – "));
            return;
        }
        out.push_str("NO LINK FOUND  a negative finding, not a proof; looked for:\n");
        for line in &why.checked {
            let _ = writeln!(out, "  · {line}");
        }
        return;
    };
    let (from, to) = if link.from == why.a.id { ("A", "B") } else { ("B", "A") };
    let direction = match (link.direction.as_str(), &link.upstream) {
        ("from-to", _) => format!("{from} → {to}"),
        ("via upstream", Some(upstream)) => format!("both through {upstream}"),
        ("via upstream", None) => "both through a third".to_owned(),
        _ => "which was first is not known".to_owned(),
    };
    let _ = writeln!(out, "{}  {direction}", link.state.to_uppercase());
    reasons(out, why, &link.because);
    if let Some(family) = &why.family {
        let credited = family.upstream.as_ref().map_or_else(String::new, |u| format!(", credited to {u}"));
        let way = if why.way.len() > 1 { format!(": {}", why.way.join(" – ")) } else { String::new() };
        let _ = writeln!(out, "FAMILY  one of {} reports{credited}{way}", family.members.len());
    }
}

fn reasons(out: &mut String, why: &Why, list: &[Reason]) {
    for reason in list {
        let _ = write!(out, "  · {}", reason.text);
        if let (Some(article), Some(start), Some(end)) = (&reason.article, reason.start, reason.end) {
            let letter = if *article == why.a.id { "A" } else { "B" };
            let _ = write!(out, "  ({letter} {start}–{end})");
        }
        out.push('\n');
    }
}

fn statements(out: &mut String, why: &Why, width: usize) {
    if why.statements.is_empty() {
        return;
    }
    let one = why.statements.iter().filter(|s| s.one_origin).count();
    let _ = writeln!(out, "BOTH TELL  {} statements, {one} of them from one origin", why.statements.len());
    for both in why.statements.iter().take(STATEMENTS) {
        let origins = if both.one_origin {
            format!("one origin: {}", both.a.join(", "))
        } else {
            format!("A: {}; B: {}", both.a.join(", "), both.b.join(", "))
        };
        let _ = writeln!(out, "  · {}\n    {origins}", short(&both.gist, width.saturating_sub(4)));
    }
    if why.statements.len() > STATEMENTS {
        let _ = writeln!(out, "  · and {} more", why.statements.len() - STATEMENTS);
    }
}

fn grouped(out: &mut String, why: &Why) {
    let g = &why.grouped;
    let found = match (g.same_event, g.same_story) {
        (true, _) => "one happening",
        (false, true) => "two happenings of one story",
        (false, false) => "different stories",
    };
    let _ = writeln!(out, "GROUPED  {found}; {:.0} % by words and days alone", g.probability * 100.0);
    reasons(out, why, &g.because);
    let most: Vec<String> =
        g.features.iter().take(FEATURES).map(|f| format!("{} {:+.1}", f.name, f.adds)).collect();
    if !most.is_empty() {
        let _ = writeln!(out, "  · what weighs most: {}", most.join(", "));
    }
}

fn passages(out: &mut String, why: &Why, width: usize) {
    if why.passages.is_empty() {
        return;
    }
    let words: u32 = why.passages.iter().map(|p| p.words).sum();
    let _ = writeln!(
        out,
        "\n{} SHARED, {words} words; what only one has stands in [brackets]",
        if why.passages.len() == 1 {
            "1 PASSAGE".to_owned()
        } else {
            format!("{} PASSAGES", why.passages.len())
        },
    );
    let column = (width.saturating_sub(3)) / 2;
    for passage in why.passages.iter().take(PASSAGES) {
        let quoted = if passage.quoted { ", a speaker's, a post's or a caption's" } else { "" };
        let _ = writeln!(out, "\n{} words{quoted}", passage.words);
        let (a, b) = pieces(&passage.a_text, &passage.b_text);
        let (a, b) = (wrap(&marked(&a), column), wrap(&marked(&b), column));
        let head = |letter: &str, range: (u32, u32)| format!("{letter} {}–{}", range.0, range.1);
        let _ = writeln!(out, "{} │ {}", padded(&head("A", passage.a), column), head("B", passage.b));
        for n in 0..a.len().max(b.len()) {
            let left = a.get(n).map_or("", String::as_str);
            let line = format!("{} │ {}", padded(left, column), b.get(n).map_or("", String::as_str));
            let _ = writeln!(out, "{}", line.trim_end());
        }
    }
    if why.passages.len() > PASSAGES {
        let _ = writeln!(out, "\nand {} more: --html or --json shows all", why.passages.len() - PASSAGES);
    }
}

fn marked(pieces: &[Piece<'_>]) -> String {
    let mut out = String::new();
    for piece in pieces {
        if piece.same {
            out.push_str(piece.text);
        } else {
            let _ = write!(out, "[{}] ", piece.text.trim_end());
        }
    }
    out
}

/// Lines of at most `width` characters, broken at spaces, longer words cut; controls shown as spaces.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split_whitespace() {
        let word: Vec<char> = word.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        for part in word.chunks(width.max(1)) {
            if used > 0 && used + 1 + part.len() > width {
                lines.push(String::new());
                used = 0;
            }
            if let Some(line) = lines.last_mut() {
                if used > 0 {
                    line.push(' ');
                    used += 1;
                }
                line.extend(part);
                used += part.len();
            }
        }
    }
    lines
}

fn padded(text: &str, width: usize) -> String {
    let used = text.chars().count();
    format!("{text}{}", " ".repeat(width.saturating_sub(used)))
}

/// The first characters of one line.
fn short(text: &str, width: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(width.max(2) - 1) {
        Some((cut, _)) => format!("{}…", line[..cut].trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_their_column() {
        for (text, width) in [("one two three four", 9), ("überlangeswörterbuch a", 6), ("", 5)] {
            let lines = wrap(text, width);
            assert!(lines.iter().all(|l| l.chars().count() <= width), "{lines:?}");
            let joined: String = lines.concat().split_whitespace().collect();
            assert_eq!(joined, text.split_whitespace().collect::<String>());
        }
        assert_eq!(short("a  bb\nccc dddd", 8), "a bb cc…");
        assert_eq!(padded("é", 3), "é  ");
    }
}
