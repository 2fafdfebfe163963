//! One name for one supplier: a short form in a credit line is spelled out where a report spells it out.
//!
//! "The Harbour News Agency (HNA)" in one report says what "/HNA/" in the dateline of another means. Two different
//! readings of a short form leave it as it stands.

use headwater_model::Article;
use std::collections::{BTreeMap, BTreeSet};

/// Letters of a short form.
const LEAST: usize = 2;
const MOST: usize = 6;

/// Spells out the credits of all articles.
pub(crate) fn spell_out(articles: Vec<&mut Article>) {
    let wanted: BTreeSet<String> = articles
        .iter()
        .flat_map(|a| a.credits.iter().map(|c| c.name.as_str()).chain(a.outlet.as_deref()))
        .filter(|n| is_short_form(n))
        .map(str::to_owned)
        .collect();
    if wanted.is_empty() {
        return;
    }
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for article in &articles {
        for (short, name) in spelled_out(&article.text) {
            if wanted.contains(short) {
                names.entry(short.to_owned()).or_default().insert(name);
            }
        }
        // An outlet or a credit under its whole name.
        let whole = article.outlet.iter().chain(article.credits.iter().map(|c| &c.name));
        for name in whole.filter(|n| n.contains(' ')) {
            let short = initials(name);
            if wanted.contains(&short) {
                names.entry(short).or_default().insert(bare(name).to_owned());
            }
        }
    }
    for article in articles {
        for credit in &mut article.credits {
            if let Some(name) = names.get(&credit.name).filter(|n| n.len() == 1).and_then(|n| n.first()) {
                credit.name.clone_from(name);
            }
        }
        article.credits.dedup_by(|a, b| a.name == b.name && a.place == b.place);
    }
}

/// Whether a name is a short form that no reader of the world's news knows: the known agencies keep theirs.
fn is_short_form(name: &str) -> bool {
    const KNOWN: &[&str] = &[
        "AP", "AFP", "UPI", "EFE", "ANSA", "TASS", "KCNA", "PTI", "ANI", "IANS", "APP", "PA", "AAP", "IRNA",
        "SANA", "WAM", "MENAFN", "ANP", "NTB", "TT", "APA", "SDA", "PAP", "CTK", "MTI", "ANN",
    ];
    (LEAST..=MOST).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_uppercase())
        && !KNOWN.contains(&name)
}

fn bare(name: &str) -> &str {
    name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")).unwrap_or(name).trim()
}

/// The first letters of the words of a name that begin with a capital.
fn initials(name: &str) -> String {
    bare(name).split_whitespace().filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect()
}

/// "Harbour News Agency (HNA)" in running text: the short form and the name.
fn spelled_out(text: &str) -> Vec<(&str, String)> {
    let mut out = Vec::new();
    for (at, _) in text.match_indices(" (") {
        let Some(short) = text[at + 2..].split(')').next().filter(|s| is_short_form(s)) else { continue };
        let words: Vec<&str> =
            text[..at].rsplit(' ').take(short.len() + 2).take_while(|w| !w.contains('\n')).collect();
        for n in short.len()..=words.len() {
            let mut name: Vec<&str> = words[..n].to_vec();
            name.reverse();
            let name = name.join(" ");
            let begins = name.chars().next().is_some_and(char::is_uppercase);
            if begins
                && !name.starts_with("The ")
                && initials(&name) == short
                && !name.contains(['.', ',', '"', '”'])
            {
                out.push((short, name));
                break;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use headwater_model::{Credit, CreditPlace};

    fn article(text: &str, credit: &str) -> Article {
        let credits = vec![Credit { name: credit.to_owned(), place: CreditPlace::Dateline, span: None }];
        Article { text: text.to_owned(), credits, ..Article::default() }
    }

    #[test]
    fn a_short_form_is_spelled_out_by_another_report() {
        let mut all = [
            article("The Harbour News Agency (HNA), which is small, said so.", "AP"),
            article("Boats came.", "HNA"),
            article(
                "Men of the Board of Fishing Agents (BFA) and of the Bureau of Free Air (BFA) met.",
                "BFA",
            ),
        ];
        spell_out(all.iter_mut().collect());
        assert_eq!(all[1].credits[0].name, "Harbour News Agency");
        assert_eq!((all[0].credits[0].name.as_str(), all[2].credits[0].name.as_str()), ("AP", "BFA"));
    }
}
