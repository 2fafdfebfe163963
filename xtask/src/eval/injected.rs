//! Changes put into aligned sentences of real copies: how many are noticed, and how often one is seen where nothing
//! was put in. Sentences that several articles of `reuse/helsinki_dev` carry are taken as they stand; one number, day,
//! name or negation of one side is changed. Paraphrases are pairs of one statement that the gold accounts call
//! `agrees` or `quote variant`.

use super::Figures;
use crate::predict::{self, accounts::article, accounts::models};
use anyhow::Result;
use headwater_account::Change;
use headwater_model::text::fold::fold;
use headwater_model::text::{Outline, calendar};
use headwater_model::{ArticleIndex, Span};
use rayon::prelude::*;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Fewest and most words of a sentence that is taken.
const WORDS: std::ops::Range<usize> = 10..46;

/// Share of words that two sentences of copies have in common.
const LEAST_ALIKE: f64 = 0.75;

/// Most aligned pairs measured, for time.
const MOST_PAIRS: usize = 400;

/// Changes seen between two sentences.
fn seen(a: &str, b: &str) -> Vec<Change> {
    let articles = vec![
        article(&json!({"id": "a", "text": a, "published": "2018-07-16"})),
        article(&json!({"id": "b", "text": b, "published": "2018-07-16"})),
    ];
    let analysis = headwater::analyse_articles(articles, models(), &mut |_, _, _| {});
    let whole = |t: &str| Span::new(0, t.len());
    analysis.altered((ArticleIndex(0), whole(a)), (ArticleIndex(1), whole(b)))
}

const AUXILIARIES: &[&str] =
    &["is", "are", "was", "were", "will", "would", "has", "have", "had", "can", "could", "did"];
/// Invented names to put in.
const NAMES: &[&str] = &["Anton Velser", "Mirela Kostrov", "Harald Quist"];

/// Months that are nothing but months: "May" is a verb more often.
fn months() -> Vec<&'static str> {
    calendar::MONTHS.into_iter().filter(|m| *m != "May").collect()
}

fn cycled(list: &[&str], word: &str) -> Option<String> {
    let at = list.iter().position(|w| *w == word)?;
    Some(list[(at + list.len() / 2) % list.len()].to_owned())
}

/// One sentence with one thing changed, for each kind that it allows. Only what `other` says too is changed: what one
/// side leaves out cannot be altered.
fn changes(other: &str, text: &str) -> Vec<(Change, String)> {
    let said = words(other);
    let shared = |w: &str| words(w).iter().all(|x| said.contains(x));
    let outline = Outline::new(text);
    let put = |span: Span, with: &str| {
        format!("{}{with}{}", &text[..span.start as usize], &text[span.end as usize..])
    };
    let mut out = Vec::new();
    let months = months();
    let word = |i: usize| outline.tokens.get(i).map_or("", |t| t.of(text));
    for (i, t) in outline.tokens.iter().enumerate() {
        let w = t.of(text);
        let free = t.spaced && !matches!(word(i + 1), ":" | "/" | "-");
        if let Ok(n) = w.replace(',', "").parse::<u64>()
            && free
            && shared(w)
            && !(months.contains(&word(i.wrapping_sub(1))) || months.contains(&word(i + 1)))
            && !(1900..2100).contains(&n)
        {
            out.push((Change::Number, put(t.span, &(n * 2 + 3).to_string())));
            break;
        }
    }
    if let Some((t, with)) = outline.tokens.iter().find_map(|t| {
        let w = t.of(text);
        Some((t, cycled(&calendar::WEEKDAYS, w).or_else(|| cycled(&months, w)).filter(|_| shared(w))?))
    }) {
        out.push((Change::Date, put(t.span, &with)));
    }
    let auxiliary =
        |t: &&headwater_model::text::Token| AUXILIARIES.contains(&t.of(text)) && shared(t.of(text));
    if let Some(t) = outline.tokens.iter().find(auxiliary) {
        out.push((Change::Polarity, put(t.span, &format!("{} not", t.of(text)))));
    }
    let analysis = headwater::analyse_articles(
        vec![article(&json!({"id": "a", "text": text, "published": "2018-07-16"}))],
        models(),
        &mut |_, _, _| {},
    );
    let person = |n: &&headwater_model::Name| {
        n.kind == headwater_model::NameKind::Person && n.span.start > 0 && shared(n.span.of(text))
    };
    if let Some(n) = analysis.annotations[0].names.iter().find(person) {
        out.push((Change::Name, put(n.span, NAMES[text.len() % NAMES.len()])));
    }
    out
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(fold).collect()
}

/// Pairs of sentences that copies share, some of them edited: both wordings.
fn aligned(bench: &Path) -> Result<Vec<(String, String)>> {
    let mut by_end: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for row in predict::read(&bench.join("reuse/helsinki_dev.jsonl"))? {
        let paragraphs: Vec<&str> =
            row["paragraphs"].as_array().into_iter().flatten().filter_map(|p| p.as_str()).collect();
        let text = paragraphs.join("\n\n");
        let sentences: BTreeSet<String> =
            Outline::new(&text).sentences.iter().map(|s| s.of(&text).to_owned()).collect();
        for s in sentences {
            let w = words(&s);
            // code, captions and bylines are no sentences
            let prose = !s.contains(['{', '_', '=', '|', '@']) && !s.starts_with("By ");
            if !prose || !WORDS.contains(&w.len()) {
                continue;
            }
            *counts.entry(s.clone()).or_default() += 1;
            for key in [w[..5].join(" "), w[w.len() - 5..].join(" ")] {
                by_end.entry(key).or_default().insert(s.clone());
            }
        }
    }
    let mut pairs: BTreeSet<(String, String)> =
        counts.iter().filter(|(_, n)| **n > 1).map(|(s, _)| (s.clone(), s.clone())).collect();
    let same = pairs.len();
    for group in by_end.values().filter(|g| g.len() > 1 && g.len() < 12) {
        let list: Vec<&String> = group.iter().collect();
        for (k, x) in list.iter().enumerate() {
            for y in &list[k + 1..] {
                let (p, q): (BTreeSet<String>, BTreeSet<String>) =
                    (words(x).into_iter().collect(), words(y).into_iter().collect());
                let both = p.intersection(&q).count() as f64;
                if both / (p.len() + q.len()) as f64 * 2.0 >= LEAST_ALIKE && words(x) != words(y) {
                    pairs.insert(((*x).clone(), (*y).clone()));
                }
            }
        }
    }
    println!("  {} pairs of sentences, {same} of them the same to the letter", pairs.len());
    // Spread over the whole list, always the same ones; edited pairs all.
    let (edited, equal): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(a, b)| a != b);
    let pick = |list: Vec<(String, String)>, most: usize| -> Vec<(String, String)> {
        let step = list.len().div_ceil(most).max(1);
        list.into_iter().step_by(step).collect()
    };
    let mut out = pick(edited, MOST_PAIRS / 2);
    out.extend(pick(equal, MOST_PAIRS / 2));
    Ok(out)
}

/// Pairs of wordings that a reader calls one statement.
fn paraphrases(bench: &Path) -> Result<Vec<(String, String)>> {
    let gold = super::json(&bench.join("accounts/newswcl50.json"))?;
    let texts: BTreeMap<String, Vec<char>> = predict::read(&bench.join("stories/newswcl50.jsonl"))?
        .iter()
        .map(|r| {
            (r["id"].as_str().unwrap_or("").to_owned(), r["text"].as_str().unwrap_or("").chars().collect())
        })
        .collect();
    let mut out = Vec::new();
    for s in gold["events"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|e| e["statements"].as_array().into_iter().flatten())
    {
        if s["agreement"] != "agrees" && s["agreement"] != "quote variant" {
            continue;
        }
        let spans: Vec<(String, String)> = s["reports"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|r| {
                let id = r["id"].as_str()?.to_owned();
                let t = texts.get(&id)?;
                let (a, b) = (r["start"].as_u64()? as usize, r["end"].as_u64()? as usize);
                Some((id, t[a.min(t.len())..b.min(t.len())].iter().collect()))
            })
            .collect();
        for (k, x) in spans.iter().enumerate() {
            out.extend(spans[k + 1..].iter().filter(|y| y.0 != x.0).map(|y| (x.1.clone(), y.1.clone())));
        }
    }
    Ok(out)
}

/// Recall by kind of change, false alarms on untouched pairs and on paraphrases.
pub(super) fn run(bench: &Path) -> Result<Figures> {
    let pairs = aligned(bench)?;
    let verbose = std::env::var("HEADWATER_EVAL_VERBOSE").is_ok_and(|v| v == "injected");
    let mut out = Figures::new();
    let alarms = |list: &[(String, String)]| -> Vec<Vec<Change>> {
        list.par_iter().map(|(a, b)| seen(a, b)).collect()
    };
    for (name, list) in [("untouched", &pairs), ("paraphrases", &paraphrases(bench)?)] {
        let found = alarms(list);
        let n = found.iter().filter(|f| !f.is_empty()).count();
        println!("  {name}: {n} of {} called altered", list.len());
        out.insert(format!("{name}.no_alarm"), 1.0 - n as f64 / list.len().max(1) as f64);
        if verbose {
            for ((a, b), f) in list.iter().zip(&found).filter(|(_, f)| !f.is_empty()) {
                println!("    {f:?}\n      {a}\n      {b}");
            }
        }
    }
    let injected: Vec<(Change, String, String)> = pairs
        .par_iter()
        .flat_map_iter(|(a, b)| {
            changes(a, b).into_iter().map(|(c, text)| (c, a.clone(), text)).collect::<Vec<_>>()
        })
        .collect();
    let found: Vec<bool> = injected.par_iter().map(|(c, a, b)| seen(a, b).contains(c)).collect();
    let mut all = (0, 0);
    for kind in [Change::Number, Change::Date, Change::Name, Change::Polarity] {
        let of: Vec<bool> =
            injected.iter().zip(&found).filter(|((c, ..), _)| *c == kind).map(|(_, f)| *f).collect();
        let hits = of.iter().filter(|f| **f).count();
        println!("  {kind:?}: {hits} of {} noticed", of.len());
        out.insert(
            format!("{}.noticed", format!("{kind:?}").to_lowercase()),
            hits as f64 / of.len().max(1) as f64,
        );
        all = (all.0 + hits, all.1 + of.len());
    }
    out.insert("all.noticed".into(), all.0 as f64 / all.1.max(1) as f64);
    if verbose {
        for ((c, a, b), _) in injected.iter().zip(&found).filter(|(_, f)| !**f) {
            println!("    missed {c:?}\n      {a}\n      {b}");
        }
    }
    Ok(out)
}
