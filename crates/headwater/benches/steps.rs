//! Articles per second, whole and step by step, on 2,000 generated articles; and the account of reports of one event, once
//! they are annotated: `cargo bench -p headwater`.

mod common;

use common::{AFTER_ANNOTATION, Desk, Form, STEPS, pages, whole};
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

/// The account of so many annotated reports of one event, on one core.
#[divan::bench(args = [20, 300], sample_count = 5, sample_size = 1)]
fn account_of_one_event(bencher: Bencher<'_, '_>, reports: usize) {
    let desk = Desk::of_one_event(reports);
    let steps: Vec<_> = STEPS.iter().filter(|(name, _)| AFTER_ANNOTATION.contains(name)).collect();
    bencher.bench_local(|| steps.iter().for_each(|(_, run)| run(&desk)));
}
