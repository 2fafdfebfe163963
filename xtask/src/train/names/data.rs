//! The gold of the bench as documents: text with parts of speech and names by byte spans.

use anyhow::{Context, Result};
use headwater_annotate::names::pos::ALL;
use headwater_annotate::names::tagging::Class;
use headwater_annotate::names::units::Unit;
use headwater_model::Span;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// One in this many documents of each set is held out from training.
const HELD_OUT: usize = 5;
/// Which of them, counted from 0.
const HELD_OUT_PART: usize = 2;

/// A document with gold.
#[derive(Default)]
pub(super) struct Document {
    /// The set it is of.
    pub(super) set: &'static str,
    /// Its name in the set.
    pub(super) id: String,
    /// Its text.
    pub(super) text: String,
    /// Gold parts of speech: number in `pos::ALL`, in order.
    pub(super) pos: Vec<(Span, u8)>,
    /// Gold names, in order, not overlapping.
    pub(super) names: Vec<(Span, Class)>,
    /// Which of the names are linked to a page of Wikipedia, and to which.
    pub(super) links: Vec<(Span, String)>,
    /// Whether parts of speech are known.
    pub(super) tagged: bool,
    /// Whether names are known.
    pub(super) named: bool,
    /// Whether it is kept out of training.
    pub(super) held_out: bool,
}

impl Document {
    /// Appends a word, after a space unless told otherwise; gives its place.
    fn push(&mut self, word: &str, space: bool) -> Span {
        if space && !self.text.is_empty() && !self.text.ends_with(char::is_whitespace) {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(word);
        Span::new(start, self.text.len())
    }

    /// The gold part of speech at the start of a unit.
    pub(super) fn pos_at(&self, unit: Span) -> u8 {
        let i = self.pos.partition_point(|(s, _)| s.end <= unit.start);
        self.pos.get(i).map_or((ALL.len() - 1) as u8, |p| p.1)
    }

    /// BIO labels of units.
    pub(super) fn name_labels(&self, units: &[Unit]) -> Vec<u8> {
        let mut labels = vec![0; units.len()];
        for (span, class) in &self.names {
            let at = Class::ALL.iter().position(|c| c == class).unwrap_or(0) as u8;
            let first = units.partition_point(|u| u.span.end <= span.start);
            for (i, unit) in units.iter().enumerate().skip(first) {
                if unit.span.start >= span.end {
                    break;
                }
                labels[i] = 1 + 2 * at + u8::from(i > first);
            }
        }
        labels
    }
}

/// All sets; the order is fixed.
pub(super) fn read(folder: &Path) -> Result<Vec<Document>> {
    let text = |name: &str| -> Result<String> {
        let path = folder.join(name);
        let mut file = File::open(&path).with_context(|| format!("cannot open {}", path.display()))?;
        let mut out = String::new();
        if name.ends_with(".xz") {
            liblzma::read::XzDecoder::new(file).read_to_string(&mut out)?;
        } else {
            file.read_to_string(&mut out)?;
        }
        Ok(out)
    };
    let mut out = Vec::new();
    wikigold(&text("wikigold.conll.txt")?, &mut out);
    for part in ["train", "dev", "test"] {
        politics(&text(&format!("politics-{part}.txt"))?, &mut out);
    }
    for part in ["dev", "test"] {
        let names = universal_names(&text(&format!("uner-ewt-{part}.iob2"))?);
        conllu("ewt", &text(&format!("ud_ewt_{part}.conllu"))?, Some(&names), &mut out);
    }
    for part in ["a", "b", "e", "f", "g", "h"] {
        tweets(&text(&format!("btc-{part}.conll"))?, &mut out);
    }
    conllu("gum", &text("gum_open_genres.conllu.xz")?, None, &mut out);
    // Held out: every fifth document of each set, every fourth of GUM's news.
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut parts = Vec::with_capacity(out.len());
    for document in &mut out {
        let news = document.set == "gum news";
        let n = seen.entry(document.set).or_default();
        parts.push(*n % if news { 4 } else { HELD_OUT });
        document.held_out = parts.last() == Some(&HELD_OUT_PART);
        *n += 1;
    }
    // For choosing settings another part is measured, and the one that is held out is not looked at.
    if let Some(part) = std::env::var("HEADWATER_FOLD").ok().and_then(|p| p.parse::<usize>().ok()) {
        let mut part_of = parts.into_iter();
        let mut of = |d: Document| Some((part_of.next()?, d));
        let all: Vec<(usize, Document)> = std::mem::take(&mut out).into_iter().filter_map(&mut of).collect();
        let rest = all.into_iter().filter(|(p, _)| *p != HELD_OUT_PART);
        out.extend(rest.map(|(p, d)| Document { held_out: p == part, ..d }));
    }
    Ok(out)
}

/// Whether a space stands between two words of tokenised text.
fn spaced(previous: &str, next: &str) -> bool {
    let closes = matches!(next, "." | "," | ";" | ":" | "?" | "!" | ")" | "]" | "%" | "''" | "n't" | "'");
    let opens = matches!(previous, "(" | "[" | "$" | "£" | "``" | "#");
    let clitic = next.len() <= 3 && next.len() > 1 && next.starts_with('\'') && next != "''";
    !(closes || opens || clitic)
}

fn wikigold(text: &str, out: &mut Vec<Document>) {
    let new = || Document { set: "wikigold", named: true, ..Document::default() };
    let mut document = new();
    let mut previous = ("", String::new());
    for line in text.lines() {
        let Some((word, label)) = line.rsplit_once(' ') else {
            previous = ("", "O".to_owned());
            continue;
        };
        if word == "-DOCSTART-" {
            out.push(std::mem::replace(&mut document, new()));
            continue;
        }
        let span = document.push(word, previous.0.is_empty() || spaced(previous.0, word));
        let class = match label.get(2..) {
            Some("PER") => Some(Class::Person),
            Some("ORG") => Some(Class::Organisation),
            Some("LOC") => Some(Class::Place),
            Some("MISC") => Some(Class::Event),
            _ => None,
        };
        if let Some(class) = class {
            match document.names.last_mut() {
                Some(last) if previous.1 == label => last.0 = last.0.cover(span),
                _ => document.names.push((span, class)),
            }
        }
        previous = (word, label.to_owned());
    }
    out.push(document);
    // "Miscellaneous" holds works, peoples and events: keep those that read like events.
    for document in out.iter_mut().filter(|d| d.set == "wikigold") {
        let text = std::mem::take(&mut document.text);
        document.names.retain(|(span, class)| *class != Class::Event || reads_like_event(span.of(&text)));
        document.text = text;
    }
    out.retain(|d| !d.text.is_empty());
}

fn reads_like_event(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "war",
        "wars",
        "battle",
        "election",
        "elections",
        "olympics",
        "games",
        "cup",
        "championship",
        "championships",
        "revolution",
        "summit",
        "conference",
        "festival",
        "uprising",
        "crisis",
        "attacks",
        "massacre",
        "open",
        "prix",
    ];
    name.split_whitespace().any(|w| WORDS.contains(&w.to_lowercase().as_str()))
}

fn politics(text: &str, out: &mut Vec<Document>) {
    for sentence in text.split("\n\n") {
        let mut document = Document { set: "politics", named: true, ..Document::default() };
        let mut previous = "";
        for line in sentence.lines() {
            let Some((word, label)) = line.split_once('\t') else { continue };
            let span = document.push(word, previous.is_empty() || spaced(previous, word));
            previous = word;
            let class = match label.get(2..) {
                Some("person" | "politician") => Class::Person,
                Some("organisation" | "politicalparty") => Class::Organisation,
                Some("location" | "country") => Class::Place,
                Some("event" | "election") => Class::Event,
                _ => continue,
            };
            match document.names.last_mut() {
                Some(last) if label.starts_with('I') => last.0 = last.0.cover(span),
                _ => document.names.push((span, class)),
            }
        }
        if !document.text.is_empty() {
            document.id = format!("politics-{}", out.len());
            out.push(document);
        }
    }
}

fn tweets(text: &str, out: &mut Vec<Document>) {
    for tweet in text.split("\n\n") {
        let mut document = Document { set: "tweets", named: true, ..Document::default() };
        let mut previous = "";
        for line in tweet.lines() {
            let Some((word, label)) = line.split_once('\t') else { continue };
            let span = document.push(word, previous.is_empty() || spaced(previous, word));
            previous = word;
            let class = match label.get(2..) {
                Some("PER") if !word.starts_with('@') => Class::Person,
                Some("ORG") => Class::Organisation,
                Some("LOC") => Class::Place,
                _ => continue,
            };
            match document.names.last_mut() {
                Some(last) if label.starts_with('I') => last.0 = last.0.cover(span),
                _ => document.names.push((span, class)),
            }
        }
        if !document.text.is_empty() {
            out.push(document);
        }
    }
}

/// Sentence id to labels of its words.
fn universal_names(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut out: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut id = String::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# sent_id = ") {
            id = rest.to_owned();
        } else if let Some((number, rest)) = line.split_once('\t')
            && number.parse::<u32>().is_ok()
        {
            out.entry(id.clone()).or_default().push(rest.split('\t').nth(1).unwrap_or("O").to_owned());
        }
    }
    out
}

/// One word of a CoNLL-U sentence.
struct Row<'t> {
    form: &'t str,
    upos: &'t str,
    xpos: &'t str,
    head: usize,
    relation: &'t str,
    misc: &'t str,
    span: Span,
}

fn conllu(
    set: &'static str,
    text: &str,
    names: Option<&BTreeMap<String, Vec<String>>>,
    out: &mut Vec<Document>,
) {
    let mut document = Document::default();
    let mut id = String::new();
    for block in text.split("\n\n") {
        let mut surface = "";
        let mut rows: Vec<Row> = Vec::new();
        let mut paragraph = false;
        for line in block.lines() {
            if let Some(name) = line.strip_prefix("# newdoc id = ") {
                out.push(std::mem::take(&mut document));
                let news = set == "gum" && name.starts_with("GUM_news");
                document = Document {
                    set: if news { "gum news" } else { set },
                    id: name.to_owned(),
                    tagged: true,
                    named: true,
                    ..Document::default()
                };
            } else if let Some(rest) = line.strip_prefix("# text = ") {
                surface = rest;
            } else if let Some(rest) = line.strip_prefix("# sent_id = ") {
                id = rest.to_owned();
            } else if line.starts_with("# newpar") && !line.starts_with("# newpar_block") {
                paragraph = true;
            } else if !line.starts_with('#') {
                let cells: Vec<&str> = line.split('\t').collect();
                if cells.len() == 10 && cells[0].parse::<u32>().is_ok() {
                    let head = cells[6].parse().unwrap_or(0);
                    let (upos, xpos) = (cells[3], cells[4]);
                    rows.push(Row {
                        form: cells[1],
                        upos,
                        xpos,
                        head,
                        relation: cells[7],
                        misc: cells[9],
                        span: Span::default(),
                    });
                }
            }
        }
        if rows.is_empty() {
            continue;
        }
        if paragraph && !document.text.is_empty() {
            document.text.push_str("\n\n");
        }
        let base = document.push(surface, true).start as usize;
        let mut at = 0;
        for row in &mut rows {
            let Some(found) = surface[at..].find(row.form) else { continue };
            row.span = Span::new(base + at + found, base + at + found + row.form.len());
            at += found + row.form.len();
            document.pos.push((row.span, pos_label(row.upos, row.xpos)));
        }
        match names {
            Some(names) => {
                let labels = names.get(&id).map_or(&[][..], Vec::as_slice);
                for (row, label) in rows.iter().zip(labels) {
                    let class = match label.get(2..) {
                        Some("PER") => Class::Person,
                        Some("ORG") => Class::Organisation,
                        Some("LOC") => Class::Place,
                        _ => continue,
                    };
                    match document.names.last_mut() {
                        Some(last) if label.starts_with('I') => last.0 = last.0.cover(row.span),
                        _ => document.names.push((row.span, class)),
                    }
                }
            }
            None => gum_names(&rows, &mut document.names, &mut document.links),
        }
    }
    out.push(document);
    out.retain(|d| !d.text.is_empty());
}

fn pos_label(upos: &str, xpos: &str) -> u8 {
    let label = match (upos, xpos) {
        ("VERB", "VBZ" | "VBP") => "VBZ",
        ("VERB", "VBD" | "VBN" | "VBG") => xpos,
        ("VERB", _) => "VB",
        _ => upos,
    };
    ALL.iter().position(|p| p.1 == label).unwrap_or(ALL.len() - 1) as u8
}

/// GUM marks every entity with all its modifiers: take the name out of those that have one.
fn gum_names(rows: &[Row], names: &mut Vec<(Span, Class)>, links: &mut Vec<(Span, String)>) {
    let mut open: Vec<(&str, &str, &str, usize)> = Vec::new();
    let mut found: Vec<(usize, usize, Class, &str)> = Vec::new();
    let named = |link, kind, start, end| gum_name(rows, kind, start, end).map(|(a, b, c)| (a, b, c, link));
    for (i, row) in rows.iter().enumerate() {
        let Some(entity) = row.misc.split('|').find_map(|m| m.strip_prefix("Entity=")) else { continue };
        let mut rest = entity;
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('(') {
                let end = after.find(['(', ')']).unwrap_or(after.len());
                // group, kind, status, salience, centre, least span, way of linking, identity
                let mut parts = after[..end].splitn(8, '-');
                open.push((
                    parts.next().unwrap_or(""),
                    parts.next().unwrap_or(""),
                    parts.nth(5).unwrap_or(""),
                    i,
                ));
                rest = &after[end..];
                if let Some(after) = rest.strip_prefix(')') {
                    found.extend(open.pop().and_then(|(_, kind, link, start)| named(link, kind, start, i)));
                    rest = after;
                }
            } else {
                let end = rest.find(')').map_or(rest.len(), |e| e + 1);
                let id = rest[..end].trim_end_matches(')');
                if let Some(at) = open.iter().rposition(|o| o.0 == id) {
                    let (_, kind, link, start) = open.remove(at);
                    found.extend(named(link, kind, start, i));
                }
                rest = &rest[end..];
            }
        }
    }
    // The longer of two names that overlap.
    found.sort_by_key(|f| (std::cmp::Reverse(f.1 - f.0), f.0));
    let mut kept: Vec<(usize, usize, Class, &str)> = Vec::new();
    for f in found {
        if kept.iter().all(|k| f.1 < k.0 || f.0 > k.1) {
            kept.push(f);
        }
    }
    kept.sort_by_key(|k| k.0);
    for (a, b, class, link) in kept {
        let span = rows[a].span.cover(rows[b].span);
        names.push((span, class));
        if !link.is_empty() {
            links.push((span, link.to_owned()));
        }
    }
}

/// Words before a person's name that are no part of it.
const TITLES: &[&str] = &[
    "president",
    "minister",
    "secretary",
    "senator",
    "governor",
    "mayor",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "general",
    "captain",
    "colonel",
    "major",
    "judge",
    "justice",
    "chancellor",
    "ambassador",
    "professor",
    "dr.",
    "dr",
    "mr.",
    "mrs.",
    "ms.",
    "mr",
    "mrs",
    "ms",
    "sir",
    "lady",
    "lord",
    "director",
    "chairman",
    "ceo",
    "representative",
    "congressman",
    "sen.",
    "rep.",
    "gov.",
    "gen.",
    "officer",
    "chief",
    "saint",
    "rev.",
    "engineer",
    "coach",
    "sergeant",
    "lieutenant",
    "sheriff",
];

fn gum_name(rows: &[Row], kind: &str, start: usize, end: usize) -> Option<(usize, usize, Class)> {
    let class = match kind {
        "person" => Class::Person,
        "organization" => Class::Organisation,
        "place" => Class::Place,
        "event" => Class::Event,
        _ => return None,
    };
    let capital = |i: usize| rows[i].form.starts_with(char::is_uppercase);
    let head =
        (start..=end).find(|&i| rows[i].head == 0 || rows[i].head - 1 < start || rows[i].head - 1 > end)?;
    if class == Class::Person {
        return gum_person(rows, start, end, head).map(|(a, b)| (a, b, class));
    }
    if rows[head].upos != "PROPN" || !capital(head) {
        return None;
    }
    let (mut a, mut b) = (head, head);
    while a > start {
        let row = &rows[a - 1];
        let name_part = matches!(row.relation, "compound" | "amod" | "flat" | "nmod" | "nummod")
            && (capital(a - 1) || row.upos == "NUM");
        let joined = matches!(row.form, "-" | "&" | "of") && a >= 2 && a - 2 >= start && capital(a - 2);
        if name_part || joined {
            a -= 1;
        } else {
            break;
        }
    }
    while a < head && !capital(a) && !rows[a].form.starts_with(|c: char| c.is_numeric()) {
        a += 1;
    }
    let mut linked = false;
    while b < end {
        let row = &rows[b + 1];
        let inside = |i: usize| rows[i].head > a && rows[i].head <= i + 2;
        if matches!(row.relation, "flat" | "compound" | "goeswith" | "nmod" | "nmod:unmarked")
            && (capital(b + 1) || row.upos == "NUM")
            && inside(b + 1)
        {
            b += 1;
        } else if matches!(row.form, "-" | "&") && b + 2 <= end && capital(b + 2) {
            b += 2;
        } else if matches!(row.form, "of" | "for" | "on") || row.form == "and" && linked {
            // "Ministry of the Interior", "Centers for Disease Control and Prevention"
            let after =
                if b + 2 <= end && rows[b + 2].form == "the" && row.form != "and" { b + 3 } else { b + 2 };
            if after > end || !capital(after) || rows[after].upos == "NUM" {
                break;
            }
            linked = true;
            b = after;
            while b < end
                && (capital(b + 1) && !rows[b + 1].relation.starts_with("appos") || rows[b + 1].form == "-")
            {
                b += 1;
            }
        } else {
            break;
        }
    }
    Some((a, b, class))
}

/// The run of proper nouns that heads the mention or is flat on its head: "Texas student [Ahmed Mohamed]".
fn gum_person(rows: &[Row], start: usize, end: usize, head: usize) -> Option<(usize, usize)> {
    let part = |i: usize| {
        let row = &rows[i];
        row.upos == "PROPN"
            && row.xpos != "NNPS"
            && row.form.starts_with(char::is_uppercase)
            && row.relation != "nmod:desc"
            && row.relation != "nmod"
    };
    let anchors = |i: usize| i == head || rows[i].relation == "flat" && rows[i].head == head + 1;
    let mut best: Option<(usize, usize)> = None;
    let mut i = start;
    while i <= end {
        if !part(i) {
            i += 1;
            continue;
        }
        let mut b = i;
        while b < end
            && (part(b + 1)
                || rows[b + 1].form == "-"
                    && b + 2 <= end
                    && rows[b + 2].upos == "PROPN"
                    && rows[b + 2].form.starts_with(char::is_alphabetic))
        {
            b += if part(b + 1) { 1 } else { 2 };
        }
        if (i..=b).any(anchors) {
            let mut a = i;
            // What stands before the last title is no part of the name.
            if let Some(title) =
                (i..b).rev().find(|&k| TITLES.contains(&rows[k].form.to_lowercase().as_str()))
            {
                a = title + 1;
            }
            best = Some((a, b));
        }
        i = b + 1;
    }
    best.filter(|&(a, b)| !(a == b && TITLES.contains(&rows[a].form.to_lowercase().as_str())))
}
