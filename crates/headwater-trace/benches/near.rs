//! How long it takes to find the pairs that are alike, and how much memory: as a table, one line a size.
//! `cargo bench -p headwater-trace --bench near -- 1620,100000,1000000 [FILE.csv]`.
//!
//! From text to pairs: tokens, keys, shingles, proposals, verification. Each size is run once in the process, the
//! smallest first, so that the peak of memory is that of the line; sizes up to ten thousand are run five times, and
//! the fastest counts by processor time.

#![allow(clippy::print_stdout, reason = "a program that prints its figures")]

mod invented;

use headwater_model::text::Outline;
use headwater_trace::Near;
use invented::{Invented, peak, processor, this_thread};
use std::fmt::Write as _;
use std::time::Instant;

/// Articles up to which a size is run several times (articles), and how often (runs).
const SMALL: usize = 10_000;
const RUNS: usize = 5;
/// Articles invented at a time (articles): asking the system for the time of each would count as reading it.
const CHUNK: usize = 250;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let mut table = String::from(
        "articles,words,way,read_seconds,pairs_seconds,read_processor,processor_seconds,pairs,peak_megabytes\n",
    );
    for size in words.first().map_or("1620,10000", String::as_str).split(',') {
        let Ok(size) = size.trim().parse::<usize>() else { continue };
        let (mut best, mut line) = (f64::MAX, String::new());
        for _ in 0..if size <= SMALL { RUNS } else { 1 } {
            let (mut near, mut count, mut reading, mut on_processor) = (Near::new(), 0, 0.0, 0.0);
            let mut invented = Invented::new(size);
            loop {
                let texts: Vec<(String, usize)> = invented.by_ref().take(CHUNK).collect();
                if texts.is_empty() {
                    break;
                }
                let (before, start) = (this_thread(), Instant::now());
                for (text, words) in &texts {
                    count += words;
                    near.add(text, &Outline::new(text));
                }
                reading += start.elapsed().as_secs_f64();
                on_processor += this_thread() - before;
            }
            let read = on_processor;
            let way = if near.is_exact() { "exact" } else { "minhash" };
            let (start, before) = (Instant::now(), processor());
            let pairs = near.alike(0.5).len();
            let seconds = start.elapsed().as_secs_f64();
            on_processor += processor() - before;
            if on_processor < best {
                best = on_processor;
                line = format!(
                    "{size},{count},{way},{reading:.3},{seconds:.3},{read:.2},{on_processor:.2},{pairs},{}",
                    peak()
                );
            }
        }
        println!("{line}");
        let _ = writeln!(table, "{line}");
    }
    if let Some(path) = words.get(1) {
        std::fs::write(path, table).expect("the table is written");
    }
}
