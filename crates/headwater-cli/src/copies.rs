//! `headwater copies`: who has it from whom, as words, a picture, a graph and data.

use crate::inputs::{self, Inputs};
use crate::progress::{print, say};
use crate::{Outcome, output};
use anyhow::{Context, Result};
use clap::Args;
use headwater::wire::account::{Account, Copy, Family};
use headwater::wire::{copies, page};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const EXITS: &str = "\
EXIT CODES
  0  done    1  no report was found    2  something failed, in part or whole; what failed is named

EXAMPLES
  headwater copies reports/                          families and links, in words
  headwater copies reports/ --svg copies.svg         the picture
  headwater copies dump.jsonl --jsonl - | jq -c 'select(.type==\"link\")'
  headwater copies reports/ --graphml copies.graphml for Gephi, yEd, Cytoscape, networkx

Why two of them hang together: headwater why A B reports/";

/// Show which reports are copies of which: families, who has it from whom, and other links.
#[derive(Args)]
#[command(after_help = format!("{}\n\n{EXITS}", inputs::HELP))]
pub(crate) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    /// Write the picture (SVG); - for standard output
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// Write the graph (GraphML); - for standard output
    #[arg(long, value_name = "FILE")]
    graphml: Option<PathBuf>,
    /// Write families, links and reports as JSON lines; - for standard output
    #[arg(long, value_name = "FILE")]
    jsonl: Option<PathBuf>,
}

/// Links beside the families that a terminal shows.
const LINKS: usize = 40;
/// Reports without a link that are named.
const FREE: usize = 60;

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let places: Vec<&Path> =
        [arguments.svg.as_deref(), arguments.graphml.as_deref(), arguments.jsonl.as_deref()]
            .into_iter()
            .flatten()
            .collect();
    output::check(&places, &arguments.inputs.paths)?;
    let analysed = match arguments.inputs.analyse("copies")? {
        Ok(analysed) => analysed,
        Err(outcome) => return Ok(outcome),
    };
    let account = headwater::account(&analysed.analysis, headwater::Show::default());
    if let Some(path) = &arguments.svg {
        output::write(path, &page::picture(&account))?;
    }
    if let Some(path) = &arguments.graphml {
        output::write(path, &copies::graphml(&account))?;
    }
    if let Some(path) = &arguments.jsonl {
        output::write(path, &copies::jsonl(&account).context("the links could not be written as JSON")?)?;
    }
    analysed.name_problems();
    if !places.iter().any(|p| output::is_stdout(p)) && !arguments.inputs.quiet {
        print(&words(&account)).context("cannot write to standard output")?;
        for place in &places {
            say(&format!("see {}", place.display()));
        }
    }
    Ok(analysed.outcome())
}

/// Families as trees, then what links beside them.
fn words(account: &Account) -> String {
    let mut out = String::new();
    let [least, most] = account.summary.text_origins;
    let range = if least == most { most.to_string() } else { format!("{least}–{most}") };
    let plural = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let _ = writeln!(
        out,
        "{} · {} · {range} {}",
        plural(account.articles.len(), "report", "reports"),
        plural(account.families.len(), "family", "families"),
        if most == 1 { "origin" } else { "origins" },
    );
    for family in &account.families {
        tree(&mut out, account, family);
    }
    let mut family_of: BTreeMap<&str, &str> = BTreeMap::new();
    for family in &account.families {
        family_of.extend(family.members.iter().map(|m| (m.as_str(), family.id.as_str())));
    }
    let beside: Vec<&Copy> = account
        .copies
        .iter()
        .filter(|c| {
            let of = |id: &String| family_of.get(id.as_str());
            of(&c.from).is_none() || of(&c.from) != of(&c.to)
        })
        .collect();
    if !beside.is_empty() {
        out.push_str("\nother links\n");
    }
    for link in beside.iter().take(LINKS) {
        let arrow = if link.direction == "from-to" { "→" } else { "+" };
        let via = link.upstream.as_ref().map_or_else(String::new, |u| format!("  through {u}"));
        let _ = writeln!(out, "  {}: {} {arrow} {}{via}", link.state, link.from, link.to);
    }
    if beside.len() > LINKS {
        let _ = writeln!(out, "  and {} more: --jsonl has all", beside.len() - LINKS);
    }
    let linked: BTreeSet<&str> = account
        .copies
        .iter()
        .flat_map(|c| [c.from.as_str(), c.to.as_str()])
        .chain(account.families.iter().flat_map(|f| f.members.iter().map(String::as_str)))
        .collect();
    let free: Vec<&str> =
        account.articles.iter().map(|a| a.id.as_str()).filter(|id| !linked.contains(id)).collect();
    if !free.is_empty() {
        let named: Vec<&str> = free.iter().copied().take(FREE).collect();
        let more = if free.len() > FREE { format!(" and {} more", free.len() - FREE) } else { String::new() };
        let _ = writeln!(out, "\nno link found for {}: {}{more}", free.len(), named.join(", "));
    }
    for article in &account.articles {
        for warning in article.warnings.iter().filter(|w| w.code == "circular-reporting") {
            let _ = writeln!(out, "\n{}: {}", article.id, warning.message);
        }
    }
    out
}

/// A family, from its beginning down.
fn tree(out: &mut String, account: &Account, family: &Family) {
    let mut children: BTreeMap<Option<&str>, Vec<&str>> = BTreeMap::new();
    for (member, parent) in family.members.iter().zip(&family.parents) {
        children.entry(parent.as_deref()).or_default().push(member);
    }
    let from = match (&family.upstream, &family.root) {
        (Some(upstream), None) => format!(" · from {upstream}, not among the reports"),
        (Some(upstream), Some(root)) => format!(" · begins with {root}, credited to {upstream}"),
        (None, Some(root)) => format!(" · begins with {root}"),
        (None, None) => " · where it begins is not known".to_owned(),
    };
    let _ = writeln!(out, "\n{} · {} reports{from}", family.id, family.members.len());
    // (id, the lines of its ancestors, whether it is the last child), the next one last.
    let mut open: Vec<(&str, String, bool)> = Vec::new();
    let list = |of: Option<&str>| children.get(&of).cloned().unwrap_or_default();
    let roots = list(None);
    for (n, root) in roots.iter().enumerate().rev() {
        open.push((root, String::new(), n + 1 == roots.len()));
    }
    while let Some((id, prefix, last)) = open.pop() {
        let branch = if last { "└─ " } else { "├─ " };
        let _ = writeln!(out, "  {prefix}{branch}{id}{}", beside(account, family, id));
        let below = format!("{prefix}{}", if last { "   " } else { "│  " });
        let next = list(Some(id));
        for (n, child) in next.iter().enumerate().rev() {
            open.push((child, below.clone(), n + 1 == next.len()));
        }
    }
}

/// What stands beside a report's id: outlet, day, what it shares with the one above.
fn beside(account: &Account, family: &Family, id: &str) -> String {
    let mut out = String::new();
    if let Some(article) = account.articles.iter().find(|a| a.id == id) {
        for part in [article.outlet.clone(), copies::published(article)].into_iter().flatten() {
            let _ = write!(out, " · {part}");
        }
    }
    let parent =
        family.members.iter().zip(&family.parents).find(|(m, _)| *m == id).and_then(|(_, p)| p.as_deref());
    let link = parent.and_then(|p| {
        account.copies.iter().find(|c| (c.from == p && c.to == id) || (c.from == id && c.to == p))
    });
    if let Some(link) = link {
        let _ = write!(out, " · {:.0} % shared", link.containment * 100.0);
        if link.direction != "from-to" {
            out.push_str(", which was first is not known");
        }
    }
    for (_, also) in family.second_parents.iter().filter(|(child, _)| child == id) {
        let _ = write!(out, " · merged with {also}");
    }
    out
}
