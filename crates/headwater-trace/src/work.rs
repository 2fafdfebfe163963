//! The whole way from digests to copies and families, in one order that does not hang on the order of arrival.

use crate::Tracing;
use crate::align::Aligner;
use crate::cite::{Manner, same_house};
use crate::digest::{Digest, flag};
use crate::evidence::{self, KNOWN, Side, Sign, What};
use crate::family::{self, Families, Pair};
use crate::furniture;
use crate::judge::{self, Kind, Text};
use crate::learn::Choice;
use crate::links::{self, Link};
use crate::merged::SecondTexts;
use crate::parents::{self, Choices};
use crate::readings;
use crate::shingle::{ALONE, Index, WIDTH};
use crate::style::{hash, mix};
use crate::supplier::Part;
use crate::tree::{self, Bench, Tree};
use headwater_model::{ArticleIndex, Copy, CopyState, Direction, Family, Reason, Warning};
use rustc_hash::FxHashMap;

/// Shingles that a pair must share to be aligned (shingles): seven words in one run, or two runs.
const SHARED_SHINGLES: u32 = 2;
/// Members of a family up to which every pair of it is given (members); of larger ones only the pairs of its tree, for
/// a member without a place in it the pair that shares most, and those with an article outside.
const ALL_PAIRS: usize = 256;

/// A set of digests, compared: what every pair shares, and which articles carry versions of one text.
struct Compared<'a> {
    digests: &'a [&'a Digest],
    index: Index,
    flags: Vec<Vec<u8>>,
    pairs: Vec<Pair>,
    circles: Vec<Vec<u32>>,
    families: Families,
    family_of: Vec<Option<usize>>,
}

impl<'a> Compared<'a> {
    fn new(digests: &'a [&'a Digest]) -> Self {
        let words: Vec<&[u32]> = digests.iter().map(|d| d.words.as_slice()).collect();
        let mut index = Index::new(&words);
        for (document, digest) in digests.iter().enumerate() {
            let repeated = |at: usize| digest.flags[at..at + WIDTH].iter().all(|f| f & flag::REPEATED != 0);
            if digest.flags.iter().any(|f| f & flag::REPEATED != 0) {
                index.pass_over(document, repeated);
            }
        }
        let flags = flags(digests, &index);
        let mut pairs = aligned(digests, &words, &index, &flags);
        let links = links::resolve(digests, &alike_in_words(&pairs));
        let circles = links::circles(digests.len(), &links);
        declare(digests, &links, &circles, &mut pairs);
        let listed: Vec<bool> = digests.iter().map(|d| d.listed).collect();
        let families = family::families(digests.len(), &pairs, &listed);
        for second in &families.second {
            let pair = &mut pairs[second.pair];
            let weight = if pair.b == second.bridge { MERGED } else { -MERGED };
            pair.signs.push(Sign {
                what: What::Merged,
                weight,
                text: "{late} is merged from this and another text".into(),
                place: None,
            });
        }
        let mut family_of: Vec<Option<usize>> = vec![None; digests.len()];
        for (n, members) in families.members.iter().enumerate() {
            for member in members {
                family_of[*member as usize] = Some(n);
            }
        }
        Compared { digests, index, flags, pairs, circles, families, family_of }
    }

    fn bench(&self) -> Bench<'_> {
        Bench { digests: self.digests, flags: &self.flags, index: &self.index }
    }

    /// The pairs within each family that have words in common.
    fn within(&self) -> Vec<Vec<&Pair>> {
        let mut within: Vec<Vec<&Pair>> = vec![Vec::new(); self.families.members.len()];
        for pair in self.pairs.iter().filter(|p| p.shared.words > 0) {
            match (self.family_of[pair.a as usize], self.family_of[pair.b as usize]) {
                (Some(x), Some(y)) if x == y => within[x].push(pair),
                _ => {}
            }
        }
        within
    }
}

/// Everything about a set of digests; `keys` are the articles' numbers, `digests` in the order of work.
pub(crate) fn trace(keys: &[ArticleIndex], digests: &[&Digest]) -> Tracing {
    let compared = Compared::new(digests);
    let (bench, within) = (compared.bench(), compared.within());
    let mut aligner = Aligner::new(compared.index.count);
    let Compared { pairs, families, family_of, .. } = &compared;
    let second = SecondTexts::new(&bench, &mut aligner, pairs, families, family_of);
    let trees: Vec<Tree> = families
        .members
        .iter()
        .zip(&within)
        .map(|(members, pairs)| {
            let upstream = tree::upstream(&bench, members);
            let own = |article| second.own(&bench, article);
            let found = readings::readings(&bench, &mut aligner, members, pairs, own);
            let merged = |article| second.is_merged(article);
            let choices = parents::choices(&bench, &found, members, pairs, upstream.as_deref(), merged);
            tree::tree(&bench, members, upstream, &choices)
        })
        .collect();
    let key = |n: u32| keys[n as usize];
    let mut second_parents: Vec<(ArticleIndex, ArticleIndex)> = second
        .parents(&bench, &mut aligner, &within)
        .into_iter()
        .map(|(merged, parent)| (key(merged), key(parent)))
        .collect();
    second_parents.sort_unstable();
    let copies = copies(keys, digests, pairs, family_of, &trees, families);
    let mut tracing = finish(keys, digests, families, trees, copies, &compared.circles);
    tracing.second_parents = second_parents;
    tracing
}

/// The choices of all members of families and of merged articles, for training: the member, those who may be its
/// parent, one row of features for each of these and for nobody, and whether it is made of two texts.
pub(crate) fn choices(keys: &[ArticleIndex], digests: &[&Digest]) -> Vec<Choice> {
    let compared = Compared::new(digests);
    let (bench, within) = (compared.bench(), compared.within());
    let mut aligner = Aligner::new(compared.index.count);
    let Compared { pairs, families, family_of, .. } = &compared;
    let second = SecondTexts::new(&bench, &mut aligner, pairs, families, family_of);
    let choice = |member: u32, members: &[u32], choices: Choices| {
        let possible = choices.candidates.into_iter().filter(|c| c.evidence > -evidence::FORBIDDEN);
        let (parents, mut rows): (Vec<_>, Vec<_>) =
            possible.map(|c| (keys[members[c.parent] as usize], c.row.to_vec())).unzip();
        rows.push(choices.nobody.to_vec());
        Choice { child: keys[member as usize], parents, rows, merged: choices.merged }
    };
    let mut out = Vec::new();
    for (members, pairs) in families.members.iter().zip(&within) {
        let upstream = tree::upstream(&bench, members);
        let own = |article| second.own(&bench, article);
        let merged = |article| second.is_merged(article);
        let found = readings::readings(&bench, &mut aligner, members, pairs, own);
        let all = parents::choices(&bench, &found, members, pairs, upstream.as_deref(), merged);
        out.extend(all.into_iter().zip(members).map(|(choices, member)| choice(*member, members, choices)));
    }
    let texts = second.choices(&bench, &mut aligner, &within);
    out.extend(texts.into_iter().map(|(merged, members, choices)| choice(merged, &members, choices)));
    out
}

/// An article that is merged from two texts is later than either (log odds).
const MERGED: f64 = 1.6;

/// What every word is part of, with what only several articles can tell.
fn flags(digests: &[&Digest], index: &Index) -> Vec<Vec<u8>> {
    let shared: Vec<Vec<u32>> = index
        .ids
        .iter()
        .map(|ids| {
            let mut ids: Vec<u32> = ids.iter().copied().filter(|id| *id != ALONE).collect();
            ids.sort_unstable();
            ids.dedup();
            ids
        })
        .collect();
    let mut flags: Vec<Vec<u8>> = digests.iter().map(|d| d.flags.clone()).collect();
    furniture::mark(digests, &shared, &mut flags);
    // Words that some article gives as a third's are a third's wherever they stand.
    let third = flag::QUOTED | flag::POST | flag::CAPTION;
    let mut given = vec![false; index.count];
    for (ids, flags) in index.ids.iter().zip(&flags) {
        for (id, words) in ids.iter().zip(flags.windows(WIDTH)) {
            if *id != ALONE && words.iter().all(|f| f & third != 0) {
                given[*id as usize] = true;
            }
        }
    }
    for (ids, flags) in index.ids.iter().zip(&mut flags) {
        for (at, id) in ids.iter().enumerate() {
            if *id != ALONE && given[*id as usize] {
                for f in &mut flags[at..at + WIDTH] {
                    *f |= flag::QUOTED_ELSEWHERE;
                }
            }
        }
    }
    flags
}

/// Pairs that have a passage in common, the reporters' own or a speaker's, sorted.
fn alike_in_words(pairs: &[Pair]) -> Vec<(u32, u32)> {
    pairs
        .iter()
        .filter(|p| p.shared.longest.max(p.shared.longest_said) >= judge::PASSAGE_WORDS)
        .map(|p| (p.a, p.b))
        .collect()
}

/// All pairs that share words worth a look, aligned and counted.
fn aligned(digests: &[&Digest], words: &[&[u32]], index: &Index, flags: &[Vec<u8>]) -> Vec<Pair> {
    let rank: Vec<u64> = digests.iter().map(|d| mix(d.rank.1 ^ hash(d.rank.0.as_bytes()))).collect();
    let texts: Vec<Text<'_>> = digests.iter().zip(flags).map(|(d, f)| Text::new(d, f)).collect();
    let mut aligner = Aligner::new(index.count);
    let mut pairs = Vec::new();
    for (a, b) in index.pairs(SHARED_SHINGLES, &rank, |_| false) {
        let (x, y) = (a as usize, b as usize);
        aligner.load(x, &index.ids[x]);
        let alignment = aligner.align(words[x], words[y], &index.ids[y]);
        let shared = judge::count(texts[x], texts[y], &alignment);
        if shared.own + shared.third < judge::PASSAGE_WORDS {
            continue;
        }
        let signs = evidence::signs(digests[x], digests[y], (&flags[x], &flags[y]), &alignment, &shared);
        pairs.push(Pair { a, b, shared, signs });
    }
    pairs
}

/// Adds what the articles declare: citations, links, long quotations of an article that is named.
fn declare(digests: &[&Digest], links: &[Link], circles: &[Vec<u32>], pairs: &mut Vec<Pair>) {
    let mut at: FxHashMap<(u32, u32), usize> =
        pairs.iter().enumerate().map(|(n, p)| ((p.a, p.b), n)).collect();
    let mut pair_of = |a: u32, b: u32, pairs: &mut Vec<Pair>| {
        let key = (a.min(b), a.max(b));
        *at.entry(key).or_insert_with(|| {
            let signs = Vec::new();
            pairs.push(Pair { a: key.0, b: key.1, shared: judge::Shared::default(), signs });
            pairs.len() - 1
        })
    };
    let urls: FxHashMap<&str, u32> = digests
        .iter()
        .enumerate()
        .filter_map(|(n, d)| d.url.as_deref().filter(|u| !u.is_empty()).map(|u| (u, n as u32)))
        .collect();
    for (late, digest) in digests.iter().enumerate() {
        for from in &digest.derived_from {
            if let Some(&early) = urls.get(crate::digest::plain_url(from).as_str())
                && early as usize != late
            {
                let n = pair_of(early, late as u32, pairs);
                if pairs[n].shared.words == 0 {
                    let side = if early < late as u32 { 1.0 } else { -1.0 };
                    pairs[n].signs.push(Sign {
                        what: What::Declared,
                        weight: side * evidence::LINK,
                        text: "{late} says that it is derived from {early}".into(),
                        place: None,
                    });
                }
            }
        }
    }
    for link in links {
        let n = pair_of(link.early, link.late, pairs);
        let (sign, side) = if link.early < link.late { (1.0, Side::B) } else { (-1.0, Side::A) };
        let circular = circles
            .iter()
            .any(|c| c.binary_search(&link.early).is_ok() && c.binary_search(&link.late).is_ok());
        let mut text = format!(
            "{{late}} {} {}, the outlet of {{early}}",
            links::manner(link.citation.manner),
            link.citation.text
        );
        if circular {
            text.push_str(": circular reporting, they name each other");
        }
        let (what, weight) = if link.citation.manner == Manner::Told {
            (What::Told, evidence::TOLD)
        } else {
            (What::Declared, evidence::CITED)
        };
        pairs[n].signs.push(Sign {
            what,
            weight: sign * weight,
            text,
            place: Some((side, link.citation.span)),
        });
    }
    for pair in pairs.iter_mut() {
        let (a, b) = (digests[pair.a as usize], digests[pair.b as usize]);
        let names = |late: &Digest, early: &Digest| {
            let has = |name: &u64| *name != 0 && late.named.binary_search(name).is_ok();
            late.outlet_name != early.outlet_name && has(&early.outlet_name) || early.authors.iter().any(has)
        };
        for (quoted, early, late, sign) in
            [(pair.shared.quoted_of_a, a, b, 1.0), (pair.shared.quoted_of_b, b, a, -1.0)]
        {
            if quoted >= QUOTED_AT_LENGTH && names(late, early) {
                pair.signs.push(Sign {
                    what: What::Declared,
                    weight: sign * evidence::CITED,
                    text: "{late} quotes {early} at length and names it".into(),
                    place: None,
                });
            } else if quoted >= QUOTED_AS_PART {
                pair.signs.push(Sign {
                    what: What::Declared,
                    weight: sign * evidence::CITED,
                    text: "{late} has words in quotation marks that {early} tells as its own".into(),
                    place: None,
                });
            }
        }
    }
    pairs.sort_by_key(|p| (p.a, p.b));
}

/// An article's own words in another's quotation marks, so that the one quotes the other and not both a third (words).
const QUOTED_AT_LENGTH: u32 = 25;
/// So many that the quoting article carries a part of the other (words).
pub(crate) const QUOTED_AS_PART: u32 = 60;

/// The supplier that both credit for the whole.
fn shared_supplier<'d>(a: &'d Digest, b: &Digest) -> Option<&'d str> {
    a.suppliers
        .iter()
        .find(|s| {
            s.part == Part::Whole
                && b.suppliers.iter().any(|o| o.part == Part::Whole && same_house(&o.name, &s.name))
        })
        .map(|s| s.name.as_str())
}

/// The supplier that one names as a contributor and whose text the other carries.
fn contributor<'d>(a: &'d Digest, b: &'d Digest) -> Option<&'d str> {
    [(a, b), (b, a)].into_iter().find_map(|(helped, whole)| {
        let named = helped.suppliers.iter().find(|s| {
            s.part == Part::Some
                && (whole.suppliers.iter().any(|o| o.part == Part::Whole && same_house(&o.name, &s.name))
                    || whole.outlet.as_deref().is_some_and(|o| same_house(&s.name, o)))
        })?;
        Some(named.name.as_str())
    })
}

/// The outlet that both name as a source and that is neither's own.
fn both_cite<'d>(a: &'d Digest, b: &Digest) -> Option<&'d str> {
    let source = |c: &&crate::cite::Citation| {
        c.manner != Manner::Told
            && c.name != a.outlet_name
            && c.name != b.outlet_name
            && c.text.split_whitespace().count() > 1
    };
    a.citations
        .iter()
        .filter(source)
        .find(|c| b.citations.iter().any(|o| o.name == c.name && o.manner != Manner::Told))
        .map(|c| c.text.as_str())
}

fn copies(
    keys: &[ArticleIndex],
    digests: &[&Digest],
    pairs: &[Pair],
    family_of: &[Option<usize>],
    trees: &[Tree],
    families: &Families,
) -> Vec<Copy> {
    let mut out = Vec::new();
    let family = |pair: &Pair| {
        family_of[pair.a as usize].filter(|f| family_of[pair.b as usize] == Some(*f)).map(|f| &trees[f])
    };
    let large = |pair: &Pair| family(pair).filter(|tree| tree.members.len() > ALL_PAIRS);
    // For each member of a large family that has no parent, the pair that shares most.
    let mut most: FxHashMap<u32, (u32, usize)> = FxHashMap::default();
    for (n, pair) in pairs.iter().enumerate() {
        for member in large(pair).iter().flat_map(|tree| tree.orphans([pair.a, pair.b])) {
            let best = most.entry(member).or_insert((pair.shared.words, n));
            if best.0 < pair.shared.words {
                *best = (pair.shared.words, n);
            }
        }
    }
    for (n, pair) in pairs.iter().enumerate() {
        let (a, b) = (digests[pair.a as usize], digests[pair.b as usize]);
        let family = family(pair);
        let nearest = |member: u32| most.get(&member).is_some_and(|(_, best)| *best == n);
        if large(pair).is_some_and(|tree| !tree.joins(pair.a, pair.b)) && !nearest(pair.a) && !nearest(pair.b)
        {
            continue;
        }
        let same_outlet = a.outlet_name != 0 && a.outlet_name == b.outlet_name;
        let excerpt = (families.collects[pair.a as usize] || families.collects[pair.b as usize])
            && pair.shared.own >= EXCERPT
            && pair.shared.sentences >= 1;
        let version =
            family.is_some() && pair.shared.own >= VERSION && pair.shared.own > pair.shared.caption / 2;
        let kind = if excerpt || version { Kind::Copied } else { judge::kind(&pair.shared, same_outlet) };
        let third = both_cite(a, b).is_some() && pair.shared.own + pair.shared.third >= judge::PASSAGE_WORDS;
        let declared = pair.signs.iter().any(|s| s.weight.abs() >= evidence::CITED);
        // Words taken over by a text of another family that names whom it has them from are a citation, not a version.
        let cites = family.is_none() && !excerpt && pair.signs.iter().any(|s| s.what == What::Declared);
        let state = match kind {
            Kind::Copied if !cites => CopyState::Copied,
            // A whole sentence of the agency's, under a line that says that the agency gave something.
            Kind::Upstream if pair.shared.sentences >= 1 && contributor(a, b).is_some() => {
                CopyState::Declared
            }
            _ if declared => CopyState::Declared,
            Kind::Copied => CopyState::Copied,
            Kind::Upstream => CopyState::CommonUpstream,
            Kind::Nothing if third => CopyState::CommonUpstream,
            Kind::Nothing => continue,
        };
        out.push(copy(keys, pair, a, b, state, family));
    }
    out.sort_by_key(|c| (c.from, c.to));
    out
}

/// Own words in an excerpt on a page that collects (words).
const EXCERPT: u32 = 12;
/// Own words that two members of one family share to be versions of each other (words).
const VERSION: u32 = 15;

fn copy(
    keys: &[ArticleIndex],
    pair: &Pair,
    a: &Digest,
    b: &Digest,
    state: CopyState,
    tree: Option<&Tree>,
) -> Copy {
    let score = evidence::sum(&pair.signs);
    let direct = pair.signs.iter().any(|s| s.weight.abs() >= evidence::CITED);
    let both = shared_supplier(a, b).map(str::to_string);
    let cited = both_cite(a, b);
    let helped = if state == CopyState::Declared && !direct { contributor(a, b) } else { None };
    let outside = tree.filter(|t| !t.supplier_inside).and_then(|t| t.upstream.clone());
    let upstream = both
        .clone()
        .or(outside.clone())
        .or_else(|| tree.and_then(|t| t.upstream.clone()))
        .or_else(|| helped.or(cited).map(str::to_string));
    let direction = match state {
        CopyState::CommonUpstream => Direction::ViaUpstream,
        _ if helped.is_some() => Direction::ViaUpstream,
        _ if direct && score.abs() >= KNOWN => Direction::Known,
        _ if both.is_some() && tree.is_none_or(|t| !t.supplier_inside) => Direction::ViaUpstream,
        _ if score.abs() >= KNOWN => Direction::Known,
        _ if outside.is_some() => Direction::ViaUpstream,
        _ => Direction::Unknown,
    };
    let (ka, kb) = (keys[pair.a as usize], keys[pair.b as usize]);
    let forward = match direction {
        Direction::Known => score > 0.0,
        _ => ka <= kb,
    };
    let mut because = Vec::new();
    let shared = &pair.shared;
    if shared.own > 0 || shared.third > 0 {
        let own = format!(
            "{} words of the reporters' own are shared, {:.0}% of the shorter report",
            shared.own,
            100.0 * shared.containment()
        );
        let third = format!("{} words of a speaker, a post or a caption are shared", shared.third);
        if shared.own > 0 {
            because.push(Reason::plain(own));
        }
        if shared.third > 0 {
            because.push(Reason::plain(third));
        }
    }
    if judge::is_revision(shared, a, b) {
        because.push(Reason::plain("one article of one outlet, in two versions"));
    }
    if let Some(name) = &both {
        because.push(Reason::plain(format!("both credit {name}")));
    }
    if let Some(name) = helped {
        because.push(Reason::plain(format!("one names {name} as a contributor, the other carries its text")));
    }
    if let Some(name) = cited {
        because.push(Reason::plain(format!("both cite {name}")));
    }
    let mut signs: Vec<&Sign> = pair.signs.iter().collect();
    signs.sort_by(|x, y| y.weight.abs().total_cmp(&x.weight.abs()));
    for sign in signs {
        let (early, late) = if sign.weight > 0.0 { (a, b) } else { (b, a) };
        let text = sign.text.replace("{early}", &early.rank.0).replace("{late}", &late.rank.0);
        let place = sign.place.map(|(side, span)| (if side == Side::A { ka } else { kb }, span));
        because.push(Reason { text, place });
    }
    let mut passages = shared.passages.clone();
    if !forward {
        for p in &mut passages {
            std::mem::swap(&mut p.a, &mut p.b);
        }
    }
    passages.sort();
    let (from, to) = if forward { (ka, kb) } else { (kb, ka) };
    Copy {
        from,
        to,
        state,
        direction,
        containment: shared.containment().min(1.0),
        upstream,
        passages,
        because,
    }
}

fn finish(
    keys: &[ArticleIndex],
    digests: &[&Digest],
    families: &Families,
    trees: Vec<Tree>,
    copies: Vec<Copy>,
    circles: &[Vec<u32>],
) -> Tracing {
    let mut warnings = Vec::new();
    for tree in trees.iter().filter(|t| t.members.len() > ALL_PAIRS) {
        let first = tree.members.iter().map(|m| keys[*m as usize]).min();
        let message = format!(
            "{} reports carry this text: of the links between them only those of their tree are listed",
            tree.members.len()
        );
        let hint = "give fewer reports to see the passages of any two of them side by side";
        warnings.extend(first.map(|first| (first, Warning::new("large-family", message, hint))));
    }
    let mut out: Vec<Family> = trees
        .into_iter()
        .map(|tree| {
            let mut order: Vec<usize> = (0..tree.members.len()).collect();
            order.sort_by_key(|m| keys[tree.members[*m] as usize]);
            let key = |m: usize| keys[tree.members[m] as usize];
            let roots: Vec<usize> = (0..tree.members.len()).filter(|m| tree.parents[*m].is_none()).collect();
            // What the credited supplier published itself is the beginning, also where another's way to it is not known.
            let of_supplier = |m: &&usize| {
                let outlet = digests[tree.members[**m] as usize].outlet.as_deref();
                tree.upstream.as_deref().zip(outlet).is_some_and(|(name, outlet)| same_house(name, outlet))
            };
            let own: Vec<&usize> = roots.iter().filter(of_supplier).collect();
            let root = match (own.as_slice(), roots.as_slice()) {
                ([own], _) => Some(**own),
                (_, [only]) if tree.upstream.is_none() || tree.supplier_inside => Some(*only),
                _ => None,
            };
            Family {
                members: order.iter().map(|m| key(*m)).collect(),
                root: root.map(key),
                upstream: tree.upstream,
                parents: order.iter().map(|m| tree.parents[*m].map(key)).collect(),
            }
        })
        .collect();
    out.sort_by(|x, y| x.members.cmp(&y.members));
    for circle in circles {
        let names: Vec<&str> = circle.iter().map(|n| digests[*n as usize].rank.0.as_str()).collect();
        for member in circle {
            let message = format!(
                "circular reporting: {} name each other as the source, and none of them a source outside",
                names.join(", ")
            );
            let hint = "look for a report, a speaker or a document that none of them has from the others";
            warnings.push((keys[*member as usize], Warning::new("circular-reporting", message, hint)));
        }
    }
    let mut collections: Vec<ArticleIndex> =
        (0..digests.len()).filter(|n| families.collects[*n] || digests[*n].listed).map(|n| keys[n]).collect();
    warnings.sort();
    collections.sort();
    Tracing { copies, families: out, second_parents: Vec::new(), collections, warnings }
}
