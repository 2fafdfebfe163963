//! The way in for web pages: the tree, its blocks, a judgement of each, and the article.
//!
//! No block is deleted: what is not the article's keeps its words, its class and its place in the source.

pub(crate) mod dom;
mod elements;
mod features;
mod flatten;
mod forest;
mod hints;
mod live;
pub(crate) mod names;
pub(crate) mod parse;
mod quick;
mod second;
mod sink;

use crate::block::{Draft, Piece, assemble, folded};
use crate::input::PageInput;
use crate::meta::{self, facts::Facts};
use crate::residue::{self, cues::Cue, shape::Shape};
use dom::Dom;
use features::{Context, Measure, Page};
use flatten::Blocks;
use forest::{Look, Looks, Places};
use headwater_model::{Article, BlockClass, Span, Warning};
use names::Names;
use second::SecondLook;
use std::ops::Range;
use std::sync::OnceLock;

/// Chance from which a block is held to be the article's. Chosen on one half of the extraction benches.
const KEEP: f32 = 0.5;

/// Share of the words that the page's linked data gives as the article below which those words are taken
/// instead of the blocks: the page draws its text by script.
const STATED_SHARE: f64 = 0.35;

/// Least characters of such words.
const STATED_CHARS: usize = 250;

/// First look.
const FIRST: &[u8] = include_bytes!("../../model/blocks-first.bin");
/// Second look, which sees how the first judged the neighbours.
const SECOND: &[u8] = include_bytes!("../../model/blocks-second.bin");

fn looks() -> Option<&'static Looks> {
    static LOOKS: OnceLock<Option<Looks>> = OnceLock::new();
    LOOKS.get_or_init(|| Looks::read(FIRST, SECOND)).as_ref()
}

/// Reads a web page.
pub(crate) fn article(page: &PageInput, source: &str) -> Article {
    article_by(page, source, looks())
}

/// Reads a web page, its blocks judged by these trees.
fn article_by(page: &PageInput, source: &str, looks: Option<&Looks>) -> Article {
    let mut article = Article {
        id: page.readable_id(),
        path: page.path.to_owned(),
        record: page.record,
        ..Article::default()
    };
    let dom = parse::parse(source);
    let names = Names::new(&dom);
    let facts = Facts::read(&dom, &names);
    let blocks = flatten::blocks(&dom);
    let cut = dom.cut || blocks.full;
    meta::title::choose(page, &facts, &dom, &mut article);
    let nodes: Vec<u32> = blocks.leaves.iter().map(|l| l.node).collect();
    let drafts = {
        let mut page = Page::new(&dom, &names, &blocks);
        let context = context(&facts, article.title.as_deref());
        let chances = judge(&dom, &mut page, &blocks, &context, looks);
        classes(&dom, &names, blocks, &page, &chances, article.title.as_deref())
    };
    // The tree is large, and what follows asks for none of it.
    drop(names);
    drop(dom);
    let drafts = stated_instead(drafts, &facts, source);
    let visible = meta::Visible::new(nodes, &drafts);
    assemble(&mut article, drafts);
    meta::of_page(page, &facts, &visible, &mut article);
    if cut {
        article.warnings.push(Warning::new(
            "page-cut",
            "the page is nested too deep or holds too many elements; part of it was left out",
            "look at the page itself",
        ));
    }
    article
}

fn context(facts: &Facts, title: Option<&str>) -> Context {
    let shape = |text: &str| Some(Shape::new(text)).filter(|s| !s.content.is_empty());
    let stated = facts.body().map(|body| {
        let shape = Shape::new(body);
        shape.content.windows(2).map(features::pair).collect()
    });
    Context { title: title.and_then(shape), description: facts.description().and_then(shape), stated }
}

/// Blocks whose numbers are held at once. Pages with more are gone through twice, so that memory does not grow with
/// them; one of the 1,646 pages of the benches has more.
const HELD: usize = 4_096;

/// The chance of each block that it belongs to the article.
fn judge(dom: &Dom, page: &mut Page, blocks: &Blocks, context: &Context, looks: Option<&Looks>) -> Vec<f32> {
    let count = blocks.leaves.len();
    let Some(looks) = looks else { return vec![0.0; count] };
    let measure = Measure::new(dom, page, blocks, context);
    let ranges = || (0..count).step_by(HELD).map(|from| from..(from + HELD).min(count));
    let mut row = Vec::new();
    let mut place = |places: &mut Places, range: Range<usize>| {
        for block in range.clone() {
            row.clear();
            measure.row(block, &mut row);
            places.put(block - range.start, 0, &row);
        }
        row.len()
    };
    let mut held = None;
    let mut first = Vec::with_capacity(count);
    for range in ranges() {
        let mut places = looks.places(range.len());
        let numbers = place(&mut places, range);
        first.extend(places.judge(Look::First));
        held = Some((places, numbers)).filter(|_| count <= HELD);
    }
    let second = SecondLook::new(measure.page(), &first);
    let mut chances = Vec::with_capacity(count);
    let mut added = Vec::new();
    for range in ranges() {
        let (mut places, numbers) = held.take().unwrap_or_else(|| {
            let mut places = looks.places(range.len());
            let numbers = place(&mut places, range.clone());
            (places, numbers)
        });
        for block in range.clone() {
            added.clear();
            second.row(block, &mut added);
            places.put(block - range.start, numbers, &added);
        }
        chances.extend(places.judge(Look::Second));
    }
    chances
}

/// Gives each block its class.
fn classes(
    dom: &Dom,
    names: &Names,
    blocks: Blocks,
    page: &Page,
    chances: &[f32],
    title: Option<&str>,
) -> Vec<Draft> {
    let first = chances.iter().position(|c| *c >= KEEP);
    let key = title.map(|t| Shape::new(t).key);
    let Blocks { mut drafts, leaves, .. } = blocks;
    // Whether the article's paragraphs have begun.
    let mut running = false;
    for (i, (draft, leaf)) in drafts.iter_mut().zip(leaves).enumerate() {
        draft.score = Some((chances[i] * 100.0).round() as u8);
        let name = dom.name(leaf.parent);
        if chances[i] >= KEEP {
            if matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
                draft.class = BlockClass::Crosshead;
            } else if !running && is_summary(page, i) {
                draft.class = BlockClass::Standfirst;
            } else {
                running |= page.shapes[i].words >= SUMMARY_BEFORE;
            }
        } else {
            let hints = |group: usize| {
                let mut at = page.element_of[i];
                (0..6).any(|_| {
                    let Some(e) = page.elements.get(at as usize) else { return false };
                    at = e.parent;
                    e.hints & (1 << group) != 0 && e.node != 0
                })
            };
            let (class, what) =
                if key.as_deref() == Some(page.shapes[i].key.as_str()) && !page.shapes[i].key.is_empty() {
                    (
                        if first.is_none_or(|f| i < f) {
                            BlockClass::Headline
                        } else {
                            BlockClass::HeadlineRepeat
                        },
                        "says what the headline says",
                    )
                } else if let Some(Cue::Line(class, _) | Cue::Section(class, _)) = page.cues[i] {
                    (class, "its words are those of the site")
                } else if hints(2) {
                    (BlockClass::Comment, "stands among comments")
                } else if hints(16) {
                    (BlockClass::Biography, "stands in an author's box")
                } else if matches!(name, "figcaption") || hints(10) && page.shapes[i].words < 60 {
                    (BlockClass::Caption, "stands at a picture")
                } else if hints(9) && page.shapes[i].words < 30 {
                    (BlockClass::Byline, "stands where author and date do")
                } else if hints(12) {
                    (BlockClass::Notice, "stands in a notice")
                } else if hints(8) {
                    (BlockClass::Advertisement, "stands in a place for advertisements")
                } else if hints(3) || hints(4) || hints(11) {
                    (BlockClass::Promotion, "stands among other stories, share buttons or subscriptions")
                } else {
                    (BlockClass::Navigation, "is not part of the running text")
                };
            draft.mark(class, what);
        }
    }
    residue::polish(&mut drafts, &page.shapes, &page.cues, title);
    live::mark(dom, names, &page.elements, &page.element_of, &mut drafts);
    drafts
}

/// Words of a paragraph behind which no standfirst follows.
const SUMMARY_BEFORE: usize = 12;

/// Elements above a block that may be named as a summary.
const SUMMARY_LEVELS: usize = 2;

/// Whether a block stands in an element named as the article's summary.
fn is_summary(page: &Page, block: usize) -> bool {
    let mut at = page.element_of[block];
    (0..SUMMARY_LEVELS).any(|_| {
        let Some(e) = page.elements.get(at as usize) else { return false };
        at = e.parent;
        // An element that is named as the article's body as well holds more than its summary.
        e.node != 0 && e.hints & (1 << 17) != 0 && e.hints & 1 == 0
    })
}

/// When the page gives the article as linked data and its blocks hold little of it, the data's words are taken.
fn stated_instead(mut drafts: Vec<Draft>, facts: &Facts, source: &str) -> Vec<Draft> {
    let Some(body) = facts.body().filter(|b| b.chars().count() >= STATED_CHARS) else { return drafts };
    let kept: usize = drafts.iter().filter(|d| d.class.is_body()).map(|d| d.text.len()).sum();
    if kept as f64 >= STATED_SHARE * body.len() as f64 {
        return drafts;
    }
    for draft in &mut drafts {
        if draft.class.is_body() {
            draft.mark(
                BlockClass::Navigation,
                "the page states its article elsewhere, and this is little of it",
            );
        }
    }
    let place = Span::new(0, source.len());
    for paragraph in body.split('\n') {
        let text = folded(paragraph);
        if !text.is_empty() {
            let piece = Piece { words: Span::new(0, text.len()), source: place, exact: false };
            drafts.push(Draft::new(text, vec![piece]));
        }
    }
    drafts
}

/// For training: what is measured of each block of a page.
pub mod learning {
    use super::*;

    /// What is measured of one page.
    pub struct Measured {
        /// Words of each block.
        pub texts: Vec<String>,
        /// Numbers of each block, for the first look.
        pub rows: Vec<Vec<f32>>,
        page: Page,
    }

    impl Measured {
        /// Numbers for the second look, given the first look's judgement.
        pub fn second(&self, first: &[f32]) -> Vec<Vec<f32>> {
            let second = SecondLook::new(&self.page, first);
            let rows = self.rows.iter().enumerate().map(|(block, row)| {
                let mut row = row.clone();
                second.row(block, &mut row);
                row
            });
            rows.collect()
        }
    }

    /// Measures a page.
    pub fn measure(html: &str) -> Measured {
        let dom = parse::parse(html);
        let names = Names::new(&dom);
        let facts = Facts::read(&dom, &names);
        let blocks = flatten::blocks(&dom);
        let mut article = Article::default();
        meta::title::choose(&PageInput::new("", crate::Body::Html("")), &facts, &dom, &mut article);
        let context = context(&facts, article.title.as_deref());
        let mut page = Page::new(&dom, &names, &blocks);
        let rows = {
            let measure = Measure::new(&dom, &mut page, &blocks, &context);
            let row = |block| {
                let mut row = Vec::new();
                measure.row(block, &mut row);
                row
            };
            (0..blocks.leaves.len()).map(row).collect()
        };
        Measured { texts: blocks.drafts.into_iter().map(|d| d.text).collect(), rows, page }
    }

    /// What a page says of its day of publication, by the place that says it.
    pub fn dates(html: &str, url: Option<&str>) -> Vec<(meta::dates::Place, String, String)> {
        let dom = parse::parse(html);
        let names = Names::new(&dom);
        let facts = Facts::read(&dom, &names);
        let blocks = flatten::blocks(&dom);
        let mut article = Article::default();
        meta::title::choose(&PageInput::new("", crate::Body::Html("")), &facts, &dom, &mut article);
        let title = article.title.as_deref();
        let mut page = Page::new(&dom, &names, &blocks);
        let chances = judge(&dom, &mut page, &blocks, &context(&facts, title), looks());
        let nodes = blocks.leaves.iter().map(|l| l.node).collect();
        let drafts = classes(&dom, &names, blocks, &page, &chances, title);
        let found = meta::dates::candidates(&facts, &meta::Visible::new(nodes, &drafts), url, None);
        found
            .into_iter()
            .map(|c| {
                (
                    c.place,
                    format!("{} {:?} {}", c.moment.civil(), c.moment.offset, c.moment.time.is_some()),
                    c.words,
                )
            })
            .collect()
    }

    /// The two tables that judge blocks, as `cargo xtask train extract` writes them.
    pub struct Tables(Option<Looks>);

    impl Tables {
        /// Reads both; broken ones judge nothing to be the article's.
        pub fn read(first: &[u8], second: &[u8]) -> Tables {
            Tables(Looks::read(first, second))
        }

        /// Reads a page with these tables instead of those that ship.
        pub fn article(&self, page: &PageInput, source: &str) -> Article {
            article_by(page, source, self.0.as_ref())
        }
    }

    /// Parses a page and does nothing more, for timing: the number of nodes.
    pub fn parse_only(html: &str) -> usize {
        parse::parse(html).nodes.len()
    }
}
