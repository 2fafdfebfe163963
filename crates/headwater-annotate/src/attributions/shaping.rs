//! Contents made to fit the quotation marks and the sentences round them, after the tagger and the edges.
//!
//! A quoted region is taken wholly or not at all, and pieces that the reporter's own words part from the speaker's tag
//! are left out. Looks at marks and sentences only, never at what is said.

use super::model::Relation;
use super::words::{CLOSES, Class, OUTSIDE, Words};
use headwater_model::text::{Outline, TokenKind};
use std::ops::Range;

/// Share of a quoted region that a content must hold to be given all of it.
const MOST_OF_REGION: (usize, usize) = (2, 5);

/// A quoted region is part of a content wholly or not at all, unless the cue stands in it.
pub(super) fn snap(outline: &Outline, words: &Words, relation: &mut Relation) {
    let (Some(first), Some(last)) = (relation.content.first(), relation.content.last()) else { return };
    let (from, to) = (outline.tokens[first.start].span.start, outline.tokens[last.end - 1].span.end);
    let mut i = outline.quoted.partition_point(|r| r.outer.start < from);
    // the outermost region that is open where the content begins
    while i > 0 && (outline.quoted[i - 1].outer.end > from || outline.quoted[i - 1].depth > 0) {
        i -= 1;
    }
    let mut changed = false;
    let cue = relation.cue.start.min(words.len() - 1)..relation.cue.end;
    while let Some(region) = outline.quoted.get(i).filter(|r| r.outer.start < to) {
        i += 1;
        if region.depth > 0 || region.outer.end <= from {
            continue;
        }
        let range = outline.tokens_in(region.outer);
        let touches = |r: &Range<usize>| r.start < range.end && range.start < r.end;
        if touches(&cue) || relation.source.as_ref().is_some_and(touches) {
            continue;
        }
        let held: usize = relation
            .content
            .iter()
            .filter(|c| touches(c))
            .map(|c| c.end.min(range.end) - c.start.max(range.start))
            .sum();
        if held == 0 || held >= range.len() {
            continue;
        }
        changed = true;
        if held * MOST_OF_REGION.1 >= range.len() * MOST_OF_REGION.0 {
            relation.content.push(range);
        } else {
            let cut = |c: &Range<usize>| [c.start..c.end.min(range.start), c.start.max(range.end)..c.end];
            relation.content = relation.content.iter().flat_map(cut).filter(|c| c.start < c.end).collect();
        }
    }
    if changed {
        relation.content.sort_by_key(|c| (c.start, c.end));
        let mut merged: Vec<Range<usize>> = Vec::new();
        for range in relation.content.drain(..) {
            match merged.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => merged.push(range),
            }
        }
        relation.content = merged;
    }
}

/// Most words between a speaker's tag and a quotation in its own sentence that goes on with the one before the tag.
/// From PolNeAR's training part.
const MOST_IN_TAG: usize = 2;

/// Leaves out pieces of a content that words of another sentence part from the speaker's tag: in
/// "…," Okafor said. Meanwhile "…" the second quotation is not hers by this tag.
pub(super) fn apart(outline: &Outline, words: &Words, relation: &mut Relation) {
    if relation.content.len() < 2 || relation.cue.is_empty() {
        return;
    }
    let sentence = |i: usize| outline.tokens[i].sentence;
    let (quote, class) = (&words.quote, &words.class);
    let words = |r: Range<usize>| r.clone().any(|i| outline.tokens[i].kind != TokenKind::Mark);
    let near = relation.source.clone().filter(|s| sentence(s.start) == sentence(relation.cue.start));
    let tag = near.iter().fold(relation.cue.clone(), |t, s| t.start.min(s.start)..t.end.max(s.end));
    let opening = outline.sentence_tokens.get(sentence(tag.start) as usize).map_or(tag.start, |s| s.start);
    let tag_first = !words(opening.min(tag.start)..tag.start);
    let after =
        relation.content.iter().any(|c| c.start >= tag.end && sentence(c.start) == sentence(tag.end - 1));
    let mut kept: Vec<Range<usize>> = Vec::with_capacity(relation.content.len());
    // outward from the tag on both sides
    let mut next = tag.start;
    for piece in relation.content.iter().rev().filter(|c| c.end <= tag.start) {
        let (last, here) = (piece.end - 1, sentence(next.min(outline.tokens.len() - 1)));
        let end = outline.sentence_tokens.get(sentence(last) as usize).map_or(piece.end, |s| s.end);
        let other = sentence(last) != here;
        if other && (words(piece.end..end.max(piece.end)) || tag_first && after) {
            break;
        }
        next = piece.start;
        kept.insert(0, piece.clone());
    }
    // "…," she said of the race, in which …: behind a tag that a quotation leads up to, the rest of the sentence is the
    // reporter's, unless quoted; so in all but 32 of 2,570 such contents of PolNeAR's training part
    let leads = relation.content.iter().any(|c| c.end == tag.start && quote[c.end - 1] == CLOSES);
    // and a quotation three words or more behind it, or behind a further verb of saying, is not of this tag: 136 of 153
    let reporters = |piece: &Range<usize>, previous: usize| {
        let between = previous..piece.start.max(previous);
        let count = between.clone().filter(|&i| outline.tokens[i].kind != TokenKind::Mark).count();
        leads
            && piece.start >= tag.end
            && sentence(piece.start) == sentence(tag.end - 1)
            && (quote[piece.start] == OUTSIDE
                || count > MOST_IN_TAG
                || between.clone().any(|i| class[i] == Class::Say))
    };
    let mut previous = tag.end;
    for piece in relation.content.iter().filter(|c| c.end > tag.start) {
        if reporters(piece, previous) {
            continue;
        }
        let start =
            outline.sentence_tokens.get(sentence(piece.start) as usize).map_or(piece.start, |s| s.start);
        if piece.start >= tag.end && start >= previous && words(start..piece.start) {
            break;
        }
        previous = piece.end.max(previous);
        kept.push(piece.clone());
    }
    if !kept.is_empty() {
        relation.content = kept;
    }
}
