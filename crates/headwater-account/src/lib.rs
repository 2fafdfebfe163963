//! One story in; statements, values, origins, the account out.
//!
//! Sees the reports of one story with all that the other rooms found in them. Lines up what they say
//! (`align`), compares figures (`figures`, `measure`, `compare`) and utterances (`utterances`), follows
//! sources (`sources`, `origins`). Touches no file and no network, and never says what is true.

mod align;
mod background;
pub mod compare;
mod figures;
mod governing;
mod index;
pub mod lexicon;
mod material;
pub mod measure;
mod origins;
mod sources;
mod tell;
mod upstream;
mod utterances;
mod words;

pub use index::Index;
pub use lexicon::Lexicon;
pub use material::Input;
pub use sources::chain_levels;
pub use tell::tell;
pub use words::in_words;
