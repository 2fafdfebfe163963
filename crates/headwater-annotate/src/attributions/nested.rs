//! What somebody inside another's words is said to have said: "they think that …", "he told me: ‘…’".
//!
//! Reads parts of speech: a verb of saying with a subject of its own (`subjects`) and a clause, a quotation or a
//! promise behind it, or the sentence before it; also "the mayor’s claim that" and "heard from residents that". Adds
//! what the taggers left out; they see too few such cases to learn them. Leaves out what is denied, asked, supposed or
//! wished. Does nothing without parts of speech.

use super::chains::{Level, can_speak, depth, remove};
use super::known::DOCUMENTS;
use super::outlets::noun_phrase;
use super::phrases::{
    ACCUSING, DEMANDING, EVIDENCE, FURTHER, NAMING, SHOWING, TELLING, UNDERTAKING, VIEWING, among,
};
use super::reading::Reading;
use super::subjects;
use super::words::{Class, OPENS, OUTSIDE};
use crate::names::Pos;
use headwater_model::text::TokenKind;
use std::ops::Range;

/// Most tokens from a noun of saying back to its owner's mark, and from "heard" to "from".
const MOST_BEFORE_VERB: usize = 6;
/// Most tokens of a subject.
const MOST_SUBJECT: usize = 14;
/// Most tokens from a noun of saying back to the pronoun of its owner.
const MOST_BEFORE_OWNED: usize = 3;
/// Most tokens of a hearer between verb and content ("told a group of aides in Iowa that").
const MOST_HEARER: usize = 8;
/// Most tokens from a verb of naming to what it names so ("referred to the senator from Iowa as").
const MOST_NAMED: usize = 18;
/// Most tokens from a verb of saying to a colon ("said of the plan:").
const MOST_BEFORE_COLON: usize = 4;
/// Most tokens from a verb of saying to a quotation ("told him, as he left the car,").
const MOST_BEFORE_QUOTE: usize = 14;
/// Most tokens from the beginning of a clause without "that" to its verb.
const MOST_BEFORE_FINITE: usize = 14;
/// Most tokens of an aside in a subject ("the mayor, who came late,").
const MOST_ASIDE: usize = 14;
/// Most levels round what is looked into: nobody passes on more, and each costs a reading of the clause.
const MOST_LEVELS: usize = 8;
/// Fewest words of a content.
const LEAST_WORDS: usize = 2;

/// Adds what is said inside the contents of `levels`; gives how many of them were there before.
pub(super) fn add(r: &Reading<'_>, levels: &mut Vec<Level>) -> usize {
    let known = levels.len();
    if !r.has_parts() {
        return known;
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
    // "refused to say that": what the taggers found and nobody said
    let mut unsaid: Vec<usize> = Vec::new();
    for at in 0..n {
        let Some(outer) = holder[at].map(|l| l as usize) else { continue };
        if depth(levels, outer) >= MOST_LEVELS {
            continue;
        }
        let Some(piece) = levels[outer].content.iter().find(|c| c.contains(&at)).cloned() else { continue };
        if is_cue[at] {
            // what the taggers found inside another's words, with the clause that the grammar gives it
            if says(r, at)
                && let Some(l) = (0..levels.len())
                    .find(|&l| levels[l].inner && levels[l].cue.iter().any(|c| c.contains(&at)))
                && levels[l].parent == Some(outer)
                && (subjects::unheard(r, at, piece.start.max(r.sentence(at).map_or(0, |s| s.start)))
                    || r.part(at) == Some(Pos::VerbBase)
                        && at > piece.start
                        && r.word(at - 1) == "to"
                        && subjects::of(r, at, &piece).is_none())
            {
                unsaid.push(l);
            } else if says(r, at)
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
        let found = if r.word(at).eq_ignore_ascii_case("according") {
            according(r, at, &piece)
        } else if let Some(found) = by_whom(r, at, &piece) {
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
            // words without a speaker's name are said by who spoke before
            parent: Some(levels[outer].continues.unwrap_or(outer)),
            inner: true,
            ..Level::default()
        });
    }
    let mut gone = vec![false; levels.len()];
    unsaid.into_iter().for_each(|l| gone[l] = true);
    remove(levels, &gone);
    known - gone.iter().filter(|g| **g).count()
}

/// Who says it, and what.
type Said = (Range<usize>, Range<usize>);

/// "they think that …", "…, they think".
fn spoken(r: &Reading<'_>, verb: usize, piece: &Range<usize>) -> Option<Said> {
    if let Some(said) = tagged(r, verb, piece) {
        return Some(said);
    }
    let subject = subjects::of(r, verb, piece)?;
    let content = complement(r, verb, piece)?;
    let content = if hangs(r, &subject, piece) { up_to_main_clause(r, content) } else { content };
    let shows = shown_things(r, verb, &content);
    let demands = among(DEMANDING, &r.lower(verb)) && content.start == verb + 1;
    let subject = if among(SHOWING, &r.lower(verb)) && !fits(r, verb, &subject) {
        // "a study of schools in three towns shows"
        subjects::head_of_clause(r, verb, piece).filter(|s| is_evidence(r, s))?
    } else {
        subject
    };
    let speaks = |s: &Range<usize>| {
        s.clone().any(|i| {
            r.part(i) == Some(Pos::ProperNoun)
                || r.part(i) == Some(Pos::Pronoun)
                || r.words.class[i] == Class::People
        })
    };
    // who is praised "for showing courage" says nothing
    let shows = shows || among(SHOWING, &r.lower(verb)) && r.lower(verb).ends_with("ing");
    (fits(r, verb, &subject) && (!shows || is_evidence(r, &subject)) && (!demands || speaks(&subject)))
        .then_some((subject, content))
}

/// "…, they say" at the end of a sentence, and "as they say, …".
fn tagged(r: &Reading<'_>, verb: usize, piece: &Range<usize>) -> Option<Said> {
    let sentence = r.sentence(verb)?;
    let (from, to) = (piece.start.max(sentence.start), piece.end.min(sentence.end));
    if !r.lexicon.passes_on(&r.lower(verb)) || among(NAMING, &r.lower(verb)) {
        return None;
    }
    let mark = |i: usize| i >= to || r.outline.tokens[i].kind == TokenKind::Mark && r.word(i) != "-";
    let after = verb + 1;
    if !mark(after) {
        return None;
    }
    let subject = subjects::plain(r, verb, piece)?;
    let before = subject.start.checked_sub(1).filter(|&b| b >= from)?;
    let finite = |range: &Range<usize>| range.clone().any(|i| heads_clause(r, i));
    let content = if matches!(r.lower(before).as_str(), "as" | "like") && r.word(after) == "," {
        clause(r, after + 1, to)?
    } else if r.word(before) == "," && (after >= to || r.words.class[after] == Class::Terminal) {
        from..before
    } else {
        return None;
    };
    (r.count_words(&content) > LEAST_WORDS && finite(&content)).then_some((subject, content))
}

/// Whether the clause of a subject hangs on another ("although most believe that …, it …").
fn hangs(r: &Reading<'_>, subject: &Range<usize>, piece: &Range<usize>) -> bool {
    subject.start.checked_sub(1).filter(|&b| b >= piece.start).is_some_and(|b| {
        matches!(
            r.lower(b).as_str(),
            "although" | "though" | "while" | "because" | "since" | "as" | "whereas" | "after"
        )
    })
}

/// A content up to the comma behind which the clause that it hangs on begins.
fn up_to_main_clause(r: &Reading<'_>, content: Range<usize>) -> Range<usize> {
    let comma = (content.start + 1..content.end).find(|&i| {
        r.word(i) == ","
            && (content.start..i).any(|k| heads_clause(r, k))
            && matches!(r.part(i + 1), Some(Pos::Pronoun | Pos::Determiner | Pos::ProperNoun | Pos::Noun))
            && opens_clause(r, i + 1, content.end)
    });
    content.start..comma.unwrap_or(content.end)
}

/// Whether a verb shows a thing and no clause: only what tells something does that in words.
fn shown_things(r: &Reading<'_>, verb: usize, content: &Range<usize>) -> bool {
    among(SHOWING, &r.lower(verb))
        && !matches!(r.lower(content.start).as_str(), "that" | "how" | "why" | "whether" | "what")
        && !opens_clause(r, content.start, content.end)
}

/// Whether a source is a document or what was found out.
fn is_evidence(r: &Reading<'_>, source: &Range<usize>) -> bool {
    source.clone().any(|i| {
        let word = r.lower(i);
        DOCUMENTS.contains(&word.as_str()) || among(EVIDENCE, &word)
    })
}

/// "according to its own count, …", "…, according to its own count".
fn according(r: &Reading<'_>, at: usize, piece: &Range<usize>) -> Option<Said> {
    let sentence = r.sentence(at)?;
    let (from, to) = (piece.start.max(sentence.start), piece.end.min(sentence.end));
    if r.word(at + 1) != "to" {
        return None;
    }
    let source = noun_phrase(r, at + 2, to).filter(|s| can_speak(r.words, s))?;
    let content = if r.word(source.end) == "," && at <= from + 2 {
        clause(r, source.end + 1, to)?
    } else if at > from + 1
        && r.word(at - 1) == ","
        && (source.end >= to || r.words.class[source.end] == Class::Terminal)
    {
        from..at - 1
    } else {
        return None;
    };
    content.clone().any(|i| heads_clause(r, i)).then_some((source, content))
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
    let subject = subjects::plain(r, verb, piece)?;
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
        // the owner: the words before "’s"; what is only known to go round is its own source ("reports that")
        let owner = (piece.start..noun)
            .rev()
            .take(MOST_BEFORE_VERB)
            .find(|&i| matches!(r.word(i), "'s" | "’s" | "'" | "’"));
        // "their belief that", "her recent claim that"
        let theirs = (piece.start..noun)
            .rev()
            .take(MOST_BEFORE_OWNED)
            .find(|&i| r.part(i) != Some(Pos::Adjective))
            .filter(|&i| matches!(r.lower(i).as_str(), "his" | "her" | "their"))
            // outside quotation marks it is mostly the outer speaker's own; "in his speech" is where he said it
            .filter(|&i| r.words.quote[i] != OUTSIDE && i > piece.start)
            .filter(|&i| r.part(i - 1) != Some(Pos::Adposition));
        match owner {
            _ if theirs.is_some() => theirs.map(|i| i..i + 1)?,
            Some(mark) => r.noun_phrase_before(mark, piece.start)?,
            // "the reports that I read" are not told of with what they say
            None if among(GOING_ROUND, &r.lower(noun)) && !among(SPEAKER, &r.lower(that + 1)) => {
                r.noun_phrase_before(that, piece.start).filter(|p| p.contains(&noun))?
            }
            None => return None,
        }
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

/// Words that begin what is told without quotation marks.
const EXCLAIMING: &str = "well look oh hey no yes yeah okay ok listen wow please now why";

/// The outer speaker.
const SPEAKER: &str = "i we you";

/// What goes round without an author, in the plural: one report would be somebody's.
const GOING_ROUND: &str = "reports stories articles polls studies surveys documents e-mails emails headlines";

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
    (r.part(i).is_some_and(Pos::is_verb) || subjects::agrees(r, i))
        && (matches!(r.words.class[i], Class::Say | Class::SayNoun) || among(FURTHER, &lower))
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
    // "who suggested": only people are who
    if !among(SHOWING, &lower) || r.word(verb - 1) == "who" || r.word(subject.end) == "who" {
        return true;
    }
    subject.clone().any(|i| {
        let word = r.lower(i);
        r.part(i) == Some(Pos::ProperNoun)
            || DOCUMENTS.contains(&word.as_str())
            || among(EVIDENCE, &word)
            || matches!(word.as_str(), "he" | "she" | "they" | "him" | "her" | "them")
            || r.words.class[i] == Class::People
    })
}

/// What is said, behind a verb of saying, within `piece`.
fn complement(r: &Reading<'_>, verb: usize, piece: &Range<usize>) -> Option<Range<usize>> {
    let sentence = r.sentence(verb)?;
    let to = piece.end.min(sentence.end);
    let lower = r.lower(verb);
    let named = among(NAMING, &lower);
    if let Some(content) = requested(r, verb, to, &lower) {
        return Some(content);
    }
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
        let told = at == verb + 1 || hearer(r, verb + 1, at, &lower);
        match word.as_str() {
            "that" | "how" | "why" | "whether" | "what" | "if" if at + 1 < to => return clause(r, at, to),
            "where" | "when" | "who" if told && at + 1 < to => return clause(r, at, to),
            ":" if told || at <= verb + MOST_BEFORE_COLON => return clause(r, at + 1, to),
            "to" if r.part(at + 1) == Some(Pos::VerbBase) && among(UNDERTAKING, &lower) => {
                return clause(r, at, to);
            }
            "," => {
                // "he says, we can do it"; a mark that nothing closes
                let next = at + 1;
                let mark = next < to && matches!(r.word(next), "‘" | "'" | "“" | "\"" | "’");
                if mark && listed && r.region_opening(next, verb).is_none() {
                    return clause(r, next, to).filter(|c| c.clone().any(|i| heads_clause(r, i)));
                }
                let voiced = matches!(r.part(next), Some(Pos::Pronoun))
                    && r.words.class[next] == Class::Subject
                    && next + 1 < to
                    && heads_clause(r, next + 1);
                let exclaims = among(EXCLAIMING, &r.lower(next)) && next + 2 < to;
                if told && listed && (voiced || exclaims) {
                    return clause(r, next, to);
                }
                continue;
            }
            _ => {}
        }
        if !listed {
            continue;
        }
        // "what critics say is", "the man who they say took it": the rest of the clause goes on without its subject
        if at == verb + 1 && heads_clause(r, at) && !named && gap(r, verb, piece.start) {
            return clause(r, at, to);
        }
        // a clause without "that" begins at the verb or behind a hearer
        if told && opens_clause(r, at, to) {
            return clause(r, at, to);
        }
        if matches!(r.words.class[at], Class::Terminal | Class::Coordinator | Class::Say) {
            break;
        }
    }
    // "the poll showed support falling"
    let shows = among(SHOWING, &lower) && verb + 1 < to && r.outline.tokens[verb + 1].kind != TokenKind::Mark;
    if shows { clause(r, verb + 1, to).filter(|c| r.count_words(c) > LEAST_WORDS) } else { None }
}

/// Most tokens from a verb of saying back to the word that its clause hangs on.
const MOST_GAP: usize = 8;

/// Whether the clause of a verb hangs on "which", "who", "what" or on the noun before it.
fn gap(r: &Reading<'_>, verb: usize, from: usize) -> bool {
    (from..verb).rev().take(MOST_GAP).take_while(|&i| r.word(i) != ",").any(|i| {
        matches!(r.lower(i).as_str(), "which" | "who" | "what" | "that")
            || r.lower(i).ends_with("thing") && i + 1 < verb
    })
}

/// Most tokens of what is accused or named ("the senator from Iowa").
const MOST_OBJECT: usize = 9;

/// "asked for help", "demanded an answer", "accused them of theft", "called them a burden".
fn requested(r: &Reading<'_>, verb: usize, to: usize, lower: &str) -> Option<Range<usize>> {
    let next = verb + 1;
    if next >= to {
        return None;
    }
    let nominal = |i: usize| {
        matches!(
            r.part(i),
            Some(Pos::Determiner | Pos::Noun | Pos::ProperNoun | Pos::Adjective | Pos::Pronoun | Pos::Number)
        )
    };
    if r.word(next) == "for" && (among(TELLING, lower) || lower.starts_with("call")) {
        return clause(r, next, to);
    }
    let pronoun = r.part(next) == Some(Pos::Pronoun) && r.words.class[next] != Class::Object;
    if among(DEMANDING, lower) && !pronoun && (nominal(next) || r.part(next) == Some(Pos::VerbGerund)) {
        let that = (next..to.min(next + 3)).any(|i| r.word(i) == "that" || r.words.quote[i] == OPENS);
        return if that { None } else { clause(r, next, to) };
    }
    let object = || {
        (next + 1..to.min(next + MOST_OBJECT))
            .take_while(|&i| r.word(i) != "," && !heads_clause(r, i) && r.words.quote[i] != OPENS)
    };
    if among(ACCUSING, lower) && nominal(next) {
        return object()
            .find(|&i| matches!(r.word(i), "of" | "for" | "on"))
            .and_then(|_| clause(r, next, to));
    }
    if (lower.starts_with("compare") || lower.starts_with("liken")) && nominal(next) {
        return object().find(|&i| r.word(i) == "to").and_then(|_| clause(r, next, to));
    }
    // "called the plan a burden": what is named, and what it is named
    if (lower.starts_with("call") || lower.starts_with("label")) && nominal(next) {
        let article = |i: &usize| matches!(r.word(*i), "a" | "an") && r.word(*i - 1) != "of";
        return object().find(article).and_then(|_| clause(r, next, to));
    }
    None
}

/// Whether `[from, at)` can be who is told.
fn hearer(r: &Reading<'_>, from: usize, at: usize, verb: &str) -> bool {
    among(TELLING, verb)
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
        Some(
            Pos::Pronoun
                | Pos::Determiner
                | Pos::ProperNoun
                | Pos::Noun
                | Pos::Adjective
                | Pos::Number
                | Pos::VerbGerund
        )
    ) || r.lower(at) == "there";
    if !opens || matches!(r.lower(at).as_str(), "it" | "so" | "this") && at + 1 >= to {
        return false;
    }
    // "the prize that they won" has a verb and is no clause; "Mr. Dorn, the mayor, won" is one
    let mut related = false;
    let mut i = at + 1;
    let end = to.min(at + MOST_BEFORE_FINITE);
    while i < end {
        if r.word(i) == "," && r.is_noun(i - 1) {
            let closes = (i + 2..to.min(i + MOST_ASIDE)).find(|&k| r.word(k) == ",");
            return closes.is_some_and(|k| k + 1 < to && heads_clause(r, k + 1));
        }
        let mark = r.outline.tokens[i].kind == TokenKind::Mark && !matches!(r.word(i), "'" | "’" | "-" | ".");
        if mark || r.words.class[i] == Class::Subordinator {
            return false;
        }
        if heads_clause(r, i) {
            // "writes the news and then prints it"
            let joined = (i.saturating_sub(2).max(at)..i).any(|k| r.words.class[k] == Class::Coordinator);
            if joined && !r.is_noun(i - 1) && r.part(i - 1) != Some(Pos::Pronoun) {
                return false;
            }
            if !related {
                return true;
            }
            related = false;
        }
        // a past form alone that the tagger has for a participle: "nothing happened."
        let past = r.part(i) == Some(Pos::VerbParticiple)
            && (i + 1 >= to || r.words.class[i + 1] == Class::Terminal);
        if past && !related {
            return true;
        }
        related |= matches!(r.words.class[i], Class::Wh | Class::That);
        i += 1;
    }
    false
}

/// Whether a token is a finite verb.
pub(super) fn heads_clause(r: &Reading<'_>, i: usize) -> bool {
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
            "-" if i + 1 < to
                && finite
                && r.outline.tokens[i].spaced
                && r.words.class[i + 1] == Class::QuoteMark =>
            {
                true
            }
            "," => matches!(next.as_str(), "but" | "yet" | "so"),
            "-" => {
                let begins = i + 1 < to && r.words.class[i + 1] == Class::Subject;
                r.outline.tokens[i].spaced
                    && (next == "-" || finite && (begins || matches!(next.as_str(), "but" | "and")))
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
