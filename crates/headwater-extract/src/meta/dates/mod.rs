//! The day of publication: what each part of the page says, in the order in which they proved right, and held
//! against each other. What is doubtful is left open: a wrong day is worse than none.

mod address;
mod choose;
pub(crate) mod parse;
mod words;

pub(crate) use choose::choose;
pub(super) use words::{says_changed, says_published};

use super::facts::Facts;
use super::visible::{SEAM, Visible};
use address::in_address;
use headwater_model::{DateRange, Published, PublishedHow, Reason};
use parse::{Moment, Order};
use serde_json::Value;
use words::{says_published_after, speaks_of_itself};

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
    choose::settle(&mut out);
    out
}

/// The day that the carrier declares.
pub(crate) fn given(text: &str, language: Option<&str>) -> Option<Published> {
    let order = if language.is_some_and(|l| l != "en") { Order::DayFirst } else { Order::MonthFirst };
    let moment = parse::given(text, order)?;
    Some(Published {
        value: Some(moment.civil()),
        has_time: moment.time.is_some(),
        offset_minutes: moment.offset,
        range: DateRange::day(moment.day),
        how: PublishedHow::Given,
        because: vec![Reason::plain(format!("given with the article: “{}”", text.trim()))],
    })
}
