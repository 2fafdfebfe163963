//! `headwater stories`: what is listed, in which order, for which days, and bad input.

use crate::{BRIDGE, BRIDGE_AGAIN, Desk, root};

/// A second happening of another story.
const FIRE: &str = "Fire guts the granary of Lunde\n\n\
LUNDE, May 20 (Morrow News) - A fire gutted the old granary of Lunde on Tuesday, the fire chief said. Nobody was hurt.\n\n\
Fire chief Arlo Benting said that 60 firemen fought the flames for nine hours. \"The roof is gone,\" Benting said.\n\n\
The granary was built in 1880 and held 900 tonnes of barley, its owner, the Lunde Mill Company, said.\n";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("in/one.txt", BRIDGE).put("in/two.txt", BRIDGE_AGAIN).put("in/fire.txt", FIRE);
    desk.put("meta.csv", "file,published\none.txt,2025-05-06\ntwo.txt,2025-05-07\nfire.txt,2025-05-20\n");
    desk
}

fn list(desk: &Desk, more: &[&str]) -> String {
    let mut arguments = vec!["stories", "in", "--meta", "meta.csv"];
    arguments.extend(more);
    desk.run(&arguments).exits(0).stdout
}

#[test]
fn stories_with_their_events() {
    let desk = desk();
    let told = list(&desk, &[]);
    let bridge = told.find("ridge").expect("the bridge");
    let fire = told.find("granary").expect("the granary");
    assert!(bridge < fire, "by day:\n{told}");
    assert!(told.contains("2025-05-06") && told.contains("2025-05-20"), "{told}");
    assert!(told.contains("2 reports · 1 event") && told.contains("●2"), "{told}");
    assert!(list(&desk, &["--why"]).contains("shares"), "reasons are given when asked for");
}

#[test]
fn only_the_days_asked_for() {
    let desk = desk();
    let told = list(&desk, &["--by", "event", "--since", "2025-05-10"]);
    assert!(told.contains("granary") && !told.contains("2025-05-06"), "{told}");
    let told = list(&desk, &["--by", "event", "--until", "2025-05-19"]);
    assert!(told.contains("2025-05-06") && !told.contains("2025-05-20"), "{told}");
    let told = list(&desk, &["--since", "2025-05", "--until", "2025-05"]);
    assert!(told.contains("2025-05-06") && told.contains("2025-05-20"), "{told}");
    desk.run(&["stories", "in", "--meta", "meta.csv", "--since", "2031"]).exits(1).says(&["--since"]);
}

#[test]
fn data_is_one_object_a_line() {
    let desk = desk();
    let rows = |more: &[&str]| -> Vec<serde_json::Value> {
        let text = list(&desk, more);
        text.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect()
    };
    let stories = rows(&["--json"]);
    assert_eq!(stories.len(), 2);
    assert_eq!(stories[0]["articles"], serde_json::json!(["one", "two"]));
    assert_eq!(stories[0]["events"][0]["told_by"].as_array().map(Vec::len), Some(2));
    assert!(stories[0]["events"][0]["because"].as_array().is_some_and(|b| !b.is_empty()));
    let events = rows(&["--json", "--by", "event"]);
    assert_eq!(events.iter().filter(|e| e["kind"] == "told").count(), 2);
    assert_eq!(events.last().map(|e| &e["story"]), Some(&stories[1]["id"]));
}

#[test]
fn files_in_another_order_give_the_same() {
    let desk = desk();
    let run = |paths: [&str; 3]| {
        let mut arguments = vec!["stories", "--meta", "meta.csv", "--why"];
        arguments.extend(paths);
        desk.run(&arguments).exits(0).stdout
    };
    let told = run(["in/one.txt", "in/two.txt", "in/fire.txt"]);
    assert_eq!(told, run(["in/fire.txt", "in/two.txt", "in/one.txt"]));
}

#[test]
fn what_cannot_be_listed() {
    let desk = desk();
    desk.run(&["stories", "gone.txt"]).exits(2).says(&["gone.txt", "hint:"]);
    desk.run(&["stories", "in", "--since", "yesterday"]).exits(2).says(&["yesterday", "2025-03-14"]);
    desk.run(&["stories", "in", "--since", "2025-06", "--until", "2025-05"]).exits(2).says(&["swap them"]);
    desk.run(&["stories"]).exits(2);
    desk.put("empty.txt", "");
    desk.run(&["stories", "empty.txt"]).exits(1).says(&["headwater stories --help"]);
    desk.put("blank.jsonl", "{\"text\": \"\"}\n{\"text\": \"Ω\"}\n");
    desk.run(&["stories", "blank.jsonl", "in/one.txt"]).exits(0).says(&["blank.jsonl", "row 1"]);
}

#[test]
fn titles_move_no_cursor() {
    let desk = Desk::new();
    let row = serde_json::json!({ "id": "x", "title": "Bridge\u{1b}[2J\n closed", "text": BRIDGE });
    desk.put("a.jsonl", format!("{row}\n"));
    let told = desk.run(&["stories", "a.jsonl"]).exits(0).stdout;
    assert!(!told.contains('\u{1b}'), "{told:?}");
}

#[test]
fn the_example() {
    let strait = root().join("examples/strait");
    let (strait, meta) = (strait.to_string_lossy().into_owned(), strait.join("meta.csv"));
    let meta = meta.to_string_lossy().into_owned();
    let told = Desk::new().run(&["stories", &strait, "--meta", &meta, "--by", "event"]).exits(0).stdout;
    assert!(told.contains("2025-03-13") && told.contains("2025-04-05"), "{told}");
}
