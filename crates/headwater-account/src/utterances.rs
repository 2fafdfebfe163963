//! One utterance in several renderings: translated twice, trimmed, or broken into fragments.
//!
//! Two quotations are one utterance only when one person speaks both; words decide, with the sentence
//! around a fragment to help.

use crate::align::Aligner;
use crate::lexicon::{Concept, Lexicon};
use crate::material::{Input, shared};
use crate::sources;
use headwater_model::{ArticleIndex, EntityIndex, Span, Utterance};

/// A quotation ready to be compared.
struct Saying {
    article: ArticleIndex,
    quotation: u32,
    speaker: EntityIndex,
    span: Span,
    concepts: Vec<Concept>,
    /// Concepts of the sentence around.
    context: Vec<Concept>,
}

/// Share of the shorter quotation's weight that the other must hold, for whole quotations.
/// Set by judgement on the seeds and the invented corpus, 2026-11; not tuned on a bench yet.
const LEAST_SHARE: f32 = 0.5;

/// The same for a fragment of one or two words of content, measured against the other's sentence.
const LEAST_FRAGMENT_SHARE: f32 = 0.4;

/// Similarity (0–1) of the sentences around that a fragment needs besides. Set by judgement on the seeds and the invented corpus, 2026-11; not tuned on a bench yet.
const LEAST_CONTEXT: f32 = 0.12;

/// Most quotations compared; a story with more is compared speaker by speaker anyway.
const MOST: usize = 20_000;

/// Finds utterances that more than one report gives.
pub(crate) fn find(input: &Input<'_>, lexicon: &Lexicon, aligner: &Aligner<'_>) -> Vec<Utterance> {
    let mut sayings = Vec::new();
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
            if !concepts.is_empty() && sayings.len() < MOST {
                sayings.push(Saying {
                    article,
                    quotation: q as u32,
                    speaker,
                    span: quotation.span,
                    concepts,
                    context,
                });
            }
        }
    }
    sayings.sort_by_key(|s| (s.speaker, s.article, s.span));
    let mut parent: Vec<usize> = (0..sayings.len()).collect();
    fn root(parent: &[usize], mut i: usize) -> usize {
        while parent[i] != i {
            i = parent[i];
        }
        i
    }
    for i in 0..sayings.len() {
        for j in i + 1..sayings.len() {
            if sayings[j].speaker != sayings[i].speaker {
                break;
            }
            if sayings[i].article != sayings[j].article && one_utterance(aligner, &sayings[i], &sayings[j]) {
                let (a, b) = (root(&parent, i), root(&parent, j));
                parent[a.max(b)] = a.min(b);
            }
        }
    }
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); sayings.len()];
    for i in 0..sayings.len() {
        groups[root(&parent, i)].push(i);
    }
    let mut out: Vec<Utterance> = groups
        .into_iter()
        .filter(|g| g.len() > 1)
        .map(|g| Utterance {
            speaker: Some(sayings[g[0]].speaker),
            renderings: g.iter().map(|&i| (sayings[i].article, sayings[i].quotation)).collect(),
        })
        .collect();
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
    let same_event =
        aligner.event_of(a.article).is_some() && aligner.event_of(a.article) == aligner.event_of(b.article);
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
