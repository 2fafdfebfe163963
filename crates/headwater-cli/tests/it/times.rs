//! `headwater times`: values behind the words, in three forms, and messages for what cannot be read.

use crate::Desk;

const TEXT: &str = "The bridge was closed on Tuesday after inspectors found a crack in its eastern pier.\n\n\
It had been inspected three years ago and will open again in June.\n";

#[test]
fn values_stand_behind_the_words() {
    let desk = Desk::new();
    desk.put("a.txt", TEXT);
    let shown = desk.run(&["times", "a.txt", "--published", "2024-05-08"]).exits(0).stdout;
    for part in ["published 2024-05-08", "Tuesday [2024-05-07]", "three years ago [2021]", "June [2024-06]"] {
        assert!(shown.contains(part), "{part:?} is not in\n{shown}");
    }
    assert!(!shown.contains('\u{1b}'), "colours in a pipe");
    let painted =
        desk.run(&["times", "a.txt", "--published", "2024-05-08", "--color", "always"]).exits(0).stdout;
    assert!(painted.contains("\u{1b}["), "no colours in\n{painted}");
}

#[test]
fn a_text_without_a_day_says_what_is_open() {
    let desk = Desk::new();
    desk.put("a.txt", TEXT);
    let ran = desk.run(&["times", "a.txt"]).exits(0).says(&["“Tuesday” is not placed", "--published"]);
    assert!(ran.stdout.contains("Tuesday [XXXX-WXX-2]"), "{}", ran.stdout);
    let year = desk.run(&["times", "a.txt", "--published", "2024"]).exits(0).says(&["only as a range"]);
    assert!(year.stdout.contains("three years ago [2021]"), "{}", year.stdout);
    assert_eq!(desk.run(&["times", "a.txt", "-q"]).exits(0).stderr, "");
}

#[test]
fn json_has_spans_intervals_and_reasons() {
    let desk = Desk::new();
    desk.put("a.txt", TEXT);
    desk.run(&["times", "a.txt", "--published", "2024-05-08", "--json", "t.jsonl"]).exits(0);
    let row = desk.json("t.jsonl");
    let text = row["text"].as_str().expect("the text");
    let times = row["times"].as_array().expect("times");
    assert_eq!(times.len(), 3);
    for time in times {
        let at = |f: &str| time[f].as_u64().expect("an offset") as usize;
        assert_eq!(&text[at("start")..at("end")], time["words"].as_str().expect("words"));
        assert!(time["open"].is_null(), "{time}");
    }
    assert_eq!(times[0]["interval"]["start"], "2024-05-07T00:00:00");
    assert_eq!(times[0]["interval"]["end"], "2024-05-08T00:00:00");
    assert_eq!(times[0]["interval"]["granularity"], "day");
    let open = desk.run(&["times", "a.txt", "--json", "-"]).exits(0).stdout;
    let row: serde_json::Value = serde_json::from_str(&open).expect("JSON");
    assert!(row["times"][0]["open"].as_str().is_some_and(|w| w.contains("day of publication")), "{open}");
}

#[test]
fn timeml_is_well_formed_and_holds_the_text() {
    let desk = Desk::new();
    desk.put(
        "a.txt",
        "It was <closed> & sealed on “Tuesday”, at 5 p.m., for about three hours, the board said.\n",
    );
    let out = desk.run(&["times", "a.txt", "--published", "2024-05-08", "--timeml", "-"]).exits(0).stdout;
    for part in [
        "<?xml version=\"1.0\"",
        "functionInDocument=\"CREATION_TIME\">2024-05-08<",
        "&lt;closed&gt; &amp; sealed",
        "type=\"DATE\" value=\"2024-05-07\">Tuesday</TIMEX3>",
        "type=\"TIME\" value=\"2024-05-07T17:00\"",
        "type=\"DURATION\" value=\"PT3H\" mod=\"APPROX\"",
        "</TimeML>",
    ] {
        assert!(out.contains(part), "{part:?} is not in\n{out}");
    }
    assert!(!out.contains('\u{1}'));
    desk.put("b.txt", TEXT);
    desk.run(&["times", "a.txt", "b.txt", "--timeml", "-"])
        .exits(2)
        .says(&["TimeML holds one text", "--json"]);
}

#[test]
fn german_and_standard_input() {
    let ran = Desk::new().run_with(
        &["times", "-", "--language", "de", "--published", "2001-05-10"],
        "Der Unfall geschah am Dienstagabend. Gestern war die Straße zwei Stunden lang gesperrt.".as_bytes(),
    );
    let out = ran.exits(0).stdout;
    for part in ["Dienstagabend [2001-05-08TEV]", "Gestern [2001-05-09]", "zwei Stunden [PT2H]"] {
        assert!(out.contains(part), "{part:?} is not in\n{out}");
    }
}

#[test]
fn doubts_are_said() {
    let desk = Desk::new();
    desk.put("a.txt", "TAVENNA, May 6 (Morrow News) - The deed is dated 31 February 1999 and was stamped at 25:61, they said.\n");
    desk.run(&["times", "a.txt", "--published", "2024-11-20"]).exits(0).says(&[
        "31 February",
        "no such day",
        "25:61",
        "dateline",
    ]);
}

#[test]
fn bad_input_is_named() {
    let desk = Desk::new();
    desk.put("a.txt", TEXT).put("empty.txt", "").put("noise.bin.txt", [0xff, 0xfe, 0x00, 0x9f, 0x92]);
    for wrong in ["2024-13-01", "yesterday", "", "2024-02-30", "99999"] {
        desk.run(&["times", "a.txt", "--published", wrong]).exits(2).says(&["is no date", "2024-05-08"]);
    }
    desk.run(&["times", "a.txt", "--language", "fr"]).exits(2).says(&["en or de"]);
    desk.run(&["times", "missing.txt"]).exits(2).says(&["missing.txt"]);
    desk.run(&["times", "a.txt", "--json", "a.txt"]).exits(2).says(&["a.txt"]);
    desk.run(&["times", "a.txt", "--json", "x", "--timeml", "y"]).exits(2);
    desk.run(&["times"]).exits(2).says(&["PATH"]);
    let far = desk.run(&["times", "a.txt", "--published", "9999-12-31"]).exits(0);
    assert!(far.stdout.contains("Tuesday [9999-12-28]"), "{}", far.stdout);
    desk.run(&["times", "a.txt", "--published", "0001-01-01"]).exits(0);
    desk.run(&["times", "noise.bin.txt", "-q"]);
    desk.put("long.txt", "1999".repeat(1_000_000));
    desk.run(&["times", "long.txt", "-q", "--json", "long.jsonl"]);
}
