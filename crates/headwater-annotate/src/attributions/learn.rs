//! Training of the attribution model from labelled texts. A pure function of its input.

use super::accept;
use super::lexicon::{Language, Lexicon};
use super::model::{Cues, LanguageModel, Work, blocks, candidates, cue_flags, read_cues};
use super::words::Words;
use super::{cues, roles};
use crate::perceptron::{Example, Rows, Tagger, Training, train};
use headwater_model::Span;
use headwater_model::text::Outline;
use std::ops::Range;

/// A labelled attribution.
#[derive(Clone, Debug, Default)]
pub struct LabelledRelation {
    /// Who.
    pub source: Vec<Span>,
    /// The attributing words.
    pub cue: Vec<Span>,
    /// What was said.
    pub content: Vec<Span>,
}

/// A labelled text.
#[derive(Clone, Debug, Default)]
pub struct LabelledText {
    /// The text.
    pub text: String,
    /// Its attributions.
    pub relations: Vec<LabelledRelation>,
}

/// A labelled attribution as token ranges.
#[derive(Clone, Debug)]
struct Gold {
    cue: Range<usize>,
    has_cue: bool,
    more_cue: Vec<Range<usize>>,
    source: Vec<Range<usize>>,
    content: Vec<Range<usize>>,
}

struct Prepared {
    outline: Outline,
    words: Words,
    text: String,
    blocks: Vec<Range<usize>>,
    gold: Vec<Gold>,
    /// Rows of the cue taggers, one sequence a paragraph, with the first token.
    paragraphs: Vec<(usize, Rows)>,
}

/// Passes over the data, what is dropped, and how rare a feature may be. Chosen on a tenth of each training
/// set; the larger set is cut harder, for the size of the weights.
struct Settings {
    cues: Training,
    roles: Training,
    accept: Training,
}

fn settings(language: Language) -> Settings {
    let with = |epochs, prune, least_count| Training { epochs, seed: 1, prune, least_count };
    match language {
        Language::English => {
            Settings { cues: with(8, 0.4, 6), roles: with(6, 0.7, 6), accept: with(8, 0.05, 3) }
        }
        Language::German => {
            Settings { cues: with(8, 0.1, 2), roles: with(6, 0.15, 2), accept: with(8, 0.05, 2) }
        }
    }
}

/// Trains a model of one language.
pub fn learn(language: Language, texts: &[LabelledText]) -> LanguageModel {
    let lexicon = Lexicon::new(language);
    let how = settings(language);
    let train_cues =
        |texts: &[Prepared], which: &[usize], outside| train_cues(texts, which, outside, how.cues);
    let prepared: Vec<Prepared> = texts.iter().map(|t| prepare(t, &lexicon)).collect();
    let all: Vec<usize> = (0..prepared.len()).collect();
    let (even, odd): (Vec<usize>, Vec<usize>) = all.iter().partition(|i| *i % 2 == 0);
    let strict = train_cues(&prepared, &all, false);
    let loose = train_cues(&prepared, &all, true);
    // Cues as they will be found in unseen text: each half is read by taggers trained on the other.
    let halves = [(&even, &odd), (&odd, &even)];
    let taggers = halves
        .map(|(learn_on, _)| [train_cues(&prepared, learn_on, false), train_cues(&prepared, learn_on, true)]);
    let mut seen: Vec<Cues> = vec![Vec::new(); prepared.len()];
    for ((_, read), [tagger, _]) in halves.iter().zip(&taggers) {
        let (mut work, mut labels) = (Work::default(), Vec::new());
        for &i in *read {
            for (start, rows) in &prepared[i].paragraphs {
                tagger.tag(rows, work.scratch(), &mut labels);
                read_cues(&labels, *start, &mut seen[i]);
            }
        }
    }
    let train_roles = |which: &[usize]| {
        let mut examples: Vec<Example> = Vec::new();
        for &i in which {
            role_examples(&prepared[i], &seen[i], &mut examples);
        }
        train(&roles::LABELS, &examples, &roles::FORBIDDEN, how.roles)
    };
    let mut examples: Vec<Example> = Vec::new();
    for ((learn_on, read), [strict, loose]) in halves.iter().zip(&taggers) {
        let roles = train_roles(learn_on);
        for &i in *read {
            accept_examples([strict, loose, &roles], &prepared[i], &mut examples);
        }
    }
    let accept = train(&accept::LABELS, &examples, &[], how.accept);
    let roles = train_roles(&all);
    LanguageModel::new(language, [strict, loose, roles, accept])
}

/// Share of the tokens of two contents together that they must have in common to be one, as the bench has it.
const SAME_CONTENT: f32 = 0.5;

fn accept_examples(taggers: [&Tagger; 3], text: &Prepared, out: &mut Vec<Example>) {
    if text.words.len() == 0 {
        return;
    }
    let mut work = Work::default();
    for candidate in candidates(taggers, &text.text, &text.words, &text.outline, &text.blocks, &mut work) {
        let r = &candidate.relation;
        let right = text.gold.iter().any(|g| {
            let cue =
                g.cue.start < r.cue.end.max(r.cue.start + 1) && r.cue.start < g.cue.end.max(g.cue.start + 1);
            let source = match &r.source {
                Some(s) => g.source.iter().any(|t| t.start < s.end && s.start < t.end),
                None => g.source.is_empty(),
            };
            cue && source && overlap(&g.content, &r.content) >= SAME_CONTENT
        });
        let mut rows = Rows::default();
        accept::row(&text.words, &text.outline, &candidate, &mut rows);
        out.push((rows, vec![u8::from(right)]));
    }
}

/// Tokens in both over tokens in either, of two lists of disjoint ranges.
fn overlap(a: &[Range<usize>], b: &[Range<usize>]) -> f32 {
    let both: usize =
        a.iter().flat_map(|x| b.iter().map(|y| x.end.min(y.end).saturating_sub(x.start.max(y.start)))).sum();
    let either = a.iter().chain(b).map(|r| r.len()).sum::<usize>() - both;
    both as f32 / either.max(1) as f32
}

/// Whether a label only marks the quoted words inside another label of the same source.
fn is_part(relation: &LabelledRelation, all: &[LabelledRelation]) -> bool {
    let size = |r: &LabelledRelation| r.content.iter().map(|s| s.len()).sum::<usize>();
    let within = |a: &LabelledRelation, b: &LabelledRelation| {
        a.content.iter().all(|s| b.content.iter().any(|t| t.contains(*s)))
    };
    all.iter().any(|other| {
        other.source == relation.source && within(relation, other) && size(relation) < size(other)
    })
}

fn prepare(labelled: &LabelledText, lexicon: &Lexicon) -> Prepared {
    let outline = Outline::new(&labelled.text);
    let words = Words::new(&labelled.text, &outline, lexicon);
    let ranges = |spans: &[Span]| -> Vec<Range<usize>> {
        let mut out: Vec<Range<usize>> = Vec::new();
        for span in spans {
            let range = outline.tokens_in(*span);
            match out.last_mut() {
                Some(last) if last.end == range.start => last.end = range.end,
                _ if !range.is_empty() => out.push(range),
                _ => {}
            }
        }
        out
    };
    let mut gold = Vec::new();
    for relation in labelled.relations.iter().filter(|r| !is_part(r, &labelled.relations)) {
        let content = ranges(&relation.content);
        let mut cue = ranges(&relation.cue);
        let Some(first) = content.first().cloned() else { continue };
        let has_cue = !cue.is_empty();
        let more_cue = if has_cue { cue.split_off(1) } else { Vec::new() };
        let anchor = cue.pop().unwrap_or(first.start..first.start);
        gold.push(Gold { cue: anchor, has_cue, more_cue, source: ranges(&relation.source), content });
    }
    let blocks = blocks(&labelled.text, &outline);
    let mut paragraphs = Vec::new();
    for block in &blocks {
        let mut rows = Rows::default();
        cues::rows(&words, &outline, block.start, block.end, &mut rows);
        paragraphs.push((block.start, rows));
    }
    Prepared { outline, words, text: labelled.text.clone(), blocks, gold, paragraphs }
}

/// Trains a cue tagger; `outside` leaves out what stands inside contents, where nothing is labelled.
fn train_cues(texts: &[Prepared], which: &[usize], outside: bool, how: Training) -> Tagger {
    let mut examples: Vec<Example> = Vec::new();
    for text in which.iter().map(|&i| &texts[i]) {
        let mut labels = vec![cues::O; text.words.len()];
        let mut inside = vec![false; text.words.len()];
        for gold in &text.gold {
            if outside {
                for i in gold.content.iter().cloned().flatten() {
                    inside[i] = true;
                }
            }
        }
        for gold in &text.gold {
            if gold.has_cue {
                for i in gold.cue.clone() {
                    labels[i] = if i == gold.cue.start { cues::B } else { cues::I };
                    inside[i] = false;
                }
            } else if labels[gold.cue.start] == cues::O {
                labels[gold.cue.start] = cues::K;
                inside[gold.cue.start] = false;
            }
        }
        for (start, rows) in &text.paragraphs {
            let mut kept = Rows::default();
            let mut kept_labels = Vec::new();
            for i in (0..rows.len()).filter(|i| !inside[start + i]) {
                rows.row(i).iter().for_each(|&h| kept.push(h));
                kept.end_row();
                kept_labels.push(labels[start + i]);
            }
            examples.push((kept, kept_labels));
        }
    }
    train(&cues::LABELS, &examples, &cues::FORBIDDEN, how)
}

fn role_examples(text: &Prepared, found: &Cues, out: &mut Vec<Example>) {
    let is_cue = cue_flags(found, text.words.len());
    for gold in &text.gold {
        let block = text.blocks.partition_point(|b| b.end <= gold.cue.start);
        let Some(block) = text.blocks.get(block) else { continue };
        let window = roles::window(&gold.cue, block);
        let mut labels = vec![roles::O; window.len()];
        let mut mark = |ranges: &[Range<usize>], first: u8, further: u8| {
            for range in ranges {
                for i in range.clone().filter(|i| window.contains(i)) {
                    labels[i - window.start] =
                        if i == range.start.max(window.start) { first } else { further };
                }
            }
        };
        mark(&gold.content, roles::CB, roles::CI);
        mark(&gold.source, roles::SB, roles::SI);
        mark(&gold.more_cue, roles::Q, roles::Q);
        mark(std::slice::from_ref(&gold.cue), roles::Q, roles::Q);
        // what a cue or a source cut out of a stretch makes its rest begin anew
        for i in 0..labels.len() {
            let before = if i == 0 { roles::O } else { labels[i - 1] };
            match labels[i] {
                roles::CI if !matches!(before, roles::CB | roles::CI) => labels[i] = roles::CB,
                roles::SI if !matches!(before, roles::SB | roles::SI) => labels[i] = roles::SB,
                _ => {}
            }
        }
        let mut rows = Rows::default();
        roles::rows(&text.words, &text.outline, &gold.cue, &window, &is_cue, &mut rows);
        out.push((rows, labels));
    }
}
