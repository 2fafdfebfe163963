//! Word classes from unlabelled text: words that stand in like company get the same class.
//!
//! Exchange clustering: starting from classes by rank, every word in turn moves to the class where the
//! mutual information between classes and neighbouring words (before and after, each apart) grows most.
//! Done twice, for coarse and fine classes. Deterministic.

use super::data::Document;
use anyhow::{Context, Result};
use headwater_annotate::names::features::{capital_hash, word_hash};
use headwater_annotate::names::words::{WordClass, WordClasses};
use headwater_model::text::{Outline, TokenKind, fold};
use rayon::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// Number of coarse and of fine classes.
const COARSE: usize = 64;
const FINE: usize = 500;

/// Words seen fewer times get no class.
const LEAST_COUNT: u32 = 5;

/// Most frequent words that count as neighbours; all others are one neighbour.
const NEIGHBOURS: usize = 8000;

/// Passes over the vocabulary.
const PASSES: usize = 8;

/// Files of the bench whose texts are read, and the fields that hold them.
const TEXTS: &[(&str, &[&str])] = &[
    ("attribution/polnear_train.jsonl", &["text"]),
    ("stories/fnc1_train_bodies.jsonl", &["text"]),
    ("stories/ecbplus_train.jsonl", &["text"]),
    ("stories/newswcl50.jsonl", &["text"]),
    ("claims/fakes_to_2015.jsonl", &["article_content"]),
    ("reuse/helsinki_dev.jsonl", &["paragraphs"]),
    ("reuse/census.jsonl", &["paragraphs"]),
    ("reuse/spotify.jsonl", &["paragraphs"]),
    ("time/timebank.jsonl", &["text"]),
    ("time/aquaint.jsonl", &["text"]),
    ("time/wikiwars_train.jsonl", &["text"]),
];

/// Files of the bench that hold pages' main texts.
const PAGES: &[&str] =
    &["extraction/aeb.gold.json", "extraction/news_a.gold.json", "extraction/wcxb_dev_articles.gold.json"];

/// The unlabelled texts of the bench, sorted.
pub(super) fn texts(bench: &Path) -> Result<Vec<String>> {
    let mut texts: Vec<String> = Vec::new();
    for (file, fields) in TEXTS {
        let path = bench.join(file);
        let all =
            std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        for line in all.lines() {
            let row: Value = serde_json::from_str(line)
                .with_context(|| format!("{}: a line is not JSON", path.display()))?;
            for field in *fields {
                match &row[*field] {
                    Value::String(s) => texts.push(s.clone()),
                    Value::Array(parts) => {
                        texts.push(parts.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n\n"))
                    }
                    _ => {}
                }
            }
        }
    }
    for file in PAGES {
        let path = bench.join(file);
        let all =
            std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let gold: Value = serde_json::from_str(&all)?;
        texts.extend(
            gold.as_object()
                .into_iter()
                .flatten()
                .filter_map(|(_, page)| Some(page.get("articleBody")?.as_str()?.to_owned())),
        );
    }
    texts.sort_unstable();
    texts.dedup();
    Ok(texts)
}

/// Classes the words of the texts and of the documents that are not held out.
pub(super) fn build(texts: &[String], documents: &[Document]) -> WordClasses {
    let mut texts: Vec<String> = texts.to_vec();
    texts.extend(documents.iter().filter(|d| !d.held_out).map(|d| d.text.clone()));
    texts.sort_unstable();
    texts.dedup();
    let corpus = Corpus::read(&texts);
    println!("word classes: {} words in text, {} classed", corpus.stream.len(), corpus.vocabulary.len());
    let (coarse, fine) = rayon::join(|| corpus.cluster(COARSE), || corpus.cluster(FINE));
    let mut rows: BTreeMap<u32, WordClass> = BTreeMap::new();
    for (i, word) in corpus.vocabulary.iter().enumerate() {
        let hash = if word.capital { capital_hash(&word.folded) } else { word_hash(&word.folded) };
        let row = rows.entry(hash).or_default();
        row.class = fine[i] as u16 + 1;
        row.coarse = coarse[i] as u8 + 1;
    }
    for (folded, (capital, lower)) in &corpus.casing {
        if capital + lower >= LEAST_COUNT {
            let share = f64::from(*capital) / f64::from(capital + lower);
            let band = 1 + [0.02, 0.25, 0.75, 0.98].iter().filter(|t| share > **t).count() as u8;
            rows.entry(word_hash(folded)).or_default().capitals = band;
        }
    }
    WordClasses::new(rows)
}

/// A word as it is classed: folded, and whether it was capitalised inside a sentence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Word {
    folded: String,
    capital: bool,
}

struct Corpus {
    /// Classed words, most frequent first.
    vocabulary: Vec<Word>,
    /// Running text by number in the vocabulary; `NONE` for rare words and ends of sentences.
    stream: Vec<u32>,
    /// Folded word: times capitalised and in lower case inside sentences.
    casing: BTreeMap<String, (u32, u32)>,
}

const NONE: u32 = u32::MAX;
const BREAK: u32 = u32::MAX - 1;

impl Corpus {
    fn read(texts: &[String]) -> Corpus {
        let read: Vec<Vec<Option<Word>>> = texts.par_iter().map(|t| words(t)).collect();
        let mut counts: BTreeMap<&Word, u32> = BTreeMap::new();
        let mut casing: BTreeMap<String, (u32, u32)> = BTreeMap::new();
        for words in &read {
            let mut inside = false;
            for word in words {
                if let Some(word) = word {
                    *counts.entry(word).or_default() += 1;
                    if inside && word.folded.starts_with(char::is_alphabetic) {
                        let entry = casing.entry(word.folded.clone()).or_default();
                        if word.capital { entry.0 += 1 } else { entry.1 += 1 }
                    }
                }
                inside = word.is_some();
            }
        }
        let mut vocabulary: Vec<(&Word, u32)> = counts.into_iter().filter(|c| c.1 >= LEAST_COUNT).collect();
        vocabulary.sort_by(|a, b| (std::cmp::Reverse(a.1), a.0).cmp(&(std::cmp::Reverse(b.1), b.0)));
        let numbers: BTreeMap<&Word, u32> =
            vocabulary.iter().enumerate().map(|(i, v)| (v.0, i as u32)).collect();
        let mut stream = Vec::new();
        for words in &read {
            stream.extend(
                words.iter().map(|w| w.as_ref().map_or(BREAK, |w| numbers.get(w).copied().unwrap_or(NONE))),
            );
        }
        Corpus { vocabulary: vocabulary.iter().map(|v| v.0.clone()).collect(), stream, casing }
    }

    /// Neighbours of every word: (neighbour on a side, count).
    fn company(&self) -> Vec<Vec<(u32, u32)>> {
        let neighbour = |w: u32| match w {
            BREAK => NEIGHBOURS as u32,
            w if (w as usize) < NEIGHBOURS => w,
            _ => NEIGHBOURS as u32 + 1,
        };
        let mut company: Vec<Vec<u32>> = vec![Vec::new(); self.vocabulary.len()];
        for pair in self.stream.windows(2) {
            if (pair[1] as usize) < company.len() {
                company[pair[1] as usize].push(neighbour(pair[0]) * 2);
            }
            if (pair[0] as usize) < company.len() {
                company[pair[0] as usize].push(neighbour(pair[1]) * 2 + 1);
            }
        }
        company
            .into_iter()
            .map(|mut all| {
                all.sort_unstable();
                all.chunk_by(|a, b| a == b).map(|c| (c[0], c.len() as u32)).collect()
            })
            .collect()
    }

    /// The class of every word of the vocabulary.
    fn cluster(&self, classes: usize) -> Vec<usize> {
        let company = self.company();
        let n = self.vocabulary.len();
        let logs: Vec<f32> =
            (0..1 << 16).map(|k: u32| if k == 0 { 0.0 } else { k as f32 * (k as f32).ln() }).collect();
        let nlogn = |k: u32| logs.get(k as usize).copied().unwrap_or_else(|| k as f32 * (k as f32).ln());
        let mut class: Vec<usize> = (0..n).map(|i| i % classes).collect();
        // joint[neighbour * classes + class]
        let mut joint = vec![0u32; (NEIGHBOURS + 2) * 2 * classes];
        let mut total = vec![0u32; classes];
        for (i, near) in company.iter().enumerate() {
            for &(neighbour, count) in near {
                joint[neighbour as usize * classes + class[i]] += count;
                total[class[i]] += count;
            }
        }
        let mut gain = vec![0f32; classes];
        for _ in 0..PASSES {
            let mut moved = 0;
            for (i, near) in company.iter().enumerate() {
                let own = class[i];
                let size: u32 = near.iter().map(|c| c.1).sum();
                for &(neighbour, count) in near {
                    joint[neighbour as usize * classes + own] -= count;
                }
                total[own] -= size;
                for (g, t) in gain.iter_mut().zip(&total) {
                    *g = nlogn(*t) - nlogn(t + size);
                }
                for &(neighbour, count) in near {
                    let row = &joint[neighbour as usize * classes..][..classes];
                    let alone = nlogn(count);
                    for (g, &k) in gain.iter_mut().zip(row) {
                        *g += if k == 0 { alone } else { nlogn(k + count) - nlogn(k) };
                    }
                }
                let best = (0..classes).fold(own, |b, c| if gain[c] > gain[b] { c } else { b });
                for &(neighbour, count) in near {
                    joint[neighbour as usize * classes + best] += count;
                }
                total[best] += size;
                class[i] = best;
                moved += usize::from(best != own);
            }
            if moved * 200 < n {
                break;
            }
        }
        class
    }
}

/// The words of a text; `None` between sentences.
fn words(text: &str) -> Vec<Option<Word>> {
    let outline = Outline::new(text);
    let mut out = vec![None];
    let mut units = Vec::new();
    for sentence in &outline.sentence_tokens {
        units.clear();
        headwater_annotate::names::units::units(text, &outline, sentence.clone(), &mut units);
        for (k, unit) in units.iter().enumerate() {
            let token = &outline.tokens[unit.first as usize];
            let word = unit.span.of(text);
            let folded = match token.kind {
                TokenKind::Number => (if word.len() == 4 { "0000" } else { "0" }).to_owned(),
                _ => fold::fold(word),
            };
            let capital = k > 0 && word.starts_with(char::is_uppercase);
            out.push(Some(Word { folded, capital }));
        }
        out.push(None);
    }
    out
}
