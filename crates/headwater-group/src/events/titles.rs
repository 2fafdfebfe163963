//! A title for an event or a story, in its reports' own words.
//!
//! The title of the most central report, or the leading clause of its first sentence, as one span. Nothing
//! is composed.

use super::GroupInput;
use super::features::shared;
use super::sketch::Sketch;
use headwater_model::{ArticleIndex, Span};

/// Reports that a candidate is compared with.
const COMPARED: usize = 24;
/// Candidates looked at.
const CANDIDATES: usize = 60;
/// Longest leading clause, in bytes; shorter than a line of a page.
const LONGEST: usize = 120;
/// Shortest clause that can stand as a title.
const SHORTEST: usize = 25;

/// A title and, when it is a stretch of a text, where that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// The words.
    pub text: String,
    /// The article whose words they are.
    pub article: Option<ArticleIndex>,
    /// Their place in the article's text; `None` when they are the article's title.
    pub span: Option<Span>,
}

/// The title of a set of reports.
pub(crate) fn title_of(inputs: &[GroupInput<'_>], sketches: &[Sketch], members: &[ArticleIndex]) -> Title {
    let known: Vec<(ArticleIndex, &Sketch)> =
        members.iter().filter_map(|a| Some((*a, sketches.get(a.at())?))).collect();
    let step = known.len().div_ceil(COMPARED).max(1);
    let stride = known.len().div_ceil(CANDIDATES).max(1);
    let mut best: Option<(f32, ArticleIndex)> = None;
    for (a, x) in known.iter().step_by(stride) {
        let Some(input) = inputs.get(a.at()) else { continue };
        if input.article.title.is_none() && input.article.text.is_empty() {
            continue;
        }
        // The head is what a title comes from, so heads count double.
        let mut sum = 0.0;
        for (b, y) in known.iter().step_by(step) {
            if a != b {
                let (text, head) = shared(x, y).cosines();
                sum += text + 2.0 * head;
            }
        }
        let titled = if input.article.title.is_some() { 1.3 } else { 1.0 };
        let score = (sum + 0.01) * titled;
        if best.is_none_or(|(s, _)| score > s) {
            best = Some((score, *a));
        }
    }
    let Some((_, a)) = best else { return Title { text: String::new(), article: None, span: None } };
    let input = &inputs[a.at()];
    match &input.article.title {
        Some(title) => Title { text: title.trim().to_owned(), article: Some(a), span: None },
        None => {
            let span = leading_clause(input);
            Title { text: span.of(&input.article.text).to_owned(), article: Some(a), span: Some(span) }
        }
    }
}

/// The first sentence, cut at the last clause that fits a title.
fn leading_clause(input: &GroupInput<'_>) -> Span {
    let text = &input.article.text;
    let outline = input.outline;
    let sentence = outline
        .sentences
        .iter()
        .copied()
        .find(|s| s.len() >= SHORTEST)
        .or(outline.sentences.first().copied());
    let Some(sentence) = sentence else {
        let end = text.char_indices().map(|(i, _)| i).nth(LONGEST).unwrap_or(text.len());
        return Span::new(0, end);
    };
    let start = sentence.start as usize;
    let mut sentence = Span::new(start, sentence.end as usize);
    while sentence.of(text).ends_with('.') {
        sentence.end -= 1;
    }
    if sentence.len() <= LONGEST {
        return sentence;
    }
    let tokens = &outline.tokens[outline.tokens_in(sentence)];
    let fits = |end: u32| (SHORTEST..=LONGEST).contains(&(end as usize - start));
    let clause = tokens
        .iter()
        .zip(tokens.iter().skip(1))
        .filter(|(before, mark)| {
            fits(before.span.end) && matches!(mark.of(text), "," | ";" | ":" | "—" | "–")
        })
        .map(|(before, _)| before.span.end)
        .next_back();
    let word = || tokens.iter().map(|t| t.span.end).rfind(|end| fits(*end));
    Span::new(start, clause.or_else(word).unwrap_or(sentence.start) as usize)
}
