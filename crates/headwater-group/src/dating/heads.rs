//! What the heads of reports tell of their days before any date is worked out: for telling the happenings of one
//! group apart.
//!
//! A report without a day of publication may tell month and day at its head, or the weekday of its news; the dated
//! reports of its group tell the year or the week. What is published of an article's date is `super::infer`.

use super::DatingInput;
use super::days::{self, Day};
use super::told::{governing, told_date};
use headwater_model::{ArticleIndex, ClueTime, DateRange};
use jiff::civil::Date;

/// A dateline further than this many days from every dated report beside it may be of another year. By judgement:
/// reports of one happening lie weeks apart, two years of a dateline 365 days.
const NEAR: Day = 90;

/// Days of one article as far as its head tells them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lead {
    /// The day of writing: that of publication, or of the dateline.
    pub written: Option<Date>,
    /// The days that its news is of.
    pub told: Option<DateRange>,
}

/// The leads of all articles, in order; `groups` are articles that seem to tell the same happening.
pub fn leads(inputs: &[DatingInput<'_>], groups: &[Vec<ArticleIndex>]) -> Vec<Lead> {
    let day = |a: &ArticleIndex| inputs.get(a.at())?.article.published.day();
    let mut out: Vec<Lead> =
        inputs.iter().map(|i| Lead { written: i.article.published.day(), told: None }).collect();
    for group in groups {
        let dated: Vec<Date> = group.iter().filter_map(day).collect();
        for a in group.iter().filter(|a| day(a).is_none()) {
            if let (Some(input), Some(lead)) = (inputs.get(a.at()), out.get_mut(a.at())) {
                lead.written = day_of_dateline(input, &dated);
            }
        }
    }
    for (n, (lead, input)) in out.iter_mut().zip(inputs).enumerate() {
        let range = match (input.article.published.day(), lead.written) {
            (Some(_), _) => input.article.published.range,
            (None, Some(written)) => DateRange::between(written, written),
            (None, None) => continue,
        };
        lead.told = told_date(input, ArticleIndex(n as u32), &range).map(|t| t.range);
    }
    for group in groups {
        weekdays(inputs, group, &mut out);
    }
    out
}

/// Reports that tell their news by a weekday alone: it is the one day told in the group that is such a day.
fn weekdays(inputs: &[DatingInput<'_>], group: &[ArticleIndex], leads: &mut [Lead]) {
    let one_day = |lead: &Lead| {
        let range = lead.told?;
        range.earliest.filter(|_| range.earliest == range.latest)
    };
    let mut told: Vec<Date> = group.iter().filter_map(|a| one_day(leads.get(a.at())?)).collect();
    told.sort_unstable();
    told.dedup();
    for a in group {
        let (Some(input), Some(lead)) = (inputs.get(a.at()), leads.get_mut(a.at())) else { continue };
        if lead.written.is_some() {
            continue;
        }
        let Some(ClueTime::Weekday(weekday)) = governing(input).map(|c| &c.time) else { continue };
        let mut fit = told.iter().filter(|d| d.weekday().to_monday_one_offset() == *weekday);
        if let (Some(day), None) = (fit.next(), fit.next()) {
            lead.told = Some(DateRange::between(*day, *day));
        }
    }
}

/// The day of an article's dateline, in the one year that brings it near to any of the days.
pub(super) fn day_of_dateline(input: &DatingInput<'_>, dated: &[Date]) -> Option<Date> {
    let (month, day) = input.clues.iter().find_map(|c| match c.time {
        ClueTime::Dateline(month, day) => Some((month, day)),
        _ => None,
    })?;
    let candidates = dated.iter().flat_map(|d| {
        [-1, 0, 1].into_iter().filter_map(move |by| {
            let head = Date::new(d.year().checked_add(by)?, month, day).ok()?;
            Some(((days::number(head) - days::number(*d)).abs(), head))
        })
    });
    let mut near: Vec<Date> = candidates.filter(|(apart, _)| *apart <= NEAR).map(|c| c.1).collect();
    near.sort_unstable();
    near.dedup();
    // of two years neither is told
    near.first().copied().filter(|_| near.len() == 1)
}
