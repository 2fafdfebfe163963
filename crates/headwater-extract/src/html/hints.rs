//! What names of classes and ids say of an element: the habits of people who build sites.

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use std::sync::OnceLock;

/// Groups of words in names. Order is part of the trained weights.
const GROUPS: &[&[&str]] = &[
    // 0 the article
    &[
        "article-body",
        "articlebody",
        "article_body",
        "article__body",
        "article-content",
        "articlecontent",
        "article_content",
        "article-text",
        "articletext",
        "entry-content",
        "entrycontent",
        "entry_content",
        "post-content",
        "postcontent",
        "post_content",
        "post-body",
        "postbody",
        "post-text",
        "story-body",
        "storybody",
        "story-content",
        "story_content",
        "story-text",
        "storytext",
        "content-body",
        "contentbody",
        "body-content",
        "bodycontent",
        "body-text",
        "bodytext",
        "body-copy",
        "bodycopy",
        "main-text",
        "maintext",
        "field-name-body",
        "field--name-body",
        "rich-text",
        "richtext",
        "rte",
        "single-content",
        "article-main",
        "text-content",
        "td-post-content",
        "articolo",
        "artikel",
        "paragraph",
        "wysiwyg",
        "news-text",
        "news-content",
        "newsbody",
        "news-body",
        "news_body",
    ],
    // 1 content
    &[
        "content",
        "main",
        "article",
        "story",
        "entry",
        "post",
        "body",
        "text",
        "inhalt",
        "contenido",
        "conteudo",
        "contenu",
        "blog",
        "single",
    ],
    // 2 comments
    &[
        "comment",
        "disqus",
        "respond",
        "discussion",
        "kommentar",
        "comentario",
        "reply",
        "replies",
        "commentaire",
        "livefyre",
        "forum",
    ],
    // 3 other stories
    &[
        "related",
        "recommend",
        "more-",
        "more_",
        "also-",
        "also_",
        "similar",
        "popular",
        "trending",
        "most-",
        "most_",
        "latest",
        "recent",
        "suggest",
        "outbrain",
        "taboola",
        "read-next",
        "readnext",
        "next-",
        "prev-",
        "recirc",
        "teaser",
        "carousel",
        "promo",
        "card",
        "onward",
        "crosslink",
        "further",
        "verwandt",
        "mehr-zum",
        "weitere",
        "relacionad",
        "correlat",
        "featured",
        "listing",
        "archive",
        "feed",
        "river",
        "headlines",
        "ranking",
    ],
    // 4 share
    &[
        "share",
        "sharing",
        "social",
        "sharedaddy",
        "addthis",
        "addtoany",
        "facebook",
        "twitter",
        "whatsapp",
        "follow",
        "print",
        "email-",
    ],
    // 5 navigation
    &[
        "nav",
        "menu",
        "breadcrumb",
        "crumb",
        "pagination",
        "pager",
        "paging",
        "toolbar",
        "topbar",
        "navbar",
        "skip",
        "sitemap",
        "tabs",
        "mega",
    ],
    // 6 foot
    &["footer", "foot", "bottom", "colophon", "copyright", "legal", "disclaimer", "imprint", "impressum"],
    // 7 side
    &[
        "sidebar",
        "side-",
        "side_",
        "aside",
        "widget",
        "rail",
        "right-",
        "right_",
        "rightcol",
        "column-right",
        "col-right",
        "secondary",
        "complementary",
        "sidebar",
        "seitenleiste",
        "module",
        "panel",
        "block-",
    ],
    // 8 advertisement
    &[
        "advert",
        "ad-",
        "ad_",
        "ads-",
        "ads_",
        "-ad",
        "_ad",
        "adslot",
        "adunit",
        "sponsor",
        "banner",
        "dfp",
        "gpt",
        "adsense",
        "paid",
        "commercial",
        "partner",
        "anzeige",
        "werbung",
        "publicidad",
    ],
    // 9 author and date
    &[
        "author",
        "byline",
        "by-line",
        "meta",
        "dateline",
        "timestamp",
        "publish",
        "pubdate",
        "date",
        "time",
        "credit-line",
        "writer",
        "autor",
        "info",
        "posted",
    ],
    // 10 pictures
    &[
        "caption",
        "credit",
        "figure",
        "photo",
        "image",
        "img",
        "gallery",
        "slide",
        "media",
        "video",
        "thumb",
        "picture",
        "player",
        "lightbox",
        "copyright-holder",
        "attribution",
    ],
    // 11 subscriptions
    &[
        "newsletter",
        "subscri",
        "signup",
        "sign-up",
        "sign_up",
        "optin",
        "mailing",
        "register",
        "login",
        "donat",
        "cta",
        "call-to-action",
        "support-",
        "membership",
        "form",
    ],
    // 12 consent, paywall
    &[
        "cookie", "consent", "gdpr", "paywall", "modal", "popup", "pop-up", "overlay", "alert", "notice",
        "message", "error", "privacy", "dialog", "toast", "tooltip",
    ],
    // 13 head
    &[
        "header",
        "headline",
        "title",
        "heading",
        "masthead",
        "logo",
        "hero",
        "kicker",
        "eyebrow",
        "section-name",
        "label",
    ],
    // 14 tags
    &["tag", "categor", "topic", "keyword", "label", "taxonomy", "terms", "hashtag", "schlagwort"],
    // 15 hidden
    &[
        "hidden",
        "hide",
        "sr-only",
        "screen-reader",
        "visually",
        "invisible",
        "noprint",
        "no-print",
        "print-only",
        "collapse",
        "offscreen",
        "mobile-only",
    ],
    // 16 biography
    &[
        "bio",
        "about-author",
        "author-box",
        "authorbox",
        "author-info",
        "author-desc",
        "author-card",
        "about-the-author",
        "author-bio",
        "contributor",
        "profile",
        "vcard",
    ],
    // 17 summary
    &[
        "summary",
        "standfirst",
        "subtitle",
        "sub-title",
        "subhead",
        "deck",
        "dek",
        "lead",
        "intro",
        "excerpt",
        "abstract",
        "teaser-text",
        "description",
        "subheadline",
        "highlights",
        "key-points",
        "takeaway",
        "chapo",
        "vorspann",
        "sapo",
    ],
    // 18 tables of contents, notes
    &[
        "toc",
        "table-of-contents",
        "contents-",
        "footnote",
        "references",
        "citation",
        "infobox",
        "factbox",
        "fact-box",
        "sidebar-box",
        "inset",
        "pullquote",
        "pull-quote",
        "embed",
        "tweet",
        "instagram",
        "faq",
        "accordion",
        "product",
        "price",
        "rating",
        "review-box",
        "quiz",
        "poll",
        "recipe",
    ],
];

/// Number of groups.
pub(crate) const COUNT: usize = 19;

/// A set of groups as bits.
pub(crate) type Hints = u32;

struct Table {
    automaton: Option<AhoCorasick>,
    groups: Vec<u8>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let all: Vec<(&str, u8)> = GROUPS
            .iter()
            .enumerate()
            .flat_map(|(g, words)| words.iter().map(move |w| (*w, g as u8)))
            .collect();
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .ascii_case_insensitive(true)
            .build(all.iter().map(|a| a.0))
            .ok();
        Table { automaton, groups: all.iter().map(|a| a.1).collect() }
    })
}

/// Bytes of a name that are read; longer ones are style frameworks at work.
const NAME_BYTES: usize = 240;

/// The groups that a name belongs to.
pub(crate) fn of(value: &str) -> Hints {
    let table = table();
    let Some(automaton) = &table.automaton else { return 0 };
    let mut hints = 0;
    let mut end = value.len().min(NAME_BYTES);
    while !value.is_char_boundary(end) {
        end -= 1;
    }
    for found in automaton.find_overlapping_iter(&value[..end]) {
        // A short word must begin a part of the name: "nav" in "navigation", not in "carnaval".
        let begins = found.start() == 0
            || !value.as_bytes()[found.start() - 1].is_ascii_alphanumeric()
            || value.as_bytes()[found.start()].is_ascii_uppercase();
        if begins || found.len() >= 7 {
            hints |= 1 << table.groups[found.pattern().as_usize()];
        }
    }
    hints
}
