//! What is done with hostile bytes, one function a target. A target may not panic, hang, or break what it says of
//! its spans.
//!
//! The same functions run under libFuzzer (`fuzz_targets`) and, over the committed corpus, as a normal test of the
//! engine (`crates/headwater/tests/it/fuzz.rs` includes this file).

use headwater::wire::account::Account;
use headwater::wire::export::{Format, Texts, export};
use headwater::wire::page::{PageOptions, render};
use headwater_annotate::{attributions, names, quantities, times};
use headwater_ingest::{Item, Options, PageBody, RawPage, Reader};
use headwater_model::text::Outline;
use headwater_model::{Annotations, Article, Span};
use std::sync::OnceLock;

/// A target: its name, and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// All targets; each has a folder of its name in `fuzz/corpus` and a file in `fuzz/fuzz_targets`.
pub const TARGETS: &[Target] = &[
    ("account", account),
    ("annotate", annotate),
    ("carriers", carriers),
    ("engine", engine),
    ("feeds", feeds),
    ("ingest", ingest),
    ("pages", pages),
    ("text", text),
    ("times", time_phrases),
    ("trace", trace),
];

/// Most bytes of text that the slower targets take: longer inputs find nothing that shorter ones do not.
const MOST_BYTES: usize = 20_000;

fn words(data: &[u8]) -> String {
    let text = String::from_utf8_lossy(data).into_owned();
    let mut end = text.len().min(MOST_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}

fn fits(text: &str, span: Span, what: &str) {
    assert!(text.get(span.range()).is_some(), "{what}: {span:?} does not fit a text of {} bytes", text.len());
}

fn page(body: PageBody) -> RawPage {
    let path = match body {
        PageBody::Html(_) => "a.html",
        PageBody::Text(_) => "a.txt",
    };
    let item =
        Reader::new(&["-".to_owned()], Options::default(), Box::new(std::io::Cursor::new(b"x".to_vec())))
            .find_map(|item| match item {
                Item::Page(page) => Some(page),
                Item::Problem(_) => None,
            });
    let mut page = item.expect("a word is a page");
    page.path = path.to_owned();
    page.body = body;
    page
}

fn check_article(article: &Article, source: &str) {
    for segment in &article.segments {
        fits(&article.text, segment.clean, "segment");
        fits(source, segment.source, "the source of a segment");
        if segment.exact {
            assert_eq!(
                segment.clean.of(&article.text),
                segment.source.of(source),
                "an exact segment differs"
            );
        }
    }
    for removed in &article.removed {
        fits(source, removed.source, "removed");
    }
    for warning in &article.warnings {
        if let Some(span) = warning.span {
            fits(&article.text, span, "warning");
        }
    }
}

/// HTML in any encoding.
pub fn pages(data: &[u8]) {
    let page = page(PageBody::Html(headwater_ingest::decode_html(data).text));
    check_article(&headwater::article_of(&page), page.body.source());
}

/// Plain text with page residue.
pub fn text(data: &[u8]) {
    let page = page(PageBody::Text(headwater_ingest::decode_text(data).text));
    check_article(&headwater::article_of(&page), page.body.source());
}

/// Whatever may come on standard input: JSONL, HTML, text.
pub fn ingest(data: &[u8]) {
    let stdin = Box::new(std::io::Cursor::new(data.to_vec()));
    for item in Reader::new(&["-".to_owned()], Options::default(), stdin) {
        match item {
            Item::Page(page) => {
                check_article(&headwater::article_of(&page), page.body.source());
            }
            Item::Problem(problem) => assert!(!problem.message.is_empty() && !problem.code.is_empty()),
        }
    }
}

/// A WARC, a table or rows, each read as each.
pub fn carriers(data: &[u8]) {
    headwater_ingest::fuzz_carriers(data);
}

/// A feed, a sitemap, OPML, or JSON Feed, as a file's bytes.
pub fn feeds(data: &[u8]) {
    headwater_ingest::fuzz_carriers(data);
    ingest(data);
}

/// Time phrases in the languages there are, against each kind of anchor.
pub fn time_phrases(data: &[u8]) {
    let text = words(data);
    let outline = Outline::new(&text);
    for code in ["en", "de"] {
        let Some(language) = times::Language::of_code(code) else { continue };
        let phrases = times::find(&text, &outline, language);
        let day = jiff_day(2024, 2, 29);
        for anchor in [times::Anchor::Day(day), times::Anchor::Unknown] {
            for mention in times::resolve(&text, &outline, &phrases, anchor) {
                fits(&text, mention.span, "time");
                assert!(!mention.value.is_empty());
                if let Some(interval) = mention.interval {
                    assert!(interval.start <= interval.end, "{}: {interval:?}", mention.span.of(&text));
                }
            }
        }
        times::clues(&text, &outline, &phrases);
    }
}

fn jiff_day(year: i16, month: i8, day: i8) -> jiff::civil::Date {
    jiff::civil::date(year, month, day)
}

struct Models {
    names: names::Models,
    attributions: attributions::AttributionModel,
    engine: headwater::Models,
}

fn models() -> &'static Models {
    static MODELS: OnceLock<Models> = OnceLock::new();
    MODELS.get_or_init(|| Models {
        names: names::Models::bundled(),
        attributions: attributions::AttributionModel::shipped(),
        engine: headwater::Models::bundled(),
    })
}

/// Names, quantities and attributions of one text.
pub fn annotate(data: &[u8]) {
    let text = words(data);
    let outline = Outline::new(&text);
    let models = models();
    for quantity in quantities::find(&text, &outline, &[]) {
        fits(&text, quantity.span, "quantity");
        assert!(quantity.low <= quantity.high, "{} to {}", quantity.low, quantity.high);
    }
    let found = names::annotate(&text, &outline, &models.names, Some("en"));
    for name in &found.names {
        fits(&text, name.span, "name");
    }
    let refer = |span| names::refer(&text, &outline, &found, &models.names, span);
    let input = attributions::Input {
        text: &text,
        outline: &outline,
        language: attributions::Language::from_tag(Some("en")),
        names: &found.names,
        entities: &found.entities,
        pos: &found.pos,
        refer: Some(&refer),
    };
    let (attributed, quotations) = attributions::annotate(&models.attributions, &input);
    for a in &attributed {
        for span in a.content.iter().chain(&a.cue) {
            fits(&text, *span, "attribution");
        }
    }
    for q in &quotations {
        fits(&text, q.span, "quotation");
        fits(&text, q.outer, "quotation with its marks");
    }
}

/// Several texts, parted by a byte that no text has.
fn articles(data: &[u8]) -> Vec<Article> {
    let parts = data.split(|b| *b == 0).take(6);
    parts
        .enumerate()
        .map(|(n, part)| {
            let mut page = page(PageBody::Text(words(part)));
            page.path = format!("{n}.txt");
            let mut article = headwater::article_of(&page);
            article.id = format!("r{n}");
            article
        })
        .collect()
}

/// Copies among a few texts.
pub fn trace(data: &[u8]) {
    let articles = articles(data);
    let outlines: Vec<Outline> = articles.iter().map(|a| Outline::new(&a.text)).collect();
    let annotations = vec![Annotations::default(); articles.len()];
    let inputs: Vec<headwater_trace::TraceInput> = articles
        .iter()
        .zip(&outlines)
        .zip(&annotations)
        .map(|((article, outline), annotations)| headwater_trace::TraceInput {
            article,
            outline,
            annotations,
        })
        .collect();
    let tracing = headwater_trace::trace(&inputs);
    for copy in &tracing.copies {
        for passage in &copy.passages {
            fits(&articles[copy.from.at()].text, passage.a, "passage");
            fits(&articles[copy.to.at()].text, passage.b, "passage");
        }
    }
}

/// The whole way for a few texts: the account verifies, and gives a page and every export.
pub fn engine(data: &[u8]) {
    let articles = articles(&data[..data.len().min(MOST_BYTES)]);
    let analysis = headwater::analyse_articles(articles, &models().engine, &mut |_, _, _| {});
    let mut account = headwater::account(&analysis, headwater::Show { full_text: true });
    for article in &mut account.articles {
        // Verified by the embedded text.
        "-".clone_into(&mut article.path);
        article.record = None;
    }
    let checked = headwater::verify(&account, std::path::Path::new("."));
    assert!(checked.failures.is_empty(), "{:?}", checked.failures);
    shown(&account);
}

/// An `account.json` of somebody else's.
pub fn account(data: &[u8]) {
    let Ok(mut account) = serde_json::from_slice::<Account>(data) else { return };
    for article in &mut account.articles {
        // Nothing on this machine is read.
        "-".clone_into(&mut article.path);
    }
    account.inputs.meta = None;
    headwater::verify(&account, std::path::Path::new("."));
    shown(&account);
}

fn shown(account: &Account) {
    let page = render(account, &PageOptions::default());
    assert_eq!(page.matches("<script").count(), 1, "words became a script");
    for format in Format::ALL {
        let text = export(account, &Texts::new(), format);
        assert!(!text.is_empty(), "{}", format.name());
    }
}
