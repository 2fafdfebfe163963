//! Whole accounts against the gold of five events (`accounts/README.md` of the bench): statements lined up,
//! agreement, origins, quotations. Events 0, 5 and 6 are for developing; 2 and 7 are held out.

use super::Figures;
use crate::predict;
use anyhow::Result;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// The events that thresholds were chosen on.
pub(crate) const DEVELOPED_ON: &[&str] = &["0", "5", "6"];

pub(crate) fn range(v: &Value) -> (i64, i64) {
    (v["start"].as_i64().unwrap_or(0), v["end"].as_i64().unwrap_or(0))
}

/// Half or more of the shorter span.
pub(crate) fn overlap(a: (i64, i64), b: (i64, i64)) -> bool {
    let both = a.1.min(b.1) - a.0.max(b.0);
    both > 0 && 2 * both >= (a.1 - a.0).min(b.1 - b.0)
}

pub(crate) fn list(v: &Value) -> &[Value] {
    v.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn bare(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

#[derive(Default)]
struct Counts {
    shared: f64,
    found: f64,
    strict: f64,
    lenient: f64,
    false_conflicts: f64,
    conflicts: f64,
    conflicts_found: f64,
    single: f64,
    single_right: f64,
    one: f64,
    one_right: f64,
    two: f64,
    two_right: f64,
    meets: f64,
    quotes: f64,
    quotes_found: f64,
    speakers: f64,
    pairs: f64,
    pairs_found: f64,
    copied: f64,
}

/// The system statement that covers the most gold reports, and which it covers.
fn best<'v>(system: &'v [Value], gold: &Value) -> (Option<&'v Value>, Vec<String>) {
    let covered = |s: &Value| -> Vec<String> {
        let mut out: Vec<String> = list(&gold["reports"])
            .iter()
            .filter(|g| {
                list(&s["reports"]).iter().any(|r| r["article"] == g["id"] && overlap(range(r), range(g)))
            })
            .filter_map(|g| g["id"].as_str().map(str::to_owned))
            .collect();
        out.dedup();
        out
    };
    let accepted = |s: &Value| s["agreement"] == gold["agreement"];
    let best = system
        .iter()
        .map(|s| (covered(s), s))
        .max_by_key(|(c, s)| (c.len(), accepted(s), std::cmp::Reverse(list(&s["reports"]).len())));
    match best {
        Some((c, s)) => (Some(s), c),
        None => (None, Vec::new()),
    }
}

fn event(gold: &Value, system: &Value, verbose: bool) -> Counts {
    let mut n = Counts::default();
    let statements = list(&system["statements"]);
    for g in list(&gold["statements"]) {
        let (found, covered) = best(statements, g);
        if g["agreement"] == "single report" {
            n.single += 1.0;
            let attached = statements.iter().any(|s| {
                let hit = list(&s["reports"]).iter().any(|r| {
                    list(&g["reports"]).iter().any(|x| r["article"] == x["id"] && overlap(range(r), range(x)))
                });
                hit && list(&s["reports"])
                    .iter()
                    .any(|r| list(&g["reports"]).iter().all(|x| r["article"] != x["id"]))
            });
            n.single_right += f64::from(!attached);
            continue;
        }
        n.shared += 1.0;
        let ids = list(&g["reports"]).len();
        n.pairs += (ids * (ids - 1) / 2) as f64;
        n.pairs_found += (covered.len() * covered.len().saturating_sub(1) / 2) as f64;
        n.conflicts += f64::from(g["agreement"] == "conflict");
        let Some(s) = found.filter(|_| covered.len() >= 2) else {
            if verbose {
                println!("    missed {}: {}", g["n"], g["gist"]);
            }
            continue;
        };
        n.found += 1.0;
        let right = s["agreement"] == g["agreement"];
        let accepted = right || list(&g["also_accept"]).contains(&s["agreement"]);
        n.strict += f64::from(right);
        n.lenient += f64::from(accepted);
        if s["agreement"] == "conflict" {
            n.false_conflicts += f64::from(!accepted);
            n.conflicts_found += f64::from(right);
        }
        let (least, most) =
            (g["origins"]["least"].as_i64().unwrap_or(1), g["origins"]["most"].as_i64().unwrap_or(1));
        let (l, m) =
            (s["origins"]["least"].as_i64().unwrap_or(0), s["origins"]["most"].as_i64().unwrap_or(0));
        n.meets += f64::from(l <= most && least <= m);
        if (least, most) == (1, 1) {
            n.one += 1.0;
            n.one_right += f64::from((l, m) == (1, 1));
        }
        if least >= 2 {
            n.two += 1.0;
            n.two_right += f64::from(m >= 2);
        }
        if verbose {
            println!(
                "    {} {}: {} (gold {}), origins {l}–{m} (gold {least}–{most}) {:?}: {}",
                if accepted { "ok  " } else { "DIFF" },
                g["n"],
                s["agreement"],
                g["agreement"],
                list(&s["origins"]["list"]).iter().filter_map(Value::as_str).collect::<Vec<_>>(),
                g["gist"]
            );
        }
    }
    for q in list(&gold["quotes"]) {
        n.quotes += 1.0;
        let hit =
            list(&system["quotes"]).iter().filter(|x| x["article"] == q["id"] && overlap(range(x), range(q)));
        let mut any = false;
        let mut speaker = false;
        let mut told = String::new();
        for x in hit {
            any = true;
            let wanted = bare(q["speaker"].as_str().unwrap_or(""));
            let given = [x["speaker"]["entity"].as_str(), x["speaker"]["text"].as_str()];
            let last = wanted.rsplit(' ').next().unwrap_or("").to_owned();
            speaker |= given.iter().flatten().any(|g| {
                let g = bare(g);
                g == wanted
                    || !g.is_empty() && (wanted.contains(&g) || g.contains(&wanted))
                    || g.split(' ').any(|w| w == last && last.len() > 3)
            });
            told = format!("{} / {}", x["speaker"]["text"], x["speaker"]["entity"]);
        }
        n.quotes_found += f64::from(any);
        n.speakers += f64::from(speaker);
        if verbose && !speaker {
            println!(
                "    quote {} {}: {} wanted {}, got {told}",
                q["id"],
                q["first_words"],
                if any { "speaker" } else { "MISSED" },
                q["speaker"]
            );
        }
    }
    n.copied += list(&system["copies"]).iter().filter(|c| c["state"] == "copied").count() as f64;
    n
}

fn put(out: &mut Figures, part: &str, n: &[Counts]) {
    let sum = |f: fn(&Counts) -> f64| n.iter().map(f).sum::<f64>();
    let share = |a: f64, b: f64| if b > 0.0 { a / b } else { 0.0 };
    let found = sum(|c| c.found);
    let mut add = |name: &str, v: f64| out.insert(format!("{part}.{name}"), v);
    add("found", share(found, sum(|c| c.shared)));
    add("report_pairs", share(sum(|c| c.pairs_found), sum(|c| c.pairs)));
    add("agreement_strict", share(sum(|c| c.strict), found));
    add("agreement_lenient", share(sum(|c| c.lenient), found));
    add("not_false_conflicts", -sum(|c| c.false_conflicts));
    add("single_report_right", share(sum(|c| c.single_right), sum(|c| c.single)));
    add("one_origin", share(sum(|c| c.one_right), sum(|c| c.one)));
    add("more_than_one_origin", share(sum(|c| c.two_right), sum(|c| c.two)));
    add("origins_meet", share(sum(|c| c.meets), found));
    add("quotes_found", share(sum(|c| c.quotes_found), sum(|c| c.quotes)));
    add("speakers_right", share(sum(|c| c.speakers), sum(|c| c.quotes)));
    add("not_copied", -sum(|c| c.copied));
}

/// Accounts labelled in full for this project, by the rules of the bench's and one reading: every statement that two
/// reports share is there.
const IN_FULL: &str = "eval/accounts.json";

/// Events of these that nothing is learned from, and that are not looked at.
const HELD_OUT: &[&str] = &["4", "9"];

/// One event labelled in full.
pub(crate) struct Labelled {
    pub(crate) gold: Value,
    /// Its reports, as rows of the story files.
    pub(crate) articles: Vec<Value>,
    pub(crate) held_out: bool,
}

/// The events labelled in full.
pub(crate) fn in_full(bench: &Path) -> Result<Vec<Labelled>> {
    let labels = super::json(Path::new(IN_FULL))?;
    let mut rows = predict::read(&bench.join("stories/newswcl50.jsonl"))?;
    rows.extend(predict::read(&bench.join("stories/fnc1_train_bodies.jsonl"))?);
    let of = |gold: &Value| Labelled {
        articles: rows
            .iter()
            .filter(|r| r["event"] == gold["event"] && list(&gold["articles"]).contains(&r["id"]))
            .cloned()
            .collect(),
        held_out: HELD_OUT.iter().any(|h| gold["event"] == *h),
        gold: gold.clone(),
    };
    Ok(list(&labels["events"]).iter().map(of).collect())
}

/// Pairs of places in two reports that the program lines up, and how many of them are one statement.
fn lined_up(gold: &Value, system: &Value) -> (f64, f64) {
    // An article's id and a range of its text.
    type Place<'p> = (&'p str, (i64, i64));
    let mut pairs: BTreeSet<(Place<'_>, Place<'_>)> = BTreeSet::new();
    for statement in list(&system["statements"]) {
        let places: Vec<Place<'_>> = list(&statement["reports"])
            .iter()
            .filter_map(|r| Some((r["article"].as_str()?, range(r))))
            .collect();
        for (n, a) in places.iter().enumerate() {
            for b in places[n + 1..].iter().filter(|b| b.0 != a.0) {
                pairs.insert((*a.min(b), *a.max(b)));
            }
        }
    }
    let told = |statement: &Value, article: &str, place: (i64, i64)| {
        list(&statement["reports"]).iter().any(|r| r["id"] == article && overlap(range(r), place))
    };
    let right = pairs
        .iter()
        .filter(|(a, b)| list(&gold["statements"]).iter().any(|s| told(s, a.0, a.1) && told(s, b.0, b.1)));
    (right.count() as f64, pairs.len() as f64)
}

/// The bench's five events of five reports, the held-out ones apart; and those labelled in full.
pub(super) fn run(bench: &Path) -> Result<Figures> {
    let gold = super::json(&bench.join("accounts/newswcl50.json"))?;
    let rows = predict::read(&bench.join("stories/newswcl50.jsonl"))?;
    let verbose = std::env::var("HEADWATER_EVAL_VERBOSE").ok();
    let show = |event_id: &str, dev: bool| {
        let show = verbose.as_deref() == Some(event_id) || verbose.as_deref() == Some("dev") && dev;
        if show {
            println!("  event {event_id}");
        }
        show
    };
    let (mut developed, mut held_out) = (Vec::new(), Vec::new());
    for g in list(&gold["events"]) {
        let articles: Vec<Value> =
            rows.iter().filter(|r| list(&g["articles"]).contains(&r["id"])).cloned().collect();
        let event_id = g["event"].as_str().unwrap_or("").to_owned();
        let system = predict::answer("accounts", &[json!({"id": event_id, "articles": articles})])?;
        let dev = DEVELOPED_ON.contains(&event_id.as_str());
        let counts = event(g, &system[0], show(&event_id, dev));
        if dev { developed.push(counts) } else { held_out.push(counts) }
    }
    let mut out = Figures::new();
    put(&mut out, "developed", &developed);
    put(&mut out, "held_out", &held_out);
    let mut full = [("in_full", Vec::new(), 0.0, 0.0), ("in_full_held_out", Vec::new(), 0.0, 0.0)];
    for labelled in in_full(bench)? {
        let event_id = labelled.gold["event"].as_str().unwrap_or("").to_owned();
        let system = predict::answer("accounts", &[json!({"id": event_id, "articles": labelled.articles})])?;
        let part = &mut full[usize::from(labelled.held_out)];
        part.1.push(event(&labelled.gold, &system[0], show(&event_id, !labelled.held_out)));
        let (right, all) = lined_up(&labelled.gold, &system[0]);
        (part.2, part.3) = (part.2 + right, part.3 + all);
    }
    for (part, counts, right, all) in full {
        let mut figures = Figures::new();
        put(&mut figures, part, &counts);
        // Quotations, single reports and copies are not labelled there.
        for name in [
            "found",
            "report_pairs",
            "agreement_strict",
            "agreement_lenient",
            "one_origin",
            "more_than_one_origin",
            "origins_meet",
            "not_false_conflicts",
        ] {
            let name = format!("{part}.{name}");
            out.extend(figures.remove_entry(&name));
        }
        out.insert(format!("{part}.pairs_right"), right / all.max(1.0));
    }
    Ok(out)
}
