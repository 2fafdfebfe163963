//! Speed and memory of grouping as articles come, on generated ones, as a table:
//! `cargo bench -p headwater-group --bench stream -- 10000,100000 [FILE.csv | ours]`; `ours` leaves the peer out.
//!
//! Articles have 300 words and are annotated beforehand: only their coming is timed. At most 100,000 are open;
//! older events are archived. The peer is TF-IDF in a single pass over the same articles. Time is the
//! processor's, which is right on a busy machine too.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints its figures")]

use headwater_group::events::{GroupInput, Stream};
use headwater_model::text::Outline;
use headwater_model::{Annotations, Article, DateRange};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::OnceLock;

/// Words of an article.
const WORDS: usize = 300;
/// Articles that stay open.
const OPEN: usize = 100_000;
/// Articles after which a long run tells how it went: of the speed in "last per second", that since it last did.
const TELL: usize = 100_000;
/// Articles generated at one time.
const CHUNK: usize = 1_000;
/// Reports of one event, on average, and arrivals over which they are spread.
const REPORTS: usize = 20;
const SPREAD: usize = 4_000;
/// Cosine with a centroid from which the peer joins: the best one on the FNC-1 bodies.
const PEER: f32 = 0.24;
/// Seconds after which the peer takes in no more.
const PATIENCE: f64 = 60.0;

struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
}

/// The nth word. The commonest are the function words of English, which are half of a text; the others are made
/// up, and rare ones are long.
fn word(mut n: usize, out: &mut String) {
    if let Some(word) = function_words().get(n) {
        out.push_str(word);
        return;
    }
    const SYLLABLES: [&str; 32] = [
        "ka", "ro", "mi", "tel", "van", "dor", "lis", "su", "pe", "nar", "go", "bri", "hul", "ze", "fam",
        "wo", "ti", "den", "la", "quo", "ster", "ny", "cha", "bel", "ur", "pin", "sho", "rak", "ov", "yel",
        "ju", "mor",
    ];
    for _ in 0..2 {
        out.push_str(SYLLABLES[n % 32]);
        n /= 32;
    }
    while n > 0 {
        out.push_str(SYLLABLES[n % 32]);
        n /= 32;
    }
}

fn function_words() -> &'static [&'static str] {
    static WORDS: OnceLock<Vec<&str>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let list = include_str!("../data/stopwords.txt");
        list.lines().filter_map(|l| l.strip_prefix("en ")).flat_map(|l| l.split(' ')).collect()
    })
}

/// The text of arrival `at`: a third of its words are its event's, the rest fall as words of a language do.
fn text(at: usize) -> (usize, String) {
    let mut random = Random((at as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    for _ in 0..4 {
        random.below(2);
    }
    let live = SPREAD / REPORTS;
    let event = at / REPORTS + random.below(live);
    let mut out = String::with_capacity(WORDS * 9);
    for n in 0..WORDS {
        if random.below(6) == 0 {
            // Two words of the event's own, always together, as a name or a set phrase is: one of twenty, the
            // first more often, from a vocabulary that events share. Six are names.
            let own = random.below(20).min(random.below(20));
            for part in 0..2 {
                let start = out.len();
                let hash = (event * 40 + own * 2 + part).wrapping_mul(0x9e37_79b9) >> 7;
                word(2_000 + hash % 120_000, &mut out);
                if own < 6 {
                    out[start..=start].make_ascii_uppercase();
                }
                out.push(' ');
            }
            out.pop();
        } else {
            // Zipf's law, near enough: the logarithm of the rank is even.
            let rank = (60_000f64).powf(random.below(1 << 20) as f64 / f64::from(1 << 20));
            word(rank as usize, &mut out);
        }
        out.push_str(if n % 18 == 17 { ". " } else { " " });
    }
    (event, out)
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let sizes = words.first().map_or("10000", String::as_str);
    let mut table = String::from(
        "what,articles,cpu_seconds,articles_per_second,last_per_second,bytes_open,bytes_archived,b3_f1,machine\n",
    );
    let machine = machine();
    let ours_only = words.get(1).is_some_and(|w| w == "ours");
    for size in sizes.split(',').filter_map(|s| s.trim().parse::<usize>().ok()) {
        let mut put = |what: &str, run: &Run| {
            let rate = run.articles as f64 / run.seconds;
            println!(
                "{what:12} {:8} articles {:8.1} s {rate:8.0} articles/s, the last tenth {:8.0}/s, {:6} bytes an \
                 open, {:5} an archived article, B³ {:.4}",
                run.articles, run.seconds, run.last, run.open, run.archived, run.f1
            );
            let _ = writeln!(
                table,
                "{what},{},{:.2},{rate:.0},{:.0},{},{},{:.4},{machine}",
                run.articles, run.seconds, run.last, run.open, run.archived, run.f1
            );
            if let Some(path) = words.get(1).filter(|_| !ours_only) {
                std::fs::write(path, &table).expect("the table is written");
            }
        };
        let run = ours(size, |so_far| put("so far", so_far));
        put("stream", &run);
        if size <= OPEN && !ours_only {
            put("single pass", &peer(size));
        }
    }
}

#[derive(Default)]
struct Run {
    articles: usize,
    seconds: f64,
    /// Articles a second among the last tenth.
    last: f64,
    open: usize,
    archived: usize,
    f1: f64,
}

/// Feeds the stream; `tell` hears how it went so far, each time that [`TELL`] more have come.
fn ours(size: usize, mut tell: impl FnMut(&Run)) -> Run {
    let none = Annotations::default();
    let mut stream = Stream::new();
    let mut run = Run::default();
    let mut gold = Vec::with_capacity(size);
    let (mut late, mut since) = (0.0, 0.0);
    for from in (0..size).step_by(CHUNK) {
        let chunk: Vec<(usize, Article, Outline)> = (from..size.min(from + CHUNK))
            .map(|at| {
                let (event, text) = text(at);
                let outline = Outline::new(&text);
                (event, Article { text, ..Article::default() }, outline)
            })
            .collect();
        let start = cpu();
        for (event, article, outline) in &chunk {
            stream.add(&GroupInput {
                article,
                outline,
                annotations: &none,
                entities: &[],
                published: DateRange::default(),
            });
            gold.push(*event);
        }
        if stream.open() > OPEN + OPEN / 20 {
            stream.archive(OPEN);
        }
        let took = cpu() - start;
        run.seconds += took;
        run.articles = from + chunk.len();
        if from >= size / 10 * 9 {
            late += took;
        }
        since += took;
        if run.articles % TELL == 0 && run.articles < size {
            run.last = TELL as f64 / since;
            measure(&mut run, &stream, &gold);
            tell(&run);
            since = 0.0;
        }
    }
    run.last = (size - size / 10 * 9) as f64 / late;
    measure(&mut run, &stream, &gold);
    run
}

/// Bytes of an open article, with its share of what all have in common, and of an archived one; and how well the
/// events are told apart.
fn measure(run: &mut Run, stream: &Stream, gold: &[usize]) {
    let held = stream.footprint();
    let archived = stream.len() - stream.open();
    run.open = (held.open + held.counts) / stream.open().max(1);
    run.archived = held.archived.checked_div(archived).unwrap_or(0);
    let mut label = vec![0; gold.len()];
    for (n, event) in stream.events().iter().enumerate() {
        for a in event {
            label[a.at()] = n;
        }
    }
    run.f1 = b_cubed(gold, &label);
}

/// TF-IDF in a single pass: each article joins the nearest centroid when that is near enough.
fn peer(size: usize) -> Run {
    let mut run = Run::default();
    let mut documents: HashMap<String, (u32, f32)> = HashMap::new();
    let mut sums: Vec<(HashMap<u32, f32>, f32)> = Vec::new();
    let mut index: HashMap<u32, Vec<u32>> = HashMap::new();
    let (mut gold, mut label) = (Vec::new(), Vec::new());
    // Seconds after each article.
    let mut clock = Vec::with_capacity(size);
    for at in 0..size {
        let (event, text) = text(at);
        gold.push(event);
        let start = cpu();
        let mut own: HashMap<u32, f32> = HashMap::new();
        let lower = text.to_lowercase();
        for word in lower.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 1) {
            let next = documents.len() as u32;
            let entry = documents.entry(word.to_owned()).or_insert((next, 0.0));
            let count = own.entry(entry.0).or_insert(0.0);
            if *count == 0.0 {
                entry.1 += 1.0;
            }
            *count += 1.0;
        }
        let rarity: HashMap<u32, f32> = lower
            .split(|c: char| !c.is_alphanumeric())
            .filter_map(|w| documents.get(w))
            .map(|(word, n)| (*word, ((at as f32 + 2.0) / (n + 0.5)).ln().max(0.0)))
            .collect();
        let mut vector: Vec<(u32, f32)> = own
            .into_iter()
            .map(|(w, c)| (w, (1.0 + c.ln()) * rarity.get(&w).copied().unwrap_or(0.0)))
            .collect();
        vector.sort_unstable_by_key(|x| x.0);
        let norm = vector.iter().map(|x| x.1 * x.1).sum::<f32>().sqrt().max(1e-9);
        let mut scores: HashMap<u32, f32> = HashMap::new();
        for (word, weight) in &vector {
            for cluster in index.get(word).map_or(&[][..], Vec::as_slice) {
                *scores.entry(*cluster).or_default() += weight / norm * sums[*cluster as usize].0[word];
            }
        }
        let best = scores
            .into_iter()
            .map(|(c, s)| (c, s / sums[c as usize].1.sqrt()))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
            .filter(|b| b.1 >= PEER);
        let cluster = best.map_or(sums.len() as u32, |b| b.0);
        if cluster as usize == sums.len() {
            sums.push((HashMap::new(), 0.0));
        }
        for (word, weight) in &vector {
            let (sum, square) = &mut sums[cluster as usize];
            let entry = sum.entry(*word).or_insert(0.0);
            if *entry == 0.0 {
                index.entry(*word).or_default().push(cluster);
            }
            let added = *entry + weight / norm;
            *square += added * added - *entry * *entry;
            *entry = added;
        }
        label.push(cluster as usize);
        let took = cpu() - start;
        run.seconds += took;
        clock.push(run.seconds);
        // It slows down as it goes: what comes in this time is enough to compare.
        if run.seconds > PATIENCE {
            break;
        }
    }
    run.articles = clock.len();
    let tail = clock.len() / 10 * 9;
    let before = clock.get(tail).copied().unwrap_or_default();
    run.last = (clock.len() - tail) as f64 / (run.seconds - before).max(1e-9);
    run.f1 = b_cubed(&gold, &label);
    run
}

fn b_cubed(gold: &[usize], label: &[usize]) -> f64 {
    let (mut g, mut l, mut both) = (HashMap::new(), HashMap::new(), HashMap::new());
    for (a, b) in gold.iter().zip(label) {
        *g.entry(a).or_insert(0.0) += 1.0;
        *l.entry(b).or_insert(0.0) += 1.0;
        *both.entry((a, b)).or_insert(0.0) += 1.0;
    }
    let mut all: Vec<((&usize, &usize), f64)> = both.into_iter().collect();
    all.sort_unstable_by_key(|x| x.0);
    let (mut p, mut r) = (0.0, 0.0);
    for ((a, b), v) in all {
        p += v * v / l[b];
        r += v * v / g[a];
    }
    2.0 * p * r / (p + r) / gold.len() as f64
}

/// Seconds that this thread was on a processor.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split_whitespace().next().and_then(|s| s.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
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
