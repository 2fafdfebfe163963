//! Which outlets an article names as the place where something was reported first or told.
//!
//! "according to The Harbour Post", "the Post reported", "told the Post". Finds the phrases in one article and keeps
//! the name as one squeezed hash, so that "The Harbour Post", `harbourpost.example` and "Harbour Post" are one. Whose
//! article is meant is decided over the whole set, in `graph`.

use crate::style::hash;
use headwater_model::Span;
use headwater_model::text::fold::fold;
use headwater_model::text::{Outline, TokenKind};

/// How an outlet is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Manner {
    /// "first reported by": the origin is said to be there.
    First,
    /// "according to", "reported", "citing".
    Reported,
    /// "told": somebody spoke to that outlet.
    Told,
}

/// A capitalised name in a place where sources are named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Citation {
    /// The squeezed name.
    pub(crate) name: u64,
    pub(crate) manner: Manner,
    /// The cue and the name.
    pub(crate) span: Span,
    /// The name as it stands.
    pub(crate) text: String,
}

/// Words of a name (words): "New Zealand Daily Business Herald".
const NAME_WORDS: usize = 5;

/// Words that stand right before a named source, with how it is named; folded, the last word last.
const BEFORE: &[(&[&str], Manner)] = &[
    (&["first", "reported", "by"], Manner::First),
    (&["first", "reported", "in"], Manner::First),
    (&["first", "published", "by"], Manner::First),
    (&["first", "published", "in"], Manner::First),
    (&["according", "to"], Manner::Reported),
    (&["reported", "by"], Manner::Reported),
    (&["reported", "in"], Manner::Reported),
    (&["reports", "by"], Manner::Reported),
    (&["reports", "in"], Manner::Reported),
    (&["report", "by"], Manner::Reported),
    (&["report", "in"], Manner::Reported),
    (&["report", "from"], Manner::Reported),
    (&["published", "by"], Manner::Reported),
    (&["published", "in"], Manner::Reported),
    (&["quoted", "by"], Manner::Reported),
    (&["cited", "by"], Manner::Reported),
    (&["carried", "by"], Manner::Reported),
    (&["originally", "by"], Manner::Reported),
    (&["citing"], Manner::Reported),
    (&["quoting"], Manner::Reported),
    (&["interview", "with"], Manner::Told),
    (&["told"], Manner::Told),
    (&["speaking", "to"], Manner::Told),
    (&["statement", "to"], Manner::Told),
];

/// Words that may stand between the cue and the name.
const BETWEEN: &[&str] = &[
    "the",
    "a",
    "an",
    "newspaper",
    "newspapers",
    "daily",
    "broadcaster",
    "agency",
    "news",
    "outlet",
    "website",
    "paper",
    "and",
    "both",
    "local",
    "state",
];

/// Words after a name that make it a source.
const AFTER: &[(&[&str], Manner)] = &[
    (&["first", "reported"], Manner::First),
    (&["was", "first", "to", "report"], Manner::First),
    (&["broke", "the", "story"], Manner::First),
    (&["has", "reported"], Manner::Reported),
    (&["had", "reported"], Manner::Reported),
    (&["also", "reported"], Manner::Reported),
    (&["earlier", "reported"], Manner::Reported),
    (&["reported"], Manner::Reported),
    (&["reports"], Manner::Reported),
    (&["said"], Manner::Reported),
    (&["says"], Manner::Reported),
    (&["wrote"], Manner::Reported),
    (&["quoted"], Manner::Reported),
    (&["cited"], Manner::Reported),
];

/// The squeezed form of an outlet's name: letters and digits only, without "the" in front; of a host its main label.
pub(crate) fn squeeze(name: &str) -> u64 {
    let name = name.trim();
    let name = if name.contains('.') && !name.contains(' ') {
        let host = name.split_once("://").map_or(name, |(_, rest)| rest).trim_start_matches("www.");
        let host = host.split('/').next().unwrap_or(host);
        let labels: Vec<&str> = host.split('.').collect();
        // "bbc.co.uk": the label before the last ones of two or three letters.
        let mut at = labels.len().saturating_sub(2);
        while at > 0 && labels[at].len() <= 3 && at + 2 == labels.len() && labels.len() > 2 {
            at -= 1;
        }
        labels.get(at).copied().unwrap_or(host)
    } else {
        name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")).unwrap_or(name)
    };
    let mut letters = fold(name);
    letters.retain(char::is_alphanumeric);
    if let Some((_, long)) = HOSTS.iter().find(|(host, _)| *host == letters) {
        return hash(long.as_bytes());
    }
    hash(letters.as_bytes())
}

/// Whether two names are one house's: equal when squeezed, or one the initials of the other ("LPA" and "Littoral
/// Press Agency").
pub(crate) fn same_house(a: &str, b: &str) -> bool {
    let squeezed = squeeze(a);
    squeezed != squeeze("") && squeezed == squeeze(b) || is_short_for(a, b) || is_short_for(b, a)
}

/// Letters of a short form (letters): "AP", "IRNA"; a single letter says too little.
const SHORT_FORM: std::ops::RangeInclusive<usize> = 2..=6;

fn is_short_for(short: &str, long: &str) -> bool {
    let short = short.trim();
    let mut initials = long
        .split(|c: char| c.is_whitespace() || c == '-')
        .filter_map(|word| word.chars().next())
        .filter(|c| c.is_uppercase());
    SHORT_FORM.contains(&short.chars().count())
        && long.split_whitespace().count() > 1
        && short.chars().all(|c| c.is_uppercase() && initials.next() == Some(c))
        && initials.next().is_none()
}

/// Well-known short forms of hosts and names, squeezed.
const HOSTS: &[(&str, &str)] = &[
    ("nytimes", "newyorktimes"),
    ("wsj", "wallstreetjournal"),
    ("ft", "financialtimes"),
    ("latimes", "losangelestimes"),
    ("wapo", "washingtonpost"),
    ("apnews", "ap"),
    ("associatedpress", "ap"),
    ("agencefrancepresse", "afp"),
    ("koreancentralnewsagency", "kcna"),
    ("sfgate", "sanfranciscochronicle"),
    ("abcnews", "abc"),
    ("cbsnews", "cbs"),
    ("nbcnews", "nbc"),
    ("foxnews", "fox"),
    ("bbcnews", "bbc"),
    ("dw", "deutschewelle"),
    ("scmp", "southchinamorningpost"),
    ("smh", "sydneymorningherald"),
    ("guardian", "theguardian"),
    ("telegraph", "dailytelegraph"),
];

/// The squeezed names of everything capitalised in an article, sorted: whoever is named is among them.
pub(crate) fn named(text: &str, outline: &Outline) -> Vec<u64> {
    let mut out = Vec::new();
    let tokens = &outline.tokens;
    let mut i = 0;
    while i < tokens.len() {
        let sentence = tokens[i].sentence;
        let mut end = i;
        while tokens.get(end).is_some_and(|t| {
            t.sentence == sentence && t.kind != TokenKind::Mark && t.of(text).starts_with(char::is_uppercase)
        }) {
            end += 1;
        }
        for start in i..end.min(i + 2) {
            if end - start <= NAME_WORDS {
                out.push(squeeze(tokens[start].span.cover(tokens[end - 1].span).of(text)));
            }
        }
        i = end.max(i + 1);
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// All citations of an article.
pub(crate) fn citations(text: &str, outline: &Outline) -> Vec<Citation> {
    let tokens = &outline.tokens;
    let capital = |i: usize| {
        tokens.get(i).is_some_and(|t| t.kind != TokenKind::Mark && t.of(text).starts_with(char::is_uppercase))
    };
    let is = |i: usize, word: &str| tokens.get(i).is_some_and(|t| t.of(text).eq_ignore_ascii_case(word));
    let mut out: Vec<Citation> = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        if !capital(i) {
            i += 1;
            continue;
        }
        let sentence = tokens[i].sentence;
        let mut end = i + 1;
        while end < i + 2 * NAME_WORDS && tokens.get(end).is_some_and(|t| t.sentence == sentence) {
            let joins = capital(end)
                || (matches!(tokens[end].of(text), "-" | "." | "&") && !tokens[end].spaced
                    || is(end, "of")
                    || is(end, "and"))
                    && capital(end + 1)
                    && tokens[end + 1].sentence == sentence;
            if !joins {
                break;
            }
            end += 1;
        }
        let the = is(i, "the");
        let start = if the { i + 1 } else { i };
        if start < end {
            let manner = before(&is, i).or_else(|| after(&is, end));
            if let Some((manner, from, to)) = manner {
                let name = tokens[start].span.cover(tokens[end - 1].span);
                let first = tokens[from.min(i)].span;
                let last = tokens[to.max(end).min(tokens.len()) - 1].span;
                out.push(Citation {
                    name: squeeze(name.of(text)),
                    manner,
                    span: first.cover(last),
                    text: name.of(text).to_string(),
                });
            }
        }
        i = end;
    }
    out
}

fn before(is: &impl Fn(usize, &str) -> bool, name: usize) -> Option<(Manner, usize, usize)> {
    let mut at = name;
    for _ in 0..4 {
        if at > 0 && BETWEEN.iter().any(|word| is(at - 1, word)) {
            at -= 1;
        } else {
            break;
        }
    }
    BEFORE.iter().find_map(|(words, manner)| {
        let start = at.checked_sub(words.len())?;
        words.iter().enumerate().all(|(k, w)| is(start + k, w)).then_some((*manner, start, name))
    })
}

fn after(is: &impl Fn(usize, &str) -> bool, end: usize) -> Option<(Manner, usize, usize)> {
    AFTER.iter().find_map(|(words, manner)| {
        words.iter().enumerate().all(|(k, w)| is(end + k, w)).then_some((*manner, end, end + words.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[(&str, Manner)]) {
        let got: Vec<(u64, Manner)> =
            citations(text, &Outline::new(text)).into_iter().map(|c| (c.name, c.manner)).collect();
        let expect: Vec<(u64, Manner)> = expect.iter().map(|(n, m)| (squeeze(n), *m)).collect();
        assert_eq!(got, expect, "{text}");
    }

    #[test]
    fn one_house_under_two_names() {
        for (a, b, expect) in [
            ("LPA", "Littoral Press Agency", true),
            ("Bay of Varn News", "BVN", true),
            ("The Harbour Post", "harbourpost.example", true),
            ("LPA", "Littoral Agency", false),
            ("LP", "Littoral Press Agency", false),
            ("L", "Lantern", false),
            ("", "", false),
        ] {
            assert_eq!(same_house(a, b), expect, "{a} {b}");
        }
    }

    #[test]
    fn phrases_that_name_an_outlet() {
        check(
            "The bridge is shut, according to The Harbour Post.",
            &[("harbourpost.example", Manner::Reported)],
        );
        check(
            "The closure was first reported by the newspaper Harbour Post on Monday.",
            &[("The Harbour Post", Manner::First)],
        );
        check("A clerk told the Harbour Post that she left.", &[("Harbour Post", Manner::Told)]);
        check("The Harbour Post reported a leak.", &[("www.harbourpost.co.uk", Manner::Reported)]);
        check("We walked to the Harbour Post and back.", &[]);
    }
}
