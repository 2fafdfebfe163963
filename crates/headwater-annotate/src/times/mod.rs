//! Time expressions: finding them and giving them values.
