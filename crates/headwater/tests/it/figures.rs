//! Figures of several reports: what is one row, and what is never set against each other. All texts are invented.

use headwater::wire::account::{Account, Statement};
use headwater_model::{Article, Block, BlockClass, Published, PublishedHow, Reason, Segment, Span};

/// One report of a day.
fn report(n: usize, day: &str, text: &str) -> Article {
    let whole = Span::new(0, text.len());
    Article {
        id: format!("r{n}"),
        outlet: Some(format!("Outlet {n}")),
        language: Some("en".into()),
        published: Published::on(day.parse().unwrap(), PublishedHow::Given, Reason::plain("given")),
        blocks: vec![Block { class: BlockClass::Body, span: whole, source: whole, score: None, time: None }],
        segments: vec![Segment { clean: whole, source: whole, exact: true }],
        text: text.to_owned(),
        ..Article::default()
    }
}

pub(crate) fn account(reports: &[(&str, &str)]) -> Account {
    static MODELS: std::sync::OnceLock<headwater::Models> = std::sync::OnceLock::new();
    let models = MODELS.get_or_init(headwater::Models::bundled);
    let articles = reports.iter().enumerate().map(|(n, (day, text))| report(n, day, text)).collect();
    let analysis = headwater::analyse_articles(articles, models, &mut |_, _, _| {});
    headwater::account(&analysis, headwater::Show { full_text: true })
}

fn values(s: &Statement) -> Vec<f64> {
    s.reports.iter().filter_map(|r| r.value.as_ref()?.as_f64()).collect()
}

/// The statements that hold both values.
fn with(account: &Account, x: f64, y: f64) -> Vec<&Statement> {
    account.statements.iter().filter(|s| values(s).contains(&x) && values(s).contains(&y)).collect()
}

#[track_caller]
fn no_conflict(account: &Account) {
    for s in &account.statements {
        assert!(s.agreement != "conflict", "{:?} {}", values(s), s.gist);
    }
}

const DAY: &str = "2025-03-14";

#[test]
fn parts_and_wholes_are_no_conflict() {
    let a = account(&[
        (
            DAY,
            "A fire in a textile mill in Ormund killed 12 people on Friday, three of them children, the fire service said. The mill had been closed twice.",
        ),
        (
            DAY,
            "Twelve people died in a fire at a textile mill in Ormund on Friday, the fire service said. Nine adults and three children were killed.",
        ),
    ]);
    no_conflict(&a);
    let twelve = with(&a, 12.0, 12.0);
    assert!(
        twelve.iter().any(|s| s.agreement == "agrees"),
        "{:?}",
        a.statements.iter().map(values).collect::<Vec<_>>()
    );
}

#[test]
fn one_source_over_time_is_an_update() {
    let a = account(&[
        (
            "2025-03-13",
            "At least 14 people were killed when a bridge in Ormund collapsed on Thursday, the Ormund Fire Service said. Rescuers searched the river through the night.",
        ),
        (
            "2025-03-15",
            "The death toll from the collapse of a bridge in Ormund has risen to 31, the Ormund Fire Service said on Saturday. Rescuers have ended the search of the river.",
        ),
    ]);
    no_conflict(&a);
    let row = with(&a, 14.0, 31.0);
    assert!(
        row.iter().any(|s| s.agreement == "update"),
        "{:?}",
        row.iter().map(|s| &s.agreement).collect::<Vec<_>>()
    );
}

#[test]
fn a_bare_number_takes_up_the_count_before_it() {
    let a = account(&[
        (
            DAY,
            "The bus that fell into the Ormund gorge on Friday carried 41 passengers, Kestrel Coaches said. The Ormund Police said their list has 56 passengers.",
        ),
        (
            DAY,
            "Kestrel Coaches says its bus had 41 passengers when it fell into the Ormund gorge on Friday; the Ormund Police says 56.",
        ),
    ]);
    let row = with(&a, 41.0, 56.0);
    assert!(!row.is_empty(), "{:?}", a.statements.iter().map(values).collect::<Vec<_>>());
}

#[test]
fn money_for_the_dead_is_no_toll() {
    let a = account(&[
        (
            DAY,
            "Ormund will pay 12 million marks for the families of the dead of the mill fire, the mayor said on Friday. The fire killed 12 people.",
        ),
        (
            DAY,
            "The mayor of Ormund promised 12 million marks for the families of those killed in the mill fire. Twelve people died.",
        ),
    ]);
    no_conflict(&a);
    for s in &a.statements {
        let v = values(s);
        assert!(!(v.contains(&12.0) && v.contains(&12e6)), "{}", s.gist);
    }
}

#[test]
fn scores_telephones_and_tables_are_no_figures() {
    let a = account(&[
        (
            DAY,
            "Ormund United beat Lisk Rovers 3-1 on Friday before a crowd of 4,000. Call 555-0142 for tickets.\n\nPoints: Ormund 41, Lisk 38, Brisa 35\n\nAfter the match the coach of Ormund United praised his team.",
        ),
        (
            DAY,
            "Ormund United won 2-1 against Lisk Rovers on Friday. Call 555-0199 for tickets.\n\nPoints: Ormund 44, Lisk 38, Brisa 36\n\nThe coach of Ormund United praised his team after the match.",
        ),
    ]);
    no_conflict(&a);
    for s in &a.statements {
        let v = values(s);
        assert!(!v.iter().any(|x| [555.0, 142.0, 199.0].contains(x)), "{:?} {}", v, s.gist);
    }
}

#[test]
fn a_report_that_contradicts_itself_is_no_conflict_of_two() {
    let a = account(&[
        (
            DAY,
            "Seven miners died in the Ormund pit on Friday. Officials spoke to families at the gate. In all, nine miners were killed in the Ormund pit, the report went on.",
        ),
        (
            DAY,
            "The weather in Ormund will stay dry until Sunday, forecasters said, and farmers hope for rain.",
        ),
    ]);
    no_conflict(&a);
    assert!(with(&a, 7.0, 9.0).iter().all(|s| s.agreement == "single report"));
}

#[test]
fn happenings_of_two_years_stay_apart() {
    let a = account(&[
        (
            DAY,
            "A landslide killed 23 people in the village of Brisa on Thursday, the governor said. In 2019, 31 people died in a landslide in the same valley.",
        ),
        (
            DAY,
            "Twenty-three people were killed by a landslide in Brisa on Thursday, the governor said. Roads to the village are closed.",
        ),
    ]);
    no_conflict(&a);
    // by their words they may still meet in a row: then as "differs", never as the count of one landslide that grew
    assert!(with(&a, 23.0, 31.0).iter().all(|s| s.agreement == "differs"));
    assert!(with(&a, 23.0, 23.0).iter().any(|s| s.agreement == "agrees"));
}
