//! Voices that no attribution covers: a signed post, a body that briefed, a document that lists.
//!
//! Asked only where the attributions are silent, and only about figures (a signature speaks for all of its
//! paragraph). Sees one article; what a short name means comes from the index of all.

use crate::frame::Number;
use crate::material::Input;
use headwater_model::account::ChainLevel;
use headwater_model::text::TokenKind;
use headwater_model::text::fold::fold;
use headwater_model::{ArticleIndex, EntityIndex, NameKind, SourceKind, Span};

/// Nouns for what or who speaks for a body: "coast guard figures", "ministry spokesman".
const SPEAKS_FOR: &[&str] = &[
    "figures",
    "figure",
    "data",
    "report",
    "reports",
    "statement",
    "statistics",
    "numbers",
    "count",
    "tally",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "official",
    "officials",
    "sources",
    "records",
    "estimates",
];

/// The body that a source's words mean, when no name stands in them: "the coast guard", "coast guard figures".
pub(crate) fn meant(input: &Input<'_>, article: ArticleIndex, words: &str) -> Option<EntityIndex> {
    let folded = fold(words);
    let mut list: Vec<&str> = folded.split_whitespace().collect();
    while list.first().is_some_and(|w| matches!(*w, "the" | "a" | "an" | "its" | "their" | "to")) {
        list.remove(0);
    }
    while list.len() > 1 && list.last().is_some_and(|w| SPEAKS_FOR.contains(w)) {
        list.pop();
    }
    let key = list.join(" ");
    input.index.body(input.entities, key.trim_end_matches("'s").trim_end_matches('\''), article)
}

/// What "it" stands for: the body that opens the sentence before.
pub(crate) fn subject_before(input: &Input<'_>, article: ArticleIndex, span: Span) -> Option<EntityIndex> {
    let outline = &input.outlines[article.at()];
    let before = outline.sentence_at(span.start)?.checked_sub(1)?;
    let text = input.articles[article.at()].text.as_str();
    let tokens = &outline.tokens[outline.sentence_tokens[before].clone()];
    (1..=MOST_SUBJECT_WORDS.min(tokens.len())).rev().find_map(|n| {
        let words: Vec<&str> = tokens[..n].iter().map(|t| t.of(text)).collect();
        meant(input, article, &words.join(" "))
    })
}

/// Most words of a subject that "it" may take up.
const MOST_SUBJECT_WORDS: usize = 5;

/// A level for words of the text.
fn level(input: &Input<'_>, article: ArticleIndex, span: Span, kind: SourceKind) -> Option<ChainLevel> {
    let at = article.at();
    let words = span.of(&input.articles[at].text).to_owned();
    let entity = named_in(input, article, span).or_else(|| meant(input, article, &words))?;
    Some(ChainLevel { text: words, span: Some(span), entity: Some(entity), kind })
}

/// The organisation or person named inside a span.
fn named_in(input: &Input<'_>, article: ArticleIndex, span: Span) -> Option<EntityIndex> {
    let at = article.at();
    let notes = &input.annotations[at];
    let first = notes.names.partition_point(|n| n.span.start < span.start);
    notes.names[first..]
        .iter()
        .take_while(|n| n.span.end <= span.end)
        .filter(|n| matches!(n.kind, NameKind::Organisation | NameKind::Person | NameKind::Government))
        .find_map(|n| input.entity_of[at].get(n.entity as usize).copied().flatten())
}

/// "… — Velmoran Coast Guard (@coastguard_vl) March 14": who signs the paragraph.
pub(crate) fn signature(input: &Input<'_>, article: ArticleIndex, at: u32) -> Option<ChainLevel> {
    let outline = &input.outlines[article.at()];
    let text = input.articles[article.at()].text.as_str();
    let paragraph = outline.paragraphs[outline.paragraph_at(at)?];
    let words = paragraph.of(text);
    let handle = words.find("(@")?;
    let dash = words[..handle].rfind(['—', '–'])?;
    let start = dash + words[dash..].chars().next().map_or(1, char::len_utf8);
    let name = words[start..handle].trim();
    let from = paragraph.start as usize
        + start
        + (words[start..handle].len() - words[start..handle].trim_start().len());
    // What stands after the signature is not signed by it.
    (at < paragraph.start + handle as u32)
        .then(|| level(input, article, Span::new(from, from + name.len()), SourceKind::Organisation))?
}

/// Verbs of telling that stand between a body and its figure: "the coast guard had spoken of 23 dead".
const TELLS: &[&str] =
    &["briefed", "spoken", "spoke", "announced", "put", "gave", "confirmed", "counted", "reported"];

/// Verbs of documents: "its report lists 11 deficiencies".
const LISTS: &[&str] = &[
    "lists", "listed", "records", "recorded", "shows", "showed", "found", "finds", "notes", "noted", "counts",
];

/// Nouns for documents.
const DOCUMENTS: &[&str] =
    &["report", "study", "document", "survey", "audit", "filing", "review", "list", "register", "inquiry"];

/// Tokens between a body and its verb.
const MOST_BETWEEN: usize = 6;

/// Tokens around a document's noun in which its author is named.
const AUTHOR_REACH: usize = 7;

/// The document that lists a figure: "A report by the directorate, seen by us, lists 11 …"; "It records 11 …" when
/// the document was told before.
pub(crate) fn document(input: &Input<'_>, article: ArticleIndex, number: Span) -> Option<ChainLevel> {
    let at = article.at();
    let (text, outline) = (input.articles[at].text.as_str(), &input.outlines[at]);
    let sentence = outline.sentence_at(number.start)?;
    let range = outline.sentence_tokens[sentence].clone();
    let number = outline.token_at(number.start);
    let lower = |i: usize| outline.tokens[i].of(text).to_ascii_lowercase();
    let verb =
        (range.start..number).rev().take(MOST_BETWEEN).find(|&i| LISTS.contains(&lower(i).as_str()))?;
    let noun = (range.start..verb).find(|&i| DOCUMENTS.contains(&lower(i).as_str()));
    let here = noun.and_then(|n| author(input, article, n, range.start, verb));
    if here.is_some() || !(verb == range.start + 1 && lower(range.start) == "it") {
        return here;
    }
    let before = outline.sentence_tokens[sentence.checked_sub(1)?].clone();
    let noun = before.clone().rev().find(|&i| DOCUMENTS.contains(&lower(i).as_str()))?;
    author(input, article, noun, before.start, before.end)
}

/// The body that tells a figure in its own sentence: "the coast guard had spoken of 23 dead", "when the coast guard
/// last briefed the press".
pub(crate) fn teller(input: &Input<'_>, article: ArticleIndex, number: Span) -> Option<ChainLevel> {
    let at = article.at();
    let (text, outline) = (input.articles[at].text.as_str(), &input.outlines[at]);
    let range = outline.sentence_tokens[outline.sentence_at(number.start)?].clone();
    let lower = |i: usize| outline.tokens[i].of(text).to_ascii_lowercase();
    let verb = range.clone().find(|&i| TELLS.contains(&lower(i).as_str()))?;
    for end in (range.start + 1..=verb).rev().take(MOST_BETWEEN) {
        for start in range.start..end {
            if end - start > MOST_SUBJECT_WORDS || outline.tokens[start].kind == TokenKind::Mark {
                continue;
            }
            let span = outline.tokens[start].span.cover(outline.tokens[end - 1].span);
            if let Some(e) = meant(input, article, span.of(text)) {
                return Some(ChainLevel {
                    text: span.of(text).to_owned(),
                    span: Some(span),
                    entity: Some(e),
                    kind: SourceKind::Organisation,
                });
            }
        }
    }
    None
}

/// Who wrote the document whose noun is token `noun`: a body named beside it between two tokens.
fn author(
    input: &Input<'_>,
    article: ArticleIndex,
    noun: usize,
    from: usize,
    to: usize,
) -> Option<ChainLevel> {
    let outline = &input.outlines[article.at()];
    let (text, tokens) = (input.articles[article.at()].text.as_str(), &outline.tokens);
    let after = tokens.get(noun + 1).map_or("", |t| t.of(text));
    let mut spans = Vec::new();
    if matches!(after, "by" | "of" | "from") {
        let end = (noun + 2 + AUTHOR_REACH).min(to);
        let stop = (noun + 2..end).find(|&i| tokens[i].kind == TokenKind::Mark).unwrap_or(end);
        if stop > noun + 2 {
            spans.push(tokens[noun + 2].span.cover(tokens[stop - 1].span));
        }
    }
    let start = noun.saturating_sub(AUTHOR_REACH).max(from);
    if noun > start {
        // nearest first: "Harbour & Freight has read the directorate's inspection report"
        spans.extend((start..noun).rev().map(|i| tokens[i].span.cover(tokens[noun - 1].span)));
    }
    spans.into_iter().find_map(|s| level(input, article, s, SourceKind::Document))
}

/// "the agency, which cited the coast guard": the source's own source, right after it.
pub(crate) fn cited(input: &Input<'_>, article: ArticleIndex, source: Span) -> Option<ChainLevel> {
    let outline = &input.outlines[article.at()];
    let text = input.articles[article.at()].text.as_str();
    let first = outline.tokens_in(source).end;
    let sentence = outline.tokens.get(first)?.sentence;
    let cue = (first..(first + 4).min(outline.tokens.len())).find(|&i| {
        outline.tokens[i].sentence == sentence
            && matches!(
                outline.tokens[i].of(text),
                "citing" | "cited" | "quoting" | "quoted" | "cites" | "quotes"
            )
    })?;
    // "quoted by" says the opposite
    let tokens = outline.tokens.get(cue + 1..(cue + 1 + AUTHOR_REACH).min(outline.tokens.len()))?;
    if tokens.first().is_none_or(|t| t.of(text) == "by") {
        return None;
    }
    let end = tokens
        .iter()
        .position(|t| t.sentence != sentence || t.kind == TokenKind::Mark)
        .unwrap_or(tokens.len());
    let span = tokens.first()?.span.cover(tokens.get(end.checked_sub(1)?)?.span);
    level(input, article, span, SourceKind::Organisation)
}

/// Nouns of an office: "director of the observatory", "the observatory's head".
const OFFICES: &[&str] = &[
    "director",
    "head",
    "chief",
    "chairman",
    "chairwoman",
    "chair",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "president",
    "secretary",
    "founder",
    "leader",
    "general",
];

/// The body that a person speaks for in an article: "Rahman, director of the observatory", "observatory head Rahman".
fn speaks_for(input: &Input<'_>, article: ArticleIndex, person: EntityIndex) -> Option<EntityIndex> {
    let at = article.at();
    let (text, outline, notes) =
        (input.articles[at].text.as_str(), &input.outlines[at], &input.annotations[at]);
    let entity = |n: &headwater_model::Name| input.entity_of[at].get(n.entity as usize).copied().flatten();
    notes.names.iter().enumerate().filter(|(_, n)| entity(n) == Some(person)).find_map(|(k, n)| {
        let own = outline.tokens_in(n.span);
        let near = own.start.saturating_sub(MOST_BETWEEN)..(own.end + MOST_BETWEEN).min(outline.tokens.len());
        near.clone()
            .find(|&i| OFFICES.contains(&outline.tokens[i].of(text).to_ascii_lowercase().as_str()))?;
        let span = outline.tokens[near.start].span.cover(outline.tokens[near.end - 1].span);
        let beside = notes.names[k.saturating_sub(3)..(k + 4).min(notes.names.len())].iter();
        beside
            .filter(|o| o.kind == NameKind::Organisation && span.contains(o.span))
            .min_by_key(|o| (o.span.start.abs_diff(n.span.start), o.span))
            .and_then(entity)
            .or_else(|| near.clone().find_map(|i| meant(input, article, outline.tokens[i].of(text))))
    })
}

/// The house that a figure comes from: a body, the body that a person speaks for, or, for "a monitoring group" and
/// the like, the body that its article names as a source most often.
fn house(input: &Input<'_>, n: &Number) -> Option<EntityIndex> {
    let level = n.chain.last()?;
    if let Some(e) = level.entity {
        return match input.entities[e.at()].kind {
            NameKind::Person => speaks_for(input, n.article, e).or(Some(e)),
            _ => Some(e),
        };
    }
    let words = level.text.to_ascii_lowercase();
    let stands_in = [
        "monitor",
        "group",
        "watchdog",
        "organisation",
        "organization",
        "agency",
        "he",
        "she",
        "it",
        "they",
        "director",
    ];
    if !words
        .split(|c: char| !c.is_alphabetic())
        .any(|w| stands_in.iter().any(|s| w == *s || w.starts_with("monitor")))
    {
        return None;
    }
    let at = n.article.at();
    let mut counts: std::collections::BTreeMap<EntityIndex, usize> = Default::default();
    for a in &input.annotations[at].attributions {
        let e = a.source.entity.and_then(|e| input.entity_of[at].get(e as usize).copied().flatten());
        if let Some(e) = e.filter(|e| input.entities[e.at()].kind == NameKind::Organisation) {
            *counts.entry(e).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(e, k)| (*k, std::cmp::Reverse(*e))).map(|(e, _)| e)
}

/// Whether two figures come from one house.
pub(crate) fn one_house(input: &Input<'_>, a: &Number, b: &Number) -> bool {
    matches!((house(input, a), house(input, b)), (Some(x), Some(y)) if x == y)
}
