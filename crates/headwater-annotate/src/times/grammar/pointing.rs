//! Times that are pointed at: "last week", "this morning", "the following day", "that year", "now", "every Friday".

use super::super::lang::{Language, Part, Role, Unit, Which};
use super::super::reading::{Fields, From, Length, Point, Reading, Repeat, Shift, What, YearOf};
use super::length::ONE;
use super::{Core, Grammar, fields, point};

/// So many days from the day of writing.
pub(super) fn days(by: i32) -> Reading {
    shift(Unit::Day, by, From::Speech)
}

fn shift(unit: Unit, by: i32, from: From) -> Reading {
    point(What::Shift(Shift { unit, by, vague: false, from }))
}

/// Marks that open a quotation, and with it a sentence.
const QUOTES: &[&str] = &["\"", "“", "``", "„", "'", "‘"];

impl Grammar<'_> {
    /// What begins with a pointing word or names a definite stretch.
    pub(super) fn pointing(&self, i: usize) -> Option<Core> {
        if self.has(i, Role::NightWord) {
            let what = What::Shift(Shift { unit: Unit::Day, by: 0, vague: false, from: From::Speech });
            return Some((i + 1, Reading::Point(Point { what, part: Some(Part::Night), clock: None })));
        }
        if let Some((unit, by, told)) = self.role(i, |r| match r {
            Role::Beside(unit, by, told) => Some((unit, by, told)),
            _ => None,
        }) {
            return Some((i + 1, shift(unit, i32::from(by), if told { From::Told } else { From::Speech })));
        }
        if let Some(core) = self.year_ago(i).or_else(|| self.year_end(i)) {
            return Some(core);
        }
        if let Some(core) = self.one_day(i) {
            return Some(core);
        }
        let the = i + usize::from(self.has(i, Role::The) || self.has(i, Role::Its));
        if self.has(the, Role::These)
            && self.units(the + 1) == Some(Unit::Day)
            && self.word(the).len() == 5
            && self.word(the).starts_with(['t', 'T'])
        {
            return (self.word(the).eq_ignore_ascii_case("these")).then(|| (the + 2, point(What::Present)));
        }
        // "dieser Tage", "in diesen Tagen"
        if self.words.language == Language::German
            && self.which(i) == Some(Which::This)
            && self.units(i + 1) == Some(Unit::Day)
            && matches!(self.word(i), "dieser" | "diesen")
        {
            return Some((i + 2, point(What::Present)));
        }
        if self.has(the, Role::Recent) || self.has(the, Role::Coming) && self.units(the + 1).is_some() {
            let unit = self.units(the + 1)?;
            // "recent weeks and months"
            if self.has(the, Role::Recent)
                && (self.has(the + 2, Role::And) || self.has(the + 2, Role::Or))
                && self.units(the + 3).is_some()
            {
                return Some((the + 4, point(What::Past)));
            }
            // "over the coming years" is as long as "the next few years"; "coming years" are the future
            let spanned = the > i && self.has(the, Role::Coming);
            if !spanned && (unit == Unit::Year || unit >= Unit::Month && !self.has(the, Role::Recent)) {
                return Some((
                    the + 2,
                    point(if self.has(the, Role::Recent) { What::Past } else { What::Future }),
                ));
            }
            return Some((the + 2, Reading::Length(Length { count: None, unit, and: None })));
        }
        // "that same day", "that day"
        if self.has(the, Role::That) {
            let same = the + 1 + usize::from(self.which(the + 1) == Some(Which::Same));
            return self.pointed(i, same, Which::Same);
        }
        // "expected to last four months"
        let verb = i.checked_sub(1).filter(|b| self.joined(i) && self.word(i) == "last" && *b < i);
        if verb.is_some_and(|b| self.has(b, Role::Infinitive) || self.has(b, Role::FutureVerb)) {
            return None;
        }
        if let Some(which) = self.which(the) {
            // "this past spring"
            let at = the
                + 1
                + usize::from(
                    which == Which::This
                        && self.which(the + 1).is_some_and(|w| w == Which::Last || w == Which::Next),
                );
            let which = match self.which(the + 1) {
                Some(Which::Next) if at > the + 1 => Which::Next,
                Some(_) if at > the + 1 => Which::Past,
                _ => which,
            };
            return self.pointed(i, at, which);
        }
        if the > i {
            return self.definite(i, the);
        }
        None
    }

    /// "it will one day be", "hopes to return some day": a day to come that nobody knows.
    fn one_day(&self, i: usize) -> Option<Core> {
        let end = i + 2;
        let word = self.word(i);
        let named = word.eq_ignore_ascii_case("one") || word.eq_ignore_ascii_case("some");
        if !named
            || self.unit(i + 1) != Some(Unit::Day)
            || !self.joined(i + 1)
            || self.hyphen(i + 1).is_some()
        {
            return None;
        }
        let before = |r: &Role| {
            matches!(
                r,
                Role::Preposition | Role::Than | Role::Over | Role::About | Role::Nearly | Role::Least
            )
        };
        let measured = i > 0 && self.joined(i) && self.item(i - 1).roles.iter().any(before);
        let counted = |r: &Role| {
            matches!(
                r,
                Role::Ago | Role::Earlier | Role::Later | Role::Before | Role::After | Role::Of | Role::Or
            )
        };
        (!measured
            && !self.item(end).roles.iter().any(counted)
            && super::super::clause::direction(self, i, end) == Some(true))
        .then_some((end, point(What::Future)))
    }

    /// What a pointing word points at: the noun stands at `at`.
    fn pointed(&self, start: usize, at: usize, which: Which) -> Option<Core> {
        let the = self.has(start, Role::The);
        let past_word = at > 0 && self.has(at - 1, Role::PastLength);
        if !self.joined(at) {
            return None;
        }
        // "the past three months", "the next few days"
        if let Some((after, count)) = self.count(at)
            && self.any_unit(after).or_else(|| self.any_unit(after + 1)).is_some()
            && matches!(which, Which::Last | Which::Past | Which::Next | Which::Following | Which::Previous)
        {
            let unit_at = if self.any_unit(after).is_some() { after } else { after + 1 };
            if unit_at == after || self.has(after, Role::Filler) || self.hyphen(after).is_some() {
                let unit = self.any_unit(unit_at)?;
                return Some((unit_at + 1, Reading::Length(Length { count, unit, and: None })));
            }
        }
        if let Some(unit) = self.units(at) {
            return match which {
                Which::Past | Which::Last if unit == Unit::Year => Some((at + 1, point(What::Past))),
                Which::Last | Which::Past | Which::Next => {
                    Some((at + 1, Reading::Length(Length { count: None, unit, and: None })))
                }
                _ => None,
            };
        }
        let fiscal = self.has(at, Role::Fiscal);
        let at = at + usize::from(fiscal || self.has(at, Role::Filler));
        if let Some(unit) = self.unit(at) {
            return self.pointed_unit(at, unit, which, the, past_word, fiscal);
        }
        if let Some((end, Reading::Point(p))) = self.month_first(at)
            && let What::Fields(f) = p.what
            && f.day != 0
            && f.year == YearOf::Open
        {
            return Some((end, fields(Fields { which: Some(which), ..f })));
        }
        if let Some((end, month, _)) = self.month(at) {
            // "this May 3" is odd; "last May 3" too
            return Some((end, fields(Fields { which: Some(which), month, ..Fields::default() })));
        }
        if let Some(weekday) = self
            .role(at, |r| if let Role::Weekday(d, false) = r { Some(d) } else { None })
            .filter(|_| self.capital(at))
        {
            let f = Fields { which: Some(which), weekday, ..Fields::default() };
            if let Some((end, Some(part), None)) = self.day_time(at + 1).filter(|_| self.joined(at + 1)) {
                return Some((
                    end,
                    Reading::Point(Point { what: What::Fields(f), part: Some(part), clock: None }),
                ));
            }
            return Some((at + 1, fields(f)));
        }
        if let Some(season) = self.role(at, |r| if let Role::Season(s) = r { Some(s) } else { None }) {
            return Some((
                at + 1,
                fields(Fields { which: Some(which), season: Some(season), ..Fields::default() }),
            ));
        }
        if self.has(at, Role::Feast)
            && let Some((end, Reading::Point(p))) = self.day_core(at)
            && let What::Fields(f) = p.what
            && f.feast.is_some()
        {
            return Some((end, fields(Fields { which: Some(which), ..f })));
        }
        if self.has(at, Role::Period) && matches!(which, Which::Past | Which::Same | Which::Last) {
            return Some((at + 1, shift(Unit::Quarter, -1, From::Told)));
        }
        // "this morning", "last night", "the next morning", "that afternoon"
        let (end, part, clock) = self.day_time(at)?;
        if self.has(at, Role::The) || clock.is_some_and(|c| c.hour != 12 && c.hour != 24) {
            return None;
        }
        let (by, from) = match which {
            Which::This => (0, From::Speech),
            Which::Last | Which::Past => (-1, From::Speech),
            Which::Next | Which::Following => (1, From::Told),
            Which::Previous => (-1, From::Told),
            Which::Same => (0, From::Told),
        };
        let what = What::Shift(Shift { unit: Unit::Day, by, vague: false, from });
        Some((end, Reading::Point(Point { what, part, clock })))
    }

    fn pointed_unit(
        &self,
        at: usize,
        unit: Unit,
        which: Which,
        the: bool,
        past_word: bool,
        fiscal: bool,
    ) -> Option<Core> {
        let mut end = at + 1;
        // "the last week of March": one at the end of something, and not the one before this
        if the
            && which == Which::Last
            && matches!(unit, Unit::Week | Unit::Month | Unit::Year)
            && self.has(end, Role::Of)
        {
            return Some((end, Reading::Length(Length { count: Some(ONE), unit, and: None })));
        }
        if unit < Unit::Day
            || unit == Unit::Millennium
            || self.hyphen(end).is_some_and(|h| self.has(h, Role::Old))
        {
            return None;
        }
        // "the next year or so"
        if self.has(end, Role::Or) && self.has(end + 1, Role::So) {
            end += 2;
        }
        if unit == Unit::Season {
            return None;
        }
        if past_word && unit != Unit::Weekend && unit != Unit::Quarter {
            return Some((end, Reading::Length(Length { count: Some(ONE), unit, and: None })));
        }
        if fiscal && unit == Unit::Year {
            let by = match which {
                Which::Last | Which::Past | Which::Previous => -1,
                Which::Next | Which::Following => 1,
                _ => 0,
            };
            return Some((
                end,
                fields(Fields { year: YearOf::Shift(by), fiscal: true, ..Fields::default() }),
            ));
        }
        let (by, from) = match which {
            Which::This => (0, From::Speech),
            Which::Last => (-1, From::Speech),
            Which::Past if unit == Unit::Quarter => (-1, From::Told),
            Which::Past => (-1, From::Speech),
            Which::Next if unit == Unit::Day => (1, From::Told),
            Which::Next => (1, From::Speech),
            Which::Following => (1, From::Told),
            Which::Previous => (-1, From::Told),
            Which::Same => (0, From::Told),
        };
        let _ = the;
        // "next week" with a weekday behind it: "next week Tuesday" is rare; "Monday of next week" too
        // "this month's", "last year's quarter"
        if unit == Unit::Year
            && let Some(next) = self.possessive(end)
            && (self.unit(next) == Some(Unit::Quarter) || self.has(next, Role::Period))
        {
            return Some((next + 1, shift(Unit::Quarter, by * 4, From::Told)));
        }
        Some((end, shift(unit, by, from)))
    }

    /// "the quarter", "the weekend", "the latest period", "its fourth quarter" (elsewhere)
    fn definite(&self, start: usize, at: usize) -> Option<Core> {
        let at = at + usize::from(self.has(at, Role::Filler) && self.word(at) == "full");
        if self.has(at, Role::Fiscal) && self.unit(at + 1) == Some(Unit::Year) {
            return Some((at + 2, Reading::Length(Length { count: Some(ONE), unit: Unit::Year, and: None })));
        }
        // "the 1988 period", "the 1988 quarter"
        if let super::super::lex::Num::Int(y, 4) = self.item(at).num
            && (1900..2100).contains(&y)
            && (self.unit(at + 1) == Some(Unit::Quarter) || self.has(at + 1, Role::Period))
        {
            return Some((
                at + 2,
                fields(Fields { year: YearOf::Known(y as i16), quarter: 9, ..Fields::default() }),
            ));
        }
        if self.hyphen(at + 1).is_some() {
            return None;
        }
        if let Some(core) = self.week_of(at) {
            return Some(core);
        }
        // "over the years", "in the weeks ahead"
        if let Some(unit) = self.units(at) {
            let ahead = self.joined(at + 1) && self.word(at + 1) == "ahead";
            let over = start > 0 && self.joined(start) && self.has(start - 1, Role::Over);
            // "in the years that followed", "the months since"
            let behind = self.joined(at + 1)
                && (self.which(at + 1) == Some(Which::Following)
                    || self.has(at + 1, Role::Since)
                    || self.has(at + 1, Role::That) && self.word(at + 2) == "followed");
            return (ahead || behind || over && self.has(start, Role::The)).then(|| {
                (at + 1 + usize::from(ahead), Reading::Length(Length { count: None, unit, and: None }))
            });
        }
        match self.unit(at)? {
            Unit::Quarter if self.has(start, Role::The) => {
                Some((at + 1, shift(Unit::Quarter, 0, From::Told)))
            }
            Unit::Weekend if self.has(start, Role::The) => {
                Some((at + 1, shift(Unit::Weekend, 0, From::Speech)))
            }
            Unit::Year | Unit::Week | Unit::Month
                if self.has(start, Role::The)
                    && (self.preposition_before(start)
                        || self.word(at - 1) == "full"
                        || self.genitive_of_part(start)) =>
            {
                let unit = self.unit(at)?;
                if unit == Unit::Year && self.numbered(at + 1) {
                    // "the year 0" is no year of the calendar, and not this one either
                    return None;
                }
                if self.has(at + 1, Role::Ended) {
                    return Some((at + 1, Reading::Length(Length { count: Some(ONE), unit, and: None })));
                }
                Some((at + 1, shift(unit, 0, From::Speech)))
            }
            _ => None,
        }
    }

    /// "the week of March 6", "the weekend of May 3 to 5": the stretch that holds the day.
    fn week_of(&self, at: usize) -> Option<Core> {
        let unit = self.unit(at).filter(|u| matches!(u, Unit::Week | Unit::Weekend))?;
        if !self.has(at + 1, Role::Of) || !self.joined(at + 2) {
            return None;
        }
        let (end, Reading::Point(p)) = self.day_core(at + 2)? else { return None };
        let What::Fields(f) = p.what else { return None };
        (f.month != 0 && f.day != 0 || f.feast.is_some())
            .then_some((end, fields(Fields { within: Some(unit), ..f })))
    }

    /// "Anfang des Jahres", "Ende der Woche"
    fn genitive_of_part(&self, i: usize) -> bool {
        let part = |r: &Role| matches!(r, Role::Early | Role::Mid | Role::Late | Role::Start);
        self.words.language == Language::German
            && matches!(self.word(i), "des" | "der" | "dieses" | "dieser")
            && i > 0
            && self.joined(i)
            && self.item(i - 1).roles.iter().any(part)
    }

    fn preposition_before(&self, i: usize) -> bool {
        i > 0 && self.joined(i) && self.has(i - 1, Role::Preposition)
    }

    /// "year-ago", "the year-earlier quarter"
    fn year_ago(&self, i: usize) -> Option<Core> {
        let at = i + usize::from(self.has(i, Role::The));
        let at = at + usize::from(at > i && self.has(at, Role::Filler));
        if self.unit(at) != Some(Unit::Year) {
            return None;
        }
        let next = self.hyphen(at + 1)?;
        if !self.has(next, Role::Ago) && !self.has(next, Role::Earlier) {
            return None;
        }
        let end = next + 1;
        // "the year-earlier third quarter", "the year-ago nine months"
        if self.joined(end)
            && let Some((last, Reading::Point(p))) = self.quarter(end)
            && let What::Fields(f) = p.what
            && f.year == YearOf::Open
        {
            return Some((last, fields(Fields { year: YearOf::Ago, ..f })));
        }
        if self.joined(end)
            && let Some((last, length, false)) = self.measure(end)
            && length.unit == Unit::Month
        {
            return Some((last, Reading::Length(length)));
        }
        if self.unit(end) == Some(Unit::Quarter) || self.has(end, Role::Period) {
            return Some((end + 1, shift(Unit::Quarter, -4, From::Told)));
        }
        (at == i).then_some((end, shift(Unit::Year, -1, From::Told)))
    }

    /// "year-end", "year's end", "at month's end"
    fn year_end(&self, i: usize) -> Option<Core> {
        let i2 = i + usize::from(self.has(i, Role::The));
        let unit = self.unit(i2).filter(|u| matches!(u, Unit::Month | Unit::Year))?;
        let next = self.hyphen(i2 + 1).or_else(|| self.possessive(i2 + 1)).unwrap_or(i2 + 1);
        if !self.has(next, Role::End)
            || !(self.preposition_before(i) || i > 0 && self.has(i - 1, Role::About))
                && self.hyphen(i2 + 1).is_none()
        {
            return None;
        }
        Some((next + 1, shift(unit, 0, From::Speech)))
    }

    /// One word that points at past, present or future.
    pub(super) fn reference(&self, i: usize) -> Option<Core> {
        let the = i + usize::from(self.has(i, Role::The));
        let end = the + 1;
        if the > i {
            // "the past", "the future", "the near future"
            if self.has(i + 1, Role::PastLength) && self.has(i.wrapping_sub(1), Role::In) {
                return Some((i + 2, point(What::Past)));
            }
            let future = if self.word(i + 1) == "near" { i + 2 } else { i + 1 };
            if self.has(future, Role::Future) && self.word(future) == "future" {
                return Some((future + 1, point(What::Future)));
            }
            return None;
        }
        for role in self.item(i).roles {
            match role {
                // "most recently in May": the last of several, at a time that is told itself
                Role::Past if i > 0 && self.joined(i) && self.word(i - 1) == "most" => return None,
                Role::Past => return Some((end, point(What::Past))),
                // "Now, the question is": a word of order at the head of a sentence
                Role::Present if self.word(i) == "Now" && (self.mark(end, &[","]) || !self.joined(end)) => {
                    return None;
                }
                Role::Future if self.word(i).eq_ignore_ascii_case("soon") && !self.soon(i) => return None,
                // "at the then current price"
                Role::Present if i > 0 && self.joined(i) && self.word(i - 1) == "then" => {
                    return Some((end, point(What::Past)));
                }
                Role::Present => return Some((end, point(What::Present))),
                Role::Future if self.future(i) => return Some((end, point(What::Future))),
                Role::Recent => return Some((end, point(What::Past))),
                _ => {}
            }
        }
        None
    }

    /// Whether "future" tells a time: "future floods", "the town's future", not "a future", and not "future earnings",
    /// which are a term of the trade.
    fn future(&self, i: usize) -> bool {
        let before = i.checked_sub(1).filter(|_| self.joined(i));
        if !self.word(i).eq_ignore_ascii_case("future") || before.is_some_and(|b| self.has(b, Role::In)) {
            return true;
        }
        // "Future Steel", "the Land of Future"
        let inside = before
            .is_some_and(|b| self.tokens[b].sentence == self.tokens[i].sentence && !self.mark(b, QUOTES));
        if self.capital(i) && (inside || self.capital(i + 1)) {
            return false;
        }
        let trade = |k: usize| self.joined(k) && self.words.trade.contains(&self.word(k));
        let led = |b: usize| self.has(b, Role::A) || self.word(b).eq_ignore_ascii_case("foreseeable");
        !before.is_some_and(led) && !trade(i + 1) && !trade(i + 2)
    }

    /// Whether "soon" tells a time by itself: not "as soon as", "too soon", "soon after".
    fn soon(&self, i: usize) -> bool {
        let before = i.checked_sub(1).map_or("", |b| self.word(b));
        !["as", "too", "how", "so", "very"].iter().any(|w| before.eq_ignore_ascii_case(w))
            && !self.has(i + 1, Role::After)
            && !self.has(i + 1, Role::Later)
            // "he soon left" tells what came after, not what lies ahead
            && !self.has(i + 1, Role::PastVerb)
            && !super::super::clause::looks_past(self, i + 1)
            && super::super::clause::direction(self, i, i + 1) == Some(true)
    }

    /// SET: "every Friday", "each month", "daily", "Tuesday nights", "Mondays"
    pub(super) fn repeat(&self, i: usize) -> Option<Core> {
        let each =
            |count, unit| Reading::Repeat(Repeat::Each(Length { count: Some(count), unit, and: None }));
        if let Some(unit) = self.role(i, |r| if let Role::Often(u) = r { Some(u) } else { None }) {
            return Some((i + 1, each(ONE, unit)));
        }
        if let Some(weekday) = self.role(i, |r| if let Role::Weekdays(d) = r { Some(d) } else { None }) {
            return Some((i + 1, Reading::Repeat(Repeat::On(Fields { weekday, ..Fields::default() }, None))));
        }
        if let Some(weekday) = self.role(i, |r| if let Role::Weekday(d, false) = r { Some(d) } else { None })
            && let Some(part) = self.role(i + 1, |r| if let Role::Parts(p) = r { Some(p) } else { None })
        {
            return Some((
                i + 2,
                Reading::Repeat(Repeat::On(Fields { weekday, ..Fields::default() }, Some(part))),
            ));
        }
        // "twice a week"
        if self.has(i, Role::Times) && self.has(i + 1, Role::A) && self.joined(i + 1) {
            let unit = self.unit(i + 2).filter(|u| *u >= Unit::Hour)?;
            return Some((i + 3, each(ONE, unit)));
        }
        if self.has(i, Role::Per) {
            let unit = self.unit(i + 1).filter(|u| *u >= Unit::Hour)?;
            return Some((i + 2, each(ONE, unit)));
        }
        if !self.has(i, Role::Every) {
            return None;
        }
        if let Some(unit) = self.unit(i + 1) {
            return Some((i + 2, each(ONE, unit)));
        }
        if self.word(i + 1) == "other"
            && let Some(unit) = self.unit(i + 2)
        {
            return Some((i + 3, each(super::super::reading::Count { whole: 2, tenths: 0 }, unit)));
        }
        if let Some((after, Some(count))) = self.count(i + 1)
            && let Some(unit) = self.units(after)
        {
            return Some((after + 1, each(count, unit)));
        }
        if let Some(part) = self.role(i + 1, |r| if let Role::Part(p) = r { Some(p) } else { None }) {
            return Some((i + 2, Reading::Repeat(Repeat::Parts(part))));
        }
        if let Some((end, month, _)) = self.month(i + 1) {
            return Some((end, Reading::Repeat(Repeat::On(Fields { month, ..Fields::default() }, None))));
        }
        if let Some(season) = self.role(i + 1, |r| if let Role::Season(s) = r { Some(s) } else { None }) {
            return Some((
                i + 2,
                Reading::Repeat(Repeat::On(Fields { season: Some(season), ..Fields::default() }, None)),
            ));
        }
        // "every first Saturday"
        let i = i + usize::from(
            self.role(i + 1, |r| if let Role::Ordinal(n) = r { Some(n) } else { None }).is_some(),
        );
        let weekday = self.role(i + 1, |r| if let Role::Weekday(d, false) = r { Some(d) } else { None })?;
        let part = self.role(i + 2, |r| if let Role::Part(p) = r { Some(p) } else { None });
        Some((
            i + 2 + usize::from(part.is_some()),
            Reading::Repeat(Repeat::On(Fields { weekday, ..Fields::default() }, part)),
        ))
    }
}
