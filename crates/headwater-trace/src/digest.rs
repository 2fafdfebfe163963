//! What the tracer keeps of one article: its words as numbers, what each word is part of, who it says it is from.
//!
//! Made once when the article comes in; everything after works on digests alone, so an article that was added,
//! changed or removed leaves the same state as a fresh start. Positions are word positions; `spans` leads back
//! to bytes.

use crate::TraceInput;
use crate::cite::{self, Citation};
use crate::residue;
use crate::shingle::{WIDTH, shingles};
use crate::style::{hash, key_into, mix, value};
use crate::supplier::{self, Supplier};
use headwater_model::text::TokenKind;
use headwater_model::text::fold::fold;
use headwater_model::{PublishedHow, Span};
use rustc_hash::FxHashMap;

/// What a word is part of.
pub(crate) mod flag {
    /// Between quotation marks.
    pub(crate) const QUOTED: u8 = 1;
    /// In an embedded post.
    pub(crate) const POST: u8 = 2;
    /// In a picture's caption or credit.
    pub(crate) const CAPTION: u8 = 4;
    /// In a line that belongs to the site.
    pub(crate) const FURNITURE: u8 = 8;
    /// Begins with a capital.
    pub(crate) const CAPITAL: u8 = 16;
    /// Stands in quotation marks or a post in some other article.
    pub(crate) const QUOTED_ELSEWHERE: u8 = 32;
    /// In a line that names the author, the agency or the date.
    pub(crate) const LABEL: u8 = 64;
    /// Told before in the same article: a teaser that a share box repeats, a page that holds its text twice.
    pub(crate) const REPEATED: u8 = 128;
    /// Not the reporter's own words.
    pub(crate) const MASKED: u8 = QUOTED | POST | CAPTION | FURNITURE | QUOTED_ELSEWHERE | LABEL | REPEATED;
    /// Not the article's at all.
    pub(crate) const SITE: u8 = FURNITURE | LABEL | REPEATED;
    /// Words of a third: a speaker, a post, a caption.
    pub(crate) const THIRD: u8 = QUOTED | POST | CAPTION | QUOTED_ELSEWHERE;
}

/// The minutes between which an article was published, as far as is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct When {
    /// First minute that is possible.
    pub(crate) earliest: i64,
    /// Last minute that is possible.
    pub(crate) latest: i64,
    /// Whether it is told rather than worked out.
    pub(crate) told: bool,
}

/// One article, ready to be compared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Digest {
    /// The order of the work; it does not hang on the order of arrival.
    pub(crate) rank: (String, u64),
    pub(crate) words: Vec<u32>,
    pub(crate) spans: Vec<Span>,
    pub(crate) flags: Vec<u8>,
    /// Word positions at which sentences begin, and the end.
    pub(crate) sentences: Vec<u32>,
    /// Word positions at which paragraphs begin, and the end.
    pub(crate) paragraphs: Vec<u32>,
    /// Word position and the hash of the word as it is spelt, where the key is another.
    pub(crate) spelt: Vec<(u32, u32)>,
    /// Whether each paragraph holds a word of the boxes around articles.
    pub(crate) boxlike: Vec<bool>,
    /// Word position and value of plain numbers.
    pub(crate) numbers: Vec<(u32, f64)>,
    pub(crate) outlet: Option<String>,
    /// The outlet's name, squeezed; 0 when unknown.
    pub(crate) outlet_name: u64,
    /// The outlets it names as sources.
    pub(crate) citations: Vec<Citation>,
    /// Everything it names, squeezed and sorted.
    pub(crate) named: Vec<u64>,
    /// Its authors, squeezed.
    pub(crate) authors: Vec<u64>,
    pub(crate) suppliers: Vec<Supplier>,
    pub(crate) url: Option<String>,
    pub(crate) derived_from: Vec<String>,
    pub(crate) when: Option<When>,
    /// Share of its words that stand in lines without an end mark, when they are many.
    pub(crate) listed: bool,
}

impl Digest {
    pub(crate) fn new(input: &TraceInput<'_>) -> Self {
        let article = input.article;
        let text = article.text.as_str();
        let outline = input.outline;
        let mut digest = Digest {
            rank: (
                article.id.clone(),
                mix(hash(text.as_bytes()) ^ hash(article.url.as_deref().unwrap_or("").as_bytes())),
            ),
            words: Vec::with_capacity(outline.tokens.len()),
            spans: Vec::with_capacity(outline.tokens.len()),
            flags: Vec::with_capacity(outline.tokens.len()),
            sentences: Vec::with_capacity(outline.sentences.len() + 1),
            paragraphs: Vec::with_capacity(outline.paragraphs.len() + 1),
            spelt: Vec::new(),
            boxlike: Vec::with_capacity(outline.paragraphs.len()),
            numbers: Vec::new(),
            outlet: article.outlet.clone().filter(|o| !o.trim().is_empty()),
            outlet_name: 0,
            citations: cite::citations(text, outline),
            named: cite::named(text, outline),
            authors: article.authors.iter().map(|a| cite::squeeze(a)).collect(),
            suppliers: Vec::new(),
            url: article.url.as_deref().map(plain_url),
            derived_from: article.derived_from.clone(),
            when: when(input),
            listed: false,
        };
        digest.outlet_name = digest.outlet.as_deref().map_or(0, cite::squeeze);
        let mut key = String::new();
        let (mut sentence, mut paragraph) = (u32::MAX, u32::MAX);
        for token in &outline.tokens {
            if token.kind == TokenKind::Mark {
                continue;
            }
            let at = digest.words.len() as u32;
            if token.sentence != sentence {
                sentence = token.sentence;
                digest.sentences.push(at);
            }
            if token.paragraph != paragraph {
                paragraph = token.paragraph;
                digest.paragraphs.push(at);
                digest.boxlike.push(
                    outline
                        .paragraphs
                        .get(paragraph as usize)
                        .is_some_and(|p| residue::is_boxlike(p.of(text))),
                );
            }
            let word = token.of(text);
            if key_into(word, &mut key) {
                digest.spelt.push((at, hash(fold(word).as_bytes()) as u32));
            }
            if let Some(value) = value(&key) {
                digest.numbers.push((at, value));
            }
            digest.words.push(hash(key.as_bytes()) as u32);
            digest.spans.push(token.span);
            digest.flags.push(if word.starts_with(char::is_uppercase) { flag::CAPITAL } else { 0 });
        }
        let end = digest.words.len() as u32;
        digest.sentences.push(end);
        digest.paragraphs.push(end);
        for region in &outline.quoted {
            digest.mark(region.inner, flag::QUOTED);
        }
        for quotation in input.annotations.quotations.iter().filter(|q| q.utterance) {
            digest.mark(quotation.span, flag::QUOTED);
        }
        let lines = residue::lines(text, &outline.paragraphs);
        for (paragraph, marks) in outline.paragraphs.iter().zip(&lines) {
            if *marks != 0 {
                digest.mark(*paragraph, *marks);
            }
        }
        digest.mark_repeated();
        digest.listed = residue::is_list(text, outline);
        digest.suppliers = supplier::suppliers(article, &outline.paragraphs);
        digest
    }

    /// The words with their spelling: equal only where the desk's style is the same too.
    pub(crate) fn spelling(&self) -> Vec<u32> {
        let mut words = self.words.clone();
        for (at, spelt) in &self.spelt {
            if let Some(word) = words.get_mut(*at as usize) {
                *word = *spelt;
            }
        }
        words
    }

    /// Marks words of the report itself that stand in an earlier place of it too, in runs of `REPEATED_WORDS`.
    fn mark_repeated(&mut self) {
        let mut first: FxHashMap<u64, usize> = FxHashMap::default();
        let mut run: Option<(usize, usize)> = None;
        let mut runs = Vec::new();
        for (at, shingle) in shingles(&self.words).into_iter().enumerate() {
            let before = *first.entry(shingle).or_insert(at);
            // A run goes on as long as the earlier place does, and may not reach into itself.
            let repeated = before + WIDTH <= at;
            run = match run {
                Some((start, _)) if repeated => Some((start, at + WIDTH)),
                None if repeated => Some((at, at + WIDTH)),
                ended => {
                    runs.extend(ended);
                    None
                }
            };
        }
        runs.extend(run);
        for (start, end) in runs.into_iter().filter(|(start, end)| end - start >= REPEATED_WORDS) {
            // A speaker may well be quoted twice.
            for flags in self.flags[start..end].iter_mut().filter(|f| **f & flag::QUOTED == 0) {
                *flags |= flag::REPEATED;
            }
        }
    }

    fn mark(&mut self, span: Span, marks: u8) {
        let start = self.spans.partition_point(|s| s.end <= span.start);
        let end = self.spans.partition_point(|s| s.start < span.end);
        for flags in self.flags.get_mut(start..end).into_iter().flatten() {
            *flags |= marks;
        }
    }

    /// Bytes from one word to before another.
    pub(crate) fn bytes(&self, words: std::ops::Range<u32>) -> Span {
        let first = self.spans.get(words.start as usize).copied().unwrap_or_default();
        let last = self.spans.get((words.end as usize).saturating_sub(1)).copied().unwrap_or(first);
        first.cover(last)
    }

    /// Ranges of word positions between marks such as `sentences`.
    pub(crate) fn ranges(marks: &[u32]) -> impl Iterator<Item = std::ops::Range<u32>> + '_ {
        marks.iter().zip(marks.iter().skip(1)).map(|(a, b)| *a..*b)
    }
}

/// An address without scheme, `www.`, query, fragment and trailing slash.
pub(crate) fn plain_url(url: &str) -> String {
    let url = url.trim();
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    let url = url.split(['?', '#']).next().unwrap_or(url);
    url.trim_start_matches("www.").trim_end_matches('/').to_ascii_lowercase()
}

fn when(input: &TraceInput<'_>) -> Option<When> {
    const DAY: i64 = 24 * 60;
    let published = &input.article.published;
    let minutes = |d: jiff::civil::Date| {
        i64::from(d.to_datetime(jiff::civil::Time::midnight()).duration_since(EPOCH).as_secs() as i32 / 60)
    };
    let told = matches!(published.how, PublishedHow::Given | PublishedHow::Page);
    if let (Some(value), true) = (published.value, published.has_time) {
        let offset = i64::from(published.offset_minutes.unwrap_or(0));
        let at = value.duration_since(EPOCH).as_secs() / 60 - offset;
        // A time without a zone may be half a day off.
        let slack = if published.offset_minutes.is_some() { 0 } else { DAY / 2 };
        return Some(When { earliest: at - slack, latest: at + slack, told });
    }
    let (first, last) = match published.value {
        Some(value) => (Some(value.date()), Some(value.date())),
        None => (published.range.earliest, published.range.latest),
    };
    if first.is_none() && last.is_none() {
        return None;
    }
    let earliest = first.map_or(i64::MIN / 4, minutes);
    let latest = last.map_or(i64::MAX / 4, |d| minutes(d) + DAY - 1);
    Some(When { earliest, latest, told })
}

/// Words in a row that an article says twice only by mistake of its page (words). By judgement: refrains and names of
/// offices are shorter.
const REPEATED_WORDS: usize = 9;

const EPOCH: jiff::civil::DateTime = jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0);
