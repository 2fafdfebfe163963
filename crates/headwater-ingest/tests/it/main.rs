//! Reading files, folders, archives, feeds, tables and the web: whole, damaged and hostile.

mod carriers;
#[cfg(feature = "fetch")]
mod fetch;
mod files;
mod hostile;
#[cfg(feature = "parquet")]
mod parquet;

use headwater_ingest::{Item, Problem, RawPage, Reader};

/// What a reader gives, apart from what it could not read.
fn split(reader: Reader) -> (Vec<RawPage>, Vec<Problem>) {
    let (mut pages, mut problems) = (Vec::new(), Vec::new());
    for item in reader {
        match item {
            Item::Page(p) => pages.push(p),
            Item::Problem(p) => problems.push(p),
        }
    }
    (pages, problems)
}
