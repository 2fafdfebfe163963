//! What a line looks like: length, end, capitals, and its words as a key for comparison.

use headwater_model::text::fold::fold_into;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

/// Letters from which a word counts as one of content when lines are compared.
const CONTENT_LETTERS: usize = 4;

/// The outside of one line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shape {
    /// Words; in scripts without spaces, half the characters.
    pub(crate) words: usize,
    /// Whether it ends as a sentence does, closing marks aside.
    pub(crate) terminal: bool,
    /// Whether it ends in a colon.
    pub(crate) colon: bool,
    /// Whether it begins with a list mark.
    pub(crate) bullet: bool,
    /// Whether it begins with a quotation mark.
    pub(crate) quoted: bool,
    /// Letters.
    pub(crate) letters: usize,
    /// Words of letters that begin with a capital.
    pub(crate) capitals: usize,
    /// Words of letters of four and more letters.
    pub(crate) long: usize,
    /// Those of them that begin with a capital.
    pub(crate) long_capitals: usize,
    /// Whether every letter with case is a capital.
    pub(crate) shouted: bool,
    /// Its folded words, without digits and marks, with single spaces.
    pub(crate) key: String,
    /// A hash of all its words and numbers.
    pub(crate) whole: u64,
    /// Hashes of its words of content, in order.
    pub(crate) content: Vec<u64>,
}

impl Shape {
    /// Looks at a line.
    pub(crate) fn new(text: &str) -> Self {
        let mut shape = Shape { shouted: true, ..Shape::default() };
        let trimmed = text.trim();
        shape.bullet = trimmed.starts_with(['•', '·', '●', '▪', '►', '»', '*', '–', '—', '-', '→', '▶']);
        shape.quoted = trimmed.starts_with(['"', '“', '„', '«', '‘', '\'', '»']);
        let end = trimmed.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', '“', '*', ' ']);
        shape.terminal = end.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '۔', '؟']);
        shape.colon = end.ends_with([':', '：']);
        let mut folded = String::with_capacity(text.len());
        fold_into(text, &mut folded);
        let mut wide = 0usize;
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            let letters = word.chars().filter(|c| c.is_alphabetic()).count();
            wide += word.chars().filter(|c| is_wide(*c)).count();
            shape.words += 1;
            shape.letters += letters;
            if letters == 0 {
                continue;
            }
            let capital = word.chars().next().is_some_and(char::is_uppercase);
            shape.capitals += usize::from(capital);
            if letters >= CONTENT_LETTERS {
                shape.long += 1;
                shape.long_capitals += usize::from(capital);
            }
            shape.shouted &= !word.chars().any(char::is_lowercase);
        }
        shape.words = shape.words.max(wide / 2);
        shape.shouted &= shape.letters > 0 && text.chars().any(char::is_uppercase);
        for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            shape.whole = shape.whole.rotate_left(9) ^ hash(word);
            if word.chars().all(|c| c.is_numeric()) {
                continue;
            }
            if !shape.key.is_empty() {
                shape.key.push(' ');
            }
            shape.key.push_str(word);
            if word.chars().count() >= CONTENT_LETTERS {
                shape.content.push(hash(word));
            }
        }
        shape
    }

    /// Whether it is written as headlines are in English: most long words with a capital.
    pub(crate) fn headline_case(&self) -> bool {
        self.long >= 3 && self.long_capitals * 10 >= self.long * 7
    }
}

/// Whether a character belongs to a script without spaces between words.
pub(crate) fn is_wide(c: char) -> bool {
    matches!(c as u32, 0x2e80..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff | 0x0e00..=0x0e7f | 0x20000..=0x3ffff)
}

/// A stable hash of a word.
pub(crate) fn hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    word.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_and_cases() {
        let shape = Shape::new("“We will go,” she said (twice).”");
        assert_ne!(Shape::new("Ward 4 lost 12 votes").whole, Shape::new("Ward 5 lost 12 votes").whole);
        assert!(shape.terminal && shape.quoted && !shape.headline_case());
        assert!(Shape::new("Mayor Opens New Harbour Bridge After Long Delay").headline_case());
        assert!(Shape::new("WHAT THEY WANT").shouted);
        assert_eq!(Shape::new("12 Comments (3)").key, "comments");
    }
}
