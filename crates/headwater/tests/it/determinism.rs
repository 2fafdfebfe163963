//! Same input, same bytes out; another order of files, the same account.

use crate::{account_of, files, root};

#[test]
fn order_of_files_does_not_matter() {
    let folder = root().join("examples/strait");
    let meta = folder.join("meta.csv");
    let mut paths = files(&folder, &["txt", "html"]);
    let one = serde_json::to_string(&account_of(&paths, Some(&meta))).unwrap();
    for turn in [3, 7] {
        paths.rotate_left(turn);
        paths.reverse();
        let other = serde_json::to_string(&account_of(&paths, Some(&meta))).unwrap();
        assert!(one == other, "another order of files gave another account");
    }
}
