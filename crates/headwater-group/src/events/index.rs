//! Candidates: which articles might tell the same happening, by an inverted index, never by all pairs.

use super::sketch::Sketch;
use super::terms::Term;
use rustc_hash::FxHashMap;

/// Weightiest words of an article under which it is filed and looked up.
const FILED: usize = 40;
/// Articles looked at under one word: the latest ones. Words that fill this list say little.
const LONGEST: usize = 1_500;
/// Words of an archived article under which it is filed.
const FILED_ARCHIVED: usize = 12;
/// Candidates kept of one look-up.
pub(crate) const CANDIDATES: usize = 80;

/// The inverted index.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    lists: FxHashMap<Term, Vec<(u32, f32)>>,
    /// Score of each id during a look-up, 0 between look-ups, and the ids that have one.
    scores: Vec<f32>,
    touched: Vec<u32>,
}

/// Bytes of one place in the index; lists that grow by doubling are three quarters full.
const PLACE: usize = size_of::<(u32, f32)>() * 4 / 3;

/// The words under which a sketch is filed.
fn filed(sketch: &Sketch, most: usize) -> Vec<(Term, f32)> {
    let mut out: Vec<(Term, f32)> = sketch.items.iter().map(|i| (i.term, i.full + 0.5 * i.head)).collect();
    let order = |a: &(Term, f32), b: &(Term, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    if out.len() > most {
        out.select_nth_unstable_by(most, order);
        out.truncate(most);
    }
    out.sort_unstable_by(order);
    out
}

impl Index {
    /// Files a sketch under `id`.
    pub(crate) fn add(&mut self, id: u32, sketch: &Sketch) {
        self.file(id, filed(sketch, FILED));
    }

    /// Files what is left of an archived sketch under `id`.
    pub(crate) fn add_archived(&mut self, id: u32, sketch: &Sketch) {
        self.file(id, filed(sketch, FILED_ARCHIVED));
    }

    fn file(&mut self, id: u32, words: Vec<(Term, f32)>) {
        for (term, weight) in words {
            self.lists.entry(term).or_default().push((id, weight));
        }
        if self.scores.len() <= id as usize {
            self.scores.resize(id as usize + 1, 0.0);
        }
    }

    /// Takes out what was filed under `id` for that sketch.
    pub(crate) fn remove(&mut self, id: u32, sketch: &Sketch) {
        for (term, _) in filed(sketch, FILED) {
            if let Some(list) = self.lists.get_mut(&term) {
                if let Some(at) = list.iter().rposition(|p| p.0 == id) {
                    list.remove(at);
                }
                if list.is_empty() {
                    self.lists.remove(&term);
                } else if list.len() * 4 < list.capacity() {
                    list.shrink_to_fit();
                }
            }
        }
    }

    /// The ids that share most with a sketch, best first, `id` itself left out.
    pub(crate) fn candidates(&mut self, id: u32, sketch: &Sketch) -> Vec<u32> {
        for (term, weight) in filed(sketch, FILED) {
            let Some(list) = self.lists.get(&term) else { continue };
            for (other, theirs) in list.iter().rev().take(LONGEST) {
                let score = &mut self.scores[*other as usize];
                if *score == 0.0 {
                    self.touched.push(*other);
                }
                *score += weight * theirs;
            }
        }
        let mut best: Vec<(u32, f32)> = Vec::with_capacity(self.touched.len());
        for other in self.touched.drain(..) {
            let score = std::mem::take(&mut self.scores[other as usize]);
            if other != id {
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
    }
}
