//! Reports that share a spring without sharing their text: the same speaker, body or document is cited by both.
//!
//! Works on statements already lined up; what is copied word for word is the business of `trace`.

use crate::material::Input;
use headwater_model::{ArticleIndex, Copy, CopyState, Direction, EntityIndex, NameKind, Reason, Statement};
use std::collections::{BTreeMap, BTreeSet};

/// Shared statements of one source from which two reports are said to rest on it; one is enough when it is a
/// quotation, or when both cite another source as well, for whatever. Chosen on the invented corpus.
const LEAST_SHARED: usize = 2;

/// Members of a family of copies that are linked one by one (members); what the others rest on, the family
/// tells. By judgement: pairs grow with the square, and a reader follows no more of them.
const MOST_OF_A_FAMILY: usize = 30;

/// Most reasons kept for a link.
const MOST_REASONS: usize = 4;

/// Pairs of reports that cite one source for the same things and are not linked yet.
pub(crate) fn links(input: &Input<'_>, statements: &[Statement]) -> Vec<Copy> {
    type Evidence = (usize, bool, Vec<Reason>);
    let mut cited: BTreeMap<ArticleIndex, BTreeMap<EntityIndex, headwater_model::Span>> = BTreeMap::new();
    for report in statements.iter().flat_map(|s| &s.reports) {
        for entity in report.source.iter().filter_map(|l| l.entity) {
            cited.entry(report.article).or_default().entry(entity).or_insert(report.span);
        }
    }
    let mut found: BTreeMap<(ArticleIndex, ArticleIndex), BTreeMap<EntityIndex, Evidence>> = BTreeMap::new();
    for statement in statements {
        let mut sources: BTreeMap<EntityIndex, BTreeMap<ArticleIndex, (headwater_model::Span, bool)>> =
            BTreeMap::new();
        for report in &statement.reports {
            let Some(entity) = report.source.last().and_then(|l| l.entity) else { continue };
            let text = &input.articles[report.article.at()].text;
            let quoted = report.span.of(text).contains(['“', '"', '«', '„']);
            sources.entry(entity).or_default().entry(report.article).or_insert((report.span, quoted));
        }
        for (entity, articles) in sources {
            let mut of_family: BTreeMap<u32, usize> = BTreeMap::new();
            let list: Vec<_> = articles
                .iter()
                .filter(|(a, _)| {
                    let Some(family) = input.index.family_of[a.at()] else { return true };
                    let count = of_family.entry(family).or_default();
                    *count += 1;
                    *count <= MOST_OF_A_FAMILY
                })
                .collect();
            for (i, (a, (_, qa))) in list.iter().enumerate() {
                for (b, (span, qb)) in &list[i + 1..] {
                    let e = found.entry((**a, **b)).or_default().entry(entity).or_default();
                    e.0 += 1;
                    e.1 |= *qa && *qb;
                    if e.2.len() < MOST_REASONS {
                        let name = &input.entities[entity.at()].name;
                        e.2.push(Reason::at(format!("both have it from {name}"), **b, *span));
                    }
                }
            }
        }
    }
    let linked: BTreeSet<(ArticleIndex, ArticleIndex)> =
        input.copies.iter().flat_map(|c| [(c.from, c.to), (c.to, c.from)]).collect();
    let mut out = Vec::new();
    for ((a, b), sources) in found {
        if linked.contains(&(a, b)) {
            continue;
        }
        let best = sources
            .into_iter()
            .max_by_key(|(e, (n, quoted, _))| (*n + usize::from(*quoted), std::cmp::Reverse(*e)));
        if let Some((entity, (mut n, quoted, mut because))) = best {
            let named = |e: &EntityIndex| {
                matches!(input.entities[e.at()].kind, NameKind::Person | NameKind::Organisation)
            };
            let beside = cited
                .get(&a)
                .zip(cited.get(&b))
                .and_then(|(x, y)| y.iter().find(|(e, _)| **e != entity && x.contains_key(e) && named(e)));
            if let Some((other, span)) = beside.filter(|_| named(&entity)) {
                let name = &input.entities[other.at()].name;
                because.push(Reason::at(format!("both cite {name} as well"), b, *span));
                n += 1;
            }
            if n < LEAST_SHARED && !quoted {
                continue;
            }
            out.push(Copy {
                from: a,
                to: b,
                state: CopyState::CommonUpstream,
                direction: Direction::ViaUpstream,
                containment: 0.0,
                upstream: Some(input.entities[entity.at()].name.clone()),
                passages: Vec::new(),
                because,
            });
        }
    }
    out
}
