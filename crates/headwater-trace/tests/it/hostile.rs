//! Texts made to cost: very long ones, and ones whose words meet everywhere.

use headwater_model::{Article, ArticleIndex};
use headwater_trace::Tracing;

fn run(texts: &[String]) -> Tracing {
    let articles: Vec<Article> = texts
        .iter()
        .enumerate()
        .map(|(n, text)| Article { id: format!("a{n}"), text: text.clone(), ..Article::default() })
        .collect();
    crate::run(&articles)
}

fn origins(tracing: &Tracing, articles: u32) -> (u32, u32) {
    tracing.origins(&(0..articles).map(ArticleIndex).collect::<Vec<_>>())
}

/// A text of so many invented words.
fn words(seed: u64, count: usize) -> String {
    let mut state = seed;
    let mut out = String::new();
    for n in 0..count {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        out.push_str(&format!("w{}", (state >> 33) % 50_000));
        out.push_str(match n % 200 {
            199 => ".\n\n",
            19 | 39 | 59 | 79 | 99 | 119 | 139 | 159 | 179 => ". ",
            _ => " ",
        });
    }
    out
}

#[test]
fn a_text_of_five_megabytes_and_its_copy() {
    let long = words(1, 800_000);
    assert!(long.len() > 5_000_000, "{}", long.len());
    let cut = long[..long.len() / 2].to_string();
    let tracing = run(&[long, cut, words(2, 300)]);
    assert_eq!(tracing.families.len(), 1);
    assert_eq!(tracing.families[0].members, [ArticleIndex(0), ArticleIndex(1)]);
    assert_eq!(origins(&tracing, 3), (2, 2));
}

#[test]
fn texts_that_meet_at_every_word() {
    // Each of a hundred and twenty texts is the same seven words over and over, begun at another place; then some
    // that have nothing to do with these.
    let cycle = ["the", "gate", "of", "the", "old", "harbour", "fell"];
    let mut texts: Vec<String> = (0..120)
        .map(|n| (0..2000).map(|k| cycle[(n + k) % cycle.len()]).collect::<Vec<_>>().join(" "))
        .collect();
    texts.extend((0..4).map(|n| words(10 + n, 200)));
    let tracing = run(&texts);
    let (least, most) = origins(&tracing, 124);
    assert!(least >= 5 && most >= 5, "the four others stand alone: {least} to {most}");
    assert!(most <= 124);
}

#[test]
fn an_article_that_is_repeated_within_itself_counts_once() {
    let report = words(5, 240);
    let twice = format!("{report}\n\n{report}");
    let tracing = run(&[report, twice, words(6, 300)]);
    assert_eq!(tracing.families.len(), 1);
    let copy = tracing.copies.iter().find(|c| c.to == ArticleIndex(1) || c.from == ArticleIndex(1));
    // All of the one is in the other, and the second time adds nothing to either.
    let shared: u32 = copy.map_or(0, |c| c.passages.iter().map(|p| p.words).sum());
    assert!((230..=240).contains(&shared), "{shared}");
    assert_eq!(origins(&tracing, 3), (2, 2));
}

#[test]
fn each_of_many_identical_reports_keeps_a_link() {
    let report = words(7, 160);
    let tracing = run(&vec![report; 400]);
    assert_eq!(tracing.families.len(), 1);
    let mut linked = vec![false; 400];
    for c in &tracing.copies {
        linked[c.from.at()] = true;
        linked[c.to.at()] = true;
    }
    assert!(linked.iter().all(|l| *l), "{:?}", linked.iter().position(|l| !l));
    assert_eq!(origins(&tracing, 400), (1, 1));
}
