//! One article as grouping sees it: weighted words and word pairs, names, numbers, days, and the kind of happening.
//!
//! A sketch is bounded whatever the article's length, small enough for a hundred thousand to be held, and can be
//! weighed anew when it is known better how common its words are. In a set that is grouped at once it also knows
//! where in the text its weightiest words stand, so that every membership can be explained.

use super::EntityIndex;
use super::frequencies::{Frequencies, Measure};
use super::held::Held;
use super::read::{Counts, WordCount};
use super::terms::{Background, Term};
use headwater_model::{DateRange, Span};

/// Weighted words kept of one article.
const KEPT_WORDS: usize = 320;
/// Weighted word pairs kept of one article.
const KEPT_PAIRS: usize = 240;
/// Leading names and leading words whose presence in the other report is asked for.
const LEADING: usize = 6;
/// Words whose place in the text is remembered for explanations.
const SURFACES: usize = 64;
/// Articles with fewer words are told apart by the weights for headlines.
pub(crate) const SHORT: u32 = 45;
/// Background texts below which a word is rare, and below which one always written with a capital or in no case
/// at all is taken for a name.
const RARE_BELOW: f32 = 2.5;
const NAME_BELOW: f32 = 1.5;
/// Steps of a stored share: shares are at most 1, and a step is far below what a weight can tell.
const SHARE: f32 = 65_535.0;

/// A word of a sketch, in eight bytes beside its term.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Item {
    /// Share in the whole text and share in the head, in steps; squares add up to one.
    pub(crate) full: u16,
    pub(crate) head: u16,
    pub(crate) bits: u8,
    /// How often it stands in the text, and in the head.
    count: u8,
    head_count: u8,
}

impl Item {
    /// Share in the whole text.
    pub(crate) fn full(&self) -> f32 {
        f32::from(self.full) / SHARE
    }

    /// Share in the head.
    pub(crate) fn head(&self) -> f32 {
        f32::from(self.head) / SHARE
    }

    /// By this the words of an article are looked up.
    pub(crate) fn weight(&self) -> f32 {
        self.full() + 0.5 * self.head()
    }
}

/// A pair of neighbouring words, in four bytes beside its term.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Two {
    /// Share among the pairs, in steps; squares add up to one.
    pub(crate) share: u16,
    count: u8,
}

/// A share, in steps.
fn share(value: f32) -> u16 {
    (value * SHARE + 0.5) as u16
}

/// From a sum of products of two stored shares to the sum of the products of the shares.
pub(crate) fn product(sum: u64) -> f32 {
    sum as f32 / (SHARE * SHARE)
}

/// The word is (part of) a name.
pub(crate) const NAME: u8 = 1;
/// The word is a number.
pub(crate) const NUMBER: u8 = 2;
/// One of the leading names.
pub(crate) const TOP_NAME: u8 = 4;
/// One of the leading words.
pub(crate) const TOP_WORD: u8 = 8;
/// At most a handful of background texts hold it.
pub(crate) const RARE: u8 = 16;
/// The word is an ordinal ("12th").
pub(crate) const ORDINAL: u8 = 32;

/// An article, reduced to what grouping compares.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sketch {
    /// Words: those that are compared, and what a long article has beyond.
    pub(crate) items: Held<Item>,
    /// Word pairs, in the same way.
    pub(crate) pairs: Held<Two>,
    /// Lengths of the sub-vectors of names and of other words.
    pub(crate) name_norm: f32,
    pub(crate) plain_norm: f32,
    /// Sums of squares over leading names and leading words.
    pub(crate) top_names: f32,
    pub(crate) top_words: f32,
    /// Number of number words.
    pub(crate) numbers: u32,
    pub(crate) ordinals: u32,
    /// Years told (1900–2099), sorted.
    pub(crate) years: Vec<u16>,
    /// Months and days told as "12 August", as month · 32 + day, sorted; day 0 when only the month is told.
    pub(crate) calendar: Vec<u16>,
    /// Weekdays in the head, as bits.
    pub(crate) weekdays: u8,
    /// Classes of happening in the head, as bits.
    pub(crate) classes: u64,
    /// Media told of in the opening: class, and the words of the text that name it.
    pub(crate) media: Vec<(u8, Option<Span>)>,
    /// Occasions told of in the opening.
    pub(crate) occasions: Vec<(u8, Option<Span>)>,
    /// What is numbered in the opening: "package" 12 of "12th package".
    pub(crate) numbered: Vec<(Term, Term, Option<Span>)>,
    /// Words read.
    pub(crate) words: u32,
    /// Where leading words first stand: (term, words of the text, or `None` when only the title has them).
    pub(crate) surfaces: Vec<(Term, Option<Span>)>,
    /// Entities across articles, sorted, with the number of mentions, where the annotators found some.
    pub(crate) entities: Vec<(EntityIndex, u16)>,
    /// Days of publication that are possible.
    pub(crate) published: DateRange,
    /// Whether it opens by calling its happening last week's, last month's or last year's: it looks back.
    pub(crate) looks_back: bool,
}

/// Weighted words and word pairs that are left of an archived article: what 2 KB hold beside the rest of it. On ECB+
/// and the FNC-1 bodies, a third of them open, whole sketches find no more.
const REST_WORDS: usize = 64;
const REST_PAIRS: usize = 32;

/// Of what is compared the weightiest `most`, by term.
fn cut_to<T: Copy>(held: &Held<T>, most: usize, weight: impl Fn(&T) -> f32) -> Vec<(Term, T)> {
    let mut out: Vec<(Term, T)> = held.compared().map(|(term, value)| (term, *value)).collect();
    out.sort_unstable_by(|a, b| weight(&b.1).total_cmp(&weight(&a.1)).then(a.0.cmp(&b.0)));
    out.truncate(most);
    out.sort_unstable_by_key(|entry| entry.0);
    out
}

/// The same as all that is held.
fn rest_of<T: Copy>(held: &Held<T>, most: usize, weight: impl Fn(&T) -> f32) -> Held<T> {
    let left = cut_to(held, most, weight);
    let count = left.len();
    Held::new(left.into_iter(), count)
}

impl Sketch {
    /// Has at hand where its words stand; what it gives means nothing.
    pub(crate) fn reach(&self) -> usize {
        self.items.terms().len() ^ self.pairs.terms().len() ^ self.years.len() ^ self.words as usize
    }

    /// Has at hand what comparing it will read.
    pub(crate) fn fetch(&self) {
        std::hint::black_box(self.items.fetch() ^ self.pairs.fetch());
    }

    /// What counts gave, not weighed yet.
    pub(crate) fn new(counts: &Counts, background: &Background) -> Self {
        let item = |w: &WordCount| {
            let known = background.known(w.term).count;
            let cased = u16::from(w.upper) + u16::from(w.lower);
            let name = !w.number && if cased > 0 { w.upper > w.lower } else { known < NAME_BELOW };
            let bit = |yes: bool, bit: u8| if yes { bit } else { 0 };
            let bits = bit(name, NAME)
                | bit(w.number, NUMBER)
                | bit(w.ordinal, ORDINAL)
                | bit(known < RARE_BELOW, RARE);
            (w.term, Item { full: 0, head: 0, bits, count: w.full, head_count: w.head })
        };
        let mut out = counts.rest.clone();
        out.items = Held::new(counts.words.iter().map(item), 0);
        let two = |(term, count): &(Term, u8)| (*term, Two { share: 0, count: *count });
        out.pairs = Held::new(counts.pairs.iter().map(two), 0);
        out
    }

    /// Weighs all words; `others` tells how many other articles hold a term.
    pub(crate) fn weigh(
        &mut self,
        background: &Background,
        measure: Measure,
        mut others: impl FnMut(Term) -> u32,
    ) {
        let mut raw: Vec<(f32, f32, Term, Item)> = self
            .items
            .all()
            .map(|(term, item)| {
                let weight = measure.weight(background.known(term), others(term));
                let log = |n: u8| if n > 0 { 1.0 + f32::from(n).ln() } else { 0.0 };
                let bits = item.bits & !(TOP_NAME | TOP_WORD);
                (log(item.count) * weight, log(item.head_count) * weight, term, Item { bits, ..*item })
            })
            .collect();
        raw.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)));
        let kept = raw.len().min(KEPT_WORDS);
        for (.., item) in raw.iter_mut().take(2 * LEADING) {
            item.bits |= TOP_WORD;
        }
        for (.., item) in raw[..kept].iter_mut().filter(|r| r.3.bits & NAME != 0).take(LEADING) {
            item.bits |= TOP_NAME;
        }
        let full = norm(raw[..kept].iter().map(|r| r.0));
        let head = norm(raw[..kept].iter().map(|r| r.1));
        raw[..kept].sort_unstable_by_key(|r| r.2);
        let item = |(x, y, term, item): &(f32, f32, Term, Item)| {
            (*term, Item { full: share(x / full), head: share(y / head), ..*item })
        };
        self.items.set(raw.iter().map(item), kept);
        let part = |test: fn(&Item) -> bool| {
            self.items.compared().filter(|(_, i)| test(i)).map(|(_, i)| i.full() * i.full()).sum::<f32>()
        };
        let (name, plain) = (part(|i| i.bits & NAME != 0), part(|i| i.bits & (NAME | NUMBER) == 0));
        let (top_names, top_words) = (part(|i| i.bits & TOP_NAME != 0), part(|i| i.bits & TOP_WORD != 0));
        let count = |bit: u8| self.items.compared().filter(|(_, i)| i.bits & bit != 0).count() as u32;
        let (numbers, ordinals) = (count(NUMBER), count(ORDINAL));
        (self.name_norm, self.plain_norm) = (name.sqrt(), plain.sqrt());
        (self.top_names, self.top_words) = (top_names, top_words);
        (self.numbers, self.ordinals) = (numbers, ordinals);
        self.weigh_pairs(background, measure, others);
    }

    fn weigh_pairs(
        &mut self,
        background: &Background,
        measure: Measure,
        mut others: impl FnMut(Term) -> u32,
    ) {
        let mut raw: Vec<(f32, Term, Two)> = self
            .pairs
            .all()
            .map(|(term, two)| {
                let weight = measure.weight(background.known(term), others(term));
                ((1.0 + f32::from(two.count).ln()) * weight, term, *two)
            })
            .collect();
        let kept = raw.len().min(KEPT_PAIRS);
        if kept < raw.len() {
            let order = |a: &(f32, Term, Two), b: &(f32, Term, Two)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
            raw.select_nth_unstable_by(kept, order);
            raw[..kept].sort_unstable_by_key(|r| r.1);
            raw[kept..].sort_unstable_by_key(|r| r.1);
        }
        let length = norm(raw[..kept].iter().map(|r| r.0));
        // Pairs come by term; but what was beyond the compared ones may be among them now.
        raw[..kept].sort_unstable_by_key(|r| r.1);
        let two = |(x, term, two): &(f32, Term, Two)| (*term, Two { share: share(x / length), ..*two });
        self.pairs.set(raw.iter().map(two), kept);
    }

    /// What is left of it in the archive: its weightiest words and pairs, and the small things.
    pub(crate) fn rest(&self) -> Sketch {
        Sketch {
            items: rest_of(&self.items, REST_WORDS, Item::weight),
            pairs: rest_of(&self.pairs, REST_PAIRS, |p| f32::from(p.share)),
            surfaces: Vec::new(),
            entities: Vec::new(),
            ..self.clone()
        }
    }

    /// Its terms, each once.
    pub(crate) fn terms(&self) -> impl Iterator<Item = Term> + '_ {
        self.items.all().map(|i| i.0).chain(self.pairs.all().map(|p| p.0))
    }

    /// Bytes it holds.
    pub(crate) fn bytes(&self) -> usize {
        size_of::<Sketch>()
            + self.items.bytes()
            + self.pairs.bytes()
            + (self.years.capacity() + self.calendar.capacity()) * 2
            + (self.media.capacity() + self.occasions.capacity()) * size_of::<(u8, Option<Span>)>()
            + self.numbered.capacity() * size_of::<(Term, Term, Option<Span>)>()
            + self.surfaces.capacity() * size_of::<(Term, Option<Span>)>()
            + self.entities.capacity() * size_of::<(EntityIndex, u16)>()
    }
}

impl Counts {
    /// A sketch weighed among articles all of which are counted, that knows where its words stand.
    pub(crate) fn weigh(&self, frequencies: &Frequencies<'_>) -> Sketch {
        let background = frequencies.background;
        let mut sketch = Sketch::new(self, background);
        sketch.weigh(background, frequencies.measure(), |term| frequencies.others(term));
        sketch.surfaces = cut_to(&sketch.items, SURFACES, |i| f32::from(i.full))
            .iter()
            .filter_map(|(term, _)| {
                let at = self.words.binary_search_by_key(term, |w| w.term).ok()?;
                Some((*term, self.words[at].first()))
            })
            .collect();
        sketch
    }
}

fn norm(values: impl Iterator<Item = f32>) -> f32 {
    let sum: f32 = values.map(|v| v * v).sum();
    if sum > 0.0 { sum.sqrt() } else { 1.0 }
}
