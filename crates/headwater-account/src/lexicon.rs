//! Words to concepts: stems, spelling variants, and classes of words that reports use for one another.
//!
//! Knows nothing of names; a concept is a number that two clauses can share. Comes in as a value.

use headwater_model::text::fold::fold_into;
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

/// A concept: what a word means for lining up.
pub(crate) type Concept = u32;

/// Concepts of entities begin here, those of words lie below.
pub(crate) const ENTITY_BASE: Concept = 1 << 30;

/// Function words: they carry no content for lining up.
const STOPWORDS: &str = "a about above after again against all almost alone along already also although always am amid among an and any are \
around as at away be because been before being below between both but by came can cannot could did do does doing done down during each \
earlier either else even ever every few for from further get gets getting go goes going gone got had has have having he hence her here hers \
herself him himself his how however i if in indeed instead into is it its itself just last later least less let like likely made make makes \
making many may maybe me meanwhile might more most much must my myself n't near nearly neither never next no nor not now of off often on \
once one only onto or other others our ours ourselves out over own part per perhaps put quite rather really s said same say saying says \
seem seems several shall she should since so some something still such take taken takes taking than that the their theirs them themselves \
then there therefore these they thing things this those though through throughout thus till to together too took toward towards under until \
up upon us use used using very via was we well went were what whatever when where whether which while who whom whose why will with within \
without would yes yet you your yours yourself told called calling according added mr mrs ms dr ’s 's ’re ’ve ’ll ’d n’t";

/// Stems, classes and function words of one language.
pub struct Lexicon {
    classes: FxHashMap<String, Concept>,
    stopwords: rustc_hash::FxHashSet<&'static str>,
    stemmer: Stemmer,
}

impl Lexicon {
    /// The lexicon that ships.
    pub fn bundled() -> Self {
        Self::parse(include_str!("../data/synonyms.txt"))
    }

    /// Reads classes, one a line; `#` begins a comment.
    pub fn parse(lines: &str) -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        let mut classes: FxHashMap<String, Concept> = FxHashMap::default();
        for (n, line) in
            lines.lines().filter(|l| !l.trim_start().starts_with('#') && !l.trim().is_empty()).enumerate()
        {
            for word in line.split_whitespace() {
                let stem = stemmer.stem(&american(word)).into_owned();
                classes.entry(stem).or_insert(n as Concept);
            }
        }
        Lexicon { classes, stopwords: STOPWORDS.split_whitespace().collect(), stemmer }
    }

    /// The concept of a word; `None` for function words and marks.
    pub(crate) fn concept(&self, word: &str, scratch: &mut String) -> Option<Concept> {
        scratch.clear();
        fold_into(word, scratch);
        if self.stopwords.contains(scratch.as_str())
            || scratch.len() < 2 && !scratch.starts_with(|c: char| c.is_ascii_digit())
        {
            return None;
        }
        if !scratch.chars().any(char::is_alphanumeric) {
            return None;
        }
        let stem = self.stemmer.stem(&american(scratch)).into_owned();
        Some(match self.classes.get(&stem) {
            Some(class) => *class,
            None => (hash(&stem) % (ENTITY_BASE - 4096)) + 4096,
        })
    }
}

/// FNV-1a.
fn hash(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

/// British spellings as American ones, where the stem would differ.
fn american(word: &str) -> String {
    let mut w = word.to_owned();
    let odd = ["our", "nce", "mme", "tre", "grey", "tyre"].iter().any(|m| word.contains(m));
    for (from, to) in [
        ("defence", "defense"),
        ("offence", "offense"),
        ("licence", "license"),
        ("programme", "program"),
        ("metre", "meter"),
        ("centre", "center"),
        ("theatre", "theater"),
        ("labour", "labor"),
        ("honour", "honor"),
        ("favour", "favor"),
        ("harbour", "harbor"),
        ("neighbour", "neighbor"),
        ("armour", "armor"),
        ("rumour", "rumor"),
        ("colour", "color"),
        ("valour", "valor"),
        ("behaviour", "behavior"),
        ("grey", "gray"),
        ("tyre", "tire"),
    ] {
        if odd && w.contains(from) {
            w = w.replace(from, to);
        }
    }
    for (from, to) in [
        ("isation", "ization"),
        ("ised", "ized"),
        ("ising", "izing"),
        ("ise", "ize"),
        ("yse", "yze"),
        ("ysed", "yzed"),
    ] {
        if w.len() > from.len() + 4
            && w.ends_with(from)
            && !w.ends_with("exercise")
            && !w.ends_with("promise")
            && !w.ends_with("premise")
        {
            let stem = w.len() - from.len();
            w.replace_range(stem.., to);
            break;
        }
    }
    w
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_and_classes_meet() {
        let lexicon = Lexicon::bundled();
        let mut s = String::new();
        let mut same =
            |a: &str, b: &str| lexicon.concept(a, &mut s) == lexicon.concept(b, &mut String::new());
        assert!(same("Defence", "defense"));
        assert!(same("treaty", "pacts"));
        assert!(same("obligation", "responsibility"));
        assert!(same("organised", "organized"));
        assert!(!same("treaty", "letter"));
        assert!(lexicon.concept("the", &mut s).is_none());
    }
}
