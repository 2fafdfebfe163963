//! What kind of happening a lead tells of: a call, a letter, a meeting, an earthquake, a trial.
//!
//! Works from word lists alone (`data/happenings.txt`); never decides whether two reports belong together.

use super::terms::{Term, pair, stem_into, term};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// One class of happenings.
#[derive(Clone, Debug)]
pub(crate) struct Class {
    /// Its name, for people.
    pub(crate) name: &'static str,
    pub(crate) role: Role,
}

/// What a class is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Tells what happened.
    Happening,
    /// Tells how people dealt with each other: two media between the same people are two happenings.
    Medium,
    /// Tells on what occasion: two occasions are two happenings.
    Occasion,
}

/// All classes and the words that name them.
pub(crate) struct Happenings {
    classes: Vec<Class>,
    words: FxHashMap<Term, u8>,
}

impl Happenings {
    /// The list that ships.
    pub(crate) fn shipped() -> &'static Happenings {
        static LIST: OnceLock<Happenings> = OnceLock::new();
        LIST.get_or_init(|| Happenings::read(include_str!("../../data/happenings.txt")))
    }

    fn read(text: &'static str) -> Self {
        let mut classes = Vec::new();
        let mut words = FxHashMap::default();
        let mut stem = String::new();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let Some((name, list)) = line.split_once(':') else { continue };
            let index = classes.len().min(63) as u8;
            let role = match name.as_bytes().first() {
                Some(b'*') => Role::Medium,
                Some(b'+') => Role::Occasion,
                _ => Role::Happening,
            };
            classes.push(Class { name: name.trim_start_matches(['*', '+']), role });
            for phrase in list.trim().split('|') {
                let mut terms = phrase.split([' ', '-']).map(|word| {
                    stem_into(word, &mut stem);
                    term(stem.as_bytes())
                });
                let key = match (terms.next(), terms.next()) {
                    (Some(a), Some(b)) => pair(a, b),
                    (Some(a), None) => a,
                    _ => continue,
                };
                words.entry(key).or_insert(index);
            }
        }
        Happenings { classes, words }
    }

    /// The class that a word, or it with the word after it, names.
    pub(crate) fn find(&self, word: Term, next: Option<Term>) -> Option<u8> {
        next.and_then(|next| self.words.get(&pair(word, next))).or_else(|| self.words.get(&word)).copied()
    }

    /// A class by its number.
    pub(crate) fn class(&self, index: u8) -> Option<&Class> {
        self.classes.get(usize::from(index))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_and_words() {
        let list = Happenings::shipped();
        let find = |a: &str, b: &str| {
            let (mut x, mut y) = (String::new(), String::new());
            stem_into(a, &mut x);
            stem_into(b, &mut y);
            list.find(term(x.as_bytes()), Some(term(y.as_bytes())))
                .and_then(|c| list.class(c))
                .map(|c| c.name)
        };
        assert_eq!(find("phone", "call"), Some("phone call"));
        assert_eq!(find("letters", "home"), Some("letter"));
        assert_eq!(find("phone", "maker"), None);
        assert_eq!(find("earthquakes", "hit"), Some("quake"));
    }
}
