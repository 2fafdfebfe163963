//! Phrases that give residue away, by class, in the languages of the benches: the only place for them.
//!
//! Written from general knowledge of how news sites are built. A whole-line cue must be the line, digits and
//! marks aside; an inner cue may stand anywhere in a line that is short enough.

use super::shape::{Shape, hash};
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use headwater_model::BlockClass::{self, *};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Lines that are residue by themselves.
const WHOLE: &[(BlockClass, &str)] = &[
    (
        Advertisement,
        "advertisement|advertisements|advertising|advert|ad|ads|sponsored|sponsored content|sponsored links|paid content|paid post|promoted|story continues below advertisement|article continues below advertisement|story continues below|continue reading below|continue reading|article continues after advertisement|article continues below|advertisement continue reading the main story|continue reading the main story|scroll for more content|skip advertisement|skip ad|anzeige|werbung|publicite|publicidad|annonce|pubblicita|advertentie|reklama|reklame|mainos|реклама|annons",
    ),
    (
        Promotion,
        "share|share this|share this article|share this story|share the story|share story|share on facebook|share on twitter|share via email|share on whatsapp|share on linkedin|share with friends|tweet|tweet this|retweet|retweets|facebook|twitter|whatsapp|linkedin|pinterest|reddit|telegram|instagram|youtube|tumblr|flipboard|email|e mail|mail|email this|print|print this|copy link|link copied|copy url|url|get link|save|bookmark|close|close share panel|follow us|follow|subscribe|subscribe now|subscribe today|sign up|sign up now|signup|log in|login|sign in|register|newsletter|newsletters|read more|read more here|read the full story|read full story|read full article|read next|read the rest here|more|see more|show more|load more|view more|click here|learn more|watch|watch now|watch live|watch more|just watched|replay|must watch|more videos|playlist|listen|listen to article|listen to this article|download|download app|download our app|get the app|view gallery|gallery|photos|view photos|slideshow|teilen|drucken|merken|artikel teilen|mehr|weiterlesen|mehr lesen|lesen sie mehr|partager|imprimer|lire la suite|lire plus|lire aussi|envoyer|compartir|imprimir|leer mas|seguir leyendo|lea tambien|ver mas|condividi|stampa|leggi tutto|leggi anche|continua a leggere|compartilhar|leia mais|leia tambem|delen|lees meer|lees ook|udostepnij|czytaj wiecej|dela|del|jaa|поделиться|читать далее|подробнее|amp|more vert|video youtube|permalink|go to permalink|link|resize text|text size|font size|prev next|next|previous|prev|back to top|top|scroll to top of page|view on twitter|view this post on instagram|chat with us in facebook messenger find out what s happening in the world as it unfolds|follow us on facebook|follow us on twitter|follow us on google news|join our telegram channel|join our whatsapp channel|thank you for signing up|thanks for signing up",
    ),
    (
        Comment,
        "view comments|view all comments|show comments|hide comments|comments no comment|comments no comments|no comment|no comments|no comments yet|comment|comments|add a comment|post a comment|post comment|write a comment|leave a comment|leave a reply|join the conversation|join the discussion|be the first to comment|comments are closed|reply|report abuse|kommentare|kommentar schreiben|kommentieren|commentaires|laisser un commentaire|ecrire un commentaire|comentarios|deja un comentario|dejar un comentario|commenti|lascia un commento|comentarios desativados|reacties|plaats een reactie|komentarze|dodaj komentarz|комментарии|оставить комментарий",
    ),
    (
        Notice,
        "sorry|error|page not found|not found|access denied|forbidden|oops|please enable javascript|enable javascript|please wait|loading|accept cookies|accept all|accept|reject all|manage preferences|cookie settings|you are signed in as|edit|congratulations|subscribe to continue|subscribe to read|log in to continue reading|this content is for subscribers|already a subscriber|none|tonight|free trial|turn on notifications|not now",
    ),
    (
        Navigation,
        "home|menu|search|skip to content|skip to main content|skip to navigation|contact|contact us|about|about us|privacy|privacy policy|terms|terms of use|terms of service|terms and conditions|sitemap|imprint|impressum|datenschutz|mentions legales|aviso legal|top coverage|latest|breaking|breaking news|live|news|world|politics|business|sport|sports|opinion|video|videos|tags|topics|categories|startseite|accueil|inicio|tag|filed under|in this article|in this story|table of contents|contents|jump to|today|yesterday|updated|posted|published|by|and|or|via|source|sources",
    ),
];

/// Headings after which a stretch of residue follows, by the class of that stretch.
const SECTIONS: &[(BlockClass, &str)] = &[
    (
        Promotion,
        "more from author|more from this author|more by this author|more from the author|more by author|related|related stories|related articles|related article|related news|related content|related coverage|related links|related posts|related topics|related reading|related video|related videos|recommended|recommended for you|recommended stories|recommended articles|recommended reading|recommended video|recommended videos|most popular|most popular stories|most read|most read articles|most viewed|most shared|most commented|popular|popular stories|popular posts|popular now|popular news|trending|trending now|trending stories|trending videos|trending news|editors picks|editor s picks|editor s pick|top stories|top news|latest news|latest stories|latest articles|latest posts|recent posts|recent articles|recent stories|more news|more stories|more articles|more on this|more on this story|more on this topic|more in|more like this|more from us|more coverage|more headlines|more top stories|you may also like|you might also like|you may like|you might like|you may have missed|also read|also see|also on|see also|read also|read more on|read next|up next|next article|next story|previous article|previous story|next post|previous post|don t miss|don t miss these|do not miss|in case you missed it|in other news|further reading|what to read next|what others are reading|from around the web|around the web|from the web|promoted stories|promoted content|sponsored stories|sponsored links|paid stories|market research|press releases|mehr zum thema|zum thema|lesen sie auch|das konnte sie auch interessieren|das konnte dich auch interessieren|auch interessant|meistgelesen|weitere artikel|ahnliche artikel|verwandte artikel|sur le meme sujet|a lire aussi|lire aussi|articles similaires|articles lies|les plus lus|a decouvrir aussi|noticias relacionadas|articulos relacionados|te puede interesar|le puede interesar|mas noticias|lo mas leido|mas leidas|tambien te puede interesar|articoli correlati|leggi anche|potrebbe interessarti|ti potrebbe interessare|i piu letti|leia tambem|leia mais|noticias relacionadas|mais lidas|veja tambem|lees ook|gerelateerde artikelen|meest gelezen|przeczytaj takze|zobacz takze|czytaj takze|powiazane artykuly|las ocksa|mest lasta|les ogsa|laes ogsa|lue myos|luetuimmat|читайте также|похожие статьи|по теме|самое читаемое|newsletter|newsletters|get our newsletter|sign up for our newsletter|subscribe to our newsletter",
    ),
    (
        Biography,
        "author|authors|the author|about author|about the author|about the authors|about the writer|author bio|author profile|written by|about me|contributors|uber den autor|zum autor|zur person|a propos de l auteur|l auteur|sobre el autor|sobre el autora|sull autore|sobre o autor|over de auteur|o autorze|об авторе",
    ),
    (
        Disclaimer,
        "disclaimer|legal disclaimer|legal notice|copyright|copyright notice|forward looking statements|about the company|media contact|haftungsausschluss|rechtlicher hinweis|avertissement|descargo de responsabilidad",
    ),
    (
        Comment,
        "comments|comments no comment|comments no comments|view comments|leave a comment|leave a reply|post a comment|add a comment|join the conversation|join the discussion|reader comments|user comments|kommentare|commentaires|comentarios|commenti|reacties|komentarze|комментарии",
    ),
];

/// Beginnings of headings of other stories: "More from The Lantern", "Related briefs". Such a line is short and has
/// no end.
const SECTION_STARTS: &[&str] = &[
    "more from ",
    "more on ",
    "more in ",
    "also in ",
    "also on ",
    "also from ",
    "latest from ",
    "latest in ",
    "related ",
    "recommended ",
    "read more from ",
    "read also",
    "explore more ",
    "other stories ",
    "mehr aus ",
    "mehr zu ",
    "weitere ",
    "plus de ",
    "mas de ",
    "mas en ",
    "altro da ",
    "meer van ",
    "meer over ",
];

/// Most words of such a heading.
const SECTION_WORDS: usize = 6;

/// Phrases inside a line, and the greatest number of words such a line may have.
const INNER: &[(BlockClass, usize, &str)] = &[
    (
        Notice,
        40,
        "page you were looking for|page you are looking for|page you requested|page cannot be found|page not found|page doesn t exist|page does not exist|enable javascript|javascript is disabled|javascript is required|enable cookies|we use cookies|uses cookies|use of cookies|this site uses cookies|this website uses cookies|accept our use of|cookie policy|verify you are human|checking your browser|access to this page has been denied|your browser is not supported|unsupported browser|update your browser|adblocker|ad blocker|disable your ad|your subscription|subscribers only|subscribe to continue reading|subscribe to read|create a free account|already a subscriber|already have an account|articles remaining|free articles|you have reached your limit|unlimited digital access|unlimited access|this content is not available|not available in your region|due to legal reasons|your weather is set|a link has been sent|enter city and state|please enable notifications|wir verwenden cookies|nous utilisons des cookies|utilizamos cookies|utilizziamo i cookie|мы используем cookie",
    ),
    (
        Promotion,
        30,
        "sign up for our|sign up for the|sign up to our|sign up to receive|subscribe to our|subscribe to the|get our newsletter|our newsletter|our daily newsletter|your inbox|free newsletter|email newsletter|get the latest news|get breaking news|get the day s|follow us on|like us on facebook|find us on facebook|join us on|download our app|download the app|click here to|click here for|click to read|for more stories|for more news|read more about|read more on|read more at|read the full|read the original|originally appeared on|originally published on|this article first appeared|this story first appeared|check out more|read also|also read|share this article|share this story|external links and will open|opens in a new window|open in a new window|by clicking sign up|you agree to our|support our journalism|become a member|make a donation|watch the video|watch video|listen to the podcast|support independent journalism|for more on this story|do you have a story|have you got a story|got a story for|got a news tip|have a news tip|send us your|enjoying this article|enjoyed this article|support us from|support us with|support our work|our standards|found an error|spotted an error|spotted a mistake|see an error|never miss a|republish this article|republish our articles|more about this topic|to our channel|to our telegram|explore more on|folgen sie uns|abonnieren sie|jetzt abonnieren|newsletter anmelden|abonnez vous|inscrivez vous|suscribete|siguenos en|iscriviti alla|seguici su|inscreva se|siga nos|schrijf je in|подписывайтесь на",
    ),
    (
        Disclaimer,
        140,
        "all rights reserved|may not be published broadcast|may not be reproduced|without warranty of any kind|liability for the accuracy|copyright the|copyright ap|views expressed in this|views expressed are|opinions expressed in this|opinions expressed are|opinions expressed by|do not necessarily reflect|does not necessarily reflect|do not necessarily represent|not intended as investment advice|does not constitute financial advice|not financial advice|for informational purposes only|affiliate commission|affiliate links|we may earn a commission|may receive a commission|alle rechte vorbehalten|tous droits reserves|todos los derechos reservados|tutti i diritti riservati|todos os direitos reservados|alle rechten voorbehouden|wszelkie prawa zastrzezone|все права защищены",
    ),
    (
        Biography,
        90,
        "is a multimedia journalist|is a freelance journalist|is a freelance writer|is a staff writer|is a staff reporter|is a senior reporter|is a senior writer|is a contributing writer|is a contributor to|is a columnist for|is a reporter for|is a reporter at|is a correspondent for|is an editor at|is the editor of|is a writer based|is a journalist based|is the author of|can be reached at|can be contacted at|follow him on twitter|follow her on twitter|follow them on twitter|follow on twitter|reach him at|reach her at|contact the author|ist freier journalist|ist redakteur|est journaliste|es periodista",
    ),
];

/// Words that stand in lines of picture credits.
const CREDIT: &[&str] = &[
    "getty images",
    "getty",
    "ap photo",
    "afp photo",
    "reuters photo",
    "epa efe",
    "shutterstock",
    "istock",
    "alamy",
    "wikimedia commons",
    "file photo",
    "handout",
    "photo by",
    "photo credit",
    "image credit",
    "picture credit",
    "photo courtesy",
    "image courtesy",
    "picture alliance",
    "imago images",
    "screenshot",
    "screen grab",
    "photograph",
    "photos by",
    "image source",
    "foto",
    "credit",
    "photo",
    "image",
    "picture",
    "pictured",
    "graphic",
    "illustration",
    "via getty",
];

/// What a line's words say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cue {
    /// The line is residue of this class.
    Line(BlockClass, &'static str),
    /// The line is the heading of a stretch of residue.
    Section(BlockClass, &'static str),
}

struct Inner {
    automaton: Option<AhoCorasick>,
    patterns: Vec<(BlockClass, usize, &'static str)>,
}

fn table(list: &'static [(BlockClass, &'static str)]) -> FxHashMap<u64, (BlockClass, &'static str)> {
    list.iter().flat_map(|(class, phrases)| phrases.split('|').map(|p| (hash(p), (*class, p)))).collect()
}

fn whole() -> &'static FxHashMap<u64, (BlockClass, &'static str)> {
    static TABLE: OnceLock<FxHashMap<u64, (BlockClass, &'static str)>> = OnceLock::new();
    TABLE.get_or_init(|| table(WHOLE))
}

fn sections() -> &'static FxHashMap<u64, (BlockClass, &'static str)> {
    static TABLE: OnceLock<FxHashMap<u64, (BlockClass, &'static str)>> = OnceLock::new();
    TABLE.get_or_init(|| table(SECTIONS))
}

fn inner() -> &'static Inner {
    static TABLE: OnceLock<Inner> = OnceLock::new();
    TABLE.get_or_init(|| {
        let patterns: Vec<_> = INNER
            .iter()
            .flat_map(|(class, words, phrases)| phrases.split('|').map(|p| (*class, *words, p)))
            .collect();
        Inner {
            automaton: AhoCorasick::builder()
                .kind(Some(AhoCorasickKind::DFA))
                .build(patterns.iter().map(|p| p.2))
                .ok(),
            patterns,
        }
    })
}

/// What the words of a line say, the heading of a section before a single line. Short lines are also read with
/// words parted that were glued when the page's tags were dropped ("CommentsNo comment").
pub(crate) fn cue(text: &str, shape: &Shape) -> Option<Cue> {
    phrase(shape).or_else(|| match unglued(text, shape) {
        Some(parted) => phrase(&Shape::new(&parted)),
        None => None,
    })
}

/// The line with a space at each step from a small letter to a capital, if it is short and has one.
fn unglued(text: &str, shape: &Shape) -> Option<String> {
    if shape.words > 6 {
        return None;
    }
    let mut out = String::with_capacity(text.len() + 4);
    let mut lower = false;
    for c in text.chars() {
        if lower && c.is_uppercase() {
            out.push(' ');
        }
        lower = c.is_lowercase();
        out.push(c);
    }
    (out.len() > text.len()).then_some(out)
}

fn phrase(shape: &Shape) -> Option<Cue> {
    if shape.key.is_empty() || shape.words > 140 {
        return None;
    }
    if shape.words <= 10 {
        let key = hash(&shape.key);
        if let Some((class, phrase)) = sections().get(&key) {
            return Some(Cue::Section(*class, phrase));
        }
        if let Some((class, phrase)) = whole().get(&key) {
            return Some(Cue::Line(*class, phrase));
        }
    }
    if shape.words <= SECTION_WORDS
        && !shape.terminal
        && !shape.quoted
        && let Some(start) = SECTION_STARTS.iter().find(|start| shape.key.starts_with(**start))
    {
        return Some(Cue::Section(Promotion, start));
    }
    let table = inner();
    for found in table.automaton.as_ref()?.find_overlapping_iter(&shape.key) {
        let (class, words, phrase) = table.patterns[found.pattern().as_usize()];
        let before = shape.key[..found.start()].ends_with(' ') || found.start() == 0;
        let after = shape.key[found.end()..].starts_with(' ') || found.end() == shape.key.len();
        if before && after && shape.words <= words && !shape.quoted {
            return Some(Cue::Line(class, phrase));
        }
    }
    None
}

/// Whether a line's words belong to a picture's credit.
pub(crate) fn credit_word(key: &str) -> Option<&'static str> {
    CREDIT.iter().copied().find(|phrase| {
        key.match_indices(phrase).any(|(i, _)| {
            (i == 0 || key[..i].ends_with(' '))
                && (i + phrase.len() == key.len() || key[i + phrase.len()..].starts_with(' '))
        })
    })
}
