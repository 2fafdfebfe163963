//! GraphML: reports, statements told by several, origins and suppliers as nodes; who tells, copies and draws on whom
//! as edges. Opens in Gephi, yEd, Cytoscape and networkx.
//!
//! An edge leads from the later to what it rests on: copy → source, report → statement, statement → origin. Edges
//! whose direction is not known say so in `direction`.

use super::{Model, origins};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Attributes: id, of what, name, type.
const KEYS: [(&str, &str, &str, &str); 15] = [
    ("n_kind", "node", "kind", "string"),
    ("n_label", "node", "label", "string"),
    ("n_outlet", "node", "outlet", "string"),
    ("n_published", "node", "published", "string"),
    ("n_url", "node", "url", "string"),
    ("n_story", "node", "story", "string"),
    ("n_agreement", "node", "agreement", "string"),
    ("n_doubtful", "node", "doubtful", "boolean"),
    ("n_origins", "node", "origins", "string"),
    ("n_words", "node", "words", "int"),
    ("e_kind", "edge", "kind", "string"),
    ("e_direction", "edge", "direction", "string"),
    ("e_weight", "edge", "weight", "double"),
    ("e_words", "edge", "words", "string"),
    ("e_certain", "edge", "certain", "boolean"),
];

struct Writer {
    out: String,
    edges: usize,
}

pub(super) fn write(model: &Model) -> String {
    let account = model.account;
    let mut w = Writer { out: String::new(), edges: 0 };
    w.out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n");
    for (id, of, name, kind) in KEYS {
        let _ =
            writeln!(w.out, "  <key id=\"{id}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>");
    }
    w.out.push_str("  <graph id=\"account\" edgedefault=\"directed\">\n");
    let mut story: BTreeMap<&str, &str> = BTreeMap::new();
    for s in &account.stories {
        story.extend(s.articles.iter().map(|a| (a.as_str(), s.title.as_str())));
    }
    for (at, a) in account.articles.iter().enumerate() {
        w.node(
            &format!("a{at}"),
            &[
                ("n_kind", "report"),
                ("n_label", a.title.as_deref().unwrap_or(&a.id)),
                ("n_outlet", a.outlet.as_deref().unwrap_or("")),
                ("n_published", a.published.value.as_deref().unwrap_or("")),
                ("n_url", a.url.as_deref().unwrap_or("")),
                ("n_story", story.get(a.id.as_str()).copied().unwrap_or("")),
                ("n_words", &a.words.to_string()),
            ],
        );
    }
    // One node for an origin that several statements have.
    let mut named: BTreeMap<(Option<&str>, &str), usize> = BTreeMap::new();
    let shared = || account.statements.iter().enumerate().filter(|(_, s)| s.agreement != "single report");
    for (_, s) in shared() {
        for o in &s.origins.list {
            let n = named.len();
            let key = (o.entity.as_deref(), if o.entity.is_some() { "" } else { o.label.as_str() });
            if let std::collections::btree_map::Entry::Vacant(slot) = named.entry(key) {
                slot.insert(n);
                w.node(&format!("o{n}"), &[("n_kind", &o.kind), ("n_label", &o.label)]);
            }
        }
    }
    let mut upstreams: BTreeMap<&str, usize> = BTreeMap::new();
    for name in account.copies.iter().filter_map(|c| c.upstream.as_deref()) {
        let n = upstreams.len();
        if let std::collections::btree_map::Entry::Vacant(slot) = upstreams.entry(name) {
            slot.insert(n);
            w.node(&format!("u{n}"), &[("n_kind", "supplier"), ("n_label", name)]);
        }
    }
    for (n, s) in shared() {
        w.node(
            &format!("s{n}"),
            &[
                ("n_kind", "statement"),
                ("n_label", &s.gist),
                ("n_agreement", &s.agreement),
                ("n_doubtful", if s.doubtful { "true" } else { "false" }),
                ("n_origins", &origins(s.origins.least, s.origins.most)),
            ],
        );
        for r in &s.reports {
            if let Some(at) = model.at(&r.article) {
                w.edge(&format!("a{at}"), &format!("s{n}"), &[("e_kind", "tells"), ("e_words", &r.text)]);
            }
        }
        for o in &s.origins.list {
            let key = (o.entity.as_deref(), if o.entity.is_some() { "" } else { o.label.as_str() });
            if let Some(to) = named.get(&key) {
                let certain = if o.certain { "true" } else { "false" };
                w.edge(
                    &format!("s{n}"),
                    &format!("o{to}"),
                    &[("e_kind", "has from"), ("e_certain", certain)],
                );
            }
        }
    }
    for c in &account.copies {
        let (Some(from), Some(to)) = (model.at(&c.from), model.at(&c.to)) else { continue };
        let weight = if c.containment.is_finite() { c.containment } else { 0.0 }.to_string();
        let data =
            [("e_kind", c.state.as_str()), ("e_direction", c.direction.as_str()), ("e_weight", &weight)];
        match c.upstream.as_deref().and_then(|u| upstreams.get(u)) {
            Some(up) if c.direction == "via upstream" => {
                w.edge(&format!("a{from}"), &format!("u{up}"), &data);
                w.edge(&format!("a{to}"), &format!("u{up}"), &data);
            }
            _ => w.edge(&format!("a{to}"), &format!("a{from}"), &data),
        }
    }
    w.out.push_str("  </graph>\n</graphml>\n");
    w.out
}

impl Writer {
    fn node(&mut self, id: &str, data: &[(&str, &str)]) {
        let _ = write!(self.out, "    <node id=\"{id}\">");
        self.data(data);
        self.out.push_str("</node>\n");
    }

    fn edge(&mut self, from: &str, to: &str, data: &[(&str, &str)]) {
        let _ = write!(self.out, "    <edge id=\"e{}\" source=\"{from}\" target=\"{to}\">", self.edges);
        self.edges += 1;
        self.data(data);
        self.out.push_str("</edge>\n");
    }

    fn data(&mut self, data: &[(&str, &str)]) {
        for (key, value) in data.iter().filter(|(_, v)| !v.is_empty()) {
            let _ = write!(self.out, "<data key=\"{key}\">");
            escape(value, &mut self.out);
            self.out.push_str("</data>");
        }
    }
}

/// Words as XML 1.0 text: markup escaped, characters that XML does not know replaced.
fn escape(words: &str, out: &mut String) {
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(c),
            c if c < ' ' || matches!(c, '\u{FFFE}' | '\u{FFFF}') => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
}
