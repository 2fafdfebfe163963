//! What comes in: one page with what its carrier knew, or a problem with the place and the next step.

/// What the carrier of a page (a JSONL row, a table of metadata) says of it; nothing is checked here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declared {
    /// The page's address.
    pub url: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Its publication time, as written.
    pub published: Option<String>,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// Its language, as written.
    pub language: Option<String>,
    /// When it was fetched, as written.
    pub fetched: Option<String>,
    /// The names of its authors, as written.
    pub authors: Vec<String>,
    /// What it says it was taken from: addresses or names.
    pub derived_from: Vec<String>,
}

impl Declared {
    /// Whether nothing is declared.
    pub fn is_empty(&self) -> bool {
        *self == Declared::default()
    }

    /// Takes from `other` what is not known yet.
    pub fn fill_from(&mut self, other: &Declared) {
        let fields = [
            (&mut self.url, &other.url),
            (&mut self.title, &other.title),
            (&mut self.published, &other.published),
            (&mut self.outlet, &other.outlet),
            (&mut self.language, &other.language),
            (&mut self.fetched, &other.fetched),
        ];
        for (mine, theirs) in fields {
            if mine.is_none() {
                mine.clone_from(theirs);
            }
        }
        for (mine, theirs) in
            [(&mut self.authors, &other.authors), (&mut self.derived_from, &other.derived_from)]
        {
            if mine.is_empty() {
                mine.clone_from(theirs);
            }
        }
    }
}

/// The page itself, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageBody {
    /// A web page.
    Html(String),
    /// Text that was taken out of a page already, with or without residue.
    Text(String),
}

impl PageBody {
    /// The decoded source, whatever it is.
    pub fn source(&self) -> &str {
        match self {
            PageBody::Html(s) | PageBody::Text(s) => s,
        }
    }
}

/// One page as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawPage {
    /// Where it was read from, as the user wrote it, with the way inside a folder added; `-` for standard input.
    pub path: String,
    /// The row within the file, from 0; `None` when the file is one page.
    pub record: Option<u32>,
    /// The id that the row gives.
    pub id: Option<String>,
    /// Its content.
    pub body: PageBody,
    /// What the carrier knew of it.
    pub declared: Declared,
    /// The name of the encoding it was decoded from, such as `UTF-8` or `windows-1252`.
    pub encoding: &'static str,
    /// Length of the source in bytes before decoding.
    pub bytes: u64,
}

/// Something that could not be read, or not as it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file or folder concerned, as the user wrote it.
    pub path: String,
    /// The row within the file, from 0.
    pub record: Option<u32>,
    /// Stable machine-readable code in kebab case, such as `missing-path`.
    pub code: &'static str,
    /// What was expected and what was found; names the file (and the line).
    pub message: String,
    /// The next step.
    pub hint: String,
    /// Whether the input was left out. `false` for a remark about a page that was read.
    pub skipped: bool,
}

impl Problem {
    /// Something that was left out.
    pub(crate) fn skipped(
        path: &str,
        record: Option<u32>,
        code: &'static str,
        message: String,
        hint: &str,
    ) -> Item {
        let (path, hint) = (path.to_owned(), hint.to_owned());
        Item::Problem(Problem { path, record, code, message, hint, skipped: true })
    }

    /// A remark about something that was read.
    pub(crate) fn remark(
        path: &str,
        record: Option<u32>,
        code: &'static str,
        message: String,
        hint: &str,
    ) -> Item {
        let (path, hint) = (path.to_owned(), hint.to_owned());
        Item::Problem(Problem { path, record, code, message, hint, skipped: false })
    }
}

/// One step of reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A page.
    Page(RawPage),
    /// A problem; reading goes on.
    Problem(Problem),
}
