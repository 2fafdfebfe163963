//! The day of publication: what each part of the page says, in the order in which they proved right, and held
//! against each other. What is doubtful is left open: a wrong day is worse than none.

pub(crate) mod parse;

use super::Visible;
use super::facts::Facts;
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
            } else if says_published(before) && line.distance.abs() <= 40 {
                Place::Said
            } else if line.distance.abs() <= 8 && !line.body && line.text.chars().count() <= 120 {
                Place::Beside
            } else if line.below && line.text.chars().count() <= 60 {
                Place::Below
            } else {
                continue;
            };
            out.push(Candidate { place, moment: found.moment, words: line.text.chars().take(80).collect() });
        }
    }
    out
}

fn says_published(text: &str) -> bool {
    static WORDS: OnceLock<Option<Regex>> = OnceLock::new();
    WORDS
        .get_or_init(|| Regex::new(r"(?i)(publish|posted|released|first seen|issued|veröffentlicht|erschienen|publié|publie|publicado|publicada|pubblicat|gepubliceerd|geplaatst|opublikowan|dodano|опубликован|дата публ|eingestellt|geschrieben|verfasst|erstellt|written on|on:|date:|datum:|fecha:|data:|submitted|created|julkaistu|publicerad|udgivet|publisert|yayın|发布|投稿日|公開日|게시)[^.]{0,40}$").ok())
        .as_ref()
        .is_some_and(|p| p.is_match(text))
}

fn says_changed(text: &str) -> bool {
    static WORDS: OnceLock<Option<Regex>> = OnceLock::new();
    WORDS
        .get_or_init(|| Regex::new(r"(?i)(updated|update:|last modified|modified|last edit|edited|reviewed|aktualisiert|geändert|bearbeitet|mis à jour|mise à jour|modifié|actualizado|actualizada|modificado|aggiornat|atualizado|bijgewerkt|gewijzigd|zaktualizowan|обновлен|uppdaterad|opdateret|oppdatert|päivitetty|güncelle|更新)[^.]{0,30}$").ok())
        .as_ref()
        .is_some_and(|p| p.is_match(text))
}

/// A full date in an address: "/2024/05/08/", "2024-05-08", "20240508".
pub(crate) fn in_address(url: &str) -> Option<Date> {
    static PATTERN: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = PATTERN.get_or_init(|| Regex::new(r"(?:^|[/_.=-])((?:19|20)\d{2})([/_.-]?)(0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)([/_.-]?)([0-2]?\d|3[01])(?:[/_.?&#-]|$|[^\d])").ok());
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.find('/').map_or("", |i| &path[i..]);
    pattern.as_ref()?.captures_iter(path).find_map(|c| {
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
}

/// The order in which places are believed, as they proved right on one half of `dates_dev` and `news_a`.
const ORDER: &[Place] = &[
    Place::Linked,
    Place::Meta,
    Place::Marked,
    Place::Address,
    Place::Said,
    Place::Time,
    Place::Beside,
    Place::Loose,
    Place::Named,
    Place::Below,
];

/// Days between two statements of the same page above which they contradict each other.
const CONTRADICTION_DAYS: i32 = 2;

fn days_between(a: Date, b: Date) -> i32 {
    (b - a).get_days().abs()
}

/// The day of publication as the page tells it, with a warning where its parts contradict each other.
pub(crate) fn choose(candidates: &[Candidate]) -> (Published, Option<Warning>) {
    let Some(best) = ORDER.iter().find_map(|place| candidates.iter().find(|c| c.place == *place)) else {
        return (Published::default(), None);
    };
    let reason = Reason::plain(format!("{}: “{}”", best.place.words(), best.words));
    let other = candidates.iter().find(|c| {
        c.place != Place::Changed
            && c.place < Place::Loose
            && days_between(c.moment.day, best.moment.day) > CONTRADICTION_DAYS
    });
    let warning = other.map(|o| {
        let message = format!(
            "{} says {}, {} says {}",
            best.place.words(),
            best.moment.day,
            o.place.words(),
            o.moment.day
        );
        Warning::new("date-contradiction", message, "check the page; --meta gives the day from outside")
    });
    let published = Published {
        value: Some(best.moment.civil()),
        has_time: best.moment.time.is_some(),
        offset_minutes: best.moment.offset,
        range: DateRange::day(best.moment.day),
        how: PublishedHow::Page,
        because: vec![reason],
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
    fn addresses() {
        let check = |url: &str, expect: Option<&str>| {
            assert_eq!(in_address(url).map(|d| d.to_string()).as_deref(), expect, "{url}")
        };
        check("https://a.example/2024/05/08/bridge", Some("2024-05-08"));
        check("https://a.example/news/2024-05-08-bridge", Some("2024-05-08"));
        check("https://a.example/20240508/bridge.html", Some("2024-05-08"));
        check("https://a.example/2024/may/08/bridge", Some("2024-05-08"));
        check("https://a.example/2024/05/bridge", None);
        check("https://a.example/id/202405081234567", None);
    }
}
