//! What of an article's times cannot be right, and why a time has no place on the calendar.
//!
//! Changes nothing: a phrase that the calendar does not have is no time, a day of publication that the
//! text contradicts stays as given. Both are said, with the words.

use super::Anchor;
use super::dateline::stands_in_dateline;
use super::grammar::Grammar;
use super::lang::{self, Language, Role, Unit};
use super::lex::{self, Num};
use super::near::{in_year, near};
use super::quoted::Quoted;
use super::reading::{Fields, Point, Reading, Shift, TimePhrase, What, YearOf};
use headwater_model::text::Outline;
use headwater_model::{Span, TimeMention, Warning};
use jiff::civil::Date;

/// Warnings of each kind that are kept.
const MOST: usize = 16;
/// A dateline names the day of writing; a day of publication further from it than this many days is
/// doubtful. By judgement: weekly papers print agency reports of the week.
const DATELINE_DAYS: i32 = 10;

/// Why a time could not be given a place on the calendar, or only an approximate one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// It counts from the day of publication, which is not known.
    NoDay,
    /// It counts from the day of publication, which is known only as a range.
    RangeOfDays,
    /// It counts from a time told before, and none is told.
    NothingTold,
    /// The words name no stretch of the calendar: "recently", "several years ago".
    Vague,
    /// The calendar has no such day, or it lies outside the years 1 to 9999.
    NotOnCalendar,
}

impl Open {
    /// The reason in words.
    pub fn words(self) -> &'static str {
        match self {
            Open::NoDay => "it counts from the day of publication, which is not known",
            Open::RangeOfDays => "it counts from the day of publication, which is known only as a range",
            Open::NothingTold => "it counts from a time told before, and none is told",
            Open::Vague => "the words name no stretch of the calendar",
            Open::NotOnCalendar => "the calendar of the years 1 to 9999 has no such day",
        }
    }
}

/// Why a mention has no exact place; `None` for what has one, and for lengths and recurrences, which
/// need none.
pub fn why_open(phrase: &TimePhrase, mention: &TimeMention, anchor: Anchor) -> Option<Open> {
    let Reading::Point(point) = phrase.reading else { return None };
    if mention.unanchored {
        return Some(match anchor {
            Anchor::Unknown => Open::NoDay,
            Anchor::Range(_) => Open::RangeOfDays,
            Anchor::Day(_) => Open::NothingTold,
        });
    }
    if mention.interval.is_some() {
        return None;
    }
    Some(match point.what {
        What::Past | What::Present | What::Future => Open::Vague,
        What::Shift(Shift { vague: true, .. }) => Open::Vague,
        What::Shift(Shift { unit, .. }) if unit < Unit::Day => Open::Vague,
        What::Fields(f) if f.year == YearOf::Open && f != Fields::default() => Open::NothingTold,
        // the hour of a week or month, a year before Christ: told, and yet no interval of days
        _ if point.part.is_some() || point.clock.is_some() => Open::Vague,
        _ => Open::NotOnCalendar,
    })
}

/// Words that look like times and are none, and times that contradict the day of publication.
/// `published` is the first and last day on which the article can have come out, where known.
pub fn doubts(
    text: &str,
    outline: &Outline,
    phrases: &[TimePhrase],
    language: Language,
    published: Option<(Date, Date)>,
) -> Vec<Warning> {
    let mut out = impossible(text, outline, language);
    if let Some((first, last)) = published {
        out.extend(dateline(text, outline, phrases, first, last));
        out.extend(later(text, outline, phrases, last));
    }
    out.sort_by_key(|w| w.span.map(|s| (s.start, s.end)));
    out
}

/// "31 February", "at 25:61".
fn impossible(text: &str, outline: &Outline, language: Language) -> Vec<Warning> {
    let words = lang::words(language);
    let items = lex::lex(text, &outline.tokens, words);
    let g = Grammar { text, tokens: &outline.tokens, items: &items, words };
    let span = |a: usize, b: usize| -> Option<Span> {
        Some(outline.tokens.get(a)?.span.cover(outline.tokens.get(b)?.span))
    };
    let mut out: Vec<Warning> = Vec::new();
    for i in 0..items.len() {
        if out.len() >= MOST {
            break;
        }
        let found = match g.item(i).num {
            Num::Int(n, 1..=2) => g
                .wrong_day(i, n)
                .map(|end| ("no-such-day", i, end))
                .or_else(|| g.wrong_clock(i, n).map(|end| ("no-such-time", i, end))),
            Num::Int(_, 4) => g
                .day_in_numbers(i)
                .filter(|_| matches!(g.item(i + 2).num, Num::Int(1..=12, _)) && g.in_numbers(i).is_none())
                .map(|end| ("no-such-day", i, end)),
            // 30.02.2023
            Num::Dots(day, month, year) => {
                (day <= 31 && (1..=12).contains(&month) && year >= 1000 && g.in_numbers(i).is_none())
                    .then_some(("no-such-day", i, i))
            }
            _ => g.wrong_month_day(i).map(|end| ("no-such-day", i, end)),
        };
        let Some((code, start, last)) = found else { continue };
        let Some(span) = span(start, last) else { continue };
        let what =
            if code == "no-such-day" { "the calendar has no such day" } else { "no clock shows such a time" };
        out.push(
            Warning::new(
                code,
                format!("“{}”: {what}", span.of(text)),
                "it is left unread; look at the report",
            )
            .at(span),
        );
    }
    out
}

impl Grammar<'_> {
    /// The last token of a day that its month does not have: "31 February".
    fn wrong_day(&self, i: usize, day: u32) -> Option<usize> {
        // "31. Februar"; in English a full stop there ends a sentence
        let german = self.words.language == Language::German;
        let dot = usize::from(german && self.mark(i + 1, &["."]) && !self.spaced(i + 1));
        let at = i + 1 + dot;
        let (end, month, _) = self.month(at).filter(|_| self.joined(at))?;
        let year = matches!(self.item(end).num, Num::Int(_, 4)) && self.joined(end);
        (day > u32::from(super::grammar::longest(month)) && (day <= 31 || year)).then_some(end - 1)
    }

    /// The same with the month first: "February 31".
    fn wrong_month_day(&self, i: usize) -> Option<usize> {
        let (end, month, _) = self.month(i)?;
        let Num::Int(day, 1..=2) = self.item(end).num else { return None };
        let counts = self.mark(end + 1, &[":", "%"]) || self.any_unit(end + 1).is_some();
        (self.joined(end) && !counts && day <= 31 && day > u32::from(super::grammar::longest(month)))
            .then_some(end)
    }

    /// The last token of a time that no clock shows: "at 25:61", "24:75 GMT".
    fn wrong_clock(&self, i: usize, hour: u32) -> Option<usize> {
        if !self.mark(i + 1, &[":"]) || self.spaced(i + 1) || self.spaced(i + 2) {
            return None;
        }
        let Num::Int(minute, 2) = self.item(i + 2).num else { return None };
        let clock = i > 0 && (self.has(i - 1, Role::At) || matches!(self.word(i - 1), "um" | "Um"))
            || self.has(i + 3, Role::Oclock)
            || self.item(i + 3).roles.iter().any(|r| matches!(r, Role::Am | Role::Pm | Role::Zone(_)));
        (clock && (hour > 24 || minute > 59)).then_some(i + 2)
    }
}

/// A dateline that names a day far from that of publication.
fn dateline(
    text: &str,
    outline: &Outline,
    phrases: &[TimePhrase],
    first: Date,
    last: Date,
) -> Option<Warning> {
    let phrase = phrases.iter().find(|p| stands_in_dateline(text, outline, p))?;
    let Reading::Point(Point { what: What::Fields(f), .. }) = phrase.reading else { return None };
    let day = match f.year {
        YearOf::Known(y) => in_year(f, y)?,
        _ => near(f, last, None)?,
    }
    .days()?
    .0;
    let apart = |a: Date, b: Date| a.until(b).map_or(0, |s| s.get_days());
    let gap = apart(day, first).max(apart(last, day));
    (gap > DATELINE_DAYS).then(|| {
        Warning::new(
            "dateline-differs",
            format!("the dateline says “{}”, {gap} days from the day of publication", phrase.span.of(text)),
            "check the day of publication; times are placed from it, not from the dateline",
        )
        .at(phrase.span)
    })
}

/// Times told with their year that lie behind and yet after the day of publication.
fn later(text: &str, outline: &Outline, phrases: &[TimePhrase], last: Date) -> Vec<Warning> {
    let quoted = Quoted::new(outline);
    let told = phrases.iter().filter(|p| p.ahead == Some(false) && !p.upcoming && !quoted.holds(p.span));
    let after = told.filter(|p| {
        let Reading::Point(Point { what: What::Fields(f), .. }) = p.reading else { return false };
        let YearOf::Known(y) = f.year else { return false };
        // a month that has begun may be told of while it lasts
        f.month != 0 && in_year(f, y).and_then(|w| w.ends()).is_some_and(|d| d.0 > last)
    });
    let warn = |p: &TimePhrase| {
        Warning::new(
            "tells-later-dates",
            format!("“{}” is told as past and lies after the day of publication, {last}", p.span.of(text)),
            "the day of publication may be wrong",
        )
        .at(p.span)
    };
    after.take(MOST).map(warn).collect()
}
