//! Articles per second, whole and step by step, on 2,000 generated articles: `cargo bench -p headwater`.

mod common;

use common::{Desk, Form, STEPS, pages, whole};
use divan::Bencher;
use divan::counter::ItemsCount;
use std::sync::OnceLock;

/// Articles of a run.
const ARTICLES: usize = 2_000;

fn main() {
    divan::main();
}

fn desk() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(|| Desk::new(ARTICLES))
}

/// The whole way from text on all cores.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn whole_from_text(bencher: Bencher<'_, '_>) {
    let desk = desk();
    bencher.counter(ItemsCount::new(ARTICLES)).bench_local(|| whole(&desk.text, &desk.models));
}

/// The whole way from web pages on all cores.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn whole_from_html(bencher: Bencher<'_, '_>) {
    let (desk, html) = (desk(), pages(ARTICLES, Form::Html));
    bencher.counter(ItemsCount::new(ARTICLES)).bench_local(|| whole(&html, &desk.models));
}

/// Each step by itself on one core.
#[divan::bench(args = STEPS.iter().map(|(name, _)| *name), sample_count = 3, sample_size = 1)]
fn step(bencher: Bencher<'_, '_>, name: &str) {
    let desk = desk();
    let Some((_, run)) = STEPS.iter().find(|(n, _)| *n == name) else { return };
    bencher.counter(ItemsCount::new(ARTICLES)).bench_local(|| run(desk));
}
