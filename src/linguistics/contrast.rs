//! What marks one body of text against another. In: how often a word stands in each, and how many words each has. Out: the
//! measures of keyness: how sure, and how large, the difference is.

use super::association::{Contingency, surprise};
use super::significance::chi_squared_1;

/// Counts of one word in two bodies of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contrast {
    /// How often it stands in the first.
    pub count: u64,
    /// How many words the first has.
    pub size: u64,
    /// How often it stands in the second, the reference.
    pub count_against: u64,
    /// How many words the second has.
    pub size_against: u64,
}

/// What Hardie puts in place of a count of 0, so that there is a ratio.
const HALF: f64 = 0.5;

impl Contrast {
    /// Log-likelihood of two cells, as the calculator of Lancaster has it: 2 (a ln(a / E1) + b ln(b / E2)), where
    /// E1 = c (a + b) / (c + d) and E2 = d (a + b) / (c + d) for counts a, b and sizes c, d (Rayson, P. & Garside, R. (2000):
    /// "Comparing corpora using frequency profiling", *Proceedings of the Workshop on Comparing Corpora*, 1–6).
    pub fn log_likelihood(&self) -> f64 {
        let (together, sizes) = ((self.count + self.count_against) as f64, (self.size + self.size_against) as f64);
        let expected = |size: u64| size as f64 * together / sizes;
        let of = |count, size| surprise(count, expected(size));
        (2.0 * (of(self.count, self.size) + of(self.count_against, self.size_against))).max(0.0)
    }

    /// Log-likelihood of four cells: those words that are another count as well (Dunning 1993).
    pub fn log_likelihood_of_four(&self) -> f64 {
        Contingency {
            o11: self.count,
            o12: self.size.saturating_sub(self.count),
            o21: self.count_against,
            o22: self.size_against.saturating_sub(self.count_against),
        }
        .log_likelihood()
    }

    /// The first relative frequency less the second, as a percentage of the second (Gabrielatos, C. & Marchi, A. (2012):
    /// "Keyness: appropriate metrics and practical issues", CADS International Conference, Bologna). Infinite where the second is
    /// 0; they put a quintillionth in its place, which says no more.
    pub fn diff_percent(&self) -> f64 {
        let [first, second] = self.relative();
        (first - second) / second * 100.0
    }

    /// Binary logarithm of the ratio of relative frequencies; a count of 0 is taken as a half (Hardie, A. (2014): "Log Ratio: an
    /// informal introduction", CASS, Lancaster University).
    pub fn log_ratio(&self) -> f64 {
        let of = |count: u64, size: u64| if count == 0 { HALF } else { count as f64 } / size as f64;
        (of(self.count, self.size) / of(self.count_against, self.size_against)).log2()
    }

    /// Relative frequencies, in the first and in the second.
    pub fn relative(&self) -> [f64; 2] {
        [self.count as f64 / self.size as f64, self.count_against as f64 / self.size_against as f64]
    }

    /// Whether it is the more frequent in the first.
    pub fn is_more(&self) -> bool {
        let [first, second] = self.relative();
        first > second
    }

    /// Approximation of the Bayes factor that goes with a log-likelihood of one degree of freedom: G² − ln N, N being all words
    /// of both (Wilson, A. (2013): "Embracing Bayes factors for key item analysis in corpus linguistics", in Bieswanger &
    /// Koll-Stobbe (eds.), *New Approaches to the Study of Linguistic Variability*, 3–11). Over 2 it is positive evidence, over 6
    /// strong, over 10 very strong; below 0 it speaks for no difference.
    pub fn bayes(&self, log_likelihood: f64) -> f64 {
        log_likelihood - ((self.size + self.size_against) as f64).ln()
    }

    /// Probability of a log-likelihood as large by chance, one degree of freedom.
    pub fn p(log_likelihood: f64) -> f64 {
        chi_squared_1(log_likelihood)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, known: f64) {
        assert!((found / known - 1.0).abs() < 1e-9, "{found} {known}");
    }

    /// Against scipy 1.17.1: `power_divergence` and `chi2_contingency` with `lambda_="log-likelihood"`, and the formulas in Python.
    #[test]
    fn agrees_with_python() {
        let word = Contrast { count: 120, size: 80_000, count_against: 45, size_against: 120_000 };
        near(word.log_likelihood(), 72.51971774856459);
        near(word.log_likelihood_of_four(), 72.58052247605391);
        near(word.diff_percent(), 300.0);
        near(word.log_ratio(), 2.0);
        near(word.bayes(word.log_likelihood()), 60.31364510303442);
        near(Contrast::p(word.log_likelihood()), 1.653713919915291e-17);
        assert!(word.is_more());
        let none = Contrast { count: 0, size: 50_000, count_against: 30, size_against: 90_000 };
        near(none.log_likelihood(), 26.509965136742355);
        near(none.log_ratio(), -5.058893689053568);
        near(none.diff_percent(), -100.0);
    }

    #[test]
    fn has_no_percentage_of_nothing() {
        let new = Contrast { count: 3, size: 10, count_against: 0, size_against: 10 };
        assert_eq!(new.diff_percent(), f64::INFINITY);
    }
}
