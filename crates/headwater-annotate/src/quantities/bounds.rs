//! Words that bound a number: "at least", "about", "or more".

use super::number::Words;
use headwater_model::Bound;

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
pub(super) fn bound_before(words: &Words<'_>, i: usize) -> (Bound, usize) {
    for (phrase, bound) in BEFORE {
        if i >= phrase.len()
            && phrase.iter().enumerate().all(|(k, w)| words.at(i - phrase.len() + k, i) == *w)
        {
            return (*bound, i - phrase.len());
        }
    }
    (Bound::Exactly, i)
}

/// The bound after token `end`: the bound and how many tokens tell it.
pub(super) fn bound_after(words: &Words<'_>, end: usize, from: usize) -> Option<(Bound, usize)> {
    AFTER
        .iter()
        .find(|(phrase, _)| phrase.iter().enumerate().all(|(k, w)| words.at(end + k, from) == *w))
        .map(|(phrase, bound)| (*bound, phrase.len()))
}
