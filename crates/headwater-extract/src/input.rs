//! What the room is given: one page and what its carrier declares.

/// One page.
#[derive(Clone, Copy, Debug)]
pub struct PageInput<'a> {
    /// Where it was read from, as the user wrote it.
    pub path: &'a str,
    /// The row within the file, from 0.
    pub record: Option<u32>,
    /// The id the carrier gives.
    pub id: Option<&'a str>,
    /// Its content, decoded.
    pub body: Body<'a>,
    /// What the carrier knows of it.
    pub declared: Declared<'a>,
}

/// The content of a page.
#[derive(Clone, Copy, Debug)]
pub enum Body<'a> {
    /// A web page.
    Html(&'a str),
    /// Text that was taken out of a page already, with or without residue.
    Text(&'a str),
}

impl<'a> Body<'a> {
    /// The decoded source.
    pub fn source(self) -> &'a str {
        match self {
            Body::Html(s) | Body::Text(s) => s,
        }
    }
}

/// What the carrier of a page knows of it, as written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Declared<'a> {
    /// Its address.
    pub url: Option<&'a str>,
    /// Its headline.
    pub title: Option<&'a str>,
    /// Its publication time.
    pub published: Option<&'a str>,
    /// Its outlet.
    pub outlet: Option<&'a str>,
    /// Its language.
    pub language: Option<&'a str>,
    /// Its authors.
    pub authors: &'a [String],
    /// What it says it was taken from: addresses or names.
    pub derived_from: &'a [String],
}

impl<'a> PageInput<'a> {
    /// A page of which nothing is known but its content.
    pub fn new(path: &'a str, body: Body<'a>) -> Self {
        PageInput { path, record: None, id: None, body, declared: Declared::default() }
    }

    /// The id: the given one, or the file's stem, with the number of the row.
    pub(crate) fn readable_id(&self) -> String {
        if let Some(id) = self.id.map(str::trim).filter(|id| !id.is_empty()) {
            return id.to_owned();
        }
        let name = self.path.rsplit(['/', '\\']).next().unwrap_or(self.path);
        let stem = match name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => name,
        };
        match self.record {
            Some(n) => format!("{stem}#{n}"),
            None => stem.to_owned(),
        }
    }
}
