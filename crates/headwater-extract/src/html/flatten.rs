//! The tree to blocks: the words between block-level boundaries, with where they stand in the tree.

use super::dom::{Dom, Key, Kind, NONE};
use crate::block::{Draft, Piece};
use headwater_model::Span;
use html5ever::{LocalName, local_name};

/// Most blocks of one page; what follows is left out. The largest page of the benches has 9,000.
pub(crate) const MAX_BLOCKS: usize = 30_000;

/// Where a block stands and what it is made of; its words are the draft of the same number.
#[derive(Debug)]
pub(crate) struct Leaf {
    /// The nearest block-level element around it.
    pub(crate) parent: u32,
    /// Characters, and how many of them stand in links.
    pub(crate) chars: u32,
    /// Characters in links.
    pub(crate) linked: u32,
    /// Characters in bold or strong.
    pub(crate) strong: u32,
    /// Whether a line break, not an element's edge, begins it.
    pub(crate) broken: bool,
    /// Whether it is hidden by style or attribute.
    pub(crate) hidden: bool,
    /// Its first text node.
    pub(crate) node: u32,
}

/// How an element shapes the flow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flow {
    Inline,
    Block,
    Break,
    Skip,
}

fn flow(name: &LocalName) -> Flow {
    match *name {
        local_name!("script")
        | local_name!("style")
        | local_name!("noscript")
        | local_name!("template")
        | local_name!("svg")
        | local_name!("iframe")
        | local_name!("object")
        | local_name!("embed")
        | local_name!("canvas")
        | local_name!("audio")
        | local_name!("video")
        | local_name!("select")
        | local_name!("option")
        | local_name!("textarea")
        | local_name!("input")
        | local_name!("head")
        | local_name!("datalist")
        | local_name!("noembed")
        | local_name!("noframes")
        | local_name!("applet")
        | local_name!("map")
        | local_name!("button")
        | local_name!("rt")
        | local_name!("rp") => Flow::Skip,
        local_name!("br") | local_name!("hr") => Flow::Break,
        local_name!("a")
        | local_name!("abbr")
        | local_name!("acronym")
        | local_name!("b")
        | local_name!("bdi")
        | local_name!("bdo")
        | local_name!("big")
        | local_name!("cite")
        | local_name!("code")
        | local_name!("data")
        | local_name!("del")
        | local_name!("dfn")
        | local_name!("em")
        | local_name!("font")
        | local_name!("i")
        | local_name!("img")
        | local_name!("ins")
        | local_name!("kbd")
        | local_name!("label")
        | local_name!("mark")
        | local_name!("q")
        | local_name!("ruby")
        | local_name!("rb")
        | local_name!("s")
        | local_name!("samp")
        | local_name!("small")
        | local_name!("span")
        | local_name!("strike")
        | local_name!("strong")
        | local_name!("sub")
        | local_name!("sup")
        | local_name!("time")
        | local_name!("tt")
        | local_name!("u")
        | local_name!("var")
        | local_name!("wbr")
        | local_name!("nobr")
        | local_name!("picture")
        | local_name!("source")
        | local_name!("meter")
        | local_name!("progress") => Flow::Inline,
        _ if name.contains('-') => Flow::Inline,
        _ => Flow::Block,
    }
}

/// Whether an element is hidden from readers.
fn is_hidden(dom: &Dom, id: u32) -> bool {
    dom.attributes(id).iter().any(|(key, value)| match key {
        Key::Hidden => true,
        Key::AriaHidden => dom.values.get(*value) == "true",
        Key::Style => {
            let style = dom.values.get(*value).chars().filter(|c| !c.is_whitespace()).take(200);
            style.collect::<String>().contains("display:none")
        }
        _ => false,
    })
}

/// The blocks of a page, in order.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    /// Their words and the way back.
    pub(crate) drafts: Vec<Draft>,
    /// Their places.
    pub(crate) leaves: Vec<Leaf>,
    /// Whether some were left out.
    pub(crate) full: bool,
}

struct Builder {
    blocks: Blocks,
    text: String,
    pieces: Vec<Piece>,
    chars: u32,
    linked: u32,
    strong: u32,
    space: bool,
    broken: bool,
    node: u32,
}

impl Builder {
    fn flush(&mut self, parent: u32, hidden: bool, broken: bool) {
        if !self.text.is_empty() {
            if !self.join(parent) {
                self.add(parent, hidden);
            }
            self.text.clear();
            self.pieces.clear();
        }
        (self.chars, self.linked, self.strong, self.space) = (0, 0, 0, false);
        self.broken = broken;
    }

    fn add(&mut self, parent: u32, hidden: bool) {
        if self.blocks.leaves.len() >= MAX_BLOCKS {
            self.blocks.full = true;
            return;
        }
        // Copies that are no larger than need be.
        let (text, pieces) = (self.text.as_str().to_owned(), self.pieces.as_slice().to_vec());
        self.blocks.drafts.push(Draft::new(text, pieces));
        self.blocks.leaves.push(Leaf {
            parent,
            chars: self.chars,
            linked: self.linked,
            strong: self.strong,
            broken: self.broken,
            hidden,
            node: self.node,
        });
    }

    /// Joins words that a single break cut off inside a sentence to the block before them.
    fn join(&mut self, parent: u32) -> bool {
        let (Some(draft), Some(leaf)) = (self.blocks.drafts.last_mut(), self.blocks.leaves.last_mut()) else {
            return false;
        };
        let joins = self.broken
            && leaf.parent == parent
            && self.text.chars().next().is_some_and(char::is_lowercase)
            && draft.text.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == ',');
        if joins {
            draft.text.push(' ');
            let shift = draft.text.len();
            draft.text.push_str(&self.text);
            draft.pieces.extend(self.pieces.iter().map(|p| Piece {
                words: Span::new(p.words.start as usize + shift, p.words.end as usize + shift),
                ..*p
            }));
            leaf.chars += self.chars;
            leaf.linked += self.linked;
            leaf.strong += self.strong;
        }
        joins
    }

    fn push(&mut self, node: u32, words: &str, source: Span, linked: bool, strong: bool) {
        let fresh = self.text.is_empty();
        let mut from = None;
        let mut count = 0;
        let mut rest = words;
        while !rest.is_empty() {
            // Plain letters and marks in a row are copied at once.
            let plain = rest.bytes().position(|b| !b.is_ascii_graphic()).unwrap_or(rest.len());
            let (run, c) = match plain {
                0 => ("", rest.chars().next().unwrap_or(' ')),
                n => (&rest[..n], ' '),
            };
            if plain == 0 {
                rest = &rest[c.len_utf8()..];
                if c.is_whitespace() {
                    self.space = true;
                    continue;
                }
                if matches!(
                    c,
                    '\u{200b}' | '\u{feff}' | '\u{ad}' | '\0' | '\u{2060}' | '\u{200e}' | '\u{200f}'
                ) {
                    continue;
                }
            }
            if self.space && !self.text.is_empty() {
                self.text.push(' ');
            }
            self.space = false;
            from.get_or_insert(self.text.len());
            if plain == 0 {
                self.text.push(c);
                count += 1;
            } else {
                self.text.push_str(run);
                rest = &rest[plain..];
                count += plain as u32;
            }
        }
        if let Some(from) = from {
            if fresh {
                self.node = node;
            }
            self.pieces.push(Piece { words: Span::new(from, self.text.len()), source, exact: false });
            self.chars += count;
            self.linked += if linked { count } else { 0 };
            self.strong += if strong { count } else { 0 };
        }
    }
}

struct Open {
    id: u32,
    block: bool,
    link: bool,
    strong: bool,
    hidden: bool,
    parent: u32,
}

/// The blocks of the page.
pub(crate) fn blocks(dom: &Dom) -> Blocks {
    let mut b = Builder {
        blocks: Blocks::default(),
        text: String::new(),
        pieces: Vec::new(),
        chars: 0,
        linked: 0,
        strong: 0,
        space: false,
        broken: false,
        node: 0,
    };
    let mut open: Vec<Open> =
        vec![Open { id: 0, block: true, link: false, strong: false, hidden: false, parent: 0 }];
    let mut at = dom.nodes.first().map_or(NONE, |n| n.first);
    loop {
        while at == NONE {
            // Leave the innermost open element, and go on behind it.
            let Some(done) = open.pop() else { break };
            let Some(outer) = open.last() else {
                b.flush(done.id, done.hidden, false);
                return b.blocks;
            };
            if done.block {
                b.flush(done.id, done.hidden, false);
            }
            let _ = outer;
            at = dom.nodes.get(done.id as usize).map_or(NONE, |n| n.next);
        }
        let (Some(node), Some(top)) = (dom.nodes.get(at as usize), open.last()) else {
            return b.blocks;
        };
        match &node.kind {
            Kind::Text { start, end, from, to } => {
                b.push(
                    at,
                    dom.text.get(*start as usize..*end as usize).unwrap_or(""),
                    Span { start: *from, end: (*to).max(*from) },
                    top.link,
                    top.strong,
                );
                at = node.next;
            }
            Kind::Other => at = node.next,
            Kind::Element { name, .. } => match flow(name) {
                Flow::Skip => at = node.next,
                Flow::Break => {
                    b.flush(top.parent, top.hidden, true);
                    at = node.next;
                }
                kind => {
                    let block = kind == Flow::Block;
                    if block {
                        b.flush(top.parent, top.hidden, false);
                    }
                    let link = top.link || *name == local_name!("a");
                    let strong = top.strong || matches!(*name, local_name!("b") | local_name!("strong"));
                    let hidden = top.hidden || is_hidden(dom, at);
                    let parent = if block { at } else { top.parent };
                    if node.first == NONE {
                        at = node.next;
                    } else {
                        open.push(Open { id: at, block, link, strong, hidden, parent });
                        at = node.first;
                    }
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expect: &[&str]) {
        let dom = super::super::parse::parse(html);
        let blocks = blocks(&dom);
        let got: Vec<&str> = blocks.drafts.iter().map(|d| d.text.as_str()).collect();
        assert_eq!(got, expect, "{html}");
        for draft in &blocks.drafts {
            for piece in &draft.pieces {
                assert!(html.get(piece.source.range()).is_some(), "{piece:?}");
            }
        }
    }

    #[test]
    fn blocks_and_inline() {
        check(
            "<p>One <b>two</b>,\n three</p>four<div>five<p>six</div>seven",
            &["One two, three", "four", "five", "six", "seven"],
        );
        check("<p>One<br>Two<br>three</p>", &["One", "Two three"]);
        check("<ul><li>A<li>B</ul><script>x</script><p style='display: none'>C", &["A", "B", "C"]);
        check("<table><tr><td>A<td>B</table><button>no</button>", &["A", "B"]);
        check("a&shy;b &nbsp; c", &["ab c"]);
    }
}
