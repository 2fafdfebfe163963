//! What went not quite right: content never fails, it gives a value and warnings.

use crate::Span;

/// Something a user should know about one input or one judgement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning {
    /// Stable machine-readable code in kebab case, such as `no-publication-date`.
    pub code: &'static str,
    /// The words concerned, where there are any.
    pub span: Option<Span>,
    /// What was expected and what was found.
    pub message: String,
    /// The next step for the user; empty when there is none.
    pub hint: String,
}

impl Warning {
    /// A warning without a span.
    pub fn new(code: &'static str, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Warning { code, span: None, message: message.into(), hint: hint.into() }
    }

    /// The same warning, tied to words.
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }
}
