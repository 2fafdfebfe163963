//! Gradient boosting of oblivious trees with logistic loss, on histograms; deterministic.

use super::labels::Label;
use rayon::prelude::*;

/// Questions of one tree.
const DEPTH: usize = 6;
/// Greatest number of borders of one column.
const BORDERS: usize = 48;

/// How to train.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    /// Number of trees.
    pub(crate) trees: usize,
    /// Learning rate.
    pub(crate) rate: f32,
    /// Ridge on the answers, in units of mean weight.
    pub(crate) ridge: f32,
    /// Share of rows that each tree sees.
    pub(crate) rows: f32,
    /// Share of columns that each tree may ask.
    pub(crate) columns: f32,
}

struct Tree {
    questions: [(u16, u8); DEPTH],
    answers: Vec<f32>,
}

/// A trained forest.
pub(crate) struct Forest {
    borders: Vec<Vec<f32>>,
    trees: Vec<Tree>,
    bias: f32,
}

/// A small generator of even numbers (splitmix64), seeded.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 40) as f32 / (1u64 << 24) as f32
    }
}

fn borders_of(rows: &[&[f32]], column: usize) -> Vec<f32> {
    let step = (rows.len() / 40_000).max(1);
    let mut values: Vec<f32> = rows.iter().step_by(step).map(|r| r[column]).collect();
    values.sort_by(f32::total_cmp);
    let mut distinct = values.clone();
    distinct.dedup();
    if distinct.len() <= BORDERS {
        return distinct.windows(2).map(|w| (w[0] + w[1]) / 2.0).collect();
    }
    let mut borders: Vec<f32> =
        (1..=BORDERS).map(|k| values[k * (values.len() - 1) / (BORDERS + 1)]).collect();
    borders.dedup();
    // A border below the greatest value parts something.
    borders.retain(|b| *b < values[values.len() - 1]);
    borders
}

impl Forest {
    /// Trains on rows with labels.
    pub(crate) fn train(rows: &[&[f32]], labels: &[Label], settings: &Settings, seed: u64) -> Forest {
        let n = rows.len();
        let width = rows.first().map_or(0, |r| r.len());
        let borders: Vec<Vec<f32>> = (0..width).into_par_iter().map(|c| borders_of(rows, c)).collect();
        let columns: Vec<Vec<u8>> = borders
            .par_iter()
            .enumerate()
            .map(|(c, b)| rows.iter().map(|r| b.partition_point(|x| *x < r[c]) as u8).collect())
            .collect();
        let mean = labels.iter().map(|l| l.weight).sum::<f32>() / n.max(1) as f32;
        let weights: Vec<f32> = labels.iter().map(|l| l.weight / mean.max(1e-9)).collect();
        let positive: f32 = labels.iter().zip(&weights).filter(|(l, _)| l.article).map(|(_, w)| w).sum();
        let share = (positive / weights.iter().sum::<f32>().max(1e-9)).clamp(0.01, 0.99);
        let bias = (share / (1.0 - share)).ln();
        let mut sums = vec![bias; n];
        let mut random = Random(seed);
        let mut trees = Vec::with_capacity(settings.trees);
        for _ in 0..settings.trees {
            let chosen: Vec<u32> = (0..n as u32).filter(|_| random.next() < settings.rows).collect();
            let slopes: Vec<(f32, f32)> = chosen
                .iter()
                .map(|&i| {
                    let i = i as usize;
                    let p = 1.0 / (1.0 + (-sums[i]).exp());
                    (
                        weights[i] * (p - f32::from(u8::from(labels[i].article))),
                        weights[i] * (p * (1.0 - p)).max(1e-4),
                    )
                })
                .collect();
            let asked: Vec<usize> = (0..width).filter(|_| random.next() < settings.columns).collect();
            let mut at = vec![0u8; chosen.len()];
            let mut questions = [(0u16, 0u8); DEPTH];
            for (level, question) in questions.iter_mut().enumerate() {
                let nodes = 1usize << level;
                let best = asked
                    .par_iter()
                    .filter(|c| !borders[**c].is_empty())
                    .map(|&c| {
                        let bins = borders[c].len() + 1;
                        let mut histogram = vec![(0.0f64, 0.0f64); nodes * bins];
                        let column = &columns[c];
                        for (k, &i) in chosen.iter().enumerate() {
                            let cell =
                                &mut histogram[usize::from(at[k]) * bins + usize::from(column[i as usize])];
                            cell.0 += f64::from(slopes[k].0);
                            cell.1 += f64::from(slopes[k].1);
                        }
                        let mut gains = vec![0.0f64; bins - 1];
                        let ridge = f64::from(settings.ridge);
                        for node in 0..nodes {
                            let cells = &histogram[node * bins..(node + 1) * bins];
                            let (g, h) = cells.iter().fold((0.0, 0.0), |a, c| (a.0 + c.0, a.1 + c.1));
                            let (mut left_g, mut left_h) = (0.0, 0.0);
                            for (b, gain) in gains.iter_mut().enumerate() {
                                left_g += cells[b].0;
                                left_h += cells[b].1;
                                let (right_g, right_h) = (g - left_g, h - left_h);
                                *gain += left_g * left_g / (left_h + ridge)
                                    + right_g * right_g / (right_h + ridge);
                            }
                        }
                        let (border, gain) = gains
                            .iter()
                            .enumerate()
                            .max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)))
                            .map_or((0, f64::MIN), |(b, g)| (b, *g));
                        (gain, c, border)
                    })
                    .reduce(
                        || (f64::MIN, 0, 0),
                        |a, b| if b.0 > a.0 || b.0 == a.0 && b.1 < a.1 { b } else { a },
                    );
                *question = (best.1 as u16, best.2 as u8);
                let column = &columns[best.1];
                for (k, &i) in chosen.iter().enumerate() {
                    at[k] |= u8::from(column[i as usize] > best.2 as u8) << level;
                }
            }
            let mut cells = vec![(0.0f64, 0.0f64); 1 << DEPTH];
            for (k, a) in at.iter().enumerate() {
                cells[usize::from(*a)].0 += f64::from(slopes[k].0);
                cells[usize::from(*a)].1 += f64::from(slopes[k].1);
            }
            let answers: Vec<f32> = cells
                .iter()
                .map(|(g, h)| (-g / (h + f64::from(settings.ridge))) as f32 * settings.rate)
                .collect();
            let tree = Tree { questions, answers };
            for (i, sum) in sums.iter_mut().enumerate() {
                *sum += tree.answers[tree.leaf(|c| columns[c][i])];
            }
            trees.push(tree);
        }
        Forest { borders, trees, bias }
    }

    /// The chance of each row.
    pub(crate) fn judge(&self, rows: &[Vec<f32>]) -> Vec<f32> {
        rows.iter()
            .map(|row| {
                let bins: Vec<u8> =
                    self.borders.iter().zip(row).map(|(b, v)| b.partition_point(|x| *x < *v) as u8).collect();
                let sum: f32 =
                    self.bias + self.trees.iter().map(|t| t.answers[t.leaf(|c| bins[c])]).sum::<f32>();
                1.0 / (1.0 + (-sum).exp())
            })
            .collect()
    }

    /// The table that `headwater-extract` reads.
    pub(crate) fn table(&self) -> Vec<u8> {
        let mut out = b"HWF1".to_vec();
        out.extend((self.borders.len() as u16).to_le_bytes());
        let mut used = vec![false; self.borders.len()];
        for tree in &self.trees {
            for (c, _) in tree.questions {
                used[usize::from(c)] = true;
            }
        }
        for (borders, used) in self.borders.iter().zip(used) {
            let borders: &[f32] = if used { borders } else { &[] };
            out.push(borders.len() as u8);
            for b in borders {
                out.extend(b.to_le_bytes());
            }
        }
        out.extend(self.bias.to_le_bytes());
        let greatest = self.trees.iter().flat_map(|t| &t.answers).fold(0.0f32, |a, b| a.max(b.abs()));
        let scale = greatest.max(1e-6) / f32::from(i16::MAX);
        out.extend(scale.to_le_bytes());
        out.extend((self.trees.len() as u16).to_le_bytes());
        for tree in &self.trees {
            for (c, b) in tree.questions {
                out.extend(c.to_le_bytes());
                out.push(b);
            }
            for a in &tree.answers {
                out.extend(((a / scale).round() as i16).to_le_bytes());
            }
        }
        out
    }
}

impl Tree {
    fn leaf(&self, bin: impl Fn(usize) -> u8) -> usize {
        self.questions
            .iter()
            .enumerate()
            .map(|(level, (c, b))| usize::from(bin(usize::from(*c)) > *b) << level)
            .sum()
    }
}
