//! Training of the attribution model from labelled texts. A pure function of its input.

use super::accept;
use super::edges::{self, BEGIN, END};
use super::lexicon::{Language, Lexicon};
use super::model::{Cues, LanguageModel, Stages, Work, blocks, candidates, clusters, cue_flags, find_cues};
use super::ranking::{Choice, train_choices};
use super::weights::rows_of;
use super::words::Words;
use super::{cues, roles, uncued};
use crate::names::Pos;
use crate::names::words::WordClasses;
use crate::perceptron::{Example, FieldTraining, Rows, Tagger, train_field};
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
    /// A part of speech for every token of its outline; may be empty.
    pub pos: Vec<Pos>,
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
    blocks: Vec<Range<usize>>,
    gold: Vec<Gold>,
    /// Rows of the cue taggers, one sequence a paragraph, with the first token.
    paragraphs: Vec<(usize, Rows)>,
}

/// How the stages are trained. Chosen on a tenth of the English set; the larger one is cut harder, for the size of
/// the weights. An averaged perceptron in place of the fields was worse on the German development part.
struct Settings {
    cues: FieldTraining,
    roles: FieldTraining,
    accept: FieldTraining,
    /// Sentences without a cue, where a language has them.
    uncued: Option<FieldTraining>,
}

fn settings(language: Language) -> Settings {
    let with =
        |epochs, prune, least_count| FieldTraining { epochs, prune, least_count, ..FieldTraining::default() };
    match language {
        Language::English => Settings {
            cues: with(8, 0.05, 6),
            roles: with(6, 0.08, 12),
            accept: with(8, 0.02, 3),
            uncued: None,
        },
        Language::German => Settings {
            cues: with(10, 0.03, 2),
            roles: with(8, 0.03, 2),
            accept: with(8, 0.02, 2),
            uncued: Some(with(8, 0.03, 2)),
        },
    }
}

/// Trains a model of one language.
pub fn learn(language: Language, texts: &[LabelledText]) -> LanguageModel {
    let lexicon = Lexicon::new(language);
    let clusters = clusters(language);
    let how = settings(language);
    let train_cues =
        |texts: &[Prepared], which: &[usize], outside| train_cues(texts, which, outside, how.cues);
    let prepared: Vec<Prepared> = texts.iter().map(|t| prepare(t, &lexicon, &clusters)).collect();
    let all: Vec<usize> = (0..prepared.len()).collect();
    let (even, odd): (Vec<usize>, Vec<usize>) = all.iter().partition(|i| *i % 2 == 0);
    // Cues as they will be found in unseen text: each half is read by taggers trained on the other.
    let halves = [(&even, &odd), (&odd, &even)];
    let taggers = halves.map(|(learn_on, _)| {
        Stages::of_cues(&train_cues(&prepared, learn_on, false), &train_cues(&prepared, learn_on, true))
    });
    let mut seen: Vec<Cues> = vec![Vec::new(); prepared.len()];
    let mut work = Work::default();
    for ((_, read), stages) in halves.iter().zip(&taggers) {
        for &i in *read {
            let text = &prepared[i];
            seen[i] = find_cues(stages, &text.words, &text.outline, &text.blocks, &mut work).strict;
        }
    }
    let train_roles = |which: &[usize]| {
        let mut examples: Vec<Example> = Vec::new();
        for &i in which {
            role_examples(&prepared[i], &seen[i], &mut examples);
        }
        train_field(&roles::LABELS, &examples, &roles::FORBIDDEN, how.roles)
    };
    let stages: Vec<Stages> = halves
        .iter()
        .zip(taggers)
        .map(|((learn_on, _), stages)| stages.with_roles(&train_roles(learn_on)))
        .collect();
    // Edges first, then what is taken, on relations whose edges are chosen.
    let mut choices: [Vec<Choice>; 2] = Default::default();
    for ((_, read), stages) in halves.iter().zip(&stages) {
        for &i in *read {
            edge_choices(stages, &prepared[i], &mut work, &mut choices);
        }
    }
    let mut judge: Vec<(u32, usize, i32)> = Vec::new();
    for (lane, choices) in [END, BEGIN].into_iter().zip(&choices) {
        judge.extend(train_choices(choices).into_iter().map(|(feature, weight)| (feature, lane, weight)));
    }
    let mut examples: Vec<Example> = Vec::new();
    for ((_, read), stages) in halves.iter().zip(stages) {
        let stages = stages.with_judge(rows_of(judge.clone()));
        for &i in *read {
            accept_examples(&stages, &prepared[i], &mut work, &mut examples);
        }
    }
    let accept = train_field(&accept::LABELS, &examples, &[], how.accept);
    for (hash, entries) in accept.weights() {
        let of = |label| entries.iter().find(|e| e.0 == label).map_or(0, |e| i32::from(e.1));
        judge.push((hash, 0, of(1) - of(0)));
    }
    let stages = Stages::of_cues(&train_cues(&prepared, &all, false), &train_cues(&prepared, &all, true))
        .with_roles(&train_roles(&all))
        .with_judge(rows_of(judge));
    let stages = match how.uncued {
        Some(how) => {
            let examples: Vec<Example> = prepared.iter().map(uncued_example).collect();
            stages.with_uncued(&train_field(&uncued::LABELS, &examples, &[], how))
        }
        None => stages,
    };
    LanguageModel::new(language, stages)
}

/// For every relation that is right but for its edges, which edge is the best.
fn edge_choices(stages: &Stages, text: &Prepared, work: &mut Work, out: &mut [Vec<Choice>; 2]) {
    if text.words.len() == 0 {
        return;
    }
    let mut watch = |relation: &super::model::Relation, edges: &edges::Edges| {
        let gold = text.gold.iter().find(|g| touch(&g.cue, &relation.cue));
        let Some(gold) = gold else { return };
        let fit = |&at: &usize| {
            let mut relation = relation.clone();
            edges::set(&mut relation, edges.lane, at);
            overlap(&gold.content, &relation.content)
        };
        let fits: Vec<f32> = edges.at.iter().map(fit).collect();
        let best = (0..fits.len()).max_by(|a, b| fits[*a].total_cmp(&fits[*b]).then(b.cmp(a)));
        if let Some(best) = best.filter(|b| fits[*b] >= SAME_CONTENT) {
            out[edges.lane - END].push((edges.rows.clone(), best));
        }
    };
    candidates(stages, &text.words, &text.outline, &text.blocks, work, Some(&mut watch));
}

/// Whether two cues have a word in common; a cue without words stands for the one it is before.
fn touch(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end.max(b.start + 1) && b.start < a.end.max(a.start + 1)
}

/// Share of the tokens of two contents together that they must have in common to be one, as the bench has it.
const SAME_CONTENT: f32 = 0.5;

fn accept_examples(stages: &Stages, text: &Prepared, work: &mut Work, out: &mut Vec<Example>) {
    if text.words.len() == 0 {
        return;
    }
    for candidate in candidates(stages, &text.words, &text.outline, &text.blocks, work, None) {
        let r = &candidate.relation;
        let right = text.gold.iter().any(|g| {
            let source = match &r.source {
                Some(s) => g.source.iter().any(|t| t.start < s.end && s.start < t.end),
                None => g.source.is_empty(),
            };
            touch(&g.cue, &r.cue) && source && overlap(&g.content, &r.content) >= SAME_CONTENT
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

fn prepare(labelled: &LabelledText, lexicon: &Lexicon, clusters: &WordClasses) -> Prepared {
    let outline = Outline::new(&labelled.text);
    let words = Words::new(&labelled.text, &outline, lexicon, clusters, &labelled.pos);
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
    Prepared { outline, words, blocks, gold, paragraphs }
}

/// Trains a cue tagger; `outside` leaves out what stands inside contents, where nothing is labelled.
fn train_cues(texts: &[Prepared], which: &[usize], outside: bool, how: FieldTraining) -> Tagger {
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
    train_field(&cues::LABELS, &examples, &cues::FORBIDDEN, how)
}

/// The sentences of one text: somebody's words where most of the sentence is labelled and no cue accounts for it.
fn uncued_example(text: &Prepared) -> Example {
    let mut cued = vec![false; text.words.len()];
    let mut said = cued.clone();
    for gold in &text.gold {
        for content in &gold.content {
            said[content.clone()].fill(true);
            if gold.has_cue {
                cued[content.clone()].fill(true);
            }
        }
    }
    let mut rows = Rows::default();
    uncued::rows(&text.words, &text.outline, &cued, &mut rows);
    let label = |sentence: &Range<usize>| {
        let own = uncued::words_of(&text.outline, sentence);
        let held = |flags: &[bool]| own.iter().filter(|&&i| flags[i]).count();
        u8::from(
            own.len() >= uncued::LEAST_WORDS
                && !uncued::reaches(held(&cued), own.len(), uncued::ACCOUNTED)
                && uncued::reaches(held(&said), own.len(), uncued::SAID),
        )
    };
    (rows, text.outline.sentence_tokens.iter().map(label).collect())
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
