//! The invented texts that the benches read.

use std::path::{Path, PathBuf};

/// The plain texts of a folder of the repository and of the folders in it, by path.
pub(crate) fn texts(folder: &str) -> Vec<PathBuf> {
    let mut out = Vec::new();
    add(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder), &mut out);
    out
}

fn add(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            add(&path, out);
        } else if path.extension().is_some_and(|e| e == "txt" || e == "md") {
            out.push(path);
        }
    }
}
