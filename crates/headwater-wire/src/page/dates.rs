//! Dates of an account as days on a picture and as words for people.
//!
//! Reads ISO dates and TIMEX3 values (`2025-08-12`, `2025-08-12T14:00`, `2024-06`, `2025-W33`, `2025-SU`,
//! `2025`, `199`); what it cannot read it leaves as it stands.

use crate::account::DateRange;
use headwater_model::text::calendar;
use std::fmt::Write as _;

/// A day as days since 1970-01-01 (proleptic Gregorian).
pub(super) type Day = i32;

/// A year, month and day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Civil {
    pub(super) year: i32,
    pub(super) month: u32,
    pub(super) day: u32,
}

impl Civil {
    /// The day's number.
    pub(super) fn number(self) -> Day {
        let year = if self.month <= 2 { self.year - 1 } else { self.year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let month = (self.month as i32 + 9) % 12;
        let of_year = (153 * month + 2) / 5 + self.day as i32 - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// The day with that number.
    pub(super) fn of(number: Day) -> Civil {
        let shifted = number.saturating_add(719_468);
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let day = (of_year - (153 * shifted_month + 2) / 5 + 1) as u32;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 } as u32;
        Civil { year: year + era * 400 + i32::from(month <= 2), month, day }
    }

    /// "12 Aug".
    pub(super) fn short(self) -> String {
        format!("{} {}", self.day, calendar::month_short(self.month as usize).unwrap_or("?"))
    }

    /// "12 Aug 2025".
    pub(super) fn long(self) -> String {
        format!("{} {}", self.short(), self.year)
    }
}

fn month_name(month: u32) -> &'static str {
    calendar::month(month as usize).unwrap_or("?")
}

/// The day at the start of an ISO date or date-time.
pub(super) fn civil(iso: &str) -> Option<Civil> {
    let digits = |range: std::ops::Range<usize>| -> Option<u32> {
        let part = iso.get(range)?;
        part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())?
    };
    let (year, month, day) = (digits(0..4)?, digits(5..7)?, digits(8..10)?);
    let sound = iso.get(4..5) == Some("-") && iso.get(7..8) == Some("-");
    (sound && (1..=12).contains(&month) && (1..=31).contains(&day)).then_some(Civil {
        year: year as i32,
        month,
        day,
    })
}

/// The number of the day at the start of an ISO date or date-time.
pub(super) fn day(iso: &str) -> Option<Day> {
    civil(iso).map(Civil::number)
}

/// First and last possible day of a range, where both are known.
pub(super) fn days(range: &DateRange) -> Option<(Day, Day)> {
    ends(range.value.as_deref(), range.earliest.as_deref(), range.latest.as_deref())
}

/// First and last day told by a value or, failing that, by the ends of a range. A range that is open at one end has
/// no place on a picture: "not before 2016" is no day in 2016.
pub(super) fn ends(value: Option<&str>, earliest: Option<&str>, latest: Option<&str>) -> Option<(Day, Day)> {
    let first = earliest.and_then(day);
    let last = latest.and_then(day);
    let exact = value.and_then(day);
    match (exact, first, last) {
        (Some(exact), _, _) => Some((exact, exact)),
        (None, Some(first), Some(last)) => Some((first.min(last), last.max(first))),
        (None, _, _) => None,
    }
}

/// Characters shown of a value that cannot be read.
const UNREAD_CHARACTERS: usize = 24;

/// A date-time or TIMEX3 value for people: "12 Aug 2025, 14:05", "August 2025", "week 33 of 2025".
pub(super) fn value(timex: &str) -> String {
    let told = read(timex);
    if told == timex { super::html::shorten(timex, UNREAD_CHARACTERS) } else { told }
}

fn read(timex: &str) -> String {
    if let Some(civil) = civil(timex) {
        let mut out = civil.long();
        if let Some(clock) = timex.get(10..16).filter(|part| {
            let bytes = part.as_bytes();
            matches!(bytes, [b'T' | b' ', a, b, b':', c, d] if [a, b, c, d].iter().all(|x| x.is_ascii_digit()))
        }) {
            let _ = write!(out, ", {}", clock.get(1..).unwrap_or_default());
        } else {
            out.push_str(part_of_day(timex.get(10..).unwrap_or_default()));
        }
        return out;
    }
    if let Some(known) = without_year(timex) {
        return known;
    }
    let year = timex.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit()));
    let rest = timex.get(4..).unwrap_or_default();
    let Some(year) = year else {
        let decade = timex.len() == 3 && timex.bytes().all(|b| b.is_ascii_digit());
        return if decade { format!("{timex}0s") } else { timex.to_owned() };
    };
    match rest {
        "" => year.to_owned(),
        "-SP" => format!("spring {year}"),
        "-SU" => format!("summer {year}"),
        "-FA" => format!("autumn {year}"),
        "-WI" => format!("winter {year}"),
        _ => {
            if let Some(week) = rest.strip_prefix("-W").filter(|w| w.len() == 2) {
                return format!("week {} of {year}", week.trim_start_matches('0'));
            }
            if let Some(quarter) = rest.strip_prefix("-Q") {
                return format!("quarter {quarter} of {year}");
            }
            match rest.strip_prefix('-').filter(|m| m.len() == 2).and_then(|m| m.parse::<u32>().ok()) {
                Some(month @ 1..=12) => format!("{} {year}", month_name(month)),
                _ => timex.to_owned(),
            }
        }
    }
}

/// ", morning" for "TMO".
fn part_of_day(rest: &str) -> &'static str {
    match rest {
        "TMO" => ", morning",
        "TMI" => ", midday",
        "TAF" => ", afternoon",
        "TEV" => ", evening",
        "TNI" => ", night",
        _ => "",
    }
}

/// A day that is told without its year or week: "Friday, evening" for "XXXX-WXX-5TEV", "15 August".
fn without_year(timex: &str) -> Option<String> {
    let rest = timex.strip_prefix("XXXX-")?;
    if let Some(day) = rest.strip_prefix("WXX-") {
        let name = calendar::WEEKDAYS.get(day.get(..1)?.parse::<usize>().ok()?.checked_sub(1)?)?;
        return Some(format!("{name}{}", part_of_day(day.get(1..)?)));
    }
    let month = rest.get(..2)?.parse::<u32>().ok().filter(|m| (1..=12).contains(m))?;
    let name = month_name(month);
    match rest.get(2..)? {
        "" => Some(name.to_owned()),
        day => Some(format!("{} {name}", day.strip_prefix('-')?.parse::<u32>().ok()?)),
    }
}

/// A range of days for people: "12 Aug 2025", "between 12 and 15 Aug 2025", "not before 12 Aug 2025".
pub(super) fn range(value_: Option<&str>, earliest: Option<&str>, latest: Option<&str>) -> Option<String> {
    if let Some(known) = value_.filter(|v| !v.is_empty()) {
        return Some(value(known));
    }
    match (earliest.and_then(civil), latest.and_then(civil)) {
        (Some(a), Some(b)) if a == b => Some(a.long()),
        (Some(a), Some(b)) if a.year == b.year && a.month == b.month => {
            Some(format!("between {} and {}", a.day, b.long()))
        }
        (Some(a), Some(b)) if a.year == b.year => Some(format!("between {} and {}", a.short(), b.long())),
        (Some(a), Some(b)) => Some(format!("between {} and {}", a.long(), b.long())),
        (Some(a), None) => Some(format!("not before {}", a.long())),
        (None, Some(b)) => Some(format!("not after {}", b.long())),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_from_1970_and_back() {
        let check = |iso: &str, expect: Day| {
            let civil = civil(iso).unwrap();
            assert_eq!(civil.number(), expect, "{iso}");
            assert_eq!(Civil::of(expect), civil, "{iso}");
        };
        check("1970-01-01", 0);
        check("2000-02-29", 11_016);
        check("2000-03-01", 11_017);
        check("2025-08-12", 20_312);
        check("1899-12-31", -25_568);
    }

    #[test]
    fn values_are_told_in_words() {
        let check = |timex: &str, expect: &str| assert_eq!(value(timex), expect);
        check("2025-08-12", "12 Aug 2025");
        check("2025-08-12T14:05:00", "12 Aug 2025, 14:05");
        check("2025-08-12TMO", "12 Aug 2025, morning");
        check("2024-06", "June 2024");
        check("2025", "2025");
        check("199", "1990s");
        check("2025-W03", "week 3 of 2025");
        check("2025-SU", "summer 2025");
        check("XXXX-WXX-5TEV", "Friday, evening");
        check("XXXX-WXX-9", "XXXX-WXX-9");
        check("XXXX-08-15", "15 August");
        check("XXXX-08", "August");
        check("PRESENT_REF", "PRESENT_REF");
        check("2025-13", "2025-13");
        check("é", "é");
    }

    #[test]
    fn ranges_are_told_in_words() {
        let check = |earliest: Option<&str>, latest: Option<&str>, expect: Option<&str>| {
            assert_eq!(range(None, earliest, latest).as_deref(), expect);
        };
        check(Some("2025-08-12"), Some("2025-08-15"), Some("between 12 and 15 Aug 2025"));
        check(Some("2025-08-30"), Some("2025-09-02"), Some("between 30 Aug and 2 Sep 2025"));
        check(Some("2024-12-30"), Some("2025-01-02"), Some("between 30 Dec 2024 and 2 Jan 2025"));
        check(Some("2025-08-12"), Some("2025-08-12"), Some("12 Aug 2025"));
        check(Some("2025-08-12"), None, Some("not before 12 Aug 2025"));
        check(None, None, None);
    }
}
