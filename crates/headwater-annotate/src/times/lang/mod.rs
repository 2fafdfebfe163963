//! The words of each language, as data: what part a word can play in a time phrase.
//!
//! A language is one table of words and one of named days. The grammar asks only for roles, so a
//! further language needs no change there as long as its phrases are built from the same parts.

mod de;
mod en;

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A language whose time phrases are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    English,
    /// German.
    German,
}

impl Language {
    /// The language of an ISO 639-1 code; `None` when its time phrases are not known here.
    pub fn of_code(code: &str) -> Option<Self> {
        match code.get(..2)?.to_ascii_lowercase().as_str() {
            "en" => Some(Language::English),
            "de" => Some(Language::German),
            _ => None,
        }
    }
}

/// Units of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// 1 s
    Second,
    /// 60 s
    Minute,
    /// 60 min
    Hour,
    /// A calendar day.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// Three months.
    Quarter,
    /// Three months, by the weather.
    Season,
    /// A calendar year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// A thousand years.
    Millennium,
}

/// Seasons of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Season {
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Autumn,
    /// December to February.
    Winter,
}

/// Parts of the day, as TIMEX3 names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// MO
    Morning,
    /// The clock time 12:00.
    Noon,
    /// AF
    Afternoon,
    /// EV
    Evening,
    /// NI
    Night,
    /// The clock time 24:00.
    Midnight,
}

/// Which one of several is pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Which {
    /// "this", "current"
    This,
    /// "last"
    Last,
    /// "past", "latest": the one just over
    Past,
    /// "next", "coming"
    Next,
    /// "following": the one after the time told last
    Following,
    /// "previous": the one before the time told last
    Previous,
    /// "same", "that": the one told last
    Same,
}

/// What a word does in a time phrase. One word may have several roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A number word; a multiplier when 100 or more.
    Cardinal(u16),
    /// first = 1
    Ordinal(u16),
    /// "half"
    Half,
    /// "Halbjahr"
    HalfYear,
    /// "Viertel" before "nach elf"
    QuarterHour,
    /// "tags" before "darauf"
    OnDay,
    /// "several", "few": some number
    Some,
    /// "couple"
    Couple,
    /// One unit.
    Unit(Unit),
    /// Several units.
    Units(Unit),
    /// "fiscal", "calendar" before a year or quarter
    Fiscal,
    /// "period": what was reported on
    Period,
    /// 1..=12; the flag: also an everyday word, so context is needed
    Month(u8, bool),
    /// 1 = Monday; the flag: an abbreviation
    Weekday(u8, bool),
    /// "Mondays"
    Weekdays(u8),
    Season(Season),
    Part(Part),
    Parts(Part),
    /// Days from the anchor: yesterday = -1
    DayWord(i8),
    /// A weekday and its part of the day in one word: "Dienstagabend"
    WeekdayPart(u8, Part),
    /// A stretch so many units from that of writing, or (flag) from the one told last: "Vorjahr"
    Beside(Unit, i8, bool),
    /// Night of the anchor's day: "tonight"
    NightWord,
    /// A decade in words: "eighties" = 80
    Decade(u8),
    The,
    A,
    /// "these", "those"
    These,
    /// "its", "their" before a quarter
    Its,
    Which(Which),
    /// "that": the one told last, before a unit
    That,
    Early,
    Mid,
    Late,
    /// "start", "beginning" of
    Start,
    /// "middle" of
    Middle,
    /// "end" of
    End,
    About,
    Nearly,
    /// "more", "over": a longer time
    Over,
    More,
    Less,
    Than,
    At,
    Least,
    Most,
    Up,
    To,
    Of,
    In,
    On,
    And,
    Or,
    So,
    Ago,
    /// "vor" before a length
    AgoBefore,
    Later,
    Earlier,
    After,
    Before,
    From,
    Hence,
    Every,
    Per,
    /// "once", "twice" before "a week"
    Times,
    /// "old"
    Old,
    /// "long"
    Long,
    /// Filler between number and unit: "consecutive", "trading"
    Filler,
    /// A recurrence by itself: "daily"
    Often(Unit),
    /// PAST_REF, PRESENT_REF, FUTURE_REF in one word
    Past,
    Present,
    Future,
    /// Adjective that makes a plural unit vague: "recent", "coming"
    Recent,
    Coming,
    /// "past": with a unit it is a length up to now
    PastLength,
    Am,
    Pm,
    Oclock,
    /// A time zone: minutes from UTC
    Zone(i16),
    /// Christian era marks
    Ad,
    Bc,
    Year,
    Ended,
    /// Prepositions that make a bare year or plural unit a time
    Preposition,
    /// Verbs that take a length: "spent a year"
    Takes,
    /// "all" before a unit
    All,
    /// "another" before a unit
    Another,
    /// Cues of the clause
    PastVerb,
    FutureVerb,
    PresentVerb,
    /// "has", "have" before a participle
    Perfect,
    /// A noun or adjective whose infinitive lies ahead: "a plan to", "ready to"
    Intent,
    /// "until", "by": a time that lies ahead of the clause
    Until,
    /// "since"
    Since,
    Infinitive,
    /// "said to" … verbs of saying are past verbs as well
    Upcoming,
    /// What speaks of a time yet to be: "projection", "puttable", "the approach of"
    Outlook,
    /// A verb of saying
    Say,
    /// Opens a named day: index into the table of holidays, first match
    Feast,
    Anniversary,
}

/// A day that has a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Feast {
    /// Folded words, as tokens: `["new", "year", "'s", "eve"]`.
    pub words: &'static [&'static str],
    /// When it is.
    pub rule: FeastRule,
}

/// How the day of a feast is found in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeastRule {
    /// Month and day.
    Fixed(u8, u8),
    /// The n-th weekday of a month; n < 0 counts from the end.
    Nth(i8, u8, u8),
    /// So many days after the n-th weekday of a month: n, weekday, month, days.
    NthThen(i8, u8, u8, u8),
    /// Days from Easter Sunday.
    Easter(i16),
    /// Month and day; the phrase names the turn of the year rather than the day.
    Turn,
}

/// A day of a year that is known by its month and day: "the Sept. 11 attacks".
#[derive(Clone, Copy, Debug)]
pub(crate) struct NamedDay {
    pub month: u8,
    pub day: u8,
    /// The year of it.
    pub year: i16,
    /// Nouns behind it that make it the name.
    pub nouns: &'static [&'static str],
}

pub(crate) struct Words {
    table: FxHashMap<&'static str, &'static [Role]>,
    /// Bit per (length, first byte) so that most words cost no lookup.
    seen: [u64; 24],
    pub feasts: &'static [Feast],
    pub named_days: &'static [NamedDay],
    /// Makes of cars: a year before one is that of the model.
    pub car_makes: &'static [&'static str],
    /// What belongs to an age and not to a day: "today's cities".
    pub ages: &'static [&'static str],
    /// What companies reckon with: "future earnings" tell no time.
    pub trade: &'static [&'static str],
    pub language: Language,
}

const LONGEST: usize = 23;

/// Makes of cars, in every language the same; those that are also everyday words or surnames are left out.
const CAR_MAKES: &[&str] = &[
    "Acura",
    "Audi",
    "BMW",
    "Buick",
    "Cadillac",
    "Chevrolet",
    "Chevy",
    "Chrysler",
    "Citroën",
    "Dodge",
    "Fiat",
    "Ford",
    "GMC",
    "Honda",
    "Hyundai",
    "Jeep",
    "Kia",
    "Lada",
    "Lexus",
    "Mazda",
    "Mercedes",
    "Mitsubishi",
    "Nissan",
    "Oldsmobile",
    "Opel",
    "Peugeot",
    "Plymouth",
    "Pontiac",
    "Porsche",
    "Renault",
    "Saab",
    "Skoda",
    "Subaru",
    "Suzuki",
    "Tesla",
    "Toyota",
    "Volkswagen",
    "Volvo",
    "VW",
];

impl Words {
    fn new(
        language: Language,
        rows: &'static [(&'static str, &'static [Role])],
        feasts: &'static [Feast],
        named_days: &'static [NamedDay],
        [ages, trade]: [&'static [&'static str]; 2],
    ) -> Self {
        let mut table = FxHashMap::default();
        let mut seen = [0u64; 24];
        for (words, roles) in rows {
            for word in words.split_whitespace() {
                if word.len() > LONGEST {
                    continue;
                }
                seen[word.len()] |= bit(word.as_bytes()[0]);
                // A word listed twice keeps the longer list of roles: each word has one line.
                let old = table.insert(word, *roles);
                debug_assert!(old.is_none(), "{word} is listed twice");
            }
        }
        Words { table, seen, feasts, named_days, car_makes: CAR_MAKES, ages, trade, language }
    }

    /// The roles of a word, in any case.
    pub(crate) fn roles(&self, word: &str) -> &'static [Role] {
        let bytes = word.as_bytes();
        if bytes.is_empty() || bytes.len() > LONGEST {
            return &[];
        }
        if self.seen[bytes.len()] & bit(bytes[0].to_ascii_lowercase()) == 0 {
            return &[];
        }
        let mut low = [0u8; LONGEST];
        let low = &mut low[..bytes.len()];
        low.copy_from_slice(bytes);
        low.make_ascii_lowercase();
        std::str::from_utf8(low).ok().and_then(|w| self.table.get(w).copied()).unwrap_or(&[])
    }
}

fn bit(byte: u8) -> u64 {
    1 << (byte & 63)
}

/// The words of a language.
pub(crate) fn words(language: Language) -> &'static Words {
    static ENGLISH: LazyLock<Words> = LazyLock::new(|| {
        Words::new(Language::English, en::WORDS, en::FEASTS, en::NAMED_DAYS, [en::AGES, en::TRADE])
    });
    static GERMAN: LazyLock<Words> =
        LazyLock::new(|| Words::new(Language::German, de::WORDS, de::FEASTS, de::NAMED_DAYS, [&[], &[]]));
    match language {
        Language::English => &ENGLISH,
        Language::German => &GERMAN,
    }
}

/// Builds every table; tests call it so that a word listed twice is seen.
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sound() {
        for language in [Language::English, Language::German] {
            let words = words(language);
            assert!(words.table.len() > 150);
            for feast in words.feasts {
                assert!(
                    words.roles(feast.words[0]).contains(&Role::Feast),
                    "{:?} does not open a feast",
                    feast.words
                );
            }
        }
    }
}
