//! Numbers with what they count: value or range, bound, unit, and the words counted.
//!
//! Reads one outline; never looks at what is said of the counted things (killed, planned): that is the
//! business of the account. Dates and clock times are left to `times`. Reading a number is [`number`].

mod bounds;
mod counted;
mod number;
mod units;

use bounds::{bound_after, bound_before};
use counted::counted;
pub use counted::{is_people, singular};
use headwater_model::text::{Outline, TokenKind};
use headwater_model::{Bound, Quantity, Span, TimeKind, TimeMention};
use number::{Form, Number, Words};
use units::{currency_sign, unit_after};

/// Finds the numbers of a text. `times` are the dates that are no quantities.
pub fn find(text: &str, outline: &Outline, times: &[TimeMention]) -> Vec<Quantity> {
    let words = Words::new(text, outline);
    let mut out = Vec::new();
    let mut time = 0;
    let mut i = 0;
    while i < outline.tokens.len() {
        let start = outline.tokens[i].span.start;
        while time < times.len() && times[time].span.end <= start {
            time += 1;
        }
        if let Some(t) = times.get(time)
            && t.span.start <= start
            && (matches!(t.kind, TimeKind::Date | TimeKind::Time | TimeKind::Set))
        {
            i += 1;
            continue;
        }
        match number::read(&words, i) {
            Some(number) if !vetoed(&words, i, &number) => {
                let quantity = describe(&words, i, &number);
                i = number.end.max(i + 1);
                out.extend(quantity);
            }
            Some(number) => i = number.end.max(i + 1),
            None => i += 1,
        }
    }
    out
}

/// Reads the number that stands in `span`, whatever `find` thinks of it: for figures pointed at from outside.
/// `None` when no number can be read there.
pub fn at(text: &str, outline: &Outline, span: Span) -> Option<Quantity> {
    let words = Words::new(text, outline);
    let range = outline.tokens_in(span);
    // The bound's words may be numbers too ("one or more"): the longest number wins.
    let best = range
        .clone()
        .filter_map(|i| number::read(&words, i).map(|n| (i, n)))
        .max_by_key(|(i, n)| (n.form != Form::One, n.end - i, std::cmp::Reverse(*i)))?;
    describe(&words, best.0, &best.1).map(|q| Quantity { identifies: false, ..q })
}

/// Numbers that are no quantities: telephone numbers, scores, section numbers, parts of names.
fn vetoed(words: &Words<'_>, i: usize, number: &Number) -> bool {
    let glued = |k: usize, marks: &[&str]| {
        words.tokens.get(k).is_some_and(|t| !t.spaced) && marks.contains(&words.at(k, i))
    };
    let before = if i > 0 { words.at(i - 1, i) } else { "" };
    let touching = !words.tokens[i].spaced;
    // 12:30, 3/4, #5, x.y.z, 555-0199
    if touching && matches!(before, ":" | "/" | "#" | "." | "_" | "@" | "=" | "&") {
        return true;
    }
    if glued(number.end, &[":", "/", "_", "@", "="])
        && words.tokens.get(number.end + 1).is_some_and(|t| !t.spaced && t.kind != TokenKind::Word)
    {
        return true;
    }
    // F-16, COVID-19, Boeing 737: a letter glued by a hyphen before
    if touching
        && matches!(before, "-" | "–")
        && i >= 2
        && !words.tokens[i - 1].spaced
        && words.tokens[i - 2].kind != TokenKind::Mark
    {
        return true;
    }
    matches!(
        before,
        "no" | "number"
            | "page"
            | "section"
            | "article"
            | "chapter"
            | "flight"
            | "route"
            | "highway"
            | "room"
            | "resolution"
    ) || (before == "." && i >= 2 && matches!(words.at(i - 2, i), "no" | "nos"))
}

fn describe(words: &Words<'_>, i: usize, number: &Number) -> Option<Quantity> {
    let mut start = i;
    let mut end = number.end;
    let mut unit = String::new();
    let before = if i > 0 { words.at(i - 1, i) } else { "" };
    // a currency sign before: "$5", "US$5"
    if let Some(code) = currency_sign(before) {
        unit = code.to_owned();
        start -= 1;
        if start > 0
            && matches!(words.at(start - 1, i), "us" | "a" | "c" | "hk")
            && !words.tokens[start].spaced
        {
            start -= 1;
        }
    }
    let number_span = words.tokens[i].span.cover(words.tokens[number.end - 1].span);
    let (mut bound, from) = bound_before(words, start);
    start = from;
    if let Some((after, len)) = bound_after(words, end, i) {
        bound = after;
        end += len;
    }
    match number.form {
        Form::Vague if bound == Bound::Exactly || bound == Bound::About => bound = Bound::Vague,
        Form::Vague => bound = Bound::Vague,
        _ if number.low != number.high && bound == Bound::Exactly => bound = Bound::About,
        _ => {}
    }
    let mut identifies = number.form == Form::Ordinal;
    if number.form == Form::Share {
        unit = "percent".into();
    }
    // units after: "%", "percent", "km", "dollars"
    if unit.is_empty()
        && let Some((code, len)) = unit_after(words, end, i)
    {
        unit = code.to_owned();
        end += len;
    }
    // ages: "12-year-old", "aged 12", ", 54,"
    let next = words.at(end, i);
    let years =
        matches!(next, "year" | "years" | "month" | "months" | "week" | "weeks" | "day" | "days" | "-");
    let old = (0..5).any(|k| words.at(end + k, i) == "old") && years;
    let appositive = before == ","
        && next == ","
        && number.form == Form::Plain
        && number.low >= 10.0
        && number.low < 110.0
        && end == i + 1;
    if old || matches!(before, "aged" | "age") || appositive {
        identifies = true;
    }
    // scores: "3-1", "6-4"
    if number.low < 100.0
        && i >= 2
        && matches!(before, "-" | "–")
        && words.tokens[i - 2].kind == TokenKind::Number
    {
        identifies = true;
    }
    let (counted_span, counted, head) = counted(words, end, i);
    if let Some(span) = counted_span {
        end = end.max(words.tokens.partition_point(|t| t.span.end < span.end) + 1).min(words.tokens.len());
    }
    if number.form == Form::One && (counted.is_empty() || words.at(number.end, i) == "of") {
        return None;
    }
    // "first" and the like identify; a bare ordinal without a noun is not worth a line
    if identifies && number.form == Form::Ordinal && counted.is_empty() {
        return None;
    }
    // A bare year or a list number counts nothing.
    if counted.is_empty()
        && unit.is_empty()
        && number.form == Form::Plain
        && bound == Bound::Exactly
        && number.low.fract() == 0.0
    {
        let lone_year = (1500.0..2100.0).contains(&number.low) && words.at(i, i).len() == 4 && end == i + 1;
        identifies |= lone_year;
    }
    if unit.is_empty() && !head.is_empty() {
        unit = if is_people(&head) { "person".into() } else { singular(&head) };
    }
    let last = words.tokens[end.min(words.tokens.len()) - 1].span;
    Some(Quantity {
        span: Span { start: words.tokens[start].span.start, end: last.end.max(number_span.end) },
        number: number_span,
        low: number.low,
        high: number.high,
        bound,
        unit,
        counted,
        counted_span,
        identifies,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[(&str, f64, f64, Bound, &str, &str)]) {
        let outline = Outline::new(text);
        let found = find(text, &outline, &[]);
        let got: Vec<_> = found
            .iter()
            .filter(|q| !q.identifies)
            .map(|q| (q.number.of(text), q.low, q.high, q.bound, q.unit.as_str(), q.counted.as_str()))
            .collect();
        assert_eq!(got, expect, "in {text}");
    }

    #[test]
    fn counts_people() {
        check(
            "approximately 2,000 North Korean soldiers sent to assist",
            &[("2,000", 2000.0, 2000.0, Bound::About, "person", "North Korean soldiers")],
        );
        check(
            "an additional 6,000 soldiers and engineers, with around 1,000 combat engineers",
            &[
                ("6,000", 6000.0, 6000.0, Bound::Exactly, "person", "soldiers and engineers"),
                ("1,000", 1000.0, 1000.0, Bound::About, "person", "combat engineers"),
            ],
        );
        check(
            "At least twenty-two people were killed and 14 wounded.",
            &[
                ("twenty-two", 22.0, 22.0, Bound::AtLeast, "person", "people"),
                ("14", 14.0, 14.0, Bound::Exactly, "person", "wounded"),
            ],
        );
        check(
            "Dozens of passengers, two hundred and five crew",
            &[
                ("Dozens", 24.0, 99.0, Bound::Vague, "person", "passengers"),
                ("two hundred and five", 205.0, 205.0, Bound::Exactly, "person", "crew"),
            ],
        );
    }

    #[test]
    fn money_shares_ranges() {
        check(
            "$5.2 million and nearly half of its ammunition",
            &[
                ("5.2 million", 5.2e6, 5.2e6, Bound::Exactly, "usd", ""),
                ("half", 50.0, 50.0, Bound::Nearly, "percent", "ammunition"),
            ],
        );
        check(
            "between 10 and 15 percent, 2-3 million barrels",
            &[
                ("10 and 15", 10.0, 15.0, Bound::About, "percent", ""),
                ("2-3 million", 2e6, 3e6, Bound::About, "barrel", ""),
            ],
        );
        check(
            "tens of thousands of people; a dozen boats",
            &[
                ("tens of thousands", 20_000.0, 99_999.0, Bound::Vague, "person", "people"),
                ("a dozen", 12.0, 12.0, Bound::Exactly, "boat", "boats"),
            ],
        );
    }

    #[test]
    fn what_is_no_quantity() {
        check("an F-16 on flight 370 at 12:30, aged 54, COVID-19", &[]);
        check("one of the men; the 80th anniversary", &[]);
    }
}
