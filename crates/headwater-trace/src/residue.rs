//! Lines of one article that are nobody's report: captions, embedded posts, labels, lists.
//!
//! Extraction takes most of them out; what comes from a crawl as text still has them. Each is told by its own
//! marks, not by the site. Nothing is removed here: the words are only not counted as the reporter's own.
//! Lines that a site repeats from page to page are found in `furniture`, which sees several articles.

use crate::digest::flag;
use aho_corasick::AhoCorasick;
use headwater_model::Span;
use headwater_model::text::Outline;
use std::sync::LazyLock;

/// Marks of a picture's caption or credit, lower case.
const CAPTION: &[&str] = &[
    "(ap photo",
    "ap photo/",
    "ap photo by",
    "getty images",
    "afp/getty",
    "(photo",
    "photo by ",
    "photo: ",
    "photo credit",
    "photograph by",
    "(reuters/",
    "/reuters)",
    "reuters/",
    "file photo",
    "pool photo",
    "pool via ",
    "via ap)",
    "image credit",
    "image: ",
    "(image",
    "screenshot: ",
    "(file)",
    "photographer: ",
    "picture: ",
    "(picture",
    "/afp)",
    "afp photo",
    "/epa",
    "/bloomberg)",
];

/// Marks at the start of a caption, lower case.
const CAPTION_START: &[&str] = &[
    "file - ",
    "file – ",
    "file — ",
    "in this file",
    "file photo",
    "hide caption",
    "caption:",
    "in this photo",
    "in this image",
    "photos: ",
];

/// A caption is no longer than this (bytes): AP's captions reach 700.
const CAPTION_LONGEST: usize = 800;

/// A line that only labels is no longer than this (bytes).
const LABEL_LONGEST: usize = 120;

/// The flags of every paragraph.
pub(crate) fn lines(text: &str, paragraphs: &[Span]) -> Vec<u8> {
    let mut marks = vec![0; paragraphs.len()];
    for (i, paragraph) in paragraphs.iter().enumerate() {
        let line = paragraph.of(text);
        if is_post(line) {
            marks[i] |= flag::POST;
            // A line that is only the signature: the post stands before it.
            if line.starts_with(['—', '–', '-']) && i > 0 {
                marks[i - 1] |= flag::POST;
            }
        } else if is_caption(line) {
            marks[i] |= flag::CAPTION;
        } else if is_label(line) {
            marks[i] |= flag::LABEL;
        }
    }
    marks
}

/// "— Name (@handle) July 16, 2018", or a post's own links.
fn is_post(line: &str) -> bool {
    let signed = line.contains("(@")
        && (line.starts_with(['—', '–', '-'])
            || line.ends_with(|c: char| c.is_ascii_digit())
            || line.contains("— "));
    signed || line.contains("pic.twitter.com/") || line.contains("https://t.co/")
}

fn is_caption(line: &str) -> bool {
    if line.len() > CAPTION_LONGEST {
        return false;
    }
    found(&CAPTIONS, line) || CAPTION_START.iter().any(|mark| starts(line, mark))
}

/// Words of the boxes around articles: sharing, subscribing, commenting, consenting. Folded, as parts of words.
const FURNITURE: &[&str] = &[
    "newsletter",
    "sign up",
    "signup",
    "subscri",
    "comment",
    "share",
    "facebook",
    "twitter",
    "email",
    "e-mail",
    "linkedin",
    "pinterest",
    "google+",
    "instagram",
    "whatsapp",
    "javascript",
    "cookie",
    "terms of",
    "privacy",
    "advertis",
    "hide caption",
    "follow us",
    "download our",
    "inbox",
    "log in",
    "login",
    "gallery",
    "fullscreen",
    "slideshow",
    "autoplay",
    "click here",
    "browser",
    "your settings",
    "please try again",
    "registered",
    "moderat",
];

/// A line of a box is no longer than this (bytes).
const FURNITURE_LONGEST: usize = 400;
/// Words of boxes that a sentence must hold to be one of a box (words); for a line that is no sentence one is enough.
const FURNITURE_WORDS: u32 = 3;
const FURNITURE_SHORT: usize = 12;

/// Whether a line holds a word of a box: seen on two different pages, that is enough.
pub(crate) fn is_boxlike(line: &str) -> bool {
    if line.len() > FURNITURE_LONGEST {
        return false;
    }
    found(&BOXES, line)
}

/// Lines of script.
const CODE: &[&str] = &["window.", "function(", ".push(", "});", "var "];

static CAPTIONS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| automaton(CAPTION));
static BOXES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| automaton(FURNITURE));
static SCRIPTS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| automaton(CODE));

/// The lists are small constants: building cannot fail, and a list that is missing finds nothing.
fn automaton(words: &[&str]) -> Option<AhoCorasick> {
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()
}

fn found(automaton: &Option<AhoCorasick>, line: &str) -> bool {
    automaton.as_ref().is_some_and(|a| a.is_match(line))
}

/// How many different words of the list stand in the line.
fn different(automaton: &Option<AhoCorasick>, line: &str) -> u32 {
    let Some(automaton) = automaton else { return 0 };
    let seen = automaton
        .find_overlapping_iter(line)
        .fold(0u64, |seen, hit| seen | 1 << (hit.pattern().as_u32() % 64));
    seen.count_ones()
}

/// Whether the line begins so, whatever its case.
fn starts(line: &str, with: &str) -> bool {
    line.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with))
}

fn is_furniture(line: &str) -> bool {
    let words = different(&BOXES, line);
    let sentence = line.ends_with(['.', '!', '?', '”', '"']);
    let short = || !sentence && line.split_whitespace().count() <= FURNITURE_SHORT;
    words >= FURNITURE_WORDS || words >= 1 && short() || different(&SCRIPTS, line) >= 2
}

/// Bylines, time stamps, copyright.
fn is_label(line: &str) -> bool {
    if line.len() > FURNITURE_LONGEST {
        return false;
    }
    if is_furniture(line) {
        return true;
    }
    if line.len() > LABEL_LONGEST {
        return false;
    }
    let openings = [
        "by ",
        "published ",
        "updated ",
        "posted ",
        "last updated",
        "copyright",
        "©",
        "read more",
        "share",
        "related",
    ];
    let ends_sentence = line.ends_with(['.', '!', '?', '”', '"']);
    let lower = line.to_lowercase();
    lower.contains("all rights reserved")
        || lower.contains("contributed to this report")
        || !ends_sentence && openings.iter().any(|s| starts(line, s))
}

/// Lines without an end mark must make up this share of a page's words before it is taken for a list; an article
/// reaches .15 with headline, byline and crossheads. Chosen on half of the Helsinki pages.
const LIST_SHARE: f64 = 0.5;

/// And there must be so many of them (lines), each of so many words (words).
const LIST_LINES: usize = 6;
const LIST_WORDS: usize = 3;
/// The same for captions: a gallery. An article with a picture or two reaches .5 when it is short.
const CAPTION_SHARE: f64 = 0.65;

/// Whether a page is mostly lines that are no sentences, or captions.
pub(crate) fn is_list(text: &str, outline: &Outline) -> bool {
    let (mut all, mut loose, mut captions, mut lines) = (0usize, 0usize, 0usize, 0usize);
    let mut before = "";
    for paragraph in &outline.paragraphs {
        let line = paragraph.of(text);
        if line == before {
            continue;
        }
        before = line;
        let words = line.split_whitespace().count();
        all += words;
        if is_caption(line) {
            captions += words;
        } else if !line
            .trim_end_matches(['”', '"', '’', '\'', ')', '»'])
            .ends_with(['.', '!', '?', ':', '…', ','])
        {
            loose += words;
            lines += usize::from(words >= LIST_WORDS);
        }
    }
    all >= 40
        && (lines >= LIST_LINES && loose as f64 >= LIST_SHARE * all as f64
            || captions as f64 >= CAPTION_SHARE * all as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_by_their_marks() {
        let check = |line: &str, expect: u8| {
            assert_eq!(lines(line, &[Span::new(0, line.len())]), [expect], "{line}");
        };
        check("The minister at the gate on Monday. (AP Photo/Jane Roe)", flag::CAPTION);
        check("— Jane Roe (@janeroe) March 3, 2031", flag::POST);
        check("By Jane Roe and John Poe", flag::LABEL);
        check("Sign up for our newsletter", flag::LABEL);
        check("A newsletter for farmers was what he read first on Monday, he said.", 0);
        check("By Friday the water had gone, and the town went back to work.", 0);
    }
}
