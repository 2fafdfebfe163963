//! The `copies` task: families, who has it from whom, and every pair with evidence.
//!
//! A row's `fetched` is when somebody saw the page, not when it was written: it is not used.

use anyhow::Result;
use headwater_model::{Article, ArticleIndex, CopyState, Direction, Published, PublishedHow, Reason};
use headwater_trace::Tracing;
use rayon::prelude::*;
use serde_json::{Value, json};

/// All rows at once.
pub(crate) fn answer(rows: &[Value]) -> Result<Vec<Value>> {
    let articles: Vec<Article> = rows.par_iter().map(article).collect();
    let tracing = crate::traced::inputs(&articles, headwater_trace::trace);
    Ok(rows
        .iter()
        .enumerate()
        .map(|(at, row)| line(rows, row, &articles[at], ArticleIndex(at as u32), &tracing))
        .collect())
}

/// A row as an article; what it says of itself is taken, nothing is worked out.
pub(crate) fn article(row: &Value) -> Article {
    let text = match row.get("paragraphs").and_then(Value::as_array) {
        Some(paragraphs) => {
            paragraphs.iter().filter_map(Value::as_str).map(str::trim).collect::<Vec<_>>().join("\n\n")
        }
        None => super::text(row, "text").to_string(),
    };
    let field =
        |name: &str| row.get(name).and_then(Value::as_str).filter(|v| !v.is_empty()).map(str::to_string);
    Article {
        id: row["id"].as_str().map_or_else(|| row["id"].to_string(), str::to_string),
        text,
        title: field("title"),
        outlet: field("publisher").or_else(|| field("outlet")),
        url: field("url"),
        published: field("published").and_then(|p| published(&p)).unwrap_or_default(),
        ..Article::default()
    }
}

/// A day, or a moment with or without its offset.
fn published(given: &str) -> Option<Published> {
    let because = Reason::plain("given");
    if let Ok(zoned) = given.parse::<jiff::Timestamp>() {
        let value = zoned.to_zoned(jiff::tz::TimeZone::UTC).datetime();
        let mut published = Published::on(value.date(), PublishedHow::Given, because);
        published.value = Some(value);
        published.has_time = true;
        published.offset_minutes = Some(0);
        return Some(published);
    }
    if let (Ok(value), true) = (given.parse::<jiff::civil::DateTime>(), given.contains(':')) {
        let mut published = Published::on(value.date(), PublishedHow::Given, because);
        published.value = Some(value);
        published.has_time = true;
        return Some(published);
    }
    given.get(..10)?.parse().ok().map(|day| Published::on(day, PublishedHow::Given, because))
}

/// A page with fewer words is a blurb, a caption or a stub, not an article (words).
const BLURB: usize = 80;

fn line(rows: &[Value], row: &Value, article: &Article, at: ArticleIndex, tracing: &Tracing) -> Value {
    let words = article.text.split_whitespace().count();
    let id = |a: ArticleIndex| rows[a.at()]["id"].clone();
    let family = tracing.families.iter().enumerate().find(|(_, f)| f.members.binary_search(&at).is_ok());
    let cluster =
        family.map_or_else(|| json!(format!("alone {}", at.0)), |(n, _)| json!(format!("family {n}")));
    let origin = match family {
        Some((_, f)) => {
            f.root.map(&id).or_else(|| f.upstream.clone().map(Value::from)).unwrap_or(Value::Null)
        }
        None => row["id"].clone(),
    };
    let mut copied_from: Vec<Value> = Vec::new();
    if let Some((_, f)) = family {
        let place = f.members.binary_search(&at).unwrap_or(0);
        copied_from.extend(f.parents.get(place).copied().flatten().map(&id));
    }
    for (_, parent) in tracing.second_parents.iter().filter(|(child, _)| *child == at) {
        copied_from.push(id(*parent));
    }
    let mut relations = Vec::new();
    for copy in tracing.copies.iter().filter(|c| c.from == at || c.to == at) {
        let with = if copy.from == at { copy.to } else { copy.from };
        let direction = match copy.direction {
            Direction::Known if copy.from == at => "to",
            Direction::Known => "from",
            Direction::ViaUpstream => "via agency",
            Direction::Unknown => "unknown",
        };
        if direction == "from" && copy.state == CopyState::Declared && !copied_from.contains(&id(with)) {
            copied_from.push(id(with));
        }
        relations.push(json!({"with": id(with), "state": copy.state.name(), "direction": direction, "upstream": copy.upstream}));
    }
    json!({
        "id": row["id"],
        "cluster": cluster,
        "origin": origin,
        "copied_from": copied_from,
        "relations": relations,
        "article": tracing.collections.binary_search(&at).is_err() && words >= BLURB,
    })
}
