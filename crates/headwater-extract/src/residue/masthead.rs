//! The site's own name among the lines above the headline, and at the ends of a headline.
//!
//! A line is held to be the site's name when the carrier says so, when its words are those that papers and agencies
//! call themselves by, or when the page's foot names it again.

use super::shape::Shape;
use crate::block::Draft;
use crate::input::Declared;
use headwater_model::text::fold::fold;

/// Most words of a site's name.
const NAME_WORDS: usize = 6;

/// Lines at the end of a text in which its foot is looked for.
const FOOT_LINES: usize = 6;

/// Words that end (or, in some languages, begin) the names of papers, broadcasters and agencies; folded.
const KINDS: &[&str] = &[
    "agency",
    "abendblatt",
    "allgemeine",
    "anzeiger",
    "beacon",
    "broadcaster",
    "bugle",
    "bulletin",
    "chronicle",
    "correo",
    "corriere",
    "courant",
    "courier",
    "daily",
    "dagblad",
    "diario",
    "dispatch",
    "echo",
    "enquirer",
    "examiner",
    "express",
    "gazeta",
    "gazette",
    "gazzetta",
    "giornale",
    "globe",
    "guardian",
    "herald",
    "independent",
    "inquirer",
    "jornal",
    "journal",
    "kurier",
    "lantern",
    "ledger",
    "magazine",
    "mail",
    "mercury",
    "messenger",
    "mirror",
    "monitor",
    "morgenpost",
    "morning",
    "nachrichten",
    "network",
    "news",
    "newspaper",
    "newswire",
    "observer",
    "online",
    "post",
    "press",
    "presse",
    "radio",
    "record",
    "register",
    "reporter",
    "review",
    "rundschau",
    "sentinel",
    "spectator",
    "standard",
    "star",
    "sun",
    "tageblatt",
    "telegraaf",
    "telegram",
    "telegraph",
    "times",
    "today",
    "tribune",
    "tv",
    "voice",
    "weekly",
    "wire",
    "world",
    "zeitung",
];

/// Marks between a headline and the site's name.
const MARKS: &[&str] = &[" | ", " :: ", " - ", " – ", " — ", " » ", " « ", " · ", " • ", " // "];

/// Whether a line is a row of a menu: "News | Sport | Letters".
pub(super) fn is_menu(text: &str) -> bool {
    let parts = |mark: &str| text.split(mark).count();
    [" | ", " · ", " • ", " / ", " » "].iter().any(|mark| parts(mark) >= 3)
}

/// Whether words are written and end as names of papers do.
fn is_kind(text: &str, shape: &Shape) -> bool {
    let small = ["the", "of", "and", "for", "on", "de", "la", "le", "der", "die", "das", "el", "il", "in"];
    let mut words = shape.key.split(' ').filter(|w| !small.contains(w));
    let (Some(first), last) = (words.next(), words.next_back()) else { return false };
    let capitals = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty() && !small.contains(&fold(w).as_str()))
        .all(|w| w.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric()));
    let kind = |w: &str| KINDS.contains(&w);
    capitals
        && (last.is_some_and(kind)
            || last.is_some() && matches!(first, "radio" | "diario" | "gazeta" | "jornal"))
}

/// Letters and digits only, in small letters.
fn key(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether words are the outlet's name or host as the carrier gives them.
fn is_declared(text: &str, declared: &Declared) -> bool {
    let own = key(text);
    let article = |k: &str| k.strip_prefix("the").unwrap_or(k).to_owned();
    if own.len() < 3 {
        return false;
    }
    if declared.outlet.map(key).is_some_and(|o| article(&o) == article(&own)) {
        return true;
    }
    let host = declared.url.and_then(|u| url::Url::parse(u).ok());
    let host = host.as_ref().and_then(|u| u.host_str()).map(|h| h.trim_start_matches("www."));
    host.is_some_and(|h| {
        key(h) == own
            || h.split('.').next().map(key).is_some_and(|label| label == own || label == article(&own))
    })
}

/// The lines before the first paragraph that are the site's name.
pub(super) fn find(
    drafts: &[Draft],
    shapes: &[Shape],
    paragraphs: &[usize],
    declared: &Declared,
) -> Vec<usize> {
    let first = paragraphs.first().copied().unwrap_or(0);
    let foot = shapes.len().saturating_sub(FOOT_LINES).max(paragraphs.last().map_or(0, |l| l + 1));
    let named_below = |i: usize| {
        let own = shapes[i].key.as_str();
        shapes[foot..].iter().zip(&drafts[foot..]).any(|(shape, draft)| {
            let legal = draft.text.contains(['©', '®'])
                || ["(c)", "copyright", "all rights"].iter().any(|w| fold(&draft.text).contains(w));
            legal && !own.is_empty() && format!(" {} ", shape.key).contains(&format!(" {own} "))
        })
    };
    (0..first)
        .filter(|&i| {
            let (text, shape) = (drafts[i].text.as_str(), &shapes[i]);
            shape.words > 0
                && shape.words <= NAME_WORDS
                && !shape.terminal
                && !shape.colon
                && !shape.quoted
                && (is_declared(text, declared) || shape.words >= 2 && is_kind(text, shape) || named_below(i))
        })
        .collect()
}

/// The name as people write it: not shouted.
pub(super) fn name(text: &str, shape: &Shape) -> String {
    let text = crate::block::folded(text);
    // An abbreviation is written so.
    if !shape.shouted || !text.contains(' ') {
        return text;
    }
    let small = |word: &str| {
        let mut out = String::with_capacity(word.len());
        for (i, c) in word.chars().enumerate() {
            if i == 0 { out.push(c) } else { out.extend(c.to_lowercase()) }
        }
        out
    };
    text.split(' ').map(small).collect::<Vec<_>>().join(" ")
}

/// A headline without the site's name at its ends.
pub(super) fn without(title: &str, outlet: Option<&str>, declared: &Declared) -> String {
    let is_site = |words: &str| {
        let shape = Shape::new(words);
        shape.words > 0
            && shape.words <= NAME_WORDS
            && (is_declared(words, declared)
                || outlet.is_some_and(|o| key(o) == key(words))
                || shape.words >= 2 && is_kind(words, &shape))
    };
    let mut title = title.to_owned();
    for mark in MARKS {
        let cut = match (title.rsplit_once(mark), title.split_once(mark)) {
            (Some((head, tail)), _) if is_site(tail) && head.split_whitespace().nth(2).is_some() => head,
            (_, Some((head, tail))) if is_site(head) && tail.split_whitespace().nth(2).is_some() => tail,
            _ => continue,
        };
        title = cut.trim().to_owned();
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(title: &str, expect: &str) {
        let declared = Declared { url: Some("https://www.quaylife.example/1"), ..Declared::default() };
        assert_eq!(without(title, Some("Weir Now"), &declared), expect);
    }

    #[test]
    fn the_name_leaves_the_headline() {
        check("Two boats lost off Weir | The Harbour Herald", "Two boats lost off Weir");
        check("Two boats lost off Weir - Weir Now", "Two boats lost off Weir");
        check("Two boats lost off Weir :: Quaylife", "Two boats lost off Weir");
        check("Two boats lost – and one found", "Two boats lost – and one found");
        check("Two boats lost - good news", "Two boats lost - good news");
    }

    #[test]
    fn a_menu_and_a_name() {
        assert!(is_menu("News | Sport | Letters") && !is_menu("Two boats lost | Weir Post"));
        assert_eq!(
            name("WEIR TELEGRAPH AGENCY", &Shape::new("WEIR TELEGRAPH AGENCY")),
            "Weir Telegraph Agency"
        );
        assert_eq!(name("BBC", &Shape::new("BBC")), "BBC");
    }
}
