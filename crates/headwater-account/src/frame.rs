//! The typed frame of a figure: what is counted, of whom, over which extent, as of when, and from whom.
//!
//! Reads one clause of one report. Whether two frames are of one thing is `kinship`; how two values fit is
//! `compare`.

mod extent;
mod who;

pub(crate) use extent::{Extent, spots};
pub(crate) use who::{Overlap, Who};

use crate::lexicon::Lexicon;
use crate::material::{Clause, Input};
use crate::measure::{Class, Measure, measure, of_people};
use crate::sources;
use extent::{as_of, extent, moves};
use headwater_model::account::ChainLevel;
use headwater_model::text::{Outline, TokenKind};
use headwater_model::{ArticleIndex, Quantity, Span};
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

/// How far back, in sentences, a bare number may take up a count; by judgement.
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
    let mut who = who::who(input, clause.article, outline, &quantity);
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
                if who::KINDS.iter().any(|w| w.contains(&lower(k).as_str())) || lower(k) == "people" {
                    quantity.unit = "person".into();
                }
            }
            return;
        }
    }
}
