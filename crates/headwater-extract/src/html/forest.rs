//! Trees that were trained on labelled blocks, read from small tables and applied to all blocks of a page at once.
//!
//! All nodes of one level of a tree ask the same question (oblivious trees), so a tree is six questions and
//! sixty-four answers, and a page is judged column by column. The page is looked at twice; what both looks ask of a
//! block's numbers is settled once, as the place of each number among the borders that are asked for.

/// Questions of one tree.
pub(crate) const DEPTH: usize = 6;

/// Answers of one tree.
const ANSWERS: usize = 1 << DEPTH;

/// First bytes of a table.
const MAGIC: &[u8; 4] = b"HWF1";

/// Borders of one number up to which counting them is faster than halving.
const COUNTED: usize = 24;

struct Tree {
    /// Column, and the place among its borders above which the answer is yes.
    questions: [(u16, u8); DEPTH],
    answers: [f32; ANSWERS],
}

/// A sum of trees, as a table gives it: questions are of numbers and of places among all their borders.
struct Table {
    borders: Vec<Vec<f32>>,
    trees: Vec<Tree>,
    bias: f32,
}

/// Reads numbers off a table.
struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*head)
    }

    fn u8(&mut self) -> Option<u8> {
        self.take::<1>().map(|b| b[0])
    }

    fn u16(&mut self) -> Option<u16> {
        self.take().map(u16::from_le_bytes)
    }

    fn f32(&mut self) -> Option<f32> {
        self.take().map(f32::from_le_bytes)
    }
}

impl Table {
    /// Reads a table as `cargo xtask train extract` writes it.
    fn read(bytes: &[u8]) -> Option<Table> {
        let mut c = Cursor(bytes.strip_prefix(MAGIC)?);
        let features = c.u16()? as usize;
        let mut borders = Vec::with_capacity(features);
        for _ in 0..features {
            let n = c.u8()? as usize;
            borders.push((0..n).map(|_| c.f32()).collect::<Option<Vec<f32>>>()?);
        }
        let bias = c.f32()?;
        let scale = c.f32()?;
        let count = c.u16()? as usize;
        let mut trees = Vec::with_capacity(count);
        for _ in 0..count {
            let mut questions = [(0u16, 0u8); DEPTH];
            for q in &mut questions {
                *q = (c.u16()?, c.u8()?);
                borders.get(usize::from(q.0))?;
            }
            let mut answers = [0.0; ANSWERS];
            for a in &mut answers {
                *a = f32::from(c.take().map(i16::from_le_bytes)?) * scale;
            }
            trees.push(Tree { questions, answers });
        }
        Some(Table { borders, trees, bias })
    }
}

/// One number of a block, and the borders that any tree asks for, in order.
struct Column {
    number: usize,
    borders: Vec<f32>,
}

impl Column {
    /// How many borders a number lies above.
    fn place(&self, value: f32) -> u8 {
        if self.borders.len() <= COUNTED {
            self.borders.iter().map(|b| u8::from(*b < value)).sum()
        } else {
            self.borders.partition_point(|b| *b < value) as u8
        }
    }
}

/// The trees of both looks.
pub(crate) struct Looks {
    /// By their numbers.
    columns: Vec<Column>,
    looks: [(Vec<Tree>, f32); 2],
}

impl Looks {
    /// Reads both tables; nothing where one is broken.
    pub(crate) fn read(first: &[u8], second: &[u8]) -> Option<Looks> {
        let tables = [Table::read(first)?, Table::read(second)?];
        let numbers = tables.iter().map(|t| t.borders.len()).max().unwrap_or(0);
        let mut asked: Vec<Vec<f32>> = vec![Vec::new(); numbers];
        for table in &tables {
            for (number, border) in table.trees.iter().flat_map(|t| &t.questions) {
                // A border behind the last is never passed.
                asked[usize::from(*number)]
                    .extend(table.borders[usize::from(*number)].get(usize::from(*border)));
            }
        }
        let mut columns = Vec::new();
        let mut column_of = vec![0u16; numbers];
        for (number, mut borders) in asked.into_iter().enumerate() {
            borders.sort_by(f32::total_cmp);
            borders.dedup();
            // Places are told in one byte.
            if borders.len() > usize::from(u8::MAX) {
                return None;
            }
            column_of[number] = columns.len() as u16;
            columns.push(Column { number, borders });
        }
        let looks = tables.map(|mut table| {
            for (number, border) in table.trees.iter_mut().flat_map(|t| &mut t.questions) {
                let at = usize::from(*number);
                let asked = &columns[usize::from(column_of[at])].borders;
                *border = match table.borders[at].get(usize::from(*border)) {
                    Some(b) => asked.iter().position(|a| a == b).map_or(u8::MAX, |i| i as u8),
                    None => u8::MAX,
                };
                *number = column_of[at];
            }
            (table.trees, table.bias)
        });
        Some(Looks { columns, looks })
    }

    /// Room for the places of this many blocks.
    pub(crate) fn places(&self, blocks: usize) -> Places<'_> {
        Places { looks: self, blocks, places: vec![0; blocks * self.columns.len()] }
    }
}

/// Where the numbers of a page's blocks lie among the borders.
pub(crate) struct Places<'l> {
    looks: &'l Looks,
    blocks: usize,
    /// Column by column.
    places: Vec<u8>,
}

impl Places<'_> {
    /// Places the numbers of a block, of which the first is number `from`.
    pub(crate) fn put(&mut self, block: usize, from: usize, row: &[f32]) {
        let columns = &self.looks.columns;
        let first = columns.partition_point(|c| c.number < from);
        for (i, column) in columns.iter().enumerate().skip(first) {
            let Some(value) = row.get(column.number - from) else { break };
            self.places[i * self.blocks + block] = column.place(*value);
        }
    }

    /// Judges the blocks at the first or the second look: for each the chance that it belongs to the article.
    pub(crate) fn judge(&self, look: Look) -> Vec<f32> {
        let (trees, bias) = &self.looks.looks[look as usize];
        let mut sums = vec![*bias; self.blocks];
        let mut at = vec![0u8; self.blocks];
        for tree in trees {
            at.fill(0);
            for (level, (column, border)) in tree.questions.iter().enumerate() {
                let from = usize::from(*column) * self.blocks;
                let Some(places) = self.places.get(from..from + self.blocks) else { continue };
                for (a, place) in at.iter_mut().zip(places) {
                    *a |= u8::from(*place > *border) << level;
                }
            }
            for (sum, a) in sums.iter_mut().zip(&at) {
                *sum += tree.answers[usize::from(*a) % ANSWERS];
            }
        }
        sums.iter().map(|s| 1.0 / (1.0 + (-s).exp())).collect()
    }
}

/// Which look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    First,
    Second,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_and_applied() {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(1u16.to_le_bytes());
        bytes.push(1);
        bytes.extend(10.0f32.to_le_bytes());
        bytes.extend(0.0f32.to_le_bytes());
        bytes.extend(1.0f32.to_le_bytes());
        bytes.extend(1u16.to_le_bytes());
        for _ in 0..DEPTH {
            bytes.extend(0u16.to_le_bytes());
            bytes.push(0);
        }
        for i in 0..ANSWERS {
            bytes.extend((if i == 0 { -3i16 } else { 3 }).to_le_bytes());
        }
        let looks = Looks::read(&bytes, &bytes).unwrap();
        let mut places = looks.places(2);
        places.put(0, 0, &[5.0]);
        places.put(1, 0, &[50.0]);
        let judged = places.judge(Look::First);
        assert!(judged[0] < 0.1 && judged[1] > 0.9, "{judged:?}");
        assert_eq!(judged, places.judge(Look::Second));
        assert!(Looks::read(&bytes, &bytes[..bytes.len() - 1]).is_none());
    }
}
