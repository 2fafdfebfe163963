//! Every command teaches: what it reads, what it ends with, and an example to copy.

use crate::Desk;

#[test]
fn every_command_shows_examples_that_name_it() {
    let desk = Desk::new();
    let top = desk.run(&["--help"]).exits(0);
    assert!(top.stdout.contains("EXAMPLES") && top.stdout.contains("headwater report"), "{}", top.stdout);
    let commands: Vec<&str> = top
        .stdout
        .lines()
        .skip_while(|l| !l.starts_with("Commands:"))
        .skip(1)
        .take_while(|l| !l.trim().is_empty())
        .filter(|l| l.starts_with("  ") && !l.starts_with("   "))
        .filter_map(|l| l.split_whitespace().next())
        .filter(|c| *c != "help")
        .collect();
    assert!(commands.contains(&"report") && commands.contains(&"verify"), "{commands:?}");
    for command in commands {
        let help = desk.run(&[command, "--help"]).exits(0);
        for word in ["EXAMPLES", "EXIT CODES", &format!("headwater {command} ")] {
            assert!(help.stdout.contains(word), "{command}: no {word:?} in\n{}", help.stdout);
        }
    }
}

#[test]
fn the_fields_of_a_row_and_of_the_table_are_in_the_help() {
    let help = Desk::new().run(&["report", "--help"]).exits(0).stdout;
    for word in ["text", "html", "id", "url", "title", "published", "outlet", "language", "--meta", "file"] {
        assert!(help.contains(word), "no {word:?} in\n{help}");
    }
}

#[test]
fn a_wrong_word_is_answered_with_the_right_ones() {
    Desk::new().run(&["reprot", "x"]).exits(2).says(&["report", "--help"]);
    Desk::new().run(&["report"]).exits(2).says(&["PATH", "--help"]);
}
