//! Properties over random sets of reports: order does not matter, a stream ends where a fresh start does, and the
//! pairs that are alike are those that brute force finds.

use crate::run;
use headwater_model::text::Outline;
use headwater_model::{Annotations, Article, ArticleIndex, Published, PublishedHow, Reason};
use headwater_trace::{TraceInput, Tracer, Tracing};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// How a report is made: from one that was made before, or anew.
#[derive(Clone, Debug)]
struct Making {
    /// Words, as numbers of invented words.
    words: Vec<u16>,
    /// Which earlier report is copied, if one is; its words are kept from, up to, in hundredths.
    from: Option<(prop::sample::Index, u8, u8)>,
    outlet: u8,
    day: Option<u8>,
    /// Whether it names another outlet as its source.
    cites: Option<u8>,
}

fn making() -> impl Strategy<Value = Making> {
    (
        vec(0u16..900, 0..90),
        prop::option::weighted(0.6, (any::<prop::sample::Index>(), 0u8..40, 60u8..=100)),
        0u8..7,
        prop::option::of(1u8..28),
        prop::option::weighted(0.2, 0u8..7),
    )
        .prop_map(|(words, from, outlet, day, cites)| Making { words, from, outlet, day, cites })
}

const OUTLETS: [&str; 7] = [
    "",
    "The Harbour Post",
    "Kestrel Courier",
    "Daily Lantern",
    "Bay Chronicle",
    "Radio Redmoor",
    "Meridian News",
];

fn articles(makings: &[Making]) -> Vec<Article> {
    let mut words: Vec<Vec<u16>> = Vec::new();
    for making in makings {
        let mut own = making.words.clone();
        if let (Some((index, start, end)), false) = (&making.from, words.is_empty()) {
            let source = &words[index.index(words.len())];
            let at = |hundredths: u8| source.len() * usize::from(hundredths) / 100;
            own.truncate(20);
            own.extend(&source[at(*start)..at(*end)]);
        }
        words.push(own);
    }
    words
        .iter()
        .zip(makings)
        .enumerate()
        .map(|(n, (words, making))| {
            // Sentences of eleven words, paragraphs of two sentences.
            let mut text = String::new();
            for (k, word) in words.iter().enumerate() {
                text.push_str(match k % 22 {
                    0 if k == 0 => "",
                    0 => ".\n\n",
                    11 => ". ",
                    _ => " ",
                });
                text.push_str(&if k % 11 == 0 { format!("Word{word}") } else { format!("word{word}") });
            }
            if let Some(cited) = making.cites {
                text.push_str(&format!(". This was first reported by {}.", OUTLETS[usize::from(cited)]));
            }
            let published = match making.day {
                Some(day) => Published::on(
                    jiff::civil::date(2031, 3, day as i8),
                    PublishedHow::Given,
                    Reason::plain("given"),
                ),
                None => Published::default(),
            };
            Article {
                id: format!("n{n:02}"),
                outlet: Some(OUTLETS[usize::from(making.outlet)].into()),
                published,
                text,
                ..Article::default()
            }
        })
        .collect()
}

/// All that was found, by ids.
fn by_ids(articles: &[Article], tracing: &Tracing) -> BTreeSet<String> {
    let id = |a: ArticleIndex| articles[a.at()].id.as_str();
    let mut out = BTreeSet::new();
    for c in &tracing.copies {
        let (mut from, mut to) = (id(c.from), id(c.to));
        let known = c.direction.name() == "from-to";
        // Where the direction is not known the order of the two is that of the input.
        if !known && from > to {
            std::mem::swap(&mut from, &mut to);
        }
        out.insert(format!(
            "{from} {to} {} {} {:.6} {:?}",
            c.state.name(),
            c.direction.name(),
            c.containment,
            c.upstream
        ));
    }
    for f in &tracing.families {
        let mut members: Vec<String> = f
            .members
            .iter()
            .zip(&f.parents)
            .map(|(m, p)| format!("{}<{}", id(*m), p.map_or("-", id)))
            .collect();
        members.sort();
        out.insert(format!("{members:?} {:?} {:?}", f.root.map(id), f.upstream));
    }
    out.extend(tracing.second_parents.iter().map(|(c, p)| format!("second {} {}", id(*c), id(*p))));
    out.extend(tracing.warnings.iter().map(|(a, w)| format!("{} {}", id(*a), w.code)));
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_input_does_not_matter(
        makings in vec(making(), 0..14),
        keys in vec(any::<u64>(), 14),
    ) {
        let articles = articles(&makings);
        let expect = by_ids(&articles, &run(&articles));
        let mut shuffled: Vec<(u64, Article)> = keys.into_iter().zip(articles.iter().cloned()).collect();
        shuffled.sort_by_key(|(key, _)| *key);
        let shuffled: Vec<Article> = shuffled.into_iter().map(|(_, a)| a).collect();
        prop_assert_eq!(by_ids(&shuffled, &run(&shuffled)), expect);
    }

    #[test]
    fn a_stream_ends_where_a_fresh_start_does(
        makings in vec(making(), 1..12),
        steps in vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<bool>()), 0..30),
    ) {
        let articles = articles(&makings);
        let outlines: Vec<Outline> = articles.iter().map(|a| Outline::new(&a.text)).collect();
        let none = Annotations::default();
        let input = |n: usize| TraceInput { article: &articles[n], outline: &outlines[n], annotations: &none };
        let mut tracer = Tracer::new();
        // Adds under any number, changes, removes, asks in between; then all as they are.
        for (key, article, remove) in &steps {
            let key = ArticleIndex(key.index(articles.len()) as u32);
            if *remove {
                tracer.remove(key);
            } else {
                tracer.add(key, &input(article.index(articles.len())));
            }
        }
        let _ = tracer.result();
        for n in (0..articles.len()).rev() {
            tracer.add(ArticleIndex(n as u32), &input(n));
        }
        prop_assert_eq!(tracer.len(), articles.len());
        prop_assert_eq!(tracer.result(), run(&articles));
    }

    #[test]
    fn what_is_alike_is_what_brute_force_finds(makings in vec(making(), 0..24)) {
        let articles = articles(&makings);
        let none = Annotations::default();
        let mut tracer = Tracer::new();
        let mut sets: Vec<BTreeSet<Vec<String>>> = Vec::new();
        for (n, article) in articles.iter().enumerate() {
            let outline = Outline::new(&article.text);
            tracer.add(ArticleIndex(n as u32), &TraceInput { article, outline: &outline, annotations: &none });
            let words: Vec<String> = article
                .text
                .split(|c: char| !c.is_alphanumeric())
                .filter(|w| !w.is_empty())
                .map(str::to_lowercase)
                .collect();
            sets.push(words.windows(5).map(<[String]>::to_vec).collect());
        }
        let mut expect = BTreeSet::new();
        for a in 0..sets.len() {
            for b in a + 1..sets.len() {
                let shared = sets[a].intersection(&sets[b]).count();
                let all = sets[a].len() + sets[b].len() - shared;
                if all > 0 && 2 * shared >= all {
                    expect.insert((a as u32, b as u32));
                }
            }
        }
        let got: BTreeSet<(u32, u32)> =
            tracer.alike(0.5).iter().map(|(a, b, _)| (a.0.min(b.0), a.0.max(b.0))).collect();
        prop_assert_eq!(got, expect);
    }
}
