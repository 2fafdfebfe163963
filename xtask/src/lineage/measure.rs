//! Edges, direction and origins of generated lineages, as the tracer finds them.
//!
//! An edge counts as found when child and parent are joined in the tree, as a second parent or as a declared link,
//! whichever way; its direction is right when the parent is the earlier there. A report that has its text from an
//! absent agency is right when it has no parent in its family and the family is credited to that agency.

use super::copying::{self, Lineage, Parent};
use crate::train::parents::Example;
use headwater_model::{Article, ArticleIndex, CopyState, Direction};
use headwater_trace::learn::Choice;
use headwater_trace::{TraceInput, Tracing};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default)]
struct Counts {
    edges: u32,
    found: u32,
    directed: u32,
    hidden: u32,
    hidden_found: u32,
    given: u32,
    given_right: u32,
    lineages: u32,
    exact: u32,
    within: u32,
    missed: BTreeMap<String, u32>,
}

/// The figures as one JSON object.
pub(crate) fn figures(first: u64, count: u64, dates: bool) -> Value {
    let all: Vec<Counts> =
        (first..first + count).into_par_iter().map(|seed| one(&copying::lineage(seed), dates)).collect();
    let sum = all.into_iter().fold(Counts::default(), |mut sum, one| {
        sum.edges += one.edges;
        sum.found += one.found;
        sum.directed += one.directed;
        sum.hidden += one.hidden;
        sum.hidden_found += one.hidden_found;
        sum.given += one.given;
        sum.given_right += one.given_right;
        sum.lineages += one.lineages;
        sum.exact += one.exact;
        sum.within += one.within;
        for (op, n) in one.missed {
            *sum.missed.entry(op).or_default() += n;
        }
        sum
    });
    let share = |n: u32, of: u32| (f64::from(n) / f64::from(of.max(1)) * 1e4).round() / 1e4;
    json!({
        "dates": dates, "lineages": sum.lineages, "edges": sum.edges, "edges_found": share(sum.found, sum.edges),
        "direction_right": share(sum.directed, sum.edges), "hidden": sum.hidden, "hidden_found": share(sum.hidden_found, sum.hidden),
        "edges_given": sum.given, "given_right": share(sum.given_right, sum.given),
        "origins_exact": share(sum.exact, sum.lineages), "origins_within": share(sum.within, sum.lineages), "missed_after": sum.missed,
    })
}

fn article(report: &copying::Report, dates: bool) -> Article {
    let mut row = json!({"id": report.id, "text": report.text(), "publisher": report.outlet});
    if dates {
        row["published"] = json!(report.published());
    }
    crate::predict::copies::article(&row)
}

/// Every edge that is missed or reversed, every report of an absent agency that is given a parent, and wrong counts.
pub(crate) fn missed(lineage: &Lineage, dates: bool) -> Vec<String> {
    let tracing = run(lineage, dates);
    let given = parents(&tracing, lineage.reports.len());
    let name = |n: usize| format!("{} [{}]", lineage.reports[n].id, lineage.reports[n].done.join("+"));
    let names = |list: &[usize]| list.iter().map(|n| name(*n)).collect::<Vec<_>>().join(", ");
    let mut out = Vec::new();
    for (child, report) in lineage.reports.iter().enumerate() {
        for parent in true_parents(report) {
            if given[child].contains(&parent) {
                continue;
            }
            let kind = if given[parent].contains(&child) { "reversed" } else { "missed" };
            let instead = if given[child].is_empty() { "nobody".into() } else { names(&given[child]) };
            out.push(format!("{kind}: {} from {}; given {instead}", name(child), name(parent)));
        }
        if report.parents.iter().any(|p| matches!(p, Parent::Hidden(_))) && !given[child].is_empty() {
            out.push(format!(
                "outside: {} from an absent agency; given {}",
                name(child),
                names(&given[child])
            ));
        }
    }
    let all: Vec<ArticleIndex> = (0..lineage.reports.len() as u32).map(ArticleIndex).collect();
    let (least, most) = tracing.origins(&all);
    if most as usize != lineage.origins {
        let id = lineage.reports.first().map_or("", |r| r.id.as_str());
        out.push(format!("origins: {least} to {most} in the lineage of {id}; there are {}", lineage.origins));
    }
    out
}

/// The reports that a report has its text from or names as its source.
fn true_parents(report: &copying::Report) -> impl Iterator<Item = usize> + '_ {
    let copied = report.parents.iter().filter_map(|p| match p {
        Parent::Report(p) => Some(*p),
        Parent::Hidden(_) => None,
    });
    report.declares.into_iter().chain(copied)
}

fn one(lineage: &Lineage, dates: bool) -> Counts {
    compare(lineage, &run(lineage, dates))
}

fn run(lineage: &Lineage, dates: bool) -> Tracing {
    inputs(lineage, dates, headwater_trace::trace)
}

/// The choices of every member of the families that the tracer finds, with the right ones.
pub(crate) fn examples(lineage: &Lineage, dates: bool) -> Vec<Example> {
    let choices = inputs(lineage, dates, headwater_trace::learn::choices);
    let right = |choice: &Choice| {
        let truth: Vec<usize> = true_parents(&lineage.reports[choice.child.at()]).collect();
        let given = choice.parents.iter().position(|p| truth.contains(&p.at()));
        given.or(truth.is_empty().then_some(choice.parents.len()))
    };
    choices.into_iter().filter_map(|choice| right(&choice).map(|right| Example { choice, right })).collect()
}

fn inputs<T>(lineage: &Lineage, dates: bool, of: impl Fn(&[TraceInput<'_>]) -> T) -> T {
    let articles: Vec<Article> = lineage.reports.iter().map(|r| article(r, dates)).collect();
    crate::traced::inputs(&articles, of)
}

/// The parents that the tracer gives to every article: of the tree, and declared or copied from outside the family.
fn parents(tracing: &Tracing, n: usize) -> Vec<Vec<usize>> {
    let mut out = vec![Vec::new(); n];
    for f in &tracing.families {
        for (member, parent) in f.members.iter().zip(&f.parents) {
            out[member.at()].extend(parent.map(ArticleIndex::at));
        }
    }
    for (child, parent) in &tracing.second_parents {
        out[child.at()].push(parent.at());
    }
    for copy in
        tracing.copies.iter().filter(|c| c.direction == Direction::Known && c.state == CopyState::Declared)
    {
        out[copy.to.at()].push(copy.from.at());
    }
    for list in &mut out {
        list.sort_unstable();
        list.dedup();
    }
    out
}

fn compare(lineage: &Lineage, tracing: &Tracing) -> Counts {
    let mut counts = Counts { lineages: 1, ..Counts::default() };
    let given = parents(tracing, lineage.reports.len());
    let mut truth = vec![Vec::new(); lineage.reports.len()];
    for (child, report) in lineage.reports.iter().enumerate() {
        truth[child].extend(report.declares);
        for parent in &report.parents {
            match parent {
                Parent::Report(p) => truth[child].push(*p),
                Parent::Hidden(agency) => {
                    counts.hidden += 1;
                    let family =
                        tracing.families.iter().find(|f| f.members.contains(&ArticleIndex(child as u32)));
                    let upstream =
                        family.and_then(|f| f.upstream.as_deref()) == Some(lineage.hidden[*agency]);
                    counts.hidden_found += u32::from(upstream && given[child].is_empty());
                }
            }
        }
    }
    for (child, parents) in truth.iter().enumerate() {
        for parent in parents {
            counts.edges += 1;
            let right = given[child].contains(parent);
            let found = right || given[*parent].contains(&child);
            counts.found += u32::from(found);
            counts.directed += u32::from(right);
            if !right {
                let what = lineage.reports[child].done.join(" + ");
                *counts.missed.entry(what).or_default() += 1;
            }
        }
    }
    for (child, parents) in given.iter().enumerate() {
        for parent in parents {
            counts.given += 1;
            counts.given_right += u32::from(truth[child].contains(parent));
        }
    }
    let all: Vec<ArticleIndex> = (0..lineage.reports.len() as u32).map(ArticleIndex).collect();
    let (least, most) = tracing.origins(&all);
    let origins = lineage.origins as u32;
    counts.exact = u32::from(most == origins);
    counts.within = u32::from((least..=most).contains(&origins));
    counts
}
