//! What a number measures: killed, wounded, missing, aboard, sent, planned, …
//!
//! Read from the words around the number in its clause. Two figures are of one thing only if their
//! measures fit; how their values fit is `compare`.

use headwater_model::text::{Outline, TokenKind};
use headwater_model::{Quantity, Span};

/// What happens to, or is, the thing counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// dead
    Dead,
    /// hurt
    Hurt,
    /// dead and hurt together: "casualties"
    DeadAndHurt,
    /// missing
    Missing,
    /// dead and missing together
    DeadAndMissing,
    /// held
    Held,
    /// rescued, survivors
    Saved,
    /// aboard, on board
    Aboard,
    /// displaced, evacuated, fled
    Displaced,
    /// sent, deployed
    Sent,
    /// present, stationed
    Present,
    /// took part, gathered
    Gathered,
    /// ill, infected
    Ill,
    /// lost a job
    Dismissed,
    /// money paid, worth, cost
    Worth,
    /// growth or fall
    Change,
    /// a share of something
    Share,
    /// none of these: the counted noun must do
    Other,
}

/// Words that tell a class; plain lower-case forms.
const WORDS: &[(Class, &[&str])] = &[
    (
        Class::Dead,
        &[
            "killed",
            "kill",
            "kills",
            "killing",
            "dead",
            "died",
            "die",
            "dies",
            "dying",
            "deaths",
            "death",
            "fatalities",
            "fatality",
            "perished",
            "drowned",
            "bodies",
            "corpses",
            "toll",
            "slain",
            "fatally",
            "deadly",
            "martyrs",
            "martyred",
            "martyr",
            "massacred",
            "executed",
            "beheaded",
            "slaughtered",
        ],
    ),
    (
        Class::Hurt,
        &[
            "injured",
            "injures",
            "injuring",
            "injuries",
            "wounded",
            "wounding",
            "wounds",
            "hurt",
            "injure",
            "hospitalised",
            "hospitalized",
        ],
    ),
    (Class::DeadAndHurt, &["casualties"]),
    (Class::Missing, &["missing", "unaccounted", "disappeared"]),
    (
        Class::Held,
        &[
            "arrested",
            "arrests",
            "arrest",
            "detained",
            "detainees",
            "captured",
            "kidnapped",
            "abducted",
            "hostages",
            "hostage",
            "custody",
            "seized",
            "abductees",
        ],
    ),
    (
        Class::Saved,
        &["rescued", "survivors", "survived", "saved", "saving", "pulled", "rescuing", "plucked", "alive"],
    ),
    (Class::Aboard, &["aboard", "board", "onboard", "carrying"]),
    (Class::Displaced, &["displaced", "evacuated", "fled", "homeless", "flee", "fleeing", "evacuees"]),
    (
        Class::Sent,
        &[
            "sent",
            "send",
            "sending",
            "sends",
            "deployed",
            "deploy",
            "deploying",
            "dispatched",
            "dispatch",
            "deployment",
        ],
    ),
    (Class::Present, &["present", "stationed", "serving", "based", "remain"]),
    (
        Class::Gathered,
        &[
            "gathered",
            "protested",
            "marched",
            "demonstrated",
            "attended",
            "rallied",
            "joined",
            "signatures",
            "signed",
            "crowd",
            "protesters",
            "demonstrators",
        ],
    ),
    (Class::Ill, &["infected", "ill", "sickened", "cases", "infections", "hospitalisations"]),
    (Class::Dismissed, &["layoffs", "fired", "redundant", "redundancies", "sacked"]),
    (
        Class::Worth,
        &[
            "worth", "cost", "costs", "costing", "paid", "pay", "spent", "price", "valued", "raised",
            "invest", "invested", "funding", "billion", "damages", "damage",
        ],
    ),
    (
        Class::Change,
        &[
            "rose",
            "risen",
            "grew",
            "grown",
            "increase",
            "increased",
            "fell",
            "fallen",
            "dropped",
            "drop",
            "decline",
            "declined",
            "climbed",
            "growth",
        ],
    ),
];

/// Phrases that tell a class where no single word does.
const PHRASES: &[(Class, &[&str])] = &[
    (Class::Missing, &["not", "been", "found"]),
    (Class::Missing, &["not", "yet", "been", "found"]),
    (Class::Missing, &["yet", "to", "be", "found"]),
    (Class::Missing, &["being", "looked", "for"]),
    (Class::Missing, &["presumed", "dead"]),
    (Class::Missing, &["feared", "dead"]),
];

/// What a number measures, and in which state of the world.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// The class.
    pub class: Class,
    /// The words that told it.
    pub because: Option<Span>,
    /// Something to come or planned: "plans to send", "may send".
    pub planned: bool,
    /// On top of others: "an additional 6,000".
    pub additional: bool,
    /// Whether it may be part of a greater count: "including 3 children", "three of them".
    pub part: bool,
}

/// How many tokens to look at on each side.
const REACH: usize = 20;

/// Reads the measure of a quantity.
pub fn measure(text: &str, outline: &Outline, quantity: &Quantity) -> Measure {
    let tokens = &outline.tokens;
    let number = outline.tokens_in(quantity.number);
    let whole = outline.tokens_in(quantity.span);
    let mut out =
        Measure { class: Class::Other, because: None, planned: false, additional: false, part: false };
    if number.is_empty() {
        return out;
    }
    let sentence = tokens[number.start].sentence;
    let lower = |i: usize| tokens[i].of(text).to_ascii_lowercase();
    let same = |i: usize| tokens[i].sentence == sentence;
    // 1. the counted phrase itself: "22 dead", "14 deaths"
    let mut best: Option<(usize, Class, Span)> = None;
    let consider = |distance: usize, class: Class, span: Span, best: &mut Option<(usize, Class, Span)>| {
        if best.as_ref().is_none_or(|(d, _, _)| distance < *d) {
            *best = Some((distance, class, span));
        }
    };
    // "lost their lives", "took dozens of lives"; "saving the lives" says the opposite
    let lost_lives = |i: usize| {
        let taken = |k: usize| {
            matches!(
                lower(k).as_str(),
                "lost" | "lose" | "losing" | "claimed" | "claiming" | "took" | "taken" | "cost"
            )
        };
        (lower(i) == "lives" && (i.saturating_sub(5)..i).any(|k| same(k) && taken(k))).then_some(Class::Dead)
    };
    let class_of = |w: &str| WORDS.iter().find(|(_, words)| words.contains(&w)).map(|(c, _)| *c);
    // the last word of a phrase tells it
    let phrase_at = |i: usize| {
        PHRASES
            .iter()
            .find(|(_, p)| {
                i + 1 >= p.len() && p.iter().rev().enumerate().all(|(k, w)| same(i - k) && lower(i - k) == *w)
            })
            .map(|(c, _)| *c)
    };
    for (i, token) in tokens.iter().enumerate().take(whole.end).skip(number.end) {
        if same(i)
            && let Some(class) = phrase_at(i).or_else(|| class_of(&lower(i))).or_else(|| lost_lives(i))
        {
            consider(0, class, token.span, &mut best);
        }
    }
    // 2. after: the predicate of the counted noun, up to the next number
    //    A participle right behind the noun ("soldiers sent to help have died") yields to the
    //    predicate that an auxiliary opens.
    let mut auxiliary = false;
    let mut participle: Option<(usize, Class, Span)> = None;
    let mut predicate: Option<(usize, Class, Span)> = None;
    for (i, token) in tokens.iter().enumerate().skip(whole.end).take(REACH) {
        let w = lower(i);
        if !same(i) || token.kind == TokenKind::Number || matches!(w.as_str(), ";" | ":" | "while") {
            break;
        }
        auxiliary |=
            matches!(w.as_str(), "are" | "is" | "were" | "was" | "have" | "has" | "had" | "been" | "be");
        if let Some(class) = phrase_at(i).or_else(|| class_of(&w)).or_else(|| lost_lives(i)) {
            let found = (1 + (i - whole.end) / 2, class, token.span);
            if auxiliary {
                predicate = Some(found);
                break;
            }
            participle.get_or_insert(found);
        }
    }
    if let Some((distance, class, span)) = predicate.or(participle) {
        consider(if predicate.is_some() { distance.min(3) } else { distance }, class, span, &mut best);
    }
    // 3. before: "killing at least 20", "the death toll rose to 20", "killed: 20"
    for i in (whole.start.saturating_sub(REACH)..whole.start).rev() {
        let w = lower(i);
        if !same(i) || w == ";" {
            break;
        }
        let distance = whole.start - i;
        if let Some(class) = class_of(&w) {
            // a verb with its object stands close; a clause apart counts more
            let comma = (i..whole.start).any(|k| tokens[k].of(text) == ",");
            consider(distance + if comma { 6 } else { 0 }, class, tokens[i].span, &mut best);
            // "the death toll rose to 41": what rose is told further left
            if class != Class::Change {
                if let Some((_, Class::Change, _)) = best {
                    best = Some((distance, class, tokens[i].span));
                }
                break;
            }
        }
    }
    if let Some((_, class, span)) = best {
        out.class = class;
        out.because = Some(span);
    }
    // A noun that implies a class is the last resort: "312 passengers" are aboard unless something is said of them.
    if out.class == Class::Other
        && ["passengers", "passenger", "crew"]
            .iter()
            .any(|w| quantity.counted.to_ascii_lowercase().ends_with(w))
    {
        out.class = Class::Aboard;
        out.because = quantity.counted_span;
    }
    if out.class == Class::Other && quantity.unit == "percent" && !quantity.counted.is_empty() {
        out.class = Class::Share;
    }
    // "dead and wounded", "dead or missing"
    if let Some(span) = out.because {
        let at = outline.token_at(span.start);
        let joined = |k: usize| {
            tokens.get(k).filter(|t| t.sentence == sentence).map(|t| t.of(text).to_ascii_lowercase())
        };
        if matches!(joined(at + 1).as_deref(), Some("and" | "or")) {
            let next = joined(at + 2).and_then(|w| class_of(&w));
            out.class = match (out.class, next) {
                (Class::Dead, Some(Class::Hurt)) | (Class::Hurt, Some(Class::Dead)) => Class::DeadAndHurt,
                (Class::Dead, Some(Class::Missing)) | (Class::Missing, Some(Class::Dead)) => {
                    Class::DeadAndMissing
                }
                (c, _) => c,
            };
        }
    }
    let window = number.start.saturating_sub(8)..(number.end + 8).min(tokens.len());
    for i in window {
        if !same(i) {
            continue;
        }
        match lower(i).as_str() {
            "will" | "would" | "plans" | "plan" | "planned" | "planning" | "may" | "might" | "could"
            | "intends" | "pledged" | "promised" | "expected" | "proposed" => out.planned = true,
            "additional" | "further" | "more" | "extra" | "another"
                if (i < number.start || i <= whole.end)
                // "more than" is a bound
                && !(lower(i) == "more" && i + 1 < tokens.len() && lower(i + 1) == "than")
                    && i + 4 > number.start
                    && i <= number.end + 1 =>
            {
                out.additional = true;
            }
            "including" | "among" if i < number.start && i + 3 >= number.start => out.part = true,
            _ => {}
        }
    }
    let after = |k: usize| {
        tokens
            .get(number.end + k)
            .filter(|t| t.sentence == sentence)
            .map(|t| t.of(text).to_ascii_lowercase())
            .unwrap_or_default()
    };
    if after(0) == "of" && matches!(after(1).as_str(), "them" | "whom" | "those" | "which") {
        out.part = true;
    }
    out
}

/// Whether two classes can be one count, and whether one holds the other.
pub fn relate(a: Class, b: Class) -> Relation {
    use Class::*;
    if a == b {
        return Relation::Same;
    }
    match (a, b) {
        (DeadAndHurt, Dead | Hurt) | (Dead | Hurt, DeadAndHurt) => Relation::Wider,
        (DeadAndMissing, Dead | Missing) | (Dead | Missing, DeadAndMissing) => Relation::Wider,
        (Sent, Present) | (Present, Sent) => Relation::Other,
        (Aboard, Other) | (Other, Aboard) => Relation::Other,
        _ => Relation::Other,
    }
}

/// How two classes hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// One class.
    Same,
    /// One takes in the other: a difference of scope.
    Wider,
    /// Unlike things.
    Other,
}

/// Whether a class is of people harmed, or found.
pub(crate) fn of_people(class: Class) -> bool {
    moves_with_time(class) || matches!(class, Class::Aboard | Class::Dismissed)
}

/// Whether counts of a class change as an event goes on.
pub(crate) fn moves_with_time(class: Class) -> bool {
    matches!(
        class,
        Class::Dead
            | Class::Hurt
            | Class::DeadAndHurt
            | Class::Missing
            | Class::DeadAndMissing
            | Class::Held
            | Class::Saved
            | Class::Displaced
            | Class::Ill
            | Class::Gathered
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use headwater_model::Bound;

    #[track_caller]
    fn check(text: &str, number: &str, class: Class, planned: bool, additional: bool) {
        let outline = Outline::new(text);
        let at = text.find(number).unwrap();
        let span = Span::new(at, at + number.len());
        let end = outline.tokens[(outline.token_at(span.end - 1) + 1).min(outline.tokens.len() - 1)].span.end;
        let q = Quantity {
            span: Span { start: span.start, end },
            number: span,
            low: 1.0,
            high: 1.0,
            bound: Bound::Exactly,
            unit: "person".into(),
            counted: text[span.end as usize..end as usize].trim().to_owned(),
            counted_span: None,
            identifies: false,
        };
        let m = measure(text, &outline, &q);
        assert_eq!((m.class, m.planned, m.additional), (class, planned, additional), "in {text}");
    }

    #[test]
    fn classes() {
        check("Roughly 2,000 soldiers sent to help have been killed.", "2,000", Class::Dead, false, false);
        check("The blast left 22 dead and 14 wounded.", "22", Class::Dead, false, false);
        check("The blast left 22 dead and 14 wounded.", "14", Class::Hurt, false, false);
        check("It plans to send an additional 6,000 soldiers.", "6,000", Class::Sent, true, true);
        check("The death toll rose to 41 on Monday.", "41", Class::Dead, false, false);
        check("There were 38 dead or missing.", "38", Class::DeadAndMissing, false, false);
        check("They went out at dawn, saving the lives of 41 passengers.", "41", Class::Saved, false, false);
        check("In all, 56 people lost their lives there.", "56", Class::Dead, false, false);
        check("The ferry had 312 passengers.", "312", Class::Aboard, false, false);
    }
}
