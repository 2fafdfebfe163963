//! Weights laid out for looking many features up at once.
//!
//! A feature has its key and all its weights in one row; the rows of a position are read side by side before any is
//! needed, without a branch, so that the memory answers many questions at a time. Sums are of whole numbers: their
//! order is of no consequence.

/// Rows for every feature: what is left empty keeps runs of taken rows short.
const ROOM: usize = 2;

/// Weights by feature. A row holds one weight a label, and in the last two lanes its feature's key.
#[derive(Clone, Debug)]
pub(super) struct Table<const WIDTH: usize> {
    /// Rows that a key may choose; some more follow for those that find theirs taken.
    slots: u64,
    rows: Vec<[i16; WIDTH]>,
}

/// A key in the two lanes of a row; 0 marks an empty one.
fn key_of<const WIDTH: usize>(row: &[i16; WIDTH]) -> u32 {
    u32::from(row[WIDTH - 2] as u16) | u32::from(row[WIDTH - 1] as u16) << 16
}

impl<const WIDTH: usize> Table<WIDTH> {
    /// Labels that a row has room for.
    pub(super) const LABELS: usize = WIDTH - 2;

    /// From features with their weights by label; labels past the room are passed over, a feature that comes again is
    /// not heard again.
    pub(super) fn new<'w>(weights: impl ExactSizeIterator<Item = (u32, &'w [(u8, i16)])>) -> Self {
        let slots = weights.len() * ROOM + 1;
        let mut table = Table { slots: slots as u64, rows: vec![[0; WIDTH]; slots + 1] };
        let mut zero = None;
        for (key, entries) in weights {
            if key == 0 {
                zero = Some(entries);
            } else {
                table.insert(key, entries);
            }
        }
        // A row with this key looks empty: it comes last, so that it ends no other's way.
        if let Some(entries) = zero {
            table.insert(0, entries);
        }
        table
    }

    fn insert(&mut self, key: u32, entries: &[(u8, i16)]) {
        let mut at = self.slot(key);
        while key_of(&self.rows[at]) != 0 {
            at += 1;
            if at == self.rows.len() {
                self.rows.push([0; WIDTH]);
            }
        }
        let row = &mut self.rows[at];
        for &(label, weight) in entries.iter().filter(|e| usize::from(e.0) < Self::LABELS) {
            row[usize::from(label)] = weight;
        }
        row[WIDTH - 2] = key as u16 as i16;
        row[WIDTH - 1] = (key >> 16) as u16 as i16;
    }

    /// The high bits of a key, a hash already, choose its place: features that come in the order of their keys fill the
    /// table from its beginning to its end.
    fn slot(&self, key: u32) -> usize {
        ((u64::from(key) * self.slots) >> 32) as usize
    }

    /// The row of a feature whose first choice and the next are others'.
    fn later(&self, key: u32) -> Option<&[i16; WIDTH]> {
        let ends = |row: &&[i16; WIDTH]| key_of(row) == key || key_of(row) == 0;
        self.rows.get(self.slot(key) + 2..)?.iter().find(ends).filter(|row| key_of(row) == key)
    }

    /// Sums of the weights of features, by label; the last two lanes mean nothing.
    pub(super) fn score(&self, features: &[u32]) -> [i32; WIDTH] {
        const CHUNK: usize = 64;
        let mut sums = [0i32; WIDTH];
        let mut add = |row: &[i16; WIDTH]| {
            // a row of features is far too short to overflow
            sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum = sum.wrapping_add(i32::from(*weight)));
        };
        let (mut own, mut late) = ([0u32; CHUNK], [0u32; CHUNK]);
        for chunk in features.chunks(CHUNK) {
            let (mut found, mut missed) = (0, 0);
            for &key in chunk {
                let slot = self.slot(key);
                let [first, second] = match self.rows.get(slot..slot + 2) {
                    Some([first, second]) => [key_of(first), key_of(second)],
                    _ => [0; 2],
                };
                own[found & (CHUNK - 1)] = slot as u32 + u32::from(first != key);
                let same = (first == key) | (second == key);
                found += usize::from(same);
                late[missed & (CHUNK - 1)] = key;
                missed += usize::from(!same & (first != 0) & (second != 0));
            }
            own[..found.min(CHUNK)].iter().filter_map(|at| self.rows.get(*at as usize)).for_each(&mut add);
            late[..missed.min(CHUNK)].iter().filter_map(|key| self.later(*key)).for_each(&mut add);
        }
        sums
    }

    /// Every feature with its weights by label, in no order.
    pub(super) fn weights(&self) -> impl Iterator<Item = (u32, Vec<(u8, i16)>)> {
        let weights = |row: &[i16; WIDTH]| {
            let labels = row[..Self::LABELS].iter().zip(0u8..);
            labels.filter(|(weight, _)| **weight != 0).map(|(weight, label)| (label, *weight)).collect()
        };
        self.rows
            .iter()
            .map(move |row| (key_of(row), weights(row)))
            .filter(|(_, entries): &(u32, Vec<(u8, i16)>)| !entries.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn adds_up_what_a_plain_map_adds_up() {
        let mut state = 7u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 4
        };
        let mut plain: BTreeMap<u32, Vec<(u8, i16)>> = BTreeMap::new();
        plain.insert(0, vec![(3, -9)]);
        for _ in 0..3000 {
            let (key, label, weight) = (next(), (next() % 10) as u8, next() as i16 | 1);
            plain.insert(key, vec![(label, weight), ((label + 1) % 10, 5)]);
        }
        // keys side by side in the table
        for near in 1..40 {
            plain.insert(near, vec![(0, near as i16)]);
        }
        let table = Table::<12>::new(plain.iter().map(|(k, e)| (*k, e.as_slice())));
        let mut keys: Vec<u32> = plain.keys().copied().collect();
        keys.extend((0..5000).map(|_| next()));
        for features in keys.chunks(97) {
            let mut want = [0i32; 10];
            for (label, weight) in features.iter().filter_map(|f| plain.get(f)).flatten() {
                want[usize::from(*label)] += i32::from(*weight);
            }
            assert_eq!(table.score(features)[..10], want);
        }
        let mut stored: Vec<_> = table.weights().collect();
        stored.sort_unstable();
        plain.values_mut().for_each(|e| e.sort_unstable());
        assert_eq!(stored, plain.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn empty_tables_know_nothing() {
        let table =
            Table::<12>::new(std::iter::empty::<(u32, &[(u8, i16)])>().collect::<Vec<_>>().into_iter());
        assert_eq!(table.score(&[0, 1, u32::MAX]), [0; 12]);
    }
}
