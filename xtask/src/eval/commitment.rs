//! How far the marks of manner tell what a writer commits to (`claims/commitmentbank.csv`). No goal: a look.
//!
//! Each item has a sentence with a clause under a verb of saying or thinking, and readers' mean judgement, from -3
//! (the writer holds it false) to 3 (holds it true). The marks are those that accounts show: the cue's class,
//! negation and hedges. They make a plain count, which is set beside the judgements.

use super::Figures;
use crate::predict::attribution::attributions;
use anyhow::Result;
use headwater_annotate::attributions::Language;
use headwater_model::attribution::{Attribution, CueClass};
use std::path::Path;

/// What the marks of the attribution that holds the clause add up to: higher for more commitment. Each mark counts
/// one, by judgement; nothing is fitted.
fn marks(a: &Attribution) -> f64 {
    let class = match a.class {
        CueClass::Factive | CueClass::Revealing => 1.0,
        CueClass::Neutral | CueClass::Asking => 0.0,
        CueClass::Distancing | CueClass::Forecasting | CueClass::Denying => -1.0,
    };
    class - f64::from(a.negated) - if a.hedges.is_empty() { 0.0 } else { 1.0 }
}

/// Ranks from 0, ties sharing the mean of theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut out = vec![0.0; values.len()];
    let mut i = 0;
    while i < order.len() {
        let mut j = i;
        while j + 1 < order.len() && values[order[j + 1]] == values[order[i]] {
            j += 1;
        }
        order[i..=j].iter().for_each(|&k| out[k] = (i + j) as f64 / 2.0);
        i = j + 1;
    }
    out
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len().max(1) as f64;
    let (ma, mb) = (mean(a), mean(b));
    let both: f64 = a.iter().zip(b).map(|(x, y)| (x - ma) * (y - mb)).sum();
    let spread = |v: &[f64], m: f64| v.iter().map(|x| (x - m).powi(2)).sum::<f64>().sqrt();
    both / (spread(a, ma) * spread(b, mb)).max(f64::MIN_POSITIVE)
}

/// Share of pairs of an item that is so and one that is not which the scores put in that order, ties half.
pub(super) fn auc(scores: &[f64], so: &[bool]) -> f64 {
    let ranks = ranks(scores);
    let yes = so.iter().filter(|c| **c).count() as f64;
    let no = so.len() as f64 - yes;
    let sum: f64 = ranks.iter().zip(so).filter(|(_, c)| **c).map(|(r, _)| r + 1.0).sum();
    (sum - yes * (yes + 1.0) / 2.0) / (yes * no).max(1.0)
}

/// All items.
pub(super) fn run(bench: &Path) -> Result<Figures> {
    let mut reader = csv::Reader::from_path(bench.join("claims").join("commitmentbank.csv"))?;
    let heads = reader.headers()?.clone();
    let column =
        |name: &str| heads.iter().position(|h| h.trim_start_matches('\u{feff}') == name).unwrap_or(0);
    let (target, prompt, mean) = (column("Target"), column("Prompt"), column("Mean"));
    let (mut scores, mut means, mut found) = (Vec::new(), Vec::new(), 0.0);
    for row in reader.records() {
        let row = row?;
        let Ok(judged) = row[mean].trim().parse::<f64>() else { continue };
        let text = row[target].to_owned();
        let clause: Vec<String> = row[prompt].split_whitespace().map(str::to_lowercase).collect();
        let (all, _) = attributions(&text, Language::English);
        // the attribution whose content shares most words with the clause that was judged
        let shared = |a: &Attribution| {
            let words = a.content.iter().flat_map(|s| s.of(&text).split_whitespace());
            words.filter(|w| clause.contains(&w.to_lowercase())).count()
        };
        let best = all.iter().max_by_key(|a| shared(a)).filter(|a| shared(a) * 2 >= clause.len());
        found += f64::from(best.is_some());
        scores.push(best.map_or(0.0, marks));
        means.push(judged);
    }
    let committed: Vec<bool> = means.iter().map(|m| *m > 0.0).collect();
    let mut out = Figures::new();
    out.insert("clause_found".to_owned(), 100.0 * found / means.len().max(1) as f64);
    out.insert("rank_correlation".to_owned(), correlation(&ranks(&scores), &ranks(&means)));
    out.insert("auc_committed".to_owned(), auc(&scores, &committed));
    Ok(out)
}
