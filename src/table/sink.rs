//! Rows on their way into a file. In: batches of rows, in order. Out: a file of one format, which appears under its name when
//! all is written.
//!
//! What can be done to a batch by itself, a [`Batch`] does, on any thread; what must be done in order, a [`Sink`] does.

use super::parquet::Parquet;
use super::text::{CsvLines, JsonLines};
use super::xlsx::Xlsx;
use super::{Column, Database, Format, NewFile, Row, csv_header};
use crate::error::{Error, Result};
use std::io::Write;
use std::path::Path;

/// A batch of rows, as far as it could be prepared by itself.
#[derive(Debug)]
pub enum Ready {
    /// The bytes that stand for it in the file.
    Bytes(Vec<u8>),
    /// Rows that the format puts together with others.
    Rows(Vec<Row>),
}

/// Prepares a batch, row by row: a row that is text by itself need not be kept.
pub struct Batch(Prepared);

enum Prepared {
    Csv(Box<CsvLines>),
    Json(JsonLines),
    Rows(Vec<Row>),
}

impl Batch {
    /// Takes a row.
    pub fn push(&mut self, row: Row) {
        match &mut self.0 {
            Prepared::Csv(lines) => lines.push_row(&row),
            Prepared::Json(lines) => lines.push_row(&row),
            Prepared::Rows(rows) => rows.push(row),
        }
    }

    /// The batch, ready for its file.
    pub fn ready(self) -> Ready {
        match self.0 {
            Prepared::Csv(lines) => Ready::Bytes(lines.into_bytes()),
            Prepared::Json(lines) => Ready::Bytes(lines.into_bytes()),
            Prepared::Rows(rows) => Ready::Rows(rows),
        }
    }
}

impl Format {
    /// A batch of rows for a file of this format.
    pub fn batch(self, columns: &[Column]) -> Batch {
        Batch(match self {
            Self::Csv => Prepared::Csv(Box::default()),
            Self::Jsonl | Self::Json => Prepared::Json(JsonLines::new(columns)),
            Self::Parquet | Self::Xlsx | Self::Sqlite => Prepared::Rows(Vec::new()),
        })
    }

    /// Rows as a batch.
    pub fn ready(self, columns: &[Column], rows: Vec<Row>) -> Ready {
        let mut batch = self.batch(columns);
        rows.into_iter().for_each(|row| batch.push(row));
        batch.ready()
    }

    /// What stands before the first row; nothing where the format has no such thing, or no such thing as a stream.
    pub fn header(self, columns: &[Column]) -> Vec<u8> {
        if self == Self::Csv { csv_header(columns) } else { Vec::new() }
    }
}

/// A file that rows are written to. Dropped before it is finished, it leaves nothing.
pub struct Sink(Writer);

enum Writer {
    Text(NewFile),
    Parquet(Box<Parquet<NewFile>>, std::path::PathBuf),
    Xlsx(Box<Xlsx>, NewFile),
    Sqlite(Database, String),
}

impl Sink {
    /// Begins the file at `path`, for a table called `name`; one that exists is replaced only with `force`. A streaming
    /// [`Format::Json`] is the same as [`Format::Jsonl`]. `origin` says where the table is from, as names and values; CSV and
    /// JSON lines have no place for it.
    pub fn create(
        path: &Path,
        force: bool,
        format: Format,
        name: &str,
        columns: &[Column],
        origin: &[(&str, String)],
    ) -> Result<Self> {
        let mut file = NewFile::create(path, force)?;
        let unwritten = |cause| Error::io(path, "cannot write", cause);
        Ok(Self(match format {
            Format::Csv | Format::Jsonl | Format::Json => {
                file.write_all(&format.header(columns)).map_err(unwritten)?;
                Writer::Text(file)
            }
            Format::Parquet => Writer::Parquet(
                Box::new(Parquet::new(name, columns, origin, file).map_err(unwritten)?),
                path.to_owned(),
            ),
            Format::Xlsx => {
                let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
                let folder = folder.unwrap_or(Path::new("."));
                Writer::Xlsx(Box::new(Xlsx::new(name, columns, origin, folder).map_err(unwritten)?), file)
            }
            Format::Sqlite => {
                let database = Database::over(file)?;
                database.table(name, columns, &[])?;
                database.say(origin)?;
                Writer::Sqlite(database, name.to_owned())
            }
        }))
    }

    /// Takes a batch that was prepared for this file's format.
    pub fn put(&mut self, ready: Ready) -> Result<()> {
        match (&mut self.0, ready) {
            (Writer::Text(file), Ready::Bytes(bytes)) => file.write_all(&bytes).map_err(|cause| file.failed(cause)),
            (Writer::Parquet(parquet, path), Ready::Rows(rows)) => {
                parquet.put(rows).map_err(|cause| Error::io(path, "cannot write", cause))
            }
            (Writer::Xlsx(xlsx, file), Ready::Rows(rows)) => xlsx.put(&rows).map_err(|cause| file.failed(cause)),
            (Writer::Sqlite(database, name), Ready::Rows(rows)) => database.put(name, &rows),
            (Writer::Text(_), Ready::Rows(_)) | (_, Ready::Bytes(_)) => {
                Err(Error::Usage("a batch was prepared for another format".to_owned()))
            }
        }
    }

    /// Completes the file, gives it its name, and says how many cells had to be cut because the format has no room for them.
    pub fn finish(self) -> Result<u64> {
        match self.0 {
            Writer::Text(file) => file.keep().map(|()| 0),
            Writer::Parquet(parquet, path) => {
                parquet.finish().map_err(|cause| Error::io(path, "cannot write", cause))?.keep().map(|()| 0)
            }
            Writer::Xlsx(xlsx, mut file) => {
                let cut = xlsx.finish(&mut file).map_err(|cause| file.failed(cause))?;
                file.keep().map(|()| cut)
            }
            Writer::Sqlite(database, _) => database.finish().map(|()| 0),
        }
    }
}
