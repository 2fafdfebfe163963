//! Weights laid out for speed: one table for all decisions that are made on the same features.
//!
//! A decision owns a few lanes of a row; the first label of each ("outside") is zero by definition, so that
//! it needs no lane. Most features of a text are unknown to a model: a bit filter that fits a core's own
//! cache says so without a branch, and the large table is read for the rest only. Two bytes of a feature's hash
//! are checked: an unknown feature is taken for a known one about once in half a million times.

use crate::perceptron::{Rows, Tagger};

/// Weights of one row.
pub(super) const LANES: usize = 6;

/// Bits of a feature that are its hash; the six above are its template.
pub(super) const HASH_BITS: u32 = 26;

/// Templates that can be.
const TEMPLATES: usize = 1 << (32 - HASH_BITS);

/// Sums of one token, in 1/256; what is past [`LANES`] is of no use.
pub(super) type Sums = [i32; 8];

/// A feature's weights in the table's unit, one byte each and 128 too high, above two bytes of its hash; those are 0
/// in an empty row. A number, so that many rows can be added up lane by lane at once.
type Row = u64;

/// What is too much in the weights of a row.
const TOO_HIGH: i32 = 128;

/// Every second byte of a row.
const EVEN: u64 = 0x00ff_00ff_00ff_00ff;

/// Finest unit of stored weights, in 1/256; that of a perceptron's large weights is coarser.
const FINEST_UNIT: i32 = 8;
/// Of how many weights one may be too large for the unit, and is cut.
const ONE_CUT_OF: usize = 1000;

/// Most labels of a decision.
const MOST_LABELS: usize = 6;

/// What going from one label to each next one counts for, as wide as two registers.
type Steps = [i32; 8];

/// Below every score that can be reached.
const NEVER: i32 = i32::MIN / 4;

/// Bits of the filter for each feature: one unknown feature in eight or more passes it.
const FILTER_BITS: usize = 8;

/// Where the features of one template lie.
#[derive(Clone, Copy, Debug, Default)]
struct Region {
    rows: u32,
    mask: u32,
    shift: u32,
    /// First word of the filter.
    filter: u32,
    filter_shift: u32,
}

/// Weights by feature. The features of a template lie together: the few of a small one stay near the core.
#[derive(Clone, Debug)]
pub(super) struct Table {
    regions: [Region; TEMPLATES],
    filter: Vec<u64>,
    rows: Vec<Row>,
    /// As they were given.
    weights: Weights,
}

/// Features and their weights.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Weights {
    /// What a weight of one stands for, in 1/256.
    unit: i32,
    /// In order of the features.
    rows: Vec<(u32, [i8; LANES])>,
}

impl Weights {
    /// Number of features.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }
}

/// Two bytes of a hash, never both 0.
fn tag(hash: u32) -> u16 {
    (hash as u16).max(1)
}

/// The tag of a row, 0 when it is empty.
fn tag_of(row: Row) -> u16 {
    row as u16
}

fn row(tag: u16, lanes: &[i8; LANES]) -> Row {
    let [low, high] = tag.to_le_bytes();
    let lanes = lanes.map(|weight| (i32::from(weight) + TOO_HIGH) as u8);
    let [a, b, c, d, e, f] = lanes;
    u64::from_le_bytes([low, high, a, b, c, d, e, f])
}

impl Table {
    /// Lays weights out.
    pub(super) fn new(weights: Weights) -> Self {
        let mut table =
            Table { regions: [Region::default(); TEMPLATES], filter: Vec::new(), rows: Vec::new(), weights };
        let mut start = 0;
        for (template, region) in table.regions.iter_mut().enumerate() {
            let count =
                table.weights.rows[start..].partition_point(|w| (w.0 >> HASH_BITS) as usize <= template);
            let slots = (count * 4 / 3 + 1).next_power_of_two().max(2);
            let bits = (count * FILTER_BITS).next_power_of_two().max(64);
            *region = Region {
                rows: table.rows.len() as u32,
                mask: slots as u32 - 1,
                shift: HASH_BITS.saturating_sub(slots.trailing_zeros()),
                filter: table.filter.len() as u32,
                filter_shift: HASH_BITS.saturating_sub(bits.trailing_zeros()),
            };
            table.filter.resize(table.filter.len() + bits / 64, 0);
            table.rows.resize(table.rows.len() + slots, 0);
            let rows = &mut table.rows[region.rows as usize..];
            for (feature, lanes) in &table.weights.rows[start..start + count] {
                let hash = feature & HASH_MASK;
                let bit = hash >> region.filter_shift;
                table.filter[(region.filter + bit / 64) as usize] |= 1 << (bit % 64);
                let mut slot = (hash >> region.shift) & region.mask;
                while tag_of(rows[slot as usize]) != 0 {
                    slot = (slot + 1) & region.mask;
                }
                rows[slot as usize] = row(tag(hash), lanes);
            }
            start += count;
        }
        table
    }

    /// The row at a place of a region, counted round; nothing is empty.
    fn row_at(&self, region: &Region, slot: u32) -> Row {
        self.rows.get((region.rows + (slot & region.mask)) as usize).copied().unwrap_or(0)
    }

    /// The row of a feature whose first choice is another's.
    fn later(&self, feature: u32) -> Option<Row> {
        let region = &self.regions[(feature >> HASH_BITS) as usize];
        let hash = feature & HASH_MASK;
        let first = hash >> region.shift;
        let rows = (1..=region.mask + 1).map(|step| self.row_at(region, first + step));
        rows.take_while(|row| tag_of(*row) != 0).find(|row| tag_of(*row) == tag(hash))
    }

    /// Sums of the weights of one row of features.
    pub(super) fn score(&self, features: &[u32]) -> Sums {
        const CHUNK: usize = 64;
        let mut sums = [0i32; 8];
        let (mut known, mut late, mut rows) = ([0u32; CHUNK], [0u32; CHUNK], [0; CHUNK]);
        for chunk in features.chunks(CHUNK) {
            let mut n = 0;
            for &feature in chunk {
                let region = &self.regions[(feature >> HASH_BITS) as usize];
                let bit = (feature & HASH_MASK) >> region.filter_shift;
                known[n & (CHUNK - 1)] = feature;
                let word = self.filter.get((region.filter + bit / 64) as usize).copied().unwrap_or(0);
                n += (word >> (bit % 64) & 1) as usize;
            }
            // rows are read side by side before any is needed, so that the memory answers many questions at a time
            let (mut found, mut missed) = (0, 0);
            for &feature in &known[..n.min(CHUNK)] {
                let region = &self.regions[(feature >> HASH_BITS) as usize];
                let hash = feature & HASH_MASK;
                let row = self.row_at(region, hash >> region.shift);
                let same = tag_of(row) == tag(hash);
                rows[found & (CHUNK - 1)] = row;
                found += usize::from(same);
                late[missed & (CHUNK - 1)] = feature;
                missed += usize::from(!same && tag_of(row) != 0);
            }
            for row in late[..missed.min(CHUNK)].iter().filter_map(|feature| self.later(*feature)) {
                rows[found & (CHUNK - 1)] = row;
                found += 1;
            }
            // a chunk of bytes fits sixteen bits
            let (mut even, mut odd) = (0u64, 0u64);
            for row in &rows[..found.min(CHUNK)] {
                even += row & EVEN;
                odd += row >> 8 & EVEN;
            }
            let high = found as i32 * TOO_HIGH;
            for (lane, total) in sums.iter_mut().enumerate().take(LANES) {
                let of = if lane % 2 == 0 { even } else { odd };
                let sum = (of >> (16 + lane / 2 * 16) & 0xffff) as i32;
                // a row of features is far too short to overflow
                *total = total.wrapping_add(sum - high);
            }
        }
        sums.map(|sum| sum.wrapping_mul(self.weights.unit))
    }

    /// Sums of every row.
    pub(super) fn scores(&self, rows: &Rows, out: &mut Vec<Sums>) {
        out.clear();
        out.extend((0..rows.len()).map(|i| self.score(rows.row(i))));
    }

    /// The weights, sorted by feature.
    pub(super) fn weights(&self) -> &Weights {
        &self.weights
    }
}

/// The hash of a feature.
const HASH_MASK: u32 = (1 << HASH_BITS) - 1;

/// A weight in 1/256 in coarser units.
fn coarse(weight: i32, unit: i32) -> i8 {
    let half = if weight < 0 { -unit / 2 } else { unit / 2 };
    ((weight + half) / unit).clamp(-127, 127) as i8
}

/// Single weights, in 1/256, as rows of the lanes they are for.
pub(super) fn rows_of(mut single: Vec<(u32, usize, i32)>) -> Weights {
    single.sort_unstable();
    let mut unit = FINEST_UNIT;
    while single.iter().filter(|w| w.2.abs() > 127 * unit).count() * ONE_CUT_OF > single.len() {
        unit *= 2;
    }
    let mut out = Weights { unit, rows: Vec::new() };
    for (feature, lane, weight) in single {
        let weight = coarse(weight, unit);
        if weight == 0 || lane >= LANES {
            continue;
        }
        match out.rows.last_mut() {
            Some(last) if last.0 == feature => last.1[lane] = weight,
            _ => {
                let mut lanes = [0; LANES];
                lanes[lane] = weight;
                out.rows.push((feature, lanes));
            }
        }
    }
    out
}

/// How labels follow one another, and which lanes of a table score them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chain {
    /// First lane: that of label 1.
    lane: usize,
    /// Number of labels, with "outside".
    labels: usize,
    /// `steps[previous][next]`; row `labels` is the start. [`NEVER`] where it cannot be, and past the last label.
    steps: [Steps; MOST_LABELS + 1],
}

impl Chain {
    /// The chain of a trained tagger.
    pub(super) fn of(tagger: &Tagger, lane: usize, forbidden: &[(Option<u8>, u8)]) -> Self {
        let labels = tagger.labels().len().min(MOST_LABELS);
        let mut steps = [[NEVER; 8]; MOST_LABELS + 1];
        for (previous, row) in steps.iter_mut().enumerate().take(labels + 1) {
            for (next, step) in row.iter_mut().enumerate().take(labels) {
                *step = tagger.transition(previous, next);
            }
        }
        let mut chain = Chain { lane, labels, steps };
        chain.forbid(forbidden);
        chain
    }

    fn forbid(&mut self, forbidden: &[(Option<u8>, u8)]) {
        for &(previous, next) in forbidden {
            self.steps[previous.map_or(self.labels, usize::from)][usize::from(next)] = NEVER;
        }
    }

    /// The stored form.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        out.push(self.lane as u8);
        out.push(self.labels as u8);
        for row in &self.steps[..=self.labels] {
            for step in &row[..self.labels] {
                out.extend_from_slice(&step.to_le_bytes());
            }
        }
    }

    /// Reads the stored form.
    pub(super) fn read(rest: &mut &[u8]) -> Option<Self> {
        let (&[lane, labels], tail) = rest.split_first_chunk::<2>()?;
        *rest = tail;
        let (lane, labels) = (usize::from(lane), usize::from(labels));
        if labels == 0 || labels > MOST_LABELS || lane + labels - 1 > LANES {
            return None;
        }
        let mut chain = Chain { lane, labels, steps: [[NEVER; 8]; MOST_LABELS + 1] };
        for row in &mut chain.steps[..=labels] {
            for step in &mut row[..labels] {
                let (bytes, tail) = rest.split_first_chunk::<4>()?;
                *step = i32::from_le_bytes(*bytes).max(NEVER);
                *rest = tail;
            }
        }
        Some(chain)
    }

    /// Number of labels.
    pub(super) fn labels(&self) -> usize {
        self.labels
    }

    /// The score of a label for one token.
    pub(super) fn local(&self, sums: &Sums, label: u8) -> i32 {
        if label == 0 { 0 } else { sums[self.lane + usize::from(label) - 1] }
    }

    /// The best label sequence; `out` is overwritten.
    pub(super) fn decode(&self, sums: &[Sums], back: &mut Vec<[u8; 8]>, out: &mut Vec<u8>) {
        let n = self.labels;
        out.clear();
        back.clear();
        let mut before = [NEVER; 8];
        for (i, sums) in sums.iter().enumerate() {
            let (mut now, mut from) = ([NEVER; 8], [0i32; 8]);
            if i == 0 {
                now = self.steps[n];
            } else {
                for (previous, (before, steps)) in before.iter().zip(&self.steps[..n]).enumerate() {
                    for ((now, from), step) in now.iter_mut().zip(&mut from).zip(steps) {
                        let score = before.wrapping_add(*step);
                        let better = score > *now;
                        *now = if better { score } else { *now };
                        *from = if better { previous as i32 } else { *from };
                    }
                }
            }
            let mut top = NEVER;
            for (label, now) in now[..n].iter_mut().enumerate() {
                *now = now.wrapping_add(self.local(sums, label as u8)).max(NEVER);
                top = top.max(*now);
            }
            // kept near zero, so that no text is long enough to overflow
            now.iter_mut().for_each(|s| *s = s.wrapping_sub(top).max(NEVER));
            back.push(from.map(|label| label as u8));
            before = now;
        }
        let mut label = (0..n).max_by_key(|&l| (before[l], std::cmp::Reverse(l))).unwrap_or(0) as u8;
        out.resize(sums.len(), 0);
        for i in (0..sums.len()).rev() {
            out[i] = label;
            label = back[i][usize::from(label)];
        }
    }
}

/// Weights of taggers on the same features side by side: the labels but the first of each, one after the other.
pub(super) fn join(taggers: &[&Tagger]) -> Weights {
    let mut all = Vec::new();
    let mut lane = 0;
    for tagger in taggers {
        let n = tagger.labels().len();
        for (feature, entries) in tagger.weights() {
            let of = |label: usize| {
                entries.iter().find(|e| usize::from(e.0) == label).map_or(0, |e| i32::from(e.1))
            };
            all.extend((1..n).map(|label| (feature, lane + label - 1, of(label) - of(0))));
        }
        lane += n - 1;
    }
    rows_of(all)
}

/// The stored form of weights: their unit, their number, for each its feature, a byte that says which lanes follow, and those.
pub(super) fn write(weights: &Weights, out: &mut Vec<u8>) {
    out.extend_from_slice(&weights.unit.to_le_bytes());
    out.extend_from_slice(&(weights.len() as u32).to_le_bytes());
    for (feature, lanes) in &weights.rows {
        out.extend_from_slice(&feature.to_le_bytes());
        out.push((0..LANES).filter(|&l| lanes[l] != 0).fold(0u8, |m, l| m | 1 << l));
        out.extend(lanes.iter().filter(|l| **l != 0).map(|l| *l as u8));
    }
}

/// Reads stored weights; `None` when they are cut short, out of order or out of bounds.
pub(super) fn read(rest: &mut &[u8]) -> Option<Weights> {
    let (unit, tail) = rest.split_first_chunk::<4>()?;
    let unit = i32::from_le_bytes(*unit);
    let (count, tail) = tail.split_first_chunk::<4>()?;
    let count = u32::from_le_bytes(*count) as usize;
    *rest = tail;
    if !(0..=i32::from(i16::MAX)).contains(&unit) {
        return None;
    }
    let mut out = Weights { unit, rows: Vec::with_capacity(count.min(rest.len() / 5)) };
    for _ in 0..count {
        let (feature, tail) = rest.split_first_chunk::<4>()?;
        let (&mask, mut tail) = tail.split_first()?;
        let mut lanes = [0; LANES];
        for lane in (0..LANES).filter(|l| mask >> l & 1 == 1) {
            let (weight, more) = tail.split_first()?;
            lanes[lane] = *weight as i8;
            tail = more;
        }
        *rest = tail;
        let feature = u32::from_le_bytes(*feature);
        if out.rows.last().is_some_and(|last| last.0 >= feature) {
            return None;
        }
        out.rows.push((feature, lanes));
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attributions::cues::f;
    use crate::perceptron::{Example, FieldTraining, train_field};

    #[test]
    fn rows_together_and_apart_add_up_the_same() {
        // one template, so full that features stand far behind their first choice, and turn round at the end
        let weights: Vec<(u32, usize, i32)> = (0..47)
            .map(|n| ((5 << HASH_BITS) | (HASH_MASK - n), n as usize % LANES, 8 * (1 + n as i32)))
            .collect();
        let known: Vec<u32> = weights.iter().map(|w| w.0).collect();
        let table = Table::new(rows_of(weights.clone()));
        let mut rows = Rows::default();
        for (n, of) in known.chunks(5).enumerate() {
            rows.add(of);
            rows.add(&known[..n]);
            rows.add(&[(6 << HASH_BITS) + n as u32, (5 << HASH_BITS) + n as u32]);
        }
        rows.add(&known.repeat(9));
        let mut sums = Vec::new();
        table.scores(&rows, &mut sums);
        assert_eq!(sums.len(), rows.len());
        for (i, sums) in sums.iter().enumerate() {
            let mut want = [0; 8];
            for (_, lane, weight) in rows.row(i).iter().filter_map(|f| weights.iter().find(|w| w.0 == *f)) {
                want[*lane] += weight;
            }
            assert_eq!(*sums, want, "row {i}");
            assert_eq!(table.score(rows.row(i)), want, "row {i}");
        }
    }

    #[test]
    fn says_what_the_tagger_says() {
        let mut state = 11u32;
        let mut next = |n: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) % n
        };
        let mut sequence = || -> Example {
            let (mut rows, mut labels) = (Rows::default(), Vec::new());
            for _ in 0..12 {
                let word = next(40);
                rows.push(f(1, word, 0, 0));
                rows.push(f(63, 0, next(9), 0));
                rows.end_row();
                labels.push((word % 4) as u8);
            }
            (rows, labels)
        };
        let data: Vec<Example> = (0..50).map(|_| sequence()).collect();
        let labels = ["O", "A", "B", "C"];
        let forbidden = [(Some(1), 2)];
        let how = FieldTraining { least_count: 1, ..FieldTraining::default() };
        let mut tagger = train_field(&labels, &data, &forbidden, how);
        forbidden.iter().for_each(|&(p, l)| tagger.forbid(p, l));
        let weights = join(&[&tagger, &tagger]);
        assert!(weights.len() > 20);
        let table = Table::new(weights.clone());
        let chain = Chain::of(&tagger, 3, &forbidden);
        let (mut sums, mut back, mut got) = (Vec::new(), Vec::new(), Vec::new());
        for (rows, labels) in &data {
            table.scores(rows, &mut sums);
            for (i, sums) in sums.iter().enumerate() {
                let mut exact = [0; 4];
                tagger.score(rows.row(i), &mut exact);
                for label in 1..4u8 {
                    let want = exact[usize::from(label)] - exact[0];
                    assert!((chain.local(sums, label) - want).abs() <= 2 * weights.unit, "{want}");
                }
            }
            chain.decode(&sums, &mut back, &mut got);
            assert_eq!(got.len(), labels.len());
            assert!(got.windows(2).all(|w| w != [1, 2]));
        }
        let mut bytes = Vec::new();
        chain.write(&mut bytes);
        write(&weights, &mut bytes);
        let mut rest = bytes.as_slice();
        assert_eq!(Chain::read(&mut rest), Some(chain));
        assert_eq!(read(&mut rest), Some(weights));
        for cut in 0..bytes.len() {
            let mut rest = &bytes[..cut];
            assert!(Chain::read(&mut rest).and_then(|_| read(&mut rest)).is_none());
        }
    }
}
