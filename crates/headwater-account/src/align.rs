//! Which clauses of several reports say the same.
//!
//! Similarity is the cosine of concept vectors weighted by how telling each concept is in the story, with
//! a share for the sentence around; candidates come from an inverted index over telling concepts. Clusters
//! grow by average link. What the clauses' values are is none of its business.

use crate::lexicon::ENTITY_BASE;
use crate::material::{Clause, Input, Weights};
use headwater_model::{ArticleIndex, Interval, TimeKind};
use rustc_hash::FxHashMap;

/// Clauses of one story, ready to be compared.
pub(crate) struct Aligner<'a> {
    input: &'a Input<'a>,
    pub(crate) clauses: &'a [Clause],
    weights: Weights,
    norms: Vec<f32>,
    /// Squared weight of each concept of each clause.
    squares: Vec<Vec<f32>>,
    /// The dates told in each clause, or in its sentence when it tells none.
    intervals: Vec<Vec<Interval>>,
    /// The clauses that open each article.
    leads: FxHashMap<ArticleIndex, Vec<usize>>,
}

/// How two clauses compare.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    /// 0–1.
    pub(crate) similarity: f32,
    /// Shared concepts that are no entities.
    pub(crate) words: u32,
    /// Whether both articles tell the same event.
    pub(crate) same_event: bool,
    /// Whether both clauses tell a date and these cannot be one.
    pub(crate) dates_exclude: bool,
}

/// Similarity from which two clauses are taken to say the same. Chosen on three of the NewsWCL50 accounts.
pub(crate) const JOIN: f32 = 0.27;

/// Sentences that open a report and tell what it is about.
pub(crate) const LEAD_SENTENCES: usize = 3;

/// Average similarity that two clusters need to become one. Chosen on three of the NewsWCL50 accounts, so that no
/// statement of a single report gains a second one.
const JOIN_CLUSTERS: f32 = 0.13;

/// A concept in more clauses than this share of all says too little to propose a pair.
const COMMON_SHARE: f32 = 0.3;

/// Most clauses that one concept may bring together.
const MOST_POSTINGS: usize = 400;

impl<'a> Aligner<'a> {
    pub(crate) fn new(input: &'a Input<'a>, clauses: &'a [Clause]) -> Self {
        let weights = Weights::new(clauses);
        let norms = clauses.iter().map(|c| weights.norm(c)).collect();
        let squares =
            clauses.iter().map(|c| c.concepts.iter().map(|k| weights.of(*k).powi(2)).collect()).collect();
        let intervals = clauses.iter().map(|c| intervals(input, c)).collect();
        let mut leads: FxHashMap<ArticleIndex, Vec<usize>> = FxHashMap::default();
        for (i, clause) in clauses.iter().enumerate().filter(|(_, c)| c.sentence < LEAD_SENTENCES) {
            leads.entry(clause.article).or_default().push(i);
        }
        Aligner { input, clauses, weights, norms, squares, intervals, leads }
    }

    /// The told event of an article.
    pub(crate) fn event_of(&self, article: ArticleIndex) -> Option<u32> {
        self.input.index.event_of[article.at()]
    }

    /// How telling a concept is.
    pub(crate) fn weight(&self, concept: u32) -> f32 {
        self.weights.of(concept)
    }

    /// Compares two clauses.
    pub(crate) fn pair(&self, i: usize, j: usize) -> Pair {
        let (a, b) = (&self.clauses[i], &self.clauses[j]);
        let (mut dot, mut words) = (0.0, 0);
        let (mut k, mut l) = (0, 0);
        while let (Some(x), Some(y)) = (a.concepts.get(k), b.concepts.get(l)) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => k += 1,
                std::cmp::Ordering::Greater => l += 1,
                std::cmp::Ordering::Equal => {
                    dot += self.squares[i][k];
                    words += u32::from(*x < ENTITY_BASE);
                    k += 1;
                    l += 1;
                }
            }
        }
        let length = self.norms[i] * self.norms[j];
        let cosine = if length > 0.0 { dot / length } else { 0.0 };
        // A short clause inside a long one: measured by the shorter, at a discount.
        let shorter = self.norms[i].min(self.norms[j]).powi(2);
        let contained = if shorter > 0.0 { dot / shorter } else { 0.0 };
        let mut similarity = cosine.max(0.62 * contained.min(1.0) * f32::from(words >= 3));
        let (dates_meet, dates_exclude) = self.dates(i, j);
        if dates_meet {
            similarity += 0.07;
        }
        if dates_exclude {
            similarity -= 0.08;
        }
        let same_event = match (self.event_of(a.article), self.event_of(b.article)) {
            (Some(x), Some(y)) => x == y,
            _ => false,
        };
        if same_event {
            similarity += 0.03;
        }
        Pair { similarity: similarity.clamp(0.0, 1.0), words, same_event, dates_exclude }
    }

    /// How near the openings of two articles are: the best pair of their clauses.
    pub(crate) fn lead_similarity(&self, a: ArticleIndex, b: ArticleIndex) -> f32 {
        let lead = |x| self.leads.get(&x).map_or(&[][..], Vec::as_slice);
        let pairs = lead(a).iter().flat_map(|&i| lead(b).iter().map(move |&j| (i, j)));
        pairs.map(|(i, j)| self.pair(i, j).similarity).fold(0.0, f32::max)
    }

    /// How near two clauses or those beside them are.
    pub(crate) fn context_similarity(&self, i: usize, j: usize) -> f32 {
        let around = |k: usize| {
            let own = self.clauses[k].article;
            (k.saturating_sub(1)..=(k + 1).min(self.clauses.len() - 1))
                .filter(move |&n| self.clauses[n].article == own)
        };
        around(i)
            .flat_map(|x| around(j).map(move |y| (x, y)))
            .filter(|(x, y)| x != y)
            .map(|(x, y)| self.pair(x, y).similarity)
            .fold(0.0, f32::max)
    }

    /// Whether the dates told in two clauses can be one, and whether they exclude each other.
    fn dates(&self, i: usize, j: usize) -> (bool, bool) {
        let (x, y) = (&self.intervals[i], &self.intervals[j]);
        if x.is_empty() || y.is_empty() {
            return (false, false);
        }
        let meet = x.iter().any(|p| y.iter().any(|q| p.start < q.end && q.start < p.end));
        (meet, !meet && !self.clauses[i].times.is_empty() && !self.clauses[j].times.is_empty())
    }

    /// Pairs of clauses of different reports that share telling concepts, best first.
    pub(crate) fn candidates(&self) -> Vec<(f32, u32, u32)> {
        let mut postings: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for (i, clause) in self.clauses.iter().enumerate() {
            for c in &clause.concepts {
                postings.entry(*c).or_default().push(i as u32);
            }
        }
        let most = ((self.clauses.len() as f32 * COMMON_SHARE) as usize).clamp(12, MOST_POSTINGS);
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for (i, clause) in self.clauses.iter().enumerate() {
            let mut others: Vec<u32> = clause
                .concepts
                .iter()
                .filter_map(|c| postings.get(c))
                .filter(|p| p.len() <= most)
                .flat_map(|p| p.iter().copied().filter(|j| *j as usize > i))
                .filter(|j| self.clauses[*j as usize].article != clause.article)
                .collect();
            others.sort_unstable();
            others.dedup();
            pairs.extend(others.into_iter().map(|j| (i as u32, j)));
        }
        let mut out: Vec<(f32, u32, u32)> = pairs
            .into_iter()
            .filter_map(|(i, j)| {
                let p = self.pair(i as usize, j as usize);
                (p.similarity >= JOIN && p.words >= 2).then_some((p.similarity, i, j))
            })
            .collect();
        out.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        out
    }

    /// Clusters of clauses that say the same, each sorted; clauses that match nothing are left out.
    pub(crate) fn clusters(&self) -> Vec<Vec<usize>> {
        let edges = self.candidates();
        let mut cluster_of: FxHashMap<usize, usize> = FxHashMap::default();
        let mut clusters: Vec<Vec<usize>> = Vec::new();
        for (_, i, j) in edges {
            let (i, j) = (i as usize, j as usize);
            let mut home = |k: usize, clusters: &mut Vec<Vec<usize>>| {
                *cluster_of.entry(k).or_insert_with(|| {
                    clusters.push(vec![k]);
                    clusters.len() - 1
                })
            };
            let (a, b) = (home(i, &mut clusters), home(j, &mut clusters));
            if a == b || !self.may_merge(&clusters[a], &clusters[b]) {
                continue;
            }
            let moved = std::mem::take(&mut clusters[b]);
            for &k in &moved {
                cluster_of.insert(k, a);
            }
            clusters[a].extend(moved);
        }
        for cluster in &mut clusters {
            cluster.sort_unstable();
        }
        clusters.retain(|c| c.len() > 1);
        clusters.sort();
        clusters
    }

    fn may_merge(&self, a: &[usize], b: &[usize]) -> bool {
        let (mut sum, mut count, mut doubled) = (0.0, 0, 0);
        for &x in a {
            for &y in b {
                if self.clauses[x].article == self.clauses[y].article {
                    doubled += 1;
                } else {
                    sum += self.pair(x, y).similarity;
                    count += 1;
                }
            }
        }
        // Two clauses of one report in one statement: only when they stand in for one another.
        if doubled > 0 {
            let own = a
                .iter()
                .flat_map(|&x| b.iter().map(move |&y| (x, y)))
                .filter(|&(x, y)| self.clauses[x].article == self.clauses[y].article);
            for (x, y) in own {
                let near = self.clauses[x].sentence.abs_diff(self.clauses[y].sentence) <= 1;
                if !near && self.pair(x, y).similarity < JOIN {
                    return false;
                }
            }
        }
        count > 0 && sum / count as f32 >= JOIN_CLUSTERS
    }
}

/// The stretches of the calendar that a clause tells, or its sentence when it tells none.
fn intervals(input: &Input<'_>, clause: &Clause) -> Vec<Interval> {
    let notes = &input.annotations[clause.article.at()];
    let pick = if clause.times.is_empty() { &clause.sentence_times } else { &clause.times };
    pick.iter()
        .filter(|&&t| notes.times[t].kind != TimeKind::Duration)
        .filter_map(|&t| notes.times[t].interval)
        .collect()
}
