//! `headwater stories`: the events and stories of a set of reports, as a table or as data.
//!
//! A view of the account that `report` makes: the same events, the same words. Nothing is worked out here.

use crate::Outcome;
use crate::inputs::{self, Inputs};
use crate::progress::{print, say};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use headwater::wire::account::{Account, DateRange, Event, Reason, Story};
use serde::Serialize;
use std::fmt::Write as _;

const EXAMPLES: &str = "\
A story is a chain of events with the same actors and the same matter; an event is one happening of one day.
● stands for reports that tell it, ○ for reports that only mention it. Events that no report here tells are
given with ○ alone. Titles are the reports' own words.

EXIT CODES
  0  done    1  no report was found, or none in these days    2  something failed, in part or whole

EXAMPLES
  headwater stories reports/                                 each story with its events
  headwater stories reports/ --by event --since 2025-03-14   events by day, from that day on
  headwater stories dump.jsonl --since 2025-03 --until 2025-03   one month
  headwater stories reports/ --json | jq -r .title           one JSON object a line
  headwater stories reports/ --why                           what holds each together
  headwater stories reports/ --overrides mine.csv            under your own decisions";

/// List the events and stories that reports tell.
#[derive(Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{}", inputs::HELP))]
pub(crate) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    /// One entry a story, with its events; or one an event
    #[arg(long, value_enum, default_value_t = By::Story)]
    by: By,
    /// Only what may have happened on that day or later (2025-03-14, 2025-03 or 2025)
    #[arg(long, value_name = "DATE", value_parser = since)]
    since: Option<Day>,
    /// Only what may have happened on that day or earlier
    #[arg(long, value_name = "DATE", value_parser = until)]
    until: Option<Day>,
    /// Say why: what holds each story and event together
    #[arg(long)]
    why: bool,
    /// Write JSON, one object a line, to standard output
    #[arg(long)]
    json: bool,
}

/// What one entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    Event,
    Story,
}

/// A day as ISO 8601 writes it; days compare as their letters do.
type Day = String;

/// The first day of a day, month or year.
fn since(text: &str) -> Result<Day, String> {
    day(text).map(|d| d.0)
}

/// The last day of a day, month or year.
fn until(text: &str) -> Result<Day, String> {
    day(text).map(|d| d.1)
}

/// The first and the last day that `text` may stand for.
fn day(text: &str) -> Result<(Day, Day), String> {
    let wrong = || format!("“{text}” is no date; write 2025-03-14, 2025-03 or 2025");
    let fields: Vec<&str> = text.trim().split('-').collect();
    let number = |i: usize, digits: usize| -> Option<u32> {
        let field = fields.get(i)?;
        (field.len() == digits && field.bytes().all(|b| b.is_ascii_digit())).then(|| field.parse().ok())?
    };
    let year = number(0, 4).ok_or_else(wrong)?;
    let last = |month: u32| match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let (first, end) = match fields.len() {
        1 => ((1, 1), (12, 31)),
        2 | 3 => {
            let month = number(1, 2).filter(|m| (1..=12).contains(m)).ok_or_else(wrong)?;
            if fields.len() == 2 {
                ((month, 1), (month, last(month)))
            } else {
                let day = number(2, 2).filter(|d| (1..=last(month)).contains(d)).ok_or_else(wrong)?;
                ((month, day), (month, day))
            }
        }
        _ => return Err(wrong()),
    };
    let write = |(month, day): (u32, u32)| format!("{year:04}-{month:02}-{day:02}");
    Ok((write(first), write(end)))
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome> {
    if let (Some(since), Some(until)) = (&arguments.since, &arguments.until)
        && since > until
    {
        bail!("--since {since} lies after --until {until}: no day is in both; swap them");
    }
    let analysed = match arguments.inputs.analyse("stories")? {
        Ok(analysed) => analysed,
        Err(outcome) => return Ok(outcome),
    };
    let account = headwater::account(&analysed.analysis, headwater::Show::default());
    let view = View { account: &account, arguments };
    let stories: Vec<(&Story, Vec<&Event>)> = view.stories();
    let shown = stories.iter().map(|s| s.1.len()).sum::<usize>();
    let text = match (arguments.json, arguments.by) {
        (true, By::Story) => lines(stories.iter().map(|(s, events)| StoryLine::new(s, events, &view)))?,
        (true, By::Event) => lines(view.events(&stories).into_iter().map(|e| EventLine::new(e, &view)))?,
        (false, By::Story) => view.story_table(&stories),
        (false, By::Event) => view.event_table(&stories),
    };
    print(&text).context("cannot write to standard output")?;
    analysed.name_problems();
    if shown == 0 {
        say("headwater: no event lies in these days; leave out --since and --until to see all");
        return Ok(if analysed.outcome() == Outcome::Done { Outcome::Nothing } else { analysed.outcome() });
    }
    Ok(analysed.outcome())
}

fn lines<T: Serialize>(rows: impl Iterator<Item = T>) -> Result<String> {
    let mut out = String::new();
    for row in rows {
        out += &serde_json::to_string(&row).context("an entry could not be written as JSON")?;
        out.push('\n');
    }
    Ok(out)
}

struct View<'a> {
    account: &'a Account,
    arguments: &'a Arguments,
}

impl<'a> View<'a> {
    /// Whether an event may lie within the days asked for; an undated one may lie anywhere.
    fn is_asked(&self, event: &Event) -> bool {
        let date = &event.date;
        let late = |day: &Day| date.latest.as_ref().is_none_or(|latest| latest >= day);
        let early = |day: &Day| date.earliest.as_ref().is_none_or(|earliest| earliest <= day);
        self.arguments.since.as_ref().is_none_or(late) && self.arguments.until.as_ref().is_none_or(early)
    }

    /// The stories with those of their events that are asked for, by the first of these.
    fn stories(&self) -> Vec<(&'a Story, Vec<&'a Event>)> {
        let place = |id: &str| self.account.events.iter().position(|e| e.id == id);
        let mut out: Vec<(&Story, Vec<usize>)> = Vec::new();
        for story in &self.account.stories {
            let events = story.events.iter().filter_map(|id| place(id));
            let mut events: Vec<usize> = events.filter(|e| self.is_asked(&self.account.events[*e])).collect();
            events.sort_by_key(|e| self.key(*e));
            if !events.is_empty() {
                out.push((story, events));
            }
        }
        let first = |events: &[usize]| events.iter().map(|e| self.key(*e)).min_by_key(|k| (k.1, *k));
        out.sort_by_cached_key(|(_, events)| first(events));
        let event = |e: usize| &self.account.events[e];
        out.into_iter().map(|(s, events)| (s, events.into_iter().map(event).collect())).collect()
    }

    /// Events in order of their days, undated ones last, in the account's order where these are the same.
    fn key(&self, event: usize) -> (bool, bool, &'a str, usize) {
        let e = &self.account.events[event];
        let day = e.date.earliest.as_deref().or(e.date.latest.as_deref());
        (day.is_none(), e.kind != "told", day.unwrap_or(""), event)
    }

    fn events(&self, stories: &[(&'a Story, Vec<&'a Event>)]) -> Vec<&'a Event> {
        let all = stories.iter().flat_map(|s| s.1.iter().copied());
        let mut out: Vec<(&str, usize, &Event)> = all
            .map(|e| {
                let at = self.account.events.iter().position(|x| x.id == e.id).unwrap_or(usize::MAX);
                // "~" sorts after every digit: the undated come last
                (e.date.earliest.as_deref().or(e.date.latest.as_deref()).unwrap_or("~"), at, e)
            })
            .collect();
        out.sort_by_key(|e| (e.0, e.1));
        out.dedup_by_key(|e| e.1);
        out.into_iter().map(|e| e.2).collect()
    }

    fn story_of(&self, event: &Event) -> Option<&'a Story> {
        self.account.stories.iter().find(|s| s.events.contains(&event.id))
    }

    fn story_table(&self, stories: &[(&Story, Vec<&Event>)]) -> String {
        let mut out = String::new();
        for (n, (story, events)) in stories.iter().enumerate() {
            if n > 0 {
                out.push('\n');
            }
            let told = events.iter().filter(|e| e.kind == "told").count();
            let _ = writeln!(
                out,
                "{}  {}\n    {} · {}",
                story.id,
                one_line(&story.title),
                plural(story.articles.len(), "report"),
                plural(told, "event"),
            );
            self.because(&mut out, &story.because);
            for event in events {
                let _ = writeln!(
                    out,
                    "    {:<23} {:>4} {:>4} {:>4}  {}",
                    days(&event.date),
                    event.id,
                    count('●', event.told_by.len()),
                    count('○', event.mentioned_by.len()),
                    one_line(&event.label),
                );
                self.because(&mut out, &event.because);
            }
        }
        out
    }

    fn event_table(&self, stories: &[(&'a Story, Vec<&'a Event>)]) -> String {
        let mut out = String::new();
        for event in self.events(stories) {
            let story = self.story_of(event).map_or("", |s| s.id.as_str());
            let _ = writeln!(
                out,
                "{:<23} {:>4} {:>4} {:>4} {:>4}  {}",
                days(&event.date),
                story,
                event.id,
                count('●', event.told_by.len()),
                count('○', event.mentioned_by.len()),
                one_line(&event.label),
            );
            self.because(&mut out, &event.because);
        }
        out
    }

    fn because(&self, out: &mut String, reasons: &[Reason]) {
        for reason in reasons.iter().filter(|_| self.arguments.why) {
            let _ = match &reason.article {
                Some(article) => writeln!(out, "          {article}: {}", one_line(&reason.text)),
                None => writeln!(out, "          {}", one_line(&reason.text)),
            };
        }
    }
}

fn plural(n: usize, one: &str) -> String {
    format!("{n} {one}{}", if n == 1 { "" } else { "s" })
}

fn count(mark: char, n: usize) -> String {
    if n == 0 { String::new() } else { format!("{mark}{n}") }
}

/// Words of a report as one line, without what would move a terminal's cursor.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    words.into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The days of an event, for people.
fn days(date: &DateRange) -> String {
    match (&date.value, &date.earliest, &date.latest) {
        (Some(value), ..) => value.clone(),
        (None, Some(a), Some(b)) if a == b => a.clone(),
        (None, Some(a), Some(b)) => format!("{a}…{}", b.strip_prefix(&a[..5]).unwrap_or(b)),
        (None, Some(a), None) => format!("from {a}"),
        (None, None, Some(b)) => format!("until {b}"),
        (None, None, None) => "undated".to_owned(),
    }
}

#[derive(Serialize)]
struct EventLine<'a> {
    #[serde(flatten)]
    event: &'a Event,
    story: Option<&'a str>,
}

impl<'a> EventLine<'a> {
    fn new(event: &'a Event, view: &View<'a>) -> Self {
        EventLine { event, story: view.story_of(event).map(|s| s.id.as_str()) }
    }
}

#[derive(Serialize)]
struct StoryLine<'a> {
    id: &'a str,
    title: &'a str,
    articles: &'a [String],
    events: Vec<EventLine<'a>>,
    because: &'a [Reason],
}

impl<'a> StoryLine<'a> {
    fn new(story: &'a Story, events: &[&'a Event], view: &View<'a>) -> Self {
        StoryLine {
            id: &story.id,
            title: &story.title,
            articles: &story.articles,
            events: events.iter().map(|e| EventLine::new(e, view)).collect(),
            because: &story.because,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_a_user() {
        assert_eq!(day("2024-02"), Ok(("2024-02-01".to_owned(), "2024-02-29".to_owned())));
        assert_eq!(day("2025"), Ok(("2025-01-01".to_owned(), "2025-12-31".to_owned())));
        assert_eq!(day(" 2025-03-14 ").map(|d| d.1), Ok("2025-03-14".to_owned()));
        for wrong in
            ["", "yesterday", "2025-13", "2025-02-30", "2025-3-1", "14.3.2025", "2025-03-14-1", "٢٠٢٥"]
        {
            assert!(day(wrong).is_err(), "{wrong}");
        }
    }
}
