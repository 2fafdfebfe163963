//! The times of single texts: read, found, placed, and what is doubtful about them.
//!
//! The same rooms as a report, one article at a time and without the others: an undated text gets the
//! days that its own times allow.

use crate::article_of;
use headwater_annotate::times::{self, Anchor, Language, Open, TimePhrase};
use headwater_group::dating::{self, DatingInput};
use headwater_ingest::{Item, MetaTable, Options};
use headwater_model::text::Outline;
use headwater_model::{Article, DateRange, Published, PublishedHow, Reason, TimeMention, Warning};
use jiff::civil::Date;
use rayon::prelude::*;

/// A text, and its times in order.
#[derive(Debug)]
pub struct TimedText {
    /// The text, with the day of publication as given, as the page has it, or as worked out.
    pub article: Article,
    /// Its times, each with the reason where it has no exact place.
    pub times: Vec<(TimeMention, Option<Open>)>,
    /// What cannot be right, in the order of the words.
    pub warnings: Vec<Warning>,
}

/// Texts whose times are known, and what could not be read.
#[derive(Debug, Default)]
pub struct TimedTexts {
    /// The texts, by path and record.
    pub texts: Vec<TimedText>,
    /// What could not be read: path, message, hint.
    pub problems: Vec<(String, String, String)>,
}

/// A day, month or year of publication as a user writes it: `2024-05-08`, `2024-05`, `2024`; a time of day
/// behind a day is passed over. `None` for anything else.
pub fn published_on(words: &str) -> Option<DateRange> {
    let words = words.trim();
    let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = words.split(['T', ' ']).next()?.split('-').collect();
    let number = |s: &str| s.parse::<i16>().ok();
    let year = number(parts.first().filter(|y| digits(y, 4))?).filter(|y| *y > 0)?;
    match parts[1..] {
        [] if !words.contains(['T', ' ']) => {
            Some(DateRange::between(Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?))
        }
        [m] if digits(m, 2) && !words.contains(['T', ' ']) => {
            let first = Date::new(year, i8::try_from(number(m)?).ok()?, 1).ok()?;
            Some(DateRange::between(first, first.last_of_month()))
        }
        [m, d] if digits(m, 2) && digits(d, 2) => {
            let day = Date::new(year, i8::try_from(number(m)?).ok()?, i8::try_from(number(d)?).ok()?).ok()?;
            Some(DateRange::day(day))
        }
        _ => None,
    }
}

/// Reads paths and gives every text its times. `published` and `language` (ISO 639-1) outrank what the
/// files say.
pub fn times(
    paths: &[String],
    meta: MetaTable,
    published: Option<DateRange>,
    language: Option<&str>,
    progress: &mut dyn FnMut(usize),
) -> TimedTexts {
    let mut out = TimedTexts::default();
    let mut articles: Vec<Article> = Vec::new();
    for item in headwater_ingest::read(paths, Options { meta, ..Options::default() }) {
        match item {
            Item::Problem(p) => out.problems.push((p.path, p.message, p.hint)),
            Item::Page(page) => {
                let mut article = article_of(&page);
                if let Some(range) = published {
                    article.published = given(range);
                }
                if let Some(code) = language {
                    article.language = Some(code.to_owned());
                }
                if article.text.trim().is_empty() {
                    out.problems.push((article.path, "no text was found in it".into(), String::new()));
                } else {
                    articles.push(article);
                    progress(articles.len());
                }
            }
        }
    }
    articles.sort_by(|a, b| (&a.path, a.record, &a.id).cmp(&(&b.path, b.record, &b.id)));
    out.texts = articles.into_par_iter().map(timed).collect();
    out
}

fn given(range: DateRange) -> Published {
    let reason = Reason::plain("given by the user");
    match range.single() {
        Some(day) => Published::on(day, PublishedHow::Given, reason),
        None => Published { range, how: PublishedHow::Given, because: vec![reason], ..Published::default() },
    }
}

/// The times of one article.
fn timed(mut article: Article) -> TimedText {
    let outline = Outline::new(&article.text);
    let language = Language::of_code(article.language.as_deref().unwrap_or("en"));
    let Some(language) = language else {
        let warning = Warning::new(
            "language-not-read",
            format!("times of the language “{}” are not read", article.language.as_deref().unwrap_or("")),
            "English and German are; name one with --language if the guess is wrong",
        );
        return TimedText { article, times: Vec::new(), warnings: vec![warning] };
    };
    let phrases: Vec<TimePhrase> = times::find(&article.text, &outline, language);
    let clues = times::clues(&article.text, &outline, &phrases);
    if article.published.day().is_none() {
        let input = DatingInput { article: &article, outline: &outline, clues: &clues };
        if let Some(found) = dating::infer(&[input], &[], &[]).pop() {
            article.published = found;
        }
    }
    let range = article.published.range;
    let anchor = match article.published.day() {
        Some(day) => Anchor::Day(day),
        None if range.is_open() => Anchor::Unknown,
        None => Anchor::Range(range),
    };
    let mentions = times::resolve(&article.text, &outline, &phrases, anchor);
    let given = article.published.how != PublishedHow::Inferred;
    let between = range.earliest.zip(range.latest).filter(|_| given);
    let warnings = times::doubts(&article.text, &outline, &phrases, language, between);
    let times = phrases
        .iter()
        .zip(mentions)
        .map(|(p, m)| {
            let why = times::why_open(p, &m, anchor);
            (m, why)
        })
        .collect();
    TimedText { article, times, warnings }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_months_and_years_of_publication() {
        let read =
            |words: &str| published_on(words).and_then(|r| Some(format!("{}..{}", r.earliest?, r.latest?)));
        assert_eq!(read("2024-05-08").as_deref(), Some("2024-05-08..2024-05-08"));
        assert_eq!(read("2024-05-08T10:30:00Z").as_deref(), Some("2024-05-08..2024-05-08"));
        assert_eq!(read("2024-02").as_deref(), Some("2024-02-01..2024-02-29"));
        assert_eq!(read("2024").as_deref(), Some("2024-01-01..2024-12-31"));
        for wrong in
            ["", "soon", "2024-13", "2024-02-30", "0000", "24", "2024-5-8", "20240508", "2024-", "２０２４"]
        {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
