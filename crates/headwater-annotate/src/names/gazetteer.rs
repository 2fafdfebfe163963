//! Which words and phrases are known as parts of names: a compact table from phrase hashes to flags.
//!
//! The table says what a phrase *can* be; it never decides. Built by `cargo xtask train names` from open
//! lexicons (see the model card); words are folded, phrases joined by a space.

use headwater_model::text::fold::fold_into;

/// What a phrase is known as.
pub mod flag {
    /// Given name of men.
    pub const FORENAME_MALE: u16 = 1;
    /// Given name of women.
    pub const FORENAME_FEMALE: u16 = 1 << 1;
    /// Common family name.
    pub const SURNAME: u16 = 1 << 2;
    /// Part of a person's name.
    pub const PERSON_PART: u16 = 1 << 3;
    /// City of half a million people or more, or a capital.
    pub const LARGE_CITY: u16 = 1 << 4;
    /// Any city known.
    pub const CITY: u16 = 1 << 5;
    /// Country or territory.
    pub const COUNTRY: u16 = 1 << 6;
    /// Nationality.
    pub const DEMONYM: u16 = 1 << 7;
    /// State, province, region.
    pub const REGION: u16 = 1 << 8;
    /// Known organisation.
    pub const ORGANISATION: u16 = 1 << 9;
    /// Word that organisations' names are built with: "ministry", "bank".
    pub const ORGANISATION_WORD: u16 = 1 << 10;
    /// Word that places' names are built with: "river", "county".
    pub const PLACE_WORD: u16 = 1 << 11;
    /// Title or role before a person's name.
    pub const TITLE: u16 = 1 << 12;
    /// Word that events' names are built with: "war", "election".
    pub const EVENT_WORD: u16 = 1 << 13;
}

/// File magic and version.
const MAGIC: &[u8; 8] = b"HWGAZ\0\x01\0";

/// Longest phrase, in words.
pub const MAX_WORDS: usize = 5;

/// The table.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    /// Open addressing; flags 0 mark an empty slot.
    table: Vec<(u32, u16)>,
}

/// Hash of a folded phrase so far; begin with 0.
pub fn phrase_hash(so_far: u32, folded: &str) -> u32 {
    let mut h = so_far ^ 0x811c_9dc5;
    for b in folded.bytes() {
        h = (h ^ u32::from(b)).wrapping_mul(0x0100_0193);
    }
    h ^= h >> 15;
    h.wrapping_mul(0x2c1b_3c6d) ^ 0x20
}

/// Hash of a whole phrase, words separated by single spaces.
pub fn phrase(text: &str) -> u32 {
    let mut folded = String::with_capacity(text.len());
    let mut h = 0;
    for word in text.split_whitespace() {
        folded.clear();
        fold_into(word, &mut folded);
        h = phrase_hash(h, &folded);
    }
    h
}

impl Gazetteer {
    /// Builds the table; flags of the same hash are joined.
    pub fn new(mut rows: Vec<(u32, u16)>) -> Self {
        rows.sort_unstable();
        rows.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 |= next.1;
            }
            same
        });
        let size = (rows.len() * 2).next_power_of_two().max(16);
        let mut table = vec![(0, 0); size];
        for row in rows.into_iter().filter(|r| r.1 != 0) {
            let mut slot = row.0 as usize & (size - 1);
            while table[slot].1 != 0 {
                slot = (slot + 1) & (size - 1);
            }
            table[slot] = row;
        }
        Gazetteer { table }
    }

    /// The flags of a phrase; 0 when it is not known.
    pub fn get(&self, hash: u32) -> u16 {
        let mask = self.table.len().wrapping_sub(1);
        let mut slot = hash as usize & mask;
        while let Some(&(key, flags)) = self.table.get(slot) {
            if flags == 0 || key == hash {
                return flags;
            }
            slot = (slot + 1) & mask;
        }
        0
    }

    /// The stored form.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut rows: Vec<(u32, u16)> = self.table.iter().copied().filter(|r| r.1 != 0).collect();
        rows.sort_unstable();
        let mut out = MAGIC.to_vec();
        out.extend_from_slice(&(rows.len() as u32).to_le_bytes());
        for (key, flags) in rows {
            out.extend_from_slice(&key.to_le_bytes());
            out.extend_from_slice(&flags.to_le_bytes());
        }
        out
    }

    /// Reads the stored form; bytes that do not fit give an error text.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, &'static str> {
        let rest = bytes.strip_prefix(MAGIC).ok_or("not a gazetteer of this version")?;
        let (count, rows) = rest.split_first_chunk::<4>().ok_or("the gazetteer is cut short")?;
        let (chunks, tail) = rows.as_chunks::<6>();
        if chunks.len() != u32::from_le_bytes(*count) as usize || !tail.is_empty() {
            return Err("the gazetteer is cut short");
        }
        let rows = chunks
            .iter()
            .map(|c| (u32::from_le_bytes([c[0], c[1], c[2], c[3]]), u16::from_le_bytes([c[4], c[5]])))
            .collect();
        Ok(Self::new(rows))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stores_and_finds() {
        let g = Gazetteer::new(vec![
            (phrase("New  York"), flag::CITY),
            (phrase("new york"), flag::REGION),
            (phrase("Élan"), 1),
        ]);
        assert_eq!(g.get(phrase("NEW YORK")), flag::CITY | flag::REGION);
        assert_eq!(g.get(phrase("newyork")), 0);
        assert_eq!(g.get(phrase("elan")), 1);
        let again = Gazetteer::from_bytes(&g.to_bytes()).unwrap();
        assert_eq!(again.to_bytes(), g.to_bytes());
        assert!(Gazetteer::from_bytes(b"no").is_err());
    }
}
