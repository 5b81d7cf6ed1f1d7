//! How evenly a word is spread. In: how often it stands in each part of a corpus, and how long the parts are. Out: a
//! [`Dispersion`].

/// Measures of dispersion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dispersion {
    /// Deviation of proportions: half the sum, over all parts, of |share of the word − share of the text|. 0 is perfectly even,
    /// near 1 all in one small part (Gries, S. Th. (2008): "Dispersions and adjusted frequencies in corpora", *International
    /// Journal of Corpus Linguistics* 13(4), 403–437).
    pub dp: f64,
    /// The same over its greatest value, 1 − the share of the smallest part, so that it reaches 1 (Lijffijt, J. & Gries, S. Th.
    /// (2012): "Correction to Stefan Th. Gries' 'Dispersions and adjusted frequencies in corpora'", *International Journal of Corpus
    /// Linguistics* 17(1), 147–149). None of a corpus that is one part.
    pub dp_norm: Option<f64>,
    /// Juilland's D: 1 − V / √(n − 1), V being the coefficient of variation (of the population) of the word's relative frequencies
    /// in the n parts. 1 is perfectly even (Juilland, A., Brodin, D. & Davidovitch, C. (1970): *Frequency Dictionary of French Words*;
    /// with relative frequencies for parts of unequal length, as in Gries 2008). None of a corpus that is one part.
    pub juilland_d: Option<f64>,
}

/// The parts of a corpus, and what depends on them alone.
#[derive(Clone, Debug)]
pub struct Parts {
    /// Tokens of each part.
    sizes: Vec<u64>,
    /// Tokens of all.
    total: u64,
    /// How many parts have tokens; the others are no parts.
    count: usize,
    smallest: u64,
}

impl Parts {
    /// Parts of so many tokens.
    pub fn new(sizes: Vec<u64>) -> Self {
        let filled = || sizes.iter().copied().filter(|&size| size > 0);
        let (total, count, smallest) = (filled().sum(), filled().count(), filled().min().unwrap_or(0));
        Self { sizes, total, count, smallest }
    }

    /// How many parts there are that have tokens.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The dispersion of a word that stands in the parts of these numbers, each named once, so many times; none of one that
    /// stands nowhere. Sums go over the parts in their order, so that the last digit is the same on every run.
    pub fn dispersion(&self, counts: &[(u32, u32)]) -> Option<Dispersion> {
        let all: u64 = counts.iter().map(|&(_, count)| u64::from(count)).sum();
        if all == 0 || self.total == 0 {
            return None;
        }
        let (mut apart, mut covered, mut rates, mut squares) = (0.0, 0, 0.0, 0.0);
        for &(part, count) in counts {
            let size = self.sizes.get(part as usize).copied().filter(|&size| size > 0)?;
            apart += (f64::from(count) / all as f64 - size as f64 / self.total as f64).abs();
            covered += size;
            let rate = f64::from(count) / size as f64;
            rates += rate;
            squares += rate * rate;
        }
        // Where it does not stand, all of the part's share is deviation.
        let dp = (apart + (self.total - covered) as f64 / self.total as f64) / 2.0;
        let several = self.count > 1;
        let n = self.count as f64;
        let mean = rates / n;
        let deviation = (squares / n - mean * mean).max(0.0).sqrt();
        Some(Dispersion {
            dp,
            dp_norm: several.then(|| dp / (1.0 - self.smallest as f64 / self.total as f64)),
            juilland_d: several.then(|| 1.0 - deviation / mean / (n - 1.0).sqrt()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of Gries (2008): a word that stands 1, 2, 3, 4 and 5 times in parts of 9, 10, 10, 10 and 11 words. DP is 0.18 there,
    /// DPnorm 0.22 (Lijffijt & Gries 2012), Juilland's D 0.785.
    #[test]
    fn agrees_with_gries() {
        let parts = Parts::new(vec![9, 10, 10, 10, 11]);
        let found = parts.dispersion(&[(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]).expect("a value");
        let shown = |value: f64, digits: usize| format!("{value:.digits$}");
        assert_eq!(shown(found.dp, 2), "0.18");
        assert_eq!(found.dp_norm.map(|value| shown(value, 2)).as_deref(), Some("0.22"));
        assert_eq!(found.juilland_d.map(|value| shown(value, 3)).as_deref(), Some("0.785"));
    }

    #[test]
    fn reaches_its_ends() {
        let parts = Parts::new(vec![10, 0, 10]);
        assert_eq!(parts.count(), 2);
        let even = parts.dispersion(&[(0, 3), (2, 3)]).expect("a value");
        assert_eq!((even.dp, even.dp_norm, even.juilland_d), (0.0, Some(0.0), Some(1.0)));
        let clumped = parts.dispersion(&[(2, 6)]).expect("a value");
        assert_eq!((clumped.dp, clumped.dp_norm, clumped.juilland_d), (0.5, Some(1.0), Some(0.0)));
        let alone = Parts::new(vec![10]).dispersion(&[(0, 2)]).expect("a value");
        assert_eq!((alone.dp, alone.dp_norm, alone.juilland_d), (0.0, None, None));
        assert_eq!(parts.dispersion(&[]), None);
        assert_eq!(parts.dispersion(&[(7, 1)]), None);
    }
}
