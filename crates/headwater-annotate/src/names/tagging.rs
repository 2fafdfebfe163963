//! Runs the two taggers over an article.
//!
//! Gives parts of speech and raw name spans; what the names stand for is decided elsewhere.

use super::features::{Sheet, Tables};
use super::gazetteer::Gazetteer;
use super::kin::KinClasses;
use super::pos::{ALL, Pos};
use super::seen::Seen;
use super::words::WordClasses;
use crate::perceptron::{Rows, Scratch, Tagger};
use headwater_model::text::Outline;
use std::ops::Range;

/// Labels of the name tagger: outside, and begin/inside of each class.
pub const NAME_LABELS: &[&str] =
    &["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-EVT", "I-EVT"];

/// What the name tagger tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place.
    Place,
    /// An event.
    Event,
}

impl Class {
    /// All classes, in the order of [`NAME_LABELS`].
    pub const ALL: [Class; 4] = [Class::Person, Class::Organisation, Class::Place, Class::Event];
}

/// Label pairs that a BIO scheme forbids, by number; `None` is the start.
pub fn forbidden() -> Vec<(Option<u8>, u8)> {
    let mut out = Vec::new();
    for class in 0..Class::ALL.len() as u8 {
        let inside = 2 + 2 * class;
        out.push((None, inside));
        for previous in 0..NAME_LABELS.len() as u8 {
            if previous != inside && previous != inside - 1 {
                out.push((Some(previous), inside));
            }
        }
    }
    out
}

/// Label pairs of parts of speech that are forbidden: none.
pub fn pos_labels() -> Vec<&'static str> {
    ALL.iter().map(|p| p.1).collect()
}

/// A name as the tagger found it: a range of units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Units of the sheet.
    pub units: Range<usize>,
    /// What it is taken for.
    pub class: Class,
}

/// The taggers with their tables.
#[derive(Clone, Debug)]
pub struct Taggers {
    /// Parts of speech.
    pub pos: Tagger,
    /// Names.
    pub names: Tagger,
    /// What is known of words and phrases.
    pub tables: Tables,
}

/// Stored weights and tables.
#[derive(Clone, Copy, Debug)]
pub struct Stored<'b> {
    /// Weights for parts of speech.
    pub pos: &'b [u8],
    /// Weights for names.
    pub names: &'b [u8],
    /// Known phrases.
    pub gazetteer: &'b [u8],
    /// Word classes.
    pub classes: &'b [u8],
    /// Seen names.
    pub seen: &'b [u8],
    /// Words used alike.
    pub kin: &'b [u8],
}

impl Taggers {
    /// Reads stored weights and tables.
    pub fn from_bytes(stored: Stored) -> Result<Self, &'static str> {
        // The names' weights take as long to lay out as all the rest.
        let mut taggers = std::thread::scope(|scope| -> Result<Taggers, &'static str> {
            let names = scope.spawn(|| Tagger::from_bytes(stored.names));
            Ok(Taggers {
                pos: Tagger::from_bytes(stored.pos)?,
                tables: Tables {
                    gazetteer: Gazetteer::from_bytes(stored.gazetteer)?,
                    classes: WordClasses::from_bytes(stored.classes)?,
                    seen: Seen::from_bytes(stored.seen)?,
                    kin: KinClasses::from_bytes(stored.kin)?,
                },
                names: names.join().map_err(|_| "the names' weights could not be read")??,
            })
        })?;
        if taggers.pos.labels().len() != ALL.len() || taggers.names.labels() != NAME_LABELS {
            return Err("the weights have other labels");
        }
        for (previous, next) in forbidden() {
            taggers.names.forbid(previous, next);
        }
        Ok(taggers)
    }

    /// The article as the taggers see it.
    pub fn sheet(&self, text: &str, outline: &Outline) -> Sheet {
        Sheet::new(text, outline, &self.tables)
    }

    /// Part of speech of every unit.
    pub fn pos(&self, sheet: &Sheet) -> Vec<Pos> {
        let mut out = Vec::with_capacity(sheet.units.len());
        let (mut rows, mut scratch, mut labels) = (Rows::default(), Scratch::default(), Vec::new());
        for s in 0..sheet.sentences.len() {
            rows.clear();
            sheet.pos_rows(s, &mut rows);
            self.pos.tag(&rows, &mut scratch, &mut labels);
            out.extend(labels.iter().map(|l| Pos::from_number(*l)));
        }
        out
    }

    /// The names, in order.
    pub fn names(&self, sheet: &Sheet, pos: &[Pos]) -> Vec<Found> {
        let mut out = Vec::new();
        let (mut rows, mut scratch, mut labels) = (Rows::default(), Scratch::default(), Vec::new());
        for (s, range) in sheet.sentences.iter().enumerate() {
            rows.clear();
            sheet.name_rows(s, pos, &mut rows);
            self.names.tag(&rows, &mut scratch, &mut labels);
            read_labels(&labels, range.start, &mut out);
        }
        out
    }
}

/// Turns BIO labels into ranges; `base` is the first unit.
pub fn read_labels(labels: &[u8], base: usize, out: &mut Vec<Found>) {
    let mut open: Option<Found> = None;
    for (i, &label) in labels.iter().enumerate() {
        let class = label.checked_sub(1).and_then(|l| Class::ALL.get(usize::from(l / 2)).copied());
        match (&mut open, class) {
            (Some(found), Some(class)) if label % 2 == 0 && found.class == class => {
                found.units.end = base + i + 1
            }
            (_, class) => {
                out.extend(open.take());
                open = class.map(|class| Found { units: base + i..base + i + 1, class });
            }
        }
    }
    out.extend(open);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_become_ranges() {
        let mut out = Vec::new();
        read_labels(&[1, 2, 0, 3, 4, 5, 5], 10, &mut out);
        let got: Vec<_> = out.iter().map(|f| (f.units.clone(), f.class)).collect();
        let want = [
            (10..12, Class::Person),
            (13..15, Class::Organisation),
            (15..16, Class::Place),
            (16..17, Class::Place),
        ];
        assert_eq!(got, want);
    }
}
