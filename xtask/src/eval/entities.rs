//! Entity resolution: names of GUM's news and interviews that are linked to one page of Wikipedia are one entity,
//! within a document and across all of them (B-cubed over the linked names); and the hand-made hard pairs of
//! `eval/cases/entities.tsv`.
//!
//! A linked name that was not found stands alone. The government, the people and the place of one country are one
//! page there, so entities are told apart by Wikidata id where they have one.

use super::Figures;
use super::clusters::score;
use crate::train;
use anyhow::{Context, Result, bail};
use headwater_annotate::names::{self, Models};
use headwater_group::entities::{self, EntityLexicon, Overrides};
use headwater_model::text::Outline;
use headwater_model::{
    Annotations, Article, ArticleIndex, Entity, LocalEntity, Name, NameKind, OrganisationKind, Span,
};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// Where the hard pairs are, from the repository's root.
const PAIRS: &str = "eval/cases/entities.tsv";

/// Both measures.
pub(super) fn run(bench: &Path) -> Result<Figures> {
    let mut out = Figures::new();
    let documents = train::names::linked(bench)?;
    let models = Models::bundled();
    let read: Vec<(Article, Annotations)> = documents
        .par_iter()
        .map(|d| {
            let outline = Outline::new(&d.text);
            let found = names::annotate(&d.text, &outline, &models, Some("en"));
            let article = Article { id: d.id.clone(), text: d.text.clone(), ..Article::default() };
            let annotations =
                Annotations { names: found.names, entities: found.entities, ..Annotations::default() };
            (article, annotations)
        })
        .collect();
    let views: Vec<(&Article, &Annotations)> = read.iter().map(|(a, n)| (a, n)).collect();
    let lexicon = EntityLexicon::bundled();
    let all = entities::resolve(&views, &lexicon, &Overrides::default());
    let mut label: BTreeMap<(ArticleIndex, u32), String> = BTreeMap::new();
    for (e, entity) in all.iter().enumerate() {
        let own = entity.wikidata.clone().unwrap_or_else(|| format!("e{e}"));
        entity.members.iter().for_each(|m| drop(label.insert(*m, own.clone())));
    }
    let verbose = std::env::var_os("HEADWATER_EVAL_VERBOSE").is_some();
    let (mut gold, mut system, mut within_gold, mut within) = (vec![], vec![], vec![], vec![]);
    for (d, document) in documents.iter().enumerate() {
        for (k, (span, page)) in document.links.iter().enumerate() {
            let names = &read[d].1.names;
            let best = names
                .iter()
                .filter(|n| n.span.overlaps(*span))
                .max_by_key(|n| n.span.end.min(span.end) - n.span.start.max(span.start));
            let found = best.and_then(|n| label.get(&(ArticleIndex(d as u32), n.entity)));
            let found = found.cloned().unwrap_or_else(|| format!("alone {d} {k}"));
            if verbose {
                println!("    {page}\t{found}\t{}\t{}", span.of(&document.text), document.id);
            }
            within_gold.push(format!("{d} {page}"));
            within.push(format!("{d} {found}"));
            gold.push(page.clone());
            system.push(found);
        }
    }
    for (name, gold, system) in [("gum_across", &gold, &system), ("gum_within", &within_gold, &within)] {
        let [p, r, f1, _] = score(gold, system);
        out.insert(format!("{name}.b3_precision"), p);
        out.insert(format!("{name}.b3_recall"), r);
        out.insert(format!("{name}.b3_f1"), f1);
    }
    let table = std::fs::read_to_string(PAIRS).with_context(|| format!("cannot read {PAIRS}"))?;
    let (mut right, mut pairs) = (0, 0);
    for line in table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [same, a, b, others, company] = cells[..] else { bail!("{PAIRS}: not five columns: {line}") };
        let company: Vec<&str> = company.split(" | ").collect();
        let with = |first: &[&str]| article(&first.iter().chain(&company).copied().collect::<Vec<_>>());
        let third: Vec<&str> = others.split(" | ").filter(|o| *o != "-").collect();
        let articles = [with(&[a]), with(&[b]), with(&third)];
        let views: Vec<(&Article, &Annotations)> = articles.iter().map(|(a, n)| (a, n)).collect();
        let one = together(&entities::resolve(&views, &lexicon, &Overrides::default()));
        pairs += 1;
        right += usize::from(one == (same == "same"));
        if verbose && one != (same == "same") {
            println!("    wrong: {line}");
        }
    }
    out.insert("hard_pairs".to_owned(), right as f64 / f64::from(pairs.max(1)));
    Ok(out)
}

/// Whether the first entities of the first two articles became one.
fn together(entities: &[Entity]) -> bool {
    let first = |a| (ArticleIndex(a), 0);
    entities.iter().any(|e| e.members.contains(&first(0)) && e.members.contains(&first(1)))
}

/// An article that names these: kind letter, name, then `@` country, `#` role.
fn article(names: &[&str]) -> (Article, Annotations) {
    let mut article = Article::default();
    let mut annotations = Annotations::default();
    for (e, short) in names.iter().enumerate() {
        let (kind, rest) = short.split_once(' ').unwrap_or(("O", short));
        let kind = match kind {
            "P" => NameKind::Person,
            "L" => NameKind::Place,
            "G" => NameKind::Government,
            "E" => NameKind::Event,
            _ => NameKind::Organisation,
        };
        let (rest, role) = rest.split_once(" #").map_or((rest, None), |(r, x)| (r, Some(x.to_owned())));
        let (name, country) = rest.split_once(" @").map_or((rest, None), |(r, x)| (r, Some(x.to_owned())));
        let start = article.text.len();
        article.text.push_str(name);
        let span = Span::new(start, article.text.len());
        article.text.push_str(". ");
        annotations.names.push(Name { span, kind, entity: e as u32 });
        annotations.entities.push(LocalEntity {
            name: name.to_owned(),
            kind,
            organisation: role.as_ref().map(|_| OrganisationKind::GovernmentBody),
            country,
            role,
            wikidata: None,
            forms: vec![name.to_owned()],
        });
    }
    (article, annotations)
}
