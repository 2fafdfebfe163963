//! Whether a country or a capital acts here ("Pyongyang acknowledged", "between Moscow and Kyiv") or is where
//! something happens ("in Moscow").

use super::features::Sheet;
use super::mentions::Mention;
use super::pos::Pos;
use headwater_model::NameKind;

/// Prepositions of place.
const PLACE_BEFORE: &[&str] = &[
    "in",
    "at",
    "near",
    "from",
    "to",
    "into",
    "onto",
    "outside",
    "inside",
    "around",
    "across",
    "through",
    "throughout",
    "within",
    "over",
    "of",
    "via",
    "off",
    "beyond",
    "toward",
    "towards",
    "for",
];

/// Prepositions before one that acts.
const ACTOR_BEFORE: &[&str] = &["between", "against", "with", "by", "among", "versus"];

/// Verbs whose object is a place: "left Moscow".
const GOING: &[&str] = &[
    "visit", "visited", "visits", "visiting", "leave", "left", "leaves", "leaving", "enter", "entered",
    "entering", "reach", "reached", "tour", "toured", "invade", "invaded", "occupy", "occupied", "hit",
    "struck", "bombed", "shelled", "attack", "attacked", "captured", "fled", "flee", "fleeing", "crossed",
    "departed", "exit", "exited",
];

/// Nouns that a city, not a government, has.
const OF_PLACES: &[&str] = &[
    "streets",
    "street",
    "airport",
    "suburbs",
    "suburb",
    "outskirts",
    "mayor",
    "metro",
    "residents",
    "downtown",
    "population",
    "coast",
    "capital",
    "border",
    "borders",
    "climate",
    "region",
    "north",
    "south",
    "east",
    "west",
    "museum",
    "university",
    "airports",
    "hospitals",
    "stadium",
    "skyline",
    "city",
    "cities",
    "people",
    "subway",
    "history",
];

/// Whether mention `i`, a country or a capital, acts.
pub(super) fn acts(sheet: &Sheet, pos: &[Pos], mentions: &[Mention], i: usize) -> bool {
    let m = &mentions[i];
    let Some(sentence) = sheet.sentences.get(sheet.sentence_of(m.units.start)) else { return false };
    let before = (m.units.start > sentence.start).then(|| m.units.start - 1);
    let before = match before {
        // "the United States"
        Some(b) if sheet.low(b) == "the" => (b > sentence.start).then(|| b - 1),
        other => other,
    };
    let low = |i: Option<usize>| i.map_or("", |i| sheet.low(i));
    let tag =
        |i: usize| if i < sentence.end { pos.get(i).copied().unwrap_or_default() } else { Pos::Punctuation };
    let (previous, next) = (low(before), m.units.end);
    // "Moscow (AP) —", "MOSCOW —"
    if before.is_none() && matches!(sheet.low(next), "(" | "—" | "–" | "-" | ",") && next < sentence.end {
        return false;
    }
    let possessive = sheet.low(next) == "'s" && next < sentence.end;
    if !possessive && sheet.is_capital(next) && next < sentence.end && tag(next) == Pos::ProperNoun {
        // part of a longer name, or a modifier
        return false;
    }
    if ACTOR_BEFORE.contains(&previous) {
        return !(possessive && OF_PLACES.contains(&sheet.low(next + 1)));
    }
    if PLACE_BEFORE.contains(&previous)
        && !(possessive && matches!(previous, "of" | "to" | "for" | "from" | "toward" | "towards"))
    {
        return false;
    }
    if possessive {
        let owned = next + 1;
        return !OF_PLACES.contains(&sheet.low(owned))
            && !sheet.is_capital(owned)
            && tag(owned) != Pos::Adverb;
    }
    // Subject: a finite verb follows, an adverb perhaps between.
    let mut verb = next;
    while verb < sentence.end && verb < next + 2 && tag(verb) == Pos::Adverb {
        verb += 1;
    }
    let copula = tag(verb) == Pos::Auxiliary
        && matches!(tag(verb + 1), Pos::Determiner | Pos::Adjective | Pos::Adposition | Pos::Noun);
    if tag(verb).is_finite() && !copula {
        return true;
    }
    // Joined with another: "Russia and North Korea", "Moscow, Beijing".
    if matches!(previous, "and" | "or" | ",")
        && let Some(other) = i.checked_sub(1).and_then(|k| mentions.get(k))
        && other.units.end + 2 >= m.units.start
        && other.units.end <= m.units.start
        && (other.known.country.is_some() || other.known.capital.is_some())
    {
        return other.kind == NameKind::Government;
    }
    if matches!(sheet.low(next), "and" | "," | "or")
        && let Some(other) = mentions.get(i + 1)
        && other.units.start <= next + 2
        && other.known.country.or(other.known.capital).is_some()
    {
        let after = other.units.end;
        if tag(after).is_finite() {
            return true;
        }
    }
    // Object of a verb that is not of going: "backing Moscow".
    if let Some(b) = before
        && tag(b).is_verb()
    {
        return !GOING.contains(&previous);
    }
    false
}
