//! Reads the outside world into raw pages: files, folders, standard input, JSONL.
//!
//! Gives [`RawPage`]s as they come, one at a time, and a [`Problem`] for whatever could not be read;
//! the rest goes on. Decodes bytes to text, and brings in what the carrier or a table of metadata
//! knows of each page. Never interprets text: what a page says is the business of `headwater-extract`.

mod decode;
mod meta;
mod overrides;
mod page;
mod read;
mod rows;

pub use decode::{Decoded, decode_html, decode_text};
pub use meta::{MetaError, MetaTable};
pub use overrides::{OverridesError, load_overrides};
pub use page::{Declared, Item, PageBody, Problem, RawPage};
pub use read::{MAX_FILE_BYTES, MAX_LINE_BYTES, Options, Reader, read};
