//! The word for two figures of one thing, with its reason: agrees, update, scope, rounding, differs, conflict.
//!
//! Takes it as settled that they are of one thing (`kinship`).

use crate::compare::{Figure, Fit, fit};
use crate::frame::Number;
use crate::kinship::Kinship;
use crate::measure::{Class, moves_with_time};
use headwater_model::account::ChainLevel;
use headwater_model::text::fold::fold;
use headwater_model::{Agreement, EntityIndex, Quantity, Reason, SourceKind};

/// Longest as-of, in days, that still says when a moving count held.
const VAGUE_DAYS: i32 = 3;

/// The value part of a quantity.
pub(crate) fn figure(q: &Quantity) -> Figure {
    Figure { low: q.low, high: q.high, bound: q.bound }
}

/// The origin at the end of a chain, as an entity where it is one.
pub(crate) fn spring(chain: &[ChainLevel]) -> Option<EntityIndex> {
    chain.last().and_then(|l| l.entity)
}

/// Whether two chains end in two named sources: entities, or bodies known by other words.
pub(crate) fn others(a: &[ChainLevel], b: &[ChainLevel]) -> bool {
    let (Some(x), Some(y)) = (a.last(), b.last()) else { return false };
    let body = |l: &ChainLevel| {
        matches!(
            l.kind,
            SourceKind::Organisation
                | SourceKind::Government
                | SourceKind::Agency
                | SourceKind::Outlet
                | SourceKind::Document
        ) || l.entity.is_some()
            || l.kind == SourceKind::Anonymous && l.text.split_whitespace().count() > 2
    };
    // two of one name, "the fire service" of two reports, may be one
    if fold(&x.text) == fold(&y.text) {
        return false;
    }
    match (x.entity, y.entity) {
        (Some(e), Some(f)) => e != f,
        _ => body(x) && body(y),
    }
}

/// Judges two numbers of one thing, with the reason in words.
pub(crate) fn judge(a: &Number, b: &Number, kinship: Kinship) -> (Agreement, Reason, bool) {
    let at = |n: &Number| Some((n.article, n.quantity.span));
    let reason = |text: String, n: &Number| Reason { text, place: at(n) };
    if kinship == Kinship::Scope {
        let words = |n: &Number| {
            if n.quantity.counted.is_empty() {
                "what is counted there".to_owned()
            } else {
                format!("“{}”", n.quantity.counted)
            }
        };
        return (
            Agreement::Scope,
            reason(format!("not the same extent: {} and {}", words(a), words(b)), b),
            false,
        );
    }
    match fit(&figure(&a.quantity), &figure(&b.quantity)) {
        Fit::Same => (Agreement::Agrees, reason("the same figure".into(), b), false),
        Fit::Compatible => (
            Agreement::Rounding,
            reason("the wordings allow one another: one is rounded or bounded".into(), b),
            false,
        ),
        fit => {
            let same_source = match (spring(&a.chain), spring(&b.chain)) {
                (Some(x), Some(y)) => x == y,
                _ => false,
            };
            let apart = match (&a.as_of, &b.as_of) {
                (Some(x), Some(y)) => x.1 < y.0 || y.1 < x.0,
                _ => false,
            };
            let moving = a.moves.or(b.moves);
            if same_source && apart {
                return (Agreement::Update, reason("the same source, at two times".into(), b), false);
            }
            if let Some(span) = moving
                && (apart || same_source)
            {
                let place = if a.moves.is_some() { a.article } else { b.article };
                return (
                    Agreement::Update,
                    Reason::at("the text says that the count has moved", place, span),
                    !same_source,
                );
            }
            if apart && grows(a, b) {
                return (Agreement::Update, reason("a later report with a higher figure".into(), b), true);
            }
            let vague_time = |n: &Number| {
                n.as_of.as_ref().is_none_or(|(first, last, _)| (*last - *first).get_days() > VAGUE_DAYS)
            };
            if moves_with_time(a.measure.class) && (vague_time(a) || vague_time(b)) && !same_source {
                return (
                    Agreement::Update,
                    reason("such counts move, and as of when one of them holds is not told".into(), b),
                    true,
                );
            }
            let two_sources = others(&a.chain, &b.chain);
            if fit == Fit::Strained {
                return (
                    Agreement::Rounding,
                    reason("lower bounds far apart: both can be true, and the gap is wide".into(), b),
                    true,
                );
            }
            // A count that grows by the hour conflicts only as of one and the same day.
            let one_day = match (&a.as_of, &b.as_of) {
                (Some(x), Some(y)) => x.0 == x.1 && y.0 == y.1 && x.0 == y.0,
                _ => false,
            };
            if two_sources && (one_day || !moves_with_time(a.measure.class)) {
                return (
                    Agreement::Conflict,
                    reason("two sources, the same thing and time, figures that exclude each other".into(), b),
                    false,
                );
            }
            (
                Agreement::Differs,
                reason(
                    if same_source {
                        "one source, two figures, and no word on why"
                    } else {
                        "other figures, and nothing in the texts explains it"
                    }
                    .into(),
                    b,
                ),
                false,
            )
        }
    }
}

/// Whether the later of two figures is the higher: how first tolls grow.
fn grows(a: &Number, b: &Number) -> bool {
    let (Some(x), Some(y)) = (&a.as_of, &b.as_of) else { return false };
    let (first, second) = if x.1 < y.0 { (a, b) } else { (b, a) };
    // who is missing gets fewer as people are found
    let rises = first.quantity.low < second.quantity.low;
    (rises || a.measure.class == Class::Missing) && moves_with_time(a.measure.class)
}

/// Days between the times as of which two figures hold: 0 when they can be one; `None` when one is not known
/// to a few days.
pub(crate) fn days_apart(a: &Number, b: &Number) -> Option<i32> {
    let (x, y) = (a.as_of.as_ref()?, b.as_of.as_ref()?);
    let vague = |t: &(jiff::civil::Date, jiff::civil::Date, String)| (t.1 - t.0).get_days() > VAGUE_DAYS;
    if x.1 < y.0 {
        Some((y.0 - x.1).get_days())
    } else if y.1 < x.0 {
        Some((x.0 - y.1).get_days())
    } else {
        (!vague(x) && !vague(y)).then_some(0)
    }
}
