//! The account in words: short, to the letter, in its order, and about the whole story.

use crate::{account_of, files, root};
use headwater::wire::account::Account;
use std::collections::BTreeSet;

const PARTS: [&str; 4] = ["happened", "several origins", "differs", "one origin"];

fn strait() -> Account {
    let folder = root().join("examples/strait");
    account_of(&files(&folder, &["txt", "html"]), Some(&folder.join("meta.csv")))
}

#[test]
fn every_line_is_a_stretch_of_a_report() {
    let account = strait();
    let texts: std::collections::BTreeMap<&str, &str> =
        account.articles.iter().map(|a| (a.id.as_str(), a.text.as_deref().unwrap())).collect();
    let mut lines = 0;
    for story in &account.stories {
        for line in &story.account {
            lines += 1;
            let found = texts[line.article.as_str()].get(line.start as usize..line.end as usize);
            assert_eq!(found, Some(line.text.as_str()));
            assert!(story.articles.contains(&line.article), "{} is of another story", line.article);
            assert!(PARTS.contains(&line.part.as_str()) && !line.why.is_empty());
            let opens = line.text.chars().next().unwrap();
            assert!(!opens.is_lowercase(), "a line is a whole sentence: {}", line.text);
            if let Some(id) = &line.statement {
                let statement =
                    account.statements.iter().find(|s| s.id == *id).expect("the statement is there");
                let told = statement
                    .reports
                    .iter()
                    .any(|r| r.article == line.article && r.start < line.end && line.start < r.end);
                assert!(told, "{} does not stand in its line: {}", statement.gist, line.text);
            }
        }
    }
    assert!(lines > 0);
}

#[test]
fn a_story_of_many_reports_says_what_happened_what_is_shared_and_what_differs() {
    let account = strait();
    let story = account.stories.iter().max_by_key(|s| s.articles.len()).unwrap();
    let parts: BTreeSet<&str> = story.account.iter().map(|l| l.part.as_str()).collect();
    for part in PARTS {
        assert!(parts.contains(part), "no line for {part:?}: {parts:?}");
    }
    let order: Vec<usize> =
        story.account.iter().map(|l| PARTS.iter().position(|p| *p == l.part).unwrap()).collect();
    assert!(order.is_sorted(), "{order:?}");
    assert!(story.account.len() <= 24, "short: {}", story.account.len());
    let distinct: BTreeSet<&str> = story.account.iter().map(|l| l.text.as_str()).collect();
    assert!(distinct.len() + 1 >= story.account.len(), "no sentence over and over");
    // What differs is told with at least two wordings of one statement, and never of one value only.
    for line in story.account.iter().filter(|l| l.part == "differs") {
        let sides = story.account.iter().filter(|l| l.part == "differs" && l.statement == line.statement);
        assert!(sides.count() >= 2, "{}", line.text);
        let statement = account.statements.iter().find(|s| Some(&s.id) == line.statement.as_ref()).unwrap();
        assert_eq!(statement.doubtful, line.why.contains("doubtful"), "doubt is said");
    }
    for line in story.account.iter().filter(|l| l.part == "one origin") {
        let statement = account.statements.iter().find(|s| Some(&s.id) == line.statement.as_ref()).unwrap();
        assert_eq!(statement.origins.most, 1, "{}", line.text);
    }
    for line in story.account.iter().filter(|l| l.part == "several origins") {
        let statement = account.statements.iter().find(|s| Some(&s.id) == line.statement.as_ref()).unwrap();
        assert!(statement.origins.least >= 2, "{}", line.text);
    }
}

#[test]
fn a_word_that_was_tampered_with_does_not_hold() {
    let mut account = strait();
    account.inputs.meta = Some(root().join("examples/strait/meta.csv").to_string_lossy().into_owned());
    let holds = |account: &Account| headwater::verify(account, &root()).failures;
    assert_eq!(holds(&account), Vec::<String>::new());
    let line = account.stories.iter_mut().flat_map(|s| &mut s.account).next().unwrap();
    line.text.push_str(" indeed");
    assert!(holds(&account).iter().any(|f| f.contains("account in words")));
}
