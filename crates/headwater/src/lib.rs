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

mod agencies;
mod analyse;
mod fill;
mod names;
mod read;
mod said;
mod times;
mod verify;
mod why;

pub use analyse::{Analysis, Models, Stage, analyse, analyse_articles};
pub use fill::{Show, account, entity_id};
pub use headwater_annotate::times::{Open, granularity};
pub use headwater_ingest::{FetchOptions, MetaError, MetaTable, Options, OverridesError, load_overrides};
pub use headwater_model as model;
pub use headwater_model::Overrides;
pub use headwater_wire as wire;
pub use names::{Named, names};
pub use read::{LEAST_WORDS, Read, article_of, read, read_with};
pub use said::said;
pub use times::{TimedText, TimedTexts, published_on, times};
pub use verify::{Checked, texts, verify};
pub use why::{NoReport, report_named, why};
