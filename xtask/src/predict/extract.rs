//! The `extract` and `dates` tasks.

use anyhow::Result;
use serde_json::{Value, json};

/// One page in, its article out.
pub(crate) fn extract(row: &Value) -> Result<Value> {
    Ok(json!({"id": row["id"]}))
}

/// One page in, its day of publication out.
pub(crate) fn dates(row: &Value) -> Result<Value> {
    Ok(json!({"id": row["id"]}))
}
