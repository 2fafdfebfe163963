//! Names in one article, and the persons, organisations and places they stand for there.

use crate::Span;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place.
    Place,
    /// A government, named by its country, capital or seat: "Pyongyang said".
    Government,
    /// A named event: "World War II".
    Event,
    /// A nationality or demonym: "North Korean".
    Nationality,
}

impl NameKind {
    /// The kind as written in JSON.
    pub fn name(self) -> &'static str {
        match self {
            NameKind::Person => "person",
            NameKind::Organisation => "organisation",
            NameKind::Place => "place",
            NameKind::Government => "government",
            NameKind::Event => "event",
            NameKind::Nationality => "nationality",
        }
    }
}

/// Sub-kinds of organisations, where known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrganisationKind {
    /// A newspaper, broadcaster or site.
    Outlet,
    /// A news agency.
    Agency,
    /// A ministry, service, court or other body of a state.
    GovernmentBody,
    /// An armed group.
    ArmedGroup,
    /// A company.
    Company,
}

impl OrganisationKind {
    /// The sub-kind as written in JSON.
    pub fn name(self) -> &'static str {
        match self {
            OrganisationKind::Outlet => "outlet",
            OrganisationKind::Agency => "agency",
            OrganisationKind::GovernmentBody => "government body",
            OrganisationKind::ArmedGroup => "armed group",
            OrganisationKind::Company => "company",
        }
    }
}

/// One mention of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The words.
    pub span: Span,
    /// What it stands for here.
    pub kind: NameKind,
    /// Index into the article's `LocalEntity` list.
    pub entity: u32,
}

/// What the mentions of one article that stand for the same thing are brought together under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalEntity {
    /// The longest or clearest form in the article.
    pub name: String,
    /// Its kind.
    pub kind: NameKind,
    /// Its sub-kind, for organisations.
    pub organisation: Option<OrganisationKind>,
    /// ISO 3166-1 alpha-2 code of the country it belongs to or is, where that is told or known; `x-` and the stem of its
    /// name for a state that no lexicon knows.
    pub country: Option<String>,
    /// For a body of a state, what it does: `intelligence`, `foreign`, `defence`, `police`, ….
    pub role: Option<String>,
    /// Wikidata id, where a lexicon gives it.
    pub wikidata: Option<String>,
    /// Other forms in the article: short forms, acronyms, titles that stand for it.
    pub forms: Vec<String>,
}
