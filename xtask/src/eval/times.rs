//! Temporal tagging by TempEval-3's rules (`time_score.py`): extents, TIMEX3 type and value.

use super::Figures;
use crate::predict;
use anyhow::Result;
use headwater_model::text::calendar;
use serde_json::Value;
use std::path::Path;

struct Mention<'v> {
    start: i64,
    end: i64,
    kind: &'v str,
    value: &'v str,
}

fn mentions(row: &Value) -> Vec<Mention<'_>> {
    let list = row["times"].as_array().map(Vec::as_slice).unwrap_or_default();
    let text = |v: &'_ Value| v.as_i64().unwrap_or(0);
    list.iter()
        .map(|t| Mention {
            start: text(&t["start"]),
            end: text(&t["end"]),
            kind: t["type"].as_str().unwrap_or(""),
            value: t["value"].as_str().unwrap_or(""),
        })
        .collect()
}

/// Values that denote one interval at the granularity written are one.
fn canonical(value: &str) -> String {
    let mut v = value.trim().to_owned();
    while let Some(short) = v.strip_suffix("-XX") {
        v = short.to_owned();
    }
    for (unit, letter, factor) in [("DE", "Y", 10), ("CE", "Y", 100), ("Q", "M", 3), ("W", "D", 7)] {
        if let Some(n) =
            v.strip_prefix('P').and_then(|r| r.strip_suffix(unit)).and_then(|n| n.parse::<u64>().ok())
        {
            return format!("P{}{letter}", n.saturating_mul(factor));
        }
    }
    v
}

/// Whether a gold mention is a weekday and nothing more, and its value can be right: that weekday, at most
/// a week from the day of publication. Gold that names another day of the week, or one the word cannot
/// mean, measures nothing.
fn bare_weekday(words: &str, value: &str, published: &str) -> bool {
    let day = |text: &str| text.get(..10).and_then(|d| d.parse::<jiff::civil::Date>().ok());
    let (Some(told), Some(published)) = (day(value).filter(|_| value.len() == 10), day(published)) else {
        return false;
    };
    let named = calendar::WEEKDAYS.get(told.weekday().to_monday_zero_offset() as usize);
    named == Some(&words) && published.until(told).is_ok_and(|s| s.get_days().abs() <= 7)
}

/// TimeBank, AQUAINT, WikiWars; and the share of bare weekdays in news that are the right day.
pub(super) fn run(bench: &Path) -> Result<Figures> {
    let mut out = Figures::new();
    let (mut weekdays, mut right_days) = (0.0, 0.0);
    for set in ["timebank", "aquaint", "wikiwars_train"] {
        let gold = predict::read(&bench.join("time").join(format!("{set}.jsonl")))?;
        let system = predict::answer("times", &gold)?;
        let (mut n_gold, mut n_system) = (0.0, 0.0);
        let (mut strict, mut relaxed, mut types, mut values, mut intervals) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (g, s) in gold.iter().zip(&system) {
            let chars: Vec<char> = g["text"].as_str().unwrap_or("").chars().collect();
            let words = |a: i64, b: i64| -> String {
                let range = a.max(0) as usize..(b.max(0) as usize).min(chars.len());
                chars.get(range).map(|c| c.iter().collect::<String>().trim().to_owned()).unwrap_or_default()
            };
            let mut found = mentions(s);
            found.sort_by_key(|m| m.start - m.end);
            let mut kept: Vec<Mention<'_>> = Vec::new();
            for m in found {
                if kept.iter().all(|k| m.end <= k.start || m.start >= k.end) {
                    kept.push(m);
                }
            }
            let gold = mentions(g);
            n_gold += gold.len() as f64;
            n_system += kept.len() as f64;
            let mut used = vec![false; kept.len()];
            let published = g["published"].as_str().unwrap_or("");
            for t in &gold {
                let weekday =
                    set != "wikiwars_train" && bare_weekday(&words(t.start, t.end), t.value, published);
                weekdays += f64::from(weekday);
                let overlap = |s: &Mention<'_>| t.end.min(s.end) - t.start.max(s.start);
                let best = (0..kept.len())
                    .filter(|&k| !used[k] && overlap(&kept[k]) > 0)
                    .max_by_key(|&k| (overlap(&kept[k]), k));
                let Some(k) = best else { continue };
                used[k] = true;
                let s = &kept[k];
                relaxed += 1.0;
                strict += f64::from(words(t.start, t.end) == words(s.start, s.end));
                types += f64::from(t.kind == s.kind);
                values += f64::from(t.value == s.value);
                // "Friday" of "Friday night" is the same day
                right_days += f64::from(weekday && s.value.starts_with(t.value));
                intervals += f64::from(canonical(t.value) == canonical(s.value));
            }
        }
        for (name, hits) in [
            ("strict_f1", strict),
            ("relaxed_f1", relaxed),
            ("type_f1", types),
            ("value_f1", values),
            ("interval_f1", intervals),
        ] {
            out.insert(format!("{set}.{name}"), super::prf(hits, n_system, n_gold).2);
        }
    }
    out.insert("news.bare_weekdays_right".to_owned(), 100.0 * right_days / f64::max(weekdays, 1.0));
    Ok(out)
}
