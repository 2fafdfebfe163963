//! Of whom a count is: kinds of people and names that limit it.

use crate::material::Input;
use headwater_model::text::Outline;
use headwater_model::{ArticleIndex, Quantity};

/// Kinds of people, as sets that a count may be limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Who {
    /// One bit a kind of `KINDS`; none for "people" and the like.
    pub(crate) kinds: u32,
    /// Entities and countries in the counted phrase, sorted: "Lebanese passengers".
    pub(crate) names: Vec<u32>,
}

/// How two sets of people lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Overlap {
    /// The same words for them.
    Same,
    /// One is limited where the other is not: "people" and "civilians".
    Wider,
    /// Limited to different kinds: "children" and "soldiers".
    Apart,
}

impl Who {
    /// Whether nothing limits it.
    pub(crate) fn general(&self) -> bool {
        self.kinds == 0 && self.names.is_empty()
    }

    pub(crate) fn overlap(&self, other: &Who) -> Overlap {
        let kinds = match (self.kinds, other.kinds) {
            (a, b) if a == b => Overlap::Same,
            (0, _) | (_, 0) => Overlap::Wider,
            (a, b) if a & b != 0 => Overlap::Wider,
            _ => Overlap::Apart,
        };
        let names = match (self.names.as_slice(), other.names.as_slice()) {
            (a, b) if a == b => Overlap::Same,
            ([], _) | (_, []) => Overlap::Wider,
            (a, b) if a.iter().any(|x| b.contains(x)) => Overlap::Wider,
            _ => Overlap::Apart,
        };
        match (kinds, names) {
            (Overlap::Apart, _) => Overlap::Apart,
            // "rebels" and "Syrian rebels" are called differently, not limited differently
            (Overlap::Same, _) if self.kinds != 0 => Overlap::Same,
            (Overlap::Same, n) => n,
            (Overlap::Wider, _) => Overlap::Wider,
        }
    }
}

/// The kinds, each with the nouns that tell it; a noun may tell two ("schoolboys" are children and pupils).
pub(super) const KINDS: &[&[&str]] = &[
    &[
        "children",
        "child",
        "kids",
        "boys",
        "boy",
        "girls",
        "girl",
        "infants",
        "babies",
        "minors",
        "minor",
        "teenagers",
        "toddlers",
        "schoolchildren",
        "pupils",
    ],
    &["women", "woman", "females", "mothers", "wives"],
    &["civilians", "civilian", "citizens", "residents", "villagers", "non-combatants"],
    &[
        "soldiers",
        "soldier",
        "troops",
        "servicemen",
        "loyalists",
        "marines",
        "conscripts",
        "guards",
        "army",
        "pro-government",
        "pro-regime",
    ],
    &[
        "rebels",
        "rebel",
        "militants",
        "militant",
        "terrorists",
        "terrorist",
        "jihadists",
        "jihadist",
        "insurgents",
        "insurgent",
        "extremists",
        "jihadis",
    ],
    &["police", "policemen", "officers"],
    &["passengers", "passenger", "travellers", "travelers"],
    &["crew", "crewmen", "sailors", "sailor", "seamen", "crewmembers"],
    &["journalists", "journalist", "reporters"],
    &["doctors", "nurses", "medics", "paramedics"],
    &["students", "student"],
    &["prisoners", "detainees", "inmates", "hostages"],
    &["workers", "employees", "staff", "miners"],
    &["protesters", "demonstrators", "protestors"],
    &["firefighters", "rescuers", "divers"],
    &["engineers", "sappers"],
    &["migrants", "refugees"],
    &["tourists", "holidaymakers"],
    &["families", "households"],
    &["men", "males", "fathers"],
];

/// The people that a count is limited to.
pub(super) fn who(input: &Input<'_>, article: ArticleIndex, outline: &Outline, quantity: &Quantity) -> Who {
    let mut out = Who::default();
    let at = article.at();
    let text = input.articles[at].text.as_str();
    let Some(span) = quantity.counted_span else { return out };
    let range = outline.tokens_in(span);
    // "members of the Nusra Front": what they are members of
    let members = range.clone().any(|i| {
        matches!(outline.tokens[i].of(text), "members" | "fighters" | "heads" | "leaders" | "commanders")
    });
    let end = if members { (range.end + 6).min(outline.tokens.len()) } else { range.end };
    let sentence = outline.tokens.get(range.start).map(|t| t.sentence);
    let mut scratch = String::new();
    for token in outline.tokens[range.start..end].iter().filter(|t| Some(t.sentence) == sentence) {
        scratch.clear();
        scratch.push_str(token.of(text));
        scratch.make_ascii_lowercase();
        for (k, words) in KINDS.iter().enumerate() {
            if words.contains(&scratch.as_str()) {
                out.kinds |= 1 << k;
            }
        }
    }
    if range.clone().any(|i| outline.tokens[i].of(text) == "fighters") && out.kinds == 0 {
        out.kinds |= 1 << 4;
    }
    let notes = &input.annotations[at];
    for name in notes.names.iter().filter(|n| span.contains(n.span)) {
        if let Some(e) = input.entity_of[at].get(name.entity as usize).copied().flatten() {
            let entity = &input.entities[e.at()];
            out.names.push(match &entity.country {
                Some(code) => crate::material::country_concept(code),
                None => crate::lexicon::ENTITY_BASE + e.0,
            });
        }
    }
    out.names.sort_unstable();
    out.names.dedup();
    out
}
