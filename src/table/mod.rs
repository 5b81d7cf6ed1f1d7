//! Answers as tables: the one shape in which statistics, exports and SQL reach a file, a picture or a terminal. In: rows of
//! typed cells. Out: CSV, JSON and the other formats, each cell with the type that its column states.
//!
//! | file     | question it answers                                        |
//! |----------|------------------------------------------------------------|
//! | `format` | which formats are there, and which does a file's name mean? |
//! | `text`   | how do rows read as CSV and as JSON?                        |
//! | `reading` | how does a value read on a terminal and in a picture?      |
//! | `graph`  | how do nodes and edges read as GraphML?                    |
//! | `parquet` | and as Parquet?                                            |
//! | `xlsx`   | and as an Excel workbook?                                   |
//! | `sqlite` | and as tables of a SQLite file?                             |
//! | `sink`   | how do rows of any number get into a file?                  |
//! | `file`   | how does a file appear whole or not at all?                 |
//! | `folder` | and a folder?                                               |

mod file;
mod folder;
mod format;
mod graph;
mod parquet;
mod reading;
mod sink;
mod sqlite;
mod text;
mod xlsx;

pub use file::NewFile;
pub use folder::NewFolder;
pub use format::Format;
pub use graph::graphml;
pub use reading::{decimal, grouped, read_cell, rounded, wrapped};
pub use sink::{Batch, Ready, Sink};
pub use sqlite::{APPLICATION, Database, kind_of};
pub use text::{csv_header, csv_rows, json_rows, json_value};

use jiff::civil::Date;
use std::borrow::Cow;

/// Rows under typed columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What it is a table of: the name of its sheet, of its SQL table, and of its file in a folder.
    pub name: Cow<'static, str>,
    /// What stands in each cell of a row, in their order.
    pub columns: Vec<Column>,
    /// The rows; each has as many cells as there are columns.
    pub rows: Vec<Row>,
    /// How it is best drawn; none where no picture says more than the table.
    pub plot: Option<Plot>,
}

/// The cells of one row.
pub type Row = Vec<Cell>;

/// What stands in a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name: lower case, words parted by `_`.
    pub name: Cow<'static, str>,
    /// The type of its cells that are not null.
    pub kind: Kind,
    /// What it means, with its unit, for the code book.
    pub about: Cow<'static, str>,
}

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Unicode text.
    Text,
    /// A whole number.
    Integer,
    /// A number of double precision.
    Number,
    /// True or false.
    Boolean,
    /// A day of the calendar.
    Date,
}

/// One value.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// There is none.
    #[default]
    Null,
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A finite number.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// A day.
    Date(Date),
}

/// How a table is drawn. Columns are given by their indices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plot {
    /// The sort of picture.
    pub shape: Shape,
    /// What each bar, point or column of the picture is of.
    pub x: usize,
    /// How much.
    pub y: usize,
    /// Which line or row of the picture a row of the table belongs to.
    pub series: Option<usize>,
    /// The column that says in which unit `y` is, where there is one.
    pub unit: Option<usize>,
    /// A column that tells bars of one name apart.
    pub detail: Option<usize>,
}

/// The sort of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Bars, the name of each beside it.
    Bars,
    /// Lines over time.
    Lines,
    /// A field for each pair of names, the darker the more.
    Heat,
}

impl Column {
    /// A column.
    pub fn new(name: impl Into<Cow<'static, str>>, kind: Kind, about: impl Into<Cow<'static, str>>) -> Self {
        Self { name: name.into(), kind, about: about.into() }
    }
}

impl Kind {
    /// The word that a code book has for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Date => "date",
        }
    }
}

impl Table {
    /// An empty table.
    pub fn new(name: impl Into<Cow<'static, str>>, columns: Vec<Column>) -> Self {
        Self { name: name.into(), columns, rows: Vec::new(), plot: None }
    }

    /// Where the column called `name` stands.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The table with a picture of that shape: of `y` by `x`, a line or a row for each of `series`, in the unit that a column
    /// states. A column that there is not leaves it without.
    pub fn drawn(mut self, shape: Shape, x: &str, y: &str, series: Option<&str>, unit: Option<&str>) -> Self {
        let at = |name: &str| self.position(name);
        self.plot = at(x).zip(at(y)).map(|(x, y)| Plot {
            shape,
            x,
            y,
            series: series.and_then(at),
            unit: unit.and_then(at),
            detail: None,
        });
        self
    }

    /// The table with a picture whose names have a column beside them that tells them apart.
    pub fn detailed(mut self, column: &str) -> Self {
        let detail = self.position(column);
        self.plot.iter_mut().for_each(|plot| plot.detail = detail);
        self
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<f64> for Cell {
    /// A number that is none, or beyond all bounds, is null: no format but our own memory could hold it.
    fn from(number: f64) -> Self {
        if number.is_finite() { Self::Number(number) } else { Self::Null }
    }
}

impl From<bool> for Cell {
    fn from(truth: bool) -> Self {
        Self::Boolean(truth)
    }
}

impl From<Date> for Cell {
    fn from(day: Date) -> Self {
        Self::Date(day)
    }
}
