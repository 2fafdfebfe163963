//! The `times` task.

use super::text;
use anyhow::Result;
use headwater_annotate::times::{self, Anchor, Language};
use headwater_model::text::Outline;
use headwater_model::text::offsets::CodePoints;
use serde_json::{Value, json};

/// One row: a text and its day of publication in, its time expressions out.
pub(crate) fn answer(row: &Value) -> Result<Value> {
    let body = text(row, "text");
    let language =
        row.get("language").and_then(Value::as_str).and_then(Language::of_code).unwrap_or(Language::English);
    let anchor = match text(row, "published").get(..10).and_then(|d| d.parse().ok()) {
        Some(day) => Anchor::Day(day),
        None => Anchor::Unknown,
    };
    let outline = Outline::new(body);
    let phrases = times::find(body, &outline, language);
    let points = CodePoints::new(body);
    let found: Vec<Value> = times::resolve(body, &outline, &phrases, anchor)
        .into_iter()
        .map(|t| {
            json!({
                "start": points.of_byte(body, t.span.start),
                "end": points.of_byte(body, t.span.end),
                "type": t.kind.name(),
                "value": t.value,
            })
        })
        .collect();
    Ok(json!({"id": row["id"], "times": found}))
}
