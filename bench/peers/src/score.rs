//! F1 over shingles of four words, as the bench's `extract_score.py` counts it.

use std::collections::HashMap;

const SHINGLE: usize = 4;

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect()
}

fn shingles<'w>(words: &'w [&'w str]) -> HashMap<&'w [&'w str], i64> {
    let mut out = HashMap::new();
    if !words.is_empty() {
        for i in 0..(words.len() + 1).saturating_sub(SHINGLE).max(1) {
            *out.entry(&words[i..(i + SHINGLE).min(words.len())]).or_default() += 1;
        }
    }
    out
}

/// Precision and recall page by page.
#[derive(Default)]
pub(crate) struct Scores {
    precision: Vec<f64>,
    recall: Vec<f64>,
}

impl Scores {
    pub(crate) fn add(&mut self, gold: &str, text: &str) {
        let (a, b) = (words(gold), words(text));
        let (a, b) = (shingles(&a), shingles(&b));
        let hits: i64 = a.iter().map(|(k, n)| b.get(k).copied().unwrap_or(0).min(*n)).sum();
        let (na, nb): (i64, i64) = (a.values().sum(), b.values().sum());
        if nb > 0 {
            self.precision.push(hits as f64 / nb as f64);
        }
        if na > 0 {
            self.recall.push(hits as f64 / na as f64);
        }
    }

    /// `None` where nothing was scored.
    pub(crate) fn f1(&self) -> Option<f64> {
        let mean = |v: &[f64]| v.iter().sum::<f64>() / (v.len() as f64).max(1.0);
        let (p, r) = (mean(&self.precision), mean(&self.recall));
        (p + r > 0.0).then(|| 2.0 * p * r / (p + r))
    }
}
