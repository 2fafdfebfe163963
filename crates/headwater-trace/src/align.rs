//! Aligns two texts: seeds, chains, fills the gaps, to the passages they share.
//!
//! Seeds are shared shingles. Runs of seeds on one diagonal become exact runs; the longest are taken first
//! and nothing is covered twice; runs that follow each other in both texts with a small gap are one passage:
//! that is how a changed word, a respelt number or an inserted "she told AP" stay inside. Order may differ
//! between the texts: passages need not be collinear. What a passage means is `judge`'s business.

use crate::shingle::{ALONE, WIDTH};
use std::ops::Range;

/// Words that may differ on both sides inside one passage (words).
const GAP: u32 = 8;
/// Words that may be inserted on one side only: an attribution with a title and a time (words).
const INSERTED: u32 = 16;
/// Places at which one shingle of the first text is tried (places); a text that repeats itself stays linear.
const PLACES: usize = 4;

/// Words that are the same in both texts, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) len: u32,
}

/// Some runs that make one passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) a: Range<u32>,
    pub(crate) b: Range<u32>,
    /// Its runs, as a range of [`Alignment::runs`].
    pub(crate) runs: Range<usize>,
}

/// What two texts share, in word positions, in order of the first text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Alignment {
    pub(crate) runs: Vec<Run>,
    pub(crate) stretches: Vec<Stretch>,
}

/// Aligns one text with many others; its tables are kept from one to the next.
pub(crate) struct Aligner {
    head: Vec<u32>,
    next: Vec<u32>,
    loaded: Vec<u32>,
    a: usize,
}

impl Aligner {
    /// For an index with this many numbered shingles.
    pub(crate) fn new(count: usize) -> Self {
        Aligner { head: vec![ALONE; count], next: Vec::new(), loaded: Vec::new(), a: usize::MAX }
    }

    /// Makes `ids` the first text; `a` is its name, so that loading it again costs nothing.
    pub(crate) fn load(&mut self, a: usize, ids: &[u32]) {
        if self.a == a {
            return;
        }
        self.a = a;
        for id in self.loaded.drain(..) {
            self.head[id as usize] = ALONE;
        }
        self.next.clear();
        self.next.resize(ids.len(), ALONE);
        for (at, &id) in ids.iter().enumerate().rev() {
            if id != ALONE {
                self.next[at] = self.head[id as usize];
                self.head[id as usize] = at as u32;
                self.loaded.push(id);
            }
        }
    }

    /// Aligns the loaded text with another.
    pub(crate) fn align(&self, a: &[u32], b: &[u32], b_ids: &[u32]) -> Alignment {
        let runs = disjoint(self.maximal_runs(b_ids), a.len(), b.len());
        chain(runs, a, b)
    }

    fn maximal_runs(&self, b_ids: &[u32]) -> Vec<Run> {
        let mut seeds: Vec<(i64, u32)> = Vec::new();
        for (j, &id) in b_ids.iter().enumerate() {
            if id == ALONE {
                continue;
            }
            let mut at = self.head[id as usize];
            for _ in 0..PLACES {
                if at == ALONE {
                    break;
                }
                seeds.push((i64::from(at) - j as i64, j as u32));
                at = self.next[at as usize];
            }
        }
        seeds.sort_unstable();
        let mut runs: Vec<Run> = Vec::new();
        let mut last: Option<(i64, u32)> = None;
        for (diagonal, j) in seeds {
            match (last, runs.last_mut()) {
                // Seeds that overlap on one diagonal cover one run of equal words.
                (Some((d, k)), Some(run)) if d == diagonal && j <= k + WIDTH as u32 => {
                    run.len = j + WIDTH as u32 - run.b
                }
                _ => runs.push(Run { a: (i64::from(j) + diagonal) as u32, b: j, len: WIDTH as u32 }),
            }
            last = Some((diagonal, j));
        }
        runs
    }
}

/// The longest runs first, so that no word of either text is covered twice.
fn disjoint(mut runs: Vec<Run>, a_len: usize, b_len: usize) -> Vec<Run> {
    runs.sort_unstable_by_key(|r| (std::cmp::Reverse(r.len), r.a.abs_diff(r.b), r.a, r.b));
    let (mut in_a, mut in_b) = (vec![false; a_len], vec![false; b_len]);
    let mut taken = Vec::new();
    for run in runs {
        // The longest free part of the run.
        let free = |k: u32| !in_a[(run.a + k) as usize] && !in_b[(run.b + k) as usize];
        let (mut best, mut start) = (0..0, None);
        for k in 0..=run.len {
            if k < run.len && free(k) {
                start.get_or_insert(k);
            } else if let Some(s) = start.take()
                && k - s > best.len() as u32
            {
                best = s..k;
            }
        }
        if best.len() >= WIDTH - 1 {
            for k in best.clone() {
                in_a[(run.a + k) as usize] = true;
                in_b[(run.b + k) as usize] = true;
            }
            taken.push(Run { a: run.a + best.start, b: run.b + best.start, len: best.len() as u32 });
        }
    }
    taken.sort_unstable_by_key(|r| (r.a, r.b));
    taken
}

/// Joins runs over small gaps and finds the equal words inside the gaps.
fn chain(runs: Vec<Run>, a: &[u32], b: &[u32]) -> Alignment {
    let mut out = Alignment::default();
    let mut i = 0;
    while i < runs.len() {
        let first = out.runs.len();
        let mut last = runs[i];
        let start = last;
        out.runs.push(last);
        let mut j = i + 1;
        while let Some(&run) = runs.get(j) {
            let (a_end, b_end) = (last.a + last.len, last.b + last.len);
            if run.a < a_end || run.b < b_end {
                break;
            }
            let (ga, gb) = (run.a - a_end, run.b - b_end);
            if !(ga <= GAP && gb <= GAP || ga.min(gb) <= 2 && ga.max(gb) <= INSERTED) {
                break;
            }
            bridge(a, b, a_end..run.a, b_end..run.b, &mut out.runs);
            out.runs.push(run);
            last = run;
            j += 1;
        }
        out.stretches.push(Stretch {
            a: start.a..last.a + last.len,
            b: start.b..last.b + last.len,
            runs: first..out.runs.len(),
        });
        i = j;
    }
    out
}

/// The longest common subsequence of two small gaps, as runs.
fn bridge(a: &[u32], b: &[u32], x: Range<u32>, y: Range<u32>, out: &mut Vec<Run>) {
    let (xs, ys) = (&a[x.start as usize..x.end as usize], &b[y.start as usize..y.end as usize]);
    if xs.is_empty() || ys.is_empty() {
        return;
    }
    const SIDE: usize = INSERTED as usize + 1;
    let mut best = [[0u8; SIDE]; SIDE];
    for i in (0..xs.len()).rev() {
        for j in (0..ys.len()).rev() {
            best[i][j] =
                if xs[i] == ys[j] { best[i + 1][j + 1] + 1 } else { best[i + 1][j].max(best[i][j + 1]) };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < xs.len() && j < ys.len() {
        if xs[i] == ys[j] {
            out.push(Run { a: x.start + i as u32, b: y.start + j as u32, len: 1 });
            i += 1;
            j += 1;
        } else if best[i + 1][j] >= best[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shingle::Index;
    use crate::style::word_hash;

    fn align(a: &str, b: &str) -> (Alignment, Vec<u32>, Vec<u32>) {
        let words = |t: &str| t.split_whitespace().map(word_hash).collect::<Vec<u32>>();
        let (a, b) = (words(a), words(b));
        let index = Index::new(&[&a, &b]);
        let mut aligner = Aligner::new(index.count);
        aligner.load(0, &index.ids[0]);
        (aligner.align(&a, &b, &index.ids[1]), a, b)
    }

    fn check(a: &str, b: &str, expect: &[(&str, &str)]) {
        let (got, x, y) = align(a, b);
        for run in &got.runs {
            for k in 0..run.len {
                assert_eq!(x[(run.a + k) as usize], y[(run.b + k) as usize]);
            }
        }
        let cut = |t: &str, r: &Range<u32>| {
            t.split_whitespace().collect::<Vec<_>>()[r.start as usize..r.end as usize].join(" ")
        };
        let got: Vec<(String, String)> = got.stretches.iter().map(|s| (cut(a, &s.a), cut(b, &s.b))).collect();
        let expect: Vec<(String, String)> =
            expect.iter().map(|(x, y)| (x.to_string(), y.to_string())).collect();
        assert_eq!(got, expect);
    }

    #[test]
    fn a_changed_word_stays_inside() {
        check(
            "the ferry left the old harbour at dawn with ninety people aboard on friday",
            "the ferry left the old harbour at noon with 90 people aboard on saturday",
            &[(
                "the ferry left the old harbour at dawn with ninety people aboard on",
                "the ferry left the old harbour at noon with 90 people aboard on",
            )],
        );
    }

    #[test]
    fn an_inserted_attribution_stays_inside() {
        check(
            "workers closed the northern gate after the river rose by two metres in a night",
            "workers closed the northern gate a spokeswoman for the port told the agency on monday after the river rose by two meters in a night",
            &[(
                "workers closed the northern gate after the river rose by two metres in a night",
                "workers closed the northern gate a spokeswoman for the port told the agency on monday after the river rose by two meters in a night",
            )],
        );
    }

    #[test]
    fn order_may_differ() {
        let (got, _, _) =
            align("a b c d e f g h 1x 2x 3x i j k l m n o p", "i j k l m n o p 4x 5x 6x a b c d e f g h");
        assert_eq!(got.stretches.len(), 2);
    }

    #[test]
    fn nothing_is_covered_twice() {
        let repeated = "one two three red blue green ".repeat(50);
        let (got, a, b) = align(&repeated, &repeated.repeat(3));
        let covered: u32 = got.runs.iter().map(|r| r.len).sum();
        assert!(covered as usize <= a.len().min(b.len()));
    }
}
