//! Words that are used alike: classes from word vectors that were learned on billions of words.
//!
//! A table from word hashes to three class numbers, coarse to fine; built by `cargo xtask train kin` from published
//! vectors. It reaches words that the bench's own texts never show; it gives features and decides nothing.

/// File magic and version.
const MAGIC: &[u8; 8] = b"HWKIN\0\x01\0";

/// The classes of one word; 0 when it is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kin {
    /// One of some sixty.
    pub coarse: u8,
    /// One of some two hundred.
    pub middle: u8,
    /// One of a thousand.
    pub fine: u16,
}

/// The table: keys in order, and the classes of each.
#[derive(Clone, Debug, Default)]
pub struct KinClasses {
    /// Where the keys with each high part begin; one more at the end.
    starts: Vec<u32>,
    keys: Vec<u32>,
    classes: Vec<Kin>,
}

/// Bits of a key that choose its part of the table.
const PART_BITS: u32 = 16;

impl KinClasses {
    /// From rows of (hash of the folded word, its classes); of rows with one hash the first counts.
    pub fn new(rows: impl IntoIterator<Item = (u32, Kin)>) -> Self {
        let mut rows: Vec<(u32, Kin)> = rows.into_iter().collect();
        rows.sort_by_key(|r| r.0);
        rows.dedup_by_key(|r| r.0);
        let mut starts = Vec::with_capacity((1 << PART_BITS) + 1);
        for (at, (key, _)) in rows.iter().enumerate() {
            while starts.len() <= (key >> (32 - PART_BITS)) as usize {
                starts.push(at as u32);
            }
        }
        starts.resize((1 << PART_BITS) + 1, rows.len() as u32);
        KinClasses {
            starts,
            keys: rows.iter().map(|r| r.0).collect(),
            classes: rows.iter().map(|r| r.1).collect(),
        }
    }

    /// The classes of the word with this hash.
    pub fn get(&self, hash: u32) -> Kin {
        let part = (hash >> (32 - PART_BITS)) as usize;
        let (Some(&from), Some(&to)) = (self.starts.get(part), self.starts.get(part + 1)) else {
            return Kin::default();
        };
        let keys = self.keys.get(from as usize..to as usize).unwrap_or(&[]);
        let found = keys.iter().position(|k| *k == hash);
        found.and_then(|at| self.classes.get(from as usize + at)).copied().unwrap_or_default()
    }

    /// The stored form.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        for (key, kin) in self.keys.iter().zip(&self.classes) {
            out.extend_from_slice(&key.to_le_bytes());
            out.push(kin.coarse);
            out.push(kin.middle);
            out.extend_from_slice(&kin.fine.to_le_bytes());
        }
        out
    }

    /// Reads the stored form.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, &'static str> {
        let rest = bytes.strip_prefix(MAGIC).ok_or("not kin classes of this version")?;
        let (chunks, tail) = rest.as_chunks::<8>();
        if !tail.is_empty() {
            return Err("the kin classes are cut short");
        }
        let row = |c: &[u8; 8]| {
            let kin = Kin { coarse: c[4], middle: c[5], fine: u16::from_le_bytes([c[6], c[7]]) };
            (u32::from_le_bytes([c[0], c[1], c[2], c[3]]), kin)
        };
        Ok(Self::new(chunks.iter().map(row)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stores_and_finds() {
        let kin = Kin { coarse: 9, middle: 200, fine: 1024 };
        let words =
            KinClasses::new([(u32::MAX, kin), (7, Kin::default()), (1 << 20, Kin { fine: 3, ..kin })]);
        let again = KinClasses::from_bytes(&words.to_bytes()).unwrap();
        assert_eq!((again.get(u32::MAX), again.get(1 << 20).fine), (kin, 3));
        assert_eq!((again.get(8), KinClasses::default().get(8)), (Kin::default(), Kin::default()));
        assert_eq!(again.to_bytes(), words.to_bytes());
        assert!(KinClasses::from_bytes(b"HWKIN\0\x01\0abc").is_err());
    }
}
