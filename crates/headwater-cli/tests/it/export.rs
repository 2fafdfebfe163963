//! `headwater export`: an account, or reports, in a format that others read.

use crate::{BRIDGE, BRIDGE_AGAIN, Desk};
use serde_json::Value;

const FORMATS: [&str; 7] = ["jsonld", "annotation", "prov", "ninjs", "graphml", "timelinejs", "csv"];

fn desk(extra: &[&str]) -> Desk {
    let desk = Desk::new();
    desk.put("in/a.txt", BRIDGE).put("in/b.txt", BRIDGE_AGAIN);
    let arguments: Vec<&str> = ["report", "in", "--json", "a.json"].iter().chain(extra).copied().collect();
    desk.run(&arguments).exits(0);
    desk
}

#[test]
fn every_format_from_an_account_and_from_its_reports_is_the_same() {
    let desk = desk(&[]);
    for format in FORMATS {
        let ran = desk.run(&["export", "a.json", "--format", format]).exits(0);
        assert!(ran.stderr.is_empty(), "{}", ran.stderr);
        assert!(ran.stdout.len() > 100, "{format}: {}", ran.stdout);
        let direct = desk.run(&["export", "in", "--format", format]).exits(0);
        assert!(direct.stdout == ran.stdout, "{format} differs when it is made from the reports");
        desk.run(&["export", "a.json", "-f", format, "-o", "out.txt", "-q"]).exits(0);
        assert_eq!(desk.read("out.txt"), ran.stdout);
    }
}

#[test]
fn positions_count_code_points_of_the_sources() {
    let desk = desk(&[]);
    let all: Value =
        serde_json::from_str(&desk.run(&["export", "a.json", "-f", "annotation"]).exits(0).stdout).unwrap();
    let items = all["first"]["items"].as_array().unwrap();
    assert!(!items.is_empty());
    assert!(items.iter().all(|i| i["target"]["selector"].as_array().unwrap().len() == 2));
}

#[test]
fn a_source_that_is_gone_costs_positions_and_is_named() {
    let desk = desk(&[]);
    std::fs::remove_file(desk.path("in/b.txt")).unwrap();
    desk.put("in/a.txt", BRIDGE.replace("12,000", "13,000"));
    let ran = desk.run(&["export", "a.json", "-f", "annotation"]).exits(2).says(&[
        "in/a.txt",
        "in/b.txt",
        "--full-text",
    ]);
    let all: Value = serde_json::from_str(&ran.stdout).unwrap();
    let items = all["first"]["items"].as_array().unwrap();
    assert!(
        !items.is_empty() && items.iter().all(|i| i["target"]["selector"].as_array().unwrap().len() == 1)
    );
    // Formats without positions need no source.
    desk.run(&["export", "a.json", "-f", "csv"]).exits(0);
}

#[test]
fn whole_texts_are_there_when_they_are_asked_for() {
    let desk = desk(&[]);
    let plain = desk.run(&["export", "a.json", "-f", "ninjs"]).exits(0).stdout;
    assert!(!plain.contains("bodies") && plain.contains("partial"));
    let whole = desk.run(&["export", "a.json", "-f", "ninjs", "--full-text"]).exits(0).stdout;
    assert!(whole.contains("last inspected in 2019") && whole.contains("\"full\""));
}

#[test]
fn what_is_no_account_and_what_cannot_be_written() {
    let desk = desk(&[]);
    desk.put("broken.json", "{\"schema\": \"headwater.account/1\", ");
    desk.put("later.json", desk.read("a.json").replace("headwater.account/1", "headwater.account/9"));
    desk.put("list.json", "[1, 2]");
    desk.run(&["export", "broken.json", "-f", "csv"]).exits(2).says(&["broken.json", "headwater report"]);
    desk.run(&["export", "later.json", "-f", "csv"]).exits(2).says(&["later.json", "headwater.account/1"]);
    desk.run(&["export", "list.json", "-f", "csv"]).exits(2).says(&["list.json"]);
    desk.run(&["export", "gone.json", "-f", "csv"]).exits(2).says(&["gone.json"]);
    desk.run(&["export", "a.json", "in", "-f", "csv"]).exits(2).says(&["a.json", "alone"]);
    desk.run(&["export", "a.json", "-f", "csv", "--meta", "x.csv"]).exits(2).says(&["--meta"]);
    desk.run(&["export", "a.json", "-f", "pdf"]).exits(2).says(&["pdf", "graphml"]);
    desk.run(&["export", "a.json"]).exits(2).says(&["--format"]);
    desk.run(&["export", "a.json", "-f", "csv", "-o", "none/x.csv"]).exits(2).says(&["none"]);
    desk.run(&["export", "a.json", "-f", "csv", "-o", "a.json"]).exits(2).says(&["a.json", "overwritten"]);
    std::fs::create_dir(desk.path("empty")).unwrap();
    desk.run(&["export", "empty", "-f", "csv"]).exits(1).says(&["no report", "headwater export --help"]);
}
