//! How wordings without figures agree: told in other words, come about since, told to the day or to the month. All
//! texts are invented.

use super::figures::account;
use headwater::wire::account::{Account, Statement};

/// The first statement with a report's wording that holds `words`, told by both reports.
#[track_caller]
fn of<'a>(account: &'a Account, words: &str) -> &'a Statement {
    let holds = |s: &&Statement| {
        s.reports.iter().any(|r| {
            let text = account.articles.iter().find(|a| a.id == r.article).and_then(|a| a.text.as_deref());
            text.and_then(|t| t.get(r.start as usize..r.end as usize)).is_some_and(|w| w.contains(words))
        }) && s.reports.iter().any(|r| r.article == "r0")
            && s.reports.iter().any(|r| r.article == "r1")
    };
    account.statements.iter().find(holds).unwrap_or_else(|| {
        panic!(
            "no shared statement on {words}: {:?}",
            account.statements.iter().map(|s| &s.gist).collect::<Vec<_>>()
        )
    })
}

const BEFORE: &str = "OLVEN — The harbour board of Olven will close the old swing bridge to lorries. Chairwoman Mira \
    Tolland said the girders of the swing bridge were badly rusted. The ferry company has asked for a new pier.";

#[test]
fn one_source_in_other_words_is_one_utterance() {
    let after = "The swing bridge in Olven has rusted. Mira Tolland, chairwoman of the harbour board, said that rust had \
        eaten badly into the girders of the swing bridge. Divers will look at the piers.";
    let account = account(&[("2025-03-14", BEFORE), ("2025-03-14", after)]);
    let s = of(&account, "girders");
    assert_eq!(
        (s.agreement.as_str(), s.origins.least, s.origins.most),
        ("quote variant", 1, 1),
        "{:?}",
        s.because
    );
}

#[test]
fn what_was_ahead_and_came_about_is_an_update() {
    let after = "OLVEN — The harbour board of Olven closed the old swing bridge to lorries. Divers looked at the piers, and \
        a crane stood ready on the quay.";
    let account = account(&[("2025-03-14", BEFORE), ("2025-03-20", after)]);
    assert_eq!(of(&account, "to lorries").agreement, "update");
}

#[test]
fn a_plan_told_of_twice_is_no_update() {
    let after = "OLVEN — The harbour board of Olven will close the old swing bridge to lorries, it announced after a \
        meeting on Thursday. Divers looked at the piers.";
    let account = account(&[("2025-03-14", BEFORE), ("2025-03-14", after)]);
    assert_eq!(of(&account, "to lorries").agreement, "agrees");
}

#[test]
fn a_day_and_its_month_allow_one_another() {
    let one = "OLVEN — The swing bridge in Olven was closed to lorries on 27 March after rust was found in its girders.";
    let two = "OLVEN — In March the swing bridge in Olven was closed to lorries after rust was found in its girders.";
    let account = account(&[("2025-04-14", one), ("2025-04-14", two)]);
    assert_eq!(of(&account, "to lorries").agreement, "rounding");
}
