//! English names of months and weekdays: one table for all rooms that write or know them.
//!
//! Holds names only; what a phrase with a month in it means is the business of `headwater-annotate`.

/// Months in full, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Days of the week, Monday first.
pub const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Letters of a month's common short form.
const SHORT: usize = 3;

/// The name of month 1–12 in full.
pub fn month(number: usize) -> Option<&'static str> {
    MONTHS.get(number.checked_sub(1)?).copied()
}

/// The short name of month 1–12: "Jan", "May", "Sep".
pub fn month_short(number: usize) -> Option<&'static str> {
    month(number)?.get(..SHORT)
}

/// Which month, 1–12, a word names, in full or short ("Sept" too), whatever its case.
pub fn month_of(word: &str) -> Option<usize> {
    let names = |full: &str| {
        word.eq_ignore_ascii_case(full)
            || full.get(..SHORT).is_some_and(|short| word.eq_ignore_ascii_case(short))
            || full == "September" && word.eq_ignore_ascii_case("Sept")
    };
    MONTHS.iter().position(|m| names(m)).map(|at| at + 1)
}

/// Which weekday, 1 = Monday, a word names in full, whatever its case.
pub fn weekday_of(word: &str) -> Option<usize> {
    WEEKDAYS.iter().position(|d| word.eq_ignore_ascii_case(d)).map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_name_months_and_weekdays() {
        for (word, number) in [("January", Some(1)), ("sept", Some(9)), ("SEP", Some(9)), ("Mayor", None)] {
            assert_eq!(month_of(word), number, "{word}");
        }
        assert_eq!(
            (month(12), month_short(12), month(0), month(13)),
            (Some("December"), Some("Dec"), None, None)
        );
        assert_eq!((weekday_of("sunday"), weekday_of("Sun")), (Some(7), None));
    }
}
