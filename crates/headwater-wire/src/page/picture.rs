//! The picture of who has it from whom as one SVG file: trees from top to bottom, one line a report.
//!
//! Readable with 30 reports at a glance, and with 300 by scrolling: nothing is laid over anything else. It needs no
//! style, script or font from outside.

use super::PageOptions;
use super::dates;
use super::forest::{Forest, Node, Row};
use super::html::{Html, shorten};
use super::view::View;
use crate::account::Account;
use std::collections::BTreeSet;

/// Height of one line, in pixels.
const LINE: usize = 30;
/// Step to the right for each generation, in pixels.
const STEP: usize = 26;
/// Generations drawn with a step of their own; later ones stand under the last.
const DEPTH: usize = 12;
/// Space between two trees, in pixels.
const GAP: usize = 18;
/// Width of the picture, in pixels.
const WIDTH: usize = 960;
/// Characters of a report's name and of its headline.
const NAME: usize = 34;
const HEADLINE: usize = 56;
/// Reports without a link that are named.
const FREE: usize = 400;

const STYLE: &str = "svg{background:#fff}text{font:13px system-ui,sans-serif;fill:#1d2429}.h{font:12px Georgia,serif;fill:#55606a}.n{fill:#6b7680;font-size:12px}.t{font-size:17px;font-weight:600}path{fill:none;stroke:#2b6f8f}.declared{stroke:#8f5d2b}.upstream{stroke:#7a7f87}.unsure{stroke-dasharray:5 4}circle{fill:#fff;stroke:#2b6f8f;stroke-width:2}.root{fill:#2b6f8f}rect{fill:#eef3f6;stroke:#2b6f8f}";

/// The account's links as an SVG file.
///
/// ```
/// use headwater_wire::{account::Account, page::picture};
/// assert!(picture(&Account::default()).starts_with("<svg"));
/// ```
pub fn picture(account: &Account) -> String {
    let options = PageOptions::default();
    let view = View::new(account, &options);
    let order = |article: usize| view.published(article).map_or(i32::MAX, |p| p.0);
    let forest = Forest::new(account, &|id| view.article(id), &order);
    let linked: BTreeSet<usize> = forest
        .trees
        .iter()
        .flatten()
        .filter_map(|row| match row.node {
            Node::Report(at) => Some(at),
            Node::Upstream(_) => None,
        })
        .collect();
    let free: Vec<usize> = (0..account.articles.len()).filter(|at| !linked.contains(at)).collect();
    let shown = free.len().min(FREE);
    let rows: usize = forest.trees.iter().map(Vec::len).sum();
    let heading = if free.is_empty() { 0 } else { LINE + GAP };
    let height = 78 + rows * LINE + forest.trees.len() * GAP + heading + shown * LINE + GAP;

    let mut svg = Html::default();
    svg.raw("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").num(WIDTH).raw("\" height=\"").num(height);
    svg.raw("\" viewBox=\"0 0 ").num(WIDTH).raw(" ").num(height).raw("\" role=\"img\"><title>");
    svg.raw("Who has it from whom: ").counted(account.articles.len(), "report", "reports");
    svg.raw("</title><style>").raw(STYLE).raw("</style><text class=\"t\" x=\"16\" y=\"28\">");
    svg.counted(account.articles.len(), "report", "reports").raw(" · ");
    let [least, most] = account.summary.text_origins;
    svg.num(least);
    if most != least {
        svg.raw("–").num(most);
    }
    svg.raw(if most == 1 { " origin" } else { " origins" }).raw("</text>");
    legend(&mut svg);
    let mut top = 78;
    for tree in &forest.trees {
        draw(&mut svg, &view, &forest, tree, top);
        top += tree.len() * LINE + GAP;
    }
    if !free.is_empty() {
        svg.raw("<text class=\"n\" x=\"16\" y=\"").num(top + 14).raw("\">No link found for ");
        svg.counted(free.len(), "report", "reports").raw("</text>");
        top += LINE;
        for article in free.iter().take(FREE) {
            svg.raw("<circle cx=\"24\" cy=\"").num(top + LINE / 2).raw("\" r=\"5\"/>");
            label(&mut svg, &view, *article, 38, top, None);
            top += LINE;
        }
    }
    svg.raw("</svg>\n");
    svg.into_string()
}

fn legend(svg: &mut Html) {
    let mut x = 16;
    for (class, words, wide) in [
        ("copied", "shares passages", 150),
        ("declared", "says so itself", 140),
        ("upstream", "same source cited", 165),
        ("copied unsure", "who was first is not known", 210),
    ] {
        svg.raw("<path class=\"").raw(class).raw("\" stroke-width=\"3\" d=\"M").num(x).raw(" 50h24\"/>");
        svg.raw("<text class=\"n\" x=\"").num(x + 30).raw("\" y=\"54\">").raw(words).raw("</text>");
        x += wide + 12;
    }
}

fn place(at: usize, row: &Row, top: usize) -> (usize, usize) {
    (24 + row.depth.min(DEPTH) * STEP, top + at * LINE + LINE / 2)
}

fn draw(svg: &mut Html, view: &View, forest: &Forest, rows: &[Row], top: usize) {
    for (at, row) in rows.iter().enumerate() {
        let edge = row.parent.and_then(|p| Some((p, rows.get(p)?, row.edge?)));
        let Some((parent, parent_row, edge)) = edge else { continue };
        let Some(copy) = view.account.copies.get(edge.copy) else { continue };
        let ((x, y), (px, py)) = (place(at, row, top), place(parent, parent_row, top));
        svg.raw("<path class=\"").raw(match copy.state.as_str() {
            "copied" => "copied",
            "declared" => "declared",
            _ => "upstream",
        });
        svg.raw(if edge.directed { "\"" } else { " unsure\"" }).raw(" stroke-width=\"");
        let shared = if copy.containment.is_finite() { copy.containment.clamp(0.0, 1.0) } else { 0.0 };
        svg.num((15.0 + 35.0 * shared).round() / 10.0).raw("\" d=\"M").num(px).raw(" ").num(py);
        svg.raw("V").num(y.saturating_sub(12).max(py)).raw("Q").num(px).raw(" ").num(y).raw(" ");
        svg.num(x.max(px + 8)).raw(" ").num(y).raw("\"/>");
    }
    for (at, row) in rows.iter().enumerate() {
        let (x, y) = place(at, row, top);
        match row.node {
            Node::Report(article) => {
                svg.raw(if row.parent.is_none() { "<circle class=\"root\" cx=\"" } else { "<circle cx=\"" });
                svg.num(x).raw("\" cy=\"").num(y).raw("\" r=\"5\"/>");
                let share = row.edge.and_then(|e| view.account.copies.get(e.copy)).map(|c| c.containment);
                label(svg, view, article, x + 14, y - LINE / 2, share);
            }
            Node::Upstream(upstream) => {
                let name = shorten(forest.upstreams.get(upstream).map_or("?", String::as_str), NAME);
                svg.raw("<rect x=\"").num(x - 7).raw("\" y=\"").num(y - 7);
                svg.raw("\" width=\"14\" height=\"14\" rx=\"4\"/><text x=\"").num(x + 14).raw("\" y=\"");
                svg.num(y + 4).raw("\">").text(&name);
                svg.raw(" <tspan class=\"n\">not among the reports</tspan></text>");
            }
        }
    }
}

/// A report in one line: its name, its days, how much it shares, its headline.
fn label(svg: &mut Html, view: &View, article: usize, x: usize, top: usize, share: Option<f64>) {
    let y = top + LINE / 2 + 4;
    svg.raw("<text x=\"").num(x).raw("\" y=\"").num(y).raw("\">");
    svg.text(&shorten(view.name(article), NAME));
    svg.raw(" <tspan class=\"n\">");
    let report = view.account.articles.get(article);
    let when = report
        .map(|a| &a.published)
        .and_then(|p| dates::range(p.value.as_deref(), p.earliest.as_deref(), p.latest.as_deref()));
    svg.text(when.as_deref().unwrap_or("undated"));
    if let Some(percent) = share.map(|s| (s.clamp(0.0, 1.0) * 100.0).round()).filter(|p| *p >= 1.0) {
        svg.raw(" · ").num(percent).raw(" %");
    }
    svg.raw("</tspan>");
    if let Some(title) = report.and_then(|a| a.title.as_deref()) {
        svg.raw(" <tspan class=\"h\">").text(&shorten(title, HEADLINE)).raw("</tspan>");
    }
    svg.raw("</text>");
}
