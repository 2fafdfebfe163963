//! Accounts that are large or hostile, made by rule.

use crate::invented::Builder;
use headwater_wire::account::*;
use serde_json::json;

/// `reports` outlets tell of the same accident; `statements` things are told by many of them.
pub(crate) fn large(reports: usize, statements: usize) -> Account {
    let mut b = Builder::default();
    let figure = |s: usize, r: usize| 20 + s * 3 + (r / 40) * 2;
    let clause = |s: usize, r: usize| match r % 5 {
        0 | 1 => format!("Inspectors counted [{}] broken lamps on deck {s}", figure(s, r)),
        2 => format!("on deck {s} there were [{}] lamps broken, outlet {r} says", figure(s, r)),
        3 => format!("[about {}] lamps on deck {s} had gone out", figure(s, r) / 10 * 10),
        _ => {
            format!("The number of lamps broken on deck {s} is put at [{}] by agency {}", figure(s, r), r % 7)
        }
    };
    let tells = |s: usize, r: usize| (r * 7 + s * 13) % 10 < 4;
    for r in 0..reports {
        let mut text = String::new();
        for s in (0..statements).filter(|&s| tells(s, r)) {
            text.push_str(&clause(s, r).replace(['[', ']'], ""));
            text.push_str(
                ". The weather stayed grey over the invented harbour of Kell and nobody was surprised",
            );
            text.push_str(if s % 4 == 0 { ".\n\n" } else { ". " });
        }
        let text = format!("{text}Reporter {r} alone saw a heron. That was all.");
        let day = format!("2031-03-{:02}", 4 + (r * 11 % reports) * 9 / reports);
        b.article(
            &format!("r{r}"),
            &format!("Outlet {r} of the Coast"),
            &format!("Lamps broken, writes outlet {r}"),
            &day,
            &text,
        );
    }
    let list: Vec<Statement> = (0..statements)
        .map(|s| {
            let told: Vec<usize> = (0..reports).filter(|&r| tells(s, r)).collect();
            let found: Vec<Report> = told
                .iter()
                .map(|&r| Report {
                    bound: Some(if r % 5 == 3 { "about" } else { "exactly" }.into()),
                    as_of: Some(format!("2031-03-{:02}", 4 + (r * 11 % reports) * 9 / reports)),
                    ..b.report(
                        &format!("r{r}"),
                        &clause(s, r),
                        json!(figure(s, r)),
                        vec![b.source(&format!("agency {}", r % 7), "agency", None)],
                    )
                })
                .collect();
            let origins = (0..7usize)
                .map(|agency| Origin {
                    label: format!("agency {agency}"),
                    kind: "agency".into(),
                    certain: agency < 4,
                    articles: told.iter().filter(|&&r| r % 7 == agency).map(|r| format!("r{r}")).collect(),
                    because: vec![Reason { text: "the agency is named".into(), ..Reason::default() }],
                    ..Origin::default()
                })
                .collect();
            Statement {
                id: format!("c{s}"),
                gist: format!("lamps broken on deck {s}"),
                agreement: ["update", "agrees", "differs", "conflict", "rounding"][s % 5].into(),
                reports: found,
                origins: Origins { least: 4, most: 7, list: origins },
                left_out_by: (0..reports)
                    .filter(|&r| (r + s) % 9 == 0 && !tells(s, r))
                    .map(|r| format!("r{r}"))
                    .collect(),
                event: Some(format!("e{}", s % 6)),
                ..Statement::default()
            }
        })
        .collect();
    b.account.statements = list;
    for r in 0..reports {
        let words = format!("Reporter {r} alone saw a heron");
        let report = b.report(&format!("r{r}"), &words, json!(null), vec![]);
        b.account.statements.push(Statement {
            id: format!("x{r}"),
            gist: words,
            agreement: "single report".into(),
            reports: vec![report],
            origins: Origins { least: 1, most: 1, list: vec![] },
            ..Statement::default()
        });
    }
    for e in 0..6usize {
        let day = format!("2031-03-{:02}", 4 + e);
        b.account.events.push(Event {
            id: format!("e{e}"),
            label: format!("Inspectors went to the lamps, part {e}"),
            kind: "told".into(),
            date: DateRange { value: Some(day.clone()), earliest: Some(day.clone()), latest: Some(day) },
            told_by: (0..reports).filter(|r| r % 6 == e).map(|r| format!("r{r}")).collect(),
            mentioned_by: (0..reports).filter(|r| r % 6 == (e + 1) % 6).map(|r| format!("r{r}")).collect(),
            ..Event::default()
        });
    }
    for r in 7..reports {
        b.account.copies.push(Copy {
            from: format!("r{}", if r % 3 == 0 { r % 7 } else { r - 7 }),
            to: format!("r{r}"),
            state: "copied".into(),
            direction: "from-to".into(),
            containment: 0.3 + 0.1 * (r % 7) as f64,
            because: vec![Reason { text: "the same words in the same order".into(), ..Reason::default() }],
            ..Copy::default()
        });
    }
    b.finish(false)
}

/// Words that try everything: markup, script, addresses, controls, direction marks, broken spans.
pub(crate) const HOSTILE: &str = "</script><script>alert(1)</script> </style><img src=x onerror=alert(2)> \" onload=\"alert(3) ' `${alert(4)}` <!-- --> ]]> &lt;b&gt; \u{0}\u{1b}[31m\u{202e}txet desrever\u{2066} {{7*7}} \u{feff}\u{fffe}";

/// An account in which every string is hostile and every reference is broken somewhere.
pub(crate) fn hostile() -> Account {
    let h = || HOSTILE.to_owned();
    let reason = || Reason { text: h(), article: Some(h()), start: Some(u32::MAX), end: Some(0) };
    let source =
        || Source { text: h(), entity: Some(h()), kind: h(), span: Some((7, 3)), ..Source::default() };
    let article = |id: &str, url: &str| Article {
        id: id.to_owned(),
        path: h(),
        record: Some(u32::MAX),
        title: Some(h()),
        authors: vec![h(), h()],
        outlet: Some(h()),
        url: Some(url.to_owned()),
        published: Published {
            value: Some("9999-99-99T99:99".into()),
            earliest: Some("0000-01-01".into()),
            latest: Some("9999-12-31".into()),
            how: "inferred".into(),
            because: vec![reason()],
        },
        language: Some("en\" onfocus=\"alert(5)".into()),
        credits: vec![Credit { name: h(), place: h() }],
        text_bytes: 10,
        words: usize::MAX,
        sentences: vec![
            Sentence { start: 5, end: 1, text: h(), opens: true },
            Sentence { start: 0, end: 50, text: h(), opens: true },
            Sentence { start: 20, end: u32::MAX, text: "é".into(), opens: false },
            Sentence { start: 60, end: 80, text: "short".into(), opens: false },
        ],
        removed: vec![Removed { class: h(), text: h(), reason: h(), source: (9, 1) }],
        warnings: vec![Warning { code: h(), message: h(), hint: h(), span: Some((70, 65)) }],
        ..Article::default()
    };
    let report = |id: &str| Report {
        article: id.to_owned(),
        start: 61,
        end: 3,
        text: h(),
        value: Some(json!([1e308, {"a": [null]}])),
        value_span: Some((62, 61)),
        bound: Some(h()),
        unit: Some(h()),
        counted: Some(h()),
        as_of: Some(h()),
        source: vec![source(), source()],
    };
    let copy = |from: &str, to: &str, containment: f64| Copy {
        from: from.into(),
        to: to.into(),
        state: h(),
        direction: "from-to".into(),
        containment,
        upstream: Some(h()),
        because: vec![reason()],
        passages: vec![Passage {
            from: (9, 2),
            to: (0, u32::MAX),
            words: u32::MAX,
            quoted: true,
            text: None,
        }],
    };
    Account {
        schema: h(),
        generator: h(),
        summary: Summary { reports: usize::MAX, text_origins: [9, 1], ..Summary::default() },
        articles: vec![
            article("a", "javascript:alert(6)"),
            article("b", "https://x.example/\" onclick=\"alert(7)"),
            article("a", "data:text/html,<script>alert(8)</script>"),
            Article { text: Some("é<b>é".into()), ..article("c", "https://ok.example/?a=1&b='2'") },
        ],
        set_aside: vec![SetAside { path: h(), record: Some(1), code: h(), message: h(), hint: h() }],
        events: vec![Event {
            id: h(),
            label: h(),
            label_from: Some(Place { article: "a".into(), start: 9, end: 9, text: h() }),
            kind: h(),
            date: DateRange {
                value: Some(h()),
                earliest: Some("2031-03-09".into()),
                latest: Some("2031-03-01".into()),
            },
            told_by: vec!["a".into(), "a".into(), h()],
            mentioned_by: vec!["b".into()],
            mentions: vec![],
            because: vec![reason()],
        }],
        stories: vec![Story {
            title: h(),
            account: vec![
                Line {
                    article: "a".into(),
                    end: 3,
                    text: h(),
                    part: "happened".into(),
                    why: h(),
                    ..Line::default()
                },
                Line {
                    article: h(),
                    start: 9,
                    end: 2,
                    text: h(),
                    part: h(),
                    event: Some(h()),
                    ..Line::default()
                },
                Line {
                    article: "b".into(),
                    text: h(),
                    part: "differs".into(),
                    statement: Some(h()),
                    ..Line::default()
                },
            ],
            ..Story::default()
        }],
        entities: vec![Entity { id: h(), name: h(), ..Entity::default() }],
        quotes: vec![
            Quote {
                article: "a".into(),
                text: h(),
                start: 1,
                end: 2,
                kind: h(),
                speaker: Some(source()),
                via: vec![source()],
            },
            Quote { article: h(), text: h(), start: 9, end: 2, kind: h(), speaker: None, via: vec![] },
        ],
        utterances: vec![Utterance { id: h(), speaker: Some(h()), quotes: vec![0, 1, 77] }],
        statements: vec![
            Statement {
                gist: h(),
                agreement: h(),
                reports: vec![report("a"), report("b"), report("nowhere")],
                origins: Origins {
                    least: 3,
                    most: 1,
                    list: vec![Origin {
                        label: h(),
                        kind: h(),
                        articles: vec!["a".into(), h()],
                        ..Origin::default()
                    }],
                },
                because: vec![reason()],
                event: Some(h()),
                ..Statement::default()
            },
            Statement {
                agreement: "single report".into(),
                gist: h(),
                reports: vec![report("c")],
                ..Statement::default()
            },
        ],
        copies: vec![
            copy("a", "b", f64::NAN),
            copy("b", "a", f64::INFINITY),
            copy("c", "c", -1.0),
            copy("a", "c", 2.0),
        ],
        warnings: vec![Warning { code: h(), message: h(), hint: h(), span: None }],
        ..Account::default()
    }
}
