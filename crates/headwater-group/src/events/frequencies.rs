//! How common terms are: in the background that ships, and among the articles at hand.
//!
//! Counting and forgetting are exact, so that an article that leaves leaves no trace.

use super::terms::{Background, Known, Term};

/// Weight of an article at hand against a background text in document frequencies.
const SEEN_WEIGHT: f32 = 4.0;
/// Share of its weight in the background that a term keeps however common it is at hand, so that one happening
/// told by thousands does not lose its own words.
const KEPT_WEIGHT: f32 = 0.4;
/// The least weight of a term: none is worth nothing.
const LEAST_WEIGHT: f32 = 0.05;

/// How common terms are: the background and the articles at hand.
pub(crate) struct Frequencies<'b> {
    pub(crate) background: &'b Background,
    seen: Tally,
    articles: u32,
}

impl<'b> Frequencies<'b> {
    /// No article at hand yet.
    pub(crate) fn new(background: &'b Background) -> Self {
        Frequencies { background, seen: Tally::default(), articles: 0 }
    }

    /// Articles at hand.
    pub(crate) fn articles(&self) -> u32 {
        self.articles
    }

    /// Takes in an article that comes to hand, whose terms follow by [`Frequencies::take_in`].
    pub(crate) fn begin(&mut self) {
        self.articles += 1;
    }

    /// Reads where the terms are counted, so that the places are at hand when they are: these reads do not wait for
    /// each other.
    pub(crate) fn fetch(&self, terms: impl Iterator<Item = Term>) {
        if !self.seen.places.is_empty() {
            std::hint::black_box(terms.fold(0, |sum, term| sum ^ self.seen.places[self.seen.home(term)].0));
        }
    }

    /// Counts a term of the article that comes to hand; gives how many others hold it.
    pub(crate) fn take_in(&mut self, term: Term) -> u32 {
        self.seen.add(term)
    }

    /// Counts all terms of an article that comes to hand.
    pub(crate) fn count(&mut self, terms: impl Iterator<Item = Term>) {
        self.begin();
        for term in terms {
            self.take_in(term);
        }
    }

    /// Takes back what counting an article did.
    pub(crate) fn forget(&mut self, terms: impl Iterator<Item = Term>) {
        for term in terms {
            self.seen.take(term);
        }
        self.articles -= 1;
    }

    /// How many articles at hand hold a term, beside one that does.
    pub(crate) fn others(&self, term: Term) -> u32 {
        self.seen.get(term).saturating_sub(1)
    }

    /// The measure by which terms are weighed now.
    pub(crate) fn measure(&self) -> Measure {
        Measure { texts: self.background.docs() + SEEN_WEIGHT * self.articles as f32 + 1.0 }
    }

    /// Bytes of the table.
    pub(crate) fn bytes(&self) -> usize {
        self.seen.places.capacity() * size_of::<(Term, u32)>()
    }
}

/// Inverse document frequencies at one time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measure {
    texts: f32,
}

impl Measure {
    /// Inverse document frequency of a term that so many others at hand hold.
    pub(crate) fn weight(&self, known: &Known, others: u32) -> f32 {
        let all = (self.texts / (known.smooth + SEEN_WEIGHT * others as f32)).ln();
        all.max(KEPT_WEIGHT * known.weight).max(LEAST_WEIGHT)
    }
}

/// Numbers by term. An archive counts tens of millions of terms, and most of the time that counting takes is waiting
/// for memory: here a term and its number lie in one place, which the standard map, with its control bytes elsewhere,
/// does not do.
#[derive(Default)]
struct Tally {
    /// Term and number, open addressing; number 0 is a free place. As many as a power of two, or none.
    places: Vec<(Term, u32)>,
    held: usize,
}

/// Places of the smallest table.
const SMALLEST: usize = 1_024;

impl Tally {
    /// Where a term would stand if all were free.
    fn home(&self, term: Term) -> usize {
        // The high bits of the product are the well mixed ones.
        let bits = self.places.len().trailing_zeros();
        (u64::from(term).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - bits)) as usize
    }

    /// Where a term stands, or the free place for it; there must be one.
    fn place(&self, term: Term) -> usize {
        let mut at = self.home(term);
        while self.places[at].1 != 0 && self.places[at].0 != term {
            at = (at + 1) & (self.places.len() - 1);
        }
        at
    }

    fn get(&self, term: Term) -> u32 {
        if self.places.is_empty() { 0 } else { self.places[self.place(term)].1 }
    }

    /// Counts a term; gives its number before.
    fn add(&mut self, term: Term) -> u32 {
        if self.held * 4 >= self.places.len() * 3 {
            self.grow();
        }
        let at = self.place(term);
        let before = self.places[at].1;
        self.held += usize::from(before == 0);
        self.places[at] = (term, before + 1);
        before
    }

    fn grow(&mut self) {
        let size = (self.places.len() * 2).max(SMALLEST);
        let old = std::mem::replace(&mut self.places, vec![(0, 0); size]);
        for (term, n) in old.into_iter().filter(|p| p.1 != 0) {
            let at = self.place(term);
            self.places[at] = (term, n);
        }
    }

    /// Takes one back; a term that is not there stays so.
    fn take(&mut self, term: Term) {
        if self.get(term) == 0 {
            return;
        }
        let mut hole = self.place(term);
        self.places[hole].1 -= 1;
        if self.places[hole].1 != 0 {
            return;
        }
        self.held -= 1;
        // What stands after the hole, and would have stood in it or before, moves up.
        let mask = self.places.len() - 1;
        let mut next = (hole + 1) & mask;
        while self.places[next].1 != 0 {
            let home = self.home(self.places[next].0);
            if next.wrapping_sub(home) & mask >= next.wrapping_sub(hole) & mask {
                self.places[hole] = std::mem::take(&mut self.places[next]);
                hole = next;
            }
            next = (next + 1) & mask;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn a_tally_counts_as_a_plain_map_does() {
        let mut tally = Tally::default();
        let mut plain: BTreeMap<Term, u32> = BTreeMap::new();
        let mut state = 1u64;
        for step in 0..60_000u32 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            // Few terms, so that many meet; 0 is one of them.
            let term = ((state >> 40) % 3_000) as Term * 0x0010_0001;
            if step % 5 < 3 {
                let n = plain.entry(term).or_insert(0);
                assert_eq!(tally.add(term), *n);
                *n += 1;
            } else {
                tally.take(term);
                if let Some(n) = plain.get_mut(&term) {
                    *n -= 1;
                    if *n == 0 {
                        plain.remove(&term);
                    }
                }
            }
        }
        assert_eq!(tally.held, plain.len());
        for term in (0..3_000).map(|t| t * 0x0010_0001) {
            assert_eq!(tally.get(term), plain.get(&term).copied().unwrap_or(0));
        }
    }
}
