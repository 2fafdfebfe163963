//! Events that belong to one story: the same actors and the same matter over time.
//!
//! Looser than events, and never by actors alone: one president is in many stories. Two groups of like
//! reports are linked when their mean vectors agree both in names and in other words, each beyond
//! what reports of the same beat share, and when they have leading names in common.

use super::grouping::{Grouped, root};
use super::sketch::{NAME, NUMBER, Sketch};
use super::terms::Term;
use super::{GroupInput, StoryGroup};
use headwater_model::{ArticleIndex, Reason};
use rustc_hash::FxHashMap;

/// Cosine of the mean name vectors of two groups at which they may be one story; with [`WORDS`] and
/// [`LEADERS`] chosen on NewsWCL50 and the FNC-1 bodies by reading which groups are linked.
const NAMES: f32 = 0.5;
/// Cosine of the mean vectors of other words.
const WORDS: f32 = 0.30;
/// Leading names that two groups must share.
const LEADERS: usize = 2;
/// Names of a group that lead it.
const LEADING: usize = 5;
/// Words kept of a group's mean vector.
const KEPT: usize = 200;
/// Members read for a group's mean vector.
const READ: usize = 200;
/// Groups looked at under one leading name.
const LONGEST: usize = 300;

/// A group of like reports: its mean vectors.
struct Mean {
    names: Vec<(Term, f32)>,
    words: Vec<(Term, f32)>,
    leaders: Vec<Term>,
}

impl Mean {
    fn new(members: &[ArticleIndex], sketches: &[Sketch]) -> Self {
        // Share in the texts, share in the heads, votes for being a name.
        let mut sums: FxHashMap<Term, (f32, f32, i32)> = FxHashMap::default();
        for sketch in members.iter().take(READ).filter_map(|a| sketches.get(a.at())) {
            for (term, item) in sketch.items.compared().filter(|(_, i)| i.bits & NUMBER == 0) {
                let sum = sums.entry(term).or_default();
                sum.0 += item.full();
                sum.1 += item.head();
                sum.2 += if item.bits & NAME != 0 { 1 } else { -1 };
            }
        }
        let mut all: Vec<(Term, (f32, f32, i32))> = sums.into_iter().collect();
        all.sort_unstable_by(|a, b| b.1.0.total_cmp(&a.1.0).then(a.0.cmp(&b.0)));
        let vector = |name: bool| {
            let mut out: Vec<(Term, f32)> =
                all.iter().filter(|e| (e.1.2 > 0) == name).take(KEPT).map(|e| (e.0, e.1.0)).collect();
            let norm = out.iter().map(|e| e.1 * e.1).sum::<f32>().sqrt().max(1e-6);
            for e in &mut out {
                e.1 /= norm;
            }
            out.sort_unstable_by_key(|e| e.0);
            out
        };
        let mut leaders: Vec<(Term, f32)> =
            all.iter().filter(|e| e.1.2 > 0).map(|e| (e.0, e.1.0 + e.1.1)).collect();
        leaders.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let leaders = leaders.into_iter().take(LEADING).map(|e| e.0).collect();
        Mean { names: vector(true), words: vector(false), leaders }
    }
}

fn cosine(a: &[(Term, f32)], b: &[(Term, f32)]) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.0.cmp(&y.0) {
            std::cmp::Ordering::Equal => {
                sum += x.1 * y.1;
                i += 1;
                j += 1;
            }
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
        }
    }
    sum
}

/// The stories of grouped articles, and the story of each event.
pub(crate) fn stories(inputs: &[GroupInput<'_>], grouped: &Grouped) -> (Vec<StoryGroup>, Vec<u32>) {
    let topics = grouped.topic_of.iter().max().map_or(0, |n| *n as usize + 1);
    let mut articles: Vec<Vec<ArticleIndex>> = vec![Vec::new(); topics];
    for (event, topic) in grouped.topic_of.iter().enumerate() {
        articles[*topic as usize].extend(&grouped.events[event]);
    }
    let links = links(&articles, &grouped.sketches);
    let mut parent: Vec<u32> = (0..topics as u32).collect();
    for link in &links {
        let (x, y) = (root(&mut parent, link.a), root(&mut parent, link.b));
        parent[x.max(y) as usize] = x.min(y);
    }
    let mut stories: Vec<StoryGroup> = Vec::new();
    let mut story_of = Vec::with_capacity(grouped.events.len());
    let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
    for (event, topic) in grouped.topic_of.iter().enumerate() {
        let next = stories.len() as u32;
        let story = *numbers.entry(root(&mut parent, *topic)).or_insert(next);
        if story == next {
            stories.push(StoryGroup { events: Vec::new(), articles: Vec::new(), because: Vec::new() });
        }
        let group = &mut stories[story as usize];
        group.events.push(event as u32);
        group.articles.extend(&grouped.events[event]);
        story_of.push(story);
    }
    for story in &mut stories {
        story.articles.sort_unstable();
        if story.events.len() > 1 {
            story.because.extend(same_actors(inputs, grouped, story));
        }
    }
    for link in links {
        let story = numbers.get(&root(&mut parent, link.a)).and_then(|s| stories.get_mut(*s as usize));
        if let Some(story) = story.filter(|s| s.because.len() < REASONS) {
            let text = format!(
                "two groups of its reports agree in {:.0} % of their names and {:.0} % of their other words",
                link.names * 100.0,
                link.words * 100.0
            );
            story.because.push(Reason::plain(text));
        }
    }
    (stories, story_of)
}

/// Reasons kept of one story.
const REASONS: usize = 6;

/// The names that stand in the opening of most of a story's events.
fn same_actors(inputs: &[GroupInput<'_>], grouped: &Grouped, story: &StoryGroup) -> Option<Reason> {
    let mut counts: FxHashMap<Term, (u32, f32)> = FxHashMap::default();
    for event in &story.events {
        let Some(sketch) = grouped.events[*event as usize].first().and_then(|a| grouped.sketches.get(a.at()))
        else {
            continue;
        };
        for (term, item) in sketch.items.compared().filter(|(_, i)| i.bits & NAME != 0 && i.head > 0) {
            let entry = counts.entry(term).or_default();
            entry.0 += 1;
            entry.1 += item.head();
        }
    }
    let most = story.events.len().div_ceil(2).max(2) as u32;
    let mut found: Vec<(Term, (u32, f32))> = counts.into_iter().filter(|c| c.1.0 >= most).collect();
    found.sort_unstable_by(|a, b| b.1.0.cmp(&a.1.0).then(b.1.1.total_cmp(&a.1.1)).then(a.0.cmp(&b.0)));
    let mut words: Vec<String> = Vec::new();
    let mut place = None;
    for (term, _) in found {
        let spot = story.articles.iter().take(READ).find_map(|a| {
            let sketch = grouped.sketches.get(a.at())?;
            let at = sketch.surfaces.binary_search_by_key(&term, |s| s.0).ok()?;
            sketch.surfaces.get(at)?.1.map(|span| (*a, span))
        });
        if let Some((article, span)) = spot {
            let word = format!("“{}”", span.of(&inputs.get(article.at())?.article.text));
            place.get_or_insert((article, span));
            if !words.contains(&word) {
                words.push(word);
            }
        }
        if words.len() == LEADING {
            break;
        }
    }
    let (article, span) = place?;
    Some(Reason::at(format!("its events open with the same names: {}", words.join(", ")), article, span))
}

/// Two groups that are one story.
struct Link {
    a: u32,
    b: u32,
    names: f32,
    words: f32,
}

/// Pairs of groups that are one story.
fn links(groups: &[Vec<ArticleIndex>], sketches: &[Sketch]) -> Vec<Link> {
    let means: Vec<Mean> = groups.iter().map(|g| Mean::new(g, sketches)).collect();
    let mut by_leader: FxHashMap<Term, Vec<u32>> = FxHashMap::default();
    for (i, mean) in means.iter().enumerate() {
        for leader in &mean.leaders {
            by_leader.entry(*leader).or_default().push(i as u32);
        }
    }
    let mut links = Vec::new();
    for (i, mean) in means.iter().enumerate() {
        let i = i as u32;
        let mut near: Vec<u32> = Vec::new();
        for list in mean.leaders.iter().filter_map(|l| by_leader.get(l)) {
            let later = list.partition_point(|j| *j <= i);
            near.extend(list[later..].iter().take(LONGEST));
        }
        near.sort_unstable();
        for run in near.chunk_by(|a, b| a == b).filter(|run| run.len() >= LEADERS) {
            let other = &means[run[0] as usize];
            let (names, words) = (cosine(&mean.names, &other.names), cosine(&mean.words, &other.words));
            if names >= NAMES && words >= WORDS {
                links.push(Link { a: i, b: run[0], names, words });
            }
        }
    }
    links
}
