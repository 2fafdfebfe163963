//! The picture of who has the words from whom, and the passages that show it.

use super::dates;
use super::forest::{Forest, Node, Row};
use super::html::{Html, shorten};
use super::view::View;
use crate::account::{Copy, Passage};
use std::collections::BTreeSet;

/// Height of one row of the picture, in pixels.
const ROW: usize = 46;
/// Step to the right for each generation, in pixels; six fit on a phone.
const STEP: usize = 28;
/// Generations drawn with a step of their own.
const DEPTH: usize = 6;
/// Reports of a tree from which on it folds.
const FOLD_FROM: usize = 40;
/// Passages shown for one link.
const PASSAGES: usize = 3;
/// Characters shown of one passage.
const PASSAGE_CHARACTERS: usize = 260;
/// Links shown that the trees do not draw.
const OTHER_LINKS: usize = 30;

/// The section.
pub(super) fn section(html: &mut Html, view: &View) {
    if view.account.articles.len() < 2 {
        return;
    }
    let order = |article: usize| view.published(article).map_or(i32::MAX, |p| p.0);
    let forest = Forest::new(view.account, &|id| view.article(id), &order);
    html.raw("<section id=\"copies\"><h2>Who has it from whom</h2>");
    if forest.trees.is_empty() {
        html.raw("<p class=\"lead\">No link between the reports was found: no shared passages, no credit lines. That is a negative finding, not a proof.</p></section>");
        return;
    }
    html.raw("<p class=\"legend\">");
    for (class, words) in [
        ("flow copied", "shares passages word for word"),
        ("flow declared", "says so itself: a credit, a byline, a link"),
        ("flow upstream", "both cite the same source"),
    ] {
        html.raw("<span><svg class=\"key\" width=\"30\" height=\"12\" aria-hidden=\"true\"><path class=\"")
            .raw(class);
        html.raw("\" stroke-width=\"3\" d=\"M1 6H29\"/></svg> ").raw(words).raw("</span> ");
    }
    html.raw("<span>Thicker: a larger share of the words. Dashed: who was first is not known.</span></p>");
    for rows in &forest.trees {
        tree(html, view, &forest, rows);
    }
    unlinked(html, view, &forest);
    other_links(html, view, &forest);
    html.raw("</section>");
}

fn tree(html: &mut Html, view: &View, forest: &Forest, rows: &[Row]) {
    let reports = rows.iter().filter(|r| matches!(r.node, Node::Report(_))).count();
    let folds = reports >= FOLD_FROM;
    html.raw("<div class=\"family\">");
    if folds {
        html.raw("<details class=\"fold block\"><summary>");
        if let Some(row) = rows.first() {
            html.words(&node_name(view, forest, row.node)).raw(" and what comes from it: ");
        }
        html.counted(reports, "report", "reports").raw("</summary>");
    }
    html.raw("<div class=\"tree-and-proof\"><svg class=\"tree\" width=\"100%\" height=\"")
        .num(rows.len() * ROW + 4);
    html.raw("\" role=\"group\" aria-label=\"Tree of ").counted(reports, "report", "reports").raw("\">");
    // The stream first, the names above it.
    // Thick before thin, so that none is hidden.
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let shared = |at: &usize| {
        let copy = rows.get(*at).and_then(|row| view.account.copies.get(row.edge?.copy));
        copy.map_or(0.0, |copy| copy.containment)
    };
    order.sort_by(|a, b| shared(b).total_cmp(&shared(a)).then(b.cmp(a)));
    for at in order {
        let row = rows.get(at);
        if let Some((parent, edge)) = row.and_then(|row| row.parent.zip(row.edge)) {
            stream(html, view, rows, at, parent, edge.copy, edge.directed);
        }
    }
    for (at, row) in rows.iter().enumerate() {
        node(html, view, forest, at, row);
    }
    html.raw("</svg><div class=\"proofs\">");
    for row in rows {
        if let Some((edge, copy)) =
            row.edge.and_then(|edge| Some((edge, view.account.copies.get(edge.copy)?)))
        {
            // A link through an upstream stands under both reports: its proof once.
            let repeated = matches!(edge.parent, Node::Upstream(_))
                && view.article(&copy.to).map(Node::Report) != Some(row.node);
            if !repeated {
                proof(html, view, edge.copy, copy);
            }
        }
    }
    html.raw("</div></div>").raw(if folds { "</details></div>" } else { "</div>" });
}

fn place(at: usize, row: &Row) -> (usize, usize) {
    (12 + row.depth.min(DEPTH) * STEP, at * ROW + ROW / 2)
}

/// The curve from a parent to its child.
fn stream(html: &mut Html, view: &View, rows: &[Row], at: usize, parent: usize, copy: usize, directed: bool) {
    let (Some(child_row), Some(parent_row), Some(copy)) =
        (rows.get(at), rows.get(parent), view.account.copies.get(copy))
    else {
        return;
    };
    let ((x, y), (px, py)) = (place(at, child_row), place(parent, parent_row));
    let shared = if copy.containment.is_finite() { copy.containment.clamp(0.0, 1.0) } else { 0.0 };
    html.raw("<path class=\"flow ").raw(match copy.state.as_str() {
        "copied" => "copied",
        "declared" => "declared",
        _ => "upstream",
    });
    html.raw(if directed { "\"" } else { " unsure\"" })
        .raw(" stroke-width=\"")
        .num((15.0 + 45.0 * shared).round() / 10.0);
    html.raw("\" d=\"M").num(px).raw(" ").num(py).raw("V").num(y.saturating_sub(16).max(py));
    html.raw("Q").num(px).raw(" ").num(y).raw(" ").num(x).raw(" ").num(y).raw("\"/>");
}

fn node_name(view: &View, forest: &Forest, node: Node) -> String {
    match node {
        Node::Report(at) => view.name(at).to_owned(),
        Node::Upstream(at) => shorten(forest.upstreams.get(at).map_or("?", String::as_str), 40),
    }
}

fn node(html: &mut Html, view: &View, forest: &Forest, at: usize, row: &Row) {
    let (x, y) = place(at, row);
    match row.node {
        Node::Report(article) => {
            html.raw("<a href=\"#a").num(article).raw("\"><circle class=\"node");
            html.raw(if row.parent.is_none() { " root\" r=\"7\"" } else { "\" r=\"5.5\"" });
            html.raw(" cx=\"").num(x).raw("\" cy=\"").num(y).raw("\"/><text class=\"name\" x=\"").num(x + 13);
            html.raw("\" y=\"").num(y - 2).raw("\">").text(view.name(article)).raw("</text></a>");
        }
        Node::Upstream(_) => {
            html.raw("<svg class=\"drop\" x=\"")
                .num(x.saturating_sub(9))
                .raw("\" y=\"")
                .num(y.saturating_sub(10));
            html.raw(
                "\" width=\"18\" height=\"18\"><use href=\"#i-spring\"/></svg><text class=\"name\" x=\"",
            )
            .num(x + 13);
            html.raw("\" y=\"").num(y - 2).raw("\">").text(&node_name(view, forest, row.node)).raw("</text>");
        }
    }
    html.raw("<text class=\"sub\" x=\"").num(x + 13).raw("\" y=\"").num(y + 14).raw("\">");
    match row.node {
        Node::Report(article) => {
            let published = view.account.articles.get(article).map(|a| &a.published);
            let when = published
                .and_then(|p| dates::range(p.value.as_deref(), p.earliest.as_deref(), p.latest.as_deref()))
                .unwrap_or_else(|| "undated".to_owned());
            html.text(&when);
            if let Some(copy) = row.edge.and_then(|edge| view.account.copies.get(edge.copy)) {
                html.raw(" · ");
                share(html, copy);
            }
        }
        Node::Upstream(_) => {
            html.raw("not among the reports");
        }
    }
    html.raw("</text>");
}

/// How two reports hang together, in a few words.
fn share(html: &mut Html, copy: &Copy) {
    let percent = (copy.containment.clamp(0.0, 1.0) * 100.0).round();
    match copy.state.as_str() {
        "copied" if percent >= 1.0 => html.num(percent).raw(" % of the words shared"),
        "copied" => html.raw("passages shared"),
        "declared" if percent >= 1.0 => html.raw("credited, ").num(percent).raw(" % of the words shared"),
        "declared" => html.raw("credited"),
        "common upstream" => html.raw("same source cited"),
        other => html.text(&shorten(other, 30)),
    };
}

/// What a link rests on: reasons and passages.
fn proof(html: &mut Html, view: &View, at: usize, copy: &Copy) {
    let (Some(from), Some(to)) = (view.article(&copy.from), view.article(&copy.to)) else { return };
    html.raw("<details class=\"proof\" id=\"cp").num(at).raw("\"><summary><span>").words(view.name(from));
    html.raw(match copy.direction.as_str() {
        "from-to" => " <i aria-label=\"to\">→</i> ",
        "via upstream" => " <i aria-label=\"and\">+</i> ",
        _ => " <i aria-label=\"and, direction not known,\">–</i> ",
    });
    html.words(view.name(to)).raw("</span> <span class=\"note\">");
    share(html, copy);
    html.raw("</span></summary>");
    view.because(html, &copy.because);
    let mut passages: Vec<&Passage> = copy.passages.iter().collect();
    passages.sort_by_key(|p| (p.quoted, std::cmp::Reverse(p.words), p.to));
    for passage in passages.iter().take(PASSAGES) {
        html.raw("<blockquote class=\"passage\">");
        let words = passage.text.as_deref().map(|words| shorten(words, PASSAGE_CHARACTERS));
        if let Some(words) = words
            .or_else(|| view.excerpt(to, passage.to.0, passage.to.1, PASSAGE_CHARACTERS))
            .or_else(|| view.excerpt(from, passage.from.0, passage.from.1, PASSAGE_CHARACTERS))
        {
            html.raw("<p class=\"said\">").words(&words).raw("</p>");
        }
        html.raw("<footer>").counted(passage.words as usize, "word", "words");
        html.raw(if passage.quoted { ", all quotation" } else { "" }).raw(" · in ");
        view.open_link(html, "where", from, passage.from.0, passage.from.1);
        html.words(view.name(from)).raw("</a> · in ");
        view.open_link(html, "where", to, passage.to.0, passage.to.1);
        html.words(view.name(to)).raw("</a></footer></blockquote>");
    }
    if passages.len() > PASSAGES {
        html.raw("<p class=\"note\">and ")
            .counted(passages.len() - PASSAGES, "shorter passage", "shorter passages")
            .raw("</p>");
    }
    html.raw("</details>");
}

fn unlinked(html: &mut Html, view: &View, forest: &Forest) {
    let linked: BTreeSet<usize> = forest
        .trees
        .iter()
        .flatten()
        .filter_map(|row| match row.node {
            Node::Report(at) => Some(at),
            Node::Upstream(_) => None,
        })
        .collect();
    let free: Vec<usize> = (0..view.account.articles.len()).filter(|at| !linked.contains(at)).collect();
    if !free.is_empty() {
        html.raw("<div class=\"who\"><b>No link found for ").count(free.len()).raw(":</b> ");
        view.chips(html, &free, 16);
        html.raw("</div>");
    }
}

fn other_links(html: &mut Html, view: &View, forest: &Forest) {
    let others: Vec<(usize, &Copy)> =
        view.account.copies.iter().enumerate().filter(|(at, _)| !forest.drawn.contains(at)).collect();
    if others.is_empty() {
        return;
    }
    html.raw("<details class=\"fold block\"><summary>Further links, not drawn <span class=\"n\">")
        .count(others.len());
    html.raw("</span></summary><div class=\"proofs\">");
    for (at, copy) in others.iter().take(OTHER_LINKS) {
        proof(html, view, *at, copy);
    }
    if others.len() > OTHER_LINKS {
        html.raw("<p class=\"note\">and ")
            .count(others.len() - OTHER_LINKS)
            .raw(" more, in account.json</p>");
    }
    html.raw("</div></details>");
}
