//! How well one member of a family would do as the parent of another, and how well nobody would: in features.
//!
//! What was written anew, left out, cut off, respelt; who else has these words (nobody comes by another's words
//! alone); credits, times, names. `choice` weighs them. A row of features is small whole numbers.

use crate::cite::same_house;
use crate::digest::Digest;
use crate::evidence::{self, What};
use crate::family::Pair;
use crate::judge::is_revision;
use crate::readings::{Holders, Member, Readings, bit, hits};
use crate::supplier::{Part, Supplier};
use crate::tree::Bench;
use headwater_model::CreditPlace;
use rustc_hash::FxHashMap;

/// Names of the features: first those of a pair of parent and child, then those of the child alone.
pub(crate) const NAMES: [&str; WIDTH] = [
    "new_alone_runs",
    "new_elsewhere_runs",
    "new_words",
    "lead",
    "lost_alone_runs",
    "lost_elsewhere_runs",
    "lost_words",
    "tail",
    "touched",
    "touched_as_elsewhere",
    "untouched_elsewhere",
    "shared_only",
    "shared_lacked",
    "length_to_parent",
    "same_end",
    "same_end_elsewhere",
    "respelt",
    "respelt_as_elsewhere",
    "unrespelt_elsewhere",
    "credit_place",
    "parent_credit_place",
    "credit_same",
    "credit_other",
    "credit_lost",
    "credit_of_parent",
    "after_first",
    "after_last",
    "order",
    "names_parent",
    "parent_names_itself",
    "attribution",
    "quotation_trimmed",
    "figure",
    "revision",
    "alone_runs",
    "with_one_runs",
    "common_lost_runs",
    "words",
    "length_to_longest",
    "members",
    "members_credited",
    "members_of_supplier",
    "of_supplier",
    "members_before",
    "names_itself",
    "named_by_others",
    "names_member",
    "names_supplier",
    "supplier_inside",
];

/// Features of a pair.
pub(crate) const PAIR: usize = 34;
/// All features.
pub(crate) const WIDTH: usize = PAIR + 15;

/// Where some of them stand.
pub(crate) const MEMBERS_BEFORE: usize = PAIR + 9;
pub(crate) const SUPPLIER_INSIDE: usize = PAIR + 14;

/// One row of features.
pub(crate) type Row = [i32; WIDTH];

/// A member that may be the parent.
pub(crate) struct Candidate {
    /// Its place among the members.
    pub(crate) parent: usize,
    pub(crate) row: Row,
    /// What the articles themselves declare, for it (positive) or against (log odds).
    pub(crate) declared: f64,
    /// All evidence of order, for it or against (log odds).
    pub(crate) evidence: f64,
}

/// What may be the parent of one member.
pub(crate) struct Choices {
    pub(crate) candidates: Vec<Candidate>,
    /// The row of nobody: it begins here, or comes from an absent agency.
    pub(crate) nobody: Row,
    /// Whether the member is made of two texts, of which this is one.
    pub(crate) merged: bool,
}

/// Words of a run from which on it is an edit of its own and no touch (words).
const RUN: usize = 4;
/// A minute that is not told.
const UNTOLD: i32 = i32::MIN;

/// The choices of every member; `upstream` is the supplier that most of them credit, `merged` says which are made of
/// two texts.
pub(crate) fn choices(
    bench: &Bench<'_>,
    found: &Readings,
    members: &[u32],
    pairs: &[&Pair],
    upstream: Option<&str>,
    merged: impl Fn(u32) -> bool,
) -> Vec<Choices> {
    let family = Family::new(bench, found, members, upstream);
    let mut out: Vec<Choices> = (0..members.len())
        .map(|m| Choices { candidates: Vec::new(), nobody: family.alone(m), merged: merged(members[m]) })
        .collect();
    for (pair, runs) in pairs.iter().zip(&found.runs) {
        let place = |node: u32| members.binary_search(&node).ok();
        let (Some(a), Some(b)) = (place(pair.a), place(pair.b)) else { continue };
        let mut hit = [vec![false; family.words(a).own.len()], vec![false; family.words(b).own.len()]];
        for (i, j) in hits(runs) {
            hit[0][i] = true;
            hit[1][j] = true;
        }
        for (parent, child, sides, sign) in [(a, b, [0, 1], 1.0), (b, a, [1, 0], -1.0)] {
            let mut row = out[child].nobody;
            let texts = Texts { parent, child, hit: [&hit[sides[0]], &hit[sides[1]]] };
            let aligned = hits(runs).map(|(i, j)| if sign > 0.0 { (i, j) } else { (j, i) });
            family.words_of(&texts, aligned, &mut row);
            family.records_of(parent, child, pair, sign, &mut row);
            let sum = |what: &[What]| -> f64 {
                pair.signs.iter().filter(|s| what.contains(&s.what)).map(|s| sign * s.weight).sum()
            };
            out[child].candidates.push(Candidate {
                parent,
                row,
                declared: sum(&[What::Declared, What::Agency, What::TimesInferred]),
                evidence: sign * evidence::sum(&pair.signs),
            });
        }
    }
    for choices in &mut out {
        // Nobody is measured against the nearest that there is.
        for n in 0..PAIR {
            choices.nobody[n] = choices.candidates.iter().map(|c| c.row[n]).min().unwrap_or(0);
        }
    }
    out
}

/// Those that an article has its whole text from, as it says.
pub(crate) fn whole_suppliers(of: &Digest) -> impl Iterator<Item = &Supplier> {
    of.suppliers.iter().filter(|s| s.part == Part::Whole)
}

struct Texts<'a> {
    parent: usize,
    child: usize,
    /// Which words of the parent and of the child are aligned.
    hit: [&'a [bool]; 2],
}

struct Family<'a> {
    digests: Vec<&'a Digest>,
    found: &'a Readings,
    upstream: Option<&'a str>,
    longest: usize,
    /// The last own reading of each member, and how many members end so.
    last: Vec<Option<u32>>,
    ends: FxHashMap<Option<u32>, usize>,
    /// The bits of all members.
    all: Holders,
    /// Members that credit somebody for the whole, and those that credit the supplier of most.
    crediting: usize,
    crediting_upstream: usize,
    /// Whether the supplier of most is a member's outlet.
    upstream_inside: bool,
    /// The latest that each member with a time told can have come out, sorted.
    latest: Vec<i64>,
    /// How many members name each outlet in their text, and how many are of it.
    naming: FxHashMap<u64, usize>,
    outlets: FxHashMap<u64, usize>,
    /// Readings that half of the members have, as runs of the member that has most of them.
    common: Vec<Vec<Holders>>,
}

impl<'a> Family<'a> {
    fn new(bench: &Bench<'a>, found: &'a Readings, members: &[u32], upstream: Option<&'a str>) -> Self {
        let digests: Vec<&Digest> = members.iter().map(|m| bench.digests[*m as usize]).collect();
        let own = |m: &Member| m.own.iter().filter(|o| **o).count();
        let last: Vec<Option<u32>> =
            found.members.iter().map(|m| m.own.iter().rposition(|o| *o).map(|at| m.reading[at])).collect();
        let mut ends: FxHashMap<Option<u32>, usize> = FxHashMap::default();
        last.iter().for_each(|end| *ends.entry(*end).or_default() += 1);
        let crediting = digests.iter().filter(|d| whole_suppliers(d).next().is_some()).count();
        let credits =
            |d: &Digest| upstream.is_some_and(|u| whole_suppliers(d).any(|s| same_house(&s.name, u)));
        let crediting_upstream = digests.iter().filter(|d| credits(d)).count();
        let of_upstream =
            |d: &Digest| d.outlet.as_deref().zip(upstream).is_some_and(|(outlet, u)| same_house(u, outlet));
        let upstream_inside = digests.iter().any(|d| of_upstream(d));
        let told = digests.iter().filter_map(|d| d.when.filter(|w| w.told));
        let mut latest: Vec<i64> = told.map(|w| w.latest).collect();
        latest.sort_unstable();
        let (mut naming, mut outlets): (FxHashMap<u64, usize>, FxHashMap<u64, usize>) = Default::default();
        for digest in &digests {
            *outlets.entry(digest.outlet_name).or_default() += 1;
        }
        for name in digests.iter().flat_map(|d| &d.named) {
            if *name != 0 && outlets.contains_key(name) {
                *naming.entry(*name).or_default() += 1;
            }
        }
        let half = (members.len() as u32).min(Holders::BITS).div_ceil(2).max(2);
        let fullest = found
            .members
            .iter()
            .map(|m| m.holders.iter().zip(&m.own).filter(|(h, o)| **o && h.count_ones() >= half).count())
            .enumerate()
            .max_by(|x, y| x.1.cmp(&y.1).then(y.0.cmp(&x.0)));
        let common = fullest.map_or(Vec::new(), |(m, _)| {
            let member = &found.members[m];
            runs(
                member
                    .own
                    .iter()
                    .zip(&member.holders)
                    .map(|(own, h)| (*own && h.count_ones() >= half).then_some(*h)),
            )
        });
        Family {
            digests,
            found,
            upstream,
            longest: found.members.iter().map(own).max().unwrap_or(0),
            last,
            ends,
            all: (0..members.len()).fold(0, |all, m| all | bit(m)),
            crediting,
            crediting_upstream,
            upstream_inside,
            latest,
            naming,
            outlets,
            common,
        }
    }

    fn words(&self, member: usize) -> &Member {
        &self.found.members[member]
    }

    /// What the texts say.
    fn words_of(&self, texts: &Texts<'_>, aligned: impl Iterator<Item = (usize, usize)>, row: &mut Row) {
        let (p, c) = (self.words(texts.parent), self.words(texts.child));
        let both = bit(texts.parent) | bit(texts.child);
        let lone = |member: &Member, hit: &[bool]| -> Vec<Lone> { lone(member, hit, both) };
        let (new, lost) = (lone(c, texts.hit[1]), lone(p, texts.hit[0]));
        let tail = lost.last().filter(|l| l.at_end && l.words >= RUN).map_or(0, |l| l.words);
        let mut values = Values { row, at: 0 };
        let long = |l: &&Lone| l.words >= RUN;
        let count = |of: &[Lone], elsewhere: bool| {
            of.iter().filter(long).filter(|l| (2 * l.elsewhere >= l.words) == elsewhere).count()
        };
        values.put(count(&new, false));
        values.put(count(&new, true));
        values.put(new.iter().filter(long).map(|l| l.words).sum::<usize>());
        values.put(usize::from(new.first().is_some_and(|l| l.at_start && l.words >= 2 * RUN)));
        let middle: Vec<Lone> = lost.iter().copied().filter(|l| !(l.at_end && l.words >= RUN)).collect();
        values.put(count(&middle, false));
        values.put(count(&middle, true));
        values.put(middle.iter().filter(long).map(|l| l.words).sum::<usize>());
        values.put(tail);
        let short = |of: &[Lone], elsewhere: bool| {
            of.iter().filter(|l| l.words < RUN && (!elsewhere || l.elsewhere == l.words)).count()
        };
        values.put(short(&new, false).max(short(&middle, false)));
        values.put(short(&new, true));
        values.put(short(&middle, true));
        let (mut only, mut lacked, mut shared) = (0, 0, 0);
        let (mut respelt, mut as_elsewhere, mut unlike) = (0, 0, 0);
        for (i, j) in aligned.filter(|(i, j)| p.own[*i] && c.own[*j]) {
            shared += 1;
            only += usize::from(c.holders[j] & !both == 0);
            lacked += usize::from(c.holders[j] != self.all);
            if p.spelling[i] != c.spelling[j] {
                respelt += 1;
                as_elsewhere += usize::from(c.spelt[j] & !both != 0);
                unlike += usize::from(p.spelt[i] & !both != 0);
            }
        }
        values.put(if self.digests.len() > 2 { only } else { 0 });
        values.put(100 * lacked / shared.max(1));
        let own = |m: &Member| m.own.iter().filter(|o| **o).count();
        values.put(100 * own(c) / own(p).max(1));
        let end = self.last[texts.child];
        let alike = usize::from(end == self.last[texts.parent]);
        values.put(if end.is_some() { alike } else { 0 });
        // Others that end as the child does.
        values.put(self.ends.get(&end).map_or(0, |count| count - 1 - alike));
        values.put(respelt);
        values.put(as_elsewhere);
        values.put(unlike);
    }

    /// What credits, times and names say.
    fn records_of(&self, parent: usize, child: usize, pair: &Pair, sign: f64, row: &mut Row) {
        const FIRST: usize = 19;
        let (p, c) = (self.digests[parent], self.digests[child]);
        let mut values = Values { row, at: FIRST };
        let credit = |of: &'a Digest| whole_suppliers(of).next();
        let (theirs, own) = (credit(p), credit(c));
        let named = |s: &Supplier, of: &Digest| of.outlet.as_deref().is_some_and(|o| same_house(&s.name, o));
        values.put(place(own));
        values.put(place(theirs));
        let same = |s: &Supplier| whole_suppliers(p).any(|t| same_house(&t.name, &s.name));
        values.put(own.map_or(0, |s| {
            usize::from(same(s)) + usize::from(theirs.is_some_and(|t| same(s) && t.place == s.place))
        }));
        values.put(usize::from(own.is_some_and(|s| !same(s) && !named(s, p))));
        values.put(usize::from(own.is_none() && theirs.is_some_and(|s| !named(s, c))));
        values.put(usize::from(whole_suppliers(c).any(|s| named(s, p))));
        let minutes = |x: i64, y: i64| (x - y).clamp(-1_000_000, 1_000_000) as i32;
        match (p.when.filter(|w| w.told), c.when.filter(|w| w.told)) {
            (Some(p), Some(c)) => {
                values.set(minutes(c.earliest, p.earliest));
                values.set(minutes(c.earliest, p.latest));
                values.set(i32::from(c.earliest > p.latest) - i32::from(p.earliest > c.latest));
            }
            _ => {
                values.set(UNTOLD);
                values.set(UNTOLD);
                values.set(UNTOLD);
            }
        }
        values.put(usize::from(names(c, p)));
        values.put(usize::from(names(p, p)));
        for what in [What::Attribution, What::QuoteTrimmed, What::Figure] {
            let sum: f64 = pair.signs.iter().filter(|s| s.what == what).map(|s| sign * s.weight).sum();
            values.set(if sum > 0.0 { 1 } else { -i32::from(sum < 0.0) });
        }
        values.put(usize::from(is_revision(&pair.shared, p, c)));
    }

    /// What one member says by itself; the features of a pair are left at nothing.
    fn alone(&self, m: usize) -> Row {
        let mut row = [0; WIDTH];
        let (digest, member) = (self.digests[m], self.words(m));
        let mut values = Values { row: &mut row, at: PAIR };
        let mine = bit(m);
        let with =
            |others: u32| {
                let runs =
                    runs(member.own.iter().zip(&member.holders).map(|(own, holders)| {
                        (*own && (*holders & !mine).count_ones() == others).then_some(0)
                    }));
                runs.iter().filter(|r| r.len() >= RUN).count()
            };
        values.put(with(0));
        values.put(with(1));
        let lacks = |run: &&Vec<Holders>| run.iter().filter(|h| *h & mine == 0).count() >= RUN;
        values.put(self.common.iter().filter(lacks).count());
        let own = member.own.iter().filter(|o| **o).count();
        values.put(own);
        values.put(100 * own / self.longest.max(1));
        values.put(self.digests.len());
        let of = |d: &Digest, name: &str| whole_suppliers(d).any(|s| same_house(&s.name, name));
        values.put(self.crediting);
        values.put(self.crediting_upstream);
        values.put(usize::from(self.upstream.is_some_and(|name| of(digest, name))));
        match digest.when.filter(|w| w.told) {
            Some(when) => values.put(self.latest.partition_point(|latest| *latest < when.earliest)),
            None => values.set(UNTOLD),
        }
        let itself = names(digest, digest);
        values.put(usize::from(itself));
        let naming = self.naming.get(&digest.outlet_name).copied().unwrap_or(0);
        values.put(naming - usize::from(itself));
        let named = digest.named.iter().filter(|n| **n != 0).filter_map(|n| Some((n, self.outlets.get(n)?)));
        let mut others = named.filter(|(n, members)| **n != digest.outlet_name || **members > 1);
        values.put(usize::from(others.next().is_some()));
        let squeezed = self.upstream.map(crate::cite::squeeze);
        values.put(usize::from(squeezed.is_some_and(|n| digest.named.binary_search(&n).is_ok())));
        values.put(self.upstream.map_or(2, |_| usize::from(self.upstream_inside)));
        row
    }
}

/// Whether one article names the other's outlet in its text.
fn names(one: &Digest, other: &Digest) -> bool {
    other.outlet_name != 0 && one.named.binary_search(&other.outlet_name).is_ok()
}

fn place(of: Option<&Supplier>) -> usize {
    match of.map(|s| s.place) {
        None => 0,
        Some(CreditPlace::Byline) => 1,
        Some(CreditPlace::Dateline) => 2,
        Some(CreditPlace::Footer | CreditPlace::Metadata) => 3,
    }
}

/// A row that is filled from some place on.
struct Values<'r> {
    row: &'r mut Row,
    at: usize,
}

impl Values<'_> {
    fn put(&mut self, value: usize) {
        self.set(value.min(i32::MAX as usize) as i32);
    }

    fn set(&mut self, value: i32) {
        self.row[self.at] = value;
        self.at += 1;
    }
}

/// A run of words that only one of two texts has.
#[derive(Clone, Copy)]
struct Lone {
    words: usize,
    /// Of these, the words that a third has too.
    elsewhere: usize,
    at_start: bool,
    at_end: bool,
}

fn lone(member: &Member, hit: &[bool], both: Holders) -> Vec<Lone> {
    let mut out: Vec<Lone> = Vec::new();
    let (mut open, mut first) = (false, true);
    for at in (0..member.own.len()).filter(|at| member.own[*at]) {
        if hit[at] {
            open = false;
        } else {
            if !open {
                out.push(Lone { words: 0, elsewhere: 0, at_start: first, at_end: false });
            }
            open = true;
            if let Some(run) = out.last_mut() {
                run.words += 1;
                run.elsewhere += usize::from(member.holders[at] & !both != 0);
            }
        }
        first = false;
    }
    if let (true, Some(run)) = (open, out.last_mut()) {
        run.at_end = true;
    }
    out
}

/// The stretches of values between those that are none.
fn runs(of: impl Iterator<Item = Option<Holders>>) -> Vec<Vec<Holders>> {
    let mut out: Vec<Vec<Holders>> = Vec::new();
    let mut open = false;
    for value in of {
        match (value, out.last_mut()) {
            (Some(value), Some(run)) if open => run.push(value),
            (Some(value), _) => out.push(vec![value]),
            (None, _) => {}
        }
        open = value.is_some();
    }
    out
}
