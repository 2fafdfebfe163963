//! What a person is, as told beside the name: "Marcus Tran, a spokesman for Sarrin Lines", "the prosecutor, Helena
//! Obi", "Ms Strandberg, who chairs …" is not read.
//!
//! Titles right before a name are read where names are brought together.

use super::features::Sheet;
use super::mentions::Mention;
use super::states::Atlas;
use super::titles::{self, Office};
use headwater_model::NameKind;

/// Longest apposition looked at, in units.
const LONGEST: usize = 12;

/// Offices told in appositions before and after mention `i` of a person: office, country's code, the title's word.
pub(super) fn beside(
    sheet: &Sheet,
    mentions: &[Mention],
    atlas: &Atlas,
    i: usize,
) -> Vec<(Office, Option<String>, String)> {
    let m = &mentions[i];
    let mut out = Vec::new();
    let Some(sentence) = sheet.sentences.get(sheet.sentence_of(m.units.start)) else { return out };
    let mut add = |from: usize, to: usize| {
        // The head stands before what it is of: "the governor of the province".
        let head = (from..to)
            .take_while(|&k| {
                k == from
                    || !matches!(sheet.low(k), "of" | "for" | "at" | "in" | "who" | "whose" | "with" | "to")
            })
            .filter_map(|k| Some((titles::office(sheet.low(k))?, k)))
            .last();
        let Some((office, at)) = head else { return };
        let country = mentions
            .iter()
            .skip(mentions.partition_point(|c| c.units.end <= from))
            .take_while(|c| c.units.start < to)
            .filter(|c| c.kind != NameKind::Person)
            .find_map(|c| c.known.demonym.or(c.known.country).or(c.country))
            .and_then(|c| atlas.country(c))
            .map(|c| c.code.clone());
        out.push((office, country, sheet.low(at).to_owned()));
    };
    let begins = |k: usize| {
        matches!(sheet.low(k), "a" | "an" | "the" | "his" | "her" | "their" | "its" | "our" | "former")
            || titles::office(sheet.low(k)).is_some()
            || sheet.low(k + 1) == "'s"
            || mentions.binary_search_by_key(&k, |c| c.units.start).is_ok()
    };
    // after: ", a spokesman for …,"
    let from = m.units.end + 1;
    if sheet.low(m.units.end) == "," && from < sentence.end && begins(from) {
        let to = (from..sentence.end.min(from + LONGEST))
            .find(|&k| matches!(sheet.low(k), "," | "." | ";" | "—" | "–"))
            .unwrap_or(sentence.end.min(from + LONGEST));
        // An age stands between: ", 54, a fisherman".
        add(from, to);
    }
    // before: "Velmora's transport minister, …"
    if m.units.start > sentence.start + 1 && sheet.low(m.units.start - 1) == "," {
        let to = m.units.start - 1;
        let low = to.saturating_sub(LONGEST).max(sentence.start);
        let from = (low..to)
            .rev()
            .take_while(|&k| !matches!(sheet.low(k), "," | "." | ";" | "said" | "says" | "that" | "\"" | "“"))
            .last();
        if let Some(from) = from.filter(|&f| begins(f)) {
            add(from, to);
        }
    }
    out
}
