//! What is told of a source besides its words: whether it is named, its body, its country. All texts are invented.

use super::figures::account;
use headwater::wire::account::{Account, Source};

const TEXT: &str = "WASHINGTON — Talks on the harbour treaty will go on in April. An official at the Pentagon said that two \
    ships had been sent to the strait. A French diplomat said that the draft had been changed twice. Pentagon \
    spokeswoman Ida Holt said that nothing had been signed.";

/// The source whose words hold these.
#[track_caller]
fn of<'a>(account: &'a Account, words: &str) -> &'a Source {
    let all = account.statements.iter().flat_map(|s| &s.reports).flat_map(|r| &r.source);
    let told: Vec<&Source> = all.collect();
    told.iter().copied().find(|s| s.text.contains(words)).unwrap_or_else(|| panic!("{words}: {told:?}"))
}

#[test]
fn unnamed_people_keep_their_body_and_country() {
    let account = account(&[("2025-03-14", TEXT)]);
    let name = |id: &Option<String>| {
        let id = id.as_deref()?;
        account.entities.iter().find(|e| e.id == id).map(|e| e.name.clone())
    };
    let official = of(&account, "official");
    assert!(official.unnamed, "{official:?}");
    assert!(name(&official.institution).is_some_and(|n| n.contains("Pentagon")), "{official:?}");
    let diplomat = of(&account, "diplomat");
    assert!(diplomat.unnamed && diplomat.institution.is_none(), "{diplomat:?}");
    assert_eq!(diplomat.country.as_deref(), Some("FR"), "{diplomat:?}");
    let named = of(&account, "Holt");
    assert!(!named.unnamed && named.institution.is_none(), "{named:?}");
}
