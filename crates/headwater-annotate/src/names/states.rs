//! States that no lexicon knows and the text itself tells of: "Kestria", "the Kestrian government", "Tarvik, the
//! Kestrian capital".
//!
//! Reads the words around capitalised words; a state is believed when the article treats it as one. What several
//! articles tell can be put together ([`Told::join`]) and given back, so that "with the consent of Tarvik" is a
//! government where another report says what Tarvik is. Names of states the lexicon knows are left alone.

use super::features::Sheet;
use super::gazetteer::{flag, phrase_hash};
use super::lexicon::{Country, Known, Lexicon};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// What texts tell of states that no lexicon knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// By stem: "kestr" for "Kestria" and "Kestrian".
    states: BTreeMap<String, State>,
}

/// One state: the folded words for it with the number of times each stands, and how it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct State {
    names: Words,
    demonyms: Words,
    capitals: Words,
}

/// Folded words, as they are written, how often.
type Words = BTreeMap<String, (String, u32)>;

/// Nouns of a state: what stands before them as an adjective is a people.
const OF_A_STATE: &[&str] = &[
    "government",
    "parliament",
    "president",
    "presidential",
    "army",
    "navy",
    "military",
    "troops",
    "embassy",
    "ambassador",
    "capital",
    "premier",
    "cabinet",
    "constitution",
    "border",
    "flag",
    "flagged",
    "territory",
    "territorial",
    "coast",
    "foreign",
    "prime",
    "defence",
    "defense",
    "interior",
    "intelligence",
    "ministry",
    "minister",
    "authorities",
];

/// Bodies and people of a state, which a region or a faith may have too: they tell only beside the state's name.
const OF_A_PEOPLE: &[&str] = &[
    "police",
    "officials",
    "official",
    "investigators",
    "prosecutors",
    "forces",
    "soldiers",
    "citizens",
    "town",
    "city",
    "side",
    "state",
    "media",
    "people",
    "port",
    "harbour",
    "harbor",
    "waters",
    "airspace",
    "leader",
    "company",
];

/// Words with the ending of a people that are none.
const NO_PEOPLE: &[&str] = &[
    "christian",
    "lutheran",
    "presbyterian",
    "anglican",
    "republican",
    "libertarian",
    "victorian",
    "elizabethan",
    "roman",
    "puritan",
    "unitarian",
    "wesleyan",
    "civilian",
    "metropolitan",
    "vatican",
    "european",
    "african",
    "asian",
    "american",
    "indian",
    "arabian",
    "scandinavian",
    "balkan",
    "caribbean",
    "mediterranean",
    "guardian",
    "median",
];

/// Shortest stem of a state's name, in letters.
const LEAST_STEM: usize = 3;

/// Words between a people and the noun that tells it: "Velmoran transport ministry".
const REACH: usize = 2;

/// Words back that "the capital" looks for its country.
const REACH_OF_CAPITALS: usize = 60;

/// Longest name of a capital, in words.
const LONGEST_CAPITAL: usize = 3;

/// Most states kept of one article or many.
const MOST_STATES: usize = 64;

impl Told {
    /// Whether nothing is told.
    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
    }

    /// Adds what another article tells.
    pub fn join(&mut self, other: &Told) {
        for (stem, state) in &other.states {
            if self.states.len() >= MOST_STATES && !self.states.contains_key(stem) {
                continue;
            }
            let own = self.states.entry(stem.clone()).or_default();
            for (mine, theirs) in [
                (&mut own.names, &state.names),
                (&mut own.demonyms, &state.demonyms),
                (&mut own.capitals, &state.capitals),
            ] {
                for (word, (written, n)) in theirs {
                    // Of two ways to write a word the same, the one that sorts last: "Kestria" after "KESTRIA".
                    let entry = mine.entry(word.clone()).or_insert_with(|| (written.clone(), 0));
                    entry.0 = entry.0.clone().max(written.clone());
                    entry.1 += n;
                }
            }
        }
    }

    /// Whether a text has a word that this tells of and `own`, what the text tells by itself, does not.
    pub fn adds_to(&self, own: &Told, text: &str) -> bool {
        self.words().any(|(written, role)| {
            !own.words().any(|(w, r)| r == role && w.eq_ignore_ascii_case(written))
                && stands_in(written, text)
        })
    }

    fn words(&self) -> impl Iterator<Item = (&str, u8)> {
        self.states.values().flat_map(|s| {
            let all = [(&s.names, 0), (&s.demonyms, 1), (&s.capitals, 2)];
            all.into_iter().flat_map(|(words, role)| words.values().map(move |w| (w.0.as_str(), role)))
        })
    }
}

/// Whether a word stands in a text, as it is written or in capitals.
fn stands_in(written: &str, text: &str) -> bool {
    text.contains(written) || text.contains(&written.to_uppercase())
}

/// The lexicon with the states that the article tells of.
pub(super) struct Atlas<'l> {
    pub(super) lexicon: &'l Lexicon,
    told: Vec<Country>,
    known: FxHashMap<u32, Known>,
}

impl<'l> Atlas<'l> {
    pub(super) fn new(lexicon: &'l Lexicon, told: &Told) -> Self {
        let mut atlas = Atlas { lexicon, told: Vec::new(), known: FxHashMap::default() };
        // A town that two states claim is the capital of neither.
        let mut claims: BTreeMap<&str, u32> = BTreeMap::new();
        for state in told.states.values() {
            state.capitals.keys().for_each(|c| *claims.entry(c).or_default() += 1);
        }
        for (stem, state) in &told.states {
            let at = (lexicon.countries.len() + atlas.told.len()) as u16;
            let best = |words: &Words| {
                words
                    .values()
                    .max_by_key(|(w, n)| (*n, std::cmp::Reverse(w)))
                    .map(|w| titled(&w.0))
                    .unwrap_or_default()
            };
            let name = if state.names.is_empty() { best(&state.demonyms) } else { best(&state.names) };
            atlas.told.push(Country {
                code: format!("x-{stem}"),
                wikidata: String::new(),
                name,
                capital: best(&state.capitals),
            });
            for word in state.names.keys() {
                atlas.known.entry(hash_of(word)).or_default().country = Some(at);
            }
            for word in state.demonyms.keys() {
                atlas.known.entry(hash_of(word)).or_default().demonym = Some(at);
                atlas.known.entry(hash_of(&format!("{word}s"))).or_default().demonym = Some(at);
            }
            for word in state.capitals.keys().filter(|w| claims[w.as_str()] == 1) {
                atlas.known.entry(hash_of(word)).or_default().capital = Some(at);
            }
        }
        atlas
    }

    /// What a phrase hash is known as.
    pub(super) fn known(&self, hash: u32) -> Option<Known> {
        self.lexicon.known(hash).or_else(|| self.known.get(&hash).copied())
    }

    /// The country with this index.
    pub(super) fn country(&self, at: u16) -> Option<&Country> {
        let own = self.lexicon.countries.len();
        match usize::from(at).checked_sub(own) {
            Some(told) => self.told.get(told),
            None => self.lexicon.country(at),
        }
    }

    /// Whether a country is one that only texts tell of.
    pub(super) fn is_told(&self, at: u16) -> bool {
        usize::from(at) >= self.lexicon.countries.len()
    }
}

/// "KESTRIA" as "Kestria".
fn titled(word: &str) -> String {
    if word.chars().any(char::is_lowercase) {
        return word.to_owned();
    }
    let mut out = String::with_capacity(word.len());
    let mut first = true;
    for c in word.chars() {
        if first {
            out.extend(c.to_uppercase())
        } else {
            out.extend(c.to_lowercase())
        }
        first = !c.is_alphanumeric();
    }
    out
}

fn hash_of(folded: &str) -> u32 {
    folded.split(' ').fold(0, phrase_hash)
}

/// The stem that a state's name and its people share; `None` when too little is left.
fn stem(word: &str) -> Option<&str> {
    let rest = match word {
        w if w.ends_with("ans") => &w[..w.len() - 2],
        w if w.ends_with("an") => &w[..w.len() - 1],
        w if w.ends_with("ese") || w.ends_with("ish") => &w[..w.len() - 3],
        w => w,
    };
    let stem = rest.trim_end_matches(['a', 'e', 'i', 'o', 'u', 'y']);
    (stem.chars().count() >= LEAST_STEM).then_some(stem)
}

fn is_people(word: &str) -> bool {
    ["an", "ans", "ese", "ish"].iter().any(|e| word.ends_with(e))
        && !NO_PEOPLE.contains(&word.strip_suffix('s').unwrap_or(word))
}

/// What speaks for a stem's being a state's.
#[derive(Default)]
struct Evidence {
    /// A people's word before a noun that only states have.
    strong: u32,
    /// A people's word before a noun that peoples have.
    weak: u32,
    /// The name where places stand: "in Kestria", "between Velmora and Kestria".
    place: u32,
    /// The name as one that governs: "government of Kestria", "Kestria's navy".
    governs: u32,
    names: Words,
    demonyms: Words,
}

/// The states that an article tells of.
pub(super) fn find(text: &str, sheet: &Sheet, lexicon: &Lexicon) -> Told {
    let mut found: BTreeMap<String, Evidence> = BTreeMap::new();
    for range in &sheet.sentences {
        for i in range.clone().filter(|&i| may_be(sheet, lexicon, i)) {
            let word = sheet.low(i);
            let Some(stem) = stem(word) else { continue };
            let next = |d: usize| if i + d < range.end { sheet.low(i + d) } else { "" };
            let before = if i > range.start { sheet.low(i - 1) } else { "" };
            let in_name = i > range.start && sheet.is_capital(i - 1) && !sheet.is_upper(i);
            let people = is_people(word)
                && next(1) != "'s"
                && sheet.flags(i) & (flag::SURNAME | flag::PERSON_PART) == 0;
            let written = sheet.units[i].span.of(text);
            if people {
                let told = |list: &[&str]| {
                    (1..=1 + REACH)
                        .take_while(|d| *d == 1 || !sheet.is_capital(i + d - 1) || next(d - 1) == "-")
                        .any(|d| list.contains(&next(d)))
                };
                let (strong, weak) = (told(OF_A_STATE), told(OF_A_PEOPLE));
                let e = found.entry(stem.to_owned()).or_default();
                e.strong += u32::from(strong);
                e.weak += u32::from(weak || word.ends_with('s'));
                let singular = word.strip_suffix('s').filter(|_| word.ends_with("ans")).unwrap_or(word);
                let written = written.get(..singular.len()).unwrap_or(written);
                add(&mut e.demonyms, singular, written);
            } else if !in_name && !sheet.is_capital(i + 1) {
                let owner = next(1) == "'s" && (2..=3).any(|d| OF_A_STATE.contains(&next(d)));
                let of = before == "of" && i > range.start + 1 && {
                    let head = sheet.low(i - 2);
                    OF_A_STATE.contains(&head) || matches!(head, "republic" | "kingdom" | "people")
                };
                let place = matches!(before, "in" | "into" | "between") && next(1) != "'s";
                let e = found.entry(stem.to_owned()).or_default();
                e.governs += u32::from(owner || of);
                e.place += u32::from(place);
                add(&mut e.names, word, written);
            }
        }
    }
    let mut told = Told::default();
    for (stem, e) in found {
        // Both words, one of them as only states have it; or one alone, clearly.
        let both = !e.names.is_empty() && !e.demonyms.is_empty();
        let believed = both && (e.strong > 0 || e.governs > 0 || e.weak > 1)
            || e.strong > 1 && e.names.is_empty()
            || e.governs > 0 && e.place > 0;
        if believed && told.states.len() < MOST_STATES {
            told.states
                .insert(stem, State { names: e.names, demonyms: e.demonyms, capitals: Words::default() });
        }
    }
    if !told.is_empty() {
        capitals(text, sheet, lexicon, &mut told);
    }
    told
}

fn add(words: &mut Words, folded: &str, written: &str) {
    let entry = words.entry(folded.to_owned()).or_insert_with(|| (written.to_owned(), 0));
    entry.0 = std::mem::take(&mut entry.0).max(written.to_owned());
    entry.1 += 1;
}

/// Whether a unit can be a state's word that the lexicon does not know.
fn may_be(sheet: &Sheet, lexicon: &Lexicon, i: usize) -> bool {
    const OTHER: u16 = flag::CITY
        | flag::LARGE_CITY
        | flag::COUNTRY
        | flag::REGION
        | flag::DEMONYM
        | flag::ORGANISATION
        | flag::FORENAME_MALE
        | flag::FORENAME_FEMALE;
    let word = sheet.low(i);
    sheet.is_capital(i)
        && sheet.flags(i) & OTHER == 0
        && word.len() > LEAST_STEM
        && word.chars().all(char::is_alphabetic)
        && !sheet.seen_lower(i)
        && lexicon.known(phrase_hash(0, word)).is_none()
}

/// Seats of the states told: "Tarvik, the Kestrian capital", "Lisende, the capital".
fn capitals(text: &str, sheet: &Sheet, lexicon: &Lexicon, told: &mut Told) {
    let mut words: FxHashMap<&str, &str> = FxHashMap::default();
    let states = told.states.clone();
    for (stem, state) in &states {
        for word in state.names.keys().chain(state.demonyms.keys()) {
            words.insert(word, stem);
        }
    }
    for range in &sheet.sentences {
        for i in range.clone().filter(|&i| sheet.low(i) == "capital") {
            let low = |k: Option<usize>| k.filter(|k| range.contains(k)).map_or("", |k| sheet.low(k));
            let back = |d: usize| i.checked_sub(d);
            // Whose: "Kestrian capital", "Kestria's capital", "capital of Kestria", or the country told last.
            let (of, start) = if let Some(stem) = words.get(low(back(1))) {
                (Some(*stem), back(1))
            } else if low(back(1)) == "'s" {
                (words.get(low(back(2))).copied(), back(2))
            } else if low(Some(i + 1)) == "of" {
                (words.get(low(Some(i + 2))).copied(), Some(i))
            } else if low(back(1)) == "the" && low(back(2)) == "," {
                let last = (i.saturating_sub(REACH_OF_CAPITALS)..i).rev().find(|&k| {
                    words.contains_key(sheet.low(k))
                        || lexicon.known(phrase_hash(0, sheet.low(k))).is_some_and(|k| k.country.is_some())
                });
                (last.and_then(|k| words.get(sheet.low(k)).copied()), Some(i))
            } else {
                (None, None)
            };
            let (Some(stem), Some(mut start)) = (of, start) else { continue };
            if start > range.start && low(start.checked_sub(1)) == "the" {
                start -= 1;
            }
            // Which town: before a comma, or after.
            let before = start.checked_sub(2).filter(|_| low(start.checked_sub(1)) == ",");
            let named = before.filter(|b| range.contains(b) && sheet.is_capital(*b)).map(|end| {
                let first = (end.saturating_sub(LONGEST_CAPITAL - 1)..=end)
                    .rev()
                    .take_while(|k| {
                        let opens = *k == range.start && *k < end && lexicon.is_small(sheet.low(*k));
                        range.contains(k) && sheet.is_capital(*k) && !opens
                    })
                    .last()
                    .unwrap_or(end);
                (first, end + 1)
            });
            let after = || {
                let mut at = i + 1;
                if low(Some(at)) == "of" {
                    at += 2;
                }
                at += usize::from(low(Some(at)) == ",");
                let end =
                    (at..range.end.min(at + LONGEST_CAPITAL)).take_while(|&k| sheet.is_capital(k)).last()?
                        + 1;
                Some((at, end))
            };
            if let Some((first, end)) = named.or_else(after) {
                let folded: Vec<&str> = (first..end).map(|k| sheet.low(k)).collect();
                let whole = folded.join(" ");
                let known = lexicon.known(hash_of(&whole)).is_some() || words.contains_key(whole.as_str());
                if !known && let Some(state) = told.states.get_mut(stem) {
                    let written = sheet.units[first].span.cover(sheet.units[end - 1].span).of(text);
                    add(&mut state.capitals, &whole, written);
                }
            }
        }
    }
}
