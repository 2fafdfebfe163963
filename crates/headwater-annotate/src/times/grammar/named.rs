//! Stretches with a name: feasts, seasons, quarters and halves of a year.

use super::super::lang::{FeastRule, Language, Role, Season, Unit, Which};
use super::super::lex::Num;
use super::super::reading::{Fields, YearOf};
use super::years::YEARS;
use super::{Core, Grammar, fields};

impl Grammar<'_> {
    /// "the second Saturday of August", "the last Sunday in March 2019"
    pub(super) fn nth_weekday(&self, i: usize) -> Option<Core> {
        let at = i + usize::from(self.has(i, Role::The));
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
        if self.word(at) == "Q" {
            return None;
        }
        let q_word = self.word(at);
        let (mut next, n) = if q_word.len() == 2 && q_word.starts_with('Q') {
            (at + 1, q_word[1..].parse::<u32>().ok().filter(|q| (1..=4).contains(q))?)
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
}
