//! Streams of invented reports: removal, change, archive, order, hostile input.

use super::super::GroupInput;
use super::*;
use headwater_model::text::Outline;
use headwater_model::{Annotations, Article, DateRange};
use jiff::civil::date;

/// Reports of `events` happenings, `each` of every one, in words that its event shares in part.
fn reports(events: usize, each: usize) -> Vec<(usize, String)> {
    const SYLLABLES: [&str; 16] = [
        "ka", "ro", "mi", "tel", "van", "dor", "lis", "su", "pe", "nar", "go", "bri", "hul", "ze", "fam",
        "wo",
    ];
    let word = |mut n: usize| {
        let mut out = String::new();
        for _ in 0..3 {
            out += SYLLABLES[n % 16];
            n /= 16;
        }
        out
    };
    let mut state = 7usize;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut out = Vec::new();
    for event in 0..events {
        for _ in 0..each {
            let mut text = String::new();
            for at in 0..80 {
                // A set phrase of the event's own, of which some are names, or a word that all share.
                if next(2) == 0 {
                    let phrase = 2_000 + event * 24 + next(12) * 2;
                    let (a, b) = (word(phrase), word(phrase + 1));
                    match phrase % 4 {
                        0 => {
                            text += &format!(
                                "{}{} {}{}",
                                a[..1].to_uppercase(),
                                &a[1..],
                                b[..1].to_uppercase(),
                                &b[1..]
                            )
                        }
                        _ => text += &format!("{a} {b}"),
                    }
                } else {
                    text += &word(next(1_900));
                }
                text += if at % 14 == 13 { ". " } else { " " };
            }
            out.push((event, text));
        }
    }
    out
}

struct Feed {
    stream: Stream,
    annotations: Annotations,
}

impl Feed {
    fn new() -> Self {
        Feed { stream: Stream::new(), annotations: Annotations::default() }
    }

    fn with<T>(
        &mut self,
        text: &str,
        published: DateRange,
        act: impl FnOnce(&mut Stream, &GroupInput<'_>) -> T,
    ) -> T {
        let article = Article { text: text.to_owned(), ..Article::default() };
        let outline = Outline::new(text);
        let input = GroupInput {
            article: &article,
            outline: &outline,
            annotations: &self.annotations,
            entities: &[],
            published,
        };
        act(&mut self.stream, &input)
    }

    fn add(&mut self, text: &str) -> ArticleIndex {
        self.with(text, DateRange::default(), |s, input| s.add(input))
    }

    /// The events, each as the sorted names of its reports.
    fn events(&self, name: impl Fn(ArticleIndex) -> usize) -> Vec<Vec<usize>> {
        let mut out: Vec<Vec<usize>> = self
            .stream
            .events()
            .iter()
            .map(|e| {
                let mut e: Vec<usize> = e.iter().map(|a| name(*a)).collect();
                e.sort_unstable();
                e
            })
            .collect();
        out.sort();
        out
    }
}

#[test]
fn what_was_removed_has_never_been() {
    let all = reports(6, 9);
    let mut plain = Feed::new();
    let kept: Vec<usize> = (0..all.len()).filter(|i| i % 3 != 1).collect();
    for i in &kept {
        plain.add(&all[*i].1);
    }
    plain.stream.settle();
    let expect = plain.events(|a| kept[a.at()]);
    for turn in 0..4 {
        let mut feed = Feed::new();
        let order: Vec<usize> = (0..all.len()).map(|i| (i * 31 + turn * 7) % all.len()).collect();
        let mut ids = vec![ArticleIndex(0); all.len()];
        for (n, i) in order.iter().enumerate() {
            ids[*i] = feed.add(&all[*i].1);
            // Some leave while others still come.
            if n == all.len() / 2 {
                for j in order[..n].iter().filter(|j| **j % 3 == 1) {
                    assert!(feed.stream.remove(ids[*j]));
                }
            }
        }
        for (i, id) in ids.iter().enumerate().filter(|(i, _)| i % 3 == 1) {
            feed.stream.remove(*id);
            assert!(!feed.stream.remove(*id), "{i} is removed once");
        }
        assert_eq!(feed.stream.len(), kept.len());
        let name = |a: ArticleIndex| order[a.at()];
        let told: usize = feed.events(name).iter().map(Vec::len).sum();
        assert_eq!(told, kept.len(), "before settling, every one that is left is in an event");
        feed.stream.settle();
        assert_eq!(feed.events(name), expect);
    }
}

#[test]
fn a_changed_article_is_as_its_new_form() {
    let all = reports(4, 6);
    let mut feed = Feed::new();
    let ids: Vec<ArticleIndex> = all.iter().map(|(_, t)| feed.add(t)).collect();
    let event_of = |feed: &Feed, a: ArticleIndex| {
        feed.stream.events().into_iter().find(|e| e.contains(&a)).expect("it is in an event")
    };
    assert!(event_of(&feed, ids[0]).contains(&ids[1]));
    // The first report of the first event becomes one of the last event.
    let new = feed.with(&all[23].1, DateRange::default(), |s, input| s.change(ids[0], input));
    assert!(event_of(&feed, new).contains(&ids[22]));
    assert!(!event_of(&feed, ids[1]).contains(&new));
    assert_eq!(feed.stream.len(), all.len());
    assert!(!feed.stream.remove(ArticleIndex(9_999)), "one that never came");
}

#[test]
fn quiet_events_are_archived_and_late_reports_find_them() {
    let all = reports(12, 10);
    let mut feed = Feed::new();
    let mut firsts = Vec::new();
    let (late, early): (Vec<_>, Vec<_>) = all.iter().enumerate().partition(|(i, _)| i % 10 == 9);
    for (_, (event, text)) in &early {
        let id = feed.add(text);
        if firsts.len() == *event {
            firsts.push(id);
        }
    }
    let before = feed.stream.footprint();
    let closed = feed.stream.archive(30);
    assert!(feed.stream.is_archived(firsts[0]) && !feed.stream.is_archived(firsts[11]));
    assert!(feed.stream.open() <= 30 && feed.stream.open() > 12, "{} are open", feed.stream.open());
    assert_eq!((feed.stream.open() + closed, feed.stream.len()), (108, 108));
    let after = feed.stream.footprint();
    assert!(after.archived / closed <= 2_048, "{} bytes each", after.archived / closed);
    assert!(before.open / 108 <= 20_480, "{} bytes each", before.open / 108);
    let found = |feed: &Feed, id| {
        feed.stream.events().into_iter().find(|e| e.contains(&id)).expect("it is in an event")
    };
    let mut ids = Vec::new();
    for (_, (event, text)) in &late {
        let id = feed.add(text);
        assert!(found(&feed, id).contains(&firsts[*event]), "late report of event {event}");
        ids.push((id, *event));
    }
    feed.stream.settle();
    for (id, event) in &ids {
        assert!(found(&feed, *id).contains(&firsts[*event]), "settled, event {event}");
    }
    assert_eq!(feed.stream.events().len(), 12);
    // One that is archived can be removed.
    assert!(feed.stream.remove(firsts[0]));
    assert_eq!(feed.stream.len(), all.len() - 1);
    assert_eq!(feed.stream.events().iter().map(Vec::len).sum::<usize>(), all.len() - 1);
}

#[test]
fn days_decide_what_is_archived_and_the_far_future_is_no_matter() {
    let all = reports(3, 4);
    let mut feed = Feed::new();
    let day = |event: usize| match event {
        0 => DateRange::day(date(2025, 3, 1)),
        1 => DateRange::day(date(9999, 12, 31)),
        _ => DateRange::default(),
    };
    for (event, text) in &all {
        feed.with(text, day(*event), |s, input| s.add(input));
    }
    assert_eq!(feed.stream.archive_before(date(2025, 4, 1)), 4);
    assert_eq!(feed.stream.archive_before(date(2025, 4, 1)), 0);
    assert_eq!(feed.stream.events().len(), 3);
}

#[test]
fn everything_in_one_event_and_everything_alone() {
    let mut feed = Feed::new();
    let one = &reports(1, 1)[0].1;
    for _ in 0..3_000 {
        feed.add(one);
    }
    assert_eq!(feed.stream.events().len(), 1);
    assert!(feed.stream.near.iter().all(|n| n.len() <= NEIGHBOURS));
    feed.stream.archive(0);
    assert_eq!((feed.stream.open(), feed.stream.events().len()), (0, 1));
    feed.stream.settle();
    assert_eq!(feed.stream.events().len(), 1);
    let mut feed = Feed::new();
    for (_, text) in reports(60, 1) {
        feed.add(&text);
    }
    feed.add("");
    feed.add("");
    assert_eq!(feed.stream.events().len(), 62);
    feed.stream.settle();
    assert_eq!(feed.stream.events().len(), 62);
}

#[test]
fn groups_that_look_like_one_become_one_when_a_report_stands_between_them() {
    let each = 20;
    let all = reports(1, each + 1);
    let mut feed = Feed::new();
    for (_, text) in &all[..each] {
        feed.add(text);
    }
    feed.stream.settle();
    let stream = &mut feed.stream;
    let all_members: Vec<u32> = stream.members.values().flat_map(|g| g.members.iter().copied()).collect();
    assert_eq!(all_members.len(), each);
    let (even, odd): (Vec<u32>, Vec<u32>) = all_members.iter().partition(|m| **m % 2 == 0);
    stream.members.clear();
    for half in [even, odd] {
        for m in &half {
            stream.groups[*m as usize] = half[0];
        }
        stream.members.insert(half[0], Group { members: half.clone(), ..Group::default() });
        stream.sum_up(half[0]);
    }
    assert_eq!(feed.stream.events().len(), 2);
    feed.add(&all[each].1);
    assert_eq!(feed.stream.events().len(), 1);
    // What is kept of the group is what its members' ties add up to.
    let (name, kept) = feed.stream.members.iter().next().map(|(n, g)| (*n, g.within)).expect("a group");
    feed.stream.sum_up(name);
    let anew = feed.stream.members[&name].within;
    assert!(kept.iter().zip(&anew).all(|(a, b)| (a - b).abs() <= 0.001 * b.abs().max(1.0)));
}
