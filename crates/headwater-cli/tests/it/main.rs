//! The program as its users meet it: words in, files and messages out, exit codes.

mod bad_input;
mod copies;
mod export;
mod extract;
mod help;
mod input;
mod names;
mod output;
mod overrides;
mod quotes;
mod stories;
mod times;
mod verify;
mod why;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Longest that any run of these tests may take; the slowest takes some seconds on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// What a run gave.
#[derive(Debug)]
struct Ran {
    code: Option<i32>,
    stdout: String,
    stderr: String,
    took: Duration,
}

impl Ran {
    /// Holds the exit code; nothing may ever panic.
    #[track_caller]
    fn exits(self, code: i32) -> Self {
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        assert_eq!(self.code, Some(code), "stdout: {}\nstderr: {}", self.stdout, self.stderr);
        assert!(self.took < PATIENCE, "took {:?}", self.took);
        self
    }

    /// Holds that one message names all of these.
    #[track_caller]
    fn says(self, words: &[&str]) -> Self {
        for word in words {
            assert!(self.stderr.contains(word), "{word:?} is not in\n{}", self.stderr);
        }
        self
    }
}

/// A folder for one test, and the program run in it.
struct Desk {
    dir: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Desk { dir: tempfile::tempdir().expect("a folder for the test") }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a file, with its folders.
    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("the folder is made");
        std::fs::write(path, bytes).expect("the file is written");
        self
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    fn json(&self, name: &str) -> serde_json::Value {
        serde_json::from_str(&self.read(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, b"")
    }

    fn run_with(&self, arguments: &[&str], stdin: &[u8]) -> Ran {
        let start = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_headwater"))
            .args(arguments)
            .current_dir(self.dir.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut pipe = child.stdin.take().expect("a pipe");
        let input = stdin.to_vec();
        // A program that refuses its input closes the pipe early.
        let feeder = std::thread::spawn(move || drop(pipe.write_all(&input)));
        let out = child.wait_with_output().expect("the program ends");
        feeder.join().expect("the input is given");
        Ran {
            code: out.status.code(),
            stdout: String::from_utf8(out.stdout).expect("UTF-8"),
            stderr: String::from_utf8(out.stderr).expect("UTF-8"),
            took: start.elapsed(),
        }
    }
}

/// The repository's root.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// An invented report, told by one voice.
const BRIDGE: &str = "Bridge over the Orl closed after crack is found\n\n\
TAVENNA, May 6 (Morrow News) - The road bridge over the Orl was closed on Tuesday after inspectors found a crack \
in its eastern pier, the city engineer said.\n\n\
About 12,000 vehicles use the bridge each day. Repairs will take at least six weeks, engineer Maud Terrin told \
reporters.\n\n\
\"We will not open it until every weld has been looked at,\" Terrin said. \"Nobody should be in any doubt about that.\"\n\n\
The bridge was built in 1961 and was last inspected in 2019, according to the transport ministry.\n";

/// Another report of the same, by another voice.
const BRIDGE_AGAIN: &str = "Tavenna shuts its main bridge\n\n\
The main bridge of Tavenna has been shut to all traffic since Tuesday because of a crack in a pier, the transport \
ministry said on Wednesday.\n\n\
Some 12,000 cars and lorries cross the Orl there every day. The ministry put the cost of the repair at 4 million \
crowns.\n\n\
Shopkeepers on the eastern bank said that they feared for their trade. \"Half of my customers come over that \
bridge,\" said baker Ilse Dorn, 52.\n";
