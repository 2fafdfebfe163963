//! Time expressions: cases written as Markdown with carets, and hostile text.

use headwater_annotate::times::{self, Anchor, Language};
use headwater_model::DateRange;
use headwater_model::text::Outline;
use std::fmt::Write;
use std::path::Path;

struct Case {
    name: String,
    anchor: Anchor,
    language: Language,
    text: String,
    /// (byte start, byte end, "TYPE value")
    expect: Vec<(u32, u32, String)>,
}

fn anchor(words: &str) -> Anchor {
    match words.split_once("..") {
        _ if words == "unknown" => Anchor::Unknown,
        Some((a, b)) => {
            Anchor::Range(DateRange::between(a.parse().expect("a day"), b.parse().expect("a day")))
        }
        None => Anchor::Day(words.parse().expect("a day")),
    }
}

fn cases(path: &Path) -> Vec<Case> {
    let file = path.file_stem().unwrap().to_string_lossy().into_owned();
    let source = std::fs::read_to_string(path).unwrap();
    let mut out: Vec<Case> = Vec::new();
    let mut inside = false;
    let mut line_start = 0;
    let mut line = String::new();
    for row in source.lines() {
        if let Some(name) = row.strip_prefix("## ") {
            out.push(Case {
                name: format!("{file}: {name}"),
                anchor: Anchor::Unknown,
                language: Language::English,
                text: String::new(),
                expect: Vec::new(),
            });
        } else if let Some(words) = row.strip_prefix("published: ") {
            out.last_mut().unwrap().anchor = anchor(words);
        } else if let Some(code) = row.strip_prefix("language: ") {
            out.last_mut().unwrap().language = Language::of_code(code).expect("a language");
        } else if row.starts_with("```") {
            inside = row == "```text";
        } else if inside {
            let case = out.last_mut().unwrap();
            let carets = row.trim_start();
            if carets.starts_with('^') {
                let from = row.chars().take_while(|c| *c == ' ').count();
                let count = carets.chars().take_while(|c| *c == '^').count();
                let byte = |n: usize| line.char_indices().nth(n).map_or(line.len(), |(i, _)| i);
                let (a, b) = (byte(from) + line_start, byte(from + count) + line_start);
                case.expect.push((a as u32, b as u32, carets.trim_start_matches('^').trim().to_owned()));
            } else {
                line_start = case.text.len();
                line = row.to_owned();
                case.text.push_str(row);
                case.text.push('\n');
            }
        }
    }
    out
}

fn found(case: &Case) -> Vec<(u32, u32, String)> {
    let outline = Outline::new(&case.text);
    let phrases = times::find(&case.text, &outline, case.language);
    times::resolve(&case.text, &outline, &phrases, case.anchor)
        .into_iter()
        .map(|t| (t.span.start, t.span.end, format!("{} {}", t.kind.name(), t.value)))
        .collect()
}

#[test]
fn cases_hold() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/times");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let (mut count, mut wrong) = (0, String::new());
    for case in paths.iter().flat_map(|p| cases(p)) {
        count += 1;
        assert!(!case.text.is_empty(), "{} has no text", case.name);
        let got = found(&case);
        for miss in case.expect.iter().filter(|e| !got.contains(e)) {
            let words = &case.text[miss.0 as usize..miss.1 as usize];
            writeln!(wrong, "{}: expected {words:?} {}", case.name, miss.2).unwrap();
        }
        for extra in got.iter().filter(|g| !case.expect.contains(g)) {
            let words = &case.text[extra.0 as usize..extra.1 as usize];
            writeln!(wrong, "{}: found {words:?} {}", case.name, extra.2).unwrap();
        }
    }
    assert!(count >= 25, "only {count} cases were read");
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Reads a text in both languages and with every kind of anchor; checks what must hold of any text.
fn survives(text: &str) {
    let outline = Outline::new(text);
    let day = "2024-02-29".parse().unwrap();
    let range = DateRange::between("0001-01-01".parse().unwrap(), "9999-12-31".parse().unwrap());
    for language in [Language::English, Language::German] {
        let phrases = times::find(text, &outline, language);
        let mut end = 0;
        for phrase in &phrases {
            assert!(
                phrase.span.start >= end && phrase.span.end > phrase.span.start,
                "spans overlap in {text:?}"
            );
            assert!(!phrase.span.of(text).is_empty(), "a span is not on character boundaries in {text:?}");
            end = phrase.span.end;
        }
        for anchor in [Anchor::Day(day), Anchor::Range(range), Anchor::Unknown] {
            let mentions = times::resolve(text, &outline, &phrases, anchor);
            assert_eq!(mentions.len(), phrases.len());
            assert!(mentions.iter().all(|m| !m.value.is_empty()), "an empty value in {text:?}");
            assert_eq!(mentions, times::resolve(text, &outline, &phrases, anchor), "not the same twice");
        }
        times::clues(text, &outline, &phrases);
    }
}

/// Pieces of which hostile texts are put together.
const PIECES: &[&str] = &[
    "the",
    "last",
    "next",
    "first",
    "31",
    "February",
    "1999",
    "99999999",
    "0",
    "25:61",
    "a.m.",
    "GMT",
    "half",
    "of",
    "and",
    "-",
    "–",
    "'",
    "’s",
    "year",
    "years",
    "week",
    "ago",
    "later",
    "quarter",
    "Q5",
    "third",
    "Monday",
    "morning",
    "May",
    "Mar",
    ".",
    ",",
    ":",
    "/",
    "\u{200f}",
    "١٢",
    "１２",
    "é",
    "ago",
    "early",
    "mid",
    "end",
    "every",
    "vor",
    "drei",
    "Jahren",
    "3.",
    "Oktober",
    "Ende",
    "80th",
    "anniversary",
    "New",
    "Year's",
    "thousand",
    "hundred",
    "one",
    "two",
    "1980s",
    "12/31/9999",
    "9999-12-31",
    "0000-00-00",
    "BC",
    "BC.",
    "AD",
    "million",
    "years",
    "from",
    "to",
    "“",
    "”",
    "(",
    ")",
    "\n\n",
    "𝟙",
    "since",
    "said",
    "will",
    "Easter",
    "millennium",
    "century",
    "decade",
    "4294967295",
    "1/2",
    "½",
    "'99",
];

#[test]
fn hostile_texts_do_no_harm() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % n as u64) as usize
    };
    for _ in 0..1500 {
        let mut text = String::new();
        for _ in 0..random(24) + 1 {
            text.push_str(PIECES[random(PIECES.len())]);
            if random(4) > 0 {
                text.push(' ');
            }
        }
        survives(&text);
    }
}

#[test]
fn every_prefix_of_a_case_is_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/times");
    for name in ["wire.md", "german.md", "history.md"] {
        for case in cases(&folder.join(name)) {
            for (at, _) in case.text.char_indices() {
                survives(&case.text[..at]);
            }
        }
    }
}

#[test]
fn long_texts_end() {
    survives(&"9".repeat(300_000));
    survives(&"x".repeat(300_000));
    survives(&"one hundred and ".repeat(20_000));
    survives(&"the last the ".repeat(20_000));
    survives(&"May 3-5, 1999 ".repeat(20_000));
    survives(&"“the 3rd anniversary of May 3, 1999. ".repeat(5_000));
    survives(&"1-".repeat(50_000));
}
