//! What the sections of the page look up: names to show, and the way from cited words to their sentence.
//!
//! Every place is found by binary search over an article's anchors, so a page costs time in proportion to
//! its account. Ids and spans that lead nowhere give no link; nothing here fails.

use super::PageOptions;
use super::dates::{self, Day};
use super::html::{Html, shorten};
use crate::account::{Account, Article, Reason, Source};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Longest outlet name shown in columns and chips, in characters; chosen on the invented examples at 390 px.
const NAME_CHARACTERS: usize = 34;

/// Characters of a headline or first words that stand for an outlet that is not known.
const TITLE_CHARACTERS: usize = 27;

/// Between the links of a chain.
const ARROW: &str = " <i aria-label=\"as told by\">←</i> ";

/// Reasons shown of one judgement; with more, the rest stands in account.json. By judgement.
const REASONS: usize = 6;

/// Whether a chain ends with the report that tells it, or the report's name stands beside it already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// With the report.
    Report,
    /// Without.
    Beside,
}

/// A stretch of an article that links can lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Anchor {
    /// First byte in the clean text.
    pub(super) start: u32,
    /// One past the last.
    pub(super) end: u32,
    /// Position in `sentences`; `None` when the stretch is cited outside of the given sentences.
    pub(super) sentence: Option<usize>,
    /// Whether the account cites it, or it only stands beside.
    pub(super) cited: bool,
}

/// An account with what is needed to find one's way in it.
pub(super) struct View<'a> {
    pub(super) account: &'a Account,
    pub(super) options: &'a PageOptions,
    articles: BTreeMap<&'a str, usize>,
    events: BTreeMap<&'a str, usize>,
    entities: BTreeMap<&'a str, usize>,
    statements: BTreeMap<&'a str, usize>,
    stories: Vec<usize>,
    story_of: Vec<Option<usize>>,
    names: Vec<String>,
    anchors: Vec<Vec<Anchor>>,
}

impl<'a> View<'a> {
    pub(super) fn new(account: &'a Account, options: &'a PageOptions) -> Self {
        let first_of = |ids: &mut dyn Iterator<Item = (usize, &'a str)>| {
            let mut map = BTreeMap::new();
            for (i, id) in ids {
                map.entry(id).or_insert(i);
            }
            map
        };
        let articles = first_of(&mut account.articles.iter().enumerate().map(|(i, a)| (i, a.id.as_str())));
        let events = first_of(&mut account.events.iter().enumerate().map(|(i, e)| (i, e.id.as_str())));
        let entities = first_of(&mut account.entities.iter().enumerate().map(|(i, e)| (i, e.id.as_str())));
        let statements =
            first_of(&mut account.statements.iter().enumerate().map(|(i, s)| (i, s.id.as_str())));
        let mut stories: Vec<usize> = (0..account.stories.len()).collect();
        stories.sort_by_key(|&i| (account.stories.get(i).map(|s| Reverse(s.articles.len())), i));
        let mut story_of = vec![None; account.articles.len()];
        for (i, story) in account.stories.iter().enumerate() {
            for id in &story.articles {
                let slot = articles.get(id.as_str()).and_then(|&a: &usize| story_of.get_mut(a));
                if let Some(slot @ None) = slot {
                    *slot = Some(i);
                }
            }
        }
        let names = display_names(&account.articles);
        let mut cited = vec![Vec::new(); account.articles.len()];
        each_citation(account, &mut |id, start, end| {
            if let Some(list) = articles.get(id).and_then(|&i: &usize| cited.get_mut(i)) {
                list.push((start, end));
            }
        });
        let anchors =
            account.articles.iter().zip(cited).map(|(article, cited)| anchors_of(article, cited)).collect();
        View { account, options, articles, events, entities, statements, stories, story_of, names, anchors }
    }

    /// Position of the article with that id.
    pub(super) fn article(&self, id: &str) -> Option<usize> {
        self.articles.get(id).copied()
    }

    /// Positions of the articles with these ids, each once, in the given order.
    pub(super) fn known(&self, ids: &[String]) -> Vec<usize> {
        let mut seen = std::collections::BTreeSet::new();
        ids.iter().filter_map(|id| self.article(id)).filter(|&i| seen.insert(i)).collect()
    }

    /// Position of the event with that id.
    pub(super) fn event(&self, id: &str) -> Option<usize> {
        self.events.get(id).copied()
    }

    /// Position of the statement with that id.
    pub(super) fn statement(&self, id: &str) -> Option<usize> {
        self.statements.get(id).copied()
    }

    /// Positions of the storylines, those first that most reports tell.
    pub(super) fn stories(&self) -> &[usize] {
        &self.stories
    }

    /// The storyline of a report.
    pub(super) fn story_of(&self, article: usize) -> Option<usize> {
        self.story_of.get(article).copied().flatten()
    }

    /// The name of an entity.
    pub(super) fn entity_name(&self, id: &str) -> Option<&'a str> {
        let at = self.entities.get(id).copied()?;
        self.account.entities.get(at).map(|e| e.name.as_str()).filter(|name| !name.is_empty())
    }

    /// The name of a report: its outlet, or what else tells it from the others.
    pub(super) fn name(&self, article: usize) -> &str {
        self.names.get(article).map_or("?", String::as_str)
    }

    /// First and last day on which an article may have been published.
    pub(super) fn published(&self, article: usize) -> Option<(Day, Day)> {
        let p = &self.account.articles.get(article)?.published;
        dates::ends(p.value.as_deref(), p.earliest.as_deref(), p.latest.as_deref())
    }

    /// The anchors of an article, in order.
    pub(super) fn anchors(&self, article: usize) -> &[Anchor] {
        self.anchors.get(article).map_or(&[], Vec::as_slice)
    }

    /// Opens a link to the words `start..end` of an article; the caller closes it.
    pub(super) fn open_link(
        &self,
        html: &mut Html,
        class: &'static str,
        article: usize,
        start: u32,
        end: u32,
    ) {
        html.raw("<a class=\"").raw(class).raw("\" href=\"#a").num(article);
        let anchors = self.anchors(article);
        let after = anchors.partition_point(|a| a.start <= start);
        if let Some(anchor) = after.checked_sub(1).and_then(|i| anchors.get(i)).filter(|a| start < a.end) {
            html.raw("s").num(anchor.start).raw("\" data-b=\"").num(start).raw("-").num(end);
        }
        html.raw("\">");
    }

    /// A link to a report, by its name.
    pub(super) fn chip(&self, html: &mut Html, article: usize) {
        html.raw("<a class=\"chip\" href=\"#a").num(article).raw("\">").words(self.name(article)).raw("</a>");
    }

    /// A list of chips; when there are more than `limit`, half of that is shown and the rest folds.
    pub(super) fn chips(&self, html: &mut Html, articles: &[usize], limit: usize) {
        self.fold_chips(html, articles, limit, &mut |html, article| self.chip(html, article));
    }

    /// The same with chips of the caller's.
    pub(super) fn fold_chips(
        &self,
        html: &mut Html,
        articles: &[usize],
        limit: usize,
        chip: &mut dyn FnMut(&mut Html, usize),
    ) {
        let shown = if articles.len() > limit { limit.div_ceil(2) } else { articles.len() };
        let (open, folded) = articles.split_at(shown);
        html.raw("<span class=\"chips\">");
        for &article in open {
            chip(html, article);
            html.raw(" ");
        }
        html.raw("</span>");
        if !folded.is_empty() {
            html.raw(" <details class=\"fold\"><summary>and ").count(folded.len());
            html.raw(" more</summary><span class=\"chips\">");
            for &article in folded {
                chip(html, article);
                html.raw(" ");
            }
            html.raw("</span></details>");
        }
    }

    /// Reasons, each with the way to the words that it rests on.
    pub(super) fn because(&self, html: &mut Html, reasons: &[Reason]) {
        if reasons.is_empty() {
            html.raw("<p class=\"note\">No reason is given.</p>");
            return;
        }
        html.raw("<ul class=\"because\">");
        for reason in reasons.iter().take(REASONS) {
            html.raw("<li>").words(&reason.text);
            if let Some(article) = reason.article.as_deref().and_then(|id| self.article(id)) {
                html.raw(" ");
                match (reason.start, reason.end) {
                    (Some(start), Some(end)) => self.open_link(html, "where", article, start, end),
                    _ => {
                        html.raw("<a class=\"where\" href=\"#a").num(article).raw("\">");
                    }
                }
                html.words(self.name(article)).raw("</a>");
            }
            html.raw("</li>");
        }
        if reasons.len() > REASONS {
            html.raw("<li class=\"note\">and ").count(reasons.len() - REASONS);
            html.raw(" more like these, in account.json</li>");
        }
        html.raw("</ul>");
    }

    /// Names of reports in one line of text, without links.
    pub(super) fn names_of(&self, html: &mut Html, articles: &[usize]) {
        for (i, &article) in articles.iter().enumerate() {
            html.raw(if i > 0 { ", " } else { "" }).words(self.name(article));
        }
    }

    /// Who has it from whom, the first to speak first: "Ilse Dorn ← Norrland Press ← Marrow Herald".
    /// `chain` is outermost first, as in the account. An outlet's own words have its name alone.
    pub(super) fn chain<'s>(
        &self,
        html: &mut Html,
        chain: impl DoubleEndedIterator<Item = &'s Source>,
        article: usize,
        named: Named,
    ) {
        html.raw("<span class=\"chain\">");
        let mut first = true;
        for source in chain.rev() {
            html.raw(if first { "" } else { ARROW });
            self.source(html, source, article);
            first = false;
        }
        if named == Named::Report {
            html.raw(if first { "" } else { ARROW });
            self.chip(html, article);
        }
        html.raw("</span>");
    }

    fn source(&self, html: &mut Html, source: &Source, article: usize) {
        let linked = source.span.is_some();
        if let Some((start, end)) = source.span {
            self.open_link(html, "source", article, start, end);
        }
        match source.entity.as_deref().and_then(|id| self.entity_name(id)) {
            Some(name) => html.words(name),
            None if source.text.trim().is_empty() => {
                html.raw("<span class=\"unnamed\">somebody not named</span>")
            }
            None => html.cut(&source.text, 70),
        };
        if linked {
            html.raw("</a>");
        }
    }

    /// The words `start..end` of an article, as far as they are embedded and at most about `limit` characters.
    pub(super) fn excerpt(&self, article: usize, start: u32, end: u32, limit: usize) -> Option<String> {
        let article_ = self.account.articles.get(article)?;
        if let Some(text) = &article_.text {
            // Whole passages may be long: take no more bytes than the limit can need.
            let stop = floor_boundary(text, (end as usize).min(start as usize + limit * 4));
            return text.get(start as usize..stop).map(|words| shorten(words, limit));
        }
        let anchors = self.anchors(article);
        let mut out = String::new();
        let first = anchors.partition_point(|a| a.end <= start);
        for anchor in anchors.get(first..)?.iter().take_while(|a| a.start < end) {
            let sentence = article_.sentences.get(anchor.sentence?)?;
            let from = (start.max(anchor.start) - anchor.start) as usize;
            let to = (end.min(anchor.end) - anchor.start) as usize;
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(sentence.text.get(from..to.min(sentence.text.len()))?);
            if out.len() > limit * 4 {
                break;
            }
        }
        (!out.trim().is_empty()).then(|| shorten(&out, limit))
    }
}

/// The largest char boundary at or before `at`.
pub(super) fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Calls `cite` for every span of every article that the page shows a link to.
fn each_citation<'a>(account: &'a Account, cite: &mut dyn FnMut(&'a str, u32, u32)) {
    let reasons = |list: &'a [Reason], cite: &mut dyn FnMut(&'a str, u32, u32)| {
        for reason in list {
            if let (Some(id), Some(start), Some(end)) = (&reason.article, reason.start, reason.end) {
                cite(id, start, end);
            }
        }
    };
    for article in &account.articles {
        reasons(&article.published.because, cite);
        for (start, end) in article.warnings.iter().filter_map(|w| w.span) {
            cite(&article.id, start, end);
        }
    }
    for event in &account.events {
        reasons(&event.because, cite);
        for place in event.mentions.iter().chain(&event.label_from) {
            cite(&place.article, place.start, place.end);
        }
    }
    for story in &account.stories {
        reasons(&story.because, cite);
        for line in &story.account {
            cite(&line.article, line.start, line.end);
        }
    }
    for quote in &account.quotes {
        cite(&quote.article, quote.start, quote.end);
        for (start, end) in quote.speaker.iter().chain(&quote.via).filter_map(|s| s.span) {
            cite(&quote.article, start, end);
        }
    }
    for statement in &account.statements {
        reasons(&statement.because, cite);
        for report in &statement.reports {
            cite(&report.article, report.start, report.end);
            for (start, end) in report.source.iter().filter_map(|s| s.span) {
                cite(&report.article, start, end);
            }
        }
        for origin in &statement.origins.list {
            reasons(&origin.because, cite);
        }
    }
    for entity in &account.entities {
        reasons(&entity.because, cite);
    }
    for copy in &account.copies {
        reasons(&copy.because, cite);
    }
}

/// The stretches of an article that links can lead to: its embedded sentences and, where the whole text
/// is embedded, cited words outside of them.
fn anchors_of(article: &Article, mut cited: Vec<(u32, u32)>) -> Vec<Anchor> {
    let mut order: Vec<usize> = (0..article.sentences.len()).collect();
    order.sort_by_key(|&i| article.sentences.get(i).map(|s| (s.start, s.end)));
    let mut anchors: Vec<Anchor> = Vec::new();
    for i in order {
        let Some(sentence) = article.sentences.get(i) else { continue };
        let follows = anchors.last().is_none_or(|last| last.end <= sentence.start);
        if sentence.start < sentence.end && follows && sentence_fits(article, i) {
            anchors.push(Anchor {
                start: sentence.start,
                end: sentence.end,
                sentence: Some(i),
                cited: false,
            });
        }
    }
    cited.retain(|&(start, end)| start < end);
    cited.sort_unstable();
    if let Some(text) = &article.text {
        anchors = with_loose_citations(anchors, &cited, text);
    }
    mark_cited(&mut anchors, &cited);
    anchors
}

/// Whether a sentence lies in the embedded text, where there is one.
fn sentence_fits(article: &Article, at: usize) -> bool {
    match (&article.text, article.sentences.get(at)) {
        (Some(text), Some(s)) => text.get(s.start as usize..s.end as usize).is_some(),
        (None, Some(_)) => true,
        _ => false,
    }
}

/// Adds the cited words that no sentence holds; overlapping ones become one stretch.
fn with_loose_citations(sentences: Vec<Anchor>, cited: &[(u32, u32)], text: &str) -> Vec<Anchor> {
    let mut loose: Vec<Anchor> = Vec::new();
    for &(start, end) in cited {
        let next = sentences.partition_point(|a| a.end <= start);
        if sentences.get(next).is_some_and(|a| a.start < end)
            || text.get(start as usize..end as usize).is_none()
        {
            continue;
        }
        match loose.last_mut() {
            Some(last) if start < last.end => last.end = last.end.max(end),
            _ => loose.push(Anchor { start, end, sentence: None, cited: true }),
        }
    }
    let mut all = sentences;
    all.append(&mut loose);
    all.sort_by_key(|a| a.start);
    all
}

/// Marks the anchors that cited spans touch, in one pass over both.
fn mark_cited(anchors: &mut [Anchor], cited: &[(u32, u32)]) {
    let mut change = vec![0i64; anchors.len() + 1];
    for &(start, end) in cited {
        let first = anchors.partition_point(|a| a.end <= start);
        let after = anchors.partition_point(|a| a.start < end);
        if first < after {
            if let Some(up) = change.get_mut(first) {
                *up += 1;
            }
            if let Some(down) = change.get_mut(after) {
                *down -= 1;
            }
        }
    }
    let mut depth = 0;
    for (anchor, change) in anchors.iter_mut().zip(change) {
        depth += change;
        anchor.cited = depth > 0;
    }
}

/// A short name for each report, no two alike.
fn display_names(articles: &[Article]) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    articles
        .iter()
        .map(|article| {
            let filled = |words: &Option<String>| words.clone().filter(|w| !w.trim().is_empty());
            let id = Some(article.id.clone()).filter(|id| !id.trim().is_empty());
            let title = filled(&article.title).map(|title| shorten(&title, TITLE_CHARACTERS));
            let base = filled(&article.outlet)
                .or_else(|| article.url.as_deref().and_then(host))
                .or_else(|| id.as_deref().filter(|id| reads_as_words(id)).map(spell_out))
                .or(title)
                .or_else(|| first_words(article).map(|words| shorten(&words, TITLE_CHARACTERS)))
                .or(id)
                .unwrap_or_else(|| "unnamed report".to_owned());
            let base = shorten(&base, NAME_CHARACTERS);
            let times = seen.entry(base.clone()).or_insert(0);
            *times += 1;
            if *times > 1 { format!("{base} ({times})") } else { base }
        })
        .collect()
}

/// Whether an id says something to people: "herald-2", not "000_4a66e4ba5263257e".
fn reads_as_words(id: &str) -> bool {
    let (mut letters, mut digits) = (0, 0);
    for c in id.chars() {
        letters += usize::from(c.is_alphabetic());
        digits += usize::from(c.is_numeric());
    }
    letters > 2 && letters >= 2 * digits
}

/// An id as words: "04_newsdeck_collision" is "newsdeck collision".
fn spell_out(id: &str) -> String {
    let words = id.trim_start_matches(|c: char| c.is_numeric() || c == '_' || c == '-');
    let words = if words.is_empty() { id } else { words };
    words.replace('_', " ")
}

/// The first words of a report, as far as they are embedded.
fn first_words(article: &Article) -> Option<String> {
    let text = article.text.as_deref().map(|text| text.get(..floor_boundary(text, 400)).unwrap_or_default());
    let opening = text.or_else(|| article.sentences.first().map(|s| s.text.as_str()))?;
    let words = opening.split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then_some(words)
}

/// The host of an address, without "www.".
fn host(address: &str) -> Option<String> {
    let rest = address.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Sentence;

    fn article(sentences: &[(u32, u32)], text: Option<&str>) -> Article {
        let sentences =
            sentences.iter().map(|&(start, end)| Sentence { start, end, ..Sentence::default() }).collect();
        Article { sentences, text: text.map(str::to_owned), ..Article::default() }
    }

    #[test]
    fn cited_words_mark_the_sentences_they_touch() {
        let check = |sentences: &[(u32, u32)], cited: &[(u32, u32)], expect: &[(u32, bool)]| {
            let anchors = anchors_of(&article(sentences, None), cited.to_vec());
            assert_eq!(anchors.iter().map(|a| (a.start, a.cited)).collect::<Vec<_>>(), expect);
        };
        check(&[(0, 10), (11, 20), (21, 30)], &[(12, 15)], &[(0, false), (11, true), (21, false)]);
        check(&[(0, 10), (11, 20), (21, 30)], &[(5, 25)], &[(0, true), (11, true), (21, true)]);
        check(&[(0, 10), (11, 20)], &[(10, 11), (90, 99), (5, 3)], &[(0, false), (11, false)]);
        check(&[(11, 20), (0, 10), (5, 12)], &[(0, 1)], &[(0, true), (11, false)]);
    }

    #[test]
    fn in_a_whole_text_words_outside_of_sentences_are_found_too() {
        let text = "abcdefghijklmnopqrstuvwxyz";
        let anchors = anchors_of(&article(&[(0, 5)], Some(text)), vec![(1, 2), (8, 12), (10, 14), (20, 99)]);
        let expect = [(0, 5, true), (8, 14, true)];
        assert_eq!(anchors.iter().map(|a| (a.start, a.end, a.cited)).collect::<Vec<_>>(), expect);
    }

    #[test]
    fn names_tell_reports_apart() {
        let named = |outlet: Option<&str>, url: Option<&str>| Article {
            id: "x-1".into(),
            outlet: outlet.map(str::to_owned),
            url: url.map(str::to_owned),
            ..Article::default()
        };
        let names = display_names(&[
            named(Some("Herald"), None),
            named(Some("Herald"), None),
            named(None, Some("https://www.example.org/a")),
            named(Some(" "), None),
            Article { id: "04_herald-2_quay".into(), ..Article::default() },
            Article {
                id: "000_4a66e4".into(),
                title: Some("Ferry sinks off Cape Hollin at night".into()),
                ..Article::default()
            },
        ]);
        assert_eq!(
            names,
            ["Herald", "Herald (2)", "example.org", "x-1", "herald-2 quay", "Ferry sinks off Cape…"]
        );
    }
}
