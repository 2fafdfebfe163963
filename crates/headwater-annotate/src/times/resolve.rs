//! Turns phrases already found into TIMEX3 values and intervals.
//!
//! Sees the phrases in order and an anchor; never reads the clock. In news a time without a year is
//! placed from the day of writing and the direction of its clause; in a history from the time told
//! last. "Today" inside a quotation is the day on which it was spoken, where the sentence or its
//! paragraph tells that. What cannot be placed keeps its open fields: `XXXX-WXX-3`, `XXXX-08`.

use super::calendar::{When, plus_days, weekday};
use super::dateline::has_dateline;
use super::lang::{Unit, Which};
use super::mode::{Mode, mode};
use super::near::{in_year, near};
use super::quoted::Quoted;
use super::reading::{Fields, From, Point, Reading, Shift, TimePhrase, What, YearOf};
use super::value::{day_interval, length_value, open_unit, open_value, repeat_value, with_time};
use headwater_model::text::Outline;
use headwater_model::{DateRange, Interval, TimeKind, TimeMention};
use jiff::ToSpan;
use jiff::civil::Date;

/// What is known of the day of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The day.
    Day(Date),
    /// A range of days; an end may be open.
    Range(DateRange),
    /// Nothing.
    Unknown,
}

/// Gives phrases their values. The list has one mention for each phrase, in order.
pub fn resolve(text: &str, outline: &Outline, phrases: &[TimePhrase], anchor: Anchor) -> Vec<TimeMention> {
    let run = |day: Option<Date>| Run::new(text, outline, phrases, day).all();
    match anchor {
        Anchor::Day(day) => run(Some(day)),
        Anchor::Unknown => run(None),
        Anchor::Range(range) => match (range.earliest, range.latest) {
            (Some(a), Some(b)) if a == b => run(Some(a)),
            (Some(a), Some(b)) => {
                let (first, last, open) = (run(Some(a)), run(Some(b)), run(None));
                first.into_iter().zip(last).zip(open).map(|((x, y), z)| agreed(x, y, z)).collect()
            }
            _ => run(None),
        },
    }
}

/// What two ends of a range say of one phrase; values move with the anchor in one direction, so what
/// the ends agree on holds between them.
fn agreed(first: TimeMention, last: TimeMention, open: TimeMention) -> TimeMention {
    if first.value == last.value {
        return TimeMention { unanchored: false, ..first };
    }
    let mut out = open;
    out.unanchored = true;
    if let (Some(a), Some(b)) = (first.interval, last.interval) {
        let (start, end) = (a.start.min(b.start), a.end.max(b.end));
        out.interval = Some(Interval { start, end });
        // weeks and months of one month or year: that month or year
        let final_day = end.date().checked_sub(1.day()).unwrap_or(end.date());
        let weekly = out.value.starts_with("XXXX-W") && out.value != "XXXX-WXX" || out.value.contains('T');
        if !weekly && start.year() == final_day.year() {
            out.value = if start.month() == final_day.month() {
                format!("{:04}-{:02}", start.year(), start.month())
            } else {
                format!("{:04}", start.year())
            };
        }
    }
    out
}

struct Run<'a> {
    text: &'a str,
    outline: &'a Outline,
    phrases: &'a [TimePhrase],
    anchor: Option<Date>,
    mode: Mode,
    /// The time told last: its stretch and the phrase.
    told: Option<(When, u32)>,
    /// The day told last.
    told_day: Option<(Date, u32)>,
    /// The quarter told last, and its sentence.
    told_quarter: Option<(i16, i8, u32)>,
    quoted: Quoted,
    /// Days on which words were spoken: sentence, paragraph, day.
    spoken: Vec<(u32, u32, Date)>,
    /// Whether the report was written on the day after that of publication.
    written_ahead: bool,
}

/// The value of one phrase before it is written down.
struct Placed {
    value: String,
    when: Option<When>,
    unanchored: bool,
    from: Option<u32>,
}

impl<'a> Run<'a> {
    fn new(text: &'a str, outline: &'a Outline, phrases: &'a [TimePhrase], anchor: Option<Date>) -> Self {
        let mut run = Run {
            text,
            outline,
            phrases,
            anchor,
            mode: mode(phrases, anchor),
            told: None,
            told_day: None,
            told_quarter: None,
            quoted: Quoted::new(outline),
            spoken: Vec::new(),
            written_ahead: false,
        };
        run.written_ahead =
            run.mode == Mode::News && run.opens_with_next_day() && has_dateline(text, outline);
        if run.mode == Mode::News && !run.quoted.is_empty() {
            run.spoken = phrases.iter().filter(|p| p.spoken).filter_map(|p| run.day_spoken(p)).collect();
        }
        run
    }

    /// Whether the first day told is the weekday after that of publication, and nothing says that it lies
    /// ahead. A report sent from a place does not open with what was six days ago; but where the sun rises
    /// earlier than where the clock of publication stands, a report of Tuesday is published on Monday.
    fn opens_with_next_day(&self) -> bool {
        let first = self.phrases.iter().find_map(|p| match p.reading {
            Reading::Point(Point { what: What::Fields(f), .. }) if f.weekday != 0 || f.day != 0 => {
                Some((bare_weekday(f), p.ahead))
            }
            Reading::Point(Point { what: What::Shift(Shift { unit: Unit::Day, .. }), .. }) => {
                Some((None, None))
            }
            _ => None,
        });
        let Some((Some(day), ahead)) = first else { return false };
        ahead != Some(true) && self.anchor.is_some_and(|a| weekday(a) % 7 + 1 == day as i8)
    }

    /// The day of a weekday without a date, as told on `from`.
    fn near_weekday(&self, f: Fields, from: Date, ahead: Option<bool>) -> Option<When> {
        let next = weekday(from) % 7 + 1;
        if self.written_ahead && self.anchor == Some(from) && bare_weekday(f) == Some(next as u8) {
            return plus_days(from, 1).map(When::Day);
        }
        near(f, from, ahead)
    }

    /// The day that a phrase beside a verb of saying tells.
    fn day_spoken(&self, phrase: &TimePhrase) -> Option<(u32, u32, Date)> {
        if self.quoted.holds(phrase.span) {
            return None;
        }
        let Reading::Point(Point { what, .. }) = phrase.reading else { return None };
        let day = match what {
            What::Shift(Shift { unit: Unit::Day, by, vague: false, from: From::Speech, .. }) => {
                plus_days(self.anchor?, by)?
            }
            What::Fields(f) if f.year == YearOf::Open && f.weekday != 0 && f.day == 0 => {
                match self.near_weekday(f, self.anchor?, Some(false))? {
                    When::Day(day) => day,
                    _ => return None,
                }
            }
            _ => return None,
        };
        let token = self.outline.tokens.get(phrase.tokens.0 as usize)?;
        Some((token.sentence, token.paragraph, day))
    }

    /// The day of writing; for words inside a quotation the day on which they were spoken, where the
    /// sentence or an earlier one of its paragraph tells it.
    fn day_of(&self, phrase: &TimePhrase) -> Option<Date> {
        let told = || {
            if self.spoken.is_empty() || !self.quoted.holds(phrase.span) {
                return None;
            }
            let token = self.outline.tokens.get(phrase.tokens.0 as usize)?;
            let last = self.spoken.partition_point(|s| s.0 <= token.sentence);
            self.spoken[..last].last().filter(|s| s.1 == token.paragraph).map(|s| s.2)
        };
        told().or(self.anchor)
    }

    fn all(mut self) -> Vec<TimeMention> {
        (0..self.phrases.len()).map(|i| self.one(i)).collect()
    }

    fn sentence(&self, phrase: &TimePhrase) -> u32 {
        self.outline.tokens.get(phrase.tokens.0 as usize).map_or(0, |t| t.sentence)
    }

    fn one(&mut self, index: usize) -> TimeMention {
        let phrase = &self.phrases[index];
        let mut mention = TimeMention {
            span: phrase.span,
            kind: TimeKind::Date,
            value: String::new(),
            modifier: phrase.modifier,
            interval: None,
            anchor: None,
            unanchored: false,
            ahead: phrase.ahead,
        };
        match phrase.reading {
            Reading::Length(length) => {
                mention.kind = TimeKind::Duration;
                mention.value = length_value(length);
            }
            Reading::Repeat(repeat) => {
                mention.kind = TimeKind::Set;
                mention.value = repeat_value(repeat);
            }
            Reading::Point(point) => {
                let placed = self.place(phrase, point);
                if point.part.is_some() || point.clock.is_some() {
                    mention.kind = TimeKind::Time;
                    mention.interval = day_interval(placed.when, point.part, point.clock);
                    mention.value = with_time(placed.value, point.part, point.clock);
                } else {
                    mention.interval = placed.when.and_then(When::interval);
                    mention.value = placed.value;
                }
                mention.anchor = placed.from;
                mention.unanchored = placed.unanchored;
                self.remember(phrase, placed.when, index as u32);
            }
        }
        mention
    }

    fn remember(&mut self, phrase: &TimePhrase, when: Option<When>, index: u32) {
        let Some(when) = when else { return };
        if let When::Day(d) = when {
            self.told_day = Some((d, index));
        }
        if let When::Quarter(y, q) = when {
            // "a year earlier" does not make last year's quarter the one that is spoken of
            let fresh =
                self.told_quarter.is_none_or(|t| self.sentence(phrase).saturating_sub(t.2) > QUARTER_REACH);
            // "the quarter ended Sept. 29" opens another company's figures, unless its quarter was just named
            let looks_back = !(self.ended(phrase) && fresh)
                && (matches!(phrase.reading, Reading::Point(Point { what: What::Shift(_), .. }))
                    || self.told_quarter.is_some_and(|(ty, _, _)| y < ty));
            // "in the latest quarter": it is still the one that is spoken of
            let sentence = self.sentence(phrase);
            if let Some(told) = &mut self.told_quarter
                && (told.0, told.1) == (y, q)
            {
                told.2 = sentence;
            }
            let over = self.anchor.is_none_or(|a| when.days().is_some_and(|d| d.1 <= a));
            if !looks_back && (over || phrase.ahead == Some(false)) {
                let (y, q) = match self.told_quarter {
                    // the quarter reported on stays the one meant until another is named by its end
                    Some((ty, tq, _)) if !self.ended(phrase) && !is_fiscal(phrase) => (ty, tq),
                    _ => (y, q),
                };
                self.told_quarter = Some((y, q, self.sentence(phrase)));
            }
        }
        let coarse = matches!(when, When::Year(_));
        if !matches!(when, When::Decade(_) | When::Century(_))
            && !(self.mode == Mode::History
                && self.told.is_some()
                && (phrase.aside || coarse && (phrase.ahead == Some(true) || self.leaps(when))))
        {
            self.told = Some((when, index));
        }
    }

    /// Whether a bare year lies too far from the one told last for the story to have moved there.
    fn leaps(&self, when: When) -> bool {
        match (self.told.and_then(|t| t.0.year()), when.year()) {
            (Some(told), Some(year)) => year - told > LEAP_AHEAD || told - year > LEAP_BACK,
            _ => false,
        }
    }

    fn place(&self, phrase: &TimePhrase, point: Point) -> Placed {
        let plain =
            |value: &str| Placed { value: value.to_owned(), when: None, unanchored: false, from: None };
        match point.what {
            What::Past => plain("PAST_REF"),
            What::Present => plain("PRESENT_REF"),
            What::Future => plain("FUTURE_REF"),
            What::Shift(shift) => self.shift(phrase, shift, point.part.is_some()),
            What::Fields(f) if f == Fields::default() => match self.day_of_clock(phrase) {
                Some(d) => known(When::Day(d)),
                None => Placed { unanchored: true, ..plain("XXXX-XX-XX") },
            },
            What::Fields(f) if f.beside != 0 => {
                let other = self.fields(phrase, f);
                match other.when {
                    Some(When::Day(day)) => plus_days(day, i32::from(f.beside)).map_or_else(
                        || plain("XXXX-XX-XX"),
                        |d| Placed { from: other.from, ..known(When::Day(d)) },
                    ),
                    _ => other,
                }
            }
            What::Fields(f) => self.fields(phrase, f),
        }
    }

    /// The day that a bare clock time belongs to.
    fn day_of_clock(&self, phrase: &TimePhrase) -> Option<Date> {
        // the entry of a live blog: a clock time at the head of its paragraph
        let at = phrase.tokens.0 as usize;
        let paragraph = |i: usize| self.outline.tokens.get(i).map(|t| t.paragraph);
        if self.mode == Mode::News && (at == 0 || paragraph(at) != paragraph(at - 1)) && self.anchor.is_some()
        {
            return self.anchor;
        }
        self.told_day.map(|(d, _)| d).or(if self.mode == Mode::News { self.anchor } else { None })
    }

    fn shift(&self, phrase: &TimePhrase, s: Shift, timed: bool) -> Placed {
        let open = |value: String| Placed { value, when: None, unanchored: true, from: None };
        if s.vague {
            return Placed {
                unanchored: false,
                ..open(if s.by < 0 { "PAST_REF" } else { "FUTURE_REF" }.to_owned())
            };
        }
        if s.unit < Unit::Day {
            return Placed {
                unanchored: false,
                ..open(if s.by < 0 { "PAST_REF" } else { "FUTURE_REF" }.to_owned())
            };
        }
        if s.unit == Unit::Weekend
            && s.by == 0
            && self.mode == Mode::News
            && phrase.ahead != Some(true)
            && self.definite(phrase)
            && let Some(a) = self.anchor
        {
            // "over the weekend": the one just over, or the one that it is
            let back = if weekday(a) >= 6 { 0 } else { -1 };
            return When::shifted(a, Unit::Weekend, back)
                .map_or_else(|| open("XXXX-WXX-WE".to_owned()), known);
        }
        if s.from == From::Told || self.mode == Mode::History {
            // before Christ the calendar has no days here, and years are counted by themselves
            if let Some((when, i)) = self.told
                && let Some(year) = when.year().filter(|y| *y < 0)
            {
                let to = i32::from(year) + s.by;
                let value = match s.unit {
                    Unit::Year => i16::try_from(to).ok().filter(|y| *y < 0).map(When::Year),
                    _ => None,
                };
                return match value {
                    Some(when) => Placed { from: Some(i), ..known(when) },
                    None => open("BCXXXX".to_owned()),
                };
            }
        }
        if s.unit == Unit::Quarter
            && s.by == 0
            && let Some(quarter) = self.quarter_by_end(phrase)
        {
            return known(quarter);
        }
        if s.unit == Unit::Quarter
            && let Some(placed) = self.quarter_shift(s)
        {
            return placed;
        }
        // "a year ago" beside a quarter's figures means that quarter
        if s.unit == Unit::Year
            && s.by == -1
            && (s.from == From::Told || self.is_ago(phrase))
            && let Some((y, q, sentence)) = self.told_quarter
            && self.sentence(phrase).saturating_sub(sentence) <= QUARTER_REACH
        {
            return known(When::Quarter(y - 1, q));
        }
        let (base, from) = match s.from {
            From::Speech if self.mode == Mode::News && s.unit == Unit::Day => (self.day_of(phrase), None),
            From::Speech if self.mode == Mode::News => (self.anchor, None),
            // "a year earlier" in news is a year before now more often than before the time told last
            From::Told if self.mode == Mode::News && s.unit >= Unit::Year && s.by < 0 => (self.anchor, None),
            // "that same day" behind a month: a day of it
            From::Told if s.unit == Unit::Day && s.by == 0 && self.told_month_last().is_some() => {
                let (month, i) = self.told_month_last().unwrap_or_default();
                return Placed { value: month, when: None, unanchored: false, from: Some(i) };
            }
            _ => match self.told_base(s.unit) {
                Some((d, i)) => (Some(d), Some(i)),
                None => (if self.mode == Mode::News { self.anchor } else { None }, None),
            },
        };
        let Some(base) = base else {
            return open(open_unit(s.unit, timed).to_owned());
        };
        let when = When::shifted(base, s.unit, s.by);
        match when {
            // weeks ago are counted in weeks of the calendar
            Some(when) => Placed { value: when.value(), when: Some(when), unanchored: false, from },
            // outside the years of the calendar
            None => Placed { unanchored: false, ..open(open_unit(s.unit, timed).to_owned()) },
        }
    }

    /// Whether the phrase begins with "the".
    fn definite(&self, phrase: &TimePhrase) -> bool {
        self.outline
            .tokens
            .get(phrase.tokens.0 as usize)
            .is_some_and(|t| t.of(self.text).eq_ignore_ascii_case("the"))
    }

    /// Whether "ended" follows: a company's own quarter.
    fn ended(&self, phrase: &TimePhrase) -> bool {
        self.outline.tokens.get(phrase.tokens.1 as usize).is_some_and(|t| t.of(self.text) == "ended")
    }

    /// "the quarter ended July 31": the quarter of the calendar that holds its middle.
    fn quarter_by_end(&self, phrase: &TimePhrase) -> Option<When> {
        if !self.ended(phrase) {
            return None;
        }
        let next = self.phrases.partition_point(|p| p.tokens.0 <= phrase.tokens.1);
        let end = self.phrases.get(next).filter(|p| p.tokens.0 == phrase.tokens.1 + 1)?;
        let Reading::Point(Point { what: What::Fields(f), .. }) = end.reading else { return None };
        if f.month == 0 || f.day == 0 {
            return None;
        }
        let last = match f.year {
            YearOf::Known(y) => in_year(f, y)?,
            _ => near(f, self.anchor?, Some(false))?,
        };
        When::around(plus_days(last.ends()?.0, -HALF_A_QUARTER)?, Unit::Quarter)
    }

    fn is_ago(&self, phrase: &TimePhrase) -> bool {
        phrase.tokens.1 - phrase.tokens.0 >= 3
    }

    /// A month told after any day, as the value of a day in it.
    fn told_month_last(&self) -> Option<(String, u32)> {
        let (when, index) = self.told?;
        let later = self.told_day.is_none_or(|(_, day)| day < index);
        // "the May heat" places nothing
        let month = self.phrases.get(index as usize)?;
        let before = (month.tokens.0 as usize).checked_sub(1).and_then(|i| self.outline.tokens.get(i));
        let led = before.is_some_and(|t| matches!(t.of(self.text), "in" | "In" | "im" | "Im"));
        let pointed = matches!(
            month.reading,
            Reading::Point(Point { what: What::Fields(Fields { which: Some(_), .. }), .. })
        );
        (matches!(when, When::Month(..)) && later && (led || pointed))
            .then(|| (format!("{}-XX", when.value()), index))
    }

    fn told_base(&self, unit: Unit) -> Option<(Date, u32)> {
        if unit == Unit::Day
            && self.mode == Mode::History
            && let (Some((when, told)), Some((_, day))) = (self.told, self.told_day)
            && told > day
            && !matches!(when, When::Day(_))
        {
            // days cannot be counted from a month
            return None;
        }
        if unit == Unit::Day {
            return self.told_day.or_else(|| {
                self.told.and_then(|(w, i)| matches!(w, When::Day(_)).then(|| w.ends().map(|d| (d.0, i)))?)
            });
        }
        self.told.and_then(|(w, i)| Some((w.ends()?.0, i)))
    }

    fn quarter_shift(&self, s: Shift) -> Option<Placed> {
        if s.from == From::Told {
            if let Some((y, q, _)) = self.told_quarter {
                // "the latest quarter" is the one that is spoken of
                let by = if s.by == -1 { 0 } else { s.by };
                let n = i32::from(y) * 4 + i32::from(q) - 1 + by;
                return Some(known(When::Quarter(
                    i16::try_from(n.div_euclid(4)).ok()?,
                    n.rem_euclid(4) as i8 + 1,
                )));
            }
            let by = if s.by == 0 {
                -1
            } else if s.by == -4 {
                -5
            } else {
                s.by
            };
            return Some(known(When::shifted(self.anchor?, Unit::Quarter, by)?));
        }
        None
    }

    /// Fields of the calendar, the open ones filled from the anchor.
    fn fields(&self, phrase: &TimePhrase, f: Fields) -> Placed {
        let told_year = self.told.and_then(|(w, i)| w.year().map(|y| (y, i)));
        let mut from = None;
        let year = match f.year {
            YearOf::Known(y) => Some(y),
            // a name once the day has been: "the Sept. 11 attacks"
            YearOf::Since(y) => in_year(f, y)
                .and_then(When::days)
                .is_some_and(|d| self.anchor.is_none_or(|a| a >= d.0))
                .then_some(y),
            YearOf::CenturyBefore(n) => {
                return Placed {
                    value: format!("BC{:02}", n - 1),
                    when: None,
                    unanchored: false,
                    from: None,
                };
            }
            YearOf::Decade(d) => return known(When::Decade(d)),
            YearOf::Century(c) => return known(When::Century(c)),
            YearOf::ShortDecade(d) => {
                let century = match self.mode {
                    Mode::History => told_year.map_or(19, |(y, _)| y / 100),
                    Mode::News => 19,
                };
                return known(When::Decade(century * 10 + i16::from(d / 10)));
            }
            YearOf::Shift(n) => {
                let base = match self.mode {
                    Mode::News => self.anchor.map(Date::year),
                    Mode::History => told_year.map(|t| t.0).or(self.anchor.map(Date::year)),
                };
                match base {
                    Some(y) => Some(y + i16::from(n)),
                    None => return Placed { value: open_value(f), when: None, unanchored: true, from: None },
                }
            }
            YearOf::Ago => {
                let open = Fields { year: YearOf::Open, ..f };
                let spoken = self.told_quarter.filter(|t| t.1 == f.quarter as i8).map(|t| t.0);
                let latest = || near(open, self.anchor?, Some(false))?.year();
                match spoken.or_else(latest) {
                    Some(y) => Some(y - 1),
                    None => return Placed { value: open_value(f), when: None, unanchored: true, from: None },
                }
            }
            YearOf::Same | YearOf::FromTold(_) => {
                let by = if let YearOf::FromTold(n) = f.year { i16::from(n) } else { 0 };
                match told_year {
                    Some((y, i)) => {
                        from = Some(i);
                        Some(y + by)
                    }
                    None => match self.anchor {
                        Some(a) => Some(a.year() + by),
                        None => {
                            return Placed { value: open_value(f), when: None, unanchored: true, from: None };
                        }
                    },
                }
            }
            YearOf::Open => None,
        };
        if let Some(y) = year {
            return match self.in_year(f, y) {
                Some(when) => Placed { from, ..known(when) },
                // 29 February of a year without it: the month stands
                None if f.month != 0 && f.day != 0 => {
                    let month = Fields { day: 0, year: YearOf::Known(y), ..f };
                    Placed { value: open_value(month), when: None, unanchored: false, from }
                }
                None => Placed { value: open_value(f), when: None, unanchored: false, from },
            };
        }
        if self.mode == Mode::History {
            return self.told_fields(f);
        }
        let day = if f.weekday != 0 && f.day == 0 { self.day_of(phrase) } else { self.anchor };
        match day.and_then(|a| self.near_weekday(f, a, phrase.ahead)) {
            Some(when) => known(when),
            None => {
                Placed { value: open_value(f), when: None, unanchored: self.anchor.is_none(), from: None }
            }
        }
    }

    fn in_year(&self, f: Fields, y: i16) -> Option<When> {
        if f.quarter == 9 {
            let q = match self.told_quarter {
                Some((_, q, _)) => q,
                None => match When::shifted(self.anchor?, Unit::Quarter, -1)? {
                    When::Quarter(_, q) => q,
                    _ => return None,
                },
            };
            return Some(When::Quarter(y, q));
        }
        in_year(f, y)
    }

    /// In a history: the year told last; a weekday or feast from the day told last.
    fn told_fields(&self, f: Fields) -> Placed {
        let open = || Placed { value: open_value(f), when: None, unanchored: true, from: None };
        let Some((when, index)) = self.told else { return open() };
        if f.weekday != 0 && f.day == 0 {
            let Some((d, i)) = self.told_day else { return open() };
            let ahead = (i32::from(f.weekday) - i32::from(weekday(d))).rem_euclid(7);
            return plus_days(d, ahead)
                .map_or_else(open, |d| Placed { from: Some(i), ..known(When::Day(d)) });
        }
        let Some(base) = when.year() else { return open() };
        let month = match when {
            When::Day(d) => Some(d.month()),
            When::Month(_, m) => Some(m),
            _ => None,
        };
        let wanted = f.month as i8;
        let year = match (f.which, month) {
            (Some(Which::Last | Which::Previous), Some(m)) if wanted >= m && wanted != 0 => base - 1,
            (Some(Which::Next | Which::Following), Some(m)) if wanted != 0 && wanted <= m => base + 1,
            // December, then "January": the next year
            (Some(Which::Next | Which::Following), None) => base + 1,
            (None, Some(m)) if wanted != 0 && i32::from(m) - i32::from(wanted) >= TURN_OF_YEAR => base + 1,
            _ => base,
        };
        match in_year(f, year) {
            Some(when) => Placed { from: Some(index), ..known(when) },
            None => open(),
        }
    }
}

/// The weekday of a day told by nothing else.
fn bare_weekday(f: Fields) -> Option<u8> {
    (f.weekday != 0 && f.day == 0 && f.which.is_none() && f.year == YearOf::Open && f.beside == 0)
        .then_some(f.weekday)
}

fn is_fiscal(phrase: &TimePhrase) -> bool {
    matches!(phrase.reading, Reading::Point(Point { what: What::Fields(Fields { fiscal: true, .. }), .. }))
}

/// In a history, so many months back from the time told last mean the next year instead
/// (WikiWars, two thirds).
const TURN_OF_YEAR: i32 = 9;

/// A bare year so many years ahead of or behind the story is an aside: "a study of 2005 found"
/// (WikiWars).
const LEAP_AHEAD: i16 = 5;
const LEAP_BACK: i16 = 1;

/// "a year earlier" belongs to a quarter told at most so many sentences before (TimeBank, two thirds).
const QUARTER_REACH: u32 = 3;

/// Days from the middle of a quarter to its end.
const HALF_A_QUARTER: i32 = 45;

fn known(when: When) -> Placed {
    Placed { value: when.value(), when: Some(when), unanchored: false, from: None }
}
