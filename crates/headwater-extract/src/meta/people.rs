//! The names of authors: people only. Outlets, agencies, desks and "Staff" are no people; an empty list is
//! better than an invented name.

use headwater_model::text::calendar;
use headwater_model::text::fold::fold;

/// Words that no name of a person holds.
const NO_PERSON: &[&str] = &[
    "staff",
    "admin",
    "administrator",
    "editor",
    "editors",
    "editorial",
    "desk",
    "team",
    "newsroom",
    "news",
    "press",
    "agency",
    "agencies",
    "reporter",
    "reporters",
    "correspondent",
    "correspondents",
    "writer",
    "writers",
    "author",
    "authors",
    "contributor",
    "contributors",
    "guest",
    "bureau",
    "service",
    "services",
    "wire",
    "wires",
    "reuters",
    "afp",
    "ap",
    "upi",
    "dpa",
    "bloomberg",
    "associated",
    "redaktion",
    "redaccion",
    "redazione",
    "redaction",
    "redacao",
    "redactie",
    "redakcja",
    "magazine",
    "times",
    "post",
    "herald",
    "tribune",
    "gazette",
    "journal",
    "daily",
    "weekly",
    "media",
    "network",
    "tv",
    "radio",
    "online",
    "web",
    "website",
    "digital",
    "com",
    "www",
    "http",
    "https",
    "facebook",
    "twitter",
    "instagram",
    "linkedin",
    "email",
    "follow",
    "share",
    "subscribe",
    "updated",
    "published",
    "posted",
    "unknown",
    "anonymous",
    "none",
    "null",
    "user",
    "webmaster",
    "office",
    "communications",
    "company",
    "inc",
    "ltd",
    "llc",
    "gmbh",
    "corp",
    "university",
    "department",
    "ministry",
    "institute",
    "association",
    "foundation",
    "school",
    "church",
    "club",
    "group",
    "library",
    "council",
    "board",
    "committee",
    "center",
    "centre",
    "story",
    "stories",
    "article",
    "articles",
    "blog",
    "photos",
    "photo",
    "video",
    "read",
    "more",
    "archive",
    "archives",
    "category",
    "home",
    "about",
    "contact",
    "privacy",
    "menu",
    "search",
    "official",
    "marketing",
    "events",
    "sponsored",
    "partner",
    "content",
    "views",
    "comments",
    "comment",
    "min",
    "minutes",
    "ago",
    "today",
    "newsletter",
    "support",
    "global",
    "international",
    "world",
    "sports",
    "sport",
    "business",
    "politics",
    "opinion",
    "entertainment",
    "lifestyle",
    "culture",
    "technology",
    "health",
    "travel",
    "food",
    "presse",
    "nachrichten",
    "noticias",
    "agence",
    "agencia",
    "agentur",
    "rédaction",
    "france",
    "von",
    "special",
    "studio",
    "studios",
    "records",
    "entreprise",
    "society",
    "project",
    "store",
    "shop",
    "review",
    "reviews",
    "log",
    "login",
    "logout",
    "sign",
    "register",
    "account",
    "settings",
    "show",
    "all",
    "alle",
    "zur",
    "written",
    "now",
    "last",
    "artikel",
    "attorney",
    "director",
    "consultant",
    "educator",
    "manager",
    "founder",
    "expert",
    "executive",
    "president",
    "officer",
    "strategy",
    "specialist",
    "gründerin",
    "grunderin",
];

/// Words that make an organisation of the two or three words before them, when nothing follows.
const BODIES: &[&str] = &[
    "media",
    "press",
    "team",
    "newsroom",
    "desk",
    "redaktion",
    "marketing",
    "group",
    "network",
    "agency",
    "studio",
    "studios",
    "institute",
    "foundation",
    "magazine",
    "news",
];

/// First words that no person's name has.
const ARTICLES: &[&str] = &["the", "die", "das", "our", "les"];

/// Months that are names of people too: at the end of a name they tell of no date behind it.
const NAMES_TOO: &[&str] = &["jan", "mar", "march", "apr", "april", "may", "jun", "june", "august"];

/// Whether a word at the end of a name is a month: a date stands behind it.
fn is_month(word: &str) -> bool {
    calendar::month_of(word).is_some() && !NAMES_TOO.iter().any(|n| word.eq_ignore_ascii_case(n))
}

/// What stands before a name and is kept with it.
const HONORIFICS: &[&str] = &["dr", "prof", "professor", "sir", "dame", "rev"];

/// Small words inside names.
const PARTICLES: &[&str] = &[
    "de", "da", "do", "dos", "das", "di", "del", "della", "der", "den", "van", "von", "zu", "la", "le", "el",
    "al", "bin", "ibn", "ben", "y", "e", "ten", "ter", "af", "av", "du", "st", "mac",
];

/// Whether words can be the name of one person.
pub(crate) fn is_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    if words.is_empty() || words.len() > 6 || name.chars().count() > 60 {
        return false;
    }
    if name.chars().any(|c| {
        c.is_ascii_digit()
            || matches!(
                c,
                '@' | '/'
                    | '|'
                    | ':'
                    | '#'
                    | '<'
                    | '>'
                    | '{'
                    | '}'
                    | '"'
                    | '“'
                    | '!'
                    | '?'
                    | '='
                    | '_'
                    | '&'
                    | '+'
            )
    }) {
        return false;
    }
    let wide = name.chars().any(super::super::residue::shape::is_wide);
    if words.len() == 1 && !wide {
        return false;
    }
    if words.first().is_some_and(|w| ARTICLES.contains(&w.to_lowercase().as_str())) {
        return false;
    }
    // "Jana Novak USA": an outlet's initials behind a name.
    let acronym = |w: &str| (2..=4).contains(&w.chars().count()) && w.chars().all(|c| c.is_uppercase());
    if words.len() > 2
        && words.last().is_some_and(|w| acronym(w))
        && words.iter().any(|w| w.chars().any(char::is_lowercase))
        && !matches!(words.last(), Some(&("II" | "III" | "IV" | "MD" | "JD")))
    {
        return false;
    }
    words.iter().enumerate().all(|(i, word)| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let folded = fold(bare);
        if folded.is_empty() {
            return false;
        }
        let particle = i > 0 && PARTICLES.contains(&folded.as_str())
            || PARTICLES.contains(&folded.as_str()) && words.len() > 1;
        let capital = bare.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_lowercase());
        particle || capital && !NO_PERSON.contains(&folded.as_str())
    })
}

/// Brings a name into form: no "By", no role behind a comma, no shouting.
pub(crate) fn tidy(name: &str) -> Option<String> {
    let mut name = name.trim().trim_matches(|c: char| {
        matches!(c, '•' | '-' | '–' | '—' | '|' | ',' | ';' | ':' | '*' | '(' | ')' | '[' | ']' | '.')
            && c != '.'
            || c.is_whitespace()
    });
    for lead in [
        "by ",
        "By ",
        "BY ",
        "Von ",
        "von ",
        "Par ",
        "par ",
        "Por ",
        "por ",
        "Di ",
        "Door ",
        "Written by ",
        "Автор: ",
        "Author: ",
        "Text: ",
    ] {
        if let Some(rest) = name.strip_prefix(lead) {
            name = rest.trim();
        }
    }
    // "Jana Novak, Harbour Herald": what stands behind the comma is a role or an outlet.
    let name = name
        .split([',', '|', '/', '•', '·', '('])
        .next()
        .unwrap_or("")
        .trim()
        .trim_end_matches([':', ';', '-', '–'])
        .trim();
    // More words than names have, none of them a particle: an outlet or a place stands behind the name.
    let mut name = name;
    while let Some((head, last)) = name.rsplit_once(char::is_whitespace)
        && is_month(last.trim_end_matches('.'))
        && head.split_whitespace().nth(1).is_some()
    {
        name = head.trim();
    }
    let count = name.split_whitespace().count();
    let titled = name
        .split_whitespace()
        .next()
        .is_some_and(|w| HONORIFICS.contains(&fold(w.trim_end_matches('.')).as_str()));
    let particle = name.split_whitespace().any(|w| PARTICLES.contains(&fold(w).as_str()));
    let kept = if count > 4 && !particle {
        if name.split_whitespace().nth(1).is_some_and(|w| w.trim_end_matches('.').chars().count() == 1) {
            3
        } else {
            2 + usize::from(titled)
        }
    } else {
        count
    };
    let words: Vec<String> = name
        .split_whitespace()
        .take(kept)
        .map(|word| {
            let shouted = word.chars().filter(|c| c.is_alphabetic()).count() > 2
                && !word.chars().any(char::is_lowercase);
            if shouted { capitalised(word) } else { word.to_owned() }
        })
        .collect();
    let name = words.join(" ");
    is_person(&name).then_some(name)
}

fn capitalised(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut start = true;
    for c in word.chars() {
        if start {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        start = matches!(c, '-' | '\'' | '’' | '.');
    }
    out
}

/// The people in a byline, which may name several.
pub(crate) fn in_byline(line: &str) -> Vec<String> {
    let line = line.trim();
    let lower = line.to_lowercase();
    let body =
        ["by ", "by: ", "von ", "par ", "por ", "written by ", "author: ", "author ", "авт. ", "автор: "]
            .iter()
            .find(|lead| lower.starts_with(*lead))
            .and_then(|lead| line.get(lead.len()..))
            .unwrap_or(line);
    let mut out = Vec::new();
    for part in split_names(body) {
        match tidy(part) {
            Some(name) => push(&mut out, name),
            // "Jana Novak Associated Press": the longest beginning that is a name.
            None => {
                let words: Vec<&str> = part.split_whitespace().collect();
                let ends = |w: &str| {
                    w.chars().count() <= 4 && w.chars().all(char::is_uppercase)
                        || !is_person(&format!("A {w}"))
                };
                // "Field Level Media", "Great Day Editorial Team": an organisation.
                let body = words.last().is_some_and(|w| BODIES.contains(&fold(w).as_str()))
                    && (words.len() == 3
                        || words.last().is_some_and(|w| {
                            ["team", "newsroom", "desk", "redaktion"].contains(&fold(w).as_str())
                        }));
                if body {
                    continue;
                }
                let cut = (2..words.len().min(4))
                    .find(|n| is_person(&words[..*n].join(" ")) && words.get(*n).is_some_and(|w| ends(w)));
                if let Some(name) = cut.and_then(|n| tidy(&words[..n].join(" "))) {
                    push(&mut out, name);
                }
            }
        }
    }
    out
}

fn split_names(body: &str) -> Vec<&str> {
    let mut parts = vec![body];
    for mark in [
        " and ", " And ", " AND ", " & ", " und ", " et ", " with ", ";", ",", " y ", "|", "\n", " • ", " · ",
    ] {
        parts = parts.into_iter().flat_map(|p| p.split(mark)).collect();
    }
    parts.into_iter().map(str::trim).filter(|p| !p.is_empty()).collect()
}

fn push(out: &mut Vec<String>, name: String) {
    if !out.iter().any(|n| fold(n) == fold(&name)) {
        out.push(name);
    }
}

/// The people among declared names.
pub(crate) fn from_names<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut out = Vec::new();
    for name in names {
        for person in in_byline(name) {
            push(&mut out, person);
        }
    }
    out
}

/// The people named in removed bylines and author boxes.
pub(crate) fn from_lines<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut out = Vec::new();
    for line in lines {
        let words = line.split_whitespace().count();
        let lower = line.to_lowercase();
        if lower.starts_with("(reporting")
            || lower.starts_with("reporting")
            || lower.starts_with("(additional")
            || lower.starts_with("additional")
            || lower.starts_with("(edit")
        {
            continue;
        }
        if words <= 14 && (lower.starts_with("by ") || tidy(line).is_some() && words <= 5) {
            for name in in_byline(line) {
                push(&mut out, name);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expect: &[&str]) {
        assert_eq!(in_byline(line), expect, "{line}");
    }

    #[test]
    fn people_only() {
        check("By JANA NOVAK and ANA LIMA", &["Jana Novak", "Ana Lima"]);
        check("By Jana Novak, Harbour Herald Staff Writer", &["Jana Novak"]);
        check("Reuters Staff", &[]);
        check("By The Associated Press", &[]);
        check("Admin", &[]);
        check("By Ludwig van der Meer", &["Ludwig van der Meer"]);
        check("By Jana Novak Associated Press", &["Jana Novak"]);
        check("Jana Novak Weir Hill Courier-Post", &["Jana Novak"]);
        check("By Jana Novak USA TODAY", &["Jana Novak"]);
        check("Weir Hill Media", &[]);
        check("Weir Hill Editorial Team", &[]);
        check("The Weir Press", &[]);
        check("Jana Novak December", &["Jana Novak"]);
        check("Dr. Jana Novak", &["Dr. Jana Novak"]);
        check("Log Out", &[]);
        check("Jana NovakFounder", &["Jana NovakFounder"]);
        check("Jana Novak\u{2005}Founder", &["Jana Novak"]);
    }
}
