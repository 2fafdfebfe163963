//! The account page: one self-contained HTML file.
