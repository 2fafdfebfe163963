//! The engine: many reports in, one sourced account out.
//!
//! ```no_run
//! let read = headwater::read(&["reports".to_owned()], Default::default(), &mut |_| {});
//! let analysis = headwater::analyse(read, &headwater::Models::bundled(), &mut |_, _, _| {});
//! let account = headwater::account(&analysis, headwater::Show::default());
//! println!("{} happenings", account.summary.happenings);
//! ```
//!
//! It knows the order of the rooms and nothing else; what a room does is in its crate.

mod analyse;
mod fill;
mod read;
mod said;
mod verify;
mod why;

pub use analyse::{Analysis, Models, Stage, analyse, analyse_articles};
pub use fill::{Show, account};
pub use headwater_ingest::{MetaError, MetaTable, OverridesError, load_overrides};
pub use headwater_model::Overrides;
pub use headwater_wire as wire;
pub use read::{LEAST_WORDS, Read, article_of, read};
pub use said::said;
pub use verify::{Checked, verify};
pub use why::{NoReport, report_named, why};
