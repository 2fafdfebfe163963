//! A sequence tagger: averaged structured perceptron with first-order Viterbi decoding.
//!
//! Knows nothing of language: it maps rows of feature hashes to labels. What the features are is the
//! business of the annotators that use it. Training is deterministic: same data, same seed, same bytes.
//! Collins (2002), "Discriminative training methods for hidden Markov models".

mod field;
mod table;

pub use field::{FieldTraining, train_field};

use rustc_hash::FxHashMap;
use table::Table;

/// File magic and version of stored weights.
const MAGIC: &[u8; 8] = b"HWTAG\0\x01\0";

/// Seed of feature hashes (FNV-1a offset basis, 32 bit).
const HASH_SEED: u32 = 0x811c_9dc5;

/// Begins a feature hash: `template` tells features of different kinds apart.
pub fn feature(template: u8) -> u32 {
    (HASH_SEED ^ u32::from(template)).wrapping_mul(0x0100_0193)
}

/// Continues a feature hash with bytes.
pub fn mix(mut hash: u32, bytes: &[u8]) -> u32 {
    for b in bytes {
        hash = (hash ^ u32::from(*b)).wrapping_mul(0x0100_0193);
    }
    // separates parts, so that ("ab", "c") and ("a", "bc") differ
    (hash ^ 0x1f).wrapping_mul(0x0100_0193)
}

/// Features of the positions of one sequence, stored flat.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    features: Vec<u32>,
    ends: Vec<u32>,
}

impl Rows {
    /// Forgets all rows, keeps the memory.
    pub fn clear(&mut self) {
        self.features.clear();
        self.ends.clear();
    }

    /// Adds a feature to the row that is being built.
    pub fn push(&mut self, hash: u32) {
        self.features.push(hash);
    }

    /// Adds features to the row that is being built.
    pub fn push_all<const N: usize>(&mut self, hashes: [u32; N]) {
        self.features.extend_from_slice(&hashes);
    }

    /// Adds a whole row that was built apart.
    pub fn add(&mut self, row: &[u32]) {
        self.features.extend_from_slice(row);
        self.end_row();
    }

    /// The features of the row that is being built.
    pub fn open_row(&self) -> &[u32] {
        self.features.get(self.ends.last().map_or(0, |e| *e as usize)..).unwrap_or(&[])
    }

    /// Ends the row.
    pub fn end_row(&mut self) {
        self.ends.push(self.features.len() as u32);
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The features of row `i`.
    pub fn row(&self, i: usize) -> &[u32] {
        let start = if i == 0 { 0 } else { self.ends[i - 1] as usize };
        &self.features[start..self.ends[i] as usize]
    }
}

/// A trained tagger.
#[derive(Clone, Debug)]
pub struct Tagger {
    labels: Vec<String>,
    weights: Weights,
    /// `transitions[previous * n + next]`; row `n` is the start.
    transitions: Vec<i32>,
    /// The same with rows as wide as those of the weights, `NEVER` where forbidden or past the last label.
    steps: Vec<i32>,
    /// `gaps[best * n + previous]`: what a label that scores this much less than the best one cannot make good by any
    /// next label.
    gaps: Vec<i32>,
    forbidden: Vec<bool>,
}

/// Weights by feature, in rows as wide as the labels need.
#[derive(Clone, Debug)]
enum Weights {
    Few(Table<FEW>),
    Many(Table<MANY>),
}

/// Lanes of a row of a tagger with few labels.
const FEW: usize = 12;
/// Lanes of a row of one with many.
const MANY: usize = 24;

/// Most labels of a tagger.
pub const MOST_LABELS: usize = Table::<MANY>::LABELS;

impl Weights {
    fn new<'w>(labels: usize, weights: impl ExactSizeIterator<Item = (u32, &'w [(u8, i16)])>) -> Self {
        if labels <= Table::<FEW>::LABELS {
            Weights::Few(Table::new(weights))
        } else {
            Weights::Many(Table::new(weights))
        }
    }

    fn width(&self) -> usize {
        match self {
            Weights::Few(_) => FEW,
            Weights::Many(_) => MANY,
        }
    }
}

/// Weights are stored in units of 1 / SCALE.
const SCALE: f32 = 256.0;

impl Tagger {
    /// From rows of (feature, start and end of its entries).
    fn new(
        labels: Vec<String>,
        transitions: Vec<i32>,
        forbidden: Vec<bool>,
        rows: &[(u32, usize, usize)],
        entries: &[(u8, i16)],
    ) -> Tagger {
        let weights = Weights::new(labels.len(), rows.iter().map(|r| (r.0, &entries[r.1..r.2])));
        let mut tagger =
            Tagger { labels, weights, transitions, steps: Vec::new(), gaps: Vec::new(), forbidden };
        tagger.prepare();
        tagger
    }

    /// The labels, in the order of their numbers.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The number of a label.
    pub fn label(&self, name: &str) -> Option<u8> {
        self.labels.iter().position(|l| l == name).map(|i| i as u8)
    }

    /// The weight of going from one label to the next; `previous` is the number of labels at the start.
    pub fn transition(&self, previous: usize, next: usize) -> i32 {
        self.transitions.get(previous * self.labels.len() + next).copied().unwrap_or(0)
    }

    /// Every feature's hash with its weights by label, in the order of the hashes.
    pub fn weights(&self) -> Vec<(u32, Vec<(u8, i16)>)> {
        let mut out: Vec<_> = match &self.weights {
            Weights::Few(table) => table.weights().collect(),
            Weights::Many(table) => table.weights().collect(),
        };
        out.sort_unstable();
        out
    }

    /// Forgets the features whose hashes are not kept.
    pub fn retain(&mut self, keep: impl Fn(u32) -> bool) {
        let mut kept = self.weights();
        kept.retain(|(feature, _)| keep(*feature));
        self.weights =
            Weights::new(self.labels.len(), kept.iter().map(|(f, entries)| (*f, entries.as_slice())));
    }

    /// Forbids `next` after `previous` (`None`: at the start), as BIO schemes need.
    pub fn forbid(&mut self, previous: Option<u8>, next: u8) {
        let n = self.labels.len();
        self.forbidden[previous.map_or(n, usize::from) * n + usize::from(next)] = true;
        self.prepare();
    }

    /// Works out `steps` and `gaps`.
    fn prepare(&mut self) {
        let (n, width) = (self.labels.len(), self.weights.width());
        self.steps = vec![NEVER; (n + 1) * width];
        for (k, transition) in self.transitions.iter().enumerate().filter(|(k, _)| !self.forbidden[*k]) {
            self.steps[k / n * width + k % n] = *transition;
        }
        self.gaps = vec![0; n * n];
        for (k, gap) in self.gaps.iter_mut().enumerate() {
            let row = |label: usize| &self.steps[label * width..][..n];
            *gap = row(k / n).iter().zip(row(k % n)).map(|(best, other)| best - other).min().unwrap_or(0);
        }
    }

    /// Adds up the scores of one row into `scores` (one per label).
    pub fn score(&self, row: &[u32], scores: &mut [i32]) {
        match &self.weights {
            Weights::Few(table) => scores.iter_mut().zip(table.score(row)).for_each(|(s, v)| *s = v),
            Weights::Many(table) => scores.iter_mut().zip(table.score(row)).for_each(|(s, v)| *s = v),
        }
    }

    /// The best label sequence. `out` is overwritten.
    pub fn tag(&self, rows: &Rows, scratch: &mut Scratch, out: &mut Vec<u8>) {
        match &self.weights {
            Weights::Few(table) => self.decode(table, rows, scratch, out),
            Weights::Many(table) => self.decode(table, rows, scratch, out),
        }
    }

    fn decode<const WIDTH: usize>(
        &self,
        table: &Table<WIDTH>,
        rows: &Rows,
        scratch: &mut Scratch,
        out: &mut Vec<u8>,
    ) {
        let n = self.labels.len();
        out.clear();
        scratch.back.clear();
        scratch.back.resize(rows.len() * WIDTH, 0);
        let (backs, _) = scratch.back.as_chunks_mut::<WIDTH>();
        let (steps, _) = self.steps.as_chunks::<WIDTH>();
        let (mut before, mut best) = ([NEVER; WIDTH], 0);
        for (i, back) in backs.iter_mut().enumerate() {
            let local = table.score(rows.row(i));
            let (mut now, mut from) = ([NEVER; WIDTH], [0i32; WIDTH]);
            if i == 0 {
                now = steps[n];
            } else {
                // The best label stands at 0; one that lies too far below it is nobody's way.
                let gaps = &self.gaps[best * n..][..n];
                let near = (0..n).filter(|&previous| before[previous] >= gaps[previous]);
                for previous in near {
                    let (stands, steps) = (before[previous], &steps[previous]);
                    for ((now, from), step) in now.iter_mut().zip(&mut from).zip(steps) {
                        let s = stands.wrapping_add(*step);
                        let better = s > *now;
                        *now = if better { s } else { *now };
                        *from = if better { previous as i32 } else { *from };
                    }
                }
            }
            for (now, local) in now.iter_mut().zip(&local) {
                *now = now.wrapping_add(*local).max(NEVER);
            }
            // Kept near zero, so that no text is long enough to overflow.
            let mut top = now[0];
            best = 0;
            for (label, now) in now[..n].iter().enumerate() {
                best = if *now > top { label } else { best };
                top = top.max(*now);
            }
            for now in &mut now {
                *now = now.wrapping_sub(top).max(NEVER);
            }
            back.iter_mut().zip(from).for_each(|(back, from)| *back = from as u8);
            before = now;
        }
        if backs.is_empty() {
            return;
        }
        let mut label = (0..n).max_by_key(|&l| (before[l], std::cmp::Reverse(l))).unwrap_or(0);
        out.resize(backs.len(), 0);
        for (out, back) in out.iter_mut().zip(backs.iter()).rev() {
            *out = label as u8;
            label = usize::from(back[label]);
        }
    }

    /// The stored form of the weights.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.push(self.labels.len() as u8);
        for label in &self.labels {
            out.push(label.len() as u8);
            out.extend_from_slice(label.as_bytes());
        }
        for t in &self.transitions {
            out.extend_from_slice(&t.to_le_bytes());
        }
        let weights = self.weights();
        out.extend_from_slice(&(weights.len() as u32).to_le_bytes());
        for (key, entries) in weights {
            out.extend_from_slice(&key.to_le_bytes());
            out.push(entries.len() as u8);
            for (label, weight) in entries {
                out.push(label);
                out.extend_from_slice(&weight.to_le_bytes());
            }
        }
        out
    }

    /// Reads stored weights; says what is wrong with the bytes when they do not fit.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, &'static str> {
        let mut at = Reader { bytes };
        if at.take(MAGIC.len())? != MAGIC {
            return Err("not tagger weights of this version");
        }
        let n = usize::from(at.u8()?);
        if n == 0 || n > MOST_LABELS {
            return Err("there are too many labels, or none");
        }
        let mut labels = Vec::with_capacity(n);
        for _ in 0..n {
            let len = usize::from(at.u8()?);
            labels.push(String::from_utf8(at.take(len)?.to_vec()).map_err(|_| "a label is not UTF-8")?);
        }
        let mut transitions = Vec::with_capacity((n + 1) * n);
        for _ in 0..(n + 1) * n {
            transitions.push(i32::from_le_bytes(at.array()?));
        }
        let count = u32::from_le_bytes(at.array()?) as usize;
        let mut entries = Vec::with_capacity(bytes.len() / 4);
        let mut rows = Vec::with_capacity(count.min(bytes.len() / 5));
        for _ in 0..count {
            let key = u32::from_le_bytes(at.array()?);
            let len = at.u8()?;
            let start = entries.len();
            for _ in 0..len {
                let label = at.u8()?;
                if usize::from(label) >= n {
                    return Err("a label number is out of range");
                }
                entries.push((label, i16::from_le_bytes(at.array()?)));
            }
            rows.push((key, start, entries.len()));
        }
        Ok(Tagger::new(labels, transitions, vec![false; (n + 1) * n], &rows, &entries))
    }
}

/// Below every score that can be reached.
const NEVER: i32 = i32::MIN / 4;

struct Reader<'b> {
    bytes: &'b [u8],
}

impl<'b> Reader<'b> {
    fn take(&mut self, n: usize) -> Result<&'b [u8], &'static str> {
        let (head, tail) = self.bytes.split_at_checked(n).ok_or("the weights are cut short")?;
        self.bytes = tail;
        Ok(head)
    }
    fn u8(&mut self) -> Result<u8, &'static str> {
        Ok(self.take(1)?[0])
    }
    fn array<const N: usize>(&mut self) -> Result<[u8; N], &'static str> {
        Ok(self.take(N)?.try_into().expect("N bytes were taken"))
    }
}

/// Memory that decoding uses again and again.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    back: Vec<u8>,
}

/// One training sequence: rows and the gold label of each.
pub type Example = (Rows, Vec<u8>);

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct Training {
    /// Passes over the data.
    pub epochs: u32,
    /// Order of the sequences.
    pub seed: u64,
    /// Averaged weights smaller than this (in perceptron steps) are dropped.
    pub prune: f32,
    /// Features seen fewer times than this in the data are not used.
    pub least_count: u32,
}

impl Default for Training {
    fn default() -> Self {
        Training { epochs: 8, seed: 1, prune: 0.04, least_count: 2 }
    }
}

/// Trains a tagger. `forbidden` lists (previous, next) label pairs, `None` for the start.
pub fn train(labels: &[&str], examples: &[Example], forbidden: &[(Option<u8>, u8)], how: Training) -> Tagger {
    let n = labels.len();
    let (keys, numbered) = number(examples, how.least_count);
    let t0 = keys.len() * n;
    let mut w = Averaged::new(t0 + (n + 1) * n);
    let mut banned = vec![false; (n + 1) * n];
    for &(previous, next) in forbidden {
        banned[previous.map_or(n, usize::from) * n + usize::from(next)] = true;
    }
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut state = how.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut guess = Vec::new();
    for _ in 0..how.epochs {
        for i in (1..order.len()).rev() {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            order.swap(i, (state % (i as u64 + 1)) as usize);
        }
        for &e in &order {
            let gold = &examples[e].1;
            viterbi(&numbered[e], &w.now, t0, n, &banned, &mut guess);
            w.step += 1;
            if guess == *gold {
                continue;
            }
            let (mut before_gold, mut before_guess) = (n, n);
            for i in 0..gold.len() {
                let (g, s) = (gold[i] as usize, guess[i] as usize);
                if g != s {
                    for &f in numbered[e].row(i) {
                        w.add(f as usize * n + g, 1.0);
                        w.add(f as usize * n + s, -1.0);
                    }
                }
                if (before_gold, g) != (before_guess, s) {
                    w.add(t0 + before_gold * n + g, 1.0);
                    w.add(t0 + before_guess * n + s, -1.0);
                }
                (before_gold, before_guess) = (g, s);
            }
        }
    }
    let average = w.averages();
    pack(labels, &keys, &average, banned, how.prune)
}

/// Numbers the features that are seen often enough: their hashes, and the examples by number, so that the
/// passes look nothing up.
fn number(examples: &[Example], least_count: u32) -> (Vec<u32>, Vec<Rows>) {
    let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
    for (rows, _) in examples {
        for &f in &rows.features {
            *counts.entry(f).or_default() += 1;
        }
    }
    let mut rows_of: FxHashMap<u32, u32> = FxHashMap::default();
    let mut keys = Vec::new();
    // The order of the data, not of the table, numbers the features.
    for (rows, _) in examples {
        for &f in &rows.features {
            if counts[&f] >= least_count && !rows_of.contains_key(&f) {
                rows_of.insert(f, keys.len() as u32);
                keys.push(f);
            }
        }
    }
    // Feature numbers in place of hashes, once, so that the passes look nothing up.
    let numbered: Vec<Rows> = examples
        .iter()
        .map(|(rows, _)| {
            let mut out = Rows::default();
            for i in 0..rows.len() {
                rows.row(i).iter().filter_map(|f| rows_of.get(f)).for_each(|&k| out.push(k));
                out.end_row();
            }
            out
        })
        .collect();
    (keys, numbered)
}

/// A tagger from dense weights: `keys.len() * n` of features, then the transitions.
fn pack(labels: &[&str], keys: &[u32], average: &[f32], banned: Vec<bool>, prune: f32) -> Tagger {
    let n = labels.len();
    assert!((1..=MOST_LABELS).contains(&n), "a tagger has one to {MOST_LABELS} labels");
    let t0 = keys.len() * n;
    let transitions = average[t0..].iter().map(|v| (v * SCALE).round() as i32).collect();
    let (mut rows, mut entries) = (Vec::with_capacity(keys.len()), Vec::new());
    for (k, &key) in keys.iter().enumerate() {
        let start = entries.len();
        for label in 0..n {
            let v = average[k * n + label];
            if v.abs() >= prune {
                entries.push((label as u8, (v * SCALE).round().clamp(-32768.0, 32767.0) as i16));
            }
        }
        if entries.len() > start {
            rows.push((key, start, entries.len()));
        }
    }
    let labels = labels.iter().map(|s| (*s).to_owned()).collect();
    Tagger::new(labels, transitions, banned, &rows, &entries)
}

/// Weights with lazily kept averages.
struct Averaged {
    now: Vec<f32>,
    total: Vec<f64>,
    since: Vec<u32>,
    step: u32,
}

impl Averaged {
    fn new(len: usize) -> Self {
        Averaged { now: vec![0.0; len], total: vec![0.0; len], since: vec![0; len], step: 0 }
    }
    fn add(&mut self, i: usize, v: f32) {
        self.total[i] += f64::from(self.now[i]) * f64::from(self.step - self.since[i]);
        self.since[i] = self.step;
        self.now[i] += v;
    }
    fn averages(mut self) -> Vec<f32> {
        let steps = f64::from(self.step.max(1));
        for i in 0..self.now.len() {
            self.add(i, 0.0);
        }
        self.total.iter().map(|t| (t / steps) as f32).collect()
    }
}

fn viterbi(rows: &Rows, w: &[f32], t0: usize, n: usize, banned: &[bool], out: &mut Vec<u8>) {
    let len = rows.len();
    let mut back = vec![0u8; len * n];
    let mut before = vec![0f32; n];
    let mut now = vec![0f32; n];
    for i in 0..len {
        let mut local = vec![0f32; n];
        for &f in rows.row(i) {
            for (l, v) in local.iter_mut().zip(&w[f as usize * n..]) {
                *l += v;
            }
        }
        for label in 0..n {
            let (mut best, mut from) = (f32::MIN, 0);
            if i == 0 {
                if !banned[n * n + label] {
                    best = w[t0 + n * n + label];
                }
            } else {
                for previous in 0..n {
                    if banned[previous * n + label] {
                        continue;
                    }
                    let s = before[previous] + w[t0 + previous * n + label];
                    if s > best {
                        (best, from) = (s, previous);
                    }
                }
            }
            now[label] = if best == f32::MIN { f32::MIN / 2.0 } else { best + local[label] };
            back[i * n + label] = from as u8;
        }
        std::mem::swap(&mut now, &mut before);
    }
    out.clear();
    out.resize(len, 0);
    let mut label = (0..n).fold(0, |b, l| if before[l] > before[b] { l } else { b });
    for i in (0..len).rev() {
        out[i] = label as u8;
        label = back[i * n + label] as usize;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(words: &[&str]) -> Rows {
        let mut rows = Rows::default();
        for w in words {
            rows.push(mix(feature(1), w.as_bytes()));
            rows.end_row();
        }
        rows
    }

    #[test]
    fn learns_stores_and_reads() {
        let data: Vec<Example> = vec![
            (rows(&["the", "dog", "ran"]), vec![0, 1, 2]),
            (rows(&["a", "cat", "sat"]), vec![0, 1, 2]),
            (rows(&["the", "cat", "ran"]), vec![0, 1, 2]),
        ];
        let how = Training { least_count: 1, ..Training::default() };
        let tagger = train(&["D", "N", "V"], &data, &[(None, 2)], how);
        let mut out = Vec::new();
        tagger.tag(&rows(&["a", "dog", "sat"]), &mut Scratch::default(), &mut out);
        assert_eq!(out, [0, 1, 2]);
        let bytes = tagger.to_bytes();
        assert_eq!(bytes, train(&["D", "N", "V"], &data, &[(None, 2)], how).to_bytes());
        let again = Tagger::from_bytes(&bytes).unwrap();
        assert_eq!(again.to_bytes(), bytes);
        assert!(Tagger::from_bytes(&bytes[..bytes.len() - 1]).is_err());
    }
}
