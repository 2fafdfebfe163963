//! Tokens per second of the temporal tagger on one core: `cargo bench -p headwater-annotate --bench times`.
//!
//! The text is put together from the invented cases in `eval/cases/times`, so that it holds far more times
//! than news does; and once more with plain sentences between them, as news has them.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use headwater_annotate::times::{self, Anchor, Language, TimePhrase};
use headwater_model::text::Outline;
use std::path::Path;
use std::sync::OnceLock;

fn main() {
    divan::main();
}

/// Least tokens of the text that is read.
const TOKENS: usize = 200_000;

/// Sentences without a time: about what stands between two of them in news.
const PLAIN: &str = "The harbour master said that the ferry company had not asked for leave to move its berth. \
A spokeswoman for the company would not say how many of its crews were told of the plan, or by whom. \
Shopkeepers on the eastern bank feared for their trade, and the town council has called a meeting. ";

struct Work {
    text: String,
    outline: Outline,
    phrases: Vec<TimePhrase>,
}

/// English texts of the cases, without their carets; `plain` sentences follow each line.
fn work(plain: &str) -> Work {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../eval/cases/times");
    let mut body = String::new();
    for name in ["wire", "tabloid", "live-blog", "finance", "sport", "court"] {
        let source = std::fs::read_to_string(folder.join(format!("{name}.md"))).expect("the cases");
        let mut inside = false;
        for row in source.lines() {
            if row.starts_with("```") {
                inside = row == "```text";
            } else if inside && !row.trim_start().starts_with('^') {
                body.push_str(row);
                body.push(' ');
                body.push_str(plain);
                body.push_str("\n\n");
            }
        }
    }
    let count = Outline::new(&body).tokens.len();
    let text = body.repeat(TOKENS / count + 1);
    let outline = Outline::new(&text);
    let phrases = times::find(&text, &outline, Language::English);
    Work { text, outline, phrases }
}

fn dense() -> &'static Work {
    static WORK: OnceLock<Work> = OnceLock::new();
    WORK.get_or_init(|| work(""))
}

fn news() -> &'static Work {
    static WORK: OnceLock<Work> = OnceLock::new();
    WORK.get_or_init(|| work(PLAIN))
}

fn anchor() -> Anchor {
    Anchor::Day("2024-05-08".parse().expect("a day"))
}

/// Finding and placing, the outline being made once for all annotators.
fn tag(bencher: Bencher<'_, '_>, work: &Work) {
    bencher.counter(ItemsCount::new(work.outline.tokens.len())).bench_local(|| {
        let phrases = times::find(&work.text, &work.outline, Language::English);
        black_box(times::resolve(&work.text, &work.outline, &phrases, anchor()))
    });
}

#[divan::bench]
fn tag_news(bencher: Bencher<'_, '_>) {
    tag(bencher, news());
}

#[divan::bench]
fn tag_dense(bencher: Bencher<'_, '_>) {
    tag(bencher, dense());
}

/// With tokens, sentences and quotation marks.
#[divan::bench]
fn outline_and_tag_news(bencher: Bencher<'_, '_>) {
    let work = news();
    bencher.counter(ItemsCount::new(work.outline.tokens.len())).bench_local(|| {
        let outline = Outline::new(&work.text);
        let phrases = times::find(&work.text, &outline, Language::English);
        black_box(times::resolve(&work.text, &outline, &phrases, anchor()))
    });
}

/// Placing again, once the day of publication has been worked out.
#[divan::bench]
fn place_news(bencher: Bencher<'_, '_>) {
    let work = news();
    bencher
        .counter(ItemsCount::new(work.outline.tokens.len()))
        .bench_local(|| black_box(times::resolve(&work.text, &work.outline, &work.phrases, anchor())));
}
