//! The headline: what og, linked data, the first heading and `<title>` agree on, without the site's name.

use super::facts::Facts;
use crate::block::folded;
use crate::html::dom::Dom;
use crate::input::PageInput;
use crate::residue::shape::Shape;
use headwater_model::Article;

/// Marks between a headline and the site's name.
const MARKS: &[&str] = &[
    " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " : ", " ~ ", " // ", " > ", " < ", "|",
];

/// Share of words that two wordings of a headline must share to be held for the same.
const SAME: f64 = 0.6;

fn likeness(a: &str, b: &str) -> f64 {
    let (a, b) = (Shape::new(a), Shape::new(b));
    let (a, b): (Vec<&str>, Vec<&str>) = (a.key.split(' ').collect(), b.key.split(' ').collect());
    let shared = a.iter().filter(|w| b.contains(w)).count();
    shared as f64 / a.len().max(b.len()).max(1) as f64
}

/// Takes the site's name off the ends of a title.
fn without_site(title: &str, site: Option<&str>, host: Option<&str>) -> String {
    let mut title = folded(title);
    for _ in 0..3 {
        let mut cut: Option<String> = None;
        for mark in MARKS {
            if let Some((head, tail)) = title.rsplit_once(mark)
                && is_site(tail, site, host)
            {
                cut = Some(head.to_owned());
                break;
            }
            if let Some((head, tail)) = title.split_once(mark)
                && is_site(head, site, host)
            {
                cut = Some(tail.to_owned());
                break;
            }
        }
        match cut {
            Some(shorter) if shorter.split_whitespace().next().is_some() => title = shorter.trim().to_owned(),
            _ => break,
        }
    }
    title
}

/// Whether words are the site's name.
fn is_site(words: &str, site: Option<&str>, host: Option<&str>) -> bool {
    let key =
        |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let own = key(words);
    if own.is_empty() {
        return true;
    }
    if let Some(site) = site.map(key).filter(|s| !s.is_empty())
        && (site == own
            || own.len() > 3 && site.starts_with(&own)
            || site.len() > 3
                && own.starts_with(&site)
                && own.len() <= site.len() + 9
                && !words.contains(':'))
    {
        return true;
    }
    match host {
        Some(host) => {
            let label = host.trim_start_matches("www.").split('.').next().map(key).unwrap_or_default();
            let bare = key(host.trim_start_matches("www."));
            !label.is_empty()
                && (own == label
                    || own == bare
                    || own.len() > 4 && label.contains(&own)
                    || label.len() > 4 && own.contains(&label) && words.split_whitespace().count() <= 5)
        }
        None => false,
    }
}

/// Chooses the headline of a page.
pub(crate) fn choose(page: &PageInput, facts: &Facts, dom: &Dom, article: &mut Article) {
    if let Some(given) = page.declared.title.map(folded).filter(|t| !t.is_empty()) {
        article.title = Some(given);
        return;
    }
    article.title = of(facts, page.declared.url).map(|t| without_named(&t, facts, dom));
}

/// Cuts the end off a title that only `<title>` gives, when a mark parts them and the page names that end again.
fn without_named(title: &str, facts: &Facts, dom: &Dom) -> String {
    if facts.title.as_deref().map(folded).as_deref() != Some(title) {
        return title.to_owned();
    }
    for mark in [" | ", " :: ", " » ", " • ", " · ", " - ", " – "] {
        if let Some((head, tail)) = title.rsplit_once(mark)
            && head.split_whitespace().nth(2).is_some()
            && tail.split_whitespace().nth(5).is_none()
            && dom.text.matches(tail).take(2).count() == 2
            && dom.text.matches(head).take(2).count() == 2
        {
            return head.trim().to_owned();
        }
    }
    title.to_owned()
}

/// The headline as the page gives it.
pub(crate) fn of(facts: &Facts, url: Option<&str>) -> Option<String> {
    let address = url.map(str::to_owned).or_else(|| super::outlet::address(facts));
    let host = address.as_deref().and_then(super::outlet::host);
    let site = super::outlet::site_name(facts);
    let clean = |t: &str| without_site(&entities(t), site.as_deref(), host.as_deref());
    let tab = facts.title.as_deref().map(clean);
    let og = facts
        .meta_of(&[
            "og:title",
            "twitter:title",
            "dc.title",
            "dcterms.title",
            "parsely-title",
            "sailthru.title",
            "title",
        ])
        .map(clean);
    let linked =
        facts.articles().find_map(|o| o.get("headline").or_else(|| o.get("name"))?.as_str()).map(clean);
    let marked = facts.headlines.first().map(|h| folded(h));
    let visible: Vec<String> = facts
        .headings
        .iter()
        .map(|(_, h)| folded(h))
        .filter(|h| !is_site(h, site.as_deref(), host.as_deref()))
        .collect();
    // A heading that says what the head says is the headline as readers see it.
    let stated: Vec<&String> = [&og, &linked, &tab].into_iter().flatten().filter(|t| !t.is_empty()).collect();
    let mut best: Option<(f64, &String)> = None;
    for heading in visible.iter().chain(marked.as_ref()) {
        let agreement = stated.iter().map(|t| likeness(heading, t)).fold(0.0, f64::max);
        if best.is_none_or(|(b, _)| agreement > b + 1e-9) {
            best = Some((agreement, heading));
        }
    }
    if let Some((agreement, heading)) = best
        && agreement >= SAME
    {
        return Some(heading.clone());
    }
    if let Some(marked) = marked.filter(|m| !m.is_empty()) {
        return Some(marked);
    }
    let usable = |t: &&String| !t.is_empty() && !is_site(t, site.as_deref(), host.as_deref());
    if visible.len() == 1 && visible[0].split_whitespace().count() >= 3 {
        return visible.into_iter().next();
    }
    linked
        .as_ref()
        .filter(usable)
        .or(og.as_ref().filter(usable))
        .or(tab.as_ref().filter(usable))
        .cloned()
        .or_else(|| visible.into_iter().next())
}

/// Entities that were escaped twice.
fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&amp;", "&")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#039;", "'")
        .replace("&rsquo;", "’")
        .replace("&#8217;", "’")
        .replace("&#8216;", "‘")
        .replace("&#8220;", "“")
        .replace("&#8221;", "”")
        .replace("&ndash;", "–")
        .replace("&#8211;", "–")
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, url: &str, expect: &str) {
        let dom = crate::html::parse::parse(html);
        assert_eq!(
            of(&Facts::read(&dom, &crate::html::names::Names::new(&dom)), Some(url)).as_deref(),
            Some(expect),
            "{html}"
        );
    }

    #[test]
    fn the_site_is_no_part_of_it() {
        check(
            "<title>Bridge opens at last | Harbour Herald</title><h1>Bridge opens at last</h1>",
            "https://x.example/1",
            "Bridge opens at last",
        );
        check(
            "<title>Bridge opens at last - Herald</title>",
            "https://www.herald.example/1",
            "Bridge opens at last",
        );
        check(
            "<meta property=og:site_name content='The Weir Post'><title>The Weir Post: Two – or three – boats lost</title>",
            "https://p.example",
            "The Weir Post: Two – or three – boats lost",
        );
        check(
            "<meta property=og:title content='Two boats lost'><h1>Weir Post</h1><h1>Two Boats Lost</h1>",
            "https://weirpost.example/a",
            "Two Boats Lost",
        );
    }
}
