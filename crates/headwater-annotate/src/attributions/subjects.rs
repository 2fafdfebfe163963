//! Who does it: the subject of a verb, by parts of speech.
//!
//! The noun phrase before the verb, and where another verb stands between them ("went so far as to say", "heard him
//! say", "attacked the plan, calling it a burden") the one that the grammar of the two gives. Stops at tokens of one
//! sentence; who the subject is is said in `sources`.

use super::known::DOCUMENTS;
use super::outlets::noun_phrase;
use super::phrases::{EVIDENCE, FITTING, KEEPING, PERCEIVING, REALISED, among};
use super::reading::Reading;
use super::words::Class;
use crate::names::Pos;
use std::ops::Range;

/// Most tokens from a verb back to the end of its subject ("has long since publicly said").
const MOST_BEFORE_VERB: usize = 6;
/// Most tokens of a subject.
const MOST_SUBJECT: usize = 14;
/// Most tokens from a participle back to the verb that it hangs on.
const MOST_MAIN: usize = 40;
/// Tokens before a governing verb that may deny or suppose it.
const DENIAL_REACH: usize = 4;

/// The subject of a verb of saying within `piece`, also across a verb that governs it.
pub(super) fn of(r: &Reading<'_>, verb: usize, piece: &Range<usize>) -> Option<Range<usize>> {
    let from = piece.start.max(r.sentence(verb)?.start);
    if verb <= from + 1 {
        return plain(r, verb, piece);
    }
    match r.part(verb)? {
        Pos::VerbBase | Pos::VerbPresent if unheard(r, verb, from) => None,
        Pos::VerbBase => controlled(r, verb, piece, from)
            .or_else(|| perceived(r, verb, from))
            .or_else(|| plain(r, verb, piece)),
        Pos::VerbGerund => perceived(r, verb, from).or_else(|| adjunct(r, verb, piece, from)).or_else(|| {
            // "they are saying"; of nouns alone only names do ("Dorn saying that he left")
            let being = (from..verb).rev().take(3).any(|i| {
                matches!(
                    r.lower(i).as_str(),
                    "is" | "are" | "was" | "were" | "be" | "been" | "'s" | "'re" | "being"
                )
            });
            let named = |s: &Range<usize>| s.clone().any(|i| r.part(i) == Some(Pos::ProperNoun));
            plain(r, verb, piece).filter(|s| being || named(s))
        }),
        _ => plain(r, verb, piece),
    }
}

/// Whether a word that the tagger has for a noun agrees with what stands before it as a verb: "critics charge that",
/// "Dorn claims that".
pub(super) fn agrees(r: &Reading<'_>, i: usize) -> bool {
    if i == 0
        || !matches!(r.words.class[i], Class::Say | Class::SayNoun)
        || !r.is_noun(i)
        || !r.word(i).starts_with(char::is_lowercase)
    {
        return false;
    }
    let next = r.lower(i + 1);
    let opens = next == "that"
        || matches!(r.part(i + 1), Some(Pos::Pronoun)) && r.words.class[i + 1] == Class::Subject;
    let singular = r.word(i).ends_with('s');
    let before = i - 1;
    let plural = r.part(before) == Some(Pos::Noun) && r.word(before).ends_with('s');
    let agree = if singular {
        r.part(before) == Some(Pos::ProperNoun) || matches!(r.lower(before).as_str(), "he" | "she" | "who")
    } else {
        plural || matches!(r.lower(before).as_str(), "they" | "who" | "people" | "police" | "many" | "some")
    };
    opens && agree
}

/// Whether what follows a form that may be a participle only follows a verb with a subject.
fn active(r: &Reading<'_>, verb: usize) -> bool {
    let next = verb + 1;
    matches!(
        r.lower(next).as_str(),
        "that" | "for" | "him" | "me" | "us" | "them" | "he" | "she" | "they" | ":"
    ) || r.words.quote.get(next).is_some_and(|&q| q == super::words::OPENS)
}

/// Whether a governing verb is denied, supposed or wished.
fn denied(r: &Reading<'_>, verb: usize, from: usize) -> bool {
    (from.max(verb.saturating_sub(DENIAL_REACH))..verb).any(|i| {
        matches!(
            r.lower(i).as_str(),
            "not"
                | "n't"
                | "never"
                | "if"
                | "unless"
                | "whether"
                | "would"
                | "could"
                | "might"
                | "should"
                | "'d"
        )
    })
}

/// A pronoun or noun phrase in the object's place that ends before `end`.
fn object(r: &Reading<'_>, end: usize, from: usize) -> Option<Range<usize>> {
    let last = end.checked_sub(1).filter(|&l| l >= from)?;
    if matches!(r.lower(last).as_str(), "him" | "her" | "them") {
        return Some(last..end);
    }
    if matches!(r.lower(last).as_str(), "he" | "she" | "they") {
        return None;
    }
    r.noun_phrase_before(end, from).filter(|p| p.end == end && p.len() <= MOST_SUBJECT)
}

/// "went so far as to say", "it is odd for them to say", "she was right to say", "he continues to say".
fn controlled(r: &Reading<'_>, verb: usize, piece: &Range<usize>, from: usize) -> Option<Range<usize>> {
    let to = (from..verb).rev().take(2).find(|&i| r.word(i) == "to").filter(|&t| t > from)?;
    let governor = to - 1;
    let lower = r.lower(governor);
    if denied(r, governor + 1, from) {
        return None;
    }
    if lower == "as" && governor > from + 2 && r.lower(governor - 1) == "far" {
        let went = (from..governor)
            .rev()
            .take(5)
            .find(|&i| matches!(r.lower(i).as_str(), "go" | "goes" | "went" | "gone"))?;
        return plain(r, went, piece);
    }
    if lower == "on" && governor > from {
        let went =
            Some(governor - 1).filter(|&i| matches!(r.lower(i).as_str(), "go" | "goes" | "went" | "gone"))?;
        return plain(r, went, piece);
    }
    if among(REALISED, &lower) {
        return plain(r, governor, piece);
    }
    if among(FITTING, &lower) {
        let being = (from..governor)
            .rev()
            .take(3)
            .find(|&i| matches!(r.lower(i).as_str(), "is" | "was" | "are" | "were" | "'s" | "'re"))?;
        return plain(r, being, piece).or_else(|| r.noun_phrase_before(being, from));
    }
    // "for them to say", behind how that is judged
    let who = object(r, to, from)?;
    let judged = who.start >= from + 2
        && r.lower(who.start - 1) == "for"
        && among(FITTING, &r.lower(who.start - 2))
        && !denied(r, who.start - 1, from);
    judged.then_some(who)
}

/// "we never heard him say that".
pub(super) fn unheard(r: &Reading<'_>, verb: usize, from: usize) -> bool {
    object(r, verb, from)
        .and_then(|who| who.start.checked_sub(1))
        .is_some_and(|at| at >= from && among(PERCEIVING, &r.lower(at)) && denied(r, at, from))
}

/// "we heard him say that", "the record quotes her acknowledging".
fn perceived(r: &Reading<'_>, verb: usize, from: usize) -> Option<Range<usize>> {
    let who = object(r, verb, from)?;
    let mut at = who.start.checked_sub(1).filter(|&a| a >= from)?;
    if r.lower(at) == "to" && at > from {
        at -= 1;
    }
    (among(PERCEIVING, &r.lower(at)) && !denied(r, at, from)).then_some(who)
}

/// "blamed the board, saying that", "attacked her for saying that", "letters saying that", "keeps saying that".
fn adjunct(r: &Reading<'_>, verb: usize, piece: &Range<usize>, from: usize) -> Option<Range<usize>> {
    let before = verb - 1;
    let lower = r.lower(before);
    match lower.as_str() {
        "," | "by" | "while" => {
            let main = (from..before)
                .rev()
                .take(MOST_MAIN)
                .find(|&i| r.words.finite[i] && !matches!(r.part(i), Some(Pos::Auxiliary)))?;
            (!denied(r, main, from)).then(|| plain(r, main, piece)).flatten()
        }
        "for" => object(r, before, from),
        "record" => {
            let being = (from..before)
                .rev()
                .take(4)
                .find(|&i| matches!(r.lower(i).as_str(), "is" | "was" | "are" | "were" | "'s" | "'re"))?;
            plain(r, being, piece).or_else(|| r.noun_phrase_before(being, from))
        }
        _ if among(KEEPING, &lower) => plain(r, before, piece),
        "around" | "on"
            if verb > from + 2
                && matches!(r.lower(verb - 2).as_str(), "goes" | "went" | "go" | "runs" | "ran") =>
        {
            plain(r, verb - 2, piece)
        }
        // a noun phrase alone before it: what says so are the letters
        _ => r.noun_phrase_before(verb, from).filter(|p| {
            p.end == verb
                && p.len() <= MOST_SUBJECT
                && p.clone().any(|i| {
                    r.words.class[i] == Class::People
                        || DOCUMENTS.contains(&r.lower(i).as_str())
                        || among(EVIDENCE, &r.lower(i))
                })
        }),
    }
}

/// The subject of a verb, within `piece`; nothing where the verb is denied, supposed, passive or has none of its own.
pub(super) fn plain(r: &Reading<'_>, verb: usize, piece: &Range<usize>) -> Option<Range<usize>> {
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
            "\"" | "“" | "''" if end == verb => {}
            _ if matches!(r.part(end - 1), Some(Pos::Adverb)) => {}
            _ => break,
        }
        end -= 1;
    }
    // a word that only agrees as a verb is one in the present
    let form = r.part(verb)?;
    // the tagger takes many a past form for a participle: what follows tells
    let past = form == Pos::VerbParticiple && !being && active(r, verb);
    let passive =
        form == Pos::VerbParticiple && !having && !past || form == Pos::VerbPast && being && !having;
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
            plain(r, other, piece)
        }
        "," => {
            // "Mr. Dorn, 61, who with his wife ran the shop, said": what the sentence begins with
            let opening = noun_phrase(r, from, verb).filter(|n| n.end < last && r.word(n.end) == ",");
            if let Some(opening) = opening
                && !heads_any(r, &opening)
                && opening
                    .clone()
                    .any(|i| r.part(i) == Some(Pos::ProperNoun) || r.words.class[i] == Class::People)
            {
                return Some(opening);
            }
            // "Mr. Dorn, the mayor, said": what stands before the aside
            let comma = (from..last).rev().take(MOST_SUBJECT).find(|&i| r.word(i) == ",")?;
            // "the host, who, after some insults, said"
            let comma = if comma > from + 1 && r.word(comma - 1) == "who" { comma - 1 } else { comma };
            let comma = if comma > from + 1 && r.word(comma - 1) == "," { comma - 1 } else { comma };
            r.noun_phrase_before(comma, from).filter(|s| {
                s.clone().any(|i| {
                    r.part(i) == Some(Pos::ProperNoun)
                        || r.words.class[i] == Class::People
                        || DOCUMENTS.contains(&r.lower(i).as_str())
                        || among(EVIDENCE, &r.lower(i))
                })
            })
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

fn heads_any(r: &Reading<'_>, range: &Range<usize>) -> bool {
    range.clone().any(|i| r.words.finite[i])
}

/// Most tokens from a verb back to the beginning of its clause.
const MOST_CLAUSE: usize = 24;

/// The noun phrase that the clause of a verb begins with, whatever hangs on it ("a study of schools in towns").
pub(super) fn head_of_clause(r: &Reading<'_>, verb: usize, piece: &Range<usize>) -> Option<Range<usize>> {
    let from = piece.start.max(r.sentence(verb)?.start).max(verb.saturating_sub(MOST_CLAUSE));
    let mut start = verb;
    while start > from {
        let i = start - 1;
        let helps = r.part(i) == Some(Pos::Auxiliary) && i + 3 > verb;
        let ends = r.words.finite[i] && !helps
            || matches!(
                r.words.class[i],
                Class::Terminal | Class::Colon | Class::Subordinator | Class::That | Class::Wh
            )
            || r.word(i) == "and";
        if ends {
            break;
        }
        start = i;
    }
    noun_phrase(r, start, verb)
}
