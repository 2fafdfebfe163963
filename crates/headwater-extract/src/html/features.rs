//! What is measured of each block: itself, where it stands, its neighbours, and how much of the page's running
//! text its containers hold. The order of the numbers is part of the trained weights.

use super::dom::{Dom, NONE};
use super::flatten::Leaf;
use super::hints::{self, Hints};
use crate::residue::cues::{self, Cue};
use crate::residue::shape::Shape;
use headwater_model::BlockClass;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

/// Words from which a block with few links counts as running text.
const RUNNING_WORDS: usize = 15;

/// Share of linked characters below which it does.
const RUNNING_LINKS: f32 = 0.35;

/// A distance that means "nowhere above".
const FAR: u8 = 24;

/// Groups of tags whose distance above a block is measured.
const TAGS: usize = 16;

/// What is known of the page as a whole.
#[derive(Debug, Default)]
pub(crate) struct Context {
    /// The headline as the metadata gives it.
    pub(crate) title: Option<Shape>,
    /// The summary as the metadata gives it.
    pub(crate) description: Option<Shape>,
    /// The words of the article as linked data gives them, for comparison.
    pub(crate) stated: Option<rustc_hash::FxHashSet<u64>>,
}

/// An element that holds blocks.
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) node: u32,
    pub(crate) parent: u32,
    pub(crate) depth: u32,
    pub(crate) hints: Hints,
    words: u32,
    chars: u32,
    linked: u32,
    leaves: u32,
    running: u32,
    paragraphs: u32,
    score: f32,
    hint_distance: [u8; hints::COUNT],
    tag_distance: [u8; TAGS],
    path: u64,
    kin: u64,
}

/// The blocks of a page with everything that was measured.
pub(crate) struct Page {
    pub(crate) shapes: Vec<Shape>,
    pub(crate) elements: Vec<Element>,
    /// The element of each block.
    pub(crate) element_of: Vec<u32>,
    pub(crate) cues: Vec<Option<Cue>>,
    /// One row of numbers a block.
    pub(crate) rows: Vec<Vec<f32>>,
}

fn tag_group(name: &str) -> Option<usize> {
    Some(match name {
        "article" => 0,
        "main" => 1,
        "section" => 2,
        "aside" => 3,
        "nav" => 4,
        "footer" => 5,
        "header" => 6,
        "form" => 7,
        "figure" | "figcaption" => 8,
        "table" => 9,
        "ul" | "ol" => 10,
        "blockquote" => 11,
        "dl" => 12,
        "a" => 13,
        "li" => 14,
        "details" => 15,
        _ => return None,
    })
}

fn tag_code(name: &str) -> f32 {
    match name {
        "p" => 1.0,
        "h1" => 2.0,
        "h2" => 3.0,
        "h3" => 4.0,
        "h4" | "h5" | "h6" => 5.0,
        "blockquote" => 6.0,
        "pre" => 7.0,
        "li" => 8.0,
        "dd" | "dt" => 9.0,
        "td" | "th" => 10.0,
        "div" => 11.0,
        "article" | "section" | "main" => 12.0,
        "figcaption" | "caption" => 13.0,
        "header" | "footer" | "aside" | "nav" => 14.0,
        _ => 15.0,
    }
}

fn mix(a: u64, text: &str, c: u64) -> u64 {
    let mut h = FxHasher::default();
    h.write_u64(a);
    h.write(text.as_bytes());
    h.write_u64(c);
    h.finish()
}

/// The elements above the blocks, parents before children.
fn elements(dom: &Dom, leaves: &[Leaf]) -> (Vec<Element>, Vec<u32>) {
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
            out.push(element(dom, node, parent, &out));
        }
        element_of.push(index[leaf.parent as usize]);
    }
    (out, element_of)
}

fn element(dom: &Dom, node: u32, parent: u32, known: &[Element]) -> Element {
    let above = known.get(parent as usize);
    let name = dom.name(node);
    let hints = hints::of(dom, node);
    let mut hint_distance =
        above.map_or([FAR; hints::COUNT], |a| a.hint_distance.map(|d| d.saturating_add(1).min(FAR)));
    for (g, distance) in hint_distance.iter_mut().enumerate() {
        if hints & (1 << g) != 0 {
            *distance = 0;
        }
    }
    let mut tag_distance =
        above.map_or([FAR; TAGS], |a| a.tag_distance.map(|d| d.saturating_add(1).min(FAR)));
    let role = match dom.attribute(node, super::dom::Key::Role) {
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
    let class = dom.attribute(node, super::dom::Key::Class).unwrap_or("");
    let path = mix(above.map_or(0, |a| a.path), name, 0);
    let kin = mix(above.map_or(0, |a| a.kin >> 32), name, mix(0, class, 1));
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

fn share(part: u32, whole: u32) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}

/// Words of paragraphs, kin and path, for counting blocks of a kind.
#[derive(Clone, Copy, Default)]
struct Tally {
    leaves: u32,
    words: u32,
    running: u32,
}

/// Measures all blocks of a page.
pub(crate) fn measure(dom: &Dom, leaves: &[Leaf], context: &Context) -> Page {
    let shapes: Vec<Shape> = leaves.iter().map(|l| Shape::new(&l.draft.text)).collect();
    let cues: Vec<Option<Cue>> =
        leaves.iter().zip(&shapes).map(|(l, s)| cues::cue(&l.draft.text, s)).collect();
    let (mut elements, element_of) = elements(dom, leaves);
    let link: Vec<f32> = leaves.iter().map(|l| share(l.linked, l.chars)).collect();
    let commas: Vec<u32> = leaves
        .iter()
        .map(|l| {
            l.draft.text.bytes().filter(|b| *b == b',').count() as u32
                + l.draft.text.matches('，').count() as u32
        })
        .collect();
    let running: Vec<bool> = (0..leaves.len())
        .map(|i| {
            shapes[i].words >= RUNNING_WORDS
                && link[i] < RUNNING_LINKS
                && (shapes[i].terminal || commas[i] > 0 || shapes[i].words > 40)
                && !leaves[i].hidden
        })
        .collect();
    let name_of: Vec<&str> = leaves.iter().map(|l| dom.name(l.parent)).collect();

    for (i, leaf) in leaves.iter().enumerate() {
        let words = shapes[i].words as u32;
        let Some(e) = elements.get_mut(element_of[i] as usize) else { continue };
        e.words += words;
        e.chars += leaf.chars;
        e.linked += leaf.linked;
        e.leaves += 1;
        e.running += if running[i] { words } else { 0 };
        e.paragraphs += u32::from(running[i]);
        // As readability ports score: a paragraph lifts what holds it, half as much what holds that.
        if words >= 6 && link[i] < 0.5 {
            let score =
                (1.0 + commas[i].min(10) as f32 + (leaf.chars as f32 / 100.0).min(3.0)) * (1.0 - link[i]);
            let up = if matches!(name_of[i], "p" | "pre" | "li" | "td" | "blockquote") {
                e.parent
            } else {
                element_of[i]
            };
            let mut at = up;
            for part in [1.0, 0.5, 0.33] {
                let Some(e) = elements.get_mut(at as usize) else { break };
                e.score += score * part;
                at = e.parent;
            }
        }
    }
    for i in (1..elements.len()).rev() {
        let (before, rest) = elements.split_at_mut(i);
        let e = &rest[0];
        if let Some(p) = before.get_mut(e.parent as usize) {
            p.words += e.words;
            p.chars += e.chars;
            p.linked += e.linked;
            p.leaves += e.leaves;
            p.running += e.running;
            p.paragraphs += e.paragraphs;
        }
    }
    let total_running = elements.first().map_or(0, |e| e.running);
    let total_words = elements.first().map_or(0, |e| e.words);
    let total_chars = elements.first().map_or(0, |e| e.chars);
    let total_linked = elements.first().map_or(0, |e| e.linked);

    // The best container by score, and the deepest ones that hold most of the running text.
    let weight = |e: &Element| {
        let names = 1.0 + 0.3 * f32::from(u8::from(e.hints & 0b11 != 0))
            - 0.4 * f32::from(u8::from(e.hints & 0b1000_0000_1100 != 0));
        e.score * (1.0 - share(e.linked, e.chars)) * names
    };
    let mut top = 0u32;
    for (i, e) in elements.iter().enumerate() {
        if weight(e) > weight(&elements[top as usize]) {
            top = i as u32;
        }
    }
    let holder = |part: f32| {
        let mut at = 0u32;
        for (i, e) in elements.iter().enumerate().skip(1) {
            if e.parent == at && e.running as f32 >= part * total_running as f32 && total_running > 0 {
                at = i as u32;
            }
        }
        at
    };
    let holders = [holder(0.5), holder(0.8)];
    let inside: Vec<[u8; 3]> = {
        let mut inside: Vec<[u8; 3]> = Vec::with_capacity(elements.len());
        for (i, e) in elements.iter().enumerate() {
            let above = inside.get(e.parent as usize).copied().unwrap_or([FAR; 3]);
            let mut own = above.map(|d| if d == FAR { FAR } else { (d + 1).min(FAR - 1) });
            for (k, root) in [top, holders[0], holders[1]].into_iter().enumerate() {
                if i as u32 == root {
                    own[k] = 0;
                }
            }
            inside.push(own);
        }
        inside
    };
    // How far up from a block its chain meets the chain of the best container.
    let on_top_chain: Vec<bool> = {
        let mut marks = vec![false; elements.len()];
        let mut at = top;
        while let Some(e) = elements.get(at as usize) {
            marks[at as usize] = true;
            at = e.parent;
        }
        marks
    };
    let meets: Vec<u8> = {
        let mut out: Vec<u8> = Vec::with_capacity(elements.len());
        for (i, e) in elements.iter().enumerate() {
            let above = out.get(e.parent as usize).copied().unwrap_or(0);
            out.push(if on_top_chain[i] { 0 } else { (above + 1).min(FAR) });
        }
        out
    };

    let mut by_path: FxHashMap<u64, Tally> = FxHashMap::default();
    let mut by_kin: FxHashMap<u64, Tally> = FxHashMap::default();
    let mut by_key: FxHashMap<&str, (u32, u32)> = FxHashMap::default();
    for i in 0..leaves.len() {
        let Some(e) = elements.get(element_of[i] as usize) else { continue };
        for (table, key) in [(&mut by_path, e.path), (&mut by_kin, e.kin)] {
            let t = table.entry(key).or_default();
            t.leaves += 1;
            t.words += shapes[i].words as u32;
            t.running += if running[i] { shapes[i].words as u32 } else { 0 };
        }
        by_key.entry(shapes[i].key.as_str()).or_insert((0, i as u32)).0 += 1;
    }

    let titles: Vec<f32> =
        shapes.iter().map(|s| context.title.as_ref().map_or(0.0, |t| overlap(s, t))).collect();
    let first_running = running.iter().position(|r| *r).unwrap_or(0);
    // The headline's block: the last full match before the best container's text is well under way.
    let headline = (0..leaves.len())
        .filter(|i| {
            titles[*i] > 0.8 && matches!(name_of[*i], "h1" | "h2") || name_of[*i] == "h1" && titles[*i] > 0.4
        })
        .find(|i| !leaves[*i].hidden)
        .unwrap_or(first_running.saturating_sub(1));

    let mut words_before = 0u32;
    let mut running_before = 0u32;
    let mut since_running = 60u32;
    let mut gap_before = Vec::with_capacity(leaves.len());
    for r in &running {
        gap_before.push(since_running);
        since_running = if *r { 0 } else { (since_running + 1).min(60) };
    }
    let mut gap_after = vec![60u32; leaves.len()];
    let mut until = 60u32;
    for i in (0..leaves.len()).rev() {
        gap_after[i] = until;
        until = if running[i] { 0 } else { (until + 1).min(60) };
    }

    let mut rows = Vec::with_capacity(leaves.len());
    for (i, leaf) in leaves.iter().enumerate() {
        let shape = &shapes[i];
        let e = &elements[(element_of[i] as usize).min(elements.len() - 1)];
        let mut f: Vec<f32> = Vec::with_capacity(170);
        let flag = |b: bool| f32::from(u8::from(b));
        // the block
        f.push(shape.words.min(400) as f32);
        f.push(leaf.chars as f32 / shape.words.max(1) as f32);
        f.push(link[i]);
        f.push(share(leaf.strong, leaf.chars));
        f.push(flag(shape.terminal));
        f.push(flag(shape.colon));
        f.push(flag(shape.quoted));
        f.push(flag(shape.bullet));
        f.push(flag(shape.shouted));
        f.push(commas[i].min(20) as f32);
        f.push(shape.capitals as f32 / shape.words.max(1) as f32);
        f.push(shape.long_capitals as f32 / shape.long.max(1) as f32);
        f.push(shape.letters as f32 / leaf.chars.max(1) as f32);
        f.push(leaf.draft.text.bytes().filter(u8::is_ascii_digit).count() as f32 / leaf.chars.max(1) as f32);
        f.push(flag(leaf.draft.text.chars().next().is_some_and(char::is_lowercase)));
        f.push(flag(leaf.draft.text.contains(['|', '©', '»', '→', '›', '#', '@'])));
        f.push(leaf.draft.text.matches(". ").count().min(20) as f32);
        f.push(tag_code(name_of[i]));
        f.push(flag(leaf.broken));
        f.push(flag(leaf.hidden));
        f.push(e.depth.min(60) as f32);
        f.push(match cues[i] {
            None => 0.0,
            Some(Cue::Line(class, _)) => 1.0 + class_code(class),
            Some(Cue::Section(class, _)) => 11.0 + class_code(class),
        });
        // names and tags above
        f.extend(e.hint_distance.iter().map(|d| f32::from(*d)));
        f.extend(e.tag_distance.iter().map(|d| f32::from(*d)));
        // containers
        let mut at = element_of[i];
        for _ in 0..6 {
            let up = elements.get(at as usize);
            f.push(up.map_or(-1.0, |e| e.words.min(3000) as f32));
            f.push(up.map_or(-1.0, |e| share(e.linked, e.chars)));
            f.push(up.map_or(-1.0, |e| share(e.running, total_running)));
            f.push(up.map_or(-1.0, |e| share(e.running, e.words)));
            f.push(up.map_or(-1.0, |e| share(e.words, e.leaves)));
            at = up.map_or(NONE, |e| e.parent);
        }
        let own = inside[(element_of[i] as usize).min(inside.len() - 1)];
        f.extend(own.iter().map(|d| f32::from(*d)));
        f.push(f32::from(meets[(element_of[i] as usize).min(meets.len() - 1)]));
        f.push(share(elements[top as usize].running, total_running));
        // place
        f.push(i as f32 / leaves.len() as f32);
        f.push(i.min(200) as f32);
        f.push((leaves.len() - 1 - i).min(200) as f32);
        f.push(share(words_before, total_words));
        f.push(share(running_before, total_running));
        f.push((i as f32 - headline as f32).clamp(-60.0, 120.0));
        f.push(flag(i > headline));
        f.push(gap_before[i] as f32);
        f.push(gap_after[i] as f32);
        // likeness
        let path = by_path.get(&e.path).copied().unwrap_or_default();
        let kin = by_kin.get(&e.kin).copied().unwrap_or_default();
        for tally in [path, kin] {
            f.push(tally.leaves.min(200) as f32);
            f.push(share(tally.words, tally.leaves));
            f.push(share(tally.running, total_running));
        }
        let (copies, first) = by_key.get(shape.key.as_str()).copied().unwrap_or((1, i as u32));
        f.push(copies.min(9) as f32);
        f.push(flag(first == i as u32));
        f.push(titles[i]);
        f.push(context.description.as_ref().map_or(-1.0, |d| overlap(shape, d)));
        f.push(match &context.stated {
            None => -1.0,
            Some(_) if shape.content.is_empty() => -0.5,
            Some(words) => {
                shape.content.windows(2).filter(|w| words.contains(&pair(w))).count() as f32
                    / (shape.content.len().saturating_sub(1)).max(1) as f32
            }
        });
        // neighbours
        for offset in [-3i64, -2, -1, 1, 2, 3] {
            let j = i as i64 + offset;
            match usize::try_from(j).ok().filter(|j| *j < leaves.len()) {
                Some(j) => {
                    f.push(shapes[j].words.min(150) as f32);
                    f.push(link[j]);
                    f.push(flag(shapes[j].terminal));
                    if offset.abs() <= 1 {
                        f.push(tag_code(name_of[j]));
                        f.push(flag(element_of[j] == element_of[i]));
                        f.push(flag(
                            elements.get(element_of[j] as usize).map(|e| e.parent) == Some(e.parent),
                        ));
                    }
                }
                None => f.extend(std::iter::repeat_n(-1.0, if offset.abs() <= 1 { 6 } else { 3 })),
            }
        }
        // the page
        f.push(total_words.min(6000) as f32);
        f.push(share(total_running, total_words));
        f.push(share(total_linked, total_chars));
        f.push(elements[top as usize].paragraphs.min(100) as f32);
        rows.push(f);
        words_before += shape.words as u32;
        running_before += if running[i] { shape.words as u32 } else { 0 };
    }
    Page { shapes, elements, element_of, cues, rows }
}

fn class_code(class: BlockClass) -> f32 {
    match class {
        BlockClass::Promotion => 0.0,
        BlockClass::Advertisement => 1.0,
        BlockClass::Comment => 2.0,
        BlockClass::Biography => 3.0,
        BlockClass::Disclaimer => 4.0,
        BlockClass::Notice => 5.0,
        _ => 6.0,
    }
}

/// Two words of content in a row, as one number.
pub(crate) fn pair(words: &[u64]) -> u64 {
    words.iter().fold(0, |h: u64, w| h.rotate_left(7) ^ w)
}

/// How alike two short texts are: shared words of content over those of the longer one.
fn overlap(a: &Shape, b: &Shape) -> f32 {
    if a.content.is_empty() || b.content.is_empty() || a.content.len() > 60 {
        return 0.0;
    }
    let shared = a.content.iter().filter(|w| b.content.contains(w)).count();
    shared as f32 / a.content.len().max(b.content.len().min(60)) as f32
}

/// What the trained second look adds: how the neighbours, the container and the kin were judged at first.
#[expect(clippy::needless_range_loop, reason = "several lists are read at the same place")]
pub(crate) fn second(page: &Page, first: &[f32]) -> Vec<Vec<f32>> {
    let n = first.len();
    let weight = |i: usize| page.shapes[i].words as f32 + 0.5;
    let mut by_element = vec![(0.0f32, 0.0f32); page.elements.len()];
    for i in 0..n {
        let mut at = page.element_of[i];
        for _ in 0..40 {
            let Some(sum) = by_element.get_mut(at as usize) else { break };
            sum.0 += first[i] * weight(i);
            sum.1 += weight(i);
            at = page.elements[at as usize].parent;
        }
    }
    let mut by_kin: FxHashMap<u64, (f32, f32)> = FxHashMap::default();
    let mut total = 0.0;
    for i in 0..n {
        let sum = by_kin.entry(page.elements[page.element_of[i] as usize].kin).or_default();
        sum.0 += first[i] * weight(i);
        sum.1 += weight(i);
        total += first[i] * weight(i);
    }
    let mut before = 0.0;
    let mut rows = Vec::with_capacity(n);
    let at = |i: i64| usize::try_from(i).ok().and_then(|i| first.get(i)).copied().unwrap_or(-0.1);
    for i in 0..n {
        let mut f = page.rows[i].clone();
        let k = i as i64;
        f.push(first[i]);
        for offset in [-4, -3, -2, -1, 1, 2, 3, 4] {
            f.push(at(k + offset));
        }
        let mut up = page.element_of[i];
        for _ in 0..5 {
            match by_element.get(up as usize) {
                Some((sum, weights)) => {
                    f.push(sum / weights.max(0.5));
                    f.push(sum / (total + 1.0));
                    up = page.elements[up as usize].parent;
                }
                None => f.extend([-0.1, -0.1]),
            }
        }
        let (sum, weights) =
            by_kin.get(&page.elements[page.element_of[i] as usize].kin).copied().unwrap_or_default();
        f.push(sum / weights.max(0.5));
        f.push(before / (total + 1.0));
        let strong = |range: std::ops::Range<i64>| {
            range.clone().find(|j| at(*j) > 0.6).map_or(40.0, |j| (j - range.start) as f32)
        };
        f.push(strong(k + 1..k + 40));
        f.push((1..40).find(|d| at(k - d) > 0.6).map_or(40.0, |d| d as f32));
        f.push(total.min(3000.0));
        before += first[i] * weight(i);
        rows.push(f);
    }
    rows
}
