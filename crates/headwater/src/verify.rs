//! Checks an account against its sources again: every hash, every span, every cited word.

use headwater_ingest::{Item, MetaTable, Options};
use headwater_wire::account::Account;
use std::collections::BTreeMap;
use std::path::Path;

/// What was checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Articles read again.
    pub articles: usize,
    /// Spans compared with the words at them.
    pub spans: usize,
    /// What does not hold, in the order of the file.
    pub failures: Vec<String>,
}

/// Most failures that are kept; one is enough to fail.
const MOST_FAILURES: usize = 100;

/// Reads the sources that `account` names again and compares. `beside` is the folder of the account's file,
/// tried for relative paths that do not lead anywhere from the working directory.
pub fn verify(account: &Account, beside: &Path) -> Checked {
    let mut out = Checked::default();
    if account.schema != headwater_wire::account::SCHEMA {
        out.failures.push(format!(
            "schema: expected {:?}, found {:?}",
            headwater_wire::account::SCHEMA,
            account.schema
        ));
        return out;
    }
    let texts = read_again(account, beside, &mut out);
    for article in &account.articles {
        out.articles += 1;
        match texts.get(&article.id) {
            None => {
                fail(&mut out, format!("article {}: {} gives no article any more", article.id, article.path))
            }
            Some((text, source_hash)) => {
                if *source_hash != article.source_hash {
                    fail(
                        &mut out,
                        format!(
                            "article {}: the source {} has changed (its hash is another)",
                            article.id, article.path
                        ),
                    );
                }
                if blake3::hash(text.as_bytes()).to_hex().as_str() != article.text_hash {
                    fail(
                        &mut out,
                        format!(
                            "article {}: the clean text of {} is another (its hash differs)",
                            article.id, article.path
                        ),
                    );
                }
                if article.text.as_ref().is_some_and(|t| t != text) {
                    fail(
                        &mut out,
                        format!(
                            "article {}: the embedded text is not the text of {}",
                            article.id, article.path
                        ),
                    );
                }
            }
        }
    }
    let mut check = |what: &str, article: &str, start: u32, end: u32, words: Option<&str>| {
        out.spans += 1;
        let Some((text, _)) = texts.get(article) else {
            return fail(&mut out, format!("{what}: article {article:?} cannot be read"));
        };
        match text.get(start as usize..end as usize) {
            None => fail(&mut out, format!("{what}: bytes {start}..{end} do not fit the text of {article}")),
            Some(found) => {
                if let Some(words) = words.filter(|w| *w != found) {
                    fail(
                        &mut out,
                        format!(
                            "{what}: expected “{words}”, found “{found}” at bytes {start}..{end} of {article}"
                        ),
                    );
                }
            }
        }
    };
    for a in &account.articles {
        for s in &a.sentences {
            check("sentence", &a.id, s.start, s.end, Some(&s.text));
        }
        for s in &a.segments {
            check("segment", &a.id, s.0, s.1, None);
        }
        for r in &a.published.because {
            if let (Some(article), Some(start), Some(end)) = (&r.article, r.start, r.end) {
                check("published", article, start, end, None);
            }
        }
    }
    for s in &account.statements {
        for r in &s.reports {
            check(&format!("statement {}", s.id), &r.article, r.start, r.end, Some(&r.text));
            if let Some((start, end)) = r.value_span {
                check(&format!("value in statement {}", s.id), &r.article, start, end, None);
            }
            for level in &r.source {
                if let Some((start, end)) = level.span {
                    check(
                        &format!("source in statement {}", s.id),
                        &r.article,
                        start,
                        end,
                        Some(&level.text),
                    );
                }
            }
        }
        for r in s.because.iter().chain(s.origins.list.iter().flat_map(|o| &o.because)) {
            if let (Some(article), Some(start), Some(end)) = (&r.article, r.start, r.end) {
                check(&format!("reason in statement {}", s.id), article, start, end, None);
            }
        }
    }
    for t in &account.times {
        check("time", &t.article, t.start, t.end, Some(&t.text));
    }
    for q in &account.quotes {
        check("quotation", &q.article, q.start, q.end, Some(&q.text));
        for level in q.speaker.iter().chain(&q.via) {
            if let Some((start, end)) = level.span {
                check("source of a quotation", &q.article, start, end, Some(&level.text));
            }
        }
    }
    for e in &account.events {
        for p in e.mentions.iter().chain(&e.label_from) {
            check(&format!("event {}", e.id), &p.article, p.start, p.end, Some(&p.text));
        }
    }
    for s in &account.stories {
        for l in &s.account {
            check(&format!("account in words of story {}", s.id), &l.article, l.start, l.end, Some(&l.text));
        }
    }
    for c in &account.copies {
        for p in &c.passages {
            check("passage", &c.from, p.from.0, p.from.1, None);
            check("passage", &c.to, p.to.0, p.to.1, p.text.as_deref());
        }
    }
    let reasons = account
        .events
        .iter()
        .flat_map(|e| &e.because)
        .chain(account.stories.iter().flat_map(|s| &s.because))
        .chain(account.entities.iter().flat_map(|e| &e.because))
        .chain(account.copies.iter().flat_map(|c| &c.because));
    for r in reasons {
        if let (Some(article), Some(start), Some(end)) = (&r.article, r.start, r.end) {
            check("reason", article, start, end, None);
        }
    }
    out
}

/// The clean texts of an account's articles, by id: the embedded ones, and the others read from their sources again.
/// A text whose hash is not the account's is another text and is left out; the second list names what is missing.
/// `beside` as in [`verify`].
pub fn texts(account: &Account, beside: &Path) -> (BTreeMap<String, String>, Vec<String>) {
    let holds = |text: &str, hash: &str| blake3::hash(text.as_bytes()).to_hex().as_str() == hash;
    let mut out = BTreeMap::new();
    let mut rest = Account { inputs: account.inputs.clone(), ..Account::default() };
    for article in &account.articles {
        match &article.text {
            Some(text) if holds(text, &article.text_hash) => {
                out.insert(article.id.clone(), text.clone());
            }
            _ => rest.articles.push(article.clone()),
        }
    }
    let mut problems = Checked::default();
    let read = read_again(&rest, beside, &mut problems);
    for article in &rest.articles {
        match read.get(&article.id) {
            Some((text, _)) if holds(text, &article.text_hash) => {
                out.insert(article.id.clone(), text.clone());
            }
            Some(_) => fail(&mut problems, format!("article {}: {} has changed", article.id, article.path)),
            None if article.path == "-" => {}
            None => fail(
                &mut problems,
                format!("article {}: {} gives no article any more", article.id, article.path),
            ),
        }
    }
    (out, problems.failures)
}

fn fail(out: &mut Checked, message: String) {
    if out.failures.len() < MOST_FAILURES {
        out.failures.push(message);
    }
}

/// Clean text and source hash of each article, by id, read from its source now.
fn read_again(account: &Account, beside: &Path, out: &mut Checked) -> BTreeMap<String, (String, String)> {
    let meta = match account.inputs.meta.as_deref().map(|m| MetaTable::load(&find(m, beside))) {
        Some(Ok(table)) => table,
        Some(Err(e)) => {
            fail(out, format!("the table of metadata cannot be read again: {e}"));
            MetaTable::default()
        }
        None => MetaTable::default(),
    };
    let mut wanted: BTreeMap<&str, Vec<&headwater_wire::account::Article>> = BTreeMap::new();
    for a in &account.articles {
        wanted.entry(&a.path).or_default().push(a);
    }
    let mut texts = BTreeMap::new();
    for (path, articles) in wanted {
        if path == "-" {
            // Standard input is gone; an embedded text can still be checked against its hash and the spans.
            for a in articles {
                match &a.text {
                    Some(text) => {
                        texts.insert(a.id.clone(), (text.clone(), a.source_hash.clone()));
                    }
                    None => fail(
                        out,
                        format!(
                            "article {}: it came from standard input, which cannot be read again; make the account with --full-text",
                            a.id
                        ),
                    ),
                }
            }
            continue;
        }
        let found = find(path, beside);
        if found.is_dir() {
            // An account names files; a folder would be walked with all that is in it.
            fail(out, format!("{path}: is a folder, and an account names files"));
            continue;
        }
        let found = found.to_string_lossy().into_owned();
        for item in headwater_ingest::read(&[found], Options { meta: meta.clone(), ..Options::default() }) {
            if let Item::Page(mut page) = item {
                page.path = path.to_owned();
                for a in articles.iter().filter(|a| a.record == page.record) {
                    let hash = blake3::hash(page.body.source().as_bytes()).to_hex().to_string();
                    texts.insert(a.id.clone(), (crate::read::article_of(&page).text, hash));
                }
            }
        }
    }
    texts
}

fn find(path: &str, beside: &Path) -> std::path::PathBuf {
    let plain = Path::new(path);
    if plain.exists() || plain.is_absolute() { plain.to_owned() } else { beside.join(plain) }
}
