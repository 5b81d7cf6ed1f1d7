//! The table of files that the archive is of, one row an issue.

use crate::error::Result;
use crate::index::{Archive, IssueRow, schema::row};
use crate::table::{Cell, Column, Kind, Row};
use jiff::civil::Date;

/// The table of issues.
#[derive(Clone, Copy, Debug)]
pub struct Issues;

type Field = (&'static str, Kind, &'static str, fn(&IssueRow) -> Cell);

const FIELDS: [Field; 16] = [
    ("issue_id", Kind::Text, "the same for the same stem and content; ids of its articles begin with it", |issue| {
        issue.id.as_str().into()
    }),
    ("issue", Kind::Text, "name of the issue: the file's stem", |issue| issue.issue.as_str().into()),
    ("path", Kind::Text, "the file as it was named when it was read", |issue| issue.path.as_str().into()),
    ("sha256", Kind::Text, "SHA-256 of the file, in hex", |issue| issue.sha256.as_str().into()),
    ("bytes", Kind::Integer, "length of the file in bytes", |issue| issue.bytes.into()),
    ("encoding", Kind::Text, "encoding of the file, in WHATWG's spelling", |issue| issue.encoding.as_str().into()),
    ("number", Kind::Text, "number of the issue as printed", |issue| issue.number.as_ref().into()),
    ("date", Kind::Text, "date of the issue, ISO 8601, as exact as it is printed", |issue| {
        issue.date.as_ref().into()
    }),
    ("day", Kind::Date, "the date, where it is known to the day", |issue| {
        let date = issue.date.as_deref().filter(|date| date.len() == 10);
        date.and_then(|date| date.parse::<Date>().ok()).into()
    }),
    ("program", Kind::Text, "version of the program that read the file", |issue| issue.program.as_str().into()),
    ("articles", Kind::Integer, "number of articles", |issue| issue.counts.articles.into()),
    ("characters", Kind::Integer, "Unicode scalar values of titles and paragraphs", |issue| {
        issue.counts.characters.into()
    }),
    ("mentions", Kind::Integer, "number of named things, every occurrence", |issue| {
        issue.counts.mentions.values().sum::<usize>().into()
    }),
    ("metrics", Kind::Integer, "number of figures", |issue| issue.counts.metrics.into()),
    ("set_aside", Kind::Integer, "pieces of the file that stand in no article", |issue| {
        issue.counts.set_aside.into()
    }),
    ("problems", Kind::Integer, "what went wrong in reading it without stopping the work", |issue| {
        issue.counts.problems.into()
    }),
];

impl Issues {
    /// The name of the table.
    pub const NAME: &'static str = "issues";

    /// What one row of it is.
    pub const ABOUT: &'static str = "one row an issue: a file that the archive holds";

    /// Its columns.
    pub fn columns() -> Vec<Column> {
        FIELDS.iter().map(|(name, kind, about, _)| Column::new(*name, *kind, *about)).collect()
    }

    /// Its rows, in order of the issues' names and ids, batch by batch.
    pub fn each(archive: &Archive, take: impl FnMut(Vec<Row>) -> anyhow::Result<()> + Send) -> anyhow::Result<()> {
        let issues = archive.in_order(&*archive.rows(row::ISSUE))?;
        let read = |batch: &[tantivy::DocAddress]| -> Result<Vec<Row>> {
            let row = |issue: IssueRow| FIELDS.iter().map(|(.., cell)| cell(&issue)).collect();
            batch.iter().map(|&address| archive.issue(address).map(row)).collect()
        };
        archive.batches(&issues, read, take)
    }
}
