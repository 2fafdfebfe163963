//! Numbers with what they count: value or range, bound, unit, and the words counted.
//!
//! Reads one outline; never looks at what is said of the counted things (killed, planned): that is the
//! business of the account. Dates and clock times are left to `times`. Reading a number is [`number`].

mod number;

use headwater_model::text::{Outline, TokenKind};
use headwater_model::{Bound, Quantity, Span, TimeKind, TimeMention};
use number::{Form, Number, Words};

/// Most words that a counted phrase may have.
const MOST_COUNTED_WORDS: usize = 7;

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

/// Bound words before a number, longest first; each is matched backwards from the number.
const BEFORE: &[(&[&str], Bound)] = &[
    (&["no", "fewer", "than"], Bound::AtLeast),
    (&["no", "less", "than"], Bound::AtLeast),
    (&["not", "less", "than"], Bound::AtLeast),
    (&["no", "more", "than"], Bound::AtMost),
    (&["as", "many", "as"], Bound::AtMost),
    (&["as", "much", "as"], Bound::AtMost),
    (&["in", "excess", "of"], Bound::MoreThan),
    (&["a", "total", "of"], Bound::Exactly),
    (&["well", "over"], Bound::MoreThan),
    (&["more", "than"], Bound::MoreThan),
    (&["upwards", "of"], Bound::MoreThan),
    (&["fewer", "than"], Bound::LessThan),
    (&["less", "than"], Bound::LessThan),
    (&["at", "least"], Bound::AtLeast),
    (&["at", "most"], Bound::AtMost),
    (&["up", "to"], Bound::AtMost),
    (&["just", "over"], Bound::MoreThan),
    (&["just", "under"], Bound::Nearly),
    (&["close", "to"], Bound::Nearly),
    (&["an", "estimated"], Bound::About),
    (&["over"], Bound::MoreThan),
    (&["above"], Bound::MoreThan),
    (&["exceeding"], Bound::MoreThan),
    (&["under"], Bound::LessThan),
    (&["below"], Bound::LessThan),
    (&["nearly"], Bound::Nearly),
    (&["almost"], Bound::Nearly),
    (&["about"], Bound::About),
    (&["around"], Bound::About),
    (&["approximately"], Bound::About),
    (&["roughly"], Bound::About),
    (&["some"], Bound::About),
    (&["circa"], Bound::About),
    (&["estimated"], Bound::About),
    (&["perhaps"], Bound::About),
    (&["minimum"], Bound::AtLeast),
    (&["maximum"], Bound::AtMost),
    (&["mindestens"], Bound::AtLeast),
    (&["rund"], Bound::About),
    (&["etwa"], Bound::About),
    (&["fast"], Bound::Nearly),
    (&["knapp"], Bound::Nearly),
    (&["bis", "zu"], Bound::AtMost),
];

/// Bound words after a number: "20 or more", "100 at least".
const AFTER: &[(&[&str], Bound)] = &[
    (&["or", "more"], Bound::AtLeast),
    (&["or", "so"], Bound::About),
    (&["or", "fewer"], Bound::AtMost),
    (&["or", "less"], Bound::AtMost),
    (&["+"], Bound::AtLeast),
];

/// The bound before token `i`: the bound and where its words begin.
fn bound_before(words: &Words<'_>, i: usize) -> (Bound, usize) {
    for (phrase, bound) in BEFORE {
        if i >= phrase.len()
            && phrase.iter().enumerate().all(|(k, w)| words.at(i - phrase.len() + k, i) == *w)
        {
            return (*bound, i - phrase.len());
        }
    }
    (Bound::Exactly, i)
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
    for (phrase, after) in AFTER {
        if phrase.iter().enumerate().all(|(k, w)| words.at(end + k, i) == *w) {
            bound = *after;
            end += phrase.len();
            break;
        }
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

fn currency_sign(word: &str) -> Option<&'static str> {
    Some(match word {
        "$" => "usd",
        "€" => "eur",
        "£" => "gbp",
        "¥" => "jpy",
        "₹" => "inr",
        "₽" => "rub",
        "₩" => "krw",
        "₺" => "try",
        _ => return None,
    })
}

/// The unit that stands at token `at`, and how many tokens it takes.
fn unit_after(words: &Words<'_>, at: usize, from: usize) -> Option<(&'static str, usize)> {
    let hyphen = usize::from(words.at(at, from) == "-");
    let word = words.at(at + hyphen, from);
    let next = words.at(at + hyphen + 1, from);
    let unit = match word {
        "%" | "percent" | "prozent" | "pc" => "percent",
        "per" if next == "cent" => return Some(("percent", hyphen + 2)),
        "percentage" if next.starts_with("point") => return Some(("percentage point", hyphen + 2)),
        "dollar" | "dollars" | "usd" => "usd",
        "euro" | "euros" | "eur" => "eur",
        "pound" | "pounds" if next != "of" => "gbp",
        "yuan" | "renminbi" => "cny",
        "yen" => "jpy",
        "rouble" | "roubles" | "ruble" | "rubles" => "rub",
        "rupee" | "rupees" => "inr",
        "won" => "krw",
        "km" | "kilometre" | "kilometres" | "kilometer" | "kilometers" => "kilometre",
        "mile" | "miles" => "mile",
        "metre" | "metres" | "meter" | "meters" => "metre",
        "foot" | "feet" | "ft" => "foot",
        "kg" | "kilogram" | "kilograms" | "kilo" | "kilos" => "kilogram",
        "tonne" | "tonnes" | "ton" | "tons" => "tonne",
        "hectare" | "hectares" => "hectare",
        "acre" | "acres" => "acre",
        "degree" | "degrees" => "degree",
        "mph" => "mile per hour",
        "knot" | "knots" => "knot",
        "hour" | "hours" => "hour",
        "minute" | "minutes" => "minute",
        "second" | "seconds" => "second",
        "day" | "days" => "day",
        "week" | "weeks" => "week",
        "month" | "months" => "month",
        "year" | "years" => "year",
        "barrel" | "barrels" => "barrel",
        _ => return None,
    };
    Some((unit, hyphen + 1))
}

/// Words that end a counted phrase: they are no part of a noun phrase, or begin a clause.
const STOPS: &[&str] = &[
    "a",
    "an",
    "the",
    "and",
    "or",
    "but",
    "of",
    "to",
    "in",
    "on",
    "at",
    "by",
    "for",
    "from",
    "with",
    "as",
    "than",
    "that",
    "which",
    "who",
    "whom",
    "whose",
    "when",
    "where",
    "while",
    "after",
    "before",
    "since",
    "until",
    "during",
    "into",
    "onto",
    "over",
    "under",
    "between",
    "through",
    "against",
    "among",
    "including",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "being",
    "has",
    "have",
    "had",
    "do",
    "does",
    "did",
    "will",
    "would",
    "can",
    "could",
    "may",
    "might",
    "must",
    "shall",
    "should",
    "not",
    "n't",
    "he",
    "she",
    "it",
    "they",
    "we",
    "you",
    "i",
    "his",
    "her",
    "its",
    "their",
    "our",
    "my",
    "this",
    "these",
    "those",
    "there",
    "if",
    "because",
    "so",
    "also",
    "about",
    "out",
    "off",
    "up",
    "down",
    "away",
    "so",
    "yet",
    "still",
    "already",
    "per",
    "each",
    "every",
    "later",
    "earlier",
    "ago",
    "said",
    "says",
    "told",
    "via",
    "near",
    "across",
    "along",
    "amid",
    "despite",
    "without",
    "within",
    "like",
    "such",
    "both",
    "either",
    "what",
    "how",
    "why",
    "him",
    "them",
    "me",
    "us",
    "was",
    "’s",
    "'s",
    "’re",
    "’ll",
    "’ve",
    "’d",
];

/// Verb forms that follow a counted noun and end the phrase.
const VERBS: &[&str] = &[
    "killed",
    "died",
    "injured",
    "wounded",
    "hurt",
    "sent",
    "deployed",
    "arrested",
    "detained",
    "rescued",
    "evacuated",
    "displaced",
    "aboard",
    "gathered",
    "went",
    "came",
    "took",
    "fled",
    "lost",
    "left",
    "joined",
    "made",
    "held",
    "found",
    "became",
    "began",
    "remain",
    "remained",
    "remains",
    "say",
    "believe",
    "support",
    "attended",
    "voted",
    "took",
    "based",
    "stationed",
    "fighting",
    "serving",
    "living",
    "working",
    "travelling",
    "traveling",
    "believed",
    "thought",
    "feared",
    "confirmed",
    "reported",
    "trapped",
    "buried",
    "swept",
    "drowned",
    "participated",
    "marched",
    "protested",
    "demonstrated",
    "crossed",
    "entered",
    "arrived",
    "returned",
    "needed",
    "signed",
    "used",
    "fired",
    "launched",
    "hit",
    "struck",
    "caught",
    "seized",
    "stranded",
    "charged",
    "convicted",
    "sentenced",
    "expected",
    "planned",
    "set",
    "due",
    "survived",
    "perished",
    "crossing",
    "fleeing",
    "leaving",
    "making",
    "trying",
    "waiting",
    "carrying",
    "using",
    "being",
    "having",
];

/// Adjectives that may stand alone as what is counted.
const PREDICATES: &[&str] = &[
    "dead",
    "wounded",
    "injured",
    "missing",
    "killed",
    "hurt",
    "hospitalised",
    "hospitalized",
    "detained",
    "arrested",
    "rescued",
    "unaccounted",
];

/// The words counted after token `at`: their span, their text, and the head noun in lower case.
fn counted(words: &Words<'_>, at: usize, from: usize) -> (Option<Span>, String, String) {
    let mut start = at;
    // "2,000 of the soldiers", "dozens of people", "more than 100 of its crew"
    if words.at(start, from) == "of" {
        start += 1;
        while matches!(
            words.at(start, from),
            "the" | "its" | "their" | "his" | "her" | "our" | "these" | "those" | "all"
        ) {
            start += 1;
        }
    }
    let hyphenated = words.at(start, from) == "-" && words.tokens.get(start).is_some_and(|t| !t.spaced);
    if hyphenated {
        start += 1;
    }
    while matches!(words.at(start, from), "other" | "more" | "additional" | "further" | "new") {
        start += 1;
    }
    let mut end = start;
    while end < start + MOST_COUNTED_WORDS {
        let word = words.at(end, from);
        let Some(token) = words.tokens.get(end) else { break };
        // "Russia’s ammunition" is one phrase
        if end > start
            && matches!(word, "’s" | "'s")
            && words.tokens.get(end + 1).is_some_and(|t| t.kind == TokenKind::Word)
        {
            end += 1;
            continue;
        }
        if word.is_empty() || STOPS.contains(&word) || token.kind == TokenKind::Number {
            break;
        }
        if token.kind == TokenKind::Mark {
            // a hyphen inside a word goes on; anything else ends the phrase
            if matches!(word, "-" | "’" | "'")
                && !token.spaced
                && words.tokens.get(end + 1).is_some_and(|t| !t.spaced)
            {
                end += 1;
                continue;
            }
            break;
        }
        if end > start && VERBS.contains(&word) {
            break;
        }
        if end == start && (VERBS.contains(&word) && !PREDICATES.contains(&word)) {
            break;
        }
        end += 1;
        if PREDICATES.contains(&word) && end == start + 1 {
            break;
        }
    }
    // "soldiers and engineers" counts both
    if end > start && words.at(end, from) == "and" && end + 1 < words.tokens.len() {
        let next = words.at(end + 1, from);
        let plural = next.ends_with('s') && words.at(end - 1, from).ends_with('s');
        let closes = STOPS.contains(&words.at(end + 2, from))
            || words.tokens.get(end + 2).is_some_and(|t| t.kind == TokenKind::Mark)
            || words.at(end + 2, from).is_empty();
        if plural && closes && !STOPS.contains(&next) && !VERBS.contains(&next) {
            end += 2;
        }
    }
    if end <= start {
        return (None, String::new(), String::new());
    }
    let span = words.tokens[start].span.cover(words.tokens[end - 1].span);
    let head = (start..end)
        .rev()
        .map(|k| words.at(k, from))
        .find(|w| w.chars().all(char::is_alphabetic))
        .unwrap_or("");
    (Some(span), span.of(words.text).to_owned(), head.to_owned())
}

/// Nouns for people, in the plural and singular forms that news uses with numbers.
const PEOPLE: &[&str] = &[
    "people",
    "person",
    "persons",
    "soldiers",
    "soldier",
    "troops",
    "civilians",
    "civilian",
    "men",
    "man",
    "women",
    "woman",
    "children",
    "child",
    "passengers",
    "passenger",
    "crew",
    "workers",
    "worker",
    "officers",
    "officer",
    "fighters",
    "fighter",
    "militants",
    "militant",
    "rebels",
    "protesters",
    "protester",
    "protestors",
    "demonstrators",
    "students",
    "student",
    "migrants",
    "migrant",
    "refugees",
    "refugee",
    "residents",
    "resident",
    "victims",
    "victim",
    "dead",
    "deaths",
    "death",
    "fatalities",
    "fatality",
    "casualties",
    "injured",
    "wounded",
    "injuries",
    "missing",
    "survivors",
    "survivor",
    "engineers",
    "engineer",
    "personnel",
    "employees",
    "employee",
    "members",
    "member",
    "villagers",
    "tourists",
    "tourist",
    "prisoners",
    "detainees",
    "hostages",
    "hostage",
    "policemen",
    "police",
    "guards",
    "sailors",
    "crewmen",
    "firefighters",
    "doctors",
    "nurses",
    "patients",
    "voters",
    "boys",
    "boy",
    "girls",
    "girl",
    "babies",
    "infants",
    "adults",
    "others",
    "killed",
    "servicemen",
    "marines",
    "insurgents",
    "jihadists",
    "terrorists",
    "gunmen",
    "bodies",
    "lives",
    "souls",
    "teachers",
    "lawmakers",
    "journalists",
    "activists",
    "citizens",
    "nationals",
    "relatives",
    "families",
    "evacuees",
    "arrests",
    "attendees",
    "delegates",
    "leaders",
];

/// Whether a noun stands for people.
pub fn is_people(noun: &str) -> bool {
    PEOPLE.contains(&noun)
}

/// A plain singular of an English noun in lower case.
pub fn singular(noun: &str) -> String {
    match noun {
        "people" => "person".into(),
        "men" => "man".into(),
        "women" => "woman".into(),
        "children" => "child".into(),
        n if n.ends_with("ies") && n.len() > 4 => format!("{}y", &n[..n.len() - 3]),
        n if n.ends_with("sses") || n.ends_with("xes") || n.ends_with("ches") || n.ends_with("shes") => {
            n[..n.len() - 2].into()
        }
        n if n.ends_with('s')
            && !n.ends_with("ss")
            && !n.ends_with("us")
            && !n.ends_with("is")
            && n.len() > 3 =>
        {
            n[..n.len() - 1].into()
        }
        n => n.into(),
    }
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
