//! Writes the invented accounts as pages into a folder, to be looked at: `cargo run --example pages -- FOLDER`.

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
    Ok(())
}
