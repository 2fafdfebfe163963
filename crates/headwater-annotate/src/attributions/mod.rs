//! Who said what, and through whom: attributions of one article, nested into chains, and its quotations.
//!
//! A cue tagger and a role tagger (both trained, see the card beside the weights) find source, cue and
//! content; `chains` sets them into one another; `sources` says who a source is; `quotations` gives every
//! stretch between quotation marks its speaker. Names and entities come in. Stops at the article: what an
//! origin is across articles is not decided here. Never says whether what was said is so.

mod accept;
mod carriers;
mod chains;
pub mod credits;
mod cues;
mod documents;
mod edges;
mod known;
pub mod learn;
pub mod lexicon;
mod manner;
mod model;
mod nested;
mod outlets;
mod phrases;
mod quotations;
mod ranking;
mod reading;
mod roles;
mod shaping;
mod sources;
mod subjects;
mod tags;
#[cfg(test)]
mod tests;
mod uncued;
mod weights;
mod words;

pub use credits::{Credit, CreditPlace, credits};
pub use lexicon::Language;
pub use model::{AttributionModel, LanguageModel};
pub use sources::Refer;

use crate::names::Pos;
use accept::Candidate;
use chains::Level;
use headwater_model::Span;
use headwater_model::attribution::{Attribution, Quotation, Source, SourceKind};
use headwater_model::name::{LocalEntity, Name, NameKind, OrganisationKind};
use headwater_model::text::Outline;
use model::Work;
use reading::{Body, Reading};
use sources::{Memory, Sources};
use std::ops::Range;
use words::{Class, Words};

/// What is known of an article when its attributions are looked for.
pub struct Input<'a> {
    /// The clean text.
    pub text: &'a str,
    /// Its outline.
    pub outline: &'a Outline,
    /// Its language.
    pub language: Language,
    /// A part of speech for every token of the outline, of an English text; may be empty.
    pub pos: &'a [Pos],
    /// Names, in order of their place; may be empty.
    pub names: &'a [Name],
    /// What the names stand for.
    pub entities: &'a [LocalEntity],
    /// Follows a pronoun, title or short form to an entity, when somebody can.
    pub refer: Option<&'a Refer<'a>>,
}

/// Finds the attributions and quotations of an article. Enclosing levels stand before what they enclose.
pub fn annotate(model: &AttributionModel, input: &Input<'_>) -> (Vec<Attribution>, Vec<Quotation>) {
    let (model, language) = model.of(input.language);
    annotate_with(model, language, input)
}

/// As [`annotate`], with the model of one language.
pub fn annotate_with(
    model: &LanguageModel,
    language: Language,
    input: &Input<'_>,
) -> (Vec<Attribution>, Vec<Quotation>) {
    let (text, outline) = (input.text, input.outline);
    // parts of speech are an English tagger's
    let pos = if language == Language::English { input.pos } else { &[] };
    let words = Words::new(text, outline, &model.lexicon, &model.clusters, pos);
    let mut work = Work::default();
    let (mut taken, mut left) = model::relations(model, text, &words, outline, &mut work);
    promote(text, outline, &words, &mut taken, &mut left);
    uncued::add(model, &words, outline, &mut taken, &mut work);
    // what was good enough by itself and only lost to a cue that encloses it, then what each content holds
    // ("Y said, according to X" has a level of Y's even when its cue alone is doubtful)
    let passed_on = |c: &Candidate| {
        c.loose
            && c.margins[1] >= 0
            && taken.iter().any(|t| {
                t.relation.holds(c.relation.cue.start) && chains::passes_on(text, outline, &t.relation.cue)
            })
    };
    let mut deeper: Vec<Candidate> =
        left.iter().filter(|c| c.strict && c.score > 0 || passed_on(c)).cloned().collect();
    deeper.extend(model::inner(model, &words, outline, &taken, &mut work));
    let bodies = bodies(input);
    let reading = Reading { text, outline, words: &words, lexicon: &model.lexicon, bodies: &bodies };
    let mut levels = chains::levels(&reading, &taken, &left, &deeper);
    participles(text, outline, &mut levels);
    if language == Language::English {
        tags::add(text, outline, &words, &mut levels);
    }
    fragments(&reading, &mut levels);
    continued(text, outline, &words, &mut levels);
    chains::nest(&reading, &mut levels);
    let sources = Sources { text, outline, names: input.names, entities: input.entities, refer: input.refer };
    let mut found = speakers(&sources, outline, &mut levels);
    others(&reading, &levels, &mut found);
    frames(outline, &mut levels, &mut found);
    own_words(&mut levels, &mut found);
    order(&mut levels, &mut found);
    let quotations = quotations::quotations(text, outline, &words, &levels);
    let attributions = levels
        .iter()
        .zip(found)
        .map(|(level, source)| Attribution {
            source,
            cue: spans(outline, &level.cue),
            content: spans(outline, &level.content),
            directness: manner::directness(outline, &level.content),
            class: manner::class(text, outline, &model.lexicon, &level.cue),
            parent: level.parent.map(|p| p as u32),
            hedges: manner::hedges(text, outline, language, &level.content),
            negated: manner::negated(text, outline, &level.content),
        })
        .collect();
    (attributions, quotations)
}

/// Whether a lower-case word tells that a document was brought out by somebody ("released", "obtained").
pub fn releases(word: &str) -> bool {
    known::RELEASES.contains(&word)
}

/// Which tokens are part of the name of a body.
fn bodies(input: &Input<'_>) -> Vec<Body> {
    let mut out = vec![Body::None; input.outline.tokens.len()];
    for name in input.names.iter().filter(|n| n.kind == NameKind::Organisation) {
        let kind = input.entities.get(name.entity as usize).and_then(|e| e.organisation);
        let outlet = matches!(kind, Some(OrganisationKind::Agency | OrganisationKind::Outlet));
        out[input.outline.tokens_in(name.span)].fill(if outlet { Body::Outlet } else { Body::Other });
    }
    out
}

fn spans(outline: &Outline, ranges: &[Range<usize>]) -> Vec<Span> {
    ranges
        .iter()
        .filter(|r| !r.is_empty())
        .map(|r| outline.tokens[r.start].span.cover(outline.tokens[r.end - 1].span))
        .collect()
}

fn one(range: Range<usize>) -> Vec<Range<usize>> {
    std::iter::once(range).collect()
}

/// A candidate that scores below the threshold is still the best answer for a quotation that nothing else
/// holds, down to this score (1/256 of the logarithm of its odds), by judgement.
const PROMOTE: i32 = -5 * 256;

/// Takes candidates that give a quoted stretch its speaker.
fn promote(
    text: &str,
    outline: &Outline,
    words: &Words,
    taken: &mut Vec<Candidate>,
    left: &mut Vec<Candidate>,
) {
    let bare: Vec<Level> =
        taken.iter().map(|c| Level { content: c.relation.content.clone(), ..Level::default() }).collect();
    for region in quotations::loose_ends(text, outline, words, &bare) {
        let fits = |c: &Candidate| {
            let held: usize = c
                .relation
                .content
                .iter()
                .map(|r| r.end.min(region.end).saturating_sub(r.start.max(region.start)))
                .sum();
            let at = c.relation.cue.start;
            let free = !taken.iter().any(|t| t.relation.holds(at) || c.relation.holds(t.relation.cue.start));
            c.score > PROMOTE
                && c.relation.source.is_some()
                && !c.relation.cue.is_empty()
                && held * 2 > region.len()
                && free
                && words.quote[at] == words::OUTSIDE
        };
        // `left` is in order of score
        if let Some(i) = left.iter().position(fits) {
            taken.push(left.remove(i));
        }
    }
    taken.sort_by_key(|c| c.relation.cue.start);
}

/// "Kim expressed thanks, noting that …": a participle without a source has that of the clause before.
fn participles(text: &str, outline: &Outline, levels: &mut [Level]) {
    let cue = |level: &Level| level.cue.first().map(|c| (outline.tokens[c.start].sentence, c.start));
    for l in 0..levels.len() {
        let Some((sentence, at)) =
            cue(&levels[l]).filter(|_| levels[l].source.is_empty() && !levels[l].inner)
        else {
            continue;
        };
        if !outline.tokens[at].of(text).ends_with("ing") {
            continue;
        }
        let before = levels
            .iter()
            .filter(|b| {
                !b.inner && !b.source.is_empty() && cue(b).is_some_and(|(s, c)| s == sentence && c < at)
            })
            .max_by_key(|b| b.cue[0].start);
        if let Some(source) = before.map(|b| b.source.clone()) {
            levels[l].source = source;
        }
    }
}

/// Tokens looked back over for the subject of a clause that quotes a few words.
const SUBJECT_REACH: usize = 40;

/// A few quoted words in the reporter's own clause: the speaker is the subject of its verb of saying.
fn fragments(reading: &Reading<'_>, levels: &mut Vec<Level>) {
    let (text, outline, words) = (reading.text, reading.outline, reading.words);
    for region in quotations::loose_ends(text, outline, words, levels) {
        let introduced = region.start > 0 && matches!(outline.tokens[region.start - 1].of(text), ":" | ",");
        let sentence = outline.tokens[region.start - usize::from(introduced)].sentence as usize;
        let Some(range) = outline.sentence_tokens.get(sentence) else { continue };
        let from = range.start.max(region.start.saturating_sub(SUBJECT_REACH));
        let outside = |i: &usize| words.quote[*i] == words::OUTSIDE;
        let Some(verb) = (from..region.start)
            .rev()
            .filter(outside)
            .find(|&i| words.class[i] == Class::Say && !reading.is_noun(i))
        else {
            continue;
        };
        // "Kim expressed thanks, noting that …": the clause before gives the speaker
        let participle = outline.tokens[verb].of(text).ends_with("ing");
        let before = levels
            .iter()
            .filter(|l| {
                !l.inner
                    && !l.source.is_empty()
                    && l.cue.first().is_some_and(|c| c.start >= from && c.start < verb)
            })
            .max_by_key(|l| l.cue[0].start);
        if let (true, Some(level)) = (participle, before) {
            let source = level.source.clone();
            levels.push(Level {
                source,
                cue: one(verb..verb + 1),
                content: vec![region],
                ..Level::default()
            });
            continue;
        }
        let Some(source) = fragment_subject(reading, from, verb, region.start) else { continue };
        levels.push(Level {
            source: one(source),
            cue: one(verb..verb + 1),
            content: vec![region],
            ..Level::default()
        });
    }
}

/// The subject of the verb of saying before a quotation: by the grammar, or of the clause that a participle hangs on;
/// where no parts of speech are known, the last name before it.
fn fragment_subject(reading: &Reading<'_>, from: usize, verb: usize, to: usize) -> Option<Range<usize>> {
    let words = reading.words;
    let outside = |i: &usize| words.quote[*i] == words::OUTSIDE;
    if reading.has_parts() {
        let clause = from..to;
        let own = subjects::plain(reading, verb, &clause);
        return own.or_else(|| {
            if !reading.lower(verb).ends_with("ing") {
                // "a friend commented: …": a past form may look like a participle
                let led = matches!(reading.word(verb + 1), ":" | ",") && verb + 2 == to;
                return reading.noun_phrase_before(verb, from).filter(|s| led && s.end == verb);
            }
            let main = (from..verb)
                .rev()
                .filter(outside)
                .find(|&i| words.finite[i] && reading.part(i) != Some(Pos::Auxiliary))?;
            subjects::plain(reading, main, &clause)
        });
    }
    let named = |i: &usize| {
        matches!(
            words.class[*i],
            Class::Subject | Class::Capitalised | Class::Upper | Class::CapitalisedFirst
        )
    };
    let last = (from..verb).rev().filter(outside).find(named)?;
    let mut first = last;
    while first > from
        && matches!(
            words.class[first - 1],
            Class::Capitalised | Class::Upper | Class::CapitalisedFirst | Class::Title
        )
    {
        first -= 1;
    }
    Some(first..last + 1)
}

/// The source of each level, in the order of the text so that pronouns find who spoke before.
fn speakers(sources: &Sources<'_>, outline: &Outline, levels: &mut [Level]) -> Vec<Source> {
    let mut order: Vec<usize> = (0..levels.len()).collect();
    order.sort_by_key(|&l| (levels[l].cue.first().or(levels[l].content.first()).map_or(0, |r| r.start), l));
    let mut memory = Memory::default();
    let mut found =
        vec![
            Source { spans: Vec::new(), kind: SourceKind::Missing, entity: None, resolved: String::new() };
            levels.len()
        ];
    for l in order {
        if levels[l].continues.is_some() {
            continue;
        }
        found[l] = sources.resolve(&levels[l], &memory);
        let carries = levels.iter().any(|other| other.parent == Some(l) && !other.inner);
        if !levels[l].inner && !carries {
            let at = levels[l]
                .cue
                .first()
                .or(levels[l].content.first())
                .map_or(0, |r| outline.tokens[r.start].span.start);
            sources.remember(&found[l], at, &mut memory);
        }
    }
    for l in 0..levels.len() {
        if let Some(speaker) = levels[l].continues {
            found[l] = Source { spans: Vec::new(), ..found[speaker].clone() };
        }
    }
    found
}

/// In a speaker's own words "she" and "the mayor" are somebody else: the speaker says "I".
fn others(reading: &Reading<'_>, levels: &[Level], found: &mut [Source]) {
    for (l, level) in levels.iter().enumerate() {
        let Some(parent) = level.parent.filter(|_| level.inner) else { continue };
        let [source] = level.source.as_slice() else { continue };
        let quoted = |i: usize| reading.words.quote[i] != words::OUTSIDE;
        let told_outside = levels[parent].cue.iter().all(|c| !quoted(c.start));
        if quoted(source.start)
            && told_outside
            && found[l].entity.is_some()
            && found[l].entity == found[parent].entity
        {
            found[l].entity = None;
            let (first, last) = (source.start, source.end - 1);
            let span = reading.outline.tokens[first].span.cover(reading.outline.tokens[last].span);
            found[l].resolved = span.of(reading.text).to_owned();
        }
    }
}

/// A sentence that is wholly a quotation goes on with what the last speaker said.
fn continued(text: &str, outline: &Outline, words: &Words, levels: &mut Vec<Level>) {
    for region in quotations::loose_ends(text, outline, words, levels) {
        let token = &outline.tokens[region.start];
        let starts =
            outline.sentence_tokens.get(token.sentence as usize).is_some_and(|s| s.start == region.start);
        let last = &outline.tokens[region.end - 1];
        let ends = outline.tokens.get(region.end).is_none_or(|next| next.sentence != last.sentence);
        if !starts || !ends {
            continue;
        }
        // who spoke last, in quotation marks, in this paragraph or the one before
        let speaker = (0..levels.len())
            .filter(|&l| {
                !levels[l].inner
                    && levels[l]
                        .content
                        .iter()
                        .any(|c| c.end <= region.start && c.clone().any(|i| words.quote[i] != words::OUTSIDE))
            })
            .filter(|&l| !levels.iter().any(|other| other.parent == Some(l) && !other.inner))
            .max_by_key(|&l| levels[l].content.iter().filter(|c| c.end <= region.start).map(|c| c.end).max());
        let Some(speaker) = speaker else { continue };
        let near = levels[speaker].content.last().is_some_and(|c| {
            token.paragraph <= outline.tokens[c.end - 1].paragraph.max(outline.tokens[c.start].paragraph) + 1
        });
        if !near {
            continue;
        }
        let speaker = levels[speaker].continues.unwrap_or(speaker);
        levels.push(Level { content: vec![region], continues: Some(speaker), ..Level::default() });
    }
}

/// "In a letter reported by X, Y … . He said …": the carrier holds for what Y says next in the paragraph.
fn frames(outline: &Outline, levels: &mut Vec<Level>, found: &mut Vec<Source>) {
    let place = |level: &Level| {
        level.cue.first().or(level.content.first()).map(|r| (outline.tokens[r.start].paragraph, r.start))
    };
    let mut frames: Vec<(usize, usize)> = Vec::new();
    for (l, level) in levels.iter().enumerate() {
        if let Some(p) = level.parent.filter(|&p| levels[p].frame) {
            frames.push((l, p));
        }
    }
    for (first, carrier) in frames {
        let (Some((paragraph, start)), Some(entity)) = (place(&levels[first]), found[first].entity) else {
            continue;
        };
        for l in 0..levels.len() {
            let follows = place(&levels[l]).is_some_and(|(p, s)| p == paragraph && s > start);
            if follows && levels[l].parent.is_none() && !levels[l].frame && found[l].entity == Some(entity) {
                // the document, and who brought it out
                let content = chains::whole(&levels[l]);
                let mut child = l;
                for carrier in
                    std::iter::successors(Some(carrier), |&c| levels[c].parent).take(2).collect::<Vec<_>>()
                {
                    levels[child].parent = Some(levels.len());
                    child = levels.len();
                    let source = levels[carrier].source.clone();
                    levels.push(Level { source, content: content.clone(), ..Level::default() });
                    let source = found[carrier].clone();
                    found.push(source);
                }
            }
        }
    }
}

/// Who speaks of what they say themselves ("what he called …") is one level, the outer one.
fn own_words(levels: &mut Vec<Level>, found: &mut Vec<Source>) {
    let same = |l: usize| {
        levels[l].inner
            && levels[l]
                .parent
                .is_some_and(|p| found[l].entity.is_some() && found[l].entity == found[p].entity)
    };
    let gone: Vec<bool> = (0..levels.len()).map(same).collect();
    chains::remove(levels, &gone);
    let mut kept = gone.iter();
    found.retain(|_| kept.next() != Some(&true));
}

/// Puts enclosing levels before what they enclose, and all in the order of the text.
fn order(levels: &mut Vec<Level>, found: &mut Vec<Source>) {
    let n = levels.len();
    let root = |mut l: usize| {
        for depth in 0..=n {
            match levels[l].parent {
                Some(p) if p < n && p != l => l = p,
                _ => return (l, depth),
            }
        }
        (l, n)
    };
    let place = |l: usize| {
        levels[l].cue.first().into_iter().chain(levels[l].content.first()).map(|r| r.start).min().unwrap_or(0)
    };
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by_key(|&l| {
        let (r, depth) = root(l);
        (place(r), r, depth, place(l), l)
    });
    let mut new = vec![0; n];
    for (position, &l) in order.iter().enumerate() {
        new[l] = position;
    }
    let mut sorted = Vec::with_capacity(n);
    let mut sorted_found = Vec::with_capacity(n);
    for (position, &l) in order.iter().enumerate() {
        let mut level = levels[l].clone();
        // a parent that does not stand before its child would be a circle: cut it
        level.parent = level.parent.and_then(|p| new.get(p).copied()).filter(|&p| p < position);
        sorted.push(level);
        sorted_found.push(found[l].clone());
    }
    *levels = sorted;
    *found = sorted_found;
}
