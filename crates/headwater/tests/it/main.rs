//! The whole way through: files in, account out.

// What does not hold yet is printed.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod copies;
mod determinism;
mod expected;
mod figures;
mod fuzz;
mod hostile;
mod seeds;
mod sources;
mod strait;
mod wordings;
mod words;

use headwater::wire::account::Account;
use std::path::{Path, PathBuf};

/// The repository's root.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The account of some paths, whole texts embedded.
fn account_of(paths: &[String], meta: Option<&Path>) -> Account {
    static MODELS: std::sync::OnceLock<headwater::Models> = std::sync::OnceLock::new();
    let models = MODELS.get_or_init(headwater::Models::bundled);
    let meta =
        meta.map(|m| headwater::MetaTable::load(m).expect("the table is well formed")).unwrap_or_default();
    let read = headwater::read(paths, meta, &mut |_| {});
    let analysis = headwater::analyse(read, models, &mut |_, _, _| {});
    headwater::account(&analysis, headwater::Show { full_text: true })
}

/// Paths of a folder's files, sorted.
fn files(folder: &Path, endings: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = std::fs::read_dir(folder)
        .unwrap_or_else(|e| panic!("cannot read {}: {e}", folder.display()))
        .map(|e| e.expect("an entry").path())
        .filter(|p| p.extension().and_then(|e| e.to_str()).is_some_and(|e| endings.contains(&e)))
        .map(|p| p.to_string_lossy().into_owned())
        .collect();
    out.sort();
    out
}
