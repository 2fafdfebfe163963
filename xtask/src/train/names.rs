//! Trains the part-of-speech and name taggers and builds their tables.
//!
//! Reads `names/` of the bench and the lexicons beside it; writes weights and tables into
//! `crates/headwater-annotate/data/names`, and the model card's figures to the terminal. The same data give
//! the same bytes. Every fifth document is held out from training and measured (`data::held_out`).

mod classes;
mod data;
mod lexicon;
mod measure;

use anyhow::{Context, Result, anyhow};
use data::Document;
use headwater_annotate::names::features::Sheet;
use headwater_annotate::names::gazetteer::Gazetteer;
use headwater_annotate::names::tagging::{NAME_LABELS, Taggers, forbidden, pos_labels};
use headwater_annotate::names::words::WordClasses;
use headwater_annotate::perceptron::{Example, FieldTraining, Rows, Training, train, train_field};
use headwater_model::text::Outline;
use std::path::{Path, PathBuf};

/// Passes over the data, and least weight kept; chosen on the held-out documents.
const POS_TRAINING: Training = Training { epochs: 10, seed: 1, prune: 0.08, least_count: 2 };
const NAME_TRAINING: Training = Training { epochs: 12, seed: 1, prune: 0.08, least_count: 2 };

fn env(name: &str, d: f32) -> f32 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(d)
}

/// Where the weights go, from the repository's root.
const OUT: &str = "crates/headwater-annotate/data/names";

/// Where the table of name variants goes.
const GROUP_OUT: &str = "crates/headwater-group/data/entities";

/// Reads the bench, trains, writes.
pub(crate) fn run(bench: &Path) -> Result<()> {
    let out = PathBuf::from(OUT);
    let lexicons = bench.parent().unwrap_or(bench).join("lexicons");
    let documents = data::read(&bench.join("names"))?;
    let gazetteer = lexicon::gazetteer(&lexicons, &out)?;
    write(Path::new(GROUP_OUT), "variants.bin", &lexicon::variants(&lexicons)?)?;
    let classes = if out.join("classes.bin").exists() && std::env::var_os("HEADWATER_KEEP_CLASSES").is_some()
    {
        WordClasses::from_bytes(&std::fs::read(out.join("classes.bin"))?).map_err(|e| anyhow!(e))?
    } else {
        classes::build(bench, &documents)?
    };
    let taggers = taggers(&documents, gazetteer, classes)?;
    measure::report(&documents, &taggers);
    if let Some(folder) = std::env::var_os("HEADWATER_NAMES_GOLD") {
        measure::write_gold(&documents, Path::new(&folder))?;
    }
    write(&out, "gazetteer.bin", &taggers.gazetteer.to_bytes())?;
    write(&out, "classes.bin", &taggers.classes.to_bytes())?;
    write(&out, "pos.weights", &taggers.pos.to_bytes())?;
    write(&out, "names.weights", &taggers.names.to_bytes())
}

fn write(out: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = out.join(name);
    println!("{name}: {} KB", bytes.len() / 1024);
    std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// An article and its outline, sheet, and where it came from.
fn sheet(document: &Document, gazetteer: &Gazetteer, classes: &WordClasses) -> Sheet {
    Sheet::new(&document.text, &Outline::new(&document.text), gazetteer, classes)
}

fn taggers(documents: &[Document], gazetteer: Gazetteer, classes: WordClasses) -> Result<Taggers> {
    let mut examples: Vec<Example> = Vec::new();
    for document in documents.iter().filter(|d| d.tagged && !d.held_out) {
        let sheet = sheet(document, &gazetteer, &classes);
        for (s, range) in sheet.sentences.iter().enumerate() {
            let mut rows = Rows::default();
            sheet.pos_rows(s, &mut rows);
            examples.push((rows, range.clone().map(|i| document.pos_at(sheet.units[i].span)).collect()));
        }
    }
    println!("parts of speech: {} sentences", examples.len());
    let pos = train(&pos_labels(), &examples, &[], POS_TRAINING);
    // The tagger for names reads predicted parts of speech.
    let nobody = train(NAME_LABELS, &[], &forbidden(), NAME_TRAINING);
    let mut taggers = Taggers { pos, names: nobody, gazetteer, classes };
    examples.clear();
    for document in documents.iter().filter(|d| d.named && !d.held_out) {
        let sheet = sheet(document, &taggers.gazetteer, &taggers.classes);
        let pos = taggers.pos(&sheet);
        let labels = document.name_labels(&sheet.units);
        for (s, range) in sheet.sentences.iter().enumerate() {
            let mut rows = Rows::default();
            sheet.name_rows(s, &pos, &mut rows);
            examples.push((rows, labels[range.clone()].to_vec()));
        }
    }
    println!("names: {} sentences", examples.len());
    taggers.names = if std::env::var_os("PERC").is_none() {
        train_field(
            NAME_LABELS,
            &examples,
            &forbidden(),
            FieldTraining {
                epochs: env("EP", 20.0) as u32,
                seed: 1,
                rate: env("RATE", 0.03),
                decay: env("DECAY", 1e-4),
                dropout: env("DROP", 0.1),
                prune: 0.02,
                least_count: 2,
            },
        )
    } else {
        train(NAME_LABELS, &examples, &forbidden(), NAME_TRAINING)
    };
    Ok(taggers)
}
