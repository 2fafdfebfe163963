//! Learns to choose one row of several: weights under which the right one is likeliest (softmax), by
//! stochastic gradient steps scaled by AdaGrad. Deterministic: same data, same bytes.

use crate::perceptron::Rows;
use rustc_hash::FxHashMap;

/// Rows of which one is right.
pub(super) type Choice = (Rows, usize);

/// Passes over the data.
const EPOCHS: u32 = 8;
/// First step length.
const RATE: f32 = 0.1;
/// Pull to zero at every touch of a weight.
const DECAY: f32 = 1e-3;
/// Weights smaller than this are not stored.
const PRUNE: f32 = 0.02;
/// Features seen in fewer choices are not used.
const LEAST_COUNT: u32 = 4;
/// Stored weights are in units of 1 / SCALE, as those of taggers.
const SCALE: f32 = 256.0;

/// Weights by feature, sorted.
pub(super) fn train_choices(choices: &[Choice]) -> Vec<(u32, i32)> {
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    for (rows, _) in choices {
        for i in 0..rows.len() {
            for &feature in rows.row(i) {
                *counts.entry(feature).or_default() += 1;
            }
        }
    }
    let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
    let mut keys = Vec::new();
    let numbered: Vec<Vec<Vec<u32>>> = choices
        .iter()
        .map(|(rows, _)| {
            (0..rows.len())
                .map(|i| {
                    let known = rows.row(i).iter().filter(|f| counts[f] >= LEAST_COUNT);
                    known
                        .map(|&feature| {
                            *numbers.entry(feature).or_insert_with(|| {
                                keys.push(feature);
                                keys.len() as u32 - 1
                            })
                        })
                        .collect()
                })
                .collect()
        })
        .collect();
    let (mut w, mut g) = (vec![0f32; keys.len()], vec![1e-6f32; keys.len()]);
    let mut total = vec![0f32; keys.len()];
    let mut order: Vec<usize> = (0..choices.len()).collect();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut scores: Vec<f32> = Vec::new();
    for epoch in 0..EPOCHS {
        for i in (1..order.len()).rev() {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            order.swap(i, (state % (i as u64 + 1)) as usize);
        }
        for &c in &order {
            let (rows, right) = (&numbered[c], choices[c].1);
            scores.clear();
            scores.extend(rows.iter().map(|r| r.iter().map(|&f| w[f as usize]).sum::<f32>()));
            let top = scores.iter().copied().fold(f32::MIN, f32::max);
            scores.iter_mut().for_each(|s| *s = (*s - top).exp());
            let sum: f32 = scores.iter().sum();
            for (i, row) in rows.iter().enumerate() {
                let gradient = f32::from(u8::from(i == right)) - scores[i] / sum;
                if gradient.abs() < 1e-4 {
                    continue;
                }
                for &f in row {
                    let f = f as usize;
                    let gradient = gradient - DECAY * w[f];
                    g[f] += gradient * gradient;
                    w[f] += RATE * gradient / g[f].sqrt();
                }
            }
        }
        // the mean of the later passes is steadier than the last
        if epoch >= EPOCHS / 2 {
            total.iter_mut().zip(&w).for_each(|(t, w)| *t += w);
        }
    }
    let passes = (EPOCHS - EPOCHS / 2) as f32;
    let stored = |v: f32| (v / passes * SCALE).round() as i32;
    let mut out: Vec<(u32, i32)> = keys
        .iter()
        .zip(&total)
        .filter(|(_, v)| (*v / passes).abs() >= PRUNE)
        .map(|(k, v)| (*k, stored(*v)))
        .collect();
    out.sort_unstable();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learns_the_mark_of_the_right_one() {
        let choice = |right: usize| -> Choice {
            let mut rows = Rows::default();
            for i in 0..4 {
                rows.push(if i == right { 77 } else { 78 });
                rows.push(100 + i as u32);
                rows.end_row();
            }
            (rows, right)
        };
        let weights = train_choices(&(0..40).map(|i| choice(i * 7 % 4)).collect::<Vec<_>>());
        let of = |feature: u32| weights.iter().find(|w| w.0 == feature).map_or(0, |w| w.1);
        assert!(of(77) > of(78), "{weights:?}");
    }
}
