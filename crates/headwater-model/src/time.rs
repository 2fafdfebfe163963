//! Time expressions and their values.

use crate::Span;
use jiff::civil::DateTime;

/// The four TIMEX3 types (TimeML 1.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeKind {
    /// A calendar point or period: "Tuesday", "June 2024".
    Date,
    /// A time of day: "10 a.m.", "Tuesday evening".
    Time,
    /// A length: "three hours".
    Duration,
    /// A recurrence: "every Friday".
    Set,
}

impl TimeKind {
    /// The type as TIMEX3 writes it.
    pub fn name(self) -> &'static str {
        match self {
            TimeKind::Date => "DATE",
            TimeKind::Time => "TIME",
            TimeKind::Duration => "DURATION",
            TimeKind::Set => "SET",
        }
    }
}

/// The TIMEX3 `mod` attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modifier {
    /// BEFORE
    Before,
    /// AFTER
    After,
    /// START ("early June")
    Start,
    /// MID
    Mid,
    /// END ("late 2015")
    End,
    /// APPROX ("about 1990")
    Approx,
    /// LESS_THAN
    LessThan,
    /// MORE_THAN
    MoreThan,
    /// EQUAL_OR_LESS
    EqualOrLess,
    /// EQUAL_OR_MORE
    EqualOrMore,
}

impl Modifier {
    /// The modifier as TIMEX3 writes it.
    pub fn name(self) -> &'static str {
        match self {
            Modifier::Before => "BEFORE",
            Modifier::After => "AFTER",
            Modifier::Start => "START",
            Modifier::Mid => "MID",
            Modifier::End => "END",
            Modifier::Approx => "APPROX",
            Modifier::LessThan => "LESS_THAN",
            Modifier::MoreThan => "MORE_THAN",
            Modifier::EqualOrLess => "EQUAL_OR_LESS",
            Modifier::EqualOrMore => "EQUAL_OR_MORE",
        }
    }
}

/// A half-open stretch of civil time, `[start, end)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// First moment.
    pub start: DateTime,
    /// First moment after.
    pub end: DateTime,
}

/// A phrase that tells a time, and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeMention {
    /// The phrase.
    pub span: Span,
    /// Its type.
    pub kind: TimeKind,
    /// The TIMEX3 value, such as `2024-06`, `P3D`, `XXXX-WXX-3`, `PAST_REF`.
    pub value: String,
    /// The TIMEX3 modifier.
    pub modifier: Option<Modifier>,
    /// The stretch of time meant, where the value denotes one on the calendar.
    pub interval: Option<Interval>,
    /// What the value was worked out from: the words of another mention (an index into the list of
    /// mentions); `None` when it stands by itself or rests on the day of publication.
    pub anchor: Option<u32>,
    /// Whether the value needs a day of publication that is not known exactly.
    pub unanchored: bool,
    /// Whether the clause looks back (`Some(false)`), ahead (`Some(true)`) or does not say.
    pub ahead: Option<bool>,
}
