//! Lines that show what they are by their form: captions and credits, bylines, datelines, bare times, rules.

use super::cues::credit_word;
use super::shape::Shape;
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use headwater_model::BlockClass;
use regex::Regex;
use std::sync::OnceLock;

/// Most words of a caption that ends in a credit.
const CAPTION_WORDS: usize = 60;

/// Most words of a line that is only a credit.
const CREDIT_WORDS: usize = 14;

struct Patterns {
    credit_end: Regex,
    credit_start: Regex,
    named_outlet: Regex,
    slash_end: Regex,
    byline: Regex,
    bare_time: Regex,
    handle: Regex,
    reporting: Regex,
    counter: Regex,
}

fn patterns() -> &'static Patterns {
    static PATTERNS: OnceLock<Patterns> = OnceLock::new();
    let regex = |pattern: &str| Regex::new(pattern).unwrap_or_else(|e| panic!("a pattern of this file: {e}"));
    PATTERNS.get_or_init(|| Patterns {
        // "A bridge. Credit: Herald", "A bridge (Photo: A. Novak / Reuters)"
        credit_end: regex(r"(?i)[.,;:\-–—|(\]”]\s*(?:photo|picture|image|credit|photo credit|image credit|picture credit|photograph|foto|screenshot|illustration|graphic|bild|crédito|crédit)s?\s*(?:credit|by|courtesy of|courtesy)?\s*[:/|]\s*\S.{0,90}$|(?i)[(\[—–|]\s*(?:ap|afp|reuters|epa|getty|file|ap file|afp file) photo\b.{0,80}$|(?i)[(\[|/]\s*(?:photo|image|picture|photos|photograph)\s+(?:by|courtesy of|courtesy|via|from)\s+\S.{0,80}$|(?i)\b(?:via )?(?:getty images|shutterstock|istock|alamy|wikimedia commons|imago images|picture alliance|epa-efe|efe/epa)\)?\.?$"),
        credit_start: regex(r"(?i)^[(\[]?\s*(?:photo|picture|image|photo credit|image credit|picture credit|credit|photograph|photos|foto|screenshot|graphic|illustration|bild|source photo|image source|media|video|ap photo|afp photo|reuters photo|file photo|crédito|crédit photo|photo courtesy|image courtesy)s?\s*(?:(?:by|courtesy|courtesy of|via)\b|[:/|]\s*)\s*\S"),
        // "Jana Novak (Harbour TV)"
        named_outlet: regex(r"^\p{Lu}[\p{L}.’'-]*(?: (?:\p{Lu}[\p{L}.’'-]*|de|von|van|bin|al|el|of|the|and|in))* ?\((?:\p{Lu}[\p{L}&.’'-]*|[A-Z0-9]{2,})(?: (?:\p{Lu}[\p{L}&.’'-]*|[A-Z0-9]+))*\)$"),
        // "Ana Lima / Agency", "Ana Lima | AP", "Ana Lima, AP", "Markus Novak/Agency/Getty"
        slash_end: regex(r"^(?:\p{Lu}[\p{L}.’'-]+ )+?\p{Lu}[\p{L}.’'-]+ ?(?:[/|] ?\p{Lu}[\p{L} ./|-]+|, (?:AP|AFP|EPA|Reuters|Getty Images|Associated Press|Bloomberg))$"),
        byline: regex(r"(?i)^(?:by|von|par|por|di|door|av|af|przez|written by|reported by|story by|report by|words by|text by|автор|από)\s*:?\s+(?-i:\p{Lu})[^.!?]{1,120}$"),
        bare_time: regex(r"(?ix)^(?:(?:first\ |last\ |originally\ )?(?:published|posted|updated|modified|created|date|on|at|last\ update|last\ updated|veröffentlicht|aktualisiert|stand|publié\ le|mis\ à\ jour\ le|publicado|actualizado|pubblicato|aggiornato|gepubliceerd|опубликовано|обновлено)\b\s*:?\s*(?:on\b|at\b|am\b|le\b|el\b|il\b|:)?\s*)*
            (?:(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|nesday|rsday|urday|sday)?\.?,?\s+)?
            (?:[0-9]{1,2}:[0-9]{2}\s*(?:a\.?m\.?|p\.?m\.?)?\s*(?:[a-z]{2,4})?\s*[,|•·-]?\s+(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-zà-ÿ]*,?\s+)?)?
            (?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-zà-ÿ]*\.?\s+[0-9]{1,2}(?:st|nd|rd|th)?,?\s*(?:[0-9]{4})?|[0-9]{1,2}(?:st|nd|rd|th)?\.?\s+(?:de\s+)?(?:jan|feb|fév|mar|mär|apr|avr|abr|may|mai|jun|juin|jui|jul|aug|août|ago|sep|oct|okt|out|nov|dec|dez|déc|dic|gen|mag|giu|lug|set|ott)[a-zà-ÿ]*\.?,?\s*(?:de\s+)?(?:[0-9]{4})?|[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|[0-9]+\s+(?:second|minute|min|mins|hour|hr|hrs|day|week|month|year)s?(?:\s+[0-9]+\s+(?:minute|min)s?)?\s+ago)
            [\s,.|@·•–—()-]*(?:at\s+|um\s+|à\s+|a\s+las\s+)?(?:[0-9]{4})?[\s,.|@·•–—()-]*(?:[0-9]{1,2}[:.h][0-9]{2}(?::[0-9]{2})?)?\s*(?:a\.?m\.?|p\.?m\.?|uhr)?[\s,.|()-]*(?:[A-Z]{2,5}|gmt|utc)?(?:[+-][0-9]{1,4})?[\s,.|()-]*(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-zà-ÿ]*,?\s+(?:january|february|march|april|may|june|july|august|september|october|november|december)\s+[0-9]{1,2},?\s+[0-9]{4})?(?:[0-9]+\s+min(?:ute)?s?\s+read)?$"),
        handle: regex(r"^(?:[\w.+-]+@[\w-]+\.[\w.-]+|@\w\w+|https?://\S+|www\.\S+|\S+\.(?:jpg|jpeg|png|gif))$"),
        reporting: regex(r"(?i)^\(?\s*(?:(?:additional |further )?reporting|writing|editing|compiled|edited|translated|with (?:additional )?(?:reporting|files|inputs?)|additional reporting)\b[^.!?]{0,20}\b(?:by|from)\s+(?-i:\p{Lu})"),
        counter: regex(r"(?i)^[0-9][0-9.,]*\s*k?\s*(?:comments?|shares?|likes?|views?|retweets?|replies|votes?|min(?:ute)?s?(?: read)?|followers?|photos?|images?|/\s*[0-9]+|of\s+[0-9]+)?$"),
    })
}

/// Most characters of an account's name with its mark.
const HANDLE_CHARS: usize = 31;

/// A line without the marks around it.
fn core(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric() && c != '_')
}

/// Most words of a picture's source in brackets.
const SOURCE_WORDS: usize = 5;

/// Whether the last brackets of a line hold few words. Counted here: bounds on letters of any script make a pattern large.
fn source_is_short(text: &str) -> bool {
    text.rsplit_once('(').is_some_and(|(_, source)| source.split(' ').count() <= SOURCE_WORDS)
}

/// Most words of the name before a mark, and letters behind it.
const NAME_WORDS: usize = 5;
const BEHIND_LETTERS: usize = 41;

/// Whether what stands before the first mark of a picture's credit is as short as a name, and what follows too.
fn credit_is_short(text: &str) -> bool {
    match text.split_once(['/', '|']) {
        Some((name, rest)) => {
            name.split_whitespace().count() <= NAME_WORDS
                && rest.trim_start().chars().count() <= BEHIND_LETTERS
        }
        None => text.split(',').next().is_some_and(|name| name.split_whitespace().count() <= NAME_WORDS),
    }
}

/// Words of which a caption's credit holds one.
const CREDIT_WORDS_ANY: &[&str] = &[
    "photo",
    "picture",
    "image",
    "credit",
    "foto",
    "screenshot",
    "illustration",
    "graphic",
    "bild",
    "getty",
    "shutterstock",
    "istock",
    "alamy",
    "wikimedia",
    "imago",
    "alliance",
    "epa-efe",
    "efe/epa",
];

/// Whether a line may end in a credit: most hold none of its words, and the pattern is dear.
fn may_credit(text: &str) -> bool {
    static TABLE: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .ascii_case_insensitive(true)
            .build(CREDIT_WORDS_ANY)
            .ok()
    });
    // Letters that are other cases of plain ones, and the "é" of "crédit".
    table.as_ref().is_none_or(|t| t.is_match(text))
        || !text.is_ascii() && text.contains(['é', 'É', '\u{17f}', '\u{212a}'])
}

/// What the form of a line says, with the reason.
pub(crate) fn form(text: &str, shape: &Shape) -> Option<(BlockClass, &'static str)> {
    let p = patterns();
    if shape.words == 0 || shape.letters == 0 {
        return Some(match p.bare_time.is_match(core(text)) {
            true => (BlockClass::Byline, "a line that holds only a date or time"),
            false => (BlockClass::Navigation, "a line without words"),
        });
    }
    if shape.words > CAPTION_WORDS {
        return None;
    }
    // Most lines hold no number.
    let counted = !text.is_ascii() || text.bytes().any(|b| b.is_ascii_digit());
    if shape.words <= 6 && counted && p.counter.is_match(core(text)) {
        return Some((BlockClass::Navigation, "a counter"));
    }
    if shape.words <= 16 && counted && p.bare_time.is_match(core(text)) {
        return Some((BlockClass::Byline, "a line that holds only a date or time"));
    }
    if shape.words <= 8
        && memchr::memchr3(b'@', b'.', b':', text.as_bytes()).is_some()
        && !(text.starts_with('@') && text.trim().chars().count() > HANDLE_CHARS)
        && p.handle.is_match(text.trim())
    {
        return Some((BlockClass::Byline, "an address by itself"));
    }
    if p.reporting.is_match(text) {
        return Some((BlockClass::Byline, "says who reported, wrote or edited it"));
    }
    if shape.words <= CREDIT_WORDS
        && !shape.terminal
        && p.byline.is_match(text)
        && shape.capitals * 2 >= shape.words
    {
        return Some((BlockClass::Byline, "a byline by itself"));
    }
    if shape.words <= 8 && text.ends_with(')') && source_is_short(text) && p.named_outlet.is_match(text) {
        return Some((BlockClass::Caption, "a name with its picture's source in brackets"));
    }
    if shape.words <= 9
        && memchr::memchr3(b'/', b'|', b',', text.as_bytes()).is_some()
        && credit_is_short(text)
        && p.slash_end.is_match(text)
    {
        return Some((BlockClass::Caption, "a picture's credit"));
    }
    if !shape.quoted && may_credit(text) && p.credit_end.is_match(text) {
        return Some((BlockClass::Caption, "a caption that ends in a picture's credit"));
    }
    if shape.words <= 30 && p.credit_start.is_match(text) && credit_word(&shape.key).is_some() {
        return Some((BlockClass::Caption, "a picture's credit"));
    }
    None
}

/// Whether a line tells who an author is by its verb: "Jana Novak is a reporter …".
pub(crate) fn tells_of_author(text: &str, shape: &Shape) -> bool {
    static BIOGRAPHY: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = BIOGRAPHY.get_or_init(|| {
        Regex::new(r"(?i)^[•\-–\s]*(?:about )?(?-i:\p{Lu}[\p{L}.’'-]+)(?: (?-i:\p{Lu}[\p{L}.’'-]*)){1,3},? (?:is|was|has been|has covered|has reported|has written|works as|writes|covers|reports|is based|joined)\b.{0,120}\b(?:journalist|reporter|writer|editor|columnist|correspondent|blogger|author|contributor|producer|professor|fellow|analyst|freelance|intern|photographer|covers|newsletter|bureau|podcast)\b").ok()
    });
    shape.words <= 120 && pattern.as_ref().is_some_and(|p| p.is_match(text))
}

/// The names in a byline by itself: "By Jana Novak and Ana Lima" gives "jana novak" and "ana lima".
pub(crate) fn signed_by(text: &str, shape: &Shape) -> Vec<String> {
    if shape.words > CREDIT_WORDS || shape.terminal || !patterns().byline.is_match(text) {
        return Vec::new();
    }
    let Some((_, names)) = shape.key.split_once(' ') else { return Vec::new() };
    names.split(" and ").filter(|n| n.contains(' ')).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Option<BlockClass>) {
        assert_eq!(form(text, &Shape::new(text)).map(|f| f.0), expect, "{text}");
    }

    #[test]
    fn captions_and_credits() {
        for text in [
            "The old bridge at Weir. Credit: Harbour Herald",
            "Jana Novak (Harbour TV)",
            "(AP Photo/Jana Novak)",
            "Jana Novak | AP",
            "Photo: Jana Novak, AP",
            "The mayor waves to the crowd. Ana Lima/Agency via Getty Images",
            "Screenshot: Harbour TV",
        ] {
            check(text, Some(BlockClass::Caption));
        }
        for text in [
            "“The photo was real,” she said.",
            "He took credit for the bridge (again).",
            "Image is everything, the mayor said.",
            "The picture: bleak.",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn bylines_and_times() {
        for text in [
            "By Jana Novak",
            "By JANA NOVAK and ANA LIMA",
            "July 15, 2018",
            "Updated 12:43 PM ET, Sun July 15, 2018",
            "5 hours ago",
            "Published June 01, 2018",
            "12.03.2021, 14:05 Uhr",
            "(Reporting by Jana Novak; Editing by Ana Lima)",
            "jana.novak@herald.example",
            "Posted: 9:35 AM, July 16, 2018",
        ] {
            check(text, Some(BlockClass::Byline));
        }
        for text in [
            "By Monday the town was empty.",
            "On July 15, 2018 the bridge fell.",
            "By the time they came, it was over",
            "May 5 was the day that she left",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn biographies() {
        let tells = |text: &str| tells_of_author(text, &Shape::new(text));
        assert!(tells("Jana Novak is a freelance journalist who lives by the sea."));
        assert!(!tells("Jana Novak is a baker, and she was there when the bridge fell."));
    }
}
