//! From tagged names to mentions: trims them, adds what the lexicon and the rest of the article know, and
//! tells a government that acts from the place of the same name.
//!
//! The tagger reads sentence by sentence; this pass reads the article as a whole.

use super::features::Sheet;
use super::gazetteer::{flag, phrase_hash};
use super::lexicon::{Known, MAX_UNITS};
use super::local::is_family_first;
use super::pos::Pos;
use super::states::Atlas;
use super::tagging::{Class, Found};
use super::{actors, bodies, titles, vessels};
use headwater_model::NameKind;
use headwater_model::text::calendar;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// One mention, before it is known what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// Its units.
    pub(super) units: Range<usize>,
    /// What it stands for here.
    pub(super) kind: NameKind,
    /// What the lexicon knows of the words.
    pub(super) known: Known,
    /// The country it is said to belong to: "South Korea's …", "South Korean …".
    pub(super) country: Option<u16>,
    /// The role of a body of a state: "… intelligence officials".
    pub(super) role: Option<u16>,
    /// With the words that tell the country.
    pub(super) whole: Range<usize>,
}

impl Mention {
    pub(super) fn new(units: Range<usize>, kind: NameKind, known: Known) -> Self {
        Mention { whole: units.clone(), units, kind, known, country: None, role: None }
    }
}

/// Known single words this short count only when written in capitals: "US" and "us", "IS" and "is".
const SHORT: usize = 4;

/// A single word must have been found this often before it counts as a name where the tagger saw none.
const LEAST_TIMES: u32 = 3;

/// What the gazetteer may know of a family name that stands alone; one that is a place's or a body's too does not count.
const PERSON_FLAGS: u16 = flag::FORENAME_FEMALE | flag::FORENAME_MALE | flag::SURNAME | flag::PERSON_PART;

/// Longest name that is looked for elsewhere in the article, in units.
const LONGEST_REPEAT: usize = 6;

/// Longest name, in units: the longest official names have some fifteen words. By judgement.
const MOST_UNITS: usize = 24;

/// Longest name, in bytes. By judgement.
const MOST_BYTES: u32 = 400;

/// Whether a run of capitalised words is short enough to be a name.
fn is_bounded(sheet: &Sheet, units: &Range<usize>) -> bool {
    let bytes = sheet.units[units.end - 1].span.end - sheet.units[units.start].span.start;
    units.len() <= MOST_UNITS && bytes <= MOST_BYTES
}

/// All mentions in order; they do not overlap.
pub(super) fn collect(
    text: &str,
    sheet: &Sheet,
    pos: &[Pos],
    found: Vec<Found>,
    atlas: &Atlas,
) -> Vec<Mention> {
    let mut mentions = Vec::with_capacity(found.len());
    for name in found.into_iter().flat_map(|name| split_countries(sheet, atlas, name)) {
        if let Some(units) = trim(sheet, atlas, &name).filter(|units| is_bounded(sheet, units)) {
            let known = atlas.known(hash(sheet, &units)).unwrap_or_default();
            mentions.push(Mention::new(units, kind(name.class, known, atlas), known));
        }
    }
    vessels::drop(sheet, &mut mentions);
    not_people(sheet, &mut mentions);
    add_landforms(sheet, &mut mentions);
    landforms(sheet, &mut mentions);
    add_known(text, sheet, pos, atlas, &mut mentions);
    agree(sheet, &mut mentions);
    add_repeats(sheet, pos, &mut mentions);
    regions(sheet, &mut mentions);
    institutions(sheet, atlas, &mut mentions);
    mentions.iter_mut().for_each(|m| bodies::of_a_state(sheet, atlas, m));
    bodies::governments(sheet, atlas, &mut mentions);
    for i in 0..mentions.len() {
        let m = &mentions[i];
        let known = m.known.country.is_some() || m.known.capital.is_some();
        if m.kind == NameKind::Place && known && actors::acts(sheet, pos, &mentions, i) {
            mentions[i].kind = NameKind::Government;
        } else if let Some(body) = m.known.seat.filter(|_| m.kind == NameKind::Place)
            && actors::acts(sheet, pos, &mentions, i)
        {
            mentions[i].kind = NameKind::Organisation;
            mentions[i].known = Known { organisation: Some(body), ..Known::default() };
        }
    }
    mentions
}

fn kind(class: Class, known: Known, atlas: &Atlas) -> NameKind {
    if known.seat.is_some() && known.country.is_none() && class != Class::Person {
        return NameKind::Place;
    }
    let only_people = known.demonym.is_some()
        && known.country.is_none()
        && known.capital.is_none()
        && known.organisation.is_none();
    match class {
        _ if only_people && class != Class::Person => NameKind::Nationality,
        Class::Person => NameKind::Person,
        Class::Organisation if known.country.is_some() && known.organisation.is_none() => NameKind::Place,
        Class::Organisation if known.capital.is_some_and(|c| atlas.is_told(c)) => NameKind::Place,
        Class::Organisation => NameKind::Organisation,
        Class::Place
            if known.organisation.is_some() && known.country.is_none() && known.capital.is_none() =>
        {
            NameKind::Organisation
        }
        Class::Place => NameKind::Place,
        Class::Event => NameKind::Event,
    }
}

/// Nouns of land and water that stand before "of" and a name.
const LAND_OF: &[&str] = &[
    "strait",
    "straits",
    "gulf",
    "bay",
    "sea",
    "cape",
    "isle",
    "isles",
    "lake",
    "river",
    "valley",
    "peninsula",
];

/// Nouns of land and water that end a name and hardly ever a body's.
const LAND: &[&str] = &[
    "strait",
    "straits",
    "shoal",
    "shoals",
    "peninsula",
    "archipelago",
    "estuary",
    "fjord",
    "reef",
    "plateau",
];

/// Last words of buildings' and sites' names; none is a family name of note.
const BUILDINGS: &[&str] = &[
    "tower",
    "towers",
    "palace",
    "airport",
    "hotel",
    "plaza",
    "square",
    "stadium",
    "arena",
    "avenue",
    "boulevard",
    "cathedral",
    "mosque",
    "museum",
    "terminal",
    "expressway",
    "highway",
];

/// "Strait of Sarrin", "Vela Shoal", "Morrow Tower": places whatever they look like.
fn landforms(sheet: &Sheet, mentions: &mut [Mention]) {
    for m in mentions.iter_mut().filter(|m| m.units.len() > 1 && m.known == Known::default()) {
        let of = LAND_OF.contains(&sheet.low(m.units.start)) && sheet.low(m.units.start + 1) == "of";
        let last = LAND.contains(&sheet.low(m.units.end - 1)) && m.units.len() <= 3;
        let built = m.kind == NameKind::Person && BUILDINGS.contains(&sheet.low(m.units.end - 1));
        if (of || last) && m.kind != NameKind::Nationality || built {
            m.kind = NameKind::Place;
        }
    }
}

/// Adds "Sarrin Strait" and "Strait of Sarrin" where the tagger saw no name: the words leave no doubt.
fn add_landforms(sheet: &Sheet, mentions: &mut Vec<Mention>) {
    let mut added: Vec<Range<usize>> = Vec::new();
    for (_, range) in sheet.sentences.iter().enumerate().filter(|(s, _)| sheet.is_plain(*s)) {
        for i in range.clone().filter(|i| sheet.is_capital(*i)) {
            let word = sheet.low(i);
            let units = if LAND_OF.contains(&word) && sheet.low(i + 1) == "of" && sheet.is_capital(i + 2) {
                i..i + 3
            } else if LAND.contains(&word) && i > range.start && sheet.is_capital(i - 1) {
                i - 1..i + 1
            } else {
                continue;
            };
            let at = mentions.partition_point(|m| m.units.end <= units.start);
            let taken = mentions.get(at).is_some_and(|m| m.units.start < units.end);
            if units.end <= range.end && !taken && added.last().is_none_or(|l| l.end <= units.start) {
                added.push(units);
            }
        }
    }
    mentions.extend(added.into_iter().map(|units| Mention::new(units, NameKind::Place, Known::default())));
    mentions.sort_by_key(|m| m.units.start);
}

/// A country's or capital's name by itself is no person, unless the article has a person of that name.
fn not_people(sheet: &Sheet, mentions: &mut [Mention]) {
    let mut parts: Vec<&str> = mentions
        .iter()
        .filter(|m| m.kind == NameKind::Person && m.units.len() > 1)
        .flat_map(|m| m.units.clone().map(|i| sheet.low(i)))
        .collect();
    parts.sort_unstable();
    for m in mentions
        .iter_mut()
        .filter(|m| m.kind == NameKind::Person && (m.known.country.is_some() || m.known.capital.is_some()))
    {
        if m.units.len() > 1 || parts.binary_search(&sheet.low(m.units.start)).is_err() {
            m.kind = NameKind::Place;
        }
    }
}

pub(super) fn hash(sheet: &Sheet, units: &Range<usize>) -> u32 {
    units.clone().fold(0, |h, i| phrase_hash(h, sheet.low(i)))
}

/// "Russia-North Korea": a country, a hyphen and more are two names.
fn split_countries(sheet: &Sheet, atlas: &Atlas, name: Found) -> Vec<Found> {
    let country = |units: Range<usize>| {
        !units.is_empty() && atlas.known(hash(sheet, &units)).is_some_and(|k| k.country.is_some())
    };
    if name.units.len() > MAX_UNITS {
        return vec![name];
    }
    // "Velmora's Marine Accident Commission": the state, and its body.
    let owner = name.units.clone().skip(1).find(|&i| sheet.low(i) == "'s" && i + 1 < name.units.end);
    if let Some(at) = owner.filter(|at| country(name.units.start..*at)) {
        return vec![
            Found { units: name.units.start..at, class: Class::Place },
            Found { units: at + 1..name.units.end, class: name.class },
        ];
    }
    for at in name.units.clone().filter(|&i| matches!(sheet.low(i), "-" | "–")) {
        let longest = (at + 1..=name.units.end).rev().find(|&end| country(at + 1..end));
        if country(name.units.start..at) && longest.is_some() {
            let second = at + 1..longest.unwrap_or(name.units.end);
            return vec![
                Found { units: name.units.start..at, class: Class::Place },
                Found { units: second, class: Class::Place },
            ];
        }
    }
    vec![name]
}

/// "Atlanta, Georgia": a name that is a country's and a region's is the region's after a town, and in the rest of an
/// article that names no town's country otherwise.
fn regions(sheet: &Sheet, mentions: &mut [Mention]) {
    let both = flag::REGION | flag::COUNTRY;
    let is_both = |m: &Mention| {
        m.kind == NameKind::Place
            && m.units.len() == 1
            && m.known.country.is_some()
            && sheet.flags(m.units.start) & both == both
    };
    let after_town = |m: &Mention| {
        let at = m.units.start;
        at >= 2
            && sheet.low(at - 1) == ","
            && sheet.is_capital(at - 2)
            && sheet.flags(at - 2) & flag::CITY != 0
    };
    let mut told: Vec<Option<u16>> =
        mentions.iter().filter(|m| is_both(m) && after_town(m)).map(|m| m.known.country).collect();
    told.sort_unstable();
    told.dedup();
    told.retain(|country| {
        !mentions.iter().any(|m| m.known.demonym == *country || m.known.capital == *country)
    });
    for m in mentions.iter_mut().filter(|m| is_both(m) && told.contains(&m.known.country)) {
        m.known = Known::default();
    }
}

/// Takes titles, articles and possessives off a name; `None` when nothing is left.
fn trim(sheet: &Sheet, atlas: &Atlas, name: &Found) -> Option<Range<usize>> {
    let Range { mut start, mut end } = name.units.clone();
    while end > start && (sheet.low(end - 1) == "'s" || sheet.low(end - 1) == "'") {
        end -= 1;
    }
    if name.class == Class::Person {
        while end - start > 1
            && (titles::office(sheet.low(start)).is_some() || titles::address(sheet.low(start)).is_some())
        {
            start += 1;
        }
    } else if end - start > 1 && sheet.low(start) == "the" {
        start += 1;
    }
    // "told the Harbour Board Tuesday": the day is none of the name; "Black Friday" has no name before it.
    if end - start > 2 && calendar::weekday_of(sheet.low(end - 1)).is_some() {
        end -= 1;
    }
    // "the Kestrian city of Korvin" is Korvin.
    if name.class == Class::Place
        && let Some(of) = (start + 1..end).rev().find(|&i| sheet.low(i) == "of" && i + 1 < end)
        && !sheet.is_capital(of - 1)
        && (start..of).all(|i| {
            !sheet.is_capital(i)
                || atlas.known(phrase_hash(0, sheet.low(i))).is_some_and(|k| k.demonym.is_some())
        })
    {
        start = of + 1;
    }
    (start..end)
        .any(|i| sheet.is_capital(i) || sheet.low(i).starts_with(|c: char| c.is_alphanumeric()))
        .then_some(start..end)
}

/// Adds names of the lexicon that the tagger missed, and widens those it found in part.
fn add_known(text: &str, sheet: &Sheet, pos: &[Pos], atlas: &Atlas, mentions: &mut Vec<Mention>) {
    let mut added = Vec::new();
    for range in &sheet.sentences {
        let mut i = range.start;
        while i < range.end {
            let Some((len, known)) = longest(sheet, atlas, i, range.end) else {
                i += 1;
                continue;
            };
            if believable(text, sheet, pos, range, i, len, known) {
                added.push((i..i + len, known));
            }
            i += len;
        }
    }
    let mut out = Vec::with_capacity(mentions.len() + added.len());
    let mut tagged = std::mem::take(mentions).into_iter().peekable();
    for (units, known) in added {
        while let Some(m) = tagged.next_if(|m| m.units.end <= units.start) {
            out.push(m);
        }
        let inside = tagged.peek().is_some_and(|m| m.units.start <= units.start && m.units.end >= units.end);
        let straddles = tagged.peek().is_some_and(|m| {
            m.units.start < units.start && m.units.end > units.start && m.units.end < units.end
        });
        let before = out.last().is_some_and(|m: &Mention| m.units.end > units.start);
        if inside || straddles || before {
            continue;
        }
        // What lies within the known name gives way to it.
        while tagged.next_if(|m| m.units.start < units.end && m.units.end <= units.end).is_some() {}
        if tagged.peek().is_some_and(|m| m.units.start < units.end) {
            continue;
        }
        let kind = match known {
            Known { organisation: Some(_), country: None, capital: None, .. } => NameKind::Organisation,
            Known { country: None, capital: None, seat: None, .. } => NameKind::Nationality,
            _ => NameKind::Place,
        };
        out.push(Mention::new(units, kind, known));
    }
    out.extend(tagged);
    *mentions = out;
}

fn longest(sheet: &Sheet, atlas: &Atlas, start: usize, end: usize) -> Option<(usize, Known)> {
    if !sheet.is_capital(start) && !sheet.low(start).starts_with("al") {
        return None;
    }
    let (mut h, mut best) = (0, None);
    for k in 0..MAX_UNITS.min(end - start) {
        h = phrase_hash(h, sheet.low(start + k));
        if let Some(known) = atlas.known(h) {
            best = Some((k + 1, known));
        }
    }
    best
}

/// Whether a phrase of the lexicon is a name here and no common word.
fn believable(
    text: &str,
    sheet: &Sheet,
    pos: &[Pos],
    sentence: &Range<usize>,
    i: usize,
    len: usize,
    known: Known,
) -> bool {
    let last = i + len - 1;
    if !sheet.is_capital(last) && sheet.units[last].span.of(text).chars().any(char::is_alphabetic) && len == 1
    {
        return false;
    }
    if len > 1 {
        return (i..=last).filter(|&k| sheet.is_capital(k)).count() * 2 >= len;
    }
    if sheet.units[i].span.len() <= SHORT
        && known.demonym.is_none_or(|_| known.country.is_some())
        && !sheet.is_upper(i)
        && known.organisation.is_some_and(|_| true)
    {
        return false;
    }
    if sheet.units[i].span.len() <= 3 && !sheet.is_upper(i) && !sheet.low(i).contains('.') {
        return false;
    }
    let proper = pos.get(i).is_some_and(|p| matches!(p, Pos::ProperNoun));
    if known.seat.is_some() {
        return proper;
    }
    let only_organisation = known.country.is_none() && known.capital.is_none() && known.demonym.is_none();
    if only_organisation {
        let acronym = sheet.is_upper(i) && sheet.units[i].span.len() >= 3;
        if acronym {
            return sheet.is_plain(sheet.sentence_of(i));
        }
        return proper
            && !sheet.seen_lower(i)
            && (i > sentence.start || sheet.is_upper(i))
            && sheet.is_plain(sheet.sentence_of(i));
    }
    // A capitalised neighbour may make it a part of a longer name that the tagger would have seen.
    proper || known.demonym.is_some() || i > sentence.start
}

/// One kind for one spelling: a kind seen at least three times as often, and three times in running text, wins.
/// (Chosen on the held-out documents of the training data: a weaker majority costs more than it gives.)
fn agree(sheet: &Sheet, mentions: &mut [Mention]) {
    let mut votes: FxHashMap<u32, [u32; 4]> = FxHashMap::default();
    for m in mentions.iter() {
        if let Some(k) = slot(m.kind) {
            // Running text tells more than headlines do.
            let weight = if sheet.is_plain(sheet.sentence_of(m.units.start)) { 2 } else { 1 };
            votes.entry(hash(sheet, &m.units)).or_default()[k] += weight;
        }
    }
    for m in mentions.iter_mut() {
        let Some(own) = slot(m.kind) else { continue };
        let Some(count) = votes.get(&hash(sheet, &m.units)) else { continue };
        let best = (0..4).fold(own, |b, k| if count[k] > count[b] { k } else { b });
        if best != own && count[best] >= 3 * count[own] && count[best] >= 6 {
            m.kind = [NameKind::Person, NameKind::Organisation, NameKind::Place, NameKind::Event][best];
        }
    }
}

fn slot(kind: NameKind) -> Option<usize> {
    match kind {
        NameKind::Person => Some(0),
        NameKind::Organisation => Some(1),
        NameKind::Place => Some(2),
        NameKind::Event => Some(3),
        NameKind::Government | NameKind::Nationality => None,
    }
}

/// Names found somewhere are names elsewhere too, when they are written the same way.
fn add_repeats(sheet: &Sheet, pos: &[Pos], mentions: &mut Vec<Mention>) {
    let mut forms: FxHashMap<u32, (NameKind, Known, u32)> = FxHashMap::default();
    // the family names of full names, which stand for them later however seldom they do
    let mut families: FxHashSet<u32> = FxHashSet::default();
    let mut taken = vec![false; sheet.units.len()];
    for m in mentions.iter() {
        taken[m.units.clone()].iter_mut().for_each(|t| *t = true);
        if slot(m.kind).is_none() || m.units.len() > LONGEST_REPEAT {
            continue;
        }
        forms.entry(hash(sheet, &m.units)).or_insert((m.kind, m.known, 0)).2 += 1;
        // The family name of a full name stands for it later: its last word, or the first of "Xi Jinping".
        if m.kind == NameKind::Person && m.units.len() > 1 {
            let (first, last) = (m.units.start, m.units.end - 1);
            let first = is_family_first(sheet.low(first)).then_some(first);
            for word in first.into_iter().chain([last]) {
                let hash = hash(sheet, &(word..word + 1));
                if sheet.flags(word) & !PERSON_FLAGS == 0 {
                    families.insert(hash);
                }
                forms.entry(hash).or_insert((m.kind, Known::default(), 0)).2 += 1;
            }
        }
    }
    let mut added = Vec::new();
    for range in &sheet.sentences {
        let mut i = range.start;
        while i < range.end {
            let mut step = 1;
            if sheet.is_capital(i) && !taken[i] {
                let (mut h, mut best) = (0, None);
                for (k, _) in taken
                    .iter()
                    .enumerate()
                    .take(range.end.min(i + LONGEST_REPEAT))
                    .skip(i)
                    .take_while(|(_, t)| !**t)
                {
                    h = phrase_hash(h, sheet.low(k));
                    if let Some(&(kind, known, times)) = forms.get(&h) {
                        let family = k == i && families.contains(&h);
                        best = Some((i..k + 1, kind, known, times.max(if family { LEAST_TIMES } else { 0 })));
                    }
                }
                if let Some((units, kind, known, times)) = best {
                    let single = units.len() == 1;
                    let proper =
                        units.clone().all(|k| pos.get(k).is_some_and(|p| *p == Pos::ProperNoun) || !single);
                    let alone =
                        !single || !(i > range.start && sheet.is_capital(i - 1) || sheet.is_capital(i + 1));
                    let running = sheet.is_plain(sheet.sentence_of(i))
                        && times >= LEAST_TIMES
                        && !sheet.low(i + 1).starts_with('-');
                    if proper && alone && times > 1 && (!single || running && !sheet.seen_lower(i)) {
                        step = units.len();
                        added.push(Mention::new(units, kind, known));
                    }
                }
            }
            i += step;
        }
    }
    mentions.extend(added);
    mentions.sort_by_key(|m| m.units.start);
}

/// Bodies of a state: a country or people, then what the body is.
fn institutions(sheet: &Sheet, atlas: &Atlas, mentions: &mut Vec<Mention>) {
    let mut extra = Vec::new();
    let mut i = 0;
    while i < mentions.len() {
        let m = &mentions[i];
        let country = m.known.demonym.or(m.known.country);
        let Some(country) = country.filter(|_| matches!(m.kind, NameKind::Nationality | NameKind::Place))
        else {
            i += 1;
            continue;
        };
        let sentence = sheet.sentences.get(sheet.sentence_of(m.units.start)).cloned().unwrap_or(0..0);
        let mut at = m.units.end;
        let possessive = sheet.low(at) == "'s" || sheet.low(at) == "'";
        at += usize::from(possessive);
        let start = m.units.start;
        // A name of its own follows: the country is its country.
        if let Some(next) =
            mentions.get_mut(i + 1).filter(|n| n.units.start == at && n.kind == NameKind::Organisation)
        {
            next.country = Some(country);
            next.whole = start..next.units.end;
            if next.role.is_none() {
                next.role = atlas.lexicon.role(hash(sheet, &next.units));
            }
            i += 2;
            continue;
        }
        let role = longest_role(sheet, atlas, at, sentence.end);
        if let Some((end, role)) = role {
            let stop = mentions.get(i + 1).map_or(usize::MAX, |n| n.units.start);
            if end <= stop && (possessive || mentions[i].known.demonym.is_some()) {
                let bodies_name = (at..end).any(|k| sheet.is_capital(k)) && possessive;
                let whole = start..end;
                let units = if bodies_name { at..end } else { whole.clone() };
                let body = Mention {
                    country: Some(country),
                    role: Some(role),
                    whole,
                    ..Mention::new(units, NameKind::Organisation, Known::default())
                };
                if bodies_name {
                    extra.push(body);
                } else {
                    mentions[i] = body;
                    join_coordinated(sheet, atlas, mentions, i, role);
                }
            }
        }
        i += 1;
    }
    mentions.extend(extra);
    mentions.sort_by_key(|m| m.units.start);
}

/// "Western and South Korean intelligence agencies": the first of the pair shares the head.
fn join_coordinated(sheet: &Sheet, atlas: &Atlas, mentions: &mut [Mention], i: usize, role: u16) {
    let start = mentions[i].whole.start;
    if start < 2 || !matches!(sheet.low(start - 1), "and" | "or") {
        return;
    }
    if let Some(first) = i.checked_sub(1).and_then(|k| mentions.get_mut(k))
        && first.units.end == start - 1
        && first.kind == NameKind::Nationality
        && atlas.lexicon.roles.get(usize::from(role)).is_some()
    {
        first.kind = NameKind::Organisation;
        first.country = first.known.demonym;
        first.role = Some(role);
    }
}

/// The longest phrase for a body that begins at `start`; words like "state-run" may stand before it.
fn longest_role(sheet: &Sheet, atlas: &Atlas, start: usize, end: usize) -> Option<(usize, u16)> {
    let (mut h, mut best) = (0, None);
    for k in start..end.min(start + MAX_UNITS) {
        h = phrase_hash(h, sheet.low(k));
        if let Some(role) = atlas.lexicon.role(h) {
            best = Some((k + 1, role));
        }
    }
    best
}
