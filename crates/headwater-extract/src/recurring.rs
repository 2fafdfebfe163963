//! Lines and blocks that recur across the pages of one outlet: its furniture, which one page alone does not show.
//!
//! The one place of this room that sees more than a page. Counting is over sets, so that the order of the pages does
//! not matter. Versions of one report share their words and count as one page. A paragraph that recurs and is about
//! what its pages are about stays: agencies repeat their background.

use crate::block::folded;
use crate::residue::shape::Shape;
use headwater_model::{Article, BlockClass, Removed, Span, Warning};
use rustc_hash::{FxHashMap, FxHashSet};

/// Words from which a block that ends as a sentence does is a paragraph.
const PARAGRAPH_WORDS: usize = 10;

/// Blocks at the beginning and the end of a page at which short lines of the site stand.
const HEAD_BLOCKS: usize = 2;
const FOOT_BLOCKS: usize = 3;

/// Different reports on which a short line at the edge must stand. By judgement.
const LEAST_LINES: usize = 2;

/// Different reports on which a paragraph must stand, and a title. By judgement.
const LEAST_PARAGRAPHS: usize = 3;

/// How many more must agree when the outlet of the pages is not known.
const MORE_UNKNOWN: usize = 2;

/// Share of a paragraph's words of content that its page must hold elsewhere for it to be about the page's matter.
/// The share that `residue` uses for lines.
const ABOUT_SHARE: f64 = 0.5;

/// Whether the pages are known to be of one outlet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlet {
    /// They are.
    Known,
    /// They were put together for want of a name.
    Unknown,
}

/// What recurs.
#[derive(Debug, Default)]
pub struct Recurring {
    lines: FxHashSet<u64>,
    titles: FxHashSet<u64>,
}

/// What is known of one line across pages.
#[derive(Default)]
struct Line {
    reports: FxHashSet<u64>,
    titles: FxHashSet<u64>,
    short: bool,
    at_edge: bool,
    about: f64,
    times: u32,
}

/// Looks for what recurs on the pages of one outlet.
pub fn find(pages: &[&Article], outlet: Outlet) -> Recurring {
    let more = if outlet == Outlet::Unknown { MORE_UNKNOWN } else { 0 };
    if pages.len() < LEAST_LINES + more {
        return Recurring::default();
    }
    let mut lines: FxHashMap<u64, Line> = FxHashMap::default();
    let mut titles: FxHashMap<u64, FxHashSet<u64>> = FxHashMap::default();
    for page in pages {
        let shapes: Vec<Shape> = page.blocks.iter().map(|b| Shape::new(b.span.of(&page.text))).collect();
        let report = report(&shapes);
        let title = page.title.as_deref().map_or(report, |t| key(&Shape::new(t)));
        if page.title.is_some() {
            titles.entry(title).or_default().insert(report);
        }
        let mut vocabulary: FxHashMap<u64, u32> = FxHashMap::default();
        for shape in &shapes {
            for word in distinct(shape) {
                *vocabulary.entry(word).or_default() += 1;
            }
        }
        for (i, shape) in shapes.iter().enumerate() {
            if shape.key.is_empty() {
                continue;
            }
            let short = !is_paragraph(shape);
            let line =
                lines.entry(key(shape)).or_insert_with(|| Line { short, at_edge: true, ..Line::default() });
            line.reports.insert(report);
            line.titles.insert(title);
            line.at_edge &= i < HEAD_BLOCKS || i + FOOT_BLOCKS >= shapes.len();
            line.about += about(shape, &vocabulary);
            line.times += 1;
        }
    }
    let furniture = |line: &Line| {
        // Versions of one report share their title or their longest paragraph.
        let different = line.reports.len().min(line.titles.len());
        if line.short {
            line.at_edge && different >= LEAST_LINES + more
        } else {
            different >= LEAST_PARAGRAPHS + more && line.about < ABOUT_SHARE * f64::from(line.times)
        }
    };
    Recurring {
        lines: lines.into_iter().filter(|(_, line)| furniture(line)).map(|(key, _)| key).collect(),
        titles: titles
            .into_iter()
            .filter(|(_, r)| r.len() >= LEAST_PARAGRAPHS + more)
            .map(|(key, _)| key)
            .collect(),
    }
}

fn is_paragraph(shape: &Shape) -> bool {
    shape.terminal && shape.words >= PARAGRAPH_WORDS
}

fn key(shape: &Shape) -> u64 {
    crate::residue::shape::hash(&shape.key)
}

/// What tells one report from another: its longest paragraph, the first of several.
fn report(shapes: &[Shape]) -> u64 {
    let mut best: Option<&Shape> = None;
    for shape in shapes {
        if best.is_none_or(|b| shape.words > b.words) {
            best = Some(shape);
        }
    }
    best.map_or(0, |s| s.whole)
}

fn distinct(shape: &Shape) -> Vec<u64> {
    let mut words = shape.content.clone();
    words.sort_unstable();
    words.dedup();
    words
}

/// Share of a block's words of content that other blocks of its page hold.
fn about(shape: &Shape, vocabulary: &FxHashMap<u64, u32>) -> f64 {
    let words = distinct(shape);
    let known = words.iter().filter(|w| vocabulary.get(w).is_some_and(|n| *n > 1)).count();
    if words.is_empty() { 0.0 } else { known as f64 / words.len() as f64 }
}

impl Recurring {
    /// Whether nothing recurs.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.titles.is_empty()
    }
}

/// Takes what recurs out of a page; it is kept among what was removed. Gives whether anything was taken.
pub fn take_out(article: &mut Article, recurring: &Recurring) -> bool {
    let before = article.removed.len();
    let is_known = |text: &str| recurring.lines.contains(&key(&Shape::new(text)));
    let stays: Vec<bool> = article.blocks.iter().map(|b| !is_known(b.span.of(&article.text))).collect();
    if stays.contains(&false) {
        keep_blocks(article, &stays);
    }
    if let Some(title) = &article.title
        && recurring.titles.contains(&key(&Shape::new(title)))
    {
        let message =
            format!("the title “{title}” stands on several reports of the outlet; it may be the site's name");
        article.warnings.push(Warning::new(
            "title-recurs",
            message,
            "give the headline in a table with --meta",
        ));
    }
    article.removed.len() > before
}

/// Puts the text together again from the blocks that stay.
fn keep_blocks(article: &mut Article, stays: &[bool]) {
    let old = std::mem::take(&mut article.text);
    let blocks = std::mem::take(&mut article.blocks);
    let segments = std::mem::take(&mut article.segments);
    // Where each old block went.
    let mut places: Vec<(Span, Option<usize>)> = Vec::with_capacity(blocks.len());
    for (mut block, stays) in blocks.into_iter().zip(stays) {
        if !stays {
            places.push((block.span, None));
            article.removed.push(Removed {
                class: BlockClass::Navigation,
                text: folded(block.span.of(&old)),
                reason: "stands on other pages of the outlet, too".to_owned(),
                source: block.source,
                score: block.score,
            });
            continue;
        }
        if !article.text.is_empty() {
            article.text.push_str("\n\n");
        }
        let start = article.text.len();
        article.text.push_str(block.span.of(&old));
        places.push((block.span, Some(start)));
        block.span = Span::new(start, article.text.len());
        article.blocks.push(block);
    }
    let moved = |span: Span| -> Result<Option<Span>, ()> {
        let at = places.partition_point(|(p, _)| p.end <= span.start);
        let (from, to) =
            places.get(at).filter(|(p, _)| p.start <= span.start && span.end <= p.end).ok_or(())?;
        Ok(to.map(|to| {
            Span::new((span.start - from.start) as usize + to, (span.end - from.start) as usize + to)
        }))
    };
    for mut segment in segments {
        if let Ok(Some(clean)) = moved(segment.clean) {
            segment.clean = clean;
            article.segments.push(segment);
        }
    }
    for credit in &mut article.credits {
        credit.span = credit.span.and_then(|span| moved(span).ok().flatten());
    }
    article.removed.sort_by_key(|r| r.source.start);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Body, PageInput, extract};

    fn page(name: &str, story: &str, foot: &str) -> Article {
        let text = format!(
            "The {story} of the harbour\n\nThe {story} came to the harbour on Monday and the {name} watched it for an hour.\n\n\
             Nobody had asked the {name} about the {story}, and they said so to the mayor in the square.\n\n\
             The town has a harbour, and the {story} is not the first to come to it.\n\n{foot}\n"
        );
        extract(&PageInput::new(&format!("{name}.txt"), Body::Text(&text)))
    }

    #[test]
    fn what_recurs_goes_and_spans_stay_true() {
        let foot = "The Weir Post is printed by its readers and sold at every corner for a coin.";
        let mut pages = vec![
            page("sailors", "storm", foot),
            page("bakers", "circus", foot),
            page("children", "whale", foot),
        ];
        let found = find(&pages.iter().collect::<Vec<_>>(), Outlet::Known);
        pages.reverse();
        let again = find(&pages.iter().collect::<Vec<_>>(), Outlet::Known);
        assert_eq!(found.lines, again.lines);
        for page in &mut pages {
            assert!(page.text.ends_with(foot));
            assert!(take_out(page, &found));
            assert!(
                !page.text.contains("printed by") && page.text.contains("the first to come"),
                "{}",
                page.text
            );
            assert!(page.removed.iter().any(|r| r.text == foot));
            let covered: usize = page.blocks.iter().map(|b| b.span.range().len()).sum();
            assert_eq!(covered + 2 * (page.blocks.len() - 1), page.text.len());
            for segment in &page.segments {
                assert!(page.text.get(segment.clean.range()).is_some());
            }
        }
    }

    #[test]
    fn versions_of_one_report_are_no_recurrence() {
        let pages = [
            page("sailors", "storm", "The wind blew on."),
            page("sailors", "storm", "The wind stopped at noon."),
            page("sailors", "storm", "The wind came back."),
        ];
        assert!(find(&pages.iter().collect::<Vec<_>>(), Outlet::Known).is_empty());
    }
}
