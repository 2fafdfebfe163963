//! Tokens per second of tags and names on one core, and how long the models take to load:
//! `cargo bench -p headwater-annotate --bench names`.
//!
//! The text is put together from the invented reports in `examples` and the texts of `eval/cases/times`; each article is read by
//! itself, as it is when reports are analysed.

mod texts;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use headwater_annotate::names::{self, Models};
use headwater_model::text::Outline;
use std::path::PathBuf;
use std::sync::OnceLock;
use texts::texts;

fn main() {
    divan::main();
}

/// Least tokens of the articles that are read.
const TOKENS: usize = 100_000;

struct Work {
    articles: Vec<(String, Outline)>,
    tokens: usize,
}

fn work() -> &'static Work {
    static WORK: OnceLock<Work> = OnceLock::new();
    WORK.get_or_init(|| {
        let paths = [texts("examples"), texts("eval/cases/times")].concat();
        let read = |path: &PathBuf| {
            let source = std::fs::read_to_string(path).expect("a text");
            let told = source.lines().filter(|l| !l.trim_start().starts_with('^') && !l.starts_with("```"));
            let text = told.collect::<Vec<_>>().join("\n");
            let outline = Outline::new(&text);
            (text, outline)
        };
        let mut articles: Vec<(String, Outline)> = paths.iter().map(read).collect();
        articles.retain(|a| !a.1.tokens.is_empty());
        let count: usize = articles.iter().map(|a| a.1.tokens.len()).sum();
        assert!(count > 0, "there are no texts");
        let once = articles.clone();
        for _ in 0..TOKENS / count {
            articles.extend(once.iter().cloned());
        }
        let tokens = articles.iter().map(|a| a.1.tokens.len()).sum();
        Work { articles, tokens }
    })
}

fn models() -> &'static Models {
    static MODELS: OnceLock<Models> = OnceLock::new();
    MODELS.get_or_init(Models::bundled)
}

/// Parts of speech, names and what they stand for in each article.
#[divan::bench]
fn tag_and_name(bencher: Bencher<'_, '_>) {
    let work = work();
    bencher.counter(ItemsCount::new(work.tokens)).bench_local(|| {
        for (text, outline) in &work.articles {
            black_box(names::annotate(text, outline, models(), None));
        }
    });
}

/// From stored bytes to models that can be used.
#[divan::bench]
fn load() -> Models {
    Models::bundled()
}
