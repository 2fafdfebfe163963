//! The model that tells whether two clauses of two reports say the same: `crates/headwater-account/data/likeness.model`.
//!
//! Logistic regression over how two clauses compare, trained on the developed events of the accounts: pairs of clauses
//! that lie in one gold statement against all other pairs that share a word or a name. Prints how well each event is
//! told by the others.

use super::softmax;
use crate::eval::accounts::{DEVELOPED_ON, list, overlap, range};
use crate::predict;
use crate::predict::accounts::{article, models};
use anyhow::Result;
use headwater_account::{LIKENESS_FEATURES, LikenessModel};
use headwater_model::text::offsets::CodePoints;
use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;

/// Where the weights go, from the repository's root.
const MODEL_FILE: &str = "crates/headwater-account/data/likeness.model";

/// Weight of a pair that lies in no gold statement. The gold names the main statements only, and such pairs are some
/// two hundred times as many as the others.
const OTHER: f32 = 0.05;

/// One event's pairs.
struct Event {
    id: String,
    rows: Vec<softmax::Row>,
}

fn read(bench: &Path) -> Result<Vec<Event>> {
    let gold = crate::eval::json(&bench.join("accounts/newswcl50.json"))?;
    let rows = predict::read(&bench.join("stories/newswcl50.jsonl"))?;
    let mut out = Vec::new();
    for g in list(&gold["events"]) {
        let id = g["event"].as_str().unwrap_or("").to_owned();
        if !DEVELOPED_ON.contains(&id.as_str()) {
            continue;
        }
        let mut articles: Vec<_> =
            rows.iter().filter(|r| list(&g["articles"]).contains(&r["id"])).map(article).collect();
        articles.sort_by(|a, b| a.id.cmp(&b.id));
        let analysis = headwater::analyse_articles(articles, models(), &mut |_, _, _| {});
        let shared: Vec<&Value> =
            list(&g["statements"]).iter().filter(|s| s["agreement"] != "single report").collect();
        // The gold statements that each clause carries.
        let maps: Vec<CodePoints> = analysis.articles.iter().map(|a| CodePoints::new(&a.text)).collect();
        let carried =
            |(article, span): (headwater_model::ArticleIndex, headwater_model::Span)| -> Vec<usize> {
                let (a, map) = (&analysis.articles[article.at()], &maps[article.at()]);
                let own =
                    (i64::from(map.of_byte(&a.text, span.start)), i64::from(map.of_byte(&a.text, span.end)));
                let told = |s: &Value| {
                    list(&s["reports"]).iter().any(|r| r["id"] == a.id.as_str() && overlap(own, range(r)))
                };
                (0..shared.len()).filter(|&k| told(shared[k])).collect()
            };
        let rows = analysis.compared(models()).into_iter().map(|pair| {
            let (x, y) = (carried(pair.a), carried(pair.b));
            let same = x.iter().any(|s| y.contains(s));
            softmax::Row {
                x: pair.features.to_vec(),
                class: usize::from(same),
                weight: if same { 1.0 } else { OTHER },
            }
        });
        out.push(Event { rows: rows.collect(), id });
    }
    Ok(out)
}

fn fit(events: &[&Event]) -> Vec<f32> {
    let rows: Vec<softmax::Row> = events
        .iter()
        .flat_map(|e| &e.rows)
        .map(|r| softmax::Row { x: r.x.clone(), class: r.class, weight: r.weight })
        .collect();
    let options = softmax::Options { passes: 3_000, rate: 2.0, ridge: 0.000_5 };
    softmax::train(&rows, 2, options).iter().map(|w| w[1] - w[0]).collect()
}

fn text(weights: &[f32]) -> Result<String> {
    let mut out = String::from(
        "# How likely two clauses of two reports say the same: the weight of each feature.\n\
         # Trained by `cargo xtask train likeness` on three events of the NewsWCL50 accounts.\n",
    );
    for (name, w) in LIKENESS_FEATURES.iter().zip(weights) {
        writeln!(out, "{name}\t{w:.4}")?;
    }
    Ok(out)
}

/// Trains on the developed events.
pub(super) fn run(bench: &Path) -> Result<()> {
    let events = read(bench)?;
    for (n, event) in events.iter().enumerate() {
        let others: Vec<&Event> =
            events.iter().enumerate().filter(|(k, _)| *k != n).map(|(_, e)| e).collect();
        let model = LikenessModel::parse(&text(&fit(&others))?);
        let mut scored: Vec<(f32, usize)> = event
            .rows
            .iter()
            .filter_map(|r| Some((model.weigh(r.x.as_slice().try_into().ok()?), r.class)))
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let right = event.rows.iter().filter(|r| r.class == 1).count();
        let mut line = format!("event {}: {} pairs, {right} of one statement;", event.id, event.rows.len());
        for likely in [0.3f32, 0.4, 0.5, 0.6, 0.7] {
            let said = scored.partition_point(|s| s.0 >= likely);
            let hits = scored[..said].iter().filter(|s| s.1 == 1).count();
            write!(line, " {likely}: {hits} of {said}")?;
        }
        println!("{line}");
    }
    let out = text(&fit(&events.iter().collect::<Vec<_>>()))?;
    std::fs::write(MODEL_FILE, &out)?;
    println!("wrote {MODEL_FILE}");
    Ok(())
}
