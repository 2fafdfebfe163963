//! All that `annotate` finds in one article.

use crate::{Attribution, LocalEntity, Name, Quantity, Quotation, TimeMention, Warning};

/// The annotations of one article, each list in order of its spans.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Annotations {
    /// Time expressions.
    pub times: Vec<TimeMention>,
    /// Names.
    pub names: Vec<Name>,
    /// What the names stand for in this article.
    pub entities: Vec<LocalEntity>,
    /// Numbers.
    pub quantities: Vec<Quantity>,
    /// Who said what.
    pub attributions: Vec<Attribution>,
    /// Words in quotation marks.
    pub quotations: Vec<Quotation>,
    /// Outline tokens that can head a clause: finite verbs and auxiliaries. Empty when nobody tagged them.
    pub predicates: Vec<u32>,
    /// What a user should know.
    pub warnings: Vec<Warning>,
}
