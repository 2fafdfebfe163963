//! Links for other programs: the picture, the graph, the lines; and the page of `why`.

use headwater_wire::account::{Account, Article, Copy, Family, Summary};
use headwater_wire::why::{Aligned, Side, Why};
use headwater_wire::{copies, page};

/// A family of `n` reports in a chain and a star, whose words try to be markup.
fn account(n: usize) -> Account {
    let id = |n: usize| format!("r<{n}>&");
    let articles = (0..n)
        .map(|i| Article {
            id: id(i),
            outlet: Some(format!("<b>Outlet</b> {i} \u{0}\u{202e}]]>")),
            title: Some("</svg><script>alert(1)</script> ".repeat(9)),
            ..Article::default()
        })
        .collect();
    let parent = |i: usize| if i.is_multiple_of(3) { 0 } else { i - 1 };
    let copies = (1..n)
        .map(|i| Copy {
            from: id(parent(i)),
            to: id(i),
            state: "copied".into(),
            direction: if i % 2 == 0 { "from-to" } else { "unknown" }.into(),
            containment: 1.0 / i as f64,
            ..Copy::default()
        })
        .collect();
    let families = vec![Family {
        id: "f1".into(),
        members: (0..n).map(id).collect(),
        root: Some(id(0)),
        upstream: Some("A & B".into()),
        parents: (0..n).map(|i| (i > 0).then(|| id(parent(i)))).collect(),
        ..Family::default()
    }];
    let summary = Summary { reports: n, text_origins: [1, 1], ..Summary::default() };
    Account { articles, copies, families, summary, ..Account::default() }
}

#[test]
fn the_picture_has_a_line_for_each_report_and_no_foreign_markup() {
    for n in [2, 30, 300] {
        let svg = page::picture(&account(n));
        assert_eq!(svg.matches("<circle").count(), n);
        // Four of the legend, and one for each link of the tree.
        assert_eq!(svg.matches("<path").count(), n - 1 + 4);
        assert!(!svg.contains("<script") && !svg.contains("<b>") && !svg.contains('\u{0}'), "{svg}");
        let height: usize =
            svg.split("height=\"").nth(1).and_then(|s| s.split('"').next()).unwrap().parse().unwrap();
        assert!(height >= n * 24 && height <= n * 40 + 200, "{height} for {n}");
    }
}

#[test]
fn the_graph_is_escaped_and_holds_every_link() {
    let graph = copies::graphml(&account(30));
    assert_eq!(graph.matches("<node ").count(), 31, "with the agency");
    assert_eq!(graph.matches("<edge ").count(), 30, "with the agency's");
    assert_eq!(graph.matches("<data key=\"tree\">true</data>").count(), 30);
    assert!(!graph.contains("<script") && !graph.contains('\u{0}') && graph.contains("A &amp; B"));
}

#[test]
fn links_that_lead_nowhere_are_left_out() {
    let mut account = account(3);
    account.copies.push(Copy { from: "gone".into(), to: "r<0>&".into(), ..Copy::default() });
    account.families[0].members.push("gone too".into());
    account.families[0].parents.push(Some("nobody".into()));
    assert_eq!(page::picture(&account).matches("<circle").count(), 3);
    assert_eq!(copies::graphml(&account).matches("<edge ").count(), 3);
    for line in copies::jsonl(&account).unwrap().lines() {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
    assert!(page::picture(&Account::default()).ends_with("</svg>\n"));
}

#[test]
fn the_page_of_why_shows_both_sides_and_marks_what_differs() {
    let side = |id: &str| Side { id: id.into(), title: Some("<i>".into()), ..Side::default() };
    let passage = Aligned {
        words: 5,
        a_text: "the <gate> was shut at dawn".into(),
        b_text: "the <gate> was closed at dawn".into(),
        ..Aligned::default()
    };
    let why = Why { a: side("a"), b: side("b"), passages: vec![passage], ..Why::default() };
    let page = page::why(&why);
    assert!(page.contains("<mark>shut</mark>") && page.contains("<mark>closed</mark>"), "{page}");
    assert!(page.contains("No link was found") && page.contains("the &lt;gate&gt; was"), "{page}");
    assert!(!page.contains("<i>") && page.contains("default-src 'none'"));
}
