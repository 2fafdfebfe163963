//! What unlabelled text tells about a word: its distributional class, and how often it is capitalised.
//!
//! A table from word hashes to a class number and a band; built by `cargo xtask train names`.

use rustc_hash::FxHashMap;

/// File magic and version.
const MAGIC: &[u8; 8] = b"HWWRD\0\x02\0";

/// What is known of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct WordClass {
    /// Distributional class; 0 when unknown.
    pub class: u16,
    /// Coarse distributional class; 0 when unknown.
    pub coarse: u8,
    /// How often it is capitalised inside sentences: 0 unknown, 1 hardly ever … 5 nearly always.
    pub capitals: u8,
}

/// The table.
#[derive(Clone, Debug, Default)]
pub struct WordClasses {
    table: FxHashMap<u32, WordClass>,
}

impl WordClasses {
    /// From rows of (hash of the folded word, what is known).
    pub fn new(rows: impl IntoIterator<Item = (u32, WordClass)>) -> Self {
        WordClasses { table: rows.into_iter().collect() }
    }

    /// What is known of the word with this hash.
    pub fn get(&self, hash: u32) -> WordClass {
        self.table.get(&hash).copied().unwrap_or_default()
    }

    /// The stored form.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut rows: Vec<(u32, WordClass)> = Vec::with_capacity(self.table.len());
        #[expect(clippy::iter_over_hash_type, reason = "sorted below")]
        for (key, class) in &self.table {
            rows.push((*key, *class));
        }
        rows.sort_unstable();
        let mut out = MAGIC.to_vec();
        for (key, word) in rows {
            out.extend_from_slice(&key.to_le_bytes());
            out.extend_from_slice(&word.class.to_le_bytes());
            out.push(word.coarse);
            out.push(word.capitals);
        }
        out
    }

    /// Reads the stored form.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, &'static str> {
        let rest = bytes.strip_prefix(MAGIC).ok_or("not word classes of this version")?;
        let (chunks, tail) = rest.as_chunks::<8>();
        if !tail.is_empty() {
            return Err("the word classes are cut short");
        }
        let row = |c: &[u8; 8]| {
            let word = WordClass { class: u16::from_le_bytes([c[4], c[5]]), coarse: c[6], capitals: c[7] };
            (u32::from_le_bytes([c[0], c[1], c[2], c[3]]), word)
        };
        Ok(Self::new(chunks.iter().map(row)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stores_and_finds() {
        let word = WordClass { class: 700, coarse: 9, capitals: 3 };
        let words = WordClasses::new([(9, word), (1, WordClass::default())]);
        let again = WordClasses::from_bytes(&words.to_bytes()).unwrap();
        assert_eq!(again.get(9), word);
        assert_eq!(again.get(2), WordClass::default());
        assert_eq!(again.to_bytes(), words.to_bytes());
        assert!(WordClasses::from_bytes(b"HWWRD\0\x02\0abc").is_err());
    }
}
