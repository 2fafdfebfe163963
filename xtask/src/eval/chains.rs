//! Who passed on whose words, against labelled chains (`attribution/chains_train.json`, rules in `CHAINS.md`).
//!
//! A chain counts as whole when it has the label's number of levels, every level's source shares a word with
//! the label's, in order, and the contents have half of their words in common. Articles are dealt to two
//! halves in turn: `developed`, which was looked at, and `held_out`, which was not. The flat attributions of
//! both halves are among what the taggers were trained on.

use super::Figures;
use super::attribution::{Set, covered, spans, tokens};
use crate::predict;
use anyhow::Result;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// A chain: sources from the outermost in, and what was said.
struct Chain {
    sources: Vec<Set>,
    content: Set,
}

/// Share of the words of two contents together that they must have in common.
const SAME: f64 = 0.5;

/// What is counted in one half.
#[derive(Default)]
struct Counts {
    chains: f64,
    whole: f64,
    innermost: f64,
    outermost: f64,
    number: f64,
    controls: f64,
    false_chains: f64,
}

fn touch(a: &Set, b: &Set) -> bool {
    a.intersection(b).next().is_some()
}

fn iou(a: &Set, b: &Set) -> f64 {
    a.intersection(b).count() as f64 / a.union(b).count().max(1) as f64
}

/// Chains of two levels and more in an answer.
fn chains_of(answer: &Value, words: &[(usize, usize)]) -> Vec<Chain> {
    let Some(list) = answer["attributions"].as_array() else { return Vec::new() };
    let parent = |i: usize| list[i]["parent"].as_u64().map(|p| p as usize).filter(|&p| p < list.len());
    let chain = |i: usize| {
        let mut sources = vec![covered(&spans(&list[i]["source"]), words)];
        let mut at = parent(i);
        while let Some(p) = at.filter(|_| sources.len() < list.len()) {
            sources.push(covered(&spans(&list[p]["source"]), words));
            at = parent(p);
        }
        sources.reverse();
        Chain { sources, content: covered(&spans(&list[i]["content"]), words) }
    };
    (0..list.len()).map(chain).filter(|c| c.sources.len() > 1 && !c.content.is_empty()).collect()
}

fn labelled(row: &Value, words: &[(usize, usize)]) -> Chain {
    let source = |level: &Value| {
        let span = (level["source"][0].as_u64(), level["source"][1].as_u64());
        let (Some(a), Some(b)) = span else { return Set::new() };
        covered(&[(a as usize, b as usize)], words)
    };
    Chain {
        sources: row["levels"].as_array().into_iter().flatten().map(source).collect(),
        content: covered(&spans(&row["content"]), words),
    }
}

fn count(labels: &[Chain], controls: &[Chain], found: &[Chain], out: &mut Counts) {
    out.chains += labels.len() as f64;
    let mut used = vec![false; found.len()];
    for label in labels {
        let fit = |i: usize| {
            let same = found[i].sources.len() == label.sources.len();
            (same, iou(&found[i].content, &label.content))
        };
        let best = (0..found.len())
            .filter(|&i| !used[i] && fit(i).1 > 0.0)
            .max_by(|&a, &b| fit(a).0.cmp(&fit(b).0).then(fit(a).1.total_cmp(&fit(b).1)).then(b.cmp(&a)));
        let Some(best) = best else { continue };
        used[best] = true;
        let (chain, (same, overlap)) = (&found[best], fit(best));
        let right = |a: Option<&Set>, b: Option<&Set>| a.zip(b).is_some_and(|(a, b)| touch(a, b));
        out.number += f64::from(same);
        out.innermost += f64::from(right(chain.sources.last(), label.sources.last()));
        out.outermost += f64::from(right(chain.sources.first(), label.sources.first()));
        let levels = chain.sources.iter().zip(&label.sources).all(|(a, b)| touch(a, b));
        out.whole += f64::from(same && levels && overlap >= SAME);
    }
    for control in controls {
        out.controls += 1.0;
        let over = |c: &Chain| {
            let both = c.content.intersection(&control.content).count();
            both > 0 && both * 2 >= c.content.len().min(control.content.len())
        };
        out.false_chains += f64::from(found.iter().any(over));
    }
}

/// Both halves.
pub(super) fn run(bench: &Path) -> Result<Figures> {
    let folder = bench.join("attribution");
    let labels = super::json(&folder.join("chains_train.json"))?;
    let texts = predict::read(&folder.join("polnear_train.jsonl"))?;
    let texts: BTreeMap<&str, &Value> =
        texts.iter().filter_map(|row| Some((row["id"].as_str()?, row))).collect();
    let ids = labels["articles"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let rows: Vec<Value> = ids.filter_map(|id| texts.get(id).map(|row| (*row).clone())).collect();
    let answers = predict::answer("attribution", &rows)?;
    let mut halves = [("developed", Counts::default()), ("held_out", Counts::default())];
    for (i, (row, answer)) in rows.iter().zip(&answers).enumerate() {
        let chars: Vec<char> = row["text"].as_str().unwrap_or("").chars().collect();
        let words = tokens(&chars);
        let of = |key: &str| -> Vec<Chain> {
            let all = labels[key].as_array().into_iter().flatten();
            all.filter(|l| l["id"] == row["id"]).map(|l| labelled(l, &words)).collect()
        };
        count(&of("chains"), &of("controls"), &chains_of(answer, &words), &mut halves[i % 2].1);
    }
    let mut out = Figures::new();
    for (half, c) in halves {
        let share = |n: f64, of: f64| 100.0 * n / of.max(1.0);
        for (name, n) in [
            ("whole", c.whole),
            ("innermost", c.innermost),
            ("outermost", c.outermost),
            ("number_of_levels", c.number),
        ] {
            out.insert(format!("{half}.{name}"), share(n, c.chains));
        }
        out.insert(format!("{half}.controls_left_alone"), 100.0 - share(c.false_chains, c.controls));
    }
    Ok(out)
}
