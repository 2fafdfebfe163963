//! Where each piece of metadata comes from and how sure it is: which parts of the page say what was chosen.
//!
//! Chooses nothing. What the carrier declares is sure; so is what two parts of the page say alike.

use super::authors;
use super::dates::{Candidate, Place};
use super::facts::Facts;
use super::outlet;
use crate::input::PageInput;
use crate::residue::shape::Shape;
use headwater_model::{Article, CreditPlace, Evidence, Fact, PublishedHow, Sureness};
use serde_json::Value;

/// What the carrier says.
const CARRIER: &str = "given with the article";

struct Gathered(Vec<Evidence>);

impl Gathered {
    /// Adds a fact that these parts state; `guessed` where none of them was made to tell it.
    fn add(&mut self, fact: Fact, value: &str, from: Vec<String>, guessed: bool) {
        let sureness = match from.len() {
            _ if from.iter().any(|f| f == CARRIER) => Sureness::Sure,
            _ if guessed => Sureness::Doubtful,
            0 => Sureness::Doubtful,
            1 => Sureness::Likely,
            _ => Sureness::Sure,
        };
        if !value.is_empty() {
            self.0.push(Evidence { fact, value: value.to_owned(), from, sureness });
        }
    }
}

/// The parts of `stated` that say the same as `value`.
fn alike(value: &str, stated: &[(&str, Option<String>)]) -> Vec<String> {
    let key = Shape::new(value).key;
    let says = |words: &String| {
        let own = Shape::new(words).key;
        !own.is_empty()
            && (own == key || own.starts_with(&format!("{key} ")) || own.ends_with(&format!(" {key}")))
    };
    stated
        .iter()
        .filter(|(_, words)| words.as_ref().is_some_and(says))
        .map(|(from, _)| (*from).to_owned())
        .collect()
}

/// The evidence of text that came without its page.
pub(crate) fn of_text(page: &PageInput, article: &mut Article) {
    let mut out = Gathered(Vec::new());
    let given = |there: bool, else_from: &str| vec![if there { CARRIER } else { else_from }.to_owned()];
    let declared = &page.declared;
    if let Some(title) = &article.title {
        out.add(
            Fact::Title,
            title,
            given(declared.title.is_some(), "a line before the first paragraph"),
            declared.title.is_none(),
        );
    }
    if !article.authors.is_empty() {
        let there = !declared.authors.is_empty();
        out.add(Fact::Authors, &article.authors.join("; "), given(there, "a byline in the text"), false);
    }
    if let Some(name) = &article.outlet {
        out.add(
            Fact::Outlet,
            name,
            given(declared.outlet.is_some(), "the masthead in the text"),
            declared.outlet.is_none(),
        );
    }
    if let Some(language) = &article.language {
        out.add(Fact::Language, language, given(declared.language.is_some(), "the article's words"), false);
    }
    if let Some(url) = &article.url {
        out.add(Fact::Address, url, given(true, ""), false);
    }
    rest(page, &[], article, &mut out);
    article.evidence = out.0;
}

/// What was found on the way to the article's metadata.
pub(crate) struct Found<'a> {
    pub(crate) authors: &'a authors::Chosen,
    pub(crate) dates: &'a [Candidate],
    /// The language of its words.
    pub(crate) language: Option<&'a str>,
}

/// The evidence of a web page.
pub(crate) fn of_page(page: &PageInput, facts: &Facts, found: &Found, article: &mut Article) {
    let chosen = found.authors;
    let mut out = Gathered(Vec::new());
    let declared = &page.declared;
    let owned = |words: Option<&str>| words.map(str::to_owned);
    let linked = |keys: &[&str]| {
        facts.articles().find_map(|o| keys.iter().find_map(|k| o.get(*k)?.as_str())).map(str::to_owned)
    };
    if let Some(title) = &article.title {
        let stated = [
            (CARRIER, owned(declared.title)),
            ("the page's metadata", owned(facts.meta_of(&["og:title", "twitter:title", "dc.title"]))),
            ("the page's linked data", linked(&["headline", "name"])),
            (
                "a heading",
                facts
                    .headings
                    .iter()
                    .map(|h| h.1.clone())
                    .find(|h| Shape::new(h).key == Shape::new(title).key),
            ),
            ("the title of the window", facts.title.clone()),
        ];
        out.add(Fact::Title, title, alike(title, &stated), false);
    }
    if !article.authors.is_empty() {
        let from = if declared.authors.is_empty() {
            chosen.from.iter().map(|f| (*f).to_owned()).collect()
        } else {
            vec![CARRIER.to_owned()]
        };
        out.add(Fact::Authors, &article.authors.join("; "), from, chosen.guessed);
    }
    if let Some(name) = &article.outlet {
        let publisher = facts.articles().find_map(|o| outlet::named(o.get("publisher")?)).map(str::to_owned);
        let host = article.url.as_deref().and_then(outlet::host);
        let stated = [
            (CARRIER, owned(declared.outlet)),
            (
                "the page's metadata",
                owned(facts.meta_of(&["og:site_name", "application-name", "publisher", "dc.publisher"])),
            ),
            ("the page's linked data", publisher),
            ("the address", host.map(|h| psl::domain_str(&h).unwrap_or(&h).to_owned())),
        ];
        out.add(Fact::Outlet, name, alike(name, &stated), false);
    }
    let sections = [
        (
            "the page's metadata",
            owned(facts.meta_of(&["article:section", "og:article:section", "section", "parsely-section"])),
        ),
        (
            "the page's linked data",
            facts.articles().find_map(|o| first_words(o.get("articleSection")?)).map(str::to_owned),
        ),
    ];
    if let Some(section) = sections.iter().find_map(|s| s.1.clone()).map(|s| crate::block::folded(&s)) {
        out.add(Fact::Section, &section, alike(&section, &sections), false);
    }
    if let Some(language) = &article.language {
        let is = |l: Option<String>| l.as_ref() == Some(language);
        let mut from = Vec::new();
        for (name, says) in [
            (CARRIER, is(declared.language.and_then(super::declared::language_code))),
            ("the article's words", is(found.language.map(str::to_owned))),
            ("the page's metadata", is(facts.language.as_deref().and_then(super::declared::language_code))),
        ] {
            if says {
                from.push(name.to_owned());
            }
        }
        out.add(Fact::Language, language, from, false);
    }
    if let Some(url) = &article.url {
        let from = if declared.url.is_some() { CARRIER } else { "the page's own address" };
        out.add(Fact::Address, url, vec![from.to_owned()], false);
    }
    if let Some(canonical) = outlet::address(facts) {
        let from = if facts.canonical.as_deref() == Some(&canonical) {
            "the canonical link"
        } else {
            "the page's metadata"
        };
        out.add(Fact::Canonical, &canonical, vec![from.to_owned()], false);
    }
    rest(page, found.dates, article, &mut out);
    article.evidence = out.0;
}

/// The first words of a value of linked data that may be a list.
fn first_words(value: &Value) -> Option<&str> {
    match value {
        Value::String(s) => Some(s),
        Value::Array(list) => list.iter().find_map(Value::as_str),
        _ => None,
    }
}

/// What pages and plain text have in common.
fn rest(page: &PageInput, dates: &[Candidate], article: &Article, out: &mut Gathered) {
    if !article.derived_from.is_empty() {
        let given = page.declared.derived_from.iter().any(|d| article.derived_from.contains(d));
        let from = if given { CARRIER } else { "the page's metadata" };
        out.add(Fact::Original, &article.derived_from.join("; "), vec![from.to_owned()], false);
    }
    if let Some(day) = article.published.value {
        let value = if article.published.has_time { day.to_string() } else { day.date().to_string() };
        let from = match article.published.how {
            PublishedHow::Given => vec![CARRIER.to_owned()],
            _ => article.published.because.iter().map(|r| r.text.clone()).collect(),
        };
        let contradicted = article.warnings.iter().any(|w| w.code == "date-contradiction");
        out.add(Fact::Published, &value, from, contradicted);
    }
    let changed = |c: &&Candidate| c.place == Place::Changed;
    if let Some(last) = dates.iter().filter(changed).max_by_key(|c| c.moment.civil()) {
        let value = if last.moment.time.is_some() {
            last.moment.civil().to_string()
        } else {
            last.moment.day.to_string()
        };
        let from = format!("the page: “{}”", last.words);
        out.add(Fact::Modified, &value, vec![from], false);
    }
    for credit in &article.credits {
        let (fact, from) = match credit.place {
            CreditPlace::Byline => (Fact::Credit, "the byline"),
            CreditPlace::Dateline => (Fact::Dateline, "the words before the first sentence"),
            CreditPlace::Footer => (Fact::Credit, "a line at the foot"),
            CreditPlace::Metadata => (Fact::Credit, "what the carrier or the page declares as its source"),
        };
        out.add(fact, &credit.name, vec![from.to_owned()], false);
    }
    out.0.sort_by_key(|e| e.fact);
}
