//! What two articles have in common and where they differ, as numbers.
//!
//! One pass over both sketches. Nothing here is a judgement: `super::weights` turns the numbers into a
//! probability, `super::why` into words.

use super::sketch::{Item, NAME, NUMBER, ORDINAL, RARE, Sketch, TOP_NAME, TOP_WORD};
use super::terms::Term;

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

/// Sums over the words that two sketches share.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Shared {
    pub(crate) full: f32,
    pub(crate) head: f32,
    pub(crate) names: f32,
    pub(crate) plain: f32,
    head_in_b: f32,
    head_in_a: f32,
    names_a: f32,
    names_b: f32,
    words_a: f32,
    words_b: f32,
    rare: u32,
    pub(crate) numbers: u32,
    ordinals: u32,
}

/// Walks the shared words of two sketches in order of their terms.
pub(crate) fn for_shared<'s>(a: &'s [Item], b: &'s [Item], mut visit: impl FnMut(&'s Item, &'s Item)) {
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        if x.term == y.term {
            visit(x, y);
            i += 1;
            j += 1;
        } else if x.term < y.term {
            i += 1;
        } else {
            j += 1;
        }
    }
}

pub(crate) fn shared(a: &Sketch, b: &Sketch) -> Shared {
    let mut s = Shared::default();
    for_shared(&a.items, &b.items, |x, y| {
        let full = x.full * y.full;
        s.full += full;
        s.head += x.head * y.head;
        s.head_in_b += x.head * x.head;
        s.head_in_a += y.head * y.head;
        if x.bits & NUMBER != 0 {
            s.numbers += 1;
            s.ordinals += u32::from(x.bits & ORDINAL != 0);
        } else if x.bits & NAME != 0 && y.bits & NAME != 0 {
            s.names += full;
        } else if (x.bits | y.bits) & NAME == 0 {
            s.plain += full;
        }
        if x.bits & TOP_NAME != 0 {
            s.names_a += x.full * x.full;
        }
        if y.bits & TOP_NAME != 0 {
            s.names_b += y.full * y.full;
        }
        if x.bits & TOP_WORD != 0 {
            s.words_a += x.full * x.full;
        }
        if y.bits & TOP_WORD != 0 {
            s.words_b += y.full * y.full;
        }
        s.rare += u32::from(x.bits & RARE != 0);
    });
    s
}

fn dot(a: &[(Term, f32)], b: &[(Term, f32)]) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.0.cmp(&y.0) {
            std::cmp::Ordering::Equal => {
                sum += x.1 * y.1;
                i += 1;
                j += 1;
            }
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
        }
    }
    sum
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
    let s = shared(a, b);
    let over = |value: f32, limit: f32| (value - limit).max(0.0);
    let names = part(s.names, a.name_norm * b.name_norm);
    let plain = part(s.plain, a.plain_norm * b.plain_norm);
    let pairs = dot(&a.pairs, &b.pairs);
    let (ha, hb) = (s.head_in_b, s.head_in_a);
    let (na, nb) = (part(s.names_a, a.top_names), part(s.names_b, b.top_names));
    let (wa, wb) = (part(s.words_a, a.top_words), part(s.words_b, b.top_words));
    let years = common(&a.years, &b.years);
    let days = common(&a.calendar, &b.calendar);
    let shorter = (a.words.min(b.words) as f32 + 1.0).ln();
    let ratio = ((a.words.max(b.words) as f32 + 1.0) / (a.words.min(b.words) as f32 + 1.0)).ln();
    let classes = (a.classes & b.classes).count_ones();

    [
        1.0,
        s.full,
        over(s.full, 0.1),
        over(s.full, 0.2),
        over(s.full, 0.4),
        s.head,
        over(s.head, 0.2),
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
