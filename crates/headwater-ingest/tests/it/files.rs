//! Reading from a folder made for each test.

use crate::split;
use headwater_ingest::{MetaTable, Options, PageBody, Problem, RawPage, Reader, read};
use std::fs;
use std::io::Cursor;
use std::path::Path;

fn run(paths: &[&Path], options: Options) -> (Vec<RawPage>, Vec<Problem>) {
    let paths: Vec<String> = paths.iter().map(|p| p.display().to_string()).collect();
    split(read(&paths, options))
}

fn codes(problems: &[Problem]) -> Vec<&str> {
    problems.iter().map(|p| p.code).collect()
}

#[test]
fn folders_are_read_in_order_and_hidden_files_are_not() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("b/.git")).unwrap();
    for (name, text) in [
        ("c.txt", "C."),
        ("a.html", "<p>A"),
        ("b/x.htm", "<p>X"),
        ("b/.git/y.txt", "Y"),
        (".z.txt", "Z"),
        ("b/pic.png", "P"),
    ] {
        fs::write(dir.path().join(name), text).unwrap();
    }
    let (pages, problems) = run(&[dir.path()], Options::default());
    let names: Vec<&str> = pages.iter().map(|p| p.path.rsplit('/').next().unwrap()).collect();
    assert_eq!(names, ["a.html", "x.htm", "c.txt"]);
    assert!(matches!(pages[0].body, PageBody::Html(_)) && matches!(pages[2].body, PageBody::Text(_)));
    assert_eq!(problems, []);
}

#[test]
fn each_problem_has_its_code_and_the_rest_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let path = |n: &str| dir.path().join(n);
    fs::create_dir(path("hollow")).unwrap();
    fs::write(path("empty.txt"), "").unwrap();
    fs::write(path("blank.txt"), " \n\n").unwrap();
    fs::write(path("picture.txt"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    fs::write(
        path("noise.txt"),
        (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect::<Vec<u8>>(),
    )
    .unwrap();
    fs::write(path("latin.txt"), b"Caf\xe9 au lait, d\xe9j\xe0 vu, gar\xe7on, fran\xe7ais.").unwrap();
    fs::write(path("long.txt"), "word ".repeat(500)).unwrap();
    fs::write(path("good.txt"), "Good.").unwrap();
    let all: Vec<_> = [
        "gone.txt",
        "hollow",
        "empty.txt",
        "blank.txt",
        "picture.txt",
        "noise.txt",
        "latin.txt",
        "long.txt",
        "good.txt",
    ]
    .iter()
    .map(|n| path(n))
    .collect();
    let all: Vec<&Path> = all.iter().map(|p| p.as_path()).collect();
    let (pages, problems) =
        run(&all, Options { max_file_bytes: 1024 * 4, max_line_bytes: 100, ..Options::default() });
    assert_eq!(
        codes(&problems),
        [
            "missing-path",
            "empty-folder",
            "empty-file",
            "empty-file",
            "binary-file",
            "binary-file",
            "invalid-utf8"
        ]
    );
    assert_eq!(pages.len(), 3);
    assert!(pages[0].body.source().contains("Café au lait, déjà vu"));
    assert!(problems.iter().all(|p| p.message.contains(&p.path) && !p.hint.is_empty()));
    let (pages, problems) = run(&[&path("long.txt")], Options { max_file_bytes: 1000, ..Options::default() });
    assert_eq!((pages.len(), codes(&problems)), (0, vec!["too-large"]));
}

#[test]
fn rows_are_streamed_and_broken_ones_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("rows.jsonl");
    let long = format!("{{\"text\":\"{}\"}}", "x".repeat(300));
    let rows = format!(
        "{{\"id\":\"a\",\"text\":\"One.\",\"publisher\":\"Herald\"}}\n{{broken\n\n[1]\n{{\"title\":\"no text\"}}\n{long}\n{{\"html\":\"<p>Two\"}}"
    );
    fs::write(&file, rows).unwrap();
    let (pages, problems) = run(&[&file], Options { max_line_bytes: 200, ..Options::default() });
    assert_eq!(codes(&problems), ["broken-row", "broken-row", "no-text", "too-large"]);
    assert!(problems[0].message.contains("rows.jsonl, line 2"), "{}", problems[0].message);
    assert_eq!(pages.iter().map(|p| p.record).collect::<Vec<_>>(), [Some(0), Some(6)]);
    assert_eq!(pages[0].declared.outlet.as_deref(), Some("Herald"));
    assert_eq!(pages[1].body, PageBody::Html("<p>Two".to_owned()));
}

#[test]
fn json_files_hold_one_page_or_a_list() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("list.json"), r#"[{"text":"A."},{"text":"B."}]"#).unwrap();
    fs::write(dir.path().join("one.json"), "{\n \"text\": \"C.\",\n \"url\": \"https://a.example/c\"\n}")
        .unwrap();
    let (pages, problems) = run(&[dir.path()], Options::default());
    assert_eq!((pages.len(), problems.len()), (3, 0));
    assert_eq!(pages[2].declared.url.as_deref(), Some("https://a.example/c"));
}

#[test]
fn data_beside_reports_is_no_failed_report() {
    let dir = tempfile::tempdir().unwrap();
    let path = |n: &str| dir.path().join(n);
    fs::write(path("a.txt"), "A.").unwrap();
    fs::write(path("README.md"), "About the folder.").unwrap();
    fs::write(path("expected.json"), "{\n  \"answer\": 42\n}").unwrap();
    fs::write(
        path("account.html"),
        "<!DOCTYPE html><meta name=\"generator\" content=\"headwater 0.1.0\"><p>A",
    )
    .unwrap();
    let (pages, problems) = run(&[dir.path()], Options::default());
    assert_eq!((pages.len(), codes(&problems)), (1, vec!["not-a-report", "not-a-report"]));
    // What the user names is meant to be a report.
    let (pages, problems) = run(&[&path("expected.json"), &path("README.md")], Options::default());
    assert_eq!((pages.len(), codes(&problems)), (1, vec!["no-text"]));
}

#[test]
fn broken_json_is_one_problem_however_long() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("broken.json");
    fs::write(&file, format!("[\n{}", "  {\"text\": \"A.\"},\n".repeat(500))).unwrap();
    let (pages, problems) = run(&[&file], Options::default());
    assert_eq!((pages.len(), codes(&problems)), (0, vec!["broken-json"]));
    fs::write(&file, "{\"text\": \"A.\"}\n{\"text\": \"B.\"}\n").unwrap();
    let (pages, problems) = run(&[&file], Options::default());
    assert_eq!((pages.len(), problems.len()), (2, 0));
}

#[cfg(unix)]
#[test]
fn links_and_devices_neither_hang_nor_vanish() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.txt"), "A.").unwrap();
    std::os::unix::fs::symlink("nowhere", dir.path().join("b.txt")).unwrap();
    std::os::unix::fs::symlink("c.txt", dir.path().join("c.txt")).unwrap();
    std::os::unix::fs::symlink(".", dir.path().join("loop")).unwrap();
    let (pages, problems) = run(&[dir.path(), Path::new("/dev/zero")], Options::default());
    assert_eq!((pages.len(), codes(&problems)), (1, vec!["unreadable", "unreadable", "not-a-file"]));
}

#[test]
fn standard_input_may_be_rows_a_page_or_text() {
    let check = |input: &'static str| {
        split(Reader::new(&["-".to_owned()], Options::default(), Box::new(Cursor::new(input)))).0
    };
    assert_eq!(check("{\"text\":\"A.\"}\n{\"text\":\"B.\"}\n").len(), 2);
    assert!(matches!(check("<!DOCTYPE html><p>A")[0].body, PageBody::Html(_)));
    assert_eq!(check("Just words.")[0].body, PageBody::Text("Just words.".to_owned()));
}

#[test]
fn declared_metadata_is_brought_in() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.txt"), "A.").unwrap();
    fs::write(dir.path().join("m.csv"), "file,outlet,published\na.txt,Herald,2024-05-01\n").unwrap();
    let meta = MetaTable::load(&dir.path().join("m.csv")).unwrap();
    let (pages, _) = run(&[&dir.path().join("a.txt")], Options { meta, ..Options::default() });
    assert_eq!(
        (pages[0].declared.outlet.as_deref(), pages[0].declared.published.as_deref()),
        (Some("Herald"), Some("2024-05-01"))
    );
}

#[test]
fn many_empty_files_and_one_huge_file_are_told_soon() {
    let dir = tempfile::tempdir().unwrap();
    for i in 0..10_000 {
        fs::File::create(dir.path().join(format!("{i:05}.txt"))).unwrap();
    }
    fs::File::create(dir.path().join("huge.txt")).unwrap().set_len(300 * 1024 * 1024).unwrap();
    let start = std::time::Instant::now();
    let (pages, problems) = run(&[dir.path()], Options::default());
    assert_eq!((pages.len(), problems.len()), (0, 10_001));
    assert_eq!(problems.iter().filter(|p| p.code == "too-large").count(), 1);
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}
