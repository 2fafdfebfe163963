//! Reads a page into its tree, by the rules of HTML as html5ever keeps them.
//!
//! The page is taken in pieces cut at every `<`; the range of the current piece is noted and given to the text that
//! comes out of it. Plain tags go to the tree builder straight away (`quick`), and plain text with them; whatever is odd
//! is fed to html5ever's tokenizer, which stands where text is expected whenever it is passed by.
//!
//! Depth, number of nodes and attributes of one tag are bounded: tags past a bound are dropped, text stays.
//!
//! What stands in scripts and styles is kept by nobody and is most of many pages: it is not even tokenized.

use super::dom::Dom;
use super::quick;
use super::sink::{Handle, Sink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag as TagToken, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, local_name};
use std::cell::Cell;

/// Deepest nesting that is kept, as in browsers. Deeper start tags are dropped.
const MAX_DEPTH: u32 = 512;

/// Most nodes of one page: with what later steps hold of each, forty megabytes hold a page of five. The largest page of
/// the benches has 60,000.
const MAX_NODES: usize = 200_000;

/// Bytes of one tag from which its attributes are counted.
const LONG_TAG: usize = 64 * 1024;

/// White space inside one long tag from which it is held to be a bomb of attributes, and cut. The tokenizer
/// compares each attribute with all before it.
const MANY_ATTRIBUTES: usize = 4_000;

/// Bytes of the source that are copied for the tree builder at once.
const CHUNK_BYTES: usize = 64 * 1024;

/// A copy of a part of the source, of which pieces are given away without copying them again.
struct Chunk<'s> {
    source: &'s str,
    start: usize,
    copy: StrTendril,
}

impl<'s> Chunk<'s> {
    fn new(source: &'s str) -> Self {
        Chunk { source, start: 0, copy: StrTendril::new() }
    }

    /// Makes sure that a range is in the copy.
    fn cover(&mut self, from: usize, to: usize) {
        if from >= self.start && to <= self.start + self.copy.len() {
            return;
        }
        let mut end = to.max(from + CHUNK_BYTES).min(self.source.len());
        while !self.source.is_char_boundary(end) {
            end += 1;
        }
        self.copy = StrTendril::from_slice(&self.source[from..end]);
        self.start = from;
    }

    /// A range that is in the copy.
    fn cut(&self, from: usize, to: usize) -> StrTendril {
        self.copy.subtendril((from - self.start) as u32, (to - from) as u32)
    }
}

/// Parses a page.
pub(crate) fn parse(source: &str) -> Dom {
    parse_by(source, true)
}

/// Parses a page, plain tags without the tokenizer or with it.
fn parse_by(source: &str, quickly: bool) -> Dom {
    // A mark of the encoding is no part of the page. The tokenizer would drop one from whatever it is fed with.
    let mut at = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut reader = Reader::new(source, source[at..].starts_with('<'));
    while at < source.len() {
        if let Some(name) = reader.guard().raw.take()
            && let Some(behind) = raw_end(&source.as_bytes()[at..], &name)
        {
            at += behind;
            continue;
        }
        let next = memchr::memchr(b'<', &source.as_bytes()[at + 1..]).map_or(source.len(), |i| at + 1 + i);
        let passed = if quickly { reader.pass(at, next) } else { None };
        at = passed.unwrap_or_else(|| reader.tokenize(at, next));
    }
    reader.tokenizer.end();
    reader.tokenizer.sink.builder.sink.dom.into_inner()
}

/// A page on its way to the tree builder.
struct Reader<'s> {
    source: &'s str,
    chunk: Chunk<'s>,
    queue: BufferQueue,
    tokenizer: Tokenizer<Guard>,
    /// Words with their references read.
    read: String,
    /// Whether the tokenizer stands where text or a tag is expected and holds nothing back.
    settled: bool,
}

impl<'s> Reader<'s> {
    fn new(source: &'s str, settled: bool) -> Self {
        let builder = TreeBuilder::new(
            Sink::default(),
            TreeBuilderOpts { drop_doctype: true, ..TreeBuilderOpts::default() },
        );
        let guard = Guard { builder, raw: Cell::default(), ready: Cell::new(false) };
        Reader {
            source,
            chunk: Chunk::new(source),
            queue: BufferQueue::default(),
            tokenizer: Tokenizer::new(
                guard,
                TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() },
            ),
            read: String::new(),
            settled,
        }
    }

    fn guard(&self) -> &Guard {
        &self.tokenizer.sink
    }

    /// Passes a piece on to the tree builder, past the tokenizer where it can be; gives where to go on, or nothing where
    /// the tokenizer has to read it all.
    fn pass(&mut self, at: usize, next: usize) -> Option<usize> {
        if !self.settled || next - at >= LONG_TAG {
            return None;
        }
        let bytes = self.source.as_bytes();
        self.chunk.cover(at, next);
        let mut words = at;
        if bytes[at] == b'<' {
            let read = quick::tag(&self.source[at..next], |from, to| self.chunk.cut(at + from, at + to))?;
            words += read.end;
            if let Some(raw) = self.guard().pass(read.tag, &bytes[words..])? {
                return Some(words + raw);
            }
        }
        if words < next {
            self.guard().builder.sink.piece.set((words as u32, next as u32));
            if quick::is_plain(&bytes[words..next]) {
                let _ = self.guard().process_token(Token::CharacterTokens(self.chunk.cut(words, next)), 1);
            } else if quick::words(&self.source[words..next], &mut self.read) {
                let read = StrTendril::from_slice(&self.read);
                let _ = self.guard().process_token(Token::CharacterTokens(read), 1);
            } else {
                self.feed(words, next);
                self.settled = ends_settled(&bytes[words..next]);
            }
        }
        Some(next)
    }

    /// Has the tokenizer read a piece; gives where to go on.
    fn tokenize(&mut self, at: usize, next: usize) -> usize {
        let bytes = self.source.as_bytes();
        let end = head_of_raw(&bytes[at..next]).map_or(next, |i| at + i);
        self.chunk.cover(at, end);
        self.guard().builder.sink.piece.set((text_start(bytes, at, end), end as u32));
        self.guard().ready.set(false);
        match bomb(&self.source[at..end]) {
            Some((head, tail)) => {
                self.guard().builder.sink.cut();
                self.feed(at, at + head);
                self.feed(at + tail, end);
            }
            None => self.feed(at, end),
        }
        self.settled = self.guard().ready.get() && ends_settled(&bytes[at..end]);
        end
    }

    fn feed(&self, from: usize, to: usize) {
        if to > from {
            self.queue.push_back(self.chunk.cut(from, to));
        }
        // It stops behind a script and behind a declared encoding, and is then fed on.
        for _ in 0..8 {
            let _ = self.tokenizer.feed(&self.queue);
            if self.queue.is_empty() {
                break;
            }
        }
    }
}

/// Whether the tokenizer, fed with this, holds nothing back: no reference that may go on or waits to be given out, no
/// line end that may have a second half.
fn ends_settled(fed: &[u8]) -> bool {
    let finished = match memchr::memrchr(b'&', fed) {
        Some(i) => {
            let rest = &fed[i + 1..];
            let end = rest.iter().position(|b| b.is_ascii() && !b.is_ascii_alphanumeric() && *b != b'#');
            end.is_some_and(|end| end + 1 < rest.len())
        }
        None => true,
    };
    finished && fed.last() != Some(&b'\r')
}

/// Where text can begin in a piece that begins with a tag.
fn text_start(source: &[u8], at: usize, end: usize) -> u32 {
    let piece = &source[at..end];
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

/// Passes tokens on to the tree builder, within bounds.
struct Guard {
    builder: TreeBuilder<Handle, Sink>,
    /// An element was just opened by the tokenizer whose words are no mark-up and are not kept.
    raw: Cell<Option<LocalName>>,
    /// A tag or a comment just ended, and what comes is text or a tag.
    ready: Cell<bool>,
}

impl Guard {
    /// Whether a start tag may not be dropped, since the tokenizer changes its ways after it.
    fn is_raw(tag: &TagToken) -> bool {
        Self::is_skipped(&tag.name)
            || matches!(tag.name, local_name!("title") | local_name!("textarea") | local_name!("xmp"))
    }

    /// Whether the words of an element are no mark-up and are not kept.
    fn is_skipped(name: &LocalName) -> bool {
        matches!(
            *name,
            local_name!("script")
                | local_name!("style")
                | local_name!("noscript")
                | local_name!("iframe")
                | local_name!("noembed")
                | local_name!("noframes")
        )
    }

    /// Passes a plain tag on, behind which the source goes on with `rest`; gives where in it the end tag of an element
    /// begins whose words are not kept. Nothing where the tokenizer has to read the tag.
    fn pass(&self, tag: TagToken, rest: &[u8]) -> Option<Option<usize>> {
        let raw = match tag.kind == TagKind::StartTag && Self::is_skipped(&tag.name) {
            true if is_linked(&tag) => return None,
            true => Some(raw_end(rest, &tag.name)?),
            false => None,
        };
        if raw.is_some() && self.is_full() {
            self.builder.sink.cut();
            return Some(raw);
        }
        let result = self.process_token(Token::TagToken(tag), 1);
        self.raw.take();
        // Where such an element stands in a drawing, its words are mark-up.
        Some(raw.filter(|_| matches!(result, TokenSinkResult::RawData(_))))
    }

    fn is_full(&self) -> bool {
        self.builder.sink.len() >= MAX_NODES
    }
}

impl TokenSink for Guard {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        let sink = &self.builder.sink;
        let full = self.is_full();
        match &token {
            Token::CommentToken(_) => {
                self.ready.set(true);
                return TokenSinkResult::Continue;
            }
            Token::ParseError(_) => return TokenSinkResult::Continue,
            Token::TagToken(tag) if full && !Self::is_raw(tag) => {
                sink.cut();
                self.ready.set(true);
                return TokenSinkResult::Continue;
            }
            Token::TagToken(tag) if tag.kind == TagKind::EndTag => {
                sink.depth.set(sink.depth.get().saturating_sub(1))
            }
            Token::TagToken(tag) if sink.depth.get() >= MAX_DEPTH && !Self::is_raw(tag) => {
                sink.cut();
                self.ready.set(true);
                return TokenSinkResult::Continue;
            }
            Token::CharacterTokens(_) if sink.len() >= MAX_NODES * 2 => {
                sink.cut();
                return TokenSinkResult::Continue;
            }
            _ => {}
        }
        let skipped = match &token {
            Token::TagToken(tag)
                if tag.kind == TagKind::StartTag && Self::is_skipped(&tag.name) && !is_linked(tag) =>
            {
                Some(tag.name.clone())
            }
            _ => None,
        };
        let ends = matches!(token, Token::TagToken(_) | Token::DoctypeToken(_));
        let result = self.builder.process_token(token, line);
        let text = matches!(result, TokenSinkResult::RawData(_) | TokenSinkResult::Plaintext);
        self.ready.set(self.ready.get() || ends && !text);
        if let TokenSinkResult::RawData(kind) = &result
            && !matches!(kind, RawKind::Rcdata)
        {
            self.raw.set(skipped);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_knows_its_source() {
        let source = "<html><body><p class=a>One &amp; <b>two</b> three</p>";
        let dom = parse(source);
        let mut seen = Vec::new();
        for node in &dom.nodes {
            if let crate::html::dom::Kind::Text { start, end, from, to } = node.kind {
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

    /// Invented pieces of pages, plain and odd, in any order.
    const PIECES: &[&str] = &[
        "<p>",
        "</p>",
        "<div class=a>",
        "</div>",
        "<b x=1>",
        "</b>",
        "<i>",
        "</i>",
        "<a href='/by/x?a&b'>",
        "</a>",
        "<br/>",
        "<li>",
        "<ul>",
        "</ul>",
        "<table>",
        "<tr>",
        "<td id=q>",
        "</td>",
        "</table>",
        "one ",
        "a &amp; b",
        "&amp;",
        "&zwnj;",
        "a&b;",
        "&#39;",
        "&#150;",
        "a &am",
        "p; ",
        " & ",
        "&",
        "&lt",
        "\r",
        "\n",
        "\r\n",
        " ",
        "<",
        "< ",
        "</",
        ">",
        "<!--",
        "-->",
        "<!-- c -->",
        "<script>",
        "</script>",
        "<style>",
        "</style>",
        "<title>",
        "</title>",
        "<textarea>",
        "</textarea>",
        "<svg>",
        "</svg>",
        "<math>",
        "<![CDATA[",
        "]]>",
        "<noscript>",
        "</noscript>",
        "<iframe>",
        "</iframe>",
        "<xmp>",
        "</xmp>",
        "<plaintext>",
        "<select>",
        "<option>",
        "</select>",
        "<form>",
        "</form>",
        "<html lang=de>",
        "<body class=c>",
        "<head>",
        "</head>",
        "</body>",
        "<meta charset=x>",
        "<meta name=a content='b &quot; c'>",
        "<template>",
        "</template>",
        "<h1>",
        "</h1>",
        "<frameset>",
        "<pre>",
        "\0",
        "<p title='",
        "' class=\"",
        "\">",
        "<script type=application/ld+json>",
        "{\"a\": 1}",
        "<input type=hidden>",
        "<image>",
        "<style>p > a {}</style>",
        "<svg><style>",
        "é",
        "\u{feff}",
        "<nobr>",
        "<button>",
        "</button>",
        "<x-y data-testid=z>",
        "<P STYLE='DISPLAY:none'>",
        "<p style='display:none'>",
        "</br>",
        "</p >",
        "<p/>",
        "<!doctype html>",
        "<?php ?>",
    ];

    /// A tree as words: what stands in what, with its attributes and the source of its texts.
    fn told(dom: &Dom) -> String {
        use crate::html::dom::Kind;
        let mut out = String::new();
        let mut at = Some(0);
        while let Some(id) = at {
            let node = &dom.nodes[id as usize];
            out += &format!("\n{}", " ".repeat(node.depth as usize));
            match &node.kind {
                Kind::Other => out += "-",
                Kind::Element { name, mute, .. } => {
                    out += &format!("<{}{}", &**name, if *mute { "!" } else { "" });
                    for (key, value) in dom.attributes(id) {
                        out += &format!(" {key:?}={:?}", dom.values.get(*value));
                    }
                }
                Kind::Text { start, end, .. } => {
                    out += &format!("{:?}", &dom.text[*start as usize..*end as usize])
                }
            }
            at = dom.following(id, 0, false);
        }
        out
    }

    #[test]
    fn plain_tags_make_the_same_tree_without_the_tokenizer() {
        let mut state = 7u64;
        for _ in 0..4_000 {
            let mut page = String::new();
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            if state >> 60 > 3 {
                page += "<!doctype html><html><body>";
            }
            for _ in 0..state >> 33 & 31 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                page += PIECES[(state >> 33) as usize % PIECES.len()];
            }
            assert_eq!(told(&parse_by(&page, true)), told(&parse_by(&page, false)), "{page:?}");
        }
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
