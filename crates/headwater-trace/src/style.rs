//! House style: words that two desks write differently and mean the same.
//!
//! Gives one key for one word. Number words and separators become digits, British spellings become
//! American ones, accents and case are gone. It never joins or drops words: what stands in one text and not
//! in the other is the aligner's business.

use headwater_model::text::fold::fold_into;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Number words that are written as digits elsewhere.
const NUMBERS: &[(&str, &str)] = &[
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("thirteen", "13"),
    ("fourteen", "14"),
    ("fifteen", "15"),
    ("sixteen", "16"),
    ("seventeen", "17"),
    ("eighteen", "18"),
    ("nineteen", "19"),
    ("twenty", "20"),
    ("thirty", "30"),
    ("forty", "40"),
    ("fifty", "50"),
    ("sixty", "60"),
    ("seventy", "70"),
    ("eighty", "80"),
    ("ninety", "90"),
    ("first", "1st"),
    ("second", "2nd"),
    ("third", "3rd"),
];

/// Short forms and spellings of single words.
const SPELLINGS: &[(&str, &str)] = &[
    ("centre", "center"),
    ("centres", "centers"),
    ("theatre", "theater"),
    ("metre", "meter"),
    ("metres", "meters"),
    ("kilometre", "kilometer"),
    ("kilometres", "kilometers"),
    ("litre", "liter"),
    ("litres", "liters"),
    ("defence", "defense"),
    ("offence", "offense"),
    ("licence", "license"),
    ("programme", "program"),
    ("programmes", "programs"),
    ("grey", "gray"),
    ("tonne", "ton"),
    ("tonnes", "tons"),
    ("towards", "toward"),
    ("afterwards", "afterward"),
    ("whilst", "while"),
    ("amongst", "among"),
    ("tyre", "tire"),
    ("tyres", "tires"),
    ("aeroplane", "airplane"),
    ("cheque", "check"),
    ("storey", "story"),
    ("sceptical", "skeptical"),
    ("adviser", "advisor"),
    ("advisers", "advisors"),
    ("cancelled", "canceled"),
    ("travelled", "traveled"),
    ("travelling", "traveling"),
    ("traveller", "traveler"),
    ("travellers", "travelers"),
    ("labelled", "labeled"),
    ("signalled", "signaled"),
    ("fuelled", "fueled"),
    ("jan", "january"),
    ("feb", "february"),
    ("mar", "march"),
    ("apr", "april"),
    ("aug", "august"),
    ("sept", "september"),
    ("sep", "september"),
    ("oct", "october"),
    ("nov", "november"),
    ("dec", "december"),
    ("gov", "governor"),
    ("sen", "senator"),
    ("rep", "representative"),
    ("gen", "general"),
    ("km", "kilometers"),
    ("pct", "percent"),
    ("%", "percent"),
];

/// Both lists, by word.
static TABLE: LazyLock<FxHashMap<&str, &str>> =
    LazyLock::new(|| NUMBERS.iter().chain(SPELLINGS).copied().collect());

/// Writes the key of `word` into `out`, which is emptied first; whether it differs from the folded word.
pub(crate) fn key_into(word: &str, out: &mut String) -> bool {
    out.clear();
    fold_into(word, out);
    if out.bytes().any(|b| b.is_ascii_digit()) {
        let before = out.len();
        out.retain(|c| c != ',');
        return out.len() != before;
    }
    if let Some(to) = TABLE.get(out.as_str()) {
        out.clear();
        out.push_str(to);
        return true;
    }
    american(out)
}

/// "-our" to "-or" and "-ise" to "-ize", where the word is long enough for that to be an ending.
fn american(word: &mut String) -> bool {
    const ENDINGS: &[(&str, &str)] = &[
        ("ising", "izing"),
        ("isation", "ization"),
        ("isations", "izations"),
        ("ised", "ized"),
        ("ises", "izes"),
        ("ise", "ize"),
        ("yse", "yze"),
        ("ysed", "yzed"),
        ("our", "or"),
        ("ours", "ors"),
        ("oured", "ored"),
        ("ouring", "oring"),
        ("ourable", "orable"),
        ("oural", "oral"),
    ];
    const SHORTEST: usize = 6;
    if word.len() < SHORTEST {
        return false;
    }
    if let Some((from, to)) = ENDINGS.iter().find(|(from, _)| word.ends_with(from)) {
        let stem = word.len() - from.len();
        if stem >= 3 && !word.ends_with("hour") && !word.ends_with("four") {
            word.truncate(stem);
            word.push_str(to);
            return true;
        }
    }
    false
}

/// The value of a key that is a plain number.
pub(crate) fn value(key: &str) -> Option<f64> {
    key.bytes().next().filter(u8::is_ascii_digit)?;
    key.parse().ok()
}

/// A well-mixed hash of some bytes. It is fixed for all time and all machines: results may not hang on a seed.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let mut h: u64 = 0x9e37_79b9_7f4a_7c15 ^ (bytes.len() as u64);
    for chunk in bytes.chunks(8) {
        let mut block = [0; 8];
        for (to, from) in block.iter_mut().zip(chunk) {
            *to = *from;
        }
        h = mix(h ^ u64::from_le_bytes(block));
    }
    mix(h)
}

/// One round of mixing.
pub(crate) fn mix(h: u64) -> u64 {
    let h = (h ^ (h >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    let h = (h ^ (h >> 29)).wrapping_mul(0xa076_1d64_78bd_642f);
    h ^ (h >> 32)
}

/// The hash of a word's key, as kept in a digest.
pub(crate) fn word_hash(word: &str) -> u32 {
    let mut key = String::new();
    key_into(word, &mut key);
    hash(key.as_bytes()) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_for_one_word() {
        for (a, b) in [
            ("colour", "color"),
            ("organised", "organized"),
            ("2,000", "2000"),
            ("twelve", "12"),
            ("Élysée", "elysee"),
            ("neighbours", "neighbors"),
            ("Defence", "defense"),
            ("Sept", "September"),
        ] {
            assert_eq!(word_hash(a), word_hash(b), "{a} {b}");
        }
        for (a, b) in [("rise", "rize"), ("hour", "hor"), ("tour", "tor"), ("12", "21")] {
            assert_ne!(word_hash(a), word_hash(b), "{a} {b}");
        }
    }
}
