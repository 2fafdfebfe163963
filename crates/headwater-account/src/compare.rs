//! How two values of one thing hang together. Judges values only: what makes them "one thing" is `figures`.

use headwater_model::{Agreement, Bound};

/// A number as a report gives it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// Least value.
    pub low: f64,
    /// Greatest value.
    pub high: f64,
    /// Its bound.
    pub bound: Bound,
}

/// How far "about" reaches, as a share of the value: "about 40" holds 36 to 44.
/// Set by judgement on the seeds and the invented corpus, 2026-11; not tuned on a bench yet.
const ABOUT_REACH: f64 = 0.15;

/// How far "nearly" reaches down, as a share of the value. Set by judgement on the seeds and the invented corpus, 2026-11; not tuned on a bench yet.
const NEARLY_REACH: f64 = 0.12;

/// How far above its order of size a vague word still fits: "dozens" for 120, "hundreds" for 1,300.
/// Rule of the FAKES pairs.
const VAGUE_REACH: f64 = 2.0;

/// Two lower bounds this far apart (share of the greater) are no longer one rounded number.
/// Rule of the FAKES pairs: "a gap up to about a quarter is rounding".
const LOWER_BOUND_GAP: f64 = 0.27;

/// What the bounds alone say of two figures for one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// The same number, bounds that mean the same.
    Same,
    /// Other words or numbers, and both can be true.
    Compatible,
    /// Both could be true by logic (two lower bounds far apart), yet no reader would take them for one figure.
    Strained,
    /// They exclude each other.
    Exclusive,
}

impl Figure {
    /// The values that the words allow.
    fn reach(&self) -> (f64, f64) {
        match self.bound {
            Bound::Exactly => (self.low, self.high),
            Bound::About => (self.low * (1.0 - ABOUT_REACH), self.high * (1.0 + ABOUT_REACH)),
            Bound::Nearly => (self.low * (1.0 - NEARLY_REACH), self.high),
            Bound::AtLeast => (self.low, f64::INFINITY),
            Bound::MoreThan => (self.low, f64::INFINITY),
            Bound::AtMost => (0.0, self.high),
            Bound::LessThan => (0.0, self.high),
            Bound::Vague => (self.low, self.high * VAGUE_REACH),
        }
    }

    fn is_lower_bound(&self) -> bool {
        matches!(self.bound, Bound::AtLeast | Bound::MoreThan)
    }
}

/// Judges two figures by their bounds.
pub fn fit(a: &Figure, b: &Figure) -> Fit {
    let equal = (a.low - b.low).abs() < 1e-9 && (a.high - b.high).abs() < 1e-9;
    if equal {
        let plain = |f: &Figure| matches!(f.bound, Bound::Exactly | Bound::AtLeast);
        return if a.bound == b.bound || plain(a) && plain(b) { Fit::Same } else { Fit::Compatible };
    }
    let ((al, ah), (bl, bh)) = (a.reach(), b.reach());
    if al > bh || bl > ah {
        return Fit::Exclusive;
    }
    let gap = (a.low - b.low).abs() / a.low.max(b.low).max(1e-9);
    let one_sided = a.is_lower_bound() || b.is_lower_bound();
    if one_sided && gap > LOWER_BOUND_GAP && a.bound != Bound::Vague && b.bound != Bound::Vague {
        return Fit::Strained;
    }
    let upper = |f: &Figure| matches!(f.bound, Bound::AtMost | Bound::LessThan);
    if (upper(a) || upper(b)) && gap > 0.5 {
        return Fit::Strained;
    }
    Fit::Compatible
}

/// Severity for folding many pairs into one word for a statement.
pub fn severity(agreement: Agreement) -> u8 {
    match agreement {
        Agreement::SingleReport => 0,
        Agreement::Agrees => 1,
        Agreement::QuoteVariant => 2,
        Agreement::Rounding => 3,
        Agreement::Scope => 4,
        Agreement::Update => 5,
        Agreement::Differs => 6,
        Agreement::Conflict => 7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn f(n: f64, bound: Bound) -> Figure {
        Figure { low: n, high: n, bound }
    }

    #[test]
    fn bounds() {
        use Bound::*;
        assert_eq!(fit(&f(31.0, AtLeast), &f(31.0, Exactly)), Fit::Same);
        assert_eq!(fit(&f(2000.0, About), &f(2000.0, About)), Fit::Same);
        assert_eq!(fit(&f(15.0, Exactly), &f(15.0, About)), Fit::Compatible);
        assert_eq!(fit(&f(60.0, AtLeast), &f(70.0, AtLeast)), Fit::Compatible);
        assert_eq!(fit(&f(10.0, AtLeast), &f(75.0, AtLeast)), Fit::Strained);
        assert_eq!(fit(&f(5.0, AtLeast), &f(4.0, Exactly)), Fit::Exclusive);
        assert_eq!(fit(&f(30_000.0, Exactly), &f(6_000.0, Exactly)), Fit::Exclusive);
        assert_eq!(fit(&Figure { low: 24.0, high: 99.0, bound: Vague }, &f(38.0, Exactly)), Fit::Compatible);
    }
}
