//! The fuzz targets over their committed corpus: what once failed does not fail again.

use crate::root;

#[allow(missing_docs, unreachable_pub, dead_code)]
#[path = "../../../../fuzz/src/targets.rs"]
mod targets;

/// Every input of every target; one thread a target would be no faster on two cores.
#[test]
fn the_corpus_is_replayed() {
    let corpus = root().join("fuzz/corpus");
    for (name, run) in targets::TARGETS {
        let folder = corpus.join(name);
        let mut inputs: Vec<_> = std::fs::read_dir(&folder)
            .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
            .map(|e| e.expect("an entry").path())
            .collect();
        inputs.sort();
        assert!(!inputs.is_empty(), "{} has no inputs", folder.display());
        for input in inputs {
            println!("{name}: {}", input.display());
            run(&std::fs::read(&input).expect("the input is read"));
        }
        run(b"");
    }
}

/// Each target can be run by name, and each file of a target is a target.
#[test]
fn targets_and_files_are_the_same() {
    let mut files: Vec<String> = std::fs::read_dir(root().join("fuzz/fuzz_targets"))
        .unwrap()
        .map(|e| e.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    files.sort();
    let names: Vec<&str> = targets::TARGETS.iter().map(|t| t.0).collect();
    assert_eq!(files, names);
}
