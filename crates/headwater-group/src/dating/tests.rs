//! Invented reports with their clues written out by hand.

use super::*;
use headwater_model::Span;

type Clue = (&'static str, ClueTime, Option<bool>, bool);

struct Report {
    article: Article,
    outline: Outline,
    clues: Vec<DateClue>,
}

fn report(id: &str, text: &str, clues: &[Clue]) -> Report {
    let outline = Outline::new(text);
    let clues = clues
        .iter()
        .map(|(words, time, ahead, upcoming)| {
            let start = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in the text"));
            let span = Span::new(start, start + words.len());
            let lead = outline.sentence_at(span.start).unwrap_or(0) < 3;
            DateClue { span, time: time.clone(), ahead: *ahead, upcoming: *upcoming, lead, quoted: false }
        })
        .collect();
    Report {
        article: Article { id: id.to_owned(), text: text.to_owned(), ..Article::default() },
        outline,
        clues,
    }
}

fn day(text: &str) -> jiff::civil::Date {
    text.parse().unwrap()
}

fn month(year: i16, month: i8) -> ClueTime {
    let first = jiff::civil::Date::new(year, month, 1).unwrap();
    ClueTime::Days(DateRange::between(first, first.last_of_month()))
}

fn dates(reports: &[Report], groups: &[&[u32]]) -> Vec<String> {
    let inputs: Vec<DatingInput<'_>> = reports
        .iter()
        .map(|r| DatingInput { article: &r.article, outline: &r.outline, clues: &r.clues })
        .collect();
    let all: Vec<ArticleIndex> = (0..reports.len() as u32).map(ArticleIndex).collect();
    let groups: Vec<Vec<ArticleIndex>> =
        groups.iter().map(|g| g.iter().map(|n| ArticleIndex(*n)).collect()).collect();
    let published = infer(&inputs, &groups, &[all]);
    for (p, r) in published.iter().zip(reports) {
        if p.how == PublishedHow::Inferred {
            assert!(!p.because.is_empty(), "{} has no reason", r.article.id);
            for (at, span) in p.because.iter().filter_map(|b| b.place) {
                assert!(!span.of(&reports[at.at()].article.text).is_empty());
            }
        }
    }
    let end = |d: Option<jiff::civil::Date>| d.map_or("open".to_owned(), |d| d.to_string());
    published.iter().map(|p| format!("{}..{}", end(p.range.earliest), end(p.range.latest))).collect()
}

fn check(reports: &[Report], groups: &[&[u32]], expect: &[&str]) {
    assert_eq!(dates(reports, groups), expect);
}

fn jubilee() -> Report {
    report(
        "jubilee",
        "The two ministers met on Wednesday in the old port. The parade marked the 75th anniversary of the harbour rising.",
        &[
            ("Wednesday", ClueTime::Weekday(3), Some(false), false),
            (
                "75th anniversary",
                ClueTime::Yearly(vec![((6, 3), (6, 3)), ((6, 9), (6, 9))], Some(2026)),
                None,
                false,
            ),
        ],
    )
}

#[test]
fn a_commemoration_and_its_weekday_give_the_day() {
    // 3 June 2026 is a Wednesday, 9 June is not
    check(&[jubilee()], &[], &["2026-06-03..2026-06-05"]);
}

#[test]
fn nothing_is_made_of_nothing() {
    let bare = report(
        "bare",
        "The minister spoke on Wednesday.",
        &[("Wednesday", ClueTime::Weekday(3), Some(false), false)],
    );
    check(&[bare], &[], &["open..open"]);
}

#[test]
fn a_date_behind_gives_only_an_earliest_day() {
    let text = "The treaty was signed in June 2024 and has been kept.";
    check(
        &[report("behind", text, &[("June 2024", month(2024, 6), Some(false), false)])],
        &[],
        &["2024-06-01..open"],
    );
}

#[test]
fn an_upcoming_day_and_a_weekday_of_the_lead() {
    let text =
        "The envoys spoke on Tuesday. A pact was signed in June 2024. A summit is upcoming on August 15.";
    let clues = [
        ("Tuesday", ClueTime::Weekday(2), Some(false), false),
        ("June 2024", month(2024, 6), Some(false), false),
        ("August 15", ClueTime::MonthDay(8, 15), Some(true), true),
    ];
    let summit = || report("summit", text, &clues);
    // alone it may be of any year after the one that is written out
    check(&[summit()], &[], &["2025-06-16..open"]);
    let other = report(
        "other",
        "The pact was signed in June 2024 and has been kept.",
        &[("June 2024", month(2024, 6), Some(false), false)],
    );
    check(&[summit(), other], &[], &["2025-08-12..2025-08-14", "2024-06-01..open"]);
}

#[test]
fn a_dateline_is_the_day_once_its_year_is_known() {
    let line = report(
        "line",
        "VELIA, June 5 (Morrow News) - The ministers met after a parade, the board said.",
        &[("June 5", ClueTime::Dateline(6, 5), None, false)],
    );
    check(&[line, jubilee()], &[&[0, 1]], &["2026-06-05..2026-06-06", "2026-06-03..2026-06-05"]);
}

#[test]
fn a_bare_weekday_is_one_of_the_last_seven_days() {
    let burial = report(
        "burial",
        "Flags hang low. The harbour is shut. No ship has moved. The ministers met on Wednesday after a parade.",
        &[("Wednesday", ClueTime::Weekday(3), Some(false), false)],
    );
    check(&[burial, jubilee()], &[&[0, 1]], &["2026-06-03..2026-06-09", "2026-06-03..2026-06-05"]);
}

#[test]
fn a_day_that_others_date_gives_the_year_and_last_week_the_week() {
    let essay = report(
        "essay",
        "Last week's parade took an hour. On June 3 the ministers met, and nobody asked them why.",
        &[
            ("Last week", ClueTime::WeekShift(-1), Some(false), false),
            ("June 3", ClueTime::MonthDay(6, 3), Some(false), false),
        ],
    );
    let twin = report("twin", "The ministers met after a parade.", &[]);
    let found = dates(&[essay, jubilee(), twin], &[&[1, 2]]);
    assert_eq!(found[0], "2026-06-08..2026-06-14");
}

#[test]
fn one_article_dates_another() {
    let dated = report(
        "a",
        "The ferry treaty between Velia and Sorrow Bay was signed in June 2024 by both harbour ministers.",
        &[("June 2024", month(2024, 6), Some(false), false)],
    );
    let told = report(
        "b",
        "Crews sang for hours. The ferry treaty of both harbour ministers was signed in June last year in Velia.",
        &[("June last year", ClueTime::YearShift(-1, 6, 1), Some(false), false)],
    );
    check(&[dated, told], &[], &["2024-06-01..open", "2025-01-01..2025-12-31"]);
}

#[test]
fn the_same_happening_is_the_same_day_or_so() {
    let other = report("other", "The ministers met after a parade.", &[]);
    let found = dates(&[other, jubilee()], &[&[0, 1]]);
    assert_eq!(found, ["2026-06-03..2026-06-17", "2026-06-03..2026-06-05"]);
}

#[test]
fn order_does_not_matter() {
    let make = || {
        let pact = report(
            "pact",
            "The ferry treaty between Velia and Sorrow Bay was signed last year by both harbour ministers.",
            &[("last year", ClueTime::YearShift(-1, 1, 12), Some(false), false)],
        );
        let dated = report(
            "dated",
            "Both harbour ministers of Velia and Sorrow Bay signed the ferry treaty in May 2025.",
            &[("May 2025", month(2025, 5), Some(false), false)],
        );
        vec![pact, jubilee(), dated]
    };
    let forward = dates(&make(), &[]);
    let mut turned: Vec<Report> = make();
    turned.reverse();
    let mut backward = dates(&turned, &[]);
    backward.reverse();
    assert_eq!(forward, backward);
    assert_eq!(forward[0], "2026-01-01..2026-12-31");
}

#[test]
fn given_dates_stay() {
    let mut given = jubilee();
    given.article.published =
        Published::on(day("1999-01-01"), PublishedHow::Given, Reason::plain("the carrier says so"));
    check(&[given], &[], &["1999-01-01..1999-01-01"]);
}

#[test]
fn the_happening_has_a_day() {
    let r = jubilee();
    let input = DatingInput { article: &r.article, outline: &r.outline, clues: &r.clues };
    let range = DateRange::between(day("2026-06-03"), day("2026-06-09"));
    let told = told_date(&input, ArticleIndex(0), &range).unwrap();
    assert_eq!(told.value.as_deref(), Some("2026-06-03"));
    let wide = told_date(&input, ArticleIndex(0), &DateRange::between(day("2026-06-01"), day("2026-12-31")))
        .unwrap();
    assert_eq!(wide.value.as_deref(), Some("2026-06-03"));
}

#[test]
fn the_day_of_a_happening_rests_on_words_of_its_reports() {
    let weekday = |id: &str, words: &'static str, day: i8| {
        report(
            id,
            &format!("The ferry sank on {words}."),
            &[(words, ClueTime::Weekday(day), Some(false), false)],
        )
    };
    let reports = [weekday("one", "Tuesday", 2), weekday("two", "Tuesday", 2)];
    let inputs: Vec<DatingInput<'_>> = reports
        .iter()
        .map(|r| DatingInput { article: &r.article, outline: &r.outline, clues: &r.clues })
        .collect();
    let on = |d: &str| Published::on(day(d), PublishedHow::Given, Reason::plain("given"));
    // 2 June 2026 is a Tuesday; the second report is of two days after
    let published = [on("2026-06-02"), on("2026-06-04")];
    let told = told_together(&inputs, &published, &[ArticleIndex(0), ArticleIndex(1)]).unwrap();
    assert_eq!(told.value.as_deref(), Some("2026-06-02"));
    let (at, span) = told.because.iter().find_map(|b| b.place).expect("a reason with its words");
    assert_eq!(span.of(&reports[at.at()].article.text), "Tuesday");
}

/// A dated speech, and two undated reports of other days beside it.
fn speech_and_rescue() -> Vec<Report> {
    let mut speech = report(
        "speech",
        "The president spoke on Tuesday about the wreck.",
        &[("Tuesday", ClueTime::Weekday(2), Some(false), false)],
    );
    speech.article.published =
        Published::on(day("2025-03-18"), PublishedHow::Given, Reason::plain("the carrier says so"));
    let rescue = report(
        "rescue",
        "TARVIK, March 14. /ORB/. Divers ended their work, the ministry said on Friday.",
        &[
            ("March 14", ClueTime::Dateline(3, 14), None, false),
            ("Friday", ClueTime::Weekday(5), Some(false), false),
        ],
    );
    let echo = report(
        "echo",
        "The president chose to speak on Tuesday, and few heard it.",
        &[("Tuesday", ClueTime::Weekday(2), Some(false), false)],
    );
    vec![speech, rescue, echo]
}

#[test]
fn heads_tell_days_apart_before_dates_are_worked_out() {
    let reports = speech_and_rescue();
    let inputs: Vec<DatingInput<'_>> = reports
        .iter()
        .map(|r| DatingInput { article: &r.article, outline: &r.outline, clues: &r.clues })
        .collect();
    let leads = leads(&inputs, &[(0..3).map(ArticleIndex).collect()]);
    let on = |d: &str| Some(DateRange::between(day(d), day(d)));
    assert_eq!(leads[0].told, on("2025-03-18"));
    assert_eq!(leads[1], Lead { written: Some(day("2025-03-14")), told: on("2025-03-14") });
    assert_eq!(leads[2], Lead { written: None, told: on("2025-03-18") });
}

#[test]
fn a_dateline_takes_the_year_of_its_story() {
    check(&speech_and_rescue(), &[], &["2025-03-18..2025-03-18", "2025-03-14..2025-03-15", "open..open"]);
}

#[test]
fn a_report_of_which_nothing_is_known_supports_no_year() {
    let text = "LORN, April 5 (Morrow News) - A ferry sank on Saturday. Another had sunk in June 2019.";
    let clues = [
        ("April 5", ClueTime::Dateline(4, 5), None, false),
        ("Saturday", ClueTime::Weekday(6), Some(false), false),
        ("June 2019", month(2019, 6), Some(false), false),
    ];
    let bare = report("bare", "A ferry sank.", &[]);
    check(&[report("ferry", text, &clues), bare], &[], &["2020-04-05..open", "open..open"]);
}
