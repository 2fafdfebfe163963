//! Invents reports: people, towns and sentences from small pools.
//!
//! The sentences make little sense and need not: what matters is that two reports never share five words in a row but by
//! chance, that a report has quotations, figures and attributions, and that one happening can be told twice in
//! other words.

use super::Dice;

const SYLLABLES: &[&str] = &[
    "ba", "ker", "lo", "min", "ta", "vor", "el", "sen", "ri", "dal", "mo", "quin", "ha", "rod", "is", "per",
    "na", "gul", "fen", "or",
];

const POSTS: &[&str] = &[
    "harbour master",
    "mayor",
    "fire chief",
    "union leader",
    "port director",
    "coast guard captain",
    "council chair",
    "chief engineer",
    "hospital director",
    "ferry operator",
];
const WHO: &[&str] = &[
    "engineers",
    "port workers",
    "the council",
    "local farmers",
    "rescue crews",
    "the ministry",
    "two inspectors",
    "ferry passengers",
    "union members",
    "shop owners",
    "the regional court",
    "firefighters",
    "volunteers",
    "fishing families",
    "school officials",
    "railway staff",
    "the power company",
    "a team of divers",
    "court clerks",
    "night guards",
    "tug captains",
    "dock cranes' drivers",
    "the water board",
    "three surveyors",
];
const DID: &[&str] = &[
    "closed",
    "inspected",
    "evacuated",
    "repaired",
    "blocked",
    "reopened",
    "searched",
    "flooded",
    "abandoned",
    "secured",
    "measured",
    "rebuilt",
    "sealed",
    "emptied",
    "surrounded",
    "photographed",
    "drained",
    "fenced off",
    "unloaded",
    "examined",
    "restored",
    "guarded",
    "cleared",
    "shut",
];
const WHAT: &[&str] = &[
    "the northern gate",
    "an old warehouse",
    "the main bridge",
    "four grain silos",
    "the fish market",
    "a coal pier",
    "the ring road",
    "both lighthouses",
    "the rail tunnel",
    "a dry dock",
    "the town centre",
    "the pumping station",
    "an oil depot",
    "two lock chambers",
    "the ferry terminal",
    "a row of houses",
    "the customs hall",
    "the cold store",
    "several moorings",
    "the signal tower",
    "the outer wall",
    "a flooded cellar",
    "the timber yard",
    "an empty school",
];
const WHEN: &[&str] = &[
    "on Monday",
    "late on Tuesday",
    "before dawn",
    "on Friday evening",
    "within hours",
    "over the weekend",
    "shortly after noon",
    "during the night",
    "on Thursday",
    "by midday",
    "at first light",
    "on Wednesday morning",
];
const LINKS: &[&str] = &[
    "after",
    "because",
    "while",
    "although",
    "as",
    "when",
    "since",
    "before",
    "even though",
    "shortly after",
];
const CAUSES: &[&str] = &[
    "cracks",
    "the tide",
    "diesel",
    "thick fog",
    "a barge",
    "an inspector",
    "the storm",
    "smoke",
    "the old valves",
    "a crane",
    "nobody",
    "the night shift",
    "helicopters",
    "two tugs",
    "the spare pumps",
    "an anchor",
    "ice",
    "the alarm",
    "a second ship",
    "the tenants",
    "heavy rain",
    "a lorry",
    "the last train",
    "sand",
    "the crew",
    "a cable",
];
const HAPPENED: &[&str] = &[
    "appeared under",
    "broke loose from",
    "leaked into",
    "drifted over",
    "tore at",
    "failed near",
    "circled above",
    "waited outside",
    "damaged",
    "reached",
    "raised doubts about",
    "toppled onto",
    "hid",
    "cut off",
    "settled around",
    "rose behind",
    "struck",
    "gave way beneath",
    "slid towards",
    "blocked access to",
    "burned through",
    "had left",
    "spread across",
    "shook",
];
const SPEAK: &[&str] = &[
    "we",
    "our crews",
    "nobody here",
    "the people of this town",
    "my colleagues",
    "the engineers",
    "somebody",
    "those families",
    "I",
    "every one of us",
    "the owners",
    "they",
];
const MEANT: &[&str] = &[
    "must answer for",
    "never forgot",
    "saw",
    "asked about",
    "will pay for",
    "could not save",
    "carried",
    "counted",
    "warned of",
    "trusted",
    "will rebuild",
    "heard",
    "had prepared for",
    "blamed",
    "gave up on",
    "still depend on",
    "paid for",
    "know nothing of",
    "would do again",
    "feared",
];
const OF: &[&str] = &[
    "that gate",
    "the contract",
    "the boats",
    "every valve",
    "the water",
    "this mistake",
    "the smoke",
    "our neighbours",
    "an honest inquiry",
    "the whole night",
    "the rising bill",
    "those pumps",
    "the missing men",
    "a cold harbour",
    "their promises",
    "such weather",
    "the empty sheds",
    "another winter",
    "the first siren",
    "that decision",
];
const CUES: &[&str] = &[
    "said",
    "told reporters",
    "said in a statement",
    "said by telephone",
    "told a meeting",
    "said late in the day",
];
const HURT: &[&str] = &[
    "people were injured",
    "workers were missing",
    "homes lost power",
    "boats were damaged",
    "families left their homes",
    "passengers were stranded",
    "people were killed",
    "trucks were turned back",
];
const BACKGROUND: &[&str] = &[
    "The port handles",
    "The region exports",
    "The plant employs",
    "The line carries",
    "The town counts",
    "The company runs",
];
const STUFF: &[&str] = &[
    "tonnes of grain a year",
    "containers a month",
    "people in two shifts",
    "passengers a day",
    "fishing boats",
    "wagons of timber a week",
];

/// A named person with a post.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    name: String,
    post: &'static str,
}

/// What happened: the things that every report of it shares.
#[derive(Clone, Debug)]
pub(crate) struct Happening {
    pub(crate) town: String,
    people: Vec<Person>,
    sayings: Vec<(usize, String)>,
    /// Digits of the count that grows.
    pub(crate) count: usize,
    hurt: &'static str,
}

/// One sentence; what stands in `quote` stands in quotation marks within it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sentence(pub(crate) String);

/// A happening.
pub(crate) fn happening(dice: &mut Dice) -> Happening {
    let people = (0..3)
        .map(|_| Person { name: format!("{} {}", name(dice), name(dice)), post: dice.pick(POSTS) })
        .collect();
    let sayings = (0..7).map(|_| (dice.below(3), saying(dice))).collect();
    Happening { town: name(dice), people, sayings, count: 3 + dice.below(60), hurt: dice.pick(HURT) }
}

/// An invented name of three syllables.
fn name(dice: &mut Dice) -> String {
    capital(&(0..3).map(|_| dice.pick(SYLLABLES)).collect::<String>())
}

/// Words that somebody says.
fn saying(dice: &mut Dice) -> String {
    format!(
        "{} {} {} {} {} {} {}",
        dice.pick(SPEAK),
        dice.pick(MEANT),
        dice.pick(OF),
        dice.pick(LINKS),
        dice.pick(CAUSES),
        dice.pick(HAPPENED),
        dice.pick(OF)
    )
}

/// A clause of circumstance.
fn why(dice: &mut Dice) -> String {
    format!("{} {} {} {}", dice.pick(LINKS), dice.pick(CAUSES), dice.pick(HAPPENED), dice.pick(WHAT))
}

/// A sentence of the reporter's own.
pub(crate) fn plain(dice: &mut Dice, happening: &Happening) -> Sentence {
    let (who, did, what) = (dice.pick(WHO), dice.pick(DID), dice.pick(WHAT));
    let text = match dice.below(6) {
        0 => format!("{who} {did} {what} {} in {}, {}.", dice.pick(WHEN), happening.town, why(dice)),
        1 => format!("{}, {who} {did} {what} {}.", why(dice), dice.pick(WHEN)),
        2 => format!(
            "{what} was still out of use {}, and {who} {did} {} {}.",
            dice.pick(WHEN),
            dice.pick(WHAT),
            why(dice)
        ),
        3 => format!(
            "{} {} {} and {who} {did} {what} {}.",
            dice.pick(BACKGROUND),
            100 + dice.below(9000),
            dice.pick(STUFF),
            why(dice)
        ),
        4 => format!(
            "{} {}, {who} {did} {what}, {} near {}.",
            dice.pick(WHEN),
            why(dice),
            dice.pick(WHEN),
            happening.town
        ),
        _ => format!("{who} and {} {did} {what} {} {}.", dice.pick(WHO), dice.pick(WHEN), why(dice)),
    };
    Sentence(capital(&text))
}

/// A sentence with the happening's count.
pub(crate) fn figure(dice: &mut Dice, happening: &Happening) -> Sentence {
    let text = match dice.below(3) {
        0 => format!("At least {} {} {} {}.", happening.count, happening.hurt, dice.pick(WHEN), why(dice)),
        1 => format!("{}, at least {} {}.", why(dice), happening.count, happening.hurt),
        _ => format!("{} {} in {} {}.", happening.count, happening.hurt, happening.town, why(dice)),
    };
    Sentence(capital(&text))
}

/// A quotation: the happening's own words in the reporter's frame.
pub(crate) fn quotation(dice: &mut Dice, happening: &Happening, outlet: &str) -> Sentence {
    let at = dice.below(happening.sayings.len());
    let (speaker, saying) = &happening.sayings[at];
    let person = &happening.people[*speaker];
    let (_, more) = &happening.sayings[(at + 1 + dice.below(2)) % happening.sayings.len()];
    let told = format!("told {outlet}");
    let cue = if dice.one_in(3) { told.as_str() } else { dice.pick(CUES) };
    let text = match dice.below(3) {
        0 => format!(
            "“{},” {}, the {}, {cue}. “{}.”",
            capital(saying),
            person.name,
            person.post,
            capital(more)
        ),
        1 => format!(
            "“{}, and {more},” {cue} {}, the {} of {}.",
            capital(saying),
            person.name,
            person.post,
            happening.town
        ),
        _ => format!("{} {cue}: “{}, and {more}.”", person.name, capital(saying)),
    };
    Sentence(text)
}

/// Paragraphs of a whole report.
pub(crate) fn report(dice: &mut Dice, happening: &Happening, outlet: &str) -> Vec<Vec<Sentence>> {
    let paragraphs = 6 + dice.below(7);
    (0..paragraphs)
        .map(|n| {
            let mut out = vec![plain(dice, happening)];
            if n == 1 || dice.one_in(5) {
                out.push(figure(dice, happening));
            }
            if n > 1 && dice.one_in(3) {
                out.push(quotation(dice, happening, outlet));
            }
            if dice.one_in(2) {
                out.push(plain(dice, happening));
            }
            out
        })
        .collect()
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
