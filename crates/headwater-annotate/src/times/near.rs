//! Places fields of the calendar that lack their year near the day of writing.
//!
//! Knows one day, the fields and the direction of their clause; what was told before is `super::resolve`.

use super::calendar::{self, When, feast, plus_days, weekday};
use super::lang::{Unit, Which};
use super::reading::Fields;
use jiff::civil::Date;

/// The stretch that fields name in a year.
pub(super) fn in_year(f: Fields, year: i16) -> Option<When> {
    let when = named(f, year)?;
    match (f.within, when) {
        // the weekend of a Monday or Tuesday is the one before it
        (Some(Unit::Weekend), When::Day(day)) if weekday(day) <= 2 => {
            When::around(plus_days(day, -i32::from(weekday(day)))?, Unit::Weekend)
        }
        (Some(unit), When::Day(day)) => When::around(day, unit),
        _ => Some(when),
    }
}

fn named(f: Fields, year: i16) -> Option<When> {
    if let Some(rule) = f.feast {
        return feast(rule, year).map(When::Day);
    }
    if f.month != 0 && f.day != 0 {
        return calendar::day(year, f.month as i8, f.day as i8).map(When::Day);
    }
    if f.month != 0 {
        return Some(When::Month(year, f.month as i8));
    }
    if let Some(season) = f.season {
        return Some(When::Season(year, season));
    }
    if (1..=4).contains(&f.quarter) {
        return Some(When::Quarter(year, f.quarter as i8));
    }
    if f.half != 0 {
        return Some(When::Half(year, f.half as i8));
    }
    Some(When::Year(year))
}

/// Days that a reading against the direction of its clause counts as further off: a date some weeks on
/// the wrong side is still likelier than one most of a year away (TimeBank, two thirds).
const AGAINST: i32 = 250;
/// The same for a month in a clause without a verb that tells: "up from $29 in March" looks back
/// (TimeBank and AQUAINT, two thirds).
const UNTOLD: i32 = 200;
/// A weekday in such a clause is at most so many days back; the nearer one is meant (TimeBank, AQUAINT).
const UNTOLD_BACK: i32 = 3;
/// A season counts as "last" only when it ended at least so many days before (four to five months).
const LAST_SEASON: i32 = 150;
/// The same for a month.
const LAST_MONTH: i32 = 30;

/// Places fields without a year near the day of writing.
pub(super) fn near(f: Fields, anchor: Date, ahead: Option<bool>) -> Option<When> {
    if f.weekday != 0 && f.day == 0 {
        let back = (i32::from(weekday(anchor)) - i32::from(f.weekday)).rem_euclid(7);
        let by = match f.which {
            Some(Which::Last | Which::Past | Which::Previous) => -(if back == 0 { 7 } else { back }),
            Some(Which::Next | Which::Following) => 7 - back,
            _ if ahead == Some(true) || ahead.is_none() && back > UNTOLD_BACK => (7 - back) % 7,
            Some(Which::This) => (7 - back) % 7,
            _ => -back,
        };
        return plus_days(anchor, by).map(When::Day);
    }
    let year = anchor.year();
    let candidates = [year, year - 1, year + 1].into_iter().filter_map(|y| Some((in_year(f, y)?, y)));
    if f.weekday != 0 {
        // the year in which the day has that weekday, the nearest first
        return [year, year - 1, year + 1, year - 2, year + 2]
            .into_iter()
            .filter_map(|y| in_year(f, y))
            .find(|w| matches!(w, When::Day(d) if weekday(*d) == f.weekday as i8))
            .or_else(|| in_year(f, year));
    }
    // signed distance in days: < 0 behind, 0 the anchor is inside, > 0 ahead
    let distance = |w: When| -> Option<i32> {
        let (start, end) = w.ends()?;
        let days = |d: Date| anchor.until(d).ok().map(|s| s.get_days());
        if let Some(end) = end.filter(|e| *e <= anchor) {
            days(end).map(|n| n - 1)
        } else if start > anchor {
            days(start)
        } else {
            Some(0)
        }
    };
    let slack = if f.season.is_some() {
        LAST_SEASON
    } else if f.day == 0 {
        LAST_MONTH
    } else {
        0
    };
    match f.which {
        Some(Which::Last | Which::Previous) => {
            let over = |d: i32, y: i16| d < if y == year { -slack } else { 0 };
            candidates
                .filter_map(|(w, y)| Some((distance(w)?, w, y)))
                .filter(|(d, _, y)| over(*d, *y))
                .max_by_key(|(d, _, _)| *d)
                .map(|(_, w, _)| w)
        }
        Some(Which::Past) => candidates
            .filter_map(|(w, _)| Some((distance(w)?, w)))
            .filter(|(d, _)| *d <= 0)
            .max_by_key(|(d, _)| *d)
            .map(|(_, w)| w),
        Some(Which::Next | Which::Following) => candidates
            .filter_map(|(w, _)| Some((distance(w)?, w)))
            .filter(|(d, _)| *d > 0)
            .min_by_key(|(d, _)| *d)
            .map(|(_, w)| w),
        // "wore it this Christmas", written in January, is the one just over
        Some(Which::This) if f.feast.is_some() && ahead == Some(false) => candidates
            .filter_map(|(w, _)| Some((distance(w)?, w)))
            .filter(|(d, _)| *d <= 0)
            .max_by_key(|(d, _)| *d)
            .map(|(_, w)| w),
        Some(Which::This) => in_year(f, year),
        None if f.quarter != 0 && in_year(f, year).and_then(distance).is_some_and(|d| d <= 0) => {
            in_year(f, year)
        }
        _ => candidates
            .filter_map(|(w, y)| Some((distance(w)?, w, y)))
            .min_by_key(|(d, _, y)| {
                let wrong = match ahead {
                    Some(true) if *d < 0 => AGAINST,
                    Some(false) if *d > 0 => AGAINST,
                    None if *d > 0 && f.month != 0 && f.day == 0 => UNTOLD,
                    _ => 0,
                };
                (d.abs() + wrong, (i32::from(*y) - i32::from(year)).abs())
            })
            .map(|(_, w, _)| w),
    }
}
