//! Days of publication and of happenings, worked out from what several reports tell.
//!
//! An undated article gets the days on which everything it tells of time can hold: from its own clues,
//! from other articles that tell the same happening, and from other articles that date a background
//! happening which it tells by "last year" or "last summer". Dates that are given are never changed.
//! What is found is a range with its reasons, never a guess shown as a fact; order of articles does not
//! matter.

mod days;
mod heads;
mod links;
#[cfg(test)]
mod tests;
mod told;

pub use heads::{Lead, leads};
pub use told::{ToldDate, told_date, told_together};

use days::{Day, Stretch};
use headwater_model::text::Outline;
use headwater_model::{
    Article, ArticleIndex, ClueTime, DateClue, DateRange, Published, PublishedHow, Reason,
};

/// One article as dating sees it.
#[derive(Clone, Copy, Debug)]
pub struct DatingInput<'a> {
    /// The article, with the day of publication as far as it is given.
    pub article: &'a Article,
    /// Its outline.
    pub outline: &'a Outline,
    /// What its times tell of its day of publication.
    pub clues: &'a [DateClue],
}

/// A report of a happening or a commemoration appears at most so many days after it. A cautious guess:
/// rewritten agency reports straggle; no bench measures it.
const LAG: Day = 14;
/// What is called upcoming by month and day lies at most so many days ahead.
const UPCOMING: Day = 60;
/// … and most often at most so many. A guess from habit of news, used only where it leaves something.
const UPCOMING_SOON: Day = 7;
/// The news of the first sentences happened at most so many days before, when it is told by its weekday
/// (TimeBank and AQUAINT, two thirds: 56 of 61).
const LEAD_LAG: Day = 2;
/// The lag is told only when the rest leaves at most so many days.
const NARROW: Day = 40;
/// A report appears at most so many days after the day of its dateline: the same day, or the next when it is
/// already that where it is printed (AQUAINT and TimeBank).
const DATELINE_LAG: Day = 1;
/// A bare weekday names one of so many days up to the day of writing.
const WEEK: Day = 7;
/// Years that an undated article may lie after the latest date it tells.
const HORIZON: Day = 366 * 12;
/// Days looked at beyond the latest date that any article tells.
const REACH: Day = 366 * 2;
/// Days looked at in all: articles that tell of nothing later than a century ago stay undated.
const MOST_DAYS: Day = 366 * 120;
/// Stretches of possible days further apart than this are different years.
const GAP: Day = 150;
/// Parts of several years in which the days may lie before the end counts as not known.
const MOST_YEARS: usize = 3;
/// A time in another article may be this much coarser than the one it dates.
const COARSER: Day = 3;
/// … or this much finer: a month within a year.
const FINER: Day = 13;
/// Share of words from which one other article is enough: of such pairs in AQUAINT 34 of 38 tell the
/// same time, of weaker ones three in four, so that two must agree.
const STRONG: f32 = 0.5;
/// Clues of one kind that are weighed in one article; a bound against lists of dates.
const MOST_CLUES: usize = 64;
/// Articles of a story that are asked whether they support a year; a bound.
const MOST_NEAR: usize = 256;
/// Rounds until nothing changes; a bound, three are usual.
const ROUNDS: usize = 8;

/// Works out the day of publication of every article, in order. `told_groups` are articles that tell the
/// same happening, `stories` articles that belong together.
pub fn infer(
    inputs: &[DatingInput<'_>],
    told_groups: &[Vec<ArticleIndex>],
    stories: &[Vec<ArticleIndex>],
) -> Vec<Published> {
    let given: Vec<bool> = inputs.iter().map(|i| i.article.published.day().is_some()).collect();
    let wanted: Vec<bool> = given.iter().map(|g| !g).collect();
    let mut published: Vec<Published> = inputs.iter().map(|i| i.article.published.clone()).collect();
    if given.iter().all(|g| *g) {
        return published;
    }
    let links = links::find(inputs, stories, &wanted);
    let mut groups_of: Vec<Vec<usize>> = vec![Vec::new(); inputs.len()];
    for (n, group) in told_groups.iter().enumerate() {
        for a in group {
            if let Some(list) = groups_of.get_mut(a.at()) {
                list.push(n);
            }
        }
    }
    // the other articles of an article's stories
    let mut near: Vec<Vec<ArticleIndex>> = vec![Vec::new(); inputs.len()];
    for story in stories {
        for a in story.iter().filter(|a| wanted.get(a.at()).copied().unwrap_or(false)) {
            near[a.at()].extend(story.iter().filter(|b| *b != a).take(MOST_NEAR));
        }
    }
    // the happenings of an article's stories
    let mut groups_near: Vec<Vec<usize>> = vec![Vec::new(); inputs.len()];
    for story in stories {
        let mut near: Vec<usize> =
            story.iter().flat_map(|a| groups_of.get(a.at()).into_iter().flatten().copied()).collect();
        near.sort_unstable();
        near.dedup();
        if near.len() > MOST_CLUES {
            continue;
        }
        for a in story.iter().filter(|a| wanted.get(a.at()).copied().unwrap_or(false)) {
            groups_near[a.at()].extend(&near);
        }
    }
    // what is certain first, then what is likely on top of it; possible days only become fewer
    let mut states: Vec<State> = wanted.iter().map(|_| State::default()).collect();
    for stage in [Stage::Own, Stage::Certain, Stage::Likely] {
        for _ in 0..ROUNDS {
            let next: Vec<Option<State>> = (0..inputs.len())
                .map(|n| {
                    let mut work = wanted[n]
                        .then(|| Work::new(inputs, &published, ArticleIndex(n as u32), &states[n]))?;
                    if stage == Stage::Own {
                        work.own();
                    } else {
                        work.groups(&groups_of[n], told_groups);
                        work.linked(&links[n]);
                    }
                    if stage == Stage::Likely {
                        work.told_days(told_groups, &groups_near[n]);
                        work.likely(&near[n]);
                    }
                    Some(work.state())
                })
                .collect();
            let mut changed = false;
            for (n, state) in next.into_iter().enumerate() {
                let Some(state) = state.filter(|s| *s != states[n]) else { continue };
                published[n] = state.published(&inputs[n].article.published);
                states[n] = state;
                changed = true;
            }
            if !changed || stage == Stage::Own {
                break;
            }
        }
    }
    published
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Each article by itself.
    Own,
    /// With the other articles.
    Certain,
    /// With what is likely.
    Likely,
}

/// What is known of one article between two rounds.
#[derive(Clone, Debug, Default, PartialEq)]
struct State {
    /// Possible days, as stretches.
    runs: Vec<Stretch>,
    /// Whether the page itself gave a range.
    bounded: bool,
    because: Vec<Reason>,
}

impl State {
    fn published(&self, given: &Published) -> Published {
        let (Some(first), Some(last)) = (self.runs.first().map(|r| r.0), self.runs.last().map(|r| r.1))
        else {
            return given.clone();
        };
        let parted = self.runs.windows(2).filter(|w| w[1].0 - w[0].1 > GAP).count();
        let open = !self.bounded && (last - first > HORIZON - 366 || parted >= MOST_YEARS);
        let range =
            DateRange { earliest: days::date(first), latest: if open { None } else { days::date(last) } };
        if self.bounded && range == given.range {
            return given.clone();
        }
        let mut because = given.because.clone();
        because.extend(self.because.iter().cloned());
        Published { range, how: PublishedHow::Inferred, because, ..given.clone() }
    }
}

/// The possible days of one article while they are narrowed.
struct Work<'a> {
    inputs: &'a [DatingInput<'a>],
    published: &'a [Published],
    index: ArticleIndex,
    days: Vec<Day>,
    bounded: bool,
    because: Vec<Reason>,
}

impl<'a> Work<'a> {
    fn new(
        inputs: &'a [DatingInput<'a>],
        published: &'a [Published],
        index: ArticleIndex,
        state: &State,
    ) -> Self {
        let days = state.runs.iter().flat_map(|r| r.0..=r.1).collect();
        Work { inputs, published, index, days, bounded: state.bounded, because: state.because.clone() }
    }

    fn state(self) -> State {
        let mut runs: Vec<Stretch> = Vec::new();
        for day in self.days {
            match runs.last_mut() {
                Some(run) if run.1 + 1 == day => run.1 = day,
                _ => runs.push((day, day)),
            }
        }
        State { runs, bounded: self.bounded, because: self.because }
    }

    /// The last days that any article tells by their date as lying behind.
    fn dates_of_all(&self) -> impl Iterator<Item = jiff::civil::Date> {
        self.inputs.iter().flat_map(|i| i.clues).filter_map(|c| match c.time {
            ClueTime::Days(DateRange { latest: Some(latest), .. }) if c.ahead == Some(false) && !c.quoted => {
                Some(latest)
            }
            _ => None,
        })
    }

    fn input(&self) -> &'a DatingInput<'a> {
        &self.inputs[self.index.at()]
    }

    fn words(&self, clue: &DateClue) -> &'a str {
        clue.span.of(&self.input().article.text)
    }

    /// Keeps the days that pass; when none does, the clue is left aside. Says whether days were removed.
    fn keep(&mut self, test: impl Fn(Day) -> bool) -> bool {
        let left: Vec<Day> = self.days.iter().copied().filter(|d| test(*d)).collect();
        if left.is_empty() || left.len() == self.days.len() {
            return false;
        }
        self.days = left;
        true
    }

    fn because(&mut self, text: String, clue: &DateClue) {
        self.reason(Reason::at(text, self.index, clue.span));
    }

    fn reason(&mut self, reason: Reason) {
        if !self.because.contains(&reason) {
            self.because.push(reason);
        }
    }

    /// The article's own clues.
    fn own(&mut self) {
        let clues = self.input().clues;
        let behind = |c: &&DateClue| c.ahead == Some(false) && !c.upcoming && !c.quoted;
        let latest = clues.iter().filter(behind).filter_map(|c| match &c.time {
            ClueTime::Days(range) => Some((days::number(range.earliest?), c)),
            _ => None,
        });
        let latest = latest.max_by_key(|(d, c)| (*d, std::cmp::Reverse(c.span.start)));
        let marked = clues.iter().find_map(|c| match &c.time {
            ClueTime::Yearly(windows, Some(year)) => {
                days::yearly(windows, Some(*year), days::number(jiff::civil::Date::new(*year, 7, 1).ok()?))
                    .into_iter()
                    .map(|s| s.0)
                    .min()
            }
            _ => None,
        });
        // a page may tell no day and yet a range
        let page = days::stretch(&self.input().article.published.range);
        let start = match (page, latest.map(|l| l.0), marked) {
            (Some(page), ..) => page.0,
            (None, Some(l), Some(m)) => l.max(m - UPCOMING),
            (None, Some(l), None) => l,
            (None, None, Some(m)) => m - UPCOMING,
            (None, None, None) => return,
        };
        // as far as the other articles reach, and a little more
        let reach = self
            .published
            .iter()
            .filter_map(|p| p.range.latest)
            .chain(self.dates_of_all())
            .map(days::number)
            .max();
        let end = start
            .saturating_add(HORIZON)
            .max(reach.unwrap_or(start).saturating_add(REACH))
            .min(start.saturating_add(MOST_DAYS));
        let end = page.map_or(end, |p| p.1.min(end));
        self.days = (start..=end).collect();
        self.bounded = page.is_some();
        if let Some((_, clue)) = latest {
            self.because(format!("“{}” lies behind", self.words(clue)), clue);
        }
        for clue in clues.iter().filter(|c| c.upcoming && !c.quoted).take(MOST_CLUES) {
            if let ClueTime::Days(DateRange { latest: Some(last), .. }) = clue.time {
                let last = days::number(last);
                if self.keep(|d| d <= last) {
                    self.because(format!("“{}” is upcoming", self.words(clue)), clue);
                }
            }
        }
        self.yearly();
        self.dateline();
        for clue in clues.iter().filter(|c| c.upcoming && !c.quoted).take(MOST_CLUES) {
            if let ClueTime::MonthDay(..) = clue.time
                && self.keep(|d| days::told(&clue.time, Some(true), d).is_some_and(|s| s.0 - d <= UPCOMING))
            {
                self.because(format!("“{}” is upcoming", self.words(clue)), clue);
            }
        }
    }

    /// Commemorations and greetings, with the weekday or week that the news is told by.
    fn yearly(&mut self) {
        let input = self.input();
        let governing = told::governing(input);
        let yearly =
            |c: &&DateClue| matches!(c.time, ClueTime::Yearly(..)) && !c.quoted && c.ahead != Some(true);
        for clue in input.clues.iter().filter(yearly).take(MOST_CLUES) {
            let ClueTime::Yearly(windows, year) = &clue.time else { continue };
            let words = self.words(clue);
            let marked = |d: Day| days::yearly(windows, *year, d);
            if let Some(time) = governing
                && self.keep(|d| {
                    days::told(&time.time, time.ahead, d)
                        .is_some_and(|t| marked(d).into_iter().any(|w| days::overlap(t, w)))
                })
            {
                self.because(format!("“{words}” falls on “{}”", self.words(time)), clue);
                self.reason(Reason::at(
                    format!("the news is of “{}”", self.words(time)),
                    self.index,
                    time.span,
                ));
                continue;
            }
            if self.keep(|d| marked(d).into_iter().any(|w| w.0 <= d && d <= w.1 + LAG)) {
                self.because(format!("“{words}” is told as news"), clue);
            }
        }
    }

    /// The day at the head of the report, once its year is one of few.
    fn dateline(&mut self) {
        let clue = self.input().clues.iter().find(|c| matches!(c.time, ClueTime::Dateline(..)));
        if let Some(clue) = clue
            && self.keep(|d| days::told(&clue.time, None, d).is_some_and(|s| d - s.0 <= DATELINE_LAG))
        {
            self.because(format!("dateline “{}”", self.words(clue)), clue);
        }
    }

    /// What the reports of its story tell: the day of a happening that this article tells by month and day,
    /// by its weekday, or by "last week".
    fn told_days(&mut self, groups: &[Vec<ArticleIndex>], of_story: &[usize]) {
        let input = self.input();
        let behind = |c: &&DateClue| c.ahead != Some(true) && !c.upcoming && !c.quoted;
        for &g in of_story {
            let others: Vec<ArticleIndex> = groups[g].iter().copied().filter(|a| *a != self.index).collect();
            let told = told::told_together(self.inputs, self.published, &others);
            let Some((day, last)) = told.and_then(|t| days::stretch(&t.range)) else { continue };
            if day != last {
                continue;
            }
            let named = input.clues.iter().filter(behind).find(|c| {
                matches!(c.time, ClueTime::MonthDay(..))
                    && days::told(&c.time, Some(false), day) == Some((day, day))
            });
            let tells = groups[g].contains(&self.index);
            if let Some(clue) = named {
                if self.days.is_empty() {
                    self.days = (day..=day.saturating_add(HORIZON)).collect();
                }
                if self.keep(|d| days::told(&clue.time, Some(false), d) == Some((day, day))) {
                    self.because(
                        format!("“{}” is the day of a happening that others date", self.words(clue)),
                        clue,
                    );
                }
            }
            if self.days.is_empty() || named.is_none() && !tells {
                continue;
            }
            // "last week's collision", told beside its date or as the news
            let week = input
                .clues
                .iter()
                .filter(behind)
                .find(|c| c.lead && matches!(c.time, ClueTime::WeekShift(-1..=0)));
            if let Some(clue) = week
                && self.keep(|d| {
                    days::told(&clue.time, clue.ahead, d).is_some_and(|t| days::overlap(t, (day, day)))
                })
            {
                self.because(format!("“{}” is when that happening was", self.words(clue)), clue);
            }
            // a bare weekday is one of the last seven days
            let weekday = input.clues.iter().filter(behind).find(|c| {
                matches!(c.time, ClueTime::Weekday(_))
                    && days::told(&c.time, Some(false), day) == Some((day, day))
            });
            if let Some(clue) = weekday.filter(|_| tells && named.is_none())
                && self.keep(|d| (0..WEEK).contains(&(d - day)))
            {
                self.because(format!("“{}” is the day of that happening", self.words(clue)), clue);
            }
        }
    }

    /// Other articles that tell the same happening.
    fn groups(&mut self, of_article: &[usize], groups: &[Vec<ArticleIndex>]) {
        for &g in of_article {
            let others: Vec<ArticleIndex> = groups[g]
                .iter()
                .copied()
                .filter(|a| *a != self.index && a.at() < self.inputs.len())
                .collect();
            let Some(told) = told::told_together(self.inputs, self.published, &others) else { continue };
            let Some(stretch) = days::stretch(&told.range) else { continue };
            let label = others
                .iter()
                .filter(|a| self.published[a.at()].range.earliest.is_some())
                .map(|a| self.inputs[a.at()].article.id.as_str())
                .min()
                .unwrap_or("");
            let reason = Reason::plain(format!("tells the same happening as {label}"));
            if self.days.is_empty() {
                self.days = (stretch.0..=stretch.1 + LAG).collect();
                self.reason(reason);
                self.yearly();
                self.dateline();
            } else if self.keep(|d| stretch.0 <= d && d <= stretch.1 + LAG) {
                self.reason(reason);
            }
            // Its own weekday is the happening's day.
            if stretch.1 - stretch.0 <= 1
                && let Some(clue) = told::governing(self.input())
                && matches!(clue.time, ClueTime::Weekday(_) | ClueTime::DayShift(_))
                && self.keep(|d| {
                    days::told(&clue.time, clue.ahead, d).is_some_and(|t| days::overlap(t, stretch))
                })
            {
                self.because(format!("“{}” is the day of that happening", self.words(clue)), clue);
            }
        }
    }

    /// Background happenings that other articles date: what at least two of them, and most, agree on,
    /// or one whose words are nearly the same.
    fn linked(&mut self, links: &[links::Link]) {
        let input = self.input();
        let mut votes: Vec<(links::Link, Stretch)> = Vec::new();
        for link in links.iter().take(MOST_CLUES) {
            let (Some(mine), Some(other)) = (input.clues.get(link.mine), self.inputs.get(link.other.at()))
            else {
                continue;
            };
            let Some(theirs) = other.clues.get(link.theirs) else { continue };
            // two articles that both say "last year" need not mean the same one
            let whole_year = |c: &DateClue| matches!(c.time, ClueTime::YearShift(_, 1, 12));
            if matches!(mine.time, ClueTime::Days(_)) || whole_year(mine) && whole_year(theirs) {
                continue;
            }
            // and a whole year fits so many happenings that the words must be nearly the same, or one of
            // them tell it by its date
            let dated = whole_year(mine) && matches!(theirs.time, ClueTime::Days(_));
            if link.score < STRONG && (whole_year(mine) || whole_year(theirs)) && !dated {
                continue;
            }
            if let Some(stretch) = told::stretch_of(theirs, &self.published[link.other.at()].range) {
                votes.push((*link, stretch));
            }
        }
        let empty = self.days.is_empty();
        if empty && let Some(start) = votes.iter().map(|v| v.1.0).min() {
            self.days = (start..=start.saturating_add(HORIZON)).collect();
        }
        // a link holds on a day when both times can be the same and neither is far coarser
        let holds = |link: &links::Link, stretch: Stretch, day: Day| {
            input.clues.get(link.mine).and_then(|c| days::told(&c.time, c.ahead, day)).is_some_and(|t| {
                let (mine, theirs) = (t.1 - t.0 + 1, stretch.1 - stretch.0 + 1);
                theirs <= COARSER * mine && mine <= FINER * theirs && days::overlap(t, stretch)
            })
        };
        votes.retain(|(link, stretch)| {
            let count = self.days.iter().filter(|d| holds(link, *stretch, **d)).count();
            count > 0 && count < self.days.len()
        });
        let mut others: Vec<ArticleIndex> = votes.iter().map(|v| v.0.other).collect();
        others.sort_unstable();
        others.dedup();
        let support = |day: Day| {
            let mut who: Vec<ArticleIndex> =
                votes.iter().filter(|(l, s)| holds(l, *s, day)).map(|v| v.0.other).collect();
            who.sort_unstable();
            who.dedup();
            who.len()
        };
        let best = self.days.iter().map(|d| support(*d)).max().unwrap_or(0);
        let strong = votes.iter().any(|v| v.0.score >= STRONG);
        if best == 0
            || best == 1 && !(strong && others.len() == 1)
            || best * 3 < others.len() * 2
            || !self.keep(|d| support(d) == best)
        {
            if empty {
                self.days.clear();
            }
            return;
        }
        for (link, stretch) in &votes {
            if !self.days.iter().any(|d| holds(link, *stretch, *d)) {
                continue;
            }
            let (mine, other) = (&input.clues[link.mine], &self.inputs[link.other.at()]);
            let Some(theirs) = other.clues.get(link.theirs) else { continue };
            let words = self.words(mine);
            let told = theirs.span.of(&other.article.text);
            self.because(format!("“{words}” is “{told}” in {}", other.article.id), mine);
            self.reason(Reason::at(format!("told there as “{told}”"), link.other, theirs.span));
        }
    }

    /// What is likely rather than certain; each is left aside where it leaves nothing.
    fn likely(&mut self, near: &[ArticleIndex]) {
        if self.days.is_empty() {
            self.year_of_dateline(near);
        }
        if self.days.is_empty() {
            return;
        }
        self.dateline();
        let input = self.input();
        let bases = self.bases();
        // a year written out beside a month is seldom the year of writing
        if self.runs() > 1
            || self.hull().is_some_and(|(a, b)| days::year(a) != days::year(b) && b - a > 366)
                && self.upcoming().is_some()
        {
            let written =
                input.clues.iter().filter(|c| c.ahead != Some(true) && !c.upcoming && !c.quoted).filter_map(
                    |c| match c.time {
                        ClueTime::Days(r) if !self.is_base(&bases, c) => days::stretch(&r)
                            .filter(|(a, b)| (1..=92).contains(&(b - a + 1)))
                            .map(|s| (days::year(s.0), c)),
                        _ => None,
                    },
                );
            if let Some((year, clue)) = written.max_by_key(|(y, c)| (*y, std::cmp::Reverse(c.span.start)))
                && self.keep(|d| days::year(d) > year)
            {
                self.because(format!("the year of “{}” is written out", self.words(clue)), clue);
            }
        }
        // texts are written soon after the latest date they tell
        if let Some(cut) =
            self.first_gap().filter(|cut| self.tells_recent(&bases) && self.supported(near, *cut))
            && self.keep(|d| d <= cut)
        {
            self.reason(Reason::plain("the first year that fits"));
        }
        let narrow = |w: &Self| w.hull().is_some_and(|(a, b)| b - a <= UPCOMING + NARROW);
        if narrow(self)
            && let Some(clue) = self.upcoming()
            && self.keep(|d| days::told(&clue.time, Some(true), d).is_some_and(|s| s.0 - d <= UPCOMING_SOON))
        {
            self.because(format!("“{}” is near", self.words(clue)), clue);
        }
        if narrow(self)
            && let Some(clue) = told::governing(input)
            && matches!(clue.time, ClueTime::Weekday(_))
            && self.keep(|d| days::told(&clue.time, clue.ahead, d).is_some_and(|s| d - s.0 <= LEAD_LAG))
        {
            self.because(format!("the news is of “{}”", self.words(clue)), clue);
        }
    }

    /// The day at the head of the report, in the year of the dated reports of its story.
    fn year_of_dateline(&mut self, near: &[ArticleIndex]) {
        let dated: Vec<jiff::civil::Date> =
            near.iter().filter_map(|a| self.inputs.get(a.at())?.article.published.day()).collect();
        if let Some(head) = heads::day_of_dateline(self.input(), &dated) {
            let head = days::number(head);
            self.days = (head..=head + DATELINE_LAG).collect();
            let clue = self.input().clues.iter().find(|c| matches!(c.time, ClueTime::Dateline(..)));
            if let Some(clue) = clue {
                let words = self.words(clue);
                self.because(
                    format!("dateline “{words}”, in the year of the dated reports of its story"),
                    clue,
                );
            }
        }
    }

    /// Whether another article of the story may be of those days: alone, an article does not say which of
    /// several years it is of, and neither does another of which nothing is known.
    fn supported(&self, near: &[ArticleIndex], cut: Day) -> bool {
        let Some(first) = self.days.first().copied() else { return false };
        let known = |p: &&Published| p.range.earliest.is_some() || p.range.latest.is_some();
        near.iter().filter_map(|a| self.published.get(a.at())).filter(known).any(|p| {
            let earliest = p.range.earliest.map_or(Day::MIN, days::number);
            let latest = p.range.latest.map_or(Day::MAX, days::number);
            earliest <= cut && latest >= first - REACH
        })
    }

    /// The sentences in which an anniversary is marked: a date told there is its base.
    fn bases(&self) -> Vec<usize> {
        let input = self.input();
        let yearly = input.clues.iter().filter(|c| matches!(c.time, ClueTime::Yearly(..)));
        yearly.filter_map(|c| input.outline.sentence_at(c.span.start)).collect()
    }

    fn is_base(&self, bases: &[usize], clue: &DateClue) -> bool {
        self.input().outline.sentence_at(clue.span.start).is_some_and(|s| bases.binary_search(&s).is_ok())
    }

    /// Whether the article tells a date of the past that is not the base of an anniversary.
    fn tells_recent(&self, bases: &[usize]) -> bool {
        self.input().clues.iter().any(|c| {
            matches!(c.time, ClueTime::Days(_))
                && c.ahead != Some(true)
                && !c.quoted
                && !self.is_base(bases, c)
        })
    }

    fn upcoming(&self) -> Option<&'a DateClue> {
        self.input()
            .clues
            .iter()
            .find(|c| c.upcoming && !c.quoted && matches!(c.time, ClueTime::MonthDay(..)))
    }

    fn hull(&self) -> Option<Stretch> {
        Some((*self.days.first()?, *self.days.last()?))
    }

    /// The last day before the first gap that parts two years.
    fn first_gap(&self) -> Option<Day> {
        self.days.windows(2).find(|w| w[1] - w[0] > GAP).map(|w| w[0])
    }

    fn runs(&self) -> usize {
        1 + self.days.windows(2).filter(|w| w[1] - w[0] > GAP).count()
    }
}
