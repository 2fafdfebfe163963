//! What many statements look up again and again, worked out once for all stories of a run.

use headwater_model::text::fold::fold;
use headwater_model::{ArticleIndex, Copy, Entity, EntityIndex, Event, EventKind, Family, NameKind};
use rustc_hash::FxHashMap;

/// Lookups over all articles and entities.
pub struct Index {
    /// The told event of each article.
    pub(crate) event_of: Vec<Option<u32>>,
    /// The family of each article.
    pub(crate) family_of: Vec<Option<u32>>,
    /// The links of each article.
    pub(crate) copies_of: Vec<Vec<u32>>,
    by_form: FxHashMap<String, EntityIndex>,
    by_initials: FxHashMap<String, EntityIndex>,
    /// Organisations by the last words of their names: "coast guard".
    by_tail: FxHashMap<String, Vec<EntityIndex>>,
}

impl Index {
    /// Reads everything once. The first entity that bears a form keeps it.
    pub fn new(
        articles: usize,
        entities: &[Entity],
        events: &[Event],
        copies: &[Copy],
        families: &[Family],
    ) -> Self {
        let mut index = Index {
            event_of: vec![None; articles],
            family_of: vec![None; articles],
            copies_of: vec![Vec::new(); articles],
            by_form: FxHashMap::default(),
            by_initials: FxHashMap::default(),
            by_tail: FxHashMap::default(),
        };
        for (e, event) in events.iter().enumerate().filter(|(_, e)| e.kind == EventKind::Told) {
            for a in &event.told_by {
                index.event_of[a.at()] = Some(e as u32);
            }
        }
        for (f, family) in families.iter().enumerate() {
            for a in &family.members {
                index.family_of[a.at()].get_or_insert(f as u32);
            }
        }
        for (c, copy) in copies.iter().enumerate() {
            index.copies_of[copy.from.at()].push(c as u32);
            index.copies_of[copy.to.at()].push(c as u32);
        }
        for (e, entity) in entities.iter().enumerate() {
            let at = EntityIndex(e as u32);
            for form in entity.forms.iter().chain(std::iter::once(&entity.name)) {
                index.by_form.entry(fold(form)).or_insert(at);
            }
            if entity.kind == NameKind::Organisation {
                let name = fold(&entity.name);
                for (start, _) in name.match_indices(' ').chain([(0, "")]) {
                    let tail = name[start..].trim_start();
                    if tail.contains(' ') || tail.len() >= LEAST_TAIL {
                        index.by_tail.entry(tail.to_owned()).or_default().push(at);
                    }
                }
                index.by_initials.entry(initials(&entity.name)).or_insert(at);
            }
        }
        index
    }

    /// The organisation meant by a short form such as "the coast guard" in an article: the only one whose name
    /// ends so and that the article names, else the only one of all.
    pub(crate) fn body(
        &self,
        entities: &[Entity],
        words: &str,
        article: ArticleIndex,
    ) -> Option<EntityIndex> {
        let all = self.by_tail.get(words)?;
        let here = |e: &&EntityIndex| entities[e.at()].members.iter().any(|m| m.0 == article);
        let mut own = all.iter().filter(here);
        match (own.next(), own.next()) {
            (Some(e), None) => Some(*e),
            (None, _) if all.len() == 1 => all.first().copied(),
            _ => None,
        }
    }

    /// The organisation whose name is the fullest form of another's: "Velmora's Accident Commission" for "Accident
    /// Commission", when only one is fuller.
    pub(crate) fn fullest(&self, entities: &[Entity], entity: EntityIndex) -> EntityIndex {
        let own = &entities[entity.at()];
        if own.kind != NameKind::Organisation || !own.name.contains(' ') {
            return entity;
        }
        let all = self.by_tail.get(&fold(&own.name)).map_or(&[][..], Vec::as_slice);
        match all.iter().filter(|e| **e != entity).collect::<Vec<_>>()[..] {
            [fuller] => *fuller,
            _ => entity,
        }
    }

    /// The entity of a name: one of its forms, or the initials of an organisation ("LPA").
    pub(crate) fn entity_named(&self, name: &str) -> Option<EntityIndex> {
        let acronym = (2..=6).contains(&name.len()) && name.chars().all(|c| c.is_ascii_uppercase());
        self.by_initials.get(name).filter(|_| acronym).or_else(|| self.by_form.get(&fold(name))).copied()
    }
}

/// Fewest letters of a single word that stands for a body by itself: "observatory", "commission".
const LEAST_TAIL: usize = 8;

/// The capitals that begin a name's words.
fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect()
}
