//! How many independent beginnings stand behind a statement, least and most, and why.
//!
//! "Independent" is a negative finding: two reports are joined when words prove a common source, and
//! counted apart only in `most` when nothing does.

use crate::material::Input;
use crate::sources;
use headwater_model::account::ChainLevel;
use headwater_model::text::fold::fold;
use headwater_model::{
    ArticleIndex, CopyState, EntityIndex, NameKind, Origin, OriginRange, Reason, Report, SourceKind, Span,
};
use rustc_hash::{FxHashMap, FxHashSet};

/// What a report leads back to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    /// A person, body or government.
    Entity(u32),
    /// A source known by its words only.
    Words(String),
    /// A document known by what it is, of one event.
    Document(&'static str, u32),
    /// An agency credited for the article itself.
    Agency(String),
    /// The outlet's own voice; articles of one family share one.
    Own(u32),
    /// Unnamed people: the words for them, and who first told of them.
    Unnamed(String, Box<Key>),
}

/// Counts the origins of a statement's reports.
pub(crate) fn count(input: &Input<'_>, reports: &[Report]) -> OriginRange {
    let mut list: Vec<Origin> = Vec::new();
    let mut place_of: FxHashMap<Key, usize> = FxHashMap::default();
    // Keys that stand side by side in one report: they may be one house speaking once.
    let mut together: Vec<Vec<usize>> = Vec::new();
    let named_in: FxHashSet<ArticleIndex> =
        reports.iter().filter(|r| has_source(r)).map(|r| r.article).collect();
    for report in reports {
        // What a report says again in its own voice rests on the source that it names once.
        if !has_source(report) && named_in.contains(&report.article) {
            continue;
        }
        let mut found: Vec<(Key, Origin)> = Vec::new();
        match report.source.last() {
            Some(level) if level.kind != SourceKind::Missing => {
                for (key, label, entity) in named(input, report, level) {
                    let because = Reason {
                        text: told(input, report, &label),
                        place: Some((report.article, level.span.unwrap_or(report.span))),
                    };
                    found.push((
                        key,
                        Origin {
                            label,
                            entity,
                            kind: Some(level.kind),
                            certain: true,
                            articles: vec![report.article],
                            because: vec![because],
                        },
                    ));
                }
            }
            _ => found.push(own(input, report.article, report.span)),
        }
        let mut places = Vec::new();
        for (key, origin) in found {
            let at = *place_of.entry(key).or_insert(list.len());
            places.push(at);
            match list.get_mut(at) {
                Some(known) => {
                    known.articles.extend(origin.articles);
                    known.because.extend(origin.because);
                }
                None => list.push(origin),
            }
        }
        together.push(places);
    }
    for origin in &mut list {
        origin.articles.sort_unstable();
        origin.articles.dedup();
        let mut seen: FxHashSet<Reason> = FxHashSet::default();
        origin.because.retain(|r| seen.insert(r.clone()));
    }
    let named: Vec<usize> = (0..list.len()).filter(|&i| list[i].certain).collect();
    // Least: what may be one is one.
    let mut parent: Vec<usize> = (0..list.len()).collect();
    fn root(parent: &[usize], mut i: usize) -> usize {
        while parent[i] != i {
            i = parent[i];
        }
        i
    }
    for places in &together {
        for pair in places.windows(2) {
            let (a, b) = (root(&parent, pair[0]), root(&parent, pair[1]));
            parent[a.max(b)] = a.min(b);
        }
    }
    for (n, &i) in named.iter().enumerate() {
        for &j in &named[n + 1..] {
            if one_house(input, &list[i], &list[j]) {
                let (a, b) = (root(&parent, i), root(&parent, j));
                parent[a.max(b)] = a.min(b);
            }
        }
    }
    let mut houses: Vec<usize> = named.iter().map(|&i| root(&parent, i)).collect();
    houses.sort_unstable();
    houses.dedup();
    let least = houses.len().max(1) as u32;
    let most = list.len().max(1) as u32;
    let several = list.len() > 1;
    let has_named = !named.is_empty();
    let mut origins = list;
    for origin in origins.iter_mut().filter(|o| !o.certain) {
        if has_named && several {
            origin
                .because
                .push(Reason::plain("names no source for it: it may rest on the sources the others name"));
        }
    }
    origins.sort_by(|a, b| {
        b.certain
            .cmp(&a.certain)
            .then(b.articles.len().cmp(&a.articles.len()))
            .then(a.articles.cmp(&b.articles))
            .then(a.label.cmp(&b.label))
    });
    OriginRange { least, most, list: origins }
}

fn has_source(report: &Report) -> bool {
    report.source.last().is_some_and(|l| l.kind != SourceKind::Missing)
}

/// How a report is called in a reason.
fn outlet(input: &Input<'_>, article: ArticleIndex) -> String {
    let a = &input.articles[article.at()];
    match (&a.outlet, &a.title) {
        (Some(outlet), _) => outlet.clone(),
        (None, Some(title)) => format!("“{title}”"),
        (None, None) => a.id.clone(),
    }
}

fn told(input: &Input<'_>, report: &Report, label: &str) -> String {
    let via: Vec<&str> = report.source[..report.source.len() - 1].iter().map(|l| l.text.as_str()).collect();
    if via.is_empty() {
        format!("{} has it from {label}", outlet(input, report.article))
    } else {
        format!("{} has it from {label}, through {}", outlet(input, report.article), via.join(", "))
    }
}

/// The springs named by the innermost level: one, or several when it joins bodies ("Western and Korean agencies").
fn named(input: &Input<'_>, report: &Report, level: &ChainLevel) -> Vec<(Key, String, Option<EntityIndex>)> {
    let at = report.article.at();
    let text = input.articles[at].text.as_str();
    if let Some(span) = level.span
        && matches!(
            level.kind,
            SourceKind::Organisation
                | SourceKind::Officials
                | SourceKind::Government
                | SourceKind::Person
                | SourceKind::Anonymous
        )
        && let Some(parts) = coordinated(span.of(text))
    {
        let mut out = Vec::new();
        for part in parts {
            let start = span.start + part.0;
            let sub = Span { start, end: span.start + part.1 };
            let entity = input.annotations[at].names.iter().filter(|n| sub.contains(n.span)).find_map(|n| {
                let e = input.entity_of[at].get(n.entity as usize).copied().flatten()?;
                // The body that a demonym leads to is the source's entity, not the country.
                (input.entities[e.at()].kind != NameKind::Nationality).then_some(e)
            });
            let entity = entity.or_else(|| {
                level.entity.filter(|e| {
                    let own = fold(sub.of(text));
                    input.entities[e.at()]
                        .forms
                        .iter()
                        .any(|f| own.contains(&fold(f)) || fold(f).contains(&own))
                        || country_in(input, report.article, sub) == input.entities[e.at()].country
                            && input.entities[e.at()].country.is_some()
                })
            });
            out.push(match entity {
                Some(e) => (Key::Entity(e.0), input.entities[e.at()].name.clone(), Some(e)),
                None => (Key::Words(fold(sub.of(text))), sub.of(text).to_owned(), None),
            });
        }
        out.dedup_by(|a, b| a.0 == b.0);
        return out;
    }
    if let Some(e) = level.entity {
        return vec![(Key::Entity(e.0), input.entities[e.at()].name.clone(), Some(e))];
    }
    // One lawsuit told of as "the suit" and "the complaint" is one document.
    if let (Some(document), Some(event)) = (document(&level.text), input.index.event_of[at]) {
        return vec![(Key::Document(document, event), level.text.clone(), None)];
    }
    match level.kind {
        // Unnamed people of two reports are not the same without evidence: the same carrier, the same credit, or the
        // same copied words.
        SourceKind::Anonymous | SourceKind::Officials => {
            let (key, teller) = match report.source.iter().rev().skip(1).find_map(|l| l.entity) {
                Some(carrier) => (Key::Entity(carrier.0), outlet(input, report.article)),
                None => teller(input, report.article, report.span),
            };
            let key = Key::Unnamed(fold(&level.text), Box::new(key));
            vec![(key, format!("{} (unnamed, in {teller})", level.text), None)]
        }
        _ => vec![(Key::Words(fold(&level.text)), level.text.clone(), None)],
    }
}

/// Words for documents that an event mostly has one of; each line is one kind, its first word the kind's name. General
/// English: "report", "letter" and "statement" are left out, since several persons write those on one event.
const DOCUMENTS: &[&[&str]] = &[
    &["lawsuit", "suit", "complaint"],
    &["memo", "memos", "memorandum", "memoranda"],
    &["indictment", "indictments"],
    &["video", "footage", "clip"],
    &["recording", "audio", "tape"],
    &["transcript", "transcripts"],
    &["ruling", "verdict", "judgment", "judgement"],
    &["bill", "legislation"],
    &["treaty", "pact", "accord"],
];

/// Words that end the head of a source: "the complaint by the harbour board".
const AFTER_HEAD: &[&str] = &["of", "in", "by", "from", "on", "about", "against", "filed", "that", "which"];

/// Most words of a source that is a document and nothing more.
const MOST_DOCUMENT_WORDS: usize = 8;

/// The kind of document that a source is by its words; `None` for several ("some of the memos") and for those that have
/// a name.
fn document(words: &str) -> Option<&'static str> {
    let words: Vec<&str> = words.split_whitespace().collect();
    let first = words.first()?.to_ascii_lowercase();
    if words.len() > MOST_DOCUMENT_WORDS || !matches!(first.as_str(), "the" | "a" | "an" | "this" | "that") {
        return None;
    }
    let end = words.iter().position(|w| AFTER_HEAD.contains(w)).unwrap_or(words.len());
    let head = fold(words[..end].last()?.trim_matches(|c: char| !c.is_alphanumeric()));
    DOCUMENTS.iter().find(|kind| kind.contains(&head.as_str())).map(|kind| kind[0])
}

/// Who first told a stretch, and how that one is called: the agency credited for the article, the family's
/// beginning where its words are copied, or the article's own outlet.
fn teller(input: &Input<'_>, article: ArticleIndex, span: Span) -> (Key, String) {
    if let Some(credit) = input.articles[article.at()].credits.first() {
        return (agency(input, &credit.name), credit.name.clone());
    }
    match copied_from(input, article, span, Shared::WithQuotations) {
        Some((Root::Upstream(name), _)) => (agency(input, &name), name),
        Some((Root::Article(first), _)) if first != article => teller(input, first, Span::new(0, 0)),
        _ => (Key::Own(article.0), outlet(input, article)),
    }
}

/// An agency's key: its entity, or its name when no report names it.
fn agency(input: &Input<'_>, name: &str) -> Key {
    input.index.entity_named(name).map_or_else(|| Key::Agency(fold(name)), |e| Key::Entity(e.0))
}

/// The country that a nationality or place inside `span` tells.
fn country_in(input: &Input<'_>, article: ArticleIndex, span: Span) -> Option<String> {
    let notes = &input.annotations[article.at()];
    notes
        .names
        .iter()
        .filter(|n| span.contains(n.span))
        .find_map(|n| notes.entities.get(n.entity as usize)?.country.clone())
}

/// The parts of "A and B C": byte ranges within the words; `None` when they are one.
fn coordinated(words: &str) -> Option<[(u32, u32); 2]> {
    if words.len() > 160 || words.contains(',') {
        return None;
    }
    let at = words.find(" and ")?;
    let (a, b) = (&words[..at], &words[at + 5..]);
    let capital = |s: &str| s.split_whitespace().any(|w| w.starts_with(char::is_uppercase));
    (capital(a) && capital(b)).then_some([(0, at as u32), (at as u32 + 5, words.len() as u32)])
}

/// The origin of an unattributed stretch.
fn own(input: &Input<'_>, article: ArticleIndex, span: Span) -> (Key, Origin) {
    let a = &input.articles[article.at()];
    if let Some(credit) = a.credits.first() {
        let because = Reason {
            text: format!("{} credits {} for the report", outlet(input, article), credit.name),
            place: credit.span.map(|s| (article, s)),
        };
        return (
            agency(input, &credit.name),
            Origin {
                label: credit.name.clone(),
                entity: input.index.entity_named(&credit.name),
                kind: Some(SourceKind::Agency),
                certain: true,
                articles: vec![article],
                because: vec![because],
            },
        );
    }
    // The words came from another report: follow the text to where the family begins.
    if let Some((root, reason)) = copied_from(input, article, span, Shared::OwnVoice) {
        if let Root::Upstream(name) = &root {
            return (
                agency(input, name),
                Origin {
                    label: name.clone(),
                    entity: input.index.entity_named(name),
                    kind: Some(SourceKind::Agency),
                    certain: true,
                    articles: vec![article],
                    because: vec![reason],
                },
            );
        }
        if let Root::Article(first) = root {
            let (key, mut origin) = if first == article {
                (Key::Own(first.0), plain_own(input, article))
            } else {
                own(input, first, Span::new(0, 0))
            };
            if first != article {
                origin.because = vec![reason];
            }
            origin.articles = vec![article];
            return (key, origin);
        }
    }
    (Key::Own(article.0), plain_own(input, article))
}

fn plain_own(input: &Input<'_>, article: ArticleIndex) -> Origin {
    Origin {
        label: format!("{} in its own voice", outlet(input, article)),
        entity: None,
        kind: None,
        certain: false,
        articles: vec![article],
        because: vec![Reason::plain(format!("{} tells it without a source", outlet(input, article)))],
    }
}

enum Root {
    Article(ArticleIndex),
    Upstream(String),
}

/// Which shared passages prove that a stretch is copied.
#[derive(Clone, Copy, PartialEq)]
enum Shared {
    /// Those outside quotations: a quotation may be heard by two.
    OwnVoice,
    /// All: what unnamed people are given to say in the same words came through one report.
    WithQuotations,
}

/// Where a stretch's words begin, when its article is a copy of another in the family.
fn copied_from(
    input: &Input<'_>,
    article: ArticleIndex,
    span: Span,
    shared: Shared,
) -> Option<(Root, Reason)> {
    let family = &input.families[input.index.family_of[article.at()]? as usize];
    let links = input.index.copies_of[article.at()].iter().map(|c| &input.copies[*c as usize]);
    let copied = span.is_empty()
        || links.filter(|c| c.state == CopyState::Copied).any(|c| {
            let side = |p: &headwater_model::Passage| if c.from == article { p.a } else { p.b };
            c.passages
                .iter()
                .any(|p| (shared == Shared::WithQuotations || !p.quoted) && side(p).overlaps(span))
        });
    if !copied {
        return None;
    }
    if let Some(name) = &family.upstream {
        return Some((
            Root::Upstream(name.clone()),
            Reason::plain(format!(
                "{} carries a text that others of its family credit to {name}",
                outlet(input, article)
            )),
        ));
    }
    let first = family.root.or_else(|| family.members.first().copied())?;
    Some((
        Root::Article(first),
        Reason::plain(format!(
            "{} carries the same text as {}",
            outlet(input, article),
            outlet(input, first)
        )),
    ))
}

/// Whether two named origins may be one house: two of one name ("the fire service" of two reports), or a state
/// and its own body or leader.
fn one_house(input: &Input<'_>, a: &Origin, b: &Origin) -> bool {
    if fold(&a.label) == fold(&b.label) {
        return true;
    }
    let (Some(x), Some(y)) = (a.entity, b.entity) else { return false };
    let (x, y) = (&input.entities[x.at()], &input.entities[y.at()]);
    let state = |e: &headwater_model::Entity| {
        e.kind == NameKind::Government
            || e.organisation == Some(headwater_model::OrganisationKind::GovernmentBody)
    };
    x.country.is_some() && x.country == y.country && (state(x) || state(y))
}

/// The chain of a stretch, for reports.
pub(crate) fn chain(input: &Input<'_>, article: ArticleIndex, span: Span) -> Vec<ChainLevel> {
    sources::chain(input, article, span)
}

/// Distinct articles of a list of reports, sorted.
pub(crate) fn articles(reports: &[Report]) -> Vec<ArticleIndex> {
    let mut seen: FxHashMap<u32, ()> = FxHashMap::default();
    let mut out: Vec<ArticleIndex> =
        reports.iter().map(|r| r.article).filter(|a| seen.insert(a.0, ()).is_none()).collect();
    out.sort_unstable();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_known_by_their_heads() {
        assert_eq!(document("the suit"), Some("lawsuit"));
        assert_eq!(document("The 40-page complaint by the harbour board"), Some("lawsuit"));
        assert_eq!(document("a video of the landing"), Some("video"));
        assert_eq!(document("some of the memos"), None);
        assert_eq!(document("lawyers for the suit's authors"), None);
        assert_eq!(document("the letter"), None);
    }
}
