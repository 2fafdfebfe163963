//! Trains the part-of-speech and name taggers and builds their tables.
//!
//! Reads `names/` of the bench and the lexicons beside it; writes weights and tables into
//! `crates/headwater-annotate/data/names`, and the model card's figures to the terminal. The same data give
//! the same bytes. Every fifth document is held out from training and measured (`data::held_out`).

#![expect(clippy::print_stdout, reason = "a program that reports to its terminal")]

mod classes;
mod data;
mod lexicon;
mod measure;
mod seen;

use anyhow::{Context, Result, anyhow};
use data::Document;
use headwater_annotate::names::features::{Sheet, Tables};
use headwater_annotate::names::kin::KinClasses;
use headwater_annotate::names::seen::Seen;
use headwater_annotate::names::tagging::{NAME_LABELS, Taggers, forbidden, pos_labels};
use headwater_annotate::names::words::WordClasses;
use headwater_annotate::perceptron::{Example, FieldTraining, Rows, Training, train, train_field};
use headwater_model::text::Outline;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::path::{Path, PathBuf};

/// Passes over the data, and least weight kept; chosen on the held-out documents.
const POS_TRAINING: Training = Training { epochs: 10, seed: 1, prune: 0.08, least_count: 2 };
const NAME_TRAINING: FieldTraining =
    FieldTraining { epochs: 20, seed: 1, rate: 0.03, decay: 1e-3, dropout: 0.2, prune: 0.05, least_count: 2 };
/// For the first round, whose taggers only read.
const FIRST_TRAINING: FieldTraining = FieldTraining { epochs: 10, rate: 0.05, ..NAME_TRAINING };

/// Where the weights go, from the repository's root.
const OUT: &str = "crates/headwater-annotate/data/names";

/// Where the table of name variants goes.
const GROUP_OUT: &str = "crates/headwater-group/data/entities";

/// Reads the bench, trains, writes.
pub(crate) fn run(bench: &Path) -> Result<()> {
    let out = PathBuf::from(OUT);
    let lexicons = bench.parent().unwrap_or(bench).join("lexicons");
    let documents = data::read(&bench.join("names"))?;
    let texts = classes::texts(bench)?;
    let gazetteer = lexicon::gazetteer(&lexicons, &out)?;
    write(Path::new(GROUP_OUT), "variants.bin", &lexicon::variants(&lexicons)?)?;
    let classes = if out.join("classes.bin").exists() && std::env::var_os("HEADWATER_KEEP_CLASSES").is_some()
    {
        WordClasses::from_bytes(&std::fs::read(out.join("classes.bin"))?).map_err(|e| anyhow!(e))?
    } else {
        classes::build(&texts, &documents)
    };
    let kin = std::fs::read(out.join("kin.bin")).context("cannot read kin.bin; `train kin` makes it")?;
    let kin = KinClasses::from_bytes(&kin).map_err(|e| anyhow!(e))?;
    let mut taggers = taggers(&documents, Tables { gazetteer, classes, seen: Seen::default(), kin });
    learn_names(&documents, &texts, &mut taggers);
    measure::report(&documents, &taggers);
    if let Some(folder) = std::env::var_os("HEADWATER_NAMES_GOLD") {
        measure::write_gold(&documents, Path::new(&folder))?;
    }
    write(&out, "gazetteer.bin", &taggers.tables.gazetteer.to_bytes())?;
    write(&out, "classes.bin", &taggers.tables.classes.to_bytes())?;
    write(&out, "seen.bin", &taggers.tables.seen.to_bytes())?;
    write(&out, "pos.weights", &taggers.pos.to_bytes())?;
    write(&out, "names.weights", &taggers.names.to_bytes())
}

fn write(out: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = out.join(name);
    println!("{name}: {} KB", bytes.len() / 1024);
    std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// A document as the taggers see it.
fn sheet(document: &Document, tables: &Tables) -> Sheet {
    Sheet::new(&document.text, &Outline::new(&document.text), tables)
}

/// The part-of-speech tagger; names untrained.
fn taggers(documents: &[Document], tables: Tables) -> Taggers {
    let mut examples: Vec<Example> = Vec::new();
    for document in documents.iter().filter(|d| d.tagged && !d.held_out) {
        let sheet = sheet(document, &tables);
        for (s, range) in sheet.sentences.iter().enumerate() {
            let mut rows = Rows::default();
            sheet.pos_rows(s, &mut rows);
            examples.push((rows, range.clone().map(|i| document.pos_at(sheet.units[i].span)).collect()));
        }
    }
    println!("parts of speech: {} sentences", examples.len());
    let pos = train(&pos_labels(), &examples, &[], POS_TRAINING);
    Taggers { pos, names: train(NAME_LABELS, &[], &forbidden(), POS_TRAINING), tables }
}

/// Examples for names from the documents chosen, with the tables as they are.
fn examples(
    documents: &[Document],
    taggers: &Taggers,
    registers: bool,
    chosen: impl Fn(usize) -> bool + Sync,
) -> Vec<Example> {
    let training: Vec<(usize, &Document)> =
        documents.iter().filter(|d| d.named && !d.held_out).enumerate().collect();
    let each = training.par_iter().filter(|(n, _)| chosen(*n)).map(|(_, document)| {
        let sheet = sheet(document, &taggers.tables);
        let pos = taggers.pos(&sheet);
        let labels = document.name_labels(&sheet.units);
        let mut out: Vec<Example> = Vec::new();
        for (s, range) in sheet.sentences.iter().enumerate() {
            let mut rows = Rows::default();
            sheet.name_rows(s, &pos, &mut rows);
            let rows = if registers { with_register(rows, document.set) } else { rows };
            out.push((rows, labels[range.clone()].to_vec()));
        }
        out
    });
    each.collect::<Vec<_>>().into_iter().flatten().collect()
}

/// Sets whose conventions or language differ from edited news: each has its own copy of all features beside
/// the common one, which is the only one that ships. Chosen on the held-out documents.
const REGISTERS: &[&str] = &["tweets", "ewt", "gum"];

/// Adds the set's own copy of the features (Daumé 2007).
fn with_register(rows: Rows, set: &str) -> Rows {
    let Some(register) = REGISTERS.iter().position(|r| *r == set) else { return rows };
    let salt = 0x9e37_79b9_u32.wrapping_mul(register as u32 + 1);
    let mut out = Rows::default();
    for i in 0..rows.len() {
        for &f in rows.row(i) {
            out.push(f);
            out.push((f ^ salt).wrapping_mul(0x85eb_ca6b));
        }
        out.end_row();
    }
    out
}

/// Trains the name tagger in two rounds: taggers of each half of the documents read the unlabelled texts; what
/// they saw names as is a feature for the other half, and what both halves' tagger saw is what ships.
fn learn_names(documents: &[Document], texts: &[String], taggers: &mut Taggers) {
    let field = |examples: &[Example], how| train_field(NAME_LABELS, examples, &forbidden(), how);
    let mut second: Vec<Example> = Vec::new();
    for half in 0..2 {
        taggers.tables.seen = Seen::default();
        taggers.names = field(&examples(documents, taggers, true, |n| n % 2 == half), FIRST_TRAINING);
        taggers.tables.seen = seen::learn(texts, taggers);
        second.extend(examples(documents, taggers, true, |n| n % 2 != half));
    }
    taggers.tables.seen = Seen::default();
    taggers.names = field(&examples(documents, taggers, true, |_| true), FIRST_TRAINING);
    taggers.tables.seen = seen::learn(texts, taggers);
    println!("names: {} sentences", second.len());
    let shipped = examples(documents, taggers, false, |_| true);
    let common: FxHashSet<u32> =
        shipped.iter().flat_map(|(rows, _)| (0..rows.len()).flat_map(|i| rows.row(i))).copied().collect();
    taggers.names = field(&second, NAME_TRAINING);
    taggers.names.retain(|hash| common.contains(&hash));
}

/// Held-out documents of the open sets with their gold names; with the name of each one's set.
pub(crate) fn held_out(bench: &Path) -> Result<Vec<(&'static str, serde_json::Value)>> {
    Ok(measure::gold_rows(&data::read(&bench.join("names"))?))
}

/// A document with names that are linked to pages of Wikipedia.
pub(crate) struct Linked {
    /// Its name in the set.
    pub(crate) id: String,
    /// Its text.
    pub(crate) text: String,
    /// Names by byte spans, and the page of each.
    pub(crate) links: Vec<(headwater_model::Span, String)>,
}

/// GUM's news and interviews with their links.
pub(crate) fn linked(bench: &Path) -> Result<Vec<Linked>> {
    let documents = data::read(&bench.join("names"))?.into_iter();
    let chosen = documents.filter(|d| d.id.starts_with("GUM_news") || d.id.starts_with("GUM_interview"));
    Ok(chosen.map(|d| Linked { id: d.id, text: d.text, links: d.links }).collect())
}
