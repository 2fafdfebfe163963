//! What a user has decided: it overrules what is worked out, and each decision remembers where it was written.

/// What is decided about two things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// Two reports tell the same happening.
    Together,
    /// Two reports do not; stronger than [`Verb::Together`].
    Apart,
    /// A report does not tell the event of that title.
    NotInEvent,
    /// Two names stand for one person, organisation or place.
    Same,
    /// Two names do not; stronger than [`Verb::Same`].
    NotSame,
}

impl Verb {
    /// All verbs.
    pub const ALL: [Verb; 5] = [Verb::Together, Verb::Apart, Verb::NotInEvent, Verb::Same, Verb::NotSame];

    /// The verb as a user writes it.
    pub fn name(self) -> &'static str {
        match self {
            Verb::Together => "together",
            Verb::Apart => "apart",
            Verb::NotInEvent => "not in event",
            Verb::Same => "same",
            Verb::NotSame => "not same",
        }
    }
}

/// One line of a user's file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decision {
    /// The line it stands on, from 1.
    pub line: u32,
    /// What is decided.
    pub verb: Verb,
    /// A report (id, path, file name or address) or a name.
    pub a: String,
    /// A report, an event's title (after [`Verb::NotInEvent`]) or a name.
    pub b: String,
    /// Why, in the user's words; empty when none were given.
    pub note: String,
}

impl Decision {
    /// The decision as a reason: "by your file, line 3: x together with y (note)".
    pub fn reason(&self, a: &str, b: &str) -> String {
        let verb = match self.verb {
            Verb::Together => "together with",
            Verb::Apart => "apart from",
            Verb::NotInEvent => "not in the event",
            Verb::Same => "the same as",
            Verb::NotSame => "not the same as",
        };
        let note = if self.note.is_empty() { String::new() } else { format!(" ({})", self.note) };
        format!("{BY_YOUR_FILE}, line {}: {a} {verb} {b}{note}", self.line)
    }
}

/// How every reason opens that rests on a user's decision.
pub const BY_YOUR_FILE: &str = "by your file";

/// What a user has decided, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// The decisions.
    pub list: Vec<Decision>,
}

impl Overrides {
    /// Whether nothing is decided.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The decisions of one verb.
    pub fn of(&self, verb: Verb) -> impl Iterator<Item = &Decision> {
        self.list.iter().filter(move |d| d.verb == verb)
    }
}
