//! What the page must hold, and what no article may do to it.

use crate::{invented, large};
use headwater_wire::account::{Account, Story};
use headwater_wire::page::{PageOptions, render};
use std::collections::BTreeSet;

/// Tags of a page as they stand, comments and script and style bodies left out.
fn tags(page: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let end = rest.find('>').expect("every tag closes") + 1;
        let tag = &rest[..end];
        out.push(tag);
        rest = &rest[end..];
        for raw in ["script", "style"] {
            if tag.starts_with(&format!("<{raw}")) {
                rest = &rest[rest.find(&format!("</{raw}>")).expect("closed")..];
            }
        }
    }
    out
}

fn attributes<'a>(tags: &[&'a str], name: &str) -> Vec<&'a str> {
    let opening = format!(" {name}=\"");
    tags.iter()
        .filter_map(|tag| {
            let at = tag.find(&opening)? + opening.len();
            tag[at..].split('"').next()
        })
        .collect()
}

/// Elements that need no end.
const VOID: [&str; 3] = ["meta", "input", "br"];

/// Elements that end a paragraph when they begin inside of it.
const BLOCK: [&str; 16] = [
    "p",
    "div",
    "details",
    "ul",
    "ol",
    "dl",
    "table",
    "section",
    "article",
    "figure",
    "blockquote",
    "header",
    "h2",
    "h3",
    "h4",
    "footer",
];

fn check_sound(page: &str) {
    let tags = tags(page);
    let mut open: Vec<&str> = Vec::new();
    for tag in &tags {
        let name =
            tag.trim_matches(|c| "</>".contains(c)).split([' ', '\n']).next().unwrap().trim_end_matches('/');
        if tag.starts_with("<!") || tag.ends_with("/>") || VOID.contains(&name) {
            continue;
        }
        if tag.starts_with("</") {
            assert_eq!(open.pop(), Some(name), "tags nest; near {tag} with {open:?}");
        } else {
            assert!(
                !(BLOCK.contains(&name) && open.contains(&"p")),
                "{tag} would end its paragraph: {open:?}"
            );
            assert!(!(name == "a" && open.contains(&"a")), "{tag} inside of a link");
            open.push(name);
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");

    let ids = attributes(&tags, "id");
    let distinct: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), distinct.len(), "ids are unique");
    for href in attributes(&tags, "href") {
        match href.strip_prefix('#') {
            Some(target) => assert!(distinct.contains(target), "{href} leads nowhere"),
            None => assert!(href.starts_with("https://"), "{href} is a web address"),
        }
    }
    for tag in &tags {
        assert!(!tag.contains(" style=\""), "styles stand in the style sheet: {tag}");
        assert!(!tag.contains(" src=\""), "nothing is fetched: {tag}");
        // Outside of quotes stand names of attributes only.
        let names: String = tag.split('"').step_by(2).collect();
        assert!(!names.contains(" on"), "no handlers: {tag}");
    }
    assert_eq!(tags.iter().filter(|t| t.starts_with("<script")).count(), 1);
    assert!(!page.contains('\u{202e}') && !page.contains('\u{0}') && !page.contains('\u{1b}'));
}

#[test]
fn pages_are_sound() {
    let narrow = PageOptions::default();
    let wide = PageOptions { table_columns: 20, title: Some("A <title>".into()) };
    for account in [
        Account::default(),
        invented::strait(false),
        invented::strait(true),
        large::large(40, 12),
        large::hostile(),
    ] {
        check_sound(&render(&account, &narrow));
        check_sound(&render(&account, &wide));
    }
}

#[test]
fn the_head_line_is_in_plain_words() {
    let page = render(&invented::strait(false), &PageOptions::default());
    let words: String =
        strip(&page[page.find("class=\"headline\"").unwrap() - 3..page.find("class=\"second\"").unwrap()]);
    assert!(
        words.contains("14 reports · 4 happenings · 8 statements told by more than one, 1 of them doubtful · 2 rest on a single origin · 1 conflict"),
        "{words}"
    );
}

fn strip(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

#[test]
fn the_page_opens_with_the_account_in_words() {
    let account = invented::strait(false);
    let page = render(&account, &PageOptions::default());
    let section = page.split("id=\"short\"").nth(1).expect("the section").split("</section>").next().unwrap();
    for heading in ["What happened", "Where they differ"] {
        assert!(section.contains(heading), "{heading}");
    }
    assert!(!section.contains("from one origin"), "no heading without a line");
    for line in &account.stories[0].account {
        let link = format!("data-b=\"{}-{}\"", line.start, line.end);
        assert!(section.contains(&link) && strip(section).contains(&line.why), "{}", line.text);
    }
    assert!(section.contains("<mark>"), "the value that differs is marked");
    assert!(page.find("id=\"short\"").unwrap() < page.find("id=\"when\"").unwrap());
    let mut silent = account;
    silent.stories[0].account.clear();
    assert!(!render(&silent, &PageOptions::default()).contains("id=\"short\""));
}

#[test]
fn one_of_several_storylines_can_be_chosen() {
    let mut account = invented::strait(false);
    let rest = account.stories[0].articles.split_off(9);
    account.stories.push(Story {
        id: "s2".into(),
        title: "Another story".into(),
        articles: rest,
        ..Story::default()
    });
    let page = render(&account, &PageOptions::default());
    let (first, second) = (page.matches("data-s=\"0\"").count(), page.matches("data-s=\"1\"").count());
    assert!(first > 9 && second >= 5, "{first} {second}");
    let select = page.split("<select>").nth(1).expect("a choice").split("</select>").next().unwrap();
    assert_eq!(select.matches("<option").count(), 3);
    assert!(select.contains("Another story (5)"), "{select}");
    assert!(!render(&invented::strait(false), &PageOptions::default()).contains("<select>"));
}

#[test]
fn reports_that_share_text_stand_together() {
    let account = invented::strait(false);
    let page = render(&account, &PageOptions::default());
    let reports = page.split("id=\"reports\"").nth(1).unwrap();
    assert!(reports.contains("that share text or a credit"));
    for at in 0..account.articles.len() {
        assert_eq!(reports.matches(&format!("class=\"report\" id=\"a{at}\"")).count(), 1, "each report once");
    }
    let few = PageOptions { table_columns: 20, title: None };
    assert!(!render(&account, &few).contains("that share text or a credit"), "few reports are one list");
}

#[test]
fn every_wording_leads_to_its_sentence() {
    let account = invented::strait(false);
    for columns in [8, 20] {
        let page = render(&account, &PageOptions { table_columns: columns, title: None });
        for statement in &account.statements {
            for report in &statement.reports {
                let article = account.articles.iter().position(|a| a.id == report.article).unwrap();
                let sentence = account.articles[article]
                    .sentences
                    .iter()
                    .find(|s| s.start <= report.start && report.start < s.end)
                    .expect("the sentence is embedded");
                let link = format!(
                    "href=\"#a{article}s{}\" data-b=\"{}-{}\"",
                    sentence.start, report.start, report.end
                );
                let same_words =
                    statement.reports.iter().any(|r| r.text == report.text && r.article != report.article);
                assert!(
                    page.contains(&link) || (columns == 8 && same_words),
                    "{}: {}",
                    report.article,
                    report.text
                );
                let id = format!("id=\"a{article}s{}\"", sentence.start);
                assert_eq!(page.matches(&id).count(), 1, "each sentence stands once");
            }
        }
    }
}

#[test]
fn the_whole_text_stands_once_when_it_is_embedded() {
    let account = invented::strait(true);
    let page = render(&account, &PageOptions::default());
    for article in &account.articles {
        for sentence in article.sentences.iter().filter(|s| s.text.len() > 90) {
            let escaped = sentence.text.replace('\'', "&#39;").replace('"', "&quot;");
            let told = account
                .articles
                .iter()
                .filter(|a| a.text.as_deref().is_some_and(|t| t.contains(&sentence.text)))
                .count();
            let bodies =
                page.split("class=\"body\"").skip(1).filter_map(|rest| rest.split("</article>").next());
            let shown: usize = bodies.map(|body| body.matches(&escaped).count()).sum();
            assert_eq!(shown, told, "{}", sentence.text);
        }
    }
}

#[test]
fn hostile_words_stay_words() {
    let page = render(&large::hostile(), &PageOptions::default());
    for bad in [
        "<script>alert",
        "<img",
        "href=\"javascript:",
        "href=\"data:",
        "onclick=\"alert",
        "onload=\"alert",
        "onfocus=\"alert",
    ] {
        assert!(!page.contains(bad), "{bad}");
    }
    assert!(page.contains("https://ok.example/?a=1&amp;b=&#39;2&#39;"));
}

#[test]
fn the_same_account_gives_the_same_page() {
    let options = PageOptions::default();
    assert_eq!(render(&invented::strait(false), &options), render(&invented::strait(false), &options));
}

#[test]
fn the_page_grows_with_its_account_and_no_faster() {
    let size = |reports: usize| render(&large::large(reports, 30), &PageOptions::default()).len();
    let (small, big) = (size(50), size(200));
    assert!(big < small * 5, "{small} bytes for 50 reports, {big} for 200");
}

#[test]
fn every_field_of_the_account_is_documented() {
    let types = include_str!("../../src/account.rs");
    let manual = include_str!("../../../../docs/formats.md");
    let lines: Vec<&str> = types.lines().map(str::trim).collect();
    let mut missing = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let Some((name, _)) = line.strip_prefix("pub ").and_then(|rest| rest.split_once(": ")) else {
            continue;
        };
        // As written in JSON.
        let before = i.checked_sub(1).and_then(|i| lines.get(i)).unwrap_or(&"");
        let name = before
            .strip_prefix("#[serde(rename = \"")
            .and_then(|rest| rest.split('"').next())
            .unwrap_or(name);
        if name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') && !manual.contains(&format!("`{name}`"))
        {
            missing.push(name);
        }
    }
    assert!(missing.is_empty(), "not in docs/formats.md: {missing:?}");
}
