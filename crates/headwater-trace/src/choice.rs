//! Weights of the features of parenthood: a conditional logit over those who may be the parent, and nobody.
//!
//! Every feature is cut into bins, and every bin has a weight for a parent and one for nobody, in each setting: what
//! speaks for a parent is another thing where an absent agency is credited, and where no times are told. The weights
//! are trained on generated lineages (`cargo xtask train parents`, said at the head of the data) and read once.

use crate::parents::{Choices, MEMBERS_BEFORE, NAMES, SUPPLIER_INSIDE, WIDTH};
use std::sync::LazyLock;

/// Settings that have weights of their own: a supplier is credited and is a member, or is absent, or none is
/// credited; with and without times told.
pub const SETTINGS: usize = 6;

/// The setting of a row.
pub fn setting(row: &[i32]) -> usize {
    let of = |at: usize| row.get(at).copied().unwrap_or(0);
    let supplier = of(SUPPLIER_INSIDE).clamp(0, 2) as usize;
    2 * supplier + usize::from(of(MEMBERS_BEFORE) >= 0)
}

/// The bins of one feature.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bins {
    /// The last value of every bin but the last, rising.
    pub edges: Vec<i32>,
    /// By setting: weights of the bins for a parent, and for nobody (log odds).
    pub weights: [[Vec<f64>; 2]; SETTINGS],
}

/// All bins, by feature.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights(pub Vec<Bins>);

impl Bins {
    /// The bin of a value.
    pub fn of(&self, value: i32) -> usize {
        self.edges.partition_point(|edge| *edge < value)
    }
}

static COPIES: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_str!("../data/parents.tsv")));
static MERGED: LazyLock<Weights> =
    LazyLock::new(|| Weights::read(include_str!("../data/parents-merged.tsv")));

impl Weights {
    /// Those that ship: a text that is made of two takes parts of each as they stand, a copy is edited.
    pub(crate) fn shipped(merged: bool) -> &'static Weights {
        if merged { &MERGED } else { &COPIES }
    }

    /// Reads the table: name, setting, edges, weights for a parent, weights for nobody. A line that is missing or
    /// damaged counts for nothing.
    pub fn read(table: &str) -> Self {
        let mut bins = vec![Bins::default(); WIDTH];
        for line in table.lines().filter(|l| !l.starts_with('#')) {
            let mut fields = line.split('\t');
            let at = fields.next().and_then(|name| NAMES.iter().position(|n| *n == name));
            let setting = fields.next().and_then(|s| s.parse::<usize>().ok()).filter(|s| *s < SETTINGS);
            let (Some(at), Some(setting)) = (at, setting) else { continue };
            let edges: Vec<i32> =
                fields.next().unwrap_or("").split(' ').filter_map(|e| e.parse().ok()).collect();
            let mut weights = || -> Vec<f64> {
                fields.next().unwrap_or("").split(' ').filter_map(|w| w.parse().ok()).collect()
            };
            let weights = [weights(), weights()];
            if weights.iter().all(|w| w.len() == edges.len() + 1) {
                bins[at].edges = edges;
                bins[at].weights[setting] = weights;
            }
        }
        Weights(bins)
    }

    /// The table that `read` reads.
    pub fn write(&self) -> String {
        let join = |list: &[f64]| list.iter().map(|w| format!("{w:.2}")).collect::<Vec<_>>().join(" ");
        let mut out = String::new();
        for (name, bins) in NAMES.iter().zip(&self.0) {
            let edges = bins.edges.iter().map(i32::to_string).collect::<Vec<_>>().join(" ");
            for (setting, [parent, nobody]) in bins.weights.iter().enumerate() {
                out += &format!("{name}\t{setting}\t{edges}\t{}\t{}\n", join(parent), join(nobody));
            }
        }
        out
    }

    /// What a row adds up to (log odds).
    pub fn sum(&self, row: &[i32], nobody: bool) -> f64 {
        let setting = setting(row);
        let of = |(bins, value): (&Bins, &i32)| {
            bins.weights[setting][usize::from(nobody)].get(bins.of(*value)).copied()
        };
        self.0.iter().zip(row).filter_map(of).sum()
    }

    /// Log probabilities of every candidate and, at the end, of nobody, by texts and records alone.
    pub(crate) fn log_probabilities(&self, choices: &Choices) -> Vec<f64> {
        let mut sums: Vec<f64> = choices.candidates.iter().map(|c| self.sum(&c.row, false)).collect();
        sums.push(self.sum(&choices.nobody, true));
        let most = sums.iter().copied().fold(f64::MIN, f64::max);
        let all = most + sums.iter().map(|s| (s - most).exp()).sum::<f64>().ln();
        sums.into_iter().map(|s| s - all).collect()
    }
}
