//! Where a content ends, or where one before its cue begins: the tagger's answer weighed against other
//! places where a clause, an aside or a phrase ends.
//!
//! The tagger sees a few words at a time; here each possible edge is seen with all that lies within it:
//! how many clauses, what the next word opens, how far the tagger itself is from saying the same.

use super::cues::f;
use super::model::Relation;
use super::roles;
use super::weights::{Chain, Sums, Table};
use super::words::{CLOSES, Class, INSIDE, OPENS, OUTSIDE, Words};
use crate::perceptron::Rows;
use headwater_model::text::Outline;
use std::ops::Range;

/// Lane of the judging table for ends of contents.
pub(super) const END: usize = 1;
/// Lane for beginnings.
pub(super) const BEGIN: usize = 2;
/// Other edges that are weighed on each side of the tagger's own. A bound on time, by judgement.
const EACH_SIDE: usize = 5;

/// Edges of one relation that can be chosen from.
#[derive(Clone, Debug, Default)]
pub(super) struct Edges {
    /// Which lane judges them.
    pub lane: usize,
    /// Token positions; an end is exclusive.
    pub at: Vec<usize>,
    /// One row for each.
    pub rows: Rows,
}

/// What is seen of a cue's window when edges are weighed.
pub(super) struct View<'a> {
    pub words: &'a Words,
    pub outline: &'a Outline,
    pub window: &'a Range<usize>,
    /// Sums of the role tagger, one for each token of the window.
    pub sums: &'a [Sums],
    pub chain: &'a Chain,
    pub is_cue: &'a [bool],
}

/// The edges of a relation, or nothing where there is no choice.
pub(super) fn edges(view: &View<'_>, relation: &Relation, out: &mut Edges) -> bool {
    out.at.clear();
    out.rows.clear();
    let (Some(first), Some(last)) = (relation.content.first(), relation.content.last()) else { return false };
    if last.start >= relation.cue.end {
        out.lane = END;
        ends(view, relation, last, out)
    } else if first.end <= relation.cue.start {
        out.lane = BEGIN;
        beginnings(view, relation, first, out)
    } else {
        false
    }
}

/// The best of the edges.
pub(super) fn best(table: &Table, edges: &Edges) -> Option<usize> {
    let score = |i: usize| table.score(edges.rows.row(i))[edges.lane];
    (0..edges.at.len()).max_by_key(|&i| (score(i), std::cmp::Reverse(i))).map(|i| edges.at[i])
}

/// Puts an edge into place.
pub(super) fn set(relation: &mut Relation, lane: usize, at: usize) {
    match lane {
        END => {
            if let Some(last) = relation.content.last_mut().filter(|l| at > l.start) {
                last.end = at;
            }
        }
        _ => {
            if let Some(first) = relation.content.first_mut().filter(|f| at < f.end) {
                first.start = at;
            }
        }
    }
}

fn is_mark(class: Class) -> bool {
    matches!(
        class,
        Class::Comma
            | Class::Terminal
            | Class::Colon
            | Class::Dash
            | Class::QuoteMark
            | Class::Bracket
            | Class::OtherMark
    )
}

/// Whether a new phrase may begin with a token.
fn opens(words: &Words, i: usize) -> bool {
    is_mark(words.class[i])
        || words.finite[i]
        || matches!(
            words.class[i],
            Class::Preposition
                | Class::Coordinator
                | Class::Subordinator
                | Class::Wh
                | Class::That
                | Class::To
                | Class::Ing
                | Class::Ed
                | Class::Auxiliary
                | Class::Modal
                | Class::Ly
                | Class::Say
                | Class::Determiner
        )
}

fn ends(view: &View<'_>, relation: &Relation, piece: &Range<usize>, out: &mut Edges) -> bool {
    let words = view.words;
    let quoted = words.quote[piece.start] == OPENS && words.quote[piece.end - 1] == CLOSES;
    if quoted {
        return false;
    }
    let sentence = view.outline.tokens[piece.end - 1].sentence as usize;
    let Some(sentence) = view.outline.sentence_tokens.get(sentence) else { return false };
    let from = piece.start.max(sentence.start);
    let bare = |mut e: usize| {
        while e > from + 1 && matches!(words.class[e - 1], Class::Terminal | Class::Comma | Class::Dash) {
            e -= 1;
        }
        e
    };
    let (own, limit) = (bare(piece.end), bare(sentence.end.min(view.window.end)));
    let fits = |e: usize| {
        let inside = words.quote[e] != OUTSIDE && words.quote[e] != OPENS;
        let after_mark = is_mark(words.class[e - 1]) && words.quote[e - 1] != CLOSES;
        let hangs = matches!(words.class[e - 1], Class::Determiner | Class::Preposition | Class::Coordinator);
        !inside && !after_mark && !hangs && opens(words, e)
    };
    let before: Vec<usize> = (from + 1..own).rev().filter(|&e| fits(e)).take(EACH_SIDE).collect();
    out.at.extend(before.into_iter().rev());
    out.at.push(own);
    out.at.extend((own + 1..limit).filter(|&e| fits(e)).take(EACH_SIDE));
    if limit > own && out.at.last() != Some(&limit) {
        out.at.push(limit);
    }
    let seen = Seen::of(view, relation, piece.start, own, END);
    for (n, &e) in out.at.iter().enumerate() {
        let rank = n as i32 - out.at.iter().position(|&x| x == own).unwrap_or(0) as i32;
        let drift: i32 = if e < own {
            (e..own).map(|i| seen.outside(view, i)).sum()
        } else {
            -(own..e).map(|i| seen.outside(view, i)).sum::<i32>()
        };
        row(view, &seen, Place { at: e, rank, drift, inner: from..e, rest: e..limit }, &mut out.rows);
    }
    out.at.len() > 1
}

fn beginnings(view: &View<'_>, relation: &Relation, piece: &Range<usize>, out: &mut Edges) -> bool {
    let words = view.words;
    if words.quote[piece.start] == OPENS || words.quote[piece.start] == INSIDE {
        return false;
    }
    let sentence = view.outline.tokens[piece.start].sentence as usize;
    let Some(sentence) = view.outline.sentence_tokens.get(sentence) else { return false };
    let limit = sentence.start.max(view.window.start);
    let to = piece.end.min(sentence.end);
    let own = piece.start;
    let fits = |s: usize| {
        let previous = words.class[s - 1];
        !is_mark(words.class[s])
            && matches!(words.quote[s], OUTSIDE | OPENS)
            && (is_mark(previous)
                || matches!(
                    previous,
                    Class::Coordinator | Class::Subordinator | Class::That | Class::Wh | Class::Say
                )
                || matches!(
                    words.class[s],
                    Class::That | Class::Subordinator | Class::Wh | Class::Determiner
                ))
    };
    let before: Vec<usize> = (limit + 1..own).rev().filter(|&s| fits(s)).take(EACH_SIDE).collect();
    if own > limit && before.last() != Some(&limit) {
        out.at.push(limit);
    }
    out.at.extend(before.into_iter().rev());
    out.at.push(own);
    out.at.extend((own + 1..to).filter(|&s| fits(s)).take(EACH_SIDE));
    let seen = Seen::of(view, relation, piece.end, own, BEGIN);
    for (n, &s) in out.at.iter().enumerate() {
        let rank = n as i32 - out.at.iter().position(|&x| x == own).unwrap_or(0) as i32;
        let drift: i32 = if s > own {
            (own..s).map(|i| seen.outside(view, i)).sum()
        } else {
            -(s..own).map(|i| seen.outside(view, i)).sum::<i32>()
        };
        row(view, &seen, Place { at: s, rank: -rank, drift, inner: s..to, rest: limit..s }, &mut out.rows);
    }
    out.at.len() > 1
}

/// Templates below are those of the acceptance stage, which shares the table.
const FIRST_TEMPLATE: u32 = 33;

/// What all edges of one relation share.
struct Seen {
    /// Tells ends from beginnings.
    base: u32,
    cue_word: u32,
    cue_cluster: u32,
    opening: u32,
    source: u32,
    own: usize,
}

impl Seen {
    fn of(view: &View<'_>, relation: &Relation, far: usize, own: usize, lane: usize) -> Self {
        let words = view.words;
        let cue = relation.cue.clone();
        let head = cue.clone().find(|&i| words.class[i] == Class::Say).unwrap_or(cue.start);
        let head = head.min(words.len() - 1);
        let opening = if lane == END { u32::from(words.tag[far]) } else { 0 };
        let source = relation.source.as_ref().map_or(0, |s| 1 + u32::from(s.start > cue.start));
        Seen {
            base: (lane as u32) << 29,
            cue_word: words.lower[head],
            cue_cluster: u32::from(words.cluster[head]),
            opening,
            source,
            own,
        }
    }

    /// How much the tagger would rather have a token outside.
    fn outside(&self, view: &View<'_>, i: usize) -> i32 {
        match view.sums.get(i.wrapping_sub(view.window.start)) {
            Some(sums) => -view.chain.local(sums, roles::CI),
            None => 0,
        }
    }
}

struct Place {
    at: usize,
    /// Edges between it and the tagger's own; positive when it takes in more.
    rank: i32,
    /// What the tagger loses by it.
    drift: i32,
    /// Tokens of the sentence within the content.
    inner: Range<usize>,
    /// Tokens of the sentence outside, as far as the limit.
    rest: Range<usize>,
}

fn row(view: &View<'_>, seen: &Seen, place: Place, rows: &mut Rows) {
    let words = view.words;
    let (s, e) = (0, words.len());
    let at = place.at;
    let w = |o: isize| words.near(at, o, s, e);
    let t = |o: isize| words.tag_near(at, o, s, e);
    let c = |o: isize| words.cluster_near(at, o, s, e);
    let count =
        |r: &Range<usize>, is: &dyn Fn(usize) -> bool| r.clone().filter(|&i| is(i)).take(3).count() as u32;
    let verb = |i: usize| words.finite[i];
    let comma = |i: usize| words.class[i] == Class::Comma;
    let (verbs, commas) = (count(&place.inner, &verb), count(&place.inner, &comma));
    let (rest_verbs, rest_cues) = (count(&place.rest, &verb), count(&place.rest, &|i| view.is_cue[i]));
    let rank = (place.rank.clamp(-4, 4) + 4) as u32;
    let sign = (place.rank.signum() + 1) as u32;
    let drift = (place.drift / 128).clamp(-24, 24) + 24;
    let size = |n: usize| (usize::BITS - n.leading_zeros()).min(6);
    let (length, left) = (size(place.inner.len()), size(place.rest.len()));
    let all = u32::from(place.rest.is_empty());
    let moved = size(at.abs_diff(seen.own)) << 2 | sign;
    let quote = u32::from(words.quote[at.min(e - 1)]) << 2 | u32::from(words.quote[at.saturating_sub(1)]);
    let base = seen.base;
    let mut p =
        |template: u32, a: u32, b: u32, c: u32| rows.push(f(FIRST_TEMPLATE + template, a, b, c ^ base));
    p(1, rank, 0, 0);
    p(2, drift as u32, 0, 0);
    p(3, drift as u32, t(0), 0);
    p(4, t(0), t(-1), 0);
    p(5, w(0), sign, 0);
    p(6, w(0), t(1), sign);
    p(7, seen.cue_word, rank, 0);
    p(8, seen.cue_word, t(0), 0);
    p(9, all, sign, t(0));
    p(10, verbs << 4 | rest_verbs, t(0), 0);
    p(11, verbs << 4 | commas, all, sign);
    p(12, length, sign, left);
    p(13, seen.opening, t(0), sign);
    p(14, seen.opening, verbs << 4 | rest_verbs, all);
    p(15, w(0), w(1), 0);
    p(16, t(0), t(1), t(2));
    p(17, t(-2), t(-1), t(0));
    p(18, w(-1), t(0), 0);
    p(19, moved, t(0), 0);
    p(20, rest_cues, t(0), all);
    p(21, seen.source << 8 | rank, t(0), 0);
    p(22, quote, sign, t(0));
    p(23, c(0), t(1), 0);
    p(24, c(-1), c(0), 0);
    p(25, seen.cue_cluster, t(0), all);
    p(26, seen.cue_cluster, verbs << 4 | commas, all);
    p(27, c(1), w(0), 0);
    rows.end_row();
}
