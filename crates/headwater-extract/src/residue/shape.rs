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

/// Looks at lines, with room that is used again for each.
#[derive(Debug, Default)]
pub(crate) struct Shaper {
    folded: String,
    key: String,
    content: Vec<u64>,
}

impl Shaper {
    /// Looks at a line.
    pub(crate) fn shape(&mut self, text: &str) -> Shape {
        let mut shape = Shape { shouted: true, ..Shape::default() };
        let trimmed = text.trim();
        shape.bullet = trimmed.starts_with(['•', '·', '●', '▪', '►', '»', '*', '–', '—', '-', '→', '▶']);
        shape.quoted = trimmed.starts_with(['"', '“', '„', '«', '‘', '\'', '»']);
        let end = trimmed.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', '“', '*', ' ']);
        shape.terminal = end.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '۔', '؟']);
        shape.colon = end.ends_with([':', '：']);
        self.folded.clear();
        self.key.clear();
        self.content.clear();
        if text.is_ascii() {
            self.read_ascii(text, &mut shape);
        } else {
            self.read(text, &mut shape);
        }
        shape.key = self.key.as_str().to_owned();
        shape.content = self.content.as_slice().to_vec();
        shape
    }

    /// Takes a folded word into the key and the words of content.
    fn take(&mut self, from: usize, to: usize, letters: usize) {
        if !self.key.is_empty() {
            self.key.push(' ');
        }
        let word = &self.folded[from..to];
        self.key.push_str(word);
        if letters >= CONTENT_LETTERS {
            self.content.push(hash(word));
        }
    }

    /// Reads words of plain letters, in one pass.
    fn read_ascii(&mut self, text: &str, shape: &mut Shape) {
        self.folded.push_str(text);
        self.folded.make_ascii_lowercase();
        let bytes = text.as_bytes();
        let mut capital_letters = 0;
        let mut at = 0;
        while at < bytes.len() {
            if !bytes[at].is_ascii_alphanumeric() {
                at += 1;
                continue;
            }
            let from = at;
            let (mut capitals, mut small) = (0usize, 0usize);
            while let Some(b) = bytes.get(at).filter(|b| b.is_ascii_alphanumeric()) {
                capitals += usize::from(b.is_ascii_uppercase());
                small += usize::from(b.is_ascii_lowercase());
                at += 1;
            }
            let letters = capitals + small;
            shape.words += 1;
            shape.letters += letters;
            shape.whole = shape.whole.rotate_left(9) ^ hash(&self.folded[from..at]);
            if letters == 0 {
                continue;
            }
            capital_letters += capitals;
            let capital = bytes[from].is_ascii_uppercase();
            shape.capitals += usize::from(capital);
            if letters >= CONTENT_LETTERS {
                shape.long += 1;
                shape.long_capitals += usize::from(capital);
            }
            shape.shouted &= small == 0;
            self.take(from, at, at - from);
        }
        shape.shouted &= capital_letters > 0;
    }

    /// Reads words of any letters.
    fn read(&mut self, text: &str, shape: &mut Shape) {
        let mut folded = std::mem::take(&mut self.folded);
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
        self.folded = folded;
        let mut at = 0;
        while let Some((from, to)) = next_word(&self.folded, at) {
            at = to;
            let word = &self.folded[from..to];
            shape.whole = shape.whole.rotate_left(9) ^ hash(word);
            if !word.chars().all(char::is_numeric) {
                let letters = word.chars().count();
                self.take(from, to, letters);
            }
        }
    }
}

/// The next word of a line from a byte on.
fn next_word(text: &str, at: usize) -> Option<(usize, usize)> {
    let from = at + text[at..].find(char::is_alphanumeric)?;
    let to = text[from..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |i| from + i);
    Some((from, to))
}

impl Shape {
    /// Looks at a line.
    pub(crate) fn new(text: &str) -> Self {
        Shaper::default().shape(text)
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
    fn plain_letters_are_read_as_any_are() {
        for text in [
            "WEIR 4 opens: the Gate-House, at 5pm (2nd try)",
            "12 34",
            "AB",
            "A1b2",
            "",
            "  it's ",
            "9 LIVES",
        ] {
            let (mut plain, mut any) = (Shape { shouted: true, ..Shape::default() }, Shaper::default());
            let mut other = plain.clone();
            let mut shaper = Shaper::default();
            shaper.read_ascii(text, &mut plain);
            any.read(text, &mut other);
            (plain.key, plain.content) = (shaper.key, shaper.content);
            (other.key, other.content) = (any.key, any.content);
            assert_eq!(format!("{plain:?}"), format!("{other:?}"), "{text}");
        }
    }

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
