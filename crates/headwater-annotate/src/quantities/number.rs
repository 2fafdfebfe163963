//! Reads a number that begins at a token: digits, words, ranges, orders of size, shares.
//!
//! Knows nothing of what is counted; that is `super`.

use headwater_model::text::{Outline, Token, TokenKind};

/// A number read at a token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    pub(super) low: f64,
    pub(super) high: f64,
    /// One past the last token.
    pub(super) end: usize,
    pub(super) form: Form,
}

/// How the number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Digits or number words.
    Plain,
    /// "dozens", "several": an order of size.
    Vague,
    /// "half", "a third", "two thirds": a share, in percent.
    Share,
    /// "first", "12th".
    Ordinal,
    /// The plain word "one", which is more often a pronoun.
    One,
}

/// Number words below a hundred.
fn small(word: &str) -> Option<f64> {
    Some(match word {
        "zero" => 0.0,
        "one" => 1.0,
        "two" => 2.0,
        "three" => 3.0,
        "four" => 4.0,
        "five" => 5.0,
        "six" => 6.0,
        "seven" => 7.0,
        "eight" => 8.0,
        "nine" => 9.0,
        "ten" => 10.0,
        "eleven" => 11.0,
        "twelve" => 12.0,
        "thirteen" => 13.0,
        "fourteen" => 14.0,
        "fifteen" => 15.0,
        "sixteen" => 16.0,
        "seventeen" => 17.0,
        "eighteen" => 18.0,
        "nineteen" => 19.0,
        "twenty" => 20.0,
        "thirty" => 30.0,
        "forty" => 40.0,
        "fifty" => 50.0,
        "sixty" => 60.0,
        "seventy" => 70.0,
        "eighty" => 80.0,
        "ninety" => 90.0,
        _ => return None,
    })
}

/// Words that multiply.
fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "hundred" => 1e2,
        "thousand" | "k" => 1e3,
        "million" | "mn" | "mln" | "m" | "mio" | "millionen" => 1e6,
        "billion" | "bn" | "b" | "milliarden" => 1e9,
        "trillion" | "tn" | "trn" => 1e12,
        _ => return None,
    })
}

/// Orders of size, with the least and greatest number a reader would allow.
fn order(word: &str) -> Option<(f64, f64)> {
    Some(match word {
        "dozens" => (24.0, 99.0),
        "scores" => (40.0, 199.0),
        "tens" => (20.0, 99.0),
        "hundreds" => (200.0, 999.0),
        "thousands" => (2e3, 9_999.0),
        "millions" => (2e6, 99e6),
        "billions" => (2e9, 99e9),
        "several" => (3.0, 9.0),
        "handful" => (3.0, 7.0),
        _ => return None,
    })
}

fn ordinal(word: &str) -> Option<f64> {
    const WORDS: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
        "eleventh", "twelfth",
    ];
    if let Some(i) = WORDS.iter().position(|w| *w == word) {
        return Some(i as f64 + 1.0);
    }
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let tail = &word[digits.len()..];
    (matches!(tail, "st" | "nd" | "rd" | "th") && digits.len() <= 6).then(|| digits.parse().ok()).flatten()
}

/// The part of a share: the denominators of "a third", "two fifths".
fn denominator(word: &str) -> Option<f64> {
    Some(match word {
        "half" | "halves" => 2.0,
        "third" | "thirds" => 3.0,
        "quarter" | "quarters" => 4.0,
        "fifth" | "fifths" => 5.0,
        "tenth" | "tenths" => 10.0,
        _ => return None,
    })
}

/// A number in digits: "2,000", "3.5", "2.000" (German thousands when every group has three digits).
pub(super) fn digits(word: &str) -> Option<f64> {
    if word.len() > 24 || !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let grouped = |sep: char| {
        let mut parts = word.split(sep);
        let head = parts.next().unwrap_or("");
        let mut any = false;
        let ok = parts.all(|p| {
            any = true;
            p.len() == 3 && p.bytes().all(|b| b.is_ascii_digit())
        });
        any && ok
            && !head.is_empty()
            && head.len() <= 3
            && head.bytes().all(|b| b.is_ascii_digit())
            && (head != "0")
    };
    if grouped(',') || (grouped('.') && word.matches('.').count() > 1) {
        return word.replace([',', '.'], "").parse().ok();
    }
    // "1,234.5"
    if let Some((whole, part)) = word.rsplit_once('.')
        && part.bytes().all(|b| b.is_ascii_digit())
    {
        return format!("{}.{part}", whole.replace(',', "")).parse().ok();
    }
    word.replace(',', "").parse().ok()
}

/// Digits with a scale glued on: "5bn", "1.2m", "30k".
fn mixed(word: &str) -> Option<f64> {
    let tail = word.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let head = &word[..word.len() - tail.len()];
    Some(digits(head)? * scale(tail)?)
}

/// Lower-case words of a text's tokens, made once.
pub(super) struct Words<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: &'t [Token],
    pub(super) lower: Vec<std::borrow::Cow<'t, str>>,
}

impl<'t> Words<'t> {
    pub(super) fn new(text: &'t str, outline: &'t Outline) -> Self {
        let lower = outline
            .tokens
            .iter()
            .map(|t| {
                let w = t.of(text);
                if w.bytes().any(|b| b.is_ascii_uppercase()) {
                    w.to_ascii_lowercase().into()
                } else {
                    w.into()
                }
            })
            .collect();
        Words { text, tokens: &outline.tokens, lower }
    }

    /// The lower-case word at `i`, or "" past the end or in another sentence than `from`.
    pub(super) fn at(&self, i: usize, from: usize) -> &str {
        match self.tokens.get(i) {
            Some(t) if t.sentence == self.tokens[from].sentence => &self.lower[i],
            _ => "",
        }
    }
}

/// Reads a number at token `i`.
pub(super) fn read(words: &Words<'_>, i: usize) -> Option<Number> {
    let word = words.at(i, i);
    // shares first: "half", "a third of", "two thirds", "three quarters of"
    if let Some(share) = share(words, i) {
        return Some(share);
    }
    if let Some((low, high)) = order(word) {
        let mut n = Number { low, high, end: i + 1, form: Form::Vague };
        // "tens of thousands", "hundreds of millions"
        if words.at(i + 1, i) == "of"
            && let Some(k) = match words.at(i + 2, i) {
                "thousands" => Some(1e3),
                "millions" => Some(1e6),
                "billions" => Some(1e9),
                _ => None,
            }
        {
            n = Number { low: low * k, high: (high + 1.0) * k - 1.0, end: i + 3, form: Form::Vague };
        }
        // "several hundred", "several dozen"
        if let Some(k) = match words.at(n.end, i) {
            "dozen" => Some(12.0),
            w => scale(w).filter(|_| w.len() > 2),
        } {
            n = Number { low: n.low * k, high: n.high * k, end: n.end + 1, form: Form::Vague };
        }
        return Some(n);
    }
    let (value, end) = plain(words, i)?;
    // ranges: "10 to 15", "10-15", "between 10 and 15" (the caller says when "and" joins)
    let joiner = words.at(end, i);
    let after = end + 1;
    let glued = words.tokens.get(end).is_some_and(|t| !t.spaced);
    let between = i > 0 && words.at(i - 1, i) == "between";
    let from = i > 0 && words.at(i - 1, i) == "from";
    if (joiner == "to" && !from
        || matches!(joiner, "-" | "–") && glued
        || joiner == "and" && between
        || joiner == "or" && small(word).is_some())
        && let Some((high, end)) = plain(words, after)
        && high > value
    {
        // "2 to 3 million" scales both
        let low = if value < 1000.0 && high >= 1e5 && value * 1e3 <= high {
            value * (high / leading(high))
        } else {
            value
        };
        return Some(Number { low, high, end, form: Form::Plain });
    }
    if let Some(n) = ordinal(word) {
        return Some(Number { low: n, high: n, end, form: Form::Ordinal });
    }
    let form = if word == "one" && end == i + 1 { Form::One } else { Form::Plain };
    Some(Number { low: value, high: value, end, form })
}

/// The scale of a big number's leading figure: 3 of 3,000,000.
fn leading(n: f64) -> f64 {
    let mut n = n;
    while n >= 1000.0 {
        n /= 1000.0;
    }
    n
}

fn share(words: &Words<'_>, i: usize) -> Option<Number> {
    let word = words.at(i, i);
    let next = words.at(i + 1, i);
    let share = |percent: f64, end| Some(Number { low: percent, high: percent, end, form: Form::Share });
    if word == "half" {
        // "half a million", "half an hour" are no shares
        if matches!(next, "a" | "an" | "-" | "hour" | "dozen") {
            if next == "a"
                && let Some(k) = scale(words.at(i + 2, i))
            {
                return Some(Number { low: k / 2.0, high: k / 2.0, end: i + 3, form: Form::Plain });
            }
            return None;
        }
        return (next == "of" || next == "the" || next == "its" || next == "their" || next == "all")
            .then(|| share(50.0, i + 1))
            .flatten();
    }
    let top = match word {
        "a" | "one" => 1.0,
        w => small(w)?,
    };
    let at = if next == "-" { i + 2 } else { i + 1 };
    let bottom = denominator(words.at(at, i))?;
    let plural = words.at(at, i).ends_with('s');
    let of = matches!(words.at(at + 1, i), "of" | "the" | "in");
    (top < bottom && (of || plural && top > 1.0))
        .then(|| share((1000.0 * top / bottom).round() / 10.0, at + 1))
        .flatten()
}

/// Digits or number words from token `i`: value and end.
fn plain(words: &Words<'_>, i: usize) -> Option<(f64, usize)> {
    let token = words.tokens.get(i)?;
    let word = words.at(i, i);
    match token.kind {
        TokenKind::Number => {
            let mut value = digits(word)?;
            let mut end = i + 1;
            // "5.2 million", "10 thousand"; a bare letter only when glued, and not "m" for metres
            if let Some(k) = scale(words.at(end, i)).filter(|_| words.at(end, i).len() > 1) {
                value *= k;
                end += 1;
            }
            // "2 000": groups set apart by thin or plain spaces
            while value < 1e9 && word.len() <= 3 && value.fract() == 0.0 {
                match words.tokens.get(end) {
                    Some(t)
                        if t.kind == TokenKind::Number
                            && t.span.len() == 3
                            && gap_is_narrow(words.text, words.tokens, end) =>
                    {
                        value = value * 1000.0 + digits(t.of(words.text))?;
                        end += 1;
                    }
                    _ => break,
                }
            }
            Some((value, end))
        }
        TokenKind::Mixed => {
            if ordinal(word).is_some() {
                return ordinal(word).map(|n| (n, i + 1));
            }
            mixed(word).map(|n| (n, i + 1))
        }
        TokenKind::Word => number_words(words, i),
        TokenKind::Mark => None,
    }
}

/// Whether a narrow no-break space stands before token `i`.
fn gap_is_narrow(text: &str, tokens: &[Token], i: usize) -> bool {
    let gap = text.get(tokens[i - 1].span.end as usize..tokens[i].span.start as usize).unwrap_or("");
    matches!(gap, "\u{202f}" | "\u{2009}" | "\u{a0}")
}

fn number_words(words: &Words<'_>, i: usize) -> Option<(f64, usize)> {
    let first = words.at(i, i);
    if let Some(n) = ordinal(first) {
        return Some((n, i + 1));
    }
    let (mut total, mut group, mut at) = (0.0, 0.0, i);
    if matches!(first, "a" | "an") {
        // "a hundred", "a dozen"
        let next = words.at(i + 1, i);
        let k = if next == "dozen" { Some(12.0) } else { scale(next).filter(|_| next.len() > 2) };
        k?;
        group = 1.0;
        at = i + 1;
    }
    let mut any = false;
    while at < i + 12 {
        let word = words.at(at, i);
        if let Some(n) = small(word) {
            // "twenty-two"; "two three" is two numbers
            let filled = any && group % 100.0 != 0.0;
            if filled && (group % 10.0 != 0.0 || n >= 10.0) {
                break;
            }
            group += n;
        } else if word == "dozen" && (any || group > 0.0) {
            group *= 12.0;
            at += 1;
            any = true;
            break;
        } else if word == "hundred" && (any || group > 0.0) {
            group *= 100.0;
        } else if let Some(k) = scale(word).filter(|_| word.len() > 2 && (any || group > 0.0)) {
            total += group * k;
            group = 0.0;
        } else if joins(words, i, at, any, group) {
            at += 1;
            continue;
        } else {
            break;
        }
        any = true;
        at += 1;
    }
    any.then_some((total + group, at))
}

/// Whether the word at `at` only joins the parts of a number: "hundred and five", "twenty-two".
fn joins(words: &Words<'_>, i: usize, at: usize, any: bool, group: f64) -> bool {
    let next = small(words.at(at + 1, i));
    match words.at(at, i) {
        "and" => any && group >= 100.0 && next.is_some(),
        "-" => {
            any && next.is_some_and(|n| n < 10.0)
                && group % 10.0 == 0.0
                && group > 0.0
                && !words.tokens[at].spaced
        }
        _ => false,
    }
}
