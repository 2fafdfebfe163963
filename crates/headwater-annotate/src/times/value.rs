//! How values are written down: TIMEX3 strings of points, lengths and recurrences, and the stretch of a
//! day that a part or time of it takes.

use super::calendar::{When, season_name, year_name};
use super::lang::{Part, Unit};
use super::reading::{Clock, Count, Fields, Length, Repeat, YearOf};
use headwater_model::Interval;
use jiff::ToSpan;
use jiff::civil::{DateTime, Time};

/// Fields with what is open written as X.
pub(super) fn open_value(f: Fields) -> String {
    let year = match f.year {
        YearOf::Known(y) => year_name(y),
        _ => "XXXX".to_owned(),
    };
    if let Some(unit) = f.within {
        return open_unit(unit, false).to_owned();
    }
    if f.beside != 0 {
        return "XXXX-XX-XX".to_owned();
    }
    if f.month != 0 && f.day != 0 {
        return format!("{year}-{:02}-{:02}", f.month, f.day);
    }
    if f.month != 0 {
        return format!("{year}-{:02}", f.month);
    }
    if f.weekday != 0 {
        return format!("XXXX-WXX-{}", f.weekday);
    }
    if let Some(s) = f.season {
        return format!("{year}-{}", season_name(s));
    }
    if (1..=4).contains(&f.quarter) {
        return format!("{year}-Q{}", f.quarter);
    }
    if f.half != 0 {
        return format!("{year}-H{}", f.half);
    }
    match f.feast {
        Some(super::lang::FeastRule::Fixed(m, d)) => format!("{year}-{m:02}-{d:02}"),
        Some(_) => format!("{year}-XX-XX"),
        None => year,
    }
}

pub(super) fn open_unit(unit: Unit, timed: bool) -> &'static str {
    match unit {
        _ if timed => "XXXX-XX-XX",
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => "XXXX-XX-XX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Week => "XXXX-WXX",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        _ => "XXXX",
    }
}

fn part_name(part: Part) -> &'static str {
    match part {
        Part::Morning => "MO",
        Part::Noon => "MI",
        Part::Afternoon => "AF",
        Part::Evening => "EV",
        Part::Night | Part::Midnight => "NI",
    }
}

pub(super) fn with_time(day: String, part: Option<Part>, clock: Option<Clock>) -> String {
    match (clock, part) {
        (Some(Clock { hour: 24, minute: None, .. }), _) => format!("{day}T24:00"),
        (Some(c), _) => {
            let zone = if c.zone == Some(0) { "Z" } else { "" };
            format!("{day}T{:02}:{:02}{zone}", c.hour, c.minute.unwrap_or(0))
        }
        (None, Some(part)) => format!("{day}T{}", part_name(part)),
        (None, None) => day,
    }
}

/// The stretch of a day that a part or time of it takes.
pub(super) fn day_interval(when: Option<When>, part: Option<Part>, clock: Option<Clock>) -> Option<Interval> {
    let Some(When::Day(day)) = when else { return None };
    let at = |h: i8, m: i8| {
        day.to_datetime(Time::midnight()).checked_add((i64::from(h) * 60 + i64::from(m)).minutes()).ok()
    };
    let (start, end) = match (clock, part) {
        (Some(c), _) => {
            let start = at(c.hour as i8, c.minute.unwrap_or(0) as i8)?;
            (start, start.checked_add(1.minutes()).unwrap_or(DateTime::MAX))
        }
        (None, Some(part)) => {
            let (a, b) = match part {
                Part::Morning => (5, 12),
                Part::Noon => (12, 13),
                Part::Afternoon => (12, 18),
                Part::Evening => (18, 22),
                Part::Night | Part::Midnight => (20, 30),
            };
            (at(a, 0)?, at(b, 0).unwrap_or(DateTime::MAX))
        }
        (None, None) => return when?.interval(),
    };
    Some(Interval { start, end })
}

fn letter(unit: Unit) -> (&'static str, &'static str, u32) {
    match unit {
        Unit::Second => ("PT", "S", 1),
        Unit::Minute => ("PT", "M", 1),
        Unit::Hour => ("PT", "H", 1),
        Unit::Day => ("P", "D", 1),
        Unit::Weekend => ("P", "WE", 1),
        Unit::Week => ("P", "W", 1),
        Unit::Month => ("P", "M", 1),
        Unit::Quarter => ("P", "M", 3),
        Unit::Season => ("P", "M", 3),
        Unit::Year => ("P", "Y", 1),
        Unit::Decade => ("P", "Y", 10),
        Unit::Century => ("P", "Y", 100),
        Unit::Millennium => ("P", "Y", 1000),
    }
}

/// Half of a unit in the next smaller one.
fn half_of(unit: Unit) -> Option<&'static str> {
    match unit {
        Unit::Minute => Some("30S"),
        Unit::Hour => Some("30M"),
        Unit::Year => Some("6M"),
        _ => None,
    }
}

/// TIMEX3 value of a length.
pub(crate) fn length_value(length: Length) -> String {
    let (open, sign, times) = letter(length.unit);
    let Some(count) = length.count else {
        return match length.unit {
            Unit::Quarter => "PXQ".to_owned(),
            _ => format!("{open}X{sign}"),
        };
    };
    let Count { whole, tenths } = count;
    let total = whole.saturating_mul(times);
    if let Some((c, unit)) = length.and {
        let (open2, sign2, times2) = letter(unit);
        let t = if open2 == "PT" && open == "P" { "T" } else { "" };
        return format!("{open}{total}{sign}{t}{}{sign2}", c.whole.saturating_mul(times2));
    }
    if tenths == 0 {
        // 24 hours stay hours
        return format!("{open}{total}{sign}");
    }
    if tenths == 5
        && times == 1
        && let Some(half) = half_of(length.unit)
    {
        return if whole == 0 { format!("{open}{half}") } else { format!("{open}{whole}{sign}{half}") };
    }
    if times > 1 {
        return format!("{open}{}{sign}", total.saturating_add(times * u32::from(tenths) / 10));
    }
    format!("{open}{whole}.{tenths}{sign}")
}

pub(super) fn repeat_value(repeat: Repeat) -> String {
    match repeat {
        Repeat::Each(length) => length_value(length),
        Repeat::On(f, part) => with_time(open_value(f), part, None),
        Repeat::Parts(part) => format!("XXXX-XX-XXT{}", part_name(part)),
    }
}

/// How fine a value is: `minute`, `part of day`, `day`, `weekend`, `week`, `month`, `quarter`, `season`,
/// `half`, `year`, `decade`, `century`; `None` for lengths, recurrences, references and open values.
pub fn granularity(value: &str) -> Option<&'static str> {
    if value.contains('X') || value.starts_with('P') || value.ends_with("_REF") {
        return None;
    }
    if let Some((_, time)) = value.split_once('T') {
        return Some(if time.contains(':') { "minute" } else { "part of day" });
    }
    let bare = value.strip_prefix("BC").unwrap_or(value);
    let Some((_, rest)) = bare.split_once('-') else {
        return match bare.len() {
            2 => Some("century"),
            3 => Some("decade"),
            4 => Some("year"),
            _ => None,
        };
    };
    Some(match rest.as_bytes() {
        [b'W', .., b'W', b'E'] => "weekend",
        [b'W', b'0'..=b'9', ..] => "week",
        [b'Q', ..] => "quarter",
        [b'H', ..] => "half",
        [b'S' | b'F' | b'W', _] => "season",
        [_, _] => "month",
        [_, _, b'-', _, _] => "day",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::granularity;

    #[test]
    fn values_have_a_granularity() {
        for (value, expect) in [
            ("2024-05-08T10:30", Some("minute")),
            ("2024-05-08TMO", Some("part of day")),
            ("2024-05-08", Some("day")),
            ("2024-W18-WE", Some("weekend")),
            ("2024-W18", Some("week")),
            ("2024-WI", Some("season")),
            ("2024-05", Some("month")),
            ("2024-Q2", Some("quarter")),
            ("2024-H1", Some("half")),
            ("BC0044", Some("year")),
            ("199", Some("decade")),
            ("19", Some("century")),
            ("XXXX-WXX-3", None),
            ("P3D", None),
            ("PAST_REF", None),
        ] {
            assert_eq!(granularity(value), expect, "{value}");
        }
    }
}
