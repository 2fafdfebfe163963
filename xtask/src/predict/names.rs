//! The `names` task.

use super::text;
use anyhow::Result;
use headwater_annotate::names::{self, Models};
use headwater_model::NameKind;
use headwater_model::text::Outline;
use headwater_model::text::offsets::CodePoints;
use serde_json::{Value, json};
use std::sync::OnceLock;

/// One row: persons, organisations and places; a government named by a country or city counts as a place.
pub(crate) fn answer(row: &Value) -> Result<Value> {
    static MODELS: OnceLock<Models> = OnceLock::new();
    let models = MODELS.get_or_init(Models::bundled);
    let text = text(row, "text");
    let found =
        names::annotate(text, &Outline::new(text), models, row.get("language").and_then(Value::as_str));
    let points = CodePoints::new(text);
    let mut out = Vec::new();
    for name in found.names.iter().filter(|n| names::is_proper(text, n)) {
        let kind = match name.kind {
            NameKind::Person => "person",
            NameKind::Organisation => "organisation",
            NameKind::Place | NameKind::Government => "place",
            NameKind::Event | NameKind::Nationality => continue,
        };
        out.push(json!({"start": points.of_byte(text, name.span.start), "end": points.of_byte(text, name.span.end), "kind": kind}));
    }
    Ok(json!({"id": row["id"], "names": out}))
}
