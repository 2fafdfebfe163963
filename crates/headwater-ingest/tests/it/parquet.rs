//! Tables in Parquet, whole and broken.

use ::parquet::data_type::{ByteArray, ByteArrayType};
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::parser::parse_message_type;
use headwater_ingest::{Item, Options, PageBody, Problem, RawPage, read};
use std::path::Path;
use std::sync::Arc;

/// Two rows: title and text, and an address that only the first has.
fn write(path: &Path) {
    let schema = "message pages { required binary title (UTF8); required binary text (UTF8); optional binary url (UTF8); }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let file = std::fs::File::create(path).unwrap();
    let mut writer =
        SerializedFileWriter::new(file, schema, Arc::new(WriterProperties::builder().build())).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let columns: [(&[&str], Option<&[i16]>); 3] = [
        (&["Bridge closed", "Weir opened"], None),
        (&["The bridge is closed.", "The weir is open."], None),
        (&["https://paper.example/1"], Some(&[1, 0])),
    ];
    for (values, levels) in columns {
        let mut column = group.next_column().unwrap().unwrap();
        let values: Vec<ByteArray> = values.iter().map(|v| ByteArray::from(*v)).collect();
        column.typed::<ByteArrayType>().write_batch(&values, levels, None).unwrap();
        column.close().unwrap();
    }
    group.close().unwrap();
    writer.close().unwrap();
}

fn run(path: &Path) -> (Vec<RawPage>, Vec<Problem>) {
    let (mut pages, mut problems) = (Vec::new(), Vec::new());
    for item in read(&[path.display().to_string()], Options::default()) {
        match item {
            Item::Page(page) => pages.push(page),
            Item::Problem(problem) => problems.push(problem),
        }
    }
    (pages, problems)
}

#[test]
fn rows_are_pages() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("pages.parquet");
    write(&path);
    let (pages, problems) = run(&path);
    assert_eq!((pages.len(), problems), (2, vec![]));
    assert_eq!(pages[0].declared.url.as_deref(), Some("https://paper.example/1"));
    assert_eq!((pages[1].declared.title.as_deref(), &pages[1].declared.url), (Some("Weir opened"), &None));
    assert!(matches!(&pages[1].body, PageBody::Text(t) if t == "The weir is open."));
    // Told from its first bytes as well.
    let bare = dir.path().join("pages");
    std::fs::copy(&path, &bare).unwrap();
    assert_eq!(run(&bare).0.len(), 2);
}

#[test]
fn broken_tables_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("pages.parquet");
    write(&path);
    let bytes = std::fs::read(&path).unwrap();
    for cut in [4, bytes.len() / 2, bytes.len() - 1] {
        std::fs::write(&path, &bytes[..cut]).unwrap();
        let (pages, problems) = run(&path);
        assert_eq!((pages.len(), problems.len(), problems[0].code), (0, 1, "broken-table"), "{cut}");
    }
    // Any byte wrong: no panic, and what can be read is.
    for at in 4..bytes.len() - 8 {
        let mut wrong = bytes.clone();
        wrong[at] ^= 0xff;
        std::fs::write(&path, &wrong).unwrap();
        let (pages, problems) = run(&path);
        assert!(pages.len() + problems.len() > 0, "byte {at}");
    }
}
