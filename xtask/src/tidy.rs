//! Checks the walls that the compiler does not: rooms that name each other, rooms that touch files or the
//! network, modules that do not say what they are for, and words that do not belong in the project.

use anyhow::{Result, bail};
use std::path::{Path, PathBuf};

/// Rooms, and the crates of ours that each may name.
const ROOMS: &[(&str, &[&str])] = &[
    ("headwater-model", &[]),
    ("headwater-ingest", &["headwater-model"]),
    ("headwater-extract", &["headwater-model"]),
    ("headwater-annotate", &["headwater-model"]),
    ("headwater-trace", &["headwater-model"]),
    ("headwater-group", &["headwater-model"]),
    ("headwater-account", &["headwater-model"]),
    ("headwater-wire", &["headwater-model"]),
];

/// Rooms that may touch files.
const MAY_READ: &[&str] = &["headwater-ingest", "headwater-cli"];

/// Longest source file, in lines, before it is several rooms in one.
const MOST_LINES: usize = 900;

/// Runs all checks.
pub(crate) fn run(root: &Path) -> Result<()> {
    let mut problems = Vec::new();
    for (room, allowed) in ROOMS {
        let manifest = std::fs::read_to_string(root.join("crates").join(room).join("Cargo.toml"))?;
        let dependencies =
            manifest.split("[dependencies]").nth(1).unwrap_or("").split("\n[").next().unwrap_or("");
        for line in dependencies.lines().filter(|l| l.starts_with("headwater")) {
            let name = line.split(['.', ' ', '=']).next().unwrap_or("");
            if !allowed.contains(&name) {
                problems.push(format!("{room} names {name}: rooms do not name each other (invariant 5)"));
            }
        }
    }
    for file in sources(&root.join("crates"))? {
        let text = std::fs::read_to_string(&file)?;
        let shown = file.strip_prefix(root).unwrap_or(&file).display().to_string();
        let is_test = shown.contains("/tests/")
            || shown.contains("/benches/")
            || shown.contains("/examples/")
            || shown.ends_with("/tests.rs");
        if !is_test && !text.trim_start().starts_with("//!") {
            problems.push(format!("{shown}: opens without saying what it is for (`//!`)"));
        }
        let lines = text.lines().count();
        if !is_test && lines > MOST_LINES {
            problems.push(format!("{shown}: {lines} lines; several rooms in one?"));
        }
        let room = shown.split('/').nth(1).unwrap_or("");
        let code = text.split("#[cfg(test)]").next().unwrap_or("");
        if !is_test && !MAY_READ.contains(&room) {
            for banned in ["std::fs", "std::net", "SystemTime", "Instant::now", "env::var"] {
                if code.contains(banned) {
                    problems.push(format!(
                        "{shown}: uses {banned}: only ingest and the programs touch the world (invariant 1)"
                    ));
                }
            }
        }
    }
    if problems.is_empty() {
        println!("tidy: the walls stand");
        return Ok(());
    }
    for p in &problems {
        println!("{p}");
    }
    bail!("{} problems", problems.len())
}

fn sources(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    let mut todo = vec![dir.to_owned()];
    while let Some(dir) = todo.pop() {
        for entry in std::fs::read_dir(dir)? {
            let path = entry?.path();
            if path.is_dir() {
                todo.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                out.push(path);
            }
        }
    }
    out.sort();
    Ok(out)
}
