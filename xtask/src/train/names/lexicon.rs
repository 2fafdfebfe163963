//! Builds the gazetteer from the open lexicons and the word lists of the repository.

use anyhow::{Context, Result};
use headwater_annotate::names::gazetteer::{Gazetteer, flag, phrase};
use std::path::Path;

/// Cities of this many people or more are "large".
const LARGE_CITY: u64 = 400_000;

/// Person-name parts shorter than this say nothing.
const LEAST_PART: usize = 3;

/// Reads the lexicons and lists; the order of rows does not matter.
pub(super) fn gazetteer(lexicons: &Path, data: &Path) -> Result<Gazetteer> {
    let read = |folder: &Path, name: &str| -> Result<String> {
        std::fs::read_to_string(folder.join(name))
            .with_context(|| format!("cannot read {}", folder.join(name).display()))
    };
    let mut rows: Vec<(u32, u16)> = Vec::new();
    let mut add = |text: &str, flags: u16| {
        let text = text.trim();
        if text.chars().count() > 1
            && text.split_whitespace().count() <= headwater_annotate::names::gazetteer::MAX_WORDS
        {
            // Hyphens stand alone in the outline.
            let apart = text.replace('-', " - ");
            rows.push((phrase(&apart), flags));
        }
    };
    for line in read(lexicons, "common-forenames-by-country.csv")?.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        if let [.., gender, _, roman] = cells[..] {
            add(roman, if gender == "F" { flag::FORENAME_FEMALE } else { flag::FORENAME_MALE });
        }
    }
    for line in read(lexicons, "common-surnames-by-country.csv")?.lines().skip(1) {
        if let Some(roman) = line.split(',').nth(5) {
            add(roman, flag::SURNAME);
        }
    }
    for line in read(lexicons, "nicknames.csv")?.lines().skip(1) {
        for cell in line.split(',').step_by(2) {
            add(cell, flag::PERSON_PART);
        }
    }
    for line in read(lexicons, "rigour_person_names.txt")?.lines() {
        let names = line.split(" => ").next().unwrap_or("");
        for part in names.split(", ").filter(|p| p.len() >= LEAST_PART && p.is_ascii()) {
            add(part, flag::PERSON_PART);
        }
    }
    for line in read(lexicons, "geonames_cities15000.tsv")?.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let large = cells.get(3).and_then(|p| p.parse::<u64>().ok()).is_some_and(|p| p >= LARGE_CITY);
        if let Some(name) = cells.get(1) {
            add(name, flag::CITY | if large { flag::LARGE_CITY } else { 0 });
        }
    }
    for line in read(lexicons, "countries_capitals_demonyms.countryinfo-mit.tsv")?.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        if let [_, name, capital, demonym, ..] = cells[..] {
            add(name, flag::COUNTRY);
            add(capital, flag::LARGE_CITY);
            demonym.split([',', '|']).for_each(|d| add(d, flag::DEMONYM));
        }
    }
    let mut territories: Vec<_> = std::fs::read_dir(lexicons.join("rigour_territories"))?
        .filter_map(|e| Some(e.ok()?.path()))
        .collect();
    territories.sort();
    for path in territories {
        let text = std::fs::read_to_string(&path)?;
        let region = path.file_stem().is_some_and(|s| s.to_string_lossy().contains('_'));
        for line in text.lines() {
            if let Some(name) = line.strip_prefix("name: ").or_else(|| line.strip_prefix("full_name: ")) {
                let name = name.trim_matches(['"', '\'']).split(" (").next().unwrap_or(name);
                add(name, if region { flag::REGION } else { flag::COUNTRY });
            }
        }
    }
    for (file, flags) in LISTS {
        for line in read(data, file)?.lines().filter(|l| !l.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            for (cell, flags) in cells.iter().zip(*flags) {
                cell.split('|').filter(|c| *flags != 0 && c.len() > 1).for_each(|c| add(c, *flags));
            }
        }
    }
    Ok(Gazetteer::new(rows))
}

/// Lists of the repository, with the flags of each column.
const LISTS: &[(&str, &[u16])] = &[
    ("countries.tsv", &[0, 0, flag::COUNTRY, flag::LARGE_CITY, flag::DEMONYM]),
    ("organisations.tsv", &[flag::ORGANISATION, flag::ORGANISATION]),
    ("words.tsv", &[flag::ORGANISATION_WORD]),
    ("words-place.tsv", &[flag::PLACE_WORD]),
    ("words-title.tsv", &[flag::TITLE]),
    ("words-event.tsv", &[flag::EVENT_WORD]),
];

/// Name parts with more meanings than this say nothing about who is who.
const MOST_GROUPS: usize = 24;

/// Builds the table of person-name variants: rows of (hash of a folded name part, group), sorted.
///
/// Two parts that share a group are spellings of one name in several scripts or languages. Latin and
/// Cyrillic parts are kept. The form is read by `headwater_group::entities::EntityLexicon`.
pub(super) fn variants(lexicons: &Path) -> Result<Vec<u8>> {
    let path = lexicons.join("rigour_person_names.txt");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut rows: Vec<(u32, u32)> = Vec::new();
    for (group, line) in text.lines().enumerate() {
        let names = line.split(" => ").next().unwrap_or("");
        let mut parts: Vec<u32> = names
            .split(", ")
            .map(headwater_model::text::fold::fold)
            .filter(|p| {
                p.chars().count() >= LEAST_PART
                    && p.chars().all(|c| c.is_ascii_lowercase() || ('а'..='я').contains(&c))
            })
            .map(|p| headwater_group::entities::part_hash(&p))
            .collect();
        parts.sort_unstable();
        parts.dedup();
        if parts.len() > 1 {
            rows.extend(parts.into_iter().map(|p| (p, group as u32)));
        }
    }
    rows.sort_unstable();
    rows.dedup();
    let mut kept = Vec::with_capacity(rows.len());
    for same in rows.chunk_by(|a, b| a.0 == b.0).filter(|c| c.len() <= MOST_GROUPS) {
        kept.extend_from_slice(same);
    }
    Ok(headwater_group::entities::EntityLexicon::encode(&kept))
}
