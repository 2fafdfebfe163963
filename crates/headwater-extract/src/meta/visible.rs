//! What readers see around the article: short lines with a date or a byline, and how far from the headline.

use crate::block::Draft;
use headwater_model::BlockClass;

/// Longest line that is kept, in bytes.
const LINE_BYTES: usize = 400;

/// Blocks before the headline and behind it in which its date and author stand.
const BEFORE: i32 = 6;
const BEHIND: i32 = 12;

/// Blocks behind the article in which a line may tell of it.
const FOOT: usize = 40;

/// One short line.
#[derive(Debug)]
pub(crate) struct Line {
    /// Its words; a [`SEAM`] stands where two elements meet without a space and a word ends.
    pub(crate) text: String,
    /// Blocks from the headline to it; negative before.
    pub(crate) distance: i32,
    /// Whether it is held to be part of the article.
    pub(crate) body: bool,
    /// Whether it is one of the article's first two blocks.
    pub(crate) opens: bool,
    /// Whether it stands shortly behind the article's last block.
    pub(crate) below: bool,
    /// Whether it stands somewhere behind it.
    pub(crate) behind: bool,
}

/// The surroundings of the article.
#[derive(Debug, Default)]
pub(crate) struct Visible {
    /// Short lines, in order.
    pub(crate) lines: Vec<Line>,
    nodes: Vec<u32>,
    headline: usize,
}

impl Visible {
    /// Reads the blocks; `nodes` are their first text nodes.
    pub(crate) fn new(nodes: Vec<u32>, drafts: &[Draft]) -> Visible {
        let long = |d: &Draft| d.class.is_body() && d.text.len() > 120;
        let first = drafts
            .iter()
            .position(long)
            .or_else(|| drafts.iter().position(|d| d.class.is_body()))
            .unwrap_or(0);
        let last = drafts.iter().rposition(|d| d.class.is_body()).unwrap_or(drafts.len().saturating_sub(1));
        let mut kept = drafts.iter().enumerate().filter(|(_, d)| d.class.is_body()).map(|(i, _)| i);
        let openings = [kept.next().unwrap_or(0), kept.next().unwrap_or(0)];
        let is_headline = |d: &Draft| matches!(d.class, BlockClass::Headline | BlockClass::HeadlineRepeat);
        let headline = drafts[..drafts.len().min(first + 1)].iter().rposition(is_headline).unwrap_or(first);
        let lines = drafts
            .iter()
            .enumerate()
            .filter(|(i, d)| d.text.len() <= LINE_BYTES || openings.contains(i))
            .map(|(i, d)| Line {
                text: head(d),
                distance: i as i32 - headline as i32,
                body: d.class.is_body() && d.text.len() > 80,
                opens: openings.contains(&i),
                below: i > last && i <= last + 6,
                behind: i > last && i <= last + FOOT,
            })
            .filter(|l| l.distance.abs() <= 60 || l.behind)
            .collect();
        Visible { lines, nodes, headline }
    }

    /// The block that a node of the tree stands in or before.
    pub(crate) fn block(&self, node: u32) -> usize {
        self.index(node)
    }

    fn index(&self, node: u32) -> usize {
        self.nodes.partition_point(|n| *n < node)
    }

    /// Whether a node of the tree stands near the headline.
    pub(crate) fn near_headline(&self, node: u32) -> bool {
        let distance = self.index(node) as i32 - self.headline as i32;
        (-BEFORE..=BEHIND).contains(&distance)
    }
}

/// Parts words of a line that stand in elements beside each other ("Jana NovakMay 8"). White space like any other,
/// and no space that a page itself would write.
pub(crate) const SEAM: char = '\u{2005}';

/// The beginning of a block, up to the longest line that is kept.
fn head(draft: &Draft) -> String {
    let text = &draft.text;
    let mut end = text.len().min(LINE_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut out = String::with_capacity(end + 8);
    let mut at = 0;
    for piece in draft.pieces.iter().skip(1) {
        let next = piece.words.start as usize;
        let (Some(before), Some(behind)) = (text.get(at..next), text.get(next..)) else { break };
        if next > end {
            break;
        }
        let ends = before.chars().next_back().is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
        let begins = behind.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
        out.push_str(before);
        if ends && begins {
            out.push(SEAM);
        }
        at = next;
    }
    out.push_str(text.get(at..end).unwrap_or(""));
    out
}
