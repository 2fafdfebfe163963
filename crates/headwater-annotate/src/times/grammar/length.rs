//! Lengths, and points told by a length: "three hours", "two-year", "several weeks ago", "a year earlier".

use super::super::lang::{Role, Unit};
use super::super::lex::Num;
use super::super::reading::{Count, From, Length, Reading, Shift, What};
use super::{Core, Grammar, point};

/// A number before a unit; `None` inside is a vague one.
type Counted = (usize, Option<Count>);

impl Grammar<'_> {
    /// A length, with what makes it a point behind it.
    pub(super) fn length(&self, i: usize) -> Option<Core> {
        if self.has(i, Role::AgoBefore) && self.joined(i + 1) {
            let (end, length, _) = self.measure(i + 1)?;
            return Some((end, ago(length, -1, From::Speech)));
        }
        if let Num::Length(n, unit) = self.item(i).num {
            // "die zweijährige Tochter" tells an age
            let aged = unit == Unit::Year && (self.capital(i) || PERSONS.contains(&self.word(i + 1)));
            let count = (n > 0).then_some(Count { whole: u32::from(n), tenths: 0 });
            return (!aged).then_some((i + 1, Reading::Length(Length { count, unit, and: None })));
        }
        let (end, length, bare) = self.measure(i)?;
        if let Some(core) = self.shifted(end, length) {
            return Some(core);
        }
        if self.mark(end, &["-"]) && self.has(end + 1, Role::Old) && !self.spaced(end + 1) {
            // the age of a person is no time of the story
            let aged = length.unit == Unit::Year || PERSONS.contains(&self.word(end + 2));
            return (!aged).then_some((end + 2, Reading::Length(length)));
        }
        if self.always(end, length) {
            return None;
        }
        if self.has(end, Role::Old) && length.unit == Unit::Year && !bare {
            // "52 years old" tells an age, not a time
            return None;
        }
        if self.mark(end, &["-"]) && self.has(end + 1, Role::Long) {
            return Some((end + 2, Reading::Length(length)));
        }
        if bare && !self.bare_stands(i, end) {
            return None;
        }
        Some((end, Reading::Length(length)))
    }

    /// "ago", "earlier", "later", "from now" behind a length.
    fn shifted(&self, end: usize, length: Length) -> Option<Core> {
        let made = |end, sign: i32, from| Some((end, ago(length, sign, from)));
        if !self.joined(end) {
            return None;
        }
        if self.has(end, Role::Ago) {
            // "two weeks ago today" counts in days
            if length.unit == Unit::Week
                && self.has(end + 1, Role::DayWord(0))
                && let Some(Count { whole, tenths: 0 }) = length.count
            {
                let days = Count { whole: whole.saturating_mul(7), tenths: 0 };
                let length = Length { count: Some(days), unit: Unit::Day, and: None };
                return Some((end + 2, ago(length, -1, From::Speech)));
            }
            return made(end + 1, -1, From::Speech);
        }
        if self.mark(end, &["-"]) && !self.spaced(end) && self.has(end + 1, Role::Ago) {
            return made(end + 2, -1, From::Speech);
        }
        if length.unit < Unit::Day && (self.has(end, Role::Earlier) || self.has(end, Role::Later)) {
            return None;
        }
        if self.has(end, Role::Earlier) {
            return made(end + 1, -1, From::Told);
        }
        if self.has(end, Role::Later) {
            return made(end + 1, 1, From::Told);
        }
        if self.has(end, Role::Hence) || self.has(end, Role::From) && self.has(end + 1, Role::Present) {
            return made(if self.has(end, Role::Hence) { end + 1 } else { end + 2 }, 1, From::Speech);
        }
        None
    }

    /// "24 hours a day", "seven days a week": always, and no length.
    fn always(&self, end: usize, length: Length) -> bool {
        let Some(Count { whole, tenths: 0 }) = length.count else { return false };
        self.joined(end)
            && self.has(end, Role::A)
            && self.unit(end + 1).is_some_and(|of| {
                matches!(
                    (whole, length.unit, of),
                    (24, Unit::Hour, Unit::Day)
                        | (7, Unit::Day, Unit::Week)
                        | (52, Unit::Week, Unit::Year)
                        | (365, Unit::Day, Unit::Year)
                )
            })
    }

    /// Whether a plural unit without a number is a time: "for years", "weeks before".
    fn bare_stands(&self, i: usize, end: usize) -> bool {
        let before = i.checked_sub(1).filter(|_| self.joined(i));
        // "it is a matter of days before the dam gives way" tells that it will be soon, and no length
        if i > 1 && before.is_some_and(|b| self.has(b, Role::Of)) && self.word(i - 2) == "matter" {
            return false;
        }
        let prep = before.is_some_and(|b| {
            self.has(b, Role::Preposition)
                && !self.has(b, Role::Of)
                && !self.has(b, Role::To)
                && !self.has(b, Role::On)
                || self.has(b, Role::Over)
                || self.has(b, Role::Takes)
        });
        prep || self.has(end, Role::Before) || self.has(end, Role::After)
    }

    /// A number and a unit; the flag tells that there was no number.
    pub(super) fn measure(&self, i: usize) -> Option<(usize, Length, bool)> {
        let the = i + usize::from(self.has(i, Role::The));
        // "the first nine months"
        let ordinal = the + usize::from(the > i && self.is_ordinal(the));
        if let Some((after, count)) = self.count(ordinal) {
            let (mut unit_at, filler) = self.skip_fillers(after);
            if let Some(h) = self.hyphen(unit_at).filter(|_| !filler) {
                unit_at = h;
            }
            if !self.joined(unit_at) {
                return None;
            }
            let unit = self.any_unit(unit_at)?;
            if unit == Unit::Quarter
                && (unit_at > after || count.is_some() && self.has(unit_at + 1, Role::Of))
                || count.is_none() && unit == Unit::Quarter && self.word(i) == "some"
            {
                // three-quarters of something
                return None;
            }
            if self.mark(unit_at.wrapping_sub(1), &["-"])
                && unit_at > after
                && (the > i || self.has(i, Role::A))
            {
                // "the eight-year war": the article belongs to the war
                return None;
            }
            if unit == Unit::Second
                && (count == Some(ONE) || self.unit(unit_at).is_some() && self.hyphen(after).is_none())
            {
                return None;
            }
            let end = unit_at + 1;
            let length = Length { count, unit, and: None };
            return Some(self.and_more(end, length));
        }
        if let Some(core) = self.one(i) {
            return Some(core);
        }
        // "year-long", "decade-old"
        if let Some(unit) = self.unit(i)
            && let Some(next) = self.hyphen(i + 1)
            && (self.has(next, Role::Long) || self.has(next, Role::Old) && unit > Unit::Year)
        {
            return Some((next + 1, Length { count: Some(ONE), unit, and: None }, false));
        }
        // "the first week of the siege"
        if the > i
            && self.has(the, Role::Ordinal(1))
            && let Some(unit) =
                self.unit(the + 1).filter(|u| matches!(u, Unit::Hour | Unit::Week | Unit::Month | Unit::Year))
            && self.has(the + 2, Role::Of)
        {
            return Some((the + 2, Length { count: Some(ONE), unit, and: None }, false));
        }
        // "the first hours of the war"
        if the > i
            && self.is_ordinal(the)
            && let Some(unit) = self.units(the + 1)
            && self.has(the + 2, Role::Of)
        {
            return Some((the + 2, Length { count: None, unit, and: None }, false));
        }
        // bare plural
        let unit = self.units(i)?;
        let mut end = i + 1;
        let mut smallest = unit;
        if self.has(end, Role::Or)
            && let Some(u) = self.units(end + 1)
        {
            smallest = unit.min(u);
            end += 2;
        }
        Some((end, Length { count: None, unit: smallest, and: None }, true))
    }

    fn is_ordinal(&self, i: usize) -> bool {
        matches!(self.item(i).num, Num::Ordinal(_))
            || self.role(i, |r| if let Role::Ordinal(n) = r { Some(n) } else { None }).is_some()
    }

    /// "a week", "an hour and a half", "half a year", "an additional year"
    fn one(&self, i: usize) -> Option<(usize, Length, bool)> {
        if self.has(i, Role::Half) {
            let at = self.hyphen(i + 1).unwrap_or(i + 1 + usize::from(self.has(i + 1, Role::A)));
            let unit = self.unit(at)?;
            return Some((
                at + 1,
                Length { count: Some(Count { whole: 0, tenths: 5 }), unit, and: None },
                false,
            ));
        }
        // "all year", "another week"
        if (self.has(i, Role::All) || self.has(i, Role::Another))
            && let Some(unit) =
                self.unit(i + 1).filter(|u| *u >= Unit::Hour && *u != Unit::Quarter && *u != Unit::Season)
        {
            let old = self.hyphen(i + 2).is_some();
            return (!old).then_some((i + 2, Length { count: Some(ONE), unit, and: None }, false));
        }
        if !self.has(i, Role::A) {
            return None;
        }
        // "a half hour"
        if self.has(i + 1, Role::Half)
            && let Some((end, length, _)) = self.one(i + 1)
        {
            return Some((end, length, false));
        }
        let (at, filler) = self.skip_fillers(i + 1);
        let unit = self.unit(at)?;
        if filler && (self.has(i + 1, Role::Fiscal) || self.word(i + 1) == "calendar") {
            return None;
        }
        if unit == Unit::Second || unit == Unit::Quarter || unit == Unit::Weekend || unit == Unit::Season {
            return None;
        }
        // "a week or so", "a year or two"
        let loose = self.joined(at + 1)
            && self.has(at + 1, Role::Or)
            && (self.has(at + 2, Role::So) || self.has(at + 2, Role::Cardinal(2)));
        let end = at + if loose { 3 } else { 1 };
        let followed = loose
            || self.has(end, Role::Ago)
            || self.has(end, Role::Earlier)
            || self.has(end, Role::Later)
            || self.has(end, Role::After)
            || self.has(end, Role::Before)
            || self.has(end, Role::From)
            || self.has(end, Role::Hence)
            || (self.has(end, Role::And) && self.has(end + 1, Role::A))
            // "gave him a week to withdraw"
            || self.has(end, Role::Infinitive)
                && unit >= Unit::Day
                && super::super::clause::infinitive(self, end + 1);
        let before = i.checked_sub(1).filter(|_| self.joined(i));
        let preceded = before.is_some_and(|b| {
            self.item(b).roles.iter().any(|r| {
                matches!(
                    r,
                    Role::Preposition
                        | Role::About
                        | Role::Nearly
                        | Role::Over
                        | Role::Than
                        | Role::Least
                        | Role::AgoBefore
                        | Role::Takes
                        | Role::Before
                        | Role::After
                )
            }) && !self.has(b, Role::Of)
                || self.has(b, Role::To) && self.has(b.wrapping_sub(1), Role::Up)
                // "as long as a month"
                || self.word(b) == "as"
        });
        if self.hyphen(end).is_some() || !(followed || preceded || filler) {
            return None;
        }
        let length = Length { count: Some(ONE), unit, and: None };
        Some(self.and_more(end, length))
    }

    fn skip_fillers(&self, i: usize) -> (usize, bool) {
        let mut at = i;
        for _ in 0..2 {
            if self.joined(at)
                && (self.has(at, Role::Filler) || self.has(at, Role::More) || self.has(at, Role::Fiscal))
            {
                at += 1;
            } else {
                break;
            }
        }
        (at, at > i)
    }

    /// "and a half", "and three months"
    fn and_more(&self, end: usize, length: Length) -> (usize, Length, bool) {
        if self.has(end, Role::And) && self.joined(end) {
            if self.has(end + 1, Role::A)
                && self.has(end + 2, Role::Half)
                && let Some(count) = length.count
            {
                return (end + 3, Length { count: Some(Count { tenths: 5, ..count }), ..length }, false);
            }
            if let Some((after, Some(count))) = self.count(end + 1)
                && let Some(unit) = self.any_unit(after)
                && unit < length.unit
                && length.count.is_some()
            {
                return (after + 1, Length { and: Some((count, unit)), ..length }, false);
            }
        }
        (end, length, false)
    }

    /// A number: digits, words, "several", "a couple of", "two to three".
    pub(super) fn count(&self, i: usize) -> Option<Counted> {
        let (end, first) = self.number(i)?;
        // "two to three weeks", "five or six days", "two-to-three"
        let link = self.has(end, Role::To) || self.has(end, Role::Or);
        if link
            && self.joined(end + 1)
            && let Some((after, Some(_))) = self.number(end + 1)
            && first.is_some()
            && (self.any_unit(after).is_some() || self.hyphen(after).is_some())
        {
            return Some((after, first));
        }
        Some((end, first))
    }

    fn number(&self, i: usize) -> Option<Counted> {
        if self.has(i, Role::Some) {
            return Some((i + 1, None));
        }
        // "the next couple of years"
        if self.has(i, Role::Couple) && self.has(i + 1, Role::Of) {
            return Some((i + 2, Some(Count { whole: 2, tenths: 0 })));
        }
        if self.has(i, Role::A) {
            if self.has(i + 1, Role::Some) {
                return Some((i + 2, None));
            }
            if self.has(i + 1, Role::Couple) {
                return Some((
                    i + 2 + usize::from(self.has(i + 2, Role::Of)),
                    Some(Count { whole: 2, tenths: 0 }),
                ));
            }
            if let Some(n) = self.cardinal(i + 1).filter(|n| *n == 12 || *n >= 100) {
                return Some((i + 2, Some(Count { whole: n, tenths: 0 })));
            }
            return None;
        }
        let before =
            i.checked_sub(1).filter(|_| self.joined(i) && !self.spaced(i)).map_or("", |b| self.word(b));
        if matches!(before, "$" | "£" | "€" | "¥" | "#" | "." | "/") {
            return None;
        }
        match self.item(i).num {
            Num::Int(n, _) => {
                // "2 1/2"
                if matches!(self.item(i + 1).num, Num::Int(1, 1))
                    && self.mark(i + 2, &["/"])
                    && matches!(self.item(i + 3).num, Num::Int(2, 1))
                {
                    return Some((i + 4, Some(Count { whole: n, tenths: 5 })));
                }
                if self.word(i + 1) == "½" {
                    return Some((i + 2, Some(Count { whole: n, tenths: 5 })));
                }
                Some((i + 1, Some(Count { whole: n, tenths: 0 })))
            }
            Num::Grouped(n) => Some((i + 1, Some(Count { whole: n, tenths: 0 }))),
            Num::Decimal(n, t) => Some((i + 1, Some(Count { whole: n, tenths: t }))),
            Num::None => {
                let mut total = self.cardinal(i)?;
                let mut end = i + 1;
                if (20..100).contains(&total) {
                    let next = self.hyphen(end).unwrap_or(end);
                    if let Some(ones) = self.cardinal(next).filter(|n| (1..10).contains(n)) {
                        total += ones;
                        end = next + 1;
                    }
                } else if total < 20
                    && let Some(m) = self.cardinal(end).filter(|n| *n >= 100)
                {
                    total *= m;
                    end += 1;
                }
                // "two and a half years", "two-and-a-half years"
                let step = |j: usize| self.hyphen(j).unwrap_or(j);
                let a = step(step(end) + 1);
                let half = step(a + 1);
                if self.has(step(end), Role::And)
                    && self.has(a, Role::A)
                    && self.has(half, Role::Half)
                    && self.any_unit(step(half + 1)).is_some()
                {
                    return Some((half + 1, Some(Count { whole: total, tenths: 5 })));
                }
                Some((end, Some(Count { whole: total, tenths: 0 })))
            }
            _ => None,
        }
    }

    fn cardinal(&self, i: usize) -> Option<u32> {
        self.role(i, |r| if let Role::Cardinal(n) = r { Some(u32::from(n)) } else { None })
    }
}

/// What a person is called whose age is told in months or days.
const PERSONS: &[&str] = &[
    "son",
    "daughter",
    "boy",
    "girl",
    "baby",
    "infant",
    "child",
    "twin",
    "twins",
    "brother",
    "sister",
    "Sohn",
    "Tochter",
    "Junge",
    "Bub",
    "Mädchen",
    "Kind",
    "Zwillinge",
    "Enkel",
    "Enkelin",
    "Bruder",
    "Schwester",
];

/// So long before or after a day.
fn ago(length: Length, sign: i32, from: From) -> Reading {
    let count = length.count.filter(|c| c.tenths == 0).map(|c| c.whole);
    let by = i32::try_from(count.unwrap_or(1).min(100_000)).unwrap_or(1) * sign;
    point(What::Shift(Shift { unit: length.unit, by, vague: count.is_none(), from }))
}

pub(super) const ONE: Count = Count { whole: 1, tenths: 0 };
