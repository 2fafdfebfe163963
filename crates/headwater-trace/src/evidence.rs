//! Which of two articles had the words first: every sign there is, with its weight and its words.
//!
//! A positive weight speaks for the first article being the earlier. Weights are rough log odds, set by hand and
//! checked on the lineage generator; dates and declared sources outweigh everything that is read from the texts.
//! Times of fetching are no sign.

use crate::align::Alignment;
use crate::digest::{Digest, flag};
use crate::judge::Shared;
use crate::style::word_hash;
use crate::supplier::Part;
use headwater_model::Span;

/// What a sign rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// A link, `derivedfrom`, a citation, a long quotation of what is named: the article itself says so.
    Declared,
    /// It credits the other's outlet for its text.
    Credit,
    /// Somebody spoke to the other's outlet.
    Told,
    /// Times of publication, told by both.
    Times,
    /// The same, when one is worked out.
    TimesInferred,
    /// Cuts, deletions, leads.
    Shape,
    /// "told the Post" became "told reporters".
    Attribution,
    /// A quotation that is shorter.
    QuoteTrimmed,
    /// Counts that are higher.
    Figure,
    /// It is the credited agency's own report.
    Agency,
    /// A credit that is not there any more.
    CreditLost,
    /// Made of two texts.
    Merged,
}

/// One sign.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sign {
    /// What it rests on.
    pub(crate) what: What,
    /// Positive: the first article is the earlier; negative: the second.
    pub(crate) weight: f64,
    /// In words, with `{early}` and `{late}` for the two.
    pub(crate) text: String,
    /// Where the words stand: in the first article or the second.
    pub(crate) place: Option<(Side, Span)>,
}

/// One of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    A,
    B,
}

/// Sum of weights from which a direction counts as known (log odds).
pub(crate) const KNOWN: f64 = 1.5;

/// Evidence against a direction from which it is forbidden (log odds).
pub(crate) const FORBIDDEN: f64 = 2.5;

/// A link or `derivedfrom`.
pub(crate) const LINK: f64 = 6.0;
/// The article credits the other's outlet for its text.
pub(crate) const CREDIT: f64 = 5.0;
/// Own words shared with an article whose outlet is credited, so that it is the one meant (words).
const CREDITED_WORDS: u32 = 30;
/// The article names the other's outlet as the place where it was reported.
pub(crate) const CITED: f64 = 4.0;
/// Somebody spoke to the other's outlet.
pub(crate) const TOLD: f64 = 2.0;
/// Told publication times that do not overlap.
const TIMES_TOLD: f64 = 3.0;
/// The same, when one is worked out.
const TIMES_INFERRED: f64 = 1.5;
/// The later ends where the earlier goes on.
const CUT: f64 = 1.6;
/// The later lacks sentences and has none of its own.
const CONTAINED: f64 = 0.9;
/// The later has its own lead before the earlier's first words.
const NEW_LEAD: f64 = 1.2;
/// "told the Post" became "told reporters".
const ATTRIBUTION: f64 = 2.0;
/// A quotation is shorter in the later.
const QUOTE_TRIMMED: f64 = 1.6;
/// A count is higher in the later.
const FIGURE: f64 = 0.8;
/// The later has lost the agency's credit.
const CREDIT_LOST: f64 = 0.7;
/// The earlier is the agency's own article, the later another outlet's.
const AGENCY: f64 = 2.0;

/// Own words under which the shape of two texts tells nothing of their order (words).
const SHAPE_WORDS: u32 = 12;

/// The sum of the weights.
pub(crate) fn sum(signs: &[Sign]) -> f64 {
    signs.iter().map(|s| s.weight).sum()
}

/// All signs that lie in the two texts and their data.
pub(crate) fn signs(
    a: &Digest,
    b: &Digest,
    flags: (&[u8], &[u8]),
    alignment: &Alignment,
    shared: &Shared,
) -> Vec<Sign> {
    let mut out = Vec::new();
    declared(a, b, shared, 1.0, Side::B, &mut out);
    declared(b, a, shared, -1.0, Side::A, &mut out);
    times(a, b, &mut out);
    if shared.own >= SHAPE_WORDS {
        shape(a, b, flags, alignment, &mut out);
        gaps(a, b, flags, alignment, &mut out);
        agency(a, b, 1.0, &mut out);
        agency(b, a, -1.0, &mut out);
        lost_credit(a, b, 1.0, &mut out);
        lost_credit(b, a, -1.0, &mut out);
    }
    out
}

/// Links and credits of `late` that lead to `early`.
fn declared(early: &Digest, late: &Digest, shared: &Shared, sign: f64, side: Side, out: &mut Vec<Sign>) {
    let links = late.derived_from.iter().any(|d| {
        early.url.as_deref().is_some_and(|u| !u.is_empty() && crate::digest::plain_url(d) == u)
            || early.outlet_name != 0 && crate::cite::squeeze(d) == early.outlet_name
    });
    if links {
        out.push(Sign {
            what: What::Declared,
            weight: sign * LINK,
            text: "{late} says that it is derived from {early}".into(),
            place: None,
        });
    }
    // A credit to an outlet is a credit to the article of it whose words are here.
    if early.outlet_name == 0 || early.outlet_name == late.outlet_name || shared.own < CREDITED_WORDS {
        return;
    }
    if let Some(supplier) = late.suppliers.iter().find(|s| s.part == Part::Whole && is_of(&s.name, early)) {
        let place = supplier.span.map(|s| (side, s));
        out.push(Sign {
            what: What::Credit,
            weight: sign * CREDIT,
            text: format!("{{late}} credits {}, the outlet of {{early}}", supplier.name),
            place,
        });
    }
}

fn times(a: &Digest, b: &Digest, out: &mut Vec<Sign>) {
    let (Some(x), Some(y)) = (a.when, b.when) else { return };
    let (what, weight) =
        if x.told && y.told { (What::Times, TIMES_TOLD) } else { (What::TimesInferred, TIMES_INFERRED) };
    if x.latest < y.earliest {
        out.push(Sign { what, weight, text: "{early} was published before {late}".into(), place: None });
    } else if y.latest < x.earliest {
        out.push(Sign {
            what,
            weight: -weight,
            text: "{early} was published before {late}".into(),
            place: None,
        });
    }
}

/// Share of an article's own words that must be in the other for it to be a cut of it (share).
const WITHIN: f64 = 0.9;

/// Cuts, deletions and leads.
fn shape(a: &Digest, b: &Digest, flags: (&[u8], &[u8]), alignment: &Alignment, out: &mut Vec<Sign>) {
    let own = |flags: &[u8]| {
        flags
            .iter()
            .enumerate()
            .filter(|(_, f)| *f & (flag::FURNITURE | flag::LABEL) == 0)
            .map(|(i, _)| i as u32)
            .collect::<Vec<_>>()
    };
    let (own_a, own_b) = (own(flags.0), own(flags.1));
    if own_a.is_empty() || own_b.is_empty() {
        return;
    }
    let (mut hit_a, mut hit_b) = (vec![false; a.words.len()], vec![false; b.words.len()]);
    for run in &alignment.runs {
        for k in 0..run.len {
            hit_a[(run.a + k) as usize] = true;
            hit_b[(run.b + k) as usize] = true;
        }
    }
    let covered = |own: &[u32], hit: &[bool]| {
        own.iter().filter(|i| hit[**i as usize]).count() as f64 / own.len() as f64
    };
    let (in_a, in_b) = (covered(&own_a, &hit_a), covered(&own_b, &hit_b));
    let cut = |own: &[u32], hit: &[bool]| {
        // Everything after the last shared word is missing; before it nearly nothing is.
        let last = own.iter().rposition(|i| hit[*i as usize]).map_or(0, |p| p + 1);
        let head = own[..last].iter().filter(|i| hit[**i as usize]).count();
        last >= 20 && head as f64 >= 0.95 * last as f64 && own.len() - last >= 12
    };
    if in_b >= WITHIN && in_a < 0.97 {
        if cut(&own_a, &hit_a) {
            out.push(Sign {
                what: What::Shape,
                weight: CUT,
                text: "{late} ends where {early} goes on: cut from the bottom".into(),
                place: None,
            });
        } else {
            out.push(Sign {
                what: What::Shape,
                weight: CONTAINED,
                text: "{late} lacks parts of {early} and adds nothing".into(),
                place: None,
            });
        }
    } else if in_a >= WITHIN && in_b < 0.97 {
        if cut(&own_b, &hit_b) {
            out.push(Sign {
                what: What::Shape,
                weight: -CUT,
                text: "{late} ends where {early} goes on: cut from the bottom".into(),
                place: None,
            });
        } else {
            out.push(Sign {
                what: What::Shape,
                weight: -CONTAINED,
                text: "{late} lacks parts of {early} and adds nothing".into(),
                place: None,
            });
        }
    }
    // A lead of its own, then the other's text from near its top.
    let first = |own: &[u32], hit: &[bool]| own.iter().position(|i| hit[*i as usize]).unwrap_or(own.len());
    let (lead_a, lead_b) = (first(&own_a, &hit_a), first(&own_b, &hit_b));
    if lead_b >= 12 && lead_a <= 3 && in_a >= 0.5 {
        out.push(Sign {
            what: What::Shape,
            weight: NEW_LEAD,
            text: "{late} puts its own lead before the first words of {early}".into(),
            place: None,
        });
    } else if lead_a >= 12 && lead_b <= 3 && in_b >= 0.5 {
        out.push(Sign {
            what: What::Shape,
            weight: -NEW_LEAD,
            text: "{late} puts its own lead before the first words of {early}".into(),
            place: None,
        });
    }
}

/// Words that a copy puts in place of an outlet it does not want to name.
const VAGUE: &[&str] =
    &["reporters", "journalists", "media", "press", "news", "agencies", "newspapers", "outlets", "newsmen"];

/// What stands between the runs of one passage: attributions, figures, quotations.
fn gaps(a: &Digest, b: &Digest, flags: (&[u8], &[u8]), alignment: &Alignment, out: &mut Vec<Sign>) {
    let vague: Vec<u32> = VAGUE.iter().map(|w| word_hash(w)).collect();
    let told = [word_hash("told"), word_hash("to"), word_hash("with")];
    let (mut figures, mut trimmed) = (0.0f64, 0i32);
    for stretch in &alignment.stretches {
        let runs = &alignment.runs[stretch.runs.clone()];
        for pair in runs.windows(2) {
            let (x, y) = (pair[0].a + pair[0].len..pair[1].a, pair[0].b + pair[0].len..pair[1].b);
            let number = |d: &Digest, r: &std::ops::Range<u32>| {
                let from = d.numbers.partition_point(|n| n.0 < r.start);
                d.numbers.get(from).filter(|n| n.0 < r.end).map(|n| n.1)
            };
            if x.len() <= 3
                && y.len() <= 3
                && let (Some(m), Some(n)) = (number(a, &x), number(b, &y))
            {
                // Years and days of a month are no counts that grow.
                if m != n && m.max(n) < 1_000_000.0 && !(1900.0..2100.0).contains(&m) {
                    figures += if m < n { 1.0 } else { -1.0 };
                }
            }
            let before = pair[0].a + pair[0].len;
            let cue = before > 0 && told.contains(&a.words[before as usize - 1]);
            if cue && !x.is_empty() && !y.is_empty() {
                let has_vague = |d: &Digest, r: &std::ops::Range<u32>| {
                    d.words[r.start as usize..r.end as usize].iter().any(|w| vague.contains(w))
                };
                let has_name = |d: &Digest, r: &std::ops::Range<u32>| {
                    d.flags[r.start as usize..r.end as usize].iter().any(|f| f & flag::CAPITAL != 0)
                };
                if has_name(a, &x) && has_vague(b, &y) && !has_name(b, &y) {
                    let place = Some((Side::B, b.bytes(y.clone())));
                    out.push(Sign {
                        what: What::Attribution,
                        weight: ATTRIBUTION,
                        text: "{early} names whom it was told, {late} says it vaguely".into(),
                        place,
                    });
                } else if has_name(b, &y) && has_vague(a, &x) && !has_name(a, &x) {
                    let place = Some((Side::A, a.bytes(x.clone())));
                    out.push(Sign {
                        what: What::Attribution,
                        weight: -ATTRIBUTION,
                        text: "{early} names whom it was told, {late} says it vaguely".into(),
                        place,
                    });
                }
            }
            // Quoted words on one side, nothing on the other.
            let quoted = |f: &[u8], r: &std::ops::Range<u32>| {
                f[r.start as usize..r.end as usize].iter().filter(|f| **f & flag::QUOTED != 0).count()
            };
            if y.is_empty() && x.len() >= 3 && quoted(flags.0, &x) == x.len() {
                trimmed += 1;
            } else if x.is_empty() && y.len() >= 3 && quoted(flags.1, &y) == y.len() {
                trimmed -= 1;
            }
        }
    }
    if trimmed != 0 {
        let weight = QUOTE_TRIMMED * f64::from(trimmed.signum());
        out.push(Sign {
            what: What::QuoteTrimmed,
            weight,
            text: "a quotation in {late} is shorter than in {early}".into(),
            place: None,
        });
    }
    if figures != 0.0 {
        let weight = (FIGURE * figures).clamp(-2.0 * FIGURE, 2.0 * FIGURE);
        out.push(Sign {
            what: What::Figure,
            weight,
            text: "counts are higher in {late} than in {early}".into(),
            place: None,
        });
    }
}

/// Whether a supplier's name is that of the article's own outlet.
fn is_of(supplier: &str, article: &Digest) -> bool {
    article.outlet.as_deref().is_some_and(|outlet| crate::cite::same_house(supplier, outlet))
}

/// Whether an article is an agency's own: it carries the credit of its own outlet.
fn agency_own(article: &Digest) -> Option<&str> {
    let own = article.suppliers.iter().find(|s| s.part == Part::Whole && is_of(&s.name, article))?;
    Some(own.name.as_str())
}

fn agency(early: &Digest, late: &Digest, sign: f64, out: &mut Vec<Sign>) {
    let (Some(name), None) = (agency_own(early), agency_own(late)) else { return };
    out.push(Sign {
        what: What::Agency,
        weight: sign * AGENCY,
        text: format!("{{early}} is {name}'s own report, {{late}} another outlet's"),
        place: None,
    });
}

fn lost_credit(early: &Digest, late: &Digest, sign: f64, out: &mut Vec<Sign>) {
    let Some(supplier) = early.suppliers.iter().find(|s| s.part == Part::Whole) else { return };
    if late.suppliers.is_empty() && !is_of(&supplier.name, late) {
        out.push(Sign {
            what: What::CreditLost,
            weight: sign * CREDIT_LOST,
            text: format!("{{early}} credits {}, {{late}} credits nobody", supplier.name),
            place: None,
        });
    }
}
