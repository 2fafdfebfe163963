//! Invented accounts: a ferry accident told by fourteen outlets, the same with three hundred, and a hostile one.

use headwater_wire::account::*;
use serde_json::json;

/// An account being put together; words are found in the articles' texts, so that every span is right.
#[derive(Default)]
pub(crate) struct Builder {
    pub(crate) account: Account,
    texts: Vec<String>,
}

impl Builder {
    pub(crate) fn article(
        &mut self,
        id: &str,
        outlet: &str,
        title: &str,
        published: &str,
        text: &str,
    ) -> &mut Article {
        let published = match published.split_once("..") {
            Some((earliest, latest)) => Published {
                earliest: Some(earliest.into()),
                latest: Some(latest.into()),
                how: "inferred".into(),
                ..Published::default()
            },
            None if published.is_empty() => Published { how: "unknown".into(), ..Published::default() },
            None => Published {
                value: Some(published.into()),
                earliest: published.get(..10).map(str::to_owned),
                latest: published.get(..10).map(str::to_owned),
                how: "page".into(),
                ..Published::default()
            },
        };
        self.texts.push(text.to_owned());
        self.account.articles.push(Article {
            id: id.into(),
            path: format!("reports/{id}.html"),
            title: Some(title.into()).filter(|t: &String| !t.is_empty()),
            outlet: Some(outlet.into()),
            url: Some(format!("https://{id}.example/news/anneke-dahl")),
            published,
            language: Some("en".into()),
            text_bytes: text.len(),
            words: text.split_whitespace().count(),
            text_hash: "0".repeat(64),
            source_hash: "0".repeat(64),
            ..Article::default()
        });
        self.account.articles.last_mut().unwrap()
    }

    fn find(&self, id: &str, words: &str) -> (u32, u32) {
        let at = self.account.articles.iter().position(|a| a.id == id).expect(id);
        let start = self.texts[at].find(words).unwrap_or_else(|| panic!("{id}: {words}"));
        (start as u32, (start + words.len()) as u32)
    }

    pub(crate) fn place(&self, id: &str, words: &str) -> Place {
        let (start, end) = self.find(id, words);
        Place { article: id.into(), start, end, text: words.into() }
    }

    pub(crate) fn why(&self, text: &str, id: &str, words: &str) -> Reason {
        let (start, end) = self.find(id, words);
        Reason { text: text.into(), article: Some(id.into()), start: Some(start), end: Some(end) }
    }

    pub(crate) fn source(&self, text: &str, kind: &str, entity: Option<&str>) -> Source {
        Source {
            text: text.into(),
            kind: kind.into(),
            entity: entity.map(str::to_owned),
            ..Source::default()
        }
    }

    /// `words` is the clause, with the value between `[` and `]`.
    pub(crate) fn report(
        &self,
        id: &str,
        words: &str,
        value: serde_json::Value,
        source: Vec<Source>,
    ) -> Report {
        let clause = words.replace(['[', ']'], "");
        let (start, end) = self.find(id, &clause);
        let value_span =
            words.find('[').zip(words.find(']')).map(|(a, b)| (start + a as u32, start + b as u32 - 1));
        let value = Some(value).filter(|v| !v.is_null());
        Report {
            article: id.into(),
            start,
            end,
            text: clause,
            value,
            value_span,
            source,
            ..Report::default()
        }
    }

    pub(crate) fn quote(
        &mut self,
        id: &str,
        words: &str,
        kind: &str,
        speaker: Option<Source>,
        via: Vec<Source>,
    ) -> usize {
        let (start, end) = self.find(id, words);
        let quote =
            Quote { article: id.into(), text: words.into(), start, end, kind: kind.into(), speaker, via };
        self.account.quotes.push(quote);
        self.account.quotes.len() - 1
    }

    /// Cuts the texts into sentences and keeps those that `keep` asks for, or embeds the whole.
    pub(crate) fn finish(mut self, full_text: bool) -> Account {
        self.account.schema = SCHEMA.into();
        self.account.generator = "headwater 0.1.0".into();
        let cited = citations(&self.account);
        for (at, article) in self.account.articles.iter_mut().enumerate() {
            let sentences = sentences(&self.texts[at]);
            let hit: Vec<bool> = sentences
                .iter()
                .map(|s| cited.iter().any(|(id, a, b)| *id == article.id && *a < s.end && *b > s.start))
                .collect();
            let near = |i: usize| (i.saturating_sub(1)..=i + 1).any(|j| hit.get(j) == Some(&true));
            article.sentences =
                sentences.into_iter().enumerate().filter(|(i, _)| near(*i)).map(|(_, s)| s).collect();
            if full_text {
                article.text = Some(self.texts[at].clone());
            }
        }
        self.account.summary = summary(&self.account);
        self.account
    }
}

fn sentences(text: &str) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut paragraph_start = 0;
    for paragraph in text.split("\n\n") {
        let mut start = 0;
        while start < paragraph.len() {
            let rest = &paragraph[start..];
            let end = rest.find(". ").map_or(paragraph.len(), |i| start + i + 1);
            let words = &paragraph[start..end];
            out.push(Sentence {
                start: (paragraph_start + start) as u32,
                end: (paragraph_start + end) as u32,
                text: words.into(),
                opens: start == 0,
            });
            start = end + usize::from(end < paragraph.len());
        }
        paragraph_start += paragraph.len() + 2;
    }
    out
}

fn citations(account: &Account) -> Vec<(String, u32, u32)> {
    let mut out = Vec::new();
    let mut reasons = |list: &[Reason]| {
        for r in list {
            if let (Some(id), Some(a), Some(b)) = (&r.article, r.start, r.end) {
                out.push((id.clone(), a, b));
            }
        }
    };
    account.events.iter().for_each(|e| reasons(&e.because));
    account.articles.iter().for_each(|a| reasons(&a.published.because));
    account.copies.iter().for_each(|c| reasons(&c.because));
    account.statements.iter().for_each(|s| {
        reasons(&s.because);
        s.origins.list.iter().for_each(|o| reasons(&o.because));
    });
    for s in &account.statements {
        out.extend(s.reports.iter().map(|r| (r.article.clone(), r.start, r.end)));
    }
    out.extend(account.quotes.iter().map(|q| (q.article.clone(), q.start, q.end)));
    for e in &account.events {
        out.extend(e.mentions.iter().chain(&e.label_from).map(|p| (p.article.clone(), p.start, p.end)));
    }
    for c in &account.copies {
        for p in &c.passages {
            out.push((c.from.clone(), p.from.0, p.from.1));
            out.push((c.to.clone(), p.to.0, p.to.1));
        }
    }
    out
}

fn summary(account: &Account) -> Summary {
    let shared: Vec<&Statement> =
        account.statements.iter().filter(|s| s.agreement != "single report").collect();
    let mut by_agreement = std::collections::BTreeMap::new();
    for statement in &account.statements {
        *by_agreement.entry(statement.agreement.clone()).or_insert(0) += 1;
    }
    Summary {
        reports: account.articles.len(),
        happenings: account.events.iter().filter(|e| e.kind == "told").count(),
        stories: account.stories.len(),
        shared_statements: shared.len(),
        doubtful: shared.iter().filter(|s| s.doubtful).count(),
        single_origin: shared.iter().filter(|s| s.origins.most == 1).count(),
        by_agreement,
        copies: account.copies.len(),
        text_origins: [6, 8],
    }
}

fn ids(list: &str) -> Vec<String> {
    list.split_whitespace().map(str::to_owned).collect()
}

fn entity(id: &str, kind: &str, name: &str, forms: &[&str]) -> Entity {
    Entity {
        id: id.into(),
        kind: kind.into(),
        name: name.into(),
        forms: forms.iter().map(|f| (*f).to_owned()).collect(),
        ..Entity::default()
    }
}

fn origin(label: &str, kind: &str, certain: bool, articles: &str, because: Vec<Reason>) -> Origin {
    Origin { label: label.into(), kind: kind.into(), certain, articles: ids(articles), because, entity: None }
}

/// The texts of the fourteen reports: (id, outlet, headline, published, text).
const REPORTS: [(&str, &str, &str, &str, &str); 14] = [
    (
        "norrland-press",
        "Norrland Press",
        "Ferry Anneke Dahl goes down in Strait of Marrow",
        "2031-03-04T09:40",
        "The car ferry Anneke Dahl went down in the Strait of Marrow early on Tuesday, two kilometres off Cape Hollin. At least 31 people died, the Marrow Coast Guard said. The ferry was carrying 212 passengers and crew, according to the operator, Blue Sound Lines. Rescue boats had brought about 170 people ashore by nine in the morning.\n\n“We had four minutes from the alarm to the list, no more,” the ship’s master, Captain Ilse Dorn, told Norrland Press. Three helicopters were sent from Sundby. The wind stood at 24 metres a second.\n\nThe ferry was built in 1998. It is the worst accident in the strait since the Halvard sank in 1987.",
    ),
    (
        "marrow-herald",
        "The Marrow Herald",
        "At least 31 dead as ferry sinks off Cape Hollin",
        "2031-03-04T11:05",
        "The car ferry Anneke Dahl went down in the Strait of Marrow early on Tuesday, two kilometres off Cape Hollin. At least 31 people died, the Marrow Coast Guard said. The ferry was carrying 212 passengers and crew, according to the operator, Blue Sound Lines. Rescue boats had brought about 170 people ashore by nine in the morning.\n\n“We had four minutes from the alarm to the list, no more,” the ship’s master, Captain Ilse Dorn, told Norrland Press.",
    ),
    (
        "city-ledger",
        "City Ledger",
        "Tragedy in the strait",
        "2031-03-04",
        "It was still dark when the families began to gather at the quay. The car ferry Anneke Dahl went down in the Strait of Marrow early on Tuesday, two kilometres off Cape Hollin. At least 31 people died, the Marrow Coast Guard said. Three helicopters were sent from Sundby. The wind stood at 24 metres a second.",
    ),
    (
        "hollin-times",
        "Hollin Times",
        "Dozens die in ferry disaster",
        "2031-03-04",
        "Dozens of people were killed when a ferry sank off Cape Hollin on Tuesday, according to Norrland Press. The ship’s captain told the agency that there were four minutes between the alarm and the list. Hundreds were on board.",
    ),
    (
        "sundby-post",
        "Sundby Post",
        "“The water was already on the car deck”",
        "2031-03-05",
        "Our reporter counted four helicopters leaving Sundby between five and six on Tuesday morning. Harbour master Jonas Veit said that 260 people had been counted through the gate in Kell. “The bow door was open when she passed the mole,” he told the Sundby Post. By Wednesday 38 bodies had been brought ashore, the Coast Guard said.\n\nTicket clerk Anna Roos said that children under six are not counted at the desk.",
    ),
    (
        "kell-radio",
        "Kell Radio",
        "Harbour master: more aboard than listed",
        "2031-03-05",
        "Harbour master Jonas Veit told the Sundby Post that 260 people had gone aboard in Kell. Blue Sound Lines did not answer questions on Wednesday. The Coast Guard put the number of dead at 38.",
    ),
    (
        "north-courier",
        "North Courier",
        "Inspectors warned of bow door, letter shows",
        "2031-03-05",
        "Inspectors warned two years ago that the bow door of the Anneke Dahl did not lock, a letter seen by the North Courier shows. The letter of 14 May 2029 is addressed to Blue Sound Lines. “The lock does not hold under load,” it says. The ministry said it would answer in due time. The death toll rose to 38 on Wednesday.",
    ),
    (
        "daily-mole",
        "The Daily Mole",
        "Letter: bow door “does not hold”",
        "2031-03-06",
        "The lock of the ferry’s bow door was faulty, according to a letter from inspectors published by the North Courier. “The lock does not hold under load,” the letter reads. Transport minister Pia Land said on Wednesday: “Nobody told me about any letter.”",
    ),
    (
        "evening-sound",
        "Evening Sound",
        "Minister denies knowing of warning",
        "2031-03-05",
        "Transport minister Pia Land said on Wednesday that she had not been told of a letter. “No one ever told me about a letter,” Land said in Kell, speaking Marrish. Seventy-four people are dead or missing, the police said.",
    ),
    (
        "tidende",
        "Marrow Tidende",
        "Minister Land: ‘I was not informed’",
        "2031-03-05",
        "“I was never informed of any letter,” Transport minister Pia Land said in Kell on Wednesday, according to the Evening Sound. The wind had reached 24 metres a second at Hollin light, the weather service said.",
    ),
    (
        "strait-today",
        "Strait Today",
        "Search called off for Anneke Dahl missing",
        "2031-03-07",
        "The search for survivors of the Anneke Dahl was called off on Friday at noon. The Coast Guard said 41 people are known to have died and 33 are missing. 138 were rescued. The weather service measured 24 metres a second at the time.",
    ),
    (
        "world-desk",
        "World Desk",
        "Marrow ends search for ferry victims",
        "2031-03-07",
        "Marrow called off the search on Friday, three days after a ferry sank with more than 200 people on board. The Coast Guard said 41 people are known to have died. It is the worst accident in the strait since the Halvard sank in 1987.",
    ),
    (
        "kap-weekly",
        "Kap Weekly",
        "What we know about the sinking",
        "2031-03-05..2031-03-07",
        "The ferry sank on Tuesday and the search goes on. About 40 people have died. The lock of the bow door was the subject of a warning two years ago, the North Courier reported this week.",
    ),
    (
        "boat-blog",
        "boatblog.example",
        "",
        "2031-03-04..2031-03-31",
        "Everybody is talking about the bow door this month. When the Halvard sank in 1987 it was the bow door too. The lock does not hold under load, wrote the inspectors in 2029, and nobody listened.",
    ),
];

/// The ferry accident, told by fourteen outlets.
pub(crate) fn strait(full_text: bool) -> Account {
    let mut b = Builder::default();
    for (id, outlet, title, published, text) in REPORTS {
        b.article(id, outlet, title, published, text);
    }
    dress_articles(&mut b);
    b.account.entities = vec![
        entity("n1", "person", "Captain Ilse Dorn", &["Ilse Dorn", "Dorn"]),
        entity("n2", "organisation", "Norrland Press", &["Norrland Press", "NP"]),
        entity("n3", "organisation", "Marrow Coast Guard", &["Marrow Coast Guard", "Coast Guard"]),
        entity("n4", "person", "Jonas Veit", &["Jonas Veit", "harbour master"]),
        entity("n5", "person", "Pia Land", &["Pia Land", "Land"]),
        entity("n6", "organisation", "Blue Sound Lines", &["Blue Sound Lines"]),
    ];
    happenings(&mut b);
    statements(&mut b);
    quotations(&mut b);
    copies(&mut b);
    b.account.set_aside = vec![
        SetAside {
            path: "reports/cookie-wall.html".into(),
            code: "no-article".into(),
            message: "the page holds no article, only a consent notice".into(),
            hint: "save the page again after consenting".into(),
            ..SetAside::default()
        },
        SetAside {
            path: "reports/scan.txt".into(),
            code: "binary".into(),
            message: "this is not text".into(),
            hint: "convert it to text first".into(),
            ..SetAside::default()
        },
    ];
    b.account.warnings.push(Warning {
        code: "undated".into(),
        message: "2 of 14 reports are dated only by what they tell".into(),
        hint: "give their dates with --meta".into(),
        span: None,
    });
    b.account.stories[0].account = in_words(&b.account);
    b.finish(full_text)
}

/// Lines as the engine would choose them: what the first happening is called, and two values of one statement.
fn in_words(account: &Account) -> Vec<Line> {
    let event = &account.events[0];
    let place = event.label_from.clone().expect("a label");
    let happened = Line {
        article: place.article,
        start: place.start,
        end: place.end,
        text: place.text,
        part: "happened".into(),
        why: "told by 9 reports".into(),
        event: Some(event.id.clone()),
        statement: None,
    };
    let statement = &account.statements[0];
    let sides = statement.reports.iter().take(2).map(|r| Line {
        article: r.article.clone(),
        start: r.start,
        end: r.end,
        text: r.text.clone(),
        part: "differs".into(),
        why: "update: told so by 1 report".into(),
        event: statement.event.clone(),
        statement: Some(statement.id.clone()),
    });
    [happened].into_iter().chain(sides).collect()
}

fn dress_articles(b: &mut Builder) {
    let dated = vec![
        b.why("tells of the search as going on", "kap-weekly", "the search goes on"),
        b.why("“this week” with a report of 5 March", "kap-weekly", "the North Courier reported this week"),
    ];
    let blog = vec![b.why("“this month”, after the sinking", "boat-blog", "this month")];
    for article in &mut b.account.articles {
        let block = |class: &str, text: &str, reason: &str| Removed {
            class: class.into(),
            text: text.into(),
            reason: reason.into(),
            source: (0, 0),
        };
        match article.id.as_str() {
            "kap-weekly" => article.published.because = dated.clone(),
            "boat-blog" => {
                article.published.because = blog.clone();
                article.warnings.push(Warning {
                    code: "no-title".into(),
                    message: "no headline was found".into(),
                    hint: "the first words stand for it".into(),
                    span: None,
                });
            }
            "norrland-press" => {
                article.authors = vec!["Mette Aars".into()];
                article.removed = vec![
                    block(
                        "promotion or related",
                        "Read also: Ten years of ferries in pictures",
                        "links to other stories",
                    ),
                    block(
                        "disclaimer or copyright",
                        "© Norrland Press 2031. All rights reserved.",
                        "a copyright line",
                    ),
                ];
            }
            "marrow-herald" => {
                article.credits = vec![Credit { name: "Norrland Press".into(), place: "footer".into() }];
                article.removed = vec![
                    block("navigation", "Home › News › Marrow", "the site’s own navigation"),
                    block(
                        "promotion or related",
                        "Sign up for our morning letter",
                        "an invitation to subscribe",
                    ),
                    block("comment", "3 comments. sailor_77: this was bound to happen", "readers’ comments"),
                ];
            }
            _ => {}
        }
    }
}

fn happenings(b: &mut Builder) {
    let day = |iso: &str| DateRange {
        value: Some(iso.into()),
        earliest: Some(iso.into()),
        latest: Some(iso.into()),
    };
    let event = |id: &str, kind: &str, label: Place, date, told: &str, mentions: Vec<Place>, because| Event {
        id: id.into(),
        label: label.text.clone(),
        label_from: Some(label),
        kind: kind.into(),
        date,
        told_by: ids(told),
        mentioned_by: mentions.iter().map(|p| p.article.clone()).collect(),
        mentions,
        because,
    };
    b.account.events = vec![
        event(
            "e1",
            "told",
            b.place("norrland-press", "The car ferry Anneke Dahl went down in the Strait of Marrow"),
            day("2031-03-04"),
            "norrland-press marrow-herald city-ledger hollin-times sundby-post kell-radio kap-weekly",
            vec![
                b.place("world-desk", "three days after a ferry sank"),
                b.place("strait-today", "survivors of the Anneke Dahl"),
            ],
            vec![b.why(
                "“early on Tuesday” in a report of Tuesday 4 March 2031",
                "norrland-press",
                "early on Tuesday",
            )],
        ),
        event(
            "e2",
            "told",
            b.place(
                "evening-sound",
                "Transport minister Pia Land said on Wednesday that she had not been told of a letter",
            ),
            day("2031-03-05"),
            "evening-sound tidende",
            vec![b.place("daily-mole", "Transport minister Pia Land said on Wednesday")],
            vec![b.why("“on Wednesday” in a report of 5 March", "evening-sound", "on Wednesday")],
        ),
        event(
            "e3",
            "told",
            b.place("north-courier", "a letter seen by the North Courier shows"),
            DateRange { value: None, earliest: Some("2031-03-04".into()), latest: Some("2031-03-05".into()) },
            "north-courier daily-mole",
            vec![b.place("kap-weekly", "the North Courier reported this week")],
            vec![],
        ),
        event(
            "e4",
            "told",
            b.place(
                "strait-today",
                "The search for survivors of the Anneke Dahl was called off on Friday at noon",
            ),
            day("2031-03-07"),
            "strait-today world-desk",
            vec![],
            vec![b.why("“on Friday” in a report of 7 March", "strait-today", "on Friday at noon")],
        ),
        event(
            "e5",
            "background",
            b.place("north-courier", "The letter of 14 May 2029"),
            day("2029-05-14"),
            "",
            vec![b.place("north-courier", "The letter of 14 May 2029"), b.place("boat-blog", "in 2029")],
            vec![],
        ),
        event(
            "e6",
            "background",
            b.place("world-desk", "the Halvard sank in 1987"),
            DateRange { value: Some("1987".into()), ..DateRange::default() },
            "",
            vec![
                b.place("norrland-press", "the Halvard sank in 1987"),
                b.place("world-desk", "the Halvard sank in 1987"),
                b.place("boat-blog", "the Halvard sank in 1987"),
            ],
            vec![],
        ),
    ];
    b.account.stories = vec![Story {
        id: "s1".into(),
        title: "Ferry Anneke Dahl goes down in Strait of Marrow".into(),
        articles: b.account.articles.iter().map(|a| a.id.clone()).collect(),
        events: ids("e1 e2 e3 e4"),
        account: vec![],
        because: vec![],
    }];
}

fn as_of(mut report: Report, day: &str, bound: &str) -> Report {
    report.as_of = Some(day.to_owned()).filter(|d| !d.is_empty());
    report.bound = Some(bound.into());
    report.unit = Some("person".into());
    report
}

fn statements(b: &mut Builder) {
    let guard = || vec![b.source("the Marrow Coast Guard", "organisation", Some("n3"))];
    let agency = || vec![b.source("Norrland Press", "agency", Some("n2"))];
    let operator = || vec![b.source("Blue Sound Lines", "organisation", Some("n6"))];
    let dead = "[At least 31] people died";
    let dead: Vec<Report> = vec![
        as_of(b.report("norrland-press", dead, json!(31), guard()), "2031-03-04", "at least"),
        as_of(b.report("marrow-herald", dead, json!(31), guard()), "2031-03-04", "at least"),
        as_of(b.report("city-ledger", dead, json!(31), guard()), "2031-03-04", "at least"),
        as_of(
            b.report("hollin-times", "[Dozens] of people were killed", json!([24, 99]), agency()),
            "2031-03-04",
            "vague",
        ),
        as_of(
            b.report("sundby-post", "By Wednesday [38] bodies had been brought ashore", json!(38), guard()),
            "2031-03-05",
            "exactly",
        ),
        as_of(
            b.report("kell-radio", "The Coast Guard put the number of dead at [38]", json!(38), guard()),
            "2031-03-05",
            "exactly",
        ),
        as_of(
            b.report("north-courier", "The death toll rose to [38] on Wednesday", json!(38), vec![]),
            "2031-03-05",
            "exactly",
        ),
        as_of(b.report("kap-weekly", "[About 40] people have died", json!(40), vec![]), "", "about"),
        as_of(
            b.report("strait-today", "[41] people are known to have died", json!(41), guard()),
            "2031-03-07",
            "exactly",
        ),
        as_of(
            b.report("world-desk", "[41] people are known to have died", json!(41), guard()),
            "2031-03-07",
            "exactly",
        ),
    ];
    let statement = |id: &str, gist: &str, agreement: &str, reports, least, most, list, because| Statement {
        id: id.into(),
        gist: gist.into(),
        agreement: agreement.into(),
        reports,
        origins: Origins { least, most, list },
        because,
        ..Statement::default()
    };
    let mut list = vec![
        Statement {
            event: Some("e1".into()),
            left_out_by: ids("evening-sound"),
            ..statement(
                "c1",
                "people died",
                "update",
                dead,
                1,
                3,
                vec![
                    origin(
                        "Marrow Coast Guard",
                        "organisation",
                        true,
                        "norrland-press marrow-herald city-ledger hollin-times sundby-post kell-radio strait-today world-desk",
                        vec![
                            b.why(
                                "names the Coast Guard as the source",
                                "norrland-press",
                                "the Marrow Coast Guard said",
                            ),
                            b.why(
                                "has it from Norrland Press, which has it from the Coast Guard",
                                "hollin-times",
                                "according to Norrland Press",
                            ),
                        ],
                    ),
                    origin(
                        "North Courier",
                        "own observation",
                        false,
                        "north-courier",
                        vec![Reason {
                            text: "names no source; the same figure as the Coast Guard’s of that day".into(),
                            ..Reason::default()
                        }],
                    ),
                    origin("Kap Weekly", "own observation", false, "kap-weekly", vec![]),
                ],
                vec![b.why(
                    "the same source gives a later figure: 31 on 4 March, 38 on 5 March, 41 on 7 March",
                    "strait-today",
                    "41 people are known to have died",
                )],
            )
        },
        Statement {
            event: Some("e1".into()),
            ..statement(
                "c2",
                "passengers and crew on board",
                "conflict",
                vec![
                    as_of(
                        b.report(
                            "norrland-press",
                            "The ferry was carrying [212] passengers and crew",
                            json!(212),
                            operator(),
                        ),
                        "2031-03-04",
                        "exactly",
                    ),
                    as_of(
                        b.report(
                            "marrow-herald",
                            "The ferry was carrying [212] passengers and crew",
                            json!(212),
                            operator(),
                        ),
                        "2031-03-04",
                        "exactly",
                    ),
                    as_of(
                        b.report("hollin-times", "[Hundreds] were on board", json!([200, 999]), agency()),
                        "",
                        "vague",
                    ),
                    as_of(
                        b.report(
                            "sundby-post",
                            "[260] people had been counted through the gate in Kell",
                            json!(260),
                            vec![b.source("Harbour master Jonas Veit", "person", Some("n4"))],
                        ),
                        "2031-03-04",
                        "exactly",
                    ),
                    as_of(
                        b.report(
                            "kell-radio",
                            "[260] people had gone aboard in Kell",
                            json!(260),
                            vec![
                                b.source("the Sundby Post", "outlet", None),
                                b.source("Harbour master Jonas Veit", "person", Some("n4")),
                            ],
                        ),
                        "2031-03-04",
                        "exactly",
                    ),
                    as_of(
                        b.report(
                            "world-desk",
                            "a ferry sank with [more than 200] people on board",
                            json!(200),
                            vec![],
                        ),
                        "",
                        "more than",
                    ),
                ],
                2,
                3,
                vec![
                    origin(
                        "Blue Sound Lines",
                        "organisation",
                        true,
                        "norrland-press marrow-herald hollin-times",
                        vec![b.why(
                            "according to the operator",
                            "norrland-press",
                            "according to the operator, Blue Sound Lines",
                        )],
                    ),
                    origin(
                        "Jonas Veit",
                        "person",
                        true,
                        "sundby-post kell-radio",
                        vec![
                            b.why(
                                "he is named as the source",
                                "sundby-post",
                                "Harbour master Jonas Veit said",
                            ),
                            b.why("cites the Sundby Post for it", "kell-radio", "told the Sundby Post"),
                        ],
                    ),
                    origin("World Desk", "own observation", false, "world-desk", vec![]),
                ],
                vec![
                    b.why("the operator says 212", "norrland-press", "212 passengers and crew"),
                    b.why("the harbour master says 260, of the same voyage", "sundby-post", "260 people"),
                ],
            )
        },
        Statement {
            event: Some("e1".into()),
            ..statement(
                "c3",
                "people brought ashore alive",
                "differs",
                vec![
                    as_of(
                        b.report("norrland-press", "brought [about 170] people ashore", json!(170), vec![]),
                        "2031-03-04",
                        "about",
                    ),
                    as_of(
                        b.report("marrow-herald", "brought [about 170] people ashore", json!(170), vec![]),
                        "2031-03-04",
                        "about",
                    ),
                    as_of(
                        b.report("strait-today", "[138] were rescued", json!(138), guard()),
                        "2031-03-07",
                        "exactly",
                    ),
                ],
                2,
                2,
                vec![
                    origin(
                        "Norrland Press",
                        "own observation",
                        true,
                        "norrland-press marrow-herald",
                        vec![b.why(
                            "the same words",
                            "marrow-herald",
                            "Rescue boats had brought about 170 people ashore",
                        )],
                    ),
                    origin("Marrow Coast Guard", "organisation", true, "strait-today", vec![]),
                ],
                vec![Reason {
                    text: "170 and 138 of the same rescue; nothing explains the difference".into(),
                    ..Reason::default()
                }],
            )
        },
        Statement {
            event: Some("e1".into()),
            doubtful: true,
            ..statement(
                "c4",
                "helicopters sent from Sundby",
                "differs",
                vec![
                    as_of(
                        b.report(
                            "norrland-press",
                            "[Three] helicopters were sent from Sundby",
                            json!(3),
                            vec![],
                        ),
                        "",
                        "exactly",
                    ),
                    as_of(
                        b.report(
                            "city-ledger",
                            "[Three] helicopters were sent from Sundby",
                            json!(3),
                            vec![],
                        ),
                        "",
                        "exactly",
                    ),
                    as_of(
                        b.report(
                            "sundby-post",
                            "Our reporter counted [four] helicopters leaving Sundby",
                            json!(4),
                            vec![],
                        ),
                        "",
                        "exactly",
                    ),
                ],
                2,
                2,
                vec![
                    origin("Norrland Press", "own observation", true, "norrland-press city-ledger", vec![]),
                    origin(
                        "Sundby Post",
                        "own observation",
                        true,
                        "sundby-post",
                        vec![b.why("its own reporter counted", "sundby-post", "Our reporter counted")],
                    ),
                ],
                vec![],
            )
        },
        Statement {
            event: Some("e1".into()),
            ..statement(
                "c5",
                "The wind stood at 24 metres a second",
                "agrees",
                vec![
                    b.report("norrland-press", "The wind stood at [24 metres a second]", json!(24), vec![]),
                    b.report("city-ledger", "The wind stood at [24 metres a second]", json!(24), vec![]),
                    b.report(
                        "tidende",
                        "The wind had reached [24 metres a second] at Hollin light",
                        json!(24),
                        vec![b.source("the weather service", "organisation", None)],
                    ),
                    b.report(
                        "strait-today",
                        "The weather service measured [24 metres a second] at the time",
                        json!(24),
                        vec![b.source("The weather service", "organisation", None)],
                    ),
                ],
                1,
                2,
                vec![
                    origin(
                        "the weather service",
                        "organisation",
                        true,
                        "tidende strait-today",
                        vec![b.why("named as the source", "tidende", "the weather service said")],
                    ),
                    origin("Norrland Press", "own observation", false, "norrland-press city-ledger", vec![]),
                ],
                vec![],
            )
        },
        Statement {
            event: Some("e3".into()),
            ..statement(
                "c6",
                "the bow door of the Anneke Dahl did not lock",
                "agrees",
                vec![
                    b.report(
                        "north-courier",
                        "the bow door of the Anneke Dahl did not lock",
                        json!(null),
                        vec![b.source("a letter", "document", None)],
                    ),
                    b.report(
                        "daily-mole",
                        "The lock of the ferry’s bow door was faulty",
                        json!(null),
                        vec![
                            b.source("the North Courier", "outlet", None),
                            b.source("a letter from inspectors", "document", None),
                        ],
                    ),
                    b.report(
                        "kap-weekly",
                        "The lock of the bow door was the subject of a warning two years ago",
                        json!(null),
                        vec![b.source("the North Courier", "outlet", None)],
                    ),
                    b.report(
                        "boat-blog",
                        "The lock does not hold under load, wrote the inspectors in 2029",
                        json!(null),
                        vec![b.source("the inspectors", "officials", None)],
                    ),
                ],
                1,
                1,
                vec![origin(
                    "a letter of the inspectors",
                    "document",
                    true,
                    "north-courier daily-mole kap-weekly boat-blog",
                    vec![
                        b.why("saw the letter", "north-courier", "a letter seen by the North Courier"),
                        b.why("cites the North Courier", "daily-mole", "published by the North Courier"),
                        b.why(
                            "cites the North Courier",
                            "kap-weekly",
                            "the North Courier reported this week",
                        ),
                        b.why(
                            "the same sentence of the letter, word for word",
                            "boat-blog",
                            "The lock does not hold under load",
                        ),
                    ],
                )],
                vec![],
            )
        },
        Statement {
            event: Some("e2".into()),
            ..statement(
                "c7",
                "the minister had not been told of a letter",
                "quote variant",
                vec![
                    b.report(
                        "evening-sound",
                        "No one ever told me about a letter",
                        json!(null),
                        vec![b.source("Land", "person", Some("n5"))],
                    ),
                    b.report(
                        "tidende",
                        "I was never informed of any letter",
                        json!(null),
                        vec![
                            b.source("the Evening Sound", "outlet", None),
                            b.source("Pia Land", "person", Some("n5")),
                        ],
                    ),
                    b.report(
                        "daily-mole",
                        "Nobody told me about any letter",
                        json!(null),
                        vec![b.source("Pia Land", "person", Some("n5"))],
                    ),
                ],
                1,
                1,
                vec![origin(
                    "Pia Land",
                    "person",
                    true,
                    "evening-sound tidende daily-mole",
                    vec![b.why("spoke Marrish; the reports translate", "evening-sound", "speaking Marrish")],
                )],
                vec![b.why(
                    "one utterance in three translations",
                    "evening-sound",
                    "No one ever told me about a letter",
                )],
            )
        },
        Statement {
            event: Some("e4".into()),
            ..statement(
                "c8",
                "people dead or missing",
                "scope",
                vec![
                    as_of(
                        b.report(
                            "evening-sound",
                            "[Seventy-four] people are dead or missing",
                            json!(74),
                            vec![b.source("the police", "organisation", None)],
                        ),
                        "2031-03-05",
                        "exactly",
                    ),
                    as_of(
                        b.report("strait-today", "[33] are missing", json!(33), guard()),
                        "2031-03-07",
                        "exactly",
                    ),
                ],
                2,
                2,
                vec![
                    origin("the police", "organisation", true, "evening-sound", vec![]),
                    origin("Marrow Coast Guard", "organisation", true, "strait-today", vec![]),
                ],
                vec![b.why("dead and missing together", "evening-sound", "dead or missing")],
            )
        },
    ];
    for (i, (id, words)) in [
        ("norrland-press", "The ferry was built in 1998"),
        ("sundby-post", "children under six are not counted at the desk"),
        ("sundby-post", "The bow door was open when she passed the mole"),
        ("kell-radio", "Blue Sound Lines did not answer questions on Wednesday"),
        ("north-courier", "The ministry said it would answer in due time"),
        ("city-ledger", "It was still dark when the families began to gather at the quay"),
    ]
    .into_iter()
    .enumerate()
    {
        let report = b.report(id, words, json!(null), vec![]);
        list.push(statement(
            &format!("c{}", 9 + i),
            words,
            "single report",
            vec![report],
            1,
            1,
            vec![],
            vec![],
        ));
    }
    b.account.statements = list;
}

fn quotations(b: &mut Builder) {
    let dorn = Some(b.source("Captain Ilse Dorn", "person", Some("n1")));
    let land = Some(b.source("Pia Land", "person", Some("n5")));
    let veit = Some(b.source("he", "person", Some("n4")));
    let letter = Some(b.source("a letter from inspectors", "document", None));
    let four = "We had four minutes from the alarm to the list, no more,";
    let a = b.quote("norrland-press", four, "direct", dorn.clone(), vec![]);
    let via = vec![b.source("Norrland Press", "agency", Some("n2"))];
    let c = b.quote("marrow-herald", four, "direct", dorn, via);
    let l1 = b.quote("evening-sound", "No one ever told me about a letter,", "direct", land.clone(), vec![]);
    let via = vec![b.source("the Evening Sound", "outlet", None)];
    let l2 = b.quote("tidende", "I was never informed of any letter,", "direct", land.clone(), via);
    let l3 = b.quote("daily-mole", "Nobody told me about any letter.", "direct", land, vec![]);
    b.quote("sundby-post", "The bow door was open when she passed the mole,", "direct", veit, vec![]);
    let d1 = b.quote("north-courier", "The lock does not hold under load,", "direct", letter.clone(), vec![]);
    let via = vec![b.source("the North Courier", "outlet", None)];
    let d2 = b.quote("daily-mole", "The lock does not hold under load,", "direct", letter, via);
    b.account.utterances = vec![
        Utterance { id: "u1".into(), speaker: Some("n5".into()), quotes: vec![l1, l2, l3] },
        Utterance { id: "u2".into(), speaker: Some("n1".into()), quotes: vec![a, c] },
        Utterance { id: "u3".into(), speaker: None, quotes: vec![d1, d2] },
    ];
}

fn copies(b: &mut Builder) {
    let passage = |from: &str, to: &str, words: &str, quoted: bool| Passage {
        from: b.find(from, words),
        to: b.find(to, words),
        words: words.split_whitespace().count() as u32,
        quoted,
        text: None,
    };
    let copy = |from: &str, to: &str, state: &str, direction: &str, containment, passages, because| Copy {
        from: from.into(),
        to: to.into(),
        state: state.into(),
        direction: direction.into(),
        containment,
        upstream: None,
        because,
        passages,
    };
    let lead = "The car ferry Anneke Dahl went down in the Strait of Marrow early on Tuesday, two kilometres off Cape Hollin. At least 31 people died, the Marrow Coast Guard said.";
    let wind = "Three helicopters were sent from Sundby. The wind stood at 24 metres a second.";
    let halvard = "It is the worst accident in the strait since the Halvard sank in 1987.";
    b.account.copies = vec![
        copy(
            "norrland-press",
            "marrow-herald",
            "copied",
            "from-to",
            0.97,
            vec![passage("norrland-press", "marrow-herald", lead, false)],
            vec![Reason {
                text: "credited at the foot; published 85 minutes later".into(),
                ..Reason::default()
            }],
        ),
        copy(
            "norrland-press",
            "city-ledger",
            "copied",
            "from-to",
            0.78,
            vec![
                passage("norrland-press", "city-ledger", lead, false),
                passage("norrland-press", "city-ledger", wind, false),
            ],
            vec![Reason {
                text: "the agency’s sentences in the same order; no credit is given".into(),
                ..Reason::default()
            }],
        ),
        copy(
            "norrland-press",
            "hollin-times",
            "declared",
            "from-to",
            0.05,
            vec![],
            vec![b.why("says “according to Norrland Press”", "hollin-times", "according to Norrland Press")],
        ),
        copy(
            "sundby-post",
            "kell-radio",
            "declared",
            "from-to",
            0.0,
            vec![],
            vec![b.why("cites the Sundby Post", "kell-radio", "told the Sundby Post")],
        ),
        copy(
            "north-courier",
            "daily-mole",
            "declared",
            "from-to",
            0.12,
            vec![passage("north-courier", "daily-mole", "The lock does not hold under load,", true)],
            vec![b.why("cites the North Courier", "daily-mole", "published by the North Courier")],
        ),
        copy(
            "north-courier",
            "kap-weekly",
            "declared",
            "from-to",
            0.0,
            vec![],
            vec![b.why("cites the North Courier", "kap-weekly", "the North Courier reported this week")],
        ),
        copy(
            "evening-sound",
            "tidende",
            "declared",
            "from-to",
            0.0,
            vec![],
            vec![b.why("cites the Evening Sound", "tidende", "according to the Evening Sound")],
        ),
        Copy {
            upstream: Some("Coastwire".into()),
            ..copy(
                "strait-today",
                "world-desk",
                "copied",
                "via upstream",
                0.34,
                vec![passage(
                    "strait-today",
                    "world-desk",
                    "The Coast Guard said 41 people are known to have died",
                    false,
                )],
                vec![Reason { text: "both credit Coastwire in their page data".into(), ..Reason::default() }],
            )
        },
        copy(
            "norrland-press",
            "world-desk",
            "copied",
            "unknown",
            0.3,
            vec![passage("norrland-press", "world-desk", halvard, false)],
            vec![],
        ),
    ];
}
