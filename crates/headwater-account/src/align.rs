//! Which clauses of several reports say the same.
//!
//! Similarity is the cosine of concept vectors weighted by how telling each concept is in the story; how likely two
//! clauses say the same is weighed by `likeness`. Candidates come from an inverted index over telling concepts,
//! clusters grow by average link, and a clause whose counterpart tells more than one thing is lined up with it all the
//! same. What the clauses' values are is none of its business.

use crate::frame::Number;
use crate::lexicon::ENTITY_BASE;
use crate::likeness::{
    Compared, LEAST_ALONE, Layout, Likeness, LikenessModel, Told, company, features, told,
};
use crate::material::{Clause, Input, Weights};
use crate::measure::{Class, Relation, relate};
use crate::wordings::Wordings;
use headwater_model::{ArticleIndex, Interval, TimeKind};
use rustc_hash::{FxHashMap, FxHashSet};

/// Clauses of one story, ready to be compared.
pub(crate) struct Aligner<'a> {
    input: &'a Input<'a>,
    pub(crate) clauses: &'a [Clause],
    weights: Weights,
    norms: Vec<f32>,
    /// Squared weight of each concept of each clause.
    squares: Vec<Vec<f32>>,
    /// Weights of each clause's concepts together, against one that stands in a single clause of the story.
    pub(crate) totals: Vec<f32>,
    /// The dates told in each clause, or in its sentence when it tells none.
    intervals: Vec<Vec<Interval>>,
    /// The clauses that open each article.
    leads: FxHashMap<ArticleIndex, Vec<usize>>,
    /// Which clauses are one to the letter.
    pub(crate) wordings: Wordings,
    /// Who says each clause, and its numbers.
    pub(crate) told: Vec<Told>,
}

/// How two clauses compare.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    /// 0–1: the cosine or the share of the shorter that the other holds, days and happenings weighed in.
    pub(crate) similarity: f32,
    /// Cosine of the concepts, 0–1.
    pub(crate) cosine: f32,
    /// Shared concepts that are no entities.
    pub(crate) words: u32,
    /// Whether both articles tell the same event.
    pub(crate) same_event: bool,
    /// Whether both clauses tell a date and these cannot be one.
    pub(crate) dates_exclude: bool,
}

/// Similarity from which two clauses of one report may stand for one another. Chosen on three of the NewsWCL50 accounts.
pub(crate) const JOIN: f32 = 0.27;

/// Sentences that open a report and tell what it is about.
pub(crate) const LEAD_SENTENCES: usize = 3;

/// Likelihood (0–1) from which two clauses are lined up. Of .12 to .4 on the accounts labelled in full (2026-11; those
/// learned from): as many statements are found as by rules before, and more of what is lined up is one statement. Lower
/// finds more; of the invented corpus of seventeen reports most of what comes in then is wrong, and a wrong line is
/// worse than a missing one.
const LIKELY: f32 = 0.32;

/// Similarity (0–1) from which two clauses are lined up whatever their likelihood: of few words, what is alike to the
/// letter says little by itself and is the same all the same. By judgement; of .5 to 1 all are alike on these accounts.
const ALIKE: f32 = 0.65;

/// Likelihood (0–1) under which what is lined up is said to be doubtful: on these accounts three in four of the pairs of
/// clauses above it are one statement, and half of those below.
pub(crate) const SURE: f32 = 0.45;

/// Cosine under which two clauses are not weighed at all. On these accounts no pair below it comes to be lined up.
const LEAST_COSINE: f32 = 0.05;

/// Mean similarity that two clusters need to become one. Chosen on the accounts: higher, fewer reports stand in one
/// statement, lower, fewer statements are told apart. Mean likelihood instead, from .05 to .42, told no better.
const JOIN_CLUSTERS: f32 = 0.16;

/// A concept in more clauses than this share of all says too little to propose a pair.
const COMMON_SHARE: f32 = 0.3;

/// Most clauses that one concept may bring together.
const MOST_POSTINGS: usize = 400;

impl<'a> Aligner<'a> {
    pub(crate) fn new(input: &'a Input<'a>, clauses: &'a [Clause]) -> Self {
        let weights = Weights::new(clauses);
        let norms = clauses.iter().map(|c| weights.norm(c)).collect();
        let squares =
            clauses.iter().map(|c| c.concepts.iter().map(|k| weights.of(*k).powi(2)).collect()).collect();
        let intervals: Vec<Vec<Interval>> = clauses.iter().map(|c| intervals(input, c)).collect();
        let wordings = Wordings::new(input, clauses, &intervals);
        let mut leads: FxHashMap<ArticleIndex, Vec<usize>> = FxHashMap::default();
        for (i, clause) in clauses.iter().enumerate().filter(|(_, c)| c.sentence < LEAD_SENTENCES) {
            leads.entry(clause.article).or_default().push(i);
        }
        let told = told(input, clauses);
        let totals =
            clauses.iter().map(|c| c.concepts.iter().map(|k| weights.of(*k) / weights.most).sum()).collect();
        Aligner { input, clauses, weights, norms, squares, totals, intervals, leads, wordings, told }
    }

    /// The told event of an article.
    pub(crate) fn event_of(&self, article: ArticleIndex) -> Option<u32> {
        self.input.index.event_of[article.at()]
    }

    /// How telling a concept is, against one that stands in a single clause of the story: 0–1.
    pub(crate) fn share_of_most(&self, concept: u32) -> f32 {
        self.weights.of(concept) / self.weights.most
    }

    /// How telling a concept is.
    pub(crate) fn weight(&self, concept: u32) -> f32 {
        self.weights.of(concept)
    }

    /// Compares two clauses.
    pub(crate) fn pair(&self, i: usize, j: usize) -> Pair {
        let (a, b) = (&self.clauses[i], &self.clauses[j]);
        let (mut dot, mut words) = (0.0, 0);
        let (mut k, mut l) = (0, 0);
        while let (Some(x), Some(y)) = (a.concepts.get(k), b.concepts.get(l)) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => k += 1,
                std::cmp::Ordering::Greater => l += 1,
                std::cmp::Ordering::Equal => {
                    dot += self.squares[i][k];
                    words += u32::from(*x < ENTITY_BASE);
                    k += 1;
                    l += 1;
                }
            }
        }
        let length = self.norms[i] * self.norms[j];
        let cosine = if length > 0.0 { dot / length } else { 0.0 };
        // A short clause inside a long one: measured by the shorter, at a discount.
        let shorter = self.norms[i].min(self.norms[j]).powi(2);
        let contained = if shorter > 0.0 { (dot / shorter).min(1.0) } else { 0.0 };
        let mut similarity = cosine.max(0.62 * contained * f32::from(words >= 3));
        let (dates_meet, dates_exclude) = self.dates(i, j);
        if dates_meet {
            similarity += 0.07;
        }
        if dates_exclude {
            similarity -= 0.08;
        }
        let same_event = match (self.event_of(a.article), self.event_of(b.article)) {
            (Some(x), Some(y)) => x == y,
            _ => false,
        };
        if same_event {
            similarity += 0.03;
        }
        let similarity = similarity.clamp(0.0, 1.0);
        Pair { similarity, cosine, words, same_event, dates_exclude }
    }

    /// How near the openings of two articles are: the best pair of their clauses.
    pub(crate) fn lead_similarity(&self, a: ArticleIndex, b: ArticleIndex) -> f32 {
        let pairs = self.lead(a).iter().flat_map(|&i| self.lead(b).iter().map(move |&j| (i, j)));
        pairs.map(|(i, j)| self.pair(i, j).similarity).fold(0.0, f32::max)
    }

    /// A clause with those right before and after it in its report.
    pub(crate) fn around(&self, clause: usize) -> impl Iterator<Item = usize> + '_ {
        let own = self.clauses[clause].article;
        (clause.saturating_sub(1)..=(clause + 1).min(self.clauses.len() - 1))
            .filter(move |&n| self.clauses[n].article == own)
    }

    /// How near two clauses or those beside them are.
    pub(crate) fn context_similarity(&self, i: usize, j: usize) -> f32 {
        self.around(i)
            .flat_map(|x| self.around(j).map(move |y| (x, y)))
            .filter(|(x, y)| x != y)
            .map(|(x, y)| self.pair(x, y).similarity)
            .fold(0.0, f32::max)
    }

    /// Whether the dates told in two clauses can be one, and whether they exclude each other.
    fn dates(&self, i: usize, j: usize) -> (bool, bool) {
        let (x, y) = (&self.intervals[i], &self.intervals[j]);
        if x.is_empty() || y.is_empty() {
            return (false, false);
        }
        let meet = x.iter().any(|p| y.iter().any(|q| p.start < q.end && q.start < p.end));
        (meet, !meet && !self.clauses[i].times.is_empty() && !self.clauses[j].times.is_empty())
    }

    /// The clauses that open an article.
    pub(crate) fn lead(&self, article: ArticleIndex) -> &[usize] {
        self.leads.get(&article).map_or(&[], Vec::as_slice)
    }

    /// Compares two wordings, by the first clause of each.
    pub(crate) fn pair_of(&self, x: u32, y: u32) -> Pair {
        self.pair(self.wordings.first(x), self.wordings.first(y))
    }

    /// Whether two wordings stand in two reports.
    fn apart(&self, x: u32, y: u32) -> bool {
        let (a, b) = (&self.wordings.clauses[x as usize], &self.wordings.clauses[y as usize]);
        let article = |list: &[u32]| list.first().map(|c| self.clauses[*c as usize].article);
        a.len() > 1 || b.len() > 1 || article(a) != article(b)
    }

    /// Shows pairs of wordings of different reports that share telling concepts; one of several reports is a pair with
    /// itself. `counted` is what each clause counts, as far as that is known.
    pub(crate) fn for_candidates(
        &self,
        counted: &[Vec<Class>],
        mut show: impl FnMut(u32, u32, &Pair, Likeness),
    ) {
        let count = self.wordings.clauses.len();
        let concepts = |x: u32| &self.clauses[self.wordings.first(x)].concepts;
        let mut postings: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for x in 0..count as u32 {
            for c in concepts(x) {
                postings.entry(*c).or_default().push(x);
            }
        }
        let most = ((count as f32 * COMMON_SHARE) as usize).clamp(12, MOST_POSTINGS);
        let mut seen = vec![u32::MAX; count];
        for x in 0..count as u32 {
            let mut keep = |y: u32| {
                let (i, j) = (self.wordings.first(x), self.wordings.first(y));
                let p = self.pair(i, j);
                if p.cosine >= LEAST_COSINE && p.words > 0 && !count_apart(&counted[i], &counted[j]) {
                    show(x, y, &p, features(self, i, j, &p));
                }
            };
            if self.wordings.clauses[x as usize].len() > 1 {
                keep(x);
            }
            for list in concepts(x).iter().filter_map(|c| postings.get(c)).filter(|p| p.len() <= most) {
                for &y in &list[list.partition_point(|y| *y <= x)..] {
                    if std::mem::replace(&mut seen[y as usize], x) != x && self.apart(x, y) {
                        keep(y);
                    }
                }
            }
        }
    }

    /// How the wordings lie in the reports.
    pub(crate) fn layout(&self) -> Layout {
        let all = 0..self.wordings.clauses.len() as u32;
        let report = |x: u32| self.clauses[self.wordings.first(x)].article;
        let beside = |x: u32| {
            let first = self.wordings.first(x);
            let wording = |clause: Option<usize>| {
                let clause =
                    clause.filter(|c| self.clauses.get(*c).is_some_and(|c| c.article == report(x)))?;
                Some(self.wordings.of[clause])
            };
            [wording(first.checked_sub(1)), wording(Some(first + 1))]
        };
        Layout { report: all.clone().map(report).collect(), beside: all.map(beside).collect() }
    }

    /// The candidates, best first.
    fn candidates(&self, model: &LikenessModel, counted: &[Vec<Class>]) -> Vec<(f32, u32, u32)> {
        let mut out: Vec<(f32, u32, u32)> = Vec::new();
        let (mut pairs, mut alone, mut alike) = (Vec::new(), Vec::new(), Vec::new());
        self.for_candidates(counted, |x, y, p, features| {
            if x == y {
                out.push((1.0, x, y));
                return;
            }
            let likely = model.alone(&features);
            if likely >= LEAST_ALONE {
                pairs.push(Compared { x, y, features });
                alone.push(likely);
                // Of few words, what is alike to the letter says little by itself and is the same all the same.
                alike.push(if p.words >= 2 { p.similarity } else { 0.0 });
            }
        });
        for (k, features) in company(&self.layout(), &pairs, &alone).iter().enumerate() {
            let likely = model.in_company(features).max(if alike[k] >= ALIKE { alike[k] } else { 0.0 });
            out.push((likely, pairs[k].x, pairs[k].y));
        }
        out.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        out
    }

    /// Clusters of clauses that say the same; clauses that match nothing are left out. A clause that tells more than one
    /// thing may stand in several. `counted` is what each clause counts, as far as that is known.
    pub(crate) fn clusters(&self, model: &LikenessModel, counted: &[Vec<Class>]) -> Vec<Cluster> {
        let mut candidates = self.candidates(model, counted);
        let known: FxHashMap<(u32, u32), f32> = candidates.iter().map(|&(l, x, y)| ((x, y), l)).collect();
        candidates.retain(|c| c.0 >= LIKELY);
        let mut home: Vec<Option<usize>> = vec![None; self.wordings.clauses.len()];
        let mut drafts: Vec<Draft> = Vec::new();
        let mut links: FxHashMap<(usize, usize), Link> = FxHashMap::default();
        for &(likely, x, y) in &candidates {
            let [a, b] = [x, y].map(|wording| {
                *home[wording as usize].get_or_insert_with(|| {
                    drafts.push(Draft { wordings: vec![wording], likely: 1.0 });
                    drafts.len() - 1
                })
            });
            let (a, b) = (a.min(b), a.max(b));
            if a == b {
                continue;
            }
            let link = links.entry((a, b)).or_default();
            self.bring_up(link, &known, &drafts[a].wordings, &drafts[b].wordings);
            if !link.holds() {
                continue;
            }
            let moved = std::mem::take(&mut drafts[b].wordings);
            for &wording in &moved {
                home[wording as usize] = Some(a);
            }
            drafts[a].wordings.extend(moved);
            let mean = links.get(&(a, b)).map_or(likely, |l| l.mean(l.likely));
            drafts[a].likely = mean.min(likely).min(drafts[a].likely).min(drafts[b].likely);
        }
        self.counterparts(&candidates, &home, &mut drafts);
        let mut out: Vec<Cluster> = drafts.iter().map(|d| self.expanded(d)).collect();
        out.retain(|c| c.clauses.len() > 1);
        out.sort_by(|a, b| a.clauses.cmp(&b.clauses).then(b.likely.total_cmp(&a.likely)));
        out.dedup_by(|a, b| a.clauses == b.clauses);
        out
    }

    /// The clauses of a cluster's wordings.
    fn expanded(&self, draft: &Draft) -> Cluster {
        let wordings = draft.wordings.iter().flat_map(|w| &self.wordings.clauses[*w as usize]);
        let mut clauses: Vec<usize> = wordings.map(|c| *c as usize).collect();
        clauses.sort_unstable();
        Cluster { clauses, likely: draft.likely }
    }

    /// Lines up each wording whose likeliest counterpart in a report stands in another cluster, since that one tells more
    /// than one thing, for the reports that its own cluster has none of: it joins that cluster where the same sentence
    /// of its report stands there already, and else makes a further cluster with its counterparts.
    fn counterparts(&self, candidates: &[(f32, u32, u32)], home: &[Option<usize>], drafts: &mut Vec<Draft>) {
        let clause = |x: u32| &self.clauses[self.wordings.first(x)];
        let all = || drafts.iter().enumerate().flat_map(|(at, d)| d.wordings.iter().map(move |w| (at, *w)));
        let reached: FxHashSet<(usize, ArticleIndex)> =
            all().map(|(at, w)| (at, clause(w).article)).collect();
        let sentences: FxHashSet<(usize, ArticleIndex, usize)> =
            all().map(|(at, w)| (at, clause(w).article, clause(w).sentence)).collect();
        let mut place: FxHashMap<u32, usize> = FxHashMap::default();
        let mut met: FxHashSet<(u32, ArticleIndex)> = FxHashSet::default();
        for &(likely, x, y) in candidates {
            let first = [met.insert((x, clause(y).article)), met.insert((y, clause(x).article))];
            if home[x as usize] == home[y as usize] {
                continue;
            }
            let sides = [(x, y, first[0]), (y, x, first[1])];
            let alone = |(one, other, first): &(u32, u32, bool)| {
                *first && home[*one as usize].is_some_and(|h| !reached.contains(&(h, clause(*other).article)))
            };
            // Once, where both are one another's likeliest.
            let Some((one, other, _)) = sides.into_iter().find(alone) else { continue };
            let (own, there) = (clause(one), home[other as usize]);
            let (at, added) = match there.filter(|h| sentences.contains(&(*h, own.article, own.sentence))) {
                Some(at) => (at, one),
                None => (
                    *place.entry(one).or_insert_with(|| {
                        drafts.push(Draft { wordings: vec![one], likely: 1.0 });
                        drafts.len() - 1
                    }),
                    other,
                ),
            };
            if !drafts[at].wordings.contains(&added) {
                drafts[at].wordings.push(added);
                drafts[at].likely = drafts[at].likely.min(likely);
            }
        }
    }

    /// Adds to a link what came to its clusters since it was last looked at.
    fn bring_up(&self, link: &mut Link, known: &FxHashMap<(u32, u32), f32>, a: &[u32], b: &[u32]) {
        let (old_a, old_b) = link.seen;
        for (k, &x) in a.iter().enumerate() {
            let from = if k < old_a { old_b } else { 0 };
            for &y in &b[from..] {
                let similarity = self.pair_of(x, y).similarity;
                let counts = [x, y].map(|w| self.wordings.clauses[w as usize].len() as u64);
                let mut doubled = 0;
                for (i, j) in self.wordings.beside(self.clauses, x, y) {
                    doubled += 1;
                    // Two clauses of one report in one statement: only when they stand in for one another.
                    let near = self.clauses[i].sentence.abs_diff(self.clauses[j].sentence) <= 1;
                    link.two_things |= !near && similarity < JOIN;
                }
                let count = counts[0] * counts[1] - doubled;
                let likely = known.get(&(x.min(y), x.max(y))).copied().unwrap_or(0.0);
                link.similar += f64::from(similarity) * count as f64;
                link.likely += f64::from(likely) * count as f64;
                link.count += count;
            }
        }
        link.seen = (a.len(), b.len());
    }
}

/// What each of so many clauses counts.
pub(crate) fn counted(clauses: usize, numbers: &[Number]) -> Vec<Vec<Class>> {
    let mut out = vec![Vec::new(); clauses];
    for number in numbers {
        out[number.clause].push(number.measure.class);
    }
    out
}

/// Whether two clauses count, and nothing that the one counts can be what the other does: killed and sent. Those aboard
/// or present may be any of the others.
fn count_apart(a: &[Class], b: &[Class]) -> bool {
    let any = |c: &Class| matches!(c, Class::Other | Class::Aboard | Class::Present);
    let unlike = |x: &Class| !any(x) && b.iter().all(|y| !any(y) && relate(*x, *y) == Relation::Other);
    !a.is_empty() && !b.is_empty() && a.iter().all(unlike)
}

/// Clauses that say the same.
pub(crate) struct Cluster {
    /// Ascending.
    pub(crate) clauses: Vec<usize>,
    /// How likely, 0–1: that of the least likely step by which it grew, as a mean over the pairs that the step joined.
    pub(crate) likely: f32,
}

/// A cluster as it grows.
struct Draft {
    wordings: Vec<u32>,
    likely: f32,
}

/// What speaks for one cluster of two, as far as it was looked at. Clusters only grow at their ends.
#[derive(Default)]
struct Link {
    /// Wordings of each that were compared.
    seen: (usize, usize),
    /// Similarities and likelihoods of the pairs of clauses of two reports, and their number.
    similar: f64,
    likely: f64,
    count: u64,
    /// One report tells both, far apart and in other words.
    two_things: bool,
}

impl Link {
    /// The mean of a sum over the pairs; 0 when there is none.
    fn mean(&self, sum: f64) -> f32 {
        if self.count == 0 { 0.0 } else { (sum / self.count as f64) as f32 }
    }

    fn holds(&self) -> bool {
        !self.two_things && self.count > 0 && self.mean(self.similar) >= JOIN_CLUSTERS
    }
}

/// The stretches of the calendar that a clause tells, or its sentence when it tells none.
fn intervals(input: &Input<'_>, clause: &Clause) -> Vec<Interval> {
    let notes = &input.annotations[clause.article.at()];
    let pick = if clause.times.is_empty() { &clause.sentence_times } else { &clause.times };
    pick.iter()
        .filter(|&&t| notes.times[t].kind != TimeKind::Duration)
        .filter_map(|&t| notes.times[t].interval)
        .collect()
}
