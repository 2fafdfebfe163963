//! Which entity of the article a phrase stands for: a name, a title ("the Russian leader"), a pronoun, a role
//! ("the ministry").
//!
//! Reads what [`super::annotate`] found; gives `None` rather than a guess when nothing fits.

use super::NameAnnotations;
use super::bodies;
use super::lexicon::Lexicon;
use super::titles::{self, Office};
use headwater_model::text::Outline;
use headwater_model::text::fold::fold;
use headwater_model::{Name, NameKind, OrganisationKind, Span};

/// Sentences that a pronoun looks back.
const REACH_OF_PRONOUNS: usize = 4;

/// Pronouns in a row that are followed back: "he" of one sentence to "he" of the sentence before. A bound on work.
const LONGEST_PRONOUN_CHAIN: usize = 4;

/// What a pronoun that opens a sentence before counts for more than a name that opens one: who is talked of goes on
/// to be talked of. In the points of [`View::antecedent`]; by judgement, 2026-11, with three of the
/// NewsWCL50 accounts in sight.
const GOES_ON: i32 = 3;

/// Nouns for organisations by which a phrase like "the agency" may mean them.
const ORGANISATION_NOUNS: &[&str] = &[
    "ministry",
    "agency",
    "group",
    "company",
    "department",
    "service",
    "organisation",
    "organization",
    "party",
    "council",
    "committee",
    "commission",
    "court",
    "bank",
    "newspaper",
    "paper",
    "broadcaster",
    "network",
    "outlet",
    "union",
    "university",
    "institute",
    "foundation",
    "association",
    "watchdog",
    "observatory",
    "government",
    "office",
    "army",
    "military",
    "police",
    "regime",
    "firm",
    "body",
    "bureau",
    "board",
    "parliament",
    "senate",
    "congress",
    "alliance",
    "militants",
    "rebels",
    "authority",
    "directorate",
    "ministries",
    "guard",
    "hospital",
    "airline",
    "tribunal",
    "federation",
    "charity",
];

/// Nouns by which a company is meant.
const COMPANY_NOUNS: &[&str] = &[
    "company",
    "firm",
    "operator",
    "owner",
    "airline",
    "carrier",
    "manufacturer",
    "maker",
    "retailer",
    "startup",
];

/// Documents that have an author.
const DOCUMENT_NOUNS: &[&str] = &[
    "report",
    "study",
    "survey",
    "document",
    "statement",
    "letter",
    "review",
    "inquiry",
    "indictment",
    "complaint",
    "filing",
    "memo",
    "ruling",
    "decree",
    "telegram",
    "tweet",
    "post",
    "announcement",
    "bulletin",
    "findings",
    "email",
    "note",
    "paper",
    "release",
    "communique",
];

/// Places of a document's noun that are looked at for its author.
const MOST_DOCUMENTS: usize = 12;

/// Words between an owner and a document's noun: "the Directorate's 94-page inspection report".
const LONGEST_TITLE: usize = 6;

struct View<'a> {
    text: &'a str,
    outline: &'a Outline,
    found: &'a NameAnnotations,
    lexicon: &'a Lexicon,
}

/// The local entity that the words of `span` stand for.
pub(super) fn refer(
    text: &str,
    outline: &Outline,
    found: &NameAnnotations,
    lexicon: &Lexicon,
    span: Span,
) -> Option<u32> {
    let view = View { text, outline, found, lexicon };
    let words: Vec<String> = outline
        .tokens
        .get(outline.tokens_in(span))
        .unwrap_or(&[])
        .iter()
        .take(40)
        .map(|t| fold(t.of(text)))
        .collect();
    if let [word] = &words[..]
        && let Some(gender) = pronoun(word)
    {
        return view.antecedent(span, gender, LONGEST_PRONOUN_CHAIN).map(|b| b.1);
    }
    view.named(span)
        .or_else(|| view.titled(span, &words))
        .or_else(|| view.body(span, &words))
        .or_else(|| view.author(span, &words))
}

/// What a pronoun asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asks {
    Man,
    Woman,
    Many,
    Thing,
}

fn pronoun(word: &str) -> Option<Asks> {
    Some(match word {
        "he" | "him" | "his" | "himself" => Asks::Man,
        "she" | "her" | "hers" | "herself" => Asks::Woman,
        "they" | "them" | "their" => Asks::Many,
        "it" | "its" => Asks::Thing,
        _ => return None,
    })
}

impl View<'_> {
    fn names_in(&self, span: Span) -> &[Name] {
        let names = &self.found.names;
        let start = names.partition_point(|n| n.span.end <= span.start);
        let end = names.partition_point(|n| n.span.start < span.end);
        names.get(start..end.max(start)).unwrap_or(&[])
    }

    fn kind(&self, name: &Name) -> NameKind {
        name.kind
    }

    fn after(&self, name: &Name) -> String {
        let next = self.outline.token_at(name.span.end);
        self.outline.tokens.get(next).map_or_else(String::new, |t| fold(t.of(self.text)))
    }

    fn before(&self, name: &Name) -> String {
        let at = self.outline.token_at(name.span.start);
        at.checked_sub(1)
            .and_then(|i| self.outline.tokens.get(i))
            .map_or_else(String::new, |t| fold(t.of(self.text)))
    }

    /// A name that heads the phrase.
    fn named(&self, span: Span) -> Option<u32> {
        let names = self.names_in(span);
        let mut best: Option<(u8, u32)> = None;
        for (k, name) in names.iter().enumerate() {
            if !span.contains(name.span) {
                // The phrase is a part of the name, or cuts it: it still means it.
                if name.span.contains(span) {
                    return Some(name.entity);
                }
                continue;
            }
            let last_of_span = name.span.end >= span.end;
            if !last_of_span && matches!(self.after(name).as_str(), "'s" | "'") {
                continue;
            }
            let governed = k > 0
                && matches!(
                    self.before(name).as_str(),
                    "of" | "in" | "from" | "for" | "to" | "at" | "with" | "on" | "by"
                );
            let rank = match self.kind(name) {
                NameKind::Person => 5,
                NameKind::Organisation => 4,
                NameKind::Government => 3,
                NameKind::Place
                    if last_of_span
                        && self
                            .found
                            .entities
                            .get(name.entity as usize)
                            .is_some_and(|e| e.country.is_some()) =>
                {
                    2
                }
                NameKind::Event | NameKind::Nationality | NameKind::Place => continue,
            };
            let rank = if governed { 1 } else { rank };
            if best.is_none_or(|b| rank > b.0) {
                best = Some((rank, name.entity));
            }
        }
        best.map(|b| b.1)
    }

    /// "the Russian leader", "the president".
    fn titled(&self, span: Span, words: &[String]) -> Option<u32> {
        let at = words.iter().rposition(|w| titles::office(w).is_some())?;
        let (office, title) = (titles::office(&words[at])?, &words[at]);
        // "the prime minister's office" is not the prime minister
        if words.get(at + 1).is_some_and(|w| matches!(w.as_str(), "'s" | "'")) && words.len() > at + 2 {
            return None;
        }
        if !matches!(words.first().map(String::as_str), Some("the" | "his" | "her" | "their" | "a" | "an"))
            && words.len() > 3
        {
            return None;
        }
        // "Number 10 spokesperson": what is no name of a state belongs to somebody else.
        let first = self.outline.tokens_in(span).start;
        let foreign = (0..at).any(|k| {
            let token = &self.outline.tokens[first + k];
            let word = token.of(self.text);
            word.starts_with(|c: char| c.is_ascii_digit())
                || k > 0
                    && word.starts_with(char::is_uppercase)
                    && titles::office(&fold(word)).is_none()
                    && !self.names_in(span).iter().any(|n| n.span.overlaps(token.span))
        });
        if foreign {
            return None;
        }
        let country = self
            .names_in(span)
            .iter()
            .find_map(|n| self.found.entities.get(n.entity as usize)?.country.clone());
        let mut best: Option<((bool, bool, u32), u32)> = None;
        let mut several = false;
        for (e, clue) in self.found.clues.iter().enumerate() {
            let Some(entity) = self.found.entities.get(e).filter(|x| x.kind == NameKind::Person) else {
                continue;
            };
            let mut fit = None;
            for (o, c, t) in &clue.offices {
                let same_country = match (&country, c) {
                    (Some(a), Some(b)) if a != b => continue,
                    (Some(_), None) => false,
                    (Some(_), Some(_)) => true,
                    (None, _) => false,
                };
                let same_word = t == title;
                if (same_word || *o == office && office == Office::Leader)
                    && (country.is_none() || same_country || same_word)
                {
                    fit = fit.max(Some((same_country, same_word)));
                }
            }
            let Some((same_country, same_word)) = fit else { continue };
            let recent = self.last_before(e as u32, span.start);
            let rank = (same_country, same_word, recent);
            several |= best.is_some_and(|b| (b.0.0, b.0.1) == (same_country, same_word));
            if best.is_none_or(|b| rank > b.0) {
                best = Some((rank, e as u32));
            }
            let _ = entity;
        }
        // Two that fit as well: the later named one, if it was named at all before.
        best.filter(|b| !several || b.0.2 > 0).map(|b| b.1)
    }

    /// One past the start of the last mention of the entity before `byte`; 0 when there is none.
    fn last_before(&self, entity: u32, byte: u32) -> u32 {
        let end = self.found.names.partition_point(|n| n.span.start < byte);
        self.found.names[..end].iter().rev().find(|n| n.entity == entity).map_or(0, |n| n.span.start + 1)
    }

    /// "the ministry", "state media", "the agency", "coast guard figures", "the company".
    fn body(&self, span: Span, words: &[String]) -> Option<u32> {
        // What comes after a preposition only says where: "the port authority in Port Ansel".
        let end = words
            .iter()
            .position(|w| {
                matches!(w.as_str(), "of" | "in" | "for" | "at" | "from" | "on" | "who" | "which" | ",")
            })
            .unwrap_or(words.len());
        let start = words[..end]
            .iter()
            .position(|w| !matches!(w.as_str(), "the" | "a" | "an" | "its" | "their" | "his" | "her"))?;
        let mut phrase = &words[start..end];
        let definite = words.first().is_some_and(|w| w == "the");
        let full = self.lexicon.role(super::lexicon::key(&phrase.join(" ")));
        if full.is_none()
            && let Some((last, rest)) = phrase.split_last()
            && !rest.is_empty()
            && bodies::SPEAKS_FOR.contains(&last.as_str())
        {
            phrase = rest;
            if matches!(phrase.last().map(String::as_str), Some("'s" | "'")) {
                phrase = &phrase[..phrase.len() - 1];
            }
        }
        let head = phrase.last()?;
        let said = phrase.join(" ");
        let role = full
            .or_else(|| self.lexicon.role(super::lexicon::key(&said)))
            .and_then(|r| self.lexicon.roles.get(usize::from(r)));
        let noun = ORGANISATION_NOUNS.contains(&head.as_str());
        if role.is_none() && !noun && phrase.len() < 2 {
            return None;
        }
        // How well it fits, then how near it was named.
        let mut best: Option<((u8, u32), u32)> = None;
        for (e, entity) in self.found.entities.iter().enumerate() {
            let organisation = entity.kind == NameKind::Organisation;
            let names = || entity.forms.iter().chain([&entity.name]);
            let by_role = role.is_some() && entity.role.as_ref() == role;
            let whole = organisation && names().any(|f| bodies::ends_in(f, &said) || fold(f) == said);
            let by_noun = noun && organisation && names().any(|f| fold(f).split(' ').any(|w| w == head));
            let government = role.is_some_and(|r| r == "government")
                && entity.kind == NameKind::Government
                && phrase.len() == 1
                && definite;
            let fit = match () {
                () if whole && (phrase.len() > 1 || noun) => 3,
                () if by_role && (organisation || entity.kind == NameKind::Government) => 2,
                () if by_noun && phrase.len() == 1 || government => 1,
                () => continue,
            };
            let recent = self.last_before(e as u32, span.start);
            // A body known by its role only has no names; it comes last.
            let unnamed = entity.name.starts_with(char::is_lowercase);
            if (recent > 0 || unnamed) && best.is_none_or(|b| (fit, recent) > b.0) {
                best = Some(((fit, recent), e as u32));
            }
        }
        best.map(|b| b.1).or_else(|| {
            let company = definite && phrase.len() <= 2 && COMPANY_NOUNS.contains(&head.as_str());
            company.then(|| self.company(span))?
        })
    }

    /// "the company": the company named last; where none is known for one, the only body that can be one.
    fn company(&self, span: Span) -> Option<u32> {
        let mut known: Option<(u32, u32)> = None;
        let mut unknown = Vec::new();
        for (e, entity) in self.found.entities.iter().enumerate() {
            let recent = self.last_before(e as u32, span.start);
            if entity.kind != NameKind::Organisation || recent == 0 {
                continue;
            }
            match entity.organisation {
                Some(OrganisationKind::Company) if known.is_none_or(|k| recent > k.0) => {
                    known = Some((recent, e as u32));
                }
                None if entity.role.is_none() => unknown.push(e as u32),
                _ => {}
            }
        }
        known.map(|k| k.1).or(if let [one] = unknown[..] { Some(one) } else { None })
    }

    /// Whose a document is that was told of before: "a report by the Maritime Safety Directorate … the report".
    fn author(&self, span: Span, words: &[String]) -> Option<u32> {
        let noun = words.last().filter(|w| DOCUMENT_NOUNS.contains(&w.as_str()))?;
        if !matches!(
            words.first().map(String::as_str),
            Some("the" | "its" | "their" | "his" | "her" | "it" | "that")
        ) {
            return None;
        }
        let tokens = &self.outline.tokens;
        let end = self.outline.token_at(span.start);
        let word = |i: usize| tokens.get(i).map_or_else(String::new, |t| fold(t.of(self.text)));
        let mut left = MOST_DOCUMENTS;
        for at in (0..end.min(tokens.len())).rev() {
            if word(at) != *noun {
                continue;
            }
            left -= 1;
            if left == 0 {
                return None;
            }
            if let Some(author) = self.author_at(at) {
                return Some(author);
            }
        }
        None
    }

    /// Who is told as the author of the document whose noun is token `at`.
    fn author_at(&self, at: usize) -> Option<u32> {
        let tokens = &self.outline.tokens;
        let here = tokens.get(at)?;
        let word = |i: usize| tokens.get(i).map_or_else(String::new, |t| fold(t.of(self.text)));
        let can =
            |n: &&Name| matches!(n.kind, NameKind::Person | NameKind::Organisation | NameKind::Government);
        // "the Directorate's inspection report", "the report by the Directorate"
        let owned = self.found.names[..self.found.names.partition_point(|n| n.span.end <= here.span.start)]
            .last()
            .filter(can)
            .filter(|n| {
                let after = self.outline.token_at(n.span.end);
                matches!(word(after).as_str(), "'s" | "'") && at - after <= LONGEST_TITLE
            });
        if let Some(name) = owned {
            return Some(name.entity);
        }
        let by = (at + 1..at + 4).find(|&i| matches!(word(i).as_str(), "by" | "from" | "of"));
        if let Some(by) = by {
            let from = tokens.get(by + 1)?.span.start;
            let next = self.found.names.get(self.found.names.partition_point(|n| n.span.start < from));
            let near = next.filter(can).filter(|n| self.outline.token_at(n.span.start) <= by + 2);
            if let Some(name) = near {
                return Some(name.entity);
            }
        }
        // "the commission said in its report", "the president has sent a telegram"
        let determiner = (at.saturating_sub(LONGEST_TITLE)..at).rev().map(word).find(|w| {
            matches!(
                w.as_str(),
                "a" | "an" | "its" | "his" | "her" | "their" | "the" | "this" | "that" | "," | "." | "of"
            )
        });
        let own =
            determiner.is_some_and(|w| matches!(w.as_str(), "a" | "an" | "its" | "his" | "her" | "their"));
        let sentence = self.outline.sentences.get(here.sentence as usize)?;
        let first = self.found.names.partition_point(|n| n.span.start < sentence.start);
        let subject = self.found.names[first..]
            .iter()
            .take_while(|n| n.span.end <= here.span.start)
            .filter(can)
            .find(|n| self.is_subject(n));
        subject.filter(|_| own).map(|n| n.entity)
    }

    /// Whom a pronoun means, with points: the subject of what went before, of the right gender, near; a pronoun that
    /// opens a sentence between stands for its own antecedent.
    fn antecedent(&self, span: Span, asks: Asks, chain: usize) -> Option<(i32, u32)> {
        let here = self.outline.sentence_at(span.start)?;
        let quoted_here = self.in_quotes(span.start);
        let end = self.found.names.partition_point(|n| n.span.end <= span.start);
        let mut best: Option<(i32, u32)> = None;
        for name in self.found.names[..end].iter().rev() {
            let sentence = self.outline.sentence_at(name.span.start)?;
            let far = here - sentence.min(here);
            if far > REACH_OF_PRONOUNS {
                break;
            }
            let Some(fit) = self.fits(name, asks) else { continue };
            if !quoted_here && self.in_quotes(name.span.start) {
                continue;
            }
            if matches!(self.after(name).as_str(), "'s" | "'") && far == 0 {
                continue;
            }
            let mut score = fit - 3 * far as i32;
            if self.is_subject(name) {
                score += 4;
            }
            let first = self.outline.sentences.get(sentence).is_some_and(|s| name.span.start <= s.start + 1);
            score += i32::from(first);
            if best.is_none_or(|b| score > b.0) {
                best = Some((score, name.entity));
            }
        }
        for far in 0..=REACH_OF_PRONOUNS.min(here) {
            let opening = self.opening_pronoun(here - far, asks).filter(|p| p.end <= span.start);
            let Some(pronoun) = opening.filter(|_| chain > 0) else { continue };
            if let Some((_, entity)) = self.antecedent(pronoun, asks, chain - 1) {
                let fits = self.found.names.iter().find(|n| n.entity == entity);
                let score = fits.and_then(|n| self.fits(n, asks)).unwrap_or(0) - 3 * far as i32 + 4 + GOES_ON;
                if best.is_none_or(|b| score > b.0) {
                    best = Some((score, entity));
                }
            }
            break;
        }
        best
    }

    /// The pronoun of a kind that opens a sentence outside quotations.
    fn opening_pronoun(&self, sentence: usize, asks: Asks) -> Option<Span> {
        let range = self.outline.sentence_tokens.get(sentence)?;
        let token = self.outline.tokens.get(range.start)?;
        let same = pronoun(&fold(token.of(self.text))) == Some(asks);
        (same && !self.in_quotes(token.span.start)).then_some(token.span)
    }

    fn in_quotes(&self, byte: u32) -> bool {
        let end = self.outline.quoted.partition_point(|q| q.inner.start <= byte);
        self.outline.quoted[..end].iter().rev().take(8).any(|q| q.inner.end > byte)
    }

    /// How well a name fits a pronoun; `None` when it cannot.
    fn fits(&self, name: &Name, asks: Asks) -> Option<i32> {
        let clue = self.found.clues.get(name.entity as usize)?;
        let kind = self.found.entities.get(name.entity as usize)?.kind;
        match (asks, kind) {
            (Asks::Man, NameKind::Person) if clue.female != Some(true) => {
                Some(if clue.female == Some(false) { 2 } else { 1 })
            }
            (Asks::Woman, NameKind::Person) if clue.female != Some(false) => {
                Some(if clue.female == Some(true) { 2 } else { 0 })
            }
            (Asks::Many, NameKind::Organisation) => Some(if clue.plural { 4 } else { 0 }),
            (Asks::Thing, NameKind::Organisation | NameKind::Government) if !clue.plural => Some(1),
            _ => None,
        }
    }

    /// Whether a finite verb follows the name soon.
    fn is_subject(&self, name: &Name) -> bool {
        let next = self.outline.token_at(name.span.end);
        (next..next + 3)
            .take_while(|&i| {
                self.outline.tokens.get(i).is_some_and(|t| t.sentence == self.outline.tokens[next].sentence)
            })
            .any(|i| self.found.pos.get(i).is_some_and(|p| p.is_finite()))
    }
}
