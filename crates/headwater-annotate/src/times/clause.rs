//! Which way a clause looks: the verb nearest to a time phrase tells whether it lies behind or ahead.

use super::grammar::Grammar;
use super::lang::{Language, Role};
use headwater_model::text::TokenKind;

/// How far the verb is sought, in tokens; longer stretches belong to other clauses (TimeBank, two thirds).
const LEFT: usize = 18;
const RIGHT: usize = 10;

/// What is put off until a day has that day ahead, whatever the verb beside.
const PUT_OFF: &[&str] =
    &["adjourned", "postponed", "delayed", "deferred", "rescheduled", "remanded", "extended"];

/// What is put on a day, and may have been called off since.
const PUT_ON: &[&str] = &["planned", "scheduled", "slated", "due", "expected"];

/// `Some(true)` ahead, `Some(false)` back.
pub(super) fn direction(g: &Grammar<'_>, start: usize, end: usize) -> Option<bool> {
    let sentence = g.tokens.get(start)?.sentence;
    let same = |i: usize| g.tokens.get(i).is_some_and(|t| t.sentence == sentence);
    let mut at = start;
    if let Some(before) = start.checked_sub(1).filter(|k| same(*k)) {
        if g.has(before, Role::Since) {
            return Some(false);
        }
        if g.has(before, Role::Until) {
            let past = |k: usize| {
                same(k) && matches!(g.word(k), "was" | "were" | "had" | "hatte" | "hatten" | "war")
            };
            // "was adjourned until Friday"
            let put_off = |k: usize| PUT_OFF.contains(&g.word(k));
            if before.checked_sub(1).filter(|k| same(*k)).is_some_and(put_off) {
                return Some(true);
            }
            let near = before.saturating_sub(LEFT)..end.saturating_add(RIGHT);
            return Some(!near.into_iter().any(past));
        }
    }
    // "under a June agreement": which June the clause does not tell
    if end == start + 1
        && g.month(start).is_some()
        && start.checked_sub(1).is_some_and(|b| same(b) && g.has(b, Role::A))
        && g.tokens.get(end).is_some_and(|t| t.kind == TokenKind::Word && t.sentence == sentence)
        && g.word(end).starts_with(char::is_lowercase)
        && g.item(end).roles.iter().all(|r| matches!(r, Role::Intent | Role::Outlook | Role::FutureVerb))
    {
        return None;
    }
    // "Wednesday's ruling" has been given
    if let Some(next) = g.possessive(end).filter(|n| same(*n))
        && !g.has(next, Role::Upcoming)
        && g.which(start).is_none()
    {
        return Some(false);
    }
    for _ in 0..LEFT {
        let Some(k) = at.checked_sub(1).filter(|k| same(*k)) else { break };
        at = k;
        if matches!(g.word(at), ";" | ":") {
            break;
        }
        if let Some(d) = cue(g, at, &same) {
            // "a concert planned for Thursday was called off": on either side of the day, whichever is nearer
            let for_it = start.checked_sub(1).is_some_and(|k| k == at || g.word(k) == "for");
            let put = d && for_it && PUT_ON.contains(&g.word(at));
            let finite = same(end) && matches!(g.word(end), "was" | "were" | "has" | "have" | "had");
            return (!(put && finite)).then_some(d);
        }
    }
    for at in end..end.saturating_add(RIGHT) {
        if !same(at) {
            break;
        }
        if let Some(d) = cue(g, at, &same) {
            return Some(d);
        }
    }
    None
}

/// Whether a time is told in passing, so that the story does not move there.
pub(super) fn aside(g: &Grammar<'_>, start: usize, end: usize) -> bool {
    let Some(before) = start.checked_sub(1).filter(|_| g.joined(start)) else { return false };
    if g.has(before, Role::Since)
        || g.has(before, Role::Before)
        || matches!(g.word(before), "until" | "Until" | "till" | "bis")
    {
        return true;
    }
    // brackets around it within a few tokens
    const NEAR: usize = 6;
    let opens =
        (start.saturating_sub(NEAR)..start).rev().take_while(|k| g.word(*k) != ")").any(|k| g.word(k) == "(");
    opens && (end..end + NEAR).take_while(|k| g.word(*k) != "(").any(|k| g.word(k) == ")")
}

/// Whether the article calls what happens then upcoming: the word itself within a few tokens before,
/// or the phrase hangs on a cue of the future.
pub(super) fn upcoming(g: &Grammar<'_>, start: usize) -> bool {
    const NEAR: usize = 12;
    let Some(sentence) = g.tokens.get(start).map(|t| t.sentence) else { return false };
    (1..=NEAR)
        .map_while(|k| start.checked_sub(k))
        .take_while(|k| g.tokens[*k].sentence == sentence)
        .any(|k| g.has(k, Role::Upcoming))
}

/// Whether a word of the sentence looks ahead, however the clause does: "hope to have one by 2000",
/// "an option to buy after Jan. 1", "would dilute earnings in 1990".
pub(super) fn forward(g: &Grammar<'_>, start: usize) -> bool {
    const NEAR: usize = 30;
    let Some(sentence) = g.tokens.get(start).map(|t| t.sentence) else { return false };
    (start.saturating_sub(NEAR)..start + NEAR)
        .filter(|k| g.tokens.get(*k).is_some_and(|t| t.sentence == sentence))
        .any(|k| {
            let roles = g.item(k).roles;
            roles.contains(&Role::FutureVerb) && !(g.capital(k) && roles.len() > 1)
                || roles.contains(&Role::Future)
                // "agencies estimate that 10,000 were sent in 2024" is a verb of saying
                || roles.contains(&Role::Outlook) && g.word(k + 1) != "that"
                || roles.contains(&Role::Upcoming)
                || roles.contains(&Role::Infinitive) && infinitive(g, k + 1)
        })
}

/// Whether a phrase tells when something was said: a verb of saying within a few tokens, and no other
/// verb of the past between.
pub(super) fn spoken(g: &Grammar<'_>, start: usize, end: usize) -> bool {
    const NEAR: usize = 7;
    let Some(sentence) = g.tokens.get(start).map(|t| t.sentence) else { return false };
    let verb = |k: usize| {
        if g.tokens.get(k).is_none_or(|t| t.sentence != sentence) {
            return Some(false);
        }
        if g.has(k, Role::Say) {
            return Some(true);
        }
        (g.has(k, Role::PastVerb) || g.has(k, Role::Perfect) || looks_past(g, k)).then_some(false)
    };
    (1..=NEAR).map_while(|n| start.checked_sub(n)).find_map(verb) == Some(true)
        || (end..end + NEAR).find_map(verb) == Some(true)
}

fn cue(g: &Grammar<'_>, i: usize, same: &dyn Fn(usize) -> bool) -> Option<bool> {
    let roles = g.item(i).roles;
    let back = |k: usize| i.checked_sub(k).filter(|j| same(*j));
    if roles.contains(&Role::Upcoming) {
        return Some(true);
    }
    if roles.contains(&Role::Perfect) && !(same(i + 1) && g.has(i + 1, Role::Infinitive)) {
        return Some(false);
    }
    if roles.contains(&Role::FutureVerb) && !(g.capital(i) && roles.len() > 1) && !named_plan(g, i) {
        // "began as previously planned": it has come to pass
        if (1..=2).filter_map(back).any(|j| g.word(j) == "as") && looks_past(g, i) {
            return None;
        }
        // "was expected to" looks ahead from the past
        let past = (1..=2).filter_map(back).any(|j| matches!(g.word(j), "was" | "were" | "had" | "been"));
        // … but what people "were planning to" do was yet to come when it was told
        return Some(!past || g.word(i).ends_with("ing") && g.word(i) != "going");
    }
    // "is set to begin", "are set to rise"
    if g.word(i) == "set" && same(i + 2) && g.has(i + 1, Role::Infinitive) && infinitive(g, i + 2) {
        let past = back(1).is_some_and(|j| matches!(g.word(j), "was" | "were" | "had" | "been"));
        return Some(!past);
    }
    if roles.contains(&Role::PastVerb) || looks_past(g, i) && !attributive(g, i) {
        // "will be held", "to be signed", "is to be completed"
        let ahead = (1..=4).filter_map(back).any(|j| {
            g.has(j, Role::FutureVerb) && !matches!(g.word(j), "could" | "would" | "may")
                // "would be held" lies ahead of what is told, "would have been held" does not
                || g.word(j) == "would" && (j..i).any(|k| g.word(k) == "be")
                || g.has(j, Role::Infinitive) && g.word(j + 1) == "be"
        });
        return Some(ahead);
    }
    if roles.contains(&Role::Infinitive) && same(i + 1) && infinitive(g, i + 1) {
        // "had been scheduled to expire": the verb before decides
        if let Some(j) = back(1).filter(|j| g.has(*j, Role::FutureVerb)) {
            return cue(g, j, same);
        }
        // "countries to accede": a purpose or a name for what was done; the verb further off decides
        let governed = back(1).is_some_and(|j| {
            g.item(j)
                .roles
                .iter()
                .any(|r| matches!(r, Role::PastVerb | Role::PresentVerb | Role::Perfect | Role::Intent))
                || looks_past(g, j)
        });
        return governed.then_some(true);
    }
    None
}

/// Whether "plan" is a noun: "announced the plan Aug. 21" looks back, "the unions plan to strike" ahead.
fn named_plan(g: &Grammar<'_>, i: usize) -> bool {
    let determined = i.checked_sub(1).filter(|_| g.joined(i)).is_some_and(|b| determines(g, b));
    determined && matches!(g.word(i), "plan" | "plans") && !g.has(i + 1, Role::Infinitive)
}

/// Whether a past form stands before its noun and tells of no deed in time: "an unspecified date", "the newly
/// proposed merger".
fn attributive(g: &Grammar<'_>, i: usize) -> bool {
    let before = |k: usize| i.checked_sub(k).filter(|_| g.joined(i));
    let adverb =
        |k: usize| g.word(k).ends_with("ly") || matches!(g.word(k), "still" | "already" | "long" | "once");
    before(1).is_some_and(|b| determines(g, b) || adverb(b) && b > 0 && determines(g, b - 1))
}

/// Articles and words that stand for them.
fn determines(g: &Grammar<'_>, i: usize) -> bool {
    g.item(i).roles.iter().any(|r| matches!(r, Role::The | Role::A | Role::Its | Role::These | Role::Every))
}

/// Nouns that stand behind "to" without an article: "shot to death", "taken to hospital".
const GOALS: &[&str] = &[
    "death",
    "school",
    "town",
    "prison",
    "jail",
    "bed",
    "church",
    "court",
    "hospital",
    "trial",
    "custody",
    "safety",
    "power",
    "war",
    "office",
    "parliament",
    "congress",
    "earth",
    "victory",
    "fame",
    "life",
    "freedom",
];

/// Whether a verb in its plain form can stand at `i` after "to".
pub(super) fn infinitive(g: &Grammar<'_>, i: usize) -> bool {
    let Some(token) = g.tokens.get(i) else { return false };
    let word = g.word(i);
    token.kind == TokenKind::Word
        && word.starts_with(char::is_lowercase)
        && g.item(i).roles.iter().all(|r| {
            matches!(r, Role::PastVerb | Role::PresentVerb | Role::Perfect | Role::End | Role::Start)
        })
        && !word.ends_with("ed")
        && !matches!(
            word,
            "them"
                | "him"
                | "me"
                | "us"
                | "you"
                | "it"
                | "both"
                | "all"
                | "any"
                | "other"
                | "no"
                | "another"
                | "more"
        )
        && !GOALS.contains(&word)
}

/// A word in -ed, in lower case: a past form more often than not.
pub(super) fn looks_past(g: &Grammar<'_>, i: usize) -> bool {
    let word = g.word(i);
    g.words.language == Language::English
        && word.len() > 4
        && word.ends_with("ed")
        && (!word.ends_with("eed") || matches!(word, "agreed" | "guaranteed" | "freed"))
        && word.starts_with(|c: char| c.is_ascii_lowercase())
        && !matches!(word, "hundred" | "united" | "indeed" | "need")
}
