//! Feeds, lists of feeds and sitemaps: RSS 0.9–2.0, Atom, OPML, sitemaps with news fields.
//!
//! One pass over the XML. Entities that a document declares itself are never expanded; depth and number of entries
//! are bounded; what breaks off gives the entries before the break.

use crate::Declared;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Entries of one file.
const MAX_ENTRIES: usize = 100_000;

/// Elements within each other; deeper ones are passed over.
const MAX_DEPTH: usize = 128;

/// Bytes of a field that is no content.
const MAX_FIELD: usize = 8 * 1024;

/// What a file of XML is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// RSS or Atom.
    Feed,
    /// A list of feeds.
    Opml,
    /// A list of pages, or of such lists.
    Sitemap,
}

/// One entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) declared: Declared,
    /// Its content, as mark-up or text.
    pub(crate) content: Option<String>,
    /// Its summary.
    pub(crate) summary: Option<String>,
}

/// A file, read.
#[derive(Debug)]
pub(crate) struct Parsed {
    pub(crate) entries: Vec<Entry>,
    /// Addresses of feeds or of further sitemaps.
    pub(crate) lists: Vec<String>,
    /// Why reading ended early.
    pub(crate) broken: Option<String>,
}

/// What the first element says; `None` when it is none of these.
pub(crate) fn kind_of(text: &str) -> Option<Kind> {
    let mut reader = reader(text);
    for _ in 0..64 {
        match reader.read_event() {
            Ok(Event::Start(e) | Event::Empty(e)) => {
                return match e.local_name().into_inner().to_ascii_lowercase().as_str() {
                    "rss" | "feed" | "rdf" | "channel" => Some(Kind::Feed),
                    "opml" => Some(Kind::Opml),
                    "urlset" | "sitemapindex" => Some(Kind::Sitemap),
                    _ => None,
                };
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
    None
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

fn attribute(e: &BytesStart, name: &str) -> Option<String> {
    let found = e.attributes().with_checks(false).take(100).flatten().find(|a| a.key.into_inner() == name)?;
    let raw = found.value.as_ref();
    // An entity of the document's own is left as it stands.
    let value = quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), |v| v.into_owned());
    Some(value.trim().to_owned()).filter(|v| !v.is_empty() && v.len() <= MAX_FIELD)
}

fn entity(name: &str) -> &'static str {
    match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u{a0}",
        "ndash" => "–",
        "mdash" => "—",
        "lsquo" => "‘",
        "rsquo" => "’",
        "ldquo" => "“",
        "rdquo" => "”",
        "hellip" => "…",
        _ => "",
    }
}

/// What is known of the feed as a whole.
#[derive(Default)]
struct Channel {
    title: Option<String>,
    language: Option<String>,
}

/// Reads a file whose kind is known.
pub(crate) fn parse(text: &str, kind: Kind) -> Parsed {
    let mut out = Parsed { entries: Vec::new(), lists: Vec::new(), broken: None };
    let mut reader = reader(text);
    let mut stack: Vec<String> = Vec::new();
    let mut words = String::new();
    let mut entry: Option<Entry> = None;
    let mut channel = Channel::default();
    // Depths of the element an entry began with, and of a `source` inside it.
    let (mut entry_depth, mut in_source) = (0usize, 0usize);
    let mut depth = 0usize;
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(e) => {
                out.broken = Some(e.to_string());
                break;
            }
        };
        match event {
            Event::Eof => {
                if depth > 0 && entry.is_some() {
                    out.broken = Some("the last entry breaks off".to_owned());
                }
                break;
            }
            Event::Start(e) => {
                depth += 1;
                let name = e.name().into_inner().to_ascii_lowercase();
                words.clear();
                if depth <= MAX_DEPTH {
                    stack.push(name.clone());
                }
                match name.as_str() {
                    "item" | "entry" | "url" if entry.is_none() && kind != Kind::Opml => {
                        entry = Some(Entry {
                            declared: Declared { language: attribute(&e, "xml:lang"), ..Declared::default() },
                            ..Entry::default()
                        });
                        entry_depth = depth;
                    }
                    "feed" | "rss" | "channel" if channel.language.is_none() => {
                        channel.language = attribute(&e, "xml:lang");
                    }
                    "source" if entry.is_some() && in_source == 0 => {
                        in_source = depth;
                        if let (Some(entry), Some(url)) = (entry.as_mut(), attribute(&e, "url")) {
                            entry.declared.derived_from.push(url);
                        }
                    }
                    "content" | "summary" | "atom:content"
                        if attribute(&e, "type").as_deref() == Some("xhtml") =>
                    {
                        match reader.read_text(e.name()) {
                            Ok(inner) => {
                                if let Some(entry) = entry.as_mut() {
                                    keep(entry, &name, inner.as_ref());
                                }
                            }
                            Err(error) => {
                                out.broken = Some(error.to_string());
                                break;
                            }
                        }
                        depth -= 1;
                        stack.pop();
                    }
                    _ => empty(&e, &name, kind, entry.as_mut(), &mut out),
                }
            }
            Event::Empty(e) => {
                let name = e.name().into_inner().to_ascii_lowercase();
                empty(&e, &name, kind, entry.as_mut(), &mut out);
            }
            Event::Text(t) => words.push_str(&t.xml10_content()),
            Event::CData(t) => words.push_str(&t.xml10_content()),
            Event::GeneralRef(r) => match r.resolve_char_ref() {
                Ok(Some(c)) => words.push(c),
                _ => words.push_str(entity(&r)),
            },
            Event::End(_) => {
                let name = if depth <= MAX_DEPTH { stack.pop().unwrap_or_default() } else { String::new() };
                let value = std::mem::take(&mut words);
                if depth == entry_depth && entry.is_some() {
                    finish(entry.take(), &channel, &mut out);
                    (entry_depth, in_source) = (0, 0);
                } else if let Some(entry) = entry.as_mut() {
                    let inside = stack.last().map_or("", String::as_str);
                    let sourced = in_source > 0 && depth >= in_source;
                    field(entry, &name, inside, value.trim(), sourced);
                } else {
                    let inside = stack.last().map_or("", String::as_str);
                    about_channel(&name, inside, value.trim(), &mut channel, &mut out);
                }
                if depth == in_source {
                    in_source = 0;
                }
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        if out.entries.len() >= MAX_ENTRIES || out.lists.len() >= MAX_ENTRIES {
            out.broken = Some(format!("more than {MAX_ENTRIES} entries; the rest is left out"));
            break;
        }
    }
    // What stands behind the first entries may name the channel.
    for entry in &mut out.entries {
        finish_declared(&mut entry.declared, &channel);
    }
    out
}

/// Elements whose attributes say something.
fn empty(e: &BytesStart, name: &str, kind: Kind, entry: Option<&mut Entry>, out: &mut Parsed) {
    match (name, kind) {
        ("outline", Kind::Opml) => {
            if let Some(url) = attribute(e, "xmlUrl").or_else(|| attribute(e, "xmlurl")) {
                out.lists.push(url);
            }
        }
        ("link" | "atom:link", Kind::Feed) => {
            let Some(href) = attribute(e, "href") else { return };
            let rel = attribute(e, "rel").unwrap_or_else(|| "alternate".to_owned());
            if let Some(entry) = entry {
                match rel.as_str() {
                    "alternate" if entry.declared.url.is_none() => entry.declared.url = Some(href),
                    "via" => entry.declared.derived_from.push(href),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

fn keep(entry: &mut Entry, name: &str, value: &str) {
    let place = if name.ends_with("content") || name == "content:encoded" {
        &mut entry.content
    } else {
        &mut entry.summary
    };
    if !value.trim().is_empty() && place.as_ref().is_none_or(|old| old.len() < value.len()) {
        *place = Some(value.trim().to_owned());
    }
}

fn field(entry: &mut Entry, name: &str, inside: &str, value: &str, sourced: bool) {
    if value.is_empty() {
        return;
    }
    if matches!(name, "content:encoded" | "content" | "description" | "summary" | "atom:content") && !sourced
    {
        return keep(entry, name, value);
    }
    if value.len() > MAX_FIELD {
        return;
    }
    let d = &mut entry.declared;
    let first = |place: &mut Option<String>| {
        if place.is_none() {
            *place = Some(value.to_owned());
        }
    };
    if sourced {
        if matches!(name, "source" | "title") && d.derived_from.len() < 8 {
            d.derived_from.push(value.to_owned());
        }
        return;
    }
    match name {
        "title" | "news:title" | "dc:title" => first(&mut d.title),
        "link" | "loc" => first(&mut d.url),
        "guid" | "id" if value.starts_with("http") => first(&mut d.url),
        "pubdate" | "published" | "dc:date" | "news:publication_date" | "issued" => first(&mut d.published),
        "dc:creator" | "author" | "itunes:author" if d.authors.len() < 20 => d.authors.push(person(value)),
        "name" if inside == "author" && d.authors.len() < 20 => d.authors.push(value.to_owned()),
        "news:name" => first(&mut d.outlet),
        "news:language" | "dc:language" | "language" => first(&mut d.language),
        _ => {}
    }
}

/// RSS gives authors as "mail@host (Name)".
fn person(value: &str) -> String {
    match value.split_once('(').and_then(|(mail, rest)| Some((mail, rest.split_once(')')?.0))) {
        Some((mail, name)) if mail.contains('@') && !name.trim().is_empty() => name.trim().to_owned(),
        _ => value.to_owned(),
    }
}

fn about_channel(name: &str, inside: &str, value: &str, channel: &mut Channel, out: &mut Parsed) {
    if value.is_empty() || value.len() > MAX_FIELD {
        return;
    }
    match name {
        "title" if matches!(inside, "channel" | "feed") && channel.title.is_none() => {
            channel.title = Some(value.to_owned());
        }
        "language" | "dc:language" if channel.language.is_none() => channel.language = Some(value.to_owned()),
        "loc" if inside == "sitemap" => out.lists.push(value.to_owned()),
        _ => {}
    }
}

fn finish(entry: Option<Entry>, channel: &Channel, out: &mut Parsed) {
    let Some(mut entry) = entry else { return };
    finish_declared(&mut entry.declared, channel);
    out.entries.push(entry);
}

fn finish_declared(declared: &mut Declared, channel: &Channel) {
    if declared.outlet.is_none() {
        declared.outlet.clone_from(&channel.title);
    }
    if declared.language.is_none() {
        declared.language.clone_from(&channel.language);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Parsed {
        parse(text, kind_of(text).unwrap())
    }

    #[test]
    fn rss() {
        let parsed = read(
            "<?xml version='1.0'?><rss version='2.0'><channel><title>Weir Post</title><language>en</language>\
             <item><title>Two boats &amp; a buoy</title><link>https://weir.example/1</link>\
             <pubDate>Thu, 13 Mar 2025 18:05:00 +0100</pubDate><author>a@weir.example (Ana Lima)</author>\
             <source url='https://agency.example/feed'>Harbour Agency</source>\
             <description>Short.</description><content:encoded><![CDATA[<p>Long &amp; whole.</p>]]></content:encoded></item>\
             <item><guid>https://weir.example/2</guid><dc:creator>Jana Novak</dc:creator></item></channel></rss>",
        );
        let [a, b] = &parsed.entries[..] else { panic!("{parsed:?}") };
        assert_eq!(a.declared.title.as_deref(), Some("Two boats & a buoy"));
        assert_eq!(a.declared.authors, ["Ana Lima"]);
        assert_eq!(a.declared.derived_from, ["https://agency.example/feed", "Harbour Agency"]);
        assert_eq!(a.content.as_deref(), Some("<p>Long &amp; whole.</p>"));
        assert_eq!(
            (a.declared.outlet.as_deref(), a.declared.language.as_deref()),
            (Some("Weir Post"), Some("en"))
        );
        assert_eq!(b.declared.url.as_deref(), Some("https://weir.example/2"));
    }

    #[test]
    fn atom() {
        let parsed = read(
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'><title>Weir</title><entry><title>T</title>\
             <link href='https://w.example/1'/><link rel='via' href='https://o.example/9'/>\
             <published>2025-03-13T18:05:00Z</published><author><name>Ana Lima</name></author>\
             <content type='xhtml'><div><p>One <b>two</b>.</p></div></content><source><title>Other</title></source></entry></feed>",
        );
        let [e] = &parsed.entries[..] else { panic!("{parsed:?}") };
        assert_eq!(e.content.as_deref(), Some("<div><p>One <b>two</b>.</p></div>"));
        assert_eq!(
            (e.declared.url.as_deref(), e.declared.title.as_deref()),
            (Some("https://w.example/1"), Some("T"))
        );
        assert_eq!(e.declared.derived_from, ["https://o.example/9", "Other"]);
        assert_eq!((e.declared.authors.len(), e.declared.language.as_deref()), (1, Some("de")));
    }

    #[test]
    fn lists() {
        let opml = read(
            "<opml><body><outline text='a'><outline xmlUrl='https://a.example/f'/></outline></body></opml>",
        );
        assert_eq!(opml.lists, ["https://a.example/f"]);
        let map = read(
            "<urlset><url><loc>https://a.example/1</loc><news:news><news:publication><news:name>Weir</news:name>\
             <news:language>en</news:language></news:publication><news:publication_date>2025-03-13</news:publication_date>\
             <news:title>T</news:title></news:news></url></urlset>",
        );
        let d = &map.entries[0].declared;
        assert_eq!((d.outlet.as_deref(), d.published.as_deref()), (Some("Weir"), Some("2025-03-13")));
        let index =
            read("<sitemapindex><sitemap><loc>https://a.example/s.xml</loc></sitemap></sitemapindex>");
        assert_eq!(index.lists, ["https://a.example/s.xml"]);
        assert_eq!(kind_of("<html><body>"), None);
    }

    #[test]
    fn hostile() {
        let laughs = "<!DOCTYPE r [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]>\
                      <rss><channel><item><title>&c;x</title></item></channel></rss>";
        assert_eq!(read(laughs).entries[0].declared.title.as_deref(), Some("x"));
        let deep = format!("<rss><channel><item>{}", "<a>".repeat(50_000));
        assert!(read(&deep).entries.is_empty());
        let cut = read("<rss><channel><item><title>A</title></item><item><title>B");
        assert_eq!((cut.entries.len(), cut.broken.is_some()), (1, true));
        let wrong = read("<rss></b></a><channel></x><item><title>A & B</title></item></channel></rss>");
        assert_eq!(wrong.entries.len(), 1, "{wrong:?}");
    }
}
