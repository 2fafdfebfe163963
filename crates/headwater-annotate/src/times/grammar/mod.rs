//! The grammar of time phrases: how numbers, units, names of days and pointing words combine.
//!
//! Recursive descent over roles (`super::lang`); every rule looks a bounded number of tokens ahead, so
//! a text is read in linear time. Knows no anchor: what a phrase comes to is `super::resolve`.

mod beside;
mod calendar;
mod clock;
mod length;
mod named;
mod names;
mod pointing;
mod years;

pub(crate) use calendar::longest;

use super::lang::{Language, Role, Unit, Which, Words};
use super::lex::{Item, Num};
use super::reading::{Fields, Point, Reading, What};
use headwater_model::Modifier;
use headwater_model::text::Token;

/// A core of a phrase: one past its last token, and what it means.
pub(crate) type Core = (usize, Reading);

/// A whole phrase.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parsed {
    pub start: usize,
    pub end: usize,
    pub reading: Reading,
    pub modifier: Option<Modifier>,
}

/// A text seen through its roles.
pub(crate) struct Grammar<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub items: &'a [Item],
    pub words: &'a Words,
}

const NOTHING: Item = Item { roles: &[], num: Num::None };

impl<'a> Grammar<'a> {
    pub(crate) fn item(&self, i: usize) -> &Item {
        self.items.get(i).unwrap_or(&NOTHING)
    }

    pub(crate) fn word(&self, i: usize) -> &'a str {
        self.tokens.get(i).map_or("", |t| t.of(self.text))
    }

    pub(crate) fn has(&self, i: usize, role: Role) -> bool {
        self.item(i).roles.contains(&role)
    }

    pub(crate) fn role<T>(&self, i: usize, pick: impl Fn(Role) -> Option<T>) -> Option<T> {
        self.item(i).roles.iter().find_map(|r| pick(*r))
    }

    /// Whether token `i` goes on in the paragraph of the token before it.
    pub(crate) fn joined(&self, i: usize) -> bool {
        match (self.tokens.get(i), i.checked_sub(1).and_then(|p| self.tokens.get(p))) {
            (Some(t), Some(p)) => t.paragraph == p.paragraph,
            _ => false,
        }
    }

    pub(crate) fn mark(&self, i: usize, marks: &[&str]) -> bool {
        self.joined(i) && marks.contains(&self.word(i))
    }

    /// Past a hyphen, if one stands at `i` without space.
    pub(crate) fn hyphen(&self, i: usize) -> Option<usize> {
        (self.mark(i, &["-", "‐", "‑", "–"]) && !self.spaced(i) && self.joined(i + 1) && !self.spaced(i + 1))
            .then_some(i + 1)
    }

    pub(crate) fn spaced(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.spaced)
    }

    pub(crate) fn capital(&self, i: usize) -> bool {
        self.word(i).starts_with(char::is_uppercase)
    }

    pub(crate) fn unit(&self, i: usize) -> Option<Unit> {
        self.role(i, |r| if let Role::Unit(u) = r { Some(u) } else { None })
    }

    pub(crate) fn units(&self, i: usize) -> Option<Unit> {
        self.role(i, |r| if let Role::Units(u) = r { Some(u) } else { None })
    }

    pub(crate) fn any_unit(&self, i: usize) -> Option<Unit> {
        self.unit(i).or_else(|| self.units(i))
    }

    pub(crate) fn which(&self, i: usize) -> Option<Which> {
        self.role(i, |r| if let Role::Which(w) = r { Some(w) } else { None })
    }

    /// A possessive mark after a noun: "'s", or "'" after s.
    pub(crate) fn possessive(&self, i: usize) -> Option<usize> {
        (self.joined(i) && !self.spaced(i) && matches!(self.word(i), "'s" | "’s" | "'" | "’"))
            .then_some(i + 1)
    }

    /// The longest phrase that begins at token `i`.
    pub(crate) fn phrase(&self, i: usize) -> Option<Parsed> {
        let item = self.item(i);
        if item.roles.is_empty() && item.num == Num::None && !matches!(self.word(i), "'" | "’" | "‘") {
            return None;
        }
        let (core, modifier) = self.prefix(i);
        let (end, reading) = self.core(core).filter(|(end, r)| self.admits(i, core, *end, r))?;
        if self.is_name(i, end, &reading) {
            return None;
        }
        Some(Parsed { start: i, end, reading, modifier })
    }

    /// Words before a core that say how exactly or which part of it is meant.
    fn prefix(&self, i: usize) -> (usize, Option<Modifier>) {
        let mut at = i;
        let mut modifier = None;
        for _ in 0..3 {
            let Some((next, m)) = self.prefix_word(at) else { break };
            if !self.joined(next) {
                break;
            }
            at = next;
            modifier = m.or(modifier);
        }
        (at, modifier)
    }

    fn prefix_word(&self, i: usize) -> Option<(usize, Option<Modifier>)> {
        let the = usize::from(self.has(i, Role::The));
        let at = i + the;
        for role in self.item(at).roles {
            let m = match role {
                Role::Early | Role::Late | Role::Mid => {
                    let m = match role {
                        Role::Early => Modifier::Start,
                        Role::Late => Modifier::End,
                        _ => Modifier::Mid,
                    };
                    return Some((self.hyphen(at + 1).unwrap_or(at + 1), Some(m)));
                }
                Role::Start | Role::Middle | Role::End if self.has(at + 1, Role::Of) => {
                    let m = match role {
                        Role::Start => Modifier::Start,
                        Role::Middle => Modifier::Mid,
                        _ => Modifier::End,
                    };
                    return Some((at + 2, Some(m)));
                }
                Role::Earlier | Role::Later if the == 0 => {
                    let next = if self.has(at + 1, Role::In) || self.has(at + 1, Role::On) {
                        at + 2
                    } else {
                        at + 1
                    };
                    return Some((next, None));
                }
                Role::About => Modifier::Approx,
                Role::Nearly => Modifier::LessThan,
                Role::Over => Modifier::MoreThan,
                Role::More if self.has(at + 1, Role::Than) => {
                    return self.measured(at + 2).then_some((at + 2, Some(Modifier::MoreThan)));
                }
                Role::Less if self.has(at + 1, Role::Than) => {
                    return self.measured(at + 2).then_some((at + 2, Some(Modifier::LessThan)));
                }
                Role::At if self.has(at + 1, Role::Least) => {
                    return self.measured(at + 2).then_some((at + 2, Some(Modifier::EqualOrMore)));
                }
                Role::At if self.has(at + 1, Role::Most) => {
                    return self.measured(at + 2).then_some((at + 2, Some(Modifier::EqualOrLess)));
                }
                Role::Up if self.has(at + 1, Role::To) => {
                    return self.measured(at + 2).then_some((at + 2, Some(Modifier::EqualOrLess)));
                }
                Role::Least => Modifier::EqualOrMore,
                Role::Most if self.words.language == Language::German => Modifier::EqualOrLess,
                _ => continue,
            };
            return (the == 0 && self.measured(at + 1)).then_some((at + 1, Some(m)));
        }
        None
    }

    /// Whether a number, "a" or a year's end can follow a quantity word.
    fn measured(&self, i: usize) -> bool {
        self.item(i).num != Num::None
            || self.item(i).roles.iter().any(|r| {
                matches!(
                    r,
                    Role::Cardinal(_)
                        | Role::A
                        | Role::Some
                        | Role::Half
                        | Role::Couple
                        | Role::Nearly
                        | Role::About
                        | Role::Year
                )
            })
    }

    /// The longest core at token `i`.
    fn core(&self, i: usize) -> Option<Core> {
        let mut best: Option<Core> = None;
        let candidates = [
            self.dated(i),
            self.beside(i),
            self.pointing(i),
            self.length(i),
            self.repeat(i),
            self.reference(i),
        ];
        for candidate in candidates.into_iter().flatten() {
            if best.is_none_or(|b| candidate.0 > b.0) {
                best = Some(candidate);
            }
        }
        best
    }

    /// Whether a prefix and a core go together, and bare cores stand where times stand.
    fn admits(&self, start: usize, core: usize, end: usize, reading: &Reading) -> bool {
        if end <= core {
            return false;
        }
        if start == core {
            return true;
        }
        let first = self.item(start).roles;
        let quantity = first.iter().any(|r| {
            matches!(
                r,
                Role::Nearly
                    | Role::Over
                    | Role::More
                    | Role::Less
                    | Role::Up
                    | Role::At
                    | Role::Least
                    | Role::Most
            )
        });
        match reading {
            Reading::Length(_) => {
                !first.iter().any(|r| matches!(r, Role::Early | Role::Late | Role::Earlier | Role::Later))
            }
            Reading::Point(Point { what: What::Shift(_), .. }) => true,
            Reading::Point(Point { what: What::Past | What::Present | What::Future, .. }) => false,
            Reading::Point(Point { clock: Some(_), .. }) => false,
            Reading::Point(_) => !quantity,
            Reading::Repeat(_) => false,
        }
    }
}

/// A point on the calendar and nothing more.
pub(crate) fn point(what: What) -> Reading {
    Reading::Point(Point { what, part: None, clock: None })
}

/// Fields as a reading.
pub(crate) fn fields(fields: Fields) -> Reading {
    point(What::Fields(fields))
}
