//! Grouping of invented reports: partitions, order, overrides, hostile input.

use super::*;
use headwater_model::text::Outline;
use headwater_model::{Decision, Verb};

struct Given {
    articles: Vec<Article>,
    outlines: Vec<Outline>,
    annotations: Annotations,
    published: Vec<DateRange>,
}

impl Given {
    fn new(reports: &[(&str, &str)]) -> Self {
        let articles: Vec<Article> = reports
            .iter()
            .enumerate()
            .map(|(i, (title, text))| Article {
                id: format!("r{i}"),
                title: (!title.is_empty()).then(|| (*title).to_owned()),
                text: (*text).to_owned(),
                ..Article::default()
            })
            .collect();
        let outlines = articles.iter().map(|a| Outline::new(&a.text)).collect();
        let published = vec![DateRange::default(); articles.len()];
        Given { articles, outlines, annotations: Annotations::default(), published }
    }

    fn inputs(&self) -> Vec<GroupInput<'_>> {
        (0..self.articles.len())
            .map(|i| GroupInput {
                article: &self.articles[i],
                outline: &self.outlines[i],
                annotations: &self.annotations,
                entities: &[],
                published: self.published[i],
            })
            .collect()
    }

    fn events(&self) -> Vec<Vec<u32>> {
        plain(&group(&self.inputs()))
    }
}

fn plain(grouping: &Grouping) -> Vec<Vec<u32>> {
    grouping.events.iter().map(|e| e.iter().map(|a| a.0).collect()).collect()
}

const QUAKES: &[(&str, &str)] = &[
    (
        "Strong earthquake shakes Velmora, at least 12 dead",
        "A magnitude 6.4 earthquake struck the coast of Velmora early on Monday, killing at least 12 people and \
         toppling houses in the port of Asterin, officials said. Governor Ilsa Brandt said rescuers were digging \
         through the rubble of a school in Asterin. Hospitals in Velmora were treating dozens of injured.",
    ),
    (
        "Rescuers dig for survivors in Asterin after quake",
        "Rescue teams searched through rubble in the port of Asterin on Monday after a magnitude 6.4 quake hit \
         Velmora, leaving at least 12 dead. Houses and a school collapsed, Governor Ilsa Brandt told reporters. \
         Hospitals were full of injured people.",
    ),
    (
        "Earthquake rattles mountain towns of Kordan",
        "A magnitude 5.1 earthquake rattled the mountain towns of Kordan on Thursday, cracking walls and sending \
         people into the streets, but nobody was hurt, the mayor of Lisk, Pavel Orrin, said. Schools in Lisk stayed \
         closed while engineers inspected a dam above the valley.",
    ),
];

const DIPLOMACY: &[(&str, &str)] = &[
    (
        "",
        "President Oren Valdis thanked Chancellor Mirta Solheim for sending engineers to the Tarn dam in a phone call \
         on Tuesday, his office said. Valdis praised the engineers of Solheim for their courage at the Tarn dam. The \
         two leaders agreed to keep in touch under the friendship treaty of their countries.",
    ),
    (
        "",
        "President Oren Valdis has praised the engineers at the Tarn dam in a letter to Chancellor Mirta Solheim, \
         state radio said. Valdis wrote that the courage of the engineers sent by Solheim to the Tarn dam would never \
         be forgotten, and that the friendship treaty of the two countries was alive.",
    ),
    (
        "",
        "President Oren Valdis met with Chancellor Mirta Solheim in Harbourgate on Friday and thanked her for the \
         engineers sent to the Tarn dam. At the talks Valdis praised the courage of the engineers at the Tarn dam. \
         Solheim said the friendship treaty of the two countries was stronger than ever.",
    ),
    (
        "Valdis thanks Solheim for dam engineers",
        "Meeting Chancellor Mirta Solheim in Harbourgate, President Oren Valdis thanked her for the engineers at the \
         Tarn dam. During the talks the leaders spoke of the courage of the engineers and of the friendship treaty of \
         their countries, and Solheim invited Valdis to visit.",
    ),
];

#[test]
fn two_quakes_are_two_events() {
    assert_eq!(Given::new(QUAKES).events(), [vec![0, 1], vec![2]]);
}

#[test]
fn a_call_a_letter_and_a_meeting_are_three_events_of_one_story() {
    let given = Given::new(DIPLOMACY);
    let grouping = group(&given.inputs());
    assert_eq!(plain(&grouping), [vec![0], vec![1], vec![2, 3]]);
    assert_eq!(grouping.stories.len(), 1);
    assert_eq!(grouping.stories[0].events, [0, 1, 2]);
    let why = grouping.why(&given.inputs(), ArticleIndex(0), ArticleIndex(1)).expect("both are there");
    assert!(!why.same_event && why.same_story);
    assert!(
        why.reasons.iter().any(|r| r.text.contains("tells of a phone call, r1 of a letter")),
        "{:?}",
        why.reasons
    );
}

#[test]
fn why_tells_of_decisions_and_of_what_stands_between() {
    let given = Given::new(QUAKES);
    let why = |rules: &[(Verb, &str, &str)], a, b| {
        let grouping = group_with(&given.inputs(), &decided(rules));
        let why = grouping.why(&given.inputs(), ArticleIndex(a), ArticleIndex(b)).expect("both are there");
        (why.same_event, why.reasons.into_iter().map(|r| r.text).collect::<Vec<_>>())
    };
    let (same, reasons) = why(&[(Verb::Apart, "r0", "r1")], 1, 0);
    assert!(!same && reasons[0] == "by your file, line 1: r0 apart from r1 (read it)", "{reasons:?}");
    let (same, reasons) = why(&[(Verb::NotInEvent, "r1", "r0")], 0, 1);
    assert!(!same && reasons[0].contains("r1 not in the event"), "{reasons:?}");
    let (same, reasons) = why(&[(Verb::Together, "r0", "r2")], 0, 2);
    assert!(same && reasons[0].starts_with("by your file, line 1: r0 together with r2"), "{reasons:?}");
    let (same, reasons) = why(&[(Verb::Together, "r0", "r2")], 1, 2);
    assert!(same && reasons.iter().any(|r| r.contains("r2")), "{reasons:?}");
    let (same, reasons) = why(&[], 0, 2);
    assert!(!same && !reasons.is_empty());
}

#[test]
fn numbered_things_are_told_apart() {
    let text = |n: &str, day: &str| {
        format!(
            "The council of the Northern League adopted its {n} package of sanctions against Marovia on {day}, banning the \
             import of timber and listing ships of the Marovian fleet. Envoys of the Northern League agreed on the {n} \
             package after weeks of talks in Brennick."
        )
    };
    let texts = [text("12th", "Monday"), text("13th", "Friday"), text("12th", "Monday evening")];
    let reports: Vec<(&str, &str)> = texts.iter().map(|t| ("", t.as_str())).collect();
    assert_eq!(Given::new(&reports).events(), [vec![0, 2], vec![1]]);
}

#[test]
fn the_order_of_arrival_does_not_matter() {
    let reports: Vec<(&str, &str)> = QUAKES.iter().chain(DIPLOMACY).copied().collect();
    let n = reports.len();
    let expect = Given::new(&reports).events();
    for turn in 1..n {
        let order: Vec<usize> = (0..n).map(|i| (i * 3 + turn) % n).collect();
        let shuffled: Vec<(&str, &str)> = order.iter().map(|i| reports[*i]).collect();
        let mut got: Vec<Vec<u32>> = Given::new(&shuffled)
            .events()
            .iter()
            .map(|e| {
                let mut e: Vec<u32> = e.iter().map(|i| order[*i as usize] as u32).collect();
                e.sort_unstable();
                e
            })
            .collect();
        got.sort();
        assert_eq!(got, expect);
    }
}

fn decided(rules: &[(Verb, &str, &str)]) -> Overrides {
    let list = rules.iter().enumerate().map(|(i, (verb, a, b))| Decision {
        line: i as u32 + 1,
        verb: *verb,
        a: (*a).to_owned(),
        b: (*b).to_owned(),
        note: if i == 0 { "read it".to_owned() } else { String::new() },
    });
    Overrides { list: list.collect() }
}

#[test]
fn overrides_rule() {
    let given = Given::new(QUAKES);
    let under = |rules: &[(Verb, &str, &str)]| group_with(&given.inputs(), &decided(rules));
    let apart = under(&[(Verb::Together, "r1", "r2"), (Verb::Apart, "r1", "r0")]);
    assert_eq!(plain(&apart), [vec![0], vec![1, 2]]);
    assert_eq!(apart.reasons[0][0].text, "by your file, line 2: r1 apart from r0");
    assert_eq!(apart.reasons[2][0].text, "by your file, line 1: r1 together with r2 (read it)");
    let both = under(&[(Verb::Together, "r0", "r2"), (Verb::Apart, "r0", "r2")]);
    assert_ne!(both.event_of[0], both.event_of[2], "apart is stronger");
    // Through others too.
    let chain =
        under(&[(Verb::Together, "r0", "r1"), (Verb::Together, "r1", "r2"), (Verb::Apart, "r0", "r2")]);
    assert_ne!(chain.event_of[0], chain.event_of[2], "apart is stronger");
    // Stays together although their leads tell days far apart.
    let mut days = under(&[(Verb::Together, "r0", "r2")]);
    let day = |d| Some(DateRange::day(jiff::civil::date(2025, 5, d)));
    days.split_by_day(&[day(1), day(1), day(20)], &[None; 3]);
    assert_eq!(days.event_of[0], days.event_of[2]);
    assert_eq!(plain(&days).len(), 1);
}

#[test]
fn a_report_is_taken_out_of_an_event_by_its_title() {
    let given = Given::new(QUAKES);
    let title = QUAKES[0].0.to_uppercase();
    for event in [title.as_str(), "r0"] {
        let grouping = group_with(&given.inputs(), &decided(&[(Verb::NotInEvent, "r1", event)]));
        assert_eq!(plain(&grouping), [vec![0], vec![1], vec![2]], "{event}");
        assert!(grouping.warnings.is_empty());
        assert!(grouping.reasons[1][0].text.contains("r1 not in the event"), "{:?}", grouping.reasons[1]);
    }
}

#[test]
fn decisions_that_cannot_be_followed_are_named() {
    let given = Given::new(QUAKES);
    let rules = decided(&[
        (Verb::Together, "r0", "gone"),
        (Verb::Apart, "r1", "r1"),
        (Verb::NotInEvent, "r2", "Nothing of the sort"),
        (Verb::Same, "not", "its matter"),
    ]);
    let grouping = group_with(&given.inputs(), &rules);
    assert_eq!(plain(&grouping), [vec![0, 1], vec![2]]);
    let told: Vec<&str> = grouping.warnings.iter().map(|w| w.message.as_str()).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].contains("line 1: no report is called “gone”"), "{told:?}");
    assert!(told[1].contains("line 2: “r1” and “r1” are one report"), "{told:?}");
    assert!(told[2].contains("line 3: no event has the title"), "{told:?}");
}

#[test]
fn days_far_apart_part_like_reports() {
    let (title, text) = QUAKES[1];
    let mut given = Given::new(&[QUAKES[0], (title, text)]);
    assert_eq!(given.events(), [vec![0, 1]]);
    let day = |y| DateRange::day(jiff::civil::date(y, 5, 3));
    given.published = vec![day(2021), day(2024)];
    let why = group(&given.inputs())
        .why(&given.inputs(), ArticleIndex(0), ArticleIndex(1))
        .expect("both are there");
    assert!(why.reasons.iter().any(|r| r.text == "published at least 1096 days apart"), "{:?}", why.reasons);
}

#[test]
fn every_membership_has_a_reason_whose_words_stand_there() {
    let reports: Vec<(&str, &str)> = QUAKES.iter().chain(DIPLOMACY).copied().collect();
    let given = Given::new(&reports);
    let grouping = group(&given.inputs());
    assert_eq!(grouping.reasons.len(), reports.len());
    for reasons in &grouping.reasons {
        assert!(!reasons.is_empty());
        for (article, span) in reasons.iter().filter_map(|r| r.place) {
            assert!(!span.of(&given.articles[article.at()].text).is_empty());
        }
    }
}

#[test]
fn titles_are_the_reports_own_words() {
    let given = Given::new(DIPLOMACY);
    let grouping = group(&given.inputs());
    let title = grouping.title_of(&given.inputs(), &grouping.events[2]);
    assert_eq!(title.text, "Valdis thanks Solheim for dam engineers");
    let title = grouping.title_of(&given.inputs(), &grouping.events[0]);
    let (article, span) = (title.article.expect("one"), title.span.expect("a span"));
    assert_eq!(span.of(&given.articles[article.at()].text), title.text);
    assert!(title.text.starts_with("President Oren Valdis thanked Chancellor Mirta Solheim"));
}

#[test]
fn bad_input_is_bounded() {
    assert!(Given::new(&[]).events().is_empty());
    assert_eq!(Given::new(&[("", ""), ("", ""), ("", "")]).events(), [vec![0], vec![1], vec![2]]);
    let copies = vec![QUAKES[0]; 10_000];
    assert_eq!(Given::new(&copies).events().len(), 1);
    let long = "Asterin ".repeat(200_000);
    assert_eq!(Given::new(&[("", &long), ("", "…")]).events().len(), 2);
    let odd =
        ["地震がアステリンを襲った。", "\u{200b}\u{301}", "𝒳𝒴𝒵 💥💥", "a", "12th 13th -", "U.S. U. S. .U"];
    let odd: Vec<(&str, &str)> = odd.iter().map(|t| (*t, *t)).collect();
    assert_eq!(Given::new(&odd).events().iter().map(Vec::len).sum::<usize>(), odd.len());
}

#[test]
fn near_copies_in_thousands_stay_one_event() {
    let texts: Vec<String> =
        (0..2_000).map(|i| format!("{} Picture {i} of our gallery.", QUAKES[0].1)).collect();
    let reports: Vec<(&str, &str)> = texts.iter().map(|t| ("", t.as_str())).collect();
    let events = Given::new(&reports).events();
    assert!(events.len() <= 5, "{} events", events.len());
}

#[test]
fn two_languages_are_grouped_within_each() {
    let german = [
        (
            "Starkes Erdbeben erschüttert Velmora",
            "Ein Erdbeben der Stärke 6,4 hat am Montag die Küste von Velmora erschüttert. In der Hafenstadt Asterin stürzten Häuser ein, mindestens zwölf Menschen starben, sagte Gouverneurin Ilsa Brandt.",
        ),
        (
            "Retter suchen in Asterin nach Verschütteten",
            "Nach dem Erdbeben der Stärke 6,4 an der Küste von Velmora suchen Retter in Asterin nach Verschütteten. Mindestens zwölf Menschen starben, als Häuser einstürzten, sagte Gouverneurin Ilsa Brandt.",
        ),
    ];
    let reports: Vec<(&str, &str)> = QUAKES.iter().copied().chain(german).collect();
    let events = Given::new(&reports).events();
    let of = |i: u32| events.iter().position(|e| e.contains(&i));
    assert_eq!(of(0), of(1));
    assert_eq!(of(3), of(4));
    assert_ne!(of(0), of(2));
}

#[test]
fn what_links_two_languages_is_said() {
    let english = "A ferry carrying 312 people collided with a cargo ship near Port Ansel on Thursday, killing at least 23 \
                   people, the coast guard said. Rescue boats from Korvin pulled 180 survivors from the water. The \
                   transport minister, Tomas Castellane, promised an inquiry.";
    let german = [
        "Eine Fähre mit 312 Menschen an Bord ist am Donnerstag vor Port Ansel mit einem Frachter zusammengestoßen. \
         Mindestens 23 Menschen starben, teilte die Küstenwache mit. Rettungsboote aus Korvin holten 180 Überlebende \
         aus dem Wasser. Verkehrsminister Tomas Castellane kündigte eine Untersuchung an.",
        "Bei dem Zusammenstoß einer Fähre mit einem Frachter vor Port Ansel sind am Donnerstag mindestens 23 Menschen \
         gestorben, teilte die Küstenwache mit. Rettungsboote holten 180 Überlebende nach Korvin. Verkehrsminister \
         Castellane will den Zusammenstoß untersuchen lassen.",
    ];
    let mut given = Given::new(&[("", english), ("", german[0]), ("", german[1])]);
    for (article, language) in given.articles.iter_mut().zip(["en", "de", "de"]) {
        article.language = Some(language.to_owned());
    }
    let grouping = group(&given.inputs());
    assert_eq!(plain(&grouping), [vec![0, 1, 2]]);
    let linked: Vec<&str> = (0..3)
        .map(|i| {
            grouping.reasons[i].iter().find(|r| r.text.contains("another language")).map_or("", |r| &r.text)
        })
        .collect();
    assert!(linked[0].contains("by “Ansel”") || linked[0].contains("“Castellane”"), "{linked:?}");
    assert!(linked[1].starts_with("is linked to r0"), "{linked:?}");
}

#[test]
fn a_stream_finds_the_same_events() {
    let reports: Vec<(&str, &str)> = QUAKES.iter().chain(DIPLOMACY).copied().collect();
    let expect = Given::new(&reports).events();
    for turn in 0..reports.len() {
        let order: Vec<usize> = (0..reports.len()).map(|i| (i * 3 + turn) % reports.len()).collect();
        let given = Given::new(&order.iter().map(|i| reports[*i]).collect::<Vec<_>>());
        let mut stream = Stream::new();
        for input in given.inputs() {
            stream.add(&input);
        }
        let told = |stream: &Stream| {
            let mut out: Vec<Vec<u32>> = stream
                .events()
                .iter()
                .map(|e| {
                    let mut e: Vec<u32> = e.iter().map(|a| order[a.at()] as u32).collect();
                    e.sort_unstable();
                    e
                })
                .collect();
            out.sort();
            out
        };
        assert_eq!(told(&stream), expect, "as they came, {order:?}");
        stream.settle();
        assert_eq!(told(&stream), expect, "settled, {order:?}");
    }
}

#[test]
fn what_weighs_is_told_once_and_adds_up() {
    let given = Given::new(QUAKES);
    let inputs = given.inputs();
    let why = group(&inputs).why(&inputs, ArticleIndex(0), ArticleIndex(1)).expect("both are there");
    let mut names: Vec<&str> = why.features.iter().map(|f| f.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), why.features.len());
    assert!(names.iter().all(|n| !n.contains(" over ") && *n != "bias"), "{names:?}");
    let all: f32 = why.features.iter().map(|f| f.adds).sum();
    assert!((1.0 / (1.0 + (-all).exp()) - why.probability).abs() < 1e-4);
}
