//! Stretches in quotation marks, for asking of a place whether a speaker's words stand there.

use headwater_model::Span;
use headwater_model::text::Outline;

/// Quotations of a text without overlap, in order.
pub(super) struct Quoted(Vec<Span>);

impl Quoted {
    pub(super) fn new(outline: &Outline) -> Self {
        let mut spans: Vec<Span> = Vec::new();
        for region in &outline.quoted {
            match spans.last_mut() {
                Some(last) if region.outer.start < last.end => *last = last.cover(region.outer),
                _ => spans.push(region.outer),
            }
        }
        Quoted(spans)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn holds(&self, span: Span) -> bool {
        let after = self.0.partition_point(|s| s.start <= span.start);
        after.checked_sub(1).and_then(|i| self.0.get(i)).is_some_and(|s| s.contains(span))
    }
}
