//! A sequence tagger: averaged structured perceptron with first-order Viterbi decoding.
//!
//! Knows nothing of language: it maps rows of feature hashes to labels. What the features are is the
//! business of the annotators that use it. Training is deterministic: same data, same seed, same bytes.
//! Collins (2002), "Discriminative training methods for hidden Markov models".

mod field;

pub use field::{FieldTraining, train_field};

use rustc_hash::FxHashMap;

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
    /// One byte of each slot's feature hash, 0 for an empty slot: most features are unknown, and this small table
    /// says so without a look at the large one. Length is a power of two.
    prints: Vec<u8>,
    /// Open-addressing table from feature hash to its entries: start, and in the low byte how many.
    table: Vec<(u32, u32)>,
    entries: Vec<(u8, i16)>,
    /// `transitions[previous * n + next]`; row `n` is the start.
    transitions: Vec<i32>,
    /// `transitions` without the start, `NEVER` where forbidden.
    steps: Vec<i32>,
    forbidden: Vec<bool>,
}

/// Weights are stored in units of 1 / SCALE.
const SCALE: f32 = 256.0;

impl Tagger {
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

    /// Every feature's hash with its weights by label, in no order.
    pub fn weights(&self) -> impl Iterator<Item = (u32, &[(u8, i16)])> {
        self.table.iter().zip(&self.prints).filter(|(_, print)| **print != 0).map(|(slot, _)| {
            let (start, len) = unpack(slot.1);
            (slot.0, &self.entries[start..start + len])
        })
    }

    /// Forgets the features whose hashes are not kept.
    pub fn retain(&mut self, keep: impl Fn(u32) -> bool) {
        let used = |(slot, print): &(&(u32, u32), &u8)| **print != 0 && keep(slot.0);
        let rows: Vec<(u32, u32)> =
            self.table.iter().zip(&self.prints).filter(used).map(|(slot, _)| *slot).collect();
        let mut rows: Vec<(u32, u32)> = rows;
        rows.sort_unstable();
        self.index(&rows);
    }

    /// Forbids `next` after `previous` (`None`: at the start), as BIO schemes need.
    pub fn forbid(&mut self, previous: Option<u8>, next: u8) {
        let n = self.labels.len();
        self.forbidden[previous.map_or(n, usize::from) * n + usize::from(next)] = true;
        self.prepare();
    }

    /// Works out `steps`.
    fn prepare(&mut self) {
        let n = self.labels.len();
        self.steps =
            (0..n * n).map(|k| if self.forbidden[k] { NEVER } else { self.transitions[k] }).collect();
    }

    /// Adds up the scores of one row into `scores` (one per label).
    pub fn score(&self, row: &[u32], scores: &mut [i32]) {
        scores.fill(0);
        let mask = self.prints.len() - 1;
        for &hash in row {
            let spread = spread(hash);
            let print = print_of(spread);
            let mut slot = spread as usize & mask;
            loop {
                let seen = self.prints[slot];
                if seen == print && self.table[slot].0 == hash {
                    let (start, len) = unpack(self.table[slot].1);
                    for &(label, weight) in &self.entries[start..start + len] {
                        scores[label as usize] += i32::from(weight);
                    }
                    break;
                }
                if seen == 0 {
                    break;
                }
                slot = (slot + 1) & mask;
            }
        }
    }

    /// The best label sequence. `out` is overwritten.
    pub fn tag(&self, rows: &Rows, scratch: &mut Scratch, out: &mut Vec<u8>) {
        let n = self.labels.len();
        let len = rows.len();
        out.clear();
        if len == 0 {
            return;
        }
        scratch.back.clear();
        scratch.back.resize(len * n, 0);
        scratch.local.resize(n, 0);
        scratch.now.resize(n, 0);
        scratch.before.resize(n, 0);
        scratch.from.resize(n, 0);
        for i in 0..len {
            self.score(rows.row(i), &mut scratch.local);
            scratch.now.fill(NEVER);
            scratch.from.fill(0);
            if i == 0 {
                for label in (0..n).filter(|label| !self.forbidden[n * n + label]) {
                    scratch.now[label] = self.transitions[n * n + label];
                }
            } else {
                for previous in 0..n {
                    let before = scratch.before[previous];
                    let steps = &self.steps[previous * n..][..n];
                    for ((now, from), step) in scratch.now.iter_mut().zip(scratch.from.iter_mut()).zip(steps)
                    {
                        let s = before + step;
                        let better = s > *now;
                        *now = if better { s } else { *now };
                        *from = if better { previous as u32 } else { *from };
                    }
                }
            }
            // Kept near zero, so that no text is long enough to overflow.
            let mut top = NEVER;
            for (now, local) in scratch.now.iter_mut().zip(&scratch.local) {
                *now = (*now + local).max(NEVER);
                top = top.max(*now);
            }
            for ((now, back), from) in
                scratch.now.iter_mut().zip(&mut scratch.back[i * n..]).zip(&scratch.from)
            {
                *now = (*now - top).max(NEVER);
                *back = *from as u8;
            }
            std::mem::swap(&mut scratch.now, &mut scratch.before);
        }
        let mut label = (0..n).max_by_key(|&l| (scratch.before[l], std::cmp::Reverse(l))).unwrap_or(0);
        out.resize(len, 0);
        for i in (0..len).rev() {
            out[i] = label as u8;
            label = scratch.back[i * n + label] as usize;
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
        let used = |(slot, _): &(&(u32, u32), &u8)| unpack(slot.1).1 > 0;
        let mut keys: Vec<(u32, u32)> =
            self.table.iter().zip(&self.prints).filter(used).map(|(slot, _)| *slot).collect();
        keys.sort_unstable();
        out.extend_from_slice(&(keys.len() as u32).to_le_bytes());
        for (key, packed) in keys {
            let (start, len) = unpack(packed);
            out.extend_from_slice(&key.to_le_bytes());
            out.push(len as u8);
            for &(label, weight) in &self.entries[start..start + len] {
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
        let mut tagger = Tagger::empty(labels, transitions, vec![false; (n + 1) * n]);
        tagger.entries.reserve(bytes.len() / 4);
        let mut rows = Vec::with_capacity(count.min(bytes.len() / 5));
        for _ in 0..count {
            let key = u32::from_le_bytes(at.array()?);
            let len = at.u8()?;
            let start = tagger.entries.len() as u32;
            for _ in 0..len {
                let label = at.u8()?;
                if usize::from(label) >= n {
                    return Err("a label number is out of range");
                }
                tagger.entries.push((label, i16::from_le_bytes(at.array()?)));
            }
            rows.push((key, pack_range(start, u32::from(len)).ok_or("there are too many weights")?));
        }
        tagger.index(&rows);
        Ok(tagger)
    }

    fn empty(labels: Vec<String>, transitions: Vec<i32>, forbidden: Vec<bool>) -> Tagger {
        let mut tagger = Tagger {
            labels,
            prints: Vec::new(),
            table: Vec::new(),
            entries: Vec::new(),
            transitions,
            steps: Vec::new(),
            forbidden,
        };
        tagger.prepare();
        tagger
    }

    fn index(&mut self, rows: &[(u32, u32)]) {
        let size = (rows.len() * 2).next_power_of_two().max(16);
        self.table = vec![(0, 0); size];
        self.prints = vec![0; size];
        for &row in rows.iter().filter(|r| unpack(r.1).1 > 0) {
            let spread = spread(row.0);
            let mut slot = spread as usize & (size - 1);
            while self.prints[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            self.table[slot] = row;
            self.prints[slot] = print_of(spread);
        }
    }
}

/// Below every score that can be reached.
const NEVER: i32 = i32::MIN / 4;

/// Start of entries in the high three bytes, their number in the low one; `None` when it does not fit.
fn pack_range(start: u32, len: u32) -> Option<u32> {
    (start < 1 << 24 && len < 1 << 8).then_some(start << 8 | len)
}

fn unpack(packed: u32) -> (usize, usize) {
    (packed as usize >> 8, packed as usize & 0xff)
}

/// The byte of a spread hash that slots keep, never 0.
fn print_of(spread: u32) -> u8 {
    (spread >> 24) as u8 | 1
}

/// FNV's low bits are weak: spread them (Murmur3 finaliser).
fn spread(mut h: u32) -> u32 {
    h ^= h >> 16;
    h = h.wrapping_mul(0x85eb_ca6b);
    h ^ (h >> 13)
}

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
    local: Vec<i32>,
    now: Vec<i32>,
    before: Vec<i32>,
    from: Vec<u32>,
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
    let t0 = keys.len() * n;
    let transitions = average[t0..].iter().map(|v| (v * SCALE).round() as i32).collect();
    let mut tagger = Tagger::empty(labels.iter().map(|s| (*s).to_owned()).collect(), transitions, banned);
    let mut rows = Vec::with_capacity(keys.len());
    for (k, &key) in keys.iter().enumerate() {
        let start = tagger.entries.len() as u32;
        for label in 0..n {
            let v = average[k * n + label];
            if v.abs() >= prune {
                tagger.entries.push((label as u8, (v * SCALE).round().clamp(-32768.0, 32767.0) as i16));
            }
        }
        // Weights past what a table can hold are left out; no model comes near.
        rows.extend(pack_range(start, tagger.entries.len() as u32 - start).map(|packed| (key, packed)));
    }
    tagger.index(&rows);
    tagger
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
