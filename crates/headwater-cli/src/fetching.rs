//! The words by which a user allows the web to be read; without them nothing is fetched.

use clap::Args;
use headwater::{FetchOptions, MetaTable, Options};
use std::path::PathBuf;
use std::time::Duration;

/// Whether and how addresses are fetched; by default not.
#[derive(Args, Default)]
pub(crate) struct Fetching {
    /// Fetch addresses: those given, and those that feeds and sitemaps name
    #[arg(long)]
    fetch: bool,
    /// Keep fetched pages here, and ask again only for what has changed
    #[arg(long, value_name = "FOLDER", requires = "fetch")]
    cache: Option<PathBuf>,
    /// Let addresses lead into private networks and to this machine
    #[arg(long, requires = "fetch")]
    allow_private: bool,
    /// Least seconds between two requests to one host
    #[arg(long, value_name = "SECONDS", default_value_t = 2.0, requires = "fetch")]
    delay: f32,
}

impl Fetching {
    /// How to read, with what is declared for files from outside.
    pub(crate) fn options(&self, meta: MetaTable) -> Options {
        let delay = if self.delay.is_finite() { self.delay.clamp(0.0, 3_600.0) } else { 2.0 };
        let fetch = self.fetch.then(|| FetchOptions {
            allow_private: self.allow_private,
            delay: Duration::from_secs_f32(delay),
            cache: self.cache.clone(),
            ..FetchOptions::default()
        });
        Options { meta, fetch, ..Options::default() }
    }
}
