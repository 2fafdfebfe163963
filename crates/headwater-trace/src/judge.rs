//! What shared words mean: copied, declared, or a third that both rest on.
//!
//! Counts the words that two articles share by whose words they are: the reporters' own, a speaker's, a
//! caption's, the site's. The thresholds are here and nowhere else.

use crate::align::Alignment;
use crate::digest::{Digest, flag};
use headwater_model::Passage;

/// Aligned words that make a passage worth showing (words).
pub(crate) const PASSAGE_WORDS: u32 = 8;

/// What two articles share, counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Shared {
    /// Aligned words that are the reporters' own in both.
    pub(crate) own: u32,
    /// The same, but only in whole sentences of either.
    pub(crate) sentences: u32,
    /// Own words in the longest passage.
    pub(crate) longest: u32,
    /// Own words in the longest passage without a gap.
    pub(crate) longest_run: u32,
    /// Aligned words of a speaker, a post, a caption.
    pub(crate) third: u32,
    /// Of these, those in captions.
    pub(crate) caption: u32,
    /// Of the third's, those that one of the two gives as such, and the most of these in one passage: what both
    /// tell as their own and only somebody else quotes may be a stock phrase.
    pub(crate) said: u32,
    pub(crate) longest_said: u32,
    /// Aligned words that are own in the first and quoted in the second, and the other way round.
    pub(crate) quoted_of_a: u32,
    pub(crate) quoted_of_b: u32,
    /// Own words of either article.
    pub(crate) own_a: u32,
    pub(crate) own_b: u32,
    /// All aligned words that are not the site's, and all such words of either article.
    pub(crate) words: u32,
    pub(crate) words_a: u32,
    pub(crate) words_b: u32,
    pub(crate) passages: Vec<Passage>,
}

impl Shared {
    /// Whether the two share words beyond a third's and the names and titles around them.
    pub(crate) fn strangers(&self) -> bool {
        let told: u32 = self.passages.iter().filter(|p| !p.quoted).map(|p| p.words).sum();
        told < STRANGERS || self.own < STRANGERS
    }

    /// Share of the shorter article's own words that are shared.
    pub(crate) fn containment(&self) -> f64 {
        f64::from(self.own) / f64::from(self.own_a.min(self.own_b).max(1))
    }

    /// Share of the longer article's own words that are shared.
    pub(crate) fn of_longer(&self) -> f64 {
        f64::from(self.own) / f64::from(self.own_a.max(self.own_b).max(1))
    }
}

/// Share of a sentence's words that must be aligned for the sentence to count as taken over (share).
const SENTENCE_SHARE: f64 = 0.75;
/// Own words that a sentence must have to count (words).
const SENTENCE_WORDS: usize = 7;

/// Words in passages that are mostly own, under which two articles are strangers (words).
const STRANGERS: u32 = 24;

/// One article's side of a count: its digest, what its words are part of, and how many are what.
#[derive(Clone, Copy)]
pub(crate) struct Text<'a> {
    pub(crate) digest: &'a Digest,
    pub(crate) flags: &'a [u8],
    own: u32,
    words: u32,
}

impl<'a> Text<'a> {
    /// Counts once what every pair of the article needs.
    pub(crate) fn new(digest: &'a Digest, flags: &'a [u8]) -> Self {
        let of = |marks: u8| flags.iter().filter(|f| **f & marks == 0).count() as u32;
        Text { digest, flags, own: of(flag::MASKED), words: of(flag::SITE) }
    }
}

/// Counts an alignment out.
pub(crate) fn count(x: Text<'_>, y: Text<'_>, alignment: &Alignment) -> Shared {
    let (a, b, flags_a, flags_b) = (x.digest, y.digest, x.flags, y.flags);
    let mut shared =
        Shared { own_a: x.own, own_b: y.own, words_a: x.words, words_b: y.words, ..Shared::default() };
    let mut hit_a = Vec::new();
    let mut hit_b = Vec::new();
    for stretch in &alignment.stretches {
        let (mut own, mut third, mut said, mut caption, mut words) = (0, 0, 0, 0, 0);
        for run in &alignment.runs[stretch.runs.clone()] {
            let before = own;
            for k in 0..run.len {
                let (i, j) = ((run.a + k) as usize, (run.b + k) as usize);
                let (fa, fb) = (flags_a[i], flags_b[j]);
                words += 1;
                if (fa | fb) & flag::SITE != 0 {
                    continue;
                }
                shared.words += 1;
                if (fa | fb) & flag::THIRD != 0 {
                    third += 1;
                    caption += u32::from((fa | fb) & flag::CAPTION != 0);
                    let marks = flag::QUOTED | flag::POST | flag::CAPTION;
                    said += u32::from((fa | fb) & marks != 0);
                    shared.quoted_of_a += u32::from(fa & marks == 0 && fb & flag::QUOTED != 0);
                    shared.quoted_of_b += u32::from(fb & marks == 0 && fa & flag::QUOTED != 0);
                } else {
                    own += 1;
                    hit_a.push(i as u32);
                    hit_b.push(j as u32);
                }
            }
            shared.longest_run = shared.longest_run.max(own - before);
        }
        shared.own += own;
        shared.third += third;
        shared.caption += caption;
        shared.longest = shared.longest.max(own);
        shared.said += said;
        shared.longest_said = shared.longest_said.max(said);
        if words >= PASSAGE_WORDS && own + third > 0 {
            let quoted = third > own;
            shared.passages.push(Passage {
                a: a.bytes(stretch.a.clone()),
                b: b.bytes(stretch.b.clone()),
                words,
                quoted,
            });
        }
    }
    hit_b.sort_unstable();
    shared.sentences = whole_sentences(a, flags_a, &hit_a).max(whole_sentences(b, flags_b, &hit_b));
    shared
}

/// How many sentences have most of their words among `hits` (sorted).
fn whole_sentences(digest: &Digest, flags: &[u8], hits: &[u32]) -> u32 {
    let mut n = 0;
    let mut at = 0;
    while let Some(&first) = hits.get(at) {
        let next = digest.sentences.partition_point(|s| *s <= first);
        let end = digest.sentences.get(next).copied().unwrap_or(u32::MAX);
        let start = next.checked_sub(1).and_then(|s| digest.sentences.get(s)).copied().unwrap_or(0);
        let hit = hits[at..].partition_point(|h| *h < end);
        at += hit.max(1);
        let words = flags.get(start as usize..(end as usize).min(flags.len())).unwrap_or_default();
        let own = words.iter().filter(|f| **f & flag::MASKED == 0).count();
        n += u32::from(own >= SENTENCE_WORDS && hit as f64 >= SENTENCE_SHARE * own as f64);
    }
    n
}

/// What a pair is, by its shared words alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The reporters' own words.
    Copied,
    /// A third's words, or too few of their own.
    Upstream,
    /// Nothing to speak of.
    Nothing,
}

/// Own words without which nothing is called copied (words).
const COPIED_WORDS: u32 = 18;
/// (share of the shorter's own words, whole sentences): any of these makes a copy. Chosen on the tuning half of the
/// Helsinki pairs and on Spotify; two stories of one agency share up to .15 and two sentences.
const COPIED: &[(f64, u32)] = &[(0.5, 0), (0.25, 1), (0.16, 2), (0.03, 4)];
/// One run of own words that no two reporters write alike (words), when it is a quarter of the shorter.
const COPIED_RUN: u32 = 19;
/// Two pages of which this much is the same are one page (share of the longer's words).
const TWINS: f64 = 0.8;
/// Own words that captions twice as long put in doubt (words).
const CAPTIONED: u32 = 60;
/// Words of a third that make a common upstream (words), of which so many in one passage.
const THIRD_WORDS: u32 = 9;
const THIRD_LONGEST: u32 = 6;
/// Own words, not copied, that still speak for a common upstream (words).
const LOOSE_WORDS: u32 = 16;
/// Of these without a gap (words). Chosen on the Helsinki pairs.
const LOOSE_RUN: u32 = 10;
/// The same within one outlet, whose house phrases recur (words).
const LOOSE_WORDS_SAME_OUTLET: u32 = 40;

/// Judges by words.
pub(crate) fn kind(shared: &Shared, same_outlet: bool) -> Kind {
    let share = shared.containment();
    if is_twin(shared) {
        return Kind::Copied;
    }
    // Under a long shared caption a page has few words, and a sentence of them is soon in common.
    let captions = shared.caption >= 2 * shared.own && shared.own < CAPTIONED;
    let run = shared.longest >= COPIED_RUN && share >= 0.25;
    if !captions
        && shared.own >= COPIED_WORDS
        && (run || COPIED.iter().any(|(least, sentences)| share >= *least && shared.sentences >= *sentences))
    {
        return Kind::Copied;
    }
    if shared.said >= THIRD_WORDS && shared.longest_said >= THIRD_LONGEST {
        return Kind::Upstream;
    }
    let loose = if same_outlet { LOOSE_WORDS_SAME_OUTLET } else { LOOSE_WORDS };
    // Captions alone, or quotations around a sentence, do not make own words of a page that has hardly any.
    // Stock phrases are many short runs; wording that was handed on is at least one long one.
    let handed_on = shared.longest_run >= LOOSE_RUN || shared.sentences >= 1;
    if shared.own + shared.third >= loose && handed_on { Kind::Upstream } else { Kind::Nothing }
}

/// Share of the longer's own words from which on two articles of one outlet are one article at two times (share).
/// By judgement: sister stories of one house in the reuse sets share less than half.
const REVISION: f64 = 0.6;

/// Whether two articles are revisions of one article by one outlet.
pub(crate) fn is_revision(shared: &Shared, a: &Digest, b: &Digest) -> bool {
    a.outlet_name != 0
        && a.outlet_name == b.outlet_name
        && shared.own >= COPIED_WORDS
        && (shared.of_longer() >= REVISION || a.url.is_some() && a.url == b.url)
}

fn is_twin(shared: &Shared) -> bool {
    shared.words >= COPIED_WORDS
        && f64::from(shared.words) >= TWINS * f64::from(shared.words_a.max(shared.words_b).max(1))
}

/// Shares of the shorter's and the longer's own words that put two articles into one family. Chosen like `COPIED`.
const FAMILY_SHORTER: f64 = 0.27;
const FAMILY_LONGER: f64 = 0.09;
/// A short cut of a long article: nearly all of it (share) and so many whole sentences.
const CUT_SHARE: f64 = 0.75;
const CUT_SENTENCES: u32 = 2;
/// Pages with no text of their own but the captions and crossheads of a story (share of all their words).
const CAPTION_PAGE: f64 = 0.7;
/// Both ways, for pages that collect from others (share).
const MUTUAL: f64 = 0.4;

/// How strongly two articles belong to one family (0–1), or nothing. `collects` says that one of them is a page
/// made of others.
pub(crate) fn kinship(shared: &Shared, collects: bool) -> Option<f64> {
    let (shorter, longer) = (shared.containment(), shared.of_longer());
    let strength = shorter * 0.5 + longer * 0.5;
    if collects {
        return (shared.own >= COPIED_WORDS && longer >= MUTUAL).then_some(strength);
    }
    let copied = shared.own >= COPIED_WORDS && shared.sentences >= 2;
    let version = copied && shorter >= FAMILY_SHORTER && longer >= FAMILY_LONGER;
    let same = shared.own >= COPIED_WORDS && longer >= MUTUAL;
    let cut = shared.own >= COPIED_WORDS && shared.sentences >= CUT_SENTENCES && shorter >= CUT_SHARE;
    let least = shared.words_a.min(shared.words_b).max(1);
    let told = f64::from(shared.own + shared.caption) / f64::from(least);
    let captions = least >= 3 * COPIED_WORDS
        && told >= CAPTION_PAGE
        && shared.own >= COPIED_WORDS / 2
        && shared.caption > shared.own;
    // Two pages that are one and the same caption or post.
    let twins = is_twin(shared);
    if version || same || cut || captions { Some(strength) } else { twins.then_some(0.5) }
}
