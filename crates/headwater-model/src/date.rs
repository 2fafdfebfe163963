//! Days, and the day an article was published: given, read off the page, or inferred as a range.

use crate::Reason;
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
