//! Counts items article by article. In: articles and what to count. Out: for each article, in their order, its items with their
//! numbers; and [`Frequencies`] of all together. Holds counts, never texts.

use super::items::Items;
use super::sieve::Sieve;
use super::vocabulary::Vocabulary;
use crate::error::Result;
use crate::index::Archive;
use crate::model::EntityKind;
use crate::query::{Text, texts};
use crate::record::Record;
use std::collections::BTreeSet;
use tantivy::DocAddress;

/// An article and what was counted in it.
#[derive(Clone, Debug)]
pub struct Counted<T> {
    /// Its id.
    pub id: String,
    /// Name of its issue.
    pub issue: String,
    /// Divisions that it names.
    pub divisions: BTreeSet<String>,
    /// Its date.
    pub date: Option<String>,
    /// Tokens of its texts.
    pub tokens: u64,
    /// What was counted.
    pub counts: T,
}

impl<T> Counted<T> {
    /// `counts` of the article that `record` is.
    pub fn new(record: Record, tokens: u64, counts: T) -> Self {
        let divisions = record.mentions.into_iter().filter(|mention| mention.kind == EntityKind::Division.as_str());
        let divisions = divisions.map(|mention| mention.name).collect();
        Self { id: record.id, issue: record.issue, divisions, date: record.date, tokens, counts }
    }

    /// Its year.
    pub fn year(&self) -> Option<&str> {
        self.date.as_ref()?.get(..4)
    }

    /// What is the same of all articles of one file, and of no others.
    pub fn file(&self) -> &str {
        self.id.rsplit_once('-').map_or(&self.id, |(issue, _)| issue)
    }
}

/// The texts of an article that are counted: headline, kicker, subtitle, section headings and paragraphs, in reading order. Names of
/// writers and sign-offs are not.
pub(crate) fn counted_texts(record: &Record) -> impl Iterator<Item = &str> {
    texts(record).filter(|(place, _)| !matches!(place, Text::Byline(_) | Text::Source)).map(|(_, text)| text)
}

/// Items with how often each stands in an article.
pub type Tally = Vec<(u32, u32)>;

/// Calls `take` with each of `articles`, in their order, and the items that it has, by their numbers in the vocabulary; and gives
/// that. Numbers follow from the articles and their order. Items that a sieve does not keep are missing.
pub(super) fn tallies(
    archive: &Archive,
    articles: &[DocAddress],
    items: &Items,
    sieve: Option<&Sieve>,
    mut take: impl FnMut(&Vocabulary, &Counted<Tally>) + Send,
) -> anyhow::Result<Vocabulary> {
    let mut all = Vocabulary::default();
    archive.batches(
        articles,
        |batch| tally(archive, batch, items, sieve),
        |(words, batch)| {
            let numbers: Vec<u32> = words.words().map(|word| all.number(word)).collect();
            for mut article in batch {
                article.counts.iter_mut().for_each(|(number, _)| *number = numbers[*number as usize]);
                take(&all, &article);
            }
            Ok(())
        },
    )?;
    Ok(all)
}

/// What keeps n-grams out that stand less than `min` times in all of `articles`. Words are few enough, and need none.
pub(super) fn sieve(
    archive: &Archive,
    articles: &[&[DocAddress]],
    items: &Items,
    min: u64,
) -> anyhow::Result<Option<Sieve>> {
    if items.n == 1 || min < 2 {
        return Ok(None);
    }
    let sieve = Sieve::new(articles.iter().map(|some| some.len()).sum(), min);
    let count = |batch: &[DocAddress]| {
        for &address in batch {
            counted_texts(&archive.record(address)?).for_each(|text| {
                items.each(text, |item| sieve.add(item));
            });
        }
        Ok(())
    };
    articles.iter().try_for_each(|some| archive.batches(some, count, |()| Ok(())))?;
    Ok(Some(sieve))
}

fn tally(
    archive: &Archive,
    batch: &[DocAddress],
    items: &Items,
    sieve: Option<&Sieve>,
) -> Result<(Vocabulary, Vec<Counted<Tally>>)> {
    let mut words = Vocabulary::default();
    let mut all = Vec::with_capacity(batch.len());
    for &address in batch {
        let record = archive.record(address)?;
        let (mut tokens, mut found) = (0, Vec::new());
        for text in counted_texts(&record) {
            tokens += items.each(text, |item| {
                if sieve.is_none_or(|sieve| sieve.keeps(item)) {
                    found.push(words.number(item));
                }
            });
        }
        found.sort_unstable();
        let counts = found.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32)).collect();
        all.push(Counted::new(record, tokens, counts));
    }
    Ok((words, all))
}

/// How often an item stands in some articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frequency {
    /// How often.
    pub count: u64,
    /// In how many articles.
    pub articles: u32,
    /// In how many issues.
    pub issues: u32,
    last_issue: u32,
}

/// Frequencies of all items of some articles.
#[derive(Clone, Debug, Default)]
pub struct Frequencies {
    /// The items.
    pub vocabulary: Vocabulary,
    /// The frequency of each, by its number.
    pub of: Vec<Frequency>,
    /// Tokens of all articles.
    pub tokens: u64,
    /// Articles.
    pub articles: u64,
}

impl Frequencies {
    /// The frequencies of `items` in `articles`, which are in order of their issues; `also` sees each article as well. Items
    /// that a sieve does not keep are missing.
    pub(super) fn of(
        archive: &Archive,
        articles: &[DocAddress],
        items: &Items,
        sieve: Option<&Sieve>,
        mut also: impl FnMut(&Counted<Tally>) + Send,
    ) -> anyhow::Result<Self> {
        let mut all = Self::default();
        let (mut issue, mut issues) = (String::new(), 0);
        let vocabulary = tallies(archive, articles, items, sieve, |_, article| {
            if issues == 0 || issue != article.file() {
                article.file().clone_into(&mut issue);
                issues += 1;
            }
            all.add(article, issues);
            also(article);
        })?;
        all.of.resize(vocabulary.len(), Frequency::default());
        Ok(Self { vocabulary, ..all })
    }

    fn add(&mut self, article: &Counted<Tally>, issue: u32) {
        self.tokens += article.tokens;
        self.articles += 1;
        for &(number, count) in &article.counts {
            let at = number as usize;
            if at >= self.of.len() {
                self.of.resize(at + 1, Frequency::default());
            }
            let frequency = &mut self.of[at];
            frequency.count += u64::from(count);
            frequency.articles += 1;
            if frequency.last_issue != issue {
                frequency.last_issue = issue;
                frequency.issues += 1;
            }
        }
    }

    /// The frequency of an item.
    pub fn get(&self, item: &str) -> Option<Frequency> {
        self.of.get(self.vocabulary.known(item)? as usize).copied()
    }

    /// All items with their frequencies, those of the greatest counts first, and of equal ones in order of their characters.
    pub fn ranked(&self) -> Vec<(u32, &str, Frequency)> {
        let numbered = self.vocabulary.words().zip(&self.of).zip(0..);
        let mut all: Vec<_> = numbered.map(|((item, frequency), number)| (number, item, *frequency)).collect();
        all.sort_unstable_by(|(_, a, one), (_, b, other)| other.count.cmp(&one.count).then_with(|| a.cmp(b)));
        all
    }
}

/// How often in a million; none of nothing.
pub fn per_million(count: u64, tokens: u64) -> Option<f64> {
    (tokens > 0).then(|| count as f64 * 1e6 / tokens as f64)
}
