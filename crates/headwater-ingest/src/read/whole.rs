//! Files and streams that were read whole: a page, a feed, or JSON.

use super::form::{Form, is_binary, is_own_page, json_feed, kind_of, starts_with_a_row};
use super::{Named, Reader, SNIFF_BYTES};
use crate::jsonl::Rows;
use crate::{Item, PageBody, RawPage, decode_html, decode_text, feed, rows};
use serde_json::Value;

impl Reader {
    /// `size` is unknown for a stream, which is left as soon as it is past the limit.
    pub(super) fn too_large(&mut self, shown: &str, size: Option<u64>) {
        let limit = self.options.max_file_bytes / (1024 * 1024);
        let size = size.map_or_else(|| format!("more than {limit}"), |s| (s / (1024 * 1024)).to_string());
        let message = format!("{shown}: {size} MB, and a page may have {limit} MB");
        self.problem(
            shown,
            None,
            "too-large",
            message,
            "split it into one file a report, or into rows of JSONL",
            true,
        );
    }

    /// A whole file or stream.
    pub(super) fn take_bytes(&mut self, shown: String, bytes: Vec<u8>, form: Option<Form>, named: Named) {
        if bytes.len() as u64 > self.options.max_file_bytes {
            return self.too_large(&shown, None);
        }
        if bytes.trim_ascii().is_empty() {
            return self.empty(&shown);
        }
        if is_binary(&bytes) {
            let message = format!(
                "{shown}: holds binary data, not text{}",
                kind_of(&bytes).map(|k| format!(" (it looks like {k})")).unwrap_or_default()
            );
            return self.problem(
                &shown,
                None,
                "binary-file",
                message,
                "convert it to .txt or .html, or leave it out",
                true,
            );
        }
        let html = match form {
            Some(Form::Html) => true,
            Some(Form::Json) => return self.take_json(shown, bytes, named),
            None | Some(Form::Xml) => {
                // XML names its encoding as pages do.
                let decoded = decode_html(&bytes);
                match feed::kind_of(&decoded.text) {
                    Some(kind) => return self.take_feed(&shown, &decoded.text, kind, 0),
                    None if form.is_some() && !rows::looks_like_html(&decoded.text) => {
                        let message = format!("{shown}: is XML, and no feed, sitemap or OPML");
                        let hint = "convert it to .txt or .html, or leave it out";
                        return self.problem(&shown, None, "not-a-report", message, hint, true);
                    }
                    None => rows::looks_like_html(&decoded.text),
                }
            }
            _ => rows::looks_like_html(&String::from_utf8_lossy(&bytes[..bytes.len().min(SNIFF_BYTES)])),
        };
        if html && is_own_page(&bytes) {
            let message = format!("{shown}: is an account that Headwater wrote, not a report");
            return self.problem(
                &shown,
                None,
                "not-a-report",
                message,
                "write accounts to another folder",
                true,
            );
        }
        let decoded = if html { decode_html(&bytes) } else { decode_text(&bytes) };
        if decoded.damaged || decoded.guessed && !html {
            let what = if decoded.damaged { "some bytes fit no character" } else { "is not UTF-8" };
            let message = format!("{shown}: {what}; read as {}", decoded.encoding);
            self.problem(
                &shown,
                None,
                "invalid-utf8",
                message,
                "save it as UTF-8 if letters look wrong",
                false,
            );
        }
        let declared = self.options.meta.find(&shown, None).cloned().unwrap_or_default();
        let body = if html { PageBody::Html(decoded.text) } else { PageBody::Text(decoded.text) };
        let bytes = bytes.len() as u64;
        self.ready.push_back(Item::Page(RawPage {
            path: shown,
            record: None,
            id: None,
            body,
            declared,
            encoding: decoded.encoding,
            bytes,
        }));
    }

    /// `.json`: one object, a list of objects, or rows after all.
    pub(crate) fn take_json(&mut self, shown: String, bytes: Vec<u8>, named: Named) {
        let file_meta = self.options.meta.find(&shown, None).cloned();
        let list = match serde_json::from_slice::<Value>(&bytes) {
            Ok(Value::Array(list)) => list,
            Ok(value) => json_feed(&value).unwrap_or_else(|| vec![value]),
            Err(_) if starts_with_a_row(&bytes) => {
                let lines = Box::new(std::io::Cursor::new(bytes));
                self.source = Some(Box::new(Rows::new(shown, lines, file_meta)));
                return;
            }
            Err(e) => {
                let message = format!("{shown}: not JSON ({e})");
                return self.problem(
                    &shown,
                    None,
                    "broken-json",
                    message,
                    "save it again, or leave it out",
                    true,
                );
            }
        };
        // A folder may hold data beside its reports; what was named by the user is meant to be a report.
        let holds_one = list.iter().any(|v| v.as_object().is_some_and(|row| rows::body(row).is_some()));
        if named == Named::ByFolder && !holds_one {
            let message = format!("{shown}: holds data, and no field text or html");
            return self.problem(
                &shown,
                None,
                "not-a-report",
                message,
                "give the page in a field text or html",
                true,
            );
        }
        for (n, value) in list.into_iter().enumerate() {
            let size = if n == 0 { bytes.len() as u64 } else { 0 };
            rows::take((&shown, n as u32), value, size, file_meta.as_ref(), &self.options, &mut self.ready);
        }
    }
}
