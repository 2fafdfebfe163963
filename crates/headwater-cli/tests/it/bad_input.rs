//! Bad input: each a message that names the file and the next step; the rest is done; nothing hangs.

use crate::{BRIDGE, Desk};
use std::fmt::Write as _;
use std::time::Duration;

/// A file alone: what the program says and how it ends. Beside a good report the account is made all the same.
#[track_caller]
fn check(name: &str, bytes: &[u8], alone: i32, beside: i32, words: &[&str]) {
    let desk = Desk::new();
    desk.put(name, bytes).put("good.txt", BRIDGE);
    let ran = desk.run(&["report", name, "--json", "a.json"]).exits(alone).says(&[name, "hint:"]).says(words);
    assert!(!desk.path("a.json").exists(), "an account of nothing: {ran:?}");
    desk.run(&["report", name, "good.txt", "--json", "a.json"])
        .exits(beside)
        .says(&[name, "hint:"])
        .says(words);
    assert_eq!(desk.json("a.json")["summary"]["reports"], 1);
}

#[test]
fn missing_path() {
    let desk = Desk::new();
    desk.put("good.txt", BRIDGE);
    desk.run(&["report", "gone.txt"]).exits(2).says(&["gone.txt", "no such file", "hint:"]);
    assert!(!desk.path("account.html").exists());
    desk.run(&["report", "gone.txt", "good.txt"]).exits(2).says(&["failed: gone.txt", "hint:"]);
    assert!(desk.path("account.html").exists(), "the rest is not done");
}

#[test]
fn empty_folder_and_folder_without_reports() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("hollow")).unwrap();
    desk.run(&["report", "hollow"]).exits(1).says(&["hollow", "empty", "hint:"]);
    desk.put("pictures/a.png", "x").put("pictures/b.gif", "x");
    desk.run(&["report", "pictures"]).exits(1).says(&["pictures", "none of the 2 files", ".jsonl", "hint:"]);
}

#[test]
fn empty_and_blank_files() {
    check("empty.txt", b"", 1, 0, &["is empty"]);
    check("blank.html", b" \n\t\n", 1, 0, &["is empty"]);
    check("empty.jsonl", b"", 1, 0, &["is empty"]);
}

#[test]
fn binary_file_named_txt() {
    check("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0", 2, 2, &["binary", "PNG"]);
    let noise: Vec<u8> = (0..9_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    check("noise.txt", &noise, 2, 2, &["binary"]);
}

#[test]
fn invalid_utf8_is_read_and_said() {
    let desk = Desk::new();
    let mut bytes = BRIDGE.replace('e', "é").into_bytes();
    bytes.insert(0, 0xff);
    desk.put("broken.txt", bytes);
    desk.run(&["report", "broken.txt", "--json", "a.json"]).exits(0).says(&[
        "broken.txt",
        "no character",
        "hint:",
    ]);
    let latin: Vec<u8> = BRIDGE.replace("Maud", "Renée").chars().map(|c| c as u8).collect();
    desk.put("latin.txt", latin);
    desk.run(&["report", "latin.txt", "--json", "a.json", "--full-text"])
        .exits(0)
        .says(&["latin.txt", "not UTF-8"]);
    assert!(desk.read("a.json").contains("Renée Terrin"));
}

#[test]
fn pages_with_no_article() {
    let menu = "<!DOCTYPE html><html><head><title>Home</title></head><body><nav><a href=\"/\">Home</a> \
                <a href=\"/world\">World</a></nav><footer>© 2025</footer></body></html>";
    check("menu.html", menu.as_bytes(), 1, 0, &["set aside: menu.html"]);
    check("unclosed.html", "<p>".repeat(20_000).as_bytes(), 1, 0, &["set aside: unclosed.html"]);
    check("stub.txt", b"Page not found.", 1, 0, &["set aside: stub.txt"]);
}

#[test]
fn broken_lines_of_jsonl_are_named_and_the_others_read() {
    let desk = Desk::new();
    let good = serde_json::json!({"id": "one", "text": BRIDGE, "outlet": "Morrow News"});
    desk.put(
        "rows.jsonl",
        format!("{good}\n{{broken\n[1, 2]\n\n{{\"id\": \"x\", \"title\": \"no text\"}}\n"),
    );
    desk.run(&["report", "rows.jsonl", "--json", "a.json"]).exits(2).says(&[
        "rows.jsonl, line 2",
        "rows.jsonl, row 3",
        "rows.jsonl, row 5",
        "hint:",
    ]);
    let account = desk.json("a.json");
    assert_eq!(account["articles"][0]["id"], "one");
    assert_eq!(account["set_aside"].as_array().map(Vec::len), Some(3));
    // Nothing but broken lines: many, and not all of them on the terminal.
    desk.put("all.jsonl", "{broken\n".repeat(500));
    let ran = desk.run(&["report", "all.jsonl"]).exits(2).says(&["all.jsonl, line 1", "and 490 more"]);
    assert!(ran.stderr.lines().count() < 40, "{}", ran.stderr);
}

#[test]
fn a_file_that_is_too_large_is_refused_at_once() {
    for name in ["large.txt", "large.html"] {
        let desk = Desk::new();
        desk.put("good.txt", BRIDGE);
        let file = std::fs::File::create(desk.path(name)).unwrap();
        file.set_len(300 * 1024 * 1024).unwrap();
        let ran = desk.run(&["report", name, "good.txt"]).exits(2).says(&[name, "300 MB", "64 MB", "hint:"]);
        assert!(ran.took < Duration::from_secs(20), "{:?}", ran.took);
        assert!(desk.path("account.html").exists());
    }
}

/// A line without an end is left as soon as it is past the limit: memory stays bounded.
#[cfg(target_os = "linux")]
#[test]
fn a_line_that_is_too_long_does_not_fill_the_memory() {
    let desk = Desk::new();
    let good = serde_json::json!({"id": "one", "text": BRIDGE});
    desk.put("large.jsonl", format!("{good}\n"));
    let file = std::fs::OpenOptions::new().append(true).open(desk.path("large.jsonl")).unwrap();
    file.set_len(300 * 1024 * 1024).unwrap();
    let program = env!("CARGO_BIN_EXE_headwater");
    // 200 MB of data, of which a line may take 64 (twice, while its buffer grows).
    let out = std::process::Command::new("sh")
        .args(["-c", &format!("ulimit -d 262144; exec {program} report large.jsonl --json a.json")])
        .current_dir(desk.dir.path())
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains("large.jsonl, line 2") && stderr.contains("64 MB"), "{stderr}");
    assert_eq!(desk.json("a.json")["summary"]["reports"], 1);
}

#[test]
fn ten_thousand_empty_files() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("many")).unwrap();
    for i in 0..10_000 {
        std::fs::File::create(desk.path(&format!("many/{i:05}.txt"))).unwrap();
    }
    let ran = desk.run(&["report", "many"]).exits(1).says(&["many/00000.txt", "is empty", "and 9990 more"]);
    assert!(ran.stderr.lines().count() < 40, "{}", ran.stderr);
    desk.put("many/good.txt", BRIDGE);
    let ran = desk.run(&["report", "many"]).exits(0);
    assert!(ran.stdout.contains("empty-file 10000"), "{}", ran.stdout);
}

#[cfg(unix)]
#[test]
fn unreadable_files_links_that_lead_nowhere_and_pipes() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let desk = Desk::new();
    desk.put("in/good.txt", BRIDGE).put("in/secret.txt", BRIDGE);
    symlink("itself.txt", desk.path("in/itself.txt")).unwrap();
    desk.run(&["report", "in", "--json", "a.json"]).exits(2).says(&[
        "in/itself.txt",
        "cannot be read",
        "hint:",
    ]);
    assert_eq!(desk.json("a.json")["articles"].as_array().map(Vec::len), Some(2));

    let mut rights = std::fs::metadata(desk.path("in/secret.txt")).unwrap().permissions();
    rights.set_mode(0o000);
    std::fs::set_permissions(desk.path("in/secret.txt"), rights).unwrap();
    // The superuser reads it nevertheless.
    if std::fs::read(desk.path("in/secret.txt")).is_err() {
        desk.run(&["report", "in/secret.txt"]).exits(2).says(&["in/secret.txt", "cannot be read", "hint:"]);
    }
    let made = std::process::Command::new("mkfifo").arg(desk.path("pipe")).status();
    if made.is_ok_and(|s| s.success()) {
        desk.run(&["report", "pipe", "in/good.txt"]).exits(2).says(&[
            "pipe",
            "neither a file nor a folder",
            "hint:",
        ]);
    }
    desk.run(&["report", "/dev/zero"]).exits(2).says(&["/dev/zero", "neither a file nor a folder"]);
}

#[test]
fn a_broken_table_is_named_with_its_line() {
    let desk = Desk::new();
    desk.put("a.txt", BRIDGE);
    let check = |table: &str, words: &[&str]| {
        desk.run(&["report", "a.txt", "--meta", table]).exits(2).says(&[table]).says(words);
        assert!(!desk.path("account.html").exists());
    };
    check("gone.csv", &["cannot read"]);
    desk.put("m.jsonl", "{\"file\": \"a.txt\"}\n{oops\n");
    check("m.jsonl", &["line 2", "column `file`"]);
    desk.put("m.csv", "outlet,url\nMorrow News,https://morrow.example/\n");
    check("m.csv", &["line 2", "column `file`"]);
}

#[test]
fn damaged_and_hostile_pages_go_through() {
    let desk = Desk::new();
    let mut deep = String::from("<!DOCTYPE html><body>");
    deep.push_str(&"<div>".repeat(30_000));
    let _ = write!(deep, "<p>{BRIDGE}</p>");
    desk.put("in/deep.html", deep);
    desk.put("in/attributes.html", format!("<p {}>{BRIDGE}", "a=\"b\" ".repeat(50_000)));
    desk.put("in/marks.txt", "“‘(".repeat(30_000));
    desk.put("in/line.txt", "one two three four, said he on Tuesday; ".repeat(5_000));
    desk.put("in/nul.txt", BRIDGE.replace("bridge", "bri\0dge"));
    desk.put("in/\u{202e}txt.exe\u{202c} <script>.txt", BRIDGE.replace("Orl", "<script>alert(1)</script>"));
    desk.put("in/good.txt", BRIDGE);
    let ran = desk.run(&["report", "in", "-o", "a.html"]).exits(0);
    assert!(ran.took < Duration::from_secs(60), "{:?}", ran.took);
    assert!(!desk.read("a.html").contains("<script>alert(1)"));
}
