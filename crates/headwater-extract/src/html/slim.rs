//! Tags without the attributes that nobody reads, before the tokenizer sees them: it goes through them letter by letter,
//! and pictures, frameworks and drawings carry most of a page's bytes in them.
//!
//! Only tags that are written as tags should be; any other goes to the tokenizer as it stands. Attributes that shape
//! the tree stay.

/// Attributes that are kept; the same as `dom::Key`.
const KEPT: &[&[u8]] = &[
    b"class",
    b"id",
    b"itemprop",
    b"role",
    b"name",
    b"property",
    b"content",
    b"href",
    b"rel",
    b"datetime",
    b"lang",
    b"type",
    b"style",
    b"hidden",
    b"aria-hidden",
    b"title",
    b"http-equiv",
    b"data-testid",
    b"data-component",
    b"data-qa",
];

/// Elements whose attributes shape the tree or are compared by the rules of HTML: formatting, and those that are
/// merged or looked into.
const WHOLE: &[&[u8]] = &[
    b"b",
    b"big",
    b"code",
    b"em",
    b"font",
    b"i",
    b"nobr",
    b"s",
    b"small",
    b"strike",
    b"strong",
    b"tt",
    b"u",
    b"input",
    b"template",
    b"html",
    b"body",
    b"meta",
    b"isindex",
    b"annotation-xml",
];

/// Bytes of attributes from which leaving them out is worth a copy of the rest.
const WORTH: usize = 24;

fn is_one_of(list: &[&[u8]], name: &[u8]) -> bool {
    list.iter().any(|w| w.eq_ignore_ascii_case(name))
}

/// Bytes that end a name.
fn ends_name(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0c | b'/' | b'>' | b'=')
}

fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
}

/// Writes the start tag at the beginning of `piece` into `out` without what nobody reads; gives where it ends. Nothing
/// where the tag is odd, or little would be gained.
pub(super) fn tag(piece: &str, out: &mut String) -> Option<usize> {
    let bytes = piece.as_bytes();
    if !bytes.get(1)?.is_ascii_alphabetic() {
        return None;
    }
    let mut at = 1 + bytes[1..].iter().position(|b| ends_name(*b))?;
    let name = &bytes[1..at];
    if at < 2 || !name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-') || is_one_of(WHOLE, name) {
        return None;
    }
    // Short tags gain nothing.
    if memchr::memchr(b'>', bytes)? < at + WORTH {
        return None;
    }
    out.clear();
    out.push_str(&piece[..at]);
    let mut dropped = 0;
    loop {
        let slash = at;
        while bytes.get(at).is_some_and(|b| is_space(*b) || *b == b'/') {
            at += 1;
        }
        if *bytes.get(at)? == b'>' {
            if at > slash && bytes[at - 1] == b'/' {
                out.push_str(" /");
            }
            out.push('>');
            return (dropped >= WORTH).then_some(at + 1);
        }
        let start = at;
        at += bytes[at..].iter().position(|b| ends_name(*b))?;
        let own = &bytes[start..at];
        if own.is_empty() || own.iter().any(|b| matches!(b, b'"' | b'\'' | b'<' | 0) || !b.is_ascii()) {
            return None;
        }
        let end = value_end(bytes, at)?;
        if is_one_of(KEPT, own) {
            out.push(' ');
            out.push_str(&piece[start..end]);
        } else {
            dropped += end - start;
        }
        at = end;
    }
}

/// Where the value behind an attribute's name ends; the name's own end where it has none.
fn value_end(bytes: &[u8], name_end: usize) -> Option<usize> {
    let mut at = name_end;
    while is_space(*bytes.get(at)?) {
        at += 1;
    }
    if bytes[at] != b'=' {
        return Some(name_end);
    }
    at += 1;
    while is_space(*bytes.get(at)?) {
        at += 1;
    }
    let quote = bytes[at];
    if matches!(quote, b'"' | b'\'') {
        let end = at + 1 + memchr::memchr(quote, &bytes[at + 1..])? + 1;
        return (is_space(*bytes.get(end)?) || matches!(bytes[end], b'/' | b'>')).then_some(end);
    }
    let end = at + bytes[at..].iter().position(|b| is_space(*b) || *b == b'>')?;
    let plain =
        end > at && !bytes[at..end].iter().any(|b| matches!(b, b'"' | b'\'' | b'<' | b'=' | b'`' | 0));
    plain.then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(piece: &str, expect: Option<&str>) {
        let mut out = String::new();
        let got = tag(piece, &mut out).map(|end| format!("{out}{}", &piece[end..]));
        assert_eq!(got.as_deref(), expect, "{piece}");
    }

    #[test]
    fn attributes_nobody_reads_go() {
        check(
            "<div data-x='0123456789012345678901234567 > 0' class=\"a b\">text",
            Some("<div class=\"a b\">text"),
        );
        check("<path d=\"M0 0 1 1 2 2 3 3 4 4 5 5 6 6 7 7\" />", Some("<path />"));
        check("<IMG SRC=0123456789012345678901234567890 ID = x />b", Some("<IMG ID = x />b"));
        check("<a onclick='0123456789012345678901234567' hidden>b", Some("<a hidden>b"));
    }

    #[test]
    fn odd_tags_stay_as_they_are() {
        for piece in [
            "<div class=a>",
            "<b data-x='01234567890123456789012345678'>",
            "<div data-x='01234567890123456789012345678>",
            "<div data-x='0123456789012345678901234567'y=1>",
            "<div data-x=\"01234567890123456789012345\" =y>",
            "<div data-x=01234567890123'4567890123456789>",
            "<div data-ü='01234567890123456789012345678'>",
            "</div data-x='01234567890123456789012345678'>",
            "<!-- data-x='01234567890123456789012345678' -->",
            "< div data-x='01234567890123456789012345678'>",
            "<",
            "",
        ] {
            check(piece, None);
        }
    }
}
