//! Carriers of many pages, read one step at a time; and readers that stop at a bound.

use crate::{Item, Options};
use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A carrier that is being read.
pub(crate) trait Source: Send {
    /// Reads on by one record, and puts what came of it into `out`; `false` when there is no more.
    fn step(&mut self, options: &Options, out: &mut VecDeque<Item>) -> bool;
}

/// Times that a compressed stream may grow, past [`FREE_BYTES`]. Deflate cannot pass 1,032; news pages and rows of
/// JSON stay below 30.
const MAX_GROWTH: u64 = 250;

/// Bytes that a stream may give before its growth is looked at.
const FREE_BYTES: u64 = 64 * 1024 * 1024;

/// A stream that counts what is taken from it, and into which bytes can be put back.
pub(crate) struct Replay {
    inner: Box<dyn BufRead + Send>,
    back: Vec<u8>,
    at: usize,
    count: Arc<AtomicU64>,
}

impl Replay {
    pub(crate) fn new(inner: Box<dyn BufRead + Send>) -> Self {
        Replay { inner, back: Vec::new(), at: 0, count: Arc::default() }
    }

    /// The bytes that were taken so far.
    pub(crate) fn count(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.count)
    }

    /// Puts bytes back before what comes next. What was put back before and not taken yet comes after them.
    pub(crate) fn put_back(&mut self, mut bytes: Vec<u8>) {
        bytes.extend_from_slice(&self.back[self.at..]);
        (self.back, self.at) = (bytes, 0);
    }
}

impl Read for Replay {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let n = ready.len().min(buffer.len());
        buffer[..n].copy_from_slice(&ready[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Replay {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.back.len() { Ok(&self.back[self.at..]) } else { self.inner.fill_buf() }
    }

    fn consume(&mut self, n: usize) {
        self.count.fetch_add(n as u64, Ordering::Relaxed);
        if self.at < self.back.len() {
            self.at += n;
            if self.at >= self.back.len() {
                (self.back, self.at) = (Vec::new(), 0);
            }
        } else {
            self.inner.consume(n);
        }
    }
}

/// Gives what was unpacked, and fails when it grows as only a bomb does.
pub(crate) struct Unpacked<R> {
    inner: R,
    packed: Arc<AtomicU64>,
    from: u64,
    given: u64,
}

impl<R: Read> Unpacked<R> {
    /// `packed` counts the compressed bytes that `inner` takes.
    pub(crate) fn new(inner: R, packed: Arc<AtomicU64>) -> Self {
        let from = packed.load(Ordering::Relaxed);
        Unpacked { inner, packed, from, given: 0 }
    }

    pub(crate) fn into_inner(self) -> R {
        self.inner
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.given += n as u64;
        let packed = (self.packed.load(Ordering::Relaxed) - self.from).max(1);
        if self.given > FREE_BYTES && self.given / packed > MAX_GROWTH {
            return Err(io::Error::other(format!("it unpacks to more than {MAX_GROWTH} times its size")));
        }
        Ok(n)
    }
}

/// Unpacks a whole gzip file, all its members.
pub(crate) fn gunzip(file: impl Read + Send + 'static) -> Box<dyn Read + Send> {
    let replay = Replay::new(Box::new(BufReader::new(file)));
    let packed = replay.count();
    Box::new(Unpacked::new(flate2::bufread::MultiGzDecoder::new(replay), packed))
}

/// Reads a line of at most `limit` bytes without its end; `Ok(None)` at the end of the stream. A longer line gives
/// its beginning.
pub(crate) fn line(reader: &mut dyn BufRead, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut out = Vec::new();
    let n = reader.take(limit as u64).read_until(b'\n', &mut out)?;
    if n == 0 {
        return Ok(None);
    }
    while out.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
        out.pop();
    }
    Ok(Some(out))
}

/// Reads `wanted` bytes, of which at most `limit` are kept; gives them and how many there were.
pub(crate) fn block(reader: &mut dyn Read, wanted: u64, limit: u64) -> (Vec<u8>, u64, Option<io::Error>) {
    let mut out = Vec::with_capacity(wanted.min(limit).min(1 << 20) as usize);
    let mut failed = (&mut *reader).take(wanted.min(limit)).read_to_end(&mut out).err();
    let mut seen = out.len() as u64;
    if failed.is_none() && seen == limit && wanted > limit {
        match io::copy(&mut reader.take(wanted - limit), &mut io::sink()) {
            Ok(more) => seen += more,
            Err(e) => failed = Some(e),
        }
    }
    (out, seen, failed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_bomb_is_cut() {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        let zeros = vec![0u8; 1 << 20];
        for _ in 0..80 {
            packed.write_all(&zeros).unwrap();
        }
        let packed = packed.finish().unwrap();
        let mut out = io::sink();
        let error = io::copy(&mut gunzip(io::Cursor::new(packed)), &mut out).unwrap_err();
        assert!(error.to_string().contains("250 times"), "{error}");
    }

    #[test]
    fn a_block_is_bounded() {
        let mut data: &[u8] = b"0123456789rest";
        let (kept, seen, failed) = block(&mut data, 10, 4);
        assert_eq!((kept.as_slice(), seen, failed.is_none(), data), (&b"0123"[..], 10, true, &b"rest"[..]));
    }
}
