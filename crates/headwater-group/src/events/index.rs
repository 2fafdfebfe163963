//! Candidates: which articles might tell the same happening, by an inverted index, never by all pairs.

use super::sketch::Sketch;
use super::terms::Term;
use rustc_hash::FxHashMap;

/// Weightiest words of an article under which it is filed and looked up.
const FILED: usize = 40;
/// Articles looked at under one word: the latest ones. Words that fill this list say little.
const LONGEST: usize = 1_500;
/// Candidates kept of one look-up.
pub(crate) const CANDIDATES: usize = 80;

/// The inverted index.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    lists: FxHashMap<Term, Vec<(u32, f32)>>,
    scratch: FxHashMap<u32, f32>,
}

/// The words under which a sketch is filed.
fn filed(sketch: &Sketch) -> Vec<(Term, f32)> {
    let mut out: Vec<(Term, f32)> = sketch.items.iter().map(|i| (i.term, i.full + 0.5 * i.head)).collect();
    out.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    out.truncate(FILED);
    out
}

impl Index {
    /// Files a sketch under `id`.
    pub(crate) fn add(&mut self, id: u32, sketch: &Sketch) {
        for (term, weight) in filed(sketch) {
            self.lists.entry(term).or_default().push((id, weight));
        }
    }

    /// The ids that share most with a sketch, best first, `id` itself left out.
    pub(crate) fn candidates(&mut self, id: u32, sketch: &Sketch) -> Vec<u32> {
        self.scratch.clear();
        for (term, weight) in filed(sketch) {
            if let Some(list) = self.lists.get(&term) {
                for (other, theirs) in list.iter().rev().take(LONGEST) {
                    *self.scratch.entry(*other).or_insert(0.0) += weight * theirs;
                }
            }
        }
        let mut best: Vec<(u32, f32)> = self.scratch.drain().filter(|(other, _)| *other != id).collect();
        best.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        best.truncate(CANDIDATES);
        best.into_iter().map(|(other, _)| other).collect()
    }
}
