//! The tracer over small invented sets, in any order, and over hostile ones.

use crate::run;
use headwater_model::text::Outline;
use headwater_model::{
    Annotations, Article, ArticleIndex, CopyState, Direction, Published, PublishedHow, Reason,
};
use headwater_trace::{TraceInput, Tracer, Tracing, trace};
use std::collections::BTreeSet;

const REPORT: &str = "The harbour of Port Ella was closed before dawn after a barge struck the northern gate.\n\n\
    Divers found two cracks in the old wall and the council sent forty families to a school on the hill.\n\n\
    Work on the pumps began at once, although the spare parts had to be brought by rail from Kestrel.\n\n\
    By evening the water had fallen by a metre and the first boats were towed to the dry dock in the south.\n\n\
    An inquiry will look at the lights on the barge, which had been reported broken in the spring.";

const OTHER: &str = "Farmers around Varn sold their grain early this year because the store on the river leaks.\n\n\
    The owner wants to rebuild it in stone; the bank has asked for a second survey before it lends.\n\n\
    Last week a lorry sank to its axles in the yard, and nobody could say who pays for the road.";

fn article(id: &str, outlet: &str, day: &str, text: &str) -> Article {
    let published = match day.parse() {
        Ok(day) => Published::on(day, PublishedHow::Given, Reason::plain("given")),
        Err(_) => Published::default(),
    };
    Article { id: id.into(), outlet: Some(outlet.into()), published, text: text.into(), ..Article::default() }
}

/// State and direction of a pair, as seen from the first: "copied to", "copied from", "declared from", ….
fn between(articles: &[Article], tracing: &Tracing, a: &str, b: &str) -> String {
    let at = |id: &str| ArticleIndex(articles.iter().position(|x| x.id == id).unwrap_or(usize::MAX) as u32);
    let (a, b) = (at(a), at(b));
    let copy = tracing.copies.iter().find(|c| (c.from, c.to) == (a, b) || (c.from, c.to) == (b, a));
    copy.map_or_else(
        || "none found".into(),
        |c| {
            let way = match c.direction {
                Direction::Known if c.from == a => "to",
                Direction::Known => "from",
                Direction::ViaUpstream => "via upstream",
                Direction::Unknown => "unknown",
            };
            format!("{} {way}", c.state.name())
        },
    )
}

/// Everything by ids, so that two orders can be compared.
fn by_ids(articles: &[Article], tracing: &Tracing) -> BTreeSet<String> {
    let id = |a: ArticleIndex| articles[a.at()].id.clone();
    let mut out = BTreeSet::new();
    for c in &tracing.copies {
        let mut ends = [id(c.from), id(c.to)];
        if c.direction != Direction::Known {
            ends.sort();
        }
        let words: u32 = c.passages.iter().map(|p| p.words).sum();
        out.insert(format!(
            "{ends:?} {} {} {:.4} {words}",
            c.state.name(),
            c.direction.name(),
            c.containment
        ));
    }
    for f in &tracing.families {
        let mut members: Vec<String> =
            f.members.iter().zip(&f.parents).map(|(m, p)| format!("{}<{:?}", id(*m), p.map(id))).collect();
        members.sort();
        out.insert(format!("{members:?} {:?} {:?}", f.root.map(id), f.upstream));
    }
    for (child, parent) in &tracing.second_parents {
        out.insert(format!("{} also from {}", id(*child), id(*parent)));
    }
    out
}

fn cut(text: &str, paragraphs: usize) -> String {
    text.split("\n\n").take(paragraphs).collect::<Vec<_>>().join("\n\n")
}

fn small_set() -> Vec<Article> {
    let lead = format!("Nothing moves in Port Ella any more, and nobody knows for how long.\n\n{REPORT}");
    let merged = format!("{}\n\n{OTHER}", cut(REPORT, 3));
    let cites = "Ships wait off Port Ella because the gate is broken, according to The Harbour Post. \
        The harbour was closed after a barge struck it, and divers found cracks in the wall.";
    vec![
        article("a", "The Harbour Post", "2031-03-03", REPORT),
        article("b", "Kestrel Courier", "2031-03-04", &cut(REPORT, 4)),
        article("c", "Daily Lantern", "2031-03-05", &lead),
        article("d", "Varn Observer", "2031-03-02", OTHER),
        article("e", "Bay Chronicle", "2031-03-06", &merged),
        article("f", "Radio Redmoor", "2031-03-04", cites),
        article(
            "g",
            "Saltwick Gazette",
            "2031-03-04",
            "A choir from Oldenford won the prize for the third time.",
        ),
    ]
}

#[test]
fn copies_and_their_direction() {
    let articles = small_set();
    let tracing = run(&articles);
    for (a, b, expect) in [
        ("a", "b", "copied to"),
        ("a", "c", "copied to"),
        ("a", "e", "copied to"),
        ("d", "e", "copied to"),
        ("a", "f", "declared to"),
        ("a", "d", "none found"),
        ("a", "g", "none found"),
    ] {
        assert_eq!(between(&articles, &tracing, a, b), expect, "{a} {b}");
    }
    // The merged report has the whole of d and a part of a: it is d's, and a version of a is its second parent.
    let sizes: Vec<usize> = tracing.families.iter().map(|f| f.members.len()).collect();
    assert_eq!(sizes, [3, 2]);
    assert_eq!(tracing.second_parents.len(), 1);
    let (child, parent) = tracing.second_parents[0];
    assert!(child == ArticleIndex(4) && tracing.families[0].members.contains(&parent));
    let all: Vec<ArticleIndex> = (0..7).map(ArticleIndex).collect();
    assert_eq!(tracing.origins(&all).1, 3, "the report, the grain, the choir");
}

#[test]
fn a_cut_shows_its_direction_without_dates() {
    let articles =
        [article("x", "Kestrel Courier", "", &cut(REPORT, 3)), article("y", "Daily Lantern", "", REPORT)];
    assert_eq!(between(&articles, &run(&articles), "x", "y"), "copied from");
}

#[test]
fn passages_lie_on_the_shared_words() {
    let articles = small_set();
    let tracing = run(&articles);
    let copy =
        tracing.copies.iter().find(|c| c.from == ArticleIndex(0) && c.to == ArticleIndex(2)).expect("a copy");
    let passage = copy.passages.first().expect("a passage");
    assert_eq!(passage.a.of(&articles[0].text), passage.b.of(&articles[2].text));
    assert!(passage.a.of(&articles[0].text).starts_with("The harbour of Port Ella was closed"));
    assert!((copy.containment - 1.0).abs() < 1e-9);
}

#[test]
fn a_shared_quotation_is_a_shared_speaker() {
    let said = "“We had no warning at all, the pumps were old and the men who knew them had been sent home in spring,”";
    let articles = [
        article(
            "x",
            "Kestrel Courier",
            "",
            &format!("{said} the mayor told a crowd at the gate. Rain fell on the empty market."),
        ),
        article(
            "y",
            "Daily Lantern",
            "",
            &format!("Work stopped on Friday. At the town hall her words were plain: {said} she said."),
        ),
    ];
    let tracing = run(&articles);
    assert_eq!(between(&articles, &tracing, "x", "y"), "common upstream via upstream");
    assert!(tracing.families.is_empty());
    assert!(tracing.copies[0].passages.iter().all(|p| p.quoted));
}

#[test]
fn house_style_does_not_hide_a_copy() {
    let american = REPORT
        .replace("harbour", "harbor")
        .replace("metre", "meter")
        .replace("forty", "40")
        .replace("two", "2");
    let articles =
        [article("x", "Kestrel Courier", "", REPORT), article("y", "Daily Lantern", "", &american)];
    let tracing = run(&articles);
    assert_eq!(tracing.copies[0].state, CopyState::Copied);
    assert_eq!(tracing.copies[0].passages.len(), 1);
    assert!((tracing.copies[0].containment - 1.0).abs() < 1e-9);
}

#[test]
fn circular_reporting_is_named() {
    let text = |cites: &str| {
        format!(
            "The ferry operator in Saltwick will close in June, {cites} reported. The operator employs ninety people in Saltwick."
        )
    };
    let articles = [
        article("x", "The Harbour Post", "", &text("Kestrel Courier")),
        article(
            "y",
            "Kestrel Courier",
            "",
            &format!("Ninety jobs go in Saltwick. {}", text("The Harbour Post")),
        ),
    ];
    let tracing = run(&articles);
    assert_eq!(tracing.warnings.len(), 2);
    assert!(tracing.warnings.iter().all(|(_, w)| w.code == "circular-reporting"));
    assert!(tracing.copies[0].because.iter().any(|r| r.text.contains("circular")), "{:?}", tracing.copies);
}

#[test]
fn an_absent_agency_stands_above_those_who_credit_it() {
    let dateline = |text: &str| format!("PORT ELLA (Meridian News) — {text}");
    let articles = [
        article("x", "Kestrel Courier", "", &dateline(REPORT)),
        article("y", "Daily Lantern", "", &dateline(&cut(REPORT, 4))),
    ];
    let tracing = run(&articles);
    assert_eq!(tracing.families[0].upstream.as_deref(), Some("Meridian News"));
    assert_eq!(tracing.families[0].root, None);
    assert_eq!(between(&articles, &tracing, "x", "y"), "copied via upstream");
}

#[test]
fn versions_of_one_article_by_one_outlet_are_one_branch() {
    let later = format!(
        "{REPORT}\n\nThe council will meet again on Friday to decide who pays for the gate and the pumps."
    );
    let articles = [
        article("first", "Kestrel Courier", "2031-03-03", REPORT),
        article("second", "Kestrel Courier", "2031-03-04", &later),
        article("copy", "Daily Lantern", "2031-03-05", &cut(REPORT, 4)),
    ];
    let tracing = run(&articles);
    assert_eq!(tracing.families[0].parents[1], Some(ArticleIndex(0)));
    let all = [ArticleIndex(0), ArticleIndex(1)];
    assert_eq!(tracing.origins(&all), (1, 1));
    let copy = tracing.copies.iter().find(|c| (c.from.0, c.to.0) == (0, 1)).expect("a link");
    assert!(copy.because.iter().any(|r| r.text.contains("two versions")), "{:?}", copy.because);
}

#[test]
fn an_agency_under_its_short_name_stands_above_those_who_carry_it() {
    let dateline = |text: &str| format!("PORT ELLA (LPA) — {text}");
    let articles = [
        article("x", "Littoral Press Agency", "", &dateline(REPORT)),
        article("y", "Daily Lantern", "", &cut(REPORT, 4)),
        article("z", "Bay Chronicle", "", &format!("{}\n\nSource: Littoral Press Agency", cut(REPORT, 4))),
    ];
    let tracing = run(&articles);
    assert_eq!(tracing.families[0].root, Some(ArticleIndex(0)), "{:?}", tracing.families);
    assert_eq!(between(&articles, &tracing, "x", "y"), "copied to");
    assert_eq!(between(&articles, &tracing, "x", "z"), "copied to");
}

#[test]
fn a_branch_that_shares_what_the_others_lack_is_one_branch() {
    // Two of five have the same new lead and lack the same sentence: the one has it from the other, not both from outside.
    let credited = |text: &str| format!("PORT ELLA (Meridian News) — {text}");
    let lead = "Boats lay idle on both banks this morning, and the ferry to the islands was cancelled for the first time in nine \
        years. Nobody at the harbour office could say when the next one will leave, and the hotels were full by noon.";
    let worn = format!(
        "{lead}\n\n{}",
        REPORT.replace("Divers found two cracks in the old wall and the council", "The council")
    );
    let without_first = REPORT.split("\n\n").skip(1).collect::<Vec<_>>().join("\n\n");
    let articles = [
        article("p", "Kestrel Courier", "2031-03-03", &credited(REPORT)),
        article("q", "Daily Lantern", "2031-03-03", &credited(&cut(REPORT, 4))),
        article("r", "Bay Chronicle", "2031-03-04", &credited(&worn)),
        article("s", "Radio Redmoor", "2031-03-06", &credited(&cut(&worn, 5))),
        article("t", "The Harbour Post", "2031-03-03", &credited(&without_first)),
    ];
    let tracing = run(&articles);
    assert_eq!(tracing.families[0].upstream.as_deref(), Some("Meridian News"));
    assert_eq!(tracing.families[0].parents[3], Some(ArticleIndex(2)), "{:?}", tracing.families);
}

#[test]
fn a_credit_is_taken_over_where_it_stands() {
    // One lacks what another lacks and ends earlier: the other's copy, unless its credit stands elsewhere.
    let worn = REPORT.replace("Divers found two cracks in the old wall and the council", "The council");
    let parent = |credited: &str| {
        let articles = [
            article("p", "Kestrel Courier", "2031-03-03", &format!("PORT ELLA (Meridian News) — {REPORT}")),
            article(
                "q",
                "Daily Lantern",
                "2031-03-03",
                &format!("PORT ELLA (Meridian News) — {}", cut(REPORT, 4)),
            ),
            article("r", "Bay Chronicle", "2031-03-04", &format!("By Meridian News\n\n{worn}")),
            article("s", "Radio Redmoor", "2031-03-06", &format!("{credited}{}", cut(&worn, 4))),
        ];
        run(&articles).families[0].parents[3]
    };
    assert_eq!(parent("By Meridian News\n\n"), Some(ArticleIndex(2)));
    assert_ne!(parent("PORT ELLA (Meridian News) — "), Some(ArticleIndex(2)));
}

#[test]
fn who_names_an_outlet_and_has_its_words_means_that_article() {
    let retold = |words: &str, named: &str| {
        let text = format!("{OTHER}\n\n{words}, it was said. This was so on the quay, according to {named}.");
        let articles = [
            article("x", "Kestrel Courier", "2031-03-03", REPORT),
            article("y", "Daily Lantern", "2031-03-04", &text),
        ];
        between(&articles, &run(&articles), "x", "y")
    };
    let words = "By evening the water had fallen by a metre and the first boats were towed";
    assert_eq!(retold(words, "Kestrel Courier"), "declared to");
    assert_ne!(retold(words, "Bay Chronicle"), "declared to");
    assert_eq!(retold("The bank has asked for more", "Kestrel Courier"), "none found");
}

#[test]
fn the_order_of_input_does_not_matter() {
    let articles = small_set();
    let expect = by_ids(&articles, &run(&articles));
    let mut state = 5u64;
    for _ in 0..40 {
        let mut shuffled = articles.clone();
        for at in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(at, (state >> 33) as usize % (at + 1));
        }
        assert_eq!(by_ids(&shuffled, &run(&shuffled)), expect);
    }
}

#[test]
fn a_stream_ends_where_a_fresh_start_does() {
    let articles = small_set();
    let none = Annotations::default();
    let outlines: Vec<Outline> = articles.iter().map(|a| Outline::new(&a.text)).collect();
    let input = |n: usize| TraceInput { article: &articles[n], outline: &outlines[n], annotations: &none };
    let mut tracer = Tracer::new();
    for n in [3, 6, 0, 5] {
        tracer.add(ArticleIndex(n as u32), &input(n));
    }
    tracer.add(ArticleIndex(1), &input(6));
    assert!(tracer.remove(ArticleIndex(3)));
    assert!(!tracer.remove(ArticleIndex(4)));
    for n in [1, 2, 4, 3] {
        tracer.add(ArticleIndex(n as u32), &input(n));
    }
    assert_eq!(tracer.result(), run(&articles));
}

#[test]
fn ten_thousand_identical_articles_are_one_family() {
    let articles: Vec<Article> =
        (0..10_000).map(|n| article(&format!("n{n}"), &format!("Outlet {}", n % 500), "", REPORT)).collect();
    let tracing = run(&articles);
    assert_eq!(tracing.families.len(), 1);
    assert_eq!(tracing.families[0].members.len(), 10_000);
    let all: Vec<ArticleIndex> = (0..10_000).map(ArticleIndex).collect();
    assert_eq!(tracing.origins(&all), (1, 1));
    assert!(tracing.copies.len() < 20_000, "{}", tracing.copies.len());
    let codes: Vec<&str> = tracing.warnings.iter().map(|(_, w)| w.code).collect();
    assert_eq!(codes, ["large-family"]);
}

#[test]
fn a_disclaimer_in_all_makes_no_copies() {
    let disclaimer = "This page may hold statements about the future that rest on assumptions and may turn out otherwise, \
        and nothing on it is advice to buy or to sell anything.";
    let articles: Vec<Article> = (0..600)
        .map(|n| {
            let own: Vec<String> = (0..60).map(|k| format!("w{}x{k}", n * 7919 % 1009)).collect();
            article(
                &format!("n{n}"),
                &format!("Outlet {n}"),
                "",
                &format!("{}.\n\n{disclaimer}", own.join(" ")),
            )
        })
        .collect();
    let tracing = run(&articles);
    assert!(tracing.families.is_empty(), "{}", tracing.families.len());
    assert!(tracing.copies.is_empty(), "{:?}", tracing.copies.first());
}

#[test]
fn nothing_and_next_to_nothing() {
    let articles = [
        article("a", "", "", ""),
        article("b", "", "", "Water."),
        article("c", "", "", "Water."),
        article("d", "", "", "“”\n\n— (@) 1\n\n()"),
        article("e", "", "", "\u{feff}\n\n\n"),
    ];
    let tracing = run(&articles);
    assert!(tracing.families.is_empty() && tracing.copies.is_empty());
    assert_eq!(trace(&[]), Tracing::default());
}

#[test]
fn an_article_that_repeats_itself_is_one_copy() {
    let articles = [
        article("x", "Kestrel Courier", "", &[REPORT; 200].join("\n\n")),
        article("y", "Daily Lantern", "", REPORT),
        article("z", "Bay Chronicle", "", &"again and again ".repeat(200_000)),
        article("u", "Radio Redmoor", "", &"again and again ".repeat(150_000)),
    ];
    let tracing = run(&articles);
    // The two that only repeat three words may be anything; they must not take long.
    assert!(tracing.families.iter().any(|f| f.members == [ArticleIndex(0), ArticleIndex(1)]));
    let copy = tracing.copies.iter().find(|c| c.from.0 < 2 && c.to.0 < 2).expect("a copy");
    assert!(copy.containment <= 1.0);
}
