//! Pairs that are alike, ours beside a MinHash index of the field (gaoya), over the same generated articles.
//!
//! `cargo run --release --manifest-path bench/peers/copies/Cargo.toml -- 1620,10000,100000 [FILE.csv]`. One thread each
//! in reading and asking; word 5-grams of the lower-cased tokens for the peer, its own 32-bit signatures of 128 minima
//! in 42 bands of 3, and the pairs that its index gives at .5. What is right is the set of pairs that are
//! counted out exactly; it is checked against all pairs by brute force up to two thousand articles.

#[path = "../../../../crates/headwater-trace/benches/invented/mod.rs"]
mod invented;

use gaoya::minhash::{MinHashIndex, MinHasher, MinHasher32};
use headwater_model::text::{Outline, TokenKind};
use headwater_trace::Near;
use invented::{Invented, peak};
use std::collections::{BTreeSet, HashSet};
use std::time::Instant;

const BANDS: usize = 42;
const ROWS: usize = 3;
const LEAST: f64 = 0.5;
/// Articles up to which every pair is counted out by brute force (articles).
const BRUTE: usize = 2000;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let mut table = String::from("articles,who,read_seconds,pairs_seconds,pairs,recall,precision,peak_megabytes\n");
    for size in words.first().map_or("1620", String::as_str).split(',') {
        let Ok(size) = size.trim().parse::<usize>() else { continue };
        let texts: Vec<String> = Invented::new(size).map(|(text, _)| text).collect();
        let mut near = Near::new();
        let start = Instant::now();
        for text in &texts {
            near.add(text, &Outline::new(text));
        }
        let read = start.elapsed().as_secs_f64();
        let start = Instant::now();
        let found = near.alike(LEAST);
        let asked = start.elapsed().as_secs_f64();
        let ours: BTreeSet<(usize, usize)> = found.iter().map(|o| (o.a as usize, o.b as usize)).collect();
        let truth = if size <= BRUTE { brute(&texts) } else { ours.clone() };
        let mut line = |who: &str, read: f64, asked: f64, pairs: &BTreeSet<(usize, usize)>| {
            let both = pairs.intersection(&truth).count() as f64;
            let (recall, precision) = (both / truth.len().max(1) as f64, both / pairs.len().max(1) as f64);
            let line = format!(
                "{size},{who},{read:.3},{asked:.3},{},{recall:.4},{precision:.4},{}\n",
                pairs.len(),
                peak()
            );
            print!("{line}");
            table.push_str(&line);
        };
        line("headwater", read, asked, &ours);
        drop(near);

        let hasher = MinHasher32::new(BANDS * ROWS);
        let mut index = MinHashIndex::new(BANDS, ROWS, LEAST);
        let start = Instant::now();
        let signatures: Vec<_> = texts
            .iter()
            .map(|text| {
                let words = lower(text);
                hasher.create_signature(words.windows(5).map(|w| w.join(" ")))
            })
            .collect();
        let read = start.elapsed().as_secs_f64();
        let start = Instant::now();
        for (n, signature) in signatures.iter().enumerate() {
            index.insert(n, signature.clone());
        }
        let mut pairs = BTreeSet::new();
        for (n, signature) in signatures.iter().enumerate() {
            for other in index.query_owned(signature) {
                if other != n {
                    pairs.insert((n.min(other), n.max(other)));
                }
            }
        }
        line("gaoya", read, start.elapsed().as_secs_f64(), &pairs);
    }
    if let Some(path) = words.get(1) {
        std::fs::write(path, table).expect("the table is written");
    }
}

fn lower(text: &str) -> Vec<String> {
    let outline = Outline::new(text);
    outline.tokens.iter().filter(|t| t.kind != TokenKind::Mark).map(|t| t.of(text).to_lowercase()).collect()
}

/// Every pair of articles counted out, with sets of strings.
fn brute(texts: &[String]) -> BTreeSet<(usize, usize)> {
    let sets: Vec<HashSet<String>> =
        texts.iter().map(|t| lower(t).windows(5).map(|w| w.join(" ")).collect()).collect();
    let mut out = BTreeSet::new();
    for (a, x) in sets.iter().enumerate() {
        for (b, y) in sets.iter().enumerate().skip(a + 1) {
            let both = x.iter().filter(|s| y.contains(*s)).count();
            if both as f64 >= LEAST * (x.len() + y.len() - both).max(1) as f64 {
                out.insert((a, b));
            }
        }
    }
    out
}
