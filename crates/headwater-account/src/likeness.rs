//! How likely two clauses of two reports say the same: a small model over how they compare.
//!
//! Two stages. The first weighs a pair by itself: words, names, numbers, who says it, how much of each the other holds.
//! The second weighs it in company: whether either has a likelier counterpart in the other's report, whether what
//! stands beside them says the same too, whether a third report links them. Both are learned
//! (`data/likeness.model`, trained by `cargo xtask train likeness`). Makes no statement of it: that is `align`.

use crate::align::{Aligner, Pair};
use crate::lexicon::{ENTITY_BASE, Lexicon};
use crate::material::{Clause, Input, clauses};
use headwater_model::{ArticleIndex, EntityIndex, Span};
use rustc_hash::FxHashMap;

/// What the first stage reads of a pair; the order is that of the weights.
pub const LIKENESS_FEATURES: &[&str] = &[
    "bias",
    "similarity",
    "words shared",
    "names shared",
    "most telling shared",
    "second most telling shared",
    "one source",
    "number shared",
    "less held of one by the other",
    "more held of one by the other",
    "weight shared",
    "length of the shorter",
    "length of the longer",
    "one is quoted",
    "apart in their reports",
];

/// What the second stage reads beside that.
pub const COMPANY_FEATURES: &[&str] = &[
    "likelihood alone",
    "over the next best, less",
    "over the next best, more",
    "best of one",
    "best of both",
    "beside, in step",
    "beside, across",
    "through a third report",
    "rivals of one",
    "rivals of the other",
];

const ALONE: usize = LIKENESS_FEATURES.len();
const COMPANY: usize = COMPANY_FEATURES.len();

/// Most shared words and names that count. By judgement: more says no more.
const MOST_WORDS: u32 = 8;
const MOST_NAMES: u32 = 5;

/// Likelihood (0–1) alone below which a pair is not looked at further. Of the labelled accounts of 2026-11, .03 to .1 lose
/// nothing in what the second stage finds.
pub const LEAST_ALONE: f32 = 0.05;

/// Counterparts of a clause through which a third report may link it: the likeliest. A bound on time.
const THIRDS: usize = 8;

/// Likelihood alone from which a clause links two others. As [`THIRDS`].
const LEAST_THIRD: f32 = 0.1;

/// Weights of the features.
pub struct LikenessModel {
    alone: [f32; ALONE],
    company: [f32; COMPANY + ALONE],
}

/// Features of a pair, in the order of [`LIKENESS_FEATURES`].
pub type Likeness = [f32; ALONE];

/// Features of a pair among the others, in the order of [`COMPANY_FEATURES`] and then [`LIKENESS_FEATURES`].
pub type Company = [f32; COMPANY + ALONE];

impl LikenessModel {
    /// The model that ships.
    pub fn bundled() -> Self {
        Self::parse(include_str!("../data/likeness.model"))
    }

    /// Reads lines of `stage<TAB>feature<TAB>weight`, the stage being `alone` or `company`; `#` begins a comment. Unknown
    /// features are left out, missing ones weigh nothing.
    pub fn parse(text: &str) -> Self {
        let mut model = LikenessModel { alone: [0.0; ALONE], company: [0.0; COMPANY + ALONE] };
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let mut fields = line.split('\t');
            let (Some(stage), Some(name), Some(weight)) = (fields.next(), fields.next(), fields.next())
            else {
                continue;
            };
            let weight = weight.trim().parse().unwrap_or(0.0);
            let of = |names: &[&str]| names.iter().position(|f| *f == name);
            match stage {
                "alone" => {
                    if let Some(at) = of(LIKENESS_FEATURES) {
                        model.alone[at] = weight;
                    }
                }
                "company" => {
                    let place = of(COMPANY_FEATURES).or_else(|| Some(COMPANY + of(LIKENESS_FEATURES)?));
                    if let Some(at) = place {
                        model.company[at] = weight;
                    }
                }
                _ => {}
            }
        }
        model
    }

    /// How likely two clauses say the same by themselves, 0–1.
    pub fn alone(&self, features: &Likeness) -> f32 {
        likely(&self.alone, features)
    }

    /// How likely they do when the other pairs are known, 0–1.
    pub fn in_company(&self, features: &Company) -> f32 {
        likely(&self.company, features)
    }
}

fn likely(weights: &[f32], features: &[f32]) -> f32 {
    let sum: f32 = weights.iter().zip(features).map(|(w, x)| w * x).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// What is compared of each clause besides its words.
pub(crate) struct Told {
    /// Who says it, when known.
    source: Option<EntityIndex>,
    /// Its numbers, ascending.
    numbers: Vec<f64>,
    /// Where it stands in its report, 0–1.
    place: f32,
}

/// What each clause tells besides its words.
pub(crate) fn told(input: &Input<'_>, clauses: &[Clause]) -> Vec<Told> {
    let mut out = Vec::with_capacity(clauses.len());
    for report in clauses.chunk_by(|a, b| a.article == b.article) {
        for (n, clause) in report.iter().enumerate() {
            let quantities = &input.annotations[clause.article.at()].quantities;
            let mut numbers: Vec<f64> = clause.quantities.iter().map(|q| quantities[*q].low).collect();
            numbers.sort_by(f64::total_cmp);
            let chain = crate::sources::chain(input, clause.article, clause.span);
            let source = chain.last().and_then(|level| level.entity);
            out.push(Told { source, numbers, place: n as f32 / report.len() as f32 });
        }
    }
    out
}

/// Share of a clause in quotation marks from which it is quoted. By judgement.
const QUOTED: f32 = 0.2;

/// Compares two clauses; `pair` is how the aligner compares them.
pub(crate) fn features(aligner: &Aligner<'_>, i: usize, j: usize, pair: &Pair) -> Likeness {
    let flag = |b: bool| f32::from(u8::from(b));
    let (a, b) = (&aligner.clauses[i], &aligner.clauses[j]);
    let (told_a, told_b) = (&aligner.told[i], &aligner.told[j]);
    let (mut words, mut names) = (0u32, 0u32);
    let mut telling = [0.0f32; 2];
    let mut both = 0.0;
    for concept in crate::material::shared(&a.concepts, &b.concepts) {
        *(if concept < ENTITY_BASE { &mut words } else { &mut names }) += 1;
        let weight = aligner.share_of_most(concept);
        both += weight;
        if weight > telling[0] {
            telling = [weight, telling[0]];
        } else if weight > telling[1] {
            telling[1] = weight;
        }
    }
    let held = [i, j].map(|n| if aligner.totals[n] > 0.0 { both / aligner.totals[n] } else { 0.0 });
    let length = |c: &Clause| (1.0 + c.concepts.len() as f32).ln() / 4.0;
    [
        1.0,
        pair.similarity,
        words.min(MOST_WORDS) as f32 / MOST_WORDS as f32,
        names.min(MOST_NAMES) as f32 / MOST_NAMES as f32,
        telling[0],
        telling[1],
        flag(told_a.source.is_some() && told_a.source == told_b.source),
        flag(told_a.numbers.iter().any(|n| told_b.numbers.contains(n))),
        held[0].min(held[1]),
        held[0].max(held[1]),
        both / MOST_WORDS as f32,
        length(a).min(length(b)),
        length(a).max(length(b)),
        flag((a.quoted >= QUOTED) != (b.quoted >= QUOTED)),
        (told_a.place - told_b.place).abs(),
    ]
}

/// How the wordings of a story lie in its reports.
pub struct Layout {
    /// The report of each wording, its first when there are several.
    pub(crate) report: Vec<ArticleIndex>,
    /// The wordings right before and after it there.
    pub(crate) beside: Vec<[Option<u32>; 2]>,
}

/// Two wordings that may say the same.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The one.
    pub x: u32,
    /// The other, which comes later.
    pub y: u32,
    /// How they compare.
    pub features: Likeness,
}

/// What the pairs of one clause in one report come to.
#[derive(Clone, Copy, Default)]
struct Rivals {
    best: f32,
    second: f32,
    sum: f32,
}

/// Reads each pair among all of them; `alone` is how likely each is by itself.
pub fn company(layout: &Layout, pairs: &[Compared], alone: &[f32]) -> Vec<Company> {
    let mut by_pair: FxHashMap<(u32, u32), f32> = FxHashMap::default();
    let mut rivals: FxHashMap<(u32, ArticleIndex), Rivals> = FxHashMap::default();
    let mut thirds: Vec<Vec<(f32, u32)>> = vec![Vec::new(); layout.report.len()];
    let report = |x: u32| layout.report[x as usize];
    for (pair, &likely) in pairs.iter().zip(alone) {
        by_pair.insert((pair.x, pair.y), likely);
        for (one, other) in [(pair.x, pair.y), (pair.y, pair.x)] {
            let of = rivals.entry((one, report(other))).or_default();
            of.sum += likely;
            if likely > of.best {
                (of.best, of.second) = (likely, of.best);
            } else {
                of.second = of.second.max(likely);
            }
            if likely >= LEAST_THIRD {
                thirds[one as usize].push((likely, other));
            }
        }
    }
    for list in &mut thirds {
        list.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        list.truncate(THIRDS);
    }
    let of = |x: u32, y: u32| by_pair.get(&(x.min(y), x.max(y))).copied().unwrap_or(0.0);
    let either = |x: Option<u32>, y: Option<u32>| x.zip(y).map_or(0.0, |(x, y)| of(x, y));
    let odds = |likely: f32| {
        let likely = likely.clamp(LEAST_ALONE, 1.0 - LEAST_ALONE / 10.0);
        (likely / (1.0 - likely)).ln() / 4.0
    };
    let read = |(pair, &likely): (&Compared, &f32)| {
        let (x, y) = (pair.x, pair.y);
        let [of_x, of_y] =
            [(x, report(y)), (y, report(x))].map(|k| rivals.get(&k).copied().unwrap_or_default());
        let over =
            [of_x, of_y].map(|r| odds(likely) - odds(if likely >= r.best { r.second } else { r.best }));
        let best = [of_x, of_y].map(|r| likely >= r.best);
        let flag = |b: bool| f32::from(u8::from(b));
        let ([before_x, after_x], [before_y, after_y]) =
            (layout.beside[x as usize], layout.beside[y as usize]);
        let across = [(before_x, Some(y)), (after_x, Some(y)), (Some(x), before_y), (Some(x), after_y)];
        let third = |(likely, z): &(f32, u32)| {
            let apart = report(*z) != report(x) && report(*z) != report(y);
            if apart { likely.min(of(*z, y)) } else { 0.0 }
        };
        let own = [
            odds(likely),
            over[0].min(over[1]),
            over[0].max(over[1]),
            flag(best[0] || best[1]),
            flag(best[0] && best[1]),
            either(before_x, before_y) + either(after_x, after_y),
            across.into_iter().map(|(a, b)| either(a, b)).fold(0.0, f32::max),
            thirds[x as usize].iter().map(third).fold(0.0, f32::max),
            (1.0 + of_x.sum.min(of_y.sum)).ln(),
            (1.0 + of_x.sum.max(of_y.sum)).ln(),
        ];
        let mut out = [0.0; COMPANY + ALONE];
        out[..COMPANY].copy_from_slice(&own);
        out[COMPANY..].copy_from_slice(&pair.features);
        out
    };
    pairs.iter().zip(alone).map(read).collect()
}

/// The wordings of a story that share a word or a name, compared: what the model learns from.
pub struct Comparison {
    /// Where each wording stands, first.
    pub places: Vec<(ArticleIndex, Span)>,
    /// How they lie.
    pub layout: Layout,
    /// All candidates.
    pub pairs: Vec<Compared>,
}

/// Compares the clauses of `input.members`.
pub fn compared(input: &Input<'_>, lexicon: &Lexicon) -> Comparison {
    let clauses: Vec<Clause> = input.members.iter().flat_map(|&a| clauses(input, lexicon, a)).collect();
    let aligner = Aligner::new(input, &clauses);
    let numbers = crate::frame::collect(input, lexicon, &clauses);
    let mut pairs = Vec::new();
    aligner.for_candidates(&crate::align::counted(clauses.len(), &numbers), |x, y, _, features| {
        if x != y {
            pairs.push(Compared { x, y, features });
        }
    });
    let place = |x: usize| {
        let clause = &clauses[aligner.wordings.first(x as u32)];
        (clause.article, clause.span)
    };
    let places = (0..aligner.wordings.clauses.len()).map(place).collect();
    Comparison { places, layout: aligner.layout(), pairs }
}
