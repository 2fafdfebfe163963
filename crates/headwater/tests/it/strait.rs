//! The invented corpus of `examples/strait`, against its expected answer.

use crate::expected::Got;
use crate::{account_of, files, root};
use std::collections::BTreeMap;

/// Share of the entries of each section that hold at least. What is missing is printed with `--nocapture`;
/// a floor rises with the code and never drops.
const FLOORS: &[(&str, f64)] = &[];

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
