//! Where a word that was asked for stands. In: its characters, and a text that is cut. Out: the words of the text that it covers.
//!
//! Every stretch of characters counts that a search for the word finds, whatever jieba makes of it: who asks for 加装电梯 or for a
//! name that no dictionary has means all its occurrences, and what the search counts and what is counted here must be one. Where it
//! begins or ends within a word of jieba's, as 居民 in 居民区, that whole word is the node; with `whole`, it is none.

use super::tokens::Cut;
use crate::index::{Unit, units_of};
use crate::query::{Needle, places};
use std::ops::Range;

/// What is looked for.
#[derive(Clone, Debug)]
pub struct Node {
    units: Vec<Unit>,
    /// Characters that stand wherever it does: a quick look for them spares a slow one.
    sure: String,
    whole: bool,
}

impl Node {
    /// The node of `word`; none if it holds neither a letter, a digit nor a Han character. With `whole`, only where words of jieba's
    /// begin and end with it.
    pub fn new(word: &str, whole: bool) -> Option<Self> {
        let units = units_of(word);
        let sure = units.iter().find_map(|unit| match unit {
            Unit::Han(c) => Some(c.to_string()),
            Unit::Word(word) => Some(word.clone()),
            Unit::Mark(_) => None,
        })?;
        Some(Self { units, sure, whole })
    }

    /// The words that it covers, each time that it stands in `cut`; in order, none overlapping.
    pub fn places(&self, cut: &Cut) -> Vec<Range<usize>> {
        if !cut.normal.contains(&self.sure) {
            return Vec::new();
        }
        let mut all: Vec<Range<usize>> = Vec::new();
        for place in places(&cut.normal, &[Needle { units: &self.units, prefix: false }]) {
            let first = cut.words.partition_point(|word| word.span.end <= place.span.start);
            let end = cut.words.partition_point(|word| word.span.start < place.span.end);
            let (Some(begin), Some(last)) =
                (cut.words.get(first), end.checked_sub(1).and_then(|at| cut.words.get(at)))
            else {
                continue;
            };
            let is_whole = begin.span.start == place.span.start && last.span.end == place.span.end;
            if (is_whole || !self.whole) && all.last().is_none_or(|before| before.end <= first) {
                all.push(first..end);
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(word: &str, whole: bool, text: &str) -> Vec<String> {
        let cut = Cut::of(text);
        let shown =
            |range: Range<usize>| cut.words[range].iter().map(|word| cut.text(word)).collect::<Vec<_>>().join(" ");
        Node::new(word, whole).expect("a word").places(&cut).into_iter().map(shown).collect()
    }

    #[test]
    fn finds_what_search_finds() {
        let text = "老旧小區加装电梯，加装了电梯；居民区的居民说：加 装电梯好。";
        assert_eq!(found("加装电梯", false, text), ["加装 电梯", "加 装 电梯"]);
        assert_eq!(found("居民", false, text), ["居民区", "居民"]);
        assert_eq!(found("居民", true, text), ["居民"]);
        assert_eq!(found("小区", false, text), ["小区"]);
        assert_eq!(found("好。", false, text), ["好"]);
        assert_eq!(found("哈哈", false, "哈哈哈哈哈"), ["哈哈哈", "哈哈"]);
        assert!(Node::new("，。", false).is_none());
    }
}
