//! What is counted. In: a text. Out: its words, or n-grams of words or characters, one by one, and how many tokens it has.

use super::tokens::{Cut, is_number, normal};
use crate::lexicon::chars::is_han;
use crate::lexicon::rows;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Most tokens of an n-gram.
pub const LONGEST: usize = 5;

/// Words of closed classes, which say how others belong together, with their classes.
static FUNCTION_WORDS: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let pair = |row: Vec<&'static str>| Some((*row.first()?, *row.get(1)?));
    rows(include_str!("../lexicon/function_words.tsv")).filter_map(pair).collect()
});

/// Whether `word` is of a closed class: a particle, a preposition, a conjunction, a pronoun, an auxiliary.
pub fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.contains_key(word)
}

/// Whether `word` joins phrases or stands for one, so that no name goes over it: 的, 和, 我们. Of the others, some are in names: 一网通办.
pub(super) fn parts_phrases(word: &str) -> bool {
    FUNCTION_WORDS.get(word).is_some_and(|class| matches!(*class, "particle" | "conjunction" | "pronoun"))
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// A word.
    Word,
    /// A Han character.
    Character,
}

/// What is counted, and what is left out of lists. What is left out is a token all the same.
#[derive(Clone, Debug)]
pub struct Items {
    /// Of what.
    pub token: Token,
    /// How many tokens stand side by side: 1 to [`LONGEST`].
    pub n: usize,
    /// Figures as well.
    pub numbers: bool,
    /// Nothing with a function word in it.
    pub content: bool,
    /// Only what holds these characters, as [`normal`] has them, in one word or over several.
    pub like: Option<String>,
}

impl Default for Items {
    fn default() -> Self {
        Self { token: Token::Word, n: 1, numbers: false, content: false, like: None }
    }
}

impl Items {
    /// Calls `take` with each item of `text`, and gives the number of its tokens. An n-gram goes over no mark and no end of a
    /// sentence. The words of one are parted by spaces.
    pub fn each(&self, text: &str, mut take: impl FnMut(&str)) -> u64 {
        match self.token {
            Token::Word => self.words(&Cut::of(text), &mut take),
            Token::Character => self.characters(&normal(text), &mut take),
        }
    }

    fn words(&self, cut: &Cut, take: &mut impl FnMut(&str)) -> u64 {
        let mut joined = String::new();
        for window in cut.runs().flat_map(|run| run.windows(self.n)) {
            if let [word] = window {
                self.offer(cut.text(word), take);
            } else if window.iter().all(|word| self.lists(cut.text(word))) {
                joined.clear();
                for (at, word) in window.iter().enumerate() {
                    joined.push_str(if at > 0 { " " } else { "" });
                    joined.push_str(cut.text(word));
                }
                self.offer_joined(&joined, take);
            }
        }
        cut.words.len() as u64
    }

    fn characters(&self, normal: &str, take: &mut impl FnMut(&str)) -> u64 {
        let mut tokens = 0;
        for run in normal.split(|c| !is_han(c)) {
            let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
            tokens += starts.len() as u64 - 1;
            for window in starts.windows(self.n + 1) {
                let [first, .., end] = window else { continue };
                let item = run.get(*first..*end).unwrap_or_default();
                let mut buffer = [0; 4];
                if !self.content || !item.chars().any(|c| is_function_word(c.encode_utf8(&mut buffer))) {
                    self.offer_joined(item, take);
                }
            }
        }
        tokens
    }

    fn offer(&self, word: &str, take: &mut impl FnMut(&str)) {
        if self.lists(word) {
            self.offer_joined(word, take);
        }
    }

    fn offer_joined(&self, item: &str, take: &mut impl FnMut(&str)) {
        let holds = |like: &String| item.contains(like.as_str()) || item.replace(' ', "").contains(like.as_str());
        if self.like.as_ref().is_none_or(holds) {
            take(item);
        }
    }

    fn lists(&self, word: &str) -> bool {
        (self.numbers || !is_number(word)) && !(self.content && is_function_word(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(items: &Items, text: &str) -> (String, u64) {
        let mut all = Vec::new();
        let tokens = items.each(text, |item| all.push(item.to_owned()));
        (all.join("/"), tokens)
    }

    #[test]
    fn counts_what_was_asked_for() {
        let text = "网格员的小区有3户，小区很好。";
        let words = Items::default();
        assert_eq!(shown(&words, text), ("网格/员/的/小区/有/户/小区/很/好".to_owned(), 10));
        let content = Items { content: true, numbers: true, ..words.clone() };
        assert_eq!(shown(&content, text).0, "网格/员/小区/3/户/小区/好");
        let pairs = Items { n: 2, ..words.clone() };
        assert_eq!(shown(&pairs, text).0, "网格 员/员 的/的 小区/小区 有/小区 很/很 好");
        let like = Items { n: 2, like: Some("小区".to_owned()), ..words.clone() };
        assert_eq!(shown(&like, text).0, "的 小区/小区 有/小区 很");
        let over = Items { like: Some("区很".to_owned()), ..like };
        assert_eq!(shown(&over, text).0, "小区 很");
        let characters = Items { token: Token::Character, n: 3, ..Items::default() };
        assert_eq!(shown(&characters, text), ("网格员/格员的/员的小/的小区/小区有/小区很/区很好".to_owned(), 12));
    }

    #[test]
    fn has_function_words_once_each() {
        let all: Vec<_> = rows(include_str!("../lexicon/function_words.tsv")).collect();
        assert_eq!(all.len(), FUNCTION_WORDS.len());
        assert!(all.iter().all(|row| row.len() == 2));
        assert_eq!(["的", "和", "在", "网格"].map(parts_phrases), [true, true, false, false]);
    }
}
