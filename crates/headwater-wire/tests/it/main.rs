//! The page and the exports as a whole: what they must hold for any account, and what no article may do to them.

mod export;
mod invented;
mod large;
mod links;
mod page;
