//! Bytes to text: byte-order mark, then what the transport says, then what the page declares, then UTF-8, then detection.
//!
//! Bytes that are valid UTF-8 beyond ASCII are UTF-8, whatever the page declares: the chance that
//! text in another encoding happens to be valid is negligible, and wrong declarations are common.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Text, and how it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text; what could not be decoded stands as U+FFFD.
    pub text: String,
    /// Name of the encoding.
    pub encoding: &'static str,
    /// Whether the encoding had to be guessed.
    pub guessed: bool,
    /// Whether some bytes fitted no character.
    pub damaged: bool,
}

/// Bytes at the start of a page in which a declaration of the encoding is looked for. HTML says 1,024;
/// pages of the segments bench put it as late as 3,000.
const DECLARATION_BYTES: usize = 4_096;

/// Bytes that the detector reads; more changes nothing on the pages of the segments bench.
const DETECTION_BYTES: usize = 256 * 1024;

/// Share of zero bytes in one parity of positions from which bytes without a mark are read as UTF-16.
const UTF16_ZEROS: f64 = 0.35;

/// Decodes plain text.
pub fn decode_text(bytes: &[u8]) -> Decoded {
    decode(bytes, None)
}

/// Decodes a web page, heeding its own declaration.
pub fn decode_html(bytes: &[u8]) -> Decoded {
    decode(bytes, declared(bytes))
}

/// Decodes a web page that came with a header: the header's `charset` is heeded before the page's own word.
pub fn decode_response(bytes: &[u8], label: Option<&str>) -> Decoded {
    let header = label.and_then(|l| Encoding::for_label(l.trim().as_bytes()));
    decode(bytes, header.or_else(|| declared(bytes)))
}

fn decode(bytes: &[u8], declared: Option<&'static Encoding>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[mark..], false);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return with(encoding, bytes, true);
    }
    match std::str::from_utf8(bytes) {
        // Escape sequences make ISO-2022-JP plain ASCII bytes.
        Ok(text) if !bytes.contains(&0x1b) => {
            return Decoded { text: text.to_owned(), encoding: UTF_8.name(), guessed: false, damaged: false };
        }
        Ok(_) => {}
        // A page that is UTF-8 but for a few broken bytes is UTF-8.
        Err(_) if declared.is_none_or(|e| e == UTF_8) && mostly_utf8(bytes) => {
            return with(UTF_8, bytes, false);
        }
        Err(_) => {}
    }
    match declared.filter(|e| *e != UTF_8) {
        Some(encoding) => with(encoding, bytes, false),
        None => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
            detector.feed(&bytes[..bytes.len().min(DETECTION_BYTES)], true);
            with(detector.guess(None, Utf8Detection::Allow), bytes, true)
        }
    }
}

fn with(encoding: &'static Encoding, bytes: &[u8], guessed: bool) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), encoding: encoding.name(), guessed, damaged }
}

/// Whether there are good sequences of two bytes and more, and at least ten of them for each broken byte.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= bad.saturating_mul(10) && good > 0
}

/// UTF-16 of mostly Latin text shows as a zero in every second byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(2_048)];
    if head.len() < 32 {
        return None;
    }
    let zeros = |parity: usize| {
        head.iter().skip(parity).step_by(2).filter(|b| **b == 0).count() as f64 / (head.len() as f64 / 2.0)
    };
    let (even, odd) = (zeros(0), zeros(1));
    if odd > UTF16_ZEROS && even < 0.02 {
        Some(UTF_16LE)
    } else if even > UTF16_ZEROS && odd < 0.02 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The encoding that a page declares in `<meta>` or an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARATION_BYTES)];
    let lower: Vec<u8> = head.iter().map(u8::to_ascii_lowercase).collect();
    let mut at = 0;
    while let Some(found) = find(&lower[at..], b"<meta").map(|i| i + at) {
        let end = find(&lower[found..], b">").map_or(lower.len(), |i| i + found);
        if let Some(encoding) = label_after(&lower[found..end], b"charset") {
            return Some(encoding);
        }
        at = end.min(lower.len());
    }
    let xml = lower.strip_prefix(b"<?xml")?;
    label_after(&xml[..find(xml, b"?>")?], b"encoding")
}

/// The encoding named after `key` and an equals sign.
fn label_after(tag: &[u8], key: &[u8]) -> Option<&'static Encoding> {
    let rest = tag[find(tag, key)? + key.len()..].trim_ascii_start().strip_prefix(b"=")?;
    let rest = rest.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end =
        rest.iter().position(|b| matches!(b, b'"' | b'\'' | b';' | b' ' | b'/' | b'>')).unwrap_or(rest.len());
    let encoding = Encoding::for_label(&rest[..end])?;
    // A declaration that could be read as ASCII cannot be UTF-16.
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|w| w == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, encoding: &str) {
        let got = decode_html(bytes);
        assert_eq!((got.text.as_str(), got.encoding), (text, encoding));
    }

    #[test]
    fn order_of_evidence() {
        check(b"\xef\xbb\xbfcaf\xc3\xa9", "café", "UTF-8");
        check(b"\xff\xfec\0a\0", "ca", "UTF-16LE");
        check(b"<meta charset=\"iso-8859-1\">caf\xe9", "<meta charset=\"iso-8859-1\">café", "windows-1252");
        // valid UTF-8 beats a wrong declaration
        check(b"<meta charset=latin1>caf\xc3\xa9", "<meta charset=latin1>café", "UTF-8");
        check(
            b"<?xml version='1.0' encoding='koi8-r'?>\xc4\xc1",
            "<?xml version='1.0' encoding='koi8-r'?>да",
            "KOI8-R",
        );
    }

    #[test]
    fn a_header_goes_before_the_page() {
        let got = decode_response(b"<meta charset=koi8-r>caf\xe9", Some("ISO-8859-1"));
        assert_eq!((got.text.as_str(), got.encoding), ("<meta charset=koi8-r>caf\u{e9}", "windows-1252"));
        assert_eq!(decode_response(b"<meta charset=koi8-r>\xc4", Some("no such")).encoding, "KOI8-R");
    }

    #[test]
    fn a_broken_byte_does_not_turn_utf8_into_latin() {
        let mut bytes = "Größe, Übermut, Äpfel, Öfen, süß, für, müde, schön".as_bytes().to_vec();
        bytes.push(0xff);
        let got = decode_text(&bytes);
        assert_eq!((got.encoding, got.damaged), ("UTF-8", true));
    }

    #[test]
    fn legacy_text_is_guessed() {
        let got = decode_text(b"Die Gr\xf6\xdfe der \xc4pfel f\xfcr die Sch\xfcler ist sch\xf6n.");
        assert!(got.guessed && got.text.contains("Größe der Äpfel für"), "{got:?}");
    }
}
