//! Whether two figures are of one thing: the same, the same at another extent, or of two happenings.
//!
//! Reads two frames and how their clauses compare; never looks at who is right. For figures of people harmed a
//! small model weighs the typed features (`data/figures.model`, trained by `xtask train figures`); other measures
//! follow the rules of `figures`.

use crate::align::Aligner;
use crate::compare::{Fit, fit};
use crate::frame::{self, Number, Overlap};
use crate::material::{Input, shared};
use crate::measure::{Relation, of_people, relate};
use crate::verdict::{figure, others};
use crate::voices;
use headwater_model::{ArticleIndex, TimeKind};
use jiff::civil::Date;

/// How two numbers belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kinship {
    /// One thing, one extent.
    Same,
    /// One thing, another extent.
    Scope,
    /// Two things, or two happenings.
    Apart,
}

/// What the model reads of a pair; the order is that of the weights.
pub const FEATURES: &[&str] = &[
    "bias",
    "one report",
    "one sentence",
    "near in one report",
    "one class",
    "wider class",
    "unlike class",
    "class unknown",
    "both general",
    "one kind",
    "one limited",
    "kinds apart",
    "equal value",
    "fits",
    "strained",
    "exclusive",
    "log ratio",
    "part",
    "others",
    "whole of one",
    "since of one",
    "since of both",
    "place shared",
    "places apart",
    "days meet",
    "days apart",
    "published together",
    "published apart",
    "similarity",
    "lead similarity",
    "context similarity",
    "one source",
    "two sources",
    "moves",
    "both in the lead",
    "unit differs",
    "equal and one class across reports",
    "exclusive in one report",
    "exclusive, one class, one kind",
    "equal, places apart",
    "spots shared",
    "spots apart",
    "spots apart in one report",
    "leads share spots",
    "leads share no spot",
    "lead days meet",
    "lead days apart",
    "aside",
    "aside in one report",
    "day of its own",
    "exclusive, one source",
    "exclusive, two sources",
    "fits in one report",
    "unlike class in one report",
];

/// Words of a counted phrase that set it apart from one told before: "five others".
fn other_word(n: &Number, input: &Input<'_>) -> bool {
    let text = input.articles[n.article.at()].text.as_str();
    let from = n.quantity.span.start as usize;
    let to = (n.quantity.span.end as usize).max(from);
    let near = text.get(from.saturating_sub(10)..(to + 8).min(text.len())).unwrap_or("");
    near.split(|c: char| !c.is_alphabetic()).any(|w| matches!(w, "other" | "others" | "another"))
}

/// The features of a pair, in the order of `FEATURES`.
pub(crate) fn features(input: &Input<'_>, aligner: &Aligner<'_>, a: &Number, b: &Number) -> Vec<f32> {
    let flag = |b: bool| f32::from(u8::from(b));
    let pair = aligner.pair(a.context, b.context);
    let one_report = a.article == b.article;
    let sentences = a.extent.sentence.abs_diff(b.extent.sentence);
    let relation = relate(a.measure.class, b.measure.class);
    let known = of_people(a.measure.class) && of_people(b.measure.class);
    let who = a.who.overlap(&b.who);
    let value = fit(&figure(&a.quantity), &figure(&b.quantity));
    let equal = a.quantity.low == b.quantity.low && a.quantity.high == b.quantity.high;
    let ratio = (a.quantity.high.max(1.0) / b.quantity.high.max(1.0)).ln().abs().min(3.0) as f32 / 3.0;
    let meet =
        |x: &[(Date, Date)], y: &[(Date, Date)]| x.iter().any(|p| y.iter().any(|q| p.0 <= q.1 && q.0 <= p.1));
    let days = !a.extent.days.is_empty() && !b.extent.days.is_empty();
    let days_meet = days && meet(&a.extent.days, &b.extent.days);
    let places = !a.extent.places.is_empty() && !b.extent.places.is_empty();
    let place_shared = places && shared(&a.extent.places, &b.extent.places).next().is_some();
    let gap = match (published(input, a), published(input, b)) {
        (Some(x), Some(y)) => Some((x - y).get_days().abs()),
        _ => None,
    };
    let two_sources = others(&a.chain, &b.chain);
    let lead = if one_report { 1.0 } else { aligner.lead_similarity(a.article, b.article) };
    let context = aligner.context_similarity(a.context, b.context);
    let exclusive = matches!(value, Fit::Exclusive);
    let one_house = voices::one_house(input, a, b);
    let spots = !a.extent.spots.is_empty() && !b.extent.spots.is_empty();
    let spot_shared = a.extent.spots.iter().any(|s| b.extent.spots.contains(s));
    let (lead_a, lead_b) = (opening(input, a.article), opening(input, b.article));
    let lead_known = !lead_a.0.is_empty() && !lead_b.0.is_empty();
    let lead_shared = lead_a.0.iter().any(|s| lead_b.0.contains(s));
    let lead_days = (!lead_a.1.is_empty() && !lead_b.1.is_empty()).then(|| meet(&lead_a.1, &lead_b.1));
    let (one_source, two_sources) = (one_house, two_sources && !one_house);
    vec![
        1.0,
        flag(one_report),
        flag(one_report && sentences == 0),
        flag(one_report && sentences <= 2),
        flag(known && relation == Relation::Same),
        flag(relation == Relation::Wider),
        flag(known && relation == Relation::Other),
        flag(!known),
        flag(a.who.general() && b.who.general()),
        flag(who == Overlap::Same && !a.who.general()),
        flag(who == Overlap::Wider),
        flag(who == Overlap::Apart),
        flag(equal),
        flag(value == Fit::Compatible),
        flag(value == Fit::Strained),
        flag(exclusive),
        ratio,
        flag(a.measure.part || b.measure.part),
        flag(other_word(a, input) || other_word(b, input)),
        flag(a.extent.whole != b.extent.whole),
        flag(a.extent.since != b.extent.since),
        flag(a.extent.since && b.extent.since),
        flag(place_shared),
        flag(places && !place_shared),
        flag(days_meet),
        flag(days && !days_meet),
        flag(!one_report && gap.is_some_and(|d| d <= 1)),
        flag(!one_report && gap.is_some_and(|d| d > 3)),
        pair.similarity,
        lead,
        context,
        flag(one_source),
        flag(two_sources),
        flag(a.moves.is_some() || b.moves.is_some()),
        flag(a.extent.sentence <= 1 && b.extent.sentence <= 1),
        flag(a.quantity.unit != b.quantity.unit),
        flag(equal && relation == Relation::Same && !one_report),
        flag(exclusive && one_report),
        flag(exclusive && known && relation == Relation::Same && who == Overlap::Same),
        flag(equal && places && !place_shared),
        flag(spots && spot_shared),
        flag(spots && !spot_shared),
        flag(spots && !spot_shared && one_report),
        flag(!one_report && lead_shared),
        flag(!one_report && !lead_shared && lead_known),
        flag(!one_report && lead_days == Some(true)),
        flag(!one_report && lead_days == Some(false)),
        flag(a.extent.aside != b.extent.aside),
        flag(one_report && a.extent.aside != b.extent.aside),
        flag(one_report && a.extent.days.is_empty() != b.extent.days.is_empty()),
        flag(exclusive && one_house),
        flag(exclusive && !one_house),
        flag(value == Fit::Compatible && one_report),
        flag(known && relation == Relation::Other && one_report),
    ]
}

/// Names of places in the opening of a report, and the days it tells.
fn opening(input: &Input<'_>, article: ArticleIndex) -> (Vec<String>, Vec<(Date, Date)>) {
    let at = article.at();
    let (text, outline) = (input.articles[at].text.as_str(), &input.outlines[at]);
    let end = outline.sentence_tokens.iter().take(LEAD_SENTENCES).next_back().map_or(0, |r| r.end);
    let spots = frame::spots(text, outline, 0..end.min(MOST_LEAD_TOKENS));
    let stop = outline.tokens.get(end.min(MOST_LEAD_TOKENS).saturating_sub(1)).map_or(0, |t| t.span.end);
    let days = input.annotations[at]
        .times
        .iter()
        .take_while(|t| t.span.start < stop)
        .filter(|t| t.kind != TimeKind::Duration)
        .filter_map(|t| t.interval)
        .map(|i| (i.start.date(), i.end.date().yesterday().unwrap_or(i.end.date()).max(i.start.date())))
        .filter(|(a, b)| (*b - *a).get_days() <= 2)
        .collect();
    (spots, days)
}

/// Sentences of a report's opening.
const LEAD_SENTENCES: usize = 3;

/// Tokens of a report's opening, where sentences are long.
const MOST_LEAD_TOKENS: usize = 120;

/// The day of publication, when it is one.
fn published(input: &Input<'_>, n: &Number) -> Option<jiff::civil::Date> {
    input.articles[n.article.at()].published.range.single()
}
