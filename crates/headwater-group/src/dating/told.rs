//! When the happening took place that an article tells: the time that governs its lead.

use super::days::{self, Stretch};
use super::{DatingInput, LAG};
use headwater_model::{ArticleIndex, ClueTime, DateClue, DateRange, Published, Reason};

/// The date of a happening, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldDate {
    /// The days that are possible.
    pub range: DateRange,
    /// The TIMEX3 value: a day, a month or a year that holds them all.
    pub value: Option<String>,
    /// What it rests on.
    pub because: Vec<Reason>,
}

/// The clue that tells when the news happened: the first time of the lead that places something near
/// the day of publication and does not look ahead.
pub(super) fn governing<'a>(input: &DatingInput<'a>) -> Option<&'a DateClue> {
    input.clues.iter().filter(|c| c.lead && !c.quoted && c.ahead != Some(true) && !c.upcoming).find(|c| {
        match &c.time {
            ClueTime::Weekday(_) | ClueTime::MonthDay(..) => true,
            ClueTime::DayShift(n) => (-7..=0).contains(n),
            ClueTime::WeekShift(n) => (-1..=0).contains(n),
            _ => false,
        }
    })
}

/// "Last week's collision" takes the happening as known: what the report tells itself has another day, and no word
/// says which.
fn names_the_known(text: &str, clue: &DateClue) -> bool {
    let behind = text.get(clue.span.end as usize..).unwrap_or("");
    matches!(clue.time, ClueTime::WeekShift(..=-1)) && behind.starts_with(['\'', '’'])
}

/// What a clue comes to in an article published within a range; `None` when that spans more than a year.
pub(super) fn stretch_of(clue: &DateClue, published: &DateRange) -> Option<Stretch> {
    if let ClueTime::Days(range) = &clue.time {
        return days::stretch(range);
    }
    let (first, last) = days::stretch(published)?;
    let (a, b) = (days::told(&clue.time, clue.ahead, first)?, days::told(&clue.time, clue.ahead, last)?);
    let hull = (a.0.min(b.0), a.1.max(b.1));
    (hull.1 - hull.0 <= 366).then_some(hull)
}

/// When the happening took place that one article tells, given its days of publication.
pub fn told_date(input: &DatingInput<'_>, index: ArticleIndex, published: &DateRange) -> Option<ToldDate> {
    let (first, last) = days::stretch(published)?;
    let mut because = Vec::new();
    let text = &input.article.text;
    let governing = governing(input);
    if governing.is_some_and(|c| names_the_known(text, c)) {
        return None;
    }
    // every stretch that the governing time can come to
    let mut told: Vec<Stretch> = Vec::new();
    if let Some(clue) = governing {
        if last - first <= 366 {
            told.extend((first..=last).filter_map(|d| days::told(&clue.time, clue.ahead, d)));
            told.dedup();
        } else {
            told.extend(stretch_of(clue, published));
        }
        if !told.is_empty() {
            because.push(Reason::at(format!("the news is of “{}”", clue.span.of(text)), index, clue.span));
        }
    }
    // a commemoration or greeting places it on its own days
    let yearly = |c: &&DateClue| matches!(c.time, ClueTime::Yearly(..)) && !c.quoted && c.ahead != Some(true);
    for clue in input.clues.iter().filter(yearly).take(super::MOST_CLUES) {
        let ClueTime::Yearly(windows, year) = &clue.time else { continue };
        let mut marked = days::yearly(windows, *year, last);
        marked.extend(days::yearly(windows, *year, first));
        let frames = if told.is_empty() { vec![(first - LAG, last)] } else { told.clone() };
        let mut inside: Vec<Stretch> = Vec::new();
        for frame in &frames {
            let on = marked.iter().filter(|w| days::overlap(**w, *frame) && w.0 <= last);
            inside.extend(on.map(|w| (w.0.max(frame.0), w.1.min(frame.1))));
        }
        if !inside.is_empty() && inside != told {
            told = inside;
            because.push(Reason::at(format!("“{}” is told as news", clue.span.of(text)), index, clue.span));
        }
    }
    let hull = told.into_iter().reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    let stretch = match hull {
        Some(s) => (s.0, s.1.min(last)),
        None => (first - LAG, last),
    };
    let stretch = (stretch.0.min(stretch.1), stretch.1);
    Some(ToldDate { range: days::range(stretch), value: value(stretch), because })
}

/// The same for articles that tell one happening: the days that all of them allow, the most exact
/// taken first; what contradicts it is left aside.
pub fn told_together(
    inputs: &[DatingInput<'_>],
    published: &[Published],
    group: &[ArticleIndex],
) -> Option<ToldDate> {
    let mut all: Vec<(Stretch, &str, ToldDate)> = group
        .iter()
        .filter_map(|a| {
            let input = inputs.get(a.at())?;
            let told = told_date(input, *a, &published.get(a.at())?.range)?;
            Some((days::stretch(&told.range)?, input.article.id.as_str(), told))
        })
        .collect();
    all.sort_by_key(|(s, id, _)| (s.1 - s.0, s.0, *id));
    let mut iter = all.into_iter();
    let (mut stretch, _, first) = iter.next()?;
    let mut because = first.because;
    for (other, _, told) in iter {
        let both = (stretch.0.max(other.0), stretch.1.min(other.1));
        if both.0 <= both.1 {
            if both != stretch {
                because.extend(told.because);
            }
            stretch = both;
        }
    }
    Some(ToldDate { range: days::range(stretch), value: value(stretch), because })
}

/// The day, month or year that holds a stretch.
fn value((a, b): Stretch) -> Option<String> {
    let (x, y) = (days::date(a)?, days::date(b)?);
    if a == b {
        return Some(x.to_string());
    }
    if x.year() != y.year() {
        return None;
    }
    Some(if x.month() == y.month() {
        format!("{:04}-{:02}", x.year(), x.month())
    } else {
        format!("{:04}", x.year())
    })
}
