//! Every export against its schema, or read again by a reader that is not ours; and nothing lost on the way.

use crate::{invented, large};
use headwater_wire::account::Account;
use headwater_wire::export::{Format, Texts, export};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

fn accounts() -> Vec<Account> {
    vec![
        Account::default(),
        invented::strait(false),
        invented::strait(true),
        large::large(40, 12),
        large::hostile(),
    ]
}

fn value(account: &Account, format: Format) -> Value {
    serde_json::from_str(&export(account, &Texts::new(), format)).expect("JSON")
}

/// Holds a value against a schema, formats included.
#[track_caller]
fn valid(schema: &str, instance: &Value) {
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.enable_format_assertions();
    compiler.add_resource("https://schemas.example/s.json", serde_json::from_str(schema).unwrap()).unwrap();
    // The schema of ninjs refers to it for the shapes of places, which we do not give.
    compiler.add_resource("https://geojson.org/schema/GeoJSON.json", json!({"not": {}})).unwrap();
    let index = compiler.compile("https://schemas.example/s.json", &mut schemas).unwrap();
    if let Err(error) = schemas.validate(instance, index) {
        panic!("{error:#}");
    }
}

/// Triples of a JSON-LD text as an RDF reader sees them, with `context` in place of the text's own where that would
/// have to be fetched.
fn triples(mut document: Value, context: Option<Value>) -> Vec<(String, String, String)> {
    if let Some(context) = context {
        document["@context"] = context;
    }
    let text = document.to_string();
    let quads = oxjsonld::JsonLdParser::new().for_slice(text.as_bytes());
    let bare = |term: String| term.trim_matches(['<', '>']).to_owned();
    quads
        .map(|quad| {
            let q = quad.expect("JSON-LD");
            (bare(q.subject.to_string()), bare(q.predicate.to_string()), bare(q.object.to_string()))
        })
        .collect()
}

const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

#[test]
fn ninjs_items_hold_against_the_schema_of_the_iptc() {
    let schema = include_str!("../schemas/ninjs-2.1.json");
    for account in accounts() {
        let items = value(&account, Format::Ninjs);
        let items = items.as_array().unwrap();
        assert_eq!(items.len(), account.articles.len());
        for item in items {
            valid(schema, item);
        }
        let uris: BTreeSet<&str> = items.iter().map(|i| i["uri"].as_str().unwrap()).collect();
        assert_eq!(uris.len(), items.len(), "no two items are one");
    }
    let account = invented::strait(false);
    let items = value(&account, Format::Ninjs);
    let derived =
        items.as_array().unwrap().iter().flat_map(|i| i["associations"].as_array().into_iter().flatten());
    assert!(derived.clone().count() > 0);
    assert!(derived.clone().all(|d| d["name"] == "derivedfrom"));
}

#[test]
fn annotations_find_their_words_by_quote_and_by_code_points() {
    let schema = include_str!("../schemas/annotation.json");
    for account in accounts() {
        valid(schema, &value(&account, Format::Annotation));
    }
    // The same words with letters of two, three and four bytes before them.
    let mut account = invented::strait(true);
    let before = "Éß – 𝄞. ";
    for article in &mut account.articles {
        article.text = article.text.take().map(|t| format!("{before}{t}"));
    }
    let shift = before.len() as u32;
    for r in account.statements.iter_mut().flat_map(|s| &mut s.reports) {
        (r.start, r.end) = (r.start + shift, r.end + shift);
    }
    for q in &mut account.quotes {
        (q.start, q.end) = (q.start + shift, q.end + shift);
    }
    let uri_text: BTreeMap<String, &str> =
        account.articles.iter().map(|a| (a.url.clone().unwrap(), a.text.as_deref().unwrap())).collect();
    let all = value(&account, Format::Annotation);
    let items = all["first"]["items"].as_array().unwrap();
    assert_eq!(all["total"], items.len());
    let mut positions = 0;
    for item in items {
        let target = &item["target"];
        let text = uri_text[target["source"].as_str().unwrap()];
        let quote = &target["selector"][0];
        let exact = quote["exact"].as_str().unwrap();
        let Some(position) = target["selector"].get(1) else { continue };
        positions += 1;
        let [start, end] = ["start", "end"].map(|k| position[k].as_u64().unwrap() as usize);
        let at = |from: usize, to: usize| text.chars().skip(from).take(to - from).collect::<String>();
        assert_eq!(at(start, end), exact);
        let prefix = quote["prefix"].as_str().unwrap();
        assert_eq!(at(start - prefix.chars().count(), start), prefix);
        let suffix = quote["suffix"].as_str().unwrap();
        assert_eq!(at(end, end + suffix.chars().count()), suffix);
    }
    let cited: usize = account.statements.iter().map(|s| s.reports.len()).sum();
    assert!(positions >= cited + account.quotes.len(), "{positions}");
}

#[test]
fn without_a_text_an_annotation_has_no_position() {
    let account = invented::strait(false);
    let all = value(&account, Format::Annotation);
    for item in all["first"]["items"].as_array().unwrap() {
        assert_eq!(item["target"]["selector"].as_array().unwrap().len(), 1);
    }
    // A text given beside the account is as good as one in it, and another text is not.
    let whole = invented::strait(true);
    let texts: Texts = whole.articles.iter().map(|a| (a.id.clone(), a.text.clone().unwrap())).collect();
    let with = |texts: &Texts| {
        let all: Value = serde_json::from_str(&export(&account, texts, Format::Annotation)).unwrap();
        let items = all["first"]["items"].as_array().unwrap().clone();
        items.iter().filter(|i| i["target"]["selector"].as_array().unwrap().len() == 2).count()
    };
    assert!(with(&texts) > 0);
    let wrong: Texts = texts.keys().map(|id| (id.clone(), "Another text.".to_owned())).collect();
    assert_eq!(with(&wrong), 0);
}

/// Terms of schema.org that the export uses, with the classes that schema.org gives each for its domain.
const SCHEMA_ORG: &[(&str, &[&str])] = &[
    ("about", &["Claim"]),
    ("alternateName", &["Person", "Organization", "GovernmentOrganization", "Place", "Event", "Thing"]),
    ("appearance", &["Claim"]),
    ("articleBody", &["NewsArticle"]),
    ("author", &["NewsArticle"]),
    ("citation", &["Quotation"]),
    ("creditText", &["NewsArticle", "Claim"]),
    ("datePublished", &["NewsArticle"]),
    ("endDate", &["Event"]),
    ("headline", &["NewsArticle"]),
    ("identifier", &["NewsArticle"]),
    ("inLanguage", &["NewsArticle"]),
    ("isBasedOn", &["NewsArticle"]),
    ("isPartOf", &["Quotation"]),
    ("keywords", &["Claim"]),
    (
        "name",
        &[
            "Person",
            "Organization",
            "GovernmentOrganization",
            "NewsMediaOrganization",
            "Place",
            "Event",
            "Thing",
            "CreativeWork",
        ],
    ),
    ("publisher", &["NewsArticle"]),
    ("sameAs", &["Person", "Organization", "GovernmentOrganization", "Place", "Event", "Thing"]),
    ("spokenByCharacter", &["Quotation"]),
    ("startDate", &["Event"]),
    ("subjectOf", &["Person", "Organization", "GovernmentOrganization", "Place", "Event", "Thing"]),
    ("text", &["Claim", "Quotation"]),
    ("url", &["NewsArticle"]),
    ("wordCount", &["NewsArticle"]),
];

#[test]
fn json_ld_is_read_as_rdf_and_keeps_to_schema_org() {
    let context = json!({"@vocab": "https://schema.org/"});
    for account in accounts() {
        let document = value(&account, Format::JsonLd);
        assert_eq!(document["@context"], "https://schema.org");
        let triples = triples(document, Some(context.clone()));
        let mut classes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (s, p, o) in &triples {
            if p == TYPE {
                classes.entry(s).or_default().insert(o.strip_prefix("https://schema.org/").unwrap());
            }
        }
        for (s, p, _) in triples.iter().filter(|t| t.1 != TYPE) {
            let term = p.strip_prefix("https://schema.org/").expect("a term of schema.org");
            let (_, domain) = SCHEMA_ORG.iter().find(|(t, _)| *t == term).unwrap_or_else(|| panic!("{term}"));
            let of = classes.get(s.as_str()).unwrap_or_else(|| panic!("{s} has no class"));
            assert!(domain.iter().any(|d| of.contains(d)), "{term} of {of:?}");
        }
        let has = |class: &str| classes.values().filter(|c| c.contains(class)).count();
        assert_eq!(has("Claim"), account.statements.iter().map(|s| &s.id).collect::<BTreeSet<_>>().len());
        // A rating or a review would be a judgement.
        assert!(!triples.iter().any(|t| t.1.to_lowercase().contains("rating") || t.2.contains("Review")));
        for (_, p, o) in &triples {
            if p.ends_with("/isPartOf") || p.ends_with("/isBasedOn") {
                assert!(classes.contains_key(o.as_str()), "{o} is nowhere");
            }
        }
    }
}

#[test]
fn prov_is_read_as_rdf_and_keeps_to_prov_o() {
    const PROV: &str = "http://www.w3.org/ns/prov#";
    let terms: BTreeSet<&str> = [
        "hadPrimarySource",
        "used",
        "value",
        "wasAssociatedWith",
        "wasAttributedTo",
        "wasDerivedFrom",
        "wasGeneratedBy",
        "wasQuotedFrom",
    ]
    .into();
    for account in accounts() {
        let triples = triples(value(&account, Format::Prov), None);
        let class = |node: &str, class: &str| {
            triples.iter().any(|(s, p, o)| s == node && p == TYPE && o.strip_prefix(PROV) == Some(class))
        };
        for (s, p, o) in &triples {
            let Some(term) = p.strip_prefix(PROV) else { continue };
            assert!(terms.contains(term), "{term}");
            match term {
                "wasDerivedFrom" | "wasQuotedFrom" | "hadPrimarySource" => {
                    assert!(class(s, "Entity") && class(o, "Entity"), "{s} {term} {o}");
                    assert_ne!(s, o, "nothing is made from itself");
                }
                "wasAttributedTo" => assert!(class(s, "Entity") && class(o, "Agent"), "{s} {term} {o}"),
                "wasAssociatedWith" => assert!(class(s, "Activity") && class(o, "Agent")),
                "used" => assert!(class(s, "Activity") && class(o, "Entity"), "{s} {term} {o}"),
                "wasGeneratedBy" => assert!(class(s, "Entity") && class(o, "Activity")),
                _ => {}
            }
        }
    }
    let account = invented::strait(false);
    let triples = triples(value(&account, Format::Prov), None);
    for term in ["wasDerivedFrom", "wasQuotedFrom", "hadPrimarySource", "wasAttributedTo"] {
        assert!(triples.iter().any(|t| t.1 == format!("{PROV}{term}")), "no {term}");
    }
}

#[test]
fn graphml_is_well_formed_and_every_edge_has_its_ends() {
    use quick_xml::events::Event;
    for account in accounts() {
        let text = export(&account, &Texts::new(), Format::GraphMl);
        let mut reader = quick_xml::Reader::from_str(&text);
        let (mut keys, mut nodes, mut edges) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
        let mut within = String::new();
        let mut used: Vec<(String, String)> = Vec::new();
        loop {
            let event = reader.read_event().expect("well formed");
            match &event {
                Event::Start(e) | Event::Empty(e) => {
                    let attribute = |name: &str| {
                        let a = e.try_get_attribute(name).unwrap()?;
                        Some(String::from_utf8(a.value.to_vec()).unwrap())
                    };
                    match e.name().as_ref() {
                        b"key" => {
                            assert!(keys.insert((attribute("id").unwrap(), attribute("for").unwrap())));
                        }
                        b"node" => {
                            assert!(nodes.insert(attribute("id").unwrap()), "ids are unique");
                            within = "node".into();
                        }
                        b"edge" => {
                            edges.push((attribute("source").unwrap(), attribute("target").unwrap()));
                            within = "edge".into();
                        }
                        b"data" => used.push((attribute("key").unwrap(), within.clone())),
                        b"graph" => assert_eq!(attribute("edgedefault").as_deref(), Some("directed")),
                        b"graphml" => {}
                        other => panic!("{}", String::from_utf8_lossy(other)),
                    }
                }
                Event::Text(t) => assert!(t.decode().is_ok()),
                Event::Eof => break,
                _ => {}
            }
        }
        assert!(used.iter().all(|u| keys.contains(u)), "every key is declared");
        for (from, to) in &edges {
            assert!(nodes.contains(from) && nodes.contains(to), "{from} → {to}");
        }
        let shared = account.statements.iter().filter(|s| s.agreement != "single report").count();
        assert!(nodes.len() >= account.articles.len() + shared);
        assert!(!text.contains(['\u{0}', '\u{1b}', '\u{FFFE}']), "only characters that XML knows");
    }
}

#[test]
fn timelines_hold_against_the_schema() {
    let schema = include_str!("../schemas/timelinejs.json");
    for account in accounts() {
        let timeline = value(&account, Format::TimelineJs);
        valid(schema, &timeline);
        let text = timeline.to_string();
        assert!(!text.contains("<script") && !text.contains("<img") && !text.contains("href=\\\"javascript"));
    }
    let account = invented::strait(false);
    let timeline = value(&account, Format::TimelineJs);
    let dated =
        account.events.iter().filter(|e| e.date.earliest.is_some() || e.date.latest.is_some()).count();
    assert_eq!(timeline["events"].as_array().unwrap().len(), dated);
}

#[test]
fn a_table_has_one_row_for_each_wording() {
    for account in accounts() {
        let text = export(&account, &Texts::new(), Format::Csv);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().unwrap().clone();
        let column = |name: &str| header.iter().position(|h| h == name).unwrap();
        let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("equal rows")).collect();
        let wordings: Vec<_> =
            account.statements.iter().flat_map(|s| s.reports.iter().map(move |r| (s, r))).collect();
        assert_eq!(rows.len(), wordings.len());
        for (row, (s, r)) in rows.iter().zip(&wordings) {
            assert_eq!(&row[column("agreement")], s.agreement);
            let words = &row[column("words")];
            assert!(words == r.text || words.strip_prefix('\'') == Some(&r.text), "{words}");
            if let Some(n) = r.value.as_ref().and_then(Value::as_f64) {
                assert_eq!(row[column("value_low")].parse::<f64>().unwrap(), n);
            }
        }
    }
}

#[test]
fn no_cell_is_a_formula() {
    let mut account = invented::strait(false);
    account.statements[0].gist = "=HYPERLINK(\"https://bad.example\")".into();
    account.statements[0].reports[0].text = "@SUM(A1)".into();
    account.articles[0].outlet = Some("+cmd".into());
    let text = export(&account, &Texts::new(), Format::Csv);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    for row in reader.records() {
        for cell in row.unwrap().iter() {
            assert!(!cell.starts_with(['=', '+', '@', '\t', '\r']), "{cell}");
            assert!(!cell.starts_with('-') || cell.parse::<f64>().is_ok(), "{cell}");
        }
    }
}

#[test]
fn the_same_account_gives_the_same_bytes() {
    for format in Format::ALL {
        let once = |account: &Account| export(account, &Texts::new(), format);
        assert_eq!(once(&invented::strait(true)), once(&invented::strait(true)), "{}", format.name());
    }
}
