//! Takes residue out of text that was taken out of a page: a class and a reason for each line.
//!
//! Works by general signs: what a line says (`cues`), its form (`patterns`), and where it stands among its
//! neighbours: before the headline, after a heading of other stories, after the last sentence, a second time,
//! or about something else than the article. Sentences of the article are never weighed by style.

pub(crate) mod cues;
mod masthead;
mod patterns;
pub(crate) mod shape;

use crate::block::Draft;
use crate::input::Declared;
use cues::Cue;
use headwater_model::BlockClass;
use rustc_hash::{FxHashMap, FxHashSet};
use shape::Shape;

/// Words from which a line that ends as a sentence does is held to be one of the article's paragraphs.
/// Below it stand buttons, captions and answers ("They booed."), which neighbours decide.
const PARAGRAPH_WORDS: usize = 10;

/// Words from which a line told twice is a copy and not a refrain.
const COPY_WORDS: usize = 8;

/// Most words of a headline; the longest in the seeds and in NELA-like dumps have about 25.
const HEADLINE_WORDS: usize = 32;

/// Most words of a crosshead. Longer lines without a final mark are headlines of other stories or captions.
const CROSSHEAD_WORDS: usize = 8;

/// Share of a line's words of content that the article's paragraphs must hold for it to be about the article.
/// Chosen on helsinki_dev (lines of links between paragraphs) by eye.
const ABOUT_SHARE: f64 = 0.5;

/// Share of the article's words that may stand behind a heading of comments or an author's box
/// for the heading to close the article.
const TAIL_SHARE: f64 = 0.4;

/// Share of the article's words that may stand behind a line of the site's foot for the article to have ended there.
/// By judgement: a short last paragraph may follow a subscription box.
const END_SHARE: f64 = 0.12;

/// What a candidate for the headline gains or loses, on the scale of the share of its words that the article holds.
/// By judgement, on invented pages with and without mastheads.
mod headline {
    /// It is the first line.
    pub(super) const FIRST: f64 = 0.25;
    /// It stands a second time.
    pub(super) const REPEATED: f64 = 0.3;
    /// A byline or a date follows.
    pub(super) const SIGNED: f64 = 0.25;
    /// The site's name stands right before it: it may be the site's motto.
    pub(super) const AFTER_MASTHEAD: f64 = -0.3;
}

/// Words beside a page's notices up to which it holds no article. By judgement: shorter than any article that is kept.
const NOTICE_REST_WORDS: usize = 25;

/// Words of content in a row that are compared when a long block is looked for in the others.
const GLUED_ROW: usize = 4;

/// Least words of such a block.
const GLUED_WORDS: usize = 150;

/// Share of its rows that the others must hold.
const GLUED_SHARE: f64 = 0.9;

/// What the pass learned beside the classes.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The headline, where one stands in the text.
    pub(crate) title: Option<String>,
    /// The site's name, where it stands above the headline.
    pub(crate) outlet: Option<String>,
}

/// Whole-text pass: gives every block of plain text its class.
pub(crate) fn clean(drafts: &mut [Draft], declared: &Declared) -> Found {
    let shapes: Vec<Shape> = drafts.iter().map(|d| Shape::new(&d.text)).collect();
    let signs: Vec<Option<Cue>> = drafts.iter().zip(&shapes).map(|(d, s)| cues::cue(&d.text, s)).collect();
    let mut pass = Pass {
        drafts,
        shapes: &shapes,
        signs: &signs,
        paragraphs: Vec::new(),
        vocabulary: FxHashMap::default(),
        words: 0,
        names: Vec::new(),
    };
    pass.find_names(declared.authors);
    pass.find_paragraphs();
    let mastheads = masthead::find(pass.drafts, &shapes, &pass.paragraphs, declared);
    let title = pass.title(declared.title, &mastheads);
    pass.copies();
    pass.sections();
    pass.lines();
    pass.head(title.as_ref().and_then(|t| t.0));
    pass.repeats(title.as_ref().map(|t| t.1.as_str()));
    pass.behind_the_end();
    pass.between();
    let outlet = mastheads.first().map(|i| masthead::name(&pass.drafts[*i].text, &shapes[*i]));
    let title = title.and_then(|(at, text)| at.map(|_| text));
    let title = title.map(|t| masthead::without(&t, outlet.as_deref(), declared));
    Found { title, outlet }
}

/// Light pass over the blocks of a web page that were chosen already: copies, headline repeats, sure cues.
pub(crate) fn polish(drafts: &mut [Draft], shapes: &[Shape], signs: &[Option<Cue>], title: Option<&str>) {
    let mut pass = Pass {
        drafts,
        shapes,
        signs,
        paragraphs: Vec::new(),
        vocabulary: FxHashMap::default(),
        words: 0,
        names: Vec::new(),
    };
    pass.find_paragraphs();
    pass.copies();
    pass.glued();
    pass.repeats(title);
    pass.signatures();
    pass.foot();
    pass.notices();
}

struct Pass<'a> {
    drafts: &'a mut [Draft],
    shapes: &'a [Shape],
    signs: &'a [Option<Cue>],
    /// Indexes of the lines that are held to be paragraphs of the article.
    paragraphs: Vec<usize>,
    /// In how many of them a word of content stands.
    vocabulary: FxHashMap<u64, u32>,
    /// Words in them.
    words: usize,
    /// Names of the authors, folded.
    names: Vec<String>,
}

impl Pass<'_> {
    fn open(&self, i: usize) -> bool {
        self.drafts[i].class == BlockClass::Body
    }

    fn is_paragraph(&self, i: usize) -> bool {
        self.paragraphs.binary_search(&i).is_ok()
    }

    fn find_names(&mut self, declared: &[String]) {
        let signed =
            self.drafts.iter().zip(self.shapes).flat_map(|(d, shape)| patterns::signed_by(&d.text, shape));
        self.names =
            declared.iter().map(|n| Shape::new(n).key).filter(|n| n.contains(' ')).chain(signed).collect();
    }

    /// Whether a line tells who an author is: by its words, or by the name of one who signed.
    fn tells_of_author(&self, i: usize) -> bool {
        const TELLS: &[&str] =
            &["is", "was", "has", "covers", "reports", "writes", "lives", "works", "joined"];
        let shape = &self.shapes[i];
        patterns::tells_of_author(&self.drafts[i].text, shape)
            || i * 2 > self.drafts.len()
                && self.names.iter().any(|name| {
                    let rest = shape.key.strip_prefix(name.as_str()).and_then(|r| r.strip_prefix(' '));
                    rest.is_some_and(|r| TELLS.contains(&r.split(' ').next().unwrap_or("")))
                })
    }

    fn find_paragraphs(&mut self) {
        for (i, shape) in self.shapes.iter().enumerate() {
            let quoted = shape.quoted && shape.words >= PARAGRAPH_WORDS;
            let sentence = shape.terminal && shape.words >= PARAGRAPH_WORDS
                || quoted
                || shape.words >= 3 * PARAGRAPH_WORDS && !shape.headline_case();
            if sentence
                && self.signs[i].is_none()
                && self.open(i)
                && patterns::form(&self.drafts[i].text, shape).is_none()
                && !self.tells_of_author(i)
            {
                self.paragraphs.push(i);
            }
        }
        for &i in &self.paragraphs {
            let mut words: Vec<u64> = self.shapes[i].content.clone();
            words.sort_unstable();
            words.dedup();
            for word in words {
                *self.vocabulary.entry(word).or_default() += 1;
            }
            self.words += self.shapes[i].words;
        }
    }

    /// Share of a line's words of content that stand in paragraphs other than itself; `None` without such words.
    fn about(&self, i: usize) -> Option<f64> {
        let own = u32::from(self.is_paragraph(i));
        let mut words = self.shapes[i].content.clone();
        words.sort_unstable();
        words.dedup();
        let known = words.iter().filter(|w| self.vocabulary.get(w).is_some_and(|n| *n > own)).count();
        (!words.is_empty()).then(|| known as f64 / words.len() as f64)
    }

    fn about_article(&self, i: usize) -> bool {
        self.about(i).is_some_and(|share| share >= ABOUT_SHARE)
    }

    /// Share of the article's words in paragraphs after line `i`.
    fn words_after(&self, i: usize) -> f64 {
        let after: usize = self.paragraphs.iter().filter(|p| **p > i).map(|p| self.shapes[*p].words).sum();
        if self.words == 0 { 0.0 } else { after as f64 / self.words as f64 }
    }

    /// The headline: the line before the first paragraph that is most about the article. Gives its place, if it
    /// stands in the text, and its words.
    fn title(&mut self, declared: Option<&str>, mastheads: &[usize]) -> Option<(Option<usize>, String)> {
        let first = self.paragraphs.first().copied().unwrap_or(0);
        if let Some(declared) = declared.map(str::trim).filter(|t| !t.is_empty()) {
            let key = Shape::new(declared).key;
            let place =
                (0..self.drafts.len().min(first + 3)).find(|i| !key.is_empty() && self.shapes[*i].key == key);
            if let Some(i) = place {
                self.drafts[i].mark(BlockClass::Headline, "the headline; it is the title");
            }
            return Some((place, declared.to_owned()));
        }
        let mut best: Option<(f64, usize)> = None;
        for i in 0..first {
            let shape = &self.shapes[i];
            let ends = self.drafts[i].text.trim_end();
            let stop = shape.terminal && !ends.ends_with(['?', '!', '’', '”', '"', '\'']);
            if stop
                || shape.colon
                || shape.words < 3
                || shape.words > HEADLINE_WORDS
                || shape.letters < 8
                || self.signs[i].is_some()
                || mastheads.contains(&i)
                || masthead::is_menu(&self.drafts[i].text)
            {
                continue;
            }
            if patterns::form(&self.drafts[i].text, shape).is_some() {
                continue;
            }
            let Some(about) = self.about(i) else { continue };
            // A headline has words of the article; the earlier line wins between equals.
            let mut score = about + 0.02 * shape.words.min(10) as f64;
            for (holds, worth) in [
                (i == 0, headline::FIRST),
                (self.repeated(i), headline::REPEATED),
                (self.signed_below(i, first), headline::SIGNED),
                (i > 0 && mastheads.contains(&(i - 1)), headline::AFTER_MASTHEAD),
            ] {
                score += if holds { worth } else { 0.0 };
            }
            if about >= 0.25 && best.is_none_or(|(s, _)| score > s + 1e-9) {
                best = Some((score, i));
            }
        }
        let (_, i) = best?;
        // A line that says the headline twice over is a repeat, not the headline.
        if let Some(half) = doubled(&self.drafts[i].text).map(str::to_owned) {
            self.drafts[i].mark(BlockClass::Headline, "the headline, twice on one line; it is the title");
            return Some((Some(i), half));
        }
        self.drafts[i].mark(BlockClass::Headline, "the headline; it is the title");
        let text = crate::block::folded(&self.drafts[i].text);
        Some((Some(i), text))
    }

    /// Whether a line stands a second time among the lines that are no paragraphs.
    fn repeated(&self, i: usize) -> bool {
        let key = &self.shapes[i].key;
        (0..self.drafts.len()).any(|j| j != i && self.shapes[j].key == *key)
    }

    /// Whether one of the next lines is a byline, a date, or a name by itself.
    fn signed_below(&self, i: usize, first: usize) -> bool {
        (i + 1..(i + 3).min(first)).any(|j| {
            let shape = &self.shapes[j];
            let name = (2..=4).contains(&shape.words)
                && shape.capitals == shape.words
                && !shape.terminal
                && !shape.shouted;
            name || patterns::form(&self.drafts[j].text, shape).is_some_and(|f| f.0 == BlockClass::Byline)
        })
    }

    /// What stands behind the site's foot and is not about the article: a box of the weather, another story's headline.
    fn behind_the_end(&mut self) {
        let mut ended = None;
        for i in 0..self.drafts.len() {
            let class = self.drafts[i].class;
            if ended.is_some() {
                let paragraph = self.is_paragraph(i);
                if self.open(i)
                    && !self.shapes[i].quoted
                    && !(paragraph && self.about_article(i))
                    && self.about(i).is_none_or(|a| a < 0.8)
                {
                    self.drafts[i]
                        .mark(BlockClass::Promotion, "stands behind the end and is about something else");
                    if let Ok(at) = self.paragraphs.binary_search(&i) {
                        self.paragraphs.remove(at);
                    }
                }
            } else if matches!(
                class,
                BlockClass::Promotion | BlockClass::Comment | BlockClass::Disclaimer | BlockClass::Biography
            ) && self.signs[i].is_some()
                && self.paragraphs.first().is_some_and(|p| *p < i)
                && self.words_after(i) <= END_SHARE
            {
                ended = Some(i);
            }
        }
    }

    /// Lines of a web page before its first paragraph that are bylines or dates by their form.
    fn signatures(&mut self) {
        let Some(first) = self.paragraphs.first().copied() else { return };
        for i in 0..first {
            if self.open(i)
                && self.signs[i].is_none()
                && let Some((BlockClass::Byline, reason)) =
                    patterns::form(&self.drafts[i].text, &self.shapes[i])
            {
                self.drafts[i].mark(BlockClass::Byline, reason);
            }
        }
    }

    /// A page whose kept words are nothing but a notice: consent, a paywall, an error.
    fn notices(&mut self) {
        let kept = |i: &usize| self.drafts[*i].class.is_body();
        let is_notice = |i: &usize| matches!(self.signs[*i], Some(Cue::Line(BlockClass::Notice, _)));
        let all: Vec<usize> = (0..self.drafts.len()).filter(kept).collect();
        let rest: usize = all.iter().filter(|i| !is_notice(i)).map(|i| self.shapes[*i].words).sum();
        let notices: Vec<usize> = all.into_iter().filter(is_notice).collect();
        if rest <= NOTICE_REST_WORDS {
            for i in notices {
                self.drafts[i].mark(BlockClass::Notice, "the page holds a notice and no article");
            }
        }
    }

    /// Lines of a web page behind the last paragraph that are the site's by their words, and tags.
    fn foot(&mut self) {
        let Some(last) = self.paragraphs.last().copied() else { return };
        let end = self.drafts.iter().rposition(|d| d.class.is_body()).unwrap_or(0);
        for i in (last + 1..self.drafts.len()).rev() {
            if !self.drafts[i].class.is_body() {
                continue;
            }
            let shape = &self.shapes[i];
            match self.signs[i] {
                Some(Cue::Line(class, phrase) | Cue::Section(class, phrase)) if shape.words <= 20 => {
                    self.drafts[i].mark(class, format!("says “{phrase}” behind the last paragraph"));
                }
                _ if i >= end && shape.words <= 3 && !shape.terminal && !shape.quoted && !shape.bullet => {
                    self.drafts[i]
                        .mark(BlockClass::Navigation, "a word or name by itself behind the last paragraph");
                }
                _ => break,
            }
        }
    }

    /// Paragraphs that stand in the article already.
    fn copies(&mut self) {
        let mut seen: FxHashSet<u64> = FxHashSet::default();
        let shapes = self.shapes;
        for (i, shape) in shapes.iter().enumerate() {
            if shape.words >= COPY_WORDS && self.open(i) && !seen.insert(shape.whole) {
                self.drafts[i].mark(BlockClass::Duplicate, "stands in the article already");
                if let Ok(at) = self.paragraphs.binary_search(&i) {
                    self.paragraphs.remove(at);
                    self.words -= shape.words;
                }
            }
        }
    }

    /// Blocks that hold again, in one piece, what other blocks hold: pages carry such a copy for machines.
    fn glued(&mut self) {
        let rows = |content: &[u64]| -> Vec<u64> {
            content.windows(GLUED_ROW).map(|w| w.iter().fold(0u64, |h, x| h.rotate_left(5) ^ x)).collect()
        };
        let open: Vec<usize> = (0..self.drafts.len()).filter(|i| self.open(*i)).collect();
        if !open.iter().any(|i| self.shapes[*i].words >= GLUED_WORDS) {
            return;
        }
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        for &i in &open {
            for row in rows(&self.shapes[i].content) {
                *counts.entry(row).or_default() += 1;
            }
        }
        // The longest first: the piece that holds the others goes, and they stay.
        let mut long: Vec<usize> =
            open.into_iter().filter(|i| self.shapes[*i].words >= GLUED_WORDS).collect();
        long.sort_by_key(|i| (std::cmp::Reverse(self.shapes[*i].words), std::cmp::Reverse(*i)));
        for i in long {
            let own = rows(&self.shapes[i].content);
            let known = own.iter().filter(|r| counts.get(r).is_some_and(|n| *n > 1)).count();
            if !own.is_empty() && known as f64 >= GLUED_SHARE * own.len() as f64 {
                self.drafts[i]
                    .mark(BlockClass::Duplicate, "holds in one piece what other blocks of the article hold");
                for row in own {
                    counts.entry(row).and_modify(|n| *n -= 1);
                }
            }
        }
    }

    /// Headings of residue, and what follows them.
    fn sections(&mut self) {
        let mut section: Option<(BlockClass, String)> = None;
        for i in 0..self.drafts.len() {
            if let Some(Cue::Section(class, phrase)) = self.signs[i] {
                let first = self.paragraphs.first().is_none_or(|p| *p > i);
                let closes = match class {
                    BlockClass::Promotion => true,
                    _ => !first && self.words_after(i) <= TAIL_SHARE,
                };
                if self.open(i) {
                    self.drafts[i].mark(class, format!("a heading of what is not the article (“{phrase}”)"));
                }
                section = closes.then(|| (class, format!("stands under “{phrase}”")));
                continue;
            }
            let Some((class, reason)) = &section else { continue };
            let (class, reason) = (*class, reason.clone());
            let more = self.paragraphs.iter().filter(|p| **p >= i).count();
            let ends = match class {
                // The article goes on: a paragraph about it, or several.
                BlockClass::Promotion => self.is_paragraph(i) && (self.about_article(i) || more >= 3),
                BlockClass::Comment => false,
                _ => self.is_paragraph(i) && self.about_article(i) && more >= 3,
            };
            if ends {
                section = None;
            } else if self.open(i) && self.signs[i].is_none() {
                self.drafts[i].mark(class, reason);
                if let Ok(at) = self.paragraphs.binary_search(&i) {
                    self.paragraphs.remove(at);
                }
            }
        }
    }

    /// Lines that are residue by their words or their form.
    fn lines(&mut self) {
        let last = self.paragraphs.last().copied().unwrap_or(0);
        for i in 0..self.drafts.len() {
            if !self.open(i) || self.is_paragraph(i) {
                continue;
            }
            if let Some(Cue::Line(class, phrase)) = self.signs[i] {
                // A full paragraph about the article may speak of subscribing or following, too.
                let own = self.shapes[i].terminal
                    && self.shapes[i].words >= 2 * PARAGRAPH_WORDS
                    && self.about_article(i);
                if !own
                    || !matches!(class, BlockClass::Promotion | BlockClass::Biography)
                    || self.tells_of_author(i)
                {
                    self.drafts[i].mark(class, format!("says “{phrase}”"));
                }
            } else if let Some((class, reason)) = patterns::form(&self.drafts[i].text, &self.shapes[i]) {
                let inside = self.paragraphs.first().is_some_and(|first| i > *first) && i < last;
                if class == BlockClass::Byline
                    && inside
                    && self.drafts[i].text.len() <= 12
                    && self.drafts[i].text.contains(':')
                {
                    // A time of day between paragraphs opens an entry of a live report.
                    self.drafts[i].class = BlockClass::Crosshead;
                } else {
                    self.drafts[i].mark(class, reason);
                }
            } else if self.shapes[i].words <= 5
                && !self.shapes[i].terminal
                && crate::meta::is_agency(&self.drafts[i].text)
            {
                self.drafts[i].mark(BlockClass::Byline, "an agency's name by itself");
            } else if self.tells_of_author(i) && (i + 2 >= last || self.words_after(i) < 0.1) {
                self.drafts[i].mark(BlockClass::Biography, "tells who the author is");
            }
        }
    }

    /// What stands before the headline and between it and the first paragraph.
    fn head(&mut self, title: Option<usize>) {
        let Some(first) = self.paragraphs.first().copied() else { return };
        for i in 0..first {
            if !self.open(i) {
                continue;
            }
            let shape = &self.shapes[i];
            if title.is_some_and(|t| i < t) {
                self.drafts[i].mark(BlockClass::Navigation, "stands before the headline");
            } else if i + 1 == first
                && shape.words <= 5
                && !shape.terminal
                && (shape.shouted || self.drafts[i].text.ends_with(')'))
            {
                self.drafts[i].mark(BlockClass::Byline, "a dateline by itself");
            } else if !shape.terminal && !shape.colon && !shape.quoted && shape.words < HEADLINE_WORDS {
                let names = shape.capitals == shape.words && shape.words <= 6;
                if names {
                    self.drafts[i].mark(BlockClass::Byline, "a name by itself before the first paragraph");
                } else if title.is_some() && (shape.words <= 4 || !self.about_article(i)) {
                    self.drafts[i].mark(
                        BlockClass::Navigation,
                        "a short line before the first paragraph, about something else",
                    );
                } else if title.is_some() {
                    self.drafts[i].class = BlockClass::Standfirst;
                }
            } else if title.is_some() && i < first && shape.words >= PARAGRAPH_WORDS {
                self.drafts[i].class = BlockClass::Standfirst;
            }
        }
    }

    /// The headline again, alone, doubled or with a credit.
    fn repeats(&mut self, title: Option<&str>) {
        let Some(title) = title else { return };
        let key = Shape::new(title).key;
        if key.split(' ').count() < 3 {
            return;
        }
        for i in 0..self.drafts.len() {
            if self.drafts[i].class == BlockClass::Headline
                || !self.drafts[i].class.is_body()
                    && self.drafts[i].class != BlockClass::Navigation
                    && self.drafts[i].class != BlockClass::Duplicate
            {
                continue;
            }
            let own = self.shapes[i].key.as_str();
            if own == key {
                self.drafts[i].mark(BlockClass::HeadlineRepeat, "the headline again");
            } else if let Some(rest) = own.strip_prefix(key.as_str()).map(str::trim) {
                if rest == key {
                    self.drafts[i].mark(BlockClass::HeadlineRepeat, "the headline again, twice on one line");
                } else if rest.split(' ').count() <= 6 && !self.is_paragraph(i) {
                    self.drafts[i].mark(BlockClass::HeadlineRepeat, "the headline again, with a few words");
                }
            }
        }
    }

    /// Lines without a final mark between and after the paragraphs.
    fn between(&mut self) {
        let (Some(first), Some(last)) = (self.paragraphs.first().copied(), self.paragraphs.last().copied())
        else {
            return;
        };
        for i in first..self.drafts.len() {
            if !self.open(i) || self.is_paragraph(i) {
                continue;
            }
            let shape = &self.shapes[i];
            let previous = i.checked_sub(1);
            let next = (i + 1 < self.drafts.len()).then_some(i + 1);
            let listed = previous.is_some_and(|p| self.shapes[p].bullet || self.shapes[p].colon)
                && shape.bullet
                || previous.is_some_and(|p| self.shapes[p].colon);
            if i > last {
                let sentence = shape.terminal && shape.words >= 2 && (shape.quoted || !shape.headline_case());
                if !sentence && !listed && !shape.quoted {
                    let class = if shape.words <= 3 { BlockClass::Navigation } else { BlockClass::Promotion };
                    self.drafts[i].mark(class, "a line without an end after the last paragraph");
                }
                continue;
            }
            if shape.terminal
                || shape.colon
                || shape.quoted
                || listed
                || shape.bullet && self.about(i).is_none_or(|a| a > 0.2)
            {
                continue;
            }
            let alone = next.is_some_and(|n| self.is_paragraph(n) || self.open(n) && self.shapes[n].terminal)
                && previous.is_some_and(|p| self.is_paragraph(p) || !self.open(p));
            if shape.words > CROSSHEAD_WORDS
                && (shape.headline_case() || self.about(i).is_some_and(|a| a < ABOUT_SHARE))
                && shape.words < HEADLINE_WORDS
            {
                self.drafts[i].mark(BlockClass::Promotion, "reads as the headline of another story");
            } else if shape.words > 5 && self.about(i).is_some_and(|a| a < ABOUT_SHARE) {
                self.drafts[i]
                    .mark(BlockClass::Promotion, "a line without an end that is about something else");
            } else if shape.words <= CROSSHEAD_WORDS && alone {
                self.drafts[i].class = BlockClass::Crosshead;
            }
        }
    }
}

/// The first half of a line that says the same twice.
fn doubled(text: &str) -> Option<&str> {
    let text = text.trim();
    let middle = text.len() / 2;
    (middle.saturating_sub(2)..=middle + 2).find_map(|cut| {
        let (a, b) = (text.get(..cut)?.trim(), text.get(cut..)?.trim());
        (a == b && a.split_whitespace().nth(2).is_some()).then_some(a)
    })
}
