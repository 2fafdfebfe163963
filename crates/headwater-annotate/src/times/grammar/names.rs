//! Names that look like times: "60 Minutes", "This Week", "USA Today", "the Sunday Mirror", "the Daily Globe".
//!
//! A phrase of the grammar that is part of a programme's, paper's or day's name is no time. Judges by capitals
//! in running text and by a few words; a headline, where every word has a capital, is left alone.

use super::super::lang::{Language, Role};
use super::super::lex::Num;
use super::super::reading::{Length, Point, Reading, Repeat, What};
use super::Grammar;
use headwater_model::text::TokenKind;

/// Second words of newspapers that are named after a day of the week.
const PAPERS: &[&str] = &[
    "Times",
    "Mirror",
    "Mail",
    "Telegraph",
    "Post",
    "Express",
    "Herald",
    "Independent",
    "Mercury",
    "Tribune",
    "People",
    "Star",
    "Sun",
    "World",
    "Business",
    "Night",
    "Paper",
];
/// Words before a weekday that make it the name of one day: "Bloody Sunday", "Black Friday".
const NAMED: &[&str] = &["Black", "Bloody", "Super", "Cyber", "Fat", "Shrove", "Maundy", "Whit", "Giving"];

impl Grammar<'_> {
    /// Whether a phrase is part of a name.
    pub(super) fn is_name(&self, start: usize, end: usize, reading: &Reading) -> bool {
        if self.words.language != Language::English {
            return false;
        }
        match reading {
            Reading::Length(length) => self.numbered_title(start, end, length),
            Reading::Repeat(Repeat::Each(_)) => self.is_paper(start, end),
            Reading::Point(Point { what: What::Shift(_), .. }) => {
                self.is_programme(start, end) || self.is_today(start, end)
            }
            Reading::Point(Point { what: What::Fields(f), .. }) if f.weekday != 0 && f.day == 0 => {
                self.is_named_day(start, end)
            }
            _ => false,
        }
    }

    /// Whether the words around are those of running text, not of a headline in capitals.
    fn in_running_text(&self, start: usize, end: usize) -> bool {
        /// Tokens on each side that tell whether a headline is read.
        const AROUND: usize = 8;
        let Some(sentence) = self.tokens.get(end - 1).map(|t| t.sentence) else { return false };
        let (mut small, mut capital) = (0, 0);
        for i in start.saturating_sub(AROUND)..end.saturating_add(AROUND) {
            let here =
                self.tokens.get(i).is_some_and(|t| t.sentence == sentence && t.kind == TokenKind::Word);
            if here && !(start..end).contains(&i) && self.word(i).len() > 3 {
                *(if self.capital(i) { &mut capital } else { &mut small }) += 1;
            }
        }
        small > capital
    }

    /// Whether quotation marks stand right around, with or without a full stop or comma before the last.
    fn in_marks_of_its_own(&self, start: usize, end: usize) -> bool {
        let mark =
            |i: usize| matches!(self.word(i), "\"" | "“" | "”" | "`" | "``" | "'" | "''" | "„" | "‘" | "’");
        let closes = |i: usize| mark(i) || self.mark(i, &[".", ","]) && mark(i + 1);
        start > 0 && self.joined(start) && mark(start - 1) && (closes(end) || self.capital(end))
    }

    /// "This Week", the programme: a unit in capitals inside running text.
    fn is_programme(&self, start: usize, end: usize) -> bool {
        let unit = (start + 1..end).any(|i| self.any_unit(i).is_some() && self.capital(i));
        !self.has(start, Role::The)
            && unit
            && (self.in_marks_of_its_own(start, end) || self.in_running_text(start, end))
    }

    /// "60 Minutes", "48 Hours" in quotation marks: digits and a unit in capitals.
    fn numbered_title(&self, start: usize, end: usize, length: &Length) -> bool {
        end == start + 2
            && length.count.is_some()
            && self.item(start).num != Num::None
            && self.capital(start + 1)
            && self.in_marks_of_its_own(start, end)
    }

    /// "USA Today", "the Today programme": a capital inside running text.
    fn is_today(&self, start: usize, end: usize) -> bool {
        if end != start + 1 || !self.capital(start) || start == 0 || !self.joined(start) {
            return false;
        }
        let Some(before) = self.tokens.get(start - 1) else { return false };
        let behind = matches!(self.word(end), "Show" | "show" | "programme" | "program");
        self.tokens.get(start).is_some_and(|t| t.sentence == before.sentence)
            && before.kind != TokenKind::Mark
            && (behind || self.capital(start - 1))
            && (behind || self.in_running_text(start, end) || self.word(start - 1) == "USA")
    }

    /// "the Sunday Mirror", "Bloody Sunday", "the Mail on Sunday".
    fn is_named_day(&self, start: usize, end: usize) -> bool {
        if end != start + 1 {
            return false;
        }
        let before =
            |n: usize| start.checked_sub(n).filter(|_| self.joined(start)).map_or("", |b| self.word(b));
        let weekend = matches!(self.word(start), "Saturday" | "Sunday");
        weekend && self.joined(end) && PAPERS.contains(&self.word(end))
            || NAMED.contains(&before(1))
                && (start < 2 || self.word(start - 1) != "Black" || self.in_running_text(start - 1, end))
            || before(1) == "on" && before(2) == "Mail"
    }

    /// "the Daily Globe", "the Weekly Review". In small letters, "the party daily", it stays a recurrence:
    /// AQUAINT marks it in three of five places.
    fn is_paper(&self, start: usize, end: usize) -> bool {
        if end != start + 1 || !self.capital(start) {
            return false;
        }
        let opens = start == 0
            || !self.joined(start)
            || self.tokens.get(start).map(|t| t.sentence) != self.tokens.get(start - 1).map(|t| t.sentence);
        self.joined(end) && self.capital(end) || !opens && self.in_running_text(start, end)
    }
}
