//! Articles that are made of two texts: which of their words are of which, and whom they have the second text from.
//!
//! In the family of the one text the words of the other do not count, and the version of the second text that an
//! article was made from is chosen as any parent is, by the words that it has of that text alone.

use crate::align::Aligner;
use crate::family::{Families, Pair};
use crate::parents::{self, Choices};
use crate::readings::{self, hits, of_article};
use crate::tree::{self, Bench};
use std::collections::BTreeMap;

/// A text that an article has beside its family's: the article, and the family or the single article it is from.
type Text = (u32, Result<usize, u32>);

/// The second texts of merged articles.
pub(crate) struct SecondTexts<'p> {
    /// The pairs of the merged article with those who have the text.
    texts: BTreeMap<Text, Vec<&'p Pair>>,
    /// The words that a merged article has of each.
    words: BTreeMap<Text, Vec<bool>>,
}

impl<'p> SecondTexts<'p> {
    /// Finds them; `family_of` is the family of every article that has one.
    pub(crate) fn new(
        bench: &Bench<'_>,
        aligner: &mut Aligner,
        pairs: &'p [Pair],
        families: &Families,
        family_of: &[Option<usize>],
    ) -> Self {
        let mut out = SecondTexts { texts: BTreeMap::new(), words: BTreeMap::new() };
        for second in &families.second {
            let pair = &pairs[second.pair];
            let (merged, other) = if pair.b == second.bridge { (pair.b, pair.a) } else { (pair.a, pair.b) };
            let text = (merged, family_of[other as usize].ok_or(other));
            out.texts.entry(text).or_default().push(pair);
            let (m, o) = (merged as usize, other as usize);
            aligner.load(m, &bench.index.ids[m]);
            let alignment =
                aligner.align(&bench.digests[m].words, &bench.digests[o].words, &bench.index.ids[o]);
            let words = out.words.entry(text).or_insert_with(|| vec![false; bench.digests[m].words.len()]);
            for (at, _) in hits(&alignment.runs) {
                words[at] = true;
            }
        }
        out
    }

    /// Which words of an article count in its own family.
    pub(crate) fn own(&self, bench: &Bench<'_>, article: u32) -> Vec<bool> {
        let mut own = of_article(&bench.flags[article as usize]);
        let texts = (article, Ok(0))..=(article, Err(u32::MAX));
        for (_, words) in self.words.range(texts) {
            for (own, elsewhere) in own.iter_mut().zip(words) {
                *own &= !elsewhere;
            }
        }
        own
    }

    /// Whether an article is made of two texts.
    pub(crate) fn is_merged(&self, article: u32) -> bool {
        self.texts.range((article, Ok(0))..=(article, Err(u32::MAX))).next().is_some()
    }

    /// What may be the version of each second text that the merged article was made from: the article, those who
    /// have the text, and the choices.
    pub(crate) fn choices(
        &self,
        bench: &Bench<'_>,
        aligner: &mut Aligner,
        within: &[Vec<&'p Pair>],
    ) -> Vec<(u32, Vec<u32>, Choices)> {
        let mut out = Vec::new();
        for (text, pairs) in &self.texts {
            let merged = text.0;
            let other = |pair: &Pair| if pair.a == merged { pair.b } else { pair.a };
            let mut members: Vec<u32> = pairs.iter().map(|p| other(p)).collect();
            members.push(merged);
            members.sort_unstable();
            members.dedup();
            let among = |n: u32| members.binary_search(&n).is_ok();
            let mut pairs = pairs.clone();
            if let Ok(family) = text.1 {
                pairs.extend(within[family].iter().filter(|p| among(p.a) && among(p.b)));
            }
            let found = readings::readings(bench, aligner, &members, &pairs, |article| {
                let mut own = self.own(bench, article);
                if let (true, Some(words)) = (article == merged, self.words.get(text)) {
                    own = of_article(&bench.flags[article as usize]);
                    own.iter_mut().zip(words).for_each(|(own, of_text)| *own &= of_text);
                }
                own
            });
            let upstream = tree::upstream(bench, &members);
            let all =
                parents::choices(bench, &found, &members, &pairs, upstream.as_deref(), |a| self.is_merged(a));
            let own = all.into_iter().zip(&members).find(|(_, m)| **m == merged);
            if let Some((mut choices, _)) = own {
                choices.candidates.retain(|c| c.evidence > 0.0);
                out.push((merged, members, choices));
            }
        }
        out
    }

    /// The version of each second text that the merged article was made from: (merged article, parent).
    pub(crate) fn parents(
        &self,
        bench: &Bench<'_>,
        aligner: &mut Aligner,
        within: &[Vec<&'p Pair>],
    ) -> Vec<(u32, u32)> {
        let nearest = |(merged, members, choices): (u32, Vec<u32>, Choices)| {
            let costs = tree::costs(&choices);
            let best = choices
                .candidates
                .iter()
                .zip(costs)
                .min_by(|x, y| x.1.total_cmp(&y.1).then(x.0.parent.cmp(&y.0.parent)))?;
            Some((merged, members[best.0.parent]))
        };
        self.choices(bench, aligner, within).into_iter().filter_map(nearest).collect()
    }
}
