//! What names have been seen as in much unlabelled news: a table from phrases and words to the kind of name they
//! mostly were.
//!
//! Learned by `cargo xtask train names` from a first tagger's own reading of the texts, where the context of
//! many places speaks for a name that one place leaves open. It gives features; it decides nothing.

use rustc_hash::FxHashMap;

/// File magic and version.
const MAGIC: &[u8; 8] = b"HWSEE\0\x01\0";

/// Longest phrase, in units.
pub const MAX_WORDS: usize = 5;

/// The table.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    table: FxHashMap<u32, u8>,
}

/// Key of a whole name by its phrase hash.
pub fn phrase_key(phrase: u32) -> u32 {
    phrase ^ 0x3c6e_f372
}

/// Key of a word by its hash.
pub fn word_key(word: u32) -> u32 {
    word ^ 0xa54f_f53a
}

impl Seen {
    /// From rows of (key, value); a value is the kind in the high and the certainty in the low four bits.
    pub fn new(rows: impl IntoIterator<Item = (u32, u8)>) -> Self {
        Seen { table: rows.into_iter().collect() }
    }

    /// The value of a key; 0 when it was not seen.
    pub fn get(&self, key: u32) -> u8 {
        self.table.get(&key).copied().unwrap_or(0)
    }

    /// The stored form.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut rows: Vec<(u32, u8)> = Vec::with_capacity(self.table.len());
        #[expect(clippy::iter_over_hash_type, reason = "sorted below")]
        for (key, value) in &self.table {
            rows.push((*key, *value));
        }
        rows.sort_unstable();
        let mut out = MAGIC.to_vec();
        for (key, value) in rows {
            out.extend_from_slice(&key.to_le_bytes());
            out.push(value);
        }
        out
    }

    /// Reads the stored form.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, &'static str> {
        let rest = bytes.strip_prefix(MAGIC).ok_or("not a table of seen names of this version")?;
        let (chunks, tail) = rest.as_chunks::<5>();
        if !tail.is_empty() {
            return Err("the table of seen names is cut short");
        }
        Ok(Self::new(chunks.iter().map(|c| (u32::from_le_bytes([c[0], c[1], c[2], c[3]]), c[4]))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stores_and_finds() {
        let seen = Seen::new([(phrase_key(7), 0x21), (word_key(7), 0x13)]);
        let again = Seen::from_bytes(&seen.to_bytes()).unwrap();
        assert_eq!((again.get(phrase_key(7)), again.get(word_key(7)), again.get(7)), (0x21, 0x13, 0));
        assert!(Seen::from_bytes(b"x").is_err());
    }
}
