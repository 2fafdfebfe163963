//! `headwater why` as a page: two reports, what ties them, and their shared passages side by side.

use super::html::{Html, shorten};
use crate::account::Reason;
use crate::why::{Piece, Side, Why, pieces};

const STYLE: &str = include_str!("why.css");

/// The page: one self-contained HTML file without script.
pub fn why(why: &Why) -> String {
    let mut body = Html::default();
    body.raw("<header><p class=\"brand\">Headwater · why</p><h1>").raw(verdict(why)).raw("</h1>");
    body.raw("<p class=\"never\">It says what ties two reports, and what was looked for. It never says what is true. <span class=\"said\">Words in this type</span> are the reports’ own.</p></header><main>");
    body.raw("<section class=\"two\">");
    side(&mut body, "A", &why.a);
    side(&mut body, "B", &why.b);
    body.raw("</section>");
    link(&mut body, why);
    passages(&mut body, why);
    statements(&mut body, why);
    grouped(&mut body, why);
    body.raw("</main>");

    let nonce = blake3::hash(body.as_str().as_bytes()).to_hex();
    let nonce = nonce.get(..32).unwrap_or_default();
    let mut page = Html::default();
    page.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'nonce-");
    page.text(nonce).raw("'\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\"><meta name=\"referrer\" content=\"no-referrer\"><meta name=\"generator\" content=\"");
    page.text(&why.generator).raw("\"><title>").text(&shorten(&why.a.id, 60)).raw(" and ");
    page.text(&shorten(&why.b.id, 60)).raw("</title><style nonce=\"").text(nonce).raw("\">").raw(STYLE);
    page.raw("</style></head><body>").append(&body).raw("</body></html>\n");
    page.into_string()
}

/// The finding in a few words of ours.
fn verdict(why: &Why) -> &'static str {
    let Some(link) = &why.link else {
        return if why.family.is_some() { "Both carry versions of one text" } else { "No link was found" };
    };
    let forward = link.from == why.a.id;
    match (link.state.as_str(), link.direction.as_str(), forward) {
        ("copied", "from-to", true) => "B has its text from A",
        ("copied", "from-to", false) => "A has its text from B",
        ("copied", "via upstream", _) => "Both carry one text, from a third",
        ("copied", _, _) => "One text; which was first is not known",
        ("declared", "from-to", true) => "B names A as its source",
        ("declared", "from-to", false) => "A names B as its source",
        ("declared", _, _) => "One names the other",
        _ => "Both draw on the same source",
    }
}

fn side(html: &mut Html, letter: &'static str, side: &Side) {
    html.raw("<div class=\"side\"><b class=\"letter\">").raw(letter).raw("</b> ");
    html.words(side.outlet.as_deref().unwrap_or(&side.id)).raw("<p class=\"said\">");
    html.cut(side.title.as_deref().unwrap_or("no headline"), 200).raw("</p><p class=\"note\">");
    html.text(side.published.as_deref().unwrap_or("undated")).raw(" · ");
    html.counted(side.words, "word", "words").raw(" · ").words(&side.path).raw("</p></div>");
}

fn reasons(html: &mut Html, why: &Why, list: &[Reason]) {
    html.raw("<ul>");
    for reason in list {
        html.raw("<li>").text(&reason.text);
        if let (Some(article), Some(start), Some(end)) = (&reason.article, reason.start, reason.end) {
            html.raw(" <span class=\"note\">")
                .raw(if *article == why.a.id { "A" } else { "B" })
                .raw(", bytes ")
                .num(start)
                .raw("–")
                .num(end)
                .raw("</span>");
        }
        html.raw("</li>");
    }
    html.raw("</ul>");
}

fn link(html: &mut Html, why: &Why) {
    html.raw("<section><h2>Who has it from whom</h2>");
    match &why.link {
        Some(link) => {
            html.raw("<p><b>").text(&link.state).raw("</b>, direction ").text(&link.direction);
            if let Some(upstream) = &link.upstream {
                html.raw(", through ").words(upstream);
            }
            html.raw(" · ")
                .num((link.containment.clamp(0.0, 1.0) * 100.0).round())
                .raw(" % of the shorter report’s own words</p>");
            reasons(html, why, &link.because);
        }
        None if why.family.is_some() => {
            html.raw("<p>No link between the two themselves is listed; others of their family tie them.</p>");
        }
        None => {
            html.raw("<p>Nothing was found. That is a negative finding, not a proof. Looked for:</p><ul>");
            for line in &why.checked {
                html.raw("<li>").text(line).raw("</li>");
            }
            html.raw("</ul>");
        }
    }
    if let Some(family) = &why.family {
        html.raw("<p>Both are in one family of ").counted(family.members.len(), "report", "reports");
        if let Some(upstream) = &family.upstream {
            html.raw(", credited to ").words(upstream);
        }
        if why.way.len() > 1 {
            html.raw(". The way between them: ");
            for (n, id) in why.way.iter().enumerate() {
                html.raw(if n > 0 { " – " } else { "" }).words(id);
            }
        }
        html.raw(".</p>");
    }
    html.raw("</section>");
}

fn passages(html: &mut Html, why: &Why) {
    if why.passages.is_empty() {
        return;
    }
    html.raw("<section><h2>").counted(why.passages.len(), "shared passage", "shared passages");
    html.raw("</h2><p class=\"note\">Words that only one of them has are <mark>marked</mark>.</p>");
    for passage in &why.passages {
        html.raw("<h3>").counted(passage.words as usize, "word", "words");
        html.raw(if passage.quoted { ", a speaker’s, a post’s or a caption’s" } else { "" });
        html.raw("</h3><div class=\"two\">");
        let (a, b) = pieces(&passage.a_text, &passage.b_text);
        for (letter, pieces, range) in [("A", a, passage.a), ("B", b, passage.b)] {
            html.raw("<blockquote><p class=\"said\">");
            marked(html, &pieces);
            html.raw("</p><footer>").raw(letter).raw(", bytes ").num(range.0).raw("–").num(range.1);
            html.raw("</footer></blockquote>");
        }
        html.raw("</div>");
    }
    html.raw("</section>");
}

fn marked(html: &mut Html, pieces: &[Piece<'_>]) {
    for piece in pieces {
        if piece.same {
            html.text(piece.text);
        } else {
            html.raw("<mark>").text(piece.text.trim_end()).raw("</mark> ");
        }
    }
}

fn statements(html: &mut Html, why: &Why) {
    if why.statements.is_empty() {
        return;
    }
    html.raw("<section><h2>What both tell</h2><table><tr><th>statement</th><th>origin</th></tr>");
    for both in &why.statements {
        html.raw("<tr><td class=\"said\">").words(&both.gist).raw("</td><td>");
        if both.one_origin {
            html.raw("one: ").words(&both.a.join(", "));
        } else {
            html.raw("A: ").words(&both.a.join(", ")).raw("<br>B: ").words(&both.b.join(", "));
        }
        html.raw("</td></tr>");
    }
    html.raw("</table></section>");
}

fn grouped(html: &mut Html, why: &Why) {
    let grouped = &why.grouped;
    html.raw("<section><h2>Why they are grouped or not</h2><p>");
    html.raw(match (grouped.same_event, grouped.same_story) {
        (true, _) => "Both tell one happening.",
        (false, true) => "Two happenings of one story.",
        (false, false) => "Different stories.",
    });
    html.raw(" By words and days alone: ").num((grouped.probability * 100.0).round());
    html.raw(" % that they tell one happening.</p>");
    reasons(html, why, &grouped.because);
    if !grouped.features.is_empty() {
        html.raw("<table><tr><th>compared</th><th>value</th><th>speaks for one happening</th></tr>");
        for feature in &grouped.features {
            html.raw("<tr><td>").text(&feature.name).raw("</td><td>");
            html.num(format_args!("{:.2}", feature.value)).raw("</td><td>");
            html.num(format_args!("{:+.2}", feature.adds)).raw("</td></tr>");
        }
        html.raw("</table>");
    }
    html.raw("</section>");
}
