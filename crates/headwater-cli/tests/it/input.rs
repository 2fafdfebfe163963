//! What is read: folders, rows, standard input, a table of metadata.

use crate::{BRIDGE, BRIDGE_AGAIN, Desk, root};

#[test]
fn the_example_of_the_readme() {
    let desk = Desk::new();
    let folder = root().join("examples/strait");
    let (folder, table) = (folder.to_str().unwrap(), folder.join("meta.csv"));
    let ran = desk
        .run(&["report", folder, "--meta", table.to_str().unwrap(), "-o", "a.html", "--json", "a.json"])
        .exits(0);
    let reports = std::fs::read_dir(folder)
        .unwrap()
        .filter(|e| e.as_ref().unwrap().path().extension().is_some_and(|x| x == "txt" || x == "html"))
        .count();
    for words in
        [&format!("kept        {reports}"), "statements", "copies", "origins", "see a.html", "see a.json"]
    {
        assert!(ran.stdout.contains(words), "{words:?} is not in\n{}", ran.stdout);
    }
    let account = desk.json("a.json");
    assert_eq!(account["schema"], "headwater.account/1");
    assert_eq!(account["articles"].as_array().map(Vec::len), Some(reports));
    assert!(desk.read("a.html").starts_with("<!DOCTYPE html>"));
    // Quiet in a pipe: no bar, no control codes.
    assert!(!ran.stderr.contains('\r') && !ran.stderr.contains('\u{1b}'), "{:?}", ran.stderr);
    assert!(!ran.stdout.contains('\r') && !ran.stdout.contains('\u{1b}'), "{:?}", ran.stdout);
    desk.run(&["verify", "a.json"]).exits(0);
}

#[test]
fn standard_input_may_be_text_a_page_or_rows() {
    let desk = Desk::new();
    let check = |stdin: &str, reports: usize| {
        let ran = desk.run_with(&["report", "-", "--json", "-"], stdin.as_bytes()).exits(0);
        let account: serde_json::Value =
            serde_json::from_str(&ran.stdout).expect("only JSON on standard output");
        assert_eq!(account["summary"]["reports"], reports);
        assert_eq!(account["articles"][0]["path"], "-");
        account
    };
    check(BRIDGE, 1);
    let page = check(
        &format!(
            "<!DOCTYPE html><html><body><h1>Bridge</h1><p>{}</p></body></html>",
            BRIDGE.replace("\n\n", "</p><p>")
        ),
        1,
    );
    assert!(!page.to_string().contains("</p>"), "markup in the text");
    let rows: Vec<String> =
        [BRIDGE, BRIDGE_AGAIN].map(|t| serde_json::json!({ "text": t }).to_string()).into();
    check(&rows.join("\n"), 2);
    desk.run_with(&["report", "-"], b"").exits(1).says(&["-: the file is empty"]);
    desk.run_with(&["report", "-", "-", "--json", "-"], BRIDGE.as_bytes()).exits(2).says(&["only once"]);
}

#[test]
fn fields_of_rows_reach_the_account() {
    let desk = Desk::new();
    let row = serde_json::json!({
        "id": "r1", "text": BRIDGE, "url": "https://morrow.example/orl", "title": "The bridge",
        "published": "2025-05-06", "outlet": "Morrow News", "language": "en",
    });
    let html = serde_json::json!({
        "id": "r2", "html": format!("<html><body><p>{}</p></body></html>", BRIDGE_AGAIN.replace("\n\n", "</p><p>")),
    });
    desk.put("rows.ndjson", format!("{row}\n{html}\n"));
    desk.run(&["report", "rows.ndjson", "--json", "a.json"]).exits(0);
    let account = desk.json("a.json");
    let one = &account["articles"][0];
    assert_eq!((one["id"].as_str(), one["record"].as_u64()), (Some("r1"), Some(0)));
    assert_eq!(one["url"], "https://morrow.example/orl");
    assert_eq!(one["title"], "The bridge");
    assert_eq!(one["outlet"], "Morrow News");
    assert_eq!(one["language"], "en");
    assert!(one["published"]["value"].as_str().is_some_and(|d| d.starts_with("2025-05-06")), "{one}");
    assert_eq!(account["articles"][1]["id"], "r2");
}

#[test]
fn a_table_gives_what_files_do_not_have() {
    let desk = Desk::new();
    desk.put("in/a.txt", BRIDGE_AGAIN).put("in/sub/b.txt", BRIDGE);
    desk.put("m.csv", "file;outlet;url;published\na.txt;The Lantern;https://lantern.example/a;2025-05-07\n");
    desk.put(
        "m.jsonl",
        "{\"file\": \"sub/b.txt\", \"outlet\": \"Morrow News\"}\n{\"file\": \"a.txt\", \"outlet\": \"The Lantern\", \"published\": \"2025-05-07\"}\n",
    );
    let outlets = |table: &str| {
        desk.run(&["report", "in", "--meta", table, "--json", "a.json"]).exits(0);
        desk.run(&["verify", "a.json"]).exits(0);
        let account = desk.json("a.json");
        assert_eq!(account["articles"][0]["published"]["value"], "2025-05-07");
        let of = |i: usize, field: &str| account["articles"][i][field].clone();
        (of(0, "outlet"), of(1, "outlet"))
    };
    assert_eq!(outlets("m.csv").0, "The Lantern");
    let (a, b) = outlets("m.jsonl");
    assert_eq!((a.as_str(), b.as_str()), (Some("The Lantern"), Some("Morrow News")));
}

#[test]
fn a_path_given_twice_counts_once() {
    let desk = Desk::new();
    desk.put("a.txt", BRIDGE);
    desk.run(&["report", "a.txt", "a.txt", "--json", "a.json"]).exits(0).says(&["more than once"]);
    assert_eq!(desk.json("a.json")["summary"]["reports"], 1);
}
