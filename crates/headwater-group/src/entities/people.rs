//! What joins persons: all parts of their names, spelled one way or another; short forms wait for the one full
//! name that they fit.

use super::{EntityLexicon, Member, Merger};
use headwater_model::NameKind;
use std::collections::{BTreeMap, BTreeSet};

/// Endings that tell a father from a son.
const GENERATIONS: &[&str] = &["jr", "sr", "ii", "iii", "iv"];

/// Family names that stand first in names of two parts.
const FAMILY_FIRST: &[&str] = &[
    "xi", "li", "wang", "zhang", "liu", "chen", "yang", "huang", "zhao", "wu", "zhou", "mao", "deng", "hu",
    "wen", "jiang", "zhu", "lin", "sun", "ma", "gao", "guo", "luo", "song", "xu", "bo", "tsai", "lai", "kim",
    "park", "choi", "yoon", "moon", "nguyen", "tran", "pham",
];

/// Names of this many parts or more are compared part by part; more is no name.
const MOST_PARTS: usize = 8;

/// A person by the parts of the name.
struct Person<'a> {
    /// One of its members.
    member: usize,
    parts: Vec<&'a str>,
    generation: Option<&'a str>,
    country: Option<&'a str>,
}

/// Joins persons.
pub(super) fn join(members: &[Member], order: &[usize], lexicon: &EntityLexicon, merger: &mut Merger) {
    // The same name first.
    let mut by_name: BTreeMap<(&str, Option<&str>), usize> = BTreeMap::new();
    let mut people: Vec<Person> = Vec::new();
    for &i in order.iter().filter(|&&i| members[i].kind == NameKind::Person) {
        let m = &members[i];
        let mut parts: Vec<&str> = m.folded.split(' ').collect();
        let generation = parts.last().copied().filter(|p| parts.len() > 1 && GENERATIONS.contains(p));
        parts.truncate(parts.len() - usize::from(generation.is_some()));
        if parts.len() < 2 || parts.len() > MOST_PARTS {
            continue;
        }
        let country = m.local.country.as_deref();
        match by_name.get(&(m.folded.as_str(), country)) {
            Some(&first) => {
                merger.join(first, i, &format!("the same full name, “{}”", members[first].local.name));
            }
            None => {
                by_name.insert((&m.folded, country), i);
                people.push(Person { member: i, parts, generation, country });
            }
        }
    }
    join_spellings(members, &people, lexicon, merger);
    join_longer(members, &people, lexicon, merger);
    let companies = companies(members);
    join_generations(members, &people, &companies, merger);
    join_single(members, order, &people, &companies, lexicon, merger);
}

/// The names of each article but nationalities.
type Companies<'a> = BTreeMap<u32, BTreeSet<&'a str>>;

fn companies<'a>(members: &'a [Member<'_>]) -> Companies<'a> {
    let mut out = Companies::new();
    for m in members.iter().filter(|m| m.kind != NameKind::Nationality) {
        out.entry(m.article.0).or_default().insert(&m.folded);
    }
    out
}

/// "Ray Tolman" and "Ray J. Tolman Jr.", in reports of the same company: one person, unless a report tells the two apart
/// or there is more than one ending.
fn join_generations(members: &[Member], people: &[Person], companies: &Companies<'_>, merger: &mut Merger) {
    let mut bearers: BTreeMap<(&str, &str), Vec<&Person>> = BTreeMap::new();
    for p in people {
        bearers.entry((p.parts[0], p.parts[p.parts.len() - 1])).or_default().push(p);
    }
    let mut articles: BTreeMap<usize, BTreeSet<u32>> = BTreeMap::new();
    for (i, m) in members.iter().enumerate() {
        articles.entry(merger.root(i)).or_default().insert(m.article.0);
    }
    for group in bearers.into_values() {
        let endings: BTreeSet<&str> = group.iter().filter_map(|p| p.generation).collect();
        let of = |ending: bool| group.iter().filter(move |p| p.generation.is_some() == ending);
        if endings.len() != 1 {
            continue;
        }
        for (a, b) in of(true).flat_map(|a| of(false).map(move |b| (*a, *b))).take(MOST_COMPARED) {
            let [x, y] = [a, b].map(|p| articles.get(&merger.root(p.member)).cloned().unwrap_or_default());
            let company = x.iter().any(|x| {
                y.iter().any(|y| {
                    let names = companies.get(x).zip(companies.get(y));
                    names.is_some_and(|(x, y)| x.intersection(y).count() > LEAST_COMPANY)
                })
            });
            // In full with the ending and short without it: a difference of style. Else the ending tells two people apart.
            let parts = a.parts.len() > b.parts.len() && subsequence(&b.parts[1..], &a.parts[1..]);
            let home = !matches!((a.country, b.country), (Some(x), Some(y)) if x != y);
            if parts && home && company && x.is_disjoint(&y) {
                let because = format!(
                    "“{}” and “{}”: no report tells two of that name apart",
                    members[a.member].local.name, members[b.member].local.name
                );
                merger.join(a.member, b.member, &because);
            }
        }
    }
}

/// Whether nothing told of two speaks against their being one.
fn may_be_one(a: &Person, b: &Person) -> bool {
    a.generation == b.generation && !matches!((a.country, b.country), (Some(x), Some(y)) if x != y)
}

/// Full names of as many parts, each part the same or a spelling of the same.
fn join_spellings(members: &[Member], people: &[Person], lexicon: &EntityLexicon, merger: &mut Merger) {
    // Compared only within the same initial letters and number of parts, so that the work stays small; another
    // script or spelling may change letters: the last part or the first must agree.
    let mut buckets: BTreeMap<(usize, usize, &str), Vec<usize>> = BTreeMap::new();
    for (p, person) in people.iter().enumerate() {
        let n = person.parts.len();
        buckets.entry((n, 0, person.parts[0])).or_default().push(p);
        buckets.entry((n, 1, person.parts[n - 1])).or_default().push(p);
    }
    for (key, bucket) in &buckets {
        for (k, &a) in bucket.iter().enumerate().take(MOST_COMPARED) {
            for &b in bucket[k + 1..].iter().take(MOST_COMPARED) {
                let (x, y) = (&people[a], &people[b]);
                let spelled = x.parts.iter().zip(&y.parts).all(|(s, t)| lexicon.same_part(s, t));
                let short =
                    key.1 == 1 && lexicon.nickname(x.parts[0], y.parts[0]) && x.parts[1..] == y.parts[1..];
                if (spelled || short) && may_be_one(x, y) {
                    let why = if spelled { "spellings of one name" } else { "short for the given name" };
                    let because = format!(
                        "“{}” and “{}”: {why}",
                        members[x.member].local.name, members[y.member].local.name
                    );
                    merger.join(x.member, y.member, &because);
                }
            }
        }
    }
    // Both parts spelled otherwise: by the groups of the last part.
    let mut groups: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (p, person) in people.iter().enumerate().filter(|(_, person)| person.parts.len() == 2) {
        for group in lexicon.groups_of(person.parts[1]) {
            groups.entry(group).or_default().push(p);
        }
    }
    for bucket in groups.values() {
        for (k, &a) in bucket.iter().enumerate().take(MOST_COMPARED) {
            for &b in bucket[k + 1..].iter().take(MOST_COMPARED) {
                let (x, y) = (&people[a], &people[b]);
                if x.parts[0] != y.parts[0]
                    && x.parts[1] != y.parts[1]
                    && may_be_one(x, y)
                    && lexicon.same_part(x.parts[0], y.parts[0])
                {
                    let because = format!(
                        "“{}” and “{}”: spellings of one name",
                        members[x.member].local.name, members[y.member].local.name
                    );
                    merger.join(x.member, y.member, &because);
                }
            }
        }
    }
}

/// Longest family name that stands first in a name of three parts.
const MOST_FAMILY: usize = 5;

/// Pairs are compared up to this many a bucket.
const MOST_COMPARED: usize = 400;

/// "Jane Doe" and the one "Jane M. Doe" or "Jane Mary Doe" there is.
fn join_longer(members: &[Member], people: &[Person], lexicon: &EntityLexicon, merger: &mut Merger) {
    let mut by_last: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (p, person) in people.iter().enumerate() {
        by_last.entry(person.parts[person.parts.len() - 1]).or_default().push(p);
    }
    for (p, short) in people.iter().enumerate() {
        let last = short.parts[short.parts.len() - 1];
        let fits = |long: &Person| {
            let initial = short.parts[0].chars().count() == 1 && long.parts[0].starts_with(short.parts[0]);
            let same_first = initial || lexicon.same_part(short.parts[0], long.parts[0]);
            let longer = long.parts.len() > short.parts.len() || initial && long.parts[0].len() > 1;
            // \"George W.\" is not \"George H. W.\"
            let middle = short.parts.len() < 3
                || long.parts.get(1).is_some_and(|l| subsequence(&short.parts[1..2], &[l]));
            same_first
                && longer
                && middle
                && subsequence(&short.parts[1..], &long.parts[1..])
                && may_be_one(short, long)
        };
        let found: Vec<usize> = by_last
            .get(last)
            .into_iter()
            .flatten()
            .copied()
            .filter(|&q| q != p)
            .take(MOST_COMPARED)
            .filter(|&q| fits(&people[q]))
            .collect();
        let roots: BTreeSet<usize> = found.iter().map(|&q| merger.root(people[q].member)).collect();
        if let (1, Some(&q)) = (roots.len(), found.first()) {
            let because = format!(
                "“{}” is short for “{}”, and for no other",
                members[short.member].local.name, members[people[q].member].local.name
            );
            merger.join(people[q].member, short.member, &because);
        }
    }
}

/// Whether all of `short` stand in `long` in this order; one letter stands for a word.
fn subsequence(short: &[&str], long: &[&str]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|s| {
        rest.any(|l| {
            l == s || s.chars().count() == 1 && l.starts_with(s) || l.chars().count() == 1 && s.starts_with(l)
        })
    })
}

/// One name part alone joins the one person who bears it as family name, when the articles share company.
fn join_single(
    members: &[Member],
    order: &[usize],
    people: &[Person],
    companies: &Companies<'_>,
    lexicon: &EntityLexicon,
    merger: &mut Merger,
) {
    let mut by_family: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut by_group: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (k, p) in people.iter().enumerate() {
        let last = p.parts[p.parts.len() - 1];
        by_family.entry(last).or_default().push(k);
        for group in lexicon.groups_of(last) {
            by_group.entry(group).or_default().push(k);
        }
        if p.parts.len() == 3 && p.parts[0].len() <= MOST_FAMILY
            || p.parts.len() == 2 && FAMILY_FIRST.contains(&p.parts[0])
        {
            by_family.entry(p.parts[0]).or_default().push(k);
        }
    }
    let mut all: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in 0..members.len() {
        all.entry(merger.root(i)).or_default().push(i);
    }
    for &i in order.iter().filter(|&&i| members[i].kind == NameKind::Person) {
        let m = &members[i];
        if m.folded.contains(' ') {
            continue;
        }
        let mine = companies.get(&m.article.0);
        let mut roots: BTreeSet<usize> = BTreeSet::new();
        let mut together = None;
        let spelled = lexicon.groups_of(&m.folded).filter_map(|g| by_group.get(&g)).flatten();
        let bearers: BTreeSet<usize> =
            by_family.get(m.folded.as_str()).into_iter().flatten().chain(spelled).copied().collect();
        // The family name alone is the elder's where one is told by an ending.
        let bearers: Vec<&Person> = bearers.into_iter().take(MOST_COMPARED).map(|p| &people[p]).collect();
        let elder = bearers.iter().any(|p| p.generation.is_none());
        for p in bearers.into_iter().filter(|p| p.generation.is_none() || !elder) {
            let root = merger.root(p.member);
            roots.insert(root);
            let shared = all.get(&root).into_iter().flatten().any(|&k| {
                let theirs = companies.get(&members[k].article.0);
                mine.zip(theirs).is_some_and(|(a, b)| {
                    a.intersection(b).filter(|n| **n != m.folded).count() >= LEAST_COMPANY
                })
            });
            if shared {
                together = Some(p.member);
            }
        }
        if let (1, Some(p)) = (roots.len(), together) {
            let because = format!(
                "“{}” is the family name of “{}” and of no other in these reports",
                m.local.name, members[p].local.name
            );
            merger.join(p, i, &because);
        }
    }
    // Alone everywhere: the same single name in articles that share company.
    let mut lone: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &i in
        order.iter().filter(|&&i| members[i].kind == NameKind::Person && !members[i].folded.contains(' '))
    {
        lone.entry(&members[i].folded).or_default().push(i);
    }
    for (name, group) in lone {
        for (k, &a) in group.iter().enumerate().take(MOST_COMPARED) {
            for &b in group[k + 1..].iter().take(MOST_COMPARED) {
                let shared = companies.get(&members[a].article.0).zip(companies.get(&members[b].article.0));
                if shared
                    .is_some_and(|(x, y)| x.intersection(y).filter(|n| **n != name).count() > LEAST_COMPANY)
                {
                    merger.join(a, b, &format!("“{name}” in reports of the same company"));
                }
            }
        }
    }
}

/// Other names two articles must share before a lone family name is taken for the same person.
const LEAST_COMPANY: usize = 1;
