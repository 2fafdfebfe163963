//! What the reports say, statement by statement: the heart of the page.
//!
//! With few reports it is a table, statements down and reports across. With more than
//! `PageOptions::table_columns` it folds: each statement shows its origins, and the reports that lead
//! back to an origin stand under it. What one report tells alone stands after it, report by report.

use super::agreement::{self, AGREEMENTS};
use super::html::Html;
use super::values;
use super::view::{Named, View};
use crate::account::{Origin, Report, Statement};
use std::collections::{BTreeMap, BTreeSet};

/// Wordings under one origin shown before the rest folds; chosen on the invented 14-report example.
const SHOWN_PER_ORIGIN: usize = 2;
/// Statements told by one report shown before the rest of that report's folds.
const SINGLES_SHOWN: usize = 4;
/// Characters of a clause shown in a cell; the whole stands in the report.
const CLAUSE_CHARACTERS: usize = 420;
/// Characters of a gist; the whole is told by the wordings beside it.
const GIST_CHARACTERS: usize = 130;
/// Statements of one happening shown before those follow that are told by fewer and do not differ; chosen on
/// the invented example of 17 reports, which has 89 shared statements.
const STATEMENTS_SHOWN: usize = 12;
/// Names of reports in one line before they fold.
const CHIPS: usize = 10;

/// Kind of an origin that is an outlet's own observation.
const OWN: &str = "own observation";

/// Where a statement stands in the account.
type Numbered<'a> = (usize, &'a Statement);

/// Reports of a statement, each once, in the order they first stand.
fn tellers(view: &View, statement: &Statement) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    statement.reports.iter().filter_map(|r| view.article(&r.article)).filter(|&a| seen.insert(a)).collect()
}

/// The section.
pub(super) fn section(html: &mut Html, view: &View) {
    let (single, shared): (Vec<Numbered>, Vec<Numbered>) =
        view.account.statements.iter().enumerate().partition(|(_, s)| s.agreement == "single report");
    if single.is_empty() && shared.is_empty() {
        return;
    }
    html.raw("<section id=\"said\"><h2>What they say, side by side</h2>");
    html.raw("<p class=\"lead\">Each row is one thing said about the world; the words are each report’s own. Select any words to see them where they stand.</p>");
    filters(html, &shared, &single);
    legend(html);
    html.raw("<p class=\"note none\" hidden>Nothing here fits the filter.</p>");
    let columns = columns(view, &shared);
    if columns.len() > view.options.table_columns {
        folded(html, view, &shared);
    } else if !shared.is_empty() {
        table(html, view, &shared, &columns);
    }
    if !single.is_empty() {
        told_by_one(html, view, &single);
    }
    html.raw("</section>");
}

/// Buttons that work by script; without it everything is shown and they are not.
fn filters(html: &mut Html, shared: &[Numbered], single: &[Numbered]) {
    let count = |key: &str| shared.iter().filter(|(_, s)| keys(s).contains(&key)).count();
    html.raw("<div class=\"filters\" role=\"group\" aria-label=\"Show\">");
    for (key, label, n) in [
        ("all", "All", shared.len() + single.len()),
        ("differ", "Differ", count("differ")),
        ("one-origin", "Single origin", count("one-origin")),
        ("conflict", "Conflict", count("conflict")),
        ("single", "Told by one", single.len()),
    ] {
        html.raw("<button type=\"button\" data-f=\"").raw(key).raw("\" aria-pressed=\"");
        html.raw(if key == "all" { "true" } else { "false" }).raw("\">").raw(label);
        html.raw(" <span class=\"n\">").count(n).raw("</span></button>");
    }
    html.raw("<label class=\"find\"><span>Find</span><input type=\"search\" placeholder=\"word, figure, name or outlet\"></label>");
    html.raw("<span class=\"found\" role=\"status\"></span></div>");
}

/// Whether a statement differs and that is not doubtful: it is never folded away.
fn stands_out(statement: &Statement) -> bool {
    matches!(statement.agreement.as_str(), "conflict" | "differs") && !statement.doubtful
}

/// What the filters ask for.
fn keys(statement: &Statement) -> Vec<&'static str> {
    let mut keys = Vec::new();
    if let Some(agreement) = agreement::of(&statement.agreement) {
        keys.push(agreement.slug);
        if agreement.differs {
            keys.push("differ");
        }
    }
    let told = statement.reports.iter().map(|r| &r.article).collect::<BTreeSet<_>>().len();
    if statement.origins.most == 1 && told > 1 {
        keys.push("one-origin");
    }
    keys
}

fn write_keys(html: &mut Html, statement: &Statement) {
    html.raw(" data-k=\"");
    for (i, key) in keys(statement).into_iter().enumerate() {
        html.raw(if i > 0 { " " } else { "" }).raw(key);
    }
    html.raw("\"");
}

fn legend(html: &mut Html) {
    html.raw("<details class=\"legend-box\"><summary>What the words mean</summary><dl>");
    for agreement in &AGREEMENTS {
        html.raw("<div><dt>");
        agreement::plain(html, agreement);
        html.raw("</dt><dd>").raw(agreement.meaning).raw("</dd></div>");
    }
    html.raw("<div><dt>");
    agreement::origins_line(html, 2, 3);
    html.raw("</dt><dd>independent beginnings behind the reports: two proved by words, a third possible. Four reports of one press release are one origin. How many origins there are says nothing about how they agree</dd></div>");
    html.raw("<div><dt><i>A ← B ← C</i></dt><dd>C has it from B, and B from A; a report’s name alone: in its own voice</dd></div></dl></details>");
}

/// The reports that share at least one statement, in the account's order.
fn columns(view: &View, shared: &[Numbered]) -> Vec<usize> {
    shared.iter().flat_map(|(_, s)| tellers(view, s)).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Statements under their happenings, both in the order of the account.
fn by_event<'a, 'b>(view: &View, shared: &'b [Numbered<'a>]) -> Vec<(Option<usize>, Vec<&'b Numbered<'a>>)> {
    let mut groups: Vec<(Option<usize>, Vec<&Numbered>)> = Vec::new();
    let mut at: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    for numbered in shared {
        let event = numbered.1.event.as_deref().and_then(|id| view.event(id));
        let slot = *at.entry(event).or_insert_with(|| {
            groups.push((event, Vec::new()));
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(slot) {
            group.1.push(numbered);
        }
    }
    // What belongs to no happening comes last; the sort is stable.
    groups.sort_by_key(|(event, _)| event.is_none());
    groups
}

/// The happening that a group of statements belongs to.
fn event_heading(html: &mut Html, view: &View, event: Option<usize>) {
    match event.and_then(|at| Some((at, view.account.events.get(at)?))) {
        Some((at, event)) => {
            let date = &event.date;
            let when =
                super::dates::range(date.value.as_deref(), date.earliest.as_deref(), date.latest.as_deref());
            html.raw("<a href=\"#ev").num(at).raw("\"><span class=\"date\">");
            html.text(when.as_deref().unwrap_or("No date told")).raw("</span> <span class=\"said\">");
            html.cut(&event.label, 120).raw("</span></a>");
        }
        None => {
            html.raw("Not tied to one happening");
        }
    }
}

fn table(html: &mut Html, view: &View, shared: &[Numbered], columns: &[usize]) {
    html.raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Statements by reports\"><table class=\"matrix\"><thead><tr><th scope=\"col\" class=\"about\">Statement</th>");
    for &article in columns {
        html.raw("<th scope=\"col\"><a href=\"#a")
            .num(article)
            .raw("\">")
            .words(view.name(article))
            .raw("</a>");
        super::reports::published_note(html, view, article);
        html.raw("</th>");
    }
    html.raw("</tr></thead>");
    let groups = by_event(view, shared);
    let headed = groups.len() > 1 || groups.first().is_some_and(|g| g.0.is_some());
    for (event, group) in groups {
        html.raw("<tbody class=\"group\">");
        if headed {
            html.raw("<tr class=\"event\"><th scope=\"rowgroup\" colspan=\"")
                .num(columns.len() + 1)
                .raw("\">");
            event_heading(html, view, event);
            html.raw("</th></tr>");
        }
        for &&(at, statement) in &group {
            row(html, view, columns, at, statement);
        }
        html.raw("</tbody>");
    }
    html.raw("</table></div>");
}

fn row(html: &mut Html, view: &View, columns: &[usize], at: usize, statement: &Statement) {
    html.raw("<tr class=\"st\" id=\"st").num(at).raw("\"");
    write_keys(html, statement);
    html.raw("><th scope=\"row\" class=\"about\">");
    about(html, view, statement, false);
    origins_details(html, view, statement);
    html.raw("</th>");
    let mut cells: BTreeMap<usize, Vec<&Report>> = BTreeMap::new();
    for report in &statement.reports {
        if let Some(article) = view.article(&report.article) {
            cells.entry(article).or_default().push(report);
        }
    }
    let left_out = view.known(&statement.left_out_by);
    for &article in columns {
        match cells.get(&article) {
            Some(reports) => {
                html.raw("<td data-label=\"").text(view.name(article)).raw("\">");
                for report in reports {
                    wording(html, view, article, report, Named::Beside);
                }
            }
            None if left_out.contains(&article) => {
                html.raw("<td class=\"empty left\"><span>leaves it out</span>");
            }
            None => {
                html.raw("<td class=\"empty\"><span aria-label=\"not told\">·</span>");
            }
        }
        html.raw("</td>");
    }
    html.raw("</tr>");
}

/// What a statement is about, how the reports agree, and why.
fn about(html: &mut Html, view: &View, statement: &Statement, with_origins: bool) {
    html.raw("<p class=\"gist\">").cut(&statement.gist, GIST_CHARACTERS).raw("</p><p class=\"marks\">");
    agreement::badge(html, &statement.agreement, statement.doubtful);
    if with_origins {
        html.raw(" ");
        agreement::origins_line(html, statement.origins.least, statement.origins.most);
    }
    html.raw("</p>");
    if !statement.because.is_empty() {
        html.raw("<details class=\"why\"><summary>Why “");
        match agreement::of(&statement.agreement) {
            Some(agreement) => html.raw(agreement.label),
            None => html.cut(&statement.agreement, 24),
        };
        html.raw("”</summary>");
        view.because(html, &statement.because);
        html.raw("</details>");
    }
    values::bars(html, view, statement);
}

/// The origins range, which opens to what it rests on.
fn origins_details(html: &mut Html, view: &View, statement: &Statement) {
    let origins = &statement.origins;
    html.raw("<details class=\"why origins\"><summary>");
    agreement::origins_line(html, origins.least, origins.most);
    html.raw("</summary><ul class=\"origin-list\">");
    for origin in &origins.list {
        html.raw("<li>");
        origin_name(html, view, origin);
        view.chips(html, &view.known(&origin.articles), CHIPS);
        view.because(html, &origin.because);
        html.raw("</li>");
    }
    html.raw("</ul></details>");
}

fn origin_name(html: &mut Html, view: &View, origin: &Origin) {
    html.raw("<p class=\"origin-name\"><svg class=\"drop");
    html.raw(if origin.certain { "" } else { " maybe" });
    html.raw("\" aria-hidden=\"true\"><use href=\"#i-spring\"/></svg> <b>");
    let own = origin.kind == OWN;
    match view.known(&origin.articles).as_slice() {
        // A report is called the same everywhere on the page.
        [article] if own => html.words(view.name(*article)),
        _ => html.words(&origin.label),
    };
    html.raw("</b> <span class=\"note\">");
    if own {
        html.raw("in its own voice");
    } else {
        html.words(&origin.kind);
    }
    html.raw(if origin.certain { "</span></p>" } else { "; possible, not proved</span></p>" });
}

/// One report's own words, with the value marked, and from whom it has them.
fn wording(html: &mut Html, view: &View, article: usize, report: &Report, named: Named) {
    html.raw("<div class=\"wording\"><p class=\"said\">");
    view.open_link(html, "cite", article, report.start, report.end);
    values::marked(html, report, CLAUSE_CHARACTERS);
    html.raw("</a></p>");
    let named_here = named == Named::Report;
    if named_here || !report.source.is_empty() || report.as_of.is_some() {
        html.raw("<p class=\"from\">");
        if named_here || !report.source.is_empty() {
            view.chain(html, report.source.iter(), article, named);
        }
        if let Some(as_of) = report.as_of.as_deref().filter(|v| !v.is_empty()) {
            html.raw(" <span class=\"asof\">as of ").text(&super::dates::value(as_of)).raw("</span>");
        }
        html.raw("</p>");
    }
    html.raw("</div>");
}

/// Statements with their origins first and the reports under them.
fn folded(html: &mut Html, view: &View, shared: &[Numbered]) {
    let groups = by_event(view, shared);
    let headed = groups.len() > 1 || groups.first().is_some_and(|g| g.0.is_some());
    for (event, group) in groups {
        html.raw("<div class=\"group\">");
        if headed {
            html.raw("<h3 class=\"event\">");
            event_heading(html, view, event);
            html.raw("</h3>");
        }
        let (shown, rest): (Vec<(usize, &&Numbered)>, Vec<_>) =
            group.iter().enumerate().partition(|(i, (_, s))| {
                *i < STATEMENTS_SHOWN || group.len() <= STATEMENTS_SHOWN + 3 || stands_out(s)
            });
        for (_, (at, statement)) in shown {
            folded_statement(html, view, *at, statement);
        }
        if !rest.is_empty() {
            html.raw("<details class=\"fold block rest\"><summary>").counted(
                rest.len(),
                "further statement",
                "further statements",
            );
            html.raw("</summary>");
            for (_, (at, statement)) in rest {
                folded_statement(html, view, *at, statement);
            }
            html.raw("</details>");
        }
        html.raw("</div>");
    }
}

fn folded_statement(html: &mut Html, view: &View, at: usize, statement: &Statement) {
    html.raw("<article class=\"st card\" id=\"st").num(at).raw("\"");
    write_keys(html, statement);
    html.raw("><div class=\"about\">");
    about(html, view, statement, true);
    html.raw("<p class=\"note\">Told by ")
        .counted(tellers(view, statement).len(), "report", "reports")
        .raw("</p>");
    let left_out = view.known(&statement.left_out_by);
    if !left_out.is_empty() {
        html.raw("<details class=\"why\"><summary>Left out by ").count(left_out.len()).raw("</summary>");
        html.raw("<p class=\"note\">");
        view.names_of(html, &left_out);
        html.raw("</p></details>");
    }
    html.raw("</div><div class=\"origins\">");
    let mut by_article: BTreeMap<usize, Vec<&Report>> = BTreeMap::new();
    for report in &statement.reports {
        if let Some(article) = view.article(&report.article) {
            by_article.entry(article).or_default().push(report);
        }
    }
    let mut shown = BTreeSet::new();
    for origin in &statement.origins.list {
        let articles = view.known(&origin.articles);
        let (again, fresh): (Vec<usize>, Vec<usize>) = articles.iter().partition(|a| shown.contains(*a));
        shown.extend(fresh.iter().copied());
        html.raw("<section class=\"origin\">");
        origin_name(html, view, origin);
        origin_wordings(html, view, &by_article, &fresh);
        if !again.is_empty() {
            html.raw("<div class=\"note\">Also behind ");
            view.chips(html, &again, CHIPS);
            html.raw("</div>");
        }
        html.raw("<details class=\"why\"><summary>Why this origin</summary>");
        view.because(html, &origin.because);
        html.raw("</details></section>");
    }
    let rest: Vec<usize> = tellers(view, statement).into_iter().filter(|a| !shown.contains(a)).collect();
    if !rest.is_empty() {
        html.raw("<section class=\"origin\"><p class=\"origin-name note\">No origin traced</p>");
        origin_wordings(html, view, &by_article, &rest);
        html.raw("</section>");
    }
    html.raw("</div></article>");
}

/// The wordings under one origin: the first ones open, the rest folded; the same words only once.
fn origin_wordings(
    html: &mut Html,
    view: &View,
    by_article: &BTreeMap<usize, Vec<&Report>>,
    articles: &[usize],
) {
    let mut order: Vec<usize> = articles.to_vec();
    order.sort_by_key(|&a| (view.published(a).map_or(i32::MAX, |p| p.1), a));
    let mut distinct: Vec<(&Report, usize, Vec<usize>)> = Vec::new();
    let mut at: BTreeMap<(&str, Option<&str>), usize> = BTreeMap::new();
    for article in order {
        for report in by_article.get(&article).into_iter().flatten() {
            match at.get(&(report.text.as_str(), report.as_of.as_deref())).and_then(|&i| distinct.get_mut(i))
            {
                Some((_, _, same)) => same.push(article),
                None => {
                    at.insert((report.text.as_str(), report.as_of.as_deref()), distinct.len());
                    distinct.push((report, article, Vec::new()));
                }
            }
        }
    }
    // A first look shows unlike values, not the earliest two of the same.
    let mut values_seen = BTreeSet::new();
    distinct.sort_by_key(|(report, _, _)| !values_seen.insert(values::words(report)));
    let write = |html: &mut Html, (report, article, same): &(&Report, usize, Vec<usize>)| {
        wording(html, view, *article, report, Named::Report);
        if !same.is_empty() {
            html.raw("<div class=\"same\">In the same words: ");
            view.chips(html, same, CHIPS);
            html.raw("</div>");
        }
    };
    let shown = if distinct.len() == SHOWN_PER_ORIGIN + 1 { distinct.len() } else { SHOWN_PER_ORIGIN };
    for wording in distinct.iter().take(shown) {
        write(html, wording);
    }
    if distinct.len() > shown {
        html.raw("<details class=\"fold\"><summary>")
            .count(distinct.len() - shown)
            .raw(" more wordings</summary>");
        for wording in distinct.iter().skip(shown) {
            write(html, wording);
        }
        html.raw("</details>");
    }
}

/// What one report tells alone, report by report.
fn told_by_one(html: &mut Html, view: &View, single: &[Numbered]) {
    html.raw("<div class=\"singles group\" id=\"one\"><h3>Told by one only <span class=\"n\">")
        .count(single.len());
    html.raw("</span></h3><p class=\"note\">No other report here tells it. That says nothing for or against it.</p>");
    let mut by_article: BTreeMap<usize, Vec<(usize, &Statement, &Report)>> = BTreeMap::new();
    for &(at, statement) in single {
        let first = statement.reports.iter().find_map(|r| Some((view.article(&r.article)?, r)));
        if let Some((article, report)) = first {
            by_article.entry(article).or_default().push((at, statement, report));
        }
    }
    // Figures and dates first: they are what a reader checks. The sort is stable.
    for list in by_article.values_mut() {
        list.sort_by_key(|(_, _, report)| report.value.is_none());
    }
    html.raw("<div class=\"single-list\">");
    for (article, list) in &by_article {
        html.raw("<div class=\"single-of\"><p class=\"single-name\">");
        view.chip(html, *article);
        html.raw("</p><ul>");
        for (i, (at, statement, report)) in list.iter().enumerate() {
            if i == SINGLES_SHOWN && list.len() > SINGLES_SHOWN + 1 {
                html.raw("</ul><details class=\"fold\"><summary>").count(list.len() - SINGLES_SHOWN);
                html.raw(" more</summary><ul>");
            }
            html.raw("<li class=\"st\" id=\"st").num(at).raw("\"");
            write_keys(html, statement);
            html.raw(">");
            wording(html, view, *article, report, Named::Beside);
            html.raw("</li>");
        }
        html.raw("</ul>");
        html.raw(if list.len() > SINGLES_SHOWN + 1 { "</details></div>" } else { "</div>" });
    }
    html.raw("</div></div>");
}
