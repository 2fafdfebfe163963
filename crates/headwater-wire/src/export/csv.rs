//! CSV (RFC 4180): one row for each wording of each statement.
//!
//! A cell of words that a spreadsheet would take for a formula (`=`, `+`, `-`, `@`, a tab or a carriage return in
//! front) begins with an apostrophe, which spreadsheets do not show.

use super::Model;
use serde_json::Value;

/// The columns, in order.
const COLUMNS: [&str; 26] = [
    "statement",
    "gist",
    "agreement",
    "doubtful",
    "origins_least",
    "origins_most",
    "origins",
    "event",
    "event_label",
    "event_date",
    "story",
    "article",
    "outlet",
    "title",
    "url",
    "published",
    "start",
    "end",
    "words",
    "value",
    "value_low",
    "value_high",
    "bound",
    "unit",
    "counted",
    "as_of",
];

/// The last column: who the report has it from.
const SOURCE: &str = "source";

pub(super) fn write(model: &Model) -> String {
    let account = model.account;
    let mut out = ::csv::Writer::from_writer(Vec::new());
    let header: Vec<&str> = COLUMNS.iter().copied().chain([SOURCE]).collect();
    let mut rows: Vec<Vec<String>> = vec![header.into_iter().map(str::to_owned).collect()];
    let events: std::collections::BTreeMap<&str, &crate::account::Event> =
        account.events.iter().map(|e| (e.id.as_str(), e)).collect();
    let mut story: std::collections::BTreeMap<&str, &str> = Default::default();
    for s in &account.stories {
        story.extend(s.articles.iter().map(|a| (a.as_str(), s.id.as_str())));
    }
    for s in &account.statements {
        let event = s.event.as_deref().and_then(|id| events.get(id));
        let labels: Vec<&str> = s.origins.list.iter().map(|o| o.label.as_str()).collect();
        for r in &s.reports {
            let article = model.at(&r.article).and_then(|at| account.articles.get(at));
            let of = |words: Option<&String>| safe(words.map_or("", String::as_str));
            let (value, low, high) = values(r.value.as_ref());
            rows.push(vec![
                s.id.clone(),
                safe(&s.gist),
                s.agreement.clone(),
                s.doubtful.to_string(),
                s.origins.least.to_string(),
                s.origins.most.to_string(),
                safe(&labels.join("; ")),
                safe(s.event.as_deref().unwrap_or("")),
                safe(event.map_or("", |e| e.label.as_str())),
                safe(event.and_then(|e| e.date.value.as_deref()).unwrap_or("")),
                story.get(r.article.as_str()).copied().unwrap_or("").to_owned(),
                safe(&r.article),
                of(article.and_then(|a| a.outlet.as_ref())),
                of(article.and_then(|a| a.title.as_ref())),
                of(article.and_then(|a| a.url.as_ref())),
                of(article.and_then(|a| a.published.value.as_ref())),
                r.start.to_string(),
                r.end.to_string(),
                safe(&r.text),
                safe(&value),
                low,
                high,
                of(r.bound.as_ref()),
                of(r.unit.as_ref()),
                of(r.counted.as_ref()),
                of(r.as_of.as_ref()),
                safe(&model.chain(&r.source)),
            ]);
        }
    }
    for row in &rows {
        // Writing to memory cannot fail, and every row has the same number of cells.
        let _ = out.write_record(row);
    }
    let bytes = out.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// A value in words, and its low and high ends where it is a number.
fn values(value: Option<&Value>) -> (String, String, String) {
    match value {
        Some(Value::Number(n)) => (String::new(), n.to_string(), n.to_string()),
        Some(Value::Array(ends)) => match ends.as_slice() {
            [low @ Value::Number(_), high @ Value::Number(_)] => {
                (String::new(), low.to_string(), high.to_string())
            }
            _ => (Value::Array(ends.clone()).to_string(), String::new(), String::new()),
        },
        Some(Value::String(words)) => (words.clone(), String::new(), String::new()),
        _ => Default::default(),
    }
}

/// Words that no spreadsheet takes for a formula.
fn safe(words: &str) -> String {
    if words.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{words}") } else { words.to_owned() }
}
