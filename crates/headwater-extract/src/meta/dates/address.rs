//! Days in addresses of pages: "/2024/05/08/", "2024-05-08", "20240508", "29-10-2021".

use jiff::civil::Date;
use regex::Regex;
use std::sync::OnceLock;

/// A full date in an address: "/2024/05/08/", "2024-05-08", "20240508".
pub(crate) fn in_address(url: &str) -> Option<Date> {
    static PATTERN: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = PATTERN.get_or_init(|| Regex::new(r"(?:^|[/_.=-])((?:19|20)\d{2})([/_.-]?)(1[0-2]|0?[1-9]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)([/_.-]?)(3[01]|[0-2]?\d)(?:[/_.?&#-]|$|[^\d])").ok());
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.find('/').map_or("", |i| &path[i..]);
    pattern
        .as_ref()?
        .captures_iter(path)
        .find_map(|c| {
            let year: i16 = c.get(1)?.as_str().parse().ok()?;
            let (first, second) = (c.get(2)?.as_str(), c.get(4)?.as_str());
            let (month, day) = (c.get(3)?.as_str(), c.get(5)?.as_str());
            // Without marks between, both numbers need two digits.
            if first != second || first.is_empty() && (month.len() != 2 || day.len() != 2) {
                return None;
            }
            let month: i8 = match month.parse() {
                Ok(n) => n,
                Err(_) => {
                    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
                        .iter()
                        .position(|m| *m == month)? as i8
                        + 1
                }
            };
            Date::new(year, month, day.parse().ok()?).ok().filter(|d| (1995..=2035).contains(&d.year()))
        })
        .or_else(|| year_last(path))
}

/// A full date with its year behind, "29-10-2021", where day and month cannot be taken for each other.
fn year_last(path: &str) -> Option<Date> {
    static PATTERN: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = PATTERN.get_or_init(|| {
        Regex::new(
            r"(?:^|[/_.=-])(3[01]|[0-2]\d)([_.-])(1[0-2]|0[1-9])([_.-])((?:19|20)\d{2})(?:[/_.?&#-]|$)",
        )
        .ok()
    });
    pattern.as_ref()?.captures_iter(path).find_map(|c| {
        let number = |i: usize| c.get(i)?.as_str().parse::<i16>().ok();
        let (day, month, year) = (number(1)?, number(3)?, number(5)?);
        let clear = (day > 12 || day == month) && c.get(2)?.as_str() == c.get(4)?.as_str();
        let date = Date::new(year, month as i8, day as i8).ok()?;
        (clear && (1995..=2035).contains(&year)).then_some(date)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let check = |url: &str, expect: Option<&str>| {
            assert_eq!(in_address(url).map(|d| d.to_string()).as_deref(), expect, "{url}")
        };
        check("https://a.example/2024/05/08/bridge", Some("2024-05-08"));
        check("https://a.example/news/2024-05-08-bridge", Some("2024-05-08"));
        check("https://a.example/20240508/bridge.html", Some("2024-05-08"));
        check("https://a.example/2024/may/08/bridge", Some("2024-05-08"));
        check("https://a.example/blog/2024-10-18-bridge/", Some("2024-10-18"));
        check("https://a.example/reports/29-10-2021", Some("2021-10-29"));
        check("https://a.example/reports/05-10-2021", None);
        check("https://a.example/2024/05/bridge", None);
        check("https://a.example/id/202405081234567", None);
    }
}
