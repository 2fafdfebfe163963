//! Days, and the day an article was published: given, read off the page, or inferred as a range.

use crate::{Reason, Span};
use jiff::civil::{Date, DateTime};

/// An inclusive range of days; either end may be open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct DateRange {
    /// First day that is possible.
    pub earliest: Option<Date>,
    /// Last day that is possible.
    pub latest: Option<Date>,
}

impl DateRange {
    /// The range of one day.
    pub fn day(day: Date) -> Self {
        DateRange { earliest: Some(day), latest: Some(day) }
    }

    /// A range with both ends.
    pub fn between(earliest: Date, latest: Date) -> Self {
        DateRange { earliest: Some(earliest), latest: Some(latest) }
    }

    /// The day, when the range is exactly one.
    pub fn single(&self) -> Option<Date> {
        match (self.earliest, self.latest) {
            (Some(a), Some(b)) if a == b => Some(a),
            _ => None,
        }
    }

    /// Whether nothing is known.
    pub fn is_open(&self) -> bool {
        self.earliest.is_none() && self.latest.is_none()
    }

    /// The days in both; `None` when the two exclude each other.
    pub fn intersect(&self, other: &DateRange) -> Option<DateRange> {
        let earliest = match (self.earliest, other.earliest) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (a, b) => a.or(b),
        };
        let latest = match (self.latest, other.latest) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        match (earliest, latest) {
            (Some(a), Some(b)) if a > b => None,
            _ => Some(DateRange { earliest, latest }),
        }
    }
}

/// Where a publication day comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum PublishedHow {
    /// The carrier or the user said so (JSONL field, `--meta`).
    Given,
    /// The page's own metadata, address or visible date line.
    Page,
    /// Worked out from what the article tells, and from other articles.
    Inferred,
    /// Nothing is known.
    #[default]
    Unknown,
}

/// When an article was published, as far as is known.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Published {
    /// The moment, when it is given; midnight when only the day is known. Civil time as written.
    pub value: Option<DateTime>,
    /// Whether `value` carries a time of day.
    pub has_time: bool,
    /// Offset from UTC in minutes, where the source tells it.
    pub offset_minutes: Option<i32>,
    /// The days that are possible; one day when `value` is known.
    pub range: DateRange,
    /// Where it comes from.
    pub how: PublishedHow,
    /// What it rests on.
    pub because: Vec<Reason>,
}

impl Published {
    /// A known day.
    pub fn on(day: Date, how: PublishedHow, because: Reason) -> Self {
        Published {
            value: Some(day.to_datetime(jiff::civil::Time::midnight())),
            has_time: false,
            offset_minutes: None,
            range: DateRange::day(day),
            how,
            because: vec![because],
        }
    }

    /// The day, when it is known exactly.
    pub fn day(&self) -> Option<Date> {
        self.value.map(|v| v.date()).or_else(|| self.range.single())
    }
}

/// A time as a phrase tells it, before the day of publication is known. Months count from 1; a stretch of
/// months may run over the end of the year ("winter": 12, 3 months).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClueTime {
    /// Days told with their year.
    Days(DateRange),
    /// So many days from the day of publication: "yesterday" = -1.
    DayShift(i32),
    /// So many weeks, Monday to Sunday: "last week" = -1.
    WeekShift(i32),
    /// So many months: "last month" = -1.
    MonthShift(i32),
    /// Months of a year so many years from that of publication: "last year" = (-1, 1, 12), "June last year" = (-1, 6, 1).
    YearShift(i32, i8, i8),
    /// "last August" = (-1, 8, 1), "this summer" = (0, 6, 3), "next May" = (1, 5, 1).
    Named(i8, i8, i8),
    /// Months without a year: "in April" = (4, 1).
    Months(i8, i8),
    /// A month and day without a year.
    MonthDay(i8, i8),
    /// The month and day of a dateline, behind the place where the report was written.
    Dateline(i8, i8),
    /// A weekday without a date, 1 = Monday.
    Weekday(i8),
    /// A happening that falls on one of these days (first and last month and day) of a year: a
    /// commemoration, a greeting of the season. The year, where it is told.
    Yearly(Vec<((i8, i8), (i8, i8))>, Option<i16>),
}

/// What one phrase tells about the day on which its article was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateClue {
    /// The words.
    pub span: Span,
    /// The time they tell.
    pub time: ClueTime,
    /// Whether the clause looks back (`Some(false)`), ahead (`Some(true)`) or does not say.
    pub ahead: Option<bool>,
    /// Whether the text calls it upcoming in so many words.
    pub upcoming: bool,
    /// Whether it stands where an article tells its news: in the first sentences.
    pub lead: bool,
    /// Whether the words belong to a speaker: inside quotation marks.
    pub quoted: bool,
}
