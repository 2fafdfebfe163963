//! Stretches with a name: feasts, seasons, quarters and halves of a year.

use super::super::lang::{FeastRule, Language, Role, Season, Unit, Which};
use super::super::lex::Num;
use super::super::reading::{Fields, YearOf};
use super::years::YEARS;
use super::{Core, Grammar, fields};

/// What a business tells of its quarters and halves.
const FIGURES: &[&str] = &[
    "net",
    "profit",
    "profits",
    "earnings",
    "results",
    "loss",
    "losses",
    "sales",
    "revenue",
    "revenues",
    "turnover",
    "output",
    "income",
    "growth",
    "pretax",
    "operating",
    "orders",
    "guidance",
    "figures",
    "GDP",
];

impl Grammar<'_> {
    /// "the second Saturday of August", "the last Sunday in March 2019"
    pub(super) fn nth_weekday(&self, i: usize) -> Option<Core> {
        let at = i + usize::from(self.has(i, Role::The));
        // "every first Sunday in the month" recurs
        if i > 0 && self.joined(i) && self.has(i - 1, Role::Every) {
            return None;
        }
        let nth = match self.item(at).num {
            Num::Ordinal(n) => i8::try_from(n).ok()?,
            _ if self.which(at) == Some(Which::Last) => -1,
            _ => self.role(at, |r| if let Role::Ordinal(n) = r { i8::try_from(n).ok() } else { None })?,
        };
        let (end, weekday) = self.weekday(at + 1).filter(|_| nth <= 4)?;
        if !self.has(end, Role::Of) && !self.has(end, Role::In) {
            return None;
        }
        let (end, month, _) = self.month(end + 1).filter(|_| self.joined(end + 1))?;
        let f = Fields { feast: Some(FeastRule::Nth(nth, weekday, month)), ..Fields::default() };
        Some(match self.year_behind(end, true) {
            Some((last, year)) => (last, fields(Fields { year, ..f })),
            None => (end, fields(f)),
        })
    }

    /// "Christmas Eve", "Thanksgiving Day 1999"
    pub(super) fn feast(&self, i: usize) -> Option<Core> {
        // "am zweiten Weihnachtsfeiertag"
        let german = self.words.language == Language::German;
        if !self.has(i, Role::Feast) || !self.capital(i) && !german {
            return None;
        }
        let feast = self.words.feasts.iter().find(|f| {
            f.words.iter().enumerate().all(|(k, w)| {
                let word = self.word(i + k);
                (k == 0 || self.joined(i + k)) && (word.eq_ignore_ascii_case(w) || *w == "'s" && word == "’s")
            })
        })?;
        let mut end = i + feast.words.len();
        if !self.capital(i) && !self.capital(end - 1) {
            return None;
        }
        // "Easter week", "Labor Day weekend"
        let within = self.unit(end).filter(|u| matches!(u, Unit::Week | Unit::Weekend) && self.joined(end));
        end += usize::from(within.is_some());
        let f = Fields { feast: Some(feast.rule), within, ..Fields::default() };
        match self.year_behind(end, true) {
            Some((last, year)) => Some((last, fields(Fields { year, ..f }))),
            None => Some((end, fields(f))),
        }
    }

    pub(super) fn followed_by_name(&self, i: usize) -> bool {
        self.joined(i) && self.capital(i)
    }

    pub(super) fn season_name(&self, i: usize) -> Option<Season> {
        self.role(i, |r| if let Role::Season(s) = r { Some(s) } else { None })
    }

    /// "the spring of 1915", "summer 1918", "last summer's" is `pointing`
    pub(super) fn season(&self, i: usize) -> Option<Core> {
        let the = i + usize::from(self.has(i, Role::The));
        let season = self.season_name(the)?;
        let f = Fields { season: Some(season), ..Fields::default() };
        let end = the + 1;
        let followed = self.year_behind(end, true);
        if let Some((last, year)) = followed {
            return Some((self.turn_of_year(last, year), fields(Fields { year, ..f })));
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

    /// Past the second year of "the winter of 2013-14", which is one winter.
    fn turn_of_year(&self, end: usize, year: YearOf) -> usize {
        match (self.hyphen(end).map(|h| (h, self.item(h).num)), year) {
            (Some((h, Num::Int(next, 2))), YearOf::Known(y))
                if (i32::from(y) + 1).rem_euclid(100) == next as i32 =>
            {
                h + 1
            }
            _ => end,
        }
    }

    /// "the third quarter of 1990", "third-quarter", "the 1988 second quarter", "the first half of 1990"
    pub(super) fn quarter(&self, i: usize) -> Option<Core> {
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
        let lettered = match self.item(at).num {
            Num::Quarter(n) => Some(u32::from(n)),
            Num::HalfYear(n) => Some(u32::from(n) + 10),
            _ => None,
        };
        let mut whole = false;
        let (mut next, n) = if let Some(n) = lettered {
            // "an H1-B visa"
            if self.hyphen(at + 1).is_some() {
                return None;
            }
            (at + 1, n)
        } else {
            let last = matches!(self.word(at), "last" | "latter") && self.has(at + 1, Role::Half);
            let n = match self.item(at).num {
                // "the last half of 1989"
                _ if last => 2,
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
            } else if self.has(j, Role::HalfYear) && (1..=2).contains(&n) {
                whole = true;
                (j + 1, n + 10)
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
        // "the first half" may be one of a match, "Q3" a car; figures behind make them a business's
        let led =
            || {
                start > i && self.has(i, Role::The)
                    || i > 0
                        && self.joined(i)
                        && self.item(i - 1).roles.iter().any(|r| {
                            matches!(r, Role::Preposition | Role::Since | Role::Until | Role::Which(_))
                        })
            };
        let figures = self.joined(next) && FIGURES.contains(&self.word(next));
        let doubtful = if lettered.is_some() { !led() } else { n > 10 && !whole };
        if year == YearOf::Open && doubtful && !figures {
            return None;
        }
        let mut f = Fields { year, fiscal, ..Fields::default() };
        if n > 10 {
            f.half = (n - 10) as u8;
        } else {
            f.quarter = n as u8;
        }
        Some((next, fields(f)))
    }
}
