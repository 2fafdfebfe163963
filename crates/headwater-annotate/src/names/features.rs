//! Features of the two taggers: what each word looks like, what is known of it, and where else in the
//! article it stands.
//!
//! [`Sheet`] reads an article once; [`Sheet::pos_rows`] and [`Sheet::name_rows`] give the rows of one
//! sentence. Feature hashes are part of the weights' format: whoever changes a template trains again.

use super::gazetteer::{Gazetteer, MAX_WORDS, flag, phrase_hash};
use super::kin::{Kin, KinClasses};
use super::pos::Pos;
use super::seen::{self, Seen};
use super::units::{Unit, units};
use super::words::{WordClass, WordClasses};
use crate::perceptron::Rows;
use headwater_model::text::{Outline, TokenKind, fold};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Casing {
    Lower,
    Capital,
    Upper,
    Mixed,
    Number,
    Mark,
}

/// What is known of one unit.
#[derive(Clone, Copy, Debug)]
struct Word {
    low: u32,
    shape: u32,
    prefix: [u32; 3],
    suffix: [u32; 4],
    casing: Casing,
    known: WordClass,
    /// Classes of words used alike.
    kin: Kin,
    /// Flags of the word by itself.
    flags: u16,
    /// Flags of the longest known phrase of two words or more around it.
    phrase: u16,
    /// First word of that phrase.
    phrase_first: bool,
    quoted: bool,
    /// What the word was mostly seen as in names.
    seen: u8,
    /// What the longest seen name around it mostly was.
    name: u8,
    /// First word of that name.
    name_first: bool,
}

/// How the letters of a sentence are written as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
enum Case {
    #[default]
    Plain,
    /// Nearly every long word is capitalised: a headline.
    Title,
    /// All upper case.
    Upper,
    /// No capital at all.
    Lower,
}

/// Where else in the article a capitalised word stands.
#[derive(Clone, Debug, Default)]
struct Elsewhere {
    /// Capitalised inside sentences.
    capital: u16,
    /// In lower case.
    lower: u16,
    /// Some units where it is capitalised.
    places: [u32; PLACES],
    count: u8,
}

/// Occurrences of the same word that lend their neighbours as features.
const PLACES: usize = 6;

/// What is known of words and phrases.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// Known phrases.
    pub gazetteer: Gazetteer,
    /// Word classes.
    pub classes: WordClasses,
    /// Names seen in unlabelled text.
    pub seen: Seen,
    /// Words used alike.
    pub kin: KinClasses,
}

/// An article as the taggers see it.
pub struct Sheet {
    /// All units, in order.
    pub units: Vec<Unit>,
    /// The units of each sentence.
    pub sentences: Vec<Range<usize>>,
    words: Vec<Word>,
    /// Folded words, one after the other, and where each ends.
    folded: String,
    ends: Vec<u32>,
    cases: Vec<Case>,
    elsewhere: FxHashMap<u32, Elsewhere>,
}

fn hash(template: u8, a: u32, b: u32) -> u32 {
    let mut h = 0x811c_9dc5 ^ u32::from(template).wrapping_mul(0x9e37_79b1);
    h = (h ^ a).wrapping_mul(0x85eb_ca6b);
    h ^= h >> 15;
    h = (h ^ b).wrapping_mul(0xc2b2_ae35);
    h ^ (h >> 13)
}

/// Hash of a folded word, as word classes are keyed.
pub fn word_hash(folded: &str) -> u32 {
    let mut h = 0x811c_9dc5_u32;
    for b in folded.bytes() {
        h = (h ^ u32::from(b)).wrapping_mul(0x0100_0193);
    }
    h
}

/// Hash of a folded word that is capitalised inside a sentence, as word classes are keyed.
pub fn capital_hash(folded: &str) -> u32 {
    word_hash(folded) ^ 0x5bd1_e995
}

/// Band of [`WordClass::capitals`] from which on a word at the start of a sentence counts as capitalised.
const MOSTLY_CAPITAL: u8 = 3;

impl Sheet {
    /// Reads an article.
    pub fn new(text: &str, outline: &Outline, tables: &Tables) -> Self {
        let Tables { gazetteer, classes, seen, kin } = tables;
        let mut sheet = Sheet {
            units: Vec::with_capacity(outline.tokens.len()),
            sentences: Vec::with_capacity(outline.sentences.len()),
            words: Vec::with_capacity(outline.tokens.len()),
            folded: String::with_capacity(text.len()),
            ends: Vec::with_capacity(outline.tokens.len()),
            cases: Vec::with_capacity(outline.sentences.len()),
            elsewhere: FxHashMap::default(),
        };
        for range in &outline.sentence_tokens {
            let start = sheet.units.len();
            units(text, outline, range.clone(), &mut sheet.units);
            sheet.sentences.push(start..sheet.units.len());
        }
        for unit in &sheet.units {
            let start = sheet.folded.len();
            fold::fold_into(unit.span.of(text), &mut sheet.folded);
            let folded = &sheet.folded[start..];
            let kind = outline.tokens.get(unit.first as usize).map_or(TokenKind::Mark, |t| t.kind);
            sheet.words.push(read(unit.span.of(text), folded, kind, gazetteer.get(phrase_hash(0, folded))));
            sheet.ends.push(sheet.folded.len() as u32);
        }
        sheet.know_words(classes);
        sheet.words.iter_mut().for_each(|w| w.kin = kin.get(w.low));
        sheet.mark_quoted(outline);
        sheet.find_phrases(gazetteer);
        sheet.find_seen(seen);
        sheet.find_cases();
        sheet.look_elsewhere();
        sheet
    }

    /// The folded word of unit `i`; empty when there is none.
    pub fn low(&self, i: usize) -> &str {
        let start = if i == 0 { 0 } else { self.ends.get(i - 1).copied().unwrap_or(0) };
        self.ends.get(i).and_then(|end| self.folded.get(start as usize..*end as usize)).unwrap_or("")
    }

    /// Whether unit `i` is a word that begins with a capital.
    pub fn is_capital(&self, i: usize) -> bool {
        self.words.get(i).is_some_and(|w| matches!(w.casing, Casing::Capital | Casing::Upper | Casing::Mixed))
    }

    /// Whether unit `i` is written in capitals only.
    pub fn is_upper(&self, i: usize) -> bool {
        self.words.get(i).is_some_and(|w| w.casing == Casing::Upper)
    }

    /// Whether unit `i` stands in quotation marks.
    pub fn is_quoted(&self, i: usize) -> bool {
        self.words.get(i).is_some_and(|w| w.quoted)
    }

    /// Gazetteer flags of unit `i` by itself.
    pub fn flags(&self, i: usize) -> u16 {
        self.words.get(i).map_or(0, |w| w.flags)
    }

    /// Number of the sentence that holds unit `i`.
    pub fn sentence_of(&self, i: usize) -> usize {
        self.sentences.partition_point(|r| r.end <= i)
    }

    /// Whether the sentence is written as running text, not as a headline or in capitals.
    pub fn is_plain(&self, s: usize) -> bool {
        self.cases.get(s).is_some_and(|c| *c == Case::Plain)
    }

    /// Whether the article says a word in lower case too.
    pub fn seen_lower(&self, i: usize) -> bool {
        self.words.get(i).is_some_and(|w| self.elsewhere.get(&w.low).is_some_and(|e| e.lower > 0))
    }

    /// Looks words up as they are written: capitalised words by themselves, first words as they mostly are.
    fn know_words(&mut self, classes: &WordClasses) {
        for range in &self.sentences {
            for i in range.clone() {
                let Some(word) = self.words.get_mut(i) else { continue };
                let lower = classes.get(word.low);
                word.known = lower;
                let capital = matches!(word.casing, Casing::Capital | Casing::Upper | Casing::Mixed);
                if capital && (i > range.start || lower.capitals >= MOSTLY_CAPITAL || lower.class == 0) {
                    let own = classes.get(word.low ^ 0x5bd1_e995);
                    if own.class != 0 {
                        word.known = WordClass { capitals: lower.capitals, ..own };
                    }
                }
            }
        }
    }

    fn mark_quoted(&mut self, outline: &Outline) {
        for region in &outline.quoted {
            let from = self.units.partition_point(|u| u.span.end <= region.inner.start);
            if region.depth > 0 {
                continue;
            }
            for (unit, word) in self.units[from..].iter().zip(&mut self.words[from..]) {
                if unit.span.start >= region.inner.end {
                    break;
                }
                word.quoted = true;
            }
        }
    }

    /// Longest known phrases, left to right, where the first word is capitalised.
    fn find_phrases(&mut self, gazetteer: &Gazetteer) {
        for s in 0..self.sentences.len() {
            let range = self.sentences[s].clone();
            let mut i = range.start;
            while i < range.end {
                let mut step = 1;
                if matches!(self.words[i].casing, Casing::Capital | Casing::Upper | Casing::Mixed) {
                    let mut h = 0;
                    let mut best = (0, 0);
                    for k in 0..MAX_WORDS.min(range.end - i) {
                        h = phrase_hash(h, self.low(i + k));
                        let flags = gazetteer.get(h);
                        if k > 0 && flags != 0 {
                            best = (k + 1, flags);
                        }
                    }
                    if best.0 > 0 {
                        step = best.0;
                        for (k, word) in self.words[i..i + step].iter_mut().enumerate() {
                            word.phrase = best.1;
                            word.phrase_first = k == 0;
                        }
                    }
                }
                i += step;
            }
        }
    }

    /// Longest names seen elsewhere, left to right, and what single words were seen as.
    fn find_seen(&mut self, seen: &Seen) {
        for range in &self.sentences {
            let mut i = range.start;
            while i < range.end {
                let mut step = 1;
                if self.is_capital(i) {
                    self.words[i].seen = seen.get(seen::word_key(self.words[i].low));
                    let (mut h, mut best) = (0, (0, 0));
                    for k in 0..seen::MAX_WORDS.min(range.end - i) {
                        h = phrase_hash(h, self.low(i + k));
                        let value = seen.get(seen::phrase_key(h));
                        if value != 0 {
                            best = (k + 1, value);
                        }
                    }
                    for (k, word) in self.words[i..i + best.0].iter_mut().enumerate() {
                        word.name = best.1;
                        word.name_first = k == 0;
                        word.seen = seen.get(seen::word_key(word.low));
                    }
                    step = best.0.max(1);
                }
                i += step;
            }
        }
    }

    fn find_cases(&mut self) {
        for range in &self.sentences {
            let (mut long, mut capital, mut upper, mut letters, mut capitals) = (0, 0, 0, 0, 0);
            for (unit, word) in self.units[range.clone()].iter().zip(&self.words[range.clone()]) {
                if matches!(word.casing, Casing::Number | Casing::Mark) {
                    continue;
                }
                letters += 1;
                capitals += usize::from(word.casing != Casing::Lower);
                if unit.span.len() > 3 {
                    long += 1;
                    capital += usize::from(word.casing != Casing::Lower);
                    upper += usize::from(word.casing == Casing::Upper);
                }
            }
            // Shares chosen by eye on headlines: four fifths of the long words.
            let case = match () {
                () if long >= 3 && upper * 5 >= long * 4 => Case::Upper,
                () if long >= 4 && capital * 5 >= long * 4 => Case::Title,
                () if letters >= 4 && capitals == 0 => Case::Lower,
                () => Case::Plain,
            };
            self.cases.push(case);
        }
    }

    fn look_elsewhere(&mut self) {
        for (s, range) in self.sentences.iter().enumerate() {
            let plain = matches!(self.cases[s], Case::Plain);
            for i in range.clone() {
                let word = &self.words[i];
                match word.casing {
                    Casing::Lower if plain => {
                        let e = self.elsewhere.entry(word.low).or_default();
                        e.lower = e.lower.saturating_add(1);
                    }
                    Casing::Capital | Casing::Upper | Casing::Mixed => {
                        let e = self.elsewhere.entry(word.low).or_default();
                        if plain && i > range.start && !opens(&self.words[i - 1], i - 1 == range.start) {
                            e.capital = e.capital.saturating_add(1);
                        }
                        if plain && usize::from(e.count) < PLACES {
                            e.places[usize::from(e.count)] = i as u32;
                            e.count += 1;
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    /// The word at `i` of the sentence, or `None` outside of it.
    fn at(&self, range: &Range<usize>, i: isize) -> Option<&Word> {
        let i = usize::try_from(i).ok()?;
        range.contains(&i).then(|| &self.words[i])
    }

    /// Rows of the part-of-speech tagger for sentence `s`.
    pub fn pos_rows(&self, s: usize, rows: &mut Rows) {
        let range = self.sentences[s].clone();
        let case = self.cases[s] as u32;
        for i in range.clone() {
            let w = &self.words[i];
            let near = |d: isize| self.at(&range, i as isize + d);
            let low = |d: isize| near(d).map_or(1, |w| w.low);
            let class = |d: isize| near(d).map_or(0xffff, |w| u32::from(w.known.class));
            let tail = |d: isize| near(d).map_or(2, |w| w.suffix[2]);
            let first = u32::from(i == range.start);
            rows.push_all([
                hash(1, w.low, 0),
                hash(2, low(-1), 0),
                hash(3, low(1), 0),
                hash(4, low(-2), 0),
                hash(5, low(2), 0),
                hash(6, low(-1), w.low),
                hash(7, w.low, low(1)),
            ]);
            for (k, s) in w.suffix.iter().enumerate() {
                rows.push(hash(8 + k as u8, *s, 0));
            }
            rows.push_all([
                hash(12, w.prefix[0], 0),
                hash(13, w.prefix[2], 0),
                hash(14, w.shape, first | case << 1),
                hash(15, u32::from(w.known.class), u32::from(w.known.capitals)),
                hash(16, class(-1), 0),
                hash(17, class(1), 0),
                hash(18, class(-1), class(1)),
                hash(19, tail(-1), w.suffix[1]),
                hash(20, tail(1), w.suffix[1]),
                hash(21, near(1).map_or(0, |n| n.shape), w.shape),
                hash(22, near(-1).map_or(0, |n| n.shape), w.shape),
                hash(23, class(-2), class(-1)),
                hash(24, class(1), class(2)),
                hash(25, class(-1), u32::from(w.known.class)),
                hash(26, u32::from(w.known.class), class(1)),
            ]);
            let coarse = |d: isize| near(d).map_or(0xffff, |w| u32::from(w.known.coarse));
            rows.push_all([
                hash(30, coarse(-1) << 8 | coarse(0), coarse(1)),
                hash(31, coarse(0), w.suffix[1]),
                hash(32, coarse(-2) << 8 | coarse(-1), coarse(0)),
                hash(33, coarse(1) << 8 | coarse(2), coarse(0)),
            ]);
            if w.casing != Casing::Lower {
                rows.push_all([
                    hash(27, u32::from(w.flags), w.casing as u32),
                    hash(28, u32::from(w.known.capitals), self.evidence(i) << 4 | first << 2 | case),
                    hash(29, u32::from(w.phrase), u32::from(w.phrase_first)),
                ]);
            }
            rows.end_row();
        }
    }

    /// What the article says of this capitalised word elsewhere: 0 nothing, 1 capitalised inside
    /// sentences, 2 lower case, 3 both.
    fn evidence(&self, i: usize) -> u32 {
        self.elsewhere
            .get(&self.words[i].low)
            .map_or(0, |e| u32::from(e.capital > 0) | u32::from(e.lower > 0) << 1)
    }

    /// Rows of the name tagger for sentence `s`; `pos` has one entry a unit of the article.
    pub fn name_rows(&self, s: usize, pos: &[Pos], rows: &mut Rows) {
        let range = self.sentences[s].clone();
        let case = self.cases[s] as u32;
        for i in range.clone() {
            let w = &self.words[i];
            let near = |d: isize| self.at(&range, i as isize + d);
            let low = |d: isize| near(d).map_or(1, |w| w.low);
            let class = |d: isize| near(d).map_or(0xffff, |w| u32::from(w.known.class));
            let shape = |d: isize| near(d).map_or(3, |w| w.shape);
            let tag = |d: isize| {
                near(d).map_or(99, |_| pos.get(i.wrapping_add_signed(d)).map_or(98, |p| *p as u32))
            };
            let first = u32::from(i == range.start);
            rows.push_all([
                hash(40, w.low, 0),
                hash(41, w.shape, first | case << 1),
                hash(42, u32::from(w.known.class), 0),
                hash(43, tag(0), tag(-1)),
                hash(44, tag(0), tag(1)),
                hash(45, low(-1), w.casing as u32),
                hash(46, low(1), w.casing as u32),
                hash(47, shape(-1), shape(1)),
            ]);
            let next_capital = near(1).is_some_and(|n| n.casing != Casing::Lower && n.casing != Casing::Mark);
            if w.casing == Casing::Lower && !next_capital {
                rows.push(hash(48, low(-1), w.low));
                rows.end_row();
                continue;
            }
            let flags = |d: isize| near(d).map_or(0x8000, |w| u32::from(w.flags));
            rows.push_all([
                hash(49, low(-1), w.low),
                hash(50, w.low, low(1)),
                hash(51, low(-2), w.casing as u32),
                hash(52, low(2), w.casing as u32),
                hash(53, low(-2), low(-1)),
                hash(54, low(1), low(2)),
                hash(55, class(-1), w.casing as u32),
                hash(56, class(1), w.casing as u32),
                hash(57, class(-2), class(-1)),
                hash(58, class(1), class(2)),
                hash(59, class(-1), u32::from(w.known.class)),
                hash(60, u32::from(w.known.class), class(1)),
            ]);
            let coarse = |d: isize| near(d).map_or(0xffff, |w| u32::from(w.known.coarse));
            rows.push_all([
                hash(81, coarse(0), w.shape),
                hash(82, coarse(-1) << 8 | coarse(0), coarse(1)),
                hash(83, coarse(-2) << 8 | coarse(-1), w.casing as u32),
                hash(84, coarse(1) << 8 | coarse(2), w.casing as u32),
            ]);
            let seen = |d: isize| near(d).map_or(0xff, |w| u32::from(w.seen));
            rows.push_all([
                hash(110, u32::from(w.seen), w.casing as u32),
                hash(111, u32::from(w.seen), seen(-1)),
                hash(112, u32::from(w.seen), seen(1)),
                hash(113, u32::from(w.name), u32::from(w.name_first)),
                hash(114, u32::from(w.name), u32::from(w.seen)),
                hash(115, u32::from(w.name), low(-1)),
                hash(116, u32::from(w.name), low(1)),
            ]);
            self.push_kin(&range, i, rows);
            rows.push_all([hash(85, coarse(-1), flags(0)), hash(86, coarse(1), flags(0))]);
            for (k, s) in w.suffix[1..].iter().enumerate() {
                rows.push(hash(61 + k as u8, *s, w.casing as u32));
            }
            rows.push_all([
                hash(64, w.prefix[1], w.casing as u32),
                hash(65, w.prefix[2], w.casing as u32),
                hash(66, shape(-1), w.shape),
                hash(67, w.shape, shape(1)),
                hash(68, u32::from(w.known.capitals), first | case << 1 | self.evidence(i) << 4),
                hash(69, u32::from(w.quoted), w.shape),
            ]);
            push_bits(rows, 70, w.flags);
            push_bits(rows, 71, near(-1).map_or(0, |w| w.flags));
            push_bits(rows, 72, near(1).map_or(0, |w| w.flags));
            push_bits(rows, 73, w.phrase);
            rows.push_all([
                hash(74, u32::from(w.phrase), u32::from(w.phrase_first)),
                hash(75, flags(0), flags(-1)),
                hash(76, flags(0), flags(1)),
                hash(77, tag(-1), tag(1)),
                hash(78, tag(0), low(-1)),
                hash(79, tag(0), low(1)),
                hash(80, flags(0), tag(0)),
            ]);
            if matches!(w.casing, Casing::Capital | Casing::Upper | Casing::Mixed) {
                self.push_elsewhere(i, rows);
                self.push_run(&range, i, rows);
            }
            rows.end_row();
        }
    }

    /// The classes of words used alike, of the word and of those around it.
    fn push_kin(&self, range: &Range<usize>, i: usize, rows: &mut Rows) {
        let near = |d: isize| self.at(range, i as isize + d).map_or(Kin::default(), |w| w.kin);
        let w = &self.words[i];
        let casing = w.casing as u32;
        let known =
            |d: isize| u32::from(near(d).middle) | u32::from(self.at(range, i as isize + d).is_none()) << 8;
        rows.push_all([
            hash(120, u32::from(w.kin.fine), casing),
            hash(121, known(0), casing),
            hash(122, u32::from(near(-1).fine), casing),
            hash(123, u32::from(near(1).fine), casing),
            hash(124, known(-2), known(-1)),
            hash(125, known(1), known(2)),
            hash(126, known(-1), known(0)),
            hash(127, known(0), known(1)),
        ]);
        let coarse = |d: isize| u32::from(near(d).coarse);
        rows.push_all([
            hash(128, coarse(-1) << 8 | coarse(0), coarse(1)),
            hash(129, coarse(0), w.shape),
            hash(130, known(-2), casing),
            hash(131, known(2), casing),
            hash(132, known(-1), known(1)),
        ]);
    }

    /// The word's neighbours at its other places in the article.
    fn push_elsewhere(&self, i: usize, rows: &mut Rows) {
        let Some(e) = self.elsewhere.get(&self.words[i].low) else { return };
        for &place in &e.places[..usize::from(e.count)] {
            let place = place as usize;
            if place == i {
                continue;
            }
            // Neighbours may lie in another sentence: a full stop then says so.
            if let Some(before) = place.checked_sub(1).and_then(|p| self.words.get(p)) {
                rows.push_all([hash(90, before.low, 0), hash(133, u32::from(before.kin.middle), 0)]);
                push_bits(rows, 91, before.flags);
            }
            if let Some(after) = self.words.get(place + 1) {
                rows.push_all([hash(92, after.low, 0), hash(134, u32::from(after.kin.middle), 0)]);
                push_bits(rows, 93, after.flags);
            }
            if self.words[place].phrase != 0 {
                rows.push(hash(94, u32::from(self.words[place].phrase), 0));
            }
        }
    }

    /// The capitalised run the word stands in: its head word and what frames it.
    fn push_run(&self, range: &Range<usize>, i: usize, rows: &mut Rows) {
        let capital = |w: &Word| matches!(w.casing, Casing::Capital | Casing::Upper | Casing::Mixed);
        let mut end = i;
        while end + 1 < range.end && end < i + 5 && capital(&self.words[end + 1]) {
            end += 1;
        }
        let mut start = i;
        while start > range.start && start + 5 > i && capital(&self.words[start - 1]) {
            start -= 1;
        }
        let (before, after) =
            (start.checked_sub(1).filter(|p| range.contains(p)), Some(end + 1).filter(|p| range.contains(p)));
        let low = |p: Option<usize>| p.map_or(1, |p| self.words[p].low);
        rows.push_all([
            hash(95, self.words[end].low, (end - i).min(3) as u32),
            hash(96, low(before), (i - start).min(3) as u32),
            hash(97, low(after), (end - i).min(3) as u32),
            hash(98, u32::from(self.words[end].flags), (end - i).min(3) as u32),
            hash(99, u32::from(self.words[start].flags), (i - start).min(3) as u32),
            hash(100, self.words[end].suffix[2], (end - i).min(2) as u32),
            hash(101, (end - start) as u32, low(after)),
        ]);
        let kin = |p: Option<usize>| p.map_or(0x1ff, |p| u32::from(self.words[p].kin.middle));
        rows.push_all([
            hash(135, u32::from(self.words[end].kin.fine), (end - i).min(3) as u32),
            hash(136, u32::from(self.words[start].kin.fine), (i - start).min(3) as u32),
            hash(137, kin(before), (i - start).min(3) as u32),
            hash(138, kin(after), (end - i).min(3) as u32),
            hash(139, kin(Some(end)), kin(before)),
            hash(140, kin(Some(end)), kin(after)),
        ]);
    }
}

/// Whether what follows this word begins a sentence of its own: a mark at the start.
fn opens(word: &Word, first: bool) -> bool {
    word.casing == Casing::Mark && first
}

fn push_bits(rows: &mut Rows, template: u8, flags: u16) {
    let mut rest = flags;
    while rest != 0 {
        let bit = rest.trailing_zeros();
        rows.push(hash(template, bit, 7));
        rest &= rest - 1;
    }
}

fn read(word: &str, folded: &str, kind: TokenKind, flags: u16) -> Word {
    let low = match kind {
        TokenKind::Number => word_hash(if folded.len() == 4 { "0000" } else { "0" }),
        _ => word_hash(folded),
    };
    let mut prefix = [0; 3];
    for (k, (at, c)) in folded.char_indices().take(3).enumerate() {
        prefix[k] = word_hash(&folded[..at + c.len_utf8()]);
    }
    let mut suffix = [0; 4];
    for (k, (at, _)) in folded.char_indices().rev().take(4).enumerate() {
        suffix[k] = word_hash(&folded[at..]);
    }
    let (casing, shape) = shape(word, kind);
    Word {
        low,
        shape,
        prefix,
        suffix,
        casing,
        known: WordClass::default(),
        kin: Kin::default(),
        flags,
        phrase: 0,
        phrase_first: false,
        quoted: false,
        seen: 0,
        name: 0,
        name_first: false,
    }
}

/// Casing, and a hash of the squeezed shape: "Xx", "XX.", "0x".
fn shape(word: &str, kind: TokenKind) -> (Casing, u32) {
    let (mut upper, mut lower, mut last, mut h, mut len) = (0, 0, ' ', 0x811c_9dc5_u32, 0);
    for c in word.chars().take(24) {
        let class = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c if c.is_numeric() => '0',
            '’' | '\'' => '\'',
            c if c.is_ascii() => c,
            _ => '*',
        };
        upper += usize::from(class == 'X');
        lower += usize::from(class == 'x');
        if class != last {
            h = (h ^ class as u32).wrapping_mul(0x0100_0193);
            last = class;
        }
        len += 1;
    }
    let first_upper = word.chars().next().is_some_and(char::is_uppercase);
    let casing = match kind {
        TokenKind::Number => Casing::Number,
        TokenKind::Mark => Casing::Mark,
        _ if upper == 0 => Casing::Lower,
        _ if first_upper && upper == 1 && (lower > 0 || len == 1 || word.ends_with('.')) => Casing::Capital,
        _ if lower == 0 => Casing::Upper,
        _ => Casing::Mixed,
    };
    // Short and long upper-case words differ: "UN", "COMMUNIQUE".
    let size = if casing == Casing::Upper { len.min(6) } else { usize::from(len == 1) };
    (casing, (h ^ size as u32).wrapping_mul(0x0100_0193))
}

/// Whether flags can be a place's.
pub fn is_place(flags: u16) -> bool {
    flags & (flag::LARGE_CITY | flag::CITY | flag::COUNTRY | flag::REGION) != 0
}
