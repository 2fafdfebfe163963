//! `headwater why`: two reports, what ties them, side by side.

use crate::{BRIDGE, BRIDGE_AGAIN, Desk};

/// The first report, cut from the bottom, in another spelling, under another head.
fn cut() -> String {
    let body: Vec<&str> = BRIDGE.split("\n\n").skip(1).take(3).collect();
    format!("Bridge shut\n\n{}", body.join("\n\n").replace("The road bridge", "The old road bridge"))
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("in/a.txt", BRIDGE).put("in/b.txt", BRIDGE_AGAIN).put("in/c.txt", cut());
    desk.put(
        "meta.csv",
        "file,outlet,published\na.txt,Morrow News,2031-05-06\nc.txt,Orl Courier,2031-05-07\n",
    );
    desk
}

#[test]
fn a_copy_is_shown_with_its_passages_side_by_side() {
    let ran = desk().run(&["why", "c", "a", "in", "--meta", "meta.csv", "--width", "100"]).exits(0);
    for word in ["COPIED", "B → A", "PASSAGE", "[old]", "│", "GROUPED"] {
        assert!(ran.stdout.contains(word), "no {word:?} in\n{}", ran.stdout);
    }
    assert!(
        ran.stdout.lines().filter(|l| l.contains('│')).all(|l| l.chars().count() <= 100),
        "{}",
        ran.stdout
    );
}

#[test]
fn two_files_need_no_folder_and_the_order_only_turns_the_letters() {
    let desk = desk();
    let there = desk.run(&["why", "in/a.txt", "in/c.txt", "--json", "-"]).exits(0);
    let back = desk.run(&["why", "in/c.txt", "in/a.txt", "--json", "-"]).exits(0);
    let there: serde_json::Value = serde_json::from_str(&there.stdout).expect("only JSON");
    let back: serde_json::Value = serde_json::from_str(&back.stdout).expect("only JSON");
    assert_eq!(there["schema"], "headwater.why/1");
    assert_eq!(there["link"], back["link"]);
    assert_eq!(there["link"]["state"], "copied");
    assert_eq!((&there["a"], &there["b"]), (&back["b"], &back["a"]));
    let passage = &there["passages"][0];
    let text = std::fs::read_to_string(desk.path("in/a.txt")).unwrap();
    let words = passage["a_text"].as_str().expect("words");
    assert!(text.replace('\n', " ").contains(&words.replace('\n', " ")), "{words}");
}

#[test]
fn no_link_is_a_finding_and_says_what_was_looked_for() {
    let ran = desk().run(&["why", "b", "a", "in"]).exits(0);
    assert!(ran.stdout.contains("NO LINK FOUND") || ran.stdout.contains("COMMON UPSTREAM"), "{}", ran.stdout);
    let desk = Desk::new();
    let far = "Farmers around Varn sold their grain early this year because the store on the river leaks. The owner \
        wants to rebuild it in stone; the bank has asked for a second survey before it lends him anything at all.";
    desk.put("x.txt", BRIDGE).put("y.txt", far);
    let ran = desk.run(&["why", "x.txt", "y.txt"]).exits(0);
    for word in ["NO LINK FOUND", "looked for", "different stories"] {
        assert!(ran.stdout.contains(word), "no {word:?} in\n{}", ran.stdout);
    }
}

#[test]
fn the_page_is_whole_and_no_word_of_a_report_is_markup() {
    let desk = desk();
    let evil = cut().replace("road bridge", "road <script>alert(1)</script> bridge");
    desk.put("in/d.txt", evil);
    desk.run(&["why", "a", "d", "in", "--html", "why.html"]).exits(0).says(&["see why.html"]);
    let page = desk.read("why.html");
    assert!(page.starts_with("<!DOCTYPE html>") && page.trim_end().ends_with("</html>"));
    assert!(page.contains("<mark>") && !page.contains("<script>alert"), "{page}");
}

#[test]
fn what_cannot_be_answered_is_named() {
    let desk = desk();
    desk.run(&["why", "a", "zzz", "in"]).exits(2).says(&["no report is called zzz", "there are a, b, c"]);
    desk.run(&["why", "a", "a", "in"]).exits(2).says(&["the same report"]);
    desk.run(&["why", "a", "in/a.txt", "in"]).exits(2).says(&["the same report"]);
    desk.run(&["why", "in/a.txt", "gone.txt"]).exits(2).says(&["no file gone.txt", "PATH"]);
    desk.run(&["why", "a"]).exits(2).says(&["--help"]);
    desk.run(&["why", "a", "c", "in", "--width", "3"]).exits(2).says(&["--width"]);
    desk.run(&["why", "a", "c", "in", "--html", "no/why.html"]).exits(2).says(&["no folder no"]);
    desk.put("in2/ab.txt", BRIDGE).put("in2/ac.txt", BRIDGE_AGAIN);
    desk.run(&["why", "a", "ac", "in2"]).exits(2).says(&["a may be any of ab, ac"]);
    desk.put("empty/x.txt", "");
    desk.run(&["why", "x", "y", "empty"]).exits(1).says(&["no report was found"]);
}
