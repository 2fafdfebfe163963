//! Writes the invented accounts as pages into a folder, to be looked at, and any `account.json` given after it:
//! `cargo run --example pages -- FOLDER [ACCOUNT.json]…`.

#[path = "../tests/it/invented.rs"]
mod invented;
#[path = "../tests/it/large.rs"]
mod large;

use headwater_wire::page::{PageOptions, render};

fn main() -> std::io::Result<()> {
    let folder = std::path::PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".into()));
    std::fs::create_dir_all(&folder)?;
    let mut six = invented::strait(false);
    six.statements.iter_mut().for_each(|s| {
        s.reports.retain(|r| {
            !["world-desk", "strait-today", "kap-weekly", "boat-blog", "tidende", "hollin-times"]
                .contains(&r.article.as_str())
        })
    });
    six.statements.retain(|s| !s.reports.is_empty());
    let folded = PageOptions::default();
    for (name, account) in [
        ("strait.html", invented::strait(false)),
        ("full.html", invented::strait(true)),
        ("six.html", six),
        ("large.html", large::large(300, 60)),
        ("hostile.html", large::hostile()),
    ] {
        std::fs::write(folder.join(name), render(&account, &folded))?;
    }
    for path in std::env::args().skip(2).map(std::path::PathBuf::from) {
        let account = serde_json::from_str(&std::fs::read_to_string(&path)?)?;
        let name = path.with_extension("html");
        std::fs::write(folder.join(name.file_name().unwrap_or_default()), render(&account, &folded))?;
    }
    Ok(())
}
