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

/// The authors of a page; none when no sign is good enough.
pub(crate) fn choose(facts: &Facts, visible: &Visible, outlet: Option<&str>) -> Vec<String> {
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
    let marked = || {
        let near: Vec<&(String, String, u32)> =
            facts.bylines.iter().filter(|(_, _, node)| visible.near_headline(*node)).collect();
        let strict = |names: &str| {
            names.contains("itemprop")
                || names.starts_with("author")
                || names.contains("byline")
                || names.contains("author-name")
                || names.contains("author_name")
                || names.contains("rel=author")
        };
        let mut out: Vec<String> = Vec::new();
        for (names, words, _) in
            near.iter().filter(|(n, _, _)| strict(n)).chain(near.iter().filter(|(n, _, _)| !strict(n)))
        {
            let _ = names;
            if words.chars().count() <= 120 {
                out = not_outlet(in_byline(words));
            }
            if !out.is_empty() {
                break;
            }
        }
        out
    };
    let said = || {
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
                let names = not_outlet(in_byline(rest));
                if !names.is_empty() && lower.chars().any(|c| c.is_ascii_digit()) {
                    return names;
                }
            }
            if lead && line.text.split_whitespace().count() <= 16 {
                let names = not_outlet(in_byline(&line.text));
                if !names.is_empty() {
                    return names;
                }
            }
        }
        Vec::new()
    };
    let card = not_outlet(labelled(facts).map(in_byline).unwrap_or_default());
    let profiles = not_outlet(from_names(
        facts
            .profiles
            .iter()
            .filter(|(_, node)| visible.near_headline(*node))
            .map(|(words, _)| words.as_str()),
    ));
    for names in [linked, meta, card, profiles] {
        if !names.is_empty() {
            return names;
        }
    }
    let said = said();
    if said.is_empty() { marked() } else { said }
}
