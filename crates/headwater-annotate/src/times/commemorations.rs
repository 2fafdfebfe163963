//! Days on which the world looks back: what is marked, its year, and the days on which it is marked.
//!
//! General knowledge, as data; one row a happening. A row fits when the words of the sentence hold a
//! word for every group of stems. Where a happening is marked on several days, all of them stand here.

/// One commemoration.
pub(super) struct Commemoration {
    /// Groups of stems, in lower case: one of each group must begin a word of the sentence.
    pub stems: &'static [&'static [&'static str]],
    /// The year of the happening.
    pub year: i16,
    /// Month and day on which it is marked.
    pub days: &'static [(i8, i8)],
}

const fn row(
    stems: &'static [&'static [&'static str]],
    year: i16,
    days: &'static [(i8, i8)],
) -> Commemoration {
    Commemoration { stems, year, days }
}

/// The most specific first: the first row that fits is taken.
pub(super) const COMMEMORATIONS: &[Commemoration] = &[
    row(
        &[&["japan", "tokyo", "imperial"], &["surrender", "defeat", "capitulat", "aggression", "kapitul"]],
        1945,
        &[(8, 15), (9, 2), (9, 3)],
    ),
    row(&[&["v-j", "vj"], &["day"]], 1945, &[(8, 15), (9, 2), (9, 3)]),
    row(&[&["liberation", "befreiung"], &["korea"]], 1945, &[(8, 15)]),
    row(&[&["liberation", "befreiung"], &["auschwitz"]], 1945, &[(1, 27)]),
    row(&[&["liberation", "befreiung"], &["paris"]], 1944, &[(8, 25)]),
    row(
        &[
            &["surrender", "defeat", "capitulat", "kapitul", "victory", "sieg"],
            &["nazi", "hitler", "german", "fascis"],
        ],
        1945,
        &[(5, 8), (5, 9)],
    ),
    row(
        &[
            &["end", "ending", "ended", "conclusion", "close", "ende"],
            &["world", "zweiten"],
            &["war", "weltkrieg"],
            &["europe"],
        ],
        1945,
        &[(5, 8), (5, 9)],
    ),
    row(
        &[&["end", "ending", "ended", "conclusion", "close"], &["world"], &["war"], &["pacific", "asia"]],
        1945,
        &[(8, 15), (9, 2), (9, 3)],
    ),
    row(
        &[
            &["end", "ending", "ended", "conclusion", "close", "victory"],
            &["world"],
            &["war"],
            &["ii", "two", "second"],
        ],
        1945,
        &[(5, 8), (5, 9), (8, 15), (9, 2), (9, 3)],
    ),
    row(
        &[&["end", "ending", "ended", "conclusion", "ende"], &["second", "zweiten"], &["world", "weltkrieg"]],
        1945,
        &[(5, 8), (5, 9), (8, 15), (9, 2), (9, 3)],
    ),
    row(
        &[
            &["end", "ending", "armistice", "waffenstillstand"],
            &["world", "first", "great", "ersten"],
            &["war", "weltkrieg"],
        ],
        1918,
        &[(11, 11)],
    ),
    row(&[&["invasion", "überfall"], &["poland", "polen"]], 1939, &[(9, 1)]),
    row(&[&["pearl"], &["harbor", "harbour"]], 1941, &[(12, 7)]),
    row(&[&["normandy", "d-day"]], 1944, &[(6, 6)]),
    row(&[&["hiroshima"]], 1945, &[(8, 6)]),
    row(&[&["nagasaki"]], 1945, &[(8, 9)]),
    row(&[&["kristallnacht", "pogromnacht"]], 1938, &[(11, 9)]),
    row(&[&["warsaw"], &["uprising"], &["ghetto"]], 1943, &[(4, 19)]),
    row(&[&["warsaw"], &["uprising"]], 1944, &[(8, 1)]),
    row(&[&["founding", "establish", "foundation"], &["united"], &["nations"]], 1945, &[(10, 24)]),
    row(
        &[&["founding", "establish", "foundation"], &["people"], &["republic"], &["china", "chinese"]],
        1949,
        &[(10, 1)],
    ),
    row(&[&["founding", "establish", "foundation"], &["nato", "atlantic"]], 1949, &[(4, 4)]),
    row(&[&["founding", "foundation"], &["workers"], &["korea"]], 1945, &[(10, 10)]),
    row(&[&["founding", "establish", "creation", "independence"], &["israel"]], 1948, &[(5, 14)]),
    row(&[&["independence"], &["india"]], 1947, &[(8, 15)]),
    row(&[&["independence"], &["pakistan"]], 1947, &[(8, 14)]),
    row(&[&["independence"], &["ukrain"]], 1991, &[(8, 24)]),
    row(&[&["outbreak", "start", "beginning"], &["korean"], &["war"]], 1950, &[(6, 25)]),
    row(&[&["armistice", "end", "truce"], &["korean"], &["war"]], 1953, &[(7, 27)]),
    row(&[&["fall"], &["saigon"]], 1975, &[(4, 30)]),
    row(&[&["fall", "mauerfall"], &["berlin", "mauerfall"], &["wall", "mauerfall"]], 1989, &[(11, 9)]),
    row(&[&["german", "deutsch"], &["reunification", "unity", "einheit"]], 1990, &[(10, 3)]),
    row(&[&["tiananmen"]], 1989, &[(6, 4)]),
    row(&[&["chernobyl", "tschernobyl"]], 1986, &[(4, 26)]),
    row(&[&["moon", "lunar"], &["landing"]], 1969, &[(7, 20)]),
    row(&[&["kennedy"], &["assassinat", "death", "killing"]], 1963, &[(11, 22)]),
    row(&[&["titanic"]], 1912, &[(4, 15)]),
    row(&[&["srebrenica"]], 1995, &[(7, 11)]),
    row(&[&["rwanda"], &["genocide"]], 1994, &[(4, 7)]),
    row(&[&["lockerbie"]], 1988, &[(12, 21)]),
    row(&[&["hungarian"], &["uprising", "revolution"]], 1956, &[(10, 23)]),
    row(&[&["sept", "september", "9/11"], &["11", "attacks"], &["attacks", "terror"]], 2001, &[(9, 11)]),
    row(&[&["hurricane"], &["katrina"]], 2005, &[(8, 29)]),
    row(&[&["fukushima"]], 2011, &[(3, 11)]),
    row(&[&["indian"], &["ocean"], &["tsunami"]], 2004, &[(12, 26)]),
    row(&[&["utoya", "utøya"]], 2011, &[(7, 22)]),
    row(&[&["bataclan"]], 2015, &[(11, 13)]),
    row(&[&["grenfell"]], 2017, &[(6, 14)]),
    row(&[&["madrid"], &["train"], &["bombing"]], 2004, &[(3, 11)]),
    row(&[&["london"], &["bombing"], &["7/7", "july", "underground"]], 2005, &[(7, 7)]),
    row(&[&["good"], &["friday"], &["agreement"]], 1998, &[(4, 10)]),
    row(&[&["stonewall"]], 1969, &[(6, 28)]),
    row(
        &[&["invasion", "invaded", "invading"], &["ukrain"], &["russia", "moscow", "full-scale"]],
        2022,
        &[(2, 24)],
    ),
    row(&[&["oct", "october", "hamas"], &["7", "attack"], &["israel", "hamas"]], 2023, &[(10, 7)]),
];

/// A message, speech or letter of a season: stems as above, and the days in which it falls.
pub(super) struct Greeting {
    pub stems: &'static [&'static [&'static str]],
    pub first: (i8, i8),
    pub last: (i8, i8),
}

/// Heads of state exchange greetings for the new year from the week before Christmas on.
pub(super) const GREETINGS: &[Greeting] = &[
    Greeting {
        stems: &[
            &["new"],
            &["year", "year's"],
            &["message", "letter", "greeting", "address", "speech", "wish", "telegram", "card"],
        ],
        first: (12, 18),
        last: (1, 3),
    },
    Greeting {
        stems: &[&["neujahr"], &["ansprache", "botschaft", "neujahrs"]],
        first: (12, 28),
        last: (1, 3),
    },
    Greeting {
        stems: &[&["christmas"], &["message", "greeting", "address", "speech", "broadcast"]],
        first: (12, 20),
        last: (12, 26),
    },
];
