//! Events, stories, entities across articles, and dates worked out from several reports.
//!
//! Sees the stream of articles with their annotations; forgets nothing of why two belong together.
//! Reads no file and no clock.

pub mod dating;
pub mod entities;
pub mod events;
