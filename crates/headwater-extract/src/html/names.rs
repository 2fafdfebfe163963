//! What the names of elements say: their class, id and kin. Most names of a page stand on it many times, so each is
//! read once.

use super::dom::{Dom, Key, Value};
use super::hints::{self, Hints};
use super::live;
use crate::meta::facts;
use std::cell::Cell;

/// What one value of an attribute says, read as a name.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Says {
    /// Groups of words in it.
    pub(crate) hints: Hints,
    /// Whether it speaks of a date.
    pub(crate) dated: bool,
    /// Whether it speaks of an author.
    pub(crate) signed: bool,
    /// Whether it names an entry of a live blog.
    pub(crate) entry: bool,
}

/// The names of a page, read when they are first asked for.
pub(crate) struct Names<'d> {
    dom: &'d Dom,
    known: Vec<Cell<Option<Says>>>,
}

impl<'d> Names<'d> {
    /// The names of this page.
    pub(crate) fn new(dom: &'d Dom) -> Self {
        Names { dom, known: vec![Cell::new(None); dom.values.len()] }
    }

    fn value(&self, value: Value) -> Says {
        let Some(known) = self.known.get(value as usize) else { return Says::default() };
        known.get().unwrap_or_else(|| {
            let words = self.dom.values.get(value);
            let (dated, signed) = facts::names_date_or_author(words);
            let says = Says { hints: hints::of(words), dated, signed, entry: live::is_entry(words) };
            known.set(Some(says));
            says
        })
    }

    /// What an element's attributes of these keys say together.
    pub(crate) fn of(&self, element: u32, keys: &[Key]) -> Says {
        let mut all = Says::default();
        for (_, value) in self.dom.attributes(element).iter().filter(|(key, _)| keys.contains(key)) {
            let says = self.value(*value);
            all.hints |= says.hints;
            all.dated |= says.dated;
            all.signed |= says.signed;
            all.entry |= says.entry;
        }
        all
    }
}
