//! The trained weights of one or two languages, and the relations they find in a text.
//!
//! Stops at spans of tokens: who a source is, and which relation encloses which, is said elsewhere.

use super::accept::{self, Candidate};
use super::lexicon::{Language, Lexicon};
use super::words::{Class, Words};
use super::{cues, roles};
use crate::perceptron::{Rows, Scratch, Tagger};
use headwater_model::text::Outline;
use std::ops::Range;

/// File magic and version of stored weights.
const MAGIC: &[u8; 8] = b"HWATT\0\x01\0";

/// Weights and word lists of one language.
#[derive(Clone, Debug)]
pub struct LanguageModel {
    pub(super) lexicon: Lexicon,
    /// Finds cues at the level of the reporter.
    pub(super) strict: Tagger,
    /// Finds cues anywhere, also inside what others say.
    pub(super) loose: Tagger,
    /// Finds source and content of one cue.
    pub(super) roles: Tagger,
    /// Takes or leaves what the three found.
    pub(super) accept: Tagger,
}

/// Weights for attribution in English and, where trained, German.
#[derive(Clone, Debug)]
pub struct AttributionModel {
    english: LanguageModel,
    german: Option<LanguageModel>,
}

impl AttributionModel {
    /// The weights that ship with this crate.
    ///
    /// # Panics
    /// Never in a build whose tests pass: the weights are part of the build.
    pub fn shipped() -> Self {
        let english = include_bytes!("../../data/attributions/english.weights");
        let german = include_bytes!("../../data/attributions/german.weights");
        Self::from_bytes(english, Some(german)).expect("the shipped weights are whole")
    }

    /// Reads stored weights; says what is wrong with them when they do not fit.
    pub fn from_bytes(english: &[u8], german: Option<&[u8]>) -> Result<Self, &'static str> {
        Ok(AttributionModel {
            english: LanguageModel::from_bytes(Language::English, english)?,
            german: german.map(|b| LanguageModel::from_bytes(Language::German, b)).transpose()?,
        })
    }

    /// The model for a language, with what it is.
    pub(super) fn of(&self, language: Language) -> (&LanguageModel, Language) {
        match (&self.german, language) {
            (Some(german), Language::German) => (german, Language::German),
            _ => (&self.english, Language::English),
        }
    }
}

impl LanguageModel {
    /// From freshly trained taggers.
    pub(super) fn new(language: Language, [strict, loose, roles, accept]: [Tagger; 4]) -> Self {
        LanguageModel { lexicon: Lexicon::new(language), strict, loose, roles, accept }
    }

    /// Bytes of each tagger's weights, for the card.
    pub fn sizes(&self) -> [usize; 4] {
        [&self.strict, &self.loose, &self.roles, &self.accept].map(|t| t.to_bytes().len())
    }

    /// The stored form.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        for tagger in [&self.strict, &self.loose, &self.roles, &self.accept] {
            let bytes = tagger.to_bytes();
            out.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
            out.extend_from_slice(&bytes);
        }
        out
    }

    /// Reads the stored form.
    pub fn from_bytes(language: Language, bytes: &[u8]) -> Result<Self, &'static str> {
        let mut rest =
            bytes.strip_prefix(MAGIC.as_slice()).ok_or("not attribution weights of this version")?;
        let mut next = || -> Result<Tagger, &'static str> {
            let (len, tail) = rest.split_first_chunk::<4>().ok_or("the weights are cut short")?;
            let (body, tail) = tail
                .split_at_checked(u32::from_le_bytes(*len) as usize)
                .ok_or("the weights are cut short")?;
            rest = tail;
            Tagger::from_bytes(body)
        };
        let (mut strict, mut loose, mut roles, accept) = (next()?, next()?, next()?, next()?);
        if strict.labels() != cues::LABELS
            || loose.labels() != cues::LABELS
            || roles.labels() != roles::LABELS
            || accept.labels() != accept::LABELS
        {
            return Err("the weights have other labels");
        }
        for (previous, label) in cues::FORBIDDEN {
            strict.forbid(previous, label);
            loose.forbid(previous, label);
        }
        for (previous, label) in roles::FORBIDDEN {
            roles.forbid(previous, label);
        }
        Ok(Self::new(language, [strict, loose, roles, accept]))
    }
}

/// A cue with its source and content, as token ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Relation {
    /// The cue; empty at the first token of the content when there is no cue.
    pub cue: Range<usize>,
    /// Further parts of the cue.
    pub more_cue: Vec<Range<usize>>,
    /// The source, when the paragraph has it.
    pub source: Option<Range<usize>>,
    /// The content, in order.
    pub content: Vec<Range<usize>>,
}

impl Relation {
    /// Whether the content holds a token.
    pub(super) fn holds(&self, token: usize) -> bool {
        self.content.iter().any(|r| r.contains(&token))
    }
}

/// Memory that is used again from text to text.
#[derive(Clone, Debug, Default)]
pub(super) struct Work {
    rows: Rows,
    scratch: Scratch,
    labels: Vec<u8>,
}

impl Work {
    /// The tagger's memory.
    pub(super) fn scratch(&mut self) -> &mut Scratch {
        &mut self.scratch
    }
}

/// Cue ranges, with whether they are cues (else the empty range at the start of a content without one).
pub(super) type Cues = Vec<(Range<usize>, bool)>;

/// A cue that the taggers are not sure of is looked at when the loose one is short of it by no more than
/// this (in 1/256 of a perceptron step). A first guess, not yet tuned.
const SHORT_OF: i32 = -3 * 256;

/// Ranges of tokens that are read together: a paragraph, and what follows on a colon or an open quotation.
pub(super) fn blocks(text: &str, outline: &Outline) -> Vec<Range<usize>> {
    const MOST: usize = 12;
    let tokens = &outline.tokens;
    let mut out: Vec<Range<usize>> = Vec::new();
    let (mut joined, mut start) = (0, 0);
    while start < tokens.len() {
        let paragraph = tokens[start].paragraph;
        let end = start + tokens[start..].partition_point(|t| t.paragraph == paragraph);
        let quoted = outline.quoted.partition_point(|r| r.outer.start < tokens[start].span.start);
        let opens = outline.quoted.get(quoted).is_some_and(|r| r.outer.start == tokens[start].span.start);
        let previous_goes_on = start > 0
            && (tokens[start - 1].of(text) == ":"
                || quoted > 0
                    && outline.quoted[quoted - 1].continues
                    && outline.quoted[quoted - 1].outer.end == tokens[start - 1].span.end);
        match out.last_mut() {
            Some(last) if opens && previous_goes_on && joined < MOST => {
                last.end = end;
                joined += 1;
            }
            _ => {
                out.push(start..end);
                joined = 0;
            }
        }
        start = end;
    }
    out
}

/// What the cue taggers find in a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// Cues at the level of the reporter.
    pub strict: Cues,
    /// Everything that may be a cue: range, whether it has words, in strict, in loose, margins.
    pub all: Vec<Candidate>,
}

/// The cues of both taggers.
pub(super) fn find_cues(
    model: [&Tagger; 2],
    words: &Words,
    outline: &Outline,
    blocks: &[Range<usize>],
    work: &mut Work,
) -> Found {
    let mut found = Found::default();
    let mut loose = Vec::new();
    for block in blocks {
        work.rows.clear();
        cues::rows(words, outline, block.start, block.end, &mut work.rows);
        let (first_strict, first) = (found.strict.len(), found.all.len());
        model[0].tag(&work.rows, &mut work.scratch, &mut work.labels);
        read_cues(&work.labels, block.start, &mut found.strict);
        loose.clear();
        model[1].tag(&work.rows, &mut work.scratch, &mut work.labels);
        read_cues(&work.labels, block.start, &mut loose);
        let mut taken = vec![false; block.len() + 1];
        let mut take = |cue: &Range<usize>, strict: bool, loose: bool, all: &mut Vec<Candidate>| {
            let range = cue.start - block.start..cue.end.max(cue.start + 1) - block.start;
            if taken[range.clone()].iter().any(|t| *t) {
                return;
            }
            taken[range].fill(true);
            all.push(Candidate {
                relation: Relation { cue: cue.clone(), ..Relation::default() },
                strict,
                loose,
                ..Candidate::default()
            });
        };
        for (cue, _) in &found.strict[first_strict..] {
            let also = loose
                .iter()
                .any(|(l, _)| l.start < cue.end.max(cue.start + 1) && cue.start < l.end.max(l.start + 1));
            take(cue, true, also, &mut found.all);
        }
        for (cue, _) in &loose {
            take(cue, false, true, &mut found.all);
        }
        let mut scores = [0; 4];
        let mut margin = |tagger: &Tagger, row: &[u32]| {
            tagger.score(row, &mut scores);
            scores[cues::B as usize].max(scores[cues::K as usize]) - scores[cues::O as usize]
        };
        for i in block.clone() {
            let row = work.rows.row(i - block.start);
            if plausible(words.class[i]) && margin(model[1], row) > SHORT_OF {
                take(&(i..i + 1), false, false, &mut found.all);
            }
        }
        for candidate in &mut found.all[first..] {
            let row = work.rows.row(candidate.relation.cue.start - block.start);
            candidate.margins = [margin(model[0], row), margin(model[1], row)];
        }
        found.all[first..].sort_by_key(|c| c.relation.cue.start);
    }
    found
}

/// Whether a cue may begin with a word of this class though no tagger has it.
fn plausible(class: Class) -> bool {
    matches!(
        class,
        Class::Say
            | Class::SayNoun
            | Class::Ed
            | Class::Ing
            | Class::Other
            | Class::Plural
            | Class::Preposition
            | Class::Colon
            | Class::Auxiliary
    )
}

/// All candidates of a text with their roles, not yet scored.
pub(super) fn candidates(
    taggers: [&Tagger; 3],
    text: &str,
    words: &Words,
    outline: &Outline,
    blocks: &[Range<usize>],
    work: &mut Work,
) -> Vec<Candidate> {
    let mut found = find_cues([taggers[0], taggers[1]], words, outline, blocks, work);
    let is_cue = cue_flags(&found.strict, words.len());
    let mut block = 0;
    for candidate in &mut found.all {
        let cue = candidate.relation.cue.clone();
        while block + 1 < blocks.len() && blocks[block].end <= cue.start {
            block += 1;
        }
        candidate.relation = find_roles(taggers[2], words, outline, &cue, &blocks[block], &is_cue, work);
        snap(text, outline, words, &mut candidate.relation);
    }
    found.all.retain(|c| !c.relation.content.is_empty());
    let mut covered = vec![false; words.len()];
    for candidate in found.all.iter().filter(|c| c.strict) {
        for range in &candidate.relation.content {
            covered[range.clone()].fill(true);
        }
    }
    let mut before = vec![0u32; words.len() + 1];
    for candidate in found.all.iter().filter(|c| c.strict) {
        before[candidate.relation.cue.start + 1] = 1;
    }
    for i in 0..words.len() {
        before[i + 1] += before[i];
    }
    for candidate in &mut found.all {
        candidate.inside = covered[candidate.relation.cue.start.min(words.len() - 1)];
        candidate.holds = candidate.relation.content.iter().map(|c| before[c.end] - before[c.start]).sum();
    }
    found.all
}

/// Which tokens are part of a cue.
pub(super) fn cue_flags(cues: &Cues, len: usize) -> Vec<bool> {
    let mut is_cue = vec![false; len];
    for (cue, _) in cues {
        for flag in is_cue.iter_mut().take(cue.end.max(cue.start + 1)).skip(cue.start) {
            *flag = true;
        }
    }
    is_cue
}

/// Share of a quoted region that a content must hold to be given all of it.
const MOST_OF_REGION: (usize, usize) = (2, 5);

/// A quoted region is part of a content wholly or not at all, unless the cue stands in it.
fn snap(_text: &str, outline: &Outline, words: &Words, relation: &mut Relation) {
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

/// Cue ranges from labels.
pub(super) fn read_cues(labels: &[u8], offset: usize, out: &mut Cues) {
    for (i, &label) in labels.iter().enumerate() {
        match label {
            cues::B => out.push((offset + i..offset + i + 1, true)),
            cues::K => out.push((offset + i..offset + i, false)),
            cues::I => {
                if let Some(last) = out.last_mut() {
                    last.0.end = offset + i + 1;
                }
            }
            _ => {}
        }
    }
}

/// Source and content of one cue, looked for within `bounds`.
fn find_roles(
    tagger: &Tagger,
    words: &Words,
    outline: &Outline,
    cue: &Range<usize>,
    bounds: &Range<usize>,
    is_cue: &[bool],
    work: &mut Work,
) -> Relation {
    let window = roles::window(cue, bounds);
    work.rows.clear();
    roles::rows(words, outline, cue, &window, is_cue, &mut work.rows);
    tagger.tag(&work.rows, &mut work.scratch, &mut work.labels);
    read_roles(&work.labels, cue, window.start)
}

/// A relation from labels.
pub(super) fn read_roles(labels: &[u8], cue: &Range<usize>, offset: usize) -> Relation {
    let mut relation = Relation { cue: cue.clone(), ..Relation::default() };
    let mut sources: Vec<Range<usize>> = Vec::new();
    for (i, &label) in labels.iter().enumerate() {
        let at = offset + i;
        let extend = |list: &mut Vec<Range<usize>>| match list.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            _ => list.push(at..at + 1),
        };
        match label {
            roles::SB => sources.push(at..at + 1),
            roles::SI => extend(&mut sources),
            roles::CB => relation.content.push(at..at + 1),
            roles::CI => extend(&mut relation.content),
            roles::Q if !cue.contains(&at) => extend(&mut relation.more_cue),
            _ => {}
        }
    }
    // one source: the nearest to the cue
    relation.source = sources.into_iter().min_by_key(|s| {
        if s.start < cue.start { cue.start - s.end.min(cue.start) } else { s.start - cue.start }
    });
    relation
}

/// What a candidate must score to be taken at the level of the reporter (1/256 of a perceptron step).
/// Best of -4000 to 1000 on held-out tenths of both training sets, within half a point of F.
const TAKE: i32 = 0;

/// All candidates with their scores, best first.
pub(super) fn scored(
    model: &LanguageModel,
    text: &str,
    words: &Words,
    outline: &Outline,
    blocks: &[Range<usize>],
    work: &mut Work,
) -> Vec<Candidate> {
    if words.len() == 0 {
        return Vec::new();
    }
    let mut all = candidates([&model.strict, &model.loose, &model.roles], text, words, outline, blocks, work);
    work.rows.clear();
    for candidate in &all {
        accept::row(words, outline, candidate, &mut work.rows);
    }
    let mut scores = [0; 2];
    for (i, candidate) in all.iter_mut().enumerate() {
        model.accept.score(work.rows.row(i), &mut scores);
        candidate.score = scores[1] - scores[0];
    }
    all.sort_by_key(|c| (std::cmp::Reverse(c.score), c.relation.cue.start));
    all
}

/// The relations of a text at the level of the reporter, and what is left over.
pub(super) fn relations(
    model: &LanguageModel,
    text: &str,
    words: &Words,
    outline: &Outline,
    work: &mut Work,
) -> (Vec<Candidate>, Vec<Candidate>) {
    let mut taken: Vec<Candidate> = Vec::new();
    let mut left = Vec::new();
    let mut covered = vec![false; words.len()];
    let mut cue_at = vec![false; words.len()];
    for candidate in scored(model, text, words, outline, &blocks(text, outline), work) {
        let cue = candidate.relation.cue.start.min(words.len() - 1);
        let crosses =
            covered[cue] || candidate.relation.content.iter().any(|c| cue_at[c.clone()].contains(&true));
        if candidate.score <= TAKE || crosses {
            left.push(candidate);
            continue;
        }
        for range in &candidate.relation.content {
            covered[range.clone()].fill(true);
        }
        cue_at[cue] = true;
        taken.push(candidate);
    }
    taken.sort_by_key(|c| c.relation.cue.start);
    (taken, left)
}

/// Shortest content that is read again for what others are said in it to have said, in tokens.
const SHORTEST_INNER: usize = 5;

/// What others say inside the contents of `taken`: each content is read as a text of its own.
pub(super) fn inner(
    model: &LanguageModel,
    text: &str,
    words: &Words,
    outline: &Outline,
    taken: &[Candidate],
    work: &mut Work,
) -> Vec<Candidate> {
    let mut ranges: Vec<Range<usize>> =
        taken.iter().flat_map(|c| c.relation.content.iter().cloned()).collect();
    ranges.retain(|r| r.len() >= SHORTEST_INNER);
    ranges.sort_by_key(|r| (r.start, r.end));
    let mut end = 0;
    ranges.retain(|r| {
        let apart = r.start >= end;
        if apart {
            end = r.end;
        }
        apart
    });
    if ranges.is_empty() {
        return Vec::new();
    }
    let mut unquoted = words.clone();
    for range in &ranges {
        unquoted.quote[range.clone()].fill(super::words::OUTSIDE);
        unquoted.region[range.clone()].fill(0);
    }
    let mut found = scored(model, text, &unquoted, outline, &ranges, work);
    found.retain(|c| c.score > TAKE_INNER);
    found
}

/// As [`TAKE`], inside what others say. Chosen among 0, 1000, 2500 and 5000 on a held-out tenth of
/// PolNeAR's training part and all of the chains data: higher costs chains, lower costs precision.
const TAKE_INNER: i32 = 20 * 256;
