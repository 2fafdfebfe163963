//! Terms with what is held of each, in two rows: the terms, and the rest.
//!
//! Comparing an article with one that turns out to share little reads nothing but that one's terms, and most of the
//! time of a comparison is waiting for memory: a row of terms alone is a third as long.

use super::terms::Term;

/// Terms, each with a value: first those that are compared, by term, then others.
#[derive(Clone, Debug, Default)]
pub(crate) struct Held<T> {
    terms: Vec<Term>,
    values: Vec<T>,
    compared: u32,
}

impl<T: Copy> Held<T> {
    /// These, of which the first `compared` are compared, sorted by term.
    pub(crate) fn new(entries: impl ExactSizeIterator<Item = (Term, T)>, compared: usize) -> Self {
        let mut out = Held {
            terms: Vec::with_capacity(entries.len()),
            values: Vec::with_capacity(entries.len()),
            compared: 0,
        };
        out.set(entries, compared);
        out
    }

    /// Puts these in the place of what was held.
    pub(crate) fn set(&mut self, entries: impl Iterator<Item = (Term, T)>, compared: usize) {
        self.terms.clear();
        self.values.clear();
        for (term, value) in entries {
            self.terms.push(term);
            self.values.push(value);
        }
        self.compared = compared.min(self.terms.len()) as u32;
    }

    /// The terms that are compared, sorted.
    pub(crate) fn terms(&self) -> &[Term] {
        &self.terms[..self.compared as usize]
    }

    /// The value of the nth term.
    pub(crate) fn value(&self, at: usize) -> &T {
        &self.values[at]
    }

    /// What is compared, by term.
    pub(crate) fn compared(&self) -> impl ExactSizeIterator<Item = (Term, &T)> {
        self.terms().iter().copied().zip(&self.values)
    }

    /// All that is held.
    pub(crate) fn all(&self) -> impl ExactSizeIterator<Item = (Term, &T)> {
        self.terms.iter().copied().zip(&self.values)
    }

    /// Bytes it holds beside itself.
    pub(crate) fn bytes(&self) -> usize {
        self.terms.capacity() * size_of::<Term>() + self.values.capacity() * size_of::<T>()
    }

    /// Reads a place of each line of memory that holds a compared term. What it gives means nothing: the reads do not
    /// wait for each other, as those of a comparison do, and the terms are at hand when it comes.
    pub(crate) fn fetch(&self) -> Term {
        /// Bytes of a line.
        const LINE: usize = 64;
        self.terms().iter().step_by(LINE / size_of::<Term>()).fold(0, |sum, term| sum ^ term)
    }
}
