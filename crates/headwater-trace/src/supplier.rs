//! Who an article says it has its text from: agency credits in bylines, datelines, footers and metadata.
//!
//! Takes what extraction found and looks over the first and last lines again, since text from a crawl has no
//! metadata. "The Associated Press contributed to this report" is a helper's credit: it does not make the
//! agency the origin of the whole.

use headwater_model::{Article, CreditPlace, Span};

/// How much of the text the supplier stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// The text is theirs.
    Whole,
    /// They gave something to it.
    Some,
}

/// A declared supplier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Supplier {
    /// One name for all spellings: "AP".
    pub(crate) name: String,
    pub(crate) part: Part,
    pub(crate) place: CreditPlace,
    pub(crate) span: Option<Span>,
}

/// Agencies by their short name and the forms they are credited by. Forms in capitals are matched as they stand.
const AGENCIES: &[(&str, &[&str])] = &[
    ("AP", &["AP", "associated press"]),
    ("Reuters", &["reuters", "thomson reuters"]),
    ("AFP", &["AFP", "agence france-presse", "agence france presse"]),
    ("UPI", &["UPI", "united press international"]),
    ("DPA", &["dpa", "DPA", "deutsche presse-agentur"]),
    ("PA", &["PA", "press association", "pa media"]),
    ("EFE", &["EFE", "agencia efe"]),
    ("ANSA", &["ANSA"]),
    ("TASS", &["TASS", "itar-tass"]),
    ("Interfax", &["interfax"]),
    ("Xinhua", &["xinhua"]),
    ("Kyodo", &["kyodo", "kyodo news"]),
    ("Yonhap", &["yonhap"]),
    ("KCNA", &["KCNA", "korean central news agency"]),
    ("ANI", &["ANI"]),
    ("PTI", &["PTI", "press trust of india"]),
    ("IANS", &["IANS"]),
    ("AAP", &["AAP", "australian associated press"]),
    ("Anadolu", &["anadolu agency", "anadolu"]),
    ("Bloomberg", &["bloomberg", "bloomberg news"]),
    ("CNN", &["CNN", "cnn wire"]),
];

/// The short name for a credited name; the name itself when it is no agency of the list.
pub(crate) fn canonical(name: &str) -> String {
    let bare = name.trim().trim_start_matches("The ").trim_start_matches("the ").trim();
    let lower = bare.to_lowercase();
    AGENCIES
        .iter()
        .find(|(short, forms)| bare == *short || forms.iter().any(|f| *f == bare || *f == lower))
        .map_or_else(|| bare.to_string(), |(short, _)| (*short).to_string())
}

/// Paragraphs at either end in which a credit may stand.
const HEAD: usize = 6;
const FOOT: usize = 6;
/// Characters of a dateline: "LOS ANGELES, Calif. (AP) —" (bytes).
const DATELINE: usize = 90;
/// Characters of a byline (bytes).
const LINE: usize = 140;

/// All suppliers that an article declares, the whole ones first.
pub(crate) fn suppliers(article: &Article, paragraphs: &[Span]) -> Vec<Supplier> {
    let mut out: Vec<Supplier> = article
        .credits
        .iter()
        .map(|c| Supplier {
            name: canonical(&c.name),
            part: c.span.map_or(Part::Whole, |s| part_of(line_around(&article.text, s))),
            place: c.place,
            span: c.span,
        })
        .collect();
    for author in &article.authors {
        if let Some(name) = agency_named(author) {
            out.push(Supplier { name, part: Part::Whole, place: CreditPlace::Byline, span: None });
        }
    }
    let text = article.text.as_str();
    let n = paragraphs.len();
    for (i, span) in paragraphs.iter().enumerate() {
        if i >= HEAD && i + FOOT < n {
            continue;
        }
        let line = span.of(text);
        if i < HEAD
            && let Some((name, within)) = dateline(line)
        {
            let start = span.start as usize + within.start as usize;
            out.push(Supplier {
                name,
                part: Part::Whole,
                place: CreditPlace::Dateline,
                span: Some(Span::new(start, start + within.len())),
            });
            continue;
        }
        if line.len() > LINE {
            continue;
        }
        let lower = line.to_lowercase();
        let place = if i < HEAD { CreditPlace::Byline } else { CreditPlace::Footer };
        let labels = ["by ", "source", "from ", "©", "copyright", "(c)"].iter().any(|l| lower.starts_with(l))
            || lower.contains("contributed")
            || lower.contains("©")
            || lower.contains("copyright")
            || lower.contains("via ");
        let pictures = ["photo", "getty", "image", "video"].iter().any(|p| lower.contains(p));
        if pictures {
            continue;
        }
        // A line that is no more than the name, with a person, a date or a comma.
        let short = line.split_whitespace().count() <= 7
            && !line.ends_with(['.', '?', '!', '”'])
            && (lower.contains(',') || line.split_whitespace().count() <= 3);
        if (labels || short)
            && let Some(name) = agency_named(line).or_else(|| house_named(line))
        {
            out.push(Supplier { name, part: part_of(line), place, span: Some(*span) });
        }
    }
    out.sort_by(|x, y| {
        (x.part, &x.name, x.place as u8, x.span).cmp(&(y.part, &y.name, y.place as u8, y.span))
    });
    out.dedup_by(|x, y| x.name == y.name);
    out
}

fn part_of(line: &str) -> Part {
    let lower = line.to_lowercase();
    if lower.contains("contributed") || lower.contains("with ") { Part::Some } else { Part::Whole }
}

fn line_around(text: &str, span: Span) -> &str {
    let (start, end) = (span.start as usize, span.end as usize);
    let from = text.get(..start).and_then(|t| t.rfind('\n')).map_or(0, |i| i + 1);
    let to = text.get(end..).and_then(|t| t.find('\n')).map_or(text.len(), |i| end + i);
    text.get(from..to).unwrap_or("")
}

/// The first agency of the list that a line names.
fn agency_named(line: &str) -> Option<String> {
    let lower = line.to_lowercase();
    AGENCIES
        .iter()
        .find(|(_, forms)| {
            forms.iter().any(|form| {
                if form.bytes().any(|b| b.is_ascii_uppercase()) {
                    stands_in(line, form)
                } else {
                    stands_in(&lower, form)
                }
            })
        })
        .map(|(short, _)| (*short).to_string())
}

/// Last words of the names of agencies and papers.
const HOUSES: &[&str] = &[
    "agency",
    "press",
    "wire",
    "union",
    "news",
    "service",
    "post",
    "times",
    "herald",
    "tribune",
    "gazette",
    "courier",
    "chronicle",
    "journal",
    "observer",
    "mercury",
    "star",
    "telegraph",
    "guardian",
    "mirror",
    "beacon",
    "lantern",
    "examiner",
    "register",
    "dispatch",
    "sentinel",
    "bulletin",
    "network",
    "media",
    "radio",
    "television",
    "today",
];

/// The house in "By Jane Roe, Harbour Post" or "By Harbour News Agency".
fn house_named(line: &str) -> Option<String> {
    let rest = line
        .strip_prefix("By ")
        .or_else(|| line.strip_prefix("Source: "))
        .or_else(|| line.strip_prefix("From "))?;
    let name = rest.rsplit(',').next().unwrap_or(rest).trim().trim_end_matches('.');
    let words: Vec<&str> = name.split_whitespace().collect();
    let last = words.last()?.to_lowercase();
    let first = words.first()?.to_lowercase();
    let named = words.len() <= 6
        && words.iter().all(|w| w.starts_with(char::is_uppercase) || matches!(*w, "of" | "the" | "and"));
    (named && words.len() > 1 && (HOUSES.contains(&last.as_str()) || first == "radio"))
        .then(|| canonical(name))
}

/// Whether `form` stands in `line` as whole words.
fn stands_in(line: &str, form: &str) -> bool {
    line.match_indices(form).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + form.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// The name in "TOWN (NAME) —", for agencies that are on no list too.
fn dateline(line: &str) -> Option<(String, Span)> {
    let mut end = DATELINE.min(line.len());
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let head = &line[..end];
    let open = head.find('(')?;
    let close = open + head[open..].find(')')?;
    let town = head[..open].trim();
    let first = town.split([',', ' ']).next().unwrap_or("");
    let after = head[close + 1..].trim_start();
    let dashed = after.starts_with(['-', '—', '–', ':']);
    let shouted = first.chars().count() >= 2 && first.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    let name = head[open + 1..close].trim();
    let named = name.chars().next().is_some_and(char::is_uppercase)
        && name.split_whitespace().count() <= 5
        && !name.contains(['@', '/']);
    let known = agency_named(name).is_some();
    ((dashed || known && town.is_empty()) && named && (shouted || known))
        .then(|| (canonical(name), Span::new(open + 1, close)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use headwater_model::text::Outline;

    fn check(text: &str, expect: &[(&str, Part)]) {
        let article = Article { text: text.into(), ..Article::default() };
        let outline = Outline::new(text);
        let got: Vec<(String, Part)> =
            suppliers(&article, &outline.paragraphs).into_iter().map(|s| (s.name, s.part)).collect();
        let expect: Vec<(String, Part)> = expect.iter().map(|(n, p)| (n.to_string(), *p)).collect();
        assert_eq!(got, expect, "{text}");
    }

    #[test]
    fn where_credits_stand() {
        check("PORT ELLA (AP) — The harbour froze.", &[("AP", Part::Whole)]);
        check("PORT ELLA (Meridian News) - The harbour froze.", &[("Meridian News", Part::Whole)]);
        check("By Jane Roe, Associated Press\n\nThe harbour froze on Monday.", &[("AP", Part::Whole)]);
        check(
            "The harbour froze.\n\nThe Associated Press contributed to this report.",
            &[("AP", Part::Some)],
        );
        check("The harbour froze.\n\n© 2031 Agence France-Presse", &[("AFP", Part::Whole)]);
        check("The Associated Press was told on Monday that the harbour froze over, which is rare.", &[]);
        check(
            "By Harbour News Agency\n\nThe harbour froze on Monday.",
            &[("Harbour News Agency", Part::Whole)],
        );
        check("By Jane Roe\n\nThe harbour froze on Monday.", &[]);
        check("(PORT ELLA) - The harbour froze.", &[]);
        check("Port Ella (pop. 300) - a town by the sea.", &[]);
    }
}
