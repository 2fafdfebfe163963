//! How reports agree, for the eye: a word, an icon and a colour each, and one line that explains it.
//!
//! Colour never stands alone. The words are those of the account; what is not known is shown as it stands.

use super::html::Html;

/// One way to agree or differ.
pub(super) struct Agreement {
    /// As written in the account.
    pub(super) name: &'static str,
    /// Class and icon id.
    pub(super) slug: &'static str,
    /// Shown on the badge.
    pub(super) label: &'static str,
    /// One line for people.
    pub(super) meaning: &'static str,
    /// Whether the reports do not say the same.
    pub(super) differs: bool,
}

/// In order of the legend.
pub(super) const AGREEMENTS: [Agreement; 8] = [
    Agreement {
        name: "agrees",
        slug: "agrees",
        label: "agrees",
        meaning: "same thing, same value",
        differs: false,
    },
    Agreement {
        name: "update",
        slug: "update",
        label: "update",
        meaning: "a later figure from the same source",
        differs: true,
    },
    Agreement {
        name: "rounding",
        slug: "rounding",
        label: "rounding",
        meaning: "rounded or bounded; neither rules out the other",
        differs: true,
    },
    Agreement {
        name: "scope",
        slug: "scope",
        label: "other scope",
        meaning: "not the same extent: a part, another place, dead against dead and injured",
        differs: true,
    },
    Agreement {
        name: "differs",
        slug: "differs",
        label: "differs",
        meaning: "same thing, another value, and nothing explains it yet",
        differs: true,
    },
    Agreement {
        name: "conflict",
        slug: "conflict",
        label: "conflict",
        meaning: "two origins, same thing, same time, values that rule each other out",
        differs: true,
    },
    Agreement {
        name: "quote variant",
        slug: "variant",
        label: "quote varies",
        meaning: "one utterance, translated, trimmed or retold",
        differs: true,
    },
    Agreement {
        name: "single report",
        slug: "single",
        label: "told by one",
        meaning: "only one report tells it",
        differs: false,
    },
];

/// What the account's word means.
pub(super) fn of(name: &str) -> Option<&'static Agreement> {
    AGREEMENTS.iter().find(|a| a.name == name)
}

/// The badge of one statement.
pub(super) fn badge(html: &mut Html, name: &str, doubtful: bool) {
    match of(name) {
        Some(agreement) => plain(html, agreement),
        None => {
            html.raw("<span class=\"badge\">").cut(name, 24).raw("</span>");
        }
    }
    if doubtful {
        html.raw(" <span class=\"doubt\" title=\"the evidence for this word is weak\">doubtful</span>");
    }
}

/// The badge itself.
pub(super) fn plain(html: &mut Html, agreement: &'static Agreement) {
    html.raw("<span class=\"badge ").raw(agreement.slug).raw("\" title=\"").raw(agreement.meaning);
    html.raw("\"><svg aria-hidden=\"true\"><use href=\"#i-").raw(agreement.slug).raw("\"/></svg>");
    html.raw(agreement.label).raw("</span>");
}

/// The icons, once per page.
pub(super) fn icons(html: &mut Html) {
    html.raw("<svg class=\"icons\" width=\"0\" height=\"0\" aria-hidden=\"true\">");
    for (id, path) in [
        ("i-agrees", "M3 6h10M3 10h10"),
        ("i-update", "M3 11l4-4 2 2 4-5M9.5 4H13v3.5"),
        ("i-rounding", "M3 6.5c2-2 3.5-2 5 0s3 2 5 0M3 11c2-2 3.5-2 5 0s3 2 5 0"),
        ("i-scope", "M8 2.5a5.5 5.5 0 1 0 .01 0M8 7a2.5 2.5 0 1 0 .01 0"),
        ("i-differs", "M3 6h10M3 10h10M11 2.5L5 13.5"),
        ("i-conflict", "M2 8h4.5M4.5 5.5L7 8l-2.5 2.5M14 8H9.5M11.5 5.5L9 8l2.5 2.5"),
        ("i-variant", "M6.5 4C4 5 3 6.5 3 9v2.5h3.5V8.5H4.6M13 4c-2.5 1-3.5 2.5-3.5 5v2.5H13V8.5h-1.9"),
        ("i-single", "M6 5l2.5-2v10.5M5.5 13.5h5.5"),
    ] {
        html.raw("<symbol id=\"")
            .raw(id)
            .raw("\" viewBox=\"0 0 16 16\"><path d=\"")
            .raw(path)
            .raw("\"/></symbol>");
    }
    html.raw("<symbol id=\"i-spring\" viewBox=\"0 0 16 16\"><path d=\"M8 1.5c2.8 3.6 4.5 6 4.5 8.4a4.5 4.5 0 0 1-9 0C3.5 7.5 5.200 5.100 8 1.5z\"/></symbol>");
    html.raw("</svg>");
}

/// "1 origin", "2–3 origins", with a drop for each: full when proved, hollow when only possible.
pub(super) fn origins_line(html: &mut Html, least: u32, most: u32) {
    /// Drops drawn at most; past them the number tells.
    const DROPS: u32 = 6;
    let most = most.max(least);
    html.raw("<span class=\"origins-line\"><span class=\"drops\" aria-hidden=\"true\">");
    for i in 0..most.min(DROPS) {
        html.raw(if i < least { "<svg class=\"drop\">" } else { "<svg class=\"drop maybe\">" });
        html.raw("<use href=\"#i-spring\"/></svg>");
    }
    html.raw("</span>");
    if most == 0 {
        html.raw("origin not traced");
    } else if least == most {
        html.counted(most as usize, "origin", "origins");
    } else {
        html.num(least).raw("–").num(most).raw(" origins");
    }
    html.raw("</span>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_agreement_of_the_model_has_a_badge() {
        use headwater_model::Agreement as A;
        for kind in [
            A::Agrees,
            A::Update,
            A::Scope,
            A::Rounding,
            A::Differs,
            A::Conflict,
            A::QuoteVariant,
            A::SingleReport,
        ] {
            assert!(of(kind.name()).is_some(), "{}", kind.name());
        }
    }

    #[test]
    fn origins_are_told_as_a_range() {
        let check = |least, most, expect: &str| {
            let mut html = Html::default();
            origins_line(&mut html, least, most);
            assert!(html.as_str().ends_with(&format!("{expect}</span>")), "{}", html.as_str());
        };
        check(1, 1, "1 origin");
        check(2, 3, "2–3 origins");
        check(0, 0, "origin not traced");
        check(3, 1, "3 origins");
    }
}
