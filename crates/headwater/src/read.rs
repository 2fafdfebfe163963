//! Pages in, articles out: reading and extraction in step, a bounded number of pages at a time; then what only the
//! pages of an outlet together show.

use crate::agencies;
use headwater_extract::recurring::{self, Outlet};
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
    /// Pages among them that were read and held too few words, sorted as the articles are.
    pub too_short: Vec<Article>,
    /// Remarks about inputs that were read all the same.
    pub warnings: Vec<Warning>,
    /// Pages and rows looked at.
    pub seen: usize,
    /// What the user has decided; empty unless it is set.
    pub overrides: Overrides,
}

/// Reads paths; `progress` is told how many pages were seen.
pub fn read(paths: &[String], meta: MetaTable, progress: &mut dyn FnMut(usize)) -> Read {
    read_with(paths, Options { meta, ..Options::default() }, progress)
}

/// Reads paths as `options` say; `progress` is told how many pages were seen.
pub fn read_with(paths: &[String], options: Options, progress: &mut dyn FnMut(usize)) -> Read {
    let mut out = Read::default();
    let mut kept: Vec<(Article, String)> = Vec::new();
    let mut batch: Vec<RawPage> = Vec::with_capacity(BATCH);
    for item in headwater_ingest::read(paths, options) {
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
    take_out_recurring(&mut kept);
    let (whole, short): (Vec<_>, Vec<_>) = kept.into_iter().partition(|(a, _)| words(a) >= LEAST_WORDS);
    out.set_aside.extend(short.iter().map(|(a, _)| too_short(a)));
    out.too_short.extend(short.into_iter().map(|(a, _)| a));
    out.too_short.sort_by(|a, b| (&a.path, a.record, &a.id).cmp(&(&b.path, b.record, &b.id)));
    kept = whole;
    unique_ids(&mut kept);
    agencies::spell_out(kept.iter_mut().map(|(a, _)| a).collect());
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
            derived_from: &d.derived_from,
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
        if words(&article) >= LEAST_WORDS {
            kept.push((article, hash));
        } else {
            out.set_aside.push(too_short(&article));
            out.too_short.push(article);
        }
    }
}

fn words(article: &Article) -> usize {
    article.text.split_whitespace().count()
}

/// Why an article was set aside that has too few words.
fn too_short(article: &Article) -> SetAside {
    let words = words(article);
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
    SetAside {
        path: article.path.clone(),
        record: article.record,
        code: code.to_owned(),
        message,
        hint: hint.to_owned(),
    }
}

/// What recurs on the pages of each outlet is taken out of them. Outlets go by their host, else by their name.
pub(crate) fn take_out_recurring(kept: &mut [(Article, String)]) {
    let mut outlets: BTreeMap<Option<String>, Vec<usize>> = BTreeMap::new();
    for (i, (article, _)) in kept.iter().enumerate() {
        let host = article.url.as_deref().and_then(host);
        let name = || article.outlet.as_deref().map(|o| o.trim().to_lowercase()).filter(|o| !o.is_empty());
        outlets.entry(host.or_else(name)).or_default().push(i);
    }
    for (outlet, members) in outlets {
        let pages: Vec<&Article> = members.iter().map(|i| &kept[*i].0).collect();
        let found = recurring::find(&pages, if outlet.is_some() { Outlet::Known } else { Outlet::Unknown });
        if !found.is_empty() {
            for i in members {
                recurring::take_out(&mut kept[i].0, &found);
            }
        }
    }
}

/// The host of an address without "www.", in small letters.
fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?.to_ascii_lowercase();
    Some(host.trim_start_matches("www.").to_owned()).filter(|h| !h.is_empty())
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
