//! One story in; statements, values, origins, the account out.
//!
//! Sees the reports of one story with all that the other rooms found in them. Lines up what they say
//! (`align`), compares figures (`frame`, `kinship`, `compare`, `verdict`; rows in `figures` and `rows`) and
//! utterances (`utterances`), follows sources (`sources`, `origins`). Touches no file and no network, and never says what is true.

mod align;
mod altered;
mod background;
mod come_about;
pub mod compare;
mod figures;
mod frame;
mod governing;
mod index;
mod kinds;
mod kinship;
pub mod lexicon;
mod likeness;
mod material;
pub mod measure;
mod origins;
mod pairs;
mod rows;
mod sources;
mod tell;
mod upstream;
mod utterances;
mod verdict;
mod voices;
mod wordings;
mod words;

pub use altered::{Change, altered};
pub use index::Index;
pub use kinship::FEATURES;
pub use lexicon::Lexicon;
pub use likeness::{
    COMPANY_FEATURES, Company, Compared, Comparison, LEAST_ALONE, LIKENESS_FEATURES, Layout, Likeness,
    LikenessModel, company, compared,
};
pub use material::Input;
pub use pairs::{Between, PairModel, between};
pub use sources::chain_levels;
pub use tell::tell;
pub use words::in_words;
