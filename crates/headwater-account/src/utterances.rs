//! One utterance in several renderings: translated twice, trimmed, or broken into fragments.
//!
//! Two quotations are one utterance only when one person speaks both; words decide, with the sentence
//! around a fragment to help.

use crate::align::Aligner;
use crate::lexicon::{Concept, Lexicon};
use crate::material::{Input, shared};
use crate::sources;
use headwater_model::{ArticleIndex, EntityIndex, Span, Utterance};
use rustc_hash::FxHashMap;

/// What is compared of a quotation.
#[derive(PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Saying {
    speaker: EntityIndex,
    concepts: Vec<Concept>,
    /// Concepts of the sentence around.
    context: Vec<Concept>,
    event: Option<u32>,
}

/// Share of the shorter quotation's weight that the other must hold, for whole quotations.
/// Chosen with the next two on the accounts labelled in full (2026-11): of what is lined up as one utterance four in five
/// are, where at .5, .4 and .12 three in five were, and nothing more is missed there.
const LEAST_SHARE: f32 = 0.6;

/// The same for a fragment of one or two words of content, measured against the other's sentence.
const LEAST_FRAGMENT_SHARE: f32 = 0.8;

/// Similarity (0–1) of the sentences around that a fragment needs besides.
const LEAST_CONTEXT: f32 = 0.3;

/// Most quotations compared that are not one to the letter; they are compared speaker by speaker.
const MOST: usize = 20_000;

/// Finds utterances that more than one report gives.
pub(crate) fn find(input: &Input<'_>, lexicon: &Lexicon, aligner: &Aligner<'_>) -> Vec<Utterance> {
    // Each saying with the quotations that are it to the letter.
    let mut known: FxHashMap<Saying, Vec<(ArticleIndex, u32)>> = FxHashMap::default();
    let mut scratch = String::new();
    for &article in input.members {
        let at = article.at();
        let (text, outline, notes) = (&input.articles[at].text, &input.outlines[at], &input.annotations[at]);
        for (q, quotation) in notes.quotations.iter().enumerate().filter(|(_, q)| q.utterance) {
            let Some(speaker) = quotation
                .attribution
                .and_then(|a| sources::chain_of(input, article, a as usize).last().and_then(|l| l.entity))
            else {
                continue;
            };
            let Some(sentence) = outline.sentence_at(quotation.span.start) else { continue };
            let mut concepts_in = |span: Span| {
                let mut out: Vec<Concept> = outline
                    .tokens_in(span)
                    .filter_map(|i| lexicon.concept(outline.tokens[i].of(text), &mut scratch))
                    .collect();
                out.sort_unstable();
                out.dedup();
                out
            };
            let context = concepts_in(outline.sentences[sentence].cover(quotation.span));
            let concepts = concepts_in(quotation.span);
            if concepts.is_empty() {
                continue;
            }
            let saying = Saying { speaker, concepts, context, event: aligner.event_of(article) };
            if known.len() < MOST || known.contains_key(&saying) {
                known.entry(saying).or_default().push((article, q as u32));
            }
        }
    }
    let mut sayings: Vec<(Saying, Vec<(ArticleIndex, u32)>)> = known.into_iter().collect();
    sayings.sort_by(|a, b| (a.0.speaker, &a.1).cmp(&(b.0.speaker, &b.1)));
    let mut parent: Vec<usize> = (0..sayings.len()).collect();
    fn root(parent: &[usize], mut i: usize) -> usize {
        while parent[i] != i {
            i = parent[i];
        }
        i
    }
    let two_reports = |x: &[(ArticleIndex, u32)], y: &[(ArticleIndex, u32)]| {
        let first = x.first().map(|r| r.0);
        x.iter().chain(y).any(|r| Some(r.0) != first)
    };
    for i in 0..sayings.len() {
        for j in i + 1..sayings.len() {
            let ((a, places), (b, others)) = (&sayings[i], &sayings[j]);
            if a.speaker != b.speaker {
                break;
            }
            if two_reports(places, others) && one_utterance(aligner, a, b) {
                let (a, b) = (root(&parent, i), root(&parent, j));
                parent[a.max(b)] = a.min(b);
            }
        }
    }
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); sayings.len()];
    for i in 0..sayings.len() {
        groups[root(&parent, i)].push(i);
    }
    let mut out: Vec<Utterance> = Vec::new();
    for group in groups {
        // One saying alone is an utterance of several reports when its words are enough to know it by.
        let [one] = group[..] else {
            let renderings = group.iter().flat_map(|&i| sayings[i].1.iter().copied()).collect();
            out.extend(group.first().map(|&i| Utterance { speaker: Some(sayings[i].0.speaker), renderings }));
            continue;
        };
        let (saying, places) = &sayings[one];
        if two_reports(places, &[]) && one_utterance(aligner, saying, saying) {
            out.push(Utterance { speaker: Some(saying.speaker), renderings: places.clone() });
        }
    }
    for u in &mut out {
        u.renderings.sort_unstable();
    }
    out.sort_by(|a, b| a.renderings.cmp(&b.renderings));
    out
}

fn one_utterance(aligner: &Aligner<'_>, a: &Saying, b: &Saying) -> bool {
    let weight = |list: &[Concept]| list.iter().map(|c| telling(aligner, *c)).sum::<f32>();
    let common = |x: &[Concept], y: &[Concept]| shared(x, y).map(|c| telling(aligner, c)).sum::<f32>();
    let (short, long) = if weight(&a.concepts) <= weight(&b.concepts) { (a, b) } else { (b, a) };
    let share = common(&short.concepts, &long.concepts) / weight(&short.concepts).max(0.1);
    let words = shared(&short.concepts, &long.concepts).count();
    if share >= LEAST_SHARE && words >= 2 {
        return true;
    }
    if short.concepts.len() == 1 && share >= 0.99 {
        // one word alone: only when the sentences are near as well
        return context(aligner, a, b) >= 2.0 * LEAST_CONTEXT;
    }
    let around = common(&short.concepts, &long.context) / weight(&short.concepts).max(0.1);
    let same_event = a.event.is_some() && a.event == b.event;
    short.concepts.len() <= 4
        && same_event
        && around >= LEAST_FRAGMENT_SHARE
        && context(aligner, a, b) >= LEAST_CONTEXT
}

/// Weight of a concept among the story's clauses; words that stand in quotations only count as rare.
fn telling(aligner: &Aligner<'_>, concept: Concept) -> f32 {
    let w = aligner.weight(concept);
    if w > 0.0 { w } else { 4.0 }
}

/// Cosine of the sentences around two quotations.
fn context(aligner: &Aligner<'_>, a: &Saying, b: &Saying) -> f32 {
    let square = |list: &[Concept]| list.iter().map(|c| telling(aligner, *c).powi(2)).sum::<f32>();
    let dot: f32 = shared(&a.context, &b.context).map(|c| telling(aligner, c).powi(2)).sum();
    dot / (square(&a.context) * square(&b.context)).sqrt().max(0.1)
}
