//! Dates with names and numbers: "27 August 1916", "Sept. 30", "the third quarter of 1990", "the 1980s".

use super::super::lang::{Language, Role, Season, Unit};
use super::super::lex::Num;
use super::super::reading::{Fields, Point, Reading, What, YearOf};
use super::{Core, Grammar, fields};

/// Years that a bare four-digit number can be.
const YEARS: std::ops::RangeInclusive<u32> = 1000..=2100;
/// From here on a bare four-digit number is a year unless something speaks against it.
const PLAIN_YEARS: std::ops::RangeInclusive<u32> = 1700..=2050;

impl Grammar<'_> {
    /// A date, with a part or time of the day before or after it.
    pub(super) fn dated(&self, i: usize) -> Option<Core> {
        // "5 p.m. EST, Nov. 6", "the morning of 31 January"
        if let Some((end, part, clock)) = self.day_time(i) {
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
        if !whole_day || p.part.is_some() || p.clock.is_some() {
            return Some((end, reading));
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
            return Some((last, Reading::Point(Point { part, clock, ..p })));
        }
        Some((end, reading))
    }

    /// A day told by name, number or word.
    pub(super) fn day_core(&self, i: usize) -> Option<Core> {
        let the = i + usize::from(self.has(i, Role::The));
        if let Some(n) = self.role(i, |r| if let Role::DayWord(n) = r { Some(n) } else { None })
            && !(self.words.language == Language::German
                && self.has(i, Role::Part(super::super::lang::Part::Morning))
                && self.capital(i))
        {
            return Some((i + 1, super::pointing::days(i32::from(n))));
        }
        self.weekday_date(i)
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

    fn weekday(&self, i: usize) -> Option<(usize, u8)> {
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
    pub(super) fn month(&self, i: usize) -> Option<(usize, u8, bool)> {
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
    fn day_number(&self, i: usize) -> Option<(usize, u8)> {
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

    /// Four digits that can be a year, or an apostrophe and two.
    fn year_number(&self, i: usize) -> Option<(usize, i16)> {
        match self.item(i).num {
            Num::Int(y, 4) if YEARS.contains(&y) => Some((i + 1, y as i16)),
            Num::None if self.joined(i) || i == 0 => self.short_year(i).or_else(|| self.spoken_year(i)),
            // "1955-56": the second part
            Num::Int(y, 2)
                if i > 1 && !self.spaced(i) && !self.spaced(i - 1) && self.mark(i - 1, &["-", "–"]) =>
            {
                match self.item(i - 2).num {
                    Num::Int(first, 4)
                        if YEARS.contains(&first) && first % 100 < y && self.hyphen(i + 1).is_none() =>
                    {
                        Some((i + 1, (first / 100 * 100 + y) as i16))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// "nineteen seventy-nine", "two thousand"
    fn spoken_year(&self, i: usize) -> Option<(usize, i16)> {
        let word = |j: usize| self.role(j, |r| if let Role::Cardinal(n) = r { Some(n) } else { None });
        let century = word(i).filter(|n| (17..=20).contains(n))?;
        let tens = word(i + 1).filter(|n| (10..100).contains(n))?;
        let next = self.hyphen(i + 2).unwrap_or(i + 2);
        let (end, ones) = match word(next).filter(|n| tens >= 20 && (1..10).contains(n)) {
            Some(n) => (next + 1, n),
            None => (i + 2, 0),
        };
        self.any_unit(end).is_none().then_some((end, (century * 100 + tens + ones) as i16))
    }

    fn short_year(&self, i: usize) -> Option<(usize, i16)> {
        if !matches!(self.word(i), "'" | "’" | "‘") || self.spaced(i + 1) || !self.joined(i + 1) {
            return None;
        }
        match self.item(i + 1).num {
            Num::Int(y, 2) => Some((i + 2, century_of(y as i16))),
            _ => None,
        }
    }

    /// The year behind a month, season, quarter: "1990", ", 1990", "of 1990", "last year", "of that year".
    pub(super) fn year_behind(&self, i: usize, comma: bool) -> Option<(usize, YearOf)> {
        let of =
            i + usize::from(self.has(i, Role::Of) || self.has(i, Role::In) || comma && self.mark(i, &[","]));
        if !self.joined(of) {
            return None;
        }
        let of = of + usize::from(self.has(of, Role::Fiscal));
        if let Num::Int(n, 1..=4) = self.item(of).num
            && n > 0
            && n <= 3000
            && let Some(end) = self.before_christ(of + 1)
        {
            return Some((end, YearOf::Known(-(n as i16))));
        }
        if let Some((end, y)) = self.year_number(of) {
            let unit = self.any_unit(end).is_some() || self.mark(end, &["%"]);
            return (!unit && self.hyphen(end).is_none_or(|h| self.any_unit(h).is_none()))
                .then_some((end, YearOf::Known(y)));
        }
        if self.mark(i, &[","]) {
            return None;
        }
        // Ancient years: "in 70 AD"
        self.pointed_year(of)
    }

    /// "last year", "this year", "the same year", "that year", "the following year"
    pub(super) fn pointed_year(&self, i: usize) -> Option<(usize, YearOf)> {
        use super::super::lang::Which as W;
        let i = i + usize::from(self.has(i, Role::The));
        let filler = |j: usize| j + usize::from(self.has(j, Role::Fiscal));
        if self.has(i, Role::That) || self.which(i) == Some(W::Same) {
            let unit = filler(i + 1);
            return (self.unit(unit) == Some(Unit::Year)).then_some((unit + 1, YearOf::Same));
        }
        let which = self.which(i)?;
        let unit = filler(i + 1);
        if self.unit(unit) != Some(Unit::Year) {
            return None;
        }
        let year = match which {
            W::This => YearOf::Shift(0),
            W::Last | W::Past => YearOf::Shift(-1),
            W::Next => YearOf::Shift(1),
            W::Following => YearOf::FromTold(1),
            W::Previous => YearOf::FromTold(-1),
            W::Same => YearOf::Same,
        };
        Some((unit + 1, year))
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
                    None => Some((after, fields(f))),
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

    fn numbered(&self, i: usize) -> bool {
        self.item(i).num != Num::None
    }

    /// Whether words around a doubtful name ("May", "March") make it a month.
    fn month_stands(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1).filter(|_| self.joined(i)) else { return false };
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
        let (end, day) = self.day_number(i)?;
        if self.item(i).num == Num::None || self.any_unit(end).is_some() || self.mark(end, &["%", ":"]) {
            return None;
        }
        let link = |j: usize| {
            self.mark(j, &["-", "–", "—"])
                || self.has(j, Role::And)
                || self.has(j, Role::To)
                || self.has(j, Role::Or)
        };
        let the = |j: usize| j + usize::from(self.has(j, Role::The));
        if self.joined(end) && link(end) {
            let (after, second) = self.day_number(the(end + 1))?;
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
            None => Some((after, fields(f))),
        }
    }

    /// 2012-08-15, 8/15/2012, 15.08.2012, 11-02-89
    fn in_numbers(&self, i: usize) -> Option<Core> {
        let Num::Int(a, a_len) = self.item(i).num else {
            let Num::Dots(d, m, y) = self.item(i).num else { return None };
            let year = if y < 100 { century_of(y as i16) } else { y as i16 };
            return date(i + 1, i32::from(year), u32::from(m), u32::from(d));
        };
        let sep = |j: usize| {
            self.mark(j, &["-", "/", "‑"]) && !self.spaced(j) && !self.spaced(j + 1) && self.joined(j + 1)
        };
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

    /// "Christmas Eve", "Thanksgiving Day 1999"
    fn feast(&self, i: usize) -> Option<Core> {
        if !self.has(i, Role::Feast) || !self.capital(i) {
            return None;
        }
        let feast = self.words.feasts.iter().find(|f| {
            f.words.iter().enumerate().all(|(k, w)| {
                let word = self.word(i + k);
                (k == 0 || self.joined(i + k)) && (word.eq_ignore_ascii_case(w) || *w == "'s" && word == "’s")
            })
        })?;
        let end = i + feast.words.len();
        let f = Fields { feast: Some(feast.rule), ..Fields::default() };
        match self.year_behind(end, true) {
            Some((last, year)) => Some((last, fields(Fields { year, ..f }))),
            None => Some((end, fields(f))),
        }
    }

    fn followed_by_name(&self, i: usize) -> bool {
        self.joined(i) && self.capital(i)
    }

    fn season_name(&self, i: usize) -> Option<Season> {
        self.role(i, |r| if let Role::Season(s) = r { Some(s) } else { None })
    }

    /// "the spring of 1915", "summer 1918", "last summer's" is `pointing`
    fn season(&self, i: usize) -> Option<Core> {
        let the = i + usize::from(self.has(i, Role::The));
        let season = self.season_name(the)?;
        let f = Fields { season: Some(season), ..Fields::default() };
        let end = the + 1;
        let followed = self.year_behind(end, true);
        if let Some((last, year)) = followed {
            return Some((last, fields(Fields { year, ..f })));
        }
        if self.has(end, Role::Of) || self.hyphen(end).is_some() {
            // "the fall of Saigon"
            return None;
        }
        let german = self.words.language == Language::German;
        let before = i.checked_sub(1).filter(|_| self.joined(i));
        let supported = before.is_some_and(|b| {
            self.item(b).roles.iter().any(|r| {
                matches!(r, Role::Preposition | Role::In | Role::Early | Role::Late | Role::Mid | Role::Every)
            }) || self.mark(b, &["-"])
        });
        let verbish = matches!(self.word(the), "fall" | "spring") && the == i;
        (supported
            && (!verbish
                || self.has(i - 1, Role::In)
                || self.has(i - 1, Role::Early)
                || self.has(i - 1, Role::Late))
            || german && before.is_some_and(|b| self.has(b, Role::In))
            || the > i && supported
            || the > i && !self.followed_by_name(end))
        .then_some((end, fields(f)))
    }

    /// "the third quarter of 1990", "third-quarter", "the 1988 second quarter", "the first half of 1990"
    fn quarter(&self, i: usize) -> Option<Core> {
        let mut at = i + usize::from(self.has(i, Role::The) || self.has(i, Role::Its));
        let start = at;
        let mut year = YearOf::Open;
        let mut fiscal = false;
        if let Num::Int(y, 4) = self.item(at).num
            && YEARS.contains(&y)
        {
            year = YearOf::Known(y as i16);
            at += 1;
        } else if let Some((end, y)) = self.pointed_year(at)
            && let Some(next) = self.possessive(end)
        {
            year = y;
            at = next;
        }
        if self.has(at, Role::Fiscal) {
            fiscal = true;
            at = self.hyphen(at + 1).unwrap_or(at + 1);
        }
        if self.word(at) == "Q" {
            return None;
        }
        let q_word = self.word(at);
        let (mut next, n) = if q_word.len() == 2 && q_word.starts_with('Q') {
            (at + 1, q_word[1..].parse::<u32>().ok().filter(|q| (1..=4).contains(q))?)
        } else {
            let n = match self.item(at).num {
                Num::Ordinal(n) => n,
                Num::Int(n, 1) if self.words.language == Language::German && self.mark(at + 1, &["."]) => n,
                _ => self.role(at, |r| if let Role::Ordinal(n) = r { Some(u32::from(n)) } else { None })?,
            };
            let german_dot = usize::from(matches!(self.item(at).num, Num::Int(..)));
            let mut j = self.hyphen(at + 1).unwrap_or(at + 1 + german_dot);
            if self.has(j, Role::Fiscal) {
                fiscal = true;
                j += 1;
            }
            if start > i && self.hyphen(at + 1).is_some() {
                // "the third-quarter" is an adjective behind an article
                return None;
            }
            if self.unit(j) == Some(Unit::Quarter) && (1..=4).contains(&n) {
                (j + 1, n)
            } else if self.has(j, Role::Half) && (1..=2).contains(&n) {
                (j + 1, n + 10)
            } else {
                return None;
            }
        };
        if year == YearOf::Open
            && let Some((last, y)) = self.year_behind(next, n > 10)
        {
            year = y;
            next = last;
        }
        let mut f = Fields { year, fiscal, ..Fields::default() };
        if n > 10 {
            if year == YearOf::Open
                && !matches!(self.word(next), "net" | "profit" | "earnings" | "results" | "loss")
            {
                return None;
            }
            f.half = (n - 10) as u8;
        } else {
            f.quarter = n as u8;
        }
        Some((next, fields(f)))
    }

    /// "1980s", "'80s", "eighties"
    fn decade(&self, i: usize) -> Option<Core> {
        let known = |y: u32| Fields { year: YearOf::Decade((y / 10) as i16), ..Fields::default() };
        match self.item(i).num {
            Num::Decade(y, 4) if YEARS.contains(&y) && y % 100 == 0 && self.joined(i) && y < 1900 => {
                Some((i + 1, fields(Fields { year: YearOf::Century((y / 100) as i16), ..Fields::default() })))
            }
            Num::Decade(y, 4) if YEARS.contains(&y) => Some((i + 1, fields(known(y)))),
            Num::Decade(y, 2) if self.joined(i) && self.decade_context(i) => {
                Some((i + 1, fields(Fields { year: YearOf::ShortDecade(y as u8), ..Fields::default() })))
            }
            Num::Int(y, 4)
                if y % 10 == 0 && YEARS.contains(&y) && self.words.language == Language::German =>
            {
                // "die 1980er Jahre" is one mixed token; "1980 er" is not used
                None
            }
            Num::None => {
                if matches!(self.word(i), "'" | "’" | "‘") && !self.spaced(i + 1) {
                    if let Num::Decade(y, 2) = self.item(i + 1).num {
                        return Some((
                            i + 2,
                            fields(Fields { year: YearOf::ShortDecade(y as u8), ..Fields::default() }),
                        ));
                    }
                    return None;
                }
                let d = self.role(i, |r| if let Role::Decade(d) = r { Some(d) } else { None })?;
                let owner = i > 0 && self.has(i - 1, Role::Its);
                (!owner)
                    .then_some((i + 1, fields(Fields { year: YearOf::ShortDecade(d), ..Fields::default() })))
            }
            _ => None,
        }
    }

    fn decade_context(&self, i: usize) -> bool {
        i > 0
            && (self.has(i - 1, Role::The)
                || self.has(i - 1, Role::Early)
                || self.has(i - 1, Role::Late)
                || self.mark(i - 1, &["-"]))
    }

    /// "20th century", "nineteenth-century", "the 9th century BC"
    fn century(&self, i: usize) -> Option<Core> {
        let n = match self.item(i).num {
            Num::Ordinal(n) => n,
            Num::Int(n, 1..=2) if self.words.language == Language::German && self.mark(i + 1, &["."]) => n,
            _ => self.role(i, |r| if let Role::Ordinal(n) = r { Some(u32::from(n)) } else { None })?,
        };
        let dot = usize::from(matches!(self.item(i).num, Num::Int(..)));
        let next = self.hyphen(i + 1).unwrap_or(i + 1 + dot);
        if !(1..=30).contains(&n) || self.unit(next) != Some(Unit::Century) {
            return None;
        }
        if self.has(next + 1, Role::Bc) {
            return Some((
                next + 2,
                fields(Fields { year: YearOf::CenturyBefore(n as i16), ..Fields::default() }),
            ));
        }
        let end = next + 1 + usize::from(self.has(next + 1, Role::Ad) && self.word(next + 1) == "AD");
        Some((end, fields(Fields { year: YearOf::Century(n as i16 - 1), ..Fields::default() })))
    }

    /// A year by itself, "fiscal 1988", "218 BC", "'99"
    fn year(&self, i: usize) -> Option<Core> {
        let fiscal = self.has(i, Role::Fiscal);
        let mut at = i + usize::from(fiscal);
        if fiscal && self.unit(at) == Some(Unit::Year) {
            at += 1;
        }
        if let Num::Int(n, _) = self.item(at).num
            && n <= 3000
            && (self.has(at + 1, Role::Bc) && self.word(at + 1).starts_with("BC")
                || self.has(at + 1, Role::Ad) && self.word(at + 1) == "AD")
        {
            let year = YearOf::Known(if self.has(at + 1, Role::Bc) { -(n as i16) } else { n as i16 });
            return Some((at + 2, fields(Fields { year, ..Fields::default() })));
        }
        if let Num::Int(n, 1..=4) = self.item(at).num
            && n <= 3000
            && let Some((end, bc)) = self.dotted_era(at + 1)
        {
            let year = YearOf::Known(if bc { -(n as i16) } else { n as i16 });
            return Some((end, fields(Fields { year, ..Fields::default() })));
        }
        // "the year two thousand"
        let named = i + usize::from(self.has(i, Role::The));
        if self.has(named, Role::Year) && self.joined(named + 1) {
            if let Some((end, year)) = self.year_number(named + 1) {
                return Some((end, fields(Fields { year: YearOf::Known(year), ..Fields::default() })));
            }
            let word = |j: usize| self.role(j, |r| if let Role::Cardinal(n) = r { Some(n) } else { None });
            if word(named + 1) == Some(2) && word(named + 2) == Some(1000) {
                return Some((named + 3, fields(Fields { year: YearOf::Known(2000), ..Fields::default() })));
            }
        }
        let (end, year) = self.year_number(at)?;
        let made =
            |end| Some((end, fields(Fields { year: YearOf::Known(year), fiscal, ..Fields::default() })));
        if fiscal {
            return made(end);
        }
        if end > at + 1 {
            // "'99" needs support: a bare apostrophe is common
            return (self.preceded(i, |r| matches!(r, Role::Preposition | Role::The | Role::Which(_))))
                .then(|| made(end))
                .flatten();
        }
        if self.year_speaks_against(at) {
            return None;
        }
        let near = self.preceded(i, |r| {
            matches!(
                r,
                Role::Preposition
                    | Role::Early
                    | Role::Late
                    | Role::Mid
                    | Role::The
                    | Role::And
                    | Role::Or
                    | Role::Of
            )
        });
        (PLAIN_YEARS.contains(&(year as u32)) || near && !self.counted(at)).then(|| made(end)).flatten()
    }

    /// Past "BC" or "B.C.", if that stands at `i`.
    fn before_christ(&self, i: usize) -> Option<usize> {
        if self.joined(i) && self.has(i, Role::Bc) && self.word(i).starts_with("BC") {
            return Some(i + 1);
        }
        self.dotted_era(i).filter(|(_, bc)| *bc).map(|(end, _)| end)
    }

    /// "B.C.", "A.D."
    fn dotted_era(&self, i: usize) -> Option<(usize, bool)> {
        let bc = match (self.word(i), self.word(i + 2)) {
            ("B", "C") => true,
            ("A", "D") => false,
            _ => return None,
        };
        (self.word(i + 1) == "." && self.joined(i + 2))
            .then(|| (i + 3 + usize::from(self.mark(i + 3, &["."])), bc))
    }

    fn preceded(&self, i: usize, test: impl Fn(&Role) -> bool) -> bool {
        let Some(mut b) = i.checked_sub(1).filter(|_| self.joined(i)) else { return false };
        if self.mark(b, &["-", "–"]) && b > 0 {
            b -= 1;
        }
        self.item(b).roles.iter().any(test)
    }

    /// Whether a number of four digits counts or costs something.
    fn year_speaks_against(&self, i: usize) -> bool {
        if i > 0 && self.joined(i) {
            let before = self.word(i - 1);
            if matches!(
                before,
                "$" | "£"
                    | "€"
                    | "¥"
                    | "#"
                    | "+"
                    | "."
                    | "No"
                    | "no"
                    | "Flight"
                    | "flight"
                    | "Room"
                    | "Route"
            ) {
                return !(before == "." && self.spaced(i));
            }
            // 555-1998, 3/1998
            if !self.spaced(i) && matches!(before, "-" | "/" | ":" | "–") && i > 1 {
                let earlier = self.item(i - 2).num;
                let year = matches!(earlier, Num::Int(y, 4) if YEARS.contains(&y));
                if earlier != Num::None && !year && before != "–" && !(i > 2 && self.month(i - 3).is_some())
                {
                    return true;
                }
            }
        }
        if !self.joined(i + 1) {
            return false;
        }
        let after = self.word(i + 1);
        if matches!(after, "%" | "°")
            || (self.mark(i + 1, &[":"]) && !self.spaced(i + 1) && self.numbered(i + 2))
        {
            return true;
        }
        self.any_unit(i + 1)
            .is_some_and(|u| u != Unit::Season && u != Unit::Quarter && self.units(i + 1).is_some())
            || self.counted(i)
            || self.role(i + 1, |r| if let Role::Zone(z) = r { Some(z) } else { None }).is_some()
    }

    /// Whether a plural noun of people or money follows: "1800 soldiers".
    fn counted(&self, i: usize) -> bool {
        if !self.joined(i + 1) {
            return false;
        }
        matches!(
            self.word(i + 1),
            "people"
                | "men"
                | "women"
                | "soldiers"
                | "troops"
                | "dollars"
                | "miles"
                | "meters"
                | "metres"
                | "feet"
                | "tons"
                | "kilometers"
                | "km"
                | "yards"
                | "pounds"
                | "shares"
                | "points"
                | "million"
                | "billion"
                | "trillion"
                | "percent"
                | "Menschen"
                | "Euro"
                | "Soldaten"
                | "acres"
                | "civilians"
                | "prisoners"
                | "workers"
                | "votes"
                | "cases"
                | "deaths"
                | "students"
                | "aircraft"
                | "tanks"
                | "guns"
                | "sq"
                | "square"
                | "kg"
                | "barrels"
                | "casualties"
                | "members"
                | "ships"
                | "homes"
                | "families"
                | "jobs"
                | "employees"
        )
    }
}

/// The greatest day that a month can have.
fn longest(month: u8) -> u8 {
    match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// 00–49 lie in this century's first half, the rest in the last century.
fn century_of(two: i16) -> i16 {
    if two < 50 { 2000 + two } else { 1900 + two }
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
