//! Which spellings of a name's part are the same name: "Zelensky", "Zelenskyy", "Selenskyj".
//!
//! A sorted table, read in place; built by `cargo xtask train names` from open lexicons. It is never a reason
//! by itself: two persons are one only when all parts of their names go together.

use headwater_model::text::fold::fold;
use rustc_hash::FxHashMap;

/// File magic and version.
const MAGIC: &[u8; 8] = b"HWVAR\0\x01\0";

/// Bytes of a row: hash and group.
const ROW: usize = 7;

/// Hash of a folded part of a person's name, as the table is keyed.
pub fn part_hash(folded: &str) -> u32 {
    let mut h = 0x811c_9dc5_u32;
    for b in folded.bytes() {
        h = (h ^ u32::from(b)).wrapping_mul(0x0100_0193);
    }
    h ^= h >> 16;
    h.wrapping_mul(0x85eb_ca6b)
}

/// Variants of names, nicknames, and other names of organisations.
#[derive(Clone, Debug, Default)]
pub struct EntityLexicon {
    rows: Vec<(u32, u32)>,
    /// Nickname to the given names it may be short for.
    nicknames: FxHashMap<String, Vec<String>>,
}

impl EntityLexicon {
    /// The lexicon that ships with the program.
    pub fn bundled() -> Self {
        let mut lexicon =
            Self::from_bytes(include_bytes!("../../data/entities/variants.bin")).unwrap_or_default();
        lexicon.add_nicknames(include_str!("../../data/entities/nicknames.tsv"));
        lexicon
    }

    /// Reads the table of variants.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, &'static str> {
        let rest = bytes.strip_prefix(MAGIC).ok_or("not name variants of this version")?;
        let (chunks, tail) = rest.as_chunks::<ROW>();
        if !tail.is_empty() {
            return Err("the name variants are cut short");
        }
        let row = |c: &[u8; ROW]| {
            (u32::from_le_bytes([c[0], c[1], c[2], c[3]]), u32::from_le_bytes([c[4], c[5], c[6], 0]))
        };
        Ok(EntityLexicon { rows: chunks.iter().map(row).collect(), nicknames: FxHashMap::default() })
    }

    /// The stored form of sorted rows (hash, group).
    pub fn encode(rows: &[(u32, u32)]) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        for (hash, group) in rows {
            out.extend_from_slice(&hash.to_le_bytes());
            out.extend_from_slice(&group.to_le_bytes()[..3]);
        }
        out
    }

    /// Adds lines "name, tab, nicknames separated by spaces".
    pub fn add_nicknames(&mut self, table: &str) {
        for line in table.lines().filter(|l| !l.starts_with('#')) {
            let Some((name, short)) = line.split_once('\t') else { continue };
            for nick in short.split_whitespace() {
                self.nicknames.entry(fold(nick)).or_default().push(fold(name));
            }
        }
    }

    fn groups(&self, part: &str) -> &[(u32, u32)] {
        let hash = part_hash(part);
        let start = self.rows.partition_point(|r| r.0 < hash);
        let len = self.rows.get(start..).unwrap_or(&[]).iter().take_while(|r| r.0 == hash).count();
        self.rows.get(start..start + len).unwrap_or(&[])
    }

    /// The groups of spellings that a folded part is in.
    pub fn groups_of(&self, part: &str) -> impl Iterator<Item = u32> + '_ {
        self.groups(part).iter().map(|r| r.1)
    }

    /// Whether two folded parts are spellings of one name.
    pub fn same_part(&self, a: &str, b: &str) -> bool {
        if a == b {
            return true;
        }
        let (ga, gb) = (self.groups(a), self.groups(b));
        ga.iter().any(|x| gb.iter().any(|y| x.1 == y.1))
    }

    /// Whether one folded given name is short for the other.
    pub fn nickname(&self, a: &str, b: &str) -> bool {
        let short = |nick: &str, name: &str| {
            self.nicknames.get(nick).is_some_and(|names| names.iter().any(|n| n == name))
        };
        short(a, b) || short(b, a)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_and_nicknames() {
        let mut rows =
            vec![(part_hash("zelensky"), 3), (part_hash("selenskyj"), 3), (part_hash("petrov"), 4)];
        rows.sort_unstable();
        let mut l = EntityLexicon::from_bytes(&EntityLexicon::encode(&rows)).unwrap();
        l.add_nicknames("William\tbill will\n");
        assert!(l.same_part("zelensky", "selenskyj"));
        assert!(!l.same_part("zelensky", "petrov"));
        assert!(
            l.nickname("bill", "william") && l.nickname("william", "will") && !l.nickname("bill", "will")
        );
    }
}
