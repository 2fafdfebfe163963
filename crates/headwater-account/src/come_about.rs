//! Whether one clause has as done what another has still to come: "the two will meet" and "the two met".
//!
//! Looks at the verb that both share, not at the clause as a whole: a plan may be told of in the past ("agreed to
//! meet"), and a thing done beside a plan ("met to prepare the talks that are to come").

use crate::lexicon::{ENTITY_BASE, Lexicon};
use crate::material::{Clause, Input};
use headwater_model::text::TokenKind;
use std::collections::BTreeMap;

/// Words that put the verb after them ahead.
const PUTS_AHEAD: &[&str] = &["will", "shall", "would", "may", "might", "could", "'ll", "’ll", "wo"];

/// Words that, with "to", put the verb after them ahead: "is set to meet".
const WITH_TO: &[&str] = &[
    "is",
    "are",
    "be",
    "set",
    "due",
    "plans",
    "plan",
    "planned",
    "planning",
    "intends",
    "expected",
    "scheduled",
    "poised",
    "pledged",
    "promised",
    "vowed",
    "agreed",
    "hopes",
    "wants",
    "going",
    "prepares",
    "preparing",
    "likely",
    "ready",
];

/// Auxiliaries that put the participle after them into the past.
const HAVE: &[&str] = &["has", "have", "had", "was", "were", "been", "'ve", "’ve"];

/// Most tokens from an auxiliary to its verb. By judgement, 2026-11; three of the NewsWCL50 accounts were in sight.
const REACH: usize = 3;

/// How the verbs of a clause stand, by concept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stands {
    Ahead,
    Done,
    Unclear,
}

fn verbs(input: &Input<'_>, lexicon: &Lexicon, clause: &Clause) -> BTreeMap<u32, Stands> {
    let at = clause.article.at();
    let (text, outline, notes) =
        (input.articles[at].text.as_str(), &input.outlines[at], &input.annotations[at]);
    let range = outline.tokens_in(clause.span);
    let start = range.start;
    let low = |i: usize| outline.tokens[i].of(text).to_ascii_lowercase();
    let mut scratch = String::new();
    let mut out: BTreeMap<u32, Stands> = BTreeMap::new();
    for i in range {
        let Some(concept) = lexicon.concept(outline.tokens[i].of(text), &mut scratch) else { continue };
        if concept >= ENTITY_BASE || clause.concepts.binary_search(&concept).is_err() {
            continue;
        }
        let before: Vec<String> = (start.max(i.saturating_sub(REACH))..i)
            .rev()
            .take_while(|&k| outline.tokens[k].kind != TokenKind::Mark)
            .map(low)
            .collect();
        let to = before.iter().position(|w| w == "to");
        let ahead = before.iter().any(|w| PUTS_AHEAD.contains(&w.as_str()))
            || to.is_some_and(|t| before[t + 1..].iter().any(|w| WITH_TO.contains(&w.as_str())));
        let finite = notes.predicates.binary_search(&(i as u32)).is_ok();
        let done = finite || to.is_none() && before.iter().any(|w| HAVE.contains(&w.as_str()));
        let stands = match (ahead, done) {
            (true, _) => Stands::Ahead,
            (false, true) => Stands::Done,
            (false, false) => continue,
        };
        out.entry(concept)
            .and_modify(|s| {
                if *s != stands {
                    *s = Stands::Unclear;
                }
            })
            .or_insert(stands);
    }
    out
}

/// Whether a verb that both clauses share is ahead in one and done in the other, and none stands the other way.
pub(crate) fn come_about(input: &Input<'_>, lexicon: &Lexicon, a: &Clause, b: &Clause) -> bool {
    let (x, y) = (verbs(input, lexicon, a), verbs(input, lexicon, b));
    let shared: Vec<(Stands, Stands)> = x.iter().filter_map(|(k, s)| Some((*s, *y.get(k)?))).collect();
    let moved = |&(s, t): &(Stands, Stands)| {
        matches!((s, t), (Stands::Ahead, Stands::Done) | (Stands::Done, Stands::Ahead))
    };
    shared.iter().any(moved) && shared.iter().all(|p| moved(p) || p.0 == p.1 && p.0 != Stands::Ahead)
}
