//! How often each word stands in the archive. In: articles. Out: one row a word.
//!
//! Words are those that corpus analysis counts, figures among them: the table is that of `jiebao stats words --numbers`.

use super::Reading;
use crate::linguistics::counted_texts;
use crate::linguistics::tokens::Cut;
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

impl Words {
    /// The name of the table.
    pub const NAME: &'static str = "words";

    /// What one row of it is.
    pub const ABOUT: &'static str =
        "one row a word of headlines, kickers, subtitles, section headings and paragraphs";

    /// Its columns.
    pub fn columns() -> Vec<Column> {
        vec![
            Column::new("word", Kind::Text, "the word, in simplified script, half-width and lower case"),
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
            for text in counted_texts(&article.record) {
                let cut = Cut::of(text);
                for word in &cut.words {
                    *here.entry(word.span.of(&cut.normal).to_owned()).or_default() += 1;
                }
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
