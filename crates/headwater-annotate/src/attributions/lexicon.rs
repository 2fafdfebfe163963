//! Words that tell who speaks and how: closed classes, verbs and nouns of saying, hedges, titles.
//!
//! General knowledge of the two languages, as data. What a word does in a given sentence is decided by
//! the trained model; these classes are among its features.

use super::words::Class;
use headwater_model::attribution::CueClass;
use rustc_hash::{FxHashMap, FxHashSet};

/// Language of a text, as far as attribution tells languages apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// English, and whatever else has no model of its own.
    English,
    /// German.
    German,
}

impl Language {
    /// From a BCP 47 tag; the default is English.
    pub fn from_tag(tag: Option<&str>) -> Self {
        match tag {
            Some(t) if t.len() >= 2 && t.is_char_boundary(2) && t[..2].eq_ignore_ascii_case("de") => {
                Language::German
            }
            _ => Language::English,
        }
    }
}

const ENGLISH: &[(Class, &str)] = &[
    (
        Class::Determiner,
        "the a an this these those some any each every no another both all many most several few such",
    ),
    (
        Class::Preposition,
        "of in on at by for with from as into about after before during between against through over under without within \
         among toward towards upon since until despite amid ahead per via like behind beyond near across around above below",
    ),
    (Class::Coordinator, "and or but nor yet"),
    (
        Class::Subordinator,
        "because although though while whereas if unless whether once so than even when where how why",
    ),
    (Class::That, "that"),
    (Class::Wh, "who which what whose whom"),
    (Class::Subject, "he she they i we it you one"),
    (
        Class::Object,
        "him her them me us his their its my our your hers theirs himself herself themselves itself",
    ),
    (
        Class::Auxiliary,
        "is are was were be been being am has have had having do does did ’s ’re ’ve 's 're 've",
    ),
    (Class::Modal, "will would can could may might shall should must ’ll ’d 'll 'd wo ca"),
    (Class::Not, "not n't n’t never"),
    (Class::To, "to"),
    (
        Class::Title,
        "mr mrs ms dr sen rep gov gen president senator secretary minister chancellor prime governor congressman \
         congresswoman chairman chairwoman director mayor judge justice king queen prince pope leader",
    ),
    (
        Class::People,
        "official officials spokesman spokeswoman spokesperson spokespeople source sources aide aides adviser advisers advisor \
         advisors expert experts analyst analysts critics supporters voters person people lawyer lawyers attorney reporter \
         reporters journalist observers diplomat diplomats strategist strategists campaign administration ministry agency \
         department authorities police prosecutors researchers scientists economists activists residents witnesses",
    ),
    (
        Class::SayNoun,
        "statement claim claims remark remarks comment comments words letter speech interview report reports argument accusation \
         accusations allegation allegations promise pledge announcement warning belief view opinion email e-mail tweet post \
         article book memo document documents testimony criticism praise message question response poll survey study",
    ),
];

const GERMAN: &[(Class, &str)] = &[
    (
        Class::Determiner,
        "der die das ein eine einen einem einer eines dem den des dieser diese dieses jeder alle viele einige kein keine",
    ),
    (
        Class::Preposition,
        "von in im an am auf aus bei beim mit nach über unter vor zu zum zur durch für gegen ohne um während wegen seit bis \
         zwischen trotz gegenüber ins vom",
    ),
    (Class::Coordinator, "und oder aber sondern doch denn"),
    (Class::Subordinator, "weil obwohl wenn als ob da damit nachdem bevor sowie sodass wie"),
    (Class::That, "dass daß"),
    (Class::Wh, "wer welche welcher welches was wo wann warum deren dessen"),
    (Class::Subject, "er sie es wir ich man ihr"),
    (
        Class::Object,
        "ihm ihn ihnen uns mir mich sich sein seine seinen seiner ihre ihren ihrem ihrer unser unsere",
    ),
    (
        Class::Auxiliary,
        "ist sind war waren wird werden wurde wurden hat haben hatte hatten worden gewesen geworden",
    ),
    (
        Class::Subjunctive,
        "sei seien habe werde könne müsse solle wolle dürfe gebe gehe komme stehe bleibe mache lasse führe sehe liege handele \
         handle bestehe brauche wisse halte nehme finde spreche trage trete gelte fehle laufe bringe zeige stelle setze sitze \
         fahre falle helfe treffe verliere gehöre bedeute erwarte glaube denke sage scheine diene erhalte beginne arbeite \
         lebe leide verfüge versuche wachse steige sinke werfe entspreche ergebe möge kenne nenne hoffe rechne fordere \
         verlange unterstütze verstoße gefährde drohe reiche suche plane begrüße bedauere ziehe schreibe",
    ),
    (
        Class::Conditional,
        "hätte hätten wäre wären würde würden könnte könnten müsste müssten sollte sollten wollte wollten dürfte dürften",
    ),
    (Class::Modal, "kann können muss müssen soll sollen will wollen darf dürfen"),
    (Class::Not, "nicht nie niemals"),
    (
        Class::Title,
        "herr frau dr präsident präsidentin minister ministerin kanzler kanzlerin bundeskanzler bundeskanzlerin vorsitzende \
                    vorsitzender sprecher sprecherin chef chefin direktor generalsekretär premierminister ministerpräsident außenminister",
    ),
    (
        Class::People,
        "polizei regierung behörden behörde ministerium sprecher experten beobachter kritiker partei anwalt staatsanwaltschaft \
                     agentur nachrichtenagentur zeitung sender unternehmen",
    ),
    (
        Class::SayNoun,
        "aussage angaben erklärung bericht berichten worten meinung ansicht auffassung stellungnahme mitteilung äußerung \
                      interview rede brief vorwurf forderung information informationen einschätzung",
    ),
];

/// Base forms of English verbs of saying and thinking, by what they say about distance.
const ENGLISH_VERBS: &[(CueClass, &str)] = &[
    (
        CueClass::Neutral,
        "say tell add write state report announce declare describe call explain continue respond reply answer mention remark comment \
         speak talk refer cite quote describe label term dub characterize characterise portray frame depict tweet post publish \
         emphasize emphasise stress underscore underline highlight reiterate repeat read argue believe think feel consider \
         conclude find show indicate observe discuss address praise commend laud thank welcome congratulate hail express convey extend \
         criticize criticise condemn blast slam attack mock denounce reject dismiss defend support endorse back agree disagree insist \
         assert maintain contend joke quip recall remember testify inform brief note interpret view regard see deem signal voice \
         outline detail recount narrate relate mutter shout yell whisper exclaim opine muse sum reaffirm affirm confirm clarify",
    ),
    (CueClass::Distancing, "claim allege accuse purport profess charge blame"),
    (CueClass::Revealing, "admit reveal disclose concede confess divulge leak expose"),
    (
        CueClass::Factive,
        "acknowledge know learn realize realise recognize recognise understand discover confirm prove",
    ),
    (
        CueClass::Forecasting,
        "predict expect forecast estimate project anticipate hope fear worry warn promise pledge vow plan intend suggest propose want \
         speculate guess suspect imply hint threaten commit doubt",
    ),
    (CueClass::Denying, "deny refute dispute rebut disavow contradict"),
    (
        CueClass::Asking,
        "ask demand urge request call-on implore order instruct appeal question wonder inquire advise recommend invite",
    ),
];

const GERMAN_VERBS: &[(CueClass, &str)] = &[
    (
        CueClass::Neutral,
        "sagen sagte sagten sagt gesagt erklären erklärte erklärten erklärt mitteilen teilte teilten mitgeteilt berichten berichtet berichtete \
         berichteten meldet meldete meldeten gemeldet schreiben schrieb schreibt äußerte äußerten geäußert betonte betonten betont \
         bezeichnete bezeichnet bezeichneten nannte nennt meinte meint meinten ergänzte fügte zitierte zitiert erwähnte bestätigte bestätigt \
         kommentierte verkündete verkündet antwortete hervor hob unterstrich bekräftigte so laut zufolge heißt hieß sprach spricht erzählte \
         kritisierte kritisiert lobte verurteilte begrüßte begründete begründet argumentierte hinzu glaubt glaubte findet hält",
    ),
    (
        CueClass::Distancing,
        "behauptet behauptete behaupteten angeblich wirft warf warfen vorgeworfen vorwirft beschuldigt beschuldigte",
    ),
    (CueClass::Revealing, "gab räumte gestand gesteht enthüllte offenbarte"),
    (CueClass::Factive, "weiß wusste erfuhr anerkannte stellte fest festgestellt"),
    (
        CueClass::Forecasting,
        "erwartet erwartete erwarten rechnet rechnete vermutet vermutete vermuten warnt warnte warnten verspricht versprach kündigte kündigt \
         angekündigt plant geht ging hofft hoffte schätzt droht drohte befürchtet fürchtet prognostiziert will wolle",
    ),
    (
        CueClass::Denying,
        "bestreitet bestritt dementiert dementierte dementierten wies zurück leugnete verneinte",
    ),
    (
        CueClass::Asking,
        "fordert forderte forderten gefordert fragt fragte bat bittet appellierte verlangt verlangte rief ruft aufgefordert",
    ),
];

/// Base forms of verbs by which one is said, inside what another says, to have said or to believe a thing.
/// Wanting, liking and doing are left out: they are no level of a chain.
const PASSED_ON: &str = "say tell report state announce declare claim allege argue believe think consider admit reveal \
     acknowledge suggest conclude find show indicate insist contend write describe call deny warn predict mention remark \
     assert maintain testify inform note charge accuse promise vow pledge confirm confess concede disclose recall add \
     explain reply respond ask estimate quote cite label dub brand term";

/// Irregular forms of verbs in the list above.
const IRREGULAR: &[(&str, &str)] = &[
    ("said", "say"),
    ("told", "tell"),
    ("wrote", "write"),
    ("written", "write"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("thought", "think"),
    ("felt", "feel"),
    ("found", "find"),
    ("showed", "show"),
    ("shown", "show"),
    ("knew", "know"),
    ("known", "know"),
    ("learnt", "learn"),
    ("understood", "understand"),
    ("saw", "see"),
    ("seen", "see"),
    ("meant", "mean"),
    ("read", "read"),
    ("forecast", "forecast"),
    ("denied", "deny"),
    ("denies", "deny"),
    ("implied", "imply"),
    ("implies", "imply"),
    ("replied", "reply"),
    ("replies", "reply"),
    ("testified", "testify"),
    ("clarified", "clarify"),
];

/// Words of a text's language that the annotator knows by heart.
#[derive(Clone, Debug)]
pub struct Lexicon {
    classes: FxHashMap<String, Class>,
    cues: FxHashMap<String, CueClass>,
    passed_on: FxHashSet<String>,
}

impl Lexicon {
    /// The lists of one language.
    pub fn new(language: Language) -> Self {
        let (lists, verbs) = match language {
            Language::English => (ENGLISH, ENGLISH_VERBS),
            Language::German => (GERMAN, GERMAN_VERBS),
        };
        let mut lexicon = Lexicon {
            classes: FxHashMap::default(),
            cues: FxHashMap::default(),
            passed_on: FxHashSet::default(),
        };
        for (class, words) in verbs {
            for word in words.split_whitespace() {
                lexicon.cues.entry(word.to_owned()).or_insert(*class);
                if language == Language::English {
                    for form in inflections(word) {
                        lexicon.cues.entry(form).or_insert(*class);
                    }
                }
            }
        }
        if language == Language::English {
            for base in PASSED_ON.split_whitespace() {
                lexicon.passed_on.extend(inflections(base));
                lexicon.passed_on.insert(base.to_owned());
                let irregular = IRREGULAR.iter().filter(|(_, b)| *b == base);
                lexicon.passed_on.extend(irregular.map(|(form, _)| (*form).to_owned()));
            }
            for (form, base) in IRREGULAR {
                if let Some(class) = lexicon.cues.get(*base).copied() {
                    lexicon.cues.insert((*form).to_owned(), class);
                }
            }
        }
        lexicon.classes.extend(lexicon.cues.keys().map(|word| (word.clone(), Class::Say)));
        for (class, words) in lists {
            for word in words.split_whitespace() {
                lexicon.classes.insert(word.to_owned(), *class);
            }
        }
        lexicon
    }

    /// The class of a lower-case word, if it is listed.
    pub fn class(&self, lower: &str) -> Option<Class> {
        self.classes.get(lower).copied()
    }

    /// Whether a lower-case verb tells what somebody said or believes, where it stands inside what another says.
    pub fn passes_on(&self, lower: &str) -> bool {
        self.passed_on.is_empty() || self.passed_on.contains(lower)
    }

    /// What a lower-case verb of saying says about the reporter's distance.
    pub fn cue(&self, lower: &str) -> Option<CueClass> {
        self.cues.get(lower).copied()
    }
}

/// Regular forms of an English verb.
fn inflections(base: &str) -> Vec<String> {
    let mut out = Vec::with_capacity(4);
    let stem = base.strip_suffix('e').unwrap_or(base);
    if let Some(y) = base.strip_suffix('y').filter(|s| !s.ends_with(['a', 'e', 'o', 'u'])) {
        out.push(format!("{y}ies"));
        out.push(format!("{y}ied"));
        out.push(format!("{base}ing"));
        return out;
    }
    let sibilant = base.ends_with("sh") || base.ends_with("ch") || base.ends_with('s') || base.ends_with('x');
    out.push(if sibilant { format!("{base}es") } else { format!("{base}s") });
    if base.len() <= 5
        && base.ends_with(['p', 'm', 't', 'b'])
        && base[..base.len() - 1].ends_with(['a', 'i', 'u'])
        || base == "admit"
        || base == "refer"
    {
        let last = &base[base.len() - 1..];
        out.push(format!("{base}{last}ed"));
        out.push(format!("{base}{last}ing"));
    }
    out.push(format!("{stem}ed"));
    out.push(format!("{stem}ing"));
    out
}
