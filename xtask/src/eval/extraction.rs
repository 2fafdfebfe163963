//! Main text by 4-word shingles (`extract_score.py`), segments, and days of publication.

use super::Figures;
use crate::predict;
use anyhow::Result;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect()
}

fn shingles<'w>(words: &'w [&'w str]) -> BTreeMap<&'w [&'w str], i64> {
    let mut out = BTreeMap::new();
    if words.is_empty() {
        return out;
    }
    for i in 0..(words.len() + 1).saturating_sub(4).max(1) {
        *out.entry(&words[i..(i + 4).min(words.len())]).or_default() += 1;
    }
    out
}

fn pages(bench: &Path, set: &str) -> Result<(Value, Vec<Value>)> {
    let dir = bench.join("extraction");
    Ok((
        super::json(&dir.join(format!("{set}.gold.json")))?,
        predict::read(&dir.join(format!("{set}.jsonl.xz")))?,
    ))
}

fn text_set(bench: &Path, set: &str, out: &mut Figures) -> Result<()> {
    let (gold, rows) = pages(bench, set)?;
    score_text(&gold, &predict::answer("extract", &rows)?, set, out);
    Ok(())
}

/// Compares answers with the gold of a set.
pub(crate) fn score_text(gold: &Value, answers: &[Value], set: &str, out: &mut Figures) {
    let (mut precision, mut recall) = (Vec::new(), Vec::new());
    let (mut titles, mut titled, mut authors, mut bylines, mut invented, mut anonymous) =
        (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    let (mut dated, mut right, mut wrong) = (0.0, 0.0, 0.0);
    for answer in answers {
        let g = &gold[answer["id"].as_str().unwrap_or("")];
        let (a, b) =
            (words(g["articleBody"].as_str().unwrap_or("")), words(answer["text"].as_str().unwrap_or("")));
        let (a, b) = (shingles(&a), shingles(&b));
        let hits: i64 = a.iter().map(|(k, n)| b.get(k).copied().unwrap_or(0).min(*n)).sum();
        let (na, nb): (i64, i64) = (a.values().sum(), b.values().sum());
        if nb > 0 {
            precision.push(hits as f64 / nb as f64);
        }
        if na > 0 {
            recall.push(hits as f64 / na as f64);
        }
        if let Some(title) = g["title"].as_str().filter(|t| !t.is_empty()) {
            titled += 1.0;
            titles += f64::from(plain(title) == plain(answer["title"].as_str().unwrap_or("")));
        }
        if let Some(list) = g.get("authors").or_else(|| g.get("author")) {
            let set = |v: &Value| -> std::collections::BTreeSet<String> {
                match v {
                    Value::Array(a) => {
                        a.iter().filter_map(Value::as_str).map(plain).filter(|s| !s.is_empty()).collect()
                    }
                    Value::String(s) => std::iter::once(plain(s)).filter(|s| !s.is_empty()).collect(),
                    _ => Default::default(),
                }
            };
            let (want, got) = (set(list), set(&answer["authors"]));
            if want.is_empty() {
                anonymous += 1.0;
                invented += f64::from(!got.is_empty());
            } else {
                bylines += 1.0;
                authors += f64::from(want == got);
            }
        }
        if let Some(day) =
            g.get("published").or_else(|| g.get("date")).and_then(Value::as_str).filter(|d| d.len() >= 10)
        {
            dated += 1.0;
            match answer["published"].as_str() {
                Some(found) if found.get(..10) == day.get(..10) => right += 1.0,
                Some(_) => wrong += 1.0,
                None => {}
            }
        }
    }
    let mean = |v: &[f64]| v.iter().sum::<f64>() / (v.len() as f64).max(1.0);
    let (p, r) = (mean(&precision), mean(&recall));
    out.insert(format!("{set}.f1"), if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 });
    out.insert(format!("{set}.precision"), p);
    out.insert(format!("{set}.recall"), r);
    for (name, hits, all) in [
        ("title", titles, titled),
        ("authors", authors, bylines),
        ("no_author_invented", anonymous - invented, anonymous),
        ("date_right", right, dated),
        ("date_not_wrong", dated - wrong, dated),
    ] {
        if all > 0.0 {
            out.insert(format!("{set}.{name}"), hits / all);
        }
    }
}

fn plain(text: &str) -> String {
    words(text).join(" ").to_lowercase()
}

/// The benchmark of news pages, and more news pages with metadata.
pub(super) fn extract(bench: &Path) -> Result<Figures> {
    let mut out = Figures::new();
    text_set(bench, "aeb", &mut out)?;
    text_set(bench, "news_a", &mut out)?;
    Ok(out)
}

/// Articles of many kinds, and segments in many languages and encodings.
pub(super) fn extract_large(bench: &Path) -> Result<Figures> {
    let mut out = Figures::new();
    text_set(bench, "wcxb_dev_articles", &mut out)?;
    let (gold, rows) = pages(bench, "segments_dev")?;
    score_segments(&gold, &predict::answer("extract", &rows)?, &mut out);
    Ok(out)
}

/// Compares answers with the gold segments.
pub(crate) fn score_segments(gold: &Value, answers: &[Value], out: &mut Figures) {
    let fold = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    let (mut tp, mut fp, mut misses) = (0.0, 0.0, 0.0);
    for answer in answers {
        let g = &gold[answer["id"].as_str().unwrap_or("")];
        let text = fold(answer["text"].as_str().unwrap_or(""));
        let has = |k: &str| {
            g[k].as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(|s| text.contains(&fold(s)))
                .collect::<Vec<_>>()
        };
        for found in has("with") {
            if found { tp += 1.0 } else { misses += 1.0 }
        }
        fp += has("without").into_iter().filter(|f| *f).count() as f64;
    }
    let (p, r) = (tp / f64::max(tp + fp, 1.0), tp / f64::max(tp + misses, 1.0));
    out.insert("segments_dev.f1".into(), if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 });
}

/// Days of publication.
pub(super) fn dates(bench: &Path) -> Result<Figures> {
    let (gold, rows) = pages(bench, "dates_dev")?;
    let answers = predict::answer("dates", &rows)?;
    let (mut right, mut wrong, mut all) = (0.0, 0.0, 0.0);
    for answer in &answers {
        let Some(day) = gold[answer["id"].as_str().unwrap_or("")]["published"].as_str() else { continue };
        all += 1.0;
        match answer["published"].as_str() {
            Some(found) if found.get(..10) == day.get(..10) => right += 1.0,
            Some(_) => wrong += 1.0,
            None => {}
        }
    }
    Ok([
        ("dates_dev.right".to_owned(), right / f64::max(all, 1.0)),
        ("dates_dev.not_wrong".to_owned(), 1.0 - wrong / f64::max(all, 1.0)),
    ]
    .into())
}
