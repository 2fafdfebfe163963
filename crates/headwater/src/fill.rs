//! From working types to `headwater.account/1`. No judgement here: names, ids, words.

use crate::analyse::Analysis;
use headwater_model::account::ChainLevel;
use headwater_model::{
    ArticleIndex, Direction, Entity, EntityIndex, EventKind, NameKind, PublishedHow, Reason, SourceKind,
    Span, Value,
};
use headwater_wire::account as wire;
use std::collections::BTreeSet;

/// Most characters of a removed block that are shown.
const MOST_REMOVED_CHARS: usize = 400;

/// What to put into the account besides the account.
#[derive(Clone, Copy, Debug, Default)]
pub struct Show {
    /// Embed every article's whole clean text.
    pub full_text: bool,
}

/// The account in its outside form.
pub fn account(analysis: &Analysis, show: Show) -> wire::Account {
    let filler = Filler { a: analysis };
    let mut out = wire::Account {
        schema: wire::SCHEMA.to_owned(),
        generator: concat!("headwater ", env!("CARGO_PKG_VERSION")).to_owned(),
        ..wire::Account::default()
    };
    out.entities = filler.entities();
    out.events = filler.events();
    out.stories = filler.stories();
    out.times = filler.times();
    let quotes_of = filler.quotes(&mut out);
    filler.utterances(&mut out, &quotes_of);
    out.statements = filler.statements();
    out.copies = filler.copies();
    out.families = filler.families();
    out.set_aside = analysis.set_aside.clone();
    out.warnings = analysis.warnings.iter().map(warning).collect();
    let cited = filler.cited(&out);
    out.articles = (0..analysis.articles.len()).map(|i| filler.article(i, show, &cited[i])).collect();
    out.summary = summary(analysis, &out);
    out
}

fn summary(analysis: &Analysis, out: &wire::Account) -> wire::Summary {
    let shared = || out.statements.iter().filter(|s| s.agreement != "single report");
    let mut by_agreement = std::collections::BTreeMap::new();
    for s in &out.statements {
        *by_agreement.entry(s.agreement.clone()).or_default() += 1;
    }
    wire::Summary {
        reports: out.articles.len(),
        happenings: out.events.iter().filter(|e| e.kind == "told").count(),
        stories: out.stories.len(),
        shared_statements: shared().count(),
        doubtful: shared().filter(|s| s.doubtful).count(),
        single_origin: shared().filter(|s| s.origins.most == 1).count(),
        by_agreement,
        copies: out.copies.iter().filter(|c| c.state != "common upstream").count(),
        text_origins: analysis.text_origins,
    }
}

fn warning(w: &headwater_model::Warning) -> wire::Warning {
    wire::Warning {
        code: w.code.to_owned(),
        message: w.message.clone(),
        hint: w.hint.clone(),
        span: w.span.map(|s| (s.start, s.end)),
    }
}

pub(crate) struct Filler<'a> {
    pub(crate) a: &'a Analysis,
}

impl Filler<'_> {
    fn id(&self, article: ArticleIndex) -> String {
        self.a.articles[article.at()].id.clone()
    }

    fn words(&self, article: ArticleIndex, span: Span) -> String {
        span.of(&self.a.articles[article.at()].text).to_owned()
    }

    fn reason(&self, r: &Reason) -> wire::Reason {
        wire::Reason {
            text: r.text.clone(),
            article: r.place.map(|(a, _)| self.id(a)),
            start: r.place.map(|(_, s)| s.start),
            end: r.place.map(|(_, s)| s.end),
        }
    }

    pub(crate) fn reasons(&self, list: &[Reason]) -> Vec<wire::Reason> {
        list.iter().map(|r| self.reason(r)).collect()
    }

    fn place(&self, article: ArticleIndex, span: Span) -> wire::Place {
        wire::Place {
            article: self.id(article),
            start: span.start,
            end: span.end,
            text: self.words(article, span),
        }
    }

    fn source(&self, article: ArticleIndex, level: &ChainLevel) -> wire::Source {
        source(self.a, article, level)
    }

    fn entities(&self) -> Vec<wire::Entity> {
        let entities = self.a.entities.iter().enumerate();
        entities
            .map(|(i, e)| {
                let articles: BTreeSet<ArticleIndex> = e.members.iter().map(|m| m.0).collect();
                wire::Entity {
                    id: entity_id(i as u32),
                    kind: e.kind.name().to_owned(),
                    name: e.name.clone(),
                    forms: e.forms.clone(),
                    articles: articles.into_iter().map(|a| self.id(a)).collect(),
                    country: e.country.clone(),
                    wikidata: e.wikidata.clone(),
                    because: self.reasons(&e.because),
                }
            })
            .collect()
    }

    fn events(&self) -> Vec<wire::Event> {
        let event = |(i, e): (usize, &headwater_model::Event)| wire::Event {
            id: event_id(i as u32),
            label: e.label.clone(),
            label_from: e.label_place.map(|(a, s)| self.place(a, s)),
            kind: match e.kind {
                EventKind::Told => "told".to_owned(),
                EventKind::Background => "background".to_owned(),
            },
            date: wire::DateRange {
                value: e.date_value.clone().or_else(|| e.date.single().map(|d| d.to_string())),
                earliest: e.date.earliest.map(|d| d.to_string()),
                latest: e.date.latest.map(|d| d.to_string()),
            },
            told_by: e.told_by.iter().map(|a| self.id(*a)).collect(),
            mentioned_by: e
                .mentioned_by
                .iter()
                .map(|(a, _)| *a)
                .collect::<BTreeSet<_>>()
                .into_iter()
                .map(|a| self.id(a))
                .collect(),
            mentions: e.mentioned_by.iter().map(|(a, s)| self.place(*a, *s)).collect(),
            because: self.reasons(&e.because),
        };
        self.a.events.iter().enumerate().map(event).collect()
    }

    fn stories(&self) -> Vec<wire::Story> {
        let story = |(i, s): (usize, &headwater_model::Story)| wire::Story {
            id: format!("s{}", i + 1),
            title: s.title.clone(),
            articles: s.articles.iter().map(|a| self.id(*a)).collect(),
            events: s.events.iter().map(|e| event_id(*e)).collect(),
            account: self.a.words.get(i).into_iter().flatten().map(|l| self.line(l)).collect(),
            because: self.reasons(&s.because),
        };
        self.a.stories.iter().enumerate().map(story).collect()
    }

    fn line(&self, l: &headwater_model::Line) -> wire::Line {
        wire::Line {
            article: self.id(l.article),
            start: l.span.start,
            end: l.span.end,
            text: self.words(l.article, l.span),
            part: l.part.name().to_owned(),
            why: l.why.clone(),
            event: l.event.map(event_id),
            statement: l.statement.map(|s| format!("c{}", s + 1)),
        }
    }

    fn times(&self) -> Vec<wire::Time> {
        let mut out = Vec::new();
        for (i, notes) in self.a.annotations.iter().enumerate() {
            let article = ArticleIndex(i as u32);
            out.extend(notes.times.iter().map(|t| wire::Time {
                article: self.id(article),
                start: t.span.start,
                end: t.span.end,
                text: self.words(article, t.span),
                kind: t.kind.name().to_owned(),
                value: t.value.clone(),
                from: t.interval.map(|i| i.start.to_string()),
                to: t.interval.map(|i| i.end.to_string()),
            }));
        }
        out
    }

    /// Fills the quotations; gives, for each article, the number of each of its utterances in the list.
    fn quotes(&self, out: &mut wire::Account) -> Vec<Vec<Option<usize>>> {
        let mut numbers = Vec::new();
        for i in 0..self.a.articles.len() {
            let article = ArticleIndex(i as u32);
            let mut of_article = Vec::new();
            for quotation in &self.a.annotations[i].quotations {
                if !quotation.utterance || quotation.span.is_empty() {
                    of_article.push(None);
                    continue;
                }
                let chain =
                    quotation.attribution.map(|a| self.a.chain(article, a as usize)).unwrap_or_default();
                let (speaker, via) = match chain.split_last() {
                    Some((last, rest)) => {
                        let via = rest.iter().map(|l| self.source(article, l)).collect();
                        (Some(self.source(article, last)), via)
                    }
                    None => (None, Vec::new()),
                };
                of_article.push(Some(out.quotes.len()));
                out.quotes.push(wire::Quote {
                    article: self.id(article),
                    text: self.words(article, quotation.span),
                    start: quotation.span.start,
                    end: quotation.span.end,
                    kind: self.quote_kind(i, quotation.span).to_owned(),
                    speaker,
                    via,
                });
            }
            numbers.push(of_article);
        }
        numbers
    }

    /// A quotation that fills a clause is direct; one inside the reporter's sentence is a fragment.
    fn quote_kind(&self, article: usize, span: Span) -> &'static str {
        let text = &self.a.articles[article].text;
        let words = span.of(text).split_whitespace().count();
        let opens = span.of(text).starts_with(|c: char| c.is_uppercase());
        let closes = span.of(text).trim_end().ends_with(['.', ',', '!', '?', '…', ';']);
        if words >= 3 && opens || words >= 6 && closes { "direct" } else { "fragment" }
    }

    fn utterances(&self, out: &mut wire::Account, numbers: &[Vec<Option<usize>>]) {
        for u in &self.a.utterances {
            let quotes: Vec<usize> = u
                .renderings
                .iter()
                .filter_map(|(a, q)| numbers[a.at()].get(*q as usize).copied().flatten())
                .collect();
            if quotes.len() > 1 {
                let id = format!("u{}", out.utterances.len() + 1);
                out.utterances.push(wire::Utterance {
                    id,
                    speaker: u.speaker.map(|e| entity_id(e.0)),
                    quotes,
                });
            }
        }
    }

    fn statements(&self) -> Vec<wire::Statement> {
        let statement = |(i, s): (usize, &headwater_model::Statement)| wire::Statement {
            id: format!("c{}", i + 1),
            gist: s.gist.clone(),
            agreement: s.agreement.name().to_owned(),
            doubtful: s.doubtful,
            because: self.reasons(&s.because),
            reports: s.reports.iter().map(|r| self.report(r)).collect(),
            origins: wire::Origins {
                least: s.origins.least,
                most: s.origins.most,
                list: s
                    .origins
                    .list
                    .iter()
                    .map(|o| wire::Origin {
                        label: o.label.clone(),
                        entity: o.entity.map(|e| entity_id(e.0)),
                        kind: o.kind.map_or("own observation", |k| k.name()).to_owned(),
                        certain: o.certain,
                        articles: o.articles.iter().map(|a| self.id(*a)).collect(),
                        because: self.reasons(&o.because),
                    })
                    .collect(),
            },
            left_out_by: s.left_out_by.iter().map(|a| self.id(*a)).collect(),
            event: s.event.map(event_id),
        };
        self.a.statements.iter().enumerate().map(statement).collect()
    }

    fn report(&self, r: &headwater_model::Report) -> wire::Report {
        let mut out = wire::Report {
            article: self.id(r.article),
            start: r.span.start,
            end: r.span.end,
            text: self.words(r.article, r.span),
            value_span: r.value_span.map(|s| (s.start, s.end)),
            as_of: r.as_of.clone(),
            source: r.source.iter().map(|l| self.source(r.article, l)).collect(),
            ..wire::Report::default()
        };
        match &r.value {
            Some(Value::Quantity { low, high, bound, unit, counted }) => {
                out.value = Some(if low == high {
                    number(*low)
                } else {
                    serde_json::Value::Array(vec![number(*low), number(*high)])
                });
                out.bound = Some(bound.name().to_owned());
                out.unit = Some(unit.clone()).filter(|u| !u.is_empty());
                out.counted = Some(counted.clone()).filter(|c| !c.is_empty());
            }
            Some(Value::Date(value) | Value::Text(value)) => out.value = Some(value.clone().into()),
            None => {}
        }
        out
    }

    pub(crate) fn families(&self) -> Vec<wire::Family> {
        let family = |(n, f): (usize, &headwater_model::Family)| wire::Family {
            id: format!("f{}", n + 1),
            members: f.members.iter().map(|m| self.id(*m)).collect(),
            root: f.root.map(|r| self.id(r)),
            upstream: f.upstream.clone(),
            parents: f.parents.iter().map(|p| p.map(|p| self.id(p))).collect(),
            second_parents: self
                .a
                .second_parents
                .iter()
                .filter(|(child, _)| f.members.binary_search(child).is_ok())
                .map(|(child, parent)| (self.id(*child), self.id(*parent)))
                .collect(),
        };
        self.a.families.iter().enumerate().map(family).collect()
    }

    /// One link in its outside form.
    pub(crate) fn copy(&self, c: &headwater_model::Copy) -> wire::Copy {
        wire::Copy {
            from: self.id(c.from),
            to: self.id(c.to),
            state: c.state.name().to_owned(),
            direction: match c.direction {
                Direction::Known => "from-to",
                Direction::ViaUpstream => "via upstream",
                Direction::Unknown => "unknown",
            }
            .to_owned(),
            containment: (c.containment * 1000.0).round() / 1000.0,
            upstream: c.upstream.clone(),
            because: self.reasons(&c.because),
            passages: c
                .passages
                .iter()
                .map(|p| wire::Passage {
                    from: (p.a.start, p.a.end),
                    to: (p.b.start, p.b.end),
                    words: p.words,
                    quoted: p.quoted,
                    text: Some(self.words(c.to, p.b)),
                })
                .collect(),
        }
    }

    fn copies(&self) -> Vec<wire::Copy> {
        self.a.copies.iter().map(|c| self.copy(c)).collect()
    }

    /// The spans that the account cites, by article.
    fn cited(&self, out: &wire::Account) -> Vec<Vec<Span>> {
        let index: std::collections::BTreeMap<&str, usize> =
            self.a.articles.iter().enumerate().map(|(i, a)| (a.id.as_str(), i)).collect();
        let mut cited = vec![Vec::new(); self.a.articles.len()];
        let mut cite = |id: &str, start: u32, end: u32| {
            if let Some(&i) = index.get(id) {
                cited[i].push(Span { start, end });
            }
        };
        for s in &out.statements {
            for r in &s.reports {
                cite(&r.article, r.start, r.end);
            }
        }
        for l in out.stories.iter().flat_map(|s| &s.account) {
            cite(&l.article, l.start, l.end);
        }
        for q in &out.quotes {
            cite(&q.article, q.start, q.end);
        }
        for e in &out.events {
            for p in e.mentions.iter().chain(&e.label_from) {
                cite(&p.article, p.start, p.end);
            }
        }
        let reasons = out
            .statements
            .iter()
            .flat_map(|s| s.because.iter().chain(s.origins.list.iter().flat_map(|o| &o.because)))
            .chain(out.events.iter().flat_map(|e| &e.because))
            .chain(out.entities.iter().flat_map(|e| &e.because))
            .chain(out.stories.iter().flat_map(|s| &s.because))
            .chain(out.copies.iter().flat_map(|c| &c.because));
        for r in reasons {
            if let (Some(a), Some(start), Some(end)) = (&r.article, r.start, r.end) {
                cite(a, start, end);
            }
        }
        for c in &out.copies {
            for p in &c.passages {
                cite(&c.from, p.from.0, p.from.0 + 1);
                cite(&c.to, p.to.0, p.to.0 + 1);
            }
        }
        for (i, article) in self.a.articles.iter().enumerate() {
            cited[i].extend(
                article
                    .published
                    .because
                    .iter()
                    .filter_map(|r| r.place)
                    .filter(|(a, _)| a.at() == i)
                    .map(|(_, s)| s),
            );
        }
        cited
    }

    fn article(&self, i: usize, show: Show, cited: &[Span]) -> wire::Article {
        let a = &self.a.articles[i];
        let outline = &self.a.outlines[i];
        let mut keep = vec![false; outline.sentences.len()];
        for span in cited {
            let first = outline.sentences.partition_point(|s| s.end <= span.start);
            let last = outline.sentences.partition_point(|s| s.start < span.end.max(span.start + 1));
            for k in first.saturating_sub(1)..(last + 1).min(keep.len()) {
                keep[k] = true;
            }
        }
        let sentence = |(k, s): (usize, &Span)| wire::Sentence {
            start: s.start,
            end: s.end,
            text: s.of(&a.text).to_owned(),
            opens: outline.paragraphs.iter().any(|p| p.start == s.start) || k == 0,
        };
        let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string());
        wire::Article {
            id: a.id.clone(),
            path: a.path.clone(),
            record: a.record,
            title: a.title.clone(),
            authors: a.authors.clone(),
            outlet: a.outlet.clone(),
            url: a.url.clone(),
            published: wire::Published {
                value: a
                    .published
                    .value
                    .map(|v| if a.published.has_time { v.to_string() } else { v.date().to_string() }),
                earliest: day(a.published.range.earliest),
                latest: day(a.published.range.latest),
                how: match a.published.how {
                    PublishedHow::Given => "given",
                    PublishedHow::Page => "page",
                    PublishedHow::Inferred => "inferred",
                    PublishedHow::Unknown => "unknown",
                }
                .to_owned(),
                because: self.reasons(&a.published.because),
            },
            language: a.language.clone(),
            credits: a
                .credits
                .iter()
                .map(|c| wire::Credit {
                    name: c.name.clone(),
                    place: match c.place {
                        headwater_model::CreditPlace::Byline => "byline",
                        headwater_model::CreditPlace::Dateline => "dateline",
                        headwater_model::CreditPlace::Footer => "footer",
                        headwater_model::CreditPlace::Metadata => "metadata",
                    }
                    .to_owned(),
                })
                .collect(),
            evidence: a
                .evidence
                .iter()
                .map(|e| wire::Evidence {
                    fact: e.fact.name().to_owned(),
                    value: e.value.clone(),
                    from: e.from.clone(),
                    sureness: e.sureness.name().to_owned(),
                })
                .collect(),
            text_bytes: a.text.len(),
            words: a.text.split_whitespace().count(),
            text_hash: blake3::hash(a.text.as_bytes()).to_hex().to_string(),
            source_hash: self.a.source_hashes[i].clone(),
            text: show.full_text.then(|| a.text.clone()),
            sentences: outline.sentences.iter().enumerate().filter(|(k, _)| keep[*k]).map(sentence).collect(),
            segments: a
                .segments
                .iter()
                .map(|s| (s.clean.start, s.clean.end, s.source.start, s.source.end, s.exact))
                .collect(),
            removed: a
                .removed
                .iter()
                .map(|r| wire::Removed {
                    class: r.class.name().to_owned(),
                    text: shorten(&r.text),
                    reason: r.why(),
                    source: (r.source.start, r.source.end),
                })
                .collect(),
            warnings: a.warnings.iter().chain(&self.a.annotations[i].warnings).map(warning).collect(),
        }
    }
}

/// A level of a chain in the outside form, with what its words tell of it besides.
pub(crate) fn source(analysis: &Analysis, article: ArticleIndex, level: &ChainLevel) -> wire::Source {
    let (notes, entity_of) = (&analysis.annotations[article.at()], &analysis.entity_of[article.at()]);
    let known = |e: EntityIndex| analysis.entities.get(e.at()).map(|entity| (e, entity));
    let inside = notes
        .names
        .iter()
        .filter(|n| level.span.is_some_and(|s| s.contains(n.span)))
        .filter_map(|n| entity_of.get(n.entity as usize).copied().flatten());
    let named: Vec<(EntityIndex, &Entity)> =
        level.entity.into_iter().chain(inside).filter_map(known).collect();
    let unnamed = matches!(level.kind, SourceKind::Anonymous | SourceKind::Officials);
    let body = |e: &Entity| matches!(e.kind, NameKind::Organisation | NameKind::Government);
    let institution = named.iter().find(|(_, e)| unnamed && body(e)).map(|(i, _)| entity_id(i.0));
    wire::Source {
        text: level.text.clone(),
        entity: level.entity.map(|e| entity_id(e.0)),
        kind: level.kind.name().to_owned(),
        unnamed,
        institution,
        country: named.iter().find_map(|(_, e)| e.country.clone()),
        span: level.span.map(|s| (s.start, s.end)),
    }
}

/// The id that an account gives the entity with this number.
pub fn entity_id(i: u32) -> String {
    format!("n{}", i + 1)
}

fn event_id(i: u32) -> String {
    format!("e{}", i + 1)
}

/// A whole number without a fraction, so that 2000 is `2000`.
fn number(n: f64) -> serde_json::Value {
    if n.fract() == 0.0 && n.abs() < 9e15 { (n as i64).into() } else { n.into() }
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(MOST_REMOVED_CHARS) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
