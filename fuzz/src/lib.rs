//! Fuzzing of Headwater: see `README.md`.

pub mod targets;
