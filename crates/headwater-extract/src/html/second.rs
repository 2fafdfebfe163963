//! What the trained second look adds to a block's numbers: how the neighbours, the container and the kin were judged
//! at first.

use super::features::Page;
use rustc_hash::FxHashMap;

/// Elements above a block that take part in its judgement.
const ABOVE: usize = 40;

/// Chance above which a neighbour counts as held to be the article's.
const STRONG: f32 = 0.6;

/// Blocks before and behind in which such a neighbour is looked for.
const REACH: usize = 40;

/// The first look's judgements, summed up.
pub(crate) struct SecondLook<'p> {
    page: &'p Page,
    first: &'p [f32],
    /// Judgement and weight under each element.
    by_element: Vec<(f32, f32)>,
    by_kin: FxHashMap<u64, (f32, f32)>,
    /// The sum of the judgements before each block.
    before: Vec<f32>,
    total: f32,
    /// Blocks to the next one behind, and to the last one before, that is held to be the article's.
    next: Vec<u8>,
    last: Vec<u8>,
}

impl<'p> SecondLook<'p> {
    /// Sums up what the first look found.
    pub(crate) fn new(page: &'p Page, first: &'p [f32]) -> Self {
        let n = first.len();
        let weight = |i: usize| page.shapes[i].words as f32 + 0.5;
        let mut by_element = vec![(0.0f32, 0.0f32); page.elements.len()];
        let mut by_kin: FxHashMap<u64, (f32, f32)> = FxHashMap::default();
        let mut before = Vec::with_capacity(n);
        let mut total = 0.0;
        for (i, judged) in first.iter().enumerate() {
            let mut at = page.element_of[i];
            for _ in 0..ABOVE {
                let Some(sum) = by_element.get_mut(at as usize) else { break };
                sum.0 += judged * weight(i);
                sum.1 += weight(i);
                at = page.elements[at as usize].parent;
            }
            let sum = by_kin.entry(page.element(i).kin).or_default();
            sum.0 += judged * weight(i);
            sum.1 += weight(i);
            before.push(total);
            total += judged * weight(i);
        }
        let distance = |at: &mut u8, strong: bool| {
            let here = *at;
            *at = if strong { 0 } else { (*at + 1).min(REACH as u8) };
            here
        };
        let mut at = REACH as u8;
        let last = first.iter().map(|j| distance(&mut at, *j > STRONG)).collect();
        let mut at = REACH as u8;
        let mut next: Vec<u8> = first.iter().rev().map(|j| distance(&mut at, *j > STRONG)).collect();
        next.reverse();
        SecondLook { page, first, by_element, by_kin, before, total, next, last }
    }

    /// Writes what is added to the numbers of a block.
    pub(crate) fn row(&self, i: usize, out: &mut Vec<f32>) {
        let at = |i: i64| usize::try_from(i).ok().and_then(|i| self.first.get(i)).copied().unwrap_or(-0.1);
        out.push(self.first[i]);
        for offset in [-4, -3, -2, -1, 1, 2, 3, 4] {
            out.push(at(i as i64 + offset));
        }
        let mut up = self.page.element_of[i];
        for _ in 0..5 {
            match self.by_element.get(up as usize) {
                Some((sum, weights)) => {
                    out.push(sum / weights.max(0.5));
                    out.push(sum / (self.total + 1.0));
                    up = self.page.elements[up as usize].parent;
                }
                None => out.extend([-0.1, -0.1]),
            }
        }
        let (sum, weights) = self.by_kin.get(&self.page.element(i).kin).copied().unwrap_or_default();
        out.push(sum / weights.max(0.5));
        out.push(self.before[i] / (self.total + 1.0));
        out.push(if usize::from(self.next[i]) + 1 < REACH { f32::from(self.next[i]) } else { REACH as f32 });
        out.push((f32::from(self.last[i]) + 1.0).min(REACH as f32));
        out.push(self.total.min(3000.0));
    }
}
