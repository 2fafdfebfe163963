//! Learned weights: from the features of a pair to the probability that both tell the same happening.
//!
//! `data/events.tsv` holds one line a feature, for pairs of full reports and for pairs of which one is a mere
//! headline; `cargo xtask train stories` writes it, and `data/CARD.md` says from what.

use super::features::{COUNT, Features, NAMES};
use super::partition::{Between, JOIN_NAMES, JOINS, Tie};
use super::sketch::{SHORT, Sketch};
use std::sync::OnceLock;

/// Weights of both regimes and the limits chosen with them.
#[derive(Clone, Debug)]
pub(crate) struct Weights {
    /// For pairs of full reports.
    pub(crate) long: [f32; COUNT],
    /// For pairs with a headline.
    pub(crate) short: [f32; COUNT],
    /// For two groups of full reports.
    pub(crate) join_long: [f32; JOINS],
    /// For two groups of headlines.
    pub(crate) join_short: [f32; JOINS],
}

impl Weights {
    /// The weights that ship.
    pub(crate) fn shipped() -> &'static Weights {
        static WEIGHTS: OnceLock<Weights> = OnceLock::new();
        WEIGHTS.get_or_init(|| Weights::read(include_str!("../../data/events.tsv")))
    }

    /// Reads a table; a line that is missing weighs nothing.
    pub(crate) fn read(text: &str) -> Self {
        let mut out = Weights {
            long: [0.0; COUNT],
            short: [0.0; COUNT],
            join_long: [0.0; JOINS],
            join_short: [0.0; JOINS],
        };
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let mut fields = line.split('\t');
            let (Some(name), Some(long), Some(short)) = (fields.next(), fields.next(), fields.next()) else {
                continue;
            };
            let (Ok(long), Ok(short)) = (long.parse(), short.parse()) else { continue };
            if let Some(i) =
                name.strip_prefix("join: ").and_then(|name| JOIN_NAMES.iter().position(|n| *n == name))
            {
                out.join_long[i] = long;
                out.join_short[i] = short;
            } else if let Some(i) = NAMES.iter().position(|n| *n == name) {
                out.long[i] = long;
                out.short[i] = short;
            }
        }
        out
    }

    /// Writes the table.
    pub(crate) fn write(&self) -> String {
        let mut out = String::from("# feature\tfull reports\theadlines\n");
        for (i, name) in NAMES.iter().enumerate() {
            out += &format!("{name}\t{:.4}\t{:.4}\n", self.long[i], self.short[i]);
        }
        for (i, name) in JOIN_NAMES.iter().enumerate() {
            out += &format!("join: {name}\t{:.4}\t{:.4}\n", self.join_long[i], self.join_short[i]);
        }
        out
    }

    /// Log-odds that two articles tell the same happening.
    pub(crate) fn score(&self, a: &Sketch, b: &Sketch, features: &Features) -> f32 {
        let weights = if is_short(a, b) { &self.short } else { &self.long };
        weights.iter().zip(features).map(|(w, f)| w * f).sum()
    }

    /// Log-odds that two groups tell the same happening.
    pub(crate) fn join(&self, between: &Between<'_>) -> f32 {
        let weights = if between.is_short() { &self.join_short } else { &self.join_long };
        weights.iter().zip(&between.features()).map(|(w, f)| w * f).sum()
    }
}

/// What the graph keeps of a pair; `log_odds` is its score.
pub(crate) fn tie(log_odds: f32, a: &Sketch, b: &Sketch, f: &Features) -> Tie {
    let short = f32::from(u8::from(is_short(a, b)));
    // "words", "names", "head words", "pairs"
    [probability(log_odds), log_odds.clamp(-LIMIT, LIMIT) + LIMIT, f[1], f[13], f[5], f[10], short, 1.0]
}

/// Log-odds beyond this tell nothing more; a pair that was no candidate counts as the lower limit.
const LIMIT: f32 = 6.0;

/// Whether the pair is told apart by the weights for headlines.
pub(crate) fn is_short(a: &Sketch, b: &Sketch) -> bool {
    a.words.min(b.words) < SHORT
}

/// From log-odds to a probability.
pub(crate) fn probability(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}
