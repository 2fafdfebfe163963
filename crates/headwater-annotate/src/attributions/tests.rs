//! What the shipped model finds in invented texts, and that no text breaks it.

use super::*;
use headwater_model::name::NameKind;
use std::sync::OnceLock;

fn model() -> &'static AttributionModel {
    static MODEL: OnceLock<AttributionModel> = OnceLock::new();
    MODEL.get_or_init(AttributionModel::shipped)
}

/// The parts of speech that the engine gives too: the model is trained with them.
fn tagger() -> &'static crate::names::Models {
    static TAGGER: OnceLock<crate::names::Models> = OnceLock::new();
    TAGGER.get_or_init(crate::names::Models::bundled)
}

/// Names by plain search: every occurrence of each word.
fn named(text: &str, people: &[&str]) -> (Vec<Name>, Vec<LocalEntity>) {
    let mut names = Vec::new();
    let mut entities = Vec::new();
    for (i, person) in people.iter().enumerate() {
        for (at, _) in text.match_indices(person) {
            names.push(Name {
                span: Span::new(at, at + person.len()),
                kind: NameKind::Person,
                entity: i as u32,
            });
        }
        entities.push(LocalEntity {
            name: (*person).to_owned(),
            kind: NameKind::Person,
            organisation: None,
            country: None,
            role: None,
            wikidata: None,
            forms: Vec::new(),
        });
    }
    names.sort_by_key(|n| n.span);
    (names, entities)
}

fn read(text: &str, language: Language, people: &[&str]) -> (Vec<Attribution>, Vec<Quotation>) {
    let outline = Outline::new(text);
    let (names, entities) = named(text, people);
    let code = match language {
        Language::English => "en",
        Language::German => "de",
    };
    let pos = crate::names::annotate(text, &outline, tagger(), Some(code)).pos;
    annotate(
        model(),
        &Input {
            text,
            outline: &outline,
            language,
            pos: &pos,
            names: &names,
            entities: &entities,
            refer: None,
        },
    )
}

/// The attribution whose content holds `words`, innermost: sources from the outermost in, and its kind.
fn chain(text: &str, found: &(Vec<Attribution>, Vec<Quotation>), words: &str) -> Vec<String> {
    let at = text.find(words).expect("the words are in the text") as u32;
    let span = Span { start: at, end: at + words.len() as u32 };
    let holds = |a: &Attribution| a.content.iter().any(|c| c.contains(span));
    let mut out = Vec::new();
    let mut level = found.0.iter().rposition(holds);
    while let Some(l) = level {
        out.push(found.0[l].source.resolved.clone());
        level = found.0[l].parent.map(|p| p as usize);
    }
    out.reverse();
    out
}

#[track_caller]
fn check(text: &str, people: &[&str], words: &str, expect: &[&str]) {
    let found = read(text, Language::English, people);
    assert_eq!(chain(text, &found, words), expect, "in {text:?}: {:#?}", found.0);
}

#[test]
fn marks_of_every_make() {
    check(
        "”The harbour stays open for all of us this winter.” ― Orla Venn",
        &["Orla Venn"],
        "stays open",
        &["Orla Venn"],
    );
    check(
        "''They say, 'The harbour is closed to us,''' Orla Venn said on Monday.",
        &["Orla Venn"],
        "harbour is closed",
        &["Orla Venn", "They"],
    );
}

#[test]
fn tags_behind_quotations() {
    check(
        "“This is a great day for our town!” Mayor Orla Venn, the chair of the Delmar council, shouted to the crowd.",
        &["Orla Venn"],
        "a great day",
        &["Orla Venn"],
    );
    let text = "“The harbour stays open,” Orla Venn said, asking about the dues, “Who pays for the dredging of the bay?”";
    let found = read(text, Language::English, &["Orla Venn"]);
    let first = found.0.iter().find(|a| a.content.iter().any(|c| c.of(text).contains("stays open")));
    let content = &first.expect("an attribution").content;
    assert!(content.iter().all(|c| !c.of(text).contains("dredging")), "{content:?}");
}

#[test]
fn polls_and_recordings_carry() {
    check(
        "The survey was held in May. Forty percent of those surveyed said the harbour should stay open.",
        &[],
        "should stay open",
        &["survey", "Forty percent of those surveyed"],
    );
    check(
        "The video shows Orla Venn saying that the harbour will stay open.",
        &["Orla Venn"],
        "will stay open",
        &["video", "Orla Venn"],
    );
}

#[test]
fn german_goes_on_without_a_cue() {
    let text =
        "Der Minister sagte, die Lage sei ernst. Es habe keine Toten gegeben. Die Straße bleibe gesperrt.";
    let found = read(text, Language::German, &[]);
    for words in ["keine Toten", "bleibe gesperrt"] {
        assert_eq!(chain(text, &found, words), ["Minister"], "{words}: {:#?}", found.0);
    }
}

#[test]
fn direct_indirect_and_fragments() {
    check(
        "“We will rebuild the bridge,” Maria Okafor said on Monday.",
        &["Maria Okafor"],
        "We will rebuild the bridge",
        &["Maria Okafor"],
    );
    check(
        "Maria Okafor said that the bridge would be rebuilt by spring.",
        &["Maria Okafor"],
        "the bridge would be rebuilt",
        &["Maria Okafor"],
    );
    check(
        "Maria Okafor called the plan “a costly mistake” on Monday.",
        &["Maria Okafor"],
        "a costly mistake",
        &["Maria Okafor"],
    );
}

#[test]
fn a_quotation_goes_on() {
    let text = "“The water rose fast,” Maria Okafor said. “Nobody had been warned.”\n\n“We lost everything we had built here.”";
    check(text, &["Maria Okafor"], "Nobody had been warned", &["Maria Okafor"]);
    check(text, &["Maria Okafor"], "We lost everything", &["Maria Okafor"]);
}

#[test]
fn pronouns_and_chains() {
    let text = "Maria Okafor visited the valley on Monday. She said the dam was safe, according to the Valley Herald.";
    check(text, &["Maria Okafor"], "the dam was safe", &["Valley Herald", "Maria Okafor"]);
    check(
        "“We are ready,” Maria Okafor told CNN on Sunday.",
        &["Maria Okafor"],
        "We are ready",
        &["CNN", "Maria Okafor"],
    );
    check(
        "“We are ready,” Maria Okafor told reporters on Sunday.",
        &["Maria Okafor"],
        "We are ready",
        &["Maria Okafor"],
    );
}

#[test]
fn quoted_as_saying() {
    check(
        "The Valley Herald quoted an unnamed engineer as saying that the dam had been closed for repairs.",
        &[],
        "the dam had been closed",
        &["Valley Herald", "unnamed engineer"],
    );
}

#[test]
fn clauses_inside_what_is_said() {
    let people = ["Maria Okafor", "Tomas Berg"];
    let inner = |text: &str, words: &str, expect: &[&str]| check(text, &people, words, expect);
    inner(
        "“Tomas Berg says that the dam was built too low,” Maria Okafor said.",
        "the dam was built too low",
        &["Maria Okafor", "Tomas Berg"],
    );
    inner(
        "Maria Okafor said that Tomas Berg promised to open the gate.",
        "to open the gate",
        &["Maria Okafor", "Tomas Berg"],
    );
    // what is only supposed, denied or asked of the hearer is no level
    inner(
        "“If anybody thinks that the dam was built too low, they are wrong,” Maria Okafor said.",
        "the dam was built too low",
        &["Maria Okafor"],
    );
    inner(
        "“Tomas Berg never said that the dam was low,” Maria Okafor said.",
        "the dam was low",
        &["Maria Okafor"],
    );
}

#[test]
fn subjects_across_another_verb() {
    let people = ["Maria Okafor", "Tomas Berg"];
    let both = ["Maria Okafor", "Tomas Berg"];
    let inner = |text: &str, words: &str, expect: &[&str]| check(text, &people, words, expect);
    inner(
        "“Tomas Berg went so far as to say that the dam was safe,” Maria Okafor said.",
        "the dam was safe",
        &both,
    );
    inner("“I heard Tomas Berg say that the dam was safe,” Maria Okafor said.", "the dam was safe", &both);
    inner(
        "Maria Okafor said that Tomas Berg attacked the board, claiming that the dam was safe.",
        "the dam was safe",
        &both,
    );
    inner(
        "“It is odd for Tomas Berg to claim that the dam was safe,” Maria Okafor said.",
        "the dam was safe",
        &both,
    );
    // nobody said it, nobody heard it
    inner(
        "“Tomas Berg refused to say that the dam was safe,” Maria Okafor said.",
        "the dam was safe",
        &["Maria Okafor"],
    );
    inner(
        "“I never heard Tomas Berg say that the dam was safe,” Maria Okafor said.",
        "the dam was safe",
        &["Maria Okafor"],
    );
}

#[test]
fn what_goes_on_is_read_too() {
    let people = ["Maria Okafor", "Tomas Berg"];
    check(
        "“We were all there,” Maria Okafor said. “Tomas Berg told me that the dam was safe.”",
        &people,
        "the dam was safe",
        &["Maria Okafor", "Tomas Berg"],
    );
    // in her own words "she" is somebody else
    check(
        "“She told me that the dam was safe,” Maria Okafor said.",
        &people,
        "the dam was safe",
        &["Maria Okafor", "She"],
    );
}

#[test]
fn who_signed_a_letter_passes_it_on() {
    let text = "I was glad to read the report.\n\nTomas Berg said that the dam was built too low.\n\n\
                Maria Okafor\n\nLund, Ohio\n";
    check(
        text,
        &["Maria Okafor", "Tomas Berg"],
        "the dam was built too low",
        &["Maria Okafor", "Tomas Berg"],
    );
}

#[test]
fn documents_and_those_who_brought_them_out() {
    let people = ["Maria Okafor"];
    check(
        "In a video obtained by the Valley Herald, Maria Okafor said that the dam had been closed for repairs.",
        &people,
        "the dam had been closed",
        &["Valley Herald", "video", "Maria Okafor"],
    );
    // her own statement is one level
    check(
        "Maria Okafor said in a statement that the dam had been closed for repairs.",
        &people,
        "the dam had been closed",
        &["Maria Okafor"],
    );
    check(
        "Maria Okafor spoke with CNN on Monday about the flood.\n\n“We were not warned in time,” Maria Okafor said.",
        &people,
        "We were not warned",
        &["CNN", "Maria Okafor"],
    );
}

#[test]
fn correspondence_that_others_brought_out() {
    let people = &["Ida Venn", "Venn", "Ada Dorn"];
    // what was released as e-mails is told of as a message, and quoted without naming it again
    check(
        "The ministry released emails of Ida Venn on Friday. “Send the ledger to nobody,” Venn wrote to an aide.",
        people,
        "Send the ledger",
        &["ministry", "emails", "Venn"],
    );
    check(
        "The court released her emails to the Harbour Post on Friday. In a message to an aide, Venn wrote that the \
         ledger was lost.",
        people,
        "the ledger was lost",
        &["court", "message", "Venn"],
    );
    // a verb that is none of saying has the document that opens its sentence for a carrier
    check(
        "The Harbour Post has the minister's leaked emails. In one such email, Ada Dorn discussed why the \
         ledger had been left in a taxi.",
        people,
        "the ledger had been left",
        &["such email", "Ada Dorn"],
    );
    // an answer given aloud, and leaks that are only named so, carry nothing
    check(
        "The ministry released emails of Ida Venn on Friday. Venn responded that she had nothing to hide.",
        people,
        "she had nothing to hide",
        &["Venn"],
    );
    check(
        "Ida Venn spoke after the email leaks, which hackers released. “Send the ledger to nobody,” Venn wrote.",
        people,
        "Send the ledger",
        &["Venn"],
    );
    // another document is her own
    check(
        "The ministry released emails of Ida Venn on Friday. “Send the ledger to nobody,” Venn wrote in a court filing.",
        people,
        "Send the ledger",
        &["Venn"],
    );
}

#[test]
fn a_quotation_behind_another_sentence_is_not_joined() {
    let text = "“The gate was open all night,” Maria Okafor said. Meanwhile “the keeper slept in his chair,” Tomas Berg said.";
    let found = read(text, Language::English, &["Maria Okafor", "Tomas Berg"]);
    assert_eq!(chain(text, &found, "the keeper slept"), ["Tomas Berg"], "{:#?}", found.0);
}

#[test]
fn signed_quotations_are_their_signers() {
    let text = "The page of letters\n\n“The river is ours to keep and to share with those who come.” ― Ilse Dorn\n\n\
                “Nobody asked the people of the valley about the dam at all.” — Maria Okafor, teacher";
    check(text, &["Ilse Dorn", "Maria Okafor"], "The river is ours", &["Ilse Dorn"]);
    check(text, &["Ilse Dorn", "Maria Okafor"], "Nobody asked the people", &["Maria Okafor"]);
}

#[test]
fn labels_of_a_transcript_speak() {
    let text = "An interview about the flood\n\nHOST: When did the water reach the gate?\n\n\
                OKAFOR: It came before midnight. There was no warning at all from upstream.\n\n\
                HOST: Who opened the gate?\n\nOKAFOR: The keeper did, and he was alone.";
    let found = read(text, Language::English, &[]);
    assert_eq!(chain(text, &found, "There was no warning"), ["OKAFOR"], "{:#?}", found.0);
    assert_eq!(chain(text, &found, "Who opened the gate"), ["HOST"], "{:#?}", found.0);
}

#[test]
fn titles_are_no_utterances() {
    let (_, quotations) = read("The singer opened with “Rivers of Glass” and left.", Language::English, &[]);
    assert_eq!(quotations.len(), 1);
    assert!(!quotations[0].utterance);
}

#[test]
fn german() {
    let text = "„Wir werden die Brücke wieder aufbauen“, sagte Anna Berger am Montag.";
    let found = read(text, Language::German, &["Anna Berger"]);
    assert_eq!(chain(text, &found, "Wir werden die Brücke"), ["Anna Berger"]);
}

#[test]
fn manner() {
    let (found, _) =
        read("Maria Okafor denied that about 40 houses had been lost.", Language::English, &["Maria Okafor"]);
    let level = found.iter().find(|a| !a.content.is_empty()).expect("an attribution");
    assert_eq!(level.class, headwater_model::attribution::CueClass::Denying);
    assert_eq!(level.hedges.len(), 1);
}

/// Every span fits, parents stand before their children, every quoted region is answered.
fn sound(text: &str, language: Language) {
    let outline = Outline::new(text);
    let (attributions, quotations) = read(text, language, &["Okafor", "Berger"]);
    for (i, a) in attributions.iter().enumerate() {
        assert!(a.parent.is_none_or(|p| (p as usize) < i));
        for span in a.content.iter().chain(&a.cue).chain(&a.source.spans).chain(&a.hedges) {
            assert!(text.get(span.range()).is_some_and(|w| !w.is_empty()), "{span:?} in {text:?}");
        }
    }
    assert_eq!(quotations.len(), outline.quoted.len());
    assert!(quotations.iter().all(|q| q.attribution.is_none_or(|a| (a as usize) < attributions.len())));
    let _ = credits(text, &outline);
}

#[test]
fn hostile_marks_break_nothing() {
    let base = "“It ‘rose’ fast,” Okafor said. \"Who knew?\" He told CNN: „Nichts“, «rien».\n\nQ: Why?\nA: \"Because.\n\n\"It was late,\" Berger sagte, er habe nichts gewusst, according to AP.";
    let marks = [
        '“', '”', '„', '«', '»', '\'', '"', '’', '‘', ',', '\n', '.', ':', '‹', '›', ' ', '(', '\u{feff}',
        '😀',
    ];
    let chars: Vec<char> = base.chars().collect();
    let mut state = 7u64;
    let mut next = |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % n as u64) as usize
    };
    for round in 0..400 {
        let mut text = chars.clone();
        for _ in 0..=next(12) {
            let at = next(text.len());
            match next(3) {
                0 => text.insert(at, marks[next(marks.len())]),
                1 => text[at] = marks[next(marks.len())],
                _ => {
                    text.remove(at);
                }
            }
        }
        let text: String = text.into_iter().collect();
        sound(&text, if round % 2 == 0 { Language::English } else { Language::German });
    }
    for text in [
        "",
        "\"",
        "“",
        "said",
        "“”",
        "''",
        "said said said",
        "\n\n\n",
        "“““”””",
        ":",
        "according to",
        "He said: “",
    ] {
        sound(text, Language::English);
        sound(text, Language::German);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]

    /// Texts of quotation marks of every style, words of saying, labels and breaks in any order.
    #[test]
    fn any_order_of_marks_and_words_is_sound(
        parts in proptest::collection::vec(proptest::sample::select(vec![
            "“", "”", "„", "«", "»", "‹", "›", "‘", "’", "\"", "'", "''", "``", "\n\n", "\n", ": ", ", ", ". ", " ― ", " — ",
            "Okafor ", "said ", "told CNN ", "that ", "she ", "the river rose ", "according to ", "Q: ", "A: ", "OKAFOR: ",
            "sagte Berger ", "er habe ", "in a letter released by AP ", "it’s ", "(", ")", "…", "😀", "\u{feff}", "é ",
        ]), 0..60),
        german in proptest::bool::ANY,
    ) {
        sound(&parts.concat(), if german { Language::German } else { Language::English });
    }

    /// Any text at all.
    #[test]
    fn any_text_is_sound(text in "\\PC{0,200}") {
        sound(&text, Language::English);
    }
}

#[test]
fn long_texts_take_bounded_time() {
    let text = "“He said “she said ‘they said that ".repeat(4_000);
    let began = std::time::Instant::now();
    sound(&text, Language::English);
    assert!(began.elapsed().as_secs() < 30, "{:?}", began.elapsed());
}

#[test]
fn a_relative_clause_does_not_speak() {
    let text = "Norvik Lines, which runs the Alma Serena, said the ferry was full.";
    let outline = Outline::new(text);
    let (mut names, mut entities) = named(text, &["Norvik Lines", "Alma Serena"]);
    names[0].kind = NameKind::Organisation;
    entities[0].kind = NameKind::Organisation;
    let input = Input {
        pos: &[],
        text,
        outline: &outline,
        language: Language::English,
        names: &names,
        entities: &entities,
        refer: None,
    };
    let found = annotate(model(), &input).0;
    assert_eq!(found[0].source.resolved, "Norvik Lines");
}
