//! The tracer over small invented sets, over random ones, and over texts made to cost.

mod hostile;
mod random;
mod tracer;

use headwater_model::text::Outline;
use headwater_model::{Annotations, Article};
use headwater_trace::{TraceInput, Tracing, trace};

/// Traces articles of which nothing is marked.
fn run(articles: &[Article]) -> Tracing {
    let outlines: Vec<Outline> = articles.iter().map(|a| Outline::new(&a.text)).collect();
    let annotations = Annotations::default();
    let inputs: Vec<TraceInput<'_>> = articles
        .iter()
        .zip(&outlines)
        .map(|(article, outline)| TraceInput { article, outline, annotations: &annotations })
        .collect();
    trace(&inputs)
}
