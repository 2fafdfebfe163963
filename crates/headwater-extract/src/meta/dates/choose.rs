//! Which of the days that a page tells is that of its publication: each place has its belief, and what a page says of
//! itself is held against the rest. What is doubtful is left open.

use super::{Candidate, Place, parse::Moment};
use headwater_model::{DateRange, Published, PublishedHow, Reason, Warning};
use jiff::civil::Date;

/// Turns days in numbers round ("5/11") where that is what the rest of the page says and the first reading is not.
pub(super) fn settle(candidates: &mut [Candidate]) {
    let sure: Vec<Date> = candidates.iter().filter(|c| !c.moment.unsure).map(|c| c.moment.day).collect();
    for c in candidates.iter_mut().filter(|c| c.moment.unsure) {
        let day = c.moment.day;
        let Ok(turned) = Date::new(day.year(), day.day(), day.month()) else { continue };
        if sure.contains(&day) {
            c.moment.unsure = false;
        } else if sure.contains(&turned) {
            c.moment.day = turned;
            c.moment.unsure = false;
        }
    }
}

/// How much each place is believed. What readers see beside the headline proved right more often than what the
/// head of the page says (which keeps the day of a first version, or the day in UTC). Chosen on the half of
/// `dates_dev` and `news_a` whose ids hash to 0.
const fn belief(place: Place) -> f64 {
    match place {
        Place::Said => 3.0,
        Place::Marked => 2.6,
        Place::Time => 2.5,
        Place::Address => 2.4,
        Place::Beside => 1.8,
        Place::Meta => 1.8,
        Place::Linked => 1.5,
        Place::Opening => 1.2,
        Place::Loose => 1.0,
        Place::Named => 0.5,
        Place::Below => 0.4,
        Place::Changed => 0.35,
    }
}

/// Share of its belief that a place keeps for each statement after its first.
const LATER: f64 = 0.25;

/// Share that it keeps when it states many different days, as lists of articles do.
const LISTED: f64 = 0.2;

/// Different days from which a place is held to be a list.
const LIST_DAYS: usize = 4;

/// Share that a day in numbers keeps when day and month could be the other way round.
const UNSURE: f64 = 0.6;

/// Belief below which the day is left open.
const ENOUGH: f64 = 0.9;

/// Days between two statements of the same page above which they contradict each other.
const CONTRADICTION_DAYS: i32 = 2;

fn days_between(a: Date, b: Date) -> i32 {
    (b - a).get_days().abs()
}

/// The day that a statement speaks for: a moment in UTC speaks for the day beside it when the page names that day
/// in its own time and not the other.
fn spoken_for(candidate: &Candidate, all: &[Candidate]) -> Date {
    let day = candidate.moment.day;
    if candidate.moment.offset != Some(0) || candidate.moment.time.is_none() {
        return day;
    }
    let local = |c: &&Candidate| c.moment.offset != Some(0) && c.place != Place::Changed;
    if all.iter().filter(local).any(|c| c.moment.day == day) {
        return day;
    }
    all.iter().filter(local).find(|c| days_between(c.moment.day, day) == 1).map_or(day, |c| c.moment.day)
}

/// The day of publication as the page tells it, with a warning where its parts contradict each other.
pub(crate) fn choose(candidates: &[Candidate]) -> (Published, Option<Warning>) {
    let mut weighed: Vec<(Date, f64)> = Vec::new();
    let mut seen: Vec<Place> = Vec::new();
    for candidate in candidates {
        let mut weight = belief(candidate.place);
        if seen.contains(&candidate.place) {
            weight *= LATER;
        }
        seen.push(candidate.place);
        let mut days: Vec<Date> =
            candidates.iter().filter(|c| c.place == candidate.place).map(|c| c.moment.day).collect();
        days.sort();
        days.dedup();
        if days.len() >= LIST_DAYS {
            weight *= LISTED;
        }
        if candidate.moment.unsure {
            weight *= UNSURE;
        }
        let day = spoken_for(candidate, candidates);
        match weighed.iter_mut().find(|(d, _)| *d == day) {
            Some((_, sum)) => *sum += weight,
            None => weighed.push((day, weight)),
        }
    }
    let Some((day, _)) =
        weighed.iter().filter(|(_, w)| *w >= ENOUGH).copied().reduce(|a, b| if b.1 > a.1 { b } else { a })
    else {
        return (Published::default(), None);
    };
    let mut support: Vec<&Candidate> = candidates.iter().filter(|c| c.moment.day == day).collect();
    support.sort_by(|a, b| belief(b.place).total_cmp(&belief(a.place)));
    // Of those that tell the day, the first with a time; one with its zone before one without.
    let timed = || support.iter().filter(|c| c.place != Place::Changed && c.moment.time.is_some());
    let timed = timed().find(|c| c.moment.offset.is_some()).or_else(|| timed().next());
    let moment = timed
        .or(support.first())
        .map_or(Moment { day, time: None, offset: None, unsure: false }, |c| c.moment);
    let mut because: Vec<Reason> = Vec::new();
    let mut places: Vec<Place> = Vec::new();
    for c in &support {
        if !places.contains(&c.place) && because.len() < 4 {
            places.push(c.place);
            because.push(Reason::plain(format!("{}: “{}”", c.place.words(), c.words)));
        }
    }
    let strong = |c: &&Candidate| belief(c.place) >= belief(Place::Linked) && c.place != Place::Opening;
    let other =
        candidates.iter().filter(strong).find(|c| days_between(c.moment.day, day) > CONTRADICTION_DAYS);
    let warning = other.map(|o| {
        let ours = support.first().map_or("the page", |c| c.place.words());
        let message = format!("{ours} says {day}, {} says {}", o.place.words(), o.moment.day);
        Warning::new("date-contradiction", message, "check the page; --meta gives the day from outside")
    });
    let published = Published {
        value: Some(moment.civil()),
        has_time: moment.time.is_some(),
        offset_minutes: moment.offset,
        range: DateRange::day(day),
        how: PublishedHow::Page,
        because,
    };
    (published, warning)
}

#[cfg(test)]
mod tests {
    use super::super::parse::{self, Order};
    use super::*;

    #[test]
    fn parts_of_a_page_are_weighed() {
        let at = |place, words: &str| Candidate {
            place,
            moment: parse::value(words, Order::DayFirst).unwrap(),
            words: words.to_owned(),
        };
        let check = |list: &[Candidate], expect: Option<&str>, contradicts: bool| {
            let (published, warning) = choose(list);
            assert_eq!(
                (published.day().map(|d| d.to_string()).as_deref(), warning.is_some()),
                (expect, contradicts),
                "{list:?}"
            );
        };
        // the page's own time, not UTC
        check(
            &[at(Place::Linked, "2024-05-09T01:00:00Z"), at(Place::Beside, "8 May 2024")],
            Some("2024-05-08"),
            false,
        );
        // what readers see, not the first version
        check(
            &[at(Place::Linked, "2021-01-01T11:00:00"), at(Place::Time, "8 May 2024")],
            Some("2024-05-08"),
            true,
        );
        // a change alone is no publication
        check(&[at(Place::Changed, "2024-05-08")], None, false);
        check(&[], None, false);
    }
}
