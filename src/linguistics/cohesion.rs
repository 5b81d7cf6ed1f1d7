//! Whether words that stand side by side are one. In: counts. Out: how firmly they hold together, and how freely what is around them
//! changes.

use std::collections::BTreeMap;

/// How firmly words hold together, in bits a seam: log2(p(w1…wn) / (p(w1)…p(wn))) / (n − 1), pointwise mutual information of n words
/// (the specific correlation of Van de Cruys, T. (2011): "Two multivariate generalizations of pointwise mutual information",
/// *Proceedings of DiSCo*, 16–20), shared out over their n − 1 seams. Probabilities are counts over `tokens`. None of a single word.
pub fn cohesion(together: u64, each: &[u64], tokens: u64) -> Option<f64> {
    let seams = each.len().checked_sub(1).filter(|&seams| seams > 0)?;
    let bits = |count: u64| (count as f64 / tokens as f64).log2();
    let apart: f64 = each.iter().map(|&count| bits(count)).sum();
    Some((bits(together) - apart) / seams as f64)
}

/// What stands on one side of an expression.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    words: BTreeMap<String, u64>,
    ends: u64,
}

impl Neighbours {
    /// Counts a neighbour; none where the clause ends.
    pub fn add(&mut self, word: Option<&str>) {
        match word {
            Some(word) => match self.words.get_mut(word) {
                Some(count) => *count += 1,
                None => {
                    self.words.insert(word.to_owned(), 1);
                }
            },
            None => self.ends += 1,
        }
    }

    /// Branching entropy, in bits: −Σ p log2 p over the neighbours. 0 where there is only one, so that the expression goes on; an end
    /// of a clause is a neighbour of its own each time (Jin, Z. & Tanaka-Ishii, K. (2006): "Unsupervised segmentation of Chinese text by
    /// use of branching entropy", *Proceedings of COLING/ACL*, 428–435).
    pub fn entropy(&self) -> f64 {
        let all = self.words.values().sum::<u64>() + self.ends;
        let part = |count: u64| {
            let share = count as f64 / all as f64;
            share * share.log2()
        };
        let words: f64 = self.words.values().map(|&count| part(count)).sum();
        let ends = if self.ends > 0 { self.ends as f64 * part(1) } else { 0.0 };
        // A sum of 0 has no sign.
        0.0 - (words + ends)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_cohesion() {
        // Each of two words stands 8 times in 1024, and always beside the other: 2^-7 / (2^-7)².
        assert_eq!(cohesion(8, &[8, 8], 1024), Some(7.0));
        assert_eq!(cohesion(8, &[8, 8, 8], 1024), Some(7.0));
        // As often as chance has it.
        assert_eq!(cohesion(1, &[32, 32], 1024), Some(0.0));
        assert_eq!(cohesion(8, &[8], 1024), None);
    }

    #[test]
    fn measures_how_freely_neighbours_change() {
        let of = |words: &[Option<&str>]| {
            let mut all = Neighbours::default();
            words.iter().for_each(|word| all.add(*word));
            all.entropy()
        };
        assert_eq!(of(&[Some("网格"), Some("网格")]), 0.0);
        assert_eq!(of(&[Some("网格"), Some("停车")]), 1.0);
        assert_eq!(of(&[None, None, Some("网格"), Some("停车")]), 2.0);
        assert_eq!(of(&[]), 0.0);
    }
}
