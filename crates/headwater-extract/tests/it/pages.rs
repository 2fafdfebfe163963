//! Invented pages and texts, and hostile ones.

use headwater_extract::{Body, Declared, PageInput, extract};
use headwater_model::{Article, BlockClass, CreditPlace};
use std::time::Instant;

fn text(source: &str) -> Article {
    checked(source, Body::Text(source))
}

fn html(source: &str) -> Article {
    checked(source, Body::Html(source))
}

/// Reads a page and checks what must hold for any: spans on boundaries, segments in order and in the source.
fn checked(source: &str, body: Body) -> Article {
    let article = extract(&PageInput::new("in/page.txt", body));
    for block in &article.blocks {
        assert!(
            block.class.is_body()
                && article.text.get(block.span.range()).is_some_and(|t| !t.trim().is_empty())
        );
    }
    let mut at = 0;
    for segment in &article.segments {
        assert!(segment.clean.start >= at, "segments overlap");
        at = segment.clean.end;
        let clean = article.text.get(segment.clean.range());
        let there = source.get(segment.source.range());
        assert!(clean.is_some() && there.is_some(), "{segment:?}");
        if segment.exact {
            assert_eq!(clean, there);
        }
    }
    for removed in &article.removed {
        assert!(!removed.class.is_body() && !removed.reason.is_empty());
        assert!(source.get(removed.source.range()).is_some());
    }
    for credit in &article.credits {
        assert!(credit.span.is_none_or(|s| s.of(&article.text).contains(&credit.name) || !s.is_empty()));
    }
    article
}

const DUMP: &str = "404\nOops!\nThe page you requested cannot be found.\n\
Harbour bridge reopens after long repairs in Weir\n\
Harbour bridge reopens after long repairs in Weir Harbour bridge reopens after long repairs in Weir\n\
By Jana Novak\nMay 8, 2024\n\
WEIR (AP) — The old harbour bridge of Weir reopened on Wednesday after two years of repairs, the mayor said.\n\
“We waited a long time,” she said. “Now we can cross again.”\n\
Advertisement\n\
Mayor Ana Lima (Harbour TV)\n\
Workers replaced the cables and the wooden deck of the bridge, which was closed when a ship hit its northern tower.\n\
What comes next\n\
The town plans a market on the bridge in June, and the ferry will stop running, according to the council.\n\
Workers replaced the cables and the wooden deck of the bridge, which was closed when a ship hit its northern tower.\n\
People cheered.\n\
More From Author\n\
Ten Surprising Recipes For A Quick Summer Dinner\n\
Football Club Signs Veteran Striker Before Season Opener\n\
About the Author\n\
Jana Novak is a reporter for the Harbour Herald who writes about roads and ships.\n\
Share\nCommentsNo comment\n";

#[test]
fn residue_leaves_the_text_and_the_rest_stays() {
    let article = text(DUMP);
    assert_eq!(article.title.as_deref(), Some("Harbour bridge reopens after long repairs in Weir"));
    assert_eq!(article.authors, ["Jana Novak"]);
    assert!(article.text.starts_with("WEIR (AP) — The old harbour bridge"), "{}", article.text);
    assert!(article.text.ends_with("People cheered."), "{}", article.text);
    assert_eq!(article.text.matches("Workers replaced").count(), 1);
    assert!(article.text.contains("What comes next") && article.text.contains("“We waited a long time,”"));
    let class = |words: &str| article.removed.iter().find(|r| r.text.starts_with(words)).map(|r| r.class);
    assert_eq!(class("The page you requested"), Some(BlockClass::Notice));
    assert_eq!(class("Mayor Ana Lima (Harbour TV)"), Some(BlockClass::Caption));
    assert_eq!(class("Ten Surprising"), Some(BlockClass::Promotion));
    assert_eq!(class("Jana Novak is"), Some(BlockClass::Biography));
    assert_eq!(class("CommentsNo"), Some(BlockClass::Comment));
    assert!(article.credits.iter().any(|c| c.name == "AP" && c.place == CreditPlace::Dateline));
    assert_eq!(article.language.as_deref(), Some("en"));
}

#[test]
fn plain_articles_are_left_alone() {
    let body = "The council met on Monday evening and spoke for three hours about the harbour.\n\nWHAT THEY WANT\n\n“No,” he said.\n\nWhy now?\n\nThe mayor told Reuters that the talks would go on until the end of the week.\n\nThey booed.";
    let article = text(body);
    assert_eq!(article.text, body);
    assert!(article.credits.is_empty(), "{:?}", article.credits);
    assert_eq!(article.blocks[1].class, BlockClass::Crosshead);
}

fn page() -> String {
    let paragraph = |n: usize| {
        format!(
            "<p>The harbour town of Weir opened bridge number {n} on Wednesday, and the mayor, who had waited for years, said that <a href='/t/ships'>ships</a> would pass under it &amp; that the ferry, which is old, would stop.</p>\n"
        )
    };
    let paragraphs: String = (1..7).map(paragraph).collect();
    format!(
        r#"<!DOCTYPE html><html lang="en"><head><title>Weir opens six bridges | Harbour Herald</title>
<meta property="og:site_name" content="Harbour Herald"><meta property="og:title" content="Weir opens six bridges">
<link rel="canonical" href="https://herald.example/2024/05/08/weir-bridges">
<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Weir opens six bridges","datePublished":"2024-05-08T14:05:00+02:00","author":[{{"@type":"Person","name":"Jana Novak"}},{{"@type":"Organization","name":"Harbour Herald"}}],"publisher":{{"name":"Harbour Herald"}}}}</script>
<style>p {{ color: red }}</style></head><body>
<nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article class="story"><h1>Weir opens six bridges</h1><div class="byline">By Jana Novak</div><time datetime="2024-05-08T14:05">May 8, 2024</time>
<div class="story-body">{paragraphs}<h2>What comes next</h2>{}</div></article>
<aside class="related"><h3>Most read</h3><ul><li><a href="/a">Ten recipes for a quick dinner</a></li><li><a href="/b">Club signs a striker</a></li></ul></aside></main>
<footer class="footer"><p>© 2024 Harbour Herald. All rights reserved.</p><a href="/privacy">Privacy</a></footer></body></html>"#,
        paragraph(7)
    )
}

#[test]
fn a_page_gives_text_and_metadata() {
    let article = html(&page());
    assert_eq!(article.title.as_deref(), Some("Weir opens six bridges"));
    assert_eq!(article.authors, ["Jana Novak"]);
    assert_eq!(article.outlet.as_deref(), Some("Harbour Herald"));
    assert_eq!(article.url.as_deref(), Some("https://herald.example/2024/05/08/weir-bridges"));
    assert_eq!(article.published.day().map(|d| d.to_string()).as_deref(), Some("2024-05-08"));
    assert!(article.published.has_time && !article.published.because.is_empty());
    assert_eq!(article.text.matches("bridge number").count(), 7, "{}", article.text);
    assert!(article.text.contains("ships would pass under it & that"));
    for residue in ["Home", "Ten recipes", "All rights reserved", "Privacy", "By Jana Novak"] {
        assert!(!article.text.contains(residue), "{residue}");
        assert!(article.removed.iter().any(|r| r.text.contains(residue)), "{residue}");
    }
}

#[test]
fn blocks_lead_back_to_the_source() {
    let source = page();
    let article = html(&source);
    let at = article.text.find("bridge number 3").unwrap() as u32;
    let segment = article.segments.iter().find(|s| s.clean.start <= at && at < s.clean.end).unwrap();
    assert!(segment.source.of(&source).contains("bridge number 3"), "{}", segment.source.of(&source));
}

#[test]
fn the_carrier_is_believed() {
    let source = page();
    let names = ["Ana Lima".to_owned()];
    let declared = Declared {
        title: Some("Another title"),
        published: Some("2024-06-01"),
        outlet: Some("The Echo"),
        language: Some("en-GB"),
        authors: &names,
        ..Declared::default()
    };
    let article =
        extract(&PageInput { declared, id: Some("x7"), ..PageInput::new("rows.jsonl", Body::Html(&source)) });
    assert_eq!(
        (article.id.as_str(), article.title.as_deref(), article.outlet.as_deref()),
        ("x7", Some("Another title"), Some("The Echo"))
    );
    assert_eq!((article.authors.as_slice(), article.language.as_deref()), (&names[..], Some("en")));
    assert_eq!(article.published.day().map(|d| d.to_string()).as_deref(), Some("2024-06-01"));
}

#[test]
fn a_page_without_an_article_says_so() {
    for source in ["", "   \n", "<html></html>", "<p>", "\u{feff}"] {
        let article = html(source);
        assert!(
            article.text.is_empty() && article.warnings.iter().any(|w| w.code == "no-article"),
            "{source:?}"
        );
    }
    assert!(text(" \n\n").text.is_empty());
}

#[test]
fn text_that_is_drawn_by_script_is_taken_from_linked_data() {
    let body = "The harbour town of Weir opened a bridge on Wednesday, and the mayor spoke. ".repeat(8);
    let source = format!(
        "<html><head><script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"articleBody\":\"{body}\"}}</script></head><body><div id=root></div></body></html>"
    );
    assert!(html(&source).text.contains("the mayor spoke."));
}

/// What costs most, and the warning that says what was left out of it, where something was.
#[test]
fn hostile_pages_end_soon() {
    let many = |s: &str, n: usize| s.repeat(n);
    let attributes = |n: usize| (0..n).map(|i| format!("a{i}='' ")).collect::<String>();
    let pages = [
        (many("<div>", 100_000) + "One.", Some("page-cut")),
        (many("<b><i><p>", 40_000), Some("page-cut")),
        (format!("<p {}>One.</p>", many("a=1 ", 1_000_000)), Some("page-cut")),
        (format!("<p {}>One.</p>", attributes(1_000_000)), Some("page-cut")),
        (format!("<p {}", attributes(200_000)), Some("no-article")),
        (many("<table><tr><td>", 20_000), Some("page-cut")),
        (many("<a href=x>link</a> ", 60_000), None),
        (many("<p>same words in a row that end here.</p>", 60_000), Some("page-cut")),
        (many("&amp;", 300_000), None),
        (many("<", 500_000), None),
        (many("\0<\0p>\0", 100_000), None),
        (many("<li><b>a</b> ", 120_000), Some("page-cut")),
        (format!("<script type=application/ld+json>{}", many("[", 100_000)), Some("no-article")),
        (
            format!(
                "<script type=application/ld+json>{{\"author\":{}1{}}}</script>",
                many("[", 100),
                many("]", 100)
            ),
            Some("no-article"),
        ),
        (many("12.12.2012 ", 100_000), None),
        (format!("<h1>{}</h1><title>{}", many("word ", 100_000), many("a | ", 50_000)), None),
        (format!("<p>{}", many("By A B and C D, ", 50_000)), None),
        (
            format!("<article>{}", many("<p class=a>A page of fifty megabytes, he said.</p>", 1_100_000)),
            Some("page-too-large"),
        ),
        (many("<div data-x='0123456789012345678901234567890123456789'><script>a<b</script>", 50_000), None),
        (
            many("<p class=c0 id=", 1) + &(0..90_000).map(|i| format!("i{i}>a<p id=")).collect::<String>(),
            None,
        ),
    ];
    for (i, (page, code)) in pages.iter().enumerate() {
        let start = Instant::now();
        let input = PageInput { record: Some(6), ..PageInput::new("in/pages.warc", Body::Html(page)) };
        let article = extract(&input);
        let codes: Vec<&str> = article.warnings.iter().map(|w| w.code).collect();
        assert!(code.is_none_or(|c| codes.contains(&c)), "page {i}: {codes:?}");
        assert_eq!((article.path.as_str(), article.record), ("in/pages.warc", Some(6)));
        html(page);
        text(page);
        assert!(start.elapsed().as_secs() < 30, "page {i} took {:?}", start.elapsed());
    }
}

/// Pages and texts with bytes changed, cut, doubled and moved at random; the seed is fixed.
#[test]
fn no_change_of_a_page_breaks_the_reading() {
    let mut state = 0x1234_5678_9abc_def0u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as usize % below.max(1)
    };
    let splinters = [
        "<",
        ">",
        "&",
        "\"",
        "</p>",
        "<p>",
        "<table>",
        "</div>",
        "é",
        "漢字",
        "\u{200b}",
        "\0",
        "<!--",
        "<script>",
        "2024-05-08",
        "By ",
        "{",
        "]]>",
        " | ",
        "\u{202e}",
        "ſ",
        "İ",
        "ẞ",
        "(AP) —",
        "Credit: ",
    ];
    for base in [page(), DUMP.to_owned()] {
        for _ in 0..250 {
            let mut chars: Vec<char> = base.chars().collect();
            for _ in 0..1 + random(12) {
                let at = random(chars.len());
                match random(4) {
                    0 => {
                        let end = (at + random(60)).min(chars.len());
                        chars.drain(at..end);
                    }
                    1 => {
                        let piece: Vec<char> = splinters[random(splinters.len())].chars().collect();
                        chars.splice(at..at, piece);
                    }
                    2 => {
                        let end = (at + random(200)).min(chars.len());
                        let copy: Vec<char> = chars[at..end].to_vec();
                        let to = random(chars.len());
                        chars.splice(to..to, copy);
                    }
                    _ => chars.truncate(at.max(1)),
                }
                if chars.is_empty() {
                    break;
                }
            }
            let source: String = chars.into_iter().collect();
            html(&source);
            text(&source);
        }
    }
}
