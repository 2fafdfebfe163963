//! Folding for comparison: case, quotation marks, dashes, accents of the Latin script, digits of other scripts.

use std::borrow::Cow;

/// Appends the folded form of `word` to `out`: lower case, straight apostrophes, Latin letters without accents.
pub fn fold_into(word: &str, out: &mut String) {
    for c in word.chars() {
        match c {
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            c if c.is_ascii() => out.push(c),
            '’' | '‘' | 'ʼ' | '`' => out.push('\''),
            '“' | '”' | '„' | '«' | '»' => out.push('"'),
            '–' | '—' | '‐' | '‑' | '−' => out.push('-'),
            c => {
                for l in c.to_lowercase() {
                    match unaccent(l) {
                        Some(s) => out.push_str(s),
                        None => out.push(l),
                    }
                }
            }
        }
    }
}

/// The folded form of a word.
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// The plain letters of a lower-case Latin letter with marks.
fn unaccent(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ǎ' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ə' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'þ' => "th",
        '\u{301}' | '\u{300}' | '\u{302}' | '\u{303}' | '\u{308}' => "",
        _ => return None,
    })
}

/// The zero of each script whose digits news are written with, beside ASCII: Arabic-Indic, its Persian and Urdu
/// form, Devanagari, Bengali, Thai, full width. The other nine follow each zero.
const ZEROS: [char; 6] = ['٠', '۰', '०', '০', '๐', '０'];

/// The ASCII digit that a digit of another script stands for.
pub fn ascii_digit(c: char) -> Option<char> {
    if c.is_ascii_digit() {
        return Some(c);
    }
    let value = ZEROS.iter().find_map(|zero| (c as u32).checked_sub(*zero as u32).filter(|v| *v < 10))?;
    char::from_digit(value, 10)
}

/// A word with its digits in ASCII; borrowed when they are already.
pub fn ascii_digits(word: &str) -> Cow<'_, str> {
    if word.is_ascii() || !word.chars().any(|c| !c.is_ascii() && ascii_digit(c).is_some()) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(word.chars().map(|c| ascii_digit(c).unwrap_or(c)).collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn digits_of_other_scripts_are_read() {
        for (word, ascii) in
            [("２０２４", "2024"), ("١٢", "12"), ("۱۹th", "19th"), ("1９", "19"), ("½é", "½é")]
        {
            assert_eq!(super::ascii_digits(word), ascii);
        }
    }

    #[test]
    fn folds() {
        assert_eq!(super::fold("Élysée’s Ø"), "elysee's o");
    }
}
