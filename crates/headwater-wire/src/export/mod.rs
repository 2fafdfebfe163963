//! The account in formats that others read, all from the one model of `account.json`.
//!
//! Each format is a module with one function from the account to the format's text. A format that cannot carry
//! something leaves it out; none adds a judgement (no ratings, no "true"). Words are the reports' own wherever the
//! format has a place for words. The same account gives the same bytes.

mod annotation;
mod csv;
mod graphml;
mod jsonld;
mod ninjs;
mod prov;
mod timelinejs;

use crate::account::{Account, Article, Copy, Source};
use std::collections::{BTreeMap, BTreeSet};

/// A format to export to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// schema.org as JSON-LD: `NewsArticle`, `Claim` with its appearances, `Quotation`, `Event`.
    JsonLd,
    /// W3C Web Annotation: every cited stretch with quote and position selectors, in code points.
    Annotation,
    /// W3C PROV-O as JSON-LD: what was derived, quoted and drawn from what.
    Prov,
    /// IPTC ninjs 2.1: one item a report, with what it was derived from.
    Ninjs,
    /// GraphML: reports, statements, origins, and the links between them.
    GraphMl,
    /// TimelineJS: the happenings.
    TimelineJs,
    /// CSV: one row for each wording of each statement.
    Csv,
}

impl Format {
    /// All formats, in the order of the manual.
    pub const ALL: [Format; 7] = [
        Format::JsonLd,
        Format::Annotation,
        Format::Prov,
        Format::Ninjs,
        Format::GraphMl,
        Format::TimelineJs,
        Format::Csv,
    ];

    /// The word that stands for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::JsonLd => "jsonld",
            Format::Annotation => "annotation",
            Format::Prov => "prov",
            Format::Ninjs => "ninjs",
            Format::GraphMl => "graphml",
            Format::TimelineJs => "timelinejs",
            Format::Csv => "csv",
        }
    }

    /// The format that a word stands for.
    pub fn from_name(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|f| f.name() == name)
    }

    /// Whether it needs the articles' whole texts: positions in code points cannot be told without.
    pub fn needs_texts(self) -> bool {
        matches!(self, Format::Annotation)
    }
}

/// Clean texts by article id, for formats that need them.
pub type Texts = BTreeMap<String, String>;

/// The account in another format. `texts` are the clean texts by article id where [`Format::needs_texts`]; texts
/// that the account embeds need not be given again.
///
/// ```
/// use headwater_wire::{account::Account, export::{Format, export}};
/// let csv = export(&Account::default(), &Default::default(), Format::Csv);
/// assert!(csv.starts_with("statement,"));
/// ```
pub fn export(account: &Account, texts: &Texts, format: Format) -> String {
    let model = Model::new(account, texts);
    match format {
        Format::JsonLd => pretty(&jsonld::write(&model)),
        Format::Annotation => pretty(&annotation::write(&model)),
        Format::Prov => pretty(&prov::write(&model)),
        Format::Ninjs => pretty(&ninjs::write(&model)),
        Format::GraphMl => graphml::write(&model),
        Format::TimelineJs => pretty(&timelinejs::write(&model)),
        Format::Csv => csv::write(&model),
    }
}

fn pretty(value: &serde_json::Value) -> String {
    // A `Value` has only string keys, so it can always be written.
    let mut out = serde_json::to_string_pretty(value).unwrap_or_default();
    out.push('\n');
    out
}

/// The account with names that hold outside of it.
struct Model<'a> {
    account: &'a Account,
    texts: &'a Texts,
    articles: BTreeMap<&'a str, usize>,
    entities: BTreeMap<&'a str, &'a str>,
    /// Address or name of each article; no two are alike.
    uris: Vec<String>,
    /// What makes names of this account's things unlike those of another's.
    key: String,
}

impl<'a> Model<'a> {
    fn new(account: &'a Account, texts: &'a Texts) -> Self {
        let mut hash = blake3::Hasher::new();
        for article in &account.articles {
            for part in [&article.id, &article.text_hash] {
                hash.update(part.as_bytes());
                hash.update(&[0]);
            }
        }
        let mut key = hash.finalize().to_hex().to_string();
        key.truncate(16);
        let entities = account.entities.iter().map(|e| (e.id.as_str(), e.name.as_str())).collect();
        let mut model = Model { account, texts, articles: BTreeMap::new(), entities, uris: Vec::new(), key };
        let mut taken = BTreeSet::new();
        for (at, article) in account.articles.iter().enumerate() {
            model.articles.entry(&article.id).or_insert(at);
            let own = model.name("article", &format!("{}:{}", at + 1, article.id));
            let uri = web_address(article.url.as_deref()).filter(|u| taken.insert(u.clone()));
            model.uris.push(uri.unwrap_or(own));
        }
        model
    }

    /// A name for a thing of this account: `urn:headwater:KEY:KIND:ID`.
    fn name(&self, kind: &str, id: &str) -> String {
        format!("urn:headwater:{}:{kind}:{}", self.key, percent(id))
    }

    /// Position of an article.
    fn at(&self, id: &str) -> Option<usize> {
        self.articles.get(id).copied()
    }

    /// Address or name of an article.
    fn uri(&self, id: &str) -> Option<&str> {
        self.uris.get(self.at(id)?).map(String::as_str)
    }

    /// Addresses or names of articles that the account holds, each once.
    fn uris_of<'s>(&'s self, ids: impl IntoIterator<Item = &'s String>) -> Vec<&'s str> {
        let mut seen = BTreeSet::new();
        ids.into_iter().filter_map(|id| self.uri(id)).filter(|u| seen.insert(*u)).collect()
    }

    /// The clean text of an article, where it is at hand.
    fn text(&self, article: &'a Article) -> Option<&'a str> {
        self.texts.get(&article.id).map(String::as_str).or(article.text.as_deref())
    }

    /// The name of an entity.
    fn entity_name(&self, id: Option<&str>) -> Option<&'a str> {
        self.entities.get(id?).copied().filter(|n| !n.is_empty())
    }

    /// A source's name: the entity's, or the words of the report.
    fn source_name(&self, source: &'a Source) -> &'a str {
        self.entity_name(source.entity.as_deref()).unwrap_or(&source.text)
    }

    /// A chain of sources, the first to speak first: "Ilse Dorn ← Norrland Press".
    fn chain(&self, sources: &'a [Source]) -> String {
        let names: Vec<&str> =
            sources.iter().rev().map(|s| self.source_name(s)).filter(|n| !n.trim().is_empty()).collect();
        names.join(" ← ")
    }

    /// Links that say from what a report was made.
    fn derivations(&self) -> impl Iterator<Item = (&'a Copy, Derived<'a>)> {
        self.account.copies.iter().flat_map(|c| {
            let made = c.state == "copied" || c.state == "declared";
            let from = c.direction == "from-to" && made;
            let via = c.direction == "via upstream" && made;
            let upstream = c.upstream.as_deref().filter(|_| via);
            let own = from.then_some((c, Derived { article: &c.to, from: From::Article(&c.from) }));
            let both = upstream.into_iter().flat_map(move |u| {
                [&c.from, &c.to].map(|a| (c, Derived { article: a, from: From::Upstream(u) }))
            });
            own.into_iter().chain(both)
        })
    }
}

/// A report and what it was made from.
struct Derived<'a> {
    article: &'a str,
    from: From<'a>,
}

/// What a report was made from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum From<'a> {
    /// Another report.
    Article(&'a str),
    /// An agency or document outside of the reports, by name.
    Upstream(&'a str),
}

/// An address that can only open a web page, in its ASCII form.
fn web_address(address: Option<&str>) -> Option<String> {
    let parsed = url::Url::parse(address?.trim()).ok()?;
    (matches!(parsed.scheme(), "http" | "https") && parsed.has_host()).then(|| parsed.as_str().to_owned())
}

/// Characters other than the unreserved ones of RFC 3986, percent-encoded.
fn percent(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for byte in words.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b':' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// "1 origin", "2–3 origins", "no origin traced".
fn origins(least: u32, most: u32) -> String {
    match (least, most.max(least)) {
        (_, 0) => "no origin traced".to_owned(),
        (1, 1) => "1 origin".to_owned(),
        (least, most) if least == most => format!("{most} origins"),
        (least, most) => format!("{least}–{most} origins"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_hold_no_character_that_an_address_may_not() {
        let check = |words: &str, expect: &str| assert_eq!(percent(words), expect);
        check("04_herald-2.txt", "04_herald-2.txt");
        check("a b/c?#", "a%20b%2Fc%3F%23");
        check("é", "%C3%A9");
    }

    #[test]
    fn only_web_addresses_name_a_report() {
        let check = |address: &str, expect: Option<&str>| {
            assert_eq!(web_address(Some(address)).as_deref(), expect, "{address}");
        };
        check("https://example.org/a b|c", Some("https://example.org/a%20b|c"));
        check("HTTP://Example.org", Some("http://example.org/"));
        check("javascript:alert(1)", None);
        check("file:///etc/passwd", None);
        check("example.org/a", None);
        check("", None);
    }

    #[test]
    fn two_reports_with_one_address_stay_two() {
        let article = |id: &str| Article {
            id: id.into(),
            url: Some("https://example.org/a".into()),
            ..Article::default()
        };
        let account = Account { articles: vec![article("x"), article("y")], ..Account::default() };
        let texts = Texts::new();
        let model = Model::new(&account, &texts);
        assert_eq!(model.uri("x"), Some("https://example.org/a"));
        assert!(model.uri("y").unwrap().starts_with("urn:headwater:"));
    }

    #[test]
    fn every_format_has_one_name() {
        for format in Format::ALL {
            assert_eq!(Format::from_name(format.name()), Some(format));
        }
        assert_eq!(Format::from_name("pdf"), None);
    }
}
