//! Words as terms: stems, hashes, and how common each is in a background of other texts.
//!
//! A term is a 32-bit hash of a folded, lightly stemmed word or word pair. The background table
//! (`data/background.bin`) holds document counts only, never texts; `cargo xtask train stories` builds it.

use headwater_model::text::fold::fold_into;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// A hashed word or word pair.
pub(crate) type Term = u32;

/// Hash of a word's bytes (FNV-1a with a final mix, so that near words fall far apart).
pub(crate) fn term(bytes: &[u8]) -> Term {
    let mut h: u32 = 0x811c_9dc5;
    for b in bytes {
        h = (h ^ u32::from(*b)).wrapping_mul(0x0100_0193);
    }
    h ^= h >> 15;
    h = h.wrapping_mul(0x2c1b_3c6d);
    h ^ (h >> 13)
}

/// The term of two neighbouring words.
pub(crate) fn pair(a: Term, b: Term) -> Term {
    let h = (a.rotate_left(11) ^ b.wrapping_mul(0x9e37_79b1)).wrapping_mul(0x85eb_ca6b);
    h ^ (h >> 14)
}

/// Folds `word` and cuts English endings off, into `out` (cleared first). Words of other languages
/// only lose what looks like an English ending, the same way every time, which does not hurt matching.
pub(crate) fn stem_into(word: &str, out: &mut String) {
    out.clear();
    fold_into(word, out);
    if !out.is_ascii() || out.len() < 4 || !out.bytes().all(|b| b.is_ascii_alphabetic() || b == b'\'') {
        return;
    }
    if out.ends_with("ies") && out.len() > 4 {
        out.truncate(out.len() - 3);
        out.push('y');
    } else if out.ends_with("sses") || out.ends_with("shes") || out.ends_with("ches") || out.ends_with("xes")
    {
        out.truncate(out.len() - 2);
    } else if out.ends_with('s') && !out.ends_with("ss") && !out.ends_with("us") && !out.ends_with("is") {
        out.truncate(out.len() - 1);
    }
    for ending in ["ing", "ed", "er", "ment", "ly"] {
        if let Some(rest) = out.strip_suffix(ending)
            && (rest.len() >= 4 || (rest.len() == 3 && ending.len() >= 2 && ending != "er" && ending != "ly"))
            && rest.bytes().any(|b| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'))
        {
            let n = rest.len();
            out.truncate(n);
            break;
        }
    }
    let b = out.as_bytes();
    let n = b.len();
    if n > 3 && b[n - 1] == b[n - 2] && !matches!(b[n - 1], b'l' | b's' | b'z' | b'e' | b'o') {
        out.truncate(n - 1);
    }
    if out.len() > 4 && out.ends_with('e') {
        out.truncate(out.len() - 1);
    }
}

/// The term that stands for a word and its synonyms (`data/synonyms.txt`).
pub(crate) fn canonical(word: Term) -> Term {
    static SETS: OnceLock<FxHashMap<Term, Term>> = OnceLock::new();
    let sets = SETS.get_or_init(|| {
        let mut out = FxHashMap::default();
        let mut stem = String::new();
        for line in include_str!("../../data/synonyms.txt").lines().filter(|l| !l.starts_with('#')) {
            let mut terms = line.split(' ').map(|word| {
                stem_into(word, &mut stem);
                term(stem.as_bytes())
            });
            if let Some(first) = terms.next() {
                for other in terms {
                    out.entry(other).or_insert(first);
                }
            }
        }
        out
    });
    sets.get(&word).copied().unwrap_or(word)
}

/// How many background texts hold a term.
pub(crate) struct Background {
    docs: f32,
    counts: FxHashMap<Term, u8>,
    /// What each stored logarithm says, and what is said of a term that is not there.
    steps: Vec<Known>,
    unknown: Known,
}

/// How common a term is in the background.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    /// Texts that hold it; 0 when it is rarer than the table keeps.
    pub(crate) count: f32,
    /// The same, so smoothed that a term never seen is not endlessly rare.
    pub(crate) smooth: f32,
    /// Its inverse document frequency there.
    pub(crate) weight: f32,
}

/// Added to every count: a term never seen is not endlessly rare.
const SMOOTH: f32 = 0.7;

impl Known {
    fn new(docs: f32, count: f32) -> Self {
        Known { count, smooth: count + SMOOTH, weight: ((docs + 1.0) / (count + SMOOTH)).ln() }
    }
}

/// Steps of the stored logarithm: a count `n` is kept as `round(STEPS · log2 n)`.
const STEPS: f32 = 8.0;

/// File magic and version.
const MAGIC: &[u8; 4] = b"HWD1";

impl Background {
    /// The table that ships.
    pub(crate) fn shipped() -> &'static Background {
        static TABLE: OnceLock<Background> = OnceLock::new();
        TABLE.get_or_init(|| {
            Background::read(include_bytes!("../../data/background.bin")).unwrap_or_else(Background::empty)
        })
    }

    fn empty() -> Self {
        Background::new(1.0, FxHashMap::default())
    }

    fn new(docs: f32, counts: FxHashMap<Term, u8>) -> Self {
        let known = |log: u8| Known::new(docs, (f32::from(log) / STEPS).exp2());
        Background { docs, counts, steps: (0..=u8::MAX).map(known).collect(), unknown: Known::new(docs, 0.0) }
    }

    /// Reads a table; `None` when the bytes are not one.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (docs, rest) = rest.split_first_chunk::<4>()?;
        let (n, rest) = rest.split_first_chunk::<4>()?;
        let n = u32::from_le_bytes(*n) as usize;
        if rest.len() != n.checked_mul(5)? {
            return None;
        }
        let (keys, logs) = rest.split_at(n * 4);
        let counts = keys
            .chunks_exact(4)
            .zip(logs)
            .map(|(k, l)| (u32::from_le_bytes([k[0], k[1], k[2], k[3]]), *l))
            .collect();
        Some(Background::new(u32::from_le_bytes(*docs) as f32, counts))
    }

    /// Packs counts as a table.
    pub(crate) fn pack(docs: u32, mut counts: Vec<(Term, u32)>) -> Vec<u8> {
        counts.sort_unstable();
        let mut out = MAGIC.to_vec();
        out.extend(docs.to_le_bytes());
        out.extend((counts.len() as u32).to_le_bytes());
        for (key, _) in &counts {
            out.extend(key.to_le_bytes());
        }
        for (_, n) in &counts {
            out.push(((*n as f32).log2() * STEPS).round().clamp(0.0, 255.0) as u8);
        }
        out
    }

    /// Texts in the background.
    pub(crate) fn docs(&self) -> f32 {
        self.docs
    }

    /// How common a term is.
    pub(crate) fn known(&self, term: Term) -> &Known {
        self.counts.get(&term).and_then(|log| self.steps.get(usize::from(*log))).unwrap_or(&self.unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_meet() {
        let check = |a: &str, b: &str| {
            let (mut x, mut y) = (String::new(), String::new());
            stem_into(a, &mut x);
            stem_into(b, &mut y);
            assert_eq!(x, y, "{a} and {b}");
        };
        check("shooting", "shoot");
        check("Letters", "letter");
        check("stopped", "stop");
        check("bodies", "body");
        check("announcement", "announced");
        check("explode", "exploded");
        let mut x = String::new();
        stem_into("news", &mut x);
        assert_eq!(x, "new");
    }

    #[test]
    fn table_there_and_back() {
        let bytes = Background::pack(10, vec![(7, 1), (3, 8)]);
        let table = Background::read(&bytes).expect("reads");
        assert_eq!([7, 3, 5].map(|t| table.known(t).count), [1.0, 8.0, 0.0]);
        assert!(Background::read(&bytes[..bytes.len() - 1]).is_none());
    }
}
