//! The picture of what happened when, and which reports tell it on which day.
//!
//! One axis for all happenings; each happening is a lane with its own date above and a dot for every
//! report on the day it was published. Where nothing happens for long, the axis is broken and says so.
//! Positions are in percent, so that the picture fits any width without script.

use super::dates::{self, Civil, Day};
use super::html::Html;
use super::view::View;
use crate::account::Event;

/// Span in days up to which the axis is not broken; chosen on the examples: two months keep days apart.
const UNBROKEN_DAYS: i64 = 60;
/// Gap in days that is drawn at most, on a broken axis.
const GAP_DAYS: i64 = 9;
/// Left and right margin of the axis, in percent.
const MARGIN: f64 = 5.0;
/// Place of what lies before the first day of the axis, in percent; as far from the right end, what lies after.
const EARLIER: f64 = 1.2;
/// Least distance of two labels of the axis, in percent, on a wide screen.
const LABEL_WIDE: f64 = 8.5;
/// The same on a narrow screen.
const LABEL_NARROW: f64 = 26.0;
/// Height of a dot's place in a column of dots, in pixels.
const DOT: usize = 13;
/// Dots that stand on one another before they become a number.
const STACK: usize = 5;
/// Uncertain publication dates that get a line of their own in one lane.
const RANGES: usize = 6;
/// Chips shown before they fold.
const CHIPS: usize = 12;
/// Happenings up to which all have a lane in sight. With more, those that one report tells fold away.
/// By judgement, on 48 happenings of 234 reports.
const LANES: usize = 12;
/// Stretches of days that the axis shows; what lies outside of them stands at its ends or in a break.
/// By judgement: with more, the axis is all breaks.
const STRETCHES: usize = 5;
/// Widest range of days, of a report or a happening, that may lengthen the axis.
const WIDE_RANGE_DAYS: i32 = 31;

/// Maps days to places on the axis.
struct Axis {
    /// (day, place), sorted; between two the axis is even.
    knots: Vec<(Day, f64)>,
    /// Places where it is broken, with the days left out.
    breaks: Vec<(f64, i64)>,
    /// Whether anything stands before its first day, and after its last.
    beyond: (bool, bool),
}

impl Axis {
    fn new(mut marks: Vec<Day>) -> Option<Axis> {
        marks.sort_unstable();
        marks.dedup();
        let (&first, &last) = (marks.first()?, marks.last()?);
        let unbroken = i64::from(last) - i64::from(first) <= UNBROKEN_DAYS;
        let drawn = |a: Day, b: Day| {
            let gap = i64::from(b) - i64::from(a);
            if unbroken { gap } else { gap.min(GAP_DAYS) }
        };
        let total: i64 = marks.windows(2).map(|w| drawn(w[0], w[1])).sum();
        let scale = if total > 0 { (100.0 - 2.0 * MARGIN) / total as f64 } else { 0.0 };
        let start = if total > 0 { MARGIN } else { 50.0 };
        let mut at = 0i64;
        let mut knots = vec![(first, start)];
        let mut breaks = Vec::new();
        for pair in marks.windows(2) {
            let gap = i64::from(pair[1]) - i64::from(pair[0]);
            let step = drawn(pair[0], pair[1]);
            if step < gap {
                breaks.push((start + scale * (at as f64 + step as f64 / 2.0), gap));
            }
            at += step;
            knots.push((pair[1], start + scale * at as f64));
        }
        Some(Axis { knots, breaks, beyond: (false, false) })
    }

    /// Notes which of the ends things stand beyond.
    fn reach(mut self, days: &[(Day, Day)]) -> Axis {
        if let (Some(&(first, _)), Some(&(last, _))) = (self.knots.first(), self.knots.last()) {
            self.beyond = (days.iter().any(|d| d.0 < first), days.iter().any(|d| d.1 > last));
        }
        self
    }

    /// What lies before the first or after the last day shown stands in the margin.
    fn place(&self, day: Day) -> f64 {
        match (self.knots.first(), self.knots.last()) {
            (Some(&(first, _)), _) if day < first => return EARLIER,
            (_, Some(&(last, _))) if day > last => return 100.0 - EARLIER,
            _ => {}
        }
        let after = self.knots.partition_point(|k| k.0 <= day);
        match (after.checked_sub(1).and_then(|i| self.knots.get(i)), self.knots.get(after)) {
            (Some(&(a, at)), Some(&(b, to))) => at + (to - at) * f64::from(day - a) / f64::from(b - a),
            (Some(&(_, at)), None) => at,
            (None, Some(&(_, to))) => to,
            (None, None) => 50.0,
        }
    }

    /// Days to label with whether they are kept on a narrow screen.
    fn labels(&self) -> Vec<(Day, f64, bool)> {
        let mut out: Vec<(Day, f64, bool)> = Vec::new();
        let (mut wide, mut narrow) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        for &(day, at) in &self.knots {
            if at - wide >= LABEL_WIDE {
                let keep = at - narrow >= LABEL_NARROW;
                if keep {
                    narrow = at;
                }
                wide = at;
                out.push((day, at, keep));
            }
        }
        out
    }
}

/// The section.
pub(super) fn section(html: &mut Html, view: &View) {
    let told: Vec<(usize, &Event)> =
        view.account.events.iter().enumerate().filter(|(_, e)| e.kind != "background").collect();
    let background: Vec<(usize, &Event)> =
        view.account.events.iter().enumerate().filter(|(_, e)| e.kind == "background").collect();
    if told.is_empty() && background.is_empty() {
        return;
    }
    html.raw("<section id=\"when\"><h2>What happened, when</h2>");
    html.raw("<p class=\"legend\">");
    html.raw("<span><svg class=\"key\" width=\"14\" height=\"14\" aria-hidden=\"true\"><path class=\"hap\" d=\"M7 1l6 6-6 6-6-6z\"/></svg> the happening</span> ");
    html.raw("<span><svg class=\"key\" width=\"14\" height=\"14\" aria-hidden=\"true\"><circle class=\"tell\" cx=\"7\" cy=\"7\" r=\"4.5\"/></svg> a report that tells it, on the day it came out</span> ");
    html.raw("<span><svg class=\"key\" width=\"14\" height=\"14\" aria-hidden=\"true\"><circle class=\"mention\" cx=\"7\" cy=\"7\" r=\"4\"/></svg> a report that only mentions it</span> ");
    html.raw("<span><svg class=\"key\" width=\"26\" height=\"14\" aria-hidden=\"true\"><path class=\"guess\" d=\"M2 7H24\"/><circle class=\"tell soft\" cx=\"13\" cy=\"7\" r=\"4.5\"/></svg> undated; the days it may have come out</span></p>");

    let (all, mentions) = days_of(view, &told);
    let axis = Axis::new(marks(&all, &mentions)).map(|a| a.reach(&[all, mentions].concat()));
    let (first, rest): (Vec<_>, Vec<_>) =
        told.iter().partition(|(_, e)| told.len() <= LANES || e.told_by.len() > 1);
    lanes(html, view, axis.as_ref(), &first);
    if !rest.is_empty() {
        html.raw("<details class=\"fold block rest\"><summary>").counted(
            rest.len(),
            "happening told by one report",
            "happenings told by one report each",
        );
        html.raw("</summary>");
        lanes(html, view, axis.as_ref(), &rest);
        html.raw("</details>");
    }
    if !background.is_empty() {
        looked_back_on(html, view, &background);
    }
    html.raw("</section>");
}

fn lanes(html: &mut Html, view: &View, axis: Option<&Axis>, events: &[(usize, &Event)]) {
    if events.is_empty() {
        return;
    }
    html.raw("<ol class=\"lanes\">");
    if let Some(axis) = axis {
        html.raw("<li class=\"axis\" aria-hidden=\"true\"><div></div>");
        axis_svg(html, axis);
        html.raw("</li>");
    }
    for (at, event) in events {
        lane(html, view, axis, *at, event);
    }
    html.raw("</ol>");
}

/// First and last days of several things.
type Days = Vec<(Day, Day)>;

/// The days of happenings and of the reports that tell them; and of the reports that mention them.
fn days_of(view: &View, told: &[(usize, &Event)]) -> (Days, Days) {
    let mut all: Vec<(Day, Day)> = Vec::new();
    let mut mentions: Vec<(Day, Day)> = Vec::new();
    for (_, event) in told {
        all.extend(dates::days(&event.date));
        all.extend(view.known(&event.told_by).into_iter().filter_map(|a| view.published(a)));
        mentions.extend(view.known(&event.mentioned_by).into_iter().filter_map(|a| view.published(a)));
    }
    (all, mentions)
}

/// The days that the axis shows. Wide ranges do not lengthen it while anything narrower is there, and of many
/// stretches of days those stay that hold most happenings and reports of them.
fn marks(all: &[(Day, Day)], mentions: &[(Day, Day)]) -> Vec<Day> {
    let narrow = |(first, last): &&(Day, Day)| last.saturating_sub(*first) <= WIDE_RANGE_DAYS;
    let mut kept: Vec<(Day, Day)> = all.iter().filter(narrow).copied().collect();
    if kept.is_empty() {
        kept = if all.is_empty() { mentions } else { all }.to_vec();
    }
    let mut days: Vec<Day> = kept.iter().flat_map(|&(first, last)| [first, last]).collect();
    days.sort_unstable();
    let mut stretches: Vec<Vec<Day>> = Vec::new();
    for day in days {
        match stretches.last_mut() {
            Some(s) if s.last().is_some_and(|&l| i64::from(day) - i64::from(l) <= GAP_DAYS) => s.push(day),
            _ => stretches.push(vec![day]),
        }
    }
    // The fullest; of like ones the later.
    let mut order: Vec<usize> = (0..stretches.len()).collect();
    order.sort_by_key(|&i| (stretches.get(i).map(|s| std::cmp::Reverse(s.len())), std::cmp::Reverse(i)));
    order.truncate(STRETCHES);
    order.sort_unstable();
    order.into_iter().filter_map(|i| stretches.get(i)).flatten().copied().collect()
}

fn axis_svg(html: &mut Html, axis: &Axis) {
    html.raw("<svg width=\"100%\" height=\"30\">");
    if axis.beyond.0 {
        html.raw("<text y=\"5\" text-anchor=\"start\" x=\"0\">earlier</text>");
    }
    if axis.beyond.1 {
        html.raw("<text y=\"5\" text-anchor=\"end\" x=\"100%\">later</text>");
    }
    // The year where it changes, among all labels and among those that a narrow screen keeps.
    let (mut year, mut kept_year) = (None, None);
    for (day, at, keep) in axis.labels() {
        let civil = Civil::of(day);
        html.raw("<text y=\"19\" text-anchor=\"middle\" x=\"").percent(at).raw("\"");
        html.raw(if keep { ">" } else { " class=\"wide\">" });
        if year == Some(civil.year) && (!keep || kept_year == year) {
            html.text(&civil.short());
        } else {
            html.text(&civil.long());
        }
        html.raw("</text>");
        year = Some(civil.year);
        if keep {
            kept_year = year;
        }
    }
    html.raw("</svg>");
}

/// Upright lines through every lane, so that the eye can follow a day; broken where the axis is.
fn grid(html: &mut Html, axis: &Axis) {
    for (_, at, keep) in axis.labels() {
        html.raw("<line y1=\"0\" y2=\"100%\" x1=\"").percent(at).raw("\" x2=\"").percent(at);
        html.raw(if keep { "\" class=\"grid\"/>" } else { "\" class=\"grid wide\"/>" });
    }
    for &(at, days) in &axis.breaks {
        html.raw("<svg x=\"").percent(at).raw(
            "\" y=\"9\" overflow=\"visible\"><path class=\"break\" d=\"M-4 12l4-12M1 12l4-12\"/><title>",
        );
        html.text(&gap_words(days)).raw(" left out here</title></svg>");
    }
}

fn gap_words(days: i64) -> String {
    match days {
        0..=60 => format!("{days} days"),
        61..=730 => format!("{} months", (days as f64 / 30.44).round()),
        _ => format!("{} years", (days as f64 / 365.25).round()),
    }
}

fn lane(html: &mut Html, view: &View, axis: Option<&Axis>, at: usize, event: &Event) {
    let told = view.known(&event.told_by);
    let mentioned = view.known(&event.mentioned_by);
    html.raw("<li class=\"lane\" id=\"ev").num(at).raw("\"");
    story_key(html, view, &event.told_by);
    html.raw("><div class=\"happening\">");
    html.raw("<p class=\"date\">").text(&event_date(event)).raw("</p><h3 class=\"said\">");
    label(html, view, event);
    html.raw("</h3>");
    if !event.because.is_empty() {
        html.raw("<details class=\"why\"><summary>Why this date</summary>");
        view.because(html, &event.because);
        html.raw("</details>");
    }
    html.raw("</div><div class=\"picture\">");
    if let Some(axis) = axis {
        lane_svg(html, view, axis, event, &told, &mentioned);
    }
    html.raw("<div class=\"who\"><b>Told by ").count(told.len()).raw(":</b> ");
    view.chips(html, &told, CHIPS);
    html.raw("</div>");
    if !mentioned.is_empty() {
        html.raw("<div class=\"who\"><b>Mentioned by ").count(mentioned.len()).raw(":</b> ");
        mention_chips(html, view, event, &mentioned);
        html.raw("</div>");
    }
    html.raw("</div></li>");
}

/// The storyline of a happening, for the choice of one.
fn story_key(html: &mut Html, view: &View, articles: &[String]) {
    if let Some(story) = view.known(articles).first().and_then(|&a| view.story_of(a)) {
        html.raw(" data-s=\"").num(story).raw("\"");
    }
}

fn event_date(event: &Event) -> String {
    let date = &event.date;
    dates::range(date.value.as_deref(), date.earliest.as_deref(), date.latest.as_deref())
        .unwrap_or_else(|| "no date told".to_owned())
}

fn label(html: &mut Html, view: &View, event: &Event) {
    let place = event.label_from.as_ref().and_then(|p| Some((view.article(&p.article)?, p.start, p.end)));
    match place {
        Some((article, start, end)) => {
            view.open_link(html, "cite", article, start, end);
            html.cut(&event.label, 220).raw("</a>");
        }
        None => {
            html.cut(&event.label, 220);
        }
    }
}

/// Chips that lead to the words of the mention, where they are known.
fn mention_chips(html: &mut Html, view: &View, event: &Event, mentioned: &[usize]) {
    let mut places = std::collections::BTreeMap::new();
    for place in &event.mentions {
        if let Some(article) = view.article(&place.article) {
            places.entry(article).or_insert((place.start, place.end));
        }
    }
    view.fold_chips(html, mentioned, CHIPS, &mut |html, article| {
        match places.get(&article) {
            Some(&(start, end)) => view.open_link(html, "chip hollow", article, start, end),
            None => {
                html.raw("<a class=\"chip hollow\" href=\"#a").num(article).raw("\">");
            }
        }
        html.words(view.name(article)).raw("</a>");
    });
}

/// A report on the axis: the days on which it may have come out, and whether it tells or mentions.
struct Dot {
    article: usize,
    first: Day,
    last: Day,
    tells: bool,
}

fn lane_svg(html: &mut Html, view: &View, axis: &Axis, event: &Event, told: &[usize], mentioned: &[usize]) {
    let dots: Vec<Dot> = told
        .iter()
        .map(|&article| (article, true))
        .chain(mentioned.iter().map(|&article| (article, false)))
        .filter_map(|(article, tells)| {
            view.published(article).map(|(first, last)| Dot { article, first, last, tells })
        })
        .collect();
    let (mut ranged, mut exact): (Vec<&Dot>, Vec<&Dot>) = dots.iter().partition(|d| d.first != d.last);
    exact.sort_by_key(|d| (d.first, !d.tells, d.article));
    ranged.sort_by_key(|d| (d.first, d.last, d.article));
    let mut days: Vec<(Day, Vec<&Dot>)> = Vec::new();
    for dot in exact {
        match days.last_mut() {
            Some((day, list)) if *day == dot.first => list.push(dot),
            _ => days.push((dot.first, vec![dot])),
        }
    }
    let tallest = days.iter().map(|(_, list)| list.len().min(STACK)).max().unwrap_or(0);
    let lines = ranged.len().min(RANGES);
    let height = 30 + DOT * tallest + DOT * lines + 4;
    html.raw("<svg class=\"dots\" width=\"100%\" height=\"").num(height).raw("\" role=\"img\" aria-label=\"");
    html.text(&event_date(event)).raw("; told by ").count(told.len()).raw(", mentioned by ");
    html.count(mentioned.len()).raw("\">");
    grid(html, axis);
    html.raw("<line class=\"base\" x1=\"0\" x2=\"100%\" y1=\"15\" y2=\"15\"/>");
    if let Some((first, last)) = dates::days(&event.date) {
        happening_mark(html, axis, event, first, last);
    }
    for (day, list) in &days {
        for (i, dot) in list.iter().enumerate().take(STACK) {
            let at = 30 + DOT * i + DOT / 2;
            if i + 1 == STACK && list.len() > STACK {
                html.raw("<text class=\"more\" text-anchor=\"middle\" x=\"").percent(axis.place(*day));
                html.raw("\" y=\"").num(at + 4).raw("\">+").count(list.len() + 1 - STACK).raw("</text>");
            } else {
                report_dot(html, view, dot, axis.place(*day), at, false);
            }
        }
    }
    for (i, dot) in ranged.iter().enumerate().take(RANGES) {
        let at = 30 + DOT * (tallest + i) + DOT / 2;
        let (from, to) = (axis.place(dot.first), axis.place(dot.last));
        html.raw("<line class=\"guess\" x1=\"").percent(from).raw("\" x2=\"").percent(to);
        html.raw("\" y1=\"").num(at).raw("\" y2=\"").num(at).raw("\"/>");
        report_dot(html, view, dot, (from + to) / 2.0, at, true);
    }
    html.raw("</svg>");
    let undrawn = ranged.len().saturating_sub(RANGES) + told.len() + mentioned.len() - dots.len();
    if undrawn > 0 {
        html.raw("<p class=\"note\">not drawn: ").counted(undrawn, "undated report", "undated reports");
        html.raw("</p>");
    }
}

fn happening_mark(html: &mut Html, axis: &Axis, event: &Event, first: Day, last: Day) {
    let (from, to) = (axis.place(first), axis.place(last));
    if first == last {
        html.raw("<svg x=\"")
            .percent(from)
            .raw("\" y=\"15\" overflow=\"visible\"><path class=\"hap\" d=\"M0-8l8 8-8 8-8-8z\"/><title>");
        html.text(&event_date(event)).raw("</title></svg>");
    } else {
        html.raw("<line class=\"span\" x1=\"").percent(from).raw("\" x2=\"").percent(to);
        html.raw("\" y1=\"15\" y2=\"15\"><title>").text(&event_date(event)).raw("</title></line>");
    }
}

fn report_dot(html: &mut Html, view: &View, dot: &Dot, at: f64, y: usize, soft: bool) {
    html.raw("<a href=\"#a").num(dot.article).raw("\" tabindex=\"-1\"><circle class=\"");
    html.raw(match (dot.tells, soft) {
        (true, false) => "tell",
        (true, true) => "tell soft",
        (false, false) => "mention",
        (false, true) => "mention soft",
    });
    html.raw("\" r=\"4.5\" cx=\"").percent(at).raw("\" cy=\"").num(y).raw("\"><title>");
    html.text(view.name(dot.article)).raw(if dot.tells { " tells it, " } else { " mentions it, " });
    let published = view.account.articles.get(dot.article).map(|a| &a.published);
    let when = published
        .and_then(|p| dates::range(p.value.as_deref(), p.earliest.as_deref(), p.latest.as_deref()))
        .unwrap_or_default();
    html.text(&when).raw(if soft { " (inferred)" } else { "" }).raw("</title></circle></a>");
}

/// Happenings that no report tells as news: a list, since they may lie far apart.
fn looked_back_on(html: &mut Html, view: &View, events: &[(usize, &Event)]) {
    html.raw("<details class=\"fold block\"");
    html.raw(if events.len() <= 8 { " open>" } else { ">" });
    html.raw("<summary>Looked back on or ahead to <span class=\"n\">")
        .count(events.len())
        .raw("</span></summary>");
    html.raw("<ul class=\"background\">");
    for (at, event) in events {
        let mentioned = view.known(&event.mentioned_by);
        html.raw("<li id=\"ev")
            .num(at)
            .raw("\"><span class=\"date\">")
            .text(&event_date(event))
            .raw("</span><span class=\"said\">");
        label(html, view, event);
        html.raw("</span>");
        if !mentioned.is_empty() {
            html.raw("<span class=\"who\">");
            mention_chips(html, view, event, &mentioned);
            html.raw("</span>");
        }
        html.raw("</li>");
    }
    html.raw("</ul></details>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_is_even_when_short_and_broken_when_long() {
        let short = Axis::new(vec![10, 0, 20, 10]).unwrap();
        assert!(short.breaks.is_empty());
        assert!((short.place(10) - 50.0).abs() < 1e-9);
        assert!((short.place(5) - 27.5).abs() < 1e-9);
        let long = Axis::new(vec![0, 400, 401]).unwrap();
        assert_eq!(long.breaks.iter().map(|b| b.1).collect::<Vec<_>>(), [400]);
        assert!(long.place(401) - long.place(400) > 5.0);
        assert!(long.place(-50) < MARGIN && long.place(9_999) > 100.0 - MARGIN);
        assert_eq!(long.reach(&[(0, 401)]).beyond, (false, false));
        assert_eq!(Axis::new(vec![0, 5]).unwrap().reach(&[(-1, 2), (3, 5)]).beyond, (true, false));
    }

    #[test]
    fn strays_and_wide_ranges_do_not_stretch_the_axis() {
        let crowd = |day: Day| vec![(day, day); 9];
        let strays: Vec<(Day, Day)> = (1..40).map(|i| (i * 100, i * 100)).collect();
        let days = marks(&[crowd(5_000), crowd(5_003), strays, vec![(0, 9_000)]].concat(), &[]);
        let distinct: std::collections::BTreeSet<Day> = days.into_iter().collect();
        assert!(distinct.contains(&5_000) && distinct.contains(&5_003), "{distinct:?}");
        assert!(distinct.len() <= STRETCHES + 1 && !distinct.contains(&0), "{distinct:?}");
        assert_eq!(marks(&[(0, 900)], &[]), [0, 900], "a wide range is better than nothing");
    }

    #[test]
    fn one_day_stands_in_the_middle_and_no_day_gives_no_axis() {
        assert!((Axis::new(vec![7]).unwrap().place(7) - 50.0).abs() < 1e-9);
        assert!(Axis::new(vec![]).is_none());
    }

    #[test]
    fn labels_keep_their_distance() {
        let axis = Axis::new((0..60).collect()).unwrap();
        let labels = axis.labels();
        assert!(labels.len() > 3);
        assert!(labels.windows(2).all(|w| w[1].1 - w[0].1 >= LABEL_WIDE));
    }
}
