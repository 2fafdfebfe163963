//! The values of a statement: as words, marked in a clause, and as a small picture of who gives which.

use super::dates;
use super::html::{Html, shorten, thousands};
use super::view::View;
use crate::account::{Report, Statement};
use serde_json::Value;
use std::collections::BTreeSet;

/// Distinct values drawn at most.
const BARS: usize = 9;
/// Reports from which the picture helps; with fewer the cells are enough.
const BARS_FROM: usize = 4;

/// The value compared, in words: "about 2,000", "24–30", "12 Aug 2025".
pub(super) fn words(report: &Report) -> Option<String> {
    let bare = match report.value.as_ref()? {
        Value::Number(number) => number_words(number),
        Value::Array(ends) => match ends.as_slice() {
            [Value::Number(low), Value::Number(high)] if low.as_f64() == high.as_f64() => number_words(low),
            [Value::Number(low), Value::Number(high)] => {
                format!("{}–{}", number_words(low), number_words(high))
            }
            _ => return None,
        },
        Value::String(words) if is_date(words) => dates::value(words),
        Value::String(words) => shorten(words, 60),
        _ => return None,
    };
    let bound = report.bound.as_deref().unwrap_or("exactly");
    if bound == "vague" {
        // "Dozens" says more than the range that it may stand for.
        if let Some((_, told, _)) = parts(report) {
            return Some(shorten(told, 40).to_lowercase());
        }
    }
    let bounded = match bound {
        "exactly" | "" => bare,
        "vague" => format!("{bare} (vague)"),
        bound => format!("{bound} {bare}"),
    };
    Some(match report.unit.as_deref() {
        Some("percent") => format!("{bounded} %"),
        _ => bounded,
    })
}

/// Whether a value is a date: four digits of a year, or a date told without its year.
fn is_date(words: &str) -> bool {
    words.starts_with("XXXX-") || words.bytes().take(4).filter(u8::is_ascii_digit).count() == 4
}

/// A number without needless decimals.
fn number_words(number: &serde_json::Number) -> String {
    match number.as_f64() {
        Some(f) if f.fract() == 0.0 && f.abs() < 1e15 => thousands(&format!("{f:.0}")),
        _ => thousands(&number.to_string()),
    }
}

/// For sorting: numbers by their low end, dates by their text.
fn order(report: &Report) -> (u8, f64, String) {
    match report.value.as_ref() {
        Some(Value::Number(n)) => (0, n.as_f64().unwrap_or(0.0), String::new()),
        Some(Value::Array(ends)) => (0, ends.first().and_then(Value::as_f64).unwrap_or(0.0), String::new()),
        Some(Value::String(words)) => (1, 0.0, words.clone()),
        _ => (2, 0.0, String::new()),
    }
}

/// A clause as the words before its value, the value, and the words after it.
fn parts(report: &Report) -> Option<(&str, &str, &str)> {
    let (start, end) = report.value_span?;
    let from = start.checked_sub(report.start)? as usize;
    let to = end.checked_sub(report.start)? as usize;
    let text = report.text.as_str();
    Some((text.get(..from)?, text.get(from..to)?, text.get(to..)?)).filter(|(_, value, _)| !value.is_empty())
}

/// A clause with its value marked; long ones are cut after `limit` characters unless the mark lies behind.
pub(super) fn marked(html: &mut Html, report: &Report, limit: usize) {
    match parts(report) {
        Some((before, value, after)) => {
            html.raw("<bdi>").text(before).raw("<mark>").text(value).raw("</mark>");
            html.text(&cut_end(after, limit)).raw("</bdi>");
        }
        None => {
            html.cut(&report.text, limit);
        }
    }
}

/// The words after a mark, with the space before them kept.
fn cut_end(words: &str, limit: usize) -> String {
    let space: &str = words.get(..words.len() - words.trim_start().len()).unwrap_or_default();
    format!("{space}{}", shorten(words, limit))
}

/// A day without its year, to fit: the year stands with each wording.
fn as_of(timex: &str) -> String {
    match dates::civil(timex) {
        Some(day) => day.short(),
        None => shorten(&dates::value(timex), 20),
    }
}

/// One line for each distinct value: how many reports give it, and as of when.
pub(super) fn bars(html: &mut Html, view: &View, statement: &Statement) {
    struct Line<'a> {
        words: String,
        order: (u8, f64, String),
        articles: BTreeSet<&'a str>,
        as_of: BTreeSet<&'a str>,
    }
    if view.account.articles.len() < BARS_FROM {
        return;
    }
    let mut lines: Vec<Line> = Vec::new();
    let mut at = std::collections::BTreeMap::new();
    for report in &statement.reports {
        let Some(words) = words(report) else { continue };
        let slot = *at.entry(words.clone()).or_insert_with(|| {
            lines.push(Line {
                words,
                order: order(report),
                articles: BTreeSet::new(),
                as_of: BTreeSet::new(),
            });
            lines.len() - 1
        });
        if let Some(line) = lines.get_mut(slot) {
            line.articles.insert(report.article.as_str());
            line.as_of.extend(report.as_of.as_deref().filter(|day| dates::civil(day).is_some()));
        }
    }
    let told: usize = lines.iter().map(|l| l.articles.len()).sum();
    if lines.len() < 2 || told < BARS_FROM {
        return;
    }
    lines.sort_by(|a, b| {
        let number = a.order.0.cmp(&b.order.0).then(a.order.1.total_cmp(&b.order.1));
        number.then_with(|| (&a.order.2, &a.words).cmp(&(&b.order.2, &b.words)))
    });
    let most = lines.iter().map(|l| l.articles.len()).max().unwrap_or(1);
    html.raw("<table class=\"bars\"><caption>Values told, by how many reports</caption>");
    for line in lines.iter().take(BARS) {
        html.raw("<tr><th scope=\"row\">")
            .words(&line.words)
            .raw("</th><td><svg aria-hidden=\"true\"><rect height=\"8\" rx=\"2\" width=\"");
        html.percent(100.0 * line.articles.len() as f64 / most as f64).raw("\"/></svg></td><td class=\"n\">");
        html.count(line.articles.len()).raw("</td><td class=\"n\">");
        match (line.as_of.first(), line.as_of.last()) {
            (Some(first), Some(last)) if as_of(first) == as_of(last) => {
                html.raw("as of ").text(&as_of(first));
            }
            (Some(first), Some(last)) => {
                html.raw("as of ").text(&as_of(first)).raw(" to ").text(&as_of(last));
            }
            _ => {}
        }
        html.raw("</td></tr>");
    }
    if lines.len() > BARS {
        html.raw("<tr><td colspan=\"4\" class=\"n\">and ")
            .counted(lines.len() - BARS, "other value", "other values")
            .raw("</td></tr>");
    }
    html.raw("</table>");
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_told_as_people_write_them() {
        let check = |value: Value, bound: Option<&str>, unit: Option<&str>, expect: Option<&str>| {
            let report = Report {
                value: Some(value),
                bound: bound.map(str::to_owned),
                unit: unit.map(str::to_owned),
                ..Report::default()
            };
            assert_eq!(words(&report).as_deref(), expect);
        };
        check(json!(2000.0), Some("about"), Some("person"), Some("about 2,000"));
        check(json!([24, 99]), Some("vague"), None, Some("24–99 (vague)"));
        check(json!([41, 41.0]), Some("exactly"), None, Some("41"));
        check(json!([41, 41]), None, None, Some("41"));
        check(json!(12.5), Some("exactly"), Some("percent"), Some("12.5 %"));
        check(json!("2025-08-12"), None, None, Some("12 Aug 2025"));
        check(json!("XXXX-WXX-7"), None, None, Some("Sunday"));
        check(json!("the harbour"), None, None, Some("the harbour"));
        check(json!({"a": 1}), None, None, None);
    }

    #[test]
    fn the_value_is_marked_where_it_stands() {
        let check = |text: &str, start: u32, span: Option<(u32, u32)>, expect: &str| {
            let report = Report { text: text.into(), start, value_span: span, ..Report::default() };
            let mut html = Html::default();
            marked(&mut html, &report, 400);
            assert_eq!(html.as_str(), expect);
        };
        check("at least 41 died", 100, Some((109, 111)), "<bdi>at least <mark>41</mark> died</bdi>");
        check("at least 41 died", 100, Some((9, 11)), "at least 41 died");
        check("é<41", 0, Some((1, 3)), "é&lt;41");
        check("é<41", 0, Some((3, 5)), "<bdi>é&lt;<mark>41</mark></bdi>");
    }
}
