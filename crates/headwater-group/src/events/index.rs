//! Candidates: which articles might tell the same happening, by an inverted index, never by all pairs.
//!
//! What a look-up costs is bounded whatever the index holds: rare words are read whole, and what is left of the bound
//! is shared among the commoner ones. What leaves is only marked, and swept out when it has become much.

use super::sketch::Sketch;
use super::terms::Term;
use rustc_hash::FxHashMap;

/// Weightiest words of an article under which it is filed and looked up.
const FILED: usize = 40;
/// Words of an archived article under which it is filed. On the FNC-1 bodies, a third of them open, 40 find as many
/// as when all are open and 20 lose .004 of B³; on ECB+ and on headlines it makes no difference.
const FILED_ARCHIVED: usize = 30;
/// Places read in one look-up: all of rare words, of commoner ones the latest. On the FNC-1 bodies and headlines and on ECB+ the same events come out with 2,000
/// as without a bound; larger archives have longer lists.
const READ: usize = 4_000;
/// Candidates kept of one look-up.
pub(crate) const CANDIDATES: usize = 80;
/// Score below which an article is no candidate. On the FNC-1 bodies and headlines, ECB+ and NewsWCL50 the same
/// events come out up to .06; from .10 on the bodies lose.
const LEAST_SCORE: f32 = 0.05;

/// The inverted index.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    lists: FxHashMap<Term, Vec<Place>>,
    /// For each id, in which form it is filed, and under how many words.
    forms: Vec<Form>,
    filed: Vec<u8>,
    /// Score of each id during a look-up, 0 between look-ups, and room for the ids that have one.
    scores: Vec<f32>,
    touched: Vec<u32>,
    /// Places that are held, and those of them whose article has left.
    held: usize,
    dead: usize,
}

/// An article under one word: its id, in its archived form when [`ARCHIVED`] is set, and the word's weight.
type Place = (u32, f32);
const ARCHIVED: u32 = 1 << 31;

/// In which form an id is filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Nowhere,
    Open,
    Archived,
}

/// Bytes of one place in the index; lists that grow by doubling are three quarters full.
const PLACE: usize = size_of::<Place>() * 4 / 3;

/// The words under which a sketch is filed and looked up.
pub(crate) fn leading_words(sketch: &Sketch) -> Vec<(Term, f32)> {
    let mut out: Vec<(Term, f32)> =
        sketch.items.compared().map(|(term, item)| (term, item.weight())).collect();
    let order = |a: &(Term, f32), b: &(Term, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    if out.len() > FILED {
        out.select_nth_unstable_by(FILED, order);
        out.truncate(FILED);
    }
    out.sort_unstable_by(order);
    out
}

fn is_live(forms: &[Form], place: &Place) -> bool {
    let form = if place.0 & ARCHIVED == 0 { Form::Open } else { Form::Archived };
    forms.get((place.0 & !ARCHIVED) as usize) == Some(&form)
}

impl Index {
    /// Files an article under the leading words of its sketch.
    pub(crate) fn add(&mut self, id: u32, words: &[(Term, f32)]) {
        self.file(id, Form::Open, words);
    }

    /// Files what is left of an archived article.
    pub(crate) fn add_archived(&mut self, id: u32, words: &[(Term, f32)]) {
        self.file(id, Form::Archived, words.get(..FILED_ARCHIVED).unwrap_or(words));
    }

    fn file(&mut self, id: u32, form: Form, words: &[(Term, f32)]) {
        let mark = if form == Form::Archived { ARCHIVED } else { 0 };
        for (term, weight) in words {
            self.lists.entry(*term).or_default().push((id | mark, *weight));
        }
        if self.scores.len() <= id as usize {
            self.scores.resize(id as usize + 1, 0.0);
            self.forms.resize(id as usize + 1, Form::Nowhere);
            self.filed.resize(id as usize + 1, 0);
        }
        self.forms[id as usize] = form;
        self.filed[id as usize] = words.len() as u8;
        self.held += words.len();
    }

    /// Takes out what was filed under `id`.
    pub(crate) fn remove(&mut self, id: u32) {
        let Some(filed) = self.filed.get_mut(id as usize) else { return };
        self.dead += usize::from(std::mem::take(filed));
        self.forms[id as usize] = Form::Nowhere;
        if self.dead * 3 > self.held {
            let forms = &self.forms;
            self.lists.retain(|_, list| {
                list.retain(|place| is_live(forms, place));
                if list.len() * 2 < list.capacity() {
                    list.shrink_to_fit();
                }
                !list.is_empty()
            });
            self.held -= self.dead;
            self.dead = 0;
        }
    }

    /// The ids that share most with the leading words of a sketch, best first, `id` itself left out.
    pub(crate) fn candidates(&mut self, id: u32, words: &[(Term, f32)]) -> Vec<u32> {
        let mut lists: Vec<(Term, f32, &[Place])> = words
            .iter()
            .filter_map(|(term, weight)| Some((*term, *weight, self.lists.get(term)?.as_slice())))
            .collect();
        lists.sort_unstable_by_key(|(term, _, list)| (list.len(), *term));
        let mut left = READ;
        self.touched.resize(READ, 0);
        let mut touched = 0;
        for (at, (_, weight, list)) in lists.iter().enumerate() {
            // What short lists leave, long ones have; of those that are too long all give their latest.
            let share = list.len().min(left / (lists.len() - at));
            left -= share;
            for place in list[list.len() - share..].iter().filter(|place| is_live(&self.forms, place)) {
                let other = place.0 & !ARCHIVED;
                let score = &mut self.scores[other as usize];
                // Written down in any case, and kept when it is the first time: nothing is guessed ahead, so that one
                // wait for a score overlaps the next.
                self.touched[touched] = other;
                touched += usize::from(*score == 0.0);
                *score += weight * place.1;
            }
        }
        let mut best: Vec<(u32, f32)> = Vec::with_capacity(touched);
        for &other in &self.touched[..touched] {
            let score = std::mem::take(&mut self.scores[other as usize]);
            if other != id && score >= LEAST_SCORE {
                best.push((other, score));
            }
        }
        let order = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if best.len() > CANDIDATES {
            best.select_nth_unstable_by(CANDIDATES, order);
            best.truncate(CANDIDATES);
        }
        best.sort_unstable_by(order);
        best.into_iter().map(|(other, _)| other).collect()
    }

    /// Bytes of the index for one article, open or archived.
    pub(crate) fn bytes(archived: bool) -> usize {
        PLACE * if archived { FILED_ARCHIVED } else { FILED }
            + size_of::<Form>()
            + size_of::<u8>()
            + size_of::<f32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_replace_each_other_and_leave_no_trace() {
        let mut index = Index::default();
        for id in 0..10 {
            index.add(id, &[(7, 0.5), (100 + id, 0.5)]);
        }
        assert_eq!(index.candidates(99, &[(7, 1.0)]).len(), 10);
        for id in 0..9 {
            index.remove(id);
        }
        assert_eq!(index.candidates(99, &[(7, 1.0), (103, 1.0)]), [9]);
        index.add_archived(3, &[(7, 0.5)]);
        assert_eq!(index.candidates(99, &[(7, 1.0), (103, 1.0)]), [3, 9]);
        assert_eq!(index.candidates(3, &[(7, 1.0)]), [9]);
        index.remove(3);
        index.remove(9);
        assert!(index.lists.is_empty());
    }
}
