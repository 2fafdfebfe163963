//! Tags that are written as tags should be, read without the tokenizer: it goes through every tag letter by letter, and
//! nearly all tags of nearly all pages are plain.
//!
//! Gives what the tokenizer would give, but for attributes that nobody reads; whatever is odd is left to it. Attributes
//! that shape the tree stay.

use super::dom::Key;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind};
use html5ever::{Attribute, LocalName, QualName, ns};

/// Elements whose attributes shape the tree or are compared by the rules of HTML: formatting, and those that are
/// merged or looked into.
const WHOLE: &[&str] = &[
    "b",
    "big",
    "code",
    "em",
    "font",
    "i",
    "nobr",
    "s",
    "small",
    "strike",
    "strong",
    "tt",
    "u",
    "input",
    "template",
    "html",
    "body",
    "meta",
    "isindex",
    "annotation-xml",
];

/// Elements behind whose start the tokenizer changes its ways, and must see it.
const CHANGING: &[&str] = &["title", "textarea", "xmp", "plaintext"];

/// Most attributes of one element: each is compared with those before it.
const MOST_ATTRIBUTES: usize = 48;

/// Longest name of an element or attribute that is read here, in bytes.
const NAME_BYTES: usize = 24;

/// A tag, and where it ends.
pub(super) struct Read {
    pub(super) tag: Tag,
    pub(super) end: usize,
}

fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
}

/// Bytes that end a name.
fn ends_name(b: u8) -> bool {
    is_space(b) || matches!(b, b'/' | b'>' | b'=')
}

/// Whether words need no reading: no reference, no line ends to be brought into form, no zero byte.
pub(super) fn is_plain(words: &[u8]) -> bool {
    memchr::memchr3(b'&', b'\r', 0, words).is_none()
}

/// References that are read here; the tokenizer knows two thousand.
const REFERENCES: &[(&str, &str)] = &[
    ("amp", "&"),
    ("nbsp", "\u{a0}"),
    ("quot", "\""),
    ("lt", "<"),
    ("gt", ">"),
    ("apos", "'"),
    ("rsquo", "’"),
    ("lsquo", "‘"),
    ("rdquo", "”"),
    ("ldquo", "“"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("raquo", "»"),
    ("laquo", "«"),
    ("middot", "·"),
    ("bull", "•"),
    ("copy", "©"),
    ("reg", "®"),
    ("eacute", "é"),
    ("auml", "ä"),
    ("ouml", "ö"),
    ("uuml", "ü"),
    ("szlig", "ß"),
];

/// Bytes of the longest of them, and of a number.
const REFERENCE_BYTES: usize = 8;

/// Words with their references read into `out`; false where the tokenizer has to read them.
pub(super) fn words(words: &str, out: &mut String) -> bool {
    if memchr::memchr2(b'\r', 0, words.as_bytes()).is_some() {
        return false;
    }
    out.clear();
    let mut rest = words;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        // Alone it stands for itself.
        if rest.starts_with(' ') {
            out.push('&');
            continue;
        }
        let head = &rest.as_bytes()[..rest.len().min(REFERENCE_BYTES)];
        let Some(end) = memchr::memchr(b';', head) else { return false };
        let name = &rest[..end];
        if let Some((_, read)) = REFERENCES.iter().find(|r| r.0 == name) {
            out.push_str(read);
        } else if let Some(c) = number(name) {
            out.push(c);
        } else {
            return false;
        }
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    true
}

/// The letter of a reference by number; nothing for those that the rules of HTML change.
fn number(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) if hex.bytes().all(|b| b.is_ascii_hexdigit()) => u32::from_str_radix(hex, 16).ok()?,
        None if digits.bytes().all(|b| b.is_ascii_digit()) => digits.parse().ok()?,
        _ => return None,
    };
    char::from_u32(code).filter(|c| matches!(*c, ' '..='~') || *c >= '\u{a0}')
}

/// A name in small letters; nothing where it is odd or long.
fn name<'b>(written: &[u8], room: &'b mut [u8; NAME_BYTES]) -> Option<&'b str> {
    let out = room.get_mut(..written.len())?;
    for (small, b) in out.iter_mut().zip(written) {
        if !b.is_ascii_alphanumeric() && !matches!(b, b'-' | b'_' | b':' | b'.') {
            return None;
        }
        *small = b.to_ascii_lowercase();
    }
    std::str::from_utf8(out).ok()
}

/// The tag at the beginning of `piece`; `cut` gives a range of the piece.
pub(super) fn tag(piece: &str, cut: impl Fn(usize, usize) -> StrTendril) -> Option<Read> {
    let bytes = piece.as_bytes();
    let mut room = [0; NAME_BYTES];
    if *bytes.get(1)? == b'/' {
        if !bytes.get(2)?.is_ascii_alphabetic() {
            return None;
        }
        let mut at = 2 + bytes[2..].iter().position(|b| ends_name(*b))?;
        let local = LocalName::from(name(&bytes[2..at], &mut room)?);
        while is_space(*bytes.get(at)?) {
            at += 1;
        }
        let tag = Tag {
            kind: TagKind::EndTag,
            name: local,
            self_closing: false,
            attrs: Vec::new(),
            had_duplicate_attributes: false,
        };
        return (bytes[at] == b'>').then_some(Read { tag, end: at + 1 });
    }
    if !bytes[1].is_ascii_alphabetic() {
        return None;
    }
    let mut at = 1 + bytes[1..].iter().position(|b| ends_name(*b))?;
    let element = name(&bytes[1..at], &mut room)?;
    if CHANGING.contains(&element) {
        return None;
    }
    let whole = element.len() <= 14 && WHOLE.contains(&element);
    let mut tag = Tag {
        kind: TagKind::StartTag,
        name: LocalName::from(element),
        self_closing: false,
        attrs: Vec::new(),
        had_duplicate_attributes: false,
    };
    loop {
        let slash = at;
        while is_space(*bytes.get(at)?) || bytes[at] == b'/' {
            at += 1;
        }
        if bytes[at] == b'>' {
            tag.self_closing = at > slash && bytes[at - 1] == b'/';
            return Some(Read { tag, end: at + 1 });
        }
        let start = at;
        at += bytes[at..].iter().position(|b| ends_name(*b))?;
        let own = &bytes[start..at];
        if own.is_empty() || own.iter().any(|b| matches!(b, b'"' | b'\'' | b'<' | 0) || !b.is_ascii()) {
            return None;
        }
        let (from, to, end) = value(bytes, at)?;
        at = end;
        let mut room = [0; NAME_BYTES];
        let Some(own) = name(own, &mut room) else {
            // A name that nobody reads; compared by the rules only where all are.
            if whole {
                return None;
            }
            continue;
        };
        let key = Key::of(own);
        if !whole && key.is_none() {
            continue;
        }
        let mut words = &piece[from..to];
        if !whole && let Some(key) = key {
            match key.asked(element, words) {
                Some(end) => words = &words[..end],
                // A reference may hide what is asked for.
                None if key == Key::Style && words.contains('&') => {}
                None => continue,
            }
        }
        let value = match is_plain(words.as_bytes()) {
            true => cut(from, from + words.len()),
            false => {
                let mut read = String::with_capacity(words.len());
                self::words(words, &mut read).then(|| StrTendril::from_slice(&read))?
            }
        };
        let local = LocalName::from(own);
        if tag.attrs.iter().any(|a| a.name.local == local) {
            tag.had_duplicate_attributes = true;
            continue;
        }
        if tag.attrs.len() >= MOST_ATTRIBUTES {
            return None;
        }
        tag.attrs.push(Attribute { name: QualName::new(None, ns!(), local), value });
    }
}

/// The value behind an attribute's name, and where it ends with its marks; empty where there is none.
fn value(bytes: &[u8], name_end: usize) -> Option<(usize, usize, usize)> {
    let mut at = name_end;
    while is_space(*bytes.get(at)?) {
        at += 1;
    }
    if bytes[at] != b'=' {
        return Some((name_end, name_end, name_end));
    }
    at += 1;
    while is_space(*bytes.get(at)?) {
        at += 1;
    }
    let quote = bytes[at];
    if matches!(quote, b'"' | b'\'') {
        let to = at + 1 + memchr::memchr(quote, &bytes[at + 1..])?;
        return (is_space(*bytes.get(to + 1)?) || matches!(bytes[to + 1], b'/' | b'>')).then_some((
            at + 1,
            to,
            to + 1,
        ));
    }
    let to = at + bytes[at..].iter().position(|b| is_space(*b) || *b == b'>')?;
    let plain = to > at && !bytes[at..to].iter().any(|b| matches!(b, b'"' | b'\'' | b'<' | b'=' | b'`' | 0));
    plain.then_some((at, to, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(piece: &str, expect: Option<&str>) {
        let got = tag(piece, |from, to| StrTendril::from_slice(&piece[from..to])).map(|read| {
            let mut out =
                format!("{}{}", if read.tag.kind == TagKind::EndTag { "/" } else { "" }, &*read.tag.name);
            for a in &read.tag.attrs {
                out += &format!(" {}={}", &*a.name.local, &*a.value);
            }
            out + if read.tag.self_closing { " /|" } else { "|" } + &piece[read.end..]
        });
        assert_eq!(got.as_deref(), expect, "{piece}");
    }

    #[test]
    fn plain_tags_are_read() {
        check("<p>One", Some("p|One"));
        check("</DIV >One", Some("/div|One"));
        check("<div data-x='1 > 0' class=\"a b\">text", Some("div class=a b|text"));
        check("<path d=\"M0 0 1 1\" />", Some("path /|"));
        check("<IMG SRC=0123 ID = x />b", Some("img id=x /|b"));
        check("<img id=x/>b", Some("img id=x/|b"));
        check("<a onclick='0' hidden>b", Some("a hidden=|b"));
        check("<a href='/author/x?a=1&amp;b=2' class=a class=b>", Some("a href=/author/x class=a|"));
        check("<b data-x=1 data-y>", Some("b data-x=1 data-y=|"));
        check("<p style='color:red' title=a>", Some("p title=a|"));
        check("<div class='a&amp;b' style='a&#58;b'>", Some("div class=a&b style=a:b|"));
    }

    #[test]
    fn references_are_read() {
        let mut out = String::new();
        assert!(words("a &amp; b &#8217;&#x2019; & c&nbsp;", &mut out));
        assert_eq!(out, "a & b ’’ & c\u{a0}");
        for odd in [
            "&lt", "&b=c;", "&zwnj;", "&#0;", "&#150;", "&#xd800;", "&#+5;", "&", "&&amp;", "&#;", "a\r&amp;",
        ] {
            assert!(!words(odd, &mut out), "{odd}");
        }
    }

    #[test]
    fn odd_tags_are_left_to_the_tokenizer() {
        for piece in [
            "<div class='a>",
            "<div class='a'y=1>",
            "<div class=\"a\" =y>",
            "<div class=a'b>",
            "<div class='a&ampb'>",
            "<div style='a&colon;b'>",
            "<div data-ü='0'>",
            "<div class='a\r\n'>",
            "<b data-ü=1>",
            "</div class=a>",
            "<title>",
            "<!-- a -->",
            "< div>",
            "</>",
            "</",
            "<",
            "",
        ] {
            check(piece, None);
        }
    }
}
