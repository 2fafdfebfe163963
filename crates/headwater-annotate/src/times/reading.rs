//! What a time phrase means before it is known when the article was written.
//!
//! Plain data: made by `super::grammar`, turned into values by `super::resolve`.

use super::lang::{FeastRule, Part, Season, Unit, Which};
use headwater_model::{Modifier, Span};

/// A phrase that tells a time, and what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct TimePhrase {
    /// The words.
    pub span: Span,
    /// Tokens of the outline, first and one past the last.
    pub tokens: (u32, u32),
    /// What they mean.
    pub reading: Reading,
    /// TIMEX3 modifier.
    pub modifier: Option<Modifier>,
    /// Which way the clause looks: `Some(false)` back, `Some(true)` ahead.
    pub ahead: Option<bool>,
    /// Whether it is told in passing: in brackets, or behind "since", "until", "before". The story goes
    /// on from the time told before.
    pub aside: bool,
    /// Whether the article speaks of it as upcoming in so many words.
    pub upcoming: bool,
    /// Whether some word of its sentence looks ahead: what it tells need not lie behind.
    pub forward: bool,
    /// Whether it stands beside a verb of saying and tells when that was: "he said on Tuesday".
    pub spoken: bool,
}

/// The meaning of a time phrase.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reading {
    /// DATE or TIME.
    Point(Point),
    /// DURATION.
    Length(Length),
    /// SET.
    Repeat(Repeat),
}

/// A point or stretch on the calendar, with a part or time of the day where one is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The stretch.
    pub what: What,
    /// Part of the day.
    pub part: Option<Part>,
    /// Time of the day.
    pub clock: Option<Clock>,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// 0–24
    pub hour: u8,
    /// 0–59
    pub minute: Option<u8>,
    /// Minutes from UTC.
    pub zone: Option<i16>,
}

/// What a point is told by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum What {
    /// Fields of the calendar, some of them open.
    Fields(Fields),
    /// So many units from a day.
    Shift(Shift),
    /// PAST_REF
    Past,
    /// PRESENT_REF
    Present,
    /// FUTURE_REF
    Future,
}

/// Which year is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum YearOf {
    /// Not told.
    #[default]
    Open,
    /// A year of the Christian era; negative before Christ.
    Known(i16),
    /// The year of a day that has become a name ("Sept. 11"); not told for those who write before it.
    Since(i16),
    /// A century before Christ: the ninth = 9.
    CenturyBefore(i16),
    /// So many years from the anchor's: "June last year" = -1.
    Shift(i8),
    /// A year before the one that a quarter or half spoken of lies in: "the year-earlier third quarter".
    Ago,
    /// The year told last.
    Same,
    /// So many years from the one told last.
    FromTold(i8),
    /// A known decade: 198.
    Decade(i16),
    /// A decade without its century: "the eighties" = 80.
    ShortDecade(u8),
    /// A century: 20th = 19.
    Century(i16),
}

/// Fields of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Fields {
    /// The year.
    pub year: YearOf,
    /// "last", "next", "this" before a month, weekday, season or quarter.
    pub which: Option<Which>,
    /// 1–12, 0 when open.
    pub month: u8,
    /// 1–31, 0 when open.
    pub day: u8,
    /// 1–7 from Monday, 0 when open.
    pub weekday: u8,
    /// 1–4, 0 when open.
    pub quarter: u8,
    /// 1–2, 0 when open.
    pub half: u8,
    /// A season.
    pub season: Option<Season>,
    /// A named day.
    pub feast: Option<FeastRule>,
    /// Whether a quarter or year is a company's own.
    pub fiscal: bool,
    /// The week or weekend that holds the day: "the week of March 6".
    pub within: Option<Unit>,
    /// So many days from the day told: "the day before Christmas" = -1.
    pub beside: i16,
}

/// So many units from a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// The unit.
    pub unit: Unit,
    /// How many; negative for the past.
    pub by: i32,
    /// Whether the number is vague ("several years ago").
    pub vague: bool,
    /// From which day.
    pub from: From,
}

/// The day that a shift counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// The day of writing; in a history, the time told last.
    Speech,
    /// The time told last.
    Told,
}

/// A length of time: numbers of two units at most ("two years and three months").
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Length {
    /// How many; `None` for a vague number.
    pub count: Option<Count>,
    /// The unit.
    pub unit: Unit,
    /// A smaller part.
    pub and: Option<(Count, Unit)>,
}

/// A number of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// Whole units.
    pub whole: u32,
    /// Tenths: "2.5", "two and a half".
    pub tenths: u8,
}

/// A recurrence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Repeat {
    /// "daily", "each month", "every two years"
    Each(Length),
    /// "every Friday", "Tuesday nights", "each July"
    On(Fields, Option<Part>),
    /// "every day": written XXXX-XX-XX in news corpora when it names days
    Parts(Part),
}
