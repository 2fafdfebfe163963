//! Statements about numbers: which figures of several reports are of one thing, and how they agree.
//!
//! Keeps unlike things apart (killed / wounded / sent / planned) before it compares any value. What a number is a
//! number of is `frame`; how two values fit is `compare`; which rows a moving count gives is `rows`.

use crate::align::{Aligner, LEAD_SENTENCES, Pair};
use crate::compare::{Fit, fit, severity};
use crate::frame::{Number, Overlap};
use crate::kinds::Kinds;
use crate::kinship::Kinship;
use crate::material::shared;
use crate::measure::{Class, Relation, moves_with_time, relate};
use crate::verdict::{days_apart, figure, judge};
use headwater_model::text::fold::fold;
use headwater_model::{Agreement, Reason};
use rustc_hash::FxHashMap;

/// Similarity of two clauses below which figures of one class are not taken for one thing, when nothing
/// else (same value, same event) speaks for it. Set by judgement on the seeds and the invented corpus, 2026-11; not tuned on a bench yet.
const LEAST_CONTEXT: f32 = 0.10;

/// The same, for numbers whose class is not known.
const LEAST_CONTEXT_PLAIN: f32 = 0.28;

/// The same, for bare measures ("11 minutes") even of one value. Chosen on the invented corpus.
const LEAST_CONTEXT_UNCOUNTED: f32 = 0.22;

/// Whether two numbers are of one thing, by what they count, their extent and the words around; those of one report
/// are one thing only when two sources give them.
fn one_thing(aligner: &Aligner<'_>, a: &Number, b: &Number, one_report: bool) -> Kinship {
    let (x, y) = (&a.measure, &b.measure);
    if a.quantity.unit != b.quantity.unit
        || x.additional != y.additional
        || relate(x.class, y.class) == Relation::Other
        || one_report && !(x.class == y.class && !moves_with_time(x.class) && two_voices(a, b))
    {
        return Kinship::Apart;
    }
    let value = fit(&figure(&a.quantity), &figure(&b.quantity));
    let people = a.quantity.unit == "person";
    let harmed = moves_with_time(x.class) && moves_with_time(y.class);
    let who = a.who.overlap(&b.who);
    let plain =
        matches!(x.class, Class::Other | Class::Share | Class::Change | Class::Worth | Class::Present);
    let heads = || shared(&a.counted, &b.counted).next().is_some();
    let share = if people && !plain {
        who != Overlap::Apart
    } else {
        a.counted.is_empty() || b.counted.is_empty() || heads() || people && (unlimited(a) || unlimited(b))
    };
    // Passengers and crew are two things; dead fighters and dead civilians are parts of one toll.
    if !share && (plain || !harmed) {
        return Kinship::Apart;
    }
    let pair: Pair = aligner.pair(a.context, b.context);
    let telling = value == Fit::Same && a.quantity.low >= LEAST_TELLING && a.quantity.low % 10.0 != 0.0;
    let needed = match (plain, value) {
        (true, Fit::Same) => LEAST_CONTEXT,
        (true, _) => LEAST_CONTEXT_PLAIN,
        (false, Fit::Same) if telling && x.class == y.class => 0.0,
        (false, Fit::Same | Fit::Compatible) if pair.same_event => 0.02,
        (false, Fit::Same) => 0.05,
        (false, _) if pair.same_event => 0.06,
        (false, _) => LEAST_CONTEXT,
    };
    let nothing_counted = plain && a.counted.is_empty() && b.counted.is_empty();
    let needed = if nothing_counted { needed.max(LEAST_CONTEXT_UNCOUNTED) } else { needed };
    // What stands beside the two clauses tells of the happening too.
    let near = if harmed && pair.similarity < needed {
        // two figures in the openings of two reports: the openings are about it
        let open = x.class == y.class && a.extent.sentence.max(b.extent.sentence) < LEAD_SENTENCES;
        let lead = if open { aligner.lead_similarity(a.article, b.article) } else { 0.0 };
        pair.similarity.max(BESIDE * aligner.context_similarity(a.context, b.context).max(lead))
    } else {
        pair.similarity
    };
    // A figure of another time told as background is another happening; when it was said is not when it happened.
    let other_day = if harmed { days_exclude(a, b) } else { pair.dates_exclude };
    if near < needed || other_day {
        return Kinship::Apart;
    }
    let part = x.part != y.part;
    let unknown = a.who.general()
        && b.who.general()
        && !(a.counted.is_empty() || b.counted.is_empty() || unlimited(a) || unlimited(b));
    let limited = people && value != Fit::Same && (who != Overlap::Same || unknown) && !heads();
    let extent = value != Fit::Same && (a.extent.whole != b.extent.whole || a.extent.since != b.extent.since);
    if relate(x.class, y.class) == Relation::Wider || part || limited || extent {
        Kinship::Scope
    } else {
        Kinship::Same
    }
}

/// Whether the counted noun is "people" and nothing more. A noun that is in no list of kinds limits a count too:
/// "immigrants" are not just anybody where nothing else says what is counted.
fn unlimited(n: &Number) -> bool {
    let noun = n.quantity.counted.to_ascii_lowercase();
    matches!(
        noun.as_str(),
        "people"
            | "persons"
            | "dead"
            | "deaths"
            | "killed"
            | "lives"
            | "fatalities"
            | "victims"
            | "missing"
            | "wounded"
            | "injured"
    )
}

/// Whether the days on which two figures' happenings are told to fall exclude each other.
fn days_exclude(a: &Number, b: &Number) -> bool {
    let (x, y) = (&a.extent.days, &b.extent.days);
    !x.is_empty() && !y.is_empty() && !x.iter().any(|p| y.iter().any(|q| p.0 <= q.1 && q.0 <= p.1))
}

/// Whether two named voices of one report give two figures: "the company says 312; the port authority says 347".
fn two_voices(a: &Number, b: &Number) -> bool {
    match (a.chain.last(), b.chain.last()) {
        (Some(x), Some(y)) => x.entity.is_none_or(|e| Some(e) != y.entity) && fold(&x.text) != fold(&y.text),
        _ => false,
    }
}

/// What the likeness of the clauses beside is worth, as a share of that of the clauses. By judgement.
const BESIDE: f32 = 0.5;

/// Least value of a figure that is no round number and by itself tells what it is a figure of: "41 survivors".
/// Set by judgement on the invented corpus, 2026-11.
const LEAST_TELLING: f64 = 20.0;

/// A statement's numbers and how they agree.
pub(crate) struct Group {
    pub(crate) numbers: Vec<usize>,
    pub(crate) agreement: Agreement,
    pub(crate) because: Vec<Reason>,
    pub(crate) doubtful: bool,
}

/// How two kinds of number hang together, worked out once.
struct Edge {
    /// Which merges come first: nearness of the words, equal values, one time.
    rank: f32,
    i: usize,
    j: usize,
    kin: Kin,
}

/// How the numbers of two kinds hang together where they stand in two reports, and where they stand in one.
#[derive(Clone, Copy)]
pub(crate) struct Kin {
    in_two: Kinship,
    in_one: Kinship,
}

impl Kin {
    const NONE: Kin = Kin { in_two: Kinship::Apart, in_one: Kinship::Apart };

    /// What joins them, in two reports first.
    pub(crate) fn any(self) -> Kinship {
        if self.in_two == Kinship::Apart { self.in_one } else { self.in_two }
    }
}

/// Most kinds of one unit that one kind is compared with; beyond, a story is too big to be one.
const MOST_NEIGHBOURS: usize = 4_000;

/// What an equal value adds to the rank of a pair, in units of similarity. By judgement.
const RANK_OF_EQUAL: f32 = 0.5;

/// What a fitting value adds. By judgement.
const RANK_OF_FITTING: f32 = 0.2;

/// Days between two as-of dates after which they do not count further against a pair.
const MOST_DAYS_APART: f32 = 30.0;

/// What such a distance takes from the rank of a pair, in units of similarity. By judgement.
const RANK_OF_DISTANCE: f32 = 0.3;

fn edges(aligner: &Aligner<'_>, kinds: &Kinds<'_>) -> Vec<Edge> {
    let mut edges = Vec::new();
    // Only numbers of one unit can meet; a unit's numbers are few.
    let unit = |kind: usize| kinds.number(kind).quantity.unit.as_str();
    let mut order: Vec<usize> = (0..kinds.list.len()).collect();
    order.sort_by(|&x, &y| unit(x).cmp(unit(y)).then(x.cmp(&y)));
    for (k, &i) in order.iter().enumerate() {
        for &j in order[k + 1..].iter().take_while(|&&j| unit(j) == unit(i)).take(MOST_NEIGHBOURS) {
            let (a, b) = (kinds.number(i), kinds.number(j));
            let mut kin = Kin { in_two: one_thing(aligner, a, b, false), in_one: Kinship::Apart };
            if kin.in_two == Kinship::Apart {
                continue;
            }
            let beside = kinds.in_one(i, j) > 0;
            if beside {
                kin.in_one = one_thing(aligner, a, b, true);
            }
            if beside && kinds.in_two(i, j) == 0 {
                kin.in_two = Kinship::Apart;
            }
            if kin.any() == Kinship::Apart {
                continue;
            }
            let similarity = aligner.pair(a.context, b.context).similarity;
            let fitting = match fit(&figure(&a.quantity), &figure(&b.quantity)) {
                Fit::Same => RANK_OF_EQUAL,
                Fit::Compatible => RANK_OF_FITTING,
                _ => 0.0,
            };
            let apart = days_apart(a, b).map_or(0.0, |d| (d as f32).min(MOST_DAYS_APART) / MOST_DAYS_APART);
            let rank = similarity + fitting - apart * RANK_OF_DISTANCE;
            edges.push(Edge { rank, i: i.min(j), j: i.max(j), kin });
        }
    }
    edges.sort_by(|a, b| b.rank.total_cmp(&a.rank).then((a.i, a.j).cmp(&(b.i, b.j))));
    edges
}

/// Groups numbers of one thing and judges each group.
///
/// Counts that move with time (dead, missing) fall into cells of one class, one set of people, one extent and
/// one time; cells then meet in rows: one source's figures over time, a part and its whole. A number may stand
/// in several rows. Other counts fall into one group each.
pub(crate) fn group(aligner: &Aligner<'_>, kinds: &Kinds<'_>) -> Vec<Group> {
    let edges = edges(aligner, kinds);
    let mut kin: FxHashMap<(usize, usize), Kin> = edges.iter().map(|e| ((e.i, e.j), e.kin)).collect();
    for kind in 0..kinds.list.len() {
        if let Some((a, b)) = kinds.two(kind) {
            let in_two = one_thing(aligner, a, b, false);
            kin.insert((kind, kind), Kin { in_two, in_one: Kinship::Apart });
        }
    }
    let kinship = |x: usize, y: usize| kin.get(&(x.min(y), x.max(y))).copied().unwrap_or(Kin::NONE);
    let cells = cells(kinds, &edges, &kinship);
    let mut out = Vec::new();
    let (moving, still): (Vec<Vec<usize>>, Vec<Vec<usize>>) =
        cells.into_iter().partition(|c| moves_with_time(kinds.number(c[0]).measure.class));
    out.extend(still.iter().map(|c| judged(kinds, c, &kinship)));
    let pairs: Vec<(f32, usize, usize)> = edges.iter().map(|e| (e.rank, e.i, e.j)).collect();
    out.extend(crate::rows::of(kinds, &pairs, moving, &kinship));
    out
}

fn cells(kinds: &Kinds<'_>, edges: &[Edge], kinship: &impl Fn(usize, usize) -> Kin) -> Vec<Vec<usize>> {
    let mut home: Vec<usize> = (0..kinds.list.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..kinds.list.len()).map(|i| vec![i]).collect();
    for e in edges {
        let (a, b) = (home[e.i], home[e.j]);
        let moving = moves_with_time(kinds.number(e.i).measure.class);
        if a == b || moving && !one_cell(kinds.number(e.i), kinds.number(e.j), e.kin.any()) {
            continue;
        }
        // A merge must hold for most pairs, not only for the one that proposed it.
        let (mut good, mut all, mut clash) = (0, 0, false);
        for &x in &members[a] {
            for &y in &members[b] {
                let (m, n) = (kinds.number(x), kinds.number(y));
                let kin = kinship(x, y);
                let in_two = kinds.in_two(x, y);
                let beside = kinds.in_one(x, y) > 0;
                let exclusive = fit(&figure(&m.quantity), &figure(&n.quantity)) == Fit::Exclusive;
                clash |= beside && exclusive && unlike(m, n, kin.in_one);
                clash |= moving && exclusive && in_two > 0 && !one_cell(m, n, kin.in_two);
                clash |= moving && exclusive && beside && !one_cell(m, n, kin.in_one);
                all += in_two;
                good += if kin.in_two == Kinship::Apart { 0 } else { in_two };
            }
        }
        if clash || good * 2 < all || e.kin.any() == Kinship::Scope && all > 1 && good < all {
            continue;
        }
        let moved = std::mem::take(&mut members[b]);
        for &k in &moved {
            home[k] = a;
        }
        members[a].extend(moved);
    }
    members.retain(|m| !m.is_empty());
    for list in &mut members {
        list.sort_unstable();
    }
    members.sort();
    members
}

/// Whether two figures of a moving count can stand in one cell: one extent, and values that fit or one time.
fn one_cell(a: &Number, b: &Number, kinship: Kinship) -> bool {
    kinship == Kinship::Same
        && match fit(&figure(&a.quantity), &figure(&b.quantity)) {
            Fit::Same | Fit::Compatible => true,
            Fit::Strained | Fit::Exclusive => {
                days_apart(a, b) == Some(0) && a.moves.is_none() && b.moves.is_none()
            }
        }
}

/// Two values of one report that exclude each other are two things, unless two sources give them for one.
fn unlike(a: &Number, b: &Number, kinship: Kinship) -> bool {
    kinship != Kinship::Same && a.moves.is_none() && b.moves.is_none()
}

/// A group of kinds with the gravest word that its pairs deserve.
pub(crate) fn judged(kinds: &Kinds<'_>, list: &[usize], kinship: &impl Fn(usize, usize) -> Kin) -> Group {
    let mut result = (Agreement::SingleReport, false);
    let mut because: Vec<Reason> = Vec::new();
    let mut weigh = |a: &Number, b: &Number, kinship: Kinship| {
        if kinship == Kinship::Apart {
            return;
        }
        let (agreement, reason, doubtful) = judge(a, b, kinship);
        if severity(agreement) > severity(result.0) {
            result = (agreement, doubtful);
            because.clear();
        }
        if agreement == result.0 && because.len() < MOST_REASONS && !because.contains(&reason) {
            because.push(reason);
        }
    };
    for (k, &x) in list.iter().enumerate() {
        if let Some((a, b)) = kinds.two(x) {
            weigh(a, b, kinship(x, x).any());
        }
        for &y in &list[k + 1..] {
            weigh(kinds.number(x), kinds.number(y), kinship(x, y).any());
        }
    }
    if result.0 == Agreement::SingleReport && kinds.several(list) {
        result.0 = Agreement::Agrees;
    }
    Group { numbers: kinds.numbers(list), agreement: result.0, because, doubtful: result.1 }
}

/// Most reasons kept for how a group agrees.
const MOST_REASONS: usize = 4;
