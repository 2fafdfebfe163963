//! Every class of block, each on an invented page of its own.

use headwater_extract::{Body, PageInput, extract};
use headwater_model::{Article, BlockClass};

fn paragraphs(from: usize, to: usize) -> String {
    (from..to)
        .map(|n| {
            format!(
                "<p>The council of ward {n} said on Wednesday that the gate, which is old, would be raised by {n} metres, \
                 and that the boats waiting below the weir could pass again before the weekend.</p>\n"
            )
        })
        .collect()
}

/// A page with `head` before its paragraphs, `middle` between and `foot` behind them.
fn page(head: &str, middle: &str, foot: &str) -> Article {
    let html = format!(
        "<!DOCTYPE html><html lang=en><head><title>Weir gate to be raised | Harbour Herald</title>\
         <meta property=og:site_name content='Harbour Herald'><meta property=og:title content='Weir gate to be raised'></head>\
         <body><nav class=menu><a href=/>Home</a> <a href=/sport>Sport</a></nav><main><article class=story>\
         <h1>Weir gate to be raised</h1>{head}<div class=story-body>{}{middle}{}</div></article>{foot}</main>\
         <footer class=footer><a href=/privacy>Privacy</a></footer></body></html>",
        paragraphs(1, 4),
        paragraphs(4, 8)
    );
    let article = extract(&PageInput::new("a.html", Body::Html(&html)));
    for block in &article.blocks {
        assert!(html.get(block.source.range()).is_some() && block.class.is_body(), "{block:?}");
    }
    assert!(article.text.contains("The council of ward 7"), "{}", article.text);
    article
}

/// The classes of the blocks that hold these words.
fn classes(article: &Article, words: &str) -> Vec<BlockClass> {
    let kept = article.blocks.iter().filter(|b| b.span.of(&article.text).contains(words)).map(|b| b.class);
    let gone = article.removed.iter().filter(|r| r.text.contains(words)).map(|r| r.class);
    kept.chain(gone).collect()
}

fn check(article: &Article, words: &str, expect: BlockClass) {
    assert_eq!(classes(article, words), [expect], "{words}: {:#?}", article.removed);
}

#[test]
fn body_and_crosshead() {
    let article = page("", "<h2>What comes next</h2>", "");
    check(&article, "ward 3 said", BlockClass::Body);
    check(&article, "What comes next", BlockClass::Crosshead);
}

#[test]
fn headline_and_its_repeat() {
    let article = page("", "", "<aside class=share><p>Weir gate to be raised</p></aside>");
    assert_eq!(
        classes(&article, "Weir gate to be raised"),
        [BlockClass::Headline, BlockClass::HeadlineRepeat],
        "{:?}",
        article.removed
    );
}

#[test]
fn standfirst() {
    let head = "<p class=standfirst>After years of waiting, the old gate below the weir is to be raised, and the boats of \
                three wards will pass it again.</p>";
    check(&page(head, "", ""), "After years of waiting", BlockClass::Standfirst);
}

#[test]
fn caption() {
    let middle = "<figure><img src=a.jpg><figcaption>Boats below the weir on Tuesday. Photo: Ana Lima</figcaption></figure>";
    check(&page("", middle, ""), "Photo: Ana Lima", BlockClass::Caption);
}

#[test]
fn byline() {
    let head = "<div class=byline>By Jana Novak</div><time datetime=2024-05-08>May 8, 2024</time>";
    check(&page(head, "", ""), "By Jana Novak", BlockClass::Byline);
}

#[test]
fn promotion() {
    let foot = "<div class=related><h3>Related stories</h3><ul><li><a href=/1>Ferry fares to rise again</a></li>\
                <li><a href=/2>Club signs a striker</a></li></ul></div>";
    check(&page("", "", foot), "Ferry fares to rise", BlockClass::Promotion);
}

#[test]
fn advertisement() {
    check(
        &page("", "<div class=ad-slot><p>Advertisement</p></div>", ""),
        "Advertisement",
        BlockClass::Advertisement,
    );
}

#[test]
fn comment() {
    let foot = "<section class=comments id=comments><h3>Comments</h3><div class=comment><p>I have waited for this for years, \
                well done to all.</p></div></section>";
    check(&page("", "", foot), "I have waited for this", BlockClass::Comment);
}

#[test]
fn biography() {
    let foot = "<div class=author-bio><p>Jana Novak is a reporter for the Harbour Herald. She covers the river.</p></div>";
    check(&page("", "", foot), "She covers the river", BlockClass::Biography);
}

#[test]
fn disclaimer() {
    let foot = "<div class=legal><p>© 2024 Harbour Herald. All rights reserved.</p></div>";
    check(&page("", "", foot), "All rights reserved", BlockClass::Disclaimer);
}

#[test]
fn notice() {
    let head = "<div class=cookie-banner><p>We use cookies to make this site work.</p></div>";
    check(&page(head, "", ""), "We use cookies", BlockClass::Notice);
}

#[test]
fn duplicate() {
    let article = page("", &paragraphs(2, 3), "");
    assert_eq!(classes(&article, "ward 2 said"), [BlockClass::Body, BlockClass::Duplicate]);
}

#[test]
fn live_entries_with_their_times() {
    let entry = |n: usize, time: &str| {
        format!(
            "<div class=\"liveblog-entry\" id=e{n}><time datetime='{time}'>{time}</time>{}</div>",
            paragraphs(20 + n, 22 + n)
        )
    };
    let middle = format!(
        "<div class=liveblog>{}{}</div>",
        entry(1, "2024-05-08T14:05:00+02:00"),
        entry(5, "2024-05-08T14:31:00+02:00")
    );
    let article = page("", &middle, "");
    check(&article, "ward 21 said", BlockClass::LiveEntry);
    check(&article, "ward 3 said", BlockClass::Body);
    let told = article.blocks.iter().filter(|b| b.span.of(&article.text).starts_with("The council"));
    let times: Vec<&str> = told.filter_map(|b| b.time.as_deref()).collect();
    assert_eq!(times.iter().filter(|t| **t == "2024-05-08T14:05:00+02:00").count(), 2, "{times:?}");
    assert_eq!(times.len(), 4, "{times:?}");
    // One such element is a habit of the site's, no live blog.
    let one = page("", &entry(1, "14:05"), "");
    check(&one, "ward 21 said", BlockClass::Body);
}

#[test]
fn a_page_that_is_only_a_notice() {
    for (words, title) in [
        (
            "The page you requested could not be found. It may have been moved or deleted. Please use the search box, or \
             go back to the front page of the site and try again later.",
            "Page not found",
        ),
        (
            "We use cookies and similar technologies to run this site, to measure how it is read, and to show \
             advertisements that suit you. You can accept them all, choose among them, or refuse them.",
            "Harbour Herald",
        ),
    ] {
        let html = format!(
            "<html lang=en><head><title>{title}</title></head><body><h1>{title}</h1><p>{words}</p></body></html>"
        );
        let article = extract(&PageInput::new("a.html", Body::Html(&html)));
        assert_eq!(article.text, "", "{words}");
        assert!(article.removed.iter().any(|r| r.class == BlockClass::Notice), "{:?}", article.removed);
        assert!(article.warnings.iter().any(|w| w.code == "no-article"));
    }
}
