//! Words, for ranking. In: a text. Out: its words, parted by spaces, as the index's second text field
//! takes them. Nothing is missed by them, so a wrong cut costs a place in a list and no more; and every word stands in
//! its text, so an article that has a word of the query need not be looked at by characters.
//!
//! The words are jieba's in search mode: `残疾人` gives `残疾` and `残疾人`. A query is cut by the words that the index has
//! (`query::rank`), so searching does not load a dictionary (a tenth of a second).

use super::units::{Unit, units};
use crate::lexicon::WORDS;

/// Longest piece that jieba is given, in bytes. It holds a table of every character's possible words, and a
/// page without any mark must not cost gigabytes.
const LONGEST_PIECE: usize = 3000;

/// Appends the words of `text` to `words`, each followed by a space.
pub(super) fn push_words(text: &str, words: &mut String) {
    let mut piece = String::new();
    for (unit, _) in units(text) {
        match unit {
            Unit::Han(c) => {
                piece.push(c);
                if piece.len() >= LONGEST_PIECE {
                    cut(&mut piece, words);
                }
            }
            Unit::Word(word) => {
                cut(&mut piece, words);
                push(&word, words);
            }
            Unit::Mark(_) => cut(&mut piece, words),
        }
    }
    cut(&mut piece, words);
}

fn cut(piece: &mut String, words: &mut String) {
    if !piece.is_empty() {
        WORDS.cut_for_search(piece, true).iter().for_each(|token| push(token.word, words));
        piece.clear();
    }
}

/// Appends a name, as it stands in the text, as a single word, whatever jieba knows of it. Only a name of Han characters
/// can be one: other letters and marks are units of their own.
pub(super) fn push_name(name: &str, words: &mut String) {
    let before = words.len();
    for (unit, _) in units(name) {
        match unit {
            Unit::Han(c) => words.push(c),
            Unit::Word(_) | Unit::Mark(_) => return words.truncate(before),
        }
    }
    if words.len() > before {
        words.push(' ');
    }
}

fn push(word: &str, words: &mut String) {
    words.push_str(word);
    words.push(' ');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let mut all = String::new();
        push_words(text, &mut all);
        all.trim_end().to_owned()
    }

    #[test]
    fn cuts_for_search() {
        assert_eq!(words("残疾人联合会"), "残疾 残疾人 联合 合会 联合会");
        assert_eq!(words("停车难，５Ｇ来了"), "停车 停车难 5g 来 了");
        assert_eq!(words("……"), "");
    }

    #[test]
    fn takes_a_name_whole() {
        let mut all = String::new();
        push_name("云栖 综合网格", &mut all);
        push_name("云栖（一期）", &mut all);
        push_name("A03网格", &mut all);
        assert_eq!(all, "云栖综合网格 ");
    }

    #[test]
    fn cuts_a_page_without_marks() {
        assert!(words(&"网格".repeat(5000)).starts_with("网格 网格"));
    }
}
