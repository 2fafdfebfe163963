//! A happening has its day: reports of one group whose leads tell days apart tell other happenings.
//!
//! Runs after grouping, when the days that leads tell are known. An article whose lead tells no day goes
//! with the part it is most like. Only ever splits; stories stay whole.

use super::sketch::Sketch;
use super::weights::Weights;
use super::{Grouping, features};
use headwater_model::{ArticleIndex, DateRange, Reason};
use jiff::civil::Date;

/// Days between two told days from which they are two happenings: one day lies between time zones, and
/// between an evening and the morning's report of it. Chosen on the invented corpus; ECB+ and FNC-1 tell no days.
const APART_DAYS: i32 = 2;

/// Days after a told day within which an article that tells no day may be a report of it.
/// Set by judgement on the seeds and the invented corpus, 2026-11; not tuned on a bench yet.
const NEWS_DAYS: i32 = 7;

/// Longest range that counts as a told day, in days.
const WIDEST_DAYS: i32 = 2;

impl Grouping {
    /// Splits events whose articles' leads tell days apart. `told` has the day of each article's lead, where known;
    /// `published` the day of publication or of the dateline, which says less: news is reported within days.
    pub fn split_by_day(&mut self, told: &[Option<DateRange>], published: &[Option<Date>]) {
        let day = |a: ArticleIndex| -> Option<Date> {
            let range = told.get(a.at()).copied().flatten()?;
            let (first, last) = (range.earliest?, range.latest?);
            ((last - first).get_days() <= WIDEST_DAYS).then_some(first)
        };
        let mut events: Vec<Vec<ArticleIndex>> = Vec::new();
        for members in std::mem::take(&mut self.events) {
            let written = |a: ArticleIndex| published.get(a.at()).copied().flatten();
            let parts = parts(&self.sketches, &members, &day, &written);
            let parts = keep_together(parts, &self.together);
            if parts.len() > 1 {
                for part in &parts {
                    if let [only] = part.as_slice()
                        && self.sketches[only.at()].looks_back
                    {
                        let reason = Reason::plain("opens by looking back on what reports like it tell");
                        self.reasons[only.at()].push(reason);
                    }
                    let told: Option<Date> = part.iter().filter_map(|a| day(*a)).min();
                    if let Some(told) = told {
                        for a in part {
                            let reason = Reason::plain(format!(
                                "its news is of {told}, another day than that of reports like it"
                            ));
                            self.reasons[a.at()].push(reason);
                        }
                    }
                }
            }
            events.extend(parts);
        }
        events.sort();
        for (e, members) in events.iter().enumerate() {
            for a in members {
                self.event_of[a.at()] = e as u32;
            }
        }
        self.story_of = vec![0; events.len()];
        for (s, story) in self.stories.iter_mut().enumerate() {
            story.events = story.articles.iter().map(|a| self.event_of[a.at()]).collect();
            story.events.sort_unstable();
            story.events.dedup();
            for e in &story.events {
                self.story_of[*e as usize] = s as u32;
            }
        }
        self.events = events;
    }
}

/// Parts that hold reports which the user has put together are one part.
fn keep_together(
    mut parts: Vec<Vec<ArticleIndex>>,
    together: &[(ArticleIndex, ArticleIndex)],
) -> Vec<Vec<ArticleIndex>> {
    for (a, b) in together {
        if parts.len() < 2 {
            break;
        }
        let holds = |x| parts.iter().position(|part| part.binary_search(x).is_ok());
        if let (Some(p), Some(q)) = (holds(a), holds(b))
            && p != q
        {
            let moved = parts.remove(p.max(q));
            parts[p.min(q)].extend(moved);
            parts[p.min(q)].sort_unstable();
        }
    }
    parts
}

/// The parts of one event by day.
fn parts(
    sketches: &[Sketch],
    members: &[ArticleIndex],
    day: &impl Fn(ArticleIndex) -> Option<Date>,
    written: &impl Fn(ArticleIndex) -> Option<Date>,
) -> Vec<Vec<ArticleIndex>> {
    let mut out: Vec<Part> = Vec::new();
    let mut dated: Vec<(Date, ArticleIndex)> = members.iter().filter_map(|a| Some((day(*a)?, *a))).collect();
    dated.sort_unstable();
    for (told, article) in dated {
        add(&mut out, told, article, APART_DAYS);
    }
    // Written long after all the days told: news of another day.
    let reach = |part: &Part, on: Date| on >= part.first && (on - part.last).get_days() <= NEWS_DAYS;
    let undated: Vec<ArticleIndex> = members.iter().copied().filter(|a| day(*a).is_none()).collect();
    let mut late: Vec<(Date, ArticleIndex)> = if out.is_empty() {
        Vec::new()
    } else {
        undated
            .iter()
            .filter_map(|a| Some((written(*a)?, *a)))
            .filter(|(on, _)| !out.iter().any(|p| reach(p, *on)))
            .collect()
    };
    late.sort_unstable();
    let mut strangers: Vec<Part> = Vec::new();
    for (on, article) in &late {
        add(&mut strangers, *on, *article, NEWS_DAYS);
    }
    // Who looks back on the days told tells none of them.
    let back: Vec<ArticleIndex> = undated
        .iter()
        .copied()
        .filter(|a| !out.is_empty() && sketches[a.at()].looks_back && !late.iter().any(|l| l.1 == *a))
        .collect();
    out.extend(strangers);
    if out.len() + back.len() < 2 {
        return vec![members.to_vec()];
    }
    let weights = Weights::shipped();
    let founders: Vec<Vec<ArticleIndex>> = out.iter().map(|p| p.members.clone()).collect();
    let left = |a: &&ArticleIndex| !late.iter().any(|l| l.1 == **a) && !back.contains(a);
    for article in undated.iter().filter(left) {
        let x = &sketches[article.at()];
        // the nearest report counts: parts differ in size
        let likeness = |part: usize| -> f32 {
            let scores = founders[part].iter().map(|b| {
                let y = &sketches[b.at()];
                weights.score(x, y, &features::features(x, y))
            });
            scores.fold(f32::MIN, f32::max)
        };
        let allowed = (0..out.len()).filter(|&p| written(*article).is_none_or(|on| reach(&out[p], on)));
        let best = allowed.max_by(|&p, &q| likeness(p).total_cmp(&likeness(q)).then(q.cmp(&p))).unwrap_or(0);
        out[best].members.push(*article);
    }
    let mut out: Vec<Vec<ArticleIndex>> = out.into_iter().map(|p| p.members).collect();
    out.extend(back.into_iter().map(|a| vec![a]));
    for part in &mut out {
        part.sort_unstable();
    }
    out
}

/// Articles of days that hang together.
struct Part {
    first: Date,
    last: Date,
    members: Vec<ArticleIndex>,
}

/// Adds to the last part, or to a new one when the day is `apart` days from it or more.
fn add(parts: &mut Vec<Part>, on: Date, article: ArticleIndex, apart: i32) {
    match parts.last_mut() {
        Some(part) if (on - part.last).get_days() < apart => {
            part.last = on;
            part.members.push(article);
        }
        _ => parts.push(Part { first: on, last: on, members: vec![article] }),
    }
}
