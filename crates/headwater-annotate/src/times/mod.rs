//! Time expressions: what words tell a time, and which one.
//!
//! [`find`] reads phrases with a grammar and needs no day of publication; [`resolve`] gives them TIMEX3
//! values against an [`Anchor`] and is cheap enough to be run again when the anchor becomes known;
//! [`clues`] says what an article's own times tell of the day it was written. Never reads the clock:
//! "today" means the anchor's day. Words of each language are in [`lang`].

mod calendar;
mod clause;
mod clues;
mod commemorations;
mod dateline;
mod doubts;
mod grammar;
mod lex;
mod mode;
mod near;
mod quoted;
mod reading;
mod resolve;
mod value;

pub mod lang;

pub use clues::clues;
pub use doubts::{Open, doubts, why_open};
pub use lang::Language;
pub use reading::{Reading, TimePhrase};
pub use resolve::{Anchor, resolve};
pub use value::granularity;

use grammar::Grammar;
use headwater_model::Span;
use headwater_model::text::Outline;

/// The time phrases of a text, in order, without overlap.
pub fn find(text: &str, outline: &Outline, language: Language) -> Vec<TimePhrase> {
    let words = lang::words(language);
    let items = lex::lex(text, &outline.tokens, words);
    let g = Grammar { text, tokens: &outline.tokens, items: &items, words };
    let mut out: Vec<TimePhrase> = Vec::new();
    let mut i = 0;
    while i < items.len() {
        let Some(parsed) = g.phrase(i) else {
            i += 1;
            continue;
        };
        let (Some(first), Some(last)) =
            (outline.tokens.get(parsed.start), outline.tokens.get(parsed.end - 1))
        else {
            break;
        };
        if first.paragraph != last.paragraph {
            i += 1;
            continue;
        }
        out.push(TimePhrase {
            span: Span { start: first.span.start, end: last.span.end },
            tokens: (parsed.start as u32, parsed.end as u32),
            reading: parsed.reading,
            modifier: parsed.modifier,
            ahead: clause::direction(&g, parsed.start, parsed.end),
            aside: clause::aside(&g, parsed.start, parsed.end),
            upcoming: clause::upcoming(&g, parsed.start),
            forward: clause::forward(&g, parsed.start),
            spoken: clause::spoken(&g, parsed.start, parsed.end),
        });
        i = parsed.end;
    }
    ranges(&g, &mut out);
    years_before(&g, &mut out);
    restated(&g, &mut out);
    out
}

/// "at 9:20 a.m. (0620 GMT) Monday": the hour in brackets is the same moment told again, and the day behind
/// it is that of the first.
fn restated(g: &Grammar<'_>, phrases: &mut Vec<TimePhrase>) {
    use reading::{Fields, Point, What};
    let clock = |p: &TimePhrase| match p.reading {
        Reading::Point(Point { what, clock: Some(clock), .. }) => Some((what, clock)),
        _ => None,
    };
    let bare = |what: What| what == What::Fields(Fields::default());
    let mut i = 1;
    while i < phrases.len() {
        let (before, after) = phrases.split_at_mut(i);
        let (Some(a), Some(b)) = (before.last_mut(), after.first()) else { break };
        let again = clock(b).is_some_and(|(what, clock)| bare(what) && clock.zone.is_some())
            && clock(a).is_some_and(|(_, clock)| clock.zone.is_none())
            && b.tokens.0 == a.tokens.1 + 1
            && g.mark(a.tokens.1 as usize, &["("])
            && g.mark(b.tokens.1 as usize, &[")"]);
        if !again {
            i += 1;
            continue;
        }
        // the day behind, "on" or a comma between
        let close = b.tokens.1 as usize + 1;
        let next = close + usize::from(g.has(close, lang::Role::On) || g.mark(close, &[","]));
        let day = after.get(1).filter(|c| c.tokens.0 as usize == next).and_then(|c| match c.reading {
            Reading::Point(Point { what, part: None, clock: None }) => match what {
                What::Fields(f) if f.day != 0 || f.weekday != 0 => Some((what, c.ahead)),
                What::Shift(s) if s.unit == lang::Unit::Day => Some((what, c.ahead)),
                _ => None,
            },
            _ => None,
        });
        if let (Some((what, ahead)), Reading::Point(p)) = (day, &mut a.reading)
            && bare(p.what)
        {
            p.what = what;
            a.ahead = ahead;
        }
        phrases.remove(i);
    }
}

/// "Sales rose this year through August", "earlier this year, in March": the year stands before its month.
fn years_before(g: &Grammar<'_>, phrases: &mut [TimePhrase]) {
    use reading::{From, Shift, What, YearOf};
    for i in 1..phrases.len() {
        let (before, after) = phrases.split_at_mut(i);
        let (Some(a), Some(b)) = (before.last(), after.first_mut()) else { continue };
        let (Reading::Point(p), Reading::Point(q)) = (a.reading, &mut b.reading) else { continue };
        let What::Shift(Shift { unit: lang::Unit::Year, by, vague: false, from: From::Speech }) = p.what
        else {
            continue;
        };
        let between = a.tokens.1 as usize..b.tokens.0 as usize;
        let comma = usize::from(between.len() == 2 && g.mark(between.start, &[","]));
        let linked = between.len() == 1 + comma
            && g.joined(b.tokens.0 as usize)
            && g.has(between.start + comma, lang::Role::Preposition);
        let What::Fields(f) = &mut q.what else { continue };
        // "a year ago in March" is a length before a month, "results for the full year in March" no place for it
        let named = by.abs() <= 1 && (a.tokens.0..a.tokens.1).any(|k| g.which(k as usize).is_some());
        if linked && named && f.year == YearOf::Open && f.month != 0 && f.which.is_none() {
            f.year = YearOf::Shift(by as i8);
        }
    }
}

/// The first of two dates that share their end takes what it lacks from the second:
/// "February to July 1917", "August and September 1914", "the 28 and 29 August".
fn ranges(g: &Grammar<'_>, phrases: &mut [TimePhrase]) {
    use reading::{What, YearOf};
    let mut short_decades: Vec<(usize, i16)> = Vec::new();
    for i in (1..phrases.len()).rev() {
        let (before, after) = phrases.split_at_mut(i);
        let (Some(a), Some(b)) = (before.last_mut(), after.first()) else { continue };
        let between = a.tokens.1 as usize..b.tokens.0 as usize;
        if between.len() != 1 || !g.joined(between.start) {
            continue;
        }
        let linked = g
            .item(between.start)
            .roles
            .iter()
            .any(|r| matches!(r, lang::Role::And | lang::Role::To | lang::Role::Or))
            || matches!(g.word(between.start), "-" | "–" | "—" | ",");
        let (Reading::Point(p), Reading::Point(q)) = (&mut a.reading, &b.reading) else { continue };
        let (What::Fields(f), What::Fields(h)) = (&mut p.what, &q.what) else { continue };
        if linked && let (YearOf::Decade(first), YearOf::ShortDecade(_)) = (f.year, h.year) {
            // "the 1740s and '50s"
            short_decades.push((i, first / 10));
        }
        if linked
            && f.year == YearOf::Open
            && h.year != YearOf::Open
            && f.which.is_none()
            && (f.month != 0 || f.season.is_some())
            && (h.month != 0 || h.season.is_some())
            && (h.month == 0 || f.month == 0 || f.month <= h.month)
        {
            f.year = h.year;
        }
    }
    for (i, century) in short_decades {
        if let Some(TimePhrase { reading: Reading::Point(p), .. }) = phrases.get_mut(i)
            && let What::Fields(f) = &mut p.what
            && let YearOf::ShortDecade(decade) = f.year
        {
            f.year = YearOf::Decade(century * 10 + i16::from(decade / 10));
        }
    }
}
