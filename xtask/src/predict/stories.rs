//! The `stories` task: articles as a stream in the given order, settled at the end, a cluster each.

use super::text;
use anyhow::Result;
use headwater_group::events::{GroupInput, Stream};
use headwater_model::text::Outline;
use headwater_model::{Annotations, Article, DateRange};
use rayon::prelude::*;
use serde_json::{Value, json};

/// All rows at once.
pub(crate) fn answer(rows: &[Value]) -> Result<Vec<Value>> {
    let read: Vec<(Article, Outline, DateRange)> = rows.par_iter().map(read).collect();
    let none = Annotations::default();
    let inputs: Vec<GroupInput<'_>> = read
        .iter()
        .map(|(article, outline, published)| GroupInput {
            article,
            outline,
            annotations: &none,
            entities: &[],
            published: *published,
        })
        .collect();
    let mut stream = Stream::new();
    for input in &inputs {
        stream.add(input);
    }
    stream.settle();
    let mut cluster = vec![0; rows.len()];
    for (number, event) in stream.events().iter().enumerate() {
        for article in event {
            cluster[article.at()] = number;
        }
    }
    Ok(rows.iter().zip(cluster).map(|(row, cluster)| json!({"id": row["id"], "cluster": cluster})).collect())
}

fn read(row: &Value) -> (Article, Outline, DateRange) {
    let title = text(row, "title");
    let article = Article {
        title: (!title.is_empty()).then(|| title.to_owned()),
        text: text(row, "text").to_owned(),
        ..Article::default()
    };
    let outline = Outline::new(&article.text);
    let day = text(row, "published").get(..10).and_then(|day| day.parse().ok());
    (article, outline, day.map_or_else(DateRange::default, DateRange::day))
}
