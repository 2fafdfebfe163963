//! The `figures` task: two figures pointed at in one text or in two, judged.
//!
//! In: `{id, a {text, published?, outlet?, start, end}, b {…}}`, offsets in code points; out: `{id, label, because}` with
//! a label of `agree`, `update`, `scope`, `rounding`, `conflict`, `other incident`.

use super::accounts::{article, models};
use anyhow::{Result, bail};
use headwater_account::{Between, PairModel};
use headwater_annotate::quantities;
use headwater_model::text::offsets::CodePoints;
use headwater_model::{Agreement, ArticleIndex, Bound, Quantity, Span};
use serde_json::{Value, json};
use std::sync::OnceLock;

/// Where `xtask train figures` writes.
pub(crate) const MODEL_FILE: &str = "crates/headwater-account/data/figures.model";

fn model() -> &'static PairModel {
    static MODEL: OnceLock<PairModel> = OnceLock::new();
    // The one in the checkout, when there is one: it may be newer than the one built in.
    MODEL.get_or_init(|| match std::fs::read_to_string(MODEL_FILE) {
        Ok(text) => PairModel::parse(&text),
        Err(_) => PairModel::bundled(),
    })
}

/// Judges one row.
pub(crate) fn judge(row: &Value) -> Result<Option<Between>> {
    judge_with(row, model())
}

/// Judges one row with a model that is given.
pub(crate) fn judge_with(row: &Value, model: &PairModel) -> Result<Option<Between>> {
    let side = |k: &str| -> Value {
        let mut v = row[k].clone();
        v["id"] = k.into();
        v
    };
    let (a, b) = (side("a"), side("b"));
    let one = a["text"] == b["text"] && a["published"] == b["published"];
    let articles = if one { vec![article(&a)] } else { vec![article(&a), article(&b)] };
    let analysis = headwater::analyse_articles(articles, models(), &mut |_, _, _| {});
    let place = |v: &Value, at: usize| -> Result<(ArticleIndex, Quantity)> {
        let text = analysis.articles[at].text.as_str();
        let map = CodePoints::new(text);
        let (Some(start), Some(end)) = (v["start"].as_u64(), v["end"].as_u64()) else {
            bail!("row {} has no start and end", row["id"])
        };
        if start >= end || end as usize > text.chars().count() {
            bail!("row {}: {start}..{end} is no stretch of its text", row["id"]);
        }
        let span = Span { start: map.to_byte(text, start as u32), end: map.to_byte(text, end as u32) };
        let notes = &analysis.annotations[at];
        let found = notes.quantities.iter().find(|q| q.number.overlaps(span)).cloned();
        let read = || quantities::at(text, &analysis.outlines[at], span);
        let quantity = found.or_else(read).unwrap_or(Quantity {
            span,
            number: span,
            low: 1.0,
            high: 1.0,
            bound: Bound::Vague,
            unit: String::new(),
            counted: String::new(),
            counted_span: None,
            identifies: false,
        });
        Ok((ArticleIndex(at as u32), quantity))
    };
    let (x, y) = (place(&a, 0)?, place(&b, usize::from(!one))?);
    Ok(analysis.between(models(), model, (x.0, &x.1), (y.0, &y.1)))
}

/// The bench's word for an agreement.
pub(crate) fn label(agreement: Option<Agreement>) -> &'static str {
    match agreement {
        None => "other incident",
        Some(Agreement::Agrees | Agreement::QuoteVariant | Agreement::SingleReport) => "agree",
        Some(Agreement::Update) => "update",
        Some(Agreement::Scope) => "scope",
        Some(Agreement::Rounding) => "rounding",
        Some(Agreement::Differs | Agreement::Conflict) => "conflict",
    }
}

/// One row.
pub(crate) fn answer(row: &Value) -> Result<Value> {
    let found = judge(row)?;
    Ok(match found {
        Some(b) => {
            let mut out = json!({"id": row["id"], "label": label(b.agreement), "because": b.because});
            if std::env::var_os("HEADWATER_FEATURES").is_some() {
                out["features"] = json!(b.features);
                out["moved"] = json!(b.moved);
            }
            out
        }
        None => {
            json!({"id": row["id"], "label": "other incident", "because": "no figure could be read there"})
        }
    })
}
