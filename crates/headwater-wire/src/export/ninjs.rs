//! IPTC ninjs 2.1: one news item for each report, in a JSON array.
//!
//! What a report was made from stands in `associations`, each named `derivedfrom`; agencies that it credits in
//! `infosources`. A day of publication without a time of day is no ninjs date-time: it stands in `descriptions`.

use super::{From, Model};
use crate::account::Article;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Address of the schema that the items follow.
const SCHEMA: &str = "http://www.iptc.org/std/ninjs/ninjs-schema_2.1.json";

pub(super) fn write(model: &Model) -> Value {
    let mut made: BTreeMap<&str, BTreeSet<From>> = BTreeMap::new();
    for (_, link) in model.derivations() {
        made.entry(link.article).or_default().insert(link.from);
    }
    let mut named: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (n, entity) in model.account.entities.iter().enumerate() {
        for article in &entity.articles {
            named.entry(article).or_default().push(n);
        }
    }
    let items = model.account.articles.iter().zip(&model.uris).map(|(article, uri)| {
        let id = article.id.as_str();
        item(model, article, uri, made.get(id), named.get(id).map_or(&[], Vec::as_slice))
    });
    items.collect()
}

fn item(
    model: &Model,
    article: &Article,
    uri: &str,
    made: Option<&BTreeSet<From>>,
    named: &[usize],
) -> Value {
    let mut out = Map::new();
    out.insert("uri".into(), uri.into());
    out.insert("type".into(), "text".into());
    let whole = article.text.is_some();
    out.insert("representationtype".into(), if whole { "full" } else { "partial" }.into());
    let published = article.published.value.as_deref();
    match published.filter(|v| is_clock_time(v)) {
        // The zone is not known: RFC 3339's unknown local offset says so.
        Some(when) => {
            let seconds = if when.matches(':').count() < 2 { ":00" } else { "" };
            out.insert("versioncreated".into(), format!("{when}{seconds}-00:00").into());
        }
        None => {
            if let Some(day) = published {
                out.insert("descriptions".into(), json!([{"role": "published", "value": day}]));
            }
        }
    }
    if let Some(language) = &article.language {
        out.insert("language".into(), language.clone().into());
    }
    if let Some(title) = &article.title {
        out.insert("headlines".into(), json!([{"value": title}]));
    }
    if !article.authors.is_empty() {
        out.insert("by".into(), article.authors.join(", ").into());
    }
    if let Some(text) = &article.text {
        out.insert("bodies".into(), json!([{"contenttype": "text/plain", "wordcount": article.words, "charcount": text.chars().count(), "value": text}]));
    }
    for (key, kinds) in [
        ("people", &["person"][..]),
        ("organisations", &["organisation", "government"]),
        ("places", &["place"]),
    ] {
        let list: Vec<Value> = named
            .iter()
            .filter_map(|&n| model.account.entities.get(n))
            .filter(|e| kinds.contains(&e.kind.as_str()))
            .map(|e| json!({"name": e.name, "rel": "mentions", "uri": model.name("entity", &e.id)}))
            .collect();
        if !list.is_empty() {
            out.insert(key.into(), list.into());
        }
    }
    let mut sources: Vec<Value> = Vec::new();
    sources.extend(article.outlet.iter().map(|o| json!({"name": o, "literal": "publisher"})));
    sources.extend(
        article
            .credits
            .iter()
            .map(|c| json!({"name": c.name, "literal": format!("credited in the {}", c.place)})),
    );
    if !sources.is_empty() {
        out.insert("infosources".into(), sources.into());
    }
    let derived: Vec<Value> = made
        .into_iter()
        .flatten()
        .filter_map(|from| match from {
            From::Article(id) => {
                let mut other = json!({"name": "derivedfrom", "uri": model.uri(id)?, "type": "text"});
                if let Some(title) = model.at(id).and_then(|at| model.account.articles.get(at)?.title.as_deref()) {
                    other["headlines"] = json!([{"value": title}]);
                }
                Some(other)
            }
            From::Upstream(name) => {
                Some(json!({"name": "derivedfrom", "uri": model.name("upstream", name), "type": "text", "title": name}))
            }
        })
        .collect();
    if !derived.is_empty() {
        out.insert("associations".into(), derived.into());
    }
    out.insert(
        "altids".into(),
        json!([{"role": "headwater", "value": article.id}, {"role": "blake3", "value": article.text_hash}]),
    );
    out.insert("standard".into(), json!({"name": "ninjs", "version": "2.1", "schema": SCHEMA}));
    Value::Object(out)
}

/// Whether these words are a day and a time of day that a calendar and a clock have: an account may come from
/// anywhere, and ninjs wants RFC 3339.
fn is_clock_time(words: &str) -> bool {
    let Some((day, time)) = words.split_once('T') else { return false };
    let numbers = |part: &str, mark: char| -> Option<Vec<u32>> {
        part.split(mark)
            .map(|n| n.bytes().all(|b| b.is_ascii_digit()).then(|| n.parse().ok()).flatten())
            .collect()
    };
    let (Some(day), Some(time)) = (numbers(day, '-'), numbers(time, ':')) else { return false };
    let in_calendar = match day[..] {
        [year, month, day] => {
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let days = match month {
                4 | 6 | 9 | 11 => 30,
                2 => 28 + u32::from(leap),
                _ => 31,
            };
            year < 10_000 && (1..=12).contains(&month) && (1..=days).contains(&day)
        }
        _ => false,
    };
    let on_clock = matches!(time[..], [hour, minute] | [hour, minute, _] if hour < 24 && minute < 60)
        && time.get(2).is_none_or(|second| *second < 60);
    in_calendar && on_clock && words.len() >= "2025-03-14T05:00".len()
}
