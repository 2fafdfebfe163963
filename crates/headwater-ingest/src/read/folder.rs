//! Folders, walked in the order of their names.

use super::form::in_folders;
use super::{Reader, Todo};

/// A folder that is being walked.
pub(super) struct Walk {
    pub(super) shown: String,
    pub(super) entries: walkdir::IntoIter,
    pub(super) found: usize,
    pub(super) passed_over: usize,
}

impl Reader {
    pub(super) fn step_walk(&mut self) {
        let Some(walk) = self.walk.as_mut() else { return };
        match walk.entries.next() {
            None => {
                if let Some(walk) = self.walk.take()
                    && walk.found == 0
                {
                    let message = match walk.passed_over {
                        0 => format!("{}: the folder is empty", walk.shown),
                        n => format!(
                            "{}: none of the {n} files in the folder is .txt, .html, .htm, .json, .jsonl, a table, a feed or an archive",
                            walk.shown
                        ),
                    };
                    self.problem(
                        &walk.shown,
                        None,
                        "empty-folder",
                        message,
                        "name a folder that holds reports, or the files themselves",
                        true,
                    );
                }
            }
            Some(Err(e)) => {
                let shown = e.path().map_or_else(|| walk.shown.clone(), |p| p.display().to_string());
                let message = format!("{shown}: cannot be read ({e})");
                self.problem(
                    &shown,
                    None,
                    "unreadable",
                    message,
                    "check the rights of the folder, or leave it out",
                    true,
                );
            }
            Some(Ok(entry)) => {
                let hidden =
                    entry.depth() > 0 && entry.file_name().to_str().is_some_and(|n| n.starts_with('.'));
                if entry.file_type().is_dir() {
                    if hidden {
                        walk.entries.skip_current_dir();
                    }
                } else if hidden || !in_folders(entry.path()) {
                    walk.passed_over += usize::from(!hidden);
                } else if let Err(e) = std::fs::metadata(entry.path()) {
                    walk.found += 1;
                    let shown = entry.path().display().to_string();
                    self.unreadable(&shown, &e);
                } else if !entry.path().is_file() {
                    walk.passed_over += 1;
                } else {
                    walk.found += 1;
                    let shown = entry.path().display().to_string();
                    self.todo.push_front(Todo::File(entry.into_path(), shown));
                }
            }
        }
    }
}
