//! What the models see of a text: each token's word, shape, class and quotation state, made once.

use super::lexicon::Lexicon;
use crate::names::Pos;
use crate::names::features::word_hash;
use crate::names::words::WordClasses;
use crate::perceptron::{feature, mix};
use headwater_model::text::{Outline, TokenKind};

/// Coarse word class, from lists and endings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Class {
    Other,
    Comma,
    Terminal,
    Colon,
    Dash,
    QuoteMark,
    Bracket,
    OtherMark,
    Number,
    Capitalised,
    CapitalisedFirst,
    Upper,
    Determiner,
    Preposition,
    Coordinator,
    Subordinator,
    That,
    Wh,
    Subject,
    Object,
    Auxiliary,
    Modal,
    Not,
    To,
    Title,
    People,
    SayNoun,
    Say,
    Subjunctive,
    Ing,
    Ed,
    Ly,
    Plural,
    Possessive,
    Conditional,
}

/// Where a token stands with regard to the outermost quotation marks.
pub(super) const OUTSIDE: u8 = 0;
/// An opening mark.
pub(super) const OPENS: u8 = 1;
/// Between the marks.
pub(super) const INSIDE: u8 = 2;
/// A closing mark.
pub(super) const CLOSES: u8 = 3;

/// The tokens of one text as the models see them.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    /// Hash of the lower-case word; numbers are one.
    pub lower: Vec<u32>,
    /// Hash of the last three letters.
    pub suffix: Vec<u32>,
    /// Hash of the first four letters.
    pub prefix: Vec<u32>,
    /// Capital, digits, length.
    pub shape: Vec<u8>,
    /// Coarse class.
    pub class: Vec<Class>,
    /// Class and part of speech.
    pub tag: Vec<u16>,
    /// Distributional class; 0 when unknown.
    pub cluster: Vec<u16>,
    /// Coarse distributional class; 0 when unknown.
    pub coarse: Vec<u8>,
    /// Whether the part of speech can head a clause.
    pub finite: Vec<bool>,
    /// Quotation state.
    pub quote: Vec<u8>,
    /// Number of outermost quoted regions that begin at or before the token.
    pub region: Vec<u16>,
}

impl Words {
    /// Reads the tokens of a text.
    /// `pos` has a part of speech for every token, or nothing.
    pub(super) fn new(
        text: &str,
        outline: &Outline,
        lexicon: &Lexicon,
        clusters: &WordClasses,
        pos: &[Pos],
    ) -> Self {
        let n = outline.tokens.len();
        let mut words = Words {
            lower: Vec::with_capacity(n),
            suffix: Vec::with_capacity(n),
            prefix: Vec::with_capacity(n),
            shape: Vec::with_capacity(n),
            class: Vec::with_capacity(n),
            tag: Vec::with_capacity(n),
            cluster: Vec::with_capacity(n),
            coarse: Vec::with_capacity(n),
            finite: Vec::with_capacity(n),
            quote: vec![OUTSIDE; n],
            region: vec![0; n],
        };
        let mut lower = String::new();
        let mut sentence = u32::MAX;
        for (i, token) in outline.tokens.iter().enumerate() {
            let word = token.of(text);
            let first_in_sentence = sentence != token.sentence;
            // a mark that opens the sentence leaves the next word the first one
            if token.kind != TokenKind::Mark {
                sentence = token.sentence;
            }
            lower.clear();
            lower.extend(word.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }));
            let shape = shape(word, token.kind, token.spaced);
            let class = class(&lower, word, token.kind, first_in_sentence, lexicon);
            if token.kind == TokenKind::Number {
                lower.clear();
                lower.push('0');
            }
            words.lower.push(mix(feature(0), normal(&lower).as_bytes()));
            words.suffix.push(mix(feature(0), tail(&lower, 3).as_bytes()));
            words.prefix.push(mix(feature(0), head(&lower, 4).as_bytes()));
            words.shape.push(shape);
            words.class.push(class);
            let known = clusters.get(word_hash(&lower));
            words.cluster.push(known.class);
            words.coarse.push(known.coarse);
            let part = pos.get(i).copied();
            words.tag.push(class as u16 | part.map_or(0, |p| p as u16 + 1) << 6);
            words.finite.push(part.is_some_and(Pos::is_finite));
        }
        let mut regions = 0u16;
        let mut filled = 0;
        for region in outline.quoted.iter().filter(|r| r.depth == 0) {
            regions = regions.saturating_add(1);
            let range = outline.tokens_in(region.outer);
            let (start, end) = (range.start.max(filled), range.end);
            for i in start..end {
                words.quote[i] = INSIDE;
                words.region[i] = regions;
            }
            for count in &mut words.region[filled..start] {
                *count = regions - 1;
            }
            if start < end {
                words.quote[start] = OPENS;
                if !region.continues {
                    words.quote[end - 1] = CLOSES;
                }
                filled = end;
            }
        }
        for count in &mut words.region[filled..] {
            *count = regions;
        }
        words
    }

    /// Number of tokens.
    pub(super) fn len(&self) -> usize {
        self.lower.len()
    }

    /// The word at `i + offset` within `[start, end)`, or an edge mark.
    pub(super) fn near(&self, i: usize, offset: isize, start: usize, end: usize) -> u32 {
        match i.checked_add_signed(offset) {
            Some(j) if j >= start && j < end => self.lower[j],
            _ => 7,
        }
    }

    /// The class at `i + offset` within `[start, end)`, or an edge mark.
    pub(super) fn class_near(&self, i: usize, offset: isize, start: usize, end: usize) -> u32 {
        match i.checked_add_signed(offset) {
            Some(j) if j >= start && j < end => self.class[j] as u32,
            _ => 63,
        }
    }

    /// The class and part of speech at `i + offset` within `[start, end)`, or an edge mark.
    pub(super) fn tag_near(&self, i: usize, offset: isize, start: usize, end: usize) -> u32 {
        match i.checked_add_signed(offset) {
            Some(j) if j >= start && j < end => u32::from(self.tag[j]),
            _ => 0xffff,
        }
    }

    /// The distributional class at `i + offset` within `[start, end)`, or an edge mark.
    pub(super) fn cluster_near(&self, i: usize, offset: isize, start: usize, end: usize) -> u32 {
        match i.checked_add_signed(offset) {
            Some(j) if j >= start && j < end => u32::from(self.cluster[j]),
            _ => 0xffff,
        }
    }

    /// The quotation state at `i + offset` within `[start, end)`, or an edge mark.
    pub(super) fn quote_near(&self, i: usize, offset: isize, start: usize, end: usize) -> u32 {
        match i.checked_add_signed(offset) {
            Some(j) if j >= start && j < end => u32::from(self.quote[j]),
            _ => 4,
        }
    }
}

/// All double marks are one word to the models.
fn normal(lower: &str) -> &str {
    match lower {
        "“" | "”" | "„" | "«" | "»" | "‟" => "\"",
        "—" | "–" => "-",
        other => other,
    }
}

fn head(word: &str, n: usize) -> &str {
    word.char_indices().nth(n).map_or(word, |(i, _)| &word[..i])
}

fn tail(word: &str, n: usize) -> &str {
    word.char_indices().rev().nth(n - 1).map_or(word, |(i, _)| &word[i..])
}

fn shape(word: &str, kind: TokenKind, spaced: bool) -> u8 {
    let mut chars = word.chars();
    let first = chars.next().is_some_and(char::is_uppercase);
    let rest_upper = word.len() > 1 && chars.all(|c| !c.is_lowercase());
    let base = match kind {
        TokenKind::Mark => 0,
        TokenKind::Number => 1,
        TokenKind::Mixed => 2,
        TokenKind::Word if first && rest_upper => 3,
        TokenKind::Word if first => 4,
        TokenKind::Word => 5,
    };
    base * 2 + u8::from(spaced)
}

fn class(lower: &str, word: &str, kind: TokenKind, first_in_sentence: bool, lexicon: &Lexicon) -> Class {
    match kind {
        TokenKind::Number | TokenKind::Mixed => return Class::Number,
        TokenKind::Mark => {
            return match word {
                "," => Class::Comma,
                "." | "!" | "?" | "…" => Class::Terminal,
                ":" | ";" => Class::Colon,
                "-" | "–" | "—" => Class::Dash,
                "\"" | "“" | "”" | "„" | "«" | "»" | "‘" | "’" | "'" | "‹" | "›" | "‚" => {
                    Class::QuoteMark
                }
                "(" | ")" | "[" | "]" => Class::Bracket,
                _ => Class::OtherMark,
            };
        }
        TokenKind::Word => {}
    }
    let capital = word.starts_with(char::is_uppercase);
    if let Some(class) = lexicon.class(lower)
        && (!capital || first_in_sentence || matches!(class, Class::Title | Class::Subject))
    {
        return if lower == "'s" { Class::Possessive } else { class };
    }
    if capital {
        return if word.len() > 1 && word.chars().all(|c| !c.is_lowercase()) {
            Class::Upper
        } else if first_in_sentence {
            Class::CapitalisedFirst
        } else {
            Class::Capitalised
        };
    }
    if lower.starts_with('\'') {
        Class::Possessive
    } else if lower.ends_with("ing") && lower.len() > 4 {
        Class::Ing
    } else if lower.ends_with("ed") && lower.len() > 3 {
        Class::Ed
    } else if lower.ends_with("ly") && lower.len() > 3 {
        Class::Ly
    } else if lower.ends_with('s') && lower.len() > 3 {
        Class::Plural
    } else {
        Class::Other
    }
}
