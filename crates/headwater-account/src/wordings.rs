//! Clauses of several reports that are one to the letter, in like circumstances: read once, however many carry them.
//!
//! A story of copies has few wordings and many clauses. Whatever compares clauses compares wordings and counts each
//! for the reports that carry it. What two wordings have in common is `align`.

use crate::lexicon::Concept;
use crate::material::{Clause, Input};
use headwater_model::Interval;
use rustc_hash::FxHashMap;

/// The wordings of a story.
pub(crate) struct Wordings {
    /// The wording of each clause.
    pub(crate) of: Vec<u32>,
    /// For each wording its clauses, ascending, no two of one report.
    pub(crate) clauses: Vec<Vec<u32>>,
}

/// All that a comparison reads of a clause.
#[derive(PartialEq, Eq, Hash)]
struct Key<'a> {
    words: &'a str,
    concepts: &'a [Concept],
    intervals: &'a [Interval],
    /// Whether the days are its own and not those of its sentence.
    dated: bool,
    /// Whether it opens its sentence.
    opens: bool,
    event: Option<u32>,
    /// How many times the report has told it before.
    turn: u32,
}

impl Wordings {
    /// `intervals` are those of each clause.
    pub(crate) fn new(input: &Input<'_>, clauses: &[Clause], intervals: &[Vec<Interval>]) -> Self {
        let mut of = Vec::with_capacity(clauses.len());
        let mut lists: Vec<Vec<u32>> = Vec::new();
        let mut known: FxHashMap<Key<'_>, u32> = FxHashMap::default();
        for (i, clause) in clauses.iter().enumerate() {
            let at = clause.article.at();
            let sentence = input.outlines[at].sentences.get(clause.sentence);
            let mut key = Key {
                words: clause.span.of(&input.articles[at].text),
                concepts: &clause.concepts,
                intervals: &intervals[i],
                dated: !clause.times.is_empty(),
                opens: sentence.is_some_and(|s| s.start == clause.span.start),
                event: input.index.event_of[at],
                turn: 0,
            };
            let here = |last: &u32| clauses[*last as usize].article == clause.article;
            let wording = loop {
                match known.get(&key) {
                    Some(&wording) if !lists[wording as usize].last().is_some_and(here) => break wording,
                    Some(_) => key.turn += 1,
                    None => {
                        let next = lists.len() as u32;
                        known.insert(key, next);
                        lists.push(Vec::new());
                        break next;
                    }
                }
            };
            lists[wording as usize].push(i as u32);
            of.push(wording);
        }
        Wordings { of, clauses: lists }
    }

    /// The first clause of a wording.
    pub(crate) fn first(&self, wording: u32) -> usize {
        self.clauses[wording as usize].first().map_or(0, |c| *c as usize)
    }

    /// Clauses of two wordings that stand in one report, by report.
    pub(crate) fn beside<'a>(
        &'a self,
        all: &'a [Clause],
        x: u32,
        y: u32,
    ) -> impl Iterator<Item = (usize, usize)> + 'a {
        let (x, y) = (&self.clauses[x as usize], &self.clauses[y as usize]);
        let mut k = 0;
        x.iter().filter_map(move |&i| {
            let article = all[i as usize].article;
            while k < y.len() && all[y[k] as usize].article < article {
                k += 1;
            }
            let j = *y.get(k)?;
            (all[j as usize].article == article).then_some((i as usize, j as usize))
        })
    }

    /// A list of clauses by wording, in order of the first of each: the wording and its clauses in the list.
    pub(crate) fn group(&self, list: &[usize]) -> Vec<(u32, Vec<usize>)> {
        let mut at: FxHashMap<u32, usize> = FxHashMap::default();
        let mut out: Vec<(u32, Vec<usize>)> = Vec::new();
        for &clause in list {
            let wording = self.of[clause];
            let place = *at.entry(wording).or_insert(out.len());
            match out.get_mut(place) {
                Some((_, clauses)) => clauses.push(clause),
                None => out.push((wording, vec![clause])),
            }
        }
        out
    }
}
