//! One entity for one person, organisation, place or government in all reports.
//!
//! Takes the local entities of all articles and brings together those that stand for the same. Never by the
//! distance of two strings: governments by country, bodies of a state by country and role, organisations by
//! name or initials, persons when all parts of their names go together. What has only one name part, or only
//! initials, waits for the one full name that it can be short for; when there are two it stays by itself.
//! A user's "same" and "not same" overrule. The order of the articles changes nothing.

mod keys;
mod kinds;
mod lexicon;
mod people;
mod roles;

pub use lexicon::{EntityLexicon, part_hash};

use headwater_model::text::fold::fold;
use headwater_model::{Annotations, Article, ArticleIndex, Entity, LocalEntity, NameKind, Reason, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What a user knows better: pairs of names or forms.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// These two are one.
    pub same: Vec<(String, String)>,
    /// These two are not.
    pub not_same: Vec<(String, String)>,
}

/// One local entity, with what is needed to compare it.
pub(crate) struct Member<'a> {
    pub(crate) article: ArticleIndex,
    pub(crate) index: u32,
    pub(crate) local: &'a LocalEntity,
    /// What it is, as far as all reports tell.
    pub(crate) kind: NameKind,
    /// Folded name.
    pub(crate) folded: String,
}

/// Brings the local entities of all articles together. Entities come sorted by kind and name.
pub fn resolve(
    articles: &[(&Article, &Annotations)],
    lexicon: &EntityLexicon,
    overrides: &Overrides,
) -> Vec<Entity> {
    let mut members: Vec<Member> = Vec::new();
    for (a, (_, annotations)) in articles.iter().enumerate() {
        for (e, local) in annotations.entities.iter().enumerate() {
            members.push(Member {
                article: ArticleIndex(a as u32),
                index: e as u32,
                local,
                kind: local.kind,
                folded: plain(&local.name),
            });
        }
    }
    // Compared in the order of their content, so that the order of articles does not matter.
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_by(|&a, &b| {
        let key = |i: usize| {
            let l = members[i].local;
            (l.kind, &members[i].folded, &l.country, &l.role, &l.forms, &l.name)
        };
        key(a).cmp(&key(b))
    });
    let mut merger = Merger {
        parent: (0..members.len()).collect(),
        because: vec![BTreeSet::new(); members.len()],
        apart: Vec::new(),
    };
    merger.apart = not_same(&members, overrides);
    kinds::agree(&mut members, &mut merger);
    for (a, b) in &overrides.same {
        let (a, b) = (plain(a), plain(b));
        let find = |name: &str| -> Vec<usize> {
            order.iter().copied().filter(|&i| bears(&members[i], name)).collect()
        };
        let all: Vec<usize> = find(&a).into_iter().chain(find(&b)).collect();
        for pair in all.windows(2) {
            merger.join(pair[0], pair[1], &format!("you said that “{a}” and “{b}” are the same"));
        }
    }
    keys::join(&members, &order, &mut merger);
    people::join(&members, &order, lexicon, &mut merger);
    keys::join_initials(&members, &order, &mut merger);
    roles::join(&members, &order, &mut merger);
    finish(articles, &members, merger)
}

/// Whether a member has this folded name or form.
fn bears(member: &Member, name: &str) -> bool {
    member.folded == name || member.local.forms.iter().any(|f| plain(f) == name)
}

fn not_same(members: &[Member], overrides: &Overrides) -> Vec<(BTreeSet<usize>, BTreeSet<usize>)> {
    let find = |name: &str| -> BTreeSet<usize> {
        let name = plain(name);
        (0..members.len()).filter(|&i| bears(&members[i], &name)).collect()
    };
    overrides.not_same.iter().map(|(a, b)| (find(a), find(b))).collect()
}

/// Folded, hyphens as spaces, without "the" and full stops: "U.N." is "un".
pub(crate) fn plain(name: &str) -> String {
    let folded = fold(name).replace('.', "").replace(['-', '\u{a0}'], " ").replace("'s ", " ");
    let folded = romanised(&folded);
    let mut out = String::with_capacity(folded.len());
    for (i, word) in folded.split_whitespace().enumerate() {
        if i == 0 && word == "the" {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    if out.is_empty() { folded.trim().to_owned() } else { out }
}

/// Cyrillic letters as English reports write them.
fn romanised(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    for c in folded.chars() {
        out.push_str(match c {
            'а' => "a",
            'б' => "b",
            'в' => "v",
            'г' | 'ґ' => "g",
            'д' => "d",
            'е' | 'ё' | 'э' | 'є' => "e",
            'ж' => "zh",
            'з' => "z",
            'и' | 'і' => "i",
            'й' | 'ы' | 'ї' => "y",
            'к' => "k",
            'л' => "l",
            'м' => "m",
            'н' => "n",
            'о' => "o",
            'п' => "p",
            'р' => "r",
            'с' => "s",
            'т' => "t",
            'у' => "u",
            'ф' => "f",
            'х' => "kh",
            'ц' => "ts",
            'ч' => "ch",
            'ш' => "sh",
            'щ' => "shch",
            'ъ' | 'ь' => "",
            'ю' => "yu",
            'я' => "ya",
            other => {
                out.push(other);
                continue;
            }
        });
    }
    out
}

/// Union of members, with reasons.
pub(crate) struct Merger {
    parent: Vec<usize>,
    because: Vec<BTreeSet<String>>,
    /// Members that must not meet.
    apart: Vec<(BTreeSet<usize>, BTreeSet<usize>)>,
}

impl Merger {
    pub(crate) fn root(&mut self, mut i: usize) -> usize {
        while self.parent[i] != i {
            self.parent[i] = self.parent[self.parent[i]];
            i = self.parent[i];
        }
        i
    }

    /// Joins two members unless the user keeps them apart; says whether they are one now.
    pub(crate) fn join(&mut self, a: usize, b: usize, because: &str) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return true;
        }
        if self.kept_apart(a, b) {
            return false;
        }
        let (keep, give) = (a.min(b), a.max(b));
        self.parent[give] = keep;
        let given = std::mem::take(&mut self.because[give]);
        self.because[keep].extend(given);
        self.because[keep].insert(because.to_owned());
        true
    }

    /// Notes a reason that concerns one member.
    fn because(&mut self, i: usize, because: &str) {
        let root = self.root(i);
        self.because[root].insert(because.to_owned());
    }

    fn kept_apart(&mut self, a: usize, b: usize) -> bool {
        let pairs = std::mem::take(&mut self.apart);
        let apart = pairs.iter().any(|(left, right)| {
            let mut holds = |set: &BTreeSet<usize>, root: usize| set.iter().any(|&i| self.root(i) == root);
            (holds(left, a) && holds(right, b)) || (holds(left, b) && holds(right, a))
        });
        self.apart = pairs;
        apart
    }
}

/// How often each form stands in the articles, by entity.
fn finish(articles: &[(&Article, &Annotations)], members: &[Member], mut merger: Merger) -> Vec<Entity> {
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in 0..members.len() {
        groups.entry(merger.root(i)).or_default().push(i);
    }
    let mut out: Vec<Entity> = Vec::with_capacity(groups.len());
    let mut spans: BTreeMap<(ArticleIndex, u32), Vec<Span>> = BTreeMap::new();
    for (a, (_, annotations)) in articles.iter().enumerate() {
        for name in &annotations.names {
            spans.entry((ArticleIndex(a as u32), name.entity)).or_default().push(name.span);
        }
    }
    for (root, group) in groups {
        let because = merger.because[root].iter().map(Reason::plain).collect();
        out.push(entity(articles, &spans, members, &group, because));
    }
    out.sort_by(|a, b| {
        (a.kind, &a.name, &a.country, &a.forms, &a.members)
            .cmp(&(b.kind, &b.name, &b.country, &b.forms, &b.members))
    });
    out
}

fn entity(
    articles: &[(&Article, &Annotations)],
    spans: &BTreeMap<(ArticleIndex, u32), Vec<Span>>,
    members: &[Member],
    group: &[usize],
    because: Vec<Reason>,
) -> Entity {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for &i in group {
        let m = &members[i];
        let article = articles[m.article.at()].0;
        for form in &m.local.forms {
            counts.entry(straight(form)).or_insert(0);
        }
        let mut mentions = 0;
        for span in spans.get(&(m.article, m.index)).into_iter().flatten() {
            *counts.entry(straight(span.of(&article.text))).or_insert(0) += 1;
            mentions += 1;
        }
        *names.entry(&m.local.name).or_insert(0) += mentions.max(1);
    }
    counts.remove("");
    let kind = group.iter().map(|&i| members[i].kind).max().unwrap_or(NameKind::Person);
    let first =
        |get: fn(&LocalEntity) -> Option<String>| group.iter().filter_map(|&i| get(members[i].local)).min();
    let country = first(|l| l.country.clone());
    let role = first(|l| l.role.clone());
    let name = keys::display(kind, &names, country.as_deref(), role.as_deref());
    let mut forms: Vec<(String, usize)> = counts.into_iter().collect();
    forms.sort_by(|a, b| (std::cmp::Reverse(a.1), &a.0).cmp(&(std::cmp::Reverse(b.1), &b.0)));
    let mut places: Vec<(ArticleIndex, u32)> =
        group.iter().map(|&i| (members[i].article, members[i].index)).collect();
    places.sort_unstable();
    Entity {
        name,
        kind,
        organisation: group.iter().filter_map(|&i| members[i].local.organisation).min(),
        country,
        role,
        wikidata: first(|l| l.wikidata.clone()),
        forms: forms.into_iter().map(|f| f.0).collect(),
        members: places,
        because,
    }
}

/// A form as it is shown: white space folded.
fn straight(form: &str) -> String {
    form.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
