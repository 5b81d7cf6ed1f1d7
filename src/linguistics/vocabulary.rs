//! Words by numbers. In: words. Out: a number for each, the same for the same word.

use rustc_hash::FxHashMap;

/// Words that were seen, numbered as they came.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    numbers: FxHashMap<Box<str>, u32>,
    words: Vec<Box<str>>,
}

impl Vocabulary {
    /// The number of `word`, which is a new one where it was not seen before.
    pub fn number(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        // More words than that would not fit into memory.
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.numbers.insert(word.into(), number);
        self.words.push(word.into());
        number
    }

    /// The number of `word`, if it was seen.
    pub fn known(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied()
    }

    /// The words in the order of their numbers.
    pub fn words(&self) -> impl ExactSizeIterator<Item = &str> {
        self.words.iter().map(AsRef::as_ref)
    }

    /// The word of a number.
    pub fn word(&self, number: u32) -> Option<&str> {
        self.words.get(number as usize).map(AsRef::as_ref)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_words_as_they_come() {
        let mut words = Vocabulary::default();
        assert_eq!(["网格", "停车", "网格"].map(|word| words.number(word)), [0, 1, 0]);
        assert_eq!(
            (words.known("停车"), words.known("电梯"), words.word(1), words.len()),
            (Some(1), None, Some("停车"), 2)
        );
    }
}
