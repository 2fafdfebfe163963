//! Where html5ever puts the nodes of a page into their places.
//!
//! Text that stands in scripts and styles is dropped; linked data, the one script that is read, is kept.

use super::dom::{Dom, Key, Kind, NONE, Node};
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, ExpandedName, LocalName, Namespace, QualName, local_name, ns};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};

/// A node as the tree builder holds it: with its name, so that asking for it borrows nothing.
#[derive(Clone, Debug)]
pub(super) struct Handle {
    id: u32,
    ns: Namespace,
    local: LocalName,
}

/// The tree while it is built.
pub(super) struct Sink {
    pub(super) dom: RefCell<Dom>,
    /// The range of the source that the text which comes now was read from.
    pub(super) piece: Cell<(u32, u32)>,
    /// How deep the element stands that was placed last.
    pub(super) depth: Cell<u32>,
}

fn node(kind: Kind) -> Node {
    Node { parent: NONE, first: NONE, last: NONE, next: NONE, previous: NONE, depth: 0, kind }
}

impl Default for Sink {
    fn default() -> Self {
        let dom = Dom { nodes: vec![node(Kind::Other)], ..Dom::default() };
        Sink { dom: RefCell::new(dom), piece: Cell::new((0, 0)), depth: Cell::new(0) }
    }
}

impl Sink {
    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.dom.borrow().nodes.len()
    }

    /// Says that something was dropped.
    pub(super) fn cut(&self) {
        self.dom.borrow_mut().cut = true;
    }

    fn other(&self) -> Handle {
        let nodes = &mut self.dom.borrow_mut().nodes;
        nodes.push(node(Kind::Other));
        Handle { id: (nodes.len() - 1) as u32, ns: ns!(), local: local_name!("") }
    }

    fn detach(nodes: &mut [Node], id: u32) {
        let (parent, previous, next) = {
            let n = &nodes[id as usize];
            (n.parent, n.previous, n.next)
        };
        if parent == NONE {
            return;
        }
        Self::tie(nodes, parent, (previous, next), (previous, next));
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
        Self::tie(nodes, parent, (previous, id), (id, before));
    }

    /// Under `parent`: after `left.0` comes `left.1`, before `right.1` comes `right.0`. No node at the outer side means
    /// the first or last of the parent.
    fn tie(nodes: &mut [Node], parent: u32, left: (u32, u32), right: (u32, u32)) {
        match nodes.get_mut(left.0 as usize) {
            Some(node) => node.next = left.1,
            None => nodes[parent as usize].first = left.1,
        }
        match nodes.get_mut(right.1 as usize) {
            Some(node) => node.previous = right.0,
            None => nodes[parent as usize].last = right.0,
        }
    }

    fn place_text(&self, parent: u32, before: u32, words: &str) {
        let Dom { nodes, text, .. } = &mut *self.dom.borrow_mut();
        if matches!(nodes[parent as usize].kind, Kind::Element { mute: true, .. }) {
            return;
        }
        let (from, to) = self.piece.get();
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
        Self::insert(nodes, parent, id, before);
    }

    fn place(&self, parent: u32, before: u32, child: NodeOrText<Handle>) {
        match child {
            NodeOrText::AppendNode(child) => {
                let nodes = &mut self.dom.borrow_mut().nodes;
                Self::insert(nodes, parent, child.id, before);
                self.depth.set(nodes[child.id as usize].depth);
            }
            NodeOrText::AppendText(words) => self.place_text(parent, before, &words),
        }
    }
}

/// Keeps an attribute of the element whose attributes begin at `first`, behind those that are kept already. Of several
/// names that mean one key the first counts.
fn keep(dom: &mut Dom, element: &LocalName, first: usize, attribute: &Attribute) {
    if let Some(key) = Key::of(&attribute.name.local)
        && dom.attributes.len() - first < usize::from(u16::MAX)
        && !dom.attributes[first..].iter().any(|(k, _)| *k == key)
        && let Some(value) = key.asked(element, &attribute.value).and_then(|end| attribute.value.get(..end))
    {
        let value = dom.values.keep(value);
        dom.attributes.push((key, value));
    }
}

/// Whether text under this element is dropped: that of styles and of scripts that are no linked data.
fn is_mute(dom: &Dom, name: &LocalName, own: &[(Key, u32)]) -> bool {
    match *name {
        local_name!("script") => {
            !own.iter().any(|(k, v)| *k == Key::Type && dom.values.get(*v).contains("ld+json"))
        }
        local_name!("style")
        | local_name!("noscript")
        | local_name!("iframe")
        | local_name!("noembed")
        | local_name!("noframes") => true,
        _ => false,
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
        let dom = &mut *self.dom.borrow_mut();
        let first = dom.attributes.len();
        for attribute in &attributes {
            keep(dom, &name.local, first, attribute);
        }
        let mute = is_mute(dom, &name.local, &dom.attributes[first..]);
        let count = (dom.attributes.len() - first) as u16;
        dom.nodes.push(node(Kind::Element { name: name.local.clone(), first: first as u32, count, mute }));
        Handle { id: (dom.nodes.len() - 1) as u32, ns: name.ns, local: name.local }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.other()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.other()
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.place(parent.id, NONE, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.dom.borrow().nodes[element.id as usize].parent != NONE;
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
        let parent = self.dom.borrow().nodes[sibling.id as usize].parent;
        if parent != NONE {
            self.place(parent, sibling.id, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        let dom = &mut *self.dom.borrow_mut();
        let Kind::Element { first, count, .. } = dom.nodes[target.id as usize].kind else { return };
        // Those of an element stand in one row: they are written again, with the new ones behind.
        let own = dom.attributes[first as usize..first as usize + usize::from(count)].to_vec();
        let start = dom.attributes.len();
        dom.attributes.extend(own);
        for attribute in &attributes {
            keep(dom, &target.local, start, attribute);
        }
        let own = (dom.attributes.len() - start) as u16;
        if let Kind::Element { first, count, .. } = &mut dom.nodes[target.id as usize].kind {
            (*first, *count) = (start as u32, own);
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        Self::detach(&mut self.dom.borrow_mut().nodes, target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let nodes = &mut self.dom.borrow_mut().nodes;
        let mut child = nodes[node.id as usize].first;
        while child != NONE {
            let next = nodes[child as usize].next;
            Self::insert(nodes, new_parent.id, child, NONE);
            child = next;
        }
    }
}
