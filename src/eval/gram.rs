//! Runs of a few characters (n-grams), by which texts are compared whatever their order.
//!
//! In: characters. Out: [`Grams`], a multiset that says how much of another text it covers. Each gram can be
//! used once, so that a passage printed twice is not covered by one that stands once.

use std::collections::HashMap;

/// How often each gram occurs.
#[derive(Clone, Debug, Default)]
pub struct Grams<'a>(HashMap<&'a [char], usize>);

impl<'a> Grams<'a> {
    /// The grams of several texts. None spans two of them; a text shorter than `size` is one gram.
    pub fn of(texts: impl IntoIterator<Item = &'a [char]>, size: usize) -> Self {
        let mut grams = HashMap::new();
        for gram in texts.into_iter().flat_map(|text| windows(text, size)) {
            *grams.entry(gram).or_default() += 1;
        }
        Self(grams)
    }

    /// How many grams of `text` are in here.
    pub fn shared(mut self, text: &[char], size: usize) -> usize {
        windows(text, size).filter(|gram| self.take(gram)).count()
    }

    /// How many characters of `text` lie in no gram that is in here.
    pub fn uncovered(mut self, text: &[char], size: usize) -> usize {
        // Up to where the text is covered: grams overlap, and each character counts once.
        let (mut covered, mut until) = (0, 0);
        for (at, gram) in windows(text, size).enumerate() {
            if self.take(gram) {
                let end = at + gram.len();
                covered += end - until.max(at);
                until = end;
            }
        }
        text.len() - covered
    }

    fn take(&mut self, gram: &[char]) -> bool {
        self.0.get_mut(gram).filter(|left| **left > 0).map(|left| *left -= 1).is_some()
    }
}

/// How many grams a text has.
pub fn count(text: &[char], size: usize) -> usize {
    windows(text, size).len()
}

fn windows(text: &[char], size: usize) -> std::slice::Windows<'_, char> {
    text.windows(size.min(text.len()).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn uncovered_characters_lie_in_no_shared_gram() {
        for (text, known, uncovered) in [
            ("甲乙丙丁戊己", "甲乙丙丁戊己", 0),
            ("甲乙丙丁戊己庚辛壬", "甲乙丙丁误己庚辛壬", 1),
            ("甲乙丙丁甲乙丙丁", "甲乙丙丁", 4),
            ("甲乙丙丁", "庚辛甲乙丙", 4),
            ("甲乙", "甲乙", 0),
            ("甲乙", "甲乙丙丁", 2),
            ("", "甲乙丙丁", 0),
        ] {
            let known = chars(known);
            assert_eq!(Grams::of([known.as_slice()], 4).uncovered(&chars(text), 4), uncovered, "{text}");
        }
    }

    #[test]
    fn shared_counts_as_often_as_both_have_it() {
        let (a, b) = (chars("人人人人好"), chars("人人人"));
        assert_eq!((count(&a, 2), count(&b, 2), count(&[], 2)), (4, 2, 0));
        assert_eq!(Grams::of([a.as_slice()], 2).shared(&b, 2), 2);
        assert_eq!(Grams::of([b.as_slice()], 2).shared(&a, 2), 2);
    }
}
