//! What a page states of itself in its head, its linked data and its marked-up elements, as it stands.

use crate::html::dom::{Dom, Key, Kind};
use crate::html::names::Names;
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use html5ever::{LocalName, local_name};
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
    pub(crate) fn read(dom: &Dom, names: &Names) -> Facts {
        let mut facts = Facts::default();
        let mut linked = 0usize;
        let mut at = Some(0u32);
        while let Some(id) = at {
            let mut over = false;
            if let Some(Kind::Element { name, count, .. }) = dom.nodes.get(id as usize).map(|n| &n.kind) {
                match *name {
                    local_name!("svg") | local_name!("style") | local_name!("template") => over = true,
                    local_name!("meta") => facts.meta(dom, id),
                    local_name!("link") => facts.link(dom, id),
                    local_name!("html") => {
                        facts.language = dom.attribute(id, Key::Lang).map(str::to_owned);
                    }
                    local_name!("title") if facts.title.is_none() => {
                        let words = dom.words(id, 1_000);
                        facts.title = Some(words).filter(|w| !w.is_empty());
                    }
                    local_name!("h1") if facts.headings.len() < ELEMENTS => {
                        let words = dom.words(id, 600);
                        if !words.is_empty() {
                            facts.headings.push((id, words));
                        }
                    }
                    local_name!("script") => {
                        over = true;
                        if dom.attribute(id, Key::Type).is_some_and(|t| t.contains("ld+json")) {
                            let raw = dom.raw(id);
                            linked += raw.len();
                            if linked <= LINKED_BYTES {
                                facts.linked(&raw);
                            }
                        }
                    }
                    _ if *count > 0 => facts.marked(dom, names, id, name),
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

    fn marked(&mut self, dom: &Dom, names: &Names, id: u32, tag: &LocalName) {
        if *tag == local_name!("a")
            && self.profiles.len() < ELEMENTS
            && dom.attribute(id, Key::Href).and_then(leads_to_author).is_some()
        {
            let words = dom.words(id, 120);
            if !words.is_empty() && words.chars().count() <= 60 {
                self.profiles.push((words, id));
            }
        }
        let itemprop = dom.attribute(id, Key::Itemprop).unwrap_or("");
        let says = names.of(id, NAMING);
        if *tag != local_name!("time") && !says.dated && !says.signed && itemprop.is_empty() {
            return;
        }
        let (dated, signed, tag) = (says.dated, says.signed, &**tag);
        let named = |key: Key| dom.attribute(id, key).unwrap_or("");
        let [class, own, rel, property] = [Key::Class, Key::Id, Key::Rel, Key::Property].map(named);
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

/// Attributes that name what an element holds.
const NAMING: &[Key] = &[Key::Itemprop, Key::Class, Key::Id, Key::Rel, Key::Property];

/// Longest name that is read, in bytes.
const NAME_BYTES: usize = 300;

/// Whether a name speaks of a date, and whether of an author.
pub(crate) fn names_date_or_author(name: &str) -> (bool, bool) {
    let (mut dated, mut signed) = (false, false);
    if let Some(table) = name_table().filter(|_| name.len() < NAME_BYTES) {
        for found in table.find_overlapping_iter(name) {
            let date = found.pattern().as_usize() < DATED.len();
            dated |= date;
            signed |= !date;
        }
    }
    (dated, signed)
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

/// For the address of an author's page: how many bytes its path has.
pub(crate) fn leads_to_author(href: &str) -> Option<usize> {
    static TABLE: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .ascii_case_insensitive(true)
            .build(AUTHORS.iter().chain(READERS))
            .ok()
    });
    let path = &href[..memchr::memchr2(b'?', b'#', href.as_bytes()).unwrap_or(href.len())];
    let table = table.as_ref().filter(|_| path.len() < ADDRESS_BYTES)?;
    let (mut author, mut reader) = (false, false);
    for found in table.find_overlapping_iter(path) {
        let part = found.pattern().as_usize() < AUTHORS.len();
        author |= part;
        reader |= !part;
    }
    (author && !reader).then_some(path.len())
}
