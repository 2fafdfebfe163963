//! Reading one article: its words, pairs of neighbouring words, calendar and kind of happening, counted.
//!
//! Works from the words alone, so that a bare title is enough; what the annotators found is laid on top
//! (`entities`, `days`) and is never needed. Nothing is weighed here: `super::sketch` does that.

use super::happenings::{Happenings, Role};
use super::sketch::Sketch;
use super::terms::{Term, canonical, pair, stem_into, term};
use super::{EntityIndex, GroupInput};
use headwater_model::text::{Outline, Token, TokenKind};
use headwater_model::{NameKind, Span};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::sync::OnceLock;

/// Words of an article's opening (title and first sentences) that count as its head. News leads run to
/// 25–45 words; chosen on ECB+ and FNC-1 training texts.
const HEAD_WORDS: usize = 55;
/// Words of an article's opening in which occasions are looked for; chosen on invented cases.
const OPENING_WORDS: usize = 130;
/// Words read of one article; later words hardly move a news text's vector.
const MAX_WORDS: usize = 1_500;

/// Counts of one article, before weighing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    /// Words by term.
    pub(crate) words: Vec<WordCount>,
    /// Pairs of words by term, with their number.
    pub(crate) pairs: Vec<(Term, u8)>,
    /// What needs no weighing.
    pub(crate) rest: Sketch,
}

/// A word with its number.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WordCount {
    pub(crate) term: Term,
    /// Where it stands first, when `length` is not 0.
    start: u32,
    length: u16,
    /// In the whole text.
    pub(crate) full: u8,
    /// In the head.
    pub(crate) head: u8,
    /// With a capital where none is due, and without one.
    pub(crate) upper: u8,
    pub(crate) lower: u8,
    pub(crate) number: bool,
    pub(crate) ordinal: bool,
}

impl WordCount {
    /// Where it stands first in the text; `None` when only the title has it.
    pub(crate) fn first(&self) -> Option<Span> {
        (self.length > 0).then_some(Span { start: self.start, end: self.start + u32::from(self.length) })
    }
}

pub(crate) fn stopwords() -> &'static FxHashSet<Term> {
    static LIST: OnceLock<FxHashSet<Term>> = OnceLock::new();
    LIST.get_or_init(|| {
        let mut stem = String::new();
        let mut out = FxHashSet::default();
        for line in include_str!("../../data/stopwords.txt").lines().filter(|l| !l.starts_with('#')) {
            for word in line.split(' ').skip(1) {
                stem_into(word, &mut stem);
                out.insert(term(stem.as_bytes()));
            }
        }
        out
    })
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const WEEKDAY_ENDS: [&str; 7] = ["day", "sday", "nesday", "rsday", "day", "urday", "day"];
const MONTH_ENDS: [&str; 12] =
    ["uary", "ruary", "ch", "il", "", "e", "y", "ust", "tember", "ober", "ember", "ember"];

/// The number from 0 of a month named in full or by three letters.
fn month_of(lower: &str) -> Option<u16> {
    let start = lower.get(..3)?;
    let index = MONTHS.iter().position(|m| *m == start)?;
    let rest = &lower[3..];
    (rest.is_empty() || MONTH_ENDS.get(index) == Some(&rest) || lower == "sept").then_some(index as u16)
}

fn weekday_of(lower: &str) -> Option<u8> {
    let start = lower.get(..3)?;
    let index = WEEKDAYS.iter().position(|m| *m == start)?;
    (WEEKDAY_ENDS.get(index) == Some(&&lower[3..])).then_some(index as u8)
}

/// Scripts written without spaces between words: read by pairs of characters.
fn unspaced(c: char) -> bool {
    matches!(c as u32, 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

struct Reader {
    counts: FxHashMap<Term, u32>,
    words: Vec<WordCount>,
    pairs: Vec<Term>,
    rest: Sketch,
    stem: String,
    read: usize,
    head: usize,
}

impl Reader {
    /// Reads the tokens of one text; `places` says whether spans belong to the article's text.
    fn read(&mut self, text: &str, outline: &Outline, places: bool) {
        let stop = stopwords();
        let list = Happenings::shipped();
        let mut previous: Option<Term> = None;
        let mut sentence = u32::MAX;
        let title_case = !places && mostly_capitals(text, outline);
        let mut recent: Option<(u16, usize)> = None; // a month or day number just read, and where
        let mut month: Option<(u16, usize)> = None;
        let mut skip_to = 0;
        let tokens = &outline.tokens;
        for (i, token) in tokens.iter().enumerate() {
            if self.read >= MAX_WORDS {
                break;
            }
            let word = token.of(text);
            if i < skip_to {
                continue;
            }
            if token.kind == TokenKind::Mark {
                if !matches!(word, "-" | "‐" | "‑" | "’" | "'" | ".") {
                    previous = None;
                }
                continue;
            }
            let opens = token.sentence != sentence;
            sentence = token.sentence;
            let in_head = self.head < HEAD_WORDS;
            self.read += 1;
            self.head += 1;
            if word.chars().next().is_some_and(unspaced) {
                let chars: Vec<(usize, char)> = word.char_indices().take(200).collect();
                for two in chars.windows(2) {
                    let end = two[1].0 + two[1].1.len_utf8();
                    let key = term(&word.as_bytes()[two[0].0..end]);
                    let place = places.then(|| {
                        Span::new(token.span.start as usize + two[0].0, token.span.start as usize + end)
                    });
                    self.count(key, in_head, false, true, place);
                    self.read += 1;
                }
                continue;
            }
            let upper = word.chars().next().is_some_and(char::is_uppercase);
            if let Some((key, next, span)) = initials(text, tokens, i) {
                let key = canonical(key);
                skip_to = next;
                self.count(key, in_head, true, false, places.then_some(span));
                if let Some(before) = previous {
                    self.pairs.push(pair(before, key));
                }
                previous = Some(key);
                continue;
            }
            let mut stem = std::mem::take(&mut self.stem);
            stem_into(word, &mut stem);
            if token.kind == TokenKind::Number {
                stem.retain(|c| c != ',');
            }
            let key = term(stem.as_bytes());
            // The calendar.
            if token.kind == TokenKind::Number {
                if let Ok(n) = stem.parse::<u16>() {
                    if (1900..2100).contains(&n) && stem.len() == 4 {
                        self.rest.years.push(n);
                    } else if (1..=31).contains(&n) && stem.len() <= 2 {
                        if let Some((m, at)) = month.filter(|(_, at)| i - at <= 2) {
                            let _ = at;
                            self.rest.calendar.push(m * 32 + n);
                            month = None;
                        } else {
                            recent = Some((n, i));
                        }
                    }
                }
            } else if upper {
                let lower = word.to_ascii_lowercase();
                if let Some(m) = month_of(&lower)
                    && (lower != "may"
                        || recent.is_some_and(|(_, at)| i - at == 1)
                        || tokens.get(i + 1).is_some_and(|t| t.kind == TokenKind::Number))
                {
                    match recent.filter(|(_, at)| i - at == 1) {
                        Some((n, _)) => self.rest.calendar.push((m + 1) * 32 + n),
                        None => {
                            self.rest.calendar.push((m + 1) * 32);
                            month = Some((m + 1, i));
                        }
                    }
                }
                if in_head && let Some(day) = weekday_of(&lower) {
                    self.rest.weekdays |= 1 << day;
                }
            }
            if self.head <= OPENING_WORDS {
                let next = tokens.get(i + 1).map(|t| {
                    let mut other = String::new();
                    let skip =
                        usize::from(t.kind == TokenKind::Mark && matches!(t.of(text), "-" | "‐" | "‑"));
                    if let Some(t) = tokens.get(i + 1 + skip) {
                        stem_into(t.of(text), &mut other);
                    }
                    term(other.as_bytes())
                });
                if let Some((class, role)) = list.find(key, next).and_then(|c| Some((c, list.class(c)?.role)))
                {
                    let into = match role {
                        Role::Occasion => Some(&mut self.rest.occasions),
                        Role::Medium if in_head => Some(&mut self.rest.media),
                        _ => None,
                    };
                    if in_head && role != Role::Occasion {
                        self.rest.classes |= 1 << class;
                    }
                    if let Some(into) = into.filter(|list| list.iter().all(|(c, _)| *c != class)) {
                        into.push((class, places.then_some(token.span)));
                    }
                }
                let ordinal = token.kind == TokenKind::Mixed
                    && ["st", "nd", "rd", "th"].iter().any(|e| stem.ends_with(e));
                if let Some(next) = next.filter(|n| ordinal && in_head && !stop.contains(n)) {
                    self.rest.numbered.push((next, key, places.then_some(token.span)));
                }
            }
            self.stem = stem;
            if let Some((joined, span)) = compound(text, tokens, i) {
                self.count(canonical(joined), in_head, false, true, places.then_some(span));
            }
            let key = canonical(key);
            if stop.contains(&key) {
                continue;
            }
            if word.chars().count() == 1 && token.kind == TokenKind::Word {
                previous = None;
                continue;
            }
            let number = token.kind != TokenKind::Word;
            let ordinal =
                token.kind == TokenKind::Mixed && word.bytes().next().is_some_and(|b| b.is_ascii_digit());
            let place = places.then_some(token.span);
            let at = self.count(key, in_head, upper && !opens && !title_case, !upper, place);
            if let Some(entry) = at.and_then(|at| self.words.get_mut(at)) {
                entry.number |= number;
                entry.ordinal |= ordinal;
            }
            if let Some(before) = previous {
                self.pairs.push(pair(before, key));
            }
            previous = Some(key);
        }
    }

    fn count(
        &mut self,
        key: Term,
        head: bool,
        upper: bool,
        lower: bool,
        place: Option<Span>,
    ) -> Option<usize> {
        let at = *self.counts.entry(key).or_insert_with(|| {
            self.words.push(WordCount { term: key, ..WordCount::default() });
            self.words.len() as u32 - 1
        }) as usize;
        let entry = self.words.get_mut(at)?;
        entry.full = entry.full.saturating_add(1);
        entry.head = entry.head.saturating_add(u8::from(head));
        entry.upper = entry.upper.saturating_add(u8::from(upper));
        entry.lower = entry.lower.saturating_add(u8::from(lower));
        if let Some(place) = place.filter(|p| entry.length == 0 && p.len() <= usize::from(u16::MAX)) {
            (entry.start, entry.length) = (place.start, place.len() as u16);
        }
        Some(at)
    }
}

/// Two words written with a hyphen, as one: "cease-fire" is also "ceasefire".
fn compound(text: &str, tokens: &[Token], i: usize) -> Option<(Term, Span)> {
    let (first, hyphen, second) = (tokens.get(i)?, tokens.get(i + 1)?, tokens.get(i + 2)?);
    let joined =
        first.kind == TokenKind::Word && second.kind == TokenKind::Word && !hyphen.spaced && !second.spaced;
    if !joined || !matches!(hyphen.of(text), "-" | "‐" | "‑") || first.span.len() + second.span.len() > 24
    {
        return None;
    }
    let mut stem = String::new();
    stem_into(&format!("{}{}", first.of(text), second.of(text)), &mut stem);
    Some((term(stem.as_bytes()), first.span.cover(second.span)))
}

/// Initials that begin at token `i`, as "u.s": "U.S.", "US", "UK", "EU"; with the first token after them.
fn initials(text: &str, tokens: &[Token], i: usize) -> Option<(Term, usize, Span)> {
    let first = tokens.get(i)?;
    if matches!(first.of(text), "US" | "UK" | "UN" | "EU") {
        let letters = first.of(text).to_ascii_lowercase();
        return Some((term(format!("{}.{}", &letters[..1], &letters[1..]).as_bytes()), i + 1, first.span));
    }
    let letter = |at: usize| {
        let token = tokens.get(at)?;
        let word = token.of(text);
        (word.len() == 1 && word.as_bytes()[0].is_ascii_uppercase()).then(|| word.to_ascii_lowercase())
    };
    let mut letters = vec![letter(i)?];
    let mut at = i + 1;
    while letters.len() < 6 && tokens.get(at).is_some_and(|t| t.of(text) == "." && !t.spaced) {
        match letter(at + 1).filter(|_| tokens.get(at + 1).is_some_and(|t| !t.spaced)) {
            Some(l) => {
                letters.push(l);
                at += 2;
            }
            None => break,
        }
    }
    (letters.len() > 1)
        .then(|| (term(letters.join(".").as_bytes()), at, first.span.cover(tokens[at - 1].span)))
}

/// Whether a line is set with capitals on most of its words, as headlines are.
fn mostly_capitals(text: &str, outline: &Outline) -> bool {
    let (mut upper, mut all) = (0, 0);
    for token in outline.tokens.iter().filter(|t| t.kind == TokenKind::Word && t.span.len() >= 4) {
        all += 1;
        upper += usize::from(token.of(text).starts_with(char::is_uppercase));
    }
    all > 0 && upper * 10 > all * 7
}

impl Counts {
    /// Reads one article.
    pub(crate) fn new(input: &GroupInput<'_>) -> Self {
        let expected = input.outline.tokens.len().min(MAX_WORDS);
        let mut reader = Reader {
            counts: FxHashMap::with_capacity_and_hasher(expected, FxBuildHasher),
            words: Vec::with_capacity(expected),
            pairs: Vec::with_capacity(expected),
            rest: Sketch::default(),
            stem: String::new(),
            read: 0,
            head: 0,
        };
        if let Some(title) = &input.article.title {
            reader.read(title, &Outline::new(title), false);
            reader.head = reader.head.min(HEAD_WORDS / 2);
        }
        reader.read(&input.article.text, input.outline, true);
        let Reader { mut words, mut pairs, mut rest, read, .. } = reader;
        words.sort_unstable_by_key(|w| w.term);
        rest.words = read as u32;
        rest.years.sort_unstable();
        rest.years.dedup();
        rest.years.truncate(16);
        rest.calendar.sort_unstable();
        rest.calendar.dedup();
        rest.calendar.truncate(24);
        rest.published = input.published;
        rest.entities = entities(input);
        rest.looks_back = looks_back(input);
        pairs.sort_unstable();
        let pairs = pairs.chunk_by(|a, b| a == b).map(|run| (run[0], run.len().min(255) as u8)).collect();
        Counts { words, pairs, rest }
    }
    /// All terms, each once.
    pub(crate) fn terms(&self) -> impl Iterator<Item = Term> + '_ {
        self.words.iter().map(|w| w.term).chain(self.pairs.iter().map(|p| p.0))
    }

    /// Terms of words and of word pairs for the background table.
    pub(crate) fn background_terms(&self) -> (Vec<Term>, Vec<Term>) {
        (self.words.iter().map(|w| w.term).collect(), self.pairs.iter().map(|p| p.0).collect())
    }
}

/// Whether the first sentence names a happening as one of a week ago or longer: "last week's collision". A report
/// of news says when it happened; only who looks back takes the happening as known.
fn looks_back(input: &GroupInput<'_>) -> bool {
    let Some(first) = input.outline.sentences.first() else { return false };
    let lower = first.of(&input.article.text).to_lowercase().replace('’', "'");
    ["last", "previous"].iter().any(|before| {
        ["week's ", "month's ", "year's "].iter().any(|unit| lower.contains(&format!("{before} {unit}")))
    })
}

/// Entities across articles with their mentions, from the annotations.
fn entities(input: &GroupInput<'_>) -> Vec<(EntityIndex, u16)> {
    let mut out: Vec<(EntityIndex, u16)> = Vec::new();
    let mut counts: FxHashMap<EntityIndex, u16> = FxHashMap::default();
    for name in input.annotations.names.iter().filter(|n| n.kind != NameKind::Nationality) {
        if let Some(Some(entity)) = input.entities.get(name.entity as usize) {
            let n = counts.entry(*entity).or_insert(0);
            *n = n.saturating_add(1);
        }
    }
    out.extend(counts);
    out.sort_unstable();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_weekdays() {
        assert_eq!(month_of("august"), Some(7));
        assert_eq!(month_of("sept"), Some(8));
        assert_eq!(month_of("marble"), None);
        assert_eq!(weekday_of("wednesday"), Some(2));
        assert_eq!(weekday_of("sunny"), None);
    }
}
