//! Trains a tagger as a linear-chain conditional random field.
//!
//! Gives the same kind of weights as the perceptron, learned by the likelihood of the whole sequence: with little
//! data it generalises better and takes longer. Stochastic gradient steps scaled by AdaGrad; features are dropped
//! at random so that no single word is leaned on. Deterministic: same data, same seed, same bytes.
//! Lafferty, McCallum, Pereira (2001); Duchi, Hazan, Singer (2011).

use super::{Example, Rows, Tagger, number, pack};

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct FieldTraining {
    /// Passes over the data.
    pub epochs: u32,
    /// Order of the sequences and choice of dropped features.
    pub seed: u64,
    /// First step length of AdaGrad.
    pub rate: f32,
    /// Strength of the pull to zero (L2), for every touch of a weight.
    pub decay: f32,
    /// Share of the features that are dropped at each visit.
    pub dropout: f32,
    /// Weights smaller than this are not stored.
    pub prune: f32,
    /// Features seen fewer times than this in the data are not used.
    pub least_count: u32,
}

impl Default for FieldTraining {
    fn default() -> Self {
        FieldTraining {
            epochs: 12,
            seed: 1,
            rate: 0.1,
            decay: 1e-4,
            dropout: 0.1,
            prune: 0.02,
            least_count: 2,
        }
    }
}

/// Trains a tagger. `forbidden` lists (previous, next) label pairs, `None` for the start.
pub fn train_field(
    labels: &[&str],
    examples: &[Example],
    forbidden: &[(Option<u8>, u8)],
    how: FieldTraining,
) -> Tagger {
    let n = labels.len();
    let (keys, numbered) = number(examples, how.least_count);
    let t0 = keys.len() * n;
    let mut banned = vec![false; (n + 1) * n];
    for &(previous, next) in forbidden {
        banned[previous.map_or(n, usize::from) * n + usize::from(next)] = true;
    }
    let mut model = Model {
        w: vec![0.0; t0 + (n + 1) * n],
        g: vec![1e-6; t0 + (n + 1) * n],
        total: vec![0.0; t0 + (n + 1) * n],
        n,
        t0,
        banned,
        how,
    };
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random(how.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut lattice = Lattice::default();
    let averaged_from = how.epochs / 2;
    for epoch in 0..how.epochs {
        for i in (1..order.len()).rev() {
            order.swap(i, (random.next() % (i as u64 + 1)) as usize);
        }
        for &e in &order {
            model.step(&numbered[e], &examples[e].1, &mut random, &mut lattice);
        }
        // The mean of the later passes is steadier than the last.
        if epoch >= averaged_from {
            model.total.iter_mut().zip(&model.w).for_each(|(t, w)| *t += w);
        }
    }
    let passes = (how.epochs - averaged_from).max(1) as f32;
    model.total.iter_mut().for_each(|t| *t /= passes);
    pack(labels, &keys, &model.total, model.banned, how.prune)
}

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

struct Model {
    w: Vec<f32>,
    g: Vec<f32>,
    total: Vec<f32>,
    n: usize,
    t0: usize,
    banned: Vec<bool>,
    how: FieldTraining,
}

/// Memory of one sequence's sums, all in probabilities scaled at each position.
#[derive(Default)]
struct Lattice {
    kept: Vec<u32>,
    ends: Vec<usize>,
    local: Vec<f32>,
    forward: Vec<f32>,
    backward: Vec<f32>,
    trans: Vec<f32>,
    grad_trans: Vec<f32>,
}

impl Model {
    fn update(&mut self, i: usize, gradient: f32) {
        let gradient = gradient - self.how.decay * self.w[i];
        self.g[i] += gradient * gradient;
        self.w[i] += self.how.rate * gradient / self.g[i].sqrt();
    }

    fn step(&mut self, rows: &Rows, gold: &[u8], random: &mut Random, l: &mut Lattice) {
        let (n, len) = (self.n, rows.len());
        if len == 0 {
            return;
        }
        let threshold = (self.how.dropout * u32::MAX as f32) as u32;
        let scale = 1.0 / (1.0 - self.how.dropout);
        l.kept.clear();
        l.ends.clear();
        l.local.clear();
        l.local.resize(len * n, 0.0);
        for i in 0..len {
            for &f in rows.row(i) {
                if (random.next() >> 32) as u32 >= threshold {
                    l.kept.push(f);
                    for (s, w) in l.local[i * n..][..n].iter_mut().zip(&self.w[f as usize * n..]) {
                        *s += w * scale;
                    }
                }
            }
            l.ends.push(l.kept.len());
            let top = l.local[i * n..][..n].iter().copied().fold(f32::MIN, f32::max);
            l.local[i * n..][..n].iter_mut().for_each(|s| *s = (*s - top).exp());
        }
        l.trans.clear();
        for (w, banned) in self.w[self.t0..].iter().zip(&self.banned) {
            l.trans.push(if *banned { 0.0 } else { w.exp() });
        }
        self.sums(len, l);
        l.grad_trans.clear();
        l.grad_trans.resize((n + 1) * n, 0.0);
        // Gradients: what is, less what is expected.
        let mut start = 0;
        let mut expected = vec![0f32; n];
        let mut pair = vec![0f32; n * n];
        for i in 0..len {
            let mut sum = 0.0;
            for (e, (f, b)) in expected.iter_mut().zip(l.forward[i * n..].iter().zip(&l.backward[i * n..])) {
                *e = f * b;
                sum += *e;
            }
            let inverse = if sum > 0.0 { 1.0 / sum } else { 0.0 };
            for &f in &l.kept[start..l.ends[i]] {
                for (k, e) in expected.iter().enumerate() {
                    let gradient = f32::from(u8::from(gold[i] as usize == k)) - e * inverse;
                    if gradient.abs() > 1e-4 {
                        self.update(f as usize * n + k, gradient);
                    }
                }
            }
            start = l.ends[i];
            if i == 0 {
                for (g, e) in l.grad_trans[n * n..].iter_mut().zip(&expected) {
                    *g -= e * inverse;
                }
                l.grad_trans[n * n + gold[0] as usize] += 1.0;
            } else {
                let mut sum = 0.0;
                for p in 0..n {
                    for k in 0..n {
                        let v = l.forward[(i - 1) * n + p]
                            * l.trans[p * n + k]
                            * l.local[i * n + k]
                            * l.backward[i * n + k];
                        pair[p * n + k] = v;
                        sum += v;
                    }
                }
                let inverse = if sum > 0.0 { 1.0 / sum } else { 0.0 };
                for (g, v) in l.grad_trans.iter_mut().zip(&pair) {
                    *g -= v * inverse;
                }
                l.grad_trans[gold[i - 1] as usize * n + gold[i] as usize] += 1.0;
            }
        }
        for k in 0..(n + 1) * n {
            let gradient = l.grad_trans[k];
            if !self.banned[k] && gradient.abs() > 1e-4 {
                self.update(self.t0 + k, gradient);
            }
        }
    }

    /// Forward and backward sums, scaled to one at each position.
    fn sums(&self, len: usize, l: &mut Lattice) {
        let n = self.n;
        l.forward.clear();
        l.forward.resize(len * n, 0.0);
        l.backward.clear();
        l.backward.resize(len * n, 1.0);
        for i in 0..len {
            let mut sum = 0.0;
            for k in 0..n {
                let before = if i == 0 {
                    l.trans[n * n + k]
                } else {
                    (0..n).map(|p| l.forward[(i - 1) * n + p] * l.trans[p * n + k]).sum()
                };
                let v = before * l.local[i * n + k];
                l.forward[i * n + k] = v;
                sum += v;
            }
            let inverse = 1.0 / sum.max(f32::MIN_POSITIVE);
            l.forward[i * n..][..n].iter_mut().for_each(|v| *v *= inverse);
        }
        for i in (0..len.saturating_sub(1)).rev() {
            let mut sum = 0.0;
            for p in 0..n {
                let v: f32 = (0..n)
                    .map(|k| l.trans[p * n + k] * l.local[(i + 1) * n + k] * l.backward[(i + 1) * n + k])
                    .sum();
                l.backward[i * n + p] = v;
                sum += v;
            }
            let inverse = 1.0 / sum.max(f32::MIN_POSITIVE);
            l.backward[i * n..][..n].iter_mut().for_each(|v| *v *= inverse);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::perceptron::{Scratch, feature, mix};

    #[test]
    fn learns_and_repeats() {
        let rows = |words: &[&str]| {
            let mut rows = Rows::default();
            for w in words {
                rows.push(mix(feature(1), w.as_bytes()));
                rows.end_row();
            }
            rows
        };
        let data: Vec<Example> = vec![
            (rows(&["the", "dog", "ran"]), vec![0, 1, 2]),
            (rows(&["a", "cat", "sat"]), vec![0, 1, 2]),
            (rows(&["the", "cat", "ran"]), vec![0, 1, 2]),
        ];
        let how = FieldTraining { least_count: 1, epochs: 30, ..FieldTraining::default() };
        let tagger = train_field(&["D", "N", "V"], &data, &[(None, 2)], how);
        let mut out = Vec::new();
        tagger.tag(&rows(&["a", "dog", "sat"]), &mut Scratch::default(), &mut out);
        assert_eq!(out, [0, 1, 2]);
        assert_eq!(tagger.to_bytes(), train_field(&["D", "N", "V"], &data, &[(None, 2)], how).to_bytes());
    }
}
