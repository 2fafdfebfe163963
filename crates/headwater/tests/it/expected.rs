//! Compares an account with an expected answer: the form is that of `examples/strait/expected.json`.
//!
//! Strings of the answer stand in the visible text of the files; white space is folded on both sides.

use headwater::wire::account::{Account, Report, Statement};
use serde_json::Value;
use std::collections::BTreeMap;

/// One thing checked.
pub(crate) struct Check {
    /// Section of the answer and the entry in it.
    pub(crate) what: String,
    /// Whether it holds.
    pub(crate) holds: bool,
    /// What was found, when it does not.
    pub(crate) found: String,
}

/// An account, the clean text of each article, and the time mentions, keyed by file name.
pub(crate) struct Got<'a> {
    pub(crate) account: &'a Account,
    pub(crate) texts: BTreeMap<String, String>,
}

/// Bytes of standfirst and dateline that may stand before an article's first words.
const MOST_BEFORE_FIRST: usize = 240;

fn s<'v>(v: &'v Value, key: &str) -> &'v str {
    v[key].as_str().unwrap_or("")
}

fn strings(v: &Value) -> Vec<String> {
    match v {
        Value::Array(a) => a.iter().filter_map(|x| x.as_str().map(str::to_owned)).collect(),
        Value::String(x) => vec![x.clone()],
        _ => Vec::new(),
    }
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words only, for comparing quotations whose marks may lie in or out.
fn bare(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

impl<'a> Got<'a> {
    pub(crate) fn new(account: &'a Account) -> Self {
        let texts =
            account.articles.iter().map(|a| (file(&a.path), a.text.clone().unwrap_or_default())).collect();
        Got { account, texts }
    }

    fn id_of(&self, file_name: &str) -> String {
        self.account
            .articles
            .iter()
            .find(|a| file(&a.path) == file_name)
            .map(|a| a.id.clone())
            .unwrap_or_default()
    }

    fn ids(&self, v: &Value) -> Vec<String> {
        let mut out: Vec<String> = strings(v).iter().map(|f| self.id_of(f)).collect();
        out.sort();
        out
    }

    /// Every place of `words` in an article's clean text, as byte ranges, white space folded.
    fn places(&self, file_name: &str, words: &str) -> Vec<(u32, u32)> {
        let text = self.texts.get(file_name).map(String::as_str).unwrap_or("");
        let words = fold(words);
        let mut out = Vec::new();
        // The clean text has single spaces inside paragraphs, so a plain search finds what stands in one.
        let mut from = 0;
        while let Some(at) = text[from..].find(&words) {
            out.push(((from + at) as u32, (from + at + words.len()) as u32));
            from += at + words.len().max(1);
        }
        out
    }

    fn entity_name(&self, id: &Option<String>) -> String {
        id.as_ref()
            .and_then(|id| self.account.entities.iter().find(|e| e.id == *id))
            .map(|e| e.name.clone())
            .unwrap_or_default()
    }

    /// Whether a source is the one named: its entity's name or forms, or its words.
    fn is_source(&self, text: &str, entity: &Option<String>, name: &str) -> bool {
        let wanted = bare(name);
        let entity = entity.as_ref().and_then(|id| self.account.entities.iter().find(|e| e.id == *id));
        bare(text).contains(&wanted)
            || entity.is_some_and(|e| bare(&e.name) == wanted || e.forms.iter().any(|f| bare(f) == wanted))
            // "National Intelligence Service (South Korea)" is the name with its country
            || entity.is_some_and(|e| wanted.starts_with(&bare(&e.name)) && e.name.len() > 6)
    }

    /// Compares everything.
    pub(crate) fn check(&self, expected: &Value) -> Vec<Check> {
        let mut out = Vec::new();
        self.articles(expected, &mut out);
        self.times(expected, &mut out);
        self.quotes(expected, &mut out);
        self.entities(expected, &mut out);
        self.events(expected, &mut out);
        self.storylines(expected, &mut out);
        self.statements(expected, &mut out);
        self.copies(expected, &mut out);
        out
    }

    fn articles(&self, expected: &Value, out: &mut Vec<Check>) {
        for e in expected["articles"].as_array().into_iter().flatten() {
            let name = s(e, "file");
            let mut push = |part: &str, holds: bool, found: String| {
                out.push(Check { what: format!("articles/{name}/{part}"), holds, found })
            };
            let Some(article) = self.account.articles.iter().find(|a| file(&a.path) == name) else {
                push("kept", false, "the file gave no article".into());
                continue;
            };
            let text = fold(&self.texts[name]);
            if let Some(title) = e.get("title") {
                push("title", title.as_str() == article.title.as_deref(), format!("{:?}", article.title));
            }
            if let Some(outlet) = e["outlet"].as_str() {
                push("outlet", article.outlet.as_deref() == Some(outlet), format!("{:?}", article.outlet));
            }
            for author in strings(&e["author"]).into_iter().chain(strings(&e["authors"])) {
                push("author", article.authors.contains(&author), format!("{:?}", article.authors));
            }
            if let Some(agency) = e["agency"].as_str() {
                let credited = article.credits.iter().any(|c| c.name == agency)
                    || article.outlet.as_deref() == Some(agency);
                push("agency", credited, format!("{:?}", article.credits));
            }
            for dropped in strings(&e["drop"]) {
                // The headline may be repeated words of the body; what is dropped is a line of its own.
                let stays = self.texts[name].lines().any(|l| fold(l).contains(&fold(&dropped)));
                push("drop", !stays, format!("{dropped:?} is still there"));
            }
            if let Some(n) = e["repeated_paragraphs"].as_u64() {
                let removed = article.removed.iter().filter(|r| r.class == "duplicate").count() as u64;
                push("repeated paragraphs", removed >= n, format!("{removed} were removed"));
            }
            if let Some(first) = e["first_kept"].as_str() {
                // A dateline or a standfirst may stand before it.
                let at = text.find(&fold(first));
                let begins = at.is_some_and(|at| {
                    at < MOST_BEFORE_FIRST
                        && (at == 0
                            || text[..at].trim_end().ends_with(['–', '—', '-', '.', ')'])
                            || self.texts[name].contains(&format!("\n\n{}", &first[..20.min(first.len())])))
                });
                push("first kept", begins, text.chars().take(120).collect());
            }
            if let Some(last) = e["last_kept"].as_str() {
                let tail: String =
                    text.chars().rev().take(160).collect::<Vec<_>>().into_iter().rev().collect();
                push("last kept", text.ends_with(&fold(last)), tail);
            }
            let p = &e["published"];
            let found = format!(
                "{:?} {:?}..{:?} ({})",
                article.published.value,
                article.published.earliest,
                article.published.latest,
                article.published.how
            );
            match p["given"].as_str() {
                Some(day) => push(
                    "published",
                    article.published.value.as_deref().is_some_and(|v| v.starts_with(day)),
                    found,
                ),
                None if p["inferred_earliest"].is_string() => {
                    let inside = matches!((&article.published.earliest, &article.published.latest), (Some(a), Some(b))
                        if a.as_str() >= s(p, "inferred_earliest") && b.as_str() <= s(p, "inferred_latest"));
                    push("published", inside, found);
                }
                None => {}
            }
        }
    }

    fn times(&self, expected: &Value, out: &mut Vec<Check>) {
        for e in expected["times"].as_array().into_iter().flatten() {
            let (name, words) = (s(e, "file"), s(e, "text"));
            let id = self.id_of(name);
            let found: Vec<&str> = self
                .account
                .times
                .iter()
                .filter(|t| t.article == id && fold(&t.text) == fold(words))
                .map(|t| t.value.as_str())
                .collect();
            let wanted: Vec<String> = strings(&e["value"])
                .into_iter()
                .chain(strings(&e["stretch"]))
                .chain(strings(&e["also"]))
                .collect();
            out.push(Check {
                what: format!("times/{name}/{words}"),
                holds: found.iter().any(|v| wanted.iter().any(|w| w == v)),
                found: format!("{found:?}, not {wanted:?}"),
            });
        }
    }

    fn quotes(&self, expected: &Value, out: &mut Vec<Check>) {
        for e in expected["quotes"].as_array().into_iter().flatten() {
            let (name, words) = (s(e, "file"), bare(s(e, "text")));
            if s(e, "kind") == "indirect" {
                out.push(self.indirect(e));
                continue;
            }
            let id = self.id_of(name);
            let same: Vec<_> = self
                .account
                .quotes
                .iter()
                .filter(|q| q.article == id)
                .filter(|q| {
                    let b = bare(&q.text);
                    b == words || b.contains(&words) && words.len() > 20 || words.contains(&b) && b.len() > 20
                })
                .collect();
            let mut holds = false;
            let mut found = if same.is_empty() { "no such quotation".to_owned() } else { String::new() };
            for q in same {
                let speakers: Vec<String> =
                    strings(&e["speaker"]).into_iter().chain(strings(&e["speaker_also"])).collect();
                let speaker = q
                    .speaker
                    .as_ref()
                    .is_some_and(|sp| speakers.iter().any(|w| self.is_source(&sp.text, &sp.entity, w)));
                let via = strings(&e["via"])
                    .iter()
                    .all(|v| q.via.iter().any(|x| self.is_source(&x.text, &x.entity, v)));
                holds |= speaker && via;
                found = format!(
                    "speaker {:?} = {:?}, via {:?}; wanted {speakers:?} via {:?}",
                    q.speaker.as_ref().map(|x| &x.text),
                    q.speaker.as_ref().map(|x| self.entity_name(&x.entity)),
                    q.via.iter().map(|v| &v.text).collect::<Vec<_>>(),
                    strings(&e["via"])
                );
            }
            let short: String = words.chars().take(40).collect();
            out.push(Check { what: format!("quotes/{name}/{short}"), holds, found });
        }
    }

    /// Words given without marks: a statement carries them, with the speaker and the carriers in its chain.
    fn indirect(&self, e: &Value) -> Check {
        let reports = self.account.statements.iter().flat_map(|x| &x.reports).filter(|r| self.carries(r, e));
        let mut found = String::from("no such statement");
        let mut holds = false;
        for r in reports {
            let named = |name: &str| r.source.iter().any(|x| self.is_source(&x.text, &x.entity, name));
            holds |= named(s(e, "speaker")) && strings(&e["via"]).iter().all(|v| named(v));
            found = format!(
                "{:?}, not {} via {:?}",
                r.source.iter().map(|x| &x.text).collect::<Vec<_>>(),
                e["speaker"],
                strings(&e["via"])
            );
        }
        Check {
            what: format!("quotes/{}/{}", s(e, "file"), s(e, "text").chars().take(40).collect::<String>()),
            holds,
            found,
        }
    }

    fn entities(&self, expected: &Value, out: &mut Vec<Check>) {
        for e in expected["entities_one_and_the_same"].as_array().into_iter().flatten() {
            let forms: Vec<String> = strings(&e["forms"]).iter().map(|f| bare(f)).collect();
            let best = self
                .account
                .entities
                .iter()
                .filter(|x| x.kind == s(e, "kind"))
                .map(|x| {
                    let have: Vec<String> =
                        x.forms.iter().chain(std::iter::once(&x.name)).map(|f| bare(f)).collect();
                    (forms.iter().filter(|f| have.contains(f)).count(), x)
                })
                .max_by_key(|(n, _)| *n);
            let holds = best.as_ref().is_some_and(|(n, _)| *n == forms.len());
            out.push(Check {
                what: format!("entities/{}", s(e, "name")),
                holds,
                found: best.map(|(_, x)| format!("{} {:?}", x.name, x.forms)).unwrap_or_default(),
            });
        }
    }

    fn events(&self, expected: &Value, out: &mut Vec<Check>) {
        for e in expected["events"].as_array().into_iter().flatten() {
            let told = self.ids(&e["told_by"]);
            let mentioned = self.ids(&e["mentioned_by"]);
            let either = self.ids(&e["told_or_mentioned_by"]);
            let dates: Vec<String> = strings(&e["date"])
                .into_iter()
                .chain(strings(&e["stretch"]))
                .chain(strings(&e["also"]))
                .collect();
            // The event that shares the most tellers (or mentioners, for background), with the right date first.
            let fits = |x: &headwater::wire::account::Event| -> (bool, bool, bool) {
                let sorted = |v: &[String]| {
                    let mut v = v.to_vec();
                    v.sort();
                    v
                };
                let tells = sorted(&x.told_by);
                let right_told = if told.is_empty() {
                    tells.iter().all(|t| either.contains(t))
                } else {
                    told.iter().all(|t| tells.contains(t))
                        && tells.iter().all(|t| told.contains(t) || either.contains(t))
                };
                let right_mentions = mentioned
                    .iter()
                    .all(|m| x.mentioned_by.contains(m) || x.told_by.contains(m) && either.contains(m));
                let value = x.date.value.clone().unwrap_or_default();
                let inside = |d: &String| {
                    // a date of the answer is met by itself, by a finer value inside it, or by a range inside it
                    value.starts_with(d.as_str())
                        || x.date.earliest.as_ref().is_some_and(|a| a.starts_with(d.as_str()))
                            && x.date.latest.as_ref().is_some_and(|b| b.starts_with(d.as_str()))
                };
                (right_told, right_mentions, dates.is_empty() || dates.iter().any(inside))
            };
            let best = self.account.events.iter().map(|x| (fits(x), x)).max_by_key(|((a, b, c), x)| {
                let shared = x.told_by.iter().filter(|t| told.contains(t)).count()
                    + x.mentioned_by.iter().filter(|t| mentioned.contains(t)).count();
                (u8::from(*a) + u8::from(*b) + u8::from(*c), shared)
            });
            let holds = best.as_ref().is_some_and(|((a, b, c), _)| *a && *b && *c);
            let found = best
                .map(|(fit, x)| {
                    format!(
                        "(told, mentioned, date) = {fit:?}: {} {:?} told {:?} mentioned {:?}",
                        x.label, x.date, x.told_by, x.mentioned_by
                    )
                })
                .unwrap_or_default();
            out.push(Check { what: format!("events/{}", s(e, "id")), holds, found });
        }
    }

    fn storylines(&self, expected: &Value, out: &mut Vec<Check>) {
        let single = expected.get("storyline").into_iter();
        let many = expected["storylines"].as_array().into_iter().flatten();
        for (n, e) in single.chain(many).enumerate() {
            let wanted = self.ids(&e["articles"]);
            let holds = self.account.stories.iter().any(|x| {
                let mut have = x.articles.clone();
                have.sort();
                have == wanted
            });
            let found = self
                .account
                .stories
                .iter()
                .map(|x| format!("{:?}", x.articles))
                .collect::<Vec<_>>()
                .join("; ");
            out.push(Check { what: format!("storylines/{n}"), holds, found });
        }
    }

    /// Whether a report of the account carries the words of an expected report.
    fn carries(&self, r: &Report, e: &Value) -> bool {
        let name = s(e, "file");
        r.article == self.id_of(name)
            && self.places(name, s(e, "text")).iter().any(|(a, b)| {
                let both = r.end.min(*b).saturating_sub(r.start.max(*a));
                2 * both >= (b - a).min(r.end - r.start)
            })
    }

    fn statements(&self, expected: &Value, out: &mut Vec<Check>) {
        for e in expected["statements"].as_array().into_iter().flatten() {
            let reports: Vec<&Value> = e["reports"].as_array().into_iter().flatten().collect();
            let score = |x: &Statement| {
                reports.iter().filter(|r| x.reports.iter().any(|have| self.carries(have, r))).count()
            };
            let wanted: Vec<String> =
                strings(&e["agreement"]).into_iter().chain(strings(&e["also"])).collect();
            let best = self.account.statements.iter().max_by_key(|x| {
                (
                    score(x),
                    wanted.contains(&x.agreement),
                    self.values_right(x, &reports),
                    self.origins_fit(x, &e["origins"]),
                    std::cmp::Reverse(x.reports.len()),
                )
            });
            let id = s(e, "id");
            let Some(best) = best else { continue };
            let together = score(best) == reports.len();
            let shown = format!(
                "{} [{}] {}: {}",
                best.id,
                best.agreement,
                best.reports
                    .iter()
                    .map(|r| r.article.chars().take(3).collect::<String>())
                    .collect::<Vec<_>>()
                    .join(","),
                best.gist.chars().take(80).collect::<String>()
            );
            out.push(Check {
                what: format!("statements/{id}/lined up"),
                holds: together,
                found: format!("{} of {}: {shown}", score(best), reports.len()),
            });
            out.push(Check {
                what: format!("statements/{id}/agreement"),
                holds: together && wanted.contains(&best.agreement),
                found: format!("{:?}, not {wanted:?}: {shown}", best.agreement),
            });
            let with_value = reports.iter().any(|r| r.get("value").is_some());
            if with_value {
                out.push(Check {
                    what: format!("statements/{id}/values"),
                    holds: self.values_right(best, &reports),
                    found: format!(
                        "{:?}",
                        best.reports.iter().map(|r| (&r.article, &r.value, &r.bound)).collect::<Vec<_>>()
                    ),
                });
            }
            let o = &e["origins"];
            if o.is_object() {
                let range = (o["least"].as_u64(), o["most"].as_u64())
                    == (Some(u64::from(best.origins.least)), Some(u64::from(best.origins.most)));
                out.push(Check {
                    what: format!("statements/{id}/origins"),
                    holds: range,
                    found: format!(
                        "{}–{} {:?}, not {}–{}",
                        best.origins.least,
                        best.origins.most,
                        best.origins.list.iter().map(|x| &x.label).collect::<Vec<_>>(),
                        o["least"],
                        o["most"]
                    ),
                });
                // With a range the list names candidates; with one origin it must be named.
                if o["least"] == o["most"] {
                    let names = strings(&o["list"]);
                    let named = names
                        .iter()
                        .all(|n| best.origins.list.iter().any(|x| self.is_source(&x.label, &x.entity, n)));
                    out.push(Check {
                        what: format!("statements/{id}/origin named"),
                        holds: named,
                        found: format!(
                            "{:?}, not {names:?}",
                            best.origins.list.iter().map(|x| &x.label).collect::<Vec<_>>()
                        ),
                    });
                }
            }
        }
    }

    fn origins_fit(&self, x: &Statement, o: &Value) -> bool {
        !o.is_object()
            || (o["least"].as_u64(), o["most"].as_u64())
                == (Some(u64::from(x.origins.least)), Some(u64::from(x.origins.most)))
    }

    fn values_right(&self, x: &Statement, reports: &[&Value]) -> bool {
        reports.iter().filter(|r| r.get("value").is_some_and(Value::is_number)).all(|r| {
            x.reports.iter().filter(|have| self.carries(have, r)).any(|have| {
                let bound = r["bound"].as_str().is_none_or(|b| have.bound.as_deref() == Some(b));
                bound && have.value.as_ref().is_some_and(|v| v.as_f64() == r["value"].as_f64())
            })
        })
    }

    fn copies(&self, expected: &Value, out: &mut Vec<Check>) {
        let Some(list) = expected["copies"].as_array() else { return };
        for e in list {
            let (from, to) = (self.id_of(s(e, "from")), self.id_of(s(e, "to")));
            let states: Vec<String> =
                strings(&e["state"]).into_iter().chain(strings(&e["also"]["state"])).collect();
            let directions: Vec<String> =
                strings(&e["direction"]).into_iter().chain(strings(&e["also"]["direction"])).collect();
            let link = self
                .account
                .copies
                .iter()
                .find(|c| c.from == from && c.to == to || c.from == to && c.to == from);
            let holds = link.is_some_and(|c| {
                let turned = c.from != from && c.direction == "from-to";
                states.contains(&c.state) && directions.contains(&c.direction) && !turned
            });
            out.push(Check {
                what: format!("copies/{from}→{to}"),
                holds,
                found: link
                    .map(|c| format!("{} → {} {} {}", c.from, c.to, c.state, c.direction))
                    .unwrap_or("none found".into()),
            });
        }
    }
}

/// The last part of a path.
pub(crate) fn file(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}
