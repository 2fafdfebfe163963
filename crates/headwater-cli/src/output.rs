//! Where the account goes: files and standard output, checked before the work begins.

use crate::progress::print;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// Whether a path stands for standard output.
pub(crate) fn is_stdout(path: &Path) -> bool {
    path == Path::new("-")
}

/// Refuses places that cannot be written, or that hold one of the reports, before anything is read.
pub(crate) fn check(places: &[&Path], inputs: &[String]) -> Result<()> {
    for (n, place) in places.iter().enumerate() {
        if places[..n].contains(place) {
            bail!("{} is named for both the page and the data; give each its own place", place.display());
        }
        if is_stdout(place) {
            continue;
        }
        if place.is_dir() {
            bail!(
                "cannot write {0}: it is a folder; name a file in it, such as {0}/account.html",
                place.display()
            );
        }
        let folder = folder_of(place);
        if !folder.is_dir() {
            bail!(
                "cannot write {}: there is no folder {folder}; make it first (mkdir -p {folder}), or name another",
                place.display(),
                folder = folder.display()
            );
        }
        if let Some(input) = inputs.iter().find(|input| is_same(place, Path::new(input))) {
            bail!(
                "{} is one of the reports ({input}) and would be overwritten; name another file",
                place.display()
            );
        }
    }
    Ok(())
}

/// Writes text to a file, or to standard output.
pub(crate) fn write(path: &Path, text: &str) -> Result<()> {
    if is_stdout(path) {
        return print(text).context("cannot write to standard output");
    }
    std::fs::write(path, text)
        .with_context(|| format!("cannot write {}: may you write there, and is there room?", path.display()))
}

fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn is_same(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b && a.is_file())
}
