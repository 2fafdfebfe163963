//! Agencies, outlets, programmes, kinds of document and nouns for speakers: who carries what others say.
//!
//! General knowledge, as data. Names that end in a word of the trade ("the Valley Herald") are known by it.

mod documents;
mod outlets;
mod people;

pub(super) use documents::{AIRED, DOCUMENTS, MEETINGS, RECORDED, RELEASES, TAKEN};
pub(super) use outlets::{AGENCIES, AGENCY_NOUNS, HOSTS, OUTLET_ENDS, OUTLET_NOUNS, OUTLETS};
pub(super) use people::{ANONYMOUS, BODIES, OFFICIALS};
