//! Headwater's outside forms: `account.json` (schema `headwater.account/1`), the account page and exports.
//!
//! Types here mirror what is documented in `docs/formats.md`, are versioned, and hold no logic about
//! reports: the engine fills them from its working types. Offsets are bytes into an article's clean text.

pub mod account;
pub mod copies;
pub mod export;
pub mod page;
pub mod said;
pub mod why;
