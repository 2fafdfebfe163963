//! Who publishes the page, and its address.

use super::facts::Facts;
use crate::block::folded;
use serde_json::Value;
use url::Url;

/// The page's own address: canonical, or as `og:url` or linked data give it.
pub(crate) fn address(facts: &Facts) -> Option<String> {
    let linked =
        || facts.articles().find_map(|o| o.get("url").or_else(|| o.get("mainEntityOfPage"))?.as_str());
    [facts.canonical.as_deref(), facts.meta_of(&["og:url", "twitter:url"]), linked()]
        .into_iter()
        .flatten()
        .find(|u| {
            Url::parse(u).is_ok_and(|u| {
                matches!(u.scheme(), "http" | "https") && u.host_str().is_some_and(|h| h.contains('.'))
            })
        })
        .map(str::to_owned)
}

/// The host of an address, without "www.".
pub(crate) fn host(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    Some(url.host_str()?.trim_start_matches("www.").to_owned())
}

/// The site's name as the page gives it.
pub(crate) fn site_name(facts: &Facts) -> Option<String> {
    let publisher = || facts.articles().find_map(|o| named(o.get("publisher")?));
    let site = || {
        facts
            .objects
            .iter()
            .find(|(kind, _)| kind == "website" || kind.contains("newsmediaorganization"))
            .and_then(|(_, o)| o.get("name")?.as_str())
    };
    let name = facts
        .meta_of(&["og:site_name"])
        .or_else(publisher)
        .or_else(|| {
            facts.meta_of(&[
                "application-name",
                "publisher",
                "dc.publisher",
                "dcterms.publisher",
                "apple-mobile-web-app-title",
                "al:android:app_name",
            ])
        })
        .or_else(site)?;
    let name = folded(name);
    (!name.is_empty() && name.chars().count() <= 80 && !name.starts_with("http") && !name.starts_with('@'))
        .then_some(name)
}

/// The name of a thing of linked data, alone or first of a list.
pub(crate) fn named(value: &Value) -> Option<&str> {
    match value {
        Value::String(s) => Some(s),
        Value::Array(list) => list.iter().find_map(named),
        Value::Object(o) => o.get("name")?.as_str(),
        _ => None,
    }
}

/// The outlet: its name, or the registrable part of its host.
pub(crate) fn of(facts: &Facts, url: Option<&str>) -> Option<String> {
    site_name(facts).or_else(|| {
        let host = url.and_then(host).or_else(|| address(facts).as_deref().and_then(host))?;
        Some(psl::domain_str(&host).unwrap_or(&host).to_owned())
    })
}

/// What the page says it is taken from: addresses on other sites, and declared sources.
pub(crate) fn derived_from(facts: &Facts, url: Option<&str>) -> Vec<String> {
    let own = url.and_then(host).map(|h| psl::domain_str(&h).unwrap_or(&h).to_owned());
    let elsewhere = |address: &str| {
        let there = host(address).map(|h| psl::domain_str(&h).unwrap_or(&h).to_owned());
        there.is_some() && own.is_some() && there != own
    };
    let mut out: Vec<String> = Vec::new();
    let mut add = |value: &str| {
        let value = folded(value);
        if !value.is_empty() && !out.contains(&value) && out.len() < 20 {
            out.push(value);
        }
    };
    for (name, content) in &facts.metas {
        if matches!(name.as_str(), "original-source" | "syndication-source") && url != Some(content.as_str())
        {
            add(content);
        }
    }
    for (rel, href) in &facts.links {
        if matches!(rel.as_str(), "original-source" | "syndication-source" | "original" | "syndication")
            && elsewhere(href)
        {
            add(href);
        }
    }
    for object in facts.articles() {
        for key in ["isBasedOn", "isBasedOnUrl"] {
            match object.get(key) {
                Some(Value::String(s)) => add(s),
                Some(Value::Object(o)) => o
                    .get("url")
                    .or_else(|| o.get("@id"))
                    .and_then(Value::as_str)
                    .into_iter()
                    .for_each(&mut add),
                _ => {}
            }
        }
    }
    if let Some(canonical) = facts.canonical.as_deref().filter(|c| elsewhere(c)) {
        add(canonical);
    }
    out
}
