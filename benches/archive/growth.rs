//! Does the number of different words grow as real text's does? In: issues. Out: words and different words after so
//! many bytes, and the exponent between the first and the last count (Heaps' law: 0.5 to 0.65 in newspapers).

use super::Newsletters;
use jiebao::lexicon::WORDS;
use jiebao::lexicon::chars::is_han;
use std::collections::HashSet;

/// What was counted after so much text.
pub(crate) struct Count {
    pub(crate) bytes: usize,
    pub(crate) words: usize,
    pub(crate) different: usize,
}

/// Counts jieba's words of Han characters at each of `sizes` bytes, in ascending order.
pub(crate) fn counts(newsletters: &Newsletters, sizes: &[usize]) -> Vec<Count> {
    let (mut seen, mut words, mut bytes) = (HashSet::new(), 0, 0);
    let mut number = 0;
    let mut at = |&size: &usize| {
        while bytes < size {
            let issue = newsletters.issue(number);
            number += 1;
            bytes += issue.text.len();
            for line in issue.text.lines() {
                let tokens = WORDS.cut(line, true);
                for token in tokens.iter().filter(|token| token.word.chars().all(is_han)) {
                    words += 1;
                    if !seen.contains(token.word) {
                        seen.insert(token.word.to_owned());
                    }
                }
            }
        }
        Count { bytes, words, different: seen.len() }
    };
    sizes.iter().map(&mut at).collect()
}

/// The exponent of growth between the first and the last count.
pub(crate) fn exponent(counts: &[Count]) -> f64 {
    let [first, .., last] = counts else { return f64::NAN };
    (last.different as f64 / first.different as f64).ln() / (last.words as f64 / first.words as f64).ln()
}
