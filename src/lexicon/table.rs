//! Tables that are looked up at every character of a text: sets of characters, words by their end or start.
//!
//! In: the rows of a table. Out: answers without allocation. Most places of a text hold nothing that a table knows,
//! so each look begins with one bit for the character there; only then words are compared, longest first.
//!
//! | table                | at             | answer                    |
//! |----------------------|----------------|---------------------------|
//! | `Endings` 小区, 区   | `云杉小区` end | `小区`                    |
//! | `Endings` 小区, 区   | `云杉园` end   | none, after one bit       |

use rustc_hash::FxHashMap;

/// Words of the planes that common characters stand in.
const BITS: usize = 0x1_0000 / 64;

/// A set of characters.
#[derive(Clone, Debug)]
pub struct CharSet {
    bits: Vec<u64>,
    /// Characters beyond the basic plane, which are rare in tables and in texts.
    beyond: Vec<char>,
}

impl FromIterator<char> for CharSet {
    fn from_iter<I: IntoIterator<Item = char>>(chars: I) -> Self {
        let mut set = Self { bits: vec![0; BITS], beyond: Vec::new() };
        for c in chars {
            match set.bits.get_mut(c as usize / 64) {
                Some(word) => *word |= 1 << (c as usize % 64),
                None => set.beyond.push(c),
            }
        }
        set
    }
}

impl CharSet {
    /// Whether `c` is in the set.
    #[inline]
    pub fn contains(&self, c: char) -> bool {
        match self.bits.get(c as usize / 64) {
            Some(word) => word >> (c as usize % 64) & 1 == 1,
            None => self.beyond.contains(&c),
        }
    }
}

/// A word of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<V> {
    /// The word.
    pub word: &'static str,
    /// Its length in characters.
    pub length: usize,
    /// What the table says of it.
    pub value: V,
}

/// Words looked up by where they end (suffixes).
#[derive(Clone, Debug)]
pub struct Endings<V> {
    last: CharSet,
    /// By last character, longest first.
    words: FxHashMap<char, Vec<Entry<V>>>,
}

impl<V: Copy> FromIterator<(&'static str, V)> for Endings<V> {
    fn from_iter<I: IntoIterator<Item = (&'static str, V)>>(rows: I) -> Self {
        let words = gather(rows, |word| word.chars().next_back());
        Self { last: words.iter().map(|(&c, _)| c).collect(), words }
    }
}

impl<V: Copy> Endings<V> {
    /// Whether a word ends with `c`.
    #[inline]
    pub fn may_end(&self, c: char) -> bool {
        self.last.contains(c)
    }

    /// The longest word that ends `text`.
    #[inline]
    pub fn longest(&self, text: &str) -> Option<Entry<V>> {
        self.all(text).next()
    }

    /// Whether the table has `word`.
    pub fn has(&self, word: &str) -> bool {
        self.longest(word).is_some_and(|entry| entry.word == word)
    }

    /// The words that end `text`, longest first.
    pub fn all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Entry<V>> + 'a {
        let last = text.chars().next_back().filter(|&c| self.last.contains(c));
        let words = last.and_then(|c| self.words.get(&c)).map_or(&[][..], Vec::as_slice);
        words.iter().filter(move |entry| text.ends_with(entry.word)).copied()
    }
}

/// Words looked up by where they start.
#[derive(Clone, Debug)]
pub struct Openings<V> {
    first: CharSet,
    /// By first character, longest first.
    words: FxHashMap<char, Vec<Entry<V>>>,
}

impl<V: Copy> FromIterator<(&'static str, V)> for Openings<V> {
    fn from_iter<I: IntoIterator<Item = (&'static str, V)>>(rows: I) -> Self {
        let words = gather(rows, |word| word.chars().next());
        Self { first: words.iter().map(|(&c, _)| c).collect(), words }
    }
}

impl<V: Copy> Openings<V> {
    /// The longest word that starts `text`.
    #[inline]
    pub fn longest(&self, text: &str) -> Option<Entry<V>> {
        self.all(text).next()
    }

    /// The words that start `text`, longest first.
    pub fn all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Entry<V>> + 'a {
        let first = text.chars().next().filter(|&c| self.first.contains(c));
        let words = first.and_then(|c| self.words.get(&c)).map_or(&[][..], Vec::as_slice);
        words.iter().filter(move |entry| text.starts_with(entry.word)).copied()
    }
}

fn gather<V: Copy>(
    rows: impl IntoIterator<Item = (&'static str, V)>,
    key: impl Fn(&str) -> Option<char>,
) -> FxHashMap<char, Vec<Entry<V>>> {
    let entry = |(word, value): (&'static str, V)| Entry { word, length: word.chars().count(), value };
    let mut entries: Vec<Entry<V>> = rows.into_iter().map(entry).collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.length));
    let mut words: FxHashMap<char, Vec<Entry<V>>> = FxHashMap::default();
    for entry in entries {
        if let Some(key) = key(entry.word) {
            words.entry(key).or_default().push(entry);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_answers() {
        let endings: Endings<u8> = [("区", 1), ("小区", 2), ("居民区", 3)].into_iter().collect();
        let found = |text| endings.longest(text).map(|entry| (entry.word, entry.length, entry.value));
        assert_eq!(found("云杉小区"), Some(("小区", 2, 2)));
        assert_eq!(found("北河区"), Some(("区", 1, 1)));
        assert_eq!(found("区里"), None);
        assert_eq!(found(""), None);
        assert!(endings.may_end('区') && !endings.may_end('小'));
        let openings: Openings<()> = [("介绍", ()), ("介绍道", ())].into_iter().collect();
        assert_eq!(openings.all("介绍道，").map(|entry| entry.word).collect::<Vec<_>>(), ["介绍道", "介绍"]);
        assert!(openings.longest("介").is_none());
    }

    #[test]
    fn sets_hold_characters_of_every_plane() {
        let set: CharSet = "区\u{20BB7}a".chars().collect();
        assert!(['区', '\u{20BB7}', 'a'].iter().all(|&c| set.contains(c)));
        assert!(!set.contains('县') && !set.contains('\u{20BB8}'));
    }
}
