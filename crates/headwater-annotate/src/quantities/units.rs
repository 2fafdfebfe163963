//! Units that stand beside a number: currencies, shares, measures.

use super::number::Words;

/// The currency of a sign before a number.
pub(super) fn currency_sign(word: &str) -> Option<&'static str> {
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
pub(super) fn unit_after(words: &Words<'_>, at: usize, from: usize) -> Option<(&'static str, usize)> {
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
        "mark" | "marks" => "mark",
        "franc" | "francs" => "franc",
        "peso" | "pesos" => "peso",
        "dinar" | "dinars" => "dinar",
        "dirham" | "dirhams" => "dirham",
        "shekel" | "shekels" => "ils",
        "hryvnia" | "hryvnias" => "uah",
        "zloty" | "zlotys" => "pln",
        "riyal" | "riyals" => "riyal",
        "krona" | "kronor" | "krone" | "kroner" => "crown",
        "lira" | "liras" => "try",
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
