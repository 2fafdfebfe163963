//! Pairs of articles that are alike, side by side in one run: Headwater, exact and by MinHash, and the crate gaoya.
//!
//! `headwater-bench-near-peers SIZES [FILE.csv]` prints for every size and way the seconds from words to pairs, those on the
//! processor, the pairs at Jaccard .5 or more, and how many of those that the exact way finds it has and how many of its own are
//! right. Words are split and hashed alike for all; only what comes after is timed.

#[path = "../../../crates/headwater-trace/benches/invented/mod.rs"]
#[allow(dead_code, reason = "the bench of the crate measures memory too")]
mod invented;

use gaoya::minhash::{MinHashIndex, MinHasher, MinHasher32};
use headwater_model::text::{Outline, TokenKind};
use headwater_trace::Near;
use invented::{Invented, processor};
use std::collections::BTreeSet;
use std::time::Instant;

/// Jaccard similarity that is asked for, over word 5-grams.
const LEAST: f64 = 0.5;
const WIDTH: usize = 5;
/// Bands and rows of gaoya's index: its documentation's shape of many narrow bands for a bound of .5.
const BANDS: usize = 42;
const ROWS: usize = 3;

type Pairs = BTreeSet<(u32, u32)>;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let mut table = String::from("articles,way,seconds,processor_seconds,pairs,recall,precision\n");
    for size in args.first().map_or("1620,10000", String::as_str).split(',') {
        let size: usize = size.trim().parse().expect("sizes are whole numbers, as in 1620,10000");
        let texts: Vec<String> = Invented::new(size).map(|(text, _)| text).collect();
        let mut near = Near::new();
        let mut words: Vec<Vec<String>> = Vec::with_capacity(size);
        for text in &texts {
            let outline = Outline::new(text);
            near.add(text, &outline);
            let tokens = outline.tokens.iter().filter(|t| t.kind != TokenKind::Mark);
            words.push(tokens.map(|t| t.of(text).to_lowercase()).collect());
        }
        let exact = timed(|| near.alike(LEAST).iter().map(|o| (o.a, o.b)).collect());
        let minhash = timed(|| near.by_minhash(LEAST).iter().map(|o| (o.a, o.b)).collect());
        let peer = timed(|| gaoya(&words));
        for (way, ((seconds, on_processor), pairs)) in [("exact", &exact), ("minhash", &minhash), ("gaoya", &peer)] {
            let both = pairs.intersection(&exact.1).count() as f64;
            let line = format!(
                "{size},{way},{seconds:.3},{on_processor:.2},{},{:.4},{:.4}",
                pairs.len(),
                both / exact.1.len().max(1) as f64,
                both / pairs.len().max(1) as f64
            );
            println!("{line}");
            table += &(line + "\n");
        }
    }
    if let Some(path) = args.get(1) {
        std::fs::write(path, table).expect("the table is written");
    }
}

/// Seconds by the wall and on the processor, and what was found.
fn timed(of: impl FnOnce() -> Pairs) -> ((f64, f64), Pairs) {
    let (start, before) = (Instant::now(), processor());
    let pairs = of();
    ((start.elapsed().as_secs_f64(), processor() - before), pairs)
}

fn gaoya(words: &[Vec<String>]) -> Pairs {
    let hasher = MinHasher32::new(BANDS * ROWS);
    let signatures: Vec<Vec<u32>> =
        words.iter().map(|words| hasher.create_signature(words.windows(WIDTH))).collect();
    let mut index = MinHashIndex::new(BANDS, ROWS, LEAST);
    let ids: Vec<u32> = (0..words.len() as u32).collect();
    index.par_bulk_insert(ids, signatures.clone());
    let found: Vec<std::collections::HashSet<u32>> = index.par_bulk_query(&signatures);
    found
        .into_iter()
        .enumerate()
        .flat_map(|(a, others)| others.into_iter().map(move |b| (a as u32, b)))
        .filter(|(a, b)| a < b)
        .collect()
}
