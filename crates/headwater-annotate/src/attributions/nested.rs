//! What somebody inside another's words is said to have said: "they think that …", "he told me: ‘…’".
//!
//! Reads parts of speech: a verb of saying with a subject of its own before it and a clause, a quotation or a
//! promise behind it; also "the mayor’s claim that" and "heard from residents that". Adds what the taggers left out; they see too few such cases to learn them. Leaves out what
//! is denied, asked, supposed or wished. Does nothing without parts of speech.

use super::chains::{Level, can_speak, depth};
use super::known::DOCUMENTS;
use super::phrases::{FURTHER, NAMING, SHOWING, UNDERTAKING, VIEWING, among};
use super::reading::Reading;
use super::words::Class;
use crate::names::Pos;
use headwater_model::text::TokenKind;
use std::ops::Range;

/// Most tokens from a verb back to the end of its subject ("has long since publicly said").
const MOST_BEFORE_VERB: usize = 6;
/// Most tokens of a subject.
const MOST_SUBJECT: usize = 14;
/// Most tokens of a hearer between verb and content ("told a group of aides in Iowa that").
const MOST_HEARER: usize = 8;
/// Most tokens from a verb of naming to what it names so ("referred to the senator from Iowa as").
const MOST_NAMED: usize = 18;
/// Most tokens from a verb of saying to a quotation ("told him, as he left the car,").
const MOST_BEFORE_QUOTE: usize = 14;
/// Most tokens from the beginning of a clause without "that" to its verb.
const MOST_BEFORE_FINITE: usize = 14;
/// Fewest words of a content.
const LEAST_WORDS: usize = 2;

/// Adds what is said inside the contents of `levels`.
pub(super) fn add(r: &Reading<'_>, levels: &mut Vec<Level>) {
    if !r.has_parts() {
        return;
    }
    let n = r.len();
    let mut is_cue = vec![false; n];
    let mut holder: Vec<Option<u32>> = vec![None; n];
    let size = |level: &Level| level.content.iter().map(|c| c.len()).sum::<usize>();
    // the innermost content is painted last
    let mut order: Vec<usize> = (0..levels.len()).collect();
    order.sort_by_key(|&l| (depth(levels, l), std::cmp::Reverse(size(&levels[l])), l));
    for &l in &order {
        levels[l].content.iter().for_each(|c| holder[c.clone()].fill(Some(l as u32)));
        levels[l].cue.iter().for_each(|c| is_cue[c.clone()].fill(true));
    }
    for at in 0..n {
        let Some(outer) = holder[at].map(|l| l as usize) else { continue };
        let Some(piece) = levels[outer].content.iter().find(|c| c.contains(&at)).cloned() else { continue };
        if is_cue[at] {
            // what the taggers found inside another's words, with the clause that the grammar gives it
            if says(r, at)
                && let Some(l) = (0..levels.len())
                    .find(|&l| levels[l].inner && levels[l].cue.iter().any(|c| c.contains(&at)))
                && levels[l].parent == Some(outer)
                && let Some(content) = complement(r, at, &piece)
                && levels[l].content.len() == 1
            {
                levels[l].content = vec![content];
            }
            continue;
        }
        let found = if let Some(found) = by_whom(r, at, &piece) {
            Some(found)
        } else if among(VIEWING, &r.lower(at)) && r.part(at).is_some_and(Pos::is_verb) {
            viewed(r, at, &piece)
        } else if says(r, at) {
            spoken(r, at, &piece)
        } else if r.words.class[at] == Class::SayNoun {
            nominal(r, at, &piece)
        } else {
            heard(r, at, &piece)
        };
        let Some((subject, content)) = found else { continue };
        if size(&levels[outer]) <= content.len() {
            continue;
        }
        for i in content.clone() {
            holder[i] = Some(levels.len() as u32);
        }
        is_cue[at] = true;
        levels.push(Level {
            source: std::iter::once(subject).collect(),
            cue: std::iter::once(at..at + 1).collect(),
            content: std::iter::once(content).collect(),
            parent: Some(outer),
            inner: true,
            frame: false,
        });
    }
}

/// Who says it, and what.
type Said = (Range<usize>, Range<usize>);

/// "they think that …".
fn spoken(r: &Reading<'_>, verb: usize, piece: &Range<usize>) -> Option<Said> {
    let subject = subject(r, verb, piece)?;
    let content = complement(r, verb, piece)?;
    fits(r, verb, &subject).then_some((subject, content))
}

/// "she was told by an aide that …", "he had been advised by the clerk to …".
fn by_whom(r: &Reading<'_>, verb: usize, piece: &Range<usize>) -> Option<Said> {
    let participle = matches!(r.part(verb)?, Pos::VerbParticiple | Pos::VerbPast);
    if !participle || r.word(verb + 1) != "by" || !says(r, verb) {
        return None;
    }
    let to = piece.end.min(r.sentence(verb)?.end);
    let opens = |i: usize| {
        matches!(r.lower(i).as_str(), "that" | "how" | "why" | "whether" | "not")
            || r.word(i) == "to" && r.part(i + 1) == Some(Pos::VerbBase)
    };
    let at = (verb + 3..to.min(verb + 3 + MOST_SUBJECT)).find(|&i| opens(i))?;
    let subject = verb + 2..at;
    let nouny = |i: usize| {
        r.part(i).is_some_and(|p| {
            p.is_noun()
                || matches!(p, Pos::Determiner | Pos::Adjective | Pos::Pronoun | Pos::Number | Pos::Particle)
                || p == Pos::Adposition && r.word(i) == "of"
        })
    };
    if !subject.clone().all(nouny) || at + 1 >= to || !can_speak(r.words, &subject) {
        return None;
    }
    Some((subject, clause(r, at, to)?))
}

/// Most tokens between a verb of holding and its "as" ("saw the whole of it as").
const MOST_VIEWED: usize = 7;

/// "she viewed the plan as a mistake".
fn viewed(r: &Reading<'_>, verb: usize, piece: &Range<usize>) -> Option<Said> {
    let to = piece.end.min(r.sentence(verb)?.end);
    let at = (verb + 2..to.min(verb + MOST_VIEWED + 1)).find(|&i| r.word(i) == "as")?;
    let plain = (verb + 1..at).all(|i| {
        !heads_clause(r, i)
            && r.outline.tokens[i].kind != TokenKind::Mark
            && r.words.class[i] != Class::Coordinator
    });
    if !plain || at + 1 >= to {
        return spoken(r, verb, piece).filter(|_| says(r, verb));
    }
    let subject = subject(r, verb, piece)?;
    let content = clause(r, at + 1, to)?;
    can_speak(r.words, &subject).then_some((subject, content))
}

/// "the inspector’s report that …", "a report from the inspector that …".
fn nominal(r: &Reading<'_>, noun: usize, piece: &Range<usize>) -> Option<Said> {
    let to = piece.end.min(r.sentence(noun)?.end);
    let that = (noun + 1..to.min(noun + MOST_SUBJECT)).find(|&i| r.word(i) == "that")?;
    let content = clause(r, that, to)?;
    if !content.clone().skip(2).any(|i| heads_clause(r, i)) {
        return None;
    }
    let source = if that == noun + 1 {
        // the owner: the words before "’s"
        let mark = (piece.start..noun)
            .rev()
            .take(MOST_BEFORE_VERB)
            .find(|&i| matches!(r.word(i), "'s" | "’s" | "'" | "’"))?;
        r.noun_phrase_before(mark, piece.start)?
    } else if matches!(r.word(noun + 1), "by" | "from" | "of") {
        let phrase = r.noun_phrase_before(that, noun + 2)?;
        let nouny = |i: usize| {
            r.part(i).is_some_and(|p| p.is_noun() || matches!(p, Pos::Determiner | Pos::Adjective))
        };
        (noun + 2..phrase.start).all(nouny).then_some(noun + 2..that)?
    } else {
        return None;
    };
    can_speak(r.words, &source).then_some((source, content))
}

/// "we heard from parents that …".
fn heard(r: &Reading<'_>, verb: usize, piece: &Range<usize>) -> Option<Said> {
    if !matches!(r.word(verb), "heard" | "hear" | "learned" | "learnt" | "hearing") {
        return None;
    }
    let to = piece.end.min(r.sentence(verb)?.end);
    let from = (verb + 1..to.min(verb + MOST_BEFORE_VERB)).find(|&i| r.word(i) == "from")?;
    let that = (from + 2..to.min(from + MOST_SUBJECT)).find(|&i| r.word(i) == "that")?;
    Some((from + 1..that, clause(r, that, to)?))
}

/// Whether a token is a verb by which one says or believes.
fn says(r: &Reading<'_>, i: usize) -> bool {
    let lower = r.lower(i);
    r.part(i).is_some_and(Pos::is_verb) && (r.words.class[i] == Class::Say || among(FURTHER, &lower))
        || lower == "like"
            && i > 0
            && matches!(r.lower(i - 1).as_str(), "is" | "was" | "'s" | "are" | "'re" | "were")
}

/// Whether verb and subject go together.
fn fits(r: &Reading<'_>, verb: usize, subject: &Range<usize>) -> bool {
    if !can_speak(r.words, subject) {
        return false;
    }
    let lower = r.lower(verb);
    if !among(SHOWING, &lower) {
        return true;
    }
    subject.clone().any(|i| {
        let word = r.lower(i);
        r.part(i) == Some(Pos::ProperNoun)
            || DOCUMENTS.contains(&word.as_str())
            || matches!(word.as_str(), "he" | "she" | "they")
            || r.words.class[i] == Class::People
    })
}

/// The subject of a verb, within `piece`; nothing where the verb is denied, supposed, passive or has none of its own.
pub(super) fn subject(r: &Reading<'_>, verb: usize, piece: &Range<usize>) -> Option<Range<usize>> {
    let sentence = r.sentence(verb)?;
    let from = piece.start.max(sentence.start);
    let (mut end, mut being, mut having, mut doing) = (verb, false, false, false);
    while end > from && verb - end < MOST_BEFORE_VERB {
        let lower = r.lower(end - 1);
        match lower.as_str() {
            "not" | "n't" | "never" | "to" | "would" | "could" | "might" | "may" | "should" | "can"
            | "must" | "'d" => {
                return None;
            }
            "is" | "are" | "was" | "were" | "be" | "been" | "being" | "'s" | "'re" | "'m" | "am" => {
                being = true
            }
            "has" | "have" | "had" | "'ve" | "having" => having = true,
            "do" | "does" | "did" | "will" | "'ll" => doing = true,
            "then" | "also" | "even" | "just" | "only" | "still" => {}
            _ if matches!(r.part(end - 1), Some(Pos::Adverb)) => {}
            _ => break,
        }
        end -= 1;
    }
    let form = r.part(verb)?;
    let passive = form == Pos::VerbParticiple && !having || form == Pos::VerbPast && being && !having;
    if passive || form == Pos::VerbBase && doing && end == from {
        return None;
    }
    if end == from {
        return None;
    }
    let last = end - 1;
    let found = match r.lower(last).as_str() {
        "who" | "which" | "that" => {
            let mut at = last;
            while at > from && r.word(at - 1) == "," {
                at -= 1;
            }
            r.noun_phrase_before(at, from)
        }
        "and" | "or" | "but" => {
            let other =
                (from..last).rev().find(|&i| r.words.finite[i] && r.part(i) != Some(Pos::Auxiliary))?;
            subject(r, other, piece)
        }
        "," => {
            // "Mr. Dorn, the mayor, said": what stands before the aside
            let comma = (from..last).rev().take(MOST_SUBJECT).find(|&i| r.word(i) == ",")?;
            // "the host, who, after some insults, said"
            let comma = if comma > from + 1 && r.word(comma - 1) == "who" { comma - 1 } else { comma };
            let comma = if comma > from + 1 && r.word(comma - 1) == "," { comma - 1 } else { comma };
            r.noun_phrase_before(comma, from)
                .filter(|s| s.clone().any(|i| r.part(i) == Some(Pos::ProperNoun)))
        }
        _ => r.noun_phrase_before(end, from),
    }?;
    let supposed = found.start > from
        && matches!(
            r.lower(found.start - 1).as_str(),
            "if" | "whether" | "unless" | "until" | "should" | "do" | "did" | "no"
        );
    (!supposed && found.len() <= MOST_SUBJECT).then_some(found)
}

/// What is said, behind a verb of saying, within `piece`.
fn complement(r: &Reading<'_>, verb: usize, piece: &Range<usize>) -> Option<Range<usize>> {
    let sentence = r.sentence(verb)?;
    let to = piece.end.min(sentence.end);
    let lower = r.lower(verb);
    let named = among(NAMING, &lower);
    // verbs that pass on less surely need what introduces a clause
    let listed = r.lexicon.passes_on(&lower) || among(FURTHER, &lower);
    let reach = if named { MOST_NAMED } else { MOST_BEFORE_QUOTE };
    for at in verb + 1..to.min(verb + 1 + reach) {
        // a quotation of its own, inside what the outer one says
        if let Some(region) = r.region_opening(at, verb) {
            let range = at..region.end.min(piece.end);
            // what something is called may be one word
            let least = if named { 1 } else { LEAST_WORDS };
            return (r.count_words(&range) >= least).then_some(range);
        }
        if named || at > verb + MOST_HEARER {
            if r.words.class[at] == Class::Terminal {
                return None;
            }
            continue;
        }
        let word = r.lower(at);
        match word.as_str() {
            "that" | "how" | "why" | "whether" | "what" | "if" if at + 1 < to => return clause(r, at, to),
            ":" => return clause(r, at + 1, to),
            "to" if r.part(at + 1) == Some(Pos::VerbBase) && among(UNDERTAKING, &lower) => {
                return clause(r, at, to);
            }
            "," => continue,
            _ => {}
        }
        if !listed {
            continue;
        }
        // a clause without "that" begins at the verb or behind a hearer
        if (at == verb + 1 || hearer(r, verb + 1, at, &lower)) && opens_clause(r, at, to) {
            return clause(r, at, to);
        }
        if matches!(r.words.class[at], Class::Terminal | Class::Coordinator | Class::Say) {
            return None;
        }
    }
    None
}

/// Whether `[from, at)` can be who is told.
fn hearer(r: &Reading<'_>, from: usize, at: usize, verb: &str) -> bool {
    let tells = matches!(
        verb,
        "tell" | "tells" | "told" | "inform" | "informed" | "informing" | "telling" | "warned" | "assured"
    );
    tells
        && (from..at).all(|i| {
            matches!(
                r.part(i),
                Some(
                    Pos::Noun
                        | Pos::ProperNoun
                        | Pos::Pronoun
                        | Pos::Determiner
                        | Pos::Adjective
                        | Pos::Particle
                        | Pos::Number
                )
            )
        })
}

/// Whether a clause with a verb of its own begins here.
fn opens_clause(r: &Reading<'_>, at: usize, to: usize) -> bool {
    let opens = matches!(
        r.part(at),
        Some(Pos::Pronoun | Pos::Determiner | Pos::ProperNoun | Pos::Noun | Pos::Adjective | Pos::Number)
    );
    if !opens || matches!(r.lower(at).as_str(), "it" | "so" | "this") && at + 1 >= to {
        return false;
    }
    for i in at + 1..to.min(at + MOST_BEFORE_FINITE) {
        let mark = r.outline.tokens[i].kind == TokenKind::Mark && !matches!(r.word(i), "'" | "’" | "-" | ".");
        if mark || r.words.class[i] == Class::Subordinator {
            return false;
        }
        if heads_clause(r, i) {
            return true;
        }
    }
    false
}

/// Whether a token is a finite verb.
fn heads_clause(r: &Reading<'_>, i: usize) -> bool {
    r.words.finite[i]
        || matches!(r.words.class[i], Class::Modal | Class::Auxiliary) && r.part(i) != Some(Pos::Particle)
}

/// The clause that begins at `start`, up to where the outer speaker goes on in their own words.
fn clause(r: &Reading<'_>, start: usize, to: usize) -> Option<Range<usize>> {
    let mut end = to;
    let mut finite = false;
    for i in start + 1..to {
        finite |= heads_clause(r, i);
        let next = if i + 1 < to { r.lower(i + 1) } else { String::new() };
        let stops = match r.word(i) {
            ";" => true,
            "—" | "–" | "--" => finite,
            "," => matches!(next.as_str(), "but" | "yet" | "so"),
            "-" => {
                r.outline.tokens[i].spaced
                    && (next == "-" || finite && matches!(next.as_str(), "but" | "and"))
            }
            "and" | "but" => {
                let goes_on = (i + 1..to.min(i + 4)).find(|&k| r.words.finite[k]);
                goes_on.is_some_and(|k| r.words.class[k] == Class::Say && k <= i + 2)
            }
            _ => false,
        };
        if stops {
            end = i;
            break;
        }
    }
    while end > start && r.outline.tokens[end - 1].kind == TokenKind::Mark && r.word(end - 1) != ")" {
        end -= 1;
    }
    let range = start..end;
    (r.count_words(&range) >= LEAST_WORDS).then_some(range)
}
