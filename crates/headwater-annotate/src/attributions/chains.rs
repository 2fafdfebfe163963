//! Sets attributions into one another: who passed on whose words.
//!
//! Three ways lead to a further level: a cue inside what somebody says, a second cue over the same words
//! ("Y said, according to X"), and a carrier named beside the cue ("told CNN", "in a letter released by X").
//! Works on tokens; who the sources are is said in `sources`.

use super::accept::Candidate;
use super::known::DOCUMENTS;
use super::model::Relation;
use super::phrases::{PORTRAYING, WORDLESS, among};
use super::reading::Reading;
use super::words::{Class, OPENS, Words};
use super::{carriers, nested};
use headwater_model::text::Outline;
use std::ops::Range;

/// One level, as token ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Level {
    /// Who.
    pub source: Vec<Range<usize>>,
    /// The attributing words.
    pub cue: Vec<Range<usize>>,
    /// What.
    pub content: Vec<Range<usize>>,
    /// The level further out.
    pub parent: Option<usize>,
    /// Whether it was found inside what another says.
    pub inner: bool,
    /// Whether it is a document's carrier, which holds for what the same speaker says next.
    pub frame: bool,
    /// Whose words it goes on with, without naming the speaker again.
    pub continues: Option<usize>,
}

impl Level {
    fn of(relation: &Relation) -> Self {
        let mut cue: Vec<Range<usize>> = relation.more_cue.clone();
        if !relation.cue.is_empty() {
            cue.push(relation.cue.clone());
        }
        cue.sort_by_key(|c| c.start);
        Level {
            source: relation.source.iter().cloned().collect(),
            cue,
            content: relation.content.clone(),
            ..Level::default()
        }
    }

    pub(super) fn holds(&self, token: usize) -> bool {
        self.content.iter().any(|c| c.contains(&token))
    }
}

/// Levels of one text as their cues give them.
pub(super) fn levels(
    r: &Reading<'_>,
    taken: &[Candidate],
    left: &[Candidate],
    deeper: &[Candidate],
) -> Vec<Level> {
    let (text, outline, words) = (r.text, r.outline, r.words);
    let mut out: Vec<Level> = taken.iter().map(|c| Level::of(&c.relation)).collect();
    let said = |c: &&Candidate| {
        let parts = c.relation.more_cue.iter().chain(std::iter::once(&c.relation.cue));
        let mut words = parts.cloned().flatten().map(|i| outline.tokens[i].of(text).to_lowercase());
        words.any(|w| r.lexicon.passes_on(&w) || w == "according")
    };
    let deeper: Vec<&Candidate> = deeper.iter().filter(said).collect();
    inner(text, outline, words, &deeper, &mut out);
    outer(text, outline, left, &mut out);
    out
}

/// Adds who passed it on to levels that are otherwise whole, and what is said inside them.
pub(super) fn nest(r: &Reading<'_>, levels: &mut Vec<Level>) {
    carriers::add(r, levels);
    quoted_as_saying(r.text, r.outline, r.words, levels);
    let known = nested::add(r, levels);
    carriers::inside(r, levels, known);
    deepest(levels);
    let gone: Vec<bool> = (0..levels.len()).map(|l| wordless(r, levels, l)).collect();
    remove(levels, &gone);
    // what goes on with somebody's words was passed on as those were
    for l in 0..levels.len() {
        if let Some(speaker) = levels[l].continues {
            levels[l].parent = levels[speaker].parent;
        }
    }
}

/// Sets each level inside another's words under the innermost one whose words hold all of it: of two that pass on the
/// same words ("“…,” Y writes, according to X"), what is said inside them is said by the inner one.
fn deepest(levels: &mut [Level]) {
    for l in 0..levels.len() {
        let Some(parent) = levels[l].parent.filter(|_| levels[l].inner) else { continue };
        let parts: Vec<Range<usize>> =
            levels[l].source.iter().chain(&levels[l].cue).chain(&levels[l].content).cloned().collect();
        let up = |q: usize| std::iter::successors(Some(q), |&q| levels[q].parent).take(levels.len());
        let holds = |q: usize| parts.iter().all(|p| levels[q].holds(p.start) && levels[q].holds(p.end - 1));
        let within = (0..levels.len())
            .filter(|&q| q != parent && up(q).any(|u| u == parent) && up(q).all(|u| u != l) && holds(q))
            .max_by_key(|&q| (depth(levels, q), std::cmp::Reverse(q)));
        if let Some(q) = within {
            levels[l].parent = Some(q);
        }
    }
}

/// Whether a level inside another's words only sees, wants or does a thing: nothing is passed on by it.
fn wordless(r: &Reading<'_>, levels: &[Level], l: usize) -> bool {
    let level = &levels[l];
    let quotes = level.content.iter().any(|c| r.words.quote[c.start] == OPENS);
    level.parent.is_some()
        && !level.cue.is_empty()
        && !quotes
        && !levels.iter().any(|o| o.parent == Some(l))
        && level.cue.iter().cloned().flatten().any(|i| among(WORDLESS, &r.lower(i)))
        && level.cue.iter().cloned().flatten().all(|i| {
            let lower = r.lower(i);
            among(WORDLESS, &lower) || !matches!(r.words.class[i], Class::Say | Class::SayNoun)
        })
}

/// Takes levels away; what stood inside one stands inside the next further out.
pub(super) fn remove(levels: &mut Vec<Level>, gone: &[bool]) {
    if !gone.contains(&true) {
        return;
    }
    let mut new = Vec::with_capacity(levels.len());
    let mut kept = 0;
    for gone in gone {
        new.push(kept);
        kept += usize::from(!gone);
    }
    for l in 0..levels.len() {
        let mut parent = levels[l].parent;
        while let Some(p) = parent.filter(|&p| gone[p]) {
            parent = levels[p].parent;
        }
        levels[l].parent = parent.map(|p| new[p]);
        levels[l].continues = levels[l].continues.map(|s| new[s]);
    }
    let mut kept = gone.iter();
    levels.retain(|_| kept.next() != Some(&true));
}

/// How many levels lie round a level.
pub(super) fn depth(levels: &[Level], l: usize) -> usize {
    std::iter::successors(levels[l].parent, |&p| levels[p].parent).take(levels.len()).count()
}

/// Most tokens of a source that another quotes.
const MOST_QUOTED_SOURCE: usize = 14;

/// "The agency quoted an official as saying that …": what is quoted is the official's.
fn quoted_as_saying(text: &str, outline: &Outline, words: &Words, out: &mut Vec<Level>) {
    let word = |i: usize| outline.tokens.get(i).map_or("", |t| t.of(text));
    for l in 0..out.len() {
        let quotes = out[l].cue.iter().cloned().flatten().any(|i| {
            let lower = word(i).to_ascii_lowercase();
            lower.starts_with("quot") || lower.starts_with("cit")
        });
        // "the video shows the governor saying that …"
        let document =
            |s: Range<usize>| s.into_iter().any(|i| DOCUMENTS.contains(&word(i).to_lowercase().as_str()));
        let shows = out[l].source.iter().cloned().any(document)
            && out[l].cue.iter().cloned().flatten().any(|i| among(PORTRAYING, &word(i).to_lowercase()));
        let Some(piece) = out[l].content.first().cloned().filter(|_| quotes || shows) else { continue };
        let reach = piece.start + 1..piece.end.min(piece.start + MOST_QUOTED_SOURCE + 1);
        let saying = |i: usize| words.class[i] == Class::Say && word(i).ends_with("ing");
        // "quoted her saying", "shows the governor saying": nothing parts the two
        let parted = (piece.start..piece.end.min(piece.start + MOST_QUOTED_SOURCE)).find(|i| word(*i) == ",");
        let directly = |i: usize| saying(i) && (shows || parted.is_none_or(|p| p > i));
        let says = |i: &usize| directly(*i) || !shows && word(*i) == "as" && saying(*i + 1);
        let Some(at) = reach.filter(|i| i + 2 < piece.end).find(says) else { continue };
        let behind = if saying(at) { at + 1 } else { at + 2 };
        let comma = |i: &usize| matches!(word(*i), ",");
        let source = piece.start..(piece.start..at).find(comma).unwrap_or(at);
        if !can_speak(words, &source) || is_self(text, outline, &source) {
            continue;
        }
        let start = behind + usize::from(word(behind) == "that" && behind + 1 < piece.end);
        let content =
            std::iter::once(start..piece.end).chain(out[l].content.iter().skip(1).cloned()).collect();
        match out.iter().position(|o| o.cue.iter().any(|c| c.contains(&(behind - 1)))) {
            Some(known) if known == l || out[l].parent == Some(known) => {}
            Some(known) => {
                out[known].source = vec![source];
                out[known].parent = Some(l);
                out[known].inner = true;
            }
            None => out.push(Level {
                source: vec![source],
                cue: std::iter::once(at..behind).collect(),
                content,
                parent: Some(l),
                inner: true,
                ..Level::default()
            }),
        }
    }
}

/// Cues inside contents.
fn inner(text: &str, outline: &Outline, words: &Words, deeper: &[&Candidate], out: &mut Vec<Level>) {
    let first = out.len();
    for candidate in deeper {
        let r = &candidate.relation;
        let at = r.cue.start;
        let size = |l: &usize| out[*l].content.iter().map(|c| c.len()).sum::<usize>();
        let Some(parent) = (0..first).filter(|&l| out[l].holds(at)).min_by_key(size) else { continue };
        if r.cue.is_empty() {
            continue;
        }
        // its own source, in the same content, and not the speaker of the outer level
        let Some(source) = &r.source else { continue };
        if !source.clone().all(|i| out[parent].holds(i))
            || is_self(text, outline, source)
            || !can_speak(words, source)
        {
            continue;
        }
        let content = clip(&r.content, &out[parent].content);
        if content.iter().map(|c| c.len()).sum::<usize>() < 2 {
            continue;
        }
        let overlaps = out[first..].iter().any(|l| l.cue.iter().any(|c| c.contains(&at)));
        if overlaps {
            continue;
        }
        let mut level = Level::of(r);
        level.content = content;
        level.parent = Some(parent);
        level.inner = true;
        out.push(level);
    }
}

/// A source has a noun or a pronoun.
pub(super) fn can_speak(words: &Words, source: &Range<usize>) -> bool {
    source.clone().any(|i| {
        !matches!(
            words.class[i],
            Class::Determiner
                | Class::Preposition
                | Class::Comma
                | Class::QuoteMark
                | Class::Dash
                | Class::Possessive
                | Class::Auxiliary
                | Class::Modal
                | Class::Wh
        ) || words.class[i] == Class::Wh && source.len() == 1
    })
}

/// First and second persons speak for the outer speaker or for nobody.
fn is_self(text: &str, outline: &Outline, source: &Range<usize>) -> bool {
    source.len() == 1
        && matches!(
            outline.tokens[source.start].of(text).to_ascii_lowercase().as_str(),
            "i" | "we" | "you" | "it" | "ich" | "wir" | "es" | "man" | "that" | "this" | "which"
        )
}

fn clip(ranges: &[Range<usize>], to: &[Range<usize>]) -> Vec<Range<usize>> {
    ranges
        .iter()
        .flat_map(|a| to.iter().map(|b| a.start.max(b.start)..a.end.min(b.end)))
        .filter(|r| r.start < r.end)
        .collect()
}

/// A second cue over the same words: the one whose content holds the other's cue, or that only passes on.
fn outer(text: &str, outline: &Outline, left: &[Candidate], out: &mut Vec<Level>) {
    let first = out.len();
    let passes = |level: &Level| level.cue.first().is_some_and(|c| passes_on(text, outline, c));
    // two cues over the same words of a sentence, one of which only passes on
    for p in 0..first {
        if out[p].parent.is_some() || out[p].source.is_empty() || !passes(&out[p]) {
            continue;
        }
        for l in 0..first {
            let near = |l: usize| out[l].cue.first().map(|c| outline.tokens[c.start].sentence);
            let free =
                l != p && out[l].parent.is_none() && !out[l].inner && near(l) == near(p) && !passes(&out[l]);
            if free
                && shares(&out[l].content, &out[p].content)
                && out[l].cue.first().is_some_and(|c| !out[p].cue.iter().any(|d| d.start == c.start))
            {
                let whole = whole(&out[l]);
                out[l].parent = Some(p);
                let content = whole
                    .into_iter()
                    .chain(out[p].content.iter().cloned())
                    .reduce(|a, b| a.start.min(b.start)..a.end.max(b.end));
                // the passing cue itself stays outside
                let cue = out[p].cue.first().map_or(0, |c| c.start);
                let fits = content.as_ref().is_some_and(|c| !c.contains(&cue));
                if fits {
                    out[p].content = content.into_iter().collect();
                }
            }
        }
    }
    for candidate in left.iter().filter(|c| c.loose || c.strict) {
        let r = &candidate.relation;
        let Some(source) = &r.source else { continue };
        if r.cue.is_empty()
            || out.iter().any(|l| l.holds(r.cue.start) || l.cue.iter().any(|c| c.contains(&r.cue.start)))
        {
            continue;
        }
        let inside: Vec<usize> = (0..first)
            .filter(|&l| {
                out[l].parent.is_none()
                    && out[l].cue.first().is_some_and(|c| r.holds(c.start))
                    && !out[l].holds(source.start)
            })
            .collect();
        if inside.is_empty() {
            continue;
        }
        let index = out.len();
        out.push(Level::of(r));
        for l in inside {
            out[l].parent = Some(index);
        }
    }
}

/// Whether a level's cue only says from whom the reporter has it: "according to", "per", "laut".
pub(super) fn passes_on(text: &str, outline: &Outline, cue: &Range<usize>) -> bool {
    let word = outline.tokens.get(cue.start).map_or("", |t| t.of(text)).to_lowercase();
    !cue.is_empty() && matches!(word.as_str(), "according" | "per" | "laut" | "zufolge" | "nach" | "citing")
}

/// Whether two contents have half of the smaller one in common.
fn shares(a: &[Range<usize>], b: &[Range<usize>]) -> bool {
    let size = |r: &[Range<usize>]| r.iter().map(|r| r.len()).sum::<usize>();
    let both = size(&clip(a, b));
    both * 2 >= size(a).min(size(b)) && both > 0
}

/// Source, cue and content of a level together.
pub(super) fn whole(level: &Level) -> Vec<Range<usize>> {
    let all = level.source.iter().chain(&level.cue).chain(&level.content);
    let start = all.clone().map(|r| r.start).min().unwrap_or(0);
    let end = all.map(|r| r.end).max().unwrap_or(start);
    std::iter::once(start..end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_that_holds_all_of_it_has_it() {
        let of = |source: Range<usize>, content: Range<usize>, parent| Level {
            source: vec![source],
            content: vec![content],
            parent,
            ..Level::default()
        };
        // two pass on the same words; something is said in them, and something across their end
        let mut levels = vec![
            of(30..31, 0..20, None),
            of(12..13, 0..10, Some(0)),
            Level { inner: true, ..of(1..2, 3..9, Some(0)) },
            Level { inner: true, ..of(8..9, 10..18, Some(0)) },
        ];
        deepest(&mut levels);
        assert_eq!(levels.iter().map(|l| l.parent).collect::<Vec<_>>(), [None, Some(0), Some(1), Some(0)]);
    }
}
