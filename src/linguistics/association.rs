//! How strongly two things go together. In: four counts. Out: the measures of association that corpus linguistics uses.
//!
//! |                  | the collocate | other words | together |
//! |------------------|---------------|-------------|----------|
//! | near the node    | O11           | O12         | R1       |
//! | anywhere else    | O21           | O22         | R2       |
//! | together         | C1            | C2          | N        |
//!
//! The letters are those of Evert, S. (2008): "Corpora and collocations", in Lüdeling & Kytö (eds.), *Corpus Linguistics. An
//! International Handbook*, vol. 2, 1212–1248.

/// The four counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contingency {
    /// Both.
    pub o11: u64,
    /// The first without the second.
    pub o12: u64,
    /// The second without the first.
    pub o21: u64,
    /// Neither.
    pub o22: u64,
}

impl Contingency {
    /// Of `o11` in both, `r1` in the row, `c1` in the column and `n` in all. What could not be is taken as none.
    pub fn of_margins(o11: u64, r1: u64, c1: u64, n: u64) -> Self {
        let (o12, o21) = (r1.saturating_sub(o11), c1.saturating_sub(o11));
        Self { o11, o12, o21, o22: n.saturating_sub(o11 + o12 + o21) }
    }

    /// N.
    pub fn total(&self) -> u64 {
        self.o11 + self.o12 + self.o21 + self.o22
    }

    /// How many there would be in both if the two had nothing to do with each other: E11 = R1 · C1 / N.
    pub fn expected(&self) -> f64 {
        let (r1, c1) = ((self.o11 + self.o12) as f64, (self.o11 + self.o21) as f64);
        if self.total() == 0 { 0.0 } else { r1 * c1 / self.total() as f64 }
    }

    /// Log-likelihood ratio G² = 2 Σ O ln(O / E) over all four cells (Dunning, T. (1993): "Accurate methods for the statistics
    /// of surprise and coincidence", *Computational Linguistics* 19(1), 61–74). Not less than 0, whichever way they go.
    pub fn log_likelihood(&self) -> f64 {
        let n = self.total() as f64;
        let rows = [(self.o11 + self.o12) as f64, (self.o21 + self.o22) as f64];
        let columns = [(self.o11 + self.o21) as f64, (self.o12 + self.o22) as f64];
        let cells = [(self.o11, 0, 0), (self.o12, 0, 1), (self.o21, 1, 0), (self.o22, 1, 1)];
        let sum: f64 = cells.map(|(o, row, column)| surprise(o, rows[row] * columns[column] / n)).iter().sum();
        (2.0 * sum).max(0.0)
    }

    /// Mutual information, in bits: log2(O11 / E11) (Church, K. & Hanks, P. (1990): "Word association norms, mutual
    /// information, and lexicography", *Computational Linguistics* 16(1), 22–29).
    pub fn mutual_information(&self) -> f64 {
        (self.o11 as f64 / self.expected()).log2()
    }

    /// t-score: (O11 − E11) / √O11 (Church, K., Gale, W., Hanks, P. & Hindle, D. (1991): "Using statistics in lexical analysis",
    /// in Zernik (ed.), *Lexical Acquisition*, 115–164).
    pub fn t_score(&self) -> f64 {
        let o = self.o11 as f64;
        (o - self.expected()) / o.sqrt()
    }
}

/// One cell's part of a log-likelihood: O ln(O / E), which tends to 0 as O does.
pub(super) fn surprise(observed: u64, expected: f64) -> f64 {
    if observed == 0 { 0.0 } else { observed as f64 * (observed as f64 / expected).ln() }
}

/// logDice: 14 + log2(2 f(x,y) / (f(x) + f(y))) (Rychlý, P. (2008): "A lexicographer-friendly association score", *Proceedings of
/// RASLAN 2008*, 6–9). It is 14 where two words stand only together, and one less for half as often; corpora of any size compare.
pub fn log_dice(together: u64, first: u64, second: u64) -> f64 {
    14.0 + (2.0 * together as f64 / (first + second) as f64).log2()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, known: f64) {
        assert!((found - known).abs() < 1e-9 * known.abs().max(1.0), "{found} {known}");
    }

    /// Table of bigrams in Dunning (1993): "the swiss", "can be", "previous year", "mineral water".
    #[test]
    fn agrees_with_dunning() {
        for (o11, o12, o21, o22, known) in [
            (110, 2442, 111, 29114, "270.72"),
            (29, 13, 123, 31612, "263.90"),
            (31, 23, 139, 31584, "256.84"),
            (10, 0, 3, 31764, "167.23"),
        ] {
            assert_eq!(format!("{:.2}", Contingency { o11, o12, o21, o22 }.log_likelihood()), known);
        }
    }

    /// Against scipy 1.17.1 (`chi2_contingency` with `lambda_="log-likelihood"`, no correction) and the formulas in Python.
    #[test]
    fn agrees_with_python() {
        let table = Contingency { o11: 3, o12: 997, o21: 40, o22: 98960 };
        near(table.log_likelihood(), 6.680548251654128);
        let table = Contingency::of_margins(12, 480, 60, 100_000);
        near(table.expected(), 0.288);
        near(table.mutual_information(), 5.380821783940931);
        near(table.t_score(), 3.3809631763744488);
        near(log_dice(12, 50, 60), 11.803602787196496);
    }

    #[test]
    fn knows_its_bounds() {
        near(log_dice(7, 7, 7), 14.0);
        near(Contingency::of_margins(10, 100, 100, 1000).log_likelihood(), 0.0);
        near(Contingency::of_margins(0, 0, 0, 0).log_likelihood(), 0.0);
        assert_eq!(Contingency::of_margins(5, 3, 5, 4), Contingency { o11: 5, o12: 0, o21: 0, o22: 0 });
    }
}
