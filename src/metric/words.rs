//! Words to be found at a place of a text or just before it, the longest first.
//!
//! In: the rows of a table in `lexicon`. Out: lookups whose cost does not grow with the table: a hash of two
//! characters, then the few words that share them.

use crate::lexicon::table::CharSet;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

type Buckets<T> = HashMap<u64, Vec<(&'static str, T)>, BuildHasherDefault<CharHasher>>;

/// Hashes a character or two. The tables are our own, so nobody can choose their keys to collide, and the standard
/// hasher showed in profiles of this module.
#[derive(Default)]
struct CharHasher(u64);

impl Hasher for CharHasher {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0 << 8 | u64::from(byte);
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }

    fn finish(&self) -> u64 {
        // An odd constant with its bits spread evenly (2^64 divided by the golden ratio).
        self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(32)
    }
}

/// The first two of `chars` in one number; a lone one leaves the upper half empty.
fn key(mut chars: impl Iterator<Item = char>) -> Option<(u64, u64)> {
    let first = u64::from(u32::from(chars.next()?));
    Some((first, chars.next().map_or(first, |second| u64::from(u32::from(second)) << 32 | first)))
}

/// A list of words, each with what the table says of it.
pub(crate) struct Words<T> {
    by_head: Buckets<T>,
    by_tail: Buckets<T>,
    /// First and last characters: most places of a text are decided by one bit.
    heads: CharSet,
    tails: CharSet,
}

impl<T: Copy> Words<T> {
    pub(crate) fn new(rows: impl Iterator<Item = (&'static str, T)>) -> Self {
        let (mut by_head, mut by_tail) = (Buckets::default(), Buckets::default());
        let (mut heads, mut tails) = (Vec::new(), Vec::new());
        for (word, meaning) in rows {
            let (Some((_, head)), Some((_, tail))) = (key(word.chars()), key(word.chars().rev())) else { continue };
            by_head.entry(head).or_insert_with(Vec::new).push((word, meaning));
            by_tail.entry(tail).or_insert_with(Vec::new).push((word, meaning));
            heads.extend(word.chars().next());
            tails.extend(word.chars().next_back());
        }
        // Each bucket is sorted by itself, so the order of the buckets never shows.
        for bucket in by_head.values_mut().chain(by_tail.values_mut()) {
            bucket.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
        Self { by_head, by_tail, heads: heads.into_iter().collect(), tails: tails.into_iter().collect() }
    }

    /// The longest word that `text` starts with.
    pub(crate) fn at(&self, text: &str) -> Option<(&'static str, T)> {
        text.chars().next().filter(|&c| self.heads.contains(c))?;
        find(&self.by_head, key(text.chars())?, |word| text.starts_with(word))
    }

    /// What the table says of `word` as a whole.
    pub(crate) fn exact(&self, word: &str) -> Option<T> {
        word.chars().next().filter(|&c| self.heads.contains(c))?;
        let (_, two) = key(word.chars())?;
        self.by_head.get(&two)?.iter().find(|(found, _)| *found == word).map(|&(_, meaning)| meaning)
    }

    /// The longest word that `text` ends with.
    pub(crate) fn before(&self, text: &str) -> Option<(&'static str, T)> {
        text.chars().next_back().filter(|&c| self.tails.contains(c))?;
        find(&self.by_tail, key(text.chars().rev())?, |word| text.ends_with(word))
    }
}

fn find<T: Copy>(
    buckets: &Buckets<T>,
    (one, two): (u64, u64),
    fits: impl Fn(&'static str) -> bool,
) -> Option<(&'static str, T)> {
    let bucket = |key| buckets.get(&key).and_then(|bucket| bucket.iter().find(|(word, _)| fits(word)).copied());
    bucket(two).or_else(|| bucket(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefers_the_longest_word() {
        let words = Words::new([("平方", 1), ("平方米", 2), ("米", 3)].into_iter());
        assert_eq!(words.at("平方米的院子"), Some(("平方米", 2)));
        assert_eq!(words.at("平方公里"), Some(("平方", 1)));
        assert_eq!(words.before("九平方米"), Some(("平方米", 2)));
        assert_eq!((words.exact("平方"), words.exact("平方米的"), words.exact("平")), (Some(1), None, None));
        assert_eq!((words.at("院"), words.before("")), (None, None));
    }
}
