//! What desks do to a text on its way: cut, lead, restyle, trim, merge, update, credit or not, and add their residue.

use super::Dice;
use super::grammar::{self, Happening, Sentence};

const AGENCIES: &[&str] = &["Meridian News Agency", "Northern Press Union", "Continental Wire"];
const OUTLETS: &[&str] = &[
    "The Harbour Post",
    "Kestrel Courier",
    "Daily Lantern",
    "Coastline Tribune",
    "The Varn Observer",
    "Radio Redmoor",
    "Saltwick Gazette",
    "Evening Beacon",
    "The Inland Times",
    "Quayside Journal",
    "Halden Mercury",
    "Bay Chronicle",
    "The Northern Star",
    "Tamsin Herald",
];
const BOXES: &[&str] = &[
    "Sign up for our newsletter",
    "Share this story on Facebook",
    "Read more from our archive",
    "Support independent reporting in the region: become a member today and get the weekly letter",
];

/// Where a report has its text from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Parent {
    /// A report of the lineage.
    Report(usize),
    /// A story of an agency that is not at hand.
    Hidden(usize),
}

/// One report.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    pub(crate) id: String,
    pub(crate) outlet: &'static str,
    /// Paragraphs of sentences.
    pub(crate) body: Vec<Vec<Sentence>>,
    /// A line in front and one at the end: dateline or byline, and residue.
    pub(crate) credit: Option<(&'static str, bool)>,
    pub(crate) residue: Vec<&'static str>,
    pub(crate) town: String,
    /// Minutes since the lineage began.
    pub(crate) minutes: i64,
    /// Whether the page tells the time of day.
    pub(crate) clock: bool,
    pub(crate) parents: Vec<Parent>,
    /// The report whose outlet it names as its source.
    pub(crate) declares: Option<usize>,
    pub(crate) done: Vec<&'static str>,
}

impl Report {
    /// The text as a page would give it.
    pub(crate) fn text(&self) -> String {
        let mut lines = Vec::new();
        if let Some((agency, false)) = self.credit {
            lines.push(format!("By {agency}"));
        }
        for (n, paragraph) in self.body.iter().enumerate() {
            let sentences: Vec<&str> = paragraph.iter().map(|s| s.0.as_str()).collect();
            let mut line = sentences.join(" ");
            if let (0, Some((agency, true))) = (n, self.credit) {
                line = format!("{} ({agency}) — {line}", self.town.to_uppercase());
            }
            lines.push(line);
        }
        lines.extend(self.residue.iter().map(|r| (*r).to_string()));
        lines.join("\n\n")
    }

    /// Its publication as a page would tell it.
    pub(crate) fn published(&self) -> String {
        let start = jiff::civil::date(2031, 3, 3).at(6, 0, 0, 0);
        let at = start.saturating_add(jiff::Span::new().minutes(self.minutes));
        if self.clock { format!("{at}Z") } else { at.date().to_string() }
    }
}

/// Some reports with their true graph.
#[derive(Clone, Debug)]
pub(crate) struct Lineage {
    pub(crate) reports: Vec<Report>,
    /// Agencies whose stories are not at hand.
    pub(crate) hidden: Vec<&'static str>,
    /// How many texts were begun independently.
    pub(crate) origins: usize,
}

impl Lineage {
    /// A parent in words.
    pub(crate) fn name_of(&self, parent: Parent) -> String {
        match parent {
            Parent::Report(n) => self.reports[n].id.clone(),
            Parent::Hidden(n) => format!("agency {}", self.hidden[n]),
        }
    }
}

/// One lineage from its seed: two to four texts about two happenings, with their copies.
pub(crate) fn lineage(seed: u64) -> Lineage {
    let mut dice = Dice::new(seed);
    let happenings = [grammar::happening(&mut dice), grammar::happening(&mut dice)];
    let mut out = Lineage { reports: Vec::new(), hidden: Vec::new(), origins: 0 };
    let texts = 2 + dice.below(3);
    let mut outlets: Vec<&'static str> = OUTLETS.to_vec();
    for n in 0..texts {
        // The first two tell one happening in their own words.
        let happening = &happenings[usize::from(n > 1)];
        family(&mut dice, seed, happening, &mut outlets, &mut out);
    }
    if dice.one_in(2) {
        merge(&mut dice, seed, &mut outlets, &mut out);
    }
    if dice.one_in(2) {
        declare(&mut dice, seed, &happenings, &mut outlets, &mut out);
    }
    // The order of files tells nothing.
    let n = out.reports.len();
    for at in (1..n).rev() {
        let other = dice.below(at + 1);
        swap(&mut out, at, other);
    }
    for (at, report) in out.reports.iter_mut().enumerate() {
        report.id = format!("{seed}-{at}");
    }
    out
}

fn swap(lineage: &mut Lineage, x: usize, y: usize) {
    lineage.reports.swap(x, y);
    let moved = |n: usize| {
        if n == x {
            y
        } else if n == y {
            x
        } else {
            n
        }
    };
    for report in &mut lineage.reports {
        for parent in &mut report.parents {
            if let Parent::Report(n) = parent {
                *n = moved(*n);
            }
        }
        report.declares = report.declares.map(moved);
    }
}

fn outlet(dice: &mut Dice, outlets: &mut Vec<&'static str>) -> Option<&'static str> {
    if outlets.is_empty() { None } else { Some(outlets.remove(dice.below(outlets.len()))) }
}

fn family(
    dice: &mut Dice,
    seed: u64,
    happening: &Happening,
    outlets: &mut Vec<&'static str>,
    out: &mut Lineage,
) {
    out.origins += 1;
    let hidden = dice.one_in(3);
    let first = out.reports.len();
    let agency = dice.pick(&AGENCIES.iter().map(|a| *a as &str).collect::<Vec<_>>());
    let agency = AGENCIES.iter().copied().find(|a| *a == agency).unwrap_or(AGENCIES[0]);
    let start = dice.below(600) as i64;
    let original = if hidden {
        out.hidden.push(agency);
        Report {
            id: String::new(),
            outlet: agency,
            body: grammar::report(dice, happening, agency),
            credit: None,
            residue: Vec::new(),
            town: happening.town.clone(),
            minutes: start,
            clock: true,
            parents: Vec::new(),
            declares: None,
            done: vec!["original"],
        }
    } else {
        let Some(outlet) = outlet(dice, outlets) else { return };
        let report = Report {
            id: format!("{seed}-{first}"),
            outlet,
            body: grammar::report(dice, happening, outlet),
            credit: None,
            residue: Vec::new(),
            town: happening.town.clone(),
            minutes: start,
            clock: true,
            parents: Vec::new(),
            declares: None,
            done: vec!["original"],
        };
        out.reports.push(report.clone());
        report
    };
    let copies = if hidden { 2 + dice.below(3) } else { dice.below(4) };
    for n in 0..copies {
        let Some(outlet) = outlet(dice, outlets) else { return };
        // A chain now and then; of a hidden story at least two have it from the agency.
        let from = out.reports.len() - first;
        let (parent, of) = if from > 0 && (!hidden || n > 1) && dice.one_in(2) {
            let p = first + dice.below(from);
            (Parent::Report(p), out.reports[p].clone())
        } else if hidden {
            (Parent::Hidden(out.hidden.len() - 1), original.clone())
        } else {
            (Parent::Report(first), original.clone())
        };
        let mut copy = of.clone();
        copy.outlet = outlet;
        copy.parents = vec![parent];
        copy.done = Vec::new();
        copy.residue.clear();
        copy.minutes = of.minutes + 20 + dice.below(2200) as i64;
        copy.clock = !dice.one_in(3);
        if matches!(parent, Parent::Hidden(_)) {
            copy.credit = Some((agency, dice.one_in(2)));
        }
        // Some changes find nothing to change.
        while copy.body == of.body {
            change(dice, happening, &of, &mut copy);
        }
        out.reports.push(copy);
    }
}

/// One to three changes.
fn change(dice: &mut Dice, happening: &Happening, of: &Report, copy: &mut Report) {
    if copy.credit.is_some() && dice.one_in(4) {
        copy.credit = None;
        copy.done.push("credit dropped");
    } else if copy.credit.is_none() && !of.outlet.is_empty() && dice.one_in(5) {
        copy.credit = Some((of.outlet, false));
        copy.done.push("credited");
    }
    for _ in 0..1 + dice.below(3) {
        match dice.below(8) {
            0 if copy.body.len() > 4 => {
                let keep = copy.body.len() / 2 + dice.below(copy.body.len() / 2);
                copy.body.truncate(keep.max(3));
                copy.done.push("cut");
            }
            1 => {
                let lead = vec![grammar::plain(dice, happening), grammar::plain(dice, happening)];
                copy.body.insert(0, lead);
                copy.done.push("new lead");
            }
            2 => {
                style(copy);
                copy.done.push("style");
            }
            3 => {
                if trim_quote(copy) {
                    copy.done.push("quote trimmed");
                }
            }
            4 => {
                for _ in 0..1 + dice.below(3) {
                    let at = dice.below(copy.body.len());
                    if copy.body[at].len() > 1 {
                        let which = dice.below(copy.body[at].len());
                        copy.body[at].remove(which);
                    }
                }
                copy.done.push("sentences dropped");
            }
            5 => {
                let higher = happening.count + 1 + dice.below(20);
                if replace(copy, &format!("{} ", happening.count), &format!("{higher} ")) {
                    copy.done.push("figure");
                }
            }
            6 => {
                if replace(copy, &format!("told {}", of.outlet), "told reporters") {
                    copy.done.push("attribution");
                }
            }
            _ => {
                let at = dice.below(copy.body.len());
                copy.body[at].push(grammar::plain(dice, happening));
                copy.done.push("sentence added");
            }
        }
    }
    if dice.one_in(3) {
        copy.residue.push(dice.pick(BOXES));
    }
}

/// Every sentence that holds `from` gets `to` in its place.
fn replace(copy: &mut Report, from: &str, to: &str) -> bool {
    let mut any = false;
    for sentence in copy.body.iter_mut().flatten() {
        if sentence.0.contains(from) {
            sentence.0 = sentence.0.replacen(from, to, 1);
            any = true;
        }
    }
    any
}

/// Another desk's spelling and marks.
fn style(copy: &mut Report) {
    const STYLE: &[(&str, &str)] = &[
        ("harbour", "harbor"),
        ("centre", "center"),
        ("tonnes", "tons"),
        ("two ", "2 "),
        ("three ", "3 "),
        ("four ", "4 "),
        ("“", "\""),
        ("”", "\""),
        ("late on Tuesday", "late Tuesday"),
        ("on Monday", "Monday"),
        ("on Thursday", "Thursday"),
    ];
    for sentence in copy.body.iter_mut().flatten() {
        for (from, to) in STYLE {
            sentence.0 = sentence.0.replace(from, to);
        }
    }
}

/// Takes the end off the first long quotation.
fn trim_quote(copy: &mut Report) -> bool {
    for sentence in copy.body.iter_mut().flatten() {
        let (Some(start), Some(and)) = (sentence.0.find(['“', '"']), sentence.0.find(", and ")) else {
            continue;
        };
        let Some(end) = sentence.0[and..].find(['”', '"']).map(|e| and + e) else { continue };
        if start < and {
            let mark = if sentence.0[..end].ends_with(',') { "," } else { "." };
            sentence.0.replace_range(and..end, mark);
            return true;
        }
    }
    false
}

/// One report made of two texts.
fn merge(dice: &mut Dice, seed: u64, outlets: &mut Vec<&'static str>, out: &mut Lineage) {
    let n = out.reports.len();
    let (x, y) = (dice.below(n), dice.below(n));
    if root(out, x) == root(out, y) {
        return;
    }
    let Some(outlet) = outlet(dice, outlets) else { return };
    let (first, second) = (out.reports[x].clone(), out.reports[y].clone());
    let mut body: Vec<Vec<Sentence>> =
        first.body.iter().take(first.body.len().div_ceil(2).max(3)).cloned().collect();
    body.extend(second.body.iter().take(second.body.len().div_ceil(2).max(3)).cloned());
    out.reports.push(Report {
        id: format!("{seed}-{n}"),
        outlet,
        body,
        credit: None,
        residue: Vec::new(),
        town: first.town.clone(),
        minutes: first.minutes.max(second.minutes) + 30 + dice.below(900) as i64,
        clock: true,
        parents: vec![Parent::Report(x), Parent::Report(y)],
        declares: None,
        done: vec!["merged"],
    });
}

/// Where a report's first text begins.
fn root(lineage: &Lineage, of: usize) -> Parent {
    let mut at = of;
    for _ in 0..lineage.reports.len() {
        match lineage.reports[at].parents.first() {
            Some(Parent::Report(p)) => at = *p,
            Some(hidden) => return *hidden,
            None => break,
        }
    }
    Parent::Report(at)
}

/// A report in its own words that names another's outlet as its source.
fn declare(
    dice: &mut Dice,
    seed: u64,
    happenings: &[Happening; 2],
    outlets: &mut Vec<&'static str>,
    out: &mut Lineage,
) {
    let n = out.reports.len();
    let early = dice.below(n);
    let happening = happenings.iter().find(|h| h.town == out.reports[early].town).unwrap_or(&happenings[0]);
    let Some(outlet) = outlet(dice, outlets) else { return };
    let mut body = grammar::report(dice, happening, outlet);
    body.truncate(5);
    let named = out.reports[early].outlet;
    let cite = match dice.below(3) {
        0 => format!("This was the case on the quay, according to {named}."),
        1 => format!("{named} reported this earlier in the day."),
        _ => format!("The news was first reported by {named}."),
    };
    // It retells what the other tells, here and there in the same words, as one does.
    if let Some(retold) = out.reports[early].body.first().and_then(|p| p.first()) {
        let words: Vec<&str> = retold.0.trim_end_matches('.').split(' ').collect();
        let half = words[..words.len() / 2].join(" ");
        body[0].push(Sentence(format!("{half}, it was said.")));
    }
    body[0].push(Sentence(cite));
    out.reports.push(Report {
        id: format!("{seed}-{n}"),
        outlet,
        body,
        credit: None,
        residue: Vec::new(),
        town: happening.town.clone(),
        minutes: out.reports[early].minutes + 30 + dice.below(1500) as i64,
        clock: true,
        parents: Vec::new(),
        declares: Some(early),
        done: vec!["declared"],
    });
}
