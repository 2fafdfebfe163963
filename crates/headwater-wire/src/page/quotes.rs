//! Words in quotation marks: one utterance in its renderings side by side, then all quotations by speaker.
//!
//! Where renderings of one utterance are not word for word the same, the words that another rendering does
//! not have are underlined. That is a comparison of words only; what a change means is left to the reader.

use super::html::Html;
use super::view::{Named, View};
use crate::account::{Quote, Utterance};
use std::collections::{BTreeMap, BTreeSet};

/// Renderings of one utterance shown in full; identical ones count once.
const RENDERINGS: usize = 8;
/// Reports with the same rendering whose chains are shown; further ones by name only.
const CHAINS: usize = 5;
/// Words of a rendering that are compared; longer quotations are shown unmarked past this.
const COMPARED_WORDS: usize = 400;
/// Speakers shown before the rest folds.
const SPEAKERS: usize = 10;
/// Quotations of one speaker shown before the rest folds.
const QUOTES: usize = 5;
/// Utterances shown before the rest folds.
const UTTERANCES: usize = 12;
/// Characters of a quotation shown; the whole stands in the report.
const QUOTE_CHARACTERS: usize = 700;

/// The section.
pub(super) fn section(html: &mut Html, view: &View) {
    let account = view.account;
    if account.quotes.is_empty() {
        return;
    }
    let together: Vec<&Utterance> = account
        .utterances
        .iter()
        .filter(|u| u.quotes.iter().filter(|&&q| account.quotes.get(q).is_some()).count() > 1)
        .collect();
    html.raw("<section id=\"quotes\"><h2>Who is quoted, and through whom</h2>");
    if !together.is_empty() {
        html.raw("<h3>One utterance, several renderings <span class=\"n\">")
            .count(together.len())
            .raw("</span></h3>");
        html.raw("<p class=\"legend\">The same words of the same speaker as different reports give them. <u class=\"var\">Underlined</u>: words that another rendering does not have.</p>");
        for utterance in together.iter().take(UTTERANCES) {
            renderings(html, view, utterance);
        }
        if together.len() > UTTERANCES {
            html.raw("<details class=\"fold block\"><summary>")
                .count(together.len() - UTTERANCES)
                .raw(" more utterances</summary>");
            for utterance in together.iter().skip(UTTERANCES) {
                renderings(html, view, utterance);
            }
            html.raw("</details>");
        }
    }
    by_speaker(html, view, &together);
    super::names::folded(html, view);
    html.raw("</section>");
}

fn renderings(html: &mut Html, view: &View, utterance: &Utterance) {
    let quotes: Vec<&Quote> = utterance.quotes.iter().filter_map(|&q| view.account.quotes.get(q)).collect();
    let mut distinct: Vec<(Vec<String>, Vec<&Quote>)> = Vec::new();
    let mut at: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for quote in quotes {
        let folded = folded_words(&quote.text);
        match at.get(&folded).and_then(|&i| distinct.get_mut(i)) {
            Some((_, list)) => list.push(quote),
            None => {
                at.insert(folded.clone(), distinct.len());
                distinct.push((folded, vec![quote]));
            }
        }
    }
    html.raw("<article class=\"utterance\"><h4>");
    let speaker = utterance
        .speaker
        .as_deref()
        .and_then(|id| view.entity_name(id))
        .map(str::to_owned)
        .or_else(|| distinct.iter().flat_map(|(_, quotes)| quotes).find_map(|q| speaker_name(view, q)));
    match speaker {
        Some(name) => html.words(&name),
        None => html.raw("Speaker not told"),
    };
    html.raw("</h4><div class=\"renderings\">");
    let shown: Vec<&(Vec<String>, Vec<&Quote>)> = distinct.iter().take(RENDERINGS).collect();
    // How many of the shown renderings have each word.
    let mut common: BTreeMap<&str, usize> = BTreeMap::new();
    for (words, _) in &shown {
        for word in words.iter().take(COMPARED_WORDS).map(String::as_str).collect::<BTreeSet<_>>() {
            *common.entry(word).or_insert(0) += 1;
        }
    }
    for (_, quotes) in &shown {
        let Some((first, rest)) = quotes.split_first() else { continue };
        html.raw("<figure><blockquote>");
        let article = view.article(&first.article);
        if let Some(article) = article {
            view.open_link(html, "cite", article, first.start, first.end);
        }
        html.raw("“");
        marked_words(html, &first.text, shown.len(), &common);
        html.raw("”").raw(if article.is_some() { "</a>" } else { "" }).raw("</blockquote><figcaption>");
        if let Some(article) = article {
            view.chain(html, first.via.iter().chain(&first.speaker), article, Named::Report);
        }
        if rest.iter().any(|q| view.article(&q.article).is_some()) {
            html.raw("<p class=\"note\">Word for word also:</p>");
        }
        for quote in rest.iter().take(CHAINS) {
            if let Some(article) = view.article(&quote.article) {
                html.raw("<p>");
                view.chain(html, quote.via.iter().chain(&quote.speaker), article, Named::Report);
                html.raw("</p>");
            }
        }
        if rest.len() > CHAINS {
            let others: Vec<usize> =
                rest.iter().skip(CHAINS).filter_map(|q| view.article(&q.article)).collect();
            html.raw("<div>");
            view.chips(html, &others, CHAINS);
            html.raw("</div>");
        }
        html.raw("</figcaption></figure>");
    }
    html.raw("</div>");
    if distinct.len() > RENDERINGS {
        html.raw("<p class=\"note\">and ")
            .counted(distinct.len() - RENDERINGS, "other rendering", "other renderings")
            .raw(", in the reports</p>");
    }
    html.raw("</article>");
}

/// Words in lower case without the marks around them.
fn folded_words(text: &str) -> Vec<String> {
    text.split_whitespace().map(fold).filter(|word| !word.is_empty()).collect()
}

fn fold(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'")
}

/// The quotation with the words underlined that not all renderings have.
fn marked_words(html: &mut Html, text: &str, renderings: usize, common: &BTreeMap<&str, usize>) {
    html.raw("<bdi>");
    let mut open = false;
    let mut compared = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = fold(piece);
        compared += usize::from(!word.is_empty());
        let other = !word.is_empty()
            && compared <= COMPARED_WORDS
            && common.get(word.as_str()).is_some_and(|&n| n < renderings);
        if other != open && !word.is_empty() {
            html.raw(if other { "<u class=\"var\">" } else { "</u>" });
            open = other;
        }
        html.text(piece);
    }
    html.raw(if open { "</u></bdi>" } else { "</bdi>" });
}

fn speaker_name(view: &View, quote: &Quote) -> Option<String> {
    let speaker = quote.speaker.as_ref()?;
    let entity = speaker.entity.as_deref().and_then(|id| view.entity_name(id));
    entity.map(str::to_owned).or_else(|| Some(speaker.text.trim().to_owned())).filter(|name| !name.is_empty())
}

/// All quotations that are not shown above, under their speakers; the most quoted first.
fn by_speaker(html: &mut Html, view: &View, together: &[&Utterance]) {
    let above: BTreeSet<usize> = together.iter().flat_map(|u| u.quotes.iter().copied()).collect();
    let mut speakers: Vec<(Option<String>, Vec<&Quote>)> = Vec::new();
    let mut at: BTreeMap<Option<String>, usize> = BTreeMap::new();
    for (_, quote) in view.account.quotes.iter().enumerate().filter(|(i, _)| !above.contains(i)) {
        let name = speaker_name(view, quote);
        let slot = *at.entry(name.clone()).or_insert_with(|| {
            speakers.push((name, Vec::new()));
            speakers.len() - 1
        });
        if let Some((_, quotes)) = speakers.get_mut(slot) {
            quotes.push(quote);
        }
    }
    if speakers.is_empty() {
        return;
    }
    // Stable: within one count the order of the account stays. Who is not named comes last.
    speakers.sort_by_key(|(name, quotes)| (name.is_none(), std::cmp::Reverse(quotes.len())));
    html.raw("<h3>By speaker</h3><p class=\"legend\"><i>A ← B</i> reads: B has it from A.</p><div class=\"speakers\">");
    for (i, (name, quotes)) in speakers.iter().enumerate() {
        if i == SPEAKERS && speakers.len() > SPEAKERS + 1 {
            html.raw("</div><details class=\"fold block\"><summary>").count(speakers.len() - SPEAKERS);
            html.raw(" more speakers</summary><div class=\"speakers\">");
        }
        speaker(html, view, name.as_deref(), quotes);
    }
    html.raw("</div>").raw(if speakers.len() > SPEAKERS + 1 { "</details>" } else { "" });
}

fn speaker(html: &mut Html, view: &View, name: Option<&str>, quotes: &[&Quote]) {
    html.raw("<div class=\"speaker\"><h4>");
    match name {
        Some(name) => html.cut(name, 90),
        None => html.raw("Speaker not told"),
    };
    html.raw(" <span class=\"n\">").count(quotes.len()).raw("</span></h4><ul>");
    // Clauses first: fragments tell little by themselves.
    let mut order: Vec<&&Quote> = quotes.iter().collect();
    order.sort_by_key(|q| q.kind == "fragment");
    for (i, quote) in order.iter().enumerate() {
        if i == QUOTES && order.len() > QUOTES + 1 {
            html.raw("</ul><details class=\"fold\"><summary>")
                .count(order.len() - QUOTES)
                .raw(" more</summary><ul>");
        }
        html.raw("<li>");
        let article = view.article(&quote.article);
        match article {
            Some(article) => view.open_link(html, "cite said", article, quote.start, quote.end),
            None => {
                html.raw("<a class=\"said\">");
            }
        }
        html.raw("“").cut(&quote.text, QUOTE_CHARACTERS).raw("”</a><p class=\"from\">");
        if let Some(article) = article {
            view.chain(html, quote.via.iter().chain(&quote.speaker), article, Named::Report);
        }
        html.raw("</p></li>");
    }
    html.raw("</ul>").raw(if order.len() > QUOTES + 1 { "</details></div>" } else { "</div>" });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_another_rendering_lacks_are_underlined() {
        let check = |text: &str, other: &str, expect: &str| {
            let (a, b) = (folded_words(text), folded_words(other));
            let mut common: BTreeMap<&str, usize> = BTreeMap::new();
            for words in [&a, &b] {
                for word in words.iter().map(String::as_str).collect::<BTreeSet<_>>() {
                    *common.entry(word).or_insert(0) += 1;
                }
            }
            let mut html = Html::default();
            marked_words(&mut html, text, 2, &common);
            assert_eq!(html.as_str(), expect);
        };
        check("We lost her.", "We lost her", "<bdi>We lost her.</bdi>");
        check("We lost the boat", "We lost that boat", "<bdi>We lost <u class=\"var\">the </u>boat</bdi>");
        check("all <new> words", "x", "<bdi><u class=\"var\">all &lt;new&gt; words</u></bdi>");
    }
}
