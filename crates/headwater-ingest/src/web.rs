//! Addresses, and the lists that name them: feeds, OPML, sitemaps. What is fetched goes the way of files.

use crate::feed::{self, Kind};
use crate::read::{Address, Reader, Todo};
use crate::{Declared, Item, PageBody, RawPage};
#[cfg(feature = "fetch")]
use crate::{
    Problem, decode_response,
    read::{Named, is_binary},
    rows, source,
};
#[cfg(feature = "fetch")]
use std::io::Read;

/// Steps from an address that was given to a page: a list of lists of feeds of pages.
const MAX_HOPS: u8 = 4;

/// Addresses that wait to be fetched.
const MAX_ADDRESSES: usize = 50_000;

impl Reader {
    /// Reads an address, where that is allowed.
    #[cfg(feature = "fetch")]
    pub(crate) fn fetch(&mut self, address: Address) {
        let Some(options) = self.options.fetch.clone() else { return self.needs_fetch(&address.url) };
        let limit = self.options.max_file_bytes;
        let fetcher = self.fetcher.get_or_insert_with(|| crate::fetch::Fetcher::new(options, limit));
        match fetcher.get(&address.url) {
            Ok(response) => self.take_response(address, response),
            Err(e) => {
                let message = format!("{}: {}", address.url, e.message);
                self.problem(&address.url, None, e.code, message, e.hint, true);
            }
        }
    }

    #[cfg(not(feature = "fetch"))]
    pub(crate) fn fetch(&mut self, address: Address) {
        self.needs_fetch(&address.url);
    }

    fn needs_fetch(&mut self, url: &str) {
        let message = format!("{url}: is an address, and nothing is fetched from the web unless asked");
        self.problem(
            url,
            None,
            "needs-fetch",
            message,
            "give --fetch, or save the page and name the file",
            true,
        );
    }

    #[cfg(feature = "fetch")]
    fn take_response(&mut self, address: Address, response: crate::fetch::Response) {
        let media = crate::http::media_type(&response.content_type);
        let charset = crate::http::charset(&response.content_type).map(str::to_owned);
        let shown = address.url.clone();
        let size = response.bytes.len() as u64;
        if response.bytes.trim_ascii().is_empty() {
            return self.empty(&shown);
        }
        let binary = |message: String| {
            Problem::skipped(
                &shown,
                None,
                "binary-file",
                message,
                "name the address of a page, a feed or a sitemap",
            )
        };
        let packed = response.bytes.starts_with(b"\x1f\x8b");
        let bytes = if packed {
            let mut out = Vec::new();
            let unpacked = source::gunzip(std::io::Cursor::new(response.bytes));
            if unpacked.take(self.options.max_file_bytes).read_to_end(&mut out).is_err() {
                return self.ready.push_back(binary(format!("{shown}: cannot be unpacked")));
            }
            out
        } else {
            response.bytes
        };
        if is_binary(&bytes) {
            return self.ready.push_back(binary(format!("{shown}: is no page ({media})")));
        }
        let decoded = decode_response(&bytes, charset.as_deref());
        if media.contains("json") {
            return self.take_json(shown, decoded.text.into_bytes(), Named::ByUser);
        }
        if media != "text/html"
            && let Some(kind) = feed::kind_of(&decoded.text)
        {
            return self.take_feed(&shown, &decoded.text, kind, address.hops);
        }
        if decoded.damaged {
            let message = format!("{shown}: some bytes fit no character; read as {}", decoded.encoding);
            self.problem(
                &shown,
                None,
                "invalid-utf8",
                message,
                "look at the page if letters look wrong",
                false,
            );
        }
        let mut declared = address.declared;
        declared.url = Some(response.url);
        declared.fill_from(&Declared { fetched: response.date, ..Declared::default() });
        let html = media != "text/plain" || rows::looks_like_html(&decoded.text);
        self.ready.push_back(Item::Page(RawPage {
            path: shown,
            record: None,
            id: None,
            body: if html { PageBody::Html(decoded.text) } else { PageBody::Text(decoded.text) },
            declared,
            encoding: decoded.encoding,
            bytes: size,
        }));
    }

    /// A feed, a list of feeds or a sitemap: its entries, and the addresses it names.
    pub(crate) fn take_feed(&mut self, shown: &str, text: &str, kind: Kind, hops: u8) {
        let parsed = feed::parse(text, kind);
        let fetches = cfg!(feature = "fetch") && self.options.fetch.is_some() && hops < MAX_HOPS;
        let total = parsed.entries.len();
        let mut addresses: Vec<Address> = parsed
            .lists
            .into_iter()
            .map(|url| Address { url, declared: Declared::default(), hops: hops + 1 })
            .collect();
        let mut unread = addresses.len();
        for (n, entry) in parsed.entries.into_iter().enumerate() {
            let body = match (entry.content, entry.summary) {
                (None, _) if fetches && entry.declared.url.is_some() => None,
                (Some(content), _) => Some(content),
                (None, summary) => summary,
            };
            match (body, entry.declared.url.clone()) {
                (Some(body), _) => {
                    let bytes = body.len() as u64;
                    let body = if body.contains('<') { PageBody::Html(body) } else { PageBody::Text(body) };
                    self.ready.push_back(Item::Page(RawPage {
                        path: shown.to_owned(),
                        record: Some(n as u32),
                        id: None,
                        body,
                        declared: entry.declared,
                        encoding: "UTF-8",
                        bytes,
                    }));
                }
                (None, Some(url)) => {
                    unread += 1;
                    addresses.push(Address { url, declared: entry.declared, hops: hops + 1 });
                }
                (None, None) => {}
            }
        }
        if let Some(why) = parsed.broken {
            let message = format!("{shown}: breaks off after {total} entries ({why})");
            self.problem(shown, None, "broken-feed", message, "the entries before it were read", total == 0);
        }
        if !fetches && unread > 0 {
            let what = match kind {
                Kind::Opml => "feeds",
                Kind::Feed | Kind::Sitemap => "pages",
            };
            let message = format!("{shown}: names {unread} {what} by their address only");
            self.problem(shown, None, "needs-fetch", message, "give --fetch to read them from the web", true);
        } else if total == 0 && addresses.is_empty() {
            let message = format!("{shown}: holds no entry");
            self.problem(shown, None, "empty-feed", message, "check the file or leave it out", true);
        }
        if fetches {
            let room = MAX_ADDRESSES.saturating_sub(self.todo.len());
            if addresses.len() > room {
                let message =
                    format!("{shown}: names {} addresses; {room} of them are read", addresses.len());
                self.problem(shown, None, "too-large", message, "split the list", false);
                addresses.truncate(room);
            }
            for address in addresses.into_iter().rev() {
                self.todo.push_front(Todo::Address(address));
            }
        }
    }
}
