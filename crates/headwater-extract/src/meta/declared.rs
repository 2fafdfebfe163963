//! What the carrier declares, brought into form; and the language, found from the words.

use crate::input::PageInput;
use headwater_model::Article;

/// Bytes of text that the language is judged on.
const LANGUAGE_BYTES: usize = 2_000;

/// Bytes that are looked at first. From 700 on, all pages of the benches get the language that 2,000 give them.
const FIRST_BYTES: usize = 700;

/// Least letters for a judgement of the language.
const LANGUAGE_LETTERS: usize = 40;

/// Brings the carrier's word into the article; what stands there already is kept.
pub(crate) fn apply(page: &PageInput, article: &mut Article) {
    let given = |value: Option<&str>| value.map(crate::block::folded).filter(|v| !v.is_empty());
    if article.title.is_none() {
        article.title = given(page.declared.title);
    }
    article.outlet = given(page.declared.outlet).or(article.outlet.take());
    article.url = given(page.declared.url).or(article.url.take());
    if let Some(language) = page.declared.language.and_then(language_code) {
        article.language = Some(language);
    }
    if let Some(published) =
        page.declared.published.and_then(|p| super::dates::given(p, article.language.as_deref()))
    {
        article.published = published;
    } else if let Some(text) = page.declared.published.map(str::trim).filter(|t| !t.is_empty()) {
        let message = format!(
            "the given publication time “{}” is no date that can be read",
            text.chars().take(60).collect::<String>()
        );
        article.warnings.push(headwater_model::Warning::new(
            "unreadable-date",
            message,
            "write it as 2024-05-08 or 2024-05-08T14:05:00+02:00",
        ));
    }
    if !page.declared.authors.is_empty() {
        article.authors = super::people::from_names(page.declared.authors.iter().map(String::as_str));
    }
}

/// "en-US", "eng" and "EN_gb" as "en".
pub(crate) fn language_code(tag: &str) -> Option<String> {
    let primary = tag.trim().split(['-', '_', ',', ' ']).next()?.to_ascii_lowercase();
    match primary.len() {
        2 if primary.bytes().all(|b| b.is_ascii_lowercase()) => Some(primary),
        3 => whatlang::Lang::from_code(&primary).and_then(two_letters).map(str::to_owned),
        _ => None,
    }
}

/// The language of a text; `None` when it is too short or unsure. A short beginning says it of nearly all texts.
pub(crate) fn detect_language(text: &str) -> Option<String> {
    let beginning = head(text, FIRST_BYTES);
    language_of(beginning)
        .or_else(|| language_of(head(text, LANGUAGE_BYTES)).filter(|_| text.len() > beginning.len()))
}

/// The beginning of a text, up to so many bytes.
fn head(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn language_of(text: &str) -> Option<String> {
    if text.chars().filter(|c| c.is_alphabetic()).take(LANGUAGE_LETTERS).count() < LANGUAGE_LETTERS {
        return None;
    }
    let info = whatlang::detect(text)?;
    info.is_reliable().then(|| two_letters(info.lang()).map(str::to_owned)).flatten()
}

fn two_letters(lang: whatlang::Lang) -> Option<&'static str> {
    use whatlang::Lang;
    Some(match lang {
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "no",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Cat => "ca",
        Lang::Slk => "sk",
        Lang::Lat => "la",
        Lang::Afr => "af",
        Lang::Cym => "cy",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_tags() {
        assert_eq!(language_code("en-US").as_deref(), Some("en"));
        assert_eq!(language_code("deu").as_deref(), Some("de"));
        assert_eq!(language_code("x"), None);
    }

    #[test]
    fn language_of_words() {
        let text =
            "Der Bürgermeister eröffnete am Montag die neue Brücke über den Hafen, und viele Menschen kamen.";
        assert_eq!(detect_language(text).as_deref(), Some("de"));
        assert_eq!(detect_language("Ok."), None);
    }
}
