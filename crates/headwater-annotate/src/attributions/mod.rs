//! Who said what, and through whom.
