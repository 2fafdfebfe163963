//! Trains the models that ship, from the bench, and writes their weights and cards.

mod attributions;
mod extract;
mod figures;
mod kin;
mod likeness;
mod logistic;
pub(crate) mod names;
pub(crate) mod parents;
mod softmax;
mod stories;

use anyhow::{Result, bail};
use std::path::Path;

/// Trains one model.
pub(crate) fn run(model: &str, bench: &Path) -> Result<()> {
    match model {
        "kin" => kin::run(),
        "names" => names::run(bench),
        "attributions" => attributions::run(bench),
        "stories" => stories::run(bench),
        "figures" => figures::run(bench),
        "likeness" => likeness::run(bench),
        "parents" => parents::run(),
        "extract" => extract::run(bench),
        "extract-across-sites" => extract::across(bench),
        other => {
            bail!(
                "no model {other:?}; there are kin, names, attributions, stories, figures, likeness, parents, extract, extract-across-sites"
            )
        }
    }
}
