//! Bodies by what they are called: the country and role that a name tells ("the Velmoran Coast Guard"), and phrases
//! that stand for a body without naming it ("the coast guard", "prosecutors", "the port authority").
//!
//! A phrase stands for the one body of the article that it fits. Where none fits it is a body of its own, known by
//! its role only; which one it is may be told by other articles, and is not decided here.

use super::features::Sheet;
use super::lexicon::{MAX_UNITS, key};
use super::mentions::{Mention, hash};
use super::pos::Pos;
use super::states::Atlas;
use headwater_model::{LocalEntity, NameKind, OrganisationKind, Span};
use std::collections::BTreeMap;
use std::ops::Range;

/// Roles that a name tells by its last words, without a country.
const BY_NAME: &[&str] = &["coast guard", "police", "court", "prosecution", "port", "weather", "fire"];

/// Roles whose phrase by itself stands for a body: there is one of each where the article plays.
const ALONE: &[&str] = &[
    "coast guard",
    "police",
    "prosecution",
    "port",
    "weather",
    "fire",
    "emergencies",
    "navy",
    "air force",
    "foreign",
    "defence",
    "interior",
    "transport",
    "health",
    "justice",
    "finance",
    "border",
    "legislature",
    "central bank",
];

/// Most bodies known by their role only that are kept of one article.
const MOST_ALONE: usize = 32;

/// Country and role of a body whose name tells them.
pub(super) fn of_a_state(sheet: &Sheet, atlas: &Atlas, m: &mut Mention) {
    if m.kind != NameKind::Organisation
        || m.known.organisation.is_some()
        || m.role.is_some()
        || m.units.len() < 2
        || m.units.len() > 2 * MAX_UNITS
    {
        return;
    }
    let Range { start, end } = m.units.clone();
    let role = |units: Range<usize>| {
        let role = if units.is_empty() { None } else { atlas.lexicon.role(hash(sheet, &units)) };
        role.filter(|r| !matches!(name_of(atlas, *r), "officials" | "delegation" | "government"))
    };
    let country =
        |units: Range<usize>| atlas.known(hash(sheet, &units)).and_then(|k| k.country.or(k.demonym));
    for at in (start + 1..end).rev() {
        // "Velmoran Coast Guard", "South Korean Defense Ministry"
        if let (Some(country), Some(role)) = (country(start..at), role(at..end)) {
            (m.country, m.role) = (Some(country), Some(role));
            return;
        }
        // "Ministry of Defence of Kestria"
        if sheet.low(at - 1) == "of"
            && at > start + 1
            && let Some(country) = country(at..end)
        {
            m.country = m.country.or(Some(country));
            m.role = role(start..at - 1);
            if m.role.is_some() {
                return;
            }
        }
    }
    let tail = (start + 1..end).find_map(|at| role(at..end));
    m.role = tail.filter(|r| BY_NAME.contains(&name_of(atlas, *r)));
}

/// "In Tarvik, the Kestrian capital, the government said": the government of the one state that the sentence has
/// named so far.
pub(super) fn governments(sheet: &Sheet, atlas: &Atlas, mentions: &mut Vec<Mention>) {
    let Some(role) = atlas.lexicon.role(key("government")) else { return };
    let mut added = Vec::new();
    for range in &sheet.sentences {
        let of_range = |m: &&Mention| m.units.start < range.end;
        let first = mentions.partition_point(|m| m.units.end <= range.start);
        for i in range.clone().skip(1).filter(|&i| sheet.low(i) == "government" && sheet.low(i - 1) == "the")
        {
            // "the government of", "the government's": as the first; "the government spokesman": not.
            if sheet.is_capital(i) || sheet.low(i + 1) == "of" {
                continue;
            }
            let mut country = None;
            let mut several = false;
            for m in mentions[first..].iter().take_while(of_range).take_while(|m| m.units.end <= i) {
                let k = m.known;
                if let Some(c) = m.country.or(k.country).or(k.capital).or(k.demonym) {
                    several |= country.is_some_and(|o| o != c);
                    country = Some(c);
                }
            }
            let covered = mentions[first..].iter().take_while(of_range).any(|m| m.units.contains(&i));
            if let (Some(country), false, false) = (country, several, covered) {
                added.push(Mention {
                    country: Some(country),
                    role: Some(role),
                    ..Mention::new(i..i + 1, NameKind::Organisation, super::lexicon::Known::default())
                });
            }
        }
    }
    if !added.is_empty() {
        mentions.extend(added);
        mentions.sort_by_key(|m| m.units.start);
    }
}

fn name_of<'a>(atlas: &'a Atlas, role: u16) -> &'a str {
    atlas.lexicon.roles.get(usize::from(role)).map_or("", String::as_str)
}

/// Adds the phrases that stand for bodies: as forms of those they fit, else as entities of their own. Gives for each
/// entity added whether it is spoken of in the plural.
pub(super) fn phrases(
    text: &str,
    sheet: &Sheet,
    atlas: &Atlas,
    pos: &[Pos],
    mentions: &[Mention],
    entities: &mut Vec<LocalEntity>,
) -> Vec<bool> {
    let mut found: BTreeMap<(&str, String), u32> = BTreeMap::new();
    let mut mention = 0;
    for range in &sheet.sentences {
        let mut i = range.start;
        while i < range.end {
            while mention < mentions.len() && mentions[mention].units.end <= i {
                mention += 1;
            }
            if mentions.get(mention).is_some_and(|m| m.units.start <= i) {
                i = mentions[mention].units.end;
                continue;
            }
            match phrase(text, sheet, atlas, pos, range, i) {
                Some((end, role, words)) => {
                    *found.entry((role, words)).or_default() += 1;
                    i = end;
                }
                None => i += 1,
            }
        }
    }
    let mut plural = Vec::new();
    let mut own: BTreeMap<&str, usize> = BTreeMap::new();
    for ((role, words), _) in found {
        let bare = words.strip_prefix("the ").unwrap_or(&words);
        let fits: Vec<usize> = (0..entities.len() - plural.len())
            .filter(|&e| {
                let entity = &entities[e];
                entity.kind == NameKind::Organisation
                    && (entity.role.as_deref() == Some(role) || ends_in(&entity.name, bare))
            })
            .collect();
        match fits[..] {
            [one] => add_form(&mut entities[one], words),
            [] => match own.get(role) {
                Some(&e) => add_form(&mut entities[e], words),
                None if plural.len() < MOST_ALONE => {
                    own.insert(role, entities.len());
                    plural.push(bare.ends_with('s') || bare == "police");
                    entities.push(LocalEntity {
                        name: bare.to_owned(),
                        kind: NameKind::Organisation,
                        organisation: Some(OrganisationKind::GovernmentBody),
                        country: None,
                        role: Some(role.to_owned()),
                        wikidata: None,
                        forms: vec![words],
                    });
                }
                None => {}
            },
            // Several: which one is meant is told by each place, not here.
            _ => {}
        }
    }
    plural
}

fn add_form(entity: &mut LocalEntity, words: String) {
    if !entity.forms.contains(&words) {
        entity.forms.push(words);
    }
}

/// Whether a name ends in these words, in any case: "Ansel Port Authority" in "port authority".
pub(super) fn ends_in(name: &str, folded: &str) -> bool {
    let name = headwater_model::text::fold::fold(name);
    name.strip_suffix(folded).is_some_and(|rest| rest.ends_with(' '))
}

/// A phrase that begins at unit `i`: its end, its role, and its words with "the" where that stands before.
fn phrase<'a>(
    text: &str,
    sheet: &Sheet,
    atlas: &'a Atlas,
    pos: &[Pos],
    sentence: &Range<usize>,
    i: usize,
) -> Option<(usize, &'a str, String)> {
    let before = i.checked_sub(1).filter(|b| *b >= sentence.start).map_or("", |b| sheet.low(b));
    let article = before == "the";
    // "Prosecutors said": the first word of a sentence may have a capital.
    if sheet.is_capital(i) && i > sentence.start {
        return None;
    }
    let (mut h, mut best) = (0, None);
    for k in i..sentence.end.min(i + MAX_UNITS) {
        if k > i && sheet.is_capital(k) {
            break;
        }
        h = super::gazetteer::phrase_hash(h, sheet.low(k));
        if let Some(role) = atlas.lexicon.role(h) {
            best = Some((k + 1, role));
        }
    }
    let (end, role) = best?;
    let role = name_of(atlas, role);
    let head = sheet.low(end - 1);
    let many = head.ends_with('s') || head == "police";
    if !ALONE.contains(&role) || !(article || many && !matches!(before, "a" | "an" | "of" | "-")) {
        return None;
    }
    // "the police station": the phrase only qualifies.
    if end < sentence.end
        && pos.get(end).is_some_and(|p| matches!(p, Pos::Noun | Pos::ProperNoun))
        && !SPEAKS_FOR.contains(&sheet.low(end))
    {
        return None;
    }
    let span: Span = sheet.units[i].span.cover(sheet.units[end - 1].span);
    let words = headwater_model::text::fold::fold(span.of(text));
    Some((end, role, if article { format!("the {words}") } else { words }))
}

/// Words after a body's name for who or what speaks for it.
pub(super) const SPEAKS_FOR: &[&str] = &[
    "figures",
    "data",
    "officials",
    "official",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "spokespeople",
    "statement",
    "sources",
    "source",
    "records",
    "estimates",
    "count",
    "tally",
    "statistics",
    "chief",
    "officers",
    "representatives",
    "report",
    "account",
];
