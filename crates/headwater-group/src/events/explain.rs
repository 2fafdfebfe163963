//! Why reports are grouped or not, in words, and tied to the words they rest on.
//!
//! Everything said here is read off the same sketches and weights that decided; nothing is decided here.

use super::GroupInput;
use super::acts::{self, Conflict};
use super::features::{NAMES, common, features, for_shared};
use super::graph::{days_apart, days_cost};
use super::grouping::Grouped;
use super::overrides::Resolved;
use super::sketch::{NUMBER, Sketch, TOP_NAME};
use super::terms::Term;
use super::weights::{Weights, is_short, probability};
use headwater_model::{ArticleIndex, Reason, Span};

/// Shared words named in a reason.
const NAMED: usize = 4;
/// A report outside the event is spoken of when the pair is at least this likely.
const NEAR: f32 = 0.25;

/// One number that two reports were compared by.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// What it measures.
    pub name: &'static str,
    /// Its value.
    pub value: f32,
    /// What it adds to the log-odds that both tell the same happening.
    pub adds: f32,
}

/// Why two reports are grouped or not.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// Whether they are in one event.
    pub same_event: bool,
    /// Whether they are in one story.
    pub same_story: bool,
    /// Probability, by their words and days alone, that they tell the same happening.
    pub probability: f32,
    /// The features that are not zero, those that add or take most first.
    pub features: Vec<Feature>,
    /// The same in words.
    pub reasons: Vec<Reason>,
}

/// The words that two sketches share, weightiest first, with their places in the first one's text.
fn shared_words(a: &Sketch, b: &Sketch) -> Vec<(Option<Span>, bool)> {
    let place = |term: Term| {
        let at = a.surfaces.binary_search_by_key(&term, |s| s.0).ok()?;
        a.surfaces.get(at).map(|s| s.1)
    };
    let mut found: Vec<(f32, Option<Span>, bool)> = Vec::new();
    for_shared(&a.items, &b.items, |x, y| {
        if x.bits & NUMBER == 0
            && let Some(place) = place(x.term)
        {
            let weight = x.full * y.full + 0.5 * x.head * y.head;
            found.push((weight, place, x.bits & y.bits & TOP_NAME != 0));
        }
    });
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.into_iter().map(|(_, place, name)| (place, name)).collect()
}

/// "“a”, “b” and “c”" of the words at the places, each once.
fn list(text: &str, places: &[Span]) -> String {
    let mut words: Vec<&str> = Vec::new();
    for place in places {
        let word = place.of(text);
        if !word.is_empty() && !words.iter().any(|w| w.eq_ignore_ascii_case(word)) {
            words.push(word);
        }
    }
    words.truncate(NAMED);
    let mut out = String::new();
    for (i, word) in words.iter().enumerate() {
        out += match i {
            0 => "",
            i if i + 1 == words.len() => " and ",
            _ => ", ",
        };
        out += &format!("“{word}”");
    }
    out
}

/// What a report is called in a reason.
pub(crate) fn call<'a>(input: &GroupInput<'a>) -> &'a str {
    if input.article.id.is_empty() { input.article.headline() } else { &input.article.id }
}

/// What two sketches share, as one reason about `a`, seen from `a`'s words.
fn sharing(
    inputs: &[GroupInput<'_>],
    a: ArticleIndex,
    b: ArticleIndex,
    x: &Sketch,
    y: &Sketch,
) -> Option<Reason> {
    let (input, other) = (inputs.get(a.at())?, inputs.get(b.at())?);
    let text = &input.article.text;
    let places: Vec<Span> = shared_words(x, y).into_iter().filter_map(|(place, _)| place).collect();
    let words = list(text, &places);
    match places.first() {
        Some(first) if !words.is_empty() => {
            Some(Reason::at(format!("shares {words} with {}", call(other)), a, *first))
        }
        _ => {
            let n = common_terms(x, y);
            (n > 0)
                .then(|| Reason::plain(format!("its headline shares {n} telling words with {}", call(other))))
        }
    }
}

fn common_terms(a: &Sketch, b: &Sketch) -> usize {
    let mut n = 0;
    for_shared(&a.items, &b.items, |_, _| n += 1);
    n
}

/// The medium that both tell of.
fn medium(a: ArticleIndex, x: &Sketch, y: &Sketch) -> Option<Reason> {
    let (class, place) = x.media.iter().find(|(c, _)| y.media.iter().any(|(d, _)| c == d))?;
    let text = format!("both tell of a {}", acts::name(*class));
    Some(match place {
        Some(place) => Reason::at(text, a, *place),
        None => Reason::plain(text),
    })
}

/// What keeps two like reports apart.
fn apart(
    inputs: &[GroupInput<'_>],
    a: ArticleIndex,
    b: ArticleIndex,
    x: &Sketch,
    y: &Sketch,
) -> Option<Reason> {
    let (input, other) = (inputs.get(a.at())?, inputs.get(b.at())?);
    let at = |text: String, place: Option<Span>| match place {
        Some(place) => Reason::at(text, a, place),
        None => Reason::plain(text),
    };
    Some(match acts::conflict(x, y)? {
        Conflict::Media((m, place), (n, _)) => at(
            format!(
                "tells of a {}, {} of a {} between the same parties",
                acts::name(m),
                call(other),
                acts::name(n)
            ),
            place,
        ),
        Conflict::Occasions((m, place), (n, _)) => {
            at(format!("is about the {}, {} about the {}", acts::name(m), call(other), acts::name(n)), place)
        }
        Conflict::Numbers(_, place, theirs) => at(
            format!(
                "numbers “{}” what {} numbers “{}”",
                place.map_or("otherwise", |p| p.of(&input.article.text)),
                call(other),
                theirs.map_or("otherwise", |p| p.of(&other.article.text)),
            ),
            place,
        ),
    })
}

fn days(x: &Sketch, y: &Sketch) -> Option<Reason> {
    (days_cost(x.published, y.published) > 0.0).then(|| {
        Reason::plain(format!("published at least {} days apart", days_apart(x.published, y.published)))
    })
}

/// Why each article is where it is.
pub(crate) fn memberships(
    inputs: &[GroupInput<'_>],
    grouped: &Grouped,
    decided: &Resolved,
) -> Vec<Vec<Reason>> {
    (0..inputs.len())
        .map(|i| {
            let a = ArticleIndex(i as u32);
            let mut out = Vec::new();
            let Some(x) = grouped.sketches.get(i) else { return out };
            out.extend(decided.reasons_of(a).cloned());
            let event = &grouped.events[grouped.event_of[i] as usize];
            let inside = |b: &ArticleIndex| grouped.event_of.get(b.at()) == Some(&grouped.event_of[i]);
            let nearest = &grouped.nearest[i];
            let same = grouped.copy_of.get(i).copied().flatten().filter(inside);
            let mate = nearest
                .iter()
                .map(|n| n.0)
                .find(|b| *b != a && inside(b))
                .or(event.iter().copied().find(|b| *b != a));
            if let Some(b) = same {
                out.push(Reason::plain(format!("has the same words as {}", call(&inputs[b.at()]))));
            } else if let Some(b) = mate {
                let y = &grouped.sketches[b.at()];
                out.extend(sharing(inputs, a, b, x, y));
                out.extend(medium(a, x, y));
            }
            if let Some((b, p)) = nearest.iter().find(|(b, _)| !inside(b)).filter(|(_, p)| *p >= NEAR) {
                let y = &grouped.sketches[b.at()];
                let why = apart(inputs, a, *b, x, y).or_else(|| days(x, y));
                out.push(why.unwrap_or_else(|| {
                    let text = format!(
                        "is like {} ({:.0} %), but the groups are each closer than they are to one another",
                        call(&inputs[b.at()]),
                        p * 100.0
                    );
                    Reason::plain(text)
                }));
            }
            if out.is_empty() {
                out.push(Reason::plain(
                    match inputs[i].article.text.is_empty() && inputs[i].article.title.is_none() {
                        true => "has no words to compare",
                        false => "no other report shares enough with it",
                    },
                ));
            }
            out
        })
        .collect()
}

/// Compares two articles in words; where they are grouped is filled in by the caller.
pub(crate) fn why(
    inputs: &[GroupInput<'_>],
    a: ArticleIndex,
    b: ArticleIndex,
    x: &Sketch,
    y: &Sketch,
) -> Why {
    let numbers = features(x, y);
    let weights = Weights::shipped();
    let weights = if is_short(x, y) { &weights.short } else { &weights.long };
    let mut list: Vec<Feature> = NAMES
        .iter()
        .zip(numbers.iter().zip(weights))
        .map(|(name, (value, weight))| Feature { name, value: *value, adds: value * weight })
        .filter(|f| f.value != 0.0)
        .collect();
    let cost = days_cost(x.published, y.published);
    if cost > 0.0 {
        list.push(Feature { name: "days apart", value: days_apart(x.published, y.published), adds: -cost });
    }
    list.sort_by(|p, q| q.adds.abs().total_cmp(&p.adds.abs()));
    let log_odds: f32 = list.iter().map(|f| f.adds).sum();
    let mut reasons: Vec<Reason> = sharing(inputs, a, b, x, y).into_iter().collect();
    reasons.extend(medium(a, x, y));
    reasons.extend(apart(inputs, a, b, x, y));
    reasons.extend(days(x, y));
    if common(&x.years, &y.years) == 0 && !x.years.is_empty() && !y.years.is_empty() {
        reasons.push(Reason::plain("they name different years"));
    }
    if reasons.is_empty() {
        reasons.push(Reason::plain("they share no telling words"));
    }
    Why { same_event: false, same_story: false, probability: probability(log_odds), features: list, reasons }
}
