//! The `attribution` task.

use anyhow::Result;
use headwater_annotate::attributions::{AttributionModel, Input, Language, annotate, credits};
use headwater_annotate::names;
use headwater_model::Span;
use headwater_model::attribution::{Attribution, Directness, Quotation};
use headwater_model::text::Outline;
use headwater_model::text::offsets::CodePoints;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::OnceLock;

/// What is found in a text, for tasks that look at more than spans.
pub(crate) fn attributions(text: &str, language: Language) -> (Vec<Attribution>, Vec<Quotation>) {
    static MODEL: OnceLock<AttributionModel> = OnceLock::new();
    let model = MODEL.get_or_init(|| match std::env::var_os("ATTRIBUTION_WEIGHTS") {
        Some(dir) => weights(Path::new(&dir)),
        None => AttributionModel::shipped(),
    });
    let outline = Outline::new(text);
    static NAMES: OnceLock<names::Models> = OnceLock::new();
    let models = NAMES.get_or_init(names::Models::bundled);
    let code = (language == Language::German).then_some("de");
    let found = names::annotate(text, &outline, models, code);
    let refer = |span| names::refer(text, &outline, &found, models, span);
    let input = Input {
        text,
        outline: &outline,
        language,
        pos: &found.pos,
        names: &found.names,
        entities: &found.entities,
        refer: Some(&refer),
    };
    annotate(model, &input)
}

/// One row. `ATTRIBUTION_WEIGHTS=DIR` measures other weights than those that ship.
pub(crate) fn answer(row: &Value) -> Result<Value> {
    let text = super::text(row, "text");
    let outline = Outline::new(text);
    let language = Language::from_tag(row.get("language").and_then(Value::as_str));
    let (attributions, quotations) = attributions(text, language);
    let points = CodePoints::new(text);
    let mut list: Vec<Value> = attributions.iter().map(|a| level(text, &points, a)).collect();
    // What a carrier passes on is what the level inside it says: it is not given twice.
    for (i, attribution) in attributions.iter().enumerate() {
        if carries(text, &attributions, i, attribution) {
            list[i]["content"] = json!([]);
        }
    }
    // In German news the words quoted inside a reworded content count as a statement of their own.
    if language == Language::German {
        for quotation in quotations.iter().filter(|q| q.utterance) {
            let Some(index) = quotation.attribution else { continue };
            let whole = &attributions[index as usize];
            if whole.directness != Directness::Mixed {
                continue;
            }
            let part = Attribution {
                content: vec![quotation.outer],
                directness: Directness::Direct,
                parent: Some(index),
                ..whole.clone()
            };
            list.push(level(text, &points, &part));
        }
    }
    let wire: Vec<&str> = credits(text, &outline).iter().map(|c| c.agency).collect();
    Ok(json!({"id": row["id"], "attributions": list, "wire": wire}))
}

/// Weights from a folder; a file that is not there is taken from what ships.
fn weights(dir: &Path) -> AttributionModel {
    let shipped = Path::new("crates/headwater-annotate/data/attributions");
    let read = |name: &str| {
        std::fs::read(dir.join(name)).or_else(|_| std::fs::read(shipped.join(name))).unwrap_or_default()
    };
    AttributionModel::from_bytes(&read("english.weights"), Some(&read("german.weights")))
        .unwrap_or_else(|_| AttributionModel::shipped())
}

fn level(text: &str, points: &CodePoints, a: &Attribution) -> Value {
    let spans = |list: &[Span]| -> Vec<Value> {
        list.iter().map(|s| json!([points.of_byte(text, s.start), points.of_byte(text, s.end)])).collect()
    };
    let mut value = json!({
        "source": spans(&a.source.spans),
        "cue": spans(&a.cue),
        "content": spans(&a.content),
        "kind": a.directness.name(),
        "source_kind": a.source.kind.name(),
    });
    if let Some(parent) = a.parent {
        value["parent"] = json!(parent);
    }
    value
}

/// Whether a level only names the medium of the one inside it ("told CNN", "on CNN", "released by CNN").
fn carries(text: &str, all: &[Attribution], index: usize, a: &Attribution) -> bool {
    let child = all.iter().find(|c| c.parent == Some(index as u32));
    let whole = child
        .and_then(|c| c.source.spans.iter().chain(&c.cue).chain(&c.content).copied().reduce(Span::cover));
    let last = |s: &Span| s.of(text).rsplit(' ').next().unwrap_or("").to_lowercase();
    let passing =
        |w: &str| matches!(w, "with" | "on" | "by" | "to" | "in" | "for" | "from" | "via" | "during");
    let released = |s: &Span| headwater_annotate::attributions::releases(&s.of(text).to_lowercase());
    let link = a
        .cue
        .iter()
        .all(|s| passing(&last(s)) && !s.of(text).to_lowercase().starts_with("accord") || released(s));
    link && whole.is_some() && a.content_cover() == whole
}
