//! The archive as data. In: an [`Archive`], and which of its articles. Out: rows of six tables, each row with what leads
//! back to its source: article, issue, file, SHA-256, bytes.
//!
//! | file       | question it answers                                                        |
//! |------------|----------------------------------------------------------------------------|
//! | `reading`  | what does a record say that its rows need: dates, sentences, bytes?         |
//! | `field`    | what is a column, and how is its cell had?                                  |
//! | `tables`   | which columns has each table?                                               |
//! | `figures`  | and the table of figures?                                                   |
//! | `issues`   | which files is the archive of?                                              |
//! | `words`    | how often does each word stand there?                                       |
//! | `database` | how do the tables hang together in one SQLite file?                         |
//! | `package`  | how does a folder of tables say what it is?                                 |
//! | `codebook` | what does it say to a reader?                                               |

mod codebook;
mod database;
mod field;
mod figures;
mod issues;
mod package;
mod reading;
mod tables;
mod words;

pub use database::{VERSION, database};
pub use issues::Issues;
pub use package::{Plan, package};
pub use reading::Reading;
pub use words::Words;

use crate::error::Result;
use crate::index::{Archive, schema::row};
use crate::model::Decisions;
use crate::query::{self, Query};
use crate::stats::{Question, select};
use crate::table::{Column, Format, Ready, Row, Table};
use field::Field;
use std::collections::BTreeMap;
use tantivy::DocAddress;

/// What there is a table of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Articles.
    Articles,
    /// Sentences of titles and paragraphs.
    Sentences,
    /// Occurrences of named things.
    Mentions,
    /// Figures.
    Metrics,
    /// Relations of named things.
    Relations,
}

/// How a table stands to the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// By itself: every row says what article it is of.
    Flat,
    /// Beside the others: what they say is not said again.
    Linked,
}

impl Subject {
    /// All of them, the coarse before the fine.
    pub const ALL: [Self; 5] = [Self::Articles, Self::Sentences, Self::Mentions, Self::Metrics, Self::Relations];

    /// The word for it, which is also the name of its table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Sentences => "sentences",
            Self::Mentions => "mentions",
            Self::Metrics => "metrics",
            Self::Relations => "relations",
        }
    }

    /// What one row of it is.
    pub fn about(self) -> &'static str {
        match self {
            Self::Articles => "one row an article, as it reads after cleaning",
            Self::Sentences => "one row a sentence of a title or a paragraph",
            Self::Mentions => "one row an occurrence of a named thing",
            Self::Metrics => "one row a figure",
            Self::Relations => "one row a relation of two named things that an article states",
        }
    }

    /// The columns that tell one row from all others.
    pub fn key(self) -> &'static [&'static str] {
        match self {
            Self::Articles => &["article"],
            Self::Sentences => &["article", "paragraph", "sentence"],
            Self::Mentions | Self::Metrics | Self::Relations => &["article", "number"],
        }
    }

    /// Its columns.
    pub fn columns(self, shape: Shape) -> Vec<Column> {
        match self {
            Self::Articles => columns(&tables::articles(), shape),
            Self::Sentences => columns(&tables::sentences(), shape),
            Self::Mentions => columns(&tables::mentions(), shape),
            Self::Metrics => columns(&figures::metrics(), shape),
            Self::Relations => columns(&tables::relations(), shape),
        }
    }

    /// Calls `take` with its rows in `articles`, in the order in which they are read.
    pub fn each_row(self, shape: Shape, articles: &[Reading<'_>], take: impl FnMut(Row)) {
        match self {
            Self::Articles => rows(&tables::articles(), shape, articles, |_| std::slice::from_ref(&()), take),
            Self::Sentences => rows(&tables::sentences(), shape, articles, Reading::sentences, take),
            Self::Mentions => rows(&tables::mentions(), shape, articles, |article| &article.record.mentions, take),
            Self::Metrics => rows(&figures::metrics(), shape, articles, |article| &article.record.metrics, take),
            Self::Relations => rows(&tables::relations(), shape, articles, |article| &article.record.relations, take),
        }
    }

    /// Those rows.
    pub fn rows(self, shape: Shape, articles: &[Reading<'_>]) -> Vec<Row> {
        let mut rows = Vec::new();
        self.each_row(shape, articles, |row| rows.push(row));
        rows
    }

    /// Those rows as a batch of a file, and how many they are.
    pub fn batch(self, shape: Shape, articles: &[Reading<'_>], format: Format, columns: &[Column]) -> (usize, Ready) {
        let (mut rows, mut batch) = (0, format.batch(columns));
        self.each_row(shape, articles, |row| {
            rows += 1;
            batch.push(row);
        });
        (rows, batch.ready())
    }
}

fn columns<T>(fields: &[Field<T>], shape: Shape) -> Vec<Column> {
    fields.iter().filter(|field| field.stands_in(shape)).map(Field::column).collect()
}

fn rows<'a, T: 'a>(
    fields: &[Field<T>],
    shape: Shape,
    articles: &'a [Reading<'a>],
    items: impl Fn(&'a Reading<'a>) -> &'a [T],
    mut take: impl FnMut(Row),
) {
    let fields: Vec<&Field<T>> = fields.iter().filter(|field| field.stands_in(shape)).collect();
    for article in articles {
        for (number, item) in items(article).iter().enumerate() {
            let item = field::Item { article, number, item };
            take(fields.iter().map(|field| field.cell(&item)).collect());
        }
    }
}

/// What a row needs to know of the file that its article stands in.
#[derive(Debug)]
struct File {
    sha256: String,
}

/// Articles on their way out.
pub struct Export<'a> {
    archive: &'a Archive,
    articles: Vec<DocAddress>,
    files: BTreeMap<String, File>,
    decisions: Decisions,
}

impl<'a> Export<'a> {
    /// The articles that answer `query`; all of them without one.
    pub fn of(archive: &'a Archive, query: Option<&Query>) -> Result<Self> {
        let chosen = match query {
            Some(query) => query::articles(archive, query)?,
            None => archive.rows(row::ARTICLE),
        };
        Self::found(archive, &*chosen)
    }

    /// The articles that `chosen` finds.
    fn found(archive: &'a Archive, chosen: &dyn tantivy::query::Query) -> Result<Self> {
        let mut files = BTreeMap::new();
        archive.each(row::ISSUE, &[], ["issue_id", "sha256"], |values| {
            let [Some(id), Some(sha256)] = values else { return };
            files.insert(id.to_owned(), File { sha256: sha256.to_owned() });
        })?;
        let articles = archive.in_order(chosen)?;
        Ok(Self { archive, articles, files, decisions: archive.decisions()? })
    }

    /// How many articles there are.
    pub fn articles(&self) -> usize {
        self.articles.len()
    }

    /// The archive that they are of.
    pub fn archive(&self) -> &'a Archive {
        self.archive
    }

    /// Does `work` on batches of articles, on all threads, each record read once; hands what comes of them to `take`, in
    /// order, with the number of articles of the batch.
    pub fn each<T: Send>(
        &self,
        work: impl Fn(&[Reading<'_>]) -> T + Sync,
        mut take: impl FnMut(T, usize) -> anyhow::Result<()> + Send,
    ) -> anyhow::Result<()> {
        let read = |batch: &[DocAddress]| {
            let reading = |&address| Ok(Reading::new(self.archive.record(address)?, &self.files, &self.decisions));
            let articles = batch.iter().map(reading).collect::<Result<Vec<_>>>()?;
            Ok((work(&articles), articles.len()))
        };
        self.archive.batches(&self.articles, read, |(done, articles)| take(done, articles))
    }
}

/// The figures that a statistic counted, as rows of [`Subject::Metrics`].
pub fn counted(archive: &Archive, question: &Question) -> anyhow::Result<Table> {
    let selected = select(archive, question)?;
    let articles = query::rows_of(archive, question.figures.find(archive)?, row::ARTICLE);
    let mut table = Table::new(Subject::Metrics.as_str(), Subject::Metrics.columns(Shape::Flat));
    let of_article = |article: &Reading<'_>| -> Vec<Row> {
        let Some(numbers) = selected.get(&article.record.id) else { return Vec::new() };
        let rows = Subject::Metrics.rows(Shape::Flat, std::slice::from_ref(article));
        let is_counted = |(number, _): &(usize, Row)| numbers.binary_search(number).is_ok();
        rows.into_iter().enumerate().filter(is_counted).map(|(_, row)| row).collect()
    };
    let work = |articles: &[Reading<'_>]| articles.iter().flat_map(of_article).collect::<Vec<Row>>();
    Export::found(archive, &*articles)?.each(work, |rows, _| {
        table.rows.extend(rows);
        Ok(())
    })?;
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn columns_are_documented_and_of_one_name_each() {
        let document = include_str!("../../docs/export.md");
        let subjects = Subject::ALL
            .into_iter()
            .flat_map(|subject| [Shape::Flat, Shape::Linked].map(|shape| (subject.as_str(), subject.columns(shape))));
        for (table, columns) in subjects.chain([(Issues::NAME, Issues::columns()), (Words::NAME, Words::columns())]) {
            let names: BTreeSet<&str> = columns.iter().map(|column| column.name.as_ref()).collect();
            assert_eq!(names.len(), columns.len(), "{table}");
            for column in &columns {
                let line = format!("| `{}` | {} |", column.name, column.kind.as_str());
                assert!(document.contains(&line), "{table}: {line}");
            }
        }
    }
}
