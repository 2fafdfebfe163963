//! Trains the weights of grouping from the bench, and counts the background table.
//!
//! Cross-validation is over events (over topics in ECB+, so that look-alikes stay in one fold); what is
//! printed and written into the card are the held-out folds. The background is counted on texts that are in
//! none of the story sets, so that unseen stories meet the same table.

use super::logistic::{Row, logistic};
use crate::predict;
use anyhow::{Context, Result};
use headwater_group::events::GroupInput;
use headwater_group::events::learn::{BackgroundBuilder, JOIN_FEATURES, Learned, Set};
use headwater_model::text::Outline;
use headwater_model::{Annotations, Article, DateRange};
use rayon::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Folds of the cross-validation.
const FOLDS: u32 = 3;
/// Divisions into folds that are averaged.
const REPEATS: u32 = 3;
/// Added to the log-odds of joining, for full reports and for headlines: B³ weighs a group that stays in parts
/// more than the loss of a single step does. Chosen on the held-out folds.
const JOIN_BIAS: [f32; 2] = [0.4, 0.6];
/// Strength of the ridge on weights of standardised features.
const RIDGE: f64 = 2e-4;

/// A text with its outline.
struct Text {
    article: Article,
    outline: Outline,
    annotations: Annotations,
}

impl Text {
    fn new(title: &str, text: &str) -> Self {
        let article = Article {
            title: (!title.is_empty()).then(|| title.to_owned()),
            text: text.to_owned(),
            ..Article::default()
        };
        Text { outline: Outline::new(&article.text), article, annotations: Annotations::default() }
    }

    fn input(&self) -> GroupInput<'_> {
        GroupInput {
            article: &self.article,
            outline: &self.outline,
            annotations: &self.annotations,
            entities: &[],
            published: DateRange::default(),
        }
    }
}

/// A story set with its gold.
struct Gold {
    name: &'static str,
    set: Set,
    events: Vec<String>,
    /// What must stay in one fold: the topic, or the event.
    units: Vec<String>,
    /// Weight of its pairs in training.
    weight: f64,
    /// Whether grouping is measured on it.
    measured: bool,
}

/// Reads the bench, trains, writes.
pub(crate) fn run(bench: &Path) -> Result<()> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/headwater-group/data");
    let background = background(bench)?;
    println!("background: {} bytes", background.len());
    std::fs::write(data.join("background.bin"), &background)?;
    let golds = golds(bench, &background)?;
    let mut held: BTreeMap<&str, Vec<(Score, Score)>> = BTreeMap::new();
    for seed in 0..REPEATS {
        for fold in 0..FOLDS {
            let fold = Fold { seed, fold };
            let learned = learn(&golds, Some(fold));
            for gold in golds.iter().filter(|g| g.measured) {
                let inside = |i: usize| fold.holds(&gold.units[i]);
                let alone = score(gold, &gold.set.partition(&learned, inside), inside, inside);
                let whole = score(gold, &gold.set.partition(&learned, |_| true), inside, |_| true);
                held.entry(gold.name).or_default().push((alone, whole));
            }
        }
    }
    let mut card = String::from(CARD);
    for (name, scores) in &held {
        let all: f64 = scores.iter().map(|s| s.0.articles).sum();
        let mean = |f: &dyn Fn(&(Score, Score)) -> f64| {
            scores.iter().map(|s| f(s) * s.0.articles).sum::<f64>() / all
        };
        let line = format!(
            "| {name} | {:.4} | {:.4} | {:.4} | {:.4} | {:.4} |\n",
            mean(&|s| s.0.precision),
            mean(&|s| s.0.recall),
            mean(&|s| s.0.f()),
            mean(&|s| s.0.ari),
            mean(&|s| s.1.f()),
        );
        print!("held-out {line}");
        card += &line;
    }
    card += "\nFitted on all (what ships), measured on all, before acts are told apart:\n\n";
    card += "| set | P | R | B³ F1 | ARI |\n| --- | --- | --- | --- | --- |\n";
    let learned = learn(&golds, None);
    for gold in &golds {
        let groups = gold.set.partition(&learned, |_| true);
        let s = score(gold, &groups, |_| true, |_| true);
        let line = format!(
            "| {} | {:.4} | {:.4} | {:.4} | {:.4} |\n",
            gold.name,
            s.precision,
            s.recall,
            s.f(),
            s.ari
        );
        print!("fit {line}");
        card += &line;
    }
    std::fs::write(data.join("events.tsv"), learned.write())?;
    std::fs::write(data.join("CARD.md"), card)?;
    Ok(())
}

/// What the card says before its figures.
const CARD: &str = "\
# Weights of grouping

Written by `cargo xtask train stories`; do not edit.

- `background.bin`: in how many texts each stemmed word (in 2 texts or more) and word pair (3 or more) stands, as
  hashes and counts. Counted on texts of the bench that are in no story set: PolNeAR (news, 2012–2016), German
  Wikinews (CC BY 2.5), TimeBank, AQUAINT, WikiWars, FA-KES, and the main texts of the extraction sets. No text
  can be read back from it.
- `events.tsv`: two logistic regressions on pairs of reports (full reports; pairs with a headline) and two on
  joining groups. Learned on FNC-1 training bodies and headlines (Apache-2.0), ECB+ training topics (CC BY 3.0),
  the openings of the latter, and NewsWCL50 (CC BY-SA 4.0) at a tenth of the weight.
- `stopwords.txt`, `happenings.txt`, `synonyms.txt`: written for this folder.

Held-out folds: three divisions into three folds, over events (over topics in ECB+, so that look-alikes stay
together); mean over articles. *Alone*: the held-out articles are grouped by themselves. *Among all*: they are
grouped among all articles of the set, and scored with whatever joined them.

| set | P | R | B³ F1 | ARI | B³ F1 among all |
| --- | --- | --- | --- | --- | --- |
";

/// One part of one division of the units.
#[derive(Clone, Copy)]
struct Fold {
    seed: u32,
    fold: u32,
}

impl Fold {
    fn holds(self, unit: &str) -> bool {
        let hash = unit.bytes().fold(0x811c_9dc5 ^ self.seed.wrapping_mul(0x9e37_79b1), |h: u32, b| {
            (h ^ u32::from(b)).wrapping_mul(0x0100_0193)
        });
        ((hash ^ (hash >> 15)).wrapping_mul(0x2c1b_3c6d) >> 7) % FOLDS == self.fold
    }
}

/// The background: news and web texts of the bench that are in no story set.
fn background(bench: &Path) -> Result<Vec<u8>> {
    let mut builder = BackgroundBuilder::default();
    let mut seen = BTreeSet::new();
    let mut add = |title: &str, text: &str| {
        let head: String = text.chars().take(200).collect();
        if !text.is_empty() && seen.insert(head) {
            builder.add(&Text::new(title, text).input());
        }
    };
    for (file, text) in [
        ("attribution/polnear_train.jsonl", "text"),
        ("attribution/polnear_dev.jsonl", "text"),
        ("attribution/german_wikinews_train.jsonl", "text"),
        ("time/timebank.jsonl", "text"),
        ("time/aquaint.jsonl", "text"),
        ("time/wikiwars_train.jsonl", "text"),
        ("claims/fakes_to_2015.jsonl", "article_content"),
    ] {
        for row in predict::read(&bench.join(file))? {
            add("", row[text].as_str().unwrap_or(""));
        }
    }
    for file in ["aeb", "news_a", "wcxb_dev_articles"] {
        let path = bench.join(format!("extraction/{file}.gold.json"));
        let gold: BTreeMap<String, Value> = serde_json::from_slice(
            &std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?,
        )?;
        for row in gold.values() {
            add("", row["articleBody"].as_str().unwrap_or(""));
        }
    }
    let (words, pairs) = (2, 3);
    Ok(builder.pack(words, pairs))
}

/// The story sets.
fn golds(bench: &Path, background: &[u8]) -> Result<Vec<Gold>> {
    let mut out = Vec::new();
    for (name, file, cut, weight, measured) in [
        ("bodies", "fnc1_train_bodies", 0, 1.0, true),
        ("headlines", "fnc1_train_headlines", 0, 1.0, true),
        ("ecb", "ecbplus_train", 0, 1.0, true),
        ("wcl", "newswcl50", 0, 0.1, true),
        ("ecb leads", "ecbplus_train", 160, 0.3, false),
        ("wcl titles", "newswcl50", 1, 0.05, false),
    ] {
        let rows = predict::read(&bench.join(format!("stories/{file}.jsonl")))?;
        let mut texts = Vec::new();
        let mut events = Vec::new();
        let mut units = Vec::new();
        for row in &rows {
            let field = |f: &str| row.get(f).and_then(Value::as_str).unwrap_or("");
            let text: String = match cut {
                0 => field("text").to_owned(),
                n => field("text").chars().take(n).collect(),
            };
            texts.push(Text::new(field("title"), &text));
            events.push(field("event").to_owned());
            // The same happening has the same event in the FNC sets, so that bodies and headlines share folds.
            units.push(if file.starts_with("ecb") {
                field("topic").to_owned()
            } else {
                field("event").to_owned()
            });
        }
        let inputs: Vec<GroupInput<'_>> = texts.iter().map(Text::input).collect();
        let set = Set::new(&inputs, background).context("the background table does not read")?;
        out.push(Gold { name, set, events, units, weight, measured });
    }
    Ok(out)
}

/// Learns weights on all folds but one.
fn learn(golds: &[Gold], without: Option<Fold>) -> Learned {
    let mut rows: [Vec<Row<'_>>; 2] = [Vec::new(), Vec::new()];
    for gold in golds {
        let mut size: BTreeMap<&str, f64> = BTreeMap::new();
        for event in &gold.events {
            *size.entry(event).or_default() += 1.0;
        }
        let inside = |i: usize| !without.is_some_and(|f| f.holds(&gold.units[i]));
        let mut own: [Vec<Row<'_>>; 2] = [Vec::new(), Vec::new()];
        for (i, j, features, short) in gold.set.pairs() {
            if inside(i) && inside(j) {
                let same = gold.events[i] == gold.events[j];
                // An event counts by its articles, not by the square of them.
                let weight = 1.0 / (size[gold.events[i].as_str()] * size[gold.events[j].as_str()]).sqrt();
                own[usize::from(short)].push(Row { features, same, weight });
            }
        }
        for (own, rows) in own.into_iter().zip(&mut rows) {
            for same in [false, true] {
                let total: f64 = own.iter().filter(|r| r.same == same).map(|r| r.weight).sum();
                let share = gold.weight * gold.set.len() as f64 * if same { 1.0 } else { NEGATIVES };
                rows.extend(
                    own.iter()
                        .filter(|r| r.same == same)
                        .map(|r| Row { weight: r.weight * share / total.max(1.0), ..*r }),
                );
            }
        }
    }
    let [long, short] = rows;
    let (long, short) = rayon::join(|| logistic(&long, RIDGE), || logistic(&short, RIDGE));
    let learned = Learned::new(long, short);
    let mut steps = steps(golds, &learned, without, false);
    let mut learned = learned.with_join(join_weights(&steps));
    for _ in 0..DAGGER {
        steps.extend(self::steps(golds, &learned, without, true));
        learned = learned.with_join(join_weights(&steps));
    }
    learned
}

/// Times that the joinings which the learned weights themselves come across are learned from too.
const DAGGER: usize = 2;

/// One possible joining.
struct Step {
    features: [f32; JOIN_FEATURES],
    same: bool,
    weight: f64,
    short: bool,
}

/// The possible joinings that come up on all folds but one.
fn steps(golds: &[Gold], learned: &Learned, without: Option<Fold>, policy: bool) -> Vec<Step> {
    let all: Vec<Vec<Step>> = golds
        .par_iter()
        .map(|gold| {
            let mut out = Vec::new();
            let inside = |i: usize| !without.is_some_and(|f| f.holds(&gold.units[i]));
            gold.set.walk(learned, inside, &gold.events, policy, |features, share, size, short| {
                let weight = gold.weight * (f64::from(size[0].min(size[1]))).powf(0.7);
                out.push(Step { features: *features, same: share >= 0.5, weight, short });
            });
            out
        })
        .collect();
    all.into_iter().flatten().collect()
}

fn join_weights(steps: &[Step]) -> [[f32; JOIN_FEATURES]; 2] {
    [false, true].map(|short| {
        let rows: Vec<Row<'_>> = steps
            .iter()
            .filter(|s| s.short == short)
            .map(|s| Row { features: &s.features, same: s.same, weight: s.weight })
            .collect();
        let mut w = logistic(&rows, RIDGE);
        w[0] += JOIN_BIAS[usize::from(short)];
        w
    })
}

/// Weight of all different pairs against all equal ones.
const NEGATIVES: f64 = 2.0;

/// B³ and adjusted Rand index of one set or fold.
struct Score {
    articles: f64,
    precision: f64,
    recall: f64,
    ari: f64,
}

impl Score {
    fn f(&self) -> f64 {
        if self.precision + self.recall > 0.0 {
            2.0 * self.precision * self.recall / (self.precision + self.recall)
        } else {
            0.0
        }
    }
}

/// Scores the articles for which `inside` holds, in groups among those for which `among` holds.
fn score(
    gold: &Gold,
    groups: &[u32],
    inside: impl Fn(usize) -> bool,
    among: impl Fn(usize) -> bool,
) -> Score {
    let mut g: BTreeMap<&str, f64> = BTreeMap::new();
    let mut p: BTreeMap<u32, f64> = BTreeMap::new();
    let mut both: BTreeMap<(&str, u32), f64> = BTreeMap::new();
    let mut all = 0.0;
    for (i, event) in gold.events.iter().enumerate().filter(|(i, _)| among(*i)) {
        *g.entry(event).or_default() += 1.0;
        *p.entry(groups[i]).or_default() += 1.0;
        *both.entry((event, groups[i])).or_default() += 1.0;
        all += 1.0;
    }
    let (mut precision, mut recall, mut n) = (0.0, 0.0, 0.0);
    for (i, event) in gold.events.iter().enumerate().filter(|(i, _)| inside(*i)) {
        let same = both[&(event.as_str(), groups[i])];
        precision += same / p[&groups[i]];
        recall += same / g[event.as_str()];
        n += 1.0;
    }
    let pairs = |v: f64| v * (v - 1.0) / 2.0;
    let tp: f64 = both.values().map(|v| pairs(*v)).sum();
    let (a, b): (f64, f64) = (p.values().map(|v| pairs(*v)).sum(), g.values().map(|v| pairs(*v)).sum());
    let expected = a * b / pairs(all).max(1.0);
    let spread = (a + b) / 2.0 - expected;
    let ari = if spread > 1e-9 { (tp - expected) / spread } else { 1.0 };
    Score { articles: n, precision: precision / f64::max(n, 1.0), recall: recall / f64::max(n, 1.0), ari }
}
