//! TimelineJS 3: the happenings that have a day, each with the reports that tell it; storylines are groups.
//!
//! Happenings without any date have no place on a timeline and are left out. TimelineJS reads its texts as HTML, so
//! the reports' words are escaped.

use super::Model;
use crate::account::Event;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Reports named under a happening.
const MOST_NAMED: usize = 20;

pub(super) fn write(model: &Model) -> Value {
    let account = model.account;
    let mut story: BTreeMap<&str, &str> = BTreeMap::new();
    for s in &account.stories {
        for event in &s.events {
            story.entry(event).or_insert(&s.title);
        }
    }
    let events: Vec<Value> = account
        .events
        .iter()
        .enumerate()
        .filter_map(|(at, e)| event(model, at, e, story.get(e.id.as_str()).copied()))
        .collect();
    let headline = match account.stories.as_slice() {
        [one] => one.title.clone(),
        _ => format!("{} storylines", account.stories.len()),
    };
    let s = &account.summary;
    let text = format!(
        "{} reports, {} happenings. It says who reports what, and never what is true.",
        s.reports, s.happenings
    );
    json!({"title": {"text": {"headline": html(&headline), "text": html(&text)}}, "events": events})
}

fn event(model: &Model, at: usize, e: &Event, story: Option<&str>) -> Option<Value> {
    let first = e.date.earliest.as_deref().or(e.date.latest.as_deref()).and_then(date)?;
    let last = e.date.latest.as_deref().and_then(date).filter(|l| *l != first);
    let mut out = Map::new();
    out.insert("start_date".into(), first);
    if let Some(last) = last {
        out.insert("end_date".into(), last);
    }
    if let Some(value) = &e.date.value {
        out.insert("display_date".into(), html(value).into());
    }
    let mut text = String::new();
    for (heading, ids) in [("Told by", &e.told_by), ("Mentioned by", &e.mentioned_by)] {
        let names: Vec<String> =
            ids.iter().filter_map(|id| model.at(id)).map(|at| report(model, at)).collect();
        if names.is_empty() {
            continue;
        }
        let more = names.len().saturating_sub(MOST_NAMED);
        text.push_str(&format!("<p>{heading} {}: {}", names.len(), names[..names.len() - more].join(", ")));
        text.push_str(&if more > 0 { format!(" and {more} more</p>") } else { "</p>".to_owned() });
    }
    out.insert("text".into(), json!({"headline": html(&e.label), "text": text}));
    if let Some(title) = story {
        out.insert("group".into(), html(title).into());
    }
    out.insert("unique_id".into(), format!("headwater-{}", at + 1).into());
    Some(Value::Object(out))
}

fn report(model: &Model, at: usize) -> String {
    let Some(article) = model.account.articles.get(at) else { return String::new() };
    let name = article.outlet.as_deref().or(article.title.as_deref()).unwrap_or(&article.id);
    match super::web_address(article.url.as_deref()) {
        Some(url) => format!("<a href=\"{}\" rel=\"noopener noreferrer\">{}</a>", html(&url), html(name)),
        None => html(name),
    }
}

/// "2025-08-12" as TimelineJS's parts.
fn date(day: &str) -> Option<Value> {
    let mut parts = day.get(..10)?.splitn(3, '-').map(str::parse::<i32>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    Some(json!({"year": year, "month": month, "day": day}))
}

fn html(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() && c != '\n' => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}
