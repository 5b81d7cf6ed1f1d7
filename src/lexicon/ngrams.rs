//! Which characters follow which in Chinese text.
//!
//! In: the characters on both sides of a place. Out: how much likelier they are to stand together than to have met
//! by chance. The counts are of three million characters of news and of everyday prose; `ngrams.tsv` is made by
//! `build_ngrams.py`. Of a thousand paragraphs of newsletters that were cut at random, the right tail among all
//! of its page was found for 41 in a hundred by words and quotes alone, for 47 with these counts beside them.

use super::chars::is_letter;
use super::rows;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Counts of one to three characters in a row.
struct Counts {
    ones: FxHashMap<char, f64>,
    pairs: FxHashMap<[char; 2], f64>,
    triples: FxHashMap<[char; 3], f64>,
    all: f64,
}

/// What is left for a pair that the table has not, as a share of what chance gives it. This and [`BACK_OFF`] are by
/// the scheme of Brants et al. 2007, "Large language models in machine translation" (stupid back-off).
const UNSEEN: f64 = 0.2;
/// What is left for a triple that the table has not, as a share of what its last pair gives it.
const BACK_OFF: f64 = 0.4;

static COUNTS: LazyLock<Counts> = LazyLock::new(|| {
    let (mut ones, mut pairs, mut triples) = (FxHashMap::default(), FxHashMap::default(), FxHashMap::default());
    for row in rows(include_str!("ngrams.tsv")) {
        let [prefix, groups @ ..] = row.as_slice() else { continue };
        let mut prefix = prefix.chars();
        let (a, b) = (prefix.next(), prefix.next());
        for group in groups {
            let (level, followers) = group.split_at(2);
            // The middle of the octave that was counted.
            let count = 2f64.powf(level.parse::<f64>().unwrap_or(0.0) + 0.45);
            for c in followers.chars() {
                match (a, b) {
                    (None, _) => ones.insert(c, count),
                    (Some(a), None) => pairs.insert([a, c], count),
                    (Some(a), Some(b)) => triples.insert([a, b, c], count),
                };
            }
        }
    }
    let all = ones.values().sum();
    Counts { ones, pairs, triples, all }
});

impl Counts {
    /// Probability of a character anywhere.
    fn one(&self, c: char) -> f64 {
        self.ones.get(&c).map_or(1.0, |count| *count) / self.all
    }

    /// Probability of `b` behind `a`.
    fn pair(&self, a: char, b: char) -> f64 {
        match (self.pairs.get(&[a, b]), self.ones.get(&a)) {
            (Some(both), Some(first)) => (both / first).min(1.0),
            _ => UNSEEN * self.one(b),
        }
    }

    /// Probability of `c` behind `a` and `b`.
    fn triple(&self, [a, b, c]: [char; 3]) -> f64 {
        match (self.triples.get(&[a, b, c]), self.pairs.get(&[a, b])) {
            (Some(all), Some(first)) => (all / first).min(1.0),
            (None, Some(_)) => BACK_OFF * self.pair(b, c),
            _ => self.pair(b, c),
        }
    }
}

/// How much likelier `tail` is behind `head` than anywhere, as a natural logarithm: the last two characters before a
/// place, and the first two behind it.
pub fn continues(head: [char; 2], tail: [char; 2]) -> f64 {
    let ([a, b], [c, d]) = (head.map(folded), tail.map(folded));
    let counts = &*COUNTS;
    let behind = counts.triple([a, b, c]) * counts.triple([b, c, d]);
    (behind / (counts.one(c) * counts.pair(c, d))).ln()
}

/// All digits are one, and all letters.
fn folded(c: char) -> char {
    match c {
        _ if c.is_numeric() && c.is_ascii() => '0',
        _ if is_letter(c) => 'a',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_goes_on_what() {
        assert!(continues(['居', '民'], ['们', '都']) > continues(['居', '民'], ['场', '的']));
        assert!(continues(['共', '有'], ['1', '2']) > 0.0);
        assert!(continues(['在', '社'], ['会', '上']) > 3.0);
        assert!(continues(['齉', '齉'], ['龘', '龘']).is_finite());
    }
}
