//! The nouns of Headwater, as plain types, and the text helpers that several rooms need.
//!
//! Everything here is data: no room's judgement, no file, no clock. The rooms
//! (`extract`, `annotate`, `trace`, `group`, `account`) speak to each other only through
//! these types, and only the engine knows the order in which they run. The forms that
//! leave the program (JSON, pages) are in `headwater-wire` and are versioned there.

pub mod account;
pub mod annotation;
pub mod article;
pub mod attribution;
pub mod date;
pub mod group;
pub mod name;
pub mod overrides;
pub mod quantity;
pub mod reason;
pub mod span;
pub mod text;
pub mod time;
pub mod trace;
pub mod warning;

pub use account::{
    Account, Agreement, Bound, ChainLevel, Line, Origin, OriginRange, Part, Report, Statement, Utterance,
    Value,
};
pub use annotation::Annotations;
pub use article::{
    Article, ArticleIndex, Block, BlockClass, Credit, CreditPlace, Evidence, Fact, Removed, Segment, Sureness,
};
pub use attribution::{Attribution, CueClass, Directness, Quotation, Source, SourceKind};
pub use date::{ClueTime, DateClue, DateRange, Published, PublishedHow};
pub use group::{Entity, EntityIndex, Event, EventKind, Story};
pub use name::{LocalEntity, Name, NameKind, OrganisationKind};
pub use overrides::{BY_YOUR_FILE, Decision, Overrides, Verb};
pub use quantity::Quantity;
pub use reason::Reason;
pub use span::Span;
pub use time::{Interval, Modifier, TimeKind, TimeMention};
pub use trace::{Copy, CopyState, Direction, Family, Passage};
pub use warning::Warning;
