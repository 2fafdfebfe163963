//! `headwater quotes`: who said what, as a list and as data.

use crate::{BRIDGE, BRIDGE_AGAIN, Desk};
use serde_json::Value;

fn rows(text: &str) -> Vec<Value> {
    text.lines().map(|l| serde_json::from_str(l).expect("each line is an object")).collect()
}

#[test]
fn lists_speakers_with_their_words() {
    let desk = Desk::new();
    desk.put("bridge.txt", BRIDGE).put("again.txt", BRIDGE_AGAIN);
    let ran = desk.run(&["quotes", "bridge.txt", "again.txt"]).exits(0);
    for words in [
        "Terrin",
        "\"We will not open it until every weld has been looked at,\"",
        "Ilse Dorn",
        "direct · person",
    ] {
        assert!(ran.stdout.contains(words), "no {words:?} in\n{}", ran.stdout);
    }
    let one = desk.run(&["quotes", "bridge.txt", "again.txt", "--by", "dorn", "--direct"]).exits(0).stdout;
    assert!(one.contains("Half of my customers") && !one.contains("every weld"), "{one}");
}

#[test]
fn rows_join_with_the_account() {
    let desk = Desk::new();
    desk.put("bridge.txt", BRIDGE).put("again.txt", BRIDGE_AGAIN);
    let said = rows(&desk.run(&["quotes", ".", "--jsonl", "-"]).exits(0).stdout);
    desk.run(&["report", ".", "--json", "account.json", "--full-text"]).exits(0);
    let account = desk.json("account.json");
    let ids: Vec<&str> =
        account["articles"].as_array().expect("articles").iter().filter_map(|a| a["id"].as_str()).collect();
    assert!(said.iter().all(|r| ids.contains(&r["article"].as_str().expect("an id"))));
    for quote in account["quotes"].as_array().expect("quotes") {
        let holds = |r: &&Value| {
            let inside = |c: &Value| {
                c["start"].as_u64() <= quote["start"].as_u64() && c["end"].as_u64() >= quote["end"].as_u64()
            };
            r["article"] == quote["article"] && r["content"].as_array().is_some_and(|c| c.iter().any(inside))
        };
        let row = said.iter().rfind(holds).unwrap_or_else(|| panic!("{quote} is in no row"));
        if let Some(entity) = quote["speaker"]["entity"].as_str() {
            assert!(
                said.iter().filter(holds).any(|r| r["source"]["entity"] == entity),
                "{row} against {quote}"
            );
        }
    }
    for row in &said {
        assert!(row["parent"].is_null() || row["parent"].as_u64() < row["row"].as_u64(), "{row}");
    }
}

#[test]
fn order_of_the_paths_changes_nothing() {
    let desk = Desk::new();
    desk.put("bridge.txt", BRIDGE).put("again.txt", BRIDGE_AGAIN);
    let one = desk.run(&["quotes", "bridge.txt", "again.txt", "--jsonl", "-"]).exits(0).stdout;
    assert_eq!(one, desk.run(&["quotes", "again.txt", "bridge.txt", "--jsonl", "-"]).exits(0).stdout);
}

#[test]
fn bad_input_is_named() {
    let desk = Desk::new();
    desk.put("good.txt", BRIDGE)
        .put("empty.txt", "")
        .put("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0");
    desk.run(&["quotes", "gone.txt"]).exits(2).says(&["gone.txt", "hint:"]);
    desk.run(&["quotes", "empty.txt"]).exits(1).says(&["empty.txt", "no report"]);
    desk.run(&["quotes", "good.txt", "picture.txt"]).exits(2).says(&["picture.txt", "hint:"]);
    desk.run(&["quotes", "good.txt", "--by", "Nobody At All"]).exits(1).says(&["--by"]);
    desk.run(&["quotes", "good.txt", "--jsonl", "no/such/folder/x.jsonl"]).exits(2).says(&["no folder"]);
    desk.run(&["quotes", "good.txt", "--jsonl", "good.txt"]).exits(2).says(&["overwritten"]);
    assert_eq!(desk.read("good.txt"), BRIDGE);
}

#[test]
fn one_long_quotation_and_an_interview() {
    let desk = Desk::new();
    let all =
        format!("\"{}\"", "The river rose over the lower fields and we carried what we could. ".repeat(12));
    desk.put("all.txt", &all);
    let said = rows(&desk.run(&["quotes", "all.txt", "--jsonl", "-"]).exits(0).stdout);
    assert!(said.iter().any(|r| r["kind"] == "direct"), "{said:?}");
    let interview = "An interview with the keeper of the lock\n\nTHE LANTERN: When did the water reach the gate?\n\n\
        TERRIN: It came before midnight. We had no warning at all from the people upstream.\n\n\
        THE LANTERN: Who opened the gate?\n\nTERRIN: I opened it myself, because there was nobody else to ask.\n";
    desk.put("talk.txt", interview);
    desk.run(&["quotes", "talk.txt", "--jsonl", "-"]);
}
