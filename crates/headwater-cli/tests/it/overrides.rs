//! A user's decisions: they overrule, they are shown as the user's, and a bad one is named by its line.

use crate::{BRIDGE, BRIDGE_AGAIN, Desk};

fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("in/one.txt", BRIDGE).put("in/two.txt", BRIDGE_AGAIN);
    desk
}

fn told(desk: &Desk) -> Vec<serde_json::Value> {
    let account = desk.json("a.json");
    let events = account["events"].as_array().expect("events").iter();
    events.filter(|e| e["kind"] == "told").cloned().collect()
}

#[test]
fn reports_are_put_apart_and_together() {
    let desk = desk();
    desk.run(&["report", "in", "--json", "a.json"]).exits(0);
    assert_eq!(told(&desk).len(), 1);
    desk.put("o.csv", "rule,a,b,note\napart,one.txt,in/two.txt,another pier\n");
    desk.run(&["report", "in", "--json", "a.json", "-o", "a.html", "--overrides", "o.csv"]).exits(0);
    let events = told(&desk);
    assert_eq!(events.len(), 2);
    let first = events[0]["because"][0]["text"].as_str().expect("a reason").to_owned();
    assert!(first.starts_with("by your file, line 2: "), "{first}");
    assert!(first.ends_with("(another pier)"), "{first}");
    assert_eq!(desk.json("a.json")["inputs"]["overrides"], "o.csv");
    assert!(desk.read("a.html").contains("by your file, line 2"), "the page does not show it");
    desk.run(&["verify", "a.json"]).exits(0);
    desk.put("o.jsonl", "{\"rule\":\"together\",\"a\":\"one\",\"b\":\"two\"}\n");
    desk.run(&["report", "in", "--json", "a.json", "--overrides", "o.jsonl"]).exits(0);
    assert_eq!(told(&desk).len(), 1);
}

#[test]
fn names_are_put_apart_and_together() {
    let desk = desk();
    let names = |desk: &Desk| -> Vec<String> {
        let account = desk.json("a.json");
        let list = account["entities"].as_array().expect("entities").iter();
        list.filter_map(|e| e["name"].as_str().map(str::to_owned)).collect()
    };
    desk.put("o.csv", "same,Maud Terrin,Ilse Dorn,one person\n");
    desk.run(&["report", "in", "--json", "a.json"]).exits(0);
    let before = names(&desk);
    desk.run(&["report", "in", "--json", "a.json", "--overrides", "o.csv"]).exits(0);
    assert_eq!(names(&desk).len() + 1, before.len(), "{before:?}");
}

#[test]
fn what_cannot_be_followed_is_said() {
    let desk = desk();
    desk.put("o.csv", "together,one,gone,\nnot in event,one,No such title,\n");
    desk.run(&["report", "in", "--json", "a.json", "--overrides", "o.csv"]).exits(0).says(&[
        "line 1",
        "no report is called “gone”",
        "line 2",
        "no event has the title “No such title”",
        "hint:",
    ]);
    let warnings = desk.json("a.json")["warnings"].to_string();
    assert!(warnings.contains("override-not-followed"), "{warnings}");
}

#[test]
fn a_file_that_is_none() {
    let desk = desk();
    let report = |file: &str| desk.run(&["report", "in", "--json", "a.json", "--overrides", file]);
    report("gone.csv").exits(2).says(&["gone.csv", "overrides file"]);
    report("in").exits(2).says(&["not a file"]);
    desk.put("o.csv", "rule,a,b\ntogether,one\n");
    report("o.csv").exits(2).says(&["o.csv, line 2", "needs two names"]);
    desk.put("o.csv", "merge,one,two\n");
    report("o.csv").exits(2).says(&["o.csv, line 1", "“merge” is no rule", "not in event"]);
    desk.put("o.jsonl", "{\"rule\":\"apart\"\n");
    report("o.jsonl").exits(2).says(&["o.jsonl, line 1", "not a JSON object"]);
    assert!(!desk.path("a.json").exists());
    desk.put("o.csv", "");
    report("o.csv").exits(0);
}
