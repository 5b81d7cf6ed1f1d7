//! Rows as tables of a SQLite file. In: columns and rows. Out: a file of typed tables, and the table `columns`, which says
//! what stands in each.
//!
//! | kind      | declared  | stored as                   |
//! |-----------|-----------|-----------------------------|
//! | `text`    | `TEXT`    | text                        |
//! | `integer` | `INTEGER` | integer                     |
//! | `number`  | `REAL`    | floating point              |
//! | `boolean` | `BOOLEAN` | 0 or 1                      |
//! | `date`    | `DATE`    | text, ISO 8601              |
//!
//! A STRICT table would have to declare days and truths as text and integers, and Datasette, R and pandas tell them by what
//! is declared; so tables are ordinary ones, and it is the columns' kinds that see to the values.

use super::{Cell, Column, Kind, NewFile, Row};
use crate::error::{Error, Result, one_line};
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, ToSql, params_from_iter};
use std::io::{self, ErrorKind};
use std::path::Path;

/// What tells our files among those of SQLite: `JBAO`.
pub const APPLICATION: i32 = 0x4A42_414F;

/// A SQLite file that is being written.
#[derive(Debug)]
pub struct Database {
    // Closed before the file is kept or removed.
    connection: Connection,
    file: NewFile,
}

impl Database {
    /// Begins the file at `path`; one that exists is replaced only with `force`.
    pub fn create(path: &Path, force: bool) -> Result<Self> {
        Self::over(NewFile::create(path, force)?)
    }

    pub(super) fn over(file: NewFile) -> Result<Self> {
        // A path that begins with `file:` would be taken for a URI.
        let draft = std::path::absolute(file.draft()).map_err(|cause| file.failed(cause))?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(draft, flags).map_err(|error| file.failed(failed(&error)))?;
        let database = Self { connection, file };
        // The draft is nobody's until it is kept, so nothing need be undone or waited for.
        database.run(&format!(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE; \
             PRAGMA foreign_keys=OFF; PRAGMA cache_size=-65536; PRAGMA application_id={APPLICATION}; BEGIN; \
             CREATE TABLE columns(\"table\" TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, about TEXT NOT NULL, \
             PRIMARY KEY(\"table\", name)) WITHOUT ROWID"
        ))?;
        Ok(database)
    }

    /// Runs statements of our own.
    pub fn run(&self, sql: &str) -> Result<()> {
        self.connection.execute_batch(sql).map_err(|error| self.failed(&error))
    }

    /// Begins a table; `constraints` are appended to its columns, each after a comma.
    pub fn table(&self, name: &str, columns: &[Column], constraints: &[&str]) -> Result<()> {
        let declared = columns.iter().map(|column| format!("{} {}", quoted(&column.name), declared(column.kind)));
        let parts: Vec<String> = declared.chain(constraints.iter().map(|&text| text.to_owned())).collect();
        self.run(&format!("CREATE TABLE {}({})", quoted(name), parts.join(", ")))?;
        columns.iter().try_for_each(|column| {
            let values = [name, &column.name, column.kind.as_str(), &column.about];
            self.connection
                .execute("INSERT INTO columns VALUES (?, ?, ?, ?)", values)
                .map(drop)
                .map_err(|error| self.failed(&error))
        })
    }

    /// Says where the tables are from, in a table `about` of keys and values.
    pub fn say(&self, origin: &[(&str, String)]) -> Result<()> {
        if origin.is_empty() {
            return Ok(());
        }
        self.run("CREATE TABLE about(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")?;
        origin.iter().try_for_each(|(key, value)| {
            let inserted = self.connection.execute("INSERT INTO about VALUES (?, ?)", [*key, value]);
            inserted.map(drop).map_err(|error| self.failed(&error))
        })
    }

    /// Appends rows to a table.
    pub fn put(&mut self, name: &str, rows: &[Row]) -> Result<()> {
        let Some(first) = rows.first() else { return Ok(()) };
        let places = vec!["?"; first.len()].join(", ");
        let insert = || -> rusqlite::Result<()> {
            let mut statement =
                self.connection.prepare(&format!("INSERT INTO {} VALUES ({places})", quoted(name)))?;
            rows.iter().try_for_each(|row| statement.execute(params_from_iter(row)).map(drop))
        };
        insert().map_err(|error| self.failed(&error))
    }

    /// Completes the file and gives it its name.
    pub fn finish(self) -> Result<()> {
        self.run("COMMIT")?;
        let Self { connection, file } = self;
        connection.close().map_err(|(_, error)| file.failed(failed(&error)))?;
        file.keep()
    }

    fn failed(&self, error: &rusqlite::Error) -> Error {
        self.file.failed(failed(error))
    }
}

fn declared(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "TEXT",
        Kind::Integer => "INTEGER",
        Kind::Number => "REAL",
        Kind::Boolean => "BOOLEAN",
        Kind::Date => "DATE",
    }
}

/// The kind that a column was declared as, if that was one of ours.
pub fn kind_of(declared: &str) -> Option<Kind> {
    let all = [Kind::Text, Kind::Integer, Kind::Number, Kind::Boolean, Kind::Date];
    all.into_iter().find(|kind| self::declared(*kind).eq_ignore_ascii_case(declared))
}

/// A name as SQL has it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(Value::Null),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Integer(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            Self::Number(number) => ToSqlOutput::Owned(Value::Real(*number)),
            Self::Boolean(truth) => ToSqlOutput::Owned(Value::Integer(i64::from(*truth))),
            Self::Date(day) => ToSqlOutput::Owned(Value::Text(day.to_string())),
        })
    }
}

fn failed(error: &rusqlite::Error) -> io::Error {
    let kind = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => ErrorKind::StorageFull,
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => ErrorKind::PermissionDenied,
        _ => ErrorKind::Other,
    };
    io::Error::new(kind, one_line(&error.to_string()))
}
