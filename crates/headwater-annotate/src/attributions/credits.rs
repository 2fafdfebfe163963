//! Which agency an article comes from, by its own credit: dateline, byline, head and foot.
//!
//! Position matters: "told Reuters" in the text cites an agency and is no credit. Says which agency and
//! where it stands; whether the article really is the agency's is for the trace to decide.

use headwater_model::Span;
use headwater_model::text::Outline;

/// Where a credit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CreditPlace {
    /// "LONDON (AP) —" at the head.
    Dateline,
    /// "By Jane Doe, Reuters" or "Reuters" alone at the head.
    Byline,
    /// "(Reporting by …; editing by …)" or the agency alone at the foot.
    Foot,
}

/// A credit to an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// The agency, by its short name: AP, AFP, UPI, Reuters, ….
    pub agency: &'static str,
    /// The words that say so.
    pub span: Span,
    /// Where.
    pub place: CreditPlace,
}

/// How agencies write themselves in credits: as written, short name, whether the form is a bare common word.
const NAMES: &[(&str, &str)] = &[
    ("Associated Press", "AP"),
    ("AP", "AP"),
    ("Thomson Reuters", "Reuters"),
    ("Reuters", "Reuters"),
    ("REUTERS", "Reuters"),
    ("Agence France-Presse", "AFP"),
    ("AFP", "AFP"),
    ("United Press International", "UPI"),
    ("UPI", "UPI"),
    ("Bloomberg News", "Bloomberg"),
    ("Bloomberg", "Bloomberg"),
    ("Xinhua", "Xinhua"),
    ("TASS", "TASS"),
    ("Interfax", "Interfax"),
    ("RIA Novosti", "RIA Novosti"),
    ("KCNA", "KCNA"),
    ("Yonhap", "Yonhap"),
    ("Kyodo News", "Kyodo"),
    ("Kyodo", "Kyodo"),
    ("dpa", "dpa"),
    ("DPA", "dpa"),
    ("ANSA", "ANSA"),
    ("EFE", "EFE"),
    ("Anadolu Agency", "Anadolu"),
    ("AA", "Anadolu"),
    ("PTI", "PTI"),
    ("ANI", "ANI"),
    ("IANS", "IANS"),
    ("IRNA", "IRNA"),
    ("SANA", "SANA"),
    ("Canadian Press", "Canadian Press"),
    ("Press Association", "PA"),
    ("Antara", "Antara"),
    ("Bernama", "Bernama"),
    ("MENAFN", "MENAFN"),
];

/// Standing formats of agencies, by how their first paragraphs begin.
const FORMATS: &[(&str, &str)] = &[
    ("10 Things to Know for", "AP"),
    ("AP Top ", "AP"),
    ("AP FACT CHECK", "AP"),
    ("AP Interview", "AP"),
    ("AP-GfK Poll", "AP"),
    ("Reuters Health", "Reuters"),
];

/// Paragraphs at the head that may hold a dateline or a byline.
const HEAD: usize = 5;
/// Paragraphs at the foot that may hold a credit.
const FOOT: usize = 4;
/// Longest dateline before its agency, in bytes: "WASHINGTON, Dec. 12, 2016 (UPI) —".
const DATELINE: usize = 80;
/// Longest paragraph that is nothing but a credit, in bytes.
const CREDIT_LINE: usize = 120;

/// The agencies an article credits itself to, head first.
pub fn credits(text: &str, outline: &Outline) -> Vec<Credit> {
    let mut out: Vec<Credit> = Vec::new();
    let paragraphs = &outline.paragraphs;
    for (n, paragraph) in paragraphs.iter().enumerate() {
        let head = n < HEAD;
        let foot = n + FOOT >= paragraphs.len();
        if !head && !foot {
            continue;
        }
        let body = paragraph.of(text);
        if head && let Some((start, agency)) = FORMATS.iter().find(|(start, _)| body.starts_with(start)) {
            push(&mut out, agency, paragraph.start as usize, start.len(), CreditPlace::Byline);
            continue;
        }
        if head && let Some((agency, at, len)) = dateline(body) {
            push(&mut out, agency, paragraph.start as usize + at, len, CreditPlace::Dateline);
            continue;
        }
        if body.len() <= CREDIT_LINE
            && let Some((agency, at, len)) = line(body)
        {
            push(
                &mut out,
                agency,
                paragraph.start as usize + at,
                len,
                if foot && !head { CreditPlace::Foot } else { CreditPlace::Byline },
            );
            continue;
        }
        if foot && let Some((agency, at, len)) = desk(body) {
            push(&mut out, agency, paragraph.start as usize + at, len, CreditPlace::Foot);
        }
    }
    out
}

fn push(out: &mut Vec<Credit>, agency: &'static str, start: usize, len: usize, place: CreditPlace) {
    if !out.iter().any(|c| c.agency == agency) {
        out.push(Credit { agency, span: Span::new(start, start + len), place });
    }
}

/// The agency whose name begins at `at`, as a whole word, with the length of the name.
fn name_at(body: &str, at: usize) -> Option<(&'static str, usize)> {
    let rest = body.get(at..)?;
    NAMES
        .iter()
        .filter(|(name, _)| {
            rest.starts_with(name) && rest[name.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric())
        })
        .max_by_key(|(name, _)| name.len())
        .map(|(name, agency)| (*agency, name.len()))
}

/// "DALLAS (AP) —", "(Reuters) -", "NEW YORK, Dec. 14 (UPI) —", "BERLIN (dpa)".
fn dateline(body: &str) -> Option<(&'static str, usize, usize)> {
    let mut end = body.len().min(DATELINE);
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    for (open, _) in body[..end].match_indices(['(', '[']) {
        let start = open + 1;
        let inner = body[start..].trim_start_matches("The ").trim_start();
        let skip = body[start..].len() - inner.len();
        let Some((agency, len)) = name_at(body, start + skip) else { continue };
        let after = body[start + skip + len..].trim_start();
        // "(AP Photo …)" is a picture's
        if !after.starts_with([')', ']', '/', ',', '—', '-', '–']) {
            continue;
        }
        if is_place(&body[..open]) {
            return Some((agency, start + skip, len));
        }
    }
    // "LONDON, March 3, Reuters —" and "AP —"
    let dash = body[..end].find(['—', '–']).or_else(|| body[..end].find(" - ").map(|i| i + 1))?;
    let before = body[..dash].trim_end();
    let start = before.rfind([',', '/', '|']).map_or(0, |i| i + 1);
    let start = start + (before[start..].len() - before[start..].trim_start().len());
    let (agency, len) = name_at(body, start)?;
    (start + len == before.len() && is_place(&body[..start])).then_some((agency, start, len))
}

/// Whether what stands before the agency looks like a place and a date, or is empty.
fn is_place(before: &str) -> bool {
    let before = before.trim();
    before.split_whitespace().all(|w| {
        let w = w.trim_matches(|c: char| !c.is_alphanumeric());
        w.is_empty()
            || w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || matches!(w, "de" | "la" | "al" | "of" | "am" | "and" | "el" | "del" | "upon")
    })
}

/// A line that is nothing but a credit: "By Jane Doe, Associated Press", "Source: Reuters", "© AFP", "Reuters".
fn line(body: &str) -> Option<(&'static str, usize, usize)> {
    let lower = body.to_ascii_lowercase();
    if body.ends_with(['.', '!', '?']) && body.split_whitespace().count() > 8
        || lower.contains("photo")
        || lower.contains("image")
        || lower.contains("told")
    {
        return None;
    }
    let mut at = 0;
    while at < body.len() {
        let boundary = body[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        if boundary && let Some((agency, len)) = name_at(body, at) {
            let before = lower[..at].trim_end_matches("the ").trim();
            let after = body[at + len..].trim_matches(|c: char| !c.is_alphanumeric());
            let introduced = before.is_empty()
                || ["source:", "sources:", "via", "from", "©", "(c)", "credit:", "quelle:", "copyright"]
                    .iter()
                    .any(|w| before.ends_with(w))
                || before.starts_with("by ") && before.ends_with([',', '|', '/', '-', '—', '–', '(', ')'])
                || before.starts_with("by") && before.len() <= 2
                || before.starts_with("von ") && before.ends_with([',', '|', '/', '-']);
            let closed = after.is_empty()
                || after.len() <= 24 && !after.contains(|c: char| c.is_lowercase())
                || before.starts_with("by ")
                || before.contains("contributed");
            if introduced && closed {
                return Some((agency, at, len));
            }
        }
        at += body[at..].chars().next().map_or(1, char::len_utf8);
    }
    None
}

/// The agency's desk at the foot: "(Reporting by A in B; Editing by C)", "— AFP", "Associated Press writer X contributed".
fn desk(body: &str) -> Option<(&'static str, usize, usize)> {
    let opens = body
        .rfind("(Reporting by")
        .or_else(|| body.rfind("(Additional reporting by"))
        .or_else(|| body.rfind("Reporting by"));
    if let Some(at) = opens {
        let tail = &body[at..];
        if tail.contains("diting by") {
            return Some(("Reuters", at, tail.len()));
        }
    }
    for marker in [
        "Associated Press writer",
        "Associated Press reporter",
        "Associated Press journalist",
        "AP writer",
        "AP reporter",
    ] {
        if let Some(at) = body.find(marker)
            && body[at..].contains("contributed to this")
        {
            return Some(("AP", at, if marker.starts_with("AP") { 2 } else { "Associated Press".len() }));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let got: Vec<&str> = credits(text, &Outline::new(text)).iter().map(|c| c.agency).collect();
        assert_eq!(got, expect, "in {text:?}");
    }

    #[test]
    fn where_it_stands_decides() {
        check("Bridge falls.\n\nPORT ELLIS (AP) — A bridge fell on Monday.", &["AP"]);
        check("PORT ELLIS, Dec. 3 (UPI) -- A bridge fell.", &["UPI"]);
        check("A bridge fell.\n\nBy Ann Moor, Reuters\n\nIt fell at night.", &["Reuters"]);
        check("A bridge fell.\n\n(Reporting by Ann Moor; Editing by Bo Lind)", &["Reuters"]);
        check("A bridge fell, the mayor told Reuters on Monday.", &[]);
        check("Head.\n\nA bridge fell (AP Photo by Moor).", &[]);
        check("The Associated Press reported a fall.\n\nIt was late.", &[]);
    }
}
