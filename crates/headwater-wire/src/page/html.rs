//! Writes HTML in which no word of an article can become markup.
//!
//! `raw` takes only strings that are written in this program (`&'static str`); everything that comes from
//! an account goes through `text` or `words`, which escape it and make unprintable and reordering
//! characters visible. Addresses become links only where `web_address` lets them.

use std::fmt::Write as _;

/// What stands for a character that must not reach the page: controls and direction overrides.
const REPLACEMENT: char = '\u{FFFD}';

/// A growing HTML text.
#[derive(Default)]
pub(super) struct Html {
    out: String,
}

impl Html {
    /// Markup written in this program.
    pub(super) fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.out.push_str(markup);
        self
    }

    /// Markup that another `Html` holds.
    pub(super) fn append(&mut self, other: &Html) -> &mut Self {
        self.out.push_str(&other.out);
        self
    }

    /// Words from outside, escaped for text and for quoted attributes.
    pub(super) fn text(&mut self, words: &str) -> &mut Self {
        self.out.reserve(words.len());
        for c in words.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                '\'' => self.out.push_str("&#39;"),
                '\n' | '\t' => self.out.push(c),
                '\r' => self.out.push(' '),
                c if is_unshowable(c) => self.out.push(REPLACEMENT),
                c => self.out.push(c),
            }
        }
        self
    }

    /// Words from outside inside a line of ours: their writing direction stays theirs. Words that run from left to
    /// right only need no element for that; a page of many reports would have tens of thousands.
    pub(super) fn words(&mut self, words: &str) -> &mut Self {
        if words.chars().any(may_turn) {
            self.raw("<bdi>").text(words).raw("</bdi>")
        } else {
            self.text(words)
        }
    }

    /// Words from outside, cut at a word after about `limit` characters.
    pub(super) fn cut(&mut self, words: &str, limit: usize) -> &mut Self {
        self.words(&shorten(words, limit))
    }

    /// A number as it stands in ids and attributes: no separators.
    pub(super) fn num(&mut self, number: impl std::fmt::Display) -> &mut Self {
        // Writing to a String cannot fail.
        let _ = write!(self.out, "{number}");
        self
    }

    /// A count for people: 12,400.
    pub(super) fn count(&mut self, number: usize) -> &mut Self {
        self.out.push_str(&thousands(&number.to_string()));
        self
    }

    /// A count with its noun: "1 report", "2 reports".
    pub(super) fn counted(&mut self, number: usize, one: &'static str, many: &'static str) -> &mut Self {
        self.count(number).raw(" ").raw(if number == 1 { one } else { many })
    }

    /// A place along a picture, in percent.
    pub(super) fn percent(&mut self, at: f64) -> &mut Self {
        let _ = write!(self.out, "{:.2}%", if at.is_finite() { at } else { 0.0 });
        self
    }

    /// The text so far.
    pub(super) fn as_str(&self) -> &str {
        &self.out
    }

    /// The text.
    pub(super) fn into_string(self) -> String {
        self.out
    }
}

/// Whether a character may turn the writing direction of what follows: letters and marks of scripts that run from
/// right to left (their blocks, generously), and the controls of direction.
fn may_turn(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08FF}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
        | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// Controls, non-characters, and the two marks that reverse the letters they precede.
fn is_unshowable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202D}' | '\u{202E}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}' | '\u{FDD0}'..='\u{FDEF}')
}

/// The address, if following it can only open a web page.
pub(super) fn web_address(address: &str) -> Option<&str> {
    let address = address.trim();
    let scheme_end = address.find("://")?;
    let scheme = address.get(..scheme_end)?;
    let sound = !address.chars().any(|c| c.is_control() || c.is_whitespace() || is_unshowable(c));
    (sound && (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")))
        .then_some(address)
}

/// The first words, at most about `limit` characters, with "…" where something was cut.
pub(super) fn shorten(words: &str, limit: usize) -> String {
    let words = words.trim();
    let Some((cut, _)) = words.char_indices().nth(limit) else {
        return words.to_owned();
    };
    let head = words.get(..cut).unwrap_or_default();
    let at_word = head.rfind(char::is_whitespace).filter(|&at| at * 2 > cut).unwrap_or(cut);
    format!("{}…", head.get(..at_word).unwrap_or(head).trim_end())
}

/// Digits with a comma before each third one of the whole part: "12400.5" is "12,400.5".
pub(super) fn thousands(number: &str) -> String {
    let (sign, rest) = number.strip_prefix('-').map_or(("", number), |rest| ("−", rest));
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(whole, part)| (whole, Some(part)));
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) && whole.is_ascii() {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_becomes_markup() {
        let check = |words: &str, expect: &str| {
            let mut html = Html::default();
            html.text(words);
            assert_eq!(html.as_str(), expect);
        };
        check(
            "</script><b a='x' b=\"y\">&amp;",
            "&lt;/script&gt;&lt;b a=&#39;x&#39; b=&quot;y&quot;&gt;&amp;amp;",
        );
        check("a\u{0}b\u{1b}c\u{7f}d\u{85}e", "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e");
        check("safe\u{202E}gpj.exe", "safe\u{FFFD}gpj.exe");
        check("مرحبا – line\nnext", "مرحبا – line\nnext");
    }

    #[test]
    fn words_that_may_turn_stand_apart() {
        let check = |words: &str, expect: &str| {
            let mut html = Html::default();
            html.words(words);
            assert_eq!(html.as_str(), expect);
        };
        check("Ferry – sinks", "Ferry – sinks");
        check("مرحبا 3", "<bdi>مرحبا 3</bdi>");
        check("a \u{2067}b", "<bdi>a \u{2067}b</bdi>");
    }

    #[test]
    fn only_web_addresses_become_links() {
        let check = |address: &str, kept: bool| assert_eq!(web_address(address).is_some(), kept, "{address}");
        check("https://example.org/a?b=c&d", true);
        check("HTTP://example.org", true);
        check(" https://example.org/ ", true);
        check("javascript:alert(1)", false);
        check("javascript://example.org/%0aalert(1)", false);
        check("java\nscript://x", false);
        check("data:text/html,<b>", false);
        check("https://exa mple.org", false);
        check("https://e\u{202E}vil.org", false);
        check("//example.org", false);
        check("", false);
    }

    #[test]
    fn long_words_are_cut_at_a_word() {
        let check = |words: &str, limit: usize, expect: &str| assert_eq!(shorten(words, limit), expect);
        check("one two three", 40, "one two three");
        check("one two three", 9, "one two…");
        check("éééééééééé", 4, "éééé…");
        check("", 4, "");
    }

    #[test]
    fn numbers_are_grouped() {
        let check = |number: &str, expect: &str| assert_eq!(thousands(number), expect);
        check("7", "7");
        check("2000", "2,000");
        check("1234567.25", "1,234,567.25");
        check("-30000", "−30,000");
    }
}
