//! What the account reads: reports with their annotations, and the clauses cut from them.
//!
//! Cutting is by marks and connectives and never inside a word; a clause keeps the attribution that stands
//! beside it. Each clause knows its concepts. Whether two clauses say the same is `align`.

use crate::lexicon::{Concept, ENTITY_BASE, Lexicon};
use headwater_model::text::{Outline, TokenKind};
use headwater_model::{
    Annotations, Article, ArticleIndex, Copy, Entity, EntityIndex, Event, Family, NameKind, Span,
};
use rustc_hash::FxHashMap;

/// All that is known of the reports of one run.
pub struct Input<'a> {
    /// Every article; statements are made from `members` only.
    pub articles: &'a [Article],
    /// One outline an article.
    pub outlines: &'a [Outline],
    /// One set of annotations an article.
    pub annotations: &'a [Annotations],
    /// Entities across articles.
    pub entities: &'a [Entity],
    /// For each article, the entity of each of its local entities.
    pub entity_of: &'a [Vec<Option<EntityIndex>>],
    /// Told events.
    pub events: &'a [Event],
    /// Links between articles.
    pub copies: &'a [Copy],
    /// Families of copies.
    pub families: &'a [Family],
    /// Lookups over all of these.
    pub index: &'a crate::Index,
    /// The articles of the story, sorted.
    pub members: &'a [ArticleIndex],
}

/// Fewest words that a clause may have to stand by itself.
const LEAST_CLAUSE_WORDS: usize = 5;

/// Fewest words of content beside who says it and how.
const LEAST_TOLD_WORDS: usize = 2;

/// Most clauses taken from one article: what is past it is not lined up (and the account says so).
pub(crate) const MOST_CLAUSES: usize = 2_000;

/// A stretch of one sentence that carries a statement.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
    pub(crate) article: ArticleIndex,
    pub(crate) span: Span,
    pub(crate) sentence: usize,
    /// Sorted, unique.
    pub(crate) concepts: Vec<Concept>,
    /// Sorted, unique.
    pub(crate) entities: Vec<EntityIndex>,
    /// Words of content, with repetitions.
    pub(crate) words: usize,
    /// Share of the clause in quotation marks.
    pub(crate) quoted: f32,
    pub(crate) negated: bool,
    /// Something to come: "will", "plans to", "expected to".
    pub(crate) ahead: bool,
    /// Indexes into the article's times and quantities inside the span.
    pub(crate) times: Vec<usize>,
    pub(crate) quantities: Vec<usize>,
    /// Times of the whole sentence.
    pub(crate) sentence_times: Vec<usize>,
}

/// Marks that end a clause wherever they stand.
fn splits_hard(word: &str) -> bool {
    matches!(word, ";" | "—" | "–")
}

/// Connectives that open a clause after a comma.
const AFTER_COMMA: &[&str] = &[
    "and",
    "but",
    "while",
    "whereas",
    "although",
    "though",
    "as",
    "after",
    "before",
    "because",
    "since",
    "so",
    "with",
    "adding",
    "saying",
    "noting",
    "leaving",
    "killing",
    "injuring",
    "wounding",
    "where",
    "when",
    "yet",
    "confirming",
    "prompting",
    "citing",
    "stating",
    "emphasizing",
    "underscoring",
    "suggesting",
    "describing",
    "marking",
    "resulting",
    "during",
];

/// Connectives that open a clause by themselves.
const ALONE: &[&str] = &["while", "whereas", "although", "because", "but", "resulting"];

/// Words that negate a clause.
const NEGATIONS: &[&str] = &[
    "not", "n't", "never", "no", "nobody", "none", "neither", "nor", "without", "denied", "denies",
    "refused", "nicht", "kein", "keine",
];

/// Words that put a clause ahead.
const AHEAD: &[&str] = &[
    "will",
    "would",
    "plans",
    "plan",
    "planned",
    "planning",
    "may",
    "might",
    "could",
    "shall",
    "expected",
    "intends",
    "upcoming",
    "set",
    "scheduled",
    "poised",
    "due",
    "pledged",
    "promised",
    "vowed",
    "agreed",
    "proposed",
    "wants",
    "hopes",
    "seeks",
];

/// Cuts the clauses of one article.
pub(crate) fn clauses<'a>(input: &Input<'a>, lexicon: &Lexicon, article: ArticleIndex) -> Vec<Clause> {
    let at = article.at();
    let (text, outline, notes) =
        (input.articles[at].text.as_str(), &input.outlines[at], &input.annotations[at]);
    let mut out = Vec::new();
    // Words that only say who tells it, and each word's concept, worked out once.
    let mut tags = vec![false; outline.tokens.len()];
    for span in notes.attributions.iter().flat_map(|a| a.source.spans.iter().chain(&a.cue)) {
        tags[outline.tokens_in(*span)].fill(true);
    }
    let mut known: FxHashMap<&str, Option<Concept>> = FxHashMap::default();
    for (sentence, range) in outline.sentence_tokens.iter().enumerate() {
        if out.len() >= MOST_CLAUSES {
            break;
        }
        let tokens = &outline.tokens[range.clone()];
        let word = |i: usize| tokens.get(i).map_or("", |t| t.of(text));
        let mut cuts = vec![0];
        for i in 1..tokens.len() {
            let w = word(i);
            let lower = w.to_ascii_lowercase();
            let comma = word(i - 1) == ",";
            let hard = splits_hard(word(i - 1)) && tokens[i - 1].spaced;
            let mut connective =
                comma && AFTER_COMMA.contains(&lower.as_str()) || ALONE.contains(&lower.as_str());
            // A list ("courage, heroism, and selflessness") is no row of clauses: both sides need a verb.
            if connective
                && matches!(lower.as_str(), "and" | "but" | "as" | "so" | "yet")
                && !notes.predicates.is_empty()
            {
                let cut = (range.start + i) as u32;
                let since = cuts.last().map_or(range.start, |c: &usize| range.start + c) as u32;
                let head = |from: u32, to: u32| {
                    notes.predicates.partition_point(|p| *p < from)
                        < notes.predicates.partition_point(|p| *p < to)
                };
                connective = head(since, cut) && head(cut, range.end as u32);
            }
            if connective
                && outline.quoted.iter().any(|q| {
                    q.inner.start < tokens[i].span.start
                        && tokens[i].span.end < q.inner.end
                        && q.inner.len() < 60
                })
            {
                connective = false;
            }
            if hard || connective {
                cuts.push(i);
            }
        }
        cuts.push(tokens.len());
        cuts.dedup();
        // Join pieces that are too short to stand alone with what follows, or what stands before.
        let words_in = |a: usize, b: usize| tokens[a..b].iter().filter(|t| t.kind != TokenKind::Mark).count();
        let mut pieces: Vec<(usize, usize)> = Vec::new();
        let mut start = 0;
        for pair in cuts.windows(2) {
            if words_in(start, pair[1]) >= LEAST_CLAUSE_WORDS {
                pieces.push((start, pair[1]));
                start = pair[1];
            }
        }
        if start < tokens.len() {
            match pieces.last_mut() {
                Some(last) => last.1 = tokens.len(),
                None => pieces.push((0, tokens.len())),
            }
        }
        let sentence_span = outline.sentences[sentence];
        let sentence_times = inside(notes.times.iter().map(|t| t.span), sentence_span);
        for (a, b) in pieces {
            // trim marks at both ends
            let first =
                (a..b).find(|&i| tokens[i].kind != TokenKind::Mark || is_opening(word(i))).unwrap_or(a);
            let last = (first..b)
                .rev()
                .find(|&i| {
                    tokens[i].kind != TokenKind::Mark || !matches!(word(i), "," | ";" | ":" | "—" | "–")
                })
                .unwrap_or(b - 1);
            let span = tokens[first].span.cover(tokens[last].span);
            let mut clause = Clause {
                article,
                span,
                sentence,
                concepts: Vec::new(),
                entities: Vec::new(),
                words: 0,
                quoted: 0.0,
                negated: tokens[a..b]
                    .iter()
                    .any(|t| NEGATIONS.contains(&t.of(text).to_ascii_lowercase().as_str())),
                ahead: tokens[a..b].iter().any(|t| AHEAD.contains(&t.of(text).to_ascii_lowercase().as_str())),
                times: inside(notes.times.iter().map(|t| t.span), span),
                quantities: inside(notes.quantities.iter().map(|q| q.number), span),
                sentence_times: sentence_times.clone(),
            };
            fill(
                &mut clause,
                input,
                lexicon,
                &tokens[a..b],
                &tags[range.start + a..range.start + b],
                &mut known,
            );
            out.push(clause);
        }
    }
    out
}

fn is_opening(word: &str) -> bool {
    matches!(word, "“" | "\"" | "‘" | "„" | "«" | "(" | "$" | "€" | "£")
}

/// The indexes of the spans that lie inside `outer`; `spans` are sorted by start.
pub(crate) fn inside(spans: impl Iterator<Item = Span>, outer: Span) -> Vec<usize> {
    spans.enumerate().filter(|(_, s)| outer.contains(*s)).map(|(i, _)| i).collect()
}

/// Country concepts lie above the entities.
pub(crate) fn country_concept(code: &str) -> Concept {
    let bytes = code.as_bytes();
    // Two letters, or for a state that only the reports tell of "x-" and its name.
    let n = bytes.iter().fold(0u32, |n, b| n.wrapping_mul(256) ^ (n >> 16) ^ u32::from(*b)) & 0x0fff_ffff;
    ENTITY_BASE + (1 << 29) + n
}

fn fill<'a>(
    clause: &mut Clause,
    input: &Input<'a>,
    lexicon: &Lexicon,
    tokens: &[headwater_model::text::Token],
    tags: &[bool],
    known: &mut FxHashMap<&'a str, Option<Concept>>,
) {
    let at = clause.article.at();
    let (text, notes): (&'a str, _) = (input.articles[at].text.as_str(), &input.annotations[at]);
    let mut scratch = String::new();
    let mut told = 0;
    let mut name = notes.names.partition_point(|n| n.span.end <= clause.span.start);
    for (token, tag) in tokens.iter().zip(tags) {
        while name < notes.names.len() && notes.names[name].span.end <= token.span.start {
            name += 1;
        }
        let covering = notes.names.get(name).filter(|n| n.span.overlaps(token.span));
        if let Some(n) = covering {
            if n.span.start == token.span.start || clause.entities.is_empty() {
                let local = n.entity as usize;
                if let Some(entity) = input.entity_of[at].get(local).copied().flatten() {
                    clause.entities.push(entity);
                    let e = &input.entities[entity.at()];
                    clause.concepts.push(match (&e.country, e.kind) {
                        (Some(code), NameKind::Nationality | NameKind::Place | NameKind::Government) => {
                            country_concept(code)
                        }
                        _ => ENTITY_BASE + entity.0,
                    });
                    clause.words += 1;
                    continue;
                }
            } else if n.span.start < token.span.start
                && input.entity_of[at].get(n.entity as usize).copied().flatten().is_some()
            {
                continue;
            }
        }
        let word = token.of(text);
        let concept = *known.entry(word).or_insert_with(|| lexicon.concept(word, &mut scratch));
        if let Some(concept) = concept {
            clause.concepts.push(concept);
            clause.words += 1;
            told += usize::from(!tag);
        }
    }
    // "The minister said" says nothing to be lined up.
    if told < LEAST_TOLD_WORDS {
        clause.concepts.clear();
    }
    clause.concepts.sort_unstable();
    clause.concepts.dedup();
    clause.entities.sort_unstable();
    clause.entities.dedup();
    let quoted: usize = notes
        .quotations
        .iter()
        .filter(|q| q.span.overlaps(clause.span))
        .map(|q| (q.span.end.min(clause.span.end) - q.span.start.max(clause.span.start)) as usize)
        .sum();
    clause.quoted = (quoted as f32 / clause.span.len().max(1) as f32).min(1.0);
}

/// How telling each concept is: `ln(1 + N / clauses that hold it)`.
pub(crate) struct Weights {
    weights: FxHashMap<Concept, f32>,
    /// What a concept of a single clause weighs.
    pub(crate) most: f32,
}

impl Weights {
    pub(crate) fn new(clauses: &[Clause]) -> Self {
        let mut counts: FxHashMap<Concept, u32> = FxHashMap::default();
        for clause in clauses {
            for c in &clause.concepts {
                *counts.entry(*c).or_default() += 1;
            }
        }
        // A floor on N keeps weights meaningful in very small stories.
        let n = clauses.len().max(100) as f32;
        Weights {
            weights: counts.into_iter().map(|(c, k)| (c, (1.0 + n / k as f32).ln())).collect(),
            most: (1.0 + n).ln(),
        }
    }

    pub(crate) fn of(&self, concept: Concept) -> f32 {
        self.weights.get(&concept).copied().unwrap_or(0.0)
    }

    /// Length of a clause's weight vector.
    pub(crate) fn norm(&self, clause: &Clause) -> f32 {
        clause.concepts.iter().map(|c| self.of(*c).powi(2)).sum::<f32>().sqrt()
    }
}

/// Concepts that two sorted lists share.
pub(crate) fn shared<'a>(a: &'a [Concept], b: &'a [Concept]) -> impl Iterator<Item = Concept> + 'a {
    let mut j = 0;
    a.iter().copied().filter(move |c| {
        while j < b.len() && b[j] < *c {
            j += 1;
        }
        j < b.len() && b[j] == *c
    })
}
