//! What is measured of each block: itself, where it stands, its neighbours, and how much of the page's running
//! text its containers hold. The order of the numbers is part of the trained weights.
//!
//! A block's numbers are written when they are asked for, one block at a time: all of a large page would fill memory.

use super::dom::{Dom, Kind, NONE};
use super::elements::{Element, FAR, elements, tag_code};
use super::flatten::{Blocks, Leaf};
use super::names::Names;
use crate::block::Draft;
use crate::residue::cues::{self, Cue};
use crate::residue::shape::{Shape, Shaper};
use headwater_model::BlockClass;
use html5ever::local_name;
use rustc_hash::FxHashMap;

/// Words from which a block with few links counts as running text.
const RUNNING_WORDS: usize = 15;

/// Share of linked characters below which it does.
const RUNNING_LINKS: f32 = 0.35;

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

/// The blocks of a page as later steps ask for them.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) shapes: Vec<Shape>,
    pub(crate) elements: Vec<Element>,
    /// The element of each block.
    pub(crate) element_of: Vec<u32>,
    pub(crate) cues: Vec<Option<Cue>>,
}

impl Page {
    /// Looks at the blocks of a page.
    pub(crate) fn new(dom: &Dom, names: &Names, blocks: &Blocks) -> Page {
        let mut shaper = Shaper::default();
        let shapes: Vec<Shape> = blocks.drafts.iter().map(|d| shaper.shape(&d.text)).collect();
        let cues = blocks.drafts.iter().zip(&shapes).map(|(d, s)| cues::cue(&d.text, s)).collect();
        let (elements, element_of) = elements(dom, names, &blocks.leaves);
        Page { shapes, elements, element_of, cues }
    }

    pub(super) fn element(&self, block: usize) -> &Element {
        &self.elements[self.element_of[block] as usize]
    }
}

/// What is asked of a block for its own row and for those of its neighbours.
#[derive(Clone, Copy, Debug)]
struct Own {
    words: u32,
    link: f32,
    commas: u32,
    tag: u8,
    terminal: bool,
    /// Whether it is a piece of running text.
    running: bool,
    /// Share of the headline's words in it.
    title: f32,
}

/// A page's blocks, counted and weighed, from which each block's numbers are written.
pub(crate) struct Measure<'p> {
    page: &'p Page,
    blocks: &'p Blocks,
    context: &'p Context,
    own: Vec<Own>,
    /// Words, characters, linked characters and words of running text of the whole page.
    words: u32,
    chars: u32,
    linked: u32,
    running: u32,
    /// The best container by score.
    top: usize,
    /// How far above each element the best container stands, and those that hold most of the running text.
    inside: Vec<[u8; 3]>,
    /// How far above each element its chain meets that of the best container.
    meets: Vec<u8>,
    by_path: FxHashMap<u64, Tally>,
    by_kin: FxHashMap<u64, Tally>,
    /// Blocks of the same words: how many, and the first.
    by_key: FxHashMap<&'p str, (u32, u32)>,
    /// The block that is the headline.
    headline: usize,
    /// Words and words of running text before each block.
    before: Vec<(u32, u32)>,
    /// Blocks to the last piece of running text before, and to the next behind.
    gaps: Vec<(u8, u8)>,
}

/// A distance between blocks that means "far away".
const GAP: u8 = 60;

impl<'p> Measure<'p> {
    /// Counts and weighs the blocks of a page; their words are summed up in its elements.
    pub(crate) fn new(dom: &Dom, page: &'p mut Page, blocks: &'p Blocks, context: &'p Context) -> Self {
        let leaves = blocks.leaves.as_slice();
        let own = own(dom, page, blocks, context);
        sum_up(page, leaves, &own, dom);
        let page = &*page;
        let (shapes, elements) = (&page.shapes, &page.elements);
        let root = elements.first();
        let [words, chars, linked, running] =
            root.map_or([0; 4], |e| [e.words, e.chars, e.linked, e.running]);
        let top = best(elements);
        let holders = [0.5, 0.8].map(|part| holder(elements, part, running));
        let (inside, meets) = distances(elements, top, holders);

        let mut by_path: FxHashMap<u64, Tally> = FxHashMap::default();
        let mut by_kin: FxHashMap<u64, Tally> = FxHashMap::default();
        let mut by_key: FxHashMap<&str, (u32, u32)> = FxHashMap::default();
        for (i, block) in own.iter().enumerate() {
            let e = page.element(i);
            for (table, key) in [(&mut by_path, e.path), (&mut by_kin, e.kin)] {
                let t = table.entry(key).or_default();
                t.leaves += 1;
                t.words += block.words;
                t.running += if block.running { block.words } else { 0 };
            }
            by_key.entry(shapes[i].key.as_str()).or_insert((0, i as u32)).0 += 1;
        }

        let first_running = own.iter().position(|b| b.running).unwrap_or(0);
        // The headline's block: the first full match, or a first-level heading with much of it.
        let headline = (0..leaves.len())
            .find(|&i| {
                let (first, second) = (own[i].tag == H1, own[i].tag == H2);
                (own[i].title > 0.8 && (first || second) || first && own[i].title > 0.4) && !leaves[i].hidden
            })
            .unwrap_or(first_running.saturating_sub(1));

        let mut before = Vec::with_capacity(own.len());
        let mut gaps = Vec::with_capacity(own.len());
        let (mut sum, mut gap) = ((0, 0), GAP);
        for block in &own {
            before.push(sum);
            gaps.push((gap, GAP));
            sum.0 += block.words;
            sum.1 += if block.running { block.words } else { 0 };
            gap = if block.running { 0 } else { (gap + 1).min(GAP) };
        }
        let mut gap = GAP;
        for (block, gaps) in own.iter().zip(&mut gaps).rev() {
            gaps.1 = gap;
            gap = if block.running { 0 } else { (gap + 1).min(GAP) };
        }
        Measure {
            page,
            blocks,
            context,
            own,
            words,
            chars,
            linked,
            running,
            top,
            inside,
            meets,
            by_path,
            by_kin,
            by_key,
            headline,
            before,
            gaps,
        }
    }

    /// What was measured.
    pub(crate) fn page(&self) -> &'p Page {
        self.page
    }

    /// How many blocks there are.
    fn len(&self) -> usize {
        self.own.len()
    }

    /// Writes the numbers of a block.
    pub(crate) fn row(&self, i: usize, f: &mut Vec<f32>) {
        self.block(i, f);
        self.above(i, f);
        self.place(i, f);
        self.likeness(i, f);
        self.neighbours(i, f);
        // the page
        f.push(self.words.min(6000) as f32);
        f.push(share(self.running, self.words));
        f.push(share(self.linked, self.chars));
        f.push(self.page.elements[self.top].paragraphs.min(100) as f32);
    }

    /// The block itself.
    fn block(&self, i: usize, f: &mut Vec<f32>) {
        let (leaf, shape, own) = (&self.blocks.leaves[i], &self.page.shapes[i], &self.own[i]);
        let text = self.blocks.drafts[i].text.as_str();
        let marks = Marks::of(text);
        f.push(shape.words.min(400) as f32);
        f.push(leaf.chars as f32 / shape.words.max(1) as f32);
        f.push(own.link);
        f.push(share(leaf.strong, leaf.chars));
        f.push(flag(shape.terminal));
        f.push(flag(shape.colon));
        f.push(flag(shape.quoted));
        f.push(flag(shape.bullet));
        f.push(flag(shape.shouted));
        f.push(own.commas.min(20) as f32);
        f.push(shape.capitals as f32 / shape.words.max(1) as f32);
        f.push(shape.long_capitals as f32 / shape.long.max(1) as f32);
        f.push(shape.letters as f32 / leaf.chars.max(1) as f32);
        f.push(marks.digits as f32 / leaf.chars.max(1) as f32);
        f.push(flag(text.chars().next().is_some_and(char::is_lowercase)));
        f.push(flag(marks.special));
        f.push(marks.stops.min(20) as f32);
        f.push(f32::from(own.tag));
        f.push(flag(leaf.broken));
        f.push(flag(leaf.hidden));
        f.push(self.page.element(i).depth.min(60) as f32);
        f.push(match self.page.cues[i] {
            None => 0.0,
            Some(Cue::Line(class, _)) => 1.0 + class_code(class),
            Some(Cue::Section(class, _)) => 11.0 + class_code(class),
        });
    }

    /// Names, tags and containers above it.
    fn above(&self, i: usize, f: &mut Vec<f32>) {
        let e = self.page.element(i);
        f.extend(e.hint_distance.iter().map(|d| f32::from(*d)));
        f.extend(e.tag_distance.iter().map(|d| f32::from(*d)));
        let mut at = self.page.element_of[i];
        for _ in 0..6 {
            let up = self.page.elements.get(at as usize);
            f.push(up.map_or(-1.0, |e| e.words.min(3000) as f32));
            f.push(up.map_or(-1.0, |e| share(e.linked, e.chars)));
            f.push(up.map_or(-1.0, |e| share(e.running, self.running)));
            f.push(up.map_or(-1.0, |e| share(e.running, e.words)));
            f.push(up.map_or(-1.0, |e| share(e.words, e.leaves)));
            at = up.map_or(NONE, |e| e.parent);
        }
        let element = self.page.element_of[i] as usize;
        f.extend(self.inside[element].iter().map(|d| f32::from(*d)));
        f.push(f32::from(self.meets[element]));
        f.push(share(self.page.elements[self.top].running, self.running));
    }

    /// Where on the page it stands.
    fn place(&self, i: usize, f: &mut Vec<f32>) {
        let blocks = self.len();
        f.push(i as f32 / blocks as f32);
        f.push(i.min(200) as f32);
        f.push((blocks - 1 - i).min(200) as f32);
        f.push(share(self.before[i].0, self.words));
        f.push(share(self.before[i].1, self.running));
        f.push((i as f32 - self.headline as f32).clamp(-60.0, 120.0));
        f.push(flag(i > self.headline));
        f.push(f32::from(self.gaps[i].0));
        f.push(f32::from(self.gaps[i].1));
    }

    /// What it is like: blocks in the same place, blocks of the same words, what the page says of itself.
    fn likeness(&self, i: usize, f: &mut Vec<f32>) {
        let (shape, e) = (&self.page.shapes[i], self.page.element(i));
        let path = self.by_path.get(&e.path).copied().unwrap_or_default();
        let kin = self.by_kin.get(&e.kin).copied().unwrap_or_default();
        for tally in [path, kin] {
            f.push(tally.leaves.min(200) as f32);
            f.push(share(tally.words, tally.leaves));
            f.push(share(tally.running, self.running));
        }
        let (copies, first) = self.by_key.get(shape.key.as_str()).copied().unwrap_or((1, i as u32));
        f.push(copies.min(9) as f32);
        f.push(flag(first == i as u32));
        f.push(self.own[i].title);
        f.push(self.context.description.as_ref().map_or(-1.0, |d| overlap(shape, d)));
        f.push(match &self.context.stated {
            None => -1.0,
            Some(_) if shape.content.is_empty() => -0.5,
            Some(words) => {
                shape.content.windows(2).filter(|w| words.contains(&pair(w))).count() as f32
                    / (shape.content.len().saturating_sub(1)).max(1) as f32
            }
        });
    }

    fn neighbours(&self, i: usize, f: &mut Vec<f32>) {
        let element = |i: usize| self.page.element_of[i];
        for offset in [-3i64, -2, -1, 1, 2, 3] {
            let j = i as i64 + offset;
            match usize::try_from(j).ok().filter(|j| *j < self.len()) {
                Some(j) => {
                    f.push(self.own[j].words.min(150) as f32);
                    f.push(self.own[j].link);
                    f.push(flag(self.own[j].terminal));
                    if offset.abs() <= 1 {
                        f.push(f32::from(self.own[j].tag));
                        f.push(flag(element(j) == element(i)));
                        f.push(flag(self.page.element(j).parent == self.page.element(i).parent));
                    }
                }
                None => f.extend(std::iter::repeat_n(-1.0, if offset.abs() <= 1 { 6 } else { 3 })),
            }
        }
    }
}

fn flag(b: bool) -> f32 {
    f32::from(u8::from(b))
}

/// Codes of the tags of headings, as [`tag_code`] gives them.
const H1: u8 = 2;
const H2: u8 = 3;

/// Marks and digits of a block, counted in one pass.
#[derive(Default)]
struct Marks {
    digits: u32,
    /// Full stops before a space.
    stops: u32,
    /// Whether it has marks that menus and links are decorated with.
    special: bool,
}

impl Marks {
    fn of(text: &str) -> Marks {
        let mut marks = Marks::default();
        let mut stop = false;
        for b in text.bytes() {
            marks.digits += u32::from(b.is_ascii_digit());
            marks.stops += u32::from(stop && b == b' ');
            stop = b == b'.';
            marks.special |= matches!(b, b'|' | b'#' | b'@');
        }
        marks.special |= !text.is_ascii() && text.contains(['©', '»', '→', '›']);
        marks
    }
}

fn own(dom: &Dom, page: &Page, blocks: &Blocks, context: &Context) -> Vec<Own> {
    let tag = |leaf: &Leaf| match dom.nodes.get(leaf.parent as usize).map(|n| &n.kind) {
        Some(Kind::Element { name, .. }) => tag_code(name),
        _ => tag_code(&local_name!("")),
    };
    let of = |((leaf, draft), shape): ((&Leaf, &Draft), &Shape)| {
        let text = draft.text.as_str();
        let wide = if text.is_ascii() { 0 } else { text.matches('，').count() };
        let commas = (text.bytes().filter(|b| *b == b',').count() + wide) as u32;
        let link = share(leaf.linked, leaf.chars);
        Own {
            words: shape.words as u32,
            link,
            commas,
            tag: tag(leaf),
            terminal: shape.terminal,
            running: shape.words >= RUNNING_WORDS
                && link < RUNNING_LINKS
                && (shape.terminal || commas > 0 || shape.words > 40)
                && !leaf.hidden,
            title: context.title.as_ref().map_or(0.0, |t| overlap(shape, t)),
        }
    };
    blocks.leaves.iter().zip(&blocks.drafts).zip(&page.shapes).map(of).collect()
}

/// Sums up the blocks' words, and what they are worth, in the elements that hold them.
fn sum_up(page: &mut Page, leaves: &[Leaf], own: &[Own], dom: &Dom) {
    let elements = &mut page.elements;
    for ((leaf, block), &element) in leaves.iter().zip(own).zip(&page.element_of) {
        let Some(e) = elements.get_mut(element as usize) else { continue };
        e.words += block.words;
        e.chars += leaf.chars;
        e.linked += leaf.linked;
        e.leaves += 1;
        e.running += if block.running { block.words } else { 0 };
        e.paragraphs += u32::from(block.running);
        // As readability ports score: a paragraph lifts what holds it, half as much what holds that.
        if block.words >= 6 && block.link < 0.5 {
            let score = (1.0 + block.commas.min(10) as f32 + (leaf.chars as f32 / 100.0).min(3.0))
                * (1.0 - block.link);
            let inner = matches!(dom.name(leaf.parent), "p" | "pre" | "li" | "td" | "blockquote");
            let mut at = if inner { e.parent } else { element };
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
}

/// The best container by score.
fn best(elements: &[Element]) -> usize {
    let weight = |e: &Element| {
        let names = 1.0 + 0.3 * flag(e.hints & 0b11 != 0) - 0.4 * flag(e.hints & 0b1000_0000_1100 != 0);
        e.score * (1.0 - share(e.linked, e.chars)) * names
    };
    let mut top = 0;
    for (i, e) in elements.iter().enumerate() {
        if weight(e) > weight(&elements[top]) {
            top = i;
        }
    }
    top
}

/// The deepest container that holds this part of the running text.
fn holder(elements: &[Element], part: f32, running: u32) -> usize {
    let mut at = 0;
    for (i, e) in elements.iter().enumerate().skip(1) {
        if e.parent as usize == at && e.running as f32 >= part * running as f32 && running > 0 {
            at = i;
        }
    }
    at
}

/// How far above each element these containers stand, and how far up its chain meets that of the first.
fn distances(elements: &[Element], top: usize, holders: [usize; 2]) -> (Vec<[u8; 3]>, Vec<u8>) {
    let mut on_chain = vec![false; elements.len()];
    let mut at = top as u32;
    while let Some(e) = elements.get(at as usize) {
        on_chain[at as usize] = true;
        at = e.parent;
    }
    let mut inside: Vec<[u8; 3]> = Vec::with_capacity(elements.len());
    let mut meets: Vec<u8> = Vec::with_capacity(elements.len());
    for (i, e) in elements.iter().enumerate() {
        let above = inside.get(e.parent as usize).copied().unwrap_or([FAR; 3]);
        let mut own = above.map(|d| if d == FAR { FAR } else { (d + 1).min(FAR - 1) });
        for (own, root) in own.iter_mut().zip([top, holders[0], holders[1]]) {
            if i == root {
                *own = 0;
            }
        }
        inside.push(own);
        let above = meets.get(e.parent as usize).copied().unwrap_or(0);
        meets.push(if on_chain[i] { 0 } else { (above + 1).min(FAR) });
    }
    (inside, meets)
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
