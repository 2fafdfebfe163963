//! Trees that were trained on labelled blocks, read from a small table and applied to all blocks of a page at once.
//!
//! All nodes of one level of a tree ask the same question (oblivious trees), so a tree is six questions and
//! sixty-four answers, and a page is judged column by column.

/// Questions of one tree.
pub(crate) const DEPTH: usize = 6;

/// Answers of one tree.
const ANSWERS: usize = 1 << DEPTH;

/// First bytes of a table.
const MAGIC: &[u8; 4] = b"HWF1";

struct Tree {
    questions: [(u16, u8); DEPTH],
    answers: [f32; ANSWERS],
}

/// A sum of trees.
pub(crate) struct Forest {
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

impl Forest {
    /// Reads a table as `cargo xtask train extract` writes it.
    pub(crate) fn read(bytes: &[u8]) -> Option<Forest> {
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
                if usize::from(q.0) >= features {
                    return None;
                }
            }
            let mut answers = [0.0; ANSWERS];
            for a in &mut answers {
                *a = f32::from(c.take().map(i16::from_le_bytes)?) * scale;
            }
            trees.push(Tree { questions, answers });
        }
        Some(Forest { borders, trees, bias })
    }

    /// Judges rows: for each the chance that it belongs to the article.
    pub(crate) fn judge(&self, rows: &[Vec<f32>]) -> Vec<f32> {
        let n = rows.len();
        let mut used = vec![false; self.borders.len()];
        for tree in &self.trees {
            for (feature, _) in tree.questions {
                used[usize::from(feature)] = true;
            }
        }
        let columns: Vec<Vec<u8>> = self
            .borders
            .iter()
            .enumerate()
            .map(|(f, borders)| {
                if !used[f] {
                    return Vec::new();
                }
                // What is said of the page is the same in all rows, what is said of a container in many in a row.
                let (mut last, mut place) = (f32::NAN, 0u8);
                rows.iter()
                    .map(|row| {
                        let Some(v) = row.get(f).copied() else { return 0 };
                        if v.to_bits() != last.to_bits() {
                            (last, place) = (v, borders.partition_point(|b| *b < v) as u8);
                        }
                        place
                    })
                    .collect()
            })
            .collect();
        let mut sums = vec![self.bias; n];
        let mut at = vec![0u8; n];
        for tree in &self.trees {
            at.fill(0);
            for (level, (feature, border)) in tree.questions.iter().enumerate() {
                let column = &columns[usize::from(*feature)];
                for (a, v) in at.iter_mut().zip(column) {
                    *a |= u8::from(*v > *border) << level;
                }
            }
            for (sum, a) in sums.iter_mut().zip(&at) {
                *sum += tree.answers[usize::from(*a) % ANSWERS];
            }
        }
        sums.iter().map(|s| 1.0 / (1.0 + (-s).exp())).collect()
    }
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
        let forest = Forest::read(&bytes).unwrap();
        let judged = forest.judge(&[vec![5.0], vec![50.0]]);
        assert!(judged[0] < 0.1 && judged[1] > 0.9, "{judged:?}");
        assert!(Forest::read(&bytes[..bytes.len() - 1]).is_none());
    }
}
