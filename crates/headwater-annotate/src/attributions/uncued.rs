//! Sentences that pass on what somebody said though no word of them says so.
//!
//! German reports go on in the subjunctive without naming the speaker again ("Er habe nichts gewusst. Das sei
//! bekannt."), and tell a speech act as a whole ("Der Minister kündigte einen Rücktritt an"). Each sentence is read
//! as one step of the article: its words, the forms of its verbs, and what the sentences beside it are. Stops at
//! sentences that a cue already accounts for.

use super::accept::Candidate;
use super::cues::f;
use super::model::{LanguageModel, Relation, Work};
use super::words::{Class, OUTSIDE, Words};
use crate::perceptron::Rows;
use headwater_model::text::{Outline, TokenKind};
use std::ops::Range;

/// Labels of a sentence: the reporter's own, somebody's words.
pub(super) const LABELS: [&str; 2] = ["N", "Y"];
pub(super) const YES: u8 = 1;

/// Share of a sentence's words (as a fraction) from which on a content with a cue accounts for it. By judgement.
pub(super) const ACCOUNTED: (usize, usize) = (3, 10);
/// Share of a sentence's words that a labelled content must hold for the sentence to be somebody's words.
pub(super) const SAID: (usize, usize) = (6, 10);
/// Fewest words of a sentence that is looked at.
pub(super) const LEAST_WORDS: usize = 3;

/// What is known of one sentence before it is judged.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    subjunctive: bool,
    /// Some content with a cue lies in it.
    cued: bool,
    /// Such a content accounts for it.
    accounted: bool,
    quoted: bool,
}

/// Words of a sentence, without marks.
pub(super) fn words_of(outline: &Outline, sentence: &Range<usize>) -> Vec<usize> {
    sentence.clone().filter(|&i| outline.tokens[i].kind != TokenKind::Mark).collect()
}

/// Whether `held` of `all` is the share or more.
pub(super) fn reaches(held: usize, all: usize, share: (usize, usize)) -> bool {
    held * share.1 > all * share.0
}

/// Adds one row for each sentence; `cued` tells the tokens that contents with a cue hold.
pub(super) fn rows(words: &Words, outline: &Outline, cued: &[bool], rows: &mut Rows) {
    let sentences = &outline.sentence_tokens;
    let known: Vec<Known> = sentences
        .iter()
        .map(|s| {
            let own = words_of(outline, s);
            let held = own.iter().filter(|&&i| cued[i]).count();
            Known {
                subjunctive: own.iter().any(|&i| words.class[i] == Class::Subjunctive),
                cued: held > 0,
                accounted: reaches(held, own.len(), ACCOUNTED),
                quoted: s.clone().any(|i| words.quote[i] != OUTSIDE),
            }
        })
        .collect();
    for (n, sentence) in sentences.iter().enumerate() {
        let own = words_of(outline, sentence);
        let mut p = |template: u32, a: u32, b: u32| rows.push(f(template, a, b, 0));
        p(1, u32::from(known[n].accounted), u32::from(own.len() < LEAST_WORDS));
        // what is accounted for teaches nothing about words
        if known[n].accounted || own.len() < LEAST_WORDS {
            rows.end_row();
            continue;
        }
        let count = |class| own.iter().filter(|&&i| words.class[i] == class).take(2).count() as u32;
        let (strong, weak) = (count(Class::Subjunctive), count(Class::Conditional));
        p(2, strong, 0);
        p(3, weak, strong);
        p(4, own.len().div_ceil(4).min(8) as u32, strong);
        for (k, &i) in own.iter().enumerate() {
            let word = words.lower[i];
            p(5, word, 0);
            p(6, words.suffix[i], 0);
            if matches!(words.class[i], Class::Subjunctive | Class::Conditional | Class::Say | Class::SayNoun)
            {
                p(7, word, 0);
            }
            if let Some(&next) = own.get(k + 1) {
                p(8, word, words.lower[next]);
            }
        }
        p(9, words.lower[own[0]], 0);
        p(10, own.get(1).map_or(0, |&i| words.lower[i]), 0);
        p(11, words.lower[own[own.len() - 1]], 0);
        p(12, words.class[own[0]] as u32, strong);
        let paragraph = |s: usize| outline.tokens.get(sentences[s].start).map(|t| t.paragraph);
        let mut beside = |side: u32, other: Option<usize>| {
            let state = match other {
                Some(o) => {
                    let k = known[o];
                    1 | u32::from(k.subjunctive) << 1
                        | u32::from(k.cued) << 2
                        | u32::from(k.quoted) << 3
                        | u32::from(paragraph(o) == paragraph(n)) << 4
                }
                None => 0,
            };
            p(13, side, state);
            p(14, side << 8 | strong, state);
            for bit in 0..5 {
                p(15, side << 8 | bit << 4 | (state >> bit & 1) << 1 | u32::from(strong > 0), 0);
            }
        };
        beside(0, n.checked_sub(1));
        beside(1, Some(n + 1).filter(|&o| o < sentences.len()));
        p(16, u32::from(known[n].quoted), strong);
        p(17, u32::from(known[n].cued), strong);
        rows.end_row();
    }
}

/// Sentences back that the speaker of a sentence without a cue may have been named. By judgement.
const SPEAKER_REACH: u32 = 8;

/// Adds a relation for every sentence that is somebody's words and that no cue accounts for, and takes away what was
/// found without a cue inside it.
pub(super) fn add(
    model: &LanguageModel,
    words: &Words,
    outline: &Outline,
    taken: &mut Vec<Candidate>,
    work: &mut Work,
) {
    let Some((table, chain)) = &model.stages.uncued else { return };
    let mut cued = vec![false; words.len()];
    for relation in taken.iter().map(|c| &c.relation).filter(|r| !r.cue.is_empty()) {
        relation.content.iter().for_each(|c| cued[c.clone()].fill(true));
    }
    work.rows.clear();
    rows(words, outline, &cued, &mut work.rows);
    table.scores(&work.rows, &mut work.sums);
    chain.decode(&work.sums, &mut work.back, &mut work.labels);
    let mut found: Vec<Range<usize>> = Vec::new();
    for (n, sentence) in outline.sentence_tokens.iter().enumerate() {
        let own = words_of(outline, sentence);
        let held = own.iter().filter(|&&i| cued[i]).count();
        if work.labels.get(n) == Some(&YES)
            && own.len() >= LEAST_WORDS
            && !reaches(held, own.len(), ACCOUNTED)
        {
            found.push(sentence.clone());
        }
    }
    for sentence in found {
        let inside = |c: &Candidate| {
            c.relation.cue.is_empty()
                && c.relation.content.iter().all(|p| sentence.start <= p.start && p.end <= sentence.end)
        };
        let known = taken.iter().find(|c| inside(c)).and_then(|c| c.relation.source.clone());
        taken.retain(|c| !inside(c));
        let whole = |c: &Candidate| {
            c.relation.content.iter().any(|p| p.start <= sentence.start && sentence.end <= p.end + 1)
        };
        if taken.iter().any(whole) {
            continue;
        }
        let source = speaker(words, outline, taken, &sentence, known);
        let relation = Relation {
            cue: sentence.start..sentence.start,
            source,
            content: vec![sentence],
            ..Relation::default()
        };
        taken.push(Candidate { relation, ..Candidate::default() });
        taken.sort_by_key(|c| c.relation.cue.start);
    }
}

/// Who says a sentence without a cue: its own subject where it tells the speech act, else who spoke last.
fn speaker(
    words: &Words,
    outline: &Outline,
    taken: &[Candidate],
    sentence: &Range<usize>,
    known: Option<Range<usize>>,
) -> Option<Range<usize>> {
    let tells = |i: usize| matches!(words.class[i], Class::Say | Class::SayNoun);
    let passes = |i: usize| matches!(words.class[i], Class::Subjunctive | Class::Conditional | Class::Modal);
    if sentence.clone().any(tells) || !sentence.clone().any(passes) {
        let own = known.or_else(|| opening_phrase(words, sentence));
        if own.is_some() {
            return own;
        }
    }
    let here = outline.tokens[sentence.start].sentence;
    taken
        .iter()
        .filter_map(|c| c.relation.source.clone().map(|s| (c.relation.cue.start.max(s.start), s)))
        .filter(|(at, _)| *at < sentence.start && here - outline.tokens[*at].sentence <= SPEAKER_REACH)
        .max_by_key(|(at, s)| (*at, s.start))
        .map(|(_, s)| s)
}

/// The noun phrase that a sentence begins with, up to its verb.
fn opening_phrase(words: &Words, sentence: &Range<usize>) -> Option<Range<usize>> {
    const MOST: usize = 12;
    let start = sentence.clone().find(|&i| words.class[i] != Class::QuoteMark)?;
    let part = |i: usize| {
        matches!(
            words.class[i],
            Class::Determiner
                | Class::Capitalised
                | Class::CapitalisedFirst
                | Class::Upper
                | Class::Title
                | Class::People
                | Class::Dash
                | Class::Subject
        ) || i > start && words.class[i] == Class::Other && words.class[i - 1] == Class::Determiner
    };
    let end = (start..sentence.end.min(start + MOST)).find(|&i| !part(i))?;
    let named = (start..end).any(|i| !matches!(words.class[i], Class::Determiner | Class::Dash));
    (end > start && named).then_some(start..end)
}
