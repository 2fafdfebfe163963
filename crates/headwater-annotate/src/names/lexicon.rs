//! What is known of countries, their capitals and peoples, of organisations, and of bodies of a state.
//!
//! Read from the tables in `data/names`; hand-kept general knowledge, no judgement about any article.

use super::gazetteer::phrase;
use headwater_model::OrganisationKind;
use rustc_hash::FxHashMap;

/// A country or territory.
#[derive(Clone, Debug)]
pub(super) struct Country {
    /// ISO 3166-1 alpha-2 code, or "EU", "SU", "GB-SCT" and the like.
    pub(super) code: String,
    /// Wikidata id, empty when unknown.
    pub(super) wikidata: String,
    /// The name shown.
    pub(super) name: String,
    /// The capital's name as it is shown, empty when unknown.
    pub(super) capital: String,
}

/// An organisation.
#[derive(Clone, Debug)]
pub(super) struct Organisation {
    /// The full name.
    pub(super) name: String,
    /// Its sub-kind, where known.
    pub(super) kind: Option<OrganisationKind>,
    /// Its country's code, or empty.
    pub(super) country: String,
    /// What the body does, or empty.
    pub(super) role: String,
}

/// What a phrase is known as; numbers are indexes into the lexicon's lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// A country's name.
    pub(super) country: Option<u16>,
    /// A capital: of this country.
    pub(super) capital: Option<u16>,
    /// A people or an adjective: of this country.
    pub(super) demonym: Option<u16>,
    /// An organisation.
    pub(super) organisation: Option<u16>,
    /// A place that stands for this organisation where it acts: "Westminster".
    pub(super) seat: Option<u16>,
}

/// The lexicon.
#[derive(Clone, Debug, Default)]
pub(super) struct Lexicon {
    /// Countries.
    pub(super) countries: Vec<Country>,
    /// Organisations.
    pub(super) organisations: Vec<Organisation>,
    /// What bodies of a state do.
    pub(super) roles: Vec<String>,
    known: FxHashMap<u32, Known>,
    role_phrases: FxHashMap<u32, u16>,
    /// Given names with their gender: `true` for women's; names of both are left out.
    forenames: FxHashMap<u32, bool>,
}

/// Longest phrase of the lexicon, in units.
pub(super) const MAX_UNITS: usize = 8;

impl Lexicon {
    /// Reads the tables; lines that do not fit are passed over.
    pub(super) fn new(countries: &str, organisations: &str, roles: &str) -> Self {
        let mut lexicon = Lexicon::default();
        for line in lines(countries) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [code, wikidata, names, capitals, demonyms] = cells[..] else { continue };
            let at = lexicon.countries.len() as u16;
            let name = names.split('|').next().unwrap_or(code).to_owned();
            let capital = capitals.split('|').next().unwrap_or("").to_owned();
            lexicon.countries.push(Country {
                code: code.to_owned(),
                wikidata: wikidata.to_owned(),
                name,
                capital,
            });
            for name in split(names) {
                lexicon.known.entry(key(name)).or_default().country.get_or_insert(at);
            }
            for name in split(capitals) {
                lexicon.known.entry(key(name)).or_default().capital.get_or_insert(at);
            }
            for name in split(demonyms) {
                lexicon.known.entry(key(name)).or_default().demonym.get_or_insert(at);
                lexicon.known.entry(key(&format!("{name}s"))).or_default().demonym.get_or_insert(at);
            }
        }
        for line in lines(organisations) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [name, forms, kind, country, role] = cells[..] else { continue };
            let kind = match kind {
                "agency" => Some(OrganisationKind::Agency),
                "outlet" => Some(OrganisationKind::Outlet),
                "body" => Some(OrganisationKind::GovernmentBody),
                "armed" => Some(OrganisationKind::ArmedGroup),
                "company" => Some(OrganisationKind::Company),
                _ => None,
            };
            let at = lexicon.organisations.len() as u16;
            lexicon.organisations.push(Organisation {
                name: name.to_owned(),
                kind,
                country: country.to_owned(),
                role: role.to_owned(),
            });
            for form in std::iter::once(name).chain(split(forms)) {
                lexicon.known.entry(key(form)).or_default().organisation.get_or_insert(at);
            }
        }
        for line in lines(roles) {
            let Some((role, phrases)) = line.split_once('\t') else { continue };
            let at = lexicon.roles.len() as u16;
            lexicon.roles.push(role.to_owned());
            for words in split(phrases) {
                lexicon.role_phrases.entry(key(words)).or_insert(at);
            }
        }
        lexicon
    }

    /// Adds seats, lines "places, body, country, role"; lines that do not fit are passed over.
    pub(super) fn add_seats(&mut self, seats: &str) {
        for line in lines(seats) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [places, body, country, role] = cells[..] else { continue };
            let at = self.organisations.len() as u16;
            self.organisations.push(Organisation {
                name: body.to_owned(),
                kind: Some(OrganisationKind::GovernmentBody),
                country: country.to_owned(),
                role: role.to_owned(),
            });
            for place in split(places) {
                let known = self.known.entry(key(place)).or_default();
                // What is known as an organisation is one everywhere.
                if known.organisation.is_none() {
                    known.seat.get_or_insert(at);
                }
            }
        }
    }

    /// Adds given names of one gender; a name of both genders is forgotten.
    pub(super) fn add_forenames(&mut self, names: &str, female: bool) {
        for name in names.split_whitespace() {
            self.forenames.insert(key(name), female);
        }
    }

    /// Whether a given name is a woman's; `None` when unknown or both.
    pub(super) fn is_female(&self, name: &str) -> Option<bool> {
        self.forenames.get(&key(name)).copied()
    }

    /// Whether a word is one that opens a sentence and is no part of the name after it.
    pub(super) fn is_small(&self, word: &str) -> bool {
        matches!(
            word,
            "in" | "at"
                | "from"
                | "near"
                | "outside"
                | "to"
                | "of"
                | "and"
                | "but"
                | "the"
                | "for"
                | "on"
                | "by"
        )
    }

    /// What a phrase hash is known as.
    pub(super) fn known(&self, hash: u32) -> Option<Known> {
        self.known.get(&hash).copied()
    }

    #[cfg(test)]
    fn known_as(&self, words: &str) -> Known {
        self.known(key(words)).unwrap_or_default()
    }

    /// The role of a phrase hash.
    pub(super) fn role(&self, hash: u32) -> Option<u16> {
        self.role_phrases.get(&hash).copied()
    }

    /// The country with this index.
    pub(super) fn country(&self, at: u16) -> Option<&Country> {
        self.countries.get(usize::from(at))
    }
}

/// Hash of a phrase as units would give it: hyphens and possessives stand alone.
pub(super) fn key(words: &str) -> u32 {
    let mut apart = String::with_capacity(words.len() + 4);
    for c in words.chars() {
        match c {
            '-' | '–' | '‑' | '/' | ',' => {
                apart.push(' ');
                apart.push(c);
                apart.push(' ');
            }
            _ => apart.push(c),
        }
    }
    let apart = apart.replace("'s ", " 's ").replace("’s ", " 's ");
    phrase(&apart)
}

fn lines(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty())
}

fn split(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|c| !c.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows() {
        let l = Lexicon::new(
            "XA\tQ1\tNorth Aland|N.A.\tPort-Vil\tAlandic\n",
            "Aland Herald\tAH\toutlet\tXA\t\n",
            "spying\tspy agency\n",
        );
        assert_eq!(l.known_as("north aland").country, Some(0));
        assert_eq!(l.known_as("Port-Vil").capital, Some(0));
        assert_eq!(l.known_as("Alandics").demonym, Some(0));
        assert_eq!(l.known_as("AH").organisation, Some(0));
        assert_eq!(l.role(key("spy agency")), Some(0));
    }
}
