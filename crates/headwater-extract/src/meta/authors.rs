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
fn linked_names(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::String(s) => out.push(s.clone()),
        Value::Array(list) => list.iter().take(20).for_each(|v| linked_names(v, out)),
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
                _ => {}
            }
        }
        _ => {}
    }
}

/// All names that are given as authors' in the head of the page, as written.
pub(crate) fn stated(facts: &Facts) -> Vec<String> {
    let mut out = Vec::new();
    for object in facts.articles() {
        for key in ["author", "creator"] {
            if let Some(value) = object.get(key) {
                linked_names(value, &mut out);
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
    let linked = {
        let mut names = Vec::new();
        for object in facts.articles() {
            if let Some(value) = object.get("author") {
                linked_names(value, &mut names);
            }
            if !names.is_empty() {
                break;
            }
        }
        not_outlet(from_names(names.iter().map(String::as_str)))
    };
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
            if lead && line.text.split_whitespace().count() <= 16 {
                let names = not_outlet(in_byline(&line.text));
                if !names.is_empty() {
                    return names;
                }
            }
        }
        Vec::new()
    };
    for names in [linked, meta] {
        if !names.is_empty() {
            return names;
        }
    }
    let said = said();
    if said.is_empty() { marked() } else { said }
}
