//! Where the account goes, and what is said when it cannot.

use crate::{BRIDGE, BRIDGE_AGAIN, Desk};

fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("in/a.txt", BRIDGE).put("in/b.txt", BRIDGE_AGAIN);
    desk
}

#[test]
fn the_page_is_the_default_and_data_alone_when_asked() {
    let desk = desk();
    desk.run(&["report", "in"]).exits(0);
    assert!(desk.read("account.html").contains("</html>"));
    std::fs::remove_file(desk.path("account.html")).unwrap();
    desk.run(&["report", "in", "--json", "a.json"]).exits(0);
    assert!(!desk.path("account.html").exists());
    assert_eq!(desk.json("a.json")["schema"], "headwater.account/1");
}

#[test]
fn standard_output_holds_the_account_and_nothing_else() {
    let desk = desk();
    let page = desk.run(&["report", "in", "-o", "-"]).exits(0);
    assert!(page.stdout.starts_with("<!DOCTYPE html>") && page.stdout.trim_end().ends_with("</html>"));
    assert!(page.stderr.contains("kept        2"), "{}", page.stderr);
    let data = desk.run(&["report", "in", "--json", "-"]).exits(0);
    let account: serde_json::Value = serde_json::from_str(&data.stdout).expect("only JSON");
    assert_eq!(account["summary"]["reports"], 2);
    assert!(!desk.path("account.html").exists() && !desk.path("-").exists());
    desk.run(&["report", "in", "-o", "-", "--json", "-"]).exits(2).says(&["both"]);
}

#[test]
fn quiet_says_errors_only() {
    let desk = desk();
    let ran = desk.run(&["report", "in", "--quiet"]).exits(0);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
    let ran =
        desk.run(&["report", "in", "gone.txt", "--quiet"]).exits(2).says(&["failed: gone.txt", "hint:"]);
    assert_eq!(ran.stdout, "");
}

#[test]
fn places_that_cannot_be_written_are_named_before_the_work() {
    let desk = desk();
    desk.run(&["report", "in", "-o", "no/such/a.html"]).exits(2).says(&[
        "no/such/a.html",
        "no folder no/such",
        "mkdir",
    ]);
    desk.run(&["report", "in", "--json", "gone/a.json"]).exits(2).says(&["gone/a.json", "no folder gone"]);
    desk.run(&["report", "in", "-o", "in"]).exits(2).says(&["cannot write in", "folder"]);
    desk.run(&["report", "in", "-o", "x", "--json", "x"]).exits(2).says(&["both"]);
    assert!(!desk.path("account.html").exists() && !desk.path("x").exists());
}

#[test]
fn a_report_is_never_overwritten() {
    let desk = desk();
    desk.run(&["report", "in/a.txt", "in/b.txt", "-o", "./in/a.txt"])
        .exits(2)
        .says(&["in/a.txt", "overwritten"]);
    assert_eq!(desk.read("in/a.txt"), BRIDGE);
}

#[test]
fn an_account_in_the_folder_is_no_report_of_the_next_run() {
    let desk = desk();
    let run = || desk.run(&["report", ".", "-o", "account.html", "--json", "account.json"]).exits(0);
    run();
    let (page, mut first) = (desk.read("account.html"), desk.json("account.json"));
    let ran = run().says(&["account.html", "Headwater wrote"]);
    assert!(ran.stdout.contains("kept        2"), "{}", ran.stdout);
    let mut second = desk.json("account.json");
    assert_eq!(second["set_aside"].as_array().map(Vec::len), Some(2), "{}", second["set_aside"]);
    for account in [&mut first, &mut second] {
        account["set_aside"] = serde_json::Value::Null;
    }
    assert_eq!(first, second);
    assert!(page.len() > 1_000);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let desk = desk();
    let data = || desk.run(&["report", "in", "--json", "-"]).exits(0).stdout;
    assert_eq!(data(), data());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure() {
    let desk = desk();
    desk.run(&["report", "in", "-o", "/dev/full"]).exits(2).says(&["/dev/full", "cannot write"]);
}

#[test]
fn full_text_embeds_every_report_whole() {
    let desk = desk();
    let last = "according to the transport ministry";
    desk.run(&["report", "in", "--json", "a.json", "--full-text"]).exits(0);
    let text = desk.json("a.json")["articles"][0]["text"].as_str().map(str::to_owned);
    assert!(text.is_some_and(|t| t.contains(last)));
    desk.run(&["report", "in", "--json", "a.json"]).exits(0);
    assert!(desk.json("a.json")["articles"][0].get("text").is_none());
}
