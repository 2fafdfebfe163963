//! The first look: which statements conflict or differ, which rest on one origin, which are told most.
//!
//! It only points: gists in the reports' words, values and counts, each leading to its row.

use super::agreement;
use super::html::Html;
use super::values;
use super::view::View;
use crate::account::Statement;
use std::collections::BTreeSet;

/// Statements in each list.
const LISTED: usize = 3;
/// Values shown of one statement.
const VALUES: usize = 4;
/// Shared statements from which on a first look saves time.
const FROM: usize = 4;
/// Reports that tell a statement from one origin before that is worth a first look.
const ONE_ORIGIN_FROM: usize = 2;

fn told_by(statement: &Statement) -> usize {
    statement.reports.iter().map(|r| r.article.as_str()).collect::<BTreeSet<_>>().len()
}

/// How much a difference matters at first look; `None` when there is none.
fn weight(statement: &Statement) -> Option<u8> {
    match (statement.agreement.as_str(), statement.doubtful) {
        ("conflict", false) => Some(0),
        ("differs", false) => Some(1),
        ("conflict", true) => Some(2),
        ("differs", true) => Some(3),
        _ => None,
    }
}

/// Whether a statement differs and that is not doubtful.
pub(super) fn stands_out(statement: &Statement) -> bool {
    matches!(weight(statement), Some(0 | 1))
}

/// The section; nothing for a small account, whose table is its own first look.
pub(super) fn section(html: &mut Html, view: &View) {
    let shared: Vec<(usize, &Statement)> = view
        .account
        .statements
        .iter()
        .enumerate()
        .filter(|(_, s)| s.agreement != "single report" && !s.reports.is_empty())
        .collect();
    if shared.len() < FROM {
        return;
    }
    let mut differ: Vec<(usize, &Statement)> =
        shared.iter().copied().filter(|(_, s)| weight(s).is_some()).collect();
    differ.sort_by_key(|(_, s)| (weight(s), std::cmp::Reverse(told_by(s))));
    let mut one: Vec<(usize, &Statement)> = shared
        .iter()
        .copied()
        .filter(|(_, s)| s.origins.most == 1 && told_by(s) >= ONE_ORIGIN_FROM)
        .collect();
    one.sort_by_key(|(_, s)| std::cmp::Reverse(told_by(s)));
    let mut most = shared;
    most.sort_by_key(|(_, s)| std::cmp::Reverse(told_by(s)));

    html.raw("<section class=\"glance\" aria-label=\"At a glance\">");
    list(html, "They conflict or differ", &differ, &mut |html, statement| {
        html.raw("<span class=\"values\">");
        for (i, value) in values::distinct(statement).iter().enumerate().take(VALUES) {
            html.raw(if i > 0 { " <i>/</i> " } else { "" }).words(value);
        }
        html.raw("</span>");
        agreement::badge(html, &statement.agreement, statement.doubtful);
    });
    list(html, "Told by several, from one origin", &one, &mut |html, statement| {
        html.raw("<span class=\"note\">").counted(told_by(statement), "report", "reports");
        if let Some(origin) = statement.origins.list.first() {
            html.raw(", all from ").cut(&origin.label, 60);
        }
        html.raw("</span>");
    });
    list(html, "Told by most", &most, &mut |html, statement| {
        html.raw("<span class=\"note\">").counted(told_by(statement), "report", "reports").raw("</span>");
        agreement::origins_line(html, statement.origins.least, statement.origins.most);
    });
    html.raw("</section>");
}

fn list(
    html: &mut Html,
    heading: &'static str,
    statements: &[(usize, &Statement)],
    more: &mut dyn FnMut(&mut Html, &Statement),
) {
    if statements.is_empty() {
        return;
    }
    html.raw("<div><h2>").raw(heading).raw("</h2><ul>");
    for (at, statement) in statements.iter().take(LISTED) {
        html.raw("<li><a class=\"said\" href=\"#st").num(at).raw("\">").cut(&statement.gist, 90);
        html.raw("</a><span class=\"marks\">");
        more(html, statement);
        html.raw("</span></li>");
    }
    html.raw("</ul></div>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sure_conflicts_come_before_doubtful_ones_and_agreement_not_at_all() {
        let check = |agreement: &str, doubtful: bool, expect: Option<u8>| {
            let statement = Statement { agreement: agreement.into(), doubtful, ..Statement::default() };
            assert_eq!(weight(&statement), expect, "{agreement}");
        };
        check("conflict", false, Some(0));
        check("differs", false, Some(1));
        check("conflict", true, Some(2));
        check("update", false, None);
        check("agrees", false, None);
    }
}
