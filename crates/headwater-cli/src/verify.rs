//! `headwater verify`: does every line of an account still stand in its sources?

use crate::Outcome;
use crate::progress::{print, say};
use anyhow::{Context, Result};
use clap::Args;
use headwater::wire::account::Account;
use std::path::{Path, PathBuf};

/// Check an account against its sources.
#[derive(Args)]
#[command(
    after_help = "Reads the sources that the account names again and compares every hash, span and cited word.\n\
Relative paths are looked up from the working directory, then from the account's folder.\n\n\
EXIT CODES\n  0  all of it holds    2  something does not; the first is named\n\n\
EXAMPLES\n  \
headwater report reports/ --json account.json && headwater verify account.json\n  \
headwater verify story/account.json --all          names everything that does not hold\n\n\
An account of standard input can be verified when it was made with --full-text."
)]
pub(crate) struct Arguments {
    /// An account.json
    account: PathBuf,
    /// Name all that does not hold, not only the first
    #[arg(long)]
    all: bool,
}

/// Reads an `account.json`.
pub(crate) fn load(path: &Path) -> Result<Account> {
    let text = std::fs::read_to_string(path).with_context(|| {
        format!("cannot read {}: name an account that `headwater report … --json FILE` wrote", path.display())
    })?;
    serde_json::from_str(&text).with_context(|| {
        format!(
            "{} is no account of schema headwater.account/1; make one with `headwater report … --json`",
            path.display()
        )
    })
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    let path = &arguments.account;
    let account = load(path)?;
    let beside = path.parent().unwrap_or(Path::new("."));
    let checked = headwater::verify(&account, beside);
    if checked.failures.is_empty() {
        print(&format!(
            "{}: {} articles and {} spans hold\n",
            path.display(),
            checked.articles,
            checked.spans
        ))?;
        return Ok(Outcome::Done);
    }
    let shown = if arguments.all { checked.failures.len() } else { 1 };
    for failure in checked.failures.iter().take(shown) {
        say(&format!("does not hold: {failure}"));
    }
    if checked.failures.len() > shown {
        say(&format!("and {} more; --all names them", checked.failures.len() - shown));
    }
    Ok(Outcome::Failed)
}
