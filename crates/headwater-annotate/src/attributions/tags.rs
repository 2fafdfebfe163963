//! Two turns that leave no doubt who speaks, whatever the taggers made of them.
//!
//! A tag behind a closing quotation mark ("…," Tran said), also inside what a further source is given for
//! ("…," Tran said, according to the palace); and an aside between commas (The ship sank, the coast guard
//! said, after a fire), which takes what stands on both sides of it. Only ever adds what is missing.

use super::chains::Level;
use super::one;
use super::words::{Class, OUTSIDE, Words};
use headwater_model::text::Outline;
use std::ops::Range;

/// Most tokens of a source in such a tag.
const MOST_SOURCE_TOKENS: usize = 9;

/// Fewest tokens that an aside leaves on its left.
const LEAST_LEFT_TOKENS: usize = 4;

/// Adds the levels that tags tell and no level has yet, and the missing side of asides.
pub(super) fn add(text: &str, outline: &Outline, words: &Words, levels: &mut Vec<Level>) {
    behind_quotations(text, outline, words, levels);
    signed(text, outline, words, levels);
    transcript(text, outline, words, levels);
    asides(text, outline, words, levels);
}

fn word<'t>(text: &'t str, outline: &Outline, i: usize) -> &'t str {
    outline.tokens.get(i).map_or("", |t| t.of(text))
}

/// Whether tokens can be a source: something capitalised, a pronoun or a plain noun phrase without marks and verbs.
fn is_source(text: &str, outline: &Outline, words: &Words, range: &Range<usize>) -> bool {
    // "Perhaps it was bound to come" is no name; "an official close to the investigation" is one
    let clause = |i: usize| {
        let clitic = word(text, outline, i).starts_with(['’', '\'']);
        !clitic && matches!(words.class[i], Class::Auxiliary | Class::Modal | Class::Not | Class::Say)
    };
    let plain = range.clone().all(|i| {
        let w = word(text, outline, i);
        words.quote[i] == OUTSIDE
            && !clause(i)
            && (w == "’s"
                || w == "'s"
                || matches!(w, "-" | "(" | ")")
                || w.chars().all(|c| c.is_alphanumeric() || c == '.'))
    });
    let first = word(text, outline, range.start);
    let named = range.clone().any(|i| word(text, outline, i).starts_with(char::is_uppercase));
    let lower = first.to_ascii_lowercase();
    let pronoun = range.len() == 1
        && matches!(
            lower.as_str(),
            "he" | "she"
                | "they"
                | "it"
                | "i"
                | "we"
                | "officials"
                | "police"
                | "witnesses"
                | "prosecutors"
                | "doctors"
                | "residents"
        );
    let article =
        matches!(lower.as_str(), "the" | "a" | "an" | "his" | "her" | "one" | "another") && range.len() > 1;
    !range.is_empty() && range.len() <= MOST_SOURCE_TOKENS && plain && (named || pronoun || article)
}

/// Whether some level's cue holds token `i`.
fn has_cue(levels: &[Level], i: usize) -> bool {
    levels.iter().any(|l| l.cue.iter().any(|c| c.contains(&i)))
}

fn behind_quotations(text: &str, outline: &Outline, words: &Words, levels: &mut Vec<Level>) {
    for region in outline.quoted.iter().filter(|q| q.depth == 0 && !q.continues) {
        let inner = outline.tokens_in(region.outer);
        if inner.len() < 5 {
            continue;
        }
        let mut from = inner.end;
        if word(text, outline, from) == "," {
            from += 1;
        }
        let Some(start) = outline.tokens.get(from) else { continue };
        let paragraph = start.paragraph;
        let reach = (from..(from + MOST_SOURCE_TOKENS + 1).min(outline.tokens.len()))
            .take_while(|&i| outline.tokens[i].paragraph == paragraph);
        let Some(verb) = reach.clone().find(|&i| words.class[i] == Class::Say || !is_part(text, outline, i))
        else {
            continue;
        };
        let tag = if words.class[verb] == Class::Say && verb > from {
            Some((from..verb, verb))
        } else {
            apposition(text, outline, words, from)
        };
        let Some((source, verb)) = tag else { continue };
        // what follows closes the tag
        let closes = matches!(
            word(text, outline, verb + 1),
            "," | "." | ";" | "" | "in" | "on" | "at" | "to" | "during" | "after"
        );
        let long = source.len() > MOST_SOURCE_TOKENS;
        if !closes || !long && !is_source(text, outline, words, &source) {
            continue;
        }
        if has_cue(levels, verb) {
            retake(levels, verb, &source, inner);
            continue;
        }
        let parent = (0..levels.len()).find(|&l| levels[l].holds(verb));
        // what was found inside the quotation is said by its speaker
        let index = levels.len();
        for level in levels.iter_mut().filter(|l| l.parent == parent) {
            if level.cue.iter().any(|c| inner.contains(&c.start)) {
                level.parent = Some(index);
                level.inner = true;
            }
        }
        levels.push(Level {
            source: one(source),
            cue: one(verb..verb + 1),
            content: one(inner),
            parent,
            inner: parent.is_some(),
            ..Level::default()
        });
    }
}

/// Most tokens of a source with what is put beside it: "Venn's sister, Alderman Ida "Tibby" Holt (Harbour List), shouted".
const MOST_APPOSITION: usize = 24;

/// A name with an apposition and its verb of saying, behind a quotation.
fn apposition(text: &str, outline: &Outline, words: &Words, from: usize) -> Option<(Range<usize>, usize)> {
    let sentence = outline.sentence_tokens.get(outline.tokens.get(from)?.sentence as usize)?;
    let named = word(text, outline, from).starts_with(char::is_uppercase) && words.quote[from] == OUTSIDE;
    let to = sentence.end.min(from + MOST_APPOSITION);
    let verb = (from + 2..to).find(|&i| words.class[i] == Class::Say && word(text, outline, i - 1) == ",")?;
    let commas = (from..verb).filter(|&i| word(text, outline, i) == ",").count();
    let says = words.quote[verb] == OUTSIDE;
    let plain =
        !(from..verb).any(|i| matches!(words.class[i], Class::Coordinator | Class::Subordinator | Class::Wh));
    (named && says && plain && commas == 2).then_some((from..verb - 1, verb))
}

/// Gives the tag's level the quotation that it stands behind, when nobody has it: what the tag was given further on
/// ("…," Tran said, asking, "…?") belongs to the words between, unless it follows the tag at once.
fn retake(levels: &mut [Level], verb: usize, source: &Range<usize>, quotation: Range<usize>) {
    let free = !levels.iter().any(|l| l.holds(quotation.start) || l.holds(quotation.end - 2));
    let tagged = |l: &&mut Level| {
        l.cue.iter().any(|c| c.contains(&verb))
            && l.source.iter().all(|s| s.start < source.end && source.start < s.end)
    };
    if let Some(level) = levels.iter_mut().find(tagged).filter(|_| free) {
        level.content.retain(|c| c.start <= verb + 2 && c.end > verb);
        level.content.insert(0, quotation);
    }
}

/// Longest signature below a quotation, in tokens.
const MOST_SIGNATURE: usize = 14;

/// Fewest tokens of a quotation that is signed.
const LEAST_SIGNED: usize = 4;

/// "…" ― Jane Doe, teacher: a quotation whose speaker signs it behind a dash, up to the end of the paragraph.
fn signed(text: &str, outline: &Outline, words: &Words, levels: &mut Vec<Level>) {
    for region in outline.quoted.iter().filter(|q| q.depth == 0 && !q.continues) {
        let inner = outline.tokens_in(region.outer);
        let dash = inner.end;
        if inner.len() < LEAST_SIGNED || !matches!(word(text, outline, dash), "―" | "—" | "–" | "-" | "~")
        {
            continue;
        }
        let mut from = dash + 1;
        while from < dash + 3 && matches!(word(text, outline, from), "-" | "–" | "—") {
            from += 1;
        }
        let Some(paragraph) = outline.tokens.get(from).map(|t| t.paragraph) else { continue };
        let below = paragraph > outline.tokens[inner.end - 1].paragraph;
        let opens = !below || outline.tokens[dash].paragraph == paragraph;
        let rest = (from..outline.tokens.len().min(from + MOST_SIGNATURE + 1))
            .take_while(|&i| outline.tokens[i].paragraph == paragraph);
        let rest = from..rest.last().map_or(from, |i| i + 1);
        let source = from..rest
            .clone()
            .find(|&i| !is_part(text, outline, i) || words.class[i] == Class::Say)
            .unwrap_or(rest.end);
        let named = word(text, outline, from).starts_with(char::is_uppercase);
        if !opens
            || rest.len() > MOST_SIGNATURE
            || source.is_empty()
            || source.len() > MOST_SOURCE_TOKENS
            || !named
            || rest.clone().any(|i| words.class[i] == Class::Say || words.quote[i] != OUTSIDE)
            || levels.iter().any(|l| !l.inner && (l.holds(inner.start) || l.holds(inner.end - 2)))
        {
            continue;
        }
        levels.push(Level {
            source: one(source),
            cue: one(dash..dash + 1),
            content: one(inner),
            ..Level::default()
        });
    }
}

/// Most tokens of a speaker's label in a transcript: "SEN. JANE DOE:".
const MOST_LABEL: usize = 5;

/// Fewest labelled paragraphs of a transcript, by judgement.
const LEAST_LABELLED: usize = 3;

/// "DOE: …", "Q: …": the paragraphs of a transcript or an interview are what their labels say.
fn transcript(text: &str, outline: &Outline, words: &Words, levels: &mut Vec<Level>) {
    let label = |paragraph: &Range<usize>| -> Option<usize> {
        let reach = paragraph.clone().take(MOST_LABEL + 1);
        let colon = reach.clone().find(|&i| word(text, outline, i) == ":")?;
        let plain = (paragraph.start..colon).all(|i| {
            let w = word(text, outline, i);
            w == "." || w == "-" || words.quote[i] == OUTSIDE && w.starts_with(char::is_uppercase)
        });
        (colon > paragraph.start && colon + 1 < paragraph.end && plain).then_some(colon)
    };
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    let mut start = 0;
    while start < outline.tokens.len() {
        let number = outline.tokens[start].paragraph;
        let end = start + outline.tokens[start..].partition_point(|t| t.paragraph == number);
        if let Some(colon) = label(&(start..end)) {
            found.push((start..end, colon));
        }
        start = end;
    }
    let name = |f: &(Range<usize>, usize)| {
        let last = outline.tokens[f.1 - 1].span.end;
        text.get(outline.tokens[f.0.start].span.start as usize..last as usize).unwrap_or("")
    };
    let mut names: Vec<&str> = found.iter().map(name).collect();
    names.sort_unstable();
    let again = names.windows(2).any(|w| w[0] == w[1]);
    if found.len() < LEAST_LABELLED || !again {
        return;
    }
    for (paragraph, colon) in found {
        if has_cue(levels, colon) || levels.iter().any(|l| l.holds(colon)) {
            continue;
        }
        let content = colon + 1..paragraph.end;
        let index = levels.len();
        for level in levels.iter_mut().filter(|l| l.parent.is_none()) {
            let mut parts = level.source.iter().chain(&level.cue).chain(&level.content);
            if parts.all(|r| content.start <= r.start && r.end <= content.end) {
                level.parent = Some(index);
                level.inner = true;
            }
        }
        levels.push(Level {
            source: one(paragraph.start..colon),
            cue: one(colon..colon + 1),
            content: one(content),
            ..Level::default()
        });
    }
}

/// Whether a token may stand inside a source.
fn is_part(text: &str, outline: &Outline, i: usize) -> bool {
    let w = word(text, outline, i);
    w == "’s"
        || w == "'s"
        || matches!(w, "-" | "(" | ")")
        || w.chars().all(|c| c.is_alphanumeric() || c == '.') && w != "."
}

fn asides(text: &str, outline: &Outline, words: &Words, levels: &mut Vec<Level>) {
    for sentence in &outline.sentence_tokens {
        for verb in sentence.clone() {
            if words.class[verb] != Class::Say
                || words.quote[verb] != OUTSIDE
                || word(text, outline, verb + 1) != ","
            {
                continue;
            }
            let Some(comma) = (sentence.start..verb)
                .rev()
                .take(MOST_SOURCE_TOKENS + 1)
                .find(|&i| word(text, outline, i) == ",")
            else {
                continue;
            };
            let (left, source, right) =
                (sentence.start..comma, comma + 1..verb, verb + 2..sentence.end.saturating_sub(1));
            if left.len() < LEAST_LEFT_TOKENS
                || right.is_empty()
                || words.quote[comma] != OUTSIDE
                || !is_source(text, outline, words, &source)
            {
                continue;
            }
            // "He, she said, …" and lists: the left side must not be somebody else's saying already
            if left.clone().any(|i| words.class[i] == Class::Say || words.quote[i] != OUTSIDE) {
                continue;
            }
            match levels.iter_mut().find(|l| l.cue.iter().any(|c| c.contains(&verb))) {
                Some(level) => {
                    if !level.holds(left.start) && !level.holds(comma - 1) {
                        level.content.insert(0, left);
                    }
                }
                None => levels.push(Level {
                    source: one(source),
                    cue: one(verb..verb + 1),
                    content: vec![left, right],
                    ..Level::default()
                }),
            }
        }
    }
}
