//! The generated articles, and each step of the engine by itself, on one thread.

#![allow(
    dead_code,
    unused_imports,
    reason = "each bench uses a part, and the fixtures bring tests of their own"
)]

#[path = "../../../../xtask/src/fixtures/mod.rs"]
pub(crate) mod fixtures;

use headwater::{Analysis, Models, Read};
use headwater_account::{Index, Input, Lexicon, LikenessModel, tell};
use headwater_annotate::attributions::{self, AttributionModel};
use headwater_annotate::names::{self, NameAnnotations};
use headwater_annotate::{quantities, times};
use headwater_group::entities::{self, EntityLexicon};
use headwater_group::events::{self, GroupInput};
use headwater_ingest::{Declared, PageBody, RawPage};
use headwater_model::text::Outline;
use headwater_model::{Annotations, Article};
use headwater_trace::{TraceInput, trace};
use std::hint::black_box;

/// Seed of the generated articles of all records.
pub(crate) const SEED: u64 = 1;

/// What the pages of a run are made of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    Html,
}

/// Generated pages, as reading gives them.
pub(crate) fn pages(articles: usize, form: Form) -> Vec<RawPage> {
    pages_of(fixtures::generate(articles, SEED), form)
}

fn pages_of(fixtures: Vec<fixtures::Fixture>, form: Form) -> Vec<RawPage> {
    let page = |f: fixtures::Fixture| {
        let body = match form {
            Form::Text => PageBody::Text(f.text()),
            Form::Html => PageBody::Html(f.html()),
        };
        let declared = match form {
            Form::Html => Declared { url: Some(f.url.clone()), ..Declared::default() },
            Form::Text => Declared {
                url: Some(f.url.clone()),
                title: Some(f.title.clone()),
                published: f.published.map(|d| d.to_string()),
                outlet: Some(f.outlet.to_owned()),
                ..Declared::default()
            },
        };
        RawPage {
            path: "generated".to_owned(),
            record: None,
            bytes: body.source().len() as u64,
            id: Some(f.id),
            body,
            declared,
            encoding: "UTF-8",
        }
    };
    fixtures.into_iter().map(page).collect()
}

pub(crate) fn extract(pages: &[RawPage]) -> Vec<Article> {
    pages.iter().map(headwater::article_of).collect()
}

/// The whole way, on all cores: pages to the page and the data.
pub(crate) fn whole(pages: &[RawPage], models: &Models) -> usize {
    let analysis = analyse(extract(pages), models);
    let account = headwater::account(&analysis, headwater::Show::default());
    let page = headwater::wire::page::render(&account, &headwater::wire::page::PageOptions::default());
    let data = serde_json::to_string_pretty(&account).expect("an account is JSON");
    page.len() + data.len()
}

pub(crate) fn analyse(articles: Vec<Article>, models: &Models) -> Analysis {
    let source_hashes = vec![String::new(); articles.len()];
    let read = Read { articles, source_hashes, ..Read::default() };
    headwater::analyse(read, models, &mut |_, _, _| {})
}

/// Everything that the steps need, made once.
pub(crate) struct Desk {
    pub(crate) text: Vec<RawPage>,
    pub(crate) html: Vec<RawPage>,
    pub(crate) models: Models,
    names: names::Models,
    attributions: AttributionModel,
    entities: EntityLexicon,
    lexicon: Lexicon,
    likeness: LikenessModel,
    analysis: Analysis,
    named: Vec<NameAnnotations>,
    account: headwater::wire::account::Account,
}

/// A step: its name and what it does once over all articles.
pub(crate) type Step = (&'static str, fn(&Desk));

/// The steps that make an account of reports that are annotated.
pub(crate) const AFTER_ANNOTATION: &[&str] = &["entities", "group", "trace", "statements", "account"];

/// The steps in their order.
pub(crate) const STEPS: &[Step] = &[
    ("extract text", |d| drop(black_box(extract(&d.text)))),
    ("extract html", |d| drop(black_box(extract(&d.html)))),
    ("outline", |d| d.each(|i| drop(black_box(Outline::new(d.text_of(i)))))),
    ("times", |d| {
        d.each(|i| {
            let (text, outline) = (d.text_of(i), &d.analysis.outlines[i]);
            let phrases = times::find(text, outline, times::Language::English);
            drop(black_box(times::resolve(text, outline, &phrases, times::Anchor::Unknown)));
            drop(black_box(times::clues(text, outline, &phrases)));
        });
    }),
    ("quantities", |d| {
        d.each(|i| {
            drop(black_box(quantities::find(
                d.text_of(i),
                &d.analysis.outlines[i],
                &d.analysis.annotations[i].times,
            )))
        });
    }),
    ("names", |d| {
        d.each(|i| {
            drop(black_box(names::annotate(d.text_of(i), &d.analysis.outlines[i], &d.names, Some("en"))))
        });
    }),
    ("attributions", |d| {
        d.each(|i| {
            let (text, outline, names) = (d.text_of(i), &d.analysis.outlines[i], &d.named[i]);
            let refer = |span| names::refer(text, outline, names, &d.names, span);
            let language = attributions::Language::from_tag(Some("en"));
            let (pos, names, entities) =
                (names.pos.as_slice(), names.names.as_slice(), names.entities.as_slice());
            let input =
                attributions::Input { text, outline, language, pos, names, entities, refer: Some(&refer) };
            drop(black_box(attributions::annotate(&d.attributions, &input)));
        });
    }),
    ("entities", |d| {
        let pairs: Vec<(&Article, &Annotations)> =
            d.analysis.articles.iter().zip(&d.analysis.annotations).collect();
        drop(black_box(entities::resolve(&pairs, &d.entities, &entities::Overrides::default())));
    }),
    ("group", |d| {
        let a = &d.analysis;
        let input = |i: usize| GroupInput {
            article: &a.articles[i],
            outline: &a.outlines[i],
            annotations: &a.annotations[i],
            entities: &a.entity_of[i],
            published: a.articles[i].published.range,
        };
        let inputs: Vec<GroupInput<'_>> = (0..a.articles.len()).map(input).collect();
        drop(black_box(events::group(&inputs)));
    }),
    ("trace", |d| {
        let a = &d.analysis;
        let all = a.articles.iter().zip(&a.outlines).zip(&a.annotations);
        let inputs: Vec<TraceInput<'_>> = all
            .map(|((article, outline), annotations)| TraceInput { article, outline, annotations })
            .collect();
        drop(black_box(trace(&inputs)));
    }),
    ("statements", |d| {
        let a = &d.analysis;
        let index = Index::new(a.articles.len(), &a.entities, &a.events, &a.copies, &a.families);
        for story in &a.stories {
            let input = Input {
                articles: &a.articles,
                outlines: &a.outlines,
                annotations: &a.annotations,
                entities: &a.entities,
                entity_of: &a.entity_of,
                events: &a.events,
                copies: &a.copies,
                families: &a.families,
                index: &index,
                members: &story.articles,
            };
            drop(black_box(tell(&input, &d.lexicon, &d.likeness)));
        }
    }),
    ("account", |d| drop(black_box(headwater::account(&d.analysis, headwater::Show::default())))),
    ("json", |d| drop(black_box(serde_json::to_string_pretty(&d.account)))),
    ("page", |d| {
        drop(black_box(headwater::wire::page::render(
            &d.account,
            &headwater::wire::page::PageOptions::default(),
        )));
    }),
];

impl Desk {
    pub(crate) fn new(articles: usize) -> Self {
        Desk::of(pages(articles, Form::Text), pages(articles, Form::Html))
    }

    /// Reports of one event, as text.
    pub(crate) fn of_one_event(reports: usize) -> Self {
        Desk::of(pages_of(fixtures::of_one_event(reports, SEED), Form::Text), Vec::new())
    }

    fn of(text: Vec<RawPage>, html: Vec<RawPage>) -> Self {
        let models = Models::bundled();
        let names = names::Models::bundled();
        let analysis = analyse(extract(&text), &models);
        let account = headwater::account(&analysis, headwater::Show::default());
        let all = analysis.articles.iter().zip(&analysis.outlines);
        let named = all
            .map(|(article, outline)| names::annotate(&article.text, outline, &names, Some("en")))
            .collect();
        Desk {
            text,
            html,
            models,
            names,
            attributions: AttributionModel::shipped(),
            entities: EntityLexicon::bundled(),
            lexicon: Lexicon::bundled(),
            likeness: LikenessModel::bundled(),
            analysis,
            named,
            account,
        }
    }

    /// Sizes of the result, for the record.
    pub(crate) fn sizes(&self) -> String {
        let a = &self.analysis;
        let words: usize = self.account.articles.iter().map(|x| x.words).sum();
        let largest = a.stories.iter().map(|s| s.articles.len()).max().unwrap_or(0);
        format!(
            "{} articles of {} words, {} entities, {} events, {} stories (largest {largest}), {} copies, {} statements",
            a.articles.len(),
            words / a.articles.len().max(1),
            a.entities.len(),
            a.events.len(),
            a.stories.len(),
            a.copies.len(),
            a.statements.len(),
        )
    }

    fn text_of(&self, i: usize) -> &str {
        &self.analysis.articles[i].text
    }

    fn each(&self, mut f: impl FnMut(usize)) {
        (0..self.analysis.articles.len()).for_each(&mut f);
    }
}
