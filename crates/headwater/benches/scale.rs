//! How the time of each step grows with the number of articles, as a table:
//! `cargo bench -p headwater --bench scale -- 500,2000,8000 [FILE.csv]`.
//!
//! Time on the processor is given beside time on the wall: the first is right on a busy machine too.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints its figures")]

mod common;

use common::{Desk, STEPS, whole};
use std::fmt::Write as _;
use std::time::Instant;

/// Runs of each step, of which the fastest counts.
const RUNS: usize = 3;

/// Processor clock ticks a second, as Linux shows them in /proc.
const TICKS: f64 = 100.0;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let sizes = words.first().map_or("500,2000", String::as_str);
    let mut table = String::from("step,articles,threads,seconds,cpu_seconds,articles_per_second,machine\n");
    let machine = machine();
    for articles in sizes.split(',').filter_map(|s| s.trim().parse::<usize>().ok()) {
        let desk = Desk::new(articles);
        eprintln!("{}", desk.sizes());
        let mut line = |step: &str, threads: usize, seconds: f64, cpu: f64| {
            // On one thread the processor's time is the step's own; on several the wall's is.
            let rate = articles as f64 / if threads == 1 { cpu } else { seconds };
            println!(
                "{step:14} {articles:6} articles {seconds:9.3} s {cpu:9.3} s on the processor {rate:12.0} articles/s"
            );
            let _ = writeln!(table, "{step},{articles},{threads},{seconds:.4},{cpu:.4},{rate:.0},{machine}");
        };
        for (name, run) in STEPS {
            let (seconds, cpu) = fastest(thread_cpu, || run(&desk));
            line(name, 1, seconds, cpu);
        }
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        for (name, pages) in [("whole, text", &desk.text), ("whole, html", &desk.html)] {
            let (seconds, cpu) = fastest(process_cpu, || {
                std::hint::black_box(whole(pages, &desk.models));
            });
            line(&name.replace(',', ""), cores, seconds, cpu);
        }
    }
    if let Some(path) = words.get(1) {
        std::fs::write(path, table).expect("the table is written");
    }
}

fn fastest(cpu: fn() -> Option<f64>, run: impl Fn()) -> (f64, f64) {
    let (mut best, mut best_cpu) = (f64::MAX, f64::MAX);
    for _ in 0..RUNS {
        let (start, before) = (Instant::now(), cpu());
        run();
        let seconds = start.elapsed().as_secs_f64();
        let used = before.zip(cpu()).map_or(seconds, |(before, after)| after - before);
        (best, best_cpu) = (best.min(seconds), best_cpu.min(used));
        if seconds > 20.0 {
            break;
        }
    }
    (best, best_cpu)
}

/// Seconds that this thread was on a processor.
fn thread_cpu() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(stat.split_whitespace().next()?.parse::<f64>().ok()? / 1e9)
}

/// Seconds that all threads were on a processor.
fn process_cpu() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let (user, system): (f64, f64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some((user + system) / TICKS)
}

/// Cores and model of the processor.
fn machine() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info
        .lines()
        .find_map(|l| l.strip_prefix("model name"))
        .map_or("unknown", |l| l.trim_start_matches([' ', '\t', ':']));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{cores} cores {}", model.replace(',', " "))
}
