//! Time expressions: cases written as Markdown with carets, and hostile text.

use headwater_annotate::times::{self, Anchor, Language};
use headwater_model::DateRange;
use headwater_model::text::{Outline, calendar};
use std::fmt::Write;
use std::path::Path;

struct Case {
    name: String,
    anchor: Anchor,
    language: Language,
    text: String,
    /// (byte start, byte end, "TYPE value")
    expect: Vec<(u32, u32, String)>,
}

fn anchor(words: &str) -> Anchor {
    match words.split_once("..") {
        _ if words == "unknown" => Anchor::Unknown,
        Some((a, b)) => {
            Anchor::Range(DateRange::between(a.parse().expect("a day"), b.parse().expect("a day")))
        }
        None => Anchor::Day(words.parse().expect("a day")),
    }
}

fn cases(path: &Path) -> Vec<Case> {
    let file = path.file_stem().unwrap().to_string_lossy().into_owned();
    let source = std::fs::read_to_string(path).unwrap();
    let mut out: Vec<Case> = Vec::new();
    let mut inside = false;
    let mut line_start = 0;
    let mut line = String::new();
    for row in source.lines() {
        if let Some(name) = row.strip_prefix("## ") {
            out.push(Case {
                name: format!("{file}: {name}"),
                anchor: Anchor::Unknown,
                language: Language::English,
                text: String::new(),
                expect: Vec::new(),
            });
        } else if let Some(words) = row.strip_prefix("published: ") {
            out.last_mut().unwrap().anchor = anchor(words);
        } else if let Some(code) = row.strip_prefix("language: ") {
            out.last_mut().unwrap().language = Language::of_code(code).expect("a language");
        } else if row.starts_with("```") {
            inside = row == "```text";
        } else if inside {
            let case = out.last_mut().unwrap();
            let carets = row.trim_start();
            if carets.starts_with('^') {
                let from = row.chars().take_while(|c| *c == ' ').count();
                let count = carets.chars().take_while(|c| *c == '^').count();
                let byte = |n: usize| line.char_indices().nth(n).map_or(line.len(), |(i, _)| i);
                let (a, b) = (byte(from) + line_start, byte(from + count) + line_start);
                case.expect.push((a as u32, b as u32, carets.trim_start_matches('^').trim().to_owned()));
            } else {
                line_start = case.text.len();
                line = row.to_owned();
                case.text.push_str(row);
                case.text.push('\n');
            }
        }
    }
    out
}

fn found(case: &Case) -> Vec<(u32, u32, String)> {
    let outline = Outline::new(&case.text);
    let phrases = times::find(&case.text, &outline, case.language);
    times::resolve(&case.text, &outline, &phrases, case.anchor)
        .into_iter()
        .map(|t| (t.span.start, t.span.end, format!("{} {}", t.kind.name(), t.value)))
        .collect()
}

#[test]
fn cases_hold() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../eval/cases/times");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let (mut count, mut wrong) = (0, String::new());
    for case in paths.iter().flat_map(|p| cases(p)) {
        count += 1;
        assert!(!case.text.is_empty(), "{} has no text", case.name);
        let got = found(&case);
        for miss in case.expect.iter().filter(|e| !got.contains(e)) {
            let words = &case.text[miss.0 as usize..miss.1 as usize];
            writeln!(wrong, "{}: expected {words:?} {}", case.name, miss.2).unwrap();
        }
        for extra in got.iter().filter(|g| !case.expect.contains(g)) {
            let words = &case.text[extra.0 as usize..extra.1 as usize];
            writeln!(wrong, "{}: found {words:?} {}", case.name, extra.2).unwrap();
        }
    }
    assert!(count >= 43, "only {count} cases were read");
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Reads a text in both languages and with every kind of anchor; checks what must hold of any text.
fn survives(text: &str) {
    let outline = Outline::new(text);
    let day = "2024-02-29".parse().unwrap();
    let range = DateRange::between("0001-01-01".parse().unwrap(), "9999-12-31".parse().unwrap());
    for language in [Language::English, Language::German] {
        let phrases = times::find(text, &outline, language);
        let mut end = 0;
        for phrase in &phrases {
            assert!(
                phrase.span.start >= end && phrase.span.end > phrase.span.start,
                "spans overlap in {text:?}"
            );
            assert!(!phrase.span.of(text).is_empty(), "a span is not on character boundaries in {text:?}");
            end = phrase.span.end;
        }
        for anchor in [Anchor::Day(day), Anchor::Range(range), Anchor::Unknown] {
            let mentions = times::resolve(text, &outline, &phrases, anchor);
            assert_eq!(mentions.len(), phrases.len());
            for (phrase, mention) in phrases.iter().zip(&mentions) {
                let placed = mention.interval.is_some() && !mention.unanchored;
                let why = times::why_open(phrase, mention, anchor);
                assert!(!placed || why.is_none(), "{mention:?} is placed and said not to be in {text:?}");
                let point = matches!(phrase.reading, times::Reading::Point(_));
                assert!(
                    placed || !point || why.is_some(),
                    "{mention:?} is not placed, and no reason in {text:?}"
                );
                if let Some(i) = mention.interval {
                    assert!(i.start < i.end, "an empty interval in {text:?}");
                }
            }
            assert!(mentions.iter().all(|m| !m.value.is_empty()), "an empty value in {text:?}");
            assert_eq!(mentions, times::resolve(text, &outline, &phrases, anchor), "not the same twice");
        }
        times::clues(text, &outline, &phrases);
        for warning in times::doubts(text, &outline, &phrases, language, Some((day, day))) {
            assert!(warning.span.is_some_and(|s| !s.of(text).is_empty()), "{warning:?} names no words");
        }
    }
}

/// Pieces of which hostile texts are put together.
const PIECES: &[&str] = &[
    "the",
    "last",
    "next",
    "first",
    "31",
    "February",
    "1999",
    "99999999",
    "0",
    "25:61",
    "a.m.",
    "GMT",
    "half",
    "of",
    "and",
    "-",
    "–",
    "'",
    "’s",
    "year",
    "years",
    "week",
    "ago",
    "later",
    "quarter",
    "Q5",
    "third",
    "Monday",
    "morning",
    "May",
    "Mar",
    ".",
    ",",
    ":",
    "/",
    "\u{200f}",
    "١٢",
    "１２",
    "é",
    "ago",
    "early",
    "mid",
    "end",
    "every",
    "vor",
    "drei",
    "Jahren",
    "3.",
    "Oktober",
    "Ende",
    "80th",
    "anniversary",
    "New",
    "Year's",
    "thousand",
    "hundred",
    "one",
    "two",
    "1980s",
    "12/31/9999",
    "9999-12-31",
    "0000-00-00",
    "BC",
    "BC.",
    "AD",
    "million",
    "years",
    "from",
    "to",
    "“",
    "”",
    "(",
    ")",
    "\n\n",
    "𝟙",
    "since",
    "said",
    "will",
    "Easter",
    "millennium",
    "century",
    "decade",
    "4294967295",
    "1/2",
    "½",
    "'99",
];

#[test]
fn hostile_texts_do_no_harm() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % n as u64) as usize
    };
    for _ in 0..1500 {
        let mut text = String::new();
        for _ in 0..random(24) + 1 {
            text.push_str(PIECES[random(PIECES.len())]);
            if random(4) > 0 {
                text.push(' ');
            }
        }
        survives(&text);
    }
}

#[test]
fn every_prefix_of_a_case_is_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../eval/cases/times");
    for name in ["wire.md", "german.md", "history.md"] {
        for case in cases(&folder.join(name)) {
            for (at, _) in case.text.char_indices() {
                survives(&case.text[..at]);
            }
        }
    }
}

#[test]
fn long_texts_end() {
    // ten megabytes without a space: linear, or this test would not end
    survives(&"1999".repeat(2_500_000));
    survives(&"9".repeat(300_000));
    survives(&"x".repeat(300_000));
    survives(&"one hundred and ".repeat(20_000));
    survives(&"the last the ".repeat(20_000));
    survives(&"May 3-5, 1999 ".repeat(20_000));
    survives(&"“the 3rd anniversary of May 3, 1999. ".repeat(5_000));
    survives(&"1-".repeat(50_000));
}

/// Codes and words of what is doubtful in a text published on a day.
fn doubts(text: &str, language: Language, published: &str) -> Vec<(&'static str, String)> {
    let outline = Outline::new(text);
    let phrases = times::find(text, &outline, language);
    let day = published.parse().expect("a day");
    times::doubts(text, &outline, &phrases, language, Some((day, day)))
        .into_iter()
        .map(|w| (w.code, w.span.expect("words").of(text).to_owned()))
        .collect()
}

#[test]
fn calendar_nonsense_is_named() {
    let text = "It is dated 31 February 1999 and April 31, signed at 25:61 and filed on February 28. The score was 31:70.";
    assert_eq!(
        doubts(text, Language::English, "2000-01-01"),
        [
            ("no-such-day", "31 February".to_owned()),
            ("no-such-day", "April 31".to_owned()),
            ("no-such-time", "25:61".to_owned())
        ]
    );
    let text = "Das Papier vom 30.02.2023 kam nach dem vom 28.02.2023.";
    assert_eq!(doubts(text, Language::German, "2023-03-05"), [("no-such-day", "30.02.2023".to_owned())]);
    let text = "Der Brief vom 30. Februar kam um 24:75 Uhr, der andere am 28. Februar um 12:30 Uhr.";
    let codes: Vec<&str> = doubts(text, Language::German, "2000-03-01").into_iter().map(|d| d.0).collect();
    assert_eq!(codes, ["no-such-day", "no-such-time"]);
}

#[test]
fn a_day_of_publication_that_the_text_contradicts_is_doubted() {
    let text = "TAVENNA, May 6 (Morrow News) - The bridge was closed on Tuesday. It was built in June 1961.";
    assert_eq!(doubts(text, Language::English, "2025-05-07"), []);
    assert_eq!(doubts(text, Language::English, "2025-09-30"), [("dateline-differs", "May 6".to_owned())]);
    assert_eq!(
        doubts("The pact was signed in June 2024 and is kept.", Language::English, "2019-01-01"),
        [("tells-later-dates", "June 2024".to_owned())]
    );
}

#[test]
fn what_cannot_be_placed_says_why() {
    let why = |text: &str, anchor: Anchor| -> Vec<Option<times::Open>> {
        let outline = Outline::new(text);
        let phrases = times::find(text, &outline, Language::English);
        let mentions = times::resolve(text, &outline, &phrases, anchor);
        phrases.iter().zip(&mentions).map(|(p, m)| times::why_open(p, m, anchor)).collect()
    };
    let day = Anchor::Day("2024-05-08".parse().unwrap());
    let year =
        Anchor::Range(DateRange::between("2024-01-01".parse().unwrap(), "2024-12-31".parse().unwrap()));
    let text = "He left on Tuesday, three years after the fire of June 1961.";
    assert_eq!(why(text, day), [None, None, None]);
    assert_eq!(why(text, Anchor::Unknown), [Some(times::Open::NoDay), None, None]);
    assert_eq!(why(text, year), [Some(times::Open::RangeOfDays), None, None]);
    assert_eq!(
        why("She left recently, 12,000 years ago.", day),
        [Some(times::Open::Vague), Some(times::Open::NotOnCalendar)]
    );
}

#[test]
fn years_at_the_ends_of_the_calendar() {
    for day in ["0001-01-01", "0000-12-31", "9999-12-31", "-0044-03-15"] {
        let Ok(day) = day.parse() else { continue };
        for text in [
            "He came last week, a century ago, and goes next year, on Monday, in winter, tomorrow, in 9999.",
            "Last August, the previous day, 3,000 years later, the 1st century, 44 BC, on Easter and New Year's Eve.",
        ] {
            let outline = Outline::new(text);
            let phrases = times::find(text, &outline, Language::English);
            let mentions = times::resolve(text, &outline, &phrases, Anchor::Day(day));
            assert_eq!(mentions.len(), phrases.len());
            assert!(!mentions.is_empty());
        }
    }
}

#[test]
fn digits_of_other_scripts_and_directions() {
    for text in [
        "\u{200f}في ١٢ مايو 2024 May 12\u{200e}, ٣ days ago",
        "２０２４年５月８日 and ８ May ２０２４ at １０：３０",
        "\u{202e}4202 yaM 8\u{202c} Tuesday",
    ] {
        survives(text);
    }
}

/// Words and values of a text's times, published on 2024-05-08.
fn values(text: &str) -> Vec<(String, String)> {
    let outline = Outline::new(text);
    let phrases = times::find(text, &outline, Language::English);
    let day = Anchor::Day("2024-05-08".parse().unwrap());
    let mentions = times::resolve(text, &outline, &phrases, day);
    mentions.into_iter().map(|m| (m.span.of(text).to_owned(), m.value)).collect()
}

#[test]
fn digits_of_other_scripts_tell_the_same_days() {
    for (text, words, value) in [
        ("It fell on ８ May ２０２４.", "８ May ２０２４", "2024-05-08"),
        ("It fell on ٨ May ٢٠٢٤.", "٨ May ٢٠٢٤", "2024-05-08"),
        ("It fell on ۸ May ۲۰۲۴.", "۸ May ۲۰۲۴", "2024-05-08"),
        ("It fell on ２０２４-０５-０８.", "２０２４-０５-０８", "2024-05-08"),
        ("They left ٣ days ago.", "٣ days ago", "2024-05-05"),
        ("It lasted １２ years.", "１２ years", "P12Y"),
        ("It was built in the １９８０s.", "the １９８０s", "198"),
    ] {
        assert_eq!(values(text), [(words.to_owned(), value.to_owned())]);
    }
    // marks of direction around a day leave it readable
    let text = "It fell on \u{200e}8 May 2024\u{200e}.";
    assert_eq!(values(text), [("8 May 2024".to_owned(), "2024-05-08".to_owned())]);
}

#[test]
fn the_last_day_of_the_calendar_is_a_day() {
    let text = "The lease runs until 9999-12-31.";
    let outline = Outline::new(text);
    let phrases = times::find(text, &outline, Language::English);
    for anchor in [Anchor::Day("2024-05-08".parse().unwrap()), Anchor::Unknown] {
        let mentions = times::resolve(text, &outline, &phrases, anchor);
        let [mention] = mentions.as_slice() else { panic!("one time, not {mentions:?}") };
        assert_eq!(mention.value, "9999-12-31");
        let interval = mention.interval.expect("it has a place on the calendar");
        assert_eq!(interval.start.date().to_string(), "9999-12-31");
        assert!(interval.end > interval.start);
        assert_eq!(times::why_open(&phrases[0], mention, anchor), None);
    }
    // counted from the last day, the day after has no place, and that is said
    let outline = Outline::new("It opens tomorrow.");
    let phrases = times::find("It opens tomorrow.", &outline, Language::English);
    let last = Anchor::Day("9999-12-31".parse().unwrap());
    let mentions = times::resolve("It opens tomorrow.", &outline, &phrases, last);
    assert_eq!(times::why_open(&phrases[0], &mentions[0], last), Some(times::Open::NotOnCalendar));
}

#[test]
fn years_that_no_article_is_of_are_read_and_doubted() {
    // a day of publication far ahead of what the text tells
    let text = "TAVENNA, May 6 (Morrow News) - The bridge was closed on Tuesday. It reopened in June 2025.";
    assert_eq!(doubts(text, Language::English, "2999-01-01"), [("dateline-differs", "May 6".to_owned())]);
    for (year, text) in [("0001", "It is dated 0001-01-01."), ("9999", "It is dated 9999-01-01.")] {
        assert_eq!(values(text), [(text[12..22].to_owned(), format!("{year}-01-01"))]);
    }
    // the year nought is none of the calendar
    assert_eq!(values("It is dated 0000-01-01."), []);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        survives(&text);
    }

    #[test]
    fn any_mix_of_pieces_is_read(picks in proptest::collection::vec((0..PIECES.len(), proptest::bool::ANY), 1..30)) {
        let text: String = picks.iter().flat_map(|(p, space)| [PIECES[*p], if *space { " " } else { "" }]).collect();
        survives(&text);
    }

    /// A whole date reads as itself, whatever the day of writing.
    #[test]
    fn a_whole_date_is_that_day(y in 1700i16..2050, m in 1i8..=12, d in 1i8..=28, writing in 0i32..20_000) {
        let day = jiff::civil::Date::new(y, m, d).unwrap();
        let anchor = jiff::civil::Date::new(1990, 1, 1).unwrap().checked_add(jiff::ToSpan::days(writing)).unwrap();
        let month = calendar::month(m as usize).unwrap();
        for text in [format!("It fell on {month} {d}, {y}."), format!("It fell on {d} {month} {y}."), format!("It fell on {y}-{m:02}-{d:02}.")] {
            let outline = Outline::new(&text);
            let phrases = times::find(&text, &outline, Language::English);
            let mentions = times::resolve(&text, &outline, &phrases, Anchor::Day(anchor));
            proptest::prop_assert_eq!(mentions.len(), 1, "{}", text);
            proptest::prop_assert_eq!(&mentions[0].value, &day.to_string());
        }
    }

    /// "last", "next" and bare weekdays lie within a week of the day of writing, on their side of it.
    #[test]
    fn weekdays_lie_within_a_week(writing in 0i32..20_000, w in 0usize..7) {
        let anchor = jiff::civil::Date::new(1990, 1, 1).unwrap().checked_add(jiff::ToSpan::days(writing)).unwrap();
        let name = calendar::WEEKDAYS[w];
        for (text, least, most) in [
            (format!("They met on {name}."), -6, 0),
            (format!("They met last {name}."), -7, -1),
            (format!("They will meet next {name}."), 1, 7),
            (format!("They will meet on {name}."), 0, 6),
        ] {
            let outline = Outline::new(&text);
            let phrases = times::find(&text, &outline, Language::English);
            let mentions = times::resolve(&text, &outline, &phrases, Anchor::Day(anchor));
            let day: jiff::civil::Date = mentions[0].value.parse().unwrap();
            let by = anchor.until(day).unwrap().get_days();
            proptest::prop_assert!((least..=most).contains(&by), "{} on {}: {}", text, anchor, day);
            proptest::prop_assert_eq!(day.weekday().to_monday_zero_offset() as usize, w);
        }
    }
}
