//! The typed frame of a figure: what is counted, of whom, over which extent, as of when, and from whom.
//!
//! Reads one clause of one report. Whether two frames are of one thing is `kinship`; how two values fit is
//! `compare`.

use crate::lexicon::Lexicon;
use crate::material::{Clause, Input};
use crate::measure::{Class, Measure, measure};
use crate::sources;
use headwater_model::account::ChainLevel;
use headwater_model::text::{Outline, TokenKind};
use headwater_model::{ArticleIndex, NameKind, Quantity, SourceKind, Span, TimeKind};
use jiff::civil::Date;

/// One number of one report, with all that says what it is a number of.
#[derive(Clone, Debug)]
pub(crate) struct Number {
    pub(crate) article: ArticleIndex,
    /// Index into the story's clauses: where it stands.
    pub(crate) clause: usize,
    /// Index into the story's clauses: what it is compared by. Another clause than `clause` for a bare number
    /// that takes up a count told before ("the authority says 347").
    pub(crate) context: usize,
    pub(crate) quantity: Quantity,
    pub(crate) measure: Measure,
    pub(crate) who: Who,
    pub(crate) extent: Extent,
    /// Concepts of the counted phrase, sorted.
    pub(crate) counted: Vec<u32>,
    /// Its source, outermost first.
    pub(crate) chain: Vec<ChainLevel>,
    /// When the value holds: the first and last day, and the TIMEX3 value.
    pub(crate) as_of: Option<(Date, Date, String)>,
    /// "rose to", "new toll", "earlier": words that say the count moves.
    pub(crate) moves: Option<Span>,
}

/// Kinds of people, as sets that a count may be limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Who {
    /// One bit a kind of `KINDS`; none for "people" and the like.
    pub(crate) kinds: u32,
    /// Entities and countries in the counted phrase, sorted: "Lebanese passengers".
    pub(crate) names: Vec<u32>,
}

/// How two sets of people lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Overlap {
    /// The same words for them.
    Same,
    /// One is limited where the other is not: "people" and "civilians".
    Wider,
    /// Limited to different kinds: "children" and "soldiers".
    Apart,
}

impl Who {
    /// Whether nothing limits it.
    pub(crate) fn general(&self) -> bool {
        self.kinds == 0 && self.names.is_empty()
    }

    pub(crate) fn overlap(&self, other: &Who) -> Overlap {
        let kinds = match (self.kinds, other.kinds) {
            (a, b) if a == b => Overlap::Same,
            (0, _) | (_, 0) => Overlap::Wider,
            (a, b) if a & b != 0 => Overlap::Wider,
            _ => Overlap::Apart,
        };
        let names = match (self.names.as_slice(), other.names.as_slice()) {
            (a, b) if a == b => Overlap::Same,
            ([], _) | (_, []) => Overlap::Wider,
            (a, b) if a.iter().any(|x| b.contains(x)) => Overlap::Wider,
            _ => Overlap::Apart,
        };
        match (kinds, names) {
            (Overlap::Apart, _) => Overlap::Apart,
            // "rebels" and "Syrian rebels" are called differently, not limited differently
            (Overlap::Same, _) if self.kinds != 0 => Overlap::Same,
            (Overlap::Same, n) => n,
            (Overlap::Wider, _) => Overlap::Wider,
        }
    }
}

/// The kinds, each with the nouns that tell it; a noun may tell two ("schoolboys" are children and pupils).
const KINDS: &[&[&str]] = &[
    &[
        "children",
        "child",
        "kids",
        "boys",
        "boy",
        "girls",
        "girl",
        "infants",
        "babies",
        "minors",
        "minor",
        "teenagers",
        "toddlers",
        "schoolchildren",
        "pupils",
    ],
    &["women", "woman", "females", "mothers", "wives"],
    &["civilians", "civilian", "citizens", "residents", "villagers", "non-combatants"],
    &[
        "soldiers",
        "soldier",
        "troops",
        "servicemen",
        "loyalists",
        "marines",
        "conscripts",
        "guards",
        "army",
        "pro-government",
        "pro-regime",
    ],
    &[
        "rebels",
        "rebel",
        "militants",
        "militant",
        "terrorists",
        "terrorist",
        "jihadists",
        "jihadist",
        "insurgents",
        "insurgent",
        "extremists",
        "jihadis",
    ],
    &["police", "policemen", "officers"],
    &["passengers", "passenger", "travellers", "travelers"],
    &["crew", "crewmen", "sailors", "sailor", "seamen", "crewmembers"],
    &["journalists", "journalist", "reporters"],
    &["doctors", "nurses", "medics", "paramedics"],
    &["students", "student"],
    &["prisoners", "detainees", "inmates", "hostages"],
    &["workers", "employees", "staff", "miners"],
    &["protesters", "demonstrators", "protestors"],
    &["firefighters", "rescuers", "divers"],
    &["engineers", "sappers"],
    &["migrants", "refugees"],
    &["tourists", "holidaymakers"],
    &["families", "households"],
    &["men", "males", "fathers"],
];

/// Over which extent a count runs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extent {
    /// Places named in the sentence (no countries), sorted.
    pub(crate) places: Vec<u32>,
    /// Words that make it the whole: "in all", "on the two ships", "across the country".
    pub(crate) whole: bool,
    /// Words that make it a sum over time: "since Saturday", "so far this year".
    pub(crate) since: bool,
    /// Days of the happening told in the sentence; the time of the saying is none of them.
    pub(crate) days: Vec<(Date, Date)>,
    /// Folded names after words of place near the number: "in Raqqa", "the town of Salma"; sorted.
    pub(crate) spots: Vec<String>,
    /// Words near the number that point to another happening: "elsewhere", "an earlier attack".
    pub(crate) aside: bool,
    /// First numbered sentence of the report: 0 for the title or lead.
    pub(crate) sentence: usize,
}

/// Things that are hit or used where people are killed: no people.
const THINGS: &[&str] = &[
    "strike",
    "raid",
    "attack",
    "rocket",
    "shell",
    "bomb",
    "missile",
    "mortar",
    "car",
    "vehicle",
    "house",
    "building",
    "home",
    "tank",
    "ship",
    "boat",
    "vessel",
    "plane",
    "aircraft",
    "helicopter",
    "drone",
    "blast",
    "explosion",
    "bullet",
    "gun",
    "hour",
    "minute",
    "day",
    "week",
    "month",
    "year",
    "kilometre",
    "metre",
    "mile",
    "site",
    "town",
    "village",
    "city",
    "province",
    "district",
    "area",
    "place",
    "location",
    "time",
    "shop",
    "school",
    "hospital",
    "round",
    "sortie",
    "airstrike",
    "air strike",
    "operation",
    "position",
    "target",
    "base",
    "checkpoint",
    "point",
    "percent",
    "usd",
    "eur",
    "gbp",
    "side",
    "country",
    "front",
    "incident",
    "accident",
    "case",
    "storey",
    "floor",
    "truck",
    "bus",
    "train",
    "animal",
    "cow",
    "sheep",
];

/// Whether a class is of people harmed, or found.
pub(crate) fn of_people(class: Class) -> bool {
    matches!(
        class,
        Class::Dead
            | Class::Hurt
            | Class::DeadAndHurt
            | Class::Missing
            | Class::DeadAndMissing
            | Class::Held
            | Class::Saved
            | Class::Aboard
            | Class::Displaced
            | Class::Ill
            | Class::Gathered
            | Class::Dismissed
    )
}

/// Verbs and marks after which a bare number takes up the count told before: "its gates counted 347".
const TAKES_UP: &[&str] = &[
    "says", "said", "say", "counted", "count", "counts", "gave", "gives", "put", "puts", "’s", "'s",
    "reported", "reports", "is", "was", "to", "at", "of", "be",
];

/// Collects the numbers of the story's clauses.
pub(crate) fn collect(input: &Input<'_>, lexicon: &Lexicon, clauses: &[Clause]) -> Vec<Number> {
    let mut out: Vec<Number> = Vec::new();
    for (index, clause) in clauses.iter().enumerate() {
        let notes = &input.annotations[clause.article.at()];
        for &q in &clause.quantities {
            if let Some(n) = frame(input, lexicon, clauses, index, &notes.quantities[q], &out, false) {
                out.push(n);
            }
        }
    }
    out
}

/// How far back, in sentences, a bare number may take up a count.
const TAKE_UP_SENTENCES: usize = 2;

/// The frame of one quantity; `None` for what identifies or counts nothing, unless it was `pointed_at` from outside.
/// `before` are the report's earlier numbers, for bare ones that take up a count.
pub(crate) fn frame(
    input: &Input<'_>,
    lexicon: &Lexicon,
    clauses: &[Clause],
    index: usize,
    given: &Quantity,
    before: &[Number],
    pointed_at: bool,
) -> Option<Number> {
    let clause = &clauses[index];
    let at = clause.article.at();
    let (text, outline) = (input.articles[at].text.as_str(), &input.outlines[at]);
    if given.identifies && !pointed_at {
        return None;
    }
    let mut quantity = given.clone();
    let mut context = index;
    let bare = quantity.counted.is_empty() && quantity.unit.is_empty();
    if bare {
        number_of(text, outline, &mut quantity);
    }
    let mut m = measure(text, outline, &quantity);
    if of_people(m.class) && quantity.unit != "person" {
        // "12 million marks for the families of the dead": a unit with nothing counted is no count of people
        let measured = quantity.counted.is_empty() && !quantity.unit.is_empty();
        if measured || THINGS.contains(&quantity.unit.as_str()) {
            m.class = Class::Other;
        } else {
            quantity.unit = "person".into();
        }
    }
    let mut who = who(input, clause.article, outline, &quantity);
    if bare && m.class == Class::Other && quantity.unit.is_empty() {
        // "the port authority says 347": the count told before
        let number = outline.tokens_in(quantity.number);
        let left =
            number.start.checked_sub(1).map_or("", |i| outline.tokens[i].of(text)).to_ascii_lowercase();
        let taken = before
            .iter()
            .rev()
            .filter(|_| TAKES_UP.contains(&left.as_str()))
            .take_while(|n| n.article == clause.article)
            .take_while(|n| clause.sentence.saturating_sub(clauses[n.clause].sentence) <= TAKE_UP_SENTENCES)
            .find(|n| n.quantity.unit == "person" && size(&n.quantity, &quantity));
        match taken {
            Some(taken) => {
                quantity.unit = taken.quantity.unit.clone();
                quantity.counted = taken.quantity.counted.clone();
                m = Measure { because: None, ..taken.measure.clone() };
                who = taken.who.clone();
                context = taken.context;
            }
            None if pointed_at => {}
            None => return None,
        }
    }
    // A bare small count of nothing known says little: "two leaders", "three days".
    if !pointed_at
        && m.class == Class::Other
        && quantity.high < 4.0
        && quantity.bound == headwater_model::Bound::Exactly
    {
        return None;
    }
    let mut scratch = String::new();
    let mut counted: Vec<u32> = match quantity.counted_span {
        Some(s) => outline
            .tokens_in(s)
            .filter_map(|i| lexicon.concept(outline.tokens[i].of(text), &mut scratch))
            .collect(),
        None => Vec::new(),
    };
    counted.sort_unstable();
    counted.dedup();
    let chain = sources::of_figure(input, clause.article, quantity.number);
    Some(Number {
        article: clause.article,
        clause: index,
        context,
        moves: moves(text, outline, quantity.number),
        extent: extent(input, clause, quantity.number),
        measure: m,
        who,
        counted,
        chain,
        as_of: as_of(input, clause),
        quantity,
    })
}

/// Whether two counts are of one order of size, so that one can answer the other.
fn size(a: &Quantity, b: &Quantity) -> bool {
    let (x, y) = (a.high.max(1.0), b.high.max(1.0));
    x / y < 3.0 && y / x < 3.0
}

/// "put the number of passengers at 312", "the number of people known to have died has risen to 38": the words
/// counted stand before a bare number.
fn number_of(text: &str, outline: &Outline, quantity: &mut Quantity) {
    let number = outline.tokens_in(quantity.number);
    let Some(first) = outline.tokens.get(number.start) else { return };
    let lower = |i: usize| outline.tokens[i].of(text).to_ascii_lowercase();
    let from = outline.sentence_tokens.get(first.sentence as usize).map_or(0, |r| r.start);
    for i in (from..number.start).rev() {
        if outline.tokens[i].kind == TokenKind::Number || lower(i) == ";" {
            return;
        }
        if lower(i) == "of" && i > from && matches!(lower(i - 1).as_str(), "number" | "count" | "total") {
            let noun = (i + 1..number.start)
                .find(|&k| lower(k).len() > 3 && lower(k).ends_with('s') || lower(k) == "people");
            if let Some(k) = noun.filter(|k| *k <= i + 4) {
                quantity.counted = outline.tokens[k].of(text).to_owned();
                quantity.counted_span = Some(outline.tokens[k].span);
                if KINDS.iter().any(|w| w.contains(&lower(k).as_str())) || lower(k) == "people" {
                    quantity.unit = "person".into();
                }
            }
            return;
        }
    }
}

/// The people that a count is limited to.
fn who(input: &Input<'_>, article: ArticleIndex, outline: &Outline, quantity: &Quantity) -> Who {
    let mut out = Who::default();
    let at = article.at();
    let text = input.articles[at].text.as_str();
    let Some(span) = quantity.counted_span else { return out };
    let range = outline.tokens_in(span);
    // "members of the Nusra Front": what they are members of
    let members = range.clone().any(|i| {
        matches!(outline.tokens[i].of(text), "members" | "fighters" | "heads" | "leaders" | "commanders")
    });
    let end = if members { (range.end + 6).min(outline.tokens.len()) } else { range.end };
    let sentence = outline.tokens.get(range.start).map(|t| t.sentence);
    let mut scratch = String::new();
    for token in outline.tokens[range.start..end].iter().filter(|t| Some(t.sentence) == sentence) {
        scratch.clear();
        scratch.push_str(token.of(text));
        scratch.make_ascii_lowercase();
        for (k, words) in KINDS.iter().enumerate() {
            if words.contains(&scratch.as_str()) {
                out.kinds |= 1 << k;
            }
        }
    }
    if range.clone().any(|i| outline.tokens[i].of(text) == "fighters") && out.kinds == 0 {
        out.kinds |= 1 << 4;
    }
    let notes = &input.annotations[at];
    for name in notes.names.iter().filter(|n| span.contains(n.span)) {
        if let Some(e) = input.entity_of[at].get(name.entity as usize).copied().flatten() {
            let entity = &input.entities[e.at()];
            out.names.push(match &entity.country {
                Some(code) => crate::material::country_concept(code),
                None => crate::lexicon::ENTITY_BASE + e.0,
            });
        }
    }
    out.names.sort_unstable();
    out.names.dedup();
    out
}

/// Phrases (lower case) that make a count the whole of something.
const WHOLE: &[&[&str]] = &[
    &["in", "all"],
    &["in", "total"],
    &["altogether"],
    &["overall"],
    &["combined"],
    &["both"],
    &["a", "total", "of"],
    &["on", "the", "two"],
    &["on", "two"],
    &["across"],
    &["nationwide"],
    &["countrywide"],
    &["throughout"],
];

/// Phrases that make a count a sum over time.
const SINCE: &[&[&str]] = &[
    &["since"],
    &["so", "far", "this"],
    &["over", "the", "past"],
    &["over", "the", "last"],
    &["in", "the", "past"],
    &["in", "recent"],
    &["during", "the", "past"],
    &["to", "date"],
];

/// Tokens around a number that are read for its extent.
const EXTENT_REACH: usize = 16;

fn extent(input: &Input<'_>, clause: &Clause, number: Span) -> Extent {
    let at = clause.article.at();
    let (text, outline, notes) =
        (input.articles[at].text.as_str(), &input.outlines[at], &input.annotations[at]);
    let mut out = Extent { sentence: clause.sentence, ..Extent::default() };
    let token = outline.token_at(number.start);
    let own = outline.tokens.get(token).map_or(clause.sentence, |t| t.sentence as usize);
    let range = outline.sentence_tokens.get(own).cloned().unwrap_or(token..token);
    let from = token.saturating_sub(EXTENT_REACH).max(range.start).min(token);
    let to = (token + EXTENT_REACH).min(range.end).max(from);
    let words: Vec<String> =
        outline.tokens[from..to].iter().map(|t| t.of(text).to_ascii_lowercase()).collect();
    let has = |list: &[&[&str]]| {
        list.iter().any(|p| words.windows(p.len()).any(|w| w.iter().zip(*p).all(|(a, b)| a == b)))
    };
    out.whole = has(WHOLE);
    out.since = has(SINCE);
    out.spots = spots(text, outline, from..to);
    let start = token.saturating_sub(ASIDE_REACH).max(from);
    let near = words.get(start - from..(token + 4 - from).min(words.len())).unwrap_or_default();
    out.aside = near.iter().any(|w| ASIDE.contains(&w.as_str()));
    let sentence = outline.sentences.get(clause.sentence).copied().unwrap_or(clause.span);
    let first = notes.names.partition_point(|n| n.span.end <= sentence.start);
    for name in notes.names[first..].iter().take_while(|n| n.span.start < sentence.end) {
        if name.kind != NameKind::Place {
            continue;
        }
        if let Some(e) = input.entity_of[at].get(name.entity as usize).copied().flatten() {
            out.places.push(e.0);
        }
    }
    out.places.sort_unstable();
    out.places.dedup();
    for &t in &clause.sentence_times {
        let mention = &notes.times[t];
        if mention.kind == TimeKind::Duration || is_of_saying(input, clause, mention.span) {
            continue;
        }
        if let Some(i) = mention.interval {
            let last = i.end.date().yesterday().unwrap_or(i.end.date()).max(i.start.date());
            // a year long gone dates as well: "in 2019, 31 people died"
            let published = input.articles[at].published.range.earliest;
            let gone = mention.value.len() == 4 && published.is_some_and(|p| last.year() < p.year());
            if gone || (last - i.start.date()).get_days() <= LONGEST_DAY {
                out.days.push((i.start.date(), last));
            }
        }
    }
    out
}

/// Words that turn to another happening.
const ASIDE: &[&str] = &[
    "elsewhere",
    "another",
    "separately",
    "meanwhile",
    "second",
    "separate",
    "also",
    "previous",
    "ago",
    "last",
    "when",
    "comes",
    "followed",
    "earlier",
    "other",
    "similar",
];

/// Tokens before a number that are read for such words.
const ASIDE_REACH: usize = 14;

/// Names after words of place in a range of tokens, folded and sorted.
pub(crate) fn spots(text: &str, outline: &Outline, range: std::ops::Range<usize>) -> Vec<String> {
    let mut out = Vec::new();
    let tokens = &outline.tokens;
    let mut i = range.start;
    while i < range.end {
        let word = tokens[i].of(text);
        i += 1;
        if !matches!(
            word,
            "in" | "near"
                | "at"
                | "on"
                | "around"
                | "outside"
                | "inside"
                | "of"
                | "towards"
                | "from"
                | "hit"
                | "near-by"
        ) {
            continue;
        }
        // a few plain words may stand between: "in the central city of"
        let end = (i + 4).min(range.end);
        let Some(k) = (i..end).find(|&k| tokens[k].of(text).starts_with(char::is_uppercase)) else {
            continue;
        };
        if (i..k).any(|x| tokens[x].kind != TokenKind::Word) {
            continue;
        }
        for t in &tokens[k..range.end.min(k + 3)] {
            let w = t.of(text);
            if !w.starts_with(char::is_uppercase) || DATES.contains(&w) {
                break;
            }
            out.push(headwater_model::text::fold::fold(w));
        }
    }
    out.sort();
    out.dedup();
    out
}

/// Capitalised words after "in" or "on" that name no place.
const DATES: &[&str] = &[
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Sept",
    "Oct",
    "Nov",
    "Dec",
];

/// Longest stretch, in days, that still dates a happening.
const LONGEST_DAY: i32 = 7;

/// Whether a time tells when something was said rather than when it happened.
fn is_of_saying(input: &Input<'_>, clause: &Clause, span: Span) -> bool {
    let at = clause.article.at();
    let (text, outline, notes) =
        (input.articles[at].text.as_str(), &input.outlines[at], &input.annotations[at]);
    let sentence = outline.sentences.get(clause.sentence).copied().unwrap_or(clause.span);
    let before = outline.token_at(span.start).checked_sub(1).map_or("", |i| outline.tokens[i].of(text));
    if matches!(before.to_ascii_lowercase().as_str(), "of" | "by" | "until" | "since") {
        return true;
    }
    let mut outside = notes
        .attributions
        .iter()
        .filter(|a| a.source.kind != SourceKind::Missing)
        .filter(|a| a.cue.iter().any(|c| sentence.contains(*c)))
        .map(|a| !a.content.iter().any(|c| c.overlaps(span)))
        .peekable();
    outside.peek().is_some() && outside.all(|o| o)
}

/// As of when a clause speaks: the time of the saying ("on Tuesday officials said …", "as of Friday"), else the day
/// of publication. When the thing happened ("the blast on Monday killed 12") is no as-of.
fn as_of(input: &Input<'_>, clause: &Clause) -> Option<(Date, Date, String)> {
    let at = clause.article.at();
    let notes = &input.annotations[at];
    let told = clause.sentence_times.iter().chain(&clause.times).filter_map(|&t| {
        let m = &notes.times[t];
        let i = m.interval?;
        let days = (i.end.date() - i.start.date()).get_days();
        (days <= 31 && m.kind != TimeKind::Duration && is_of_saying(input, clause, m.span)).then(|| {
            let last = i.end.date().yesterday().unwrap_or(i.end.date()).max(i.start.date());
            (i.start.date(), last, m.value.clone())
        })
    });
    if let Some(best) = told.max_by_key(|(_, last, _)| *last) {
        return Some(best);
    }
    let range = input.articles[at].published.range;
    let (a, b) = (range.earliest?, range.latest?);
    let value = if a == b { a.to_string() } else { format!("{a}/{b}") };
    Some((a, b, value))
}

/// Words near a number that say the count moves.
fn moves(text: &str, outline: &Outline, number: Span) -> Option<Span> {
    let at = outline.token_at(number.start);
    let sentence = outline.tokens.get(at)?.sentence;
    let lower = |i: usize| outline.tokens.get(i).map_or("", |t| t.of(text)).to_ascii_lowercase();
    let tells = |i: usize| {
        let (word, next) = (lower(i), lower(i + 1));
        MOVES.contains(&word.as_str()) && i < at + 4
            || matches!(word.as_str(), "new" | "updated" | "latest" | "previous") && next == "toll"
            || word == "later" && matches!(next.as_str(), "said" | "put" | "gave")
    };
    let near = at.saturating_sub(8)..(at + 9).min(outline.tokens.len());
    near.filter(|&i| outline.tokens[i].sentence == sentence && tells(i))
        .min_by_key(|&i| (i.abs_diff(at), i))
        .map(|i| outline.tokens[i].span)
}

/// Words that say so by themselves.
const MOVES: &[&str] = &[
    "rose",
    "risen",
    "rises",
    "climbed",
    "climbs",
    "revised",
    "updated",
    "earlier",
    "initially",
    "initial",
    "previously",
    "increased",
    "jumped",
    "lowered",
    "raised",
    "preliminary",
];
