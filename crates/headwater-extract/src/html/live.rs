//! Entries of live blogs: kept blocks inside an element that is named as an entry, with the time the entry tells.
//!
//! Judges nothing: which blocks are the article's is settled before. A page with one such element only is no live blog.

use super::dom::{Dom, Key, NONE};
use super::elements::Element;
use super::names::Names;
use crate::block::Draft;
use headwater_model::BlockClass;
use rustc_hash::FxHashMap;

/// Names of entries, in small letters, as the makers of live blogs write them in classes, ids and properties.
const NAMES: &[&str] = &[
    "liveblogupdate",
    "liveblogposting",
    "liveblog-entry",
    "liveblog-post",
    "liveblog-item",
    "liveblog__entry",
    "liveblog__post",
    "liveblog__item",
    "live-blog-entry",
    "live-blog-post",
    "live-blog-item",
    "live-blog__entry",
    "live-blog__post",
    "live-blog-update",
    "live-entry",
    "live-post",
    "live-update",
    "live-item",
    "livepost",
    "liveticker-entry",
    "liveticker-item",
    "ticker-entry",
    "lb-post",
    "lx-stream__post",
];

/// Bytes of the shortest of them.
const SHORTEST: usize = 7;

/// Attributes that name an entry.
const NAMING: &[Key] = &[Key::Class, Key::Id, Key::Itemprop, Key::DataTestid];

/// Entries from which a page is a live blog.
const ENTRIES: usize = 2;

/// Elements of one entry in which its time is looked for.
const TIME_NODES: usize = 200;

/// Longest time of an entry, in bytes.
const TIME_BYTES: usize = 60;

/// Whether a name is that of an entry. The list of all entries has the name in the plural or with more behind it.
pub(super) fn is_entry(value: &str) -> bool {
    value.len() < 400
        && value.split_ascii_whitespace().filter(|w| w.len() >= SHORTEST).map(str::to_ascii_lowercase).any(
            |word| {
                NAMES.iter().any(|n| word == *n || word.strip_suffix(|c: char| c.is_ascii_digit()) == Some(n))
            },
        )
}

/// Gives the blocks of entries their class and time; `element_of` is each block's element.
pub(crate) fn mark(dom: &Dom, names: &Names, elements: &[Element], element_of: &[u32], drafts: &mut [Draft]) {
    let mut entry_of: Vec<u32> = Vec::with_capacity(elements.len());
    let mut entries = 0;
    for (i, e) in elements.iter().enumerate() {
        let own = names.of(e.node, NAMING).entry;
        entries += usize::from(own);
        let above = entry_of.get(e.parent as usize).copied().unwrap_or(NONE);
        entry_of.push(if own { i as u32 } else { above });
    }
    if entries < ENTRIES {
        return;
    }
    let mut times: FxHashMap<u32, Option<String>> = FxHashMap::default();
    for (draft, element) in drafts.iter_mut().zip(element_of) {
        let entry = entry_of.get(*element as usize).copied().unwrap_or(NONE);
        let Some(e) = elements.get(entry as usize).filter(|_| draft.class == BlockClass::Body) else {
            continue;
        };
        draft.class = BlockClass::LiveEntry;
        draft.time = times.entry(entry).or_insert_with(|| time(dom, e.node)).clone();
    }
}

/// The time an entry tells: its first `<time>`, as the attribute or the words say.
fn time(dom: &Dom, entry: u32) -> Option<String> {
    let mut at = dom.following(entry, entry, false);
    for _ in 0..TIME_NODES {
        let node = at?;
        if dom.name(node) == "time" {
            let told =
                dom.attribute(node, Key::Datetime).map_or_else(|| dom.words(node, TIME_BYTES), str::to_owned);
            let told = told.trim();
            return (!told.is_empty() && told.len() <= TIME_BYTES).then(|| told.to_owned());
        }
        at = dom.following(node, entry, false);
    }
    None
}
