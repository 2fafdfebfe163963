//! The reports themselves: what each is, what was taken out of it, and its words with the cited ones marked.
//!
//! Every word of an article that the page holds stands here once; all links lead here. By script a report
//! opens beside what one reads; without it the link jumps down the page.

use super::dates;
use super::html::{Html, web_address};
use super::view::{Anchor, View};
use crate::account::{Article, Warning};
use std::collections::BTreeMap;

/// Characters of a removed block that are shown.
const REMOVED_CHARACTERS: usize = 400;
/// Removed blocks shown for one report.
const REMOVED_BLOCKS: usize = 60;
/// Reports of one family shown before the rest folds. By judgement.
const FAMILY_SHOWN: usize = 3;
/// Inputs of one code, and reports of one warning, that are listed.
const LISTED: usize = 30;

/// The section.
pub(super) fn section(html: &mut Html, view: &View) {
    if view.account.articles.is_empty() {
        return;
    }
    html.raw("<section id=\"reports\"><h2>The reports</h2><p class=\"lead\">");
    html.raw(if view.account.articles.iter().any(|a| a.text.is_some()) {
        "The words of each report as read; cited sentences are tinted."
    } else {
        "The cited sentences of each report (tinted) with their neighbours; … stands for words not shown here."
    });
    html.raw("</p>");
    let (families, rest) = families(view);
    for (i, family) in families.iter().enumerate() {
        if i == 0 {
            html.raw("<p class=\"note\">Reports that share text or name each other stand together; the first is the earliest.</p>");
        }
        html.raw("<div class=\"family-of\"><h3>").counted(family.len(), "report", "reports");
        html.raw(" <span class=\"note\">that share text or a credit</span></h3><div class=\"report-list\">");
        for (n, &at) in family.iter().enumerate() {
            if n == FAMILY_SHOWN && family.len() > FAMILY_SHOWN + 1 {
                html.raw("</div><details class=\"fold block\"><summary>").count(family.len() - FAMILY_SHOWN);
                html.raw(" more of them</summary><div class=\"report-list\">");
            }
            report(html, view, at);
        }
        html.raw("</div>").raw(if family.len() > FAMILY_SHOWN + 1 { "</details></div>" } else { "</div>" });
    }
    if !families.is_empty() && !rest.is_empty() {
        html.raw("<h3>").counted(rest.len(), "report", "reports");
        html.raw(" <span class=\"note\">that no link of copying or credit was found for</span></h3>");
    }
    if !rest.is_empty() {
        html.raw("<div class=\"report-list\">");
        for at in rest {
            report(html, view, at);
        }
        html.raw("</div>");
    }
    html.raw("</section>");
}

/// Reports joined by links of copying or credit, the largest family first and the earliest report of each first;
/// and those without a link. With few reports there are no families: one list reads better.
fn families(view: &View) -> (Vec<Vec<usize>>, Vec<usize>) {
    let count = view.account.articles.len();
    if count <= view.options.table_columns {
        return (Vec::new(), (0..count).collect());
    }
    let mut of: Vec<usize> = (0..count).collect();
    fn root(of: &mut [usize], mut at: usize) -> usize {
        while let Some(&up) = of.get(at).filter(|&&up| up != at) {
            let over = of.get(up).copied().unwrap_or(up);
            if let Some(slot) = of.get_mut(at) {
                *slot = over;
            }
            at = over;
        }
        at
    }
    for copy in view.account.copies.iter().filter(|c| c.state != "common upstream") {
        if let (Some(a), Some(b)) = (view.article(&copy.from), view.article(&copy.to)) {
            let (a, b) = (root(&mut of, a), root(&mut of, b));
            if let Some(slot) = of.get_mut(a.max(b)) {
                *slot = a.min(b);
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..count {
        groups.entry(root(&mut of, at)).or_default().push(at);
    }
    let (mut families, rest): (Vec<Vec<usize>>, Vec<Vec<usize>>) =
        groups.into_values().partition(|g| g.len() > 1);
    for family in &mut families {
        family.sort_by_key(|&a| (view.published(a).map_or(i32::MAX, |p| p.0), a));
    }
    families.sort_by_key(|f| (std::cmp::Reverse(f.len()), f.first().copied()));
    (families, rest.concat())
}

/// "12 Aug 2025" or "between … (inferred)" under a report's name.
pub(super) fn published_note(html: &mut Html, view: &View, at: usize) {
    let Some(published) = view.account.articles.get(at).map(|a| &a.published) else { return };
    html.raw("<span class=\"note\">");
    match dates::range(published.value.as_deref(), published.earliest.as_deref(), published.latest.as_deref())
    {
        Some(when) => html.text(&when),
        None => html.raw("undated"),
    };
    html.raw(if published.how == "inferred" { " (inferred)</span>" } else { "</span>" });
}

fn report(html: &mut Html, view: &View, at: usize) {
    let Some(article) = view.account.articles.get(at) else { return };
    html.raw("<article class=\"report\" id=\"a")
        .num(at)
        .raw("\" tabindex=\"-1\" aria-label=\"")
        .text(view.name(at))
        .raw("\"");
    if let Some(story) = view.story_of(at) {
        html.raw(" data-s=\"").num(story).raw("\"");
    }
    html.raw("><header><p class=\"outlet\">").words(view.name(at)).raw(" ");
    published_note(html, view, at);
    html.raw("</p><h3 class=\"said\">");
    match article.title.as_deref().filter(|t| !t.trim().is_empty()) {
        Some(title) => html.cut(title, 220),
        None => html.raw("<span class=\"note\">no headline</span>"),
    };
    html.raw("</h3>");
    facts(html, article);
    html.raw("<button type=\"button\" class=\"open\">Read the cited words</button></header>");
    asides(html, view, at, article);
    html.raw("<div class=\"body\" dir=\"auto\"");
    if let Some(language) = article.language.as_deref().filter(|l| is_language(l)) {
        html.raw(" lang=\"").text(language).raw("\"");
    }
    html.raw(">");
    words(html, view, at, article);
    html.raw("</div></article>");
}

fn is_language(code: &str) -> bool {
    (2..=12).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// Who wrote it, from whom, how long, where.
fn facts(html: &mut Html, article: &Article) {
    html.raw("<p class=\"facts\">");
    if !article.authors.is_empty() {
        html.raw("<span>by ").cut(&article.authors.join(", "), 120).raw("</span> ");
    }
    for credit in article.credits.iter().take(6) {
        html.raw("<span class=\"credit\">credits ").words(&credit.name);
        if !credit.place.is_empty() {
            html.raw(" (").text(&credit.place).raw(")");
        }
        html.raw("</span> ");
    }
    html.raw("<span>").counted(article.words, "word", "words").raw("</span> ");
    match article.url.as_deref().and_then(web_address) {
        Some(address) => {
            html.raw("<a rel=\"noreferrer noopener external\" href=\"")
                .text(address)
                .raw("\">the original</a> ");
        }
        None => {
            if let Some(address) = article.url.as_deref().filter(|u| !u.trim().is_empty()) {
                html.raw("<span class=\"path\">").cut(address, 80).raw("</span> ");
            }
        }
    }
    html.raw("<span class=\"path\">").cut(&article.path, 80);
    if let Some(record) = article.record {
        html.raw(", record ").num(record);
    }
    html.raw("</span></p>");
}

/// Why it is dated so, what was taken out, warnings: each on demand.
fn asides(html: &mut Html, view: &View, at: usize, article: &Article) {
    html.raw("<div class=\"asides\">");
    if !article.published.because.is_empty() {
        html.raw("<details class=\"why\"><summary>Why this date</summary>");
        view.because(html, &article.published.because);
        html.raw("</details>");
    }
    if !article.removed.is_empty() {
        html.raw("<details class=\"why\"><summary>What was taken out <span class=\"n\">")
            .count(article.removed.len());
        html.raw("</span></summary><dl class=\"removed\">");
        for block in article.removed.iter().take(REMOVED_BLOCKS) {
            html.raw("<div><dt>").words(&block.class).raw(" <span class=\"note\">").words(&block.reason);
            html.raw("</span></dt><dd dir=\"auto\">").cut(&block.text, REMOVED_CHARACTERS).raw("</dd></div>");
        }
        html.raw("</dl>");
        if article.removed.len() > REMOVED_BLOCKS {
            html.raw("<p class=\"note\">and ")
                .count(article.removed.len() - REMOVED_BLOCKS)
                .raw(" more, in account.json</p>");
        }
        html.raw("</details>");
    }
    if !article.warnings.is_empty() {
        html.raw("<details class=\"why warn\"><summary>Warnings <span class=\"n\">")
            .count(article.warnings.len());
        html.raw("</span></summary><ul class=\"because\">");
        for warning in article.warnings.iter().take(REMOVED_BLOCKS) {
            html.raw("<li>");
            match warning.span {
                Some((start, end)) => {
                    view.open_link(html, "where plain", at, start, end);
                    html.words(&warning.message).raw("</a>");
                }
                None => {
                    html.words(&warning.message);
                }
            }
            hint(html, warning);
            html.raw("</li>");
        }
        html.raw("</ul></details>");
    }
    html.raw("</div>");
}

fn hint(html: &mut Html, warning: &Warning) {
    if !warning.hint.is_empty() {
        html.raw(" <span class=\"note\">").words(&warning.hint).raw("</span>");
    }
}

/// The words: sentences in paragraphs; gaps are the text between them, or "…" where it is not embedded.
fn words(html: &mut Html, view: &View, at: usize, article: &Article) {
    let anchors = view.anchors(at);
    if anchors.is_empty() && article.text.is_none() {
        html.raw("<p class=\"note\">No sentence of this report is cited.</p>");
        return;
    }
    html.raw("<p>");
    let mut reached = 0u32;
    let mut first = true;
    for anchor in anchors {
        match &article.text {
            Some(text) => plain(html, text.get(reached as usize..anchor.start as usize).unwrap_or_default()),
            None => gap(html, article, anchor, reached, first),
        }
        let words = match (&article.text, anchor.sentence) {
            (Some(text), _) => text.get(anchor.start as usize..anchor.end as usize),
            (None, Some(i)) => article.sentences.get(i).map(|s| s.text.as_str()),
            _ => None,
        };
        html.raw(if anchor.cited { "<span class=\"s c\" id=\"a" } else { "<span class=\"s\" id=\"a" });
        html.num(at).raw("s").num(anchor.start).raw("\">").text(words.unwrap_or_default()).raw("</span>");
        reached = anchor.end;
        first = false;
    }
    match &article.text {
        Some(text) => plain(html, text.get(reached as usize..).unwrap_or_default()),
        None if (reached as usize) < article.text_bytes => {
            html.raw(" <span class=\"gap\" title=\"words not shown\">…</span>");
        }
        None => {}
    }
    html.raw("</p>");
}

/// Text between anchors; blank lines open paragraphs.
fn plain(html: &mut Html, text: &str) {
    for (i, part) in text.split("\n\n").enumerate() {
        if i > 0 {
            html.raw("</p><p>");
        }
        html.text(part);
    }
}

/// What lies between two embedded sentences: a paragraph's end, words not shown, or a space.
fn gap(html: &mut Html, article: &Article, anchor: &Anchor, reached: u32, first: bool) {
    /// Bytes between neighbours at most: a space, or a blank line.
    const BETWEEN: u32 = 3;
    let missing = anchor.start > reached + if first { 0 } else { BETWEEN };
    let opens = anchor.sentence.and_then(|i| article.sentences.get(i)).is_some_and(|s| s.opens);
    if missing {
        html.raw("<span class=\"gap\" title=\"words not shown\">…</span> ");
    }
    if opens && !first {
        html.raw("</p><p>");
    } else {
        html.raw(" ");
    }
}

/// Inputs that gave no report, and warnings about the whole and about single reports.
pub(super) fn asides_of_all(html: &mut Html, view: &View) {
    let account = view.account;
    let mut by_code: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (at, article) in account.articles.iter().enumerate() {
        for warning in &article.warnings {
            by_code.entry((&warning.code, &warning.hint)).or_default().push(at);
        }
    }
    if account.set_aside.is_empty() && account.warnings.is_empty() && by_code.is_empty() {
        return;
    }
    html.raw("<section id=\"aside\"><h2>What to keep in mind</h2>");
    if !account.warnings.is_empty() || !by_code.is_empty() {
        html.raw("<h3>Warnings</h3><ul class=\"notices\">");
        for warning in account.warnings.iter().take(REMOVED_BLOCKS) {
            html.raw("<li><b>").words(&warning.message).raw("</b>");
            hint(html, warning);
            html.raw("</li>");
        }
        for ((code, advice), articles) in &by_code {
            let mut articles = articles.clone();
            articles.dedup();
            html.raw("<li><b>").words(&code.replace(['-', '_'], " ")).raw("</b> ");
            view.chips(html, &articles, 8);
            if !advice.is_empty() {
                html.raw(" <span class=\"note\">").words(advice).raw("</span>");
            }
            html.raw("</li>");
        }
        html.raw("</ul>");
    }
    if !account.set_aside.is_empty() {
        set_aside(html, view);
    }
    html.raw("</section>");
}

fn set_aside(html: &mut Html, view: &View) {
    let mut by_code: BTreeMap<&str, Vec<&crate::account::SetAside>> = BTreeMap::new();
    for input in &view.account.set_aside {
        by_code.entry(&input.code).or_default().push(input);
    }
    html.raw("<h3>Inputs set aside <span class=\"n\">")
        .count(view.account.set_aside.len())
        .raw("</span></h3>");
    for inputs in by_code.values() {
        let Some(first) = inputs.first() else { continue };
        html.raw("<div class=\"set-aside\"><p><b>")
            .words(&first.message)
            .raw("</b> <span class=\"n\">")
            .count(inputs.len())
            .raw("</span>");
        if !first.hint.is_empty() {
            html.raw(" <span class=\"note\">").words(&first.hint).raw("</span>");
        }
        html.raw("</p><ul class=\"paths\">");
        for input in inputs.iter().take(LISTED) {
            html.raw("<li>").cut(&input.path, 120);
            if let Some(record) = input.record {
                html.raw(", record ").num(record);
            }
            if input.message != first.message {
                html.raw(" <span class=\"note\">").words(&input.message).raw("</span>");
            }
            html.raw("</li>");
        }
        html.raw("</ul>");
        if inputs.len() > LISTED {
            html.raw("<p class=\"note\">and ").count(inputs.len() - LISTED).raw(" more, in account.json</p>");
        }
        html.raw("</div>");
    }
}
