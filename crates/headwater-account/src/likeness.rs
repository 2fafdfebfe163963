//! How likely two clauses of two reports say the same: a small model over how they compare.
//!
//! Reads what `align` knows of a pair (words, names, days, what stands beside it) and weighs it with learned
//! weights (`data/likeness.model`, trained by `cargo xtask train likeness`). Makes no statement of it: that is `align`.

use crate::align::{Aligner, Pair};
use crate::lexicon::{ENTITY_BASE, Lexicon};
use crate::material::{Clause, Input, clauses};
use headwater_model::{ArticleIndex, EntityIndex, Span};

/// What the model reads of a pair; the order is that of the weights.
pub const LIKENESS_FEATURES: &[&str] = &[
    "bias",
    "similarity",
    "words shared",
    "names shared",
    "most telling shared",
    "second most telling shared",
    "one source",
    "number shared",
];

/// Most shared words and names that count. By judgement: more says no more.
const MOST_WORDS: u32 = 8;
const MOST_NAMES: u32 = 5;

/// Weights of the features.
pub struct LikenessModel {
    weights: [f32; LIKENESS_FEATURES.len()],
}

/// Features of a pair, in the order of [`LIKENESS_FEATURES`].
pub type Likeness = [f32; LIKENESS_FEATURES.len()];

impl LikenessModel {
    /// The model that ships.
    pub fn bundled() -> Self {
        Self::parse(include_str!("../data/likeness.model"))
    }

    /// Reads lines of `feature<TAB>weight`; `#` begins a comment. Unknown features are left out, missing ones weigh
    /// nothing.
    pub fn parse(text: &str) -> Self {
        let mut weights = [0.0; LIKENESS_FEATURES.len()];
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let Some((name, weight)) = line.split_once('\t') else { continue };
            if let Some(at) = LIKENESS_FEATURES.iter().position(|f| *f == name) {
                weights[at] = weight.trim().parse().unwrap_or(0.0);
            }
        }
        LikenessModel { weights }
    }

    /// How likely two clauses say the same, 0–1.
    pub fn weigh(&self, features: &Likeness) -> f32 {
        let sum: f32 = self.weights.iter().zip(features).map(|(w, x)| w * x).sum();
        1.0 / (1.0 + (-sum).exp())
    }
}

/// What is compared of each clause besides its words.
pub(crate) struct Told {
    /// Who says it, when known.
    source: Option<EntityIndex>,
    /// Its numbers, ascending.
    numbers: Vec<f64>,
}

impl Told {
    pub(crate) fn new(input: &Input<'_>, clause: &Clause) -> Self {
        let quantities = &input.annotations[clause.article.at()].quantities;
        let mut numbers: Vec<f64> = clause.quantities.iter().map(|q| quantities[*q].low).collect();
        numbers.sort_by(f64::total_cmp);
        let chain = crate::sources::chain(input, clause.article, clause.span);
        Told { source: chain.last().and_then(|level| level.entity), numbers }
    }
}

/// Compares two clauses; `pair` is how the aligner compares them.
pub(crate) fn features(aligner: &Aligner<'_>, i: usize, j: usize, pair: &Pair) -> Likeness {
    let flag = |b: bool| f32::from(u8::from(b));
    let (a, b) = (&aligner.clauses[i], &aligner.clauses[j]);
    let (told_a, told_b) = (&aligner.told[i], &aligner.told[j]);
    let (mut words, mut names) = (0u32, 0u32);
    let mut telling = [0.0f32; 2];
    for concept in crate::material::shared(&a.concepts, &b.concepts) {
        *(if concept < ENTITY_BASE { &mut words } else { &mut names }) += 1;
        let weight = aligner.share_of_most(concept);
        if weight > telling[0] {
            telling = [weight, telling[0]];
        } else if weight > telling[1] {
            telling[1] = weight;
        }
    }
    [
        1.0,
        pair.similarity,
        words.min(MOST_WORDS) as f32 / MOST_WORDS as f32,
        names.min(MOST_NAMES) as f32 / MOST_NAMES as f32,
        telling[0],
        telling[1],
        flag(told_a.source.is_some() && told_a.source == told_b.source),
        flag(told_a.numbers.iter().any(|n| told_b.numbers.contains(n))),
    ]
}

/// Two clauses of two reports, compared.
pub struct Compared {
    /// The one.
    pub a: (ArticleIndex, Span),
    /// The other.
    pub b: (ArticleIndex, Span),
    /// How they compare.
    pub features: Likeness,
}

/// All pairs of clauses of two reports of `input.members` that share a word or a name: what the model learns from.
pub fn compared(input: &Input<'_>, lexicon: &Lexicon) -> Vec<Compared> {
    let clauses: Vec<Clause> = input.members.iter().flat_map(|&a| clauses(input, lexicon, a)).collect();
    let aligner = Aligner::new(input, &clauses);
    let mut out = Vec::new();
    for (i, a) in clauses.iter().enumerate() {
        for (j, b) in clauses.iter().enumerate().skip(i + 1).filter(|(_, b)| b.article != a.article) {
            if crate::material::shared(&a.concepts, &b.concepts).next().is_some() {
                let features = features(&aligner, i, j, &aligner.pair(i, j));
                out.push(Compared { a: (a.article, a.span), b: (b.article, b.span), features });
            }
        }
    }
    out
}
