//! From a user's decisions to pairs of articles.
//!
//! Reports are named by id, address, path, the end of a path, or a file's name without its ending; events by
//! their title, or by a report that tells them. What is not found, or not one, is a warning with its line;
//! nothing is guessed.

use super::GroupInput;
use super::grouping::Grouped;
use super::titles;
use headwater_model::text::fold::fold;
use headwater_model::{ArticleIndex, Decision, Overrides, Reason, Verb, Warning};
use rustc_hash::FxHashMap;

/// Decisions about articles, found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resolved {
    /// Pairs that tell the same happening.
    pub(crate) together: Vec<(ArticleIndex, ArticleIndex)>,
    /// Pairs that do not; stronger than `together`.
    pub(crate) apart: Vec<(ArticleIndex, ArticleIndex)>,
    /// For articles that something was decided about, what; by article, then line.
    pub(crate) reasons: Vec<(ArticleIndex, Reason)>,
    /// What could not be followed.
    pub(crate) warnings: Vec<Warning>,
    /// Articles that are not in an event, and what the event is called.
    pending: Vec<(ArticleIndex, Decision)>,
}

/// What a name leads to.
enum Found {
    One(ArticleIndex),
    None,
    Several(usize),
}

/// Articles by what they may be called.
struct Names<'a> {
    ids: FxHashMap<&'a str, Vec<ArticleIndex>>,
    others: FxHashMap<&'a str, Vec<ArticleIndex>>,
}

impl<'a> Names<'a> {
    fn new(inputs: &[GroupInput<'a>]) -> Self {
        let mut names = Names { ids: FxHashMap::default(), others: FxHashMap::default() };
        for (i, input) in inputs.iter().enumerate() {
            let (a, article) = (ArticleIndex(i as u32), input.article);
            names.ids.entry(article.id.as_str()).or_default().push(a);
            let mut file = |name: &'a str| {
                let list = names.others.entry(name).or_default();
                if list.last() != Some(&a) {
                    list.push(a);
                }
            };
            if let Some(url) = article.url.as_deref() {
                file(url);
            }
            let mut rest = article.path.trim_start_matches("./");
            loop {
                file(rest);
                if let Some((stem, _)) = rest.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()) {
                    file(stem);
                }
                match rest.split_once('/') {
                    Some((_, tail)) => rest = tail,
                    None => break,
                }
            }
        }
        names
    }

    fn find(&self, name: &str) -> Found {
        let name = name.trim_start_matches("./");
        match self.ids.get(name).or_else(|| self.others.get(name)).map(Vec::as_slice) {
            Some([one]) => Found::One(*one),
            Some(several) if several.len() > 1 => Found::Several(several.len()),
            _ => Found::None,
        }
    }
}

/// Finds the articles that decisions are about; those about events wait for [`Resolved::place`].
pub(crate) fn resolve(overrides: &Overrides, inputs: &[GroupInput<'_>]) -> Resolved {
    let mut out = Resolved::default();
    if overrides.is_empty() {
        return out;
    }
    let names = Names::new(inputs);
    let report = |name: &str, decision: &Decision, out: &mut Resolved| match names.find(name) {
        Found::One(a) => Some(a),
        missing => {
            let what = match missing {
                Found::Several(n) => format!("“{name}” is the name of {n} reports"),
                _ => format!("no report is called “{name}”"),
            };
            out.warnings.push(unfollowed(decision, &what, "name it by its id, as the account gives it"));
            None
        }
    };
    for decision in &overrides.list {
        match decision.verb {
            Verb::Together | Verb::Apart => {
                let (a, b) =
                    (report(&decision.a, decision, &mut out), report(&decision.b, decision, &mut out));
                let (Some(a), Some(b)) = (a, b) else { continue };
                if a == b {
                    let what = format!("“{}” and “{}” are one report", decision.a, decision.b);
                    out.warnings.push(unfollowed(decision, &what, "name two reports"));
                    continue;
                }
                let list = if decision.verb == Verb::Together { &mut out.together } else { &mut out.apart };
                list.push((a.min(b), a.max(b)));
                let text = decision.reason(called(inputs, a), called(inputs, b));
                out.reasons.extend([a, b].map(|x| (x, Reason::plain(text.clone()))));
            }
            Verb::NotInEvent => {
                if let Some(a) = report(&decision.a, decision, &mut out) {
                    out.pending.push((a, decision.clone()));
                }
            }
            Verb::Same | Verb::NotSame => {}
        }
    }
    out.sort();
    out
}

impl Resolved {
    /// Whether an event is named, so that it must be known how the articles group without that.
    pub(crate) fn waits(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Puts articles apart from the events they are not in, as these are in `grouped`.
    pub(crate) fn place(&mut self, inputs: &[GroupInput<'_>], grouped: &Grouped) {
        let names = Names::new(inputs);
        let mut titled: FxHashMap<String, Vec<ArticleIndex>> = FxHashMap::default();
        let mut own = |title: &str, a: ArticleIndex| titled.entry(plain(title)).or_default().push(a);
        for i in 0..inputs.len() {
            let a = ArticleIndex(i as u32);
            own(&titles::title_of(inputs, &grouped.sketches, &[a]).text, a);
        }
        for members in &grouped.events {
            if let Some(first) = members.first() {
                own(&titles::title_of(inputs, &grouped.sketches, members).text, *first);
            }
        }
        for (a, decision) in std::mem::take(&mut self.pending) {
            let tellers: &[ArticleIndex] = match names.find(&decision.b) {
                Found::One(b) => &[b],
                _ => titled.get(&plain(&decision.b)).map_or(&[], Vec::as_slice),
            };
            if tellers.is_empty() {
                let what = format!("no event has the title “{}”", decision.b);
                let hint = "give the title as the account has it, or a report that tells the event";
                self.warnings.push(unfollowed(&decision, &what, hint));
                continue;
            }
            let text = decision.reason(called(inputs, a), &format!("“{}”", decision.b));
            self.reasons.push((a, Reason::plain(text)));
            for teller in tellers {
                let event = grouped.event_of[teller.at()] as usize;
                let others = grouped.events[event].iter().filter(|b| **b != a);
                self.apart.extend(others.map(|b| (a.min(*b), a.max(*b))));
            }
        }
        self.sort();
    }

    fn sort(&mut self) {
        self.together.sort_unstable();
        self.together.dedup();
        self.apart.sort_unstable();
        self.apart.dedup();
        self.reasons.sort_by_key(|r| r.0);
    }

    /// What was decided about an article.
    pub(crate) fn reasons_of(&self, a: ArticleIndex) -> impl Iterator<Item = &Reason> {
        let from = self.reasons.partition_point(|r| r.0 < a);
        self.reasons[from..].iter().take_while(move |r| r.0 == a).map(|r| &r.1)
    }
}

fn unfollowed(decision: &Decision, what: &str, hint: &str) -> Warning {
    let text =
        format!("overrides, line {}: {what}; “{}” was not followed", decision.line, decision.verb.name());
    Warning::new("override-not-followed", text, hint)
}

/// A title, as it is compared: folded, with single spaces, without what a reader may leave off.
fn plain(title: &str) -> String {
    let folded = fold(title);
    let words: Vec<&str> = folded.split_whitespace().collect();
    words.join(" ").trim_matches(['"', '“', '”', '…', '.', ' ']).to_owned()
}

fn called<'a>(inputs: &[GroupInput<'a>], a: ArticleIndex) -> &'a str {
    inputs.get(a.at()).map_or("", |i| super::explain::call(i))
}
