//! Two figures pointed at from outside: what is each a figure of, and how do they agree?
//!
//! The account lines figures up by itself (`figures`); this answers for a pair that somebody else chose, in two
//! reports or in one. Whether the two are of one thing is weighed by a small model over typed features.

use crate::align::Aligner;
use crate::compare::{Fit, fit};
use crate::frame::{self, Number};
use crate::kinship::{FEATURES, Kinship, features};
use crate::lexicon::Lexicon;
use crate::material::{Clause, Input, clauses};
use crate::measure::Class;
use crate::verdict::{days_apart, figure, others};
use crate::voices;
use headwater_model::{Agreement, ArticleIndex, Quantity};

/// What is said of a pair of figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Between {
    /// How they agree; `None` when they are of two happenings.
    pub agreement: Option<Agreement>,
    /// Why, in words.
    pub because: String,
    /// What the model read, in the order of [`FEATURES`].
    pub features: Vec<f32>,
    /// Whether words or time make the later figure a new state of the count: `None` when values fit.
    pub moved: Option<bool>,
}

/// Weights of the three answers (same, scope, apart) for each feature.
pub struct PairModel {
    weights: Vec<[f32; 3]>,
}

impl PairModel {
    /// The model that ships.
    pub fn bundled() -> Self {
        Self::parse(include_str!("../data/figures.model"))
    }

    /// Reads lines of `feature<TAB>same<TAB>scope<TAB>apart`; `#` begins a comment. Unknown features are left out,
    /// missing ones weigh nothing.
    pub fn parse(text: &str) -> Self {
        let mut weights = vec![[0.0; 3]; FEATURES.len()];
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let mut parts = line.split('\t');
            let Some(at) = parts.next().and_then(|name| FEATURES.iter().position(|f| *f == name)) else {
                continue;
            };
            for slot in &mut weights[at] {
                *slot = parts.next().and_then(|w| w.trim().parse().ok()).unwrap_or(0.0);
            }
        }
        PairModel { weights }
    }

    /// Shares (0–1, they sum to 1) of same, scope, apart.
    pub fn weigh(&self, features: &[f32]) -> [f32; 3] {
        let mut sums = [0.0f32; 3];
        for (w, x) in self.weights.iter().zip(features) {
            for (s, w) in sums.iter_mut().zip(w) {
                *s += w * x;
            }
        }
        let most = sums.iter().copied().fold(f32::MIN, f32::max);
        let powers = sums.map(|s| (s - most).exp());
        let all: f32 = powers.iter().sum();
        powers.map(|p| p / all)
    }
}

/// Judges a pair of figures of `input.members`.
pub fn between(
    input: &Input<'_>,
    lexicon: &Lexicon,
    model: &PairModel,
    a: (ArticleIndex, &Quantity),
    b: (ArticleIndex, &Quantity),
) -> Option<Between> {
    let clauses: Vec<Clause> = input.members.iter().flat_map(|&m| clauses(input, lexicon, m)).collect();
    let aligner = Aligner::new(input, &clauses);
    let numbers = frame::collect(input, lexicon, &clauses);
    let number = |(article, quantity): (ArticleIndex, &Quantity)| {
        let index = clauses
            .iter()
            .position(|c| c.article == article && c.span.end > quantity.number.start)
            .or_else(|| clauses.iter().rposition(|c| c.article == article))?;
        let before: Vec<Number> = numbers
            .iter()
            .filter(|n| n.article == article && n.quantity.number.end <= quantity.number.start)
            .cloned()
            .collect();
        frame::frame(input, lexicon, &clauses, index, quantity, &before, true)
    };
    let (x, y) = (number(a)?, number(b)?);
    let features = features(input, &aligner, &x, &y);
    let shares = model.weigh(&features);
    let kinship = match shares {
        [same, scope, apart] if same >= scope && same >= apart => Kinship::Same,
        [_, scope, apart] if scope >= apart => Kinship::Scope,
        _ => Kinship::Apart,
    };
    let read = format!("{}; {}", say(&x), say(&y));
    let value = fit(&figure(&x.quantity), &figure(&y.quantity));
    let moved = (value == Fit::Exclusive || value == Fit::Strained).then(|| has_moved(input, &x, &y));
    let (agreement, because) = match kinship {
        Kinship::Apart => (None, "two happenings by their words, places or days"),
        Kinship::Scope => (Some(Agreement::Scope), "not the same set or extent is counted"),
        Kinship::Same => match value {
            Fit::Same => (Some(Agreement::Agrees), "the same figure of the same thing"),
            Fit::Compatible => (Some(Agreement::Rounding), "the wordings allow one another"),
            _ if moved == Some(true) => {
                (Some(Agreement::Update), "one source or line of reporting, a later state")
            }
            Fit::Strained => (Some(Agreement::Rounding), "bounds far apart allow one another"),
            Fit::Exclusive => {
                (Some(Agreement::Conflict), "the same thing and time, values that exclude each other")
            }
        },
    };
    Some(Between { agreement, because: format!("{because} ({read})"), features, moved })
}

/// Whether the later figure is a new state of the count rather than another opinion of it: words that say so, or one
/// house at two times. Two figures in one sentence stand side by side.
fn has_moved(input: &Input<'_>, a: &Number, b: &Number) -> bool {
    let one_house = voices::one_house(input, a, b);
    let beside = a.article == b.article && a.extent.sentence == b.extent.sentence;
    let told = a.moves.is_some() || b.moves.is_some();
    let two = others(&a.chain, &b.chain) && !one_house;
    told && !two || one_house && !beside || a.chain.is_empty() && b.chain.is_empty() && later_and_more(a, b)
}

/// Days after which a higher figure without a source is no longer taken for a new state of the same count.
const MOST_DAYS_MOVING: i32 = 7;

fn later_and_more(a: &Number, b: &Number) -> bool {
    let (Some(x), Some(y)) = (&a.as_of, &b.as_of) else { return false };
    let (first, second) = if x.1 < y.0 { (a, b) } else { (b, a) };
    days_apart(a, b).is_some_and(|d| d > 0 && d <= MOST_DAYS_MOVING)
        && first.quantity.high < second.quantity.high
}

/// A frame in words.
fn say(n: &Number) -> String {
    let class = match n.measure.class {
        Class::Other => "count".to_owned(),
        c => format!("{c:?}").to_lowercase(),
    };
    let source = n.chain.last().map_or("its own voice", |l| l.text.as_str());
    let at = n.as_of.as_ref().map_or("no day", |t| t.2.as_str());
    format!(
        "{class} {}–{} {} {} of “{}” from {source} as of {at}",
        n.quantity.low,
        n.quantity.high,
        n.quantity.bound.name(),
        n.quantity.unit,
        n.quantity.counted
    )
}
