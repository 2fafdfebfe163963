//! Files by their form: archives and tables are streamed, any other is read whole, up to a limit.

use super::form::{Form, form_of, is_packed, packs_warc};
use super::{Named, Reader, SNIFF_BYTES};
use crate::Declared;
use crate::jsonl::Rows;
use crate::source;
use crate::table::Table;
use crate::wacz::Wacz;
use crate::warc::{self, Warc};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

impl Reader {
    pub(super) fn open_file(&mut self, path: &Path, shown: String, named: Named) {
        let file = match File::open(path) {
            Ok(file) => file,
            Err(e) => return self.unreadable(&shown, &e),
        };
        let size = match file.metadata() {
            Ok(meta) => meta.len(),
            Err(e) => return self.unreadable(&shown, &e),
        };
        if size == 0 {
            return self.empty(&shown);
        }
        let (form, packed) = (form_of(path), is_packed(path));
        let file_meta = self.options.meta.find(&shown, None).cloned();
        let buffered = |file: File| BufReader::with_capacity(64 * 1024, file);
        match form {
            Some(Form::Rows) if packed => {
                let lines = Box::new(BufReader::new(source::gunzip(file)));
                self.source = Some(Box::new(Rows::new(shown, lines, file_meta)));
            }
            Some(Form::Rows) => {
                self.source = Some(Box::new(Rows::new(shown, Box::new(buffered(file)), file_meta)))
            }
            Some(Form::Warc) => {
                self.source = Some(Box::new(Warc::new(shown, Box::new(buffered(file)), file_meta)))
            }
            Some(Form::Wacz) => self.open_wacz(path, shown, file_meta),
            Some(Form::Table) => {
                let stream: Box<dyn Read + Send> = if packed { source::gunzip(file) } else { Box::new(file) };
                self.open_table(shown, stream, file_meta, named);
            }
            Some(Form::Parquet) => self.open_parquet(shown, file, file_meta),
            _ if packed => {
                let mut bytes = Vec::new();
                let read = source::gunzip(file).take(self.options.max_file_bytes + 1).read_to_end(&mut bytes);
                match read {
                    Ok(_) => self.take_bytes(shown, bytes, form, named),
                    Err(e) => self.unreadable(&shown, &e),
                }
            }
            _ => self.open_other(path, shown, (file, size), form, named),
        }
    }

    /// A file that is read whole, unless its first bytes say that it is an archive.
    pub(super) fn open_other(
        &mut self,
        path: &Path,
        shown: String,
        (file, size): (File, u64),
        form: Option<Form>,
        named: Named,
    ) {
        let file_meta = || self.options.meta.find(&shown, None).cloned();
        let mut stream = BufReader::with_capacity(SNIFF_BYTES, file);
        let head = match stream.fill_buf() {
            Ok(head) => head,
            Err(e) => return self.unreadable(&shown, &e),
        };
        if form.is_none() {
            if warc::begins(head) || packs_warc(head) {
                self.source = Some(Box::new(Warc::new(shown.clone(), Box::new(stream), file_meta())));
                return;
            }
            if head.starts_with(b"PAR1") {
                let meta = file_meta();
                return self.open_parquet(shown, stream.into_inner(), meta);
            }
            if head.starts_with(b"PK\x03\x04")
                && path.extension().is_some_and(|e| e.eq_ignore_ascii_case("zip"))
            {
                let meta = file_meta();
                return self.open_wacz(path, shown, meta);
            }
        }
        if size > self.options.max_file_bytes {
            return self.too_large(&shown, Some(size));
        }
        let mut bytes = Vec::with_capacity(size as usize);
        // The file may grow while it is read.
        if let Err(e) = stream.take(self.options.max_file_bytes + 1).read_to_end(&mut bytes) {
            return self.unreadable(&shown, &e);
        }
        self.take_bytes(shown, bytes, form, named);
    }

    pub(super) fn open_wacz(&mut self, path: &Path, shown: String, file_meta: Option<Declared>) {
        if let Some(wacz) = Wacz::open(shown, path, None, file_meta, &mut self.ready) {
            self.source = Some(Box::new(wacz));
        }
    }

    pub(super) fn open_table(
        &mut self,
        shown: String,
        stream: Box<dyn Read + Send>,
        file_meta: Option<Declared>,
        named: Named,
    ) {
        match Table::open(shown.clone(), stream, file_meta, &self.options) {
            Ok(Some(table)) => self.source = Some(Box::new(table)),
            // A folder may hold the table that describes its files, and other data.
            Ok(None) if named == Named::ByFolder => {}
            Ok(None) => {
                let message = format!("{shown}: no column text, html, body or content");
                let hint =
                    "give the page in a column text or html; a table that describes files goes to --meta";
                self.problem(&shown, None, "not-a-report", message, hint, true);
            }
            Err(e) => {
                let message = format!("{shown}: cannot be read as a table ({e})");
                self.problem(&shown, None, "broken-table", message, "check the file or leave it out", true);
            }
        }
    }

    #[cfg(feature = "parquet")]
    pub(super) fn open_parquet(&mut self, shown: String, file: File, file_meta: Option<Declared>) {
        match crate::parquet::Parquet::open(shown.clone(), file, file_meta) {
            Ok(table) => self.source = Some(Box::new(table)),
            Err(e) => {
                let message = format!("{shown}: cannot be read as Parquet ({e})");
                self.problem(&shown, None, "broken-table", message, "check the file or leave it out", true);
            }
        }
    }

    #[cfg(not(feature = "parquet"))]
    pub(super) fn open_parquet(&mut self, shown: String, _: File, _: Option<Declared>) {
        let message = format!("{shown}: this build does not read Parquet");
        self.problem(
            &shown,
            None,
            "no-parquet",
            message,
            "build with the feature parquet, or convert it to JSONL",
            true,
        );
    }
}
