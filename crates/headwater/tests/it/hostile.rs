//! Hostile and messy input: nothing panics, nothing hangs, what is wrong is named.

use crate::account_of;

fn write(dir: &tempfile::TempDir, name: &str, bytes: &[u8]) -> String {
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path.to_string_lossy().into_owned()
}

#[test]
fn odd_texts_go_through() {
    let dir = tempfile::tempdir().unwrap();
    let long_word = "a".repeat(300_000);
    let brackets = "“(".repeat(20_000);
    let numbers = "1,234 killed and 5,678 wounded on Tuesday, said he. ".repeat(800);
    let mixed =
        "Путин said «да» 「はい」 \u{202e}reversed\u{202c} on 31 February 99999, ’’’''\"\"".repeat(400);
    let capitals = "KIM JONG UN ".repeat(20_000);
    let paths = vec![
        write(&dir, "long.txt", long_word.as_bytes()),
        write(&dir, "brackets.txt", brackets.as_bytes()),
        write(&dir, "numbers.txt", numbers.as_bytes()),
        write(&dir, "mixed.txt", mixed.as_bytes()),
        write(&dir, "capitals.txt", capitals.as_bytes()),
        write(&dir, "nothing.txt", b""),
        write(&dir, "binary.txt", &[0u8, 159, 146, 150].repeat(500)),
        write(&dir, "page.html", "<p>".repeat(50_000).as_bytes()),
        write(&dir, "rows.jsonl", b"{\"text\": \"x\"}\n{broken\n{\"id\": 5, \"text\": null}\n"),
        dir.path().join("not-there.txt").to_string_lossy().into_owned(),
    ];
    let account = account_of(&paths, None);
    let missing = account
        .set_aside
        .iter()
        .find(|s| s.path.ends_with("not-there.txt"))
        .expect("the missing file is named");
    assert!(!missing.message.is_empty() && !missing.hint.is_empty());
    for name in ["nothing.txt", "binary.txt", "rows.jsonl"] {
        assert!(
            account.set_aside.iter().any(|s| s.path.ends_with(name)),
            "{name} is not named: {:?}",
            account.set_aside
        );
    }
}

#[test]
fn ten_thousand_empty_files_are_quick_to_set_aside() {
    let dir = tempfile::tempdir().unwrap();
    for i in 0..10_000 {
        std::fs::write(dir.path().join(format!("{i:05}.txt")), b"").unwrap();
    }
    let account = account_of(&[dir.path().to_string_lossy().into_owned()], None);
    assert_eq!(account.articles.len(), 0);
    assert_eq!(account.set_aside.len(), 10_000);
}
