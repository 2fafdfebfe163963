//! The page as a tree in flat vectors.
//!
//! The tree keeps what later steps ask for: elements with a few attributes, text, and for each text the range of the
//! source it was read from. Values of attributes are kept once however often they stand on the page, so that what is
//! asked of a class can be asked once. Reading a page is `parse`, putting nodes into their places `sink`.

use crate::meta::facts;
use html5ever::{LocalName, local_name};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

/// "No node".
pub(crate) const NONE: u32 = u32::MAX;

/// Attributes that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Class,
    Id,
    Itemprop,
    Role,
    Name,
    Property,
    Content,
    Href,
    Rel,
    Datetime,
    Lang,
    Type,
    Style,
    Hidden,
    AriaHidden,
    Title,
    HttpEquiv,
    DataTestid,
}

impl Key {
    /// The key of an attribute's name in small letters, where the attribute is kept.
    pub(super) fn of(name: &str) -> Option<Key> {
        Some(match name {
            "class" => Key::Class,
            "id" => Key::Id,
            "itemprop" => Key::Itemprop,
            "role" => Key::Role,
            "name" => Key::Name,
            "property" => Key::Property,
            "content" => Key::Content,
            "href" => Key::Href,
            "rel" => Key::Rel,
            "datetime" => Key::Datetime,
            "lang" => Key::Lang,
            "type" => Key::Type,
            "style" => Key::Style,
            "hidden" => Key::Hidden,
            "aria-hidden" => Key::AriaHidden,
            "title" => Key::Title,
            "http-equiv" => Key::HttpEquiv,
            "data-testid" | "data-component" | "data-qa" => Key::DataTestid,
            _ => return None,
        })
    }

    /// How much of a value anything is asked of; nothing where nothing is. Links are asked whether they lead to an
    /// author's page, styles whether they hide.
    pub(super) fn asked(self, element: &str, value: &str) -> Option<usize> {
        match self {
            Key::Href if element == "a" => facts::leads_to_author(value),
            Key::Href => (element == "link").then_some(value.len()),
            Key::Style => value.contains("display").then_some(value.len()),
            _ => Some(value.len()),
        }
    }
}

/// A value of an attribute: its place in [`Values`].
pub(crate) type Value = u32;

/// The values of a page's attributes, each once.
#[derive(Debug, Default)]
pub(crate) struct Values {
    bytes: String,
    ends: Vec<u32>,
    /// By hash; of two values with the same hash the second is kept again each time.
    known: FxHashMap<u64, Value>,
}

impl Values {
    /// Keeps a value.
    pub(super) fn keep(&mut self, value: &str) -> Value {
        let mut hasher = FxHasher::default();
        hasher.write(value.as_bytes());
        let hash = hasher.finish();
        if let Some(&at) = self.known.get(&hash)
            && self.get(at) == value
        {
            return at;
        }
        let at = self.ends.len() as Value;
        self.bytes.push_str(value);
        self.ends.push(self.bytes.len() as u32);
        self.known.entry(hash).or_insert(at);
        at
    }

    /// A value.
    pub(crate) fn get(&self, at: Value) -> &str {
        let at = at as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start as usize..self.ends[at] as usize]
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }
}

/// What a node is.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// The root, or something that has no meaning here.
    Other,
    /// An element: its name, and which of the attributes are its own. The words of a `mute` one are not kept.
    Element { name: LocalName, first: u32, count: u16, mute: bool },
    /// Text: its range in `Dom::text` and the range of the source it came from.
    Text { start: u32, end: u32, from: u32, to: u32 },
}

/// One node.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) parent: u32,
    pub(crate) first: u32,
    pub(super) last: u32,
    pub(crate) next: u32,
    pub(super) previous: u32,
    pub(crate) depth: u32,
    pub(crate) kind: Kind,
}

/// The tree.
#[derive(Debug, Default)]
pub(crate) struct Dom {
    /// Nodes; the root is 0.
    pub(crate) nodes: Vec<Node>,
    /// Attributes of all elements.
    pub(super) attributes: Vec<(Key, Value)>,
    /// What the attributes say.
    pub(crate) values: Values,
    /// All text of all nodes.
    pub(crate) text: String,
    /// Whether a bound was reached and something was dropped.
    pub(crate) cut: bool,
}

impl Dom {
    /// The element's name, or "" for other nodes.
    pub(crate) fn name(&self, id: u32) -> &str {
        match self.nodes.get(id as usize).map(|n| &n.kind) {
            Some(Kind::Element { name, .. }) => name,
            _ => "",
        }
    }

    /// The attributes of an element that are kept.
    pub(crate) fn attributes(&self, id: u32) -> &[(Key, Value)] {
        match self.nodes.get(id as usize).map(|n| &n.kind) {
            Some(Kind::Element { first, count, .. }) => {
                self.attributes.get(*first as usize..*first as usize + usize::from(*count)).unwrap_or(&[])
            }
            _ => &[],
        }
    }

    /// An attribute of an element.
    pub(crate) fn attribute(&self, id: u32, key: Key) -> Option<&str> {
        self.attributes(id).iter().find(|(k, _)| *k == key).map(|(_, v)| self.values.get(*v))
    }

    /// The node that follows `id` in the order of the page inside `root`, without its children if `over`.
    pub(crate) fn following(&self, id: u32, root: u32, over: bool) -> Option<u32> {
        let node = self.nodes.get(id as usize)?;
        if !over && node.first != NONE {
            return Some(node.first);
        }
        let mut at = id;
        while at != root {
            let node = self.nodes.get(at as usize)?;
            if node.next != NONE {
                return Some(node.next);
            }
            at = node.parent;
            if at == NONE {
                return None;
            }
        }
        None
    }

    /// The words under a node, white space folded; at most `limit` bytes.
    pub(crate) fn words(&self, root: u32, limit: usize) -> String {
        let mut out = String::new();
        let mut at = Some(root);
        while let Some(id) = at {
            let mut over = false;
            if let Some(node) = self.nodes.get(id as usize) {
                match &node.kind {
                    Kind::Text { start, end, .. } => {
                        out.push_str(self.text.get(*start as usize..*end as usize).unwrap_or(""))
                    }
                    Kind::Element { name, .. } => {
                        over = matches!(
                            *name,
                            local_name!("script")
                                | local_name!("style")
                                | local_name!("svg")
                                | local_name!("template")
                        );
                        if !matches!(
                            *name,
                            local_name!("b")
                                | local_name!("i")
                                | local_name!("em")
                                | local_name!("strong")
                                | local_name!("a")
                                | local_name!("span")
                                | local_name!("font")
                                | local_name!("u")
                        ) {
                            out.push(' ');
                        }
                    }
                    Kind::Other => {}
                }
            }
            if out.len() > limit {
                break;
            }
            at = self.following(id, root, over);
        }
        crate::block::folded(&out)
    }

    /// The raw text of an element's own text children, such as a script's.
    pub(crate) fn raw(&self, id: u32) -> String {
        let mut out = String::new();
        let mut child = self.nodes.get(id as usize).map_or(NONE, |n| n.first);
        while let Some(node) = self.nodes.get(child as usize) {
            if let Kind::Text { start, end, .. } = node.kind {
                out.push_str(self.text.get(start as usize..end as usize).unwrap_or(""));
            }
            child = node.next;
        }
        out
    }
}
