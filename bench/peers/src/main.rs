//! Main text side by side in one run: Headwater, html5ever's parse alone, and two other crates.
//!
//! `headwater-bench-peers speed SET… [--record FILE.csv]` prints F1 and milliseconds a page of each way, on pages of
//! the bench; `memory MEGABYTES [small]` prints the peak of one generated page, of paragraphs or of
//! small elements; `predict SET OUT` writes answers as `cargo xtask predict
//! extract` does, for comparing two states of the code.

mod pages;
mod score;
mod ways;

use anyhow::{Context, Result, bail};
use pages::Page;
use std::io::Write;
use std::time::{Duration, Instant};
use ways::Way;

/// Times each page is read; the fastest counts, since other work on the machine only ever adds.
const REPEATS: usize = 5;

fn main() -> Result<()> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let record = match args.iter().position(|a| a == "--record") {
        Some(at) if at + 1 < args.len() => args.drain(at..at + 2).nth(1),
        Some(_) => bail!("--record wants a file"),
        None => None,
    };
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["speed", sets @ ..] if !sets.is_empty() => speed(sets, record.as_deref()),
        ["memory", megabytes] => memory(pages::generated(megabytes_of(megabytes)?)),
        ["memory", megabytes, "small"] => memory(pages::generated_small(megabytes_of(megabytes)?)),
        ["predict", set, out] => predict(set, out),
        _ => bail!("speed SET… [--record FILE.csv] | memory MEGABYTES [small] | predict SET OUT"),
    }
}

fn speed(sets: &[&str], record: Option<&str>) -> Result<()> {
    let mut lines = vec!["set,way,pages,f1,ms_mean,ms_median,times_parse_median".to_owned()];
    for set in sets {
        let pages = pages::read(set)?;
        let mut parse: Vec<f64> = Vec::new();
        for way in ways::all() {
            let mut times = Vec::with_capacity(pages.len());
            let mut scores = score::Scores::default();
            for page in &pages {
                let (time, text) = fastest(&way, page);
                times.push(time.as_secs_f64() * 1_000.0);
                if let Some(text) = text {
                    scores.add(&page.gold, &text);
                }
            }
            if parse.is_empty() {
                parse.clone_from(&times);
            }
            // The ratio page by page, then its median: large pages weigh no more than small ones.
            let ratios: Vec<f64> = times.iter().zip(&parse).map(|(t, p)| t / p).collect();
            lines.push(format!(
                "{set},{},{},{},{:.3},{:.3},{:.2}",
                way.name,
                pages.len(),
                scores.f1().map_or("-".to_owned(), |f| format!("{f:.4}")),
                times.iter().sum::<f64>() / times.len().max(1) as f64,
                median(times),
                median(ratios),
            ));
        }
    }
    let mut out = std::io::stdout().lock();
    for line in &lines {
        writeln!(out, "{}", line.replace(',', "\t"))?;
    }
    if let Some(path) = record {
        let machine = "two cores, x86-64";
        let rows: Vec<String> = lines
            .iter()
            .enumerate()
            .map(|(i, l)| format!("{l},{}", if i == 0 { "machine" } else { "\"two cores, x86-64\"" }))
            .collect();
        std::fs::write(path, rows.join("\n") + "\n").with_context(|| format!("{path} ({machine})"))?;
    }
    Ok(())
}

/// The fastest of some readings of a page, and the text of the last.
fn fastest(way: &Way, page: &Page) -> (Duration, Option<String>) {
    let mut best = Duration::MAX;
    let mut text = None;
    for _ in 0..REPEATS {
        let start = Instant::now();
        let found = (way.read)(page);
        best = best.min(start.elapsed());
        text = found;
    }
    (best, text)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

fn megabytes_of(words: &str) -> Result<usize> {
    Ok(words.parse::<usize>().context("a number of megabytes")? << 20)
}

/// Reads one generated page and says how much memory the process held at its peak, and how much of it for the reading.
fn memory(page: pages::Page) -> Result<()> {
    let before = peak()?;
    let text = ways::headwater(&page);
    let after = peak()?;
    writeln!(
        std::io::stdout(),
        "page of {:.1} MB: {:.1} MB at the peak, {:.1} MB of it beside the page; {} bytes of text",
        page.html.len() as f64 / 1e6,
        after as f64 / 1e3,
        (after - before) as f64 / 1e3,
        text.map_or(0, |t| t.len())
    )?;
    Ok(())
}

/// Most memory this process ever held, in kB, as Linux tells it.
fn peak() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status").context("only Linux tells the peak")?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).context("no VmHWM")?;
    line.trim().trim_end_matches("kB").trim().parse().context("VmHWM is no number")
}

fn predict(set: &str, out: &str) -> Result<()> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(out)?);
    for page in pages::read(set)? {
        writeln!(file, "{}", ways::answer(&page))?;
    }
    Ok(file.flush()?)
}
