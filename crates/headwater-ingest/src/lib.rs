//! Reads the outside world into raw pages: files, folders, standard input, archives, feeds, tables, and where it is
//! asked for, addresses of the web.
//!
//! Gives [`RawPage`]s as they come, one at a time, and a [`Problem`] for whatever could not be read;
//! the rest goes on. Decodes bytes to text, and brings in what the carrier or a table of metadata
//! knows of each page. Never interprets text: what a page says is the business of `headwater-extract`.

mod decode;
mod feed;
#[cfg(feature = "fetch")]
mod fetch;
mod http;
mod jsonl;
mod meta;
mod overrides;
mod page;
#[cfg(feature = "parquet")]
mod parquet;
mod read;
mod rows;
mod source;
mod table;
mod wacz;
mod warc;
mod web;

pub use decode::{Decoded, decode_html, decode_response, decode_text};
pub use meta::{MetaError, MetaTable};
pub use overrides::{OverridesError, load_overrides};
pub use page::{Declared, Item, PageBody, Problem, RawPage};
pub use read::{MAX_FILE_BYTES, MAX_LINE_BYTES, Options, Reader, read};

/// How addresses of the web are read.
#[derive(Clone, Debug)]
pub struct FetchOptions {
    /// Whether addresses inside private networks, this machine among them, may be read.
    pub allow_private: bool,
    /// Least time between two requests to one host.
    pub delay: std::time::Duration,
    /// Longest time for one request, from the look-up of the host to the last byte.
    pub timeout: std::time::Duration,
    /// A folder in which pages are kept, so that only what has changed is sent again.
    pub cache: Option<std::path::PathBuf>,
}

impl Default for FetchOptions {
    /// Two seconds between requests, twenty for one: by judgement, what news sites bear and a reader waits for.
    fn default() -> Self {
        FetchOptions {
            allow_private: false,
            delay: std::time::Duration::from_secs(2),
            timeout: std::time::Duration::from_secs(20),
            cache: None,
        }
    }
}

/// Reads bytes as an archive, a feed, a table and rows, for tests of hostile input; gives how many items came out.
pub fn fuzz_carriers(bytes: &[u8]) -> usize {
    let mut count = read::read_bytes(
        bytes,
        &Options { max_file_bytes: 1 << 20, max_line_bytes: 1 << 20, ..Options::default() },
    );
    let text = String::from_utf8_lossy(bytes);
    if let Some(kind) = feed::kind_of(&text) {
        count += feed::parse(&text, kind).entries.len();
    }
    count
}
