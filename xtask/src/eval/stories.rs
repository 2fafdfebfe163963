//! Order of arrival, and peers on the same articles: TF-IDF in a single pass, and TF-IDF by average link.
//!
//! The peers see the words that we see least of (lower case, without stop words, weighed on the set at hand),
//! and the threshold that suits them best on each set, which no user of theirs would know.

use super::Figures;
use super::clusters::score;
use crate::predict;
use anyhow::Result;
use headwater_group::events::{GroupInput, Stream};
use headwater_model::text::Outline;
use headwater_model::{Annotations, Article, DateRange};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// Shuffles of each set.
const SHUFFLES: u64 = 5;
/// Articles of the archive test that stay open, as a share of the set.
const OPEN_SHARE: usize = 3;

/// A story set with its gold.
struct Set {
    articles: Vec<(Article, Outline)>,
    gold: Vec<String>,
}

fn read(bench: &Path, name: &str) -> Result<Set> {
    let rows = predict::read(&bench.join("stories").join(format!("{name}.jsonl")))?;
    let gold = rows.iter().map(|r| r["event"].to_string()).collect();
    let articles = rows
        .par_iter()
        .map(|row| {
            let field = |f: &str| row.get(f).and_then(serde_json::Value::as_str).unwrap_or("").to_owned();
            let title = field("title");
            let text = field("text");
            let outline = Outline::new(&text);
            (Article { title: (!title.is_empty()).then_some(title), text, ..Article::default() }, outline)
        })
        .collect();
    Ok(Set { articles, gold })
}

/// An order from a seed.
fn shuffled(n: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for i in (1..n).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        order.swap(i, (state % (i as u64 + 1)) as usize);
    }
    order
}

/// B³ and ARI of a stream's events.
fn measure(set: &Set, stream: &Stream, order: &[usize]) -> [f64; 4] {
    let mut system = vec![String::new(); set.gold.len()];
    for (number, event) in stream.events().iter().enumerate() {
        for a in event {
            system[order[a.at()]] = number.to_string();
        }
    }
    score(&set.gold, &system)
}

fn feed(set: &Set, order: &[usize], mut after: impl FnMut(&mut Stream)) -> Stream {
    let none = Annotations::default();
    let mut stream = Stream::new();
    for i in order {
        let (article, outline) = &set.articles[*i];
        stream.add(&GroupInput {
            article,
            outline,
            annotations: &none,
            entities: &[],
            published: DateRange::default(),
        });
        after(&mut stream);
    }
    stream
}

/// Figures of one set over shuffles: as they came, settled, with an archive, with removals; and the peers'.
pub(crate) fn order(bench: &Path, name: &str) -> Result<Figures> {
    let set = read(bench, name)?;
    let n = set.gold.len();
    let runs: Vec<[[f64; 4]; 3]> = (0..SHUFFLES)
        .into_par_iter()
        .map(|seed| {
            let order = shuffled(n, seed + 1);
            let mut stream = feed(&set, &order, |_| {});
            let came = measure(&set, &stream, &order);
            stream.settle();
            let settled = measure(&set, &stream, &order);
            let keep = n / OPEN_SHARE;
            let archived = feed(&set, &order, |s| {
                if s.open() > keep + keep / 4 {
                    s.archive(keep);
                }
            });
            [came, settled, measure(&set, &archived, &order)]
        })
        .collect();
    let mut out = Figures::new();
    for (k, kind) in ["as_they_came", "settled", "archived"].iter().enumerate() {
        let f1: Vec<f64> = runs.iter().map(|r| r[k][2]).collect();
        let ari: Vec<f64> = runs.iter().map(|r| r[k][3]).collect();
        let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len() as f64;
        let (least, most) = (f1.iter().copied().fold(1.0, f64::min), f1.iter().copied().fold(0.0, f64::max));
        out.insert(format!("{name}.{kind}_b3_f1"), mean(&f1));
        out.insert(format!("{name}.{kind}_ari"), mean(&ari));
        out.insert(format!("{name}.{kind}_same_in_any_order"), 1.0 - (most - least));
        println!("  {name} {kind}: B³ {f1:.4?}, ARI {ari:.4?}");
    }
    let vectors = tf_idf(&set);
    let first = shuffled(n, 1);
    let best = |system: &(dyn Fn(f32) -> Vec<usize> + Sync)| -> [f64; 4] {
        (1..16)
            .into_par_iter()
            .map(|t| {
                let labels: Vec<String> = system(t as f32 * 0.04).iter().map(usize::to_string).collect();
                score(&set.gold, &labels)
            })
            .collect::<Vec<_>>()
            .into_iter()
            .max_by(|a, b| a[2].total_cmp(&b[2]))
            .unwrap_or_default()
    };
    let single = best(&|t| single_pass(&vectors, &first, t));
    let merges = average_link(&vectors);
    let average = best(&|t| cut(&merges, n, t));
    println!("  {name} TF-IDF single pass: B³ {:.4}, ARI {:.4}", single[2], single[3]);
    println!("  {name} TF-IDF average link, all at once: B³ {:.4}, ARI {:.4}", average[2], average[3]);
    let came = out[&format!("{name}.as_they_came_b3_f1")];
    out.insert(format!("{name}.ahead_of_single_pass"), came - single[2]);
    out.insert(format!("{name}.ahead_of_average_link"), came - average[2]);
    Ok(out)
}

/// All sets.
pub(crate) fn run(bench: &Path) -> Result<Figures> {
    let mut out = Figures::new();
    for name in ["ecbplus_train", "newswcl50", "fnc1_train_bodies", "fnc1_train_headlines"] {
        out.extend(order(bench, name)?);
    }
    Ok(out)
}

type Vector = Vec<(u32, f32)>;

/// Words weighed by their rarity in the set, of length one.
fn tf_idf(set: &Set) -> Vec<Vector> {
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut counts: Vec<BTreeMap<u32, f32>> = Vec::new();
    let mut documents: BTreeMap<u32, f32> = BTreeMap::new();
    for (article, _) in &set.articles {
        let text = format!("{} {}", article.title.as_deref().unwrap_or(""), article.text).to_lowercase();
        let mut own: BTreeMap<u32, f32> = BTreeMap::new();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 1) {
            let next = numbers.len() as u32;
            *own.entry(*numbers.entry(word.to_owned()).or_insert(next)).or_default() += 1.0;
        }
        for word in own.keys() {
            *documents.entry(*word).or_default() += 1.0;
        }
        counts.push(own);
    }
    let n = set.articles.len() as f32;
    counts
        .into_iter()
        .map(|own| {
            let mut vector: Vector = own
                .into_iter()
                .map(|(w, c)| (w, (1.0 + c.ln()) * ((n + 1.0) / (documents[&w] + 0.5)).ln().max(0.0)))
                .collect();
            unit(&mut vector);
            vector
        })
        .collect()
}

fn unit(vector: &mut Vector) {
    let norm = vector.iter().map(|x| x.1 * x.1).sum::<f32>().sqrt().max(1e-9);
    for x in vector {
        x.1 /= norm;
    }
}

/// Each article joins the nearest centroid when that is near enough.
fn single_pass(vectors: &[Vector], order: &[usize], threshold: f32) -> Vec<usize> {
    let mut label = vec![0; vectors.len()];
    let mut sums: Vec<(BTreeMap<u32, f32>, f32)> = Vec::new();
    let mut index: BTreeMap<u32, Vec<(usize, f32)>> = BTreeMap::new();
    for i in order {
        let mut scores: BTreeMap<usize, f32> = BTreeMap::new();
        for (word, weight) in &vectors[*i] {
            for (cluster, _) in index.get(word).map_or(&[][..], Vec::as_slice) {
                *scores.entry(*cluster).or_default() += weight * sums[*cluster].0[word];
            }
        }
        let best = scores
            .into_iter()
            .map(|(c, s)| (c, s / sums[c].1.sqrt()))
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .filter(|b| b.1 >= threshold);
        let cluster = best.map_or(sums.len(), |b| b.0);
        if cluster == sums.len() {
            sums.push((BTreeMap::new(), 0.0));
        }
        for (word, weight) in &vectors[*i] {
            let (sum, square) = &mut sums[cluster];
            let entry = sum.entry(*word).or_insert(0.0);
            if *entry == 0.0 {
                index.entry(*word).or_default().push((cluster, 0.0));
            }
            *square += (*entry + weight).powi(2) - entry.powi(2);
            *entry += weight;
        }
        label[*i] = cluster;
    }
    label
}

/// The nearest two clusters by mean cosine become one, again and again: the cosine of each such joining.
fn average_link(vectors: &[Vector]) -> Vec<(f32, usize, usize)> {
    let n = vectors.len();
    let mut index: BTreeMap<u32, Vec<(usize, f32)>> = BTreeMap::new();
    for (i, vector) in vectors.iter().enumerate() {
        for (word, weight) in vector {
            index.entry(*word).or_default().push((i, *weight));
        }
    }
    let mut cosine = vec![0.0f32; n * n];
    for list in index.values() {
        for (i, x) in list {
            for (j, y) in list {
                cosine[i * n + j] += x * y;
            }
        }
    }
    let mut size = vec![1.0f32; n];
    let mut alive: Vec<usize> = (0..n).collect();
    // Nearest-neighbour chain: mean linkage never makes a joined pair nearer than it was.
    let mut chain: Vec<usize> = Vec::new();
    let mut merges: Vec<(f32, usize, usize)> = Vec::new();
    while alive.len() > 1 {
        let top = match chain.last() {
            Some(top) => *top,
            None => {
                chain.push(alive[0]);
                alive[0]
            }
        };
        let before = chain.len().checked_sub(2).map(|k| chain[k]);
        let mut best = before.map_or((f32::MIN, usize::MAX), |b| (cosine[top * n + b], b));
        for j in alive.iter().copied().filter(|j| *j != top) {
            if cosine[top * n + j] > best.0 {
                best = (cosine[top * n + j], j);
            }
        }
        if Some(best.1) == before {
            let (a, b) = (top.min(best.1), top.max(best.1));
            merges.push((best.0, a, b));
            for j in alive.iter().copied() {
                let mean = (cosine[a * n + j] * size[a] + cosine[b * n + j] * size[b]) / (size[a] + size[b]);
                cosine[a * n + j] = mean;
                cosine[j * n + a] = mean;
            }
            size[a] += size[b];
            alive.retain(|x| *x != b);
            chain.truncate(chain.len() - 2);
        } else {
            chain.push(best.1);
        }
    }
    merges
}

/// The clusters when only joinings of that cosine or more are made.
fn cut(merges: &[(f32, usize, usize)], n: usize, threshold: f32) -> Vec<usize> {
    let mut label: Vec<usize> = (0..n).collect();
    for (_, a, b) in merges.iter().filter(|m| m.0 >= threshold) {
        let (x, y) = (label[*a], label[*b]);
        for l in label.iter_mut().filter(|l| **l == y) {
            *l = x;
        }
    }
    label
}
