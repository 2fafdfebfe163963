//! Articles of which nothing is marked, as the tracer takes them: for tasks that give text, dates and credits only.

use headwater_model::text::Outline;
use headwater_model::{Annotations, Article};
use headwater_trace::TraceInput;
use rayon::prelude::*;

/// What `of` makes of them.
pub(crate) fn inputs<T>(articles: &[Article], of: impl FnOnce(&[TraceInput<'_>]) -> T) -> T {
    let outlines: Vec<Outline> = articles.par_iter().map(|a| Outline::new(&a.text)).collect();
    let none = Annotations::default();
    let inputs: Vec<TraceInput<'_>> = articles
        .iter()
        .zip(&outlines)
        .map(|(article, outline)| TraceInput { article, outline, annotations: &none })
        .collect();
    of(&inputs)
}
