//! Stretches of the calendar: their TIMEX3 values, their first and last day, and steps between them.
//!
//! Knows no words and no anchor. Every step is checked: what leaves the years 1–9999 is `None`.

use super::lang::{FeastRule, Season, Unit};
use headwater_model::Interval;
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::{Span as Step, ToSpan};

/// A stretch of the calendar at the granularity in which it was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    Day(Date),
    /// ISO 8601 year and week.
    Week(i16, i8),
    Weekend(i16, i8),
    Month(i16, i8),
    Quarter(i16, i8),
    Half(i16, i8),
    Season(i16, Season),
    Year(i16),
    /// 198 = 1980–1989
    Decade(i16),
    /// 19 = 1900–1999, as TIMEX3 counts
    Century(i16),
}

const FIRST_YEAR: i16 = 1;
const LAST_YEAR: i16 = 9999;

/// A day, when the calendar has it.
pub(crate) fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
        return None;
    }
    Date::new(year, month, day).ok()
}

fn first_of(year: i16, month: i8) -> Option<Date> {
    day(year, month, 1)
}

/// The number of a weekday, 1 = Monday.
pub(crate) fn weekday(date: Date) -> i8 {
    date.weekday().to_monday_one_offset()
}

/// `date` moved by days.
pub(crate) fn plus_days(date: Date, days: i32) -> Option<Date> {
    date.checked_add(days.days()).ok().filter(|d| d.year() >= FIRST_YEAR)
}

fn plus_months(date: Date, months: i32) -> Option<Date> {
    let step = Step::new().try_months(months).ok()?;
    date.checked_add(step).ok().filter(|d| d.year() >= FIRST_YEAR)
}

/// Monday of an ISO week.
fn monday(year: i16, week: i8) -> Option<Date> {
    jiff::civil::ISOWeekDate::new(year, week, Weekday::Monday)
        .ok()
        .map(|w| w.date())
        .filter(|d| d.year() >= FIRST_YEAR)
}

fn week_of(date: Date) -> (i16, i8) {
    let w = date.iso_week_date();
    (w.year(), w.week())
}

/// Month of the first day of a season; winter begins in December.
fn season_start(season: Season) -> i8 {
    match season {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Autumn => 9,
        Season::Winter => 12,
    }
}

/// A year as TIMEX3 writes it; negative before Christ.
pub(crate) fn year_name(year: i16) -> String {
    if year < 0 { format!("BC{:04}", -i32::from(year)) } else { format!("{year:04}") }
}

pub(crate) fn season_name(season: Season) -> &'static str {
    match season {
        Season::Spring => "SP",
        Season::Summer => "SU",
        Season::Autumn => "FA",
        Season::Winter => "WI",
    }
}

impl When {
    /// The stretch of `unit` that holds `date`.
    pub(crate) fn around(date: Date, unit: Unit) -> Option<When> {
        let (year, month) = (date.year(), date.month());
        Some(match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => When::Day(date),
            Unit::Week => {
                let (y, w) = week_of(date);
                When::Week(y, w)
            }
            Unit::Weekend => {
                let (y, w) = week_of(date);
                When::Weekend(y, w)
            }
            Unit::Month => When::Month(year, month),
            Unit::Quarter => When::Quarter(year, (month - 1) / 3 + 1),
            Unit::Season => match month {
                3..=5 => When::Season(year, Season::Spring),
                6..=8 => When::Season(year, Season::Summer),
                9..=11 => When::Season(year, Season::Autumn),
                12 => When::Season(year, Season::Winter),
                _ => When::Season(year - 1, Season::Winter),
            },
            Unit::Year => When::Year(year),
            Unit::Decade => When::Decade(year / 10),
            Unit::Century => When::Century(year / 100),
            Unit::Millennium => return None,
        })
    }

    /// The stretch of `unit` that lies `by` units from `date`.
    pub(crate) fn shifted(date: Date, unit: Unit, by: i32) -> Option<When> {
        if by.unsigned_abs() > 4_000_000 {
            return None;
        }
        let moved = match unit {
            Unit::Second | Unit::Minute | Unit::Hour => date,
            Unit::Day => plus_days(date, by)?,
            Unit::Week | Unit::Weekend => plus_days(date, by.checked_mul(7)?)?,
            Unit::Month => plus_months(date, by)?,
            Unit::Quarter | Unit::Season => plus_months(date, by.checked_mul(3)?)?,
            Unit::Year => plus_months(date, by.checked_mul(12)?)?,
            Unit::Decade => plus_months(date, by.checked_mul(120)?)?,
            Unit::Century => plus_months(date, by.checked_mul(1200)?)?,
            Unit::Millennium => return None,
        };
        When::around(moved, unit)
    }

    /// First day, and first day after; that one is `None` when the stretch ends with the calendar.
    pub(crate) fn ends(self) -> Option<(Date, Option<Date>)> {
        let months = |year: i16, month: i8, count: i32| {
            let start = first_of(year, month)?;
            Some((start, plus_months(start, count)))
        };
        match self {
            When::Day(d) => Some((d, plus_days(d, 1))),
            When::Week(y, w) => {
                let m = monday(y, w)?;
                Some((m, plus_days(m, 7)))
            }
            When::Weekend(y, w) => {
                let m = monday(y, w)?;
                Some((plus_days(m, 5)?, plus_days(m, 7)))
            }
            When::Month(y, m) => months(y, m, 1),
            When::Quarter(y, q) => months(y, q * 3 - 2, 3),
            When::Half(y, h) => months(y, h * 6 - 5, 6),
            When::Season(y, s) => months(y, season_start(s), 3),
            When::Year(y) => months(y, 1, 12),
            When::Decade(d) => months(d.checked_mul(10)?.max(1), 1, 120),
            When::Century(c) => months(c.checked_mul(100)?.max(1), 1, 1200),
        }
    }

    /// First day, and first day after, where the calendar still has that one.
    pub(crate) fn days(self) -> Option<(Date, Date)> {
        let (start, end) = self.ends()?;
        Some((start, end?))
    }

    /// The half-open stretch of civil time; the last moment of the calendar ends what ends with it.
    pub(crate) fn interval(self) -> Option<Interval> {
        let (start, end) = self.ends()?;
        let end = end.map_or(DateTime::MAX, |d| d.to_datetime(Time::midnight()));
        Some(Interval { start: start.to_datetime(Time::midnight()), end })
    }

    /// The TIMEX3 value.
    pub(crate) fn value(self) -> String {
        match self {
            When::Day(d) => format!("{:04}-{:02}-{:02}", d.year(), d.month(), d.day()),
            When::Week(y, w) => format!("{y:04}-W{w:02}"),
            When::Weekend(y, w) => format!("{y:04}-W{w:02}-WE"),
            When::Month(y, m) => format!("{}-{m:02}", year_name(y)),
            When::Quarter(y, q) => format!("{}-Q{q}", year_name(y)),
            When::Half(y, h) => format!("{}-H{h}", year_name(y)),
            When::Season(y, s) => format!("{}-{}", year_name(y), season_name(s)),
            When::Year(y) => year_name(y),
            When::Decade(d) => format!("{d:03}"),
            When::Century(c) => format!("{c:02}"),
        }
    }

    /// The year, where the stretch lies in one.
    pub(crate) fn year(self) -> Option<i16> {
        match self {
            When::Day(d) => Some(d.year()),
            When::Week(y, _) | When::Weekend(y, _) | When::Month(y, _) | When::Quarter(y, _) => Some(y),
            When::Half(y, _) | When::Season(y, _) | When::Year(y) => Some(y),
            When::Decade(_) | When::Century(_) => None,
        }
    }
}

/// The day of a feast in a year.
pub(crate) fn feast(rule: FeastRule, year: i16) -> Option<Date> {
    match rule {
        FeastRule::Fixed(m, d) => day(year, m as i8, d as i8),
        FeastRule::Turn => day(year, 1, 1),
        FeastRule::Nth(n, wd, month) => {
            let first = first_of(year, month as i8)?;
            if n > 0 {
                let ahead = (i32::from(wd) - i32::from(weekday(first))).rem_euclid(7);
                plus_days(first, ahead + 7 * (i32::from(n) - 1))
            } else {
                let last = first.last_of_month();
                plus_days(last, -((i32::from(weekday(last)) - i32::from(wd)).rem_euclid(7)))
            }
        }
        FeastRule::NthThen(n, wd, month, days) => {
            plus_days(feast(FeastRule::Nth(n, wd, month), year)?, i32::from(days))
        }
        FeastRule::Easter(offset) => plus_days(easter(year)?, i32::from(offset)),
    }
}

/// Easter Sunday, Gregorian (Meeus, Jones, Butcher).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let a = y % 19;
    let (b, c) = (y / 100, y % 100);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    day(year, (n / 31) as i8, (n % 31 + 1) as i8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(when: Option<When>, value: &str) {
        assert_eq!(when.map(When::value).unwrap_or_default(), value);
    }

    #[test]
    fn steps() {
        let d = day(1998, 3, 1).unwrap();
        check(When::shifted(d, Unit::Week, -1), "1998-W08");
        check(When::shifted(d, Unit::Month, -1), "1998-02");
        check(When::shifted(d, Unit::Quarter, 1), "1998-Q2");
        check(When::shifted(d, Unit::Year, -1997), "0001");
        check(When::shifted(d, Unit::Year, -1999), "");
        check(When::shifted(d, Unit::Day, i32::MAX), "");
    }

    #[test]
    fn feasts() {
        check(feast(FeastRule::Easter(0), 2024).map(When::Day), "2024-03-31");
        check(feast(FeastRule::Nth(4, 4, 11), 1999).map(When::Day), "1999-11-25");
        check(feast(FeastRule::NthThen(1, 1, 11, 1), 2022).map(When::Day), "2022-11-08");
        check(feast(FeastRule::Nth(-1, 1, 5), 2025).map(When::Day), "2025-05-26");
    }
}
