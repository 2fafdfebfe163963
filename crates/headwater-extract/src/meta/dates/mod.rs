//! The day of publication: what each part of the page says, in the order in which they proved right, and held
//! against each other. What is doubtful is left open: a wrong day is worse than none.

pub(crate) mod parse;

use super::facts::Facts;
use super::visible::{SEAM, Visible};
use headwater_model::{DateRange, Published, PublishedHow, Reason, Warning};
use jiff::civil::Date;
use parse::{Moment, Order};
use regex::Regex;
use serde_json::Value;
use std::sync::OnceLock;

/// Where a page tells a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// `datePublished` of linked data.
    Linked,
    /// `<meta>` that names publication.
    Meta,
    /// An element marked as the day of publication.
    Marked,
    /// The address.
    Address,
    /// `<time>` beside the headline.
    Time,
    /// A line beside the headline or the article's end with a word of publication.
    Said,
    /// A line beside the headline that holds a date.
    Beside,
    /// The article's first words.
    Opening,
    /// `<meta>` with a date that does not name publication.
    Loose,
    /// An element named as a date's.
    Named,
    /// A date of change: linked data or `<meta>`.
    Changed,
    /// A line below the article.
    Below,
}

impl Place {
    /// In plain words.
    fn words(self) -> &'static str {
        match self {
            Place::Linked => "the page's linked data",
            Place::Meta => "the page's metadata",
            Place::Marked => "an element marked as the day of publication",
            Place::Address => "the address",
            Place::Time => "a time beside the headline",
            Place::Said => "a line that tells of publication",
            Place::Beside => "a date beside the headline",
            Place::Opening => "the article's first words",
            Place::Loose => "a date in the page's metadata",
            Place::Named => "an element named as a date",
            Place::Changed => "the day of the last change",
            Place::Below => "a date below the article",
        }
    }
}

/// One statement of a date.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) place: Place,
    pub(crate) moment: Moment,
    pub(crate) words: String,
}

const META_PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "publish_date",
    "publishdate",
    "publish-date",
    "publication_date",
    "publicationdate",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.created",
    "citation_publication_date",
    "citation_date",
    "article.published",
    "published-date",
    "published_date",
    "published",
    "date_published",
    "article_date_original",
    "cxenseparse:recs:publishtime",
    "ptime",
    "rnews:datepublished",
    "og:pubdate",
    "displaydate",
    "article.created",
    "shareaholic:article_published_time",
    "bt:pubdate",
    "datecreated",
    "release_date",
    "og:release_date",
    "video:release_date",
    "originalpublicationdate",
    "vr:published_time",
    "eomportal-firstpublished",
];

const META_LOOSE: &[&str] = &[
    "date",
    "dc.date",
    "dcterms.date",
    "article:date",
    "time",
    "created",
    "creation_date",
    "pub_date",
    "og:date",
    "dc.terms.date",
    "timestamp",
    "search.date",
    "content_date",
];

const META_CHANGED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "lastmod",
    "modified",
    "dcterms.modified",
    "dc.date.modified",
    "og:modified_time",
    "article:updated",
    "updated_time",
    "revised",
    "modificationdate",
];

/// Which of day and month comes first in numbers on this page.
fn order(facts: &Facts, url: Option<&str>, language: Option<&str>) -> Order {
    let declared = facts
        .language
        .as_deref()
        .or_else(|| facts.meta_of(&["og:locale", "language", "content-language"]))
        .map(|l| l.to_ascii_lowercase().replace('_', "-"));
    let host = url.and_then(super::outlet::host).unwrap_or_default();
    let path = url.map(str::to_ascii_lowercase).unwrap_or_default();
    if ["/en-gb/", "/en-au/", "/en-ie/", "/en-in/", "/en-nz/", "/en-za/", "/uk/"]
        .iter()
        .any(|l| path.contains(l))
    {
        return Order::DayFirst;
    }
    let european = [
        ".uk", ".au", ".nz", ".ie", ".in", ".za", ".ng", ".ke", ".eu", ".de", ".at", ".ch", ".fr", ".es",
        ".it", ".pk", ".my", ".sg", ".com.br",
    ]
    .iter()
    .any(|t| host.ends_with(t));
    match declared.as_deref() {
        Some("en-us" | "en-ph") if !european => Order::MonthFirst,
        Some(l) if l.starts_with("en-") && l != "en-ca" => Order::DayFirst,
        Some(l) if !l.starts_with("en") && !l.is_empty() => Order::DayFirst,
        _ if european => Order::DayFirst,
        _ if language.is_some_and(|l| l != "en") => Order::DayFirst,
        _ => Order::MonthFirst,
    }
}

/// All that the page says of dates.
pub(crate) fn candidates(
    facts: &Facts,
    visible: &Visible,
    url: Option<&str>,
    language: Option<&str>,
) -> Vec<Candidate> {
    let order = order(facts, url, language);
    let mut out = Vec::new();
    let mut add = |place: Place, words: &str| {
        if let Some(moment) = parse::value(words, order) {
            out.push(Candidate { place, moment, words: words.chars().take(80).collect() });
        }
    };
    for object in facts.articles() {
        for key in ["datePublished", "dateCreated", "uploadDate"] {
            if let Some(date) = object.get(key).and_then(Value::as_str) {
                add(Place::Linked, date);
                break;
            }
        }
    }
    for (kind, object) in &facts.objects {
        if (kind.contains("webpage")
            || kind.contains("podcastepisode")
            || kind.contains("videoobject")
            || kind.contains("recipe"))
            && let Some(date) =
                object.get("datePublished").or_else(|| object.get("uploadDate")).and_then(Value::as_str)
        {
            add(Place::Meta, date);
        }
    }
    for names in [(META_PUBLISHED, Place::Meta), (META_LOOSE, Place::Loose)] {
        for name in names.0 {
            for (_, content) in facts.metas.iter().filter(|(n, _)| n == name) {
                add(names.1, content);
            }
        }
    }
    for timed in &facts.times {
        let changed = ["modif", "update", "aktualis"].iter().any(|w| timed.names.contains(w))
            || says_changed(&timed.words);
        let published = [
            "datepublished",
            "pubdate",
            "dc:date",
            "published",
            "publication",
            "publish-date",
            "publish_date",
            "datecreated",
            "dt-published",
            "post-date",
            "entry-date",
            "posted-on",
            "article-date",
            "article__date",
            "story-date",
            "date-display-single",
        ]
        .iter()
        .any(|w| timed.names.contains(w));
        let near = visible.near_headline(timed.node);
        let place = match () {
            () if changed && !timed.names.contains("published") => Place::Changed,
            () if timed.names.contains("datepublished") => Place::Marked,
            () if published && near => Place::Marked,
            () if near => Place::Time,
            () if published => Place::Named,
            () => continue,
        };
        add(place, &timed.value);
    }
    if let Some(url) = url
        && let Some(day) = in_address(url)
    {
        out.push(Candidate {
            place: Place::Address,
            moment: Moment { day, time: None, offset: None, unsure: false },
            words: url.chars().take(120).collect(),
        });
    }
    for object in facts.articles() {
        if let Some(date) = object.get("dateModified").and_then(Value::as_str)
            && let Some(moment) = parse::value(date, order)
        {
            out.push(Candidate { place: Place::Changed, moment, words: date.chars().take(80).collect() });
        }
    }
    for name in META_CHANGED {
        for (_, content) in facts.metas.iter().filter(|(n, _)| n == name) {
            if let Some(moment) = parse::value(content, order) {
                out.push(Candidate {
                    place: Place::Changed,
                    moment,
                    words: content.chars().take(80).collect(),
                });
            }
        }
    }
    for line in &visible.lines {
        for found in parse::all(&line.text, order).into_iter().take(3) {
            let before = line.text.get(..found.start).unwrap_or("");
            let place = if says_changed(before) {
                Place::Changed
            } else if speaks_of_itself(before)
                || (line.distance.abs() <= 40 || line.below)
                    && (says_published(before)
                        || says_published_after(line.text.get(found.end..).unwrap_or("")))
            {
                Place::Said
            } else if line.opens && found.start < 24 {
                Place::Opening
            } else if line.distance.abs() <= 8 && !line.body && line.text.chars().count() <= 120 {
                Place::Beside
            } else if line.below && line.text.chars().count() <= 60 {
                Place::Below
            } else {
                continue;
            };
            let words = line.text.chars().filter(|c| *c != SEAM).take(80).collect();
            out.push(Candidate { place, moment: found.moment, words });
        }
    }
    settle(&mut out);
    out
}

/// Words of publication before a date, in small letters.
const PUBLISHED: &[&str] = &[
    "publish",
    "posted",
    "released",
    "first seen",
    "issued",
    "veröffentlich",
    "erschienen",
    "publié",
    "publie",
    "publicado",
    "publicada",
    "pubblicat",
    "gepubliceerd",
    "geplaatst",
    "opublikowan",
    "dodano",
    "опубликован",
    "дата публ",
    "eingestellt",
    "geschrieben",
    "verfasst",
    "erstellt",
    "written on",
    "on:",
    "date:",
    "datum:",
    "fecha:",
    "data:",
    "submitted",
    "created",
    "julkaistu",
    "publicerad",
    "udgivet",
    "publisert",
    "yayın",
    "发布",
    "投稿日",
    "公開日",
    "게시",
];

/// Words of change before a date.
const CHANGED: &[&str] = &[
    "updated",
    "update:",
    "last modified",
    "modified",
    "last edit",
    "edited",
    "reviewed",
    "aktualisiert",
    "geändert",
    "bearbeitet",
    "mis à jour",
    "mise à jour",
    "modifié",
    "actualizado",
    "actualizada",
    "modificado",
    "aggiornat",
    "atualizado",
    "bijgewerkt",
    "gewijzigd",
    "zaktualizowan",
    "обновлен",
    "uppdaterad",
    "opdateret",
    "oppdatert",
    "päivitetty",
    "güncelle",
    "更新",
];

/// Characters between a word and its date.
const PUBLISHED_REACH: usize = 40;
const CHANGED_REACH: usize = 30;

/// Longest of the words, in characters.
const WORD_CHARS: usize = 20;

/// Whether one of `words` stands in the last characters of a text, in the same sentence as its end.
fn ends_with_word(text: &str, words: &[&str], reach: usize) -> bool {
    let from = text.char_indices().rev().nth(reach + WORD_CHARS).map_or(0, |(i, _)| i);
    let tail = text[from..].to_lowercase();
    words.iter().any(|w| {
        tail.rfind(w).is_some_and(|i| {
            let rest = &tail[i + w.len()..];
            !rest.contains('.') && rest.chars().count() <= reach
        })
    })
}

/// "Dieser Artikel wurde am …": a line that tells when the article itself was written, wherever it stands.
fn speaks_of_itself(before: &str) -> bool {
    const SELF: &[&str] = &[
        "dieser artikel wurde",
        "dieser beitrag wurde",
        "dieser eintrag wurde",
        "this entry was",
        "this post was",
        "this article was",
        "this story was",
        "cet article a été",
        "este artículo fue",
        "dit artikel is",
        "dit bericht is",
    ];
    let lower = before.to_lowercase();
    SELF.iter().any(|s| lower.trim_start().starts_with(s)) && before.chars().count() <= VERB_BYTES
}

pub(super) fn says_published(text: &str) -> bool {
    ends_with_word(text, PUBLISHED, PUBLISHED_REACH)
}

/// Bytes behind a date in which its verb stands.
const VERB_BYTES: usize = 60;

/// "… wurde am 3. Mai veröffentlicht": `rest` is what follows the date.
fn says_published_after(rest: &str) -> bool {
    let mut end = rest.len().min(VERB_BYTES);
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    let lower = rest[..end].to_lowercase();
    [
        "veröffentlicht",
        "gepostet",
        "verfasst",
        "erstellt",
        "eingestellt",
        "publié",
        "geplaatst",
        "gepubliceerd",
    ]
    .iter()
    .any(|w| lower.contains(w))
}

pub(super) fn says_changed(text: &str) -> bool {
    ends_with_word(text, CHANGED, CHANGED_REACH)
}

/// A full date in an address: "/2024/05/08/", "2024-05-08", "20240508".
pub(crate) fn in_address(url: &str) -> Option<Date> {
    static PATTERN: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = PATTERN.get_or_init(|| Regex::new(r"(?:^|[/_.=-])((?:19|20)\d{2})([/_.-]?)(1[0-2]|0?[1-9]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)([/_.-]?)(3[01]|[0-2]?\d)(?:[/_.?&#-]|$|[^\d])").ok());
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.find('/').map_or("", |i| &path[i..]);
    pattern
        .as_ref()?
        .captures_iter(path)
        .find_map(|c| {
            let year: i16 = c.get(1)?.as_str().parse().ok()?;
            let (first, second) = (c.get(2)?.as_str(), c.get(4)?.as_str());
            let (month, day) = (c.get(3)?.as_str(), c.get(5)?.as_str());
            // Without marks between, both numbers need two digits.
            if first != second || first.is_empty() && (month.len() != 2 || day.len() != 2) {
                return None;
            }
            let month: i8 = match month.parse() {
                Ok(n) => n,
                Err(_) => {
                    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
                        .iter()
                        .position(|m| *m == month)? as i8
                        + 1
                }
            };
            Date::new(year, month, day.parse().ok()?).ok().filter(|d| (1995..=2035).contains(&d.year()))
        })
        .or_else(|| year_last(path))
}

/// A full date with its year behind, "29-10-2021", where day and month cannot be taken for each other.
fn year_last(path: &str) -> Option<Date> {
    static PATTERN: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = PATTERN.get_or_init(|| {
        Regex::new(
            r"(?:^|[/_.=-])(3[01]|[0-2]\d)([_.-])(1[0-2]|0[1-9])([_.-])((?:19|20)\d{2})(?:[/_.?&#-]|$)",
        )
        .ok()
    });
    pattern.as_ref()?.captures_iter(path).find_map(|c| {
        let number = |i: usize| c.get(i)?.as_str().parse::<i16>().ok();
        let (day, month, year) = (number(1)?, number(3)?, number(5)?);
        let clear = (day > 12 || day == month) && c.get(2)?.as_str() == c.get(4)?.as_str();
        let date = Date::new(year, month as i8, day as i8).ok()?;
        (clear && (1995..=2035).contains(&year)).then_some(date)
    })
}

/// Turns days in numbers round ("5/11") where that is what the rest of the page says and the first reading is not.
fn settle(candidates: &mut [Candidate]) {
    let sure: Vec<Date> = candidates.iter().filter(|c| !c.moment.unsure).map(|c| c.moment.day).collect();
    for c in candidates.iter_mut().filter(|c| c.moment.unsure) {
        let day = c.moment.day;
        let Ok(turned) = Date::new(day.year(), day.day(), day.month()) else { continue };
        if sure.contains(&day) {
            c.moment.unsure = false;
        } else if sure.contains(&turned) {
            c.moment.day = turned;
            c.moment.unsure = false;
        }
    }
}

/// How much each place is believed. What readers see beside the headline proved right more often than what the
/// head of the page says (which keeps the day of a first version, or the day in UTC). Chosen on the half of
/// `dates_dev` and `news_a` whose ids hash to 0.
const fn belief(place: Place) -> f64 {
    match place {
        Place::Said => 3.0,
        Place::Marked => 2.6,
        Place::Time => 2.5,
        Place::Address => 2.4,
        Place::Beside => 1.8,
        Place::Meta => 1.8,
        Place::Linked => 1.5,
        Place::Opening => 1.2,
        Place::Loose => 1.0,
        Place::Named => 0.5,
        Place::Below => 0.4,
        Place::Changed => 0.35,
    }
}

/// Share of its belief that a place keeps for each statement after its first.
const LATER: f64 = 0.25;

/// Share that it keeps when it states many different days, as lists of articles do.
const LISTED: f64 = 0.2;

/// Different days from which a place is held to be a list.
const LIST_DAYS: usize = 4;

/// Share that a day in numbers keeps when day and month could be the other way round.
const UNSURE: f64 = 0.6;

/// Belief below which the day is left open.
const ENOUGH: f64 = 0.9;

/// Days between two statements of the same page above which they contradict each other.
const CONTRADICTION_DAYS: i32 = 2;

fn days_between(a: Date, b: Date) -> i32 {
    (b - a).get_days().abs()
}

/// The day that a statement speaks for: a moment in UTC speaks for the day beside it when the page names that day
/// in its own time and not the other.
fn spoken_for(candidate: &Candidate, all: &[Candidate]) -> Date {
    let day = candidate.moment.day;
    if candidate.moment.offset != Some(0) || candidate.moment.time.is_none() {
        return day;
    }
    let local = |c: &&Candidate| c.moment.offset != Some(0) && c.place != Place::Changed;
    if all.iter().filter(local).any(|c| c.moment.day == day) {
        return day;
    }
    all.iter().filter(local).find(|c| days_between(c.moment.day, day) == 1).map_or(day, |c| c.moment.day)
}

/// The day of publication as the page tells it, with a warning where its parts contradict each other.
pub(crate) fn choose(candidates: &[Candidate]) -> (Published, Option<Warning>) {
    let mut weighed: Vec<(Date, f64)> = Vec::new();
    let mut seen: Vec<Place> = Vec::new();
    for candidate in candidates {
        let mut weight = belief(candidate.place);
        if seen.contains(&candidate.place) {
            weight *= LATER;
        }
        seen.push(candidate.place);
        let mut days: Vec<Date> =
            candidates.iter().filter(|c| c.place == candidate.place).map(|c| c.moment.day).collect();
        days.sort();
        days.dedup();
        if days.len() >= LIST_DAYS {
            weight *= LISTED;
        }
        if candidate.moment.unsure {
            weight *= UNSURE;
        }
        let day = spoken_for(candidate, candidates);
        match weighed.iter_mut().find(|(d, _)| *d == day) {
            Some((_, sum)) => *sum += weight,
            None => weighed.push((day, weight)),
        }
    }
    let Some((day, _)) =
        weighed.iter().filter(|(_, w)| *w >= ENOUGH).copied().reduce(|a, b| if b.1 > a.1 { b } else { a })
    else {
        return (Published::default(), None);
    };
    let mut support: Vec<&Candidate> = candidates.iter().filter(|c| c.moment.day == day).collect();
    support.sort_by(|a, b| belief(b.place).total_cmp(&belief(a.place)));
    let timed = support.iter().filter(|c| c.place != Place::Changed).find(|c| c.moment.time.is_some());
    let moment = timed
        .or(support.first())
        .map_or(Moment { day, time: None, offset: None, unsure: false }, |c| c.moment);
    let mut because: Vec<Reason> = Vec::new();
    let mut places: Vec<Place> = Vec::new();
    for c in &support {
        if !places.contains(&c.place) && because.len() < 4 {
            places.push(c.place);
            because.push(Reason::plain(format!("{}: “{}”", c.place.words(), c.words)));
        }
    }
    let strong = |c: &&Candidate| belief(c.place) >= belief(Place::Linked) && c.place != Place::Opening;
    let other =
        candidates.iter().filter(strong).find(|c| days_between(c.moment.day, day) > CONTRADICTION_DAYS);
    let warning = other.map(|o| {
        let ours = support.first().map_or("the page", |c| c.place.words());
        let message = format!("{ours} says {day}, {} says {}", o.place.words(), o.moment.day);
        Warning::new("date-contradiction", message, "check the page; --meta gives the day from outside")
    });
    let published = Published {
        value: Some(moment.civil()),
        has_time: moment.time.is_some(),
        offset_minutes: moment.offset,
        range: DateRange::day(day),
        how: PublishedHow::Page,
        because,
    };
    (published, warning)
}

/// The day that the carrier declares.
pub(crate) fn given(text: &str, language: Option<&str>) -> Option<Published> {
    let order = if language.is_some_and(|l| l != "en") { Order::DayFirst } else { Order::MonthFirst };
    let moment = parse::value(text, order)?;
    Some(Published {
        value: Some(moment.civil()),
        has_time: moment.time.is_some(),
        offset_minutes: moment.offset,
        range: DateRange::day(moment.day),
        how: PublishedHow::Given,
        because: vec![Reason::plain(format!("given with the article: “{}”", text.trim()))],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_page_are_weighed() {
        let at = |place, words: &str| Candidate {
            place,
            moment: parse::value(words, Order::DayFirst).unwrap(),
            words: words.to_owned(),
        };
        let check = |list: &[Candidate], expect: Option<&str>, contradicts: bool| {
            let (published, warning) = choose(list);
            assert_eq!(
                (published.day().map(|d| d.to_string()).as_deref(), warning.is_some()),
                (expect, contradicts),
                "{list:?}"
            );
        };
        // the page's own time, not UTC
        check(
            &[at(Place::Linked, "2024-05-09T01:00:00Z"), at(Place::Beside, "8 May 2024")],
            Some("2024-05-08"),
            false,
        );
        // what readers see, not the first version
        check(
            &[at(Place::Linked, "2021-01-01T11:00:00"), at(Place::Time, "8 May 2024")],
            Some("2024-05-08"),
            true,
        );
        // a change alone is no publication
        check(&[at(Place::Changed, "2024-05-08")], None, false);
        check(&[], None, false);
    }

    #[test]
    fn addresses() {
        let check = |url: &str, expect: Option<&str>| {
            assert_eq!(in_address(url).map(|d| d.to_string()).as_deref(), expect, "{url}")
        };
        check("https://a.example/2024/05/08/bridge", Some("2024-05-08"));
        check("https://a.example/news/2024-05-08-bridge", Some("2024-05-08"));
        check("https://a.example/20240508/bridge.html", Some("2024-05-08"));
        check("https://a.example/2024/may/08/bridge", Some("2024-05-08"));
        check("https://a.example/blog/2024-10-18-bridge/", Some("2024-10-18"));
        check("https://a.example/reports/29-10-2021", Some("2021-10-29"));
        check("https://a.example/reports/05-10-2021", None);
        check("https://a.example/2024/05/bridge", None);
        check("https://a.example/id/202405081234567", None);
    }
}
