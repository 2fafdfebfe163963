//! The `accounts` task: the reports of one event in, its account out, with offsets in code points.

use super::text;
use anyhow::Result;
use headwater::wire::account::{Account, Source};
use headwater_model::text::offsets::CodePoints;
use headwater_model::{Article, Block, BlockClass, Published, PublishedHow, Reason, Segment, Span};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// An article whose text is taken as it is: nothing is extracted, so that offsets stay.
pub(crate) fn article(row: &Value) -> Article {
    let body = text(row, "text").to_owned();
    let whole = Span::new(0, body.len());
    let given = |k: &str| row.get(k).and_then(Value::as_str).filter(|s| !s.is_empty()).map(str::to_owned);
    let published = given("published")
        .and_then(|p| p.get(..10).and_then(|d| d.parse().ok()))
        .map(|day| Published::on(day, PublishedHow::Given, Reason::plain("given")))
        .unwrap_or_default();
    Article {
        id: row["id"].as_str().map_or_else(|| row["id"].to_string(), str::to_owned),
        title: given("title"),
        outlet: given("outlet").or_else(|| given("publisher")),
        url: given("url"),
        language: given("language").or_else(|| given("lang")).or(Some("en".into())),
        published,
        blocks: vec![Block { class: BlockClass::Body, span: whole, source: whole, score: None, time: None }],
        segments: vec![Segment { clean: whole, source: whole, exact: true }],
        text: body,
        ..Article::default()
    }
}

/// The models, read once.
pub(crate) fn models() -> &'static headwater::Models {
    static MODELS: OnceLock<headwater::Models> = OnceLock::new();
    MODELS.get_or_init(headwater::Models::bundled)
}

/// The account of some rows.
pub(crate) fn account(rows: &[Value]) -> Account {
    let mut articles: Vec<Article> = rows.iter().map(article).collect();
    articles.sort_by(|a, b| a.id.cmp(&b.id));
    let analysis = headwater::analyse_articles(articles, models(), &mut |_, _, _| {});
    headwater::account(&analysis, headwater::Show { full_text: true })
}

/// One event.
pub(crate) fn answer(row: &Value) -> Result<Value> {
    let rows = row["articles"].as_array().cloned().unwrap_or_default();
    let account = account(&rows);
    let texts: BTreeMap<&str, (&str, CodePoints)> = account
        .articles
        .iter()
        .map(|a| {
            let t = a.text.as_deref().unwrap_or("");
            (a.id.as_str(), (t, CodePoints::new(t)))
        })
        .collect();
    let at = |article: &str, byte: u32| texts.get(article).map_or(0, |(t, map)| map.of_byte(t, byte));
    let name = |id: &Option<String>| {
        id.as_ref().and_then(|id| account.entities.iter().find(|e| e.id == *id)).map(|e| e.name.clone())
    };
    let source = |s: &Source| json!({"text": s.text, "entity": name(&s.entity), "kind": s.kind});
    let statements: Vec<Value> = account
        .statements
        .iter()
        .map(|s| {
            let reports: Vec<Value> = s
                .reports
                .iter()
                .map(|r| {
                    json!({"article": r.article, "start": at(&r.article, r.start), "end": at(&r.article, r.end), "value": r.value, "bound": r.bound, "unit": r.unit,
                           "counted": r.counted, "as_of": r.as_of, "source": r.source.iter().map(source).collect::<Vec<_>>()})
                })
                .collect();
            let origins: Vec<&str> = s.origins.list.iter().map(|o| o.label.as_str()).collect();
            json!({"id": s.id, "gist": s.gist, "agreement": s.agreement, "doubtful": s.doubtful, "reports": reports,
                   "origins": {"least": s.origins.least, "most": s.origins.most, "list": origins},
                   "because": s.because.iter().map(|b| b.text.clone()).collect::<Vec<_>>()})
        })
        .collect();
    let quotes: Vec<Value> = account
        .quotes
        .iter()
        .map(|q| {
            json!({"article": q.article, "start": at(&q.article, q.start), "end": at(&q.article, q.end), "text": q.text, "kind": q.kind,
                   "speaker": q.speaker.as_ref().map(source), "via": q.via.iter().map(source).collect::<Vec<_>>()})
        })
        .collect();
    let entities: Vec<Value> =
        account.entities.iter().map(|e| json!({"name": e.name, "kind": e.kind, "forms": e.forms})).collect();
    let copies: Vec<Value> = account
        .copies
        .iter()
        .map(|c| json!({"a": c.from, "b": c.to, "state": c.state, "direction": c.direction}))
        .collect();
    Ok(
        json!({"id": row["id"], "statements": statements, "quotes": quotes, "entities": entities, "copies": copies}),
    )
}
