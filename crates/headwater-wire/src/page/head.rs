//! The top of the page, the account in one line, and its foot.

use super::html::{Html, shorten};
use super::view::View;

/// Characters of a storyline's title in the list to choose from.
const OPTION: usize = 70;

/// The page's title: the given one, the storyline's, or what there is.
pub(super) fn title(view: &View) -> String {
    let account = view.account;
    let given = view.options.title.as_deref().filter(|t| !t.trim().is_empty());
    let story = match account.stories.as_slice() {
        [one] => Some(one.title.as_str()).filter(|t| !t.trim().is_empty()),
        _ => None,
    };
    match given.or(story) {
        Some(words) => shorten(words, 160),
        None if account.stories.len() > 1 => format!("{} storylines", account.stories.len()),
        None => "An account of the reports".to_owned(),
    }
}

/// Heading, head line, what the page never says, and the way to its parts.
pub(super) fn top(html: &mut Html, view: &View) {
    html.raw("<a class=\"skip\" href=\"#main\">Skip to the account</a><header class=\"top\"><p class=\"brand\"><svg class=\"drop\" aria-hidden=\"true\"><use href=\"#i-spring\"/></svg> Headwater <span>a sourced account</span></p><h1 class=\"said\">");
    html.words(&title(view)).raw("</h1>");
    head_line(html, view);
    second_line(html, view);
    html.raw("<p class=\"never\">It says who reports what, and from whom they have it. It never says what is true. <span class=\"said\">Words in this type</span> are the reports’ own.</p>");
    html.raw("</header>");
    navigation(html, view);
}

/// The account in one line; each part leads to where it is shown.
fn head_line(html: &mut Html, view: &View) {
    let account = view.account;
    let summary = &account.summary;
    html.raw("<p class=\"headline\">");
    if account.articles.is_empty() {
        html.raw("No report was found.</p>");
        return;
    }
    let said = (!account.statements.is_empty()).then_some("#said");
    let conflicts = summary.by_agreement.get("conflict").copied().unwrap_or(0);
    part(html, Some("#reports"), "", summary.reports, "report", "reports");
    html.raw(" <i>·</i> ");
    part(
        html,
        (!account.events.is_empty()).then_some("#when"),
        "",
        summary.happenings,
        "happening",
        "happenings",
    );
    html.raw(" <i>·</i> ");
    let (one, many) = ("statement told by more than one", "statements told by more than one");
    part(html, said, "all", summary.shared_statements, one, many);
    if summary.doubtful > 0 {
        html.raw(", ").text(&summary.doubtful.to_string()).raw(" of them doubtful");
    }
    if summary.single_origin > 0 {
        html.raw(" <i>·</i> ");
        let (one, many) = ("rests on a single origin", "rest on a single origin");
        part(html, said, "one-origin", summary.single_origin, one, many);
    }
    if conflicts > 0 {
        html.raw(" <i>·</i> ");
        part(html, said, "conflict", conflicts, "conflict", "conflicts");
    }
    html.raw("</p>");
}

/// A count of the head line, and where it leads: a section, and the filter to set there.
fn part(
    html: &mut Html,
    section: Option<&'static str>,
    filter: &'static str,
    count: usize,
    one: &'static str,
    many: &'static str,
) {
    match section {
        Some(section) => {
            html.raw("<a href=\"").raw(section);
            if !filter.is_empty() {
                html.raw("\" data-go=\"").raw(filter);
            }
            html.raw("\">");
        }
        None => {
            html.raw("<span>");
        }
    }
    html.raw("<b>").count(count).raw("</b> ").raw(if count == 1 { one } else { many });
    html.raw(if section.is_some() { "</a>" } else { "</span>" });
}

fn second_line(html: &mut Html, view: &View) {
    let summary = &view.account.summary;
    let [least, most] = summary.text_origins;
    if view.account.articles.len() < 2 || (summary.copies == 0 && most == 0) {
        return;
    }
    html.raw("<p class=\"second\"><a href=\"#copies\">");
    if summary.copies == 0 {
        html.raw("No link of copying or credit");
    } else {
        html.counted(summary.copies, "link of copying or credit", "links of copying or credit");
    }
    html.raw("</a> found between the reports");
    if most > 0 {
        html.raw("; as texts they go back to ");
        if least < most {
            html.count(least).raw("–");
        }
        html.counted(most.max(least), "origin", "origins");
    }
    html.raw(".</p>");
}

/// Chooses one storyline, by script: everything of the others is hidden.
fn picker(html: &mut Html, view: &View) {
    let account = view.account;
    if account.stories.len() < 2 {
        return;
    }
    html.raw("<label class=\"pick\"><span>Storyline</span><select><option value=\"\">All ");
    html.count(account.stories.len()).raw(" storylines</option>");
    for &at in view.stories() {
        let Some(story) = account.stories.get(at) else { continue };
        html.raw("<option value=\"").num(at).raw("\">").text(&shorten(&story.title, OPTION));
        html.raw(" (").count(story.articles.len()).raw(")</option>");
    }
    html.raw("</select></label>");
}

fn navigation(html: &mut Html, view: &View) {
    let account = view.account;
    let aside = !account.set_aside.is_empty()
        || !account.warnings.is_empty()
        || account.articles.iter().any(|a| !a.warnings.is_empty());
    let brief = account.stories.iter().any(|s| !s.account.is_empty());
    html.raw("<nav aria-label=\"Parts of the page\"><div>");
    picker(html, view);
    for (there, href, words) in [
        (brief, "#short", "In short"),
        (!account.events.is_empty(), "#when", "What happened"),
        (!account.statements.is_empty(), "#said", "Side by side"),
        (account.statements.iter().any(|s| s.agreement == "single report"), "#one", "Told by one"),
        (!account.quotes.is_empty(), "#quotes", "Quoted"),
        (account.articles.len() > 1, "#copies", "From whom"),
        (!account.articles.is_empty(), "#reports", "Reports"),
        (aside, "#aside", "Keep in mind"),
    ] {
        if there {
            html.raw("<a href=\"").raw(href).raw("\">").raw(words).raw("</a> ");
        }
    }
    html.raw("</div></nav>");
}

/// What wrote the page.
pub(super) fn foot(html: &mut Html, view: &View) {
    html.raw("<footer class=\"foot\"><p>“Independent” is a negative finding: between two reports no shared passage, no credit and no common source was found. Origins are a range where a link is likely and not proved.</p><p class=\"note\">");
    html.words(&view.account.generator).raw(" · ").words(&view.account.schema);
    html.raw(" · works offline; nothing on this page was fetched</p></footer>");
}
