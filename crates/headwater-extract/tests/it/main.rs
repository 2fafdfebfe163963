//! Invented pages and texts, and hostile ones.

mod classes;
mod pages;
