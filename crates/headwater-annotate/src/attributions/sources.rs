//! Who a source is: its kind, and the person, body or government of the article that its words stand for.
//!
//! Names and what they stand for come in; pronouns, titles and short forms are followed back to them.

use super::chains::Level;
use super::known::{AGENCIES, AGENCY_NOUNS, ANONYMOUS, BODIES, DOCUMENTS, OFFICIALS};
use super::outlets::names_outlet;
use headwater_model::Span;
use headwater_model::attribution::{Source, SourceKind};
use headwater_model::name::{LocalEntity, Name, NameKind, OrganisationKind};
use headwater_model::text::Outline;
use std::ops::Range;

/// Follows words of a text to an entity: `(words, position) -> entity`. Given by the names annotator.
pub type Refer<'r> = dyn Fn(Span) -> Option<u32> + 'r;

/// What source resolution sees.
pub(super) struct Sources<'a> {
    pub text: &'a str,
    pub outline: &'a Outline,
    pub names: &'a [Name],
    pub entities: &'a [LocalEntity],
    pub refer: Option<&'a Refer<'a>>,
}

/// What has been said so far, for pronouns.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    /// The last single person that spoke.
    person: Option<u32>,
    /// Where that person's words were attributed.
    at: u32,
    /// The last body or group that spoke.
    group: Option<Source>,
}

const MALE_OR_FEMALE: &[&str] = &["he", "she", "his", "her", "him", "er", "sie", "ihm", "ihr"];
const PLURAL: &[&str] = &["they", "their", "them", "sie", "it", "its", "es", "we"];
/// Heads of phrases that stand for a person told before: "the Russian leader".
const LEADERS: &[&str] = &[
    "leader",
    "president",
    "chancellor",
    "minister",
    "premier",
    "senator",
    "governor",
    "congressman",
    "congresswoman",
    "candidate",
    "nominee",
    "mayor",
    "king",
    "queen",
    "pope",
    "secretary",
    "director",
    "chairman",
    "chairwoman",
    "billionaire",
    "businessman",
    "mogul",
    "frontrunner",
    "lawmaker",
    "politician",
    "author",
    "actor",
    "actress",
    "star",
    "präsident",
    "kanzlerin",
    "kanzler",
    "minister",
    "ministerin",
    "politiker",
    "politikerin",
    "chef",
];
/// Noun phrases looked back over for what "which" stands for.
const ANTECEDENTS: usize = 4;
/// Words at which a noun phrase ends, backwards.
const STOPS: &[&str] = &[
    ",", ".", ";", ":", "by", "to", "from", "with", "of", "in", "on", "at", "for", "a", "an", "the", "and",
    "or", "that", "which", "is", "was", "are", "were", "has", "had", "von", "der", "die", "das", "mit",
    "durch", "aus", "dem", "den", "einer", "eine", "einem",
];
/// Quoted regions looked back at for one that is still open.
const MAX_OPEN: usize = 12;
/// Sentences back that a pronoun may reach.
const PRONOUN_REACH: u32 = 4;

/// Words without the article before them.
fn without_article(words: &str) -> &str {
    let articles = ["the ", "The ", "a ", "A ", "an ", "An ", "der ", "die ", "das ", "Der ", "Die ", "Das "];
    articles.iter().find_map(|a| words.strip_prefix(a)).unwrap_or(words)
}

impl Sources<'_> {
    /// The source of a level.
    pub(super) fn resolve(&self, level: &Level, memory: &Memory) -> Source {
        let spans: Vec<Span> = level.source.iter().filter(|r| !r.is_empty()).map(|r| self.span(r)).collect();
        let Some(cover) = spans.iter().copied().reduce(Span::cover) else {
            return Source { spans, kind: SourceKind::Missing, entity: None, resolved: String::new() };
        };
        // "which" stands for the noun before it
        let relative = matches!(cover.of(self.text), "which" | "who" | "that");
        let stand_in = if relative { self.antecedent(level.source[0].start) } else { None };
        let ranges = stand_in.as_ref().map_or(level.source.as_slice(), std::slice::from_ref);
        let words = ranges.iter().map(|r| self.span(r)).reduce(Span::cover).unwrap_or(cover);
        let head = self.head(ranges);
        let ranges = head.as_ref().map_or(ranges, std::slice::from_ref);
        let words = if head.is_some() { self.span(&ranges[0]) } else { words };
        let (kind, entity) = self.identify(words, ranges, memory);
        let plural = PLURAL.contains(&cover.of(self.text).to_lowercase().as_str());
        let resolved = match entity.and_then(|e| self.entities.get(e as usize)) {
            Some(entity) => entity.name.clone(),
            None if plural => {
                memory.group.as_ref().map_or_else(|| cover.of(self.text).to_owned(), |g| g.resolved.clone())
            }
            None => without_article(words.of(self.text)).to_owned(),
        };
        Source { spans, kind, entity, resolved }
    }

    /// The head of a phrase that goes on in a relative clause or an apposition: "Sarrin Lines" of "Sarrin Lines, which
    /// operates the Alma Serena". `None` when all of the phrase tells who it is.
    fn head(&self, ranges: &[Range<usize>]) -> Option<Range<usize>> {
        let [whole] = ranges else { return None };
        let word = |i: usize| self.outline.tokens[i].of(self.text);
        let relative = |i: usize| {
            matches!(word(i), "which" | "who" | "whose" | "whom") || word(i) == "that" && i > whole.start + 1
        };
        let comma = (whole.start + 1..whole.end).find(|&i| word(i) == ",");
        let clause = (whole.start + 1..whole.end).find(|&i| relative(i));
        let end = comma.into_iter().chain(clause).min()?;
        let head = whole.start..end;
        let span = self.span(&head);
        let first = self.names.partition_point(|n| n.span.end <= span.start);
        let inside = self.names[first..].iter().take_while(|n| n.span.start < span.end);
        let named = inside.clone().any(|n| {
            n.span.end == span.end
                && match n.kind {
                    NameKind::Person => true,
                    // "a spokesman for Sarrin Lines, Marcus Tran" is not Sarrin Lines
                    NameKind::Organisation | NameKind::Government => {
                        let at = self.outline.token_at(n.span.start);
                        at <= head.start + 1
                    }
                    _ => false,
                }
        });
        // "The president, sitting next to Prime Minister Anna Keller": what he does there names others.
        let doing = comma == Some(end)
            && self.outline.tokens.get(end + 1).is_some_and(|t| {
                let w = t.of(self.text);
                w.len() > 5 && w.ends_with("ing") && w.starts_with(char::is_lowercase)
            });
        // Without a name before it, what a relative clause tells is still not who speaks.
        (named || doing || clause == Some(end) && inside.count() > 0).then_some(head)
    }

    /// The noun phrase that a relative pronoun stands for: the nearest before it that can speak, else the nearest.
    fn antecedent(&self, at: usize) -> Option<Range<usize>> {
        let sentence =
            self.outline.sentence_tokens.get(self.outline.tokens.get(at)?.sentence as usize)?.clone();
        let word = |i: usize| self.outline.tokens[i].of(self.text);
        let mut best = None;
        let mut end = at;
        while end > sentence.start && word(end - 1) == "," {
            end -= 1;
        }
        for _ in 0..ANTECEDENTS {
            let mut start = end;
            while start > sentence.start && !STOPS.contains(&word(start - 1).to_lowercase().as_str()) {
                start -= 1;
            }
            if start < end {
                let speaks = (start..end).any(|i| {
                    let lower = word(i).to_lowercase();
                    [OFFICIALS, BODIES, ANONYMOUS].iter().any(|l| l.contains(&lower.as_str()))
                }) || {
                    let span = self.span(&(start..end));
                    self.names
                        .iter()
                        .skip(self.names.partition_point(|n| n.span.end <= span.start))
                        .take_while(|n| n.span.start < span.end)
                        .any(|n| matches!(n.kind, NameKind::Person | NameKind::Organisation))
                };
                if speaks {
                    return Some(start..end);
                }
                best = best.or(Some(start..end));
            }
            end = start.saturating_sub(1);
            if end <= sentence.start {
                break;
            }
        }
        best
    }

    /// Keeps in mind who spoke.
    pub(super) fn remember(&self, source: &Source, at: u32, memory: &mut Memory) {
        match source.kind {
            SourceKind::Person if source.entity.is_some() => {
                memory.person = source.entity;
                memory.at = at;
            }
            SourceKind::Person | SourceKind::Missing => {}
            _ => memory.group = Some(source.clone()),
        }
    }

    fn span(&self, range: &Range<usize>) -> Span {
        self.outline.tokens[range.start].span.cover(self.outline.tokens[range.end - 1].span)
    }

    fn identify(&self, cover: Span, ranges: &[Range<usize>], memory: &Memory) -> (SourceKind, Option<u32>) {
        let words: Vec<String> = ranges
            .iter()
            .cloned()
            .flatten()
            .map(|i| self.outline.tokens[i].of(self.text).to_lowercase())
            .collect();
        let has = |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
        // "the prime minister's office" is no leader
        let owner = words.iter().rposition(|w| matches!(w.as_str(), "'s" | "’s" | "'" | "’"));
        let leads = words[owner.map_or(0, |o| o + 1)..].iter().any(|w| LEADERS.contains(&w.as_str()));
        if let [word] = words.as_slice() {
            if MALE_OR_FEMALE.contains(&word.as_str()) && self.goes_on(cover, ranges, memory) {
                return (SourceKind::Person, memory.person);
            }
            let answer = self.pronoun(word, cover, memory);
            if let Some(answer) = answer {
                return answer;
            }
        }
        let outlet = ranges.first().is_some_and(|r| names_outlet(self.text, self.outline, r));
        let first = self.names.partition_point(|n| n.span.end <= cover.start);
        let inside: Vec<&Name> = self.names[first..]
            .iter()
            .take_while(|n| n.span.start < cover.end)
            .filter(|n| cover.contains(n.span) || n.span.contains(cover))
            .collect();
        let person = inside.iter().find(|n| n.kind == NameKind::Person && !self.owns(n, cover));
        let document = has(DOCUMENTS);
        if let (Some(name), false) = (person, document) {
            return (SourceKind::Person, Some(name.entity));
        }
        if document && !outlet {
            // the author of a document, where it is told with it
            let author = person.or(inside.first()).map(|n| n.entity);
            return (SourceKind::Document, author.or_else(|| self.refer.and_then(|refer| refer(cover))));
        }
        let organisation = inside.iter().find(|n| n.kind == NameKind::Organisation);
        if let Some(name) = organisation {
            let sub = self.entities.get(name.entity as usize).and_then(|e| e.organisation);
            let kind = match sub {
                Some(OrganisationKind::Agency) => SourceKind::Agency,
                Some(OrganisationKind::Outlet) => SourceKind::Outlet,
                _ if outlet => self.medium(cover),
                // "Velmoran officials": the name is their body's
                _ if has(OFFICIALS)
                    && (words.len() > name.span.of(self.text).split_whitespace().count()
                        || self.ends_lower(name)) =>
                {
                    SourceKind::Officials
                }
                _ => SourceKind::Organisation,
            };
            return (kind, Some(name.entity));
        }
        let referred = self
            .refer
            .and_then(|refer| refer(cover))
            .or_else(|| if inside.is_empty() { self.by_form(cover) } else { None });
        if let Some(entity) = referred {
            let kind = match self.entities.get(entity as usize).map(|e| e.kind) {
                Some(NameKind::Person) => SourceKind::Person,
                Some(NameKind::Organisation) if outlet => self.medium(cover),
                Some(NameKind::Organisation) => {
                    if has(OFFICIALS) {
                        SourceKind::Officials
                    } else {
                        SourceKind::Organisation
                    }
                }
                Some(NameKind::Government) => {
                    if words.len() > 1 && has(OFFICIALS) {
                        SourceKind::Officials
                    } else {
                        SourceKind::Government
                    }
                }
                // "state media in Kestria"
                _ if outlet => self.medium(cover),
                _ => SourceKind::Anonymous,
            };
            return (kind, Some(entity));
        }
        if outlet {
            return (self.medium(cover), inside.first().map(|n| n.entity));
        }
        let place = inside
            .iter()
            .find(|n| matches!(n.kind, NameKind::Government | NameKind::Place | NameKind::Nationality));
        if let Some(name) = place {
            if leads
                && !has(OFFICIALS)
                && let Some(leader) =
                    self.leader(name, cover).or_else(|| self.only_leader(&words, memory, cover.start))
            {
                return (SourceKind::Person, Some(leader));
            }
            let entity = Some(self.government_of(name));
            return if has(OFFICIALS) || has(ANONYMOUS) {
                (SourceKind::Officials, entity)
            } else if words.len() <= 4 && name.kind != NameKind::Nationality {
                (SourceKind::Government, entity)
            } else if leads {
                (SourceKind::Person, None)
            } else {
                (SourceKind::Organisation, entity)
            };
        }
        if leads && words.first().is_some_and(|w| matches!(w.as_str(), "the" | "der" | "die")) {
            return (SourceKind::Person, memory.person.or_else(|| self.last_person(cover.start)));
        }
        let capital =
            cover.of(self.text).split_whitespace().skip(1).any(|w| w.starts_with(char::is_uppercase));
        let kind = if has(OFFICIALS) {
            SourceKind::Officials
        } else if has(ANONYMOUS) {
            SourceKind::Anonymous
        } else if has(BODIES) {
            SourceKind::Organisation
        } else if capital || words.len() <= 2 && cover.of(self.text).starts_with(char::is_uppercase) {
            SourceKind::Person
        } else {
            SourceKind::Anonymous
        };
        (kind, None)
    }

    /// Whether a "he" or "she" goes on with who spoke last: nobody else was named since, or the cue says so.
    fn goes_on(&self, at: Span, ranges: &[Range<usize>], memory: &Memory) -> bool {
        let paragraph = |byte: u32| self.outline.paragraph_at(byte).unwrap_or(0);
        if memory.person.is_none() || memory.at > at.start || paragraph(at.start) > paragraph(memory.at) + 1 {
            return false;
        }
        let next = ranges.first().and_then(|r| {
            self.outline.tokens.get(r.start.saturating_sub(2)..(r.end + 2).min(self.outline.tokens.len()))
        });
        let adds = next.unwrap_or(&[]).iter().any(|t| {
            matches!(t.of(self.text), "added" | "continued" | "adds" | "continues" | "concluded" | "went")
        });
        let first = self.names.partition_point(|n| n.span.start < memory.at);
        let others = self.names[first..]
            .iter()
            .take_while(|n| n.span.end <= at.start)
            .any(|n| n.kind == NameKind::Person && Some(n.entity) != memory.person && !self.quoted(n.span));
        adds || !others
    }

    /// An entity that is written as these words or ends in them.
    fn by_form(&self, cover: Span) -> Option<u32> {
        let words = without_article(cover.of(self.text));
        if !words.starts_with(char::is_uppercase) || words.len() < 3 {
            return None;
        }
        let ends =
            |name: &str| name == words || name.strip_suffix(words).is_some_and(|rest| rest.ends_with(' '));
        self.entities
            .iter()
            .position(|e| ends(&e.name) || e.forms.iter().any(|f| f == words))
            .map(|i| i as u32)
    }

    /// Agency or outlet.
    fn medium(&self, cover: Span) -> SourceKind {
        let lower = cover.of(self.text).to_lowercase();
        let named = AGENCIES.iter().any(|a| {
            lower.split(|c: char| !c.is_alphanumeric() && c != '-').any(|w| w == *a)
                || a.len() > 5 && lower.contains(a)
        });
        if named || AGENCY_NOUNS.iter().any(|n| lower.contains(n)) {
            SourceKind::Agency
        } else {
            SourceKind::Outlet
        }
    }

    fn pronoun(&self, word: &str, at: Span, memory: &Memory) -> Option<(SourceKind, Option<u32>)> {
        let is_pronoun = MALE_OR_FEMALE.contains(&word) || PLURAL.contains(&word);
        if is_pronoun && let Some(entity) = self.refer.and_then(|refer| refer(at)) {
            let kind = match self.entities.get(entity as usize).map(|e| e.kind) {
                Some(NameKind::Person) => SourceKind::Person,
                Some(NameKind::Organisation) => SourceKind::Organisation,
                _ => SourceKind::Officials,
            };
            return Some((kind, Some(entity)));
        }
        if MALE_OR_FEMALE.contains(&word) {
            return Some((SourceKind::Person, self.person_for_pronoun(at, memory)));
        }
        if PLURAL.contains(&word) {
            return Some(memory.group.as_ref().map_or((SourceKind::Anonymous, None), |g| (g.kind, g.entity)));
        }
        matches!(word, "i" | "ich" | "who" | "wer")
            .then_some((SourceKind::Person, memory.person.filter(|_| word == "who")))
    }

    /// The person a "he" or "she" stands for: the first one named in this sentence before it, else the
    /// first one of the sentences before, else who spoke last.
    fn person_for_pronoun(&self, at: Span, memory: &Memory) -> Option<u32> {
        let sentence = self.outline.sentence_at(at.start)?;
        for back in 0..=PRONOUN_REACH as usize {
            let Some(s) = sentence.checked_sub(back) else { break };
            let span = self.outline.sentences[s];
            let limit = if back == 0 { at.start } else { span.end };
            let first = self.names.partition_point(|n| n.span.start < span.start);
            let mut found = self.names[first..]
                .iter()
                .take_while(|n| n.span.end <= limit)
                .filter(|n| n.kind == NameKind::Person && !self.quoted(n.span));
            if let Some(name) = found.next() {
                // the speaker of the sentences before, when that sentence names them too
                let speaker = memory.person.filter(|p| *p == name.entity || found.any(|n| n.entity == *p));
                return Some(speaker.unwrap_or(name.entity));
            }
            // a paragraph that begins anew still speaks of who spoke last
            if back >= 1 && memory.person.is_some() {
                return memory.person;
            }
        }
        memory.person.or_else(|| self.last_person(at.start))
    }

    /// "the Kestrian president" where nobody is called so: who spoke last, else who was named last.
    fn only_leader(&self, words: &[String], memory: &Memory, before: u32) -> Option<u32> {
        let definite = words.first().is_some_and(|w| w == "the");
        if definite { memory.person.or_else(|| self.last_person(before)) } else { None }
    }

    /// Whether a name's last word is a common noun: "Velmoran officials".
    fn ends_lower(&self, name: &Name) -> bool {
        name.span.of(self.text).rsplit(' ').next().is_some_and(|w| w.starts_with(char::is_lowercase))
    }

    fn quoted(&self, span: Span) -> bool {
        let after = self.outline.quoted.partition_point(|q| q.outer.start <= span.start);
        self.outline.quoted[after.saturating_sub(MAX_OPEN)..after].iter().any(|q| q.outer.contains(span))
    }

    fn last_person(&self, before: u32) -> Option<u32> {
        let end = self.names.partition_point(|n| n.span.end <= before);
        self.names[..end].iter().rev().find(|n| n.kind == NameKind::Person).map(|n| n.entity)
    }

    /// Whether a name only owns what the phrase is about: "Putin’s spokesman".
    fn owns(&self, name: &Name, cover: Span) -> bool {
        let rest = self.text.get(name.span.end as usize..cover.end as usize).unwrap_or("");
        let rest = rest.strip_prefix(['’', '\'']).and_then(|r| r.strip_prefix('s'));
        rest.is_some_and(|r| r.split_whitespace().next().is_some_and(|w| w.starts_with(char::is_lowercase)))
    }

    /// The government that a place or nationality stands for, if the article has one of that country.
    fn government_of(&self, name: &Name) -> u32 {
        let Some(entity) = self.entities.get(name.entity as usize) else { return name.entity };
        if entity.kind == NameKind::Government || entity.country.is_none() {
            return name.entity;
        }
        let fits = |e: &LocalEntity| e.kind == NameKind::Government && e.country == entity.country;
        self.entities.iter().position(fits).map_or(name.entity, |i| i as u32)
    }

    /// "the North Korean leader": the person before whom the same words or country stood.
    fn leader(&self, nationality: &Name, cover: Span) -> Option<u32> {
        let country = self.entities.get(nationality.entity as usize).and_then(|e| e.country.clone());
        let word = nationality.span.of(self.text);
        let people = || self.names.iter().filter(|n| n.kind == NameKind::Person);
        let by_title = people().find(|n| {
            let before = self.names[..self.names.partition_point(|m| m.span.end <= n.span.start)].last();
            before.is_some_and(|b| {
                let near = n.span.start.saturating_sub(b.span.end) < 30
                    && self.outline.sentence_at(b.span.start) == self.outline.sentence_at(n.span.start);
                let same = b.span.of(self.text) == word
                    || country.is_some()
                        && self.entities.get(b.entity as usize).and_then(|e| e.country.clone()) == country;
                let between = self.text.get(b.span.end as usize..n.span.start as usize).unwrap_or("");
                near && same && !between.contains([',', '.', ';']) && b.kind == NameKind::Nationality
            })
        });
        let by_country = || {
            people().filter(|n| n.span.end <= cover.start).find(|n| {
                country.is_some()
                    && self.entities.get(n.entity as usize).is_some_and(|e| e.country == country)
            })
        };
        by_title.or_else(by_country).map(|n| n.entity)
    }
}
