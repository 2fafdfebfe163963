//! What joins all kinds but persons: the country of a government, country and role of a body, the name of the rest.

use super::{Member, Merger, plain};
use headwater_model::NameKind;
use std::collections::{BTreeMap, BTreeSet};

/// Roles that many bodies of one country share: no reason to bring two together.
const SHARED_ROLES: &[&str] = &["officials", "delegation", "embassy", "police", "prosecution", "court"];

/// Words that by themselves name no one body: "Foreign Ministry" of which country?
const GENERIC: &[&str] = &[
    "foreign",
    "defence",
    "defense",
    "interior",
    "finance",
    "health",
    "justice",
    "education",
    "energy",
    "trade",
    "ministry",
    "department",
    "office",
    "service",
    "agency",
    "of",
    "and",
    "affairs",
    "the",
    "for",
    "national",
    "state",
    "federal",
    "supreme",
    "high",
    "constitutional",
    "court",
    "parliament",
    "senate",
    "congress",
    "assembly",
    "house",
    "representatives",
    "commons",
    "police",
    "army",
    "navy",
    "air",
    "force",
    "military",
    "armed",
    "forces",
    "central",
    "bank",
    "government",
    "cabinet",
    "council",
    "security",
    "intelligence",
    "party",
    "committee",
    "commission",
    "university",
    "opposition",
    "coast",
    "guard",
    "general",
    "staff",
    "joint",
    "chiefs",
    "attorney",
    "prosecutor",
    "embassy",
    "media",
    "television",
    "news",
    "radio",
    "city",
    "county",
    "district",
    "council",
    "board",
    "union",
    "association",
    "authority",
    "home",
];

/// Nouns of places that may stand before or after the name.
const PLACES: &[&str] = &[
    "strait",
    "straits",
    "gulf",
    "bay",
    "isle",
    "island",
    "lake",
    "sea",
    "mount",
    "cape",
    "port",
    "province",
    "valley",
    "peninsula",
    "canal",
    "region",
    "river",
];

/// A member is compared with this many others of its key that are not one with each other.
const MOST_COMPARED: usize = 400;

/// Joins by key.
pub(super) fn join(members: &[Member], order: &[usize], merger: &mut Merger) {
    let mut seen: BTreeMap<(NameKind, String), Vec<usize>> = BTreeMap::new();
    for &i in order {
        let m = &members[i];
        if m.kind == NameKind::Person || super::roles::unnamed(m) {
            continue;
        }
        for (key, because) in keys(m) {
            let others = seen.entry((m.kind, key)).or_default();
            let joined = others
                .iter()
                .take(MOST_COMPARED)
                .any(|&other| compatible(members, other, i) && merger.join(other, i, &because));
            if !joined {
                others.push(i);
            }
        }
    }
}

/// The keys of a member with the reason each gives.
fn keys(m: &Member) -> Vec<(String, String)> {
    let country = m.local.country.as_deref();
    let mut out = Vec::new();
    match m.kind {
        NameKind::Government | NameKind::Nationality => {
            if let Some(c) = country {
                let what = if m.kind == NameKind::Government {
                    "its government, named by country, capital or seat"
                } else {
                    "one people"
                };
                out.push((format!("country {c}"), format!("{what} ({c})")));
            } else {
                out.push((m.folded.clone(), same_name(m)));
            }
        }
        NameKind::Place => {
            out.push((m.folded.clone(), same_name(m)));
            // "Strait of Sarrin" is the Sarrin Strait.
            if let Some((noun, name)) = m.folded.split_once(" of ").filter(|n| PLACES.contains(&n.0)) {
                out.push((format!("{name} {noun}"), format!("one place, “{}” turned round", m.local.name)));
            }
        }
        NameKind::Event => out.push((m.folded.clone(), same_name(m))),
        NameKind::Organisation => {
            if let (Some(c), Some(role)) = (country, m.local.role.as_deref())
                && !SHARED_ROLES.contains(&role)
            {
                out.push((
                    format!("body {c} {role}"),
                    format!("the same body by country and role: {role} of {c}"),
                ));
            }
            if !generic(&m.folded) || country.is_some() {
                // British and American spelling
                out.push((m.folded.replace("isation", "ization").replace("centre", "center"), same_name(m)));
            }
        }
        NameKind::Person => {}
    }
    out
}

fn same_name(m: &Member) -> String {
    format!("the same name, “{}”", m.local.name)
}

/// Whether a name is made of words that many bodies share.
fn generic(folded: &str) -> bool {
    folded.split(' ').all(|w| GENERIC.contains(&w))
}

/// Whether what is known of two does not tell them apart.
fn compatible(members: &[Member], a: usize, b: usize) -> bool {
    let (a, b) = (members[a].local, members[b].local);
    let clash = |x: &Option<String>, y: &Option<String>| matches!((x, y), (Some(x), Some(y)) if x != y);
    if clash(&a.country, &b.country) || clash(&a.wikidata, &b.wikidata) {
        return false;
    }
    // A generic name asks for the same country on both sides.
    a.kind != NameKind::Organisation || !generic(&plain(&a.name)) || a.country == b.country
}

/// Joins an acronym to the one organisation whose initials it is, when articles that have them share company.
pub(super) fn join_initials(members: &[Member], order: &[usize], merger: &mut Merger) {
    let mut full: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let organisation = |i: &&usize| members[**i].kind == NameKind::Organisation;
    for &i in order.iter().filter(organisation) {
        if let Some(letters) = initials(&members[i].local.name) {
            full.entry(letters).or_default().push(i);
        }
    }
    let mut named: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    for m in members.iter().filter(|m| m.kind != NameKind::Nationality) {
        named.entry(m.article.0).or_default().insert(&m.folded);
    }
    for &i in order.iter().filter(organisation) {
        let name = &members[i].local.name;
        let letters: String = name.chars().filter(|c| *c != '.').collect();
        if !(2..=7).contains(&letters.len()) || !letters.chars().all(|c| c.is_ascii_uppercase()) {
            continue;
        }
        let candidates = full.get(&letters).map_or(&[][..], Vec::as_slice);
        let roots: BTreeSet<usize> = candidates.iter().map(|&c| merger.root(c)).collect();
        // One body only, and no other country.
        if let (1, Some(&c)) = (roots.len(), candidates.first())
            && compatible(members, c, i)
            && shares_company(members, &named, c, i, candidates)
        {
            merger.join(c, i, &format!("“{name}” are the initials of “{}”", members[c].local.name));
        }
    }
}

/// Whether the article of `i` names something else that an article of the candidates names.
fn shares_company(
    members: &[Member],
    named: &BTreeMap<u32, BTreeSet<&str>>,
    c: usize,
    i: usize,
    candidates: &[usize],
) -> bool {
    let own: [&str; 2] = [&members[i].folded, &members[c].folded];
    let Some(mine) = named.get(&members[i].article.0) else { return false };
    let theirs = candidates.iter().take(MOST_COMPARED).filter_map(|&k| named.get(&members[k].article.0));
    theirs.into_iter().any(|other| other.intersection(mine).any(|n| !own.contains(n)))
}

/// The initials of a name of two words or more; small words are left out.
fn initials(name: &str) -> Option<String> {
    let letters: String =
        name.split([' ', '-']).filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
    (letters.chars().count() > 1).then_some(letters)
}

/// The name shown for an entity. `names` are the local names with their counts.
pub(super) fn display(
    kind: NameKind,
    names: &BTreeMap<&str, usize>,
    country: Option<&str>,
    role: Option<&str>,
) -> String {
    let role_phrase = |n: &str| {
        n.split(' ').next_back().is_some_and(|w| w.starts_with(char::is_lowercase))
            && kind == NameKind::Organisation
            && role.is_some()
    };
    let words = |n: &str| n.split(' ').count();
    // The longest name that is common: a name in the reports' own capitals before a role phrase.
    let best = names
        .iter()
        .max_by_key(|(n, count)| (!role_phrase(n), words(n).min(4), **count, std::cmp::Reverse(**n)))
        .map_or("", |b| b.0);
    match country
        .filter(|_| kind == NameKind::Organisation && role.is_some() && generic(&plain(best)))
        .and_then(country_name)
    {
        Some(country) if !plain(best).contains(&plain(country)) => format!("{best} ({country})"),
        _ => best.to_owned(),
    }
}

/// English short names of countries, for names that do not tell theirs.
fn country_name(code: &str) -> Option<&'static str> {
    include_str!("../../data/entities/countries.tsv")
        .lines()
        .filter_map(|l| l.split_once('\t'))
        .find(|l| l.0 == code)
        .map(|l| l.1)
}
