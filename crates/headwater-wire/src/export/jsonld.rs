//! schema.org as JSON-LD: reports, entities, happenings, statements as `Claim`s with their appearances, quotations.
//!
//! No `ClaimReview` and no rating: a claim is what reports tell, in the words of one of them. How the reports agree
//! stands in `keywords`, how many origins there are in `creditText`.

use super::{Model, origins};
use crate::account::{Article, Entity, Source, Statement};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn write(model: &Model) -> Value {
    let account = model.account;
    let mut graph: Vec<Value> = Vec::new();
    let mut made: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (_, link) in model.derivations() {
        let from = match link.from {
            super::From::Article(id) => model.uri(id).map(str::to_owned),
            super::From::Upstream(name) => Some(model.name("upstream", name)),
        };
        made.entry(link.article).or_default().extend(from);
    }
    for (article, uri) in account.articles.iter().zip(&model.uris) {
        graph.push(report(article, uri, made.get(article.id.as_str())));
    }
    let upstreams: BTreeSet<&str> = model
        .derivations()
        .filter_map(|(_, link)| match link.from {
            super::From::Upstream(name) => Some(name),
            super::From::Article(_) => None,
        })
        .collect();
    for name in upstreams {
        graph.push(json!({"@type": "CreativeWork", "@id": model.name("upstream", name), "name": name}));
    }
    graph.extend(account.entities.iter().map(|e| entity(model, e)));
    for event in &account.events {
        let mut out = Map::new();
        out.insert("@type".into(), "Event".into());
        out.insert("@id".into(), model.name("event", &event.id).into());
        out.insert("name".into(), event.label.clone().into());
        if let Some(first) = &event.date.earliest {
            out.insert("startDate".into(), first.clone().into());
        }
        if let Some(last) = &event.date.latest {
            out.insert("endDate".into(), last.clone().into());
        }
        out.insert("subjectOf".into(), ids(model.uris_of(event.told_by.iter().chain(&event.mentioned_by))));
        graph.push(Value::Object(out));
    }
    graph.extend(account.statements.iter().map(|s| claim(model, s)));
    for (n, quote) in account.quotes.iter().enumerate() {
        graph.push(quotation(
            model,
            Some(model.name("quote", &(n + 1).to_string())),
            &quote.text,
            &quote.article,
            quote.speaker.as_ref(),
        ));
    }
    json!({"@context": "https://schema.org", "@graph": graph})
}

fn ids(uris: Vec<&str>) -> Value {
    uris.into_iter().map(|u| json!({"@id": u})).collect()
}

fn report(article: &Article, uri: &str, made: Option<&BTreeSet<String>>) -> Value {
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| {
        if !value.is_null() {
            out.insert(key.to_owned(), value);
        }
    };
    put("@type", "NewsArticle".into());
    put("@id", uri.into());
    put("identifier", article.id.clone().into());
    put("headline", article.title.clone().into());
    put("url", super::web_address(article.url.as_deref()).into());
    put("datePublished", article.published.value.clone().into());
    put("inLanguage", article.language.clone().into());
    put("wordCount", article.words.into());
    if !article.authors.is_empty() {
        put("author", article.authors.iter().map(|a| json!({"@type": "Person", "name": a})).collect());
    }
    if let Some(outlet) = &article.outlet {
        put("publisher", json!({"@type": "NewsMediaOrganization", "name": outlet}));
    }
    if !article.credits.is_empty() {
        let names: Vec<&str> = article.credits.iter().map(|c| c.name.as_str()).collect();
        put("creditText", names.join(", ").into());
    }
    put("articleBody", article.text.clone().into());
    if let Some(made) = made.filter(|m| !m.is_empty()) {
        put("isBasedOn", made.iter().map(|u| json!({"@id": u})).collect());
    }
    Value::Object(out)
}

fn entity(model: &Model, e: &Entity) -> Value {
    let kind = match e.kind.as_str() {
        "person" => "Person",
        "organisation" => "Organization",
        "government" => "GovernmentOrganization",
        "place" => "Place",
        "event" => "Event",
        _ => "Thing",
    };
    let mut out = Map::new();
    out.insert("@type".into(), kind.into());
    out.insert("@id".into(), model.name("entity", &e.id).into());
    out.insert("name".into(), e.name.clone().into());
    let others: Vec<&String> = e.forms.iter().filter(|f| **f != e.name).collect();
    if !others.is_empty() {
        out.insert("alternateName".into(), json!(others));
    }
    if let Some(id) = &e.wikidata {
        out.insert("sameAs".into(), format!("http://www.wikidata.org/entity/{}", super::percent(id)).into());
    }
    out.insert("subjectOf".into(), ids(model.uris_of(&e.articles)));
    Value::Object(out)
}

fn claim(model: &Model, s: &Statement) -> Value {
    let mut out = Map::new();
    out.insert("@type".into(), "Claim".into());
    out.insert("@id".into(), model.name("statement", &s.id).into());
    out.insert("text".into(), s.gist.clone().into());
    let mut keywords = vec![s.agreement.clone()];
    if s.doubtful {
        keywords.push("doubtful".to_owned());
    }
    out.insert("keywords".into(), json!(keywords));
    let labels: Vec<&str> = s.origins.list.iter().map(|o| o.label.as_str()).collect();
    let counted = origins(s.origins.least, s.origins.most);
    let credit = if labels.is_empty() { counted } else { format!("{counted}: {}", labels.join(", ")) };
    out.insert("creditText".into(), credit.into());
    if let Some(event) = &s.event {
        out.insert("about".into(), json!({"@id": model.name("event", event)}));
    }
    let appearance: Vec<Value> =
        s.reports.iter().map(|r| quotation(model, None, &r.text, &r.article, r.source.last())).collect();
    out.insert("appearance".into(), appearance.into());
    Value::Object(out)
}

/// Words of a report, with who said them where that is told.
fn quotation(
    model: &Model,
    id: Option<String>,
    text: &str,
    article: &str,
    speaker: Option<&Source>,
) -> Value {
    let mut out = Map::new();
    out.insert("@type".into(), "Quotation".into());
    if let Some(id) = id {
        out.insert("@id".into(), id.into());
    }
    out.insert("text".into(), text.into());
    if let Some(uri) = model.uri(article) {
        out.insert("isPartOf".into(), json!({"@id": uri}));
    }
    if let Some(speaker) = speaker {
        let who = match &speaker.entity {
            Some(id) => json!({"@id": model.name("entity", id)}),
            None => {
                json!({"@type": if speaker.kind == "person" { "Person" } else { "Organization" }, "name": speaker.text})
            }
        };
        // A document is no speaker; it is what the words are cited from.
        let key = if speaker.kind == "document" { "citation" } else { "spokenByCharacter" };
        let value = if key == "citation" {
            json!({"@type": "CreativeWork", "name": model.entity_name(speaker.entity.as_deref()).unwrap_or(&speaker.text)})
        } else {
            who
        };
        if speaker.kind != "missing" && !speaker.text.trim().is_empty() {
            out.insert(key.into(), value);
        }
    }
    Value::Object(out)
}
