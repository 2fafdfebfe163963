//! Why two reports hang together, or do not: `headwater.why/1`.
//!
//! Filled by the engine; `page::why` shows it as a page, the program on a terminal. What is here about the link is what
//! the account holds too; the passages come with the words of both sides, so that they can be laid beside each other.

use crate::account::{Copy, Family, Reason};
use serde::{Deserialize, Serialize};

/// The schema's name.
pub const SCHEMA: &str = "headwater.why/1";

/// Everything that speaks for or against a link between two reports.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Why {
    /// `headwater.why/1`.
    pub schema: String,
    /// Name and version of the program that wrote it.
    pub generator: String,
    /// The report that was named first.
    pub a: Side,
    /// The other.
    pub b: Side,
    /// The link; none when nothing was found.
    pub link: Option<Copy>,
    /// The family that both are in.
    pub family: Option<Family>,
    /// The way from one to the other in the family's tree, both ends included; empty without one.
    pub way: Vec<String>,
    /// Shared passages in order of the first report, whichever way the link leads.
    pub passages: Vec<Aligned>,
    /// What was looked for; when there is no link, in vain.
    pub checked: Vec<String>,
    /// Whether they tell one happening, or belong to one story.
    pub grouped: Grouped,
    /// Statements that both tell, and whether one origin stands behind both tellings.
    pub statements: Vec<Both>,
}

/// One of the two reports.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// Its id.
    pub id: String,
    /// The source as given.
    pub path: String,
    /// Outlet.
    pub outlet: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// When it was published, or the days between which.
    pub published: Option<String>,
    /// Words of its clean text.
    pub words: usize,
}

/// A shared passage with the words of both.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Aligned {
    /// Bytes in the first report's clean text.
    pub a: (u32, u32),
    /// Bytes in the second's.
    pub b: (u32, u32),
    /// Words that are the same.
    pub words: u32,
    /// Whether it is only quotation, post or caption: a shared speaker, not a shared text.
    pub quoted: bool,
    /// The first report's words.
    pub a_text: String,
    /// The second's.
    pub b_text: String,
}

/// Why they are grouped or not.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Grouped {
    /// Both tell the same happening.
    pub same_event: bool,
    /// Both belong to one story.
    pub same_story: bool,
    /// Probability (0–1), by their words and days alone, that both tell one happening.
    pub probability: f64,
    /// In words.
    pub because: Vec<Reason>,
    /// What was compared: what weighs most first.
    pub features: Vec<Feature>,
}

/// One number that the two were compared by.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    /// What it measures.
    pub name: String,
    /// Its value.
    pub value: f64,
    /// What it adds to the log odds that both tell one happening.
    pub adds: f64,
}

/// A statement that both tell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Both {
    /// What is said.
    pub gist: String,
    /// How the tellings agree.
    pub agreement: String,
    /// Whether one origin stands behind both.
    pub one_origin: bool,
    /// Origins behind the first report's telling.
    pub a: Vec<String>,
    /// Origins behind the second's.
    pub b: Vec<String>,
}

/// Some words of a passage, and whether the other side has them too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The words, with the space after them.
    pub text: &'a str,
    /// Whether they stand in the other as well.
    pub same: bool,
}

/// Most words of one side times the other's that are compared; of longer passages nothing is marked (pairs of words).
const MOST_COMPARED: usize = 4_000_000;

/// What of two passages is the same, word by word: the pieces of either, in order.
///
/// Case, punctuation and quotation marks make no difference. Passages that are too long to be compared come back
/// whole, as the same.
///
/// ```
/// use headwater_wire::why::pieces;
/// let (a, _) = pieces("The gate was shut at dawn.", "The gate was closed at dawn");
/// let differing: Vec<&str> = a.iter().filter(|p| !p.same).map(|p| p.text).collect();
/// assert_eq!(differing, ["shut "]);
/// ```
pub fn pieces<'a>(a: &'a str, b: &'a str) -> (Vec<Piece<'a>>, Vec<Piece<'a>>) {
    let (x, y) = (words(a), words(b));
    if x.len().saturating_mul(y.len()) > MOST_COMPARED {
        return (vec![Piece { text: a, same: true }], vec![Piece { text: b, same: true }]);
    }
    let (kx, ky): (Vec<String>, Vec<String>) =
        (x.iter().map(|w| key(w)).collect(), y.iter().map(|w| key(w)).collect());
    // Longest common subsequence, from the ends.
    let width = ky.len() + 1;
    let mut best = vec![0u32; (kx.len() + 1) * width];
    for i in (0..kx.len()).rev() {
        for j in (0..ky.len()).rev() {
            best[i * width + j] = if kx[i] == ky[j] {
                best[(i + 1) * width + j + 1] + 1
            } else {
                best[(i + 1) * width + j].max(best[i * width + j + 1])
            };
        }
    }
    let (mut in_x, mut in_y) = (vec![false; kx.len()], vec![false; ky.len()]);
    let (mut i, mut j) = (0, 0);
    while i < kx.len() && j < ky.len() {
        if kx[i] == ky[j] {
            (in_x[i], in_y[j]) = (true, true);
            i += 1;
            j += 1;
        } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    (joined(a, &x, &in_x), joined(b, &y, &in_y))
}

/// Words with the white space after them.
fn words(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace).collect()
}

fn key(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Neighbours of one kind become one piece.
fn joined<'a>(text: &'a str, words: &[&'a str], same: &[bool]) -> Vec<Piece<'a>> {
    let mut out: Vec<Piece<'a>> = Vec::new();
    let (mut start, mut at) = (0, 0);
    for (n, word) in words.iter().enumerate() {
        let end = at + word.len();
        // Words without a letter or digit are of either kind.
        let kind = same[n] || key(word).is_empty();
        let last = words.get(n + 1).is_none_or(|next| (same[n + 1] || key(next).is_empty()) != kind);
        if last {
            out.push(Piece { text: &text[start..end], same: kind });
            start = end;
        }
        at = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_the_whole_and_say_what_differs() {
        let check = |a: &str, b: &str, expect: &[&str]| {
            let (x, y) = pieces(a, b);
            let whole = |p: &[Piece<'_>]| p.iter().map(|p| p.text).collect::<String>();
            assert_eq!((whole(&x).as_str(), whole(&y).as_str()), (a, b));
            let differing: Vec<&str> =
                x.iter().chain(&y).filter(|p| !p.same).map(|p| p.text.trim()).collect();
            assert_eq!(differing, expect, "{a} | {b}");
        };
        check("“We left,” she said.", "\"We left,\" she said", &[]);
        check("forty boats", "40 boats", &["forty", "40"]);
        check("the gate", "the old gate on the quay", &["old", "on the quay"]);
        check("", "", &[]);
        check("  \n", "a", &["a"]);
    }

    #[test]
    fn long_passages_are_not_compared() {
        let long = "again ".repeat(3000);
        let (x, _) = pieces(&long, &long);
        assert_eq!(x.len(), 1);
    }
}
