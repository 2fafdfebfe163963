//! The elements above a page's blocks: how they are named, how far above a block such a name stands, and how much of
//! the page's words they hold.

use super::dom::{Dom, Key, Kind, NONE};
use super::flatten::Leaf;
use super::hints::{self, Hints};
use super::names::Names;
use html5ever::{LocalName, local_name};
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// A distance that means "nowhere above".
pub(super) const FAR: u8 = 24;

/// Groups of tags whose distance above a block is measured.
const TAGS: usize = 16;

/// Attributes that name an element for its hints.
const NAMING: &[Key] = &[Key::Class, Key::Id, Key::Itemprop, Key::DataTestid];

/// An element that holds blocks.
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) node: u32,
    pub(crate) parent: u32,
    pub(crate) depth: u32,
    pub(crate) hints: Hints,
    pub(super) words: u32,
    pub(super) chars: u32,
    pub(super) linked: u32,
    pub(super) leaves: u32,
    pub(super) running: u32,
    pub(super) paragraphs: u32,
    pub(super) score: f32,
    pub(super) hint_distance: [u8; hints::COUNT],
    pub(super) tag_distance: [u8; TAGS],
    pub(super) path: u64,
    pub(super) kin: u64,
}

fn tag_group(name: &LocalName) -> Option<usize> {
    Some(match *name {
        local_name!("article") => 0,
        local_name!("main") => 1,
        local_name!("section") => 2,
        local_name!("aside") => 3,
        local_name!("nav") => 4,
        local_name!("footer") => 5,
        local_name!("header") => 6,
        local_name!("form") => 7,
        local_name!("figure") | local_name!("figcaption") => 8,
        local_name!("table") => 9,
        local_name!("ul") | local_name!("ol") => 10,
        local_name!("blockquote") => 11,
        local_name!("dl") => 12,
        local_name!("a") => 13,
        local_name!("li") => 14,
        local_name!("details") => 15,
        _ => return None,
    })
}

/// The tag of a block, as one of the numbers of its row.
pub(super) fn tag_code(name: &LocalName) -> u8 {
    match *name {
        local_name!("p") => 1,
        local_name!("h1") => 2,
        local_name!("h2") => 3,
        local_name!("h3") => 4,
        local_name!("h4") | local_name!("h5") | local_name!("h6") => 5,
        local_name!("blockquote") => 6,
        local_name!("pre") => 7,
        local_name!("li") => 8,
        local_name!("dd") | local_name!("dt") => 9,
        local_name!("td") | local_name!("th") => 10,
        local_name!("div") => 11,
        local_name!("article") | local_name!("section") | local_name!("main") => 12,
        local_name!("figcaption") | local_name!("caption") => 13,
        local_name!("header") | local_name!("footer") | local_name!("aside") | local_name!("nav") => 14,
        _ => 15,
    }
}

fn mix(a: u64, name: &LocalName, b: u64) -> u64 {
    let mut h = FxHasher::default();
    h.write_u64(a);
    h.write(name.as_bytes());
    h.write_u64(b);
    h.finish()
}

/// The elements above the blocks, parents before children.
pub(super) fn elements(dom: &Dom, names: &Names, leaves: &[Leaf]) -> (Vec<Element>, Vec<u32>) {
    let mut index = vec![NONE; dom.nodes.len()];
    let mut out: Vec<Element> = Vec::new();
    let mut element_of = Vec::with_capacity(leaves.len());
    let mut chain = Vec::new();
    for leaf in leaves {
        let mut at = leaf.parent;
        chain.clear();
        while let Some(node) = dom.nodes.get(at as usize) {
            if index[at as usize] != NONE {
                break;
            }
            chain.push(at);
            at = node.parent;
        }
        for &node in chain.iter().rev() {
            let parent = dom.nodes[node as usize].parent;
            let parent = index.get(parent as usize).copied().unwrap_or(NONE);
            index[node as usize] = out.len() as u32;
            out.push(element(dom, names, node, parent, &out));
        }
        element_of.push(index[leaf.parent as usize]);
    }
    (out, element_of)
}

fn element(dom: &Dom, names: &Names, node: u32, parent: u32, known: &[Element]) -> Element {
    let above = known.get(parent as usize);
    let nameless = local_name!("");
    let name = match dom.nodes.get(node as usize).map(|n| &n.kind) {
        Some(Kind::Element { name, .. }) => name,
        _ => &nameless,
    };
    let hints = names.of(node, NAMING).hints;
    let mut hint_distance =
        above.map_or([FAR; hints::COUNT], |a| a.hint_distance.map(|d| d.saturating_add(1).min(FAR)));
    for (g, distance) in hint_distance.iter_mut().enumerate() {
        if hints & (1 << g) != 0 {
            *distance = 0;
        }
    }
    let mut tag_distance =
        above.map_or([FAR; TAGS], |a| a.tag_distance.map(|d| d.saturating_add(1).min(FAR)));
    let role = match dom.attribute(node, Key::Role) {
        Some("main") => Some(1),
        Some("article") => Some(0),
        Some("navigation") => Some(4),
        Some("complementary") => Some(3),
        Some("contentinfo") => Some(5),
        Some("banner") => Some(6),
        _ => None,
    };
    for group in [tag_group(name), role].into_iter().flatten() {
        tag_distance[group] = 0;
    }
    let classes = dom
        .attributes(node)
        .iter()
        .filter(|(key, value)| *key == Key::Class && !dom.values.get(*value).is_empty());
    let class = classes.map(|(_, class)| *class).next().unwrap_or(NONE);
    let path = mix(above.map_or(0, |a| a.path), name, 0);
    let kin = mix(above.map_or(0, |a| a.kin >> 32), name, u64::from(class) + 1);
    Element {
        node,
        parent,
        depth: above.map_or(0, |a| a.depth + 1),
        hints,
        words: 0,
        chars: 0,
        linked: 0,
        leaves: 0,
        running: 0,
        paragraphs: 0,
        score: 0.0,
        hint_distance,
        tag_distance,
        path,
        kin,
    }
}
