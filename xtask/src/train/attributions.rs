//! Trains the attribution models and writes their weights.
//!
//! With `HELD_OUT=DIR` set, trains on nine tenths of the articles and writes the weights and the other
//! tenth (gold.jsonl) to DIR; `ATTRIBUTION_WEIGHTS=DIR cargo xtask predict attribution …` reads them from
//! there. The shipped weights stay as they are.

use anyhow::{Context, Result};
use headwater_annotate::attributions::Language;
use headwater_annotate::attributions::learn::{LabelledRelation, LabelledText, learn};
use headwater_annotate::names;
use headwater_model::Span;
use headwater_model::text::Outline;
use headwater_model::text::offsets::CodePoints;
use serde_json::Value;
use std::path::Path;

/// Every how many-th article is held out.
const HELD_OUT_EVERY: usize = 10;

/// Trains English and German.
pub(crate) fn run(bench: &Path) -> Result<()> {
    let folder = Path::new("crates/headwater-annotate/data/attributions");
    let names = names::Models::bundled();
    let only = std::env::var("ONLY").unwrap_or_default();
    for (language, file, weights) in [
        (Language::English, "polnear_train.jsonl", "english.weights"),
        (Language::German, "german_wikinews_train.jsonl", "german.weights"),
    ] {
        if !only.is_empty() && !weights.starts_with(&only) {
            continue;
        }
        let rows = crate::predict::read(&bench.join("attribution").join(file))?;
        let held_out = std::env::var_os("HELD_OUT");
        let (rest, kept): (Vec<_>, Vec<_>) =
            rows.iter().enumerate().partition(|(i, _)| held_out.is_some() && i % HELD_OUT_EVERY == 0);
        let texts: Vec<LabelledText> = kept.iter().map(|(_, row)| labelled(row, language, &names)).collect();
        let model = learn(language, &texts);
        let bytes = model.to_bytes();
        tell(&format!("{weights}: {} articles, {} bytes {:?}", texts.len(), bytes.len(), model.sizes()))?;
        if let Some(dir) = held_out {
            let dir = Path::new(&dir);
            let gold: Result<Vec<String>, _> =
                rest.iter().map(|(_, row)| serde_json::to_string(row)).collect();
            std::fs::write(dir.join("gold.jsonl"), gold?.join("\n"))?;
            std::fs::write(dir.join(weights), bytes)?;
        } else {
            let path = folder.join(weights);
            std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    Ok(())
}

/// Says how training goes.
fn tell(line: &str) -> Result<()> {
    use std::io::Write;
    writeln!(std::io::stderr(), "{line}").context("cannot write to the terminal")
}

/// A row of the bench with byte spans.
fn labelled(row: &Value, language: Language, models: &names::Models) -> LabelledText {
    let text = row["text"].as_str().unwrap_or("").to_owned();
    let offsets = CodePoints::new(&text);
    let spans = |value: &Value| -> Vec<Span> {
        value
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|pair| {
                Some(Span {
                    start: offsets.to_byte(&text, pair[0].as_u64()? as u32),
                    end: offsets.to_byte(&text, pair[1].as_u64()? as u32),
                })
            })
            .collect()
    };
    let relations = row["attributions"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|a| LabelledRelation {
            source: spans(&a["source"]),
            cue: spans(&a["cue"]),
            content: spans(&a["content"]),
        })
        .collect();
    let pos = match language {
        Language::English => names::annotate(&text, &Outline::new(&text), models, None).pos,
        Language::German => Vec::new(),
    };
    LabelledText { text, pos, relations }
}
