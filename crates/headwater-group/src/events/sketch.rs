//! One article as grouping sees it: weighted words and word pairs, names, numbers, days, and the kind of happening.
//!
//! Works from the words alone, so that a bare title is enough; what the annotators found is laid on top
//! (`entities`, `days`) and is never needed. A sketch is bounded whatever the article's length, and knows
//! where in the text its weightiest words stand, so that every membership can be explained.

use super::happenings::{Happenings, Role};
use super::terms::{Background, Term, canonical, pair, stem_into, term};
use super::{EntityIndex, GroupInput};
use headwater_model::text::{Outline, Token, TokenKind};
use headwater_model::{DateRange, NameKind, Span};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::hash_map::Entry;
use std::sync::OnceLock;

/// Words of an article's opening (title and first sentences) that count as its head. News leads run to
/// 25–45 words; chosen on ECB+ and FNC-1 training texts.
const HEAD_WORDS: usize = 55;
/// Words of an article's opening in which occasions are looked for; chosen on invented cases.
const OPENING_WORDS: usize = 130;
/// Words read of one article; later words hardly move a news text's vector.
const MAX_WORDS: usize = 1_500;
/// Weighted words kept of one article.
const KEPT_WORDS: usize = 320;
/// Weighted word pairs kept of one article.
const KEPT_PAIRS: usize = 240;
/// Leading names and leading words whose presence in the other report is asked for.
const LEADING: usize = 6;
/// Words whose place in the text is remembered for explanations.
const SURFACES: usize = 64;
/// Articles with fewer words are told apart by the weights for headlines.
pub(crate) const SHORT: u32 = 45;

/// A word of a sketch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    pub(crate) term: Term,
    /// Share in the whole text; squares add up to one.
    pub(crate) full: f32,
    /// Share in the head; squares add up to one.
    pub(crate) head: f32,
    pub(crate) bits: u8,
}

/// The word is (part of) a name.
pub(crate) const NAME: u8 = 1;
/// The word is a number.
pub(crate) const NUMBER: u8 = 2;
/// One of the leading names.
pub(crate) const TOP_NAME: u8 = 4;
/// One of the leading words.
pub(crate) const TOP_WORD: u8 = 8;
/// At most a handful of background texts hold it.
pub(crate) const RARE: u8 = 16;
/// The word is an ordinal ("12th").
pub(crate) const ORDINAL: u8 = 32;

/// An article, reduced to what grouping compares.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sketch {
    /// Words by term.
    pub(crate) items: Vec<Item>,
    /// Word pairs by term; squares add up to one.
    pub(crate) pairs: Vec<(Term, f32)>,
    /// Lengths of the sub-vectors of names and of other words.
    pub(crate) name_norm: f32,
    pub(crate) plain_norm: f32,
    /// Sums of squares over leading names and leading words.
    pub(crate) top_names: f32,
    pub(crate) top_words: f32,
    /// Number of number words.
    pub(crate) numbers: u32,
    pub(crate) ordinals: u32,
    /// Years told (1900–2099), sorted.
    pub(crate) years: Vec<u16>,
    /// Months and days told as "12 August", as month · 32 + day, sorted; day 0 when only the month is told.
    pub(crate) calendar: Vec<u16>,
    /// Weekdays in the head, as bits.
    pub(crate) weekdays: u8,
    /// Classes of happening in the head, as bits.
    pub(crate) classes: u64,
    /// Media told of in the opening: class, and the words of the text that name it.
    pub(crate) media: Vec<(u8, Option<Span>)>,
    /// Occasions told of in the opening.
    pub(crate) occasions: Vec<(u8, Option<Span>)>,
    /// What is numbered in the opening: "package" 12 of "12th package".
    pub(crate) numbered: Vec<(Term, Term, Option<Span>)>,
    /// Words read.
    pub(crate) words: u32,
    /// Where leading words first stand: (term, words of the text, or `None` when only the title has them).
    pub(crate) surfaces: Vec<(Term, Option<Span>)>,
    /// Entities across articles, sorted, with the number of mentions, where the annotators found some.
    pub(crate) entities: Vec<(EntityIndex, u16)>,
    /// Days of publication that are possible.
    pub(crate) published: DateRange,
    /// Whether it opens by calling its happening last week's, last month's or last year's: it looks back.
    pub(crate) looks_back: bool,
}

/// Weighted words and word pairs that are left of an archived article.
const REST_WORDS: usize = 48;
const REST_PAIRS: usize = 24;

impl Sketch {
    /// What is left of it in the archive: its weightiest words and pairs, and the small things.
    pub(crate) fn rest(&self) -> Sketch {
        let mut out = self.clone();
        out.items.sort_unstable_by(|a, b| {
            (b.full + 0.5 * b.head).total_cmp(&(a.full + 0.5 * a.head)).then(a.term.cmp(&b.term))
        });
        out.items.truncate(REST_WORDS);
        out.items.sort_unstable_by_key(|i| i.term);
        out.pairs.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        out.pairs.truncate(REST_PAIRS);
        out.pairs.sort_unstable_by_key(|p| p.0);
        out.surfaces = Vec::new();
        out.entities = Vec::new();
        out.items.shrink_to_fit();
        out.pairs.shrink_to_fit();
        out
    }

    /// Its terms, each once.
    pub(crate) fn terms(&self) -> impl Iterator<Item = Term> + '_ {
        self.items.iter().map(|i| i.term).chain(self.pairs.iter().map(|p| p.0))
    }

    /// Bytes it holds.
    pub(crate) fn bytes(&self) -> usize {
        size_of::<Sketch>() + self.held()
    }

    fn held(&self) -> usize {
        self.items.capacity() * size_of::<Item>()
            + self.pairs.capacity() * size_of::<(Term, f32)>()
            + (self.years.capacity() + self.calendar.capacity()) * 2
            + (self.media.capacity() + self.occasions.capacity()) * size_of::<(u8, Option<Span>)>()
            + self.numbered.capacity() * size_of::<(Term, Term, Option<Span>)>()
            + self.surfaces.capacity() * size_of::<(Term, Option<Span>)>()
            + self.entities.capacity() * size_of::<(EntityIndex, u16)>()
    }
}

/// How common terms are: the background and the articles at hand.
pub(crate) struct Frequencies<'b> {
    pub(crate) background: &'b Background,
    pub(crate) seen: FxHashMap<Term, u32>,
    pub(crate) articles: u32,
}

/// Weight of an article at hand against a background text in document frequencies.
const SEEN_WEIGHT: f32 = 4.0;

/// Added to every count: a term never seen is not endlessly rare.
const SMOOTH: f32 = 0.7;
/// Share of its weight in the background that a term keeps however common it is at hand, so that one happening
/// told by thousands does not lose its own words.
const KEPT_WEIGHT: f32 = 0.4;

impl Frequencies<'_> {
    /// Counts the terms of an article that comes to hand.
    pub(crate) fn count(&mut self, terms: impl Iterator<Item = Term>) {
        for term in terms {
            *self.seen.entry(term).or_insert(0) += 1;
        }
        self.articles += 1;
    }

    /// Takes back what [`Frequencies::count`] did for an article.
    pub(crate) fn forget(&mut self, terms: impl Iterator<Item = Term>) {
        for term in terms {
            if let Entry::Occupied(mut entry) = self.seen.entry(term) {
                *entry.get_mut() -= 1;
                if *entry.get() == 0 {
                    entry.remove();
                }
            }
        }
        self.articles -= 1;
    }

    /// Bytes of the table; a place holds a term, a count and a byte of the table's own.
    pub(crate) fn bytes(&self) -> usize {
        self.seen.capacity() * 8 / 7 * (size_of::<(Term, u32)>() + 1)
    }

    /// Inverse document frequency, at least 0.
    fn idf(&self, term: Term) -> f32 {
        let seen = self.seen.get(&term).map_or(0.0, |n| *n as f32 - 1.0).max(0.0);
        let known = self.background.count(term);
        let docs = self.background.docs() + SEEN_WEIGHT * self.articles as f32;
        let all = ((docs + 1.0) / (known + SEEN_WEIGHT * seen + SMOOTH)).ln();
        let before = ((self.background.docs() + 1.0) / (known + SMOOTH)).ln();
        all.max(KEPT_WEIGHT * before).max(0.05)
    }
}

/// Counts of one article, before weighing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    words: Vec<WordCount>,
    pairs: Vec<(Term, u16)>,
    rest: Sketch,
}

/// Sixteen bytes: an open article keeps some two hundred of these.
#[derive(Clone, Copy, Debug, Default)]
struct WordCount {
    term: Term,
    /// Where it stands first, when `length` is not 0.
    start: u32,
    length: u16,
    full: u16,
    head: u8,
    upper: u8,
    lower: u8,
    number: bool,
}

/// In `WordCount::head`, which counts to [`HEAD_WORDS`] at most: the word is an ordinal.
const IS_ORDINAL: u8 = 128;

impl WordCount {
    fn head(&self) -> u8 {
        self.head & !IS_ORDINAL
    }

    fn first(&self) -> Option<Span> {
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
    pairs: FxHashMap<Term, u16>,
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
                    let n = self.pairs.entry(pair(before, key)).or_insert(0);
                    *n = n.saturating_add(1);
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
                entry.head |= if ordinal { IS_ORDINAL } else { 0 };
            }
            if let Some(before) = previous {
                let n = self.pairs.entry(pair(before, key)).or_insert(0);
                *n = n.saturating_add(1);
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
        entry.head += u8::from(head && entry.head() < IS_ORDINAL - 1);
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
        let mut reader = Reader {
            counts: FxHashMap::default(),
            words: Vec::new(),
            pairs: FxHashMap::default(),
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
        let Reader { mut words, pairs, mut rest, read, .. } = reader;
        words.shrink_to_fit();
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
        let mut pairs: Vec<(Term, u16)> = pairs.into_iter().collect();
        pairs.sort_unstable();
        Counts { words, pairs, rest }
    }

    /// All terms, each once.
    pub(crate) fn terms(&self) -> impl Iterator<Item = Term> + '_ {
        self.words.iter().map(|w| w.term).chain(self.pairs.iter().map(|p| p.0))
    }

    /// Bytes it holds.
    pub(crate) fn bytes(&self) -> usize {
        size_of::<Counts>()
            + self.words.capacity() * size_of::<WordCount>()
            + self.pairs.capacity() * size_of::<(Term, u16)>()
            + self.rest.held()
    }

    /// Terms of words and of word pairs for the background table.
    pub(crate) fn background_terms(&self) -> (Vec<Term>, Vec<Term>) {
        (self.words.iter().map(|w| w.term).collect(), self.pairs.iter().map(|p| p.0).collect())
    }

    /// Weighs the words.
    pub(crate) fn weigh(&self, frequencies: &Frequencies<'_>) -> Sketch {
        let mut sketch = self.rest.clone();
        let mut items: Vec<(Item, Option<Span>)> = self
            .words
            .iter()
            .map(|w| {
                let idf = frequencies.idf(w.term);
                let known = frequencies.background.count(w.term);
                let cased = u16::from(w.upper) + u16::from(w.lower);
                let name = !w.number && if cased > 0 { w.upper > w.lower } else { known < 1.5 };
                let mut bits = 0;
                bits |= if name { NAME } else { 0 };
                bits |= if w.number { NUMBER } else { 0 };
                bits |= if w.head & IS_ORDINAL != 0 { ORDINAL } else { 0 };
                bits |= if known < 2.5 { RARE } else { 0 };
                let full = (1.0 + f32::from(w.full).ln()) * idf;
                let head = if w.head() > 0 { idf * (1.0 + f32::from(w.head()).ln()) } else { 0.0 };
                (Item { term: w.term, full, head, bits }, w.first())
            })
            .collect();
        items.sort_unstable_by(|a, b| b.0.full.total_cmp(&a.0.full).then(a.0.term.cmp(&b.0.term)));
        items.truncate(KEPT_WORDS);
        let (mut names, mut words) = (0, 0);
        for (item, _) in &mut items {
            if item.bits & NAME != 0 && names < LEADING {
                names += 1;
                item.bits |= TOP_NAME;
            }
            if words < 2 * LEADING {
                words += 1;
                item.bits |= TOP_WORD;
            }
        }
        sketch.surfaces = items.iter().take(SURFACES).map(|(item, first)| (item.term, *first)).collect();
        sketch.surfaces.sort_unstable();
        sketch.items = items.into_iter().map(|(item, _)| item).collect();
        sketch.items.sort_unstable_by_key(|i| i.term);
        let full = norm(sketch.items.iter().map(|i| i.full));
        let head = norm(sketch.items.iter().map(|i| i.head));
        for item in &mut sketch.items {
            item.full /= full;
            item.head /= head;
        }
        let part = |test: fn(&Item) -> bool| {
            sketch.items.iter().filter(|i| test(i)).map(|i| i.full * i.full).sum::<f32>()
        };
        let (name, plain) = (part(|i| i.bits & NAME != 0), part(|i| i.bits & (NAME | NUMBER) == 0));
        let (top_names, top_words) = (part(|i| i.bits & TOP_NAME != 0), part(|i| i.bits & TOP_WORD != 0));
        sketch.name_norm = name.sqrt();
        sketch.plain_norm = plain.sqrt();
        sketch.top_names = top_names;
        sketch.top_words = top_words;
        sketch.numbers = sketch.items.iter().filter(|i| i.bits & NUMBER != 0).count() as u32;
        sketch.ordinals = sketch.items.iter().filter(|i| i.bits & ORDINAL != 0).count() as u32;
        let mut pairs: Vec<(Term, f32)> =
            self.pairs.iter().map(|(t, n)| (*t, (1.0 + f32::from(*n).ln()) * frequencies.idf(*t))).collect();
        pairs.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        pairs.truncate(KEPT_PAIRS);
        let length = norm(pairs.iter().map(|p| p.1));
        for p in &mut pairs {
            p.1 /= length;
        }
        pairs.sort_unstable_by_key(|p| p.0);
        sketch.pairs = pairs;
        sketch
    }
}

fn norm(values: impl Iterator<Item = f32>) -> f32 {
    let sum: f32 = values.map(|v| v * v).sum();
    if sum > 0.0 { sum.sqrt() } else { 1.0 }
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
