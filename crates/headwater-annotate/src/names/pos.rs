//! Parts of speech: a compact label for every token of the outline.
//!
//! The set is that of Universal Dependencies, with verbs split by form, because "said" and "say" serve
//! other annotators differently. Tagging itself is in [`super::tagging`].

/// The part of speech of one token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Pos {
    /// Adjective.
    Adjective,
    /// Preposition or postposition.
    Adposition,
    /// Adverb.
    Adverb,
    /// Auxiliary, modal, copula.
    Auxiliary,
    /// "and", "or", "but".
    Coordinator,
    /// Article, "this", "some".
    Determiner,
    /// Interjection.
    Interjection,
    /// Common noun.
    Noun,
    /// Number.
    Number,
    /// "to" of the infinitive, "not", possessive "'s".
    Particle,
    /// Pronoun.
    Pronoun,
    /// Proper noun.
    ProperNoun,
    /// Punctuation.
    Punctuation,
    /// "that", "because", "if".
    Subordinator,
    /// Symbol: "$", "%".
    Symbol,
    /// Verb in the base form: infinitive, imperative.
    VerbBase,
    /// Verb in the present tense.
    VerbPresent,
    /// Verb in the past tense.
    VerbPast,
    /// Past participle.
    VerbParticiple,
    /// Form in -ing.
    VerbGerund,
    /// Foreign words, list marks, what is none of these.
    #[default]
    Other,
}

/// All parts of speech, in the order of their numbers, with the label that weights use.
pub const ALL: &[(Pos, &str)] = &[
    (Pos::Adjective, "ADJ"),
    (Pos::Adposition, "ADP"),
    (Pos::Adverb, "ADV"),
    (Pos::Auxiliary, "AUX"),
    (Pos::Coordinator, "CCONJ"),
    (Pos::Determiner, "DET"),
    (Pos::Interjection, "INTJ"),
    (Pos::Noun, "NOUN"),
    (Pos::Number, "NUM"),
    (Pos::Particle, "PART"),
    (Pos::Pronoun, "PRON"),
    (Pos::ProperNoun, "PROPN"),
    (Pos::Punctuation, "PUNCT"),
    (Pos::Subordinator, "SCONJ"),
    (Pos::Symbol, "SYM"),
    (Pos::VerbBase, "VB"),
    (Pos::VerbPresent, "VBZ"),
    (Pos::VerbPast, "VBD"),
    (Pos::VerbParticiple, "VBN"),
    (Pos::VerbGerund, "VBG"),
    (Pos::Other, "X"),
];

impl Pos {
    /// The part of speech with this number in [`ALL`].
    pub fn from_number(n: u8) -> Pos {
        ALL.get(usize::from(n)).map_or(Pos::Other, |p| p.0)
    }

    /// Whether it is a full verb.
    pub fn is_verb(self) -> bool {
        matches!(
            self,
            Pos::VerbBase | Pos::VerbPresent | Pos::VerbPast | Pos::VerbParticiple | Pos::VerbGerund
        )
    }

    /// Whether it is a verb form that can head a clause by itself.
    pub fn is_finite(self) -> bool {
        matches!(self, Pos::VerbPresent | Pos::VerbPast | Pos::Auxiliary)
    }

    /// Whether it is a common or proper noun.
    pub fn is_noun(self) -> bool {
        matches!(self, Pos::Noun | Pos::ProperNoun)
    }

    /// The tag of Universal Dependencies.
    pub fn universal(self) -> &'static str {
        if self.is_verb() { "VERB" } else { ALL[self as usize].1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_fit() {
        for (n, (pos, _)) in ALL.iter().enumerate() {
            assert_eq!(*pos as usize, n);
            assert_eq!(Pos::from_number(n as u8), *pos);
        }
        assert_eq!(Pos::VerbPast.universal(), "VERB");
    }
}
