use super::*;
use std::sync::OnceLock;

fn models() -> &'static Models {
    static MODELS: OnceLock<Models> = OnceLock::new();
    MODELS.get_or_init(Models::bundled)
}

struct Read {
    text: String,
    outline: Outline,
    found: NameAnnotations,
}

fn read(text: &str) -> Read {
    let outline = Outline::new(text);
    let found = annotate(text, &outline, models(), Some("en"));
    Read { text: text.to_owned(), outline, found }
}

/// Mentions as "words/kind/entity's name".
fn check(text: &str, expect: &[&str]) {
    let r = read(text);
    let got: Vec<String> = r
        .found
        .names
        .iter()
        .map(|n| {
            format!("{}/{}/{}", n.span.of(text), n.kind.name(), r.found.entities[n.entity as usize].name)
        })
        .collect();
    assert_eq!(got, expect, "{text}");
}

/// What the last occurrence of `phrase` stands for.
fn check_refer(text: &str, phrase: &str, expect: &str) {
    let r = read(text);
    let start = r.text.rfind(phrase).expect("the phrase stands in the text");
    let entity = refer(&r.text, &r.outline, &r.found, models(), Span::new(start, start + phrase.len()));
    let got = entity.map_or("", |e| r.found.entities[e as usize].name.as_str());
    assert_eq!(got, expect, "{phrase} in {text}");
}

#[test]
fn every_token_has_a_part_of_speech() {
    let r = read("Mr. Smith of the U.S. Senate said: “We don't know.”");
    assert_eq!(r.found.pos.len(), r.outline.tokens.len());
}

#[test]
fn governments_act_and_cities_are_places() {
    check("Ankara said on Monday that talks would begin.", &["Ankara/government/Turkey"]);
    check("They met in Ankara on Monday.", &["Ankara/place/Ankara"]);
    check("Talks between Ankara and Cairo failed.", &["Ankara/government/Turkey", "Cairo/government/Egypt"]);
}

#[test]
fn phrases_find_their_person() {
    let text = "French President Emmanuel Macron met Polish leader Donald Tusk in Warsaw. The French leader spoke first.";
    check_refer(text, "The French leader", "Emmanuel Macron");
}

#[test]
fn odd_text_is_survived() {
    for text in [
        "",
        " ",
        "A",
        "’s",
        "ALL CAPS IN PARIS AND LONDON SAID JOHN",
        "😀😀 😀",
        "Москва заявила",
        "東京で会談した。",
        "the the the",
    ] {
        read(text);
    }
    let long = "Word ".repeat(20_000);
    read(&long);
    let name = format!("He met {} there.", "Abc-".repeat(2000));
    read(&name);
}
