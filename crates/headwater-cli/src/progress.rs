//! Progress on a terminal, silence in a pipe; and the one place that writes to the standard streams.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, Write};

/// A bar on standard error, drawn only on a terminal.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
}

impl Progress {
    /// A bar, unless `quiet` or standard error is no terminal.
    pub(crate) fn new(quiet: bool) -> Self {
        let bar = (!quiet && std::io::stderr().is_terminal()).then(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {wide_bar} {pos}/{len}") {
                bar.set_style(style);
            }
            bar
        });
        Progress { bar }
    }

    /// Shows a stage with how much of it is done; `of` 0 when the whole is not known.
    pub(crate) fn show(&self, stage: &str, done: usize, of: usize) {
        if let Some(bar) = &self.bar {
            bar.set_length(of.max(done) as u64);
            bar.set_position(done as u64);
            bar.set_message(stage.to_owned());
        }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// A line to standard error.
pub(crate) fn say(line: &str) {
    // A closed pipe is the reader's choice, no failure of ours.
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Words to standard output.
pub(crate) fn print(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // A closed pipe is the reader's choice, no failure of ours.
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
