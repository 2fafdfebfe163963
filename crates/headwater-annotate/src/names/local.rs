//! Brings the mentions of one article together: the longest form first, then what is short for it.
//!
//! Decides within one article only. Persons by their name's parts, organisations by atlas, initials and role,
//! governments by country. The list is in order of first mention.

use super::features::Sheet;
use super::mentions::Mention;
use super::pos::Pos;
use super::states::Atlas;
use super::titles::{self, Office};
use super::{bodies, kinds, offices};
use headwater_model::{LocalEntity, Name, NameKind, OrganisationKind};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// What the article tells of an entity besides its names; used to resolve phrases and pronouns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clue {
    /// `Some(true)` for a woman, as far as titles and given names tell.
    pub female: Option<bool>,
    /// Offices it is given, with the country's code where one is told, and the title's word.
    pub offices: Vec<(Office, Option<String>, String)>,
    /// Whether it is spoken of in the plural: "officials".
    pub plural: bool,
}

/// Family names that stand first in East Asian names, folded.
const FAMILY_FIRST: &[&str] = &[
    "kim", "lee", "park", "choi", "jung", "jeong", "kang", "cho", "yoon", "jang", "lim", "han", "shin",
    "seo", "kwon", "hwang", "moon", "ri", "pak", "choe", "jong", "xi", "li", "wang", "zhang", "liu", "chen",
    "yang", "huang", "zhao", "wu", "zhou", "mao", "deng", "hu", "wen", "jiang", "zhu", "lin", "sun", "ma",
    "gao", "guo", "he", "luo", "tang", "song", "xu", "bo", "ban", "roh", "nguyen", "tran", "pham", "vo",
    "tsai", "lai", "chiang", "hun", "an", "paek", "hyon", "no", "yi", "ho",
];

/// Whether a folded word is a family name that stands first.
pub(super) fn is_family_first(word: &str) -> bool {
    FAMILY_FIRST.contains(&word)
}

/// Words that may be left off the end of an organisation's name, folded.
const LOOSE_ENDS: &[&str] = &[
    "inc",
    "inc.",
    "corp",
    "corp.",
    "corporation",
    "co",
    "co.",
    "company",
    "ltd",
    "ltd.",
    "plc",
    "group",
    "ag",
    "gmbh",
    "llc",
    "news",
    "agency",
];

/// Roles that many bodies of one country share: never a reason to bring two together.
const SHARED_ROLES: &[&str] = &["officials", "delegation", "embassy", "police", "prosecution", "court"];

/// What makes two mentions the same at once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Key {
    Person(String),
    Body(String, String),
    Organisation(String),
    Government(String),
    Place(String),
    Nationality(String),
    Event(String),
}

/// Names, entities and clues of one article.
pub(super) fn resolve(
    text: &str,
    sheet: &Sheet,
    pos: &[Pos],
    mentions: &[Mention],
    atlas: &Atlas,
) -> (Vec<Name>, Vec<LocalEntity>, Vec<Clue>) {
    let people = people(sheet, mentions);
    let acronyms = acronyms(sheet, mentions);
    let mut numbers: BTreeMap<Key, u32> = BTreeMap::new();
    let mut names = Vec::with_capacity(mentions.len());
    let mut groups: Vec<Group> = Vec::new();
    for (i, m) in mentions.iter().enumerate() {
        let span = sheet.units[m.units.start].span.cover(sheet.units[m.units.end - 1].span);
        let key = match m.kind {
            NameKind::Person => Key::Person(people.get(&i).cloned().unwrap_or_default()),
            NameKind::Organisation => organisation_key(sheet, m, atlas, &acronyms),
            NameKind::Government => Key::Government(country_code(m, atlas).unwrap_or_default()),
            NameKind::Nationality => Key::Nationality(
                m.known.demonym.and_then(|c| atlas.country(c)).map_or_else(String::new, |c| c.code.clone()),
            ),
            NameKind::Place => Key::Place(place_key(sheet, m, atlas)),
            NameKind::Event => Key::Event(folded(sheet, m.units.clone())),
        };
        // "the Russian government" is Russia's government.
        let key = match key {
            Key::Body(country, role) if role == "government" => Key::Government(country),
            other => other,
        };
        let next = numbers.len() as u32;
        let number = *numbers.entry(key.clone()).or_insert(next);
        if number == next {
            groups.push(Group { key, members: Vec::new() });
        }
        groups[number as usize].members.push(i);
        let kind = match groups[number as usize].key {
            Key::Government(_) => NameKind::Government,
            _ => m.kind,
        };
        names.push(Name { span, kind, entity: number });
    }
    let mut entities = Vec::with_capacity(groups.len());
    let mut clues = Vec::with_capacity(groups.len());
    for group in &groups {
        entities.push(entity(text, sheet, mentions, atlas, group));
        clues.push(clue(sheet, mentions, atlas, group));
    }
    let plural = bodies::phrases(text, sheet, atlas, pos, mentions, &mut entities);
    clues.extend(plural.into_iter().map(|plural| Clue { plural, ..Clue::default() }));
    (names, entities, clues)
}

struct Group {
    key: Key,
    members: Vec<usize>,
}

fn folded(sheet: &Sheet, units: std::ops::Range<usize>) -> String {
    let mut out = String::new();
    for i in units {
        let word = sheet.low(i);
        if word == "-" {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn country_code(m: &Mention, atlas: &Atlas) -> Option<String> {
    m.known.country.or(m.known.capital).or(m.country).and_then(|c| atlas.country(c)).map(|c| c.code.clone())
}

fn place_key(sheet: &Sheet, m: &Mention, atlas: &Atlas) -> String {
    let country = |c: Option<u16>| c.and_then(|c| atlas.country(c));
    match (country(m.known.country), country(m.known.capital)) {
        (Some(country), _) => country.name.clone(),
        (None, Some(country)) if same_city(&folded(sheet, m.units.clone()), &country.capital) => {
            country.capital.clone()
        }
        _ => folded(sheet, m.units.clone()),
    }
}

/// Whether a folded name and a capital's shown name are spellings of one city rather than two seats of one state.
fn same_city(name: &str, capital: &str) -> bool {
    // "Kiev" and "Kyiv", not "Tel Aviv" and "Jerusalem"
    let shown = headwater_model::text::fold::fold(capital);
    name == shown
        || name.chars().next() == shown.chars().next() && !name.contains(' ') && !shown.contains(' ')
}

fn organisation_key(sheet: &Sheet, m: &Mention, atlas: &Atlas, acronyms: &FxHashMap<String, String>) -> Key {
    let known = m.known.organisation.and_then(|o| atlas.lexicon.organisations.get(usize::from(o)));
    let told = m.country.and_then(|c| atlas.country(c)).map(|c| c.code.as_str());
    let role = m.role.and_then(|r| atlas.lexicon.roles.get(usize::from(r))).map(String::as_str);
    // A known body keeps its identity unless the article gives it to another country.
    let fits = |o: &super::lexicon::Organisation| o.country.is_empty() || told.is_none_or(|t| t == o.country);
    match (known.filter(|o| fits(o)), told, role) {
        (Some(o), _, _)
            if o.kind == Some(OrganisationKind::GovernmentBody)
                && !o.role.is_empty()
                && !o.country.is_empty() =>
        {
            Key::Body(o.country.clone(), o.role.clone())
        }
        (Some(o), None, _) => Key::Organisation(o.name.to_lowercase()),
        (Some(o), Some(t), _) if o.country.is_empty() => {
            Key::Organisation(format!("{} ({t})", o.name.to_lowercase()))
        }
        (Some(o), _, _) => Key::Organisation(o.name.to_lowercase()),
        (None, Some(t), Some(role)) if !SHARED_ROLES.contains(&role) => {
            Key::Body(t.to_owned(), role.to_owned())
        }
        (None, told, _) => {
            let mut name = folded(sheet, m.units.clone());
            for word in LOOSE_ENDS {
                if let Some(head) = name.strip_suffix(word).and_then(|n| n.strip_suffix(' ')) {
                    name = head.to_owned();
                    break;
                }
            }
            if let Some(full) = acronyms.get(&name) {
                name = full.clone();
            }
            match told.filter(|_| m.role.is_some()) {
                Some(t) => Key::Organisation(format!("{name} ({t})")),
                None => Key::Organisation(name),
            }
        }
    }
}

/// Acronyms of the article and the full names whose initials they are, both folded.
fn acronyms(sheet: &Sheet, mentions: &[Mention]) -> FxHashMap<String, String> {
    let mut initials: FxHashMap<String, String> = FxHashMap::default();
    for m in mentions.iter().filter(|m| m.kind == NameKind::Organisation && m.units.len() > 1) {
        let letters: String = m
            .units
            .clone()
            .filter(|&i| sheet.is_capital(i))
            .filter_map(|i| sheet.low(i).chars().next())
            .collect();
        let full = folded(sheet, m.units.clone());
        if letters.chars().count() > 1 {
            initials.entry(letters).or_insert(full);
        }
    }
    let mut out = FxHashMap::default();
    for m in mentions.iter().filter(|m| m.units.len() == 1 && sheet.is_upper(m.units.start)) {
        let short: String = sheet.low(m.units.start).chars().filter(|c| c.is_alphanumeric()).collect();
        if let Some(full) = initials.get(&short) {
            out.insert(sheet.low(m.units.start).to_owned(), full.clone());
        }
    }
    out
}

/// For every mention of a person the key of who it is: the fullest name of the article that it can be short for.
fn people(sheet: &Sheet, mentions: &[Mention]) -> FxHashMap<usize, String> {
    let mut out = FxHashMap::default();
    let mut full: Vec<Full> = Vec::new();
    // Names by their last and by their first word, the first few of each.
    let mut by_word: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    // Full names, longest first, so that "J. Doe" and "Jane Doe" find "Jane M. Doe".
    let mut order: Vec<usize> =
        (0..mentions.len()).filter(|&i| mentions[i].kind == NameKind::Person).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(parts(sheet, &mentions[i]).len()), i));
    for i in order {
        let words = parts(sheet, &mentions[i]);
        let found = if words.len() > 1 {
            let same = words.last().and_then(|w| by_word.get(w)).map_or(&[][..], Vec::as_slice);
            same.iter().copied().find(|&f| short_for(&words, &full[f].words))
        } else {
            let same = words.first().and_then(|w| by_word.get(w)).map_or(&[][..], Vec::as_slice);
            single(sheet, mentions, &full, same, &words, i)
        };
        match found {
            Some(f) => {
                full[f].places.push(i);
                out.insert(i, full[f].words.join(" "));
            }
            None => {
                out.insert(i, words.join(" "));
                for word in [words.last(), words.first()].into_iter().flatten() {
                    let same = by_word.entry(word.clone()).or_default();
                    if same.len() < MOST_NAMESAKES && same.last() != Some(&full.len()) {
                        same.push(full.len());
                    }
                }
                full.push(Full { words, places: vec![i] });
            }
        }
    }
    out
}

/// Persons of one article that share a name's first or last word: more are not told apart.
const MOST_NAMESAKES: usize = 40;

/// Mentions of a person that are looked at when namesakes are told apart.
const MOST_PLACES: usize = 40;

struct Full {
    words: Vec<String>,
    places: Vec<usize>,
}

fn parts(sheet: &Sheet, m: &Mention) -> Vec<String> {
    m.units
        .clone()
        .map(|i| sheet.low(i))
        .filter(|w| w.chars().any(char::is_alphanumeric))
        .map(|w| w.trim_end_matches('.').to_owned())
        .collect()
}

/// Whether a name of two words or more is short for a longer one: same first and last word, or initials.
fn short_for(short: &[String], full: &[String]) -> bool {
    let (Some(sf), Some(sl), Some(ff), Some(fl)) = (short.first(), short.last(), full.first(), full.last())
    else {
        return false;
    };
    let initial = |a: &str, b: &str| {
        a == b || (a.chars().count() == 1 && b.starts_with(a)) || (b.chars().count() == 1 && a.starts_with(b))
    };
    if short == full {
        return true;
    }
    // "Jong Un" is not looked for; family names that stand first ask for the whole name.
    if is_family_first(ff) && full.len() == 3 {
        return false;
    }
    sl == fl && initial(sf, ff) && short.len() <= full.len()
}

/// The full name that a single word stands for.
fn single(
    sheet: &Sheet,
    mentions: &[Mention],
    full: &[Full],
    same: &[usize],
    words: &[String],
    i: usize,
) -> Option<usize> {
    let word = words.first()?;
    let family: Vec<usize> = same.iter().copied().filter(|&f| is_family_name(&full[f].words, word)).collect();
    let candidates = if family.is_empty() {
        same.iter().copied().filter(|&f| full[f].words.len() > 1 && full[f].words[0] == *word).collect()
    } else {
        family
    };
    if candidates.len() < 2 {
        return candidates.first().copied();
    }
    // Several: the form of address decides, then who was named in the same paragraph, then who is named most.
    let at = mentions[i].units.start;
    let told = at.checked_sub(1).and_then(|b| titles::address(sheet.low(b))).flatten();
    let sentence = sheet.sentence_of(at);
    candidates.into_iter().max_by_key(|&f| {
        let female = full[f].places.iter().take(MOST_PLACES).find_map(|&p| {
            let before = mentions[p].units.start.checked_sub(1)?;
            titles::address(sheet.low(before)).flatten().or(titles::title_gender(sheet.low(before)))
        });
        let fits = told.is_none() || female.is_none() || told == female;
        let near =
            full[f].places.iter().rev().take(MOST_PLACES).any(|&p| {
                mentions[p].units.start < at && sheet.sentence_of(mentions[p].units.start) == sentence
            });
        (fits, near, full[f].places.len(), std::cmp::Reverse(f))
    })
}

fn is_family_name(full: &[String], word: &str) -> bool {
    if full.len() < 2 {
        return full.first().is_some_and(|w| w == word);
    }
    let first_is_family = is_family_first(&full[0]) && full.len() >= 2;
    full.last().is_some_and(|w| w == word) && !(first_is_family && full.len() == 3)
        || first_is_family && full[0] == word
}

fn entity(text: &str, sheet: &Sheet, mentions: &[Mention], atlas: &Atlas, group: &Group) -> LocalEntity {
    let mut counts: BTreeMap<&str, (usize, usize, bool)> = BTreeMap::new();
    let mut country = None;
    let mut role = None;
    let mut known = None;
    for &i in &group.members {
        let m = &mentions[i];
        let of = |r: &std::ops::Range<usize>| {
            sheet.units[r.start].span.cover(sheet.units[r.end - 1].span).of(text)
        };
        let words = m.units.end - m.units.start;
        let proper = m.kind != NameKind::Organisation
            || m.role.is_none()
            || m.known.organisation.is_some()
            || m.units.clone().all(|i| sheet.is_capital(i) || sheet.units[i].span.len() < 4);
        counts.entry(of(&m.units)).or_insert((0, words, proper)).0 += 1;
        if m.whole != m.units {
            counts.entry(of(&m.whole)).or_insert((0, 0, false)).0 += 1;
        }
        country = country.or(m.country);
        role = role.or(m.role);
        known = known.or(m.known.organisation);
    }
    let kind = match group.key {
        Key::Person(_) => NameKind::Person,
        Key::Body(..) | Key::Organisation(_) => NameKind::Organisation,
        Key::Government(_) => NameKind::Government,
        Key::Place(_) => NameKind::Place,
        Key::Nationality(_) => NameKind::Nationality,
        Key::Event(_) => NameKind::Event,
    };
    let organisation = known
        .and_then(|o| atlas.lexicon.organisations.get(usize::from(o)))
        .filter(|_| kind == NameKind::Organisation);
    let place = match kind {
        NameKind::Government | NameKind::Place | NameKind::Nationality => {
            group.members.iter().find_map(|&i| {
                let k = mentions[i].known;
                let of = if kind == NameKind::Nationality { k.demonym } else { k.country.or(k.capital) };
                of.or(mentions[i].country).and_then(|c| atlas.country(c))
            })
        }
        _ => None,
    };
    let is_country =
        group.members.iter().any(|&i| mentions[i].known.country.is_some()) || kind == NameKind::Government;
    let longest = counts
        .iter()
        .max_by_key(|(form, (n, words, proper))| (*proper, *words, *n, std::cmp::Reverse(**form)))
        .map_or("", |c| c.0);
    let name = match (&group.key, place, organisation) {
        (Key::Government(_), Some(country), _) => country.name.clone(),
        (Key::Place(_), Some(country), _) if is_country => country.name.clone(),
        (Key::Place(key), Some(country), _) if *key == country.capital => country.capital.clone(),
        (_, _, Some(o)) => o.name.clone(),
        _ => longest.to_owned(),
    };
    let code = match (&group.key, organisation) {
        (Key::Body(code, _), _) => Some(code.clone()),
        (_, Some(o)) if !o.country.is_empty() => Some(o.country.clone()),
        _ => country.and_then(|c| atlas.country(c)).or(place).map(|c| c.code.clone()),
    };
    let role = match (&group.key, organisation) {
        (Key::Body(_, role), _) => Some(role.clone()),
        (_, Some(o)) if !o.role.is_empty() => Some(o.role.clone()),
        _ => role.and_then(|r| atlas.lexicon.roles.get(usize::from(r)).cloned()),
    };
    let mut forms: Vec<(&str, usize)> = counts.iter().map(|(form, (n, ..))| (*form, *n)).collect();
    forms.sort_by_key(|(form, n)| (std::cmp::Reverse(*n), *form));
    let sub_kind = organisation
        .and_then(|o| o.kind)
        .or((kind == NameKind::Organisation && role.is_some()).then_some(OrganisationKind::GovernmentBody))
        .or_else(|| kinds::by_name(&name).filter(|_| kind == NameKind::Organisation));
    LocalEntity {
        name,
        kind,
        organisation: sub_kind,
        country: code.filter(|c| !c.is_empty()),
        role: role.filter(|_| kind == NameKind::Organisation),
        wikidata: place
            .filter(|c| is_country && !c.wikidata.is_empty() && kind != NameKind::Nationality)
            .map(|c| c.wikidata.clone()),
        forms: forms.into_iter().map(|f| f.0.to_owned()).collect(),
    }
}

fn clue(sheet: &Sheet, mentions: &[Mention], atlas: &Atlas, group: &Group) -> Clue {
    let mut clue = Clue::default();
    for &i in &group.members {
        let m = &mentions[i];
        if m.kind != NameKind::Person {
            clue.plural |= matches!(
                sheet.low(m.units.end - 1),
                "officials"
                    | "agencies"
                    | "services"
                    | "sources"
                    | "forces"
                    | "authorities"
                    | "prosecutors"
                    | "police"
            );
            continue;
        }
        if clue.female.is_none() && m.units.len() > 1 {
            clue.female = atlas.lexicon.is_female(sheet.low(m.units.start));
        }
        for (office, country, title) in offices::beside(sheet, mentions, atlas, i) {
            clue.female = titles::title_gender(&title).or(clue.female);
            let entry = (office, country, title);
            if clue.offices.len() < MOST_OFFICES && !clue.offices.contains(&entry) {
                clue.offices.push(entry);
            }
        }
        let Some(mut at) = m.units.start.checked_sub(1) else { continue };
        if let Some(gender) = titles::address(sheet.low(at)) {
            clue.female = gender.or(clue.female);
            continue;
        }
        if let Some(office) = titles::office(sheet.low(at)) {
            let title = sheet.low(at).to_owned();
            clue.female = titles::title_gender(&title).or(clue.female);
            // "Foreign Minister", "prime minister", "chief executive"
            while at > 0
                && matches!(
                    sheet.low(at - 1),
                    "foreign"
                        | "prime"
                        | "vice"
                        | "deputy"
                        | "defense"
                        | "defence"
                        | "finance"
                        | "interior"
                        | "former"
                        | "then"
                        | "supreme"
                        | "chief"
                )
            {
                at -= 1;
            }
            let country = mentions[..i]
                .last()
                .filter(|c| c.units.end == at || c.units.end + 1 == at && sheet.low(c.units.end) == "'s");
            let country = country
                .and_then(|c| c.known.demonym.or(c.known.country).or(c.country))
                .and_then(|c| atlas.country(c))
                .map(|c| c.code.clone());
            let entry = (office, country, title);
            if clue.offices.len() < MOST_OFFICES && !clue.offices.contains(&entry) {
                clue.offices.push(entry);
            }
        }
    }
    clue
}

/// Offices kept of one person.
const MOST_OFFICES: usize = 16;
