//! Times and parts of the day: "10:35 a.m.", "5 p.m. EST", "16.30 Uhr", "noon", "the early morning hours".

use super::super::lang::{Language, Part, Role, Unit};
use super::super::lex::Num;
use super::super::reading::Clock;
use super::Grammar;

type DayTime = (usize, Option<Part>, Option<Clock>);

/// What stands behind an hour: one past it, the hour of 24, the zone, and whether anything stood there.
struct HalfTold {
    end: usize,
    hour: u8,
    zone: Option<i16>,
    marked: bool,
}

/// An hour told by the clock's twelve, in a part of the day.
pub(super) fn hour_in(part: Part, hour: u8) -> u8 {
    match part {
        _ if !(1..=12).contains(&hour) => hour,
        Part::Morning => hour % 12,
        Part::Afternoon | Part::Evening => hour % 12 + 12,
        Part::Night if (7..12).contains(&hour) => hour + 12,
        _ => hour % 12,
    }
}

impl Grammar<'_> {
    /// A clock time or a part of the day at `i`.
    pub(super) fn day_time(&self, i: usize) -> Option<DayTime> {
        self.clock(i).or_else(|| self.part(i))
    }

    fn part(&self, i: usize) -> Option<DayTime> {
        let mut at = i + usize::from(self.has(i, Role::The));
        for _ in 0..2 {
            if self.has(at, Role::Early) || self.has(at, Role::Late) || self.has(at, Role::Mid) {
                at = self.hyphen(at + 1).unwrap_or(at + 1);
            }
        }
        let part = self.role(at, |r| if let Role::Part(p) = r { Some(p) } else { None })?;
        if self.words.language == Language::German
            && !self.capital(at)
            && at == i
            && self.has(at, Role::DayWord(1))
        {
            return None;
        }
        // "High Noon", the film
        if matches!(part, Part::Noon | Part::Midnight)
            && self.words.language == Language::English
            && self.capital(at)
            && at > 0
            && self.joined(at)
            && self.capital(at - 1)
            && self.item(at - 1).roles.is_empty()
        {
            return None;
        }
        let mut end = at + 1;
        if self.units(end) == Some(Unit::Hour) {
            end += 1;
        }
        match part {
            Part::Noon => Some((end, None, Some(Clock { hour: 12, minute: Some(0), zone: None }))),
            Part::Midnight => Some((end, None, Some(Clock { hour: 24, minute: None, zone: None }))),
            part => Some((end, Some(part), None)),
        }
    }

    /// Whether a part of the day without a day is a time: "in the afternoon", "that night" is elsewhere.
    pub(super) fn part_stands_alone(&self, i: usize, end: usize) -> bool {
        let qualified =
            |j: usize| self.has(j, Role::Early) || self.has(j, Role::Late) || self.has(j, Role::Mid);
        self.has(i, Role::The) && i > 0 && self.has(i - 1, Role::In) && end == i + 2
            || i > 0
                && self.joined(i)
                && (qualified(i - 1) || i > 1 && self.mark(i - 1, &["-"]) && qualified(i - 2))
            || qualified(i)
    }

    /// "halb neun": half an hour before.
    fn half_to(&self, i: usize) -> Option<DayTime> {
        let before = i.checked_sub(1).filter(|_| self.joined(i)).map_or("", |b| self.word(b));
        let hour = self.role(i + 1, |r| if let Role::Cardinal(n) = r { Some(n) } else { None })?;
        let stands = self.words.language == Language::German
            && self.word(i) == "halb"
            && matches!(before, "um" | "Um" | "gegen" | "Gegen" | "ab" | "bis")
            && (1..=12).contains(&hour);
        let end = i + 2 + usize::from(self.has(i + 2, Role::Oclock));
        stands.then(|| (end, None, Some(Clock { hour: (hour - 1) as u8, minute: Some(30), zone: None })))
    }

    fn clock(&self, i: usize) -> Option<DayTime> {
        if let Some(told) = self.half_to(i).or_else(|| self.beside_hour(i)) {
            return Some(told);
        }
        if i > 0
            && self.joined(i)
            && !self.spaced(i)
            && matches!(self.word(i - 1), "$" | "£" | "€" | ":" | "." | ",")
        {
            return None;
        }
        let (end, hour, minute, needs) = match self.item(i).num {
            Num::Hour(h) => (i + 1, h, None, false),
            Num::Clock(h, m) => (i + 1, h, Some(m), false),
            Num::Dotted(h, m) if h <= 24 && m < 60 => (i + 1, h, Some(m), true),
            Num::Int(h, n) if n <= 2 => {
                if self.mark(i + 1, &[":"]) && !self.spaced(i + 1) && !self.spaced(i + 2) {
                    match self.item(i + 2).num {
                        Num::Int(m, 2) if m < 60 && h <= 24 => {
                            let seconds = self.mark(i + 3, &[":"])
                                && !self.spaced(i + 3)
                                && matches!(self.item(i + 4).num, Num::Int(_, 2));
                            (if seconds { i + 5 } else { i + 3 }, h as u8, Some(m as u8), false)
                        }
                        _ => return None,
                    }
                } else {
                    (i + 1, h.min(99) as u8, None, true)
                }
            }
            Num::Int(t, 4) if t / 100 <= 24 && t % 100 < 60 => {
                // "0735 GMT"
                let zone = self.zone(i + 1)?;
                return Some((
                    i + 2,
                    None,
                    Some(Clock { hour: (t / 100) as u8, minute: Some((t % 100) as u8), zone: Some(zone) }),
                ));
            }
            Num::None => {
                let n = self.role(i, |r| if let Role::Cardinal(n) = r { Some(n) } else { None })?;
                (i + 1, u8::try_from(n).ok()?, None, true)
            }
            _ => return None,
        };
        if hour > 24 {
            return None;
        }
        let told = self.half_told(end, hour)?;
        let clock = Clock { hour: told.hour, minute, zone: told.zone };
        (told.marked || !needs).then_some((told.end, None, Some(clock)))
    }

    /// What stands behind an hour and says which of the day it is: "a.m.", "o'clock", "GMT", "in the morning".
    fn half_told(&self, mut end: usize, mut hour: u8) -> Option<HalfTold> {
        let mut marked = false;
        if let Some((next, pm)) = self.half_day(end)
            && (1..=12).contains(&hour)
        {
            hour = hour % 12 + if pm { 12 } else { 0 };
            end = next;
            marked = true;
        } else if self.has(end, Role::Oclock) {
            end += 1;
            marked = true;
            // "9 Uhr abends"
            if let Some(part) = self.role(end, |r| if let Role::Parts(p) = r { Some(p) } else { None })
                && self.joined(end)
            {
                hour = hour_in(part, hour);
                end += 1;
            }
        } else if self.words.language == Language::English
            && self.word(end) == "o"
            && self.mark(end + 1, &["'", "’"])
        {
            end += 3;
            marked = true;
        }
        let zone = self.zone(end);
        if zone.is_some() {
            end += 1;
            marked = true;
        }
        // "4 in the morning"
        if (1..=12).contains(&hour)
            && self.has(end, Role::In)
            && self.has(end + 1, Role::The)
            && let Some(part) = self.role(end + 2, |r| if let Role::Part(p) = r { Some(p) } else { None })
        {
            if !matches!(part, Part::Morning | Part::Afternoon | Part::Evening) {
                return None;
            }
            hour = hour_in(part, hour);
            end += 3;
            marked = true;
        }
        Some(HalfTold { end, hour, zone, marked })
    }

    /// "half past three", "a quarter to midnight", "twenty minutes past nine", "Viertel nach elf".
    fn beside_hour(&self, i: usize) -> Option<DayTime> {
        let german = self.words.language == Language::German;
        let at = i + usize::from(!german && self.has(i, Role::A));
        let number = match self.item(at).num {
            Num::Int(n, 1..=2) => Some(n),
            _ => self.role(at, |r| if let Role::Cardinal(n) = r { Some(u32::from(n)) } else { None }),
        };
        let quarter =
            if german { self.has(at, Role::QuarterHour) } else { self.unit(at) == Some(Unit::Quarter) };
        let half = !german && self.has(at, Role::Half);
        let minutes = match number {
            _ if quarter => 15,
            _ if half => 30,
            Some(n @ (5 | 10 | 20 | 25)) => n as i16,
            _ => return None,
        };
        let named = number.is_some() && self.units(at + 1) == Some(Unit::Minute);
        let mut link = at + 1 + usize::from(named);
        link = if half { self.hyphen(link).unwrap_or(link) } else { link };
        // "ten to twelve people": a bare number needs its minutes, in German the word before
        let led = i > 0 && self.joined(i) && matches!(self.word(i - 1), "um" | "Um" | "gegen" | "Gegen");
        let back = match (german, self.word(link)) {
            (false, "past") => false,
            (false, "after") if quarter => false,
            (false, "to") if quarter || named => true,
            (true, "nach") if quarter || led => false,
            (true, "vor") if quarter || led => true,
            _ => return None,
        };
        let hour_at = link + 1;
        if !self.joined(hour_at) {
            return None;
        }
        let (end, hour, zone) =
            match self.role(hour_at, |r| if let Role::Part(p) = r { Some(p) } else { None }) {
                Some(Part::Noon) => (hour_at + 1, 12, None),
                Some(Part::Midnight) => (hour_at + 1, 24, None),
                Some(_) => return None,
                None => {
                    let hour = match self.item(hour_at).num {
                        Num::Int(n, 1..=2) => u8::try_from(n).ok()?,
                        _ => self.role(hour_at, |r| {
                            if let Role::Cardinal(n) = r { u8::try_from(n).ok() } else { None }
                        })?,
                    };
                    let told = self.half_told(hour_at + 1, hour).filter(|_| (1..=12).contains(&hour))?;
                    (told.end, told.hour, told.zone)
                }
            };
        // minutes of the day; a quarter past midnight is the first hour's
        let total = i16::from(hour) * 60 + if back { -minutes } else { minutes };
        let total = total.rem_euclid(24 * 60);
        let clock = Clock { hour: (total / 60) as u8, minute: Some((total % 60) as u8), zone };
        Some((end, None, Some(clock)))
    }

    /// "a.m.", "pm"
    fn half_day(&self, i: usize) -> Option<(usize, bool)> {
        if !self.joined(i) {
            return None;
        }
        if self.has(i, Role::Am) && self.word(i) != "Am" {
            return Some((i + 1, false));
        }
        if self.has(i, Role::Pm) {
            return Some((i + 1, true));
        }
        let letter = self.word(i);
        let pm = match letter {
            "a" | "A" => false,
            "p" | "P" => true,
            _ => return None,
        };
        if self.mark(i + 1, &["."])
            && !self.spaced(i + 1)
            && self.word(i + 2).eq_ignore_ascii_case("m")
            && !self.spaced(i + 2)
        {
            let dot = usize::from(self.mark(i + 3, &["."]) && !self.spaced(i + 3));
            return Some((i + 3 + dot, pm));
        }
        None
    }

    fn zone(&self, i: usize) -> Option<i16> {
        let zone = self.role(i, |r| if let Role::Zone(z) = r { Some(z) } else { None })?;
        self.word(i).chars().all(char::is_uppercase).then_some(zone)
    }
}
