//! `headwater verify`: an account holds, or the first thing that does not is named.

use crate::{BRIDGE, BRIDGE_AGAIN, Desk};
use serde_json::Value;

/// A desk with two reports and their account.
fn desk(extra: &[&str]) -> Desk {
    let desk = Desk::new();
    desk.put("in/a.txt", BRIDGE).put("in/b.txt", BRIDGE_AGAIN);
    let arguments: Vec<&str> = ["report", "in", "--json", "a.json"].iter().chain(extra).copied().collect();
    desk.run(&arguments).exits(0);
    desk
}

/// Changes the account and holds that verifying it names these words.
#[track_caller]
fn tampered(change: impl Fn(&mut Value), words: &[&str]) {
    let desk = desk(&["--full-text"]);
    let mut account = desk.json("a.json");
    let before = account.clone();
    change(&mut account);
    assert_ne!(account, before, "nothing was changed");
    desk.put("a.json", account.to_string());
    desk.run(&["verify", "a.json"]).exits(2).says(&["does not hold"]).says(words);
}

#[test]
fn an_account_that_holds() {
    let desk = desk(&[]);
    let ran = desk.run(&["verify", "a.json"]).exits(0);
    assert!(ran.stdout.contains("2 articles") && ran.stdout.contains("spans hold"), "{}", ran.stdout);
}

#[test]
fn paths_are_looked_up_beside_the_account_too() {
    let desk = desk(&[]);
    std::fs::create_dir(desk.path("moved")).unwrap();
    for name in ["in", "a.json"] {
        std::fs::rename(desk.path(name), desk.path(&format!("moved/{name}"))).unwrap();
    }
    desk.run(&["verify", "moved/a.json"]).exits(0);
}

#[test]
fn a_source_that_changed_is_named() {
    let desk = desk(&[]);
    desk.put("in/b.txt", BRIDGE_AGAIN.replace("4 million", "5 million"));
    let ran = desk.run(&["verify", "a.json"]).exits(2).says(&["in/b.txt", "changed", "--all"]);
    assert!(!ran.stderr.contains("in/a.txt"), "{}", ran.stderr);
    let all = desk.run(&["verify", "a.json", "--all"]).exits(2);
    assert!(all.stderr.lines().count() > ran.stderr.lines().count(), "{}", all.stderr);
    std::fs::remove_file(desk.path("in/b.txt")).unwrap();
    desk.run(&["verify", "a.json"]).exits(2).says(&["in/b.txt"]);
}

#[test]
fn words_spans_and_hashes_that_were_tampered_with() {
    tampered(|a| a["articles"][0]["text_hash"] = "00".into(), &["in/a.txt", "hash"]);
    tampered(|a| a["articles"][1]["source_hash"] = "00".into(), &["in/b.txt", "hash"]);
    tampered(|a| a["articles"][0]["text"] = "Another text.".into(), &["in/a.txt", "embedded text"]);
    tampered(|a| a["articles"][0]["sentences"][0]["text"] = "Never written.".into(), &["Never written."]);
    tampered(|a| a["statements"][0]["reports"][0]["start"] = 1.into(), &["statement"]);
    tampered(|a| a["statements"][0]["reports"][0]["end"] = 4_000_000_000_u32.into(), &["4000000000"]);
    tampered(|a| a["quotes"][0]["text"] = "Somebody else's words".into(), &["quotation", "Somebody else"]);
    tampered(|a| a["schema"] = "headwater.account/0".into(), &["schema", "headwater.account/1"]);
}

#[test]
fn what_is_no_account() {
    let desk = Desk::new();
    desk.put("list.json", "[1, 2]").put("text.json", BRIDGE).put("binary.json", b"\xff\xfe\x00");
    for name in ["list.json", "text.json", "binary.json", "gone.json", "."] {
        desk.run(&["verify", name]).exits(2).says(&[name, "headwater report"]);
    }
}

#[test]
fn an_account_cannot_send_the_reader_through_folders_and_devices() {
    for path in ["/", "/dev/zero", "in"] {
        tampered(|a| a["articles"][0]["path"] = path.into(), &[path]);
    }
}

#[test]
fn standard_input_can_be_verified_when_it_is_embedded() {
    let desk = Desk::new();
    desk.run_with(&["report", "-", "--json", "a.json", "--full-text"], BRIDGE.as_bytes()).exits(0);
    desk.run(&["verify", "a.json"]).exits(0);
    desk.run_with(&["report", "-", "--json", "a.json"], BRIDGE.as_bytes()).exits(0);
    desk.run(&["verify", "a.json"]).exits(2).says(&["standard input", "--full-text"]);
}
