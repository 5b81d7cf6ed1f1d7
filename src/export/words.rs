//! How often each word stands in the archive. In: articles. Out: one row a word.
//!
//! Words are those of [`crate::lexicon::WORDS`] in titles, section headings and paragraphs; marks and spaces are none.

use super::Reading;
use crate::lexicon::WORDS;
use crate::table::{Cell, Column, Kind, Row};
use std::collections::BTreeMap;

/// The counts of all words of some articles, in the order of [`super::Export`].
#[derive(Clone, Debug, Default)]
pub struct Words(BTreeMap<String, Count>);

#[derive(Clone, Debug, Default)]
struct Count {
    frequency: u64,
    articles: u64,
    issues: u64,
    /// The first and the last issue with it.
    first: String,
    last: String,
}

/// Longest piece that jieba is given, in characters: it holds a table of every character's possible words.
const LONGEST_PIECE: usize = 1000;

impl Words {
    /// The name of the table.
    pub const NAME: &'static str = "words";

    /// What one row of it is.
    pub const ABOUT: &'static str = "one row a word of titles, section headings and paragraphs";

    /// Its columns.
    pub fn columns() -> Vec<Column> {
        vec![
            Column::new("word", Kind::Text, "the word; Latin letters in lower case"),
            Column::new("frequency", Kind::Integer, "how often it stands there"),
            Column::new("articles", Kind::Integer, "in how many articles"),
            Column::new("issues", Kind::Integer, "in how many issues"),
        ]
    }

    /// The words of a batch.
    pub fn of(articles: &[Reading<'_>]) -> Self {
        let mut all = Self::default();
        for article in articles {
            let mut here: BTreeMap<String, u64> = BTreeMap::new();
            let record = &article.record;
            let headings = record.headings.iter().map(|heading| &heading.text);
            for text in record.title.iter().chain(headings).chain(&record.paragraphs) {
                words(text, |word| *here.entry(word.to_lowercase()).or_default() += 1);
            }
            let issue = &article.issue_id;
            for (word, frequency) in here {
                let one = Count { frequency, articles: 1, issues: 1, first: issue.clone(), last: issue.clone() };
                all.add(word, one);
            }
        }
        all
    }

    /// Adds the words of the articles that come next.
    pub fn extend(&mut self, next: Self) {
        next.0.into_iter().for_each(|(word, count)| self.add(word, count));
    }

    fn add(&mut self, word: String, next: Count) {
        let count = self.0.entry(word).or_default();
        // Articles of an issue come together, so a word's issues meet at the ends only.
        count.issues += next.issues - u64::from(count.articles > 0 && count.last == next.first);
        if count.articles == 0 {
            count.first = next.first;
        }
        count.frequency += next.frequency;
        count.articles += next.articles;
        count.last = next.last;
    }

    /// The rows, the most frequent first, then in order of their characters.
    pub fn rows(self) -> Vec<Row> {
        let mut all: Vec<(String, Count)> = self.0.into_iter().collect();
        all.sort_by(|(word, a), (other, b)| b.frequency.cmp(&a.frequency).then_with(|| word.cmp(other)));
        let row = |(word, count): (String, Count)| -> Row {
            vec![Cell::Text(word), count.frequency.into(), count.articles.into(), count.issues.into()]
        };
        all.into_iter().map(row).collect()
    }
}

/// Calls `each` with the words of `text`.
fn words(text: &str, mut each: impl FnMut(&str)) {
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.char_indices().nth(LONGEST_PIECE).map_or(rest.len(), |(at, _)| at);
        let (piece, next) = rest.split_at(end);
        let is_word = |word: &&str| word.chars().any(char::is_alphanumeric);
        WORDS.cut(piece, true).iter().map(|token| token.word).filter(is_word).for_each(&mut each);
        rest = next;
    }
}
