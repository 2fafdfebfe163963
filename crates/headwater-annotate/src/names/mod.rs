//! Names in one article: parts of speech, names, and what the names stand for there.
//!
//! Sees one article's text and outline; the models come in as a value. Gives mentions, local entities and a
//! part of speech for every token. Whether two articles mean the same is not decided here.

mod actors;
mod bodies;
pub mod features;
pub mod gazetteer;
pub mod kin;
mod kinds;
mod lexicon;
mod local;
mod mentions;
mod offices;
pub mod pos;
mod refer;
pub mod seen;
mod states;
pub mod tagging;
mod titles;
pub mod units;
mod vessels;
pub mod words;

pub use local::Clue;
pub use pos::Pos;
pub use states::Told;
pub use titles::Office;

use headwater_model::text::Outline;
use headwater_model::{LocalEntity, Name, NameKind, Span};
use lexicon::Lexicon;
use states::Atlas;
use tagging::{Stored, Taggers};

/// Longest text that is tagged, in tokens; what comes after keeps no names.
const MAX_TOKENS: usize = 2_000_000;

/// Taggers and lexicon. Read once, then shared.
#[derive(Clone, Debug)]
pub struct Models {
    taggers: Taggers,
    lexicon: Lexicon,
}

impl Models {
    /// The models that ship with the program.
    pub fn bundled() -> Models {
        let taggers = Taggers::from_bytes(Stored {
            pos: include_bytes!("../../data/names/pos.weights"),
            names: include_bytes!("../../data/names/names.weights"),
            gazetteer: include_bytes!("../../data/names/gazetteer.bin"),
            classes: include_bytes!("../../data/names/classes.bin"),
            seen: include_bytes!("../../data/names/seen.bin"),
            kin: include_bytes!("../../data/names/kin.bin"),
        })
        .expect("the bundled weights were written by this version; a test reads them");
        let mut lexicon = Lexicon::new(
            include_str!("../../data/names/countries.tsv"),
            include_str!("../../data/names/organisations.tsv"),
            include_str!("../../data/names/roles.tsv"),
        );
        lexicon.add_seats(include_str!("../../data/names/seats.tsv"));
        let mut forenames =
            include_str!("../../data/names/forenames.tsv").lines().filter(|l| !l.starts_with('#'));
        lexicon.add_forenames(forenames.next().unwrap_or(""), false);
        lexicon.add_forenames(forenames.next().unwrap_or(""), true);
        Models { taggers, lexicon }
    }

    /// The same with other taggers: those that training is about to store.
    pub fn with_taggers(self, taggers: Taggers) -> Models {
        Models { taggers, ..self }
    }
}

/// What is found in one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameAnnotations {
    /// Mentions, in order; they do not overlap. A body of a state may be named by its role: the mention
    /// "South Korean intelligence officials" ends in a lower-case word then.
    pub names: Vec<Name>,
    /// What they stand for, in order of first mention.
    pub entities: Vec<LocalEntity>,
    /// One for every entity: gender, offices, number.
    pub clues: Vec<Clue>,
    /// One for every token of the outline.
    pub pos: Vec<Pos>,
    /// States that the article tells of and no lexicon knows.
    pub told: Told,
}

/// Finds the names of an article. `language` is an ISO 639-1 code; without one the text counts as English.
///
/// In other languages than English only names of the lexicon are found.
pub fn annotate(text: &str, outline: &Outline, models: &Models, language: Option<&str>) -> NameAnnotations {
    annotate_knowing(text, outline, models, language, &Told::default())
}

/// As [`annotate`], knowing what other articles tell of states that no lexicon knows.
pub fn annotate_knowing(
    text: &str,
    outline: &Outline,
    models: &Models,
    language: Option<&str>,
    others: &Told,
) -> NameAnnotations {
    if outline.tokens.len() > MAX_TOKENS {
        return NameAnnotations { pos: vec![Pos::Other; outline.tokens.len()], ..NameAnnotations::default() };
    }
    let english = language.is_none_or(|l| l.get(..2).is_some_and(|l| l.eq_ignore_ascii_case("en")));
    let sheet = models.taggers.sheet(text, outline);
    let pos = models.taggers.pos(&sheet);
    let found = if english { models.taggers.names(&sheet, &pos) } else { Vec::new() };
    let told = if english { states::find(text, &sheet, &models.lexicon) } else { Told::default() };
    let mut all = told.clone();
    all.join(others);
    let atlas = Atlas::new(&models.lexicon, &all);
    let mentions = mentions::collect(text, &sheet, &pos, found, &atlas);
    let (names, entities, clues) = local::resolve(text, &sheet, &pos, &mentions, &atlas);
    let mut by_token = vec![Pos::Other; outline.tokens.len()];
    for (unit, pos) in sheet.units.iter().zip(&pos) {
        if let Some(tokens) = by_token.get_mut(unit.first as usize..=unit.last as usize) {
            tokens.fill(*pos);
        }
    }
    NameAnnotations { names, entities, clues, pos: by_token, told }
}

/// The local entity that the words of `span` stand for: a name, a title phrase ("the Russian leader"), a
/// pronoun, a role ("the ministry"). `None` when nothing fits.
pub fn refer(
    text: &str,
    outline: &Outline,
    found: &NameAnnotations,
    models: &Models,
    span: Span,
) -> Option<u32> {
    refer::refer(text, outline, found, &models.lexicon, span)
}

/// Whether a mention is a name of its own and not a role phrase such as "Russian officials".
pub fn is_proper(text: &str, name: &Name) -> bool {
    let words = name.span.of(text);
    // "Kim Jong-il": the end of a person's name says nothing
    if name.kind == NameKind::Person {
        return true;
    }
    let last = words.rsplit(|c: char| c.is_whitespace() || c == '-').next().unwrap_or("");
    // "the Green party" is a name, whatever a style book makes of its last word
    let before = words.trim_end_matches(last).split_whitespace().next_back().unwrap_or("");
    let party = last == "party" && before.starts_with(char::is_uppercase);
    name.kind != NameKind::Nationality && (!last.starts_with(char::is_lowercase) || party)
}

#[cfg(test)]
mod tests;
