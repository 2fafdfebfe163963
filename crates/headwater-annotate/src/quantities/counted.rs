//! What a number counts: the noun phrase after it, and whether it stands for people.

use super::number::Words;
use headwater_model::Span;
use headwater_model::text::TokenKind;

/// Most words that a counted phrase may have.
const MOST_COUNTED_WORDS: usize = 7;

/// The words counted after token `at`: their span, their text, and the head noun in lower case.
pub(super) fn counted(words: &Words<'_>, at: usize, from: usize) -> (Option<Span>, String, String) {
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
    "martyrs",
    "martyr",
    "tribesmen",
    "commanders",
    "commander",
    "extremists",
    "loyalists",
    "combatants",
    "forces",
    "pilgrims",
    "shoppers",
    "worshippers",
    "miners",
    "athletes",
    "inmates",
    "inmate",
    "suspects",
    "suspect",
    "staff",
    "pupils",
    "minors",
    "teenagers",
    "youths",
    "kids",
    "mourners",
    "asylum-seekers",
    "hikers",
    "climbers",
    "divers",
    "fishermen",
    "rescuers",
    "mercenaries",
    "operatives",
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
