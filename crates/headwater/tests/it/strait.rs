//! The invented corpus of `examples/strait`, against its expected answer.

use crate::expected::Got;
use crate::{account_of, files, root};
use std::collections::BTreeMap;

/// Share of the entries of each section that hold at least. What is missing is printed with `--nocapture`;
/// a floor rises with the code and never drops.
const FLOORS: &[(&str, f64)] = &[
    ("articles", 0.97),
    ("copies", 1.0),
    ("entities", 1.0),
    ("events", 0.57),
    ("quotes", 0.94),
    ("statements", 0.8),
    ("storylines", 1.0),
    ("times", 0.96),
];

#[test]
fn what_a_careful_reader_finds() {
    let folder = root().join("examples/strait");
    let expected =
        serde_json::from_str(&std::fs::read_to_string(folder.join("expected.json")).unwrap()).unwrap();
    let account = account_of(&files(&folder, &["txt", "html"]), Some(&folder.join("meta.csv")));
    let checks = Got::new(&account).check(&expected);
    let mut sections: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for c in &checks {
        let n = sections.entry(c.what.split('/').next().unwrap_or("")).or_default();
        n.0 += usize::from(c.holds);
        n.1 += 1;
        if !c.holds {
            println!("not yet: {}: {}", c.what, c.found);
        }
    }
    for (section, (held, all)) in &sections {
        println!("{section}: {held} of {all}");
    }
    for (section, floor) in FLOORS {
        let (held, all) = sections[section];
        assert!(held as f64 >= floor * all as f64, "{section}: {held} of {all}, the floor is {floor}");
    }
}

/// The answer's `must_not` list, as properties of the account.
#[test]
fn what_must_not_be_said() {
    let folder = root().join("examples/strait");
    let account = account_of(&files(&folder, &["txt", "html"]), Some(&folder.join("meta.csv")));
    let lake = |id: &str| id.starts_with("16_") || id.starts_with("17_");
    // The accident on the lake is another story, and its dead are not lined up with those of the strait.
    for story in &account.stories {
        let on_lake = story.articles.iter().filter(|a| lake(a)).count();
        assert!(on_lake == 0 || on_lake == story.articles.len(), "one story holds {:?}", story.articles);
    }
    for s in &account.statements {
        let on_lake = s.reports.iter().filter(|r| lake(&r.article)).count();
        assert!(on_lake == 0 || on_lake == s.reports.len(), "{} lines up both accidents", s.id);
        // Counts of the dead at different times or of different things are no conflict.
        let tolls = [23.0, 38.0, 39.0, 40.0, 56.0, 57.0];
        let dead =
            s.reports.iter().filter_map(|r| r.value.as_ref()?.as_f64()).filter(|v| tolls.contains(v)).count();
        assert!(dead < 2 || s.agreement != "conflict", "{}: {}", s.id, s.gist);
    }
    // A reader's comment is nothing that a report says.
    assert!(!account.statements.iter().flat_map(|s| &s.reports).any(|r| r.text.contains("50 dead already")));
    // Shared footers and shared quotations are no shared text.
    for c in account.copies.iter().filter(|c| c.state == "copied") {
        let known = |id: &str| ["01_", "02_", "03_"].iter().any(|p| id.starts_with(p));
        assert!(known(&c.from) && known(&c.to), "{} and {} are called copies", c.from, c.to);
    }
}
