//! Copies: what they add to a count, and what they do not. All texts are invented.

use super::figures::account;
use headwater::wire::account::{Account, Statement};

const TANKS: &str = "PORT ELLA — Two tanks burned at the oil depot of Port Ella on Monday, and smoke drifted over the old \
    town for most of the day. Officials said that 14 workers were hurt when the first tank burst shortly after noon. \
    The depot stands beside the ferry quay, and boats were kept away until the evening. Harbour master Ilse Korran \
    said the quay would open again on Wednesday.";

const INDEPENDENT: &str = "Smoke hung over Port Ella on Monday after a fire at its oil depot. Officials said 14 workers \
    were hurt in the blast. Schools near the water sent their pupils home, and the council opened a hall for families \
    who had left their flats.";

#[track_caller]
fn of<'a>(account: &'a Account, words: &str) -> &'a Statement {
    account.statements.iter().find(|s| s.reports.iter().any(|r| r.text.contains(words))).unwrap_or_else(
        || {
            panic!(
                "no statement on {words}: {:?}",
                account.statements.iter().map(|s| &s.gist).collect::<Vec<_>>()
            )
        },
    )
}

/// So many reports of one text, a day after another.
fn copies(count: usize) -> Vec<(String, &'static str)> {
    (0..count).map(|n| (format!("2025-03-{:02}", 3 + n / 100), TANKS)).collect()
}

fn read(reports: &[(String, &str)]) -> Account {
    account(&reports.iter().map(|(day, text)| (day.as_str(), *text)).collect::<Vec<_>>())
}

#[test]
fn unnamed_people_of_copies_are_one_origin() {
    let days = ["2025-03-03", "2025-03-04", "2025-03-05"];
    let mut reports: Vec<(String, &str)> = days.iter().map(|d| ((*d).to_owned(), TANKS)).collect();
    let origins = |reports: &[(String, &str)]| {
        let account = read(reports);
        let s = of(&account, "14 workers");
        (s.reports.len(), s.origins.least, s.origins.most)
    };
    assert_eq!(origins(&reports), (3, 1, 1));
    reports.push(("2025-03-03".to_owned(), INDEPENDENT));
    // Unnamed officials who told a second reporter may be others.
    assert_eq!(origins(&reports), (4, 2, 2));
}

#[test]
fn three_hundred_copies_say_what_three_say() {
    let told = |account: &Account| {
        let mut out: Vec<_> = account
            .statements
            .iter()
            .map(|s| (s.gist.clone(), s.agreement.clone(), s.origins.least, s.origins.most))
            .collect();
        out.sort();
        out
    };
    let (few, many) = (read(&copies(3)), read(&copies(300)));
    assert!(!few.statements.is_empty());
    assert_eq!(told(&few), told(&many));
    for s in &many.statements {
        assert_eq!(s.reports.len(), 300, "{}", s.gist);
    }
    assert!(many.copies.len() >= 299, "each copy keeps a link: {}", many.copies.len());
}
