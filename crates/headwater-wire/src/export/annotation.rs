//! W3C Web Annotation: each stretch that the account cites, with the words themselves and their place.
//!
//! A target has two selectors that find the same words: `TextQuoteSelector` (the words with those before and after)
//! and `TextPositionSelector`, which counts code points of the article's clean text, as the model asks. The
//! clean text is the rendering that `renderedVia` names. Where the text is not at hand, only the quote is given.

use super::Model;
use crate::account::Article;
use headwater_model::text::offsets::CodePoints;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Characters before and after the words; as many as common annotation tools give.
const CONTEXT: usize = 32;

struct Writer<'a> {
    model: &'a Model<'a>,
    points: BTreeMap<usize, CodePoints>,
    items: Vec<Value>,
}

pub(super) fn write(model: &Model) -> Value {
    let account = model.account;
    let mut w = Writer { model, points: BTreeMap::new(), items: Vec::new() };
    for (at, article) in account.articles.iter().enumerate() {
        if let Some(text) = model.text(article) {
            w.points.insert(at, CodePoints::new(text));
        }
    }
    for story in &account.stories {
        for line in &story.account {
            let link = line.statement.as_ref().map(|s| model.name("statement", s));
            let body = tags(&[&line.part], Some(&line.why), link);
            w.add("highlighting", body, &line.article, line.start, line.end, &line.text);
        }
    }
    for s in &account.statements {
        for r in &s.reports {
            let mut words = vec![s.agreement.as_str()];
            if s.doubtful {
                words.push("doubtful");
            }
            let chain = model.chain(&r.source);
            let comment = (!chain.is_empty()).then(|| format!("from {chain}"));
            let body = tags(&words, comment.as_deref(), Some(model.name("statement", &s.id)));
            w.add("linking", body, &r.article, r.start, r.end, &r.text);
        }
    }
    for q in &account.quotes {
        let chain = q.via.iter().chain(&q.speaker).rev().map(|s| model.source_name(s));
        let names: Vec<&str> = chain.filter(|n| !n.trim().is_empty()).collect();
        let comment = (!names.is_empty()).then(|| format!("said by {}", names.join(" ← ")));
        let body = tags(&["quotation", &q.kind], comment.as_deref(), None);
        w.add("describing", body, &q.article, q.start, q.end, &q.text);
    }
    for t in &account.times {
        let body = tags(&["time", &t.kind], Some(&t.value), None);
        w.add("describing", body, &t.article, t.start, t.end, &t.text);
    }
    let id = model.name("annotations", "all");
    let items: Vec<Value> = w
        .items
        .into_iter()
        .enumerate()
        .map(|(n, item)| {
            let mut out = Map::new();
            out.insert("id".into(), model.name("annotation", &(n + 1).to_string()).into());
            if let Value::Object(rest) = item {
                out.extend(rest);
            }
            Value::Object(out)
        })
        .collect();
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": id,
        "type": "AnnotationCollection",
        "label": "Words that the account cites",
        "generator": {"id": model.name("software", &account.generator), "type": "Software", "name": account.generator},
        "total": items.len(),
        "first": {
            "id": model.name("annotations", "page:1"),
            "type": "AnnotationPage",
            "partOf": id,
            "startIndex": 0,
            "items": items,
        }
    })
}

/// Bodies: tags, a comment, and the thing that the words belong to.
fn tags(tags: &[&str], comment: Option<&str>, link: Option<String>) -> Value {
    let mut out: Vec<Value> = tags
        .iter()
        .map(|tag| json!({"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "language": "en", "value": tag}))
        .collect();
    if let Some(words) = comment {
        out.push(
            json!({"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "value": words}),
        );
    }
    if let Some(link) = link {
        out.push(json!({"type": "SpecificResource", "purpose": "linking", "source": link}));
    }
    out.into()
}

impl Writer<'_> {
    fn add(&mut self, motivation: &str, body: Value, article: &str, start: u32, end: u32, words: &str) {
        let Some(at) = self.model.at(article) else { return };
        let (Some(a), Some(uri)) = (self.model.account.articles.get(at), self.model.uris.get(at)) else {
            return;
        };
        self.items.push(json!({
            "type": "Annotation",
            "motivation": motivation,
            "body": body,
            "target": {
                "type": "SpecificResource",
                "source": uri,
                "selector": self.selectors(at, a, start, end, words),
                "renderedVia": {
                    "id": self.model.name("text", &a.text_hash),
                    "type": "Software",
                    "name": format!("{}, clean text with the BLAKE3 hash {}", self.model.account.generator, a.text_hash),
                },
            },
        }));
    }

    fn selectors(&self, at: usize, article: &Article, start: u32, end: u32, words: &str) -> Value {
        let text = self.model.text(article).unwrap_or_default();
        let (s, e) = (start as usize, end as usize);
        // A text that does not hold the words is another text: no position in it is told.
        let known = self.points.get(&at).filter(|_| text.get(s..e) == Some(words));
        let Some(points) = known else {
            return json!([{"type": "TextQuoteSelector", "exact": words}]);
        };
        let before = text.get(..s).unwrap_or_default();
        let from = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(i, _)| i);
        let after: String = text.get(e..).unwrap_or_default().chars().take(CONTEXT).collect();
        json!([
            {
                "type": "TextQuoteSelector",
                "exact": words,
                "prefix": before.get(from..).unwrap_or_default(),
                "suffix": after,
            },
            {
                "type": "TextPositionSelector",
                "start": points.of_byte(text, start),
                "end": points.of_byte(text, end),
            },
        ])
    }
}
