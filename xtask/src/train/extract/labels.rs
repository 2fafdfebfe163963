//! Which blocks of a page are the article's, by its gold text or gold segments.

use serde_json::Value;
use std::collections::HashMap;

/// The label of one block.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Label {
    /// Whether it is the article's.
    pub(crate) article: bool,
    /// How much it counts; 0 where nothing is known.
    pub(crate) weight: f32,
}

/// Words in a row that are compared, as the scorer does.
const SHINGLE: usize = 4;

/// Labels of a page.
pub(crate) fn of(texts: &[String], gold: &Value, weight: f32) -> Vec<Label> {
    match gold.get("articleBody").and_then(Value::as_str) {
        Some(body) => by_text(texts, body, weight),
        None => by_segments(texts, gold, weight),
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect()
}

fn by_text(texts: &[String], body: &str, weight: f32) -> Vec<Label> {
    let gold = words(body);
    let mut shingles: HashMap<&[&str], u32> = HashMap::new();
    for shingle in gold.windows(SHINGLE) {
        *shingles.entry(shingle).or_default() += 1;
    }
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, word) in gold.iter().enumerate() {
        places.entry(word).or_default().push(i);
    }
    let split: Vec<Vec<&str>> = texts.iter().map(|t| words(t)).collect();
    let mut labels: Vec<Option<bool>> = split
        .iter()
        .map(|w| {
            if w.len() < SHINGLE {
                return None;
            }
            let known = w.windows(SHINGLE).filter(|s| shingles.contains_key(s)).count();
            Some(known * 2 > w.len() - SHINGLE)
        })
        .collect();
    // The same words more often on the page than in the gold: those that stand with others of the article's are meant.
    let mut same: HashMap<&[&str], Vec<usize>> = HashMap::new();
    for (i, w) in split.iter().enumerate() {
        if labels[i] == Some(true) {
            same.entry(w.as_slice()).or_default().push(i);
        }
    }
    let company = |labels: &[Option<bool>], i: usize| {
        (1..=3)
            .flat_map(|d| [i.checked_sub(d), Some(i + d)])
            .flatten()
            .filter(|j| labels.get(*j).copied().flatten() == Some(true))
            .count()
    };
    let mut groups: Vec<Vec<usize>> = same.into_values().filter(|g| g.len() > 1).collect();
    groups.sort();
    for group in groups {
        let allowed = shingles.get(&split[group[0]][..SHINGLE]).copied().unwrap_or(0).max(1) as usize;
        let mut ranked: Vec<(usize, usize)> = group.iter().map(|i| (company(&labels, *i), *i)).collect();
        ranked.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.cmp(&a.1)));
        for (_, i) in ranked.into_iter().skip(allowed) {
            labels[i] = Some(false);
        }
    }
    // Short blocks: in the gold, next to the block before or behind.
    for i in 0..split.len() {
        if labels[i].is_some() {
            continue;
        }
        let w = &split[i];
        if w.is_empty() {
            labels[i] = Some(false);
            continue;
        }
        let before = (0..i).rev().take(4).find(|j| labels[*j] == Some(true)).and_then(|j| split[j].last());
        let after =
            (i + 1..split.len()).take(4).find(|j| labels[*j] == Some(true)).and_then(|j| split[j].first());
        let fits = places.get(w[0]).into_iter().flatten().any(|&p| {
            gold.get(p..p + w.len()) == Some(w.as_slice())
                && (before.is_some() && p > 0 && gold.get(p - 1) == before
                    || after.is_some() && gold.get(p + w.len()) == after
                    || before.is_some() && p + w.len() == gold.len()
                    || after.is_some() && p == 0)
        });
        labels[i] = Some(fits);
    }
    let total = gold.len().max(30) as f32;
    labels
        .iter()
        .zip(&split)
        .map(|(label, w)| Label {
            article: *label == Some(true),
            weight: weight * ((w.len() as f32 + 1.0) / total).min(1.0) * 100.0,
        })
        .collect()
}

fn by_segments(texts: &[String], gold: &Value, weight: f32) -> Vec<Label> {
    let list = |key: &str| -> Vec<String> {
        gold.get(key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|s| Some(s.as_str()?.split_whitespace().collect::<Vec<_>>().join(" ")))
            .filter(|s| !s.is_empty())
            .collect()
    };
    let (with, without) = (list("with"), list("without"));
    let count = (with.len() + without.len()).max(1) as f32;
    texts
        .iter()
        .map(|text| {
            let good = with.iter().any(|s| text.contains(s.as_str()));
            let bad = without.iter().any(|s| text.contains(s.as_str()));
            Label { article: good, weight: if good != bad { weight * 100.0 / count } else { 0.0 } }
        })
        .collect()
}
