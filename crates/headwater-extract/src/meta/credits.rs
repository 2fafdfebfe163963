//! The suppliers an article declares for its own text: dateline, byline, foot.
//!
//! Position decides: "BEIJING (AP) —" at the start is a credit, "told Reuters" in a sentence is none.

use headwater_model::text::fold::fold;
use headwater_model::{Article, BlockClass, Credit, CreditPlace, Span};
use regex::Regex;
use std::sync::OnceLock;

/// News agencies: the name to give, and its forms (folded).
const AGENCIES: &[(&str, &[&str])] = &[
    ("AP", &["ap", "associated press", "the associated press", "the ap"]),
    ("AFP", &["afp", "agence france-presse", "agence france presse"]),
    ("Reuters", &["reuters", "thomson reuters", "reuters staff", "reuters news agency"]),
    ("UPI", &["upi", "united press international"]),
    ("dpa", &["dpa", "deutsche presse-agentur", "dpa international"]),
    ("EFE", &["efe", "agencia efe"]),
    ("ANSA", &["ansa"]),
    ("TASS", &["tass", "itar-tass"]),
    ("RIA Novosti", &["ria novosti", "ria"]),
    ("Interfax", &["interfax"]),
    ("Sputnik", &["sputnik"]),
    ("Xinhua", &["xinhua", "xinhua news agency"]),
    ("Kyodo", &["kyodo", "kyodo news"]),
    ("Jiji Press", &["jiji", "jiji press"]),
    ("Yonhap", &["yonhap", "yonhap news agency"]),
    ("KCNA", &["kcna", "korean central news agency"]),
    ("PTI", &["pti", "press trust of india"]),
    ("ANI", &["ani", "asian news international"]),
    ("IANS", &["ians"]),
    ("APP", &["app", "associated press of pakistan"]),
    ("PA", &["pa", "pa media", "press association", "the press association"]),
    ("AAP", &["aap", "australian associated press"]),
    ("The Canadian Press", &["canadian press", "the canadian press", "cp"]),
    ("Bloomberg", &["bloomberg", "bloomberg news"]),
    ("Anadolu", &["anadolu", "anadolu agency", "aa"]),
    ("IRNA", &["irna"]),
    ("SANA", &["sana"]),
    ("WAM", &["wam"]),
    ("MENAFN", &["menafn"]),
    ("Ukrinform", &["ukrinform"]),
    ("Belga", &["belga"]),
    ("ANP", &["anp"]),
    ("Ritzau", &["ritzau"]),
    ("NTB", &["ntb"]),
    ("TT", &["tt"]),
    ("APA", &["apa"]),
    ("SDA", &["sda", "keystone-sda"]),
    ("Lusa", &["lusa"]),
    ("Europa Press", &["europa press"]),
    ("Inter Press Service", &["ips", "inter press service"]),
    ("Tribune News Service", &["tns", "tribune news service", "tribune content agency"]),
    ("City News Service", &["cns", "city news service"]),
    ("Tanjug", &["tanjug"]),
    ("PAP", &["pap"]),
    ("CTK", &["ctk"]),
    ("MTI", &["mti"]),
    ("News24 Wire", &["news24 wire"]),
    ("ANN", &["asia news network"]),
];

/// Characters at the start of an article in which a dateline can stand.
const DATELINE_CHARS: usize = 120;

/// Most characters of a dateline's place and day, of a supplier in brackets, and of one between strokes.
const PLACE_CHARS: usize = 71;
const NAME_CHARS: usize = 31;
const SLASHED_CHARS: usize = 16;

/// Blocks at the start of an article in which the one with the dateline is looked for.
const DATELINE_BLOCKS: usize = 4;

/// The agency of a name, in its usual form.
pub(crate) fn agency(name: &str) -> Option<&'static str> {
    let folded = fold(name.trim().trim_matches(|c: char| !c.is_alphanumeric()));
    AGENCIES.iter().find(|(_, forms)| forms.contains(&folded.as_str())).map(|(name, _)| *name)
}

/// The agencies named in a line.
fn agencies_in(line: &str) -> Vec<&'static str> {
    static LONG: OnceLock<Option<Regex>> = OnceLock::new();
    // In running words only names that are no common words or other names' initials.
    let pattern = LONG.get_or_init(|| {
        Regex::new(r"\b(?:(?:The )?Associated Press|AP|AFP|Agence France-Presse|Reuters|REUTERS|ASSOCIATED PRESS|United Press International|UPI|dpa|DPA|EFE|ANSA|TASS|Xinhua|Kyodo(?: News)?|Yonhap|PTI|Press Trust of India|ANI|IANS|Press Association|PA Media|(?:The )?Canadian Press|Bloomberg(?: News)?|Anadolu|Interfax|MENAFN|Tribune (?:News Service|Content Agency)|Inter Press Service|Australian Associated Press)\b").ok()
    });
    let mut out = Vec::new();
    for found in pattern.iter().flat_map(|p| p.find_iter(line)) {
        if let Some(name) = agency(found.as_str())
            && !out.contains(&name)
        {
            out.push(name);
        }
    }
    out
}

/// Credits among the names that the page states as its authors.
pub(crate) fn stated(names: &[String], article: &mut Article) {
    for name in names {
        let whole = agency(name).into_iter().chain(agencies_in(name)).next();
        if let Some(agency) = whole
            && !article.credits.iter().any(|c| c.name == agency)
        {
            article.credits.push(Credit { name: agency.to_owned(), place: CreditPlace::Byline, span: None });
        }
    }
}

/// Credits among what the carrier says the page was taken from.
pub(crate) fn derived(sources: &[String], article: &mut Article) {
    for name in sources.iter().filter_map(|s| agency(s)) {
        if !article.credits.iter().any(|c| c.name == name) {
            article.credits.push(Credit { name: name.to_owned(), place: CreditPlace::Metadata, span: None });
        }
    }
}

/// Reads the credits off the text and the removed lines.
pub(crate) fn find(article: &mut Article) {
    let mut credits: Vec<Credit> = Vec::new();
    let mut add = |name: &str, place: CreditPlace, span: Option<Span>| {
        if !credits.iter().any(|c| c.name == name && c.place == place) {
            credits.push(Credit { name: name.to_owned(), place, span });
        }
    };
    // A headline or a summary may stand before the block with the dateline.
    for block in article.blocks.iter().take(DATELINE_BLOCKS) {
        if let Some((name, span)) = dateline(block.span.of(&article.text)) {
            let start = block.span.start as usize;
            add(
                &name,
                CreditPlace::Dateline,
                Some(Span::new(start + span.start as usize, start + span.end as usize)),
            );
            break;
        }
    }
    for removed in &article.removed {
        let short = removed.text.split_whitespace().count() <= 16;
        match removed.class {
            BlockClass::Byline
                if removed.text.starts_with(['(', '['])
                    && removed.text.to_lowercase().contains("reporting by") =>
            {
                let named = agencies_in(&removed.text);
                for name in &named {
                    add(name, CreditPlace::Footer, None);
                }
                // "(Reporting by …; Editing by …)" is how Reuters signs.
                let lower = removed.text.to_lowercase();
                if named.is_empty()
                    && lower.contains(';')
                    && (lower.contains("editing by") || lower.contains("writing by"))
                {
                    add("Reuters", CreditPlace::Footer, None);
                }
            }
            BlockClass::Byline if short => {
                let inner = removed
                    .text
                    .rsplit_once('(')
                    .and_then(|(_, rest)| rest.split_once(')'))
                    .and_then(|(name, _)| agency(name));
                for name in agencies_in(&removed.text).into_iter().chain(inner) {
                    add(
                        name,
                        if inner.is_some() { CreditPlace::Dateline } else { CreditPlace::Byline },
                        None,
                    );
                }
            }
            BlockClass::Disclaimer => {
                for name in agencies_in(&removed.text) {
                    add(name, CreditPlace::Footer, None);
                }
            }
            _ => {}
        }
    }
    for removed in article.removed.iter().filter(|r| r.class != BlockClass::Caption) {
        if let Some(name) = source_line(&removed.text) {
            add(&name, CreditPlace::Footer, None);
        }
    }
    // The foot: a last block that is hardly more than the agency's name.
    if let Some(last) = article.blocks.last() {
        let words = last.span.of(&article.text);
        if let Some(name) = source_line(words) {
            add(&name, CreditPlace::Footer, Some(last.span));
        } else if words.split_whitespace().count() <= 14 {
            for name in agencies_in(words) {
                add(name, CreditPlace::Footer, Some(last.span));
            }
        }
    }
    article.credits.extend(credits);
}

/// The supplier that a line names as the source of the text: "Source: Weir Press Agency". A name that is no known
/// agency's must say that it is one.
fn source_line(line: &str) -> Option<String> {
    const KINDS: &[&str] =
        &["agency", "press", "wire", "newswire", "agentur", "agence", "agencia", "agenzia", "service"];
    let (label, name) = line.split_once(':')?;
    let label = fold(label.trim());
    if !matches!(
        label.as_str(),
        "source" | "sources" | "quelle" | "fuente" | "fonte" | "bron" | "kilde" | "kalla" | "via"
    ) {
        return None;
    }
    let name = name.trim().trim_end_matches('.');
    let words: Vec<String> = name.split_whitespace().map(fold).collect();
    let capitals = name.split_whitespace().all(|w| w.chars().next().is_some_and(char::is_uppercase));
    agency(name).map(str::to_owned).or_else(|| {
        ((2..=5).contains(&words.len()) && capitals && words.iter().any(|w| KINDS.contains(&w.as_str())))
            .then(|| name.to_owned())
    })
}

/// The supplier named in a dateline, and where.
fn dateline(text: &str) -> Option<(String, Span)> {
    static PATTERN: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = PATTERN.get_or_init(|| {
        Regex::new(r"^\s*(?<place>\p{Lu}[\p{L}0-9 .,;/’'-]+?)?(?:[(\[]\s*(?<name>\p{L}[\p{L}0-9&.’' -]+?)\s*(?:/[^)\]]{1,30})?[)\]]|/\s?(?<slashed>\p{Lu}[\p{L}0-9&-]+)\s?/)\s*(?<dash>[-–—:.]{0,2})\s*").ok()
    });
    let mut end = text.len().min(DATELINE_CHARS * 2);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    let found = pattern.as_ref()?.captures(head)?;
    let (named, slashed) = (found.name("name"), found.name("slashed"));
    let name = named.or(slashed)?;
    // Counted here: bounds on letters of any script make a pattern large.
    let most = if named.is_some() { NAME_CHARS } else { SLASHED_CHARS };
    let place = found.name("place").map_or("", |m| m.as_str());
    if name.as_str().chars().count() > most || place.chars().count() > PLACE_CHARS {
        return None;
    }
    let dashed = found.name("dash").is_some_and(|m| !m.as_str().is_empty());
    let at_start = head.trim_start().starts_with(['(', '[']);
    let span = Span::new(name.start(), name.end());
    if let Some(agency) = agency(name.as_str()) {
        return Some((agency.to_owned(), span));
    }
    // An unknown supplier: only in the full form of a dateline, and short, with capitals.
    let capitals = name.as_str().split_whitespace().all(|w| w.chars().next().is_some_and(char::is_uppercase));
    let place_shouted =
        head[..name.start()].chars().filter(|c| c.is_alphabetic()).take(4).all(char::is_uppercase);
    (capitals
        && (dashed && place_shouted
            || at_start && name.as_str().chars().all(|c| c.is_uppercase() || c.is_numeric())))
    .then(|| (name.as_str().to_owned(), span))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Option<&str>) {
        assert_eq!(dateline(text).map(|d| d.0).as_deref(), expect, "{text}");
    }

    #[test]
    fn source_lines() {
        assert_eq!(source_line("Source: Harbour Press Agency").as_deref(), Some("Harbour Press Agency"));
        assert_eq!(source_line("Quelle: Reuters").as_deref(), Some("Reuters"));
        assert_eq!(source_line("Source: a person at the harbour press"), None);
        assert_eq!(source_line("Source: Mayor Novak"), None);
    }

    #[test]
    fn datelines() {
        check("BEIJING (AP) — The minister", Some("AP"));
        check("(MENAFN) The minister", Some("MENAFN"));
        check("WASHINGTON (Reuters) - The minister", Some("Reuters"));
        check("Weir, 4 May (Harbour News) — The minister", None);
        check("WEIR (Harbour News) — The minister", Some("Harbour News"));
        check("WEIR, May 4. /HNA/. The minister", Some("HNA"));
        check("The and/or question: A/B/C tests", None);
        check("The minister (AP) told them that", Some("AP"));
        check("The minister told Reuters that", None);
    }
}
