//! Attribution against spans of source, cue and content (`attribution_score.py`).

use super::Figures;
use crate::predict;
use anyhow::Result;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// Numbers of words.
pub(super) type Set = BTreeSet<usize>;

struct Relation {
    source: Set,
    cue: Set,
    content: Set,
    kind: &'static str,
    nested: bool,
}

/// Word tokens of the scorer: `\w+(?:['’]\w+)?`, as ranges of code points.
pub(super) fn tokens(chars: &[char]) -> Vec<(usize, usize)> {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let mut out = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        if !word(chars[i]) {
            i += 1;
            continue;
        }
        let start = i;
        while i < chars.len() && word(chars[i]) {
            i += 1;
        }
        if i + 1 < chars.len() && matches!(chars[i], '\'' | '’') && word(chars[i + 1]) {
            i += 1;
            while i < chars.len() && word(chars[i]) {
                i += 1;
            }
        }
        out.push((start, i));
    }
    out
}

pub(super) fn spans(v: &Value) -> Vec<(usize, usize)> {
    let pair = |s: &Value| Some((s.get(0)?.as_u64()? as usize, s.get(1)?.as_u64()? as usize));
    v.as_array().into_iter().flatten().filter_map(pair).collect()
}

pub(super) fn covered(spans: &[(usize, usize)], words: &[(usize, usize)]) -> Set {
    let mut out = Set::new();
    for &(x, y) in spans {
        let first = words.partition_point(|w| w.1 <= x);
        out.extend((first..words.len()).take_while(|&i| words[i].0 < y));
    }
    out
}

fn kind(chars: &[char], content: &[(usize, usize)]) -> &'static str {
    let (a, b) =
        (content.iter().map(|s| s.0).min().unwrap_or(0), content.iter().map(|s| s.1).max().unwrap_or(0));
    let quoted = |x: usize, y: usize| {
        chars
            .get(x.min(chars.len())..y.min(chars.len()))
            .is_some_and(|s| s.iter().any(|c| "\"“”„«»".contains(*c)))
    };
    if !quoted(a.saturating_sub(1), b + 1) {
        "indirect"
    } else if quoted(a.saturating_sub(1), a + 1) && quoted(b.saturating_sub(2), b + 2) {
        "direct"
    } else {
        "mixed"
    }
}

fn relations(row: &Value, chars: &[char], words: &[(usize, usize)]) -> Vec<Relation> {
    let list = row["attributions"].as_array().into_iter().flatten();
    list.map(|a| {
        let content = spans(&a["content"]);
        Relation {
            source: covered(&spans(&a["source"]), words),
            cue: covered(&spans(&a["cue"]), words),
            kind: kind(chars, &content),
            nested: a["nested"].as_bool().unwrap_or(false),
            content: covered(&content, words),
        }
    })
    .filter(|r| !r.content.is_empty())
    .collect()
}

fn measure(rows: &[Value], set: &str, out: &mut Figures) -> Result<()> {
    let answers = predict::answer("attribution", rows)?;
    let (mut gold, mut system, mut exact, mut m50, mut triple) = (0.0, 0.0, 0.0, 0.0, 0.0);
    let (mut direct, mut direct_found, mut nested, mut nested_found) = (0.0, 0.0, 0.0, 0.0);
    let (mut sources, mut overlaps) = (0.0, 0.0);
    let (mut tokens_hit, mut tokens_gold, mut tokens_system) = (0.0, 0.0, 0.0);
    for (row, answer) in rows.iter().zip(&answers) {
        let chars: Vec<char> = row["text"].as_str().unwrap_or("").chars().collect();
        let words = tokens(&chars);
        let (g, p) = (relations(row, &chars, &words), relations(answer, &chars, &words));
        let union = |list: &[Relation]| list.iter().flat_map(|r| r.content.iter().copied()).collect::<Set>();
        let (gt, pt) = (union(&g), union(&p));
        tokens_hit += gt.intersection(&pt).count() as f64;
        tokens_gold += gt.len() as f64;
        tokens_system += pt.len() as f64;
        gold += g.len() as f64;
        system += p.len() as f64;
        direct += g.iter().filter(|r| r.kind == "direct").count() as f64;
        nested += g.iter().filter(|r| r.nested).count() as f64;
        let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
        for (i, x) in p.iter().enumerate() {
            for (j, y) in g.iter().enumerate() {
                let both = x.content.intersection(&y.content).count() as f64;
                if both > 0.0 {
                    pairs.push((both / x.content.union(&y.content).count() as f64, i, j));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((b.1, b.2).cmp(&(a.1, a.2))));
        let (mut used_p, mut used_g) = (Set::new(), Set::new());
        for (iou, i, j) in pairs {
            if used_p.contains(&i) || used_g.contains(&j) {
                continue;
            }
            used_p.insert(i);
            used_g.insert(j);
            exact += f64::from(iou == 1.0);
            if iou < 0.5 {
                continue;
            }
            let (x, y) = (&p[i], &g[j]);
            m50 += 1.0;
            direct_found += f64::from(y.kind == "direct");
            nested_found += f64::from(y.nested);
            let touch = |a: &Set, b: &Set| a.intersection(b).next().is_some();
            if !y.source.is_empty() {
                sources += 1.0;
                overlaps += f64::from(touch(&x.source, &y.source));
            }
            let source = touch(&x.source, &y.source) || x.source.is_empty() && y.source.is_empty();
            triple += f64::from(source && (touch(&x.cue, &y.cue) || y.cue.is_empty()));
        }
    }
    for (name, hits) in [("content_exact_f", exact), ("content_iou50_f", m50), ("triple50_f", triple)] {
        out.insert(format!("{set}.{name}"), super::prf(hits, system, gold).2);
    }
    out.insert(format!("{set}.content_tokens_f"), super::prf(tokens_hit, tokens_system, tokens_gold).2);
    for (name, hits, all) in [
        ("direct_recall", direct_found, direct),
        ("source_overlap", overlaps, sources),
        ("nested_recall", nested_found, nested),
    ] {
        if all > 0.0 {
            out.insert(format!("{set}.{name}"), 100.0 * hits / all);
        }
    }
    Ok(())
}

/// PolNeAR and the German set, development parts.
pub(super) fn run(bench: &Path) -> Result<Figures> {
    let mut out = Figures::new();
    for set in ["polnear_dev", "german_wikinews_dev"] {
        let rows = predict::read(&bench.join("attribution").join(format!("{set}.jsonl")))?;
        measure(&rows, set, &mut out)?;
    }
    Ok(out)
}
