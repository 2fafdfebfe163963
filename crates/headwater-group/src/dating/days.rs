//! Days as plain numbers, and what a told time comes to when an article was published on a given day.
//!
//! Day 0 is 1 January 1970. Knows no texts: one clue and one day in, a stretch of days out.

use headwater_model::{ClueTime, DateRange};
use jiff::civil::Date;

/// A day, counted from 1 January 1970.
pub(super) type Day = i32;

/// The number of a day (Hinnant, "chrono-compatible low-level date algorithms").
pub(super) fn number(date: Date) -> Day {
    civil(i32::from(date.year()), i32::from(date.month()), i32::from(date.day()))
}

fn civil(year: i32, month: i32, day: i32) -> Day {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let doy = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

fn parts(day: Day) -> (i32, i32, i32) {
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i32::from(month <= 2), month, doy - (153 * mp + 2) / 5 + 1)
}

/// The date of a number; `None` outside the calendar.
pub(super) fn date(day: Day) -> Option<Date> {
    let (y, m, d) = parts(day);
    Date::new(i16::try_from(y).ok()?, m as i8, d as i8).ok()
}

pub(super) fn year(day: Day) -> i32 {
    parts(day).0
}

/// 1 = Monday.
fn weekday(day: Day) -> i32 {
    (day + 3).rem_euclid(7) + 1
}

/// First and last day of so many months.
fn months(year: i32, month: i32, count: i32) -> (Day, Day) {
    let n = year * 12 + month - 1;
    let end = n + count;
    (
        civil(n.div_euclid(12), n.rem_euclid(12) + 1, 1),
        civil(end.div_euclid(12), end.rem_euclid(12) + 1, 1) - 1,
    )
}

/// Inclusive stretch of days.
pub(super) type Stretch = (Day, Day);

pub(super) fn stretch(range: &DateRange) -> Option<Stretch> {
    Some((number(range.earliest?), number(range.latest?)))
}

pub(super) fn range((a, b): Stretch) -> DateRange {
    DateRange { earliest: date(a), latest: date(b) }
}

/// A season of this year counts as "last" only so many days after its end, a month a shorter time;
/// the same as in the reading of a dated article.
const LAST_SEASON: i32 = 150;
const LAST_MONTH: i32 = 30;

/// What a time comes to in an article published on `day`. `None` for times without one answer.
pub(super) fn told(time: &ClueTime, ahead: Option<bool>, day: Day) -> Option<Stretch> {
    let (y, m, _) = parts(day);
    Some(match *time {
        ClueTime::Days(range) => stretch(&range)?,
        ClueTime::DayShift(n) => (day + n, day + n),
        ClueTime::WeekShift(n) => {
            let monday = day - (weekday(day) - 1) + 7 * n;
            (monday, monday + 6)
        }
        ClueTime::MonthShift(n) => months(y, m + n, 1),
        ClueTime::YearShift(n, first, count) => months(y + n, i32::from(first), i32::from(count)),
        ClueTime::Named(which, first, count) => {
            let at = |year: i32| months(year, i32::from(first), i32::from(count));
            let slack = if count > 1 { LAST_SEASON } else { LAST_MONTH };
            match which {
                0 => at(y),
                1 => [at(y), at(y + 1)].into_iter().find(|s| s.0 > day)?,
                _ => {
                    [at(y), at(y - 1), at(y - 2)]
                        .into_iter()
                        .enumerate()
                        .find(|(k, s)| s.1 + if *k == 0 { slack } else { 0 } < day)?
                        .1
                }
            }
        }
        ClueTime::Months(first, count) => {
            let at = |year: i32| months(year, i32::from(first), i32::from(count));
            if ahead == Some(true) {
                [at(y - 1), at(y), at(y + 1)].into_iter().find(|s| s.1 >= day)?
            } else {
                [at(y), at(y - 1)].into_iter().find(|s| s.0 <= day)?
            }
        }
        ClueTime::MonthDay(month, d) | ClueTime::Dateline(month, d) => {
            let at = |year: i32| civil(year, i32::from(month), i32::from(d));
            let on = if ahead == Some(true) {
                [at(y), at(y + 1)].into_iter().find(|s| *s >= day)?
            } else {
                [at(y), at(y - 1)].into_iter().find(|s| *s <= day)?
            };
            (on, on)
        }
        ClueTime::Weekday(w) => {
            let back = (weekday(day) - i32::from(w)).rem_euclid(7);
            let on = if ahead == Some(true) { day + (7 - back) % 7 } else { day - back };
            (on, on)
        }
        ClueTime::Yearly(..) => return None,
    })
}

/// First and last month and day.
type Window = ((i8, i8), (i8, i8));

/// The stretches of a yearly happening that lie near `day`: in its year and the one before.
pub(super) fn yearly(windows: &[Window], fixed: Option<i16>, day: Day) -> Vec<Stretch> {
    let y = year(day);
    let mut out = Vec::new();
    for year in [y - 1, y, y + 1] {
        if fixed.is_some_and(|f| i32::from(f) != year) {
            continue;
        }
        for &((m1, d1), (m2, d2)) in windows {
            let a = civil(year, i32::from(m1), i32::from(d1));
            let turn = i32::from((m2, d2) < (m1, d1));
            out.push((a, civil(year + turn, i32::from(m2), i32::from(d2))));
        }
    }
    out
}

pub(super) fn overlap(a: Stretch, b: Stretch) -> bool {
    a.0 <= b.1 && b.0 <= a.1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        number(text.parse().unwrap())
    }

    fn check(time: ClueTime, ahead: Option<bool>, published: &str, expect: &str) {
        let got = told(&time, ahead, day(published))
            .map(|(a, b)| format!("{} {}", date(a).unwrap(), date(b).unwrap()));
        assert_eq!(got.as_deref(), Some(expect));
    }

    #[test]
    fn numbers_go_there_and_back() {
        for n in [-800_000, -1, 0, 19_000, 20_312, 100_000] {
            assert_eq!(number(date(n).unwrap()), n);
        }
        assert_eq!(weekday(day("2025-09-03")), 3);
    }

    #[test]
    fn times_come_to_days() {
        check(ClueTime::Weekday(3), None, "2025-09-09", "2025-09-03 2025-09-03");
        check(ClueTime::WeekShift(-1), None, "2025-12-31", "2025-12-22 2025-12-28");
        check(ClueTime::YearShift(-1, 6, 1), None, "2025-12-31", "2024-06-01 2024-06-30");
        check(ClueTime::Named(-1, 8, 1), None, "2025-08-12", "2024-08-01 2024-08-31");
        check(ClueTime::Named(-1, 6, 3), None, "2025-09-03", "2024-06-01 2024-08-31");
        check(ClueTime::Named(-1, 4, 1), None, "1989-10-26", "1989-04-01 1989-04-30");
        check(ClueTime::MonthDay(8, 15), Some(true), "2025-08-12", "2025-08-15 2025-08-15");
        check(ClueTime::Months(4, 1), Some(false), "2025-01-10", "2024-04-01 2024-04-30");
    }
}
