//! Who has it from whom, for other programs: JSON lines and GraphML. The picture is `page::picture`.

use crate::account::{Account, Article, Copy};
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// One JSON object a line: `reports`, each `family`, each `link`, each `report` with the family it is in.
///
/// # Errors
/// None that content can cause; those of the JSON writer are passed on.
pub fn jsonl(account: &Account) -> Result<String, serde_json::Error> {
    let mut out = String::new();
    let mut line = |value: serde_json::Value| -> Result<(), serde_json::Error> {
        out.push_str(&serde_json::to_string(&value)?);
        out.push('\n');
        Ok(())
    };
    line(json!({
        "type": "reports",
        "schema": "headwater.copies/1",
        "reports": account.articles.len(),
        "families": account.families.len(),
        "origins": account.summary.text_origins,
    }))?;
    for family in &account.families {
        line(typed("family", serde_json::to_value(family)?))?;
    }
    for copy in &account.copies {
        line(typed("link", serde_json::to_value(copy)?))?;
    }
    let family = family_of(account);
    for article in &account.articles {
        line(json!({
            "type": "report",
            "id": article.id,
            "path": article.path,
            "outlet": article.outlet,
            "title": article.title,
            "url": article.url,
            "published": published(article),
            "family": family.get(article.id.as_str()).map(|f| &account.families[*f].id),
        }))?;
    }
    Ok(out)
}

/// The object with its type in front.
fn typed(kind: &str, value: serde_json::Value) -> serde_json::Value {
    let mut out = serde_json::Map::new();
    out.insert("type".to_owned(), kind.into());
    if let serde_json::Value::Object(fields) = value {
        out.extend(fields);
    }
    out.into()
}

/// The position of the family that each report is in.
pub(crate) fn family_of(account: &Account) -> BTreeMap<&str, usize> {
    let mut out = BTreeMap::new();
    for (n, family) in account.families.iter().enumerate() {
        for member in &family.members {
            out.entry(member.as_str()).or_insert(n);
        }
    }
    out
}

/// The day or days of publication, as ISO dates.
pub fn published(article: &Article) -> Option<String> {
    let p = &article.published;
    match (&p.value, &p.earliest, &p.latest) {
        (Some(value), _, _) => Some(value.clone()),
        (None, Some(a), Some(b)) if a == b => Some(a.clone()),
        (None, Some(a), Some(b)) => Some(format!("{a}/{b}")),
        (None, Some(a), None) => Some(format!("{a}/..")),
        (None, None, Some(b)) => Some(format!("../{b}")),
        (None, None, None) => None,
    }
}

/// Attributes of nodes and edges: id, of what, name, type.
const KEYS: [(&str, &str, &str, &str); 12] = [
    ("kind", "node", "kind", "string"),
    ("label", "node", "label", "string"),
    ("outlet", "node", "outlet", "string"),
    ("published", "node", "published", "string"),
    ("url", "node", "url", "string"),
    ("family", "node", "family", "string"),
    ("state", "edge", "state", "string"),
    ("direction", "edge", "direction", "string"),
    ("containment", "edge", "containment", "double"),
    ("words", "edge", "words", "int"),
    ("tree", "edge", "tree", "boolean"),
    ("because", "edge", "because", "string"),
];

/// The links as a graph: an edge leads from the earlier report to the one that has it from there, and is undirected
/// where the direction is not known; suppliers that are not among the reports are nodes of kind `upstream`. Edges
/// that are the family's tree have `tree` set.
pub fn graphml(account: &Account) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    for (id, of, name, kind) in KEYS {
        let _ = writeln!(out, "  <key id=\"{id}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>");
    }
    out.push_str("  <graph id=\"copies\" edgedefault=\"directed\">\n");
    let family = family_of(account);
    let at: BTreeMap<&str, usize> =
        account.articles.iter().enumerate().map(|(n, a)| (a.id.as_str(), n)).collect();
    for (n, article) in account.articles.iter().enumerate() {
        let family = family.get(article.id.as_str()).map(|f| account.families[*f].id.as_str());
        let label = article.title.as_deref().unwrap_or(&article.id);
        let data = [
            ("kind", Some("report")),
            ("label", Some(label)),
            ("outlet", article.outlet.as_deref()),
            ("published", article.published.value.as_deref()),
            ("url", article.url.as_deref()),
            ("family", family),
        ];
        element(&mut out, &format!("    <node id=\"a{n}\">"), &data, "</node>");
    }
    for (n, family) in account.families.iter().enumerate() {
        if let Some(upstream) = &family.upstream {
            let data = [
                ("kind", Some("upstream")),
                ("label", Some(upstream.as_str())),
                ("family", Some(&family.id)),
            ];
            element(&mut out, &format!("    <node id=\"u{n}\">"), &data, "</node>");
        }
    }
    let mut edges = 0;
    let mut edge = |out: &mut String, from: &str, to: &str, directed: bool, data: &[(&str, Option<&str>)]| {
        let open =
            format!("    <edge id=\"e{edges}\" source=\"{from}\" target=\"{to}\" directed=\"{directed}\">");
        element(out, &open, data, "</edge>");
        edges += 1;
    };
    for copy in &account.copies {
        let (Some(from), Some(to)) = (at.get(copy.from.as_str()), at.get(copy.to.as_str())) else { continue };
        let tree = family.get(copy.to.as_str()).is_some_and(|f| parent_edge(account, *f, copy));
        let words: u32 = copy.passages.iter().map(|p| p.words).sum();
        let because: Vec<&str> = copy.because.iter().map(|r| r.text.as_str()).collect();
        let data = [
            ("state", Some(copy.state.as_str())),
            ("direction", Some(copy.direction.as_str())),
            ("containment", Some(&*format!("{}", copy.containment))),
            ("words", Some(&*words.to_string())),
            ("tree", Some(if tree { "true" } else { "false" })),
            ("because", Some(&*because.join("; "))),
        ];
        edge(&mut out, &format!("a{from}"), &format!("a{to}"), copy.direction == "from-to", &data);
    }
    for (n, family) in account.families.iter().enumerate().filter(|(_, f)| f.upstream.is_some()) {
        for (member, parent) in family.members.iter().zip(&family.parents) {
            if let (None, Some(at)) = (parent, at.get(member.as_str())) {
                let data = [("state", Some("credited")), ("tree", Some("true"))];
                edge(&mut out, &format!("u{n}"), &format!("a{at}"), true, &data);
            }
        }
    }
    out.push_str("  </graph>\n</graphml>\n");
    out
}

/// Whether a link is an edge of the family's tree, whichever way it was written.
fn parent_edge(account: &Account, family: usize, copy: &Copy) -> bool {
    let Some(family) = account.families.get(family) else { return false };
    family.members.iter().zip(&family.parents).any(|(m, p)| {
        p.as_ref().is_some_and(|p| (m, p) == (&copy.to, &copy.from) || (m, p) == (&copy.from, &copy.to))
    })
}

fn element(out: &mut String, open: &str, data: &[(&str, Option<&str>)], close: &str) {
    out.push_str(open);
    for (key, value) in data {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            let _ = write!(out, "<data key=\"{key}\">{}</data>", escape(value));
        }
    }
    out.push_str(close);
    out.push('\n');
}

/// Words as XML: escaped, and without the characters that XML 1.0 forbids.
fn escape(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}
