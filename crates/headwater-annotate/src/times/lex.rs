//! Tokens read as parts of time phrases: what a word can mean, what a number is.
//!
//! One look-up a token; everything after this works on roles and numbers, not on words.

use super::lang::{Language, Role, Unit, Words};
use headwater_model::text::fold::ascii_digits;
use headwater_model::text::{Token, TokenKind};

/// What a token of digits says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Num {
    None,
    /// A whole number and its count of digits.
    Int(u32, u8),
    /// A whole number written with thousands separators.
    Grouped(u32),
    /// 2.5: whole, tenths
    Decimal(u32, u8),
    /// 16.30: whole and two digits after the point
    Dotted(u8, u8),
    /// 15.08.2012
    Dots(u8, u8, u16),
    /// 3rd
    Ordinal(u32),
    /// 1980s, 80s and the count of digits
    Decade(u32, u8),
    /// 5pm; 24-hour value
    Hour(u8),
    /// A number and a unit in one word: "zweitägig"; 0 for a vague number: "jahrelang"
    Length(u8, Unit),
    /// Q3, 3Q
    Quarter(u8),
    /// H1, 1H
    HalfYear(u8),
    /// FY2024, FY24
    Fiscal(u16),
    /// 4.10pm; 24-hour value and minutes
    Clock(u8, u8),
}

/// One token as the grammar sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    pub roles: &'static [Role],
    pub num: Num,
}

/// Reads all tokens.
pub(crate) fn lex(text: &str, tokens: &[Token], words: &Words) -> Vec<Item> {
    tokens
        .iter()
        .map(|token| {
            let word = token.of(text);
            match token.kind {
                TokenKind::Mark => Item { roles: &[], num: Num::None },
                TokenKind::Word => {
                    let roles = words.roles(word);
                    let compound = roles.is_empty() && words.language == Language::German;
                    Item { roles, num: if compound { lasting(word, words) } else { Num::None } }
                }
                TokenKind::Number => Item { roles: &[], num: number(&ascii_digits(word)) },
                TokenKind::Mixed => Item { roles: words.roles(word), num: mixed(&ascii_digits(word)) },
            }
        })
        .collect()
}

fn number(word: &str) -> Num {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 || digits > 9 {
        return Num::None;
    }
    if digits == word.len() {
        return word.parse().map_or(Num::None, |v| Num::Int(v, digits as u8));
    }
    if word.bytes().any(|b| !b.is_ascii_digit() && b != b',' && b != b'.') {
        return Num::None;
    }
    if word.contains(',') {
        let plain: String = word.chars().filter(char::is_ascii_digit).collect();
        return match word.split_once(',') {
            // "2,5" as German writes it
            Some((a, b)) if b.len() == 1 => match (a.parse(), b.parse()) {
                (Ok(a), Ok(b)) => Num::Decimal(a, b),
                _ => Num::None,
            },
            _ if !word.contains('.') => plain.parse().map_or(Num::None, Num::Grouped),
            _ => Num::None,
        };
    }
    let mut parts = word.split('.');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(a), Some(b), None, _) => match (a.parse::<u32>(), b.parse::<u32>(), b.len()) {
            (Ok(a), Ok(b), 1) => Num::Decimal(a, b as u8),
            (Ok(a), Ok(b), 2) if a < 100 => Num::Dotted(a as u8, b as u8),
            _ => Num::None,
        },
        (Some(a), Some(b), Some(c), None) if a.len() <= 2 && b.len() <= 2 => {
            match (a.parse(), b.parse(), c.parse::<u16>()) {
                (Ok(a), Ok(b), Ok(c)) => Num::Dots(a, b, c),
                _ => Num::None,
            }
        }
        _ => Num::None,
    }
}

/// Endings of a German adjective.
const ENDINGS: &[&str] = &["", "e", "en", "em", "er", "es"];
/// What stands before "-lang": "jahrelang", "stundenlange".
const UNITS_LONG: &[(&str, Unit)] = &[
    ("minuten", Unit::Minute),
    ("stunden", Unit::Hour),
    ("tage", Unit::Day),
    ("wochen", Unit::Week),
    ("monate", Unit::Month),
    ("jahre", Unit::Year),
    ("jahrzehnte", Unit::Decade),
    ("jahrhunderte", Unit::Century),
];

/// "zweitägige", "dreistündiger": a number word and what lasts so long; "jahrelang"; "dreieinhalb", a number by itself.
fn lasting(word: &str, words: &Words) -> Num {
    const TAILS: &[(&str, Unit)] = &[
        ("jährig", Unit::Year),
        ("monatig", Unit::Month),
        ("wöchig", Unit::Week),
        ("tägig", Unit::Day),
        ("stündig", Unit::Hour),
        ("minütig", Unit::Minute),
    ];
    if let Some(head) = word.strip_suffix("einhalb") {
        let whole =
            words.roles(head).iter().find_map(|r| if let Role::Cardinal(n) = r { Some(*n) } else { None });
        return whole
            .or((head == "ein" || head == "Ein").then_some(1))
            .map_or(Num::None, |n| Num::Decimal(n.into(), 5));
    }
    if word.eq_ignore_ascii_case("anderthalb") {
        return Num::Decimal(1, 5);
    }
    if let Some((head, ending)) = word.split_once("lang") {
        let unit = UNITS_LONG.iter().find(|(w, _)| head.eq_ignore_ascii_case(w)).map(|u| u.1);
        return unit.filter(|_| ENDINGS.contains(&ending)).map_or(Num::None, |u| Num::Length(0, u));
    }
    if !word.contains("ig") {
        return Num::None;
    }
    TAILS
        .iter()
        .find_map(|(tail, unit)| {
            let at = word.find(tail)?;
            let ending = word.get(at + tail.len()..)?;
            let number = words.roles(word.get(..at)?).iter().find_map(|r| match r {
                Role::Cardinal(n) => u8::try_from(*n).ok(),
                Role::A => Some(1),
                _ => None,
            })?;
            ENDINGS.contains(&ending).then_some(Num::Length(number, *unit))
        })
        .unwrap_or(Num::None)
}

/// "Q3", "H1", "FY2024".
fn lettered(word: &str) -> Num {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let head = &word[..word.len() - digits.len()];
    let Ok(value) = digits.parse::<u16>() else { return Num::None };
    match (head, digits.len()) {
        ("Q", 1) if (1..=4).contains(&value) => Num::Quarter(value as u8),
        ("H", 1) if (1..=2).contains(&value) => Num::HalfYear(value as u8),
        ("FY", 4) if (1900..2100).contains(&value) => Num::Fiscal(value),
        ("FY", 2) => Num::Fiscal(2000 + value),
        _ => Num::None,
    }
}

/// "4.10pm": hour and minutes before the half of the day.
fn dotted_hour(number: &str, tail: &str) -> Option<Num> {
    let hour = number.parse::<u8>().ok().filter(|h| (1..=12).contains(h))?;
    let (minutes, half) = tail.strip_prefix('.')?.split_at_checked(2)?;
    let minutes = minutes.parse::<u8>().ok().filter(|m| *m < 60)?;
    let pm = if half.eq_ignore_ascii_case("pm") { 12 } else { 0 };
    (pm > 0 || half.eq_ignore_ascii_case("am")).then_some(Num::Clock(hour % 12 + pm, minutes))
}

fn mixed(word: &str) -> Num {
    if word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return lettered(word);
    }
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let Some((number, tail)) = word.split_at_checked(digits) else { return Num::None };
    let Ok(value) = number.parse::<u32>() else { return Num::None };
    if digits > 4 {
        return Num::None;
    }
    if tail.eq_ignore_ascii_case("s") || tail == "er" {
        return if value % 10 == 0 { Num::Decade(value, digits as u8) } else { Num::None };
    }
    if ["st", "nd", "rd", "th"].iter().any(|t| tail.eq_ignore_ascii_case(t)) {
        return Num::Ordinal(value);
    }
    if let Some(clock) = dotted_hour(number, tail) {
        return clock;
    }
    match (tail, value) {
        ("Q", 1..=4) => return Num::Quarter(value as u8),
        ("H", 1..=2) => return Num::HalfYear(value as u8),
        _ => {}
    }
    if tail.eq_ignore_ascii_case("am") && (1..=12).contains(&value) {
        return Num::Hour((value % 12) as u8);
    }
    if tail.eq_ignore_ascii_case("pm") && (1..=12).contains(&value) {
        return Num::Hour((value % 12 + 12) as u8);
    }
    Num::None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (word, expect) in [
            ("1998", Num::Int(1998, 4)),
            ("2,000", Num::Grouped(2000)),
            ("2.5", Num::Decimal(2, 5)),
            ("2,5", Num::Decimal(2, 5)),
            ("16.30", Num::Dotted(16, 30)),
            ("15.08.2012", Num::Dots(15, 8, 2012)),
            ("99999999999", Num::None),
            ("１２", Num::Int(12, 2)),
            ("٢٬٠٠٠", Num::None),
        ] {
            assert_eq!(number(&ascii_digits(word)), expect, "{word}");
        }
        for (word, expect) in [
            ("1980s", Num::Decade(1980, 4)),
            ("80th", Num::Ordinal(80)),
            ("5pm", Num::Hour(17)),
            ("12am", Num::Hour(0)),
            ("25pm", Num::None),
            ("5bn", Num::None),
            ("Q3", Num::Quarter(3)),
            ("Q5", Num::None),
            ("1H", Num::HalfYear(1)),
            ("FY2024", Num::Fiscal(2024)),
            ("4.10pm", Num::Clock(16, 10)),
            ("4.70pm", Num::None),
            ("H1N1", Num::None),
        ] {
            assert_eq!(mixed(word), expect, "{word}");
        }
    }
}
