//! An HTTP response as archives keep it: status, headers, and the body without its wrappings.

use std::io::Read;

/// Most headers that are looked at.
const MAX_HEADERS: usize = 200;

/// Times that a body may grow when it is unpacked, past [`FREE_BYTES`].
const MAX_GROWTH: usize = 250;

/// Bytes that a body may have whatever it grew from.
const FREE_BYTES: usize = 8 * 1024 * 1024;

/// The head of a response.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Head {
    /// The status code; 0 when it is none.
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
}

impl Head {
    /// The first header of a name in small letters.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The media type, in small letters, without parameters.
    pub(crate) fn media_type(&self) -> String {
        media_type(self.get("content-type").unwrap_or(""))
    }

    /// The charset that the header names.
    pub(crate) fn charset(&self) -> Option<&str> {
        charset(self.get("content-type")?)
    }
}

/// "Text/HTML; charset=x" as "text/html".
pub(crate) fn media_type(value: &str) -> String {
    value.split(';').next().unwrap_or("").trim().to_ascii_lowercase()
}

/// The `charset` of a content type.
pub(crate) fn charset(value: &str) -> Option<&str> {
    value.split(';').skip(1).find_map(|p| {
        let (name, value) = p.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
    })
}

/// Header lines as pairs, names in small letters.
pub(crate) fn headers(lines: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(lines);
    let mut out: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = out.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':')
            && out.len() < MAX_HEADERS
        {
            out.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    out
}

/// Parts a response into head and body; `None` when it does not begin as one.
pub(crate) fn split(response: &[u8]) -> Option<(Head, &[u8])> {
    if !response.starts_with(b"HTTP/") {
        return None;
    }
    let windows =
        |mark: &[u8]| response.windows(mark.len()).position(|w| w == mark).map(|i| (i, i + mark.len()));
    let (end, body) = match (windows(b"\r\n\r\n"), windows(b"\n\n")) {
        (Some(a), Some(b)) => {
            if a.0 <= b.0 {
                a
            } else {
                b
            }
        }
        (Some(a), None) | (None, Some(a)) => a,
        (None, None) => (response.len(), response.len()),
    };
    let head = &response[..end];
    let first = head.split(|b| *b == b'\n').next().unwrap_or_default();
    let status = String::from_utf8_lossy(first);
    let status = status.split_whitespace().nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
    Some((Head { status, headers: headers(&head[first.len()..]) }, &response[body..]))
}

/// A body without chunks and compression, and remarks about what was not as it should be.
pub(crate) struct Body {
    pub(crate) bytes: Vec<u8>,
    pub(crate) remark: Option<String>,
}

/// Takes the wrappings off a body; at most `limit` bytes come out.
pub(crate) fn unwrap(head: &Head, body: &[u8], limit: usize) -> Result<Body, String> {
    let mut remark = None;
    let chunked = head.get("transfer-encoding").is_some_and(|t| t.to_ascii_lowercase().contains("chunked"));
    let mut bytes = if chunked { dechunk(body, &mut remark) } else { body.to_vec() };
    let encodings = head.get("content-encoding").unwrap_or("").to_ascii_lowercase();
    for encoding in encodings.split(',').rev().map(str::trim).take(4) {
        bytes = match encoding {
            "" | "identity" | "utf-8" | "none" => bytes,
            // Archives that were unpacked when written keep the header.
            "gzip" | "x-gzip" if !bytes.starts_with(b"\x1f\x8b") => bytes,
            "gzip" | "x-gzip" => {
                unpack(flate2::read::MultiGzDecoder::new(&bytes[..]), bytes.len(), limit, &mut remark)?
            }
            "deflate" if bytes.first().is_some_and(|b| b & 0x0f == 8) => {
                unpack(flate2::read::ZlibDecoder::new(&bytes[..]), bytes.len(), limit, &mut remark)?
            }
            "deflate" => {
                unpack(flate2::read::DeflateDecoder::new(&bytes[..]), bytes.len(), limit, &mut remark)?
            }
            "br" => {
                let looks_plain = bytes.trim_ascii_start().starts_with(b"<");
                if looks_plain {
                    bytes
                } else {
                    unpack(
                        brotli_decompressor::Decompressor::new(&bytes[..], 4096),
                        bytes.len(),
                        limit,
                        &mut remark,
                    )?
                }
            }
            other => {
                return Err(format!(
                    "its content encoding “{}” is not known",
                    other.chars().take(20).collect::<String>()
                ));
            }
        };
    }
    Ok(Body { bytes, remark })
}

fn unpack(
    reader: impl Read,
    packed: usize,
    limit: usize,
    remark: &mut Option<String>,
) -> Result<Vec<u8>, String> {
    let most = limit.min(packed.saturating_mul(MAX_GROWTH).max(FREE_BYTES));
    let mut out = Vec::new();
    let read = reader.take(most as u64 + 1).read_to_end(&mut out);
    if out.len() > most {
        return Err(format!("its body unpacks to more than {} MB", most / (1024 * 1024)));
    }
    if let Err(e) = read {
        if out.is_empty() {
            return Err(format!("its body cannot be unpacked ({e})"));
        }
        *remark = Some(format!("its body breaks off ({e})"));
    }
    Ok(out)
}

/// Joins chunks. A body whose first line is no length was joined already.
fn dechunk(body: &[u8], remark: &mut Option<String>) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let Some(end) = rest.iter().take(1_024).position(|b| *b == b'\n') else {
            if out.is_empty() {
                return body.to_vec();
            }
            // There is no last chunk.
            *remark = Some("its chunked body breaks off".to_owned());
            return out;
        };
        let size = String::from_utf8_lossy(&rest[..end]);
        let size = usize::from_str_radix(size.split(';').next().unwrap_or("").trim(), 16);
        let Ok(size) = size else {
            if out.is_empty() {
                return body.to_vec();
            }
            *remark = Some("its chunked body has a broken length".to_owned());
            return out;
        };
        rest = &rest[end + 1..];
        if size == 0 {
            return out;
        }
        let take = size.min(rest.len());
        out.extend_from_slice(&rest[..take]);
        if take < size {
            *remark = Some("its chunked body breaks off".to_owned());
            return out;
        }
        rest = &rest[take..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(response: &[u8], expect: Result<&str, &str>) {
        let (head, body) = split(response).unwrap();
        match (unwrap(&head, body, 1 << 20), expect) {
            (Ok(body), Ok(text)) => assert_eq!(String::from_utf8_lossy(&body.bytes), text),
            (Err(e), Err(part)) => assert!(e.contains(part), "{e}"),
            (Ok(b), Err(_)) => panic!("{:?}", b.bytes),
            (Err(e), Ok(_)) => panic!("{e}"),
        }
    }

    #[test]
    fn heads_and_bodies() {
        let (head, body) =
            split(b"HTTP/1.1 200 OK\r\nContent-Type: Text/HTML;\r\n charset=\"koi8-r\"\r\n\r\nA").unwrap();
        assert_eq!(
            (head.status, head.media_type().as_str(), head.charset(), body),
            (200, "text/html", Some("koi8-r"), &b"A"[..])
        );
        assert!(split(b"<html>").is_none());
    }

    #[test]
    fn chunks() {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        let with = |body: &str| format!("{head}{body}").into_bytes();
        check(&with("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"), Ok("abcde"));
        check(&with("ffffffffffffff\r\nabc"), Ok("abc"));
        check(&with("3\r\nabc\r\nzz\r\n"), Ok("abc"));
        check(&with("<html>never chunked\n</html>"), Ok("<html>never chunked\n</html>"));
    }

    #[test]
    fn encodings() {
        check(b"HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n<p>plain", Ok("<p>plain"));
        check(b"HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n\x1f\x8b\x08rubbish", Err("unpacked"));
        check(b"HTTP/1.1 200 OK\nContent-Encoding: zstd\n\nx", Err("not known"));
        let mut zeros = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut zeros, &vec![0u8; 4 << 20]).unwrap();
        let mut bomb = b"HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n".to_vec();
        bomb.extend(zeros.finish().unwrap());
        check(&bomb, Err("more than 1 MB"));
    }
}
