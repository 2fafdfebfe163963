//! Parts of speech and names.
