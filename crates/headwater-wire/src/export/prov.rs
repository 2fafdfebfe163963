//! W3C PROV-O as JSON-LD: what was derived from what, what was quoted from what, and the primary sources.
//!
//! A shared passage whose direction is not known is no derivation; it stands as `headwater:sharesTextWith`. That a
//! statement `prov:hadPrimarySource` says only that its chain of sources leads there.

use super::{From, Model};
use crate::account::Source;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Properties of one node: name, then the nodes it leads to.
type Links = BTreeMap<&'static str, BTreeSet<String>>;

pub(super) fn write(model: &Model) -> Value {
    let account = model.account;
    let tool = model.name("software", &account.generator);
    let run = model.name("activity", "account");
    let mut graph: Vec<Value> = vec![
        json!({"@id": tool, "@type": ["prov:Agent", "prov:SoftwareAgent"], "rdfs:label": account.generator}),
        json!({"@id": run, "@type": "prov:Activity", "prov:wasAssociatedWith": {"@id": tool}, "prov:used": ids(model.uris.iter().cloned())}),
    ];
    let mut agents: BTreeMap<String, Value> = BTreeMap::new();
    reports(model, &mut graph, &mut agents);
    for s in &account.statements {
        let mut links = Links::new();
        for origin in s.origins.list.iter().filter(|o| o.certain && o.kind != "own observation") {
            let id = match &origin.entity {
                Some(id) => model.name("entity", id),
                None => model.name("origin", &format!("{}:{}", s.id, origin.label)),
            };
            let source = model.name("source", &format!("{}:{}", s.id, origin.label));
            agents.entry(id.clone()).or_insert_with(|| agent(&id, &origin.label, &origin.kind));
            // What they said is the source; they themselves are its agent.
            graph.push(json!({"@id": source, "@type": "prov:Entity", "rdfs:label": origin.label, "prov:wasAttributedTo": {"@id": id}}));
            links.entry("prov:hadPrimarySource").or_default().insert(source);
        }
        for (n, report) in s.reports.iter().enumerate() {
            let id = model.name("wording", &format!("{}:{}", s.id, n + 1));
            let mut own = Links::new();
            own.entry("prov:wasQuotedFrom")
                .or_default()
                .extend(model.uri(&report.article).map(str::to_owned));
            graph.push(node(&id, "prov:Entity", &report.text, "prov:value", &own));
            links.entry("prov:wasDerivedFrom").or_default().insert(id);
        }
        links.entry("prov:wasGeneratedBy").or_default().insert(run.clone());
        graph.push(node(&model.name("statement", &s.id), "prov:Entity", &s.gist, "rdfs:label", &links));
    }
    for (n, q) in account.quotes.iter().enumerate() {
        let mut links = Links::new();
        links.entry("prov:wasQuotedFrom").or_default().extend(model.uri(&q.article).map(str::to_owned));
        if let Some(speaker) = q.speaker.as_ref().filter(|s| s.kind != "missing" && !s.text.trim().is_empty())
        {
            let id = speaker_id(model, n, speaker);
            agents.entry(id.clone()).or_insert_with(|| agent(&id, model.source_name(speaker), &speaker.kind));
            links.entry("prov:wasAttributedTo").or_default().insert(id);
        }
        graph.push(node(
            &model.name("quote", &(n + 1).to_string()),
            "prov:Entity",
            &q.text,
            "prov:value",
            &links,
        ));
    }
    graph.extend(agents.into_values());
    json!({
        "@context": {
            "prov": "http://www.w3.org/ns/prov#",
            "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
            "headwater": "urn:headwater:terms:",
        },
        "@graph": graph,
    })
}

/// Reports, and what each was made from.
fn reports(model: &Model, graph: &mut Vec<Value>, agents: &mut BTreeMap<String, Value>) {
    let account = model.account;
    let mut of: BTreeMap<&str, Links> = BTreeMap::new();
    let mut upstreams: BTreeSet<&str> = BTreeSet::new();
    for (_, link) in model.derivations() {
        let links = of.entry(link.article).or_default();
        match link.from {
            From::Article(id) => {
                links.entry("prov:wasDerivedFrom").or_default().extend(model.uri(id).map(str::to_owned));
            }
            From::Upstream(name) => {
                upstreams.insert(name);
                links.entry("prov:wasDerivedFrom").or_default().insert(model.name("upstream", name));
            }
        }
    }
    for copy in account.copies.iter().filter(|c| c.state == "copied" && c.direction == "unknown") {
        let links = of.entry(&copy.to).or_default();
        let other = model.uri(&copy.from).map(str::to_owned);
        links.entry("headwater:sharesTextWith").or_default().extend(other);
    }
    for (article, uri) in account.articles.iter().zip(&model.uris) {
        let mut links = of.remove(article.id.as_str()).unwrap_or_default();
        if let Some(outlet) = article.outlet.as_deref().filter(|o| !o.trim().is_empty()) {
            let id = model.name("outlet", outlet);
            agents.entry(id.clone()).or_insert_with(|| agent(&id, outlet, "organisation"));
            links.entry("prov:wasAttributedTo").or_default().insert(id);
        }
        let label = article.title.as_deref().unwrap_or(&article.id);
        let mut out = node(uri, "prov:Entity", label, "rdfs:label", &links);
        if let (Value::Object(map), Some(when)) = (&mut out, article.published.value.as_deref()) {
            let kind = if when.contains('T') { "xsd:dateTime" } else { "xsd:date" };
            map.insert("headwater:published".into(), json!({"@value": when, "@type": kind}));
        }
        graph.push(out);
    }
    for name in upstreams {
        graph.push(json!({"@id": model.name("upstream", name), "@type": "prov:Entity", "rdfs:label": name}));
    }
}

/// A speaker without an entity is only known within its quotation.
fn speaker_id(model: &Model, quote: usize, speaker: &Source) -> String {
    match speaker.entity.as_deref().filter(|id| model.entity_name(Some(id)).is_some()) {
        Some(id) => model.name("entity", id),
        None => model.name("speaker", &format!("{}:{}", quote + 1, speaker.text)),
    }
}

fn agent(id: &str, label: &str, kind: &str) -> Value {
    let class = match kind {
        "person" => "prov:Person",
        "organisation" | "government" | "agency" | "outlet" | "officials" => "prov:Organization",
        _ => "prov:Agent",
    };
    let types = if class == "prov:Agent" { json!(class) } else { json!(["prov:Agent", class]) };
    json!({"@id": id, "@type": types, "rdfs:label": label})
}

fn ids(list: impl Iterator<Item = String>) -> Value {
    list.map(|id| json!({"@id": id})).collect()
}

fn node(id: &str, class: &str, words: &str, property: &str, links: &Links) -> Value {
    let mut out = Map::new();
    out.insert("@id".into(), id.into());
    out.insert("@type".into(), class.into());
    out.insert(property.into(), words.into());
    for (name, targets) in links.iter().filter(|(_, t)| !t.is_empty()) {
        out.insert((*name).into(), ids(targets.iter().cloned()));
    }
    Value::Object(out)
}
