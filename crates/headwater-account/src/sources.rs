//! From whom a report has a stretch of its text: the chain, outermost first, and where it leads back to.

use crate::material::Input;
use crate::voices;
use headwater_model::account::ChainLevel;
use headwater_model::{ArticleIndex, Attribution, SourceKind, Span};

/// Share of a stretch that an attribution's content must cover to be its source. Set by judgement on the seeds and the invented corpus, 2026-11; not tuned on a bench yet.
const LEAST_COVER: f32 = 0.4;

/// Most levels of a chain; deeper nesting is cut.
const MOST_LEVELS: usize = 6;

/// The innermost attribution that covers `span`, if any.
pub(crate) fn innermost(attributions: &[Attribution], span: Span) -> Option<usize> {
    attributions
        .iter()
        .enumerate()
        .filter(|(_, a)| {
            let within = |s: &Span| s.end.min(span.end).saturating_sub(s.start.max(span.start));
            let content: u32 = a.content.iter().map(within).sum();
            // "He acknowledged the visit in a tweet": who says it and how is no part of what is said.
            let frame: u32 = a.source.spans.iter().chain(&a.cue).map(within).sum();
            content > 0 && content as f32 >= LEAST_COVER * span.len().saturating_sub(frame as usize) as f32
        })
        .min_by_key(|(i, a)| (a.content.iter().map(|s| s.len()).sum::<usize>(), -depth(attributions, *i), *i))
        .map(|(i, _)| i)
}

/// How many attributions enclose attribution `i`.
fn depth(attributions: &[Attribution], i: usize) -> i32 {
    let mut at = attributions[i].parent;
    let mut n = 0;
    while let Some(p) = at.filter(|_| n < MOST_LEVELS as i32) {
        n += 1;
        at = attributions.get(p as usize).and_then(|a| a.parent);
    }
    n
}

/// The chain above attribution `inner`, outermost first, `inner` last.
pub(crate) fn chain_of(input: &Input<'_>, article: ArticleIndex, inner: usize) -> Vec<ChainLevel> {
    let attributions = &input.annotations[article.at()].attributions;
    let mut levels = Vec::new();
    let mut at = Some(inner);
    while let Some(i) = at.filter(|_| levels.len() < MOST_LEVELS) {
        let Some(a) = attributions.get(i) else { break };
        levels.push(level(input, article, a));
        at = a.parent.map(|p| p as usize);
    }
    levels.reverse();
    // "the agency, which cited the coast guard"
    if let Some(level) = levels.last().and_then(|l| l.span).and_then(|s| voices::cited(input, article, s))
        && levels.iter().all(|l| l.entity != level.entity)
    {
        levels.push(level);
    }
    levels
}

/// Cues that tell what somebody does or means to do: "the two agreed to …" is told by whoever tells it.
const INTENTIONS: &[&str] = &[
    "plan", "plans", "planned", "planning", "intend", "intends", "intended", "hope", "hopes", "hoped",
    "want", "wants", "wanted", "seek", "seeks", "sought", "aim", "aims", "aimed", "agree", "agreed",
    "agrees", "decide", "decided", "decides", "try", "tries", "tried", "expect", "expects", "prepare",
    "prepared", "refuse", "refused", "refuses",
];

/// Whether a level only tells an intention.
fn is_intention(input: &Input<'_>, article: ArticleIndex, a: &Attribution) -> bool {
    let text = input.articles[article.at()].text.as_str();
    a.cue
        .iter()
        .flat_map(|s| s.of(text).split_whitespace())
        .any(|w| INTENTIONS.contains(&w.to_ascii_lowercase().as_str()))
}

/// The chain of a stretch; empty for the outlet's own voice.
pub(crate) fn chain(input: &Input<'_>, article: ArticleIndex, span: Span) -> Vec<ChainLevel> {
    let attributions = &input.annotations[article.at()].attributions;
    let mut at = innermost(attributions, span);
    for _ in 0..MOST_LEVELS {
        match at {
            Some(i) if is_intention(input, article, &attributions[i]) => {
                at = attributions[i].parent.map(|p| p as usize)
            }
            _ => break,
        }
    }
    match at {
        Some(i) => chain_of(input, article, i),
        None => voices::signature(input, article, span.start).into_iter().collect(),
    }
}

/// The chain of a figure. A figure that no attribution covers takes the voice of its sentence ("38 have died, the
/// coast guard says, and 17 are still missing"), else that of one of the sentences before in its paragraph.
pub(crate) fn of_figure(input: &Input<'_>, article: ArticleIndex, number: Span) -> Vec<ChainLevel> {
    if let Some(level) = voices::document(input, article, number) {
        return vec![level];
    }
    let own = chain(input, article, number);
    if !own.is_empty() {
        return own;
    }
    if let Some(level) = voices::teller(input, article, number) {
        return vec![level];
    }
    let at = article.at();
    let (outline, attributions) = (&input.outlines[at], &input.annotations[at].attributions);
    let Some(here) = outline.sentence_at(number.start) else { return Vec::new() };
    let paragraph = outline.paragraph_at(number.start);
    let voice = |sentence: usize| {
        let span = outline.sentences[sentence];
        attributions
            .iter()
            .enumerate()
            .filter(|(_, a)| a.source.kind != SourceKind::Missing && a.parent.is_none())
            .filter(|(_, a)| a.cue.iter().any(|c| span.contains(*c)) && !is_intention(input, article, a))
            .min_by_key(|(i, a)| {
                let gap = a.cue.iter().map(|c| c.start.abs_diff(number.start)).min().unwrap_or(u32::MAX);
                (gap, *i)
            })
            .map(|(i, _)| chain_of(input, article, i))
    };
    voice(here)
        .or_else(|| {
            (here.saturating_sub(MOST_SENTENCES_BACK)..here)
                .rev()
                .take_while(|&s| outline.paragraph_at(outline.sentences[s].start) == paragraph)
                .find_map(voice)
        })
        .unwrap_or_default()
}

/// How many sentences of a paragraph a voice goes on for. By judgement on the invented corpus, 2026-11.
const MOST_SENTENCES_BACK: usize = 2;

fn level(input: &Input<'_>, article: ArticleIndex, a: &Attribution) -> ChainLevel {
    let text = input.articles[article.at()].text.as_str();
    let span = a.source.spans.iter().copied().reduce(Span::cover);
    let words = match span {
        Some(s) => s.of(text).to_owned(),
        None if a.source.kind == SourceKind::Missing => "not told".to_owned(),
        None => a.source.resolved.clone(),
    };
    let entity = a
        .source
        .entity
        .and_then(|e| input.entity_of[article.at()].get(e as usize).copied().flatten())
        .or_else(|| match words.to_ascii_lowercase().as_str() {
            "it" | "they" => span.and_then(|s| voices::subject_before(input, article, s)),
            _ => voices::meant(input, article, &words),
        })
        .map(|e| input.index.fullest(input.entities, e));
    ChainLevel { text: words, span, entity, kind: a.source.kind }
}

/// The chain of the attribution with index `inner`, outermost first.
pub fn chain_levels(input: &Input<'_>, article: ArticleIndex, inner: usize) -> Vec<ChainLevel> {
    chain_of(input, article, inner)
}
