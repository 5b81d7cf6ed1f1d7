//! Mistakes in SQL, shown where they stand. In: what SQLite says. Out: an error with the place, and the nearest name where
//! one is unknown.

use super::Reader;
use crate::error::{Error, one_line, printable};
use crate::query::{meant, pointed};

impl Reader {
    /// An error of the statement `sql`.
    pub(super) fn fault(&self, sql: &str, error: &rusqlite::Error) -> Error {
        if let Some(why) = self.refusals.take() {
            return Error::Usage(format!("the statement is refused: {why}"));
        }
        let (what, place) = match error {
            rusqlite::Error::SqlInputError { msg, offset, .. } => (msg.clone(), usize::try_from(*offset).ok()),
            rusqlite::Error::SqliteFailure(_, Some(message)) => (message.clone(), None),
            other => (other.to_string(), None),
        };
        let what = one_line(&what);
        let meant = self.meant(&what);
        let place = place.map_or_else(String::new, |at| format!("\n{}", pointed(sql, at)));
        Error::Usage(format!("the statement cannot be answered: {}{meant}{place}", printable(&what)))
    }

    /// `, did you mean …?` for the nearest table or column, where that is what is unknown.
    fn meant(&self, what: &str) -> String {
        let (unknown, sql) = if let Some(name) = what.strip_prefix("no such table: ") {
            (name, "SELECT name FROM tables")
        } else if let Some(name) = what.strip_prefix("no such column: ") {
            (name, "SELECT DISTINCT name FROM columns ORDER BY name")
        } else {
            return String::new();
        };
        let names = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.connection.prepare(sql)?;
            let names = statement.query_map([], |row| row.get(0))?;
            names.collect()
        };
        let names = names().unwrap_or_default();
        let word = unknown.rsplit_once('.').map_or(unknown, |(_, column)| column);
        let near = meant(word, names.iter().map(String::as_str));
        if near.is_empty() { "; `jiebao sql --schema` lists tables and columns".to_owned() } else { near }
    }
}
