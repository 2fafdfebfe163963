//! How a thing was said: the cue's distance, hedges and negation of the content. Data, never a verdict.

use super::lexicon::{Language, Lexicon};
use headwater_model::Span;
use headwater_model::attribution::{CueClass, Directness};
use headwater_model::text::Outline;
use std::ops::Range;

/// Hedging phrases, as lower-case words; longer ones first where they share a beginning.
const HEDGES: &[&[&str]] = &[
    &["is", "believed", "to"],
    &["are", "believed", "to"],
    &["was", "believed", "to"],
    &["were", "believed", "to"],
    &["is", "thought", "to"],
    &["are", "thought", "to"],
    &["is", "said", "to"],
    &["are", "said", "to"],
    &["appears", "to"],
    &["appear", "to"],
    &["appeared", "to"],
    &["seems", "to"],
    &["seem", "to"],
    &["seemed", "to"],
    &["is", "likely", "to"],
    &["are", "likely", "to"],
    &["at", "least"],
    &["at", "most"],
    &["more", "or", "less"],
    &["more", "than"],
    &["less", "than"],
    &["up", "to"],
    &["as", "many", "as"],
    &["some", "kind", "of"],
    &["reportedly"],
    &["allegedly"],
    &["apparently"],
    &["approximately"],
    &["about"],
    &["around"],
    &["roughly"],
    &["nearly"],
    &["almost"],
    &["possibly"],
    &["perhaps"],
    &["probably"],
    &["likely"],
    &["may"],
    &["might"],
    &["could"],
    &["maybe"],
    &["supposedly"],
    &["presumably"],
    &["potentially"],
    &["estimated"],
];

const GERMAN_HEDGES: &[&[&str]] = &[
    &["nach", "angaben"],
    &["mehr", "als"],
    &["bis", "zu"],
    &["etwa"],
    &["rund"],
    &["ungefähr"],
    &["circa"],
    &["ca"],
    &["knapp"],
    &["fast"],
    &["mindestens"],
    &["wohl"],
    &["vermutlich"],
    &["wahrscheinlich"],
    &["möglicherweise"],
    &["vielleicht"],
    &["angeblich"],
    &["offenbar"],
    &["anscheinend"],
    &["könnte"],
    &["könnten"],
    &["dürfte"],
    &["dürften"],
    &["mutmaßlich"],
    &["schätzungsweise"],
];

/// Words that negate.
const NEGATIONS: &[&str] =
    &["not", "n't", "n’t", "never", "no", "nicht", "kein", "keine", "keinen", "keiner", "nie", "niemals"];

/// Tokens at the head of a content in which a negation counts.
const HEAD: usize = 12;

/// The class of a cue by its verb; neutral when it has none.
pub(super) fn class(text: &str, outline: &Outline, lexicon: &Lexicon, cue: &[Range<usize>]) -> CueClass {
    let words = || cue.iter().cloned().flatten().map(|i| outline.tokens[i].of(text).to_lowercase());
    let declined = words().any(|w| matches!(w.as_str(), "declined" | "refused" | "denied" | "denies"));
    if declined {
        return CueClass::Denying;
    }
    // the most telling word: "said it expects" is forecasting, "claimed" beats "said"
    words()
        .filter_map(|w| lexicon.cue(&w))
        .max_by_key(|c| *c != CueClass::Neutral)
        .unwrap_or(CueClass::Neutral)
}

/// Whether a content stands in quotation marks.
pub(super) fn directness(outline: &Outline, content: &[Range<usize>]) -> Directness {
    let (mut inside, mut outside) = (0usize, 0usize);
    for range in content {
        for i in range.clone() {
            let token = &outline.tokens[i];
            if token.kind == headwater_model::text::TokenKind::Mark {
                continue;
            }
            let after = outline.quoted.partition_point(|r| r.outer.start <= token.span.start);
            let quoted = outline.quoted[after.saturating_sub(MAX_OPEN)..after]
                .iter()
                .any(|r| r.outer.contains(token.span));
            if quoted { inside += 1 } else { outside += 1 }
        }
    }
    match (inside, outside) {
        (0, _) => Directness::Indirect,
        // a joining word outside ("and") does not make it the reporter's
        (_, 0 | 1) => Directness::Direct,
        _ => Directness::Mixed,
    }
}

/// Regions looked back at for one that is still open.
const MAX_OPEN: usize = 12;

/// Hedging phrases of a content.
pub(super) fn hedges(
    text: &str,
    outline: &Outline,
    language: Language,
    content: &[Range<usize>],
) -> Vec<Span> {
    let lists = match language {
        Language::English => HEDGES,
        Language::German => GERMAN_HEDGES,
    };
    let mut out = Vec::new();
    for range in content {
        let mut i = range.start;
        while i < range.end {
            let fits = |phrase: &&&[&str]| {
                i + phrase.len() <= range.end
                    && phrase
                        .iter()
                        .enumerate()
                        .all(|(k, w)| outline.tokens[i + k].of(text).eq_ignore_ascii_case(w))
            };
            match lists.iter().find(fits) {
                Some(phrase) => {
                    out.push(outline.tokens[i].span.cover(outline.tokens[i + phrase.len() - 1].span));
                    i += phrase.len();
                }
                None => i += 1,
            }
        }
    }
    out
}

/// Whether the head clause of a content is negated.
pub(super) fn negated(text: &str, outline: &Outline, content: &[Range<usize>]) -> bool {
    let Some(first) = content.first() else { return false };
    for i in first.clone().take(HEAD) {
        let word = outline.tokens[i].of(text);
        if i > first.start + 1
            && matches!(word, "," | ";" | ":" | "." | "that" | "because" | "which" | "who" | "dass")
        {
            return false;
        }
        if NEGATIONS.contains(&word.to_lowercase().as_str()) {
            return true;
        }
    }
    false
}
