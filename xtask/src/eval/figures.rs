//! Pairs of figures on casualties (`claims/fakes_pairs.json`, rules in `FAKES_PAIRS.md`): the label of a pair given
//! its two figures, and what the account lines up by itself from the articles alone.
//!
//! Incidents are parted into a half that the model is trained on and a half held out, by a hash of their names.

use super::Figures;
use crate::predict::{self, figures::label};
use anyhow::{Context, Result};
use headwater_model::Span;
use headwater_model::text::offsets::CodePoints;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// One gold pair as a row of the task.
pub(crate) struct Gold {
    pub(crate) row: Value,
    pub(crate) label: String,
    pub(crate) sure: bool,
    pub(crate) held_out: bool,
    units: [String; 2],
}

/// FNV-1a, as a coin.
fn coin(name: &str) -> bool {
    let h =
        name.bytes().fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    (h >> 33) & 1 == 1
}

fn articles(bench: &Path) -> Result<BTreeMap<String, Value>> {
    let rows = predict::read(&bench.join("claims/fakes_to_2015.jsonl"))?;
    Ok(rows.into_iter().map(|r| (id(&r["unit_id"]), r)).collect())
}

fn id(v: &Value) -> String {
    v.as_str().map_or_else(|| v.to_string(), str::to_owned)
}

/// A day out of "9/27/2013" or "2013-09-27".
fn day(text: &str) -> Option<String> {
    if text.len() >= 10 && text.as_bytes()[4] == b'-' {
        return Some(text[..10].to_owned());
    }
    let mut parts = text.split('/').map(|p| p.trim().parse::<u32>().ok());
    let (m, d, y) = (parts.next()??, parts.next()??, parts.next()??);
    Some(format!("{y:04}-{m:02}-{d:02}"))
}

/// Every gold pair.
pub(crate) fn gold(bench: &Path) -> Result<Vec<Gold>> {
    let texts = articles(bench)?;
    let file = super::json(&bench.join("claims/fakes_pairs.json"))?;
    let pairs = file["pairs"].as_array().context("fakes_pairs.json has no list of pairs")?;
    let side = |f: &Value| -> Result<Value> {
        let unit = id(&f["unit_id"]);
        let t = texts.get(&unit).with_context(|| format!("no text {unit}"))?;
        Ok(json!({"text": t["article_content"], "outlet": t["source"], "start": f["start"], "end": f["end"],
                  "published": day(t["date"].as_str().unwrap_or("")).unwrap_or_default()}))
    };
    pairs
        .iter()
        .enumerate()
        .map(|(n, p)| {
            Ok(Gold {
                row: json!({"id": n, "a": side(&p["a"])?, "b": side(&p["b"])?}),
                label: p["label"].as_str().unwrap_or("").to_owned(),
                sure: p["sure"].as_bool().unwrap_or(false),
                held_out: coin(p["incident"].as_str().unwrap_or("")),
                units: [id(&p["a"]["unit_id"]), id(&p["b"]["unit_id"])],
            })
        })
        .collect()
}

fn share(hits: usize, all: usize) -> f64 {
    hits as f64 / all.max(1) as f64
}

/// Both measures, on both halves.
pub(super) fn run(bench: &Path) -> Result<Figures> {
    let gold = gold(bench)?;
    let verbose = std::env::var("HEADWATER_EVAL_VERBOSE").is_ok_and(|v| v == "figures");
    let rows: Vec<Value> = gold.iter().map(|g| g.row.clone()).collect();
    let answers = predict::answer("figures", &rows)?;
    let mut out = Figures::new();
    for (part, held) in [("developed", false), ("held_out", true)] {
        let of: Vec<(&Gold, &str)> = gold
            .iter()
            .zip(&answers)
            .filter(|(g, _)| g.held_out == held)
            .map(|(g, a)| (g, a["label"].as_str().unwrap_or("")))
            .collect();
        let sure: Vec<_> = of.iter().filter(|(g, _)| g.sure).collect();
        let right = |l: &[&(&Gold, &str)]| l.iter().filter(|(g, a)| g.label == *a).count();
        out.insert(format!("{part}.sure_right"), share(right(&sure), sure.len()));
        let unsure: Vec<_> = of.iter().filter(|(g, _)| !g.sure).collect();
        println!(
            "  {part}: sure {} of {}, not sure {} of {}",
            right(&sure),
            sure.len(),
            right(&unsure),
            unsure.len()
        );
        let mut table: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for (g, a) in &sure {
            *table.entry((g.label.as_str(), a)).or_default() += 1;
        }
        for ((g, a), n) in &table {
            println!("    {g:<15} {} {a:<15} {n}", if g == a { "=" } else { "→" });
        }
        // A conflict said where the gold has none is the worst error.
        let said: Vec<_> = of.iter().filter(|(_, a)| *a == "conflict").collect();
        out.insert(format!("{part}.conflict_precision"), share(right(&said), said.len()));
    }
    if verbose {
        for (g, a) in
            gold.iter().zip(&answers).filter(|(g, a)| g.sure && !g.held_out && a["label"] != *g.label)
        {
            println!("  {} gold {}, got {}", g.row["id"], g.label, a["label"]);
            println!("     {}", a["because"].as_str().unwrap_or(""));
            for k in ["a", "b"] {
                let text: Vec<char> = g.row[k]["text"].as_str().unwrap_or("").chars().collect();
                let at = |n: &str| g.row[k][n].as_u64().unwrap_or(0) as usize;
                let cut = |x: usize, y: usize| {
                    text[x.min(text.len())..y.min(text.len())].iter().collect::<String>()
                };
                println!(
                    "     {} [[{}]] {}",
                    cut(at("start").saturating_sub(90), at("start")),
                    cut(at("start"), at("end")),
                    cut(at("end"), at("end") + 90)
                );
            }
        }
    }
    by_itself(bench, &gold, &mut out)?;
    Ok(out)
}

/// What the account lines up by itself, all articles at once: the label of pairs across two articles. A pair that is
/// not lined up counts as told apart, which is right for another incident, and for unlike counts of one (scope).
fn by_itself(bench: &Path, gold: &[Gold], out: &mut Figures) -> Result<()> {
    let texts = articles(bench)?;
    let mut articles: Vec<headwater_model::Article> = texts
        .iter()
        .map(|(id, t)| {
            predict::accounts::article(&json!({"id": id, "text": t["article_content"], "outlet": t["source"],
                "published": day(t["date"].as_str().unwrap_or("")).unwrap_or_default()}))
        })
        .collect();
    articles.sort_by(|a, b| a.id.cmp(&b.id));
    let analysis = headwater::analyse_articles(articles, predict::accounts::models(), &mut |_, _, _| {});
    let index: BTreeMap<&str, usize> =
        analysis.articles.iter().enumerate().map(|(i, a)| (a.id.as_str(), i)).collect();
    let place = |g: &Gold, k: usize| -> Option<(usize, Span)> {
        let at = *index.get(g.units[k].as_str())?;
        let text = analysis.articles[at].text.as_str();
        let map = CodePoints::new(text);
        let v = &g.row[["a", "b"][k]];
        let byte = |n: &str| v[n].as_u64().map(|p| map.to_byte(text, p as u32));
        Some((at, Span { start: byte("start")?, end: byte("end")? }))
    };
    let across: Vec<&Gold> = gold.iter().filter(|g| g.units[0] != g.units[1]).collect();
    let labels: Vec<Option<&'static str>> = across
        .par_iter()
        .map(|g| {
            let (a, b) = (place(g, 0)?, place(g, 1)?);
            let holds = |s: &headwater_model::Statement, p: (usize, Span)| {
                s.reports
                    .iter()
                    .any(|r| r.article.at() == p.0 && r.value_span.is_some_and(|v| v.overlaps(p.1)))
            };
            let together: Vec<_> =
                analysis.statements.iter().filter(|s| holds(s, a) && holds(s, b)).collect();
            let best = together.iter().min_by_key(|s| s.reports.len())?;
            let judged = predict::figures::judge(&g.row).ok().flatten().and_then(|x| x.agreement);
            Some(label(judged.or(Some(best.agreement))))
        })
        .collect();
    if std::env::var("HEADWATER_EVAL_VERBOSE").is_ok_and(|v| v == "figures") {
        for (g, _) in across.iter().zip(&labels).filter(|(g, l)| {
            l.is_none()
                && g.sure
                && !g.held_out
                && matches!(g.label.as_str(), "agree" | "rounding" | "update" | "conflict")
        }) {
            let (Some(a), Some(b)) = (place(g, 0), place(g, 1)) else { continue };
            let told = |p: (usize, Span)| {
                analysis
                    .statements
                    .iter()
                    .filter(|s| {
                        s.reports
                            .iter()
                            .any(|r| r.article.at() == p.0 && r.value_span.is_some_and(|v| v.overlaps(p.1)))
                    })
                    .count()
            };
            let story = |p: (usize, Span)| {
                analysis.stories.iter().position(|s| s.articles.iter().any(|x| x.at() == p.0))
            };
            println!(
                "  apart {} {} stories {:?} {:?} in {} and {} statements",
                g.row["id"],
                g.label,
                story(a),
                story(b),
                told(a),
                told(b)
            );
            for p in [a, b] {
                let text = analysis.articles[p.0].text.as_str();
                let cut = |at: usize| {
                    (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
                };
                println!(
                    "      {}",
                    &text[cut((p.1.start as usize).saturating_sub(70))..cut(p.1.end as usize + 90)]
                );
            }
        }
    }
    for (part, held) in [("developed", false), ("held_out", true)] {
        let of: Vec<(&&Gold, &Option<&str>)> =
            across.iter().zip(&labels).filter(|(g, _)| g.held_out == held && g.sure).collect();
        let one: Vec<_> =
            of.iter().filter(|(g, _)| !matches!(g.label.as_str(), "other incident" | "scope")).collect();
        let together = one.iter().filter(|(_, l)| l.is_some()).count();
        let right = of
            .iter()
            .filter(|(g, l)| match l {
                Some(l) => *l == g.label,
                None => matches!(g.label.as_str(), "other incident" | "scope"),
            })
            .count();
        let mixed = of.iter().filter(|(g, l)| g.label == "other incident" && l.is_some()).count();
        println!(
            "  {part} by itself: {right} of {} right; of one thing and extent {together} of {} lined up; {mixed} of other incidents lined up",
            of.len(),
            one.len()
        );
        out.insert(format!("{part}.by_itself_right"), share(right, of.len()));
        out.insert(format!("{part}.by_itself_lined_up"), share(together, one.len()));
    }
    Ok(())
}
