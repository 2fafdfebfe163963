//! Reading files, folders, archives, feeds, tables and the web: whole, damaged and hostile.

mod carriers;
#[cfg(feature = "fetch")]
mod fetch;
mod files;
mod hostile;
#[cfg(feature = "parquet")]
mod parquet;
