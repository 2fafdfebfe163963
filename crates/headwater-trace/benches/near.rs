//! How long it takes to find the pairs that are alike, and how much memory: as a table, one line a size.
//! `cargo bench -p headwater-trace --bench near -- 1620,100000,1000000 [FILE.csv]`.
//!
//! Articles are invented: a hundred to three hundred words of twenty thousand, six in ten an own text, the others cut
//! and worn copies of one of the last thousand. From text to pairs: tokens, keys, shingles, proposals, verification.

#![allow(clippy::print_stdout, reason = "a program that prints its figures")]

use headwater_model::text::Outline;
use headwater_trace::Near;
use std::fmt::Write as _;
use std::time::Instant;

/// Articles of which copies are made (articles).
const LATELY: usize = 1000;

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }
}

fn text(words: &[u32]) -> String {
    let mut out = String::with_capacity(words.len() * 8);
    for (n, word) in words.iter().enumerate() {
        out.push_str(match n % 60 {
            0 if n == 0 => "",
            0 => ".\n\n",
            20 | 40 => ". ",
            _ => " ",
        });
        let mut rest = *word;
        for _ in 0..3 {
            out.push(char::from(b'b' + (rest % 20) as u8));
            out.push(['a', 'e', 'i', 'o', 'u'][(rest as usize / 20) % 5]);
            rest /= 30;
        }
    }
    out
}

/// The most memory that the process had (megabytes), where the system tells.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or("0");
    line.split_whitespace().next().and_then(|n| n.parse::<usize>().ok()).unwrap_or(0) / 1024
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let mut table = String::from("articles,words,way,read_seconds,pairs_seconds,pairs,peak_megabytes\n");
    for size in words.first().map_or("1620,10000", String::as_str).split(',') {
        let Ok(size) = size.trim().parse::<usize>() else { continue };
        let mut dice = Dice(size as u64);
        let mut lately: Vec<Vec<u32>> = Vec::new();
        let (mut near, mut count, mut reading) = (Near::new(), 0, 0.0);
        for n in 0..size {
            let mut own: Vec<u32> = if lately.is_empty() || dice.below(10) < 6 {
                (0..100 + dice.below(200)).map(|_| dice.below(20_000) as u32).collect()
            } else {
                lately[dice.below(lately.len())].clone()
            };
            for _ in 0..dice.below(6) {
                let at = dice.below(own.len());
                own[at] = dice.below(20_000) as u32;
            }
            own.truncate((own.len() - dice.below(own.len() / 5)).max(20));
            let text = text(&own);
            count += own.len();
            let start = Instant::now();
            near.add(&text, &Outline::new(&text));
            reading += start.elapsed().as_secs_f64();
            match lately.get_mut(n % LATELY) {
                Some(slot) => *slot = own,
                None => lately.push(own),
            }
        }
        let way = if near.is_exact() { "exact" } else { "minhash" };
        let start = Instant::now();
        let pairs = near.alike(0.5).len();
        let seconds = start.elapsed().as_secs_f64();
        let line = format!("{size},{count},{way},{reading:.3},{seconds:.3},{pairs},{}", peak());
        println!("{line}");
        let _ = writeln!(table, "{line}");
    }
    if let Some(path) = words.get(1) {
        std::fs::write(path, table).expect("the table is written");
    }
}
