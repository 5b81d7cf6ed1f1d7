//! How words come and go. In: articles and [`Node`]s. Out: a [`Table`] of a row for each word and period.

use super::count::{Counted, counted_texts, per_million};
use super::node::Node;
use super::tokens::Cut;
use super::trend::{Trend, trend};
use crate::error::Result;
use crate::index::Archive;
use crate::table::{Cell, Column, Kind, Row, Shape, Table};
use std::collections::BTreeMap;
use tantivy::DocAddress;

/// Most periods without text, one after the other, that are told; behind a longer gap a date is a slip, or another time.
const LONGEST_GAP: i64 = 600;

/// Periods of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Years.
    Year,
    /// Months; a date that is known to the year only is of none.
    Month,
}

impl Period {
    /// The number of the period that a date of ISO 8601 lies in.
    fn of(self, date: &str) -> Option<i64> {
        let year: i64 = date.get(..4)?.parse().ok()?;
        match self {
            Self::Year => Some(year),
            Self::Month => {
                let month: i64 = date.get(5..7)?.parse().ok()?;
                Some(year * 12 + month - 1)
            }
        }
    }

    fn cell(self, number: i64) -> Cell {
        match self {
            Self::Year => number.into(),
            Self::Month => format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1).into(),
        }
    }

    fn kind(self) -> Kind {
        match self {
            Self::Year => Kind::Integer,
            Self::Month => Kind::Text,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
        }
    }
}

/// The text of a period, and how often each word stands in it.
#[derive(Clone, Debug, Default)]
struct Slice {
    tokens: u64,
    articles: u64,
    of: Vec<Found>,
}

#[derive(Clone, Debug, Default)]
struct Found {
    count: u64,
    articles: u64,
    issues: u64,
    last_issue: String,
}

impl Slice {
    fn of_words(words: usize) -> Self {
        Self { of: vec![Found::default(); words], ..Self::default() }
    }

    fn add(&mut self, article: &Counted<Vec<u64>>) {
        self.tokens += article.tokens;
        self.articles += 1;
        for (found, &count) in self.of.iter_mut().zip(&article.counts) {
            found.count += count;
            found.articles += u64::from(count > 0);
            // Articles come issue by issue.
            if count > 0 && (found.issues == 0 || found.last_issue != article.file()) {
                found.issues += 1;
                article.file().clone_into(&mut found.last_issue);
            }
        }
    }
}

/// Trends as a table, and what they are of.
#[derive(Clone, Debug)]
pub struct Trends {
    /// A row for each word and period, and one for text without a date.
    pub table: Table,
    /// How often each word stands there, in the order in which they were given, and its trend.
    pub words: Vec<(u64, Option<Trend>)>,
    /// Articles that are of no period.
    pub undated: u64,
}

/// How often each of `words` stands in each period.
pub fn trends(
    archive: &Archive,
    articles: &[DocAddress],
    words: &[(String, Node)],
    by: Period,
) -> anyhow::Result<Trends> {
    let mut slices: BTreeMap<Option<i64>, Slice> = BTreeMap::new();
    archive.batches(
        articles,
        |batch| batch.iter().map(|&address| counted(archive, address, words)).collect::<Result<Vec<_>>>(),
        |batch| {
            for article in batch {
                let period = article.date.as_ref().and_then(|date| by.of(date));
                slices.entry(period).or_insert_with(|| Slice::of_words(words.len())).add(&article);
            }
            Ok(())
        },
    )?;
    let undated = slices.remove(&None);
    fill(&mut slices, words.len());
    let mut table = Table::new("trends", columns(by));
    let mut told = Vec::with_capacity(words.len());
    for (at, (word, _)) in words.iter().enumerate() {
        let found = |slice: &Slice| slice.of.get(at).cloned().unwrap_or_default();
        let rates: Vec<f64> =
            slices.values().filter_map(|slice| per_million(found(slice).count, slice.tokens)).collect();
        let trend = trend(&rates);
        let row = |period: Option<i64>, slice: &Slice| {
            row(word, period.map(|period| by.cell(period)), slice, &found(slice), trend)
        };
        table.rows.extend(slices.iter().map(|(period, slice)| row(*period, slice)));
        table.rows.extend(undated.iter().map(|slice| row(None, slice)));
        told.push((slices.values().chain(&undated).map(|slice| found(slice).count).sum(), trend));
    }
    let table = table.drawn(Shape::Lines, by.word(), "per_million", Some("word"), None);
    Ok(Trends { table, words: told, undated: undated.map_or(0, |slice| slice.articles) })
}

fn counted(archive: &Archive, address: DocAddress, words: &[(String, Node)]) -> Result<Counted<Vec<u64>>> {
    let record = archive.record(address)?;
    let (mut tokens, mut counts) = (0, vec![0; words.len()]);
    for text in counted_texts(&record) {
        let cut = Cut::of(text);
        tokens += cut.words.len() as u64;
        counts.iter_mut().zip(words).for_each(|(count, (_, node))| *count += node.places(&cut).len() as u64);
    }
    Ok(Counted::new(record, tokens, counts))
}

/// Adds the periods that have no text.
fn fill(slices: &mut BTreeMap<Option<i64>, Slice>, words: usize) {
    let known: Vec<i64> = slices.keys().copied().flatten().collect();
    for two in known.windows(2) {
        let [before, next] = two else { continue };
        if next - before <= LONGEST_GAP {
            (before + 1..*next).for_each(|period| {
                slices.insert(Some(period), Slice::of_words(words));
            });
        }
    }
}

fn row(word: &str, period: Option<Cell>, slice: &Slice, found: &Found, trend: Option<Trend>) -> Row {
    vec![
        word.into(),
        period.unwrap_or_default(),
        found.count.into(),
        slice.tokens.into(),
        per_million(found.count, slice.tokens).into(),
        found.articles.into(),
        found.issues.into(),
        slice.articles.into(),
        trend.map(|trend| trend.tau).into(),
        trend.map(|trend| trend.p).into(),
    ]
}

fn columns(by: Period) -> Vec<Column> {
    let number = |name: &'static str, about: &'static str| Column::new(name, Kind::Number, about);
    let integer = |name: &'static str, about: &'static str| Column::new(name, Kind::Integer, about);
    vec![
        Column::new("word", Kind::Text, "the word, as it was asked for"),
        Column::new(by.word(), by.kind(), "the period, ISO 8601; null for text whose date does not tell it"),
        integer("count", "how often the word stands in its text"),
        integer("tokens", "words of its text; 0 where there is none"),
        number("per_million", "how often in a million of them; null where there are none"),
        integer("articles", "articles that the word stands in"),
        integer("issues", "issues that the word stands in"),
        integer("articles_of_period", "articles of the period"),
        number(
            "tau",
            "Kendall's τ-b of per_million with time, over all periods with text (Kendall 1945): the same in all rows of a word",
        ),
        number("p", "its two-sided probability by chance (Mann 1945; Kendall 1938)"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_periods_of_dates() {
        let of = |by: Period, date| by.of(date).map(|number| by.cell(number));
        assert_eq!(of(Period::Year, "2024-03-15"), Some(Cell::Integer(2024)));
        assert_eq!(of(Period::Month, "2024-03-15"), Some("2024-03".into()));
        assert_eq!(of(Period::Month, "2024-12"), Some("2024-12".into()));
        assert_eq!([of(Period::Month, "2024"), of(Period::Year, "x")], [None, None]);
    }

    #[test]
    fn fills_gaps_and_no_aeons() {
        let mut slices: BTreeMap<Option<i64>, Slice> =
            [1, 2020, 2023].map(|year| (Some(year), Slice::of_words(1))).into();
        fill(&mut slices, 1);
        assert_eq!(slices.keys().flatten().collect::<Vec<_>>(), [&1, &2020, &2021, &2022, &2023]);
    }
}
