//! Times, names, quantities and attributions of one article.
//!
//! Sees one article at a time and never another; reads no file and no clock. Cannot fail on content:
//! what is doubtful is left out or carries a warning. All annotators read the one
//! [`Outline`](headwater_model::text::Outline) of the text.

pub mod attributions;
pub mod names;
pub mod perceptron;
pub mod quantities;
pub mod times;
