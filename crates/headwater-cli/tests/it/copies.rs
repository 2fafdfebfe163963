//! `headwater copies`: families in words, as a picture, a graph and data.

use crate::{BRIDGE, BRIDGE_AGAIN, Desk};

fn desk() -> Desk {
    let desk = Desk::new();
    let cut: Vec<&str> = BRIDGE.split("\n\n").take(4).collect();
    desk.put("in/a.txt", BRIDGE).put("in/b.txt", BRIDGE_AGAIN).put("in/c.txt", cut.join("\n\n"));
    desk.put(
        "meta.csv",
        "file,outlet,published\na.txt,Morrow & Sons <News>,2031-05-06\nc.txt,Orl Courier,2031-05-07\n",
    );
    desk
}

#[test]
fn families_are_trees_in_words() {
    let ran = desk().run(&["copies", "in", "--meta", "meta.csv"]).exits(0);
    for word in ["3 reports", "1 family", "f1 · 2 reports · from Morrow News", "└─ ", "c · Orl Courier"]
    {
        assert!(ran.stdout.contains(word), "no {word:?} in\n{}", ran.stdout);
    }
}

#[test]
fn the_picture_the_graph_and_the_data_hold_the_same_links() {
    let desk = desk();
    desk.run(&[
        "copies",
        "in",
        "--meta",
        "meta.csv",
        "--svg",
        "c.svg",
        "--graphml",
        "c.graphml",
        "--jsonl",
        "c.jsonl",
    ])
    .exits(0)
    .says(&["see c.svg", "see c.graphml", "see c.jsonl"]);
    let rows: Vec<serde_json::Value> =
        desk.read("c.jsonl").lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let of = |kind: &str| rows.iter().filter(|r| r["type"] == kind).count();
    assert_eq!((rows[0]["reports"].as_u64(), of("family"), of("report")), (Some(3), 1, 3));
    let family = rows.iter().find(|r| r["type"] == "family").expect("a family");
    assert_eq!(family["members"], serde_json::json!(["a", "c"]));
    let graph = desk.read("c.graphml");
    // Both carry the credit of an agency that is not at hand: an edge from there to either.
    let outside = family["parents"].as_array().expect("parents").iter().filter(|p| p.is_null()).count();
    assert_eq!(family["upstream"], "Morrow News");
    assert_eq!(graph.matches("<edge ").count(), of("link") + outside);
    assert!(
        graph.contains("Morrow &amp; Sons &lt;News&gt;") && graph.trim_end().ends_with("</graphml>"),
        "{graph}"
    );
    let svg = desk.read("c.svg");
    assert!(svg.starts_with("<svg xmlns") && svg.trim_end().ends_with("</svg>"));
    assert!(svg.contains("Orl Courier") && !svg.contains("<News>"), "{svg}");
}

#[test]
fn data_goes_to_standard_output_alone() {
    let ran = desk().run(&["copies", "in", "--jsonl", "-"]).exits(0);
    assert!(
        ran.stdout.lines().all(|l| serde_json::from_str::<serde_json::Value>(l).is_ok()),
        "{}",
        ran.stdout
    );
    let ran = desk().run(&["copies", "in", "-q"]).exits(0);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
}

#[test]
fn bad_input_is_named() {
    let desk = desk();
    desk.run(&["copies"]).exits(2).says(&["PATH"]);
    desk.run(&["copies", "gone"]).exits(2).says(&["gone"]);
    desk.put("none/x.txt", "");
    desk.run(&["copies", "none"]).exits(1).says(&["no report was found"]);
    desk.run(&["copies", "in/a.txt", "in/b.txt", "--svg", "in/a.txt"])
        .exits(2)
        .says(&["would be overwritten"]);
    desk.run(&["copies", "in", "--svg", "-", "--jsonl", "-"]).exits(2).says(&["both"]);
    desk.run(&["copies", "in", "--graphml", "no/c.graphml"]).exits(2).says(&["no folder no"]);
}

#[test]
fn many_reports_that_repeat_themselves_and_one_another() {
    let desk = Desk::new();
    for n in 0..40 {
        desk.put(&format!("in/{n:02}.txt"), BRIDGE);
    }
    desk.put("in/long.txt", [BRIDGE; 60].join("\n\n"));
    let ran = desk.run(&["copies", "in", "--svg", "c.svg"]).exits(0);
    assert!(ran.stdout.contains("1 family"), "{}", ran.stdout);
    assert_eq!(desk.read("c.svg").matches("<circle").count(), 41);
}
