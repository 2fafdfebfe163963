//! Dates with names and numbers: "27 August 1916", "Sept. 30", "Friday morning", "15.08.2012".
//!
//! Years are `super::years`; seasons, quarters and feasts are `super::named`.

use super::super::lang::{Language, Part, Role, Unit};
use super::super::lex::Num;
use super::super::reading::{Clock, Fields, Point, Reading, What, YearOf};
use super::clock::hour_in;
use super::years::century_of;
use super::{Core, Grammar, fields};
use headwater_model::text::TokenKind;

impl Grammar<'_> {
    /// A date, with a part or time of the day before or after it.
    pub(super) fn dated(&self, i: usize) -> Option<Core> {
        // "5 p.m. EST, Nov. 6", "the morning of 31 January"
        if let Some((end, part, clock)) = self.day_time(i) {
            // "high noon for the fleet" is an hour of decision; "at high noon" one of the day
            if i > 1 && self.word(i - 1) == "high" && !self.item(i - 2).roles.contains(&Role::Preposition) {
                return None;
            }
            let mut next = end;
            if self.has(next, Role::Of) || self.has(next, Role::On) || self.mark(next, &[","]) {
                next += 1;
            }
            if let Some((last, Reading::Point(p))) = self.day_core(next)
                && p.part.is_none()
                && p.clock.is_none()
            {
                return Some((last, Reading::Point(Point { part, clock, ..p })));
            }
            if clock.is_some() || self.part_stands_alone(i, end) {
                return Some((
                    end,
                    Reading::Point(Point { what: What::Fields(Fields::default()), part, clock }),
                ));
            }
            return None;
        }
        let (end, reading) = self.day_core(i)?;
        let Reading::Point(p) = reading else { return Some((end, reading)) };
        let whole_day = match p.what {
            What::Fields(f) => f.day != 0 || f.weekday != 0 || f.feast.is_some(),
            What::Shift(s) => s.unit == Unit::Day,
            _ => false,
        };
        if !whole_day || p.clock.is_some() {
            return Some((end, reading));
        }
        if p.part.is_some() {
            return Some(self.hour_of_part(end, p).unwrap_or((end, reading)));
        }
        // "Friday morning", "April 12 at 4:30 a.m."
        let mut next = end;
        if self.has(next, Role::At) {
            next += 1;
        }
        if self.joined(next)
            && let Some((last, part, clock)) = self.day_time(next)
            && (next == end || clock.is_some())
            && !self.has(next, Role::The)
        {
            let told = Point { part, clock, ..p };
            return Some(self.hour_of_part(last, told).unwrap_or((last, Reading::Point(told))));
        }
        Some((end, reading))
    }

    /// "Friday evening at 8:30", "heute Abend um halb neun": the part of the day says which half of the
    /// clock is meant.
    fn hour_of_part(&self, end: usize, point: Point) -> Option<Core> {
        let part = point.part.filter(|_| point.clock.is_none())?;
        let at = self.has(end, Role::At) || self.words.language == Language::German && self.word(end) == "um";
        if !at || !self.joined(end) {
            return None;
        }
        let (last, _, clock) = self.day_time(end + 1)?;
        let clock = clock.map(|c| Clock { hour: hour_in(part, c.hour), ..c })?;
        Some((last, Reading::Point(Point { part: None, clock: Some(clock), ..point })))
    }

    /// A day told by name, number or word.
    pub(super) fn day_core(&self, i: usize) -> Option<Core> {
        let the = i + usize::from(self.has(i, Role::The));
        if let Some(n) = self.role(i, |r| if let Role::DayWord(n) = r { Some(n) } else { None })
            && !(self.words.language == Language::German
                && self.has(i, Role::Part(super::super::lang::Part::Morning))
                && self.capital(i))
        {
            // "in today's cities", "tomorrow's digital economy": an age, and no day
            let age = |k: usize| self.joined(k) && self.words.ages.contains(&self.word(k));
            if let Some(noun) = self.possessive(i + 1)
                && (age(noun) || age(noun + 1))
            {
                return None;
            }
            return Some((i + 1, super::pointing::days(i32::from(n))));
        }
        if let Some((weekday, part)) =
            self.role(i, |r| if let Role::WeekdayPart(d, p) = r { Some((d, p)) } else { None })
        {
            let what = What::Fields(Fields { weekday, ..Fields::default() });
            // noon is a time of the clock
            let clock = (part == Part::Noon).then_some(Clock { hour: 12, minute: Some(0), zone: None });
            return Some((
                i + 1,
                Reading::Point(Point { what, part: clock.is_none().then_some(part), clock }),
            ));
        }
        self.nth_weekday(i)
            .or_else(|| self.weekday_date(i))
            .or_else(|| self.dotted_day(the))
            .or_else(|| self.month_first(i))
            .or_else(|| self.shared_month(the))
            .or_else(|| self.day_first(the))
            .or_else(|| self.in_numbers(i))
            .or_else(|| self.feast(i))
            .or_else(|| self.season(i))
            .or_else(|| self.quarter(i))
            .or_else(|| self.decade(the))
            .or_else(|| self.century(the))
            .or_else(|| self.year(i))
    }

    pub(super) fn weekday(&self, i: usize) -> Option<(usize, u8)> {
        let (day, short) = self.role(i, |r| if let Role::Weekday(d, s) = r { Some((d, s)) } else { None })?;
        if !self.capital(i) {
            return None;
        }
        let dotted = self.mark(i + 1, &["."]) && !self.spaced(i + 1);
        if short {
            // "Sun" and "Mon" need a date behind them
            let next = if dotted { i + 2 } else { i + 1 };
            let next = next + usize::from(self.mark(next, &[","]));
            (self.month(next).is_some() || self.day_number(next).is_some())
                .then_some((if dotted { i + 2 } else { i + 1 }, day))
        } else {
            Some((i + 1, day))
        }
    }

    /// "Friday", "Wednesday, July 29", "Dienstag, 3. Mai"
    fn weekday_date(&self, i: usize) -> Option<Core> {
        let (end, weekday) = self.weekday(i)?;
        let mut next = end + usize::from(self.mark(end, &[","]));
        next += usize::from(self.has(next, Role::The));
        if self.joined(next)
            && let Some((last, Reading::Point(p))) = self.month_first(next).or_else(|| self.day_first(next))
            && let What::Fields(f) = p.what
            && f.day != 0
        {
            return Some((last, fields(Fields { weekday, ..f })));
        }
        Some((end, fields(Fields { weekday, ..Fields::default() })))
    }

    /// A month's name: one past it (and its full stop), number, and whether it needs support.
    pub(crate) fn month(&self, i: usize) -> Option<(usize, u8, bool)> {
        let (month, doubtful) =
            self.role(i, |r| if let Role::Month(m, d) = r { Some((m, d)) } else { None })?;
        if !self.capital(i) {
            return None;
        }
        let len = self.word(i).len();
        let short = len <= 4 && !matches!(month, 5..=7) || len == 3 && month != 5;
        let end = if short && self.mark(i + 1, &["."]) && !self.spaced(i + 1) { i + 2 } else { i + 1 };
        Some((end, month, doubtful || (short && end == i + 1 && len <= 3)))
    }

    /// A day of a month: number or ordinal.
    pub(super) fn day_number(&self, i: usize) -> Option<(usize, u8)> {
        if !self.joined(i) && i > 0 {
            // the first token of a paragraph may be a day: "3 May 2010"
        }
        let day = match self.item(i).num {
            Num::Int(d, n) if n <= 2 => d,
            Num::Ordinal(d) => d,
            _ => self.role(i, |r| if let Role::Ordinal(n) = r { Some(u32::from(n)) } else { None })?,
        };
        (1..=31).contains(&day).then_some((i + 1, day as u8))
    }

    /// "May 3", "Aug. 7, 1998", "June 1944", "June last year", "June"
    pub(super) fn month_first(&self, i: usize) -> Option<Core> {
        let (end, month, doubtful) = self.month(i)?;
        if i > 0
            && self.joined(i)
            && let Num::Int(n, 2) = self.item(i - 1).num
            && (longest(month)..=31).contains(&(n as u8))
            && n > u32::from(longest(month))
        {
            // "31 February" is no day, and not February either
            return None;
        }
        let base = Fields { month, ..Fields::default() };
        let the = end + usize::from(self.has(end, Role::The));
        if self.joined(the)
            && let Some((after, day)) = self.day_number(the)
        {
            let followed = self.any_unit(after).is_some()
                || self.month(after).is_some_and(|m| m.2 || self.capital(after)) && self.numbered(after + 1);
            let decimal = self.mark(after, &[":", "%"]) && self.item(after + 1).num != Num::None;
            if day <= longest(month)
                && !followed
                && !decimal
                && (the == end
                    || matches!(self.item(the).num, Num::Ordinal(_))
                    || self.item(the).num == Num::None)
            {
                let f = Fields { day, ..base };
                return match self.year_behind(after, true) {
                    // "on May 3 last year"
                    Some((last, year)) => Some((last, fields(Fields { year, ..f }))),
                    None => Some((after, fields(Fields { year: self.year_of_name(after, month, day), ..f }))),
                };
            }
        }
        if let Some((last, year)) = self.year_behind(end, true) {
            return Some((last, fields(Fields { year, ..base })));
        }
        if doubtful && !self.month_stands(i) {
            return None;
        }
        Some((end, fields(base)))
    }

    pub(super) fn numbered(&self, i: usize) -> bool {
        self.item(i).num != Num::None
    }

    /// The year of a day that is a name with the noun behind it: "the Sept. 11 attacks".
    fn year_of_name(&self, next: usize, month: u8, day: u8) -> YearOf {
        let noun = self.word(next);
        let named = self.words.named_days.iter().find(|n| (n.month, n.day) == (month, day));
        match named.filter(|n| self.joined(next) && n.nouns.iter().any(|w| w.eq_ignore_ascii_case(noun))) {
            Some(named) => YearOf::Since(named.year),
            None => YearOf::Open,
        }
    }

    /// Whether words around a doubtful name ("May", "March") make it a month.
    pub(super) fn month_stands(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1).filter(|_| self.joined(i)) else { return false };
        // "the March accession"
        if self.has(before, Role::The)
            && self.joined(i + 1)
            && self.item(i + 1).roles.is_empty()
            && self.tokens.get(i + 1).is_some_and(|t| t.kind == TokenKind::Word)
            && self.word(i + 1).starts_with(|c: char| c.is_lowercase())
        {
            return true;
        }
        self.item(before).roles.iter().any(|r| {
            matches!(
                r,
                Role::Preposition
                    | Role::Of
                    | Role::Which(_)
                    | Role::Early
                    | Role::Late
                    | Role::Every
                    | Role::That
            ) || matches!(r, Role::Earlier | Role::Later)
        }) || (self.has(before, Role::And) || self.has(before, Role::Or))
            && before > 0
            && self.month(before - 1).is_some()
            || self.hyphen(before).is_some() && before > 0 && self.has(before - 1, Role::Mid)
            || self.hyphen(before).is_some() && before > 0 && self.month(before - 1).is_some()
    }

    /// One of two days that share a month: "the 28 and 29 August", "March 5-9, 1918".
    fn shared_month(&self, i: usize) -> Option<Core> {
        let german = self.words.language == Language::German;
        // "der 3. und 4. Juni"
        let dot = |j: usize| usize::from(german && self.mark(j, &["."]) && !self.spaced(j));
        let (end, day) = self.day_number(i)?;
        if self.item(i).num == Num::None || self.any_unit(end).is_some() || self.mark(end, &["%", ":"]) {
            return None;
        }
        let end = end + dot(end);
        let link = |j: usize| {
            self.mark(j, &["-", "–", "—"])
                || self.has(j, Role::And)
                || self.has(j, Role::To)
                || self.has(j, Role::Or)
        };
        let the = |j: usize| j + usize::from(self.has(j, Role::The));
        if self.joined(end) && link(end) {
            let (after, second) = self.day_number(the(end + 1))?;
            let after = after + dot(after);
            if let Some((last, month, _)) = self.month(after).filter(|_| self.joined(after))
                && second > day
            {
                let year = self.year_behind(last, true).map_or(YearOf::Open, |y| y.1);
                return Some((end, fields(Fields { day, month, year, ..Fields::default() })));
            }
            return None;
        }
        // the month stands before the first day
        let before = i.checked_sub(1).filter(|b| self.joined(i) && link(*b))?;
        let first = before.checked_sub(1)?;
        let (_, first_day) = self.day_number(first)?;
        let back = first.checked_sub(1)?;
        let name = if self.word(back) == "." { back.checked_sub(1)? } else { back };
        let (_, month, _) = self.month(name)?;
        if first_day >= day || !self.joined(first) {
            return None;
        }
        let f = Fields { day, month, ..Fields::default() };
        match self.year_behind(end, true) {
            Some((last, year)) => Some((last, fields(Fields { year, ..f }))),
            None => Some((end, fields(f))),
        }
    }

    /// "27 August 1916", "the 14 September", "the first of May", "3. September"
    fn day_first(&self, i: usize) -> Option<Core> {
        let (end, day) = self.day_number(i)?;
        if i > 0 && self.joined(i) && !self.spaced(i) && self.mark(i - 1, &["$", "£", "€", ".", ":"]) {
            return None;
        }
        let german = self.words.language == Language::German;
        let mut next = end;
        if german && self.mark(next, &["."]) && !self.spaced(next) {
            next += 1;
        } else if self.has(next, Role::Of) {
            if matches!(self.item(i).num, Num::Int(..)) {
                return None;
            }
            next += 1;
        } else if !german && self.item(i).num == Num::None {
            // "second March offensive" is no date
            return None;
        }
        if !self.joined(next) {
            return None;
        }
        // 3.9. und 3.9.2010 are numbers of their own
        let (after, month, _) = self.month(next).filter(|m| day <= longest(m.1))?;
        let f = Fields { day, month, ..Fields::default() };
        // "7 May 3" never; "10 March 1945" yes
        match self.year_behind(after, true) {
            Some((last, year)) => Some((last, fields(Fields { year, ..f }))),
            None => Some((after, fields(Fields { year: self.year_of_name(after, month, day), ..f }))),
        }
    }

    /// "3.5." as German writes a day without its year.
    fn dotted_day(&self, i: usize) -> Option<Core> {
        let (day, month) = match self.item(i).num {
            Num::Decimal(d, m) => (u8::try_from(d).ok()?, m),
            Num::Dotted(d, m) => (d, m),
            _ => return None,
        };
        let before = i.checked_sub(1).map_or("", |b| self.word(b));
        let led = ["am", "vom", "bis", "zum", "dem", "den", "ab", "seit", "der"]
            .iter()
            .any(|w| before.eq_ignore_ascii_case(w));
        let dated = self.words.language == Language::German
            && led
            && self.mark(i + 1, &["."])
            && !self.spaced(i + 1)
            && (1..=12).contains(&month)
            && (1..=longest(month)).contains(&day);
        dated.then(|| (i + 2, fields(Fields { month, day, ..Fields::default() })))
    }

    /// 2012-08-15, 8/15/2012, 15.08.2012, 11-02-89
    pub(crate) fn in_numbers(&self, i: usize) -> Option<Core> {
        let Num::Int(a, a_len) = self.item(i).num else {
            let Num::Dots(d, m, y) = self.item(i).num else { return None };
            let year = if y < 100 { century_of(y as i16) } else { y as i16 };
            return date(i + 1, i32::from(year), u32::from(m), u32::from(d));
        };
        let sep = |j: usize| {
            self.mark(j, &["-", "/", "‑"]) && !self.spaced(j) && !self.spaced(j + 1) && self.joined(j + 1)
        };
        // "9/11" by itself
        if (a, self.word(i + 1)) == (9, "/")
            && sep(i + 1)
            && !sep(i + 3)
            && self.item(i + 2).num == Num::Int(11, 2)
            && self.words.language == Language::English
            && !(i > 0 && !self.spaced(i) && self.mark(i - 1, &["/", "-", "$"]))
        {
            let f = Fields { year: YearOf::Since(2001), month: 9, day: 11, ..Fields::default() };
            return Some((i + 3, fields(f)));
        }
        if !sep(i + 1) || !sep(i + 3) || self.word(i + 1) != self.word(i + 3) {
            return None;
        }
        if i > 0 && !self.spaced(i) && self.mark(i - 1, &["-", "/"]) || sep(i + 5) && self.numbered(i + 6) {
            return None;
        }
        let (Num::Int(b, b_len), Num::Int(c, c_len)) = (self.item(i + 2).num, self.item(i + 4).num) else {
            return None;
        };
        if a_len == 4 && b_len <= 2 && c_len <= 2 {
            return date(i + 5, a as i32, b, c);
        }
        if a_len <= 2 && b_len <= 2 && (c_len == 2 || c_len == 4) {
            let year = if c_len == 2 { i32::from(century_of(c as i16)) } else { c as i32 };
            // American order, unless only the other is a date
            if self.words.language == Language::German || a > 12 {
                return date(i + 5, year, b, a);
            }
            return date(i + 5, year, a, b);
        }
        None
    }
}

/// The greatest day that a month can have.
pub(crate) fn longest(month: u8) -> u8 {
    match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn date(end: usize, year: i32, month: u32, day: u32) -> Option<Core> {
    if !(1..=9999).contains(&year)
        || !(1..=12).contains(&month)
        || !(1..=31).contains(&day)
        || day > u32::from(longest(month as u8))
    {
        return None;
    }
    let f =
        Fields { year: YearOf::Known(year as i16), month: month as u8, day: day as u8, ..Fields::default() };
    Some((end, fields(f)))
}
