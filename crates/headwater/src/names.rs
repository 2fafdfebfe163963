//! The entities of an analysis as a list: how often and where each is named, and by which forms.
//!
//! A view of what the account holds; nothing is decided here.

use crate::analyse::Analysis;
use headwater_model::text::fold::fold;
use headwater_model::{ArticleIndex, Entity};
use std::collections::{BTreeMap, BTreeSet};

/// One person, organisation, place or government as it is listed.
#[derive(Clone, Debug)]
pub struct Named<'a> {
    /// The entity.
    pub entity: &'a Entity,
    /// Its number in the account.
    pub index: usize,
    /// Every form with the number of times it stands in the reports, the most frequent first.
    pub forms: Vec<(String, usize)>,
    /// How often it is named in all.
    pub mentions: usize,
    /// The reports that name it, in the order of the analysis.
    pub articles: Vec<ArticleIndex>,
}

/// All entities, those named most first.
pub fn names(a: &Analysis) -> Vec<Named<'_>> {
    let mut counts: Vec<BTreeMap<String, usize>> = vec![BTreeMap::new(); a.entities.len()];
    for (at, annotations) in a.annotations.iter().enumerate() {
        for name in &annotations.names {
            if let Some(Some(entity)) = a.entity_of[at].get(name.entity as usize) {
                let words: Vec<&str> = name.span.of(&a.articles[at].text).split_whitespace().collect();
                *counts[entity.at()].entry(words.join(" ")).or_default() += 1;
            }
        }
    }
    let mut folded: BTreeMap<ArticleIndex, String> = BTreeMap::new();
    let mut out: Vec<Named<'_>> = Vec::with_capacity(a.entities.len());
    for ((index, entity), mut forms) in a.entities.iter().enumerate().zip(counts) {
        let articles: BTreeSet<ArticleIndex> = entity.members.iter().map(|m| m.0).collect();
        // Phrases such as "the coast guard" stand for a body without being its name.
        for form in entity.forms.iter().filter(|f| f.starts_with(char::is_lowercase)) {
            let wanted = fold(form);
            let in_article = |at: &ArticleIndex| {
                let text = folded.entry(*at).or_insert_with(|| fold(&a.articles[at.at()].text));
                whole_words(text, &wanted)
            };
            let n: usize = articles.iter().map(in_article).sum();
            let count = forms.entry(form.clone()).or_default();
            *count = n.max(*count);
        }
        let mentions = forms.values().sum();
        let mut forms: Vec<(String, usize)> = forms.into_iter().filter(|f| f.1 > 0).collect();
        forms.sort_by(|x, y| (y.1, &x.0).cmp(&(x.1, &y.0)));
        out.push(Named { entity, index, forms, mentions, articles: articles.into_iter().collect() });
    }
    out.sort_by(|x, y| {
        let key = |n: &Named<'_>| (n.mentions, n.articles.len());
        key(y).cmp(&key(x)).then_with(|| x.index.cmp(&y.index))
    });
    out
}

/// How often words stand in a text, not inside other words.
fn whole_words(text: &str, words: &str) -> usize {
    if words.is_empty() {
        return 0;
    }
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(words)
        .filter(|(at, _)| {
            edge(text[..*at].chars().next_back()) && edge(text[at + words.len()..].chars().next())
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_whole() {
        assert_eq!(whole_words("the police and policemen; police", "police"), 2);
        assert_eq!(whole_words("a", ""), 0);
    }
}
