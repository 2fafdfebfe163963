//! Names of ships and craft: "the ferry Alma Serena", "aboard the Little Agnes".
//!
//! They look like names of people or places and are none. A name that stands once where only a craft's can stand is
//! a craft's in the whole article.

use super::features::Sheet;
use super::mentions::{Mention, hash};
use headwater_model::NameKind;
use rustc_hash::FxHashSet;

/// What a craft is called before its name.
const CRAFT: &[&str] = &[
    "ferry",
    "ship",
    "vessel",
    "carrier",
    "bulker",
    "freighter",
    "tanker",
    "boat",
    "tug",
    "tugboat",
    "trawler",
    "yacht",
    "submarine",
    "warship",
    "frigate",
    "destroyer",
    "corvette",
    "cruiser",
    "barge",
    "liner",
    "schooner",
    "lifeboat",
    "icebreaker",
    "minesweeper",
    "battleship",
    "aircraft carrier",
    "spacecraft",
    "uss",
    "hms",
    "mv",
    "hmas",
    "hmcs",
    "handysize",
    "catamaran",
    "dinghy",
];

/// Several craft: "the patrol boats Vigilant and Resolute".
const FLEET: &[&str] = &["ferries", "ships", "vessels", "boats", "tankers", "warships", "freighters", "tugs"];

/// What only a craft has, before "of the" and its name.
const PARTS: &[&str] =
    &["bridge", "deck", "decks", "hull", "wreck", "sinking", "raft", "rafts", "helm", "keel"];

/// What only a craft does, behind "the" and its name.
const DOES: &[&str] = &["sank", "capsized", "sailed", "foundered", "docked", "berthed", "listed"];

/// Takes the names of craft out of the mentions.
pub(super) fn drop(sheet: &Sheet, mentions: &mut Vec<Mention>) {
    let mut craft: FxHashSet<u32> = FxHashSet::default();
    for m in mentions.iter().filter(|m| may_be(m)) {
        if named_as_craft(sheet, m.units.start, m.units.end) {
            craft.insert(hash(sheet, &m.units));
        }
    }
    if !craft.is_empty() {
        mentions.retain(|m| !may_be(m) || !craft.contains(&hash(sheet, &m.units)));
    }
}

fn may_be(m: &Mention) -> bool {
    matches!(m.kind, NameKind::Person | NameKind::Organisation | NameKind::Place)
        && m.known == super::lexicon::Known::default()
}

/// Whether the words around say that the units from `at` to `end` are a craft's name.
fn named_as_craft(sheet: &Sheet, at: usize, end: usize) -> bool {
    let Some(sentence) = sheet.sentences.get(sheet.sentence_of(at)) else { return false };
    let low =
        |back: usize| at.checked_sub(back).filter(|i| *i >= sentence.start).map_or("", |i| sheet.low(i));
    let mark = |word: &str| matches!(word, "," | "\"" | "“" | "‘" | "'" | "(");
    let mut back = 1;
    let mut article = false;
    while back <= 4 && (low(back) == "the" || mark(low(back))) {
        article |= low(back) == "the";
        back += 1;
    }
    let noun = low(back);
    CRAFT.contains(&noun)
        || FLEET.contains(&noun) && back == 1
        || article && back == 2 && (noun == "aboard" || noun == "board" && low(back + 1) == "on")
        || article && back == 2 && noun == "of" && PARTS.contains(&low(back + 1))
        || article && back == 2 && end < sentence.end && DOES.contains(&sheet.low(end))
}
