//! Names that were brought together: every form of a name that the reports use, and why they are one.

use super::html::Html;
use super::view::View;
use crate::account::Entity;

/// Names listed; the others are in `account.json`.
const LISTED: usize = 60;
/// Forms shown of one name.
const FORMS: usize = 12;

/// A folded list, at the end of the section on who is quoted.
pub(super) fn folded(html: &mut Html, view: &View) {
    let mut several: Vec<&Entity> = view
        .account
        .entities
        .iter()
        .filter(|e| e.forms.iter().any(|form| form.trim() != e.name.trim() && !form.trim().is_empty()))
        .collect();
    if several.is_empty() {
        return;
    }
    // Stable: within one count the order of the account stays.
    several.sort_by_key(|e| std::cmp::Reverse(e.articles.len()));
    html.raw("<details class=\"fold block\"><summary>Names brought together <span class=\"n\">")
        .count(several.len());
    html.raw("</span></summary><ul class=\"names\">");
    for entity in several.iter().take(LISTED) {
        html.raw("<li><b>").cut(&entity.name, 80).raw("</b> <span class=\"note\">").words(&entity.kind);
        if !entity.articles.is_empty() {
            html.raw(", in ").counted(entity.articles.len(), "report", "reports");
        }
        html.raw("</span><br>also ");
        let forms = entity.forms.iter().filter(|form| form.trim() != entity.name.trim()).take(FORMS);
        for (i, form) in forms.enumerate() {
            html.raw(if i > 0 { ", " } else { "" }).raw("<span class=\"said\">").cut(form, 60).raw("</span>");
        }
        if !entity.because.is_empty() {
            html.raw("<details class=\"why\"><summary>Why one name</summary>");
            view.because(html, &entity.because);
            html.raw("</details>");
        }
        html.raw("</li>");
    }
    html.raw("</ul>");
    if several.len() > LISTED {
        html.raw("<p class=\"note\">and ").count(several.len() - LISTED).raw(" more, in account.json</p>");
    }
    html.raw("</details>");
}
