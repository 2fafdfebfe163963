//! Figures of several reports that are one to the letter: framed alike, in like words, beside like words.
//!
//! What compares figures compares kinds of them, and counts each for the reports that carry it. Whether two kinds are
//! of one thing is `figures`.

use crate::align::{Aligner, LEAD_SENTENCES};
use crate::frame::{Number, Who};
use crate::measure::{Class, moves_with_time};
use headwater_model::{ArticleIndex, Bound, EntityIndex, SourceKind};
use jiff::civil::Date;
use rustc_hash::FxHashMap;

/// One kind of figure.
pub(crate) struct Kind {
    /// Its numbers, ascending, no two of one report.
    pub(crate) numbers: Vec<usize>,
    /// Their reports, ascending.
    articles: Vec<ArticleIndex>,
}

/// The kinds of a story's numbers, in order of the first of each.
pub(crate) struct Kinds<'a> {
    pub(crate) all: &'a [Number],
    /// The kind of each number.
    pub(crate) of: Vec<usize>,
    pub(crate) list: Vec<Kind>,
}

/// All that is read of a number when it is compared.
#[derive(PartialEq, Eq, Hash)]
struct Key<'a> {
    value: (u64, u64, Bound),
    unit: &'a str,
    noun: &'a str,
    counted: &'a [u32],
    class: Class,
    planned: bool,
    additional: bool,
    part: bool,
    moves: bool,
    who: &'a Who,
    whole: bool,
    since: bool,
    opening: bool,
    days: &'a [(Date, Date)],
    chain: Vec<(&'a str, Option<EntityIndex>, SourceKind)>,
    as_of: Option<(Date, Date)>,
    context: u32,
    /// Wordings beside the context, and those that open the report: they are read of people harmed only.
    beside: Vec<u32>,
    /// How many times the report has it before.
    turn: u32,
}

impl<'a> Key<'a> {
    fn new(aligner: &Aligner<'_>, n: &'a Number) -> Self {
        let (quantity, measure, extent) = (&n.quantity, &n.measure, &n.extent);
        let wording = |clause: usize| aligner.wordings.of[clause];
        let harmed = moves_with_time(measure.class);
        let opening = harmed && extent.sentence < LEAD_SENTENCES;
        let lead = aligner.lead(n.article).iter().filter(|_| opening);
        let around = aligner.around(n.context).filter(|_| harmed);
        Key {
            value: (quantity.low.to_bits(), quantity.high.to_bits(), quantity.bound),
            unit: &quantity.unit,
            noun: &quantity.counted,
            counted: &n.counted,
            class: measure.class,
            planned: measure.planned,
            additional: measure.additional,
            part: measure.part,
            moves: n.moves.is_some(),
            who: &n.who,
            whole: extent.whole,
            since: extent.since,
            opening,
            days: &extent.days,
            chain: n.chain.iter().map(|l| (l.text.as_str(), l.entity, l.kind)).collect(),
            as_of: n.as_of.as_ref().map(|(first, last, _)| (*first, *last)),
            context: wording(n.context),
            beside: around.chain(lead.copied()).map(wording).collect(),
            turn: 0,
        }
    }
}

impl<'a> Kinds<'a> {
    pub(crate) fn new(aligner: &Aligner<'_>, all: &'a [Number]) -> Self {
        let mut of = Vec::with_capacity(all.len());
        let mut list: Vec<Kind> = Vec::new();
        let mut known: FxHashMap<Key<'a>, usize> = FxHashMap::default();
        for (n, number) in all.iter().enumerate() {
            let mut key = Key::new(aligner, number);
            let kind = loop {
                match known.get(&key) {
                    Some(&kind) if list[kind].articles.last() != Some(&number.article) => break kind,
                    Some(_) => key.turn += 1,
                    None => {
                        known.insert(key, list.len());
                        list.push(Kind { numbers: Vec::new(), articles: Vec::new() });
                        break list.len() - 1;
                    }
                }
            };
            list[kind].numbers.push(n);
            list[kind].articles.push(number.article);
            of.push(kind);
        }
        Kinds { all, of, list }
    }

    /// The number that stands for a kind: its first.
    pub(crate) fn number(&self, kind: usize) -> &'a Number {
        &self.all[self.list[kind].numbers[0]]
    }

    /// Two numbers of a kind, of two reports.
    pub(crate) fn two(&self, kind: usize) -> Option<(&'a Number, &'a Number)> {
        match self.list[kind].numbers[..] {
            [a, b, ..] => Some((&self.all[a], &self.all[b])),
            _ => None,
        }
    }

    /// Reports that have both of two kinds.
    pub(crate) fn in_one(&self, x: usize, y: usize) -> usize {
        let (x, y) = (&self.list[x].articles, &self.list[y].articles);
        let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
        short.iter().filter(|a| long.binary_search(a).is_ok()).count()
    }

    /// Pairs of numbers of two kinds that stand in two reports.
    pub(crate) fn in_two(&self, x: usize, y: usize) -> usize {
        self.list[x].articles.len() * self.list[y].articles.len() - self.in_one(x, y)
    }

    /// Whether the numbers of some kinds stand in more than one report.
    pub(crate) fn several(&self, kinds: &[usize]) -> bool {
        let mut articles = kinds.iter().flat_map(|k| &self.list[*k].articles);
        let first = articles.next();
        articles.any(|a| Some(a) != first)
    }

    /// The numbers of some kinds, ascending.
    pub(crate) fn numbers(&self, kinds: &[usize]) -> Vec<usize> {
        let mut out: Vec<usize> = kinds.iter().flat_map(|k| self.list[*k].numbers.iter().copied()).collect();
        out.sort_unstable();
        out
    }
}
