//! What two articles have in common and where they differ, as numbers.
//!
//! One pass over a sketch. Nothing here is a judgement: `super::weights` turns the numbers into a
//! probability, `super::why` into words.

use super::held::Held;
use super::sketch::{Item, NAME, NUMBER, ORDINAL, RARE, Sketch, TOP_NAME, TOP_WORD, product};
use super::terms::Term;
use std::cmp::Ordering;

/// Names of the features, in order; the weights file uses them.
pub(crate) const NAMES: [&str; COUNT] = [
    "bias",
    "words",
    "words over .1",
    "words over .2",
    "words over .4",
    "head words",
    "head words over .2",
    "head in other, more",
    "head in other, less",
    "head in other, less, over .4",
    "pairs",
    "pairs over .05",
    "pairs over .15",
    "names",
    "names over .3",
    "plain words",
    "plain words over .15",
    "leading names, more",
    "leading names, less",
    "leading words, more",
    "leading words, less",
    "leading words, less, over .5",
    "rare shared",
    "numbers shared",
    "ordinals differ",
    "years differ",
    "years shared",
    "days differ",
    "days shared",
    "weekdays differ",
    "happening shared",
    "happening differs",
    "shorter length",
    "length ratio",
    "no names",
    "names and plain words",
    "leading names and head",
    "leading names and plain words",
];
/// How many there are.
pub(crate) const COUNT: usize = 38;

/// The numbers of one pair.
pub(crate) type Features = [f32; COUNT];

/// Sums over the words that two sketches share, `a` and `b`; of products of stored shares where they are whole.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Shared {
    full: u64,
    head: u64,
    names: u64,
    plain: u64,
    head_in_b: u64,
    head_in_a: u64,
    names_a: u64,
    names_b: u64,
    words_a: u64,
    words_b: u64,
    rare: u32,
    numbers: u32,
    ordinals: u32,
}

impl Shared {
    /// Cosine of the texts, and of the heads.
    pub(crate) fn cosines(&self) -> (f32, f32) {
        (product(self.full), product(self.head))
    }

    fn add(&mut self, x: &Item, y: &Item) {
        let times = |a: u16, b: u16| u64::from(a) * u64::from(b);
        let full = times(x.full, y.full);
        self.full += full;
        self.head += times(x.head, y.head);
        self.head_in_b += times(x.head, x.head);
        self.head_in_a += times(y.head, y.head);
        if x.bits & NUMBER != 0 {
            self.numbers += 1;
            self.ordinals += u32::from(x.bits & ORDINAL != 0);
        } else if x.bits & NAME != 0 && y.bits & NAME != 0 {
            self.names += full;
        } else if (x.bits | y.bits) & NAME == 0 {
            self.plain += full;
        }
        let given = |sum: &mut u64, item: &Item, bit: u8| {
            if item.bits & bit != 0 {
                *sum += times(item.full, item.full);
            }
        };
        given(&mut self.names_a, x, TOP_NAME);
        given(&mut self.names_b, y, TOP_NAME);
        given(&mut self.words_a, x, TOP_WORD);
        given(&mut self.words_b, y, TOP_WORD);
        self.rare += u32::from(x.bits & RARE != 0);
    }
}

/// Walks the shared words of two sketches in order of their terms.
pub(crate) fn for_shared(a: &Sketch, b: &Sketch, visit: impl FnMut(Term, &Item, &Item)) {
    walk(&a.items, &b.items, visit);
}

fn walk<T: Copy>(a: &Held<T>, b: &Held<T>, mut visit: impl FnMut(Term, &T, &T)) {
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.terms().get(i), b.terms().get(j)) {
        match x.cmp(y) {
            Ordering::Equal => {
                visit(*x, a.value(i), b.value(j));
                i += 1;
                j += 1;
            }
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
        }
    }
}

pub(crate) fn shared(a: &Sketch, b: &Sketch) -> Shared {
    let mut s = Shared::default();
    for_shared(a, b, |_, x, y| s.add(x, y));
    s
}

/// One sketch laid out for comparing it with many others: whether it holds a term is told in a step or two.
#[derive(Default)]
pub(crate) struct Probe {
    words: Table,
    pairs: Table,
}

/// Places of a [`Table`]: some three for each term that is compared, so that runs stay short.
const PLACES: usize = 1_024;
/// Bits of a [`Table`]'s filter: most terms that it does not hold end there.
const FILTER: usize = 8_192;

struct Table {
    filter: [u64; FILTER / 64],
    /// Positions in the sketch, from 1; 0 is free.
    places: [u16; PLACES],
}

impl Default for Table {
    fn default() -> Self {
        Table { filter: [0; FILTER / 64], places: [0; PLACES] }
    }
}

impl Table {
    fn lay(&mut self, terms: &[Term]) {
        *self = Table::default();
        for (at, term) in terms.iter().copied().enumerate() {
            let bit = term as usize % FILTER;
            self.filter[bit / 64] |= 1 << (bit % 64);
            let mut place = Self::start(term);
            while self.places[place] != 0 {
                place = (place + 1) % PLACES;
            }
            self.places[place] = at as u16 + 1;
        }
    }

    fn start(term: Term) -> usize {
        (term as usize / FILTER) % PLACES
    }

    /// The position of a term in the sketch, whose terms these are.
    fn find(&self, terms: &[Term], wanted: Term) -> Option<usize> {
        let bit = wanted as usize % FILTER;
        if self.filter[bit / 64] >> (bit % 64) & 1 == 0 {
            return None;
        }
        let mut place = Self::start(wanted);
        loop {
            let at = usize::from(self.places[place]).checked_sub(1)?;
            if *terms.get(at)? == wanted {
                return Some(at);
            }
            place = (place + 1) % PLACES;
        }
    }
}

impl Probe {
    /// Lays a sketch out.
    pub(crate) fn lay(&mut self, a: &Sketch) {
        self.words.lay(a.items.terms());
        self.pairs.lay(a.pairs.terms());
    }

    /// Compares the sketch that was laid out, `a`, with another.
    pub(crate) fn features(&self, a: &Sketch, b: &Sketch) -> Features {
        let mut shared = Shared::default();
        for (at, term) in b.items.terms().iter().enumerate() {
            if let Some(own) = self.words.find(a.items.terms(), *term) {
                shared.add(a.items.value(own), b.items.value(at));
            }
        }
        let mut pairs = 0;
        for (at, term) in b.pairs.terms().iter().enumerate() {
            if let Some(own) = self.pairs.find(a.pairs.terms(), *term) {
                pairs += u64::from(a.pairs.value(own).share) * u64::from(b.pairs.value(at).share);
            }
        }
        told(a, b, &shared, product(pairs))
    }
}

/// How many values two sorted lists share.
pub(crate) fn common<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Equal => {
                n += 1;
                i += 1;
                j += 1;
            }
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
        }
    }
    n
}

fn part(sum: f32, whole: f32) -> f32 {
    if whole > 0.0 { (sum / whole).min(1.0) } else { 0.0 }
}

fn flag(yes: bool) -> f32 {
    f32::from(u8::from(yes))
}

/// Compares two sketches; the same numbers whichever comes first.
pub(crate) fn features(a: &Sketch, b: &Sketch) -> Features {
    let mut pairs = 0;
    walk(&a.pairs, &b.pairs, |_, x, y| pairs += u64::from(x.share) * u64::from(y.share));
    told(a, b, &shared(a, b), product(pairs))
}

/// The numbers from the sums over what two sketches share.
fn told(a: &Sketch, b: &Sketch, s: &Shared, pairs: f32) -> Features {
    let (full, head) = s.cosines();
    let over = |value: f32, limit: f32| (value - limit).max(0.0);
    let names = part(product(s.names), a.name_norm * b.name_norm);
    let plain = part(product(s.plain), a.plain_norm * b.plain_norm);
    let (ha, hb) = (product(s.head_in_b), product(s.head_in_a));
    let (na, nb) = (part(product(s.names_a), a.top_names), part(product(s.names_b), b.top_names));
    let (wa, wb) = (part(product(s.words_a), a.top_words), part(product(s.words_b), b.top_words));
    let years = common(&a.years, &b.years);
    let days = common(&a.calendar, &b.calendar);
    let shorter = (a.words.min(b.words) as f32 + 1.0).ln();
    let ratio = ((a.words.max(b.words) as f32 + 1.0) / (a.words.min(b.words) as f32 + 1.0)).ln();
    let classes = (a.classes & b.classes).count_ones();

    [
        1.0,
        full,
        over(full, 0.1),
        over(full, 0.2),
        over(full, 0.4),
        head,
        over(head, 0.2),
        ha.max(hb),
        ha.min(hb),
        over(ha.min(hb), 0.4),
        pairs,
        over(pairs, 0.05),
        over(pairs, 0.15),
        names,
        over(names, 0.3),
        plain,
        over(plain, 0.15),
        na.max(nb),
        na.min(nb),
        wa.max(wb),
        wa.min(wb),
        over(wa.min(wb), 0.5),
        (s.rare as f32 + 1.0).ln(),
        (s.numbers as f32 + 1.0).ln(),
        flag(a.ordinals > 0 && b.ordinals > 0 && s.ordinals == 0),
        flag(!a.years.is_empty() && !b.years.is_empty() && years == 0),
        flag(years > 0),
        flag(!a.calendar.is_empty() && !b.calendar.is_empty() && days == 0),
        flag(days > 0),
        flag(a.weekdays != 0 && b.weekdays != 0 && a.weekdays & b.weekdays == 0),
        (classes as f32).min(3.0),
        flag(a.classes != 0 && b.classes != 0 && classes == 0),
        shorter,
        ratio,
        flag(a.top_names == 0.0 || b.top_names == 0.0),
        names * plain,
        na.min(nb) * ha.min(hb),
        na.min(nb) * plain,
    ]
}
