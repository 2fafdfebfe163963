//! From sketches to the graph of scored candidate pairs.

use super::features::{Features, Probe};
use super::frequencies::Frequencies;
use super::index::{CANDIDATES, Index, leading_words};
use super::partition::{Between, Graph, Judge, Near};
use super::read::Counts;
use super::sketch::Sketch;
use super::terms::Background;
use super::weights::{Weights, probability, tie};
use headwater_model::DateRange;

/// Pairs less likely than this are forgotten.
pub(crate) const LEAST: f32 = 0.01;
/// An article whose last candidate is still this likely may have more that are unknown.
pub(crate) const CUT: f32 = 0.5;
/// Days between the possible days of publication of two reports that say nothing yet: news of one happening
/// is told for some days. A convention of the trade; the bench's story sets have no dates to learn from.
const FREE_DAYS: f32 = 4.0;
/// Log-odds lost for each day beyond, and the most that is lost. Conventions, as above.
const DAY_COST: f32 = 0.12;
const DAYS_COST: f32 = 4.0;

/// Candidate pairs with their features.
pub(crate) struct Paired {
    /// Lesser node, greater node, features; sorted.
    pub(crate) pairs: Vec<(u32, u32, Features)>,
    /// The last candidate of each node whose list was full.
    last: Vec<Option<u32>>,
}

/// Weighs articles against the background and one another.
pub(crate) fn weigh(counts: &[Counts], background: &Background) -> Vec<Sketch> {
    let mut frequencies = Frequencies::new(background);
    for counts in counts {
        frequencies.count(counts.terms());
    }
    counts.iter().map(|c| c.weigh(&frequencies)).collect()
}

/// Finds candidates and compares them.
pub(crate) fn pair_up(sketches: &[Sketch]) -> Paired {
    let mut index = Index::default();
    let words: Vec<_> = sketches.iter().map(leading_words).collect();
    for (i, words) in words.iter().enumerate() {
        index.add(i as u32, words);
    }
    let mut pairs = Vec::new();
    let mut last = vec![None; sketches.len()];
    for (i, words) in words.iter().enumerate() {
        let candidates = index.candidates(i as u32, words);
        if candidates.len() == CANDIDATES {
            last[i] = candidates.last().copied();
        }
        pairs.extend(candidates.into_iter().map(|j| ((i as u32).min(j), (i as u32).max(j))));
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut probe = Probe::default();
    let mut laid = None;
    let pairs = pairs
        .into_iter()
        .map(|(i, j)| {
            let a = &sketches[i as usize];
            if laid != Some(i) {
                probe.lay(a);
                laid = Some(i);
            }
            (i, j, probe.features(a, &sketches[j as usize]))
        })
        .collect();
    Paired { pairs, last }
}

/// Log-odds of one pair, days of publication included.
pub(crate) fn log_odds(weights: &Weights, a: &Sketch, b: &Sketch, features: &Features) -> f32 {
    weights.score(a, b, features) - days_cost(a.published, b.published)
}

/// What two days of publication take from the log-odds.
pub(crate) fn days_cost(a: DateRange, b: DateRange) -> f32 {
    (DAY_COST * (days_apart(a, b) - FREE_DAYS)).clamp(0.0, DAYS_COST)
}

/// Least number of days between two ranges; 0 when they meet or when an end is open.
pub(crate) fn days_apart(a: DateRange, b: DateRange) -> f32 {
    let gap = |first: DateRange, second: DateRange| match (first.latest, second.earliest) {
        (Some(end), Some(start)) if start > end => start.since(end).map_or(0.0, |s| s.get_days() as f32),
        _ => 0.0,
    };
    gap(a, b).max(gap(b, a))
}

/// Scores the pairs among nodes for which `within` holds.
pub(crate) fn graph(
    sketches: &[Sketch],
    paired: &Paired,
    weights: &Weights,
    within: impl Fn(usize) -> bool,
) -> Graph {
    let mut near: Vec<Vec<_>> = vec![Vec::new(); sketches.len()];
    let mut cut = vec![false; sketches.len()];
    for (i, j, f) in &paired.pairs {
        let (x, y) = (*i as usize, *j as usize);
        if !within(x) || !within(y) {
            continue;
        }
        let (a, b) = (&sketches[x], &sketches[y]);
        let log_odds = log_odds(weights, a, b, f);
        let p = probability(log_odds);
        if p >= LEAST {
            let tie = tie(log_odds, a, b, f);
            near[x].push(Near::new(*j, &tie));
            near[y].push(Near::new(*i, &tie));
        }
        cut[x] |= p >= CUT && paired.last[x] == Some(*j);
        cut[y] |= p >= CUT && paired.last[y] == Some(*i);
    }
    Graph { near, cut, ..Graph::default() }
}

impl Judge for Weights {
    fn joins(&mut self, between: &Between<'_>) -> bool {
        self.join(between) > 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_between_ranges() {
        let august = DateRange::between(date(2025, 8, 12), date(2025, 8, 15));
        let september = DateRange::day(date(2025, 9, 3));
        assert_eq!(days_apart(august, september), 19.0);
        assert_eq!(days_apart(september, august), 19.0);
        assert_eq!(days_apart(august, DateRange::default()), 0.0);
        assert_eq!(days_cost(august, DateRange::day(date(2025, 8, 17))), 0.0);
        assert_eq!(days_cost(august, DateRange::day(date(2026, 8, 17))), DAYS_COST);
    }
}
