//! Days and moments as pages write them: ISO and mail forms, numbers, names of months in the languages of the benches.

use headwater_model::text::fold::fold;
use jiff::civil::{Date, DateTime, Time};
use regex::Regex;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

/// Years that a page of the web can be of; what lies behind is a typing error or an expiry date.
const OF_THE_WEB: RangeInclusive<i16> = 1995..=2035;

/// Years that a day given with an article can be of: archives hold what was printed long before the web.
const GIVEN: RangeInclusive<i16> = 1900..=2035;

/// A moment as far as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    /// The day.
    pub(crate) day: Date,
    /// The time of day.
    pub(crate) time: Option<Time>,
    /// Offset from UTC in minutes.
    pub(crate) offset: Option<i32>,
    /// Whether day and month could be the other way round.
    pub(crate) unsure: bool,
}

impl Moment {
    /// As a civil moment; midnight where no time is written.
    pub(crate) fn civil(self) -> DateTime {
        self.day.to_datetime(self.time.unwrap_or(Time::midnight()))
    }
}

/// Which of two numbers is the month, where both could be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// 5/11 is 5 November.
    DayFirst,
    /// 5/11 is 11 May.
    MonthFirst,
}

/// Names of months, folded; each line one month, names of all languages.
const MONTHS: [&str; 12] = [
    "january jan januar janvier janv enero ene janeiro gennaio gen januari styczen stycznia leden ledna januarja jaanuar sausio ianuarie ocak januara января январь янв січня ιανουαριου ιανουαριος tammikuuta tammikuu xaneiro gener јануар januarie",
    "february feb februar fevrier fevr fev febrero fevereiro febbraio februari luty lutego unor unora februara veebruar vasario februarie subat февраля февраль фев лютого φεβρουαριου helmikuuta helmikuu febrer",
    "march mar marz maerz mars marzo marco maart mrz marec marzec marca brezen brezna marts marta marraskuu2 kovo martie mart марта март березня μαρτιου maaliskuuta maaliskuu",
    "april apr avril avr abril abr aprile kwiecien kwietnia duben dubna aprill balandzio aprilie nisan апреля апрель апр квітня απριλιου huhtikuuta huhtikuu aprila",
    "may mai mayo maio maggio mag mei maj maja kveten kvetna geguzes mayis мая май травня μαιου toukokuuta toukokuu maig",
    "june jun juni juin junio junho giugno giu czerwiec czerwca cerven cervna juuni birzelio iunie haziran июня июнь июн червня ιουνιου kesakuuta kesakuu juny junija",
    "july jul juli juillet juil julio julho luglio lug lipiec lipca cervenec cervence juuli liepos iulie temmuz июля июль июл липня ιουλιου heinakuuta heinakuu juliol julija",
    "august aug aout agosto ago augustus sierpien sierpnia srpen srpna augusti rugpjucio agustos августа август авг серпня αυγουστου elokuuta elokuu agost avgusta avgust",
    "september sep sept septembre septiembre setembro settembre set wrzesien wrzesnia zari septembri rugsejo septembrie eylul сентября сентябрь сен вересня σεπτεμβριου syyskuuta syyskuu setembre",
    "october oct oktober okt octobre octubre outubro ottobre out ott pazdziernik pazdziernika rijen rijna oktoober spalio octombrie ekim октября октябрь окт жовтня οκτωβριου lokakuuta lokakuu oktobra",
    "november nov novembre noviembre novembro listopad listopada listopadu lapkricio noiembrie kasim ноября ноябрь ноя листопада νοεμβριου marraskuuta marraskuu novembra",
    "december dec dezember dez decembre diciembre dezembro dicembre dic des desember grudzien grudnia prosinec prosince detsember gruodzio decembrie aralik декабря декабрь дек грудня δεκεμβριου joulukuuta joulukuu desembre decembra",
];

fn month(name: &str) -> Option<i8> {
    let name = fold(name);
    if name.chars().count() < 3 {
        return None;
    }
    MONTHS.iter().position(|names| names.split(' ').any(|n| n == name)).map(|i| i as i8 + 1)
}

struct Patterns {
    iso: Regex,
    packed: Regex,
    numbers: Regex,
    month_first: Regex,
    day_first: Regex,
    wide: Regex,
    clock: Regex,
    clock_before: Regex,
}

fn patterns() -> &'static Patterns {
    static PATTERNS: OnceLock<Patterns> = OnceLock::new();
    let regex = |p: &str| Regex::new(p).unwrap_or_else(|e| panic!("a pattern of this file: {e}"));
    // Digits are plain ones, and letters are counted where a month is looked up: classes of all scripts that are repeated
    // so and so often make a pattern large.
    PATTERNS.get_or_init(|| Patterns {
        iso: regex(r"\b([12][0-9]{3})[-/.]([01]?[0-9])[-/.]([0-3]?[0-9])(?:[T ]\s?([0-2]?[0-9]):([0-5][0-9])(?::([0-5][0-9]))?(?:[.,][0-9]+)?\s?(Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?|\b)"),
        packed: regex(r"\b(20[0-3][0-9])(0[1-9]|1[0-2])([0-2][0-9]|3[01])(?:T([0-9]{2})([0-9]{2})([0-9]{2})?)?\b"),
        numbers: regex(r"\b([0-3]?[0-9])\s?([./|-])\s?([0-3]?[0-9])\s?[./|-]\s?((?:19|20)[0-9]{2}|[0-9]{2})\b"),
        month_first: regex(r"\b(\p{L}+)\.?\s+([0-3]?[0-9])(?:st|nd|rd|th)?\.?,?\s+,?(?:(?:of|de|del)\s+)?((?:19|20)[0-9]{2})\b"),
        day_first: regex(r"\b([0-3]?[0-9])(?:st|nd|rd|th|º|°|er|\.|ª)?[\s\-–/]*(?:(?:of|de|d’|d')\s*)?(\p{L}+)\.?,?[\s\-–/]*(?:(?:of|de|del)\s+)?((?:19|20)[0-9]{2})\b"),
        wide: regex(r"((?:19|20)[0-9]{2})\s?[年년]\s?([0-9]{1,2})\s?[月월]\s?([0-9]{1,2})\s?[日일号]"),
        clock: regex(r"(?i)^[^0-9]{0,14}?([0-2]?[0-9])[:.h]([0-5][0-9])(?::([0-5][0-9]))?\s?(a\.?m\.?|p\.?m\.?)?(?:\s?(Z|UTC|GMT|EST|EDT|CST|CDT|MST|MDT|PST|PDT|BST|CET|CEST|IST|[+-][0-9]{2}:?[0-9]{2})\b)?"),
        clock_before: regex(r"(?i)(?:^|[^0-9:.])([0-2]?[0-9])[:.h]([0-5][0-9])(?::([0-5][0-9]))?\s?(a\.?m\.?|p\.?m\.?)?(?:\s?(Z|UTC|GMT|EST|EDT|CST|CDT|MST|MDT|PST|PDT|BST|CET|CEST|IST|[+-][0-9]{2}:?[0-9]{2})\b)?(?:[ ,–-]|on)*$"),
    })
}

fn offset(zone: &str) -> Option<i32> {
    Some(match zone.to_ascii_uppercase().as_str() {
        "Z" | "UTC" | "GMT" => 0,
        "BST" | "CET" => 60,
        "CEST" => 120,
        "IST" => 330,
        "EST" | "CDT" => -300,
        "EDT" => -240,
        "CST" | "MDT" => -360,
        "MST" | "PDT" => -420,
        "PST" => -480,
        other => {
            let sign = if other.starts_with('-') { -1 } else { 1 };
            let digits: String = other.chars().filter(char::is_ascii_digit).collect();
            let hours: i32 = digits.get(..2)?.parse().ok()?;
            let minutes: i32 = digits.get(2..4)?.parse().ok()?;
            if hours > 14 {
                return None;
            }
            sign * (hours * 60 + minutes)
        }
    })
}

/// A date found in a text and where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    /// The moment.
    pub(crate) moment: Moment,
    /// First byte.
    pub(crate) start: usize,
    /// Byte behind the last of the day.
    pub(crate) end: usize,
}

/// Whether a text can hold a year of this age in four digits; and numbers between marks, as "08.05.24". Most lines
/// hold neither, and need no pattern.
fn promises(text: &str) -> (bool, bool) {
    let bytes = text.as_bytes();
    let year = bytes.windows(4).any(
        |w| matches!(w, [b'1', b'9', c, d] | [b'2', b'0', c, d] if c.is_ascii_digit() && d.is_ascii_digit()),
    );
    let digits = bytes.iter().filter(|b| b.is_ascii_digit()).count();
    let marks = bytes.iter().filter(|b| matches!(b, b'.' | b'/' | b'|' | b'-')).count();
    (year, digits >= 4 && marks >= 2)
}

/// All full dates of a text, in order.
pub(crate) fn all(text: &str, order: Order) -> Vec<Found> {
    within(text, order, OF_THE_WEB)
}

fn within(text: &str, order: Order, years: RangeInclusive<i16>) -> Vec<Found> {
    let day = |year: i16, month: i8, day: i8| {
        years.contains(&year).then(|| Date::new(year, month, day).ok()).flatten()
    };
    let (year, short) = promises(text);
    if !year && !short {
        return Vec::new();
    }
    let p = patterns();
    let mut out: Vec<(usize, usize, Found)> = Vec::new();
    let mut add = |start: usize,
                   end: usize,
                   day: Option<Date>,
                   time: Option<Time>,
                   offset: Option<i32>,
                   unsure: bool| {
        if let Some(day) = day {
            out.push((start, end, Found { moment: Moment { day, time, offset, unsure }, start, end }));
        }
    };
    let number = |c: &regex::Captures, i: usize| c.get(i).and_then(|m| m.as_str().parse::<i16>().ok());
    for c in p.iso.captures_iter(if year { text } else { "" }) {
        let Some(whole) = c.get(0) else { continue };
        let d = day(
            number(&c, 1).unwrap_or(0),
            number(&c, 2).unwrap_or(0) as i8,
            number(&c, 3).unwrap_or(0) as i8,
        );
        let time = number(&c, 4)
            .and_then(|h| Time::new(h as i8, number(&c, 5)? as i8, number(&c, 6).unwrap_or(0) as i8, 0).ok());
        add(whole.start(), whole.end(), d, time, c.get(7).and_then(|z| offset(z.as_str())), false);
    }
    for c in p.packed.captures_iter(if year { text } else { "" }) {
        let Some(whole) = c.get(0) else { continue };
        add(
            whole.start(),
            whole.end(),
            day(
                number(&c, 1).unwrap_or(0),
                number(&c, 2).unwrap_or(0) as i8,
                number(&c, 3).unwrap_or(0) as i8,
            ),
            None,
            None,
            false,
        );
    }
    for c in p.wide.captures_iter(if year { text } else { "" }) {
        let Some(whole) = c.get(0) else { continue };
        add(
            whole.start(),
            whole.end(),
            day(
                number(&c, 1).unwrap_or(0),
                number(&c, 2).unwrap_or(0) as i8,
                number(&c, 3).unwrap_or(0) as i8,
            ),
            None,
            None,
            false,
        );
    }
    for c in p.numbers.captures_iter(if short { text } else { "" }) {
        let Some(whole) = c.get(0) else { continue };
        let (a, b) = (number(&c, 1).unwrap_or(0) as i8, number(&c, 3).unwrap_or(0) as i8);
        let mark = c.get(2).map_or("", |m| m.as_str());
        let year = match number(&c, 4) {
            Some(y) if y < 100 && mark != "-" => 2000 + y,
            Some(y) if y >= 100 => y,
            _ => continue,
        };
        let month_first = if a > 12 {
            false
        } else if b > 12 {
            true
        } else {
            mark != "." && order == Order::MonthFirst
        };
        let (d, m) = if month_first { (b, a) } else { (a, b) };
        add(
            whole.start(),
            whole.end(),
            day(year, m, d),
            None,
            None,
            a <= 12 && b <= 12 && a != b && mark != ".",
        );
    }
    for c in p.month_first.captures_iter(if year { text } else { "" }) {
        let Some(whole) = c.get(0) else { continue };
        let d = c
            .get(1)
            .and_then(|m| month(m.as_str()))
            .and_then(|m| day(number(&c, 3)?, m, number(&c, 2)? as i8));
        add(whole.start(), whole.end(), d, None, None, false);
    }
    for c in p.day_first.captures_iter(if year { text } else { "" }) {
        let Some(whole) = c.get(0) else { continue };
        let d = c
            .get(2)
            .and_then(|m| month(m.as_str()))
            .and_then(|m| day(number(&c, 3)?, m, number(&c, 1)? as i8));
        add(whole.start(), whole.end(), d, None, None, false);
    }
    out.sort_by_key(|(start, end, _)| (*start, usize::MAX - *end));
    let mut kept: Vec<Found> = Vec::new();
    let mut until = 0;
    for (start, end, mut found) in out {
        if start < until {
            continue;
        }
        until = end;
        if found.moment.time.is_none() {
            // "21:10, 13 March 2025": a clock right before a day is the day's own; what comes after may be the next one's.
            let before = &text[text.floor_char_boundary(start.saturating_sub(CLOCK_BEFORE))..start];
            let rest: String = text.get(end..).unwrap_or("").chars().take(40).collect();
            if let Some(c) = p.clock_before.captures(before).or_else(|| p.clock.captures(&rest)) {
                let half = c.get(4).map(|m| m.as_str().to_ascii_lowercase());
                let hour = number(&c, 1).map(|h| match half.as_deref() {
                    Some(x) if x.starts_with('p') && h < 12 => h + 12,
                    Some(x) if x.starts_with('a') && h == 12 => 0,
                    _ => h,
                });
                found.moment.time = hour.and_then(|h| {
                    Time::new(h as i8, number(&c, 2)? as i8, number(&c, 3).unwrap_or(0) as i8, 0).ok()
                });
                found.moment.offset = found.moment.time.and(c.get(5)).and_then(|z| offset(z.as_str()));
            }
        }
        kept.push(found);
    }
    kept
}

/// How far before a day its clock may begin (bytes): "4:42 p.m. +01:00 on ".
const CLOCK_BEFORE: usize = 28;

/// The moment that a value of metadata gives: its first date, or seconds since 1970.
pub(crate) fn value(text: &str, order: Order) -> Option<Moment> {
    let text = text.trim();
    if text.len() >= 10
        && text.len() <= 13
        && text.bytes().all(|b| b.is_ascii_digit())
        && !text.starts_with("20")
    {
        let seconds: i64 = text.get(..10)?.parse().ok()?;
        let civil = jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC).datetime();
        let year = civil.year();
        return OF_THE_WEB.contains(&year).then_some(Moment {
            day: civil.date(),
            time: Some(civil.time()),
            offset: Some(0),
            unsure: false,
        });
    }
    all(text, order).first().map(|f| f.moment)
}

/// The moment that somebody gives with an article: as [`value`], and older.
pub(crate) fn given(text: &str, order: Order) -> Option<Moment> {
    value(text, order).or_else(|| within(text, order, GIVEN).first().map(|f| f.moment))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        let got = value(text, Order::DayFirst).map_or("none".to_owned(), |m| match m.offset {
            Some(o) => format!("{} {o}", m.civil()),
            None => m.civil().to_string(),
        });
        assert_eq!(got, expect, "{text}");
    }

    #[test]
    fn days_given_may_be_older_than_the_web() {
        let day = |text| given(text, Order::DayFirst).map(|m| m.day.to_string());
        assert_eq!(day("1987-03-09").as_deref(), Some("1987-03-09"));
        assert_eq!(day("9 March 1941").as_deref(), Some("1941-03-09"));
        assert_eq!(day("1850-03-09"), None);
        assert_eq!(day("2090-03-09"), None);
        assert_eq!(value("1987-03-09", Order::DayFirst), None);
    }

    #[test]
    fn forms() {
        check("2024-05-08T14:05:30+02:00", "2024-05-08T14:05:30 120");
        check("2024-05-08 14:05", "2024-05-08T14:05:00");
        check("Wed, 08 May 2024 14:05:00 GMT", "2024-05-08T14:05:00 0");
        check("May 8th, 2024 at 2:05 pm", "2024-05-08T14:05:00");
        check("8. März 2024", "2024-03-08T00:00:00");
        check("Published: 21:10, 13 March 2025 | Updated: 11:32, 14 March 2025", "2025-03-13T21:10:00");
        check("4:42 PM CET on March 13, 2025, 7:00 tomorrow", "2025-03-13T16:42:00 60");
        check("8 de mayo de 2024", "2024-05-08T00:00:00");
        check("le 8 août 2024 à 09h30", "2024-08-08T09:30:00");
        check("08.05.24", "2024-05-08T00:00:00");
        check("8/5/2024", "2024-05-08T00:00:00");
        check("5/18/2024", "2024-05-18T00:00:00");
        check("2024年5月8日", "2024-05-08T00:00:00");
        check("8 мая 2024", "2024-05-08T00:00:00");
        check("1715177130", "2024-05-08T14:05:30 0");
        check("20240508", "2024-05-08T00:00:00");
        check("08-May-2024", "2024-05-08T00:00:00");
        check("version 1.2.3", "none");
        check("Room 12 2024", "none");
        check("31 February 2024", "none");
    }
}
