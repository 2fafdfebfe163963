//! Finds times in two articles that belong to the same happening.
//!
//! The sentences of both must share rare words; whether the two values can be the same day is for the
//! caller to try. Gives pairs with a score and draws no conclusion.

use super::DatingInput;
use headwater_model::text::TokenKind;
use headwater_model::text::fold::fold_into;
use headwater_model::{ArticleIndex, ClueTime};
use rustc_hash::{FxHashMap, FxHashSet};

/// A clue of one article and a clue of another that may tell the same time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Link {
    pub mine: usize,
    pub other: ArticleIndex,
    pub theirs: usize,
    pub score: f32,
}

/// Share of the lighter sentence's weight (inverse document frequency) that must be in common, and the
/// least number of words. Low: of AQUAINT's pairs from here on three in four tell the same time, so the
/// caller wants two to agree; a pair must be the best that its phrase has in the other article. With three
/// words 1 of 22 ranges of AQUAINT was wrong (each document undated among the others), with four none of 22.
const LEAST_SHARE: f32 = 0.20;
const LEAST_WORDS: usize = 4;
/// Stem length in characters.
const STEM: usize = 5;
/// Words taken from each side of a phrase: a sentence of news, not a paragraph without full stops.
const SIDE: usize = 30;
/// Pairs compared in one story at most; a story with more times than this is dated by other clues.
const MOST_PAIRS: usize = 20_000_000;

/// Whether a time can say something of another article's day.
fn linkable(time: &ClueTime) -> bool {
    match time {
        ClueTime::Days(range) => super::days::stretch(range).is_some_and(|(a, b)| b - a <= 366),
        ClueTime::YearShift(..) | ClueTime::MonthShift(_) | ClueTime::Named(..) | ClueTime::Months(..) => {
            true
        }
        _ => false,
    }
}

struct Entry {
    article: usize,
    clue: usize,
    words: Vec<u32>,
    weight: f32,
}

/// Links of every article, best first; `wanted` tells whose links are needed.
pub(super) fn find(
    inputs: &[DatingInput<'_>],
    stories: &[Vec<ArticleIndex>],
    wanted: &[bool],
) -> Vec<Vec<Link>> {
    let mut ids: FxHashMap<String, u32> = FxHashMap::default();
    let mut frequency: Vec<u32> = Vec::new();
    let mut entries: Vec<Entry> = Vec::new();
    let mut of_article: Vec<Vec<usize>> = vec![Vec::new(); inputs.len()];
    let mut needed = vec![false; inputs.len()];
    for story in stories.iter().filter(|s| s.iter().any(|a| wanted.get(a.at()).copied().unwrap_or(false))) {
        for a in story {
            if let Some(slot) = needed.get_mut(a.at()) {
                *slot = true;
            }
        }
    }
    let mut buffer = String::new();
    for (n, input) in inputs.iter().enumerate().filter(|(n, _)| needed[*n]) {
        let text = &input.article.text;
        let mut seen: FxHashSet<u32> = FxHashSet::default();
        let mut stems: Vec<Option<u32>> = Vec::with_capacity(input.outline.tokens.len());
        for token in &input.outline.tokens {
            let stem = (token.kind == TokenKind::Word && token.span.len() > 3).then(|| {
                buffer.clear();
                fold_into(token.of(text), &mut buffer);
                let next = ids.len() as u32;
                *ids.entry(stem(&buffer).to_owned()).or_insert(next)
            });
            if let Some(id) = stem
                && seen.insert(id)
            {
                if frequency.len() <= id as usize {
                    frequency.resize(id as usize + 1, 0);
                }
                frequency[id as usize] += 1;
            }
            stems.push(stem);
        }
        for (c, clue) in input.clues.iter().enumerate() {
            if !linkable(&clue.time) || clue.ahead == Some(true) || clue.quoted {
                continue;
            }
            let at = input.outline.token_at(clue.span.start);
            let Some(token) = input.outline.tokens.get(at) else { continue };
            let Some(sentence) = input.outline.sentence_tokens.get(token.sentence as usize) else { continue };
            let from = at.saturating_sub(SIDE).max(sentence.start);
            let to = (at + SIDE).min(sentence.end);
            let mut words: Vec<u32> = stems.get(from..to).unwrap_or(&[]).iter().flatten().copied().collect();
            words.sort_unstable();
            words.dedup();
            of_article[n].push(entries.len());
            entries.push(Entry { article: n, clue: c, words, weight: 0.0 });
        }
    }
    let count = needed.iter().filter(|n| **n).count() as f32;
    // a word in every article still tells a little
    let weights: Vec<f32> = frequency.iter().map(|f| ((count + 1.0) / (*f as f32)).ln().max(0.05)).collect();
    let weigh =
        |words: &[u32]| words.iter().map(|w| weights.get(*w as usize).copied().unwrap_or(0.0)).sum::<f32>();
    for entry in &mut entries {
        entry.weight = weigh(&entry.words);
    }
    let mut out: Vec<Vec<Link>> = vec![Vec::new(); inputs.len()];
    for story in stories {
        let times: usize = story.iter().map(|a| of_article.get(a.at()).map_or(0, Vec::len)).sum();
        if times.saturating_mul(times) > MOST_PAIRS {
            continue;
        }
        for a in story.iter().filter(|a| wanted.get(a.at()).copied().unwrap_or(false)) {
            for b in story.iter().filter(|b| *b != a) {
                let Some(theirs) = of_article.get(b.at()) else { continue };
                for &i in &of_article[a.at()] {
                    for &j in theirs {
                        let (x, y) = (&entries[i], &entries[j]);
                        if let Some(score) = shared(x, y, &weights) {
                            out[x.article].push(Link {
                                mine: x.clue,
                                other: ArticleIndex(y.article as u32),
                                theirs: y.clue,
                                score,
                            });
                        }
                    }
                }
            }
        }
    }
    for list in &mut out {
        list.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| key(inputs, a).cmp(&key(inputs, b))));
        list.dedup();
        // one partner a phrase and article, the best
        let mut seen: FxHashSet<(usize, ArticleIndex)> = FxHashSet::default();
        list.retain(|l| seen.insert((l.mine, l.other)));
    }
    out
}

/// A word without its commonest endings, cut short: "signing" and "signed", "Korea" and "Korean".
fn stem(word: &str) -> &str {
    let bare = ["ing", "ed", "es", "s"]
        .iter()
        .find_map(|e| word.strip_suffix(e))
        .filter(|b| b.chars().count() >= 4)
        .unwrap_or(word);
    let cut = bare.char_indices().nth(STEM).map_or(bare.len(), |(i, _)| i);
    &bare[..cut]
}

fn key<'i>(inputs: &'i [DatingInput<'_>], link: &Link) -> (usize, &'i str, usize) {
    (link.mine, inputs.get(link.other.at()).map_or("", |i| i.article.id.as_str()), link.theirs)
}

fn shared(a: &Entry, b: &Entry, weights: &[f32]) -> Option<f32> {
    let (mut i, mut j, mut sum, mut count) = (0, 0, 0.0, 0);
    while let (Some(x), Some(y)) = (a.words.get(i), b.words.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += weights.get(*x as usize).copied().unwrap_or(0.0);
                count += 1;
                i += 1;
                j += 1;
            }
        }
    }
    let share = sum / a.weight.min(b.weight).max(f32::MIN_POSITIVE);
    (count >= LEAST_WORDS && share >= LEAST_SHARE).then_some(share)
}
