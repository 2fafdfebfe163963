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
use headwater_model::{ArticleIndex, BY_YOUR_FILE, Reason, Span};

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
    for_shared(a, b, |term, x, y| {
        if x.bits & NUMBER == 0
            && let Some(place) = place(term)
        {
            let weight = x.full() * y.full() + 0.5 * x.head() * y.head();
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
    for_shared(a, b, |_, _, _| n += 1);
    n
}

/// By which words a report is linked to the nearest one of its event that is written in another language, when both
/// languages are known. Such words are names and numbers, for the rest is told in other words.
fn across_languages(
    inputs: &[GroupInput<'_>],
    sketches: &[Sketch],
    a: ArticleIndex,
    mut near: impl Iterator<Item = ArticleIndex>,
) -> Option<Reason> {
    let language = |a: ArticleIndex| inputs.get(a.at())?.article.language.as_deref();
    let own = language(a)?;
    let b = near.find(|b| language(*b).is_some_and(|other| other != own))?;
    let (x, y) = (sketches.get(a.at())?, sketches.get(b.at())?);
    let places: Vec<Span> = shared_words(x, y).into_iter().filter_map(|(place, _)| place).collect();
    let words = list(&inputs.get(a.at())?.article.text, &places);
    let text = format!("is linked to {}, written in another language, by {words}", call(inputs.get(b.at())?));
    places.first().filter(|_| !words.is_empty()).map(|first| Reason::at(text, a, *first))
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
            out.extend(across_languages(
                inputs,
                &grouped.sketches,
                a,
                nearest.iter().map(|n| n.0).filter(inside),
            ));
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
    let mut list: Vec<Feature> = Vec::new();
    for (name, (value, weight)) in NAMES.iter().zip(numbers.iter().zip(weights)) {
        let (name, adds) = (plain_name(name), value * weight);
        match list.iter_mut().find(|f| f.name == name) {
            Some(told) => told.adds += adds,
            None if *value != 0.0 => list.push(Feature { name, value: *value, adds }),
            None => {}
        }
    }
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

/// A feature as it is told to a reader: a value that is weighed piece by piece ("words over .2") is one.
fn plain_name(name: &'static str) -> &'static str {
    match name.split(" over .").next().unwrap_or(name).trim_end_matches(',') {
        "bias" => "of any two reports",
        plain => plain,
    }
}

/// Reports of an event that are asked whether they stand between two others.
const BETWEEN: usize = 200;
/// A pair is likely to be of one event from here on.
const LIKELY: f32 = 0.5;

/// Adds what the pair alone does not show: the user's decisions, the days that parted a group, the report that
/// stands between two unlike ones. `event` holds the reports of the first one's event; `about` both, with the
/// reasons of each.
pub(crate) fn place(
    why: &mut Why,
    inputs: &[GroupInput<'_>],
    sketches: &[Sketch],
    event: &[ArticleIndex],
    about: [(ArticleIndex, &[Reason]); 2],
) {
    let [(a, of_a), (b, of_b)] = about;
    let decided: Vec<Reason> =
        of_a.iter().filter(|r| r.text.starts_with(BY_YOUR_FILE) && of_b.contains(r)).cloned().collect();
    let one_sided = |r: &&Reason| r.text.starts_with(BY_YOUR_FILE) && r.text.contains(NOT_IN_THE_EVENT);
    let taken_out = of_a.iter().chain(of_b).filter(one_sided).filter(|_| !why.same_event).cloned();
    let mut first: Vec<Reason> = decided.into_iter().chain(taken_out).collect();
    let likely = why.probability >= LIKELY;
    if why.same_event && !likely {
        let score = |x: ArticleIndex, y: ArticleIndex| {
            let (x, y) = (sketches.get(x.at())?, sketches.get(y.at())?);
            let log_odds =
                Weights::shipped().score(x, y, &features(x, y)) - days_cost(x.published, y.published);
            Some(probability(log_odds))
        };
        let between = event.iter().copied().filter(|c| *c != a && *c != b).take(BETWEEN);
        let best = between
            .filter_map(|c| Some((score(a, c)?.min(score(c, b)?), c)))
            .max_by(|p, q| p.0.total_cmp(&q.0).then(q.1.cmp(&p.1)));
        if let Some((p, c)) = best.filter(|(p, _)| *p > why.probability) {
            let name = call(&inputs[c.at()]);
            first.push(Reason::plain(format!(
                "{name} stands between them: it is like both ({:.0} %)",
                p * 100.0
            )));
            first.extend(sharing(inputs, c, a, &sketches[c.at()], &sketches[a.at()]));
            first.extend(sharing(inputs, c, b, &sketches[c.at()], &sketches[b.at()]));
        }
    }
    if !why.same_event && likely {
        // What parted them is among the reasons of one or the other.
        let parting = |r: &&Reason| PARTINGS.iter().any(|p| r.text.starts_with(p));
        let found: Vec<Reason> = of_a.iter().chain(of_b).filter(parting).cloned().collect();
        let told_apart =
            !found.is_empty() || !first.is_empty() || why.reasons.iter().any(|r| is_conflict(&r.text));
        first.extend(found);
        if !told_apart {
            first.push(Reason::plain(
                "they are alike, but the reports grouped with each are closer to it than the two groups are to one another",
            ));
        }
    }
    first.dedup();
    first.append(&mut why.reasons);
    why.reasons = first;
}

/// How [`headwater_model::Decision::reason`] tells of an event that a report is not in.
const NOT_IN_THE_EVENT: &str = " not in the event ";
/// How the reasons open that a group was parted by.
const PARTINGS: &[&str] = &["its news is of ", "opens by looking back"];

/// Whether a reason tells of different acts.
fn is_conflict(text: &str) -> bool {
    ["tells of a ", "is about the ", "numbers “", "published at least"].iter().any(|p| text.starts_with(p))
}
