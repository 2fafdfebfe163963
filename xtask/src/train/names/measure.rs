//! Scores of the taggers on the held-out documents, by set.

use super::data::Document;
use super::sheet;
use anyhow::Result;
use headwater_annotate::names::pos::{ALL, Pos};
use headwater_annotate::names::tagging::{Class, Taggers};
use headwater_annotate::names::{self, Models};
use headwater_model::NameKind;
use headwater_model::text::Outline;
use headwater_model::text::offsets::CodePoints;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

#[derive(Default, Clone, Copy)]
struct Counts {
    right: usize,
    found: usize,
    gold: usize,
}

impl Counts {
    fn f(self) -> f64 {
        200.0 * self.right as f64 / (self.found + self.gold).max(1) as f64
    }
    fn add(&mut self, other: Counts) {
        self.right += other.right;
        self.found += other.found;
        self.gold += other.gold;
    }
}

/// Prints the scores.
pub(super) fn report(documents: &[Document], taggers: &Taggers) {
    let mut tags: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut counted: BTreeMap<&str, [Counts; 4]> = BTreeMap::new();
    let mut whole: BTreeMap<&str, Counts> = BTreeMap::new();
    let models = Models::bundled().with_taggers(taggers.clone());
    for document in documents.iter().filter(|d| d.held_out) {
        let sheet = sheet(document, &taggers.tables);
        let pos = taggers.pos(&sheet);
        if document.tagged {
            let (right, all) = tags.entry(document.set).or_default();
            for (span, gold) in &document.pos {
                let unit = sheet.units.partition_point(|u| u.span.end <= span.start);
                let got = pos.get(unit).copied().unwrap_or_default();
                *all += 1;
                *right += usize::from(got.universal() == Pos::from_number(*gold).universal());
            }
        }
        if document.named {
            let found: BTreeSet<(u32, u32, Class)> = taggers
                .names(&sheet, &pos)
                .into_iter()
                .map(|f| {
                    (sheet.units[f.units.start].span.start, sheet.units[f.units.end - 1].span.end, f.class)
                })
                .collect();
            let gold: BTreeSet<(u32, u32, Class)> =
                document.names.iter().map(|(s, c)| (s.start, s.end, *c)).collect();
            let counts = counted.entry(document.set).or_default();
            for (k, class) in Class::ALL.iter().enumerate() {
                counts[k].right += found.intersection(&gold).filter(|f| f.2 == *class).count();
                counts[k].found += found.iter().filter(|f| f.2 == *class).count();
                counts[k].gold += gold.iter().filter(|f| f.2 == *class).count();
            }
            let read = annotated(document, &models);
            let three: BTreeSet<(u32, u32, Class)> =
                gold.iter().filter(|g| g.2 != Class::Event).copied().collect();
            whole.entry(document.set).or_default().add(Counts {
                right: read.intersection(&three).count(),
                found: read.len(),
                gold: three.len(),
            });
            if std::env::var_os("HEADWATER_SHOW_ERRORS").is_some() {
                for f in read
                    .symmetric_difference(&found.iter().filter(|f| f.2 != Class::Event).copied().collect())
                {
                    let mark = if read.contains(f) { "pass adds" } else { "pass drops" };
                    let right = if three.contains(f) { "right" } else { "wrong" };
                    let text = document.text.get(f.0 as usize..f.1 as usize).unwrap_or("");
                    println!("{mark} {right} {} {:?} {text:?} in {}", document.set, f.2, document.id);
                }
                for f in found.symmetric_difference(&gold) {
                    let mark = if gold.contains(f) { "missed" } else { "wrong " };
                    let text = document.text.get(f.0 as usize..f.1 as usize).unwrap_or("");
                    println!("{mark} {} {:?} {text:?} in {}", document.set, f.2, document.id);
                }
            }
        }
    }
    debug_assert_eq!(ALL.len(), 21);
    for (set, (right, all)) in tags {
        println!(
            "parts of speech, held out, {set}: {:.2} % of {all}",
            100.0 * right as f64 / all.max(1) as f64
        );
    }
    let mut target = Counts::default();
    for (set, counts) in counted {
        let mut three = Counts::default();
        counts[..3].iter().for_each(|c| three.add(*c));
        if matches!(set, "wikigold" | "politics" | "gum news") {
            target.add(three);
        }
        let [person, organisation, place, event] = counts.map(Counts::f);
        println!(
            "names, held out, {set}: F {:.2} (person {person:.1}, organisation {organisation:.1}, place {place:.1}; event {event:.1}) of {}",
            three.f(),
            three.gold
        );
    }
    let (precision, recall) = (
        100.0 * target.right as f64 / target.found.max(1) as f64,
        100.0 * target.right as f64 / target.gold.max(1) as f64,
    );
    println!(
        "names, held out, wikigold + politics + gum news: F {:.2} (P {precision:.2}, R {recall:.2}) of {}",
        target.f(),
        target.gold
    );
    let mut together = Counts::default();
    for (set, counts) in whole {
        if matches!(set, "wikigold" | "politics" | "gum news") {
            together.add(counts);
        }
        println!("names after the document pass, held out, {set}: F {:.2}", counts.f());
    }
    println!("names after the document pass, held out, these three: F {:.2}", together.f());
}

/// Persons, organisations and places as the whole annotation of an article gives them.
fn annotated(document: &Document, models: &Models) -> BTreeSet<(u32, u32, Class)> {
    let found = names::annotate(&document.text, &Outline::new(&document.text), models, None);
    let proper = found.names.iter().filter(|n| names::is_proper(&document.text, n));
    let class = |kind: NameKind| match kind {
        NameKind::Person => Some(Class::Person),
        NameKind::Organisation => Some(Class::Organisation),
        NameKind::Place | NameKind::Government => Some(Class::Place),
        NameKind::Event | NameKind::Nationality => None,
    };
    proper.filter_map(|n| Some((n.span.start, n.span.end, class(n.kind)?))).collect()
}

/// Held-out documents with their gold names, as the `names` task reads them; with the name of each one's set.
pub(crate) fn gold_rows(documents: &[Document]) -> Vec<(&'static str, serde_json::Value)> {
    let row = |(n, document): (usize, &Document)| {
        let points = CodePoints::new(&document.text);
        let names: Vec<_> = document
            .names
            .iter()
            .map(|(span, class)| {
                let kind = match class {
                    Class::Person => "person",
                    Class::Organisation => "organisation",
                    Class::Place => "place",
                    Class::Event => "event",
                };
                json!({"start": points.of_byte(&document.text, span.start), "end": points.of_byte(&document.text, span.end), "kind": kind})
            })
            .collect();
        (document.set, json!({"id": format!("{}-{n}", document.set), "text": document.text, "names": names}))
    };
    documents.iter().enumerate().filter(|(_, d)| d.held_out && d.named).map(row).collect()
}

/// Writes the held-out documents and their gold names, a pair of files a set.
pub(super) fn write_gold(documents: &[Document], folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut files: BTreeMap<&str, (Vec<u8>, Vec<u8>)> = BTreeMap::new();
    for (set, row) in gold_rows(documents) {
        let (input, gold) = files.entry(set).or_default();
        writeln!(input, "{}", json!({"id": row["id"], "text": row["text"]}))?;
        writeln!(gold, "{}", json!({"id": row["id"], "names": row["names"]}))?;
    }
    for (set, (input, gold)) in files {
        std::fs::write(folder.join(format!("{}.in.jsonl", set.replace(' ', "-"))), input)?;
        std::fs::write(folder.join(format!("{}.gold.jsonl", set.replace(' ', "-"))), gold)?;
    }
    Ok(())
}
