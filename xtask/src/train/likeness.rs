//! The model that tells whether two clauses of two reports say the same: `crates/headwater-account/data/likeness.model`.
//!
//! Two logistic regressions, over how two clauses compare and over how their pair lies among the others, trained on the
//! accounts labelled in full (`eval/accounts.json`: every statement that two reports share is there, so that a pair in
//! none is two things). What the second reads of the first comes from weights of the other events. Prints how well
//! each event is told by the others.

use super::logistic::{Row, logistic};
use crate::eval::accounts::{Labelled, in_full, list, overlap, range};
use crate::predict::accounts::{article, models};
use anyhow::Result;
use headwater_account::{
    COMPANY_FEATURES, Company, Comparison, LEAST_ALONE, LIKENESS_FEATURES, LikenessModel, company,
};
use headwater_model::text::offsets::CodePoints;
use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;

/// Where the weights go, from the repository's root.
const MODEL_FILE: &str = "crates/headwater-account/data/likeness.model";

/// Strength of the ridge on weights of standardised features, per row. Of 1e-5 to 1e-3 all are alike, on the labelled
/// accounts.
const RIDGE: f64 = 1e-4;

/// One event's pairs, and whether each is one statement.
struct Event {
    id: String,
    comparison: Comparison,
    same: Vec<bool>,
}

fn read(labelled: &Labelled) -> Event {
    let mut articles: Vec<_> = labelled.articles.iter().map(article).collect();
    articles.sort_by(|a, b| a.id.cmp(&b.id));
    let analysis = headwater::analyse_articles(articles, models(), &mut |_, _, _| {});
    let statements = list(&labelled.gold["statements"]);
    let maps: Vec<CodePoints> = analysis.articles.iter().map(|a| CodePoints::new(&a.text)).collect();
    let comparison = analysis.compared(models());
    // The statements that each clause carries.
    let carried: Vec<Vec<usize>> = comparison
        .places
        .iter()
        .map(|(article, span)| {
            let (a, map) = (&analysis.articles[article.at()], &maps[article.at()]);
            let own =
                (i64::from(map.of_byte(&a.text, span.start)), i64::from(map.of_byte(&a.text, span.end)));
            let told = |s: &Value| {
                list(&s["reports"]).iter().any(|r| r["id"] == a.id.as_str() && overlap(own, range(r)))
            };
            (0..statements.len()).filter(|&k| told(&statements[k])).collect()
        })
        .collect();
    let one = |x: u32, y: u32| carried[x as usize].iter().any(|s| carried[y as usize].contains(s));
    let same = comparison.pairs.iter().map(|p| one(p.x, p.y)).collect();
    Event { id: labelled.gold["event"].as_str().unwrap_or("").to_owned(), comparison, same }
}

const ALONE: usize = LIKENESS_FEATURES.len();
const ALL: usize = COMPANY_FEATURES.len() + ALONE;

fn alone(events: &[&Event]) -> Vec<f32> {
    let pairs = |e: &'_ &Event| {
        let rows = e.comparison.pairs.iter().zip(&e.same);
        rows.map(|(p, same)| (p.features, *same)).collect::<Vec<_>>()
    };
    let pairs: Vec<_> = events.iter().flat_map(pairs).collect();
    let rows: Vec<Row<'_>> =
        pairs.iter().map(|(x, same)| Row { features: x, same: *same, weight: 1.0 }).collect();
    logistic::<ALONE>(&rows, RIDGE).to_vec()
}

/// Likelihoods of all pairs of an event by themselves.
fn likely_alone(event: &Event, weights: &[f32]) -> Result<Vec<f32>> {
    let model = LikenessModel::parse(&text(weights, &[])?);
    Ok(event.comparison.pairs.iter().map(|p| model.alone(&p.features)).collect())
}

/// The pairs that are looked at further, as the second stage reads them.
fn second(event: &Event, alone: &[f32]) -> Vec<(Company, bool)> {
    let kept = || (0..alone.len()).filter(|&k| alone[k] >= LEAST_ALONE);
    let pairs: Vec<_> = kept().map(|k| event.comparison.pairs[k].clone()).collect();
    let likely: Vec<f32> = kept().map(|k| alone[k]).collect();
    let same = kept().map(|k| event.same[k]);
    company(&event.comparison.layout, &pairs, &likely).into_iter().zip(same).collect()
}

/// Weights of both stages.
fn fit(events: &[&Event]) -> Result<(Vec<f32>, Vec<f32>)> {
    let mut rows: Vec<(Company, bool)> = Vec::new();
    for (n, event) in events.iter().enumerate() {
        let weights = alone(&without(events, n));
        rows.extend(second(event, &likely_alone(event, &weights)?));
    }
    let rows: Vec<Row<'_>> =
        rows.iter().map(|(x, same)| Row { features: x, same: *same, weight: 1.0 }).collect();
    Ok((alone(events), logistic::<ALL>(&rows, RIDGE).to_vec()))
}

fn without<'e>(events: &[&'e Event], n: usize) -> Vec<&'e Event> {
    events.iter().enumerate().filter(|(k, _)| *k != n).map(|(_, e)| *e).collect()
}

fn text(alone: &[f32], company: &[f32]) -> Result<String> {
    let mut out = String::from(
        "# How likely two clauses of two reports say the same: stage, feature, weight.\n\
         # Trained by `cargo xtask train likeness` on accounts labelled in full.\n",
    );
    for (name, w) in LIKENESS_FEATURES.iter().zip(alone) {
        writeln!(out, "alone\t{name}\t{w:.4}")?;
    }
    for (name, w) in COMPANY_FEATURES.iter().chain(LIKENESS_FEATURES).zip(company) {
        writeln!(out, "company\t{name}\t{w:.4}")?;
    }
    Ok(out)
}

/// Share of the right pairs that can be had at each precision, of pairs in order of their likelihood.
fn reached(mut scored: Vec<(f32, bool)>, right: usize) -> String {
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut out = String::new();
    for precision in [0.8, 0.7, 0.6, 0.5] {
        let (mut hits, mut best) = (0usize, 0usize);
        for (n, (_, same)) in scored.iter().enumerate() {
            hits += usize::from(*same);
            if hits as f64 >= precision * (n + 1) as f64 {
                best = hits;
            }
        }
        out += &format!(" {:.3}", best as f64 / right.max(1) as f64);
    }
    out
}

/// Trains on the accounts labelled in full, but those that are held out.
pub(super) fn run(bench: &Path) -> Result<()> {
    let labelled = in_full(bench)?;
    let events: Vec<Event> = labelled.iter().filter(|l| !l.held_out).map(read).collect();
    let events: Vec<&Event> = events.iter().collect();
    for (n, event) in events.iter().enumerate() {
        let (first, weights) = fit(&without(&events, n))?;
        let model = LikenessModel::parse(&text(&first, &weights)?);
        let by_itself = likely_alone(event, &first)?;
        let right = event.same.iter().filter(|s| **s).count();
        let stage_one: Vec<(f32, bool)> = by_itself.iter().copied().zip(event.same.iter().copied()).collect();
        let scored: Vec<(f32, bool)> =
            second(event, &by_itself).iter().map(|(x, same)| (model.in_company(x), *same)).collect();
        println!("{:.12}: {} pairs, {right} of one statement", event.id, event.same.len());
        println!("    reached at precision .8 .7 .6 .5: alone{}", reached(stage_one, right));
        println!("                                 in company{}", reached(scored.clone(), right));
        let mut line = String::from("    right at a likelihood of:");
        for likely in [0.3f32, 0.4, 0.5, 0.6, 0.7] {
            let said = scored.iter().filter(|s| s.0 >= likely);
            let (all, hits) = said.fold((0, 0), |(all, hits), s| (all + 1, hits + usize::from(s.1)));
            write!(line, " {likely}: {hits} of {all}")?;
        }
        println!("{line}");
    }
    let (first, weights) = fit(&events)?;
    std::fs::write(MODEL_FILE, text(&first, &weights)?)?;
    println!("wrote {MODEL_FILE}");
    Ok(())
}
