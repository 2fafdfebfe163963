//! Who wrote it: linked data, metadata, marked elements and the visible byline, in the order in which they
//! proved right on one half of `news_a`.

use super::facts::Facts;
use super::people::{from_names, in_byline};
use super::visible::Visible;
use headwater_model::text::fold::fold;
use serde_json::Value;

const METAS: &[&str] = &[
    "author",
    "article:author",
    "og:article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "dc.author",
    "byl",
    "article.author",
    "authors",
    "citation_author",
    "creator",
    "cxenseparse:author",
    "article:author_name",
    "parsely-metadata",
];

/// The names that an author value of linked data gives.
fn linked_names(facts: &Facts, value: &Value, out: &mut Vec<String>) {
    match value {
        Value::String(s) => out.push(s.clone()),
        Value::Array(list) => list.iter().take(20).for_each(|v| linked_names(facts, v, out)),
        Value::Object(o) => {
            let organisation = o
                .get("@type")
                .and_then(Value::as_str)
                .is_some_and(|t| t.to_ascii_lowercase().contains("organi"));
            match o.get("name") {
                Some(Value::String(s)) if !organisation => out.push(s.clone()),
                Some(Value::Array(list)) if !organisation => {
                    list.iter().filter_map(Value::as_str).for_each(|s| out.push(s.to_owned()))
                }
                Some(_) => {}
                None => out.extend(
                    o.get("@id").and_then(Value::as_str).and_then(|id| facts.referred(id)).map(str::to_owned),
                ),
            }
        }
        _ => {}
    }
}

/// Names under the label "Written by" of cards for social networks.
fn labelled(facts: &Facts) -> Option<&str> {
    ["1", "2"].iter().find_map(|n| {
        let label = facts.meta_of(&[&format!("twitter:label{n}")])?.to_lowercase();
        let written = [
            "written by",
            "author",
            "by",
            "verfasst von",
            "autor",
            "escrito por",
            "écrit par",
            "scritto da",
            "geschreven door",
        ]
        .contains(&label.trim());
        written.then(|| facts.meta_of(&[&format!("twitter:data{n}")])).flatten()
    })
}

/// All names that are given as authors' in the head of the page, as written.
pub(crate) fn stated(facts: &Facts) -> Vec<String> {
    let mut out = Vec::new();
    for object in facts.articles() {
        for key in ["author", "creator"] {
            if let Some(value) = object.get(key) {
                linked_names(facts, value, &mut out);
            }
        }
    }
    out.extend(
        facts
            .metas
            .iter()
            .filter(|(n, c)| METAS.contains(&n.as_str()) && !c.starts_with("http"))
            .map(|(_, c)| c.clone()),
    );
    out
}

/// The authors, and which parts of the page name them.
#[derive(Debug, Default)]
pub(crate) struct Chosen {
    pub(crate) names: Vec<String>,
    pub(crate) from: Vec<&'static str>,
    /// Whether only words that need not mean an author name them.
    pub(crate) guessed: bool,
}

/// The authors of a page; none when no sign is good enough.
pub(crate) fn choose(facts: &Facts, visible: &Visible, outlet: Option<&str>) -> Chosen {
    let not_outlet = |names: Vec<String>| -> Vec<String> {
        let key = |s: &str| fold(s).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let outlet = outlet.map(key).unwrap_or_default();
        names.into_iter().filter(|n| key(n) != outlet).take(12).collect()
    };
    let linked = facts
        .articles()
        .filter_map(|object| object.get("author").or_else(|| object.get("creator")))
        .map(|value| {
            let mut names = Vec::new();
            linked_names(facts, value, &mut names);
            not_outlet(from_names(names.iter().map(String::as_str)))
        })
        .find(|names| !names.is_empty())
        .unwrap_or_default();
    let meta = not_outlet(from_names(
        facts
            .metas
            .iter()
            .filter(|(n, c)| METAS.contains(&n.as_str()) && !c.starts_with("http"))
            .map(|(_, c)| c.as_str()),
    ));
    let card = not_outlet(labelled(facts).map(in_byline).unwrap_or_default());
    let profiles = not_outlet(from_names(profiles(facts, visible).into_iter()));
    let told = said(visible).map_or_else(Vec::new, &not_outlet);
    // Who wrote it is said to readers; linked data lists editors and contributors with them.
    let part = linked.len() > 1
        && (1..linked.len()).contains(&told.len())
        && told.iter().all(|n| linked.iter().any(|l| same(l, n)));
    let ways = [
        ("the page's linked data", linked),
        ("the page's metadata", meta),
        ("a card for social networks", card),
        ("links to authors' pages", profiles),
        ("the byline", told),
    ];
    let first = if part { Some(ways.len() - 1) } else { ways.iter().position(|w| !w.1.is_empty()) };
    if let Some(first) = first {
        let names = ways[first].1.clone();
        let agrees = |w: &&(&str, Vec<String>)| {
            w.1.len() == names.len() && names.iter().all(|n| w.1.iter().any(|o| same(o, n)))
        };
        let mut from = vec![ways[first].0];
        from.extend(ways.iter().filter(agrees).map(|w| w.0).filter(|w| *w != ways[first].0));
        return Chosen { names, from, guessed: false };
    }
    let beside = not_outlet(beside_date(visible));
    if !beside.is_empty() {
        return Chosen { names: beside, from: vec!["a name beside the date"], guessed: true };
    }
    let marked = marked(facts, visible, &not_outlet);
    if marked.is_empty() {
        return Chosen::default();
    }
    Chosen { names: marked, from: vec!["an element named as an author's"], guessed: false }
}

/// The names in the first element beside the headline that is named as an author's.
fn marked(facts: &Facts, visible: &Visible, not_outlet: &dyn Fn(Vec<String>) -> Vec<String>) -> Vec<String> {
    let strict = |names: &str| {
        names.contains("itemprop")
            || names.starts_with("author")
            || names.contains("byline")
            || names.contains("author-name")
            || names.contains("author_name")
            || names.contains("rel=author")
    };
    let near = || facts.bylines.iter().filter(|(_, _, node)| visible.near_headline(*node));
    near()
        .filter(|b| strict(&b.0))
        .chain(near().filter(|b| !strict(&b.0)))
        .filter(|b| b.1.chars().count() <= 120)
        .map(|b| not_outlet(in_byline(&b.1)))
        .find(|names| !names.is_empty())
        .unwrap_or_default()
}

/// Whether two spellings are one name.
fn same(a: &str, b: &str) -> bool {
    fold(a) == fold(b)
}

/// Blocks between the links of one byline.
const BYLINE_GAP: usize = 1;

/// The words of the links to authors' pages beside the headline; a second byline further on is that of a picture.
fn profiles<'f>(facts: &'f Facts, visible: &Visible) -> Vec<&'f str> {
    let mut out = Vec::new();
    let mut last: Option<usize> = None;
    for (words, node) in facts.profiles.iter().filter(|(_, node)| visible.near_headline(*node)) {
        let at = visible.block(*node);
        if last.is_some_and(|l| at > l + BYLINE_GAP) && !from_names(out.iter().copied()).is_empty() {
            break;
        }
        last = Some(at);
        out.push(words.as_str());
    }
    out
}

/// The names of a line that says who wrote it.
fn said(visible: &Visible) -> Option<Vec<String>> {
    for line in visible.lines.iter().filter(|l| (-4..=10).contains(&l.distance) && !l.body) {
        let lower = line.text.to_lowercase();
        let lead = [
            "by ",
            "by:",
            "von ",
            "par ",
            "por ",
            "written by ",
            "author: ",
            "di ",
            "door ",
            "text: ",
            "автор: ",
        ]
        .iter()
        .any(|l| lower.starts_with(l));
        // "posted on 8 May by Jana Novak"
        if let Some((_, rest)) = line.text.rsplit_once(" by ").filter(|(head, rest)| {
            !lead && head.split_whitespace().count() <= 9 && rest.split_whitespace().count() <= 5
        }) {
            let names = in_byline(rest);
            if !names.is_empty() && lower.chars().any(|c| c.is_ascii_digit()) {
                return Some(names);
            }
        }
        if lead && line.text.split_whitespace().count() <= 16 {
            let names = in_byline(&line.text);
            if !names.is_empty() {
                return Some(names);
            }
        }
    }
    None
}

/// Words of a name that stands alone before a date: first name, last name, perhaps one between.
const NAME_WORDS: std::ops::RangeInclusive<usize> = 2..=3;

/// "Jana Novak May 8, 2024" under the headline, with no word that says what the name is.
fn beside_date(visible: &Visible) -> Vec<String> {
    for line in visible.lines.iter().filter(|l| (1..=6).contains(&l.distance) && !l.body) {
        let Some(found) =
            super::dates::parse::all(&line.text, super::dates::parse::Order::DayFirst).into_iter().next()
        else {
            continue;
        };
        let before = line.text.get(..found.start).unwrap_or("").trim();
        if NAME_WORDS.contains(&before.split_whitespace().count())
            && before
                .chars()
                .all(|c| c.is_alphabetic() || c.is_whitespace() || matches!(c, '-' | '.' | '\'' | '’'))
            && !super::dates::says_published(before)
            && !super::dates::says_changed(before)
            && let Some(name) = super::people::tidy(before)
        {
            return vec![name];
        }
    }
    Vec::new()
}
