//! Why two reports hang together, or do not: what the rooms found about one pair, brought together.

use crate::analyse::Analysis;
use crate::fill::Filler;
use headwater_model::{ArticleIndex, Family, Passage, Published, Statement};
use headwater_wire::why::{Aligned, Both, Feature, Grouped, SCHEMA, Side, Why};
use std::collections::BTreeMap;
use std::path::Path;

/// Statements named that both reports tell.
const MOST_STATEMENTS: usize = 40;

/// Why a name leads to no one report.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoReport {
    /// No report is called so.
    #[error("no report is called {name}; there are {known}")]
    None {
        /// What was asked for.
        name: String,
        /// Some of the ids there are.
        known: String,
    },
    /// Several are.
    #[error("{name} may be any of {found}; give one of these ids")]
    Several {
        /// What was asked for.
        name: String,
        /// Their ids.
        found: String,
    },
}

/// Ids that an error names.
const MOST_NAMED: usize = 12;

/// The report that a user calls so: by id, path, address, file name, or the unique beginning of an id.
///
/// # Errors
/// When no report, or more than one, is called so.
pub fn report_named(analysis: &Analysis, name: &str) -> Result<ArticleIndex, NoReport> {
    let articles = &analysis.articles;
    let all = |test: &dyn Fn(&headwater_model::Article) -> bool| -> Vec<ArticleIndex> {
        (0..articles.len()).filter(|i| test(&articles[*i])).map(|i| ArticleIndex(i as u32)).collect()
    };
    let file = |path: &str| Path::new(path).file_name().map(|f| f.to_string_lossy().into_owned());
    let tests: [&dyn Fn(&headwater_model::Article) -> bool; 5] = [
        &|a| a.id == name,
        &|a| a.path == name || Path::new(&a.path) == Path::new(name),
        &|a| a.url.as_deref() == Some(name),
        &|a| file(&a.path).as_deref() == Some(name),
        &|a| a.id.starts_with(name),
    ];
    let listed = |found: &[ArticleIndex]| {
        let mut ids: Vec<&str> =
            found.iter().take(MOST_NAMED).map(|a| articles[a.at()].id.as_str()).collect();
        if found.len() > MOST_NAMED {
            ids.push("…");
        }
        ids.join(", ")
    };
    for test in tests {
        match all(test).as_slice() {
            [] => {}
            [one] => return Ok(*one),
            several => return Err(NoReport::Several { name: name.to_owned(), found: listed(several) }),
        }
    }
    Err(NoReport::None { name: name.to_owned(), known: listed(&all(&|_| true)) })
}

/// Everything that speaks for or against a link between two reports of an analysis.
pub fn why(analysis: &Analysis, a: ArticleIndex, b: ArticleIndex) -> Why {
    let filler = Filler { a: analysis };
    let link = analysis.copies.iter().find(|c| (c.from, c.to) == (a, b) || (c.from, c.to) == (b, a));
    let family = analysis
        .families
        .iter()
        .position(|f| f.members.binary_search(&a).is_ok() && f.members.binary_search(&b).is_ok());
    let mut passages: Vec<Aligned> = link.map_or_else(Vec::new, |link| {
        let turned = link.from != a;
        link.passages.iter().map(|p| aligned(analysis, a, b, p, turned)).collect()
    });
    passages.sort_by_key(|p| (p.a, p.b));
    Why {
        schema: SCHEMA.to_owned(),
        generator: concat!("headwater ", env!("CARGO_PKG_VERSION")).to_owned(),
        a: side(analysis, a),
        b: side(analysis, b),
        link: link.map(|c| filler.copy(c)),
        family: family.and_then(|f| filler.families().into_iter().nth(f)),
        way: family.map_or_else(Vec::new, |f| way(analysis, &analysis.families[f], a, b)),
        passages,
        checked: CHECKED.iter().map(|c| (*c).to_owned()).collect(),
        grouped: grouped(analysis, &filler, a, b),
        statements: statements(analysis, a, b),
    }
}

/// What is looked for between any two reports.
const CHECKED: &[&str] = &[
    "runs of five words and more that both have, lines of their sites left out",
    "quotations, posts and captions that both carry",
    "credits, bylines and datelines that name the other or the same supplier",
    "outlets that one names as where it was reported, told or published",
    "links and notes of being derived from the other",
    "speakers, bodies and documents that both cite for the same statement",
];

fn aligned(analysis: &Analysis, a: ArticleIndex, b: ArticleIndex, p: &Passage, turned: bool) -> Aligned {
    let (x, y) = if turned { (p.b, p.a) } else { (p.a, p.b) };
    Aligned {
        a: (x.start, x.end),
        b: (y.start, y.end),
        words: p.words,
        quoted: p.quoted,
        a_text: x.of(&analysis.articles[a.at()].text).to_owned(),
        b_text: y.of(&analysis.articles[b.at()].text).to_owned(),
    }
}

fn side(analysis: &Analysis, at: ArticleIndex) -> Side {
    let article = &analysis.articles[at.at()];
    Side {
        id: article.id.clone(),
        path: article.path.clone(),
        outlet: article.outlet.clone(),
        title: article.title.clone(),
        published: days(&article.published),
        words: article.text.split_whitespace().count(),
    }
}

fn days(published: &Published) -> Option<String> {
    match (published.day(), published.range.earliest, published.range.latest) {
        (Some(day), _, _) => Some(day.to_string()),
        (None, Some(a), Some(b)) => Some(format!("{a} to {b}")),
        (None, Some(a), None) => Some(format!("{a} or later")),
        (None, None, Some(b)) => Some(format!("{b} or earlier")),
        (None, None, None) => None,
    }
}

/// The way through the family's tree, up from one and down to the other.
fn way(analysis: &Analysis, family: &Family, a: ArticleIndex, b: ArticleIndex) -> Vec<String> {
    let parents: BTreeMap<ArticleIndex, Option<ArticleIndex>> =
        family.members.iter().copied().zip(family.parents.iter().copied()).collect();
    let up = |from: ArticleIndex| {
        let mut out = vec![from];
        while let Some(Some(next)) = out.last().and_then(|at| parents.get(at)) {
            if out.contains(next) {
                break;
            }
            out.push(*next);
        }
        out
    };
    let (x, y) = (up(a), up(b));
    let id = |at: &ArticleIndex| analysis.articles[at.at()].id.clone();
    match x.iter().position(|at| y.contains(at)) {
        Some(meet) => {
            let down = y.iter().position(|at| *at == x[meet]).unwrap_or(0);
            x[..=meet].iter().map(id).chain(y[..down].iter().rev().map(id)).collect()
        }
        // Two beginnings: they meet in the supplier outside.
        None => match &family.upstream {
            Some(name) => {
                let outside = std::iter::once(name.clone());
                x.iter().map(id).chain(outside).chain(y.iter().rev().map(id)).collect()
            }
            None => Vec::new(),
        },
    }
}

fn grouped(analysis: &Analysis, filler: &Filler<'_>, a: ArticleIndex, b: ArticleIndex) -> Grouped {
    let Some(why) = analysis.why_grouped(a, b) else { return Grouped::default() };
    let round = |v: f32| (f64::from(v) * 1e4).round() / 1e4;
    Grouped {
        same_event: why.same_event,
        same_story: why.same_story,
        probability: round(why.probability),
        because: filler.reasons(&why.reasons),
        features: why
            .features
            .iter()
            .map(|f| Feature { name: f.name.to_owned(), value: round(f.value), adds: round(f.adds) })
            .collect(),
    }
}

fn statements(analysis: &Analysis, a: ArticleIndex, b: ArticleIndex) -> Vec<Both> {
    let both = |s: &&Statement| [a, b].iter().all(|x| s.reports.iter().any(|r| r.article == *x));
    let of = |s: &Statement, x: ArticleIndex| -> Vec<String> {
        s.origins.list.iter().filter(|o| o.articles.contains(&x)).map(|o| o.label.clone()).collect()
    };
    analysis
        .statements
        .iter()
        .filter(both)
        .take(MOST_STATEMENTS)
        .map(|s| {
            let (x, y) = (of(s, a), of(s, b));
            Both {
                gist: s.gist.clone(),
                agreement: s.agreement.name().to_owned(),
                one_origin: !x.is_empty() && x == y,
                a: x,
                b: y,
            }
        })
        .collect()
}
