//! Who passed on whose words, against labelled chains (`attribution/chains_train.json`, rules in `CHAINS.md`).
//!
//! A chain counts as whole when it has the label's number of levels, every level's source shares a word with
//! the label's, in order, and the contents have half of their words in common. Articles are dealt to two
//! halves in turn: `developed`, which was looked at, and `held_out`, which was not; and so are those labelled
//! further. The flat attributions of all are among what the taggers were trained on.

use super::Figures;
use super::attribution::{Set, covered, spans, tokens};
use crate::predict;
use anyhow::Result;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// A chain: sources from the outermost in, and what was said.
struct Chain {
    sources: Vec<Set>,
    content: Set,
}

/// Share of the words of two contents together that they must have in common.
const SAME: f64 = 0.5;

/// What is counted in one half.
#[derive(Default)]
struct Counts {
    chains: f64,
    whole: f64,
    innermost: f64,
    outermost: f64,
    number: f64,
    controls: f64,
    false_chains: f64,
}

fn touch(a: &Set, b: &Set) -> bool {
    a.intersection(b).next().is_some()
}

fn iou(a: &Set, b: &Set) -> f64 {
    a.intersection(b).count() as f64 / a.union(b).count().max(1) as f64
}

/// Chains of two levels and more in an answer.
fn chains_of(answer: &Value, words: &[(usize, usize)]) -> Vec<Chain> {
    let Some(list) = answer["attributions"].as_array() else { return Vec::new() };
    let parent = |i: usize| list[i]["parent"].as_u64().map(|p| p as usize).filter(|&p| p < list.len());
    let chain = |i: usize| {
        let mut sources = vec![covered(&spans(&list[i]["source"]), words)];
        let mut at = parent(i);
        while let Some(p) = at.filter(|_| sources.len() < list.len()) {
            sources.push(covered(&spans(&list[p]["source"]), words));
            at = parent(p);
        }
        sources.reverse();
        Chain { sources, content: covered(&spans(&list[i]["content"]), words) }
    };
    (0..list.len()).map(chain).filter(|c| c.sources.len() > 1 && !c.content.is_empty()).collect()
}

fn labelled(row: &Value, words: &[(usize, usize)]) -> Chain {
    let source = |level: &Value| {
        let span = (level["source"][0].as_u64(), level["source"][1].as_u64());
        let (Some(a), Some(b)) = span else { return Set::new() };
        covered(&[(a as usize, b as usize)], words)
    };
    Chain {
        sources: row["levels"].as_array().into_iter().flatten().map(source).collect(),
        content: covered(&spans(&row["content"]), words),
    }
}

fn count(labels: &[Chain], controls: &[Chain], found: &[Chain], out: &mut Counts, show: Option<&Text<'_>>) {
    out.chains += labels.len() as f64;
    let mut used = vec![false; found.len()];
    for label in labels {
        let fit = |i: usize| {
            let same = found[i].sources.len() == label.sources.len();
            (same, iou(&found[i].content, &label.content))
        };
        let best = (0..found.len())
            .filter(|&i| !used[i] && fit(i).1 > 0.0)
            .max_by(|&a, &b| fit(a).0.cmp(&fit(b).0).then(fit(a).1.total_cmp(&fit(b).1)).then(b.cmp(&a)));
        let miss = |found: Option<&Chain>| {
            if let Some(text) = show {
                println!("miss {}: {}", text.id, text.chain(label));
                found.into_iter().for_each(|c| println!("   has {}", text.chain(c)));
            }
        };
        let Some(best) = best else {
            miss(None);
            continue;
        };
        used[best] = true;
        let (chain, (same, overlap)) = (&found[best], fit(best));
        let right = |a: Option<&Set>, b: Option<&Set>| a.zip(b).is_some_and(|(a, b)| touch(a, b));
        out.number += f64::from(same);
        out.innermost += f64::from(right(chain.sources.last(), label.sources.last()));
        out.outermost += f64::from(right(chain.sources.first(), label.sources.first()));
        let levels = chain.sources.iter().zip(&label.sources).all(|(a, b)| touch(a, b));
        let whole = same && levels && overlap >= SAME;
        out.whole += f64::from(whole);
        if !whole {
            miss(Some(chain));
        }
    }
    for control in controls {
        out.controls += 1.0;
        let over = |c: &Chain| {
            let both = c.content.intersection(&control.content).count();
            both > 0 && both * 2 >= c.content.len().min(control.content.len())
        };
        let taken = found.iter().find(|c| over(c));
        out.false_chains += f64::from(u8::from(taken.is_some()));
        if let (Some(text), Some(chain)) = (show, taken) {
            println!("false {}: {}", text.id, text.chain(control));
            println!("   has {}", text.chain(chain));
        }
    }
}

/// Labels made for this project by the rules of `CHAINS.md`, on 88 further articles of the training part (one reading).
const FURTHER: &str = "eval/chains.json";

/// Articles with their labels that are counted together.
struct Part<'l> {
    name: &'static str,
    ids: Vec<&'l str>,
    labels: &'l Value,
}

/// Both halves, and the articles labelled further.
pub(super) fn run(bench: &Path) -> Result<Figures> {
    let folder = bench.join("attribution");
    let labels = super::json(&folder.join("chains_train.json"))?;
    let further = super::json(Path::new(FURTHER))?;
    let texts = predict::read(&folder.join("polnear_train.jsonl"))?;
    let texts: BTreeMap<&str, &Value> =
        texts.iter().filter_map(|row| Some((row["id"].as_str()?, row))).collect();
    let ids = |labels: &'_ Value| -> Vec<String> {
        let list = labels["articles"].as_array().into_iter().flatten();
        list.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let both = ids(&labels);
    let [more, held_out_more] = ["developed_further", "held_out_further"].map(|k| &further[k]);
    let (more_ids, held_out_more_ids) = (ids(more), ids(held_out_more));
    let half = |n: usize| both.iter().skip(n).step_by(2).map(String::as_str).collect();
    let parts = [
        Part { name: "developed", ids: half(0), labels: &labels },
        Part { name: "held_out", ids: half(1), labels: &labels },
        Part { name: "developed_further", ids: more_ids.iter().map(String::as_str).collect(), labels: more },
        Part {
            name: "held_out_further",
            ids: held_out_more_ids.iter().map(String::as_str).collect(),
            labels: held_out_more,
        },
    ];
    let verbose = std::env::var("HEADWATER_EVAL_VERBOSE").is_ok_and(|v| v == "dev");
    let mut out = Figures::new();
    for part in parts {
        let rows: Vec<Value> =
            part.ids.iter().filter_map(|id| texts.get(id).map(|row| (*row).clone())).collect();
        let answers = predict::answer("attribution", &rows)?;
        let mut c = Counts::default();
        for (row, answer) in rows.iter().zip(&answers) {
            let chars: Vec<char> = row["text"].as_str().unwrap_or("").chars().collect();
            let words = tokens(&chars);
            let of = |key: &str| -> Vec<Chain> {
                let all = part.labels[key].as_array().into_iter().flatten();
                all.filter(|l| l["id"] == row["id"]).map(|l| labelled(l, &words)).collect()
            };
            let show = Text { id: &row["id"], chars: &chars, words: &words };
            let show = (verbose && part.name.starts_with("developed")).then_some(&show);
            count(&of("chains"), &of("controls"), &chains_of(answer, &words), &mut c, show);
        }
        let share = |n: f64, of: f64| 100.0 * n / of.max(1.0);
        for (name, n) in [
            ("whole", c.whole),
            ("innermost", c.innermost),
            ("outermost", c.outermost),
            ("number_of_levels", c.number),
        ] {
            out.insert(format!("{}.{name}", part.name), share(n, c.chains));
        }
        out.insert(format!("{}.controls_left_alone", part.name), 100.0 - share(c.false_chains, c.controls));
    }
    Ok(out)
}

/// The text that chains are of, for showing what is missed in a part that may be looked at.
struct Text<'t> {
    id: &'t Value,
    chars: &'t [char],
    words: &'t [(usize, usize)],
}

impl Text<'_> {
    fn of(&self, set: &Set) -> String {
        let words = set.iter().filter_map(|w| self.words.get(*w));
        words.map(|w| self.chars[w.0..w.1].iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }

    fn chain(&self, chain: &Chain) -> String {
        let sources: Vec<String> = chain.sources.iter().map(|s| self.of(s)).collect();
        format!("[{}] {}", sources.join(" > "), self.of(&chain.content))
    }
}
