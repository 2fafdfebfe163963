//! What an article's own times tell about the day on which it was published.
//!
//! Says nothing about other articles and draws no conclusion: every clue is one phrase and the time it
//! tells relative to a day of publication that is not known. Weighing them is `group::dating`.

use super::calendar::When;
use super::commemorations::{COMMEMORATIONS, GREETINGS};
use super::dateline::stands_in_dateline;
use super::lang::{Season, Unit, Which};
use super::quoted::Quoted;
use super::reading::{Fields, From, Point, Reading, Shift, TimePhrase, What, YearOf};
use headwater_model::text::Outline;
use headwater_model::text::fold::fold;
use headwater_model::{ClueTime, DateClue, DateRange, Span};

/// An article tells its news in its first sentences: where a wire lead and its explanation end.
const LEAD_SENTENCES: u32 = 3;
/// Most lines of a deck before the lead.
const MOST_HEADINGS: usize = 6;
/// How far from the word "anniversary" the happening is named, in tokens.
const REACH: usize = 24;

/// The clues of one article, in order.
pub fn clues(text: &str, outline: &Outline, phrases: &[TimePhrase]) -> Vec<DateClue> {
    let mut out = Vec::new();
    let place = Place { outline, quoted: Quoted::new(outline), opens: headings(text, outline) };
    for phrase in phrases {
        let Some(mut time) = time_of(text, outline, phrase) else { continue };
        if let ClueTime::MonthDay(month, day) = time
            && stands_in_dateline(text, outline, phrase)
        {
            time = ClueTime::Dateline(month, day);
        }
        // a year written out lies behind only where nothing in the sentence looks ahead
        let unsure = matches!(time, ClueTime::Days(_)) && phrase.forward && phrase.ahead == Some(false);
        out.push(place.clue(phrase.span, time, if unsure { None } else { phrase.ahead }, phrase.upcoming));
    }
    yearly(text, &place, phrases, &mut out);
    out.sort_by_key(|c| (c.span.start, c.span.end));
    out
}

/// Sentences before the article begins: headlines and points of a deck end without a full stop.
fn headings(text: &str, outline: &Outline) -> u32 {
    let ends =
        |s: &Span| s.of(text).trim_end_matches(['”', '"', '’', ')']).ends_with(['.', '!', '?', '…', ':']);
    outline.sentences.iter().take(MOST_HEADINGS).take_while(|s| !ends(s)).count() as u32
}

/// What tells where in an article a clue stands.
struct Place<'a> {
    outline: &'a Outline,
    quoted: Quoted,
    /// The sentence that opens the article.
    opens: u32,
}

impl Place<'_> {
    fn clue(&self, span: Span, time: ClueTime, ahead: Option<bool>, upcoming: bool) -> DateClue {
        let sentence = self.outline.sentence_at(span.start).unwrap_or(0) as u32;
        DateClue {
            span,
            time,
            ahead,
            upcoming,
            lead: sentence < self.opens + LEAD_SENTENCES,
            quoted: self.quoted.holds(span),
        }
    }
}

fn season_months(season: Season) -> (i8, i8) {
    match season {
        Season::Spring => (3, 3),
        Season::Summer => (6, 3),
        Season::Autumn => (9, 3),
        Season::Winter => (12, 3),
    }
}

/// The time of a phrase, where it says something of the day of publication.
fn time_of(text: &str, outline: &Outline, phrase: &TimePhrase) -> Option<ClueTime> {
    let Reading::Point(Point { what, .. }) = phrase.reading else { return None };
    match what {
        What::Shift(Shift { unit, by, vague: false, from: From::Speech, .. }) => match unit {
            Unit::Day => Some(ClueTime::DayShift(by)),
            Unit::Week | Unit::Weekend => Some(ClueTime::WeekShift(by)),
            Unit::Month => Some(ClueTime::MonthShift(by)),
            Unit::Year => Some(ClueTime::YearShift(by, 1, 12)),
            _ => None,
        },
        What::Fields(f) => fields_time(text, outline, phrase, f),
        _ => None,
    }
}

fn fields_time(text: &str, outline: &Outline, phrase: &TimePhrase, f: Fields) -> Option<ClueTime> {
    if f.within.is_some() || f.beside != 0 {
        return None;
    }
    let months = if f.month != 0 { Some((f.month as i8, 1)) } else { f.season.map(season_months) };
    match f.year {
        YearOf::Known(year) => {
            let when = known(f, year)?;
            let (start, end) = when.days()?;
            let last = super::calendar::plus_days(end, -1)?;
            // "by 2030", "until 2030" look ahead whatever the verb
            let before = phrase
                .tokens
                .0
                .checked_sub(1)
                .and_then(|i| outline.tokens.get(i as usize))
                .map_or("", |t| t.of(text));
            (!matches!(before, "by" | "By" | "until" | "Until" | "bis"))
                .then(|| ClueTime::Days(DateRange::between(start, last)))
        }
        YearOf::Shift(by) => {
            let (first, count) = months.unwrap_or((1, 12));
            (f.quarter == 0 && f.half == 0 && !f.fiscal).then_some(ClueTime::YearShift(
                i32::from(by),
                first,
                count,
            ))
        }
        YearOf::Open => {
            if f.month != 0 && f.day != 0 {
                return f.which.is_none().then_some(ClueTime::MonthDay(f.month as i8, f.day as i8));
            }
            if f.weekday != 0 {
                return f.which.is_none().then_some(ClueTime::Weekday(f.weekday as i8));
            }
            let (first, count) = months?;
            match f.which {
                None => Some(ClueTime::Months(first, count)),
                Some(Which::Last | Which::Past) => Some(ClueTime::Named(-1, first, count)),
                Some(Which::This) => Some(ClueTime::Named(0, first, count)),
                Some(Which::Next) => Some(ClueTime::Named(1, first, count)),
                Some(_) => None,
            }
        }
        _ => None,
    }
}

fn known(f: Fields, year: i16) -> Option<When> {
    if f.month != 0 && f.day != 0 {
        return super::calendar::day(year, f.month as i8, f.day as i8).map(When::Day);
    }
    if f.month != 0 {
        return Some(When::Month(year, f.month as i8));
    }
    if let Some(s) = f.season {
        return Some(When::Season(year, s));
    }
    (f.quarter == 0 && f.half == 0 && !f.fiscal && f.feast.is_none()).then_some(When::Year(year))
}

/// Commemorations and greetings of a season.
fn yearly(text: &str, place: &Place<'_>, phrases: &[TimePhrase], out: &mut Vec<DateClue>) {
    for range in &place.outline.sentence_tokens {
        let tokens = place.outline.tokens.get(range.clone()).unwrap_or(&[]);
        let Some(at) = tokens.iter().position(|t| is_trigger(t.of(text))) else { continue };
        let first = at.saturating_sub(REACH);
        let last = (at + REACH).min(tokens.len());
        let words: Vec<String> = tokens[first..last].iter().map(|t| fold(t.of(text))).collect();
        let span = tokens[at].span;
        if is_anniversary(tokens[at].of(text)) {
            if long_past(text, place.outline, phrases, range.start + at) {
                continue;
            }
            out.extend(
                anniversary(text, phrases, tokens, at, &words)
                    .map(|(s, time)| place.clue(s, time, None, false)),
            );
        } else if let Some(g) = GREETINGS.iter().find(|g| fits(g.stems, &words)) {
            out.push(place.clue(span, ClueTime::Yearly(vec![(g.first, g.last)], None), None, false));
        }
    }
}

/// Whether a commemoration is told of as over: "its 100th anniversary last December".
fn long_past(text: &str, outline: &Outline, phrases: &[TimePhrase], at: usize) -> bool {
    /// How far the time may stand from the word, in tokens.
    const BESIDE: usize = 6;
    let first = phrases.partition_point(|p| (p.tokens.1 as usize) + BESIDE < at);
    let beside = phrases.iter().skip(first).take_while(|p| p.tokens.0 as usize <= at + BESIDE);
    beside.filter_map(|p| time_of(text, outline, p)).any(|time| {
        matches!(time, ClueTime::Named(-1, ..) | ClueTime::YearShift(..=-1, ..) | ClueTime::MonthShift(..=-1))
    })
}

fn is_trigger(word: &str) -> bool {
    is_anniversary(word)
        || matches!(word, "New" | "Neujahr" | "Neujahrsansprache" | "Neujahrsbotschaft" | "Christmas")
}

fn is_anniversary(word: &str) -> bool {
    ["anniversar", "commemorat", "Anniversar", "Commemorat", "Jahrestag", "jahrestag"]
        .iter()
        .any(|w| word.starts_with(w))
}

fn fits(stems: &[&[&str]], words: &[String]) -> bool {
    stems.iter().all(|group| group.iter().any(|stem| words.iter().any(|w| w.starts_with(&fold(stem)))))
}

/// "the 80th anniversary of …": the day it falls on from a date told beside it, or from the table.
fn anniversary(
    text: &str,
    phrases: &[TimePhrase],
    tokens: &[headwater_model::text::Token],
    at: usize,
    words: &[String],
) -> Option<(Span, ClueTime)> {
    let span = tokens.get(at)?.span;
    let count = at.checked_sub(1).and_then(|i| ordinal(tokens[i].of(text)));
    let sentence = tokens.first()?.span.cover(tokens.last()?.span);
    let first = phrases.partition_point(|p| p.span.start < sentence.start);
    // a date of the past told in the sentence: "on August 15, 1945"
    let told = phrases
        .iter()
        .skip(first)
        .take_while(|p| sentence.contains(p.span))
        .filter(|p| p.ahead != Some(true) && (!p.forward || p.span.start > span.start))
        .find_map(|p| match p.reading {
            Reading::Point(Point { what: What::Fields(f), .. }) => match f.year {
                YearOf::Known(y) => Some((y, f)),
                YearOf::Open if f.month != 0 && f.day != 0 && f.which.is_none() => Some((0, f)),
                _ => None,
            },
            _ => None,
        });
    let row = COMMEMORATIONS.iter().find(|c| fits(c.stems, words));
    let (base, days) = match (told, row) {
        (Some((y, f)), _) if f.month != 0 && f.day != 0 => (y, vec![(f.month as i8, f.day as i8)]),
        (Some((y, f)), Some(c)) if f.month == 0 && y == c.year => (y, c.days.to_vec()),
        (_, Some(c)) => (c.year, c.days.to_vec()),
        (Some((y, _)), None) => (y, Vec::new()),
        (None, None) => return None,
    };
    // a base year near the count makes the year
    let year = count.filter(|_| base != 0).and_then(|n| base.checked_add(n));
    if days.is_empty() && year.is_none() {
        return None;
    }
    let days =
        if days.is_empty() { vec![((1, 1), (12, 31))] } else { days.into_iter().map(|d| (d, d)).collect() };
    let span = if count.is_some() { tokens[at - 1].span.cover(span) } else { span };
    Some((span, ClueTime::Yearly(days, year)))
}

/// "80th", "eightieth", "100."
fn ordinal(word: &str) -> Option<i16> {
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    if !digits.is_empty() {
        return digits.parse().ok().filter(|n| (1..=3000).contains(n));
    }
    let words = super::lang::words(super::lang::Language::English);
    words
        .roles(word)
        .iter()
        .find_map(|r| if let super::lang::Role::Ordinal(n) = r { i16::try_from(*n).ok() } else { None })
}
