//! Learns what names mostly are from a tagger's own reading of unlabelled text.

use headwater_annotate::names::features::word_hash;
use headwater_annotate::names::gazetteer::phrase_hash;
use headwater_annotate::names::seen::{MAX_WORDS, Seen, phrase_key, word_key};
use headwater_annotate::names::tagging::Taggers;
use headwater_model::text::Outline;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// A name or word must have been seen this often.
const LEAST_COUNT: u32 = 2;

/// What a capitalised word can be: outside, first or later word of a person, and the other classes.
const ROLES: usize = 6;

/// Reads the texts and counts.
pub(super) fn learn(texts: &[String], taggers: &Taggers) -> Seen {
    let counted: Vec<BTreeMap<u32, [u32; ROLES]>> =
        texts.par_chunks(200).map(|chunk| count(chunk, taggers)).collect();
    let mut all: BTreeMap<u32, [u32; ROLES]> = BTreeMap::new();
    for part in counted {
        for (key, counts) in part {
            let sum = all.entry(key).or_default();
            sum.iter_mut().zip(counts).for_each(|(s, c)| *s += c);
        }
    }
    Seen::new(all.into_iter().filter_map(|(key, counts)| Some((key, value(&counts)?))))
}

/// The role seen most, and how much: 1 more often than others, 2 three in four, 3 nearly always; 4 added when
/// seen ten times or more.
fn value(counts: &[u32; ROLES]) -> Option<u8> {
    let all: u32 = counts.iter().sum();
    let (role, most) = counts.iter().enumerate().max_by_key(|(role, n)| (**n, std::cmp::Reverse(*role)))?;
    if all < LEAST_COUNT {
        return None;
    }
    let share = f64::from(*most) / f64::from(all);
    let certain = 1 + u8::from(share >= 0.75) + u8::from(share >= 0.95) + if all >= 10 { 4 } else { 0 };
    Some((role as u8 + 1) << 4 | certain)
}

fn count(texts: &[String], taggers: &Taggers) -> BTreeMap<u32, [u32; ROLES]> {
    let mut out: BTreeMap<u32, [u32; ROLES]> = BTreeMap::new();
    for text in texts {
        let sheet = taggers.sheet(text, &Outline::new(text));
        let pos = taggers.pos(&sheet);
        let names = taggers.names(&sheet, &pos);
        let mut inside = vec![0; sheet.units.len()];
        for name in &names {
            let role = [1, 3, 4, 5][name.class as usize];
            for (k, i) in name.units.clone().enumerate() {
                inside[i] = if role == 1 && k > 0 { 2 } else { role };
            }
            if name.units.len() <= MAX_WORDS {
                let hash = name.units.clone().fold(0, |h, i| phrase_hash(h, sheet.low(i)));
                out.entry(phrase_key(hash)).or_default()[role] += 1;
            }
        }
        for sentence in &sheet.sentences {
            for i in
                sentence.clone().filter(|&i| sheet.is_capital(i) && (inside[i] > 0 || i > sentence.start))
            {
                out.entry(word_key(word_hash(sheet.low(i)))).or_default()[inside[i]] += 1;
            }
        }
    }
    out
}
