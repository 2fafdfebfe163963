//! The account in words, storyline by storyline: sentences of the reports, and beside each who tells it.
//!
//! The sentences are the account's; here they are only set in their parts, linked to where they stand and to the
//! row that lines all reports up. Storylines stand in the order of how many reports tell them.

use super::agreement;
use super::html::Html;
use super::values;
use super::view::View;
use crate::account::{Line, Report, Story};

/// Storylines whose words are open at first. By judgement: what a reader scrolls past without tiring.
const OPEN: usize = 3;
/// Characters of a storyline's title.
const TITLE: usize = 140;
/// Storylines of one report that are listed before the rest folds. By judgement.
const LONE: usize = 4;

/// A part of the words: its code in the account, and its heading.
const PARTS: [(&str, &str); 4] = [
    ("happened", "What happened"),
    ("several origins", "Told from several origins"),
    ("differs", "Where they differ"),
    ("one origin", "Told by several, from one origin"),
];

/// The section; nothing when the account has no words.
pub(super) fn section(html: &mut Html, view: &View) {
    let stories = &view.account.stories;
    if stories.iter().all(|s| s.account.is_empty()) {
        return;
    }
    html.raw("<section id=\"short\" class=\"brief\"><h2>In short</h2><p class=\"lead\">Sentences of the reports, to the letter; select one to see it where it stands. All that they stand for follows below.</p>");
    let several = stories.len() > 1;
    let (main, lone): (Vec<usize>, Vec<usize>) =
        view.stories().iter().partition(|&&at| !several || is_main(&stories[at]));
    for (place, &at) in main.iter().enumerate() {
        story(html, view, at, several, place < OPEN);
    }
    if !lone.is_empty() {
        html.raw("<div class=\"lone-of\"><h3>Storylines of one report</h3><ul class=\"lone\">");
        for (place, &at) in lone.iter().enumerate() {
            if place == LONE && lone.len() > LONE + 1 {
                html.raw("</ul><details class=\"fold\"><summary>").count(lone.len() - LONE);
                html.raw(" more</summary><ul class=\"lone\">");
            }
            one_report(html, view, at);
        }
        html.raw("</ul>").raw(if lone.len() > LONE + 1 { "</details></div>" } else { "</div>" });
    }
    html.raw("</section>");
}

/// Whether a storyline has more than one report.
fn is_main(story: &Story) -> bool {
    story.articles.len() > 1
}

fn story(html: &mut Html, view: &View, at: usize, several: bool, open: bool) {
    let Some(story) = view.account.stories.get(at) else { return };
    if several {
        html.raw("<details class=\"brief-of\" id=\"story").num(at).raw("\" data-s=\"").num(at);
        html.raw(if open {
            "\" open><summary><h3 class=\"said\">"
        } else {
            "\"><summary><h3 class=\"said\">"
        });
        html.cut(&story.title, TITLE).raw("</h3> <span class=\"note\">");
        counts(html, view, story);
        html.raw("</span></summary>");
    } else {
        html.raw("<div class=\"brief-of\" id=\"story").num(at).raw("\">");
    }
    if story.account.is_empty() {
        html.raw("<p class=\"note\">No sentence of these reports stands by itself.</p>");
    }
    html.raw("<div class=\"parts\">");
    for (code, heading) in PARTS {
        let lines: Vec<&Line> = story.account.iter().filter(|l| l.part == code).collect();
        if lines.is_empty() {
            continue;
        }
        html.raw("<div class=\"part\"><h4>").raw(heading).raw("</h4><ul>");
        let mut before: Option<&str> = None;
        for line in lines {
            let statement = line.statement.as_deref();
            // Wordings of one statement stand together.
            let again = code == "differs" && statement.is_some() && statement == before;
            html.raw(if again { "<li class=\"again\">" } else { "<li>" });
            write(html, view, line, again);
            html.raw("</li>");
            before = statement;
        }
        html.raw("</ul></div>");
    }
    html.raw("</div>").raw(if several { "</details>" } else { "</div>" });
}

/// One line: its words, the report, and who tells it.
fn write(html: &mut Html, view: &View, line: &Line, again: bool) {
    let at = line.statement.as_deref().and_then(|id| view.statement(id));
    let statement = at.and_then(|at| view.account.statements.get(at));
    if line.part == "happened" {
        let event = line.event.as_deref().and_then(|id| view.event(id));
        if let Some((at, event)) = event.and_then(|at| Some((at, view.account.events.get(at)?))) {
            let date = &event.date;
            let when =
                super::dates::range(date.value.as_deref(), date.earliest.as_deref(), date.latest.as_deref());
            html.raw("<a class=\"date\" href=\"#ev").num(at).raw("\">");
            html.text(when.as_deref().unwrap_or("no date told")).raw("</a>");
        }
    }
    html.raw("<p class=\"said\">");
    let article = view.article(&line.article);
    if let Some(article) = article {
        view.open_link(html, "cite", article, line.start, line.end);
    }
    // The value that differs is marked, as in the rows.
    let value_span = statement.filter(|_| line.part == "differs").and_then(|s| {
        let here = |r: &&Report| r.article == line.article && line.start <= r.start && r.end <= line.end;
        s.reports.iter().filter(here).find_map(|r| r.value_span)
    });
    let words =
        Report { start: line.start, end: line.end, text: line.text.clone(), value_span, ..Report::default() };
    values::marked(html, &words, usize::MAX);
    html.raw(if article.is_some() { "</a></p>" } else { "</p>" });
    html.raw("<p class=\"from\">");
    if let Some(article) = article {
        view.chip(html, article);
        html.raw(" ");
    }
    if let Some(statement) = statement.filter(|_| !again && line.part == "differs") {
        agreement::badge(html, &statement.agreement, statement.doubtful);
        html.raw(" ");
    }
    match at {
        Some(at) => html.raw("<a href=\"#st").num(at).raw("\">").words(&line.why).raw("</a>"),
        None => html.words(&line.why),
    };
    html.raw("</p>");
}

/// "105 reports, 12 happenings".
fn counts(html: &mut Html, view: &View, story: &Story) {
    html.counted(story.articles.len(), "report", "reports");
    let told = story.events.iter().filter_map(|id| view.account.events.get(view.event(id)?));
    let told = told.filter(|e| e.kind != "background").count();
    if told > 1 {
        html.raw(", ").counted(told, "happening", "happenings");
    }
}

fn one_report(html: &mut Html, view: &View, at: usize) {
    let Some(story) = view.account.stories.get(at) else { return };
    html.raw("<li id=\"story").num(at).raw("\" data-s=\"").num(at).raw("\"><span class=\"said\">");
    html.cut(&story.title, TITLE).raw("</span> ");
    for article in view.known(&story.articles) {
        view.chip(html, article);
    }
    html.raw("</li>");
}
