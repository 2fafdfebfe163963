//! Days told by a day beside them: "the day before Christmas", "the eve of the Sept. 11 attacks", "am Tag nach
//! Ostern", "Montag vor einer Woche", "tags darauf".

use super::super::lang::{Language, Role, Unit, Which};
use super::super::reading::{Count, Fields, From, Length, Point, Reading, Shift, What};
use super::{Core, Grammar, fields, point};

/// Most weeks that a weekday is counted from: "Montag vor drei Wochen".
const MOST_WEEKS: u32 = 52;

/// How many tokens before "the day after" its happening's day is sought, and how many behind it. By judgement.
const REACH: usize = 60;
const BEHIND: usize = 12;

impl Grammar<'_> {
    /// A day beside another.
    pub(super) fn beside(&self, i: usize) -> Option<Core> {
        if self.words.language == Language::German
            && let Some(core) = self.weekday_weeks_off(i).or_else(|| self.stretch_beside_told(i))
        {
            return Some(core);
        }
        let (next, by) = self.step(i)?;
        // "The day before, she had signed", "and the day following brought rain": beside the day told last
        if self.words.language == Language::English
            && self.unit(i + 1) == Some(Unit::Day)
            && (!self.joined(next)
                || self.mark(next, &[",", ".", ";"])
                || self.which(next - 1) == Some(Which::Following) && self.has(next, Role::PastVerb))
        {
            let what = Shift { unit: Unit::Day, by: i32::from(by), vague: false, from: From::Told };
            return Some((next, point(What::Shift(what))));
        }
        if !self.joined(next) {
            return None;
        }
        if let Some(core) = self.beside_happening(i, next, by) {
            return Some(core);
        }
        let (end, reading) = self.dated(next).into_iter().chain(self.pointing(next)).max_by_key(|c| c.0)?;
        let Reading::Point(p) = reading else { return None };
        if p.part.is_some() || p.clock.is_some() {
            return None;
        }
        match p.what {
            What::Fields(f) if f.within.is_none() && (f.day != 0 || f.weekday != 0 || f.feast.is_some()) => {
                Some((end, fields(Fields { beside: f.beside.checked_add(by)?, ..f })))
            }
            What::Shift(s) if s.unit == Unit::Day && !s.vague => {
                Some((end, point(What::Shift(Shift { by: s.by.checked_add(i32::from(by))?, ..s }))))
            }
            _ => None,
        }
    }

    /// "the day after his arrest": beside the day told last, where that is near, so that it is likely the day of
    /// the happening; "on 4 May, the day after the vote" is that day itself.
    fn beside_happening(&self, i: usize, next: usize, by: i16) -> Option<Core> {
        if self.words.language != Language::English
            || self.unit(i + 1) != Some(Unit::Day)
            || self.which(next - 1).is_some()
            // "later in the day, before leaving"
            || i > 0 && (self.has(i - 1, Role::In) || self.has(i - 1, Role::Of))
            || self.core_of_day(next)
        {
            return None;
        }
        // a day told behind is that of the happening
        let mut later = (next..next + BEHIND).take_while(|k| self.joined(*k) && !self.mark(*k, &["."]));
        if later.any(|k| self.core_of_day(k)) {
            return None;
        }
        let told = (i.saturating_sub(REACH)..i).rev().find(|k| self.core_of_day(*k))?;
        let (end, reading) = self.day_core(told)?;
        // "yesterday" is seldom the day of what another is told by
        if !matches!(reading, Reading::Point(Point { what: What::Fields(_), .. })) {
            return None;
        }
        let same = end + 1 == i && self.mark(end, &[",", "-", "–", "—", "--"]);
        let by = if same { 0 } else { i32::from(by) };
        Some((i + 2, point(What::Shift(Shift { unit: Unit::Day, by, vague: false, from: From::Told }))))
    }

    /// Whether a day begins at `i`: "May 4", "Tuesday", "yesterday".
    fn core_of_day(&self, i: usize) -> bool {
        match self.day_core(i) {
            Some((_, Reading::Point(p))) => match p.what {
                What::Fields(f) => f.day != 0 || f.weekday != 0 || f.feast.is_some(),
                What::Shift(s) => s.unit == Unit::Day,
                _ => false,
            },
            _ => false,
        }
    }

    /// "the day before", "the eve of", "Tag nach": where the other day begins, and how far from it this one is.
    fn step(&self, i: usize) -> Option<(usize, i16)> {
        let german = self.words.language == Language::German;
        let the = usize::from(!german && self.has(i, Role::The));
        let at = i + the;
        if the == 1 && self.word(at).eq_ignore_ascii_case("eve") && self.has(at + 1, Role::Of) {
            return Some((at + 2, -1));
        }
        if self.unit(at) != Some(Unit::Day) || !german && the == 0 {
            return None;
        }
        let link = at + 1;
        let by = if self.has(link, Role::After) || self.which(link) == Some(Which::Following) {
            1
        } else if self.has(link, Role::Before) {
            -1
        } else {
            return None;
        };
        Some((link + 1, by))
    }

    /// "Montag vor einer Woche", "Freitag in zwei Wochen"
    fn weekday_weeks_off(&self, i: usize) -> Option<Core> {
        let (end, weekday) = self.weekday(i)?;
        let back = self.has(end, Role::AgoBefore);
        if !self.joined(end) || !(back || self.word(end) == "in") {
            return None;
        }
        let (last, length, false) = self.measure(end + 1)? else { return None };
        let Length {
            count: Some(Count { whole: weeks @ 1..=MOST_WEEKS, tenths: 0 }),
            unit: Unit::Week,
            and: None,
        } = length
        else {
            return None;
        };
        let by = weeks as i16 * 7;
        Some((last, fields(Fields { weekday, beside: if back { -by } else { by }, ..Fields::default() })))
    }

    /// "am Tag zuvor", "im Jahr darauf", "tags darauf": a stretch beside the one told last.
    fn stretch_beside_told(&self, i: usize) -> Option<Core> {
        let unit = if self.has(i, Role::OnDay) {
            Unit::Day
        } else {
            self.unit(i).filter(|u| *u >= Unit::Day && self.capital(i))?
        };
        // "ein Jahr zuvor" is counted, not named
        if i > 0 && self.joined(i) && (self.has(i - 1, Role::A) || self.count(i - 1).is_some()) {
            return None;
        }
        let next = i + 1;
        let by = if self.has(next, Role::Earlier) {
            -1
        } else if self.has(next, Role::Later) || self.word(next) == "darauf" {
            1
        } else {
            return None;
        };
        self.joined(next)
            .then(|| (next + 1, point(What::Shift(Shift { unit, by, vague: false, from: From::Told }))))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{Language, find};
    use headwater_model::text::Outline;

    #[test]
    fn steps_from_a_day_are_one_phrase() {
        for (text, language, expect) in [
            ("He left the day before Christmas.", Language::English, "the day before Christmas"),
            ("He left the day after the vote.", Language::English, ""),
            ("Er ging am Montag vor einer Woche.", Language::German, "Montag vor einer Woche"),
            ("Sie kam tags darauf an.", Language::German, "tags darauf"),
        ] {
            let found = find(text, &Outline::new(text), language);
            let words = found.first().map_or("", |p| p.span.of(text));
            assert_eq!(words, expect, "{text}");
        }
    }
}
