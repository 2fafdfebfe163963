//! Sub-kinds of organisations by the words that their names are built with: "Sarrin Lines" is a company, "The Ansel
//! Courier" an outlet. Says nothing where the words leave it open.

use headwater_model::OrganisationKind;
use headwater_model::text::fold::fold;

/// Last words of companies' names.
const COMPANY: &[&str] = &[
    "inc",
    "corp",
    "corporation",
    "co",
    "company",
    "ltd",
    "limited",
    "plc",
    "llc",
    "ag",
    "gmbh",
    "sa",
    "spa",
    "nv",
    "holdings",
    "industries",
    "technologies",
    "motors",
    "motor",
    "airlines",
    "airline",
    "airways",
    "lines",
    "railways",
    "energy",
    "oil",
    "petroleum",
    "gas",
    "steel",
    "mining",
    "mines",
    "pharmaceuticals",
    "pharma",
    "electric",
    "electronics",
    "systems",
    "software",
    "foods",
    "stores",
    "brands",
    "partners",
    "ventures",
    "shipping",
    "logistics",
    "insurance",
    "realty",
    "properties",
    "resorts",
    "hotels",
    "brewery",
    "breweries",
    "records",
    "pictures",
    "semiconductor",
    "telecom",
    "communications",
    "aerospace",
    "shipyard",
    "shipyards",
    "enterprises",
    "supermarkets",
];

/// Last words of outlets' names.
const OUTLET: &[&str] = &[
    "times",
    "post",
    "gazette",
    "courier",
    "herald",
    "tribune",
    "journal",
    "chronicle",
    "telegraph",
    "observer",
    "guardian",
    "daily",
    "weekly",
    "magazine",
    "newspaper",
    "broadcasting",
    "television",
    "tv",
    "radio",
    "news",
    "review",
    "examiner",
    "inquirer",
    "bulletin",
    "sentinel",
    "dispatch",
    "monitor",
    "mirror",
    "express",
];

/// Words of bodies of a state or of states.
const BODY: &[&str] = &[
    "ministry",
    "directorate",
    "parliament",
    "senate",
    "embassy",
    "consulate",
    "tribunal",
    "court",
    "treasury",
    "police",
    "constabulary",
    "inspectorate",
    "prosecutor's",
    "department",
    "bundestag",
    "knesset",
    "duma",
];

/// Last words of bodies of a state.
const BODY_LAST: &[&str] = &["authority", "commission", "administration", "bureau", "guard", "inspectorate"];

/// Last words of armed groups' names.
const ARMED: &[&str] =
    &["brigades", "brigade", "militia", "front", "insurgency", "guerrillas", "jihad", "mujahideen"];

/// The sub-kind that a name's words tell.
pub(super) fn by_name(name: &str) -> Option<OrganisationKind> {
    let folded = fold(name);
    let words: Vec<&str> =
        folded.split([' ', '-']).map(|w| w.trim_matches(['.', ','])).filter(|w| !w.is_empty()).collect();
    let (last, rest) = words.split_last()?;
    if rest.is_empty() {
        return None;
    }
    let before = rest.last().copied().unwrap_or("");
    Some(match () {
        () if *last == "agency" && matches!(before, "news" | "press" | "telegraph" | "information") => {
            OrganisationKind::Agency
        }
        () if COMPANY.contains(last) => OrganisationKind::Company,
        () if words.iter().any(|w| BODY.contains(w)) => OrganisationKind::GovernmentBody,
        () if OUTLET.contains(last) => OrganisationKind::Outlet,
        () if BODY_LAST.contains(last) => OrganisationKind::GovernmentBody,
        () if ARMED.contains(last) && !words.contains(&"national") => OrganisationKind::ArmedGroup,
        () => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_the_kind() {
        for (name, kind) in [
            ("Sarrin Lines", Some(OrganisationKind::Company)),
            ("The Ansel Courier", Some(OrganisationKind::Outlet)),
            ("Littoral Press Agency", Some(OrganisationKind::Agency)),
            ("Maritime Safety Directorate", Some(OrganisationKind::GovernmentBody)),
            ("Velmoran Coast Guard", Some(OrganisationKind::GovernmentBody)),
            ("Norvik Martyrs' Brigade", Some(OrganisationKind::ArmedGroup)),
            ("Harbour Choir", None),
            ("Express", None),
        ] {
            assert_eq!(by_name(name), kind, "{name}");
        }
    }
}
