//! Clusters of articles against gold events or copy families (`story_score.py`): B-cubed and adjusted Rand index.

use super::Figures;
use crate::predict;
use anyhow::Result;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// B-cubed precision, recall, F1 and adjusted Rand index of two labellings.
pub(crate) fn score(gold: &[String], system: &[String]) -> [f64; 4] {
    let n = gold.len() as f64;
    let (mut g, mut s, mut both) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (a, b) in gold.iter().zip(system) {
        *g.entry(a).or_insert(0.0) += 1.0;
        *s.entry(b).or_insert(0.0) += 1.0;
        *both.entry((a, b)).or_insert(0.0) += 1.0;
    }
    let p = both.iter().map(|((_, b), v): (&(&String, &String), &f64)| v * v / s[b]).sum::<f64>() / n;
    let r = both.iter().map(|((a, _), v): (&(&String, &String), &f64)| v * v / g[a]).sum::<f64>() / n;
    let two = |v: f64| v * (v - 1.0) / 2.0;
    let hits: f64 = both.values().map(|v| two(*v)).sum();
    let (a, b): (f64, f64) = (s.values().map(|v| two(*v)).sum(), g.values().map(|v| two(*v)).sum());
    let all = two(n).max(1.0);
    let expected = a * b / all;
    let ari = if (a + b) / 2.0 == expected { 1.0 } else { (hits - expected) / ((a + b) / 2.0 - expected) };
    [p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }, ari]
}

fn id(row: &Value) -> String {
    row["id"].as_str().map_or_else(|| row["id"].to_string(), str::to_owned)
}

/// Cluster labels of a task's answers, one for each row; a missing one stands alone.
fn labels(task: &str, rows: &[Value]) -> Result<Vec<String>> {
    let answers = predict::answer(task, rows)?;
    let by_id: BTreeMap<String, String> = answers
        .iter()
        .filter(|a| !a["cluster"].is_null())
        .map(|a| (id(a), a["cluster"].to_string()))
        .collect();
    Ok(rows
        .iter()
        .map(|r| by_id.get(&id(r)).cloned().unwrap_or_else(|| format!("alone {}", id(r))))
        .collect())
}

fn add(out: &mut Figures, set: &str, gold: &[String], system: &[String]) {
    let [_, _, f1, ari] = score(gold, system);
    out.insert(format!("{set}.b3_f1"), f1);
    out.insert(format!("{set}.ari"), ari);
}

fn story_set(bench: &Path, set: &str, out: &mut Figures) -> Result<()> {
    let rows = predict::read(&bench.join("stories").join(format!("{set}.jsonl")))?;
    let gold: Vec<String> = rows.iter().map(|r| r["event"].to_string()).collect();
    let bare: Vec<Value> = rows
        .iter()
        .map(|r| serde_json::json!({"id": r["id"], "title": r["title"], "text": r["text"], "published": r.get("published").cloned().unwrap_or(Value::Null)}))
        .collect();
    add(out, set, &gold, &labels("stories", &bare)?);
    Ok(())
}

/// ECB+ and NewsWCL50.
pub(super) fn stories(bench: &Path) -> Result<Figures> {
    let mut out = Figures::new();
    story_set(bench, "ecbplus_train", &mut out)?;
    story_set(bench, "newswcl50", &mut out)?;
    Ok(out)
}

/// FNC-1 bodies and headlines.
pub(super) fn stories_large(bench: &Path) -> Result<Figures> {
    let mut out = Figures::new();
    story_set(bench, "fnc1_train_bodies", &mut out)?;
    story_set(bench, "fnc1_train_headlines", &mut out)?;
    Ok(out)
}

/// Families of copies, rows in several families and non-articles left out; and the states of labelled pairs. Each set by
/// itself and all together.
pub(super) fn copies(bench: &Path) -> Result<Figures> {
    let labels_file = super::json(&bench.join("reuse/labels.json"))?;
    let mut out = Figures::new();
    // All sets as one.
    let (mut all_gold, mut all_system) = (Vec::new(), Vec::new());
    let (mut all_right, mut all_pairs) = (0.0, 0.0);
    for set in ["helsinki_dev", "census", "spotify"] {
        let rows = predict::read(&bench.join("reuse").join(format!("{set}.jsonl")))?;
        let answers = predict::answer("copies", &rows)?;
        let marked = &labels_file[set];
        let mut families: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (f, family) in marked["families"].as_array().into_iter().flatten().enumerate() {
            for member in family["members"].as_array().into_iter().flatten() {
                families.entry(id(member)).or_default().push(f);
            }
        }
        let (mut gold, mut system) = (Vec::new(), Vec::new());
        for (row, answer) in rows.iter().zip(&answers) {
            let id = id(row);
            let of = families.get(&id).map(Vec::as_slice).unwrap_or_default();
            if of.len() > 1 {
                continue;
            }
            gold.push(of.first().map_or_else(|| format!("alone {id}"), |f| format!("family {f}")));
            system.push(if answer["cluster"].is_null() {
                format!("alone {id}")
            } else {
                answer["cluster"].to_string()
            });
        }
        add(&mut out, set, &gold, &system);
        all_gold.extend(gold.iter().map(|f| format!("{set} {f}")));
        all_system.extend(system.iter().map(|f| format!("{set} {f}")));
        let state = |a: &str, b: &str| -> Option<String> {
            answers.iter().find(|r| id(r) == a)?["relations"].as_array()?.iter().find(|x| {
                let with = x["with"].as_str().map_or_else(|| x["with"].to_string(), str::to_owned);
                with == b
            })?["state"]
                .as_str()
                .map(str::to_owned)
        };
        let (mut right, mut pairs) = (0.0, 0.0);
        for pair in marked["pairs"].as_array().into_iter().flatten() {
            let text = |k: &str| pair[k].as_str().map_or_else(|| pair[k].to_string(), str::to_owned);
            let (a, b) = (text("a"), text("b"));
            let found = state(&a, &b).or_else(|| state(&b, &a)).unwrap_or_else(|| "none found".into());
            pairs += 1.0;
            right += f64::from(Some(found.as_str()) == pair["state"].as_str());
        }
        out.insert(format!("{set}.pair_states"), right / f64::max(pairs, 1.0));
        (all_right, all_pairs) = (all_right + right, all_pairs + pairs);
    }
    add(&mut out, "together", &all_gold, &all_system);
    out.insert("together.pair_states".to_owned(), all_right / f64::max(all_pairs, 1.0));
    Ok(out)
}
