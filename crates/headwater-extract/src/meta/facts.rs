//! What a page states of itself in its head, its linked data and its marked-up elements, as it stands.

use crate::html::dom::{Dom, Key, Kind};
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use serde_json::{Map, Value};
use std::sync::OnceLock;

/// Bytes of linked data that are read from one page.
const LINKED_BYTES: usize = 4 * 1024 * 1024;

/// Objects of linked data that are looked at.
const LINKED_OBJECTS: usize = 5_000;

/// Marked-up elements of one kind that are kept.
const ELEMENTS: usize = 60;

/// A `<time>` or an element with a date property.
#[derive(Debug)]
pub(crate) struct Timed {
    /// Node of the tree.
    pub(crate) node: u32,
    /// Its attribute, or its words.
    pub(crate) value: String,
    /// Its words.
    pub(crate) words: String,
    /// Class, id and property, in lower case.
    pub(crate) names: String,
}

/// The page's own statements.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// `<meta>`: name or property in lower case, content.
    pub(crate) metas: Vec<(String, String)>,
    /// Canonical address.
    pub(crate) canonical: Option<String>,
    /// `<base>`-less feed of `<link rel=original>` and kin.
    pub(crate) links: Vec<(String, String)>,
    /// Words of `<title>`.
    pub(crate) title: Option<String>,
    /// `lang` of `<html>`.
    pub(crate) language: Option<String>,
    /// Objects of linked data, flattened, with their types in lower case.
    pub(crate) objects: Vec<(String, Map<String, Value>)>,
    /// First-level headings: node, words.
    pub(crate) headings: Vec<(u32, String)>,
    /// Dates in elements.
    pub(crate) times: Vec<Timed>,
    /// Elements that are marked or named as authors: names in lower case, words, node.
    pub(crate) bylines: Vec<(String, String, u32)>,
    /// Links to pages of authors: words, node.
    pub(crate) profiles: Vec<(String, u32)>,
    /// Elements marked `itemprop=headline`.
    pub(crate) headlines: Vec<String>,
}

impl Facts {
    /// Reads the tree once.
    pub(crate) fn read(dom: &Dom) -> Facts {
        let mut facts = Facts::default();
        let mut linked = 0usize;
        let mut at = Some(0u32);
        while let Some(id) = at {
            let mut over = false;
            if let Some(Kind::Element(name, attributes)) = dom.nodes.get(id as usize).map(|n| &n.kind) {
                match &**name {
                    "svg" | "style" | "template" => over = true,
                    "meta" => facts.meta(dom, id),
                    "link" => facts.link(dom, id),
                    "html" => facts.language = dom.attribute(id, Key::Lang).map(str::to_owned),
                    "title" if facts.title.is_none() => {
                        let words = dom.words(id, 1_000);
                        facts.title = Some(words).filter(|w| !w.is_empty());
                    }
                    "h1" if facts.headings.len() < ELEMENTS => {
                        let words = dom.words(id, 600);
                        if !words.is_empty() {
                            facts.headings.push((id, words));
                        }
                    }
                    "script" => {
                        over = true;
                        if dom.attribute(id, Key::Type).is_some_and(|t| t.contains("ld+json")) {
                            let raw = dom.raw(id);
                            linked += raw.len();
                            if linked <= LINKED_BYTES {
                                facts.linked(&raw);
                            }
                        }
                    }
                    tag if !attributes.is_empty() => facts.marked(dom, id, tag),
                    _ => {}
                }
            }
            at = dom.following(id, 0, over);
        }
        facts
    }

    fn meta(&mut self, dom: &Dom, id: u32) {
        let Some(content) =
            dom.attribute(id, Key::Content).map(str::trim).filter(|c| !c.is_empty() && c.len() < 20_000)
        else {
            return;
        };
        for key in [Key::Property, Key::Name, Key::Itemprop, Key::HttpEquiv] {
            if let Some(name) = dom.attribute(id, key)
                && self.metas.len() < 400
            {
                self.metas.push((name.trim().to_ascii_lowercase(), content.to_owned()));
            }
        }
    }

    fn link(&mut self, dom: &Dom, id: u32) {
        let (Some(rel), Some(href)) = (dom.attribute(id, Key::Rel), dom.attribute(id, Key::Href)) else {
            return;
        };
        let rel = rel.to_ascii_lowercase();
        if rel == "canonical" && self.canonical.is_none() {
            self.canonical = Some(href.trim().to_owned());
        } else if matches!(
            rel.as_str(),
            "original-source" | "syndication-source" | "original" | "syndication" | "shortlink" | "amphtml"
        ) && self.links.len() < 20
        {
            self.links.push((rel, href.trim().to_owned()));
        }
    }

    fn marked(&mut self, dom: &Dom, id: u32, tag: &str) {
        let itemprop = dom.attribute(id, Key::Itemprop).unwrap_or("");
        let class = dom.attribute(id, Key::Class).unwrap_or("");
        let own = dom.attribute(id, Key::Id).unwrap_or("");
        let rel = dom.attribute(id, Key::Rel).unwrap_or("");
        let property = dom.attribute(id, Key::Property).unwrap_or("");
        if tag == "a"
            && self.profiles.len() < ELEMENTS
            && dom.attribute(id, Key::Href).is_some_and(leads_to_author)
        {
            let words = dom.words(id, 120);
            if !words.is_empty() && words.chars().count() <= 60 {
                self.profiles.push((words, id));
            }
        }
        if tag != "time"
            && itemprop.is_empty()
            && class.is_empty()
            && own.is_empty()
            && rel.is_empty()
            && property.is_empty()
        {
            return;
        }
        let (mut dated, mut signed) = (false, false);
        for name in
            [itemprop, class, own, rel, property].into_iter().filter(|n| !n.is_empty() && n.len() < 300)
        {
            if let Some(table) = name_table() {
                for found in table.find_overlapping_iter(name) {
                    let date = found.pattern().as_usize() < DATED.len();
                    dated |= date;
                    signed |= !date;
                }
            }
        }
        let names = || [itemprop, class, own, rel, property].join(" ").to_ascii_lowercase();
        if self.times.len() < ELEMENTS
            && (tag == "time" || dated && !matches!(tag, "body" | "html" | "article" | "main" | "section"))
        {
            let words = dom.words(id, 220);
            let attribute = dom
                .attribute(id, Key::Datetime)
                .or(dom.attribute(id, Key::Content))
                .or_else(|| dom.attribute(id, Key::Title))
                .map(str::to_owned);
            let value = attribute.unwrap_or_else(|| words.clone());
            if words.chars().count() <= 200 && value.chars().any(|c| c.is_ascii_digit()) {
                self.times.push(Timed { node: id, value, words, names: names() });
            }
        }
        if self.bylines.len() < ELEMENTS
            && signed
            && !matches!(tag, "body" | "html" | "article" | "main" | "section" | "aside")
        {
            let words = match dom.attribute(id, Key::Content) {
                Some(content) if !itemprop.is_empty() => content.to_owned(),
                _ => dom.words(id, 220),
            };
            if !words.is_empty() && words.chars().count() <= 200 {
                self.bylines.push((names(), words, id));
            }
        }
        if itemprop.eq_ignore_ascii_case("headline") && self.headlines.len() < 10 {
            let words = dom.words(id, 600);
            if !words.is_empty() {
                self.headlines.push(words);
            }
        }
    }

    /// Reads one block of linked data; broken ones are repaired where it is safe, else passed over.
    fn linked(&mut self, raw: &str) {
        let trimmed = raw
            .trim()
            .trim_start_matches("<!--")
            .trim_start_matches("//<![CDATA[")
            .trim_end_matches("-->")
            .trim_end_matches("//]]>")
            .trim()
            .trim_end_matches(';');
        let value: Value = match serde_json::from_str(trimmed) {
            Ok(value) => value,
            Err(_) => {
                // Line breaks and tabs inside strings are the common fault.
                let repaired: String =
                    trimmed.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
                match serde_json::from_str(&repaired) {
                    Ok(value) => value,
                    Err(_) => return,
                }
            }
        };
        let mut stack = vec![value];
        while let Some(value) = stack.pop() {
            match value {
                Value::Array(list) => stack.extend(list.into_iter().rev()),
                Value::Object(mut object) => {
                    for key in ["@graph", "mainEntity", "itemListElement", "liveBlogUpdate"] {
                        if let Some(Value::Array(_) | Value::Object(_)) = object.get(key) {
                            stack.extend(object.remove(key))
                        }
                    }
                    if self.objects.len() >= LINKED_OBJECTS {
                        return;
                    }
                    let kind = match object.get("@type") {
                        Some(Value::String(s)) => s.to_ascii_lowercase(),
                        Some(Value::Array(list)) => list
                            .iter()
                            .filter_map(Value::as_str)
                            .collect::<Vec<_>>()
                            .join(" ")
                            .to_ascii_lowercase(),
                        _ => String::new(),
                    };
                    self.objects.push((kind, object));
                }
                _ => {}
            }
        }
    }

    /// The first content of a `<meta>` with one of these names, in the order of the names.
    pub(crate) fn meta_of(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.metas.iter().find(|(n, _)| n == name).map(|(_, c)| c.as_str()))
    }

    /// Linked objects that are articles.
    pub(crate) fn articles(&self) -> impl Iterator<Item = &Map<String, Value>> {
        self.objects
            .iter()
            .filter(|(kind, _)| {
                (kind.contains("article") || kind.contains("posting") || kind.contains("report"))
                    && !kind.contains("item")
            })
            .map(|(_, o)| o)
    }

    /// The name of the object that linked data refers to by `@id`.
    pub(crate) fn referred(&self, id: &str) -> Option<&str> {
        self.objects
            .iter()
            .find(|(kind, o)| kind.contains("person") && o.get("@id").and_then(Value::as_str) == Some(id))
            .and_then(|(_, o)| o.get("name")?.as_str())
    }

    /// The article's words, where linked data holds them.
    pub(crate) fn body(&self) -> Option<&str> {
        self.articles()
            .filter_map(|o| o.get("articleBody")?.as_str())
            .max_by_key(|b| b.len())
            .filter(|b| b.len() > 100)
    }

    /// The page's summary of itself.
    pub(crate) fn description(&self) -> Option<&str> {
        self.meta_of(&["og:description", "description", "twitter:description", "dc.description"])
    }
}

/// Words in names of elements that hold dates, and of those that hold bylines.
const DATED: &[&str] = &["date", "time", "publi", "posted", "updated", "fecha", "datum"];
const SIGNED: &[&str] = &["author", "byline", "by-line", "writer", "autor", "reporter", "contributor"];

fn name_table() -> Option<&'static AhoCorasick> {
    static TABLE: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    TABLE
        .get_or_init(|| {
            let words = DATED.iter().chain(SIGNED);
            AhoCorasick::builder()
                .kind(Some(AhoCorasickKind::DFA))
                .ascii_case_insensitive(true)
                .build(words)
                .ok()
        })
        .as_ref()
}

/// Parts of the addresses of authors' pages.
const AUTHORS: &[&str] = &[
    "/author/",
    "/authors/",
    "/staff/",
    "/writer/",
    "/writers/",
    "/by/",
    "/contributor/",
    "/contributors/",
    "/profile/",
    "/profiles/",
    "/journalist/",
    "/journalists/",
    "/reporter/",
    "/reporters/",
    "/columnist/",
    "/columnists/",
    "/autor/",
    "/autoren/",
    "/autores/",
    "/auteur/",
    "/auteurs/",
    "/autore/",
    "/editor/",
    "/users/",
    "/user/",
    "/redakteur/",
    "/redaktion/",
    "/skribent/",
    "/toimittaja/",
    "/expert/",
    "/experts/",
    "/correspondents/",
];

/// Parts of the addresses of a reader's own account.
const READERS: &[&str] = &["logout", "login", "register", "settings", "signin", "signup"];

/// Bytes of an address from which it is no author's page.
const ADDRESS_BYTES: usize = 300;

/// Whether an address is that of an author's page.
fn leads_to_author(href: &str) -> bool {
    static TABLE: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .ascii_case_insensitive(true)
            .build(AUTHORS.iter().chain(READERS))
            .ok()
    });
    let path = href.split(['?', '#']).next().unwrap_or("");
    let Some(table) = table.as_ref().filter(|_| path.len() < ADDRESS_BYTES) else { return false };
    let (mut author, mut reader) = (false, false);
    for found in table.find_overlapping_iter(path) {
        let part = found.pattern().as_usize() < AUTHORS.len();
        author |= part;
        reader |= !part;
    }
    author && !reader
}
