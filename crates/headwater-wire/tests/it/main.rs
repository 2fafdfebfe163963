//! The page as a whole: what it must hold for any account, and what no article may do to it.

mod invented;
mod large;
mod links;
mod page;
