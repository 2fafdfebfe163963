//! The page as a tree in flat vectors, built by html5ever.
//!
//! The tree keeps what later steps ask for: elements with a few attributes, text, and for each text the
//! range of the source it was read from. The tokenizer is fed in pieces cut at every `<`; the range of the
//! current piece is noted and given to the text that comes out of it.
//!
//! Depth, number of nodes and attributes of one tag are bounded: tags past a bound are dropped, text stays.
//!
//! What stands in scripts and styles is kept by nobody and is most of many pages: it is not even tokenized. Attributes
//! that nobody reads are left out of tags before (`slim`), where the tokenizer is known to wait for a tag.

use super::slim;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag as TagToken, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, ExpandedName, LocalName, Namespace, QualName, local_name, ns};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};

/// Deepest nesting that is kept, as in browsers. Deeper start tags are dropped.
const MAX_DEPTH: u32 = 512;

/// Most nodes of one page. The largest page of the benches has 60,000.
const MAX_NODES: usize = 400_000;

/// Bytes of one tag from which its attributes are counted.
const LONG_TAG: usize = 64 * 1024;

/// White space inside one long tag from which it is held to be a bomb of attributes, and cut. The tokenizer
/// compares each attribute with all before it.
const MANY_ATTRIBUTES: usize = 4_000;

/// "No node".
pub(crate) const NONE: u32 = u32::MAX;

/// Attributes that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Class,
    Id,
    Itemprop,
    Role,
    Name,
    Property,
    Content,
    Href,
    Rel,
    Datetime,
    Lang,
    Type,
    Style,
    Hidden,
    AriaHidden,
    Title,
    HttpEquiv,
    DataTestid,
}

fn key(name: &LocalName) -> Option<Key> {
    Some(match *name {
        local_name!("class") => Key::Class,
        local_name!("id") => Key::Id,
        local_name!("itemprop") => Key::Itemprop,
        local_name!("role") => Key::Role,
        local_name!("name") => Key::Name,
        local_name!("content") => Key::Content,
        local_name!("href") => Key::Href,
        local_name!("rel") => Key::Rel,
        local_name!("datetime") => Key::Datetime,
        local_name!("lang") => Key::Lang,
        local_name!("type") => Key::Type,
        local_name!("style") => Key::Style,
        local_name!("hidden") => Key::Hidden,
        local_name!("aria-hidden") => Key::AriaHidden,
        local_name!("title") => Key::Title,
        local_name!("http-equiv") => Key::HttpEquiv,
        _ => match &**name {
            "property" => Key::Property,
            "data-testid" | "data-component" | "data-qa" => Key::DataTestid,
            _ => return None,
        },
    })
}

/// What a node is.
#[derive(Debug)]
pub(crate) enum Kind {
    /// The root, or something that has no meaning here.
    Other,
    /// An element: its name and the attributes that are kept.
    Element(LocalName, Vec<(Key, StrTendril)>),
    /// Text: its range in `Dom::text` and the range of the source it came from.
    Text { start: u32, end: u32, from: u32, to: u32 },
}

/// One node.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) parent: u32,
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) next: u32,
    previous: u32,
    pub(crate) depth: u32,
    pub(crate) kind: Kind,
}

/// The tree.
#[derive(Debug, Default)]
pub(crate) struct Dom {
    /// Nodes; the root is 0.
    pub(crate) nodes: Vec<Node>,
    /// All text of all nodes.
    pub(crate) text: String,
    /// Whether a bound was reached and something was dropped.
    pub(crate) cut: bool,
}

impl Dom {
    /// The element's name, or "" for other nodes.
    pub(crate) fn name(&self, id: u32) -> &str {
        match self.nodes.get(id as usize).map(|n| &n.kind) {
            Some(Kind::Element(name, _)) => name,
            _ => "",
        }
    }

    /// An attribute of an element.
    pub(crate) fn attribute(&self, id: u32, key: Key) -> Option<&str> {
        match &self.nodes.get(id as usize)?.kind {
            Kind::Element(_, attributes) => attributes.iter().find(|(k, _)| *k == key).map(|(_, v)| &**v),
            _ => None,
        }
    }

    /// The node that follows `id` in the order of the page inside `root`, without its children if `over`.
    pub(crate) fn following(&self, id: u32, root: u32, over: bool) -> Option<u32> {
        let node = self.nodes.get(id as usize)?;
        if !over && node.first != NONE {
            return Some(node.first);
        }
        let mut at = id;
        while at != root {
            let node = self.nodes.get(at as usize)?;
            if node.next != NONE {
                return Some(node.next);
            }
            at = node.parent;
            if at == NONE {
                return None;
            }
        }
        None
    }

    /// The words under a node, white space folded; at most `limit` bytes.
    pub(crate) fn words(&self, root: u32, limit: usize) -> String {
        let mut out = String::new();
        let mut at = Some(root);
        while let Some(id) = at {
            let mut over = false;
            if let Some(node) = self.nodes.get(id as usize) {
                match &node.kind {
                    Kind::Text { start, end, .. } => {
                        out.push_str(self.text.get(*start as usize..*end as usize).unwrap_or(""))
                    }
                    Kind::Element(name, _) => {
                        over = matches!(
                            *name,
                            local_name!("script")
                                | local_name!("style")
                                | local_name!("svg")
                                | local_name!("template")
                        );
                        if !matches!(
                            *name,
                            local_name!("b")
                                | local_name!("i")
                                | local_name!("em")
                                | local_name!("strong")
                                | local_name!("a")
                                | local_name!("span")
                                | local_name!("font")
                                | local_name!("u")
                        ) {
                            out.push(' ');
                        }
                    }
                    Kind::Other => {}
                }
            }
            if out.len() > limit {
                break;
            }
            at = self.following(id, root, over);
        }
        crate::block::folded(&out)
    }

    /// The raw text of an element's own text children, such as a script's.
    pub(crate) fn raw(&self, id: u32) -> String {
        let mut out = String::new();
        let mut child = self.nodes.get(id as usize).map_or(NONE, |n| n.first);
        while let Some(node) = self.nodes.get(child as usize) {
            if let Kind::Text { start, end, .. } = node.kind {
                out.push_str(self.text.get(start as usize..end as usize).unwrap_or(""));
            }
            child = node.next;
        }
        out
    }
}

/// Parses a page.
pub(crate) fn parse(source: &str) -> Dom {
    let sink = Sink::default();
    let builder =
        TreeBuilder::new(sink, TreeBuilderOpts { drop_doctype: true, ..TreeBuilderOpts::default() });
    let tokenizer = Tokenizer::new(
        Guard { builder, raw: Cell::default(), ready: Cell::new(true) },
        TokenizerOpts::default(),
    );
    let queue = BufferQueue::default();
    let whole = StrTendril::from_slice(source);
    let mut slimmer = String::new();
    let mut at = 0;
    while at < source.len() {
        if let Some(name) = tokenizer.sink.raw.take()
            && let Some(behind) = raw_end(&source.as_bytes()[at..], &name)
        {
            at += behind;
            continue;
        }
        let next = memchr::memchr(b'<', &source.as_bytes()[at + 1..]).map_or(source.len(), |i| at + 1 + i);
        let end = head_of_raw(&source.as_bytes()[at..next]).map_or(next, |i| at + i);
        let piece = &source[at..end];
        let guard = &tokenizer.sink;
        guard.builder.sink.piece.set((text_start(source, at, end), end as u32));
        let feed = |from: usize, to: usize| {
            if to > from {
                queue.push_back(whole.subtendril(from as u32, (to - from) as u32));
            }
        };
        match bomb(piece) {
            Some((head, tail)) => {
                guard.builder.sink.cut.set(true);
                feed(at, at + head);
                feed(at + tail, end);
            }
            None => {
                let slimmed = if guard.ready.get() { slim::tag(piece, &mut slimmer) } else { None };
                if slimmed.is_some() {
                    queue.push_back(StrTendril::from_slice(&slimmer));
                }
                feed(at + slimmed.unwrap_or(0), end);
            }
        }
        guard.ready.set(false);
        // It stops behind a script and behind a declared encoding, and is then fed on.
        for _ in 0..8 {
            let _ = tokenizer.feed(&queue);
            if queue.is_empty() {
                break;
            }
        }
        at = end;
    }
    tokenizer.end();
    let sink = tokenizer.sink.builder.sink;
    Dom { nodes: sink.nodes.into_inner(), text: sink.text.into_inner(), cut: sink.cut.get() }
}

/// Where text can begin in a piece that begins with a tag.
fn text_start(source: &str, at: usize, end: usize) -> u32 {
    let piece = &source.as_bytes()[at..end];
    match piece.first() {
        Some(b'<') => (at + memchr::memchr(b'>', piece).map_or(0, |i| i + 1)) as u32,
        _ => at as u32,
    }
}

/// Elements whose words are never kept, as their start tags begin.
const RAW_HEADS: [&[u8]; 6] = [b"<script", b"<style", b"<noscript", b"<iframe", b"<noembed", b"<noframes"];

/// For a piece that opens such an element: where its tag may end.
fn head_of_raw(piece: &[u8]) -> Option<usize> {
    let opens = |head: &[u8]| piece.get(..head.len()).is_some_and(|p| p.eq_ignore_ascii_case(head));
    // By the second letter first: nearly all tags are others.
    matches!(piece.get(1)?.to_ascii_lowercase(), b's' | b'n' | b'i').then_some(())?;
    RAW_HEADS.iter().any(|h| opens(h)).then_some(())?;
    memchr::memchr(b'>', piece).map(|i| i + 1)
}

/// Where the end tag of such an element begins; nothing where the rules of scripts in comments inside scripts would
/// have to be followed.
fn raw_end(rest: &[u8], name: &str) -> Option<usize> {
    let mut from = 0;
    let end = loop {
        let Some(i) = memchr::memmem::find(&rest[from..], b"</").map(|i| from + i) else { break rest.len() };
        let behind = i + 2 + name.len();
        let same = rest.get(i + 2..behind).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()));
        if same
            && rest.get(behind).is_none_or(|b| matches!(b, b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r' | 0x0c))
        {
            break i;
        }
        from = i + 2;
    };
    let commented = name == "script" && memchr::memmem::find(&rest[..end], b"<!--").is_some();
    (!commented).then_some(end)
}

/// Whether a start tag opens linked data, the one script whose words are kept.
fn is_linked(tag: &TagToken) -> bool {
    tag.name == local_name!("script")
        && tag.attrs.iter().any(|a| a.name.local == local_name!("type") && a.value.contains("ld+json"))
}

/// For a tag with absurdly many attributes: where its head ends and where its end begins.
fn bomb(piece: &str) -> Option<(usize, usize)> {
    if piece.len() < LONG_TAG {
        return None;
    }
    let tag = memchr::memchr(b'>', piece.as_bytes()).unwrap_or(piece.len());
    if tag < LONG_TAG
        || piece.as_bytes()[..tag].iter().filter(|b| b.is_ascii_whitespace() || **b == b'/').count()
            < MANY_ATTRIBUTES
    {
        return None;
    }
    let mut head = 1_024;
    while !piece.is_char_boundary(head) {
        head += 1;
    }
    Some((head, tag))
}

/// A node as the tree builder holds it: with its name, so that asking for it borrows nothing.
#[derive(Clone, Debug)]
struct Handle {
    id: u32,
    ns: Namespace,
    local: LocalName,
}

/// Passes tokens on to the tree builder, within bounds.
struct Guard {
    builder: TreeBuilder<Handle, Sink>,
    /// An element was just opened whose words are no mark-up and are not kept.
    raw: Cell<Option<LocalName>>,
    /// A tag or a comment just ended, and what comes is text or a tag.
    ready: Cell<bool>,
}

impl Guard {
    /// Whether a start tag may not be dropped, since the tokenizer changes its ways after it.
    fn is_raw(tag: &TagToken) -> bool {
        matches!(
            tag.name,
            local_name!("script")
                | local_name!("style")
                | local_name!("title")
                | local_name!("textarea")
                | local_name!("noscript")
                | local_name!("xmp")
                | local_name!("iframe")
                | local_name!("noembed")
                | local_name!("noframes")
        )
    }
}

impl TokenSink for Guard {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        let sink = &self.builder.sink;
        let full = sink.nodes.borrow().len() >= MAX_NODES;
        match &token {
            Token::CommentToken(_) => {
                self.ready.set(true);
                return TokenSinkResult::Continue;
            }
            Token::ParseError(_) => return TokenSinkResult::Continue,
            Token::TagToken(tag) if full && !(tag.kind == TagKind::StartTag && Self::is_raw(tag)) => {
                sink.cut.set(true);
                self.ready.set(true);
                return TokenSinkResult::Continue;
            }
            Token::TagToken(tag) if tag.kind == TagKind::EndTag => {
                sink.depth.set(sink.depth.get().saturating_sub(1))
            }
            Token::TagToken(tag) if sink.depth.get() >= MAX_DEPTH && !Self::is_raw(tag) => {
                sink.cut.set(true);
                self.ready.set(true);
                return TokenSinkResult::Continue;
            }
            Token::CharacterTokens(_) if full && sink.nodes.borrow().len() >= MAX_NODES * 2 => {
                sink.cut.set(true);
                return TokenSinkResult::Continue;
            }
            _ => {}
        }
        let tag = match &token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => Some((tag.name.clone(), is_linked(tag))),
            _ => None,
        };
        let ends = matches!(token, Token::TagToken(_) | Token::DoctypeToken(_));
        let result = self.builder.process_token(token, line);
        let text = matches!(result, TokenSinkResult::RawData(_) | TokenSinkResult::Plaintext);
        self.ready.set(self.ready.get() || ends && !text);
        if let (Some((name, linked)), TokenSinkResult::RawData(kind)) = (tag, &result)
            && !linked
            && !matches!(kind, RawKind::Rcdata)
            && name != local_name!("xmp")
        {
            self.raw.set(Some(name));
        }
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Where html5ever builds the tree.
struct Sink {
    nodes: RefCell<Vec<Node>>,
    text: RefCell<String>,
    piece: Cell<(u32, u32)>,
    depth: Cell<u32>,
    cut: Cell<bool>,
}

fn node(kind: Kind) -> Node {
    Node { parent: NONE, first: NONE, last: NONE, next: NONE, previous: NONE, depth: 0, kind }
}

impl Default for Sink {
    fn default() -> Self {
        Sink {
            nodes: RefCell::new(vec![node(Kind::Other)]),
            text: RefCell::new(String::new()),
            piece: Cell::new((0, 0)),
            depth: Cell::new(0),
            cut: Cell::new(false),
        }
    }
}

impl Sink {
    fn add(&self, kind: Kind) -> u32 {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(node(kind));
        (nodes.len() - 1) as u32
    }

    fn detach(nodes: &mut [Node], id: u32) {
        let (parent, previous, next) = {
            let n = &nodes[id as usize];
            (n.parent, n.previous, n.next)
        };
        if parent == NONE {
            return;
        }
        match nodes.get_mut(previous as usize) {
            Some(p) => p.next = next,
            None => nodes[parent as usize].first = next,
        }
        match nodes.get_mut(next as usize) {
            Some(n) => n.previous = previous,
            None => nodes[parent as usize].last = previous,
        }
        let n = &mut nodes[id as usize];
        (n.parent, n.previous, n.next) = (NONE, NONE, NONE);
    }

    /// Puts `id` under `parent` before `before`, or last.
    fn insert(nodes: &mut [Node], parent: u32, id: u32, before: u32) {
        Self::detach(nodes, id);
        let previous = match nodes.get(before as usize) {
            Some(b) => b.previous,
            None => nodes[parent as usize].last,
        };
        let depth = nodes[parent as usize].depth + 1;
        {
            let n = &mut nodes[id as usize];
            (n.parent, n.previous, n.next, n.depth) = (parent, previous, before, depth);
        }
        match nodes.get_mut(previous as usize) {
            Some(p) => p.next = id,
            None => nodes[parent as usize].first = id,
        }
        match nodes.get_mut(before as usize) {
            Some(b) => b.previous = id,
            None => nodes[parent as usize].last = id,
        }
    }

    /// Whether text under this element is kept: not that of styles and of scripts that are no linked data.
    fn keeps_text(nodes: &[Node], parent: u32) -> bool {
        match &nodes[parent as usize].kind {
            Kind::Element(name, attributes) => match *name {
                local_name!("script") => {
                    attributes.iter().any(|(k, v)| *k == Key::Type && v.contains("ld+json"))
                }
                local_name!("style")
                | local_name!("noscript")
                | local_name!("iframe")
                | local_name!("noembed")
                | local_name!("noframes") => false,
                _ => true,
            },
            _ => true,
        }
    }

    fn place_text(&self, parent: u32, before: u32, words: &str) {
        let mut nodes = self.nodes.borrow_mut();
        if !Self::keeps_text(&nodes, parent) {
            return;
        }
        let (from, to) = self.piece.get();
        let mut text = self.text.borrow_mut();
        let begin = text.len() as u32;
        text.push_str(words);
        let finish = text.len() as u32;
        let neighbour =
            if before == NONE { nodes[parent as usize].last } else { nodes[before as usize].previous };
        if let Some(Kind::Text { end, to: until, .. }) =
            nodes.get_mut(neighbour as usize).map(|n| &mut n.kind)
            && *end == begin
        {
            *end = finish;
            *until = (*until).max(to);
            return;
        }
        nodes.push(node(Kind::Text { start: begin, end: finish, from, to }));
        let id = (nodes.len() - 1) as u32;
        Self::insert(&mut nodes, parent, id, before);
    }

    fn place(&self, parent: u32, before: u32, child: NodeOrText<Handle>) {
        match child {
            NodeOrText::AppendNode(child) => {
                let mut nodes = self.nodes.borrow_mut();
                Self::insert(&mut nodes, parent, child.id, before);
                self.depth.set(nodes[child.id as usize].depth);
            }
            NodeOrText::AppendText(words) => self.place_text(parent, before, &words),
        }
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Self;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: 0, ns: ns!(), local: local_name!("") }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        ExpandedName { ns: &target.ns, local: &target.local }
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let kept = attributes.into_iter().filter_map(|a| Some((key(&a.name.local)?, a.value))).collect();
        let id = self.add(Kind::Element(name.local.clone(), kept));
        Handle { id, ns: name.ns, local: name.local }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        Handle { id: self.add(Kind::Other), ns: ns!(), local: local_name!("") }
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        Handle { id: self.add(Kind::Other), ns: ns!(), local: local_name!("") }
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.place(parent.id, NONE, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.nodes.borrow()[element.id as usize].parent != NONE;
        if has_parent { self.append_before_sibling(element, child) } else { self.append(previous, child) }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let parent = self.nodes.borrow()[sibling.id as usize].parent;
        if parent != NONE {
            self.place(parent, sibling.id, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        let mut nodes = self.nodes.borrow_mut();
        if let Kind::Element(_, kept) = &mut nodes[target.id as usize].kind {
            for attribute in attributes {
                if let Some(key) = key(&attribute.name.local)
                    && !kept.iter().any(|(k, _)| *k == key)
                {
                    kept.push((key, attribute.value));
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        Self::detach(&mut self.nodes.borrow_mut(), target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut nodes = self.nodes.borrow_mut();
        let mut child = nodes[node.id as usize].first;
        while child != NONE {
            let next = nodes[child as usize].next;
            Self::insert(&mut nodes, new_parent.id, child, NONE);
            child = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_knows_its_source() {
        let source = "<html><body><p class=a>One &amp; <b>two</b> three</p>";
        let dom = parse(source);
        let mut seen = Vec::new();
        for node in &dom.nodes {
            if let Kind::Text { start, end, from, to } = node.kind {
                seen.push((&dom.text[start as usize..end as usize], &source[from as usize..to as usize]));
            }
        }
        assert_eq!(seen, [("One & ", "One &amp; "), ("two", "two"), (" three", " three")]);
    }

    #[test]
    fn scripts_are_left_out_but_linked_data_stays() {
        let dom = parse(
            "<script>var a = '<p>no';</script><script type='application/ld+json'>{\"a\":1}</script><p>Yes",
        );
        assert_eq!(dom.text.trim(), "{\"a\":1}Yes");
    }

    #[test]
    fn scripts_end_where_html_says() {
        let check = |html: &str, expect: &str| assert_eq!(parse(html).text, expect, "{html}");
        check("<script>if (a</b) '</scripts>' </SCRIPT >Yes", "Yes");
        check("<script data-a='>'>a > b</script>Yes", "Yes");
        check("<script><!-- <script> </script> no --></script>Yes", "Yes");
        check("<script><!-- a </script>Yes", "Yes");
        check("<style>p > a {}</style><p>Yes", "Yes");
        check("<title>a</title><svg><style><p>Yes", "aYes");
        check("<noscript><p>no</noscript>Yes<iframe>no</iframe>!", "Yes!");
        check("<script>never closed <p>no", "");
        check("<xmp><b>raw</xmp>", "<b>raw");
        check("<template><script>no</script>a</template>b", "ab");
        check(
            "<title><div data-x='0123456789012345678901234567'>a</title>b",
            "<div data-x='0123456789012345678901234567'>ab",
        );
        check("<!-- <div data-x='0123456789012345678 -->a'>b", "a'>b");
        check(
            "<textarea><p data-x='0123456789012345678901234567'></textarea>b",
            "<p data-x='0123456789012345678901234567'>b",
        );
    }

    #[test]
    fn bounds_hold() {
        let deep = format!("{}text", "<div>".repeat(50_000));
        let dom = parse(&deep);
        assert!(dom.cut && dom.nodes.iter().all(|n| n.depth <= MAX_DEPTH + 2) && dom.text == "text");
        let many = format!("<p {}>text</p>", (0..50_000).map(|i| format!("a{i}=1 ")).collect::<String>());
        let dom = parse(&many);
        assert!(dom.cut && dom.text == "text");
        let formatting = format!(
            "{}{}",
            (0..600).map(|i| format!("<b id=x{i}>")).collect::<String>(),
            "<p>a</p>".repeat(5_000)
        );
        assert!(parse(&formatting).nodes.len() <= MAX_NODES * 2 + 2_000);
    }
}
