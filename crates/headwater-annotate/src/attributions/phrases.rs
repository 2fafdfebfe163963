//! Closed lists of words that nested clauses turn on, as data: one string a list.

use memchr::memmem;

/// Whether a list holds a lower-case word.
pub(super) fn among(list: &str, word: &str) -> bool {
    // one scan for the word instead of a split for every word that is asked for
    let edge = |c: Option<&u8>| c.is_none_or(u8::is_ascii_whitespace);
    !word.is_empty()
        && memmem::find_iter(list.as_bytes(), word).any(|at| {
            edge(at.checked_sub(1).and_then(|before| list.as_bytes().get(before)))
                && edge(list.as_bytes().get(at + word.len()))
        })
}

/// Verbs that need a document or a person for a subject: figures and events show things too.
pub(super) const SHOWING: &str = "show shows showed indicate indicates indicated suggest suggests suggested find finds found \
    reveal reveals revealed conclude concludes concluded confirm confirms confirmed showing";

/// Verbs of which "to do a thing" is what is said.
pub(super) const UNDERTAKING: &str = "promise promises promised vow vows vowed pledge pledges pledged threaten threatens threatened \
    ask asks asked urge urges urged advise advises advised order orders ordered warn warns warned \
    tell tells told claim claims claimed";

/// Verbs of naming: what is said is in quotation marks behind them.
pub(super) const NAMING: &str = "call calls called refer refers referred describe describes described label labels labeled \
    labelled dub dubs dubbed brand brands branded term terms termed";

/// Verbs beyond those of the lexicon's list that pass on what somebody says or holds.
pub(super) const FURTHER: &str = "feel feels felt promise promises promised recommend recommends recommended advise advises \
    advised urge urges urged request requests requested threaten threatens threatened order orders \
    ordered refer refers referred complain complains complained lament laments lamented boast \
    boasts boasted recommending feeling promising urging advising remind reminds reminded reminding assure assures assured \
    assuring swear swears swore stress stresses stressed emphasize emphasizes emphasized joke jokes joked agree agrees agreed \
    repeat repeats repeated reiterate reiterates reiterated comment comments commented demand demands demanded demanding \
    propose proposes proposed advocate advocates advocated advocating shout shouts shouted yell yells yelled scream screams \
    screamed whisper whispers whispered guess suspect suspects suspected imply implies implied implying hint hints hinted \
    tweet tweets tweeted persuade persuades persuaded compare compares compared comparing liken likens likened";

/// Verbs that have a hearer before what is said ("told the board that", "asked me where").
pub(super) const TELLING: &str = "tell tells told telling inform informs informed informing warn warns warned assure assures \
    assured remind reminds reminded reminding ask asks asked asking advise advises advised promise promises promised \
    persuade persuades persuaded show shows showed";

/// Verbs of demanding a thing: what is demanded is what is said.
pub(super) const DEMANDING: &str = "demand demands demanded demanding advocate advocates advocated advocating recommend recommends \
    recommended";

/// Verbs of laying something to somebody's charge.
pub(super) const ACCUSING: &str =
    "accuse accuses accused accusing blame blames blamed blaming fault faults faulted";

/// What was found out, and so can show a thing as a document does.
pub(super) const EVIDENCE: &str = "figures results result findings finding research studies evidence numbers data surveys polls \
    polling tests estimates stories reports articles analysis statistics e-mails";

/// Verbs that leave it standing that one did what follows them ("continues to say").
pub(super) const REALISED: &str = "continue continues continued continuing begin begins began begun start starts started seem seems \
    seemed appear appears appeared tend tends tended used go goes went come comes came manage manages managed dare dares dared \
    proceed proceeded love loves like likes";

/// How it is judged that somebody says a thing ("right to say", "odd for them to say").
pub(super) const FITTING: &str = "right wrong correct quick wise brave careful smart foolish first bizarre odd strange ridiculous \
    irresponsible hypocritical unfair shameful outrageous absurd disgraceful laughable unusual reckless dishonest funny ironic \
    rich proud happy free inappropriate unacceptable";

/// Verbs by which one hears another say a thing, or quotes it.
pub(super) const PERCEIVING: &str = "hear hears heard hearing listen listens listened listening watch watched watching see saw seen \
    seeing quote quotes quoted quoting cite cites cited citing catch caught remember remembers remembered recall recalls recalled";

/// Verbs by which one does a thing again and again.
pub(super) const KEEPING: &str =
    "keep keeps kept keeping start starts started stop stopped began begins begin";

/// Words of time, which end a noun phrase or are no noun phrase at all.
pub(super) const TIMES: &str = "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow week month \
    year day morning afternoon evening night weekend january february march april june july august \
    september october november december last";

/// Pronouns that nobody in particular, or only the outer speaker, stands behind.
pub(super) const NOBODY: &str = "i we you it this that these those there what which nobody none nothing something anything \
    everything one me us him them himself herself themselves itself anybody anyone";

/// Verbs that see, know, want or do a thing: inside another's words nothing is passed on by them, though the tagger of the
/// reporter's level takes them for cues. From `CHAINS.md` ("wanting, liking and fearing do not"), and by judgement.
pub(super) const WORDLESS: &str = "see sees saw seen seeing know knows knew known knowing want wants wanted wanting hope hopes \
    hoped hoping fear fears feared plan plans planned planning intend intends intended commit commits committed address \
    addresses addressed addressing prove proves proved proven regard regards regarded regarding realize realizes realized \
    understand understands understood support supports supported supporting back backs backed defend defends defended thank \
    thanks thanked welcome welcomes welcomed project projects projected anticipate anticipates anticipated doubt doubts \
    doubted expose exposes exposed signal signals signaled renew renews renewed disagree disagrees disagreed attack attacks \
    attacked read reads endorse endorses endorsed";

/// Verbs by which a recording or picture has somebody in it.
pub(super) const PORTRAYING: &str = "show shows showed showing shown capture captures captured feature features featured \
    record records recorded catch catches caught depict depicts depicted has contains contained includes included";

/// Verbs of holding a thing for something: what is held stands behind "as".
pub(super) const VIEWING: &str = "view views viewed see sees saw regard regards regarded portray portrays portrayed paint \
    paints painted characterize characterizes characterized characterise characterised cast casts depict depicts depicted \
    dismiss dismisses dismissed describe describes described";

/// Words for those who were asked in a poll, and for parts of them.
pub(super) const ASKED: &str = "percent % surveyed polled respondents respondent pollees per-cent";

/// What such a poll is called.
pub(super) const POLLS: &str = "poll polls survey surveys questionnaire";

/// Words for what people write to one another.
pub(super) const CORRESPONDENCE: &str =
    "email emails e mail mails message messages exchange exchanges correspondence thread texts";

/// Words by which somebody writes to somebody.
pub(super) const WRITING: &str = "emailed e-mailed wrote writes writing written forwarded messaged texted";

/// Words by which somebody answers, in writing or not.
pub(super) const RESPONDING: &str =
    "replied replies replying responded responds responding response answered answers";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_whole_words_only() {
        let list = "see sees saw seen";
        for word in ["see", "sees", "saw", "seen"] {
            assert!(among(list, word), "{word}");
        }
        for word in ["", "se", "ee", "aw", "een", "sawn", "es saw"] {
            assert!(!among(list, word), "{word}");
        }
    }
}
