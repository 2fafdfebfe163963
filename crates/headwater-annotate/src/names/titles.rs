//! Words for what a person is: titles before a name and phrases that stand for a person.

/// Kinds of office that phrases like "the leader" may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Office {
    /// President, king, leader, prime minister: whoever leads a state.
    Leader,
    /// A minister or secretary.
    Minister,
    /// Speaks for others.
    Speaker,
    /// Commands.
    Officer,
    /// Leads a company or a body.
    Head,
    /// Sits in a parliament.
    Lawmaker,
    /// Any other title.
    Other,
}

/// Title words (folded), with the office.
const TITLES: &[(&str, Office)] = &[
    ("president", Office::Leader),
    ("leader", Office::Leader),
    ("premier", Office::Leader),
    ("chancellor", Office::Leader),
    ("king", Office::Leader),
    ("queen", Office::Leader),
    ("emperor", Office::Leader),
    ("ruler", Office::Leader),
    ("dictator", Office::Leader),
    ("strongman", Office::Leader),
    ("monarch", Office::Leader),
    ("pope", Office::Leader),
    ("pontiff", Office::Leader),
    ("minister", Office::Minister),
    ("secretary", Office::Minister),
    ("spokesman", Office::Speaker),
    ("spokeswoman", Office::Speaker),
    ("spokesperson", Office::Speaker),
    ("general", Office::Officer),
    ("commander", Office::Officer),
    ("colonel", Office::Officer),
    ("major", Office::Officer),
    ("captain", Office::Officer),
    ("admiral", Office::Officer),
    ("lieutenant", Office::Officer),
    ("sergeant", Office::Officer),
    ("chief", Office::Head),
    ("director", Office::Head),
    ("chairman", Office::Head),
    ("chairwoman", Office::Head),
    ("chair", Office::Head),
    ("ceo", Office::Head),
    ("executive", Office::Head),
    ("head", Office::Head),
    ("boss", Office::Head),
    ("founder", Office::Head),
    ("owner", Office::Head),
    ("senator", Office::Lawmaker),
    ("congressman", Office::Lawmaker),
    ("congresswoman", Office::Lawmaker),
    ("representative", Office::Lawmaker),
    ("lawmaker", Office::Lawmaker),
    ("mp", Office::Lawmaker),
    ("legislator", Office::Lawmaker),
    ("deputy", Office::Lawmaker),
    ("governor", Office::Other),
    ("mayor", Office::Other),
    ("ambassador", Office::Other),
    ("envoy", Office::Other),
    ("diplomat", Office::Other),
    ("judge", Office::Other),
    ("justice", Office::Other),
    ("prosecutor", Office::Other),
    ("attorney", Office::Other),
    ("lawyer", Office::Other),
    ("professor", Office::Other),
    ("doctor", Office::Other),
    ("analyst", Office::Other),
    ("expert", Office::Other),
    ("economist", Office::Other),
    ("historian", Office::Other),
    ("researcher", Office::Other),
    ("scientist", Office::Other),
    ("author", Office::Other),
    ("writer", Office::Other),
    ("journalist", Office::Other),
    ("reporter", Office::Other),
    ("activist", Office::Other),
    ("coach", Office::Other),
    ("actor", Office::Other),
    ("actress", Office::Other),
    ("singer", Office::Other),
    ("candidate", Office::Other),
    ("nominee", Office::Other),
    ("official", Office::Other),
    ("officer", Office::Officer),
    ("skipper", Office::Officer),
    ("superintendent", Office::Officer),
    ("inspector", Office::Officer),
    ("investigator", Office::Officer),
    ("nurse", Office::Other),
    ("physician", Office::Other),
    ("teacher", Office::Other),
    ("conductor", Office::Other),
    ("chaplain", Office::Other),
    ("fisherman", Office::Other),
    ("student", Office::Other),
    ("neighbour", Office::Other),
    ("neighbor", Office::Other),
    ("resident", Office::Other),
    ("driver", Office::Other),
    ("pilot", Office::Other),
    ("engineer", Office::Other),
    ("adviser", Office::Other),
    ("advisor", Office::Other),
    ("aide", Office::Other),
    ("commissioner", Office::Head),
    ("chairperson", Office::Head),
    ("councillor", Office::Lawmaker),
    ("councilman", Office::Lawmaker),
    ("councilwoman", Office::Lawmaker),
    ("negotiator", Office::Other),
    ("columnist", Office::Other),
    ("correspondent", Office::Other),
    ("editor", Office::Other),
    ("victim", Office::Other),
    ("suspect", Office::Other),
    ("defendant", Office::Other),
    ("survivor", Office::Other),
    ("sheriff", Office::Officer),
    ("bishop", Office::Other),
    ("archbishop", Office::Other),
    ("priest", Office::Other),
    ("rabbi", Office::Other),
    ("imam", Office::Other),
    ("cleric", Office::Other),
    ("prince", Office::Other),
    ("princess", Office::Other),
    ("billionaire", Office::Other),
    ("businessman", Office::Other),
    ("politician", Office::Other),
];

/// Short forms before a name, with the gender they tell (`Some(true)`: a woman).
const ADDRESSES: &[(&str, Option<bool>)] = &[
    ("mr", Some(false)),
    ("mr.", Some(false)),
    ("sir", Some(false)),
    ("lord", Some(false)),
    ("mrs", Some(true)),
    ("mrs.", Some(true)),
    ("ms", Some(true)),
    ("ms.", Some(true)),
    ("miss", Some(true)),
    ("lady", Some(true)),
    ("dame", Some(true)),
    ("dr", None),
    ("dr.", None),
    ("prof.", None),
    ("gen.", None),
    ("col.", None),
    ("lt.", None),
    ("sen.", None),
    ("rep.", None),
    ("gov.", None),
    ("sgt.", None),
    ("capt.", None),
    ("maj.", None),
    ("rev.", None),
    ("adm.", None),
    ("cdr", None),
    ("cmdr", None),
    ("cmdr.", None),
    ("capt", None),
    ("col", None),
    ("lt", None),
    ("sgt", None),
    ("maj", None),
    ("gen", None),
    ("supt", None),
    ("prof", None),
    ("rev", None),
    ("father", Some(false)),
    ("sister", Some(true)),
    ("brother", Some(false)),
];

/// The office of a title word.
pub(super) fn office(folded: &str) -> Option<Office> {
    TITLES.iter().find(|t| t.0 == folded).map(|t| t.1)
}

/// The gender told by a form of address; the outer `None` when the word is none.
pub(super) fn address(folded: &str) -> Option<Option<bool>> {
    ADDRESSES.iter().find(|t| t.0 == folded).map(|t| t.1)
}

/// Gender told by a title.
pub(super) fn title_gender(folded: &str) -> Option<bool> {
    match folded {
        "king" | "prince" | "chairman" | "spokesman" | "congressman" | "emperor" | "actor"
        | "businessman" | "pope" => Some(false),
        "queen" | "princess" | "chairwoman" | "spokeswoman" | "congresswoman" | "actress" => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices() {
        assert_eq!(office("president"), Some(Office::Leader));
        assert_eq!(office("table"), None);
        assert_eq!(address("mr."), Some(Some(false)));
        assert_eq!(title_gender("queen"), Some(true));
    }
}
