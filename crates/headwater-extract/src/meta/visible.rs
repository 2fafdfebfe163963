//! What readers see around the article: short lines with a date or a byline, and how far from the headline.

use crate::block::Draft;
use headwater_model::BlockClass;

/// Longest line that is kept, in bytes.
const LINE_BYTES: usize = 400;

/// Blocks before the headline and behind it in which its date and author stand.
const BEFORE: i32 = 6;
const BEHIND: i32 = 12;

/// One short line.
#[derive(Debug)]
pub(crate) struct Line {
    /// Its words.
    pub(crate) text: String,
    /// Blocks from the headline to it; negative before.
    pub(crate) distance: i32,
    /// Whether it is held to be part of the article.
    pub(crate) body: bool,
    /// Whether it stands shortly behind the article's last block.
    pub(crate) below: bool,
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
    pub(crate) fn new(nodes: &[u32], drafts: &[Draft]) -> Visible {
        let long = |d: &Draft| d.class.is_body() && d.text.len() > 120;
        let first = drafts
            .iter()
            .position(long)
            .or_else(|| drafts.iter().position(|d| d.class.is_body()))
            .unwrap_or(0);
        let last = drafts.iter().rposition(|d| d.class.is_body()).unwrap_or(drafts.len().saturating_sub(1));
        let is_headline = |d: &Draft| matches!(d.class, BlockClass::Headline | BlockClass::HeadlineRepeat);
        let headline = drafts[..drafts.len().min(first + 1)].iter().rposition(is_headline).unwrap_or(first);
        let lines = drafts
            .iter()
            .enumerate()
            .filter(|(_, d)| d.text.len() <= LINE_BYTES)
            .map(|(i, d)| Line {
                text: d.text.clone(),
                distance: i as i32 - headline as i32,
                body: d.class.is_body() && d.text.len() > 80,
                below: i > last && i <= last + 6,
            })
            .filter(|l| l.distance.abs() <= 60 || l.below)
            .collect();
        Visible { lines, nodes: nodes.to_vec(), headline }
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
