//! Articles of 750 words per second on one core: attributions alone, and with outline, times and names:
//! `cargo bench -p headwater-annotate --bench attributions`.
//!
//! The articles are put together from the invented reports in `examples`, each as often as it takes to reach the length.

mod texts;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use headwater_annotate::attributions::{AttributionModel, Input, Language, annotate};
use headwater_annotate::names::{self, Models, NameAnnotations};
use headwater_annotate::times::{self, Anchor};
use headwater_model::text::Outline;
use std::sync::OnceLock;
use texts::texts;

fn main() {
    divan::main();
}

/// Words of an article.
const WORDS: usize = 750;

struct Read {
    text: String,
    outline: Outline,
    found: NameAnnotations,
}

fn articles() -> &'static Vec<Read> {
    static ARTICLES: OnceLock<Vec<Read>> = OnceLock::new();
    ARTICLES.get_or_init(|| {
        let paths = texts("examples");
        let mut out = Vec::new();
        let (mut text, mut count) = (String::new(), 0);
        for path in paths.iter().chain(&paths) {
            for line in std::fs::read_to_string(path).expect("a text").lines() {
                count += line.split_whitespace().count();
                text.push_str(line);
                text.push('\n');
                if count >= WORDS {
                    let text = std::mem::take(&mut text);
                    count = 0;
                    let outline = Outline::new(&text);
                    let found = names::annotate(&text, &outline, names(), None);
                    out.push(Read { text, outline, found });
                }
            }
        }
        assert!(!out.is_empty(), "there are no texts");
        out
    })
}

fn names() -> &'static Models {
    static MODELS: OnceLock<Models> = OnceLock::new();
    MODELS.get_or_init(Models::bundled)
}

fn model() -> &'static AttributionModel {
    static MODEL: OnceLock<AttributionModel> = OnceLock::new();
    MODEL.get_or_init(AttributionModel::shipped)
}

fn anchor() -> Anchor {
    Anchor::Day("2024-05-08".parse().expect("a day"))
}

fn attribute(text: &str, outline: &Outline, found: &NameAnnotations) {
    let refer = |span| names::refer(text, outline, found, names(), span);
    let input = Input {
        text,
        outline,
        language: Language::English,
        pos: &found.pos,
        names: &found.names,
        entities: &found.entities,
        refer: Some(&refer),
    };
    black_box(annotate(model(), &input));
}

/// Who said what, in texts whose names are known.
#[divan::bench]
fn attributions(bencher: Bencher<'_, '_>) {
    let articles = articles();
    bencher.counter(ItemsCount::new(articles.len())).bench_local(|| {
        for article in articles {
            attribute(&article.text, &article.outline, &article.found);
        }
    });
}

/// From the text on: outline, times, names, attributions.
#[divan::bench]
fn outline_times_names_attributions(bencher: Bencher<'_, '_>) {
    let articles = articles();
    bencher.counter(ItemsCount::new(articles.len())).bench_local(|| {
        for Read { text, .. } in articles {
            let outline = Outline::new(text);
            let phrases = times::find(text, &outline, times::Language::English);
            black_box(times::resolve(text, &outline, &phrases, anchor()));
            let found = names::annotate(text, &outline, names(), None);
            attribute(text, &outline, &found);
        }
    });
}
