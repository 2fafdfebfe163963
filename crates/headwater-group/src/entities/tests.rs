//! Invented and well-known names in pairs: half are the same, half are not.

use super::*;
use headwater_model::{Name, OrganisationKind, Span};

/// An entity in short: kind letter, name, then `@` country, `#` role.
fn local(short: &str) -> LocalEntity {
    let (kind, rest) = short.split_once(' ').expect("a kind and a name");
    let kind = match kind {
        "P" => NameKind::Person,
        "O" => NameKind::Organisation,
        "L" => NameKind::Place,
        "G" => NameKind::Government,
        "E" => NameKind::Event,
        other => panic!("no kind {other}"),
    };
    let (rest, role) = rest.split_once(" #").map_or((rest, None), |(r, x)| (r, Some(x.to_owned())));
    let (name, country) = rest.split_once(" @").map_or((rest, None), |(r, x)| (r, Some(x.to_owned())));
    LocalEntity {
        name: name.to_owned(),
        kind,
        organisation: role.as_ref().map(|_| OrganisationKind::GovernmentBody),
        country,
        role,
        wikidata: None,
        forms: vec![name.to_owned()],
    }
}

/// An article that names these entities, one after the other.
fn article(id: usize, entities: &[&str]) -> (Article, Annotations) {
    let mut article = Article { id: format!("a{id}"), ..Article::default() };
    let mut annotations = Annotations::default();
    for (e, short) in entities.iter().enumerate() {
        let entity = local(short);
        let start = article.text.len();
        article.text.push_str(&entity.name);
        let span = Span::new(start, article.text.len());
        article.text.push_str(". ");
        annotations.names.push(Name { span, kind: entity.kind, entity: e as u32 });
        annotations.entities.push(entity);
    }
    (article, annotations)
}

fn run(articles: &[Vec<&str>], overrides: &Overrides) -> Vec<Entity> {
    let all: Vec<(Article, Annotations)> = articles.iter().enumerate().map(|(i, a)| article(i, a)).collect();
    let views: Vec<(&Article, &Annotations)> = all.iter().map(|(a, n)| (a, n)).collect();
    resolve(&views, &EntityLexicon::bundled(), overrides)
}

/// Whether the first entities of the first two articles became one.
fn one(entities: &[Entity], a: u32, b: u32) -> bool {
    entities
        .iter()
        .any(|e| e.members.contains(&(ArticleIndex(a), 0)) && e.members.contains(&(ArticleIndex(b), 0)))
}

/// What both articles of a pair also name.
const COMPANY: [&str; 2] = ["L Norvik", "E Norvik Summit"];

/// Two entities, what a third article names, and whether the two are one.
struct Pair {
    a: &'static str,
    b: &'static str,
    others: Vec<&'static str>,
    same: bool,
}

/// The hard pairs, as `xtask eval entities` reads them too.
fn pairs() -> Vec<Pair> {
    let table = include_str!("../../../../eval/cases/entities.tsv");
    let rows = table.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
    let pair = |line: &'static str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [same, a, b, others, _] = cells[..] else { panic!("not five columns: {line}") };
        assert!(["same", "apart"].contains(&same), "{line}");
        Pair { a, b, others: others.split(" | ").filter(|o| *o != "-").collect(), same: same == "same" }
    };
    rows.map(pair).collect()
}

#[test]
fn a_name_is_what_nearly_all_reports_take_it_for() {
    let take = |kinds: &[&'static str]| {
        let reports: Vec<Vec<&str>> = kinds.iter().map(|k| vec![*k]).collect();
        run(&reports, &Overrides::default())
    };
    let line = take(&["O Morrow Line", "O Morrow Line", "P Morrow Line", "O Morrow Line"]);
    assert_eq!((line.len(), line[0].kind, line[0].members.len()), (1, NameKind::Organisation, 4));
    let told: Vec<&str> = line[0].because.iter().map(|r| r.text.as_str()).collect();
    assert!(told.contains(&"3 reports take “Morrow Line” for an organisation"), "{told:?}");
    // two against one is no agreement, and a single word may well be two things
    assert_eq!(take(&["O Morrow Line", "O Morrow Line", "P Morrow Line"]).len(), 2);
    assert_eq!(take(&["L Morrow", "L Morrow", "L Morrow", "P Morrow"]).len(), 2);
}

#[test]
fn hard_pairs() {
    assert_eq!(pairs().len(), 60);
    assert_eq!(pairs().iter().filter(|p| p.same).count(), 30);
    let mut wrong = Vec::new();
    for Pair { a, b, others, same } in pairs() {
        let third: Vec<&str> = others.iter().chain(&COMPANY).copied().collect();
        let pair = |x: &'static str| -> Vec<&str> { [x].into_iter().chain(COMPANY).collect() };
        let forward = run(&[pair(a), pair(b), third.clone()], &Overrides::default());
        let backward = run(&[third, pair(b), pair(a)], &Overrides::default());
        if one(&forward, 0, 1) != same || one(&backward, 1, 2) != same {
            wrong.push(format!("{a} / {b}"));
        }
        let because = forward.iter().filter(|e| e.members.len() > 1).all(|e| !e.because.is_empty());
        assert!(because, "a merge without a reason: {a} / {b}");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_lone_family_name_needs_company() {
    let apart =
        run(&[vec!["P Harwick", "L Norvik"], vec!["P Jane Harwick", "L Elsewhere"]], &Overrides::default());
    assert!(!one(&apart, 0, 1));
}

#[test]
fn a_users_word_counts_more() {
    let articles = [
        vec!["P Jane Doe", "L Norvik"],
        vec!["P J. A. Smith-Doe", "L Norvik"],
        vec!["P Jane Doe", "L Norvik"],
    ];
    let same =
        Overrides { same: vec![("Jane Doe".into(), "J. A. Smith-Doe".into())], ..Overrides::default() };
    assert!(one(&run(&articles, &same), 0, 1));
    let articles = [vec!["O Norvik Herald"], vec!["O The Norvik Herald"], vec!["O NH"]];
    let apart = Overrides { not_same: vec![("NH".into(), "Norvik Herald".into())], ..Overrides::default() };
    let entities = run(&articles, &apart);
    assert!(one(&entities, 0, 1) && !one(&entities, 0, 2));
}

#[test]
fn bodies_show_their_country() {
    let articles = [
        vec!["O National Intelligence Service @KR #intelligence"],
        vec!["O South Korean intelligence officials @KR #intelligence"],
    ];
    let names: Vec<String> = run(&articles, &Overrides::default()).into_iter().map(|e| e.name).collect();
    assert_eq!(names, ["National Intelligence Service (South Korea)"]);
}

#[test]
fn the_order_of_articles_changes_nothing() {
    let mut articles: Vec<Vec<&str>> =
        pairs().iter().flat_map(|p| [vec![p.a, COMPANY[0]], vec![p.b, COMPANY[1]]]).collect();
    let shape = |entities: Vec<Entity>| -> Vec<(String, Vec<String>, usize)> {
        entities.into_iter().map(|e| (e.name, e.forms, e.members.len())).collect()
    };
    let first = shape(run(&articles, &Overrides::default()));
    articles.reverse();
    let mut second = shape(run(&articles, &Overrides::default()));
    let mut first = first;
    first.sort();
    second.sort();
    assert_eq!(first, second);
}

#[test]
fn plain_names() {
    assert_eq!(plain("The Norvik Herald"), "norvik herald");
    assert_eq!(plain("Kim Jong-un"), "kim jong un");
    assert_eq!(plain("U.N."), "un");
}

#[test]
fn a_role_is_the_one_body_that_others_name() {
    let company = ["L Norvik", "E Norvik Summit", "P Jane Harwick"];
    let with = |x: &'static str| -> Vec<&str> { [x].into_iter().chain(company).collect() };
    let bare = with("O coast guard #coast guard");
    let named = with("O Orvanian Coast Guard @x-orv #coast guard");
    assert!(one(&run(&[bare.clone(), named.clone()], &Overrides::default()), 0, 1));
    // Two that it can be, or a report of another matter: it stays by itself.
    let other = with("O Tessel Coast Guard @x-tess #coast guard");
    assert!(!one(&run(&[bare.clone(), named.clone(), other], &Overrides::default()), 0, 1));
    let elsewhere = vec!["O coast guard #coast guard", "L Norvik"];
    assert!(!one(&run(&[elsewhere, named], &Overrides::default()), 0, 1));
}

#[test]
fn places_turned_round() {
    assert!(one(&run(&[vec!["L Sarrin Strait"], vec!["L Strait of Sarrin"]], &Overrides::default()), 0, 1));
}

#[test]
fn an_ending_left_out_is_no_second_person_unless_a_report_tells_two_apart() {
    let company = |first: &[&'static str]| {
        let mut all = first.to_vec();
        all.extend(["L Norvik", "E Norvik Summit", "O Norvik Council"]);
        all
    };
    let told = |reports: &[&[&'static str]]| {
        let reports: Vec<Vec<&str>> = reports.iter().map(|r| company(r)).collect();
        run(&reports, &Overrides::default())
    };
    assert!(one(&told(&[&["P Ray J. Tolman Jr."], &["P Ray Tolman"]]), 0, 1));
    let apart = told(&[&["P Ray J. Tolman Jr.", "P Ray Tolman"], &["P Ray Tolman"]]);
    assert!(!one(&apart, 0, 1));
    let two = told(&[&["P Ray J. Tolman Jr."], &["P Ray Tolman"], &["P Ray Tolman III"]]);
    assert!(!one(&two, 0, 1));
    assert!(!one(&told(&[&["P Ray Tolman Jr."], &["P Ray Tolman"]]), 0, 1));
    // the family name alone is the elder's
    let alone = told(&[&["P Tolman"], &["P Ray Tolman", "P Ray Tolman Jr."]]);
    assert!(one(&alone, 0, 1));
}
