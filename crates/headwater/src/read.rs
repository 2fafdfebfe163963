//! Pages in, articles out: reading and extraction in step, a bounded number of pages at a time.

use headwater_extract::{Body, Declared, PageInput, extract};
use headwater_ingest::{Item, MetaTable, Options, PageBody, Problem, RawPage};
use headwater_model::{Article, Overrides, Warning};
use headwater_wire::account::SetAside;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Pages that are held as raw text at one time.
const BATCH: usize = 256;

/// Fewest words that an article has; less is a stub, a caption or an error page.
pub const LEAST_WORDS: usize = 25;

/// What was read.
#[derive(Debug, Default)]
pub struct Read {
    /// The articles, sorted by path and record, with unique ids.
    pub articles: Vec<Article>,
    /// BLAKE3 of each article's decoded source, hex.
    pub source_hashes: Vec<String>,
    /// What gave no article.
    pub set_aside: Vec<SetAside>,
    /// Remarks about inputs that were read all the same.
    pub warnings: Vec<Warning>,
    /// Pages and rows looked at.
    pub seen: usize,
    /// What the user has decided; empty unless it is set.
    pub overrides: Overrides,
}

/// Reads paths; `progress` is told how many pages were seen.
pub fn read(paths: &[String], meta: MetaTable, progress: &mut dyn FnMut(usize)) -> Read {
    let mut out = Read::default();
    let mut kept: Vec<(Article, String)> = Vec::new();
    let mut batch: Vec<RawPage> = Vec::with_capacity(BATCH);
    for item in headwater_ingest::read(paths, Options { meta, ..Options::default() }) {
        match item {
            Item::Problem(p) => problem(p, &mut out),
            Item::Page(page) => batch.push(page),
        }
        if batch.len() >= BATCH {
            out.seen += batch.len();
            flush(&mut batch, &mut kept, &mut out);
            progress(out.seen);
        }
    }
    out.seen += batch.len();
    flush(&mut batch, &mut kept, &mut out);
    progress(out.seen);
    kept.sort_by(|(a, _), (b, _)| (&a.path, a.record, &a.id).cmp(&(&b.path, b.record, &b.id)));
    let before = kept.len();
    kept.dedup_by(|(a, _), (b, _)| a.path == b.path && a.record == b.record && a.id == b.id && a.path != "-");
    if kept.len() < before {
        out.warnings.push(Warning::new(
            "path-given-twice",
            format!("{} inputs were given more than once and are counted once", before - kept.len()),
            "",
        ));
    }
    unique_ids(&mut kept);
    (out.articles, out.source_hashes) = kept.into_iter().unzip();
    out.set_aside.sort_by(|a, b| (&a.path, a.record, &a.code).cmp(&(&b.path, b.record, &b.code)));
    out
}

fn problem(p: Problem, out: &mut Read) {
    if p.skipped {
        out.seen += 1;
        out.set_aside.push(SetAside {
            path: p.path,
            record: p.record,
            code: p.code.to_owned(),
            message: p.message,
            hint: p.hint,
        });
    } else {
        out.warnings.push(Warning::new(p.code, p.message, p.hint));
    }
}

/// Extracts one page.
pub fn article_of(page: &RawPage) -> Article {
    let d = &page.declared;
    extract(&PageInput {
        path: &page.path,
        record: page.record,
        id: page.id.as_deref(),
        body: match &page.body {
            PageBody::Html(s) => Body::Html(s),
            PageBody::Text(s) => Body::Text(s),
        },
        declared: Declared {
            url: d.url.as_deref(),
            title: d.title.as_deref(),
            published: d.published.as_deref(),
            outlet: d.outlet.as_deref(),
            language: d.language.as_deref(),
            authors: &d.authors,
        },
    })
}

fn flush(batch: &mut Vec<RawPage>, kept: &mut Vec<(Article, String)>, out: &mut Read) {
    let done: Vec<(Article, String)> = batch
        .par_iter()
        .map(|page| (article_of(page), blake3::hash(page.body.source().as_bytes()).to_hex().to_string()))
        .collect();
    batch.clear();
    for (article, hash) in done {
        let words = article.text.split_whitespace().count();
        if words >= LEAST_WORDS {
            kept.push((article, hash));
        } else {
            let (code, message, hint) = if words == 0 {
                (
                    "no-article",
                    "no article was found on the page".to_owned(),
                    "open it: it may be a list, an error page or a wall; look at what it holds",
                )
            } else {
                (
                    "too-short",
                    format!("only {words} words of text were found; an article needs {LEAST_WORDS}"),
                    "if this is a whole report, give it as `text` in a JSONL file",
                )
            };
            out.set_aside.push(SetAside {
                path: article.path,
                record: article.record,
                code: code.to_owned(),
                message,
                hint: hint.to_owned(),
            });
        }
    }
}

/// Makes ids unique by a number, in sorted order.
fn unique_ids(articles: &mut [(Article, String)]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (article, _) in articles {
        if article.id.is_empty() {
            article.id = "article".into();
        }
        let n = seen.entry(article.id.clone()).or_default();
        *n += 1;
        if *n > 1 {
            article.id = format!("{}~{}", article.id, n);
        }
    }
}
