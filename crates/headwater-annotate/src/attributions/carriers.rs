//! Who passes on what somebody says without saying it themselves: the outlet that was told, the programme it was said
//! on, the document it stands in and who brought that out.
//!
//! A carrier is a level outside the speaker's. Found beside the cue, or in the sentence before it that only tells
//! that the interview took place. Somebody's own statement, post or book is no carrier.

use super::chains::{Level, whole};
use super::documents::{Found, brought_out, document, names_release, released, releaser};
use super::known::{ANONYMOUS, DOCUMENTS, MEETINGS, OFFICIALS};
use super::outlets::{MOST_PHRASE, is_host, is_outlet, noun_phrase};
use super::phrases::{ASKED, CORRESPONDENCE, POLLS, RESPONDING, WORDLESS, WRITING, among};
use super::reading::{Body, Reading};
use super::subjects::plain as subject;
use super::words::{Class, OPENS, OUTSIDE};
use crate::names::Pos;
use std::ops::Range;

/// Tokens read on each side of a cue for a carrier.
const CARRIER_REACH: usize = 40;
/// Tokens back from a preposition to the noun or verb that it belongs to.
const LINK_REACH: usize = 5;
/// Most tokens of a content that says no more than that there was an interview ("talked politics").
const MOST_EMPTY: usize = 4;

/// Adds the carriers of all levels.
pub(super) fn add(r: &Reading<'_>, levels: &mut Vec<Level>) {
    citing(r, levels);
    citing_first(r, levels);
    according(r, levels);
    let released = released(r);
    near(r, levels, 0..levels.len(), &released);
    meetings(r, levels);
    correspondence(r, levels, &released);
    polls(r, levels);
    excerpts(r, levels);
    letters(r, levels);
}

/// Adds the carriers of what was found inside others' words, from level `first` on.
pub(super) fn inside(r: &Reading<'_>, levels: &mut Vec<Level>, first: usize) {
    if first < levels.len() {
        near(r, levels, first..levels.len(), &released(r));
    }
}

/// Adds the carriers that stand in the sentences of the cues of some levels.
fn near(r: &Reading<'_>, levels: &mut Vec<Level>, which: Range<usize>, released: &[&'static str]) {
    // the medium of the last interview, and where it was named
    let mut last: Option<(Range<usize>, usize)> = None;
    for l in which {
        let Some(cue) = levels[l].cue.first().cloned().filter(|_| !levels[l].source.is_empty()) else {
            continue;
        };
        let speaks = speaks(r, &levels[l]);
        let Some(sentence) = r.sentence(cue.start) else { continue };
        let mut from = sentence.start.max(cue.start.saturating_sub(CARRIER_REACH));
        let mut to = sentence.end.min(cue.end + CARRIER_REACH);
        // inside another's words only what stands there too
        if let Some(parent) = levels[l].parent.filter(|_| levels[l].inner) {
            let Some(piece) = levels[parent].content.iter().find(|c| c.contains(&cue.start)) else {
                continue;
            };
            from = from.max(piece.start);
            to = to.min(piece.end);
        }
        if speaks {
            broadcast(r, levels, l);
        }
        let outlet = |found: &Found| is_outlet(r, &found.source);
        let near = Near { level: &levels[l], cue: &cue, reach: from..to, released };
        let mut found = if speaks { beside(r, &near) } else { heading(r, &near) };
        if let Some((source, way)) = levels[l].source.first().and_then(|s| brought_out(r, s))
            && found.is_none()
        {
            found = Some(Found { source, link: Some(way..way + 1), further: None, frame: false });
        }
        if found.is_none() && speaks && !levels[l].inner {
            // "in the same interview"
            // "in the interview" alone may be another: without an outlet's name it is no level
            let again = (from..to).any(|i| {
                r.word(i) == "same"
                    && matches!(r.lower(i + 1).as_str(), "interview" | "appearance" | "broadcast")
            });
            let known = last.as_ref().filter(|(_, at)| again && cue.start - at < SAME_REACH);
            found = known.map(|(source, _)| Found {
                source: source.clone(),
                link: None,
                further: None,
                frame: false,
            });
        }
        if let Some(found) = found {
            if outlet(&found) {
                last = Some((found.source.clone(), cue.start));
            }
            attach(levels, l, found);
        }
    }
}

/// Tokens back to the interview that "the same interview" was. By judgement.
const SAME_REACH: usize = 300;

/// Whether a level is of words, said by somebody: "touched on the idea" has no carrier.
fn speaks(r: &Reading<'_>, level: &Level) -> bool {
    let says = level.cue.iter().cloned().flatten().any(|i| {
        matches!(r.words.class[i], Class::Say | Class::SayNoun | Class::Colon)
            && !among(WORDLESS, &r.lower(i))
            || gave(r, level, i)
    });
    let quotes = level.content.iter().any(|c| r.words.quote[c.start] == OPENS);
    !level.source.is_empty() && (says || quotes)
}

/// "according to an interview that she gave to CNN".
fn gave(r: &Reading<'_>, level: &Level, i: usize) -> bool {
    let end = level.source.last().map_or(0, |s| s.end);
    r.word(i).eq_ignore_ascii_case("according") && matches!(r.word(end), "gave" | "granted")
}

/// Sets the carrier over a level.
fn attach(levels: &mut Vec<Level>, l: usize, found: Found) {
    let cue = levels[l].cue.first().cloned().unwrap_or(0..0);
    let mut parent = levels[l].parent;
    let content = whole(&levels[l]);
    if let Some((source, link)) = found.further {
        levels.push(Level {
            source: vec![source],
            cue: vec![link],
            content: content.clone(),
            parent,
            frame: found.frame,
            ..Level::default()
        });
        parent = Some(levels.len() - 1);
    }
    levels.push(Level {
        source: vec![found.source],
        cue: found.link.filter(|link| !cue.contains(&link.start)).into_iter().collect(),
        content,
        parent,
        frame: found.frame,
        ..Level::default()
    });
    levels[l].parent = Some(levels.len() - 1);
}

/// Where the carrier of a level is looked for.
struct Near<'a> {
    level: &'a Level,
    cue: &'a Range<usize>,
    reach: Range<usize>,
    /// Kinds of documents that somebody brought out.
    released: &'a [&'static str],
}

impl Near<'_> {
    /// Whether a token is no part of the level itself.
    fn free(&self, i: usize) -> bool {
        !self.level.holds(i) && !self.level.source.iter().any(|s| s.contains(&i))
    }
}

/// The first carrier within reach that is no part of the level itself.
fn beside(r: &Reading<'_>, near: &Near<'_>) -> Option<Found> {
    let Near { cue, reach, released, .. } = near;
    let free = |i: usize| near.free(i);
    let mut i = reach.start;
    while i < reach.end {
        if !free(i) {
            i += 1;
            continue;
        }
        let word = r.lower(i);
        let plain =
            |source: Range<usize>, link| Found { source, link: Some(link), further: None, frame: false };
        match word.as_str() {
            "told" | "tells" | "telling" | "tell" if cue.contains(&i) => {
                let hearer = noun_phrase(r, i + 1, reach.end);
                if let Some(noun) = hearer.filter(|n| is_outlet(r, n) || is_host(r, n)) {
                    return Some(plain(noun, i..i + 1));
                }
            }
            "with" | "on" | "by" | "to" | "in" | "for" | "during" | "gegenüber" | "dem" | "der" => {
                let link = word.as_str();
                if let Some(found) = document(r, i, reach.clone(), released) {
                    if free(found.source.start) && free(found.source.end - 1) {
                        return Some(found);
                    }
                } else if leads_to_medium(r, link, i, cue, reach.start)
                    && let Some(noun) = noun_phrase(r, i + 1, reach.end)
                    && noun.clone().all(free)
                    && (is_outlet(r, &noun)
                        || link == "in" && noun.clone().any(|j| FILMS.contains(&r.lower(j).as_str()))
                        || link == "by" && names_release(r, i)
                        || link == "with" && noun.clone().any(|j| r.bodies.get(j) == Some(&Body::Other)))
                {
                    let frame = link == "by" && names_release(r, i);
                    return Some(Found { frame, ..plain(noun, i..i + 1) });
                }
            }
            _ => {}
        }
        i += 1;
    }
    None
}

/// "In a leaked memo, Dorn went through …": a document that opens what is read carries whatever verb tells of its
/// words.
fn heading(r: &Reading<'_>, near: &Near<'_>) -> Option<Found> {
    let reach = near.reach.clone();
    let opening =
        (reach.start..reach.end.min(reach.start + 2)).find(|&i| r.word(i) != "“" && r.word(i) != "\"")?;
    let found = document(r, opening, reach, near.released)?;
    (found.source.end <= near.cue.start && found.source.clone().all(|i| near.free(i))).then_some(found)
}

/// Paragraphs back to the released correspondence that is quoted from. By judgement.
const MOST_PARAGRAPHS_BACK: u32 = 1;

/// "The court released her e-mails. … “…,” she wrote to an aide.": what is told to have been written, near words of
/// correspondence that others brought out, stands in it.
fn correspondence(r: &Reading<'_>, levels: &mut Vec<Level>, released: &[&'static str]) {
    if !released.iter().any(|noun| among(CORRESPONDENCE, noun)) {
        return;
    }
    // "the email leaks" are no e-mails
    let letter = |i: usize| {
        let lower = r.lower(i);
        among(CORRESPONDENCE, &lower)
            && released.contains(&lower.as_str())
            && r.words.quote[i] == OUTSIDE
            && !r.is_noun(i + 1)
    };
    let mentions: Vec<usize> = (0..r.len()).filter(|&i| letter(i)).collect();
    for l in 0..levels.len() {
        let level = &levels[l];
        let Some(cue) = level.cue.first().cloned().filter(|_| level.parent.is_none() && !level.inner) else {
            continue;
        };
        let any = |list: &str| cue.clone().any(|i| among(list, &r.lower(i)));
        // who responds to what was written may do so anywhere: in writing, where the words are quoted
        let quotes = level.content.iter().any(|c| r.words.quote[c.start] == OPENS);
        if level.source.is_empty() || !(any(WRITING) || any(RESPONDING) && quotes) {
            continue;
        }
        // "she wrote in a court filing" is another document
        let elsewhere = (cue.start..r.len().min(cue.end + LINK_REACH)).any(|i| {
            let noun = if matches!(r.word(i), "in" | "on") { noun_phrase(r, i + 1, r.len()) } else { None };
            noun.is_some_and(|n| n.into_iter().any(|j| DOCUMENTS.contains(&r.lower(j).as_str())))
        });
        if elsewhere {
            continue;
        }
        let all = whole(level)[0].clone();
        let paragraph = |i: usize| r.outline.tokens[i].paragraph;
        let last = mentions.partition_point(|&i| i < all.start).checked_sub(1).map(|m| mentions[m]);
        let Some(at) = last.filter(|&i| paragraph(i) + MOST_PARAGRAPHS_BACK >= paragraph(all.start)) else {
            continue;
        };
        let Some(sentence) = r.sentence(at) else { continue };
        let Some(source) = r.noun_phrase_before(at + 1, sentence.start) else { continue };
        let apart = |f: &(Range<usize>, _)| f.0.end <= source.start || source.end <= f.0.start;
        let further = releaser(r, at, &source).filter(apart);
        attach(levels, l, Found { source, link: None, further, frame: false });
    }
}

/// Whether a preposition at `i` leads to the medium of what is said.
fn leads_to_medium(r: &Reading<'_>, link: &str, i: usize, cue: &Range<usize>, from: usize) -> bool {
    let back = |reach: usize, list: &[&str]| {
        (from.max(i.saturating_sub(reach))..i).rev().any(|j| list.contains(&r.lower(j).as_str()))
    };
    match link {
        // "when reached by X"; documents are looked at before
        "by" => {
            back(
                1,
                &["reached", "contacted", "interviewed", "asked", "pressed", "questioned", "quoted", "cited"],
            ) || names_release(r, i)
        }
        "with" | "for" => back(LINK_REACH, MEETINGS),
        "to" => {
            back(LINK_REACH, MEETINGS)
                || back(1, &["gave", "given", "granted"])
                || back(3, &["statement", "email", "e-mail", "comments", "remarks", "mail"])
                || i >= 1 && cue.end + 1 >= i && i >= cue.start
        }
        "gegenüber" | "dem" | "der" => i >= cue.start && i <= cue.end + 2,
        _ => true,
    }
}

/// Pictures that somebody else made, in which one says a thing.
const FILMS: &[&str] = &["documentary", "newscast", "telecast", "newsreel"];

/// Words for one showing of a programme.
const SHOWINGS: &[&str] = &["broadcast", "edition", "episode", "airing", "show"];

/// "… that he would not run on Wednesday’s broadcast of “Morning”": the programme is no part of what was said.
fn broadcast(r: &Reading<'_>, levels: &mut [Level], l: usize) {
    let Some(piece) = levels[l].content.last().cloned() else { return };
    let Some(at) = (piece.start + 2..piece.end)
        .rev()
        .find(|&i| SHOWINGS.contains(&r.lower(i).as_str()) && r.word(i + 1) == "of")
    else {
        return;
    };
    let Some(link) = (at.saturating_sub(4).max(piece.start + 2)..at)
        .rev()
        .find(|&i| matches!(r.word(i), "on" | "during" | "in"))
    else {
        return;
    };
    let Some(noun) = noun_phrase(r, at + 2, piece.end).filter(|n| is_outlet(r, n)) else { return };
    if r.count_words(&(noun.end..piece.end)) > 0 || r.words.quote[link] != OUTSIDE {
        return;
    }
    if let Some(last) = levels[l].content.last_mut() {
        last.end = link;
    }
}

/// "…, the Herald reported, citing an official": the one who is cited says it.
fn citing(r: &Reading<'_>, levels: &mut [Level]) {
    let cites = |level: &Level| {
        level.cue.len() == 1
            && level.cue[0].len() == 1
            && matches!(r.lower(level.cue[0].start).as_str(), "citing" | "quoting")
    };
    for l in 0..levels.len() {
        if !cites(&levels[l]) || levels[l].parent.is_some() {
            continue;
        }
        let at = levels[l].cue[0].start;
        let Some(sentence) = r.sentence(at) else { continue };
        let main = (0..levels.len()).find(|&m| {
            m != l
                && !levels[m].inner
                && levels[m].cue.first().is_some_and(|c| sentence.contains(&c.start) && c.start < at)
                && !levels[m].content.is_empty()
                && !levels[m].holds(at)
        });
        let noun = noun_phrase(r, at + 1, sentence.end);
        let (Some(main), Some(noun)) = (main, noun) else { continue };
        // "citing the high cost" gives a reason
        let speaks = noun.clone().any(|i| {
            r.words.class[i] == Class::People
                || r.part(i) == Some(Pos::ProperNoun)
                || DOCUMENTS.contains(&r.lower(i).as_str())
                || ANONYMOUS.contains(&r.lower(i).as_str())
                || OFFICIALS.contains(&r.lower(i).as_str())
        });
        if speaks {
            levels[l].source = vec![noun];
            levels[l].content = levels[main].content.clone();
            levels[l].parent = Some(main);
            levels[l].inner = true;
        }
    }
}

/// "Citing officials, the Herald reported …": as [`citing`], where no cue was found.
fn citing_first(r: &Reading<'_>, levels: &mut Vec<Level>) {
    for sentence in &r.outline.sentence_tokens {
        let at = sentence.start;
        if !matches!(r.lower(at).as_str(), "citing" | "quoting") || levels.iter().any(|l| l.holds(at)) {
            continue;
        }
        let Some(noun) = noun_phrase(r, at + 1, sentence.end) else { continue };
        let cited = |l: &Level| l.cue.iter().any(|c| c.contains(&at));
        let main = (0..levels.len()).find(|&m| {
            !levels[m].inner
                && !cited(&levels[m])
                && levels[m].cue.first().is_some_and(|c| sentence.contains(&c.start))
        });
        let speaks = noun.clone().any(|i| {
            r.words.class[i] == Class::People
                || ANONYMOUS.contains(&r.lower(i).as_str())
                || OFFICIALS.contains(&r.lower(i).as_str())
        }) || is_outlet(r, &noun);
        let (Some(main), true) = (main, speaks && r.word(noun.end) == ",") else { continue };
        let level = Level {
            source: vec![noun],
            cue: std::iter::once(at..at + 1).collect(),
            content: levels[main].content.clone(),
            parent: Some(main),
            inner: true,
            ..Level::default()
        };
        match (0..levels.len()).find(|&l| cited(&levels[l])) {
            Some(known) => levels[known] = level,
            None => levels.push(level),
        }
    }
}

/// "Y said …, according to X": at the head or the foot of a sentence it holds for all of the sentence.
fn according(r: &Reading<'_>, levels: &mut Vec<Level>) {
    let n = r.len();
    for i in 0..n.saturating_sub(2) {
        if !r.word(i).eq_ignore_ascii_case("according") || r.word(i + 1) != "to" {
            continue;
        }
        let Some(sentence) = r.sentence(i) else { continue };
        let Some(noun) = noun_phrase(r, i + 2, sentence.end) else { continue };
        let head = i <= sentence.start + 1;
        let rest = r.count_words(&(noun.end..sentence.end));
        let foot = rest <= 2 && i > sentence.start + 2;
        if !head && !foot {
            continue;
        }
        let known = (0..levels.len()).find(|&l| levels[l].cue.iter().any(|c| c.contains(&i)));
        // the tagger may have taken a foot for a part of what was said
        if known.is_none() && foot && r.words.quote[i] == OUTSIDE {
            for piece in levels.iter_mut().filter(|l| !l.inner).flat_map(|l| l.content.last_mut()) {
                if piece.start + 1 < i && piece.contains(&i) {
                    piece.end = i;
                }
            }
        }
        if known.is_none() && levels.iter().any(|l| l.holds(i)) {
            continue;
        }
        let told: Vec<usize> = (0..levels.len())
            .filter(|&l| {
                Some(l) != known
                    && levels[l].parent.is_none()
                    && !levels[l].inner
                    && !levels[l].source.is_empty()
            })
            .filter(|&l| {
                let all = whole(&levels[l]);
                let (start, end) = (all[0].start, all[0].end);
                let cue = levels[l].cue.first().is_some_and(|c| sentence.contains(&c.start));
                cue && start >= sentence.start
                    && if head { start > i } else { end <= i + 1 || start < i && end <= sentence.end }
            })
            .collect();
        if told.is_empty() {
            continue;
        }
        let cover = told
            .iter()
            .flat_map(|&l| whole(&levels[l]))
            .reduce(|a, b| a.start.min(b.start)..a.end.max(b.end));
        let cover = cover.map(|c| if head { c.start.max(noun.end)..c.end } else { c.start..c.end.min(i) });
        let carrier = match known {
            Some(known) => {
                let own = levels[known].content.clone();
                let all = own.into_iter().chain(cover).reduce(|a, b| a.start.min(b.start)..a.end.max(b.end));
                if let Some(all) = all.filter(|c| !c.contains(&i)) {
                    levels[known].content = vec![all];
                }
                if levels[known].source.is_empty() {
                    levels[known].source = vec![noun];
                }
                known
            }
            None => {
                levels.push(Level {
                    source: vec![noun],
                    cue: std::iter::once(i..i + 2).collect(),
                    content: cover.into_iter().collect(),
                    ..Level::default()
                });
                levels.len() - 1
            }
        };
        for l in told {
            if levels[carrier].parent != Some(l) {
                levels[l].parent = Some(carrier);
            }
        }
    }
}

/// "She spoke with CNN on Monday. “…,” she said": a sentence that only tells of the interview carries the next one.
fn meetings(r: &Reading<'_>, levels: &mut Vec<Level>) {
    let mut busy = vec![false; r.outline.sentence_tokens.len()];
    let mut next: Vec<Option<usize>> = vec![None; busy.len()];
    for (l, level) in levels.iter().enumerate() {
        let Some(cue) = level.cue.first() else { continue };
        let s = r.outline.tokens[cue.start].sentence as usize;
        let size: usize = level.content.iter().map(|c| c.len()).sum();
        let carries = levels.iter().any(|o| o.parent == Some(l)) && !level.inner;
        if size > MOST_EMPTY && !carries {
            busy[s] = true;
        }
        // the sentence where the words begin
        let first = level.content.first().map_or(cue.start, |c| c.start.min(cue.start));
        let first = r.outline.tokens[first].sentence as usize;
        if !level.inner
            && level.parent.is_none()
            && size > MOST_EMPTY
            && next[first].is_none_or(|o| levels[o].cue[0].start > cue.start)
        {
            next[first] = Some(l);
        }
    }
    for s in 0..busy.len().saturating_sub(1) {
        let (Some(l), false) = (next[s + 1], busy[s]) else { continue };
        let sentence = r.outline.sentence_tokens[s].clone();
        let meets = sentence.clone().find(|&i| {
            let word = r.lower(i);
            MEETINGS.contains(&word.as_str())
                || matches!(word.as_str(), "reached" | "contacted" | "talked" | "spoke" | "interviewed")
                || matches!(word.as_str(), "panel" | "segment" | "hall" | "hosted" | "televised")
        });
        let Some(meets) = meets else { continue };
        // "during a CNN panel" has the outlet before the word for it
        let during = (sentence.start..meets).rev().take(MOST_PHRASE).find(|&i| r.lower(i) == "during");
        let found = during.into_iter().chain(meets..sentence.end).find_map(|i| {
            let link = matches!(r.lower(i).as_str(), "with" | "on" | "by" | "to" | "in" | "for" | "during");
            let noun = if link { noun_phrase(r, i + 1, sentence.end) } else { None };
            noun.filter(|n| is_outlet(r, n)).map(|n| (n, i))
        });
        // "the Herald interviewed her"
        let asks = matches!(r.lower(meets).as_str(), "interviewed" | "questioned");
        let asking = || {
            let subject = subject(r, meets, &sentence).filter(|s| is_outlet(r, s) || is_host(r, s))?;
            Some((subject, meets))
        };
        let found = found.or_else(|| if asks { asking() } else { None });
        let Some((source, link)) = found else { continue };
        if same_speaker(r, &levels[l], &sentence) && levels[l].parent.is_none() {
            attach(levels, l, Found { source, link: Some(link..link + 1), further: None, frame: false });
        }
    }
}

/// Sentences before one that may name the poll whose answers it tells. By judgement.
const POLL_REACH: u32 = 2;

/// "In the poll, 40 percent said …": what those who were asked say is passed on by the poll.
fn polls(r: &Reading<'_>, levels: &mut Vec<Level>) {
    for l in 0..levels.len() {
        let level = &levels[l];
        let asked = level.source.iter().cloned().flatten().any(|i| among(ASKED, &r.lower(i)));
        let (Some(cue), true) = (level.cue.first().cloned(), asked && level.parent.is_none() && !level.inner)
        else {
            continue;
        };
        let here = r.outline.tokens[cue.start].sentence;
        let poll = (here.saturating_sub(POLL_REACH)..=here).rev().find_map(|s| {
            let sentence = r.outline.sentence_tokens.get(s as usize)?.clone();
            let free =
                |i: &usize| s != here || !level.holds(*i) && !level.source.iter().any(|c| c.contains(i));
            let at = sentence.clone().filter(free).find(|&i| among(POLLS, &r.lower(i)))?;
            r.noun_phrase_before(at + 1, sentence.start).filter(|n| n.clone().all(|i| free(&i)))
        });
        if let Some(source) = poll {
            attach(levels, l, Found { source, link: None, further: None, frame: false });
        }
    }
}

/// Whether a level's source is named in a sentence, or is a pronoun for who is.
fn same_speaker(r: &Reading<'_>, level: &Level, sentence: &Range<usize>) -> bool {
    level.source.iter().cloned().flatten().any(|i| {
        let word = r.word(i);
        matches!(r.lower(i).as_str(), "he" | "she" | "they")
            || r.part(i) == Some(Pos::ProperNoun)
                && word.len() > 2
                && sentence.clone().any(|j| r.word(j) == word)
    })
}

/// "From the Herald:" alone in a paragraph: what follows is the Herald's, up to the next such line or the end.
fn excerpts(r: &Reading<'_>, levels: &mut Vec<Level>) {
    let tokens = &r.outline.tokens;
    let mut lines: Vec<(Range<usize>, usize)> = Vec::new();
    let mut start = 0;
    while start < tokens.len() {
        let number = tokens[start].paragraph;
        let end = start + tokens[start..].partition_point(|t| t.paragraph == number);
        let opens = matches!(r.lower(start).as_str(), "from" | "via");
        if opens && r.word(end - 1) == ":" && end - start <= MOST_PHRASE {
            let noun = noun_phrase(r, start + 1, end - 1).filter(|n| is_outlet(r, n));
            if let Some(noun) = noun {
                lines.push((noun, end));
            }
        }
        start = end;
    }
    for (n, (noun, from)) in lines.iter().enumerate() {
        let to = lines.get(n + 1).map_or(tokens.len(), |l| l.0.start);
        for l in 0..levels.len() {
            let inside = levels[l].parent.is_none()
                && levels[l].continues.is_none()
                && whole(&levels[l]).first().is_some_and(|w| w.start >= *from && w.end <= to);
            if inside && !levels[l].content.is_empty() {
                let link = noun.start - 1..noun.start;
                attach(
                    levels,
                    l,
                    Found { source: noun.clone(), link: Some(link), further: None, frame: false },
                );
            }
        }
    }
}

/// Most tokens of a signature, and of the place below it.
const MOST_SIGNED: usize = 7;
/// Most letters of one page: each is looked for among all levels.
const MOST_LETTERS: usize = 100;
/// Most tokens of a letter. By judgement: letters to newspapers have some 200 words.
const MOST_LETTER: usize = 600;

/// States of America as letters are dated from them, without points.
const STATES: &str = "ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev nh nj nm \
    ny nc nd okla ore pa ri sc sd tenn vt va wash wva wis wyo alaska hawaii idaho iowa maine ohio texas utah dc";

/// A letter to the editor, signed with a name and a place in paragraphs of their own ("Ann Dorn" / "Lund, Ohio"), or
/// with a handle ("@anndorn"): what others say in it is passed on by who signed it.
fn letters(r: &Reading<'_>, levels: &mut Vec<Level>) {
    let tokens = &r.outline.tokens;
    let mut paragraphs: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    while start < tokens.len() {
        let number = tokens[start].paragraph;
        let end = start + tokens[start..].partition_point(|t| t.paragraph == number);
        paragraphs.push(start..end);
        start = end;
    }
    let capital = |i: usize| r.word(i).starts_with(char::is_uppercase);
    let short = |p: &Range<usize>| p.len() <= MOST_SIGNED;
    let named = |p: &Range<usize>| {
        let words = r.count_words(p);
        (2..=4).contains(&words) && p.clone().all(|i| capital(i) || matches!(r.word(i), "." | "-"))
    };
    let place = |p: &Range<usize>| {
        let Some(comma) = p.clone().find(|&i| r.word(i) == ",") else { return false };
        let state: String =
            (comma + 1..p.end).filter(|&i| r.word(i) != ".").map(|i| r.lower(i).replace('.', "")).collect();
        (p.start..comma).all(|i| capital(i) || matches!(r.word(i), "." | "-")) && among(STATES, &state)
    };
    let (mut from, mut signed) = (0, 0);
    for (n, paragraph) in paragraphs.iter().enumerate() {
        if !short(paragraph) {
            continue;
        }
        let handle = r.word(paragraph.start) == "@" && r.count_words(paragraph) == 1;
        let below = paragraphs.get(n + 1).filter(|p| short(p) && place(p));
        if !handle && (below.is_none() || !named(paragraph)) {
            // a heading begins something else
            from = paragraph.end;
            continue;
        }
        signed += 1;
        if signed > MOST_LETTERS {
            break;
        }
        let letter = from.max(paragraph.start.saturating_sub(MOST_LETTER))..paragraph.start;
        let source = if r.word(paragraph.end - 1) == "." && !handle {
            paragraph.start..paragraph.end - 1
        } else {
            paragraph.clone()
        };
        for l in 0..levels.len() {
            let own = levels[l]
                .source
                .iter()
                .cloned()
                .flatten()
                .any(|i| matches!(r.word(i), "I" | "we" | "We" | "you"));
            let inside = levels[l].parent.is_none()
                && levels[l].continues.is_none()
                && speaks(r, &levels[l])
                && whole(&levels[l]).first().is_some_and(|w| w.start >= letter.start && w.end <= letter.end);
            if inside && !own && !levels[l].content.is_empty() {
                attach(levels, l, Found { source: source.clone(), link: None, further: None, frame: false });
            }
        }
        from = paragraph.end;
    }
}
