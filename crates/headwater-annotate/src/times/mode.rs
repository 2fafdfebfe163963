//! Whether a text is news or a history: from where its times without a year are placed.
//!
//! Counts the years and days that a text tells; knows no values yet. Placing is `super::resolve`.

use super::lang::Unit;
use super::near::in_year;
use super::reading::{Fields, From, Point, Reading, Shift, TimePhrase, What, YearOf};
use jiff::civil::Date;

/// How times without a year are placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// From the day of writing.
    News,
    /// From the time told last.
    History,
}

/// A text is a history when it has at least this many dates with a year …
const HISTORY_DATES: usize = 8;
/// … and at least this many for every time told from the day of writing
/// (chosen on two thirds of TimeBank and WikiWars).
const HISTORY_RATIO: usize = 3;
/// A short text is one too when it begins with a year, tells nothing from the day of writing and nothing of the
/// last two years, and has at least this many years before them. By judgement: no bench has such texts.
const SHORT_HISTORY_YEARS: usize = 2;
/// A text that tells a day with its year, at most this many days from that of writing, is news: "on Monday, 4 March
/// 2024". No text of WikiWars has one.
const OWN_DAYS: i32 = 14;

/// Which of the two a text is.
pub(super) fn mode(phrases: &[TimePhrase], anchor: Option<Date>) -> Mode {
    let (mut dated, mut pointed, mut old, mut recent) = (0usize, 0usize, 0usize, 0usize);
    for phrase in phrases {
        let Reading::Point(p) = phrase.reading else { continue };
        match p.what {
            What::Fields(f @ Fields { year: YearOf::Known(y), month, .. }) => {
                if anchor.is_some_and(|a| is_near(f, y, a)) {
                    return Mode::News;
                }
                dated += usize::from(month != 0);
                let lies_back = anchor.is_none_or(|a| a.year() - y >= 2);
                old += usize::from(lies_back);
                recent += usize::from(!lies_back);
            }
            What::Fields(Fields { weekday: 1.., day: 0, which: None, .. }) => pointed += 1,
            What::Fields(Fields { year: YearOf::Shift(_), .. }) => pointed += 1,
            What::Shift(Shift { from: From::Speech, vague: false, unit, .. }) if unit >= Unit::Day => {
                pointed += 1
            }
            _ => {}
        }
    }
    let long = dated + old >= HISTORY_DATES && dated + old >= HISTORY_RATIO * pointed;
    // a story begins with its year
    let opens = phrases.iter().find_map(|p| match p.reading {
        Reading::Point(Point { what: What::Fields(f), .. }) => Some(matches!(f.year, YearOf::Known(_))),
        _ => None,
    });
    let short =
        anchor.is_some() && opens == Some(true) && pointed == 0 && recent == 0 && old >= SHORT_HISTORY_YEARS;
    if (long || short) && old * 2 > dated { Mode::History } else { Mode::News }
}

/// Whether fields name a day near that of writing.
fn is_near(f: Fields, year: i16, anchor: Date) -> bool {
    let day = || in_year(f, year)?.days();
    f.day != 0 && day().is_some_and(|d| anchor.until(d.0).is_ok_and(|s| s.get_days().abs() <= OWN_DAYS))
}
