//! Words around a date that say what it is the date of: publication, or a change. In the languages of the benches.

/// Words of publication before a date, in small letters.
const PUBLISHED: &[&str] = &[
    "publish",
    "posted",
    "released",
    "first seen",
    "issued",
    "veröffentlich",
    "erschienen",
    "publié",
    "publie",
    "publicado",
    "publicada",
    "pubblicat",
    "gepubliceerd",
    "geplaatst",
    "opublikowan",
    "dodano",
    "опубликован",
    "дата публ",
    "eingestellt",
    "geschrieben",
    "verfasst",
    "erstellt",
    "written on",
    "on:",
    "date:",
    "datum:",
    "fecha:",
    "data:",
    "submitted",
    "created",
    "julkaistu",
    "publicerad",
    "udgivet",
    "publisert",
    "yayın",
    "发布",
    "投稿日",
    "公開日",
    "게시",
];

/// Words of change before a date.
const CHANGED: &[&str] = &[
    "updated",
    "update:",
    "last modified",
    "modified",
    "last edit",
    "edited",
    "reviewed",
    "aktualisiert",
    "geändert",
    "bearbeitet",
    "mis à jour",
    "mise à jour",
    "modifié",
    "actualizado",
    "actualizada",
    "modificado",
    "aggiornat",
    "atualizado",
    "bijgewerkt",
    "gewijzigd",
    "zaktualizowan",
    "обновлен",
    "uppdaterad",
    "opdateret",
    "oppdatert",
    "päivitetty",
    "güncelle",
    "更新",
];

/// Characters between a word and its date.
const PUBLISHED_REACH: usize = 40;
const CHANGED_REACH: usize = 30;

/// Longest of the words, in characters.
const WORD_CHARS: usize = 20;

/// Whether one of `words` stands in the last characters of a text, in the same sentence as its end.
fn ends_with_word(text: &str, words: &[&str], reach: usize) -> bool {
    let from = text.char_indices().rev().nth(reach + WORD_CHARS).map_or(0, |(i, _)| i);
    let tail = text[from..].to_lowercase();
    words.iter().any(|w| {
        tail.rfind(w).is_some_and(|i| {
            let rest = &tail[i + w.len()..];
            !rest.contains('.') && rest.chars().count() <= reach
        })
    })
}

/// "Dieser Artikel wurde am …": a line that tells when the article itself was written, wherever it stands.
pub(super) fn speaks_of_itself(before: &str) -> bool {
    const SELF: &[&str] = &[
        "dieser artikel wurde",
        "dieser beitrag wurde",
        "dieser eintrag wurde",
        "this entry was",
        "this post was",
        "this article was",
        "this story was",
        "cet article a été",
        "este artículo fue",
        "dit artikel is",
        "dit bericht is",
    ];
    let lower = before.to_lowercase();
    SELF.iter().any(|s| lower.trim_start().starts_with(s)) && before.chars().count() <= VERB_BYTES
}

pub(in crate::meta) fn says_published(text: &str) -> bool {
    ends_with_word(text, PUBLISHED, PUBLISHED_REACH)
}

/// Bytes behind a date in which its verb stands.
const VERB_BYTES: usize = 60;

/// "… wurde am 3. Mai veröffentlicht": `rest` is what follows the date.
pub(super) fn says_published_after(rest: &str) -> bool {
    let mut end = rest.len().min(VERB_BYTES);
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    let lower = rest[..end].to_lowercase();
    [
        "veröffentlicht",
        "gepostet",
        "verfasst",
        "erstellt",
        "eingestellt",
        "publié",
        "geplaatst",
        "gepubliceerd",
    ]
    .iter()
    .any(|w| lower.contains(w))
}

pub(in crate::meta) fn says_changed(text: &str) -> bool {
    ends_with_word(text, CHANGED, CHANGED_REACH)
}
