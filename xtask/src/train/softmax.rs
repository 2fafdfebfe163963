//! Softmax regression by full-batch descent: small, and the same bytes on every run.

/// One example.
pub(crate) struct Row {
    pub(crate) x: Vec<f32>,
    pub(crate) class: usize,
    pub(crate) weight: f32,
}

/// How to train.
#[derive(Clone, Copy)]
pub(crate) struct Options {
    /// Passes over all rows.
    pub(crate) passes: usize,
    /// Step.
    pub(crate) rate: f32,
    /// Strength of the pull towards zero, per row.
    pub(crate) ridge: f32,
}

impl Default for Options {
    fn default() -> Self {
        Options { passes: 4_000, rate: 0.5, ridge: 0.003 }
    }
}

/// Weights by feature, one for each class.
pub(crate) fn train(rows: &[Row], classes: usize, options: Options) -> Vec<Vec<f32>> {
    let width = rows.first().map_or(0, |r| r.x.len());
    let mut weights = vec![vec![0.0f32; classes]; width];
    let all: f32 = rows.iter().map(|r| r.weight).sum::<f32>().max(1.0);
    for _ in 0..options.passes {
        let mut slope = vec![vec![0.0f32; classes]; width];
        for row in rows {
            let shares = weigh(&weights, &row.x, classes);
            for (k, x) in row.x.iter().enumerate().filter(|(_, x)| **x != 0.0) {
                for c in 0..classes {
                    let want = f32::from(u8::from(c == row.class));
                    slope[k][c] += row.weight * (shares[c] - want) * x / all;
                }
            }
        }
        for (w, s) in weights.iter_mut().zip(&slope) {
            for c in 0..classes {
                w[c] -= options.rate * (s[c] + options.ridge * w[c]);
            }
        }
    }
    weights
}

/// Shares of the classes for one example.
pub(crate) fn weigh(weights: &[Vec<f32>], x: &[f32], classes: usize) -> Vec<f32> {
    let mut sums = vec![0.0f32; classes];
    for (w, x) in weights.iter().zip(x) {
        for c in 0..classes {
            sums[c] += w[c] * x;
        }
    }
    let most = sums.iter().copied().fold(f32::MIN, f32::max);
    let powers: Vec<f32> = sums.iter().map(|s| (s - most).exp()).collect();
    let all: f32 = powers.iter().sum();
    powers.into_iter().map(|p| p / all).collect()
}
