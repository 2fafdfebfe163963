//! Years, decades and centuries: "1990", "'99", "of that year", "the 1980s", "the 9th century BC".

use super::super::lang::{Language, Role, Unit, Which};
use super::super::lex::Num;
use super::super::reading::{Fields, YearOf};
use super::{Core, Grammar, fields};

/// Years that a bare four-digit number can be.
pub(super) const YEARS: std::ops::RangeInclusive<u32> = 1000..=2100;
/// From here on a bare four-digit number is a year unless something speaks against it.
const PLAIN_YEARS: std::ops::RangeInclusive<u32> = 1700..=2050;

impl Grammar<'_> {
    /// Four digits that can be a year, or an apostrophe and two.
    pub(super) fn year_number(&self, i: usize) -> Option<(usize, i16)> {
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
        // "of fiscal year 2024"
        let of =
            of + usize::from(of > i && self.has(of - 1, Role::Fiscal) && self.unit(of) == Some(Unit::Year));
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
        use Which as W;
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

    /// "1980s", "'80s", "eighties"
    pub(super) fn decade(&self, i: usize) -> Option<Core> {
        let (end, reading) = self.decade_name(i)?;
        if self.words.language == Language::German {
            // "90er-Jahre", "siebziger Jahren"
            let years = self.hyphen(end).unwrap_or(end);
            if self.joined(years) && self.units(years) == Some(Unit::Year) {
                return Some((years + 1, reading));
            }
        }
        Some((end, reading))
    }

    fn decade_name(&self, i: usize) -> Option<Core> {
        let known = |y: u32| Fields { year: YearOf::Decade((y / 10) as i16), ..Fields::default() };
        match self.item(i).num {
            Num::Decade(y, 4) if YEARS.contains(&y) && y % 100 == 0 && self.joined(i) && y < 1900 => {
                Some((i + 1, fields(Fields { year: YearOf::Century((y / 100) as i16), ..Fields::default() })))
            }
            Num::Decade(y, 4) if YEARS.contains(&y) => Some((i + 1, fields(known(y)))),
            Num::Decade(y, 2) if self.joined(i) && self.decade_context(i) => {
                Some((i + 1, fields(Fields { year: YearOf::ShortDecade(y as u8), ..Fields::default() })))
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
    pub(super) fn century(&self, i: usize) -> Option<Core> {
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
    pub(super) fn year(&self, i: usize) -> Option<Core> {
        let fiscal = self.has(i, Role::Fiscal);
        let mut at = i + usize::from(fiscal);
        if fiscal && self.unit(at) == Some(Unit::Year) {
            at += 1;
        }
        if let Num::Fiscal(y) = self.item(at).num {
            let year = YearOf::Known(y as i16);
            return Some((at + 1, fields(Fields { year, fiscal: true, ..Fields::default() })));
        }
        if let Some(core) = self.era_first(i) {
            return Some(core);
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
            // "'99" needs support, a bare apostrophe is common; and "twenty twenty" may count
            let spoken = self.role(at, |r| if let Role::Cardinal(n) = r { Some(n) } else { None });
            return (matches!(spoken, Some(18 | 19))
                || self.preceded(i, |r| matches!(r, Role::Preposition | Role::The | Role::Which(_))))
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
        if !near && (self.round_number(at) || self.model_year(at)) {
            return None;
        }
        (PLAIN_YEARS.contains(&(year as u32)) || near && !self.counted(at)).then(|| made(end)).flatten()
    }

    /// "sold 2000 tickets": a round number before things that can be counted.
    fn round_number(&self, i: usize) -> bool {
        let Num::Int(n, 4) = self.item(i).num else { return false };
        let thing = self.word(i + 1);
        n % 100 == 0
            && self.joined(i + 1)
            && self.item(i + 1).roles.is_empty()
            && thing.len() > 3
            && thing.starts_with(char::is_lowercase)
            && thing.ends_with('s')
            && !thing.ends_with("ss")
    }

    /// "a 1987 Toyota": the year of a model is part of its name.
    fn model_year(&self, i: usize) -> bool {
        self.joined(i + 1) && self.words.car_makes.contains(&self.word(i + 1))
    }

    /// "AD 79"
    fn era_first(&self, i: usize) -> Option<Core> {
        if !self.has(i, Role::Ad) || self.word(i) != "AD" || !self.joined(i + 1) {
            return None;
        }
        let Num::Int(n @ 1..=3000, 1..=4) = self.item(i + 1).num else { return None };
        Some((i + 2, fields(Fields { year: YearOf::Known(n as i16), ..Fields::default() })))
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
        if self.day_in_numbers(i).is_some() {
            return true;
        }
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

    /// The last token of what has the form of a day written year first, whether or not there is such a
    /// day: "2024-02-30".
    pub(crate) fn day_in_numbers(&self, i: usize) -> Option<usize> {
        let dash = |j: usize| self.mark(j, &["-"]) && !self.spaced(j) && !self.spaced(j + 1);
        let two = |j: usize| matches!(self.item(j).num, Num::Int(_, 2));
        (matches!(self.item(i).num, Num::Int(_, 4))
            && dash(i + 1)
            && two(i + 2)
            && dash(i + 3)
            && two(i + 4)
            && !self.mark(i + 5, &["-"]))
        .then_some(i + 4)
    }

    /// Whether a plural noun of people or money follows: "1800 soldiers".
    pub(super) fn counted(&self, i: usize) -> bool {
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

/// 00–49 lie in this century's first half, the rest in the last century.
pub(super) fn century_of(two: i16) -> i16 {
    if two < 50 { 2000 + two } else { 1900 + two }
}
