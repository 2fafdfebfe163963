//! Days of publication worked out: the news corpora with their days taken away.
//!
//! `alone`: every document by itself. `one_of_many`: one document undated among all others of its corpus,
//! told as one story (AQUAINT, whose documents tell of few happenings). A range whose two ends are told is
//! read as a fact, so `not_wrong` counts: the share of documents whose range, open or closed, holds the
//! day; `bounded_right` is the share that have a range with an end at all, and a right one; `closed_right` is
//! the number of closed ranges that hold the day. A document by itself seldom tells both ends, so that is
//! counted among others only.

use super::Figures;
use crate::predict;
use anyhow::{Context, Result};
use headwater_annotate::times::{self, Language};
use headwater_group::dating::{self, DatingInput};
use headwater_model::text::Outline;
use headwater_model::{Article, ArticleIndex, DateClue, Published, PublishedHow, Reason};
use jiff::civil::Date;
use std::path::Path;

struct Document {
    article: Article,
    outline: Outline,
    clues: Vec<DateClue>,
    day: Date,
}

fn documents(path: &Path) -> Result<Vec<Document>> {
    let rows = predict::read(path)?;
    let made = rows.iter().map(|row| {
        let text = row["text"].as_str().unwrap_or_default().to_owned();
        let day = row["published"].as_str().and_then(|d| d.get(..10)).context("a row without its day")?;
        let outline = Outline::new(&text);
        let phrases = times::find(&text, &outline, Language::English);
        let clues = times::clues(&text, &outline, &phrases);
        let id = row["id"].as_str().unwrap_or_default().to_owned();
        Ok(Document {
            article: Article { id, text, ..Article::default() },
            outline,
            clues,
            day: day.parse()?,
        })
    });
    made.collect()
}

/// The day that each document is given, with `undated` told none.
fn given(documents: &[Document], undated: usize) -> Vec<Article> {
    let day = |(n, d): (usize, &Document)| Article {
        published: if n == undated {
            Published::default()
        } else {
            Published::on(d.day, PublishedHow::Given, Reason::plain("given"))
        },
        ..d.article.clone()
    };
    documents.iter().enumerate().map(day).collect()
}

fn inputs<'a>(articles: &'a [Article], documents: &'a [Document]) -> Vec<DatingInput<'a>> {
    let input = |(article, d): (&'a Article, &'a Document)| DatingInput {
        article,
        outline: &d.outline,
        clues: &d.clues,
    };
    articles.iter().zip(documents).map(input).collect()
}

#[derive(Default)]
struct Count {
    all: f64,
    wrong: f64,
    bounded_right: f64,
    closed_right: f64,
}

impl Count {
    fn add(&mut self, found: &Published, day: Date) {
        let (first, last) = (found.range.earliest, found.range.latest);
        let wrong = first.is_some_and(|d| d > day) || last.is_some_and(|d| d < day);
        self.all += 1.0;
        self.wrong += f64::from(wrong);
        self.bounded_right += f64::from(!wrong && (first.is_some() || last.is_some()));
        self.closed_right += f64::from(!wrong && first.is_some() && last.is_some());
    }

    fn write(&self, name: &str, out: &mut Figures) {
        out.insert(format!("{name}.not_wrong"), 1.0 - self.wrong / self.all.max(1.0));
        out.insert(format!("{name}.bounded_right"), self.bounded_right / self.all.max(1.0));
    }
}

/// TimeBank and AQUAINT.
pub(super) fn run(bench: &Path) -> Result<Figures> {
    let mut out = Figures::new();
    for set in ["timebank", "aquaint"] {
        let documents = documents(&bench.join("time").join(format!("{set}.jsonl")))?;
        let mut alone = Count::default();
        for d in &documents {
            let input = DatingInput { article: &d.article, outline: &d.outline, clues: &d.clues };
            if let Some(found) = dating::infer(&[input], &[], &[]).pop() {
                alone.add(&found, d.day);
            }
        }
        alone.write(&format!("{set}.alone"), &mut out);
        if set != "aquaint" {
            continue;
        }
        let story: Vec<ArticleIndex> = (0..documents.len() as u32).map(ArticleIndex).collect();
        let mut among = Count::default();
        for (n, d) in documents.iter().enumerate() {
            let articles = given(&documents, n);
            let found = dating::infer(&inputs(&articles, &documents), &[], std::slice::from_ref(&story));
            if let Some(found) = found.get(n) {
                among.add(found, d.day);
            }
        }
        among.write(&format!("{set}.one_of_many"), &mut out);
        out.insert(format!("{set}.one_of_many.closed_right"), among.closed_right);
    }
    Ok(out)
}
