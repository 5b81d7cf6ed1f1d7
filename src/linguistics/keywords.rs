//! What an article, an issue, a year or a division is about. In: articles, and the archive that they are part of. Out: a [`Table`] of
//! the words of greatest weight for each.
//!
//! The weight is tf · idf: how often a word stands in the group, times ln(N / n), where n of the archive's N articles have it (idf:
//! Spärck Jones, K. (1972): "A statistical interpretation of term specificity and its application in retrieval", *Journal of
//! Documentation* 28(1), 11–21; with the plain count, weighting `tfx` of Salton, G. & Buckley, C. (1988): "Term-weighting approaches in
//! automatic text retrieval", *Information Processing & Management* 24(5), 513–523). Weights compare within a group.

use super::count::{Counted, Frequencies, Tally, tallies};
use super::items::Items;
use super::vocabulary::Vocabulary;
use crate::index::Archive;
use crate::table::{Cell, Column, Kind, Row, Shape, Table};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use tantivy::DocAddress;

/// What articles are put together by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Each by itself.
    Article,
    /// The issue.
    Issue,
    /// The year; those without a date are one group.
    Year,
    /// Each division that they name, once each; those that name none are one group.
    Division,
}

/// Keywords as a table.
#[derive(Clone, Debug)]
pub struct Keywords {
    /// Rows by group, the greatest weight first.
    pub table: Table,
    /// How many groups there are.
    pub groups: usize,
}

/// The `top` words of greatest weight of each group of `articles`, of those that stand there `min` times at least; `all` are the
/// articles of the archive.
pub fn keywords(
    archive: &Archive,
    [articles, all]: [&[DocAddress]; 2],
    items: &Items,
    by: Group,
    (top, min): (usize, u64),
) -> anyhow::Result<Keywords> {
    let background = Frequencies::of(archive, all, items, None, |_| ())?;
    let mut groups = Groups {
        background: &background,
        by,
        top,
        min: min.max(1),
        known: Vec::new(),
        open: None,
        rest: BTreeMap::new(),
        count: 0,
        rows: Vec::new(),
    };
    let vocabulary = tallies(archive, articles, items, None, |words, article| groups.add(words, article))?;
    let mut table = Table::new("keywords", columns(by));
    let count = groups.done(&vocabulary, &mut table.rows);
    let table = if count == 1 { table.drawn(Shape::Bars, "word", "tf_idf", None, None) } else { table };
    Ok(Keywords { table, groups: count })
}

/// Counts of one group.
#[derive(Default)]
struct Counts {
    articles: u64,
    tokens: u64,
    of: FxHashMap<u32, u64>,
}

impl Counts {
    fn add(&mut self, article: &Counted<Tally>) {
        self.articles += 1;
        self.tokens += article.tokens;
        article.counts.iter().for_each(|&(word, count)| *self.of.entry(word).or_default() += u64::from(count));
    }
}

struct Groups<'a> {
    background: &'a Frequencies,
    by: Group,
    top: usize,
    min: u64,
    /// By number of the word: the articles of the archive that have it.
    known: Vec<u32>,
    /// The group of the last article, where groups come one after the other: what it is known by, its name, its counts.
    open: Option<(String, Option<String>, Counts)>,
    /// All groups, where they do not.
    rest: BTreeMap<(bool, String), Counts>,
    count: usize,
    rows: Vec<Row>,
}

impl Groups<'_> {
    fn add(&mut self, words: &Vocabulary, article: &Counted<Tally>) {
        let (key, name) = match self.by {
            Group::Article => (article.id.as_str(), &article.id),
            Group::Issue => (article.file(), &article.issue),
            Group::Year => return self.add_to(article, article.year()),
            Group::Division if article.divisions.is_empty() => return self.add_to(article, None),
            Group::Division => {
                return article.divisions.iter().for_each(|name| self.add_to(article, Some(name)));
            }
        };
        if self.open.as_ref().is_none_or(|(open, ..)| open != key) {
            self.close(words);
            self.open = Some((key.to_owned(), Some(name.clone()), Counts::default()));
        }
        self.open.iter_mut().for_each(|(.., counts)| counts.add(article));
    }

    fn add_to(&mut self, article: &Counted<Tally>, group: Option<&str>) {
        let key = (group.is_none(), group.unwrap_or_default().to_owned());
        self.rest.entry(key).or_default().add(article);
    }

    fn close(&mut self, words: &Vocabulary) {
        if let Some((_, name, counts)) = self.open.take() {
            self.tell(words, name, counts);
        }
    }

    /// Tells the groups that are left, gives all rows to `rows`, and says how many groups there were.
    fn done(mut self, words: &Vocabulary, rows: &mut Vec<Row>) -> usize {
        self.close(words);
        for ((none, name), counts) in std::mem::take(&mut self.rest) {
            self.tell(words, (!none).then_some(name), counts);
        }
        rows.append(&mut self.rows);
        self.count
    }

    /// Adds the rows of a group.
    fn tell(&mut self, words: &Vocabulary, name: Option<String>, counts: Counts) {
        self.count += 1;
        let newly = words.words().skip(self.known.len());
        self.known.extend(newly.map(|word| self.background.get(word).map_or(0, |of| of.articles)));
        let articles = self.background.articles as f64;
        let weighed = counts.of.into_iter().filter(|(_, count)| *count >= self.min).filter_map(|(word, count)| {
            let held = self.known.get(word as usize).copied().filter(|&held| held > 0)?;
            let weight = count as f64 * (articles / f64::from(held)).ln();
            (weight > 0.0).then_some((weight, words.word(word)?, count, held))
        });
        let mut weighed: Vec<_> = weighed.collect();
        weighed.sort_unstable_by(|(a, word, ..), (b, other, ..)| b.total_cmp(a).then_with(|| word.cmp(other)));
        for (rank, (weight, word, count, held)) in (1_u64..).zip(weighed.into_iter().take(self.top)) {
            self.rows.push(vec![
                match self.by {
                    Group::Year => name.as_ref().and_then(|year| year.parse::<i64>().ok()).into(),
                    _ => Cell::from(name.as_ref()),
                },
                rank.into(),
                word.into(),
                weight.into(),
                count.into(),
                u64::from(held).into(),
                counts.articles.into(),
                counts.tokens.into(),
            ]);
        }
    }
}

fn columns(by: Group) -> Vec<Column> {
    let (name, about) = match by {
        Group::Article => ("article", "id of the article"),
        Group::Issue => ("issue", "name of the issue"),
        Group::Year => ("year", "year of the articles' dates; null for those without a date"),
        Group::Division => ("division", "division that the articles name; null for those that name none"),
    };
    vec![
        Column::new(name, if by == Group::Year { Kind::Integer } else { Kind::Text }, about),
        Column::new("rank", Kind::Integer, "place in the group's list, from 1"),
        Column::new("word", Kind::Text, "the word, or the n-gram"),
        Column::new(
            "tf_idf",
            Kind::Number,
            "count · ln(N / articles), N being the articles of the archive (Spärck Jones 1972; Salton & Buckley 1988)",
        ),
        Column::new("count", Kind::Integer, "how often it stands in the group"),
        Column::new("articles", Kind::Integer, "articles of the archive that it stands in"),
        Column::new("group_articles", Kind::Integer, "articles of the group"),
        Column::new("group_tokens", Kind::Integer, "words of the group"),
    ]
}
