//! The order of the rooms: annotate, bring entities together, group, date, trace, account.
//!
//! This is the only place that knows the order. Each step is one call into a room; what a room needs of
//! another goes through the nouns.

use crate::read::Read;
use headwater_account::{
    Between, Change, Comparison, Index, Input, Lexicon, LikenessModel, PairModel, in_words, tell,
};
use headwater_annotate::attributions::{self, AttributionModel};
use headwater_annotate::names;
use headwater_annotate::quantities;
use headwater_annotate::times::{self, Anchor, TimePhrase};
use headwater_group::dating::{self, DatingInput};
use headwater_group::entities::{self, EntityLexicon};
use headwater_group::events::{self, GroupInput};
use headwater_model::account::ChainLevel;
use headwater_model::text::Outline;
use headwater_model::{
    Annotations, Article, ArticleIndex, BY_YOUR_FILE, Copy, DateClue, DateRange, Entity, EntityIndex, Event,
    EventKind, Family, Line, Overrides, Quantity, Reason, Span, Statement, Story, Utterance, Verb, Warning,
};
use headwater_trace::{TraceInput, trace};
use headwater_wire::account::SetAside;
use rayon::prelude::*;

/// Models and lexicons, read once.
pub struct Models {
    lexicon: Lexicon,
    likeness: LikenessModel,
    names: names::Models,
    attributions: AttributionModel,
    entities: EntityLexicon,
}

impl Models {
    /// What ships with the program.
    pub fn bundled() -> Self {
        Models {
            lexicon: Lexicon::bundled(),
            likeness: LikenessModel::bundled(),
            names: names::Models::bundled(),
            attributions: AttributionModel::shipped(),
            entities: EntityLexicon::bundled(),
        }
    }
}

/// Most reasons kept for an event.
const MOST_REASONS: usize = 12;

/// A step, for progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Times, names, quantities, attributions of each article.
    Annotating,
    /// Entities, events, stories, dates.
    Grouping,
    /// Shared passages and copies.
    Tracing,
    /// Statements of each story.
    LiningUp,
}

impl Stage {
    /// The step in words.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Annotating => "annotating",
            Stage::Grouping => "grouping",
            Stage::Tracing => "tracing copies",
            Stage::LiningUp => "lining up statements",
        }
    }
}

/// All that is known of a set of reports.
pub struct Analysis {
    /// The articles, sorted; `ArticleIndex` counts in this list.
    pub articles: Vec<Article>,
    /// BLAKE3 of each article's source.
    pub source_hashes: Vec<String>,
    /// One outline an article.
    pub outlines: Vec<Outline>,
    /// One set of annotations an article.
    pub annotations: Vec<Annotations>,
    /// Entities across articles.
    pub entities: Vec<Entity>,
    /// The entity of each local entity.
    pub entity_of: Vec<Vec<Option<EntityIndex>>>,
    /// Told events by date, then background ones.
    pub events: Vec<Event>,
    /// Storylines.
    pub stories: Vec<Story>,
    /// Links between reports.
    pub copies: Vec<Copy>,
    /// Families of copies.
    pub families: Vec<Family>,
    /// Reports merged from two texts: (child, the parent outside its family).
    pub second_parents: Vec<(ArticleIndex, ArticleIndex)>,
    /// Statements of all stories.
    pub statements: Vec<Statement>,
    /// Utterances in several renderings.
    pub utterances: Vec<Utterance>,
    /// Each story's account in words.
    pub words: Vec<Vec<Line>>,
    /// Inputs that gave no article.
    pub set_aside: Vec<SetAside>,
    /// Remarks about the whole.
    pub warnings: Vec<Warning>,
    /// Lookups over entities, events and copies.
    index: Index,
    /// Least and most independent texts among the reports.
    pub text_origins: [usize; 2],
    /// What grouped the reports; it can say why.
    grouping: Option<events::Grouping>,
}

impl Analysis {
    /// Why two reports are grouped or not, by their words and days.
    pub(crate) fn why_grouped(&self, a: ArticleIndex, b: ArticleIndex) -> Option<events::Why> {
        let inputs: Vec<GroupInput<'_>> = (0..self.articles.len())
            .map(|i| GroupInput {
                article: &self.articles[i],
                outline: &self.outlines[i],
                annotations: &self.annotations[i],
                entities: &self.entity_of[i],
                published: self.articles[i].published.range,
            })
            .collect();
        self.grouping.as_ref()?.why(&inputs, a, b)
    }

    /// The source chain of an attribution, outermost first.
    pub fn chain(&self, article: ArticleIndex, attribution: usize) -> Vec<ChainLevel> {
        headwater_account::chain_levels(&self.input(&[], &self.index), article, attribution)
    }

    /// How two figures, of two reports or of one, hang together; `None` when no report tells anything there.
    pub fn between(
        &self,
        models: &Models,
        model: &PairModel,
        a: (ArticleIndex, &Quantity),
        b: (ArticleIndex, &Quantity),
    ) -> Option<Between> {
        let mut members = vec![a.0, b.0];
        members.sort_unstable();
        members.dedup();
        headwater_account::between(&self.input(&members, &self.index), &models.lexicon, model, a, b)
    }

    /// The clauses of all reports that share a word or a name, compared.
    pub fn compared(&self, models: &Models) -> Comparison {
        let members: Vec<ArticleIndex> = (0..self.articles.len() as u32).map(ArticleIndex).collect();
        headwater_account::compared(&self.input(&members, &self.index), &models.lexicon)
    }

    /// What was changed between two renderings of one sentence, in two articles or in one.
    pub fn altered(&self, a: (ArticleIndex, Span), b: (ArticleIndex, Span)) -> Vec<Change> {
        headwater_account::altered(&self.input(&[], &self.index), a, b)
    }

    fn input<'a>(&'a self, members: &'a [ArticleIndex], index: &'a Index) -> Input<'a> {
        Input {
            articles: &self.articles,
            outlines: &self.outlines,
            annotations: &self.annotations,
            entities: &self.entities,
            entity_of: &self.entity_of,
            events: &self.events,
            copies: &self.copies,
            families: &self.families,
            index,
            members,
        }
    }
}

/// What one article keeps between steps.
struct Work {
    outline: Outline,
    phrases: Vec<TimePhrase>,
    clues: Vec<DateClue>,
}

/// Runs all rooms over what was read.
pub fn analyse(read: Read, models: &Models, progress: &mut dyn FnMut(Stage, usize, usize)) -> Analysis {
    let mut analysis = analyse_under(read.articles, &read.overrides, models, progress);
    analysis.source_hashes = read.source_hashes;
    analysis.set_aside = read.set_aside;
    analysis.warnings.extend(read.warnings);
    analysis
}

/// Runs all rooms over articles that are sorted and have unique ids.
pub fn analyse_articles(
    articles: Vec<Article>,
    models: &Models,
    progress: &mut dyn FnMut(Stage, usize, usize),
) -> Analysis {
    analyse_under(articles, &Overrides::default(), models, progress)
}

/// Runs all rooms under what a user has decided.
fn analyse_under(
    articles: Vec<Article>,
    overrides: &Overrides,
    models: &Models,
    progress: &mut dyn FnMut(Stage, usize, usize),
) -> Analysis {
    let total = articles.len();
    let mut a = Analysis {
        source_hashes: vec![String::new(); total],
        outlines: Vec::new(),
        annotations: Vec::new(),
        entities: Vec::new(),
        entity_of: Vec::new(),
        events: Vec::new(),
        stories: Vec::new(),
        copies: Vec::new(),
        families: Vec::new(),
        second_parents: Vec::new(),
        grouping: None,
        statements: Vec::new(),
        utterances: Vec::new(),
        words: Vec::new(),
        set_aside: Vec::new(),
        warnings: Vec::new(),
        text_origins: [0, 0],
        index: Index::new(0, &[], &[], &[], &[]),
        articles,
    };
    progress(Stage::Annotating, 0, total);
    let annotated = annotate_all(&a.articles, models);
    let mut times = Vec::with_capacity(total);
    for (work, annotations) in annotated {
        a.annotations.push(annotations);
        a.outlines.push(work.outline);
        times.push((work.phrases, work.clues));
    }
    progress(Stage::Grouping, 0, total);
    bring_together(&mut a, overrides, models);
    let (groups, stories) = group(&mut a, overrides, &times);
    date(&mut a, &times, &groups, &stories);
    progress(Stage::Tracing, 0, total);
    trace_copies(&mut a);
    progress(Stage::LiningUp, 0, total);
    line_up(&mut a, models, progress);
    a
}

/// The statements of each story, and the background events found with them.
fn line_up(a: &mut Analysis, models: &Models, progress: &mut dyn FnMut(Stage, usize, usize)) {
    let told = a.events.len();
    a.index = Index::new(a.articles.len(), &a.entities, &a.events, &a.copies, &a.families);
    let accounts: Vec<headwater_model::Account> = {
        let view = &*a;
        view.stories
            .par_iter()
            .map(|s| tell(&view.input(&s.articles, &view.index), &models.lexicon, &models.likeness))
            .collect()
    };
    progress(Stage::LiningUp, a.stories.len(), a.stories.len());
    let mut of_story = Vec::with_capacity(accounts.len());
    for (story, account) in accounts.into_iter().enumerate() {
        of_story.push(a.statements.len()..a.statements.len() + account.statements.len());
        a.statements.extend(account.statements);
        a.utterances.extend(account.utterances);
        a.copies.extend(account.upstream);
        for (event, article, span) in account.mentions {
            a.events[event as usize].mentioned_by.push((article, span));
        }
        for event in account.background {
            a.stories[story].events.push(a.events.len() as u32);
            a.events.push(event);
        }
    }
    a.copies.sort_by_key(|c| (c.from, c.to));
    sort_events(a, told);
    a.words = put_in_words(a, &of_story);
}

/// Each story's account in words; `statements` are the places of its statements in the whole list.
fn put_in_words(a: &Analysis, statements: &[std::ops::Range<usize>]) -> Vec<Vec<Line>> {
    let stories: Vec<_> = a.stories.iter().zip(statements).collect();
    let write = |(story, places): &(&Story, &std::ops::Range<usize>)| {
        let list: Vec<(u32, &Statement)> = (*places).clone().map(|i| (i as u32, &a.statements[i])).collect();
        in_words(&a.input(&story.articles, &a.index), &story.events, &list)
    };
    stories.par_iter().map(write).collect()
}

/// Told events by date, then background ones by date; undated ones last. Every index follows.
fn sort_events(a: &mut Analysis, told: usize) {
    let mut order: Vec<usize> = (0..a.events.len()).collect();
    order.sort_by_key(|&i| {
        let e = &a.events[i];
        (i >= told, e.date.earliest.is_none(), e.date.earliest, e.date.latest, e.told_by.first().copied(), i)
    });
    let mut place = vec![0u32; order.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = new as u32;
    }
    let mut events: Vec<Option<Event>> = std::mem::take(&mut a.events).into_iter().map(Some).collect();
    a.events = order.iter().filter_map(|&i| events[i].take()).collect();
    for event in &mut a.events {
        event.mentioned_by.sort_unstable();
        event.mentioned_by.dedup();
    }
    for story in &mut a.stories {
        story.events.iter_mut().for_each(|e| *e = place[*e as usize]);
        story.events.sort_unstable();
    }
    for statement in &mut a.statements {
        statement.event = statement.event.map(|e| place[e as usize]);
    }
}

/// Annotates all articles; those that name a state which only others tell of are read again with what these tell.
fn annotate_all(articles: &[Article], models: &Models) -> Vec<(Work, Annotations)> {
    let nothing = names::Told::default();
    let mut annotated: Vec<(Work, Annotations, names::Told)> =
        articles.par_iter().map(|article| annotate(article, models, &nothing)).collect();
    let mut told = names::Told::default();
    annotated.iter().for_each(|a| told.join(&a.2));
    if !told.is_empty() {
        annotated.par_iter_mut().zip(articles).for_each(|(a, article)| {
            if told.adds_to(&a.2, &article.text) {
                *a = annotate(article, models, &told);
            }
        });
    }
    annotated.into_iter().map(|(work, annotations, _)| (work, annotations)).collect()
}

/// Annotates one article: every annotator reads the one outline.
fn annotate(article: &Article, models: &Models, told: &names::Told) -> (Work, Annotations, names::Told) {
    let text = article.text.as_str();
    let outline = Outline::new(text);
    let language = article.language.as_deref();
    let (mut phrases, mut warnings) = (Vec::new(), Vec::new());
    if let Some(l) = times::Language::of_code(language.unwrap_or("en")) {
        phrases = times::find(text, &outline, l);
        let range = article.published.range;
        warnings = times::doubts(text, &outline, &phrases, l, range.earliest.zip(range.latest));
    }
    let mentions = times::resolve(text, &outline, &phrases, anchor(article));
    let quantities = quantities::find(text, &outline, &mentions);
    let names = names::annotate_knowing(text, &outline, &models.names, language, told);
    let refer = |span| names::refer(text, &outline, &names, &models.names, span);
    let (attributions, quotations) = attributions::annotate(
        &models.attributions,
        &attributions::Input {
            text,
            outline: &outline,
            language: attributions::Language::from_tag(language),
            pos: &names.pos,
            names: &names.names,
            entities: &names.entities,
            refer: Some(&refer),
        },
    );
    let predicates = predicates(&names.pos);
    let annotations = Annotations {
        times: mentions,
        quantities,
        names: names.names,
        entities: names.entities,
        attributions,
        quotations,
        predicates,
        warnings,
    };
    let clues = times::clues(text, &outline, &phrases);
    (Work { outline, phrases, clues }, annotations, names.told)
}

/// Tokens that can head a clause.
fn predicates(pos: &[names::Pos]) -> Vec<u32> {
    let heads =
        |p: &names::Pos| matches!(p, names::Pos::VerbPresent | names::Pos::VerbPast | names::Pos::Auxiliary);
    pos.iter().enumerate().filter(|(_, p)| heads(p)).map(|(i, _)| i as u32).collect()
}

/// Entities across articles.
fn bring_together(a: &mut Analysis, overrides: &Overrides, models: &Models) {
    let pairs: Vec<(&Article, &Annotations)> = a.articles.iter().zip(&a.annotations).collect();
    let named = |verb| overrides.of(verb).map(|d| (d.a.clone(), d.b.clone())).collect();
    let decided = entities::Overrides { same: named(Verb::Same), not_same: named(Verb::NotSame) };
    a.entities = entities::resolve(&pairs, &models.entities, &decided);
    a.entity_of = a.annotations.iter().map(|n| vec![None; n.entities.len()]).collect();
    for (i, entity) in a.entities.iter().enumerate() {
        for (article, local) in &entity.members {
            a.entity_of[article.at()][*local as usize] = Some(EntityIndex(i as u32));
        }
    }
}

/// Events and stories.
fn group(
    a: &mut Analysis,
    overrides: &Overrides,
    times: &[(Vec<TimePhrase>, Vec<DateClue>)],
) -> (Vec<Vec<ArticleIndex>>, Vec<Vec<ArticleIndex>>) {
    let inputs: Vec<GroupInput<'_>> = (0..a.articles.len())
        .map(|i| GroupInput {
            article: &a.articles[i],
            outline: &a.outlines[i],
            annotations: &a.annotations[i],
            entities: &a.entity_of[i],
            published: a.articles[i].published.range,
        })
        .collect();
    let mut grouping = events::group_with(&inputs, overrides);
    let dated: Vec<DatingInput<'_>> = (0..a.articles.len())
        .map(|i| DatingInput { article: &a.articles[i], outline: &a.outlines[i], clues: &times[i].1 })
        .collect();
    let leads = dating::leads(&dated, &grouping.events);
    let told: Vec<Option<DateRange>> = leads.iter().map(|l| l.told).collect();
    let written: Vec<_> = leads.iter().map(|l| l.written).collect();
    grouping.split_by_day(&told, &written);
    let mut events = Vec::with_capacity(grouping.events.len());
    for members in &grouping.events {
        let title = grouping.title_of(&inputs, members);
        let mut because: Vec<Reason> =
            members.iter().flat_map(|m| grouping.reasons[m.at()].iter().cloned()).collect();
        // What the user decided comes first, each decision once.
        because.sort_by_key(|r| !r.text.starts_with(BY_YOUR_FILE));
        because.dedup();
        because.truncate(MOST_REASONS);
        events.push(Event {
            label_place: title.article.zip(title.span),
            label: title.text,
            kind: EventKind::Told,
            date: DateRange::default(),
            date_value: None,
            told_by: members.clone(),
            mentioned_by: Vec::new(),
            because,
        });
    }
    let stories: Vec<Story> = grouping
        .stories
        .iter()
        .map(|s| Story {
            title: grouping.title_of(&inputs, &s.articles).text,
            articles: s.articles.clone(),
            events: s.events.clone(),
            because: s.because.clone(),
        })
        .collect();
    let members = stories.iter().map(|s| s.articles.clone()).collect();
    let warnings = std::mem::take(&mut grouping.warnings);
    drop(inputs);
    a.warnings.extend(warnings);
    a.events = events;
    a.stories = stories;
    let groups = grouping.events.clone();
    a.grouping = Some(grouping);
    (groups, members)
}

/// Days of publication worked out, times given their values again, happenings dated.
fn date(
    a: &mut Analysis,
    times: &[(Vec<TimePhrase>, Vec<DateClue>)],
    groups: &[Vec<ArticleIndex>],
    stories: &[Vec<ArticleIndex>],
) {
    let inputs: Vec<DatingInput<'_>> = (0..a.articles.len())
        .map(|i| DatingInput { article: &a.articles[i], outline: &a.outlines[i], clues: &times[i].1 })
        .collect();
    let published = dating::infer(&inputs, groups, stories);
    let told: Vec<Option<dating::ToldDate>> =
        groups.iter().map(|g| dating::told_together(&inputs, &published, g)).collect();
    for (event, date) in a.events.iter_mut().zip(told) {
        if let Some(date) = date {
            event.date = date.range;
            event.date_value = date.value;
            event.because.extend(date.because);
        }
    }
    for (i, published) in published.into_iter().enumerate() {
        if published == a.articles[i].published {
            continue;
        }
        a.articles[i].published = published;
        let (text, outline) = (a.articles[i].text.as_str(), &a.outlines[i]);
        a.annotations[i].times = times::resolve(text, outline, &times[i].0, anchor(&a.articles[i]));
    }
}

/// What times are resolved against.
fn anchor(article: &Article) -> Anchor {
    match article.published.day() {
        Some(day) => Anchor::Day(day),
        None if article.published.range.is_open() => Anchor::Unknown,
        None => Anchor::Range(article.published.range),
    }
}

fn trace_copies(a: &mut Analysis) {
    let inputs: Vec<TraceInput<'_>> = a
        .articles
        .iter()
        .zip(&a.outlines)
        .zip(&a.annotations)
        .map(|((article, outline), annotations)| TraceInput { article, outline, annotations })
        .collect();
    let tracing = trace(&inputs);
    let all: Vec<ArticleIndex> = (0..a.articles.len() as u32).map(ArticleIndex).collect();
    let (least, most) = tracing.origins(&all);
    a.text_origins = [least as usize, most as usize];
    a.copies = tracing.copies;
    a.families = tracing.families;
    a.second_parents = tracing.second_parents;
    for (article, warning) in tracing.warnings {
        a.articles[article.at()].warnings.push(warning);
    }
}
