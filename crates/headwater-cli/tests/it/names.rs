//! `headwater names`: the list, its data, what a user decides, and bad input.

use crate::{BRIDGE, BRIDGE_AGAIN, Desk};

const STRAIT: &str = "Ferry sinks in the Sound of Orl\n\n\
The ferry Little Agnes sank on Tuesday, the Orvanian Coast Guard said. Trade between Orvania and its neighbours was \
halted for a day.\n\n\
Maud Terrin, a spokeswoman for Morrow Lines, said that the company would help the families. \"We are with them,\" Terrin \
said in Tavenna.\n\n\
The Orvanian government promised an inquiry, and the coast guard said that the search would go on until Friday.\n";

fn rows(text: &str) -> Vec<serde_json::Value> {
    text.lines().map(|l| serde_json::from_str(l).expect("one object a line")).collect()
}

#[test]
fn names_are_listed_with_their_forms() {
    let desk = Desk::new();
    desk.put("in/a.txt", STRAIT).put("in/b.txt", BRIDGE);
    let table = desk.run(&["names", "in"]).exits(0).stdout;
    assert!(table.starts_with("named  reports  kind"), "{table}");
    assert!(table.contains("Maud Terrin") && table.contains("also Terrin"), "{table}");
    let data = desk.run(&["names", "in", "--json", "-"]).exits(0).stdout;
    let rows = rows(&data);
    let guard = rows.iter().find(|r| r["name"] == "Orvanian Coast Guard").unwrap_or_else(|| panic!("{data}"));
    assert_eq!(guard["country"], "x-orvan");
    assert_eq!(guard["sub_kind"], "government body");
    assert!(
        guard["forms"].as_array().is_some_and(|f| f.iter().any(|f| f["form"] == "the coast guard")),
        "{guard}"
    );
    assert!(rows.iter().all(|r| !r["name"].as_str().unwrap_or("").contains("Agnes")), "{data}");
    let people = desk.run(&["names", "in", "--kind", "person", "--explain"]).exits(0).stdout;
    assert!(people.lines().skip(1).all(|l| l.contains("person") || l.starts_with("      ")), "{people}");
}

#[test]
fn the_order_of_files_changes_nothing() {
    let desk = Desk::new();
    desk.put("a.txt", STRAIT).put("b.txt", BRIDGE).put("c.txt", BRIDGE_AGAIN);
    let one = desk.run(&["names", "a.txt", "b.txt", "c.txt", "--json", "-"]).exits(0).stdout;
    let two = desk.run(&["names", "c.txt", "b.txt", "a.txt", "--json", "-"]).exits(0).stdout;
    assert_eq!(one, two);
}

#[test]
fn a_users_file_overrules() {
    let desk = Desk::new();
    desk.put("in/a.txt", STRAIT).put("in/b.txt", BRIDGE);
    desk.put("o.csv", "rule,a,b,note\nsame,Morrow Lines,Morrow News,one house\n");
    let list = |more: &[&str]| {
        let mut arguments = vec!["names", "in", "--json", "-"];
        arguments.extend(more);
        rows(&desk.run(&arguments).exits(0).stdout)
    };
    let both = |rows: &[serde_json::Value]| {
        rows.iter().any(|r| {
            let forms = r["forms"].to_string();
            forms.contains("Morrow Lines") && forms.contains("Morrow News")
        })
    };
    assert!(!both(&list(&[])));
    assert!(both(&list(&["--overrides", "o.csv"])));
}

#[test]
fn bad_input_is_named() {
    let desk = Desk::new();
    desk.run(&["names", "gone.txt"]).exits(2).says(&["gone.txt"]);
    desk.put("empty.txt", "");
    desk.run(&["names", "empty.txt"]).exits(1).says(&["no report"]);
    desk.put("a.txt", BRIDGE);
    desk.run(&["names", "a.txt", "--json", "no/such/n.jsonl"]).exits(2).says(&["no folder no/such"]);
    desk.run(&["names", "a.txt", "--json", "a.txt"]).exits(2).says(&["overwritten"]);
    desk.run(&["names", "a.txt", "--kind", "robot"]).exits(2).says(&["robot", "person"]);
    desk.put("o.csv", "rule,a,b\nsome,x,y\n");
    desk.run(&["names", "a.txt", "--overrides", "o.csv"]).exits(2).says(&["o.csv"]);
    // One megabyte of capitalised words: bounded, and names are found or not, but nothing breaks.
    desk.put("caps.txt", format!("Headline of it all\n\n{}\n", "Aba Beb Cec Dod. ".repeat(60_000)));
    desk.run(&["names", "caps.txt", "--quiet"]).exits(0);
}
