//! One report as published.

use crate::{Published, Span, Warning};

/// Position of an article in the engine's sorted list; stable within one run, never written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleIndex(pub u32);

impl ArticleIndex {
    /// As an index into a slice of articles.
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

/// What kind of block a stretch of a page is. `is_body` says which belong to the clean text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockClass {
    /// The article's own words.
    Body,
    /// A subheading inside the body.
    Crosshead,
    /// The opening summary under the headline.
    Standfirst,
    /// One entry of a live blog.
    LiveEntry,
    /// The headline; it becomes the title and leaves the text.
    Headline,
    /// The headline again.
    HeadlineRepeat,
    /// A picture's caption or credit.
    Caption,
    /// A byline or date line that stands by itself.
    Byline,
    /// Links to other stories, subscriptions, share buttons.
    Promotion,
    /// Something of the advertiser's.
    Advertisement,
    /// A reader's comment or the comment box.
    Comment,
    /// Who the author is.
    Biography,
    /// Legal notices, copyright, disclaimers.
    Disclaimer,
    /// Consent banners, paywalls, error pages.
    Notice,
    /// Navigation and other furniture of the site.
    Navigation,
    /// A paragraph that stands in the article already.
    Duplicate,
}

impl BlockClass {
    /// Whether blocks of this class make up the clean text.
    pub fn is_body(self) -> bool {
        matches!(
            self,
            BlockClass::Body | BlockClass::Crosshead | BlockClass::Standfirst | BlockClass::LiveEntry
        )
    }

    /// The class as written in JSON and shown to people.
    pub fn name(self) -> &'static str {
        match self {
            BlockClass::Body => "body",
            BlockClass::Crosshead => "crosshead",
            BlockClass::Standfirst => "standfirst",
            BlockClass::LiveEntry => "live-blog entry",
            BlockClass::Headline => "headline",
            BlockClass::HeadlineRepeat => "headline repeat",
            BlockClass::Caption => "caption or credit",
            BlockClass::Byline => "byline or dateline",
            BlockClass::Promotion => "promotion or related",
            BlockClass::Advertisement => "advertisement",
            BlockClass::Comment => "comment",
            BlockClass::Biography => "biography",
            BlockClass::Disclaimer => "disclaimer or copyright",
            BlockClass::Notice => "consent, paywall or error",
            BlockClass::Navigation => "navigation",
            BlockClass::Duplicate => "duplicate",
        }
    }
}

/// A kept stretch of the clean text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is; always a class for which `is_body` holds.
    pub class: BlockClass,
    /// Where it stands in the clean text.
    pub span: Span,
    /// Where it stands in the decoded source, in bytes; empty when that is not known.
    pub source: Span,
    /// How likely it is held to be the article's, in percent; `None` for text that came without its page.
    pub score: Option<u8>,
    /// The time of the live blog's entry it belongs to, as the page writes it.
    pub time: Option<String>,
}

/// A stretch of the source that is not part of the clean text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// What it is.
    pub class: BlockClass,
    /// Its words, white space folded.
    pub text: String,
    /// Why it was taken out, in plain words.
    pub reason: String,
    /// Where it stands in the decoded source, in bytes; empty when that is not known.
    pub source: Span,
    /// How likely it was held to be the article's, in percent; `None` for text that came without its page.
    pub score: Option<u8>,
}

impl Removed {
    /// The reason, with how likely the block was held to be the article's.
    pub fn why(&self) -> String {
        match self.score {
            Some(percent) => format!("{} ({percent} % likely the article's)", self.reason),
            None => self.reason.clone(),
        }
    }
}

/// A stretch of clean text and where it stands in the decoded source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Range in the clean text.
    pub clean: Span,
    /// Range in the source after decoding to UTF-8. For plain text the two have the same bytes;
    /// for HTML the source range holds the mark-up that the words were read from.
    pub source: Span,
    /// Whether the bytes of both ranges are the same.
    pub exact: bool,
}

/// Where an agency or other supplier is named as the article's own origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CreditPlace {
    /// In a byline or the author metadata.
    Byline,
    /// In the dateline, "BEIJING (AP) —".
    Dateline,
    /// In a line at the foot of the article.
    Footer,
    /// In the page's metadata (`original-source`, `isBasedOn`, feed `<source>`).
    Metadata,
}

/// A declared supplier of the article's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// The supplier's name as written, such as `AP` or `Reuters`.
    pub name: String,
    /// Where it is named.
    pub place: CreditPlace,
    /// The words in the clean text, where it stands there.
    pub span: Option<Span>,
}

/// What a piece of metadata tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// The headline.
    Title,
    /// Who wrote it.
    Authors,
    /// Who publishes it.
    Outlet,
    /// The part of the outlet it stands in.
    Section,
    /// The language.
    Language,
    /// The address it was read from.
    Address,
    /// The address that the page calls its own.
    Canonical,
    /// What the page says it was taken from.
    Original,
    /// When it was published.
    Published,
    /// When it was last changed.
    Modified,
    /// An agency or another supplier.
    Credit,
    /// The place and agency before the first sentence.
    Dateline,
}

impl Fact {
    /// The name as written in JSON and shown to people.
    pub fn name(self) -> &'static str {
        match self {
            Fact::Title => "title",
            Fact::Authors => "authors",
            Fact::Outlet => "outlet",
            Fact::Section => "section",
            Fact::Language => "language",
            Fact::Address => "url",
            Fact::Canonical => "canonical_url",
            Fact::Original => "original",
            Fact::Published => "published",
            Fact::Modified => "modified",
            Fact::Credit => "credit",
            Fact::Dateline => "dateline",
        }
    }
}

/// How sure a piece of metadata is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sureness {
    /// Worked out from words that were not made to tell it, or contradicted by another part of the page.
    Doubtful,
    /// One part of the page that is made to tell it does.
    Likely,
    /// The carrier gives it, or two parts of the page say the same.
    Sure,
}

impl Sureness {
    /// The name as written in JSON and shown to people.
    pub fn name(self) -> &'static str {
        match self {
            Sureness::Doubtful => "doubtful",
            Sureness::Likely => "likely",
            Sureness::Sure => "sure",
        }
    }
}

/// A piece of metadata: what it says, which parts of the page or the carrier say so, and how sure that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// What it tells of.
    pub fact: Fact,
    /// What it says; several values are parted by "; ".
    pub value: String,
    /// Who says so, in plain words.
    pub from: Vec<String>,
    /// How sure it is.
    pub sureness: Sureness,
}

/// One report as published. The text is never rewritten after extraction.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Article {
    /// A readable id, unique in one run: the given one, or the file's stem.
    pub id: String,
    /// Where it was read from, as the user wrote it; `-` for standard input.
    pub path: String,
    /// Number of the record within the file, from 0; `None` when the file is one article.
    pub record: Option<u32>,
    /// Clean text: blocks separated by one blank line.
    pub text: String,
    /// The headline, where one is known.
    pub title: Option<String>,
    /// Names of people; no outlets, no "Staff".
    pub authors: Vec<String>,
    /// The outlet's name or host.
    pub outlet: Option<String>,
    /// The article's address.
    pub url: Option<String>,
    /// When it was published.
    pub published: Published,
    /// ISO 639-1 code, where it is known.
    pub language: Option<String>,
    /// The suppliers that the article declares for itself.
    pub credits: Vec<Credit>,
    /// What the article says it is derived from: addresses or names.
    pub derived_from: Vec<String>,
    /// The kept blocks, in order.
    pub blocks: Vec<Block>,
    /// The removed blocks, in order.
    pub removed: Vec<Removed>,
    /// The way back from the clean text to the source, in order of `clean`.
    pub segments: Vec<Segment>,
    /// Where each piece of metadata comes from and how sure it is, in the order of [`Fact`].
    pub evidence: Vec<Evidence>,
    /// What a user should know.
    pub warnings: Vec<Warning>,
}

impl Article {
    /// The article's headline for people: its title, or its first words.
    pub fn headline(&self) -> &str {
        match &self.title {
            Some(title) => title,
            None => {
                let line = self.text.lines().next().unwrap_or("");
                let end = line.char_indices().map(|(i, _)| i).find(|&i| i >= 90).unwrap_or(line.len());
                &line[..end]
            }
        }
    }
}
